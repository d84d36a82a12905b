//! What can go wrong between docket and git.

use std::{io, path::PathBuf};

use git2::{ErrorClass, ErrorCode};

use super::{ids::CommitId, lock::Signer};
use crate::domain::base::text::TextFault;

/// A refusal or a failure of the repository, naming the culprit.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{} is not in a git repository", dir.display())]
    NotARepository { dir: PathBuf },

    #[error("{} is a git repository already", dir.display())]
    AlreadyARepository { dir: PathBuf },

    #[error("{} is there and is no repository, as an init that was killed leaves it", path.display())]
    HalfMade { path: PathBuf },

    #[error("the repository {} belongs to another user; git config --global --add safe.directory {} trusts it", dir.display(), dir.display())]
    ForeignOwner { dir: PathBuf },

    #[error("this repository uses {setting}, which docket cannot read{way_out}")]
    Unsupported { setting: String, way_out: &'static str },

    #[error("“{branch}” cannot be the name of a branch")]
    BadBranch { branch: String },

    #[error("“{path}” cannot be a path in the repository: {why}")]
    BadPath { path: String, why: &'static str },

    #[error("“{person}” cannot be named in a commit: {why}")]
    BadPerson { person: String, why: TextFault },

    #[error("{path} is not a plain file in the repository")]
    NotAFile { path: String },

    #[error("{path} is too large to read ({size} bytes)")]
    TooLarge { path: String, size: u64 },

    #[error("the repository is damaged: {what}; git fsck tells more")]
    Damaged { what: String },

    #[error("{path} {edit}")]
    HandEdited { path: String, edit: Edit },

    #[error("{path} is, or lies under, a symbolic link")]
    Symlinked { path: String },

    #[error("{what} is in progress; finish it or give it up first")]
    InProgress { what: &'static str },

    #[error("branch {branch} is checked out in {}; run the command there", dir.display())]
    CheckedOutElsewhere { branch: String, dir: PathBuf },

    #[error("branch {branch} is not checked out here any more")]
    NotCheckedOut { branch: String },

    #[error("another docket is still writing; waited for {}", path.display())]
    LockTimeout { path: PathBuf },

    #[error("{} is signing a commit (process {}) and did not come to an end in time", .0.name, .0.process)]
    SignerTimeout(Signer),

    #[error("{} is there, which is git's own lock", path.display())]
    GitLocked { path: PathBuf },

    #[error("branch {branch} kept moving while docket tried to write to it")]
    Contended { branch: String },

    #[error("there is no remote {remote}")]
    NoSuchRemote { remote: String, known: Vec<String> },

    #[error("could not {operation} {remote}: {said}")]
    Remote { operation: &'static str, remote: String, said: String },

    #[error("git could not {operation}: {said}")]
    Refused { operation: &'static str, said: String },

    #[error("git could not sign the commit: {said}")]
    NotSigned { said: String },

    #[error("commit {commit} is made, but may not survive a power cut")]
    NotFlushed { commit: CommitId, source: io::Error },

    #[error("cannot {operation} {}", path.display())]
    Io { operation: &'static str, path: PathBuf, source: io::Error },

    #[error("cannot {operation}: the object is not in this clone")]
    Missing { operation: String },

    #[error("cannot {operation}")]
    Git { operation: String, source: Cause },
}

/// Why libgit2 could not do something, in words for people.
#[derive(Debug)]
pub struct Cause(git2::Error);

impl std::fmt::Display for Cause {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.0.class(), self.0.code()) {
            (ErrorClass::Odb | ErrorClass::Zlib | ErrorClass::Object | ErrorClass::Tree, _) => {
                f.write_str("the object is damaged; git fsck tells more")
            }
            (_, ErrorCode::Ambiguous) => f.write_str("it is the beginning of several names"),
            // a cause of the system, or a sentence about a name that somebody gave
            _ => f.write_str(self.0.message()),
        }
    }
}

impl std::error::Error for Cause {}

/// How a file that docket should change was changed by somebody without a commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit {
    /// The file in the working tree differs from the tip of the branch.
    Unstaged,
    /// The index holds something else than the tip of the branch.
    Staged,
}

impl std::fmt::Display for Edit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Unstaged => "was changed by hand and not committed",
            Self::Staged => "has a staged change that is not committed",
        })
    }
}

impl Error {
    /// Puts the file and the deed to an error of the system.
    pub(super) fn io(
        operation: &'static str,
        path: impl Into<PathBuf>,
    ) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { operation, path, source }
    }

    /// Puts the deed to an error of libgit2, of which people see the cause and never the sentence
    /// that is meant for programmers.
    pub(super) fn git(operation: impl Into<String>) -> impl FnOnce(git2::Error) -> Self {
        let operation = operation.into();
        move |source| match (source.class(), source.code()) {
            (ErrorClass::Odb, ErrorCode::NotFound) => Self::Missing { operation },
            _ => Self::Git { operation, source: Cause(source) },
        }
    }
}
