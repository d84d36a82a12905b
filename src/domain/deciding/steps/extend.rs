//! How `extend` is decided: the clock moves only if the customer agreed.

use crate::domain::{
    base::{terms::Role, time::Timestamp},
    deciding::{scene::Scene, steps::Decidable},
    history::{
        intake::DueAt,
        refusal::Refusal,
        roles::TEAM,
        status::DueTimes,
        steps::extend::{Consent, Extend},
    },
};

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    pub plan: String,
    pub until: Timestamp,
    pub consent: Consent,
}

impl Decidable for Extend {
    type Request = Request;

    const MAY: &'static [Role] = TEAM;

    fn decide(request: Request, scene: &Scene<'_>) -> Result<Self, Refusal> {
        let Request { plan, until, consent } = request;
        let before = scene.record.status.due;
        let resolve = if consent.given { Some(DueAt::At(until)) } else { before.resolve };
        let (due_before, due_after) = before.moved(DueTimes { resolve, ..before });
        Ok(Self { plan, until, consent, due_before, due_after })
    }

    fn request(&self) -> Self::Request {
        Request { plan: self.plan.clone(), until: self.until, consent: self.consent.clone() }
    }
}
