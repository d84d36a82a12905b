//! Values that policy must know.

use crate::domain::{
    base::terms::Channel,
    deciding::policy::Policy,
    history::refusal::{Refusal, Vocabulary},
};

/// Refuses a channel that policy does not know.
///
/// # Errors
/// [`Refusal::Unknown`] with the nearest channels.
pub fn channel(policy: &Policy, channel: &Channel) -> Result<(), Refusal> {
    one_of(Vocabulary::Channel, channel.code(), || policy.catalog.channels())
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
        Err(Refusal::UnreachableChannel(channel.to_string()))
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
    let keys = || questions.iter().map(|question| question.key.as_str());
    for key in asked {
        one_of(Vocabulary::Question, key, keys)?;
    }
    Ok(())
}

/// Refuses a category that the catalogue does not have.
///
/// # Errors
/// [`Refusal::Unknown`] with the nearest categories.
pub fn category(policy: &Policy, given: &str) -> Result<(), Refusal> {
    let ids = || policy.catalog.categories.iter().map(|category| category.id.as_str());
    one_of(Vocabulary::Category, given, ids)
}

/// Refuses a product that the catalogue does not have.
///
/// # Errors
/// [`Refusal::Unknown`] with the nearest products.
pub fn product(policy: &Policy, given: &str) -> Result<(), Refusal> {
    let ids = || policy.catalog.products.iter().map(|product| product.id.as_str());
    one_of(Vocabulary::Product, given, ids)
}

/// Refuses a criterion for major events that policy does not list (R40).
///
/// # Errors
/// [`Refusal::Unknown`] with the nearest criteria.
pub fn criterion(policy: &Policy, given: &str) -> Result<(), Refusal> {
    let ids = || policy.levels.major_criteria.iter().map(|criterion| criterion.id.as_str());
    one_of(Vocabulary::MajorCriterion, given, ids)
}

/// Refuses a word that is not in its list.
pub(super) fn one_of<'a, I: Iterator<Item = &'a str>>(
    thing: Vocabulary,
    given: &str,
    known: impl Fn() -> I,
) -> Result<(), Refusal> {
    if known().any(|word| word == given) {
        return Ok(());
    }
    Err(Refusal::unknown(thing, given, known()))
}
