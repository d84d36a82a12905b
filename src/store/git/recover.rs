//! Finishing what a crash left, from the journal.

use std::{
    fs,
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use super::{
    Repository,
    checkout::{Checkout, CheckoutResult},
    error::{Error, FileTask, GitTask},
    flush::Flusher,
    ids::CommitId,
    index::{clear_draft, lock::IndexLock},
    journal::{self, FileUpdate, Journal, JournalState, remove_if_there},
    lock::{Patience, WriterLock},
    tree,
};

/// How long a mere reader waits for another's `index.lock` before it leaves the work to the next.
const BRIEFLY: Duration = Duration::from_secs(1);

/// So often, and so long each time, a lock is looked at before it is taken for a dead one's.
pub(super) const LOOKS: u32 = 20;
pub(super) const LOOK: Duration = Duration::from_millis(50);

/// What was done about a write that did not come to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recovery {
    /// The commit had landed; files and index follow now, except those that somebody changed.
    Finished { commit: CommitId, left: Vec<String> },
    /// The commit had not landed; its traces are gone.
    Undone { branch: String },
    /// The journal could not be read and was put out of the way.
    SetAside { path: PathBuf },
}

impl Repository {
    /// Finishes what a crash left, if there is anything and nobody is writing just now. Without a
    /// journal this costs one look at the disk; without permission to write it does nothing.
    ///
    /// # Errors
    /// [`Error::GitLocked`] while a git command holds the index (the journal stays for the next
    /// command), or what kept the files from being written.
    pub fn recover(&self) -> Result<Option<Recovery>, Error> {
        let home = self.home();
        if fs::symlink_metadata(journal::path_in(&home)).is_err() {
            return Ok(None);
        }
        self.share()?;
        let Some(_lock) = WriterLock::try_take(&home).ok().flatten() else {
            return Ok(None);
        };
        let limits = super::WaitLimits { wait: self.limits.wait.min(BRIEFLY), ..self.limits };
        self.finish_journal(&mut Patience::new(limits, &|_| ()))
    }

    /// Does the work of [`Self::recover`], under the writer lock.
    pub(super) fn finish_journal(
        &self,
        patience: &mut Patience<'_>,
    ) -> Result<Option<Recovery>, Error> {
        let home = self.home();
        let (journal, mark) = match journal::load(&home)? {
            JournalState::Nothing => return Ok(None),
            JournalState::Journal(journal, mark) => (journal, mark),
            JournalState::Damaged(mark) => {
                // an empty lock would be git's own
                if !mark.is_empty() {
                    IndexLock::remove_marked(&self.gitdir, &mark)?;
                }
                return Ok(Some(Recovery::SetAside { path: journal::set_aside(&home)? }));
            }
        };
        self.free_reference(&journal)?;
        let worktree = journal.gitdir.as_deref().and_then(|gitdir| self.worktree(gitdir));
        let reached = self.has_landed(&journal)?;
        let mut left = Vec::new();
        if let Some(worktree) = &worktree {
            match worktree.workdir().filter(|_| reached && worktree.is_checked_out(&journal.branch))
            {
                Some(root) => left = worktree.settle_late(root, &journal, &mark, patience)?.left,
                None => IndexLock::remove_marked(&worktree.gitdir, &mark)?,
            }
            worktree.remove_temporaries(&journal);
        }
        clear_draft(&home)?;
        journal::drop_in(&home)?;
        Ok(Some(if reached {
            Recovery::Finished { commit: journal.new, left }
        } else {
            Recovery::Undone { branch: journal.branch }
        }))
    }

    /// The repository as seen from the working tree whose git directory the journal names; `None`
    /// if that working tree is gone.
    fn worktree(&self, gitdir: &str) -> Option<Self> {
        let gitdir = self.common.join(gitdir);
        let same = |a: &Path, b: &Path| {
            fs::canonicalize(a).is_ok_and(|a| fs::canonicalize(b).is_ok_and(|b| a == b))
        };
        if same(&gitdir, &self.gitdir) {
            return self.again();
        }
        let opened = git2::Repository::open(&gitdir).ok()?;
        let mut worktree = Self::wrap(opened, self.variables.clone());
        worktree.limits = self.limits;
        let found = git2::Repository::discover_path(worktree.workdir()?, [] as [&Path; 0]).ok()?;
        same(&found, &gitdir).then_some(worktree)
    }

    /// This repository, opened anew; `None` without a working tree.
    fn again(&self) -> Option<Self> {
        let opened = git2::Repository::open_bare(&self.gitdir).ok()?;
        opened.set_workdir(self.workdir()?, false).ok()?;
        Some(Self { limits: self.limits, ..Self::wrap(opened, self.variables.clone()) })
    }

