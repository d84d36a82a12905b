//! A record as far as lists show it.

use std::sync::Arc;

use serde::{Deserialize, Serialize, Serializer};

use crate::domain::{
    base::ids::RecordId,
    history::{record::Record, status::Status},
};

/// A record as lists show it: what happened to it need not be read for that.
#[derive(Clone, Debug)]
pub struct Summary {
    known: Known,
    /// Another record has the same tail.
    pub(in crate::store) has_twin: bool,
}

#[derive(Clone, Debug)]
enum Known {
    Whole(Arc<Record>),
    Cached(Box<CachedSummary>),
}

/// A record as a cache keeps it for lists.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct CachedSummary {
    id: RecordId,
    is_renamed: bool,
    status: Status,
}

impl Summary {
    /// Of a record that was read.
    pub fn whole(record: Record) -> Self {
        Self { known: Known::Whole(Arc::new(record)), has_twin: false }
    }

    /// Of a record as a cache keeps it; `None` for what is none.
    pub(in crate::store) fn cached(json: &str) -> Option<Self> {
        let summary = serde_json::from_str(json).ok()?;
        Some(Self { known: Known::Cached(summary), has_twin: false })
    }

    pub fn id(&self) -> &RecordId {
        match &self.known {
            Known::Whole(record) => &record.id,
            Known::Cached(summary) => &summary.id,
        }
    }

    pub fn status(&self) -> &Status {
        match &self.known {
            Known::Whole(record) => &record.status,
            Known::Cached(summary) => &summary.status,
        }
    }

    /// Its id was given to another record as well.
    pub fn is_renamed(&self) -> bool {
        match &self.known {
            Known::Whole(record) => is_renamed(record),
            Known::Cached(summary) => summary.is_renamed,
        }
    }

    /// The shortest name by which commands that write take it: its tail, with its day where another
    /// record has the same one.
    pub fn short_id(&self) -> String {
        let id = self.id();
        let prefix = id.as_str().find('-').map_or(0, |at| at + 1);
        let short = if self.has_twin { &id.as_str()[prefix..] } else { id.tail() };
        short.to_ascii_lowercase()
    }
}

/// Of a whole record all of it, of another what is known.
impl Serialize for Summary {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.known {
            Known::Whole(record) => record.serialize(serializer),
            Known::Cached(summary) => summary.serialize(serializer),
        }
    }
}

/// What a cache keeps of a record for lists.
pub(in crate::store) fn to_keep(record: &Record) -> impl Serialize {
    CachedSummary {
        id: record.id.clone(),
        is_renamed: is_renamed(record),
        status: record.status.clone(),
    }
}

fn is_renamed(record: &Record) -> bool {
    record.formerly.is_some() || !record.namesakes.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        base::{time::Timestamp, zone::Zone},
        history::intake::Intake,
    };

    #[test]
    fn a_record_is_called_by_its_tail_and_by_its_day_too_where_another_has_that() {
        let at = Timestamp::from_unix(1_800_000_000, Zone::UTC).unwrap();
        let status = Status::before(&Intake::blank(at), &"zhang".parse().unwrap(), at);
        let id = "R-261122-7K3QX".parse().unwrap();
        let json = serde_json::to_string(&CachedSummary { id, is_renamed: false, status }).unwrap();
        let summary = Summary::cached(&json).unwrap();
        assert_eq!(summary.short_id(), "7k3qx");
        assert_eq!(Summary { has_twin: true, ..summary }.short_id(), "261122-7k3qx");
    }
}
