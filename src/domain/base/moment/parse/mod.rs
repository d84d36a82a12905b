//! The forms in which a time or a duration may be typed.

mod clock;
mod day;
mod length;
mod scan;

use chrono::NaiveTime;

use self::{
    clock::{hour, meant},
    day::day,
    length::{away, length, minutes},
    scan::Scan,
};
use super::{Direction, Hour, Moment, MomentError, NamedDay, TimeSpan};
use crate::domain::base::{characters::half_width, print::hour_and_minute};

/// Why a part of the text is not what its place wants.
#[derive(Clone, Debug)]
enum Flaw {
    /// Another form; with the clock time that may have been meant.
    Form(Option<NaiveTime>),
    /// One of two, each of which can be typed in place of what stands between so many bytes before
    /// the end of the text and so many.
    Ambiguous {
        from: usize,
        to: usize,
        readings: [String; 2],
    },
    NoUnit,
    NoWorkingDay,
    NoSuchDate,
    NoSuchClock,
}

/// The sign that mathematicians write for less.
const MINUS: char = '\u{2212}';
/// What may stand before a day or an hour.
const PREPOSITIONS: [&str; 5] = ["at ", "by ", "on ", "until ", "before "];

/// Reads `T`; see [`Moment::parse`].
pub(super) fn moment(typed: &str) -> Result<Moment, MomentError> {
    let plain = plain(typed);
    read(&plain).map_err(|flaw| {
        let text = typed.trim().to_owned();
        match flaw {
            Flaw::Form(meant) => {
                let five = NaiveTime::from_hms_opt(17, 0, 0).unwrap_or_default();
                MomentError::NotATime { text, clock: meant.unwrap_or(five) }
            }
            Flaw::Ambiguous { from, to, readings } => {
                let (before, rest) = plain.split_at(plain.len() - from);
                let behind = &rest[rest.len() - to..];
                let readings = readings.iter().map(|reading| format!("{before}{reading}{behind}"));
                MomentError::Ambiguous { text: Some(text), readings: readings.collect() }
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
    let mut scan = Scan::new(&text);
    let minutes = minutes(length(&mut scan)?)?;
    scan.is_done().then_some(minutes)
}

/// Half-width, lower-case, with single spaces, and none beside Chinese: what the forms below are written
/// in.
fn plain(typed: &str) -> String {
    let folded: String = typed.chars().map(half_width).collect::<String>().replace(MINUS, "-");
    let mut plain = String::with_capacity(folded.len());
    for word in folded.split_whitespace() {
        let is_beside_chinese =
            plain.ends_with(is_beyond_ascii) || word.starts_with(is_beyond_ascii);
        if !plain.is_empty() && !is_beside_chinese {
            plain.push(' ');
        }
        plain += word;
    }
    plain.to_ascii_lowercase()
}

fn is_beyond_ascii(c: char) -> bool {
    !c.is_ascii()
}

fn read(text: &str) -> Result<Moment, Flaw> {
    if matches!(text, "now" | "现在") {
        return Ok(Moment::Now);
    }
    if let Some(body) = text.strip_prefix('+') {
        return offset(body, Direction::Ahead);
    }
    if let Some(body) = text.strip_prefix('-') {
        return offset(body, Direction::Back);
    }
    if let Ok(at) = text.to_ascii_uppercase().parse() {
        return Ok(Moment::Exact(at));
    }
    if let Some(moment) = away(text)? {
        return Ok(moment);
    }
    let preposition = PREPOSITIONS.iter().find_map(|word| text.strip_prefix(word));
    on_day(preposition.unwrap_or(text))
}

/// What follows the sign of an offset.
fn offset(body: &str, direction: Direction) -> Result<Moment, Flaw> {
    let mut scan = Scan::new(body);
    let Some(length) = length(&mut scan) else {
        let is_number = scan.count().is_some() && scan.is_done();
        return Err(if is_number { Flaw::NoUnit } else { Flaw::Form(None) });
    };
    moment_away(length, direction, scan)
}

/// A length with its direction, and what may stand behind it: the clock time of that day.
fn moment_away(length: TimeSpan, direction: Direction, mut scan: Scan<'_>) -> Result<Moment, Flaw> {
    if length == TimeSpan::WorkingDays(0) {
        return Err(Flaw::NoWorkingDay);
    }
    if scan.is_done() {
        return Ok(Moment::Away { length, direction, at: None });
    }
    scan.blank();
    match (length, hour(&mut scan, None)?) {
        (TimeSpan::Days(_) | TimeSpan::WorkingDays(_), Some(Hour::At(clock))) if scan.is_done() => {
            Ok(Moment::Away { length, direction, at: Some(clock) })
        }
        _ => Err(Flaw::Form(None)),
    }
}

/// A day, an hour of today, or both in either order.
fn on_day(text: &str) -> Result<Moment, Flaw> {
    let mut scan = Scan::new(text);
    if let Some((day, part)) = day(&mut scan)? {
        let hour = if scan.is_done() {
            part.map_or(Some(Hour::Whole), clock::alone)
        } else {
            scan.blank();
            scan.word("at ");
            hour(&mut scan, part)?
        };
        return match hour {
            Some(hour) if scan.is_done() => Ok(Moment::On(day, hour)),
            _ => Err(Flaw::Form(None)),
        };
    }
    let form = Flaw::Form(meant(text));
    let Some(hour) = hour(&mut scan, None)? else { return Err(form) };
    if scan.is_done() {
        return Ok(Moment::On(NamedDay::Near(0), hour));
    }
    scan.blank();
    scan.word("on ");
    match day(&mut scan)? {
        Some((day, None)) if scan.is_done() => Ok(Moment::On(day, hour)),
        _ => Err(form),
    }
}

/// Both halves of a day, where a clock time of twelve hours does not say which.
fn either_half(hours: u32, minutes: u32, (from, to): (Scan<'_>, Scan<'_>)) -> Flaw {
    let clock = |hours| {
        let clock = NaiveTime::from_hms_opt(hours, minutes, 0).unwrap_or_default();
        hour_and_minute(&clock)
    };
    let hours = hours % 12;
    let readings = [clock(hours), clock(hours + 12)];
    Flaw::Ambiguous { from: from.left(), to: to.left(), readings }
}
