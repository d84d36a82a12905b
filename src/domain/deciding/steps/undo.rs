//! How `undo` is decided: the newest step, by whoever entered it, within the time that policy leaves, and
//! before the time that it promised.

use crate::domain::{
    base::{ids::EventId, terms::Role},
    deciding::{scene::Scene, steps::Decidable},
    history::{refusal::Refusal, roles::AUTHORS, steps::undo::Undo},
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
    // else a promise that was broken would be as though nobody had made it
    if let Some(due) = step.promised().filter(|due| *due < scene.now) {
        return Err(Refusal::PromisePassed { action, due });
    }
    Ok(&stamp.id)
}
