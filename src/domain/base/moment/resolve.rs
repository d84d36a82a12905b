//! From a time as it was typed to its instant, for a step at a desk.

use std::ops::RangeInclusive;

use chrono::{Datelike as _, Days, NaiveDate, NaiveDateTime, NaiveTime, Weekday};

use super::{DayPart, Direction, Hour, Moment, MomentError, NamedDay, NamedWeek, TimeSpan, Use};
use crate::domain::base::{
    calendar::{Calendar, MissingYear},
    print::hour_and_minute,
    time::{Timestamp, WallTime},
    zone::Zone,
};

/// The years that RFC 3339 can write.
pub(super) const YEARS: RangeInclusive<i32> = 1..=9999;

impl Moment {
    /// The instant meant, for a step at `base` at a desk in `zone`.
    ///
    /// An instant typed with its offset keeps it; all others are written in `zone`.
    ///
    /// # Errors
    ///
    /// When the local time does not exist or comes twice by daylight saving, several days could be
    /// meant, a date alone is no answer for `reading`, or working days meet no calendar or a year it
    /// does not know.
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
            Self::Away { length, direction, at } => {
                let sign = sign(length, direction, reading)?;
                away(length, sign, at, base, zone, calendar)?
            }
            Self::On(day, hour) => {
                let date = day.date(hour, base, reading)?;
                hour_of(date, hour, reading, zone)?
            }
        };
        if YEARS.contains(&at.date().year()) { Ok(at) } else { Err(MomentError::TooFar) }
    }
}

/// Whether a length counts ahead (1) or back (-1).
fn sign(length: TimeSpan, direction: Direction, reading: Use) -> Result<i64, MomentError> {
    match (direction, reading) {
        (Direction::Ahead, _) | (Direction::Unsaid, Use::Due) => Ok(1),
        (Direction::Back, _) => Ok(-1),
        (Direction::Unsaid, Use::Start | Use::End | Use::Instant) => {
            let readings = vec![format!("-{length}"), format!("+{length}")];
            Err(MomentError::Ambiguous { text: None, readings })
        }
    }
}

fn away(
    length: TimeSpan,
    sign: i64,
    at: Option<NaiveTime>,
    base: Timestamp,
    zone: Zone,
    calendar: Option<&Calendar>,
) -> Result<Timestamp, MomentError> {
    match length {
        TimeSpan::Minutes(minutes) => Ok(base.plus_minutes(sign * minutes).in_zone(zone)),
        TimeSpan::Days(days) => {
            let clock = at.unwrap_or_else(|| base.local().time());
            instant(shifted(base.date(), sign * days)?.and_time(clock), zone)
        }
        TimeSpan::WorkingDays(days) => {
            let calendar = calendar.ok_or(MomentError::NoCalendar)?;
            match at {
                None => Ok(calendar.add_working_days(base, sign * days)?.in_zone(zone)),
                Some(clock) => {
                    let date = working_day(calendar, base.date(), sign * days)?;
                    instant(date.and_time(clock), zone)
                }
            }
        }
    }
}

impl NamedDay {
    /// The date meant, of several the one that makes sense.
    fn date(self, hour: Hour, base: Timestamp, reading: Use) -> Result<NaiveDate, MomentError> {
        let today = base.date();
        match self {
            Self::Date(date) => Ok(date),
            Self::Near(days) => shifted(today, days),
            Self::OfYear { month, day } => {
                nearest_year(month, day, today).ok_or(MomentError::TooFar)
            }
            Self::Of(weekday, week) => {
                let dates = dates(weekday, week, today)?;
                one_of(&dates, hour, base, reading)
            }
        }
    }
}

/// The date of this name that is nearest to today; the later one of two.
fn nearest_year(month: u32, day: u32, today: NaiveDate) -> Option<NaiveDate> {
    // the 29th of February is away for eight years at most
    let years = today.year() - 8..=today.year() + 8;
    let dates = years.filter_map(|year| NaiveDate::from_ymd_opt(year, month, day));
    dates.min_by_key(|date| {
        let away = date.signed_duration_since(today).num_days();
        (away.abs(), away < 0)
    })
}

