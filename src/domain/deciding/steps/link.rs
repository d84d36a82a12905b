//! How `link` is decided: to another record that exists.

use crate::domain::{
    base::terms::Role,
    deciding::{scene::Scene, steps::Decidable},
    history::{refusal::Refusal, roles::TEAM, steps::link::Link},
};

impl Decidable for Link {
    type Request = Self;

    const MAY: &'static [Role] = TEAM;

    fn decide(step: Self, scene: &Scene<'_>) -> Result<Self, Refusal> {
        let target = scene.referred(&step.to)?;
        if target.id == scene.record.id { Err(Refusal::Itself) } else { Ok(step) }
    }

    fn request(&self) -> Self::Request {
        self.clone()
    }
}
