//! Many records at once: one commit each, and none is lost for another's sake.

use serde::{Serialize, Serializer};

use crate::{
    answers::{step::StepSeries, stop::StopCause},
    app::step::RecordedStep,
    domain::{
        base::{
            characters::{clean, clean_line},
            terms::State,
        },
        history::refusal::Refusal,
    },
    error::{Error, Result},
    ui::{
        answer::{Answer, ErrorAnswer},
        terminal::Terminal,
    },
    words::{Lang, Words, label::Label, message::Message},
};

/// What became of each.
#[derive(Debug, Default)]
pub struct Batch {
    pub items: Vec<BatchItem>,
    /// What is said besides.
    pub remarks: Vec<Message>,
    /// Files that were written.
    pub files: Vec<String>,
    /// Why the rest of the file was not looked at any more.
    pub stopped: Option<StopCause>,
}

/// One of them.
#[derive(Debug)]
pub struct BatchItem {
    /// Line of the file it was read from.
    pub line: Option<u64>,
    /// The file that it is, where there are several.
    pub file: Option<String>,
    /// The record as it was named.
    pub record: String,
    pub outcome: BatchOutcome,
}

/// What became of it.
#[derive(Debug)]
pub enum BatchOutcome {
    Done(Box<RecordedStep>),
    /// Several steps on the record, which were made together.
    DoneTogether(StepSeries),
    /// It was so already, nothing changed.
    Already,
    /// It has been reopened, and is asked about when it is closed again.
    NotClosed(State),
    Refused(Error),
}

impl BatchOutcome {
    /// A step, which may have been made before.
    pub fn of(step: Result<RecordedStep>) -> Self {
        match step {
            Ok(done) => Self::Done(Box::new(done)),
            Err(Error::Refused(refused)) if is_done(&refused.why) => Self::Already,
            Err(error) => Self::Refused(error),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Done(_) | Self::DoneTogether(_) => "done",
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

impl BatchItem {
    /// The file that it is, unless the error says it.
    fn named_file(&self, words: Words) -> String {
        let is_named = match &self.outcome {
            BatchOutcome::Refused(error) => error.names_file(),
            BatchOutcome::Done(_)
            | BatchOutcome::DoneTogether(_)
            | BatchOutcome::Already
            | BatchOutcome::NotClosed(_) => false,
        };
        let file = self.file.clone().filter(|_| !is_named);
        let told = file.map(|file| words.message(&Message::OfFile { file })).unwrap_or_default();
        clean_line(&told).into_owned()
    }
}

impl Batch {
    fn count(&self, code: &str) -> usize {
        self.items.iter().filter(|item| item.outcome.code() == code).count()
    }
}

impl Answer for Batch {
    fn human(&self, terminal: &Terminal) -> String {
        let words = terminal.words;
        let mut text = String::new();
        for item in &self.items {
            let line =
                item.line.map(|line| words.message(&Message::Line { line })).unwrap_or_default();
            text += &line;
            text += &item.named_file(words);
            match &item.outcome {
                BatchOutcome::Done(done) => text += &done.human(terminal),
                BatchOutcome::DoneTogether(steps) => text += &steps.human(terminal),
                BatchOutcome::Already => {
                    let message =
                        words.message(&Message::AlreadyThere { record: item.record.clone() });
                    text += &format!("{}\n", clean_line(&message));
                }
                BatchOutcome::NotClosed(state) => {
                    let record = item.record.clone();
                    let message = words.message(&Message::ReopenedSince { record, state: *state });
                    text += &format!("{}\n", clean_line(&message));
                }
                BatchOutcome::Refused(error) => {
                    let label = words.label(Label::Error);
                    text += &format!("{}\n", words.pair(label, &clean(&words.error(error))));
                    let label = words.label(Label::Hint);
                    for hint in words.error_hint(error).iter().flat_map(|hint| hint.lines()) {
                        text += &format!("  {}\n", words.pair(label, &clean(hint)));
                    }
                }
            }
        }
        for file in &self.files {
            text += &format!("{}\n", clean_line(file));
        }
        for said in &self.remarks {
            text += &format!("{}\n", clean(&words.message(said)));
        }
        let (done, already, refused) =
            (self.count("done"), self.count("already_there"), self.count("refused"));
        text += &format!("{}\n", words.message(&Message::Batch { done, already, refused }));
        text += &self.stopped.iter().map(|stopped| stopped.told(words)).collect::<String>();
        text
    }

    fn brief(&self) -> Option<String> {
        let done = self.items.iter().filter_map(|item| match &item.outcome {
            BatchOutcome::Done(done) => done.brief(),
            BatchOutcome::DoneTogether(steps) => steps.brief(),
            BatchOutcome::Already | BatchOutcome::NotClosed(_) | BatchOutcome::Refused(_) => None,
        });
        Some(done.collect())
    }

    /// 1 where any was refused, 3 where the repository stood against it; that of the error which
    /// ended it early.
    fn status(&self) -> u8 {
        let refused = self.items.iter().filter_map(|item| match &item.outcome {
            BatchOutcome::Refused(error) => Some(if error.status() == 3 { 3 } else { 1 }),
            BatchOutcome::Done(_)
            | BatchOutcome::DoneTogether(_)
            | BatchOutcome::Already
            | BatchOutcome::NotClosed(_) => None,
        });
        let refused = refused.max().unwrap_or(0);
        self.stopped.as_ref().map_or(refused, |stopped| stopped.status().max(refused))
    }
}

impl Serialize for Batch {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct BatchKeys<'b> {
            items: &'b [BatchItem],
            files: &'b [String],
            done: usize,
            already_there: usize,
            refused: usize,
            #[serde(skip_serializing_if = "Option::is_none")]
            stopped: Option<&'b StopCause>,
        }
        let keys = BatchKeys {
            items: &self.items,
            files: &self.files,
            done: self.count("done"),
            already_there: self.count("already_there"),
            refused: self.count("refused"),
            stopped: self.stopped.as_ref(),
        };
        keys.serialize(serializer)
    }
}

impl Serialize for BatchItem {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct BatchItemKeys<'b> {
            record: &'b str,
            outcome: &'static str,
            #[serde(skip_serializing_if = "Option::is_none")]
            line: Option<u64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            file: Option<&'b str>,
            #[serde(skip_serializing_if = "Option::is_none")]
            done: Option<&'b RecordedStep>,
            #[serde(skip_serializing_if = "Option::is_none")]
            steps: Option<&'b [RecordedStep]>,
            #[serde(skip_serializing_if = "Option::is_none")]
            state: Option<State>,
            #[serde(skip_serializing_if = "Option::is_none")]
            error: Option<ErrorAnswer>,
        }
        let outcome = self.outcome.code();
        let mut keys = BatchItemKeys {
            record: &self.record,
            outcome,
            line: self.line,
            file: self.file.as_deref(),
            done: None,
            steps: None,
            state: None,
            error: None,
        };
        match &self.outcome {
            BatchOutcome::Done(step) => {
                keys.record = step.record.id.as_str();
                keys.done = Some(step);
            }
            BatchOutcome::DoneTogether(steps) => keys.steps = Some(steps.done()),
            BatchOutcome::Already => {}
            BatchOutcome::NotClosed(state) => keys.state = Some(*state),
            BatchOutcome::Refused(error) => {
                keys.error = Some(ErrorAnswer::of(error, Words::new(Lang::default())));
            }
        }
        keys.serialize(serializer)
    }
}
