//! From a wish to a commit: the same road for every step.

use std::borrow::Cow;

use crate::{
    app::{
        Actor,
        contacts::{maybe_known_again, new_or_better},
        context::{Proposal, StepContext},
        desk::OpenDesk,
    },
    audit::message,
    domain::{
        base::{
            ids::{AgreementId, ContactId, PersonId, RecordId},
            terms::{Party, Role, State},
            time::Timestamp,
        },
        deciding::{
            contacts::Addressee,
            policy::Policy,
            scene::{Lookup, Scene},
            steps::{Decidable, ready, reopen::reopening},
        },
        history::{
            contact::Contact,
            event::{Event, RULES, Stamp},
            lifecycle,
            record::Record,
            refusal::Refusal,
            status::{Occupation, Status},
            steps::{Action, survey_send::SurveyQuestion as Questioned},
        },
    },
    error::{Error, RefusalDetails, Result},
    store::{
        self, Store,
        error::Error as StoreError,
        find::{Purpose, RecordRef},
        git::{
            self, BranchUpdate, Change, FileChange,
            apart::{ApartAuthor, ApartChange},
            ids::CommitId,
        },
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
    pub note: StepNote<'a>,
    /// When it happened; `None` for what `--at` says.
    pub at: Option<Timestamp>,
    /// Why it is entered late, where it is and nothing else was said.
    pub late_because: Option<&'a str>,
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
    /// With whom of the customer it goes on.
    pub addressee: Addressee,
    /// The rules by which it was made.
    pub policy: Policy,
}

/// What an event notes.
#[derive(Clone, Copy, Debug)]
pub enum StepNote<'a> {
    /// What `--note` says.
    Typed,
    Text(&'a str),
    Nothing,
}

impl<'a> StepRequest<'a> {
    /// A step of the acting person.
    pub fn new(record: &'a RecordRef) -> Self {
        Self {
            record,
            told_by: None,
            told_via: None,
            role: None,
            note: StepNote::Typed,
            at: None,
            late_because: None,
        }
    }

    /// The same step, meant in a role if the person has it.
    pub fn meant_as(self, role: Option<Role>) -> Self {
        Self { role, ..self }
    }

    /// The same step with a note.
    pub fn noted(self, note: &'a str) -> Self {
        Self { note: StepNote::Text(note), ..self }
    }

    /// The same step without a note, whatever was typed.
    pub fn without_note(self) -> Self {
        Self { note: StepNote::Nothing, ..self }
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
        self.asking_of_personal(|| self.step_once::<S>(request, &propose))
    }

    fn step_once<S: Decidable>(
        &self,
        request: StepRequest<'_>,
        propose: &impl Fn(&StepContext<'_>) -> Result<Proposal<S::Request>>,
    ) -> Result<RecordedStep> {
        let rendered = self.rendered_before::<S>(request, propose)?;
        let mut done = self.writing(|view| {
            let policy = view.policy()?;
            let step = self.decided_step::<S>(request, view, &policy, propose);
            let step = step.map_err(|error| error.with_names(&policy.people))?;
            let (complaint, mut event) = self.spawn(view, &policy, &step)?;
            let archived = self.keep_report(view, &policy, &step, &mut event, rendered.as_ref())?;
            let made = (event, complaint, archived);
            let (change, done) = self.made(view, policy, step, made, &[])?;
            Ok((Some(change), done))
        })?;
        self.end_files(&mut done);
        Ok(done)
    }

    /// A decided step as the change that makes it, and as it is told: with its event, the complaint that it
    /// opens and the report that it keeps. `known` are contacts that steps before it bring.
    pub(super) fn made(
        &self,
        view: &View<'_>,
        policy: Policy,
        step: DecidedStep,
        (event, complaint, kept): (Event, Option<Record>, Option<FileChange>),
        known: &[Contact],
    ) -> Result<(Change, RecordedStep)> {
        let DecidedStep { actor, record, contacts, mut remarks, apart, .. } = step;
        let next = record.with(event.clone());
        let mut files = contact_files(&contacts)?;
        files.push(store::record_file(&next)?);
        if let Some(complaint) = &complaint {
            files.push(store::record_file(complaint)?);
            remarks.push(Message::ComplaintOpened { complaint: complaint.id.clone() });
        }
        files.extend(kept);
        let before = Some(record.status.state);
        let mut change = self.change(&actor, &next, &event, before, files)?;
        change.apart = apart;
        change.apart.extend(self.store.with_persons(
            &contacts,
            ApartAuthor::of(&change),
            &event.stamp.id,
        )?);
        let contacts = [known, &contacts[..]].concat();
        let lookup = WithContacts { store: &self.store, view, contacts: &contacts };
        let addressee = Addressee::of(&next.status, &lookup).unwrap_or_default();
        let done =
            RecordedStep { record: next, event, before, complaint, remarks, addressee, policy };
        Ok((change, done))
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
        self.ready_where(action, request, |_, _| Ok(()))
    }

    /// As [`Self::ready`], by a further rule for whoever makes the step.
    ///
    /// # Errors
    /// As [`Self::ready`].
    pub fn ready_where(
        &self,
        action: Action,
        request: StepRequest<'_>,
        fits: impl Fn(&Status, &PersonId) -> std::result::Result<(), Refusal>,
    ) -> Result<Record> {
        let branch = self.store.writing_branch(&self.desk, self.app.options.branch.as_deref())?;
        let view = self.view_on(&branch)?;
        let policy = view.policy()?;
        let record = self.record_of(&view, request)?;
        let begun = self.begun(action, request, &record, &view, &policy);
        let (actor, stamp) = begun.map_err(|error| error.with_names(&policy.people))?;
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
        context.refuse(fits(&record.status, stamp.actor()))?;
        Ok(record)
    }

    /// The record of a step.
    pub(super) fn record_of(&self, view: &View<'_>, request: StepRequest<'_>) -> Result<Record> {
        let id = self.id(view, request.record, Purpose::Change)?;
        let record = view.record(&id)?.ok_or_else(|| missing(&id))?;
        trusted(&record)?;
        Ok(record)
    }

    /// Who makes a step on a record, and when.
    fn begun(
        &self,
        action: Action,
        request: StepRequest<'_>,
        record: &Record,
        view: &View<'_>,
        policy: &Policy,
    ) -> Result<(Actor, Stamp)> {
        let actor = self.actor(policy)?;
        let allowed = lifecycle::allows(action, record.status.state);
        let allowed = allowed.map_err(|why| {
            let window = reopening(&record.status, policy).unwrap_or_default();
            let is_past_reopening = window.is_some_and(|(_, until)| self.now() > until);
            let details = RefusalDetails::of(record, action, why);
            Error::Refused(Box::new(RefusalDetails { is_past_reopening, ..details }))
        });
        let stamp =
            allowed.and_then(|()| self.stamp(record, policy, &actor, action, request, view));
        let about = || (&record.status, Addressee::of(&record.status, view).unwrap_or_default());
        let stamp = stamp.map_err(|error| error.told_to(&actor.person, about(), policy))?;
        Ok((actor, stamp))
    }

    /// The step as it would be made on what `view` shows.
    pub(super) fn decided_step<S: Decidable>(
        &self,
        request: StepRequest<'_>,
        view: &View<'_>,
        policy: &Policy,
        propose: impl Fn(&StepContext<'_>) -> Result<Proposal<S::Request>>,
    ) -> Result<DecidedStep> {
        let (record, new) = (self.record_of(view, request)?, &[]);
        self.decided_on::<S>(request, (record, new), view, policy, propose)
    }

    /// The step as it would be made on this record, which may be new as these contacts are.
    pub(super) fn decided_on<S: Decidable>(
        &self,
        request: StepRequest<'_>,
        (record, new): (Record, &[Contact]),
        view: &View<'_>,
        policy: &Policy,
        propose: impl Fn(&StepContext<'_>) -> Result<Proposal<S::Request>>,
    ) -> Result<DecidedStep> {
        let (actor, stamp) = self.begun(S::ACTION, request, &record, view, policy)?;
        let context = StepContext {
            desk: self,
            view,
            policy,
            actor: &actor,
            record: &record,
            stamp: &stamp,
            action: S::ACTION,
        };
        let Proposal { request, contacts, mut remarks, apart } = propose(&context)?;
        let again = maybe_known_again(&record, view, &contacts);
        let contacts = new_or_better(contacts, &mut remarks);
        for new in contacts.iter().filter(|_| again.is_empty()) {
            remarks.extend(self.maybe_one(view, new, view.contact(&new.id)?.as_ref())?);
        }
        remarks.extend(again);
        let known = [&contacts[..], new].concat();
        let lookup = WithContacts { store: &self.store, view, contacts: &known };
        let scene = Scene {
            lookup: &lookup,
            now: self.no_earlier(view, stamp.recorded_at)?,
            ..context.scene()
        };
        let decided = self.decide_personal::<S>(request, &scene, &mut remarks)?;
        let (stamp, act) = context.refuse(decided)?;
        let event = Event { stamp, act };
        Ok(DecidedStep { actor, record, event, contacts, remarks, apart })
    }

    /// A time, or that of the commit it is built on where a slow clock says an earlier one.
    pub(super) fn no_earlier(&self, view: &View<'_>, now: Timestamp) -> Result<Timestamp> {
        let tip = view.commit().map(|tip| self.store.git().commit_info(tip)).transpose()?;
        Ok(tip.map_or(now, |tip| now.max(tip.time.in_zone(self.zone))))
    }

    /// Takes the road, and remembers the record for `last`.
    pub(super) fn writing(
        &self,
        decide: impl FnMut(&View<'_>) -> Result<(Option<Change>, RecordedStep)>,
    ) -> Result<RecordedStep> {
        let (_, done) = self.commit(decide)?;
        self.remember(&done.record.id);
        Ok(self.told(done))
    }

    /// The answer, which tells times as every other look at the record does.
    pub(super) fn told(&self, mut done: RecordedStep) -> RecordedStep {
        if let Cow::Owned(told) = record_in(&done.record, self.zone) {
            done.record = told;
        }
        if let Cow::Owned(seen) = done.record.as_seen(&[], self.mark_redacted()) {
            done.record = seen;
        }
        done
    }

    /// Takes the road; gives the commit, if there is one.
    pub(super) fn commit<D: Into<BranchUpdate>, T>(
        &self,
        decide: impl FnMut(&View<'_>) -> Result<(Option<D>, T)>,
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
    pub(super) fn change(
        &self,
        actor: &Actor,
        record: &Record,
        event: &Event,
        before: Option<State>,
        files: Vec<FileChange>,
    ) -> Result<Change> {
        let author = git::Identity { name: actor.person.name.clone(), email: actor.email.clone() };
        Ok(Change {
            apart: Vec::new(),
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
    pub(super) apart: Vec<ApartChange>,
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

    fn are_one_customer(&self, one: &str, other: &str) -> std::result::Result<bool, Refusal> {
        self.view.are_one_customer(one, other)
    }

    fn party_of(&self, customer: &str) -> std::result::Result<Party, Refusal> {
        self.view.party_of(customer)
    }

    fn agreement_of(&self, customer: &str) -> std::result::Result<Option<AgreementId>, Refusal> {
        self.view.agreement_of(customer)
    }

    fn parts(&self, whole: &RecordId) -> std::result::Result<Vec<Record>, Refusal> {
        self.store.parts(self.view, whole)
    }

    fn occupied(
        &self,
        engineer: &PersonId,
        with: Occupation,
    ) -> std::result::Result<Option<RecordId>, Refusal> {
        self.store.occupied(self.view, engineer, with)
    }

    fn asked_otherwise(
        &self,
        set: (u32, Party),
        questions: &[Questioned],
    ) -> std::result::Result<Option<RecordId>, Refusal> {
        self.view.asked_otherwise(set, questions)
    }
}

/// What the branch gets of these contacts.
pub(super) fn contact_files(contacts: &[Contact]) -> Result<Vec<FileChange>> {
    let files = contacts.iter().map(|it| store::file(layout::contact(&it.id), it));
    Ok(files.collect::<store::error::Result<_>>()?)
}
