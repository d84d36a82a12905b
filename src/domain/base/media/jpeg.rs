//! JPEG: segments are gone through one by one, what is needed to draw the picture is kept.

use super::exif;

/// What stands before a camera's notes.
const EXIF: &[u8] = b"Exif\0\0";
const ADOBE: &[u8] = b"Adobe";
const COLOURS: &[u8] = b"ICC_PROFILE\0";
const FRAME: &[u8] = b"JFIF\0";

/// The picture without notes, comments, previews and whatever follows it; `None` where it is none, or
/// breaks off.
pub(super) fn stripped(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut kept = bytes.get(..2)?.to_vec();
    let mut place = 2;
    let mut turned = None;
    // where the notes go: behind the frame's own, which has to be the first
    let mut notes_at = kept.len();
    let (mut has_size, mut has_scan) = (false, false);
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
        has_size |= matches!(marker, 0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf);
        match marker {
            0xe0 if data.starts_with(FRAME) && data.len() >= 14 => {
                // its preview, which shows what the picture may not show any more, stays behind
                let is_first = kept.len() == 2;
                put(&mut kept, marker, &[&data[..12], &[0, 0]].concat());
                notes_at = if is_first { kept.len() } else { notes_at };
            }
            0xe1 if data.starts_with(EXIF) => {
                turned = turned.or(exif::orientation(&data[EXIF.len()..]));
            }
            0xe2 if data.starts_with(COLOURS) => put(&mut kept, marker, data),
            0xee if data.starts_with(ADOBE) => put(&mut kept, marker, data),
            0xe0..=0xef | 0xfe => {}
            _ => put(&mut kept, marker, data),
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
