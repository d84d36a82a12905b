//! Clones that merged two into each other: one of them holds, or both would be gone from every list.

use crate::domain::{
    base::ids::{ContactId, RecordId},
    history::{
        contact::{Contact, ContactField, MOST_MERGES},
        record::Record,
    },
};

/// The records through which a merged one leads back to itself, itself the first; none where it leads
/// somewhere.
///
/// # Errors
/// What `find` could not read.
fn members<T, K: Ord + Clone, E>(
    first: T,
    next: impl Fn(&T) -> Option<K>,
    own: impl Fn(&T) -> K,
    find: impl Fn(&K) -> Result<Option<T>, E>,
) -> Result<Vec<T>, E> {
    let start = own(&first);
    let mut all = vec![first];
    while let Some(id) = all.last().and_then(&next) {
        if id == start {
            return Ok(all);
        }
        match find(&id)? {
            Some(found) if all.len() < MOST_MERGES => all.push(found),
            _ => break,
        }
    }
    Ok(Vec::new())
}

/// The record of a circle whose merge came last, with that merge set aside; `None` where `record`
/// leads somewhere. It does not matter with which record of the circle one begins.
///
/// # Errors
/// What `find` could not read.
pub fn crossed<E>(
    record: &Record,
    find: impl Fn(&RecordId) -> Result<Option<Record>, E>,
) -> Result<Option<Record>, E> {
    let next = |record: &Record| record.status.merged_into.as_ref().map(|into| into.record.clone());
    let circle = members(record.clone(), next, |record| record.id.clone(), find)?;
    let merges = circle.iter().filter_map(|record| Some((record.merge()?, record)));
    let Some((event, last)) = merges.max_by_key(|(event, _)| *event) else { return Ok(None) };
    let mut holds = last.clone();
    holds.crossed.insert(event.clone());
    holds.status = holds.replay();
    Ok(Some(holds))
}

/// The contact of a circle with the greatest id, which holds: both clones took them for one person, and
/// that they stay. Its own merge is disputed until a person says which of them is to hold. `None` where
/// `contact` leads somewhere.
///
/// # Errors
/// What `find` could not read.
pub fn held<E>(
    contact: &Contact,
    find: impl Fn(&ContactId) -> Result<Option<Contact>, E>,
) -> Result<Option<Contact>, E> {
    let next = |contact: &Contact| contact.merged_into.clone();
    let circle = members(contact.clone(), next, |contact| contact.id.clone(), find)?;
    let Some(mut holds) = circle.into_iter().max_by(|a, b| a.id.cmp(&b.id)) else {
        return Ok(None);
    };
    let into = holds.merged_into.take().map(|into| into.to_string()).unwrap_or_default();
    let disputed = holds.disputed.entry(ContactField::MergedInto).or_default();
    disputed.extend([String::new(), into]);
    Ok(Some(holds))
}

#[cfg(test)]
mod tests {
    use std::{
        collections::{BTreeMap, BTreeSet},
        convert::Infallible,
    };

    use super::*;

    fn contact(id: &str, into: Option<&str>) -> Contact {
        Contact {
            format: 1,
            id: id.parse().unwrap(),
            customer: "ACME".to_owned(),
            merged_into: into.map(|id| id.parse().unwrap()),
            erased: None,
            disputed: BTreeMap::new(),
            person: None,
        }
    }

    #[test]
    fn one_of_a_circle_holds_wherever_one_begins_and_who_leads_into_it_is_no_member() {
        let [one, two, three] = ["C-AAAAA", "C-BBBBB", "C-CCCCC"];
        let circle =
            [contact(one, Some(three)), contact(two, Some(one)), contact(three, Some(two))];
        let beside = contact("C-DDDDD", Some(two));
        let find = |id: &ContactId| {
            Ok::<_, Infallible>(circle.iter().find(|contact| contact.id == *id).cloned())
        };
        let mut holds = contact(three, None);
        let values = BTreeSet::from([String::new(), two.to_owned()]);
        holds.disputed.insert(ContactField::MergedInto, values);
        for member in &circle {
            assert_eq!(held(member, find), Ok(Some(holds.clone())));
        }
        assert_eq!(held(&beside, find), Ok(None));
        assert_eq!(held(&contact(one, None), find), Ok(None));
    }
}
