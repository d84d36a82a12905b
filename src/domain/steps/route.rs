//! `route`: one person becomes responsible (R31, R34, R35).

use serde::{Deserialize, Serialize};

use crate::domain::{
    complaint,
    event::Stamp,
    ids::{PersonId, UnitId},
    nearest::nearest,
    policy::units::Line,
    refusal::{Need, Refusal, Thing},
    status::{Due, Status},
    steps::{Scene, Step, pend::due_after_pause},
    terms::{Channel, State},
};

/// Who is responsible from now on, if they accept, and why the desk could not solve it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Route {
    pub to: PersonId,
    pub unit: UnitId,
    pub line: Line,
    pub reason: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<Channel>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_before: Option<Due>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_after: Option<Due>,
}

/// What the desk wants.
#[derive(Clone, Debug)]
pub struct Wish {
    pub to: PersonId,
    pub unit: Option<UnitId>,
    pub reason: String,
    pub method: Option<Channel>,
}

impl Wish {
    /// Finds the unit and its line of support.
    ///
    /// # Errors
    /// A [`Refusal`] when the person is not active, the unit is unknown or there is none.
    pub fn decide(self, scene: &Scene<'_>) -> Result<Route, Refusal> {
        let person = scene.active(&self.to)?;
        complaint::fit_to_handle(scene, &self.to)?;
        let unit = self
            .unit
            .or_else(|| person.unit.clone())
            .ok_or(Refusal::Needs { flag: "--unit", why: Need::Unit })?;
        let units = &scene.policy.units;
        let line = units.get(&unit).map(|unit| unit.line).ok_or_else(|| Refusal::Unknown {
            thing: Thing::Unit,
            given: unit.to_string(),
            nearest: nearest(unit.as_str(), units.units.iter().map(|u| u.id.as_str())),
        })?;
        if let Some(method) = &self.method {
            scene.method(method)?;
        }
        let (due_before, due_after) = due_after_pause(scene).unzip();
        let Self { to, reason, method, .. } = self;
        Ok(Route { to, unit, line, reason, method, due_before, due_after })
    }
}

impl Step for Route {
    fn legal(&self, status: &Status, _: &Stamp) -> Result<(), Refusal> {
        match &status.complaint {
            Some(complaint) => complaint::ready_to_route(complaint, &self.to),
            None => Ok(()),
        }
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
}
