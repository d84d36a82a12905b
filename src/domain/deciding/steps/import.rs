//! How `import` is decided: another system let it happen, so no rule of the procedure judges it.

use crate::domain::{
    base::terms::Role,
    deciding::{scene::Scene, steps::Decidable},
    history::{refusal::Refusal, roles::LEAD, steps::import::Import},
};

impl Decidable for Import {
    type Request = Self;

    const MAY: &'static [Role] = LEAD;

    fn decide(step: Self, scene: &Scene<'_>) -> Result<Self, Refusal> {
        if step.unit.is_some() && step.source_unit.is_some() {
            return Err(Refusal::NotWith { flag: "unit", other: "source_unit" });
        }
        let units = &scene.policy.units;
        let line = step.unit.as_ref().and_then(|unit| Some(units.get(unit)?.line));
        Ok(Self { line, ..step })
    }

    fn request(&self) -> Self::Request {
        self.clone()
    }
}
