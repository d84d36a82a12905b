//! Text in lines of a page's width, in scripts with blanks and without.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Characters that no line begins with, and those that none ends with.
const CLOSING: &str = "，。；：？！、）”》】…·";
const OPENING: &str = "（“《【";

/// The text in lines of at most `width` columns where it can be broken: at blanks, and between wide
/// characters but for punctuation that belongs to what it stands beside.
pub(super) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for piece in pieces(text) {
        if !line.is_empty() && line.width() + piece.trim_end().width() > width {
            lines.push(line.trim_end().to_owned());
            line.clear();
        }
        line += piece;
    }
    lines.push(line.trim_end().to_owned());
    lines
}

/// What is never broken, with the blanks that follow it.
fn pieces(text: &str) -> Vec<&str> {
    let is_wide = |c: char| c.width() == Some(2);
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
}
