//! Customers: what they are called, and what the desk knows of them beside their persons (R112, R116).

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::domain::base::{
    ids::{AgreementId, CustomerId, PersonId},
    terms::{Party, Term},
    text::folded,
};

/// A customer, as `customers/acme.yaml` tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Customer {
    pub format: u32,
    pub id: CustomerId,
    pub name: String,
    /// Other names and spellings, by which records and callers know it.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub aliases: BTreeSet<String>,
    pub party: Party,
    /// Who of the team looks after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manager: Option<PersonId>,
    /// By which its matters get their limits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreement: Option<AgreementId>,
    /// Shops, branches, buildings.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub sites: BTreeSet<String>,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub products: BTreeSet<String>,
    /// The customer that took this one's place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<CustomerId>,
    /// Fields that two clones changed without knowing of each other, with all their values; an
    /// empty one for none. Whoever says the field anew settles it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub disputed: BTreeMap<CustomerField, BTreeSet<String>>,
}

/// What is said of a customer once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CustomerField {
    Name,
    Party,
    Manager,
    Agreement,
    MergedInto,
}

impl CustomerField {
    pub const ALL: &[Self] =
        &[Self::Name, Self::Party, Self::Manager, Self::Agreement, Self::MergedInto];

    /// The field as files spell it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Party => "party",
            Self::Manager => "manager",
            Self::Agreement => "agreement",
            Self::MergedInto => "merged_into",
        }
    }
}

/// What is said of a customer as often as there is something to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CustomerList {
    Aliases,
    Sites,
    Products,
}

impl CustomerList {
    pub const ALL: &[Self] = &[Self::Aliases, Self::Sites, Self::Products];

    /// The list as files spell it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Aliases => "aliases",
            Self::Sites => "sites",
            Self::Products => "products",
        }
    }
}

impl Customer {
    /// A new one, of whom nothing but the name is known.
    pub fn new(format: u32, id: CustomerId, name: String) -> Self {
        Self {
            format,
            id,
            name,
            aliases: BTreeSet::new(),
            party: Party::External,
            manager: None,
            agreement: None,
            sites: BTreeSet::new(),
            products: BTreeSet::new(),
            merged_into: None,
            disputed: BTreeMap::new(),
        }
    }

    /// What a field says; `None` where it says nothing.
    pub fn get(&self, field: CustomerField) -> Option<&str> {
        match field {
            CustomerField::Name => Some(&self.name),
            CustomerField::Party => Some(self.party.code()),
            CustomerField::Manager => self.manager.as_ref().map(PersonId::as_str),
            CustomerField::Agreement => self.agreement.as_ref().map(AgreementId::as_str),
            CustomerField::MergedInto => self.merged_into.as_ref().map(CustomerId::as_str),
        }
    }

    /// Lets a field say something else; what is no such value says nothing, or what is usual.
    pub fn set(&mut self, field: CustomerField, value: Option<&str>) {
        match field {
            CustomerField::Name => value.unwrap_or_default().clone_into(&mut self.name),
            CustomerField::Party => {
                self.party = value.and_then(Party::from_code).unwrap_or(Party::External);
            }
            CustomerField::Manager => self.manager = value.and_then(|id| id.parse().ok()),
            CustomerField::Agreement => self.agreement = value.and_then(|id| id.parse().ok()),
            CustomerField::MergedInto => self.merged_into = value.and_then(|id| id.parse().ok()),
        }
    }

    /// What a list says.
    pub fn list(&self, list: CustomerList) -> &BTreeSet<String> {
        match list {
            CustomerList::Aliases => &self.aliases,
            CustomerList::Sites => &self.sites,
            CustomerList::Products => &self.products,
        }
    }

    /// As [`Self::list`], to change it.
    pub fn list_mut(&mut self, list: CustomerList) -> &mut BTreeSet<String> {
        match list {
            CustomerList::Aliases => &mut self.aliases,
            CustomerList::Sites => &mut self.sites,
            CustomerList::Products => &mut self.products,
        }
    }

    /// Everything by which it is known: the name, the aliases and the id, and until somebody says which
    /// holds, every name that clones gave to it.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let disputed = self.disputed.get(&CustomerField::Name).into_iter().flatten();
        let others = self.aliases.iter().chain(disputed).map(String::as_str);
        [self.name.as_str(), self.id.as_str()].into_iter().chain(others)
    }
}

