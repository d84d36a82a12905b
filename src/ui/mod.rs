//! What people and programs see: answers on standard output, everything else on standard error.

pub mod answer;
pub mod cell;
pub mod icalendar;
mod pager;
pub mod progress;
pub mod prompt;
pub mod screen;
pub mod spreadsheet;
pub mod table;
pub mod terminal;
pub mod typed;
mod width;
mod wrap;

use std::{
    cell::{Cell, RefCell},
    io::{self, ErrorKind, IsTerminal, Write, stderr, stdout},
};

use terminal_size::terminal_size_of;

use crate::{
    domain::base::characters::clean,
    error::{Error, IoPlace},
    ui::{
        answer::{Answer, AnswerFormat, ErrorAnswer, Json},
        progress::Progress,
        prompt::editor::LineEditor,
        terminal::{Medium, Terminal},
        typed::TypedAnswer,
    },
    words::{Lang, Words, label::Label, message::Message},
};

/// When to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Color {
    Auto,
    Always,
    Never,
}

/// The doors to the outside.
#[derive(Debug)]
pub struct Ui {
    pub shape: AnswerFormat,
    /// Only what was asked for, no remarks.
    pub quiet: bool,
    /// Answers are styled.
    pub styled: bool,
    /// Remarks and errors are styled.
    pub styled_errors: bool,
    /// Columns of an answer.
    pub width: u16,
    /// Lines of a screen; `None` where there is none.
    pub height: Option<u16>,
    /// Where an answer goes.
    pub medium: Medium,
    /// What shows an answer that is longer than the screen.
    pub pager: Option<String>,
    /// A person can be asked.
    pub interactive: bool,
    /// The terminal can do nothing but print.
    pub dumb: bool,
    lang: Cell<Lang>,
    /// A language was chosen since the beginning.
    has_spoken: Cell<bool>,
    /// The last commit of this run.
    commit: RefCell<Option<String>>,
    /// The editor of lines, once somebody was asked.
    editor: RefCell<Option<LineEditor>>,
    /// What was typed where it was asked for.
    answers: RefCell<Vec<TypedAnswer>>,
    /// Flags and values of the command line that turned out to say something else, or were refused.
    left_out: RefCell<Vec<String>>,
}

impl Ui {
    /// Doors for one run.
    pub fn new(shape: AnswerFormat, lang: Lang) -> Self {
        Self {
            shape,
            quiet: false,
            styled: false,
            styled_errors: false,
            width: 80,
            height: None,
            medium: Medium::Pipe,
            pager: None,
            interactive: false,
            dumb: false,
            lang: Cell::new(lang),
            has_spoken: Cell::default(),
            commit: RefCell::default(),
            editor: RefCell::default(),
            answers: RefCell::default(),
            left_out: RefCell::default(),
        }
    }

    /// Speaks another language from now on.
    pub fn speak(&self, lang: Lang) {
        self.lang.set(lang);
        self.has_spoken.set(true);
    }

    /// Whether a language was chosen since the beginning.
    pub fn has_spoken(&self) -> bool {
        self.has_spoken.get()
    }

    /// The catalogue in use.
    pub fn words(&self) -> Words {
        Words::new(self.lang.get())
    }

    /// Notes that the run has made a commit, which stands whether or not it can be told.
    pub fn committed(&self, commit: &str) {
        self.commit.replace(Some(commit.to_owned()));
    }

    /// What answers are written on.
    pub fn terminal(&self) -> Terminal {
        let (styled, width, medium) = (self.styled, self.width, self.medium);
        Terminal { words: self.words(), styled, width, medium }
    }

    /// Gives the answer in the shape that was asked for. A closed pipe is no error.
    pub fn answer(&self, answer: &dyn Answer) -> Result<(), Error> {
        let terminal = self.terminal();
        let text = match self.shape {
            _ if self.quiet => answer.brief().unwrap_or_default(),
            AnswerFormat::Human => answer.human(&terminal),
            AnswerFormat::Json => format!("{:#}\n", answer.json()),
            AnswerFormat::JsonLines => answer.json_lines(),
            AnswerFormat::Csv => answer.csv(&terminal),
        };
        let remark = answer.remark(terminal.words);
        if let Some(pager) = self.pager_for(&text).filter(|_| answer.ended().is_none()) {
            if let Some(remark) = &remark {
                self.remark(remark);
            }
            // it only comes back where no pager could be started
            let _: io::Error = pager::page(&text, pager, answer.status());
        }
        let bytes = match (answer.raw(), self.shape) {
            (Some(raw), AnswerFormat::Human | AnswerFormat::Csv) => raw,
            _ => text.as_bytes(),
        };
        let mut out = stdout().lock();
        match out.write_all(bytes).and_then(|()| out.flush()) {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {}
            written => written.map_err(|source| self.not_printed(answer, source))?,
        }
        if let Some(remark) = remark {
            self.remark(&remark);
        }
        Ok(())
    }

