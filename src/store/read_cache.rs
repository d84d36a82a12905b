//! Records and contacts that were read lately, by git's names of their files, the questions that
//! customers were sent, and what leads where: what one commit left behind is what the next one found.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use super::{
    error::Result,
    git::ids::{BlobId, CommitId},
    holders::Holders,
    recent::Recent,
    sendings::Sending,
};
use crate::domain::{
    base::{
        ids::{ContactId, PersonId, RecordId},
        time::Timestamp,
    },
    deciding::rule_days::RuleDays,
    history::{
        contact::Contact, customer::CustomerNames, person::PersonDetails, record::Record,
        status::Occupation,
    },
};

/// Of the files of records, bytes that are kept; twice as many at the most.
const MOST_OF_RECORDS: usize = 2 * 1024 * 1024;
/// Contacts that are kept, likewise.
const MOST_CONTACTS: usize = 2048;

/// A record with the text of its file.
pub(super) type RecordText = Rc<(Record, String)>;

/// What was read lately. A name of git's stands for the same bytes for ever; the id is what the
/// file's own path promises.
#[derive(Debug)]
pub(super) struct ReadCache {
    records: RefCell<Recent<(BlobId, RecordId), RecordText>>,
    contacts: RefCell<Recent<(BlobId, ContactId), Rc<Contact>>>,
    persons: RefCell<Recent<(BlobId, ContactId), Rc<PersonDetails>>>,
    /// The names of customers, by git's name of their folder of late.
    pub(super) customers: RefCell<Option<(String, Rc<CustomerNames>)>>,
    /// The days of adopted rules, by git's name of the folder of the rules of late.
    pub(super) rule_days: RefCell<Option<(String, Rc<RuleDays>)>>,
    /// What time it is, where somebody told it.
    pub(super) now: Cell<Option<Timestamp>>,
    /// That nobody is to be known.
    pub(super) knows_nobody: Cell<bool>,
    /// Who the contacts are by a push that is not taken yet, in place of what is known here.
    pub(super) pushed_persons: Cell<Option<CommitId>>,
    /// Questions that were sent, by a commit of late.
    pub(super) sendings: RefCell<Holders<Sending>>,
    /// Records that others lead to, likewise.
    pub(super) parts: RefCell<Holders<RecordId>>,
    /// Who is at work for which customers, likewise.
    pub(super) occupied: RefCell<Holders<(PersonId, Occupation)>>,
}

impl Default for ReadCache {
    fn default() -> Self {
        Self {
            records: RefCell::new(Recent::up_to(MOST_OF_RECORDS)),
            contacts: RefCell::new(Recent::up_to(MOST_CONTACTS)),
            persons: RefCell::new(Recent::up_to(MOST_CONTACTS)),
            customers: RefCell::default(),
            rule_days: RefCell::default(),
            now: Cell::new(None),
            knows_nobody: Cell::new(false),
            pushed_persons: Cell::new(None),
            sendings: RefCell::default(),
            parts: RefCell::default(),
            occupied: RefCell::default(),
        }
    }
}

impl ReadCache {
    /// A record out of memory, else as it is read now.
    pub(super) fn record(
        &self,
        key: (BlobId, RecordId),
        read: impl FnOnce() -> Result<(Record, String)>,
    ) -> Result<RecordText> {
        if let Some(known) = self.records.borrow_mut().get(&key) {
            return Ok(known);
        }
        let file = Rc::new(read()?);
        self.records.borrow_mut().put(key, Rc::clone(&file), file.1.len());
        Ok(file)
    }

    /// A contact out of memory, else as it is read now.
    pub(super) fn contact(
        &self,
        key: (BlobId, ContactId),
        read: impl FnOnce() -> Result<Contact>,
    ) -> Result<Rc<Contact>> {
        if let Some(known) = self.contacts.borrow_mut().get(&key) {
            return Ok(known);
        }
        let contact = Rc::new(read()?);
        self.contacts.borrow_mut().put(key, Rc::clone(&contact), 1);
        Ok(contact)
    }

    /// Who a contact is, out of memory, else as it is read now.
    pub(super) fn person(
        &self,
        key: (BlobId, ContactId),
        read: impl FnOnce() -> Result<PersonDetails>,
    ) -> Result<Rc<PersonDetails>> {
        if let Some(known) = self.persons.borrow_mut().get(&key) {
            return Ok(known);
        }
        let person = Rc::new(read()?);
        self.persons.borrow_mut().put(key, Rc::clone(&person), 1);
        Ok(person)
    }

    pub(super) fn clear(&self) {
        self.records.borrow_mut().clear();
        self.contacts.borrow_mut().clear();
        self.persons.borrow_mut().clear();
        self.rule_days.take();
        self.sendings.take();
        self.parts.take();
        self.occupied.take();
    }
}
