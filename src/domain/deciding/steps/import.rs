//! How `import` is decided: another system let it happen, so no rule of the procedure judges it, but
//! what an importer makes of a log: entries in the order of time, that say each thing once.

use crate::domain::{
    base::terms::{PauseReason, Role, State, Term},
    deciding::{
        policy::Policy,
        scene::Scene,
        steps::{Decidable, hold::due_after_pause},
    },
    history::{
        record::Record,
        refusal::{Refusal, Vocabulary},
        roles::LEAD,
        steps::{
            Act, Step,
            import::{Import, ImportedResolution, goes_on_here, is_solved},
        },
    },
};

impl Decidable for Import {
    type Request = Self;

    const MAY: &'static [Role] = LEAD;

    fn decide(step: Self, scene: &Scene<'_>) -> Result<Self, Refusal> {
        let (record, policy) = (scene.record, scene.policy);
        step.legal(&record.status, scene.stamp)?;
        if record.history.iter().any(|event| goes_on_here(&event.act)) {
            return Err(Refusal::ChangedHere);
        }
        said_once(&step, record)?;
        let solver = step.outcome.as_ref().and_then(|outcome| outcome.solved_by.as_ref());
        if let Some(solver) = solver.filter(|solver| policy.people.get(solver).is_none()) {
            return Err(policy.unknown(Vocabulary::Person, solver.as_str()));
        }
        let line = step.unit.as_ref().and_then(|unit| Some(policy.units.get(unit)?.line));
        let reason = step.reason.as_ref();
        let stops_clock = reason.map(|reason| stops_clock(reason, policy)).transpose()?;
        let (due_before, due_after) = due_after_pause(scene).unzip();
        let stops_clock = stops_clock.unwrap_or_default();
        Ok(Self { line, stops_clock, due_before, due_after, ..step })
    }

    fn request(&self) -> Self::Request {
        self.clone()
    }
}

/// Refuses what no importer writes: a word of this desk beside the other system's for the same
/// thing, a part of another state, and what was said before.
fn said_once(step: &Import, record: &Record) -> Result<(), Refusal> {
    let status = &record.status;
    for (here, there, flag, other) in [
        (step.unit.is_some(), step.source_unit.is_some(), "unit", "source_unit"),
        (step.outcome.is_some(), !is_solved(step.state), "outcome", step.state.code()),
        (step.reason.is_some(), step.state != State::Pending, "reason", step.state.code()),
    ] {
        if here && there {
            return Err(Refusal::NotWith { flag, other });
        }
    }
    if let (Some(outcome), Some(done)) = (&step.outcome, &status.resolution) {
        let known = ImportedResolution::of(done);
        // a solution that stands is told again only in other words: when and by whom stays
        let moved = (outcome.done_at, &outcome.solved_by, &outcome.source_solver)
            != (known.done_at, &known.solved_by, &known.source_solver);
        if moved || *outcome == known {
            return Err(Refusal::AlreadyImported { field: "outcome" });
        }
    }
    // the first entry in a state that is a reply is the reply, unless only the solution is one
    let mut before = record.history.iter().filter_map(|event| match &event.act {
        Act::Import(entry) => Some(entry.state),
        _ => None,
    });
    let enters = step.outcome.is_none() && step.state != status.state;
    let is_second = enters && before.any(|state| state == step.state);
    if step.replied && (is_second || status.times.responded_at.is_some()) {
        return Err(Refusal::AlreadyImported { field: "replied" });
    }
    if step.satisfaction.is_some() && step.satisfaction == status.source_satisfaction {
        return Err(Refusal::AlreadyImported { field: "satisfaction" });
    }
    Ok(())
}

/// Whether policy lets the resolution clock stand still for this reason.
fn stops_clock(reason: &PauseReason, policy: &Policy) -> Result<bool, Refusal> {
    let unknown = || policy.unknown(Vocabulary::PauseReason, reason.code());
    policy.levels.pause(reason).map(|pause| pause.stops_clock).ok_or_else(unknown)
}
