//! `sla recompute`: due times that were unknown for want of a calendar, or that two clones moved
//! without knowing of each other.

use serde::{Deserialize, Serialize};

use crate::domain::{
    clock,
    event::Stamp,
    refusal::Refusal,
    status::{Due, Status},
    steps::{Scene, Step},
};

/// The due times as the limits in force give them, every pause re-applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recompute {
    pub due_before: Due,
    pub due_after: Due,
}

impl Recompute {
    /// Computes from `received_at`; a time that the customer agreed to stays.
    #[must_use]
    pub fn decide(scene: &Scene<'_>) -> Self {
        let status = &scene.record.status;
        Self { due_before: status.due, due_after: clock::afresh(status, &scene.policy.calendar) }
    }
}

impl Step for Recompute {
    fn legal(&self, status: &Status, _: &Stamp) -> Result<(), Refusal> {
        if status.due.has_unknown() || !status.disputed.is_empty() {
            Ok(())
        } else {
            Err(Refusal::NothingToRecompute)
        }
    }

    fn apply(&self, status: &mut Status, _: &Stamp) {
        status.due = self.due_after;
        status.disputed.clear();
    }
}
