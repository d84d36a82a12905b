//! When things are due.

use crate::domain::{
    base::{
        calendar::{Calendar, MissingYear},
        limit::{Limit, Limits},
        time::Timestamp,
    },
    history::{
        intake::DueAt,
        status::{DueTimes, Status, parts::CurrentPause},
    },
};

/// When the limits run out that start at `received_at` (Q4); a year without calendar gives `unknown`.
///
/// Nobody is acknowledged or answered later than the matter is to be solved: where the resolution limit
/// runs out first, it is the limit of these as well.
pub fn due(limits: Limits, received_at: Timestamp, calendar: &Calendar) -> DueTimes {
    let end = |limit: Option<Limit>| limit.map(|limit| known(limit.due(received_at, calendar)));
    let resolve = end(limits.resolve);
    let by_then = |own: Option<DueAt>| match (own, resolve) {
        (Some(DueAt::At(own)), Some(DueAt::At(resolve))) => Some(DueAt::At(own.min(resolve))),
        (own, _) => own,
    };
    DueTimes {
        ack: by_then(end(limits.ack)),
        respond: by_then(end(limits.respond)),
        commitment: None,
        resolve,
    }
}

/// The due times of a record by the limits in force, with every pause re-applied; a time that the
/// customer agreed to stays (R28).
pub fn afresh(status: &Status, calendar: &Calendar) -> DueTimes {
    let mut due = due(status.limits, status.received_at, calendar);
    due.commitment = status.due.commitment;
    if status.counts.extensions > 0 {
        due.resolve = status.due.resolve;
    } else if let Some(limit) = status.limits.resolve {
        due.resolve = Some(resolve_due(limit, status, calendar));
    }
    due
}

/// When the resolution limit of a record runs out if the clock stands still in its pauses.
///
/// A pause counts from its start to its end, at most to the time it was to end by, and only in the
/// measure of the limit: elapsed time, or working time of the calendar.
pub fn resolve_due(limit: Limit, status: &Status, calendar: &Calendar) -> DueAt {
    let start = status.resolution_runs_from();
    let due = known(limit.due(start, calendar));
    let pauses = status.pauses.iter().filter(|pause| pause.since >= start);
    pauses.fold(due, |due, pause| after_pause(due, limit, pause, calendar))
}

/// A due time after a pause that has ended; `unknown` stays unknown.
pub fn after_pause(due: DueAt, limit: Limit, pause: &CurrentPause, calendar: &Calendar) -> DueAt {
    match (due, pause.until) {
        (DueAt::At(at), Some(until)) if pause.stops_clock => {
            let counted = pause.counts_until(until);
            known(moved(at, limit, pause.since, counted, calendar))
        }
        (due, _) => due,
    }
}

/// A due time moved by what the clock stood still from `since` to `until`.
fn moved(
    due: Timestamp,
    limit: Limit,
    since: Timestamp,
    until: Timestamp,
    calendar: &Calendar,
) -> Result<Timestamp, MissingYear> {
    if until <= since {
        return Ok(due);
    }
    if limit.is_working_time() {
        calendar.add_seconds(due, calendar.seconds_between(since, until)?)
    } else {
        Ok(due.plus_seconds(until.seconds_since(since)).in_zone(calendar.zone()))
    }
}

/// A due time, or `unknown` for want of a calendar.
pub(super) fn known(due: Result<Timestamp, MissingYear>) -> DueAt {
    due.map_or(DueAt::Unknown, DueAt::At)
}
