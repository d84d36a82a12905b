//! Records that two clones continued, as one (design.md §6).

use std::collections::BTreeMap;

use crate::domain::{
    event::Event,
    ids::{EventId, RecordId},
    record::Record,
};

/// Why two files of one id cannot become one record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clash {
    /// Two clones drew the same id for two matters.
    SameId(RecordId),
    /// One event with two contents: one of them was changed by hand.
    SameEvent(EventId),
}

/// The record with the events of both: each once, in the order (n, id), replayed. It does not
/// matter which side is which, nor how often it is done.
///
/// # Errors
/// A [`Clash`] that no rule can settle.
pub fn records(ours: &Record, theirs: &Record) -> Result<Record, Clash> {
    if ours.id != theirs.id || ours.intake != theirs.intake {
        return Err(Clash::SameId(ours.id.clone()));
    }
    let mut events: BTreeMap<&EventId, &Event> = BTreeMap::new();
    for event in ours.history.iter().chain(&theirs.history) {
        match events.insert(&event.stamp.id, event) {
            Some(known) if known != event => {
                return Err(Clash::SameEvent(event.stamp.id.clone()));
            }
            _ => {}
        }
    }
    let mut history: Vec<Event> = events.into_values().cloned().collect();
    history.sort_by(|a, b| a.order().cmp(&b.order()));
    let mut merged = Record { history, ..ours.clone() };
    merged.status = merged.replay();
    Ok(merged)
}
