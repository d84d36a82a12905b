//! Which characters show nothing, or more than they seem to, and how they are shown: the one place
//! that decides. Files, terminals, reports and git all ask here.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

/// What some programs put at the head of a text.
pub const BYTE_ORDER_MARK: char = '\u{feff}';
/// What ends a line, or a paragraph, for some readers of Unicode alone.
pub const SEPARATORS: [char; 2] = ['\u{2028}', '\u{2029}'];
/// What has all that follows it read from its end.
pub const RIGHT_TO_LEFT: char = '\u{202e}';

/// Spaces shown for one tab.
pub const TAB: &str = "    ";

/// A letter, digit or sign of ASCII, or its blank: harmless wherever it stands.
pub const fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..=b'~')
}

/// Whether any character of the text is a control, such as a line feed or an escape.
pub fn has_control(text: &str) -> bool {
    text.contains(char::is_control)
}

/// The text without controls, so that it begins no line of its own.
pub fn without_controls(text: &str) -> String {
    text.replace(char::is_control, "")
}

/// The text without the byte order mark before it.
pub fn without_mark(text: &str) -> &str {
    text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text)
}

/// Whether nothing is to be seen of `c`, and it is no blank: what turns the direction of writing,
/// joins, fills, selects a variant, annotates or tags. It is what Unicode calls default ignorable,
/// with the separators of lines and paragraphs, and letters and signs without ink, such as the pattern of
/// Braille without a dot; the one list of all that is not seen.
pub const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}'
    )
}

/// The text with each letter and its marks as one character, where there is one (NFC): `ü`, not `u` and `¨`.
pub fn composed(text: &str) -> Cow<'_, str> {
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => text.into(),
        IsNormalized::No | IsNormalized::Maybe => text.nfc().collect::<String>().into(),
    }
}

/// Whether something is to be seen of `c`.
pub fn is_visible(c: char) -> bool {
    !c.is_whitespace() && !is_invisible(c)
}

/// Whether the file system of a Mac takes a name with `c` for the same name without it.
pub const fn is_ignored_by_macs(c: char) -> bool {
    matches!(
        c,
        '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{206a}'..='\u{206f}' | '\u{feff}'
    )
}

/// Whether `c` is a code point that Unicode keeps from ever being a character.
pub fn is_no_character(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe
}

/// The characters of a text, each with whether it has to be shown as an escape: controls, and what
/// is not seen but where writing needs it, which is variants, and joiners inside an emoji or a word
/// of a joining script.
pub fn characters(text: &str) -> impl Iterator<Item = (char, bool)> {
    let mut rest = text.chars().peekable();
    let mut before = ' ';
    std::iter::from_fn(move || {
        let c = rest.next()?;
        let after = rest.peek().copied().unwrap_or(' ');
        let is_needed = match c {
            '\u{200c}' | '\u{200d}' => is_joined(before) && is_joined(after),
            '\u{fe00}'..='\u{fe0f}' => true,
            _ => false,
        };
        before = c;
        Some((c, c.is_control() || is_invisible(c) && !is_needed))
    })
}

/// Whether joiners have a meaning beside `c`: an emoji, or a letter from Hebrew to Myanmar, of Khmer
/// and Mongolian, or of Arabic in its forms.
fn is_joined(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{109f}' | '\u{1780}'..='\u{18af}' | '\u{fb1d}'..='\u{fdff}')
        || matches!(c, '\u{fe70}'..='\u{fefc}' | '\u{2190}'..='\u{2bff}' | '\u{fe0f}')
        || matches!(c, '\u{1f000}'..='\u{1faff}')
}

/// The text with each character that has to be shown as an escape as `\u{…}`, but for those that
/// `spelled` has a spelling for, as has every other.
pub fn escaped(text: &str, spelled: impl Fn(char) -> Option<Cow<'static, str>>) -> String {
    let mut shown = String::with_capacity(text.len());
    for (c, is_escaped) in characters(text) {
        match spelled(c) {
            Some(spelling) => shown.push_str(&spelling),
            None if is_escaped => shown.extend(c.escape_unicode()),
            None => shown.push(c),
        }
    }
    shown
}

/// The text as it is shown to people: what has to be escaped is, line breaks stay.
pub fn clean(text: &str) -> String {
    if text.bytes().all(is_plain) {
        return text.to_owned();
    }
    escaped(text, |c| match c {
        '\n' => Some("\n".into()),
        '\t' => Some(TAB.into()),
        _ => None,
    })
}

/// As [`clean`], on one line.
pub fn clean_line(text: &str) -> Cow<'_, str> {
    if text.bytes().all(is_plain) { text.into() } else { clean(text).replace('\n', " ").into() }
}

/// A full-width character of ASCII as ASCII, the ideographic blank as a blank.
pub fn half_width(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        other => other,
    }
}

