//! Which records lead to another one: as children of it, or merged into it.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Store,
    error::Result,
    git::{diff::ChangedPath, ids::CommitId, snapshot::Snapshot},
    layout,
    parse::read_record,
    view::View,
};
use crate::domain::{
    base::ids::RecordId,
    deciding::scene::Lookup,
    history::{record::Record, refusal::Refusal},
};

/// A file without one of these leads to no other record.
const LEADING: [&[u8]; 2] = [b"child", b"merged_into"];

/// What leads where in one commit; what another one holds is found by what differs between the two.
#[derive(Debug, Default)]
pub(super) struct Parts {
    at: Option<CommitId>,
    by_whole: BTreeMap<RecordId, BTreeSet<RecordId>>,
}

impl Parts {
    /// That of the commit that is looked at. What cannot be read is left out.
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
            let record =
                bytes.filter(|it| leads(it)).and_then(|bytes| read_record(&path, &bytes).ok());
            for whole in record.iter().flat_map(Record::wholes) {
                self.by_whole.entry(whole.clone()).or_default().insert(id.clone());
            }
        }
        self.at = Some(commit);
        Ok(())
    }

    /// The records that lead to this one.
    pub(super) fn of(&self, whole: &RecordId) -> Vec<RecordId> {
        self.by_whole.get(whole).into_iter().flatten().cloned().collect()
    }

    fn forget(&mut self, id: &RecordId) {
        self.by_whole.retain(|_, parts| !parts.remove(id) || !parts.is_empty());
    }
}

fn leads(bytes: &[u8]) -> bool {
    LEADING.iter().any(|word| bytes.windows(word.len()).any(|part| part == *word))
}

impl Store {
    /// As [`Lookup::parts`], out of the cache where it can say.
    ///
    /// # Errors
    /// As [`Lookup::parts`].
    pub fn parts(
        &self,
        view: &View<'_>,
        whole: &RecordId,
    ) -> std::result::Result<Vec<Record>, Refusal> {
        let Some(ids) = self.likely_parts(view, whole) else {
            return Lookup::parts(view, whole);
        };
        let read = |id: &RecordId| Lookup::record(view, id).ok().flatten();
        let leads = |record: &Record| record.wholes().any(|id| id == whole);
        Ok(ids.iter().filter_map(read).filter(leads).collect())
    }
}
