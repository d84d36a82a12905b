//! `cancel`: the record was opened in error.
use serde::{Deserialize, Serialize};

use crate::domain::{
    base::terms::State,
    history::{
        event::Stamp,
        facts::Facts,
        intake::Reference,
        refusal::{MissingPart, Refusal},
        status::Status,
        steps::{Next, Step},
    },
};

/// The record was opened in error.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cancel {
    pub mistake: String,
    /// Records that were merged into it, whose matters end with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub merged: Vec<Reference>,
}

impl Step for Cancel {
    const FROM: &'static [State] =
        &[State::Open, State::Acknowledged, State::Routed, State::InProgress, State::Pending];
    const TO: Next = Next::To(&[State::Cancelled]);

    fn ready(status: &Status, _: &Stamp) -> Result<(), Refusal> {
        match &status.complaint {
            Some(complaint) if complaint.decision.is_none() => {
                Err(Refusal::ComesFirst(vec![MissingPart::Decision]))
            }
            Some(_) | None => Ok(()),
        }
    }

    fn apply(&self, status: &mut Status, stamp: &Stamp) {
        status.end_pause(stamp.at);
        status.state = State::Cancelled;
        status.handed_to = None;
    }

    fn facts(&self) -> Facts<'_> {
        let facts = Facts::new().text("mistake", &self.mistake);
        self.merged.iter().fold(facts, |facts, record| facts.record("merged", record))
    }
}
