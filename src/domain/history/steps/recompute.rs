//! `sla recompute`: due times that were unknown for want of a calendar, or that two clones moved
//! without knowing of each other.
use serde::{Deserialize, Serialize};

use super::UNFINISHED;
use crate::domain::{
    base::terms::State,
    history::{
        event::Stamp,
        facts::Facts,
        refusal::Refusal,
        status::{DueTimes, Status},
        steps::{Next, Step},
    },
};

/// The due times as the limits in force give them, every pause re-applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recompute {
    pub due_before: DueTimes,
    pub due_after: DueTimes,
}

impl Step for Recompute {
    const FROM: &'static [State] = UNFINISHED;
    const TO: Next = Next::Same;

    fn ready(status: &Status, _: &Stamp) -> Result<(), Refusal> {
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

    fn facts(&self) -> Facts<'_> {
        Facts::new().due(self.due_before, self.due_after)
    }
}
