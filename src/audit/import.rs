//! Whether a record that was taken over from another system, or that a later file goes on with, is
//! what an import makes.

use super::{
    class::{Area, trailer},
    event::{kept, named_by_day, same},
    judge::CommitCase,
    message,
    step::is_new,
};
use crate::{
    domain::{
        analysis::finding::{Finding, FindingCode, phrase::Phrase},
        base::ids::RecordId,
        deciding::{
            policy::{Policy, people::Person},
            steps::{Decidable, decide_unasked, open},
        },
        history::{
            event::{Event, RULES, Stamp},
            record::Record,
            steps::{Act, Action, import::Import, open::Open},
        },
    },
    store::git::diff::ChangedPath,
};

impl CommitCase<'_> {
    pub(super) fn import(&self, policy: &Policy, author: &Person, findings: &mut Vec<Finding>) {
        self.role(policy.roles.may(Action::Import), author, findings);
        let Some(id) = trailer::<RecordId>(&self.commit.message, "Docket-Record") else {
            return findings.push(
                Finding::of(FindingCode::MessageForged)
                    .expected("Docket-Record: ID")
                    .found(Phrase::None),
            );
        };
        let Some(pair) = self.pair(&id, findings) else { return };
        let record = &pair.new;
        let before = pair.old.as_ref();
        let is_made = before.is_some() || is_new(record);
        if record.intake.source.is_none() || !is_made {
            findings.push(Finding::of(FindingCode::Planted).record(&id));
        }
        let old = before.map_or(0, |before| before.history.len());
        if before.is_some() {
            kept(&pair, findings);
            let contacts = self.watched().filter(|(area, _)| *area == Area::Contacts);
            let named =
                |(_, it): (_, &ChangedPath)| Finding::of(FindingCode::Smuggled).path(&it.path);
            findings.extend(contacts.map(named));
        }
        let Some(first) = record.history.first() else { return };
        let added = record.history.get(old..).unwrap_or_default();
        let Some(last) = added.last() else {
            return findings.push(Finding::of(FindingCode::EventMisplaced).record(&id));
        };
        for (n, event) in (1..).zip(&record.history).skip(old) {
            if event.stamp.by != author.id {
                findings.push(
                    Finding::of(FindingCode::AuthorForged)
                        .record(&id)
                        .expected(&author.id)
                        .found(&event.stamp.by),
                );
            }
            let same_id = |other: &&Event| other.stamp.id == event.stamp.id;
            let is_once = record.history.iter().filter(same_id).count() == 1;
            if !is_once || !self.is_imported(n, &event.stamp, policy) {
                let finding = Finding::of(FindingCode::EventMisplaced).record(&id);
                findings.push(finding.found(&event.stamp.id));
            }
        }
        if first.stamp.at != record.intake.received_at
            || last.stamp.at.unix() != self.commit.authored_at.unix()
        {
            let finding = Finding::of(FindingCode::TimeForged).record(&id);
            findings.push(finding.expected(self.commit.authored_at).found(last.stamp.at));
        }
        let aside = before.map(|before| &before.status.set_aside[..]).unwrap_or_default();
        if record.replay() != record.status || record.status.set_aside != aside {
            findings.push(Finding::of(FindingCode::StatusForged).record(&id));
        }
        findings.extend(named_by_day(&record.id, record.intake.received_at, policy));
        self.imported(record, old, policy, findings);
        self.dated(findings);
        self.message(&message::of_import(record, before, last, self.fixed()), author, findings);
        self.around(record, last, None, findings);
        self.archive(record, last, policy, findings);
    }

    /// Whether an entry is stamped as an import stamps it: all at once, in their order.
    fn is_imported(&self, n: u32, stamp: &Stamp, policy: &Policy) -> bool {
        let zone = policy.calendar.zone();
        stamp.n == n
            && stamp.rules == RULES
            && stamp.recorded_at.unix() == self.commit.time.unix()
            && stamp.id.unix() == Some(stamp.recorded_at.unix())
            && stamp.at <= stamp.recorded_at
            && stamp.at.is_in(zone)
            && stamp.recorded_at.is_in(zone)
            && policy.people.get(&stamp.by).is_some_and(|by| {
                policy.roles.role_for(Action::Import, by).ok() == Some(stamp.role)
            })
            && stamp.told_by.is_none()
            && stamp.told_via.is_none()
            && stamp.late_because.is_none()
            && stamp.note.is_none()
            && stamp.personal.is_none()
            && stamp.opened.is_none()
    }

    /// Whether each entry of another system's log is one that an import would have taken.
    /// Those of the first `old` were judged when they came.
    fn imported(&self, record: &Record, old: usize, policy: &Policy, findings: &mut Vec<Finding>) {
        let lookup = self.lookup();
        let Some(first) = record.history.first() else { return };
        let mut replayed = Record::opened(record.id.clone(), record.intake.clone(), &first.stamp);
        for (place, event) in record.history.iter().enumerate() {
            if place < old {
                replayed = replayed.with(event.clone());
                continue;
            }
            let scene = self.scene(&replayed, policy, &event.stamp, &lookup);
            let due = match &event.act {
                Act::Open(_) if replayed.history.is_empty() => {
                    decide_unasked::<Open>(open::Request { major: None }, &scene)
                }
                Act::Import(import) => decide_unasked::<Import>(import.request(), &scene),
                _ => {
                    let finding = Finding::of(FindingCode::EventMisplaced).record(&record.id);
                    findings.push(finding.found(&event.stamp.id));
                    continue;
                }
            };
            replayed = replayed.with(event.clone());
            match due {
                Ok(act) if same(&act, &event.act) => {}
                Ok(_) => {
                    findings.push(Finding::of(FindingCode::DecidedOtherwise).record(&record.id));
                }
                Err(why) => findings.push(self.against(why).record(&record.id)),
            }
        }
    }
}
