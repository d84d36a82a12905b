//! Groups of roles, as the procedure names them (R97).

use crate::domain::base::terms::Role;

// The strongest role stands first, so that nobody is held to the lesser of two roles they have.
pub const LEAD: &[Role] = &[Role::TeamLead];
pub const DESK: &[Role] = &[Role::TeamLead, Role::Agent, Role::RelationshipManager];
pub const MANAGERS: &[Role] = &[Role::RelationshipManager];
pub const TEAM: &[Role] = &[Role::TeamLead, Role::Agent, Role::RelationshipManager, Role::Engineer];

/// Who works on a complaint: as [`TEAM`], and somebody higher where it is against the team lead.
pub const HANDLERS: &[Role] =
    &[Role::TeamLead, Role::Agent, Role::RelationshipManager, Role::Engineer, Role::Leader];

/// Who decides whether a complaint is valid: the lead, somebody higher, or a delegate (R94).
pub const DECIDERS: &[Role] = &[Role::TeamLead, Role::Leader, Role::ComplaintDecider];

/// Who may have made a step.
pub const AUTHORS: &[Role] = &[
    Role::TeamLead,
    Role::Agent,
    Role::RelationshipManager,
    Role::Engineer,
    Role::Leader,
    Role::ComplaintDecider,
];

/// True when the person works at the desk, not only on the matters themselves.
pub fn is_desk(role: Role) -> bool {
    DESK.contains(&role)
}
