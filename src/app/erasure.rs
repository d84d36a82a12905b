//! The erasure of a person: who is meant, what names them, and the commit that takes away what is known
//! of them (PIPL 47).

use crate::{
    app::{desk::OpenDesk, step::contact_files},
    audit::message,
    domain::{
        analysis::privacy_scan::{KnownPeople, PersonalText, texts_to_hide},
        base::{
            ids::{ContactId, CustomerId, RecordId},
            names::NameReadings,
            text::folded,
        },
        deciding::{
            contact_merge::{alike, same_person},
            contacts::{MAY_ERASE, erasable, erased},
            steps::redact,
        },
        history::{
            contact::{Contact, Erasure},
            record::Record,
        },
    },
    error::{Error, Result},
    store::{
        git::apart::ApartAuthor,
        persons::without_persons,
        selection::{Condition, Selection},
        view::View,
    },
};

/// A person who is to be erased.
#[derive(Debug)]
pub struct KnownPerson {
    /// The one who was named.
    pub contact: Contact,
    /// All that lead to the same.
    pub contacts: Vec<Contact>,
    /// How many records name one of them.
    pub records: usize,
    /// Those of the records to which files are attached.
    pub with_files: Vec<RecordId>,
    unfinished: Vec<RecordId>,
    /// Those of the same customers with the same name or number, who stay.
    pub alike: Vec<Contact>,
}

/// A person who was erased, and what still names them.
#[derive(Debug)]
pub struct ErasedPerson {
    /// The one who was named.
    pub contact: ContactId,
    /// All that led to the same.
    pub contacts: Vec<ContactId>,
    pub texts: Vec<NamedText>,
    /// As [`KnownPerson::with_files`].
    pub with_files: Vec<RecordId>,
    /// As [`KnownPerson::alike`].
    pub alike: Vec<Contact>,
    /// The branch, where it is not the desk's.
    pub other_branch: Option<String>,
    /// The contacts whose customer is called as the person is, each with the customer where it is listed.
    pub named_so: Vec<(ContactId, Option<CustomerId>)>,
}

/// A text of a record, as it is named where it is hidden.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedText {
    pub record: RecordId,
    /// Number or id of the event.
    pub event: String,
    pub field: &'static str,
}

impl NamedText {
    /// How a text in which personal data stands is named.
    pub fn of(record: &Record, text: &PersonalText) -> Self {
        let event = redact::naming(record, text.n, &text.event);
        Self { record: record.id.clone(), event, field: text.field }
    }
}

