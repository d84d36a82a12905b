//! Phone numbers in the ways in which people write them: with the code of the country or without,
//! with blanks, dashes and digits of any script, and with an extension.

use super::characters::{is_invisible, unified};

/// The fewest digits by which a number is known.
const LEAST: usize = 5;
/// The fewest digits of a number with the code of its town.
const LEAST_OF_COUNTRY: usize = 8;
/// The fewest digits that can be dialled, and the most, with what is dialled before them.
const DIALLED: std::ops::RangeInclusive<usize> = 2..=20;
/// The most digits of an extension.
const EXTENSION: usize = 8;
/// The digits of a mobile phone of China.
const MOBILE: usize = 11;

/// What stands before an extension, the longer ones first.
const BEFORE_EXTENSION: [&str; 13] = [
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

/// The codes of countries of one and two digits; any other has three.
const SHORT_CODES: [&str; 46] = [
    "1", "7", "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45",
    "46", "47", "48", "49", "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63",
    "64", "65", "66", "81", "82", "84", "86", "90", "91", "92", "93", "94", "95", "98",
];

/// A phone number as it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneNumber {
    /// With the code of the country.
    is_international: bool,
    /// With the nought that is dialled before the code of a town.
    has_trunk_nought: bool,
    /// Without what is dialled before it.
    digits: String,
    extension: Option<String>,
}

impl PhoneNumber {
    /// The number that a text is; `None` of anything else, such as a name.
    pub fn read(text: &str) -> Option<Self> {
        let seen = text.chars().filter(|c| !is_invisible(*c)).map(unified);
        let seen = seen.flat_map(char::to_lowercase).collect::<String>();
        let seen = seen.trim();
        let seen = seen.strip_prefix("tel:").unwrap_or(seen).trim();
        let (number, extension) = match with_extension(seen).or_else(|| behind_town(seen)) {
            Some((number, extension)) => (number, Some(extension)),
            None => (seen, None),
        };
        let is_international = number.trim_start_matches('(').starts_with('+');
        // the nought of a town is not dialled behind the code of its country
        let of_country = is_international || number.trim_start().starts_with("00");
        let kept = number.replace(' ', "").replace("(0)", "");
        let number = if of_country { kept } else { number.to_owned() };
        if !number.chars().all(is_of_number) || number.chars().skip(2).any(|c| c == '+') {
            return None;
        }
        let digits: String = number.chars().filter(char::is_ascii_digit).collect();
        if digits.is_empty() {
            return None;
        }
        let (is_international, digits) = match digits.strip_prefix("00") {
            Some(rest) if !is_international => (true, rest.to_owned()),
            Some(_) | None => (is_international, digits),
        };
        let is_international = is_international || is_mobile_of_china(digits.strip_prefix("86"));
        let own = if is_international { &digits } else { digits.trim_start_matches('0') };
        let has_trunk_nought = own.len() < digits.len();
        Some(Self { is_international, has_trunk_nought, digits: own.to_owned(), extension })
    }

    /// A number as it is dialled from other countries, where it is one of this calling code: with the code,
    /// which some write without a sign before it. `None` of what says its country itself, is too short, or
    /// is no number.
    pub fn from_abroad(text: &str, calling_code: &str) -> Option<String> {
        let number = Self::read(text).filter(|number| !number.is_international)?;
        let digits = &number.digits;
        if digits.len() < LEAST {
            return None;
        }
        let behind = digits.strip_prefix(calling_code).filter(|own| own.len() >= LEAST_OF_COUNTRY);
        let own = behind.filter(|_| !number.has_trunk_nought).unwrap_or(digits);
        let extension = number.extension.map(|own| format!(" x{own}")).unwrap_or_default();
        Some(format!("+{calling_code} {own}{extension}"))
    }

    /// True for a text that can be dialled, and is no mobile phone of China with a digit more or less.
    pub fn is_one(text: &str) -> bool {
        let Some(number) = Self::read(text) else { return false };
        let own = number.of_china().filter(|own| begins_as_mobile(own));
        let is_slip = match own.map(str::len) {
            Some(10 | 12) => !number.has_trunk_nought,
            Some(length) => number.is_international && length != MOBILE,
            None => false,
        };
        DIALLED.contains(&number.digits.len()) && !is_slip
    }

    /// True for the number of a Chinese mobile phone.
    pub fn is_mobile(text: &str) -> bool {
        Self::read(text).is_some_and(|number| is_mobile_of_china(number.of_china()))
    }

