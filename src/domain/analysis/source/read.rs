//! Reading the rows of one number.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;

use super::{
    RejectedRecord, RowChange, RowFault, RowNote, SourceRecord, SourceRow,
    map::{ColumnMap, ValueSource},
};
use crate::domain::{
    base::{
        terms::{Channel, Code, Kind, State, Term},
        text::{tidy, tidy_line},
        time::{Timestamp, WallTime},
        zone::Zone,
    },
    deciding::policy::Policy,
    history::{
        intake::{Intake, Source},
        steps::import::{Import, ImportedResolution, is_solved},
    },
};

/// The most characters of a line and of a text, as everywhere.
const LINE: usize = 300;
const TEXT: usize = 20_000;

pub(super) struct Reader<'a> {
    pub(super) map: &'a ColumnMap,
    pub(super) columns: BTreeMap<&'a str, usize>,
    pub(super) zone: Zone,
    pub(super) policy: &'a Policy,
    pub(super) now: Timestamp,
}

/// A fault with the line it is on.
type RowResult<T> = Result<T, (u64, RowFault)>;

impl Reader<'_> {
    pub(super) fn number(&self, row: &SourceRow) -> Result<String, RowFault> {
        self.line("number", &self.map.record.number, row)
    }

    pub(super) fn case(
        &self,
        number: String,
        rows: &[&SourceRow],
    ) -> Result<SourceRecord, RejectedRecord> {
        let lines: Vec<u64> = rows.iter().map(|row| row.line).collect();
        self.read(&number, rows, lines.clone()).map_err(|(line, fault)| RejectedRecord {
            number,
            lines,
            line,
            fault,
        })
    }

    fn read(&self, number: &str, rows: &[&SourceRow], lines: Vec<u64>) -> RowResult<SourceRecord> {
        let mut entries = Vec::new();
        let mut notes = Vec::new();
        for row in rows {
            self.entries(row, &mut entries, &mut notes).map_err(|fault| (row.line, fault))?;
        }
        // entries of one time stay in the order of the file
        entries.sort_by_key(|(_, at, _)| *at);
        let first = rows.first().copied();
        let Some(first) = entries.first().map(|(row, _, _)| *row).or(first) else {
            return Err((0, RowFault::Empty { field: "number" }));
        };
        let (intake, name) = self.intake(number, first).map_err(|fault| (first.line, fault))?;
        let early = entries.iter().filter(|(_, at, _)| *at < intake.received_at);
        notes.extend(
            early.map(|(row, ..)| RowNote { line: row.line, what: RowChange::BeforeOpening }),
        );
        self.settle(&mut entries);
        let entries = entries.into_iter().map(|(_, at, entry)| (at, entry)).collect();
        Ok(SourceRecord { number: number.to_owned(), lines, intake, name, entries, notes })
    }

    /// Says each thing once: the reply in the first entry that is one, an outcome where it changes.
    /// A row that does not tell when the work was done says nothing new about it.
    fn settle(&self, entries: &mut [(&SourceRow, Timestamp, Import)]) {
        let mut known: Option<ImportedResolution> = None;
        let mut replied = false;
        for (row, _, entry) in entries {
            match (&mut entry.outcome, &known) {
                (Some(outcome), Some(known)) if !self.tells_when_done(row) => {
                    outcome.done_at = known.done_at;
                }
                (Some(_), _) => {}
                // back at work, what comes is another solution
                (None, _) => known = None,
            }
            if entry.outcome == known {
                entry.outcome = None;
            } else if entry.outcome.is_some() {
                known.clone_from(&entry.outcome);
            }
            entry.replied = !replied && self.map.entry.replied_in.contains(&entry.state);
            replied |= entry.replied;
        }
    }

    fn tells_when_done(&self, row: &SourceRow) -> bool {
        let field = self.map.entry.done_at.as_ref();
        field.is_some_and(|field| matches!(self.text("done_at", field, row), Ok(Some(_))))
    }

    fn entries<'r>(
        &self,
        row: &'r SourceRow,
        entries: &mut Vec<(&'r SourceRow, Timestamp, Import)>,
        notes: &mut Vec<RowNote>,
    ) -> Result<(), RowFault> {
        let map = &self.map.entry;
        if let (Some(at), Some(state)) = (&map.at, &map.state) {
            let at = self.time("at", at, row)?;
            let word = self.line("state", state, row)?;
            let source = self.source_word(state, row).unwrap_or_else(|| word.clone());
            let state = Self::word("state", &word)?;
            entries.push((row, at, self.entry(row, at, state, source, notes)?));
        }
        for (state, field) in &map.times {
            if self.text("times", field, row)?.is_none() {
                continue;
            }
            let at = self.time("times", field, row)?;
            let source = field.columns().join(", ");
            entries.push((row, at, self.entry(row, at, *state, source, notes)?));
        }
        Ok(())
    }

    fn entry(
        &self,
        row: &SourceRow,
        at: Timestamp,
        state: State,
        source_state: String,
        notes: &mut Vec<RowNote>,
    ) -> Result<Import, RowFault> {
        let map = &self.map.entry;
        let unit_cell = self.some("unit", map.unit.as_ref(), row)?;
        let unit = unit_cell.as_ref().and_then(|unit| self.map.units.get(unit)).cloned();
        let line = unit.as_ref().and_then(|unit| self.policy.units.get(unit)).map(|unit| unit.line);
        let person = self.some("person", map.person.as_ref(), row)?;
        let solved = is_solved(state);
        Ok(Import {
            state,
            source_state,
            source_unit: unit_cell.filter(|_| unit.is_none()),
            unit,
            line,
            assignee: person.and_then(|person| self.map.people.get(&person)).cloned(),
            replied: false,
            outcome: if solved { self.outcome(row, at, notes)? } else { None },
        })
    }

    fn outcome(
        &self,
        row: &SourceRow,
        at: Timestamp,
        notes: &mut Vec<RowNote>,
    ) -> Result<Option<ImportedResolution>, RowFault> {
        let map = &self.map.entry;
        let Some(code) = self.some("code", map.code.as_ref(), row)? else {
            return Ok(None);
        };
        if !self.policy.catalog.codes().any(|known| known == code) {
            let codes = self.policy.catalog.codes().map(str::to_owned).collect();
            return Err(RowFault::NotAWord { field: "code", given: code, known: codes });
        }
        let mut done_at = at;
        if let Some(field) = &map.done_at
            && self.text("done_at", field, row)?.is_some()
        {
            done_at = self.time("done_at", field, row)?;
            if done_at > at {
                notes.push(RowNote { line: row.line, what: RowChange::DoneLater });
                done_at = at;
            }
        }
        let cell = |field, from: Option<&ValueSource>| -> Result<String, RowFault> {
            Ok(self.some(field, from, row)?.unwrap_or_else(|| "—".to_owned()))
        };
        Ok(Some(ImportedResolution {
            done_at,
            code: Code::new(code),
            result: cell("result", map.result.as_ref())?,
            cause: cell("cause", map.cause.as_ref())?,
        }))
    }

    fn intake(&self, number: &str, row: &SourceRow) -> Result<(Intake, Option<String>), RowFault> {
        let map = &self.map.record;
        let reported = self.text("reported", &map.reported, row)?;
        let reported = reported.ok_or(RowFault::Empty { field: "reported" })?;
        let grade = |field, from: &Option<ValueSource>| {
            self.some(field, from.as_ref(), row)?.map(|given| Self::word(field, &given)).transpose()
        };
        let channel = self.line("channel", &map.channel, row)?;
        let channels: Vec<String> = self.policy.catalog.channels().map(str::to_owned).collect();
        if !channels.contains(&channel) {
            return Err(RowFault::NotAWord { field: "channel", given: channel, known: channels });
        }
        let word = self.line("kind", &map.kind, row)?;
        let kind = Self::word("kind", &word)?;
        // what makes a complaint or a remark is more than a log tells
        if matches!(kind, Kind::Complaint | Kind::Remark) {
            let kinds = [Kind::Request, Kind::Fault, Kind::Change, Kind::Enquiry];
            let known = kinds.map(|kind| kind.to_string()).to_vec();
            return Err(RowFault::NotAWord { field: "kind", given: word, known });
        }
        let intake = Intake {
            kind,
            channel: Channel::new(channel),
            customer: self.line("customer", &map.customer, row)?,
            title: self.line("title", &map.title, row)?,
            reported: tidy(&reported, TEXT).map_err(|_| RowFault::BadText { field: "reported" })?,
            need: self.some("need", map.need.as_ref(), row)?,
            category: self.some("category", map.category.as_ref(), row)?,
            product: self.some("product", map.product.as_ref(), row)?,
            impact: grade("impact", &map.impact)?,
            urgency: grade("urgency", &map.urgency)?,
            reference: Some(number.to_owned()),
            source: Some(Source { system: self.map.system.clone(), number: number.to_owned() }),
            ..Intake::blank(self.time("received_at", &map.received_at, row)?)
        };
        Ok((intake, self.some("name", map.name.as_ref(), row)?))
    }

    fn word<T: Term>(field: &'static str, given: &str) -> Result<T, RowFault> {
        T::from_code(given).ok_or_else(|| RowFault::NotAWord {
            field,
            given: given.to_owned(),
            known: T::ALL.iter().map(|term| term.code().to_owned()).collect(),
        })
    }

    fn time(
        &self,
        field: &'static str,
        from: &ValueSource,
        row: &SourceRow,
    ) -> Result<Timestamp, RowFault> {
        let given = self.line(field, from, row)?;
        let local = NaiveDateTime::parse_from_str(&given, &self.map.time_format)
            .map_err(|_| RowFault::NotATime { field, given: given.clone() })?;
        let at = WallTime::new(local, self.zone).earliest().in_zone(self.policy.calendar.zone());
        if at.unix() < 0 {
            Err(RowFault::TooEarly { field, given })
        } else if at > self.now {
            Err(RowFault::Future { field, given })
        } else {
            Ok(at)
        }
    }

    /// One line that must be there.
    fn line(
        &self,
        field: &'static str,
        from: &ValueSource,
        row: &SourceRow,
    ) -> Result<String, RowFault> {
        self.some(field, Some(from), row)?.ok_or(RowFault::Empty { field })
    }

    /// One line, where there is one.
    fn some(
        &self,
        field: &'static str,
        from: Option<&ValueSource>,
        row: &SourceRow,
    ) -> Result<Option<String>, RowFault> {
        let Some(from) = from else { return Ok(None) };
        let text = self.text(field, from, row)?;
        text.map(|text| tidy_line(&text, LINE).map_err(|_| RowFault::BadText { field })).transpose()
    }

    /// The text that a field gives; `None` where all it reads is empty.
    fn text(
        &self,
        field: &'static str,
        from: &ValueSource,
        row: &SourceRow,
    ) -> Result<Option<String>, RowFault> {
        match from {
            ValueSource::Meaning { column, values, otherwise } => {
                let Some(cell) = self.cell(column, row) else {
                    return Ok(otherwise.clone());
                };
                match values.get(cell).or(otherwise.as_ref()) {
                    Some(meaning) => Ok(Some(meaning.clone())),
                    None => Err(RowFault::NoMeaning {
                        column: column.clone(),
                        given: cell.chars().take(60).collect(),
                    }),
                }
            }
            ValueSource::Or { text, otherwise } => {
                let filled = self.filled(field, from, text, row)?;
                Ok(Some(filled.unwrap_or_else(|| otherwise.clone())))
            }
            ValueSource::Text(pattern) => self.filled(field, from, pattern, row),
        }
    }

    /// A text with its cells; `None` where all of them are empty.
    fn filled(
        &self,
        field: &'static str,
        from: &ValueSource,
        pattern: &str,
        row: &SourceRow,
    ) -> Result<Option<String>, RowFault> {
        let columns = from.columns();
        if !columns.is_empty() && columns.iter().all(|column| self.cell(column, row).is_none()) {
            return Ok(None);
        }
        let mut text = String::new();
        let mut parts = pattern.split('{');
        text += parts.next().unwrap_or_default();
        for part in parts {
            let (column, rest) = part.split_once('}').ok_or(RowFault::BadText { field })?;
            text += self.cell(column, row).unwrap_or_default();
            text += rest;
        }
        Ok(Some(text).filter(|text| !text.trim().is_empty()))
    }

    /// The cell as it stands, where a field gives it another meaning.
    fn source_word(&self, field: &ValueSource, row: &SourceRow) -> Option<String> {
        let column = field.columns().into_iter().next()?;
        tidy_line(self.cell(column, row)?, LINE).ok()
    }

    /// What stands in a column, unless the map calls it nothing.
    fn cell<'r>(&self, column: &str, row: &'r SourceRow) -> Option<&'r str> {
        let cell = row.cells.get(*self.columns.get(column)?)?.trim();
        Some(cell).filter(|cell| !cell.is_empty() && !self.map.empty.iter().any(|e| e == cell))
    }
}