/// By which names the desk knows which customer, whatever the case, width and blanks, and which of them
/// are users of its own house.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CustomerNames {
    of: BTreeMap<String, NamedCustomer>,
}

/// Whom a name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedCustomer {
    pub id: CustomerId,
    pub party: Party,
}

impl CustomerNames {
    /// The names of these customers, each with the customer that it stands for: the one that took the
    /// place of who is called so. An id is always its own customer's; another name that two clones gave to
    /// two customers is the first one's. Of several that were merged in a circle the first one holds.
    pub fn of(customers: &BTreeMap<CustomerId, Customer>) -> Self {
        let mut of = BTreeMap::new();
        // one that holds goes before one that was merged
        let (merged, held): (Vec<_>, Vec<_>) =
            customers.values().partition(|customer| customer.merged_into.is_some());
        let ids = customers.values().map(|customer| (customer, customer.id.as_str()));
        let names = held.into_iter().chain(merged);
        let names = names.flat_map(|customer| customer.names().map(move |name| (customer, name)));
        for (customer, name) in ids.chain(names) {
            of.entry(folded(name)).or_insert_with(|| {
                let id = end_of(customer, customers);
                let party = customers.get(&id).map_or(Party::USUAL, |end| end.party);
                NamedCustomer { id, party }
            });
        }
        Self { of }
    }

    /// The customer that is called so; `None` where none is listed under that name.
    pub fn listed(&self, name: &str) -> Option<&CustomerId> {
        self.named(name).map(|customer| &customer.id)
    }

    /// Whether the customer that is called so is another organisation; who is not listed is one.
    pub fn party(&self, name: &str) -> Party {
        self.named(name).map_or(Party::USUAL, |customer| customer.party)
    }

    fn named(&self, name: &str) -> Option<&NamedCustomer> {
        if self.of.is_empty() { None } else { self.of.get(&folded(name)) }
    }

    /// What is the same for all names of one customer, listed or not.
    pub fn key(&self, name: &str) -> String {
        let folded = folded(name);
        self.of.get(&folded).map_or(folded, |customer| format!("={}", customer.id))
    }

    /// Every name, folded, of the customer that is called so; the name alone where none is listed under it.
    pub fn spellings(&self, name: &str) -> Vec<String> {
        let folded = folded(name);
        let Some(customer) = self.of.get(&folded) else { return vec![folded] };
        let own = self.of.iter().filter(|(_, other)| other.id == customer.id);
        own.map(|(name, _)| name.clone()).collect()
    }

    /// Whether two names are one customer's.
    pub fn are_one(&self, one: &str, other: &str) -> bool {
        one == other || self.key(one) == self.key(other)
    }

    /// Every name, folded, with the customer that it stands for.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &NamedCustomer)> {
        self.of.iter().map(|(name, customer)| (name.as_str(), customer))
    }
}

/// A name that stands for one customer although it is another one's as well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedName {
    pub name: String,
    /// Whom the name stands for.
    pub meant: CustomerId,
    /// Who is called so and not found by it.
    pub other: CustomerId,
    /// In whose file the name stands for the other one: its own, or that of one that was merged into it.
    pub holder: CustomerId,
}

/// The names that two clones gave to two customers.
pub fn shared_names(customers: &BTreeMap<CustomerId, Customer>) -> Vec<SharedName> {
    let names = CustomerNames::of(customers);
    let all = customers.values().flat_map(|customer| {
        let other = end_of(customer, customers);
        customer.names().map(move |name| (name.to_owned(), other.clone(), customer.id.clone()))
    });
    let shared = all.filter_map(|(name, other, holder)| {
        let meant = names.listed(&name).filter(|meant| **meant != other)?.clone();
        Some(SharedName { name, meant, other, holder })
    });
    shared.collect()
}

/// The customers that clones merged into each other: the one that holds, and the others, each with the one
/// that it leads to behind it.
pub fn merged_in_circle(
    customers: &BTreeMap<CustomerId, Customer>,
) -> Vec<(CustomerId, Vec<CustomerId>)> {
    let holds = customers.values().filter(|it| end_of(it, customers) == it.id);
    let circles = holds.filter_map(|holds| {
        let mut others = vec![holds.merged_into.clone()?];
        while let Some(next) = customers.get(others.last()?)?.merged_into.as_ref()
            && *next != holds.id
        {
            others.push(next.clone());
        }
        Some((holds.id.clone(), others))
    });
    circles.collect()
}

