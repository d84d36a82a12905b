//! Who a contact is: what is said of a person lies apart from the branch, so that it can be erased
//! (PIPL 47, GDPR 17).

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Deserializer, Serialize, de::Error as _};

use crate::domain::{
    base::{
        bounded,
        ids::{ContactId, EventId},
        phone::PhoneNumber,
        terms::{ContactKey, ReachKind, Term},
        text::{folded, is_without_blanks},
    },
    history::{
        mask::{mask_email, mask_name, mask_phone},
        reach::{Reach, ReachList},
    },
};

/// What is known of a customer's person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonDetails {
    pub format: u32,
    /// The contact that this is.
    pub id: ContactId,
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub salutation: Option<String>,
    /// What tells this person from another of the same name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub namesake: Option<String>,
    /// The one that is called first stands first.
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "bounded::distinct"
    )]
    pub phones: Vec<ContactPhone>,
    /// The one that is written to first stands first.
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "bounded::distinct"
    )]
    pub emails: Vec<ContactEmail>,
    /// Fields that two clones changed without knowing of each other, with all their values; an
    /// empty one for none.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub disputed: BTreeMap<PersonField, BTreeSet<String>>,
    /// The changes since the person was added: whoever lacks one of them, as a remote that was restored
    /// from an earlier copy, took nothing of it away. The last ones of very many.
    #[serde(
        default,
        skip_serializing_if = "BTreeSet::is_empty",
        deserialize_with = "no_more_than_most"
    )]
    pub changes: BTreeSet<EventId>,
}

/// So many changes of a person are named.
const MOST_CHANGES: usize = 200;

fn no_more_than_most<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeSet<EventId>, D::Error> {
    let all = BTreeSet::deserialize(deserializer)?;
    if all.len() > MOST_CHANGES {
        let most = format!("at most {MOST_CHANGES} changes");
        return Err(D::Error::invalid_length(all.len(), &most.as_str()));
    }
    Ok(all)
}

/// A phone number of a person, as it was told.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContactPhone {
    pub kind: ReachKind,
    pub number: String,
}

/// An e-mail address of a person, as it was told.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContactEmail {
    pub kind: ReachKind,
    pub address: String,
}

/// What is said of a person once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonField {
    Name,
    Salutation,
    Namesake,
}

impl PersonField {
    pub const ALL: &[Self] = &[Self::Name, Self::Salutation, Self::Namesake];

    /// The field as files spell it.
    pub fn name(self) -> &'static str {
        self.key().code()
    }

    /// What people call it where they say it anew.
    pub fn key(self) -> ContactKey {
        match self {
            Self::Name => ContactKey::Name,
            Self::Salutation => ContactKey::Salutation,
            Self::Namesake => ContactKey::Namesake,
        }
    }
}

impl PersonDetails {
    /// Somebody of whom only the name is known.
    pub fn named(format: u32, id: ContactId, name: String) -> Self {
        Self {
            format,
            id,
            name,
            salutation: None,
            namesake: None,
            phones: Vec::new(),
            emails: Vec::new(),
            disputed: BTreeMap::new(),
            changes: BTreeSet::new(),
        }
    }

    /// Notes that these changes made the person what they are; of too many the first are forgotten.
    pub fn note_changes(&mut self, changes: impl IntoIterator<Item = EventId>) {
        self.changes.extend(changes);
        while self.changes.len() > MOST_CHANGES {
            self.changes.pop_first();
        }
    }

    /// Whether all that made `other` what it is made this one too.
    pub fn comes_of(&self, other: &Self) -> bool {
        other.changes.is_subset(&self.changes)
    }

    /// The same where this one has forgotten its first changes, among which the other's may have been.
    pub fn may_come_of(&self, other: &Self) -> bool {
        let first = self.changes.first().filter(|_| self.changes.len() >= MOST_CHANGES);
        let mut missing = other.changes.difference(&self.changes);
        missing.all(|change| first.is_some_and(|first| change < first))
    }

    /// What a field says; `None` where it says nothing.
    pub fn get(&self, field: PersonField) -> Option<&str> {
        match field {
            PersonField::Name => Some(&self.name),
            PersonField::Salutation => self.salutation.as_deref(),
            PersonField::Namesake => self.namesake.as_deref(),
        }
    }

