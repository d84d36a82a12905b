//! The customers of a generated desk and their persons: a customer for every five records, and two
//! persons for each record, until there are as many as one desk serves.

use std::collections::HashMap;

use docket::testing::{
    domain::{
        base::{
            ids::{AgreementId, ContactId, PersonId, RecordId},
            terms,
        },
        deciding::scene::Lookup,
        history::{
            contact::{Contact, PersonDetails},
            event::FORMAT,
            record::Record,
            refusal::Refusal,
            status::Occupation,
            steps::SurveyQuestion,
        },
    },
    store::{FileChange, file, layout},
};

/// A customer has so many records before its persons come again.
const VISITS: u32 = 5;
/// Customers of the largest desk, with ten persons each.
const CUSTOMERS: u32 = 2_000;
/// Odd, so that ids lie in the folder in no order and none comes twice.
const SCATTER: u64 = 0x9e_3779;

/// All customers' persons whom the desk has met.
#[derive(Debug, Default)]
pub(crate) struct People {
    met: HashMap<ContactId, Contact>,
}

/// Whom of a customer one record names.
pub(crate) struct Party {
    pub(crate) customer: String,
    /// The number of the first person of the customer.
    first: u32,
    /// How often the customer came before, until its persons come again.
    visit: u32,
}

impl Party {
    /// Whose record the `nth` of `records` is; customers come in turns.
    pub(crate) fn of(nth: u32, records: u32) -> Self {
        let customers = Self::customers(records);
        let (customer, visit) = (nth % customers, nth / customers % VISITS);
        let name = if customer.is_multiple_of(2) {
            format!("Customer {customer}")
        } else {
            format!("第 {customer} 客户")
        };
        Self { customer: name, first: 2 * VISITS * customer, visit }
    }

    /// How many customers a desk of so many records has.
    pub(crate) fn customers(records: u32) -> u32 {
        records.div_ceil(VISITS).min(CUSTOMERS)
    }

    /// Who calls: the one who answered last time.
    pub(crate) fn caller(&self) -> u32 {
        self.first + (2 * self.visit).saturating_sub(1)
    }

    /// Who is told by the engineer: somebody new, but for the first time.
    pub(crate) fn told(&self) -> u32 {
        self.first + 2 * self.visit
    }

    /// Who answers the callback: somebody new.
    pub(crate) fn answers(&self) -> u32 {
        self.first + 2 * self.visit + 1
    }
}

/// The id of a person by number.
pub(crate) fn id(person: u32) -> ContactId {
    ContactId::new(u64::from(person).wrapping_mul(SCATTER) + 1)
}

impl People {
    /// The caller with what a caller says of themselves; the file where the desk has not met them.
    pub(crate) fn calls(&mut self, person: u32, customer: &str) -> Option<FileChange> {
        let mut contact = named(person, customer);
        if let Some(details) = &mut contact.person {
            details.told_phone(&format!("139{person:08}"));
            details.told_email(&format!("person{person}@customers.example"));
        }
        self.keep(contact)
    }

    /// Somebody whose name alone is told; the file where the desk has not met them.
    pub(crate) fn named(&mut self, person: u32, customer: &str) -> Option<FileChange> {
        if self.met.contains_key(&id(person)) {
            return None;
        }
        self.keep(named(person, customer))
    }

    fn keep(&mut self, contact: Contact) -> Option<FileChange> {
        let file = file(layout::contact(&contact.id), &contact).expect("a file");
        let known = self.met.insert(contact.id.clone(), contact);
        known.is_none().then_some(file)
    }

    /// Who they all are, each a file that is kept apart from the branch.
    pub(crate) fn apart(&self) -> Vec<FileChange> {
        let known = self.met.values().filter_map(|contact| contact.person.as_ref());
        let file = |it: &PersonDetails| file(layout::person(&it.id), it).expect("a file");
        known.map(file).collect()
    }
}

fn named(person: u32, customer: &str) -> Contact {
    let name = if person.is_multiple_of(3) {
        format!("王女士{person}")
    } else {
        format!("Person {person}")
    };
    let details = PersonDetails::named(FORMAT, id(person), name);
    Contact::new(FORMAT, id(person), customer.to_owned(), details)
}

impl Lookup for People {
    fn contact(&self, id: &ContactId) -> Result<Option<Contact>, Refusal> {
        Ok(self.met.get(id).cloned())
    }

    fn are_one_customer(&self, one: &str, other: &str) -> Result<bool, Refusal> {
        Ok(one == other)
    }

    fn record(&self, _: &RecordId) -> Result<Option<Record>, Refusal> {
        Ok(None)
    }

    fn party_of(&self, _: &str) -> Result<terms::Party, Refusal> {
        Ok(terms::Party::External)
    }

    fn agreement_of(&self, _: &str) -> Result<Option<AgreementId>, Refusal> {
        Ok(None)
    }

    fn occupied(&self, _: &PersonId, _: Occupation) -> Result<Option<RecordId>, Refusal> {
        Ok(None)
    }

    fn parts(&self, _: &RecordId) -> Result<Vec<Record>, Refusal> {
        Ok(Vec::new())
    }

    fn asked_otherwise(
        &self,
        _: (u32, terms::Party),
        _: &[SurveyQuestion],
    ) -> Result<Option<RecordId>, Refusal> {
        Ok(None)
    }
}
