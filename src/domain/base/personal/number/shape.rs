//! What digits must be like to be a value: prefixes, dates and check digits.

use chrono::NaiveDate;

use crate::domain::base::phone;

/// The years in which a holder of an ID card may be born.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2099;

/// A Chinese mobile number without the code of the country.
pub(super) fn is_mobile(digits: &str) -> bool {
    digits.len() == 11 && matches!(digits.as_bytes(), [b'1', b'3'..=b'9', ..])
}

/// A Chinese landline with its area code, which has so many digits where that is known.
pub(super) fn is_landline(digits: &str, area: Option<usize>) -> bool {
    let due = match digits.as_bytes() {
        [b'0', b'1', b'0', ..] | [b'0', b'2', ..] => 3,
        [b'0', b'3'..=b'9', ..] => 4,
        _ => return false,
    };
    let local = digits.get(due..).unwrap_or_default();
    area.is_none_or(|area| area == due)
        && (local.len() == 8 || local.len() == 7 && due == 4)
        && matches!(local.as_bytes()[0], b'2'..=b'8')
}

/// The code of a country.
pub(super) fn is_code(digits: &str) -> bool {
    !digits.starts_with('0') && phone::is_code(digits)
}

/// A Chinese ID card: the region, a day of birth, and the check digit of GB 11643.
pub(super) fn is_id_card(text: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: &[u8; 11] = b"10x98765432";
    let bytes = text.as_bytes();
    if bytes.len() != 18 || !matches!(bytes[0], b'1'..=b'9') {
        return false;
    }
    let number = |from: usize, to: usize| text[from..to].parse::<u32>().unwrap_or_default();
    let year = i32::try_from(number(6, 10)).unwrap_or_default();
    let is_born = NaiveDate::from_ymd_opt(year, number(10, 12), number(12, 14)).is_some();
    let sum: u32 = WEIGHTS.iter().zip(bytes).map(|(weight, b)| weight * u32::from(b - b'0')).sum();
    YEARS.contains(&year) && is_born && bytes[17] == CHECKS[(sum % 11) as usize]
}

/// A bank card: an issuer's first digits with as many as they have, and the check digit of ISO 7812.
pub(super) fn is_bank_card(digits: &str) -> bool {
    let length = digits.len();
    let first = |count: usize| digits.get(..count).and_then(|it| it.parse::<u32>().ok());
    let (Some(two), Some(three), Some(four)) = (first(2), first(3), first(4)) else {
        return false;
    };
    let is_issued = match (two, three, four) {
        (40..=49, ..) => matches!(length, 13 | 16 | 18 | 19),
        (51..=55, ..) | (_, _, 2221..=2720) => length == 16,
        (35 | 60 | 62 | 65 | 69, ..) | (_, 644..=649, _) | (_, _, 9558) => {
            (16..=19).contains(&length)
        }
        (34 | 37, ..) => length == 15,
        (36 | 38, ..) | (_, 300..=305, _) => length == 14,
        _ => false,
    };
    is_issued && has_check_digit(digits)
}

fn has_check_digit(digits: &str) -> bool {
    let doubled = |digit: u32| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    let values = digits.bytes().rev().map(|b| u32::from(b - b'0'));
    let sum: u32 =
        values.enumerate().map(|(nth, it)| if nth % 2 == 1 { doubled(it) } else { it }).sum();
    sum.is_multiple_of(10)
}
