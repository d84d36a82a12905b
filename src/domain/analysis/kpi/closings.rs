//! How records were closed, and whether they stayed so (R53).

use crate::domain::{
    analysis::kpi::{
        Kpi, KpiWindow, Tally,
        past::{Past, StepEffect},
    },
    base::{
        terms::{Code, State},
        time::Timestamp,
    },
    history::steps::Act,
};

/// The last closing in the period.
struct Closing {
    at: Timestamp,
    called_back: bool,
    confirmed: bool,
    /// Closed by another system, whose log does not tell what the customer said.
    elsewhere: bool,
    /// `None` where the log does not tell how it was solved.
    solved: Option<bool>,
}

pub(super) fn count(tally: &mut Tally<'_, '_>) {
    let (past, window) = (tally.past, tally.window);
    if past.is_void() {
        return;
    }
    let mut last = None;
    let mut first_at = None;
    let mut ends = Vec::new();
    past.steps(|step| {
        let status = step.after;
        if window.has(step.at) {
            ends.extend(solution_ends(step));
        }
        let ends = step.from.is_unfinished() && status.state == State::Closed;
        let elsewhere = matches!(step.event.act, Act::Import(_));
        // a later file of another system may tell how what is closed was solved
        let fills_in = elsewhere && last.is_some() && status.state == State::Closed;
        if !(ends || fills_in) || !window.has(step.at) {
            return;
        }
        first_at.get_or_insert(step.at);
        let code = status.resolution.as_ref().and_then(|done| done.code.as_ref());
        last = Some(Closing {
            at: step.at,
            called_back: status.confirmation.is_some(),
            confirmed: status.exception.is_none(),
            elsewhere,
            solved: match code.map(Code::code) {
                Some(code) => Some(!matches!(code, "rejected" | "out_of_scope")),
                None if elsewhere => None,
                None => Some(false),
            },
        });
    });
    for sent_back in ends {
        tally.add(Kpi::ReworkRate, sent_back);
    }
    let (Some(closing), Some(first_at)) = (last, first_at) else {
        return;
    };
    if let Some(solved) = closing.solved {
        tally.add(Kpi::ResolutionRate, solved);
    }
    if closing.elsewhere {
        return;
    }
    tally.add(Kpi::CallbackRate, closing.called_back);
    tally.add(Kpi::ConfirmedClosure, closing.confirmed);
    let again = first_at < closing.at || reopened_in_window(past, window, closing.at);
    tally.add(Kpi::ReopenRate, again);
}

/// Whether a step ends a solution: true where it sends the matter back to work, false where it
/// closes it.
fn solution_ends(step: &StepEffect<'_>) -> Option<bool> {
    let is_solved = |state| matches!(state, State::Resolved | State::Confirmed);
    match step.after.state {
        State::Closed if step.from.is_unfinished() && step.after.resolution.is_some() => {
            Some(false)
        }
        to if is_solved(step.from) && to.is_unfinished() && !is_solved(to) => Some(true),
        _ => None,
    }
}

/// True when the record was closed after `since` and reopened within the window that policy
/// leaves, which may end after the period.
pub(super) fn reopened_in_window(
    past: &Past<'_>,
    window: &KpiWindow<'_>,
    since: Timestamp,
) -> bool {
    let mut closed_at = None;
    let mut reopened = false;
    past.all_steps(|step| {
        let at = step.event.stamp.at;
        let is_closed = step.after.state == State::Closed;
        if step.from != State::Closed && is_closed && step.at >= since {
            closed_at.get_or_insert(at);
        }
        if step.from == State::Closed && !is_closed {
            let limit = window.policy.levels.reopen_window;
            reopened |= closed_at.is_some_and(|closed| {
                limit.due(closed, window.calendar()).map_or(true, |until| at <= until)
            });
        }
    });
    reopened
}