/// Where the decimal digits of a script begin, of Unicode 17; from its zero to its nine they follow one
/// another.
#[rustfmt::skip]
const ZEROS: [u32; 77] = [
    0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6,
    0xe50, 0xed0, 0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50,
    0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10, 0x104a0,
    0x10d30, 0x10d40, 0x11066, 0x110f0, 0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0, 0x11650,
    0x116c0, 0x116d0, 0x116da, 0x11730, 0x118e0, 0x11950, 0x11bf0, 0x11c50, 0x11d50, 0x11da0,
    0x11de0, 0x11f50, 0x16130, 0x16a60, 0x16ac0, 0x16b50, 0x16d70, 0x1ccf0, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec,
    0x1d7f6, 0x1e140, 0x1e2f0, 0x1e4f0, 0x1e5f1, 0x1e950, 0x1fbf0,
];

/// Raised, lowered and circled digits, and those in brackets or with a point: where some of them
/// begin, which digit that is, and how many follow one another.
const ENCLOSED: [(u32, u32, u32); 17] = [
    (0xb2, 2, 2),
    (0xb9, 1, 1),
    (0x2070, 0, 1),
    (0x2074, 4, 6),
    (0x2080, 0, 10),
    (0x2460, 1, 9),
    (0x2474, 1, 9),
    (0x2488, 1, 9),
    (0x24ea, 0, 1),
    (0x24f5, 1, 9),
    (0x24ff, 0, 1),
    (0x2776, 1, 9),
    (0x2780, 1, 9),
    (0x278a, 1, 9),
    (0x1f100, 0, 1),
    (0x1f101, 0, 10),
    (0x1f10b, 0, 1),
];

/// As [`half_width`], and a decimal digit of any script as that of ASCII.
pub fn unified(c: char) -> char {
    if c.is_ascii() {
        return c;
    }
    let code = u32::from(c);
    let zero = ZEROS[..ZEROS.partition_point(|zero| *zero <= code)].last();
    let digit = zero.and_then(|zero| char::from_digit(code - zero, 10));
    digit.unwrap_or_else(|| half_width(c))
}

/// A raised, lowered or circled digit as that of ASCII; `None` of anything else.
pub fn enclosed_digit(c: char) -> Option<char> {
    let code = u32::from(c);
    ENCLOSED.iter().find_map(|(begin, first, count)| {
        let nth = code.checked_sub(*begin).filter(|nth| nth < count)?;
        char::from_digit(first + nth, 10)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_every_script_are_digits_and_nothing_else_is() {
        assert!(ZEROS.is_sorted());
        for (text, digits) in [
            ("٠١٢٣٤٥٦٧٨٩", "0123456789"),
            ("०१२३४५६७८९", "0123456789"),
            ("๐๑๒๓๔๕๖๗๘๙", "0123456789"),
            ("０１２３４５６７８９", "0123456789"),
            ("𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗𝟘𝟡𝟬𝟵𝟶𝟿", "0123456789090909"),
            ("/:a一½Ⅷ٪०", "/:a一½Ⅷ٪0"),
        ] {
            assert_eq!(text.chars().map(unified).collect::<String>(), digits, "{text}");
        }
        for zero in ZEROS {
            let beside = zero.checked_sub(1).and_then(char::from_u32).map(unified);
            assert!(beside.is_none_or(|c| c == '9' || !c.is_ascii_digit()), "{zero:x}");
            for (code, digit) in (zero..).zip('0'..='9') {
                let c = char::from_u32(code).unwrap();
                assert!(c.is_numeric(), "{code:x}");
                assert_eq!(unified(c), digit, "{code:x}");
            }
        }
        let enclosed =
            "⁰¹²³⁴⁹₀₉①⑨⓪⑴⒈❶➀➊🄀🄁🄋".chars().map(enclosed_digit).collect::<Option<String>>();
        assert_eq!(enclosed.as_deref(), Some("0123490919011111000"));
        for c in "1١一⑩½ⁱ".chars() {
            assert_eq!(enclosed_digit(c), None, "{c}");
        }
    }

    #[test]
    fn what_is_not_seen_is_escaped_but_where_writing_needs_it() {
        let escaped = |text: &str| characters(text).any(|(_, is_escaped)| is_escaped);
        for text in
            ["王敏", "می\u{200c}خواهم", "👨\u{200d}👩\u{200d}👧", "❤\u{fe0f}\u{200d}🔥", "é"]
        {
            assert!(!escaped(text), "{text:?}");
        }
        for text in [
            "Zh\u{200d}ang",
            "王\u{200c}敏",
            "\u{200d}👧",
            "a\u{202e}b",
            "a\u{fff9}b",
            "a\u{e0041}b",
            "a\u{ad}b",
            "a\u{2028}b",
            "a\u{3164}",
            "a\u{1b}",
        ] {
            assert!(escaped(text), "{text:?}");
        }
    }

    #[test]
    fn nothing_of_a_stranger_moves_the_cursor_or_turns_the_line() {
        let nasty = "a\u{1b}[2Jb\u{202e}c\u{9b}31md\u{200d}e\rf\u{7}";
        let cleaned = clean(nasty);
        assert!(characters(&cleaned).all(|(_, is_escaped)| !is_escaped), "{cleaned}");
        assert_eq!(clean("王敏 🙂 ok"), "王敏 🙂 ok");
        assert_eq!(clean_line("a\nb"), "a b");
    }

    #[test]
    fn what_a_mac_ignores_is_not_seen() {
        for c in ('\0'..=char::MAX).filter(|c| is_ignored_by_macs(*c)) {
            assert!(is_invisible(c), "{c:?}");
        }
    }
}
