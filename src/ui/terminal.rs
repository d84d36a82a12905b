//! What an answer is written on: a width, a language, perhaps colour.

use comfy_table::{Cell, ColumnConstraint, ContentArrangement, Row, Table, presets};
use unicode_width::UnicodeWidthStr;

use crate::{
    domain::base::{
        characters::{clean, clean_line},
        terms::Level,
    },
    ui::wrap::wrapped,
    words::{Words, label::Label},
};

/// What is shown whole, as far as the page has room, the first of them first: cut, it says nothing.
const NEVER_CUT: [Label; 10] = [
    Label::Id,
    Label::Commit,
    Label::Due,
    Label::When,
    Label::Date,
    Label::Received,
    Label::DoneAt,
    Label::AnswerUntil,
    Label::Standing,
    Label::Duty,
];
/// What a narrow page goes without, the first of them first; all else that is not shown whole is
/// cut instead.
const DROPPED_FIRST: [Label; 6] =
    [Label::Received, Label::Level, Label::Kind, Label::Handler, Label::Customer, Label::Title];

/// Columns that each of the last two texts of a row keeps before the page goes without others.
const MIN_TEXT_WIDTH: usize = 16;
/// Columns between two of a table.
const GAP: u16 = 2;
/// The most characters that one column of a text takes, with the marks above and below letters.
const MARKS: usize = 4;
/// Words are not kept together where they are cut: a line, which a cell is, has none of these.
const NO_DELIMITER: char = '\n';

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

    /// A table no wider than the page, with a head in the page's words.
    pub fn table(&self, columns: &[Label], rows: &[Vec<String>]) -> String {
        let mut table = Table::new();
        table
            .load_style(presets::NOTHING)
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(self.width)
            .set_delimiter(NO_DELIMITER)
            .set_header(self.row(columns.iter().map(|column| self.words.label(*column))));
        table.add_rows(rows.iter().map(|row| self.row(row.iter().map(String::as_str))));
        let constraints = self.constraints(columns, &table.column_max_content_widths());
        for ((place, column), constraint) in table.column_iter_mut().enumerate().zip(constraints) {
            column.set_padding((0, if place + 1 < columns.len() { GAP } else { 0 }));
            if let Some(constraint) = constraint {
                column.set_constraint(constraint);
            }
        }
        let mut lines = table.lines().map(|line| line.trim_end().to_owned());
        let head = lines.next().map(|head| self.styled(&head, Style::Dim));
        head.into_iter().chain(lines).map(|line| line + "\n").collect()
    }

    /// A row of one line.
    fn row<'t>(&self, cells: impl Iterator<Item = &'t str>) -> Row {
        // no more of a text is ever shown, and it may be as long as a stranger likes
        let most = usize::from(self.width) * MARKS;
        let shown = |text: &str| clean_line(text).chars().take(most).collect();
        let mut row = Row::from(cells.map(|text| Cell::new_owned(shown(text))).collect::<Vec<_>>());
        row.max_height(1);
        row
    }

    /// What columns of these widths are held to, so that the table fits the page.
    fn constraints(&self, columns: &[Label], widths: &[u16]) -> Vec<Option<ColumnConstraint>> {
        let page = usize::from(self.width);
        let mut hidden: Vec<Label> = Vec::new();
        let shown = |hidden: &[Label]| -> Vec<(Label, usize)> {
            let all = columns.iter().copied().zip(widths.iter().copied().map(usize::from));
            all.filter(|(column, _)| !hidden.contains(column)).collect()
        };
        let gaps = |shown: &[(Label, usize)]| usize::from(GAP) * shown.len().saturating_sub(1);
        for missable in DROPPED_FIRST {
            let shown = shown(&hidden);
            let texts = shown.len().saturating_sub(2);
            let least = |(place, (column, width)): (usize, &(Label, usize))| match *width {
                width if place < texts || NEVER_CUT.contains(column) => width,
                width => width.min(MIN_TEXT_WIDTH),
            };
            if shown.iter().enumerate().map(least).sum::<usize>() + gaps(&shown) <= page {
                break;
            }
            hidden.push(missable);
        }
        let shown = shown(&hidden);
        let mut room = page.saturating_sub(gaps(&shown) + shown.len());
        let mut whole = Vec::new();
        for column in NEVER_CUT {
            let width = shown.iter().find(|(other, _)| *other == column).map(|(_, width)| *width);
            if let Some(width) = width.filter(|width| *width <= room + 1) {
                room -= width.saturating_sub(1);
                whole.push(column);
            }
        }
        let constraint = |column: &Label| match column {
            _ if hidden.contains(column) => Some(ColumnConstraint::Hidden),
            _ if whole.contains(column) => Some(ColumnConstraint::ContentWidth),
            _ => None,
        };
        columns.iter().map(constraint).collect()
    }

    /// A name and its value on one line, several lines of value indented below one another.
    pub fn field(&self, name: &str, value: &str) -> String {
        let pad = 26_usize.saturating_sub(name.width() + 2);
        let head = self.styled(&format!("  {name}"), Style::Dim);
        let value = clean(value).replace('\n', &format!("\n{:28}", ""));
        format!("{head}{:pad$}  {value}\n", "")
    }

    /// The name of what comes below it.
    pub fn heading(&self, name: &str) -> String {
        let colon = self.words.colon().trim_end();
        format!("{}\n", self.styled(&format!("{name}{colon}"), Style::Bold))
    }

    /// Text in lines of the page's width.
    pub fn paragraph(&self, text: &str) -> String {
        let lines = wrapped(&clean(text), usize::from(self.width));
        lines.iter().map(|line| format!("{line}\n")).collect()
    }

    /// What is explained, each with its explanation beside it, or below where it is long.
    pub fn entries(&self, entries: &[(String, String)]) -> String {
        let page = usize::from(self.width);
        let widest = entries.iter().map(|(term, _)| term.width()).max().unwrap_or(0);
        let column = widest.min((page / 2).saturating_sub(10));
        let mut text = String::new();
        for (term, explanation) in entries {
            let mut lines = wrapped(explanation, page.saturating_sub(column + 4)).into_iter();
            let beside = if term.width() > column { None } else { lines.next() };
            let pad = column.saturating_sub(term.width());
            let first = format!("  {term}{:pad$}  {}", "", beside.unwrap_or_default());
            text += &format!("{}\n", first.trim_end());
            text += &lines.map(|line| format!("{:column$}    {line}\n", "")).collect::<String>();
        }
        text
    }

    /// A time that is past a limit, with a sign and a word that need no colour.
    pub fn late(&self, time: &str) -> String {
        format!("{time} ✗ {}", self.words.label(Label::Late))
    }

    /// The word of a level.
    pub fn level(&self, level: Option<Level>) -> String {
        level.map(|level| self.words.term(level).to_owned()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    const ID: &str = "R-261122-7K3QX";
    const DUE: &str = "11-22 09:15 ✗ late";

    fn list(width: u16) -> String {
        let terminal = Terminal { words: Words::new(Lang::Zh), styled: false, width };
        let columns = [
            Label::Id,
            Label::State,
            Label::Kind,
            Label::Level,
            Label::Received,
            Label::Due,
            Label::Handler,
            Label::Customer,
            Label::Title,
        ];
        let row = |id: &str, customer: &str, title: &str| {
            let cells =
                [id, "处理中", "故障", "一般", "11-20 08:00", DUE, "zhang", customer, title];
            cells.map(str::to_owned).to_vec()
        };
        let rows = [
            row(ID, "宏远商贸有限公司上海分公司", "打印机卡纸,整个三楼的同事都无法打印合同"),
            row("R-261122-9D2KQ", "ACME", "mail"),
        ];
        terminal.table(&columns, &rows)
    }

    #[test]
    fn no_line_is_wider_than_the_page_and_ids_and_times_stay_whole() {
        for width in 40..200 {
            let text = list(width);
            for line in text.lines() {
                assert!(line.width() <= usize::from(width), "{width}: {line}");
            }
            assert!(text.lines().count() == 3 && text.contains(ID) && text.contains(DUE), "{text}");
        }
    }

    #[test]
    fn a_narrow_page_goes_without_columns_before_the_texts_are_cut_short() {
        let head = |width| list(width).lines().next().unwrap().split_whitespace().count();
        assert_eq!([160, 100, 90, 84, 80, 40].map(head), [9, 7, 6, 5, 5, 3]);
        assert!(!list(160).contains('…') && list(80).contains('…'), "{}", list(80));
    }

    #[test]
    fn what_is_due_keeps_its_time_its_id_and_its_sign_on_every_page() {
        let head = [
            Label::Due,
            Label::Standing,
            Label::Duty,
            Label::Id,
            Label::Handler,
            Label::Customer,
            Label::Title,
        ];
        let duty = "escalate to tier 2: relationship manager";
        let row =
            ["11-20 16:25", "late", duty, ID, "Anna Schmidt", "Northwind", "Laptops are back"];
        for width in 40..160 {
            let terminal = Terminal { words: Words::new(Lang::En), styled: false, width };
            let text = terminal.table(&head, &[row.map(str::to_owned).to_vec()]);
            for part in ["11-20 16:25", "late", ID] {
                assert!(text.contains(part), "{width}: no {part} in {text}");
            }
            assert!(width < 80 || text.contains(duty), "{width}: {text}");
            assert!(text.lines().all(|line| line.width() <= usize::from(width)), "{width}: {text}");
        }
    }

    #[test]
    fn a_text_without_end_is_cut_at_once() {
        let terminal = Terminal { words: Words::new(Lang::En), styled: false, width: 80 };
        let rows = [vec!["x".repeat(10_000_000), "字 ".repeat(1_000_000)]];
        let text = terminal.table(&[Label::Subject, Label::Title], &rows);
        assert!(text.lines().all(|line| line.width() <= 80), "{text}");
    }
}
