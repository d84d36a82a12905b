//! Whether a change of the calendar is what `docket calendar import` makes of it.

use super::{judge::CommitCase, message};
use crate::{
    domain::{
        analysis::finding::{Finding, FindingCode},
        deciding::policy::{Policy, people::Person},
    },
    store::{holidays, layout},
};

impl CommitCase<'_> {
    pub(super) fn calendar(&self, policy: &Policy, author: &Person, findings: &mut Vec<Finding>) {
        let after = self.rules(policy, author, findings);
        self.only_rules(layout::CALENDAR, findings);
        if after.is_none_or(|after| !self.adds_years(policy, &after)) {
            findings.push(Finding::of(FindingCode::Smuggled).path(layout::CALENDAR));
        }
        self.plain_message(message::CALENDAR, message::POLICY, author, findings);
    }

    /// Whether the file is what the command makes of its years that were not loaded.
    fn adds_years(&self, before: &Policy, after: &Policy) -> bool {
        let mut new = after.calendar.rules().years.clone();
        new.retain(|year, rules| !rules.is_blank() && !before.calendar.is_loaded(*year));
        !new.is_empty() && self.leaves(holidays::with_years(self.before, &new))
    }
}
