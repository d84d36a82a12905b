//! How `resolve` is decided: by somebody who may handle the matter, and not before what it depends on.

use crate::domain::{
    base::terms::{LinkKind, Role, State},
    deciding::{
        complaint,
        scene::Scene,
        steps::{Decidable, default_method},
    },
    history::{
        refusal::Refusal,
        roles::TEAM,
        steps::{AT_WORK, resolve::Resolve},
    },
};

impl Decidable for Resolve {
    type Request = Self;

    const MAY: &'static [Role] = TEAM;
    const CAN_BE_TOLD: bool = true;

    fn decide(step: Self, scene: &Scene<'_>) -> Result<Self, Refusal> {
        complaint::fit_to_handle(scene, scene.stamp.actor())?;
        waits_for_nothing(scene)?;
        // of a complaint it is said how the result was told, never assumed (R88)
        let assumed = step.told.is_some() && scene.record.status.complaint.is_none();
        let assumed = assumed.then(|| default_method(step.method.clone(), scene));
        Ok(Self { method: assumed.or(step.method), ..step })
    }

    fn request(&self) -> Self::Request {
        self.clone()
    }
}

/// Refuses to solve what depends on a record that is not solved itself.
fn waits_for_nothing(scene: &Scene<'_>) -> Result<(), Refusal> {
    let links = scene.record.status.links.iter();
    for link in links.filter(|link| link.kind == LinkKind::DependsOn) {
        let awaited = scene.lookup.record(&link.to.record)?;
        let open = awaited
            .filter(|it| AT_WORK.contains(&it.status.state) || it.status.state == State::Open);
        if let Some(open) = open {
            return Err(Refusal::WaitsFor {
                record: open.id.to_string(),
                state: open.status.state,
            });
        }
    }
    Ok(())
}
