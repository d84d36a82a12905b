//! How `close` is decided: complete (R54), or by an exception.
use std::collections::BTreeSet;

use crate::domain::{
    base::{
        ids::ContactId,
        terms::{Channel, Exception, Role, State},
        time::Timestamp,
    },
    deciding::{completeness, contacts::Addressee, parts, scene::Scene, steps::Decidable},
    history::{
        refusal::Refusal,
        roles::DESK,
        status::{Status, parts::Archive},
        steps::close::Close,
    },
};

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    pub exception: Option<Exception>,
    pub reason: Option<String>,
    /// Who withdrew it.
    pub with: Option<ContactId>,
    pub method: Option<Channel>,
    /// Why the customer is not content with how a complaint ended (R91).
    pub dissatisfied: Option<String>,
    /// What else such a customer was told they can turn to.
    pub recourse: Option<String>,
    /// The report that is kept.
    pub archive: Option<Archive>,
}

/// The role in which somebody closes who told a customer that is not content of further recourse:
/// they manage the relation to the customers (R91).
pub fn meant_as(dissatisfied: Option<&String>) -> Option<Role> {
    dissatisfied.map(|_| Role::RelationshipManager)
}

impl Decidable for Close {
    type Request = Request;

    const MAY: &'static [Role] = DESK;

    fn decide(request: Request, scene: &Scene<'_>) -> Result<Self, Refusal> {
        let Request { exception, reason, with, method, dissatisfied, recourse, archive } = request;
        let checked = completeness::RULES;
        let step =
            Self { checked, exception, reason, with, method, dissatisfied, recourse, archive };
        // a customer who withdraws it may still want the rest
        if exception != Some(Exception::Withdrawn) {
            parts::are_done(scene)?;
        }
        match exception {
            None => step.plainly(scene)?,
            Some(Exception::Unreachable) => tried_enough(&scene.record.status, scene)?,
            Some(Exception::Other) => nobody_to_confirm(&scene.record.status, scene)?,
            Some(Exception::Withdrawn) => {}
        }
        Ok(step)
    }

    fn request(&self) -> Self::Request {
        Request {
            exception: self.exception,
            reason: self.reason.clone(),
            with: self.with.clone(),
            method: self.method.clone(),
            dissatisfied: self.dissatisfied.clone(),
            recourse: self.recourse.clone(),
            archive: self.archive.clone(),
        }
    }
}

impl Close {
    /// Asks the completeness rules, and refuses what belongs to an exception only.
    fn plainly(&self, scene: &Scene<'_>) -> Result<(), Refusal> {
        for (there, flag) in [
            (self.reason.is_some(), "--reason"),
            (self.with.is_some(), "--with"),
            (self.method.is_some(), "--method"),
        ] {
            if there {
                return Err(Refusal::OnlyWith { flag, with: "--exception" });
            }
        }
        if scene.record.status.state != State::Confirmed {
            return Ok(());
        }
        let gaps = completeness::gaps(scene.record, scene.policy);
        if gaps.is_empty() { Ok(()) } else { Err(Refusal::Incomplete(gaps)) }
    }
}

/// Refuses to close otherwise what is not resolved, unless its contact was erased: then there may be
/// nobody to inform of any step before.
fn nobody_to_confirm(status: &Status, scene: &Scene<'_>) -> Result<(), Refusal> {
    let is_resolved = status.state == State::Resolved;
    if is_resolved || Addressee::of(status, scene.lookup)? == Addressee::Other {
        return Ok(());
    }
    Err(Refusal::State(status.state))
}

/// Refuses to call a customer unreachable who was not tried as often as policy says.
fn tried_enough(status: &Status, scene: &Scene<'_>) -> Result<(), Refusal> {
    let wanted = scene.policy.levels.unreachable;
    let zone = scene.policy.calendar.zone();
    let tried = || status.unanswered.iter().map(|at| at.in_zone(zone));
    let days: BTreeSet<_> = tried().map(Timestamp::date).collect();
    // what is noted twice in a minute was one call
    let calls: BTreeSet<_> = tried().map(|at| at.unix().div_euclid(60)).collect();
    let attempts = u32::try_from(calls.len()).unwrap_or(u32::MAX);
    let days = u32::try_from(days.len()).unwrap_or(u32::MAX);
    if attempts >= wanted.attempts && days >= wanted.days {
        return Ok(());
    }
    Err(Refusal::TooFewAttempts {
        attempts,
        days,
        attempts_wanted: wanted.attempts,
        days_wanted: wanted.days,
    })
}
