//! A record as it stood at the end of a period.

use std::{borrow::Cow, cell::OnceCell};

use crate::domain::{
    analysis::kpi::KpiWindow,
    base::{
        ids::EventId,
        terms::{Kind, State},
        time::Timestamp,
    },
    history::{
        event::Event,
        record::Record,
        status::Status,
        steps::{Act, import::is_solved},
    },
};

/// A formal record with what was known of it before some instant.
#[derive(Debug)]
pub(super) struct Past<'a> {
    record: Cow<'a, Record>,
    /// The record with all that came later.
    whole: &'a Record,
    /// When its last event took effect.
    last: Timestamp,
    /// Its steps: every figure asks for them.
    steps: OnceCell<Vec<PastStep>>,
    all_steps: OnceCell<Vec<PastStep>>,
}

/// A step that had an effect.
#[derive(Debug)]
struct PastStep {
    /// Its place in the history.
    event: usize,
    at: Timestamp,
    from: State,
    after: Status,
}

/// A step with the status before and after it.
#[derive(Debug)]
pub(super) struct StepEffect<'s> {
    pub event: &'s Event,
    /// When it took effect: not before what stands before it.
    pub at: Timestamp,
    pub from: State,
    pub after: &'s Status,
}

impl<'a> Past<'a> {
    /// The record with its steps before `cut`; `None` for a remark, and before it was received.
    ///
    /// Steps are cut off at the end of the history only, so that what is left is a history too.
    pub(super) fn of(record: &'a Record, cut: Timestamp) -> Option<Self> {
        if record.intake.kind == Kind::Remark {
            return None;
        }
        // nothing takes effect before the matter came in
        if record.intake.received_at >= cut {
            return None;
        }
        let events = effective(record);
        let known = events.iter().filter(|(.., at)| *at < cut).count().max(1);
        let last = events.get(known - 1).map_or(record.intake.received_at, |(.., at)| *at);
        let cow = if known >= events.len() {
            Cow::Borrowed(record)
        } else {
            let history = events[..known].iter().map(|(_, event, _)| (*event).clone()).collect();
            let mut cut_off = Record { history, ..record.clone() };
            cut_off.status = cut_off.replay();
            Cow::Owned(cut_off)
        };
        let received = cow.status.received_at;
        (received < cut).then_some(Self {
            record: cow,
            whole: record,
            last,
            steps: OnceCell::new(),
            all_steps: OnceCell::new(),
        })
    }

    /// False for what had ended before the period and was not touched in it.
    pub(super) fn matters(&self, from: Timestamp) -> bool {
        self.status().state.is_unfinished()
            || self.last >= from
            || self.status().received_at >= from
    }

    /// The steps of a period that were entered after its end; what came from another system is
    /// no late entry.
    pub(super) fn entered_after(&self, window: &KpiWindow<'_>) -> impl Iterator<Item = EventId> {
        let mut found = Vec::new();
        let here = |at| window.has(at) && window.to <= window.now;
        if self.last >= window.from && self.record.intake.source.is_none() {
            self.steps(|step| {
                let stamp = &step.event.stamp;
                if here(step.at) && stamp.recorded_at >= window.to {
                    found.push(stamp.id.clone());
                }
            });
        }
        found.into_iter()
    }

    /// Lets go of what only counting needs.
    pub(super) fn forget_steps(&mut self) {
        (self.steps, self.all_steps) = Default::default();
    }

    pub(super) fn record(&self) -> &Record {
        &self.record
    }

    pub(super) fn whole(&self) -> &'a Record {
        self.whole
    }

    pub(super) fn status(&self) -> &Status {
        &self.record.status
    }

    /// True for what was opened in error or belongs to another record: it counts nowhere.
    pub(super) fn is_void(&self) -> bool {
        matches!(self.status().state, State::Cancelled | State::Merged)
    }

    /// Shows each step that had an effect.
    pub(super) fn steps(&self, seen: impl FnMut(&StepEffect<'_>)) {
        show(&self.record, self.steps.get_or_init(|| steps(&self.record)), seen);
    }

    /// As [`Self::steps`], with those after the period.
    pub(super) fn all_steps(&self, seen: impl FnMut(&StepEffect<'_>)) {
        match &self.record {
            Cow::Borrowed(_) => self.steps(seen),
            Cow::Owned(_) => {
                show(self.whole, self.all_steps.get_or_init(|| steps(self.whole)), seen);
            }
        }
    }
}

fn show(record: &Record, steps: &[PastStep], mut seen: impl FnMut(&StepEffect<'_>)) {
    for PastStep { event, at, from, after } in steps {
        seen(&StepEffect { event: &record.history[*event], at: *at, from: *from, after });
    }
}

fn steps(record: &Record) -> Vec<PastStep> {
    let events = effective(record);
    let mut rest = events.iter();
    let mut from = State::Open;
    let mut steps = Vec::with_capacity(events.len());
    record.walk(|event, after| {
        if let Some((place, _, at)) =
            rest.by_ref().find(|(_, other, _)| std::ptr::eq(*other, event))
        {
            steps.push(PastStep { event: *place, at: *at, from, after: after.clone() });
        }
        from = after.state;
    });
    steps
}

/// The events in order, but those that were taken back, each with its place in the history and when it
/// took effect: when it happened, but not before the events that stand before it. What was solved took effect when the
/// work was done.
fn effective(record: &Record) -> Vec<(usize, &Event, Timestamp)> {
    let numbered = record.history.iter().enumerate();
    let mut events: Vec<_> = numbered.filter(|(_, event)| record.is_lasting(event)).collect();
    events.sort_by_key(|(_, event)| event.order());
    let mut latest = record.intake.received_at;
    let mut solved = false;
    let timed = events.into_iter().enumerate().map(|(nth, (place, event))| {
        let happened = match &event.act {
            _ if nth == 0 => record.intake.received_at,
            Act::Import(import) => {
                // a solution that was told before is told again now
                let first = import.outcome.as_ref().filter(|_| !solved);
                solved = is_solved(import.state) && (solved || first.is_some());
                let first = first.filter(|_| import.state != State::Closed);
                first.map_or(event.stamp.at, |outcome| outcome.done_at)
            }
            act => act.done_at().unwrap_or(event.stamp.at),
        };
        latest = latest.max(happened);
        (place, event, latest)
    });
    timed.collect()
}