    /// Lets a field say something else.
    pub fn set(&mut self, field: PersonField, value: Option<&str>) {
        let text = value.map(str::to_owned);
        match field {
            PersonField::Name => self.name = text.unwrap_or_default(),
            PersonField::Salutation => self.salutation = text,
            PersonField::Namesake => self.namesake = text,
        }
    }

    /// The numbers, or the addresses, that lead to the person.
    pub fn reaches(&self, list: ReachList) -> Vec<Reach> {
        match list {
            ReachList::Phones => self.phones.iter().map(Reach::from).collect(),
            ReachList::Emails => self.emails.iter().map(Reach::from).collect(),
        }
    }

    /// Lets these be the numbers, or the addresses, that lead to the person.
    pub fn set_reaches(&mut self, list: ReachList, reaches: Vec<Reach>) {
        let all = reaches.into_iter();
        match list {
            ReachList::Phones => {
                self.phones = all.map(|it| ContactPhone { kind: it.kind, number: it.at }).collect();
            }
            ReachList::Emails => {
                self.emails =
                    all.map(|it| ContactEmail { kind: it.kind, address: it.at }).collect();
            }
        }
    }

    /// The number that is called first.
    pub fn phone(&self) -> Option<&str> {
        let mut current = self.phones.iter().filter(|phone| phone.kind != ReachKind::Former);
        current.next().map(|phone| phone.number.as_str())
    }

    /// The address that is written to first.
    pub fn email(&self) -> Option<&str> {
        let mut current = self.emails.iter().filter(|email| email.kind != ReachKind::Former);
        current.next().map(|email| email.address.as_str())
    }

    /// True when `text` is the name, or a number or an address, former ones too, however it is written.
    pub fn is_called(&self, text: &str) -> bool {
        folded(&self.name) == folded(text)
            || self.has_phone(text, PhoneNumber::is_same)
            || ReachList::Emails.find(&self.reaches(ReachList::Emails), text).is_some()
    }

    /// True when `text` is a phone but for an extension that one of the two lacks.
    pub fn may_be_called(&self, text: &str) -> bool {
        self.has_phone(text, PhoneNumber::may_be)
    }

    /// True when `text` is a phone but for the code of a town, which one of the two lacks.
    pub fn may_be_called_in_town(&self, text: &str) -> bool {
        self.has_phone(text, PhoneNumber::may_be_in_town)
    }

    /// False where a text is a number that none of the person's is, once each that says no country is one
    /// of the country with this calling code.
    pub fn may_have(&self, text: &str, calling_code: &str) -> bool {
        let read = |number: &str| {
            let whole = PhoneNumber::from_abroad(number, calling_code);
            PhoneNumber::read(whole.as_deref().unwrap_or(number))
        };
        let Some(given) = read(text) else { return true };
        let mut own = self.phones.iter().filter_map(|phone| read(&phone.number));
        own.any(|own| own.is_same(&given) || own.may_be(&given))
    }

    fn has_phone(&self, text: &str, fits: fn(&PhoneNumber, &PhoneNumber) -> bool) -> bool {
        let Some(given) = PhoneNumber::read(text) else { return false };
        let mut own = self.phones.iter().filter_map(|phone| PhoneNumber::read(&phone.number));
        own.any(|own| fits(&own, &given))
    }

    /// Puts a number first; false where it leads there already, however it is written.
    pub fn told_phone(&mut self, number: &str) -> bool {
        self.told(ReachList::Phones, number, None)
    }

    /// Puts an address first; false where it leads there already.
    pub fn told_email(&mut self, address: &str) -> bool {
        self.told(ReachList::Emails, address, None)
    }

    /// Puts a number or an address first, of this kind where one is named; one that leads there already
    /// keeps its place and spelling. False where nothing is said that is not known.
    pub fn told(&mut self, list: ReachList, at: &str, kind: Option<ReachKind>) -> bool {
        let mut reaches = self.reaches(list);
        let known = list.find(&reaches, at).map(|place| reaches[place].clone());
        let (due, place) = match (list.find(&reaches, at), known) {
            (Some(place), Some(known)) if known.kind != ReachKind::Former => {
                (Reach { kind: kind.unwrap_or(known.kind), ..known }, place)
            }
            (_, known) => {
                let at = known.map_or_else(|| at.to_owned(), |known| known.at);
                (Reach { kind: kind.unwrap_or_else(|| list.usual_kind(&at)), at }, 0)
            }
        };
        reaches.retain(|known| known.at != due.at);
        reaches.insert(place, due);
        let is_new = reaches != self.reaches(list);
        self.set_reaches(list, reaches);
        is_new
    }

