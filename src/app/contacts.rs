//! Which of the customer's persons somebody means.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    app::{context::StepContext, desk::OpenDesk},
    domain::{
        base::{ids::ContactId, nearest::nearest, phone::PhoneNumber, text::folded},
        deciding::contacts::{may_be_new, meant, nobody_of_the_team, reachable},
        history::{
            contact::{Contact, ContactField, mask_name},
            event::FORMAT,
            refusal::Refusal,
        },
    },
    error::{Error, Result},
    store::{self, Store, view::View},
    words::{label::Label, message::Message},
};

/// A customer's person as somebody names them.
#[derive(Clone, Debug, Default)]
pub struct ContactQuery {
    /// A contact id, a known name or phone, or a new name.
    pub name: String,
    pub customer: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub site: Option<String>,
    pub salutation: Option<String>,
    /// What tells this person from another, or from somebody of the team, of the same name.
    pub namesake: Option<String>,
}

/// A part of a name that so many have means none of them.
const MOST_HINTED: usize = 500;

/// The person that was meant.
#[derive(Clone, Debug)]
pub enum ContactMatch {
    Known(Contact),
    /// A known person of whom more is known now, and as they were known.
    Better {
        contact: Contact,
        before: Box<Contact>,
    },
    New(Contact),
}

impl ContactMatch {
    /// Its id.
    pub fn id(&self) -> ContactId {
        self.contact().id.clone()
    }

    /// The contact, old or new.
    pub fn contact(&self) -> &Contact {
        match self {
            Self::Known(contact) | Self::Better { contact, .. } | Self::New(contact) => contact,
        }
    }
}

/// Refuses somebody of another customer.
fn same_customer(contact: &Contact, named: &ContactQuery) -> std::result::Result<(), Refusal> {
    match &named.customer {
        Some(own) if contact.customer != *own => Err(Refusal::ContactOfOther {
            contact: contact.id.clone(),
            own: own.clone(),
            other: contact.customer.clone(),
        }),
        Some(_) | None => Ok(()),
    }
}

/// The contact with this id, name or phone, a merged one followed to the one that took its place;
/// `None` when nobody is called so.
///
/// # Errors
/// [`Error::Namesakes`] when several are, and neither customer nor namesake tells them apart.
pub fn contact_named(
    store: &Store,
    view: &View<'_>,
    named: &ContactQuery,
) -> Result<Option<Contact>> {
    if let Ok(id) = named.name.to_uppercase().parse::<ContactId>() {
        return match view.followed(&id)? {
            Some(contact) => Ok(Some(contact)),
            None => Err(Error::NoContact { given: named.name.clone(), nearest: Vec::new() }),
        };
    }
    let mut called = contacts_named(store, view, named)?;
    if called.len() > 1 {
        let contacts = called.iter().map(|it| (it.id.clone(), it.customer.clone())).collect();
        return Err(Error::Namesakes { given: named.name.clone(), contacts });
    }
    Ok(called.pop())
}

/// Everybody who has this name or phone, merged ones followed to those that took their place.
///
/// # Errors
/// What cannot be read.
pub fn contacts_named(
    store: &Store,
    view: &View<'_>,
    named: &ContactQuery,
) -> Result<Vec<Contact>> {
    let likely = store.contacts_named(view, &named.name);
    let contacts: Vec<Contact> = if let Some(ids) = likely {
        let found = ids.iter().map(|id| view.contact(id)).collect::<store::error::Result<Vec<_>>>();
        found?.into_iter().flatten().collect()
    } else {
        let (contacts, left_out) = view.contacts()?;
        if let Some(fault) = left_out.into_iter().next() {
            return Err(fault.why.into());
        }
        contacts
    };
    let (customer, namesake) = (named.customer.as_deref(), named.namesake.as_deref());
    Ok(meant(contacts, (&named.name, customer, namesake), |id| view.followed(id))?)
}

