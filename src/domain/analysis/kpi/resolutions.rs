//! What was solved, and by whom.

use crate::domain::{
    analysis::kpi::{Kpi, Tally, closings::reopened_in_window},
    base::{
        terms::{Kind, State},
        time::Timestamp,
    },
    history::{roles, steps::Act},
};

/// The solution in force.
struct Solution {
    at: Timestamp,
    /// By the desk itself, right after it was acknowledged.
    by_desk: bool,
    /// In another system, whose log tells neither routes nor extensions.
    elsewhere: bool,
}

pub(super) fn count(tally: &mut Tally<'_, '_>) {
    let (past, window) = (tally.past, tally.window);
    let status = past.status();
    if past.is_void() || status.resolution.is_none() {
        return;
    }
    let mut solved: Option<Solution> = None;
    let mut first_unit = None;
    past.steps(|step| {
        if let Act::Route(route) = &step.event.act {
            first_unit.get_or_insert_with(|| route.unit.clone());
        }
        if step.after.resolution.is_none() {
            solved = None;
        } else if step.event.act.done_at().is_some() {
            // what is told of a solution again is no other solution
            solved.get_or_insert(Solution {
                at: step.at,
                by_desk: step.from == State::Acknowledged && roles::is_desk(step.event.stamp.role),
                elsewhere: matches!(step.event.act, Act::Import(_)),
            });
        }
    });
    let Some(solved) = solved.filter(|solved| window.has(solved.at) && !solved.elsewhere) else {
        return;
    };
    let routed = status.counts.routes > 0;
    tally.add(Kpi::Flr, !routed);
    tally.add(Kpi::ExtensionRate, status.counts.extensions > 0);
    if routed {
        tally.add(Kpi::DispatchAccuracy, status.unit == first_unit);
    }
    if matches!(status.kind, Kind::Enquiry | Kind::Request | Kind::Fault) {
        let counts = &status.counts;
        let once = counts.reworks == 0
            && counts.reopens == 0
            && !reopened_in_window(past, window, solved.at);
        tally.add(Kpi::Fcr, solved.by_desk && !routed && once);
    }
}
