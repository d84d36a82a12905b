//! A customer's person whom the desk adds or corrects without a record.

use crate::{
    app::{
        contacts::{ContactQuery, overtaken},
        customers::kept_customer,
        desk::OpenDesk,
        persons::{MOST_NEAR, contacts_named, named_with_customer, persons_like},
        step::contact_files,
    },
    audit::message,
    domain::{
        base::{
            personal::personal_values,
            terms::ReachKind,
            text::{LINE, NAME, tidy_line, tidy_visible},
        },
        deciding::{
            contact_change::{
                ContactChange, OF_BRANCH, ToldReach, changed, changed_fields, is_nobody_known,
                name_line,
            },
            contacts::{
                about_nobody, few_enough, may_be_new, names_no_member, nobody_of_the_team,
                reachable, told,
            },
            policy::Policy,
        },
        history::{
            contact::Contact,
            event::FORMAT,
            person::{PersonDetails, PersonField},
            reach::ReachList,
            refusal::Refusal,
            steps::Action,
        },
    },
    error::{Error, Result},
    store::{git::apart::ApartAuthor, view::View},
    words::message::Message,
};

/// Somebody of a customer, as they are told.
#[derive(Clone, Debug)]
pub struct ToldContact {
    pub name: String,
    pub customer: String,
    /// What is said besides.
    pub told: ContactChange,
}

/// A contact that was added or changed, with what is to be said of it.
#[derive(Clone, Debug)]
pub struct ContactUpdate {
    pub contact: Contact,
    pub remarks: Vec<Message>,
}

impl ToldContact {
    /// The same, told apart from others of the name.
    #[must_use]
    pub fn apart_by(&self, namesake: &str) -> Self {
        let mut apart = self.clone();
        apart.told.fields.push((PersonField::Namesake, namesake.to_owned()));
        apart
    }
}

