//! The door for text that people type or paste.

use std::{fmt, marker::PhantomData, str::FromStr};

use serde::{
    Deserializer,
    de::{Error, Visitor},
};

use super::characters::{
    SEPARATORS, TAB, characters, composed, half_width, is_invisible, is_visible, without_controls,
};

/// The most characters that a text may have.
pub const TEXT: usize = 20_000;
/// The most characters that a line such as a title may have.
pub const LINE: usize = 300;
/// The most characters of the name of a person.
pub const NAME: usize = 100;

/// Why a text is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextFault {
    /// Nothing to be seen.
    Empty,
    /// A control character, at a line and column counted from 1 in the text as told.
    Control { code: char, line: usize, column: usize },
    /// More characters than the field takes.
    TooLong { chars: usize, max: usize },
    /// A line break in a field of one line.
    SeveralLines,
    /// A character that git leaves out of the names and addresses of its commits where it stands.
    Dropped { code: char },
}

/// The text as it is kept: line feeds for every kind of line break, four spaces for each tab, no
/// blanks at the end of a line, no blank lines at either end. All else stays as told, also signs
/// that turn the direction of writing: they are escaped where they are shown.
///
/// # Errors
/// Control characters, nothing visible, or more than `max_chars` characters after tidying.
pub fn tidy(raw: &str, max_chars: usize) -> Result<String, TextFault> {
    within(tidied(raw)?, max_chars)
}

/// As [`tidy`], for a field of one line: blanks at the start go as well, line breaks are refused.
///
/// # Errors
/// As [`tidy`], and a line break between two visible parts.
pub fn tidy_line(raw: &str, max_chars: usize) -> Result<String, TextFault> {
    let text = tidied(raw)?;
    if text.contains('\n') || text.contains(SEPARATORS) {
        return Err(TextFault::SeveralLines);
    }
    within(text.trim_start().to_owned(), max_chars)
}

/// As [`tidy_line`], for what is said of a person: without what is not seen, which would make two of
/// one or turn what stands beside it, and with each letter and its marks as one character.
///
/// # Errors
/// As [`tidy_line`].
pub fn tidy_visible(raw: &str, max_chars: usize) -> Result<String, TextFault> {
    let seen =
        |(c, is_escaped): &(char, bool)| !is_escaped || c.is_control() || SEPARATORS.contains(c);
    let mut text = raw.to_owned();
    // what is taken out may have been all that another one was needed beside
    loop {
        let kept: String = characters(&text).filter(seen).map(|(c, _)| c).collect();
        if kept == text {
            return tidy_line(&composed(&text), max_chars);
        }
        text = kept;
    }
}

/// A name or an address as the author of a commit bears it: without what git drops at both ends,
/// and without angle brackets and control characters.
pub fn as_author(text: &str) -> String {
    let name = without_controls(text).replace(is_bracket, "");
    name.trim_matches(is_dropped_at_ends).to_owned()
}

/// The line as it is told, if git lets the author of a commit bear it so.
///
/// # Errors
/// [`TextFault::Empty`], or [`TextFault::Dropped`] with the first character that git leaves out.
pub fn author_line(text: &str) -> Result<&str, TextFault> {
    let name = as_author(text);
    if name == text {
        return if name.is_empty() { Err(TextFault::Empty) } else { Ok(text) };
    }
    let within = text.chars().find(|c| is_bracket(*c) || c.is_control());
    let ends = [text.chars().next(), text.chars().next_back()];
    let dropped = ends.into_iter().flatten().find(|c| is_dropped_at_ends(*c)).or(within);
    Err(dropped.map_or(TextFault::Empty, |code| TextFault::Dropped { code }))
}

/// The line as it is told, if the committer of a commit, whom git has named, is to be read in it by
/// every program.
///
/// # Errors
/// As [`author_line`], for brackets and control characters alone.
pub fn committer_line(text: &str) -> Result<&str, TextFault> {
    if text.trim().is_empty() {
        return Err(TextFault::Empty);
    }
    match text.chars().find(|c| is_bracket(*c) || c.is_control()) {
        Some(code) => Err(TextFault::Dropped { code }),
        None => Ok(text),
    }
}

fn is_bracket(c: char) -> bool {
    matches!(c, '<' | '>')
}

