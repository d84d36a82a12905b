//! What was done in time: acknowledgement, reply, solution, promises.
//!
//! Whether a clock ran out is asked of [`readings`], which knows extensions, pauses and new levels.
//! What is done in the period counts, and what runs out in it: late for ever.

use crate::domain::{
    analysis::{
        clock::reading::{ClockKind, Reading, readings},
        kpi::{CountedCase, Kpi, Tally, backlog::Balance, past::Past},
    },
    base::{ids::PersonId, terms::State, time::Timestamp},
    deciding::clock::resolve_due,
    history::{
        intake::DueAt,
        status::{Clock, Status},
        steps::Act,
    },
};

/// When each clock was stopped by what it waits for.
#[derive(Debug, Default)]
struct StopTimes {
    responded: Option<Timestamp>,
    resolved: Option<Timestamp>,
}

pub(super) fn count(tally: &mut Tally<'_, '_>, balance: &mut Balance) {
    let (past, window) = (tally.past, tally.window);
    let readings = readings(past.record(), window.instant(), window.calendar_of(past.record()));
    let of = |clock| readings.iter().find(|reading| reading.clock == clock);
    let stops = stops(past);
    let solved = past.status().resolution.as_ref().map(|done| done.done_at);
    acknowledged(tally, of(ClockKind::Limit(Clock::Ack)));
    if let Some(reading) = of(ClockKind::Limit(Clock::Respond)) {
        let done = past.status().times.responded_at;
        judge(tally, Kpi::ResponseOntime, reading, stops.responded, done);
    }
    if let Some(reading) = of(ClockKind::Limit(Clock::Resolve)) {
        judge(tally, Kpi::ResolveOntime, reading, stops.resolved, solved);
        originally(tally, reading, stops.resolved);
    }
    if let Some(reading) = of(ClockKind::Expected) {
        judge(tally, Kpi::ExpectedOntime, reading, stops.resolved, solved);
    }
    every_target(tally, &readings, stops.resolved);
    let is_unknown = |reading: &Reading| {
        let here = reading.stopped_at.is_none_or(|at| window.has(at));
        here && reading.due == DueAt::Unknown && reading.breached_at.is_none()
    };
    balance.unknown_due += i64::from(!past.is_void() && readings.iter().any(is_unknown));
    commitments(tally);
    promises(tally);
}

fn stops(past: &Past<'_>) -> StopTimes {
    let mut stops = StopTimes::default();
    past.steps(|step| {
        if step.after.times.responded_at.is_some() {
            stops.responded.get_or_insert(step.at);
        }
        match (&step.event.act, &step.after.resolution) {
            (_, None) => stops.resolved = None,
            (act, Some(_)) if act.done_at().is_some() => {
                stops.resolved.get_or_insert(step.at);
            }
            (_, Some(_)) => {}
        }
    });
    stops
}

/// Counts a clock that was stopped in the period, or ran out in it.
fn judge(
    tally: &mut Tally<'_, '_>,
    kpi: Kpi,
    reading: &Reading,
    stopped: Option<Timestamp>,
    done: Option<Timestamp>,
) {
    let window = tally.window;
    let known = matches!(reading.due, DueAt::At(_)) || reading.breached_at.is_some();
    let stopped_here = stopped.is_some_and(|at| window.has(at));
    let late_here = reading.breached_at.is_some_and(|at| window.has(at));
    let void = tally.past.is_void() && reading.breached_at.is_none();
    if known && !void && (stopped_here || late_here) {
        put(tally, kpi, reading, done);
    }
}

fn put(tally: &mut Tally<'_, '_>, kpi: Kpi, reading: &Reading, done: Option<Timestamp>) {
    let met = reading.breached_at.is_none();
    let due = reading.missed.or(reading.due.time());
    let late_entry = met && reading.entered_late_at.is_some();
    tally.put(CountedCase { due, done, late_entry, ..CountedCase::new(kpi, 0, met) });
}

/// Of what was received in the period: acknowledged, or not and too late, also after its end.
fn acknowledged(tally: &mut Tally<'_, '_>, reading: Option<&Reading>) {
    let (past, window) = (tally.past, tally.window);
    let known = |reading: &&Reading| reading.due.time().is_some() || reading.breached_at.is_some();
    let here = window.has(past.status().received_at);
    let Some(reading) = reading.filter(|reading| here && known(reading)) else {
        return;
    };
    let done = past.status().times.acknowledged_at;
    if reading.breached_at.is_some() {
        put(tally, Kpi::AckOntime, reading, done);
    } else if past.is_void() {
    } else if done.is_some() {
        put(tally, Kpi::AckOntime, reading, done);
    } else {
        let later = readings(past.whole(), window.now, window.calendar_of(past.whole()));
        let later = later.iter().find(|reading| reading.clock == ClockKind::Limit(Clock::Ack));
        let done = past.whole().status.times.acknowledged_at;
        if let Some(reading) = later.filter(|r| done.is_some() || r.breached_at.is_some()) {
            put(tally, Kpi::AckOntime, reading, done);
        }
    }
}

