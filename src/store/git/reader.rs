//! Large folders read by git itself, for an audit.
//!
//! Git stores each version of a folder as what differs from another one. libgit2 forgets all of
//! them together once they take sixteen megabytes, and keeps none above one megabyte: it then makes
//! each version anew out of dozens. Git forgets one at a time.

use std::{
    cell::{OnceCell, RefCell},
    io::{self, BufRead, BufReader, Read, Write},
    process::{Child, ChildStdin, ChildStdout, Stdio},
};

use git2::Oid;

use super::{
    Repository,
    error::{Error, FileTask},
    isolated::Isolated,
};

/// A folder of so many bytes is large.
const LARGE: usize = 128 * 1024;
/// The largest pipe that anybody may have.
const PIPE: usize = 1 << 20;
/// A folder of more bytes is left to libgit2 to refuse.
const MOST: usize = 1 << 30;

/// A git that reads objects one after the other.
struct CatFile {
    git: Child,
    asks: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
    /// Where it runs; in a box, for a repository holds a reader.
    _here: Box<Isolated>,
}

/// Reads folders by a git that is begun for the first of them.
pub(super) struct TreeReader {
    /// From so many bytes on; smaller ones libgit2 keeps long enough.
    pub(super) from: usize,
    git: OnceCell<RefCell<Option<CatFile>>>,
}

impl Default for TreeReader {
    fn default() -> Self {
        Self::from(LARGE)
    }
}

impl TreeReader {
    pub(super) fn from(bytes: usize) -> Self {
        Self { from: bytes, git: OnceCell::new() }
    }

    /// The bytes of a folder of `repository`; `None` where git does not give them, after which it is
    /// not asked again.
    pub(super) fn read(&self, repository: &Repository, id: Oid) -> Option<Vec<u8>> {
        let begun = || RefCell::new(CatFile::of(repository).ok());
        let mut git = self.git.get_or_init(begun).borrow_mut();
        let bytes = git.as_mut()?.read(id);
        if bytes.is_err() {
            // where it stands in its answers is not known any more
            *git = None;
        }
        bytes.ok()
    }
}

impl CatFile {
    fn of(repository: &Repository) -> Result<Self, Error> {
        let here = Isolated::beside(repository)?;
        let mut git = here.git();
        git.args(["cat-file", "--batch"]);
        git.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let lost = || Error::io(FileTask::Run, "git");
        let mut git = git.spawn().map_err(lost())?;
        let (asks, answers) = (git.stdin.take(), git.stdout.take());
        if let Some(answers) = &answers {
            // else it would wait for us a dozen times a folder
            let _ = rustix::pipe::fcntl_setpipe_size(answers, PIPE);
        }
        let answers = answers.ok_or_else(|| lost()(io::ErrorKind::BrokenPipe.into()))?;
        Ok(Self { git, asks, answers: BufReader::new(answers), _here: Box::new(here) })
    }

    fn read(&mut self, id: Oid) -> io::Result<Vec<u8>> {
        let asks = self.asks.as_mut().ok_or(io::ErrorKind::BrokenPipe)?;
        asks.write_all(format!("{id}\n").as_bytes())?;
        let mut head = String::new();
        self.answers.read_line(&mut head)?;
        let size = head.strip_prefix(&format!("{id} tree "));
        let size: Option<usize> = size.and_then(|size| size.trim_end().parse().ok());
        let size = size.filter(|size| *size <= MOST).ok_or(io::ErrorKind::InvalidData)?;
        let mut bytes = Vec::with_capacity(size + 1);
        self.answers.by_ref().take(size as u64 + 1).read_to_end(&mut bytes)?;
        bytes.pop().filter(|_| bytes.len() == size).ok_or(io::ErrorKind::UnexpectedEof)?;
        Ok(bytes)
    }
}

impl Drop for CatFile {
    fn drop(&mut self) {
        // it ends when nothing more is asked
        self.asks = None;
        let _ = self.git.wait();
    }
}
