//! How `reopen` is decided: within the window that policy leaves.

use crate::domain::{
    base::{
        terms::{ReopenedClock, Role, State},
        time::Timestamp,
    },
    deciding::{clock, policy::Policy, scene::Scene, steps::Decidable},
    history::{
        intake::DueAt,
        refusal::Refusal,
        roles::DESK,
        status::{DueTimes, Status},
        steps::reopen::Reopen,
    },
};

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    pub reason: String,
}

impl Decidable for Reopen {
    type Request = Request;

    const MAY: &'static [Role] = DESK;

    fn allowed(scene: &Scene<'_>) -> Result<(), Refusal> {
        match reopening(&scene.record.status, scene.policy)? {
            Some((closed_at, until)) if scene.when() > until => {
                Err(Refusal::WindowPassed { closed_at, until })
            }
            Some(_) | None => Ok(()),
        }
    }

    fn decide(Request { reason }: Request, scene: &Scene<'_>) -> Result<Self, Refusal> {
        let levels = &scene.policy.levels;
        let before = scene.record.status.due;
        let resolve = due_after(levels.reopened, scene);
        let (due_before, due_after) =
            resolve.map(|due| before.moved(DueTimes { resolve: Some(due), ..before })).unzip();
        let clock = resolve.map(|_| levels.reopened);
        Ok(Self { reason, clock, due_before, due_after })
    }

    fn request(&self) -> Self::Request {
        Request { reason: self.reason.clone() }
    }
}

/// When a record was closed, and until when it can be reopened; none where it is not closed.
///
/// # Errors
/// [`Refusal`] where the calendar does not reach so far.
pub fn reopening(
    status: &Status,
    policy: &Policy,
) -> Result<Option<(Timestamp, Timestamp)>, Refusal> {
    let closed_at = status.times.closed_at.filter(|_| status.state == State::Closed);
    let until = |at| Ok((at, policy.levels.reopen_window.due(at, &policy.calendar)?));
    closed_at.map(until).transpose()
}

/// When the resolution clock runs out that goes on so; `None` where there is none.
fn due_after(goes_on: ReopenedClock, scene: &Scene<'_>) -> Option<DueAt> {
    let status = &scene.record.status;
    let calendar = scene.policy.calendar_of(status);
    let (limit, due) = (status.limits.resolve?, status.due.resolve?);
    Some(match goes_on {
        ReopenedClock::Stopped => {
            clock::after_pause(due, limit, &status.at_rest_until(scene.stamp.at), calendar)
        }
        ReopenedClock::NewLimit => clock::known(limit.due(scene.stamp.at, calendar)),
    })
}
