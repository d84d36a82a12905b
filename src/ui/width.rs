//! How many columns of a terminal a text takes.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns that a text on one line takes; wide characters take two.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// Whether a character takes two columns.
pub(super) fn is_wide(c: char) -> bool {
    c.width() == Some(2)
}

/// The longest beginning of a text that takes no more than so many columns.
pub(super) fn begin(text: &str, columns: usize) -> &str {
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8());
    let fits = ends.take_while(|end| text[..*end].width() <= columns);
    &text[..fits.last().unwrap_or(0)]
}

/// The longest end of a text that takes fewer than so many columns, so that a sign fits before it; all
/// of it where it takes no more.
pub(super) fn end(text: &str, columns: usize) -> &str {
    if text.width() <= columns {
        return text;
    }
    let mut begins = text.char_indices().map(|(at, _)| at);
    begins.find(|at| text[*at..].width() < columns).map_or("", |at| &text[at..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_before_the_character_that_has_no_room() {
        for (text, columns, begins) in [
            ("abc", 2, "ab"),
            ("打印机", 5, "打印"),
            ("e\u{301}a", 1, "e\u{301}"),
            ("a", 0, ""),
            ("", 3, ""),
        ] {
            assert_eq!(begin(text, columns), begins, "{text} in {columns}");
        }
    }

    #[test]
    fn the_end_of_a_text_leaves_a_column_for_the_sign_that_something_is_missing() {
        for (text, columns, ends) in [
            ("abc", 3, "abc"),
            ("abc", 2, "c"),
            ("打印机", 6, "打印机"),
            ("打印机", 5, "印机"),
            ("打印机", 4, "机"),
            ("打", 0, ""),
        ] {
            assert_eq!(end(text, columns), ends, "{text} in {columns}");
        }
    }
}
