//! What became of the rows of a file.

use std::collections::HashMap;

use serde::{Serialize, Serializer};

use crate::{
    answers::stop::StopCause,
    app::import::{ImportReport, RecordImport},
    domain::{
        analysis::source::{RowFault, RowLine, RowNote},
        base::{characters::clean_line, ids::RecordId},
    },
    ui::{answer::Answer, terminal::Terminal},
    words::{
        Words,
        message::{ImportCounts, Message, RowName, RowNames},
    },
};

/// So many rows are named where many are at fault for one cause.
const NAMED: usize = 3;

/// What became of the rows.
#[derive(Debug, Serialize)]
pub(super) struct ImportSummary {
    rows: usize,
    /// The files as they were named.
    files: Vec<String>,
    pub(super) items: Vec<ImportItem>,
    #[serde(rename = "dry_run")]
    dry: bool,
    /// Customers of new records whom nobody listed, each once however it is spelled.
    pub(super) unlisted: Vec<String>,
    /// Why the rest was not looked at any more.
    pub(super) stopped: Option<StopCause>,
}

/// One number of the file.
#[derive(Debug)]
pub(super) struct ImportItem {
    number: String,
    lines: Vec<RowLine>,
    report: ImportReport,
    dry: bool,
}

impl RecordImport {
    /// The record that was written.
    pub(super) fn written(&self) -> Option<&RecordId> {
        match self {
            Self::Made { record, .. } | Self::Continued { record, .. } => Some(record),
            Self::Already(_) | Self::Rejected(_) | Self::Refused(_) => None,
        }
    }
}

impl ImportSummary {
    pub(super) fn new(rows: usize, files: Vec<String>, dry: bool) -> Self {
        Self { rows, files, items: Vec::new(), dry, unlisted: Vec::new(), stopped: None }
    }

    /// A row by its line, and by its file where there are several.
    fn name(&self, line: RowLine, number: &str) -> RowName {
        let file = self.files.get(line.file).filter(|_| self.files.len() > 1);
        let clean = |text: &str| clean_line(text).into_owned();
        RowName { file: file.map(|file| clean(file)), line: line.line, number: clean(number) }
    }

    fn counts(&self) -> ImportCounts {
        let mut counts = ImportCounts {
            rows: self.rows,
            records: self.items.len(),
            dry: self.dry,
            ..ImportCounts::default()
        };
        for ImportItem { report, .. } in &self.items {
            *match &report.outcome {
                RecordImport::Made { .. } => &mut counts.taken,
                RecordImport::Continued { .. } => &mut counts.continued,
                RecordImport::Already(_) => &mut counts.already,
                RecordImport::Rejected(_) | RecordImport::Refused(_) => &mut counts.left,
            } += 1;
            counts.late += report.left.len();
            counts.otherwise += report.notes.iter().filter(|note| note.what.is_loss()).count();
            counts.repeated += report.repeated;
            counts.taken_out += report.taken_out;
        }
        counts
    }

    /// Every cause for which something was not taken as it stands, with the rows, in the order in
    /// which the causes first appear.
    fn causes(&self, words: Words) -> Vec<CauseRows<'_>> {
        let mut causes: Vec<CauseRows<'_>> = Vec::new();
        let mut places: HashMap<(CauseOf, String), usize> = HashMap::new();
        for item in &self.items {
            for (of, line, why) in item.causes(words) {
                let next = causes.len();
                let place = *places.entry((of, why.clone())).or_insert(next);
                if place == next {
                    causes.push(CauseRows { of, why, rows: Vec::new() });
                }
                causes[place].rows.push((line, &item.number));
            }
        }
        causes
    }
}

/// A cause with the rows that it is of: the line, and the number in it.
struct CauseRows<'i> {
    of: CauseOf,
    why: String,
    rows: Vec<(RowLine, &'i str)>,
}

/// What a cause is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum CauseOf {
    /// The record was left out.
    Skipped,
    /// The row was left out.
    RowLeft,
    /// The row was taken otherwise than it stands there.
    Noted,
}

impl ImportItem {
    pub(super) fn of(number: String, lines: Vec<RowLine>, report: ImportReport, dry: bool) -> Self {
        Self { number, lines, report, dry }
    }

    /// A row whose number cannot be read.
    pub(super) fn nameless(line: RowLine, fault: RowFault) -> Self {
        let report = ImportReport::rejected(line, fault);
        Self { number: String::new(), lines: vec![line], report, dry: false }
    }

