//! JPEG: segments are gone through one by one, what is needed to draw the picture is kept.

use super::exif;

/// What stands before a camera's notes.
const EXIF: &[u8] = b"Exif\0\0";
const ADOBE: &[u8] = b"Adobe";
const FRAME: &[u8] = b"JFIF\0";
/// What a kept [`ADOBE`] segment has before the one byte that counts.
const ADOBE_HEAD: &[u8] = b"Adobe\0\x64\0\0\0\0";

/// The picture without notes, comments, previews, the profile of its colours and whatever follows it;
/// `None` where it is none, breaks off, or a part is longer than what it tells.
///
/// The profile is left out, for it is as long as its maker likes and may hold anything: a picture of
/// more colours than screens commonly have looks a little paler.
pub(super) fn stripped(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut kept = bytes.get(..2)?.to_vec();
    let mut place = 2;
    let mut turned = None;
    // where the notes go: behind the frame's own, which has to be the first
    let mut notes_at = kept.len();
    let (mut has_size, mut has_scan, mut has_adobe) = (false, false, false);
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
            break;
        }
        if matches!(marker, 0x00 | 0x01 | 0xd0..=0xd8) {
            return None;
        }
        let two = bytes.get(place..place + 2)?;
        let length = usize::from(u16::from_be_bytes([two[0], two[1]]));
        let data = bytes.get(place + 2..place.checked_add(length)?)?;
        place += length;
        match marker {
            0xe0 if kept.len() == 2 && data.starts_with(FRAME) && data.len() >= 14 => {
                // its preview, which shows what the picture may not show any more, stays behind
                put(&mut kept, marker, &[&data[..12], &[0, 0]].concat());
                notes_at = kept.len();
            }
            0xe1 if data.starts_with(EXIF) => {
                turned = turned.or(exif::orientation(&data[EXIF.len()..]));
            }
            0xee if !has_adobe && data.starts_with(ADOBE) && data.len() == 12 => {
                has_adobe = true;
                put(&mut kept, marker, &[ADOBE_HEAD, &[data[11].min(2)]].concat());
            }
            0xc0..=0xc7 | 0xc9..=0xcf | 0xda..=0xdd => {
                if !is_exact(marker, data)? {
                    return None;
                }
                has_size |= !matches!(marker, 0xc4 | 0xcc | 0xda..=0xdd);
                put(&mut kept, marker, data);
            }
            // everything else tells of the picture and draws none of it
            _ => {}
        }
        if marker == 0xda {
            has_scan = true;
            let end = end_of_scan(bytes, place)?;
            kept.extend(&bytes[place..end]);
            place = end;
        }
    }
    if !has_size || !has_scan {
        return None;
    }
    if let Some(turned) = turned {
        let mut notes = Vec::new();
        put(&mut notes, 0xe1, &[EXIF, &exif::notes(turned)].concat());
        kept.splice(notes_at..notes_at, notes);
    }
    kept.extend([0xff, 0xd9]);
    Some(kept)
}

/// Whether a segment that draws has what it tells and not a byte more; `None` where it breaks off.
fn is_exact(marker: u8, data: &[u8]) -> Option<bool> {
    let mut rest = data;
    Some(match marker {
        // tables: each with its own length
        0xdb => {
            while let Some(first) = rest.first() {
                if !matches!(first, 0..=3 | 0x10..=0x13) {
                    return None;
                }
                rest = rest.get(if first >> 4 == 0 { 65 } else { 129 }..)?;
            }
            true
        }
        0xc4 => {
            while !rest.is_empty() {
                if !matches!(rest[0], 0..=3 | 0x10..=0x13) {
                    return None;
                }
                let counts = rest.get(1..17)?.iter().map(|count| usize::from(*count));
                rest = rest.get(17 + counts.sum::<usize>()..)?;
            }
            true
        }
        0xcc => {
            let is_pair = |pair: &[u8]| matches!(pair, [0..=3 | 0x10..=0x13, _]);
            data.len() <= 16 && data.chunks(2).all(is_pair)
        }
        0xdd | 0xdc => data.len() == 2,
        0xda => data.len() == 4 + 2 * usize::from(*data.first()?),
        _ => data.len() == 6 + 3 * usize::from(*data.get(5)?),
    })
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
