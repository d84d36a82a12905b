//! Priority, level, limits and due times out of the facts, as `update` and `amend` change them.

use crate::domain::{
    base::{limit::Limits, terms::Level},
    deciding::{
        agreements::{GrantedLimits, granted},
        clock, complaint,
        policy::levels::ImpactUrgency,
        scene::Scene,
    },
    history::{
        agreement::AgreementTerms,
        refusal::Refusal,
        status::{DueTimes, Status},
    },
};

/// What the facts give.
#[derive(Clone, Debug)]
pub(super) struct Grading {
    pub(super) priority: u8,
    pub(super) level: Level,
    pub(super) agreement: Option<AgreementTerms>,
    pub(super) limits: Limits,
    pub(super) due: DueTimes,
}

/// Grades a record with corrected facts: `wanted` if somebody names a level, else the highest that
/// a major criterion, the fast path, the category or the priority gives.
///
/// # Errors
/// [`Refusal::Unreadable`] where it cannot be told what was agreed with the customer.
pub(super) fn graded(
    after: &Status,
    wanted: Option<Level>,
    scene: &Scene<'_>,
) -> Result<Grading, Refusal> {
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
    let (cell, day) = ((after.kind, level), scene.when().date());
    let GrantedLimits { limits, agreement } = granted(&after.customer, cell, day, scene)?;
    let regraded = Status { limits, agreement: agreement.clone(), ..after.clone() };
    let due = clock::afresh(&regraded, policy.agreed_calendar(agreement.as_ref()));
    Ok(Grading { priority, level, agreement, limits, due })
}
