//! What is wrong with the words of a command line, in every language.

use crate::{
    domain::analysis::source::MapFault,
    words::{Lang, Words},
};

/// Words that do not fit together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Usage {
    /// A word that a vocabulary does not have.
    NotATerm { flag: &'static str, given: String, known: Vec<String> },
    /// Two flags that exclude one another.
    NotBoth { one: &'static str, other: &'static str },
    /// A time zone that is none.
    NotAZone { given: String },
    /// A prefix that is none.
    NotAPrefix { given: String },
    /// An id that is none.
    NotAnId { given: String, like: &'static str },
    /// A period that ends before it begins.
    Backwards,
    /// A report that is none.
    NoReport { given: String, near: Vec<String> },
    /// A key figure that is none.
    NoKpi { given: String, near: Vec<String> },
    /// Words that make no command line; why, as clap says it.
    NotUnderstood { why: String },
    /// A map that does not fit the file or the desk.
    Map { fault: MapFault },
    /// A directory that holds other things.
    NotEmpty { dir: String },
    /// A column that nobody reads.
    UnknownColumn { given: String },
    /// A column that stands there twice.
    ColumnTwice { column: String },
    /// A column that must be there.
    NoColumn { column: &'static str },
    /// A cell that is empty or cannot be read.
    BadCell { column: String, given: String },
    /// A line longer than the head.
    TooManyCells { cells: usize, columns: usize },
    /// A public key that is none.
    NotAKey { given: String },
    /// Words that mean no command.
    NotACommand { given: String, why: String },
}

/// What is wrong, naming the culprit.
pub(super) fn sentence(usage: &Usage, lang: Lang) -> String {
    let zh = lang == Lang::Zh;
    match usage {
        Usage::NotAKey { given } if zh => {
            format!("--key 需为 OpenSSH 公钥的一行或 openpgp:指纹，而不是“{given}”")
        }
        Usage::NotAKey { given } => {
            format!(
                "--key takes the line of an OpenSSH .pub file or openpgp:FINGERPRINT, not “{given}”"
            )
        }
        Usage::NotATerm { flag, given, .. } if zh => format!("{flag} 没有“{given}”这个值"),
        Usage::NotATerm { flag, given, .. } => format!("{flag} knows no “{given}”"),
        Usage::NotBoth { one, other } if zh => format!("{one} 与 {other} 不能同时使用"),
        Usage::NotBoth { one, other } => format!("{one} and {other} exclude one another"),
        Usage::NotAZone { given } if zh => format!("“{given}”不是 Asia/Shanghai 这样的时区"),
        Usage::NotAZone { given } => format!("“{given}” is no time zone like Asia/Shanghai"),
        Usage::NotAPrefix { given } if zh => {
            format!("“{given}”不能作编号前缀：一至八位大写字母或数字")
        }
        Usage::NotAPrefix { given } => {
            format!("“{given}” is no prefix: one to eight capitals or digits")
        }
        Usage::NotAnId { given, like } if zh => format!("“{given}”不是 {like} 这样的编号"),
        Usage::NotAnId { given, like } => format!("“{given}” is not an id like {like}"),
        Usage::Backwards if zh => "--from 晚于 --to".to_owned(),
        Usage::Backwards => "--from is later than --to".to_owned(),
        Usage::NoReport { given, .. } if zh => format!("没有报告“{given}”"),
        Usage::NoReport { given, .. } => format!("no report “{given}”"),
        Usage::NoKpi { given, .. } if zh => format!("没有指标“{given}”"),
        Usage::NoKpi { given, .. } => format!("no key figure “{given}”"),
        Usage::Map { fault } => format!("--map: {}", Words::new(lang).map_fault(fault)),
        Usage::NotUnderstood { why } => why.clone(),
        Usage::NotEmpty { dir } if zh => format!("{dir} 不是空目录"),
        Usage::NotEmpty { dir } => format!("{dir} is not an empty directory"),
        Usage::UnknownColumn { given } if zh => format!("没有“{given}”这一列"),
        Usage::UnknownColumn { given } => format!("no column is called “{given}”"),
        Usage::ColumnTwice { column } if zh => format!("“{column}”列出现两次"),
        Usage::ColumnTwice { column } => format!("the column {column} is there twice"),
        Usage::NoColumn { column } if zh => format!("缺少 {column} 列"),
        Usage::NoColumn { column } => format!("the column {column} is missing"),
        Usage::BadCell { column, given } if given.is_empty() && zh => format!("{column} 为空"),
        Usage::BadCell { column, given } if given.is_empty() => format!("{column} is empty"),
        Usage::BadCell { column, given } if zh => format!("{column} 不能是“{given}”"),
        Usage::BadCell { column, given } => format!("{column} cannot be “{given}”"),
        Usage::TooManyCells { cells, columns } if zh => {
            format!("有 {cells} 格，而表头只有 {columns} 列")
        }
        Usage::TooManyCells { cells, columns } => {
            format!("{cells} cells under a head of {columns} columns")
        }
        Usage::NotACommand { given, why } if zh => format!("“{given}”不是命令:{why}"),
        Usage::NotACommand { given, why } => format!("“{given}” is no command: {why}"),
    }
}
