//! How clocks and promises of a record stand, with a sign that needs no colour.

use serde::Serialize;

use crate::{
    domain::{
        analysis::clock::{
            explain::{ClockExplanation, ClockStanding, explain, promises},
            reading::ClockKind,
        },
        base::time::Timestamp,
        deciding::policy::Policy,
        history::{
            record::Record,
            status::{Clock, Status},
        },
    },
    words::{Words, clock::sign},
};

/// How each clock of a record stands; empty where it runs, or never did.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ClockStandings {
    pub ack: String,
    pub respond: String,
    pub commitment: String,
    pub resolve: String,
    pub expected: String,
}

/// The clocks of a record at `now`.
pub(super) fn clocks(
    record: &Record,
    now: Timestamp,
    policy: &Policy,
    words: Words,
) -> ClockStandings {
    let mut values = ClockStandings::default();
    for clock in explain(record, now, policy.levels.at_risk, policy.calendar_of(&record.status)) {
        let place = match clock.reading.clock {
            ClockKind::Limit(Clock::Ack) => &mut values.ack,
            ClockKind::Limit(Clock::Respond) => &mut values.respond,
            ClockKind::Limit(Clock::Commitment) => &mut values.commitment,
            ClockKind::Limit(Clock::Resolve) => &mut values.resolve,
            ClockKind::Expected => &mut values.expected,
        };
        *place = clock_text(&clock, &record.status, now, words);
    }
    values
}

fn clock_text(clock: &ClockExplanation, status: &Status, now: Timestamp, words: Words) -> String {
    match clock.standing {
        // what ended otherwise kept nothing
        ClockStanding::Kept if done_at(clock.reading.clock, status).is_none() => String::new(),
        standing => text(standing, exceeded(clock), clock.reading.stopped_at.unwrap_or(now), words),
    }
}

/// When what a clock waits for was done.
pub fn done_at(clock: ClockKind, status: &Status) -> Option<Timestamp> {
    match clock {
        ClockKind::Limit(Clock::Ack) => status.times.acknowledged_at,
        ClockKind::Limit(Clock::Respond | Clock::Commitment) => status.times.responded_at,
        ClockKind::Limit(Clock::Resolve) | ClockKind::Expected => {
            status.resolution.as_ref().map(|done| done.done_at)
        }
    }
}

/// The time from which a clock counts as late: the present one while it runs, and afterwards the one that
/// it ran beyond first, which may have been put off.
pub fn exceeded(clock: &ClockExplanation) -> Option<Timestamp> {
    let reading = &clock.reading;
    let missed = reading.missed.filter(|_| reading.stopped_at.is_some());
    missed.or(reading.due.time())
}

/// How each promise of a record stands at `now`; of those that are open, only what is late.
pub(super) fn of_promises(status: &Status, now: Timestamp, words: Words) -> Vec<String> {
    let standings = promises(status, now);
    let told = standings.iter().map(|it| {
        let until = it.promise.settled_at().unwrap_or(now);
        text(it.standing, Some(it.promise.due), until, words)
    });
    told.collect()
}

fn text(standing: ClockStanding, due: Option<Timestamp>, until: Timestamp, words: Words) -> String {
    let said = match standing {
        ClockStanding::Running => return String::new(),
        ClockStanding::Late | ClockStanding::Breached => match due.filter(|due| until > *due) {
            Some(due) => words.late_by(due, until),
            None => words.standing(standing).to_owned(),
        },
        ClockStanding::AtRisk
        | ClockStanding::Paused
        | ClockStanding::Unknown
        | ClockStanding::Kept
        | ClockStanding::Explained => words.standing(standing).to_owned(),
    };
    format!("{} {said}", sign(standing)).trim_start().to_owned()
}
