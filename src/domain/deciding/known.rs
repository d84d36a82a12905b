//! Values that policy must know.

use crate::domain::{
    base::{permitted::PermittedValue, terms::Channel},
    deciding::policy::{Policy, choices::asked as choices_of},
    history::refusal::{Refusal, Vocabulary},
};

/// Refuses a channel that policy does not know.
///
/// # Errors
/// [`Refusal::Unknown`] with the nearest channels.
pub fn channel(policy: &Policy, channel: &Channel) -> Result<(), Refusal> {
    one_of(policy, Vocabulary::Channel, channel.code(), policy.catalog.channels())
}

/// Refuses a channel that policy does not know or by which nobody can be told anything.
///
/// # Errors
/// [`Refusal::Unknown`] with the nearest channels, or [`Refusal::UnreachableChannel`].
pub fn method(policy: &Policy, channel: &Channel) -> Result<(), Refusal> {
    self::channel(policy, channel)?;
    if channel.reaches_people() {
        Ok(())
    } else {
        Err(Refusal::UnreachableChannel { given: channel.to_string(), known: policy.methods() })
    }
}

/// Refuses answers to questions that the category does not ask.
///
/// # Errors
/// [`Refusal::Unknown`] with the nearest questions.
pub fn questions<'a>(
    policy: &Policy,
    category: Option<&str>,
    asked: impl Iterator<Item = &'a String>,
) -> Result<(), Refusal> {
    let category = category.and_then(|id| policy.catalog.category(id));
    let questions = category.map_or(&[][..], |category| &category.questions);
    for key in asked {
        let keys = questions.iter().map(|question| question.key.as_str());
        one_of_these(Vocabulary::Question, key, keys, || choices_of(questions))?;
    }
    Ok(())
}

/// Refuses a category that the catalogue does not have.
///
/// # Errors
/// [`Refusal::Unknown`] with the nearest categories.
pub fn category(policy: &Policy, given: &str) -> Result<(), Refusal> {
    let ids = policy.catalog.categories.iter().map(|category| category.id.as_str());
    one_of(policy, Vocabulary::Category, given, ids)
}

/// Refuses a category of causes that the catalogue does not have.
///
/// # Errors
/// [`Refusal::Unknown`] with the nearest ones.
pub fn cause(policy: &Policy, given: &str) -> Result<(), Refusal> {
    let codes = policy.catalog.causes.iter().map(|cause| cause.code.as_str());
    one_of(policy, Vocabulary::CauseCategory, given, codes)
}

/// Refuses a product that the catalogue does not have.
///
/// # Errors
/// [`Refusal::Unknown`] with the nearest products.
pub fn product(policy: &Policy, given: &str) -> Result<(), Refusal> {
    let ids = policy.catalog.products.iter().map(|product| product.id.as_str());
    one_of(policy, Vocabulary::Product, given, ids)
}

/// Refuses a criterion for major events that policy does not list (R40).
///
/// # Errors
/// [`Refusal::Unknown`] with the nearest criteria.
pub fn criterion(policy: &Policy, given: &str) -> Result<(), Refusal> {
    let ids = policy.levels.major_criteria.iter().map(|criterion| criterion.id.as_str());
    one_of(policy, Vocabulary::MajorCriterion, given, ids)
}

/// Refuses a word that is not in its list of the rules.
pub(super) fn one_of<'a>(
    policy: &Policy,
    thing: Vocabulary,
    given: &str,
    known: impl Iterator<Item = &'a str>,
) -> Result<(), Refusal> {
    one_of_these(thing, given, known, || policy.choices(thing))
}

/// Refuses a word that is not in a list.
pub(super) fn one_of_these<'a>(
    thing: Vocabulary,
    given: &str,
    mut known: impl Iterator<Item = &'a str>,
    choices: impl Fn() -> Vec<PermittedValue>,
) -> Result<(), Refusal> {
    if known.any(|word| word == given) {
        return Ok(());
    }
    Err(Refusal::unknown(thing, given, choices()))
}
