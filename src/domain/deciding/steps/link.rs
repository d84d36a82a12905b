//! How `link` is decided: to another record that exists, and in no circle.

use crate::domain::{
    base::terms::{LinkKind, Role},
    deciding::{parts::leads_to, scene::Scene, steps::Decidable},
    history::{refusal::Refusal, roles::TEAM, steps::link::Link},
};

impl Decidable for Link {
    type Request = Self;

    const MAY: &'static [Role] = TEAM;

    fn decide(step: Self, scene: &Scene<'_>) -> Result<Self, Refusal> {
        let target = scene.referred(&step.to)?;
        if target.id == scene.record.id {
            return Err(Refusal::Itself);
        }
        // who depends waits for the other; a whole waits for its child
        let circle = match step.kind {
            LinkKind::Related => false,
            LinkKind::DependsOn => leads_to(&target, scene.record, None, scene)?,
            LinkKind::Child => leads_to(scene.record, &target, None, scene)?,
        };
        if circle {
            return Err(Refusal::LinkedInCircle { record: target.id.to_string() });
        }
        Ok(step)
    }

    fn request(&self) -> Self::Request {
        self.clone()
    }
}