impl OpenDesk<'_> {
    /// Refuses somebody who may add nobody.
    ///
    /// # Errors
    /// What [`Self::actor_as`] gives.
    pub fn may_add_contacts(&self) -> Result<()> {
        let policy = self.view()?.policy()?;
        self.actor_as(&policy, policy.roles.may(Action::Open)).map(|_| ())
    }

    /// Refuses a name that nobody new has, unless something tells them from the team.
    ///
    /// # Errors
    /// [`Refusal::NumberInName`], [`Refusal::Staff`] or [`Refusal::Text`].
    pub fn may_be_called(&self, name: &str) -> Result<()> {
        let policy = self.view()?.policy()?;
        let name = new_name("NAME", name, &policy)?;
        if self.app.options.namesake.is_none() {
            names_no_member(&name, &policy)?;
        }
        Ok(())
    }

    /// Refuses somebody whom [`Self::add_contact`] would not add.
    ///
    /// # Errors
    /// As it.
    pub fn may_be_added(&self, told: &ToldContact) -> Result<()> {
        let (view, policy) = (self.view()?, self.view()?.policy()?);
        let (actor, _) = self.actor_as(&policy, policy.roles.may(Action::Open))?;
        let context = self.seed_context(&view, Action::Open, &actor.person.id)?;
        self.new_contact(&view, &policy, told, &context).map(drop)
    }

    /// Those of a customer whom somebody new may be: of the same name, or one like it, or with one of the
    /// numbers or addresses.
    ///
    /// # Errors
    /// What cannot be read.
    pub fn maybe_known(&self, told: &ToldContact) -> Result<Vec<Contact>> {
        let view = self.view()?;
        let customer = kept_customer(&view, &told.customer)?;
        let mut found = self.called_at(&view, &told.name, Some(&customer), None)?;
        for (_, reach) in &told.told.added {
            found.extend(self.called_at(&view, &reach.at, Some(&customer), None)?);
        }
        found.extend(persons_like(&self.store, &view, &customer, &told.name)?);
        Ok(each_once(found))
    }

    /// Adds somebody of a customer.
    ///
    /// # Errors
    /// Somebody who may not open records, who is known already or is of the team; what cannot be written.
    pub fn add_contact(&self, told: &ToldContact) -> Result<ContactUpdate> {
        let branch = self.store.writing_branch(&self.desk, self.app.options.branch.as_deref())?;
        let (_, done) = self.store.write(&branch, &|notice| self.notice(&notice), |view| {
            let policy = view.policy()?;
            let (actor, _) = self.actor_as(&policy, policy.roles.may(Action::Open))?;
            let context = self.seed_context(view, Action::Open, &actor.person.id)?;
            let contact = self.new_contact(view, &policy, told, &context)?;
            let subject = message::subject_of_new_contact(&contact.id);
            let own = std::slice::from_ref(&contact);
            let mut change = self.plain_change(&actor, "contact", &subject, contact_files(own)?)?;
            let id = self.app.ids.event(change.at, &context)?;
            change.apart = self.store.with_persons(own, ApartAuthor::of(&change), &id)?;
            let remarks = self.maybe_one(view, &contact, None)?;
            Ok::<_, Error>((Some(change), ContactUpdate { contact, remarks }))
        })?;
        Ok(done)
    }

    fn new_contact(
        &self,
        view: &View<'_>,
        policy: &Policy,
        new: &ToldContact,
        seed_context: &str,
    ) -> Result<Contact> {
        let name = new_name("NAME", &new.name, policy)?;
        let customer = kept_customer(view, &new.customer)?;
        let told_anew = tidied(&new.told, policy)?;
        let id = self.free_contact_id(view, seed_context)?;
        let mut person = PersonDetails::named(FORMAT, id.clone(), name);
        for (field, value) in &told_anew.fields {
            person.set(*field, Some(value));
        }
        let named = (person.name.as_str(), person.namesake.as_deref());
        is_nobody_known(&self.called_at(view, named.0, Some(&customer), named.1)?)?;
        for (list, reach) in told_anew.added.iter().rev() {
            person.told(*list, &reach.at, reach.kind);
        }
        told(&person)?;
        reachable(&person, None)?;
        few_enough(&person, None)?;
        let contact = Contact::new(FORMAT, id, customer, person);
        nobody_of_the_team(&contact, policy)?;
        Ok(contact)
    }

    /// Says something anew of a contact, and why.
    ///
    /// # Errors
    /// What [`Self::contact_meant`] gives; somebody who may not open records; what may not be said, or
    /// cannot be written.
    pub fn change_contact(
        &self,
        name: &str,
        change: &ContactChange,
        reason: Option<&str>,
    ) -> Result<ContactUpdate> {
        let branch = self.store.writing_branch(&self.desk, self.app.options.branch.as_deref())?;
        let (_, done) = self.store.write(&branch, &|notice| self.notice(&notice), |view| {
            let policy = view.policy()?;
            let (actor, _) = self.actor_as(&policy, policy.roles.may(Action::Open))?;
            let before = self.contact_meant(view, name, "contact change")?;
            let mut told_anew = tidied(change, &policy)?;
            if let Some(customer) = &mut told_anew.customer {
                *customer = kept_customer(view, customer)?;
            }
            if before.person.is_none() && told_anew.is_of_person() {
                return Err(nobody_here(view, &before));
            }
            let contact = changed(&before, &told_anew, &policy)?;
            let reason = reason.map(|reason| line("--reason", reason)).transpose()?;
            if let Some(reason) = &reason {
                about_nobody(reason, &[before.clone(), contact.clone()])?;
            }
            let fields = changed_fields(&before, &contact);
            let text = message::of_contact_change(&contact.id, &fields, reason.as_deref());
            let mut commit = self.plain_change(&actor, "contact", &text, Vec::new())?;
            let own = std::slice::from_ref(&contact);
            if fields.contains(&OF_BRANCH) {
                commit.files = contact_files(own)?;
            }
            if contact.person != before.person {
                let context = self.seed_context(view, Action::Open, &actor.person.id)?;
                let id = self.app.ids.event(commit.at, &context)?;
                commit.apart = self.store.with_persons(own, ApartAuthor::of(&commit), &id)?;
            }
            let mut remarks = overtaken(&contact, &before);
            if contact.customer == before.customer {
                remarks.extend(self.sharing(view, &contact, Some(&before))?);
            } else {
                remarks.push(moved_on(&contact, &before));
                remarks.extend(self.alike_there(view, &contact)?);
            }
            Ok::<_, Error>((Some(commit), ContactUpdate { contact, remarks }))
        })?;
        Ok(done)
    }

    /// Those of a customer, or of any, who are called so, by name, number or address.
    fn called_at(
        &self,
        view: &View<'_>,
        name: &str,
        customer: Option<&str>,
        namesake: Option<&str>,
    ) -> Result<Vec<Contact>> {
        let named = ContactQuery {
            name: name.to_owned(),
            customer: customer.map(str::to_owned),
            namesake: namesake.map(str::to_owned),
            ..ContactQuery::default()
        };
        contacts_named(&self.store, view, &named)
    }

    /// That others, of the customer or of another one, have numbers or addresses that lead to a contact now,
    /// and did not `before`; what led to somebody once may lead to another by now.
    pub(super) fn sharing(
        &self,
        view: &View<'_>,
        contact: &Contact,
        before: Option<&Contact>,
    ) -> Result<Vec<Message>> {
        let mut others = Vec::new();
        for list in ReachList::ALL {
            let led_before = leading_to(before, *list);
            for at in leading_to(Some(contact), *list) {
                if led_before.iter().any(|known| list.are_one(known, &at)) {
                    continue;
                }
                let mut called = self.called_at(view, &at, None, None)?;
                called.retain(|other| !is_former(other, *list, &at));
                others.extend(called);
            }
        }
        others.retain(|other| other.id != contact.id);
        let names = view.customer_names()?;
        let (own, others): (Vec<_>, Vec<_>) = each_once(others)
            .into_iter()
            .partition(|other| names.are_one(&other.customer, &contact.customer));
        let told = own.into_iter().map(Contact::masked).map(|other| Message::SharedReach {
            contact: contact.id.clone(),
            name: other.name().to_owned(),
            other: other.id,
        });
        let elsewhere = (!others.is_empty()).then(|| Message::SharedElsewhere {
            contact: contact.id.clone(),
            others: others.iter().take(MOST_NEAR).map(named_with_customer).collect(),
            more: others.len().saturating_sub(MOST_NEAR),
        });
        Ok(told.chain(elsewhere).collect())
    }

    /// As [`Self::sharing`], and of somebody new who of the customer has the same name with another title, or
    /// put otherwise.
    pub(super) fn maybe_one(
        &self,
        view: &View<'_>,
        contact: &Contact,
        before: Option<&Contact>,
    ) -> Result<Vec<Message>> {
        let mut told = self.sharing(view, contact, before)?;
        let (None, Some(person)) = (before, &contact.person) else { return Ok(told) };
        let is_told = |it: &Contact| {
            let is_it = |known: &Message| matches!(known, Message::SharedReach { other, .. } if *other == it.id);
            told.iter().any(is_it)
        };
        let mut like = persons_like(&self.store, view, &contact.customer, &person.name)?;
        like.retain(|other| !is_told(other));
        told.extend(like.into_iter().take(MOST_NEAR).map(Contact::masked).map(|other| {
            Message::LikeNamed {
                contact: contact.id.clone(),
                name: other.name().to_owned(),
                other: other.id,
            }
        }));
        Ok(told)
    }

    /// Those of the customer whose person a contact is now who may be the same.
    fn alike_there(&self, view: &View<'_>, contact: &Contact) -> Result<Vec<Message>> {
        let Some(person) = &contact.person else { return Ok(Vec::new()) };
        let mut alike = self.called_at(view, &person.name, Some(&contact.customer), None)?;
        alike.retain(|other| other.namesake() == contact.namesake());
        for list in ReachList::ALL {
            for at in leading_to(Some(contact), *list) {
                let mut called = self.called_at(view, &at, Some(&contact.customer), None)?;
                called.retain(|other| !is_former(other, *list, &at));
                alike.extend(called);
            }
        }
        alike.retain(|other| other.id != contact.id);
        let alike = each_once(alike).into_iter().map(Contact::masked);
        let told = alike.map(|other| Message::AlikeThere {
            contact: contact.id.clone(),
            name: other.name().to_owned(),
            other: other.id,
        });
        Ok(told.collect())
    }
}

