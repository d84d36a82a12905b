//! `import`: an entry in the log of another system, taken over as it stands there.
use serde::{Deserialize, Serialize};

use super::EVERY;
use crate::domain::{
    base::{
        ids::{PersonId, UnitId},
        line::SupportLine,
        terms::{Code, State},
        time::Timestamp,
    },
    history::{
        event::Stamp,
        facts::Facts,
        refusal::Refusal,
        status::{Status, parts::Resolution},
        steps::{Next, Step},
    },
};

/// What the other system says of one moment.
///
/// It was not docket that let it happen, so no rule of the procedure judges it; what the log does
/// not tell (who was told, who consented, how content the customer was) stays empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Import {
    pub state: State,
    /// The other system's word for the state.
    pub source_state: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<SupportLine>,
    /// The other system's word for the unit, where this desk has none for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_unit: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignee: Option<PersonId>,
    /// True for the customer's first substantive reply.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub replied: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<ImportedResolution>,
}

/// How the matter was solved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportedResolution {
    pub done_at: Timestamp,
    pub code: Code,
    pub result: String,
    pub cause: String,
}

/// True for a state in which the other system says how the matter was solved.
pub fn is_solved(state: State) -> bool {
    matches!(state, State::Resolved | State::Confirmed | State::Closed)
}

impl Step for Import {
    const FROM: &'static [State] = EVERY;
    const TO: Next = Next::AsTold;

    fn legal(&self, status: &Status, stamp: &Stamp) -> Result<(), Refusal> {
        if status.source.is_none() {
            return Err(Refusal::NotImported);
        }
        match &self.outcome {
            Some(outcome) if outcome.done_at > stamp.at => {
                Err(Refusal::DoneAfter { done_at: outcome.done_at, at: stamp.at })
            }
            Some(_) | None => Ok(()),
        }
    }

    fn apply(&self, status: &mut Status, stamp: &Stamp) {
        if self.unit.is_some() && self.unit != status.unit {
            status.unit.clone_from(&self.unit);
            status.line = self.line;
        }
        if self.assignee.is_some() && self.assignee != status.assignee {
            status.assignee.clone_from(&self.assignee);
            status.counts.routes += 1;
        }
        if self.replied {
            status.replied(stamp.at);
        }
        if let Some(outcome) = &self.outcome {
            status.replied(outcome.done_at);
            status.times.resolved_at = Some(outcome.done_at);
            status.resolution = Some(Resolution {
                by: self.assignee.clone().unwrap_or_else(|| stamp.by.clone()),
                entered_by: Some(stamp.by.clone()),
                done_at: outcome.done_at,
                code: outcome.code.clone(),
                result: outcome.result.clone(),
                cause: outcome.cause.clone(),
                told: None,
                method: None,
                corrective: None,
                preventive: None,
            });
        }
        if self.state != status.state {
            self.enter(status, stamp.at);
        }
    }

    fn done_at(&self) -> Option<Timestamp> {
        self.outcome.as_ref().map(|outcome| outcome.done_at)
    }

    fn facts(&self) -> Facts<'_> {
        Facts::new()
            .term("state", self.state)
            .some_unit("unit", self.unit.as_ref())
            .some_line_of_support("line", self.line)
            .some_person("assignee", self.assignee.as_ref())
            .some_flag("replied", self.replied.then_some(true))
            .line("source_state", &self.source_state)
            .some_line("source_unit", self.source_unit.as_deref())
            .outcome(self.outcome.as_ref())
    }
}

impl Import {
    fn enter(&self, status: &mut Status, at: Timestamp) {
        let back = matches!(
            self.state,
            State::Open | State::Acknowledged | State::Routed | State::InProgress | State::Pending
        );
        if back && matches!(status.state, State::Resolved | State::Confirmed) {
            status.send_back(at);
            status.counts.reworks += 1;
        }
        if back && status.state == State::Closed {
            status.send_back(at);
            status.counts.reopens += 1;
        }
        status.state = self.state;
        let times = &mut status.times;
        match self.state {
            State::Open | State::Cancelled | State::Merged => {}
            State::Acknowledged => {
                times.acknowledged_at.get_or_insert(at);
            }
            State::Routed => {
                times.acknowledged_at.get_or_insert(at);
                times.routed_at = Some(at);
            }
            State::InProgress | State::Pending => {
                times.acknowledged_at.get_or_insert(at);
                times.accepted_at.get_or_insert(at);
            }
            State::Resolved => {
                times.acknowledged_at.get_or_insert(at);
                times.resolved_at.get_or_insert(at);
            }
            State::Confirmed => times.confirmed_at = Some(at),
            State::Closed => {
                times.first_closed_at.get_or_insert(at);
                times.closed_at = Some(at);
            }
        }
    }
}
