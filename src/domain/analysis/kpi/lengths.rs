//! How long it took: to be heard, to be answered, to be solved.

use crate::domain::{
    analysis::{
        clock::{explain::pauses, reading::ClockKind},
        kpi::{CountedCase, Kpi, Tally, figure::Length, past::Past},
    },
    base::{terms::State, time::Timestamp},
    history::{event::Event, intake::Occurred, status::Clock, steps::Act},
};

pub(super) fn count(tally: &mut Tally<'_, '_>) {
    let (past, window) = (tally.past, tally.window);
    if past.is_void() {
        return;
    }
    let (mut acknowledged, mut responded, mut solved) = (None, None, None);
    past.steps(|step| {
        if step.after.times.acknowledged_at.is_some() {
            acknowledged.get_or_insert(step.at);
        }
        if step.after.times.responded_at.is_some() {
            responded.get_or_insert(step.at);
        }
        if step.after.resolution.is_none() {
            solved = None;
        } else if step.event.act.done_at().is_some() {
            solved.get_or_insert(step.at);
        }
    });
    let status = past.status();
    let here = |at: Option<Timestamp>| at.is_some_and(|at| window.has(at));
    let start = status.received_at;
    if let Some(at) = status.times.acknowledged_at.filter(|_| here(acknowledged)) {
        took(tally, Kpi::Mtta, start, at);
    }
    if let Some(at) = status.times.responded_at.filter(|_| here(responded)) {
        took(tally, Kpi::ResponseTime, start, at);
    }
    let Some(done) = status.resolution.as_ref().filter(|_| here(solved)) else {
        return;
    };
    took(tally, Kpi::Mttr, start, done.done_at);
    let mut net = Length::between(start, done.done_at, window.calendar());
    for (since, until) in pauses(status, ClockKind::Limit(Clock::Resolve), done.done_at) {
        let until = until.min(done.done_at);
        net = net.without(Length::between(since.min(until), until, window.calendar()));
    }
    if !waited_without_reason(past) {
        let (done, length) = (Some(done.done_at), Some(net));
        tally.put(CountedCase { length, done, ..CountedCase::new(Kpi::MttrNet, 0, true) });
    }
    let fault = past.record().intake.fault.as_ref();
    if let Some(Occurred::At(occurred)) = fault.map(|fault| fault.occurred_at)
        && occurred <= done.done_at
    {
        took(tally, Kpi::RestoreTime, occurred, done.done_at);
    }
}

/// Whether another system's log tells that the work waited, and not whether that counts.
fn waited_without_reason(past: &Past<'_>) -> bool {
    let is_so = |event: &Event| match &event.act {
        Act::Import(import) => import.state == State::Pending && import.reason.is_none(),
        _ => false,
    };
    past.record().history.iter().any(is_so)
}

fn took(tally: &mut Tally<'_, '_>, kpi: Kpi, from: Timestamp, to: Timestamp) {
    let length = Some(Length::between(from, to, tally.window.calendar()));
    tally.put(CountedCase { length, done: Some(to), ..CountedCase::new(kpi, 0, true) });
}
