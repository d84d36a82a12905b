//! `redact`: a text that should not have been written is hidden from whoever looks.
use serde::{Deserialize, Serialize};

use super::EVERY;
use crate::domain::{
    base::{
        ids::EventId,
        terms::{Kind, Role, State},
    },
    history::{
        event::Stamp,
        facts::Facts,
        roles,
        status::Status,
        steps::{Next, Step},
    },
};

/// Which text of which event is hidden, and why; the file keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Redact {
    /// Of what was told when the record was opened: the event that opened it.
    pub event: EventId,
    /// The field as files spell it.
    pub field: String,
    pub reason: String,
}

impl Step for Redact {
    const FROM: &'static [State] = EVERY;
    const TO: Next = Next::Same;

    fn only(_: Kind) -> Option<&'static [Role]> {
        Some(roles::LEAD)
    }

    /// What is hidden stands nowhere but in the event: the status is as it would be without it.
    fn apply(&self, _: &mut Status, _: &Stamp) {}

    fn facts(&self) -> Facts<'_> {
        Facts::new()
            .event("event", &self.event)
            .name("field", &self.field)
            .text("reason", &self.reason)
    }
}
