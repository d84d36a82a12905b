//! What every step is held to, field by field, whichever step it is.

use crate::domain::{
    base::{
        terms::Field,
        text::{self, LINE, TEXT, TextFault},
        time::Timestamp,
    },
    deciding::{
        complaint, contacts,
        known::{self, one_of},
        policy::Policy,
        scene::Scene,
    },
    history::{
        facts::{Facts, Value},
        intake::{Expected, Occurred},
        refusal::{Refusal, Vocabulary},
    },
};

/// Refuses texts that are not tidy, words that policy does not know, and people, contacts and
/// records that do not exist or do not belong to the matter.
///
/// # Errors
/// The [`Refusal`] of the first field that cannot be so.
pub fn hold(facts: Facts<'_>, scene: &Scene<'_>) -> Result<(), Refusal> {
    for fact in facts {
        holds(fact.name, fact.value, scene)?;
    }
    Ok(())
}

fn holds(name: &'static str, value: Value<'_>, scene: &Scene<'_>) -> Result<(), Refusal> {
    let policy = scene.policy;
    match value {
        Value::Text(text) => tidy(name, text, text::tidy(text, TEXT)),
        Value::Line(line) | Value::Imported(line) => tidy(name, line, text::tidy_line(line, LINE)),
        Value::Answer { question, answer } => {
            tidy(name, question, text::tidy_line(question, LINE))?;
            tidy(name, answer, text::tidy(answer, TEXT))
        }
        Value::Correction(set) => match set.field {
            Field::Need => tidy(name, &set.new, text::tidy(&set.new, TEXT)),
            Field::Contact => match set.new.parse() {
                Ok(contact) => contacts::speaks(&contact, scene),
                Err(_) => Err(Refusal::Misspelled { field: name }),
            },
            _ => tidy(name, &set.new, text::tidy_line(&set.new, LINE)),
        },
        Value::Channel(channel) => known::channel(policy, channel),
        Value::Method(channel) => known::method(policy, channel),
        Value::Code(code) => one_of(policy, Vocabulary::Code, code.code(), policy.catalog.codes()),
        Value::PauseReason(reason) => {
            let reasons = policy.levels.pause_reasons.iter().map(|pause| pause.code.as_str());
            one_of(policy, Vocabulary::PauseReason, reason.code(), reasons)
        }
        Value::Category(category) => known::category(policy, category),
        Value::CauseCategory(cause) => known::cause(policy, cause),
        Value::Product(product) => known::product(policy, product),
        Value::Criterion(criterion) => known::criterion(policy, criterion),
        Value::Person(person) => scene.person(person).map(drop),
        Value::Unit(unit) => {
            let units = policy.units.units.iter().map(|unit| unit.id.as_str());
            one_of(policy, Vocabulary::Unit, unit.as_str(), units)
        }
        Value::Against(given) => {
            let spelled = complaint::against(policy, given)?;
            tidy(name, given, text::tidy_line(given, complaint::SERVICE.len() + LINE))?;
            if spelled == given { Ok(()) } else { Err(Refusal::Misspelled { field: name }) }
        }
        Value::Time(at) | Value::Expected(Expected::At(at)) | Value::Occurred(Occurred::At(at)) => {
            in_zone(name, at, policy)
        }
        Value::Contact(contact) => contacts::speaks(contact, scene),
        Value::Recipient(contact) => contacts::fits(contact, scene).map(drop),
        Value::Term { .. }
        | Value::LineOfSupport(_)
        | Value::Record(_)
        | Value::Event(_)
        | Value::Known(_)
        | Value::Expected(Expected::Unstated)
        | Value::Occurred(Occurred::Unknown)
        | Value::Month(_)
        | Value::Number(_)
        | Value::Version(_)
        | Value::Flag(_)
        | Value::Limit(_)
        | Value::Agreement(_)
        | Value::Due { .. }
        | Value::Question(_)
        | Value::Name(_) => Ok(()),
    }
}

/// Refuses a time that is not written in the desk's zone.
///
/// # Errors
/// [`Refusal::Misspelled`].
pub(super) fn in_zone(name: &'static str, at: Timestamp, policy: &Policy) -> Result<(), Refusal> {
    if at.is_in(policy.calendar.zone()) { Ok(()) } else { Err(Refusal::Misspelled { field: name }) }
}

/// Refuses a text that a command would have kept otherwise.
pub(super) fn tidy(
    name: &'static str,
    given: &str,
    tidied: Result<String, TextFault>,
) -> Result<(), Refusal> {
    match tidied {
        Ok(kept) if kept == given => Ok(()),
        Ok(_) => Err(Refusal::Misspelled { field: name }),
        Err(fault) => Err(Refusal::Text { flag: name, fault }),
    }
}
