//! A record as programs get it.

use serde::Serialize;

use crate::{
    answers::contact::some_told,
    domain::history::{contact::Contact, record::Record},
    report::values::Privacy,
};

/// A record as in its file, with the contact that it names, masked unless revealed.
#[derive(Debug, Serialize)]
pub struct RecordWithContact<'r> {
    #[serde(flatten)]
    record: &'r Record,
    #[serde(serialize_with = "some_told")]
    contact: Option<Contact>,
}

impl<'r> RecordWithContact<'r> {
    /// The record with the one of these contacts that it names.
    pub fn new(record: &'r Record, contacts: &[Contact], privacy: Privacy) -> Self {
        let own = record.status.contact.as_ref();
        let contact = contacts.iter().find(|contact| Some(&contact.id) == own).cloned();
        let contact = contact.map(|contact| match privacy {
            Privacy::Revealed => contact,
            Privacy::Masked => contact.masked(),
        });
        Self { record, contact }
    }
}
