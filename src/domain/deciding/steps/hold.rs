//! How `pend` is decided: policy says whether the reason lets the clock stand still.

use crate::domain::{
    base::{
        terms::{PauseReason, Role},
        time::Timestamp,
    },
    deciding::{clock, scene::Scene, steps::Decidable},
    history::{
        refusal::{Refusal, Vocabulary},
        roles::TEAM,
        status::{DueTimes, parts::CurrentPause},
        steps::hold::Hold,
    },
};

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    pub reason: PauseReason,
    pub resume_by: Timestamp,
    pub evidence: String,
}

impl Decidable for Hold {
    type Request = Request;

    const MAY: &'static [Role] = TEAM;

    fn decide(request: Request, scene: &Scene<'_>) -> Result<Self, Refusal> {
        let Request { reason, resume_by, evidence } = request;
        let levels = &scene.policy.levels;
        let unknown = || scene.policy.unknown(Vocabulary::PauseReason, reason.code());
        let rule = levels.pause(&reason).ok_or_else(unknown)?;
        let stops_clock = rule.stops_clock;
        let (due_before, due_after) = due_after_pause(scene).unzip();
        Ok(Self { reason, resume_by, evidence, stops_clock, due_before, due_after })
    }

    fn request(&self) -> Self::Request {
        Request {
            reason: self.reason.clone(),
            resume_by: self.resume_by,
            evidence: self.evidence.clone(),
        }
    }
}

/// The due times before and after, when a pause that lasts ends with the step; `None` without one.
///
/// An extension that the customer agreed to is moved by the pause like the limit itself.
pub(super) fn due_after_pause(scene: &Scene<'_>) -> Option<(DueTimes, DueTimes)> {
    let status = &scene.record.status;
    let pause = status.pause()?;
    let before = status.due;
    let ended = CurrentPause { until: Some(scene.stamp.at), ..pause.clone() };
    let resolve = match (status.limits.resolve, before.resolve) {
        (Some(limit), Some(due)) => {
            let calendar = scene.policy.calendar_of(status);
            Some(clock::after_pause(due, limit, &ended, calendar))
        }
        (None, due) | (_, due @ None) => due,
    };
    Some(before.moved(DueTimes { resolve, ..before }))
}
