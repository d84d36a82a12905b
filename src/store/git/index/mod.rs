//! Git's index: read once, changed in exactly our entries, installed in one rename.
//!
//! libgit2 would read every entry into memory and write every one again (150 ms with 100,000); here
//! all bytes that do not change go from the old file into the new one as they are.

mod extensions;
pub(super) mod lock;
mod raw;
mod splice;
mod sums;

use std::{
    collections::BTreeSet,
    fs::{self, File, FileTimes, Metadata},
    io::{self, Read},
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    time::SystemTime,
};

use self::{
    raw::RawIndex,
    splice::{IndexEdits, IndexFacts, SplicedIndex},
};
use super::{
    crash::{CrashPoint, at},
    error::{Error, FileTask},
    journal::{FileUpdate, remove_if_there},
    tree::TreeEntry,
};

/// The index of one working tree with the changes to be made to it.
pub(super) struct StagedIndex {
    installed: PathBuf,
    /// Where the new index is written before it takes the place of the old one.
    draft: TemporaryFile,
    index: RawIndex,
    edits: IndexEdits,
    /// Paths whose entry is nobody's, whatever it holds.
    overwritten: BTreeSet<String>,
    seen: Option<IndexFile>,
}

/// A file of ours that goes when it is no longer wanted.
struct TemporaryFile(PathBuf);

impl Drop for TemporaryFile {
    fn drop(&mut self) {
        // what stays behind is cleared by the next writer
        let _ = fs::remove_file(&self.0);
    }
}

/// The file that was read. Git replaces the index, never writes into it, and while the old file is
/// open its number is not given out again.
struct IndexFile {
    stamp: FileStamp,
    _open: File,
}

/// Which file the index was when it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct FileStamp {
    device: u64,
    number: u64,
    size: u64,
    modified: Option<SystemTime>,
}

