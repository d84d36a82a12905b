//! An event of an iCalendar file, and the days that it has.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    ops::RangeInclusive,
};

use chrono::{Datelike, Days, NaiveDate};

use super::recurrence::Recurrence;
use crate::store::error::HolidayFault;

/// The most days that one event may span.
const LONGEST: i64 = 366;

/// One line with its number, unfolded, parted into name, parameters and value.
pub(super) struct CalendarLine {
    pub(super) number: usize,
    pub(super) name: String,
    /// With the semicolon before them.
    pub(super) parameters: String,
    pub(super) value: String,
}

#[derive(Default)]
pub(super) struct CalendarEvent {
    /// The line with which it begins.
    pub(super) line: usize,
    pub(super) uid: String,
    /// It stands for another event of its name on one of the days of that.
    pub(super) replaces: Option<Replaced>,
    pub(super) from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    days: Option<i64>,
    pub(super) summary: String,
    pub(super) is_cancelled: bool,
    /// Nobody is busy by it.
    pub(super) is_transparent: bool,
    /// By its description it is no public holiday.
    pub(super) is_observance: bool,
    pub(super) repeats: Option<Recurrence>,
    more: Vec<NaiveDate>,
    less: HashSet<NaiveDate>,
    pub(super) fault: Option<HolidayFault>,
}

/// Which day of an event another one stands for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Replaced {
    Day(NaiveDate),
    /// Several, or one that cannot be read.
    Untold,
}

/// The days of an event for which others stand.
#[derive(Default)]
pub(super) struct ReplacedDays {
    days: HashSet<NaiveDate>,
    /// There are more of them, which are not known.
    is_untold: bool,
}

/// The years that are read.
pub(super) struct EventYears {
    /// Of which the file tells, or those of the present.
    pub(super) years: BTreeSet<i32>,
    pub(super) near: RangeInclusive<i32>,
}

/// The days of an event.
pub(super) struct EventDays {
    starts: BTreeSet<NaiveDate>,
    /// How many days it lasts from each.
    length: u64,
}

impl EventDays {
    pub(super) fn count(&self) -> u64 {
        u64::try_from(self.starts.len()).unwrap_or(u64::MAX).saturating_mul(self.length)
    }

    /// All of them, by each day on which it begins.
    pub(super) fn all(&self) -> impl Iterator<Item = NaiveDate> {
        self.starts.iter().flat_map(|start| {
            (0..self.length).filter_map(|day| start.checked_add_days(Days::new(day)))
        })
    }
}

/// The days of events for which others of the same name stand, by that name.
pub(super) fn replaced(events: &[CalendarEvent]) -> HashMap<&str, ReplacedDays> {
    let mut replaced: HashMap<&str, ReplacedDays> = HashMap::new();
    for event in events {
        let Some(which) = event.replaces else { continue };
        let all = replaced.entry(&event.uid).or_default();
        match which {
            Replaced::Day(day) => drop(all.days.insert(day)),
            Replaced::Untold => all.is_untold = true,
        }
    }
    replaced
}

impl CalendarEvent {
    /// An event of which nothing but its first line is known.
    pub(super) fn at(line: usize) -> Self {
        Self { line, ..Self::default() }
    }

    /// Its days without those for which other events stand; the end is the day after the last.
    pub(super) fn days(
        &self,
        read: &EventYears,
        replaced: Option<&ReplacedDays>,
    ) -> Result<EventDays, HolidayFault> {
        let first = self.from.ok_or(HolidayFault::NoStart)?;
        let length = self.to.map(|end| (end - first).num_days()).or(self.days).unwrap_or(1);
        if !(1..=LONGEST).contains(&length) {
            return Err(HolidayFault::EventLength { days: length });
        }
        let replaced = replaced.filter(|_| self.replaces.is_none());
        if replaced.is_some_and(|replaced| replaced.is_untold) {
            return Err(HolidayFault::Repeats { property: "RECURRENCE-ID".to_owned() });
        }
        let mut starts: BTreeSet<NaiveDate> = match &self.repeats {
            None => [first].into(),
            Some(rule) => rule.starts(first, &read.years)?.into_iter().collect(),
        };
        starts.extend(&self.more);
        starts.retain(|start| {
            let is_replaced = replaced.is_some_and(|replaced| replaced.days.contains(start));
            !is_replaced && !self.less.contains(start) && read.near.contains(&start.year())
        });
        if starts.is_empty() {
            let (near, years) = (&read.near, &read.years);
            let of_file = years.first().zip(years.last()).filter(|_| self.repeats.is_some());
            let (from, to) = of_file.unwrap_or((near.start(), near.end()));
            return Err(HolidayFault::NoDay { from: *from, to: *to });
        }
        Ok(EventDays { starts, length: length.unsigned_abs() })
    }

