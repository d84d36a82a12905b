//! `takeover`: another person follows the record to its end (R10, R99).
use serde::{Deserialize, Serialize};

use super::UNFINISHED;
use crate::domain::{
    base::{
        ids::PersonId,
        terms::{Role, State},
    },
    history::{
        event::Stamp,
        facts::Facts,
        refusal::Refusal,
        status::Status,
        steps::{Next, Step},
    },
};

/// The ownership moves to who takes it over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Takeover {
    pub from: PersonId,
}

impl Step for Takeover {
    const FROM: &'static [State] = UNFINISHED;
    const TO: Next = Next::Same;

    fn ready(status: &Status, stamp: &Stamp) -> Result<(), Refusal> {
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

    fn facts(&self) -> Facts<'_> {
        Facts::new().person("from", &self.from)
    }
}
