//! `resume`: the work goes on (Q8).
use serde::{Deserialize, Serialize};

use crate::domain::{
    base::terms::State,
    history::{
        event::Stamp,
        facts::Facts,
        refusal::Refusal,
        status::{DueTimes, Status},
        steps::{Next, Step, responsible_or_desk},
    },
};

/// The work goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resume {
    pub due_before: DueTimes,
    pub due_after: DueTimes,
}

impl Step for Resume {
    const FROM: &'static [State] = &[State::Pending];
    const TO: Next = Next::To(&[State::InProgress]);

    fn ready(status: &Status, stamp: &Stamp) -> Result<(), Refusal> {
        responsible_or_desk(status, stamp)?;
        super::hold::after_pauses(status, stamp)
    }

    fn apply(&self, status: &mut Status, stamp: &Stamp) {
        status.end_pause(stamp.at);
        status.move_due(self.due_before, self.due_after);
        status.state = State::InProgress;
    }

    fn facts(&self) -> Facts<'_> {
        Facts::new().due(self.due_before, self.due_after)
    }
}
