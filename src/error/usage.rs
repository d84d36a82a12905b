//! What can be wrong with the words of a command line.

use std::fmt;

use crate::{
    domain::{
        analysis::source::MapFault,
        base::moment::{MomentError, NotADuration},
    },
    store::yaml::YamlError,
};

/// Words that do not fit together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Usage {
    /// Words that make no command line; with the command whose help tells more.
    Syntax { command: String, error: Box<SyntaxError> },
    /// A value that is not taken.
    Value(Box<BadValue>),
    /// Two flags that exclude one another.
    NotBoth { one: &'static str, other: &'static str },
    /// A time zone that is none.
    NotAZone { given: String },
    /// A text that is no country.
    NotACountry { given: String },
    /// A language that docket does not speak.
    NotALanguage { place: &'static str, given: String },
    /// A word of a text that was not quoted stands where a record does.
    NotQuoted { verb: &'static str, given: String },
    /// A record stands in the place of a text.
    NoText { verb: &'static str, given: String },
    /// A person's alias that stands for no verb.
    NotAnAlias { alias: String, meaning: String },
    /// A file that no rules of a desk are called like.
    NotARuleFile { given: String, known: Vec<String> },
    /// A part of a key that leads to no rule, with what could stand there.
    NoSuchRule {
        given: String,
        part: String,
        known: Vec<String>,
        /// Keys that lead to such a part.
        meant: Vec<String>,
    },
    /// The roster, which has commands of its own.
    Roster,
    /// A file of rules that cannot be adopted for a day.
    NotAdoptable { path: &'static str },
    /// A reason for an adoption, which has none of its own.
    AdoptedWithReason { file: Option<String> },
    /// A rule that no edit changes.
    NotByEdit { key: &'static str },
    /// A change that says nothing; with what can be said.
    NothingToChange { flags: &'static [&'static str] },
    /// A prefix that is none.
    NotAPrefix { given: String },
    /// An id that is none.
    NotAnId { given: String, like: &'static str },
    /// A flag that draws on the screen, where there is none.
    NeedsTerminal { flag: &'static str },
    /// A file that is no text, for a terminal.
    NotForTerminal { name: String },
    /// A period that ends before it begins.
    Backwards,
    /// A canned reply that the desk does not have.
    NoReply { given: String, known: Vec<String> },
    /// A report that is none.
    NoReport { given: String, near: Vec<String> },
    /// A key figure that is none.
    NoKpi { given: String, near: Vec<String> },
    /// A map that does not fit the desk, or one of several files.
    Map { file: Option<String>, fault: MapFault },
    /// A file that is no map.
    MapFile { path: String, fault: Box<YamlError> },
    /// A map that is none of docket's.
    NoMap { given: String, known: Vec<String> },
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
    /// A line longer than any that is kept.
    RowTooLong,
    /// A line with more cells than the head.
    TooManyCells { cells: usize, columns: usize },
    /// A public key that is none.
    NotAKey { given: String },
}

/// Why words make no command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SyntaxError {
    UnknownCommand {
        given: String,
        near: Vec<String>,
        /// The commands behind `docket` that people look for by this word.
        meant: &'static [&'static str],
        /// The commands that there are in a group of them.
        known: Vec<String>,
    },
    /// The command is one of several, and which was not said.
    NoCommand {
        known: Vec<String>,
    },
    UnknownOption {
        given: String,
        near: Vec<String>,
        /// What there is where nothing is near, unless that is too much for a line.
        known: Vec<String>,
    },
    /// A flag of every command, which this one would not heed.
    Unheeded {
        flag: &'static str,
    },
    /// A word more than the command takes.
    Unexpected {
        given: String,
    },
    /// A switch that was given a value.
    TakesNoValue {
        argument: ArgumentName,
        given: String,
    },
    Missing {
        arguments: Vec<ArgumentName>,
    },
    NoValue {
        argument: ArgumentName,
        /// The values that there are, each with the vocabulary that knows what it is called.
        known: Vec<(String, String)>,
    },
    /// An argument that others exclude.
    Conflict {
        argument: ArgumentName,
        others: Vec<ArgumentName>,
    },
    /// An argument that is given twice.
    Repeated {
        argument: ArgumentName,
    },
    Value(BadValue),
    NotUtf8,
    /// What no other says.
    Unreadable,
}

/// A value that is not taken, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadValue {
    pub argument: ArgumentName,
    pub given: String,
    pub why: ValueFault,
}

/// An argument as the command line has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArgumentName {
    /// `--into`, `-C`; none for one that stands by its place.
    pub flag: Option<String>,
    /// What stands for its value; none for a switch.
    pub placeholder: Option<String>,
}

/// Why a value is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ValueFault {
    /// None of the words there are; the vocabulary knows what they are called, if any does.
    NoneOf {
        vocabulary: &'static str,
        known: Vec<String>,
    },
    Time(MomentError),
    Duration(NotADuration),
    Id {
        like: &'static str,
    },
    /// Not `KEY=VALUE`.
    Pair,
    /// Not `TIME..TIME`.
    Window,
    /// Neither `clean` nor `P3:TEXT`.
    Conduct,
    /// Neither `no` nor `TEXT:NAME`.
    Data,
    /// Neither `removed` nor `kept:REASON`.
    Client,
    Number,
    Month,
    /// What only the place itself could say.
    Other,
}

impl Usage {
    /// A value that an argument, called by its flag, its placeholder or git's setting of it, does not take.
    pub fn value(argument: &str, given: &str, why: ValueFault) -> Self {
        let name = Some(argument.to_owned());
        let argument = if argument.starts_with('-') || argument.contains('.') {
            ArgumentName { flag: name, placeholder: None }
        } else {
            ArgumentName { flag: None, placeholder: name }
        };
        Self::Value(Box::new(BadValue { argument, given: given.to_owned(), why }))
    }

    /// Whether somebody wants to say how an attachment is called.
    pub fn is_name_of_attachment(&self) -> bool {
        let Self::Syntax { command, error } = self else { return false };
        matches!(&**error, SyntaxError::UnknownOption { given, .. } if given == "--name")
            && command == "docket attach"
    }

    /// The arguments that are missing, where that is what is wrong.
    pub fn missing(&self) -> &[ArgumentName] {
        match self {
            Self::Syntax { error, .. } => match &**error {
                SyntaxError::Missing { arguments } => arguments,
                _ => &[],
            },
            _ => &[],
        }
    }
}

// What reads values for clap has to give an error; people are told by the catalogue.
impl fmt::Display for ValueFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

impl std::error::Error for ValueFault {}
