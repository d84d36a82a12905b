//! The only place that knows git: bytes at paths, commits, and the one road for writing.
//!
//! Nothing here knows of records, YAML or policy. Reading goes through [`Snapshot`], never through
//! the working tree; writing goes through [`Repository::write`] and nothing else.

pub mod apart;
pub mod apart_remote;
mod apart_repair;
mod appended;
mod backups;
pub mod changed_folders;
mod checkout;
mod crash;
mod create;
pub mod diff;
mod driver;
mod edits;
pub mod error;
mod flush;
pub mod header;
pub mod identity;
pub mod ids;
mod index;
mod isolated;
mod journal;
mod kept_packs;
pub mod lock;
pub mod log;
pub mod merge;
mod object_writer;
mod objects;
mod open;
mod path;
pub mod personal;
mod read;
mod reader;
pub mod recover;
pub mod remote;
mod settings;
mod shared;
mod side_files;
pub mod signed;
pub mod snapshot;
mod tree;
mod unfinished_merge;
pub mod variables;
pub mod walk;
mod worktree;
mod write;

#[cfg(test)]
mod tests;

use std::{
    cell::{OnceCell, RefCell},
    fmt,
    path::{Path, PathBuf},
    rc::Rc,
    time::Duration,
};

use git2::{ErrorCode, Odb, Oid, ReferenceType, RepositoryState};

use self::{
    apart::ApartChange,
    error::{Error, GitTask, Unfinished, UnsupportedFormat},
    ids::{BlobId, CommitId},
    lock::Signer,
    log::CommitInfo,
    reader::TreeReader,
    settings::Settings,
    snapshot::Snapshot,
    tree::RawTree,
    variables::GitVariables,
};
use crate::{
    domain::base::{characters::clean_line, time::Timestamp},
    store::recent::Recent,
};

/// No file of a desk is larger than this, in bytes; larger ones are not read.
pub const MAX_BLOB: u64 = 8 * 1024 * 1024;

/// Of the folders that were read lately, bytes that are kept; twice as many at the most.
const MOST_OF_TREES: usize = 16 * 1024 * 1024;

/// Of the commits that were read lately, so many are kept.
const MOST_INFOS: usize = 64;

/// A git repository that the program has opened.
pub struct Repository {
    inner: git2::Repository,
    /// What all working trees share.
    common: PathBuf,
    /// What this working tree has for itself: `HEAD`, the index, operations under way.
    gitdir: PathBuf,
    limits: WaitLimits,
    /// Where else objects lie: those of a push that is not taken yet.
    also: Option<PathBuf>,
    /// The variables that git goes by in this run.
    variables: GitVariables,
    /// Git's settings as they were when the first of them was asked for.
    settings: RefCell<Option<Settings>>,
    /// Author and committer, once they were asked for.
    identities: [OnceCell<Identity>; 2],
    /// Folders that were read lately, by git's names of them.
    trees: RefCell<Recent<Oid, Rc<RawTree>>>,
    tree_reader: TreeReader,
    /// Commits that were read lately: each one is its children's parent as well.
    infos: RefCell<Recent<CommitId, CommitInfo>>,
}

/// How patient a command is.
#[derive(Clone, Copy, Debug)]
struct WaitLimits {
    /// The most to wait for locks and a moving branch, all together.
    wait: Duration,
    /// The most to wait for one who signs under the writer lock.
    signing: Duration,
    /// When to say that it waits.
    remark: Duration,
    /// How often to start again when the branch moved.
    tries: u32,
}

const LIMITS: WaitLimits = WaitLimits {
    wait: Duration::from_secs(30),
    signing: Duration::from_mins(2),
    remark: Duration::from_secs(1),
    tries: 20,
};

/// What `HEAD` names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Head {
    /// A branch; `tip` is `None` before its first commit.
    Branch { name: String, tip: Option<CommitId> },
    /// A commit and no branch.
    Detached { commit: CommitId },
}

