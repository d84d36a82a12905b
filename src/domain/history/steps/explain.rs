//! `explain`: the customer is told why a promise cannot be kept (R18).
use serde::{Deserialize, Serialize};

use super::UNFINISHED;
use crate::domain::{
    base::{ids::EventId, terms::State},
    history::{
        event::Stamp,
        facts::Facts,
        refusal::Refusal,
        status::Status,
        steps::{Next, Step},
    },
};

/// The customer is told why a promise cannot be kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Explain {
    /// The event that made the promise.
    pub promise: EventId,
    pub text: String,
}

impl Step for Explain {
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
            promise.explained_at = Some(stamp.at);
        }
        status.heard_from_us(stamp.at);
    }

    fn facts(&self) -> Facts<'_> {
        Facts::new().event("promise", &self.promise).text("text", &self.text)
    }
}
