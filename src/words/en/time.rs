//! Times, durations and calendars that cannot be, in English.

use crate::domain::base::{
    calendar::{CalendarError, MissingYear},
    moment::{MomentError, NotADuration},
    nearness::{Nearness, RoundedLength},
    print::{date_and_second, hour_and_minute},
    zone::Zone,
};
use crate::words::Words;

const WORDS: Words = Words::of(&super::ENGLISH);

/// A text that is no time zone, with the one that may have been meant.
pub(super) fn not_a_zone(given: &str) -> String {
    match Zone::nearest(given) {
        Some(nearest) => format!("“{given}” is not a time zone; did you mean {nearest}?"),
        None => format!("“{given}” is not a time zone (example: Asia/Shanghai)"),
    }
}

/// Why a text gives no time.
pub(super) fn moment_fault(fault: &MomentError) -> String {
    match fault {
        MomentError::NotATime { text, clock } => format!(
            "“{text}” is not a time: write {}, 5pm, +2h, in 30 min, monday 10:00, 12-01 10:00, 2026-12-01 or +1wd",
            hour_and_minute(clock)
        ),
        MomentError::Ambiguous { text, readings } => {
            let text =
                text.as_ref().map_or_else(|| "the time".to_owned(), |text| format!("“{text}”"));
            format!("{text} can be read in two ways: write {}", readings.join(" or "))
        }
        MomentError::NoUnit { text } => {
            format!("“{text}” has no unit: write {text}m, {text}h, {text}d or {text}wd")
        }
        MomentError::NoWorkingDay { text } => {
            format!("“{text}” is no number of working days: write +1wd, today 09:00 or now")
        }
        MomentError::NoSuchDate { text } => format!("“{text}” has a date that does not exist"),
        MomentError::NoSuchClock { text } => {
            format!("“{text}” has a clock time that does not exist: write 00:00 to 23:59")
        }
        MomentError::NeedsClock { date } => {
            format!("{date} has no clock time: write {date} 09:15")
        }
        MomentError::Skipped { local, zone, next } => format!(
            "{} does not exist in {zone}, where the clock goes forward: write {next}",
            date_and_second(*local)
        ),
        MomentError::Twice { local, zone, first, second } => format!(
            "{} occurs twice in {zone}, where the clock goes back: write {first} or {second}",
            date_and_second(*local)
        ),
        MomentError::NoCalendar => {
            "working days cannot be counted without a working calendar".to_owned()
        }
        MomentError::MissingYear(MissingYear { year }) => {
            format!("the calendar of {year} is not loaded")
        }
        MomentError::TooFar => {
            "the time is too far away: write one in the years 0001 to 9999".to_owned()
        }
    }
}

/// Why a text is no duration.
pub(super) fn duration_fault(NotADuration(given): &NotADuration) -> String {
    format!("“{given}” is not a duration: write 90m, 2h, 1h30m or 1d")
}

/// What contradicts itself in the rules of a calendar.
pub(super) fn calendar_fault(fault: &CalendarError) -> String {
    match fault {
        CalendarError::NoWindow => "the working week has no working hours".to_owned(),
        CalendarError::Overlap { day, earlier, later } => {
            format!("{day}: {later} begins before {earlier} ends")
        }
        CalendarError::OutsideYear { year, date } => {
            format!("{date} is listed under the year {year}")
        }
        CalendarError::OffAndWork { date } => format!("{date} is both off and work"),
    }
}

/// `November 2026`.
pub(super) fn month(year: i32, number: u32) -> String {
    let names = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let place = usize::try_from(number.saturating_sub(1)).unwrap_or(0);
    format!("{} {year}", names.get(place).unwrap_or(&""))
}

/// `in 30 min`, `tomorrow 09:00`.
pub(super) fn nearness(at: &Nearness) -> String {
    match at {
        Nearness::Now => "now".to_owned(),
        Nearness::InMinutes(minutes) => format!("in {minutes} min"),
        Nearness::MinutesAgo(minutes) => format!("{minutes} min ago"),
        Nearness::Today(clock) => format!("today {clock}"),
        Nearness::Tomorrow(clock) => format!("tomorrow {clock}"),
        Nearness::Yesterday(clock) => format!("yesterday {clock}"),
        Nearness::On(day, clock) => format!("{} {clock}", WORDS.weekday(*day)),
        Nearness::Date(date) => date.clone(),
    }
}

/// `2 d late`.
pub(super) fn late(length: RoundedLength) -> String {
    match length {
        RoundedLength::Minutes(minutes) => format!("{minutes} min late"),
        RoundedLength::Hours(hours, _) => format!("{hours} h late"),
        RoundedLength::Days(days, _) => format!("{days} d late"),
    }
}

/// `late by 3 d 6 h`.
pub(super) fn late_by(length: RoundedLength) -> String {
    match length {
        RoundedLength::Minutes(minutes) => format!("late by {minutes} min"),
        RoundedLength::Hours(hours, 0) => format!("late by {hours} h"),
        RoundedLength::Hours(hours, minutes) => format!("late by {hours} h {minutes} min"),
        RoundedLength::Days(days, 0) => format!("late by {days} d"),
        RoundedLength::Days(days, hours) => format!("late by {days} d {hours} h"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::base::moment::Moment;

    #[test]
    fn a_fault_of_a_time_ends_in_what_can_be_written() {
        let fault = |typed: &str| moment_fault(&typed.parse::<Moment>().unwrap_err());
        assert_eq!(
            fault("1430"),
            "“1430” is not a time: write 14:30, 5pm, +2h, in 30 min, monday 10:00, 12-01 10:00, 2026-12-01 or +1wd"
        );
        assert_eq!(fault("12/1"), "“12/1” can be read in two ways: write 12-01 or 01-12");
        assert_eq!(fault("+1"), "“+1” has no unit: write +1m, +1h, +1d or +1wd");
        assert_eq!(
            duration_fault(&NotADuration("2".to_owned())),
            "“2” is not a duration: write 90m, 2h, 1h30m or 1d"
        );
    }
}
