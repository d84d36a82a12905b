//! `ack`: the customer is told that the matter is accepted, and when a reply comes (R21).

use serde::{Deserialize, Serialize};

use crate::domain::{
    event::Stamp,
    ids::ContactId,
    intake::ReadBack,
    refusal::Refusal,
    status::{
        Status,
        parts::{Promise, Promised},
    },
    steps::{Scene, Step},
    terms::{Channel, State},
    time::Timestamp,
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

impl Ack {
    /// Asks policy.
    ///
    /// # Errors
    /// A [`Refusal`] when the channel reaches nobody.
    pub fn decide(self, scene: &Scene<'_>) -> Result<Self, Refusal> {
        scene.method(&self.method)?;
        Ok(self)
    }
}

impl Step for Ack {
    fn legal(&self, _: &Status, stamp: &Stamp) -> Result<(), Refusal> {
        if self.reply_by <= stamp.at {
            return Err(Refusal::NotAhead { flag: "--reply-by", given: self.reply_by });
        }
        Ok(())
    }

    fn apply(&self, status: &mut Status, stamp: &Stamp) {
        status.state = State::Acknowledged;
        status.times.acknowledged_at = Some(stamp.at);
        status.heard(stamp.at);
        status.promises.push(Promise {
            event: stamp.id.clone(),
            made_at: stamp.at,
            due: self.reply_by,
            to: self.told.clone(),
            what: Promised::Reply,
            kept_at: None,
            explained_at: None,
        });
    }
}
