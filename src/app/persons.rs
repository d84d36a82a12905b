//! Which of the contacts that the desk knows somebody means.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    app::contacts::ContactQuery,
    domain::{
        base::{
            characters::clean_line,
            companies::nearest_companies,
            country::calling_code,
            ids::ContactId,
            names::{NameReadings, look_alike},
            nearest::{nearest, nearest_names},
            phone::PhoneNumber,
            text::folded,
        },
        deciding::{contact_merge::same_person, contacts::meant},
        history::{contact::Contact, mask::mask_name, record::Record},
    },
    error::{Error, Result},
    store::{self, Store, view::View},
};

/// A part of a name that so many have means none of them.
const MOST_HINTED: usize = 500;

/// So many who may have been meant are named.
pub const MOST_NEAR: usize = 5;

/// The only one of these; `None` of none.
///
/// # Errors
/// [`Error::Namesakes`] of several.
pub fn only_one(given: &str, mut contacts: Vec<Contact>) -> Result<Option<Contact>> {
    if contacts.len() > 1 {
        let contacts = contacts.into_iter().map(Contact::masked);
        let contacts =
            contacts.map(|it| (it.id.clone(), it.name().to_owned(), it.customer)).collect();
        return Err(Error::Namesakes { given: given.to_owned(), contacts });
    }
    Ok(contacts.pop())
}

/// Everybody who may be meant by an id, a name, its beginning or a phone, if need be without the code of
/// its town, of a customer where the beginning of one's name is told. Who is called so to the letter is
/// meant, whoever else of that customer has a name that begins so; where none is told it may be the beginning
/// of somebody's name at another one.
///
/// # Errors
/// What cannot be read.
pub fn contacts_meant(
    store: &Store,
    view: &View<'_>,
    given: &str,
    customer: Option<&str>,
) -> Result<Vec<Contact>> {
    let given = given.trim();
    if let Ok(id) = given.to_uppercase().parse::<ContactId>() {
        return Ok(contact_of_id(view, &id)?.into_iter().collect());
    }
    let customers = customer.map(|it| customers_named(store, view, it)).transpose()?;
    let listed = view.customer_names()?;
    let is_there = |contact: &Contact| {
        let is_one = |customer: &String| listed.are_one(customer, &contact.customer);
        customers.as_ref().is_none_or(|customers| customers.iter().any(is_one))
    };
    let named = ContactQuery { name: given.to_owned(), ..ContactQuery::default() };
    let mut called = contacts_named(store, view, &named)?;
    called.retain(is_there);
    if !called.is_empty() && customers.is_some() {
        return Ok(called);
    }
    let own: Vec<String> = called.iter().map(|known| known.customer.clone()).collect();
    let is_elsewhere =
        |contact: &Contact| own.iter().all(|own| !listed.are_one(own, &contact.customer));
    let alike = match customers.as_deref() {
        Some([only]) => persons_of(store, view, only, given)?,
        Some(_) | None => contacts_holding(store, view, given)?,
    };
    let alike = alike.into_iter().filter(|it| it.seems_called(given) && is_there(it));
    for contact in alike.filter(is_elsewhere) {
        if called.iter().all(|known| known.id != contact.id) {
            called.push(contact);
        }
    }
    if called.is_empty() {
        called = called_in_town(store, view, given)?;
        called.retain(is_there);
    }
    Ok(called)
}

/// The contact with an id, a merged one followed to the one that took its place. Who was erased is nobody
/// else, whomever another clone took them for.
fn contact_of_id(view: &View<'_>, id: &ContactId) -> Result<Option<Contact>> {
    let own = view.contact(id)?.filter(|own| own.erased.is_some());
    Ok(own.map_or_else(|| view.followed(id), |own| Ok(Some(own)))?)
}

/// Those who have this number but for the code of a town, merged ones followed to those that took their
/// place.
fn called_in_town(store: &Store, view: &View<'_>, given: &str) -> Result<Vec<Contact>> {
    if PhoneNumber::read(given).is_none() {
        return Ok(Vec::new());
    }
    let alike = read(view, store.contacts_named(view, given))?.into_iter();
    let mut found: Vec<Contact> = Vec::new();
    for contact in alike.filter(|it| it.may_be_called_in_town(given)) {
        let contact = view.followed(&contact.id)?.unwrap_or(contact);
        if found.iter().all(|known| known.id != contact.id) {
            found.push(contact);
        }
    }
    Ok(found)
}