    /// Whether the branch has come to the journal's commit, or beyond it.
    fn has_landed(&self, journal: &Journal) -> Result<bool, Error> {
        self.mend_reference(journal)?;
        let Some(tip) = self.tip(&journal.branch)? else {
            return Ok(false);
        };
        if tip == journal.new {
            return Ok(true);
        }
        match self.inner.graph_descendant_of(tip.0, journal.new.0) {
            Err(error) if error.code() == git2::ErrorCode::NotFound => Ok(false),
            descends => descends.map_err(Error::git(GitTask::CompareJournal)),
        }
    }

    /// Removes the lock of the branch that a writer held when it was killed. Git holds such a lock for
    /// moments only, so one that names the journal's commit, or stays as it is since the journal was
    /// written, is nobody's any more.
    fn free_reference(&self, journal: &Journal) -> Result<(), Error> {
        if !git2::Branch::name_is_valid(&journal.branch).unwrap_or(false) {
            return Ok(());
        }
        let lock = self.common.join("refs/heads").join(format!("{}.lock", journal.branch));
        let written = fs::metadata(journal::path_in(&self.home())).and_then(|file| file.modified());
        for _ in 0..LOOKS {
            let Ok(found) = fs::symlink_metadata(&lock) else { return Ok(()) };
            if fs::read_to_string(&lock).is_ok_and(|text| text.trim() == journal.new.to_string()) {
                break;
            }
            let is_older =
                matches!((found.modified(), &written), (Ok(own), Ok(journal)) if own < *journal);
            if is_older {
                return Ok(());
            }
            thread::sleep(LOOK);
        }
        remove_if_there(&lock).map_err(Error::io(FileTask::Remove, lock))
    }

    /// Repairs a reference that a power cut left empty: some file systems keep the new name and
    /// lose the bytes. The journal and the commit were on the disk before.
    fn mend_reference(&self, journal: &Journal) -> Result<(), Error> {
        if !git2::Branch::name_is_valid(&journal.branch).unwrap_or(false) {
            return Ok(());
        }
        let path = self.reference_file(&journal.branch);
        let blank = |bytes: &[u8]| bytes.iter().all(|byte| matches!(byte, 0 | b'\n'));
        let emptied = fs::read(&path).is_ok_and(|bytes| blank(&bytes));
        if !emptied || self.inner.find_commit(journal.new.0).is_err() {
            return Ok(());
        }
        let draft = self.home().join("reference.tmp");
        fs::write(&draft, format!("{}\n", journal.new))
            .and_then(|()| fs::rename(&draft, &path))
            .map_err(Error::io(FileTask::Repair, path))
    }

    /// Brings files and index of this working tree to what the tip holds now.
    fn settle_late(
        &self,
        root: &Path,
        journal: &Journal,
        mark: &[u8],
        patience: &mut Patience<'_>,
    ) -> Result<CheckoutResult, Error> {
        let home = self.home();
        let lock = IndexLock::take(&self.gitdir, &journal::path_in(&home), mark, patience)?;
        let steps = match self.tip(&journal.branch)? {
            Some(tip) => self.steps_to(tip, journal)?,
            None => Vec::new(),
        };
        let checkout = Checkout::open(root, &self.gitdir, &home)?;
        let settled = checkout.settle(self, &journal.nonce, &steps)?;
        let mut flusher = Flusher::default();
        settled.touched.iter().for_each(|place| flusher.add(place.clone()));
        flusher.finish().map_err(Error::io(FileTask::Flush, root))?;
        lock.release()?;
        Ok(settled)
    }

    /// The journal's steps, leading to what `tip` holds: somebody may have committed since, and
    /// what they committed stands.
    pub(super) fn steps_to(
        &self,
        tip: CommitId,
        journal: &Journal,
    ) -> Result<Vec<FileUpdate>, Error> {
        let root = self.snapshot(tip)?.root();
        let later = |step: &FileUpdate| {
            let new = tree::lookup(self, root, &step.path)?.filter(|entry| entry.is_file());
            Ok(FileUpdate { new, ..step.clone() })
        };
        journal.files.iter().map(later).collect()
    }

    fn remove_temporaries(&self, journal: &Journal) {
        let Some(root) = self.workdir() else { return };
        for (n, step) in journal.files.iter().enumerate() {
            // an unremovable stray does no harm
            let _ = remove_if_there(&Journal::temporary(&journal.nonce, root, step, n));
        }
    }
}
