//! `respond`: the first substantive reply to the customer (R23, R24, Q4).
use serde::{Deserialize, Serialize};

use crate::domain::{
    base::{
        ids::ContactId,
        terms::{Channel, State},
    },
    history::{
        event::Stamp,
        facts::Facts,
        refusal::Refusal,
        status::Status,
        steps::{Next, Step, only_desk, only_responsible},
    },
};

/// Who was told what, and how; the words are the event's note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Respond {
    pub told: ContactId,
    pub method: Channel,
}

impl Step for Respond {
    const FROM: &'static [State] = &[State::Acknowledged, State::InProgress, State::Pending];
    const TO: Next = Next::Same;

    fn ready(status: &Status, stamp: &Stamp) -> Result<(), Refusal> {
        if let Some(at) = status.times.responded_at {
            return Err(Refusal::AlreadyReplied(at));
        }
        if status.counts.routes == 0 { only_desk(stamp) } else { only_responsible(status, stamp) }
    }

    fn apply(&self, status: &mut Status, stamp: &Stamp) {
        status.replied(stamp.at);
        status.heard_from_us(stamp.at);
    }

    fn facts(&self) -> Facts<'_> {
        Facts::new().recipient("told", &self.told).method("method", &self.method)
    }
}
