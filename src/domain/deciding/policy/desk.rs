//! `docket.yaml`: what the desk is called and where it is.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::base::terms::{FixedClock, Signatures};

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
    /// `en` or `zh-CN`.
    pub locale: String,
    /// What stands before the day in a record's id.
    pub prefix: String,
    /// The branch that steps are committed to.
    pub branch: String,
    /// How customers reach the desk, by channel: a number, an address. Printed on its card (R112).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub reach: BTreeMap<String, String>,
    #[serde(default = "forbidden")]
    pub fixed_clock: FixedClock,
    #[serde(default = "optional")]
    pub signatures: Signatures,
}

fn forbidden() -> FixedClock {
    FixedClock::Forbidden
}

fn optional() -> Signatures {
    Signatures::Optional
}
