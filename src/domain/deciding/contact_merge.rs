//! Which contacts are one person's, and what makes them so.

use crate::domain::{
    base::ids::ContactId,
    deciding::scene::Lookup,
    history::{
        contact::{Contact, ContactField, followed},
        customer::CustomerNames,
        refusal::Refusal,
    },
};

/// What of two contacts of one customer changes so that the first leads to the other from now on. Neither
/// has been merged already, unless two clones merged them into each other: then a person says here
/// which of them holds.
///
/// # Errors
/// [`Refusal::SameContact`], [`Refusal::ContactsOfTwo`], [`Refusal::ContactErased`],
/// [`Refusal::ContactMerged`] or
/// [`Refusal::Unreadable`].
pub fn merged(
    goes: &Contact,
    into: &Contact,
    lookup: &dyn Lookup,
) -> Result<Vec<Contact>, Refusal> {
    if goes.id == into.id {
        return Err(Refusal::SameContact { contact: goes.id.clone() });
    }
    if let Some(erased) = [goes, into].into_iter().find(|contact| contact.erased.is_some()) {
        return Err(Refusal::ContactErased { contact: erased.id.clone() });
    }
    let end = |contact: &Contact| followed(&contact.id, |id| lookup.contact(id));
    let ends = (end(goes)?, end(into)?);
    // plain git may have merged two into each other: their way ends nowhere
    let leads_on = |end: &Option<Contact>| end.as_ref().is_some_and(|it| it.merged_into.is_some());
    let is_circle = leads_on(&ends.0) && leads_on(&ends.1);
    let leads = |end: &Option<Contact>, to: &Contact| end.as_ref().is_some_and(|it| it.id == to.id);
    let may_go = goes.merged_into.is_none() || is_circle || leads(&ends.0, into);
    let may_hold = into.merged_into.is_none() || is_circle || leads(&ends.1, goes);
    if (crossed(into, goes) || crossed(goes, into) || is_circle) && may_go && may_hold {
        let holds = settled(into, None);
        let goes_there = leads(&ends.0, into) && !is_circle;
        let to = if goes_there { goes.merged_into.clone() } else { Some(into.id.clone()) };
        let mut changed = vec![settled(goes, to), holds];
        changed.retain(|contact| contact != goes && contact != into);
        if !changed.is_empty() {
            return Ok(changed);
        }
    }
    // whom clones merged already is one person, wherever one of them moved it
    if !lookup.are_one_customer(&goes.customer, &into.customer)? {
        let (goes, into) = (goes.customer.clone(), into.customer.clone());
        return Err(Refusal::ContactsOfTwo { goes, into });
    }
    for contact in [goes, into] {
        if let Some(next) = &contact.merged_into {
            let (contact, into) = (contact.id.clone(), next.clone());
            return Err(Refusal::ContactMerged { contact, into });
        }
    }
    Ok(vec![settled(goes, Some(into.id.clone()))])
}

/// The contacts that lead to the same as this one, itself among them: one person's, each of whom was
/// merged into another but the last.
///
/// # Errors
/// What `follow` could not read.
pub fn same_person<E>(
    id: &ContactId,
    all: impl IntoIterator<Item = Contact>,
    follow: impl Fn(&ContactId) -> Result<Option<Contact>, E>,
) -> Result<Vec<Contact>, E> {
    let end = follow(id)?.map_or_else(|| id.clone(), |end| end.id);
    let mut own = Vec::new();
    for contact in all {
        let leads = match &contact.merged_into {
            Some(_) => follow(&contact.id)?.is_some_and(|other| other.id == end),
            None => contact.id == end,
        };
        if leads {
            own.push(contact);
        }
    }
    own.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(own)
}

/// Those who may be one person with these contacts although nobody merged them: of the same customer, with
/// the same name or number. Whom a namesake tells apart only a number gives away.
pub fn alike(
    own: &[Contact],
    all: impl IntoIterator<Item = Contact>,
    customers: &CustomerNames,
) -> Vec<Contact> {
    let may_be = |other: &Contact, one: &Contact| {
        let numbers = one.person.iter().flat_map(|it| &it.phones);
        let is_namesake = other.namesake() == one.namesake() && other.is_called(one.name());
        customers.are_one(&other.customer, &one.customer)
            && (is_namesake || numbers.into_iter().any(|phone| other.is_called(&phone.number)))
    };
    let is_other = |other: &Contact| {
        let is_known = other.person.is_some() && other.merged_into.is_none();
        is_known && own.iter().all(|one| one.id != other.id)
    };
    let others = all.into_iter().filter(is_other);
    others.filter(|other| own.iter().any(|one| may_be(other, one))).collect()
}

/// The contact that leads to another from now on, or holds, whatever clones said of that.
fn settled(contact: &Contact, into: Option<ContactId>) -> Contact {
    let mut settled = Contact { merged_into: into, ..contact.clone() };
    settled.disputed.remove(&ContactField::MergedInto);
    settled
}

/// True for a contact that holds although a clone merged it into `other`.
pub fn crossed(contact: &Contact, other: &Contact) -> bool {
    let values = contact.disputed.get(&ContactField::MergedInto);
    values.is_some_and(|values| values.contains(other.id.as_str()))
}
