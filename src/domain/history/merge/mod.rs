//! What two clones continued, as one.

pub mod circle;
pub mod contacts;
pub mod customers;
mod fields;
pub mod persons;
pub mod rules;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::domain::{
    base::ids::{EventId, RecordId},
    history::{event::Event, record::Record},
};

/// Why two versions cannot become one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clash {
    /// Two clones drew the same id for two matters.
    SameId,
    /// One event with two contents: one of them was changed by hand.
    SameEvent(EventId),
    /// What was told at the beginning was changed by hand.
    Intake,
}

/// The record with the events of both: each once, in the order (n, id), replayed. It does not
/// matter which side is which, nor how often it is done.
///
/// # Errors
/// A [`Clash`] that no rule can settle.
pub fn records(ours: &Record, theirs: &Record) -> Result<Record, Clash> {
    if opening(ours) != opening(theirs) {
        return Err(Clash::SameId);
    }
    if ours.intake != theirs.intake || ours.format != theirs.format {
        return Err(Clash::Intake);
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
    // once a side has given it another id, it keeps that one
    let named = if theirs.formerly.is_some() { theirs } else { ours };
    let mut merged = Record {
        history,
        namesakes: ours.namesakes.union(&theirs.namesakes).cloned().collect(),
        crossed: ours.crossed.union(&theirs.crossed).cloned().collect(),
        ..named.clone()
    };
    merged.status = merged.replay();
    Ok(merged)
}

/// Two matters to which two clones gave one id: the earlier opened keeps it, the other gets one
/// that its opening event alone decides, and each knows of the other.
///
/// # Errors
/// [`Clash::SameEvent`] where not even the openings differ in name.
pub fn apart(one: &Record, other: &Record) -> Result<(Record, Record), Clash> {
    let (mut keeps, mut goes) = match opening(one).cmp(&opening(other)) {
        std::cmp::Ordering::Less => (one.clone(), other.clone()),
        std::cmp::Ordering::Greater => (other.clone(), one.clone()),
        std::cmp::Ordering::Equal => {
            let event = opening(one).cloned();
            return Err(event.map_or(Clash::Intake, Clash::SameEvent));
        }
    };
    let taken = keeps.id.clone();
    // who keeps the id knows of all others that had it
    keeps.namesakes.append(&mut goes.namesakes);
    if let Some(event) = opening(&goes) {
        goes.id = renamed(&taken, event);
    }
    goes.formerly = Some(taken);
    keeps.namesakes.insert(goes.id.clone());
    Ok((keeps, goes))
}

/// The id of a record that cannot keep `taken`, out of the id of its opening event.
fn renamed(taken: &RecordId, event: &EventId) -> RecordId {
    // FNV-1a, folded to the 25 bits of a tail
    let hash = event.as_str().bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    taken.with_tail(hash ^ (hash >> 25) ^ (hash >> 50))
}

fn opening(record: &Record) -> Option<&EventId> {
    record.history.first().map(|event| &event.stamp.id)
}
