//! Git's tree objects as they are stored: `mode SP name NUL id`, again and again.
//!
//! Reading them directly spares libgit2's parsing of a thousand names to find one, and changing
//! them by splicing keeps every other entry byte for byte.

use std::{cell::OnceCell, fmt, str::FromStr};

use git2::{ObjectType, Odb, Oid};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use super::{Repository, error::Error, ids::parse_oid, loose::ObjectWriter};

pub(super) const FILE: u32 = 0o100_644;
pub(super) const EXECUTABLE: u32 = 0o100_755;
pub(super) const SYMLINK: u32 = 0o120_000;
const FOLDER: u32 = 0o040_000;
/// Mode of old repositories: a file its group may write.
const GROUP_FILE: u32 = 0o100_664;

/// What a tree holds under one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) mode: u32,
    pub(super) id: Oid,
}

impl Entry {
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

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:o} {}", self.mode, self.id)
    }
}

impl FromStr for Entry {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (mode, id) = text.split_once(' ').ok_or(())?;
        let mode = u32::from_str_radix(mode, 8).map_err(|_| ())?;
        Ok(Self { mode, id: parse_oid(id).ok_or(())? })
    }
}

impl Serialize for Entry {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Entry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|()| D::Error::custom("expected a mode and an object name"))
    }
}

/// One entry where it stands in a tree.
pub(super) struct Placed<'t> {
    pub(super) name: &'t [u8],
    pub(super) entry: Entry,
    /// The byte after it.
    pub(super) end: usize,
}

impl Placed<'_> {
    /// Git's order: byte by byte, a folder as if its name ended with a slash.
    pub(super) fn key(&self) -> impl Iterator<Item = u8> {
        self.name.iter().copied().chain(self.entry.is_folder().then_some(b'/'))
    }
}

/// The stored bytes of one tree.
pub(super) struct RawTree {
    id: Oid,
    bytes: Vec<u8>,
    /// Where each entry begins, of a large tree in order.
    starts: OnceCell<Option<Vec<usize>>>,
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
        let object = odb.read(id).map_err(Error::git(format!("read tree {id}")))?;
        if object.kind() != ObjectType::Tree {
            return Err(Error::Damaged { what: format!("{id} is not a tree") });
        }
        Ok(Self::of(id, object.data().to_vec()))
    }

    fn of(id: Oid, bytes: Vec<u8>) -> Self {
        Self { id, bytes, starts: OnceCell::new() }
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
    pub(super) fn entry_at(&self, at: usize) -> Result<Option<Placed<'_>>, Error> {
        let rest = self.bytes.get(at..).unwrap_or_default();
        if rest.is_empty() {
            return Ok(None);
        }
        split_entry(rest)
            .map(|placed| Some(Placed { end: at + placed.end, ..placed }))
            .ok_or_else(|| Error::Damaged { what: format!("tree {} is cut short", self.id) })
    }

    pub(super) fn find(&self, name: &str) -> Result<Option<Entry>, Error> {
        if let Some(starts) = self.starts() {
            let file = self.find_in(starts, || name.bytes().chain(None));
            return Ok(file.or_else(|| self.find_in(starts, || name.bytes().chain(Some(b'/')))));
        }
        let mut at = 0;
        while let Some(placed) = self.entry_at(at)? {
            if placed.name == name.as_bytes() {
                return Ok(Some(placed.entry));
            }
            at = placed.end;
        }
        Ok(None)
    }

    /// The entry of this key, among those that begin at `starts`.
    fn find_in<K: Iterator<Item = u8>>(
        &self,
        starts: &[usize],
        key: impl Fn() -> K,
    ) -> Option<Entry> {
        let placed = |at: &usize| split_entry(&self.bytes[*at..]);
        let place = starts.partition_point(|at| placed(at).is_some_and(|it| it.key().lt(key())));
        placed(starts.get(place)?).filter(|it| it.key().eq(key())).map(|it| it.entry)
    }

    /// Where the entries begin; `None` of a small tree, and of one that is damaged or in no order.
    fn starts(&self) -> Option<&[usize]> {
        let look = || {
            let mut starts = Vec::with_capacity(self.bytes.len() / 32);
            let (mut at, mut last) = (0, None::<Placed<'_>>);
            while let Some(placed) = self.entry_at(at).ok()? {
                if last.is_some_and(|last| last.key().ge(placed.key())) {
                    return None;
                }
                starts.push(at);
                at = placed.end;
                last = Some(placed);
            }
            Some(starts)
        };
        if self.bytes.len() < LARGE {
            return None;
        }
        self.starts.get_or_init(look).as_deref()
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
    pub(super) fn with(&self, name: &str, entry: Option<Entry>) -> Result<Self, Error> {
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

fn append(bytes: &mut Vec<u8>, name: &str, entry: Entry) {
    bytes.extend_from_slice(format!("{:o} {name}\0", entry.mode).as_bytes());
    bytes.extend_from_slice(entry.id.as_bytes());
}

fn split_entry(bytes: &[u8]) -> Option<Placed<'_>> {
    let space = bytes.iter().take(8).position(|byte| *byte == b' ')?;
    let mode = std::str::from_utf8(&bytes[..space]).ok()?;
    let mode = u32::from_str_radix(mode, 8).ok()?;
    let nul = space + 1 + bytes[space + 1..].iter().position(|byte| *byte == 0)?;
    let id = Oid::from_bytes(bytes.get(nul + 1..nul + 21)?).ok()?;
    let entry = Entry { mode, id };
    Some(Placed { name: &bytes[space + 1..nul], entry, end: nul + 21 })
}

/// Whether an entry of this name comes before another.
fn sorts_before(name: &[u8], entry: Entry, other: &Placed<'_>) -> bool {
    Placed { name, entry, end: 0 }.key().lt(other.key())
}

/// What lies at `path` under the tree `root`; `None` when nothing does.
pub(super) fn lookup(
    repository: &Repository,
    root: Option<Oid>,
    path: &str,
) -> Result<Option<Entry>, Error> {
    let Some(root) = root else { return Ok(None) };
    let mut here = Entry::folder(root);
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
    edits: &[(&str, Option<Entry>)],
) -> Result<Oid, Error> {
    updated(objects, root, edits)?.write(objects)
}

fn updated(
    objects: &mut ObjectWriter<'_, '_>,
    base: Option<Oid>,
    edits: &[(&str, Option<Entry>)],
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
        let entry = if new.is_empty() { None } else { Some(Entry::folder(new.write(objects)?)) };
        tree = tree.with(folder, entry)?;
    }
    Ok(tree)
}
