//! How `takeover` is decided: from whoever follows the record.

use crate::domain::{
    base::terms::Role,
    deciding::{scene::Scene, steps::Decidable},
    history::{refusal::Refusal, roles::DESK, steps::takeover::Takeover},
};

impl Decidable for Takeover {
    type Request = ();

    const MAY: &'static [Role] = DESK;

    fn decide((): (), scene: &Scene<'_>) -> Result<Self, Refusal> {
        Ok(Self { from: scene.record.status.desk_owner.clone() })
    }

    fn request(&self) -> Self::Request {
        {}
    }
}
