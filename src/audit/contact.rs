//! Whether what a commit does to contacts is what a command does: one comes with the step that names
//! it, or two become one.

use super::{class::Area, judge::CommitCase, message};
use crate::{
    domain::{
        analysis::finding::{Finding, FindingCode},
        base::{
            ids::{ContactId, RecordId},
            terms::Field,
        },
        deciding::{contact_change, contact_merge, contacts, customers, policy::people::Person},
        history::{
            contact::Contact,
            event::{Event, FORMAT},
            facts::Value,
            record::Record,
            refusal::Refusal,
            steps::Act,
        },
    },
    store::{
        self,
        git::{diff::ChangedPath, ids::BlobId},
        layout,
    },
};

impl CommitCase<'_> {
    /// A contact comes with the record or the event that names it, of the record's customer and with
    /// nothing else; who that is lies elsewhere.
    pub(super) fn contact_of(
        &self,
        changed: &ChangedPath,
        record: &Record,
        event: &Event,
        findings: &mut Vec<Finding>,
    ) {
        self.contact(&changed.path, findings);
        let smuggled = || Finding::of(FindingCode::Smuggled).path(&changed.path);
        let Some(id) = layout::contact_of(&changed.path) else {
            return findings.push(smuggled());
        };
        let is_first = matches!(event.act, Act::Open(_) | Act::Import(_));
        let intake = is_first.then(|| record.intake.facts()).into_iter().flatten();
        let mut named = event.facts().into_iter().chain(intake);
        let is_it = |value: Value<'_>| match value {
            Value::Correction(set) => set.field == Field::Contact && set.new == id.as_str(),
            value => [Value::Contact(&id), Value::Recipient(&id)].contains(&value),
        };
        if !named.any(|fact| is_it(fact.value)) {
            findings.push(smuggled());
        }
        // of the customer to the letter: what the record was told is what the contact is told
        let own = |record: &Record| record.status.customer.clone();
        let before = self.before.record(&record.id).ok().flatten();
        let mut own = before.iter().chain([record]).map(own);
        if let Some(new) = self.after.contact(&id).ok().flatten()
            && !own.any(|own| own == new.customer)
        {
            findings.push(self.misspelled_customer(&changed.path));
        }
        self.new_contact(&id, changed, findings);
    }

    /// That a contact is kept under another name of its customer than a command keeps.
    fn misspelled_customer(&self, path: &str) -> Finding {
        let why = Refusal::Misspelled { field: contact_change::OF_BRANCH };
        self.against(why).path(path)
    }

    /// The name by which a command keeps a contact's customer, where it keeps one.
    fn kept_customer(&self, given: &str) -> Option<String> {
        let listed = self.before.listed_customer(given).ok()?;
        customers::kept_name(given, listed.as_ref()).ok()
    }

    /// Whether a contact is one that a command makes of somebody new.
    fn new_contact(&self, id: &ContactId, changed: &ChangedPath, findings: &mut Vec<Finding>) {
        let Some(new) = self.after.contact(id).ok().flatten() else { return };
        if let Err(why) = contacts::spelled(&new) {
            findings.push(self.against(why).path(&changed.path));
        }
        if !is_spelled(&new, &changed.path, changed.new.map(|new| new.id)) {
            findings.push(Finding::of(FindingCode::Respelled).path(&changed.path));
        }
        let is_plain = new.merged_into.is_none() && new.erased.is_none() && new.disputed.is_empty();
        if changed.old.is_some() || new.format != FORMAT || !is_plain {
            findings.push(Finding::of(FindingCode::Smuggled).path(&changed.path));
        }
    }

    /// One new contact, as the subject says, and nothing else.
    pub(super) fn contact_added(
        &self,
        id: &ContactId,
        author: &Person,
        findings: &mut Vec<Finding>,
    ) {
        let mut is_there = false;
        for (_, changed) in self.watched().filter(|(area, _)| *area == Area::Contacts) {
            if layout::contact_of(&changed.path).as_ref() == Some(id) {
                is_there = true;
                self.contact(&changed.path, findings);
                self.new_contact(id, changed, findings);
                if let Some(new) = self.after.contact(id).ok().flatten()
                    && self.kept_customer(&new.customer).as_ref() != Some(&new.customer)
                {
                    findings.push(self.misspelled_customer(&changed.path));
                }
            } else {
                findings.push(Finding::of(FindingCode::Smuggled).path(&changed.path));
            }
        }
        if !is_there {
            findings.push(Finding::of(FindingCode::MessageForged).found(id));
        }
        let subject = message::subject_of_new_contact(id);
        self.plain_message(&subject, "contact", author, findings);
    }

    /// Something is said anew of a contact of whom a command says it. Who that is lies elsewhere, so that
    /// nothing changes here but the customer whose person it is.
    pub(super) fn contact_changed(
        &self,
        (id, fields, reason): (ContactId, Vec<&'static str>, Option<&str>),
        author: &Person,
        findings: &mut Vec<Finding>,
    ) {
        let mut due = Ok(Vec::new());
        match self.before.contact(&id).ok().flatten() {
            None => findings.push(Finding::of(FindingCode::MessageForged).found(&id)),
            Some(contact) => {
                // who knows a name, and since when, must not change what is judged of the history
                let reason = reason.map(|reason| contacts::about_nobody(reason, &[]));
                let judged = contact_change::may_change(&contact).and(reason.unwrap_or(Ok(())));
                findings.extend(judged.err().map(|why| self.against(why)));
                let after = self.after.contact(&id).ok().flatten();
                if let Some(after) = after.filter(|_| fields.contains(&contact_change::OF_BRANCH)) {
                    due = match self.kept_customer(&after.customer) {
                        Some(kept) => contact_change::moved(&contact, &kept).map(|due| vec![due]),
                        None => Err(Refusal::Misspelled { field: contact_change::OF_BRANCH }),
                    };
                }
            }
        }
        self.contacts_are(due, findings);
        let text = message::of_contact_change(&id, &fields, reason);
        self.plain_message(&text, "contact", author, findings);
    }

    /// One contact that leads to another of the same customer, as the subject says, and nothing else.
    pub(super) fn contact_merged(&self, author: &Person, findings: &mut Vec<Finding>) {
        let contact = |id: ContactId| self.before.contact(&id).ok()?;
        let named = message::contacts_of_subject(&self.commit.subject);
        let meant = named.and_then(|(from, into)| contact(from).zip(contact(into)));
        let due = meant.map(|(from, into)| contact_merge::merged(&from, &into, self.before));
        self.contacts_are(due.unwrap_or(Ok(Vec::new())), findings);
        self.plain_message(&self.commit.subject, "contact", author, findings);
    }

    /// The contacts of one person, erased as the subject says, and nothing else.
    pub(super) fn contact_erased(
        &self,
        id: &ContactId,
        author: &Person,
        findings: &mut Vec<Finding>,
    ) {
        self.role(contacts::MAY_ERASE, author, findings);
        let own = self.before.contacts().and_then(|(all, _)| {
            contact_merge::same_person(id, all, |id| self.before.followed(id))
        });
        let own = own.unwrap_or_default();
        let after = self.after.contact(id).ok().flatten().and_then(|contact| contact.erased);
        let due = match after {
            Some(erasure) => {
                if erasure.at != self.commit.time {
                    let finding = Finding::of(FindingCode::TimeForged);
                    findings.push(finding.expected(self.commit.time).found(erasure.at));
                }
                contacts::erased(&own, &erasure, &self.unfinished_of(&own))
            }
            None => Ok(Vec::new()),
        };
        self.contacts_are(due, findings);
        self.plain_message(&self.commit.subject, "contact", author, findings);
    }

    /// The records of these contacts that went on before the commit.
    fn unfinished_of(&self, contacts: &[Contact]) -> Vec<RecordId> {
        let ids: Vec<&str> = contacts.iter().map(|contact| contact.id.as_str()).collect();
        let [parent] = self.commit.parents[..] else { return Vec::new() };
        let records = self.store.records_saying(parent, &ids).unwrap_or_default().into_iter();
        let is_theirs = |record: &Record| {
            let contact = record.status.contact.as_ref();
            record.status.state.is_unfinished()
                && contact.is_some_and(|contact| ids.contains(&contact.as_str()))
        };
        records.filter(is_theirs).map(|record| record.id).collect()
    }

    /// Whether the commit changes these contacts so, and no others.
    fn contacts_are(&self, due: Result<Vec<Contact>, Refusal>, findings: &mut Vec<Finding>) {
        let touched: Vec<_> = self.watched().filter(|(area, _)| *area == Area::Contacts).collect();
        let smuggled = |path: &str| Finding::of(FindingCode::Smuggled).path(path);
        for (_, changed) in &touched {
            if changed.new.is_some() {
                self.contact(&changed.path, findings);
            }
        }
        let mut due = match due {
            Ok(due) => due,
            Err(why) => {
                let path = touched.first().map_or("contacts", |(_, changed)| &changed.path);
                return findings.push(self.against(why).path(path));
            }
        };
        for (_, changed) in &touched {
            let place = due.iter().position(|contact| layout::contact(&contact.id) == changed.path);
            match place.map(|place| due.swap_remove(place)) {
                Some(due) if self.after.contact(&due.id).ok().flatten().as_ref() != Some(&due) => {
                    findings.push(smuggled(&changed.path));
                }
                Some(due) if !is_spelled(&due, &changed.path, changed.new.map(|new| new.id)) => {
                    findings.push(Finding::of(FindingCode::Respelled).path(&changed.path));
                }
                Some(_) => {}
                None => findings.push(smuggled(&changed.path)),
            }
        }
        findings.extend(due.iter().map(|contact| smuggled(&layout::contact(&contact.id))));
    }

    /// Whether a contact's file can be read and bears its own name.
    pub(super) fn contact(&self, path: &str, findings: &mut Vec<Finding>) {
        let id = path.rsplit('/').next().and_then(|name| name.strip_suffix(".yaml")?.parse().ok());
        let Some(id) = id else {
            return findings.push(Finding::of(FindingCode::Smuggled).path(path));
        };
        match self.after.contact(&id) {
            Ok(Some(contact)) if contact.id == id => {}
            Ok(_) => findings.push(Finding::of(FindingCode::Planted).path(path)),
            Err(why) => findings.push(
                Finding::of(FindingCode::Unreadable)
                    .path(path)
                    .found(&self.words.store_error(&why)),
            ),
        }
    }
}

/// Whether the file holds what docket writes of a contact, and nothing beside it.
pub(super) fn is_spelled(contact: &Contact, path: &str, held: Option<BlobId>) -> bool {
    let spelled = store::file(path.to_owned(), contact).ok().and_then(|file| file.content);
    spelled.as_deref().and_then(BlobId::of) == held
}
