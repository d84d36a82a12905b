//! Files that are kept apart from the branch, each tree under a reference of its own: its one commit
//! has no parent and is replaced at every change, so that what is taken out is gone after `git gc`.
//!
//! The commit says who replaced it last, where that is to be held against the roster, or nobody and no
//! time: then the same files have the same commit on every clone. Of what was there before it says
//! nothing.

use std::{collections::BTreeMap, fmt, fs, thread};

use git2::{ErrorClass, ErrorCode, ObjectType, Oid, ReferenceType};

use super::{
    Change, FileChange, Notice, Repository,
    error::{DamagedObject, Error, FileTask, GitTask},
    flush::Flusher,
    ids::CommitId,
    journal::remove_if_there,
    lock::Patience,
    object_writer::ObjectWriter,
    objects::{Plan, commit_text},
    recover::{LOOK, LOOKS},
    snapshot::Snapshot,
};
use crate::domain::base::time::Timestamp;

/// What the commit says of itself.
pub(super) const MESSAGE: &str = "The newest state of these files; earlier ones are not kept\n";
/// Whom it names where it names nobody.
const NOBODY: &str = "author docket <docket> 0 +0000\ncommitter docket <docket> 0 +0000\n";

/// Changes of the files that are kept under one reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApartChange {
    /// Such as `refs/docket/people`.
    pub reference: String,
    pub files: Vec<FileChange>,
    /// Who changes them; `None` where it does not matter.
    pub by: Option<ApartAuthor>,
}

/// Who changes files that are kept apart, and when. The address is held against the roster; a name would be
/// free text that no rule could judge, so all bear the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApartAuthor {
    pub email: String,
    pub at: Timestamp,
}

/// The name of whoever changes files that are kept apart.
pub(super) const NAME: &str = "docket";

/// A reference with what it held and what it is to hold; the objects are stored, nothing points at them
/// yet.
pub(super) struct ApartDraft {
    pub(super) reference: String,
    pub(super) old: Option<CommitId>,
    pub(super) new: CommitId,
}

impl ApartAuthor {
    /// As of a commit on the branch.
    pub fn of(change: &Change) -> Self {
        Self { email: change.author.email.clone(), at: change.at }
    }
}

/// The whole commit of a tree.
pub(super) fn text_of(tree: &dyn fmt::Display) -> String {
    format!("tree {tree}\n{NOBODY}\n{MESSAGE}")
}

impl Repository {
    /// The commit of a reference that is kept apart; `None` where there is none.
    ///
    /// # Errors
    /// [`Error::Damaged`] for one that cannot be read, that is only another name of one, or that names a
    /// tag or files.
    pub fn apart_commit(&self, reference: &str) -> Result<Option<CommitId>, Error> {
        let unsound = || Err(Error::Damaged(DamagedObject::Apart(reference.to_owned())));
        if self.link_to(reference).is_some() {
            return unsound();
        }
        let found = match self.inner.find_reference(reference) {
            Err(error) if error.code() == ErrorCode::NotFound => return Ok(None),
            Err(error) if matches!(error.class(), ErrorClass::Os | ErrorClass::Filesystem) => {
                return Err(Error::git(GitTask::FindRevision(reference.to_owned()))(error));
            }
            Err(_) => return unsound(),
            Ok(found) => found,
        };
        let id = found.target().filter(|_| found.kind() == Some(ReferenceType::Direct));
        let Some(id) = id else { return unsound() };
        match self.odb()?.read_header(id) {
            Ok((_, ObjectType::Commit)) => Ok(Some(CommitId(id))),
            Ok(_) | Err(_) => unsound(),
        }
    }

