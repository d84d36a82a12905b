//! What is wrong with records as they stand: procedure, deadlines, links.
//!
//! Each rule has its own code. What only the history can show is for `docket audit`; what was
//! imported is not held to a procedure that it did not go through.

pub mod agreements;
pub mod customers;
mod deadlines;
pub mod desk;
mod items;
pub mod people;
mod procedure;
pub mod sample;
mod waits;

use crate::domain::{
    analysis::finding::{Finding, FindingCode, phrase::Phrase},
    base::time::Timestamp,
    deciding::policy::Policy,
    history::{event::Event, record::Record, steps::Act},
};

/// A clock that is ahead of ours by so many minutes is no lie.
const AHEAD_MINUTES: i64 = 5;

/// What records are held against.
#[derive(Clone, Copy, Debug)]
pub struct CheckContext<'a> {
    pub now: Timestamp,
    pub policy: &'a Policy,
}

/// Everything that one record shows by itself.
pub fn record(record: &Record, context: &CheckContext<'_>) -> Vec<Finding> {
    let mut page = Page { record, context, findings: Vec::new() };
    page.as_replayed();
    page.times();
    page.clashes();
    page.procedure();
    page.deadlines();
    page.agreement();
    page.promised();
    page.findings
}

/// A record whose findings are being written down.
struct Page<'p> {
    record: &'p Record,
    context: &'p CheckContext<'p>,
    findings: Vec<Finding>,
}

impl Page<'_> {
    fn add(&mut self, finding: Finding) {
        self.findings.push(finding.record(&self.record.id));
    }

    /// The status is what the history gives (A2).
    fn as_replayed(&mut self) {
        if self.record.replay() != self.record.status {
            self.add(Finding::of(FindingCode::OutOfStep));
        }
    }

    /// Nothing happened after it was entered, or in the future, or before the matter came in (A3).
    fn times(&mut self) {
        let latest = self.context.now.plus_minutes(AHEAD_MINUTES);
        let mut found = Vec::new();
        for event in &self.record.history {
            let stamp = &event.stamp;
            if stamp.at > stamp.recorded_at {
                found.push((stamp.recorded_at, Phrase::InEvent { time: stamp.at, event: stamp.n }));
            } else if stamp.recorded_at > latest {
                let phrase = Phrase::InEvent { time: stamp.recorded_at, event: stamp.n };
                found.push((self.context.now, phrase));
            }
        }
        let status = &self.record.status;
        if let (Some(done), Some(callback)) = (&status.resolution, &status.confirmation)
            && done.done_at > callback.at
        {
            found.push((callback.at, Phrase::Done(done.done_at)));
        }
        for (most, told) in found {
            let finding = Finding::of(FindingCode::Untimely);
            self.add(finding.expected(Phrase::NotAfter(most)).found(told));
        }
        if self.record.next_number().is_none() {
            let finding = Finding::of(FindingCode::Untimely);
            self.add(finding.expected(Phrase::SmallerNumber).found(Phrase::Event(u32::MAX)));
        }
        if !self.record.history.iter().map(Event::order).is_sorted() {
            self.add(Finding::of(FindingCode::Untimely).expected(Phrase::EventsInOrder));
        }
    }

    /// What two clones did without knowing of each other, until somebody settles it (A34).
    fn clashes(&mut self) {
        let status = &self.record.status;
        for id in &status.set_aside {
            let event = self.record.event(id);
            let number = event.map_or(0, |event| event.stamp.n);
            let phrase = match event.map(|event| &event.act) {
                Some(Act::Merge(merge)) if self.record.crossed.contains(id) => {
                    let (record, other) = (self.record.id.clone(), merge.into.record.clone());
                    Phrase::Crossed { record, other, event: id.clone(), number }
                }
                act => Phrase::NoEffect { event: number, action: act.map(Act::action) },
            };
            self.add(Finding::of(FindingCode::Clash).found(phrase));
        }
        for clock in &status.disputed {
            self.add(Finding::of(FindingCode::Clash).found(Phrase::TwoDueTimes(*clock)));
        }
    }
}
