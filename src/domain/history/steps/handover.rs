//! `handover`: the ownership is offered to somebody (R10, R99).
use serde::{Deserialize, Serialize};

use super::UNFINISHED;
use crate::domain::{
    base::{
        ids::PersonId,
        terms::{Role, State},
    },
    history::{
        complaint,
        event::Stamp,
        facts::Facts,
        refusal::Refusal,
        status::Status,
        steps::{Next, Step},
    },
};

/// The ownership is offered; it moves when it is taken over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Handover {
    pub to: PersonId,
    pub reason: String,
}

impl Step for Handover {
    const FROM: &'static [State] = UNFINISHED;
    const TO: Next = Next::Same;

    fn ready(status: &Status, stamp: &Stamp) -> Result<(), Refusal> {
        let owns = status.desk_owner == *stamp.actor();
        if !owns && stamp.role != Role::TeamLead {
            return Err(Refusal::NotOwner {
                person: stamp.actor().clone(),
                owner: status.desk_owner.clone(),
            });
        }
        Ok(())
    }

    fn legal(&self, status: &Status, _: &Stamp) -> Result<(), Refusal> {
        complaint::not_to_subject(status, &self.to)?;
        if self.to == status.desk_owner {
            return Err(Refusal::AlreadyOwner(self.to.clone()));
        }
        Ok(())
    }

    fn apply(&self, status: &mut Status, _: &Stamp) {
        status.handed_to = Some(self.to.clone());
    }

    fn facts(&self) -> Facts<'_> {
        Facts::new().person("to", &self.to).text("reason", &self.reason)
    }
}
