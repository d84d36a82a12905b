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
