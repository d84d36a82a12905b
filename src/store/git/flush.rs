//! Making sure that written bytes are on the disk.

use std::{
    collections::BTreeSet,
    fs::File,
    io,
    path::PathBuf,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

/// How many files are held open at most until they are flushed.
const OPEN: usize = 256;

/// How many threads at most wait for a slow disk besides the one that writes: about as many as a
/// step has files and folders to flush. To start one takes a tenth of what counts as slow.
const HELPERS: usize = 15;

/// A disk whose first flush takes longer is waited for by several threads; below it, starting them
/// costs as much as it saves. (Held against git with delays of 0.3, 1 and 4 ms put before each
/// flush: `docs/speed.md`.)
const SLOW: Duration = Duration::from_micros(250);

/// Files and folders on their way to the disk.
///
/// `syncfs` would be the fastest on a quiet disk, but it waits for everybody else's unwritten data
/// as well: a desk command must not hang on somebody's download.
#[derive(Default)]
pub(super) struct Flusher {
    places: BTreeSet<PathBuf>,
    opened: Vec<File>,
    failed: Option<io::Error>,
    is_slow: bool,
}

impl Flusher {
    /// Begins to write out a file that is complete.
    pub(super) fn begin(&mut self, file: PathBuf) {
        self.note(file, begin);
    }

    /// Notes a folder, or a file whose bytes are on their way already; one that is absent is
    /// passed over.
    pub(super) fn add(&mut self, place: PathBuf) {
        self.note(place, |_| ());
    }

    /// Takes a file or folder, open as it is.
    fn add_open(&mut self, place: PathBuf, file: File) {
        self.opened.push(file);
        self.places.insert(place);
        if self.opened.len() >= OPEN
            && let Err(error) = self.finish()
        {
            self.failed.get_or_insert(error);
        }
    }

    fn note(&mut self, place: PathBuf, first: impl Fn(&File)) {
        if self.places.contains(&place) {
            return;
        }
        match File::open(&place) {
            Ok(file) => {
                first(&file);
                self.add_open(place, file);
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => {
                self.failed.get_or_insert(error);
            }
        }
    }

    /// Waits until all that was added is on the disk.
    ///
    /// # Errors
    /// The first failure to flush anything since the last call.
    pub(super) fn finish(&mut self) -> io::Result<()> {
        self.places.clear();
        let opened = std::mem::take(&mut self.opened);
        if let Some(error) = self.failed.take() {
            return Err(error);
        }
        for (nth, file) in opened.iter().enumerate() {
            if self.is_slow {
                return flush_together(&opened[nth..]);
            }
            #[expect(clippy::disallowed_methods, reason = "finds out how slow the disk is")]
            let begun = Instant::now();
            flush(file)?;
            self.is_slow = begun.elapsed() >= SLOW;
        }
        Ok(())
    }
}

/// Lets the file system allot the blocks of a file, so that it is in the next commit of the file
/// system's own journal: the first flush then pays for all. Best said of a file that nobody has
/// begun to write out: one that is written already would be dropped from memory.
#[cfg(target_os = "linux")]
pub(super) fn begin(file: &File) {
    // advice: where it is not taken, only time is lost
    let _ = rustix::fs::fadvise(file, 0, None, rustix::fs::Advice::DontNeed);
}

#[cfg(not(target_os = "linux"))]
pub(super) fn begin(_: &File) {}

/// Flushes with several threads, whose waiting overlaps.
fn flush_together(files: &[File]) -> io::Result<()> {
    let next = AtomicUsize::new(0);
    let work = || -> io::Result<()> {
        while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            flush(file)?;
        }
        Ok(())
    };
    thread::scope(|scope| {
        let helpers: Vec<_> = (0..HELPERS.min(files.len().saturating_sub(1)))
            // without a thread, this one does the work
            .filter_map(|_| thread::Builder::new().spawn_scoped(scope, work).ok())
            .collect();
        let mut outcome = work();
        for helper in helpers {
            let helped = helper.join().unwrap_or_else(|_| Err(io::Error::other("a flush failed")));
            outcome = outcome.and(helped);
        }
        outcome
    })
}

fn flush(file: &File) -> io::Result<()> {
    match file.sync_all() {
        // some network file systems know no flushing of folders
        Err(error)
            if error.kind() == io::ErrorKind::InvalidInput
                && file.metadata().is_ok_and(|what| what.is_dir()) =>
        {
            Ok(())
        }
        outcome => outcome,
    }
}
