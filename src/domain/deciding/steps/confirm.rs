//! How `confirm` is decided: each outcome with what belongs to it.

use crate::domain::{
    base::terms::{Callback, Role},
    deciding::{parts, scene::Scene, steps::Decidable},
    history::{refusal::Refusal, roles::DESK, steps::confirm::Confirm},
};

impl Decidable for Confirm {
    type Request = Self;

    const MAY: &'static [Role] = DESK;

    fn decide(step: Self, scene: &Scene<'_>) -> Result<Self, Refusal> {
        let answered = matches!(step.outcome, Callback::Handled | Callback::NotHandled);
        if !answered && step.with.is_some() {
            return Err(Refusal::NotWith { flag: "--with", other: flag(step.outcome) });
        }
        if step.outcome != Callback::Handled && step.satisfaction.is_some() {
            return Err(Refusal::NotWith { flag: "--satisfaction", other: flag(step.outcome) });
        }
        if matches!(step.outcome, Callback::Handled | Callback::NotNeeded) {
            parts::are_done(scene)?;
        }
        Ok(step)
    }

    fn request(&self) -> Self::Request {
        self.clone()
    }
}

/// The flag that says how the callback ended.
fn flag(outcome: Callback) -> &'static str {
    match outcome {
        Callback::Handled => "--satisfaction",
        Callback::NotHandled => "--not-handled",
        Callback::NoAnswer => "--no-answer",
        Callback::NotNeeded => "--not-needed",
    }
}
