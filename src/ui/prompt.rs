//! Asking a person at a terminal; the only place that knows dialoguer.

use std::{
    fmt,
    io::{IsTerminal, stderr, stdin},
};

use dialoguer::{Input, Select, theme::Theme};

use crate::{
    domain::base::characters::clean_line,
    error::{Error, Result},
    ui::Ui,
};

/// How a question is written: with the colon of the language.
struct QuestionTheme {
    colon: &'static str,
}

impl Theme for QuestionTheme {
    fn format_prompt(&self, f: &mut dyn fmt::Write, prompt: &str) -> fmt::Result {
        write!(f, "{prompt}{}", self.colon.trim_end())
    }

    fn format_input_prompt(
        &self,
        f: &mut dyn fmt::Write,
        prompt: &str,
        _: Option<&str>,
    ) -> fmt::Result {
        write!(f, "{prompt}{}", self.colon)
    }

    fn format_input_prompt_selection(
        &self,
        f: &mut dyn fmt::Write,
        prompt: &str,
        given: &str,
    ) -> fmt::Result {
        write!(f, "{prompt}{}{given}", self.colon)
    }
}

impl Ui {
    fn question(&self) -> QuestionTheme {
        QuestionTheme { colon: self.words().colon() }
    }

    /// True where a person can be asked.
    pub fn can_ask(&self) -> bool {
        // dialoguer loops for ever without a terminal, so the streams themselves are asked again.
        self.interactive && stdin().is_terminal() && stderr().is_terminal()
    }

    /// Asks for a line of text until there is one.
    ///
    /// # Errors
    /// [`Error::GivenUp`] when the terminal is gone or the person leaves.
    pub fn ask(&self, what: &str) -> Result<String> {
        if !self.can_ask() {
            return Err(Error::GivenUp);
        }
        Input::<String>::with_theme(&self.question())
            .with_prompt(clean_line(what))
            .interact_text()
            .map_err(|_| Error::GivenUp)
    }

    /// Asks for a line of text; an empty one means `usual`.
    ///
    /// # Errors
    /// [`Error::GivenUp`] when the terminal is gone or the person leaves.
    pub fn ask_or(&self, what: &str, usual: &str) -> Result<String> {
        let question = self.words().remarked(what, usual);
        let told = self.ask_or_skip(&question)?;
        Ok(if told.is_empty() { usual.to_owned() } else { told })
    }

    /// Asks for a line of text that may be left empty.
    ///
    /// # Errors
    /// [`Error::GivenUp`] when the terminal is gone or the person leaves.
    pub fn ask_or_skip(&self, what: &str) -> Result<String> {
        if !self.can_ask() {
            return Err(Error::GivenUp);
        }
        Input::<String>::with_theme(&self.question())
            .with_prompt(clean_line(what))
            .allow_empty(true)
            .interact_text()
            .map_err(|_| Error::GivenUp)
    }

    /// Asks for one of several choices, each a code with its label; gives the code.
    ///
    /// # Errors
    /// [`Error::GivenUp`] when the terminal is gone or the person leaves.
    pub fn choose(&self, what: &str, choices: &[(String, String)]) -> Result<String> {
        if !self.can_ask() || choices.is_empty() {
            return Err(Error::GivenUp);
        }
        let shown: Vec<_> = choices.iter().map(|(_, label)| clean_line(label)).collect();
        let picked = Select::with_theme(&self.question())
            .with_prompt(clean_line(what))
            .items(&shown)
            .default(0)
            .interact_opt()
            .map_err(|_| Error::GivenUp)?;
        picked.and_then(|nth| choices.get(nth)).map(|(code, _)| code.clone()).ok_or(Error::GivenUp)
    }
}
