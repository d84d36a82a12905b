//! Git's index file as it is stored, read just so far that one entry can be found and changed.
//!
//! Versions 2 to 4 as git's `index-format` manual describes them. The bytes are checked once, from
//! the header to the sum at the end; after that every offset kept here lies inside them.

use std::{ops::Range, sync::Arc, thread};

use git2::Oid;

use super::{
    super::{
        error::{DamagedObject, Error, IndexDamage, UnsupportedFormat},
        tree::TreeEntry,
    },
    sums::{SUM, Sums},
};

pub(super) const HEADER: usize = 12;
/// An index longer than this is summed while it is read.
const LONG: usize = 1 << 20;
/// Times, numbers and mode of the file and the object's name: all of an entry that a change
/// replaces.
pub(super) const FACTS: usize = 60;
/// The facts and the flags.
const FIXED: usize = FACTS + 2;
/// What an index without any entry looks like, but for its sum.
const EMPTY: [u8; HEADER] = *b"DIRC\0\0\0\x02\0\0\0\0";
/// Prefix compression must not blow a small file up to more than this many times its size.
const MOST_SPELLED_OUT: usize = 16;

/// The bytes of one index, with the place of each entry.
pub(super) struct RawIndex {
    pub(super) bytes: Arc<Vec<u8>>,
    pub(super) version: u32,
    entries: Vec<Slot>,
    /// Names of version 4, spelled out one after the other.
    names: Vec<u8>,
    /// The byte after the last entry.
    end: usize,
    pub(super) extensions: Vec<Extension>,
    /// What the file was summed to; with `index.skipHash` it is not, and ends with zeros.
    pub(super) sums: Option<Sums>,
}

/// Where one entry stands.
#[derive(Clone, Copy)]
struct Slot {
    at: usize,
    /// In the bytes, or with version 4 among the spelled-out names.
    name: usize,
    length: usize,
}

/// What follows the entries.
pub(super) struct Extension {
    pub(super) signature: [u8; 4],
    /// Its bytes, without signature and size.
    pub(super) data: Range<usize>,
}

impl RawIndex {
    /// An index that holds nothing.
    pub(super) fn empty() -> Self {
        Self {
            bytes: Arc::new(EMPTY.iter().copied().chain([0; SUM]).collect()),
            version: 2,
            entries: Vec::new(),
            names: Vec::new(),
            end: HEADER,
            extensions: Vec::new(),
            sums: Some(Sums::of(&EMPTY)),
        }
    }

    /// Checks the bytes of an index file.
    ///
    /// Git reads an index without looking at its sum and writes a new one, by which a damaged
    /// index comes out looking whole. Here the sum is compared: what was decided on is what git
    /// wrote. That takes as long as reading it (6 ms with 100,000 entries), and happens meanwhile.
    pub(super) fn read(bytes: Vec<u8>) -> Result<Self, Error> {
        let body = bytes.len().checked_sub(SUM).ok_or_else(|| cut_short(0))?;
        let bytes = Arc::new(bytes);
        if bytes[body..] == [0; SUM] {
            return Self::entries(bytes, body);
        }
        let shared = Arc::clone(&bytes);
        let sum = move || Sums::of(&shared[..body]);
        let elsewhere = (body > LONG).then(|| thread::Builder::new().spawn(sum.clone()).ok());
        let read = Self::entries(Arc::clone(&bytes), body);
        let sums = elsewhere.flatten().and_then(|summing| summing.join().ok());
        let sums = sums.unwrap_or_else(sum);
        if sums.whole != bytes[body..] {
            return Err(damaged(IndexDamage::Sum));
        }
        Ok(Self { sums: Some(sums), ..read? })
    }

    /// Reads everything before the sum, which begins at byte `body`.
    fn entries(bytes: Arc<Vec<u8>>, body: usize) -> Result<Self, Error> {
        let summed = &bytes[..body];
        let version = be32(summed, 4).filter(|_| summed.starts_with(b"DIRC"));
        let count = be32(summed, 8).and_then(|count| usize::try_from(count).ok());
        let (Some(version), Some(count)) = (version, count) else {
            return Err(damaged(IndexDamage::NotAnIndex));
        };
        if !(2..=4).contains(&version) {
            return Err(Error::Unsupported(UnsupportedFormat::IndexVersion(version)));
        }
        if count > summed.len() / FIXED {
            return Err(damaged(IndexDamage::Count));
        }
        let mut read = Self {
            entries: Vec::with_capacity(count),
            names: Vec::new(),
            end: HEADER,
            extensions: Vec::new(),
            bytes,
            version,
            sums: None,
        };
        let mut is_ordered = true;
        for _ in 0..count {
            is_ordered &= read.read_entry(body)?;
        }
        // first, for a split index has entries without a name
        read.read_extensions(body)?;
        if is_ordered { Ok(read) } else { Err(damaged(IndexDamage::Order)) }
    }

