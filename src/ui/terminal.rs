//! What an answer is written on: a width, a language, perhaps colour.

use crate::{
    domain::base::{
        characters::{clean, clean_line},
        terms::Level,
    },
    ui::{
        cell::Cell,
        width::{end, width},
        wrap::{self, folded, wrapped},
    },
    words::Words,
};

/// Columns before the values of fields, and the narrowest page on which they stand beside their names.
const FIELD: usize = 28;
const BESIDE: u16 = 60;

/// The page of an answer.
#[derive(Clone, Copy, Debug)]
pub struct Terminal {
    pub words: Words,
    pub styled: bool,
    /// Columns.
    pub width: u16,
    pub medium: Medium,
}

/// Whether somebody looks at an answer now, or a file or a program gets it: then ids are whole, times
/// exact, and no line is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medium {
    Screen,
    Pipe,
}

/// Emphasis; never the only bearer of a meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    Bold,
    Dim,
    /// What is late, and what went wrong.
    Alarm,
    /// What is about to be late.
    Risk,
    /// What comes before everything else.
    Major,
}

impl Terminal {
    /// The text with its emphasis, where the page has any.
    pub fn styled(&self, text: &str, style: Style) -> String {
        self.emphasised(&clean(text), style)
    }

    /// The same of a text that was cleaned.
    pub(super) fn emphasised(&self, text: &str, style: Style) -> String {
        if !self.styled || text.is_empty() {
            return text.to_owned();
        }
        let code = match style {
            Style::Bold => "1",
            Style::Dim => "2",
            Style::Alarm => "1;31",
            Style::Risk => "33",
            Style::Major => "1;35",
        };
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    }

    /// A name and its value on one line, several lines of value indented below one another.
    pub fn field(&self, name: &str, value: &str) -> String {
        self.field_in(name, value, None)
    }

    /// The same with an emphasis on the value.
    pub fn field_in(&self, name: &str, value: &str, style: Option<Style>) -> String {
        let head = self.styled(&format!("  {name}"), Style::Dim);
        let is_beside = self.medium == Medium::Pipe || self.width >= BESIDE;
        let (indent, first) = if is_beside {
            let pad = FIELD.saturating_sub(width(name) + 2).max(2);
            (FIELD, format!("{head}{:pad$}", ""))
        } else if width(name) + width(value) + 4 <= self.width.into() && !value.contains('\n') {
            (4, format!("{head}  "))
        } else {
            (4, format!("{head}\n{:4}", ""))
        };
        let lines = self.lines(value, if first.contains('\n') || is_beside { indent } else { 0 });
        let lines = lines.iter().map(|line| match style {
            Some(style) => self.emphasised(line, style),
            None => line.clone(),
        });
        let text = lines.collect::<Vec<_>>().join(&format!("\n{:indent$}", ""));
        format!("{}\n", format!("{first}{text}").trim_end())
    }

    /// The lines of a text that stands behind so many blanks; on a screen none goes beyond its edge.
    fn lines(&self, text: &str, indent: usize) -> Vec<String> {
        let text = clean(text);
        let lines = text.split('\n');
        match self.medium {
            Medium::Pipe => lines.map(str::to_owned).collect(),
            Medium::Screen => {
                let room = usize::from(self.width).saturating_sub(indent).max(1);
                lines.flat_map(|line| folded(line, room)).collect()
            }
        }
    }

    /// Text indented by so many blanks, each of its lines.
    pub fn indented(&self, text: &str, indent: usize) -> String {
        self.indented_in(text, indent, None)
    }

    /// The same with an emphasis.
    pub fn indented_in(&self, text: &str, indent: usize, style: Option<Style>) -> String {
        let line = |line: String| {
            let line = style.map_or(line.clone(), |style| self.emphasised(&line, style));
            format!("{}\n", format!("{:indent$}{line}", "").trim_end())
        };
        self.lines(text, indent).into_iter().map(line).collect()
    }

    /// A message, with an emphasis where it has one; on a screen a command in it stays on one line where
    /// that has room.
    pub fn message(&self, text: &str, style: impl Into<Option<Style>>) -> String {
        let (text, style) = (clean(text), style.into());
        let folded = |line: &str| match self.medium {
            Medium::Screen => wrap::message(line, self.width.into(), 2),
            Medium::Pipe => vec![line.to_owned()],
        };
        let lines = text.split('\n').flat_map(folded);
        let told =
            |line: String| style.map_or(line.clone(), |it| self.emphasised(&line, it)) + "\n";
        lines.map(told).collect()
    }

    /// A line that is not cut, whatever its width.
    pub fn whole(&self, cell: &Cell) -> String {
        cell.written(self) + "\n"
    }

    /// A passage around words that were searched for, indented; on a screen as much of it as a line has
    /// room for, with the words in it.
    pub fn passage(&self, [before, found, after]: [&str; 3]) -> String {
        let [before, found, after] = [before, found, after].map(clean_line);
        let mut cell = Cell::from("    ");
        let room = usize::from(self.width).saturating_sub(cell.width() + width(&found));
        let kept = match self.medium {
            // what stands before has at most what is left, and half of it where there is more behind
            Medium::Screen => end(&before, room.saturating_sub(width(&after)).max(room / 2)),
            Medium::Pipe => &before,
        };
        if kept.len() < before.len() {
            cell = cell.then("…", None);
        }
        let cell = cell.then(kept, None).then(&found, Some(Style::Bold)).then(&after, None);
        match self.medium {
            Medium::Screen => self.line(vec![cell]),
            Medium::Pipe => self.whole(&cell),
        }
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

    /// A command line to be copied, indented; on a screen in lines that a shell reads as one.
    pub fn command(&self, line: &str) -> String {
        let lines = match self.medium {
            Medium::Screen => wrap::command(line, usize::from(self.width).saturating_sub(2)),
            Medium::Pipe => vec![line.to_owned()],
        };
        lines.iter().map(|line| format!("  {line}\n")).collect()
    }

    /// What is explained, each with its explanation beside it, or below where it is long.
    pub fn entries(&self, entries: &[(String, String)]) -> String {
        let page = usize::from(self.width);
        let widest = entries.iter().map(|(term, _)| width(term)).max().unwrap_or(0);
        let column = widest.min((page / 2).saturating_sub(10));
        let mut text = String::new();
        for (term, explanation) in entries {
            let mut lines = wrapped(explanation, page.saturating_sub(column + 4)).into_iter();
            let beside = if width(term) > column { None } else { lines.next() };
            let mut terms = wrapped(term, page.saturating_sub(2));
            let last = terms.pop().unwrap_or_default();
            text += &terms.iter().map(|term| format!("  {term}\n")).collect::<String>();
            let pad = column.saturating_sub(width(&last));
            let first = format!("  {last}{:pad$}  {}", "", beside.unwrap_or_default());
            text += &format!("{}\n", first.trim_end());
            text += &lines.map(|line| format!("{:column$}    {line}\n", "")).collect::<String>();
        }
        text
    }

    /// The word of a level.
    pub fn level(&self, level: Option<Level>) -> String {
        level.map(|level| self.words.term(level).to_owned()).unwrap_or_default()
    }

    /// A title; on a screen behind the word of a level that stands out.
    pub fn titled(&self, title: &str, level: Option<Level>) -> Cell {
        let style = match level {
            _ if self.medium == Medium::Pipe => return Cell::from(title),
            Some(Level::Major) => Style::Major,
            Some(Level::Urgent) => Style::Bold,
            Some(Level::General) | None => return Cell::from(title),
        };
        Cell::styled(&self.level(level), style).then(" ", None).then(title, None)
    }
}
