//! What may be said anew of a customer's person, by whoever opens records.

use crate::domain::{
    base::{
        characters::RIGHT_TO_LEFT,
        terms::ReachKind,
        text::{NAME, tidy_visible},
    },
    deciding::{
        contacts::{few_enough, nobody_of_the_team, reachable, spelled, told},
        policy::Policy,
    },
    history::{
        contact::{Contact, ContactField},
        person::{PersonDetails, PersonField},
        reach::{Reach, ReachList},
        refusal::Refusal,
    },
};

/// What is said anew; what is not said stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContactChange {
    /// The customer whose person it is from now on.
    pub customer: Option<String>,
    /// Fields with what they say from now on; nothing where that is empty.
    pub fields: Vec<(PersonField, String)>,
    /// Numbers and addresses that lead to the person as well, the first before those that did.
    pub added: Vec<(ReachList, ToldReach)>,
    /// Those that alone lead there from now on, in their order; others only find the person.
    pub replaced: Vec<(ReachList, Vec<ToldReach>)>,
    /// Those that never led there; of either list where none is named.
    pub removed: Vec<(Option<ReachList>, String)>,
}

/// A number or an address as somebody tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldReach {
    pub at: String,
    /// Where it leads to, where that is said.
    pub kind: Option<ReachKind>,
}

impl ContactChange {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether something is said of who that is, which lies beside the branch.
    pub fn is_of_person(&self) -> bool {
        *self != Self { customer: self.customer.clone(), ..Self::default() }
    }
}

/// A contact of whom that is said. Nothing is said of who that is where nobody here knows.
///
/// # Errors
/// [`Refusal::NotOfContact`], [`Refusal::ContactUnchanged`], [`Refusal::ContactErased`],
/// [`Refusal::ContactMerged`], [`Refusal::NotAPhone`], [`Refusal::NotAnAddress`], [`Refusal::Staff`],
/// [`Refusal::Misspelled`] or [`Refusal::Text`].
pub fn changed(
    before: &Contact,
    change: &ContactChange,
    policy: &Policy,
) -> Result<Contact, Refusal> {
    may_change(before)?;
    let mut after = before.clone();
    if let Some(customer) = &change.customer {
        after = of_customer(before, customer)?;
    }
    if let Some(was) = &before.person {
        after.person = Some(told_anew(was, change)?);
    }
    let fields = changed_fields(before, &after);
    if fields.is_empty() {
        return Err(Refusal::ContactUnchanged { contact: before.id.clone() });
    }
    if tells_from_team(&fields) {
        nobody_of_the_team(&after, policy)?;
    }
    Ok(after)
}

/// A contact that belongs to another customer from now on, whatever clones said of that.
///
/// # Errors
/// [`Refusal::ContactErased`], [`Refusal::ContactMerged`], [`Refusal::ContactUnchanged`],
/// [`Refusal::Misspelled`] or [`Refusal::Text`].
pub fn moved(before: &Contact, customer: &str) -> Result<Contact, Refusal> {
    may_change(before)?;
    let after = of_customer(before, customer)?;
    if after == *before {
        return Err(Refusal::ContactUnchanged { contact: before.id.clone() });
    }
    Ok(after)
}

fn of_customer(before: &Contact, customer: &str) -> Result<Contact, Refusal> {
    let mut after = Contact { customer: customer.to_owned(), ..before.clone() };
    after.disputed.remove(&ContactField::Customer);
    spelled(&after)?;
    Ok(after)
}

/// Who somebody is of whom that is said.
fn told_anew(was: &PersonDetails, change: &ContactChange) -> Result<PersonDetails, Refusal> {
    let mut person = was.clone();
    for (field, value) in &change.fields {
        person.set(*field, Some(value.as_str()).filter(|value| !value.is_empty()));
        person.disputed.remove(field);
    }
    for (list, at) in &change.removed {
        remove(&mut person, *list, at)?;
    }
    for (list, reaches) in &change.replaced {
        replace(&mut person, *list, reaches);
    }
    for (list, reach) in change.added.iter().rev() {
        person.told(*list, &reach.at, reach.kind);
    }
    told(&person)?;
    reachable(&person, Some(was))?;
    few_enough(&person, Some(was))?;
    Ok(person)
}