/// That a contact belongs to another customer than before.
fn moved_on(contact: &Contact, before: &Contact) -> Message {
    let (now, before) = (contact.customer.clone(), before.customer.clone());
    Message::ContactMoved { contact: contact.id.clone(), before, now }
}

/// The numbers, or the addresses, by which somebody is reached.
fn leading_to(contact: Option<&Contact>, list: ReachList) -> Vec<String> {
    let person = contact.and_then(|contact| contact.person.as_ref());
    let reaches = person.into_iter().flat_map(|person| person.reaches(list));
    reaches.filter(|it| it.kind != ReachKind::Former).map(|it| it.at).collect()
}

/// Whether a number or an address led to somebody once.
fn is_former(contact: &Contact, list: ReachList, at: &str) -> bool {
    let reaches = contact.person.as_ref().map(|person| person.reaches(list)).unwrap_or_default();
    list.find(&reaches, at).is_some_and(|place| reaches[place].kind == ReachKind::Former)
}

/// Why nothing can be said anew of somebody.
fn nobody_here(view: &View<'_>, contact: &Contact) -> Error {
    let id = contact.id.clone();
    if contact.erased.is_some() {
        return Refusal::ContactErased { contact: id }.into();
    }
    if let Err(why) = view.person(&id) {
        return why.into();
    }
    match view.knows_nobody() {
        Ok(true) => Error::NamesNotHere,
        Ok(false) => Error::PersonNotHere { contact: id },
        Err(why) => why.into(),
    }
}

