//! What merges by plain git left wrong, put right before others get it.

use crate::{
    app::{desk::OpenDesk, sync::Synced},
    audit::class,
    error::Result,
    store::{
        git::{
            FileChange,
            ids::{BlobId, CommitId},
        },
        layout,
        merge::DeskMerge,
    },
};

impl OpenDesk<'_> {
    /// Lets one hold of records, and of contacts, that merges by plain git left in a circle among what
    /// is to be sent; gives the tip then.
    pub(super) fn mend_merges(
        &self,
        sent: Option<CommitId>,
        tip: CommitId,
        synced: &mut Synced,
    ) -> Result<CommitId> {
        let git = self.store.git();
        let mut now = tip;
        for commit in git.history(tip, sent)?.commits {
            let info = git.commit_info(commit)?;
            let [ours, theirs] = info.parents[..] else { continue };
            if class::claims(&info.message) {
                continue;
            }
            let DeskMerge { crossed, mutual, .. } = self.store.expected_merge(ours, theirs)?;
            for FileChange { path, .. } in &crossed {
                let due = self.store.mended(now, path)?.and_then(|file| file.content);
                let held = self.store.view_of(now)?.held(path)?.map(|held| held.id);
                if due.as_deref().and_then(BlobId::of) == held {
                    continue;
                }
                self.mend_file(path)?;
                synced.merge.clashing.extend(layout::record_of(path));
                synced.merge.mutual.extend(mutual.iter().cloned());
                now = git.tip(&self.desk.branch)?.unwrap_or(now);
            }
        }
        Ok(now)
    }

    /// Erases again whom merges or reverts by plain git let be known, before anything is said of who that
    /// is; gives the tip then.
    pub(super) fn mend_erasures(&self, tip: CommitId) -> Result<CommitId> {
        let known_again = self.store.known_again(tip)?;
        for id in &known_again {
            self.mend_file(&layout::contact(id))?;
        }
        if known_again.is_empty() {
            return Ok(tip);
        }
        Ok(self.store.git().tip(&self.desk.branch)?.unwrap_or(tip))
    }

    /// Lets git merge what docket does not write.
    pub(super) fn take_by_git(&self, theirs: CommitId, subject: &str) -> Result<()> {
        let identity = self.identity()?;
        let on_notice = |notice| self.notice(&notice);
        Ok(self.store.git().merge_by_git(theirs, subject, &identity, &on_notice)?)
    }
}
