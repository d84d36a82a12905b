//! What is wrong with the words of a command line.

use crate::domain::analysis::source::MapFault;

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
