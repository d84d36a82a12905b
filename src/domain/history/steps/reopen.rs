//! `reopen`: the matter was not settled after all (R55).
use serde::{Deserialize, Serialize};

use crate::domain::{
    base::terms::{Kind, ReopenedClock, State},
    history::{
        event::Stamp,
        facts::Facts,
        refusal::Refusal,
        status::{DueTimes, Status},
        steps::{Next, Step},
    },
};

/// The matter was not settled after all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reopen {
    pub reason: String,
    /// How the resolution clock goes on; absent where none ran.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock: Option<ReopenedClock>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_before: Option<DueTimes>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_after: Option<DueTimes>,
}

impl Step for Reopen {
    const FROM: &'static [State] = &[State::Closed];
    const TO: Next = Next::To(&[State::InProgress, State::Acknowledged]);

    fn ready(status: &Status, stamp: &Stamp) -> Result<(), Refusal> {
        if status.kind == Kind::Remark {
            return Err(Refusal::OnlyRemark);
        }
        match status.times.closed_at {
            Some(closed_at) if stamp.at < closed_at => {
                Err(Refusal::DoneAfter { done_at: closed_at, at: stamp.at })
            }
            Some(_) | None => Ok(()),
        }
    }

    fn apply(&self, status: &mut Status, stamp: &Stamp) {
        match self.clock {
            Some(ReopenedClock::Stopped) => status.pauses.push(status.at_rest_until(stamp.at)),
            Some(ReopenedClock::NewLimit) => status.times.restarted_at = Some(stamp.at),
            None => {}
        }
        if let (Some(before), Some(after)) = (self.due_before, self.due_after) {
            status.move_due(before, after);
        }
        status.send_back(stamp.at);
        status.counts.reopens += 1;
        status.exception = None;
        status.archive = None;
    }

    fn facts(&self) -> Facts<'_> {
        Facts::new()
            .some_term("clock", self.clock)
            .moved(self.due_before, self.due_after)
            .text("reason", &self.reason)
    }
}
