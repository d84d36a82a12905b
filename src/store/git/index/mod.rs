//! Git's index: read once, changed in exactly our entries, installed in one rename.

use std::{
    fs::{self, File, FileTimes, Metadata},
    io::{self, Write},
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    time::SystemTime,
};

use git2::{IndexEntry, IndexEntryExtendedFlag, IndexTime};

use super::{
    Notice,
    crash::{Point, at},
    error::Error,
    journal::{Step, remove_if_there},
    lock::{Patience, private},
    tree::Entry,
};

/// The index of one working tree, held in memory over a private copy of its file.
pub(super) struct StagedIndex {
    installed: PathBuf,
    copy: PrivateCopy,
    index: git2::Index,
    seen: Option<Stamp>,
}

/// A file of ours that goes when it is no longer wanted.
struct PrivateCopy(PathBuf);

impl Drop for PrivateCopy {
    fn drop(&mut self) {
        // what stays behind is cleared by the next writer
        let _ = fs::remove_file(&self.0);
    }
}

/// Which file the index was when it was read. Git replaces the file, never writes into it, and our
/// hard link keeps the number of the old one from being given out again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp {
    device: u64,
    number: u64,
    size: u64,
    modified: Option<SystemTime>,
}

impl StagedIndex {
    /// Reads the index of the working tree whose git directory is `gitdir`, through a private
    /// copy in `home`.
    pub(super) fn open(gitdir: &Path, home: &Path) -> Result<Self, Error> {
        let installed = gitdir.join("index");
        let copy = PrivateCopy(home.join("index"));
        clear_copies(home)?;
        let seen = stamp(&installed)?;
        if seen.is_some() {
            fs::hard_link(&installed, &copy.0)
                .or_else(|_no_links| fs::copy(&installed, &copy.0).map(drop))
                .map_err(Error::io("copy", &installed))?;
        }
        let index = git2::Index::open(&copy.0).map_err(not_readable)?;
        Ok(Self {
            installed,
            copy,
            index,
            seen,
        })
    }

    /// Whether the installed index is still the one that was read.
    pub(super) fn is_current(&self) -> Result<bool, Error> {
        Ok(stamp(&self.installed)? == self.seen)
    }

    /// Whether the index holds `version` at `path` and nothing else there, above or below it.
    pub(super) fn holds(&self, path: &str, version: Option<Entry>) -> bool {
        let stage = |stage| self.index.get_path(Path::new(path), stage);
        let held = stage(0).map(|entry| Entry {
            mode: entry.mode,
            id: entry.id,
        });
        let plain = (1..=3).all(|n| stage(n).is_none());
        plain && held == version.map(Entry::normal) && !self.has_another_kind(path)
    }

    /// Whether a file lies where `path` needs a folder, or a folder at `path`.
    fn has_another_kind(&self, path: &str) -> bool {
        let above = path.match_indices('/').any(|(end, _)| {
            (0..=3).any(|stage| {
                self.index
                    .get_path(Path::new(&path[..end]), stage)
                    .is_some()
            })
        });
        above || self.index.find_prefix(format!("{path}/")).is_ok()
    }

    /// Whether a sparse checkout keeps this path out of the working tree.
    pub(super) fn is_skipped(&self, path: &str) -> bool {
        let skip = IndexEntryExtendedFlag::SKIP_WORKTREE.bits();
        let entry = self.index.get_path(Path::new(path), 0);
        entry.is_some_and(|entry| entry.flags_extended & skip != 0)
    }

    /// Sets the entry of `step` to its new version; `file` is what lies in the working tree.
    /// An entry that is neither the old nor the new version is somebody's and stays.
    pub(super) fn bring(&mut self, step: &Step, file: Option<&Metadata>) -> Result<(), Error> {
        if !self.holds(&step.path, step.old) && !self.holds(&step.path, step.new) {
            return Ok(());
        }
        let path = Path::new(&step.path);
        let known = self.index.get_path(path, 0);
        let changed = match (step.new, known) {
            (Some(new), known) => {
                let extended = known.map_or(0, |entry| entry.flags_extended);
                self.index
                    .add(&entry_of(&step.path, new.normal(), file, extended))
            }
            (None, Some(_)) => self.index.remove(path, 0),
            (None, None) => Ok(()),
        };
        changed.map_err(Error::git(format!("put {} into the index", step.path)))
    }

