//! Times as people type them: `T` of the command line.
//!
//! Reading a text and finding its instant are two steps. The text alone gives a [`Moment`]; the
//! step's own time, the zone of the desk and its calendar give the instant. What could be meant
//! in two ways is refused with both and never guessed.

mod parse;
mod resolve;
#[cfg(test)]
mod tests;

use std::{error::Error, fmt, str::FromStr};

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Weekday};

use super::{calendar::MissingYear, time::Timestamp, zone::Zone};

/// A time as it was typed, before it is known from when and where it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// `2026-11-22T09:15:00+08:00`
    Exact(Timestamp),
    /// `now`, 现在: the step's own time
    Now,
    /// `-20m`, `in 2h`, 两天后 9:00: a length of time from the step, at its clock time unless one
    /// is given
    Away { length: TimeSpan, direction: Direction, at: Option<NaiveTime> },
    /// `09:15`, `monday 10:00`, 明天上午: an hour of a day
    On(NamedDay, Hour),
}

/// A length of time from a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeSpan {
    /// Elapsed minutes.
    Minutes(i64),
    /// Calendar days.
    Days(i64),
    /// Days of working minutes; with a clock time, days on which the desk works.
    WorkingDays(i64),
}

/// To which side of the step a length counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Ahead,
    Back,
    /// `2h` alone: ahead where something is to happen by then.
    Unsaid,
}

/// A day as it was named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NamedDay {
    /// `2026-11-22`
    Date(NaiveDate),
    /// `12-01`: of the year that brings it nearest to the step
    OfYear { month: u32, day: u32 },
    /// `tomorrow`, 后天: so many days from that of the step
    Near(i64),
    /// `monday`, 下周一
    Of(Weekday, NamedWeek),
}

/// Which week the day of a week is meant in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NamedWeek {
    /// `monday`: the nearest one ahead where something is to happen by then, else the last one
    Unsaid,
    /// `this monday`
    This,
    /// `next monday`
    Next,
    /// `last monday`
    Last,
    /// 下周一: so many calendar weeks from that of the step
    Counted(i64),
}

/// The hour of a day, as far as it was named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hour {
    /// No hour: the day alone
    Whole,
    /// `09:15`
    At(NaiveTime),
    /// `morning`, 下午
    Part(DayPart),
}

/// A part of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayPart {
    /// Until 12:00.
    Morning,
    /// From 12:00 until 18:00.
    Afternoon,
    /// From 18:00 on.
    Evening,
}

/// What a time is wanted for, which decides how a day without an hour is read, and on which side
/// of the step the day of a week lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// The start of a range that lies back: the first second of the day.
    Start,
    /// The end of such a range: that day included, its last second.
    End,
    /// The time by which something is to happen: that day included.
    Due,
    /// The time at which something happened: a date alone does not tell it and is refused.
    Instant,
}

/// Why a text gives no time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MomentError {
    /// Not of any form; `clock` is the clock time that may have been meant, or an example.
    NotATime { text: String, clock: NaiveTime },
    /// One of several times, each as it is typed to mean nothing else.
    Ambiguous { text: Option<String>, readings: Vec<String> },
    /// A signed number that does not say of what.
    NoUnit { text: String },
    /// `+0wd`: neither today nor the next working day.
    NoWorkingDay { text: String },
    /// A date like 2026-02-30.
    NoSuchDate { text: String },
    /// A clock time like 25:00.
    NoSuchClock { text: String },
    /// A date alone where the time of a step is wanted.
    NeedsClock { date: NaiveDate },
    /// The clock was put forward over this time.
    Skipped { local: NaiveDateTime, zone: Zone, next: Timestamp },
    /// The clock was put back over this time.
    Twice { local: NaiveDateTime, zone: Zone, first: Timestamp, second: Timestamp },
    /// Working days where the desk has no calendar.
    NoCalendar,
    /// Working days that run into a year whose holidays are not loaded.
    MissingYear(MissingYear),
    /// Before the year 1 or after the year 9999, which RFC 3339 cannot write.
    TooFar,
}

impl From<MissingYear> for MomentError {
    fn from(missing: MissingYear) -> Self {
        Self::MissingYear(missing)
    }
}

/// A text that is not a duration like `2h`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotADuration(pub String);

// clap takes values whose fault is an error; it is said by the words.
impl Error for MomentError {}
impl Error for NotADuration {}

impl fmt::Display for MomentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl fmt::Display for NotADuration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl Moment {
    /// Reads a time in any of the forms of the command line.
    ///
    /// English or Chinese words in any case, full-width digits and punctuation too. Nothing but
    /// the text is looked at: whether the time exists in the desk's zone is for
    /// [`Moment::resolve`].
    ///
    /// # Errors
    ///
    /// When the text has no such form, could be read in two ways, or names a date or clock time
    /// that no calendar has.
    pub fn parse(text: &str) -> Result<Self, MomentError> {
        parse::moment(text)
    }

    /// Whether it is a length without a word or sign for its direction: `2d`, as the name of a
    /// commit may be spelled too.
    pub fn is_bare_length(&self) -> bool {
        matches!(self, Self::Away { direction: Direction::Unsaid, .. })
    }
}

impl FromStr for Moment {
    type Err = MomentError;

    fn from_str(text: &str) -> Result<Self, MomentError> {
        Self::parse(text)
    }
}

impl From<NaiveDate> for Moment {
    fn from(date: NaiveDate) -> Self {
        Self::On(NamedDay::Date(date), Hour::Whole)
    }
}

impl fmt::Display for TimeSpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Minutes(minutes) if minutes % 60 == 0 => write!(f, "{}h", minutes / 60),
            Self::Minutes(minutes) => write!(f, "{minutes}m"),
            Self::Days(days) => write!(f, "{days}d"),
            Self::WorkingDays(days) => write!(f, "{days}wd"),
        }
    }
}

/// Reads a length of time like `2h`, `90 min`, `1h30m`, 两小时 or `1d` (24 hours), in minutes.
///
/// # Errors
///
/// When the text has no such form; a number without unit has none.
pub fn parse_duration(text: &str) -> Result<i64, NotADuration> {
    parse::duration(text).ok_or_else(|| NotADuration(text.to_owned()))
}
