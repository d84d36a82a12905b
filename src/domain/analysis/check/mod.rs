//! What is wrong with records as they stand: procedure, deadlines, links.
//!
//! Each rule has its own code. What only the history can show is for `docket audit`; what was
//! imported is not held to a procedure that it did not go through.

mod deadlines;
pub mod desk;
mod procedure;
pub mod sample;

use crate::domain::{
    analysis::finding::{Finding, FindingCode},
    base::time::Timestamp,
    deciding::policy::Policy,
    history::{event::Event, record::Record, status::Clock},
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
pub fn record(record: &Record, measure: &CheckContext<'_>) -> Vec<Finding> {
    let mut page = Page { record, measure, findings: Vec::new() };
    page.as_replayed();
    page.times();
    page.clashes();
    page.procedure();
    page.deadlines();
    page.findings
}

/// A record whose findings are being written down.
struct Page<'p> {
    record: &'p Record,
    measure: &'p CheckContext<'p>,
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
        let latest = self.measure.now.plus_minutes(AHEAD_MINUTES);
        let mut found = Vec::new();
        for event in &self.record.history {
            let stamp = &event.stamp;
            if stamp.at > stamp.recorded_at {
                let told = format!("{} in event {}", stamp.at, stamp.n);
                found.push((stamp.recorded_at, told));
            } else if stamp.recorded_at > latest {
                let told = format!("{} in event {}", stamp.recorded_at, stamp.n);
                found.push((self.measure.now, told));
            }
        }
        let status = &self.record.status;
        if let (Some(done), Some(callback)) = (&status.resolution, &status.confirmation)
            && done.done_at > callback.at
        {
            found.push((callback.at, format!("{} done", done.done_at)));
        }
        for (most, told) in found {
            let expected = format!("not after {most}");
            self.add(Finding::of(FindingCode::Untimely).expected(&expected).found(&told));
        }
        if self.record.next_number().is_none() {
            let (expected, found) = ("a number that another can follow", "event 4294967295");
            self.add(Finding::of(FindingCode::Untimely).expected(expected).found(&found));
        }
        if !self.record.history.iter().map(Event::order).is_sorted() {
            let expected = "events in the order of n and id";
            self.add(Finding::of(FindingCode::Untimely).expected(expected));
        }
    }

    /// What two clones did without knowing of each other, until somebody settles it (A34).
    fn clashes(&mut self) {
        let status = &self.record.status;
        for id in &status.set_aside {
            let number = self.record.event(id).map_or(0, |event| event.stamp.n);
            let action =
                self.record.event(id).map_or_else(String::new, |e| e.act.action().to_string());
            let told = format!("event {number}, {action}, has no effect where it stands");
            self.add(Finding::of(FindingCode::Clash).found(&told));
        }
        for clock in &status.disputed {
            let told = format!("two due times of one clock: {}", named(*clock));
            self.add(Finding::of(FindingCode::Clash).found(&told));
        }
    }
}

fn named(clock: Clock) -> &'static str {
    match clock {
        Clock::Ack => "ack",
        Clock::Respond => "respond",
        Clock::Commitment => "commitment",
        Clock::Resolve => "resolve",
    }
}
