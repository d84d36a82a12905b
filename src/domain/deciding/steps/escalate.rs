//! How `escalate` is decided: to somebody who is in the team.

use crate::domain::{
    base::{
        ids::PersonId,
        terms::{Channel, Role},
    },
    deciding::{scene::Scene, steps::Decidable},
    history::{
        refusal::Refusal,
        roles::TEAM,
        steps::escalate::{Escalate, next_tier},
    },
};

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// The next one if not said.
    pub tier: Option<u32>,
    pub to: PersonId,
    pub reason: String,
    pub method: Channel,
}

impl Decidable for Escalate {
    type Request = Request;

    const MAY: &'static [Role] = TEAM;

    fn decide(request: Request, scene: &Scene<'_>) -> Result<Self, Refusal> {
        let Request { tier, to, reason, method } = request;
        scene.active(&to)?;
        let tier = tier.unwrap_or_else(|| next_tier(&scene.record.status));
        Ok(Self { tier, to, reason, method })
    }

    fn request(&self) -> Self::Request {
        Request {
            tier: Some(self.tier),
            to: self.to.clone(),
            reason: self.reason.clone(),
            method: self.method.clone(),
        }
    }
}
