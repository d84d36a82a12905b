//! Calendars that cannot be, in English.

use crate::domain::base::calendar::CalendarError;

/// What contradicts itself in the rules of a calendar.
pub(super) fn calendar_fault(fault: &CalendarError) -> String {
    match fault {
        CalendarError::NoWindow => "the working week has no working hours".to_owned(),
        CalendarError::Overlap { weekday, earlier, later } => {
            format!("{weekday}: {later} begins before {earlier} ends")
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
