//! Which of the customer's persons somebody means.

use std::collections::BTreeMap;

use crate::{
    app::draft::Draft,
    domain::{
        contact::{Contact, Field, phone_digits},
        event::FORMAT,
        ids::ContactId,
        nearest::nearest,
        policy::Policy,
        refusal::Refusal,
    },
    error::{Error, Result},
    store::{self, Store, view::View},
};

/// A customer's person as somebody names them.
#[derive(Clone, Debug, Default)]
pub struct Named {
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

/// The person that was meant.
#[derive(Clone, Debug)]
pub enum Meant {
    Known(Contact),
    /// A known person of whom more is known now.
    Better(Contact),
    New(Contact),
}

impl Meant {
    /// The contact, old or new.
    #[must_use]
    pub fn contact(&self) -> &Contact {
        match self {
            Self::Known(contact) | Self::Better(contact) | Self::New(contact) => contact,
        }
    }
}

/// Refuses a name of the team, or a contact who is somebody of the team: nobody stands in for a
/// customer (P2). A namesake tells a customer's person of the same name apart.
///
/// # Errors
/// [`Refusal::Staff`].
pub fn never_staff(
    policy: &Policy,
    named: &Named,
    found: Option<&Contact>,
) -> std::result::Result<(), Refusal> {
    let apart = named.namesake.is_some() || found.is_some_and(|known| known.namesake.is_some());
    if apart {
        return Ok(());
    }
    let own = found.map(|known| [Some(&known.name), known.email.as_ref()]);
    let said = own.into_iter().flatten().flatten().chain([&named.name]).chain(&named.email);
    for given in said {
        if let Some(person) = policy.people.known_as(given) {
            return Err(Refusal::Staff { given: given.clone(), person: person.id.clone() });
        }
    }
    Ok(())
}

/// Refuses somebody of another customer.
fn same_customer(contact: &Contact, named: &Named) -> std::result::Result<(), Refusal> {
    match &named.customer {
        Some(own) if contact.customer != *own => {
            Err(Refusal::OtherCustomer { own: own.clone(), other: contact.customer.clone() })
        }
        Some(_) | None => Ok(()),
    }
}

/// The contact with this id, name or phone, a merged one followed to the one that took its place;
/// `None` when nobody is called so.
///
/// # Errors
/// [`Error::Namesakes`] when several are, and neither customer nor namesake tells them apart.
pub fn known(store: &Store, view: &View<'_>, named: &Named) -> Result<Option<Contact>> {
    if let Ok(id) = named.name.to_uppercase().parse::<ContactId>() {
        return match view.followed(&id)? {
            Some(contact) => Ok(Some(contact)),
            None => Err(Error::NoContact { given: named.name.clone(), nearest: Vec::new() }),
        };
    }
    let likely = store.called(view, &named.name);
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
    let mut called: Vec<Contact> = Vec::new();
    for contact in contacts.into_iter().filter(|contact| contact.is_called(&named.name)) {
        let contact = view.followed(&contact.id)?.unwrap_or(contact);
        let of_customer =
            named.customer.as_ref().is_none_or(|customer| contact.customer == *customer);
        let that_one =
            named.namesake.as_ref().is_none_or(|text| contact.namesake.as_ref() == Some(text));
        if of_customer && that_one && !called.iter().any(|known| known.id == contact.id) {
            called.push(contact);
        }
    }
    if called.len() > 1 {
        let contacts = called.iter().map(|c| format!("{} ({})", c.id, c.customer)).collect();
        return Err(Error::Namesakes { given: named.name.clone(), contacts });
    }
    Ok(called.pop())
}

/// The names and ids nearest to what was given.
#[must_use]
pub fn like(given: &str, contacts: &[Contact]) -> Vec<String> {
    let names = contacts.iter().filter(|c| c.merged_into.is_none()).map(|c| c.name.as_str());
    let ids = contacts.iter().map(|c| c.id.as_str());
    let near = nearest(given, names.chain(ids));
    let as_id = |near: String| {
        let found = contacts.iter().find(|c| c.name == near);
        found.map_or(near, |contact| contact.id.to_string())
    };
    near.into_iter().map(as_id).collect()
}

impl Draft<'_> {
    /// Who of the record's customer is meant; a new name becomes a new contact in the same commit.
    ///
    /// # Errors
    /// Somebody of the team, or a name that several contacts have.
    pub fn customer_person(&self, given: &str) -> Result<ContactId> {
        let status = &self.record.status;
        let named = Named {
            name: self.line("NAME", given)?,
            customer: Some(status.customer.clone()),
            namesake: self.desk.app.wishes.namesake.clone(),
            ..Named::default()
        };
        if let Some(own) = &status.contact
            && named.namesake.is_none()
            && let Some(contact) = self.view.followed(own)?
            && (contact.is_called(&named.name) || contact.id.as_str() == named.name.to_uppercase())
        {
            self.refuse(never_staff(self.policy, &named, Some(&contact)))?;
            return Ok(contact.id);
        }
        Ok(self.meant(&named)?.contact().id.clone())
    }

    /// Finds or makes the contact, and keeps what is new about it for the commit.
    ///
    /// # Errors
    /// Somebody of the team, or a name that several contacts have.
    pub fn meant(&self, named: &Named) -> Result<Meant> {
        let found = known(&self.desk.store, self.view, named)?;
        self.refuse(never_staff(self.policy, named, found.as_ref()))?;
        let meant = match found {
            Some(contact) => {
                self.refuse(same_customer(&contact, named))?;
                completed(contact, named)
            }
            None if !phone_digits(&named.name).is_empty() => {
                return Err(Error::NoContact { given: named.name.clone(), nearest: Vec::new() });
            }
            None => Meant::New(self.new_contact(named)?),
        };
        self.keep_contact(&meant)?;
        Ok(meant)
    }

    fn new_contact(&self, named: &Named) -> Result<Contact> {
        let id = loop {
            let id = self.desk.app.ids.contact(&self.doing())?;
            if self.view.contact(&id)?.is_none() {
                break id;
            }
        };
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

/// A known contact with what was told about it now; what was not told stays.
fn completed(contact: Contact, named: &Named) -> Meant {
    let mut better = contact.clone();
    for (field, told) in [
        (Field::Phone, &named.phone),
        (Field::Email, &named.email),
        (Field::Site, &named.site),
        (Field::Salutation, &named.salutation),
    ] {
        if told.is_some() {
            better.set(field, told.as_deref());
            better.disputed.remove(&field);
        }
    }
    if better == contact { Meant::Known(contact) } else { Meant::Better(better) }
}
