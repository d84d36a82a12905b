//! Waiting for each other: the writer lock of a clone, and bounded patience.

use std::{
    fs::{DirBuilder, File, OpenOptions, TryLockError},
    io,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::Path,
    thread,
    time::{Duration, Instant},
};

use super::{Limits, Notice, error::Error};

const SHORTEST: Duration = Duration::from_millis(1);
const LONGEST: Duration = Duration::from_millis(20);

/// One command's patience, shared by all that it waits for.
pub(super) struct Patience<'a> {
    started: Instant,
    limits: Limits,
    pause: Duration,
    told: bool,
    tell: &'a dyn Fn(Notice),
}

impl<'a> Patience<'a> {
    pub(super) fn new(limits: Limits, tell: &'a dyn Fn(Notice)) -> Self {
        #[expect(clippy::disallowed_methods, reason = "bounds the waiting, decides nothing else")]
        let started = Instant::now();
        Self { started, limits, pause: SHORTEST, told: false, tell }
    }

    /// Sleeps a little, longer each time and never as long as the others; false when the time is
    /// up. Says once, after a second, what it waits for.
    pub(super) fn wait(&mut self, why: impl FnOnce() -> Notice) -> bool {
        let spent = self.started.elapsed();
        if spent >= self.limits.wait {
            return false;
        }
        if spent >= self.limits.remark && !self.told {
            self.told = true;
            (self.tell)(why());
        }
        thread::sleep(jittered(self.pause));
        self.pause = (self.pause * 2).min(LONGEST);
        true
    }

    /// Begins again with short pauses, for something else to wait for.
    pub(super) fn renew(&mut self) {
        self.pause = SHORTEST;
    }

    pub(super) fn tell(&self, notice: Notice) {
        (self.tell)(notice);
    }
}

/// Between half and one and a half of `pause`, so that waiters do not march in step.
fn jittered(pause: Duration) -> Duration {
    let mut byte = [128];
    // without randomness everybody waits the plain pause, which is still correct
    let _ = getrandom::fill(&mut byte);
    pause / 2 + pause * u32::from(byte[0]) / 256
}

/// The right to write to this clone. The system takes it back when the process ends, however it
/// ends, so it is never stale.
pub(super) struct WriterLock {
    file: File,
}

impl WriterLock {
    /// Waits for the lock in `home`, docket's folder in git's common directory.
    pub(super) fn take(home: &Path, patience: &mut Patience<'_>) -> Result<Self, Error> {
        loop {
            if let Some(lock) = Self::try_take(home)? {
                patience.renew();
                return Ok(lock);
            }
            if !patience.wait(|| Notice::WaitingForWriter) {
                return Err(Error::LockTimeout { path: home.join("lock") });
            }
        }
    }

    /// Takes the lock if nobody holds it.
    pub(super) fn try_take(home: &Path) -> Result<Option<Self>, Error> {
        let path = home.join("lock");
        let open = || private().create(true).truncate(false).open(&path);
        let file = match open() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                make_home(home)?;
                open()
            }
            opened => opened,
        };
        let file = file.map_err(Error::io("open", &path))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self { file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(source)) => Err(Error::Io { doing: "lock", path, source }),
        }
    }
}

impl Drop for WriterLock {
    fn drop(&mut self) {
        // closing would do, but not while a child that is just being started shares the file
        let _ = self.file.unlock();
    }
}

pub(super) fn make_home(home: &Path) -> Result<(), Error> {
    match DirBuilder::new().mode(0o700).create(home) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        made => {
            made.map_err(Error::io("create", home))?;
            // what is written into it must not go with it
            let above = home.parent().map(File::open).transpose();
            let _ = above.map_err(Error::io("flush", home))?.map(|folder| folder.sync_all());
            Ok(())
        }
    }
}

/// Options for a file that only its owner may read.
pub(super) fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).mode(0o600);
    options
}
