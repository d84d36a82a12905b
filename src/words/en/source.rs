//! Another system's file, in English.

use crate::{
    domain::{
        analysis::source::{MapFault, RowChange, RowFault, Untold},
        base::print::minute,
    },
    words::{
        counted,
        message::{ImportCounts, RowName, RowNames},
    },
};

pub(super) fn fault(fault: &RowFault) -> String {
    match fault {
        RowFault::Empty { field } => format!("{field} is empty"),
        RowFault::NotATime { field, given } => {
            format!("{field}: “{given}” is not a time in the map's time_format")
        }
        RowFault::TwoTimes { field, given, times: [first, second] } => format!(
            "{field}: “{given}” can mean {first} or {second}; say which in the map (one time_format, \
             or doubled_hour: first, doubled_hour: second)"
        ),
        RowFault::NoSuchTime { field, given } => {
            format!("{field}: “{given}” never was on the clock, which was put forward over it")
        }
        RowFault::NotAZone { given } => {
            format!("timezone: “{given}” is not a time zone (example: Asia/Shanghai)")
        }
        RowFault::Future { field, given } => format!("{field}: {given} is in the future"),
        RowFault::TooEarly { field, given } => {
            format!("{field}: {given} is before 1970, which git cannot record")
        }
        RowFault::NoMeaning { column, given } => {
            format!("column {column}: the map has no meaning for “{given}”")
        }
        RowFault::NotAWord { field, given, known } => {
            format!("{field}: “{given}” is not known here; known: {}", known.join(", "))
        }
        RowFault::BadText { field } => {
            format!("{field} is too long, or contains control characters or an opening brace")
        }
        RowFault::TooLong => "the row is longer than 16 MiB".to_owned(),
        RowFault::TooMany { most } => {
            format!("more than {most} rows have this number; does number read the right column?")
        }
        RowFault::Ragged { cells, columns } => format!(
            "the row has {}, the first line has {columns}; is a quote or a separator missing?",
            counted(*cells, "cell")
        ),
        RowFault::Older { newest } => {
            format!("older than the newest entry already imported ({})", minute(*newest))
        }
        RowFault::ChangedHere => "the record was changed here after it was imported".to_owned(),
    }
}

pub(super) fn map_fault(fault: &MapFault) -> String {
    let or = |nearest: &[String]| match nearest {
        [] => String::new(),
        some => format!("; did you mean {}?", some.join(" or ")),
    };
    match fault {
        MapFault::NoColumn { given, nearest } => {
            format!("the file has no column “{given}”{}", or(nearest))
        }
        MapFault::ColumnTwice { given } => {
            format!("the file has two columns “{given}”; rename one of them")
        }
        MapFault::NotAZone { given } => {
            format!("“{given}” is not a time zone (example: Asia/Shanghai)")
        }
        MapFault::NotAFormat { given } => format!(
            "time_format “{given}” cannot be read; use the letters of strftime, with %z for an \
             offset (a zone by name is given as timezone)"
        ),
        MapFault::NotHere { given, nearest } => {
            format!("no unit, person, product or category “{given}”{}", or(nearest))
        }
        MapFault::NotAWord { field, given, known } => {
            format!("{field}: “{given}” is not known here; known: {}", known.join(", "))
        }
        MapFault::NumberOfAll => {
            "number must read a column, or every row would be of one record".to_owned()
        }
        MapFault::NoWay => "under entry, give either at with state, or times".to_owned(),
    }
}

pub(super) fn noted(noted: RowChange) -> &'static str {
    match noted {
        RowChange::DoneLater => {
            "done_at is later than the row; the solution counts from the first row that is not earlier"
        }
        RowChange::DoneAfterClosing => {
            "done_at is later than the closing; the closing's time was used"
        }
        RowChange::BeforeOpening => "the entry is earlier than the opening of the record",
        RowChange::Otherwise => {
            "imported already, with other people, units, notes or words, or as another matter; the record keeps those"
        }
        RowChange::Again => {
            "says the same as an earlier row of its minute, after others in between: not added again"
        }
        RowChange::ReachedAgain => {
            "solved again, and no row tells when the work went on; taken as of the new solution"
        }
        RowChange::ReplyMoved => {
            "replied_at is earlier than the entry before; the reply counts from that entry"
        }
        RowChange::ReplyLater => {
            "replied_at is later than every row; the reply counts once a later row tells it"
        }
    }
}

/// Rows with what they have in common: one by its line, several counted with the first lines.
pub(super) fn rows(rows: &RowNames, what: &str, done: &str, why: &str) -> String {
    let name = |RowName { file, line, number }: &RowName| {
        let file = file.as_ref().map(|file| format!("{file} ")).unwrap_or_default();
        let number = if number.is_empty() { String::new() } else { format!(", {number}") };
        format!("{file}line {line}{number}")
    };
    let first: Vec<String> = rows.first.iter().map(name).collect();
    let more = rows.count - first.len();
    match (&first[..], more) {
        ([one], 0) => format!("{one}: {done}{why}"),
        (_, 0) => format!("{}: {done}{why}: {}", counted(rows.count, what), first.join("; ")),
        (_, more) => format!(
            "{}: {done}{why}: {}; and {more} more",
            counted(rows.count, what),
            first.join("; ")
        ),
    }
}

pub(super) fn read(counts: &ImportCounts) -> String {
    let &ImportCounts { rows, records, taken, continued, already, left, late, .. } = counts;
    let &ImportCounts { otherwise, repeated, dry, .. } = counts;
    let done = if dry { "can be imported" } else { "imported" };
    let mut parts = vec![format!("{taken} {done}")];
    if continued > 0 {
        let goes_on = if dry { "can be continued" } else { "continued" };
        parts.push(format!("{continued} {goes_on}"));
    }
    parts.push(format!("{already} already here"));
    parts.push(format!("{left} skipped"));
    let mut text =
        format!("{} of {}: {}", counted(rows, "row"), counted(records, "record"), parts.join(", "));
    if late > 0 {
        text += &format!("; {} not added", counted(late, "row"));
    }
    if otherwise > 0 {
        text += &format!("; {} different from what is here", counted(otherwise, "row"));
    }
    if repeated > 0 {
        text += &format!("; {} repeated", counted(repeated, "row"));
    }
    if counts.taken_out > 0 {
        text +=
            &format!("; personal data taken out of texts: {}", counted(counts.taken_out, "value"));
    }
    text
}

pub(super) fn untold(untold: Untold) -> &'static str {
    match untold {
        Untold::Solved => {
            "the map has no state resolved or closed: figures about solutions are not measured"
        }
        Untold::Code => "the map has no code: the resolution rate is not measured",
        Untold::Reply => {
            "the map has neither replied_in nor replied_at: figures about responses are not measured"
        }
        Untold::Waiting => {
            "the map gives no reason for waiting: clocks run on in pending, and the net time is not measured"
        }
    }
}

pub(super) fn map_line(name: &str, system: &str, documented: Option<&str>, tried: bool) -> String {
    let tried = if tried { "tried" } else { "untried" };
    let columns = documented.map_or_else(
        || "columns not documented in public".to_owned(),
        |address| format!("columns: {address}"),
    );
    format!("{name}: {system} ({tried})\n  {columns}")
}
