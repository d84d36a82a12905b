//! How a picture is to be turned: the one thing that is kept of what a camera notes.

/// The tag of the orientation.
const ORIENTATION: u16 = 0x0112;
/// More entries than any camera writes.
const MOST_ENTRIES: usize = 1_000;

/// The orientation that a camera's notes name, where it is another than upright.
pub(super) fn orientation(notes: &[u8]) -> Option<u8> {
    let is_little = match notes.get(..4)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let short = |place: usize| -> Option<u16> {
        let two = notes.get(place..place.checked_add(2)?)?.try_into().ok()?;
        Some(if is_little { u16::from_le_bytes(two) } else { u16::from_be_bytes(two) })
    };
    let first = notes.get(4..8)?.try_into().ok()?;
    let first = if is_little { u32::from_le_bytes(first) } else { u32::from_be_bytes(first) };
    let first = usize::try_from(first).ok()?;
    let count = usize::from(short(first)?).min(MOST_ENTRIES);
    for nth in 0..count {
        let entry = first.checked_add(2 + 12 * nth)?;
        if short(entry)? == ORIENTATION {
            let turned = u8::try_from(short(entry.checked_add(8)?)?).ok()?;
            return (2..=8).contains(&turned).then_some(turned);
        }
    }
    None
}

/// Notes that say how a picture is to be turned, and nothing else.
pub(super) fn notes(turned: u8) -> Vec<u8> {
    let mut notes = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    notes.push(turned);
    notes.extend([0; 6]);
    notes
}
