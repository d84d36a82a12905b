//! Customers: which one somebody means, by whatever name, and how one is changed.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    app::{
        desk::OpenDesk,
        persons::{MOST_NEAR, customers_named, customers_near, customers_of_contacts},
    },
    audit::message,
    domain::{
        analysis::record_filter::FilteredCustomer,
        base::{
            companies::nearest_companies, ids::CustomerId, permitted::PermittedValue, text::folded,
        },
        deciding::customers,
        history::{
            customer::{Customer, CustomerNames},
            refusal::{Refusal, Vocabulary},
        },
    },
    error::{Error, Result},
    store::{self, layout, selection::Condition, view::View},
};

/// The customers that a name may stand for.
#[derive(Clone, Debug, Default)]
pub struct CustomersMeant {
    /// What they are called, folded.
    names: Vec<String>,
    /// Whether the name is that of one listed customer, so that nobody else is meant.
    is_listed: bool,
}

impl CustomersMeant {
    /// Whether nobody is called so.
    pub fn are_none(&self) -> bool {
        self.names.is_empty() && !self.is_listed
    }

    /// The records of these customers; where none is listed, of those as well in whose name `part` stands.
    pub fn condition(&self, part: String) -> Condition {
        // what shows nothing stands in every name
        let part = Some(part).filter(|part| !self.is_listed && !folded(part).is_empty());
        Condition::Customer { part, names: self.names.clone() }
    }
}

impl OpenDesk<'_> {
    /// The customers that are meant by a name: the listed one, under whatever names its records are; else
    /// those of known contacts whose name, or a word of it, begins so, and those of records in whose name it
    /// stands, whatever the case, width and blanks.
    ///
    /// # Errors
    /// What cannot be read.
    pub fn customers_meant(&self, view: &View<'_>, given: &str) -> Result<CustomersMeant> {
        let names = view.customer_names()?;
        if names.listed(given).is_some() {
            return Ok(CustomersMeant { names: names.spellings(given), is_listed: true });
        }
        if folded(given).is_empty() {
            return Ok(CustomersMeant::default());
        }
        let mut meant = customers_named(&self.store, view, given)?;
        // in records that were imported, or whose contact is called otherwise, it may be spelled anyhow
        let is_part = |called: &String| folded(called).contains(&folded(given));
        let called = self.names_in_records(view)?.into_iter().filter(is_part);
        meant.extend(called.filter(|name| names.listed(name).is_none()));
        let called: BTreeSet<String> = meant.iter().map(|name| folded(name)).collect();
        Ok(CustomersMeant { names: called.into_iter().collect(), is_listed: false })
    }

    /// What a customer is called in records, by any of its names.
    ///
    /// # Errors
    /// What cannot be read.
    fn called_as(&self, view: &View<'_>, name: &str) -> Result<Vec<String>> {
        let names = view.customer_names()?;
        let key = names.key(name);
        let called = self.names_in_records(view)?;
        Ok(called.into_iter().filter(|name| names.key(name) == key).collect())
    }

    /// What a customer that is to be listed is called in records, by a name that records have or the
    /// customer of a contact.
    ///
    /// # Errors
    /// [`Refusal::Unknown`] with the nearest names where nobody is called so; what cannot be read.
    pub fn names_to_adopt(&self, view: &View<'_>, given: &str) -> Result<Vec<String>> {
        let called = self.called_as(view, given)?;
        let is_so = |name: &String| folded(name) == folded(given);
        if called.is_empty() && !customers_named(&self.store, view, given)?.iter().any(is_so) {
            let nearest = customers_near(&self.store, view, given)?;
            let nearest = nearest.into_iter().take(MOST_NEAR).collect();
            let (thing, given) = (Vocabulary::CustomerName, given.to_owned());
            return Err(Refusal::Unknown { thing, given, nearest, known: Vec::new() }.into());
        }
        Ok(called)
    }

    /// The one customer that is meant by a name: the listed one, else one whose records or contacts are
    /// called so or, of these, whose name alone begins so.
    ///
    /// # Errors
    /// [`Refusal::Ambiguous`] where several begin so, [`Refusal::Unknown`] with the nearest where nobody
    /// does; what cannot be read.
    pub fn filtered_customer(&self, view: &View<'_>, given: &str) -> Result<FilteredCustomer> {
        let names = view.customer_names()?;
        if names.listed(given).is_some() {
            return Ok(FilteredCustomer::new(spelled_customer(view, given)?, names));
        }
        let mut called = self.called_as(view, given)?;
        if called.is_empty() {
            called = customers_named(&self.store, view, given)?;
        }
        let each: BTreeMap<String, String> =
            called.into_iter().map(|name| (names.key(&name), name)).collect();
        let meant: Vec<&str> = each.values().map(String::as_str).collect();
        let (thing, given) = (Vocabulary::CustomerName, given.to_owned());
        match meant[..] {
            [one] => Ok(FilteredCustomer::new(spelled_customer(view, one)?, names)),
            [] => {
                let near = customers_near(&self.store, view, &given)?.into_iter();
                let nearest = near.take(MOST_NEAR).collect();
                Err(Refusal::Unknown { thing, given, nearest, known: Vec::new() }.into())
            }
            [..] => {
                let among = meant.into_iter().map(PermittedValue::plain).collect();
                Err(Refusal::Ambiguous { thing, given, among }.into())
            }
        }
    }

    fn names_in_records(&self, view: &View<'_>) -> Result<BTreeSet<String>> {
        if let Some(called) = self.store.customers_of_records(view) {
            return Ok(called);
        }
        let records = self.records(view)?.into_iter();
        Ok(records.map(|record| record.status.customer).collect())
    }

    /// The names in records and of contacts' customers that no listed customer has, each once however it is
    /// spelled.
    ///
    /// # Errors
    /// What cannot be read.
    pub fn unlisted_customers(&self, view: &View<'_>) -> Result<Vec<String>> {
        let names = view.customer_names()?;
        let of_contacts = customers_of_contacts(&self.store, view)?;
        // where records spell one otherwise, as they do
        let called = of_contacts.into_iter().chain(self.names_in_records(view)?);
        let unlisted = called.filter(|name| names.listed(name).is_none());
        let each: BTreeMap<String, String> =
            unlisted.map(|name| (names.key(&name), name)).collect();
        Ok(each.into_values().collect())
    }

    /// Commits a customer as `change` makes it, by somebody who may.
    ///
    /// # Errors
    /// What stands against it, or keeps it from being written.
    pub fn write_customer(
        &self,
        change: impl Fn(&View<'_>) -> Result<(Option<Customer>, Customer)>,
    ) -> Result<Customer> {
        let branch = self.store.writing_branch(&self.desk, self.app.options.branch.as_deref())?;
        let (_, written) = self.store.write(&branch, &|notice| self.notice(&notice), |view| {
            let policy = view.policy()?;
            let (before, after) = change(view)?;
            let may = customers::who_may(before.as_ref(), &after, &policy);
            let (actor, _) = self.actor_as(&policy, may)?;
            let names = view.customer_names()?;
            customers::names_nobody(before.as_ref(), &after)?;
            customers::may_become(before.as_ref(), &after, &names, &policy)?;
            let subject = message::subject_of_customer(before.as_ref(), &after);
            let files = vec![store::file(layout::customer(&after.id), &after)?];
            let change = self.plain_change(&actor, message::CUSTOMER, &subject, files)?;
            Ok::<_, Error>((Some(change), after))
        })?;
        Ok(written)
    }
}

