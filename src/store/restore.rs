//! What a broken file held while it was sound.

use std::collections::{BTreeSet, HashSet};

use crate::{
    domain::{
        base::ids::{EventId, RecordId},
        history::{
            contact::Contact,
            customer::Customer,
            merge::{circle, contacts, customers},
            record::Record,
        },
    },
    store::{
        Store,
        error::Result,
        file,
        git::{FileChange, ids::CommitId},
        layout, record_file,
        view::View,
    },
};

/// So many commits back versions are looked for.
const FURTHEST: usize = 20_000;

impl Store {
    /// A record with every event that any sound version of it held, as it was first written, before
    /// and in this commit; or the newest sound version of a contact or customer. Where it is the one
    /// that holds of several merged in a circle, it does. `None` where there never was one.
    pub fn mended(&self, commit: CommitId, path: &str) -> Result<Option<FileChange>> {
        let view = self.view_of(commit)?;
        if let Some(id) = layout::record_of(path) {
            let Some(whole) = self.whole(commit, &id)? else { return Ok(None) };
            let crossed = circle::crossed(&whole, |id| view.record(id))?;
            let holds = crossed.filter(|holds| holds.id == whole.id);
            return record_file(&holds.unwrap_or(whole)).map(Some);
        }
        if layout::customer_of(path).is_some() {
            return self.mended_customer(commit, path);
        }
        let mut found: Option<Contact> = None;
        self.back(commit, &mut |view| {
            let contact = sound_contact(view, path);
            let Some(contact) = contact else { return LookBack::On };
            found = Some(match found.take() {
                Some(other) => contacts::contacts(None, &other, &contact),
                None => contact,
            });
            LookBack::Enough
        })?;
        let Some(mut found) = found else { return Ok(None) };
        // nobody who was erased is known again, whatever came after
        if found.erased.is_none() {
            found.erased = self.erasures(commit, None)?.remove(&found.id);
        }
        let held = circle::held(&found, |id| view.contact(id))?;
        let holds = held.filter(|holds| holds.id == found.id);
        file(path.to_owned(), &holds.unwrap_or(found)).map(Some)
    }

    /// The newest sound version of a customer; of two that a merge brought together, both.
    fn mended_customer(&self, commit: CommitId, path: &str) -> Result<Option<FileChange>> {
        let mut found: Option<Customer> = None;
        self.back(commit, &mut |view| {
            let Some(customer) = sound_customer(view, path) else { return LookBack::On };
            found = Some(match found.take() {
                Some(other) => customers::customers(None, &other, &customer),
                None => customer,
            });
            LookBack::Enough
        })?;
        found.map(|found| file(path.to_owned(), &found)).transpose()
    }

    /// The record with all events that its sound versions ever held; of two contents of one event
    /// the one that was there first.
    pub fn whole(&self, commit: CommitId, id: &RecordId) -> Result<Option<Record>> {
        let mut versions: Vec<Record> = Vec::new();
        self.back(commit, &mut |view| {
            let version = view.record(id);
            let born = !matches!(version, Ok(None));
            if let Ok(Some(record)) = version
                && record.replay() == record.status
                && versions.last() != Some(&record)
            {
                versions.push(record);
            }
            // before it was opened there is nothing to find, but a record may have been deleted
            if born || versions.is_empty() { LookBack::On } else { LookBack::Enough }
        })?;
        let Some(mut whole) = versions.pop() else { return Ok(None) };
        while let Some(version) = versions.pop() {
            if version.reference() != whole.reference() {
                continue;
            }
            for event in version.history {
                if whole.event(&event.stamp.id).is_none() {
                    whole.history.push(event);
                }
            }
            whole.namesakes.extend(version.namesakes);
            whole.crossed.extend(version.crossed);
            whole.formerly = whole.formerly.or(version.formerly);
        }
        whole.history.sort_by(|a, b| a.order().cmp(&b.order()));
        whole.status = whole.replay();
        Ok(Some(whole))
    }

    /// Goes back from a commit along all its parents, as long as `seen` wants to.
    fn back(&self, from: CommitId, seen: &mut dyn FnMut(&View<'_>) -> LookBack) -> Result<()> {
        let mut open = vec![from];
        let mut known = HashSet::new();
        while let Some(commit) = open.pop() {
            if known.len() >= FURTHEST || !known.insert(commit) {
                continue;
            }
            if matches!(seen(&self.view_of(commit)?), LookBack::On) {
                open.extend(self.repository.commit_info(commit)?.parents);
            }
        }
        Ok(())
    }

    /// Files of records and contacts that the newest commits took away, records of which a merge among
    /// them lost an event, and contacts of which any commit lost an erasure, as they are in `commit`.
    pub fn lost(&self, commit: CommitId, newest: usize) -> Result<Vec<String>> {
        let now = self.view_of(commit)?;
        let known_again = self.known_again(commit)?;
        let mut lost: BTreeSet<String> = known_again.iter().map(layout::contact).collect();
        for id in self.repository.newest(commit, newest)? {
            let info = self.repository.commit_info(id)?;
            for parent in &info.parents {
                for change in self.changes(Some(*parent), id)? {
                    let of_record = layout::record_of(&change.path);
                    let ours = of_record.is_some()
                        || layout::contact_of(&change.path).is_some()
                        || layout::customer_of(&change.path).is_some();
                    if ours && change.new.is_none() && now.held(&change.path)?.is_none() {
                        lost.insert(change.path.clone());
                    }
                    let Some(record) = of_record.filter(|_| info.parents.len() > 1) else {
                        continue;
                    };
                    let events = |view: &View<'_>| -> Option<BTreeSet<EventId>> {
                        let record = view.record(&record).ok()??;
                        Some(record.history.into_iter().map(|event| event.stamp.id).collect())
                    };
                    let before = events(&self.view_of(*parent)?);
                    if let (Some(before), Some(after)) = (before, events(&now))
                        && !before.is_subset(&after)
                        && self.same_opening(&record, *parent, &now)?
                    {
                        lost.insert(change.path);
                    }
                }
            }
        }
        Ok(lost.into_iter().collect())
    }

    /// Whether a record is the same matter in a commit as now: its id may have been given twice.
    fn same_opening(&self, id: &RecordId, then: CommitId, now: &View<'_>) -> Result<bool> {
        let then = self.view_of(then)?;
        let opening = |view: &View<'_>| view.record(id).ok().flatten()?.reference();
        Ok(opening(&then) == opening(now))
    }
}

/// Whether to look further back.
enum LookBack {
    On,
    Enough,
}

/// The contact of a file that can be read and bears its own name.
pub fn sound_contact(view: &View<'_>, path: &str) -> Option<Contact> {
    let id = layout::contact_of(path)?;
    let contact = view.contact(&id).ok()??;
    (contact.id == id).then_some(contact)
}

fn sound_customer(view: &View<'_>, path: &str) -> Option<Customer> {
    view.customer(&layout::customer_of(path)?).ok()?
}
