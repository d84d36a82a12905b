//! Git's own lock over the index.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use super::super::{
    Notice,
    error::{Error, FileTask},
    journal::remove_if_there,
    lock::{Patience, private},
};

/// `index.lock`, held with the journal's bytes as its mark.
pub(in crate::store::git) struct IndexLock {
    path: PathBuf,
}

impl IndexLock {
    /// Takes `index.lock` in `gitdir`, waiting for others; a lock that already bears `mark` is
    /// taken over. `journal` is the file that holds the mark.
    pub(in crate::store::git) fn take(
        gitdir: &Path,
        journal: &Path,
        mark: &[u8],
        patience: &mut Patience<'_>,
    ) -> Result<Self, Error> {
        let path = gitdir.join("index.lock");
        loop {
            match mark_lock(journal, &path, mark) {
                Ok(()) => break,
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                    if Self::is_marked(&path, mark) {
                        break;
                    }
                }
                Err(source) => {
                    return Err(Error::Io { task: FileTask::Create, path, source });
                }
            }
            if !patience.wait(|| Notice::WaitingForGit { path: path.clone() }) {
                return Err(Error::GitLocked { path });
            }
        }
        patience.renew();
        Ok(Self { path })
    }

    /// Whether the lock at `path` bears `mark`.
    fn is_marked(path: &Path, mark: &[u8]) -> bool {
        let same_size = fs::symlink_metadata(path)
            .is_ok_and(|found| found.is_file() && found.len() == mark.len() as u64);
        same_size && fs::read(path).is_ok_and(|found| found == mark)
    }

    /// Removes the lock of a write that never happened; one that does not bear `mark` stays.
    pub(in crate::store::git) fn remove_marked(gitdir: &Path, mark: &[u8]) -> Result<(), Error> {
        let path = gitdir.join("index.lock");
        if Self::is_marked(&path, mark) {
            remove_if_there(&path).map_err(Error::io(FileTask::Remove, path))?;
        }
        Ok(())
    }

    pub(in crate::store::git) fn release(self) -> Result<(), Error> {
        remove_if_there(&self.path).map_err(Error::io(FileTask::Remove, self.path))
    }
}

/// Makes `lock` appear with its mark already in it, by a hard link of the journal; where the file
/// system has no links, by creating and filling it.
fn mark_lock(journal: &Path, lock: &Path, mark: &[u8]) -> io::Result<()> {
    match fs::hard_link(journal, lock) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            private().create_new(true).open(lock)?.write_all(mark)
        }
        linked => linked,
    }
}
