//! What is not finished, how old it is, and how the numbers add up (A33).

use crate::domain::{
    analysis::{
        clock::reading::{ClockKind, readings},
        kpi::{CountedCase, Kpi, Tally, past::Past},
    },
    base::terms::State,
    history::{intake::DueAt, status::Clock},
};

/// What was unfinished at the beginning, what came and went, what is unfinished at the end.
/// Formal records only, cancelled and merged ones among them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Balance {
    pub opening: i64,
    pub received: i64,
    /// Received at another time than was told first: moved into the period or out of it.
    pub corrected: i64,
    pub reopened: i64,
    pub closed: i64,
    pub cancelled: i64,
    pub merged: i64,
    pub closing: i64,
    /// Came in and were cancelled or merged within the period: in none of the numbers above.
    pub void: i64,
    /// Unfinished at the end, by working days since they were received.
    pub ages: Ages,
    /// Past their due time and still waited for, by clock.
    pub overdue: Overdue,
    /// Unfinished at the end or done in the period, with a due time that nobody can tell for want of a
    /// calendar: they are in no figure of what was in time.
    pub unknown_due: i64,
}

/// How many are how old.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ages {
    pub to_1: i64,
    pub to_3: i64,
    pub to_7: i64,
    pub to_30: i64,
    pub older: i64,
    /// The calendar of a year is not loaded.
    pub unknown: i64,
}

/// How many wait beyond a due time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Overdue {
    pub ack: i64,
    pub respond: i64,
    pub commitment: i64,
    pub resolve: i64,
}

impl Balance {
    /// What should be unfinished at the end, by all that came and went.
    pub fn expected(&self) -> i64 {
        self.opening + self.received + self.corrected + self.reopened
            - self.closed
            - self.cancelled
            - self.merged
    }
}

pub(super) fn count(tally: &mut Tally<'_, '_>, balance: &mut Balance) {
    let (past, window) = (tally.past, tally.window);
    let before = Past::of(past.whole(), window.from);
    let received_here = window.has(past.status().received_at);
    if past.is_void() && received_here && before.is_none() {
        balance.void += 1;
        return;
    }
    // received is what the figure of that name counts
    let moved_in = received_here && !past.is_void();
    balance.received += i64::from(moved_in);
    match (before, received_here) {
        (Some(before), _) => {
            balance.opening += i64::from(before.status().state.is_unfinished());
            balance.corrected -= i64::from(moved_in);
        }
        (None, false) => balance.corrected += 1,
        (None, true) => {}
    }
    past.steps(|step| {
        if !window.has(step.at) {
            return;
        }
        match (step.from, step.after.state) {
            // what has ended ends only once, whatever another system calls it afterwards
            (from, to) if !from.is_unfinished() => {
                balance.reopened += i64::from(to.is_unfinished());
            }
            (_, State::Closed) => balance.closed += 1,
            (_, State::Cancelled) => balance.cancelled += 1,
            (_, State::Merged) => balance.merged += 1,
            _ => {}
        }
    });
    if !past.status().state.is_unfinished() {
        return;
    }
    balance.closing += 1;
    age(tally, &mut balance.ages);
    overdue(tally, &mut balance.overdue);
    tally.add(Kpi::Backlog, true);
}

fn age(tally: &Tally<'_, '_>, ages: &mut Ages) {
    let calendar = tally.window.calendar();
    let age = calendar.between(tally.past.status().received_at, tally.window.instant());
    let day = calendar.working_day_minutes();
    let slot = match age {
        Err(_) => &mut ages.unknown,
        Ok(minutes) if minutes <= day => &mut ages.to_1,
        Ok(minutes) if minutes <= 3 * day => &mut ages.to_3,
        Ok(minutes) if minutes <= 7 * day => &mut ages.to_7,
        Ok(minutes) if minutes <= 30 * day => &mut ages.to_30,
        Ok(_) => &mut ages.older,
    };
    *slot += 1;
}

fn overdue(tally: &mut Tally<'_, '_>, by_clock: &mut Overdue) {
    let (past, window) = (tally.past, tally.window);
    let mut first = None;
    for reading in readings(past.record(), window.instant(), window.calendar_of(past.record())) {
        let DueAt::At(due) = reading.due else {
            continue;
        };
        if reading.stopped_at.is_some() || reading.paused || window.instant() <= due {
            continue;
        }
        let slot = match reading.clock {
            ClockKind::Limit(Clock::Ack) => &mut by_clock.ack,
            ClockKind::Limit(Clock::Respond) => &mut by_clock.respond,
            ClockKind::Limit(Clock::Commitment) => &mut by_clock.commitment,
            ClockKind::Limit(Clock::Resolve) => &mut by_clock.resolve,
            ClockKind::Expected => continue,
        };
        *slot += 1;
        first = [first, Some(due)].into_iter().flatten().min();
    }
    if first.is_some() {
        tally.put(CountedCase { due: first, ..CountedCase::new(Kpi::Overdue, 0, true) });
    }
}
