//! Which of the customer's persons somebody means, and two contacts that are one person.

use crate::{
    app::{
        context::StepContext,
        desk::OpenDesk,
        persons::{
            contact_named, contacts_meant, named_by_id, names_like, only_one, persons_meant,
        },
        step::contact_files,
    },
    audit::message,
    domain::{
        base::{ids::ContactId, text::NAME},
        deciding::{
            self,
            contacts::{Addressee, few_enough, may_be_new, nobody_of_the_team, reachable},
        },
        history::{
            contact::Contact,
            customer::CustomerNames,
            event::FORMAT,
            mask::mask_name,
            person::{PersonDetails, PersonField},
            record::Record,
            refusal::Refusal,
            steps::Action,
        },
    },
    error::{Error, Result},
    store::{layout, view::View},
    words::{label::Label, message::Message, typed::TypedWord},
};

/// A customer's person as somebody names them.
#[derive(Clone, Debug, Default)]
pub struct ContactQuery {
    /// A contact id, a known name or phone, or a new name.
    pub name: String,
    pub customer: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub salutation: Option<String>,
    /// What tells this person from another, or from somebody of the team, of the same name.
    pub namesake: Option<String>,
}

/// A customer's person as a step names them.
#[derive(Clone, Debug)]
pub struct NamedPerson {
    /// A contact id, a known name, its beginning or phone, or a new name.
    pub name: String,
    /// What tells somebody new from those who may be called so.
    pub namesake: Option<String>,
}

impl From<&String> for NamedPerson {
    fn from(name: &String) -> Self {
        Self { name: name.clone(), namesake: None }
    }
}

/// The person that was meant.
#[derive(Clone, Debug)]
pub enum ContactMatch {
    Known(Contact),
    /// Known, and named by a part of the name, or of the number.
    Guessed(Contact, String),
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
            Self::Known(contact)
            | Self::Guessed(contact, _)
            | Self::Better { contact, .. }
            | Self::New(contact) => contact,
        }
    }
}

/// Refuses somebody of another customer.
fn same_customer(
    contact: &Contact,
    named: &ContactQuery,
    customers: &CustomerNames,
) -> std::result::Result<(), Refusal> {
    match &named.customer {
        Some(own) if !customers.are_one(&contact.customer, own) => Err(Refusal::ContactOfOther {
            contact: contact.id.clone(),
            own: own.clone(),
            other: contact.customer.clone(),
        }),
        Some(_) | None => Ok(()),
    }
}

impl OpenDesk<'_> {
    /// An id that no contact has.
    pub(super) fn free_contact_id(&self, view: &View<'_>, seed_context: &str) -> Result<ContactId> {
        let persons = view.persons()?;
        loop {
            let id = self.app.ids.contact(seed_context)?;
            if view.contact(&id)?.is_none() && persons.blob_id(&layout::person(&id))?.is_none() {
                return Ok(id);
            }
        }
    }
}

