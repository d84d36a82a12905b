//! How `escalate` is decided: to somebody of the team who is higher.

use crate::domain::{
    base::{
        ids::PersonId,
        terms::{Channel, Role},
    },
    deciding::{policy::levels::Tier, scene::Scene, steps::Decidable},
    history::{
        complaint,
        refusal::Refusal,
        roles::TEAM,
        steps::{
            escalate::{Escalate, next_tier},
            responsible_or_desk,
        },
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

    fn allowed(scene: &Scene<'_>) -> Result<(), Refusal> {
        responsible_or_desk(&scene.record.status, scene.stamp)
    }

    fn decide(request: Request, scene: &Scene<'_>) -> Result<Self, Refusal> {
        let Request { tier, to, reason, method } = request;
        let tier = tier.unwrap_or_else(|| next_tier(&scene.record.status));
        if to == *scene.stamp.actor() {
            return Err(Refusal::EscalatedToSelf { person: to });
        }
        complaint::not_to_subject(&scene.record.status, &to)?;
        let may = roles_of(tier, &scene.policy.levels.escalation);
        if scene.active(&to)?.role_among(&may).is_none() {
            return Err(Refusal::NoTier { person: to, tier, may });
        }
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

/// Who may be told in a tier: the role that policy names for it or for a higher one, and those who
/// lead.
fn roles_of(tier: u32, tiers: &[Tier]) -> Vec<Role> {
    let mut roles: Vec<Role> = if tiers.is_empty() {
        vec![Role::TeamLead, Role::RelationshipManager]
    } else {
        tiers.iter().filter(|told| told.tier >= tier).map(|told| told.role).collect()
    };
    if !roles.contains(&Role::Leader) {
        roles.push(Role::Leader);
    }
    roles
}