/// Whether one of these fields tells a customer's person from the team: of somebody who joined it later
/// nothing else is judged.
pub fn tells_from_team(fields: &[&str]) -> bool {
    fields.iter().any(|field| ["name", "namesake", "emails"].contains(field))
}

/// The field that lies in the branch, as files spell it.
pub const OF_BRANCH: &str = ContactField::Customer.name();

/// What can be said anew, as files spell it.
fn all_fields() -> impl Iterator<Item = &'static str> {
    let fields = PersonField::ALL.iter().map(|field| field.name());
    let lists = ReachList::ALL.iter().map(|list| list.name());
    [OF_BRANCH].into_iter().chain(fields).chain(lists)
}

/// The names, as files spell them, of what is otherwise of a contact than it was.
pub fn changed_fields(before: &Contact, after: &Contact) -> Vec<&'static str> {
    let disputed = |of: &Contact| of.disputed.get(&ContactField::Customer).cloned();
    let is_moved = before.customer != after.customer || disputed(before) != disputed(after);
    let persons = before.person.as_ref().zip(after.person.as_ref());
    let of_person = persons.map(|(before, after)| changed_of_person(before, after));
    let fields = [OF_BRANCH].into_iter().filter(|_| is_moved);
    fields.chain(of_person.unwrap_or_default()).collect()
}

/// As [`changed_fields`], of who that is.
pub fn changed_of_person(before: &PersonDetails, after: &PersonDetails) -> Vec<&'static str> {
    let is_other = |field: &&PersonField| {
        before.get(**field) != after.get(**field)
            || before.disputed.get(*field) != after.disputed.get(*field)
    };
    let fields = PersonField::ALL.iter().filter(is_other).map(|field| field.name());
    let lists =
        ReachList::ALL.iter().filter(|list| before.reaches(**list) != after.reaches(**list));
    fields.chain(lists.map(|list| list.name())).collect()
}

/// The fields that a list names, each once and in their order; `None` of any other list.
pub fn read_fields(list: &str) -> Option<Vec<&'static str>> {
    let mut known = all_fields();
    let fields = list.split(", ").map(|name| known.find(|field| *field == name));
    fields.collect()
}

fn remove(person: &mut PersonDetails, list: Option<ReachList>, at: &str) -> Result<(), Refusal> {
    let mut is_gone = false;
    for each in ReachList::ALL.iter().filter(|each| list.is_none_or(|list| list == **each)) {
        let mut reaches = person.reaches(*each);
        let before = reaches.len();
        reaches.retain(|known| !each.are_one(&known.at, at));
        is_gone |= reaches.len() < before;
        person.set_reaches(*each, reaches);
    }
    if is_gone {
        return Ok(());
    }
    Err(Refusal::NotOfContact { contact: person.id.clone(), given: at.to_owned() })
}

/// Puts what is told in the place of what leads there: of all, or where each is told with its kind, of
/// those of these kinds.
fn replace(person: &mut PersonDetails, list: ReachList, told: &[ToldReach]) {
    let before = person.reaches(list);
    let mut reaches: Vec<Reach> = Vec::new();
    for ToldReach { at, kind } in told {
        if list.find(&reaches, at).is_none() {
            let known = list.find(&before, at).map(|place| before[place].kind);
            let known = known.filter(|kind| *kind != ReachKind::Former);
            let kind = kind.or(known).unwrap_or_else(|| list.usual_kind(at));
            reaches.push(Reach { at: at.clone(), kind });
        }
    }
    let kinds: Option<Vec<ReachKind>> = told.iter().map(|it| it.kind).collect();
    let kinds = kinds.filter(|kinds| !kinds.is_empty());
    for old in before {
        if list.find(&reaches, &old.at).is_none() {
            let stays = kinds.as_ref().is_some_and(|kinds| !kinds.contains(&old.kind));
            let kind = if stays { old.kind } else { ReachKind::Former };
            reaches.push(Reach { kind, ..old });
        }
    }
    person.set_reaches(list, reaches);
}

