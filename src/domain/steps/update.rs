//! `update`: whatever happens between the steps (R12, R38, R43–R47).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::{
    complaint,
    event::Stamp,
    ids::{ContactId, PersonId},
    policy::levels::Limits,
    refusal::{Need, Refusal},
    roles,
    status::{
        Due, Status,
        parts::{Complained, Notified, Verification},
    },
    steps::{Scene, Step, grading, open},
    terms::{Action, Grade, Level, Mood, Phase, Progress, Role},
};

/// What is new.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Update {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub progress: Option<Progress>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phase: Option<Phase>,
    /// What the desk itself tried first (R12).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_line: Option<String>,
    /// Whom of the customer we spoke with (R46).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<ContactId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mood: Option<Mood>,
    /// Whom of the unit the desk asked for progress (R43).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follow_up: Option<PersonId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub answers: BTreeMap<String, String>,
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
    pub reason: Option<String>,
    /// What the intake found out about the facts of a complaint (R81).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verified: Option<String>,
    /// Why they could not be verified; the complaint is kept all the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unverified: Option<String>,
    /// Who manages the relation to the customers and was told (R83).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notified: Option<PersonId>,
    /// The note is for the team only (R99).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub internal: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limits: Option<Limits>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_before: Option<Due>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_after: Option<Due>,
}

impl Update {
    /// Finds priority, level, limits and due times where the facts behind them change.
    ///
    /// # Errors
    /// A [`Refusal`] when policy does not know a value, or a reason is missing.
    pub fn decide(self, scene: &Scene<'_>) -> Result<Self, Refusal> {
        let status = &scene.record.status;
        let category = self.category.as_deref().or(status.category.as_deref());
        if let Some(category) = &self.category {
            open::known_category(scene.policy, category)?;
        }
        open::known_answers(scene.policy, category, self.answers.keys())?;
        if let Some(criterion) = &self.major {
            open::known_criterion(scene.policy, criterion)?;
        }
        if let Some(asked) = &self.follow_up {
            scene.active(asked)?;
        }
        if let Some(told) = &self.notified {
            complaint::manager(scene, told)?;
        }
        open::cited(self.level, self.major.as_ref().or(status.major.as_ref()))?;
        if self.says_nothing(scene.stamp) {
            return Err(Refusal::Nothing);
        }
        if !self.regrades() {
            return Ok(self);
        }
        if self.reason.is_none() {
            return Err(Refusal::Needs { flag: "--reason", why: Need::Reason });
        }
        // the trigger of such a complaint makes it major (R76, R79)
        let lowered = self.level.is_some_and(|level| level != Level::Major);
        let major = complaint::level(&scene.record.intake) == Some(Level::Major);
        if lowered && major && scene.stamp.role != Role::TeamLead {
            let person = scene.stamp.actor().clone();
            return Err(Refusal::Role { person, may: vec![Role::TeamLead] });
        }
        Ok(self.regraded(scene))
    }

    fn says_nothing(&self, stamp: &Stamp) -> bool {
        *self == Self { internal: self.internal, ..Self::default() } && stamp.note.is_none()
    }

    fn regrades(&self) -> bool {
        self.impact.is_some()
            || self.urgency.is_some()
            || self.level.is_some()
            || self.major.is_some()
    }

    /// Level and limits anew, from `received_at` and with every pause re-applied.
    fn regraded(mut self, scene: &Scene<'_>) -> Self {
        let status = &scene.record.status;
        let mut after = status.clone();
        self.put_facts(&mut after);
        let graded = grading::graded(&after, self.level, scene);
        let (due_before, due_after) = status.due.moved(graded.due);
        self.priority = Some(graded.priority);
        self.level = Some(graded.level);
        self.limits = Some(graded.limits);
        self.due_before = Some(due_before);
        self.due_after = Some(due_after);
        self
    }

    /// Facts that the level hangs on; a level that is no longer major drops the criterion.
    fn put_facts(&self, status: &mut Status) {
        status.impact = self.impact.or(status.impact);
        status.urgency = self.urgency.or(status.urgency);
        if self.category.is_some() {
            status.category.clone_from(&self.category);
        }
        if self.major.is_some() {
            status.major.clone_from(&self.major);
        } else if self.level.is_some_and(|level| level != Level::Major) {
            status.major = None;
        }
    }
}

impl Update {
    /// Only a complaint is verified and notified, by the desk and to somebody else than the person
    /// complained of.
    fn intake_checks(&self, status: &Status, stamp: &Stamp) -> Result<(), Refusal> {
        for (there, flag) in [
            (self.verified.is_some(), "--verified"),
            (self.unverified.is_some(), "--unverified"),
            (self.notified.is_some(), "--notified"),
        ] {
            if there && status.complaint.is_none() {
                return Err(Refusal::OnlyComplaint { flag });
            }
            if there && !roles::is_desk(stamp.role) {
                let (person, may) = (stamp.actor().clone(), roles::may(Action::Ack).to_vec());
                return Err(Refusal::Role { person, may });
            }
        }
        match &self.notified {
            Some(person) => complaint::not_to_subject(status, person),
            None => Ok(()),
        }
    }

    fn note_intake(&self, complaint: &mut Complained, stamp: &Stamp) {
        let (at, by) = (stamp.at, stamp.actor());
        for (text, verified) in [(&self.unverified, false), (&self.verified, true)] {
            if let Some(text) = text {
                let (by, text) = (by.clone(), text.clone());
                complaint.verification = Some(Verification { at, by, verified, text });
            }
        }
        if let Some(person) = &self.notified {
            complaint.notified = Some(Notified { at, by: by.clone(), person: person.clone() });
        }
    }
}

impl Step for Update {
    fn legal(&self, status: &Status, stamp: &Stamp) -> Result<(), Refusal> {
        if self.regrades() && !roles::is_desk(stamp.role) {
            let (person, may) = (stamp.actor().clone(), roles::may(Action::Ack).to_vec());
            return Err(Refusal::Role { person, may });
        }
        if self.follow_up.is_some() {
            if !roles::is_desk(stamp.role) {
                return Err(Refusal::Role {
                    person: stamp.actor().clone(),
                    may: roles::may(Action::Ack).to_vec(),
                });
            }
            if stamp.note.is_none() && self.progress.is_none() {
                return Err(Refusal::Needs { flag: "--note", why: Need::FollowUp });
            }
        }
        self.intake_checks(status, stamp)?;
        if self.category.is_some() && status.category.is_some() && self.reason.is_none() {
            return Err(Refusal::Needs { flag: "--reason", why: Need::Reason });
        }
        Ok(())
    }

    fn apply(&self, status: &mut Status, stamp: &Stamp) {
        status.progress = self.progress.or(status.progress);
        status.phase = self.phase.or(status.phase);
        status.mood = self.mood.or(status.mood);
        if self.contact.is_some() {
            status.heard(stamp.at);
        }
        if self.follow_up.is_some() {
            status.times.followed_up_at = status.times.followed_up_at.max(Some(stamp.at));
            status.counts.follow_ups += 1;
        }
        self.put_facts(status);
        if let Some(complaint) = &mut status.complaint {
            self.note_intake(complaint, stamp);
        }
        status.answers.extend(self.answers.clone());
        status.priority = self.priority.or(status.priority);
        status.level = self.level.or(status.level);
        if let Some(limits) = self.limits {
            status.limits = limits;
        }
        if let (Some(before), Some(after)) = (self.due_before, self.due_after) {
            status.move_due(before, after);
        }
    }
}