    pub(super) fn take(&mut self, line: CalendarLine) {
        let CalendarLine { name, parameters, value, .. } = line;
        let taken = match name.as_str() {
            "DTSTART" => date(&value).map(|day| self.from = Some(day)),
            "DTEND" => date(&value).map(|day| self.to = Some(day)),
            "DURATION" => length(&value).map(|days| self.days = Some(days)),
            "RRULE" if self.repeats.is_none() => {
                Recurrence::read(&value).map(|rule| self.repeats = Some(rule))
            }
            "RRULE" | "EXRULE" => {
                Err(HolidayFault::Repeats { property: format!("{name}:{value}") })
            }
            "UID" => {
                self.uid = value;
                Ok(())
            }
            "RECURRENCE-ID" => {
                // one with RANGE stands for all later days as well
                let day = date(&value).ok().filter(|_| !parameters.contains(";RANGE="));
                self.replaces = Some(day.map_or(Replaced::Untold, Replaced::Day));
                let property = format!("{name}{parameters}:{value}");
                day.map(drop).ok_or(HolidayFault::Repeats { property })
            }
            "RDATE" => dates(&value).map(|days| self.more.extend(days)),
            "EXDATE" => dates(&value).map(|days| self.less.extend(days)),
            "SUMMARY" => {
                self.summary = plain(&value);
                Ok(())
            }
            "STATUS" => {
                self.is_cancelled = value.eq_ignore_ascii_case("CANCELLED");
                Ok(())
            }
            "TRANSP" => {
                self.is_transparent = value.eq_ignore_ascii_case("TRANSPARENT");
                Ok(())
            }
            "DESCRIPTION" => {
                self.is_observance = value.starts_with("Observance");
                Ok(())
            }
            _ => Ok(()),
        };
        if let Err(fault) = taken {
            self.fault.get_or_insert(fault);
        }
    }
}

/// A day; a time of day is one only at midnight by the calendar's own clock, as some programs write
/// whole days.
pub(super) fn date(value: &str) -> Result<NaiveDate, HolidayFault> {
    let day = value.strip_suffix("T000000").unwrap_or(value);
    let digits = day.len() == 8 && day.bytes().all(|byte| byte.is_ascii_digit());
    NaiveDate::parse_from_str(day, "%Y%m%d")
        .ok()
        .filter(|_| digits)
        .ok_or_else(|| HolidayFault::NotADate { given: value.to_owned() })
}

fn dates(value: &str) -> Result<Vec<NaiveDate>, HolidayFault> {
    value.split(',').map(|day| date(day.trim())).collect()
}

/// Whole days of `P3D` or `P1W`.
fn length(value: &str) -> Result<i64, HolidayFault> {
    let number = |unit: char| value.strip_prefix('P')?.strip_suffix(unit)?.parse::<i64>().ok();
    let days = number('D').or_else(|| number('W')?.checked_mul(7));
    days.ok_or_else(|| HolidayFault::NotADate { given: value.to_owned() })
}

/// A text with its escapes undone, on one line.
pub(super) fn plain(value: &str) -> String {
    let mut text = String::new();
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n' | 'N') | None => text.push(' '),
                Some(escaped) => text.push(escaped),
            },
            c => text.push(c),
        }
    }
    text
}
