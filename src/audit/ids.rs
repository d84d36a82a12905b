//! Whether an event has an id of its own, and a record of another system came in once.

use std::collections::{BTreeMap, HashMap};

use chrono_tz::Tz;

use super::{Range, class::trailer};
use crate::{
    domain::{
        analysis::finding::{Fault, Finding},
        base::{
            ids::{EventId, RecordId},
            time::Timestamp,
        },
        history::intake::Source,
    },
    store::{Store, error::Result, git::ids::CommitId, view::View},
};

/// An event with the record that it is of.
type Named = (EventId, RecordId);

/// What a commit makes that is there once.
#[derive(Debug, Default)]
pub(super) struct Made {
    events: Vec<Named>,
    /// The record that it takes over from another system.
    source: Option<(Source, RecordId)>,
}

impl Made {
    /// By a commit's message, which is held against what it does elsewhere; of a record that was
    /// imported whole by the record.
    pub(super) fn by(message: &str, after: &View<'_>) -> Self {
        let names = [("Docket-Event", "Docket-Record"), ("Docket-Opened-Event", "Docket-Opened")];
        let named = names.iter().filter_map(|(event, record)| {
            Some((trailer(message, event)?, trailer(message, record)?))
        });
        let mut made = Self { events: named.collect(), source: None };
        let action: Option<String> = trailer(message, "Docket-Action");
        let id: Option<RecordId> = trailer(message, "Docket-Record");
        let id = id.filter(|_| action.as_deref() == Some("import"));
        if let Some(record) = id.and_then(|id| after.record(&id).ok()?) {
            let events = record.history.into_iter().map(|event| event.stamp.id);
            made.events.extend(events.map(|event| (event, record.id.clone())));
            made.source = record.intake.source.map(|source| (source, record.id));
        }
        made
    }
}

/// A finding for each event whose id an event of another record has. An id is made of the time of
/// entry, so of what came before the range only what is as late as its first event can have it.
///
/// # Errors
/// Damage in the history.
pub(super) fn repeated(
    store: &Store,
    range: &Range,
    made: &[(CommitId, Made)],
) -> Result<Vec<Finding>> {
    let mut known: HashMap<EventId, RecordId> = earlier(store, range, made)?;
    let mut findings = Vec::new();
    for (commit, made) in made {
        for (event, record) in &made.events {
            let other = known.insert(event.clone(), record.clone());
            if other.is_some_and(|other| other != *record) {
                let finding = Finding::of(Fault::EventMisplaced).record(record).found(event);
                findings.push(Finding { commit: Some(commit.to_string()), ..finding });
            }
        }
    }
    Ok(findings)
}

/// A finding for each record of another system that was here already when it was taken over. `edges`
/// are the commits before those that are looked at.
///
/// # Errors
/// Damage in the history.
pub(super) fn taken_twice(
    store: &Store,
    edges: &[CommitId],
    made: &[(CommitId, Made)],
) -> Result<Vec<Finding>> {
    let taken: Vec<_> =
        made.iter().filter_map(|(commit, made)| Some((*commit, made.source.as_ref()?))).collect();
    let mut known: BTreeMap<Source, Vec<RecordId>> = BTreeMap::new();
    for edge in edges.iter().filter(|_| !taken.is_empty()) {
        for record in store.view_of(*edge)?.records()?.0 {
            if let Some(source) = record.intake.source {
                known.entry(source).or_default().push(record.id);
            }
        }
    }
    let mut findings = Vec::new();
    for (commit, (source, id)) in taken {
        let others = known.entry(source.clone()).or_default();
        if let [parent] = store.git().commit_info(commit)?.parents[..] {
            // two clones may have taken it over without knowing of each other
            let before = store.view_of(parent)?;
            let is_there = |other: &&RecordId| {
                let there = before.record(other).ok().flatten();
                there.is_some_and(|there| there.intake.source.as_ref() == Some(source))
            };
            if let Some(other) = others.iter().find(is_there) {
                let finding = Finding::of(Fault::Planted).record(id).expected(other);
                findings.push(Finding { commit: Some(commit.to_string()), ..finding });
            }
        }
        others.push(id.clone());
    }
    Ok(findings)
}

fn earlier(
    store: &Store,
    range: &Range,
    made: &[(CommitId, Made)],
) -> Result<HashMap<EventId, RecordId>> {
    let events = made.iter().flat_map(|(_, made)| &made.events);
    let entered = events.filter_map(|(id, _)| id.unix());
    let first = entered.min().and_then(|first| Timestamp::from_unix(first, Tz::UTC));
    let (Some(since), Some(first)) = (range.since, first) else {
        return Ok(HashMap::new());
    };
    let bound = store.git().before(since, first)?;
    let mut ids = HashMap::new();
    for commit in store.git().history(since, bound)?.commits {
        let message = store.git().commit_info(commit)?.message;
        ids.extend(Made::by(&message, &store.view_of(commit)?).events);
    }
    Ok(ids)
}
