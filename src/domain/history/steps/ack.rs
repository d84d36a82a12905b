//! `ack`: the customer is told that the matter is accepted, and when a reply comes (R21).
use serde::{Deserialize, Serialize};

use crate::domain::{
    base::{
        ids::ContactId,
        terms::{Channel, State},
        time::Timestamp,
    },
    history::{
        event::Stamp,
        facts::Facts,
        intake::ReadBack,
        refusal::Refusal,
        status::{
            Status,
            parts::{PromiseTopic, PromisedTime},
        },
        steps::{Next, Step},
    },
};

/// Who was told how, and by when they hear from us: a promise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ack {
    pub told: ContactId,
    pub method: Channel,
    pub reply_by: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_back: Option<ReadBack>,
}

impl Step for Ack {
    const FROM: &'static [State] = &[State::Open];
    const TO: Next = Next::To(&[State::Acknowledged]);

    fn legal(&self, _: &Status, stamp: &Stamp) -> Result<(), Refusal> {
        if self.reply_by <= stamp.at {
            return Err(Refusal::NotInFuture { flag: "--reply-by", given: self.reply_by });
        }
        Ok(())
    }

    fn apply(&self, status: &mut Status, stamp: &Stamp) {
        status.state = State::Acknowledged;
        status.times.acknowledged_at = Some(stamp.at);
        status.heard_from_us(stamp.at);
        status.promises.push(PromisedTime {
            event: stamp.id.clone(),
            made_at: stamp.at,
            due: self.reply_by,
            to: self.told.clone(),
            what: PromiseTopic::Reply,
            kept_at: None,
            explained_at: None,
        });
    }

    fn facts(&self) -> Facts<'_> {
        Facts::new()
            .recipient("told", &self.told)
            .method("method", &self.method)
            .time("reply_by", self.reply_by)
            .read_back(self.read_back.as_ref())
    }
}
