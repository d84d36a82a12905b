//! `docket import`: imports the history of another system.

use std::{fs, path::PathBuf};

use clap::Args;
use serde::{Serialize, Serializer};

use crate::{
    app::{
        App,
        desk::OpenDesk,
        import::{ImportContext, RecordImport},
        input,
    },
    commands::Command,
    domain::{
        analysis::source::{
            self, RejectedRecord, RowNote, SourceRecord, SourceRow, map::ColumnMap,
        },
        base::characters::clean_line,
    },
    error::{Error, IoPlace, Result, usage::Usage},
    store,
    ui::{answer::Answer, spreadsheet::rows, terminal::Terminal},
    words::message::Message,
};

#[derive(Args, Debug)]
pub struct Import {
    file: PathBuf,
    #[arg(long, value_name = "FILE")]
    map: PathBuf,
    #[arg(long)]
    dry_run: bool,
}

/// What became of the rows.
#[derive(Debug, Serialize)]
struct ImportSummary {
    rows: usize,
    items: Vec<ImportItem>,
    #[serde(rename = "dry_run")]
    dry: bool,
}

/// One number of the file.
#[derive(Debug)]
struct ImportItem {
    number: String,
    lines: Vec<u64>,
    notes: Vec<RowNote>,
    outcome: ImportOutcome,
}

#[derive(Debug)]
enum ImportOutcome {
    Done { record: String },
    Ready,
    Already { record: String },
    Left(RejectedRecord),
    Refused(Error),
}

impl Command for Import {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let view = desk.view()?;
        let policy = view.policy()?;
        if !self.dry_run {
            desk.may_import(&policy)?;
        }
        let map = self.map(app)?;
        let text = input::text_of(&app.environment, &self.file)?;
        let mut lines = rows(&text).into_iter();
        let head = lines.next().map(|row| row.cells).unwrap_or_default();
        let lines: Vec<_> =
            lines.map(|row| SourceRow { line: row.line, cells: row.cells }).collect();

        let cases = source::cases(&map, &head, &lines, &policy, desk.now())
            .map_err(|fault| Error::Usage(Usage::Map { fault }))?;
        let mut context = ImportContext::of(&view)?;
        let mut items = Vec::with_capacity(cases.len());
        for case in cases {
            items.push(match case {
                Err(left) => ImportItem::left(left),
                Ok(case) => self.take(&desk, case, &mut context)?,
            });
        }
        Ok(Box::new(ImportSummary { rows: lines.len(), items, dry: self.dry_run }))
    }
}

impl Import {
    fn map(&self, app: &App<'_>) -> Result<ColumnMap> {
        let path = app.environment.directory.join(&self.map);
        let what = self.map.display().to_string();
        let bytes = fs::read(&path)
            .map_err(|source| Error::Io { what: IoPlace::File(what.clone()), source })?;
        store::yaml::from_slice(&bytes)
            .map_err(|source| store::error::Error::broken(what, source).into())
    }

    fn take(
        &self,
        desk: &OpenDesk<'_>,
        case: SourceRecord,
        known: &mut ImportContext,
    ) -> Result<ImportItem> {
        let here = case.intake.source.as_ref().and_then(|source| known.records.get(source));
        let outcome = match here {
            Some(id) => ImportOutcome::Already { record: id.to_string() },
            None if self.dry_run => ImportOutcome::Ready,
            None => match desk.import(&case, known) {
                Ok(RecordImport::Done(id)) => ImportOutcome::Done { record: id.to_string() },
                Ok(RecordImport::Already(id)) => ImportOutcome::Already { record: id.to_string() },
                Err(error @ Error::Refused(_)) => ImportOutcome::Refused(error),
                Err(error) => return Err(error),
            },
        };
        Ok(ImportItem { number: case.number, lines: case.lines, notes: case.notes, outcome })
    }
}

impl ImportItem {
    fn left(left: RejectedRecord) -> Self {
        let (number, lines) = (left.number.clone(), left.lines.clone());
        Self { number, lines, notes: Vec::new(), outcome: ImportOutcome::Left(left) }
    }
}

impl ImportSummary {
    fn count(&self, wanted: impl Fn(&ImportOutcome) -> bool) -> usize {
        self.items.iter().filter(|item| wanted(&item.outcome)).count()
    }
}

impl Answer for ImportSummary {
    fn human(&self, terminal: &Terminal) -> String {
        let words = terminal.words;
        let mut text = String::new();
        for item in &self.items {
            let at_fault = match &item.outcome {
                ImportOutcome::Left(left) => Some((left.line, words.row_fault(&left.fault))),
                ImportOutcome::Refused(error) => {
                    Some((item.lines.first().copied().unwrap_or_default(), words.error(error)))
                }
                ImportOutcome::Done { .. }
                | ImportOutcome::Ready
                | ImportOutcome::Already { .. } => None,
            };
            let number = clean_line(&item.number).into_owned();
            if let Some((line, why)) = at_fault {
                let said = Message::RowLeft { line, number: number.clone(), why };
                text += &format!("{}\n", words.message(&said));
            }
            for note in &item.notes {
                let why = words.row_noted(note.what).to_owned();
                let said = Message::RowNoted { line: note.line, number: number.clone(), why };
                text += &format!("{}\n", words.message(&said));
            }
        }
        let said = Message::RowsRead {
            rows: self.rows,
            records: self.items.len(),
            taken: self.count(|outcome| {
                matches!(outcome, ImportOutcome::Done { .. } | ImportOutcome::Ready)
            }),
            already: self.count(|outcome| matches!(outcome, ImportOutcome::Already { .. })),
            left: self.count(|outcome| {
                matches!(outcome, ImportOutcome::Left(_) | ImportOutcome::Refused(_))
            }),
            dry: self.dry,
        };
        text + &format!("{}\n", words.message(&said))
    }

    fn status(&self) -> u8 {
        u8::from(
            self.count(|outcome| {
                matches!(outcome, ImportOutcome::Left(_) | ImportOutcome::Refused(_))
            }) > 0,
        )
    }
}

impl Serialize for ImportItem {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct ImportItemKeys<'i> {
            number: &'i str,
            outcome: &'static str,
            record: Option<&'i str>,
            lines: &'i [u64],
            /// The line at fault.
            line: Option<u64>,
            fault: Option<&'static str>,
            notes: Vec<RowNoteKeys>,
        }
        #[derive(Serialize)]
        struct RowNoteKeys {
            line: u64,
            note: &'static str,
        }
        let (outcome, record, line, fault) = match &self.outcome {
            ImportOutcome::Done { record } => ("imported", Some(record.as_str()), None, None),
            ImportOutcome::Ready => ("ready", None, None, None),
            ImportOutcome::Already { record } => {
                ("already_there", Some(record.as_str()), None, None)
            }
            ImportOutcome::Left(left) => {
                ("left_out", None, Some(left.line), Some(left.fault.code()))
            }
            ImportOutcome::Refused(error) => {
                ("left_out", None, self.lines.first().copied(), Some(error.code()))
            }
        };
        let notes = self.notes.iter();
        let notes = notes.map(|note| RowNoteKeys { line: note.line, note: note.what.code() });
        let keys = ImportItemKeys {
            number: &self.number,
            outcome,
            record,
            lines: &self.lines,
            line,
            fault,
            notes: notes.collect(),
        };
        keys.serialize(serializer)
    }
}
