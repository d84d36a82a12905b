//! What was late, and what waits (A4–A12): facts to be known, not faults of the record.

use super::Page;
use crate::domain::{
    analysis::{
        clock::{
            explain::{Standing, promises},
            reading::{Shown, readings},
        },
        day::{Duty, tasks},
        finding::{Fault, Finding},
    },
    base::{
        terms::{Kind, State},
        time::Timestamp,
    },
    history::{intake::DueAt, status::Clock, steps::Act},
};

impl Page<'_> {
    pub(super) fn deadlines(&mut self) {
        if self.record.status.kind == Kind::Remark {
            return;
        }
        self.clocks();
        self.commitments();
        self.waiting();
        let (now, state) = (self.measure.now, self.record.status.state);
        if matches!(state, State::Cancelled | State::Merged) {
            return;
        }
        for told in promises(&self.record.status, now) {
            if told.standing == Standing::Late {
                let promise = format!("promise {} by {}", told.number, told.promise.due);
                self.add(Finding::of(Fault::PromiseBroken).expected(&promise));
            }
        }
    }

    fn clocks(&mut self) {
        let Self { record, measure, .. } = *self;
        for reading in readings(record, measure.now, &measure.policy.calendar) {
            if reading.breached_at.is_none() {
                continue;
            }
            let fault = match reading.clock {
                Shown::Limit(Clock::Ack) => Fault::AckLate,
                Shown::Limit(Clock::Respond | Clock::Commitment) => Fault::ResponseLate,
                Shown::Limit(Clock::Resolve) => Fault::ResolveLate,
                Shown::Expected => Fault::ExpectedMissed,
            };
            // the time that was missed, which may be one that was put off afterwards
            let missed = reading.earlier.first().map_or(reading.due, |target| target.due);
            let due = missed.time().map(|due: Timestamp| due.to_string()).unwrap_or_default();
            let done = match reading.stopped_at {
                Some(done) => done.to_string(),
                None => "not yet".to_owned(),
            };
            self.add(Finding::of(fault).expected(&due).found(&done));
        }
    }

    /// A commitment beyond the limit says why (A9).
    fn commitments(&mut self) {
        let mut found = Vec::new();
        self.record.walk(|event, status| {
            if let Act::Accept(accept) = &event.act
                && accept.reason.is_none()
                && status.times.responded_at.is_none()
                && let Some(due) = status.due.respond.and_then(DueAt::time)
                && accept.respond_by > due
            {
                found.push((due, accept.respond_by));
            }
        });
        for (due, given) in found {
            let finding = Finding::of(Fault::CommittedLate);
            self.add(finding.expected(&due).found(&given));
        }
    }

    /// Whoever it was handed to, the unit and the customer are not left alone (A8, A10, A11).
    fn waiting(&mut self) {
        let Self { record, measure, .. } = *self;
        let late = tasks(record, measure.now, measure.policy);
        for task in late.into_iter().filter(|task| task.standing == Standing::Late) {
            let fault = match task.what {
                Duty::FollowUp => Fault::NotFollowedUp,
                Duty::Contact => Fault::CustomerNotTold,
                Duty::Clock(Shown::Limit(Clock::Respond))
                    if record.status.state == State::Routed =>
                {
                    Fault::NotAccepted
                }
                Duty::Clock(_)
                | Duty::Promise { .. }
                | Duty::Relay { .. }
                | Duty::Escalate { .. } => continue,
            };
            let due = task.due.map(|due| due.to_string());
            self.add(Finding { expected: due, ..Finding::of(fault) });
        }
    }
}
