//! Which records there are and where they stand, so that a list need not read a hundred thousand
//! files; the only home of `rusqlite`.
//!
//! The cache names files: what is shown is read from git's objects by the names that it gives, but
//! for the few records that are unfinished or that something happened to lately, which it keeps. It
//! is never the truth. It is kept under the names of the very folders that it was made from, brought
//! up to date by comparing them with the present ones, and whatever is absent, old, foreign, damaged
//! or busy makes it be built anew or done without.

mod fill;
mod query;
mod tail;
pub mod tokens;

use std::{
    fs::{self, File, Metadata, OpenOptions, TryLockError},
    io::{self, Write as _},
    os::unix::fs::{MetadataExt, OpenOptionsExt},
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use rusqlite::{Connection, OpenFlags};

pub use query::{ChosenFile, Extent, Match};
pub use tail::LocatedRecord;

use super::{
    Store,
    error::Result,
    git::{self, diff::ChangedPath},
    layout,
    view::View,
};

/// Version of rows and columns; another one is built anew.
const VERSION: &str = concat!("29 ", env!("CARGO_PKG_VERSION"));
/// Further behind, it is brought up to date first.
const FAR_BEHIND: usize = 100;
/// So often, and so long each time, another one's refresh is waited for.
const TURNS: u32 = 20;
const TURN: Duration = Duration::from_millis(10);

/// Where what belongs to the cache lies.
struct CachePaths {
    cache: PathBuf,
    /// Size, time and number of the cache as docket left it.
    stamp: PathBuf,
    lock: PathBuf,
}

/// The folders that a cache was made from, by git's names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CachedFolders {
    records: Option<String>,
    contacts: Option<String>,
    /// What lies under the reference of who they are.
    persons: Option<String>,
}

/// A cache that is open, with the folders that it agrees with.
pub(super) type OpenCache = (CachedFolders, Cache);

/// A cache that agrees with a commit, held against those who would refresh it.
#[derive(Debug)]
pub(super) struct Cache {
    connection: Connection,
    _shared: File,
}

impl CachePaths {
    fn of(home: &Path) -> Self {
        Self {
            cache: home.join("cache"),
            stamp: home.join("cache.stamp"),
            lock: home.join("cache.lock"),
        }
    }

    /// Opens the file that readers share and refreshers have for themselves.
    fn open_lock(&self) -> io::Result<File> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false).mode(git::private_mode());
        match options.open(&self.lock) {
            // who may only read shares what is there
            Err(why) if why.kind() == io::ErrorKind::PermissionDenied => File::open(&self.lock),
            opened => opened,
        }
    }

    /// Whether nobody but docket has touched the cache since.
    fn is_untouched(&self) -> bool {
        let stamp = fs::read_to_string(&self.stamp).unwrap_or_default();
        fs::symlink_metadata(&self.cache)
            .is_ok_and(|found| found.is_file() && stamp == stamp_of(&found))
    }

    /// Notes how the cache looks now.
    fn note(&self) -> io::Result<()> {
        let stamp = stamp_of(&fs::metadata(&self.cache)?);
        let folder = self.stamp.parent().unwrap_or(Path::new("."));
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(stamp.as_bytes())?;
        file.persist(&self.stamp).map_err(|failed| failed.error)?;
        Ok(())
    }

    fn remove(&self) {
        let journal = self.cache.with_file_name("cache-journal");
        for path in [&self.stamp, &self.cache, &journal] {
            // what cannot be removed is not believed either
            let _ = fs::remove_file(path);
        }
    }
}

fn stamp_of(file: &Metadata) -> String {
    format!("{VERSION} {} {}.{} {}\n", file.size(), file.mtime(), file.mtime_nsec(), file.ino())
}

/// Locks, waiting a little for those who refresh.
fn patiently(lock: impl Fn() -> std::result::Result<(), TryLockError>) -> bool {
    for _ in 0..TURNS {
        match lock() {
            Ok(()) => return true,
            Err(TryLockError::WouldBlock) => thread::sleep(TURN),
            Err(TryLockError::Error(_)) => return false,
        }
    }
    false
}

