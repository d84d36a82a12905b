//! The one road for writing: decide on the tip, store, flush, move the reference, follow with
//! files and index. Every verb takes it, so that what is acknowledged is in a commit.

use std::{
    fs,
    path::{Path, PathBuf},
};

use git2::{ErrorCode, Oid};

use super::{
    BranchUpdate, Change, Head, Notice, Repository,
    checkout::Checkout,
    crash::{CrashPoint, at},
    error::{Error, FileTask, GitTask},
    flush::Flusher,
    ids::CommitId,
    index::lock::IndexLock,
    journal::{self, Journal},
    lock::{Patience, WriterLock},
    objects::{Plan, StoredCommit},
    snapshot::Snapshot,
};

/// Where one try writes to.
#[derive(PartialEq)]
struct WriteTarget {
    branch: String,
    tip: Option<CommitId>,
    /// The working tree that has the branch checked out; a bare repository has none.
    root: Option<PathBuf>,
}

impl Repository {
    /// Moves `branch` on at most once and gives the name of its new tip with the answer of `decide`.
    ///
    /// `decide` sees the tip under the writer lock and says what to change, or nothing. It is
    /// called again on the new tip when a foreign commit came between, so it must not act.
    /// `tell` hears, once each, of waiting, of work left to the next command, and of the commit.
    ///
    /// A program that signs may wait for a hand or a slow token, so it is run without the lock;
    /// if the branch moved meanwhile, it is run once more, then with the lock.
    ///
    /// # Errors
    /// Refusals of `decide` and of the repository leave everything as it was.
    /// [`Error::NotFlushed`] alone comes after the commit. [`Error::Contended`] where others always come
    /// first, [`Error::GitLocked`] where a git command never lets go of the branch.
    pub fn write<T, D: Into<BranchUpdate>, E: From<Error>>(
        &self,
        branch: &str,
        on_notice: &dyn Fn(Notice),
        mut decide: impl FnMut(&Snapshot<'_>) -> Result<(Option<D>, T), E>,
    ) -> Result<(Option<CommitId>, T), E> {
        let mut patience = Patience::new(self.limits, on_notice);
        let mut lock = self.lock(&mut patience)?;
        let mut was_asked = false;
        for _ in 0..self.limits.tries {
            let place = self.place(branch)?;
            let snapshot = match place.tip {
                Some(tip) => self.snapshot(tip)?,
                None => self.empty_snapshot(),
            };
            let (update, answer) = decide(&snapshot)?;
            let Some(update) = update.map(Into::into) else {
                return Ok((None, answer));
            };
            let mut stored = None;
            if update.signer().is_some() && !was_asked {
                (lock, stored) =
                    self.sign_unlocked(&place, &snapshot, &update, lock, &mut patience)?;
                was_asked = stored.is_some();
                if !was_asked || self.place(branch)? != place {
                    continue;
                }
            }
            let landed = self.land(&place, &snapshot, &update, stored, &lock, &mut patience)?;
            if let Some(commit) = landed {
                patience.notify(Notice::Committed(commit));
                return Ok((Some(commit), answer));
            }
            if !patience.wait(|| Notice::WaitingForBranch) {
                break;
            }
        }
        let lock = self.common.join(format!("refs/heads/{branch}.lock"));
        Err(if fs::symlink_metadata(&lock).is_ok() {
            Error::GitLocked { path: lock }
        } else {
            Error::Contended { branch: branch.to_owned() }
        }
        .into())
    }

    /// Takes the writer lock, and finishes what a crash left.
    pub(super) fn lock(&self, patience: &mut Patience<'_>) -> Result<WriterLock, Error> {
        self.share()?;
        let lock = WriterLock::take(&self.home(), patience)?;
        self.finish_journal(patience)?;
        Ok(lock)
    }

    /// Has the commit signed while others may write; `None` if the branch moved before.
    fn sign_unlocked(
        &self,
        place: &WriteTarget,
        snapshot: &Snapshot<'_>,
        update: &BranchUpdate,
        lock: WriterLock,
        patience: &mut Patience<'_>,
    ) -> Result<(WriterLock, Option<StoredCommit>), Error> {
        let plan = Plan::of(snapshot, update)?;
        // nobody is asked to sign what would be refused
        if !self.is_untouched(place, self.checkout(place)?.as_mut(), &plan)? {
            return Ok((lock, None));
        }
        drop(lock);
        let stored = patience.untimed(|| StoredCommit::of(snapshot, &plan, update))?;
        Ok((self.lock(patience)?, Some(stored)))
    }

    fn place(&self, branch: &str) -> Result<WriteTarget, Error> {
        if let Some(what) = self.operation_in_progress() {
            return Err(Error::InProgress { what });
        }
        let tip = self.tip(branch)?;
        let here = self.workdir().filter(|_| self.is_checked_out(branch));
        if here.is_none() {
            self.refuse_elsewhere(branch)?;
            // A `git switch` to the branch that has just begun would not see it move.
            if self.workdir().is_some() {
                return Err(Error::NotCheckedOut { branch: branch.to_owned() });
            }
        }
        Ok(WriteTarget { branch: branch.to_owned(), tip, root: here.map(PathBuf::from) })
    }

    /// Whether this working tree follows `branch`.
    pub(super) fn is_checked_out(&self, branch: &str) -> bool {
        let head = self.inner.find_reference("HEAD");
        let target = head.as_ref().ok().and_then(|head| head.symbolic_target_bytes());
        target.and_then(|name| name.strip_prefix(b"refs/heads/")) == Some(branch.as_bytes())
    }

    /// Refuses to move a branch under another working tree: a plain `git commit` there would
    /// revert the event.
    fn refuse_elsewhere(&self, branch: &str) -> Result<(), Error> {
        let head = format!("ref: refs/heads/{branch}");
        let follows = |gitdir: &PathBuf| {
            fs::read_to_string(gitdir.join("HEAD")).is_ok_and(|text| text.trim() == head)
        };
        let linked = fs::read_dir(self.common.join("worktrees")).into_iter().flatten();
        let linked = linked.filter_map(|entry| Some(entry.ok()?.path()));
        let gitdirs = linked.chain([self.common.clone()]).filter(|gitdir| *gitdir != self.gitdir);
        for gitdir in gitdirs.filter(follows) {
            let other = git2::Repository::open(&gitdir).ok();
            let workdir = other.and_then(|other| other.workdir().map(PathBuf::from));
            if let Some(dir) = workdir.filter(|dir| dir.join(".git").exists()) {
                return Err(Error::CheckedOutElsewhere { branch: branch.to_owned(), dir });
            }
        }
        Ok(())
    }

    /// Tries to land one commit; `None` if the branch or the working tree moved meanwhile.
    fn land(
        &self,
        place: &WriteTarget,
        snapshot: &Snapshot<'_>,
        update: &BranchUpdate,
        stored: Option<StoredCommit>,
        lock: &WriterLock,
        patience: &mut Patience<'_>,
    ) -> Result<Option<CommitId>, Error> {
        let home = self.home();
        let plan = Plan::of(snapshot, update)?;
        let mut checkout = self.checkout(place)?;
        if !self.is_untouched(place, checkout.as_mut(), &plan)? {
            return Ok(None);
        }
        let store = || StoredCommit::of(snapshot, &plan, update);
        let StoredCommit { id: commit, mut flusher } = match (stored, update.signer()) {
            (Some(stored), _) => stored,
            (None, Some(signer)) => patience.untimed(|| lock.while_signing(&signer.name, store))?,
            (None, None) => store()?,
        };
        let apart = update.changes().flat_map(|change| &change.apart);
        let apart = self.draft_apart(apart, &mut flusher)?;
        at(CrashPoint::ObjectsWritten);
        let mut pending = Pending::begin(self, place, plan, commit)?;
        at(CrashPoint::JournalWritten);
        flusher.begin(journal::path_in(&home));
        flusher.add(home.clone());
        flusher.finish().map_err(Error::io(FileTask::Flush, &self.common))?;
        at(CrashPoint::Flushed);

        if let Some(read) = checkout.take() {
            pending.lock_index(patience)?;
            at(CrashPoint::IndexLocked);
            if !self.is_checked_out(&place.branch) {
                return Ok(None);
            }
            if let Some(what) = self.operation_in_progress() {
                return Err(Error::InProgress { what });
            }
            let mut renewed = read.renewed(&self.gitdir, &home)?;
            if self.tip(&place.branch)? != place.tip {
                return Ok(None);
            }
            renewed.refuse_hand_edits(self, place.tip, &pending.journal.files)?;
            checkout = Some(renewed);
        }
        if !self.move_apart(&apart)? {
            return Ok(None);
        }
        at(CrashPoint::ApartMoved);
        if !self.move_reference(place, commit, update)? {
            self.move_apart_back(&apart)?;
            return Ok(None);
        }
        at(CrashPoint::ReferenceMoved);

        pending.complete(checkout, flusher, patience)?;
        Ok(Some(commit))
    }

    fn checkout(&self, place: &WriteTarget) -> Result<Option<Checkout>, Error> {
        let open = |root| Checkout::open(root, &self.gitdir, &self.home());
        place.root.as_deref().map(open).transpose()
    }

    /// Refuses where a file to be changed was edited by hand; false if the branch moved.
    fn is_untouched(
        &self,
        place: &WriteTarget,
        checkout: Option<&mut Checkout>,
        plan: &Plan<'_>,
    ) -> Result<bool, Error> {
        let judge =
            |checkout: &mut Checkout| checkout.refuse_hand_edits(self, place.tip, &plan.steps);
        match checkout.map_or(Ok(()), judge) {
            // a foreign commit looks like hand edits until its own tip is read
            Err(_) if self.tip(&place.branch)? != place.tip => Ok(false),
            refused => refused.map(|()| true),
        }
    }

    /// Moves the branch from the tip that was decided on to `new`; false if it is no longer there.
    fn move_reference(
        &self,
        place: &WriteTarget,
        new: CommitId,
        update: &BranchUpdate,
    ) -> Result<bool, Error> {
        let how = match (update, place.tip) {
            (BranchUpdate::Commits { .. }, Some(_)) => "commit",
            (BranchUpdate::Commits { .. } | BranchUpdate::Merge { .. }, None) => "commit (initial)",
            (BranchUpdate::Merge { .. }, Some(_)) => "commit (merge)",
            (BranchUpdate::Forward(_), _) => "merge",
        };
        let what = update.changes().last().map_or("Fast-forward", Change::subject);
        let note = format!("{how}: {what}");
        // the zero id stands for “must not exist”
        let old = place.tip.map_or(Oid::ZERO_SHA1, |tip| tip.0);
        let name = format!("refs/heads/{}", place.branch);
        match self.inner.reference_matching(&name, new.0, true, old, &note) {
            Ok(_) => Ok(true),
            Err(error) => match error.code() {
                _ if self.tip(&place.branch)? == Some(new) => Ok(true),
                ErrorCode::Modified | ErrorCode::Locked | ErrorCode::NotFound => Ok(false),
                _ => Err(Error::git(GitTask::MoveBranch(place.branch.clone()))(error)),
            },
        }
    }
}

/// A write under way: until its reference has moved, dropping it takes everything back.
struct Pending<'r> {
    repository: &'r Repository,
    journal: Journal,
    mark: Vec<u8>,
    lock: Option<IndexLock>,
    landed: bool,
}

