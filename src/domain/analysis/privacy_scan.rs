//! Free texts of a record in which personal data stands, or the whole name of somebody.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::domain::{
    base::{
        characters::half_width,
        ids::{ContactId, EventId},
        personal::{PersonalKind, personal_values},
        text::is_without_blanks,
    },
    history::{record::Record, redaction::redactable},
};

/// Names that are looked for, by how they begin.
#[derive(Debug, Default)]
pub struct KnownNames {
    names: HashMap<String, Vec<(Vec<char>, ContactId)>>,
}

/// The fewest characters of a name that is looked for.
const SHORTEST: usize = 2;

impl KnownNames {
    /// Adds a name; one that is too short to mean anybody is left out.
    pub fn add(&mut self, name: &str, contact: &ContactId) {
        let name = plain(name);
        if name.len() >= SHORTEST {
            self.names.entry(beginning(&name)).or_default().push((name, contact.clone()));
        }
    }

    /// Whose whole names stand in a text: Chinese ones anywhere, others as words of their own.
    fn in_text(&self, text: &str) -> BTreeSet<&ContactId> {
        let text = plain(text);
        let mut found = BTreeSet::new();
        for at in 0..text.len() {
            let begins_word = at == 0 || !text[at - 1].is_alphanumeric();
            if !begins_word && !is_without_blanks(text[at]) {
                continue;
            }
            let here = self.names.get(&beginning(&text[at..]));
            for (name, contact) in here.into_iter().flatten() {
                let next = text.get(at + name.len());
                let ends_word = is_without_blanks(name[name.len() - 1])
                    || next.is_none_or(|next| !next.is_alphanumeric() || is_without_blanks(*next));
                if ends_word && text[at..].starts_with(name) {
                    found.insert(contact);
                }
            }
        }
        found
    }
}

/// The characters of a text, whatever their case and width.
fn plain(text: &str) -> Vec<char> {
    text.trim().chars().map(half_width).flat_map(char::to_lowercase).collect()
}

/// What names are kept under: their first word, of Chinese ones the first two characters.
fn beginning(text: &[char]) -> String {
    if text.first().is_some_and(|first| is_without_blanks(*first)) {
        return text.iter().take(SHORTEST).collect();
    }
    text.iter().take_while(|c| c.is_alphanumeric() && !is_without_blanks(**c)).collect()
}

/// What stands in one text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonalText {
    pub event: EventId,
    /// The number of the event.
    pub n: u32,
    pub field: &'static str,
    /// How many values of each kind.
    pub values: BTreeMap<PersonalKind, usize>,
    /// The values as they stand there.
    pub told: Vec<String>,
    pub contacts: BTreeSet<ContactId>,
    /// Somebody said why it is kept.
    pub is_kept: bool,
}

/// The texts of a record in which personal data stands, in their order.
pub fn personal_texts(record: &Record, names: &KnownNames) -> Vec<PersonalText> {
    let mut found = Vec::new();
    for event in &record.history {
        for (field, texts) in redactable(record, event) {
            let mut values: BTreeMap<PersonalKind, usize> = BTreeMap::new();
            let (mut told, mut contacts) = (Vec::new(), BTreeSet::new());
            for text in texts {
                for value in personal_values(text) {
                    *values.entry(value.kind).or_default() += 1;
                    told.push(text[value.range].to_owned());
                }
                contacts.extend(names.in_text(text).into_iter().cloned());
            }
            if !values.is_empty() || !contacts.is_empty() {
                let (event, n) = (event.stamp.id.clone(), event.stamp.n);
                let is_kept =
                    record.event(&event).is_some_and(|event| event.stamp.personal.is_some());
                found.push(PersonalText { event, n, field, values, told, contacts, is_kept });
            }
        }
    }
    found
}
