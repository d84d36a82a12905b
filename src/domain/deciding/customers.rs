//! What may be said of a customer, and by whom (R112, R116).

use std::collections::BTreeSet;

use crate::domain::{
    base::{
        ids::CustomerId,
        personal::without_personal,
        terms::Role,
        text::{LINE, TextFault, folded, tidy_line, tidy_visible},
    },
    deciding::{facts::tidy, policy::Policy},
    history::{
        customer::{Customer, CustomerField, CustomerList, CustomerNames},
        refusal::{Refusal, Vocabulary},
        steps::Action,
    },
};

/// Who changes what a customer is to the desk, beside its names, sites and products.
pub const MAY_DECIDE: &[Role] = &[Role::TeamLead];

/// The names, as files spell them, of what is otherwise in a customer than it was.
pub fn changed(before: Option<&Customer>, after: &Customer) -> Vec<&'static str> {
    let new = Customer::new(after.format, after.id.clone(), String::new());
    let before = before.unwrap_or(&new);
    let fields = CustomerField::ALL.iter().filter(|field| is_said(before, after, **field));
    let lists = CustomerList::ALL.iter().filter(|list| before.list(**list) != after.list(**list));
    fields.map(|field| field.name()).chain(lists.map(|list| list.name())).collect()
}

/// Whether a field is said anew: otherwise than before, or in the place of what was disputed.
fn is_said(before: &Customer, after: &Customer, field: CustomerField) -> bool {
    let is_disputed = |of: &Customer| of.disputed.contains_key(&field);
    before.get(field) != after.get(field) || is_disputed(before) && !is_disputed(after)
}

/// Who may make this of a customer: whoever opens records may say how it is called, where it is and what
/// it uses, a lead the rest.
pub fn who_may<'p>(before: Option<&Customer>, after: &Customer, policy: &'p Policy) -> &'p [Role] {
    let is_told = |name: &&'static str| {
        let lists = CustomerList::ALL.iter().map(|list| list.name());
        let name_of_new = before.is_none().then_some(CustomerField::Name.name());
        lists.chain(name_of_new).any(|told| told == *name)
    };
    if changed(before, after).iter().all(is_told) {
        policy.roles.may(Action::Open)
    } else {
        MAY_DECIDE
    }
}

/// Refuses personal data in what is said of a customer for the first time: nothing of it can be hidden. The
/// audit does not ask, for what counts as personal data grows with docket.
///
/// # Errors
/// [`Refusal::PersonInCustomer`].
pub fn names_nobody(before: Option<&Customer>, after: &Customer) -> Result<(), Refusal> {
    let known: BTreeSet<&String> = before.into_iter().flat_map(texts).collect();
    texts(after).filter(|text| !known.contains(text)).try_for_each(|text| is_no_person(text))
}

/// The name of a customer, and all that its lists say.
fn texts(customer: &Customer) -> impl Iterator<Item = &String> {
    let lists = CustomerList::ALL.iter().flat_map(|list| customer.list(*list));
    lists.chain([&customer.name])
}

/// Refuses a customer's name that holds personal data.
///
/// # Errors
/// [`Refusal::PersonInCustomer`].
pub fn is_no_person(name: &str) -> Result<(), Refusal> {
    match without_personal(name, |_| Some("…")) {
        Some((given, _)) => Err(Refusal::PersonInCustomer { given }),
        None => Ok(()),
    }
}

/// Whether a customer may become so; `names` are those that the desk knows before.
///
/// # Errors
/// [`Refusal::CustomerUnchanged`], [`Refusal::CustomerMerged`], [`Refusal::NameOfCustomer`],
/// [`Refusal::Unknown`], [`Refusal::CustomerItself`], [`Refusal::Misspelled`] or [`Refusal::Text`].
pub fn may_become(
    before: Option<&Customer>,
    after: &Customer,
    names: &CustomerNames,
    policy: &Policy,
) -> Result<(), Refusal> {
    if changed(before, after).is_empty() {
        return Err(Refusal::CustomerUnchanged { customer: after.id.clone() });
    }
    // of those that clones merged in a circle one holds all the same
    if let Some(before) = before
        && let Some(into) = names.listed(before.id.as_str()).filter(|end| **end != before.id)
        && !before.disputed.contains_key(&CustomerField::MergedInto)
        && !may_follow_merge(before, after)
    {
        let (customer, into) = (before.id.clone(), into.clone());
        return Err(Refusal::CustomerMerged { customer, into });
    }
    spelled(before, after)?;
    let was = |name: &&str| before.is_some_and(|before| before.names().any(|old| old == *name));
    for name in after.names().filter(|name| !was(name)) {
        if let Some(other) = names.listed(name).filter(|other| **other != after.id) {
            let (given, customer) = (name.to_owned(), other.clone());
            return Err(Refusal::NameOfCustomer { given, customer });
        }
    }
    if let Some(manager) = &after.manager
        && before.and_then(|before| before.manager.as_ref()) != Some(manager)
        && policy.people.get(manager).is_none()
    {
        return Err(Refusal::unknown(Vocabulary::Person, manager.as_str(), Vec::new()));
    }
    if let Some(agreement) = &after.agreement
        && before.and_then(|before| before.agreement.as_ref()) != Some(agreement)
        && policy.agreements.newest(agreement).is_none()
    {
        return Err(policy.unknown(Vocabulary::Agreement, agreement.as_str()));
    }
    match &after.merged_into {
        Some(into) if before.and_then(|before| before.merged_into.as_ref()) != Some(into) => {
            may_take_the_place(after, into, names)
        }
        Some(_) | None => Ok(()),
    }
}

