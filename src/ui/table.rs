//! Tables no wider than the page, each row on one line.

use crate::{
    ui::{
        cell::Cell,
        terminal::{Style, Terminal},
        width::width,
        wrap::folded,
    },
    words::label::Label,
};

/// What is shown whole as far as the page has room: cut, it says nothing.
const NEVER_CUT: [Label; 14] = [
    Label::Id,
    Label::FileName,
    Label::Phone,
    Label::Email,
    Label::Commit,
    Label::Due,
    Label::When,
    Label::Date,
    Label::Received,
    Label::DoneAt,
    Label::AnswerUntil,
    Label::Standing,
    Label::State,
    Label::Duty,
];
/// What a narrow page goes without, the first of them first.
const DROPPED_FIRST: [Label; 6] =
    [Label::Received, Label::Level, Label::Kind, Label::Handler, Label::Customer, Label::Title];

/// Columns between two of a table.
const GAP: usize = 2;
/// Columns that each of the last two texts of a row keeps before others go, and before the one or the
/// other goes itself.
const EASY: [usize; 2] = [14, 28];
const LEAST: [usize; 2] = [8, 16];
const LAST: [usize; 2] = [8, 8];

/// Whether the columns of a table have their names above them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableHead {
    Shown,
    Hidden,
}

impl Terminal {
    /// A table no wider than the page, with a head in the page's words.
    pub fn table(&self, columns: &[Label], rows: &[Vec<String>]) -> String {
        let cells = |row: &Vec<String>| row.iter().map(|text| Cell::from(text.as_str())).collect();
        self.grid(columns, rows.iter().map(cells).collect(), TableHead::Shown)
    }

    /// A table of cells, likewise.
    pub fn grid(&self, columns: &[Label], rows: Vec<Vec<Cell>>, head: TableHead) -> String {
        let names = columns.iter().map(|column| Cell::from(self.words.label(*column)));
        let names: Vec<Cell> = names.collect();
        let head = (head == TableHead::Shown).then_some(names);
        let mut wanted = vec![0; columns.len()];
        for row in head.iter().chain(&rows) {
            for (widest, cell) in wanted.iter_mut().zip(row) {
                *widest = cell.width().max(*widest);
            }
        }
        let widths = widths(columns, &wanted, self.width.into());
        let head = head.map(|head| {
            let line = Self { styled: false, ..*self }.row(head, &widths);
            format!("{}\n", self.emphasised(&line, Style::Dim))
        });
        let lines = rows.into_iter().map(|row| self.row(row, &widths) + "\n");
        head.into_iter().chain(lines).collect()
    }

    /// A table of which no cell is cut. A page that is too narrow goes without `spared`, the first of
    /// them first; then the last column goes on below itself, or else the whole row.
    pub fn sheet(&self, columns: &[Label], rows: &[Vec<Cell>], spared: &[Label]) -> String {
        let wide = |at: usize| {
            let cells = rows.iter().map(|row| row[at].width()).max().unwrap_or_default();
            (cells > 0).then(|| cells.max(Cell::from(self.words.label(columns[at])).width()))
        };
        let mut widths: Vec<_> = (0..columns.len()).map(wide).collect();
        let page = usize::from(self.width);
        for label in spared {
            if let Some(at) = columns.iter().position(|column| column == label)
                && total(&widths) > page
            {
                widths[at] = None;
            }
        }
        let shown: Vec<usize> = (0..columns.len()).filter(|at| widths[*at].is_some()).collect();
        let Some((last, others)) = shown.split_last() else { return String::new() };
        let room = widths[*last].map_or(0, |wide| (page + wide).saturating_sub(total(&widths)));
        if room < LEAST[1] && total(&widths) > page {
            return rows.iter().map(|row| self.flowing(shown.iter().map(|at| &row[*at]))).collect();
        }
        let lines = |row: &Vec<Cell>| {
            let mut cells: Vec<Cell> = others.iter().map(|at| row[*at].clone()).collect();
            let lines = folded(&row[*last].text(), room).into_iter().map(move |line| {
                let blank = vec![Cell::default(); cells.len()];
                [std::mem::replace(&mut cells, blank), vec![Cell::from(line)]].concat()
            });
            lines.collect::<Vec<_>>()
        };
        let head: Vec<Label> = shown.iter().map(|at| columns[*at]).collect();
        self.grid(&head, rows.iter().flat_map(lines).collect(), TableHead::Shown)
    }