    /// True for a number that says of which country it is.
    pub fn is_international(&self) -> bool {
        self.is_international
    }

    /// The digits behind the code of China, or of a number that says no country.
    fn of_china(&self) -> Option<&str> {
        if self.is_international { self.digits.strip_prefix("86") } else { Some(&self.digits) }
    }

    /// What equal numbers have in common: their last digits.
    pub fn tail(&self) -> Option<&str> {
        self.digits.len().checked_sub(LEAST).map(|from| &self.digits[from..])
    }

    /// True for the same number and extension, with the code of a country or without.
    pub fn is_same(&self, other: &Self) -> bool {
        self.extension == other.extension && self.is_same_line(other)
    }

    /// True for the same number where not both have an extension, so that it leads to one place.
    pub fn may_be(&self, other: &Self) -> bool {
        (self.extension.is_none() || other.extension.is_none()) && self.is_same_line(other)
    }

    fn is_same_line(&self, other: &Self) -> bool {
        let (one, two) = (&self.digits, &other.digits);
        if one.len().min(two.len()) < LEAST {
            return false;
        }
        let of_country = |whole: &str, own: &str| whole.strip_suffix(own).is_some_and(is_code);
        one == two
            || self.is_international && !other.is_international && of_country(one, two)
            || other.is_international && !self.is_international && of_country(two, one)
    }
}

/// Whether these digits are those of a mobile phone of China, without the code of the country.
fn is_mobile_of_china(own: Option<&str>) -> bool {
    own.is_some_and(|own| own.len() == MOBILE && begins_as_mobile(own))
}

fn begins_as_mobile(own: &str) -> bool {
    own.starts_with('1') && matches!(own.as_bytes().get(1), Some(b'3'..=b'9'))
}

/// A number of a Chinese town and its extension, as in `010-62345678-8012`.
fn behind_town(text: &str) -> Option<(&str, String)> {
    let (number, extension) = text.rsplit_once('-')?;
    let (town, own) = number.split_once('-')?;
    let are_digits = [town, own, extension].iter().all(|it| it.bytes().all(|b| b.is_ascii_digit()));
    let is_town =
        matches!(town.as_bytes(), [b'0', b'1', b'0'] | [b'0', b'2', _] | [b'0', b'3'..=b'9', _, _]);
    let fits = (7..=8).contains(&own.len()) && (1..=6).contains(&extension.len());
    (are_digits && is_town && fits).then(|| (number, extension.to_owned()))
}

/// The number and its extension, where the text ends with one.
fn with_extension(text: &str) -> Option<(&str, String)> {
    let found = BEFORE_EXTENSION.iter().find_map(|sign| text.split_once(sign));
    let (number, after) = found?;
    let after = after.trim_start_matches(['.', ':', ' ', '号']).trim_end_matches([' ', '号', ')']);
    let fits = (1..=EXTENSION).contains(&after.len()) && after.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| (number.trim_end_matches([' ', ',', ';', '(', '-']), after.to_owned()))
}

fn is_of_number(c: char) -> bool {
    let is_dash = matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{30fc}');
    c.is_ascii_digit() || is_dash || c.is_whitespace() || matches!(c, '+' | '(' | ')' | '.' | '/')
}

