//! `undo`: the person who made the last step takes it back.
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::EVERY;
use crate::domain::{
    base::{ids::EventId, terms::State, time::Timestamp},
    history::{
        event::{Event, Stamp},
        facts::Facts,
        record::Record,
        status::Status,
        steps::{Act, Action, Next, Step},
    },
};

/// A step has no effect any more: it was made by mistake.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Undo {
    pub event: EventId,
}

impl Step for Undo {
    const FROM: &'static [State] = EVERY;
    const TO: Next = Next::Back;

    /// Replay leaves out the step that it names; it changes nothing itself.
    fn apply(&self, _: &mut Status, _: &Stamp) {}

    fn facts(&self) -> Facts<'_> {
        Facts::new().event("event", &self.event)
    }
}

impl Event {
    /// Whether it is a step that its author can take back: none that the customer or another system
    /// had a part in, none that made another record, and none after which something is gone.
    pub fn can_be_undone(&self) -> bool {
        let is_final = matches!(
            self.act.action(),
            Action::Open
                | Action::Confirm
                | Action::Close
                | Action::Survey
                | Action::SurveySend
                | Action::SurveyExpire
                | Action::Import
                | Action::Drop
                | Action::Redact
                | Action::Undo
        );
        !is_final && self.stamp.opened.is_none()
    }

    /// The time that somebody was promised by this step.
    pub fn promised(&self) -> Option<Timestamp> {
        match &self.act {
            Act::Ack(ack) => ack.reply_by,
            Act::Accept(accept) => Some(accept.respond_by),
            Act::Promise(promise) => Some(promise.due),
            _ => None,
        }
    }
}

impl Record {
    /// The last step that stands, or was set aside: the only one that can be taken back.
    pub fn newest_step(&self) -> Option<&Event> {
        let is_step = |event: &&Event| {
            event.act.action() != Action::Undo && !self.status.withdrawn.contains(&event.stamp.id)
        };
        self.history.iter().rev().find(is_step)
    }

    /// False for a step that was taken back, whenever that was, and for what took it back: whoever looks at
    /// the record as it stood once sees neither.
    pub fn is_lasting(&self, event: &Event) -> bool {
        takes(event).is_none() && !self.status.withdrawn.contains(&event.stamp.id)
    }
}

/// An event with the step that it takes back, unless another clone went on from that step meanwhile.
#[derive(Clone, Debug)]
pub(in crate::domain) struct UndoneStep<'e> {
    pub(in crate::domain) step: &'e Event,
    pub(in crate::domain) undo: &'e Event,
    /// What may have been made on top of the step by somebody who did not know of the undo.
    pub(in crate::domain) on_top: Vec<&'e EventId>,
}

/// The steps that were taken back by whoever entered them, while they were the newest that this person
/// can have seen, in the order of the undoing. `events` stand in their order.
pub(in crate::domain) fn undone<'e>(events: &[&'e Event]) -> Vec<UndoneStep<'e>> {
    let mut known = BTreeSet::new();
    let mut pairs = Vec::new();
    for (place, undo) in events.iter().enumerate() {
        let step = meant(undo, &events[..place], &known);
        if let Some(step) = step.filter(|step| known.insert(&step.stamp.id)) {
            pairs.push((step, *undo));
        }
    }
    let undone = |(step, undo): (&'e Event, &'e Event)| {
        let (made, taken) = (step.stamp.n, undo.stamp.n);
        // who continued from there need not have seen the undo
        let is_beside = |event: &&Event| event.stamp.n == taken && takes(event) != takes(undo);
        let until = if events.iter().any(is_beside) { u32::MAX } else { taken };
        let is_on_top = |event: &&&Event| {
            let n = event.stamp.n;
            n > made && n <= until && takes(event).is_none() && !known.contains(&event.stamp.id)
        };
        let on_top = events.iter().filter(is_on_top).map(|event| &event.stamp.id).collect();
        UndoneStep { step, undo, on_top }
    };
    pairs.into_iter().map(undone).collect()
}

/// The step that an event names to take back.
fn takes(event: &Event) -> Option<&EventId> {
    match &event.act {
        Act::Undo(undo) => Some(&undo.event),
        _ => None,
    }
}

/// The step that an event takes back, where whoever did so had entered it and can have seen none after it
/// that still stood. They saw at least one event of each number up to their own.
fn meant<'e>(undo: &Event, before: &[&'e Event], undone: &BTreeSet<&EventId>) -> Option<&'e Event> {
    let named = takes(undo)?;
    let place = before.iter().rposition(|event| event.stamp.id == *named)?;
    let step = before[place];
    let (made, taken) = (step.stamp.n, undo.stamp.n);
    let seen = before[place..].chunk_by(|one, other| one.stamp.n == other.stamp.n);
    let mut seen = seen.filter(|level| (made + 1..taken).contains(&level[0].stamp.n));
    let is_over = |event: &&Event| takes(event).is_some() || undone.contains(&event.stamp.id);
    let is_newest = made < taken && seen.all(|level| level.iter().any(is_over));
    (is_newest && step.stamp.by == undo.stamp.by && step.can_be_undone()).then_some(step)
}
