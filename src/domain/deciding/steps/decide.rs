//! How `decide` is decided: by what the record holds alone.

use crate::domain::{
    deciding::{scene::Scene, steps::Decidable},
    history::steps::decide::Decide,
    refusal::Refusal,
    roles::DECIDERS,
    terms::Role,
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
