//! Fields that were not said: asked for on a terminal, named all at once elsewhere.

mod choices;
pub mod customers;
mod files;
mod people;
mod records;
mod rules;
pub mod texts;

use self::records::PendingStep;

use crate::{
    app::{App, desk::OpenDesk},
    arguments::terms::MaybeTime,
    domain::{
        base::{
            moment::{Moment, Use},
            text::{self, TextFault},
        },
        history::refusal::Refusal,
    },
    error::{
        Error, MissingField, Result,
        usage::{Usage, ValueFault},
    },
    ui::prompt::{Blank, Prompt, menu::Choice},
    words::{Words, label::Label, typed::TypedWord},
};

/// Collects what a command cannot do without.
#[derive(Debug)]
pub struct Prompts<'a> {
    app: &'a App<'a>,
    words: Words,
    command: &'static str,
    missing: Vec<MissingField>,
    /// The step that is asked for where nobody can be asked.
    step: Option<PendingStep>,
    /// Whether what may be left out is asked for as well.
    asks_all: bool,
}

/// So many values are named where one is missing.
const MOST_VALUES: usize = 20;

/// Why an answer is not taken, in a sentence.
type Read<T> = std::result::Result<T, String>;

impl<'a> Prompts<'a> {
    /// For one run of a command.
    pub fn new(app: &'a App<'a>, command: &'static str) -> Self {
        Self {
            app,
            words: app.ui.words(),
            command,
            missing: Vec::new(),
            step: None,
            asks_all: true,
        }
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

    /// Text of one line; a person is asked until `fits` takes it.
    pub fn fitting_line(
        &mut self,
        given: Option<&String>,
        flag: &'static str,
        label: Label,
        fits: impl Fn(&str) -> Result<()>,
    ) -> Result<String> {
        self.needed(given, flag, label, |asked| {
            asked.asked_fitting((flag, label), Blank::Asks, fits)
        })
    }

    /// As [`Self::fitting_line`], of what may be left out.
    pub fn some_fitting_line(
        &self,
        flag: &'static str,
        label: Label,
        fits: impl Fn(&str) -> Result<()>,
    ) -> Result<Option<String>> {
        if !self.asks_optional() {
            return Ok(None);
        }
        let is_none = |told: &str| told.is_empty() || TypedWord::None.is_typed(told);
        let told = self.asked_fitting((flag, label), Blank::None, |told| {
            if is_none(told) { Ok(()) } else { fits(told) }
        })?;
        Ok(Some(told).filter(|told| !is_none(told)))
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
    pub fn asks_optional(&self) -> bool {
        self.asks_all && self.app.ui.can_ask()
    }

    fn asked_text(&self, flag: &'static str, label: Label, blank: Blank<'_>) -> Result<String> {
        self.asked_tidy((flag, label), blank, |typed| text::tidy(typed, text::TEXT))
    }

    fn asked_line(&self, flag: &'static str, label: Label, blank: Blank<'_>) -> Result<String> {
        self.asked_tidy((flag, label), blank, |typed| text::tidy_line(typed, text::LINE))
    }

    fn asked_fitting(
        &self,
        (flag, label): (&'static str, Label),
        blank: Blank<'_>,
        fits: impl Fn(&str) -> Result<()>,
    ) -> Result<String> {
        self.asked(&self.question(flag, label, blank), |typed| {
            let tidied = match text::tidy_line(typed, text::LINE) {
                Err(TextFault::Empty) if blank == Blank::None => Ok(String::new()),
                tidied => tidied,
            };
            let tidied = tidied.map_err(|fault| Refusal::Text { flag, fault }.into());
            let fitting = tidied.and_then(|told| fits(&told).map(|()| told));
            fitting.map_err(|why| self.words.error(&why))
        })
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

    /// A time to come, by which something is to happen; asked again where it has passed.
    pub fn due(
        &mut self,
        desk: &OpenDesk<'_>,
        given: Option<Moment>,
        flag: &'static str,
        label: Label,
    ) -> Result<Moment> {
        match given {
            Some(given) => Ok(given),
            None if self.app.ui.can_ask() => {
                let question = self.question(flag, label, Blank::Asks);
                self.asked(&question, |typed| self.to_come(desk, flag, typed))
            }
            None => {
                self.miss(flag, label);
                Ok(Moment::Now)
            }
        }
    }

    /// What was given, or is read from what somebody types; where nobody can be asked, `missing` stands
    /// in for it until [`Self::done`] says so.
    pub fn read<T>(
        &mut self,
        given: Option<T>,
        (flag, label): (&'static str, Label),
        missing: T,
        read: impl Fn(&str) -> std::result::Result<T, ValueFault>,
    ) -> Result<T> {
        match given {
            Some(given) => Ok(given),
            None if self.app.ui.can_ask() => {
                let question = self.question(flag, label, Blank::Asks);
                self.asked(&question, |typed| {
                    let fault = |why| Error::Usage(Usage::value(flag, typed, why));
                    read(typed).map_err(|why| self.words.error(&fault(why)))
                })
            }
            None => {
                self.miss(flag, label);
                Ok(missing)
            }
        }
    }

    /// The moment that was typed, unless it has passed.
    fn to_come(&self, desk: &OpenDesk<'_>, flag: &'static str, typed: &str) -> Read<Moment> {
        let moment = Moment::parse(typed).map_err(|fault| self.words.moment_fault(&fault))?;
        // what is entered later has a time of its own, and what only the calendar tells the step tells
        let is_told_later = self.app.options.at.is_some();
        match moment.resolve(desk.now(), Use::Due, desk.zone, None) {
            Ok(given) if given <= desk.now() && !is_told_later => {
                Err(self.words.error(&Refusal::NotInFuture { flag, given }.into()))
            }
            Ok(_) | Err(_) => Ok(moment),
        }
    }

    /// A time to come, or none where the person who is asked for names none.
    pub fn due_or_none(
        &mut self,
        desk: &OpenDesk<'_>,
        flag: &'static str,
        label: Label,
    ) -> Result<MaybeTime> {
        if !self.app.ui.can_ask() {
            self.miss(flag, label);
            return Ok(MaybeTime(None));
        }
        let none = self.words.typed(TypedWord::None)[0];
        self.asked(&self.question(flag, label, Blank::Usual(none)), |typed| {
            if TypedWord::None.is_typed(typed) {
                return Ok(MaybeTime(None));
            }
            self.to_come(desk, flag, typed).map(|moment| MaybeTime(Some(moment)))
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
                    // the usual answer is asked for again
                    if question.blank != Blank::Usual(&typed) {
                        self.app.ui.typed(question.flag, typed.trim());
                    }
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

    /// Names a field as missing, with the values that there are where they are few.
    fn miss_one_of(&mut self, flag: &str, label: Label, choices: &[Choice]) {
        self.miss(flag, label);
        if let Some(field) = self.missing.last_mut().filter(|_| choices.len() <= MOST_VALUES) {
            field.values = choices.iter().map(|choice| choice.code.clone()).collect();
        }
    }

    /// Refuses if anything is missing; what stands against the step whatever it says comes first.
    ///
    /// # Errors
    /// [`Error::Missing`] with all of it.
    pub fn done(&self) -> Result<()> {
        if self.missing.is_empty() {
            return Ok(());
        }
        if let Some(step) = &self.step {
            step.check(self.app)?;
        }
        Err(Error::Missing { command: self.command, fields: self.missing.clone() })
    }
}
