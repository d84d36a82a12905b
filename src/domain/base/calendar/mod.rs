//! Working time: what counts as a working minute, and when a number of them has passed.
//!
//! A weekly pattern of windows in the desk's local clock time, holidays that are off, and
//! make-up working days (调休, 补班) that turn a weekend day into a working one, and dates with hours
//! of their own. Minutes counted
//! are always elapsed minutes between two instants, daylight saving or not. A year whose
//! holidays are not loaded is an error and never "no holidays".

pub mod rules;
#[cfg(test)]
mod tests;

use std::{
    collections::{BTreeMap, btree_map::Entry},
    ops::ControlFlow,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use chrono::{Datelike as _, NaiveDate, NaiveTime, TimeDelta};

use super::{
    rule_place::RulePlace,
    time::{Timestamp, WallTime},
    zone::Zone,
};
use rules::{CalendarRules, MIDNIGHT, Window, WorkedDay, YearRules};

/// Checked calendar rules in the time zone of the desk.
#[derive(Clone, Debug)]
pub struct Calendar {
    rules: CalendarRules,
    make_up: Vec<Window>,
    day_minutes: i64,
    /// The zone of its clock times.
    clock_zone: Zone,
    /// The zone in which its answers are written.
    zone: Zone,
    /// Days that were worked out: looking a clock time up in a zone is most of what a clock costs.
    known: Arc<Mutex<Days>>,
}

type Days = BTreeMap<NaiveDate, Box<[WorkingStretch]>>;

/// Calendar rules that contradict themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CalendarError {
    /// The working week has no window at all.
    NoWindow,
    /// A window that begins before the one before it ends.
    Overlap {
        /// A weekday or a date, as the file spells it.
        day: String,
        earlier: Window,
        later: Window,
    },
    /// A date that stands under another year.
    OutsideYear {
        year: i32,
        date: NaiveDate,
    },
    OffAndWork {
        date: NaiveDate,
    },
}

impl CalendarError {
    /// Where in the file it may stand.
    pub fn places(&self) -> Vec<RulePlace> {
        match self {
            Self::NoWindow => vec![RulePlace::of("week")],
            Self::Overlap { day, .. } => vec![Calendar::place_of(day)],
            Self::OutsideYear { year, date } => {
                let year = RulePlace::of("years").key(year);
                let lists = ["work", "days_off", "off"].into_iter();
                lists.map(|list| year.clone().key(list).key(date)).collect()
            }
            Self::OffAndWork { date } => vec![Calendar::place_of(&date.to_string())],
        }
    }
}

/// A year that had to be known and whose holidays are not loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MissingYear {
    pub year: i32,
}

/// A stretch of working time: when it begins and when it ends.
type WorkingStretch = (Timestamp, Timestamp);

impl Calendar {
    /// Checks `rules` and reads their clock times in `zone`.
    ///
    /// A make-up working day has the windows of the first weekday, from Monday on, that has any.
    ///
    /// # Errors
    ///
    /// When no weekday has a window, windows of a weekday overlap or are out of order, a date
    /// stands under another year, or a date is both off and worked.
    pub fn new(rules: CalendarRules, zone: Zone) -> Result<Self, CalendarError> {
        for (weekday, windows) in rules.week.days() {
            check_order(&weekday, windows)?;
        }
        check_years(&rules)?;
        let days = rules.week.days();
        let (_, worked) =
            days.into_iter().find(|(_, day)| !day.is_empty()).ok_or(CalendarError::NoWindow)?;
        let make_up = worked.to_vec();
        let minutes = |day: &[Window]| -> i64 { day.iter().map(|window| window.minutes()).sum() };
        let day_minutes = days.into_iter().map(|(_, day)| minutes(day)).max().unwrap_or_default();
        Ok(Self { rules, make_up, day_minutes, clock_zone: zone, zone, known: Arc::default() })
    }

    /// The same, with answers written in another zone than that of its clock times.
    #[must_use]
    pub fn told_in(self, zone: Zone) -> Self {
        Self { zone, ..self }
    }

    /// The rules that were checked.
    pub fn rules(&self) -> &CalendarRules {
        &self.rules
    }

    /// The time zone its answers are written in: the desk's.
    pub fn zone(&self) -> Zone {
        self.zone
    }

    /// The time zone its clock times are read in.
    pub fn clock_zone(&self) -> Zone {
        self.clock_zone
    }

