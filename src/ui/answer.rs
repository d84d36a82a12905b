//! An answer: one value with two faces, for people and for programs.

use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::{
    error::{Error, MissingField},
    ui::terminal::Terminal,
    words::Words,
};

/// The number of the shape of everything that is printed for programs; `docs/json.md` says what it
/// promises.
const FORMAT: u32 = 1;

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

/// A value as programs read it.
pub trait Json {
    /// The value with `"format": 1`.
    fn json(&self) -> Value;
}

impl Serialize for dyn Answer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.json().serialize(serializer)
    }
}

impl<T: Serialize> Json for T {
    fn json(&self) -> Value {
        let mut value = serde_json::to_value(self).unwrap_or_default();
        if let Value::Object(keys) = &mut value {
            keys.insert("format".to_owned(), FORMAT.into());
        }
        value
    }
}

/// What ended a command, as programs read it.
#[derive(Debug, Serialize)]
pub struct ErrorAnswer {
    error: String,
    code: &'static str,
    hint: Option<String>,
    status: u8,
    /// The fields that were not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    missing: Option<Vec<MissingField>>,
    /// The commit that was made before, and stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    committed: Option<String>,
}

impl ErrorAnswer {
    pub fn of(error: &Error, words: Words) -> Self {
        Self {
            error: words.error(error),
            code: error.code(),
            hint: words.error_hint(error),
            status: error.status(),
            missing: words.error_missing(error),
            committed: None,
        }
    }

    /// The same, after a commit was made.
    pub fn after(self, committed: Option<String>) -> Self {
        Self { committed, ..self }
    }
}

/// What a command answers: the serialised value is for programs.
pub trait Answer: Json {
    /// For people.
    fn human(&self, terminal: &Terminal) -> String;

    /// What is said beside it, on standard error: that there is nothing, or more.
    fn remark(&self, _: Words) -> Option<String> {
        None
    }

    /// What is printed as it is, to the last byte, unless programs ask for its value.
    fn raw(&self) -> Option<&[u8]> {
        None
    }

    /// Under `--quiet`: only the id, or nothing.
    fn brief(&self) -> Option<String> {
        None
    }

    /// One object a line; for what is no list, the one object.
    fn json_lines(&self) -> String {
        format!("{}\n", self.json())
    }

    /// Comma-separated values, safe against formulas; for what is no list, the text for people.
    fn csv(&self, terminal: &Terminal) -> String {
        self.human(terminal)
    }

    /// What ended a series of steps before its end; those before it are the answer.
    fn ended(&self) -> Option<&Error> {
        None
    }

    /// The exit status of a command that did what it should: 1 where it found something.
    fn status(&self) -> u8 {
        0
    }
}

/// Text that is the same for everybody, such as a report.
#[derive(Clone, Debug, Serialize)]
pub struct Text {
    pub text: String,
}

impl Answer for Text {
    fn human(&self, _: &Terminal) -> String {
        self.text.clone()
    }

    fn brief(&self) -> Option<String> {
        Some(self.text.clone())
    }
}
