//! `settle`: what two clones did without knowing of each other, decided by a person.
use serde::{Deserialize, Serialize};

use super::EVERY;
use crate::domain::{
    base::{ids::EventId, terms::State},
    history::{
        event::{Event, Stamp},
        facts::Facts,
        lifecycle,
        record::Record,
        status::Status,
        steps::{Act, Next, Step},
    },
};

/// Which event holds, and which ones have had their say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settle {
    /// The event that holds; one that was set aside has its effect here. Of two records that clones
    /// merged into each other it may be the other one's merge.
    pub keep: EventId,
    /// What was set aside until now, and no longer waits for anybody; or what has no effect any more: the
    /// record's own merge, and the steps of an item that stand against what is kept.
    pub settled: Vec<EventId>,
    pub reason: String,
}

impl Settle {
    /// The steps that had an effect until it, and have none by it; `merge` is the merge that holds.
    pub fn takes_back<'r>(
        &self,
        record: &'r Record,
        before: &Status,
        merge: Option<&EventId>,
    ) -> Vec<&'r EventId> {
        let is_merged = before.state == State::Merged;
        let had_effect = |event: &&Event| {
            let id = &event.stamp.id;
            let may_go = match &event.act {
                Act::Merge(_) => is_merged && merge == Some(id),
                act => act.item().is_some(),
            };
            may_go && *id != self.keep && !before.set_aside.contains(id)
        };
        let settled = self.settled.iter().filter_map(|id| record.event(id));
        settled.filter(had_effect).map(|event| &event.stamp.id).collect()
    }

    /// The event that has its effect by this settlement, if it was set aside and fits now.
    pub fn revives<'r>(&self, record: &'r Record, before: &Status) -> Option<&'r Event> {
        let event = record.event(&self.keep)?;
        let waits = before.set_aside.contains(&self.keep);
        let is_fixed = matches!(event.act, Act::Open(_) | Act::Settle(_) | Act::Undo(_));
        (waits && !is_fixed && lifecycle::legal(event, before).is_ok()).then_some(event)
    }
}

impl Step for Settle {
    const FROM: &'static [State] = EVERY;
    const TO: Next = Next::Same;

    fn apply(&self, status: &mut Status, _: &Stamp) {
        status.set_aside.retain(|event| !self.settled.contains(event));
        if !status.state.is_unfinished() {
            status.disputed.clear();
        }
    }

    fn facts(&self) -> Facts<'_> {
        Facts::new()
            .event("keep", &self.keep)
            .events("settled", &self.settled)
            .text("reason", &self.reason)
    }
}
