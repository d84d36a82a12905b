//! The one spelling in which records are written, and the guarded door through which files come in.
//!
//! Writing is ours (`emit`, `scalar`): the bytes of a record never depend on a library's
//! version. Reading is `serde_yaml` behind `guard`, which refuses what is damaged, hostile or
//! slow before the library sees it, and `strict`, which refuses a key told twice.

mod emit;
mod guard;
mod node;
mod plain;
mod scalar;
mod strict;
#[cfg(test)]
mod tests;

use std::{cell::Cell, fmt::Display};

use serde::{Serialize, de::DeserializeOwned, ser};
use thiserror::Error;

use crate::domain::base::{characters::without_mark, nearest::nearest};

/// The largest file read or written, in bytes.
pub const MAX_BYTES: usize = 4 * 1024 * 1024;

/// A message of a foreign library is cut after this many characters.
const MAX_MESSAGE: usize = 300;

/// Why a value cannot be written, or a file cannot be read. Lines and columns count from 1.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum YamlError {
    #[error("{bytes} bytes, but at most {MAX_BYTES} can be read")]
    TooLarge { bytes: usize },
    #[error("line {line}: not UTF-8 text")]
    NotUtf8 { line: usize },
    #[error("nothing but blank lines and comments")]
    Empty,
    #[error("line {line}: conflict marker of a merge that was not finished")]
    ConflictMarkers { line: usize },
    #[error("line {line}, column {column}: character U+{code:04X} has to be written as an escape")]
    Character { line: usize, column: usize, code: u32 },
    #[error("line {line}: anchors (`&name`) are not used here; quote the text if it is one")]
    Anchor { line: usize },
    #[error("line {line}: aliases (`*name`) are not used here; quote the text if it is one")]
    Alias { line: usize },
    #[error("line {line}: tags (`!name`) are not used here; quote the text if it is one")]
    Tag { line: usize },
    #[error("line {line}: directives (`%NAME`) are not used here")]
    Directive { line: usize },
    #[error("line {line}: a second document begins")]
    SeveralDocuments { line: usize },
    #[error("line {line}: keys beginning with `?` are not used here; quote the text if it is one")]
    ComplexKey { line: usize },
    #[error("line {line}: nested too deep")]
    TooDeep { line: usize },
    #[error("line {line}: more than {} values in one file", guard::MAX_TOKENS)]
    TooMany { line: usize },
    #[error("line {line}: more than {} blanks or empty lines in a row", guard::MAX_BLANKS)]
    TooManyBlanks { line: usize },
    #[error("line {line}: key `{key}` twice")]
    DuplicateKey { line: usize, key: String },
    #[error("{}{message}", place(*line, *column))]
    Parse { line: Option<usize>, column: Option<usize>, message: String },
    #[error("cannot be written as YAML: {message}")]
    Unwritable { message: String },
}

impl YamlError {
    /// The line of the file, counted from 1, where the fault was found, if it has a place.
    pub fn line(&self) -> Option<usize> {
        match self {
            Self::TooLarge { .. } | Self::Empty | Self::Unwritable { .. } => None,
            Self::Parse { line, .. } => *line,
            Self::NotUtf8 { line }
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

/// Reads one document from outside, which may be damaged or hostile; takes time linear in its size.
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
        (Err(fault), None) => Err(refused(&fault)),
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

fn refused(fault: &serde_yaml::Error) -> YamlError {
    let (line, column) = fault.location().map(|at| (at.line(), at.column())).unzip();
    let mut message = fault.to_string();

    if let (Some(line), Some(column)) = (line, column) {
        if message.starts_with("recursion limit exceeded") {
            return YamlError::TooDeep { line };
        }
        message = message.replacen(&format!(" at line {line} column {column}"), "", 1);
        if message.starts_with(".[") {
            message.remove(0);
        }
    }
    YamlError::Parse { line, column, message: shortened(&meant(&message)) }
}

/// A message about an unknown key or word with the nearest known one in place of all of them.
fn meant(message: &str) -> String {
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let unknown = message.contains("unknown field") || message.contains("unknown variant");
    let (Some((given, known)), true) = (quoted.split_first(), unknown) else {
        return message.to_owned();
    };
    let nearest = nearest(given, known.iter().copied());
    let place = message.find("unknown ").map_or("", |at| &message[..at]);
    match nearest.first() {
        Some(near) => format!("{place}unknown key or word `{given}`; did you mean `{near}`?"),
        None => message.to_owned(),
    }
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

fn place(line: Option<usize>, column: Option<usize>) -> String {
    match (line, column) {
        (Some(line), Some(column)) => format!("line {line}, column {column}: "),
        (Some(line), None) => format!("line {line}: "),
        (None, _) => String::new(),
    }
}