/// What a writer should hear while it waits and after it has written.
#[derive(Debug)]
pub enum Notice {
    /// Another docket is writing in this clone.
    WaitingForWriter,
    /// Another docket has its commit signed, and this cannot be done while others write.
    WaitingForSigner(Signer),
    /// This lock file is git's, and there.
    WaitingForGit { path: PathBuf },
    /// The branch moves faster than we decide.
    WaitingForBranch,
    /// The commit is made and safe, but files and index do not follow yet; the next command
    /// will try again.
    Unfinished(Error),
    /// The branch has this commit now.
    Committed(CommitId),
}

/// One commit to be made on top of a branch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub files: Vec<FileChange>,
    /// What changes beside the branch, written before it.
    pub apart: Vec<ApartChange>,
    /// Written as given, to the last byte.
    pub message: String,
    pub author: Identity,
    pub committer: Identity,
    /// The date of author and committer, with its offset.
    pub at: Timestamp,
    /// The author's date, where the deed is older than its commit.
    pub done_at: Option<Timestamp>,
    /// Whether git signs the commit, by its own settings.
    pub sign: bool,
}

impl Change {
    /// The first line of the message.
    pub fn subject(&self) -> &str {
        self.message.lines().next().unwrap_or_default()
    }
}

/// How a branch moves on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BranchUpdate {
    /// By commits on top of its tip, each on the one before: all of them or none.
    Commits { earlier: Vec<Change>, last: Change },
    /// By a merge of its tip with another commit.
    Merge {
        other: CommitId,
        /// Files that the merge takes from the other side as they are.
        taken: Vec<String>,
        change: Change,
    },
    /// To a commit that its tip leads to.
    Forward(CommitId),
}

impl BranchUpdate {
    /// By these commits, one on the other; `None` where there are none.
    pub fn of(mut changes: Vec<Change>) -> Option<Self> {
        let last = changes.pop()?;
        Some(Self::Commits { earlier: changes, last })
    }

    /// Who has a program sign the commit; `None` where nobody does.
    fn signer(&self) -> Option<&Identity> {
        let signed = self.changes().find(|change| change.sign)?;
        Some(&signed.author)
    }

    /// The last of its commits; `None` where it makes none.
    pub fn last_mut(&mut self) -> Option<&mut Change> {
        match self {
            Self::Commits { last, .. } => Some(last),
            Self::Merge { change, .. } => Some(change),
            Self::Forward(_) => None,
        }
    }

    /// What its commits change, one after the other.
    pub fn changes(&self) -> impl Iterator<Item = &Change> {
        let (earlier, last) = match self {
            Self::Commits { earlier, last } => (&earlier[..], Some(last)),
            Self::Merge { change, .. } => (&[][..], Some(change)),
            Self::Forward(_) => (&[][..], None),
        };
        earlier.iter().chain(last)
    }
}

impl From<Change> for BranchUpdate {
    fn from(change: Change) -> Self {
        Self::Commits { earlier: Vec::new(), last: change }
    }
}

/// The new content of one file, `None` to delete it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileChange {
    pub path: String,
    pub content: Option<Vec<u8>>,
}

/// Somebody as a commit names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    pub name: String,
    pub email: String,
}

impl fmt::Debug for Repository {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Repository").field("common", &self.common).finish_non_exhaustive()
    }
}

impl Repository {
    /// The top of the working tree, `None` in a bare repository.
    pub fn workdir(&self) -> Option<&Path> {
        self.inner.workdir()
    }

    /// The directory that all working trees of the clone share.
    pub fn common_dir(&self) -> &Path {
        &self.common
    }

    /// What `HEAD` names.
    ///
    /// # Errors
    /// [`Error::Git`] if `HEAD` cannot be read, [`Error::BadBranch`] if it names no branch.
    pub fn head_branch(&self) -> Result<Head, Error> {
        let head = self.inner.find_reference("HEAD").map_err(Error::git(GitTask::ReadHead))?;
        if let Some(id) = head.target() {
            return Ok(Head::Detached { commit: CommitId(id) });
        }
        let target = head.symbolic_target_bytes().unwrap_or_default();
        let target = String::from_utf8_lossy(target).into_owned();
        match target.strip_prefix("refs/heads/") {
            Some(name) => Ok(Head::Branch { name: name.to_owned(), tip: self.tip(name)? }),
            None => Err(Error::BadBranch { branch: target }),
        }
    }

