//! What an answer is written on: a width, a language, perhaps colour.

use comfy_table::{ContentArrangement, Table, presets};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::{
    domain::base::{
        characters::{clean, clean_line},
        ids::RecordId,
        terms::Level,
    },
    words::Words,
};

/// Columns that the text at the end of a row keeps before other columns give way.
const ENOUGH: usize = 16;
/// Columns that every cell keeps.
const LEAST: usize = 6;

/// The page of an answer.
#[derive(Clone, Copy, Debug)]
pub struct Terminal {
    pub words: Words,
    pub styled: bool,
    /// Columns.
    pub width: u16,
}

/// Emphasis; never the only bearer of a meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    Bold,
    Dim,
    Alarm,
}

impl Terminal {
    /// The text with its emphasis, where the page has any.
    pub fn styled(&self, text: &str, style: Style) -> String {
        let text = clean(text);
        if !self.styled {
            return text;
        }
        let code = match style {
            Style::Bold => "1",
            Style::Dim => "2",
            Style::Alarm => "1;31",
        };
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    }

    /// A table as wide as the page, its head in the page's words; the last column gives way first.
    pub fn table(&self, head: &[&str], rows: &[Vec<String>]) -> String {
        let mut table = Table::new();
        table
            .load_style(presets::NOTHING)
            .set_content_arrangement(ContentArrangement::Disabled)
            .set_width(self.width);
        let widths = self.widths(head, rows);
        let fit = |cells: Vec<&str>| -> Vec<String> {
            cells.iter().zip(&widths).map(|(cell, width)| cut(&clean_line(cell), *width)).collect()
        };
        table.set_header(fit(head.to_vec()));
        for row in rows {
            table.add_row(fit(row.iter().map(String::as_str).collect()));
        }
        for column in table.column_iter_mut() {
            column.set_padding((0, 2));
        }
        let lines = table.lines().map(|line| line.trim_end().to_owned()).collect::<Vec<_>>();
        let mut text = String::new();
        for (nth, line) in lines.iter().enumerate() {
            text += &if nth == 0 { self.styled(line, Style::Dim) } else { line.clone() };
            text.push('\n');
        }
        text
    }

    /// Columns of each cell. Where they do not fit the page, text at the end of the row gives way
    /// first, then whatever is widest; an id never does.
    fn widths(&self, head: &[&str], rows: &[Vec<String>]) -> Vec<usize> {
        let mut widths = natural(head, rows);
        let is_id = |place: usize| {
            rows.iter()
                .all(|row| row.get(place).is_some_and(|cell| cell.parse::<RecordId>().is_ok()))
        };
        let yields: Vec<usize> = (0..widths.len()).filter(|place| !is_id(*place)).collect();
        let room = usize::from(self.width).saturating_sub(2 * widths.len());
        while widths.iter().sum::<usize>() > room {
            let last = yields.iter().rev().take(2).find(|place| widths[**place] > ENOUGH);
            let widest = yields.iter().max_by_key(|place| widths[**place]);
            match last.or(widest).copied() {
                Some(place) if widths[place] > LEAST => widths[place] -= 1,
                Some(_) | None => break,
            }
        }
        widths
    }

    /// True when a table can be shown with all its columns whole but the text at its end.
    pub fn fits(&self, head: &[&str], rows: &[Vec<String>]) -> bool {
        let widths = natural(head, rows);
        let whole = widths.len().saturating_sub(2);
        let end: usize = widths[whole..].iter().map(|width| (*width).min(ENOUGH)).sum();
        let needed = widths[..whole].iter().sum::<usize>() + end + 2 * widths.len();
        needed <= usize::from(self.width)
    }

    /// A name and its value on one line, several lines of value indented below one another.
    pub fn field(&self, name: &str, value: &str) -> String {
        let pad = 26_usize.saturating_sub(name.width() + 2);
        let head = self.styled(&format!("  {name}"), Style::Dim);
        let value = clean(value).replace('\n', &format!("\n{:28}", ""));
        format!("{head}{:pad$}  {value}\n", "")
    }

    /// The word of a level.
    pub fn level(&self, level: Option<Level>) -> String {
        level.map(|level| self.words.term(level).to_owned()).unwrap_or_default()
    }
}

/// Columns that each column takes by itself.
fn natural(head: &[&str], rows: &[Vec<String>]) -> Vec<usize> {
    let mut widths: Vec<usize> = head.iter().map(|cell| cell.width()).collect();
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(clean_line(cell).width());
        }
    }
    widths
}

/// The text in at most `width` columns, with `…` where it was cut.
fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = 0;
    for c in text.chars() {
        let wide = c.width().unwrap_or(0);
        if used + wide + 1 > width {
            break;
        }
        used += wide;
        kept.push(c);
    }
    kept.push('…');
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    #[test]
    fn a_table_fits_the_page_and_chinese_takes_two_columns() {
        let terminal = Terminal { words: Words::new(Lang::Zh), styled: false, width: 40 };
        let rows = vec![
            vec!["7K3QX".to_owned(), "打印机卡纸,整个三楼的同事都无法打印合同".to_owned()],
            vec!["9D2KQ".to_owned(), "mail".to_owned()],
        ];
        let text = terminal.table(&["编号", "标题"], &rows);
        for line in text.lines() {
            assert!(line.width() <= 40, "{line}");
        }
        assert!(text.contains('…'), "{text}");
    }
}
