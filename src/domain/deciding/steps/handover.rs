//! How `handover` is decided: to somebody who may own records.

use crate::domain::{
    deciding::{scene::Scene, steps::Decidable},
    history::steps::{Action, handover::Handover},
    refusal::Refusal,
    roles::DESK,
    terms::Role,
};

impl Decidable for Handover {
    type Request = Self;

    const MAY: &'static [Role] = DESK;

    fn decide(step: Self, scene: &Scene<'_>) -> Result<Self, Refusal> {
        scene.policy.roles.role_for(Action::Takeover, scene.active(&step.to)?)?;
        Ok(step)
    }

    fn request(&self) -> Self::Request {
        self.clone()
    }
}
