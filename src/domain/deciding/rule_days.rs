//! Which files of rules hold on a day (R115).

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The days from which files of rules hold, of those files that were adopted for a day. Every other one
/// holds as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleDays(BTreeMap<&'static str, FileDays>);

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct FileDays {
    /// Of the file in its usual place, where that says one.
    present: Option<NaiveDate>,
    adopted: BTreeSet<NaiveDate>,
}

/// How far a file of rules that does not hold yet has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitingStage {
    /// Nobody adopted it; with the day that it says, if it does.
    Draft(Option<NaiveDate>),
    /// It holds from this day on.
    Adopted(NaiveDate),
}

/// The days between which the same files hold; open where there is no other day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleSpan {
    /// The first of them.
    pub from: Option<NaiveDate>,
    /// The first one after them.
    pub until: Option<NaiveDate>,
}

impl RuleDays {
    /// Takes in that a file was adopted for a day.
    pub fn adopt(&mut self, path: &'static str, day: NaiveDate) {
        self.0.entry(path).or_default().adopted.insert(day);
    }

    /// Takes in from when the file in its usual place holds; of one that was never adopted it is not asked.
    pub fn presents(&mut self, present: impl Fn(&'static str) -> Option<NaiveDate>) {
        for (path, days) in &mut self.0 {
            days.present = present(path);
        }
    }

    /// The day for which the file was adopted that holds on `day`; `None` where it is the one in its usual
    /// place, which also holds where both are of one day: it was changed on the day itself.
    pub fn in_force(&self, path: &str, day: NaiveDate) -> Option<NaiveDate> {
        let days = self.0.get(path)?;
        let adopted = *days.adopted.range(..=day).next_back()?;
        let present = days.present.filter(|present| *present <= day);
        present.is_none_or(|present| present < adopted).then_some(adopted)
    }

    /// For which days a file was adopted.
    pub fn adopted(&self, path: &str) -> impl Iterator<Item = NaiveDate> {
        self.0.get(path).into_iter().flat_map(|days| days.adopted.iter().copied())
    }

    /// The files that were adopted for any day.
    pub fn paths(&self) -> impl Iterator<Item = &'static str> {
        self.0.keys().copied()
    }

    /// The days on which other files may hold than on the day before.
    pub fn turns(&self) -> BTreeSet<NaiveDate> {
        self.0.values().flat_map(|days| days.adopted.iter().copied().chain(days.present)).collect()
    }

    /// The days around `day` on which the same files hold.
    pub fn span(&self, day: NaiveDate) -> RuleSpan {
        let turns = self.turns();
        let until = turns.iter().copied().find(|turn| *turn > day);
        RuleSpan { from: turns.range(..=day).next_back().copied(), until }
    }
}

impl RuleSpan {
    /// Whether a day is one of them.
    pub fn has(self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day < until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEVELS: &str = "policy/levels.yaml";

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 12, day).unwrap()
    }

    #[test]
    fn the_latest_file_holds_whose_day_has_come() {
        let mut days = RuleDays::default();
        days.adopt(LEVELS, day(10));
        days.adopt(LEVELS, day(20));
        for (present, on, holds) in [
            (Some(1), 9, None),
            (Some(1), 10, Some(10)),
            (Some(1), 19, Some(10)),
            (Some(1), 31, Some(20)),
            (Some(10), 10, None),
            (Some(15), 14, Some(10)),
            (Some(15), 15, None),
            (Some(15), 20, Some(20)),
            (Some(25), 24, Some(20)),
            (Some(25), 25, None),
            (Some(25), 5, None),
            (None, 5, None),
            (None, 12, Some(10)),
        ] {
            days.presents(|_| present.map(day));
            assert_eq!(days.in_force(LEVELS, day(on)), holds.map(day), "{present:?} on {on}");
            let span = days.span(day(on));
            assert!(span.has(day(on)), "{span:?}");
            let same = |other: &u32| {
                let other = day(*other);
                !span.has(other) || days.in_force(LEVELS, other) == holds.map(day)
            };
            assert!((1..=31).all(|other| same(&other)), "{present:?} around {on}: {span:?}");
        }
        assert_eq!(days.in_force("policy/units.yaml", day(31)), None);
    }
}
