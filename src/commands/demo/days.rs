//! On which days the story is told: those of November 2026, or the working days that end now.

use std::cmp::Ordering;

use chrono::{Datelike as _, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Weekday};

use super::story::StoryStep;
use crate::domain::base::{
    calendar::{Calendar, MissingYear},
    moment::{Hour, Moment, NamedDay},
    print,
    time::{Timestamp, WallTime},
};

/// The working days before `end` that take the place of those of the story.
///
/// The last day of the story is moved by minutes, so that it ends now at whatever hour; it need not be
/// a working day. Each earlier day keeps its clock times and becomes a working day before that one. A
/// day after the story, on which something is due, becomes the working day that is as far ahead.
#[derive(Debug)]
pub(super) struct StoryDays<'c> {
    calendar: &'c Calendar,
    /// The last day of the story.
    told: NaiveDate,
    /// How much later than told everything of that day is.
    later: TimeDelta,
    /// The date on which the first step of that day is taken now.
    last: NaiveDate,
    /// The date on which the story ends now.
    end: NaiveDate,
}

/// One way along a calendar.
type Along = fn(&Calendar, NaiveDate) -> Result<NaiveDate, MissingYear>;

impl<'c> StoryDays<'c> {
    /// The days on which `steps` are taken, where what was told to end at `told` ends `now`.
    pub(super) fn until(
        now: Timestamp,
        told: Timestamp,
        steps: &[StoryStep],
        calendar: &'c Calendar,
    ) -> Self {
        let later = TimeDelta::minutes(now.minutes_since(told));
        let first = steps.iter().map(|step| step.at).find(|at| at.date() == told.date());
        let last = first.unwrap_or(told).plus_minutes(later.num_minutes()).date();
        Self { calendar, told: told.date(), later, last, end: now.date() }
    }

    /// The step with all its times where they are now.
    ///
    /// # Errors
    /// A year that the calendar has not got.
    pub(super) fn moved(&self, step: &StoryStep) -> Result<StoryStep, MissingYear> {
        let words = step.words.iter().map(|word| self.word(word, step.at.date()));
        let at = self.place(step.at.local())?;
        Ok(StoryStep { at, words: words.collect::<Result<_, _>>()?, ..step.clone() })
    }

    /// A word of a step of `day`: one that is nothing but a date or a clock time, or two of them, moves, every
    /// other stays.
    fn word(&self, word: &str, day: NaiveDate) -> Result<String, MissingYear> {
        if let Some((from, until)) = word.split_once("..") {
            return Ok(format!("{}..{}", self.word(from, day)?, self.word(until, day)?));
        }
        let Ok(Moment::On(named, hour)) = Moment::parse(word) else { return Ok(word.to_owned()) };
        let date = match named {
            NamedDay::Date(date) => date,
            NamedDay::Near(days) => day + TimeDelta::days(days),
            NamedDay::OfYear { .. } | NamedDay::Of(..) => return Ok(word.to_owned()),
        };
        match hour {
            Hour::At(clock) => Ok(print::minute(self.place(date.and_time(clock))?)),
            Hour::Whole => Ok(self.place(date.and_time(NaiveTime::MIN))?.date().to_string()),
            Hour::Part(_) => Ok(word.to_owned()),
        }
    }

    /// Where a clock time of the story is now.
    fn place(&self, told: NaiveDateTime) -> Result<Timestamp, MissingYear> {
        let at = |local| WallTime::new(local, self.calendar.zone()).earliest();
        let date = told.date();
        let (from, along, away): (_, Along, _) = match date.cmp(&self.told) {
            Ordering::Equal => return Ok(at(told + self.later)),
            Ordering::Less => {
                (self.last, Calendar::previous_working_day, weekdays(date, self.told))
            }
            Ordering::Greater => (
                self.end,
                Calendar::next_working_day,
                weekdays(self.told + Days::new(1), date + Days::new(1)),
            ),
        };
        let day = (0..away).try_fold(from, |day, _| along(self.calendar, day))?;
        Ok(at(day.and_time(told.time())))
    }
}

/// How many days from `from` until before `to` are worked in the story, which has no holiday.
fn weekdays(from: NaiveDate, to: NaiveDate) -> usize {
    let is_worked = |day: &NaiveDate| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    from.iter_days().take_while(|day| *day < to).filter(is_worked).count()
}