/// Those whose name, and whose customer where one is named, begin so, merged ones followed to those that
/// took their place.
///
/// # Errors
/// What cannot be read.
pub fn contacts_starting_with(
    store: &Store,
    view: &View<'_>,
    name: &str,
    customer: Option<&str>,
) -> Result<Vec<Contact>> {
    let Some(likely) = store.contacts_holding(view, name).filter(|it| it.len() <= MOST_HINTED)
    else {
        return Ok(Vec::new());
    };
    let mut hinted: Vec<Contact> = Vec::new();
    for id in likely {
        let Some(contact) = view.contact(&id)? else { continue };
        let contact = view.followed(&id)?.unwrap_or(contact);
        let is_meant = contact.seems_called(name)
            && customer.is_none_or(|customer| contact.seems_of(customer));
        if is_meant && hinted.iter().all(|known| known.id != contact.id) {
            hinted.push(contact);
        }
    }
    Ok(hinted)
}

/// The customers of known contacts whose name, or a word of it, begins so, as they are spelled; where one
/// of them is called so, whatever the case and width, only that one.
///
/// # Errors
/// What cannot be read.
pub fn customers_named(store: &Store, view: &View<'_>, given: &str) -> Result<Vec<String>> {
    let contacts: Vec<Contact> = match store.customers_holding(view, given) {
        Some(ids) => {
            let found = ids.iter().map(|id| view.contact(id));
            found.collect::<store::error::Result<Vec<_>>>()?.into_iter().flatten().collect()
        }
        None => view.contacts()?.0,
    };
    let begin = contacts.into_iter().filter(|contact| contact.seems_of(given));
    let customers: BTreeSet<String> = begin.map(|contact| contact.customer).collect();
    let is_called = |customer: &&String| folded(customer) == folded(given);
    let called = customers.get(given).or_else(|| customers.iter().find(is_called)).cloned();
    Ok(called.map_or_else(|| customers.into_iter().collect(), |called| vec![called]))
}

/// The ids that lead to one of these contacts: their own and those of contacts that were merged into
/// them.
///
/// # Errors
/// What cannot be read.
pub fn same_persons(view: &View<'_>, persons: &[Contact]) -> Result<Vec<ContactId>> {
    let (contacts, _) = view.contacts()?;
    let mut ids = Vec::new();
    for other in contacts {
        let end = if other.merged_into.is_some() { view.followed(&other.id)? } else { None };
        let end = end.map_or_else(|| other.id.clone(), |end| end.id);
        if persons.iter().any(|person| person.id == end) {
            ids.push(other.id);
        }
    }
    Ok(ids)
}

/// The names and ids nearest to what was given.
pub fn names_like(given: &str, contacts: &[Contact]) -> Vec<String> {
    let names = contacts.iter().filter(|c| c.merged_into.is_none()).map(|c| c.name.as_str());
    let ids = contacts.iter().map(|c| c.id.as_str());
    let near = nearest(given, names.chain(ids));
    let as_id = |near: String| {
        let found = contacts.iter().find(|c| c.name == near);
        found.map_or(near, |contact| contact.id.to_string())
    };
    near.into_iter().map(as_id).collect()
}

impl OpenDesk<'_> {
    /// An id that no contact has.
    pub(super) fn free_contact_id(&self, view: &View<'_>, seed_context: &str) -> Result<ContactId> {
        loop {
            let id = self.app.ids.contact(seed_context)?;
            if view.contact(&id)?.is_none() {
                return Ok(id);
            }
        }
    }
}