    /// Cells one after another, on as many lines as they need.
    fn flowing<'c>(&self, cells: impl Iterator<Item = &'c Cell>) -> String {
        let (page, mut used, mut text) = (usize::from(self.width), 0, String::new());
        for cell in cells.filter(|cell| !cell.is_empty()) {
            let wide = GAP + cell.width();
            if used > 0 && used + wide <= page {
                text += &format!("{:GAP$}{}", "", cell.written(self));
                used += wide;
            } else if used > 0 {
                // a text that no line has room for is folded
                let lines = self.indented(&cell.text(), GAP);
                let lines = lines.trim_end();
                let last = lines.lines().next_back().unwrap_or_default();
                text += &format!("\n{lines}");
                used = width(last);
            } else {
                text += &cell.written(self);
                used = cell.width();
            }
        }
        text + "\n"
    }

    fn row(&self, cells: Vec<Cell>, widths: &[Option<usize>]) -> String {
        let mut line = String::new();
        let mut blank = 0;
        let shown = cells.into_iter().zip(widths);
        for (cell, width) in shown.filter_map(|(cell, width)| Some((cell, (*width)?))) {
            let cell = cell.cut(width);
            if !cell.is_empty() {
                line.extend(std::iter::repeat_n(' ', blank));
                line += &cell.written(self);
                blank = 0;
            }
            blank += width - cell.width() + GAP;
        }
        line
    }

    /// Cells on one line, the last of them cut where the page ends.
    pub fn line(&self, cells: Vec<Cell>) -> String {
        let mut room = usize::from(self.width);
        let mut line = String::new();
        for cell in cells.into_iter().filter(|cell| !cell.is_empty()) {
            let gap = if line.is_empty() { 0 } else { GAP };
            let cell = cell.cut(room.saturating_sub(gap));
            if cell.is_empty() {
                break;
            }
            room -= gap + cell.width();
            line += &format!("{:gap$}{}", "", cell.written(self));
        }
        line + "\n"
    }
}

/// How wide each column is on a page; `None` for those that it goes without.
fn widths(columns: &[Label], wanted: &[usize], page: usize) -> Vec<Option<usize>> {
    let mut widths: Vec<Option<usize>> = wanted.iter().copied().map(Some).collect();
    for missable in DROPPED_FIRST {
        let texts = match missable {
            Label::Customer => LEAST,
            Label::Title => LAST,
            _ => EASY,
        };
        if total(&least(columns, &widths, texts)) <= page {
            break;
        }
        if let Some(place) = columns.iter().position(|column| *column == missable) {
            widths[place] = None;
        }
    }
    for (place, room) in texts(columns, &widths).into_iter().zip(LEAST) {
        shrink(&mut widths, page, |at, width| at == place && width > room);
    }
    let [_, last] = texts(columns, &widths);
    shrink(&mut widths, page, |at, width| at == last && width > LAST[1]);
    shrink(&mut widths, page, |at, width| !NEVER_CUT.contains(&columns[at]) && width > 4);
    let is_word = |at: usize| matches!(columns[at], Label::State | Label::Standing | Label::Duty);
    shrink(&mut widths, page, |at, width| is_word(at) && width > 1);
    shrink(&mut widths, page, |at, width| columns[at] != Label::Id && width > 1);
    shrink(&mut widths, page, |_, width| width > 1);
    widths
}

/// Columns that a row takes, with the gaps between them.
fn total(widths: &[Option<usize>]) -> usize {
    let shown = widths.iter().flatten();
    shown.clone().sum::<usize>() + GAP * shown.count().saturating_sub(1)
}

/// Where the last two columns that are shown and may be cut stand; numbers and addresses stand behind the
/// texts of somebody.
fn texts(columns: &[Label], widths: &[Option<usize>]) -> [usize; 2] {
    let is_reach = |at: usize| matches!(columns[at], Label::Phone | Label::Email);
    let shown = (0..columns.len()).filter(|at| widths[*at].is_some() && !is_reach(*at));
    let mut last = shown.rev().take(2).filter(|at| !NEVER_CUT.contains(&columns[*at]));
    let title = last.next().unwrap_or(usize::MAX);
    [last.next().unwrap_or(usize::MAX), title]
}

/// The widths with no more than `room` for the last two texts.
fn least(columns: &[Label], widths: &[Option<usize>], room: [usize; 2]) -> Vec<Option<usize>> {
    let mut least = widths.to_vec();
    for (place, room) in texts(columns, widths).into_iter().zip(room) {
        if let Some(Some(width)) = least.get_mut(place) {
            *width = room.min(*width);
        }
    }
    least
}

