//! From a wish to a commit: the same road for every step.

use std::borrow::Cow;

use crate::{
    app::{
        Actor,
        contacts::new_or_better,
        context::{Proposal, StepContext},
        desk::OpenDesk,
    },
    audit::message,
    domain::{
        base::{
            ids::{ContactId, RecordId},
            terms::{Role, State},
            time::Timestamp,
        },
        deciding::{
            policy::Policy,
            scene::{Lookup, Scene},
            stamp::role,
            steps::{Decidable, decide, open as opening, ready},
        },
        history::{
            contact::Contact,
            event::{Event, RULES, Stamp},
            intake::Intake,
            lifecycle,
            record::Record,
            refusal::Refusal,
            steps::{Action, open::Open, survey_send::SurveyQuestion as Questioned},
        },
    },
    error::{Error, RefusalDetails, Result},
    store::{
        self, Store,
        error::Error as StoreError,
        find::{Purpose, RecordRef},
        git::{self, Change, FileChange, ids::CommitId},
        layout,
        view::View,
        zone::record_in,
    },
    words::message::Message,
};

/// A step that somebody wants.
#[derive(Clone, Copy, Debug)]
pub struct StepRequest<'a> {
    pub record: &'a RecordRef,
    /// Whose deed it is, where the desk enters it for somebody without a shell.
    pub told_by: Option<&'a str>,
    pub told_via: Option<&'a str>,
    /// The role in which it is meant, where the person has several.
    pub role: Option<Role>,
    /// What the event notes, where it is not what `--note` says.
    pub note: Option<&'a str>,
}

/// What a record is opened with.
#[derive(Clone, Debug)]
pub struct Opening {
    pub intake: Intake,
    /// The criterion that makes it a major event.
    pub major: Option<String>,
}

/// A step that was made.
#[derive(Clone, Debug)]
pub struct RecordedStep {
    pub record: Record,
    pub event: Event,
    /// The state before; `None` for a new record.
    pub before: Option<State>,
    /// The complaint that the step opened.
    pub complaint: Option<Record>,
    pub remarks: Vec<Message>,
    /// The rules by which it was made.
    pub policy: Policy,
}

impl<'a> StepRequest<'a> {
    /// A step of the acting person.
    pub fn new(record: &'a RecordRef) -> Self {
        Self { record, told_by: None, told_via: None, role: None, note: None }
    }

    /// The same step, meant in a role if the person has it.
    pub fn meant_as(self, role: Option<Role>) -> Self {
        Self { role, ..self }
    }

    /// The same step with a note.
    pub fn noted(self, note: &'a str) -> Self {
        Self { note: Some(note), ..self }
    }
}

