//! Waiting for each other: the writer lock of a clone, and bounded patience.

use std::{
    fs::{DirBuilder, File, OpenOptions, TryLockError},
    io::{self, Read, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::Path,
    process, thread,
    time::{Duration, Instant},
};

use super::{
    Notice, WaitLimits,
    error::{Error, FileTask},
    shared,
};

const SHORTEST: Duration = Duration::from_millis(1);
const LONGEST: Duration = Duration::from_millis(20);
/// The most that is read of who holds the lock, in bytes.
const HOLDER: u64 = 1024;

/// One command's patience, shared by all that it waits for.
pub(super) struct Patience<'a> {
    started: Instant,
    limits: WaitLimits,
    pause: Duration,
    /// What it has said already that it waits for.
    announced: Vec<String>,
    /// The last signer it waited for.
    signer: Option<Signer>,
    on_notice: &'a dyn Fn(Notice),
}

/// Somebody who holds the writer lock while a program signs their commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signer {
    pub name: String,
    /// The number of their docket's process.
    pub process: u32,
}

impl<'a> Patience<'a> {
    pub(super) fn new(limits: WaitLimits, on_notice: &'a dyn Fn(Notice)) -> Self {
        Self {
            started: now(),
            limits,
            pause: SHORTEST,
            announced: Vec::new(),
            signer: None,
            on_notice,
        }
    }

    /// Sleeps a little, longer each time and never as long as the others; false when the time is
    /// up. Says, after a second and once of each, what it waits for.
    pub(super) fn wait(&mut self, why: impl FnOnce() -> Notice) -> bool {
        let spent = self.started.elapsed();
        if spent >= self.limits.wait {
            return false;
        }
        if spent >= self.limits.remark {
            let notice = why();
            let name = format!("{notice:?}");
            if !self.announced.contains(&name) {
                self.announced.push(name);
                (self.on_notice)(notice);
            }
        }
        thread::sleep(jittered(self.pause));
        self.pause = (self.pause * 2).min(LONGEST);
        true
    }

    /// Does what takes its time by itself and is no waiting for others.
    pub(super) fn untimed<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let began = now();
        let done = work();
        self.started += began.elapsed();
        done
    }

    /// Waits longer, from now on, for somebody whose commit is being signed. Of several who sign
    /// one after the other, each has the whole time: as long as they go on, nobody gives up.
    fn wait_for_signer(&mut self, signer: Option<&Signer>) {
        if signer.is_some() && self.signer.as_ref() != signer {
            self.limits.wait = self.limits.wait.max(self.started.elapsed() + self.limits.signing);
        }
        self.signer = signer.cloned();
    }

    /// Begins again with short pauses, for something else to wait for.
    pub(super) fn renew(&mut self) {
        self.pause = SHORTEST;
    }

    pub(super) fn notify(&self, notice: Notice) {
        (self.on_notice)(notice);
    }
}

#[expect(clippy::disallowed_methods, reason = "bounds the waiting, decides nothing else")]
fn now() -> Instant {
    Instant::now()
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
            let signer = signer(home);
            patience.wait_for_signer(signer.as_ref());
            let waiting = || match signer.clone() {
                Some(signer) => Notice::WaitingForSigner(signer),
                None => Notice::WaitingForWriter,
            };
            if !patience.wait(waiting) {
                return Err(match signer {
                    Some(signer) => Error::SignerTimeout(signer),
                    None => Error::LockTimeout { path: home.join("lock") },
                });
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
        let file = file.map_err(Error::io(FileTask::Open, &path))?;
        shared::open_up(home, shared::folder_mode());
        shared::open_up(&path, shared::file_mode());
        match file.try_lock() {
            Ok(()) => {
                // a signer that was killed left their name
                if file.metadata().is_ok_and(|found| found.len() > 0) {
                    let _ = file.set_len(0);
                }
                Ok(Some(Self { file }))
            }
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(source)) => {
                Err(Error::Io { task: FileTask::Lock, path, source })
            }
        }
    }
}

impl WriterLock {
    /// Lets a program sign under the lock, while the others are told whom they wait for.
    pub(super) fn while_signing<T>(&self, name: &str, sign: impl FnOnce() -> T) -> T {
        // whoever cannot be told waits as for any other writer
        let _ = (&self.file).write_all(format!("{} {name}\n", process::id()).as_bytes());
        let signed = sign();
        let _ = self.file.set_len(0);
        signed
    }
}

/// Who holds the lock in `home` and signs.
fn signer(home: &Path) -> Option<Signer> {
    let mut text = String::new();
    File::open(home.join("lock")).ok()?.take(HOLDER).read_to_string(&mut text).ok()?;
    let (process, name) = text.strip_suffix('\n')?.split_once(' ')?;
    Some(Signer { name: name.to_owned(), process: process.parse().ok()? })
}

impl Drop for WriterLock {
    fn drop(&mut self) {
        // closing would do, but not while a child that is just being started shares the file
        let _ = self.file.unlock();
    }
}

pub(super) fn make_home(home: &Path) -> Result<(), Error> {
    match DirBuilder::new().mode(shared::folder_mode()).create(home) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        made => {
            made.map_err(Error::io(FileTask::Create, home))?;
            // what is written into it must not go with it
            let above = home.parent().map(File::open).transpose();
            let _ =
                above.map_err(Error::io(FileTask::Flush, home))?.map(|folder| folder.sync_all());
            Ok(())
        }
    }
}

/// Options for a file that only its owner may read, or those who share the repository.
pub(super) fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).mode(shared::file_mode());
    options
}
