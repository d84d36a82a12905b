//! WebP: chunks are gone through one by one, what is needed to draw the picture is kept.

use std::ops::Range;

use super::exif;

const EXTENDED: &[u8] = b"VP8X";
const NOTES: &[u8] = b"EXIF";
const FRAME: &[u8] = b"ANMF";
const ALPHA: &[u8] = b"ALPH";
const PICTURES: [&[u8]; 2] = [b"VP8 ", b"VP8L"];
/// Length of what stands in a frame before its own chunks.
const FRAME_HEAD: usize = 16;
/// Where its width and height stand there, and where in the extended head.
const FRAME_SIZE: Range<usize> = 6..12;
const SIZE: Range<usize> = 4..10;
const EXTENDED_HEAD: usize = 10;
/// The bits of the extended head that tell of a camera's notes, of colours that are seen through, and of
/// an animation; the last is not kept, nor is any other.
const HAS_NOTES: u8 = 0x08;
const HAS_ALPHA: u8 = 0x10;
const IS_ANIMATED: u8 = 0x02;

/// The picture without notes, the profile of its colours and whatever follows it, and of an animation
/// the first picture; `None` where it is none, or breaks off. Why no profile is kept, [`super::jpeg`]
/// says.
pub(super) fn stripped(bytes: &[u8]) -> Option<Vec<u8>> {
    let size = usize::try_from(little_u32(bytes, 4)?).ok()?;
    let chunks = chunks(bytes.get(12..size.checked_add(8)?)?)?;
    let mut body = b"WEBP".to_vec();
    let Some((_, head)) = chunks.first().filter(|(name, _)| *name == EXTENDED) else {
        put_picture(&mut body, &chunks[..chunks.len().min(1)])?;
        return riff(&body);
    };
    let notes = chunks.iter().find(|(name, _)| *name == NOTES).map(|(_, data)| *data);
    // some programs write them as they stand in a JPEG
    let notes = notes.map(|notes| notes.strip_prefix(b"Exif\0\0").unwrap_or(notes));
    let turned = notes.and_then(exif::orientation);
    let mut kept = <[u8; EXTENDED_HEAD]>::try_from(*head).ok()?;
    kept[0] &= HAS_ALPHA;
    kept[0] |= if turned.is_some() { HAS_NOTES } else { 0 };
    // reserved: readers look at none of it
    kept[1..SIZE.start].fill(0);
    if head[0] & IS_ANIMATED == 0 {
        put(&mut body, EXTENDED, &kept)?;
        put_picture(&mut body, &chunks)?;
    } else {
        let (_, frame) = chunks.iter().find(|(name, _)| *name == FRAME)?;
        let (frame_head, inner) = frame.split_at_checked(FRAME_HEAD)?;
        kept[SIZE].copy_from_slice(&frame_head[FRAME_SIZE]);
        put(&mut body, EXTENDED, &kept)?;
        put_picture(&mut body, &self::chunks(inner)?)?;
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
    let before = chunks[..at].iter().find(|(name, _)| *name == ALPHA);
    for (name, data) in before.into_iter().chain([&chunks[at]]) {
        put(body, name, data)?;
    }
    Some(())
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