/// Those that were merged into a customer, whatever way each went.
pub fn merged_away<'c>(
    into: &CustomerId,
    customers: &'c BTreeMap<CustomerId, Customer>,
) -> Vec<&'c Customer> {
    let leads = |it: &&Customer| it.id != *into && end_of(it, customers) == *into;
    customers.values().filter(leads).collect()
}

/// An agreement of a customer that was merged away, which the one that took its place has not.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AgreementLeftBehind {
    pub from: CustomerId,
    pub into: CustomerId,
    pub agreement: AgreementId,
    /// The one that holds for both, where there is one.
    pub held: Option<AgreementId>,
}

/// The agreements that merging left behind.
pub fn agreements_left_behind(
    customers: &BTreeMap<CustomerId, Customer>,
) -> Vec<AgreementLeftBehind> {
    let left = customers.values().filter_map(|customer| {
        let (own, end) = (customer.agreement.as_ref()?, end_of(customer, customers));
        let held = customers.get(&end)?.agreement.as_ref();
        let is_lost = end != customer.id && held != Some(own);
        is_lost.then(|| AgreementLeftBehind {
            from: customer.id.clone(),
            into: end.clone(),
            agreement: own.clone(),
            held: held.cloned(),
        })
    });
    left.collect()
}

/// What was said of a customer by somebody who did not know that it was being merged away.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SaidOfMerged {
    pub from: CustomerId,
    pub into: CustomerId,
    pub fields: Vec<(CustomerField, String)>,
    pub lists: Vec<(CustomerList, String)>,
}

/// What one side has said of customers since `base` that the other one merged away, and which the ones that
/// took their place do not say `now`. An agreement is not in it, for it is told of however it was left behind.
pub fn said_of_merged(
    base: &BTreeMap<CustomerId, Customer>,
    [said, other]: [&BTreeMap<CustomerId, Customer>; 2],
    now: &BTreeMap<CustomerId, Customer>,
) -> Vec<SaidOfMerged> {
    let all = said.values().filter_map(|said| {
        let (base, into) = (base.get(&said.id)?, end_of(now.get(&said.id)?, now));
        let end = now.get(&into).filter(|end| end.id != said.id)?;
        other.get(&said.id)?.merged_into.as_ref()?;
        // whoever knows of the merge gives names up, and settles what is disputed
        let is_kept = |old: &str| said.names().any(|name| folded(name) == folded(old));
        let gives_up = base.names().any(|old| !is_kept(old));
        if base.merged_into.is_some() && (gives_up || !base.disputed.is_empty()) {
            return None;
        }
        let told = [CustomerField::Name, CustomerField::Party, CustomerField::Manager];
        let told = told.into_iter().filter(|field| base.get(*field) != said.get(*field));
        let fields = told.filter(|field| end.get(*field) != said.get(*field));
        let fields = fields.filter_map(|field| Some((field, said.get(field)?.to_owned())));
        let told = CustomerList::ALL.iter().flat_map(|list| {
            let new = said.list(*list).difference(base.list(*list));
            let is_old = |text: &str| *list == CustomerList::Aliases && base.name == *text;
            let lacking = new.filter(move |text| !end.list(*list).contains(*text) && !is_old(text));
            lacking.map(|text| (*list, text.clone()))
        });
        let (fields, lists): (Vec<_>, Vec<_>) = (fields.collect(), told.collect());
        let is_said = !fields.is_empty() || !lists.is_empty();
        is_said.then(|| SaidOfMerged { from: said.id.clone(), into, fields, lists })
    });
    all.collect()
}

/// The customer that took the place of this one in the end.
fn end_of(customer: &Customer, customers: &BTreeMap<CustomerId, Customer>) -> CustomerId {
    let mut way = vec![&customer.id];
    let mut last = customer;
    while let Some(next) = last.merged_into.as_ref().and_then(|into| customers.get(into)) {
        if let Some(place) = way.iter().position(|id| **id == next.id) {
            let circle = way[place..].iter().min();
            return circle.map_or_else(|| next.id.clone(), |id| (*id).clone());
        }
        way.push(&next.id);
        last = next;
    }
    last.id.clone()
}

impl FromIterator<(String, NamedCustomer)> for CustomerNames {
    fn from_iter<T: IntoIterator<Item = (String, NamedCustomer)>>(names: T) -> Self {
        Self { of: names.into_iter().collect() }
    }
}
