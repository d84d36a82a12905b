//! Priority, level, limits and due times out of the facts, as `update` and `amend` change them.

use crate::domain::{
    base::{limit::Limits, terms::Level},
    deciding::{clock, complaint, policy::levels::ImpactUrgency, scene::Scene},
    history::status::{DueTimes, Status},
};

/// What the facts give.
#[derive(Clone, Copy, Debug)]
pub(super) struct Grading {
    pub(super) priority: u8,
    pub(super) level: Level,
    pub(super) limits: Limits,
    pub(super) due: DueTimes,
}

/// Grades a record with corrected facts: `wanted` if somebody names a level, else the highest that
/// a major criterion, the fast path, the category or the priority gives.
pub(super) fn graded(after: &Status, wanted: Option<Level>, scene: &Scene<'_>) -> Grading {
    let policy = scene.policy;
    let assumed = policy.levels.assumed.otherwise;
    let grades = ImpactUrgency {
        impact: after.impact.unwrap_or(assumed.impact),
        urgency: after.urgency.unwrap_or(assumed.urgency),
    };
    let category = after.category.as_deref().and_then(|id| policy.catalog.category(id));
    let expedited = scene.record.intake.expedite.is_some();
    let highest = [
        Some(policy.levels.level_of(policy.levels.priority(grades))),
        after.major.as_ref().map(|_| Level::Major),
        expedited.then_some(Level::Urgent),
        complaint::level(&scene.record.intake),
        category.and_then(|category| category.level),
    ]
    .into_iter()
    .flatten()
    .min();
    let level = wanted.or(highest).unwrap_or(Level::General);
    let priority = policy.levels.priority_in(level, grades);
    let limits = policy.levels.limits(after.kind, level);
    let regraded = Status { limits, ..after.clone() };
    Grading { priority, level, limits, due: clock::afresh(&regraded, &policy.calendar) }
}
