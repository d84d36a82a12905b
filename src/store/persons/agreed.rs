//! What this clone and a remote agreed on of people.

use crate::store::{Store, error::Result, git::ids::CommitId, layout};

/// The file in which is noted with which remote this clone agreed on people.
const AGREED_WITH: &str = "agreed";

impl Store {
    /// What this clone and a remote agreed on last; `None` where that is not known, as with another remote
    /// than the last one.
    pub(super) fn agreed_persons(&self, remote: &str) -> Result<Option<CommitId>> {
        let agreed = self.repository.apart_commit(layout::AGREED_PERSONS)?;
        let noted = self.repository.recall(AGREED_WITH);
        Ok(agreed.filter(|_| noted.as_deref() == Some(remote.as_bytes())))
    }

    /// Whether a remote has lost what this clone and it agreed on, as one that was restored from an earlier
    /// copy: what it lacks was not taken away by anybody.
    ///
    /// # Errors
    /// What cannot be read.
    pub fn has_gone_back(&self, remote: &str, theirs: Option<CommitId>) -> Result<bool> {
        let Some(agreed) = self.agreed_persons(remote)? else { return Ok(false) };
        let time = |commit| self.repository.commit_info(commit).map(|info| info.time);
        match theirs {
            Some(theirs) => Ok(theirs != agreed && time(theirs)? < time(agreed)?),
            None => Ok(true),
        }
    }

    /// Notes what this clone and a remote agree on.
    ///
    /// # Errors
    /// What cannot be written.
    pub fn agree_on_persons(&self, remote: &str, commit: CommitId) -> Result<()> {
        let git = &self.repository;
        if git.recall(AGREED_WITH).as_deref() != Some(remote.as_bytes()) {
            // cut off in between it is no agreement with either remote
            git.remember(AGREED_WITH, b"");
        }
        git.set_apart(layout::AGREED_PERSONS, commit)?;
        git.remember(AGREED_WITH, remote.as_bytes());
        Ok(())
    }

    /// Notes what a remote was seen to have once this clone has taken it in, but for these files, of which
    /// nothing is to be kept here: whoever takes something away from now on has seen it.
    ///
    /// # Errors
    /// What cannot be written.
    pub fn agree_on_seen(&self, remote: &str, theirs: CommitId, but: &[String]) -> Result<()> {
        let seen = if but.is_empty() {
            Some(theirs)
        } else {
            self.repository.apart_without(theirs, but)?
        };
        seen.map_or(Ok(()), |seen| self.agree_on_persons(remote, seen))
    }
}