    /// The last commit of `branch`, `None` before its first.
    ///
    /// # Errors
    /// [`Error::BadBranch`] for what cannot be the name of one, [`Error::Unsupported`] for a
    /// branch that is only another name of one.
    pub fn tip(&self, branch: &str) -> Result<Option<CommitId>, Error> {
        if !git2::Branch::name_is_valid(branch).unwrap_or(false) {
            return Err(Error::BadBranch { branch: clean_line(branch).into_owned() });
        }
        let found = match self.inner.find_reference(&format!("refs/heads/{branch}")) {
            Err(error) if error.code() == ErrorCode::NotFound => return Ok(None),
            found => found.map_err(Error::git(GitTask::ReadBranch(branch.to_owned())))?,
        };
        match (found.kind(), found.target()) {
            (Some(ReferenceType::Direct), Some(id)) => Ok(Some(CommitId(id))),
            _ => Err(Error::Unsupported(UnsupportedFormat::BranchAlias(branch.to_owned()))),
        }
    }

    /// The commit that a revision such as `main~3`, a tag or a short id names. A name that both a
    /// branch and a tag have is the branch's, otherwise than with git: anybody may push a tag.
    ///
    /// # Errors
    /// [`Error::Git`] for an ambiguous one; an unknown one is `None`.
    pub fn resolve(&self, rev: &str) -> Result<Option<CommitId>, Error> {
        let own = self.with_branch_named(rev);
        let rev = own.as_deref().unwrap_or(rev);
        let unknown = [ErrorCode::NotFound, ErrorCode::InvalidSpec, ErrorCode::UnbornBranch];
        let object = match self.inner.revparse_single(rev) {
            Err(error) if unknown.contains(&error.code()) => return Ok(None),
            found => {
                found.map_err(Error::git(GitTask::FindRevision(clean_line(rev).into_owned())))?
            }
        };
        Ok(object.peel_to_commit().ok().map(|commit| CommitId(commit.id())))
    }

    /// A revision that begins with the name of a branch, with the branch's full name.
    fn with_branch_named(&self, rev: &str) -> Option<String> {
        let ends = [rev.find(['~', '^', ':']), rev.find("@{")];
        let end = ends.into_iter().flatten().min().unwrap_or(rev.len());
        let (name, rest) = rev.split_at(end);
        // what git looks for first: HEAD, and whole names
        let is_other = name.ends_with("HEAD") || name.starts_with("refs/");
        if is_other || ids::parse_oid(name).is_some() {
            return None;
        }
        let full = format!("refs/heads/{name}");
        let is_branch = git2::Branch::name_is_valid(name).unwrap_or(false)
            && self.inner.find_reference(&full).is_ok();
        is_branch.then(|| full + rest)
    }

    /// Sets a git setting of this clone.
    ///
    /// # Errors
    /// [`Error::Git`] for a key that cannot be, or if the file cannot be written;
    /// [`Error::GitLocked`] if git writes it just now, or was killed while it did.
    pub fn set_config(&self, key: &str, value: &str) -> Result<(), Error> {
        let set = || {
            let mut local = self.inner.config()?.open_level(git2::ConfigLevel::Local)?;
            local.set_str(key, value)?;
            self.settings.take();
            Ok(())
        };
        set().map_err(|error: git2::Error| match error.code() {
            ErrorCode::Locked => Error::GitLocked { path: self.common.join("config.lock") },
            _ => Error::git(GitTask::ChangeSetting(key.to_owned()))(error),
        })
    }

    /// What lies under `name` in docket's own folder.
    pub fn recall(&self, name: &str) -> Option<Vec<u8>> {
        side_files::recall(&self.home(), name)
    }

    /// Keeps `bytes` for [`Self::recall`], whole or not at all; where that cannot be, nothing
    /// happens.
    pub fn remember(&self, name: &str, bytes: &[u8]) {
        side_files::remember(&self.home(), name, bytes);
    }

    /// Removes what is left of a [`Self::remember`] that was killed.
    pub fn drop_drafts(&self) {
        side_files::drop_drafts(&self.home());
    }

