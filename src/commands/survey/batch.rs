//! Many records at once: one commit each, and none is lost for another's sake.

use serde_json::{Value, json};

use crate::{
    app::step::Done,
    domain::{base::terms::State, history::refusal::Refusal},
    error::{Error, Result},
    ui::{
        answer::Answer,
        escape::{clean, clean_line},
        paper::Paper,
    },
    words::{Lang, Words, label::Label, said::Said},
};

/// What became of each.
#[derive(Debug, Default)]
pub struct Batch {
    pub items: Vec<Item>,
    /// What is said besides.
    pub remarks: Vec<Said>,
    /// Files that were written.
    pub files: Vec<String>,
}

/// One of them.
#[derive(Debug)]
pub struct Item {
    /// Line of the file it was read from.
    pub line: Option<u64>,
    /// The record as it was named.
    pub record: String,
    pub outcome: Outcome,
}

/// What became of it.
#[derive(Debug)]
pub enum Outcome {
    Done(Box<Done>),
    /// It was so already, nothing changed.
    Already,
    /// It has been reopened, and is asked about when it is closed again.
    NotClosed(State),
    Refused(Error),
}

impl Outcome {
    /// A step, which may have been made before.
    #[must_use]
    pub fn of(step: Result<Done>) -> Self {
        match step {
            Ok(done) => Self::Done(Box::new(done)),
            Err(Error::Refused(refused)) if is_done(&refused.why) => Self::Already,
            Err(error) => Self::Refused(error),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Done(_) => "done",
            Self::Already => "already_there",
            Self::NotClosed(_) => "not_closed",
            Self::Refused(_) => "refused",
        }
    }
}

/// True where another run was there first.
fn is_done(why: &Refusal) -> bool {
    matches!(why, Refusal::AnswerKnown | Refusal::AlreadyAsked { .. } | Refusal::NothingAwaited)
}

impl Batch {
    fn count(&self, code: &str) -> usize {
        self.items.iter().filter(|item| item.outcome.code() == code).count()
    }
}

impl Answer for Batch {
    fn human(&self, paper: &Paper) -> String {
        let words = paper.words;
        let mut text = String::new();
        for item in &self.items {
            let line = item.line.map(|line| words.said(&Said::Line { line })).unwrap_or_default();
            text += &line;
            match &item.outcome {
                Outcome::Done(done) => text += &done.human(paper),
                Outcome::Already => {
                    let said = words.said(&Said::AlreadyThere { record: item.record.clone() });
                    text += &format!("{}\n", clean_line(&said));
                }
                Outcome::NotClosed(state) => {
                    let record = item.record.clone();
                    let said = words.said(&Said::ReopenedSince { record, state: *state });
                    text += &format!("{}\n", clean_line(&said));
                }
                Outcome::Refused(error) => {
                    let label = words.label(Label::Error);
                    text += &format!("{label}: {}\n", clean(&error.sentence(words)));
                    let label = words.label(Label::Hint);
                    for hint in error.hint(words).iter().flat_map(|hint| hint.lines()) {
                        text += &format!("  {label}: {}\n", clean(hint));
                    }
                }
            }
        }
        for file in &self.files {
            text += &format!("{}\n", clean_line(file));
        }
        for said in &self.remarks {
            text += &format!("{}\n", clean(&words.said(said)));
        }
        let (done, already, refused) =
            (self.count("done"), self.count("already_there"), self.count("refused"));
        text += &format!("{}\n", words.said(&Said::Batch { done, already, refused }));
        text
    }

    fn json(&self) -> Value {
        let words = Words::new(Lang::En);
        let item = |item: &Item| {
            let mut value = json!({ "record": item.record, "outcome": item.outcome.code() });
            if let Some(line) = item.line {
                value["line"] = line.into();
            }
            match &item.outcome {
                Outcome::Done(done) => {
                    value["record"] = json!(done.record.id);
                    value["done"] = done.json();
                }
                Outcome::Already => {}
                Outcome::NotClosed(state) => value["state"] = json!(state),
                Outcome::Refused(error) => value["error"] = error.json(words),
            }
            value
        };
        json!({
            "format": 1,
            "items": self.items.iter().map(item).collect::<Vec<_>>(),
            "files": self.files,
            "done": self.count("done"),
            "already_there": self.count("already_there"),
            "refused": self.count("refused"),
        })
    }

    fn brief(&self) -> Option<String> {
        let done = self.items.iter().filter_map(|item| match &item.outcome {
            Outcome::Done(done) => done.brief(),
            Outcome::Already | Outcome::NotClosed(_) | Outcome::Refused(_) => None,
        });
        Some(done.collect())
    }

    /// 1 where any was refused, 3 where the repository stood against it.
    fn status(&self) -> u8 {
        let refused = self.items.iter().filter_map(|item| match &item.outcome {
            Outcome::Refused(error) => Some(if error.status() == 3 { 3 } else { 1 }),
            Outcome::Done(_) | Outcome::Already | Outcome::NotClosed(_) => None,
        });
        refused.max().unwrap_or(0)
    }
}
