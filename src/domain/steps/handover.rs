//! `handover` and `takeover`: another person follows the record to its end (R10, R99).

use serde::{Deserialize, Serialize};

use crate::domain::{
    complaint,
    event::Stamp,
    ids::PersonId,
    refusal::Refusal,
    status::Status,
    steps::{Scene, Step},
    terms::{Action, Role},
};

/// The ownership is offered; it moves when it is taken over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Handover {
    pub to: PersonId,
    pub reason: String,
}

/// The ownership moves to who takes it over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Takeover {
    pub from: PersonId,
}

impl Handover {
    /// Asks the roster.
    ///
    /// # Errors
    /// A [`Refusal`] when the person is not active or may not own records.
    pub fn decide(self, scene: &Scene<'_>) -> Result<Self, Refusal> {
        scene.policy.roles.role_for(Action::Takeover, scene.active(&self.to)?)?;
        Ok(self)
    }
}

impl Step for Handover {
    fn legal(&self, status: &Status, stamp: &Stamp) -> Result<(), Refusal> {
        let owns = status.desk_owner == *stamp.actor();
        if !owns && stamp.role != Role::TeamLead {
            return Err(Refusal::NotOwner {
                person: stamp.actor().clone(),
                owner: status.desk_owner.clone(),
            });
        }
        complaint::not_to_subject(status, &self.to)?;
        if self.to == status.desk_owner {
            return Err(Refusal::AlreadyOwner(self.to.clone()));
        }
        Ok(())
    }

    fn apply(&self, status: &mut Status, _: &Stamp) {
        status.handed_to = Some(self.to.clone());
    }
}

impl Step for Takeover {
    fn legal(&self, status: &Status, stamp: &Stamp) -> Result<(), Refusal> {
        let person = stamp.actor();
        if status.desk_owner == *person {
            return Err(Refusal::AlreadyOwner(person.clone()));
        }
        if status.handed_to.as_ref() != Some(person) && stamp.role != Role::TeamLead {
            return Err(Refusal::NotOffered { to: status.handed_to.clone() });
        }
        Ok(())
    }

    fn apply(&self, status: &mut Status, stamp: &Stamp) {
        status.desk_owner = stamp.actor().clone();
        status.handed_to = None;
    }
}
