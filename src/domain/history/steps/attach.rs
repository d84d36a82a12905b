//! `attach`: a file is kept with the record; what it holds lies outside the history.
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::EVERY;
use crate::domain::{
    base::{
        ids::{EventId, RecordId},
        terms::{AttachmentKind, FileType, State},
    },
    history::{
        event::Stamp,
        facts::Facts,
        record::Record,
        refusal::Refusal,
        status::{Status, parts::AttachmentEntry},
        steps::{Act, Next, Step},
    },
};

/// A file is attached. What it was called is not kept: that may name a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attach {
    pub kind: AttachmentKind,
    #[serde(rename = "type")]
    pub file_type: FileType,
    /// In bytes.
    pub size: u32,
    /// Of the file as it is kept, in hexadecimal.
    pub sha256: String,
    pub name: String,
}

impl Step for Attach {
    // a signed form comes after the closing, and no other clone's step makes a file untrue
    const FROM: &'static [State] = EVERY;
    const TO: Next = Next::Same;

    fn is_there(&self, status: &Status, _: &Stamp) -> bool {
        let is_same = |entry: &AttachmentEntry| {
            let own = (self.kind, self.file_type, &self.sha256);
            own == (entry.kind, entry.file_type, &entry.sha256)
        };
        status.attachments.iter().any(|entry| is_same(entry) && entry.dropped_at.is_none())
    }

    fn apply(&self, status: &mut Status, stamp: &Stamp) {
        status.attachments.push(AttachmentEntry {
            event: stamp.id.clone(),
            at: stamp.at,
            by: stamp.actor().clone(),
            kind: self.kind,
            file_type: self.file_type,
            size: self.size,
            sha256: self.sha256.clone(),
            name: self.name.clone(),
            dropped_at: None,
        });
    }

    fn facts(&self) -> Facts<'_> {
        Facts::new()
            .term("kind", self.kind)
            .term("type", self.file_type)
            .number("size", self.size)
            .name("name", &self.name)
            .name("sha256", &self.sha256)
    }
}

/// What a file is called here: by the record and the event, as an item of a record is on paper.
pub fn name_of(record: &RecordId, event: &EventId, file_type: FileType) -> String {
    format!("{record}-{}.{file_type}", event.tail())
}

/// Where a file lies under the reference of its record: ids of events are never the same, tails of them
/// may be.
pub fn path_of(event: &EventId, file_type: FileType) -> String {
    format!("{event}.{file_type}")
}

/// A file that is to be kept.
#[derive(Clone, Copy, Debug)]
pub struct KeptFile<'r> {
    pub event: &'r EventId,
    pub attached: &'r Attach,
}

impl KeptFile<'_> {
    /// As [`path_of`].
    pub fn path(&self) -> String {
        path_of(self.event, self.attached.file_type)
    }
}

/// The attachment with this number, counted from 1; without a number the only one.
///
/// # Errors
/// [`Refusal::NoAttachment`] with how many there are.
pub fn numbered(status: &Status, number: Option<usize>) -> Result<&AttachmentEntry, Refusal> {
    let found = match (number, &status.attachments[..]) {
        (Some(number), all) => number.checked_sub(1).and_then(|place| all.get(place)),
        (None, [only]) => Some(only),
        (None, _) => None,
    };
    found.ok_or(Refusal::NoAttachment { number, there: status.attachments.len() })
}

impl Record {
    /// The files that are to be kept for it: every one that was attached, also by a step that was set
    /// aside and may be settled, and neither taken back nor dropped. One that two clones attached is kept
    /// once.
    pub fn kept_files(&self) -> impl Iterator<Item = KeptFile<'_>> {
        let dropped: BTreeSet<&EventId> = self
            .effective_events()
            .filter_map(|event| match &event.act {
                Act::Drop(drop) => Some(&drop.attachment),
                _ => None,
            })
            .collect();
        self.history.iter().filter_map(move |event| match &event.act {
            Act::Attach(attach) => {
                let event = &event.stamp.id;
                let is_listed = self.status.attachments.iter().any(|entry| entry.event == *event);
                let is_kept = is_listed || self.status.set_aside.contains(event);
                (is_kept && !dropped.contains(event))
                    .then_some(KeptFile { event, attached: attach })
            }
            _ => None,
        })
    }
}
