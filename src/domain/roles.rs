//! What each role may do (R97), as one table.

use crate::domain::{
    policy::people::Person,
    refusal::Refusal,
    terms::{Action, Kind, Role},
};

// The strongest role stands first, so that nobody is held to the lesser of two roles they have.
const LEAD: &[Role] = &[Role::TeamLead];
const DESK: &[Role] = &[Role::TeamLead, Role::Agent, Role::RelationshipManager];
const TEAM: &[Role] = &[Role::TeamLead, Role::Agent, Role::RelationshipManager, Role::Engineer];

/// Who works on a complaint: as [`TEAM`], and somebody higher where it is against the team lead.
const HANDLERS: &[Role] =
    &[Role::TeamLead, Role::Agent, Role::RelationshipManager, Role::Engineer, Role::Leader];

/// Who decides whether a complaint is valid: the lead, somebody higher, or a delegate (R94).
const DECIDERS: &[Role] = &[Role::TeamLead, Role::Leader, Role::ComplaintDecider];

/// Roles that may do a step; the first one that a person has is written into the event.
#[must_use]
pub fn may(action: Action) -> &'static [Role] {
    match action {
        Action::Open
        | Action::Ack
        | Action::Route
        | Action::Handover
        | Action::Takeover
        | Action::Confirm
        | Action::Close
        | Action::Survey
        | Action::SurveySend
        | Action::SurveyExpire
        | Action::Reopen
        | Action::Cancel
        | Action::Recompute
        | Action::Merge => DESK,
        Action::Import => LEAD,
        Action::Accept
        | Action::Return
        | Action::Respond
        | Action::Update
        | Action::Promise
        | Action::Kept
        | Action::Relay
        | Action::Explain
        | Action::Pend
        | Action::Resume
        | Action::Extend
        | Action::Escalate
        | Action::Resolve
        | Action::Link
        | Action::Amend => TEAM,
        Action::Decide => DECIDERS,
    }
}

/// As [`may`], with what is different for a complaint: who hands it out manages the relation to the
/// customers (R84), and who handles it may stand above the team lead.
#[must_use]
pub fn may_on(kind: Kind, action: Action) -> &'static [Role] {
    match (kind, action) {
        (Kind::Complaint, Action::Route) => &[Role::RelationshipManager],
        (Kind::Complaint, _) if may(action) == TEAM => HANDLERS,
        _ => may(action),
    }
}

/// The role by which `person` may do `action`.
///
/// # Errors
/// [`Refusal::Role`] when none of the person's roles may.
pub fn role_for(action: Action, person: &Person) -> Result<Role, Refusal> {
    role_among(may(action), person)
}

/// The first of `allowed` that `person` has.
///
/// # Errors
/// [`Refusal::Role`] when the person has none of them.
pub fn role_among(allowed: &'static [Role], person: &Person) -> Result<Role, Refusal> {
    person
        .role_among(allowed)
        .ok_or_else(|| Refusal::Role { person: person.id.clone(), may: allowed })
}

/// True when the person works at the desk, not only on the matters themselves.
#[must_use]
pub fn is_desk(role: Role) -> bool {
    DESK.contains(&role)
}
