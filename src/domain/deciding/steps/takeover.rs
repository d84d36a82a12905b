//! How `takeover` is decided: from whoever follows the record.

use crate::domain::{
    deciding::{scene::Scene, steps::Decidable},
    history::steps::takeover::Takeover,
    refusal::Refusal,
    roles::DESK,
    terms::Role,
};

impl Decidable for Takeover {
    type Request = ();

    const MAY: &'static [Role] = DESK;

    fn decide(_: (), scene: &Scene<'_>) -> Result<Self, Refusal> {
        Ok(Self { from: scene.record.status.desk_owner.clone() })
    }

    fn request(&self) -> Self::Request {
        {}
    }
}
