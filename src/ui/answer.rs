//! An answer: one value with two faces, for people and for programs.

use serde_json::{Value, json};

use crate::{error::Error, ui::terminal::Terminal, words::Words};

/// The shape in which an answer is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AnswerFormat {
    #[default]
    Human,
    Json,
    /// One object a line, for lists.
    JsonLines,
    Csv,
}

/// What ended a command, as programs read it.
pub fn error_json(error: &Error, words: Words) -> Value {
    let mut value = json!({
        "format": 1,
        "error": words.error(error),
        "code": error.code(),
        "hint": words.error_hint(error),
        "status": error.status(),
    });
    if let Some(fields) = words.error_missing(error) {
        let missing: Vec<Value> =
            fields.iter().map(|it| json!({ "field": it.field, "flag": it.flag })).collect();
        value["missing"] = missing.into();
    }
    value
}

/// What a command answers.
pub trait Answer {
    /// For people.
    fn human(&self, terminal: &Terminal) -> String;

    /// For programs, with `"format": 1`.
    fn json(&self) -> Value;

    /// Under `--quiet`: only the id, or nothing.
    fn brief(&self) -> Option<String> {
        None
    }

    /// One object a line; for what is no list, the one object.
    fn json_lines(&self) -> String {
        match self.json() {
            Value::Array(items) => items.iter().map(|item| format!("{item}\n")).collect(),
            one => format!("{one}\n"),
        }
    }

    /// Comma-separated values, safe against formulas; for what is no list, the text for people.
    fn csv(&self, terminal: &Terminal) -> String {
        self.human(terminal)
    }

    /// The exit status of a command that did what it should: 1 where it found something.
    fn status(&self) -> u8 {
        0
    }
}

/// Text that is the same for everybody, such as a report.
#[derive(Clone, Debug)]
pub struct Text(pub String);

impl Answer for Text {
    fn human(&self, _: &Terminal) -> String {
        self.0.clone()
    }

    fn json(&self) -> Value {
        json!({ "format": 1, "text": self.0 })
    }

    fn brief(&self) -> Option<String> {
        Some(self.0.clone())
    }
}