    /// The pager, where a person gets more than the screen holds.
    fn pager_for(&self, text: &str) -> Option<&str> {
        let height = usize::from(self.height?);
        let is_read = self.shape == AnswerFormat::Human && !self.quiet;
        let is_long = text.lines().count() >= height;
        self.pager.as_deref().filter(|_| is_read && is_long && self.medium == Medium::Screen)
    }

    fn not_printed(&self, answer: &dyn Answer, source: io::Error) -> Error {
        let Some(commit) = self.commit.borrow().clone() else {
            return Error::Io { what: IoPlace::StandardOutput, source };
        };
        let brief = answer.brief().unwrap_or_default();
        let ids: Vec<_> = brief.split_whitespace().collect();
        let what = if ids.is_empty() { commit } else { ids.join(", ") };
        Error::NotPrinted { what, source }
    }

    /// Remarks on what was done.
    pub fn remark(&self, text: &str) {
        if !self.quiet && self.shape == AnswerFormat::Human {
            self.to_stderr(&self.lines(&clean(text), 0));
        }
    }

    /// A bar for work that may take long; only a person at a terminal sees it.
    pub fn progress(&self, what: &str) -> Progress {
        Progress::new(what, !self.quiet && self.shape == AnswerFormat::Human)
    }

    /// Warns of what was left out or is unknown.
    pub fn warn(&self, text: &str) {
        let words = self.words();
        self.to_stderr(&self.labelled(words.label(Label::Warning), 33, text));
    }

    /// Says what ended the command and what to do next.
    pub fn error(&self, error: &Error) {
        let words = self.words();
        let commit = self.commit.borrow();
        if self.shape != AnswerFormat::Human {
            let answer = ErrorAnswer::of(error, words).after(commit.clone());
            self.to_stderr(&format!("{:#}\n", answer.json()));
            return;
        }
        let told = words.error(error);
        let mut text = match error {
            // who leaves has made no mistake
            Error::GivenUp => self.lines(&told, 0),
            _ => self.labelled(words.label(Label::Error), 31, &told),
        };
        for line in words.error_hint(error).iter().flat_map(|hint| hint.lines()) {
            text += &self.labelled(words.label(Label::Hint), 36, line);
        }
        if let Some(commit) = commit.clone() {
            text += &self.lines(&words.message(&Message::CommittedBefore { commit }), 0);
        }
        self.to_stderr(&text);
    }

    /// A message behind what sort of message it is.
    fn labelled(&self, label: &str, colour: u8, text: &str) -> String {
        let text = format!("{label}{}{}", self.words().colon(), clean(text));
        let lines = self.lines(&text, 2);
        match lines.strip_prefix(label) {
            Some(rest) => self.bold(label, colour) + rest,
            None => lines,
        }
    }

    /// A text for standard error in lines that its terminal has room for, where it is one; those behind
    /// the first of each are indented.
    fn lines(&self, text: &str, indent: usize) -> String {
        let columns = match self.medium {
            _ if !stderr().is_terminal() => None,
            Medium::Screen => Some(self.width),
            Medium::Pipe => terminal_size_of(stderr()).map(|(columns, _)| columns.0.max(40)),
        };
        let Some(columns) = columns else { return format!("{text}\n") };
        let lines = text.split('\n');
        let lines = lines.flat_map(|line| wrap::message(line, columns.into(), indent));
        lines.map(|line| line + "\n").collect()
    }

    fn bold(&self, text: &str, colour: u8) -> String {
        if self.styled_errors {
            format!("\u{1b}[1;{colour}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }

    #[expect(clippy::unused_self, reason = "a door of the ui, like the others")]
    fn to_stderr(&self, text: &str) {
        // Who closed standard error does not want to hear of it.
        let _: io::Result<()> = stderr().lock().write_all(text.as_bytes());
    }
}
