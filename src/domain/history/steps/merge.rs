//! `merge`: the matter goes on in another record.
use serde::{Deserialize, Serialize};

use crate::domain::{
    base::terms::{Kind, State},
    history::{
        event::Stamp,
        facts::Facts,
        intake::Reference,
        refusal::Refusal,
        status::Status,
        steps::{Next, Step},
    },
};

/// The matter goes on in another record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Merge {
    pub into: Reference,
    pub reason: String,
}

impl Step for Merge {
    const FROM: &'static [State] = &[
        State::Open,
        State::Acknowledged,
        State::Routed,
        State::InProgress,
        State::Pending,
        State::Resolved,
    ];
    const TO: Next = Next::To(&[State::Merged]);

    fn ready(status: &Status, _: &Stamp) -> Result<(), Refusal> {
        if status.kind == Kind::Remark { Err(Refusal::OnlyRemark) } else { Ok(()) }
    }

    fn apply(&self, status: &mut Status, stamp: &Stamp) {
        status.end_pause(stamp.at);
        status.state = State::Merged;
        status.merged_into = Some(self.into.clone());
        status.handed_to = None;
    }

    fn facts(&self) -> Facts<'_> {
        Facts::new().record("into", &self.into).text("reason", &self.reason)
    }
}
