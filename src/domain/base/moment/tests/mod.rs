mod forms;

use std::{collections::BTreeMap, sync::LazyLock};

use proptest::prelude::{ProptestConfig, any, prop_assert, prop_oneof, proptest};

use super::*;
use crate::domain::base::calendar::Calendar;
use crate::domain::base::calendar::rules::{CalendarRules, Week, WorkedDay, YearRules};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

static SHANGHAI: LazyLock<Zone> = LazyLock::new(|| Zone::named("Asia/Shanghai").unwrap());
static BERLIN: LazyLock<Zone> = LazyLock::new(|| Zone::named("Europe/Berlin").unwrap());
/// A Thursday.
const BASE: &str = "2026-11-19T10:30:00+08:00";

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn clock(text: &str) -> NaiveTime {
    text.parse().unwrap()
}

/// Monday to Friday 09:00 to 18:00 in 2026; Friday the 20th is off and Saturday the 21st worked.
fn calendar() -> Calendar {
    let day = vec!["09:00-18:00".parse().unwrap()];
    let week = Week {
        monday: day.clone(),
        tuesday: day.clone(),
        wednesday: day.clone(),
        thursday: day.clone(),
        friday: day,
        ..Week::default()
    };
    let year = YearRules {
        source: Vec::new(),
        days_off: BTreeMap::from([(date("2026-11-20"), "休".to_owned())]),
        work: BTreeMap::from([(date("2026-11-21"), WorkedDay::MakeUp("班".to_owned()))]),
    };
    Calendar::new(
        CalendarRules {
            document: crate::domain::base::document::Document {
                version: 1,
                effective_on: "2024-01-01".parse().unwrap(),
                reviewed_by: String::new(),
                approved_by: String::new(),
            },
            week,
            years: BTreeMap::from([(2026, year)]),
        },
        *SHANGHAI,
    )
    .unwrap()
}

/// Why the text gives no time.
fn fault(text: &str, reading: Use) -> MomentError {
    let moment = Moment::parse(text);
    moment.and_then(|it| it.resolve(at(BASE), reading, *SHANGHAI, Some(&calendar()))).unwrap_err()
}

/// What `text` means in Shanghai for a step at [`BASE`]: the time, or the message.
fn meaning(text: &str, reading: Use) -> String {
    Moment::parse(text)
        .and_then(|moment| moment.resolve(at(BASE), reading, *SHANGHAI, Some(&calendar())))
        .map_or_else(|error| error.to_string(), |at| at.to_string())
}

#[test]
fn every_form_is_read() {
    let nine = Hour::At(clock("09:00"));
    let quarter = Hour::At(clock("09:15"));
    let day = |text: &str| NamedDay::Date(date(text));
    let minutes = |minutes, direction| Moment::Away {
        length: TimeSpan::Minutes(minutes),
        direction,
        at: None,
    };
    let (ahead, back) = (Direction::Ahead, Direction::Back);
    let away = |length, direction, at| Moment::Away { length, direction, at };
    for (text, moment) in [
        ("2026-11-22T09:15:00+08:00", Moment::Exact(at("2026-11-22T09:15:00+08:00"))),
        ("2026-11-22t01:15:00z", Moment::Exact(at("2026-11-22T09:15:00+08:00"))),
        ("2026-11-22 09:15", Moment::On(day("2026-11-22"), quarter)),
        ("2026-11-22T09:15", Moment::On(day("2026-11-22"), quarter)),
        ("  2026-11-22   09:15:30 ", Moment::On(day("2026-11-22"), Hour::At(clock("09:15:30")))),
        ("09:15", Moment::On(NamedDay::Near(0), quarter)),
        ("9:15", Moment::On(NamedDay::Near(0), quarter)),
        ("００:００", Moment::On(NamedDay::Near(0), Hour::At(clock("00:00")))),
        ("０９：１５", Moment::On(NamedDay::Near(0), quarter)),
        ("２０２６－１１－２２　０９：１５", Moment::On(day("2026-11-22"), quarter)),
        ("now", Moment::Now),
        ("NOW", Moment::Now),
        ("现在", Moment::Now),
        ("-20m", minutes(20, back)),
        ("−20m", minutes(20, back)),
        ("＋２ｈ", minutes(120, ahead)),
        ("+1H30M", minutes(90, ahead)),
        ("+0m", minutes(0, ahead)),
        ("2h", minutes(120, Direction::Unsaid)),
        ("+1d", away(TimeSpan::Days(1), ahead, None)),
        ("-2d 09:00", away(TimeSpan::Days(2), back, Some(clock("09:00")))),
        ("+1wd", away(TimeSpan::WorkingDays(1), ahead, None)),
        ("+1WD 09:00", away(TimeSpan::WorkingDays(1), ahead, Some(clock("09:00")))),
        ("-3wd", away(TimeSpan::WorkingDays(3), back, None)),
        ("yesterday 23:50", Moment::On(NamedDay::Near(-1), Hour::At(clock("23:50")))),
        ("Tomorrow 09:00", Moment::On(NamedDay::Near(1), nine)),
        ("today", Moment::On(NamedDay::Near(0), Hour::Whole)),
        ("昨天23:50", Moment::On(NamedDay::Near(-1), Hour::At(clock("23:50")))),
        ("今天 ０９：００", Moment::On(NamedDay::Near(0), nine)),
        ("明天", Moment::On(NamedDay::Near(1), Hour::Whole)),
        ("2026-11-22 ", Moment::On(day("2026-11-22"), Hour::Whole)),
    ] {
        assert_eq!(Moment::parse(text), Ok(moment), "{text}");
        assert_eq!(text.parse(), Ok(moment), "{text}");
    }
}

