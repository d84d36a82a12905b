//! Whether agreements keep what they promise under a version that had begun (R100).

use chrono::NaiveDate;

use super::{View, rules::WaitingRules};
use crate::{
    domain::deciding::policy::agreements::Agreements,
    store::{
        error::{Error, PolicyFault, Result},
        git::ids::CommitId,
        layout,
    },
};

/// What agreements promised before a commit made them promise something else without a new version.
#[derive(Debug)]
pub struct BrokenPromise {
    /// The commit that did it.
    pub by: CommitId,
    kept: Agreements,
    /// The day by which versions had begun.
    day: NaiveDate,
}

impl View<'_> {
    /// The same desk, without the files that stand in the place of the commit's.
    pub fn committed(&self) -> Self {
        Self { as_of: self.as_of, ..View::of(self.snapshot, self.memory) }
    }

    /// What agreements promise otherwise than `before`: now, and on each day to come on which it was
    /// otherwise before. Where `before` cannot be read, what was `known` last counts; a commit that is dated
    /// before the one that it changes counts from that one's day. What was broken `before` may be put back.
    pub fn changed_promises(&self, before: &View<'_>, known: &Agreements) -> Result<Vec<Error>> {
        let changed = self.changed_since(before, known)?;
        if changed.is_empty() {
            return Ok(changed);
        }
        match before.broken_promise() {
            Ok(Some(broken)) if self.breaks(&broken)?.is_none() => Ok(Vec::new()),
            _ => Ok(changed),
        }
    }

    /// What the commits up to this one, without the files in their places, broke first of what agreements
    /// promised, and did not put back since. A shallow clone may not know of it.
    pub fn broken_promise(&self) -> Result<Option<BrokenPromise>> {
        let git = self.snapshot.repository();
        let Some(tip) = self.commit() else { return Ok(None) };
        let mut changes = git.log(tip, layout::AGREEMENTS)?;
        for adopted in self.snapshot.files_under(layout::ADOPTED)? {
            if layout::adopted_of(&adopted.path).is_some_and(|(of, _)| of == layout::AGREEMENTS) {
                changes.extend(git.log(tip, &adopted.path)?);
            }
        }
        changes.sort_by_key(|change| change.time);
        let (mut broken, mut known) = (None::<BrokenPromise>, Agreements::default());
        for change in changes {
            // what two sides made together is judged on each of them
            let ([parent], false) = (&change.parents[..], git.shallow_ends()?.contains(&change.id))
            else {
                continue;
            };
            let at = change.time;
            let after = View::of(git.snapshot(change.id)?, self.memory).at(at);
            let before = View::of(git.snapshot(*parent)?, self.memory).at(at);
            if let Ok(policy) = before.policy_afresh() {
                known = policy.agreements;
            }
            match &broken {
                Some(held) if after.breaks(held)?.is_none() => broken = None,
                Some(_) => {}
                None if after.changed_since(&before, &known)?.is_empty() => {}
                None => {
                    let day = after.rules_day()?.max(before.rules_day()?);
                    broken = Some(BrokenPromise { by: change.id, kept: known.clone(), day });
                }
            }
        }
        Ok(broken)
    }

    /// What is still promised otherwise than before it was broken.
    pub fn breaks(&self, broken: &BrokenPromise) -> Result<Option<Error>> {
        self.otherwise(&broken.kept, broken.day)
    }

    fn changed_since(&self, before: &View<'_>, known: &Agreements) -> Result<Vec<Error>> {
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
