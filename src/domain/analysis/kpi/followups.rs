//! Whether the desk asked the unit on each working day (R43).

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::domain::{
    analysis::kpi::{Kpi, Tally},
    base::time::Timestamp,
    history::{event::Event, steps::Act},
};

/// Where the matter was from some instant on.
struct Stay {
    since: Timestamp,
    /// The day of the routing, while it is with the unit.
    routed_on: Option<NaiveDate>,
}

/// A follow-up is due on each working day on whose end the matter is with a unit that it was routed
/// to on an earlier day.
pub(super) fn count(tally: &mut Tally<'_, '_>) {
    let (past, window) = (tally.past, tally.window);
    let is_routed_here = |event: &Event| matches!(event.act, Act::Route(_));
    let history = &past.record().history;
    if past.is_void()
        || past.status().times.routed_at.is_none()
        || past.record().intake.source.is_some() && !history.iter().any(is_routed_here)
    {
        return;
    }
    let zone = window.calendar().zone();
    let mut stays: Vec<Stay> = Vec::new();
    let mut days = BTreeSet::new();
    past.steps(|step| {
        let at = step.event.stamp.at.in_zone(zone).date();
        if matches!(&step.event.act, Act::Update(update) if update.follow_up.is_some()) {
            days.insert(at);
        }
        let routed = step.after.times.routed_at.map(|at| at.in_zone(zone).date());
        let routed_on = routed.filter(|_| step.after.state.is_with_unit());
        stays.push(Stay { since: step.at, routed_on });
    });
    let Some(first) = stays.iter().find_map(|stay| stay.routed_on) else {
        return;
    };
    let mut day = first.max(window.from.in_zone(zone).date());
    let gone = stays.last().filter(|stay| stay.routed_on.is_none());
    let last = gone.map_or(window.instant(), |stay| stay.since.min(window.instant()));
    let last = last.in_zone(zone).date();
    while day <= last {
        if let Ok(Some((_, ends))) = window.calendar().working_day(day)
            // what ends at midnight is over on the day that it ends
            && window.has(ends.plus_seconds(-1))
            && ends <= window.instant()
        {
            let there = stays.iter().rev().find(|stay| stay.since <= ends);
            if there.and_then(|stay| stay.routed_on).is_some_and(|routed| routed < day) {
                tally.add(Kpi::FollowupCoverage, days.contains(&day));
            }
        }
        let Some(next) = day.succ_opt() else {
            return;
        };
        day = next;
    }
}
