//! All that a decision may look at.

use std::fmt;

use crate::domain::{
    base::{
        ids::{AgreementId, ContactId, PersonId, RecordId},
        terms::Party,
        time::Timestamp,
    },
    deciding::policy::{Policy, people::Person},
    history::{
        contact::Contact,
        event::Stamp,
        intake::Reference,
        record::Record,
        refusal::{Refusal, Vocabulary},
        status::Occupation,
        steps::survey_send::SurveyQuestion,
    },
};

/// Looks up what a decision needs besides its own record; implemented by whoever holds the data.
pub trait Lookup: fmt::Debug {
    /// A contact; `None` where there is none with this id.
    ///
    /// # Errors
    /// [`Refusal::Unreadable`] for a file that cannot be read.
    fn contact(&self, id: &ContactId) -> Result<Option<Contact>, Refusal>;

    /// A record; `None` where there is none with this id.
    ///
    /// # Errors
    /// [`Refusal::Unreadable`] for a file that cannot be read.
    fn record(&self, id: &RecordId) -> Result<Option<Record>, Refusal>;

    /// Whether two names are one customer's.
    ///
    /// # Errors
    /// [`Refusal::Unreadable`] for a damaged repository.
    fn are_one_customer(&self, one: &str, other: &str) -> Result<bool, Refusal>;

    /// Of which party the customer is who is called so.
    ///
    /// # Errors
    /// [`Refusal::Unreadable`] for a damaged repository.
    fn party_of(&self, customer: &str) -> Result<Party, Refusal>;

    /// The agreement with the customer who is called so; `None` where there is none, or no such customer
    /// is listed.
    ///
    /// # Errors
    /// [`Refusal::Unreadable`] for a damaged repository.
    fn agreement_of(&self, customer: &str) -> Result<Option<AgreementId>, Refusal>;

    /// The records that lead to this one, as children of it or merged into it; those that cannot be
    /// read are left out.
    ///
    /// # Errors
    /// [`Refusal::Unreadable`] for a damaged repository.
    fn parts(&self, whole: &RecordId) -> Result<Vec<Record>, Refusal>;

    /// The record for which this person is at a customer's, or on their computer; records that cannot be
    /// read are left out.
    ///
    /// # Errors
    /// [`Refusal::Unreadable`] for a damaged repository.
    fn occupied(&self, engineer: &PersonId, with: Occupation) -> Result<Option<RecordId>, Refusal>;

    /// A record for which a customer of this party was sent other questions than these under their
    /// version; records that cannot be read are left out.
    ///
    /// # Errors
    /// [`Refusal::Unreadable`] for a damaged repository.
    fn asked_otherwise(
        &self,
        set: (u32, Party),
        questions: &[SurveyQuestion],
    ) -> Result<Option<RecordId>, Refusal>;
}

/// The record as it stands, the rules, who does the step and when, and what else the desk holds.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// Of one that is to be opened, what was told.
    pub record: &'a Record,
    pub policy: &'a Policy,
    pub stamp: &'a Stamp,
    /// When it is entered; no earlier than what it is built on, whatever a clock said.
    pub now: Timestamp,
    pub lookup: &'a dyn Lookup,
}

impl Scene<'_> {
    /// When the step happens, for all rules that ask a time: as it is told, but for an entry that is
    /// dated before what it is built on.
    pub fn when(&self) -> Timestamp {
        if self.stamp.recorded_at < self.now { self.now } else { self.stamp.at }
    }

    /// Whether the step is made under these rules, or later ones.
    pub fn is_under(&self, rules: u32) -> bool {
        self.stamp.rules >= rules
    }

    /// The person of the roster, in the team or not.
    ///
    /// # Errors
    /// [`Refusal::Unknown`] with the nearest ids.
    pub fn person(&self, id: &PersonId) -> Result<&Person, Refusal> {
        let unknown = || self.policy.unknown(Vocabulary::Person, id.as_str());
        self.policy.people.get(id).ok_or_else(unknown)
    }

    /// The person of the roster who is in the team when the step is entered.
    ///
    /// # Errors
    /// [`Refusal::Unknown`] with the nearest ids, or [`Refusal::Inactive`].
    pub fn active(&self, id: &PersonId) -> Result<&Person, Refusal> {
        let person = self.person(id)?;
        if person.is_active(self.now.date()) {
            Ok(person)
        } else {
            Err(Refusal::Inactive(id.clone()))
        }
    }

    /// The record that a reference means: under the id that it names, or under the one which that record
    /// got when two clones had given the id to two matters; `None` where it is gone.
    ///
    /// # Errors
    /// [`Refusal::Unreadable`].
    pub fn meant(&self, reference: &Reference) -> Result<Option<Record>, Refusal> {
        let Some(named) = self.lookup.record(&reference.record)? else { return Ok(None) };
        if named.is_meant_by(reference) {
            return Ok(Some(named));
        }
        for other in &named.namesakes {
            let other = self.lookup.record(other)?;
            if let Some(other) = other.filter(|other| other.is_meant_by(reference)) {
                return Ok(Some(other));
            }
        }
        Ok(None)
    }

    /// The record that a reference names, by its id and the event that opened it.
    ///
    /// # Errors
    /// [`Refusal::Unknown`], or a file that cannot be read.
    pub fn referred(&self, reference: &Reference) -> Result<Record, Refusal> {
        let found = self.lookup.record(&reference.record)?;
        found.filter(|record| record.reference().as_ref() == Some(reference)).ok_or_else(|| {
            Refusal::unknown(Vocabulary::Record, reference.record.as_str(), Vec::new())
        })
    }
}
