//! Which of the customer's persons somebody means.

use crate::{
    app::draft::Draft,
    domain::{
        contact::Contact, event::FORMAT, ids::ContactId, nearest::nearest, policy::Policy,
        refusal::Refusal,
    },
    error::{Error, Result},
    store::view::View,
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

/// Refuses a name of the team: nobody stands in for a customer (P2).
///
/// # Errors
/// [`Refusal::Staff`].
pub fn never_staff(policy: &Policy, named: &Named) -> std::result::Result<(), Refusal> {
    match policy.people.known_as(&named.name) {
        Some(person) if named.namesake.is_none() => Err(Refusal::Staff {
            given: named.name.clone(),
            person: person.id.clone(),
        }),
        Some(_) | None => Ok(()),
    }
}

/// The contact with this id, name or phone; `None` when nobody is called so.
///
/// # Errors
/// [`Error::Namesakes`] when several are, and neither customer nor namesake tells them apart.
pub fn known(view: &View<'_>, named: &Named) -> Result<Option<Contact>> {
    if let Ok(id) = named.name.to_uppercase().parse::<ContactId>() {
        return match view.contact(&id)? {
            Some(contact) => followed(view, contact).map(Some),
            None => Err(Error::NoContact {
                given: named.name.clone(),
                nearest: Vec::new(),
            }),
        };
    }
    let (contacts, _) = view.contacts()?;
    let called = contacts.into_iter().filter(|contact| {
        contact.is_called(&named.name)
            && named
                .customer
                .as_ref()
                .is_none_or(|customer| contact.customer == *customer)
            && named
                .namesake
                .as_ref()
                .is_none_or(|text| contact.namesake.as_ref() == Some(text))
    });
    let mut called: Vec<Contact> = called.collect();
    if called.len() > 1 {
        let contacts = called
            .iter()
            .map(|c| format!("{} ({})", c.id, c.customer))
            .collect();
        return Err(Error::Namesakes {
            given: named.name.clone(),
            contacts,
        });
    }
    Ok(called.pop())
}

/// The contact that took a merged one's place.
fn followed(view: &View<'_>, contact: Contact) -> Result<Contact> {
    match &contact.merged_into {
        Some(into) => Ok(view.contact(into)?.unwrap_or(contact)),
        None => Ok(contact),
    }
}

/// The names and ids nearest to what was given.
#[must_use]
pub fn like(given: &str, contacts: &[Contact]) -> Vec<String> {
    let names = contacts
        .iter()
        .filter(|c| c.merged_into.is_none())
        .map(|c| c.name.as_str());
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
            && let Some(contact) = self.view.contact(own)?
            && (contact.is_called(&named.name) || contact.id.as_str() == named.name.to_uppercase())
        {
            if contact.namesake.is_none() {
                self.refuse(never_staff(self.policy, &named))?;
            }
            return Ok(contact.id);
        }
        Ok(self.meant(&named)?.contact().id.clone())
    }

    /// Finds or makes the contact, and keeps what is new about it for the commit.
    ///
    /// # Errors
    /// Somebody of the team, or a name that several contacts have.
    pub fn meant(&self, named: &Named) -> Result<Meant> {
        let meant = if let Some(contact) = known(self.view, named)? {
            if contact.namesake.is_none() {
                self.refuse(never_staff(self.policy, named))?;
            }
            completed(contact, named)
        } else {
            self.refuse(never_staff(self.policy, named))?;
            Meant::New(self.new_contact(named)?)
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
        })
    }
}

/// A known contact with the fields that were told and not known before.
fn completed(contact: Contact, named: &Named) -> Meant {
    let mut better = contact.clone();
    for (own, told) in [
        (&mut better.phone, &named.phone),
        (&mut better.email, &named.email),
        (&mut better.site, &named.site),
        (&mut better.salutation, &named.salutation),
    ] {
        if told.is_some() {
            own.clone_from(told);
        }
    }
    if better == contact {
        Meant::Known(contact)
    } else {
        Meant::Better(better)
    }
}
