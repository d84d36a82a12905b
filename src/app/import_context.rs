//! What the desk has of another system, looked for once and followed from commit to commit.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    rc::Rc,
};

use crate::{
    app::step::trusted,
    domain::{
        base::{
            ids::{ContactId, RecordId},
            text::folded,
        },
        deciding::contacts::meant,
        history::{
            contact::{Contact, followed},
            customer::CustomerNames,
            intake::Source,
            reach::{ReachList, reach_key},
            record::Record,
            refusal::Refusal,
        },
    },
    error::{Error, Result},
    store::{
        Store,
        git::{diff::ChangedPath, ids::CommitId},
        layout,
        view::View,
    },
};

/// What the desk has before a record is imported.
#[derive(Debug)]
pub struct ImportContext {
    /// Records of other systems that are here already.
    records: HashMap<Source, BTreeSet<RecordId>>,
    contacts: BTreeMap<ContactId, Contact>,
    /// Contacts by their customers, with the names, numbers and addresses that they have, or once had;
    /// those that are merged into others by no customer.
    named: HashMap<(Option<String>, String), BTreeSet<ContactId>>,
    reached: HashMap<(Option<String>, String), BTreeSet<ContactId>>,
    names: Rc<CustomerNames>,
    /// The commit that has it so.
    at: Option<CommitId>,
}

impl ImportContext {
    /// Looks through the desk.
    ///
    /// # Errors
    /// A record that cannot be read: it may be of any number, which would be imported again.
    pub fn of(view: &View<'_>) -> Result<Self> {
        let mut context = Self {
            records: HashMap::new(),
            contacts: BTreeMap::new(),
            named: HashMap::new(),
            reached: HashMap::new(),
            names: view.customer_names()?,
            at: view.commit(),
        };
        for id in view.record_ids()? {
            let source = view.record(&id)?.and_then(|record| record.intake.source);
            context.know_source(source, id);
        }
        for contact in view.contacts()?.0 {
            context.know(contact);
        }
        Ok(context)
    }

    fn know_source(&mut self, source: Option<Source>, id: RecordId) {
        if let Some(source) = source {
            self.records.entry(source).or_default().insert(id);
        }
    }

    fn know(&mut self, contact: Contact) {
        let id = || contact.id.clone();
        let is_merged = contact.merged_into.is_some();
        let at = |of: String| ((!is_merged).then(|| self.names.key(&contact.customer)), of);
        if let Some(person) = &contact.person {
            self.named.entry(at(folded(&person.name))).or_default().insert(id());
            let reaches = ReachList::ALL.iter().flat_map(|list| person.reaches(*list));
            for key in reaches.filter_map(|reach| reach_key(&reach.at)) {
                self.reached.entry(at(key)).or_default().insert(id());
            }
        }
        self.contacts.insert(id(), contact);
    }

    /// What the desk has as it is looked at, out of what changed since. A record keeps its source, and
    /// whether it can still be read is seen when it is asked for.
    pub(super) fn follow(&mut self, store: &Store, view: &View<'_>) -> Result<()> {
        let Some(tip) = view.commit().filter(|tip| self.at != Some(*tip)) else { return Ok(()) };
        for ChangedPath { path, .. } in store.changes(self.at, tip)? {
            if let Some(id) = layout::record_of(&path) {
                let record = view.record(&id).ok().flatten();
                self.know_source(record.and_then(|record| record.intake.source), id);
            } else if let Some(id) = layout::contact_of(&path) {
                match view.contact(&id).ok().flatten() {
                    Some(contact) => self.know(contact),
                    None => drop(self.contacts.remove(&id)),
                }
            }
        }
        self.at = Some(tip);
        Ok(())
    }

    /// The record that the desk has of a number; `None` where it has none.
    ///
    /// # Errors
    /// A file that cannot be built on, or a number that two records stand for.
    pub(super) fn imported(&self, view: &View<'_>, source: &Source) -> Result<Option<Record>> {
        let mut found = Vec::new();
        for id in self.records.get(source).into_iter().flatten() {
            found.extend(view.record(id)?.filter(|it| it.intake.source.as_ref() == Some(source)));
        }
        if found.len() > 1 {
            found.retain(|record| record.stands_for().is_some());
        }
        if found.len() > 1 {
            let records = found.into_iter().map(|record| record.id).collect();
            return Err(Refusal::NumberTwice { number: source.number.clone(), records }.into());
        }
        found.first().map(trusted).transpose()?;
        Ok(found.pop())
    }

    /// Those whom a name, or a phone number in its place, may mean at a customer.
    fn called(&self, name: &str, customer: &str) -> Vec<Contact> {
        let key = reach_key(name);
        let at = [Some(self.names.key(customer)), None];
        let named = at.iter().map(|at| self.named.get(&(at.clone(), folded(name))));
        let reached = |at: &Option<String>| self.reached.get(&(at.clone(), key.clone()?));
        let found = named.chain(at.iter().map(reached)).flatten().flatten();
        let ids: BTreeSet<&ContactId> = found.collect();
        let contacts = ids.into_iter().filter_map(|id| self.contacts.get(id));
        contacts.filter(|contact| contact.is_called(name)).cloned().collect()
    }

    /// The contact of this name at the customer; `None` where there is none.
    pub(super) fn contact(&self, name: &str, customer: &str) -> Result<Option<Contact>> {
        let by_id = |id: &_| Ok::<_, Error>(self.contacts.get(id).cloned());
        let (told, names) = ((name, Some(customer), None), &self.names);
        let found = meant(self.called(name, customer), told, names, |id| followed(id, by_id))?;
        Ok(found.into_iter().next())
    }
}
