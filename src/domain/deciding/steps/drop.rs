//! How `drop` is decided: by a lead or whoever attached the file, once.

use crate::domain::{
    base::terms::Role,
    deciding::{scene::Scene, steps::Decidable},
    history::{
        refusal::Refusal, roles::TEAM, status::parts::AttachmentEntry, steps::drop::DropFile,
    },
};

/// Refuses a file that was dropped before.
///
/// # Errors
/// [`Refusal::DroppedBefore`].
pub fn is_kept(entry: &AttachmentEntry) -> Result<(), Refusal> {
    match entry.dropped_at {
        Some(at) => Err(Refusal::DroppedBefore { at }),
        None => Ok(()),
    }
}

impl Decidable for DropFile {
    type Request = Self;

    const MAY: &'static [Role] = TEAM;

    fn decide(step: Self, scene: &Scene<'_>) -> Result<Self, Refusal> {
        let mut all = scene.record.status.attachments.iter();
        let found = all.find(|entry| entry.event == step.attachment);
        found.map_or(Ok(()), is_kept)?;
        Ok(step)
    }

    fn request(&self) -> Self::Request {
        self.clone()
    }
}
