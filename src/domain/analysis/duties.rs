//! What a day at the desk has to deal with: clocks, promises, follow-ups, customers not heard from.

use crate::domain::{
    analysis::clock::{
        explain::{ClockStanding, PendingClock, running},
        reading::ClockKind,
    },
    base::{
        calendar::MissingYear,
        ids::PersonId,
        terms::{Kind, Role, State},
        time::Timestamp,
        zone::Zone,
    },
    deciding::policy::Policy,
    history::{
        complaint::{self, ComplaintStep},
        intake::{DueAt, Expected},
        status::{Clock, Status, parts::PromiseTopic},
    },
};

/// Something that has to be done about a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    pub duty: Duty,
    /// By when; absent where no time can be told.
    pub due: Option<Timestamp>,
    pub standing: ClockStanding,
}

/// What has to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Duty {
    /// What a clock waits for.
    Clock(ClockKind),
    /// A promise, by its number (R18).
    Promise { number: usize, what: PromiseTopic },
    /// The desk asks the unit how far it is (R43).
    FollowUp,
    /// The customer hears from us (R46).
    Contact,
    /// A colleague hears who wanted them (R16).
    Relay { wanted: PersonId },
    /// Somebody higher is told (R48).
    Escalate { tier: u32, role: Role },
}

/// Everything that an unfinished record asks for, the earliest first.
///
/// What would need the calendar of a year that is not loaded has no due time.
pub fn tasks(status: &Status, now: Timestamp, policy: &Policy) -> Vec<Task> {
    if !status.state.is_unfinished() || status.kind == Kind::Remark {
        return Vec::new();
    }
    let tiers = policy.levels.escalation.iter().map(|tier| tier.at.into());
    let most = tiers.max().unwrap_or_default();
    let clocks = running(status, now, policy.levels.at_risk, most, &policy.calendar);
    let mut tasks: Vec<Task> = clocks.iter().map(awaited).collect();
    tasks.extend(promises(status, now));
    tasks.extend(message(status, now, policy.calendar.zone()));
    tasks.extend(follow_up(status, now, policy).unwrap_or_else(|_| unknown(Duty::FollowUp)));
    tasks.extend(contact(status, now, policy).unwrap_or_else(|_| unknown(Duty::Contact)));
    tasks.extend(escalations(status, &clocks, policy));
    tasks.sort_by_key(|task| (task.due.is_none(), task.due));
    tasks
}

#[expect(clippy::unnecessary_wraps, reason = "stands in for a task that may not be there")]
fn unknown(what: Duty) -> Option<Task> {
    Some(Task { duty: what, due: None, standing: ClockStanding::Unknown })
}

/// The clock that runs out first, of those that still run.
pub fn next_due(status: &Status) -> Option<Timestamp> {
    let promises = status.open_promises().map(|(_, promise)| promise.due);
    let known = running_dues(status).into_iter().flatten().filter_map(DueAt::time);
    known.chain(promises).min().filter(|_| status.state.is_unfinished())
}

/// True while a clock runs whose due time nobody can tell.
pub fn has_unknown_due(status: &Status) -> bool {
    status.state.is_unfinished() && running_dues(status).contains(&Some(DueAt::Unknown))
}

/// When the clocks that still run are to be stopped.
fn running_dues(status: &Status) -> [Option<DueAt>; 5] {
    let times = &status.times;
    let running = |due: Option<DueAt>, stopped: bool| due.filter(|_| !stopped);
    let done = status.resolution.is_some();
    let answered = times.responded_at.is_some();
    let expected = match status.expected_by {
        Some(Expected::At(at)) => Some(DueAt::At(at)),
        Some(Expected::Unstated) | None => None,
    };
    [
        running(status.due.ack, times.acknowledged_at.is_some()),
        running(status.due.respond, answered),
        running(status.due.commitment, answered),
        running(status.due.resolve, done || status.pause().is_some_and(|pause| pause.stops_clock)),
        running(expected, done),
    ]
}

fn awaited(clock: &PendingClock) -> Task {
    let what = Duty::Clock(clock.reading.clock);
    let due = match clock.reading.due {
        DueAt::At(at) => Some(at),
        DueAt::Unknown => None,
    };
    Task { duty: what, due, standing: clock.standing }
}

fn promises(status: &Status, now: Timestamp) -> impl Iterator<Item = Task> {
    status.open_promises().map(move |(number, promise)| Task {
        duty: Duty::Promise { number, what: promise.what.clone() },
        due: Some(promise.due),
        standing: if now > promise.due { ClockStanding::Late } else { ClockStanding::Running },
    })
}

/// A message waits from when it was taken, and is late from the next day on.
fn message(status: &Status, now: Timestamp, zone: Zone) -> Option<Task> {
    let message = status.message.as_ref().filter(|message| message.relayed.is_none())?;
    let late = status.received_at.in_zone(zone).date() < now.in_zone(zone).date();
    Some(Task {
        duty: Duty::Relay { wanted: message.wanted.clone() },
        due: Some(status.received_at),
        standing: if late { ClockStanding::Late } else { ClockStanding::Running },
    })
}