impl OpenDesk<'_> {
    /// Makes a step on a record: decides on the tip, appends one event, commits it.
    ///
    /// # Errors
    /// What stands against the step, or what keeps it from being written.
    pub fn step<S: Decidable>(
        &self,
        request: StepRequest<'_>,
        propose: impl Fn(&StepContext<'_>) -> Result<Proposal<S::Request>>,
    ) -> Result<RecordedStep> {
        let rendered = self.rendered_before::<S>(request, &propose)?;
        self.writing(|view| {
            let policy = view.policy()?;
            let step = self.decided_step::<S>(request, view, &policy, &propose);
            let step = step.map_err(|error| error.with_names(&policy.people))?;
            let (complaint, mut event) = self.spawn(view, &policy, &step)?;
            let archived = self.keep_report(view, &policy, &step, &mut event, rendered.as_ref())?;
            let DecidedStep { actor, record, contacts, mut remarks, .. } = step;
            let next = record.with(event.clone());
            let mut files = contact_files(&contacts)?;
            files.push(store::record_file(&next)?);
            if let Some(complaint) = &complaint {
                files.push(store::record_file(complaint)?);
                remarks.push(Message::ComplaintOpened { complaint: complaint.id.clone() });
            }
            files.extend(archived);
            let before = Some(record.status.state);
            let change = self.change(&actor, &next, &event, before, files)?;
            let record = next;
            let done = RecordedStep { record, event, before, complaint, remarks, policy };
            Ok((Some(change), done))
        })
    }

    /// Decides a step without making it.
    ///
    /// # Errors
    /// What stands against it.
    pub fn tried<S: Decidable>(
        &self,
        request: StepRequest<'_>,
        propose: impl Fn(&StepContext<'_>) -> Result<Proposal<S::Request>>,
    ) -> Result<()> {
        let view = self.view()?;
        let policy = view.policy()?;
        let step = self.decided_step::<S>(request, &view, &policy, propose);
        step.map(drop).map_err(|error| error.with_names(&policy.people))
    }

    /// Refuses a step that cannot be made whatever it will say; gives its record.
    ///
    /// # Errors
    /// What stands against it.
    pub fn ready(&self, action: Action, request: StepRequest<'_>) -> Result<Record> {
        let view = self.view()?;
        let policy = view.policy()?;
        let begun = self.begun(action, request, &view, &policy);
        let (actor, record, stamp) = begun.map_err(|error| error.with_names(&policy.people))?;
        let context = StepContext {
            desk: self,
            view: &view,
            policy: &policy,
            actor: &actor,
            record: &record,
            stamp: &stamp,
            action,
        };
        let now = self.no_earlier(&view, stamp.recorded_at)?;
        context.refuse(ready(action, &Scene { now, ..context.scene() }))?;
        Ok(record)
    }

    /// Who makes a step, on which record, and when.
    fn begun(
        &self,
        action: Action,
        request: StepRequest<'_>,
        view: &View<'_>,
        policy: &Policy,
    ) -> Result<(Actor, Record, Stamp)> {
        let actor = self.actor(policy)?;
        let id = self.id(view, request.record, Purpose::Change)?;
        let record = view.record(&id)?.ok_or_else(|| missing(&id))?;
        trusted(&record)?;
        let allowed = lifecycle::allows(action, record.status.state);
        let allowed = allowed.map_err(|why| refused(&record, action, why));
        let stamp =
            allowed.and_then(|()| self.stamp(&record, policy, &actor, action, request, view));
        let stamp = stamp.map_err(|error| error.told_to(&actor.person))?;
        Ok((actor, record, stamp))
    }

    /// The step as it would be made on what `view` shows.
    pub(super) fn decided_step<S: Decidable>(
        &self,
        request: StepRequest<'_>,
        view: &View<'_>,
        policy: &Policy,
        propose: impl Fn(&StepContext<'_>) -> Result<Proposal<S::Request>>,
    ) -> Result<DecidedStep> {
        let (actor, record, stamp) = self.begun(S::ACTION, request, view, policy)?;
        let context = StepContext {
            desk: self,
            view,
            policy,
            actor: &actor,
            record: &record,
            stamp: &stamp,
            action: S::ACTION,
        };
        let Proposal { request, contacts, mut remarks } = propose(&context)?;
        let contacts = new_or_better(contacts, &mut remarks);
        let lookup = WithContacts { store: &self.store, view, contacts: &contacts };
        let scene = Scene {
            lookup: &lookup,
            now: self.no_earlier(view, stamp.recorded_at)?,
            ..context.scene()
        };
        let act = context.refuse(decide::<S>(request, &scene))?;
        let event = Event { stamp, act };
        Ok(DecidedStep { actor, record, event, contacts, remarks })
    }

    /// Opens a record: what was told, with what policy decides about it.
    ///
    /// # Errors
    /// What stands against it, or what keeps it from being written.
    pub fn open(
        &self,
        propose: impl Fn(&StepContext<'_>) -> Result<Proposal<Opening>>,
    ) -> Result<RecordedStep> {
        self.writing(|view| {
            let policy = view.policy()?;
            let (actor, blank, stamp) = self.blank(view, &policy)?;
            let id = blank.id.clone();
            let context = StepContext {
                desk: self,
                view,
                policy: &policy,
                actor: &actor,
                record: &blank,
                stamp: &stamp,
                action: Action::Open,
            };
            let Proposal { request, contacts, mut remarks } = propose(&context)?;
            let step = (Action::Open, request.intake.kind);
            let role = role(&actor.person, None, None, step, &policy)
                .map_err(|why| Error::from(why).with_names(&policy.people))?;
            let stamp = Stamp { role, ..stamp.clone() };
            let contacts = new_or_better(contacts, &mut remarks);
            let record = Record::opened(id, request.intake, &stamp);
            let lookup = WithContacts { store: &self.store, view, contacts: &contacts };
            let now = self.no_earlier(view, stamp.recorded_at)?;
            let scene =
                Scene { record: &record, stamp: &stamp, now, lookup: &lookup, ..context.scene() };
            let wanted = opening::Request { major: request.major };
            let act = context.refuse(decide::<Open>(wanted, &scene))?;
            let event = Event { stamp: stamp.clone(), act };
            let record = record.with(event.clone());
            let mut files = contact_files(&contacts)?;
            files.push(store::record_file(&record)?);
            let change = self.change(&actor, &record, &event, None, files)?;
            let (before, complaint) = (None, None);
            let done = RecordedStep { record, event, before, complaint, remarks, policy };
            Ok((Some(change), done))
        })
    }

    /// Refuses to open a record, whatever will be told; `also` knows what else stands against it.
    ///
    /// # Errors
    /// What stands against it.
    pub fn ready_to_open(&self, also: impl Fn(&StepContext<'_>) -> Result<()>) -> Result<()> {
        let view = self.view()?;
        let policy = view.policy()?;
        let blank = self.blank(&view, &policy);
        let (actor, record, stamp) = blank.map_err(|error| error.with_names(&policy.people))?;
        let context = StepContext {
            desk: self,
            view: &view,
            policy: &policy,
            actor: &actor,
            record: &record,
            stamp: &stamp,
            action: Action::Open,
        };
        context.refuse(ready(Action::Open, &context.scene()))?;
        also(&context)
    }

    /// Who opens a record, and a record of which nothing is told yet.
    fn blank(&self, view: &View<'_>, policy: &Policy) -> Result<(Actor, Record, Stamp)> {
        let actor = self.actor(policy)?;
        let stamp = self.opening_stamp(policy, &actor, view)?;
        let seed_context = self.seed_context(view, Action::Open, &actor.person.id)?;
        let id = self.free_id(view, policy, stamp.recorded_at, &seed_context)?;
        Ok((actor, Record::opened(id, Intake::blank(stamp.at), &stamp), stamp))
    }

    /// A time, or that of the commit it is built on where a slow clock says an earlier one.
    pub(super) fn no_earlier(&self, view: &View<'_>, now: Timestamp) -> Result<Timestamp> {
        let tip = view.commit().map(|tip| self.store.git().commit_info(tip)).transpose()?;
        Ok(tip.map_or(now, |tip| now.max(tip.time.in_zone(self.zone))))
    }

    /// An id of the day of `opened` that no record has.
    pub(super) fn free_id(
        &self,
        view: &View<'_>,
        policy: &Policy,
        opened: Timestamp,
        seed_context: &str,
    ) -> Result<RecordId> {
        loop {
            let id = self.app.ids.record(&policy.desk.prefix, opened, seed_context)?;
            if view.record(&id).is_ok_and(|taken| taken.is_none()) {
                return Ok(id);
            }
        }
    }

    /// Takes the road, and remembers the record for `last`.
    pub(super) fn writing(
        &self,
        decide: impl FnMut(&View<'_>) -> Result<(Option<Change>, RecordedStep)>,
    ) -> Result<RecordedStep> {
        let (_, mut done) = self.commit(decide)?;
        self.remember(&done.record.id);
        // the answer tells times as every other look at the record does
        if let Cow::Owned(told) = record_in(&done.record, self.zone) {
            done.record = told;
        }
        Ok(done)
    }

    /// Takes the road; gives the commit, if there is one.
    pub(super) fn commit<T>(
        &self,
        decide: impl FnMut(&View<'_>) -> Result<(Option<Change>, T)>,
    ) -> Result<(Option<CommitId>, T)> {
        let branch = self.store.writing_branch(&self.desk, self.app.options.branch.as_deref())?;
        self.prepare()?;
        self.store.write(&branch, &|notice| self.notice(&notice), decide)
    }

    pub fn remember(&self, id: &RecordId) {
        if let Ok(email) = self.email() {
            self.store.remember(&email, id);
        }
    }

    /// The commit of a step.
    fn change(
        &self,
        actor: &Actor,
        record: &Record,
        event: &Event,
        before: Option<State>,
        files: Vec<FileChange>,
    ) -> Result<Change> {
        let author = git::Identity { name: actor.person.name.clone(), email: actor.email.clone() };
        Ok(Change {
            files,
            message: message::of_step(record, event, before, self.app.clock.is_fixed()),
            committer: self.committer()?,
            author,
            at: event.stamp.recorded_at,
            done_at: None,
            sign: self.signs()?,
        })
    }

    /// Another record that the step speaks of.
    pub fn other(&self, view: &View<'_>, wanted: &RecordRef) -> Result<Record> {
        let id = self.id(view, wanted, Purpose::Change)?;
        Ok(view.record(&id)?.ok_or_else(|| missing(&id))?)
    }
}

/// Refuses to build on a record whose status its history does not give, or that a later docket
/// wrote to.
pub(super) fn trusted(record: &Record) -> Result<()> {
    let path = layout::record(&record.id);
    if let Some(event) = record.history.iter().find(|event| event.stamp.rules > RULES) {
        let (format, ours) = (event.stamp.rules, RULES);
        return Err(StoreError::Newer { path, format, ours }.into());
    }
    if record.replay() == record.status {
        Ok(())
    } else {
        Err(StoreError::OutOfStep { path }.into())
    }
}

fn missing(id: &RecordId) -> StoreError {
    StoreError::NoRecord { given: id.to_string(), nearest: Vec::new() }
}

pub(super) fn refused(record: &Record, action: Action, why: Refusal) -> Error {
    Error::Refused(Box::new(RefusalDetails::of(record, action, why)))
}

/// A step that is decided and not yet written.
pub(super) struct DecidedStep {
    pub(super) actor: Actor,
    pub(super) record: Record,
    pub(super) event: Event,
    pub(super) contacts: Vec<Contact>,
    pub(super) remarks: Vec<Message>,
}

/// The desk with the contacts that the same commit brings.
#[derive(Debug)]
pub(super) struct WithContacts<'a> {
    pub(super) store: &'a Store,
    pub(super) view: &'a View<'a>,
    pub(super) contacts: &'a [Contact],
}

impl Lookup for WithContacts<'_> {
    fn contact(&self, id: &ContactId) -> std::result::Result<Option<Contact>, Refusal> {
        match self.contacts.iter().find(|contact| contact.id == *id) {
            Some(contact) => Ok(Some(contact.clone())),
            None => Lookup::contact(self.view, id),
        }
    }

    fn record(&self, id: &RecordId) -> std::result::Result<Option<Record>, Refusal> {
        Lookup::record(self.view, id)
    }

    fn parts(&self, whole: &RecordId) -> std::result::Result<Vec<Record>, Refusal> {
        self.store.parts(self.view, whole)
    }

    fn asked_otherwise(
        &self,
        version: u32,
        questions: &[Questioned],
    ) -> std::result::Result<Option<RecordId>, Refusal> {
        self.view.asked_otherwise(version, questions)
    }
}

pub(super) fn contact_files(contacts: &[Contact]) -> Result<Vec<FileChange>> {
    let files = contacts.iter().map(|it| store::file(layout::contact(&it.id), it));
    Ok(files.collect::<store::error::Result<_>>()?)
}
