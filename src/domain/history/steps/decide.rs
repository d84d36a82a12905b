//! `decide`: whether a complaint is substantiated (R87, R94).
use serde::{Deserialize, Serialize};

use super::AT_WORK;
use crate::domain::{
    base::terms::{Kind, Role, State, Validity},
    history::{
        event::Stamp,
        facts::Facts,
        refusal::{MissingPart, Refusal},
        roles,
        status::{Status, parts::Decision},
        steps::{Next, Step},
    },
};

/// What was found out, and what it says of the complaint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decide {
    pub finding: String,
    pub validity: Validity,
}

impl Step for Decide {
    const FROM: &'static [State] = AT_WORK;
    const TO: Next = Next::Same;

    fn only(_: Kind) -> Option<&'static [Role]> {
        Some(roles::DECIDERS)
    }

    fn ready(status: &Status, _: &Stamp) -> Result<(), Refusal> {
        match &status.complaint {
            None => Err(Refusal::OnlyComplaint { flag: "docket decide" }),
            Some(complaint) if complaint.verification.is_none() => {
                Err(Refusal::ComesFirst(vec![MissingPart::Verified]))
            }
            Some(_) => Ok(()),
        }
    }

    fn apply(&self, status: &mut Status, stamp: &Stamp) {
        if let Some(complaint) = &mut status.complaint {
            complaint.decision = Some(Decision {
                at: stamp.at,
                by: stamp.actor().clone(),
                validity: self.validity,
                finding: self.finding.clone(),
            });
        }
    }

    fn facts(&self) -> Facts<'_> {
        Facts::new().term("validity", self.validity).text("finding", &self.finding)
    }
}
