//! Texts of a record, one of which is picked to be hidden.

use super::Prompts;
use crate::{
    domain::{
        base::{print::without_year, terms::Term},
        deciding::steps::redact::naming,
        history::{record::Record, redaction::ShownText},
    },
    error::Result,
    ui::prompt::{Blank, menu::Choice},
    words::{Words, label::Label},
};

/// A text that can be hidden, with what names it on a command line.
#[derive(Debug)]
pub struct TextChoice {
    event: String,
    field: &'static str,
    /// What is told of it.
    label: String,
    beside: Vec<String>,
}

impl TextChoice {
    /// A text, by what names its event.
    pub fn of(record: &Record, shown: &ShownText<'_>, words: Words) -> Self {
        let ShownText { event, field, texts } = shown;
        let stamp = &event.stamp;
        let number = naming(record, stamp.n, &stamp.id);
        let step = words.did(&event.act, record.status.kind);
        let latest = record.history.last().map_or(stamp.at, |event| event.stamp.at);
        let date = without_year(stamp.at, latest);
        let name = words.text_field(event.act.action().code(), field);
        Self {
            label: format!("{number} {name}"),
            beside: vec![date, texts.join(" / "), step.to_owned()],
            event: number,
            field,
        }
    }

    /// What tells it from every other text of the record.
    fn code(&self) -> String {
        format!("{} {}", self.event, self.field)
    }
}

impl Prompts<'_> {
    /// The event and the field of a text that is to be hidden, picked where one of them is not given.
    ///
    /// # Errors
    /// What cannot be read; a menu that was left.
    pub fn text_to_hide(
        &mut self,
        given: (Option<&String>, Option<&String>),
        choices: impl FnOnce() -> Result<Vec<TextChoice>>,
    ) -> Result<(String, String)> {
        if let (Some(event), Some(field)) = given {
            return Ok((event.clone(), field.clone()));
        }
        let texts = if self.app.ui.can_ask() { choices()? } else { Vec::new() };
        let Some(picked) = self.picked_text(&texts)? else {
            let event = self.text(given.0, "--event", Label::RedactEvent)?;
            return Ok((event, self.text(given.1, "--field", Label::RedactField)?));
        };
        for (flag, given, value) in
            [("--event", given.0, picked.event.as_str()), ("--field", given.1, picked.field)]
        {
            if given.is_none() {
                self.app.ui.typed(flag, value);
            }
        }
        Ok((picked.event.clone(), picked.field.to_owned()))
    }

    /// The text that is picked; `None` where there is none to pick.
    fn picked_text<'t>(&self, texts: &'t [TextChoice]) -> Result<Option<&'t TextChoice>> {
        if texts.is_empty() {
            return Ok(None);
        }
        let choice = |text: &TextChoice| Choice {
            code: text.code(),
            label: text.label.clone(),
            beside: text.beside.clone(),
            also: vec![text.field.to_owned()],
            told: text.label.clone(),
        };
        let question = self.question("--field", Label::RedactField, Blank::Asks);
        let code = self.app.ui.choose(&question, texts.iter().map(choice).collect(), None)?;
        Ok(texts.iter().find(|text| text.code() == code))
    }
}
