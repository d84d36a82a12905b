//! Git's tree objects as they are stored: `mode SP name NUL id`, again and again.
//!
//! Reading them directly spares libgit2's parsing of a thousand names to find one, and changing
//! them by splicing keeps every other entry byte for byte.

use std::{
    cell::{Cell, OnceCell},
    cmp::Ordering,
    ffi::CStr,
    fmt,
    str::FromStr,
};

use git2::{ObjectType, Odb, Oid};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use super::{
    Repository,
    error::{DamagedObject, Error, GitTask},
    ids::parse_oid,
    object_writer::ObjectWriter,
    read,
};

pub(super) const FILE: u32 = 0o100_644;
pub(super) const EXECUTABLE: u32 = 0o100_755;
pub(super) const SYMLINK: u32 = 0o120_000;
const FOLDER: u32 = 0o040_000;
/// Mode of old repositories: a file its group may write.
const GROUP_FILE: u32 = 0o100_664;

/// What a tree holds under one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TreeEntry {
    pub(super) mode: u32,
    pub(super) id: Oid,
}

impl TreeEntry {
    pub(super) fn folder(id: Oid) -> Self {
        Self { mode: FOLDER, id }
    }

    pub(super) fn is_folder(self) -> bool {
        self.mode == FOLDER
    }

    pub(super) fn is_file(self) -> bool {
        matches!(self.mode, FILE | EXECUTABLE | GROUP_FILE)
    }

    /// The entry as the index holds it, which knows two modes of files only.
    pub(super) fn normal(self) -> Self {
        let mode = if self.mode == GROUP_FILE { FILE } else { self.mode };
        Self { mode, ..self }
    }
}

impl fmt::Display for TreeEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:o} {}", self.mode, self.id)
    }
}

impl FromStr for TreeEntry {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (mode, id) = text.split_once(' ').ok_or(())?;
        let mode = u32::from_str_radix(mode, 8).map_err(|_| ())?;
        Ok(Self { mode, id: parse_oid(id).ok_or(())? })
    }
}

impl Serialize for TreeEntry {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for TreeEntry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|()| D::Error::custom("expected a mode and an object name"))
    }
}

/// One entry where it stands in a tree.
pub(super) struct PlacedEntry<'t> {
    pub(super) name: &'t [u8],
    pub(super) entry: TreeEntry,
    /// The byte after it.
    pub(super) end: usize,
}

impl<'t> PlacedEntry<'t> {
    pub(super) fn key(&self) -> EntryName<'t> {
        EntryName { name: self.name, is_folder: self.entry.is_folder() }
    }
}

/// The bytes of one entry, of which most are only passed by.
#[derive(Clone, Copy)]
struct RawEntry<'t> {
    mode: u32,
    name: &'t [u8],
    id: &'t [u8],
    /// How many bytes it takes.
    len: usize,
}

impl<'t> RawEntry<'t> {
    /// The first entry; `None` where it is cut short.
    fn first(bytes: &'t [u8]) -> Option<Self> {
        let space = bytes.iter().take(8).position(|byte| *byte == b' ').filter(|it| *it > 0)?;
        let mode = bytes[..space].iter().try_fold(0, |mode, digit| match digit {
            b'0'..=b'7' => Some(mode << 3 | u32::from(digit - b'0')),
            _ => None,
        })?;
        let name = CStr::from_bytes_until_nul(&bytes[space + 1..]).ok()?.to_bytes();
        let nul = space + 1 + name.len();
        let id = bytes.get(nul + 1..nul + 21).filter(|_| !name.is_empty())?;
        Some(Self { mode, name, id, len: nul + 21 })
    }

    fn key(&self) -> EntryName<'t> {
        EntryName { name: self.name, is_folder: self.mode == FOLDER }
    }

    fn entry(&self) -> Option<TreeEntry> {
        Some(TreeEntry { mode: self.mode, id: Oid::from_bytes(self.id).ok()? })
    }
}

/// A name in git's order: byte by byte, a folder as if its name ended with a slash.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct EntryName<'t> {
    name: &'t [u8],
    is_folder: bool,
}

impl EntryName<'_> {
    fn rest(&self, from: usize) -> impl Iterator<Item = u8> {
        self.name[from..].iter().copied().chain(self.is_folder.then_some(b'/'))
    }
}

impl Ord for EntryName<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let common = self.name.len().min(other.name.len());
        let (own, others) = (self.rest(common), other.rest(common));
        self.name[..common].cmp(&other.name[..common]).then_with(|| own.cmp(others))
    }
}

impl PartialOrd for EntryName<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The stored bytes of one tree.
pub(super) struct RawTree {
    id: Oid,
    bytes: Vec<u8>,
    /// Where each entry begins, of a large tree in order.
    starts: OnceCell<Option<Vec<usize>>>,
    /// Whether something was looked for in it; a single search is quickest from one end to the
    /// other.
    was_searched: Cell<bool>,
}

