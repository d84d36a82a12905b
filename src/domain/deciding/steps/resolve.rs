//! How `resolve` is decided: by somebody who may handle the matter, and not before what it waits for.

use crate::domain::{
    base::terms::{Kind, Role},
    deciding::{
        complaint, parts,
        scene::Scene,
        steps::{Decidable, default_method, remote},
    },
    history::{refusal::Refusal, roles::TEAM, steps::resolve::Resolve},
};

impl Decidable for Resolve {
    type Request = Self;

    const MAY: &'static [Role] = TEAM;
    const CAN_BE_TOLD: bool = true;

    fn allowed(scene: &Scene<'_>) -> Result<(), Refusal> {
        complaint::fit_to_handle(scene, scene.stamp.actor())?;
        parts::waits_for_nothing(scene)
    }

    fn decide(step: Self, scene: &Scene<'_>) -> Result<Self, Refusal> {
        let (kind, code) = (scene.record.status.kind, step.code.code());
        if kind != Kind::Complaint && !kind.ends_with(code) && scene.is_under(2) {
            let (code, known) = (code.to_owned(), scene.policy.codes_of(kind));
            return Err(Refusal::CodeOfComplaints { code, kind, known });
        }
        remote::tells_steps(&step, scene)?;
        // of a complaint it is said how the result was told, never assumed (R88)
        let assumed = step.told.is_some() && scene.record.status.complaint.is_none();
        let assumed = assumed.then(|| default_method(step.method.clone(), scene));
        Ok(Self { method: assumed.or(step.method), ..step })
    }

    fn request(&self) -> Self::Request {
        self.clone()
    }
}