/// Each working day after the routing the desk asks once, until that day's end.
fn follow_up(
    status: &Status,
    now: Timestamp,
    policy: &Policy,
) -> Result<Option<Task>, MissingYear> {
    let zone = policy.calendar.zone();
    let today = now.in_zone(zone).date();
    let asked_today = [status.times.routed_at, status.times.followed_up_at]
        .into_iter()
        .flatten()
        .any(|at| at.in_zone(zone).date() >= today);
    if !status.state.is_with_unit() || asked_today || !policy.calendar.is_working_day(today)? {
        return Ok(None);
    }
    let day = policy.calendar.working_day(today)?;
    let standing = match day {
        Some((_, ends)) if now > ends => ClockStanding::Late,
        Some(_) | None => ClockStanding::Running,
    };
    Ok(Some(Task { duty: Duty::FollowUp, due: day.map(|(_, ends)| ends), standing }))
}

fn contact(status: &Status, now: Timestamp, policy: &Policy) -> Result<Option<Task>, MissingYear> {
    let Some(last) = status.times.contacted_at.filter(|_| status.contact.is_some()) else {
        return Ok(None);
    };
    let due = policy.levels.customer_contact.due(last, &policy.calendar)?;
    let standing = if now > due { ClockStanding::Late } else { ClockStanding::Running };
    Ok(Some(Task { duty: Duty::Contact, due: Some(due), standing }))
}

/// The tiers whose share of a limit is used up and who have not been told.
fn escalations(status: &Status, clocks: &[PendingClock], policy: &Policy) -> Vec<Task> {
    let used = clocks
        .iter()
        .filter(|clock| clock.whole > 0)
        .filter(|clock| {
            matches!(clock.reading.clock, ClockKind::Limit(Clock::Respond | Clock::Resolve))
        })
        .map(|clock| clock.used.saturating_mul(100) / clock.whole)
        .max()
        .unwrap_or(0);
    let reached = status.escalations.iter().map(|reached| reached.tier).max().unwrap_or(0);
    let tiers = policy.levels.escalation.iter();
    tiers
        .filter(|tier| used >= i64::from(tier.at) && tier.tier > reached)
        .map(|tier| Task {
            duty: Duty::Escalate { tier: tier.tier, role: tier.role },
            due: None,
            standing: ClockStanding::Late,
        })
        .collect()
}

/// The task that presses most: what is late longest, then what is at risk, then what is due first.
pub fn worst(tasks: &[Task]) -> Option<&Task> {
    tasks.iter().min_by_key(|task| {
        let rank = match task.standing {
            ClockStanding::Late => 0,
            ClockStanding::AtRisk => 1,
            ClockStanding::Running | ClockStanding::Unknown => 2,
            ClockStanding::Paused
            | ClockStanding::Kept
            | ClockStanding::Explained
            | ClockStanding::Breached => 3,
        };
        (rank, task.due.is_none(), task.due)
    })
}

/// By when a record is due, and how that stands, as lists show it: the clock or promise that presses
/// most.
pub fn deadline(
    status: &Status,
    now: Timestamp,
    policy: &Policy,
) -> Option<(Timestamp, ClockStanding)> {
    let mut tasks = tasks(status, now, policy);
    tasks.retain(|task| {
        let is_limit = matches!(task.duty, Duty::Clock(_) | Duty::Promise { .. });
        is_limit && task.standing != ClockStanding::Paused
    });
    let Task { due, standing, .. } = worst(&tasks)?;
    Some(((*due)?, *standing))
}

/// What an unfinished record waits for, whatever its clocks say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextStep {
    Acknowledge,
    Route,
    Accept,
    Respond,
    Resolve,
    Resume,
    CallBack,
    Close,
    TakeOver,
    OfComplaint(ComplaintStep),
}

/// The next step of a record as `person` sees it; `None` for one that is over.
pub fn next_step(status: &Status, person: Option<&PersonId>) -> Option<NextStep> {
    if status.handed_to.is_some() && status.handed_to.as_ref() == person {
        return Some(NextStep::TakeOver);
    }
    if let Some(step) = complaint::next_step(status) {
        return Some(NextStep::OfComplaint(step));
    }
    match status.state {
        State::Open => Some(NextStep::Acknowledge),
        State::Acknowledged => Some(NextStep::Route),
        State::Routed => Some(NextStep::Accept),
        State::InProgress if status.times.responded_at.is_none() => Some(NextStep::Respond),
        State::InProgress => Some(NextStep::Resolve),
        State::Pending => Some(NextStep::Resume),
        State::Resolved => Some(NextStep::CallBack),
        State::Confirmed => Some(NextStep::Close),
        State::Closed | State::Cancelled | State::Merged => None,
    }
}

/// True when the next step is this person's.
pub fn waits_for(status: &Status, person: &PersonId) -> bool {
    let responsible = status.assignee.as_ref() == Some(person);
    let owns = status.follower() == Some(person);
    status.handed_to.as_ref() == Some(person)
        || match status.state {
            State::Open | State::Acknowledged | State::Resolved | State::Confirmed => {
                complaint::waits_for(status).map_or(owns, |manager| manager == person)
            }
            State::Routed | State::InProgress | State::Pending => responsible,
            State::Closed | State::Cancelled | State::Merged => false,
        }
}
