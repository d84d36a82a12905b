//! What merges by plain git left wrong, put right before others get it.

use crate::{
    app::{desk::OpenDesk, sync::Synced},
    audit::{class, merge::merged_on},
    error::Result,
    store::{
        error::Error as StoreError,
        git::{
            FileChange,
            ids::{BlobId, CommitId},
            log::CommitInfo,
        },
        layout,
        merge::DeskMerge,
    },
};

impl OpenDesk<'_> {
    /// Lets one hold of records, and of contacts, that merges by plain git left in a circle among what
    /// is to be sent; gives the tip then.
    ///
    /// # Errors
    /// [`StoreError::NotMergedByLead`], which every audit would find.
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
            let DeskMerge { crossed, mutual, conflicts, .. } =
                self.store.expected_merge(ours, theirs)?;
            self.may_be_merged(&info, [ours, theirs], conflicts, synced)?;
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

    /// Refuses a merge of rules that both sides changed, by somebody who does not lead the team by both.
    fn may_be_merged(
        &self,
        info: &CommitInfo,
        sides: [CommitId; 2],
        conflicts: Vec<String>,
        synced: &Synced,
    ) -> Result<()> {
        let mut paths = conflicts;
        paths.retain(|path| layout::is_of_lead(path));
        if paths.is_empty() {
            return Ok(());
        }
        let email = info.author_email.clone();
        let time = |side| self.store.git().commit_info(side).map(|info| info.time);
        let on = merged_on(info.authored_at, [time(sides[0])?, time(sides[1])?], self.zone);
        for side in sides {
            // what cannot be read is told elsewhere
            let policy = self.store.view_of(side)?.at(info.authored_at).policy_afresh();
            if policy.is_ok_and(|policy| !policy.people.is_lead(&email, on)) {
                let (merge, with) =
                    (info.id.short(), format!("{}/{}", synced.remote, synced.branch));
                return Err(StoreError::NotMergedByLead { merge, with, email, paths }.into());
            }
        }
        Ok(())
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
