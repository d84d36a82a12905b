//! WebP: chunks are gone through one by one, what is needed to draw the picture is kept.

use super::exif;

const EXTENDED: &[u8] = b"VP8X";
const NOTES: &[u8] = b"EXIF";
const FRAME: &[u8] = b"ANMF";
const MOVING: &[u8] = b"ANIM";
const SEEN_THROUGH: &[u8] = b"ALPH";
const PICTURES: [&[u8]; 2] = [b"VP8 ", b"VP8L"];
/// Length of what stands in a frame before its own chunks; the last byte has two bits.
const FRAME_HEAD: usize = 16;
const OF_FRAME: u8 = 0x03;
const EXTENDED_HEAD: usize = 10;
const MOVING_HEAD: usize = 6;
/// The bits of the extended head that tell of a camera's notes, of colours that are seen through, and of
/// a picture that moves; no other is kept.
const HAS_NOTES: u8 = 0x08;
const IS_SEEN_THROUGH: u8 = 0x10;
const MOVES: u8 = 0x02;

/// The picture without notes, the profile of its colours and whatever follows it; `None` where it is
/// none, or breaks off. Why no profile is kept, [`super::jpeg`] says.
pub(super) fn stripped(bytes: &[u8]) -> Option<Vec<u8>> {
    let size = usize::try_from(little_u32(bytes, 4)?).ok()?;
    let chunks = chunks(bytes.get(12..size.checked_add(8)?)?)?;
    let notes = chunks.iter().find(|(name, _)| *name == NOTES).map(|(_, data)| *data);
    // some programs write them as they stand in a JPEG
    let notes = notes.map(|notes| notes.strip_prefix(b"Exif\0\0").unwrap_or(notes));
    let mut body = b"WEBP".to_vec();
    let extended = chunks.first().filter(|(name, _)| *name == EXTENDED);
    let turned = notes.and_then(exif::orientation).filter(|_| extended.is_some());
    let Some((_, head)) = extended else {
        put_picture(&mut body, &chunks[..chunks.len().min(1)])?;
        return riff(&body);
    };
    let mut head: [u8; EXTENDED_HEAD] = (*head).try_into().ok()?;
    head[0] &= IS_SEEN_THROUGH | MOVES;
    head[0] |= if turned.is_some() { HAS_NOTES } else { 0 };
    head[1..4].fill(0);
    put(&mut body, EXTENDED, &head)?;
    if head[0] & MOVES == 0 {
        put_picture(&mut body, &chunks)?;
    } else {
        let (_, moving) = chunks.iter().find(|(name, _)| *name == MOVING)?;
        put(&mut body, MOVING, moving.get(..MOVING_HEAD)?)?;
        let mut frames = chunks.iter().filter(|(name, _)| *name == FRAME).peekable();
        frames.peek()?;
        for (_, data) in frames {
            put(&mut body, FRAME, &stripped_frame(data)?)?;
        }
    }
    if let Some(turned) = turned {
        put(&mut body, NOTES, &exif::notes(turned))?;
    }
    riff(&body)
}

fn riff(body: &[u8]) -> Option<Vec<u8>> {
    let size = u32::try_from(body.len()).ok()?.to_le_bytes();
    Some([b"RIFF", &size[..], body].concat())
}

/// The one picture among chunks, with where it is seen through if that stands before it.
fn put_picture(body: &mut Vec<u8>, chunks: &[(&[u8], &[u8])]) -> Option<()> {
    let at = chunks.iter().position(|(name, _)| PICTURES.contains(name))?;
    let before = chunks[..at].iter().find(|(name, _)| *name == SEEN_THROUGH);
    for (name, data) in before.into_iter().chain([&chunks[at]]) {
        put(body, name, data)?;
    }
    Some(())
}

fn stripped_frame(data: &[u8]) -> Option<Vec<u8>> {
    let mut kept = data.get(..FRAME_HEAD)?.to_vec();
    kept[FRAME_HEAD - 1] &= OF_FRAME;
    put_picture(&mut kept, &chunks(&data[FRAME_HEAD..])?)?;
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
