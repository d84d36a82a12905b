//! Which step leads from which state to which: the one table of the procedure.

use crate::domain::{
    complaint,
    event::Event,
    refusal::Refusal,
    roles,
    status::Status,
    terms::{Action, State},
};

use State::{
    Acknowledged, Cancelled, Closed, Confirmed, InProgress, Merged, Open, Pending, Resolved, Routed,
};

/// One row of the table: a step and the states that allow it.
#[derive(Debug)]
pub struct Transition {
    pub action: Action,
    /// Empty for the step that makes the record.
    pub from: &'static [State],
    pub to: Next,
}

/// Where a step leads.
#[derive(Debug)]
pub enum Next {
    /// The state does not change.
    Same,
    /// Where another system says that it led.
    AsTold,
    To(&'static [State]),
}

const UNFINISHED: &[State] =
    &[Open, Acknowledged, Routed, InProgress, Pending, Resolved, Confirmed];
const AT_WORK: &[State] = &[Acknowledged, Routed, InProgress, Pending];
const EVERY: &[State] = &[
    Open,
    Acknowledged,
    Routed,
    InProgress,
    Pending,
    Resolved,
    Confirmed,
    Closed,
    Cancelled,
    Merged,
];

/// The procedure, in the order of its spine and then of what surrounds it.
pub const TABLE: &[Transition] = &[
    Transition { action: Action::Open, from: &[], to: Next::To(&[Open, Closed]) },
    Transition { action: Action::Ack, from: &[Open], to: Next::To(&[Acknowledged]) },
    Transition {
        action: Action::Route,
        from: &[Acknowledged, Routed, InProgress, Pending],
        to: Next::To(&[Routed]),
    },
    Transition { action: Action::Accept, from: &[Routed], to: Next::To(&[InProgress]) },
    Transition { action: Action::Return, from: &[Routed], to: Next::To(&[Acknowledged]) },
    Transition {
        action: Action::Respond,
        from: &[Acknowledged, InProgress, Pending],
        to: Next::Same,
    },
    Transition { action: Action::Update, from: UNFINISHED, to: Next::Same },
    Transition { action: Action::Decide, from: AT_WORK, to: Next::Same },
    Transition { action: Action::Promise, from: UNFINISHED, to: Next::Same },
    Transition { action: Action::Kept, from: UNFINISHED, to: Next::Same },
    Transition { action: Action::Relay, from: UNFINISHED, to: Next::Same },
    Transition { action: Action::Explain, from: UNFINISHED, to: Next::Same },
    Transition { action: Action::Pend, from: &[InProgress, Pending], to: Next::To(&[Pending]) },
    Transition { action: Action::Resume, from: &[Pending], to: Next::To(&[InProgress]) },
    Transition { action: Action::Extend, from: AT_WORK, to: Next::Same },
    Transition { action: Action::Escalate, from: UNFINISHED, to: Next::Same },
    Transition { action: Action::Handover, from: UNFINISHED, to: Next::Same },
    Transition { action: Action::Takeover, from: UNFINISHED, to: Next::Same },
    Transition {
        action: Action::Resolve,
        from: &[Acknowledged, InProgress],
        to: Next::To(&[Resolved]),
    },
    Transition {
        action: Action::Confirm,
        from: &[Resolved],
        to: Next::To(&[Confirmed, InProgress, Acknowledged, Resolved]),
    },
    Transition { action: Action::Close, from: UNFINISHED, to: Next::To(&[Closed]) },
    Transition { action: Action::SurveySend, from: &[Closed], to: Next::Same },
    // Once asked, a customer may answer, or not, whatever has become of the record.
    Transition { action: Action::Survey, from: EVERY, to: Next::Same },
    Transition { action: Action::SurveyExpire, from: EVERY, to: Next::Same },
    Transition {
        action: Action::Reopen,
        from: &[Closed],
        to: Next::To(&[InProgress, Acknowledged]),
    },
    Transition {
        action: Action::Cancel,
        from: &[Open, Acknowledged, Routed, InProgress, Pending],
        to: Next::To(&[Cancelled]),
    },
    Transition {
        action: Action::Merge,
        from: &[Open, Acknowledged, Routed, InProgress, Pending, Resolved],
        to: Next::To(&[Merged]),
    },
    Transition { action: Action::Link, from: EVERY, to: Next::Same },
    Transition { action: Action::Recompute, from: UNFINISHED, to: Next::Same },
    Transition { action: Action::Settle, from: EVERY, to: Next::Same },
    Transition { action: Action::Amend, from: EVERY, to: Next::Same },
    Transition { action: Action::Import, from: EVERY, to: Next::AsTold },
];

/// The row of a step.
#[must_use]
pub fn transition(action: Action) -> Option<&'static Transition> {
    TABLE.iter().find(|row| row.action == action)
}