impl OpenDesk<'_> {
    /// The contact that a command means; who is only a possible match is named as the nearest.
    ///
    /// # Errors
    /// [`Error::SeveralContacts`], [`Error::NamesNotHere`], [`Error::NoContact`]; what cannot be read.
    pub fn contact_meant(
        &self,
        view: &View<'_>,
        name: &str,
        command: &'static str,
    ) -> Result<Contact> {
        let mut found = named_whole(contacts_meant(&self.store, view, name, None)?, name);
        let possible: Vec<_> = found.extract_if(.., |it| is_possible(it, name)).collect();
        match only_one_of(found, name, command)? {
            Some(known) => Ok(known),
            None => Err(self.nobody_meant(view, name, &possible)?),
        }
    }

    /// The contact that is to be seen; a possible match too, which is told.
    ///
    /// # Errors
    /// As [`Self::contact_meant`].
    pub fn contact_seen(
        &self,
        view: &View<'_>,
        name: &str,
        command: &'static str,
    ) -> Result<Contact> {
        let found = named_whole(contacts_meant(&self.store, view, name, None)?, name);
        let Some(known) = only_one_of(found, name, command)? else {
            return Err(self.nobody_meant(view, name, &[])?);
        };
        if is_possible(&known, name) {
            self.app.ui.remark(&self.words.message(&taken_for(&known, name)));
        }
        Ok(known)
    }

    /// That nobody is meant by a name, with those who may be.
    fn nobody_meant(&self, view: &View<'_>, name: &str, possible: &[Contact]) -> Result<Error> {
        if view.knows_nobody()? {
            return Ok(Error::NamesNotHere);
        }
        let contacts = view.contacts().map(|(contacts, _)| contacts).unwrap_or_default();
        self.remark_on_nameless(view, &contacts)?;
        let nearest = if possible.is_empty() {
            names_like(name, &contacts)
        } else {
            possible.iter().map(named_by_id).collect()
        };
        Ok(Error::NoContact { given: name.to_owned(), nearest })
    }

    /// Lets one contact take the place of another; gives the ids of the other and of the one.
    ///
    /// # Errors
    /// Somebody who may not open records; what [`Self::contact_meant`] gives; two that cannot be merged.
    pub fn merge_contacts(&self, from: &str, into: &str) -> Result<(ContactId, ContactId)> {
        let branch = self.store.writing_branch(&self.desk, self.app.options.branch.as_deref())?;
        let (_, merged) = self.store.write(&branch, &|notice| self.notice(&notice), |view| {
            let policy = view.policy()?;
            let (actor, _) = self.actor_as(&policy, policy.roles.may(Action::Open))?;
            let (from, into) = self.both_to_merge(view, from, into)?;
            let changed = deciding::contact_merge::merged(&from, &into, view)?;
            let subject = message::subject_of_contacts(&from.id, &into.id);
            let files = contact_files(&changed)?;
            let change = self.plain_change(&actor, "contact", &subject, files)?;
            Ok::<_, Error>((Some(change), (from.id, into.id)))
        })?;
        Ok(merged)
    }

    /// The two contacts that are meant, each followed to the one that took its place; as they are
    /// called where both lead to the same, for clones may have merged them into each other.
    fn both_to_merge(&self, view: &View<'_>, from: &str, into: &str) -> Result<(Contact, Contact)> {
        let find = |given: &str| self.contact_meant(view, given, "contact merge");
        let ends = (find(from)?, find(into)?);
        let named = |given: &str| -> Result<Option<Contact>> {
            let id = given.to_uppercase().parse::<ContactId>().ok();
            Ok(id.map(|id| view.contact(&id)).transpose()?.flatten())
        };
        let is_circle = ends.0.merged_into.is_some() || ends.1.merged_into.is_some();
        if (ends.0.id == ends.1.id || is_circle)
            && let (Some(from), Some(into)) = (named(from)?, named(into)?)
        {
            return Ok((from, into));
        }
        Ok(ends)
    }
}

/// What is said of new contacts of a record whose own was erased: nobody can tell any more whether they
/// are the same.
pub(super) fn maybe_known_again(
    record: &Record,
    view: &View<'_>,
    matches: &[ContactMatch],
) -> Vec<Message> {
    let addressee = Addressee::of(&record.status, view).unwrap_or_default();
    let new = matches.iter().filter(|_| addressee == Addressee::Other);
    let new = new.filter(|found| matches!(found, ContactMatch::New(_)));
    new.map(|found| Message::MaybeKnownAgain { contact: found.id() }).collect()
}

impl StepContext<'_> {
    /// Who of the record's customer is meant, by a part of the name too; a new name is a new contact.
    ///
    /// # Errors
    /// A name that may be several contacts', or that is somebody of another customer or of the team.
    pub fn customer_person(&self, given: &NamedPerson) -> Result<ContactMatch> {
        let status = &self.record.status;
        let namesake = given.namesake.as_deref();
        let namesake =
            namesake.map(|text| self.visible_line("--namesake", text, NAME)).transpose()?;
        let mut named = ContactQuery {
            name: self.name_line("NAME", &given.name)?,
            customer: Some(status.customer.clone()),
            namesake: namesake.or_else(|| self.desk.app.options.namesake.clone()),
            ..ContactQuery::default()
        };
        let found = persons_meant(&self.desk.store, self.view, self.record, &named)?;
        let Some(contact) = only_one(&named.name, found)? else {
            if TypedWord::is_nobody(&named.name) {
                return self.refuse(Err(Refusal::NamesNobody { given: named.name }));
            }
            return self.matching(&named);
        };
        let is_guess = !contact.is_called(&named.name)
            && (contact.seems_called(&named.name) || contact.may_be_called_in_town(&named.name));
        let own = status.contact.as_ref().map(|own| self.view.followed(own)).transpose()?.flatten();
        if own.is_none_or(|own| own.id != contact.id) {
            named.name = contact.id.to_string();
            self.matching(&named)?;
        }
        Ok(if is_guess {
            ContactMatch::Guessed(contact, given.name.clone())
        } else {
            ContactMatch::Known(contact)
        })
    }

    /// As [`Self::customer_person`], where somebody was named.
    pub fn some_customer_person(
        &self,
        given: Option<&NamedPerson>,
    ) -> Result<Option<ContactMatch>> {
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
                let customers = self.view.customer_names()?;
                self.refuse(same_customer(&contact, named, &customers))?;
                completed(contact, named)
            }
            None if !self.refuse(may_be_new(&named.name))? => {
                if let Some(person) = self.policy.people.known_as(&named.name) {
                    let (given, person) = (named.name.clone(), person.id.clone());
                    return self.refuse(Err(Refusal::Staff { given, person }));
                }
                return Err(Error::NoContact { given: named.name.clone(), nearest: Vec::new() });
            }
            None => {
                self.desk.remark_on_no_names(self.view)?;
                ContactMatch::New(self.new_contact(named)?)
            }
        };
        self.refuse(nobody_of_the_team(meant.contact(), self.policy))?;
        let before = match &meant {
            ContactMatch::Known(contact) | ContactMatch::Guessed(contact, _) => Some(contact),
            ContactMatch::Better { before, .. } => Some(before.as_ref()),
            ContactMatch::New(_) => None,
        };
        if let Some(told) = &meant.contact().person {
            let before = before.and_then(|contact| contact.person.as_ref());
            self.refuse(reachable(told, before))?;
            self.refuse(few_enough(told, before))?;
            self.refuse(deciding::contacts::told(told))?;
        }
        Ok(meant)
    }

    fn new_contact(&self, named: &ContactQuery) -> Result<Contact> {
        let seed_context = self.desk.seed_context(self.view, self.action, &self.actor.person.id)?;
        let id = self.desk.free_contact_id(self.view, &seed_context)?;
        let mut person = PersonDetails::named(FORMAT, id.clone(), named.name.clone());
        person.salutation.clone_from(&named.salutation);
        person.namesake.clone_from(&named.namesake);
        tell(&mut person, named);
        let customer = named.customer.clone().unwrap_or_default();
        Ok(Contact::new(FORMAT, id, customer, person))
    }
}

