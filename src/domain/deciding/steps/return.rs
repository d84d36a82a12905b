//! How `return` is decided: by what the record holds alone.

use crate::domain::{
    base::terms::Role,
    deciding::{scene::Scene, steps::Decidable},
    history::{refusal::Refusal, roles::TEAM, steps::r#return::Return},
};

impl Decidable for Return {
    type Request = Self;

    const MAY: &'static [Role] = TEAM;
    const CAN_BE_TOLD: bool = true;

    fn decide(step: Self, _: &Scene<'_>) -> Result<Self, Refusal> {
        Ok(step)
    }

    fn request(&self) -> Self::Request {
        self.clone()
    }
}