impl<'r> Pending<'r> {
    fn begin(
        repository: &'r Repository,
        place: &WriteTarget,
        plan: Plan<'_>,
        new: CommitId,
    ) -> Result<Self, Error> {
        let journal = Journal {
            nonce: journal::draw_nonce()?,
            branch: place.branch.clone(),
            old: place.tip,
            new,
            gitdir: place.root.as_ref().map(|_| repository.gitdir_name()).transpose()?,
            files: plan.steps,
        };
        let mark = journal.save(&repository.home())?;
        Ok(Self { repository, journal, mark, lock: None, landed: false })
    }

    fn lock_index(&mut self, patience: &mut Patience<'_>) -> Result<(), Error> {
        let journal = journal::path_in(&self.repository.home());
        let gitdir = &self.repository.gitdir;
        self.lock = Some(IndexLock::take(gitdir, &journal, &self.mark, patience)?);
        Ok(())
    }

    /// Lets files and index follow the reference, and flushes. If something keeps them from it the
    /// commit stands, and journal and `index.lock` stay for the next command.
    fn complete(
        mut self,
        checkout: Option<Checkout>,
        mut flusher: Flusher,
        patience: &Patience<'_>,
    ) -> Result<(), Error> {
        self.landed = true;
        let repository = self.repository;
        let places = repository.reference_places(&self.journal.branch);
        // the folders of a branch that was there are on the disk already
        let new = if self.journal.old.is_some() { 2 } else { usize::MAX };
        places.take(new).for_each(|place| flusher.add(place));
        let root = checkout.as_ref().map(|checkout| checkout.root().to_owned());
        let settled = checkout
            .map(|checkout| checkout.settle(repository, &self.journal.nonce, &self.journal.files))
            .transpose();
        let settled = settled.map(|settled| {
            let touched = settled.into_iter().flat_map(|settled| settled.touched);
            touched.for_each(|place| flusher.add(place));
        });
        // flushed between the index and its lock: a `git commit` that read the old index before this
        // one was installed finds the lock and gives up, and does not put the old one back
        let commit = self.journal.new;
        flusher.finish().map_err(|source| Error::NotFlushed { commit, source })?;
        let finished = settled.and_then(|()| {
            if let Some(root) = root.filter(|_| !repository.is_checked_out(&self.journal.branch)) {
                repository.follow_switch(&root, &self.journal)?;
            }
            self.lock.take().map_or(Ok(()), IndexLock::release)?;
            at(CrashPoint::IndexUnlocked);
            journal::drop_in(&repository.home())?;
            at(CrashPoint::JournalDropped);
            Ok(())
        });
        if let Err(error) = finished {
            patience.notify(Notice::Unfinished(error));
        }
        Ok(())
    }
}

