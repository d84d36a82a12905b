//! How one text is spelled: bare, in single quotes, in double quotes, or as a literal block.

use std::fmt::Write as _;

use super::guard::MAX_BLANKS;
use crate::domain::base::characters::{characters, is_no_character, is_plain};

/// Words that some reader takes for null, a boolean or a merge key (YAML 1.1 and 1.2), in lower
/// case.
const TAKEN_WORDS: [&str; 10] =
    ["null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan"];

/// Characters that mean something to YAML, or to some reader or to git, at the start of a text.
const INDICATORS: &str = "-?:,[]{}#&*!|>'\"%@`~=<";

/// Writes `text` after a key or a dash; the lines of a literal block stand at `column`.
pub(super) fn value(out: &mut String, text: &str, column: usize) {
    if fits_block(text) {
        block(out, text, column);
    } else {
        one_line(out, text);
    }
}

/// Writes `text` without a line break.
pub(super) fn one_line(out: &mut String, text: &str) {
    if text.contains(['\n', '\t']) || has_long_run(text, ' ') || !is_shown(text) {
        double_quoted(out, text);
    } else if fits_bare(text) {
        out.push_str(text);
    } else {
        out.push('\'');
        out.push_str(&text.replace('\'', "''"));
        out.push('\'');
    }
}

/// Whether every reader takes the bare spelling for this very text. `text` is shown and of one
/// line.
fn fits_bare(text: &str) -> bool {
    let Some(first) = text.chars().next() else {
        return false;
    };
    !INDICATORS.contains(first)
        && !text.starts_with(char::is_whitespace)
        && !text.ends_with(char::is_whitespace)
        && !text.ends_with(':')
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.starts_with("..")
        && !TAKEN_WORDS.iter().any(|word| word.eq_ignore_ascii_case(text))
        && !resembles_number(text)
}

/// Whether some reader could take `text` for a number or a time: a digit, sign or point at the
/// start, and nothing but what numbers in any base, infinities, sexagesimals, dates and times are
/// made of.
fn resembles_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let rest = unsigned.strip_prefix('.').unwrap_or(unsigned);
    if rest.eq_ignore_ascii_case("inf") || rest.eq_ignore_ascii_case("infinity") {
        return true;
    }
    if rest.eq_ignore_ascii_case("nan") {
        return true;
    }
    text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c))
        && text.chars().all(|c| c.is_ascii_hexdigit() || "_:.,+- xXoOtTzZ".contains(c))
}

/// Whether a viewer shows all of `text` as it is; line feeds and tabs are for the caller to judge.
fn is_shown(text: &str) -> bool {
    if text.is_ascii() {
        return text.bytes().all(|byte| is_plain(byte) || matches!(byte, b'\n' | b'\t'));
    }
    characters(text)
        .all(|(c, is_escaped)| matches!(c, '\n' | '\t') || !is_escaped && !is_no_character(c))
}

fn double_quoted(out: &mut String, text: &str) {
    out.push('"');
    let mut blanks = 0;
    for (c, is_escaped) in characters(text) {
        blanks = if c == ' ' { blanks + 1 } else { 0 };
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            ' ' if blanks == MAX_BLANKS => {
                out.push_str("\\x20");
                blanks = 0;
            }
            c if is_escaped || is_no_character(c) => escape(out, c),
            c => out.push(c),
        }
    }
    out.push('"');
}

fn escape(out: &mut String, c: char) {
    let code = u32::from(c);
    // a String takes whatever is written
    let _ = if code > 0xffff { write!(out, "\\U{code:08X}") } else { write!(out, "\\u{code:04X}") };
}

/// Whether `text` has several lines that a literal block holds faithfully.
fn fits_block(text: &str) -> bool {
    text.contains('\n')
        && text.lines().any(|line| !line.is_empty())
        && text
            .split('\n')
            .all(|line| line.is_empty() || !line.trim_matches([' ', '\t']).is_empty())
        && !has_long_run(text, '\n')
        && is_shown(text)
}

fn block(out: &mut String, text: &str, column: usize) {
    let indented = text.trim_start_matches('\n').starts_with([' ', '\t']);
    let body = text.trim_end_matches('\n');

    out.push('|');
    if indented {
        out.push('2');
    }
    out.push_str(match text.len() - body.len() {
        0 => "-\n",
        1 => "\n",
        _ => "+\n",
    });
    for line in text.strip_suffix('\n').unwrap_or(text).split('\n') {
        if !line.is_empty() {
            out.extend(std::iter::repeat_n(' ', column));
            out.push_str(line);
        }
        out.push('\n');
    }
}

/// Whether `wanted` stands in `text` at least [`MAX_BLANKS`] times in a row.
fn has_long_run(text: &str, wanted: char) -> bool {
    if text.len() < MAX_BLANKS {
        return false;
    }
    let mut run = 0;
    text.chars().any(|c| {
        run = if c == wanted { run + 1 } else { 0 };
        run >= MAX_BLANKS
    })
}