/// What some git drops at the ends of names and addresses; the full stop only older ones.
fn is_dropped_at_ends(c: char) -> bool {
    c <= ' ' || matches!(c, '.' | ',' | ':' | ';' | '<' | '>' | '"' | '\\' | '\'')
}

/// Whether a character is of a script that writes words without blanks between them.
pub fn is_without_blanks(character: char) -> bool {
    character > '\u{2e7f}'
}

/// A name without what tells no two people apart: case, width, blanks, what is not seen, and whether letters
/// and their marks are one character.
pub fn folded(name: &str) -> String {
    let composed = composed(name);
    let seen = composed.chars().filter(|c| !c.is_whitespace() && !is_invisible(*c));
    seen.map(half_width).flat_map(char::to_lowercase).collect()
}

fn tidied(raw: &str) -> Result<String, TextFault> {
    let raw = raw.replace("\r\n", "\n").replace('\r', "\n");
    let mut text = String::with_capacity(raw.len());
    for (nth, line) in raw.split('\n').enumerate() {
        check_characters(line, nth + 1)?;
        let line = line.trim_end();
        if !(text.is_empty() && line.is_empty()) {
            text.push_str(&line.replace('\t', TAB));
            text.push('\n');
        }
    }
    text.truncate(text.trim_end_matches('\n').len());

    if text.chars().any(is_visible) { Ok(text) } else { Err(TextFault::Empty) }
}

fn within(text: String, max: usize) -> Result<String, TextFault> {
    match text.chars().count() {
        chars if chars > max => Err(TextFault::TooLong { chars, max }),
        _ => Ok(text),
    }
}

fn check_characters(line: &str, number: usize) -> Result<(), TextFault> {
    match line.chars().enumerate().find(|(_, c)| c.is_control() && *c != '\t') {
        Some((nth, code)) => Err(TextFault::Control { code, line: number, column: nth + 1 }),
        None => Ok(()),
    }
}

impl fmt::Display for TextFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("contains no visible characters"),
            Self::Control { code, line, column } => {
                let code = u32::from(*code);
                write!(f, "control character U+{code:04X} at line {line}, column {column}")
            }
            Self::TooLong { chars, max } => {
                write!(f, "{chars} characters; at most {max} are allowed")
            }
            Self::SeveralLines => f.write_str("must be one line"),
            Self::Dropped { code } => {
                write!(f, "git drops “{code}” from the names of its commits")
            }
        }
    }
}

impl std::error::Error for TextFault {}

/// Reads a value out of its text without copying the text first.
///
/// # Errors
/// What is no text, or not the text of such a value.
pub(in crate::domain) fn parsed<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: FromStr<Err: fmt::Display>,
{
    deserializer.deserialize_str(Parsed(PhantomData))
}

struct Parsed<T>(PhantomData<T>);

