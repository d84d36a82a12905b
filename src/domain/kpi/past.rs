//! A record as it stood at the end of a period.

use std::borrow::Cow;

use crate::domain::{
    event::Event,
    record::Record,
    status::Status,
    steps::Act,
    terms::{Kind, State},
    time::Timestamp,
};

/// A formal record with what was known of it before some instant.
#[derive(Debug)]
pub(super) struct Past<'a> {
    record: Cow<'a, Record>,
    /// The record with all that came later.
    whole: &'a Record,
    /// When its last event took effect.
    last: Timestamp,
}

/// A step with the status before and after it.
#[derive(Debug)]
pub(super) struct Passed<'s> {
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
        let events = effective(record);
        let known = events.iter().filter(|(_, at)| *at < cut).count().max(1);
        let last = events.get(known - 1).map_or(record.intake.received_at, |(_, at)| *at);
        let cow = if known >= events.len() {
            Cow::Borrowed(record)
        } else {
            let history = events[..known].iter().map(|(event, _)| (*event).clone()).collect();
            let mut cut_off = Record { history, ..record.clone() };
            cut_off.status = cut_off.replay();
            Cow::Owned(cut_off)
        };
        let received = cow.status.received_at;
        (received < cut).then_some(Self { record: cow, whole: record, last })
    }

    /// False for what had ended before the period and was not touched in it.
    pub(super) fn matters(&self, from: Timestamp) -> bool {
        self.status().state.is_unfinished()
            || self.last >= from
            || self.status().received_at >= from
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
    pub(super) fn steps(&self, mut seen: impl FnMut(&Passed<'_>)) {
        passed(&self.record, &mut seen);
    }

    /// As [`Self::steps`], with those after the period.
    pub(super) fn all_steps(&self, mut seen: impl FnMut(&Passed<'_>)) {
        passed(self.whole, &mut seen);
    }
}

fn passed(record: &Record, seen: &mut impl FnMut(&Passed<'_>)) {
    let events = effective(record);
    let mut rest = events.iter();
    let mut from = State::Open;
    record.walk(|event, after| {
        let found = rest.by_ref().find(|(other, _)| std::ptr::eq(*other, event));
        let at = found.map_or(event.stamp.at, |(_, at)| *at);
        seen(&Passed { event, at, from, after });
        from = after.state;
    });
}

/// The events in order, each with when it took effect: when it happened, but not before the
/// events that stand before it. What was solved took effect when the work was done.
fn effective(record: &Record) -> Vec<(&Event, Timestamp)> {
    let mut events: Vec<&Event> = record.history.iter().collect();
    events.sort_by_key(|event| event.order());
    let mut latest = record.intake.received_at;
    let timed = events.into_iter().enumerate().map(|(place, event)| {
        let happened = match &event.act {
            _ if place == 0 => record.intake.received_at,
            Act::Import(import) if import.state == State::Closed => event.stamp.at,
            act => act.done_at().unwrap_or(event.stamp.at),
        };
        latest = latest.max(happened);
        (event, latest)
    });
    timed.collect()
}
