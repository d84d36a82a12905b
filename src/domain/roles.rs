//! What each role may do (R97), as one table: the default of `policy/roles.yaml`.

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
        | Action::Settle
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
    match only(kind, action) {
        Some(only) => only,
        None if kind == Kind::Complaint && may(action) == TEAM => HANDLERS,
        None => may(action),
    }
}

/// Whom alone the procedure lets do a step, whatever a desk's own table says: the relationship
/// manager hands out a complaint (R84), and a lead or a delegate decides it (R94).
#[must_use]
pub fn only(kind: Kind, action: Action) -> Option<&'static [Role]> {
    match (kind, action) {
        (Kind::Complaint, Action::Route) => Some(&[Role::RelationshipManager]),
        (_, Action::Decide) => Some(DECIDERS),
        _ => None,
    }
}

/// The first of `allowed` that `person` has.
///
/// # Errors
/// [`Refusal::Role`] when the person has none of them.
pub fn role_among(allowed: &[Role], person: &Person) -> Result<Role, Refusal> {
    person
        .role_among(allowed)
        .ok_or_else(|| Refusal::Role { person: person.id.clone(), may: allowed.to_vec() })
}

/// True when the person works at the desk, not only on the matters themselves.
#[must_use]
pub fn is_desk(role: Role) -> bool {
    DESK.contains(&role)
}
