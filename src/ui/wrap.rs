//! Text in lines of a page's width, in scripts with blanks and without.

use crate::ui::width::{begin, is_wide, width};

/// Characters that no line begins with, and those that none ends with.
const CLOSING: &str = "，。；：？！、）”》】…·";
const OPENING: &str = "（“《【";

/// Words with which commands begin.
const COMMANDS: [&str; 2] = ["docket ", "git "];

/// The text in lines of at most `columns` where it can be broken: at blanks, and between wide
/// characters but for punctuation that belongs to what it stands beside.
pub(super) fn wrapped(text: &str, columns: usize) -> Vec<String> {
    filled(pieces(text), columns, columns)
}

/// A message in lines of at most `columns`, those behind the first indented; a command in it stays on
/// one line where that has room for it.
pub(super) fn message(text: &str, columns: usize, indent: usize) -> Vec<String> {
    let rest = columns.saturating_sub(indent).max(1);
    let lines = filled(with_whole_commands(text, rest), columns, rest);
    let mut all = Vec::new();
    for (nth, line) in lines.iter().enumerate() {
        for (part, folded) in folded(line, if nth == 0 { columns } else { rest }).iter().enumerate()
        {
            let before = if nth + part == 0 { 0 } else { indent };
            all.push(format!("{:before$}{folded}", ""));
        }
    }
    all
}

/// A command line for a shell in lines of at most `columns`, broken as a shell reads on: behind a
/// backslash, and between quotes only where a line has no room for the text.
pub(super) fn command(text: &str, columns: usize) -> Vec<String> {
    if width(text) <= columns {
        return vec![text.to_owned()];
    }
    let mut is_quoted = false;
    let words = text.split_inclusive(|c| {
        is_quoted ^= c == '"';
        c == ' ' && !is_quoted
    });
    // an option and its value stay together
    let mut units: Vec<String> = Vec::new();
    for word in words {
        match units.last_mut() {
            Some(unit)
                if unit.starts_with('-')
                    && !unit.trim_end().contains(' ')
                    && !word.starts_with('-') =>
            {
                *unit += word;
            }
            _ => units.push(word.to_owned()),
        }
    }
    let mut lines = vec![String::new()];
    let mut add = |piece: &str, indent: &str| {
        let line = lines.len() - 1;
        if lines[line].is_empty() || width(&lines[line]) + width(piece.trim_end()) + 2 <= columns {
            lines[line] += piece;
        } else {
            lines[line] += "\\";
            lines.push(format!("{indent}{piece}"));
        }
    };
    for unit in units {
        if width(unit.trim_end()) + 4 <= columns {
            add(&unit, "  ");
        } else {
            // within quotes a blank at the beginning of a line would be text
            unit.split_inclusive(' ').for_each(|word| add(word, ""));
        }
    }
    lines
}

/// Pieces in lines of at most so many columns, the first and the others.
fn filled<'t>(pieces: impl IntoIterator<Item = &'t str>, first: usize, rest: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for piece in pieces {
        let columns = if lines.is_empty() { first } else { rest };
        if !line.is_empty() && width(&line) + width(piece.trim_end()) > columns {
            lines.push(line.trim_end().to_owned());
            line.clear();
        }
        line += piece;
    }
    lines.push(line.trim_end().to_owned());
    lines
}

/// As [`wrapped`], and what is still wider is broken where the line ends.
pub(super) fn folded(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for line in wrapped(text, columns) {
        let mut rest = line.as_str();
        while width(rest) > columns {
            let begin = begin(rest, columns);
            let end = if begin.is_empty() {
                rest.chars().next().map_or(rest.len(), char::len_utf8)
            } else {
                begin.len()
            };
            lines.push(rest[..end].to_owned());
            rest = &rest[end..];
        }
        if !rest.is_empty() || lines.is_empty() || line.is_empty() {
            lines.push(rest.to_owned());
        }
    }
    lines
}

