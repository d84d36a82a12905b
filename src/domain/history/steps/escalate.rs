//! `escalate`: somebody higher is told (R48).
use serde::{Deserialize, Serialize};

use super::UNFINISHED;
use crate::domain::{
    base::{
        ids::PersonId,
        terms::{Channel, State},
    },
    history::{
        complaint,
        event::Stamp,
        facts::Facts,
        refusal::Refusal,
        status::{Status, parts::Escalation},
        steps::{Next, Step},
    },
};

/// Who was told in which tier, why and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Escalate {
    pub tier: u32,
    pub to: PersonId,
    pub reason: String,
    pub method: Channel,
}

impl Step for Escalate {
    const FROM: &'static [State] = UNFINISHED;
    const TO: Next = Next::Same;

    fn legal(&self, status: &Status, _: &Stamp) -> Result<(), Refusal> {
        complaint::not_to_subject(status, &self.to)?;
        let reached = reached(status);
        if self.tier < reached || self.tier == 0 {
            return Err(Refusal::LowerTier { tier: self.tier, reached });
        }
        let next = next_tier(status);
        if self.tier > next {
            return Err(Refusal::SkippedTier { tier: self.tier, next });
        }
        let again = status.escalations.iter().any(|e| e.tier == self.tier && e.to == self.to);
        if again {
            return Err(Refusal::SameTier { tier: self.tier, to: self.to.clone() });
        }
        Ok(())
    }

    fn apply(&self, status: &mut Status, stamp: &Stamp) {
        let Self { tier, to, .. } = self;
        status.escalations.push(Escalation { tier: *tier, to: to.clone(), at: stamp.at });
    }

    fn facts(&self) -> Facts<'_> {
        Facts::new()
            .number("tier", self.tier)
            .person("to", &self.to)
            .method("method", &self.method)
            .text("reason", &self.reason)
    }
}

/// The tier that comes after those already told.
pub fn next_tier(status: &Status) -> u32 {
    reached(status).saturating_add(1)
}

fn reached(status: &Status) -> u32 {
    status.escalations.iter().map(|told| told.tier).max().unwrap_or(0)
}
