//! Whether a change of the roster is what `docket people` makes of one entry.

use super::{judge::CommitCase, message};
use crate::{
    domain::{
        analysis::finding::{Finding, FindingCode},
        deciding::{
            policy::{Policy, people::Person},
            roster::{self, RosterChange},
        },
    },
    store::{defaults, layout, signature},
};

impl CommitCase<'_> {
    pub(super) fn roster(&self, policy: &Policy, author: &Person, findings: &mut Vec<Finding>) {
        let subject = match self.rules(policy, author, findings) {
            Some(after) => {
                self.only(layout::PEOPLE, findings);
                self.entry(policy, &after.people.people, findings)
            }
            None => self.commit.subject.clone(),
        };
        self.plain_message(&subject, "people", author, findings);
    }

    /// The subject of a change of the roster, which is what its command makes of one entry.
    fn entry(&self, policy: &Policy, people: &[Person], findings: &mut Vec<Finding>) -> String {
        let before = &policy.people;
        let Some(person) = people.iter().find(|person| !before.people.contains(person)) else {
            findings.push(Finding::of(FindingCode::Smuggled).path(layout::PEOPLE));
            return self.commit.subject.clone();
        };
        let old = before.get(&person.id);
        let request = RosterChange::between(old, person);
        let leaves = matches!(request, RosterChange::Retire(..));
        let records = match leaves.then(|| self.before.records()).transpose() {
            Ok(records) => records.map(|(records, _)| records).unwrap_or_default(),
            Err(why) => {
                let path = format!("{}/", layout::RECORDS);
                findings.push(
                    Finding::of(FindingCode::Unreadable)
                        .path(path)
                        .found(&self.words.store_error(&why)),
                );
                return message::subject_of_roster(&request);
            }
        };
        let today = self.commit.authored_at.date();
        match roster::decide(&request, policy, &records, today) {
            Ok((people, _)) => {
                let is_made = self.leaves(defaults::people_file(self.before, &people))
                    || self.leaves(defaults::people_file_anew(self.before, &people));
                let same_keys = old.is_some_and(|old| old.keys == person.keys);
                let is_kept = |key: &String| signature::key(key).as_ref() == Some(key);
                if !is_made || !same_keys && !person.keys.iter().all(is_kept) {
                    findings.push(Finding::of(FindingCode::Smuggled).path(layout::PEOPLE));
                }
            }
            Err(why) => findings.push(self.against(why).path(layout::PEOPLE)),
        }
        message::subject_of_roster(&request)
    }
}