    /// Reads the entry after those that are read and tells whether it belongs there.
    fn read_entry(&mut self, body: usize) -> Result<bool, Error> {
        let at = self.end;
        let (slot, end) =
            self.place_entry(at, body).ok_or_else(|| cut_short(self.entries.len()))?;
        let key = |slot| (self.spelled(slot), self.stage_at(slot));
        let before = self.entries.last().map_or((&[][..], 0), key);
        let is_next = before < key(&slot);
        if self.names.len() > self.bytes.len().saturating_mul(MOST_SPELLED_OUT) {
            return Err(damaged(IndexDamage::LongNames));
        }
        self.entries.push(slot);
        self.end = end;
        Ok(is_next)
    }

    /// Finds name and end of the entry at byte `at`; `None` if it does not lie before `body`.
    fn place_entry(&mut self, at: usize, body: usize) -> Option<(Slot, usize)> {
        let bytes = &self.bytes[..body];
        let flags = be16(bytes, at + FACTS)?;
        let name = at + fixed_length(flags);
        if flags & EXTENDED != 0 && self.version < 3 {
            return None;
        }
        if self.version < 4 {
            let length = match flags & LENGTH {
                LENGTH => until_nul(bytes, name)?,
                length => usize::from(length),
            };
            let end = at + padded(name - at + length);
            let ends_so = bytes.get(name + length) == Some(&0) && end <= body;
            return ends_so.then_some((Slot { at, name, length }, end));
        }
        let (stripped, suffix) = read_varint(bytes, name)?;
        let added = until_nul(bytes, suffix)?;
        let start = self.names.len();
        if let Some(before) = self.entries.last() {
            let length = before.length.checked_sub(stripped)?;
            let length = before.name..before.name + length;
            self.names.extend_from_within(length);
        } else if stripped != 0 {
            return None;
        }
        self.names.extend_from_slice(&bytes[suffix..suffix + added]);
        let length = self.names.len() - start;
        let slot = Slot { at, name: start, length };
        Some((slot, suffix + added + 1))
    }

