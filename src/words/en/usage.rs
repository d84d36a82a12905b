//! What is wrong with the words of a command line, in English.

use crate::{error::usage::Usage, words::en::source};

/// What is wrong, naming the culprit.
pub(super) fn sentence(usage: &Usage) -> String {
    match usage {
        Usage::NotAKey { given } => {
            format!(
                "--key takes the line of an OpenSSH .pub file or openpgp:FINGERPRINT, not “{given}”"
            )
        }
        Usage::NotATerm { flag, given, .. } => format!("{flag} knows no “{given}”"),
        Usage::NotBoth { one, other } => format!("{one} and {other} exclude one another"),
        Usage::NotAZone { given } => format!("“{given}” is no time zone like Asia/Shanghai"),
        Usage::NotAPrefix { given } => {
            format!("“{given}” is no prefix: one to eight capitals or digits")
        }
        Usage::NotAnId { given, like } => format!("“{given}” is not an id like {like}"),
        Usage::Backwards => "--from is later than --to".to_owned(),
        Usage::NoReport { given, .. } => format!("no report “{given}”"),
        Usage::NoKpi { given, .. } => format!("no key figure “{given}”"),
        Usage::Map { fault } => format!("--map: {}", source::map_fault(fault)),
        Usage::NotUnderstood { why } => why.clone(),
        Usage::NotEmpty { dir } => format!("{dir} is not an empty directory"),
        Usage::UnknownColumn { given } => format!("no column is called “{given}”"),
        Usage::ColumnTwice { column } => format!("the column {column} is there twice"),
        Usage::NoColumn { column } => format!("the column {column} is missing"),
        Usage::BadCell { column, given } if given.is_empty() => format!("{column} is empty"),
        Usage::BadCell { column, given } => format!("{column} cannot be “{given}”"),
        Usage::TooManyCells { cells, columns } => {
            format!("{cells} cells under a head of {columns} columns")
        }
        Usage::NotACommand { given, why } => format!("“{given}” is no command: {why}"),
    }
}
