//! What an import can have made, whatever the file and its map said.

use crate::domain::{
    base::terms::State,
    history::{
        event::Event,
        steps::{Act, import::Import},
    },
};

/// True for a state in which the other system says how the matter was solved.
pub(super) fn is_solved(state: State) -> bool {
    matches!(state, State::Resolved | State::Confirmed | State::Closed)
}

/// The first entry that no import makes after those before it: they are in the order of time, and
/// say each thing once.
#[must_use]
pub fn misfit(entries: &[Event]) -> Option<&Event> {
    let mut before: Vec<(&Event, &Import)> = Vec::new();
    for event in entries {
        let Act::Import(entry) = &event.act else { return Some(event) };
        let last = before.last();
        let in_order = last.is_none_or(|(last, _)| last.stamp.at <= event.stamp.at);
        let solved = entry.outcome.as_ref().is_none_or(|outcome| {
            let anew = last.is_none_or(|(_, last)| last.outcome != entry.outcome);
            anew && is_solved(entry.state) && outcome.done_at <= event.stamp.at
        });
        // the first entry in a state that is a reply is the reply
        let first_reply = !entry.replied
            || before.iter().all(|(_, other)| !other.replied && other.state != entry.state);
        if !(in_order && solved && first_reply) {
            return Some(event);
        }
        before.push((event, entry));
    }
    None
}
