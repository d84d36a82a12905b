//! How `recompute` is decided: from `received_at`; a time that the customer agreed to stays.

use crate::domain::{
    base::terms::Role,
    deciding::{clock, scene::Scene, steps::Decidable},
    history::{refusal::Refusal, roles::DESK, steps::recompute::Recompute},
};

impl Decidable for Recompute {
    type Request = ();

    const MAY: &'static [Role] = DESK;

    fn decide((): (), scene: &Scene<'_>) -> Result<Self, Refusal> {
        let status = &scene.record.status;
        Ok(Self {
            due_before: status.due,
            due_after: clock::afresh(status, scene.policy.calendar_of(status)),
        })
    }

    fn request(&self) -> Self::Request {
        {}
    }
}
