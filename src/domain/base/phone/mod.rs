//! Phone numbers in the ways in which people write them: with the code of the country or without,
//! with blanks, dashes and digits of any script, and with an extension.

mod extension;
#[cfg(test)]
mod tests;

use std::ops::{Range, RangeInclusive};

use super::characters::{half_width, is_invisible, unified};

/// The fewest digits by which a number is known.
const LEAST: usize = 5;
/// The fewest digits of a number with the code of its town.
const LEAST_OF_COUNTRY: usize = 8;
/// The digits of a number within a town, and of the code of a town without its nought.
const WITHIN_TOWN: RangeInclusive<usize> = 6..=8;
const OF_TOWN: RangeInclusive<usize> = 2..=5;
/// The digits of a number that a desk keeps: the shortest are those of emergencies and of a house's own
/// exchange; the longest have what is dialled before them.
const KEPT: RangeInclusive<usize> = 3..=20;
/// The same behind the code of a country (ITU-T E.164), which counts.
const KEPT_OF_WORLD: RangeInclusive<usize> = 7..=15;
/// The digits of a mobile phone of China.
const MOBILE: usize = 11;

/// The codes of countries of one and two digits; any other has three.
const SHORT_CODES: [&str; 46] = [
    "1", "7", "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45",
    "46", "47", "48", "49", "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63",
    "64", "65", "66", "81", "82", "84", "86", "90", "91", "92", "93", "94", "95", "98",
];

/// The codes of countries in which a nought belongs to the number, and is dialled from abroad too.
const WITH_NOUGHT: [&str; 6] = ["39", "225", "229", "241", "242", "378"];

/// A phone number as it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneNumber {
    line: PhoneLine,
    extension: Option<String>,
}

/// A number without its extension.
#[derive(Clone, Debug, PartialEq, Eq)]
struct PhoneLine {
    /// With the code of the country.
    is_international: bool,
    /// With the nought that is dialled before the code of a town.
    has_trunk_nought: bool,
    /// Without what is dialled before it.
    digits: String,
}

/// Why a text cannot be kept as a phone number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhoneFault {
    /// It is none, or has too few digits, or too many.
    Shape,
    /// It begins as a mobile phone of China and has a digit more or less.
    Mobile,
}

impl PhoneNumber {
    /// The number that a text is; `None` of anything else, such as a name.
    pub fn read(text: &str) -> Option<Self> {
        let seen = text.chars().filter(|c| !is_invisible(*c)).map(plain);
        let seen = seen.flat_map(char::to_lowercase).collect::<String>();
        let seen = seen.trim();
        let seen = seen.strip_prefix("tel:").unwrap_or(seen).trim();
        let (number, extension) = match extension::parted(seen) {
            Some((number, extension)) => (number, Some(extension)),
            None => (seen, None),
        };
        Some(Self { line: PhoneLine::read(number)?, extension })
    }

    /// Where the extension stands in a text that is a number with one.
    pub fn extension_in(text: &str) -> Option<Range<usize>> {
        let count = Self::read(text)?.extension?.len();
        let is_digit = |(_, c): &(usize, char)| unified(*c).is_ascii_digit();
        let mut digits = text.char_indices().rev().filter(is_digit);
        let (last, c) = digits.next()?;
        let first = if count > 1 { digits.nth(count - 2)?.0 } else { last };
        Some(first..last + c.len_utf8())
    }

    /// A number as it is dialled from other countries, where it is one of this calling code: with the code,
    /// which some write without a sign before it. `None` of what says its country itself, is too short, or
    /// is no number.
    pub fn from_abroad(text: &str, calling_code: &str) -> Option<String> {
        let number = Self::read(text).filter(|number| !number.is_international())?;
        let digits = &number.line.digits;
        if digits.len() < LEAST {
            return None;
        }
        let behind = digits.strip_prefix(calling_code).filter(|own| own.len() >= LEAST_OF_COUNTRY);
        let own = behind.filter(|_| !number.line.has_trunk_nought).unwrap_or(digits);
        let extension = number.extension.map(|own| format!(" x{own}")).unwrap_or_default();
        Some(format!("+{calling_code} {own}{extension}"))
    }