    /// Writes the index beside the installed one and renames it onto it.
    ///
    /// The file keeps the time of the one it replaces. Git compares a file's content whenever its
    /// time is not older than the index's; a younger index would hide an edit made in the same
    /// moment as the last `git add`, of any file (git's own “racy” problem).
    pub(super) fn install(mut self) -> Result<(), Error> {
        self.index.write().map_err(Error::git("write the index"))?;
        if let Some(modified) = self.seen.and_then(|seen| seen.modified) {
            let times = FileTimes::new().set_modified(modified);
            File::options()
                .write(true)
                .open(&self.copy.0)
                .and_then(|file| file.set_times(times))
                .map_err(Error::io("date", &self.copy.0))?;
        }
        at(Point::IndexPrepared);
        fs::rename(&self.copy.0, &self.installed).map_err(Error::io("replace", &self.installed))?;
        at(Point::IndexInstalled);
        Ok(())
    }
}

/// Removes the private copies that a crash left in `home`.
pub(super) fn clear_copies(home: &Path) -> Result<(), Error> {
    for name in ["index", "index.lock"] {
        let path = home.join(name);
        remove_if_there(&path).map_err(Error::io("remove", path))?;
    }
    Ok(())
}

fn stamp(path: &Path) -> Result<Option<Stamp>, Error> {
    match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        read => {
            let read = read.map_err(Error::io("look at", path))?;
            Ok(Some(Stamp {
                device: read.dev(),
                number: read.ino(),
                size: read.size(),
                modified: read.modified().ok(),
            }))
        }
    }
}

fn not_readable(source: git2::Error) -> Error {
    let (setting, way_out) = if source.message().contains("'link'") {
        (
            "a split index (core.splitIndex)",
            "; git update-index --no-split-index undoes it",
        )
    } else if source.message().contains("'sdir'") {
        (
            "a sparse index (index.sparse)",
            "; git sparse-checkout reapply --no-sparse-index undoes it",
        )
    } else {
        return Error::Git {
            doing: "read the index".to_owned(),
            source,
        };
    };
    Error::Unsupported {
        setting: setting.to_owned(),
        way_out,
    }
}

/// An entry with the data by which git sees that `file` is unchanged; the fields are cut to 32
/// bits as git itself cuts them.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the index keeps the low 32 bits of every number"
)]
fn entry_of(
    path: &str,
    version: Entry,
    file: Option<&Metadata>,
    flags_extended: u16,
) -> IndexEntry {
    let time = |seconds: i64, nanos: i64| IndexTime::new(seconds as i32, nanos as u32);
    IndexEntry {
        ctime: file.map_or(time(0, 0), |file| time(file.ctime(), file.ctime_nsec())),
        mtime: file.map_or(time(0, 0), |file| time(file.mtime(), file.mtime_nsec())),
        dev: file.map_or(0, |file| file.dev() as u32),
        ino: file.map_or(0, |file| file.ino() as u32),
        mode: version.mode,
        uid: file.map_or(0, MetadataExt::uid),
        gid: file.map_or(0, MetadataExt::gid),
        file_size: file.map_or(0, |file| file.size() as u32),
        id: version.id,
        flags: 0,
        flags_extended,
        path: path.as_bytes().to_vec(),
    }
}

/// Git's own lock over the index, held with the journal's bytes as its mark.
pub(super) struct IndexLock {
    path: PathBuf,
}

impl IndexLock {
    /// Takes `index.lock` in `gitdir`, waiting for others; a lock that already bears `mark` is
    /// taken over. `journal` is the file that holds the mark.
    pub(super) fn take(
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
                    return Err(Error::Io {
                        doing: "create",
                        path,
                        source,
                    });
                }
            }
            if !patience.wait(|| Notice::WaitingForGit { path: path.clone() }) {
                return Err(Error::IndexLocked { path });
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
    pub(super) fn remove_marked(gitdir: &Path, mark: &[u8]) -> Result<(), Error> {
        let path = gitdir.join("index.lock");
        if Self::is_marked(&path, mark) {
            remove_if_there(&path).map_err(Error::io("remove", path))?;
        }
        Ok(())
    }

    pub(super) fn release(self) -> Result<(), Error> {
        remove_if_there(&self.path).map_err(Error::io("remove", self.path))
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