#[test]
fn a_moment_counts_from_the_step() {
    for (text, meant) in [
        ("now", BASE),
        ("09:15", "2026-11-19T09:15:00+08:00"),
        ("2026-11-22 09:15", "2026-11-22T09:15:00+08:00"),
        ("2026-11-22T09:15:00+01:00", "2026-11-22T16:15:00+08:00"),
        ("-20m", "2026-11-19T10:10:00+08:00"),
        ("+2h", "2026-11-19T12:30:00+08:00"),
        ("+14h", "2026-11-20T00:30:00+08:00"),
        ("+1d", "2026-11-20T10:30:00+08:00"),
        ("-30d", "2026-10-20T10:30:00+08:00"),
        ("+1d 08:00", "2026-11-20T08:00:00+08:00"),
        ("+1wd", "2026-11-21T10:30:00+08:00"),
        ("+2wd", "2026-11-23T10:30:00+08:00"),
        ("-1wd", "2026-11-18T10:30:00+08:00"),
        ("+1wd 09:00", "2026-11-21T09:00:00+08:00"),
        ("+2wd 20:00", "2026-11-23T20:00:00+08:00"),
        ("-1wd 09:00", "2026-11-18T09:00:00+08:00"),
        ("yesterday 23:50", "2026-11-18T23:50:00+08:00"),
        ("明天 09:00", "2026-11-20T09:00:00+08:00"),
    ] {
        assert_eq!(meaning(text, Use::Instant), meant, "{text}");
    }
}

#[test]
fn today_is_the_day_at_the_desk_whatever_offset_the_step_was_told_in() {
    let late = at("2026-11-19T18:00:00+00:00");

    let today = Moment::parse("today 09:00").unwrap().resolve(late, Use::Instant, *SHANGHAI, None);

    assert_eq!(today, Ok(at("2026-11-20T09:00:00+08:00")));
}

#[test]
fn a_date_alone_is_a_whole_day() {
    for (text, start, end) in [
        ("2026-11-22", "2026-11-22T00:00:00+08:00", "2026-11-22T23:59:59+08:00"),
        ("yesterday", "2026-11-18T00:00:00+08:00", "2026-11-18T23:59:59+08:00"),
        ("9999-12-31", "9999-12-31T00:00:00+08:00", "9999-12-31T23:59:59+08:00"),
    ] {
        assert_eq!(meaning(text, Use::Start), start);
        assert_eq!(meaning(text, Use::End), end);
    }
    let alone = MomentError::NeedsClock { date: date("2026-11-22") };
    assert_eq!(fault("2026-11-22", Use::Instant), alone);
}

#[test]
fn a_whole_day_begins_and_ends_where_daylight_saving_moves_midnight() {
    // Beirut goes from 00:00 to 01:00 on 2026-03-29, and from 24:00 back to 23:00 on 2026-10-24.
    for (text, start, end) in [
        ("2026-03-28", "2026-03-28T00:00:00+02:00", "2026-03-28T23:59:59+02:00"),
        ("2026-03-29", "2026-03-29T01:00:00+03:00", "2026-03-29T23:59:59+03:00"),
        ("2026-10-24", "2026-10-24T00:00:00+03:00", "2026-10-24T23:59:59+02:00"),
    ] {
        let day = Moment::parse(text).unwrap();
        let read = |reading| {
            day.resolve(at(BASE), reading, Zone::named("Asia/Beirut").unwrap(), None).unwrap()
        };
        assert_eq!(read(Use::Start).to_string(), start);
        assert_eq!(read(Use::End).to_string(), end);
    }
}

