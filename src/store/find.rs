//! Which record somebody means.

use std::{convert::Infallible, str::FromStr};

use crate::{
    domain::{
        base::{
            characters::half_width,
            ids::{RecordId, TAIL, read_tail},
            nearest::nearest,
            text::folded,
        },
        history::record::Record,
    },
    store::{
        Store,
        cache::LocatedRecord,
        error::{Error, Result},
        layout,
        selection::reference,
        view::View,
    },
};

/// The shortest tail by which a record may be changed.
const SHORTEST: usize = 4;
/// So many are named where several may be meant.
const MOST_NAMED: usize = 20;
/// Lines of a record's file before what was told begins.
const HEAD: usize = 4;

/// A record as people name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecordRef {
    /// The record that this person touched last in this clone.
    Last,
    Full(RecordId),
    /// One of several that were opened under an id, by the end of its opening event's id.
    Opened(RecordId, String),
    /// The end of an id, in upper case.
    Tail(String),
}

/// What the record is wanted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To be shown, for which a cache may say where git has it.
    Show,
    /// To be looked into: its file is read out of git's own objects.
    Look,
    Change,
}

impl FromStr for RecordRef {
    type Err = Infallible;

    fn from_str(typed: &str) -> std::result::Result<Self, Infallible> {
        let upper: String = typed.trim().chars().map(half_width).collect();
        let upper = upper.trim_start_matches('#').to_uppercase();
        if upper == "LAST" {
            return Ok(Self::Last);
        }
        let opened = upper
            .split_once('.')
            .and_then(|(id, event)| Some(Self::Opened(id.parse().ok()?, event.to_owned())));
        let named = || upper.parse().map_or(Self::Tail(upper.clone()), Self::Full);
        Ok(opened.unwrap_or_else(named))
    }
}

impl View<'_> {
    /// The one record with this id, tail or number, which are told by one rule for every purpose. What
    /// it costs does not hang on how many there are where a cache knows tails and numbers; without one,
    /// a tail is a walk over all records.
    ///
    /// # Errors
    /// No such record (with the nearest ids), several, or a tail too short to change a record by.
    pub fn find(
        &self,
        store: &Store,
        wanted: &RecordRef,
        last: Option<&RecordId>,
        purpose: Purpose,
    ) -> Result<RecordId> {
        let tail = match wanted {
            RecordRef::Full(id) => {
                if purpose == Purpose::Show && self.is_known(store, id)
                    || self.snapshot.blob_id(&layout::record(id))?.is_some()
                {
                    return self.only(id);
                }
                id.as_str()
            }
            RecordRef::Opened(id, event) => return self.opened(id, event),
            RecordRef::Last => {
                return last.cloned().ok_or_else(|| Error::NoRecord {
                    given: "last".to_owned(),
                    nearest: Vec::new(),
                });
            }
            RecordRef::Tail(tail) => {
                if let Some((tail, event)) = tail.split_once('.') {
                    let ids = self.record_ids()?;
                    let mut named = ids.iter().filter(|id| ends_with(id, tail));
                    if let (Some(id), None) = (named.next(), named.next()) {
                        return self.opened(id, event);
                    }
                }
                tail
            }
        };
        // a cache knows the tails of whole ids; parts of what stands before them are for the names
        let read = read_tail(tail).filter(|read| read.len() <= TAIL);
        let known =
            read.and_then(|read| store.tails(self, &read, purpose)).filter(|ids| !ids.is_empty());
        let mut found: Vec<LocatedRecord> = match known {
            Some(found) => found,
            None => self.record_ids()?.into_iter().map(LocatedRecord::somewhere).collect(),
        };
        found.retain(|found| ends_with(&found.id, tail));
        let mut numbered = self.numbered(store, tail)?;
        numbered.retain(|id| found.iter().all(|found| found.id != *id));
        match &mut found[..] {
            [] => match &numbered[..] {
                [] => {
                    let ids = self.record_ids()?;
                    Err(Error::NoRecord { given: tail.to_owned(), nearest: like(tail, &ids) })
                }
                [one] => self.only(one),
                several => Err(ambiguous(tail, &[], several)),
            },
            some if !numbered.is_empty() => Err(ambiguous(tail, some, &numbered)),
            [_] if purpose == Purpose::Change && tail.chars().count() < SHORTEST => {
                Err(Error::ShortTail { given: tail.to_owned() })
            }
            [one] => {
                if purpose == Purpose::Show {
                    self.know(std::mem::take(&mut one.files));
                }
                self.only(&one.id)
            }
            several => {
                several.sort_by(|a, b| b.id.cmp(&a.id));
                Err(ambiguous(tail, several, &[]))
            }
        }
    }
}

