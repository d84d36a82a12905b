//! Files outside of the data repository: those to be read, such as attachments and imports, and those that
//! are written, whole or not at all.

use std::{
    fs::{self, File, FileType, OpenOptions},
    io::{self, Read, Write},
    os::unix::fs::{FileTypeExt, OpenOptionsExt},
    path::Path,
};

use tempfile::NamedTempFile;

use super::git::MAX_BLOB;
use crate::domain::base::media::FileShape;

/// No link is followed, and no pipe waited for.
const PLAIN: i32 =
    rustix::fs::OFlags::NOFOLLOW.union(rustix::fs::OFlags::NONBLOCK).bits().cast_signed();

/// Reads a file that is no larger than a desk's own may be.
///
/// # Errors
/// A file that is not there, too large, or cannot be read.
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    // a device tells no length, and may have no end
    let bytes = read_start(path, MAX_BLOB + 1)?;
    if bytes.len() as u64 > MAX_BLOB {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok(bytes)
}

/// Reads at most so many bytes of a file.
pub fn read_start(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Reads at most so many bytes of what is a file itself, and neither leads to one nor is anything
/// else that can be opened.
///
/// # Errors
/// A file that is not there, or cannot be read.
pub fn read_plain(path: &Path, most: u64) -> io::Result<Result<Vec<u8>, FileShape>> {
    let shape = |kind: FileType| {
        if kind.is_dir() {
            FileShape::Directory
        } else if kind.is_symlink() {
            FileShape::Link
        } else if kind.is_fifo() {
            FileShape::Pipe
        } else if kind.is_socket() {
            FileShape::Socket
        } else {
            FileShape::Device
        }
    };
    let kind = fs::symlink_metadata(path)?.file_type();
    if !kind.is_file() {
        return Ok(Err(shape(kind)));
    }
    let file = OpenOptions::new().read(true).custom_flags(PLAIN).open(path)?;
    // it may have become something else meanwhile
    let kind = file.metadata()?.file_type();
    if !kind.is_file() {
        return Ok(Err(shape(kind)));
    }
    let mut bytes = Vec::new();
    file.take(most).read_to_end(&mut bytes)?;
    Ok(Ok(bytes))
}

/// Writes a file whole or not at all; what is no plain file, such as a pipe, is written to.
///
/// # Errors
/// A folder that is not there, or cannot be written in.
pub fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // The program that made a file leaves it to the user's mask who may read it.
    put_as(path, bytes, 0o666)
}

/// As [`put`], a file that nobody but its owner may read: it holds personal data.
///
/// # Errors
/// As [`put`].
pub fn put_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    put_as(path, bytes, 0o600)
}

/// What lies in the place of a file that was to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placement {
    /// The file, as of now.
    Written,
    /// A file with the same content, which was there before.
    Same,
    /// Another file, which stays as it is.
    Taken,
}

/// As [`put_private`], in the place of no other file.
///
/// # Errors
/// As [`put`].
pub fn put_new_private(path: &Path, bytes: &[u8]) -> io::Result<Placement> {
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    if path.exists() && !path.is_file() {
        fs::write(&path, bytes)?;
        return Ok(Placement::Written);
    }
    if !path.exists() {
        match beside(&path, bytes, 0o600)?.persist_noclobber(&path) {
            Ok(_) => return Ok(Placement::Written),
            Err(failed) if failed.error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(failed) => return Err(failed.error),
        }
    }
    let known = read_start(&path, bytes.len() as u64 + 1)?;
    Ok(if known == bytes { Placement::Same } else { Placement::Taken })
}

fn put_as(path: &Path, bytes: &[u8], mode: u32) -> io::Result<()> {
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    if path.exists() && !path.is_file() {
        return fs::write(&path, bytes);
    }
    beside(&path, bytes, mode)?.persist(&path).map_err(|failed| failed.error)?;
    Ok(())
}

/// The content in a file beside the one that it becomes.
fn beside(path: &Path, bytes: &[u8], mode: u32) -> io::Result<NamedTempFile<File>> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let open = |path: &Path| OpenOptions::new().write(true).create_new(true).mode(mode).open(path);
    let folder = folder.unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().make_in(folder, open)?;
    file.write_all(bytes)?;
    Ok(file)
}
