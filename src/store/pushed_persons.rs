//! What a push, or another clone, brings to the reference of people.

use crate::{
    domain::{base::ids::ContactId, history::person::PersonDetails},
    store::{
        Store,
        error::Result,
        file,
        git::ids::{BlobId, CommitId},
        layout,
    },
};

/// So deep are the folders in which people lie.
const FOLDERS: usize = 2;

/// A file that a push brings to the reference of people.
#[derive(Clone, Debug)]
pub struct PushedPerson {
    pub path: String,
    /// `None` where it is not what docket writes of a person.
    pub person: Option<PersonDetails>,
    /// What was known of them before.
    pub old: Option<PersonDetails>,
    /// Whether it comes of what was known before.
    pub is_newer: bool,
}

impl Store {
    /// The files that a push to the reference of people brings or changes.
    ///
    /// # Errors
    /// What git does not have.
    pub fn pushed_persons(
        &self,
        old: Option<CommitId>,
        new: CommitId,
    ) -> Result<Vec<PushedPerson>> {
        let git = &self.repository;
        let old = old.map_or_else(|| Ok(git.empty_snapshot()), |old| git.snapshot(old))?.tree();
        let new = git.snapshot(new)?.tree();
        let changed =
            git.changes_of_folder(layout::PERSONS, old.as_deref(), new.as_deref(), usize::MAX)?;
        let brought = changed.iter().filter(|change| change.new.is_some()).map(|change| {
            let [old, person] = change.persons(self).unwrap_or_default();
            let is_newer = match (&old, &person) {
                (Some(old), Some(person)) => person.may_come_of(old),
                _ => true,
            };
            let path = change.in_persons().to_owned();
            // to the byte: what stands beside it would be read by nobody and kept by all
            let spelled =
                person.as_ref().and_then(|person| file(path.clone(), person).ok()?.content);
            let held = change.new.map(|held| held.id);
            let person = person.filter(|_| spelled.as_deref().and_then(BlobId::of) == held);
            PushedPerson { path, person, old, is_newer }
        });
        Ok(brought.collect())
    }

    /// Those of whom a push to the reference of people leaves nothing.
    ///
    /// # Errors
    /// What git does not have.
    pub fn people_gone(&self, old: CommitId, new: CommitId) -> Result<Vec<ContactId>> {
        let git = &self.repository;
        let (old, new) = (git.snapshot(old)?.tree(), git.snapshot(new)?.tree());
        let changed =
            git.changes_of_folder(layout::PERSONS, old.as_deref(), new.as_deref(), usize::MAX)?;
        let gone = changed.iter().filter(|change| change.new.is_none());
        Ok(gone.filter_map(|change| layout::person_of(change.in_persons())).collect())
    }

    /// Whether a commit of people is one that docket writes: it says who made it and when and nothing else,
    /// of a tree of files alone. The files are looked at one by one elsewhere.
    ///
    /// # Errors
    /// What git does not have.
    pub fn is_people_commit(&self, commit: CommitId) -> Result<bool> {
        Ok(self.repository.is_plain_apart(commit)? && self.is_people_tree(commit)?)
    }

    /// Whether the tree of a commit of people has files alone, in folders as docket lays them out.
    ///
    /// # Errors
    /// What git does not have.
    pub fn is_people_tree(&self, commit: CommitId) -> Result<bool> {
        Ok(self.repository.is_exact_tree(commit, FOLDERS)?)
    }
}
