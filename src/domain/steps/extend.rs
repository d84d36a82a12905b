//! `extend`: a later time with a plan and the customer's consent (R28).

use serde::{Deserialize, Serialize};

use crate::domain::{
    event::Stamp,
    ids::ContactId,
    intake::DueAt,
    refusal::Refusal,
    status::{Due, Status},
    steps::{Scene, Step, responsible_or_desk},
    terms::Channel,
    time::Timestamp,
};

/// The customer was asked for more time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extend {
    pub plan: String,
    pub until: Timestamp,
    pub consent: Consent,
    pub due_before: Due,
    pub due_after: Due,
}

/// What the customer said to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consent {
    /// A refusal leaves the old due time in force.
    pub given: bool,
    pub with: ContactId,
    pub method: Channel,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
}

/// What somebody wants.
#[derive(Clone, Debug)]
pub struct Wish {
    pub plan: String,
    pub until: Timestamp,
    pub consent: Consent,
}

impl Wish {
    /// Moves the resolution clock, if the customer agreed.
    ///
    /// # Errors
    /// A [`Refusal`] when the channel reaches nobody.
    pub fn decide(self, scene: &Scene<'_>) -> Result<Extend, Refusal> {
        scene.method(&self.consent.method)?;
        let before = scene.record.status.due;
        let resolve = if self.consent.given { Some(DueAt::At(self.until)) } else { before.resolve };
        let (due_before, due_after) = before.moved(Due { resolve, ..before });
        Ok(Extend {
            plan: self.plan,
            until: self.until,
            consent: self.consent,
            due_before,
            due_after,
        })
    }
}

impl Step for Extend {
    fn legal(&self, status: &Status, stamp: &Stamp) -> Result<(), Refusal> {
        responsible_or_desk(status, stamp)?;
        let present = status.due.resolve.and_then(DueAt::time);
        if self.until <= stamp.at || present.is_some_and(|due| self.until <= due) {
            return Err(Refusal::NotAhead { flag: "--until", given: self.until });
        }
        Ok(())
    }

    fn apply(&self, status: &mut Status, stamp: &Stamp) {
        status.heard(stamp.at);
        if self.consent.given {
            status.move_due(self.due_before, self.due_after);
            status.counts.extensions += 1;
        }
    }
}
