//! `extend`: a later time with a plan and the customer's consent (R28).
use serde::{Deserialize, Serialize};

use super::AT_WORK;
use crate::domain::{
    base::{
        ids::ContactId,
        terms::{Channel, State},
        time::Timestamp,
    },
    history::{
        event::Stamp,
        facts::Facts,
        intake::DueAt,
        refusal::Refusal,
        status::{DueTimes, Status},
        steps::{Next, Step, responsible_or_desk},
    },
};

/// The customer was asked for more time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extend {
    pub plan: String,
    pub until: Timestamp,
    pub consent: Consent,
    pub due_before: DueTimes,
    pub due_after: DueTimes,
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

impl Step for Extend {
    const FROM: &'static [State] = AT_WORK;
    const TO: Next = Next::Same;

    fn ready(status: &Status, stamp: &Stamp) -> Result<(), Refusal> {
        responsible_or_desk(status, stamp)
    }

    fn legal(&self, status: &Status, stamp: &Stamp) -> Result<(), Refusal> {
        let present = status.due.resolve.and_then(DueAt::time);
        if let Some(due) = present.filter(|due| self.until <= *due) {
            return Err(Refusal::NotLater { flag: "--until", given: self.until, due });
        }
        if self.until <= stamp.at {
            return Err(Refusal::NotInFuture { flag: "--until", given: self.until });
        }
        Ok(())
    }

    fn apply(&self, status: &mut Status, stamp: &Stamp) {
        status.heard_from_us(stamp.at);
        if self.consent.given {
            status.move_due(self.due_before, self.due_after);
            status.counts.extensions += 1;
        }
    }

    fn facts(&self) -> Facts<'_> {
        Facts::new()
            .flag("consent", self.consent.given)
            .time("until", self.until)
            .contact("with", &self.consent.with)
            .method("method", &self.consent.method)
            .due(self.due_before, self.due_after)
            .text("plan", &self.plan)
            .some_text("evidence", self.consent.evidence.as_deref())
    }
}