/// Refuses a step that the state does not allow.
///
/// # Errors
/// [`Refusal::State`] with the state.
pub fn allows(action: Action, state: State) -> Result<(), Refusal> {
    match transition(action) {
        Some(row) if row.from.contains(&state) => Ok(()),
        Some(_) | None => Err(Refusal::State(state)),
    }
}

/// True when a step always ends in `state`.
#[must_use]
pub fn leads_to(action: Action, state: State) -> bool {
    match transition(action).map(|row| &row.to) {
        Some(Next::To(states)) => **states == [state],
        Some(Next::Same | Next::AsTold) | None => false,
    }
}

/// The steps that change the state from here, in the order of the table.
#[must_use]
pub fn ways_on(state: State) -> Vec<Action> {
    TABLE
        .iter()
        .filter(|row| row.from.contains(&state) && matches!(row.to, Next::To(_)))
        .map(|row| row.action)
        .collect()
}

/// Refuses an event that is not legal at its place, judged by what the record holds alone.
///
/// # Errors
/// The [`Refusal`] of the first rule that stands against it.
pub fn legal(event: &Event, status: &Status) -> Result<(), Refusal> {
    let action = event.act.action();
    if action != Action::Open {
        allows(action, status.state)?;
    }
    complaint::not_by_subject(status, event)?;
    if let Some(may) = roles::only(status.kind, action)
        && !may.contains(&event.stamp.role)
    {
        let person = event.stamp.actor().clone();
        return Err(Refusal::Role { person, may: may.to_vec() });
    }
    event.act.step().legal(status, &event.stamp)
}

/// Whether a closing that was legal where it was made stands although, among what other clones did
/// without knowing of it, it comes too late: what was acknowledged as closed does not open again by
/// merging. `place` counts the events before it; one that knew them all has the next number.
#[must_use]
pub fn stays_closed(event: &Event, place: usize, status: &Status) -> bool {
    let knew = usize::try_from(event.stamp.n).unwrap_or(usize::MAX);
    event.act.action() == Action::Close && status.state != Closed && place >= knew
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::terms::Term;

    #[test]
    fn every_step_has_exactly_one_row() {
        for action in Action::ALL {
            let rows = TABLE.iter().filter(|row| row.action == *action).count();
            assert_eq!(rows, 1, "{action}");
        }
    }

    #[test]
    fn finished_records_are_only_reopened_surveyed_tied_or_amended() {
        for state in [Closed, Cancelled, Merged] {
            for action in Action::ALL {
                let allowed = allows(*action, state).is_ok();
                let expected = match action {
                    Action::Link
                    | Action::Amend
                    | Action::Settle
                    | Action::Import
                    | Action::Survey
                    | Action::SurveyExpire => true,
                    Action::Reopen | Action::SurveySend => state == Closed,
                    _ => false,
                };
                assert_eq!(allowed, expected, "{action} from {state}");
            }
        }
    }

    #[test]
    fn every_unfinished_state_has_a_way_on() {
        for state in State::ALL.iter().filter(|state| state.is_unfinished()) {
            assert!(!ways_on(*state).is_empty(), "{state}");
        }
    }
}
