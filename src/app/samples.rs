//! The sample of a month: as the rule draws it, and as it was frozen.

use std::{collections::BTreeMap, convert::Infallible, rc::Rc};

use chrono::NaiveDate;

use crate::{
    app::desk::OpenDesk,
    domain::{
        analysis::survey::sample::Sample,
        base::{ids::ContactId, month::Month},
        deciding::policy::Policy,
        history::{contact::Contact, customer::CustomerNames, record::Record},
    },
    error::Result,
    store::{self, view::View},
};

/// Everything that samples are drawn from, read once.
#[derive(Debug)]
pub struct SamplePool<'a> {
    pub records: &'a [Record],
    pub policy: &'a Policy,
    contacts: BTreeMap<ContactId, Contact>,
    names: Rc<CustomerNames>,
    today: NaiveDate,
}

impl<'a> SamplePool<'a> {
    /// The pool of a desk as it stands in `view`.
    pub fn new(
        desk: &OpenDesk<'_>,
        view: &View<'_>,
        records: &'a [Record],
        policy: &'a Policy,
    ) -> Result<Self> {
        let (contacts, left_out) = view.contacts()?;
        desk.name_left_out(&left_out);
        let contacts = contacts.into_iter().map(|contact| (contact.id.clone(), contact)).collect();
        let names = view.customer_names()?;
        Ok(Self { records, policy, contacts, names, today: desk.now().date() })
    }

    /// The sample of a month.
    pub fn sample(&self, month: Month) -> Sample {
        let contact = |id: &ContactId| Ok::<_, Infallible>(self.contacts.get(id).cloned());
        let of = (self.records, &*self.names);
        Sample::of(of, month, (self.policy, self.today), contact, store::sha1)
    }

    /// Every contact, with merged ones under their old ids too.
    pub fn contacts(&self) -> Vec<Contact> {
        let named = |id: &ContactId| {
            self.contact(id).map(|contact| Contact { id: id.clone(), ..contact.clone() })
        };
        self.contacts.keys().filter_map(named).collect()
    }

    /// The contact, or the one that took its place.
    pub fn contact(&self, id: &ContactId) -> Option<&Contact> {
        let mut found = self.contacts.get(id)?;
        // Two clones may have merged two contacts into each other, so the way has an end.
        for _ in 0..self.contacts.len() {
            match found.merged_into.as_ref().and_then(|into| self.contacts.get(into)) {
                Some(next) => found = next,
                None => break,
            }
        }
        Some(found)
    }
}
