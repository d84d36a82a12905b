//! What can go wrong between docket and git.

use std::{io, path::PathBuf};

use git2::{ErrorClass, ErrorCode};

use super::{ids::CommitId, lock::Signer};
use crate::domain::base::text::TextFault;

/// A refusal or a failure of the repository, naming the culprit.
#[derive(Debug)]
pub enum Error {
    NotARepository {
        dir: PathBuf,
    },
    AlreadyARepository {
        dir: PathBuf,
    },
    /// Something that is no repository, as an init that was killed leaves it.
    HalfMade {
        path: PathBuf,
    },
    /// A repository of another user of the machine.
    ForeignOwner {
        dir: PathBuf,
    },
    /// A repository that uses what docket cannot read.
    Unsupported(UnsupportedFormat),
    BadBranch {
        branch: String,
    },
    BadPath {
        path: String,
        why: PathFault,
    },
    BadPerson {
        person: String,
        why: TextFault,
    },
    /// Git cannot say who acts; what it says instead.
    NoIdentity {
        output: String,
    },
    /// Somebody whom git names in another encoding.
    IdentityNotUtf8 {
        person: String,
    },
    /// A setting that should be on or off.
    BadSetting {
        key: String,
        value: String,
    },
    /// A link, a folder or a device in the place of a file.
    NotAFile {
        path: String,
    },
    TooLarge {
        path: String,
        size: u64,
    },
    Damaged(DamagedObject),
    HandEdited {
        path: String,
        edit: Edit,
    },
    /// A path that is, or lies under, a symbolic link.
    Symlinked {
        path: String,
    },
    /// Something that git has begun and not finished.
    InProgress {
        what: Unfinished,
    },
    CheckedOutElsewhere {
        branch: String,
        dir: PathBuf,
    },
    NotCheckedOut {
        branch: String,
    },
    LockTimeout {
        path: PathBuf,
    },
    SignerTimeout(Signer),
    GitLocked {
        path: PathBuf,
    },
    /// A branch that kept moving while docket tried to write to it.
    Contended {
        branch: String,
    },
    /// A reference beside which git cannot write another one: a name is a file or a folder.
    Obstructed {
        reference: String,
        by: String,
    },
    NoSuchRemote {
        remote: String,
        known: Vec<String>,
    },
    Remote {
        transfer: Transfer,
        remote: String,
        output: String,
    },
    /// A command of git that failed.
    Refused {
        task: GitTask,
        output: String,
    },
    NotSigned {
        output: String,
    },
    /// A commit that is made, but may not survive a power cut.
    NotFlushed {
        commit: CommitId,
        source: io::Error,
    },
    Io {
        task: FileTask,
        path: PathBuf,
        source: io::Error,
    },
    /// An object that is not in this clone.
    Missing {
        task: GitTask,
    },
    Git {
        task: GitTask,
        source: Cause,
    },
}

/// What of a repository docket cannot read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnsupportedFormat {
    /// Objects by another hash than SHA-1.
    Objects(String),
    /// References in another form than files.
    References(String),
    /// An extension of the format, as `name=value`.
    Extension(String),
    IndexVersion(u32),
    SplitIndex,
    SparseIndex,
    IndexExtension(String),
    /// A common directory that a variable names.
    CommonDirectory,
    /// A branch that is another name of a branch.
    BranchAlias(String),
}

/// Why something cannot be a path in the repository.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathFault {
    Empty,
    TooLong,
    /// A backslash or a control character.
    BadCharacter,
    /// An absolute path, or an empty part.
    NotRelative,
    /// `.` or `..`.
    Dots,
    GitFolder,
    /// The change names it, or a file above it, already.
    NamedTwice,
    NotUtf8,
}

/// What is not as git made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DamagedObject {
    /// Nothing is known but its name.
    Named(String),
    /// A reference that is kept apart and names no commit.
    Apart(String),
    Hash,
    NoCommit(String),
    NotATree(String),
    TreeCutShort(String),
    FolderTooLarge(String),
    FolderTooDeep(String),
    Index(IndexDamage),
}

/// What is wrong with the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IndexDamage {
    Sum,
    NotAnIndex,
    /// It counts more entries than it has.
    Count,
    Order,
    LongNames,
    CutShortAfterEntries,
    CutShortAt {
        entry: usize,
    },
}

/// What git has begun in a working tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfinished {
    Merge,
    Revert,
    CherryPick,
    Bisect,
    Rebase,
    Am,
    RebaseOrAm,
}

/// Which way commits go between a clone and its remote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transfer {
    Fetch,
    Push,
}

/// What was to be done with a file or a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileTask {
    Read,
    Inspect,
    Write,
    Create,
    Open,
    Lock,
    Rename,
    Replace,
    Repair,
    Remove,
    Flush,
    Run,
    /// Random bytes for a name.
    Draw,
}

/// What git was to do, or docket with git's objects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GitTask {
    LookForRepository(String),
    OpenRepository(String),
    MakeRepository(String),
    OpenObjects,
    ReadObjects(String),
    ReadCommit(String),
    ReadTree(String),
    ReadFile(String),
    ReadFileOf { path: String, commit: String },
    ReadSignature(String),
    ReadBranch(String),
    ReadHead,
    ReadIndex,
    WriteObject,
    MoveBranch(String),
    MergeFile(String),
    ListRemotes,
    ListBranches,
    ReadSettings,
    WalkBack(String),
    FindBefore { old: String, new: String },
    FindFork { one: String, other: String },
    FindRevision(String),
    ChangeSetting(String),
    CompareWorkingTree,
    CompareJournal,
    StageFiles,
    CommitMerge,
    AbortMerge,
    Merge,
    RestoreFiles,
    TakeBack,
    RemoveFile,
}

/// Why libgit2 could not do something.
#[derive(Debug)]
pub enum Cause {
    DamagedObject,
    /// A name that is the beginning of several.
    Ambiguous,
    /// A cause of the system, or a sentence about a name that somebody gave, in libgit2's words.
    Reported(String),
}

impl Cause {
    fn of(error: &git2::Error) -> Self {
        match (error.class(), error.code()) {
            (_, ErrorCode::Ambiguous) => Self::Ambiguous,
            (ErrorClass::Odb | ErrorClass::Zlib | ErrorClass::Object | ErrorClass::Tree, _) => {
                Self::DamagedObject
            }
            _ => Self::Reported(error.message().to_owned()),
        }
    }
}

/// How a file that docket should change was changed by somebody without a commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit {
    /// The file in the working tree differs from the tip of the branch.
    Unstaged,
    /// The index holds something else than the tip of the branch.
    Staged,
}

impl Error {
    /// Puts the file and the task to an error of the system.
    pub(super) fn io(task: FileTask, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { task, path, source }
    }

    /// Puts the task to an error of libgit2, of which people see the cause and never the sentence
    /// that is meant for programmers.
    pub(super) fn git(task: GitTask) -> impl FnOnce(git2::Error) -> Self {
        move |source| match (source.class(), source.code()) {
            (ErrorClass::Odb, ErrorCode::NotFound) => Self::Missing { task },
            _ => Self::Git { task, source: Cause::of(&source) },
        }
    }
}