/// A customer by its own name where one is listed that is called so, else as it was given.
///
/// # Errors
/// What cannot be read.
pub fn spelled_customer(view: &View<'_>, given: &str) -> Result<String> {
    let listed = view.listed_customer(given)?;
    Ok(listed.map_or_else(|| given.to_owned(), |customer| customer.name))
}

/// A customer's name as a contact keeps it.
///
/// # Errors
/// [`Refusal::Text`], or what cannot be read.
pub(super) fn kept_customer(view: &View<'_>, given: &str) -> Result<String> {
    let listed = view.listed_customer(given)?;
    let kept = customers::kept_name(given, listed.as_ref());
    kept.map_err(|fault| Refusal::Text { flag: "--customer", fault }.into())
}

/// The customer that is called so, by id, name or alias.
///
/// # Errors
/// [`Refusal::Unknown`] with the nearest names.
pub fn customer_called(view: &View<'_>, given: &str) -> Result<Customer> {
    let names = view.customer_names()?;
    let id = given.parse::<CustomerId>().ok();
    // one that was merged is still there under its id
    let own = id.map(|id| view.customer(&id)).transpose()?.flatten();
    let found = match own {
        Some(own) => Some(own),
        None => view.listed_customer(given)?,
    };
    found.ok_or_else(|| unknown(given, &names))
}

fn unknown(given: &str, names: &CustomerNames) -> Error {
    let near = nearest_companies(given, names.iter().map(|(name, _)| name)).into_iter();
    let ids: BTreeSet<String> =
        near.filter_map(|name| names.listed(name)).map(ToString::to_string).collect();
    let nearest = ids.into_iter().collect();
    let thing = Vocabulary::Customer;
    Refusal::Unknown { thing, given: given.to_owned(), nearest, known: Vec::new() }.into()
}
