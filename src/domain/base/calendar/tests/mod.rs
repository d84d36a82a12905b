mod slow_counter;

use std::{collections::BTreeMap, sync::LazyLock};

use super::{
    rules::{Week, WorkedDay, YearRules},
    *,
};
use crate::domain::base::document::Document;

static SHANGHAI: LazyLock<Zone> = LazyLock::new(|| Zone::named("Asia/Shanghai").unwrap());
const PLAIN: &[&str] = &["09:00-18:00"];
const LUNCH: &[&str] = &["09:00-12:00", "13:30-18:00"];
const NIGHT: &[&str] = &["00:00-04:00", "09:00-12:00", "22:00-24:00"];

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn document() -> Document {
    Document {
        version: 1,
        effective_on: date("2018-01-01"),
        reviewed_by: String::new(),
        approved_by: String::new(),
    }
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn dates(texts: &[&str]) -> BTreeMap<NaiveDate, String> {
    texts.iter().map(|text| (date(text), "休".to_owned())).collect()
}

fn make_up(texts: &[&str]) -> BTreeMap<NaiveDate, WorkedDay> {
    texts.iter().map(|text| (date(text), WorkedDay::MakeUp("班".to_owned()))).collect()
}

fn windows(texts: &[&str]) -> Vec<Window> {
    texts.iter().map(|text| text.parse().unwrap()).collect()
}

fn monday_to_friday(texts: &[&str]) -> Week {
    let day = windows(texts);
    Week {
        monday: day.clone(),
        tuesday: day.clone(),
        wednesday: day.clone(),
        thursday: day.clone(),
        friday: day,
        ..Week::default()
    }
}

/// The dates that the cases below turn on, in years that are otherwise plain.
fn china(week: &[&str]) -> CalendarRules {
    let year = |off: &[&str], work: &[&str]| YearRules {
        source: Vec::new(),
        days_off: dates(off),
        work: make_up(work),
    };
    let years = BTreeMap::from([
        (
            2018,
            year(
                &[
                    "2018-10-01",
                    "2018-10-02",
                    "2018-10-03",
                    "2018-10-04",
                    "2018-10-05",
                    "2018-10-06",
                    "2018-10-07",
                ],
                &["2018-09-29", "2018-09-30"],
            ),
        ),
        (2021, year(&[], &["2021-05-08"])),
        (
            2024,
            year(
                &[
                    "2024-02-10",
                    "2024-02-11",
                    "2024-02-12",
                    "2024-02-13",
                    "2024-02-14",
                    "2024-02-15",
                    "2024-02-16",
                    "2024-02-17",
                ],
                &["2024-02-04", "2024-02-18"],
            ),
        ),
    ]);
    CalendarRules { document: document(), week: monday_to_friday(week), years }
}

fn shanghai(week: &[&str]) -> Calendar {
    Calendar::new(china(week), *SHANGHAI).unwrap()
}

/// Every day of the week worked in the same windows, in the years 2024 to 2027 without holidays.
fn daily(texts: &[&str], zone: Zone) -> Calendar {
    let mut week = monday_to_friday(texts);
    week.saturday = windows(texts);
    week.sunday = windows(texts);
    let years = (2024..=2027).map(|year| (year, YearRules::plain())).collect();
    Calendar::new(CalendarRules { document: document(), week, years }, zone).unwrap()
}

#[test]
fn one_working_day_crosses_holidays_and_make_up_days() {
    for (week, start, due) in [
        (PLAIN, "2024-02-02T17:00:00+08:00", "2024-02-04T17:00:00+08:00"),
        (PLAIN, "2024-02-09T17:00:00+08:00", "2024-02-18T17:00:00+08:00"),
        (PLAIN, "2021-05-07T17:00:00+08:00", "2021-05-08T17:00:00+08:00"),
        (PLAIN, "2024-02-03T10:00:00+08:00", "2024-02-04T18:00:00+08:00"),
        (PLAIN, "2018-09-28T17:30:00+08:00", "2018-09-29T17:30:00+08:00"),
        (PLAIN, "2018-09-30T17:00:00+08:00", "2018-10-08T17:00:00+08:00"),
        (PLAIN, "2024-02-09T18:00:00+08:00", "2024-02-18T18:00:00+08:00"),
        (LUNCH, "2024-02-02T12:30:00+08:00", "2024-02-04T12:00:00+08:00"),
        (LUNCH, "2024-02-02T04:30:00+00:00", "2024-02-04T12:00:00+08:00"),
    ] {
        let due_at = shanghai(week).add_working_days(at(start), 1).unwrap();
        assert_eq!(due_at.to_string(), due, "from {start}");
    }
}

#[test]
fn minutes_are_counted_inside_the_windows_only() {
    let calendar = shanghai(LUNCH);
    for (from, to, minutes) in [
        ("2024-02-02T09:00:00+08:00", "2024-02-02T18:00:00+08:00", 450),
        ("2024-02-02T12:00:00+08:00", "2024-02-02T13:30:00+08:00", 0),
        ("2024-02-02T11:59:30+08:00", "2024-02-02T13:30:30+08:00", 1),
        ("2024-02-02T11:59:31+08:00", "2024-02-02T13:30:30+08:00", 0),
        ("2024-02-02T18:00:00+08:00", "2024-02-04T09:00:00+08:00", 0),
        ("2024-02-02T17:00:00+08:00", "2024-02-04T10:00:00+08:00", 120),
        ("2024-02-09T00:00:00+08:00", "2024-02-19T00:00:00+08:00", 900),
        ("2024-02-04T10:00:00+08:00", "2024-02-02T17:00:00+08:00", 0),
        ("2024-02-02T10:00:00+08:00", "2024-02-02T10:00:00+08:00", 0),
        ("2024-02-02T01:00:00+00:00", "2024-02-02T05:00:00-05:00", 450),
    ] {
        assert_eq!(calendar.between(at(from), at(to)), Ok(minutes), "{from} to {to}");
    }
}

#[test]
fn the_stretches_are_what_is_counted() {
    let (from, to) = (at("2024-02-02T11:00:00+08:00"), at("2024-02-04T09:20:00+08:00"));

    let stretches = shanghai(LUNCH).stretches(from, to).unwrap();

    let texts: Vec<_> = stretches.iter().map(|(begins, ends)| format!("{begins} {ends}")).collect();
    assert_eq!(
        texts,
        [
            "2024-02-02T11:00:00+08:00 2024-02-02T12:00:00+08:00",
            "2024-02-02T13:30:00+08:00 2024-02-02T18:00:00+08:00",
            "2024-02-04T09:00:00+08:00 2024-02-04T09:20:00+08:00",
        ]
    );
}

#[test]
fn adding_ends_at_a_closing_and_subtracting_at_an_opening() {
    let calendar = shanghai(LUNCH);
    for (start, minutes, end) in [
        ("2024-02-02T11:00:00+08:00", 60, "2024-02-02T12:00:00+08:00"),
        ("2024-02-02T11:00:00+08:00", 61, "2024-02-02T13:31:00+08:00"),
        ("2024-02-02T11:00:00+08:00", 330, "2024-02-02T18:00:00+08:00"),
        ("2024-02-02T03:00:00+08:00", 1, "2024-02-02T09:01:00+08:00"),
        ("2024-02-02T11:59:30+08:00", 1, "2024-02-02T13:30:30+08:00"),
        ("2024-02-03T03:00:00+08:00", 0, "2024-02-03T03:00:00+08:00"),
        ("2024-02-02T13:31:00+08:00", -61, "2024-02-02T11:00:00+08:00"),
    ] {
        assert_eq!(calendar.add(at(start), minutes), Ok(at(end)), "{start} + {minutes}");
    }
    for (end, minutes, start) in [
        ("2024-02-02T14:00:00+08:00", 30, "2024-02-02T13:30:00+08:00"),
        ("2024-02-02T14:00:00+08:00", 31, "2024-02-02T11:59:00+08:00"),
        ("2024-02-18T08:00:00+08:00", 60, "2024-02-09T17:00:00+08:00"),
        ("2024-02-03T00:00:00+08:00", 450, "2024-02-02T09:00:00+08:00"),
        ("2024-02-03T03:00:00+08:00", 0, "2024-02-03T03:00:00+08:00"),
        ("2024-02-02T11:00:00+08:00", -61, "2024-02-02T13:31:00+08:00"),
    ] {
        assert_eq!(calendar.sub(at(end), minutes), Ok(at(start)), "{end} - {minutes}");
    }
}

#[test]
fn working_days_follow_the_overrides() {
    let calendar = shanghai(LUNCH);
    for (day, worked, next, previous) in [
        ("2024-02-02", true, "2024-02-04", "2024-02-01"),
        ("2024-02-03", false, "2024-02-04", "2024-02-02"),
        ("2024-02-04", true, "2024-02-05", "2024-02-02"),
        ("2024-02-09", true, "2024-02-18", "2024-02-08"),
        ("2024-02-12", false, "2024-02-18", "2024-02-09"),
    ] {
        assert_eq!(calendar.is_working_day(date(day)), Ok(worked), "{day}");
        assert_eq!(calendar.next_working_day(date(day)), Ok(date(next)), "after {day}");
        assert_eq!(calendar.previous_working_day(date(day)), Ok(date(previous)), "before {day}");
    }
    assert_eq!(calendar.windows(date("2024-02-04")), Ok(windows(LUNCH).as_slice()));
    assert_eq!(calendar.working_day_minutes(), 450);
}

#[test]
fn a_make_up_day_has_the_windows_of_the_first_weekday_that_has_any() {
    let mut rules = china(PLAIN);
    rules.week.monday = Vec::new();
    rules.week.tuesday = windows(LUNCH);

    let calendar = Calendar::new(rules, *SHANGHAI).unwrap();

    assert_eq!(calendar.windows(date("2024-02-04")), Ok(windows(LUNCH).as_slice()));
    assert_eq!(calendar.working_day_minutes(), 540);
}

#[test]
fn a_year_that_is_not_loaded_is_never_taken_for_one_without_holidays() {
    let calendar = shanghai(PLAIN);
    let (eve, new_year) = (at("2024-12-31T17:00:00+08:00"), at("2025-01-01T00:00:00+08:00"));
    let missing = |year| MissingYear { year };

    assert_eq!(calendar.add(eve, 60), Ok(at("2024-12-31T18:00:00+08:00")));
    assert_eq!(calendar.add(eve, 61), Err(missing(2025)));
    assert_eq!(calendar.add(new_year, 1), Err(missing(2025)));
    assert_eq!(calendar.add(new_year, i64::MAX), Err(missing(2025)));
    assert_eq!(calendar.add(eve, i64::MAX), Err(missing(2025)));
    assert_eq!(calendar.add(eve, i64::MIN), Err(missing(2023)));
    assert_eq!(calendar.sub(at("2024-01-01T09:30:00+08:00"), 31), Err(missing(2023)));
    assert_eq!(calendar.sub(new_year, 60), Ok(at("2024-12-31T17:00:00+08:00")));
    assert_eq!(calendar.add_working_days(eve, i64::MAX), Err(missing(2025)));
    assert_eq!(calendar.between(eve, new_year), Ok(60));
    assert_eq!(calendar.between(eve, new_year.plus_seconds(1)), Err(missing(2025)));
    assert_eq!(calendar.next_working_day(date("2024-12-31")), Err(missing(2025)));
    assert_eq!(calendar.windows(date("2023-12-29")), Err(missing(2023)));
}

#[test]
fn rules_that_contradict_themselves_are_refused() {
    let refused = |change: fn(&mut CalendarRules)| {
        let mut rules = china(LUNCH);
        change(&mut rules);
        Calendar::new(rules, *SHANGHAI).unwrap_err()
    };
    let overlap = |day: &str, earlier: &str, later: &str| {
        let [earlier, later] = [earlier, later].map(|window| window.parse().unwrap());
        CalendarError::Overlap { day: day.to_owned(), earlier, later }
    };
    let year = |rules: &mut CalendarRules, off: &[&str], work: &[&str]| {
        let (source, days_off, work) = (Vec::new(), dates(off), make_up(work));
        rules.years.insert(2026, YearRules { source, days_off, work });
    };
    assert_eq!(refused(|rules| rules.week = Week::default()), CalendarError::NoWindow);
    assert_eq!(
        refused(|rules| rules.week.friday = windows(&["09:00-12:00", "11:59-18:00"])),
        overlap("friday", "09:00-12:00", "11:59-18:00")
    );
    assert_eq!(
        refused(|rules| rules.week.sunday = windows(&["13:30-18:00", "09:00-12:00"])),
        overlap("sunday", "13:30-18:00", "09:00-12:00")
    );
    let mut rules = china(LUNCH);
    year(&mut rules, &["2027-01-01"], &[]);
    assert_eq!(
        Calendar::new(rules, *SHANGHAI).unwrap_err(),
        CalendarError::OutsideYear { year: 2026, date: date("2027-01-01") }
    );
    let mut rules = china(LUNCH);
    year(&mut rules, &["2026-01-03"], &["2026-01-03"]);
    assert_eq!(
        Calendar::new(rules, *SHANGHAI).unwrap_err(),
        CalendarError::OffAndWork { date: date("2026-01-03") }
    );
}

#[test]
fn daylight_saving_changes_the_minutes_that_pass_not_the_windows() {
    for (zone, week, from, to, minutes) in [
        // New York: forward 2026-03-08 02:00 to 03:00, back 2026-11-01 02:00 to 01:00.
        (
            Zone::named("America/New_York").unwrap(),
            PLAIN,
            "2026-03-07T17:00:00-05:00",
            "2026-03-08T10:00:00-04:00",
            120,
        ),
        (
            Zone::named("America/New_York").unwrap(),
            NIGHT,
            "2026-03-08T00:00:00-05:00",
            "2026-03-08T04:00:00-04:00",
            180,
        ),
        (
            Zone::named("America/New_York").unwrap(),
            NIGHT,
            "2026-11-01T00:00:00-04:00",
            "2026-11-01T04:00:00-05:00",
            300,
        ),
        (
            Zone::named("America/New_York").unwrap(),
            PLAIN,
            "2026-10-31T17:00:00-04:00",
            "2026-11-01T10:00:00-05:00",
            120,
        ),
        // Berlin: forward 2026-03-29 02:00 to 03:00, back 2026-10-25 03:00 to 02:00.
        (
            Zone::named("Europe/Berlin").unwrap(),
            PLAIN,
            "2026-03-28T17:00:00+01:00",
            "2026-03-29T10:00:00+02:00",
            120,
        ),
        (
            Zone::named("Europe/Berlin").unwrap(),
            NIGHT,
            "2026-03-29T00:00:00+01:00",
            "2026-03-29T04:00:00+02:00",
            180,
        ),
        (
            Zone::named("Europe/Berlin").unwrap(),
            NIGHT,
            "2026-10-25T00:00:00+02:00",
            "2026-10-25T04:00:00+01:00",
            300,
        ),
    ] {
        let calendar = daily(week, zone);
        assert_eq!(calendar.between(at(from), at(to)), Ok(minutes), "{zone} {from}");
        assert_eq!(calendar.add(at(from), minutes).unwrap().to_string(), to, "{zone} {from}");
        assert_eq!(calendar.sub(at(to), minutes).unwrap().to_string(), from, "{zone} {to}");
    }
}

#[test]
fn a_clock_time_that_is_skipped_or_comes_twice_shortens_or_lengthens_its_window() {
    for (windows, from, to, stretches) in [
        // 02:00 to 03:00 does not exist that day: nothing is left of the first window.
        (&["02:15-02:45"][..], "2026-03-29T00:00:00+01:00", "2026-03-29T12:00:00+02:00", &[][..]),
        (
            &["02:30-03:30"],
            "2026-03-29T00:00:00+01:00",
            "2026-03-29T12:00:00+02:00",
            &["2026-03-29T03:00:00+02:00 2026-03-29T03:30:00+02:00"],
        ),
        // 02:00 to 03:00 comes twice: opened the first time, closed the second.
        (
            &["01:00-02:30", "02:30-04:00"],
            "2026-10-25T00:00:00+02:00",
            "2026-10-25T12:00:00+01:00",
            &[
                "2026-10-25T01:00:00+02:00 2026-10-25T02:30:00+01:00",
                "2026-10-25T02:30:00+01:00 2026-10-25T04:00:00+01:00",
            ],
        ),
    ] {
        let calendar = daily(windows, Zone::named("Europe/Berlin").unwrap());
        let found: Vec<_> = calendar
            .stretches(at(from), at(to))
            .unwrap()
            .iter()
            .map(|(begins, ends)| format!("{begins} {ends}"))
            .collect();
        assert_eq!(found, stretches, "{windows:?}");
    }
}

/// A working week of 09:00-17:00 in 2026, with these days worked otherwise.
fn worked_otherwise(days: &[(&str, WorkedDay)]) -> Calendar {
    let work = days.iter().map(|(day, how)| (date(day), how.clone())).collect();
    let mut rules = china(&["09:00-17:00"]);
    rules.years = [(2026, YearRules { work, ..YearRules::plain() })].into();
    Calendar::new(rules, *SHANGHAI).unwrap()
}

#[test]
fn a_date_can_have_hours_of_its_own() {
    // Christmas Eve is a Thursday
    let half = WorkedDay::Hours(windows(&["09:00-12:00"]));
    let calendar = worked_otherwise(&[("2026-12-24", half)]);
    for (from, minutes, until) in [
        ("2026-12-24T11:00:00+08:00", 60, "2026-12-24T12:00:00+08:00"),
        ("2026-12-24T11:00:00+08:00", 61, "2026-12-25T09:01:00+08:00"),
        ("2026-12-24T13:00:00+08:00", 1, "2026-12-25T09:01:00+08:00"),
    ] {
        assert_eq!(calendar.add(from.parse().unwrap(), minutes).unwrap().to_string(), until);
    }
    assert_eq!(calendar.working_day_minutes(), 480, "a half day is no measure");
}

#[test]
fn hours_of_a_date_are_in_order_like_those_of_a_weekday() {
    let mut rules = china(&["09:00-17:00"]);
    let hours = WorkedDay::Hours(windows(&["09:00-12:00", "11:00-13:00"]));
    let work = BTreeMap::from([(date("2026-12-24"), hours)]);
    rules.years = [(2026, YearRules { work, ..YearRules::plain() })].into();
    let Err(CalendarError::Overlap { day, .. }) = Calendar::new(rules, *SHANGHAI) else {
        panic!("taken");
    };
    assert_eq!(day, "2026-12-24");
}

#[test]
fn days_that_say_nothing_and_minutes_that_are_lost_are_found() {
    let name = || WorkedDay::MakeUp("make-up day".to_owned());
    let hours = |text: &[&str]| WorkedDay::Hours(windows(text));
    let calendar = worked_otherwise(&[
        ("2026-11-23", name()), // a Monday
        ("2026-11-28", name()), // a Saturday
        ("2026-11-24", hours(&["09:00-17:00"])),
        ("2026-11-25", hours(&["09:00-12:00"])),
        ("2026-11-29", hours(&["00:00-23:59"])),
    ]);
    assert_eq!(calendar.worked_anyway(), [date("2026-11-23"), date("2026-11-24")]);
    assert_eq!(calendar.short_of_midnight(), ["2026-11-29"]);
    let whole = worked_otherwise(&[("2026-11-29", hours(&["00:00-24:00"]))]);
    assert_eq!(whole.short_of_midnight(), Vec::<String>::new());
    let sunday = whole.windows(date("2026-11-29")).unwrap();
    assert_eq!(sunday[0].minutes(), 1440);
}

#[test]
fn a_blank_year_is_unknown_and_one_that_is_said_to_have_no_holidays_is_not() {
    let mut rules = china(&["09:00-17:00"]);
    rules.years = [(2026, YearRules::default()), (2027, YearRules::plain())].into();
    let calendar = Calendar::new(rules, *SHANGHAI).unwrap();
    assert_eq!(calendar.is_working_day(date("2026-11-23")), Err(MissingYear { year: 2026 }));
    assert_eq!(calendar.is_working_day(date("2027-11-22")), Ok(true));
    assert!(!calendar.is_loaded(2026) && calendar.is_loaded(2027));
}
