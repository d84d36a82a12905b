//! Figures: what a number of cases comes to.

use std::cmp::Ordering;

use crate::domain::{
    analysis::kpi::{
        CountedCase, Formula, Kpi, PeriodCases, Split,
        targets::{Target, TargetValue},
    },
    base::{calendar::Calendar, time::Timestamp},
};

/// How long something took, in whole minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length {
    pub elapsed: i64,
    /// Absent where the calendar of a year is not loaded.
    pub working: Option<i64>,
}

/// Mean, median and the value that nine in ten do not exceed (nearest rank), in minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spread {
    pub mean: i64,
    pub median: i64,
    pub p90: i64,
}

/// A key figure, of all or of one group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    pub kpi: Kpi,
    /// Cases in the numerator.
    pub met: u32,
    /// All cases.
    pub all: u32,
    /// How long it took, where that is what is measured.
    pub elapsed: Option<Spread>,
    pub working: Option<Spread>,
}

/// How a figure stands against its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetStanding {
    Reached,
    Missed,
    /// There is nothing to hold against it.
    Open,
}

impl Length {
    /// From one instant to another; 0 when the second is not later.
    pub(super) fn between(from: Timestamp, to: Timestamp, calendar: &Calendar) -> Self {
        Self { elapsed: to.minutes_since(from).max(0), working: calendar.between(from, to).ok() }
    }

    pub(super) fn without(self, other: Self) -> Self {
        Self {
            elapsed: self.elapsed - other.elapsed,
            working: self.working.zip(other.working).map(|(own, other)| own - other),
        }
    }
}

impl Spread {
    /// Of minutes; `None` without any. A half is rounded up.
    pub fn of(mut minutes: Vec<i64>) -> Option<Self> {
        minutes.sort_unstable();
        let all = i64::try_from(minutes.len()).ok().filter(|all| *all > 0)?;
        let rank = (minutes.len() * 9).div_ceil(10);
        let middle = minutes.len() / 2;
        let upper = *minutes.get(middle)?;
        let lower = if minutes.len() % 2 == 1 { upper } else { *minutes.get(middle - 1)? };
        Some(Self {
            mean: (2 * minutes.iter().sum::<i64>() + all).div_euclid(2 * all),
            median: (lower + upper + 1).div_euclid(2),
            p90: *minutes.get(rank - 1)?,
        })
    }
}

impl Figure {
    /// What the cases come to that are of `kpi`.
    pub fn of<'c>(kpi: Kpi, cases: impl IntoIterator<Item = &'c CountedCase>) -> Self {
        let (mut met, mut all) = (0, 0);
        let (mut elapsed, mut working) = (Vec::new(), Vec::new());
        for case in cases.into_iter().filter(|case| case.kpi == kpi) {
            all += 1;
            met += u32::from(case.met);
            if let Some(length) = case.length {
                elapsed.push(length.elapsed);
                working.extend(length.working);
            }
        }
        let working = if working.len() == elapsed.len() { Spread::of(working) } else { None };
        Self { kpi, met, all, elapsed: Spread::of(elapsed), working }
    }

    /// The share in tenths of a per cent; `None` of nothing.
    pub fn tenths(&self) -> Option<u32> {
        let (met, all) = (u64::from(self.met), u64::from(self.all));
        let tenths = (met * 2000 + all).checked_div(2 * all)?;
        u32::try_from(tenths).ok()
    }

    /// How it stands against a target; it is compared unrounded.
    pub fn against(&self, target: &Target, calendar: &Calendar) -> TargetStanding {
        let least = target.at_least.as_ref().and_then(|mark| self.compared(mark, calendar));
        let most = target.at_most.as_ref().and_then(|mark| self.compared(mark, calendar));
        if least.is_none() && most.is_none() {
            TargetStanding::Open
        } else if least == Some(Ordering::Less) || most == Some(Ordering::Greater) {
            TargetStanding::Missed
        } else {
            TargetStanding::Reached
        }
    }

    fn compared(&self, mark: &TargetValue, calendar: &Calendar) -> Option<Ordering> {
        match (self.kpi.formula(), mark) {
            (Formula::Count, TargetValue::Number(mark)) => f64::from(self.all).partial_cmp(mark),
            (Formula::Share, TargetValue::Number(mark)) if self.all > 0 => {
                (f64::from(self.met) * 100.0).partial_cmp(&(mark * f64::from(self.all)))
            }
            (Formula::Time, TargetValue::Length(limit)) => {
                let spread = if limit.is_working_time() { self.working } else { self.elapsed };
                Some(spread?.mean.cmp(&limit.minutes(calendar)))
            }
            (
                Formula::Count | Formula::Share | Formula::Time | Formula::NotMeasured,
                TargetValue::Number(_) | TargetValue::Length(_),
            ) => None,
        }
    }
}

impl PeriodCases<'_> {
    /// The figure of everybody.
    pub fn figure(&self, kpi: Kpi) -> Figure {
        Figure::of(kpi, self.of(kpi))
    }

    /// The cases of one figure.
    pub fn of(&self, kpi: Kpi) -> impl Iterator<Item = &CountedCase> {
        let from = self.cases.partition_point(|case| case.kpi < kpi);
        self.cases[from..].iter().take_while(move |case| case.kpi == kpi)
    }

    /// The figure of each group that has a case, by the group's name; empty where a record has
    /// nothing of the sort.
    pub fn split(&self, kpi: Kpi, by: Split) -> Vec<(String, Figure)> {
        let mut groups: std::collections::BTreeMap<String, Vec<&CountedCase>> =
            std::collections::BTreeMap::new();
        for case in self.of(kpi) {
            groups.entry(self.group(case, by)).or_default().push(case);
        }
        let figures = groups.into_iter();
        figures.map(|(group, cases)| (group, Figure::of(kpi, cases))).collect()
    }

    /// The group of a case, as it is spelled in files.
    pub fn group(&self, case: &CountedCase, by: Split) -> String {
        let status = &self.record(case).status;
        match by {
            Split::Kind => status.kind.to_string(),
            Split::Level => status.level.map(|level| level.to_string()).unwrap_or_default(),
            Split::Unit => status.unit.as_ref().map(ToString::to_string).unwrap_or_default(),
            Split::Person => {
                let responsible = case.by.as_ref().or(status.assignee.as_ref());
                match (responsible, &status.source_assignee, &status.source) {
                    (Some(person), ..) => person.to_string(),
                    // the desk owner of another system's past is whoever imported it
                    (None, Some(word), Some(source)) => format!("{word} ({})", source.system),
                    (None, None, Some(_)) => String::new(),
                    (None, _, None) => status.desk_owner.to_string(),
                }
            }
            Split::Customer => status.customer.clone(),
            Split::Channel => status.channel.to_string(),
            Split::Cause => {
                let solved = status.resolution.as_ref();
                solved.and_then(|solved| solved.cause_category.clone()).unwrap_or_default()
            }
        }
    }
}
