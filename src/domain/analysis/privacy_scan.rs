//! Free texts of a record in which personal data stands, or the whole name, a number or an address of
//! somebody whom the desk knows.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::domain::{
    base::{
        characters::{self, is_invisible},
        ids::{ContactId, EventId},
        personal::{PersonalKind, personal_values},
        phone::PhoneNumber,
        text::{folded, is_without_blanks},
    },
    history::{
        contact::Contact,
        record::Record,
        redaction::{REDACTED, redactable},
        steps::redact::Redact,
    },
};

/// People who are looked for.
#[derive(Debug, Default)]
pub struct KnownPeople {
    /// By how they begin.
    names: HashMap<String, Vec<(Vec<char>, ContactId)>>,
    /// By what equal ones have in common.
    phones: HashMap<String, Vec<(PhoneNumber, ContactId)>>,
    emails: HashMap<String, Vec<ContactId>>,
}

/// The fewest characters of a name that is looked for.
const SHORTEST: usize = 2;
/// The most groups of digits that are one phone number.
const MOST_GROUPS: usize = 6;

impl KnownPeople {
    /// Those of these contacts of whom something is known.
    pub fn of<'c>(contacts: impl IntoIterator<Item = &'c Contact>) -> Self {
        let mut known = Self::default();
        for contact in contacts {
            let Some(person) = &contact.person else { continue };
            known.add_name(&person.name, &contact.id);
            for phone in person.phones.iter().filter_map(|it| PhoneNumber::read(&it.number)) {
                if let Some(tail) = phone.tail().map(str::to_owned) {
                    known.phones.entry(tail).or_default().push((phone, contact.id.clone()));
                }
            }
            for email in &person.emails {
                let known = known.emails.entry(folded(&email.address)).or_default();
                known.push(contact.id.clone());
            }
        }
        known
    }

    /// Whose name, number or address stands in a text.
    fn in_text(&self, text: &str) -> BTreeSet<&ContactId> {
        let mut found = self.named_in(text);
        if !self.phones.is_empty() {
            found.extend(self.numbers_in(text));
        }
        if !self.emails.is_empty() && text.chars().any(|sign| characters::unified(sign) == '@') {
            let values = personal_values(text).into_iter().map(|value| folded(&text[value.range]));
            let known = values.filter_map(|value| self.emails.get(&value));
            found.extend(known.flatten());
        }
        found
    }

    /// Whose numbers stand in a text, however they are written there.
    fn numbers_in(&self, text: &str) -> BTreeSet<&ContactId> {
        let unified: String = unified_text(text).into_iter().collect();
        let is_digit = |(_, c): &(usize, char)| c.is_ascii_digit() || *c == '+';
        let signs: Vec<(usize, char)> = unified.char_indices().collect();
        let groups = signs.chunk_by(|one, next| is_digit(one) == is_digit(next));
        let groups = groups.filter(|group| is_digit(&group[0]));
        let places: Vec<(usize, usize)> =
            groups.map(|group| (group[0].0, group[group.len() - 1].0 + 1)).collect();
        let mut found = BTreeSet::new();
        for (nth, (start, _)) in places.iter().enumerate() {
            for (_, end) in places[nth..].iter().take(MOST_GROUPS) {
                let Some(number) = PhoneNumber::read(&unified[*start..*end]) else { break };
                let alike = number.tail().and_then(|tail| self.phones.get(tail));
                let alike = alike.into_iter().flatten();
                found.extend(alike.filter(|(own, _)| own.may_be(&number)).map(|(_, id)| id));
            }
        }
        found
    }

    /// Adds a name; one that is too short to mean anybody is left out.
    fn add_name(&mut self, name: &str, contact: &ContactId) {
        let name = unified_text(name);
        if name.len() >= SHORTEST {
            self.names.entry(beginning(&name)).or_default().push((name, contact.clone()));
        }
    }

    /// Whose whole names stand in a text: Chinese ones anywhere, others as words of their own.
    fn named_in(&self, text: &str) -> BTreeSet<&ContactId> {
        let text = unified_text(text);
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

/// The characters of a text that are seen, whatever their case, width and script of digits.
fn unified_text(text: &str) -> Vec<char> {
    let seen = text.trim().chars().filter(|c| !is_invisible(*c));
    seen.map(characters::unified).flat_map(char::to_lowercase).collect()
}

/// What names are kept under: their first word, of Chinese ones the first two characters.
fn beginning(text: &[char]) -> String {
    if text.first().is_some_and(|first| is_without_blanks(*first)) {
        return text.iter().take(SHORTEST).collect();
    }
    text.iter().take_while(|c| c.is_alphanumeric() && !is_without_blanks(**c)).collect()
}

/// The texts of a record that are to be hidden so that none is left in which these people are named: what
/// is hidden already is not among them, and of copies of one text only the one that hides them all.
pub fn texts_to_hide(record: &Record, people: &KnownPeople) -> Vec<PersonalText> {
    let is_named = |text: &PersonalText| !text.contacts.is_empty();
    let named = |later: &[Redact]| -> Vec<PersonalText> {
        let seen = record.as_seen(later, REDACTED);
        personal_texts(&seen, people).into_iter().filter(is_named).collect()
    };
    let (mut hidden, mut chosen) = (Vec::new(), Vec::new());
    let mut left = named(&[]);
    while !left.is_empty() {
        let told = left.iter().position(|text| !record.repeats(text.field));
        let text = left.swap_remove(told.unwrap_or_default());
        let (event, field) = (text.event.clone(), text.field.to_owned());
        hidden.push(Redact { event, field, reason: String::new() });
        chosen.push(text);
        let now = named(&hidden);
        left.retain(|text| now.iter().any(|it| (&it.event, it.field) == (&text.event, text.field)));
    }
    chosen.sort_by(|a, b| (a.n, a.field).cmp(&(b.n, b.field)));
    chosen
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
    /// Somebody said why the values are kept.
    pub is_kept: bool,
}

/// The texts of a record in which personal data stands, in their order.
pub fn personal_texts(record: &Record, people: &KnownPeople) -> Vec<PersonalText> {
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
                contacts.extend(people.in_text(text).into_iter().cloned());
            }
            if !values.is_empty() || !contacts.is_empty() {
                let (event, n) = (event.stamp.id.clone(), event.stamp.n);
                let is_reasoned =
                    record.event(&event).is_some_and(|event| event.stamp.personal.is_some());
                // nobody is asked about names
                let is_kept = is_reasoned && !values.is_empty();
                found.push(PersonalText { event, n, field, values, told, contacts, is_kept });
            }
        }
    }
    found
}
