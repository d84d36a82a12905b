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
    deciding::{
        items::{self, ItemDue, ItemDuty},
        policy::Policy,
    },
    history::{
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
    /// The customer says whether it is handled (R51).
    CallBack,
    /// A colleague hears who wanted them (R16).
    Relay { wanted: PersonId },
    /// What comes next of a visit, a remote session, or the like.
    Item(ItemDuty),
    /// Somebody higher is told (R48).
    Escalate { tier: u32, role: Role },
}

impl Duty {
    /// Whose own it is, where somebody else than who follows the record has to do it.
    pub fn engineer(&self) -> Option<&PersonId> {
        match self {
            Self::Item(item) => item.engineer(),
            Self::Clock(_)
            | Self::Promise { .. }
            | Self::FollowUp
            | Self::Contact
            | Self::CallBack
            | Self::Relay { .. }
            | Self::Escalate { .. } => None,
        }
    }
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
    let clocks = running(status, now, policy.levels.at_risk, most, policy.calendar_of(status));
    let mut tasks: Vec<Task> = clocks.iter().map(awaited).collect();
    tasks.extend(promises(status, now));
    let zone = policy.calendar.zone();
    tasks.extend(message(status, now, zone));
    tasks.extend(items::duties(status).into_iter().map(|duty| of_item(duty, now, zone)));
    tasks.extend(follow_up(status, now, policy).unwrap_or_else(|_| unknown(Duty::FollowUp)));
    tasks.extend(contact(status, now, policy));
    tasks.extend(escalation(status, &clocks, policy));
    tasks.sort_by_key(|task| (task.due.is_none(), task.due));
    tasks
}

#[expect(clippy::unnecessary_wraps, reason = "stands in for a task that may not be there")]
fn unknown(what: Duty) -> Option<Task> {
    Some(Task { duty: what, due: None, standing: ClockStanding::Unknown })
}

/// By when what presses most on a record is due, and how that stands; without rules the clocks and
/// promises alone are known, and nobody can say what is nearly late.
pub fn deadline(
    status: &Status,
    now: Timestamp,
    policy: Option<&Policy>,
) -> (Option<Timestamp>, ClockStanding) {
    if let Some(policy) = policy {
        let tasks = tasks(status, now, policy);
        return worst(&tasks)
            .map_or((None, ClockStanding::Running), |task| (task.due, task.standing));
    }
    match next_due(status) {
        Some(due) if due < now => (Some(due), ClockStanding::Late),
        Some(due) => (Some(due), ClockStanding::Running),
        None if has_unknown_due(status) => (None, ClockStanding::Unknown),
        None => (None, ClockStanding::Running),
    }
}

/// The clock that runs out first, of those that still run.
pub fn next_due(status: &Status) -> Option<Timestamp> {
    let promises = status.open_promises().map(|(_, promise)| promise.due);
    let known = running_dues(status).into_iter().flatten().filter_map(DueAt::time);
    known.chain(promises).min().filter(|_| status.state.is_unfinished())
}

/// True while a clock runs whose due time nobody can tell.
fn has_unknown_due(status: &Status) -> bool {
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

/// What an item leaves to be done; of what is due on a day the next day is too late.
fn of_item(duty: ItemDuty, now: Timestamp, zone: Zone) -> Task {
    let (due, standing) = match duty.due {
        ItemDue::Untold => (None, ClockStanding::Running),
        ItemDue::By(DueAt::Unknown) => (None, ClockStanding::Unknown),
        ItemDue::By(DueAt::At(at)) if now > at => (Some(at), ClockStanding::Late),
        ItemDue::By(DueAt::At(at)) => (Some(at), ClockStanding::Running),
        ItemDue::OnDay(at) => (Some(at), since_day(at, now, zone)),
    };
    Task { duty: Duty::Item(duty), due, standing }
}

/// How something stands that is to be done on its own day.
fn since_day(at: Timestamp, now: Timestamp, zone: Zone) -> ClockStanding {
    if at.in_zone(zone).date() < now.in_zone(zone).date() {
        ClockStanding::Late
    } else {
        ClockStanding::Running
    }
}

/// A message waits from when it was taken, and is late from the next day on.
fn message(status: &Status, now: Timestamp, zone: Zone) -> Option<Task> {
    let message = status.message.as_ref().filter(|message| message.relayed.is_none())?;
    Some(Task {
        duty: Duty::Relay { wanted: message.wanted.clone() },
        due: Some(status.received_at),
        standing: since_day(status.received_at, now, zone),
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

/// The customer hears from us until it is solved, and is then asked whether it is; who confirmed it
/// waits for nothing.
fn contact(status: &Status, now: Timestamp, policy: &Policy) -> Option<Task> {
    let times = &status.times;
    let last = times.contacted_at.filter(|_| status.contact.is_some())?;
    let (duty, since) = match status.state {
        State::Resolved => (Duty::CallBack, times.resolved_at.map_or(last, |done| done.max(last))),
        State::Open | State::Acknowledged | State::Routed | State::InProgress | State::Pending => {
            (Duty::Contact, last)
        }
        State::Confirmed | State::Closed | State::Cancelled | State::Merged => return None,
    };
    let Ok(due) = policy.levels.customer_contact.due(since, &policy.calendar) else {
        return unknown(duty);
    };
    let standing = if now > due { ClockStanding::Late } else { ClockStanding::Running };
    Some(Task { duty, due: Some(due), standing })
}

/// Who is to be told next, once their share of a limit is used up: no tier is skipped, so that those above
/// have to wait. It stands as the clock that used most of its own.
fn escalation(status: &Status, clocks: &[PendingClock], policy: &Policy) -> Option<Task> {
    let limits = clocks.iter().filter(|clock| {
        let kind = clock.reading.clock;
        clock.whole > 0 && matches!(kind, ClockKind::Limit(Clock::Respond | Clock::Resolve))
    });
    let used = |clock: &PendingClock| clock.used.saturating_mul(100) / clock.whole;
    let most = limits.max_by_key(|clock| used(clock))?;
    let reached = status.escalations.iter().map(|reached| reached.tier).max().unwrap_or(0);
    let next = policy.levels.escalation.iter().find(|tier| tier.tier > reached)?;
    let duty = Duty::Escalate { tier: next.tier, role: next.role };
    (used(most) >= i64::from(next.at)).then(|| Task { duty, ..awaited(most) })
}

/// The task that presses most: what is late longest, then what is at risk, then what is due first.
/// What a pause holds presses nobody.
pub fn worst<'t>(tasks: impl IntoIterator<Item = &'t Task>) -> Option<&'t Task> {
    let running = tasks.into_iter().filter(|task| task.standing != ClockStanding::Paused);
    running.min_by_key(|task| {
        let rank = match task.standing {
            ClockStanding::Late => 0,
            ClockStanding::AtRisk => 1,
            ClockStanding::Running
            | ClockStanding::Unknown
            | ClockStanding::Paused
            | ClockStanding::Kept
            | ClockStanding::Explained
            | ClockStanding::Breached => 2,
        };
        (rank, task.due.is_none(), task.due)
    })
}
