//! How `drop` is decided: by a lead or whoever attached the file, once.

use crate::domain::{
    base::terms::Role,
    deciding::{scene::Scene, steps::Decidable},
    history::{refusal::Refusal, roles::TEAM, steps::drop::DropFile},
};

impl Decidable for DropFile {
    type Request = Self;

    const MAY: &'static [Role] = TEAM;

    fn decide(step: Self, scene: &Scene<'_>) -> Result<Self, Refusal> {
        let mut all = scene.record.status.attachments.iter();
        let found = all.find(|entry| entry.event == step.attachment);
        if let Some(at) = found.and_then(|entry| entry.dropped_at) {
            return Err(Refusal::DroppedBefore { at });
        }
        Ok(step)
    }

    fn request(&self) -> Self::Request {
        self.clone()
    }
}