impl View<'_> {
    /// The records that another system, or a customer, calls so. Where there can be no cache, every
    /// record is looked through.
    fn numbered(&self, store: &Store, number: &str) -> Result<Vec<RecordId>> {
        if number.is_empty() {
            return Ok(Vec::new());
        }
        if let Some(found) = store.referred(self, number) {
            return Ok(found);
        }
        let wanted = folded(number);
        let is_called = |record: &Record| reference(record).is_some_and(|own| own == wanted);
        let records = self.records()?.0.into_iter().filter(is_called);
        Ok(records.map(|record| record.id).collect())
    }

    /// True where a cache of this very commit's folders says where this record's file is.
    fn is_known(&self, store: &Store, id: &RecordId) -> bool {
        let found = store.located(self, id);
        let is_found = found.is_some();
        self.know(found.map(|found| found.files).unwrap_or_default());
        is_found
    }

    /// The record with this id, unless the id was given to several matters. Whether it was, one
    /// line of its file says, before any parsing.
    fn only(&self, id: &RecordId) -> Result<RecordId> {
        let path = layout::record(id);
        let Some(bytes) = self.bytes(&path)? else { return Ok(id.clone()) };
        let mut head = bytes.split(|byte| *byte == b'\n').take(HEAD);
        let is_only = !head.any(|line| line.starts_with(b"namesakes:"));
        self.glanced_at(path, bytes);
        if is_only {
            return Ok(id.clone());
        }
        let Ok(Some(record)) = self.record(id) else {
            return Ok(id.clone());
        };
        let opening = record.history.first().map_or("", |event| event.stamp.id.as_str());
        let own = format!("{id}.{}", &opening[opening.len().saturating_sub(TAIL)..]);
        let others = record.namesakes.iter().map(ToString::to_string);
        let records = std::iter::once(own).chain(others).collect();
        Err(Error::Namesakes { given: id.to_string(), records })
    }

    /// The record that was opened under `id` by the event that ends so.
    fn opened(&self, id: &RecordId, event: &str) -> Result<RecordId> {
        let missing = || Error::NoRecord { given: format!("{id}.{event}"), nearest: Vec::new() };
        let record = self.record(id)?.ok_or_else(missing)?;
        let is_meant = |record: &Record| {
            let opening = record.history.first();
            opening.is_some_and(|first| first.stamp.id.as_str().ends_with(event))
        };
        if !event.is_empty() && is_meant(&record) {
            return Ok(record.id);
        }
        for other in record.namesakes {
            if self.record(&other)?.is_some_and(|other| is_meant(&other)) {
                return Ok(other);
            }
        }
        Err(missing())
    }
}

/// What may be meant: by the end of an id, and by a number elsewhere.
fn ambiguous(given: &str, found: &[LocatedRecord], numbered: &[RecordId]) -> Error {
    let records = found.iter().take(MOST_NAMED).map(|one| one.id.to_string()).collect();
    let numbered = numbered.iter().take(MOST_NAMED).map(ToString::to_string).collect();
    Error::Ambiguous { given: given.to_owned(), records, numbered }
}

fn ends_with(id: &RecordId, tail: &str) -> bool {
    !tail.is_empty()
        && (id.as_str().ends_with(tail)
            || read_tail(tail).is_some_and(|read| id.tail().ends_with(&read)))
}

/// The ids whose tails are nearest to what was typed.
fn like(tail: &str, ids: &[RecordId]) -> Vec<String> {
    let typed = tail.rsplit('-').next().unwrap_or(tail);
    let near = nearest(typed, ids.iter().map(RecordId::tail));
    let named = |near: &String| ids.iter().find(|id| id.tail() == near).map(ToString::to_string);
    near.iter().filter_map(named).collect()
}
