//! The calendar against a counter that walks minute by minute.

use chrono::Timelike as _;
use proptest::prelude::{ProptestConfig, Strategy, prop_assert, prop_assert_eq, proptest};

use super::*;

/// Whether the clock of `calendar` shows a time inside a window: one minute, counted by hand.
fn is_worked(calendar: &Calendar, instant: Timestamp) -> bool {
    let local = instant.in_zone(calendar.zone()).local();
    let minute = u16::try_from(local.hour() * 60 + local.minute()).unwrap();
    let windows = calendar.windows(local.date()).unwrap();
    windows.iter().any(|window| window.opens() <= minute && minute < window.closes())
}

fn count_slowly(calendar: &Calendar, from: Timestamp, to: Timestamp) -> i64 {
    let minutes = (0..to.minutes_since(from)).map(|minute| from.plus_minutes(minute));
    i64::try_from(minutes.filter(|minute| is_worked(calendar, *minute)).count()).unwrap()
}

fn add_slowly(calendar: &Calendar, start: Timestamp, minutes: i64) -> Timestamp {
    let (mut now, mut left) = (start, minutes);
    while left > 0 {
        left -= i64::from(is_worked(calendar, now));
        now = now.plus_minutes(1);
    }
    now
}

/// Calendars of three zones, and a minute near a holiday or a change of the clock.
fn case() -> impl Strategy<Value = (Calendar, Timestamp)> {
    let cases = [
        (shanghai(LUNCH), "2024-02-02T00:00:00+08:00"),
        (shanghai(NIGHT), "2018-09-27T00:00:00+08:00"),
        (daily(NIGHT, Zone::named("America/New_York").unwrap()), "2026-03-06T00:00:00-05:00"),
        (daily(NIGHT, Zone::named("America/New_York").unwrap()), "2026-10-30T00:00:00-04:00"),
        (daily(LUNCH, Zone::named("Europe/Berlin").unwrap()), "2026-10-24T00:00:00+02:00"),
        (daily(NIGHT, Zone::named("Europe/Berlin").unwrap()), "2026-03-28T00:00:00+01:00"),
    ];
    (0..cases.len(), 0..4 * 1440_i64).prop_map(move |(case, minute)| {
        let (calendar, start) = &cases[case];
        (calendar.clone(), at(start).plus_minutes(minute))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn counting_windows_is_counting_minutes((calendar, from) in case(), length in 0..9000_i64) {
        let to = from.plus_minutes(length);
        prop_assert_eq!(calendar.between(from, to).unwrap(), count_slowly(&calendar, from, to));
    }

    #[test]
    fn adding_is_walking_minute_by_minute((calendar, start) in case(), minutes in 1..1500_i64) {
        let due = calendar.add(start, minutes).unwrap();
        prop_assert_eq!(due, add_slowly(&calendar, start, minutes));
        prop_assert_eq!(calendar.between(start, due).unwrap(), minutes);
    }

    #[test]
    fn subtracting_is_the_way_back((calendar, end) in case(), minutes in 1..900_i64) {
        let start = calendar.sub(end.plus_minutes(9000), minutes).unwrap();
        prop_assert!(is_worked(&calendar, start));
        prop_assert_eq!(calendar.between(start, end.plus_minutes(9000)).unwrap(), minutes);
        let due = calendar.add(start, minutes).unwrap();
        prop_assert_eq!(calendar.sub(due, minutes).unwrap(), start);
    }

    #[test]
    fn more_minutes_are_never_due_earlier(
        (calendar, start) in case(), minutes in 0..1500_i64, more in 0..600_i64, later in 0..600_i64,
    ) {
        let due = calendar.add(start, minutes).unwrap();
        prop_assert!(due <= calendar.add(start, minutes + more).unwrap());
        if minutes > 0 {
            prop_assert!(due <= calendar.add(start.plus_minutes(later), minutes).unwrap());
        }
    }
}
