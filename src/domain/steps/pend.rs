//! `pend` and `resume`: the work waits for a reason that policy lists (Q8).

use serde::{Deserialize, Serialize};

use crate::domain::{
    clock,
    event::Stamp,
    nearest::nearest,
    refusal::{Refusal, Thing},
    status::{Due, Status, parts::Paused},
    steps::{Scene, Step, responsible_or_desk},
    terms::{PauseReason, State},
    time::Timestamp,
};

/// The work waits; the pause counts at most to `resume_by`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pend {
    pub reason: PauseReason,
    pub resume_by: Timestamp,
    pub evidence: String,
    /// Whether policy lets the resolution clock stand still for this reason.
    pub stops_clock: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_before: Option<Due>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_after: Option<Due>,
}

/// What somebody wants.
#[derive(Clone, Debug)]
pub struct Wish {
    pub reason: PauseReason,
    pub resume_by: Timestamp,
    pub evidence: String,
}

/// The work goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resume {
    pub due_before: Due,
    pub due_after: Due,
}

impl Wish {
    /// Asks policy whether this reason stops the clock.
    ///
    /// # Errors
    /// [`Refusal::Unknown`] when policy does not list the reason.
    pub fn decide(self, scene: &Scene<'_>) -> Result<Pend, Refusal> {
        let levels = &scene.policy.levels;
        let rule = levels.pause(&self.reason).ok_or_else(|| Refusal::Unknown {
            thing: Thing::PauseReason,
            given: self.reason.to_string(),
            nearest: nearest(
                self.reason.code(),
                levels.pause_reasons.iter().map(|pause| pause.code.as_str()),
            ),
        })?;
        let (due_before, due_after) = due_after_pause(scene).unzip();
        Ok(Pend {
            reason: self.reason,
            resume_by: self.resume_by,
            evidence: self.evidence,
            stops_clock: rule.stops_clock,
            due_before,
            due_after,
        })
    }
}

impl Resume {
    /// Moves the resolution clock by what the pause counts.
    #[must_use]
    pub fn decide(scene: &Scene<'_>) -> Self {
        let (due_before, due_after) = due_after_pause(scene).unwrap_or_default();
        Self { due_before, due_after }
    }
}

impl Step for Pend {
    fn legal(&self, status: &Status, stamp: &Stamp) -> Result<(), Refusal> {
        responsible_or_desk(status, stamp)?;
        if self.resume_by <= stamp.at {
            return Err(Refusal::NotAhead { flag: "--resume-by", given: self.resume_by });
        }
        after_pauses(status, stamp)
    }

    fn apply(&self, status: &mut Status, stamp: &Stamp) {
        status.end_pause(stamp.at);
        if let (Some(before), Some(after)) = (self.due_before, self.due_after) {
            status.move_due(before, after);
        }
        status.state = State::Pending;
        status.pauses.push(Paused {
            reason: self.reason.clone(),
            since: stamp.at,
            resume_by: self.resume_by,
            until: None,
            stops_clock: self.stops_clock,
        });
    }
}

impl Step for Resume {
    fn legal(&self, status: &Status, stamp: &Stamp) -> Result<(), Refusal> {
        responsible_or_desk(status, stamp)?;
        after_pauses(status, stamp)
    }

    fn apply(&self, status: &mut Status, stamp: &Stamp) {
        status.end_pause(stamp.at);
        status.move_due(self.due_before, self.due_after);
        status.state = State::InProgress;
    }
}

/// No two pauses overlap, and none ends before it began.
fn after_pauses(status: &Status, stamp: &Stamp) -> Result<(), Refusal> {
    let last = status.pauses.last().map(|pause| pause.until.unwrap_or(pause.since));
    match last {
        Some(last) if stamp.at < last => Err(Refusal::DoneAfter { done_at: last, at: stamp.at }),
        Some(_) | None => Ok(()),
    }
}

/// The due times before and after, when a pause that lasts ends with the step; `None` without one.
///
/// An extension that the customer agreed to is moved by the pause like the limit itself.
pub(super) fn due_after_pause(scene: &Scene<'_>) -> Option<(Due, Due)> {
    let status = &scene.record.status;
    let pause = status.pause()?;
    let before = status.due;
    let ended = Paused { until: Some(scene.stamp.at), ..pause.clone() };
    let resolve = match (status.limits.resolve, before.resolve) {
        (Some(limit), Some(due)) => {
            Some(clock::after_pause(due, limit, &ended, &scene.policy.calendar))
        }
        (None, due) | (_, due @ None) => due,
    };
    Some(before.moved(Due { resolve, ..before }))
}