impl<T: FromStr<Err: fmt::Display>> Visitor<'_> for Parsed<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(E::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_kept_with_line_feeds_and_without_blanks_that_nobody_sees() {
        for (raw, kept) in [
            ("a", "a"),
            ("a\r\nb\rc\n", "a\nb\nc"),
            ("\n \n\t\n  first\n\n\nlast  \n \n", "  first\n\n\nlast"),
            ("a\tb\t\n", "a    b"),
            ("打印机\u{3000}\r\n坏了 🖨\u{fe0f}\u{3000}", "打印机\n坏了 🖨\u{fe0f}"),
            ("a\u{202e}b\u{200b}", "a\u{202e}b\u{200b}"),
        ] {
            assert_eq!(tidy(raw, 100), Ok(kept.to_owned()), "{raw:?}");
            assert_eq!(tidy(kept, 100), Ok(kept.to_owned()), "again: {raw:?}");
        }
    }

    #[test]
    fn names_are_folded_without_anything_that_is_not_seen() {
        for name in
            ["Zhang\u{202e} Wei", "zhang\u{2066}wei\u{2069}", "ＺＨＡＮＧ\u{e0041}Wei\u{34f}"]
        {
            assert_eq!(folded(name), "zhangwei", "{name:?}");
        }
    }

    #[test]
    fn what_git_drops_of_an_author_is_told_and_what_it_keeps_is_not() {
        for (text, kept, code) in [
            ("'\"Bob\"'", "Bob", '\''),
            ("Bob.", "Bob", '.'),
            ("Bob:", "Bob", ':'),
            ("Bob \\", "Bob", '\\'),
            (" Bob", "Bob", ' '),
            ("Bob <b@c>", "Bob b@c", '>'),
            ("B<o>b", "Bob", '<'),
            ("Bob\nauthor x", "Bobauthor x", '\n'),
            ("x@y;", "x@y", ';'),
            (".", "", '.'),
        ] {
            assert_eq!(as_author(text), kept, "{text:?}");
            assert_eq!(author_line(text), Err(TextFault::Dropped { code }), "{text:?}");
        }
        for text in ["陈静", "O'Brien", "Dr. J. Smith, Jr", "a.b+c@d.e", "“Bob”", "Zoë\u{3000}"]
        {
            assert_eq!(as_author(text), text);
            assert_eq!(author_line(text), Ok(text));
        }
        assert_eq!(author_line(""), Err(TextFault::Empty));
        assert_eq!(committer_line("Front Desk Inc."), Ok("Front Desk Inc."));
        for (text, code) in [("Front\tDesk", '\t'), ("Front <Desk", '<')] {
            assert_eq!(committer_line(text), Err(TextFault::Dropped { code }));
        }
        assert_eq!(committer_line(" "), Err(TextFault::Empty));
    }

    #[test]
    fn control_characters_are_refused_with_their_place() {
        for (raw, code, line, column) in [
            ("\0", '\0', 1, 1),
            ("ab\u{1b}[31m", '\u{1b}', 1, 3),
            ("a\r\n打印\u{7f}", '\u{7f}', 2, 3),
            ("a\n\nb\u{85}", '\u{85}', 3, 2),
            ("\u{c}", '\u{c}', 1, 1),
        ] {
            assert_eq!(tidy(raw, 100), Err(TextFault::Control { code, line, column }), "{raw:?}");
        }
        let fault = TextFault::Control { code: '\u{1b}', line: 1, column: 3 };
        assert_eq!(fault.to_string(), "control character U+001B at line 1, column 3");
    }

    #[test]
    fn what_is_said_of_a_person_has_nothing_that_is_not_seen() {
        for (raw, kept) in [
            (" Wang\u{202e} Fang\u{200b} ", "Wang Fang"),
            ("\u{feff}王\u{2060}敏", "王敏"),
            ("می\u{200c}نا", "می\u{200c}نا"),
            ("\u{180e}\u{200d}م", "م"),
        ] {
            assert_eq!(tidy_visible(raw, NAME).as_deref(), Ok(kept), "{raw:?}");
            assert_eq!(tidy_visible(kept, NAME).as_deref(), Ok(kept), "{raw:?} twice");
        }
        let long = "W".repeat(NAME + 1);
        assert_eq!(tidy_visible(&long, NAME), Err(TextFault::TooLong { chars: 101, max: NAME }));
        assert_eq!(tidy_visible("Wang\u{2028}Fang", NAME), Err(TextFault::SeveralLines));
        assert!(matches!(tidy_visible("a\u{7}", NAME), Err(TextFault::Control { .. })));
        assert_eq!(tidy_visible("\u{202e}", NAME), Err(TextFault::Empty));
    }

    #[test]
    fn a_text_without_anything_visible_is_empty() {
        for raw in ["", " ", "\r\n\t\n", "\u{3000}", "\u{feff}\u{200b}", "\u{2060}\n\u{200e}"] {
            assert_eq!(tidy(raw, 100), Err(TextFault::Empty), "{raw:?}");
            assert_eq!(tidy_line(raw, 100), Err(TextFault::Empty), "{raw:?}");
        }
    }

    #[test]
    fn length_is_counted_in_characters_after_tidying() {
        assert_eq!(tidy("打印机  \n", 3), Ok("打印机".to_owned()));
        assert_eq!(tidy("打印机坏", 3), Err(TextFault::TooLong { chars: 4, max: 3 }));
        assert_eq!(tidy("a\tb", 5), Err(TextFault::TooLong { chars: 6, max: 5 }));
    }

    #[test]
    fn a_field_of_one_line_takes_no_line_break() {
        assert_eq!(tidy_line("\n  printer is dead \r\n", 100), Ok("printer is dead".to_owned()));
        for raw in ["a\nb", "a\r\n\r\nb", "a\rb", "a\u{2028}b"] {
            let fault = tidy_line(raw, 100);
            assert!(matches!(fault, Err(TextFault::SeveralLines)), "{raw:?}: {fault:?}");
        }
    }
}