    /// Whether a text can be kept as a number that people dial: of 3 to 20 digits, or of 7 to 15 with the
    /// code of a country, in digits that phones have.
    ///
    /// # Errors
    /// Why it cannot.
    pub fn dialled(text: &str) -> Result<Self, PhoneFault> {
        let has_key = |c: char| half_width(c).is_ascii_digit() || !unified(c).is_ascii_digit();
        let number =
            Self::read(text).filter(|_| text.chars().all(has_key)).ok_or(PhoneFault::Shape)?;
        let line = &number.line;
        let own = line.of_china().filter(|own| begins_as_mobile(own));
        let is_slip = match own.map(str::len) {
            Some(10 | 12) => !line.has_trunk_nought,
            Some(length) => line.is_international && length != MOBILE,
            None => false,
        };
        let is_long_enough = if line.is_international {
            KEPT_OF_WORLD.contains(&line.digits.len()) && code_of(&line.digits).is_some()
        } else {
            KEPT.contains(&line.digits.len())
        };
        match (is_slip, is_long_enough) {
            (true, _) => Err(PhoneFault::Mobile),
            (false, false) => Err(PhoneFault::Shape),
            (false, true) => Ok(number),
        }
    }

    /// True for the number of a Chinese mobile phone.
    pub fn is_mobile(text: &str) -> bool {
        Self::read(text).is_some_and(|number| number.line.is_mobile_of_china())
    }

    /// True for a number that says of which country it is.
    pub fn is_international(&self) -> bool {
        self.line.is_international
    }

    /// What equal numbers have in common: their last digits.
    pub fn tail(&self) -> Option<&str> {
        let digits = &self.line.digits;
        digits.len().checked_sub(LEAST).map(|from| &digits[from..])
    }

    /// True for the same number and extension, with the code of a country or without.
    pub fn is_same(&self, other: &Self) -> bool {
        self.extension == other.extension && self.line.is_same(&other.line)
    }

    /// True for the same number where not both have an extension, so that it leads to one place.
    pub fn may_be(&self, other: &Self) -> bool {
        self.fits_extension(other) && self.line.is_same(&other.line)
    }

    /// True for the same number but for the code of a town, which one of the two lacks: it may be that of
    /// any other town too.
    pub fn may_be_in_town(&self, other: &Self) -> bool {
        let (one, two) = (&self.line, &other.line);
        self.fits_extension(other) && (one.is_within_town_of(two) || two.is_within_town_of(one))
    }

    fn fits_extension(&self, other: &Self) -> bool {
        self.extension.is_none() || other.extension.is_none() || self.extension == other.extension
    }
}

impl PhoneLine {
    /// The number that a text is, in characters as [`plain`] gives them.
    fn read(number: &str) -> Option<Self> {
        let is_international = number.trim_start_matches('(').starts_with('+');
        // the nought of a town is not dialled behind the code of its country
        let of_country =
            is_international || number.trim_start_matches(['(', ' ']).starts_with("00");
        let kept = number.replace(' ', "").replace("(0)", "");
        let number = if of_country { kept } else { number.to_owned() };
        if !number.chars().all(is_of_number) || number.chars().skip(2).any(|c| c == '+') {
            return None;
        }
        let digits: String = number.chars().filter(char::is_ascii_digit).collect();
        if digits.is_empty() {
            return None;
        }
        let behind_prefix = digits.strip_prefix("00").filter(|_| of_country);
        let (is_international, digits) = match behind_prefix {
            Some(rest) => (true, rest.to_owned()),
            None => (is_international, digits),
        };
        let behind_code = digits.strip_prefix("86").map(|own| own.trim_start_matches('0'));
        let is_international = is_international || behind_code.is_some_and(is_mobile);
        if is_international {
            return Some(Self {
                is_international,
                has_trunk_nought: false,
                digits: abroad(&digits),
            });
        }
        let own = digits.trim_start_matches('0');
        let has_trunk_nought = own.len() < digits.len();
        Some(Self { is_international, has_trunk_nought, digits: own.to_owned() })
    }

