//! How `accept` is decided: a promise beyond the limit needs its reason.

use crate::domain::{
    base::terms::Role,
    deciding::{complaint, scene::Scene, steps::Decidable},
    history::{intake::DueAt, refusal::Refusal, roles::TEAM, steps::accept::Accept},
};

impl Decidable for Accept {
    type Request = Self;

    const MAY: &'static [Role] = TEAM;
    const CAN_BE_TOLD: bool = true;

    fn allowed(scene: &Scene<'_>) -> Result<(), Refusal> {
        complaint::fit_to_handle(scene, scene.stamp.actor())
    }

    fn decide(step: Self, scene: &Scene<'_>) -> Result<Self, Refusal> {
        let status = &scene.record.status;
        let limit = status.due.respond.and_then(DueAt::time);
        if let (Some(due), None, None) = (limit, &step.reason, status.times.responded_at)
            && step.respond_by > due
        {
            return Err(Refusal::BeyondLimit { given: step.respond_by, due });
        }
        Ok(step)
    }

    fn request(&self) -> Self::Request {
        self.clone()
    }
}
