//! PNG: chunks are gone through one by one, what is needed to draw the picture is kept.

use super::{big_u32, exif};

const HEAD: &[u8] = b"\x89PNG\r\n\x1a\n";
const NOTES: &[u8] = b"eXIf";
/// Chunks without which the picture would look otherwise.
const KEPT: [&[u8]; 18] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP",
    b"mDCV", b"cLLI", b"sBIT", b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT",
];

/// The picture without notes, texts, times and whatever follows it; `None` where it is none, breaks off,
/// or a sum is wrong.
pub(super) fn stripped(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut kept = bytes.get(..HEAD.len())?.to_vec();
    let mut place = HEAD.len();
    let mut turned = None;
    let mut notes_at = None;
    let mut has_picture = false;
    loop {
        let length = usize::try_from(big_u32(bytes, place)?).ok()?;
        let end = place.checked_add(8)?.checked_add(length)?;
        let named = bytes.get(place + 4..end)?;
        if big_u32(bytes, end)? != checksum(named) {
            return None;
        }
        let (name, data) = named.split_at(4);
        let chunk = &bytes[place..end + 4];
        place = end + 4;
        if (notes_at.is_none()) != (name == b"IHDR") {
            return None;
        }
        if name == NOTES {
            turned = exif::orientation(data);
        }
        if KEPT.contains(&name) {
            kept.extend(chunk);
        }
        notes_at = notes_at.or(Some(kept.len()));
        has_picture |= name == b"IDAT";
        if name == b"IEND" {
            break;
        }
    }
    if let (Some(turned), Some(notes_at)) = (turned, notes_at) {
        let named = [NOTES, &exif::notes(turned)].concat();
        let length = u32::try_from(named.len() - 4).ok()?.to_be_bytes();
        let sum = checksum(&named).to_be_bytes();
        let chunk = [&length[..], &named, &sum].concat();
        kept.splice(notes_at..notes_at, chunk);
    }
    has_picture.then_some(kept)
}

/// The sum of a chunk, CRC-32 as PNG and ISO 3309 have it.
fn checksum(bytes: &[u8]) -> u32 {
    let step = |sum: u32, byte: &u8| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            if sum & 1 == 1 { (sum >> 1) ^ 0xedb8_8320 } else { sum >> 1 }
        })
    };
    !bytes.iter().fold(u32::MAX, step)
}