    /// The files of a reference that is kept apart; none where there is no such reference.
    ///
    /// # Errors
    /// As [`Self::apart_commit`], and [`Error::Git`] where it names no commit.
    pub fn apart(&self, reference: &str) -> Result<Snapshot<'_>, Error> {
        let commit = self.apart_commit(reference)?;
        commit.map_or_else(|| Ok(self.empty_snapshot()), |commit| self.snapshot(commit))
    }

    /// The same files but for these, for others to get: a commit of the same hand and time at which no
    /// reference of this clone points. `None` where no file is left.
    ///
    /// # Errors
    /// What git does not have, or cannot store.
    pub fn apart_without(
        &self,
        commit: CommitId,
        paths: &[String],
    ) -> Result<Option<CommitId>, Error> {
        let (snapshot, info) = (self.snapshot(commit)?, self.commit_info(commit)?);
        let gone = paths.iter().map(|path| FileChange { path: path.clone(), content: None });
        let gone: Vec<FileChange> = gone.collect();
        let plan = Plan::of_files(&snapshot, gone.iter().collect())?;
        let mut flusher = Flusher::default();
        let mut objects = ObjectWriter::of(self, &mut flusher)?;
        let tree = plan.store_tree(&mut objects, &snapshot)?;
        let by = ApartAuthor { email: info.author_email, at: info.time };
        let text = commit_text(&[], tree, &by, MESSAGE)?;
        let new = CommitId(objects.put(ObjectType::Commit, &text)?);
        flusher.finish().map_err(Error::io(FileTask::Flush, &self.common))?;
        let is_empty = self.snapshot(new)?.files_under("")?.is_empty();
        Ok(Some(new).filter(|_| !is_empty))
    }

    /// Changes files that are kept apart, without a commit on a branch. `decide` is asked under the
    /// writer lock, and again where something else moved a reference meanwhile, so it must not act.
    ///
    /// # Errors
    /// What `decide` says; [`Error::Contended`] where others always come first.
    pub fn write_apart<T, E: From<Error>>(
        &self,
        on_notice: &dyn Fn(Notice),
        mut decide: impl FnMut() -> Result<(Vec<ApartChange>, T), E>,
    ) -> Result<T, E> {
        let mut patience = Patience::new(self.limits, on_notice);
        let _lock = self.lock(&mut patience)?;
        loop {
            let (changes, answer) = decide()?;
            let mut flusher = Flusher::default();
            let drafts = self.draft_apart(&changes, &mut flusher)?;
            flusher.finish().map_err(Error::io(FileTask::Flush, &self.common))?;
            if self.move_apart(&drafts)? {
                return Ok(answer);
            }
            if !patience.wait(|| Notice::WaitingForBranch) {
                let branch = changes.into_iter().next().map(|change| change.reference);
                return Err(Error::Contended { branch: branch.unwrap_or_default() }.into());
            }
        }
    }

    /// Stores what these changes come to; references whose files stay as they are are left out.
    pub(super) fn draft_apart<'c>(
        &self,
        changes: impl IntoIterator<Item = &'c ApartChange>,
        flusher: &mut Flusher,
    ) -> Result<Vec<ApartDraft>, Error> {
        let mut all: BTreeMap<&str, (Option<&ApartAuthor>, Vec<&FileChange>)> = BTreeMap::new();
        for ApartChange { reference, files, by } in changes {
            let (last, known) = all.entry(reference).or_default();
            *last = by.as_ref();
            // of several commits the later ones count
            known.retain(|file| files.iter().all(|newer| newer.path != file.path));
            known.extend(files);
        }
        let mut drafts = Vec::new();
        for (reference, (by, files)) in all {
            let snapshot = self.apart(reference)?;
            let plan = Plan::of_files(&snapshot, files)?;
            if plan.steps.is_empty() {
                continue;
            }
            let mut objects = ObjectWriter::of(self, flusher)?;
            let tree = plan.store_tree(&mut objects, &snapshot)?;
            let text = match by {
                Some(by) => commit_text(&[], tree, &self.no_earlier(by, &snapshot)?, MESSAGE)?,
                None => text_of(&tree).into_bytes(),
            };
            let new = CommitId(objects.put(ObjectType::Commit, &text)?);
            drafts.push(ApartDraft {
                reference: reference.to_owned(),
                old: snapshot.commit(),
                new,
            });
        }
        drafts.retain(|draft| draft.old != Some(draft.new));
        Ok(drafts)
    }

    /// The same, not before what was there: so it is seen which of two commits is the newer one, whatever
    /// clocks their writers have.
    fn no_earlier(&self, by: &ApartAuthor, there: &Snapshot<'_>) -> Result<ApartAuthor, Error> {
        let before = there.commit().map(|commit| self.commit_info(commit)).transpose()?;
        let at = before.map_or(by.at, |before| by.at.max(before.time));
        Ok(ApartAuthor { at, ..by.clone() })
    }

    /// Lets the references hold what was drafted, on the disk too: all of them, or none and false if
    /// one is no longer where it was.
    pub(super) fn move_apart(&self, drafts: &[ApartDraft]) -> Result<bool, Error> {
        let mut flusher = Flusher::default();
        for (nth, draft) in drafts.iter().enumerate() {
            if !self.move_apart_to(&draft.reference, draft.old, Some(draft.new))? {
                self.move_apart_back(&drafts[..nth])?;
                return Ok(false);
            }
            let file = self.common.join(&draft.reference);
            file.ancestors().take(3).for_each(|place| flusher.add(place.to_owned()));
        }
        flusher.finish().map_err(Error::io(FileTask::Flush, &self.common))?;
        Ok(true)
    }

    /// Takes [`Self::move_apart`] back, where nobody else has moved them since.
    pub(super) fn move_apart_back(&self, drafts: &[ApartDraft]) -> Result<(), Error> {
        for draft in drafts {
            self.move_apart_to(&draft.reference, Some(draft.new), draft.old)?;
        }
        Ok(())
    }

    /// Moves a reference, or removes it, without leaving word of what it held; false if it is not where
    /// it was.
    pub(super) fn move_apart_to(
        &self,
        reference: &str,
        old: Option<CommitId>,
        new: Option<CommitId>,
    ) -> Result<bool, Error> {
        let failed = || Error::git(GitTask::MoveBranch(reference.to_owned()));
        let moved = match (old, new) {
            // the zero id stands for “must not exist”
            (old, Some(new)) => {
                let old = old.map_or(Oid::ZERO_SHA1, |old| old.0);
                self.inner.reference_matching(reference, new.0, true, old, "").map(drop)
            }
            (Some(old), None) => match self.inner.find_reference(reference) {
                Ok(found) if found.target() != Some(old.0) => return Ok(false),
                found => found.and_then(|mut found| found.delete()),
            },
            (None, None) => Ok(()),
        };
        match moved {
            Ok(()) => {
                // git may be told to keep a log of every reference: it would keep what is taken out
                if self.common.join("logs").join(reference).exists() {
                    self.inner.reflog_delete(reference).map_err(failed())?;
                }
                Ok(true)
            }
            Err(error) => match error.code() {
                _ if self.apart_commit(reference)? == new => Ok(true),
                ErrorCode::Locked => self.free_lock(reference).map(|()| false),
                ErrorCode::Modified | ErrorCode::NotFound => Ok(false),
                _ => Err(self.obstructed(reference).unwrap_or_else(|| failed()(error))),
            },
        }
    }

    /// That another reference lies where a folder would have to be, or below this one.
    fn obstructed(&self, reference: &str) -> Option<Error> {
        let above = reference.match_indices('/').map(|(end, _)| &reference[..end]);
        let above = above.filter(|name| self.inner.find_reference(name).is_ok());
        let below = self.inner.references_glob(&format!("{reference}/*")).ok();
        let below = below.and_then(|mut it| it.names().flatten().next().map(str::to_owned));
        let by = above.map(str::to_owned).next().or(below)?;
        Some(Error::Obstructed { reference: reference.to_owned(), by })
    }

    /// Removes the lock of a reference that somebody held when they were killed: git holds such a lock
    /// for moments only, and other writers of docket wait for this one.
    pub(super) fn free_lock(&self, reference: &str) -> Result<(), Error> {
        let lock = self.common.join(format!("{reference}.lock"));
        let seen = || fs::symlink_metadata(&lock).and_then(|lock| lock.modified()).ok();
        let first = seen();
        if first.is_none() {
            return Ok(());
        }
        for _ in 0..LOOKS {
            thread::sleep(LOOK);
            if seen() != first {
                return Ok(());
            }
        }
        remove_if_there(&lock).map_err(Error::io(FileTask::Remove, lock))
    }
}
