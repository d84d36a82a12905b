//! Writing objects one by one, as git keeps them until it packs them.
//!
//! libgit2 compresses every object, and looks for new packs before each: together an eighth of a
//! step. What fills one block of the disk either way is written here as it is, and so are trees,
//! half of which are names that no compressing makes shorter. libgit2 writes everything else, and
//! whatever is there already, which it keeps from being pruned.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use git2::{ObjectType, Odb, OdbLookupFlags, Oid};

use super::{
    Repository,
    crash::{CrashPoint, at},
    error::{Error, FileTask, GitTask},
    flush::{self, Flusher},
    journal::draw_nonce,
};

/// What a file system gives to the smallest file.
const BLOCK: usize = 4096;
/// A larger tree is worth compressing.
const LARGE: usize = 64 * 1024;
/// More than head and sum of an object in one block take.
const MARGIN: usize = 64;
/// The most that a block of bytes which are not compressed can hold.
const STORED: usize = 0xffff;

/// Where new objects go, on their way to the disk; nothing points at them yet.
pub(super) struct ObjectWriter<'r, 'f> {
    odb: Odb<'r>,
    folder: PathBuf,
    flusher: &'f mut Flusher,
}

impl<'r, 'f> ObjectWriter<'r, 'f> {
    pub(super) fn of(repository: &'r Repository, flusher: &'f mut Flusher) -> Result<Self, Error> {
        Ok(Self { odb: repository.odb()?, folder: repository.common.join("objects"), flusher })
    }

    pub(super) fn odb(&self) -> &Odb<'r> {
        &self.odb
    }

    /// Writes an object and gives its name.
    pub(super) fn put(&mut self, kind: ObjectType, bytes: &[u8]) -> Result<Oid, Error> {
        let failed = || Error::git(GitTask::WriteObject);
        let most = if kind == ObjectType::Tree { LARGE } else { BLOCK - MARGIN };
        let id = Oid::hash_object(kind, bytes).map_err(failed())?;
        let as_it_is = if self.odb.exists_ext(id, OdbLookupFlags::NO_REFRESH) {
            // what a power cut left empty is there as well, and libgit2 would believe it
            !self.odb.read(id).is_ok_and(|object| object.data() == bytes)
        } else {
            bytes.len() <= most
        };
        if as_it_is {
            self.put_as_it_is(id, kind, bytes)?;
            return Ok(id);
        }
        self.odb.write(kind, bytes).map_err(failed())?;
        self.written(id);
        Ok(id)
    }

    /// Takes up an object that somebody else has written.
    pub(super) fn written(&mut self, id: Oid) {
        let place = self.place(id);
        self.flusher.begin(place.clone());
        self.add_folders(&place);
    }

    fn put_as_it_is(&mut self, id: Oid, kind: ObjectType, bytes: &[u8]) -> Result<(), Error> {
        let place = self.place(id);
        // Made here and not where it belongs: a file system puts what is made in one folder side by
        // side, and flushes it the faster. Git itself clears away what is called so.
        let draft = self.folder.join(format!("tmp_obj_{}", draw_nonce()?));
        let written = OpenOptions::new().write(true).create_new(true).mode(0o444).open(&draft);
        let put = written.and_then(|mut file| {
            file.write_all(&stored(format!("{kind} {}\0", bytes.len()).as_bytes(), bytes))?;
            flush::begin(&file);
            self.flusher.add_open(place.clone(), file);
            at(CrashPoint::ObjectDrafted);
            moved(&draft, &place)
        });
        put.map_err(|source| {
            let _ = fs::remove_file(&draft);
            Error::Io { task: FileTask::Write, path: place.clone(), source }
        })?;
        self.add_folders(&place);
        Ok(())
    }

    /// The upper one as well: somebody may have made the lower one a moment ago, and not flushed.
    fn add_folders(&mut self, place: &Path) {
        let own = place.parent().map(Path::to_path_buf);
        own.into_iter().chain([self.folder.clone()]).for_each(|folder| self.flusher.add(folder));
    }

    fn place(&self, id: Oid) -> PathBuf {
        let name = id.to_string();
        let (first, rest) = name.split_at(2);
        self.folder.join(first).join(rest)
    }
}

/// Moves an object to its place, and makes its folder where it is the first there; a `git gc` may
/// take an empty one away in between.
fn moved(draft: &Path, place: &Path) -> io::Result<()> {
    let mut moved = fs::rename(draft, place);
    for _ in 0..3 {
        match (&moved, place.parent()) {
            (Err(error), Some(folder)) if error.kind() == io::ErrorKind::NotFound => {
                match fs::create_dir(folder) {
                    Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                        return Err(error);
                    }
                    _ => moved = fs::rename(draft, place),
                }
            }
            _ => break,
        }
    }
    moved
}

/// A zlib stream (RFC 1950) of blocks that are not compressed (RFC 1951, 3.2.4).
fn stored(head: &[u8], body: &[u8]) -> Vec<u8> {
    let bytes = [head, body].concat();
    let mut stream = Vec::with_capacity(bytes.len() + bytes.len() / STORED * 5 + 11);
    stream.extend([0x78, 0x01]);
    let mut blocks = bytes.chunks(STORED).peekable();
    while let Some(block) = blocks.next() {
        stream.push(u8::from(blocks.peek().is_none()));
        let length = u16::try_from(block.len()).unwrap_or(u16::MAX);
        stream.extend(length.to_le_bytes());
        stream.extend((!length).to_le_bytes());
        stream.extend(block);
    }
    stream.extend(adler32(&bytes).to_be_bytes());
    stream
}

fn adler32(bytes: &[u8]) -> u32 {
    const PRIME: u32 = 65_521;
    // so many bytes at least fit into the sums before they must be brought down
    let sums = bytes.chunks(5_552).fold((1, 0), |(low, high), some| {
        let add = |(low, high): (u32, u32), byte: &u8| {
            let low = low + u32::from(*byte);
            (low, high + low)
        };
        let (low, high) = some.iter().fold((low, high), add);
        (low % PRIME, high % PRIME)
    });
    sums.1 << 16 | sums.0
}
