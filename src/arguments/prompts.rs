//! Fields that were not said: asked for on a terminal, named all at once elsewhere.

use crate::{
    app::App,
    arguments::terms::MaybeTime,
    domain::base::{moment::Moment, terms::Term},
    error::{Error, MissingField, Result},
    words::{Words, label::Label, typed::TypedWord},
};

/// Collects what a command cannot do without.
#[derive(Debug)]
pub struct Prompts<'a> {
    app: &'a App<'a>,
    words: Words,
    command: &'static str,
    missing: Vec<MissingField>,
}

impl<'a> Prompts<'a> {
    /// For one run of a command.
    pub fn new(app: &'a App<'a>, command: &'static str) -> Self {
        Self { app, words: app.ui.words(), command, missing: Vec::new() }
    }

    /// Text.
    pub fn text(&mut self, given: Option<&String>, flag: &str, label: Label) -> Result<String> {
        match given {
            Some(given) => Ok(given.clone()),
            None if self.app.ui.can_ask() => self.app.ui.ask(self.words.label(label)),
            None => {
                self.miss(flag, label);
                Ok(String::new())
            }
        }
    }

    /// A time.
    pub fn time(&mut self, given: Option<Moment>, flag: &str, label: Label) -> Result<Moment> {
        if let Some(given) = given {
            return Ok(given);
        }
        if !self.app.ui.can_ask() {
            self.miss(flag, label);
            return Ok(Moment::Now);
        }
        loop {
            match Moment::parse(&self.app.ui.ask(self.words.label(label))?) {
                Ok(moment) => return Ok(moment),
                Err(fault) => self.app.ui.warn(&self.words.moment_fault(&fault)),
            }
        }
    }

    /// A time, or none where the person who is asked for names none.
    pub fn time_or_none(&mut self, flag: &str, label: Label) -> Result<MaybeTime> {
        if !self.app.ui.can_ask() {
            self.miss(flag, label);
            return Ok(MaybeTime(None));
        }
        let none = self.words.typed(TypedWord::None)[0];
        let question = self.words.remarked(self.words.label(label), none);
        loop {
            let typed = self.app.ui.ask(&question)?;
            if TypedWord::None.is_typed(&typed) {
                return Ok(MaybeTime(None));
            }
            match Moment::parse(&typed) {
                Ok(moment) => return Ok(MaybeTime(Some(moment))),
                Err(fault) => self.app.ui.warn(&self.words.moment_fault(&fault)),
            }
        }
    }

    /// A word of a closed vocabulary; `fallback` stands in until [`Self::done`] refuses.
    pub fn term<T: Term>(
        &mut self,
        given: Option<T>,
        flag: &str,
        label: Label,
        fallback: T,
    ) -> Result<T> {
        if let Some(given) = given {
            return Ok(given);
        }
        let choices: Vec<_> = T::ALL
            .iter()
            .map(|term| (term.code().to_owned(), self.words.term(*term).to_owned()))
            .collect();
        let code = self.choice(None, flag, label, &choices)?;
        Ok(T::from_code(&code).unwrap_or(fallback))
    }

    /// One of several choices, each a code with its label.
    pub fn choice(
        &mut self,
        given: Option<&String>,
        flag: &str,
        label: Label,
        choices: &[(String, String)],
    ) -> Result<String> {
        match given {
            Some(given) => Ok(given.clone()),
            None if self.app.ui.can_ask() => self.app.ui.choose(self.words.label(label), choices),
            None => {
                self.miss(flag, label);
                Ok(String::new())
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
