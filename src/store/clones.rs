//! What is exchanged with other clones, and what git is in the midst of.

use std::path::Path;

use super::{
    Store,
    error::Result,
    git::{Notice, ids::CommitId, remote::Pushed},
};

impl Store {
    /// The remote that the branch is exchanged with; `None` where there is none.
    ///
    /// # Errors
    /// A given one that is not there.
    pub fn remote_of(&self, branch: &str, given: Option<&str>) -> Result<Option<String>> {
        Ok(self.repository.remote_of(branch, given)?)
    }

    /// The branch as the remote had it when this clone last heard of it.
    ///
    /// # Errors
    /// A damaged repository.
    pub fn tracked(&self, remote: &str, branch: &str) -> Result<Option<CommitId>> {
        Ok(self.repository.tracked(remote, branch)?)
    }

    /// Gets what the remote's branch has; `None` where it has no such branch yet.
    ///
    /// # Errors
    /// What git said.
    pub fn fetch(
        &self,
        remote: &str,
        branch: &str,
        heard: &dyn Fn(&str),
    ) -> Result<Option<CommitId>> {
        Ok(self.repository.fetch(remote, branch, heard)?)
    }

    /// Sends the branch to the remote, never over what is there.
    ///
    /// # Errors
    /// What git or the remote's hooks said.
    pub fn push(&self, remote: &str, branch: &str, heard: &dyn Fn(&str)) -> Result<Pushed> {
        Ok(self.repository.push(remote, branch, heard)?)
    }

    /// The commit that a merge under way merges.
    ///
    /// # Errors
    /// A file of git's that cannot be read.
    pub fn merging(&self) -> Result<Option<CommitId>> {
        Ok(self.repository.merging()?)
    }

    /// Paths that a merge under way left in conflict.
    ///
    /// # Errors
    /// An index that cannot be read.
    pub fn unmerged(&self) -> Result<Vec<String>> {
        Ok(self.repository.unmerged()?)
    }

    /// What git is in the midst of.
    #[must_use]
    pub fn operation_in_progress(&self) -> Option<&'static str> {
        self.repository.operation_in_progress()
    }

    /// Stages these files, and commits the merge under way if nothing is in conflict any more.
    ///
    /// # Errors
    /// What git says.
    pub fn conclude(
        &self,
        paths: &[String],
        identity: &[(&str, String)],
        sign: bool,
    ) -> Result<bool> {
        Ok(self.repository.conclude(paths, identity, sign)?)
    }

    /// Lets git merge a commit into what is checked out, with docket as its driver.
    ///
    /// # Errors
    /// What git says.
    pub fn merge_by_git(
        &self,
        commit: CommitId,
        subject: &str,
        identity: &[(&str, String)],
        tell: &dyn Fn(Notice),
    ) -> Result<()> {
        Ok(self.repository.merge_by_git(commit, subject, identity, tell)?)
    }

    /// Lets git merge this clone's records by `program`; false where it does so already.
    ///
    /// # Errors
    /// Settings that cannot be written.
    pub fn teach(&self, program: &Path) -> Result<bool> {
        Ok(self.repository.teach(program)?)
    }
}
