//! How `link` is decided: to another record that exists, and in no circle.

use std::collections::BTreeSet;

use crate::domain::{
    base::terms::{LinkKind, Role},
    deciding::{scene::Scene, steps::Decidable},
    history::{record::Record, refusal::Refusal, roles::TEAM, steps::link::Link},
};

impl Decidable for Link {
    type Request = Self;

    const MAY: &'static [Role] = TEAM;

    fn decide(step: Self, scene: &Scene<'_>) -> Result<Self, Refusal> {
        let target = scene.referred(&step.to)?;
        if target.id == scene.record.id {
            return Err(Refusal::Itself);
        }
        if step.kind != LinkKind::Related && leads_back(&target, step.kind, scene)? {
            return Err(Refusal::LinkedInCircle { kind: step.kind, record: target.id.to_string() });
        }
        Ok(step)
    }

    fn request(&self) -> Self::Request {
        self.clone()
    }
}

/// True where a record is part of, or waits for, the one that the step is about, if by way of others.
fn leads_back(from: &Record, kind: LinkKind, scene: &Scene<'_>) -> Result<bool, Refusal> {
    let (mut seen, mut rest) = (BTreeSet::from([from.id.clone()]), vec![from.clone()]);
    while let Some(record) = rest.pop() {
        for link in record.status.links.iter().filter(|link| link.kind == kind) {
            if link.to.record == scene.record.id {
                return Ok(true);
            }
            if seen.insert(link.to.record.clone()) {
                rest.extend(scene.lookup.record(&link.to.record)?);
            }
        }
    }
    Ok(false)
}
