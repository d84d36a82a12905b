//! Fields that were not said: asked for on a terminal, named all at once elsewhere.

mod choices;
mod records;

use crate::{
    app::App,
    arguments::terms::{MaybeTime, time_or_none},
    domain::{
        base::{
            moment::Moment,
            text::{self, TextFault},
        },
        history::refusal::Refusal,
    },
    error::{Error, MissingField, Result},
    ui::prompt::{Blank, Prompt},
    words::{Words, label::Label, typed::TypedWord},
};

/// Collects what a command cannot do without.
#[derive(Debug)]
pub struct Prompts<'a> {
    app: &'a App<'a>,
    words: Words,
    command: &'static str,
    missing: Vec<MissingField>,
    /// Whether what may be left out is asked for as well.
    asks_all: bool,
}

/// Why an answer is not taken, in a sentence.
type Read<T> = std::result::Result<T, String>;

impl<'a> Prompts<'a> {
    /// For one run of a command.
    pub fn new(app: &'a App<'a>, command: &'static str) -> Self {
        Self { app, words: app.ui.words(), command, missing: Vec::new(), asks_all: true }
    }

    /// Asks for nothing that may be left out.
    pub fn needed_only(self) -> Self {
        Self { asks_all: false, ..self }
    }

    /// Text of one line or several.
    pub fn text(
        &mut self,
        given: Option<&String>,
        flag: &'static str,
        label: Label,
    ) -> Result<String> {
        self.needed(given, flag, label, |asked| asked.asked_text(flag, label, Blank::Asks))
    }

    /// Text of one line.
    pub fn line(
        &mut self,
        given: Option<&String>,
        flag: &'static str,
        label: Label,
    ) -> Result<String> {
        self.needed(given, flag, label, |asked| asked.asked_line(flag, label, Blank::Asks))
    }

    /// Text; a person who says nothing says the usual one.
    pub fn text_or(
        &mut self,
        given: Option<&String>,
        flag: &'static str,
        label: Label,
        usual: &str,
    ) -> Result<String> {
        self.needed(given, flag, label, |asked| asked.asked_text(flag, label, Blank::Usual(usual)))
    }

    /// Text of one line that may be left out.
    pub fn some_line(
        &self,
        given: Option<&String>,
        flag: &'static str,
        label: Label,
    ) -> Result<Option<String>> {
        if given.is_some() || !self.asks_optional() {
            return Ok(given.cloned());
        }
        let told = self.asked_line(flag, label, Blank::None)?;
        Ok(Some(told).filter(|told| !told.is_empty() && !TypedWord::None.is_typed(told)))
    }

    /// What was given, or else what a person answers; without one it is named as missing, and nothing
    /// stands in until [`Self::done`] refuses.
    fn needed(
        &mut self,
        given: Option<&String>,
        flag: &'static str,
        label: Label,
        ask: impl FnOnce(&Self) -> Result<String>,
    ) -> Result<String> {
        match given {
            Some(given) => Ok(given.clone()),
            None if self.app.ui.can_ask() => ask(self),
            None => {
                self.miss(flag, label);
                Ok(String::new())
            }
        }
    }

    /// Whether a person is asked for what may be left out.
    fn asks_optional(&self) -> bool {
        self.asks_all && self.app.ui.can_ask()
    }

    fn asked_text(&self, flag: &'static str, label: Label, blank: Blank<'_>) -> Result<String> {
        self.asked_tidy((flag, label), blank, |typed| text::tidy(typed, text::TEXT))
    }

    fn asked_line(&self, flag: &'static str, label: Label, blank: Blank<'_>) -> Result<String> {
        self.asked_tidy((flag, label), blank, |typed| text::tidy_line(typed, text::LINE))
    }

    fn asked_tidy(
        &self,
        (flag, label): (&'static str, Label),
        blank: Blank<'_>,
        tidy: impl Fn(&str) -> std::result::Result<String, TextFault>,
    ) -> Result<String> {
        self.asked(&self.question(flag, label, blank), |typed| {
            let tidied = match tidy(typed) {
                Err(TextFault::Empty) if blank == Blank::None => Ok(String::new()),
                tidied => tidied,
            };
            tidied.map_err(|fault| self.words.error(&Refusal::Text { flag, fault }.into()))
        })
    }

    /// A time.
    pub fn time(
        &mut self,
        given: Option<Moment>,
        flag: &'static str,
        label: Label,
    ) -> Result<Moment> {
        if let Some(given) = given {
            return Ok(given);
        }
        if !self.app.ui.can_ask() {
            self.miss(flag, label);
            return Ok(Moment::Now);
        }
        self.asked(&self.question(flag, label, Blank::Asks), |typed| {
            Moment::parse(typed).map_err(|fault| self.words.moment_fault(&fault))
        })
    }

    /// A time, or none where the person who is asked for names none.
    pub fn time_or_none(&mut self, flag: &'static str, label: Label) -> Result<MaybeTime> {
        if !self.app.ui.can_ask() {
            self.miss(flag, label);
            return Ok(MaybeTime(None));
        }
        let none = self.words.typed(TypedWord::None)[0];
        self.asked(&self.question(flag, label, Blank::Usual(none)), |typed| {
            time_or_none(typed).or_else(|_| {
                let moment = Moment::parse(typed).map(|moment| MaybeTime(Some(moment)));
                moment.map_err(|fault| self.words.moment_fault(&fault))
            })
        })
    }

    /// The answer to a question that has no flag of its own but one that is given several times.
    pub fn answer(
        &self,
        flag: &'static str,
        key: &str,
        what: &str,
        is_needed: bool,
    ) -> Result<Option<String>> {
        if !self.app.ui.can_ask() {
            return Ok(None);
        }
        let blank = if is_needed { Blank::Asks } else { Blank::None };
        let question = Prompt { what, blank, flag: "", ..self.question(flag, Label::Need, blank) };
        let answer = self.app.ui.ask(&question)?;
        let answer = Some(answer.trim().to_owned()).filter(|answer| !answer.is_empty());
        if let Some(answer) = &answer {
            self.app.ui.typed(flag, &format!("{key}={answer}"));
        }
        Ok(answer)
    }

    fn question<'q>(&self, flag: &'q str, label: Label, blank: Blank<'q>) -> Prompt<'q> {
        let help = self.words.help().argument(self.command, flag).unwrap_or_default();
        Prompt { what: self.words.label(label), flag, help, blank }
    }

    /// Asks until an answer is one, which is kept for another try.
    fn asked<T>(&self, question: &Prompt<'_>, read: impl Fn(&str) -> Read<T>) -> Result<T> {
        loop {
            let typed = self.app.ui.ask(question)?;
            match read(&typed) {
                Ok(answer) => {
                    self.app.ui.typed(question.flag, typed.trim());
                    return Ok(answer);
                }
                Err(why) => self.app.ui.warn(&why),
            }
        }
    }

    /// Names a field as missing.
    pub fn miss(&mut self, flag: &str, label: Label) {
        let field = self.words.label(label).to_owned();
        self.missing.push(MissingField::of_flag(field, flag));
    }

    /// Refuses if anything is missing.
    ///
    /// # Errors
    /// [`Error::Missing`] with all of it.
    pub fn done(self) -> Result<()> {
        if self.missing.is_empty() {
            return Ok(());
        }
        Err(Error::Missing { command: self.command, fields: self.missing })
    }
}
