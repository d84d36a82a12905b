//! `pend`: the work waits for a reason that policy lists (Q8).
use serde::{Deserialize, Serialize};

use crate::domain::{
    base::{
        terms::{PauseReason, State},
        time::Timestamp,
    },
    history::{
        event::Stamp,
        facts::Facts,
        refusal::Refusal,
        status::{DueTimes, Status, parts::CurrentPause},
        steps::{Next, Step, responsible_or_desk},
    },
};

/// The work waits; the pause counts at most to `resume_by`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hold {
    pub reason: PauseReason,
    pub resume_by: Timestamp,
    pub evidence: String,
    /// Whether policy lets the resolution clock stand still for this reason.
    pub stops_clock: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_before: Option<DueTimes>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_after: Option<DueTimes>,
}

impl Step for Hold {
    const FROM: &'static [State] = &[State::InProgress, State::Pending];
    const TO: Next = Next::To(&[State::Pending]);

    fn ready(status: &Status, stamp: &Stamp) -> Result<(), Refusal> {
        responsible_or_desk(status, stamp)?;
        after_pauses(status, stamp)
    }

    fn legal(&self, _: &Status, stamp: &Stamp) -> Result<(), Refusal> {
        if self.resume_by <= stamp.at {
            return Err(Refusal::NotInFuture { flag: "--resume-by", given: self.resume_by });
        }
        Ok(())
    }

    fn apply(&self, status: &mut Status, stamp: &Stamp) {
        status.end_pause(stamp.at);
        if let (Some(before), Some(after)) = (self.due_before, self.due_after) {
            status.move_due(before, after);
        }
        status.state = State::Pending;
        status.pauses.push(CurrentPause {
            reason: self.reason.clone(),
            since: stamp.at,
            resume_by: Some(self.resume_by),
            until: None,
            stops_clock: self.stops_clock,
        });
    }

    fn facts(&self) -> Facts<'_> {
        Facts::new()
            .pause_reason("reason", &self.reason)
            .time("resume_by", self.resume_by)
            .flag("stops_clock", self.stops_clock)
            .moved(self.due_before, self.due_after)
            .text("evidence", &self.evidence)
    }
}

/// No two pauses overlap, and none ends before it began.
pub(super) fn after_pauses(status: &Status, stamp: &Stamp) -> Result<(), Refusal> {
    let last = status.pauses.last().map(|pause| pause.until.unwrap_or(pause.since));
    match last {
        Some(last) if stamp.at < last => Err(Refusal::DoneAfter { done_at: last, at: stamp.at }),
        Some(_) | None => Ok(()),
    }
}
