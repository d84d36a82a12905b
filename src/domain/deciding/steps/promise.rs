//! How `promise` is decided: by whom the work is with, or by the desk.

use crate::domain::{
    base::terms::Role,
    deciding::{scene::Scene, steps::Decidable},
    history::{
        refusal::Refusal,
        roles::TEAM,
        steps::{promise::Promise, responsible_or_desk},
    },
};

impl Decidable for Promise {
    type Request = Self;

    const MAY: &'static [Role] = TEAM;

    fn allowed(scene: &Scene<'_>) -> Result<(), Refusal> {
        responsible_or_desk(&scene.record.status, scene.stamp)
    }

    fn decide(step: Self, _: &Scene<'_>) -> Result<Self, Refusal> {
        Ok(step)
    }

    fn request(&self) -> Self::Request {
        self.clone()
    }
}