impl StepContext<'_> {
    /// Who of the record's customer is meant; a new name is a new contact.
    ///
    /// # Errors
    /// A name that several contacts have, or that is somebody of another customer or of the team.
    pub fn customer_person(&self, given: &str) -> Result<ContactMatch> {
        let status = &self.record.status;
        let named = ContactQuery {
            name: self.line("NAME", given)?,
            customer: Some(status.customer.clone()),
            namesake: self.desk.app.options.namesake.clone(),
            ..ContactQuery::default()
        };
        if let Some(own) = &status.contact
            && named.namesake.is_none()
            && let Some(contact) = self.view.followed(own)?
            && (contact.is_called(&named.name) || contact.id.as_str() == named.name.to_uppercase())
        {
            return Ok(ContactMatch::Known(contact));
        }
        self.matching(&named)
    }

    /// As [`Self::customer_person`], where somebody was named.
    pub fn some_customer_person(&self, given: Option<&String>) -> Result<Option<ContactMatch>> {
        given.map(|given| self.customer_person(given)).transpose()
    }

    /// Finds the contact, or makes a new one.
    ///
    /// # Errors
    /// A name that several contacts have, or that is somebody of another customer or of the team.
    pub fn matching(&self, named: &ContactQuery) -> Result<ContactMatch> {
        let found = contact_named(&self.desk.store, self.view, named)?;
        let meant = match found {
            Some(contact) => {
                self.refuse(same_customer(&contact, named))?;
                completed(contact, named)
            }
            None if !self.refuse(may_be_new(&named.name))? => {
                return Err(Error::NoContact { given: named.name.clone(), nearest: Vec::new() });
            }
            None => ContactMatch::New(self.new_contact(named)?),
        };
        self.refuse(nobody_of_the_team(meant.contact(), self.policy))?;
        let before = match &meant {
            ContactMatch::Known(contact) => Some(contact),
            ContactMatch::Better { before, .. } => Some(before.as_ref()),
            ContactMatch::New(_) => None,
        };
        self.refuse(reachable(meant.contact(), before))?;
        Ok(meant)
    }

    fn new_contact(&self, named: &ContactQuery) -> Result<Contact> {
        let seed_context = self.desk.seed_context(self.view, self.action, &self.actor.person.id)?;
        let id = self.desk.free_contact_id(self.view, &seed_context)?;
        Ok(Contact {
            format: FORMAT,
            id,
            name: named.name.clone(),
            salutation: named.salutation.clone(),
            phone: named.phone.clone(),
            email: named.email.clone(),
            site: named.site.clone(),
            customer: named.customer.clone().unwrap_or_default(),
            namesake: named.namesake.clone(),
            merged_into: None,
            disputed: BTreeMap::new(),
        })
    }
}

/// A known contact with what was told about it now; what was not told stays, and so does a number
/// that is only written in another way.
fn completed(before: Contact, named: &ContactQuery) -> ContactMatch {
    let mut contact = before.clone();
    for (field, told) in [
        (ContactField::Phone, &named.phone),
        (ContactField::Email, &named.email),
        (ContactField::Site, &named.site),
        (ContactField::Salutation, &named.salutation),
    ] {
        let same_number = field == ContactField::Phone && is_same_number(&before, told.as_ref());
        if told.is_some() && !same_number {
            contact.set(field, told.as_deref());
            contact.disputed.remove(&field);
        }
    }
    if contact == before {
        ContactMatch::Known(contact)
    } else {
        ContactMatch::Better { contact, before: Box::new(before) }
    }
}

/// True for the number that a contact has, of which no two clones say otherwise.
fn is_same_number(contact: &Contact, told: Option<&String>) -> bool {
    let numbers = contact.phone.as_deref().and_then(PhoneNumber::read);
    let numbers = numbers.zip(told.and_then(|told| PhoneNumber::read(told)));
    !contact.disputed.contains_key(&ContactField::Phone)
        && numbers.is_some_and(|(own, told)| own.is_same(&told))
}

/// What was known of a contact and is something else now, masked, with what it was.
fn overwritten(contact: &Contact, before: &Contact) -> Vec<Message> {
    let (now, then) = (contact.clone().masked(), before.clone().masked());
    let fields = [
        (ContactField::Phone, Label::Phone),
        (ContactField::Email, Label::Email),
        (ContactField::Site, Label::Site),
    ];
    let changed = fields.into_iter().filter(|(field, _)| contact.get(*field) != before.get(*field));
    let told = changed.filter_map(|(field, label)| {
        let (before, now) = (then.get(field)?.to_owned(), now.get(field)?.to_owned());
        Some(Message::ContactChanged { contact: contact.id.clone(), label, before, now })
    });
    told.collect()
}

/// The contacts that the commit brings; new ones are remarked on.
pub(super) fn new_or_better(
    matches: Vec<ContactMatch>,
    remarks: &mut Vec<Message>,
) -> Vec<Contact> {
    let mut contacts: Vec<Contact> = Vec::new();
    for found in matches {
        let contact = match found {
            ContactMatch::Known(_) => continue,
            ContactMatch::Better { contact, before } => {
                remarks.extend(overwritten(&contact, &before));
                contact
            }
            ContactMatch::New(contact) => {
                let name = mask_name(&contact.name);
                remarks.push(Message::NewContact { contact: contact.id.clone(), name });
                contact
            }
        };
        contacts.retain(|known| known.id != contact.id);
        contacts.push(contact);
    }
    contacts
}
