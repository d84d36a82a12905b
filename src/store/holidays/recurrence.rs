//! How an event of an iCalendar file comes again each year.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate, Weekday};

use super::icalendar::date;
use crate::store::error::HolidayFault;

/// A rule by which a day comes again: each year, or each so many, on its date or on a weekday of a
/// month.
#[derive(Debug)]
pub(super) struct Recurrence {
    interval: i32,
    count: Option<usize>,
    until: Option<NaiveDate>,
    month: Option<u32>,
    day: Option<u32>,
    weekday: Option<(i8, Weekday)>,
}

impl Recurrence {
    /// Reads `FREQ=YEARLY;BYMONTH=11;BYDAY=4TH`.
    ///
    /// # Errors
    /// [`HolidayFault::Repeats`] for a rule of another kind.
    pub(super) fn read(rule: &str) -> Result<Self, HolidayFault> {
        let unread = || HolidayFault::Repeats { property: format!("RRULE:{rule}") };
        let mut read =
            Self { interval: 1, count: None, until: None, month: None, day: None, weekday: None };
        let mut is_yearly = false;
        for part in rule.to_ascii_uppercase().split(';').filter(|part| !part.is_empty()) {
            let (key, value) = part.split_once('=').ok_or_else(unread)?;
            let number = || value.parse::<u32>().ok().filter(|it| *it > 0).ok_or_else(unread);
            match key {
                "FREQ" => is_yearly = value == "YEARLY",
                "INTERVAL" => read.interval = i32::try_from(number()?).map_err(|_| unread())?,
                "COUNT" => read.count = Some(usize::try_from(number()?).map_err(|_| unread())?),
                "UNTIL" => {
                    let day = value.split('T').next().unwrap_or(value);
                    read.until = Some(date(day).map_err(|_| unread())?);
                }
                "BYMONTH" => read.month = Some(number()?),
                "BYMONTHDAY" => read.day = Some(number()?),
                "BYDAY" => read.weekday = Some(nth_weekday(value).ok_or_else(unread)?),
                "WKST" => {}
                _ => return Err(unread()),
            }
        }
        if is_yearly { Ok(read) } else { Err(unread()) }
    }

    /// The days on which it begins in these years, from the first one on.
    pub(super) fn starts(&self, first: NaiveDate, years: &BTreeSet<i32>) -> Vec<NaiveDate> {
        let last = years.last().copied().unwrap_or_else(|| first.year());
        let step = usize::try_from(self.interval).unwrap_or(1).max(1);
        let all = (first.year()..=last).step_by(step).filter_map(|year| self.in_year(first, year));
        let counted = all.filter(|day| *day >= first).take(self.count.unwrap_or(usize::MAX));
        let told = counted.take_while(|day| self.until.is_none_or(|until| *day <= until));
        told.filter(|day| years.contains(&day.year())).collect()
    }

    fn in_year(&self, first: NaiveDate, year: i32) -> Option<NaiveDate> {
        let month = self.month.unwrap_or_else(|| first.month());
        let Some((nth, weekday)) = self.weekday else {
            return NaiveDate::from_ymd_opt(year, month, self.day.unwrap_or_else(|| first.day()));
        };
        let of_month = |nth| NaiveDate::from_weekday_of_month_opt(year, month, weekday, nth);
        let away = usize::from(nth.unsigned_abs()) - 1;
        let mut days: Vec<_> = (1..=5).filter_map(of_month).collect();
        if nth < 0 {
            days.reverse();
        }
        days.get(away).copied()
    }
}

/// `4TH` or `-1MO`.
fn nth_weekday(value: &str) -> Option<(i8, Weekday)> {
    let (nth, day) = value.split_at_checked(value.len().checked_sub(2)?)?;
    let weekday = match day {
        "MO" => Weekday::Mon,
        "TU" => Weekday::Tue,
        "WE" => Weekday::Wed,
        "TH" => Weekday::Thu,
        "FR" => Weekday::Fri,
        "SA" => Weekday::Sat,
        "SU" => Weekday::Sun,
        _ => return None,
    };
    let nth = nth.parse().ok().filter(|nth: &i8| (1..=5).contains(&nth.unsigned_abs()))?;
    Some((nth, weekday))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn starts(rule: &str, first: &str, years: std::ops::RangeInclusive<i32>) -> String {
        let rule = Recurrence::read(rule).unwrap();
        let days = rule.starts(first.parse().unwrap(), &years.collect());
        days.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_day_comes_again_each_year_on_its_date_or_weekday() {
        for (rule, first, days) in [
            ("FREQ=YEARLY", "2020-12-25", "2026-12-25 2027-12-25"),
            ("FREQ=YEARLY;INTERVAL=2", "2025-05-01", "2027-05-01"),
            ("FREQ=YEARLY;COUNT=2", "2025-05-01", "2026-05-01"),
            ("FREQ=YEARLY;UNTIL=20260601T000000Z", "2025-05-01", "2026-05-01"),
            ("FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "2020-11-26", "2026-11-26 2027-11-25"),
            ("FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO", "2020-05-25", "2026-05-25 2027-05-31"),
            ("FREQ=YEARLY;BYMONTHDAY=3;BYMONTH=10;WKST=MO", "2026-10-03", "2026-10-03 2027-10-03"),
            ("FREQ=YEARLY", "2024-02-29", ""),
            ("FREQ=YEARLY", "2027-05-01", "2027-05-01"),
        ] {
            assert_eq!(starts(rule, first, 2026..=2027), days, "{rule}");
        }
    }

    #[test]
    fn a_rule_of_another_kind_is_refused() {
        for rule in [
            "FREQ=MONTHLY",
            "",
            "FREQ",
            "FREQ=YEARLY;BYYEARDAY=1",
            "FREQ=YEARLY;BYDAY=MO",
            "FREQ=YEARLY;BYDAY=4XX",
            "FREQ=YEARLY;COUNT=0",
            "FREQ=YEARLY;UNTIL=soon",
            "FREQ=YEARLY;BYMONTHDAY=-1",
        ] {
            assert!(Recurrence::read(rule).is_err(), "{rule}");
        }
    }
}
