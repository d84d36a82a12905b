//! How `kept` is decided: by what the record holds alone.

use crate::domain::{
    base::terms::Role,
    deciding::{scene::Scene, steps::Decidable},
    history::{refusal::Refusal, roles::TEAM, steps::fulfil::Fulfil},
};

impl Decidable for Fulfil {
    type Request = Self;

    const MAY: &'static [Role] = TEAM;

    fn decide(step: Self, _: &Scene<'_>) -> Result<Self, Refusal> {
        Ok(step)
    }

    fn request(&self) -> Self::Request {
        self.clone()
    }
}
