//! Text of strangers, made harmless for a terminal.

use std::borrow::Cow;

use crate::domain::base::text::characters;

/// The text with control, bidi and invisible characters shown as `\u{…}`; line breaks stay.
pub fn clean(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let mut cleaned = String::with_capacity(text.len());
    for (c, is_escaped) in characters(text) {
        match c {
            '\n' => cleaned.push(c),
            '\t' => cleaned.push_str("    "),
            c if is_escaped => cleaned.extend(c.escape_unicode()),
            c => cleaned.push(c),
        }
    }
    cleaned
}

/// As [`clean`], on one line.
pub fn clean_line(text: &str) -> Cow<'_, str> {
    if is_plain(text) { text.into() } else { clean(text).replace('\n', " ").into() }
}

/// Nothing but letters, digits and signs of ASCII, which are harmless.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_stranger_moves_the_cursor_or_turns_the_line() {
        let nasty = "a\u{1b}[2Jb\u{202e}c\u{9b}31md\u{200d}e\rf\u{7}";
        let cleaned = clean(nasty);
        assert!(characters(&cleaned).all(|(_, is_escaped)| !is_escaped), "{cleaned}");
        assert_eq!(clean("王敏 🙂 ok"), "王敏 🙂 ok");
        assert_eq!(clean_line("a\nb"), "a b");
    }
}
