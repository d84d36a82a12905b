//! Whether a merge holds what its parents give, and nothing else.

use super::class::Area;
use crate::{
    domain::{
        finding::{Fault, Finding},
        merge,
    },
    store::{
        Store,
        error::Result,
        git::{diff::Held, ids::CommitId, log::CommitInfo},
        layout, record_file,
    },
};

/// What is wrong with a merge of two.
///
/// # Errors
/// Damage in the history.
pub fn judge(store: &Store, commit: &CommitInfo) -> Result<Vec<Finding>> {
    let [ours, theirs] = commit.parents.as_slice() else {
        return Ok(vec![Finding::of(Fault::MergeForged).expected("two parents")]);
    };
    let base = store.merge_base(*ours, *theirs)?;
    let mut findings = Vec::new();
    let mut paths: Vec<String> = Vec::new();
    for side in [ours, theirs] {
        let changes = store.changes(Some(*side), commit.id)?;
        paths.extend(changes.into_iter().map(|changed| changed.path));
        let own = store.changes(base, *side)?;
        paths.extend(own.into_iter().map(|changed| changed.path));
    }
    paths.sort_unstable();
    paths.dedup();
    for path in paths {
        let Some(area) = Area::of(&path) else { continue };
        let place = Place { store, path: &path };
        let held = |commit: Option<CommitId>| match commit {
            Some(commit) => place.held(commit),
            None => Ok(None),
        };
        let sides = (held(base)?, held(Some(*ours))?, held(Some(*theirs))?);
        let merged = held(Some(commit.id))?;
        let fits = match sides {
            (_, ours, theirs) if ours == theirs => merged == ours,
            (base, ours, theirs) if ours == base => merged == theirs,
            (base, ours, theirs) if theirs == base => merged == ours,
            _ => match area {
                Area::Records => place.is_union(*ours, *theirs, commit.id)?,
                // both changed the rules or a contact: a person merged them, and answers for it
                Area::Policy | Area::Contacts => merged.is_some(),
                Area::Archive => false,
            },
        };
        if !fits {
            let finding = Finding::of(Fault::MergeForged).path(&path);
            findings.push(match layout::record_of(&path) {
                Some(id) => finding.record(&id),
                None => finding,
            });
        }
    }
    Ok(findings)
}

struct Place<'a> {
    store: &'a Store,
    path: &'a str,
}

impl Place<'_> {
    fn held(&self, commit: CommitId) -> Result<Option<Held>> {
        self.store.view_of(commit)?.held(self.path)
    }

    /// Whether the record has the events of both sides.
    fn is_union(&self, ours: CommitId, theirs: CommitId, merged: CommitId) -> Result<bool> {
        let Some(id) = layout::record_of(self.path) else { return Ok(false) };
        let record = |commit| self.store.view_of(commit)?.record(&id);
        let (Ok(Some(ours)), Ok(Some(theirs))) = (record(ours), record(theirs)) else {
            return Ok(false);
        };
        let Ok(expected) = merge::records(&ours, &theirs) else { return Ok(false) };
        let written = record_file(&expected)?.content;
        let there = self.store.view_of(merged)?.text(self.path)?;
        Ok(written.as_deref() == there.as_deref().map(str::as_bytes))
    }
}
