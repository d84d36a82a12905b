//! How `cancel` is decided: by what the record holds alone.

use crate::domain::{
    base::terms::Role,
    deciding::{scene::Scene, steps::Decidable},
    history::{refusal::Refusal, roles::DESK, steps::cancel::Cancel},
};

impl Decidable for Cancel {
    type Request = Self;

    const MAY: &'static [Role] = DESK;

    fn decide(step: Self, _: &Scene<'_>) -> Result<Self, Refusal> {
        Ok(step)
    }

    fn request(&self) -> Self::Request {
        self.clone()
    }
}