/// From so many bytes on a tree is searched by where its entries begin.
const LARGE: usize = 4096;
/// So many bytes of two trees are compared at once.
const PAGE: usize = 1024;

impl RawTree {
    pub(super) fn empty() -> Self {
        Self::of(Oid::ZERO_SHA1, Vec::new())
    }

    pub(super) fn read(odb: &Odb<'_>, id: Oid) -> Result<Self, Error> {
        let object =
            read::object(odb, id).map_err(Error::git(GitTask::ReadTree(id.to_string())))?;
        if object.kind() != ObjectType::Tree {
            return Err(Error::Damaged(DamagedObject::NotATree(id.to_string())));
        }
        Ok(Self::of(id, object.data().to_vec()))
    }

    /// The tree of this name, by what somebody else has read.
    pub(super) fn verified(id: Oid, bytes: Vec<u8>) -> Result<Self, Error> {
        let held = read::check_name(id, ObjectType::Tree, &bytes);
        held.map_err(Error::git(GitTask::ReadTree(id.to_string())))?;
        Ok(Self::of(id, bytes))
    }

    fn of(id: Oid, bytes: Vec<u8>) -> Self {
        Self { id, bytes, starts: OnceCell::new(), was_searched: Cell::new(false) }
    }

    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    pub(super) fn write(&self, objects: &mut ObjectWriter<'_, '_>) -> Result<Oid, Error> {
        objects.put(ObjectType::Tree, &self.bytes)
    }

    /// The entry that begins at byte `at`; `None` at the end.
    pub(super) fn entry_at(&self, at: usize) -> Result<Option<PlacedEntry<'_>>, Error> {
        let rest = self.bytes.get(at..).unwrap_or_default();
        if rest.is_empty() {
            return Ok(None);
        }
        let stored = RawEntry::first(rest).ok_or_else(|| self.cut_short())?;
        let entry = stored.entry().ok_or_else(|| self.cut_short())?;
        Ok(Some(PlacedEntry { name: stored.name, entry, end: at + stored.len }))
    }

    pub(super) fn find(&self, name: &str) -> Result<Option<TreeEntry>, Error> {
        let known = if self.was_searched.replace(true) {
            self.starts()
        } else {
            self.starts.get().and_then(Option::as_deref)
        };
        if let Some(starts) = known {
            let found =
                |is_folder| self.find_in(starts, EntryName { name: name.as_bytes(), is_folder });
            return Ok(found(false).or_else(|| found(true)));
        }
        let mut at = 0;
        while at < self.bytes.len() {
            let stored = RawEntry::first(&self.bytes[at..]).ok_or_else(|| self.cut_short())?;
            if stored.name == name.as_bytes() {
                return Ok(stored.entry());
            }
            at += stored.len;
        }
        Ok(None)
    }

    /// The entry of this key, among those that begin at `starts`.
    fn find_in(&self, starts: &[usize], key: EntryName<'_>) -> Option<TreeEntry> {
        let stored = |at: &usize| RawEntry::first(&self.bytes[*at..]);
        let place = starts.partition_point(|at| stored(at).is_some_and(|it| it.key() < key));
        stored(starts.get(place)?).filter(|it| it.key() == key)?.entry()
    }

    fn cut_short(&self) -> Error {
        Error::Damaged(DamagedObject::TreeCutShort(self.id.to_string()))
    }

    /// Where the entries begin; `None` of a small tree, and of one that is damaged or in no order.
    fn starts(&self) -> Option<&[usize]> {
        if self.bytes.len() < LARGE {
            return None;
        }
        let look = || {
            let starts = self.starts_in(0, self.bytes.len())?;
            self.is_in_order(&starts).then_some(starts)
        };
        self.starts.get_or_init(look).as_deref()
    }

    /// Where the entries begin between two bytes.
    fn starts_in(&self, from: usize, to: usize) -> Option<Vec<usize>> {
        let mut starts = Vec::with_capacity((to - from) / 32);
        let mut at = from;
        while at < to {
            starts.push(at);
            at += RawEntry::first(&self.bytes[at..])?.len;
        }
        Some(starts)
    }

    fn is_in_order(&self, starts: &[usize]) -> bool {
        let mut stored = starts.iter().map(|at| RawEntry::first(&self.bytes[*at..]));
        let Some(mut last) = stored.next().flatten() else { return true };
        stored.all(|stored| {
            let before = stored.map(|stored| std::mem::replace(&mut last, stored));
            before.is_some_and(|before| before.key() < last.key())
        })
    }

    /// Takes over where the entries begin from another version, which is the same before byte
    /// `from`, and from one byte in it and one in this on.
    pub(super) fn starts_like(&self, other: &Self, from: usize, next: (usize, usize)) {
        let Some(Some(known)) = other.starts.get() else { return };
        let Some(changed) = self.starts_in(from, next.1) else { return };
        let before = known.partition_point(|start| *start < from);
        let after = known.partition_point(|start| *start < next.0);
        let mut starts = known[..before].to_vec();
        starts.extend(&changed);
        starts.extend(known[after..].iter().map(|start| start - next.0 + next.1));
        let last = (before + changed.len() + 1).min(starts.len());
        if self.is_in_order(&starts[before.saturating_sub(1)..last]) {
            let _ = self.starts.set(Some(starts));
        }
    }

    /// Where the first entry begins that differs from another tree, or an earlier one.
    pub(super) fn same_until(&self, other: &Self) -> usize {
        let Some(starts) = self.starts() else { return 0 };
        let pairs = self.bytes.chunks(PAGE).zip(other.bytes.chunks(PAGE));
        let pages = pairs.take_while(|(own, other)| own == other).count();
        let end = starts.partition_point(|start| *start <= pages * PAGE);
        end.checked_sub(1).map_or(0, |last| starts[last])
    }

    /// Whether two trees end alike, one from byte `at` on and the other from `other_at`.
    pub(super) fn ends_like(&self, at: usize, other: &Self, other_at: usize) -> bool {
        self.bytes.get(at..) == other.bytes.get(other_at..)
    }

    /// The same tree with `entry` under `name`, or with nothing there.
    pub(super) fn with(&self, name: &str, entry: Option<TreeEntry>) -> Result<Self, Error> {
        let mut bytes = Vec::with_capacity(self.bytes.len() + name.len() + 28);
        let mut pending = entry;
        let mut at = 0;
        while let Some(old) = self.entry_at(at)? {
            if let Some(new) = pending.filter(|new| sorts_before(name.as_bytes(), *new, &old)) {
                append(&mut bytes, name, new);
                pending = None;
            }
            if old.name != name.as_bytes() {
                bytes.extend_from_slice(&self.bytes[at..old.end]);
            }
            at = old.end;
        }
        if let Some(new) = pending {
            append(&mut bytes, name, new);
        }
        Ok(Self::of(Oid::ZERO_SHA1, bytes))
    }
}

