//! Whether an event has an id of its own.

use std::collections::HashMap;

use chrono_tz::Tz;

use super::{Range, class::trailer};
use crate::{
    domain::{
        analysis::finding::{Fault, Finding},
        base::{
            ids::{EventId, RecordId},
            time::Timestamp,
        },
    },
    store::{Store, error::Result, git::ids::CommitId, view::View},
};

/// An event with the record that it is of.
pub(super) type Named = (EventId, RecordId);

/// The events of a record that was imported whole.
pub(super) fn imported(message: &str, after: &View<'_>) -> Vec<Named> {
    let action: Option<String> = trailer(message, "Docket-Action");
    let id: Option<RecordId> = trailer(message, "Docket-Record");
    let id = id.filter(|_| action.as_deref() == Some("import"));
    let record = id.and_then(|id| after.record(&id).ok()?);
    let events = record.into_iter().flat_map(|record| {
        let id = record.id.clone();
        record.history.into_iter().map(move |event| (event.stamp.id, id.clone()))
    });
    events.collect()
}

/// The events that a commit's message names; the message is held against them elsewhere.
pub(super) fn named(message: &str) -> Vec<Named> {
    [("Docket-Event", "Docket-Record"), ("Docket-Opened-Event", "Docket-Opened")]
        .iter()
        .filter_map(|(event, record)| Some((trailer(message, event)?, trailer(message, record)?)))
        .collect()
}

/// A finding for each event whose id an event of another record has. An id is made of the time of
/// entry, so of what came before the range only what is as late as its first event can have it.
///
/// # Errors
/// Damage in the history.
pub(super) fn repeated(
    store: &Store,
    range: &Range,
    events: &[(CommitId, Vec<Named>)],
) -> Result<Vec<Finding>> {
    let mut known: HashMap<EventId, RecordId> = earlier(store, range, events)?;
    let mut findings = Vec::new();
    for (commit, named) in events {
        for (event, record) in named {
            let other = known.insert(event.clone(), record.clone());
            if other.is_some_and(|other| other != *record) {
                let finding = Finding::of(Fault::EventMisplaced).record(record).found(event);
                findings.push(Finding { commit: Some(commit.to_string()), ..finding });
            }
        }
    }
    Ok(findings)
}

fn earlier(
    store: &Store,
    range: &Range,
    events: &[(CommitId, Vec<Named>)],
) -> Result<HashMap<EventId, RecordId>> {
    let entered = events.iter().flat_map(|(_, named)| named).filter_map(|(id, _)| id.unix());
    let first = entered.min().and_then(|first| Timestamp::from_unix(first, Tz::UTC));
    let (Some(since), Some(first)) = (range.since, first) else {
        return Ok(HashMap::new());
    };
    let bound = store.git().before(since, first)?;
    let mut ids = HashMap::new();
    for commit in store.git().history(since, bound)?.commits {
        let message = store.git().commit_info(commit)?.message;
        ids.extend(named(&message));
        ids.extend(imported(&message, &store.view_of(commit)?));
    }
    Ok(ids)
}
