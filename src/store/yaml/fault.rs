//! What the library that reads YAML says, as values that people can be told in their own words.

use super::{Candidates, YamlError, shortened};
use crate::domain::base::nearest::nearest;

/// A value as it stands in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GivenValue {
    /// A text, a number or a switch, as it is written.
    Scalar(String),
    Nothing,
    List,
    Map,
    /// A list of so many items.
    Items(usize),
}

/// What stands in the place of a value that is of another sort.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WantedValue {
    /// A whole number, from the one to the other.
    Whole {
        least: i64,
        most: Option<i64>,
    },
    Number,
    /// `true` or `false`; and which of them was probably meant.
    Switch(Option<bool>),
    Text,
    List,
    Map,
    /// A list of so many items.
    Items(usize),
    Date,
    /// What a type says of itself: `1, 2, 3 or supplier`.
    Other(String),
}

pub(super) fn refused(fault: &serde_yaml::Error) -> YamlError {
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
    if let Some((place, given, known)) = unknown(&message) {
        let known = match nearest(given, known.iter().copied()).into_iter().next() {
            Some(nearest) => Candidates::Nearest(nearest),
            None => Candidates::All(known.into_iter().map(str::to_owned).collect()),
        };
        let (place, given) = (shortened(place), shortened(given));
        return YamlError::UnknownKey { line, column, place, given, known };
    }
    if let Some((place, key)) = parted(&message, "missing field `") {
        let (place, key) = (shortened(place), shortened(key.trim_end_matches('`')));
        return YamlError::MissingKey { line, column, place, key };
    }
    if let Some((place, given, wanted)) = unfit(&message) {
        return YamlError::Unfit { line, column, place: shortened(place), given, wanted };
    }
    YamlError::Parse { line, column, message: shortened(&message) }
}

/// What stands before words that begin a message, behind the place in the file, and what follows them.
fn parted<'m>(message: &'m str, words: &str) -> Option<(&'m str, &'m str)> {
    let (place, rest) = message.split_once(words)?;
    (place.is_empty() || place.ends_with(": ")).then_some((place, rest))
}

/// Of a message about an unknown key or word: where it stands, what it is, and what is known there.
fn unknown(message: &str) -> Option<(&str, &str, Vec<&str>)> {
    let unknown = ["unknown field", "unknown variant"].iter().find_map(|it| message.find(it))?;
    let mut quoted = message[unknown..].split('`').skip(1).step_by(2);
    let given = quoted.next()?;
    Some((&message[..unknown], given, quoted.collect()))
}

/// Of a message about a value of another sort: where it stands, what it is, and what is wanted.
fn unfit(message: &str) -> Option<(&str, GivenValue, WantedValue)> {
    let openings = ["invalid type: ", "invalid value: ", "invalid length "];
    let (place, said) = openings.iter().find_map(|words| parted(message, words))?;
    let (given, wanted) = said.rsplit_once(", expected ").and_then(|(given, wanted)| {
        // what was given may hold these words, but not what is wanted
        Some((self::given(given)?, self::wanted(wanted, given)))
    })?;
    Some((place, given, wanted))
}

/// A value in the words of the library: its sort, and where it is a scalar what stands there; a length
/// is a bare number.
fn given(said: &str) -> Option<GivenValue> {
    let scalar = |text: &str| GivenValue::Scalar(shortened(text));
    let ticked = |kind: &str| said.strip_prefix(kind)?.strip_suffix('`');
    if let Some(text) = said.strip_prefix("string ") {
        let text: String = serde_json::from_str(text).unwrap_or_else(|_| text.to_owned());
        return Some(scalar(&text));
    }
    let number = ["integer `", "floating point `", "boolean `"].into_iter().find_map(ticked);
    if let Some(number) = number {
        return Some(scalar(number));
    }
    match said {
        "sequence" => Some(GivenValue::List),
        "map" => Some(GivenValue::Map),
        "unit value" | "Option value" => Some(GivenValue::Nothing),
        length => length.parse().ok().map(GivenValue::Items),
    }
}

/// What a type of Rust takes, as far as people can write it in a file.
fn wanted(said: &str, given: &str) -> WantedValue {
    let whole = |least: i64, most: i64| WantedValue::Whole { least, most: Some(most) };
    let number = |text: &str| text.parse::<i64>().ok();
    if let Some(range) = said.strip_prefix("a whole number from ") {
        let bounds = match range.split_once(" to ") {
            Some((least, most)) => number(least).zip(number(most).map(Some)),
            None => range.strip_suffix(" on").and_then(number).map(|least| (least, None)),
        };
        if let Some((least, most)) = bounds {
            return WantedValue::Whole { least, most };
        }
    }
    if let Some(items) = said.strip_prefix("an array of length ").and_then(|it| it.parse().ok()) {
        return WantedValue::Items(items);
    }
    match said {
        "u8" => whole(0, u8::MAX.into()),
        "u16" => whole(0, u16::MAX.into()),
        "u32" | "u64" | "usize" => WantedValue::Whole { least: 0, most: None },
        "i32" | "i64" => WantedValue::Whole { least: i64::MIN, most: None },
        "f64" => WantedValue::Number,
        "a boolean" => WantedValue::Switch(meant(given)),
        "a string" | "string" => WantedValue::Text,
        "a sequence" => WantedValue::List,
        "a map" | "map" => WantedValue::Map,
        "a date like 2026-01-31" | "a formatted date string" => WantedValue::Date,
        _ if said.starts_with("struct ") => WantedValue::Map,
        _ => WantedValue::Other(shortened(said)),
    }
}

/// The switch that is meant by a word that readers of YAML 1.1 take for one.
fn meant(given: &str) -> Option<bool> {
    let word = given.trim_start_matches("string ").trim_matches('"').to_lowercase();
    match word.as_str() {
        "yes" | "y" | "on" | "integer `1`" => Some(true),
        "no" | "n" | "off" | "integer `0`" => Some(false),
        _ => None,
    }
}
