//! Whether a change of the calendar is what `docket calendar import` makes of it.

use super::judge::Case;
use crate::{
    domain::{
        analysis::finding::{Fault, Finding},
        deciding::policy::{Policy, people::Person},
    },
    store::{holidays, view::View},
};

impl Case<'_> {
    pub(super) fn calendar(&self, policy: &Policy, author: &Person, findings: &mut Vec<Finding>) {
        let after = self.rules(policy, author, findings);
        self.only(holidays::PATH, findings);
        let text = |view: &View<'_>| view.text(holidays::PATH).ok().flatten();
        let extends =
            after.is_some_and(|after| after.calendar.rules().extend(policy.calendar.rules()));
        let (before, after) = (text(self.before), text(self.after));
        // what stood there stays as it was written
        let keeps = before.zip(after).is_some_and(|(old, new)| new.starts_with(&old));
        if !extends || !keeps {
            findings.push(Finding::of(Fault::Smuggled).path(holidays::PATH));
        }
        self.plain_message("calendar import", "policy", author, findings);
    }
}
