//! Which records hold something: those of one commit, and of another one by what differs between the
//! two.

use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use super::{
    error::Result,
    git::{diff::ChangedPath, ids::CommitId, snapshot::Snapshot},
    layout,
    parse::read_record,
};
use crate::domain::{base::ids::RecordId, history::record::Record};

/// What a record may hold.
pub(super) trait Held: Ord + Sized {
    /// A file without one of these words holds none.
    const WORDS: &'static [&'static [u8]];

    /// All of it that a record holds.
    fn of(record: &Record) -> Vec<Self>;
}

/// What is held by which records of one commit, and by record what it holds.
#[derive(Debug)]
pub(super) struct Holders<T> {
    at: Option<CommitId>,
    records: BTreeMap<Rc<T>, BTreeSet<RecordId>>,
    held: BTreeMap<RecordId, Vec<Rc<T>>>,
}

impl<T> Default for Holders<T> {
    fn default() -> Self {
        Self { at: None, records: BTreeMap::new(), held: BTreeMap::new() }
    }
}

impl<T: Held> Holders<T> {
    /// Those of the commit that is looked at. What cannot be read is left out.
    pub(super) fn follow(&mut self, snapshot: &Snapshot<'_>) -> Result<()> {
        let Some(commit) = snapshot.commit() else {
            *self = Self::default();
            return Ok(());
        };
        if self.at == Some(commit) {
            return Ok(());
        }
        let repository = snapshot.repository();
        for ChangedPath { path, old, new } in
            repository.changes(self.at, commit, &[layout::RECORDS])?
        {
            let Some(id) = layout::record_of(&path) else { continue };
            if old.is_some() {
                self.forget(&id);
            }
            let bytes = new.and_then(|new| repository.read_file(new.id, &path).ok());
            let record = bytes
                .filter(|bytes| T::WORDS.iter().any(|word| contains(bytes, word)))
                .and_then(|bytes| read_record(&path, &bytes).ok());
            for held in record.iter().flat_map(T::of) {
                self.note(&id, held);
            }
        }
        self.at = Some(commit);
        Ok(())
    }

    /// The records that hold this.
    pub(super) fn of(&self, held: &T) -> Vec<RecordId> {
        self.records.get(held).into_iter().flatten().cloned().collect()
    }

    /// All that is held, with the records that hold it.
    pub(super) fn all(&self) -> impl Iterator<Item = (&T, &BTreeSet<RecordId>)> {
        self.records.iter().map(|(held, records)| (held.as_ref(), records))
    }

    fn note(&mut self, id: &RecordId, held: T) {
        let known = self.records.get_key_value(&held).map(|(known, _)| Rc::clone(known));
        let held = known.unwrap_or_else(|| Rc::new(held));
        self.records.entry(Rc::clone(&held)).or_default().insert(id.clone());
        self.held.entry(id.clone()).or_default().push(held);
    }

    fn forget(&mut self, id: &RecordId) {
        for held in self.held.remove(id).unwrap_or_default() {
            let Some(records) = self.records.get_mut(&held) else { continue };
            records.remove(id);
            if records.is_empty() {
                self.records.remove(&held);
            }
        }
    }
}

/// Whether a word stands in a file.
pub(super) fn contains(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|part| part == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Held for u8 {
        const WORDS: &'static [&'static [u8]] = &[];

        fn of(_: &Record) -> Vec<Self> {
            Vec::new()
        }
    }

    #[test]
    fn what_no_record_holds_any_more_is_gone() {
        let id = |tail: &str| format!("R-261123-{tail}").parse::<RecordId>().unwrap();
        let mut holders = Holders::default();
        for (tail, held) in [("00001", 1), ("00002", 2), ("00003", 1), ("00003", 3)] {
            holders.note(&id(tail), held);
        }
        assert_eq!(holders.of(&1), [id("00001"), id("00003")]);
        holders.forget(&id("00001"));
        assert_eq!(holders.of(&1), [id("00003")]);
        holders.forget(&id("00003"));
        assert_eq!(holders.of(&1), []);
        assert_eq!(holders.all().map(|(held, _)| *held).collect::<Vec<_>>(), [2]);
        assert!(holders.held.len() == 1);
    }
}
