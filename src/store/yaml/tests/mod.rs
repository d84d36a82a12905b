mod pyyaml;
mod reading;
mod spelling;
mod texts;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::YamlError;
use crate::{
    domain::base::time::Timestamp,
    store::error::Error,
    words::{Lang, Words},
};

/// What an English reader is told of it.
fn fault_text(source: YamlError) -> String {
    Words::new(Lang::default()).file_fault(&Error::broken("", source))
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Record {
    id: String,
    intake: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    history: Vec<Event>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "snake_case", deny_unknown_fields)]
enum Event {
    Open { nr: u32, at: Timestamp, note: Option<String> },
    Close { nr: u32, at: Timestamp },
}
