//! How `cancel` is decided: no other matter ends with it unseen.

use crate::domain::{
    base::terms::Role,
    deciding::{parts, scene::Scene, steps::Decidable},
    history::{record::Record, refusal::Refusal, roles::DESK, steps::cancel::Cancel},
};

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    pub mistake: String,
    /// Whether what was merged into it ends with it.
    pub with_merged: bool,
}

impl Decidable for Cancel {
    type Request = Request;

    const MAY: &'static [Role] = DESK;

    fn decide(request: Request, scene: &Scene<'_>) -> Result<Self, Refusal> {
        let Request { mistake, with_merged } = request;
        let merged = parts::merged_into(scene)?;
        if !merged.is_empty() && !with_merged {
            let records = merged.iter().map(|record| record.id.to_string()).collect();
            return Err(Refusal::TakesAlong { records });
        }
        Ok(Self { mistake, merged: merged.iter().filter_map(Record::reference).collect() })
    }

    fn request(&self) -> Self::Request {
        Request { mistake: self.mistake.clone(), with_merged: !self.merged.is_empty() }
    }
}
