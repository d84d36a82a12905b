//! How `update` is decided: level, limits and due times follow the facts behind them.

use crate::domain::{
    base::terms::{Level, Role},
    deciding::{
        complaint, known,
        scene::Scene,
        steps::{Decidable, grading::graded},
    },
    history::{
        event::Stamp,
        refusal::{NeedReason, Refusal},
        roles::TEAM,
        steps::{responsible_or_desk, update::Update},
    },
};

impl Decidable for Update {
    type Request = Self;

    const MAY: &'static [Role] = TEAM;

    fn decide(step: Self, scene: &Scene<'_>) -> Result<Self, Refusal> {
        if step.progress.is_some() {
            responsible_or_desk(&scene.record.status, scene.stamp)?;
        }
        let status = &scene.record.status;
        let category = step.category.as_deref().or(status.category.as_deref());
        if let Some(category) = &step.category {
            known::category(scene.policy, category)?;
        }
        known::questions(scene.policy, category, step.answers.keys())?;
        if let Some(criterion) = &step.major {
            known::criterion(scene.policy, criterion)?;
        }
        if let Some(asked) = &step.follow_up {
            scene.active(asked)?;
        }
        if let Some(told) = &step.notified {
            complaint::manager(scene, told)?;
        }
        step.cited(scene)?;
        if step.verified.is_some() && step.unverified.is_some() {
            return Err(Refusal::NotWith { flag: "--verified", other: "--unverified" });
        }
        if step.says_nothing(scene.stamp) {
            return Err(Refusal::Nothing);
        }
        if !step.regrades() {
            return Ok(step);
        }
        if step.reason.is_none() {
            return Err(Refusal::Needs { flag: "--reason", why: NeedReason::Reason });
        }
        // the trigger of such a complaint makes it major (R76, R79)
        let lowered = step.level.is_some_and(|level| level != Level::Major);
        let major = complaint::level(&scene.record.intake) == Some(Level::Major);
        if lowered && major && scene.stamp.role != Role::TeamLead {
            let person = scene.stamp.actor().clone();
            return Err(Refusal::Role { person, may: vec![Role::TeamLead] });
        }
        step.regraded(scene)
    }

    fn request(&self) -> Self::Request {
        Self {
            priority: None,
            agreement: None,
            limits: None,
            due_before: None,
            due_after: None,
            ..self.clone()
        }
    }
}

impl Update {
    /// Refuses the level `major` without a criterion, but for a complaint that its trigger makes
    /// major.
    fn cited(&self, scene: &Scene<'_>) -> Result<(), Refusal> {
        let major = self.major.is_some() || scene.record.status.major.is_some();
        let by_trigger = complaint::level(&scene.record.intake) == Some(Level::Major);
        if self.level == Some(Level::Major) && !major && !by_trigger {
            return Err(Refusal::Needs { flag: "--major", why: NeedReason::Criterion });
        }
        Ok(())
    }

    fn says_nothing(&self, stamp: &Stamp) -> bool {
        *self == Self { internal: self.internal, ..Self::default() } && stamp.note.is_none()
    }

    /// Level and limits anew, from `received_at` and with every pause re-applied.
    fn regraded(mut self, scene: &Scene<'_>) -> Result<Self, Refusal> {
        let status = &scene.record.status;
        let mut after = status.clone();
        self.put_facts(&mut after);
        let graded = graded(&after, self.level, scene)?;
        let (due_before, due_after) = status.due.moved(graded.due);
        self.priority = Some(graded.priority);
        self.level = Some(graded.level);
        self.agreement = graded.agreement;
        self.limits = Some(graded.limits);
        self.due_before = Some(due_before);
        self.due_after = Some(due_after);
        Ok(self)
    }
}
