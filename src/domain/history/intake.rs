//! What was told when a record was opened, in the customer's words; never changed afterwards.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::domain::{
    base::{
        bounded,
        ids::{ContactId, EventId, PersonId, RecordId},
        terms::{
            Channel, FaultSource, Form, Grade, Kind, Level, Mood, Presumed, Prohibition, Trigger,
        },
        time::Timestamp,
    },
    history::status::{Clock, DueTimes},
};

/// The first section of a record (R3, R5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Intake {
    pub kind: Kind,
    pub received_at: Timestamp,
    pub channel: Channel,
    /// Which one it was, of the channel `other` (R2).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel_text: Option<String>,
    pub customer: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<ContactId>,
    /// Where the customer called from, or what it is about stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    pub title: String,
    /// The customer's own words.
    pub reported: String,
    /// What of all this nobody said, so that the desk's usual was taken.
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "bounded::distinct"
    )]
    pub presumed: Vec<Presumed>,
    /// What the customer wants, in the desk's words (R5).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub need: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub impact: Option<Grade>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub urgency: Option<Grade>,
    /// The level as another system has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// Whether the customer cannot work as usual (R33).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stops_work: Option<bool>,
    /// When the customer expects a solution, or that none was named (R19).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected_by: Option<Expected>,
    /// Answers to the category's questions (R4).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub answers: BTreeMap<String, String>,
    /// The customer's or another system's own number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// Why this takes the fast path (R27).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expedite: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_back: Option<ReadBack>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<FaultReport>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<Remark>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub complaint: Option<Complaint>,
    /// The remark that this record makes formal (R7).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Reference>,
    /// When the customer first came with it, where that was before `received_at` (R7).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_contact_at: Option<Timestamp>,
    /// The callback or survey answer that opened this complaint (R77, R78).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<Reference>,
    /// The closed record that this one takes up again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follows: Option<Reference>,
    /// The colleague whom the caller wanted, who was not there (R16).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wanted: Option<PersonId>,
    /// Where the record was kept before it was imported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// The clocks that the other system's log tells the end of; the others are not measured.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub source_clocks: Vec<Clock>,
    /// The due times of the other system, which hold instead of policy's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_due: Option<DueTimes>,
}

impl Presumed {
    /// The fields of an intake out of which this one is filled where nobody said it, the first that says
    /// anything; none where it is the desk's usual.
    pub fn taken_from(self) -> &'static [&'static str] {
        match self {
            Self::Kind | Self::Channel | Self::Need => &[],
            Self::Reported => &["title"],
            Self::Location => &["site", "customer"],
            Self::Symptom => &["reported"],
        }
    }
}

impl Intake {
    /// What is known before anything is told: only when.
    pub fn blank(at: Timestamp) -> Self {
        Self {
            kind: Kind::Request,
            received_at: at,
            channel: Channel::new("hotline"),
            channel_text: None,
            customer: String::new(),
            contact: None,
            site: None,
            title: String::new(),
            reported: String::new(),
            presumed: Vec::new(),
            need: None,
            category: None,
            product: None,
            impact: None,
            urgency: None,
            level: None,
            stops_work: None,
            expected_by: None,
            answers: BTreeMap::new(),
            reference: None,
            expedite: None,
            read_back: None,
            fault: None,
            remark: None,
            complaint: None,
            from: None,
            first_contact_at: None,
            cause: None,
            follows: None,
            wanted: None,
            source: None,
            source_clocks: Vec::new(),
            source_due: None,
        }
    }
}

/// Another record, named so that it is found even if its id had to change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    pub record: RecordId,
    /// Id of the event that opened it; of a cause, the event that set it off.
    pub event: EventId,
}

/// Another system and its number for the record.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    pub system: String,
    pub number: String,
}

/// What a fault report says (R60).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FaultReport {
    pub occurred_at: Occurred,
    /// When it came to light, where that was not when it was reported (R59).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detected_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<FaultSource>,
    pub location: String,
    pub symptom: String,
}

/// What was done about a remark (R6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Remark {
    /// The explanation that settled it.
    pub soothed: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mood: Option<Mood>,
}

/// What a complaint is about (R74–R79).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Complaint {
    pub trigger: Trigger,
    pub form: Form,
    /// A person or unit of the roster, or `service:` with a service's name.
    pub against: String,
    pub remedy: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<Reference>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub complainant_role: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prohibition: Option<Prohibition>,
}

macro_rules! time_or_word {
    ($($(#[$doc:meta])* $name:ident or $(#[$other_doc:meta])* $other:ident = $word:literal)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {
            At(Timestamp),
            $(#[$other_doc])* $other,
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    Self::At(at) => at.serialize(serializer),
                    Self::$other => serializer.serialize_str($word),
                }
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                if text == $word {
                    return Ok(Self::$other);
                }
                text.parse().map(Self::At).map_err(D::Error::custom)
            }
        }
    )+};
}

time_or_word! {
    /// When the customer expects a solution.
    Expected or
    /// The customer was asked and named no time.
    Unstated = "none"

    /// When a fault happened.
    Occurred or
    /// Nobody could say.
    Unknown = "unknown"

    /// When something is due.
    DueAt or
    /// The calendar of a year it reaches into was not loaded.
    Unknown = "unknown"
}

impl Occurred {
    /// The time, where it is known.
    pub fn time(self) -> Option<Timestamp> {
        match self {
            Self::At(at) => Some(at),
            Self::Unknown => None,
        }
    }
}

impl DueAt {
    /// The time, where it is known.
    pub fn time(self) -> Option<Timestamp> {
        match self {
            Self::At(at) => Some(at),
            Self::Unknown => None,
        }
    }
}

/// Whether the record was read back to the customer (R9): `done`, or why not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadBack {
    Done,
    NotNeeded(String),
}

impl ReadBack {
    /// `done` as [`ReadBack::Done`], anything else as the reason.
    pub fn new(text: &str) -> Self {
        if text == "done" { Self::Done } else { Self::NotNeeded(text.to_owned()) }
    }

    /// `done` or the reason.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Done => "done",
            Self::NotNeeded(reason) => reason,
        }
    }
}

impl Serialize for ReadBack {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for ReadBack {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self::new(&text))
    }
}
