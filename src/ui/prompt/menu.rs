//! A menu: choices that become fewer while somebody types. It knows no terminal.

use crate::{
    domain::base::{characters::clean_line, text::folded},
    ui::{cell::Cell, width::width},
    words::{Words, message::Message},
};

/// So many choices are seen at once.
const MOST: usize = 10;
/// What a text is cut down to before the one before it gives way.
const LEAST: usize = 8;
/// Columns between two texts of a row, and before the first.
const GAP: usize = 2;

/// Something that can be chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// What stands for it on a command line.
    pub code: String,
    /// What it is called.
    pub label: String,
    /// What else is told of it, beside the label.
    pub beside: Vec<String>,
    /// Other words by which it is found.
    pub also: Vec<String>,
    /// What stays on the screen once it is chosen.
    pub told: String,
}

impl Choice {
    /// A code with its label, the code beside it where it says something else.
    pub fn new(code: &str, label: &str) -> Self {
        let beside = if code == label { Vec::new() } else { vec![code.to_owned()] };
        let told = label.to_owned();
        Self { code: code.to_owned(), label: label.to_owned(), beside, also: Vec::new(), told }
    }

    /// The same with a sign before its label.
    pub fn with_sign(mut self, sign: &str) -> Self {
        self.label.insert_str(0, &format!("{sign} "));
        self.also.push(sign.to_owned());
        self
    }

    /// The same, found by other words too.
    pub fn found_by(mut self, words: impl IntoIterator<Item = String>) -> Self {
        self.also.extend(words);
        self
    }

    /// All by which it is found, a line each.
    fn names(&self) -> String {
        let all = [&self.code, &self.label].into_iter().chain(&self.beside).chain(&self.also);
        all.map(|name| folded(name)).collect::<Vec<_>>().join("\n")
    }

    /// What is shown of it.
    fn texts(&self) -> impl Iterator<Item = String> {
        [&self.label].into_iter().chain(&self.beside).map(|text| clean_line(text).into_owned())
    }
}

/// Choices, those that fit what was typed, and the one that is marked.
#[derive(Clone, Debug)]
pub struct Menu {
    words: Words,
    /// A line for who types `?`.
    help: String,
    choices: Vec<Choice>,
    names: Vec<String>,
    /// The choice that is marked while nothing is typed.
    usual: Option<usize>,
    typed: String,
    /// Places of those that fit, the likeliest first.
    fits: Vec<usize>,
    /// A place among those that fit.
    marked: Option<usize>,
    note: Option<String>,
    /// Columns and lines of the page that it is seen on.
    page: (usize, usize),
    /// Columns of the question before what is typed.
    question: usize,
}

impl Menu {
    /// Choices, of which the usual one is marked; none is where there is none.
    pub fn new(words: Words, help: &str, choices: Vec<Choice>, usual: Option<&str>) -> Self {
        let usual = usual.and_then(|code| choices.iter().position(|choice| choice.code == code));
        Self {
            words,
            help: help.to_owned(),
            names: choices.iter().map(Choice::names).collect(),
            fits: (0..choices.len()).collect(),
            choices,
            usual,
            typed: String::new(),
            marked: usual,
            note: None,
            page: (80, 24),
            question: 0,
        }
    }

    /// Is seen on a page of so many columns and lines.
    pub fn on_page(mut self, columns: usize, lines: usize) -> Self {
        self.page = (columns, lines);
        self
    }

    /// Stands below this question.
    pub fn behind(mut self, question: &str) -> Self {
        self.question = width(question);
        self
    }

    /// Whether the line of the question holds one more character: rows are drawn right only below a
    /// single line.
    pub fn has_room_for(&self, typed: &str, c: char) -> bool {
        self.question + width(typed) + width(c.encode_utf8(&mut [0; 4])) < self.page.0
    }

    /// Leaves those that all words of what was typed are found in, and marks the likeliest.
    pub fn narrow(&mut self, typed: &str) {
        if typed == self.typed {
            return;
        }
        typed.clone_into(&mut self.typed);
        self.note = None;
        let wanted = folded(typed);
        let words: Vec<String> = typed.split_whitespace().map(folded).collect();
        let is_in = |nth: &usize| words.iter().all(|word| self.names[*nth].contains(word));
        let mut fits: Vec<usize> = (0..self.choices.len()).filter(is_in).collect();
        if !wanted.is_empty() {
            fits.sort_by_key(|nth| !self.is_called(*nth, &wanted));
        }
        self.marked = if wanted.is_empty() { self.usual } else { Some(0) };
        self.marked = self.marked.filter(|_| !fits.is_empty());
        self.fits = fits;
    }

