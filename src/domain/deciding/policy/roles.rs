//! `policy/roles.yaml`: who may do which step (R97), as far as the desk has it otherwise than by
//! default.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::{
    base::{
        document::Document,
        rule_place::RulePlace,
        terms::{Kind, Role},
    },
    deciding::{policy::people::Person, steps::may},
    history::{
        refusal::Refusal,
        roles::{HANDLERS, TEAM},
        steps::Action,
    },
};

/// The table of roles: for each step who may do it, strongest role first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Roles {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<Document>,
    /// Steps on every record.
    #[serde(default)]
    pub steps: BTreeMap<Action, Vec<Role>>,
    /// Steps on a complaint, where that is otherwise.
    #[serde(default)]
    pub complaints: BTreeMap<Action, Vec<Role>>,
}

/// What cannot be of a step in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoleFault {
    /// Nobody may do it.
    Nobody,
    /// The procedure keeps this role off it, and gives it to these alone.
    KeptFrom { role: Role, only: &'static [Role] },
}

impl Roles {
    /// Who may do a step; the first role that a person has is written into the event.
    pub fn may(&self, action: Action) -> &[Role] {
        self.steps.get(&action).map_or_else(|| may(action), Vec::as_slice)
    }

    /// As [`Self::may`], on a record of this kind. What the desk says of every record holds for
    /// complaints too, but where the procedure names who does it.
    pub fn may_on(&self, kind: Kind, action: Action) -> &[Role] {
        let own = (kind == Kind::Complaint).then(|| self.complaints.get(&action)).flatten();
        let fits = |may: &&Vec<Role>| {
            action.only(kind).is_none_or(|only| may.iter().all(|role| only.contains(role)))
        };
        let own = own.or_else(|| self.steps.get(&action).filter(fits));
        own.map_or_else(|| by_default(kind, action), Vec::as_slice)
    }

    /// The role by which `person` may do `action`.
    ///
    /// # Errors
    /// [`Refusal::Role`] when none of the person's roles may.
    pub fn role_for(&self, action: Action, person: &Person) -> Result<Role, Refusal> {
        person.role_for(self.may(action))
    }

    /// What cannot be: a step that nobody may do, or one given to somebody whom the procedure keeps
    /// off it (R84, R94). The step, where it stands, and why.
    pub fn misfit(&self) -> Option<(Action, RulePlace, RoleFault)> {
        let tables = [
            (Kind::Request, "steps", &self.steps),
            (Kind::Complaint, "complaints", &self.complaints),
        ];
        for (kind, name, table) in tables {
            for (action, may) in table {
                let place = || RulePlace::of(name).key(action);
                if may.is_empty() {
                    return Some((*action, place(), RoleFault::Nobody));
                }
                let only = action.only(kind);
                if let Some(only) = only
                    && let Some(other) = may.iter().find(|role| !only.contains(role))
                {
                    return Some((*action, place(), RoleFault::KeptFrom { role: *other, only }));
                }
            }
        }
        None
    }
}

/// What is different for a complaint: who hands it out manages the relation to the customers (R84),
/// and who handles it may stand above the team lead.
fn by_default(kind: Kind, action: Action) -> &'static [Role] {
    match action.only(kind) {
        Some(only) => only,
        None if kind == Kind::Complaint && may(action) == TEAM => HANDLERS,
        None => may(action),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::base::terms::Term;

    fn roles(steps: &[(Action, &[Role])], complaints: &[(Action, &[Role])]) -> Roles {
        let table = |rows: &[(Action, &[Role])]| {
            rows.iter().map(|(action, may)| (*action, may.to_vec())).collect()
        };
        Roles { document: None, steps: table(steps), complaints: table(complaints) }
    }

    #[test]
    fn what_a_desk_does_not_say_is_as_by_default() {
        let own = roles(&[(Action::Ack, &[Role::Engineer])], &[]);
        assert_eq!(own.may_on(Kind::Fault, Action::Ack), [Role::Engineer]);
        assert_eq!(own.may_on(Kind::Complaint, Action::Ack), [Role::Engineer]);
        for action in Action::ALL.iter().filter(|action| **action != Action::Ack) {
            for kind in [Kind::Fault, Kind::Complaint] {
                assert_eq!(own.may_on(kind, *action), by_default(kind, *action), "{action}");
            }
        }
    }

    #[test]
    fn a_complaint_is_handed_out_and_decided_by_whom_the_procedure_names() {
        let all = roles(&[(Action::Route, &[Role::Agent])], &[]);
        assert_eq!(all.may_on(Kind::Complaint, Action::Route), [Role::RelationshipManager]);
        assert_eq!(all.misfit(), None);
        for (steps, complaints) in [
            (vec![], vec![(Action::Route, &[Role::Agent][..])]),
            (vec![(Action::Decide, &[Role::TeamLead, Role::Engineer][..])], vec![]),
            (vec![], vec![(Action::Decide, &[Role::Agent][..])]),
            (vec![(Action::Ack, &[][..])], vec![]),
        ] {
            assert!(roles(&steps, &complaints).misfit().is_some(), "{steps:?} {complaints:?}");
        }
        let narrower = roles(&[], &[(Action::Decide, &[Role::TeamLead])]);
        assert_eq!(narrower.misfit(), None);
        assert_eq!(narrower.may_on(Kind::Complaint, Action::Decide), [Role::TeamLead]);
    }
}
