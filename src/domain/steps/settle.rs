//! `settle`: what two clones did without knowing of each other, decided by a person.

use serde::{Deserialize, Serialize};

use crate::domain::{
    event::Stamp,
    ids::EventId,
    lifecycle,
    record::Record,
    refusal::Refusal,
    status::Status,
    steps::{Act, Scene, Step},
};

/// Which event holds, and which ones have had their say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settle {
    /// The event that holds; one that was set aside has its effect here.
    pub keep: EventId,
    /// What was set aside until now, and no longer waits for anybody.
    pub settled: Vec<EventId>,
    pub reason: String,
}

impl Settle {
    /// Finds the event that is meant, by its id or the end of it.
    ///
    /// # Errors
    /// [`Refusal::NothingToSettle`] where nothing was set aside or is disputed for good,
    /// [`Refusal::NoSuchEvent`], or what stands against an event that was set aside having its
    /// effect now.
    pub fn decide(scene: &Scene<'_>, keep: &str, reason: String) -> Result<Self, Refusal> {
        let (record, status) = (scene.record, &scene.record.status);
        let over = !status.state.is_unfinished() && !status.disputed.is_empty();
        if status.set_aside.is_empty() && !over {
            return Err(Refusal::NothingToSettle);
        }
        let keep = keep.trim().to_uppercase();
        let meant: Vec<_> = record
            .history
            .iter()
            .filter(|event| !keep.is_empty() && event.stamp.id.as_str().ends_with(&keep))
            .collect();
        let [event] = meant[..] else {
            let known = status.set_aside.iter().map(ToString::to_string).collect();
            return Err(Refusal::NoSuchEvent { given: keep, known });
        };
        if status.set_aside.contains(&event.stamp.id) {
            lifecycle::legal(event, status)
                .map_err(|_| Refusal::FitsNoLonger { event: event.stamp.id.clone() })?;
        }
        Ok(Self { keep: event.stamp.id.clone(), settled: status.set_aside.clone(), reason })
    }

    /// The event that has its effect by this settlement, if it was set aside and fits now.
    #[must_use]
    pub fn revives<'r>(
        &self,
        record: &'r Record,
        before: &Status,
    ) -> Option<&'r crate::domain::event::Event> {
        let event = record.event(&self.keep)?;
        let waits = before.set_aside.contains(&self.keep);
        let opens = matches!(event.act, Act::Open(_) | Act::Settle(_));
        (waits && !opens && lifecycle::legal(event, before).is_ok()).then_some(event)
    }
}

impl Step for Settle {
    fn apply(&self, status: &mut Status, _: &Stamp) {
        status.set_aside.retain(|event| !self.settled.contains(event));
        if !status.state.is_unfinished() {
            status.disputed.clear();
        }
    }
}
