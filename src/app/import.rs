//! Taking over the records of another system: one commit each, dated by that system.

use std::collections::BTreeMap;

use crate::{
    app::{
        Actor,
        desk::OpenDesk,
        step::{WithContacts, contact_files},
    },
    audit::message,
    domain::{
        analysis::source::SourceRecord,
        base::{
            ids::{ContactId, RecordId},
            terms::Role,
        },
        deciding::{
            contacts::{meant, nobody_of_the_team},
            policy::Policy,
            scene::{Lookup, Scene},
            steps::{decide_unasked, open as opening},
        },
        history::{
            contact::{Contact, followed},
            event::{Event, FORMAT, RULES, Stamp},
            intake::{Intake, Source},
            record::Record,
            steps::{Action, import::Import, open::Open},
        },
    },
    error::{Error, Result},
    store::{
        self, Store,
        git::{Change, Identity, diff::ChangedPath, ids::CommitId},
        layout,
        view::View,
    },
};

/// What the desk has before a record is imported.
#[derive(Debug)]
pub struct ImportContext {
    /// Records of other systems that are here already.
    pub records: BTreeMap<Source, RecordId>,
    contacts: BTreeMap<ContactId, Contact>,
    /// The commit that has it so.
    at: Option<CommitId>,
}

/// What became of a record.
#[derive(Debug)]
pub enum RecordImport {
    Done(RecordId),
    /// It is here already, as this one.
    Already(RecordId),
}

impl ImportContext {
    /// Looks through the desk.
    pub fn of(view: &View<'_>) -> Result<Self> {
        let (records, _) = view.records()?;
        let named = |record: Record| Some((record.intake.source?, record.id));
        let contacts = view.contacts()?.0.into_iter();
        Ok(Self {
            records: records.into_iter().filter_map(named).collect(),
            contacts: contacts.map(|contact| (contact.id.clone(), contact)).collect(),
            at: view.commit(),
        })
    }

    /// What the desk has as it is looked at, out of what changed since. What cannot be read is left
    /// out.
    fn follow(&mut self, store: &Store, view: &View<'_>) -> Result<()> {
        let Some(tip) = view.commit().filter(|tip| self.at != Some(*tip)) else { return Ok(()) };
        for ChangedPath { path, old, .. } in store.changes(self.at, tip)? {
            if let Some(id) = layout::record_of(&path) {
                if old.is_some() {
                    self.records.retain(|_, known| *known != id);
                }
                let record = view.record(&id).ok().flatten();
                self.records.extend(record.and_then(|record| Some((record.intake.source?, id))));
            } else if let Some(id) = layout::contact_of(&path) {
                self.contacts.remove(&id);
                let contact = view.contact(&id).ok().flatten();
                self.contacts.extend(contact.map(|contact| (id, contact)));
            }
        }
        self.at = Some(tip);
        Ok(())
    }
}

