//! How one text is spelled: bare, in single quotes, in double quotes, or as a literal block.

use std::fmt::Write as _;

use super::guard::MAX_BLANKS;

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
        return text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n' | b'\t'));
    }
    let mut before = ' ';
    text.chars().all(|c| {
        let shown = !needs_escape(c, before) || c == '\n' || c == '\t';
        before = c;
        shown
    })
}

/// Whether `c` is invisible, turns the direction of writing, or is a break or mark to some reader.
#[expect(clippy::match_same_arms, reason = "one line of ranges each")]
fn needs_escape(c: char, before: char) -> bool {
    match c {
        // the joiner inside an emoji such as a family
        '\u{200d}' => {
            !matches!(before, '\u{2190}'..='\u{2bff}' | '\u{fe0f}' | '\u{1f000}'..='\u{1faff}')
        }
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' => true,
        '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}' => true,
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => true,
        '\u{fdd0}'..='\u{fdef}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}' => true,
        _ => c.is_control() || u32::from(c) & 0xfffe == 0xfffe,
    }
}

fn double_quoted(out: &mut String, text: &str) {
    out.push('"');
    let (mut before, mut blanks) = (' ', 0);
    for c in text.chars() {
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
            c if needs_escape(c, before) => escape(out, c),
            c => out.push(c),
        }
        before = c;
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
