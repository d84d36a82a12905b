//! How records were closed, and whether they stayed so (R53).

use crate::domain::{
    analysis::kpi::{Kpi, KpiWindow, Tally, past::Past},
    base::{terms::State, time::Timestamp},
    history::steps::Act,
};

/// The last closing in the period.
struct Closing {
    at: Timestamp,
    called_back: bool,
    confirmed: bool,
    /// Closed by another system, whose log does not tell what the customer said.
    elsewhere: bool,
    solved: bool,
}

pub(super) fn count(tally: &mut Tally<'_, '_>) {
    let (past, window) = (tally.past, tally.window);
    if past.is_void() {
        return;
    }
    let mut last = None;
    let mut first_at = None;
    past.steps(|step| {
        let status = step.after;
        if step.from == State::Closed || status.state != State::Closed || !window.has(step.at) {
            return;
        }
        first_at.get_or_insert(step.at);
        let code = status.resolution.as_ref().map(|done| done.code.code());
        last = Some(Closing {
            at: step.at,
            called_back: status.confirmation.is_some(),
            confirmed: status.exception.is_none(),
            elsewhere: matches!(step.event.act, Act::Import(_)),
            solved: code.is_some_and(|code| !matches!(code, "rejected" | "out_of_scope")),
        });
    });
    let (Some(closing), Some(first_at)) = (last, first_at) else {
        return;
    };
    tally.add(Kpi::ResolutionRate, closing.solved);
    if !closing.elsewhere {
        tally.add(Kpi::CallbackRate, closing.called_back);
        tally.add(Kpi::ConfirmedClosure, closing.confirmed);
    }
    let again = first_at < closing.at || reopened_in_window(past, window, closing.at);
    tally.add(Kpi::ReopenRate, again);
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
