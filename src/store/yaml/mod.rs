//! The one spelling in which records are written, and the guarded door through which files come in.
//!
//! Writing is ours (`emit`, `scalar`): the bytes of a record never depend on a library's
//! version. Reading is `serde_yaml` behind `guard`, which refuses what is damaged, hostile or
//! slow before the library sees it, and `strict`, which refuses a key told twice.

mod emit;
pub mod fault;
mod guard;
mod node;
pub(in crate::store) mod place;
mod plain;
mod scalar;
mod strict;
#[cfg(test)]
mod tests;

use std::{
    cell::Cell,
    fmt::{self, Display},
};

use serde::{Serialize, de::DeserializeOwned, ser};

use fault::{GivenValue, WantedValue};

use crate::domain::base::characters::without_mark;

/// The largest file read or written, in bytes.
pub const MAX_BYTES: usize = 4 * 1024 * 1024;

/// The most values that one file may hold.
pub const MAX_VALUES: usize = guard::MAX_TOKENS;
/// The most blanks or empty lines in a row.
pub const MAX_BLANKS: usize = guard::MAX_BLANKS;

/// A message of a foreign library is cut after this many characters.
const MAX_MESSAGE: usize = 300;

/// Why a value cannot be written, or a file cannot be read. Lines and columns count from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum YamlError {
    TooLarge {
        bytes: usize,
    },
    /// More than this much, of a file of which not all was read.
    Oversized {
        most: usize,
    },
    NotUtf8 {
        line: usize,
    },
    /// Nothing but blank lines and comments.
    Empty,
    /// What git leaves where a merge was not finished.
    ConflictMarkers {
        line: usize,
    },
    /// A character that has to be written as an escape.
    Character {
        line: usize,
        column: usize,
        code: u32,
    },
    Anchor {
        line: usize,
    },
    Alias {
        line: usize,
    },
    Tag {
        line: usize,
    },
    Directive {
        line: usize,
    },
    SeveralDocuments {
        line: usize,
    },
    ComplexKey {
        line: usize,
    },
    TooDeep {
        line: usize,
    },
    /// More than [`MAX_VALUES`] values.
    TooMany {
        line: usize,
    },
    /// More than [`MAX_BLANKS`] blanks or empty lines in a row.
    TooManyBlanks {
        line: usize,
    },
    DuplicateKey {
        line: usize,
        key: String,
    },
    Syntax {
        line: usize,
        column: Option<usize>,
        fault: SyntaxFault,
    },
    /// A key or word that the file does not know, and what it may have been meant for.
    UnknownKey {
        line: Option<usize>,
        column: Option<usize>,
        /// Where in the file: `intake.`, or nothing.
        place: String,
        given: String,
        known: Candidates,
    },
    /// A value of another sort than its key takes.
    Unfit {
        line: Option<usize>,
        column: Option<usize>,
        /// Where in the file: `limits.urgent`, or nothing.
        place: String,
        given: GivenValue,
        wanted: WantedValue,
    },
    /// A key that must be there is not.
    MissingKey {
        line: Option<usize>,
        column: Option<usize>,
        place: String,
        key: String,
    },
    /// What the library that reads YAML says.
    Parse {
        line: Option<usize>,
        column: Option<usize>,
        message: String,
    },
    Unwritable {
        message: String,
    },
}

/// What is written in no way that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SyntaxFault {
    /// A text cannot begin with this character.
    TextStart(u8),
    /// A list item begins where none can.
    ListItem,
    /// A colon without a key before it.
    LoneColon,
    /// A line that is neither a key with its value nor a list item.
    StrayLine,
    /// A block of text that does not begin on a line of its own.
    BlockStart,
    TabIndent,
    OpenQuote,
    /// The last line has no end.
    CutShort,
}

/// What may stand in the place of an unknown key or word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Candidates {
    /// The one that was probably meant.
    Nearest(String),
    All(Vec<String>),
}

impl YamlError {
    /// The line of the file, counted from 1, where the fault was found, if it has a place.
    pub fn line(&self) -> Option<usize> {
        match self {
            Self::TooLarge { .. }
            | Self::Oversized { .. }
            | Self::Empty
            | Self::Unwritable { .. } => None,
            Self::Parse { line, .. }
            | Self::UnknownKey { line, .. }
            | Self::Unfit { line, .. }
            | Self::MissingKey { line, .. } => *line,
            Self::Syntax { line, .. }
            | Self::NotUtf8 { line }
            | Self::ConflictMarkers { line }
            | Self::Character { line, .. }
            | Self::Anchor { line }
            | Self::Alias { line }
            | Self::Tag { line }
            | Self::Directive { line }
            | Self::SeveralDocuments { line }
            | Self::ComplexKey { line }
            | Self::TooDeep { line }
            | Self::TooMany { line }
            | Self::TooManyBlanks { line }
            | Self::DuplicateKey { line, .. } => Some(*line),
        }
    }
}

