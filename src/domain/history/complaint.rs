//! What is special about a complaint's own road: whom it keeps off, and where it goes (R81–R93).

use crate::domain::{
    base::{ids::PersonId, terms::State},
    history::{
        event::Stamp,
        refusal::{MissingPart, Refusal},
        status::{Status, parts::ComplaintDetails},
    },
};

/// Refuses every step of the person complained of, entered or told by them (R93).
///
/// # Errors
/// [`Refusal::ComplainedOf`].
pub fn not_by_subject(status: &Status, stamp: &Stamp) -> Result<(), Refusal> {
    not_to_subject(status, &stamp.by)?;
    not_to_subject(status, stamp.actor())
}

/// Refuses to give a complaint to the person complained of (R93).
///
/// # Errors
/// [`Refusal::ComplainedOf`].
pub fn not_to_subject(status: &Status, person: &PersonId) -> Result<(), Refusal> {
    match &status.complaint {
        Some(complaint) if complaint.is_against(person) => {
            Err(Refusal::ComplainedOf(person.clone()))
        }
        Some(_) | None => Ok(()),
    }
}

/// Refuses to hand out a complaint that was not looked into at intake (R81, R83).
///
/// # Errors
/// [`Refusal::ComesFirst`] with what is missing.
pub fn ready_to_route(complaint: &ComplaintDetails) -> Result<(), Refusal> {
    let verified = complaint.verification.is_none().then_some(MissingPart::Verified);
    let notified = complaint.notified.is_none().then_some(MissingPart::Notified);
    let missing: Vec<_> = verified.into_iter().chain(notified).collect();
    if missing.is_empty() { Ok(()) } else { Err(Refusal::ComesFirst(missing)) }
}

/// What a complaint waits for next, where its road differs from that of other records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ComplaintStep {
    Verify,
    Notify,
    Route,
    Decide,
    Resolve,
    CloseDissatisfied,
}

/// What a complaint waits for next; `None` for other records, and where its road is the common one.
pub fn next_step(status: &Status) -> Option<ComplaintStep> {
    let complaint = status.complaint.as_ref()?;
    match status.state {
        State::Acknowledged if complaint.verification.is_none() => Some(ComplaintStep::Verify),
        State::Acknowledged if complaint.notified.is_none() => Some(ComplaintStep::Notify),
        State::Acknowledged => Some(ComplaintStep::Route),
        State::InProgress if complaint.decision.is_none() => Some(ComplaintStep::Decide),
        State::InProgress => Some(ComplaintStep::Resolve),
        State::Confirmed if complaint.is_unhappy() => Some(ComplaintStep::CloseDissatisfied),
        State::Open
        | State::Routed
        | State::Pending
        | State::Resolved
        | State::Confirmed
        | State::Closed
        | State::Cancelled
        | State::Merged => None,
    }
}