/// The pieces of a message, in which a command that fits into a line is one.
fn with_whole_commands(text: &str, columns: usize) -> Vec<&str> {
    let mut kept = Vec::new();
    let mut from = 0;
    let mut command = 0..0;
    let mut at = 0;
    for piece in pieces(text) {
        if at >= command.end && COMMANDS.contains(&piece) {
            let end = at + end_of_command(&text[at..]);
            command = if width(text[at..end].trim_end()) <= columns { at..end } else { at..at };
        }
        at += piece.len();
        if at >= command.end {
            kept.push(&text[from..at]);
            from = at;
        }
    }
    kept
}

/// Where a command ends that a message begins with: at punctuation, or where the message goes on in
/// another script.
fn end_of_command(text: &str) -> usize {
    let mut is_quoted = false;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        is_quoted ^= c == '"';
        if !is_quoted && (",;)".contains(c) || CLOSING.contains(c) || before == ' ' && is_wide(c)) {
            return at;
        }
        before = c;
    }
    text.len()
}

/// What is never broken, with the blanks that follow it.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut from = 0;
    for ((_, before), (at, after)) in text.char_indices().zip(text.char_indices().skip(1)) {
        let blank = before == ' ' && after != ' ';
        let between = (is_wide(before) || is_wide(after))
            && !OPENING.contains(before)
            && !CLOSING.contains(after)
            && after != ' ';
        if blank || between {
            pieces.push(&text[from..at]);
            from = at;
        }
    }
    pieces.push(&text[from..]);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_at_blanks_and_between_chinese_characters_but_not_before_a_comma() {
        for (text, width, lines) in [
            ("a bb ccc", 5, vec!["a bb", "ccc"]),
            ("更换交换机，不加 --repair 时", 10, vec!["更换交换", "机，不加", "--repair", "时"]),
            ("（可重复）", 4, vec!["（可", "重", "复）"]),
            ("unbreakable", 4, vec!["unbreakable"]),
            ("", 4, vec![""]),
        ] {
            assert_eq!(wrapped(text, width), lines, "{text}");
        }
    }

    #[test]
    fn a_command_in_a_message_stays_on_one_line_where_it_fits() {
        for (text, columns, lines) in [
            (
                "hint: docket route 7k3qx --to li, or: docket ack 7k3qx",
                30,
                vec!["hint:", "  docket route 7k3qx --to li,", "  or: docket ack 7k3qx"],
            ),
            (
                "提示：用 docket list --all 列出全部记录",
                24,
                vec!["提示：用", "  docket list --all 列出", "  全部记录"],
            ),
            ("hint: docket resolve 7k3qx", 16, vec!["hint: docket", "  resolve 7k3qx"]),
            ("error: nothing", 40, vec!["error: nothing"]),
            ("error: R-261120-6BAZE", 12, vec!["error:", "  R-261120-6", "  BAZE"]),
        ] {
            assert_eq!(message(text, columns, 2), lines, "{text}");
        }
    }

    #[test]
    fn a_command_line_goes_on_behind_a_backslash_as_a_shell_reads_it() {
        let text = "docket open fault \"Printer jams\" --need \"works again\"";
        for (columns, lines) in [
            (60, vec![text]),
            (34, vec!["docket open fault \"Printer jams\" \\", "  --need \"works again\""]),
            (30, vec!["docket open fault \\", "  \"Printer jams\" \\", "  --need \"works again\""]),
            (
                16,
                vec![
                    "docket open \\",
                    "  fault \\",
                    "\"Printer jams\" \\",
                    "--need \"works \\",
                    "again\"",
                ],
            ),
        ] {
            assert_eq!(command(text, columns), lines, "{columns}");
        }
    }

    #[test]
    fn what_cannot_be_broken_is_cut_at_the_end_of_the_line_where_it_must_fit() {
        for (text, columns, lines) in [
            ("unbreakable", 4, vec!["unbr", "eaka", "ble"]),
            ("see https://a.b", 8, vec!["see", "https://", "a.b"]),
            ("）））", 4, vec!["））", "）"]),
            ("打", 1, vec!["打"]),
            ("fits", 4, vec!["fits"]),
        ] {
            assert_eq!(folded(text, columns), lines, "{text}");
        }
    }
}