impl YamlError {
    /// The same without the line where it was found, of what need not have one.
    pub(in crate::store) fn without_line(mut self) -> Self {
        if let Self::Parse { line, column, .. }
        | Self::UnknownKey { line, column, .. }
        | Self::Unfit { line, column, .. }
        | Self::MissingKey { line, column, .. } = &mut self
        {
            (*line, *column) = (None, None);
        }
        self
    }

    /// The same with its place in the file spelled otherwise, where it tells one.
    pub(in crate::store) fn with_place(mut self, spell: impl Fn(&str) -> Option<String>) -> Self {
        let (Self::UnknownKey { place, .. }
        | Self::Unfit { place, .. }
        | Self::MissingKey { place, .. }) = &mut self
        else {
            return self;
        };
        if let Some(spelled) = place.strip_suffix(": ").and_then(spell) {
            *place = format!("{spelled}: ");
        }
        self
    }
}

impl Display for YamlError {
    /// What serde asks for; people read what the catalogue says of it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

impl std::error::Error for YamlError {}

impl ser::Error for YamlError {
    fn custom<T: Display>(message: T) -> Self {
        Self::Unwritable { message: shortened(&message.to_string()) }
    }
}

/// The canonical spelling of `value`: block style, struct order, two spaces, ending in a line feed.
///
/// Text is written so that every reader of YAML 1.1 and 1.2 reads exactly that text; a newtype
/// struct named `Timestamp` is written bare. Whoever wants absent fields left out says so on the
/// type.
///
/// # Errors
/// Enum variants with content, byte strings, keys that are not scalars, and whatever [`from_slice`]
/// would not read back: too large, too deep, too many values.
pub fn to_text<T: Serialize + ?Sized>(value: &T) -> Result<String, YamlError> {
    let text = emit::text(&value.serialize(node::Builder)?)?;

    if text.len() > MAX_BYTES {
        return Err(YamlError::TooLarge { bytes: text.len() });
    }
    guard::check(&text)?;
    Ok(text)
}

/// Reads one document from files, which may be damaged or hostile; takes time linear in its size.
///
/// # Errors
/// The first fault found, with its line: see [`YamlError`].
pub fn from_slice<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, YamlError> {
    if bytes.len() > MAX_BYTES {
        return Err(YamlError::TooLarge { bytes: bytes.len() });
    }
    let text = str::from_utf8(bytes)
        .map_err(|fault| YamlError::NotUtf8 { line: line_at(bytes, fault.valid_up_to()) })?;
    let text = without_mark(text);
    guard::check(text)?;

    let twice = Cell::new(None);
    let parsed =
        T::deserialize(strict::Strict::new(serde_yaml::Deserializer::from_str(text), &twice));
    match (parsed, twice.take()) {
        (Ok(value), None) => Ok(value),
        (Ok(_), Some(key)) => Err(YamlError::DuplicateKey { line: 1, key }),
        (Err(fault), Some(key)) => {
            let line = fault.location().map_or(1, |at| at.line());
            Err(YamlError::DuplicateKey { line, key: shortened(&key) })
        }
        (Err(fault), None) => Err(fault::refused(&fault)),
    }
}

/// As [`from_slice`], for what is mostly spelled as [`to_text`] spells it: such a file is read many
/// times faster, and every other one as there.
pub fn from_own<T: DeserializeOwned + Serialize>(bytes: &[u8]) -> Result<T, YamlError> {
    match from_plain(bytes) {
        Some(value) => Ok(value),
        None => from_slice(bytes),
    }
}

/// As [`from_own`], for bytes that are known to be printed so, because they were compared before under
/// the very name that git gives them.
pub fn from_known<T: DeserializeOwned + Serialize>(bytes: &[u8]) -> Result<T, YamlError> {
    let text = str::from_utf8(bytes).ok();
    match text.and_then(plain::read).map(T::deserialize) {
        Some(Ok(value)) => Ok(value),
        _ => from_own(bytes),
    }
}

/// A larger file takes the slow way, which counts what is in it.
const MAX_PLAIN: usize = 256 * 1024;

/// The value, if printing it gives these very bytes.
pub fn from_plain<T: DeserializeOwned + Serialize>(bytes: &[u8]) -> Option<T> {
    let text = str::from_utf8(bytes).ok().filter(|text| text.len() <= MAX_PLAIN)?;
    let value = T::deserialize(plain::read(text)?).ok()?;
    let again = emit::text(&value.serialize(node::Builder).ok()?).ok()?;
    (again == text).then_some(value)
}

fn line_at(bytes: &[u8], position: usize) -> usize {
    bytes[..position].split(|byte| *byte == b'\n').count()
}

fn shortened(message: &str) -> String {
    match message.char_indices().nth(MAX_MESSAGE) {
        Some((end, _)) => format!("{}…", &message[..end]),
        None => message.to_owned(),
    }
}