/// The code of a country, with or without the nought that some keep behind it.
pub(super) fn is_code(digits: &str) -> bool {
    let is_one = |code: &str| match code.len() {
        1 | 2 => SHORT_CODES.contains(&code),
        3 => !SHORT_CODES.iter().any(|short| code.starts_with(short)),
        _ => false,
    };
    is_one(digits) || digits.strip_suffix('0').is_some_and(is_one)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> PhoneNumber {
        PhoneNumber::read(text).unwrap_or_else(|| panic!("{text}"))
    }

    #[test]
    fn one_number_is_one_number_however_it_is_written() {
        for ways in [
            &[
                "+49 7736 9219-0",
                "0049 7736 92190",
                "07736/92190",
                "+49 (0)7736 92190",
                "(07736) 92190",
                "＋４９ ７７３６ ９２１９０",
                "+49\u{a0}7736\u{2011}92190",
                "0049 (0)7736 92190",
                "tel:+497736 92190",
                "\u{202a}+49 7736 92190\u{202c}",
            ][..],
            &[
                "010-62345678",
                "+86 10 62345678",
                "0086-10-6234-5678",
                "（010）62345678",
                "０１０－６２３４５６７８",
                "٠١٠-٦٢٣٤٥٦٧٨",
            ],
            &[
                "13812341234",
                "+86 138 1234 1234",
                "138-1234-1234",
                "0086 13812341234",
                "8613812341234",
                "86-138-1234-1234",
            ],
            &["(212) 555-0142", "+1 212 555 0142", "001 212 555 0142"],
            &["01632 960001", "+44 1632 960001", "+44 (0) 1632 960001".trim()],
            &[
                "010-62345678转8012",
                "010-62345678 x8012",
                "+86 10 62345678 ext. 8012",
                "010-62345678 分机 8012",
                "01062345678#8012",
                "010-62345678-8012",
                "０１０－６２３４５６７８转８０１２",
            ],
        ] {
            for (one, two) in ways.iter().flat_map(|one| ways.iter().map(move |two| (one, two))) {
                assert!(read(one).is_same(&read(two)), "{one} and {two}");
                assert_eq!(read(one).tail(), read(two).tail(), "{one} and {two}");
            }
        }
    }

    #[test]
    fn other_numbers_are_others() {
        for (one, two) in [
            ("13812341234", "13812341235"),
            ("+49 7736 92190", "+43 7736 92190"),
            ("1381234", "13812341234"),
            ("62345678", "+86 10 62345678"),
            ("010-62345678转8012", "010-62345678转8013"),
            ("010-62345678转8012", "010-62345678"),
            ("8321", "8321"),
        ] {
            assert!(!read(one).is_same(&read(two)), "{one} and {two}");
        }
        assert!(read("010-62345678转8012").may_be(&read("+86 10 62345678")));
        assert!(!read("010-62345678转8012").may_be(&read("010-62345678转8013")));
    }

    #[test]
    fn what_can_be_dialled_is_a_number() {
        for text in ["110", "8321", "+49 7736 9219-0", "010-62345678转8012", "0800 555 0142"] {
            assert!(PhoneNumber::is_one(text), "{text}");
        }
        for text in
            ["ask at reception", "7", "13812341234/13912341234", "010-62345678 or 8321", "-", "无"]
        {
            assert!(!PhoneNumber::is_one(text), "{text}");
        }
        for text in ["+86 138 1234 567", "0086 138123412345", "1381234567", "138 1234 12345"] {
            assert!(!PhoneNumber::is_one(text), "{text}");
        }
    }

    #[test]
    fn a_number_of_the_country_is_that_of_no_other() {
        for (text, code, whole) in [
            ("07736/92190", "49", Some("+49 773692190")),
            ("861062345678", "86", Some("+86 1062345678")),
            ("8613812341234", "86", None),
            ("86-10-62345678 x12", "86", Some("+86 1062345678 x12")),
            ("138 1234 1234", "86", Some("+86 13812341234")),
            ("1 (212) 555-0142", "1", Some("+1 2125550142")),
            // a town's code, or a number within a town, may begin like the country's
            ("04921 12345678", "49", Some("+49 492112345678")),
            ("8612 3456", "86", Some("+86 86123456")),
            ("+43 7736 92190", "49", None),
            ("0043 7736 92190", "49", None),
            ("8321", "86", None),
            ("Ms Wang", "86", None),
        ] {
            let told = PhoneNumber::from_abroad(text, code);
            assert_eq!(told.as_deref(), whole, "{text}");
            if let Some(told) = told {
                assert!(read(text).is_same(&read(&told)) || text.starts_with(code), "{text}");
            }
        }
    }

    #[test]
    fn a_mobile_phone_is_told_from_a_line() {
        for text in ["13812341234", "+86 199 1234 1234", "0086-13812341234"] {
            assert!(PhoneNumber::is_mobile(text), "{text}");
        }
        for text in ["010-62345678", "12812341234", "+1 312 555 0142 9", "8321", "Ms Wang"] {
            assert!(!PhoneNumber::is_mobile(text), "{text}");
        }
    }

    #[test]
    fn a_name_is_no_number() {
        for name in [
            "Wang",
            "王芳 13800001111",
            "Ms Fox 12",
            "",
            "+",
            "Line x12",
            "12+34+56",
            "R-261122-7K3QX",
        ] {
            assert_eq!(PhoneNumber::read(name), None, "{name}");
        }
    }
}
