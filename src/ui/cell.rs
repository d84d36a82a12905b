//! A text on one line with its emphasis, cut where there is no room for all of it.

use crate::{
    domain::base::characters::clean_line,
    ui::{
        terminal::{Style, Terminal},
        width::{begin, width},
    },
};

/// Stands where a text goes on that was cut.
const MORE: &str = "…";
/// No more characters of a text are ever shown, and it may be as long as a stranger likes.
const MOST: usize = 2_000;

/// A text on one line, parts of it with an emphasis.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell(Vec<(String, Option<Style>)>);

impl Cell {
    /// A text that stands out.
    pub fn styled(text: &str, style: Style) -> Self {
        Self::default().then(text, Some(style))
    }

    /// With more text behind it.
    pub fn then(mut self, text: &str, style: Option<Style>) -> Self {
        let begin = text.char_indices().nth(MOST).map_or(text, |(end, _)| &text[..end]);
        if !begin.is_empty() {
            self.0.push((clean_line(begin).into_owned(), style));
        }
        self
    }

    /// With another cell behind it.
    pub fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text alone.
    pub fn text(&self) -> String {
        self.0.iter().map(|(text, _)| text.as_str()).collect()
    }

    /// Columns that it takes.
    pub fn width(&self) -> usize {
        self.0.iter().map(|(text, _)| width(text)).sum()
    }

    /// As much of it as fits into so many columns, with a sign where that is not all.
    pub fn cut(self, columns: usize) -> Self {
        if self.width() <= columns {
            return self;
        }
        let mut room = columns.saturating_sub(width(MORE));
        let mut cut = Vec::new();
        for (text, style) in self.0 {
            if width(&text) > room {
                cut.push((begin(&text, room).trim_end().to_owned(), style));
                break;
            }
            room -= width(&text);
            cut.push((text, style));
        }
        if columns > 0 {
            cut.push((MORE.to_owned(), None));
        }
        Self(cut)
    }

    /// As it is written on a page.
    pub(super) fn written(&self, terminal: &Terminal) -> String {
        let part = |(text, style): &(String, Option<Style>)| match style {
            Some(style) => terminal.emphasised(text, *style),
            None => text.clone(),
        };
        self.0.iter().map(part).collect()
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::default().then(text, None)
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ui::terminal::Medium,
        words::{Lang, Words},
    };

    #[test]
    fn a_text_is_cut_between_characters_and_keeps_its_emphasis() {
        let page = Terminal {
            words: Words::new(Lang::En),
            styled: true,
            width: 80,
            medium: Medium::Screen,
        };
        let cell = Cell::styled("重大", Style::Major).then(" 打印机卡纸", None);
        for (columns, written) in [
            (15, "\u{1b}[1;35m重大\u{1b}[0m 打印机卡纸"),
            (14, "\u{1b}[1;35m重大\u{1b}[0m 打印机卡…"),
            (13, "\u{1b}[1;35m重大\u{1b}[0m 打印机…"),
            (4, "\u{1b}[1;35m重\u{1b}[0m…"),
            (2, "…"),
            (0, ""),
        ] {
            let cut = cell.clone().cut(columns);
            assert!(cut.width() <= columns, "{columns}: {cut:?}");
            assert_eq!(cut.written(&page), written, "{columns}");
        }
    }

    #[test]
    fn nothing_that_a_stranger_wrote_turns_the_line_or_reaches_the_terminal() {
        assert_eq!(Cell::from("a\nb\u{1b}[2J").0[0].0.lines().count(), 1);
        assert!(!Cell::from("a\u{1b}[2J").0[0].0.contains('\u{1b}'));
    }
}
