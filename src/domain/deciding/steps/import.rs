//! How `import` is decided: another system let it happen, so no rule of the procedure judges it, but
//! what an importer makes of a log: entries in the order of time, that say each thing once.

use crate::domain::{
    base::terms::{Role, Term},
    deciding::{scene::Scene, steps::Decidable},
    history::{
        refusal::Refusal,
        roles::LEAD,
        steps::{
            Act, Step,
            import::{Import, is_solved},
        },
    },
};

impl Decidable for Import {
    type Request = Self;

    const MAY: &'static [Role] = LEAD;

    fn decide(step: Self, scene: &Scene<'_>) -> Result<Self, Refusal> {
        step.legal(&scene.record.status, scene.stamp)?;
        if step.unit.is_some() && step.source_unit.is_some() {
            return Err(Refusal::NotWith { flag: "unit", other: "source_unit" });
        }
        let before = || {
            scene.record.history.iter().filter_map(|event| match &event.act {
                Act::Import(entry) => Some((event.stamp.at, entry)),
                _ => None,
            })
        };
        let last = before().next_back();
        if let Some((last, _)) = last.filter(|(last, _)| *last > scene.stamp.at) {
            return Err(Refusal::DoneAfter { done_at: last, at: scene.stamp.at });
        }
        if step.outcome.is_some() {
            if !is_solved(step.state) {
                return Err(Refusal::NotWith { flag: "outcome", other: step.state.code() });
            }
            if last.is_some_and(|(_, last)| last.outcome == step.outcome) {
                return Err(Refusal::AlreadyImported { field: "outcome" });
            }
        }
        // the first entry in a state that is a reply is the reply
        let is_reply = |entry: &Import| entry.replied || entry.state == step.state;
        if step.replied && before().any(|(_, entry)| is_reply(entry)) {
            return Err(Refusal::AlreadyImported { field: "replied" });
        }
        let units = &scene.policy.units;
        let line = step.unit.as_ref().and_then(|unit| Some(units.get(unit)?.line));
        Ok(Self { line, ..step })
    }

    fn request(&self) -> Self::Request {
        self.clone()
    }
}