    /// The digits behind the code of China, or of a number that says no country.
    fn of_china(&self) -> Option<&str> {
        if self.is_international { self.digits.strip_prefix("86") } else { Some(&self.digits) }
    }

    fn is_mobile_of_china(&self) -> bool {
        self.of_china().is_some_and(is_mobile)
    }

    fn is_same(&self, other: &Self) -> bool {
        let (one, two) = (&self.digits, &other.digits);
        if one.len().min(two.len()) < LEAST {
            return false;
        }
        let of_country = |whole: &str, own: &str| whole.strip_suffix(own).is_some_and(is_code);
        one == two
            || self.is_international && !other.is_international && of_country(one, two)
            || other.is_international && !self.is_international && of_country(two, one)
    }

    /// Whether this one may be the other without the code of its town.
    fn is_within_town_of(&self, other: &Self) -> bool {
        let says_no_town = !self.is_international && !self.has_trunk_nought;
        let before = other.digits.strip_suffix(&self.digits);
        let code = code_of(&other.digits).filter(|_| other.is_international);
        let town = before.and_then(|before| before.strip_prefix(code.unwrap_or_default()));
        says_no_town
            && WITHIN_TOWN.contains(&self.digits.len())
            && other.digits.len() > LEAST_OF_COUNTRY
            && !other.is_mobile_of_china()
            && town.is_some_and(|town| OF_TOWN.contains(&town.len()))
    }
}

/// The digits of a number with the code of its country, without a nought behind the code.
fn abroad(digits: &str) -> String {
    let code = code_of(digits).filter(|code| !WITH_NOUGHT.contains(code));
    let Some((code, own)) = code.map(|code| digits.split_at(code.len())) else {
        return digits.to_owned();
    };
    format!("{code}{}", own.trim_start_matches('0'))
}

/// The code of the country with which these digits begin.
fn code_of(digits: &str) -> Option<&str> {
    let begins = |length: usize| digits.get(..length).filter(|code| is_one_code(code));
    (1..=3).find_map(begins).filter(|code| !code.starts_with('0'))
}

/// Whether these digits are those of a mobile phone of China, without the code of the country.
fn is_mobile(own: &str) -> bool {
    own.len() == MOBILE && begins_as_mobile(own)
}

fn begins_as_mobile(own: &str) -> bool {
    own.starts_with('1') && matches!(own.as_bytes().get(1), Some(b'3'..=b'9'))
}

/// A character in the simplest of its shapes: dashes, brackets and dots as those of ASCII.
fn plain(c: char) -> char {
    match unified(c) {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{30fc}' => '-',
        '[' | '【' | '〔' => '(',
        ']' | '】' | '〕' => ')',
        '·' | '•' | '‧' | '∙' | '⋅' | '・' => '.',
        blank if blank.is_whitespace() => ' ',
        other => other,
    }
}

fn is_of_number(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, ' ' | '+' | '(' | ')' | '.' | '/' | '-' | '_')
}

/// The code of a country, with or without the nought that some keep behind it.
pub(super) fn is_code(digits: &str) -> bool {
    is_one_code(digits) || digits.strip_suffix('0').is_some_and(is_one_code)
}

fn is_one_code(code: &str) -> bool {
    match code.len() {
        1 | 2 => SHORT_CODES.contains(&code),
        3 => !SHORT_CODES.iter().any(|short| code.starts_with(short)),
        _ => false,
    }
}
