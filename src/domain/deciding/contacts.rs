//! Which of a customer's persons may be named in a step (P2).

use crate::domain::{
    base::{
        characters::{half_width, unified},
        ids::{ContactId, RecordId},
        names::is_title,
        phone::PhoneNumber,
        terms::Role,
        text::{LINE, NAME, folded, tidy_line, tidy_visible},
    },
    deciding::{
        facts::tidy,
        personal::plain_reason,
        policy::Policy,
        scene::{Lookup, Scene},
    },
    history::{
        contact::{Contact, Erasure, ReachedContact, followed, reached},
        customer::CustomerNames,
        person::{PersonDetails, PersonField},
        reach::ReachList,
        refusal::{Refusal, Vocabulary},
        status::Status,
    },
};

/// Those whom somebody means by a name or a phone, each followed to the one that took its place; of
/// this customer, by whichever of its `names`, and with this namesake, where that is said. No match means
/// a new contact.
///
/// # Errors
/// What `follow` could not read.
pub fn meant<E>(
    contacts: impl IntoIterator<Item = Contact>,
    (name, customer, namesake): (&str, Option<&str>, Option<&str>),
    names: &CustomerNames,
    follow: impl Fn(&ContactId) -> Result<Option<Contact>, E>,
) -> Result<Vec<Contact>, E> {
    let mut meant: Vec<Contact> = Vec::new();
    let (mut called, mut others): (Vec<Contact>, Vec<Contact>) =
        contacts.into_iter().partition(|contact| contact.is_called(name));
    if called.is_empty() {
        others.retain(|contact| contact.may_be_called(name));
        called = others;
    }
    for contact in called {
        let contact = follow(&contact.id)?.unwrap_or(contact);
        let of_customer =
            customer.is_none_or(|customer| names.are_one(&contact.customer, customer));
        let that_one = namesake.is_none_or(|text| contact.namesake() == Some(text));
        if of_customer && that_one && !meant.iter().any(|known| known.id == contact.id) {
            meant.push(contact);
        }
    }
    Ok(meant)
}

/// Whether somebody new may be called so: a number, an address or an id is looked up instead. Commands and
/// the remote's hook enforce it: the history has no names, so the audit cannot say how somebody was called
/// then.
///
/// # Errors
/// [`Refusal::NumberInName`] where a number stands in the name, by which nobody would be found.
pub fn may_be_new(name: &str) -> Result<bool, Refusal> {
    let is_id = name.to_uppercase().parse::<ContactId>().is_ok();
    if is_id
        || PhoneNumber::read(name).is_some()
        || is_address(&name.trim().chars().map(half_width).collect::<String>())
    {
        return Ok(false);
    }
    let digits = name.chars().filter(|c| unified(*c).is_ascii_digit()).count();
    if digits >= 7 {
        return Err(Refusal::NumberInName { given: name.to_owned() });
    }
    Ok(true)
}

/// Refuses a name that nobody new has, where `old` was not called so.
///
/// # Errors
/// [`Refusal::NumberInName`].
pub fn has_name(person: &PersonDetails, old: Option<&PersonDetails>) -> Result<(), Refusal> {
    let is_new = old.is_none_or(|old| old.name != person.name);
    if is_new && !may_be_new(&person.name)? {
        return Err(Refusal::NumberInName { given: person.name.clone() });
    }
    Ok(())
}

/// Refuses a contact that is none of the record's customer, or that is somebody of the team, who
/// would stand in for the customer.
pub fn speaks(id: &ContactId, scene: &Scene<'_>) -> Result<(), Refusal> {
    let contact = fits(id, scene)?;
    nobody_of_the_team(&contact, scene.policy)
}

/// Refuses a contact that is none of the record's customer, or that another one took the place of.
/// Whom the record itself names belongs to its customer, whatever the customer is called by now,
/// and whoever has joined the team since.
///
/// # Errors
/// [`Refusal::Unknown`], [`Refusal::ContactErased`], [`Refusal::ContactMerged`],
/// [`Refusal::ContactOfOther`] or [`Refusal::Staff`].
pub fn fits(id: &ContactId, scene: &Scene<'_>) -> Result<Contact, Refusal> {
    let status = &scene.record.status;
    let found = scene.lookup.contact(id)?;
    let contact =
        found.ok_or_else(|| Refusal::unknown(Vocabulary::Contact, id.as_str(), Vec::new()))?;
    if contact.erased.is_some() {
        return Err(Refusal::ContactErased { contact: id.clone() });
    }
    if let Some(into) = &contact.merged_into
        && scene.record.intake.cause.is_none()
    {
        return Err(Refusal::ContactMerged { contact: id.clone(), into: into.clone() });
    }
    if is_own(id, scene)? {
        return Ok(contact);
    }
    if !scene.lookup.are_one_customer(&contact.customer, &status.customer)? {
        return Err(Refusal::ContactOfOther {
            contact: id.clone(),
            own: status.customer.clone(),
            other: contact.customer,
        });
    }
    nobody_of_the_team(&contact, scene.policy).map(|()| contact)
}

