//! Erasures that somebody made who may, whatever merges and reverts made of them since.

use std::collections::BTreeMap;

use super::{
    Store,
    error::Result,
    git::{ids::CommitId, log::CommitInfo},
    layout,
    restore::sound_contact,
};
use crate::domain::{
    base::ids::ContactId,
    deciding::contacts::MAY_ERASE,
    history::contact::{ERASES, Erasure},
};

/// The file in which is noted up to which commit erasures were looked for, and whom they erased.
const NOTE: &str = "erasures";

impl Store {
    /// The contacts that were erased in the history of a commit and are known there again: to merge with
    /// plain git, or to revert, can take an erasure back.
    ///
    /// # Errors
    /// What cannot be read.
    pub fn known_again(&self, tip: CommitId) -> Result<Vec<ContactId>> {
        let (seen, mut erased) = self.noted_erasures();
        let seen = match seen {
            Some(seen) if self.repository.descends(tip, seen)? => Some(seen),
            Some(_) | None => None,
        };
        if seen.is_none() {
            erased.clear();
        }
        if seen != Some(tip) {
            let more = self.erasures(tip, seen)?.into_keys().filter(|id| !erased.contains(id));
            erased.extend(more.collect::<Vec<_>>());
            let lines: String = erased.iter().map(|id| format!("{id}\n")).collect();
            self.repository.remember(NOTE, format!("{tip}\n{lines}").as_bytes());
        }
        let now = self.view_of(tip)?;
        erased.retain(|id| {
            let path = layout::contact(id);
            sound_contact(&now, &path).is_none_or(|contact| contact.erased.is_none())
        });
        Ok(erased)
    }

    /// Up to which commit erasures were looked for, and whom they erased.
    fn noted_erasures(&self) -> (Option<CommitId>, Vec<ContactId>) {
        let note = self.repository.recall(NOTE).unwrap_or_default();
        let note = String::from_utf8(note).unwrap_or_default();
        let mut lines = note.lines();
        let seen = lines.next().and_then(|line| line.parse().ok());
        let ids = lines.map(str::parse).collect::<std::result::Result<Vec<_>, _>>();
        match ids {
            Ok(ids) => (seen, ids),
            // a note that was cut off says nothing
            Err(_) => (None, Vec::new()),
        }
    }

    /// The contacts that were erased in the history of a commit, but for what leads to `since`, each with
    /// the first of their erasures.
    ///
    /// # Errors
    /// What cannot be read.
    pub fn erasures(
        &self,
        tip: CommitId,
        since: Option<CommitId>,
    ) -> Result<BTreeMap<ContactId, Erasure>> {
        let mut erasures = BTreeMap::new();
        for commit in self.repository.history(tip, since)?.commits {
            // what cannot be read erases nobody
            let Ok(info) = self.repository.commit_info(commit) else { continue };
            for (id, erasure) in self.erased_by(&info)? {
                let first = erasures.entry(id).or_insert_with(|| erasure.clone());
                if erasure < *first {
                    *first = erasure;
                }
            }
        }
        Ok(erasures)
    }

    /// Whom a commit erased, where it is by somebody who might.
    fn erased_by(&self, commit: &CommitInfo) -> Result<Vec<(ContactId, Erasure)>> {
        let [parent] = commit.parents[..] else { return Ok(Vec::new()) };
        if !commit.subject.starts_with(ERASES) {
            return Ok(Vec::new());
        }
        let (before, after) = (self.view_of(parent)?, self.view_of(commit.id)?);
        let policy = before.policy().ok();
        let author = policy.as_ref().and_then(|it| it.people.by_email(&commit.author_email));
        if author.and_then(|author| author.role_among(MAY_ERASE)).is_none() {
            return Ok(Vec::new());
        }
        let mut erased = Vec::new();
        for change in self.changes(Some(parent), commit.id)? {
            let was_erased =
                sound_contact(&before, &change.path).is_some_and(|it| it.erased.is_some());
            let erasure = sound_contact(&after, &change.path).and_then(|contact| {
                let erasure = contact.erased?;
                Some((contact.id, erasure))
            });
            erased.extend(erasure.filter(|_| !was_erased));
        }
        Ok(erased)
    }
}
