//! How `decide` is decided: by what the record holds alone.

use crate::domain::{
    base::terms::Role,
    deciding::{scene::Scene, steps::Decidable},
    history::{refusal::Refusal, roles::DECIDERS, steps::decide::Decide},
};

impl Decidable for Decide {
    type Request = Self;

    const MAY: &'static [Role] = DECIDERS;

    fn decide(step: Self, _: &Scene<'_>) -> Result<Self, Refusal> {
        Ok(step)
    }

    fn request(&self) -> Self::Request {
        self.clone()
    }
}