    fn read_extensions(&mut self, body: usize) -> Result<(), Error> {
        let mut at = self.end;
        while at < body {
            let bytes = &self.bytes[..body];
            let cut = || damaged(IndexDamage::CutShortAfterEntries);
            let signature = *bytes[at..].first_chunk().ok_or_else(cut)?;
            let size = be32(bytes, at + 4).and_then(|size| usize::try_from(size).ok());
            let start = at + 8;
            let end = size.and_then(|size| start.checked_add(size));
            let end = end.filter(|end| *end <= body).ok_or_else(cut)?;
            if !signature[0].is_ascii_uppercase() {
                return Err(not_optional(signature));
            }
            self.extensions.push(Extension { signature, data: start..end });
            at = end;
        }
        Ok(())
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// The places of all entries for `path`, of which a conflict has several.
    pub(super) fn places(&self, path: &[u8]) -> Range<usize> {
        let from = self.first_from(path);
        let stages = self.entries[from..].iter().take(4);
        from..from + stages.take_while(|slot| self.spelled(slot) == path).count()
    }

    /// Whether any entry lies below the folder `path`, which ends with a slash.
    pub(super) fn has_below(&self, path: &[u8]) -> bool {
        let next = self.entries.get(self.first_from(path));
        next.is_some_and(|slot| self.spelled(slot).starts_with(path))
    }

    fn first_from(&self, path: &[u8]) -> usize {
        self.entries.partition_point(|slot| self.spelled(slot) < path)
    }

    pub(super) fn name(&self, place: usize) -> &[u8] {
        self.spelled(&self.entries[place])
    }

    pub(super) fn stage(&self, place: usize) -> u16 {
        self.stage_at(&self.entries[place])
    }

    /// What an entry holds; `None` for one that only announces a file (`git add -N`).
    pub(super) fn entry(&self, place: usize) -> Option<TreeEntry> {
        let at = self.entries[place].at;
        let mode = be32(&self.bytes, at + 24)?;
        let id = Oid::from_bytes(&self.bytes[at + 40..at + FACTS]).ok()?;
        (self.extended_flags(place) & INTENT_TO_ADD == 0).then_some(TreeEntry { mode, id })
    }

    pub(super) fn is_skipped(&self, place: usize) -> bool {
        self.extended_flags(place) & SKIP_WORKTREE != 0
    }

    fn extended_flags(&self, place: usize) -> u16 {
        let at = self.entries[place].at;
        match be16(&self.bytes, at + FACTS) {
            Some(flags) if flags & EXTENDED != 0 => {
                be16(&self.bytes, at + FIXED).unwrap_or_default()
            }
            _ => 0,
        }
    }

    /// The bytes of the entries from one place up to another.
    pub(super) fn stored(&self, places: Range<usize>) -> &[u8] {
        &self.bytes[self.start(places.start)..self.start(places.end)]
    }

    /// The facts of an entry, its flags, and its name as it is stored.
    pub(super) fn parts(&self, place: usize) -> (&[u8], &[u8], &[u8]) {
        let stored = self.stored(place..place + 1);
        let flags = be16(stored, FACTS).unwrap_or_default();
        let (fixed, name) = stored.split_at(fixed_length(flags));
        let (facts, flags) = fixed.split_at(FACTS);
        (facts, flags, name)
    }

    fn start(&self, place: usize) -> usize {
        self.entries.get(place).map_or(self.end, |slot| slot.at)
    }

    fn spelled(&self, slot: &Slot) -> &[u8] {
        let text = if self.version < 4 { &self.bytes } else { &self.names };
        &text[slot.name..slot.name + slot.length]
    }

    fn stage_at(&self, slot: &Slot) -> u16 {
        u16::from(self.bytes[slot.at + FACTS]) >> 4 & 3
    }
}

const EXTENDED: u16 = 0x4000;
const LENGTH: u16 = 0x0fff;
const SKIP_WORKTREE: u16 = 0x4000;
const INTENT_TO_ADD: u16 = 0x2000;

fn fixed_length(flags: u16) -> usize {
    if flags & EXTENDED == 0 { FIXED } else { FIXED + 2 }
}

/// The flags of a plain entry with a name of this length.
pub(super) fn plain_flags(length: usize) -> [u8; 2] {
    u16::try_from(length).map_or(LENGTH, |length| length.min(LENGTH)).to_be_bytes()
}

/// The length of an entry that ends with one to eight zeros, before version 4.
pub(super) fn padded(length: usize) -> usize {
    (length + 8) & !7
}

fn be16(bytes: &[u8], at: usize) -> Option<u16> {
    let number = bytes.get(at..)?.first_chunk()?;
    Some(u16::from_be_bytes(*number))
}

fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    let number = bytes.get(at..)?.first_chunk()?;
    Some(u32::from_be_bytes(*number))
}

fn until_nul(bytes: &[u8], at: usize) -> Option<usize> {
    bytes.get(at..)?.iter().position(|byte| *byte == 0)
}

/// Reads one of git's numbers of variable length and gives the byte after it.
pub(super) fn read_varint(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    let mut at = at;
    let mut byte = *bytes.get(at)?;
    let mut value = usize::from(byte & 127);
    while byte & 128 != 0 {
        at += 1;
        byte = *bytes.get(at)?;
        value = value.checked_add(1)?.checked_mul(128)? + usize::from(byte & 127);
    }
    Some((value, at + 1))
}

fn damaged(how: IndexDamage) -> Error {
    Error::Damaged(DamagedObject::Index(how))
}

fn cut_short(entry: usize) -> Error {
    damaged(IndexDamage::CutShortAt { entry })
}

/// Says that an index cannot be understood without an extension.
fn not_optional(signature: [u8; 4]) -> Error {
    Error::Unsupported(match &signature {
        b"link" => UnsupportedFormat::SplitIndex,
        b"sdir" => UnsupportedFormat::SparseIndex,
        other => UnsupportedFormat::IndexExtension(other.escape_ascii().to_string()),
    })
}
