//! `undo`: the person who made the last step takes it back.
use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::EVERY;
use crate::domain::{
    base::{ids::EventId, terms::State},
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
    /// had a part in, and none that made another record.
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
                | Action::Undo
        );
        !is_final && self.stamp.opened.is_none()
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
}

/// The steps that were taken back, each with the event that did so.
///
/// `events` stand in their order. Only the newest step can be taken back, by whoever entered it; a step
/// that another clone made on top of it meanwhile stands, and the undo does not.
pub(in crate::domain) fn withdrawn<'e>(events: &[&'e Event]) -> BTreeMap<&'e EventId, &'e EventId> {
    let is_step = |event: &&Event| !matches!(event.act, Act::Undo(_));
    let places = events.iter().enumerate().filter(|(_, event)| is_step(event));
    let last_places: HashMap<u32, usize> =
        places.map(|(place, event)| (event.stamp.n, place)).collect();
    let mut standing: Vec<&Event> = Vec::new();
    let mut withdrawn = BTreeMap::new();
    for (place, event) in events.iter().enumerate() {
        let Act::Undo(undo) = &event.act else {
            standing.push(event);
            continue;
        };
        let is_overtaken = last_places.get(&event.stamp.n).is_some_and(|last| *last > place);
        let is_meant = |step: &&&Event| {
            step.stamp.id == undo.event && step.stamp.by == event.stamp.by && step.can_be_undone()
        };
        if let Some(step) = standing.last().filter(is_meant).filter(|_| !is_overtaken) {
            withdrawn.insert(&step.stamp.id, &event.stamp.id);
            standing.pop();
        }
    }
    withdrawn
}
