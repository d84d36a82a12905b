//! The note of what a write is about to do, from which the next command can finish it.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::{
    error::{Error, FileTask},
    lock::private,
    tree::TreeEntry,
};

/// One write, from before its reference moves until its index is installed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Journal {
    /// Unlike that of any other write; names its temporary files.
    pub(super) nonce: String,
    pub(super) branch: String,
    /// The tip before, `None` for the first commit of a branch.
    pub(super) old: Option<super::ids::CommitId>,
    pub(super) new: super::ids::CommitId,
    /// The git directory of the working tree that follows, seen from the common directory;
    /// `None` when no working tree does.
    pub(super) gitdir: Option<String>,
    pub(super) files: Vec<FileUpdate>,
}

/// One file on its way from one version to another; `None` where it is absent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileUpdate {
    pub(super) path: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) old: Option<TreeEntry>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) new: Option<TreeEntry>,
}

/// What lies where the journal belongs.
pub(super) enum JournalState {
    Nothing,
    /// A journal with its exact bytes, which also mark the `index.lock` it took.
    Journal(Journal, Vec<u8>),
    Damaged(Vec<u8>),
}

pub(super) fn path_in(home: &Path) -> PathBuf {
    home.join("journal")
}

/// Sixteen random hexadecimal digits.
pub(super) fn draw_nonce() -> Result<String, Error> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).map_err(|error| Error::Io {
        task: FileTask::Draw,
        path: PathBuf::from("journal"),
        source: io::Error::other(error),
    })?;
    Ok(format!("{:016x}", u64::from_ne_bytes(bytes)))
}

impl Journal {
    /// Writes the journal under its name at once or not at all, and gives its bytes. Flushing is
    /// the caller's.
    pub(super) fn save(&self, home: &Path) -> Result<Vec<u8>, Error> {
        let path = path_in(home);
        let failed = |source| Error::Io { task: FileTask::Write, path: path.clone(), source };
        let mut bytes = serde_json::to_vec(self).map_err(|error| failed(error.into()))?;
        bytes.push(b'\n');
        let draft = home.join("journal.tmp");
        let mut file = private().create(true).truncate(true).open(&draft).map_err(failed)?;
        file.write_all(&bytes).map_err(failed)?;
        fs::rename(&draft, &path).map_err(failed)?;
        Ok(bytes)
    }

    /// The temporary file through which the step number `at` writes its file.
    pub(super) fn temporary(nonce: &str, root: &Path, step: &FileUpdate, at: usize) -> PathBuf {
        let file = root.join(&step.path);
        file.with_file_name(format!(".docket-{nonce}-{at}.tmp"))
    }

    fn is_sound(&self) -> bool {
        let nonce = self.nonce.len() == 16 && self.nonce.bytes().all(|b| b.is_ascii_hexdigit());
        nonce && self.files.iter().all(|step| super::path::check_plain(&step.path).is_ok())
    }
}

/// Reads the journal of `home`.
pub(super) fn load(home: &Path) -> Result<JournalState, Error> {
    let path = path_in(home);
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(JournalState::Nothing),
        Err(source) => {
            return Err(Error::Io { task: FileTask::Read, path, source });
        }
    };
    Ok(match serde_json::from_slice::<Journal>(&bytes) {
        Ok(journal) if journal.is_sound() => JournalState::Journal(journal, bytes),
        _ => JournalState::Damaged(bytes),
    })
}

/// Removes the journal: the write it tells of is over.
pub(super) fn drop_in(home: &Path) -> Result<(), Error> {
    let path = path_in(home);
    remove_if_there(&path).map_err(Error::io(FileTask::Remove, path))
}

/// Puts a journal that cannot be read out of the way and tells where.
pub(super) fn set_aside(home: &Path) -> Result<PathBuf, Error> {
    let aside = home.join("journal.damaged");
    fs::rename(path_in(home), &aside).map_err(Error::io(FileTask::Rename, path_in(home)))?;
    Ok(aside)
}

pub(super) fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}
