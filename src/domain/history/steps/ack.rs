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
        refusal::{NeedReason, Refusal},
        status::{
            Status,
            parts::{PromiseTopic, PromisedTime},
        },
        steps::{Next, Step},
    },
};

/// Who was told how, and by when they hear from us: a promise. What is settled on the spot needs none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ack {
    pub told: ContactId,
    pub method: Channel,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_by: Option<Timestamp>,
    /// The matter was answered in the same contact, so that nothing is promised.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub answered: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_back: Option<ReadBack>,
}

impl Step for Ack {
    const FROM: &'static [State] = &[State::Open];
    const TO: Next = Next::To(&[State::Acknowledged]);

    fn legal(&self, _: &Status, stamp: &Stamp) -> Result<(), Refusal> {
        match self.reply_by {
            Some(_) if self.answered => {
                Err(Refusal::NotWith { flag: "--answered", other: "--reply-by" })
            }
            Some(given) if given <= stamp.at => {
                Err(Refusal::NotInFuture { flag: "--reply-by", given })
            }
            None if !self.answered => {
                Err(Refusal::Needs { flag: "--reply-by", why: NeedReason::ReplyTime })
            }
            Some(_) | None => Ok(()),
        }
    }

    fn apply(&self, status: &mut Status, stamp: &Stamp) {
        status.state = State::Acknowledged;
        status.times.acknowledged_at = Some(stamp.at);
        status.heard_from_us(stamp.at);
        status.promises.extend(self.reply_by.map(|due| PromisedTime {
            event: stamp.id.clone(),
            made_at: stamp.at,
            due,
            to: self.told.clone(),
            what: PromiseTopic::Reply,
            kept_at: None,
            explained_at: None,
        }));
    }

    fn facts(&self) -> Facts<'_> {
        Facts::new()
            .recipient("told", &self.told)
            .method("method", &self.method)
            .some_time("reply_by", self.reply_by)
            .some_flag("answered", self.answered.then_some(true))
            .read_back(self.read_back.as_ref())
    }
}
