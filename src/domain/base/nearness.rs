//! How a time lies to the present one, as people say it.

use chrono::{Datelike as _, Weekday};

use super::{
    print::{clock, without_year},
    time::Timestamp,
};

/// Nearer than this, minutes are counted.
const SOON: i64 = 60;
/// So many days ahead a weekday is clear.
const WEEK: i64 = 6;

/// A time as it lies to the present one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Nearness {
    Now,
    /// So many minutes ahead, or ago.
    InMinutes(i64),
    MinutesAgo(i64),
    /// With its clock time.
    Today(String),
    Tomorrow(String),
    Yesterday(String),
    /// A day of the coming week.
    On(Weekday, String),
    /// Any other, with its date.
    Date(String),
}

impl Nearness {
    /// How `at` lies to `now`, both told in one zone.
    pub fn of(at: Timestamp, now: Timestamp) -> Self {
        let minutes = at.minutes_since(now);
        let days = at.date().signed_duration_since(now.date()).num_days();
        match (minutes, days) {
            (0, _) => Self::Now,
            (1..SOON, _) => Self::InMinutes(minutes),
            (_, 0) if minutes < 0 && -minutes < SOON => Self::MinutesAgo(-minutes),
            (_, 0) => Self::Today(clock(at)),
            (_, 1) => Self::Tomorrow(clock(at)),
            (_, -1) => Self::Yesterday(clock(at)),
            (_, 2..=WEEK) => Self::On(at.date().weekday(), clock(at)),
            _ => Self::Date(without_year(at, now)),
        }
    }
}

/// A length of time in the largest unit that it fills, or in the two largest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoundedLength {
    Minutes(i64),
    /// With the minutes besides.
    Hours(i64, i64),
    /// With the hours besides.
    Days(i64, i64),
}

impl RoundedLength {
    /// The time from one to the other, at least a minute.
    pub fn between(from: Timestamp, to: Timestamp) -> Self {
        match to.minutes_since(from).max(1) {
            minutes @ ..60 => Self::Minutes(minutes),
            minutes @ 60..1_440 => Self::Hours(minutes / 60, minutes % 60),
            minutes => Self::Days(minutes / 1_440, minutes % 1_440 / 60),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        format!("{text}:00+08:00").parse().unwrap()
    }

    #[test]
    fn a_time_is_told_by_minutes_then_by_its_day_then_by_its_date() {
        // a Friday
        let now = at("2026-11-20T16:30");
        for (time, told) in [
            ("2026-11-20T16:30", Nearness::Now),
            ("2026-11-20T17:00", Nearness::InMinutes(30)),
            ("2026-11-20T17:30", Nearness::Today("17:30".to_owned())),
            ("2026-11-20T16:01", Nearness::MinutesAgo(29)),
            ("2026-11-20T09:00", Nearness::Today("09:00".to_owned())),
            ("2026-11-21T09:00", Nearness::Tomorrow("09:00".to_owned())),
            ("2026-11-19T09:00", Nearness::Yesterday("09:00".to_owned())),
            ("2026-11-23T09:00", Nearness::On(Weekday::Mon, "09:00".to_owned())),
            ("2026-11-27T09:00", Nearness::Date("11-27 09:00".to_owned())),
            ("2026-11-18T09:00", Nearness::Date("11-18 09:00".to_owned())),
            ("2027-01-02T09:00", Nearness::Date("2027-01-02 09:00".to_owned())),
        ] {
            assert_eq!(Nearness::of(at(time), now), told, "{time}");
        }
        let midnight = at("2026-11-20T23:50");
        assert_eq!(Nearness::of(at("2026-11-21T00:10"), midnight), Nearness::InMinutes(20));
    }

    #[test]
    fn a_length_has_two_units_at_most_and_is_never_nothing() {
        let from = at("2026-11-20T16:30");
        for (to, length) in [
            ("2026-11-20T16:30", RoundedLength::Minutes(1)),
            ("2026-11-20T17:29", RoundedLength::Minutes(59)),
            ("2026-11-20T18:35", RoundedLength::Hours(2, 5)),
            ("2026-11-23T22:45", RoundedLength::Days(3, 6)),
        ] {
            assert_eq!(RoundedLength::between(from, at(to)), length, "{to}");
        }
    }
}