/// Takes from the widest of the columns that may give way until the row fits the page.
fn shrink(widths: &mut [Option<usize>], page: usize, gives: impl Fn(usize, usize) -> bool) {
    let mut over = total(widths).saturating_sub(page);
    while over > 0 {
        let giving = widths.iter_mut().enumerate();
        let giving = giving.filter_map(|(at, width)| Some((at, width.as_mut()?)));
        let giving = giving.filter(|(at, width)| gives(*at, **width));
        let Some((_, widest)) = giving.max_by_key(|(_, width)| **width) else { return };
        *widest -= 1;
        over -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ui::{terminal::Medium, width::width},
        words::{Lang, Words},
    };

    const ID: &str = "R-261122-7K3QX";
    const DUE: &str = "11-22 09:15 ✗ late";

    fn page(lang: Lang, width: u16) -> Terminal {
        Terminal { words: Words::new(lang), styled: false, width, medium: Medium::Pipe }
    }

    fn list(width: u16) -> String {
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
        page(Lang::Zh, width).table(&columns, &rows)
    }

    #[test]
    fn no_line_is_wider_than_the_page_and_ids_and_times_stay_whole() {
        for columns in 40..200 {
            let text = list(columns);
            for line in text.lines() {
                assert!(width(line) <= usize::from(columns), "{columns}: {line}");
            }
            assert!(text.lines().count() == 3 && text.contains(ID) && text.contains(DUE), "{text}");
        }
    }

    #[test]
    fn a_narrow_page_goes_without_the_person_then_the_customer_then_the_title() {
        let head = |width| {
            let text = list(width);
            let names = text.lines().next().unwrap().split_whitespace();
            names.map(str::to_owned).collect::<Vec<_>>().join(" ")
        };
        for (width, shown) in [
            (160, "编号 状态 类型 级别 接收时间 到期时间 当前处理人 客户 标题"),
            (110, "编号 状态 类型 到期时间 当前处理人 客户 标题"),
            (96, "编号 状态 到期时间 客户 标题"),
            (72, "编号 状态 到期时间 客户 标题"),
            (64, "编号 状态 到期时间 标题"),
            (56, "编号 状态 到期时间 标题"),
            (44, "编号 状态 到期时间"),
        ] {
            assert_eq!(head(width), shown, "{width}: {}", list(width));
        }
        assert!(!list(160).contains('…') && list(80).contains('…'), "{}", list(80));
    }

    #[test]
    fn what_is_due_keeps_its_time_its_id_and_what_to_do_on_every_page() {
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
        for columns in 40..160 {
            let text = page(Lang::En, columns).table(&head, &[row.map(str::to_owned).to_vec()]);
            assert!(text.contains(ID), "{columns}: no {ID} in {text}");
            for part in ["11-20 16:25", "late", duty] {
                assert!(columns < 80 || text.contains(part), "{columns}: no {part} in {text}");
            }
            let fits = |line: &str| width(line) <= usize::from(columns);
            assert!(text.lines().all(fits), "{columns}: {text}");
        }
    }

    #[test]
    fn a_sheet_goes_on_below_itself_and_cuts_nothing() {
        let columns = [Label::Id, Label::Name, Label::Emails, Label::Roles, Label::Unit];
        let row = ["zhang", "张伟", "zhang@desk.example", "agent, team lead", "Service desk"];
        let row = vec![row.map(Cell::from).to_vec()];
        let sheet = |width| {
            let screen = Terminal { medium: Medium::Screen, ..page(Lang::En, width) };
            screen.sheet(&columns, &row, &[Label::Unit])
        };
        let row = |width| sheet(width).lines().skip(1).collect::<Vec<_>>().join("|");
        let whole = "zhang  张伟  zhang@desk.example  agent, team lead  Service desk";
        assert_eq!((row(63), row(62)), (whole.to_owned(), whole[..whole.len() - 14].to_owned()));
        assert_eq!(sheet(40), "zhang  张伟  zhang@desk.example\n  agent, team lead\n");
        for width in 12..80 {
            let text: String = sheet(width).split_whitespace().collect();
            assert!(text.contains("zhang@desk.example"), "{width}: {text}");
            let fits = |line: &str| super::width(line) <= usize::from(width);
            assert!(sheet(width).lines().all(fits), "{width}: {}", sheet(width));
        }
    }

    #[test]
    fn a_text_without_end_is_cut_at_once() {
        let rows = [vec!["x".repeat(10_000_000), "字 ".repeat(1_000_000)]];
        let text = page(Lang::En, 80).table(&[Label::Subject, Label::Title], &rows);
        assert!(text.lines().all(|line| width(line) <= 80), "{text}");
    }

    #[test]
    fn cells_on_one_line_are_cut_where_the_page_ends() {
        let line = page(Lang::En, 12).line(vec![Cell::from("7k3qx"), Cell::from("打印机卡纸")]);
        assert_eq!(line, "7k3qx  打印…\n");
    }
}
