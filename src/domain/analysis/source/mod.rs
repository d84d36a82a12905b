//! Another system's past: rows of a file become records with their true history.
//!
//! Pure: rows and a map go in, cases come out, and for every row that cannot be taken the reason.

pub mod map;
mod read;

use std::collections::BTreeMap;

use self::{map::ColumnMap, read::Reader};
use crate::domain::{
    base::{
        ids::{PersonId, UnitId},
        nearest::nearest,
        time::Timestamp,
        zone::Zone,
    },
    deciding::policy::Policy,
    history::{intake::Intake, steps::import::Import},
};

/// A row of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceRow {
    /// Its line, counted from 1.
    pub line: u64,
    pub cells: Vec<String>,
}

/// A record that can be imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceRecord {
    pub number: String,
    /// The lines it was read from.
    pub lines: Vec<u64>,
    /// What was told; its contact is still to be found.
    pub intake: Intake,
    /// The customer's person as the file names them.
    pub name: Option<String>,
    /// What the log says, in the order of time.
    pub entries: Vec<(Timestamp, Import)>,
    /// What was taken otherwise than it stands there.
    pub notes: Vec<RowNote>,
}

/// Rows of one number that cannot be imported: all of them, for half a history is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RejectedRecord {
    pub number: String,
    pub lines: Vec<u64>,
    /// The line at fault.
    pub line: u64,
    pub fault: RowFault,
}

/// Something in a row that was taken otherwise than it stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowNote {
    pub line: u64,
    pub what: RowChange,
}

/// What was taken otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowChange {
    /// It was done later than the entry that says so; the entry's time counts.
    DoneLater,
    /// The entry lies before the record was opened.
    BeforeOpening,
}

/// Why a row cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowFault {
    /// Nothing stands where something must.
    Empty { field: &'static str },
    /// Text that is no time in the map's format.
    NotATime { field: &'static str, given: String },
    /// A time that has not come.
    Future { field: &'static str, given: String },
    /// A time before 1970, which a commit cannot bear.
    TooEarly { field: &'static str, given: String },
    /// A cell that the map gives no meaning to.
    NoMeaning { column: String, given: String },
    /// A word that the desk does not have.
    NotAWord { field: &'static str, given: String, known: Vec<String> },
    /// Text that cannot be kept.
    BadText { field: &'static str },
}

impl RowFault {
    /// What programs read.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty { .. } => "empty",
            Self::NotATime { .. } => "not_a_time",
            Self::Future { .. } => "future",
            Self::TooEarly { .. } => "too_early",
            Self::NoMeaning { .. } => "no_meaning",
            Self::NotAWord { .. } => "not_a_word",
            Self::BadText { .. } => "bad_text",
        }
    }
}

impl RowChange {
    /// What programs read.
    pub fn code(self) -> &'static str {
        match self {
            Self::DoneLater => "done_later",
            Self::BeforeOpening => "before_opening",
        }
    }
}

/// Why a map cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MapFault {
    /// A column that the file does not have.
    NoColumn { given: String, nearest: Vec<String> },
    /// A time zone that is none.
    NotAZone { given: String },
    /// A unit or person that the desk does not have.
    NotHere { given: String, nearest: Vec<String> },
    /// Neither `at` with `state` nor `times`.
    NoWay,
}

/// The records that the rows tell of, in the order in which their numbers first appear.
///
/// # Errors
/// [`MapFault`] when the map does not fit the file or the desk.
pub fn cases(
    map: &ColumnMap,
    head: &[String],
    rows: &[SourceRow],
    policy: &Policy,
    now: Timestamp,
) -> Result<Vec<Result<SourceRecord, RejectedRecord>>, MapFault> {
    check(map, head, policy)?;
    let zone = match &map.timezone {
        None => policy.calendar.zone(),
        Some(name) => {
            Zone::named(name).ok_or_else(|| MapFault::NotAZone { given: name.clone() })?
        }
    };
    let columns: BTreeMap<&str, usize> =
        head.iter().enumerate().map(|(place, name)| (name.trim(), place)).collect();
    let reader = Reader { map, columns, zone, policy, now };

    let mut order: Vec<String> = Vec::new();
    let mut groups: BTreeMap<String, Vec<&SourceRow>> = BTreeMap::new();
    let mut left = Vec::new();
    for row in rows {
        match reader.number(row) {
            Ok(number) => {
                let group = groups.entry(number.clone()).or_default();
                if group.is_empty() {
                    order.push(number);
                }
                group.push(row);
            }
            Err(fault) => left.push(Err(RejectedRecord {
                number: String::new(),
                lines: vec![row.line],
                line: row.line,
                fault,
            })),
        }
    }
    let read = order.into_iter().map(|number| {
        let rows = groups.remove(&number).unwrap_or_default();
        reader.case(number, &rows)
    });
    Ok(read.chain(left).collect())
}

fn check(map: &ColumnMap, head: &[String], policy: &Policy) -> Result<(), MapFault> {
    for column in map.fields().flat_map(map::ValueSource::columns) {
        if !head.iter().any(|known| known.trim() == column) {
            let nearest = nearest(column, head.iter().map(|known| known.trim()));
            return Err(MapFault::NoColumn { given: column.to_owned(), nearest });
        }
    }
    let unknown = |unit: &&UnitId| policy.units.get(unit).is_none();
    if let Some(unit) = map.units.values().find(unknown) {
        let units = policy.units.units.iter().map(|unit| unit.id.as_str());
        let nearest = nearest(unit.as_str(), units);
        return Err(MapFault::NotHere { given: unit.to_string(), nearest });
    }
    let unknown = |person: &&PersonId| policy.people.get(person).is_none();
    if let Some(person) = map.people.values().find(unknown) {
        let people = policy.people.people.iter().map(|person| person.id.as_str());
        let nearest = nearest(person.as_str(), people);
        return Err(MapFault::NotHere { given: person.to_string(), nearest });
    }
    let log = map.entry.at.is_some() && map.entry.state.is_some();
    if log || !map.entry.times.is_empty() { Ok(()) } else { Err(MapFault::NoWay) }
}
