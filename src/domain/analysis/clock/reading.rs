//! What each clock of a record shows: computed from time stamps alone, never stored.
//!
//! A target is a due time from the event that set it until the event that moved it. A clock was
//! breached when it ran beyond a target that was then in force. Nothing that happens later — an
//! extension, a new level, closing, merging — takes a breach away.

use serde::Serialize;

use crate::domain::{
    base::{calendar::Calendar, limit::Limit, time::Timestamp},
    deciding::clock::after_pause,
    history::{
        event::Event,
        intake::{DueAt, Expected},
        record::Record,
        status::{Clock, DueTimes, Status, parts::CurrentPause},
        steps::Act,
    },
};

/// What one clock shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    pub clock: ClockKind,
    /// When it started.
    pub start: Timestamp,
    /// When it runs out now.
    pub due: DueAt,
    /// When what it waits for was done, or the record ended; absent while it runs.
    pub stopped_at: Option<Timestamp>,
    /// True while a pause holds it.
    pub paused: bool,
    /// Due times that were in force before, oldest first.
    pub earlier: Vec<DuePeriod>,
    /// When it first ran beyond a due time then in force.
    pub breached_at: Option<Timestamp>,
    /// The due time that it ran beyond then, which may have been put off afterwards.
    pub missed: Option<Timestamp>,
    /// When the entry came that told of a step in time, but came itself after the due time.
    pub entered_late_at: Option<Timestamp>,
}

/// A clock that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ClockKind {
    Limit(Clock),
    /// The customer's expected time, apart from policy's (R26).
    Expected,
}

impl ClockKind {
    /// The name for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Limit(clock) => clock.code(),
            Self::Expected => "expected",
        }
    }
}

/// A due time with the time for which it was in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct DuePeriod {
    pub due: DueAt,
    pub from: Timestamp,
    pub until: Timestamp,
}

/// Every clock of a record as it shows at `now`, in the order in which they usually run out.
pub fn readings(record: &Record, now: Timestamp, calendar: &Calendar) -> Vec<Reading> {
    let mut runs = ClockKind::ALL.map(|clock| RunningClock::of(clock, record.status.received_at));
    record.walk(|event, status| {
        for run in &mut runs {
            run.step(event, status, calendar);
        }
    });
    runs.into_iter().filter_map(|run| run.reading(now, calendar)).collect()
}

/// The clocks that still run or are paused at `now`. Where the record stands says enough for that, and
/// nothing of what they ran beyond before.
pub fn running(status: &Status, now: Timestamp, calendar: &Calendar) -> Vec<Reading> {
    let running = ClockKind::ALL.into_iter();
    running.filter_map(|clock| clock.running(status, now, calendar)).collect()
}

/// A clock on its way through the history.
struct RunningClock {
    clock: ClockKind,
    start: Timestamp,
    /// When the matter came in, as it was known then.
    received_at: Timestamp,
    /// The due time that the events give.
    recorded: Option<DueAt>,
    /// The same as a pause that no event has counted moves it.
    due: Option<DueAt>,
    due_since: Timestamp,
    /// Since when it runs; absent while it stands still.
    running_since: Option<Timestamp>,
    /// The pause that holds it, with the limit in whose measure the pause counts.
    pause: Option<(CurrentPause, Option<Limit>)>,
    stopped_at: Option<Timestamp>,
    earlier: Vec<DuePeriod>,
    breached_at: Option<Timestamp>,
    missed: Option<Timestamp>,
    entered_late_at: Option<Timestamp>,
}

impl RunningClock {
    /// A clock of a matter that came in at `start`, before the first event.
    fn of(clock: ClockKind, start: Timestamp) -> Self {
        Self {
            clock,
            start,
            received_at: start,
            recorded: None,
            due: None,
            due_since: start,
            running_since: None,
            pause: None,
            stopped_at: None,
            earlier: Vec::new(),
            breached_at: None,
            missed: None,
            entered_late_at: None,
        }
    }

    /// What it shows at `now`, after the last event; `None` for a clock that never had a due time.
    fn reading(mut self, now: Timestamp, calendar: &Calendar) -> Option<Reading> {
        let paused =
            self.pause.as_ref().is_some_and(|(pause, _)| pause.resume_by.is_none_or(|by| now < by));
        self.pass_pause(now, calendar);
        self.ran_until(now);
        Some(Reading {
            clock: self.clock,
            start: self.start,
            due: self.due?,
            stopped_at: self.stopped_at,
            paused,
            earlier: self.earlier,
            breached_at: self.breached_at,
            missed: self.missed,
            entered_late_at: self.entered_late_at,
        })
    }