impl StagedIndex {
    /// Reads the index of the working tree whose git directory is `gitdir`; the new one is drafted
    /// in `home`.
    pub(super) fn open(gitdir: &Path, home: &Path) -> Result<Self, Error> {
        let installed = gitdir.join("index");
        let (index, seen) = match File::open(&installed) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => (RawIndex::empty(), None),
            opened => {
                let failed = |source| Error::io(FileTask::Read, &installed)(source);
                let mut file = opened.map_err(failed)?;
                let stamp = FileStamp::of(&file.metadata().map_err(failed)?);
                let mut bytes = Vec::new();
                file.read_to_end(&mut bytes).map_err(failed)?;
                let seen = IndexFile { stamp, _open: file };
                (RawIndex::read(bytes)?, Some(seen))
            }
        };
        Ok(Self {
            installed,
            draft: TemporaryFile(home.join("index")),
            index,
            edits: IndexEdits::new(),
            overwritten: BTreeSet::new(),
            seen,
        })
    }

    /// Whether the installed index is still the one that was read.
    pub(super) fn is_current(&self) -> Result<bool, Error> {
        let now = match fs::metadata(&self.installed) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            found => {
                Some(FileStamp::of(&found.map_err(Error::io(FileTask::Inspect, &self.installed))?))
            }
        };
        Ok(now == self.seen.as_ref().map(|seen| seen.stamp))
    }

    /// Whether the index holds `version` at `path` and nothing else there, above or below it.
    pub(super) fn holds(&self, path: &str, version: Option<TreeEntry>) -> bool {
        let places = self.index.places(path.as_bytes());
        let held = match places.len() {
            0 => None,
            1 if self.index.stage(places.start) == 0 => self.index.entry(places.start),
            _ => return false,
        };
        let is_there = !places.is_empty();
        is_there == version.is_some()
            && held == version.map(TreeEntry::normal)
            && !self.has_another_kind(path)
    }

    /// Whether a file lies where `path` needs a folder, or a folder at `path`.
    fn has_another_kind(&self, path: &str) -> bool {
        let mut above = path.match_indices('/').map(|(end, _)| &path[..end]);
        above.any(|file| !self.index.places(file.as_bytes()).is_empty())
            || self.index.has_below(format!("{path}/").as_bytes())
    }

    /// Whether a sparse checkout keeps this path out of the working tree.
    pub(super) fn is_skipped(&self, path: &str) -> bool {
        let place = self.index.places(path.as_bytes()).next();
        place.is_some_and(|place| self.index.stage(place) == 0 && self.index.is_skipped(place))
    }

    /// Lets [`Self::bring`] replace the entry at `path`, whatever it holds.
    pub(super) fn overwrite(&mut self, path: &str) {
        self.overwritten.insert(path.to_owned());
    }

    /// Sets the entry of `step` to its new version; `file` is what lies in the working tree.
    /// An entry that is neither the old nor the new version is somebody's and stays.
    pub(super) fn bring(&mut self, step: &FileUpdate, file: Option<&Metadata>) {
        let is_known = self.holds(&step.path, step.old) || self.holds(&step.path, step.new);
        if is_known || self.overwritten.contains(&step.path) {
            let facts = step.new.map(|new| facts_of(new.normal(), file));
            self.edits.insert(step.path.clone(), facts);
        }
    }

    /// Writes the index beside the installed one and renames it onto it.
    ///
    /// The file keeps the time of the one it replaces. Git compares a file's content whenever its
    /// time is not older than the index's; a younger index would hide an edit made in the same
    /// moment as the last `git add`, of any file (git's own “racy” problem).
    pub(super) fn install(self) -> Result<(), Error> {
        if self.edits.is_empty() {
            return Ok(());
        }
        let draft = &self.draft.0;
        let write = || {
            remove_if_there(draft)?;
            let mut file = File::create_new(draft)?;
            SplicedIndex::of(&self.index, &self.edits).write(&mut file)?;
            match self.seen.as_ref().and_then(|seen| seen.stamp.modified) {
                Some(modified) => file.set_times(FileTimes::new().set_modified(modified)),
                None => Ok(()),
            }
        };
        write().map_err(Error::io(FileTask::Write, draft))?;
        at(CrashPoint::IndexPrepared);
        fs::rename(draft, &self.installed)
            .map_err(Error::io(FileTask::Replace, &self.installed))?;
        at(CrashPoint::IndexInstalled);
        Ok(())
    }
}

impl FileStamp {
    fn of(file: &Metadata) -> Self {
        Self {
            device: file.dev(),
            number: file.ino(),
            size: file.size(),
            modified: file.modified().ok(),
        }
    }
}

/// Removes the draft that a crash left in `home`.
pub(super) fn clear_draft(home: &Path) -> Result<(), Error> {
    let path = home.join("index");
    remove_if_there(&path).map_err(Error::io(FileTask::Remove, path))
}

/// The data by which git sees that `file` is unchanged; the fields are cut to 32 bits as git itself
/// cuts them.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the index keeps the low 32 bits of every number"
)]
fn facts_of(version: TreeEntry, file: Option<&Metadata>) -> IndexFacts {
    let of = |number: fn(&Metadata) -> u32| file.map_or(0, number);
    let numbers = [
        of(|file| file.ctime() as u32),
        of(|file| file.ctime_nsec() as u32),
        of(|file| file.mtime() as u32),
        of(|file| file.mtime_nsec() as u32),
        of(|file| file.dev() as u32),
        of(|file| file.ino() as u32),
        version.mode,
        of(MetadataExt::uid),
        of(MetadataExt::gid),
        of(|file| file.size() as u32),
    ];
    let mut facts = [0; 60];
    for (field, number) in facts.chunks_exact_mut(4).zip(numbers) {
        field.copy_from_slice(&number.to_be_bytes());
    }
    facts[40..].copy_from_slice(version.id.as_bytes());
    facts
}
