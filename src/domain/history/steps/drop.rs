//! `drop`: an attached file is not kept any more; its hash stays.
use serde::{Deserialize, Serialize};

use super::EVERY;
use crate::domain::{
    base::{ids::EventId, terms::State},
    history::{
        event::Stamp,
        facts::Facts,
        refusal::Refusal,
        roles::LEAD,
        status::Status,
        steps::{Next, Step},
    },
};

/// A file is dropped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DropFile {
    /// The event that attached it.
    pub attachment: EventId,
    pub reason: String,
}

impl Step for DropFile {
    const FROM: &'static [State] = EVERY;
    const TO: Next = Next::Same;

    fn ready(status: &Status, _: &Stamp) -> Result<(), Refusal> {
        if status.attachments.is_empty() {
            return Err(Refusal::NoAttachment { number: None, there: 0 });
        }
        Ok(())
    }

    /// Two clones may drop the same file: both mean it.
    fn legal(&self, status: &Status, stamp: &Stamp) -> Result<(), Refusal> {
        let there = status.attachments.len();
        let mut all = status.attachments.iter();
        let Some(found) = all.find(|entry| entry.event == self.attachment) else {
            return Err(Refusal::NoAttachment { number: None, there });
        };
        if found.by == *stamp.actor() || LEAD.contains(&stamp.role) {
            return Ok(());
        }
        Err(Refusal::AttachedByOther { person: stamp.actor().clone(), by: found.by.clone() })
    }

    fn apply(&self, status: &mut Status, stamp: &Stamp) {
        for entry in status.attachments.iter_mut().filter(|it| it.event == self.attachment) {
            entry.dropped_at.get_or_insert(stamp.at);
        }
    }

    fn facts(&self) -> Facts<'_> {
        Facts::new().event("attachment", &self.attachment).text("reason", &self.reason)
    }
}