/// Those of a record's customer who may be meant by an id, a name, its beginning or a phone: whom the
/// record names, else who is called so, else those whose name, or a word of it, begins so, or who have the
/// number but for the code of a town.
///
/// # Errors
/// What cannot be read.
pub fn persons_meant(
    store: &Store,
    view: &View<'_>,
    record: &Record,
    named: &ContactQuery,
) -> Result<Vec<Contact>> {
    let (status, given) = (&record.status, named.name.as_str());
    let own = status.contact.as_ref().map(|own| view.followed(own)).transpose()?.flatten();
    let own = own.filter(|_| named.namesake.is_none());
    let id = given.to_uppercase().parse::<ContactId>().ok();
    let is_own = |own: &Contact| own.is_called(given) || id.as_ref() == Some(&own.id);
    if let Some(own) = own.clone().filter(is_own) {
        return Ok(vec![own]);
    }
    if let Some(id) = id {
        return Ok(contact_of_id(view, &id)?.into_iter().collect());
    }
    let called = contacts_named(store, view, named)?;
    if !called.is_empty() || named.namesake.is_some() {
        return Ok(called);
    }
    let mut alike = persons_of(store, view, &status.customer, given)?;
    if let Some(own) = own.filter(|own| alike.iter().all(|known| known.id != own.id)) {
        alike.push(own);
    }
    alike.retain(|contact| contact.seems_called(given));
    if alike.is_empty() {
        let listed = view.customer_names()?;
        alike = called_in_town(store, view, given)?;
        alike.retain(|contact| listed.are_one(&contact.customer, &status.customer));
    }
    Ok(alike)
}

/// The persons of a customer in whose name a part stands, merged ones followed to those that took their
/// place; nobody who was erased.
///
/// # Errors
/// What cannot be read.
pub fn persons_of(
    store: &Store,
    view: &View<'_>,
    customer: &str,
    part: &str,
) -> Result<Vec<Contact>> {
    let (names, mut persons) = (view.customer_names()?, Vec::<Contact>::new());
    for contact in read(view, store.contacts_of(view, &names.spellings(customer), part))? {
        let contact = view.followed(&contact.id)?.unwrap_or(contact);
        let is_new = persons.iter().all(|known| known.id != contact.id);
        if is_new && contact.erased.is_none() && names.are_one(&contact.customer, customer) {
            persons.push(contact);
        }
    }
    Ok(persons)
}

/// The persons of a customer whose whole name is that which is told, but for a title and how it is put.
///
/// # Errors
/// What cannot be read.
pub fn persons_like(
    store: &Store,
    view: &View<'_>,
    customer: &str,
    name: &str,
) -> Result<Vec<Contact>> {
    let (told, mut like) = (NameReadings::new(name), persons_of(store, view, customer, "")?);
    like.retain(|known| known.person.is_some() && !known.is_called(name) && told.is(known.name()));
    Ok(like)
}

/// What the customers of known contacts are called in them.
///
/// # Errors
/// What cannot be read.
pub fn customers_of_contacts(store: &Store, view: &View<'_>) -> Result<BTreeSet<String>> {
    let (customers, changed) = store.customers(view).unzip();
    let contacts = read(view, changed)?.into_iter().map(|contact| contact.customer);
    let mut customers: BTreeSet<String> = customers.unwrap_or_default();
    customers.extend(contacts);
    Ok(customers)
}

/// These contacts; all where the cache could not say which.
fn read(view: &View<'_>, likely: Option<Vec<ContactId>>) -> Result<Vec<Contact>> {
    if let Some(ids) = likely {
        let found = ids.iter().map(|id| view.contact(id)).collect::<store::error::Result<Vec<_>>>();
        return Ok(found?.into_iter().flatten().collect());
    }
    let (contacts, left_out) = view.contacts()?;
    match left_out.into_iter().next() {
        Some(fault) => Err(fault.why.into()),
        None => Ok(contacts),
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
        return match contact_of_id(view, &id)? {
            Some(contact) => Ok(Some(contact)),
            None => Err(Error::NoContact { given: named.name.clone(), nearest: Vec::new() }),
        };
    }
    only_one(&named.name, contacts_named(store, view, named)?)
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
    let country = view.desk()?.and_then(|desk| desk.country);
    let code = country.as_deref().and_then(calling_code);
    // a number that says no country is one of the desk's
    let whole = code.and_then(|code| PhoneNumber::from_abroad(&named.name, code));
    let name = whole.as_ref().unwrap_or(&named.name);
    let mut contacts = read(view, store.contacts_named(view, name))?;
    if let Some(code) = code {
        let may_have = |contact: &Contact| {
            contact.person.as_ref().is_none_or(|person| person.may_have(name, code))
        };
        contacts.retain(may_have);
    }
    let (customer, namesake) = (named.customer.as_deref(), named.namesake.as_deref());
    let (listed, told) = (view.customer_names()?, (name.as_str(), customer, namesake));
    Ok(meant(contacts, told, &listed, |id| view.followed(id))?)
}

