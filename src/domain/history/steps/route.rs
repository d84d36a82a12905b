//! `route`: one person becomes responsible (R31, R34, R35).
use serde::{Deserialize, Serialize};

use crate::domain::{
    base::{
        ids::{PersonId, UnitId},
        line::SupportLine,
        terms::{Channel, Kind, Role, State},
    },
    history::{
        complaint,
        event::Stamp,
        facts::Facts,
        refusal::Refusal,
        status::{DueTimes, Status},
        steps::{Next, Step},
    },
};

/// Who is responsible from now on, if they accept, and why the desk could not solve it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Route {
    pub to: PersonId,
    pub unit: UnitId,
    pub line: SupportLine,
    pub reason: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<Channel>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_before: Option<DueTimes>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_after: Option<DueTimes>,
}

impl Step for Route {
    const FROM: &'static [State] =
        &[State::Acknowledged, State::Routed, State::InProgress, State::Pending];
    const TO: Next = Next::To(&[State::Routed]);

    fn only(kind: Kind) -> Option<&'static [Role]> {
        (kind == Kind::Complaint).then_some(&[Role::RelationshipManager])
    }

    fn ready(status: &Status, _: &Stamp) -> Result<(), Refusal> {
        status.complaint.as_ref().map_or(Ok(()), complaint::ready_to_route)
    }

    fn legal(&self, status: &Status, _: &Stamp) -> Result<(), Refusal> {
        complaint::not_to_subject(status, &self.to)
    }

    fn apply(&self, status: &mut Status, stamp: &Stamp) {
        status.end_pause(stamp.at);
        if let (Some(before), Some(after)) = (self.due_before, self.due_after) {
            status.move_due(before, after);
        }
        status.due.commitment = None;
        status.state = State::Routed;
        status.assignee = Some(self.to.clone());
        status.unit = Some(self.unit.clone());
        status.line = Some(self.line);
        status.times.routed_at = Some(stamp.at);
        status.times.accepted_at = None;
        status.counts.routes += 1;
    }

    fn facts(&self) -> Facts<'_> {
        Facts::new()
            .person("to", &self.to)
            .unit("unit", &self.unit)
            .line_of_support("line", self.line)
            .some_method("method", self.method.as_ref())
            .moved(self.due_before, self.due_after)
            .text("reason", &self.reason)
    }
}