/// With whom of the customer a record goes on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Addressee {
    /// The contact whom it names, or whoever a step names.
    #[default]
    Contact,
    /// Somebody else of the customer, for the contact was erased.
    Other,
}

impl Addressee {
    /// With whom a record goes on. Somebody may be erased in one clone while another opens a record of
    /// theirs.
    ///
    /// # Errors
    /// [`Refusal::Unreadable`].
    pub fn of(status: &Status, lookup: &dyn Lookup) -> Result<Self, Refusal> {
        let Some(id) = &status.contact else { return Ok(Self::Contact) };
        Ok(match reached(id, |id| lookup.contact(id))? {
            ReachedContact::Erased(_) => Self::Other,
            ReachedContact::Known(_) | ReachedContact::Nobody => Self::Contact,
        })
    }
}

/// True for the contact that the record was opened with, or the one that took its place.
fn is_own(id: &ContactId, scene: &Scene<'_>) -> Result<bool, Refusal> {
    // what an opening names is judged by what the customer is called; what opened by itself names
    // whom the other record named
    let intake = &scene.record.intake;
    if scene.record.history.is_empty() && intake.cause.is_none() {
        return Ok(false);
    }
    let Some(own) = &scene.record.status.contact else {
        return Ok(false);
    };
    let contact = followed(own, |id| scene.lookup.contact(id))?;
    Ok(own == id || contact.is_some_and(|contact| contact.id == *id))
}

/// Refuses a contact whose name or address is one of the team's. A namesake tells a customer's
/// person of the same name apart.
///
/// # Errors
/// [`Refusal::Staff`].
pub fn nobody_of_the_team(contact: &Contact, policy: &Policy) -> Result<(), Refusal> {
    let Some(person) = contact.person.as_ref().filter(|it| it.namesake.is_none()) else {
        return Ok(());
    };
    let mut addresses = person.emails.iter().map(|email| email.address.as_str());
    addresses.try_for_each(|address| names_no_member(address, policy))?;
    names_no_member(&person.name, policy)
}

/// Refuses a name or an address of somebody of the team.
///
/// # Errors
/// [`Refusal::Staff`].
pub fn names_no_member(given: &str, policy: &Policy) -> Result<(), Refusal> {
    match policy.people.known_as(given) {
        Some(person) => Err(Refusal::Staff { given: given.to_owned(), person: person.id.clone() }),
        None => Ok(()),
    }
}

/// So many numbers, and so many addresses, a command keeps of a person. Clones that meet may have more.
const MOST_REACHES: usize = 20;

/// Refuses more numbers, or addresses, than anybody has, where there were fewer in `old`.
///
/// # Errors
/// [`Refusal::TooManyReaches`].
pub fn few_enough(person: &PersonDetails, old: Option<&PersonDetails>) -> Result<(), Refusal> {
    at_most(person, |list| MOST_REACHES.max(count(old, list)))
}

/// As [`few_enough`], of what a push brings: what one clone keeps has met what was there.
///
/// # Errors
/// [`Refusal::TooManyReaches`].
pub fn few_met(person: &PersonDetails, old: Option<&PersonDetails>) -> Result<(), Refusal> {
    at_most(person, |list| MOST_REACHES + MOST_REACHES.max(count(old, list)))
}

fn at_most(person: &PersonDetails, most: impl Fn(ReachList) -> usize) -> Result<(), Refusal> {
    if ReachList::ALL.iter().any(|list| count(Some(person), *list) > most(*list)) {
        return Err(Refusal::TooManyReaches { contact: person.id.clone(), most: MOST_REACHES });
    }
    Ok(())
}

fn count(person: Option<&PersonDetails>, list: ReachList) -> usize {
    person.map_or(0, |person| person.reaches(list).len())
}

/// Refuses a phone number or an e-mail address that cannot be one. What was kept before stays as it
/// is: only what `old` has not is judged. Commands and the remote's hook enforce it: numbers lie outside the
/// history, so the audit cannot tell one that was kept before from one that came.
///
/// # Errors
/// [`Refusal::NotAPhone`] or [`Refusal::NotAnAddress`].
pub fn reachable(person: &PersonDetails, old: Option<&PersonDetails>) -> Result<(), Refusal> {
    for list in ReachList::ALL {
        let known = old.map(|old| old.reaches(*list)).unwrap_or_default();
        let all = person.reaches(*list).into_iter();
        all.filter(|it| !known.contains(it)).try_for_each(|it| leads(*list, &it.at))?;
    }
    Ok(())
}

/// Refuses what cannot be a phone number, or an e-mail address.
///
/// # Errors
/// [`Refusal::NotAPhone`] or [`Refusal::NotAnAddress`].
pub fn leads(list: ReachList, at: &str) -> Result<(), Refusal> {
    let given = || at.to_owned();
    match list {
        ReachList::Phones => match PhoneNumber::dialled(at) {
            Ok(_) => Ok(()),
            Err(why) => Err(Refusal::NotAPhone { given: given(), why }),
        },
        ReachList::Emails if is_address(at) => Ok(()),
        ReachList::Emails => Err(Refusal::NotAnAddress { given: given() }),
    }
}

