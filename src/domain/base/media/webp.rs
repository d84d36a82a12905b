//! WebP: chunks are gone through one by one, what is needed to draw the picture is kept.

use super::exif;

const EXTENDED: &[u8] = b"VP8X";
const NOTES: &[u8] = b"EXIF";
const FRAME: &[u8] = b"ANMF";
/// Length of what stands in a frame before its own chunks.
const FRAME_HEAD: usize = 16;
const PICTURES: [&[u8]; 3] = [b"VP8 ", b"VP8L", FRAME];
/// Chunks without which the picture would look otherwise.
const KEPT: [&[u8]; 7] = [EXTENDED, b"VP8 ", b"VP8L", b"ALPH", b"ANIM", FRAME, b"ICCP"];
/// The bits of the extended head that tell of a camera's notes and of those of programs.
const HAS_NOTES: u8 = 0x08;
const HAS_MORE_NOTES: u8 = 0x04;

/// The picture without notes and whatever follows it; `None` where it is none, or breaks off.
pub(super) fn stripped(bytes: &[u8]) -> Option<Vec<u8>> {
    let size = usize::try_from(little_u32(bytes, 4)?).ok()?;
    let chunks = chunks(bytes.get(12..size.checked_add(8)?)?)?;
    let notes = chunks.iter().find(|(name, _)| *name == NOTES).map(|(_, data)| *data);
    // some programs write them as they stand in a JPEG
    let notes = notes.map(|notes| notes.strip_prefix(b"Exif\0\0").unwrap_or(notes));
    let is_extended = chunks.first().is_some_and(|(name, _)| *name == EXTENDED);
    let turned = notes.and_then(exif::orientation).filter(|_| is_extended);
    let has_picture = chunks.iter().any(|(name, _)| PICTURES.contains(name));
    let mut body = b"WEBP".to_vec();
    for (name, data) in chunks.into_iter().filter(|(name, _)| KEPT.contains(name)) {
        let mut data = data.to_vec();
        if name == EXTENDED {
            let flags = data.first_mut()?;
            *flags &= !(HAS_NOTES | HAS_MORE_NOTES);
            *flags |= if turned.is_some() { HAS_NOTES } else { 0 };
        } else if name == FRAME {
            data = stripped_frame(&data)?;
        }
        put(&mut body, name, &data)?;
    }
    if let Some(turned) = turned {
        put(&mut body, NOTES, &exif::notes(turned))?;
    }
    let size = u32::try_from(body.len()).ok()?.to_le_bytes();
    has_picture.then(|| [b"RIFF", &size[..], &body].concat())
}

fn stripped_frame(data: &[u8]) -> Option<Vec<u8>> {
    let mut kept = data.get(..FRAME_HEAD)?.to_vec();
    for (name, data) in chunks(&data[FRAME_HEAD..])? {
        if KEPT.contains(&name) {
            put(&mut kept, name, data)?;
        }
    }
    Some(kept)
}

/// The chunks, each with its name; `None` where one breaks off.
fn chunks(mut rest: &[u8]) -> Option<Vec<(&[u8], &[u8])>> {
    let mut found = Vec::new();
    while !rest.is_empty() {
        let length = usize::try_from(little_u32(rest, 4)?).ok()?;
        let end = length.checked_add(8)?;
        found.push((&rest[..4], rest.get(8..end)?));
        // each is filled up to an even length
        rest = rest.get(end + length % 2..).unwrap_or_default();
    }
    Some(found)
}

fn put(kept: &mut Vec<u8>, name: &[u8], data: &[u8]) -> Option<()> {
    kept.extend(name);
    kept.extend(u32::try_from(data.len()).ok()?.to_le_bytes());
    kept.extend(data);
    if data.len() % 2 == 1 {
        kept.push(0);
    }
    Some(())
}

/// The little-endian number at `place`.
fn little_u32(bytes: &[u8], place: usize) -> Option<u32> {
    let four = bytes.get(place..place.checked_add(4)?)?;
    Some(u32::from_le_bytes(four.try_into().ok()?))
}