#[test]
fn what_is_loose_or_impossible_is_refused_with_a_hint() {
    let not_a_time = |text: &str, near: &str| MomentError::NotATime {
        text: text.to_owned(),
        clock: clock(near),
    };
    for (text, near) in [("14", "14:00"), ("2:5", "02:05"), ("1430", "14:30"), ("", "17:00")] {
        assert_eq!(fault(text, Use::End), not_a_time(text, near));
    }
    let of = |text: &str, fault: fn(String) -> MomentError| fault(text.to_owned());
    for (text, expected) in [
        ("+1", of("+1", |text| MomentError::NoUnit { text })),
        ("+0wd", of("+0wd", |text| MomentError::NoWorkingDay { text })),
        ("2026-02-30", of("2026-02-30", |text| MomentError::NoSuchDate { text })),
        ("0000-01-01", of("0000-01-01", |text| MomentError::NoSuchDate { text })),
        ("2026-13-01 09:00", of("2026-13-01 09:00", |text| MomentError::NoSuchDate { text })),
        ("24:00", of("24:00", |text| MomentError::NoSuchClock { text })),
        ("tomorrow 09:60", of("tomorrow 09:60", |text| MomentError::NoSuchClock { text })),
        ("+60wd", MissingYear { year: 2027 }.into()),
        ("+60wd 09:00", MissingYear { year: 2027 }.into()),
        ("+999999wd 09:00", MissingYear { year: 2027 }.into()),
        ("-999999d", MomentError::TooFar),
    ] {
        assert_eq!(fault(text, Use::End), expected);
    }
    for text in [
        "+",
        "-",
        "+h",
        "+m",
        "+d",
        "+wd",
        "++1d",
        "+1h 09:00",
        "+1 09:00",
        "+1000000m",
        "+1m30h",
        "26-11-22",
        "1.12.2026",
        "半天后",
        "+1d30",
        "2 d late",
        "in monday",
        "dec",
        "下周",
        "凌晨",
        "next week",
        "5分半后",
        "tomorrowx",
        "nowadays",
        "now 09:00",
        "009:15",
        "09:15:3",
        "09:15:00:00",
        "2026-11-22T09:15+08:00",
        "٠٩:١٥",
        "：",
        "2026-11-22-01",
    ] {
        let read = Moment::parse(text);
        assert!(matches!(read, Err(MomentError::NotATime { .. })), "{text}: {read:?}");
    }
}

#[test]
fn a_time_that_daylight_saving_skips_or_repeats_is_refused_with_its_neighbours() {
    let resolved = |text: &str, base: &str| {
        Moment::parse(text)
            .and_then(|moment| moment.resolve(at(base), Use::Instant, *BERLIN, None))
            .map(|at| at.to_string())
    };
    let local = |text: &str| NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
    let (spring, autumn) = ("2026-03-28T02:30:00+01:00", "2026-10-25T12:00:00+01:00");
    let skipped = Err(MomentError::Skipped {
        local: local("2026-03-29 02:30"),
        zone: *BERLIN,
        next: at("2026-03-29T03:00:00+02:00"),
    });
    let twice = Err(MomentError::Twice {
        local: local("2026-10-25 02:30"),
        zone: *BERLIN,
        first: at("2026-10-25T02:30:00+02:00"),
        second: at("2026-10-25T02:30:00+01:00"),
    });

    assert_eq!(resolved("2026-03-29 02:30", spring), skipped);
    assert_eq!(resolved("+1d", spring), skipped);
    assert_eq!(resolved("tomorrow 02:30", spring), skipped);
    assert_eq!(resolved("+24h", spring).unwrap(), "2026-03-29T03:30:00+02:00");
    assert_eq!(resolved("02:30", autumn), twice);
    let first = resolved("2026-10-25T02:30:00+01:00", autumn).unwrap();
    assert_eq!(first, "2026-10-25T02:30:00+01:00");
    assert_eq!(resolved("-12h", autumn).unwrap(), "2026-10-25T01:00:00+02:00");
}

#[test]
fn working_days_want_a_calendar() {
    let moment = Moment::parse("+1wd").unwrap();
    assert_eq!(moment.resolve(at(BASE), Use::End, *SHANGHAI, None), Err(MomentError::NoCalendar));
}

#[test]
fn a_duration_is_hours_minutes_or_days() {
    for (text, minutes) in [
        ("2h", 120),
        ("90m", 90),
        ("1d", 1440),
        ("1h30m", 90),
        (" ２Ｈ ", 120),
        ("0m", 0),
        ("3 h 05 min", 185),
        ("两个半小时", 150),
        ("1d2h", 1560),
        ("2 weeks", 20160),
    ] {
        assert_eq!(parse_duration(text), Ok(minutes), "{text}");
    }
    for text in ["", "2", "h", "d", "1wd", "-2h", "+2h", "1h30", "1m2h", "半天", "1000000h"] {
        assert_eq!(parse_duration(text), Err(NotADuration(text.to_owned())));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_it_panic(
        text in prop_oneof![any::<String>(), "[-+0-9:tTzhmdw ０９：昨今明天]{0,20}", "(in |at |下|上|next )?[0-9一二两十半周个]{1,3}(天|点|月|小时|分钟|一|日|am|h|/|:)?[0-9半号后前 ]{0,4}", "[+-][0-9]{1,7}(m|h|d|wd)( [0-2][0-9]:[0-5][0-9])?"],
        unix in -62_135_596_800..253_402_300_800_i64,
    ) {
        let calendar = calendar();
        let _ = parse_duration(&text);
        for zone in [*SHANGHAI, *BERLIN] {
            let base = Timestamp::from_unix(unix, zone).unwrap();
            for reading in [Use::Start, Use::End, Use::Due, Use::Instant] {
                match Moment::parse(&text)
                    .and_then(|moment| moment.resolve(base, reading, zone, Some(&calendar)))
                {
                    Ok(found) => prop_assert!(found.to_string().parse() == Ok(found)),
                    Err(error) => prop_assert!(!error.to_string().is_empty()),
                }
            }
        }
    }
}
