//! Making sure that written bytes are on the disk.

use std::{
    collections::VecDeque,
    fs::File,
    io,
    path::{Path, PathBuf},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
};

/// How many threads wait for the disk besides the one that writes.
const HELPERS: usize = 3;

/// Files and folders on their way to the disk while the next ones are still being written.
///
/// A flush is mostly waiting, and takes with it much of what others wait for; so each begins as
/// soon as its file is written, and several wait together. `syncfs` would be the fastest on a quiet
/// disk, but it waits for everybody else's unwritten data as well: a desk command must not hang on
/// somebody's download.
pub(super) struct Flusher {
    shared: Arc<Shared>,
    helpers: usize,
}

#[derive(Default)]
struct Shared {
    queue: Mutex<Queue>,
    changed: Condvar,
}

#[derive(Default)]
struct Queue {
    waiting: VecDeque<PathBuf>,
    /// How many are being flushed.
    running: usize,
    /// The first thing that went wrong.
    failed: Option<io::Error>,
    closed: bool,
}

impl Flusher {
    pub(super) fn new() -> Self {
        Self { shared: Arc::default(), helpers: 0 }
    }

    /// Begins to flush a file or folder that is completely written; one that is absent is passed
    /// over.
    pub(super) fn add(&mut self, place: PathBuf) {
        let mut queue = self.shared.lock();
        queue.waiting.push_back(place);
        let busy = queue.running + queue.waiting.len();
        drop(queue);
        if busy > self.helpers && self.helpers < HELPERS {
            let shared = Arc::clone(&self.shared);
            // without a thread, finishing does the work
            if thread::Builder::new().spawn(move || shared.help()).is_ok() {
                self.helpers += 1;
            }
        }
        self.shared.changed.notify_one();
    }

    /// Waits until all that was added is on the disk.
    ///
    /// # Errors
    /// The first failure to flush anything since the last call.
    pub(super) fn finish(&mut self) -> io::Result<()> {
        let mut queue = self.shared.lock();
        loop {
            if let Some(place) = queue.waiting.pop_front() {
                queue = self.shared.flush_one(queue, &place);
            } else if queue.running > 0 {
                queue = self.shared.wait(queue);
            } else {
                return queue.failed.take().map_or(Ok(()), Err);
            }
        }
    }
}

impl Drop for Flusher {
    fn drop(&mut self) {
        self.shared.lock().closed = true;
        self.shared.changed.notify_all();
    }
}

impl Shared {
    fn help(&self) {
        let mut queue = self.lock();
        while !queue.closed {
            queue = match queue.waiting.pop_front() {
                Some(place) => self.flush_one(queue, &place),
                None => self.wait(queue),
            };
        }
    }

    /// Flushes one place with the queue left to others meanwhile.
    fn flush_one<'q>(
        &'q self,
        mut queue: MutexGuard<'q, Queue>,
        place: &Path,
    ) -> MutexGuard<'q, Queue> {
        queue.running += 1;
        drop(queue);
        let outcome = flush(place);
        let mut queue = self.lock();
        queue.running -= 1;
        if let Err(error) = outcome {
            queue.failed.get_or_insert(error);
        }
        if queue.running == 0 && queue.waiting.is_empty() {
            self.changed.notify_all();
        }
        queue
    }

    // Nothing panics while it holds the queue, so a poisoned one is as good as any.
    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'q>(&self, queue: MutexGuard<'q, Queue>) -> MutexGuard<'q, Queue> {
        self.changed.wait(queue).unwrap_or_else(PoisonError::into_inner)
    }
}

fn flush(place: &Path) -> io::Result<()> {
    let file = match File::open(place) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        opened => opened?,
    };
    match file.sync_all() {
        // some network file systems know no flushing of folders
        Err(error) if error.kind() == io::ErrorKind::InvalidInput && place.is_dir() => Ok(()),
        outcome => outcome,
    }
}