/// Adds the number and the address that were told, unless they are known.
fn tell(person: &mut PersonDetails, named: &ContactQuery) {
    if let Some(number) = &named.phone {
        person.told_phone(number);
    }
    if let Some(address) = &named.email {
        person.told_email(address);
    }
}

/// A known contact with what was told about it now; what was known stays, but for the salutation.
fn completed(before: Contact, named: &ContactQuery) -> ContactMatch {
    let mut contact = before.clone();
    if let Some(person) = &mut contact.person {
        tell(person, named);
        if named.salutation.is_some() {
            person.salutation.clone_from(&named.salutation);
            person.disputed.remove(&PersonField::Salutation);
        }
    }
    if contact == before {
        ContactMatch::Known(contact)
    } else {
        ContactMatch::Better { contact, before: Box::new(before) }
    }
}

/// The number and the address that come first now where others did before, masked.
pub(super) fn overtaken(contact: &Contact, before: &Contact) -> Vec<Message> {
    let (now, then) = (contact.clone().masked(), before.clone().masked());
    let told = [
        (Label::Phone, before.phone() == contact.phone(), then.phone(), now.phone()),
        (Label::Email, before.email() == contact.email(), then.email(), now.email()),
    ];
    let changed = told.into_iter().filter(|(_, is_same, ..)| !is_same);
    let told = changed.filter_map(|(label, _, before, now)| {
        let (before, now) = (before?.to_owned(), now?.to_owned());
        Some(Message::ContactChanged { contact: contact.id.clone(), label, before, now })
    });
    told.collect()
}

/// Whom the desk takes somebody for who gave this name or number, masked.
pub fn taken_for(contact: &Contact, given: &str) -> Message {
    let shown = contact.clone().masked();
    let parts = [Some(shown.name()), Some(&shown.customer), shown.phone()];
    let parts = parts.into_iter().flatten().map(str::to_owned).collect();
    if is_possible(contact, given) {
        Message::PossibleContact { contact: contact.id.clone(), parts }
    } else {
        Message::KnownCaller { parts }
    }
}

/// Whether somebody has the number that was given but for the code of a town.
pub fn is_possible(contact: &Contact, given: &str) -> bool {
    contact.may_be_called_in_town(given) && !contact.is_called(given)
}

/// Those of these who are called so to the letter, else all: whoever names a contact, and no caller, means
/// nobody whose name only begins so.
fn named_whole(mut found: Vec<Contact>, name: &str) -> Vec<Contact> {
    if found.iter().any(|contact| contact.is_called(name)) {
        found.retain(|contact| contact.is_called(name));
    }
    found
}

/// The only one of these whom a command may mean; `None` of none.
fn only_one_of(found: Vec<Contact>, name: &str, command: &'static str) -> Result<Option<Contact>> {
    only_one(name, found).map_err(|error| match error {
        Error::Namesakes { given, contacts } => Error::SeveralContacts { command, given, contacts },
        other => other,
    })
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
            ContactMatch::Guessed(contact, given) => {
                remarks.push(taken_for(&contact, &given));
                continue;
            }
            ContactMatch::Better { contact, before } => {
                remarks.extend(overtaken(&contact, &before));
                contact
            }
            ContactMatch::New(contact) => {
                let name = mask_name(contact.name());
                remarks.push(Message::NewContact { contact: contact.id.clone(), name });
                contact
            }
        };
        contacts.retain(|known| known.id != contact.id);
        contacts.push(contact);
    }
    contacts
}