    /// Takes one event: what the clock ran until it, whether it stops, goes on, or has a new target.
    fn step(&mut self, event: &Event, status: &Status, calendar: &Calendar) {
        let at = event.stamp.at;
        let done = self.clock.done(status);
        let until = done.unwrap_or(at).min(at);
        self.pass_pause(until, calendar);
        self.ran_until(until);
        let due = self.clock.due(status);
        let is_first = matches!(event.act, Act::Open(_));
        if due != self.recorded {
            if let Some(old) = std::mem::replace(&mut self.recorded, due) {
                self.earlier.push(DuePeriod { due: old, from: self.due_since, until: at });
            }
            self.due = due;
            self.due_since = if is_first { status.received_at } else { at };
            if self.clock == ClockKind::Limit(Clock::Commitment) {
                self.start = at;
            }
        }
        if self.clock == ClockKind::Limit(Clock::Resolve) {
            self.start = status.resolution_runs_from();
        }
        let ended = done.or_else(|| (!status.state.is_unfinished()).then_some(at));
        if let (Some(stop), Some(DueAt::At(due))) = (done, self.due)
            && self.stopped_at.is_none()
        {
            let entered = event.stamp.recorded_at;
            // when another system's past was imported says nothing of when it was entered there
            let told_here = !matches!(event.act, Act::Import(_));
            let late = (told_here && stop <= due && entered > due).then_some(entered);
            self.entered_late_at = self.entered_late_at.or(late);
        }
        let pause = status.pause().filter(|pause| pause.stops_clock && self.clock.pauses());
        self.running_since = match (ended, pause) {
            (None, None) => Some(self.goes_on(event, status)),
            (Some(_), _) | (None, Some(_)) => None,
        };
        self.pause = pause.map(|pause| (pause.clone(), status.limits.resolve));
        self.stopped_at = ended;
        self.received_at = status.received_at;
    }

    /// Moves the due time by what a pause that lasts counts until `until`, and runs on after the
    /// time that it was to end by.
    fn pass_pause(&mut self, until: Timestamp, calendar: &Calendar) {
        let Some((pause, limit)) = self.pause.take() else { return };
        self.running_since = pause.resume_by.filter(|by| until >= *by);
        let ended = CurrentPause { until: Some(until), ..pause };
        if let (Some(due), Some(limit)) = (self.recorded, limit) {
            self.due = Some(after_pause(due, limit, &ended, calendar));
        }
    }

    /// Since when it runs: as before, from the start when it is new, from the end of a pause, from
    /// the event that sends the matter back to work.
    fn goes_on(&self, event: &Event, status: &Status) -> Timestamp {
        let at = event.stamp.at;
        if matches!(event.act, Act::Open(_)) {
            return status.received_at;
        }
        let ended = status.pauses.last().filter(|pause| pause.until == Some(at));
        match (self.running_since, ended) {
            // a correction finds that it ran before, and never that it did not
            (Some(since), _) if since == self.received_at => since.min(status.received_at),
            (Some(since), _) => since,
            (None, Some(pause)) => pause.counts_until(at),
            (None, None) => at,
        }
    }

    /// Notes a breach if the clock ran beyond its target before `until`.
    fn ran_until(&mut self, until: Timestamp) {
        let (Some(since), Some(DueAt::At(due))) = (self.running_since, self.due) else {
            return;
        };
        // a target that had passed when it was set was missed then, and not before
        let over = due.max(since).max(self.due_since);
        if self.breached_at.is_none() && until > over {
            self.breached_at = Some(over);
            self.missed = Some(due);
        }
    }
}

impl ClockKind {
    /// In the order in which they usually run out.
    const ALL: [Self; 5] = [
        Self::Limit(Clock::Ack),
        Self::Limit(Clock::Respond),
        Self::Limit(Clock::Commitment),
        Self::Limit(Clock::Resolve),
        Self::Expected,
    ];

    fn running(self, status: &Status, now: Timestamp, calendar: &Calendar) -> Option<Reading> {
        if !status.state.is_unfinished() || self.done(status).is_some() {
            return None;
        }
        let recorded = self.due(status)?;
        let pause = status.pause().filter(|pause| pause.stops_clock && self.pauses());
        let due = match (pause, status.limits.resolve) {
            (Some(pause), Some(limit)) => {
                let ended = CurrentPause { until: Some(now), ..pause.clone() };
                after_pause(recorded, limit, &ended, calendar)
            }
            (_, _) => recorded,
        };
        Some(Reading {
            clock: self,
            start: match self {
                Self::Limit(Clock::Resolve) => status.resolution_runs_from(),
                Self::Limit(Clock::Commitment) => {
                    status.times.accepted_at.unwrap_or(status.received_at)
                }
                Self::Limit(Clock::Ack | Clock::Respond) | Self::Expected => status.received_at,
            },
            due,
            stopped_at: None,
            paused: pause.is_some_and(|pause| pause.resume_by.is_none_or(|by| now < by)),
            earlier: Vec::new(),
            breached_at: None,
            missed: None,
            entered_late_at: None,
        })
    }

    fn due(self, status: &Status) -> Option<DueAt> {
        let DueTimes { ack, respond, commitment, resolve } = status.due;
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
