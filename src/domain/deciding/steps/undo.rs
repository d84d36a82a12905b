//! How `undo` is decided: the newest step, by whoever entered it, within the time that policy leaves, and
//! before the time that it promised.

use crate::domain::{
    base::{
        ids::EventId,
        terms::{Role, State},
    },
    deciding::{parts, scene::Scene, steps::Decidable},
    history::{
        event::Event,
        refusal::Refusal,
        roles::AUTHORS,
        steps::{is_unsolved, undo::Undo},
    },
};

impl Decidable for Undo {
    type Request = ();

    const MAY: &'static [Role] = AUTHORS;

    fn allowed(scene: &Scene<'_>) -> Result<(), Refusal> {
        undoable(scene).map(drop)
    }

    fn decide((): (), scene: &Scene<'_>) -> Result<Self, Refusal> {
        Ok(Self { event: undoable(scene)?.clone() })
    }

    fn request(&self) {}
}

/// The step that is taken back.
fn undoable<'s>(scene: &'s Scene<'_>) -> Result<&'s EventId, Refusal> {
    let step = scene.record.newest_step().ok_or(Refusal::NoEvent(1))?;
    let (stamp, action) = (&step.stamp, step.act.action());
    if stamp.by != scene.stamp.by {
        return Err(Refusal::StepOfOther { action, by: stamp.by.clone() });
    }
    if !step.can_be_undone() {
        return Err(Refusal::NotUndone(action));
    }
    let entered = stamp.recorded_at;
    let until = scene.policy.levels.undo.due(entered, &scene.policy.calendar)?;
    if scene.now > until {
        return Err(Refusal::UndoPassed { entered, until });
    }
    if !scene.is_under(2) {
        return Ok(&stamp.id);
    }
    // else a promise that was broken would be as though nobody had made it
    if let Some(due) = step.promised().filter(|due| *due < scene.now) {
        return Err(Refusal::PromisePassed { action, due });
    }
    ends_nothing_unseen(step, scene)?;
    Ok(&stamp.id)
}

/// Refuses to lead back to where other matters would end unseen, or to take up a part of what was closed
/// since, as a closing is refused, or a cancelling.
fn ends_nothing_unseen(step: &Event, scene: &Scene<'_>) -> Result<(), Refusal> {
    let act = Undo { event: step.stamp.id.clone() }.into();
    let before = scene.record.with(Event { stamp: scene.stamp.clone(), act });
    let back = Scene { record: &before, ..*scene };
    let (state, now) = (before.status.state, scene.record.status.state);
    if is_unsolved(state) && !is_unsolved(now) {
        return parts::whole_goes_on(&back);
    }
    if !now.is_unfinished() || !matches!(state, State::Closed | State::Cancelled) {
        return Ok(());
    }
    let end = before.closing().unwrap_or(&step.stamp.id);
    let mut merged = parts::merged_into(&back)?;
    merged.retain(|part| part.merge().is_some_and(|merge| merge > end));
    if !merged.is_empty() {
        let records = merged.iter().map(|record| record.id.to_string()).collect();
        return Err(Refusal::TakesAlong { records });
    }
    if before.closing_of_all().is_some() { parts::are_done(&back) } else { Ok(()) }
}
