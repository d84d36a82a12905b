//! `kept`: a promise is kept (R18).
use serde::{Deserialize, Serialize};

use super::UNFINISHED;
use crate::domain::{
    base::{
        ids::{ContactId, EventId},
        terms::{Channel, State},
    },
    history::{
        event::Stamp,
        facts::Facts,
        refusal::Refusal,
        status::Status,
        steps::{Next, Step},
    },
};

/// A promise is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fulfil {
    /// The event that made the promise.
    pub promise: EventId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told: Option<ContactId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<Channel>,
}

impl Step for Fulfil {
    const FROM: &'static [State] = UNFINISHED;
    const TO: Next = Next::Same;

    fn ready(status: &Status, _: &Stamp) -> Result<(), Refusal> {
        super::promise::any_open(status)
    }

    fn legal(&self, status: &Status, _: &Stamp) -> Result<(), Refusal> {
        super::promise::still_open(status, &self.promise)
    }

    fn apply(&self, status: &mut Status, stamp: &Stamp) {
        for promise in status.promises.iter_mut().filter(|made| made.event == self.promise) {
            promise.kept_at = Some(stamp.at);
        }
        if self.told.is_some() {
            status.heard_from_us(stamp.at);
        }
    }

    fn facts(&self) -> Facts<'_> {
        Facts::new()
            .event("promise", &self.promise)
            .some_recipient("told", self.told.as_ref())
            .some_method("method", self.method.as_ref())
    }
}
