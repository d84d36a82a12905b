//! How `resume` is decided: the resolution clock moves by what the pause counts.

use crate::domain::{
    base::terms::Role,
    deciding::{
        scene::Scene,
        steps::{Decidable, hold::due_after_pause},
    },
    history::{refusal::Refusal, roles::TEAM, steps::resume::Resume},
};

impl Decidable for Resume {
    type Request = ();

    const MAY: &'static [Role] = TEAM;

    fn decide((): (), scene: &Scene<'_>) -> Result<Self, Refusal> {
        let (due_before, due_after) = due_after_pause(scene).unwrap_or_default();
        Ok(Self { due_before, due_after })
    }

    fn request(&self) -> Self::Request {
        {}
    }
}
