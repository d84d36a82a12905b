//! What is dialled behind a number once it is answered.

use std::ops::RangeInclusive;

use super::PhoneLine;

/// The most digits of an extension, and of one behind a sign that may part two numbers as well.
const MOST: usize = 8;
const MOST_BEHIND_PAUSE: usize = 6;
/// The fewest digits of a number behind which a sign of one letter begins an extension.
const LEAST: usize = 5;

/// What stands before an extension, the longer ones first.
const SIGNS: [&str; 13] = [
    "extension",
    "durchwahl",
    "extn",
    "ext.",
    "ext",
    "转接",
    "分机",
    "分機",
    "内线",
    "转",
    "轉",
    "x",
    "#",
];

/// What phones write for a pause, behind which they dial on.
const PAUSES: [char; 4] = [',', ';', 'p', 'w'];

/// The number and its extension, where the text ends with one.
pub(super) fn parted(text: &str) -> Option<(&str, String)> {
    named(text).or_else(|| behind_pause(text)).or_else(|| behind_town(text))
}

fn named(text: &str) -> Option<(&str, String)> {
    let found = SIGNS.iter().find_map(|sign| text.split_once(sign));
    let (number, after) = found?;
    let after =
        after.trim_start_matches(['.', ':', '=', ' ', '号']).trim_end_matches([' ', '号', ')']);
    let number = number.trim_end_matches([' ', ',', ';', '(', '-']);
    fits(after, 1..=MOST).then(|| (number, after.to_owned()))
}

fn behind_pause(text: &str) -> Option<(&str, String)> {
    let (number, after) = text.split_once(PAUSES)?;
    let after = after.trim_start_matches(PAUSES).trim();
    let is_number = number.bytes().filter(u8::is_ascii_digit).count() >= LEAST;
    let is_one = is_number && fits(after, 1..=MOST_BEHIND_PAUSE);
    is_one.then(|| (number.trim_end(), after.to_owned()))
}

/// A number of a Chinese town and its extension, as in `010-62345678-8012`.
fn behind_town(text: &str) -> Option<(&str, String)> {
    let (number, after) = text.rsplit_once('-')?;
    let after = after.trim();
    let line = PhoneLine::read(number)?;
    let has_town = line.is_international || line.has_trunk_nought;
    let is_whole = match line.of_china()?.as_bytes() {
        own @ ([b'1', b'0', ..] | [b'2', ..]) => own.len() == 10,
        own @ [b'3'..=b'9', ..] => matches!(own.len(), 10 | 11),
        _ => false,
    };
    let is_one = has_town && is_whole && fits(after, 1..=MOST_BEHIND_PAUSE);
    is_one.then(|| (number.trim_end(), after.to_owned()))
}

fn fits(extension: &str, lengths: RangeInclusive<usize>) -> bool {
    lengths.contains(&extension.len()) && extension.bytes().all(|b| b.is_ascii_digit())
}
