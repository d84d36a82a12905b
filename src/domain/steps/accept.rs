//! `accept` and `return`: the person it was routed to takes it, or gives it back (R34, R36).

use serde::{Deserialize, Serialize};

use crate::domain::{
    complaint,
    event::Stamp,
    intake::DueAt,
    refusal::Refusal,
    status::Status,
    steps::{Scene, Step, only_responsible},
    terms::State,
    time::Timestamp,
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

/// The person it was routed to gives it back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Return {
    pub reason: String,
}

impl Accept {
    /// Holds the promise against the response limit.
    ///
    /// # Errors
    /// [`Refusal::BeyondLimit`] when it is later and no reason is given.
    pub fn decide(self, scene: &Scene<'_>) -> Result<Self, Refusal> {
        complaint::fit_to_handle(scene, scene.stamp.actor())?;
        let status = &scene.record.status;
        let limit = status.due.respond.and_then(DueAt::time);
        if let (Some(due), None, None) = (limit, &self.reason, status.times.responded_at)
            && self.respond_by > due
        {
            return Err(Refusal::BeyondLimit { given: self.respond_by, due });
        }
        Ok(self)
    }
}

impl Step for Accept {
    fn legal(&self, status: &Status, stamp: &Stamp) -> Result<(), Refusal> {
        only_responsible(status, stamp)?;
        if self.respond_by <= stamp.at {
            return Err(Refusal::NotAhead { flag: "--respond-by", given: self.respond_by });
        }
        Ok(())
    }

    fn apply(&self, status: &mut Status, stamp: &Stamp) {
        status.state = State::InProgress;
        status.times.accepted_at = Some(stamp.at);
        status.due.commitment = Some(DueAt::At(self.respond_by));
    }
}

impl Step for Return {
    fn legal(&self, status: &Status, stamp: &Stamp) -> Result<(), Refusal> {
        only_responsible(status, stamp)
    }

    fn apply(&self, status: &mut Status, _: &Stamp) {
        status.state = State::Acknowledged;
        status.assignee = None;
        status.counts.returns += 1;
    }
}
