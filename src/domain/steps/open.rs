//! `open`: the customer's matter gets its record (R3), its level and its limits (R22).

use serde::{Deserialize, Serialize};

use crate::domain::{
    clock, complaint,
    event::Stamp,
    ids::{PersonId, UnitId},
    intake::Intake,
    nearest::nearest,
    policy::{
        Policy,
        levels::{Grades, Limits},
        units::Line,
    },
    refusal::{Need, Refusal, Thing},
    status::{Due, Status},
    steps::{Step, known_channel},
    terms::{Channel, Grade, Kind, Level, State},
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
    pub line: Option<Line>,
    #[serde(default, skip_serializing_if = "Limits::is_none")]
    pub limits: Limits,
    #[serde(default, skip_serializing_if = "Due::is_none")]
    pub due_after: Due,
}

impl Step for Open {
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
        status.limits = self.limits;
        status.due = self.due_after;
        if status.kind == Kind::Remark {
            status.state = State::Closed;
            status.times.first_closed_at = Some(status.times.opened_at);
            status.times.closed_at = Some(status.times.opened_at);
        }
    }
}

/// Decides level, limits and due times of what was told.
///
/// # Errors
/// A [`Refusal`] when policy does not know a value, or the kind does not fit.
pub fn decide(
    intake: &Intake,
    major: Option<String>,
    stamp: &Stamp,
    policy: &Policy,
) -> Result<Open, Refusal> {
    if intake.received_at > stamp.at {
        return Err(Refusal::Future(intake.received_at));
    }
    known_channel(policy, &intake.channel)?;
    complaint::told(intake, &stamp.by)?;
    known_values(intake, policy)?;
    if intake.kind == Kind::Remark {
        return Ok(Open::default());
    }
    let category = intake.category.as_deref().and_then(|id| policy.catalog.category(id));
    let grades = grades(intake, policy);
    let priority = policy.levels.priority(grades);
    let level = if let Some(criterion) = &major {
        known_criterion(policy, criterion)?;
        Level::Major
    } else if let Some(level) = complaint::level(intake) {
        level
    } else if intake.expedite.is_some() {
        Level::Urgent
    } else {
        let by_priority = policy.levels.level_of(priority);
        category.and_then(|category| category.level).map_or(by_priority, |own| own.min(by_priority))
    };
    let unit = category.and_then(|category| category.unit.clone());
    let line = unit.as_ref().and_then(|unit| policy.units.get(unit)).map(|unit| unit.line);
    let limits = policy.levels.limits(intake.kind, level);
    Ok(Open {
        owner: None,
        impact: Some(grades.impact),
        urgency: Some(grades.urgency),
        priority: Some(priority),
        level: Some(level),
        major,
        unit,
        line,
        limits,
        due_after: clock::due(limits, intake.received_at, &policy.calendar),
    })
}

/// Impact and urgency as told, else as policy assumes (R33).
fn grades(intake: &Intake, policy: &Policy) -> Grades {
    let assumed = if intake.stops_work == Some(true) {
        policy.levels.assumed.stops_work
    } else if intake.kind == Kind::Enquiry {
        policy.levels.assumed.enquiry
    } else {
        policy.levels.assumed.otherwise
    };
    Grades {
        impact: intake.impact.unwrap_or(assumed.impact),
        urgency: intake.urgency.unwrap_or(assumed.urgency),
    }
}

/// What was taken over from another record, without the values that policy no longer knows: they
/// must not keep a customer's words from being recorded.
#[must_use]
pub fn still_known(mut intake: Intake, policy: &Policy) -> Intake {
    if known_channel(policy, &intake.channel).is_err() {
        intake.channel = Channel::new("other");
    }
    if known_values(&intake, policy).is_err() {
        intake.category = None;
        intake.product = None;
        intake.answers.clear();
    }
    intake
}

fn known_values(intake: &Intake, policy: &Policy) -> Result<(), Refusal> {
    if let Some(category) = &intake.category {
        known_category(policy, category)?;
    }
    if let Some(product) = &intake.product {
        known_product(policy, product)?;
    }
    known_answers(policy, intake.category.as_deref(), intake.answers.keys())
}

/// Refuses answers to questions that the category does not ask.
///
/// # Errors
/// [`Refusal::Unknown`] with the nearest questions.
pub fn known_answers<'a>(
    policy: &Policy,
    category: Option<&str>,
    keys: impl Iterator<Item = &'a String>,
) -> Result<(), Refusal> {
    let questions = category
        .and_then(|id| policy.catalog.category(id))
        .map_or(&[][..], |category| &category.questions);
    for key in keys {
        if !questions.iter().any(|question| question.key == *key) {
            return Err(Refusal::Unknown {
                thing: Thing::Question,
                given: key.clone(),
                nearest: nearest(key, questions.iter().map(|q| q.key.as_str())),
            });
        }
    }
    Ok(())
}

/// Refuses a category that the catalogue does not have.
///
/// # Errors
/// [`Refusal::Unknown`] with the nearest categories.
pub fn known_category(policy: &Policy, given: &str) -> Result<(), Refusal> {
    if policy.catalog.category(given).is_some() {
        return Ok(());
    }
    Err(Refusal::Unknown {
        thing: Thing::Category,
        given: given.to_owned(),
        nearest: nearest(given, policy.catalog.categories.iter().map(|c| c.id.as_str())),
    })
}

/// Refuses a product that the catalogue does not have.
///
/// # Errors
/// [`Refusal::Unknown`] with the nearest products.
pub fn known_product(policy: &Policy, given: &str) -> Result<(), Refusal> {
    if policy.catalog.product(given).is_some() {
        return Ok(());
    }
    Err(Refusal::Unknown {
        thing: Thing::Product,
        given: given.to_owned(),
        nearest: nearest(given, policy.catalog.products.iter().map(|p| p.id.as_str())),
    })
}

/// Refuses a criterion for major events that policy does not list (R40).
///
/// # Errors
/// [`Refusal::Unknown`] with the nearest criteria.
pub fn known_criterion(policy: &Policy, given: &str) -> Result<(), Refusal> {
    if policy.levels.major_criterion(given).is_some() {
        return Ok(());
    }
    Err(Refusal::Unknown {
        thing: Thing::MajorCriterion,
        given: given.to_owned(),
        nearest: nearest(given, policy.levels.major_criteria.iter().map(|c| c.id.as_str())),
    })
}

/// Refuses the level `major` without a criterion.
///
/// # Errors
/// [`Refusal::Needs`] naming the flag.
pub fn cited(level: Option<Level>, major: Option<&String>) -> Result<(), Refusal> {
    if level == Some(Level::Major) && major.is_none() {
        return Err(Refusal::Needs { flag: "--major", why: Need::Criterion });
    }
    Ok(())
}