impl Store {
    /// What a cache says that agrees with the commit of `view`; `None` where there can be none, and
    /// the files themselves are to be asked. `on_progress` is told how far a long refresh is.
    pub(in crate::store) fn asked<T>(
        &self,
        view: &View<'_>,
        on_progress: &(dyn Fn(usize, usize) + Sync),
        ask: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Option<T> {
        let wanted = CachedFolders::of(view).ok()?;
        let mut cached = self.cache.borrow_mut();
        let fits = cached.as_ref().is_some_and(|(folders, _)| *folders == wanted);
        if !fits {
            *cached = None;
            let recent = self.recent(view);
            *cached = Some((wanted.clone(), self.open_cache(&wanted, recent, on_progress)?));
        }
        let answer = cached.as_ref().map(|(_, cache)| ask(&cache.connection))?;
        if answer.is_err() {
            // it is damaged, and the next one builds it anew
            *cached = None;
            CachePaths::of(&self.repository.home()).remove();
        }
        answer.ok()
    }

    /// The cache as it is, if it is sound, with the folders that it was made from; nobody is kept
    /// from anything by it, and nothing is written.
    fn as_it_is(&self) -> Option<OpenCache> {
        let places = CachePaths::of(&self.repository.home());
        let lock = places.open_lock().ok()?;
        if !patiently(|| lock.try_lock_shared()) || !places.is_untouched() {
            return None;
        }
        let connection = opened(&places.cache, Access::Reading)?;
        Some((folders_of(&connection)?, Cache { connection, _shared: lock }))
    }

    /// The cache with what has changed since it was made: as it is, or brought up to date where that
    /// is much.
    fn behind(&self, view: &View<'_>) -> Option<(Cache, Vec<ChangedPath>)> {
        self.near(view).or_else(|| {
            self.asked(view, &|_, _| {}, |_| Ok(()))?;
            self.cache.replace(None);
            self.near(view)
        })
    }

    /// The cache as it is, where not much has changed since it was made.
    fn near(&self, view: &View<'_>) -> Option<(Cache, Vec<ChangedPath>)> {
        let wanted = CachedFolders::of(view).ok()?;
        let (held, cache) = self.as_it_is()?;
        let git = &self.repository;
        let changes = |folder, held: &Option<String>, wanted: &Option<String>| {
            git.changes_of_folder(folder, held.as_deref(), wanted.as_deref(), FAR_BEHIND).ok()
        };
        let mut since = changes(layout::RECORDS, &held.records, &wanted.records)?;
        since.extend(changes(layout::CONTACTS, &held.contacts, &wanted.contacts)?);
        since.extend(changes(layout::PERSONS, &held.persons, &wanted.persons)?);
        (since.len() <= FAR_BEHIND).then_some((cache, since))
    }

    /// The cache, if it is of these very folders and nobody is about to change it.
    fn current(&self, view: &View<'_>) -> Option<Cache> {
        let wanted = CachedFolders::of(view).ok()?;
        let places = CachePaths::of(&self.repository.home());
        let lock = places.open_lock().ok()?;
        lock.try_lock_shared().ok()?;
        let connection = current(&places, &wanted)?;
        Some(Cache { connection, _shared: lock })
    }

    /// Makes the cache where there is none, so that no writer has to wait for that later.
    pub fn prepare(&self, view: &View<'_>, on_progress: &(dyn Fn(usize, usize) + Sync)) {
        if fs::symlink_metadata(CachePaths::of(&self.repository.home()).cache).is_err() {
            // where it cannot be made, the files themselves are asked
            let _ = self.asked(view, on_progress, |_| Ok(()));
            self.cache.replace(None);
        }
    }

    /// Brings the cache to the commit of `view`, where there is one.
    pub fn refresh_cache(&self, view: &View<'_>, on_progress: &(dyn Fn(usize, usize) + Sync)) {
        if fs::symlink_metadata(CachePaths::of(&self.repository.home()).cache).is_ok() {
            // one that cannot be brought there is not believed
            let _ = self.asked(view, on_progress, |_| Ok(()));
            self.cache.replace(None);
        }
    }

    /// Since when things are recent, by the time of the commit that is looked at: a wrong clock in one
    /// record changes nothing.
    fn recent(&self, view: &View<'_>) -> i64 {
        let commit = view.commit().and_then(|commit| self.repository.commit_info(commit).ok());
        commit.map_or(i64::MAX, |commit| commit.time.unix().saturating_sub(fill::RECENT))
    }

    /// A cache of these folders, made or brought up to date if it must be.
    fn open_cache(
        &self,
        wanted: &CachedFolders,
        recent: i64,
        on_progress: &(dyn Fn(usize, usize) + Sync),
    ) -> Option<Cache> {
        let home = self.repository.home();
        let places = CachePaths::of(&home);
        if [&home, &places.lock, &places.cache].iter().any(|it| fs::symlink_metadata(it).is_err()) {
            self.repository.make_home().ok()?;
        }
        let lock = places.open_lock().ok()?;
        if !patiently(|| lock.try_lock_shared()) {
            return None;
        }
        if let Some(connection) = current(&places, wanted) {
            return Some(Cache { connection, _shared: lock });
        }
        lock.unlock().ok()?;
        if !patiently(|| lock.try_lock()) {
            return None;
        }
        // another one may have done it meanwhile
        if current(&places, wanted).is_none() {
            self.refresh(&places, wanted, recent, on_progress)?;
        }
        lock.unlock().ok()?;
        if !patiently(|| lock.try_lock_shared()) {
            return None;
        }
        let connection = current(&places, wanted)?;
        Some(Cache { connection, _shared: lock })
    }

    /// Brings the cache to these folders, from what it holds or from nothing.
    fn refresh(
        &self,
        places: &CachePaths,
        wanted: &CachedFolders,
        recent: i64,
        on_progress: &(dyn Fn(usize, usize) + Sync),
    ) -> Option<()> {
        if places.is_untouched()
            && let Some(connection) = opened(&places.cache, Access::Writing)
            && let Some(held) = folders_of(&connection)
            && fill::bring(self, &connection, &held, wanted, recent, on_progress).is_ok()
        {
            drop(connection);
            return places.note().ok();
        }
        places.remove();
        let connection = created(&places.cache)?;
        let nothing = CachedFolders { records: None, contacts: None, persons: None };
        let filled = fill::create(&connection)
            .map_err(fill::CacheError::from)
            .and_then(|()| fill::bring(self, &connection, &nothing, wanted, recent, on_progress));
        drop(connection);
        if filled.is_err() || places.note().is_err() {
            places.remove();
            return None;
        }
        Some(())
    }
}

impl CachedFolders {
    fn of(view: &View<'_>) -> Result<Self> {
        let folder = |path| view.snapshot.folder(path);
        Ok(Self {
            records: folder(layout::RECORDS)?,
            contacts: folder(layout::CONTACTS)?,
            persons: view.persons()?.tree(),
        })
    }
}

/// The cache, if it is sound and of these folders.
fn current(places: &CachePaths, wanted: &CachedFolders) -> Option<Connection> {
    if !places.is_untouched() {
        return None;
    }
    let connection = opened(&places.cache, Access::Reading)?;
    (folders_of(&connection)? == *wanted).then_some(connection)
}

/// What a cache is opened for.
#[derive(Clone, Copy)]
enum Access {
    Reading,
    Writing,
}

fn opened(path: &Path, access: Access) -> Option<Connection> {
    let mode = match access {
        Access::Reading => OpenFlags::SQLITE_OPEN_READ_ONLY,
        Access::Writing => OpenFlags::SQLITE_OPEN_READ_WRITE,
    };
    let flags = mode | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let connection = Connection::open_with_flags(path, flags).ok()?;
    tune(&connection).ok()?;
    if let Access::Reading = access {
        connection.execute_batch(READING).ok()?;
    }
    Some(connection)
}

fn created(path: &Path) -> Option<Connection> {
    // readable by nobody else, from the first byte on
    OpenOptions::new().write(true).create_new(true).mode(git::private_mode()).open(path).ok()?;
    opened(path, Access::Writing)
}

/// An answer is made of few pages, far from each other: each is read sooner than it is mapped, into memory
/// that is used again.
const READING: &str = "PRAGMA mmap_size = 0; PRAGMA cache_size = -256;";

/// Nothing in it needs to survive a power cut, and the lock is our own.
fn tune(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(
        "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
         PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON; PRAGMA mmap_size = 1073741824; PRAGMA cache_size = -65536;",
    )
}

/// The folders that a cache says it was made from.
fn folders_of(connection: &Connection) -> Option<CachedFolders> {
    connection
        .query_row("SELECT version, records, contacts, persons FROM made", [], |row| {
            let version: String = row.get(0)?;
            let folders =
                CachedFolders { records: row.get(1)?, contacts: row.get(2)?, persons: row.get(3)? };
            Ok((version == VERSION).then_some(folders))
        })
        .ok()
        .flatten()
}
