//! Times as people type them: `T` of the command line.
//!
//! Reading a text and finding its instant are two steps. The text alone gives a [`Moment`]; the
//! step's own time, the zone of the desk and its calendar give the instant. What could be meant
//! in two ways is refused with a hint and never guessed.

mod parse;
#[cfg(test)]
mod tests;

use std::{error::Error, fmt, ops::RangeInclusive, str::FromStr};

use chrono::{Datelike as _, Days, NaiveDate, NaiveDateTime, NaiveTime};

use super::{
    calendar::{Calendar, MissingYear},
    time::{Timestamp, WallTime},
    zone::Zone,
};

/// A time as it was typed, before it is known from when and where it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// `2026-11-22T09:15:00+08:00`
    Exact(Timestamp),
    /// `2026-11-22 09:15`
    Local(NaiveDate, NaiveTime),
    /// `09:15`, on the day of the step
    Clock(NaiveTime),
    /// `now`, 现在: the step's own time
    Now,
    /// `-20m`, `+2h`, `+1h30m`: elapsed minutes from the step
    Minutes(i64),
    /// `+1d`, `-2d 09:00`: calendar days from the step, at its clock time unless one is given
    Days { days: i64, at: Option<NaiveTime> },
    /// `+1wd`: working days of minutes from the step; `+1wd 09:00`: at that clock time of the
    /// n-th working day after it
    WorkingDays { days: i64, at: Option<NaiveTime> },
    /// `yesterday 23:50`, 明天 09:00; without a clock time it is that date alone
    Named(NamedDay, Option<NaiveTime>),
    /// `2026-11-22`
    DateAlone(NaiveDate),
}

/// A day named from the day of the step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NamedDay {
    /// `yesterday`, 昨天
    Yesterday,
    /// `today`, 今天
    Today,
    /// `tomorrow`, 明天
    Tomorrow,
}

/// What a time is wanted for, which decides how a date alone is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// The start of a range: the first second of the day.
    Start,
    /// The end of a range or a due time: that day included, its last second.
    End,
    /// The time at which something happened: a date alone does not tell it and is refused.
    Instant,
}

/// Why a text gives no time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MomentError {
    /// Not of any form; `clock` is the clock time that may have been meant, or an example.
    NotATime { text: String, clock: NaiveTime },
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
    /// When the text has no such form, or names a date or clock time that no calendar has.
    pub fn parse(text: &str) -> Result<Self, MomentError> {
        parse::moment(text)
    }

    /// The instant meant, for a step at `base` at a desk in `zone`.
    ///
    /// An instant typed with its offset keeps it; all others are written in `zone`.
    ///
    /// # Errors
    ///
    /// When the local time does not exist or comes twice by daylight saving, a date alone is no
    /// answer for `reading`, or working days meet no calendar or a year it does not know.
    pub fn resolve(
        &self,
        base: Timestamp,
        reading: Use,
        zone: Zone,
        calendar: Option<&Calendar>,
    ) -> Result<Timestamp, MomentError> {
        let base = base.in_zone(zone);
        let at = match *self {
            Self::Exact(at) => at.in_zone(zone),
            Self::Now => base,
            Self::Minutes(minutes) => base.plus_minutes(minutes).in_zone(zone),
            Self::Local(date, clock) => instant(date.and_time(clock), zone)?,
            Self::Clock(clock) => instant(base.date().and_time(clock), zone)?,
            Self::DateAlone(date) => day_alone(date, reading, zone)?,
            Self::Named(day, clock) => {
                let date = shifted(base.date(), day.days())?;
                clock.map_or_else(
                    || day_alone(date, reading, zone),
                    |clock| instant(date.and_time(clock), zone),
                )?
            }
            Self::Days { days, at } => {
                let clock = at.unwrap_or_else(|| base.local().time());
                instant(shifted(base.date(), days)?.and_time(clock), zone)?
            }
            Self::WorkingDays { days, at } => {
                let calendar = calendar.ok_or(MomentError::NoCalendar)?;
                match at {
                    None => calendar.add_working_days(base, days)?.in_zone(zone),
                    Some(clock) => {
                        let date = working_day(calendar, base.date(), days)?;
                        instant(date.and_time(clock), zone)?
                    }
                }
            }
        };
        if YEARS.contains(&at.date().year()) { Ok(at) } else { Err(MomentError::TooFar) }
    }
}

impl FromStr for Moment {
    type Err = MomentError;

    fn from_str(text: &str) -> Result<Self, MomentError> {
        Self::parse(text)
    }
}

impl NamedDay {
    /// Days after the day of the step.
    fn days(self) -> i64 {
        match self {
            Self::Yesterday => -1,
            Self::Today => 0,
            Self::Tomorrow => 1,
        }
    }
}

/// Reads a length of time like `2h`, `90m`, `1h30m` or `1d` (24 hours), in minutes.
///
/// # Errors
///
/// When the text has no such form; a number without unit has none.
pub fn parse_duration(text: &str) -> Result<i64, NotADuration> {
    parse::duration(text).ok_or_else(|| NotADuration(text.to_owned()))
}

/// The years that RFC 3339 can write.
const YEARS: RangeInclusive<i32> = 1..=9999;

/// The instant of a local time that somebody typed: it has to be one.
fn instant(local: NaiveDateTime, zone: Zone) -> Result<Timestamp, MomentError> {
    match WallTime::new(local, zone) {
        WallTime::Once(at) => Ok(at),
        WallTime::Twice(first, second) => Err(MomentError::Twice { local, zone, first, second }),
        WallTime::Never(next) => Err(MomentError::Skipped { local, zone, next }),
    }
}

/// The first or last second of a day, whatever daylight saving does to its midnight.
fn day_alone(date: NaiveDate, reading: Use, zone: Zone) -> Result<Timestamp, MomentError> {
    let begins = |date: NaiveDate| WallTime::new(date.and_time(NaiveTime::MIN), zone).earliest();
    match reading {
        Use::Start => Ok(begins(date)),
        Use::End => Ok(begins(shifted(date, 1)?).plus_seconds(-1).in_zone(zone)),
        Use::Instant => Err(MomentError::NeedsClock { date }),
    }
}

fn shifted(date: NaiveDate, days: i64) -> Result<NaiveDate, MomentError> {
    let by = Days::new(days.unsigned_abs());
    let moved = if days < 0 { date.checked_sub_days(by) } else { date.checked_add_days(by) };
    // A local time at the very edge of chrono's years would have no instant.
    let inside = moved.filter(|moved| *moved > NaiveDate::MIN && *moved < NaiveDate::MAX);
    inside.ok_or(MomentError::TooFar)
}

/// The `days`-th working day after `date`, or before it when negative.
fn working_day(calendar: &Calendar, date: NaiveDate, days: i64) -> Result<NaiveDate, MissingYear> {
    (0..days.unsigned_abs()).try_fold(date, |day, _| {
        if days < 0 { calendar.previous_working_day(day) } else { calendar.next_working_day(day) }
    })
}