fn each_once(contacts: Vec<Contact>) -> Vec<Contact> {
    let mut each: Vec<Contact> = Vec::new();
    for contact in contacts {
        if each.iter().all(|known| known.id != contact.id) {
            each.push(contact);
        }
    }
    each
}

fn line(flag: &'static str, text: &str) -> Result<String> {
    tidy_line(text, LINE).map_err(|fault| Refusal::Text { flag, fault }.into())
}

/// A name as it is kept; no number, address or id.
fn new_name(flag: &'static str, given: &str, policy: &Policy) -> Result<String> {
    let name = name_line(flag, given, policy)?;
    if may_be_new(&name)? { Ok(name) } else { Err(Refusal::NumberInName { given: name }.into()) }
}

/// What is said of somebody, as it is kept.
fn tidied(change: &ContactChange, policy: &Policy) -> Result<ContactChange> {
    let mut tidy = change.clone();
    for (field, value) in tidy.fields.iter_mut().filter(|(_, value)| !value.is_empty()) {
        *value = match field {
            PersonField::Name => new_name("--name", value, policy)?,
            PersonField::Salutation => visible("--salutation", value, NAME)?,
            PersonField::Namesake => visible("--namesake", value, NAME)?,
        };
        if !personal_values(value).is_empty() {
            return Err(Refusal::NumberInName { given: value.clone() }.into());
        }
    }
    let replaced = tidy.replaced.iter_mut();
    let replaced = replaced.flat_map(|(list, told)| told.iter_mut().map(|it| (*list, it)));
    for (list, ToldReach { at, .. }) in
        tidy.added.iter_mut().map(|(list, told)| (*list, told)).chain(replaced)
    {
        let flag = match list {
            ReachList::Phones => "--phone",
            ReachList::Emails => "--email",
        };
        *at = visible(flag, at, LINE)?;
    }
    Ok(tidy)
}

fn visible(flag: &'static str, text: &str, most: usize) -> Result<String> {
    tidy_visible(text, most).map_err(|fault| Refusal::Text { flag, fault }.into())
}