    /// Marks another one, so many places down or up.
    pub fn step(&mut self, by: isize) {
        self.note = None;
        let last = self.fits.len().checked_sub(1);
        self.marked = match (self.marked, last) {
            (_, None) => None,
            (None, Some(last)) => Some(if by > 0 { 0 } else { last }),
            (Some(place), Some(last)) => Some(place.saturating_add_signed(by).min(last)),
        };
    }

    /// Shows the line of help.
    pub fn explain(&mut self) {
        self.note = Some(self.help.clone());
    }

    /// The marked choice; says that one is needed where none is marked.
    pub fn taken(&mut self) -> Option<&Choice> {
        if self.marked.is_none() && !self.fits.is_empty() {
            self.note = Some(self.words.message(&Message::ChoiceNeeded));
        }
        self.choices.get(*self.fits.get(self.marked?)?)
    }

    /// The code of the choice that was typed: the only one that fits, or that is called just so; the
    /// usual one where nothing was typed.
    pub fn only(&self) -> Option<String> {
        let wanted = folded(&self.typed);
        let place = match (&self.fits[..], self.note.is_none()) {
            (_, false) => None,
            _ if wanted.is_empty() => self.usual,
            ([only], _) => Some(*only),
            (several, _) => {
                let mut called = several.iter().filter(|nth| self.is_called(**nth, &wanted));
                called.next().filter(|_| called.next().is_none()).copied()
            }
        };
        place.map(|nth| self.choices[nth].code.clone())
    }

    fn is_called(&self, nth: usize, wanted: &str) -> bool {
        self.names[nth].lines().any(|name| name == wanted)
    }

    /// What is seen of it.
    pub fn rows(&self) -> Vec<String> {
        let (columns, lines) = self.page;
        let shown = lines.saturating_sub(2).clamp(1, MOST);
        let from = self.marked.map_or(0, |marked| (marked + 1).saturating_sub(shown));
        let page = &self.fits[from..self.fits.len().min(from + shown)];
        let mut rows = self.table(page);
        for (nth, row) in rows.iter_mut().enumerate() {
            let sign = if self.marked == Some(from + nth) { "> " } else { "  " };
            row.insert_str(0, sign);
        }
        let more = self.fits.len() - page.len();
        let note = match &self.note {
            Some(note) => Some(note.clone()),
            None if self.fits.is_empty() => Some(self.words.message(&Message::NothingFits)),
            None if more > 0 => Some(self.words.message(&Message::MoreFit { more })),
            None => None,
        };
        let room = columns.saturating_sub(1);
        rows.extend(note.map(|note| Cell::from(note).cut(room).text()));
        rows
    }

    /// All that fit, for a terminal that can only print.
    pub fn list(&self) -> Vec<String> {
        let mut rows = self.table(&self.fits);
        if self.fits.is_empty() {
            rows.push(self.words.message(&Message::NothingFits));
        }
        rows.extend(self.note.clone());
        rows
    }

    /// A row for each of these choices, no wider than the page.
    fn table(&self, page: &[usize]) -> Vec<String> {
        let cells: Vec<Vec<String>> =
            page.iter().map(|nth| self.choices[*nth].texts().collect()).collect();
        let widths = widths(&cells, self.page.0.saturating_sub(GAP + 1));
        let row = |texts: &Vec<String>| {
            let texts = texts.iter().zip(&widths).map(|(text, columns)| {
                let text = Cell::from(text.as_str()).cut(*columns);
                let pad = columns.saturating_sub(text.width());
                let text = text.text();
                format!("{text}{:pad$}", "")
            });
            texts.collect::<Vec<_>>().join("  ").trim_end().to_owned()
        };
        cells.iter().map(row).collect()
    }
}

