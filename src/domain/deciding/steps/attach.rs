//! How `attach` is decided: by whoever may write an update, within the sizes of the rules.

use crate::domain::{
    base::terms::Role,
    deciding::{policy::desk::AttachmentLimits, scene::Scene, steps::Decidable},
    history::{
        refusal::Refusal,
        roles::TEAM,
        status::Status,
        steps::attach::{Attach, name_of},
    },
};

/// Letters of a SHA-256 in hexadecimal.
const HASH: usize = 64;

/// Refuses files that are larger than the rules allow, each or with those that the record has.
///
/// # Errors
/// [`Refusal::FileTooLarge`] or [`Refusal::RecordFull`].
pub fn has_room(status: &Status, limits: AttachmentLimits, sizes: &[u64]) -> Result<(), Refusal> {
    let most = limits.most_of_file();
    if let Some(size) = sizes.iter().copied().find(|size| *size > most) {
        return Err(Refusal::FileTooLarge { size, most });
    }
    let kept = status.attachments.iter().filter(|entry| entry.dropped_at.is_none());
    let held = kept.map(|entry| u64::from(entry.size)).sum();
    let (size, most) = (sizes.iter().sum(), limits.most_of_record());
    if size + held > most {
        return Err(Refusal::RecordFull { size, held, most });
    }
    Ok(())
}

impl Decidable for Attach {
    /// The file; what it is called is decided.
    type Request = Self;

    const MAY: &'static [Role] = TEAM;

    fn decide(step: Self, scene: &Scene<'_>) -> Result<Self, Refusal> {
        let is_hash = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
        if step.sha256.len() != HASH || !step.sha256.chars().all(is_hash) {
            return Err(Refusal::Misspelled { field: "sha256" });
        }
        if step.size == 0 {
            return Err(Refusal::Misspelled { field: "size" });
        }
        let limits = scene.policy.desk.attachments;
        has_room(&scene.record.status, limits, &[u64::from(step.size)])?;
        let name = name_of(&scene.record.id, &scene.stamp.id, step.file_type);
        Ok(Self { name, ..step })
    }

    fn request(&self) -> Self::Request {
        Self { name: String::new(), ..self.clone() }
    }
}
