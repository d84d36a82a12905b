//! What a status is made of.

use serde::{Deserialize, Serialize};

use crate::domain::{
    ids::{ContactId, EventId, PersonId},
    intake::Reference,
    terms::{Code, LinkKind, PauseReason, Satisfaction},
    time::Timestamp,
};

/// A time that the customer was promised (R18).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Promise {
    /// The event that made it.
    pub event: EventId,
    pub made_at: Timestamp,
    pub due: Timestamp,
    pub to: ContactId,
    pub what: Promised,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explained_at: Option<Timestamp>,
}

/// What was promised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum Promised {
    /// A reply, promised with the acknowledgement; the first substantive reply keeps it.
    Reply,
    Other(String),
}

/// A stretch of `pending`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paused {
    pub reason: PauseReason,
    pub since: Timestamp,
    /// The pause counts at most to here.
    pub resume_by: Timestamp,
    /// Absent while it lasts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    pub stops_clock: bool,
}

/// A report to somebody higher (R48).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Escalated {
    pub tier: u32,
    pub to: PersonId,
    pub at: Timestamp,
}

/// How the matter was solved (R50, R52).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resolution {
    pub by: PersonId,
    /// Who entered it for them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entered_by: Option<PersonId>,
    pub done_at: Timestamp,
    pub code: Code,
    pub result: String,
    pub cause: String,
}

/// What the customer said at the callback (R51).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Confirmation {
    pub by: PersonId,
    pub at: Timestamp,
    pub with: ContactId,
    pub satisfaction: Satisfaction,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}

/// The report that was kept when the record was closed (R55).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Archive {
    pub path: String,
    /// The file's git blob id, as `git hash-object` prints it.
    pub blob: String,
}

/// The first answer to the survey; later ones stay in the history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SurveyAnswer {
    pub at: Timestamp,
    pub by: ContactId,
    pub satisfaction: Satisfaction,
}

/// A tie to another record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Linked {
    #[serde(rename = "as")]
    pub kind: LinkKind,
    pub to: Reference,
}

impl Promise {
    /// True while it is neither kept nor explained.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.kept_at.is_none() && self.explained_at.is_none()
    }
}

impl From<String> for Promised {
    fn from(text: String) -> Self {
        if text == "reply" { Self::Reply } else { Self::Other(text) }
    }
}

impl From<Promised> for String {
    fn from(promised: Promised) -> Self {
        match promised {
            Promised::Reply => "reply".to_owned(),
            Promised::Other(text) => text,
        }
    }
}
