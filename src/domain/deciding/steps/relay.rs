//! How `relay` is decided: by what the record holds alone.

use crate::domain::{
    deciding::{scene::Scene, steps::Decidable},
    history::steps::relay::Relay,
    refusal::Refusal,
    roles::TEAM,
    terms::Role,
};

impl Decidable for Relay {
    type Request = Self;

    const MAY: &'static [Role] = TEAM;

    fn decide(step: Self, _: &Scene<'_>) -> Result<Self, Refusal> {
        Ok(step)
    }

    fn request(&self) -> Self::Request {
        self.clone()
    }
}
