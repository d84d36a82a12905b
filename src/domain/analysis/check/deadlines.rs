//! What was late, and what waits (A4–A12): facts to be known, not faults of the record.

use super::Page;
use crate::domain::{
    analysis::{
        clock::{
            explain::{ClockStanding, promises},
            reading::{ClockKind, readings},
        },
        duties::{Duty, tasks},
        finding::{Detail, Finding, FindingCode, phrase::Phrase},
    },
    base::terms::{Kind, State},
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
        let (now, state) = (self.context.now, self.record.status.state);
        if matches!(state, State::Cancelled | State::Merged) {
            return;
        }
        for told in promises(&self.record.status, now) {
            if told.standing == ClockStanding::Late {
                let promise = Phrase::Promise { number: told.number, due: told.promise.due };
                self.add(Finding::of(FindingCode::PromiseBroken).expected(promise));
            }
        }
    }

    fn clocks(&mut self) {
        let Self { record, context, .. } = *self;
        for reading in readings(record, context.now, context.policy.calendar_of(&record.status)) {
            if reading.breached_at.is_none() {
                let is_unknown = reading.due == DueAt::Unknown && reading.stopped_at.is_none();
                if let (true, ClockKind::Limit(clock)) = (is_unknown, reading.clock) {
                    let finding = Finding::of(FindingCode::NoDueTime);
                    self.add(finding.found(Phrase::UnknownDue(clock)));
                }
                continue;
            }
            let fault = match reading.clock {
                ClockKind::Limit(Clock::Ack) if reading.stopped_at.is_none() => {
                    FindingCode::Unacknowledged
                }
                ClockKind::Limit(Clock::Ack) => FindingCode::AckLate,
                ClockKind::Limit(Clock::Respond) => FindingCode::ResponseLate,
                ClockKind::Limit(Clock::Commitment) => FindingCode::CommitmentMissed,
                ClockKind::Limit(Clock::Resolve) => FindingCode::ResolveLate,
                ClockKind::Expected => FindingCode::ExpectedMissed,
            };
            let done = reading.stopped_at.map_or(Phrase::NotYet.into(), Detail::Time);
            let expected = reading.missed.map(Detail::Time);
            self.add(Finding { expected, ..Finding::of(fault).found(done) });
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
            let finding = Finding::of(FindingCode::CommittedLate);
            self.add(finding.expected(due).found(given));
        }
    }

    /// Whoever it was handed to, the unit and the customer are not left alone (A8, A10, A11).
    fn waiting(&mut self) {
        let Self { record, context, .. } = *self;
        let late = tasks(&record.status, context.now, context.policy);
        for task in late.into_iter().filter(|task| task.standing == ClockStanding::Late) {
            let fault = match task.duty {
                Duty::FollowUp => FindingCode::NotFollowedUp,
                Duty::Contact | Duty::CallBack => FindingCode::CustomerNotTold,
                Duty::Clock(ClockKind::Limit(Clock::Respond))
                    if record.status.state == State::Routed =>
                {
                    FindingCode::NotAccepted
                }
                Duty::Clock(_)
                | Duty::Promise { .. }
                | Duty::Relay { .. }
                | Duty::Item(_)
                | Duty::Escalate { .. } => continue,
            };
            let expected = task.due.map(Detail::Time);
            self.add(Finding { expected, ..Finding::of(fault) });
        }
    }
}
