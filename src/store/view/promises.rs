//! Whether agreements keep what they promise under a version that had begun (R100).

use chrono::NaiveDate;

use super::{View, rules::WaitingRules};
use crate::{
    domain::deciding::policy::agreements::Agreements,
    store::{
        error::{Error, PolicyFault, Result},
        layout,
    },
};

impl View<'_> {
    /// The same desk, without the files that stand in the place of the commit's.
    pub fn committed(&self) -> Self {
        Self { as_of: self.as_of, ..View::of(self.snapshot, self.memory) }
    }

    /// What agreements promise otherwise than `before`: now, and on each day to come on which it was
    /// otherwise before. Where `before` cannot be read, what was `known` last counts; a commit that is dated
    /// before the one that it changes counts from that one's day.
    pub fn changed_promises(&self, before: &View<'_>, known: &Agreements) -> Result<Vec<Error>> {
        let mut changed = self.promises_ahead()?;
        if !changed.is_empty() {
            let known = before.promises_ahead()?;
            changed.retain(|why| known.iter().all(|stood| stood.file() != why.file()));
        }
        let day = self.rules_day()?.max(before.rules_day()?);
        let now = match before.policy_afresh() {
            Ok(before) => self.otherwise(&before.agreements, day)?,
            Err(_) => self.otherwise(known, day)?,
        };
        Ok(now.into_iter().chain(changed).collect())
    }

    /// What agreements promise otherwise from a day on, with these drafts, than on the day before.
    pub fn promises_on(&self, day: NaiveDate, drafts: &[WaitingRules]) -> Result<Option<Error>> {
        let eve = day.pred_opt().unwrap_or(day);
        let is_earlier = |draft: &&WaitingRules| draft.day.is_some_and(|day| day <= eve);
        let earlier: Vec<_> = drafts.iter().filter(is_earlier).cloned().collect();
        self.on(day, drafts)?.otherwise_than(&self.on(eve, &earlier)?, eve)
    }

    /// The same of everything that was adopted for a day to come.
    fn promises_ahead(&self) -> Result<Vec<Error>> {
        let (days, today) = (self.rule_days()?, self.rules_day()?);
        let ahead = days.turns().into_iter().filter(|day| *day > today);
        let changed = ahead.filter_map(|day| self.promises_on(day, &[]).transpose());
        changed.collect()
    }

    /// What agreements promise otherwise than `before` under a version that had begun by a day; nothing where
    /// either cannot be read.
    pub fn otherwise_than(&self, before: &View<'_>, day: NaiveDate) -> Result<Option<Error>> {
        match before.policy_afresh() {
            Ok(before) => self.otherwise(&before.agreements, day),
            Err(_) => Ok(None),
        }
    }

    fn otherwise(&self, before: &Agreements, day: NaiveDate) -> Result<Option<Error>> {
        let Ok(now) = self.policy_afresh() else { return Ok(None) };
        let Err(fault) = now.agreements.keeps(before, day) else { return Ok(None) };
        let (path, places) = (self.rules_at(layout::AGREEMENTS)?, fault.places());
        Ok(Some(self.policy_fault(&path, &places, PolicyFault::Agreement(fault))))
    }
}
