//! `relay`: a message for a colleague who was wanted and not there is passed on (R16).
use serde::{Deserialize, Serialize};

use super::UNFINISHED;
use crate::domain::{
    base::terms::{Channel, State},
    history::{
        event::Stamp,
        facts::Facts,
        refusal::Refusal,
        roles,
        status::{Status, parts::RelayResult},
        steps::{Next, Step},
    },
};

/// The colleague who was wanted has heard of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Relay {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<Channel>,
}

impl Step for Relay {
    const FROM: &'static [State] = UNFINISHED;
    const TO: Next = Next::Same;

    fn ready(status: &Status, stamp: &Stamp) -> Result<(), Refusal> {
        let Some(message) = &status.message else {
            return Err(Refusal::NoMessage);
        };
        if let Some(relayed) = &message.relayed {
            return Err(Refusal::RelayedBefore { at: relayed.at, by: relayed.by.clone() });
        }
        if roles::is_desk(stamp.role) || *stamp.actor() == message.wanted {
            return Ok(());
        }
        Err(Refusal::NotWanted { wanted: message.wanted.clone() })
    }

    fn apply(&self, status: &mut Status, stamp: &Stamp) {
        if let Some(message) = &mut status.message {
            let by = stamp.actor().clone();
            message.relayed = Some(RelayResult { at: stamp.at, by, method: self.method.clone() });
        }
    }

    fn facts(&self) -> Facts<'_> {
        Facts::new().some_method("method", self.method.as_ref())
    }
}
