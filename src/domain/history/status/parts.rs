//! What a status is made of.

use serde::{Deserialize, Serialize};

use crate::domain::{
    base::{
        ids::{ContactId, EventId, PersonId},
        month::Month,
        terms::{
            AttachmentKind, Callback, Channel, Code, FileType, LinkKind, PauseReason, Satisfaction,
            SurveyStanding, Validity,
        },
        time::Timestamp,
    },
    history::{
        intake::{Complaint, Reference},
        steps::attach::path_of,
    },
};

/// A time that the customer was promised (R18).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PromisedTime {
    /// The event that made it.
    pub event: EventId,
    pub made_at: Timestamp,
    pub due: Timestamp,
    pub to: ContactId,
    pub what: PromiseTopic,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explained_at: Option<Timestamp>,
}

/// What was promised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum PromiseTopic {
    /// A reply, promised with the acknowledgement; the first substantive reply keeps it.
    Reply,
    Other(String),
}

/// A file that was attached; its content lies in `refs/docket/files/` and the record's id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttachmentEntry {
    /// The event that attached it.
    pub event: EventId,
    pub at: Timestamp,
    pub by: PersonId,
    pub kind: AttachmentKind,
    #[serde(rename = "type")]
    pub file_type: FileType,
    /// In bytes.
    pub size: u32,
    pub sha256: String,
    /// What it is called here.
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dropped_at: Option<Timestamp>,
}

/// A stretch of `pending`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CurrentPause {
    pub reason: PauseReason,
    pub since: Timestamp,
    /// The pause counts at most to here; absent where another system's log names no end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resume_by: Option<Timestamp>,
    /// Absent while it lasts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    pub stops_clock: bool,
}

/// A report to somebody higher (R48).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Escalation {
    pub tier: u32,
    pub to: PersonId,
    pub at: Timestamp,
}

/// How the matter was solved (R50, R52).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resolution {
    /// Absent where another system's log names nobody of this desk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<PersonId>,
    /// The other system's word for who solved it, where this desk has nobody of that name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_by: Option<String>,
    /// Who entered it for them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entered_by: Option<PersonId>,
    pub done_at: Timestamp,
    /// Absent where another system's log has nothing of the sort, as are result and cause.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Code>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub result: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub cause: String,
    /// What sort of cause it was (R61).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause_category: Option<String>,
    /// Who was told the result of a complaint, and how (R88).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told: Option<ContactId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<Channel>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrective: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preventive: Option<String>,
}

/// How far a complaint is on its own road (R81–R91).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ComplaintDetails {
    /// A person or unit of the roster, or `service:` with a service's name.
    pub against: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verification: Option<Verification>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notified: Option<Notification>,
    /// Absent while the validity is pending.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<Decision>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback: Option<CallbackDetails>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dissatisfied: Option<Dissatisfaction>,
}

/// What the intake found out about the facts that were told (R81).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verification {
    pub at: Timestamp,
    pub by: PersonId,
    /// False where it is kept although it could not be verified.
    pub verified: bool,
    /// What was found, or why it could not be verified.
    pub text: String,
}

/// Who manages the relation to the customers and was told (R83).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notification {
    pub at: Timestamp,
    pub by: PersonId,
    pub person: PersonId,
}

/// Whether the complaint is substantiated (R87).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    pub at: Timestamp,
    pub by: PersonId,
    pub validity: Validity,
    pub finding: String,
}

/// How the callback on a complaint ended (R89).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CallbackDetails {
    pub at: Timestamp,
    pub by: PersonId,
    pub outcome: Callback,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub satisfaction: Option<Satisfaction>,
    /// The customer's words, or why no callback was needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// A complaint that ended without a content customer (R91).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dissatisfaction {
    pub reason: String,
    /// What else the customer was told they can turn to.
    pub recourse: String,
}

/// A message for somebody of the team who was wanted and not there (R16).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MessageToRelay {
    pub wanted: PersonId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relayed: Option<RelayResult>,
}

/// That a message was passed on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelayResult {
    pub at: Timestamp,
    pub by: PersonId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<Channel>,
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
    /// Edition of the templates and words that made it; absent where none was noted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edition: Option<u32>,
}

/// The survey: what was last sent, and the first answer in time; others stay in the history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SurveyStatus {
    pub standing: SurveyStanding,
    /// Absent where the customer answered unasked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent_at: Option<Timestamp>,
    /// An answer counts until here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// The month whose sample it belongs to; absent outside any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Month>,
    /// Version of the questions that were sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub questions: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expired_at: Option<Timestamp>,
    /// When the answer was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<ContactId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub satisfaction: Option<Satisfaction>,
}

/// A tie to another record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordLink {
    #[serde(rename = "as")]
    pub kind: LinkKind,
    pub to: Reference,
}

impl SurveyStatus {
    /// The survey of a customer who answers without being asked.
    pub fn unasked() -> Self {
        Self {
            standing: SurveyStanding::Answered,
            sent_at: None,
            until: None,
            period: None,
            questions: None,
            expired_at: None,
            at: None,
            by: None,
            satisfaction: None,
        }
    }

    /// When the customer was asked or answered, whichever came last.
    pub fn latest(&self) -> Option<Timestamp> {
        self.sent_at.max(self.at)
    }

    /// True when it is about the closing of this time and not about an earlier one.
    pub fn is_of(&self, closed_at: Option<Timestamp>) -> bool {
        self.latest() >= closed_at
    }
}

impl CurrentPause {
    /// Until when it counts, if it lasted until `until`.
    pub fn counts_until(&self, until: Timestamp) -> Timestamp {
        self.resume_by.map_or(until, |by| until.min(by))
    }
}

impl RecordLink {
    /// A tie between records that belong together.
    pub fn related(to: Reference) -> Self {
        Self { kind: LinkKind::Related, to }
    }
}

impl ComplaintDetails {
    /// A complaint of which only is known what was told.
    pub fn opened(complaint: &Complaint) -> Self {
        Self {
            against: complaint.against.clone(),
            verification: None,
            notified: None,
            decision: None,
            callback: None,
            dissatisfied: None,
        }
    }

    /// True when this person is the one complained of.
    pub fn is_against(&self, person: &PersonId) -> bool {
        self.against == person.as_str()
    }

    /// True when the callback did not find a content customer.
    pub fn is_unhappy(&self) -> bool {
        self.callback.as_ref().is_some_and(|callback| match callback.outcome {
            Callback::NotHandled => true,
            Callback::Handled => callback.satisfaction.is_some_and(|given| !given.is_content()),
            Callback::NoAnswer | Callback::NotNeeded => false,
        })
    }
}

impl AttachmentEntry {
    /// Where its file lies under the reference of the record.
    pub fn path(&self) -> String {
        path_of(&self.event, self.file_type)
    }
}

impl PromisedTime {
    /// When it was kept, or the customer told why not.
    pub fn settled_at(&self) -> Option<Timestamp> {
        self.kept_at.or(self.explained_at)
    }

    /// True while it is neither kept nor explained.
    pub fn is_open(&self) -> bool {
        self.kept_at.is_none() && self.explained_at.is_none()
    }
}

impl From<String> for PromiseTopic {
    fn from(text: String) -> Self {
        if text == "reply" { Self::Reply } else { Self::Other(text) }
    }
}

impl From<PromiseTopic> for String {
    fn from(promised: PromiseTopic) -> Self {
        match promised {
            PromiseTopic::Reply => "reply".to_owned(),
            PromiseTopic::Other(text) => text,
        }
    }
}
