//! `docket survey import`: answers that came in files.

use std::path::PathBuf;

use clap::Args;

use crate::{
    answers::{
        batch::{Batch, BatchItem, BatchOutcome},
        stop::StopCause,
    },
    app::{
        App,
        contacts::NamedPerson,
        desk::OpenDesk,
        log_file::{LogFile, LogRow},
    },
    arguments::terms::satisfaction,
    commands::{
        Command,
        survey::record::{AnsweredSending, SurveyAnswer, record},
    },
    domain::base::personal,
    error::{Error, Result, usage::Usage},
    store::find::RecordRef,
    ui::answer::Answer,
    words::message::Message,
};

#[derive(Args, Debug)]
pub struct ImportAnswers {
    file: PathBuf,
}

/// The columns that a file may have besides the answers to single questions.
const PLAIN_COLUMNS: [&str; 6] = ["record", "questions", "sent", "satisfaction", "by", "comment"];

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
enum AnswerColumn {
    Record,
    Questions,
    Sent,
    Satisfaction,
    By,
    Comment,
    /// The answer to the question with this key.
    Answer(String),
}

/// A cell that cannot be read.
type Fault = Error;

impl Command for ImportAnswers {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut file = LogFile::open(&app.environment, &self.file, &PLAIN_COLUMNS, None)?;
        let mut head = columns(&file.head)?;

        let mut batch = Batch::default();
        let mut taken_out = 0;
        loop {
            let row = match file.next() {
                Ok(Some(row)) => row,
                Ok(None) => break,
                // what was written is there, and is said
                Err(why) if !batch.items.is_empty() => {
                    batch.stopped = Some(StopCause(why));
                    break;
                }
                Err(why) => return Err(why),
            };
            // Files of several customers may lie behind one another, each with its head.
            if let Ok(next) = columns(&row.cells) {
                head = next;
                continue;
            }
            let (item, values) = item(&desk, &head, &row);
            batch.items.push(item);
            taken_out += values;
        }
        if taken_out > 0 {
            batch.remarks.push(Message::PersonalTakenOut { values: taken_out });
        }
        Ok(Box::new(batch))
    }
}

/// The answer without the personal data in its texts, for nobody looks at each; and how many values
/// that were.
fn without_personal(desk: &OpenDesk<'_>, mut told: SurveyAnswer) -> (SurveyAnswer, usize) {
    let mut taken_out = 0;
    let texts = told.answers.iter_mut().map(|(_, answer)| answer).chain(&mut told.comment);
    for text in texts {
        if let Some((kept, values)) = personal::without_personal(text, |kind| Some(desk.mark(kind)))
        {
            (*text, taken_out) = (kept, taken_out + values);
        }
    }
    (told, taken_out)
}

/// What becomes of a row, and how many values of personal data were taken out of it.
fn item(desk: &OpenDesk<'_>, columns: &[AnswerColumn], row: &LogRow) -> (BatchItem, usize) {
    let named = columns.iter().position(|column| *column == AnswerColumn::Record);
    let given = named.and_then(|place| row.cells.get(place)).map_or("", |cell| cell.trim());
    let mut taken_out = 0;
    let outcome = match answer(columns, row) {
        Err(fault) => BatchOutcome::Refused(fault),
        Ok((wanted, told)) => {
            let (told, values) = without_personal(desk, told);
            let outcome = BatchOutcome::of(record(desk, &wanted, &told));
            taken_out = if matches!(outcome, BatchOutcome::Done(_)) { values } else { 0 };
            outcome
        }
    };
    let record = given.chars().take(60).collect();
    (BatchItem { line: Some(row.place.line), file: None, record, outcome }, taken_out)
}

/// Reads the head of the file.
fn columns(head: &[String]) -> Result<Vec<AnswerColumn>> {
    let mut columns = Vec::new();
    for cell in head {
        let column = column(cell.trim())?;
        if columns.contains(&column) {
            return Err(Error::Usage(Usage::ColumnTwice { column: cell.trim().to_owned() }));
        }
        columns.push(column);
    }
    let needed = [
        ("record", AnswerColumn::Record),
        ("satisfaction", AnswerColumn::Satisfaction),
        ("by", AnswerColumn::By),
    ];
    for (name, column) in needed {
        if !columns.contains(&column) {
            return Err(Error::Usage(Usage::NoColumn { column: name }));
        }
    }
    Ok(columns)
}

fn column(name: &str) -> Result<AnswerColumn> {
    let plain = name.to_lowercase();
    Ok(match plain.as_str() {
        "record" => AnswerColumn::Record,
        "questions" => AnswerColumn::Questions,
        "sent" => AnswerColumn::Sent,
        "satisfaction" => AnswerColumn::Satisfaction,
        "by" => AnswerColumn::By,
        "comment" => AnswerColumn::Comment,
        _ => match plain.strip_prefix("answer.") {
            Some(key) if !key.is_empty() => {
                AnswerColumn::Answer(name[name.len() - key.len()..].to_owned())
            }
            Some(_) | None => {
                let given = name.chars().take(60).collect();
                return Err(Error::Usage(Usage::UnknownColumn { given }));
            }
        },
    })
}

/// Reads a line.
fn answer(
    columns: &[AnswerColumn],
    row: &LogRow,
) -> std::result::Result<(RecordRef, SurveyAnswer), Fault> {
    let bad = |column: &str, given: &str| {
        let given = given.chars().take(60).collect();
        Error::Usage(Usage::BadCell { column: column.to_owned(), given })
    };
    if row.is_too_long {
        return Err(Error::Usage(Usage::RowTooLong));
    }
    if row.cells.len() > columns.len() {
        let (cells, columns) = (row.cells.len(), columns.len());
        return Err(Error::Usage(Usage::TooManyCells { cells, columns }));
    }
    let (mut record, mut grade, mut by) = (None, None, None);
    let (mut comment, mut answers, mut sending) = (None, Vec::new(), AnsweredSending::default());
    for (column, cell) in columns.iter().zip(&row.cells) {
        let text = cell.trim();
        if text.is_empty() {
            continue;
        }
        match column {
            AnswerColumn::Record => record = text.parse::<RecordRef>().ok(),
            AnswerColumn::Questions => {
                sending.questions = Some(text.parse().map_err(|_| bad("questions", text))?);
            }
            AnswerColumn::Sent => sending.sent = Some(text.parse().map_err(|_| bad("sent", text))?),
            AnswerColumn::Satisfaction => {
                grade = Some(satisfaction(text).map_err(|_| bad("satisfaction", text))?);
            }
            AnswerColumn::By => by = Some(NamedPerson::from(&text.to_owned())),
            AnswerColumn::Comment => comment = Some(text.to_owned()),
            AnswerColumn::Answer(key) => answers.push((key.clone(), text.to_owned())),
        }
    }
    // What was last touched here is nothing that a customer's file may mean.
    let record = record.filter(|record| *record != RecordRef::Last);
    Ok((
        record.ok_or_else(|| bad("record", ""))?,
        SurveyAnswer {
            satisfaction: grade.ok_or_else(|| bad("satisfaction", ""))?,
            by: by.ok_or_else(|| bad("by", ""))?,
            comment,
            answers,
            sending: Some(sending),
        },
    ))
}
