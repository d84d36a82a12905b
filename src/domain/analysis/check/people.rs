//! What is wrong with the customers' people: somebody of the team among them, somebody unknown, somebody
//! erased whom others still know or wait for.

use std::{collections::BTreeMap, convert::Infallible};

use crate::domain::{
    analysis::finding::{Finding, FindingCode, phrase::Phrase},
    base::ids::ContactId,
    deciding::{contacts::nobody_of_the_team, policy::Policy},
    history::{
        contact::{Contact, is_erased, still_known},
        record::Record,
        refusal::Refusal,
    },
};

/// People of customers who are called, or reached, as somebody of the team is, by what is known of them
/// today.
pub(super) fn named_as_team(contacts: &[Contact], policy: &Policy) -> Vec<Finding> {
    let own = contacts.iter().filter(|contact| contact.merged_into.is_none());
    let found = own.filter_map(|contact| match nobody_of_the_team(contact, policy) {
        Err(Refusal::Staff { person, .. }) => {
            let path = format!("contacts/{}", contact.id.file());
            Some(Finding::of(FindingCode::NamedAsTeam).path(path).found(&person))
        }
        _ => None,
    });
    found.collect()
}

/// People who were erased in one clone while another one merged them into somebody who is still known.
pub(super) fn erased_and_known(contacts: &[Contact]) -> Vec<Finding> {
    let people = by_id(contacts);
    let read = |id: &ContactId| Ok::<_, Infallible>(people.get(id).map(|it| (*it).clone()));
    let found = contacts.iter().filter_map(|contact| {
        let Ok(known) = still_known(contact, read);
        let finding = Finding::of(FindingCode::ErasedKnown);
        Some(finding.path(format!("contacts/{}", contact.id.file())).found(&known?.id))
    });
    found.collect()
}

/// People of whom this clone does not know who they are, in one note, and unfinished records of people
/// who were erased meanwhile.
pub(super) fn nameless(records: &[Record], contacts: &[Contact]) -> Vec<Finding> {
    let (people, unknown) = (by_id(contacts), unknown(contacts).len());
    let note = (unknown > 0).then(|| {
        Finding::of(FindingCode::NamesUnknown).path("contacts").found(Phrase::People(unknown))
    });
    let is_erased = |id: &ContactId| people.get(id).is_some_and(|it| is_gone(it, &people));
    let waits = records.iter().filter(|it| it.status.state.is_unfinished()).filter_map(|record| {
        let contact = record.status.contact.as_ref().filter(|id| is_erased(id))?;
        Some(Finding::of(FindingCode::ErasedWaits).record(&record.id).found(contact))
    });
    waits.chain(note).collect()
}

/// Those of whom this clone does not know who they are, though it may.
pub fn unknown(contacts: &[Contact]) -> Vec<&Contact> {
    let people = by_id(contacts);
    let may_be = contacts.iter().filter(|contact| contact.person.is_none());
    may_be.filter(|contact| !is_gone(contact, &people)).collect()
}

fn is_gone(contact: &Contact, people: &BTreeMap<&ContactId, &Contact>) -> bool {
    let read = |id: &ContactId| Ok::<_, Infallible>(people.get(id).map(|it| (*it).clone()));
    is_erased(contact, read).unwrap_or_default()
}

pub(super) fn by_id(contacts: &[Contact]) -> BTreeMap<&ContactId, &Contact> {
    contacts.iter().map(|contact| (&contact.id, contact)).collect()
}
