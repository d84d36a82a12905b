//! `import`: an entry in the log of another system, taken over as it stands there.
use serde::{Deserialize, Serialize};

use super::EVERY;
use crate::domain::{
    base::{
        ids::{PersonId, UnitId},
        line::SupportLine,
        terms::{Code, PauseReason, Satisfaction, State},
        time::Timestamp,
    },
    history::{
        event::Stamp,
        facts::{Audience, Facts},
        refusal::Refusal,
        status::{
            DueTimes, Status,
            parts::{CurrentPause, Resolution},
        },
        steps::{Act, Next, Step},
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
    /// The other system's word for the person, where this desk has nobody of that name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_person: Option<String>,
    /// True for the customer's first substantive reply.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub replied: bool,
    /// Why the work waits (Q8).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<PauseReason>,
    /// Whether policy lets the resolution clock stand still for this reason.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub stops_clock: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_before: Option<DueTimes>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_after: Option<DueTimes>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<ImportedResolution>,
    /// What the customer said of the solution.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub satisfaction: Option<Satisfaction>,
    /// What was noted there; for the team.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub work_note: Option<String>,
}

/// How the matter was solved, as far as the log tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportedResolution {
    pub done_at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub solved_by: Option<PersonId>,
    /// The other system's word for who solved it, where this desk has nobody of that name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_solver: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Code>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub result: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub cause: String,
}

impl ImportedResolution {
    /// What a record was solved with.
    pub fn of(done: &Resolution) -> Self {
        Self {
            done_at: done.done_at,
            solved_by: done.by.clone(),
            source_solver: done.source_by.clone(),
            code: done.code.clone(),
            result: done.result.clone(),
            cause: done.cause.clone(),
        }
    }
}

/// True for what an import makes: a record that only such steps made still stands as the other
/// system has it.
pub fn is_of_source(act: &Act) -> bool {
    matches!(act, Act::Open(_) | Act::Import(_))
}

/// True for what takes a matter further than the other system told: to hide a text does not.
pub fn goes_on_here(act: &Act) -> bool {
    !is_of_source(act) && !matches!(act, Act::Redact(_))
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
        // what another clone took over later than this does not go back before it
        if let Some(newest) = status.times.source_at.filter(|newest| *newest > stamp.at) {
            return Err(Refusal::DoneAfter { done_at: newest, at: stamp.at });
        }
        match &self.outcome {
            Some(outcome) if outcome.done_at > stamp.at => {
                Err(Refusal::DoneAfter { done_at: outcome.done_at, at: stamp.at })
            }
            Some(_) | None => Ok(()),
        }
    }

    fn apply(&self, status: &mut Status, stamp: &Stamp) {
        status.times.source_at = Some(stamp.at);
        if self.unit.is_some() && self.unit != status.unit {
            status.unit.clone_from(&self.unit);
            status.line = self.line;
        }
        self.assign(status);
        if self.replied {
            status.replied(self.outcome.as_ref().map_or(stamp.at, |outcome| outcome.done_at));
        }
        status.end_pause(stamp.at);
        if let (Some(before), Some(after)) = (self.due_before, self.due_after) {
            status.move_due(before, after);
        }
        if let Some(outcome) = &self.outcome {
            status.times.resolved_at = Some(outcome.done_at);
            status.resolution = Some(outcome.in_force(&stamp.by));
        }
        if self.satisfaction.is_some() {
            status.source_satisfaction = self.satisfaction;
        }
        if self.state != status.state {
            self.enter(status, stamp.at);
        }
        if let Some(reason) = &self.reason {
            status.pauses.push(CurrentPause {
                reason: reason.clone(),
                since: stamp.at,
                resume_by: None,
                until: None,
                stops_clock: self.stops_clock,
            });
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
            .some_pause_reason("reason", self.reason.as_ref())
            .some_flag("stops_clock", self.reason.as_ref().map(|_| self.stops_clock))
            .moved(self.due_before, self.due_after)
            .imported("source_state", &self.source_state)
            .some_imported("source_unit", self.source_unit.as_deref())
            .some_imported("source_person", self.source_person.as_deref())
            .outcome(self.outcome.as_ref())
            .some_term("satisfaction", self.satisfaction)
            .of(Audience::Team)
            .some_text("work_note", self.work_note.as_deref())
    }
}

impl ImportedResolution {
    fn in_force(&self, importer: &PersonId) -> Resolution {
        let Self { done_at, solved_by, source_solver, code, result, cause } = self.clone();
        Resolution {
            by: solved_by,
            source_by: source_solver,
            entered_by: Some(importer.clone()),
            done_at,
            code,
            result,
            cause,
            cause_category: None,
            told: None,
            method: None,
            corrective: None,
            preventive: None,
        }
    }
}

impl Import {
    /// Whoever the log names is responsible; of who ended the matter that is not said.
    fn assign(&self, status: &mut Status) {
        let ends = !self.state.is_unfinished();
        let is_known = status.assignee.is_some() || status.source_assignee.is_some();
        if ends && is_known || self.assignee.is_none() && self.source_person.is_none() {
            return;
        }
        if self.assignee.is_some() && self.assignee != status.assignee {
            status.counts.routes += 1;
        }
        status.assignee.clone_from(&self.assignee);
        status.source_assignee.clone_from(&self.source_person);
    }

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
        // when the customer heard that it was accepted only that state itself tells
        let acknowledged = self.state == State::Acknowledged || status.due.ack.is_some();
        let times = &mut status.times;
        if self.state != State::Open && acknowledged {
            times.acknowledged_at.get_or_insert(at);
        }
        match self.state {
            State::Open | State::Acknowledged | State::Cancelled | State::Merged => {}
            State::Routed => times.routed_at = Some(at),
            State::InProgress | State::Pending => {
                times.accepted_at.get_or_insert(at);
            }
            State::Resolved => {
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
