//! What commits tell: their order, what they changed, who made them.

use std::fs;

use super::{
    Store,
    error::Result,
    git::{
        Head,
        diff::{Changed, Held},
        error::Error as GitError,
        header::Oddity,
        ids::CommitId,
        log::CommitInfo,
        signed::Signed,
        walk::History,
    },
    layout,
};
use crate::domain::{policy::desk::Desk, time::Timestamp};

/// So many commits back a desk is looked for that can be read.
const DESKS_BACK: usize = 1_000;

impl Store {
    /// The newest commit of a branch.
    ///
    /// # Errors
    /// A damaged repository.
    pub fn tip(&self, branch: &str) -> Result<Option<CommitId>> {
        Ok(self.repository.tip(branch)?)
    }

    /// The commits that lead to `tip`, without those that lead to `since`.
    ///
    /// # Errors
    /// A damaged repository.
    pub fn history(&self, tip: CommitId, since: Option<CommitId>) -> Result<History> {
        Ok(self.repository.history(tip, since)?)
    }

    /// The files of the desk that differ between two commits, and what differs at the top beside
    /// them; `None` stands for no files. Folders beside the desk are not looked into.
    ///
    /// # Errors
    /// A damaged repository.
    pub fn changes(&self, old: Option<CommitId>, new: CommitId) -> Result<Vec<Changed>> {
        Ok(self.repository.changes(old, new, &layout::PLACES)?)
    }

    /// How many commits lead to `tip` and not to `since`, and the oldest of them; they are counted
    /// up to a thousand.
    ///
    /// # Errors
    /// A damaged repository.
    pub fn ahead(
        &self,
        tip: CommitId,
        since: Option<CommitId>,
    ) -> Result<(usize, Option<CommitId>)> {
        Ok(self.repository.ahead(tip, since)?)
    }

    /// The newest commits that lead to `tip`, at most so many.
    ///
    /// # Errors
    /// A damaged repository.
    pub fn newest(&self, tip: CommitId, most: usize) -> Result<Vec<CommitId>> {
        Ok(self.repository.newest(tip, most)?)
    }

    /// The newest commit that leads to both.
    ///
    /// # Errors
    /// A damaged repository.
    pub fn merge_base(&self, one: CommitId, other: CommitId) -> Result<Option<CommitId>> {
        Ok(self.repository.merge_base(one, other)?)
    }

    /// Whether `old` leads to `new`.
    ///
    /// # Errors
    /// A damaged repository.
    pub fn descends(&self, new: CommitId, old: CommitId) -> Result<bool> {
        Ok(self.repository.descends(new, old)?)
    }

    /// The newest commit before `tip` that was there at this time.
    ///
    /// # Errors
    /// A damaged repository.
    pub fn known_at(&self, tip: CommitId, at: Timestamp) -> Result<Option<CommitId>> {
        Ok(self.repository.known_at(tip, at)?)
    }

    /// The newest commit that leads to `tip` and of which nothing before is dated `at` or later.
    ///
    /// # Errors
    /// A damaged repository.
    pub fn before(&self, tip: CommitId, at: Timestamp) -> Result<Option<CommitId>> {
        Ok(self.repository.before(tip, at)?)
    }

    /// The commit with which the desk of `tip` begins; `None` beyond the end of a shallow clone,
    /// and where there is no desk.
    ///
    /// # Errors
    /// A damaged repository.
    pub fn genesis(&self, tip: CommitId) -> Result<Option<CommitId>> {
        if self.repository.is_shallow() {
            return Ok(None);
        }
        let mut from = tip;
        loop {
            let line = self.repository.first_parents(from);
            let first = line.into_iter().rev().find(|commit| self.holds_desk(*commit));
            let Some(first) = first else { return Ok(None) };
            // merged into another project, the desk is the other side
            let others = self.commit(first)?.parents.into_iter().skip(1);
            match others.into_iter().find(|parent| self.holds_desk(*parent)) {
                Some(parent) => from = parent,
                None => return Ok(Some(first)),
            }
        }
    }

    /// Whether `docket.yaml` lies in a commit, readable or not.
    #[must_use]
    pub fn holds_desk(&self, commit: CommitId) -> bool {
        let held = self.repository.snapshot(commit).and_then(|files| files.held(layout::DESK));
        // what cannot be read is not taken for another project's
        held.map_or(true, |held| held.is_some())
    }

    /// The newest desk that can be read, from a commit backwards.
    #[must_use]
    pub fn last_desk(&self, from: CommitId) -> Option<Desk> {
        let line = self.repository.first_parents(from).into_iter().take(DESKS_BACK);
        let mut desks = line.filter_map(|commit| self.view_of(commit).ok()?.desk().ok()?);
        desks.next()
    }

    /// The commit that HEAD names; `None` before the first one.
    ///
    /// # Errors
    /// A damaged repository.
    pub fn head_commit(&self) -> Result<Option<CommitId>> {
        Ok(match self.head()? {
            Head::Branch { tip, .. } => tip,
            Head::Detached { commit } => Some(commit),
        })
    }

    /// The first thing that a commit holds and git does not show as it is read; `None` for a plain
    /// one.
    ///
    /// # Errors
    /// A damaged repository.
    pub fn oddity(&self, commit: CommitId) -> Result<Option<Oddity>> {
        Ok(self.repository.oddity(commit)?)
    }

    /// Whether the clone was made without some of the objects.
    #[must_use]
    pub fn is_partial(&self) -> bool {
        self.repository.is_partial()
    }

    /// Refuses a clone that lacks what a commit or its parent holds of the desk.
    ///
    /// # Errors
    /// What is missing.
    pub fn complete(&self, commit: CommitId) -> Result<()> {
        let parent = self.commit(commit)?.parents.first().copied();
        for changed in self.changes(parent, commit)? {
            let sides = [changed.old, changed.new].into_iter().flatten();
            let missing = |held: Held| !self.repository.has_blob(held.id);
            if layout::is_ours(&changed.path) && sides.into_iter().any(missing) {
                let doing = format!("read {} of commit {}", changed.path, commit.short());
                return Err(GitError::Missing { doing }.into());
            }
        }
        Ok(())
    }

    /// Whether commits have other parents here than they say.
    #[must_use]
    pub fn is_grafted(&self) -> bool {
        let grafts = self.repository.common_dir().join("info/grafts");
        fs::metadata(grafts).is_ok_and(|file| file.len() > 0)
    }

    /// The commit of a revision as git names it; `None` where there is none.
    ///
    /// # Errors
    /// A damaged repository.
    pub fn resolve(&self, revision: &str) -> Result<Option<CommitId>> {
        Ok(self.repository.resolve(revision)?)
    }

    /// What one commit tells of itself.
    ///
    /// # Errors
    /// A damaged repository.
    pub fn commit(&self, id: CommitId) -> Result<CommitInfo> {
        Ok(self.repository.commit_info(id)?)
    }

    /// The signature of a commit; `None` for one without.
    ///
    /// # Errors
    /// A damaged repository.
    pub fn signed(&self, id: CommitId) -> Result<Option<Signed>> {
        Ok(self.repository.signed(id)?)
    }

    /// The commits that changed a file, newest first.
    ///
    /// # Errors
    /// A damaged repository.
    pub fn log(&self, from: CommitId, path: &str) -> Result<Vec<CommitInfo>> {
        Ok(self.repository.log(from, path)?)
    }
}
