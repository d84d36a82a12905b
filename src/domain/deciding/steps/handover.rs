//! How `handover` is decided: to somebody who may own records.

use crate::domain::{
    base::terms::Role,
    deciding::{scene::Scene, steps::Decidable},
    history::{
        refusal::Refusal,
        roles::DESK,
        steps::{Action, handover::Handover},
    },
};

impl Decidable for Handover {
    type Request = Self;

    const MAY: &'static [Role] = DESK;

    fn decide(step: Self, scene: &Scene<'_>) -> Result<Self, Refusal> {
        scene.policy.roles.role_for(Action::Takeover, scene.active(&step.to)?).map_err(|why| {
            match why {
                Refusal::Role { person, may } => Refusal::CannotTakeOver { person, may },
                other => other,
            }
        })?;
        Ok(step)
    }

    fn request(&self) -> Self::Request {
        self.clone()
    }
}
