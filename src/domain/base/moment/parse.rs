//! The forms in which a time or a duration may be typed.

use chrono::{Datelike as _, NaiveDate, NaiveTime};

use crate::domain::base::characters::half_width;

use super::{Moment, MomentError, NamedDay, YEARS};

/// Why a part of the text is not what its place wants.
#[derive(Clone, Copy)]
enum Flaw {
    /// Another form; with the clock time that may have been meant.
    Form(Option<NaiveTime>),
    NoUnit,
    NoWorkingDay,
    NoSuchDate,
    NoSuchClock,
}

const NAMED_DAYS: [(&str, NamedDay); 6] = [
    ("yesterday", NamedDay::Yesterday),
    ("today", NamedDay::Today),
    ("tomorrow", NamedDay::Tomorrow),
    ("昨天", NamedDay::Yesterday),
    ("今天", NamedDay::Today),
    ("明天", NamedDay::Tomorrow),
];

/// The sign that mathematicians write for less.
const MINUS: char = '\u{2212}';
/// More digits than this are a slip of the finger: 999999 hours are 114 years.
const MOST_DIGITS: usize = 6;

/// Reads `T`; see [`Moment::parse`].
pub(super) fn moment(typed: &str) -> Result<Moment, MomentError> {
    read(&plain(typed)).map_err(|flaw| {
        let text = typed.trim().to_owned();
        match flaw {
            Flaw::Form(meant) => {
                let five = NaiveTime::from_hms_opt(17, 0, 0).unwrap_or_default();
                MomentError::NotATime { text, clock: meant.unwrap_or(five) }
            }
            Flaw::NoUnit => MomentError::NoUnit { text },
            Flaw::NoWorkingDay => MomentError::NoWorkingDay { text },
            Flaw::NoSuchDate => MomentError::NoSuchDate { text },
            Flaw::NoSuchClock => MomentError::NoSuchClock { text },
        }
    })
}

/// Reads a duration in minutes; see [`super::parse_duration`].
pub(super) fn duration(typed: &str) -> Option<i64> {
    let text = plain(typed);
    match text.strip_suffix('d') {
        Some(days) => Some(count(days)? * 24 * 60),
        None => span(&text),
    }
}

/// Half-width, lower-case, with single spaces: what the forms below are written in.
fn plain(typed: &str) -> String {
    let folded: String = typed.chars().map(half_width).collect::<String>().replace(MINUS, "-");
    let words: Vec<_> = folded.split_whitespace().collect();
    words.join(" ").to_ascii_lowercase()
}

fn read(text: &str) -> Result<Moment, Flaw> {
    if matches!(text, "now" | "现在") {
        return Ok(Moment::Now);
    }
    if let Some(body) = text.strip_prefix('+') {
        return offset(body, 1);
    }
    if let Some(body) = text.strip_prefix('-') {
        return offset(body, -1);
    }
    if let Some((word, day)) = NAMED_DAYS.iter().find(|(word, _)| text.starts_with(word)) {
        return named(&text[word.len()..], *day);
    }
    if let Ok(at) = text.to_ascii_uppercase().parse() {
        return Ok(Moment::Exact(at));
    }
    match text.split_once([' ', 't']) {
        Some((day, time)) => Ok(Moment::Local(date(day)?, clock(time)?)),
        None if text.contains('-') => date(text).map(Moment::DateAlone),
        None => clock(text).map(Moment::Clock),
    }
}

/// What follows the name of a day: nothing, or a clock time.
fn named(rest: &str, day: NamedDay) -> Result<Moment, Flaw> {
    let glued = rest.starts_with(|first: char| first.is_ascii_alphabetic());
    match rest.trim_start() {
        "" => Ok(Moment::Named(day, None)),
        _ if glued => Err(Flaw::Form(None)),
        time => Ok(Moment::Named(day, Some(clock(time)?))),
    }
}

/// What follows the sign of an offset.
fn offset(body: &str, sign: i64) -> Result<Moment, Flaw> {
    let (length, at) = match body.split_once(' ') {
        Some((length, time)) => (length, Some(clock(time)?)),
        None => (body, None),
    };
    let number = |text| count(text).map(|number| sign * number).ok_or(Flaw::Form(None));
    if let Some(days) = length.strip_suffix("wd") {
        return match number(days)? {
            0 => Err(Flaw::NoWorkingDay),
            days => Ok(Moment::WorkingDays { days, at }),
        };
    }
    if let Some(days) = length.strip_suffix('d') {
        return Ok(Moment::Days { days: number(days)?, at });
    }
    if at.is_none() && count(length).is_some() {
        return Err(Flaw::NoUnit);
    }
    match (span(length), at) {
        (Some(minutes), None) => Ok(Moment::Minutes(sign * minutes)),
        (Some(_) | None, _) => Err(Flaw::Form(None)),
    }
}

/// Minutes of `2h`, `90m` or `1h30m`.
fn span(text: &str) -> Option<i64> {
    let (hours, rest) = match text.split_once('h') {
        Some((hours, rest)) => (count(hours)?, rest),
        None => (0, text),
    };
    let minutes = match rest.strip_suffix('m') {
        Some(minutes) => count(minutes)?,
        None if rest.is_empty() && !text.is_empty() => 0,
        None => return None,
    };
    Some(hours * 60 + minutes)
}

/// A whole number without sign.
fn count(text: &str) -> Option<i64> {
    let short = text.len() <= MOST_DIGITS;
    if short && is_digits(text) { text.parse().ok() } else { None }
}

/// A date `2026-11-22`.
fn date(text: &str) -> Result<NaiveDate, Flaw> {
    let parts: Vec<_> = text.split('-').collect();
    let [year, month, day] = parts[..] else {
        return Err(Flaw::Form(None));
    };
    if [year.len(), month.len(), day.len()] != [4, 2, 2] {
        return Err(Flaw::Form(None));
    }
    let (Some(year), Some(month), Some(day)) = (number(year), number(month), number(day)) else {
        return Err(Flaw::Form(None));
    };
    i32::try_from(year)
        .ok()
        .and_then(|year| NaiveDate::from_ymd_opt(year, month, day))
        .filter(|date| YEARS.contains(&date.year()))
        .ok_or(Flaw::NoSuchDate)
}

/// A clock time `09:15`, `9:15` or `09:15:30`.
fn clock(text: &str) -> Result<NaiveTime, Flaw> {
    let form = Flaw::Form(meant(text));
    let parts: Vec<_> = text.split(':').collect();
    let (hours, minutes, seconds) = match parts[..] {
        [hours, minutes] => (hours, minutes, "00"),
        [hours, minutes, seconds] => (hours, minutes, seconds),
        _ => return Err(form),
    };
    if hours.len() > 2 || minutes.len() != 2 || seconds.len() != 2 {
        return Err(form);
    }
    match (number(hours), number(minutes), number(seconds)) {
        (Some(hours), Some(minutes), Some(seconds)) => {
            NaiveTime::from_hms_opt(hours, minutes, seconds).ok_or(Flaw::NoSuchClock)
        }
        _ => Err(form),
    }
}

/// The clock time that a loose one may stand for, to be shown in a hint: `9`, `2:5`, `0915`.
fn meant(text: &str) -> Option<NaiveTime> {
    let (hours, minutes) = match text.split_once(':') {
        Some(parts) => parts,
        None if text.len() == 4 && text.is_ascii() => text.split_at(2),
        None => (text, "0"),
    };
    NaiveTime::from_hms_opt(number(hours)?, number(minutes)?, 0)
}

fn number(text: &str) -> Option<u32> {
    if is_digits(text) { text.parse().ok() } else { None }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