    /// The working windows of `date`; none on a day off.
    ///
    /// # Errors
    ///
    /// When the year of `date` is not loaded.
    pub fn windows(&self, date: NaiveDate) -> Result<&[Window], MissingYear> {
        let year = date.year();
        let dates = self.loaded(year).ok_or(MissingYear { year })?;
        match dates.work.get(&date) {
            Some(WorkedDay::MakeUp(_)) => Ok(&self.make_up),
            Some(WorkedDay::Hours(windows)) => Ok(windows),
            None if dates.days_off.contains_key(&date) => Ok(&[]),
            None => Ok(self.rules.week.on(date.weekday())),
        }
    }

    /// Whether anything is worked on `date`.
    ///
    /// # Errors
    ///
    /// When the year of `date` is not loaded.
    pub fn is_working_day(&self, date: NaiveDate) -> Result<bool, MissingYear> {
        self.windows(date).map(|windows| !windows.is_empty())
    }

    /// The first working day after `date`.
    ///
    /// # Errors
    ///
    /// When it has to look into a year that is not loaded.
    pub fn next_working_day(&self, date: NaiveDate) -> Result<NaiveDate, MissingYear> {
        let mut day = following(date)?;
        while !self.is_working_day(day)? {
            day = following(day)?;
        }
        Ok(day)
    }

    /// The last working day before `date`.
    ///
    /// # Errors
    ///
    /// When it has to look into a year that is not loaded.
    pub fn previous_working_day(&self, date: NaiveDate) -> Result<NaiveDate, MissingYear> {
        let mut day = preceding(date)?;
        while !self.is_working_day(day)? {
            day = preceding(day)?;
        }
        Ok(day)
    }

    /// True when the year's dates are known.
    pub fn is_loaded(&self, year: i32) -> bool {
        self.loaded(year).is_some()
    }

    fn loaded(&self, year: i32) -> Option<&YearRules> {
        self.rules.years.get(&year).filter(|rules| !rules.is_blank())
    }

    /// Dates that say nothing: they are worked in these very hours without them. A weekend in a list of
    /// holidays is none, for such lists are published so.
    pub fn worked_anyway(&self) -> Vec<NaiveDate> {
        let dates = self.rules.years.values().flat_map(|year| &year.work);
        let means_nothing = |(date, day): &(&NaiveDate, &WorkedDay)| {
            let usual = self.rules.week.on(date.weekday());
            match day {
                WorkedDay::MakeUp(_) => self.make_up == usual,
                WorkedDay::Hours(windows) => windows == usual,
            }
        };
        dates.filter(means_nothing).map(|(date, _)| *date).collect()
    }

    /// Where the hours of a day stand, which is a weekday or a date as the file spells it.
    pub fn place_of(day: &str) -> RulePlace {
        match day.parse::<NaiveDate>() {
            Ok(date) => RulePlace::of("years").key(&date.year()).key("work").key(day),
            Err(_) => RulePlace::of("week").key(day),
        }
    }

    /// Days, as the file spells them, whose last minute is left out: they close at 23:59.
    pub fn short_of_midnight(&self) -> Vec<String> {
        let week = self.rules.week.days().map(|(day, windows)| (day.to_owned(), windows));
        let dates = self.rules.years.values().flat_map(|year| &year.work);
        let dates = dates.filter_map(|(date, day)| match day {
            WorkedDay::MakeUp(_) => None,
            WorkedDay::Hours(windows) => Some((date.to_string(), windows.as_slice())),
        });
        let is_short = |windows: &[Window]| windows.iter().any(|it| it.closes() == MIDNIGHT - 1);
        let days = week.into_iter().chain(dates).filter(|(_, windows)| is_short(windows));
        days.map(|(day, _)| day).collect()
    }

    /// First opening and last closing of a day; `None` for a day off.
    ///
    /// # Errors
    /// [`MissingYear`] when the year of the day is not loaded.
    pub fn working_day(
        &self,
        date: NaiveDate,
    ) -> Result<Option<(Timestamp, Timestamp)>, MissingYear> {
        let from = WallTime::new(date.and_time(NaiveTime::MIN), self.clock_zone).earliest();
        let next = date.succ_opt().unwrap_or(date);
        let to = WallTime::new(next.and_time(NaiveTime::MIN), self.clock_zone).earliest();
        let stretches = self.stretches(from, to)?;
        let first = stretches.first().map(|(opens, _)| *opens);
        Ok(first.zip(stretches.last().map(|(_, closes)| *closes)))
    }

    /// Minutes in one working day: the most that any weekday of the pattern has (Q6).
    pub fn working_day_minutes(&self) -> i64 {
        self.day_minutes
    }