/// True for `name@host`, without anything that ends an address.
fn is_address(text: &str) -> bool {
    let parts = text.rsplit_once('@');
    parts.is_some_and(|(name, host)| !name.is_empty() && !host.is_empty())
        && !text.contains(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '<' | '>'))
}

/// Who may have what is known of a person taken away.
pub const MAY_ERASE: &[Role] = &[Role::TeamLead];

/// A person's contacts, all of which lead to one, once the person is erased. `unfinished` are the
/// records of the person that still go on: somebody has to be told of them.
///
/// # Errors
/// [`Refusal::ContactErased`] of one that is already, [`Refusal::PersonWaits`],
/// [`Refusal::PersonInReason`] of a reason that would stay in the history with the person in it.
pub fn erased(
    contacts: &[Contact],
    erasure: &Erasure,
    unfinished: &[RecordId],
) -> Result<Vec<Contact>, Refusal> {
    about_nobody(&erasure.reason, contacts)?;
    let erased = |contact: &Contact| Contact {
        erased: Some(erasure.clone()),
        person: None,
        ..contact.clone()
    };
    Ok(erasable(contacts, unfinished)?.into_iter().map(erased).collect())
}

/// Refuses a reason of one line that would stay in the history, as [`names_nobody`].
///
/// # Errors
/// [`Refusal::PersonInReason`], [`Refusal::Misspelled`] or [`Refusal::Text`].
pub fn about_nobody(reason: &str, contacts: &[Contact]) -> Result<(), Refusal> {
    line("reason", reason)?;
    names_nobody(reason, contacts)
}

/// Refuses a reason with one of these people, or anybody's number, in it.
///
/// # Errors
/// [`Refusal::PersonInReason`].
pub fn names_nobody(reason: &str, people: &[Contact]) -> Result<(), Refusal> {
    plain_reason(reason)?;
    let words = reason.split(|sign: char| !sign.is_alphanumeric());
    let (reason, words) = (folded(reason), words.map(folded).collect::<Vec<_>>());
    let is_named = |contact: &Contact| {
        let Some(person) = &contact.person else { return false };
        let mut parts = person.name.split_whitespace().filter(|part| !is_title(part));
        reason.contains(&folded(&person.name))
            || parts.any(|part| part.chars().count() > 2 && words.contains(&folded(part)))
    };
    if people.iter().any(is_named) { Err(Refusal::PersonInReason) } else { Ok(()) }
}

/// Those of a person's contacts that can be erased, whatever the reason.
///
/// # Errors
/// [`Refusal::ContactErased`] or [`Refusal::PersonWaits`], as [`erased`].
pub fn erasable<'c>(
    contacts: &'c [Contact],
    unfinished: &[RecordId],
) -> Result<Vec<&'c Contact>, Refusal> {
    let known = contacts.iter().filter(|contact| contact.erased.is_none());
    let known: Vec<&Contact> = known.collect();
    match (&known[..], contacts, unfinished) {
        ([], [one, ..], _) => Err(Refusal::ContactErased { contact: one.id.clone() }),
        (_, [one, ..], [_, ..]) => {
            let (contact, records) = (one.id.clone(), unfinished.to_vec());
            Err(Refusal::PersonWaits { contact, records })
        }
        _ => Ok(known),
    }
}

/// Refuses a contact whose texts no command would have kept as they stand.
///
/// # Errors
/// [`Refusal::Misspelled`] or [`Refusal::Text`].
pub fn spelled(contact: &Contact) -> Result<(), Refusal> {
    line("customer", &contact.customer)
}

/// As [`spelled`], of who a contact is: commands, merges and pushes are held to it.
///
/// # Errors
/// [`Refusal::Misspelled`] or [`Refusal::Text`].
pub fn told(person: &PersonDetails) -> Result<(), Refusal> {
    for field in PersonField::ALL {
        if let Some(text) = person.get(*field) {
            said(field.name(), text, NAME)?;
        }
    }
    for (field, values) in &person.disputed {
        // what stands is one of several
        if values.len() < 2 || !values.contains(person.get(*field).unwrap_or_default()) {
            return Err(Refusal::Misspelled { field: field.name() });
        }
    }
    // of nothing a clone may have made something
    let disputed = person.disputed.iter();
    let disputed = disputed.flat_map(|(field, values)| values.iter().map(|it| (*field, it)));
    for (field, text) in disputed.filter(|(_, text)| !text.is_empty()) {
        said(field.name(), text, NAME)?;
    }
    person.phones.iter().try_for_each(|phone| said("phones", &phone.number, LINE))?;
    person.emails.iter().try_for_each(|email| said("emails", &email.address, LINE))
}

fn said(name: &'static str, text: &str, most: usize) -> Result<(), Refusal> {
    tidy(name, text, tidy_visible(text, most))
}

fn line(name: &'static str, text: &str) -> Result<(), Refusal> {
    tidy(name, text, tidy_line(text, LINE))
}
