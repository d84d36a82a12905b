//! How a clock comes to what it shows, in steps that a person can check by hand.

use serde::Serialize;

use crate::domain::{
    analysis::clock::reading::{self, ClockKind, Reading, readings},
    base::{
        calendar::{Calendar, MissingYear},
        limit::Limit,
        time::Timestamp,
    },
    history::{
        intake::DueAt,
        record::Record,
        status::{Clock, Status, parts::PromisedTime},
    },
};

/// A clock with every stretch that it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClockExplanation {
    pub reading: Reading,
    /// What policy grants; absent for a promise or an expectation, which name a time.
    pub limit: Option<Limit>,
    /// Minutes from start to due, in the measure of the limit.
    pub whole: i64,
    pub stretches: Vec<ClockStretch>,
    /// Minutes of all stretches that count.
    pub used: i64,
    /// Minutes until a late entry came that alone keeps the limit.
    pub used_until_entry: Option<i64>,
    pub standing: ClockStanding,
}

/// How a promise stands, in elapsed minutes (R18).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PromiseStanding {
    pub number: usize,
    pub promise: PromisedTime,
    /// Minutes from the promise to its time.
    pub whole: i64,
    /// Minutes from the promise until it was kept or explained, or until now.
    pub used: i64,
    pub standing: ClockStanding,
}

/// Every promise of a record, in the order they were made. One that was explained in time was not
/// kept, but is not late either.
pub fn promises(status: &Status, now: Timestamp) -> Vec<PromiseStanding> {
    let standing_of = |(number, promise): (usize, &PromisedTime)| {
        let until = promise.settled_at().unwrap_or(now);
        let over = until > promise.due;
        PromiseStanding {
            number,
            promise: promise.clone(),
            whole: promise.due.minutes_since(promise.made_at),
            used: until.minutes_since(promise.made_at),
            standing: match (promise.is_open(), over) {
                (true, true) => ClockStanding::Late,
                (true, false) => ClockStanding::Running,
                (false, true) => ClockStanding::Breached,
                (false, false) if promise.kept_at.is_none() => ClockStanding::Explained,
                (false, false) => ClockStanding::Kept,
            },
        }
    };
    (1..).zip(&status.promises).map(standing_of).collect()
}

/// A stretch of time that was counted, or in which the clock stood still.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct ClockStretch {
    pub from: Timestamp,
    pub to: Timestamp,
    pub minutes: i64,
    pub counts: bool,
}

/// How a clock stands, the most pressing first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockStanding {
    /// It ran out and what it waits for is not done.
    Late,
    /// More than policy's share of the limit is used (R30).
    AtRisk,
    Running,
    /// A pause holds it.
    Paused,
    /// The calendar of a year is not loaded.
    Unknown,
    /// What it waited for was done in time.
    Kept,
    /// A promise that was not kept, and the customer was told why in time.
    Explained,
    /// What it waited for was done, too late at some point.
    Breached,
}

impl ClockExplanation {
    /// Minutes left; negative when it ran over.
    pub fn left(&self) -> i64 {
        self.whole - self.used
    }
}

/// Every clock of a record at `now`, at risk from `share` per cent of what is granted.
///
/// A clock whose working time reaches into a year without calendar stands at
/// [`ClockStanding::Unknown`], with no stretches.
pub fn explain(
    record: &Record,
    now: Timestamp,
    share: u8,
    calendar: &Calendar,
) -> Vec<ClockExplanation> {
    let readings = readings(record, now, calendar).into_iter();
    let status = &record.status;
    readings.map(|reading| one_or_unknown(status, reading, now, share, calendar)).collect()
}

/// A clock that still runs or is paused, as far as what is to be done hangs on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingClock {
    pub reading: Reading,
    /// As in [`ClockExplanation`]; nothing where it cannot be counted.
    pub whole: i64,
    pub used: i64,
    pub standing: ClockStanding,
}

