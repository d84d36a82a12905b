//! Whether what is there once was made once: an event's id, a record of another system.

use std::collections::{BTreeMap, HashMap};

use super::{Range, class::trailer};
use crate::{
    domain::{
        analysis::finding::{Finding, FindingCode},
        base::{
            ids::{EventId, RecordId},
            time::Timestamp,
            zone::Zone,
        },
        history::intake::Source,
    },
    store::{Store, error::Result, git::ids::CommitId, view::View},
};

/// An event with the record that it is of.
type OwnedEvent = (EventId, RecordId);

/// What a commit makes that is there once.
#[derive(Debug, Default)]
pub(super) struct Additions {
    events: Vec<OwnedEvent>,
    /// The record that it takes over from another system.
    source: Option<(Source, RecordId)>,
}

impl Additions {
    /// By a commit's message, which is held against what it does elsewhere; of a record that was
    /// imported whole by the record.
    pub(super) fn by(message: &str, after: &View<'_>) -> Self {
        let keys = [("Docket-Event", "Docket-Record"), ("Docket-Opened-Event", "Docket-Opened")];
        let named = keys.iter().filter_map(|(event, record)| {
            Some((trailer(message, event)?, trailer(message, record)?))
        });
        let mut additions = Self { events: named.collect(), ..Self::default() };
        let action: Option<String> = trailer(message, "Docket-Action");
        let id: Option<RecordId> = trailer(message, "Docket-Record");
        let id = id.filter(|_| action.as_deref() == Some("import"));
        if let Some(record) = id.and_then(|id| after.record(&id).ok()?) {
            let events = record.history.into_iter().map(|event| event.stamp.id);
            additions.events.extend(events.map(|event| (event, record.id.clone())));
            additions.source = record.intake.source.map(|source| (source, record.id));
        }
        additions
    }
}

/// A finding for each event whose id an event of another record has. An id is made of the time of
/// entry, so of what came before the range only what is as late as its first event can have it.
pub(super) fn repeated(
    store: &Store,
    range: &Range,
    additions: &[(CommitId, Additions)],
) -> Result<Vec<Finding>> {
    let mut records: HashMap<EventId, RecordId> = earlier(store, range, additions)?;
    let mut findings = Vec::new();
    for (commit, additions) in additions {
        for (event, record) in &additions.events {
            let other = records.insert(event.clone(), record.clone());
            if other.is_some_and(|other| other != *record) {
                let finding = Finding::of(FindingCode::EventMisplaced).record(record).found(event);
                findings.push(Finding { commit: Some(commit.to_string()), ..finding });
            }
        }
    }
    Ok(findings)
}

/// A finding for each record of another system that was here already when it was taken over. `edges`
/// are the commits before those that are looked at: where a record was taken over, the bytes of
/// every record of each are read, and those parsed that may hold its number.
pub(super) fn taken_twice(
    store: &Store,
    edges: &[CommitId],
    additions: &[(CommitId, Additions)],
) -> Result<Vec<Finding>> {
    let taken: Vec<_> = additions
        .iter()
        .filter_map(|(commit, additions)| Some((*commit, additions.source.as_ref()?)))
        .collect();
    let numbers: Vec<_> = taken.iter().map(|(_, (source, _))| source.number.as_str()).collect();
    let mut records: BTreeMap<Source, Vec<RecordId>> = BTreeMap::new();
    for edge in edges {
        // what cannot be read is told elsewhere
        for record in store.records_saying(*edge, &numbers).unwrap_or_default() {
            if let Some(source) = record.intake.source {
                records.entry(source).or_default().push(record.id);
            }
        }
    }
    let mut findings = Vec::new();
    for (commit, (source, id)) in taken {
        let others = records.entry(source.clone()).or_default();
        if let [parent] = store.git().commit_info(commit)?.parents[..] {
            // two clones may have taken it over without knowing of each other
            let before = store.view_of(parent)?;
            let goes_on = before.record(id).ok().flatten().is_some();
            let is_there = |other: &&RecordId| {
                let there = before.record(other).ok().flatten();
                // what became a part of another record stands for its number no more
                there.is_some_and(|there| {
                    there.intake.source.as_ref() == Some(source)
                        && !(goes_on && there.stands_for().is_none())
                })
            };
            // a later file may go on with it
            let mut others = others.iter().filter(|other| *other != id);
            if let Some(other) = others.find(is_there) {
                let finding = Finding::of(FindingCode::Planted).record(id).expected(other);
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
    additions: &[(CommitId, Additions)],
) -> Result<HashMap<EventId, RecordId>> {
    let events = additions.iter().flat_map(|(_, additions)| &additions.events);
    let entered = events.filter_map(|(id, _)| id.unix());
    let first = entered.min().and_then(|first| Timestamp::from_unix(first, Zone::UTC));
    let (Some(since), Some(first)) = (range.since, first) else {
        return Ok(HashMap::new());
    };
    let bound = store.git().before(since, first)?;
    let mut ids = HashMap::new();
    for commit in store.git().history(since, bound)?.commits {
        let message = store.git().commit_info(commit)?.message;
        ids.extend(Additions::by(&message, &store.view_of(commit)?).events);
    }
    Ok(ids)
}
