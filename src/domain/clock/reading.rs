//! What each clock of a record shows: computed from time stamps alone, never stored.
//!
//! A target is a due time from the event that set it until the event that moved it. A clock was
//! breached when it ran beyond a target that was then in force. Nothing that happens later — an
//! extension, a new level, closing, merging — takes a breach away.

use crate::domain::{
    calendar::Calendar,
    clock::after_pause,
    event::Event,
    intake::{DueAt, Expected},
    record::Record,
    status::{Clock, Due, Status, parts::Paused},
    steps::Act,
    time::Timestamp,
};

/// What one clock shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    pub clock: Shown,
    /// When it started.
    pub start: Timestamp,
    /// When it runs out now.
    pub due: DueAt,
    /// When what it waits for was done, or the record ended; absent while it runs.
    pub stopped_at: Option<Timestamp>,
    /// True while a pause holds it.
    pub paused: bool,
    /// Due times that were in force before, oldest first.
    pub earlier: Vec<Target>,
    /// When it first ran beyond a due time then in force.
    pub breached_at: Option<Timestamp>,
    /// A late entry told of a step in time, but the entry itself came after the due time.
    pub kept_by_late_entry: bool,
}

/// A clock that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shown {
    Limit(Clock),
    /// The customer's expected time, apart from policy's (R26).
    Expected,
}

/// A due time with the time for which it was in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    pub due: DueAt,
    pub from: Timestamp,
    pub until: Timestamp,
}

/// Every clock of a record as it shows at `now`, in the order in which they usually run out.
#[must_use]
pub fn readings(record: &Record, now: Timestamp, calendar: &Calendar) -> Vec<Reading> {
    [
        Shown::Limit(Clock::Ack),
        Shown::Limit(Clock::Respond),
        Shown::Limit(Clock::Commitment),
        Shown::Limit(Clock::Resolve),
        Shown::Expected,
    ]
    .into_iter()
    .filter_map(|clock| Run::of(record, clock, now, calendar))
    .collect()
}

/// A clock on its way through the history.
struct Run {
    clock: Shown,
    start: Timestamp,
    due: Option<DueAt>,
    due_since: Timestamp,
    /// Since when it runs; absent while it stands still.
    running_since: Option<Timestamp>,
    stopped_at: Option<Timestamp>,
    earlier: Vec<Target>,
    breached_at: Option<Timestamp>,
    kept_by_late_entry: bool,
}

impl Run {
    fn of(record: &Record, clock: Shown, now: Timestamp, calendar: &Calendar) -> Option<Reading> {
        let start = record.status.received_at;
        let mut run = Self {
            clock,
            start,
            due: None,
            due_since: start,
            running_since: None,
            stopped_at: None,
            earlier: Vec::new(),
            breached_at: None,
            kept_by_late_entry: false,
        };
        let status = record.walk(|event, status| run.step(event, status));
        let pause = status.pause().filter(|pause| pause.stops_clock && clock.pauses());
        let paused = pause.is_some_and(|pause| now < pause.resume_by);
        if let Some(pause) = pause {
            run.due = run.due.map(|due| held(due, &status, pause, now, calendar));
            run.running_since = (!paused).then_some(pause.resume_by);
        }
        run.ran_until(now);
        Some(Reading {
            clock,
            start: run.start,
            due: run.due?,
            stopped_at: run.stopped_at,
            paused,
            earlier: run.earlier,
            breached_at: run.breached_at,
            kept_by_late_entry: run.kept_by_late_entry,
        })
    }

    /// Takes one event: what the clock ran until it, whether it stops, goes on, or has a new target.
    fn step(&mut self, event: &Event, status: &Status) {
        let at = event.stamp.at;
        let done = self.clock.done(status);
        self.ran_until(done.unwrap_or(at).min(at));
        let due = self.clock.due(status);
        if due != self.due {
            if let Some(old) = self.due {
                self.earlier.push(Target { due: old, from: self.due_since, until: at });
            }
            self.due = due;
            self.due_since = at;
            if self.clock == Shown::Limit(Clock::Commitment) {
                self.start = at;
            }
        }
        let ended = done.or_else(|| (!status.state.is_unfinished()).then_some(at));
        if let (Some(stop), Some(DueAt::At(due))) = (done, self.due)
            && self.stopped_at.is_none()
        {
            let entered = event.stamp.recorded_at;
            self.kept_by_late_entry |= stop <= due && entered > due;
        }
        let pause = status.pause().filter(|pause| pause.stops_clock && self.clock.pauses());
        self.running_since = match (ended, pause) {
            (None, None) => Some(self.goes_on(event, status)),
            (Some(_), _) | (None, Some(_)) => None,
        };
        self.stopped_at = ended;
    }

    /// Since when it runs: as before, from the start when it is new, from the end of a pause, from
    /// the event that sends the matter back to work.
    fn goes_on(&self, event: &Event, status: &Status) -> Timestamp {
        let at = event.stamp.at;
        if matches!(event.act, Act::Open(_)) {
            return self.start;
        }
        let ended = status.pauses.last().filter(|pause| pause.until == Some(at));
        match (self.running_since, ended) {
            (Some(since), _) => since,
            (None, Some(pause)) => at.min(pause.resume_by),
            (None, None) => at,
        }
    }

    /// Notes a breach if the clock ran beyond its target before `until`.
    fn ran_until(&mut self, until: Timestamp) {
        let (Some(since), Some(DueAt::At(due))) = (self.running_since, self.due) else {
            return;
        };
        let over = due.max(since);
        if self.breached_at.is_none() && until > over {
            self.breached_at = Some(over);
        }
    }
}

/// The due time as a pause that lasts has moved it by `now`.
fn held(due: DueAt, status: &Status, pause: &Paused, now: Timestamp, calendar: &Calendar) -> DueAt {
    let Some(limit) = status.limits.resolve else {
        return due;
    };
    let ended = Paused { until: Some(now), ..pause.clone() };
    after_pause(due, limit, &ended, calendar)
}

impl Shown {
    fn due(self, status: &Status) -> Option<DueAt> {
        let Due { ack, respond, commitment, resolve } = status.due;
        match self {
            Self::Limit(Clock::Ack) => ack,
            Self::Limit(Clock::Respond) => respond,
            Self::Limit(Clock::Commitment) => commitment,
            Self::Limit(Clock::Resolve) => resolve,
            Self::Expected => match status.expected_by {
                Some(Expected::At(at)) => Some(DueAt::At(at)),
                Some(Expected::Unstated) | None => None,
            },
        }
    }

    /// When what it waits for was done.
    fn done(self, status: &Status) -> Option<Timestamp> {
        match self {
            Self::Limit(Clock::Ack) => status.times.acknowledged_at,
            Self::Limit(Clock::Respond | Clock::Commitment) => status.times.responded_at,
            Self::Limit(Clock::Resolve) | Self::Expected => {
                status.resolution.as_ref().map(|done| done.done_at)
            }
        }
    }

    /// Only the resolution clock ever stands still (Q8).
    fn pauses(self) -> bool {
        self == Self::Limit(Clock::Resolve)
    }
}
