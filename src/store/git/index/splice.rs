//! A new index out of the old one: the changed entries, and between them the old bytes.

use std::{
    borrow::Cow,
    collections::BTreeMap,
    io::{self, Write},
};

use sha1::Digest as _;

use super::{
    extensions,
    raw::{FACTS, HEADER, RawIndex, padded, plain_flags},
    sums::{SUM, Sums},
};

/// Times, numbers and mode of a file and the name of its content, as the index keeps them.
pub(super) type IndexFacts = [u8; FACTS];

/// What to put at each path; `None` removes its entry.
pub(super) type IndexEdits = BTreeMap<String, Option<IndexFacts>>;

/// A new index file, most of it still the bytes of the old one.
pub(super) struct SplicedIndex<'i> {
    pieces: Vec<Cow<'i, [u8]>>,
    /// The sums of the old one, if that is summed.
    sums: Option<&'i Sums>,
    /// How many bytes at the beginning are the old ones.
    same: usize,
}

impl<'i> SplicedIndex<'i> {
    /// Changes exactly the entries of `edits` (those of stage 0) in `index`.
    pub(super) fn of(index: &'i RawIndex, edits: &'i IndexEdits) -> Self {
        let mut entries = SplicedEntries {
            index,
            pieces: vec![Cow::Borrowed(&[])],
            next: 0,
            before: &[],
            same: 0,
            is_apart: false,
            count: index.len(),
            is_shifted: false,
        };
        for (path, facts) in edits {
            entries.edit(path.as_bytes(), facts.as_ref());
        }
        entries.copy_to(index.len());
        let mut pieces = entries.pieces;
        let count = u32::try_from(entries.count).unwrap_or(u32::MAX);
        let header = [index.bytes[..8].to_vec(), count.to_be_bytes().to_vec()];
        pieces[0] = Cow::Owned(header.concat());
        let same = if entries.count == index.len() { entries.same } else { 0 };
        let paths: Vec<&[u8]> = edits.keys().map(String::as_bytes).collect();
        extensions::follow(index, &paths, entries.is_shifted, &mut pieces);
        Self { pieces, sums: index.sums.as_ref(), same }
    }

    /// Writes the file with the sum at its end.
    pub(super) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let mut sum = self.sums.map(|sums| sums.until(self.same));
        for piece in &self.pieces {
            if let Some((sum, known)) = &mut sum {
                let new = piece.get(*known..).unwrap_or_default();
                *known = known.saturating_sub(piece.len());
                sum.update(new);
            }
            out.write_all(piece)?;
        }
        out.write_all(&sum.map_or([0; SUM], |(sum, _)| sum.finalize().into()))
    }
}

/// The entries on their way from the old index to the new one.
struct SplicedEntries<'i> {
    index: &'i RawIndex,
    pieces: Vec<Cow<'i, [u8]>>,
    /// The first old entry that is not yet copied or left out.
    next: usize,
    /// The name last written, on which the next one is built in version 4.
    before: &'i [u8],
    /// How many bytes there are before the first change.
    same: usize,
    /// Whether the entry before `next` is another one than in the old index.
    is_apart: bool,
    count: usize,
    /// Whether entries have other places than before.
    is_shifted: bool,
}

impl<'i> SplicedEntries<'i> {
    fn edit(&mut self, path: &'i [u8], facts: Option<&'i IndexFacts>) {
        let places = self.index.places(path);
        let known = places.clone().find(|place| self.index.stage(*place) == 0);
        self.copy_to(known.unwrap_or(places.start));
        match (facts, known) {
            (Some(facts), Some(place)) => self.replace(place, facts),
            (Some(facts), None) => self.insert(path, facts),
            (None, Some(place)) => self.leave_out(place),
            (None, None) => {}
        }
    }

    /// Copies the old entries before `place`.
    fn copy_to(&mut self, place: usize) {
        if self.next >= place {
            return;
        }
        if self.is_apart && self.index.version == 4 {
            let (facts, _, _) = self.index.parts(self.next);
            self.replace(self.next, facts);
        }
        let stored = self.index.stored(self.next..place);
        // nothing but the header stands before it
        if self.next == 0 && self.pieces.len() == 1 {
            self.same = HEADER + stored.len();
        }
        self.pieces.push(Cow::Borrowed(stored));
        self.before = self.index.name(place - 1);
        self.next = place;
        self.is_apart = false;
    }

    /// Gives the entry at `place`, which is the next one, other facts.
    fn replace(&mut self, place: usize, facts: &'i [u8]) {
        let (_, flags, name) = self.index.parts(place);
        let path = self.index.name(place);
        let name = if self.is_apart && self.index.version == 4 {
            Cow::Owned(compressed(self.before, path))
        } else {
            Cow::Borrowed(name)
        };
        self.pieces.extend([Cow::Borrowed(facts), Cow::Borrowed(flags), name]);
        self.before = path;
        self.next = place + 1;
        self.is_apart = false;
    }

    fn insert(&mut self, path: &'i [u8], facts: &'i IndexFacts) {
        let mut entry = facts.to_vec();
        entry.extend(plain_flags(path.len()));
        if self.index.version == 4 {
            entry.extend(compressed(self.before, path));
        } else {
            entry.extend(path);
            entry.resize(padded(entry.len()), 0);
        }
        self.pieces.push(Cow::Owned(entry));
        self.before = path;
        self.is_apart = true;
        self.is_shifted = true;
        self.count += 1;
    }

    fn leave_out(&mut self, place: usize) {
        self.next = place + 1;
        self.is_apart = true;
        self.is_shifted = true;
        self.count -= 1;
    }
}

/// A name as version 4 stores it: how much of the end of the one before to cut, and what to add.
fn compressed(before: &[u8], name: &[u8]) -> Vec<u8> {
    let same = before.iter().zip(name).take_while(|(a, b)| a == b).count();
    let mut stored = varint(before.len() - same);
    stored.extend_from_slice(&name[same..]);
    stored.push(0);
    stored
}

/// One of git's numbers of variable length.
fn varint(value: usize) -> Vec<u8> {
    let digit = |value: usize| u8::try_from(value & 127).unwrap_or_default();
    let mut bytes = vec![digit(value)];
    let mut rest = value >> 7;
    while rest > 0 {
        rest -= 1;
        bytes.push(128 | digit(rest));
        rest >>= 7;
    }
    bytes.reverse();
    bytes
}