    /// The instant at which `minutes` of working time have passed since `start`.
    ///
    /// A start outside the windows moves on to the next opening. When the last minute ends with
    /// a window, the answer is that closing, not the next opening. Nothing to
    /// add gives `start` itself; negative minutes count backwards as [`Calendar::sub`] does.
    ///
    /// # Errors
    ///
    /// When it has to look into a year that is not loaded.
    pub fn add(&self, start: Timestamp, minutes: i64) -> Result<Timestamp, MissingYear> {
        if minutes < 0 {
            return self.sub(start, minutes.saturating_neg());
        }
        self.add_seconds(start, minutes.saturating_mul(60))
    }

    /// As [`Calendar::add`], to the second; nothing or less to add gives `start` itself.
    ///
    /// # Errors
    ///
    /// When it has to look into a year that is not loaded.
    pub fn add_seconds(&self, start: Timestamp, seconds: i64) -> Result<Timestamp, MissingYear> {
        if seconds <= 0 {
            return Ok(start.in_zone(self.zone));
        }
        let start = start.in_zone(self.clock_zone);
        let mut left = seconds;
        let mut date = start.date();
        let mut days = self.days();
        loop {
            for &(opens, closes) in self.stretches_of(date, &mut days)? {
                let opens = opens.max(start);
                let length = closes.seconds_since(opens).max(0);
                if left <= length {
                    return Ok(opens.plus_seconds(left).in_zone(self.zone));
                }
                left -= length;
            }
            date = following(date)?;
        }
    }

    /// The instant from which `minutes` of working time pass until `end`: the way back of
    /// [`Calendar::add`].
    ///
    /// An end outside the windows moves back to the last closing. When the last minute begins a
    /// window, the answer is that opening, not the closing before it. Nothing to subtract gives
    /// `end` itself; negative minutes count forwards.
    ///
    /// # Errors
    ///
    /// When it has to look into a year that is not loaded.
    pub fn sub(&self, end: Timestamp, minutes: i64) -> Result<Timestamp, MissingYear> {
        if minutes < 0 {
            return self.add(end, minutes.saturating_neg());
        }
        if minutes == 0 {
            return Ok(end.in_zone(self.zone));
        }
        let end = end.in_zone(self.clock_zone);
        let mut left = minutes.saturating_mul(60);
        let mut date = self.last_date_before(end);
        let mut days = self.days();
        loop {
            for &(opens, closes) in self.stretches_of(date, &mut days)?.iter().rev() {
                let closes = closes.min(end);
                let length = closes.seconds_since(opens).max(0);
                if left <= length {
                    return Ok(closes.plus_seconds(-left).in_zone(self.zone));
                }
                left -= length;
            }
            date = preceding(date)?;
        }
    }

    /// The instant `days` working days after `start`, each a full working day of minutes, so
    /// that on a plain week it is the same clock time of a later working day (R24, Q6).
    ///
    /// # Errors
    ///
    /// When it has to look into a year that is not loaded.
    pub fn add_working_days(&self, start: Timestamp, days: i64) -> Result<Timestamp, MissingYear> {
        self.add(start, days.saturating_mul(self.day_minutes))
    }

    /// Whole working minutes from `from` to `to`, seconds summed before they are floored; 0 when
    /// `to` is not later.
    ///
    /// # Errors
    ///
    /// When a date between them is of a year that is not loaded.
    pub fn between(&self, from: Timestamp, to: Timestamp) -> Result<i64, MissingYear> {
        Ok(self.seconds_between(from, to)? / 60)
    }

    /// Working seconds from `from` to `to`; 0 when `to` is not later.
    ///
    /// # Errors
    ///
    /// When a date between them is of a year that is not loaded.
    pub fn seconds_between(&self, from: Timestamp, to: Timestamp) -> Result<i64, MissingYear> {
        let stretches = self.stretches(from, to)?.into_iter();
        Ok(stretches.map(|(begins, ends)| ends.seconds_since(begins)).sum())
    }

