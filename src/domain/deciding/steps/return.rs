//! How `return` is decided: by what the record holds alone.

use crate::domain::{
    deciding::{scene::Scene, steps::Decidable},
    history::steps::r#return::Return,
    refusal::Refusal,
    roles::TEAM,
    terms::Role,
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
