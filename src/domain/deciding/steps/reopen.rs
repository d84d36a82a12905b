//! How `reopen` is decided: within the window that policy leaves.

use crate::domain::{
    base::terms::Role,
    deciding::{scene::Scene, steps::Decidable},
    history::{refusal::Refusal, roles::DESK, steps::reopen::Reopen},
};

impl Decidable for Reopen {
    type Request = Self;

    const MAY: &'static [Role] = DESK;

    fn decide(step: Self, scene: &Scene<'_>) -> Result<Self, Refusal> {
        let Some(closed_at) = scene.record.status.times.closed_at else {
            return Ok(step);
        };
        let until = scene.policy.levels.reopen_window.due(closed_at, &scene.policy.calendar)?;
        if scene.when() > until {
            return Err(Refusal::WindowPassed { closed_at, until });
        }
        Ok(step)
    }

    fn request(&self) -> Self::Request {
        self.clone()
    }
}
