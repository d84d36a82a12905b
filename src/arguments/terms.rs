//! Words on the command line, understood in every language.

use std::{collections::BTreeSet, ffi::OsStr, marker::PhantomData};

use clap::{
    Arg,
    builder::{PossibleValue, TypedValueParser},
};

use crate::{
    domain::base::{
        moment::Moment,
        terms::{Prohibition, RemoteClient, RemoteScope, Satisfaction, Term},
    },
    error::usage::ValueFault,
    words::{half_width, read_term, typed::TypedWord},
};

/// A time, or the word that there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MaybeTime(pub Option<Moment>);

/// Reads the words of a vocabulary; help and the shell learn from it which there are.
#[derive(Clone, Copy, Debug)]
pub struct TermParser<T>(PhantomData<fn() -> T>);

/// The reader of a vocabulary, used as a value parser.
pub fn term<T: Term>() -> TermParser<T> {
    TermParser(PhantomData)
}

impl<T: Term + Send + Sync> TypedValueParser for TermParser<T> {
    type Value = T;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&Arg>,
        typed: &OsStr,
    ) -> Result<T, clap::Error> {
        named::<T>.parse_ref(command, argument, typed)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        // the catalogue finds the word for a code by its vocabulary
        let value = |term: &T| PossibleValue::new(term.code()).help(T::VOCABULARY);
        Some(Box::new(T::ALL.iter().map(value)))
    }
}

/// The term that a word means.
pub fn named<T: Term>(typed: &str) -> Result<T, ValueFault> {
    read_term(typed).ok_or_else(|| none_of(T::VOCABULARY, T::ALL.iter().map(|term| term.code())))
}

/// That a word is none of those there are.
pub(super) fn none_of<'a>(
    vocabulary: &'static str,
    known: impl Iterator<Item = &'a str>,
) -> ValueFault {
    ValueFault::NoneOf { vocabulary, known: known.map(str::to_owned).collect() }
}

/// Two times, the second of which may be an hour of the first one's day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeRange {
    pub from: Moment,
    pub until: Moment,
}

/// Reads `TIME..TIME`.
pub fn time_range(typed: &str) -> Result<TimeRange, ValueFault> {
    let (from, until) = typed.split_once("..").ok_or(ValueFault::Window)?;
    let time = |typed: &str| Moment::parse(typed.trim()).map_err(ValueFault::Time);
    Ok(TimeRange { from: time(from)?, until: time(until)? })
}

/// How somebody behaved at the customer's, as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypedConduct {
    /// The service code was kept.
    Clean,
    /// A prohibition was broken, and how.
    Broken(Prohibition, String),
}

/// Reads `clean`, or `P3:TEXT`.
pub fn conduct(typed: &str) -> Result<TypedConduct, ValueFault> {
    if TypedWord::Clean.is_typed(typed) {
        return Ok(TypedConduct::Clean);
    }
    let (code, text) = typed.split_once([':', '：']).ok_or(ValueFault::Conduct)?;
    let prohibition = read_term(code).ok_or(ValueFault::Conduct)?;
    if text.trim().is_empty() {
        return Err(ValueFault::Conduct);
    }
    Ok(TypedConduct::Broken(prohibition, text.trim().to_owned()))
}

/// Reads what [`conduct`] reads, several in one line with a semicolon between them.
pub fn conducts(typed: &str) -> Result<Vec<TypedConduct>, ValueFault> {
    typed.split([';', '；']).map(str::trim).filter(|part| !part.is_empty()).map(conduct).collect()
}

/// What the customer lets somebody do on their computer, as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scopes(pub BTreeSet<RemoteScope>);

/// Reads `view,control`.
pub fn remote_scopes(typed: &str) -> Result<Scopes, ValueFault> {
    let words = typed.split([',', '，', '、', ' ']).filter(|word| !word.is_empty());
    let scopes = words.map(named).collect::<Result<BTreeSet<_>, _>>()?;
    // no word at all is none of those there are
    if scopes.is_empty() {
        named(typed).map(|scope| Scopes([scope].into()))
    } else {
        Ok(Scopes(scopes))
    }
}

/// Whether the customer's data was touched, as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypedData {
    None,
    /// What, and who allowed it.
    Touched(String, String),
}

/// Reads `no`, or `TEXT:NAME`.
pub fn data_touched(typed: &str) -> Result<TypedData, ValueFault> {
    if TypedWord::is_nothing(typed) {
        return Ok(TypedData::None);
    }
    let (what, name) = typed.rsplit_once([':', '：']).ok_or(ValueFault::Data)?;
    let (what, name) = (what.trim(), name.trim());
    if name.is_empty() || TypedWord::is_nothing(what) || what.is_empty() {
        return Err(ValueFault::Data);
    }
    Ok(TypedData::Touched(what.to_owned(), name.to_owned()))
}

/// What became of an installed client, as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypedClient {
    Removed,
    /// Kept, and why.
    Kept(String),
}

impl TypedClient {
    pub fn term(&self) -> RemoteClient {
        match self {
            Self::Removed => RemoteClient::Removed,
            Self::Kept(_) => RemoteClient::Kept,
        }
    }
}

/// Reads `removed`, or `kept:REASON`.
pub fn client_left(typed: &str) -> Result<TypedClient, ValueFault> {
    let (word, reason) = typed.split_once([':', '：']).unwrap_or((typed, ""));
    match (read_term(word), reason.trim()) {
        (Some(RemoteClient::Removed), "") => Ok(TypedClient::Removed),
        (Some(RemoteClient::Kept), reason) if !reason.is_empty() => {
            Ok(TypedClient::Kept(reason.to_owned()))
        }
        (Some(RemoteClient::Removed | RemoteClient::Kept) | None, _) => Err(ValueFault::Client),
    }
}

/// Reads a grade as a word or as a number from 5 to 1.
pub fn satisfaction(typed: &str) -> Result<Satisfaction, ValueFault> {
    Satisfaction::from_grade(half_width(typed.trim()).as_str()).map_or_else(|| named(typed), Ok)
}

/// Reads a time, or `none` for none stated.
pub fn time_or_none(typed: &str) -> Result<MaybeTime, ValueFault> {
    time_or(typed, TypedWord::None)
}

/// Reads a time, or `unknown`.
pub fn time_or_unknown(typed: &str) -> Result<MaybeTime, ValueFault> {
    time_or(typed, TypedWord::Unknown)
}

fn time_or(typed: &str, word: TypedWord) -> Result<MaybeTime, ValueFault> {
    if word.is_typed(typed) {
        return Ok(MaybeTime(None));
    }
    Moment::parse(typed).map(|moment| MaybeTime(Some(moment))).map_err(ValueFault::Time)
}

/// Reads yes or no.
pub fn yes_or_no(typed: &str) -> Result<bool, ValueFault> {
    if TypedWord::Yes.is_typed(typed) {
        return Ok(true);
    }
    TypedWord::No
        .is_typed(typed)
        .then_some(false)
        .ok_or_else(|| none_of("yes or no", ["yes", "no"].into_iter()))
}

/// Reads `KEY=VALUE`.
pub fn key_value(typed: &str) -> Result<(String, String), ValueFault> {
    match typed.split_once(['=', '＝']) {
        Some((key, value)) if !key.trim().is_empty() => {
            Ok((key.trim().to_owned(), value.trim().to_owned()))
        }
        Some(_) | None => Err(ValueFault::Pair),
    }
}