/// How wide each column of these texts is on a page: as its texts are; where there is no room for all,
/// the last gives way first.
fn widths(cells: &[Vec<String>], page: usize) -> Vec<usize> {
    let columns = cells.iter().map(Vec::len).max().unwrap_or(0);
    let widest = |nth: usize| cells.iter().filter_map(|row| Some(width(row.get(nth)?))).max();
    let mut widths: Vec<usize> = (0..columns).map(|nth| widest(nth).unwrap_or(0)).collect();
    let room = page.saturating_sub(GAP * columns.saturating_sub(1));
    while widths.iter().sum::<usize>() > room {
        let Some(gives_way) = widths.iter_mut().rev().find(|width| **width > LEAST) else { break };
        *gives_way -= 1;
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    fn menu(usual: Option<&str>) -> Menu {
        let choices =
            [("request", "请求"), ("fault", "故障"), ("enquiry", "咨询"), ("change", "变更")];
        let choices = choices.map(|(code, label)| Choice::new(code, label)).to_vec();
        Menu::new(Words::new(Lang::Zh), "说明", choices, usual)
    }

    #[test]
    fn it_is_narrowed_by_code_and_by_label() {
        for (typed, fits) in [
            ("", vec!["请求  request", "故障  fault", "咨询  enquiry", "变更  change"]),
            ("QU", vec!["请求  request", "咨询  enquiry"]),
            ("故", vec!["故障  fault"]),
            ("ｆａｕｌｔ", vec!["故障  fault"]),
            ("e q", vec!["请求  request", "咨询  enquiry"]),
            ("nothing", vec!["没有匹配项"]),
        ] {
            let mut menu = menu(None);
            menu.narrow(typed);
            let rows = menu.rows();
            let rows: Vec<&str> =
                rows.iter().map(|row| row.trim_start_matches(['>', ' '])).collect();
            assert_eq!(rows, fits, "{typed}");
        }
    }

    #[test]
    fn nothing_is_taken_before_something_is_marked() {
        let mut menu = menu(None);
        assert_eq!(menu.taken(), None);
        assert!(menu.rows().last().unwrap().contains("请选择"));
        menu.step(1);
        assert_eq!(menu.taken().unwrap().code, "request");
        menu.step(-1);
        assert_eq!(menu.taken().unwrap().code, "request");
        menu.narrow("咨");
        assert_eq!(menu.taken().unwrap().code, "enquiry");
        menu.narrow("zz");
        assert_eq!(menu.taken(), None);
    }

    #[test]
    fn the_usual_one_is_marked_and_taken() {
        let mut menu = menu(Some("fault"));
        assert_eq!(menu.rows()[1], "> 故障  fault");
        assert_eq!(menu.taken().unwrap().code, "fault");
        assert_eq!(menu.only().as_deref(), Some("fault"));
    }

    #[test]
    fn no_row_is_wider_than_the_page_and_the_marked_one_is_seen() {
        let choices = (0..40).map(|nth| Choice {
            code: format!("R-261122-7K{nth:03}"),
            label: format!("7k{nth:03}"),
            beside: vec![
                "打印机卡纸，三楼的同事都无法打印合同".repeat(3),
                "宏远商贸有限公司".to_owned(),
            ],
            also: Vec::new(),
            told: String::new(),
        });
        let choices: Vec<_> = choices.collect();
        for columns in [40, 60, 80, 120] {
            let menu = Menu::new(Words::new(Lang::En), "help", choices.clone(), None);
            let mut menu = menu.on_page(columns, 24);
            menu.step(1);
            menu.step(25);
            let rows = menu.rows();
            assert!(rows.len() <= MOST + 1, "{rows:?}");
            assert!(rows.iter().all(|row| width(row) < columns), "{columns}: {rows:?}");
            assert!(rows.iter().any(|row| row.starts_with("> 7k025  打印机卡纸")), "{rows:?}");
        }
    }

    #[test]
    fn the_order_comes_back_when_nothing_is_typed_any_more() {
        let choices = vec![Choice::new("C-9HF2N", "Ms Wang"), Choice::new("", "a new contact")];
        let mut menu = Menu::new(Words::new(Lang::En), "", choices, Some("C-9HF2N"));
        let rows = menu.rows();
        menu.narrow("zz");
        menu.narrow("");
        assert_eq!(menu.rows(), rows);
        assert_eq!(menu.taken().unwrap().code, "C-9HF2N");
    }

    #[test]
    fn what_is_called_just_so_comes_first() {
        let choices = ["workaround_fixed", "fixed"].map(|code| Choice::new(code, code)).to_vec();
        let mut menu = Menu::new(Words::new(Lang::En), "", choices, None);
        menu.narrow("fixed");
        assert_eq!(menu.rows(), ["> fixed", "  workaround_fixed"]);
        assert_eq!(menu.only().as_deref(), Some("fixed"));
    }
}
