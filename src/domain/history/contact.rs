//! A customer's person: what the history holds of them, which says nobody's name.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::domain::{
    base::{ids::ContactId, time::Timestamp},
    history::person::{PersonDetails, has_word},
};

/// Somebody at a customer, as the desk's branch knows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    pub format: u32,
    pub id: ContactId,
    pub customer: String,
    /// The contact that took this one's place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<ContactId>,
    /// That nobody may know any more who this is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erased: Option<Erasure>,
    /// Fields that two clones changed without knowing of each other, with all their values; an
    /// empty one for none. Whoever says the field anew settles it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub disputed: BTreeMap<ContactField, BTreeSet<String>>,
    /// Who that is, which is kept apart from the branch; `None` of an erased person, and in a clone
    /// that holds nobody's names.
    #[serde(skip)]
    pub person: Option<PersonDetails>,
}

/// That what was known of a person was taken away, when and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Erasure {
    pub at: Timestamp,
    pub reason: String,
}

/// What stands before the id in the subject of a commit that erases a contact.
pub const ERASES: &str = "contact erase ";

/// What the branch says of a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactField {
    Customer,
    MergedInto,
}

impl ContactField {
    pub const ALL: &[Self] = &[Self::Customer, Self::MergedInto];

    /// The field as files spell it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::MergedInto => "merged_into",
        }
    }
}

impl Contact {
    /// Somebody new.
    pub fn new(format: u32, id: ContactId, customer: String, person: PersonDetails) -> Self {
        Self {
            format,
            id,
            customer,
            merged_into: None,
            erased: None,
            disputed: BTreeMap::new(),
            person: Some(person),
        }
    }

    /// What a field says; `None` where it says nothing.
    pub fn get(&self, field: ContactField) -> Option<&str> {
        match field {
            ContactField::Customer => Some(&self.customer),
            ContactField::MergedInto => self.merged_into.as_ref().map(ContactId::as_str),
        }
    }

    /// Lets a field say something else.
    pub fn set(&mut self, field: ContactField, value: Option<&str>) {
        match field {
            ContactField::Customer => value.unwrap_or_default().clone_into(&mut self.customer),
            ContactField::MergedInto => self.merged_into = value.and_then(|id| id.parse().ok()),
        }
    }

    /// The fields that somebody can still decide; of who is erased nobody decides anything any more, and
    /// of who was merged away only whether that holds.
    pub fn unsettled(&self) -> impl Iterator<Item = (ContactField, &BTreeSet<String>)> {
        let can_decide = |field: ContactField| match field {
            ContactField::Customer => self.erased.is_none() && self.merged_into.is_none(),
            ContactField::MergedInto => self.erased.is_none(),
        };
        let all = self.disputed.iter().filter(move |(field, _)| can_decide(**field));
        all.map(|(field, values)| (*field, values))
    }

    /// What the person is called; the id where nobody knows.
    pub fn name(&self) -> &str {
        self.person.as_ref().map_or(self.id.as_str(), |person| &person.name)
    }

    /// What tells this person from another of the same name.
    pub fn namesake(&self) -> Option<&str> {
        self.person.as_ref()?.namesake.as_deref()
    }

    /// The number that is called first.
    pub fn phone(&self) -> Option<&str> {
        self.person.as_ref()?.phone()
    }

    /// The address that is written to first.
    pub fn email(&self) -> Option<&str> {
        self.person.as_ref()?.email()
    }

    /// True when `text` is this person's name, or a phone or an address however it is written.
    pub fn is_called(&self, text: &str) -> bool {
        self.person.as_ref().is_some_and(|person| person.is_called(text))
    }

    /// True when `text` is a phone of this person but for an extension that one of the two lacks.
    pub fn may_be_called(&self, text: &str) -> bool {
        self.person.as_ref().is_some_and(|person| person.may_be_called(text))
    }

    /// True when `text` is a phone of this person but for the code of a town, which one of the two lacks.
    pub fn may_be_called_in_town(&self, text: &str) -> bool {
        self.person.as_ref().is_some_and(|person| person.may_be_called_in_town(text))
    }

    /// True when the name, or a word of it, begins so.
    pub fn seems_called(&self, text: &str) -> bool {
        self.person.as_ref().is_some_and(|person| has_word(&person.name, text))
    }

    /// True when the customer's name, or a word of it, begins so.
    pub fn seems_of(&self, customer: &str) -> bool {
        has_word(&self.customer, customer)
    }

    /// The contact as it may be shown: what identifies the person is hidden.
    pub fn masked(self) -> Self {
        Self { person: self.person.map(PersonDetails::masked), ..self }
    }
}

/// A contact, or a record, is followed through at most so many merges, for clones may have merged them
/// into each other. More than so many are nobody's mistake.
pub const MOST_MERGES: usize = 16;

/// Whom a record reaches that names a contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReachedContact {
    /// The contact, or the one that took its place.
    Known(Contact),
    /// Nobody may know any more who this is: this one was erased, the contact itself or the first that
    /// was of those that took its place. One clone may have erased whom another merged.
    Erased(Contact),
    /// There is none with this id.
    Nobody,
}

/// Whom one reaches through a contact.
///
/// # Errors
/// What `contact` could not read.
pub fn reached<E>(
    id: &ContactId,
    contact: impl Fn(&ContactId) -> Result<Option<Contact>, E>,
) -> Result<ReachedContact, E> {
    match contact(id)? {
        Some(first) => reached_from(first, contact),
        None => Ok(ReachedContact::Nobody),
    }
}

fn reached_from<E>(
    first: Contact,
    contact: impl Fn(&ContactId) -> Result<Option<Contact>, E>,
) -> Result<ReachedContact, E> {
    let mut found = first;
    for _ in 0..MOST_MERGES {
        let Some(into) = found.merged_into.as_ref().filter(|_| found.erased.is_none()) else {
            break;
        };
        match contact(into)? {
            Some(next) => found = next,
            None => break,
        }
    }
    Ok(if found.erased.is_some() {
        ReachedContact::Erased(found)
    } else {
        ReachedContact::Known(found)
    })
}

/// Whether nobody may know any more who this is, as [`ReachedContact::Erased`].
///
/// # Errors
/// What `contact` could not read.
pub fn is_erased<E>(
    one: &Contact,
    contact: impl Fn(&ContactId) -> Result<Option<Contact>, E>,
) -> Result<bool, E> {
    Ok(matches!(reached_from(one.clone(), contact)?, ReachedContact::Erased(_)))
}

/// Who is still known of an erased person: one clone erased them while another one merged them into
/// somebody.
///
/// # Errors
/// What `contact` could not read.
pub fn still_known<E>(
    erased: &Contact,
    contact: impl Fn(&ContactId) -> Result<Option<Contact>, E>,
) -> Result<Option<Contact>, E> {
    let (Some(_), Some(into)) = (&erased.erased, &erased.merged_into) else { return Ok(None) };
    Ok(followed(into, contact)?.filter(|end| end.erased.is_none()))
}

/// A contact, or the one that took its place; `None` where there is none with this id.
///
/// # Errors
/// What `contact` could not read.
pub fn followed<E>(
    id: &ContactId,
    contact: impl Fn(&ContactId) -> Result<Option<Contact>, E>,
) -> Result<Option<Contact>, E> {
    let mut found = contact(id)?;
    for _ in 0..MOST_MERGES {
        let Some(into) = found.as_ref().and_then(|contact| contact.merged_into.clone()) else {
            break;
        };
        match contact(&into)? {
            Some(next) => found = Some(next),
            None => break,
        }
    }
    Ok(found)
}
