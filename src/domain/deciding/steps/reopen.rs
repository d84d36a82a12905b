//! How `reopen` is decided: within the window that policy leaves.

use crate::domain::{
    base::terms::{ReopenedClock, Role},
    deciding::{clock, scene::Scene, steps::Decidable},
    history::{
        intake::DueAt, refusal::Refusal, roles::DESK, status::DueTimes, steps::reopen::Reopen,
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
        let (levels, calendar) = (&scene.policy.levels, &scene.policy.calendar);
        if let Some(closed_at) = scene.record.status.times.closed_at {
            let until = levels.reopen_window.due(closed_at, calendar)?;
            if scene.when() > until {
                return Err(Refusal::WindowPassed { closed_at, until });
            }
        }
        Ok(())
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

/// When the resolution clock runs out that goes on so; `None` where there is none.
fn due_after(goes_on: ReopenedClock, scene: &Scene<'_>) -> Option<DueAt> {
    let (status, calendar) = (&scene.record.status, &scene.policy.calendar);
    let (limit, due) = (status.limits.resolve?, status.due.resolve?);
    Some(match goes_on {
        ReopenedClock::Stopped => {
            clock::after_pause(due, limit, &status.at_rest_until(scene.stamp.at), calendar)
        }
        ReopenedClock::NewLimit => clock::known(limit.due(scene.stamp.at, calendar)),
    })
}
