//! Words on the command line, understood in every language.

use crate::{
    domain::base::{
        moment::Moment,
        terms::{Satisfaction, Term},
    },
    words::{half_width, read_term},
};

/// A time, or the word that there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MaybeTime(pub Option<Moment>);

/// Reads a term; used as a value parser.
pub fn term<T: Term>(typed: &str) -> Result<T, String> {
    read_term(typed).ok_or_else(|| {
        let known: Vec<_> = T::ALL.iter().map(|term| term.code()).collect();
        format!("one of: {}", known.join(" "))
    })
}

/// Reads a grade as a word or as a number from 5 to 1.
pub fn satisfaction(typed: &str) -> Result<Satisfaction, String> {
    Satisfaction::from_grade(half_width(typed.trim()).as_str()).map_or_else(|| term(typed), Ok)
}

/// Reads a time, or `none` for none stated.
pub fn time_or_none(typed: &str) -> Result<MaybeTime, String> {
    time_or(typed, &["none", "无", "未说明"])
}

/// Reads a time, or `unknown`.
pub fn time_or_unknown(typed: &str) -> Result<MaybeTime, String> {
    time_or(typed, &["unknown", "未知", "不详"])
}

fn time_or(typed: &str, words: &[&str]) -> Result<MaybeTime, String> {
    if words.contains(&typed.trim().to_lowercase().as_str()) {
        return Ok(MaybeTime(None));
    }
    Moment::parse(typed).map(|moment| MaybeTime(Some(moment))).map_err(|fault| fault.to_string())
}

/// Reads yes or no.
pub fn yes_or_no(typed: &str) -> Result<bool, String> {
    match half_width(typed.trim()).to_lowercase().as_str() {
        "yes" | "y" | "true" | "是" => Ok(true),
        "no" | "n" | "false" | "否" => Ok(false),
        _ => Err("yes or no".to_owned()),
    }
}

/// Reads `KEY=VALUE`.
///
/// # Errors
/// A text without `=`.
pub fn key_value(typed: &str) -> Result<(String, String), String> {
    match typed.split_once(['=', '=']) {
        Some((key, value)) if !key.trim().is_empty() => {
            Ok((key.trim().to_owned(), value.trim().to_owned()))
        }
        Some(_) | None => Err("KEY=VALUE".to_owned()),
    }
}