/// As if the customer had never agreed to a later time; pauses count.
fn originally(tally: &mut Tally<'_, '_>, reading: &Reading, stopped: Option<Timestamp>) {
    let (past, window) = (tally.past, tally.window);
    let status = past.status();
    let mut reading = reading.clone();
    if let (Some(limit), 1..) = (status.limits.resolve, status.counts.extensions) {
        reading.due = resolve_due(limit, status, window.policy.calendar_of(status));
        let until = status.resolution.as_ref().map_or(window.instant(), |done| done.done_at);
        let late = reading.due.time().filter(|due| until > *due);
        if late.is_some_and(|late| reading.breached_at.is_none_or(|at| late < at)) {
            (reading.breached_at, reading.missed) = (late, late);
        }
    }
    let done = status.resolution.as_ref().map(|done| done.done_at);
    judge(tally, Kpi::ResolveOntimeOriginal, &reading, stopped, done);
}

/// Of what has limits and was solved or late in the period: every limit was kept.
fn every_target(tally: &mut Tally<'_, '_>, readings: &[Reading], stopped: Option<Timestamp>) {
    let window = tally.window;
    let limits = readings.iter().filter(|reading| {
        matches!(reading.clock, ClockKind::Limit(Clock::Ack | Clock::Respond | Clock::Resolve))
    });
    let late: Vec<Timestamp> = limits.clone().filter_map(|reading| reading.breached_at).collect();
    let decided = stopped.is_some_and(|at| window.has(at)) || late.iter().any(|at| window.has(*at));
    let void = tally.past.is_void() && late.is_empty();
    // for want of a calendar nobody can say whether a limit was kept; to count those alone that were
    // missed elsewhere would count the failures without what succeeded
    let is_open =
        |reading: &Reading| reading.due == DueAt::Unknown && reading.breached_at.is_none();
    let known = !limits.clone().any(is_open);
    if limits.count() > 0 && decided && known && !void {
        tally.add(Kpi::SlaAttainment, late.is_empty());
    }
}

/// A responsible person's word on when the customer gets a reply.
#[derive(Debug)]
struct Commitment {
    by: PersonId,
    due: Timestamp,
    /// When the reply was given, or the word was no longer theirs to keep.
    end: Option<(Timestamp, End)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Replied,
    Released,
}

/// Each commitment that was due in the period; one that was routed on before it was due is none.
fn commitments(tally: &mut Tally<'_, '_>) {
    let mut commitments: Vec<Commitment> = Vec::new();
    tally.past.steps(|step| {
        let status = step.after;
        if let Some(last) = commitments.last_mut().filter(|commitments| commitments.end.is_none()) {
            last.end = ended(status, step.event.stamp.at);
        }
        if let (Act::Accept(accept), None) = (&step.event.act, status.times.responded_at) {
            if let Some(last) = commitments.last_mut() {
                last.end.get_or_insert((step.event.stamp.at, End::Released));
            }
            let by = step.event.stamp.actor().clone();
            commitments.push(Commitment { by, due: accept.respond_by, end: None });
        }
    });
    for commitment in commitments {
        let Commitment { by, due, end } = commitment;
        if !tally.window.has(due) || due >= tally.window.instant() && end.is_none() {
            continue;
        }
        let (done, met) = match end {
            Some((at, End::Replied)) => (Some(at), at <= due),
            Some((at, End::Released)) if at <= due => continue,
            Some((_, End::Released)) | None => (None, false),
        };
        let case = CountedCase::new(Kpi::CommitmentKept, 0, met);
        tally.put(CountedCase { due: Some(due), done, by: Some(by), ..case });
    }
}

fn ended(status: &Status, at: Timestamp) -> Option<(Timestamp, End)> {
    if let Some(at) = status.times.responded_at {
        return Some((at, End::Replied));
    }
    let released = status.due.commitment.is_none()
        || status.assignee.is_none()
        || !status.state.is_unfinished();
    released.then_some((at, End::Released))
}

/// Each promise that was due in the period (R18); explaining is not keeping.
fn promises(tally: &mut Tally<'_, '_>) {
    let (past, window) = (tally.past, tally.window);
    let status = past.status();
    let ended = ended_at(past);
    for promise in &status.promises {
        let done = promise.kept_at;
        if !window.has(promise.due) || done.is_none() && promise.due >= window.instant() {
            continue;
        }
        let met = done.is_some_and(|at| at <= promise.due);
        if done.is_none() && ended.is_some_and(|at| at <= promise.due) {
            continue;
        }
        if past.is_void() && met {
            continue;
        }
        let due = Some(promise.due);
        tally.put(CountedCase { due, done, ..CountedCase::new(Kpi::PromiseKept, 0, met) });
    }
}

/// When the record ended without anything left to keep.
fn ended_at(past: &Past<'_>) -> Option<Timestamp> {
    let mut ended = None;
    past.steps(|step| match step.after.state {
        State::Closed | State::Cancelled | State::Merged => {
            ended.get_or_insert(step.event.stamp.at);
        }
        State::Open
        | State::Acknowledged
        | State::Routed
        | State::InProgress
        | State::Pending
        | State::Resolved
        | State::Confirmed => ended = None,
    });
    ended
}