    /// As it may be shown: what identifies the person is hidden, in all clones' values too.
    pub fn masked(mut self) -> Self {
        self.name = mask_name(&self.name);
        self.salutation = self.salutation.as_deref().map(mask_name);
        for phone in &mut self.phones {
            phone.number = mask_phone(&phone.number);
        }
        for email in &mut self.emails {
            email.address = mask_email(&email.address);
        }
        for (field, values) in &mut self.disputed {
            if *field != PersonField::Namesake {
                *values = values.iter().map(|value| mask_name(value)).collect();
            }
        }
        self
    }
}

/// Whether a text, or a word of it, begins so, whatever case and width; of a script without blanks each
/// character begins a word.
pub(super) fn has_word(text: &str, begins: &str) -> bool {
    let begins = folded(begins);
    let mut before = ' ';
    !begins.is_empty()
        && text.char_indices().any(|(place, c)| {
            let is_begin = !before.is_alphanumeric() || is_without_blanks(c);
            before = c;
            is_begin && folded(&text[place..]).starts_with(&begins)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(name: &str) -> PersonDetails {
        PersonDetails::named(1, "C-4TZ9M".parse().unwrap(), name.to_owned())
    }

    #[test]
    fn what_is_masked_hides_every_number_and_what_clones_dispute_too() {
        let values = |values: [&str; 2]| values.map(str::to_owned).into_iter().collect();
        let mut person = person("Anna Schmidt");
        person.salutation = Some("Dr. Schmidt".to_owned());
        assert!(person.told_phone("13812341234") && person.told_phone("021-5888 1234"));
        assert!(person.told_email("anna@acme.example"));
        person.disputed.insert(PersonField::Name, values(["Anna Schmidt", "Anna Smith"]));
        let shown = person.masked();
        assert_eq!(
            (shown.name.as_str(), shown.salutation.as_deref()),
            ("A** S**", Some("Dr. S**"))
        );
        let numbers: Vec<_> = shown.phones.iter().map(|phone| phone.number.as_str()).collect();
        assert_eq!(numbers, ["021****1234", "138****1234"]);
        assert_eq!(shown.emails[0].address, "a***@acme.example");
        assert_eq!(shown.disputed[&PersonField::Name], values(["A** S**", "A** S**"]));
    }

    #[test]
    fn a_name_is_the_same_whatever_its_case_width_and_unseen_characters() {
        let person = person("Ms Wang");
        for name in ["ms wang", "Ms\u{200b} Wang", "Ｍｓ　Ｗａｎｇ"] {
            assert!(person.is_called(name), "{name}");
        }
        assert!(!person.is_called("Ms Wong"));
    }

    #[test]
    fn a_number_that_is_told_again_in_another_way_is_the_same_and_a_new_one_comes_first() {
        let mut person = person("Ms Wang");
        assert!(person.told_phone("138 1234 1234"));
        assert!(!person.told_phone("+86 13812341234"));
        assert!(person.told_phone("5888"));
        let kinds: Vec<_> = person.phones.iter().map(|phone| phone.kind).collect();
        assert_eq!(kinds, [ReachKind::Work, ReachKind::Mobile]);
        assert!(person.is_called("0086 138-1234-1234"));
    }

    #[test]
    fn a_former_number_finds_the_person_and_is_not_called_until_it_is_told_again() {
        let mut person = person("Ms Wang");
        person.told(ReachList::Phones, "010-62345678", Some(ReachKind::Former));
        assert_eq!(person.phone(), None);
        assert!(person.is_called("+86 10 6234 5678"));
        assert!(person.told_phone("13812341234"));
        assert!(person.told_phone("(010) 62345678"));
        assert_eq!(person.phone(), Some("010-62345678"));
        assert!(!person.told_phone("010 62345678"));
    }

    #[test]
    fn an_address_finds_the_person_whatever_its_case_and_width() {
        let mut person = person("Ms Wang");
        assert!(person.told_email("Wang@ACME.example"));
        for text in ["wang@acme.example", "ＷＡＮＧ＠acme.example", " Wang@acme.EXAMPLE "] {
            assert!(person.is_called(text), "{text}");
        }
        assert!(!person.is_called("wong@acme.example") && !person.is_called("wang"));
    }
}