/// The dates that the day of a week can mean, the earliest first.
fn dates(
    weekday: Weekday,
    week: NamedWeek,
    today: NaiveDate,
) -> Result<Vec<NaiveDate>, MomentError> {
    let days_on = i64::from(weekday.days_since(today.weekday()));
    let in_week = |weeks: i64| {
        let of_week = i64::from(weekday.num_days_from_monday());
        let monday = -i64::from(today.weekday().num_days_from_monday());
        monday + 7 * weeks + of_week
    };
    let mut days = match week {
        NamedWeek::Unsaid => vec![days_on - 7, days_on, days_on + 7],
        NamedWeek::This => vec![in_week(0), days_on],
        NamedWeek::Next => vec![if days_on == 0 { 7 } else { days_on }, in_week(1)],
        NamedWeek::Last => vec![days_on - 7, in_week(-1)],
        NamedWeek::Counted(weeks) => vec![in_week(weeks)],
    };
    days.sort_unstable();
    days.dedup();
    let mut dates =
        days.into_iter().map(|days| shifted(today, days)).collect::<Result<Vec<_>, _>>()?;
    if week == NamedWeek::Unsaid && days_on != 0 {
        // two sides of today, of which the use of the time tells one
        dates.truncate(2);
    }
    Ok(dates)
}

/// The one of these dates that makes sense for this use of a time.
fn one_of(
    dates: &[NaiveDate],
    hour: Hour,
    base: Timestamp,
    reading: Use,
) -> Result<NaiveDate, MomentError> {
    let (today, now) = (base.date(), base.local().time());
    let is_sensible = |date: &NaiveDate| match (reading, hour) {
        (Use::Due, Hour::At(clock)) => (*date, clock) > (today, now),
        (Use::Due, Hour::Whole | Hour::Part(_)) => *date >= today,
        (Use::Start | Use::End | Use::Instant, Hour::At(clock)) => (*date, clock) <= (today, now),
        (Use::Start | Use::End | Use::Instant, Hour::Whole | Hour::Part(_)) => *date <= today,
    };
    let sensible: Vec<_> = dates.iter().copied().filter(is_sensible).collect();
    match (&sensible[..], dates) {
        ([one], _) | ([], [one]) => Ok(*one),
        ([], several) | (several, _) => {
            let clock = match hour {
                Hour::At(clock) => format!(" {}", hour_and_minute(&clock)),
                Hour::Whole | Hour::Part(_) => String::new(),
            };
            let readings = several.iter().map(|date| format!("{date}{clock}")).collect();
            Err(MomentError::Ambiguous { text: None, readings })
        }
    }
}

fn hour_of(
    date: NaiveDate,
    hour: Hour,
    reading: Use,
    zone: Zone,
) -> Result<Timestamp, MomentError> {
    let begins = |date: NaiveDate| WallTime::new(date.and_time(NaiveTime::MIN), zone).earliest();
    let at = |hours: u32| {
        let clock = NaiveTime::from_hms_opt(hours, 0, 0).unwrap_or_default();
        instant(date.and_time(clock), zone)
    };
    match (hour, reading) {
        (Hour::At(clock), _) => instant(date.and_time(clock), zone),
        (Hour::Whole | Hour::Part(_), Use::Instant) => Err(MomentError::NeedsClock { date }),
        // whatever daylight saving does to midnight
        (Hour::Whole | Hour::Part(DayPart::Morning), Use::Start) => Ok(begins(date)),
        (Hour::Whole | Hour::Part(DayPart::Evening), Use::End | Use::Due) => {
            Ok(begins(shifted(date, 1)?).plus_seconds(-1).in_zone(zone))
        }
        (Hour::Part(DayPart::Morning), Use::End | Use::Due)
        | (Hour::Part(DayPart::Afternoon), Use::Start) => at(12),
        (Hour::Part(DayPart::Afternoon), Use::End | Use::Due)
        | (Hour::Part(DayPart::Evening), Use::Start) => at(18),
    }
}

/// The instant of a local time that somebody typed: it has to be one.
fn instant(local: NaiveDateTime, zone: Zone) -> Result<Timestamp, MomentError> {
    match WallTime::new(local, zone) {
        WallTime::Once(at) => Ok(at),
        WallTime::Twice(first, second) => Err(MomentError::Twice { local, zone, first, second }),
        WallTime::Never(next) => Err(MomentError::Skipped { local, zone, next }),
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
