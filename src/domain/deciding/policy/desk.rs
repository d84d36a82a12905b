//! `docket.yaml`: what the desk is called and where it is.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::base::{
    bounded,
    terms::{FixedClock, RevealTrail, Signatures},
};

/// The desk itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeskSettings {
    /// Version of the data format; a greater one than ours is read but never written.
    pub format: u32,
    pub name: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub organisation: String,
    /// IANA name of the time zone that clocks and calendars run in.
    pub timezone: String,
    /// The country whose numbers are told without its code, as two letters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// `en` or `zh-CN`.
    pub locale: String,
    /// What stands before the day in a record's id.
    pub prefix: String,
    /// The branch that steps are committed to.
    pub branch: String,
    /// How customers reach the desk, by channel: a number, an address. Printed on its card (R112).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub reach: BTreeMap<String, String>,
    #[serde(default)]
    pub attachments: AttachmentLimits,
    /// Where who the customers' persons are is exchanged.
    #[serde(default, skip_serializing_if = "PeopleSettings::is_usual")]
    pub people: PeopleSettings,
    #[serde(default = "noted")]
    pub reveal: RevealTrail,
    #[serde(default = "forbidden")]
    pub fixed_clock: FixedClock,
    #[serde(default = "optional")]
    pub signatures: Signatures,
}

#[cfg(test)]
impl DeskSettings {
    /// All but these as it is at first.
    pub fn for_tests(name: &str, timezone: &str, locale: &str) -> Self {
        Self {
            format: 1,
            name: name.to_owned(),
            organisation: String::new(),
            timezone: timezone.to_owned(),
            country: None,
            locale: locale.to_owned(),
            prefix: "R".to_owned(),
            branch: "main".to_owned(),
            reach: BTreeMap::new(),
            attachments: AttachmentLimits::default(),
            people: PeopleSettings::default(),
            reveal: noted(),
            fixed_clock: forbidden(),
            signatures: optional(),
        }
    }
}

/// How large attached files may be, in MB of 1024 × 1024 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttachmentLimits {
    /// Each file.
    #[serde(default = "five", deserialize_with = "bounded::whole::<_, _, 1, 50>")]
    pub file: u32,
    /// All that one record has.
    #[serde(default = "five_times_five", deserialize_with = "bounded::whole::<_, _, 1, 500>")]
    pub record: u32,
}

const MB: u64 = 1024 * 1024;

impl AttachmentLimits {
    /// The most bytes of one file.
    pub fn most_of_file(self) -> u64 {
        u64::from(self.file) * MB
    }

    /// The most bytes of all files of a record.
    pub fn most_of_record(self) -> u64 {
        u64::from(self.record) * MB
    }
}

impl Default for AttachmentLimits {
    fn default() -> Self {
        Self { file: five(), record: five_times_five() }
    }
}

fn five() -> u32 {
    5
}

fn five_times_five() -> u32 {
    25
}

/// What a desk says of the names, numbers and addresses of its customers' persons.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PeopleSettings {
    /// The git remote that they are exchanged with, where it is not the records'.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remote: Option<String>,
}

impl PeopleSettings {
    fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}

fn noted() -> RevealTrail {
    RevealTrail::Noted
}

fn forbidden() -> FixedClock {
    FixedClock::Forbidden
}

fn optional() -> Signatures {
    Signatures::Optional
}