/// A person's name as it is kept; one that somebody of the team would be read by, were the direction of
/// writing not turned back, is theirs.
///
/// # Errors
/// [`Refusal::Staff`] or [`Refusal::Text`].
pub fn name_line(flag: &'static str, given: &str, policy: &Policy) -> Result<String, Refusal> {
    if given.contains(RIGHT_TO_LEFT)
        && let Some(person) = policy.people.known_as(given)
    {
        return Err(Refusal::Staff { given: given.to_owned(), person: person.id.clone() });
    }
    tidy_visible(given, NAME).map_err(|fault| Refusal::Text { flag, fault })
}

/// Refuses somebody new of a customer who is called as somebody known is: that is the same person, or
/// another whom a namesake tells apart.
///
/// # Errors
/// [`Refusal::ContactKnown`].
pub fn is_nobody_known(known: &[Contact]) -> Result<(), Refusal> {
    match known.first() {
        Some(known) => Err(Refusal::ContactKnown { contact: known.id.clone() }),
        None => Ok(()),
    }
}

/// Refuses to say something anew of a contact who was erased, or whose place another one took.
///
/// # Errors
/// [`Refusal::ContactErased`] or [`Refusal::ContactMerged`].
pub fn may_change(contact: &Contact) -> Result<(), Refusal> {
    let id = contact.id.clone();
    match (&contact.erased, &contact.merged_into) {
        (Some(_), _) => Err(Refusal::ContactErased { contact: id }),
        (None, Some(into)) => Err(Refusal::ContactMerged { contact: id, into: into.clone() }),
        (None, None) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reach(at: &str) -> ToldReach {
        ToldReach { at: at.to_owned(), kind: None }
    }

    fn person() -> PersonDetails {
        let mut person = PersonDetails::named(1, "C-4TZ9M".parse().unwrap(), "Ms Wang".to_owned());
        person.told_phone("010-62345678");
        person.told_phone("13812341234");
        person
    }

    fn numbers(person: &PersonDetails) -> Vec<(String, ReachKind)> {
        person.reaches(ReachList::Phones).into_iter().map(|it| (it.at, it.kind)).collect()
    }

    #[test]
    fn numbers_that_others_took_the_place_of_are_former_and_one_told_anew_is_spelled_as_told() {
        let mut person = person();
        replace(&mut person, ReachList::Phones, &[reach("+86 10 62345678"), reach("13900001111")]);
        let due = [
            ("+86 10 62345678", ReachKind::Work),
            ("13900001111", ReachKind::Mobile),
            ("13812341234", ReachKind::Former),
        ];
        assert_eq!(numbers(&person), due.map(|(at, kind)| (at.to_owned(), kind)));
        replace(&mut person, ReachList::Phones, &[]);
        assert!(numbers(&person).iter().all(|(_, kind)| *kind == ReachKind::Former));
        replace(&mut person, ReachList::Phones, &[reach("13812341234")]);
        assert_eq!(person.phone(), Some("13812341234"));
    }

    #[test]
    fn a_number_told_with_its_kind_takes_the_place_of_that_kind_alone() {
        let mut person = person();
        let mobile = ToldReach { at: "13900001111".to_owned(), kind: Some(ReachKind::Mobile) };
        replace(&mut person, ReachList::Phones, &[mobile]);
        let due = [
            ("13900001111", ReachKind::Mobile),
            ("13812341234", ReachKind::Former),
            ("010-62345678", ReachKind::Work),
        ];
        assert_eq!(numbers(&person), due.map(|(at, kind)| (at.to_owned(), kind)));
    }

    #[test]
    fn a_number_is_taken_away_in_any_spelling_and_only_one_that_is_there() {
        let mut person = person();
        remove(&mut person, None, "+86 138 1234 1234").unwrap();
        assert_eq!(numbers(&person).len(), 1);
        assert!(remove(&mut person, Some(ReachList::Emails), "010-62345678").is_err());
        assert!(remove(&mut person, None, "13812341234").is_err());
    }

    #[test]
    fn fields_are_named_in_their_order_and_each_once() {
        assert_eq!(read_fields("name, phones"), Some(vec!["name", "phones"]));
        assert_eq!(read_fields("customer, emails"), Some(vec!["customer", "emails"]));
        for list in [
            "",
            "phones, name",
            "name, customer",
            "phones, phones",
            "phone",
            "name,phones",
            "disputed",
        ] {
            assert_eq!(read_fields(list), None, "{list}");
        }
    }
}
