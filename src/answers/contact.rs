//! A customer's person as programs get it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Serialize, Serializer};

use crate::domain::{
    base::ids::ContactId,
    history::{
        contact::{Contact, Erasure},
        person::{ContactEmail, ContactPhone},
    },
};

/// What is known of a contact, in the branch and beside it, as one.
#[derive(Serialize)]
struct ContactKeys<'c> {
    format: u32,
    id: &'c ContactId,
    customer: &'c str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'c str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    salutation: Option<&'c str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    namesake: Option<&'c str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    phones: &'c [ContactPhone],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    emails: &'c [ContactEmail],
    #[serde(skip_serializing_if = "Option::is_none")]
    merged_into: Option<&'c ContactId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    erased: Option<&'c Erasure>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    disputed: BTreeMap<&'static str, &'c BTreeSet<String>>,
}

/// Writes a contact with who that is.
///
/// # Errors
/// Those of the serializer.
pub fn told<S: Serializer>(contact: &Contact, serializer: S) -> Result<S::Ok, S::Error> {
    let person = contact.person.as_ref();
    ContactKeys {
        format: contact.format,
        id: &contact.id,
        customer: &contact.customer,
        name: person.map(|person| person.name.as_str()),
        salutation: person.and_then(|person| person.salutation.as_deref()),
        namesake: person.and_then(|person| person.namesake.as_deref()),
        phones: person.map_or(&[], |person| &person.phones),
        emails: person.map_or(&[], |person| &person.emails),
        merged_into: contact.merged_into.as_ref(),
        erased: contact.erased.as_ref(),
        disputed: disputed(contact),
    }
    .serialize(serializer)
}

/// As [`told`], of a record that may have no contact.
///
/// # Errors
/// Those of the serializer.
#[expect(clippy::ref_option, reason = "serde hands over the field as it is")]
pub fn some_told<S: Serializer>(
    contact: &Option<Contact>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match contact {
        Some(contact) => told(contact, serializer),
        None => serializer.serialize_none(),
    }
}

/// As [`told`], of several.
///
/// # Errors
/// Those of the serializer.
pub fn all_told<S: Serializer>(contacts: &[Contact], serializer: S) -> Result<S::Ok, S::Error> {
    struct Told<'c>(&'c Contact);
    impl Serialize for Told<'_> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            told(self.0, serializer)
        }
    }
    serializer.collect_seq(contacts.iter().map(Told))
}

/// The fields that two clones changed, in the branch and beside it.
pub fn disputed(contact: &Contact) -> BTreeMap<&'static str, &BTreeSet<String>> {
    let own = contact.unsettled().map(|(field, values)| (field.name(), values));
    let person = contact.person.iter().flat_map(|person| &person.disputed);
    own.chain(person.map(|(field, values)| (field.name(), values))).collect()
}
