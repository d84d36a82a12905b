//! What commits tell: their order, what they changed, who made them.

use std::fs;

use super::{
    Store,
    error::Result,
    git::{
        diff::{Changed, History},
        ids::CommitId,
        log::CommitInfo,
        signed::Signed,
    },
};
use crate::domain::time::Timestamp;

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

    /// The files that differ between two commits; `None` stands for no files.
    ///
    /// # Errors
    /// A damaged repository.
    pub fn changes(&self, old: Option<CommitId>, new: CommitId) -> Result<Vec<Changed>> {
        Ok(self.repository.changes(old, new)?)
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

    /// The commit with which the branch of `tip` begins; `None` beyond the end of a shallow clone.
    ///
    /// # Errors
    /// A damaged repository.
    pub fn genesis(&self, tip: CommitId) -> Result<Option<CommitId>> {
        Ok(self.repository.genesis(tip)?)
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