fn append(bytes: &mut Vec<u8>, name: &str, entry: TreeEntry) {
    bytes.extend_from_slice(format!("{:o} {name}\0", entry.mode).as_bytes());
    bytes.extend_from_slice(entry.id.as_bytes());
}

/// Whether an entry of this name comes before another.
fn sorts_before(name: &[u8], entry: TreeEntry, other: &PlacedEntry<'_>) -> bool {
    EntryName { name, is_folder: entry.is_folder() } < other.key()
}

/// What lies at `path` under the tree `root`; `None` when nothing does.
pub(super) fn lookup(
    repository: &Repository,
    root: Option<Oid>,
    path: &str,
) -> Result<Option<TreeEntry>, Error> {
    let Some(root) = root else { return Ok(None) };
    let mut here = TreeEntry::folder(root);
    for part in path.split('/') {
        if !here.is_folder() {
            return Ok(None);
        }
        match repository.tree(here.id)?.find(part)? {
            Some(entry) => here = entry,
            None => return Ok(None),
        }
    }
    Ok(Some(here))
}

/// Writes the trees that hold `edits` (sorted by path) over `root` and gives the new root, which
/// may be empty. Folders that lose their last entry go, as with git.
pub(super) fn update(
    objects: &mut ObjectWriter<'_, '_>,
    root: Option<Oid>,
    edits: &[(&str, Option<TreeEntry>)],
) -> Result<Oid, Error> {
    updated(objects, root, edits)?.write(objects)
}

fn updated(
    objects: &mut ObjectWriter<'_, '_>,
    base: Option<Oid>,
    edits: &[(&str, Option<TreeEntry>)],
) -> Result<RawTree, Error> {
    let read = |id| RawTree::read(objects.odb(), id);
    let mut tree = base.map_or_else(|| Ok(RawTree::empty()), read)?;
    let mut rest = edits;
    while let Some((path, entry)) = rest.first() {
        let Some((folder, _)) = path.split_once('/') else {
            tree = tree.with(path, *entry)?;
            rest = &rest[1..];
            continue;
        };
        let inside: Vec<_> = rest
            .iter()
            .map_while(|(path, entry)| {
                let inner = path.strip_prefix(folder)?.strip_prefix('/')?;
                Some((inner, *entry))
            })
            .collect();
        rest = &rest[inside.len()..];
        let old = tree.find(folder)?;
        if old.is_some_and(|old| !old.is_folder()) {
            return Err(Error::NotAFile { path: (*path).to_owned() });
        }
        let new = updated(objects, old.map(|old| old.id), &inside)?;
        let entry =
            if new.is_empty() { None } else { Some(TreeEntry::folder(new.write(objects)?)) };
        tree = tree.with(folder, entry)?;
    }
    Ok(tree)
}
