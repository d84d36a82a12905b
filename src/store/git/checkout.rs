//! A working tree that follows the branch: its files and its index, judged and changed together.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use super::{
    Repository,
    error::{Edit, Error},
    ids::{BlobId, CommitId},
    index::StagedIndex,
    journal::FileUpdate,
    tree,
    worktree::{self, FileState, Writer},
};

/// So many commits back an entry of the index is looked for that another program put back.
const COMMITS: usize = 64;

/// The files and the index of one working tree, read once.
pub(super) struct Checkout {
    root: PathBuf,
    index: StagedIndex,
}

/// What came of bringing files and index to the new versions.
#[derive(Debug, Default)]
pub(super) struct CheckoutResult {
    /// Files and folders to flush.
    pub(super) touched: BTreeSet<PathBuf>,
    /// Files that are somebody's own and were left.
    pub(super) left: Vec<String>,
}

impl Checkout {
    pub(super) fn open(root: &Path, gitdir: &Path, home: &Path) -> Result<Self, Error> {
        Ok(Self { root: root.to_owned(), index: StagedIndex::open(gitdir, home)? })
    }

    /// Refuses if a file to be changed was edited, removed, staged or put behind a link by hand.
    ///
    /// Git reads the index before it locks it, so a `git commit` that began before a step may put
    /// the older entry back after it. Nobody staged that, so it follows the step again.
    pub(super) fn refuse_hand_edits(
        &mut self,
        repository: &Repository,
        tip: Option<CommitId>,
        steps: &[FileUpdate],
    ) -> Result<(), Error> {
        for step in steps {
            let edited = |edit| Err(Error::HandEdited { path: step.path.clone(), edit });
            if worktree::standing(&self.root, step)? != FileState::Old && !self.is_sparse(step)? {
                return edited(Edit::Unstaged);
            }
            if !self.index.holds(&step.path, step.old) {
                if !self.holds_earlier_version(repository, tip, &step.path)? {
                    return edited(Edit::Staged);
                }
                self.index.overwrite(&step.path);
            }
        }
        Ok(())
    }

    /// Whether the index holds `path` as one of the last commits did.
    fn holds_earlier_version(
        &self,
        repository: &Repository,
        tip: Option<CommitId>,
        path: &str,
    ) -> Result<bool, Error> {
        let parent = |commit: &CommitId| {
            repository.inner.find_commit(commit.0).ok()?.parent_id(0).ok().map(CommitId)
        };
        for commit in std::iter::successors(tip, parent).skip(1).take(COMMITS) {
            let root = repository.snapshot(commit)?.root();
            if self.index.holds(path, tree::lookup(repository, root, path)?) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether the file is absent because a sparse checkout leaves it out.
    fn is_sparse(&self, step: &FileUpdate) -> Result<bool, Error> {
        Ok(self.index.is_skipped(&step.path) && worktree::is_absent(&self.root, step)?)
    }

    /// The working tree's folder.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Reads the index again if somebody replaced it since. Needed under `index.lock`.
    pub(super) fn renewed(self, gitdir: &Path, home: &Path) -> Result<Self, Error> {
        if self.index.is_current()? {
            return Ok(self);
        }
        let root = self.root.clone();
        drop(self);
        Self::open(&root, gitdir, home)
    }

    /// Brings files and index from the old to the new versions and installs the index. What is
    /// neither is somebody's and is left.
    pub(super) fn settle(
        mut self,
        repository: &Repository,
        nonce: &str,
        steps: &[FileUpdate],
    ) -> Result<CheckoutResult, Error> {
        let mut writer = Writer { root: &self.root, nonce, touched: BTreeSet::new() };
        let mut left = Vec::new();
        for (n, step) in steps.iter().enumerate() {
            let content = step.new.map(|new| repository.read_blob(BlobId(new.id))).transpose()?;
            let (standing, file) = match writer.bring(n, step, content.as_deref()) {
                Err(Error::Symlinked { .. }) => (FileState::Foreign, None),
                brought => brought?,
            };
            if standing == FileState::Foreign && !self.index.is_skipped(&step.path) {
                left.push(step.path.clone());
            }
            self.index.bring(step, file.as_ref());
        }
        let touched = writer.touched;
        self.index.install()?;
        Ok(CheckoutResult { touched, left })
    }
}
