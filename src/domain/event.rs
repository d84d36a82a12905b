//! One entry of a record's history.

use serde::{Deserialize, Serialize};

use crate::domain::{
    ids::{EventId, PersonId},
    intake::Reference,
    steps::Act,
    terms::{Channel, Role},
    time::Timestamp,
};

/// Version of replay, actions and fields that this program writes.
pub const RULES: u32 = 1;
/// Version of the record format that this program writes.
pub const FORMAT: u32 = 1;

/// Something that happened to a record, exactly as it was entered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    #[serde(flatten)]
    pub stamp: Stamp,
    #[serde(flatten)]
    pub act: Act,
}

/// Who did it and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    pub id: EventId,
    /// 1 + the greatest number that the writer saw in the record.
    pub n: u32,
    /// When it happened.
    pub at: Timestamp,
    /// When it was entered.
    pub recorded_at: Timestamp,
    /// Who entered it: the author of the commit.
    pub by: PersonId,
    /// The role that permitted it.
    pub role: Role,
    /// Whose deed it is, where the desk entered it for somebody without a shell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told_by: Option<PersonId>,
    /// How that person told the desk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told_via: Option<Channel>,
    pub rules: u32,
    /// Why it was entered late.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late_because: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The complaint that this event opened in the same commit (R77, R78).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opened: Option<Reference>,
}

impl Stamp {
    /// Whose deed it is: who told the desk, else who entered it.
    #[must_use]
    pub fn actor(&self) -> &PersonId {
        self.told_by.as_ref().unwrap_or(&self.by)
    }
}

impl Event {
    /// The order of events in every clone.
    #[must_use]
    pub fn order(&self) -> (u32, &EventId) {
        (self.stamp.n, &self.stamp.id)
    }
}
