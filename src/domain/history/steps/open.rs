//! `open`: the customer's matter gets its record (R3).
use serde::{Deserialize, Serialize};

use crate::domain::{
    base::{
        ids::{PersonId, UnitId},
        limit::Limits,
        line::SupportLine,
        terms::{Grade, Kind, Level, State},
    },
    history::{
        agreement::AgreementTerms,
        complaint,
        event::Stamp,
        facts::Facts,
        refusal::Refusal,
        status::{DueTimes, Status},
        steps::{Next, Step},
    },
};

/// What policy decided when the record was opened.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Open {
    /// Who follows it at the desk, where it is not who opened it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<PersonId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub impact: Option<Grade>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub urgency: Option<Grade>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<u8>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub major: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<SupportLine>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreement: Option<AgreementTerms>,
    #[serde(default, skip_serializing_if = "Limits::is_none")]
    pub limits: Limits,
    #[serde(default, skip_serializing_if = "DueTimes::is_none")]
    pub due_after: DueTimes,
}

impl Step for Open {
    const FROM: &'static [State] = &[];
    const TO: Next = Next::To(&[State::Open, State::Closed]);

    fn legal(&self, status: &Status, stamp: &Stamp) -> Result<(), Refusal> {
        // what an answer to their work caused is given to somebody else
        if self.owner.is_some() { Ok(()) } else { complaint::not_to_subject(status, &stamp.by) }
    }

    fn apply(&self, status: &mut Status, _: &Stamp) {
        if let Some(owner) = &self.owner {
            status.desk_owner = owner.clone();
        }
        status.impact = self.impact;
        status.urgency = self.urgency;
        status.priority = self.priority;
        status.level = self.level;
        status.major.clone_from(&self.major);
        status.unit.clone_from(&self.unit);
        status.line = self.line;
        status.agreement.clone_from(&self.agreement);
        status.limits = self.limits;
        status.due = self.due_after;
        if status.kind == Kind::Remark {
            status.state = State::Closed;
            status.times.first_closed_at = Some(status.times.opened_at);
            status.times.closed_at = Some(status.times.opened_at);
        }
    }

    fn facts(&self) -> Facts<'_> {
        Facts::new()
            .some_term("level", self.level)
            .some_number("priority", self.priority.map(u32::from))
            .some_term("impact", self.impact)
            .some_term("urgency", self.urgency)
            .some_criterion("major", self.major.as_deref())
            .some_person("owner", self.owner.as_ref())
            .some_unit("unit", self.unit.as_ref())
            .some_line_of_support("line", self.line)
            .some_agreement("agreement", self.agreement.as_ref())
            .limits(self.limits)
            .due(DueTimes::default(), self.due_after)
    }
}