    fn causes(&self, words: Words) -> Vec<(CauseOf, RowLine, String)> {
        let first = self.lines.first().copied().unwrap_or_default();
        let whole = match &self.report.outcome {
            RecordImport::Rejected(rejected) => {
                Some((CauseOf::Skipped, rejected.line, words.row_fault(&rejected.fault)))
            }
            RecordImport::Refused(error) => Some((CauseOf::Skipped, first, words.error(error))),
            RecordImport::Made { .. }
            | RecordImport::Continued { .. }
            | RecordImport::Already(_) => None,
        };
        let left = self.report.left.iter();
        let left = left.map(|(line, fault)| (CauseOf::RowLeft, *line, words.row_fault(fault)));
        let noted =
            |note: &RowNote| (CauseOf::Noted, note.line, words.row_noted(note.what).to_owned());
        whole.into_iter().chain(left).chain(self.report.notes.iter().map(noted)).collect()
    }
}

impl Answer for ImportSummary {
    fn human(&self, terminal: &Terminal) -> String {
        let words = terminal.words;
        let mut text = String::new();
        for CauseRows { of, why, rows } in self.causes(words) {
            let name = |(line, number): &(RowLine, &str)| self.name(*line, number);
            let rows =
                RowNames { count: rows.len(), first: rows.iter().take(NAMED).map(name).collect() };
            let message = match of {
                CauseOf::Skipped => Message::RowLeft { rows, why },
                CauseOf::RowLeft => Message::RowLate { rows, why },
                CauseOf::Noted => Message::RowNoted { rows, why },
            };
            text += &format!("{}\n", words.message(&message));
        }
        text += &format!("{}\n", words.message(&Message::RowsRead(self.counts())));
        if !self.unlisted.is_empty() {
            let first = self.unlisted.iter().take(NAMED).map(|name| clean_line(name).into_owned());
            let (first, more) = (first.collect(), self.unlisted.len().saturating_sub(NAMED));
            text += &format!("{}\n", words.message(&Message::CustomersUnlisted { first, more }));
        }
        text += &self.stopped.iter().map(|stopped| stopped.told(words)).collect::<String>();
        text
    }

    fn status(&self) -> u8 {
        let counts = self.counts();
        let findings = u8::from(counts.left + counts.late + counts.otherwise > 0);
        self.stopped.as_ref().map_or(findings, StopCause::status)
    }
}

impl Serialize for ImportItem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct ImportItemKeys<'i> {
            number: &'i str,
            outcome: &'static str,
            record: Option<&'i str>,
            lines: Vec<u64>,
            /// The file of each line, by its place among the files.
            files: Vec<usize>,
            /// How many entries were written.
            entries: usize,
            /// The line at fault.
            line: Option<u64>,
            file: Option<usize>,
            fault: Option<&'static str>,
            notes: Vec<RowNoteKeys>,
            left: Vec<LateRowKeys>,
            repeated: usize,
            /// Values of personal data.
            taken_out: usize,
        }
        #[derive(Serialize)]
        struct RowNoteKeys {
            line: u64,
            file: usize,
            note: &'static str,
        }
        #[derive(Serialize)]
        struct LateRowKeys {
            line: u64,
            file: usize,
            fault: &'static str,
        }
        let ImportReport { outcome, notes, left, repeated, taken_out, .. } = &self.report;
        let (outcome, record, entries) = match outcome {
            RecordImport::Made { entries, .. } if self.dry => ("ready", None, *entries),
            RecordImport::Made { record, entries } => ("imported", Some(record), *entries),
            RecordImport::Continued { record, entries } => {
                (if self.dry { "ready" } else { "continued" }, Some(record), *entries)
            }
            RecordImport::Already(record) => ("already_there", Some(record), 0),
            RecordImport::Rejected(_) | RecordImport::Refused(_) => ("left_out", None, 0),
        };
        let (line, fault) = match &self.report.outcome {
            RecordImport::Rejected(left) => (Some(left.line), Some(left.fault.code())),
            RecordImport::Refused(error) => (self.lines.first().copied(), Some(error.code())),
            RecordImport::Made { .. }
            | RecordImport::Continued { .. }
            | RecordImport::Already(_) => (None, None),
        };
        let note = |note: &RowNote| {
            let RowLine { file, line } = note.line;
            RowNoteKeys { line, file, note: note.what.code() }
        };
        let late = |(RowLine { file, line }, fault): &(RowLine, RowFault)| LateRowKeys {
            line: *line,
            file: *file,
            fault: fault.code(),
        };
        let keys = ImportItemKeys {
            number: &self.number,
            outcome,
            record: record.map(RecordId::as_str),
            lines: self.lines.iter().map(|row| row.line).collect(),
            files: self.lines.iter().map(|row| row.file).collect(),
            entries,
            line: line.map(|row| row.line),
            file: line.map(|row| row.file),
            fault,
            notes: notes.iter().map(note).collect(),
            left: left.iter().map(late).collect(),
            repeated: *repeated,
            taken_out: *taken_out,
        };
        keys.serialize(serializer)
    }
}
