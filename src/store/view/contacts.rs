//! The customers' persons of a desk: what the branch has of them, with who they are as far as this clone
//! knows today.

use super::{UnreadableFile, View};
use crate::{
    domain::{
        base::ids::ContactId,
        history::{
            contact::{Contact, ReachedContact, followed, is_erased, reached},
            person::PersonDetails,
            record::Record,
        },
    },
    store::{
        error::{Error, Result},
        git::snapshot::{Snapshot, TreeFile},
        layout,
        parse::{parse_own, read_person},
    },
};

impl View<'_> {
    /// A contact, with who that is as far as this clone knows today; `None` where there is none with
    /// this id.
    pub fn contact(&self, id: &ContactId) -> Result<Option<Contact>> {
        if !self.is_one_of_many {
            if let Some(known) = self.contacts.borrow().get(id) {
                return Ok(known.clone());
            }
            let contact = self.parsed_contact(id)?.map(|contact| self.with_person(contact));
            self.contacts.borrow_mut().insert(id.clone(), contact.clone());
            return Ok(contact);
        }
        let path = layout::contact(id);
        let Some(blob) = self.snapshot.blob_id(&path)? else { return self.parsed_contact(id) };
        let afresh = || parse_own(&path, &self.snapshot.repository().read_file(blob, &path)?);
        let contact = self.memory.contact((blob, id.clone()), afresh)?;
        Ok(Some(self.with_person(contact.as_ref().clone())))
    }

    /// A contact as the branch has it.
    fn parsed_contact(&self, id: &ContactId) -> Result<Option<Contact>> {
        let found = self.parsed_own(&layout::contact(id))?;
        let old = format!("{}/{id}.yaml", layout::CONTACTS);
        if found.is_none() && self.snapshot.held(&old)?.is_some() {
            return Err(Error::NamesInHistory { path: old });
        }
        Ok(found)
    }

    /// The contact with who that is; what cannot be read of that is as good as unknown.
    fn with_person(&self, contact: Contact) -> Contact {
        if contact.erased.is_some() || self.memory.knows_nobody.get() {
            return contact;
        }
        let person = self.person(&contact.id).ok().flatten();
        Contact { person, ..contact }
    }

    /// Who a contact is; `None` where this clone does not know.
    ///
    /// # Errors
    /// What docket would not have written.
    pub fn person(&self, id: &ContactId) -> Result<Option<PersonDetails>> {
        let (persons, path) = (self.persons()?, layout::person(id));
        let Some(blob) = persons.blob_id(&path)? else { return Ok(None) };
        let afresh = || read_person(&path, &persons.repository().read_file(blob, &path)?);
        Ok(Some(self.memory.person((blob, id.clone()), afresh)?.as_ref().clone()))
    }

    /// Whether there are contacts of none of whom this clone knows who they are.
    ///
    /// # Errors
    /// What cannot be read.
    pub fn knows_nobody(&self) -> Result<bool> {
        Ok(self.persons()?.tree().is_none() && self.snapshot.folder(layout::CONTACTS)?.is_some())
    }

    /// The files that say who the contacts are; none in a clone that does not hold them.
    ///
    /// # Errors
    /// A reference that cannot be read.
    pub fn persons(&self) -> Result<Snapshot<'_>> {
        let repository = self.snapshot.repository();
        let commit = match self.persons.get() {
            Some(commit) => *commit,
            None => match self.memory.pushed_persons.get() {
                Some(commit) => Some(commit),
                None => repository.apart_commit(layout::PERSONS)?,
            },
        };
        let commit = *self.persons.get_or_init(|| commit);
        commit.map_or_else(|| Ok(repository.empty_snapshot()), |at| Ok(repository.snapshot(at)?))
    }

    /// A contact, or the one that took its place; `None` where there is none with this id.
    pub fn followed(&self, id: &ContactId) -> Result<Option<Contact>> {
        followed(id, |id| self.contact(id))
    }

    /// Whom one reaches through a contact.
    pub fn reached(&self, id: &ContactId) -> Result<ReachedContact> {
        reached(id, |id| self.contact(id))
    }

    /// Whether nobody may know any more who a contact is.
    pub fn is_erased(&self, contact: &Contact) -> Result<bool> {
        is_erased(contact, |id| self.contact(id))
    }

    /// The customers' persons whom a record names, as they are called now.
    pub fn contacts_of(&self, record: &Record) -> Result<Vec<Contact>> {
        let mut contacts = Vec::new();
        for id in record.contacts() {
            if let ReachedContact::Known(contact) | ReachedContact::Erased(contact) =
                self.reached(&id)?
            {
                contacts.push(Contact { id, ..contact });
            }
        }
        Ok(contacts)
    }

    /// Every contact that can be read, and the files that cannot.
    ///
    /// # Errors
    /// [`Error::NamesInHistory`] of a desk all of whose contacts are of before 0.1.0.
    pub fn contacts(&self) -> Result<(Vec<Contact>, Vec<UnreadableFile>)> {
        let mut contacts = Vec::new();
        let mut left_out = Vec::new();
        for TreeFile { path, .. } in self.snapshot.files_under(layout::CONTACTS)? {
            match self.contact_at(&path) {
                Ok(contact) => contacts.extend(contact),
                Err(why) => left_out.push(UnreadableFile { path, why }),
            }
        }
        let is_old = |left: &UnreadableFile| matches!(left.why, Error::NamesInHistory { .. });
        if contacts.is_empty()
            && let Some(old) = left_out.iter().position(is_old)
        {
            return Err(left_out.swap_remove(old).why);
        }
        Ok((contacts, self.all_fetched(left_out)?))
    }

    /// The contact of a file.
    fn contact_at(&self, path: &str) -> Result<Option<Contact>> {
        if layout::contact_of(path).is_none() && path.matches('/').count() < 3 {
            return Err(Error::NamesInHistory { path: path.to_owned() });
        }
        let contact: Option<Contact> = self.parsed_own(path)?;
        Ok(contact.map(|contact| self.with_person(contact)))
    }
}