/// Every clock that still runs or is paused at `now`, at risk from `share` per cent of what is granted;
/// what it has used is counted to `most` per cent of that, and no further.
pub fn running(
    status: &Status,
    now: Timestamp,
    share: u8,
    most: u32,
    calendar: &Calendar,
) -> Vec<PendingClock> {
    let counted = |reading: Reading| {
        let measured = measured(status, &reading, now, most.max(share.into()), calendar);
        match measured {
            Ok((whole, used)) => {
                let standing = standing(&reading, now, used, whole, share);
                PendingClock { reading, whole, used, standing }
            }
            Err(MissingYear { .. }) => {
                PendingClock { reading, whole: 0, used: 0, standing: ClockStanding::Unknown }
            }
        }
    };
    reading::running(status, now, calendar).into_iter().map(counted).collect()
}

/// Minutes from start to due, and those used of them until `now`, counted to `most` per cent.
fn measured(
    status: &Status,
    reading: &Reading,
    now: Timestamp,
    most: u32,
    calendar: &Calendar,
) -> Result<(i64, i64), MissingYear> {
    let limit = limit(status, reading, calendar);
    let working = limit.is_some_and(Limit::is_working_time);
    let whole = whole(status, reading, limit, calendar)?;
    let most = whole.saturating_mul(most.into()) / 100 + 1;
    let mut used = 0;
    for (from, to) in counting(status, reading, now) {
        used += if working {
            calendar.minutes_up_to(from, to, most.saturating_sub(used))?
        } else {
            to.minutes_since(from).max(0)
        };
    }
    Ok((whole, used))
}

/// The parts until `end` in which a clock does not stand still, some of them empty.
fn counting(status: &Status, reading: &Reading, end: Timestamp) -> Vec<(Timestamp, Timestamp)> {
    let mut parts = Vec::new();
    let mut from = reading.start;
    let pauses = pauses(status, reading.clock, end);
    for (since, until) in pauses.into_iter().filter(|(_, until)| *until > reading.start) {
        parts.push((from, since.min(end)));
        from = until.min(end).max(from);
    }
    parts.push((from, end));
    parts
}

fn one_or_unknown(
    status: &Status,
    reading: Reading,
    now: Timestamp,
    share: u8,
    calendar: &Calendar,
) -> ClockExplanation {
    let limit = limit(status, &reading, calendar);
    one(status, reading.clone(), now, share, calendar).unwrap_or(ClockExplanation {
        reading,
        limit,
        whole: 0,
        stretches: Vec::new(),
        used: 0,
        used_until_entry: None,
        standing: ClockStanding::Unknown,
    })
}

fn one(
    status: &Status,
    reading: Reading,
    now: Timestamp,
    share: u8,
    calendar: &Calendar,
) -> Result<ClockExplanation, MissingYear> {
    let limit = limit(status, &reading, calendar);
    let working = limit.is_some_and(Limit::is_working_time);
    let until = |end| stretches(status, &reading, end, working, calendar);
    let used = |stretches: &[ClockStretch]| -> i64 {
        stretches.iter().filter(|s| s.counts).map(|s| s.minutes).sum()
    };
    let entered = reading.entered_late_at.map(until).transpose()?;
    let used_until_entry = entered.map(|stretches| used(&stretches));
    let stretches = until(reading.stopped_at.unwrap_or(now))?;
    let used = used(&stretches);
    let whole = whole(status, &reading, limit, calendar)?;
    let standing = standing(&reading, now, used, whole, share);
    Ok(ClockExplanation { reading, limit, whole, stretches, used, used_until_entry, standing })
}

