//! Which step leads from which state to which, and what stands against one at its place.

use crate::domain::{
    base::terms::State,
    history::{
        complaint,
        event::{Event, Stamp},
        refusal::Refusal,
        status::Status,
        steps::{Act, Action, Next, TABLE, Transition},
    },
};

/// The row of a step.
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

/// The states in which a step is the usual one; in others it is an exception, if it can be made at all.
pub fn usual(action: Action) -> &'static [State] {
    if action == Action::Close {
        return &[State::Confirmed];
    }
    transition(action).map_or(&[][..], |row| row.from)
}

/// True when a step always ends in `state`.
pub fn leads_to(action: Action, state: State) -> bool {
    match transition(action).map(|row| &row.to) {
        Some(Next::To(states)) => **states == [state],
        Some(Next::Same | Next::AsTold | Next::Back) | None => false,
    }
}

/// Refuses a step that cannot be made at this place whatever it says, judged by what the record holds
/// alone.
///
/// # Errors
/// The [`Refusal`] of the first rule that stands against it.
pub fn ready(action: Action, status: &Status, stamp: &Stamp) -> Result<(), Refusal> {
    if action != Action::Open {
        allows(action, status.state)?;
        complaint::not_by_subject(status, stamp)?;
    }
    if let Some(may) = action.only(status.kind)
        && !may.contains(&stamp.role)
    {
        return Err(Refusal::Role { person: stamp.actor().clone(), may: may.to_vec() });
    }
    action.ready(status, stamp)
}

/// Refuses an event that is not legal at its place, judged by what the record holds alone.
///
/// # Errors
/// The [`Refusal`] of the first rule that stands against it.
pub fn legal(event: &Event, status: &Status) -> Result<(), Refusal> {
    ready(event.act.action(), status, &event.stamp)?;
    event.act.legal(status, &event.stamp)
}

/// Whether a closing that was legal where it was made stands although, among what other clones did
/// without knowing of it, it comes too late: what was acknowledged as closed does not open again by
/// merging.
pub fn stays_closed(event: &Event, place: usize, status: &Status) -> bool {
    event.act.action() == Action::Close && status.state != State::Closed && is_unaware(event, place)
}

/// Whether a recomputation says again what another clone's has said already, without knowing of it.
pub fn says_again(event: &Event, place: usize, status: &Status) -> bool {
    let is_same = matches!(&event.act, Act::Recompute(again) if again.due_after == status.due);
    is_same && is_unaware(event, place) && allows(event.act.action(), status.state).is_ok()
}

/// Whether a step is there in the same words from another clone, of which whoever made it did not know. What
/// opened another record is told.
pub fn is_there(event: &Event, place: usize, status: &Status) -> bool {
    event.act.is_there(status, &event.stamp)
        && event.stamp.opened.is_none()
        && is_unaware(event, place)
}

/// Whether another clone's events stand before this one, of which whoever made it did not know. `place`
/// counts the events before it; one that knew them all has the next number.
fn is_unaware(event: &Event, place: usize) -> bool {
    place >= usize::try_from(event.stamp.n).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::base::terms::Term;

    #[test]
    fn every_step_has_exactly_one_row() {
        for action in Action::ALL {
            let rows = TABLE.iter().filter(|row| row.action == *action).count();
            assert_eq!(rows, 1, "{action}");
        }
    }

    #[test]
    fn finished_records_are_only_reopened_surveyed_tied_amended_or_given_files() {
        for state in [State::Closed, State::Cancelled, State::Merged] {
            for action in Action::ALL {
                let allowed = allows(*action, state).is_ok();
                let expected = match action {
                    Action::Link
                    | Action::Amend
                    | Action::Attach
                    | Action::Drop
                    | Action::Visit
                    | Action::Remote
                    | Action::Redact
                    | Action::Settle
                    | Action::Undo
                    | Action::Import
                    | Action::Survey
                    | Action::SurveyExpire => true,
                    Action::Reopen | Action::SurveySend => state == State::Closed,
                    _ => false,
                };
                assert_eq!(allowed, expected, "{action} from {state}");
            }
        }
    }

    #[test]
    fn every_unfinished_state_has_a_way_on() {
        for state in State::ALL.iter().filter(|state| state.is_unfinished()) {
            let mut moves = TABLE.iter().filter(|row| matches!(row.to, Next::To(_)));
            assert!(moves.any(|row| row.from.contains(state)), "{state}");
        }
    }
}
