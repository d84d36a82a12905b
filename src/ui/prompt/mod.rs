//! Asking a person at a terminal: one door for lines, menus and pickers.

pub(super) mod editor;
pub mod menu;

use std::io::{IsTerminal, stderr, stdin};

use self::{
    editor::{LineEditor, Typed},
    menu::{Choice, Menu},
};
use crate::{
    domain::base::characters::{clean, clean_line},
    error::{Error, Result},
    ui::Ui,
    words::{message::Message, typed::TypedWord},
};

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub struct Prompt<'q> {
    /// What the answer is called.
    pub what: &'q str,
    /// The flag that would have said it; empty where none does.
    pub flag: &'q str,
    /// A line for who types `?`.
    pub help: &'q str,
    pub blank: Blank<'q>,
}

/// What an answer means that says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blank<'q> {
    /// It is asked again.
    Asks,
    /// The usual answer, which the question shows.
    Usual(&'q str),
    /// There is nothing to be said.
    None,
}

impl Ui {
    /// True where a person can be asked.
    pub fn can_ask(&self) -> bool {
        // who asks waits for an answer, so the streams themselves are asked again
        self.interactive && stdin().is_terminal() && stderr().is_terminal()
    }

    /// Asks for a line of text; empty where nothing was said and that is an answer.
    ///
    /// # Errors
    /// [`Error::GivenUp`] when the terminal is gone or the person leaves.
    pub fn ask(&self, question: &Prompt<'_>) -> Result<String> {
        let prompt = self.prompt(question);
        loop {
            let line = self.line(&prompt, question.flag)?;
            match (line.trim(), question.blank) {
                ("?" | "\u{ff1f}", _) => self.say(question.help),
                ("", Blank::Asks) => self.say(&self.words().message(&Message::AnswerNeeded)),
                ("", Blank::Usual(usual)) => return Ok(usual.to_owned()),
                ("", Blank::None) => return Ok(String::new()),
                _ => return Ok(line),
            }
        }
    }

    /// Asks for one of several choices; gives its code.
    ///
    /// # Errors
    /// [`Error::GivenUp`] when the terminal is gone, the person leaves, or there is no choice.
    pub fn choose(
        &self,
        question: &Prompt<'_>,
        choices: Vec<Choice>,
        usual: Option<&str>,
    ) -> Result<String> {
        if !self.can_ask() || choices.is_empty() {
            return Err(Error::GivenUp);
        }
        let shown = usual.and_then(|usual| choices.iter().find(|choice| choice.code == usual));
        let shown = shown.map(|choice| choice.label.clone());
        let blank = shown.as_deref().map_or(Blank::Asks, Blank::Usual);
        let prompt = self.prompt(&Prompt { blank, ..*question });
        let menu = Menu::new(self.words(), question.help, choices, usual);
        if self.dumb {
            let menu = menu.on_page(self.width.into(), usize::MAX);
            return self.choose_from_list(&prompt, menu);
        }
        match self.with_editor(|editor| editor.choice(&prompt, menu)) {
            Some(Typed::Line(code)) => Ok(code),
            Some(Typed::Left(_)) | None => Err(Error::GivenUp),
        }
    }

    /// The question with what a blank answer means.
    fn prompt(&self, question: &Prompt<'_>) -> String {
        let words = self.words();
        let what = match question.blank {
            Blank::Asks => question.what.to_owned(),
            Blank::Usual(usual) => words.remarked(question.what, usual),
            Blank::None => words.remarked(question.what, words.typed(TypedWord::None)[0]),
        };
        format!("{}{}", clean_line(&what), words.colon())
    }

    /// A line as it was typed. What was begun is kept where the person leaves.
    fn line(&self, prompt: &str, flag: &str) -> Result<String> {
        if !self.can_ask() {
            return Err(Error::GivenUp);
        }
        let typed = if self.dumb {
            self.plain_line(prompt)
        } else {
            self.with_editor(|editor| editor.line(prompt))
        };
        match typed {
            Some(Typed::Line(line)) => Ok(line),
            Some(Typed::Left(begun)) => {
                self.typed(flag, begun.trim());
                Err(Error::GivenUp)
            }
            None => Err(Error::GivenUp),
        }
    }

    /// The editor of this run, whose history ends with it; `None` where there is no terminal for it.
    fn with_editor(&self, read: impl FnOnce(&mut LineEditor) -> Typed) -> Option<Typed> {
        let mut kept = self.editor.borrow_mut();
        if kept.is_none() {
            *kept = LineEditor::new();
        }
        kept.as_mut().map(read)
    }

    /// A line on a terminal that can do nothing but print.
    fn plain_line(&self, prompt: &str) -> Option<Typed> {
        self.to_stderr(prompt);
        let mut line = String::new();
        match stdin().read_line(&mut line) {
            Ok(0) | Err(_) => None,
            Ok(_) => Some(Typed::Line(line.trim_end_matches(['\r', '\n']).to_owned())),
        }
    }

    /// A menu on a terminal that can do nothing but print.
    fn choose_from_list(&self, prompt: &str, mut menu: Menu) -> Result<String> {
        self.say(&menu.list().join("\n"));
        loop {
            let line = self.line(prompt, "")?;
            match line.trim() {
                "?" | "\u{ff1f}" => menu.explain(),
                typed => menu.narrow(typed),
            }
            if let Some(code) = menu.only() {
                return Ok(code);
            }
            self.say(&menu.list().join("\n"));
        }
    }

    /// Says something to whoever is being asked.
    pub fn say(&self, text: &str) {
        self.to_stderr(&self.lines(&clean(text), 0));
    }
}
