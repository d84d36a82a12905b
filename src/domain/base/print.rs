//! How times, days and lengths of time are printed, each in one form everywhere: on screen, in
//! reports, in commits and in files.

use std::fmt;

use chrono::{DateTime, Datelike as _, FixedOffset, NaiveDate, NaiveDateTime, Timelike};

use super::{time::Timestamp, zone::Zone};

/// `09:15`.
pub fn clock(at: Timestamp) -> String {
    hour_and_minute(&at.local())
}

/// `09:15`, of a clock time of any day.
pub fn hour_and_minute(clock: &impl Timelike) -> String {
    format!("{:02}:{:02}", clock.hour(), clock.minute())
}

/// `2026-11-22 09:15`.
pub fn minute(at: Timestamp) -> String {
    date_and_minute(at.local())
}

/// `2026-11-22 09:15`, and nothing for no time.
pub fn minute_if_any(at: Option<Timestamp>) -> String {
    at.map(minute).unwrap_or_default()
}

/// `2026-11-22 09:15`, with the seconds behind it where there are any.
pub fn second(at: Timestamp) -> String {
    date_and_second(at.local())
}

/// As [`second`], of a date and clock time in no zone.
pub fn date_and_second(local: NaiveDateTime) -> String {
    let minute = date_and_minute(local);
    if local.second() == 0 { minute } else { format!("{minute}:{:02}", local.second()) }
}

/// `11-22 09:15`, with the year where it is another than that of `now`.
pub fn without_year(at: Timestamp, now: Timestamp) -> String {
    let (local, clock) = (at.local(), clock(at));
    if local.year() == now.local().year() {
        format!("{:02}-{:02} {clock}", local.month(), local.day())
    } else {
        minute(at)
    }
}

/// `09:15`, with the date where it is another day than that of `now`.
pub fn without_date(at: Timestamp, now: Timestamp) -> String {
    if at.date() == now.date() { clock(at) } else { minute(at) }
}

/// `20261122T011500Z`: the same instant in UTC, in digits.
pub fn utc_digits(at: Timestamp) -> String {
    let local = at.in_zone(Zone::UTC).local();
    let (hour, minute, second) = (local.hour(), local.minute(), local.second());
    let (year, month, day) = (local.year(), local.month(), local.day());
    format!("{year:04}{month:02}{day:02}T{hour:02}{minute:02}{second:02}Z")
}

/// `2026-11`.
pub fn month(day: NaiveDate) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}

/// `261122`, as ids of records name their day.
pub fn six_digits(day: NaiveDate) -> String {
    format!("{:02}{:02}{:02}", day.year().rem_euclid(100), day.month(), day.day())
}

/// `3 h 05 min`, in the words of a language for the two; with a minus before what is below zero.
pub fn length(minutes: i64, hour: &str, minute: &str) -> String {
    let sign = if minutes < 0 { "-" } else { "" };
    let (hours, rest) = (minutes.unsigned_abs() / 60, minutes.unsigned_abs() % 60);
    if hours == 0 {
        format!("{sign}{rest} {minute}")
    } else {
        format!("{sign}{hours} {hour} {rest:02} {minute}")
    }
}

/// `2026-11-22T09:12:00+08:00` (RFC 3339), written by hand: chrono reads a pattern anew each time,
/// and times are much of what is written.
pub(super) fn exact(at: DateTime<FixedOffset>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let (local, east) = (at.naive_local(), at.offset().local_minus_utc() / 60);
    let (hour, minute, second) = (local.hour(), local.minute(), local.second());
    let sign = if east < 0 { '-' } else { '+' };
    let (hours_east, minutes_east) = (east.abs() / 60, east.abs() % 60);
    write!(f, "{}T{hour:02}:{minute:02}:{second:02}", local.date())?;
    write!(f, "{sign}{hours_east:02}:{minutes_east:02}")
}

fn date_and_minute(local: NaiveDateTime) -> String {
    format!("{} {}", local.date(), hour_and_minute(&local))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_printed_in_as_much_as_is_needed() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let (now, late) = (at("2026-11-22T09:05:00+08:00"), at("2026-11-23T18:00:07+08:00"));
        let next = at("2027-01-02T00:00:00+08:00");
        assert_eq!(
            [clock(now), minute(late), second(now), second(late)],
            ["09:05", "2026-11-23 18:00", "2026-11-22 09:05", "2026-11-23 18:00:07"]
        );
        assert_eq!(
            [now, late, next].map(|at| without_year(at, now)),
            ["11-22 09:05", "11-23 18:00", "2027-01-02 00:00"]
        );
        assert_eq!([now, late].map(|at| without_date(at, now)), ["09:05", "2026-11-23 18:00"]);
        assert_eq!(
            (month(now.date()), six_digits(next.date())),
            ("2026-11".into(), "270102".into())
        );
    }

    #[test]
    fn a_length_is_hours_and_minutes() {
        for (minutes, printed) in [
            (0, "0 min"),
            (59, "59 min"),
            (60, "1 h 00 min"),
            (185, "3 h 05 min"),
            (-61, "-1 h 01 min"),
        ] {
            assert_eq!(length(minutes, "h", "min"), printed);
        }
    }
}