    /// Changes a few lines for [`Self::recall`] sooner than [`Self::remember`], where it does not
    /// matter if it fails halfway; `None` leaves them.
    pub fn note(&self, name: &str, change: impl FnOnce(Vec<u8>) -> Option<Vec<u8>>) {
        side_files::note(&self.home(), name, change);
    }

    /// The files of a commit.
    ///
    /// # Errors
    /// [`Error::Git`] if there is no such commit.
    pub fn snapshot(&self, commit: CommitId) -> Result<Snapshot<'_>, Error> {
        Snapshot::of(self, commit)
    }

    /// The files of a branch without commits: none.
    pub fn empty_snapshot(&self) -> Snapshot<'_> {
        Snapshot::empty(self)
    }

    /// What git is in the midst of in this working tree.
    pub fn operation_in_progress(&self) -> Option<Unfinished> {
        Some(match self.inner.state() {
            RepositoryState::Clean => return None,
            RepositoryState::Merge => Unfinished::Merge,
            RepositoryState::Revert | RepositoryState::RevertSequence => Unfinished::Revert,
            RepositoryState::CherryPick | RepositoryState::CherryPickSequence => {
                Unfinished::CherryPick
            }
            RepositoryState::Bisect => Unfinished::Bisect,
            RepositoryState::Rebase
            | RepositoryState::RebaseInteractive
            | RepositoryState::RebaseMerge => Unfinished::Rebase,
            RepositoryState::ApplyMailbox => Unfinished::Am,
            RepositoryState::ApplyMailboxOrRebase => Unfinished::RebaseOrAm,
        })
    }

    /// Whether the clone holds the newest commits alone.
    pub fn is_shallow(&self) -> bool {
        self.inner.is_shallow()
    }

    /// Whether the clone was made without some of the objects, which git fetches when it needs them.
    pub fn is_partial(&self) -> bool {
        let remotes = self.inner.remotes().ok();
        let names = remotes.iter().flat_map(|names| names.iter().flatten().flatten());
        let is_set = |key: &str| matches!(self.config(key), Ok(Some(_)));
        let promises = |name: &str| {
            self.config_switch(&format!("remote.{name}.promisor")).ok().flatten() == Some(true)
                || is_set(&format!("remote.{name}.partialclonefilter"))
        };
        is_set("extensions.partialclone") || names.into_iter().any(promises)
    }

    /// Whether git has the content of this name here.
    pub fn has_blob(&self, id: BlobId) -> bool {
        self.inner.odb().is_ok_and(|odb| odb.exists(id.0))
    }

    /// A folder by git's name of it.
    fn tree(&self, id: Oid) -> Result<Rc<RawTree>, Error> {
        self.tree_of_about(id, 0)
    }

    /// As [`Self::tree`], where it is known about how many bytes it takes.
    fn tree_of_about(&self, id: Oid, size: usize) -> Result<Rc<RawTree>, Error> {
        if let Some(tree) = self.trees.borrow_mut().get(&id) {
            return Ok(tree);
        }
        let by_git = size >= self.tree_reader.from && read::is_verifying();
        let tree = match by_git.then(|| self.tree_reader.read(self, id)).flatten() {
            Some(bytes) => RawTree::verified(id, bytes)?,
            None => RawTree::read(&self.odb()?, id)?,
        };
        let tree = Rc::new(tree);
        self.trees.borrow_mut().put(id, Rc::clone(&tree), tree.len());
        Ok(tree)
    }

    /// Lets this process hold every object that it reads from now on against its name.
    pub fn verify_objects(&self) {
        read::verify();
        self.trees.borrow_mut().clear();
        self.infos.borrow_mut().clear();
    }

    fn odb(&self) -> Result<Odb<'_>, Error> {
        self.inner.odb().map_err(Error::git(GitTask::OpenObjects))
    }

    /// Makes docket's own folder in this clone, for its owner or those who share it.
    pub fn make_home(&self) -> Result<(), Error> {
        self.share()?;
        lock::make_home(&self.home())
    }

    /// Docket's own folder in this clone.
    pub fn home(&self) -> PathBuf {
        self.common.join("docket")
    }
}

/// The mode of a file that only its owner may read, or those who share the repository.
pub fn private_mode() -> u32 {
    shared::file_mode()
}
