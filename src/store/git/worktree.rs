//! The files people see: judged before they are changed, changed without ever overwriting an edit.

use std::{
    collections::BTreeSet,
    fs::{self, DirBuilder, Metadata, OpenOptions},
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use super::{
    MAX_BLOB,
    crash::{CrashPoint, at},
    error::{Error, FileTask},
    flush,
    ids::BlobId,
    journal::{FileUpdate, Journal},
    shared,
    tree::{EXECUTABLE, TreeEntry},
};

/// What lies at a path of the working tree.
enum OnDisk {
    Absent,
    File(Metadata),
    /// A folder, a device or a pipe; or a file where a folder is expected.
    Other,
}

/// How a file of the working tree stands to one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FileState {
    Old,
    New,
    /// Somebody's own version.
    Foreign,
}

/// Tells which version of `step` lies under `root`, without reading more than it must.
pub(super) fn standing(root: &Path, step: &FileUpdate) -> Result<FileState, Error> {
    let found = match look(root, &step.path)? {
        OnDisk::Other => return Ok(FileState::Foreign),
        OnDisk::Absent => None,
        OnDisk::File(metadata) if metadata.len() > MAX_BLOB => return Ok(FileState::Foreign),
        OnDisk::File(_) => {
            let path = root.join(&step.path);
            let bytes = fs::read(&path).map_err(Error::io(FileTask::Read, path))?;
            match BlobId::of(&bytes) {
                None => return Ok(FileState::Foreign),
                found => found,
            }
        }
    };
    let is = |version: Option<TreeEntry>| found == version.map(|entry| BlobId(entry.id));
    Ok(match (is(step.old), is(step.new)) {
        (true, _) => FileState::Old,
        (false, true) => FileState::New,
        (false, false) => FileState::Foreign,
    })
}

/// Whether nothing lies at the path of `step`.
pub(super) fn is_absent(root: &Path, step: &FileUpdate) -> Result<bool, Error> {
    Ok(matches!(look(root, &step.path)?, OnDisk::Absent))
}

/// Looks without following symbolic links, refusing those that lie on the way.
fn look(root: &Path, path: &str) -> Result<OnDisk, Error> {
    let ends = path.match_indices('/').map(|(end, _)| end).chain([path.len()]);
    for end in ends {
        let here = root.join(&path[..end]);
        let last = end == path.len();
        let metadata = match fs::symlink_metadata(&here) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(OnDisk::Absent),
            read => read.map_err(Error::io(FileTask::Inspect, here))?,
        };
        match metadata.file_type() {
            kind if kind.is_symlink() => {
                return Err(Error::Symlinked { path: path[..end].to_owned() });
            }
            kind if last && kind.is_file() => return Ok(OnDisk::File(metadata)),
            kind if last || !kind.is_dir() => return Ok(OnDisk::Other),
            _ => {}
        }
    }
    Ok(OnDisk::Absent)
}

/// Writes the files of one journal under one root.
pub(super) struct Writer<'a> {
    pub(super) root: &'a Path,
    pub(super) nonce: &'a str,
    /// What must be flushed before the files are safe.
    pub(super) touched: BTreeSet<PathBuf>,
}

impl Writer<'_> {
    /// Brings the file of step number `n` to its new version if it is still the old one. Gives the
    /// new file's metadata, `None` where there is none or somebody's own version was left.
    pub(super) fn bring(
        &mut self,
        n: usize,
        step: &FileUpdate,
        content: Option<&[u8]>,
    ) -> Result<(FileState, Option<Metadata>), Error> {
        let mut standing = standing(self.root, step)?;
        if standing == FileState::Old && step.old != step.new {
            match content {
                Some(bytes) => self.replace(n, step, bytes)?,
                None => self.remove(step)?,
            }
            standing = FileState::New;
        }
        let metadata = match look(self.root, &step.path)? {
            OnDisk::File(metadata) if standing != FileState::Foreign => Some(metadata),
            OnDisk::File(_) | OnDisk::Absent | OnDisk::Other => None,
        };
        Ok((standing, metadata))
    }

    fn replace(&mut self, n: usize, step: &FileUpdate, bytes: &[u8]) -> Result<(), Error> {
        let path = self.root.join(&step.path);
        let failed = |source| Error::Io { task: FileTask::Write, path: path.clone(), source };
        self.make_folders(&step.path)?;
        let temporary = Journal::temporary(self.nonce, self.root, step, n);
        let executable = step.new.is_some_and(|new| new.mode == EXECUTABLE);
        let mut file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .custom_flags(rustix::fs::OFlags::NOFOLLOW.bits().cast_signed())
            .mode(shared::tree_mode(if executable { 0o777 } else { 0o666 }))
            .open(&temporary)
            .map_err(failed)?;
        let written = file.write_all(bytes).and_then(|()| {
            at(CrashPoint::FileHalfWritten);
            flush::begin(&file);
            fs::rename(&temporary, &path)
        });
        if let Err(source) = written {
            // it is of no use to anybody, and the first error is the one to tell
            let _ = fs::remove_file(&temporary);
            return Err(failed(source));
        }
        self.touched.extend(path.parent().map(Path::to_path_buf));
        self.touched.insert(path);
        at(CrashPoint::FileWritten);
        Ok(())
    }

    /// Makes the folders above `path` that are missing.
    fn make_folders(&mut self, path: &str) -> Result<(), Error> {
        for (end, _) in path.match_indices('/') {
            let folder = self.root.join(&path[..end]);
            match DirBuilder::new().create(&folder) {
                Ok(()) => self.touched.extend(folder.parent().map(Path::to_path_buf)),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(source) => {
                    return Err(Error::Io { task: FileTask::Create, path: folder, source });
                }
            }
        }
        Ok(())
    }

    /// Removes the file, and the folders that hold nothing more, as git does.
    fn remove(&mut self, step: &FileUpdate) -> Result<(), Error> {
        let path = self.root.join(&step.path);
        super::journal::remove_if_there(&path).map_err(Error::io(FileTask::Remove, &path))?;
        let mut folder = path.parent();
        while let Some(here) = folder.filter(|here| *here != self.root) {
            if fs::remove_dir(here).is_err() {
                break;
            }
            folder = here.parent();
        }
        self.touched.extend(folder.map(Path::to_path_buf));
        at(CrashPoint::FileWritten);
        Ok(())
    }
}