/// Those in whose name a part stands, merged ones followed to those that took their place; nobody of
/// too many.
fn contacts_holding(store: &Store, view: &View<'_>, part: &str) -> Result<Vec<Contact>> {
    let likely = store.contacts_holding(view, part);
    if likely.as_ref().is_some_and(|likely| likely.len() > MOST_HINTED) {
        return Ok(Vec::new());
    }
    let contacts = read(view, likely)?.into_iter();
    let followed = contacts.map(|it| Ok(view.followed(&it.id)?.unwrap_or(it)));
    followed.collect()
}

/// The listed customer that is called so, by its present name; else the customers of known contacts whose
/// name, or a word of it, begins so, as they are spelled, and where one of them is called so, whatever the
/// case and width, only that one.
///
/// # Errors
/// What cannot be read.
pub fn customers_named(store: &Store, view: &View<'_>, given: &str) -> Result<Vec<String>> {
    let listed = view.customer_names()?.listed(given).map(|id| view.customer(id)).transpose()?;
    if let Some(customer) = listed.flatten() {
        return Ok(vec![customer.name]);
    }
    let contacts = read(view, store.customers_holding(view, given))?;
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
pub fn same_persons(store: &Store, view: &View<'_>, persons: &[Contact]) -> Result<Vec<ContactId>> {
    let merged = match store.contacts_merged(view) {
        Some(ids) => read(view, Some(ids))?,
        None => view.contacts()?.0,
    };
    let all = persons.iter().cloned().chain(merged).map(|it| (it.id.clone(), it));
    let contacts: BTreeMap<_, _> = all.collect();
    let mut ids = Vec::new();
    for person in persons {
        let own = same_person(&person.id, contacts.values().cloned(), |id| view.followed(id))?;
        ids.extend(own.into_iter().map(|contact| contact.id));
    }
    Ok(ids)
}

/// The customers whose name looks like what was given, or may be another spelling of it: the listed ones
/// first, each by its present name, then those of known contacts.
///
/// # Errors
/// What cannot be read.
pub fn customers_near(store: &Store, view: &View<'_>, given: &str) -> Result<Vec<String>> {
    let (known, names) = (customers_of_contacts(store, view)?, view.customer_names()?);
    let alike = |names: &[&'_ str]| -> Vec<String> {
        let looking = names.iter().copied().filter(|name| look_alike(name, given));
        let near = nearest_companies(given, names.iter().copied());
        looking.chain(near).map(str::to_owned).collect()
    };
    let listed: Vec<&str> = names.iter().map(|(name, _)| name).collect();
    let ids = alike(&listed).into_iter().filter_map(|name| names.listed(&name).cloned());
    let customers = ids.map(|id| view.customer(&id)).collect::<store::error::Result<Vec<_>>>()?;
    let is_other = |name: &&str| names.listed(name).is_none() && *name != given;
    let unlisted: Vec<&str> = known.iter().map(String::as_str).filter(is_other).collect();
    let of_contacts = alike(&unlisted).into_iter();
    let near = customers.into_iter().flatten().map(|customer| customer.name).chain(of_contacts);
    let mut each = BTreeSet::new();
    Ok(near.filter(|name| each.insert(folded(name))).collect())
}

/// The contacts whose name or id is nearest to what was given: the id with the masked name.
pub fn names_like(given: &str, contacts: &[Contact]) -> Vec<String> {
    let known: Vec<&Contact> = contacts.iter().filter(|it| it.merged_into.is_none()).collect();
    let names: Vec<&str> = known.iter().map(|contact| contact.name()).collect();
    let ids = nearest(given, known.iter().map(|contact| contact.id.as_str()));
    let names = nearest_names(given, &names);
    let is_near = |contact: &&&Contact| {
        names.contains(&contact.name()) || ids.iter().any(|id| contact.id.as_str() == id)
    };
    let near = known.iter().filter(is_near).take(MOST_NEAR);
    near.map(|contact| named_by_id(contact)).collect()
}

/// A contact as one is proposed: the id with the masked name.
pub fn named_by_id(contact: &Contact) -> String {
    format!("{} ({})", contact.id, mask_name(contact.name()))
}

/// As [`named_by_id`], with the customer whose person it is.
pub fn named_with_customer(contact: &Contact) -> String {
    format!("{} ({}, {})", contact.id, mask_name(contact.name()), clean_line(&contact.customer))
}
