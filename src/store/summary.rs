//! A record as far as lists show it.

use std::rc::Rc;

use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;

use crate::domain::{
    base::ids::RecordId,
    history::{record::Record, status::Status},
};

/// A record as lists show it: what happened to it need not be read for that.
#[derive(Clone, Debug)]
pub enum Summary {
    Whole(Rc<Record>),
    /// As a cache keeps it, with all of it for programs.
    Cached {
        id: RecordId,
        status: Box<Status>,
        json: String,
    },
}

impl Summary {
    /// Of a record that was read.
    pub fn whole(record: Record) -> Self {
        Self::Whole(Rc::new(record))
    }

    /// Of a record as a cache keeps it; `None` for what is none.
    pub(in crate::store) fn cached(json: &str) -> Option<Self> {
        let SummaryFields { id, status } = serde_json::from_str(json).ok()?;
        Some(Self::Cached { id, status, json: json.to_owned() })
    }

    pub fn id(&self) -> &RecordId {
        match self {
            Self::Whole(record) => &record.id,
            Self::Cached { id, .. } => id,
        }
    }

    pub fn status(&self) -> &Status {
        match self {
            Self::Whole(record) => &record.status,
            Self::Cached { status, .. } => status,
        }
    }
}

/// The whole record.
impl Serialize for Summary {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Whole(record) => record.serialize(serializer),
            Self::Cached { json, .. } => {
                // it was read as JSON before
                serde_json::from_str::<Value>(json).unwrap_or_default().serialize(serializer)
            }
        }
    }
}

/// What lists show of a record.
#[derive(Deserialize)]
struct SummaryFields {
    id: RecordId,
    status: Box<Status>,
}