impl OpenDesk<'_> {
    /// Refuses somebody who may erase nobody.
    ///
    /// # Errors
    /// What [`Self::actor_as`] gives.
    pub fn may_erase(&self) -> Result<()> {
        self.actor_as(&self.view()?.policy()?, MAY_ERASE).map(|_| ())
    }

    /// Refuses a person who cannot be erased, whatever the reason.
    ///
    /// # Errors
    /// [`Error::NotWholeName`]; somebody who is not known, was erased or is waited for.
    pub fn may_be_erased(&self, name: &str) -> Result<()> {
        let person = self.person_to_erase(&self.view()?, name)?;
        erasable(&person.contacts, &person.unfinished)?;
        Ok(())
    }

    /// Who would be erased for this reason, and the texts that name them.
    ///
    /// # Errors
    /// As [`Self::may_be_erased`], and a reason that names the person.
    pub fn tried_erasure(&self, name: &str, reason: &str) -> Result<(KnownPerson, Vec<NamedText>)> {
        let view = self.view()?;
        let person = self.person_to_erase(&view, name)?;
        let erasure = Erasure { at: self.now(), reason: reason.to_owned() };
        erased(&person.contacts, &erasure, &person.unfinished)?;
        let texts = self.texts_naming(&view, &person.contacts)?;
        Ok((person, texts))
    }

    /// Erases a person in the branch and beside it.
    ///
    /// # Errors
    /// As [`Self::may_erase`] and [`Self::tried_erasure`].
    pub fn erase_person(&self, name: &str, reason: &str) -> Result<ErasedPerson> {
        let branch = self.store.writing_branch(&self.desk, self.app.options.branch.as_deref())?;
        let (_, done) = self.store.write(&branch, &|notice| self.notice(&notice), |view| {
            let policy = view.policy()?;
            let (actor, _) = self.actor_as(&policy, MAY_ERASE)?;
            let KnownPerson { contact, contacts, unfinished, alike, with_files, .. } =
                self.person_to_erase(view, name)?;
            let ids: Vec<ContactId> = contacts.iter().map(|contact| contact.id.clone()).collect();
            let texts = self.texts_naming(view, &contacts)?;
            let erasure = Erasure { at: self.now(), reason: reason.to_owned() };
            let changed = erased(&contacts, &erasure, &unfinished)?;
            // one that another was merged into may be erased already, since another clone erased it
            let id = changed.first().map_or(&contact.id, |contact| &contact.id);
            let subject = message::subject_of_erasure(id);
            let mut change = self.plain_change(&actor, "contact", &subject, Vec::new())?;
            change.at = erasure.at;
            change.files = contact_files(&changed)?;
            change.apart = without_persons(&ids, &ApartAuthor::of(&change));
            let customers = view.customer_names()?;
            let named_so = contacts.iter().filter(|contact| is_customer_itself(contact));
            let named_so = named_so
                .map(|contact| (contact.id.clone(), customers.listed(&contact.customer).cloned()));
            let done = ErasedPerson {
                contact: contact.id,
                contacts: ids,
                texts,
                with_files,
                alike,
                other_branch: Some(branch.clone()).filter(|branch| *branch != self.desk.branch),
                named_so: named_so.collect(),
            };
            Ok::<_, Error>((Some(change), done))
        })?;
        Ok(done)
    }

    /// The person who is called so for certain, and what names them.
    fn person_to_erase(&self, view: &View<'_>, name: &str) -> Result<KnownPerson> {
        let contact = self.contact_meant(view, name, "contact erase")?;
        if !is_certain(&contact, name) {
            let (given, shown) = (name.to_owned(), contact.masked());
            let contact = (shown.id.clone(), shown.name().to_owned(), shown.customer);
            return Err(Error::NotWholeName { given, contact });
        }
        let (all, _) = view.contacts()?;
        let own = same_person(&contact.id, all.iter().cloned(), |id| view.followed(id))?;
        let customers = view.customer_names()?;
        let alike = alike(&own, all, &customers);
        let ids = own.iter().map(|contact| contact.id.clone()).collect();
        let (records, _) = self.chosen(view, &Selection::of(Condition::Contact(ids)))?;
        let count = records.len();
        let has_files =
            |it: &&Record| it.status.attachments.iter().any(|file| file.dropped_at.is_none());
        let with_files = records.iter().filter(has_files).map(|it| it.id.clone()).collect();
        let unfinished = records.into_iter().filter(|it| it.status.state.is_unfinished());
        let unfinished = unfinished.map(|record| record.id).collect();
        Ok(KnownPerson { contact, contacts: own, records: count, with_files, unfinished, alike })
    }

    /// The texts in which these people are named or can be reached, of all records.
    pub(super) fn texts_naming(
        &self,
        view: &View<'_>,
        people: &[Contact],
    ) -> Result<Vec<NamedText>> {
        let people = KnownPeople::of(people);
        let records = self.records(view)?;
        let found = records.iter().flat_map(|record| {
            let texts = texts_to_hide(record, &people).into_iter();
            texts.map(|text| NamedText::of(record, &text))
        });
        Ok(found.collect())
    }
}

/// Whether a customer is called as its person is.
fn is_customer_itself(contact: &Contact) -> bool {
    let names = NameReadings::new(&contact.customer);
    contact.person.as_ref().is_some_and(|person| names.is(&person.name))
}

/// Whether somebody is named so that nobody else can be meant: by the id or the whole name.
fn is_certain(contact: &Contact, name: &str) -> bool {
    name.to_uppercase().parse::<ContactId>().is_ok() || folded(contact.name()) == folded(name)
}
