//! Text in lines of a page's width, in scripts with blanks and without.

use crate::ui::width::{begin, is_wide, width};

/// Characters that no line begins with, and those that none ends with.
const CLOSING: &str = "，。；：？！、）”》】…·";
const OPENING: &str = "（“《【";

/// The text in lines of at most `columns` where it can be broken: at blanks, and between wide
/// characters but for punctuation that belongs to what it stands beside.
pub(super) fn wrapped(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for piece in pieces(text) {
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
