//! Personal data in free text: what is kept needs a reason, passwords are never kept, and what is taken
//! out leaves a word for what it was.

use std::collections::BTreeMap;

use serde::{Serialize, de::DeserializeOwned};

use crate::domain::{
    base::{
        personal::{PersonalKind, personal_values, without_personal},
        text::{LINE, tidy_line},
    },
    deciding::{scene::Scene, steps::Decidable},
    history::{
        event::Stamp,
        facts::{Fact, Facts, free_text},
        intake::Intake,
        refusal::Refusal,
        rewriting::rewritten,
    },
};

/// Refuses a reason that stays in the history with personal data in it: nobody would look for it there.
///
/// # Errors
/// [`Refusal::PersonInReason`].
pub fn plain_reason(reason: &str) -> Result<(), Refusal> {
    if personal_values(reason).is_empty() { Ok(()) } else { Err(Refusal::PersonInReason) }
}

/// The reason of a change of the rules, as its commit keeps it: one line (R115).
///
/// # Errors
/// [`Refusal::Text`], or [`Refusal::PersonInReason`]: nothing in the history can be hidden.
pub fn rule_reason(given: &str) -> Result<String, Refusal> {
    let reason = tidy_line(given, LINE);
    let reason = reason.map_err(|fault| Refusal::Text { flag: "--reason", fault })?;
    plain_reason(&reason).map(|()| reason)
}

/// Refuses a name of somebody of the team in which a number or a password stands: the roster is everybody's.
///
/// # Errors
/// [`Refusal::PersonalData`].
pub fn plain_name(name: &str) -> Result<(), Refusal> {
    without_any("--name", name, |_| true)
}

/// Refuses a value of the rules with a password or the number of a card: they are read by everybody, and
/// nothing in the history can be hidden. Numbers and addresses of the desk itself belong there.
///
/// # Errors
/// [`Refusal::PersonalData`].
pub fn plain_rule(value: &str) -> Result<(), Refusal> {
    without_any("VALUE", value, |kind| match kind {
        PersonalKind::Phone | PersonalKind::Email => false,
        PersonalKind::IdCard | PersonalKind::BankCard | PersonalKind::Password => true,
    })
}

fn without_any(
    field: &'static str,
    text: &str,
    counts: impl Fn(PersonalKind) -> bool,
) -> Result<(), Refusal> {
    let kinds = personal_values(text).into_iter().map(|value| value.kind);
    let kinds: Vec<_> = kinds.filter(|kind| counts(*kind)).collect();
    if kinds.is_empty() {
        return Ok(());
    }
    Err(Refusal::PersonalData { fields: vec![field], kinds })
}

/// Refuses texts in which personal data stands that nobody said why to keep, and a reason that holds what
/// it is to keep, or says nothing.
///
/// # Errors
/// [`Refusal::PersonalData`] with the fields and all kinds that stand in them, passwords before all else,
/// and never the values; [`Refusal::PersonInReason`] or [`Refusal::ReasonWithoutWords`].
pub fn hold<'f>(
    facts: impl IntoIterator<Item = Fact<'f>>,
    reason: Option<&str>,
) -> Result<(), Refusal> {
    if let Some(reason) = reason {
        plain_reason(reason)?;
        if !reason.contains(char::is_alphabetic) {
            return Err(Refusal::ReasonWithoutWords { given: reason.to_owned() });
        }
    }
    let mut found = Vec::new();
    for fact in facts {
        let text = free_text(&fact).unwrap_or_default();
        found.extend(personal_values(text).into_iter().map(|value| (fact.name, value.kind)));
    }
    let is_password = |kind: PersonalKind| kind == PersonalKind::Password;
    if found.iter().any(|(_, kind)| is_password(*kind)) {
        found.retain(|(_, kind)| is_password(*kind));
    } else if reason.is_some() {
        return Ok(());
    }
    if found.is_empty() {
        return Ok(());
    }
    let (mut fields, mut kinds) = (Vec::new(), Vec::new());
    for (field, kind) in found {
        if !fields.contains(&field) {
            fields.push(field);
        }
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    Err(Refusal::PersonalData { fields, kinds })
}

/// What stands in a text in place of what was taken out of it; `None` for a kind that stays.
pub type Instead<'a> = &'a dyn Fn(PersonalKind) -> Option<&'static str>;

/// Takes personal data out of texts, and counts it.
#[derive(Debug, Default)]
pub struct TakenOut {
    /// The texts that change, with what they become.
    texts: BTreeMap<String, String>,
    /// How many values were taken out.
    pub values: usize,
}

impl TakenOut {
    /// Looks for what is to be taken out.
    fn of(facts: Facts<'_>, instead: Instead<'_>) -> Self {
        let mut taken = Self::default();
        for fact in facts {
            if let Some(text) = free_text(&fact)
                && let Some((kept, values)) = without_personal(text, instead)
            {
                taken.texts.insert(text.to_owned(), kept);
                taken.values += values;
            }
        }
        taken
    }

    /// The same with other texts; as it is where it cannot be.
    fn out_of<T: Serialize + DeserializeOwned + Clone>(&self, told: &T) -> T {
        if self.texts.is_empty() {
            return told.clone();
        }
        rewritten(told, |text, _| {
            if let Some(kept) = self.texts.get(text) {
                text.clone_from(kept);
            }
        })
    }
}

/// What was told without its personal data, and how many values that were.
pub fn intake_without(intake: &Intake, instead: Instead<'_>) -> (Intake, usize) {
    let taken = TakenOut::of(intake.facts(), instead);
    (taken.out_of(intake), taken.values)
}

/// What was noted beside a step, without its personal data.
pub fn stamp_without(stamp: &Stamp, instead: Instead<'_>) -> (Stamp, usize) {
    let mut values = 0;
    let mut without = |text: &Option<String>| {
        let text = text.as_ref()?;
        let Some((kept, taken)) = without_personal(text, instead) else {
            return Some(text.clone());
        };
        values += taken;
        Some(kept)
    };
    let (note, late_because) = (without(&stamp.note), without(&stamp.late_because));
    (Stamp { late_because, note, ..stamp.clone() }, values)
}

/// What is asked for without the personal data of the step that it would be, and how many values that
/// were.
///
/// # Errors
/// The [`Refusal`] of the rule that stands against the step.
pub fn request_without<S: Decidable>(
    request: S::Request,
    scene: &Scene<'_>,
    instead: Instead<'_>,
) -> Result<(S::Request, usize), Refusal> {
    S::allowed(scene)?;
    let step = S::decide(request, scene)?;
    let taken = TakenOut::of(step.facts(), instead);
    Ok((taken.out_of(&step).request(), taken.values))
}