/// Whether what clones said otherwise of each other stays as it was, but for what is said anew here.
pub fn settles(before: Option<&Customer>, after: &Customer) -> bool {
    let Some(before) = before else { return after.disputed.is_empty() };
    CustomerField::ALL.iter().all(|field| {
        let (was, is) = (before.disputed.get(field), after.disputed.get(field));
        was == is && before.get(*field) == after.get(*field) || is.is_none()
    })
}

/// Whether a customer that was merged into another may still become so: it gives names up, and what clones
/// said differently of it is settled.
fn may_follow_merge(before: &Customer, after: &Customer) -> bool {
    let gives_up_name = after.names().all(|name| name != before.name);
    let mut said = CustomerField::ALL.iter().filter(|field| is_said(before, after, **field));
    let mut kept = [CustomerList::Sites, CustomerList::Products].into_iter();
    said.all(|field| {
        before.disputed.contains_key(field) || *field == CustomerField::Name && gives_up_name
    }) && kept.all(|list| before.list(list) == after.list(list))
        && after.aliases.iter().all(|alias| before.names().any(|name| name == alias))
}

/// Whether a customer is listed and holds, so that another one may be merged into it.
fn may_take_the_place(
    goes: &Customer,
    into: &CustomerId,
    names: &CustomerNames,
) -> Result<(), Refusal> {
    if goes.id == *into {
        return Err(Refusal::CustomerItself);
    }
    match names.listed(into.as_str()) {
        Some(end) if end == into => Ok(()),
        Some(end) => {
            let (customer, into) = (into.clone(), end.clone());
            Err(Refusal::CustomerMerged { customer, into })
        }
        None => Err(Refusal::unknown(Vocabulary::Customer, into.as_str(), Vec::new())),
    }
}

/// The name of a customer as a contact keeps it: that by which the customer is listed, else as it was told,
/// without what is not seen. Where two clones named one customer differently they may have meant two, so that
/// what was told stays.
///
/// # Errors
/// What [`tidy_visible`] gives.
pub fn kept_name(given: &str, listed: Option<&Customer>) -> Result<String, TextFault> {
    let Some(Customer { name, disputed, .. }) = listed else { return tidy_visible(given, LINE) };
    let mut told = disputed.get(&CustomerField::Name).into_iter().flatten();
    let told = told.find(|told| folded(told) == folded(given));
    Ok(told.unwrap_or(name).clone())
}

/// Refuses a customer whose texts no command would have kept as they stand: of each name one spelling, no
/// alias that says what the name or the id does, and nothing new with something in it that is not seen.
///
/// # Errors
/// [`Refusal::Misspelled`] or [`Refusal::Text`].
fn spelled(before: Option<&Customer>, customer: &Customer) -> Result<(), Refusal> {
    let known: BTreeSet<&String> = before.into_iter().flat_map(texts).collect();
    let line = |name, text: &String| {
        let is_new = !known.contains(text);
        tidy(name, text, if is_new { tidy_visible(text, LINE) } else { tidy_line(text, LINE) })
    };
    line(CustomerField::Name.name(), &customer.name)?;
    for list in CustomerList::ALL {
        let texts = customer.list(*list);
        texts.iter().try_for_each(|text| line(list.name(), text))?;
    }
    let mut known = vec![folded(&customer.name), folded(customer.id.as_str())];
    for alias in &customer.aliases {
        let alias = folded(alias);
        if known.contains(&alias) {
            return Err(Refusal::Misspelled { field: CustomerList::Aliases.name() });
        }
        known.push(alias);
    }
    Ok(())
}