impl Drop for Pending<'_> {
    fn drop(&mut self) {
        if self.landed {
            return;
        }
        // what cannot be removed now, the next command's recovery removes
        let released = self.lock.take().map_or(Ok(()), IndexLock::release);
        if released.is_ok() {
            let _ = journal::drop_in(&self.repository.home());
        }
    }
}

impl Repository {
    /// Gives the files of a step to the branch that was switched to meanwhile as that branch has
    /// them: `git switch -c` asks for no index.lock, and would carry them along as staged.
    fn follow_switch(&self, root: &Path, journal: &Journal) -> Result<(), Error> {
        let tip = match self.head_branch()? {
            Head::Branch { name, .. } => self.tip(&name)?,
            Head::Detached { commit } => Some(commit),
        };
        let Some(tip) = tip else { return Ok(()) };
        let mut steps = self.steps_to(tip, journal)?;
        for (step, done) in steps.iter_mut().zip(&journal.files) {
            step.old = done.new;
        }
        let checkout = Checkout::open(root, &self.gitdir, &self.home())?;
        checkout.settle(self, &journal.nonce, &steps).map(drop)
    }

    pub(super) fn reference_file(&self, branch: &str) -> PathBuf {
        self.common.join("refs/heads").join(branch)
    }

    /// The file of a branch, with every folder that may be new.
    fn reference_places(&self, branch: &str) -> impl Iterator<Item = PathBuf> {
        let top = self.common.join("refs");
        let mut next = Some(self.reference_file(branch));
        std::iter::from_fn(move || {
            let place = next.take().filter(|place| *place != top)?;
            next = place.parent().map(PathBuf::from);
            Some(place)
        })
    }
}
