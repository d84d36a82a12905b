//! PNG: chunks are gone through one by one, what is needed to draw the picture is kept.

use super::{big_u32, exif};

const HEAD: &[u8] = b"\x89PNG\r\n\x1a\n";
const NOTES: &[u8] = b"eXIf";
const SIZE: &[u8] = b"IHDR";
const PALETTE: &[u8] = b"PLTE";
const PICTURE: &[u8] = b"IDAT";
const END: &[u8] = b"IEND";
/// More than any brightness, times 100,000.
const MOST_GAMMA: u32 = 1_000_000;
/// More dots a metre than any scanner makes.
const MOST_DOTS: u32 = 1_000_000;

/// What is known of a picture from its chunks so far.
#[derive(Debug, Default)]
struct Picture {
    /// How deep the colours are, and how they are told.
    depth: u8,
    colours: u8,
    /// Colours in the palette.
    palette: usize,
    /// Chunks of which there is one.
    seen: Vec<[u8; 4]>,
    /// The last chunk was part of the picture.
    is_drawing: bool,
}

/// The picture without notes, texts, times, the profile of its colours and whatever follows it, and of
/// an animation the picture that stands still; `None` where it is none, breaks off, or a sum is wrong.
/// Why no profile is kept, [`super::jpeg`] says.
pub(super) fn stripped(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut kept = bytes.get(..HEAD.len())?.to_vec();
    let mut place = HEAD.len();
    let mut turned = None;
    let mut notes_at = None;
    let mut picture = Picture::default();
    loop {
        let length = usize::try_from(big_u32(bytes, place)?).ok()?;
        let end = place.checked_add(8)?.checked_add(length)?;
        let named = bytes.get(place + 4..end)?;
        if big_u32(bytes, end)? != checksum(named) {
            return None;
        }
        let (name, data) = named.split_first_chunk::<4>()?;
        place = end + 4;
        if (notes_at.is_none()) != (name == SIZE) {
            return None;
        }
        if name == END {
            break;
        }
        if name == NOTES {
            turned = exif::orientation(data);
        }
        if picture.take(*name, data)? {
            put(&mut kept, name, data)?;
        }
        notes_at = notes_at.or(Some(kept.len()));
    }
    if let (Some(turned), Some(notes_at)) = (turned, notes_at) {
        let mut notes = Vec::new();
        put(&mut notes, NOTES, &exif::notes(turned))?;
        kept.splice(notes_at..notes_at, notes);
    }
    put(&mut kept, END, b"")?;
    picture.has(PICTURE).then_some(kept)
}

impl Picture {
    fn has(&self, name: &[u8]) -> bool {
        self.seen.iter().any(|seen| seen == name)
    }

    /// Notes a chunk; whether the picture would look otherwise without it, `None` where it cannot stand
    /// here.
    fn take(&mut self, name: [u8; 4], data: &[u8]) -> Option<bool> {
        let is_again = self.has(&name);
        let was_drawing = std::mem::replace(&mut self.is_drawing, name == PICTURE);
        let number = |nth: usize| big_u32(data, 4 * nth).unwrap_or_default();
        let is_needed = match &name {
            b"IHDR" => {
                let [.., depth, colours, 0, 0, 0 | 1] = *data else { return None };
                (self.depth, self.colours) = (depth, colours);
                if data.len() != 13 || !matches!(depth, 1 | 2 | 4 | 8 | 16) || is_again {
                    return None;
                }
                true
            }
            // a palette of a picture that has none is only a proposal
            b"PLTE" => {
                self.palette = data.len() / 3;
                let most = 1 << self.depth.min(8);
                if !data.len().is_multiple_of(3) || self.palette > most || is_again {
                    return None;
                }
                self.colours == 3
            }
            b"tRNS" => match self.colours {
                0 => data.len() == 2,
                2 => data.len() == 6,
                3 => data.len() <= self.palette && self.has(PALETTE),
                _ => false,
            },
            b"gAMA" => data.len() == 4 && number(0) <= MOST_GAMMA,
            b"sRGB" => matches!(data, [0..=3]),
            b"pHYs" => {
                matches!(data, [.., 0 | 1])
                    && data.len() == 9
                    && number(0) <= MOST_DOTS
                    && number(1) <= MOST_DOTS
            }
            // all of it stands together
            b"IDAT" if is_again && !was_drawing => return None,
            b"IDAT" => true,
            _ => false,
        };
        if is_needed && !is_again {
            self.seen.push(name);
        }
        Some(is_needed && (name == PICTURE || !is_again))
    }
}

fn put(kept: &mut Vec<u8>, name: &[u8], data: &[u8]) -> Option<()> {
    let named = [name, data].concat();
    kept.extend(u32::try_from(data.len()).ok()?.to_be_bytes());
    kept.extend(&named);
    kept.extend(checksum(&named).to_be_bytes());
    Some(())
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
