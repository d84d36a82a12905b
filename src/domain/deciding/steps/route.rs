//! How `route` is decided: who may handle the matter, and in which unit.

use crate::domain::{
    base::{
        ids::{PersonId, UnitId},
        terms::{Channel, Role, State},
    },
    deciding::{
        complaint,
        scene::Scene,
        steps::{Decidable, hold::due_after_pause},
    },
    history::{
        refusal::{NeedReason, Refusal, Vocabulary},
        roles::DESK,
        steps::route::Route,
    },
};

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    pub to: PersonId,
    /// The person's own if not said.
    pub unit: Option<UnitId>,
    pub reason: String,
    pub method: Option<Channel>,
}

/// Refuses what would change nothing but the number of re-routes.
fn given_anew(scene: &Scene<'_>, to: &PersonId, unit: &UnitId) -> Result<(), Refusal> {
    let status = &scene.record.status;
    let is_the_same = status.assignee.as_ref() == Some(to) && status.unit.as_ref() == Some(unit);
    match status.times.routed_at {
        Some(at) if status.state == State::Routed && is_the_same && scene.is_under(2) => {
            Err(Refusal::AlreadyRouted { to: to.clone(), at })
        }
        Some(_) | None => Ok(()),
    }
}

impl Decidable for Route {
    type Request = Request;

    const MAY: &'static [Role] = DESK;

    fn decide(request: Request, scene: &Scene<'_>) -> Result<Self, Refusal> {
        let Request { to, unit, reason, method } = request;
        let person = scene.active(&to)?;
        complaint::fit_to_handle(scene, &to)?;
        let unit = unit
            .or_else(|| person.unit.clone())
            .ok_or(Refusal::Needs { flag: "--unit", why: NeedReason::Unit })?;
        given_anew(scene, &to, &unit)?;
        let units = &scene.policy.units;
        let unknown = || scene.policy.unknown(Vocabulary::Unit, unit.as_str());
        let line = units.get(&unit).map(|unit| unit.line).ok_or_else(unknown)?;
        let (due_before, due_after) = due_after_pause(scene).unzip();
        Ok(Self { to, unit, line, reason, method, due_before, due_after })
    }

    fn request(&self) -> Self::Request {
        Request {
            to: self.to.clone(),
            unit: Some(self.unit.clone()),
            reason: self.reason.clone(),
            method: self.method.clone(),
        }
    }
}
