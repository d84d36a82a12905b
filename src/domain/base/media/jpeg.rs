//! JPEG: segments are gone through one by one, what is needed to draw the picture is kept.

use super::exif;

/// What stands before a camera's notes.
const EXIF: &[u8] = b"Exif\0\0";
const ADOBE: &[u8] = b"Adobe";
const FRAME: &[u8] = b"JFIF\0";
/// What a kept [`ADOBE`] segment has before the one byte that counts.
const ADOBE_HEAD: &[u8] = b"Adobe\0\x64\0\0\0\0";

/// What of a picture is kept so far.
#[derive(Debug, Default)]
struct Kept {
    bytes: Vec<u8>,
    /// How it is to be turned, and where that goes: behind the frame's own segment, which has to be the
    /// first.
    turned: Option<u8>,
    notes_at: usize,
    has_size: bool,
    has_scan: bool,
    has_adobe: bool,
}

/// The picture without notes, comments, previews, the profile of its colours and whatever follows it;
/// `None` where it is none, breaks off, or a part is longer than what it tells.
///
/// The profile is left out, for it is as long as its maker likes and may hold anything: a picture of
/// more colours than screens commonly have looks a little paler.
pub(super) fn stripped(bytes: &[u8]) -> Option<Vec<u8>> {
    let start = bytes.get(..2)?.to_vec();
    let mut place = start.len();
    let mut kept = Kept { notes_at: place, bytes: start, ..Kept::default() };
    loop {
        if *bytes.get(place)? != 0xff {
            return None;
        }
        while *bytes.get(place)? == 0xff {
            place += 1;
        }
        let marker = bytes[place];
        place += 1;
        if marker == 0xd9 {
            return kept.ended();
        }
        if matches!(marker, 0x00 | 0x01 | 0xd0..=0xd8) {
            return None;
        }
        let two = bytes.get(place..place + 2)?;
        let length = usize::from(u16::from_be_bytes([two[0], two[1]]));
        let data = bytes.get(place + 2..place.checked_add(length)?)?;
        place += length;
        kept.take(marker, data)?;
        if marker == 0xda {
            let end = end_of_scan(bytes, place)?;
            kept.bytes.extend(&bytes[place..end]);
            place = end;
        }
    }
}

impl Kept {
    /// Keeps a segment if the picture needs it; `None` where it is longer than what it tells.
    fn take(&mut self, marker: u8, data: &[u8]) -> Option<()> {
        match marker {
            0xe0 if self.bytes.len() == 2 && data.starts_with(FRAME) && data.len() >= 14 => {
                // its preview, which shows what the picture may not show any more, stays behind
                put(&mut self.bytes, marker, &[&data[..12], &[0, 0]].concat());
                self.notes_at = self.bytes.len();
            }
            0xe1 if data.starts_with(EXIF) => {
                self.turned = self.turned.or(exif::orientation(&data[EXIF.len()..]));
            }
            0xee if !self.has_adobe && data.starts_with(ADOBE) && data.len() == 12 => {
                self.has_adobe = true;
                put(&mut self.bytes, marker, &[ADOBE_HEAD, &[data[11].min(2)]].concat());
            }
            0xc0..=0xc7 | 0xc9..=0xcf | 0xda..=0xdd => {
                if !is_exact(marker, data) {
                    return None;
                }
                self.has_scan |= marker == 0xda;
                self.has_size |= !matches!(marker, 0xc4 | 0xcc | 0xda..=0xdd);
                put(&mut self.bytes, marker, data);
            }
            // everything else tells of the picture and draws none of it
            _ => {}
        }
        Some(())
    }

    /// The whole picture; `None` where nothing is drawn.
    fn ended(mut self) -> Option<Vec<u8>> {
        if !self.has_size || !self.has_scan {
            return None;
        }
        if let Some(turned) = self.turned {
            let mut notes = Vec::new();
            put(&mut notes, 0xe1, &[EXIF, &exif::notes(turned)].concat());
            self.bytes.splice(self.notes_at..self.notes_at, notes);
        }
        self.bytes.extend([0xff, 0xd9]);
        Some(self.bytes)
    }
}

/// Whether a segment that draws has what it tells and not a byte more.
fn is_exact(marker: u8, data: &[u8]) -> bool {
    // colours of which one of the figures behind tells: no picture has more than four
    let of_colours = |nth: usize, head: usize, each: usize| {
        let count = data.get(nth).copied().filter(|count| (1..=4).contains(count));
        count.is_some_and(|count| data.len() == head + each * usize::from(count))
    };
    match marker {
        0xdb => is_of_tables(data, |first, _| Some(if first >> 4 == 0 { 65 } else { 129 })),
        0xc4 => is_of_tables(data, |_, table| {
            let counts = table.get(1..17)?.iter().map(|count| usize::from(*count));
            Some(17 + counts.sum::<usize>())
        }),
        0xcc => data.len() <= 16 && is_of_tables(data, |_, _| Some(2)),
        0xdd | 0xdc => data.len() == 2,
        0xda => of_colours(0, 4, 2),
        _ => of_colours(5, 6, 3),
    }
}

/// Whether a segment is made of tables, each with its class and number in the first byte and as long as
/// `length` says by it and by all that follows.
fn is_of_tables(mut rest: &[u8], length: impl Fn(u8, &[u8]) -> Option<usize>) -> bool {
    while let Some(first) = rest.first() {
        let length = Some(*first)
            .filter(|first| matches!(first, 0..=3 | 0x10..=0x13))
            .and_then(|first| length(first, rest));
        match length.and_then(|length| rest.get(length..)) {
            Some(behind) => rest = behind,
            None => return false,
        }
    }
    true
}

fn put(kept: &mut Vec<u8>, marker: u8, data: &[u8]) {
    // it came out of a segment, or is shorter than what did
    let length = u16::try_from(data.len() + 2).unwrap_or(u16::MAX);
    kept.extend([0xff, marker]);
    kept.extend(length.to_be_bytes());
    kept.extend(data);
}

/// Where the drawn part that begins at `place` ends: at the next marker that is none of its own.
fn end_of_scan(bytes: &[u8], mut place: usize) -> Option<usize> {
    loop {
        place += bytes.get(place..)?.iter().position(|byte| *byte == 0xff)?;
        match bytes.get(place + 1)? {
            0x00 | 0xd0..=0xd7 => place += 2,
            0xff => place += 1,
            _ => return Some(place),
        }
    }
}
