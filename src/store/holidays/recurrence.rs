//! How an event of an iCalendar file comes again each year.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike, Weekday};

use super::event::date;
use crate::store::error::HolidayFault;

/// A rule by which a day comes again: each year, or each so many, on its date or on a weekday of a
/// month.
#[derive(Debug)]
pub(super) struct Recurrence {
    /// As it was written.
    rule: String,
    interval: i32,
    count: Option<usize>,
    until: Option<Until>,
    month: Option<u32>,
    day: Option<u32>,
    weekday: Option<(i8, Weekday)>,
}

/// When it ends.
#[derive(Clone, Copy, Debug)]
struct Until {
    day: NaiveDate,
    /// The hour in UTC, where it does not end with the day by its own clock.
    hour: Option<u32>,
}

impl Until {
    /// Reads `20261231`, `20261231T235959` or `20261231T235959Z`.
    fn read(value: &str) -> Option<Self> {
        let (day, time) = value.split_once('T').unwrap_or((value, "000000"));
        let (time, is_utc) = time.strip_suffix('Z').map_or((time, false), |time| (time, true));
        let time = NaiveTime::parse_from_str(time, "%H%M%S").ok().filter(|_| time.len() == 6)?;
        Some(Self { day: date(day).ok()?, hour: is_utc.then_some(time.hour()) })
    }

    /// Whether a day begins before the end; `None` where that depends on the zone, which is 14 hours
    /// before UTC at most and 12 behind it.
    fn is_after(self, start: NaiveDate) -> Option<bool> {
        let Some(hour) = self.hour else { return Some(start <= self.day) };
        match (start - self.day).num_days() {
            ..0 => Some(true),
            0 => (hour >= 12).then_some(true),
            1 => (hour < 10).then_some(false),
            2.. => Some(false),
        }
    }
}

impl Recurrence {
    /// Reads `FREQ=YEARLY;BYMONTH=11;BYDAY=4TH`.
    ///
    /// # Errors
    /// [`HolidayFault::Repeats`] for a rule of another kind.
    pub(super) fn read(rule: &str) -> Result<Self, HolidayFault> {
        let unread = || HolidayFault::Repeats { property: format!("RRULE:{rule}") };
        let mut read = Self {
            rule: rule.to_owned(),
            interval: 1,
            count: None,
            until: None,
            month: None,
            day: None,
            weekday: None,
        };
        let mut known = Vec::new();
        let mut is_yearly = false;
        let upper = rule.to_ascii_uppercase();
        for part in upper.split(';').filter(|part| !part.is_empty()) {
            let (key, value) = part.split_once('=').ok_or_else(unread)?;
            if known.contains(&key) {
                return Err(unread());
            }
            known.push(key);
            let number = || value.parse::<u32>().ok().filter(|it| *it > 0).ok_or_else(unread);
            let at_most =
                |most| number().and_then(|it| if it > most { Err(unread()) } else { Ok(it) });
            match key {
                "FREQ" => is_yearly = value == "YEARLY",
                "INTERVAL" => read.interval = i32::try_from(number()?).map_err(|_| unread())?,
                "COUNT" => read.count = Some(usize::try_from(number()?).map_err(|_| unread())?),
                "UNTIL" => read.until = Some(Until::read(value).ok_or_else(unread)?),
                "BYMONTH" => read.month = Some(at_most(12)?),
                "BYMONTHDAY" => read.day = Some(at_most(31)?),
                "BYDAY" => read.weekday = Some(nth_weekday(value).ok_or_else(unread)?),
                "WKST" => {}
                _ => return Err(unread()),
            }
        }
        // without a month they mean days of each month, or weeks of the whole year
        let is_of_month = read.month.is_some() || (read.day.is_none() && read.weekday.is_none());
        let is_one_day = read.day.is_none() || read.weekday.is_none();
        if is_yearly && is_of_month && is_one_day { Ok(read) } else { Err(unread()) }
    }

    /// The days on which it begins in these years, from the first one on.
    ///
    /// # Errors
    /// [`HolidayFault::Repeats`] where the first day is none by the rule, of which the standard leaves
    /// open what then is meant (RFC 5545, 3.8.5.3), or where it depends on a zone which is the last.
    pub(super) fn starts(
        &self,
        first: NaiveDate,
        years: &BTreeSet<i32>,
    ) -> Result<Vec<NaiveDate>, HolidayFault> {
        let unread = || HolidayFault::Repeats { property: format!("RRULE:{}", self.rule) };
        if self.in_year(first, first.year()) != Some(first) {
            return Err(unread());
        }
        let Some((from, to)) = years.first().zip(years.last()) else { return Ok(Vec::new()) };
        let step = self.interval.max(1);
        // years before the first one that is read need not be counted where nothing is
        let skipped = match self.count {
            Some(_) => 0,
            None => (from - first.year()).max(0) / step * step,
        };
        let all = (first.year() + skipped..=*to).step_by(usize::try_from(step).unwrap_or(1));
        let days = all.filter_map(|year| self.in_year(first, year));
        let mut starts = Vec::new();
        for day in days.take(self.count.unwrap_or(usize::MAX)) {
            let is_read = years.contains(&day.year());
            match self.until.map_or(Some(true), |until| until.is_after(day)) {
                Some(true) if is_read => starts.push(day),
                Some(true) => {}
                None if is_read => return Err(unread()),
                Some(false) | None => break,
            }
        }
        Ok(starts)
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
        days.unwrap().iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_day_comes_again_each_year_on_its_date_or_weekday() {
        for (rule, first, days) in [
            ("FREQ=YEARLY", "2020-12-25", "2026-12-25 2027-12-25"),
            ("FREQ=YEARLY;INTERVAL=2", "2025-05-01", "2027-05-01"),
            ("FREQ=YEARLY;COUNT=2", "2025-05-01", "2026-05-01"),
            ("FREQ=YEARLY;UNTIL=20260501", "2025-05-01", "2026-05-01"),
            ("FREQ=YEARLY;UNTIL=20260601T000000Z", "2025-05-01", "2026-05-01"),
            ("FREQ=YEARLY;UNTIL=20260501T120000Z", "2025-05-01", "2026-05-01"),
            ("FREQ=YEARLY;UNTIL=20260430T095959Z", "2025-05-01", ""),
            ("FREQ=YEARLY;UNTIL=20250501T000000Z", "2025-05-01", ""),
            ("FREQ=YEARLY;INTERVAL=3", "1901-05-01", "2027-05-01"),
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
            "FREQ=YEARLY;BYMONTHDAY=3",
            "FREQ=YEARLY;BYDAY=4TH",
            "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=3;BYDAY=1MO",
            "FREQ=YEARLY;BYMONTH=13",
            "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=32",
            "FREQ=YEARLY;BYMONTH=5;BYMONTH=6",
            "FREQ=YEARLY;UNTIL=20260501T99",
        ] {
            assert!(Recurrence::read(rule).is_err(), "{rule}");
        }
    }

    #[test]
    fn what_is_not_told_exactly_is_refused() {
        for (rule, first) in [
            ("FREQ=YEARLY;UNTIL=20260501T115959Z", "2025-05-01"),
            ("FREQ=YEARLY;UNTIL=20260430T220000Z", "2025-05-01"),
            ("FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "2020-11-25"),
            ("FREQ=YEARLY;BYMONTH=10", "2020-11-26"),
        ] {
            let read = Recurrence::read(rule).unwrap();
            let years = (2026..=2027).collect();
            assert!(read.starts(first.parse().unwrap(), &years).is_err(), "{rule}");
        }
    }
}