    /// Each stretch of working time from `from` to `to`, in order: what [`Calendar::between`]
    /// counts.
    ///
    /// # Errors
    ///
    /// When a date between them is of a year that is not loaded.
    pub fn stretches(
        &self,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<(Timestamp, Timestamp)>, MissingYear> {
        let mut counted = Vec::new();
        self.each_stretch(from, to, |begins, ends| {
            counted.push((begins.in_zone(self.zone), ends.in_zone(self.zone)));
            ControlFlow::Continue(())
        })?;
        Ok(counted)
    }

    /// Whole minutes of each stretch of working time from `from` to `to`, summed; no further than to
    /// `most`, and that or more where there are as many.
    ///
    /// # Errors
    ///
    /// When a date between them is of a year that is not loaded.
    pub fn minutes_up_to(
        &self,
        from: Timestamp,
        to: Timestamp,
        most: i64,
    ) -> Result<i64, MissingYear> {
        let mut sum = 0;
        self.each_stretch(from, to, |begins, ends| {
            sum += ends.minutes_since(begins);
            if sum < most { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        Ok(sum)
    }

    /// Goes through the working time from `from` to `to` until `seen` has seen enough.
    fn each_stretch(
        &self,
        from: Timestamp,
        to: Timestamp,
        mut seen: impl FnMut(Timestamp, Timestamp) -> ControlFlow<()>,
    ) -> Result<(), MissingYear> {
        let (from, to) = (from.in_zone(self.clock_zone), to.in_zone(self.clock_zone));
        if to <= from {
            return Ok(());
        }
        let last = self.last_date_before(to);
        let mut date = from.date();
        // what is not known of a later year counts even where nobody looks so far
        if let Some(year) = (date.year()..=last.year()).find(|year| !self.is_loaded(*year)) {
            return Err(MissingYear { year });
        }
        let mut days = self.days();
        while date <= last {
            for (opens, closes) in self.stretches_of(date, &mut days)? {
                let (begins, ends) = ((*opens).max(from), (*closes).min(to));
                if begins < ends && seen(begins, ends).is_break() {
                    return Ok(());
                }
            }
            date = following(date)?;
        }
        Ok(())
    }

    /// The windows of `date` as instants, in order, none empty and none overlapping.
    ///
    /// A clock time that daylight saving leaves out is the next one that exists. One that comes
    /// twice opens the first time and closes the second; `24:00` is the beginning of the next day.
    fn stretches_of<'d>(
        &self,
        date: NaiveDate,
        days: &'d mut Days,
    ) -> Result<&'d [WorkingStretch], MissingYear> {
        match days.entry(date) {
            Entry::Occupied(known) => Ok(known.into_mut()),
            Entry::Vacant(unknown) => Ok(unknown.insert(self.worked_out(date)?.into())),
        }
    }

    fn worked_out(&self, date: NaiveDate) -> Result<Vec<WorkingStretch>, MissingYear> {
        let mut stretches: Vec<WorkingStretch> = Vec::new();
        for window in self.windows(date)? {
            let opens = self.wall(date, window.opens()).earliest();
            let opens = stretches.last().map_or(opens, |(_, closed)| opens.max(*closed));
            let closes = self.wall(date, window.closes());
            let closes =
                if window.runs_to_midnight() { closes.earliest() } else { closes.latest() };
            if opens < closes {
                stretches.push((opens, closes));
            }
        }
        Ok(stretches)
    }

    fn days(&self) -> MutexGuard<'_, Days> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wall(&self, date: NaiveDate, minute: u16) -> WallTime {
        let local = date.and_time(NaiveTime::MIN) + TimeDelta::minutes(i64::from(minute));
        WallTime::new(local, self.clock_zone)
    }

    /// The local date of the last second before `end`, so that midnight ends a day and begins none.
    fn last_date_before(&self, end: Timestamp) -> NaiveDate {
        end.plus_seconds(-1).in_zone(self.clock_zone).date()
    }
}

fn check_order(day: &dyn ToString, windows: &[Window]) -> Result<(), CalendarError> {
    let mut pairs = windows.iter().zip(windows.iter().skip(1));
    match pairs.find(|(earlier, later)| later.opens() < earlier.closes()) {
        Some((&earlier, &later)) => {
            Err(CalendarError::Overlap { day: day.to_string(), earlier, later })
        }
        None => Ok(()),
    }
}

fn check_years(rules: &CalendarRules) -> Result<(), CalendarError> {
    for (&year, dates) in &rules.years {
        for (date, day) in &dates.work {
            if let WorkedDay::Hours(windows) = day {
                check_order(date, windows)?;
            }
        }
        let mut all = dates.days_off.keys().chain(dates.work.keys());
        if let Some(&date) = all.find(|date| date.year() != year) {
            return Err(CalendarError::OutsideYear { year, date });
        }
        if let Some(&date) = dates.work.keys().find(|date| dates.days_off.contains_key(date)) {
            return Err(CalendarError::OffAndWork { date });
        }
    }
    Ok(())
}

/// The day after; chrono's last day has none, which is a year nobody loaded.
fn following(date: NaiveDate) -> Result<NaiveDate, MissingYear> {
    date.succ_opt().ok_or(MissingYear { year: date.year() })
}

/// The day before; chrono's first day has none, which is a year nobody loaded.
fn preceding(date: NaiveDate) -> Result<NaiveDate, MissingYear> {
    date.pred_opt().ok_or(MissingYear { year: date.year() })
}
