//! `accept`: the person it was routed to takes it (R36).
use serde::{Deserialize, Serialize};

use crate::domain::{
    base::{terms::State, time::Timestamp},
    history::{
        event::Stamp,
        facts::Facts,
        intake::DueAt,
        refusal::Refusal,
        status::Status,
        steps::{Next, Step, only_responsible},
    },
};

/// The responsible person promises when the customer gets a reply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accept {
    pub respond_by: Timestamp,
    /// Why the promise is later than the limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Step for Accept {
    const FROM: &'static [State] = &[State::Routed];
    const TO: Next = Next::To(&[State::InProgress]);

    fn ready(status: &Status, stamp: &Stamp) -> Result<(), Refusal> {
        only_responsible(status, stamp)
    }

    fn legal(&self, _: &Status, stamp: &Stamp) -> Result<(), Refusal> {
        if self.respond_by <= stamp.at {
            return Err(Refusal::NotInFuture { flag: "--respond-by", given: self.respond_by });
        }
        Ok(())
    }

    fn apply(&self, status: &mut Status, stamp: &Stamp) {
        status.state = State::InProgress;
        status.times.accepted_at = Some(stamp.at);
        status.due.commitment = Some(DueAt::At(self.respond_by));
    }

    fn facts(&self) -> Facts<'_> {
        Facts::new().time("respond_by", self.respond_by).some_text("reason", self.reason.as_deref())
    }
}
