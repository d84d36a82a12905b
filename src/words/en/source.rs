//! Another system's file, in English.

use crate::domain::analysis::source::{MapFault, RowChange, RowFault};

pub(super) fn fault(fault: &RowFault) -> String {
    match fault {
        RowFault::Empty { field } => format!("{field} is empty"),
        RowFault::NotATime { field, given } => {
            format!("{field}: “{given}” is no time in the map's time_format")
        }
        RowFault::Future { field, given } => format!("{field}: {given} has not come yet"),
        RowFault::TooEarly { field, given } => {
            format!("{field}: {given} lies before 1970, and git knows no such time")
        }
        RowFault::NoMeaning { column, given } => {
            format!("column {column}: the map gives “{given}” no meaning")
        }
        RowFault::NotAWord { field, given, known } => {
            format!("{field}: no “{given}” here; known are {}", known.join(", "))
        }
        RowFault::BadText { field } => {
            format!("{field} is too long, holds control characters or an open brace")
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
        MapFault::NotAZone { given } => format!("“{given}” is no time zone like Asia/Shanghai"),
        MapFault::NotHere { given, nearest } => {
            format!("no unit or person “{given}” here{}", or(nearest))
        }
        MapFault::NoWay => "under entry, at with state or times must be told".to_owned(),
    }
}

pub(super) fn noted(noted: RowChange) -> &'static str {
    match noted {
        RowChange::DoneLater => "done_at lies after the entry; the entry's time was taken",
        RowChange::BeforeOpening => "the entry lies before the record was opened",
    }
}
