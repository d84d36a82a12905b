//! `link`: one record belongs to another.
use serde::{Deserialize, Serialize};

use super::EVERY;
use crate::domain::{
    base::terms::{LinkKind, State},
    history::{
        event::Stamp,
        facts::Facts,
        intake::Reference,
        refusal::Refusal,
        status::{Status, parts::RecordLink},
        steps::{Next, Step},
    },
};

/// The record is tied to another one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    pub to: Reference,
    #[serde(rename = "as")]
    pub kind: LinkKind,
}

impl Step for Link {
    const FROM: &'static [State] = EVERY;
    const TO: Next = Next::Same;

    fn legal(&self, status: &Status, _: &Stamp) -> Result<(), Refusal> {
        let link = RecordLink { kind: self.kind, to: self.to.clone() };
        if status.links.contains(&link) { Err(Refusal::AlreadyLinked) } else { Ok(()) }
    }

    fn apply(&self, status: &mut Status, _: &Stamp) {
        status.links.push(RecordLink { kind: self.kind, to: self.to.clone() });
    }

    fn facts(&self) -> Facts<'_> {
        Facts::new().term("as", self.kind).record("to", &self.to)
    }
}
