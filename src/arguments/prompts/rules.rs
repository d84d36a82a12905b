//! Rules: a file of them, one that waits for its day, and one value with what it is to be.

use super::Prompts;
use crate::{
    app::desk::OpenDesk,
    domain::history::refusal::Refusal,
    error::Result,
    store::{layout, view::rules::WaitingRules},
    ui::prompt::{Blank, menu::Choice},
    words::label::Label,
};

impl Prompts<'_> {
    /// A file of the rules that a command changes: picked from all where none was named.
    ///
    /// # Errors
    /// A menu that was left.
    pub fn rule_file(&mut self, given: Option<&String>) -> Result<String> {
        let flag = "FILE";
        self.needed(given, flag, Label::RuleFile, |asked| {
            let choices = changeable().map(|path| Choice::new(path, path)).collect();
            asked.chosen(&asked.question(flag, Label::RuleFile, Blank::Asks), choices, None)
        })
    }

    /// A value of the rules by its key: picked from all that stand on a line where none was named; `None`
    /// where nobody can be asked.
    ///
    /// # Errors
    /// What cannot be read; a menu that was left.
    pub fn rule(&mut self, desk: &OpenDesk<'_>, given: Option<&String>) -> Result<Option<String>> {
        let (flag, label) = ("RULE", Label::Rule);
        if given.is_some() || !self.app.ui.can_ask() {
            if given.is_none() {
                self.miss(flag, label);
            }
            return Ok(given.cloned());
        }
        let view = desk.view()?;
        let mut choices = Vec::new();
        for path in changeable() {
            let name = layout::rule_name(path);
            let values = view.rule_text(path)?.values().into_iter();
            choices.extend(values.map(|(key, value)| {
                let key = format!("{name}.{key}");
                Choice { beside: vec![value], ..Choice::new(&key, &key) }
            }));
        }
        self.chosen(&self.question(flag, label, Blank::Asks), choices, None).map(Some)
    }

    /// What a value of the rules is to be; what it is now where nothing is answered.
    ///
    /// # Errors
    /// A question that was left.
    pub fn rule_value(&mut self, given: Option<&String>, now: Option<&str>) -> Result<String> {
        let (flag, label) = ("VALUE", Label::RuleValue);
        let blank = now.map_or(Blank::Asks, Blank::Usual);
        self.needed(given, flag, label, |asked| asked.asked_line(flag, label, blank))
    }

    /// A draft of the rules that is adopted: picked from those that are there where none was named.
    ///
    /// # Errors
    /// [`Refusal::NoDraft`] where there is none; a menu that was left.
    pub fn draft(&mut self, desk: &OpenDesk<'_>, given: Option<&String>) -> Result<String> {
        self.waiting(given, || Ok(desk.view()?.drafts()?), Refusal::NoDraft { path: None })
    }

    /// A file of rules that was adopted for a day to come, in the same way.
    ///
    /// # Errors
    /// [`Refusal::NothingAdopted`] where there is none; a menu that was left.
    pub fn adopted(&mut self, desk: &OpenDesk<'_>, given: Option<&String>) -> Result<String> {
        let none = Refusal::NothingAdopted { path: None };
        self.waiting(given, || Ok(desk.view()?.adopted_ahead()?), none)
    }

    fn waiting(
        &mut self,
        given: Option<&String>,
        files: impl FnOnce() -> Result<Vec<WaitingRules>>,
        none: Refusal,
    ) -> Result<String> {
        if let Some(given) = given {
            return Ok(given.clone());
        }
        let files = files()?;
        if files.is_empty() {
            return Err(none.into());
        }
        // the same name may be adopted for several days
        let choice = |it: &WaitingRules| {
            let code = if it.is_draft { it.of } else { &it.path };
            let day = it.day.map(|day| day.to_string());
            Choice { beside: day.into_iter().collect(), ..Choice::new(code, it.of) }
        };
        let choices: Vec<_> = files.iter().map(choice).collect();
        let (flag, label) = ("FILE", Label::RuleFile);
        if !self.app.ui.can_ask() {
            self.miss_one_of(flag, label, &choices);
            return Ok(String::new());
        }
        let only = choices.first().filter(|_| choices.len() == 1).map(|only| only.code.clone());
        self.chosen(&self.question(flag, label, Blank::Asks), choices, only.as_deref())
    }
}

/// The files that a command changes as a whole: the roster has commands of its own.
fn changeable() -> impl Iterator<Item = &'static str> {
    layout::RULES.into_iter().filter(|path| *path != layout::PEOPLE)
}
