//! Another system's past: rows of a file become records with their true history.
//!
//! Pure: rows and a map go in, what a record gains comes out, and for every row that cannot be taken
//! the reason. What a row means hangs on the rows before it alone, never on those after it, so that
//! a log gives the same in one file and in several.

mod additions;
mod cells;
mod continuing;
pub mod map;
mod reader;
mod row;
mod times;

pub use self::reader::SourceReader;

use crate::domain::{
    base::time::Timestamp,
    history::{intake::Intake, steps::import::Import},
};

/// Where a row stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowLine {
    /// Which of the files that are read together, counted from 0.
    pub file: usize,
    /// Its line there, counted from 1.
    pub line: u64,
}

/// A row of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceRow {
    pub line: RowLine,
    pub cells: Vec<String>,
}

/// What the rows of one number tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceRecord {
    pub number: String,
    /// The lines it was read from.
    pub lines: Vec<RowLine>,
    /// What was told, and by whom; `None` for a record that is here already.
    pub opening: Option<SourceOpening>,
    /// What the log says that is not here yet, in the order of time.
    pub entries: Vec<(Timestamp, Import)>,
    /// What was taken otherwise than it stands there.
    pub notes: Vec<RowNote>,
    /// Rows that came too late, with why.
    pub left: Vec<(RowLine, RowFault)>,
    /// Rows that say what another one or the record says already.
    pub repeated: usize,
}

/// What was told when a record was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceOpening {
    /// Its contact is still to be found.
    pub intake: Intake,
    /// The customer's person as the file names them.
    pub person: Option<SourcePerson>,
}

/// A customer's person as a file names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourcePerson {
    pub name: String,
    pub phone: Option<String>,
    pub email: Option<String>,
}

/// Rows of one number that cannot be imported: all of them, for half a history is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RejectedRecord {
    pub number: String,
    pub lines: Vec<RowLine>,
    /// The line at fault.
    pub line: RowLine,
    pub fault: RowFault,
}

/// Something in a row that was taken otherwise than it stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowNote {
    pub line: RowLine,
    pub what: RowChange,
}

/// What was taken otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowChange {
    /// It was done later than the row that says so; a row that is not earlier makes it count.
    DoneLater,
    /// It was done later than it was closed; the time of the closing counts.
    DoneAfterClosing,
    /// The entry lies before the record was opened.
    BeforeOpening,
    /// It says what an earlier row of its time says, with others between, and is taken for a repetition.
    Again,
    /// The desk has the number as another matter, or the entry with other people, units, notes or words,
    /// and keeps it so.
    Otherwise,
    /// The state was reached again later, and no row tells when it was left.
    ReachedAgain,
    /// The reply lies before the newest entry that was there already, and counts from that one.
    ReplyMoved,
    /// The reply lies after the newest row, and counts once a later row tells it.
    ReplyLater,
}

/// Why a row cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowFault {
    /// Nothing stands where something must.
    Empty { field: &'static str },
    /// Text that is no time in the map's format.
    NotATime { field: &'static str, given: String },
    /// A time that the map's formats, or a clock that was put back, read in two ways.
    TwoTimes { field: &'static str, given: String, times: [Timestamp; 2] },
    /// A time that a clock never showed, for it was put forward over it.
    NoSuchTime { field: &'static str, given: String },
    /// A zone that is none.
    NotAZone { given: String },
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
    /// More text than a row of a log has.
    TooLong,
    /// More rows of one number than a record has entries.
    TooMany { most: usize },
    /// More cells or fewer than the first line.
    Ragged { cells: usize, columns: usize },
    /// It is older than the newest that was taken over.
    Older { newest: Timestamp },
    /// The record went on here.
    ChangedHere,
}

impl RowFault {
    /// What programs read.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty { .. } => "empty",
            Self::NotATime { .. } => "not_a_time",
            Self::TwoTimes { .. } => "two_times",
            Self::NoSuchTime { .. } => "no_such_time",
            Self::NotAZone { .. } => "not_a_zone",
            Self::Future { .. } => "future",
            Self::TooEarly { .. } => "too_early",
            Self::NoMeaning { .. } => "no_meaning",
            Self::NotAWord { .. } => "not_a_word",
            Self::BadText { .. } => "bad_text",
            Self::TooLong => "too_long",
            Self::TooMany { .. } => "too_many",
            Self::Ragged { .. } => "ragged",
            Self::Older { .. } => "older",
            Self::ChangedHere => "changed_here",
        }
    }
}

impl RowChange {
    /// Whether something that the row says is not in the record.
    pub fn is_loss(self) -> bool {
        match self {
            Self::Otherwise => true,
            Self::DoneLater
            | Self::DoneAfterClosing
            | Self::BeforeOpening
            | Self::Again
            | Self::ReachedAgain
            | Self::ReplyMoved
            | Self::ReplyLater => false,
        }
    }

    /// What programs read.
    pub fn code(self) -> &'static str {
        match self {
            Self::DoneLater => "done_later",
            Self::DoneAfterClosing => "done_after_closing",
            Self::BeforeOpening => "before_opening",
            Self::Again => "again",
            Self::Otherwise => "otherwise",
            Self::ReachedAgain => "reached_again",
            Self::ReplyMoved => "reply_moved",
            Self::ReplyLater => "reply_later",
        }
    }
}

/// Why a map cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MapFault {
    /// A column that the file does not have.
    NoColumn { given: String, nearest: Vec<String> },
    /// A column that the file has twice.
    ColumnTwice { given: String },
    /// A time zone that is none.
    NotAZone { given: String },
    /// A time format that says nothing that can be read.
    NotAFormat { given: String },
    /// A unit, person, product or category that the desk does not have.
    NotHere { given: String, nearest: Vec<String> },
    /// A word that the field does not take.
    NotAWord { field: &'static str, given: String, known: Vec<String> },
    /// Neither `at` with `state` nor `times`, or both.
    NoWay,
    /// A number that no column gives: every row would be of one record.
    NumberOfAll,
}

/// A part of the log that the map does not read, so that figures are not measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Untold {
    /// No state in which the matter is solved.
    Solved,
    /// No code that says how it was solved.
    Code,
    /// Neither `replied_in` nor `replied_at`.
    Reply,
    /// States that wait, without the reason.
    Waiting,
}
