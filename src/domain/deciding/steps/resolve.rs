//! How `resolve` is decided: by somebody who may handle the matter.

use crate::domain::{
    deciding::{complaint, scene::Scene, steps::Decidable},
    history::steps::resolve::Resolve,
    refusal::Refusal,
    roles::TEAM,
    terms::Role,
};

impl Decidable for Resolve {
    type Request = Self;

    const MAY: &'static [Role] = TEAM;
    const CAN_BE_TOLD: bool = true;

    fn decide(step: Self, scene: &Scene<'_>) -> Result<Self, Refusal> {
        complaint::fit_to_handle(scene, scene.stamp.actor())?;
        Ok(step)
    }

    fn request(&self) -> Self::Request {
        self.clone()
    }
}
