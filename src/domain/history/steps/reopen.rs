//! `reopen`: the matter was not settled after all (R55).
use serde::{Deserialize, Serialize};

use crate::domain::{
    base::terms::{Kind, State},
    history::{
        event::Stamp,
        facts::Facts,
        refusal::Refusal,
        status::Status,
        steps::{Next, Step},
    },
};

/// The matter was not settled after all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reopen {
    pub reason: String,
}

impl Step for Reopen {
    const FROM: &'static [State] = &[State::Closed];
    const TO: Next = Next::To(&[State::InProgress, State::Acknowledged]);

    fn legal(&self, status: &Status, stamp: &Stamp) -> Result<(), Refusal> {
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
        status.send_back(stamp.at);
        status.counts.reopens += 1;
        status.exception = None;
        status.archive = None;
    }

    fn facts(&self) -> Facts<'_> {
        Facts::new().text("reason", &self.reason)
    }
}
