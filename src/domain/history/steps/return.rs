//! `return`: the person it was routed to gives it back (R34).
use serde::{Deserialize, Serialize};

use crate::domain::{
    base::terms::State,
    history::{
        event::Stamp,
        facts::Facts,
        refusal::Refusal,
        status::Status,
        steps::{Next, Step, only_responsible},
    },
};

/// The person it was routed to gives it back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Return {
    pub reason: String,
}

impl Step for Return {
    const FROM: &'static [State] = &[State::Routed];
    const TO: Next = Next::To(&[State::Acknowledged]);

    fn ready(status: &Status, stamp: &Stamp) -> Result<(), Refusal> {
        only_responsible(status, stamp)
    }

    fn apply(&self, status: &mut Status, _: &Stamp) {
        status.state = State::Acknowledged;
        status.assignee = None;
        status.counts.returns += 1;
    }

    fn facts(&self) -> Facts<'_> {
        Facts::new().text("reason", &self.reason)
    }
}