impl OpenDesk<'_> {
    /// Refuses who may not import, before anything is read.
    pub fn may_import(&self, policy: &Policy) -> Result<()> {
        self.actor_as(policy, policy.roles.may(Action::Import)).map(drop)
    }

    /// Imports one record with its whole history, unless it is here already.
    ///
    /// # Errors
    /// What policy or roster has against it, or what keeps it from being written.
    pub fn import(&self, case: &SourceRecord, known: &mut ImportContext) -> Result<RecordImport> {
        let (_, taken) = self.commit(|view| {
            known.follow(&self.store, view)?;
            let source = case.intake.source.as_ref();
            if let Some(id) = source.and_then(|source| known.records.get(source)) {
                return Ok((None, RecordImport::Already(id.clone())));
            }
            let (change, id) = self.taken_over(case, known, view)?;
            Ok((Some(change), RecordImport::Done(id)))
        })?;

        if let RecordImport::Done(id) = &taken {
            self.remember(id);
        }
        Ok(taken)
    }

    /// The commit that takes a record over, and the record's id.
    fn taken_over(
        &self,
        case: &SourceRecord,
        known: &ImportContext,
        view: &View<'_>,
    ) -> Result<(Change, RecordId)> {
        let policy = view.policy()?;
        let (actor, role) = self.actor_as(&policy, policy.roles.may(Action::Import))?;
        let seed_context = self.seed_context(view, Action::Import, &actor.person.id)?;

        let mut intake = case.intake.clone();
        let mut new = Vec::new();
        if let Some(name) = &case.name {
            let contact =
                self.contact_of(view, &policy, &intake, name, &known.contacts, &seed_context)?;
            intake.contact = Some(contact.id.clone());
            if !known.contacts.contains_key(&contact.id) {
                new.push(contact);
            }
        }
        let id = self.free_id(view, &policy, intake.received_at, &seed_context)?;
        let stamps = self.stamps(case, &actor, role, &seed_context)?;
        let opened = Record::opened(id.clone(), intake, &stamps[0]);
        let record =
            happened(opened, stamps, case, &policy, &WithContacts { view, contacts: &new })?;

        let mut files = contact_files(&new)?;
        files.push(store::record_file(&record)?);
        let event = &record.history[record.history.len() - 1];
        let author = Identity { name: actor.person.name.clone(), email: actor.email.clone() };
        let change = Change {
            files,
            message: message::of_import(&record, event, self.app.clock.is_fixed()),
            committer: self.committer()?,
            author,
            at: event.stamp.recorded_at,
            done_at: Some(event.stamp.at),
            sign: self.signs()?,
        };
        Ok((change, id))
    }

    /// The stamps of the opening and of each entry after it, all made now.
    fn stamps(
        &self,
        case: &SourceRecord,
        actor: &Actor,
        role: Role,
        seed_context: &str,
    ) -> Result<Vec<Stamp>> {
        let now = self.now();
        let times = case.entries.iter().map(|(at, _)| *at);
        let times = std::iter::once(case.intake.received_at).chain(times);
        let stamp = |(n, at)| {
            Ok(Stamp {
                id: self.app.ids.event(now, seed_context)?,
                n,
                at,
                recorded_at: now,
                by: actor.person.id.clone(),
                role,
                told_by: None,
                told_via: None,
                rules: RULES,
                late_because: None,
                note: None,
                opened: None,
            })
        };
        (1..).zip(times).map(stamp).collect()
    }

    /// The contact of this name at the record's customer, else a new one.
    fn contact_of(
        &self,
        view: &View<'_>,
        policy: &Policy,
        intake: &Intake,
        name: &str,
        known: &BTreeMap<ContactId, Contact>,
        seed_context: &str,
    ) -> Result<Contact> {
        let called = known.values().filter(|contact| contact.is_called(name)).cloned();
        let by_id = |id: &_| Ok::<_, Error>(known.get(id).cloned());
        let who = (name, Some(intake.customer.as_str()), None);
        let mut found = meant(called, who, |id| followed(id, by_id))?.into_iter();
        if let Some(found) = found.next() {
            nobody_of_the_team(&found, policy)?;
            return Ok(found);
        }
        let id = loop {
            let id = self.free_contact_id(view, seed_context)?;
            if !known.contains_key(&id) {
                break id;
            }
        };
        let contact = Contact {
            format: FORMAT,
            id,
            name: name.to_owned(),
            salutation: None,
            phone: None,
            email: None,
            site: None,
            customer: intake.customer.clone(),
            namesake: None,
            merged_into: None,
            disputed: BTreeMap::new(),
        };
        nobody_of_the_team(&contact, policy)?;
        Ok(contact)
    }
}

/// What was told with all that happened to it, each entry decided on those before it.
fn happened(
    opened: Record,
    stamps: Vec<Stamp>,
    case: &SourceRecord,
    policy: &Policy,
    lookup: &dyn Lookup,
) -> Result<Record> {
    let decided = |record: &Record, stamp: &Stamp, entry: Option<&Import>| {
        let scene = Scene { record, policy, stamp, now: stamp.recorded_at, lookup };
        let act = match entry {
            None => decide_unasked::<Open>(opening::Request { major: None }, &scene),
            Some(entry) => decide_unasked::<Import>(entry.clone(), &scene),
        };
        act.map_err(Error::from)
    };
    let entries = case.entries.iter().map(|(_, entry)| Some(entry));
    let mut record = opened;
    for (stamp, entry) in stamps.into_iter().zip(std::iter::once(None).chain(entries)) {
        let act = decided(&record, &stamp, entry)?;
        record = record.with(Event { stamp, act });
    }
    Ok(record)
}