/// Minutes from start to due, in the measure of the limit.
fn whole(
    status: &Status,
    reading: &Reading,
    limit: Option<Limit>,
    calendar: &Calendar,
) -> Result<i64, MissingYear> {
    match (reading.due, limit) {
        (_, Some(limit)) if status.counts.extensions == 0 => Ok(limit.minutes(calendar)),
        (DueAt::At(due), Some(limit)) if limit.is_working_time() => {
            calendar.between(reading.start, due)
        }
        (DueAt::At(due), _) => Ok(due.minutes_since(reading.start)),
        (DueAt::Unknown, _) => Ok(0),
    }
}

/// What a clock counted and left out until `end`.
fn stretches(
    status: &Status,
    reading: &Reading,
    end: Timestamp,
    working: bool,
    calendar: &Calendar,
) -> Result<Vec<ClockStretch>, MissingYear> {
    let mut stretches = Vec::new();
    let mut from = reading.start;
    let pauses = pauses(status, reading.clock, end);
    for pause in pauses.into_iter().filter(|(_, until)| *until > reading.start) {
        let (since, until) = (pause.0.min(end), pause.1.min(end));
        counted(&mut stretches, from, since, working, calendar)?;
        if until > since {
            let minutes = until.minutes_since(since);
            stretches.push(ClockStretch { from: since, to: until, minutes, counts: false });
        }
        from = until.max(from);
    }
    counted(&mut stretches, from, end, working, calendar)?;
    Ok(stretches)
}

fn standing(reading: &Reading, now: Timestamp, used: i64, whole: i64, share: u8) -> ClockStanding {
    if reading.stopped_at.is_some() {
        return match reading.breached_at {
            Some(_) => ClockStanding::Breached,
            None => ClockStanding::Kept,
        };
    }
    match reading.due {
        DueAt::Unknown => ClockStanding::Unknown,
        DueAt::At(_) if reading.paused => ClockStanding::Paused,
        DueAt::At(due) if now > due => ClockStanding::Late,
        DueAt::At(_) if used.saturating_mul(100) >= whole.saturating_mul(i64::from(share)) => {
            ClockStanding::AtRisk
        }
        DueAt::At(_) => ClockStanding::Running,
    }
}

/// The limit that a clock runs by: its own, or that of the resolution where it runs out first.
fn limit(status: &Status, reading: &Reading, calendar: &Calendar) -> Option<Limit> {
    let own = match reading.clock {
        ClockKind::Limit(Clock::Ack) => status.limits.ack,
        ClockKind::Limit(Clock::Respond) => status.limits.respond,
        ClockKind::Limit(Clock::Resolve) => return status.limits.resolve,
        ClockKind::Limit(Clock::Commitment) | ClockKind::Expected => return None,
    };
    let gives_due =
        |limit: &Limit| limit.due(status.received_at, calendar).map(DueAt::At) == Ok(reading.due);
    if own.as_ref().is_none_or(gives_due) {
        return own;
    }
    status.limits.resolve.filter(gives_due).or(own)
}

/// Stretches in which the clock stood still, each at most to the time it was to end by.
pub(in crate::domain) fn pauses(
    status: &Status,
    clock: ClockKind,
    now: Timestamp,
) -> Vec<(Timestamp, Timestamp)> {
    if clock != ClockKind::Limit(Clock::Resolve) {
        return Vec::new();
    }
    let stopping = status.pauses.iter().filter(|pause| pause.stops_clock);
    stopping
        .map(|pause| {
            let lasting = pause.resume_by.unwrap_or(now.max(pause.since));
            (pause.since, pause.counts_until(pause.until.unwrap_or(lasting)))
        })
        .collect()
}

fn counted(
    stretches: &mut Vec<ClockStretch>,
    from: Timestamp,
    to: Timestamp,
    working: bool,
    calendar: &Calendar,
) -> Result<(), MissingYear> {
    if to <= from {
        return Ok(());
    }
    let parts = if working { calendar.stretches(from, to)? } else { vec![(from, to)] };
    stretches.extend(parts.into_iter().map(|(from, to)| ClockStretch {
        from,
        to,
        minutes: to.minutes_since(from),
        counts: true,
    }));
    Ok(())
}
