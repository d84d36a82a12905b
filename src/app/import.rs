//! Taking over the records of another system: one commit each, dated by that system.

use std::collections::BTreeMap;

use crate::{
    app::{
        context,
        desk::OpenDesk,
        step::{WithContacts, unopened},
    },
    audit::message,
    domain::{
        analysis::source::Case,
        base::ids::RecordId,
        deciding::{
            contacts::{meant, nobody_of_the_team},
            policy::Policy,
            scene::Scene,
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
        self,
        git::{Change, Person, ids::CommitId},
        layout,
        view::View,
    },
};

/// What the desk has before a record is imported.
#[derive(Debug)]
pub struct Known {
    /// Records of other systems that are here already.
    pub records: BTreeMap<Source, RecordId>,
    contacts: Vec<Contact>,
    /// The commit that has it so.
    at: Option<CommitId>,
}

/// What became of a record.
#[derive(Debug)]
pub enum Taken {
    Done(RecordId),
    /// It is here already, as this one.
    Already(RecordId),
}

impl Known {
    /// Looks through the desk.
    ///
    /// # Errors
    /// A damaged repository.
    pub fn of(view: &View<'_>) -> Result<Self> {
        let (records, _) = view.records()?;
        let named = |record: Record| Some((record.intake.source?, record.id));
        Ok(Self {
            records: records.into_iter().filter_map(named).collect(),
            contacts: view.contacts()?.0,
            at: view.commit(),
        })
    }
}

impl OpenDesk<'_> {
    /// Refuses who may not import, before anything is read.
    ///
    /// # Errors
    /// Nobody of the roster, or a role that may not.
    pub fn may_import(&self, policy: &Policy) -> Result<()> {
        self.actor_as(policy, policy.roles.may(Action::Import)).map(drop)
    }

    /// Imports one record with its whole history, unless it is here already.
    ///
    /// # Errors
    /// What policy or roster has against it, or what keeps it from being written.
    pub fn import(&self, case: &Case, known: &mut Known) -> Result<Taken> {
        let (commit, done) = self.taking_the_road(|view| {
            // somebody else wrote in between
            if view.commit() != known.at {
                *known = Known::of(view)?;
            }
            let source = case.intake.source.as_ref();
            if let Some(id) = source.and_then(|source| known.records.get(source)) {
                return Ok((None, Err(id.clone())));
            }
            let policy = view.policy()?;
            let (actor, role) = self.actor_as(&policy, policy.roles.may(Action::Import))?;
            let doing = context::doing(view, Action::Import, &actor.person.id);
            let now = self.now();
            let stamp = |n, at| -> Result<Stamp> {
                Ok(Stamp {
                    id: self.app.ids.event(now, &doing)?,
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
            let mut files = Vec::new();
            let mut made = Vec::new();
            let mut intake = case.intake.clone();
            if let Some(name) = &case.name {
                let contact = self.contact_of(&policy, &intake, name, &known.contacts, &doing)?;
                intake.contact = Some(contact.id.clone());
                if !known.contacts.contains(&contact) {
                    files.push(store::file(layout::contact(&contact.id), &contact)?);
                    made.push(contact);
                }
            }
            let id = self.free_id(view, &policy, intake.received_at, &doing)?;
            let first = stamp(1, intake.received_at)?;
            let lookup = &WithContacts { view, contacts: &made };
            let decided = |record: &Record, stamp: &Stamp, entry: Option<&Import>| {
                let scene = Scene { record, policy: &policy, stamp, now, lookup };
                let act = match entry {
                    None => decide_unasked::<Open>(opening::Request { major: None }, &scene),
                    Some(entry) => decide_unasked::<Import>(entry.clone(), &scene),
                };
                act.map_err(unopened)
            };
            let told = Record::told(id, intake, &first);
            let act = decided(&told, &first, None)?;
            let mut record = told.with(Event { stamp: first, act });
            for (n, (at, entry)) in (2..).zip(&case.entries) {
                let stamp = stamp(n, *at)?;
                let act = decided(&record, &stamp, Some(entry))?;
                record = record.with(Event { stamp, act });
            }
            files.push(store::record_file(&record)?);
            let event = record.history[record.history.len() - 1].clone();
            let author = Person { name: actor.person.name.clone(), email: actor.email.clone() };
            let change = Change {
                files,
                message: message::of_import(&record, &event, self.app.clock.is_fixed()),
                committer: self.committer(&author),
                author,
                at: now,
                done_at: Some(event.stamp.at),
                sign: self.signs(),
            };
            Ok((Some(change), Ok((record, made))))
        })?;
        let (record, made) = match done {
            Ok(done) => done,
            Err(id) => return Ok(Taken::Already(id)),
        };
        self.remember(&record.id);
        known.at = commit;
        known.contacts.extend(made);
        if let Some(source) = record.intake.source {
            known.records.insert(source, record.id.clone());
        }
        Ok(Taken::Done(record.id))
    }

    /// The contact of this name at the record's customer, else a new one.
    fn contact_of(
        &self,
        policy: &Policy,
        intake: &Intake,
        name: &str,
        known: &[Contact],
        doing: &str,
    ) -> Result<Contact> {
        let called = known.iter().filter(|contact| contact.is_called(name)).cloned();
        let by_id = |id: &_| Ok::<_, Error>(known.iter().find(|other| other.id == *id).cloned());
        let who = (name, Some(intake.customer.as_str()), None);
        let mut found = meant(called, who, |id| followed(id, by_id))?.into_iter();
        if let Some(found) = found.next() {
            nobody_of_the_team(&found, policy).map_err(unopened)?;
            return Ok(found);
        }
        let contact = Contact {
            format: FORMAT,
            id: self.app.ids.contact(doing)?,
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
        nobody_of_the_team(&contact, policy).map_err(unopened)?;
        Ok(contact)
    }
}
