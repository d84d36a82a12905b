//! Another system's file, in English.

use crate::domain::analysis::source::{MapFault, RowChange, RowFault};

pub(super) fn fault(fault: &RowFault) -> String {
    match fault {
        RowFault::Empty { field } => format!("{field} is empty"),
        RowFault::NotATime { field, given } => {
            format!("{field}: “{given}” is not a time in the map's time_format")
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
        MapFault::NotAZone { given } => {
            format!("“{given}” is not a time zone (example: Asia/Shanghai)")
        }
        MapFault::NotHere { given, nearest } => {
            format!("no unit or person “{given}”{}", or(nearest))
        }
        MapFault::NoWay => "under entry, give at with state, or times".to_owned(),
    }
}

pub(super) fn noted(noted: RowChange) -> &'static str {
    match noted {
        RowChange::DoneLater => "done_at is later than the entry; the entry's time was used",
        RowChange::BeforeOpening => "the entry is earlier than the opening of the record",
    }
}
