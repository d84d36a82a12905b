//! Opening a record, with the steps that follow in the same breath.

use crate::{
    app::{
        Actor,
        contacts::new_or_better,
        context::{Proposal, StepContext},
        desk::OpenDesk,
        joint::JointSteps,
        step::{RecordedStep, StepRequest, WithContacts, contact_files},
    },
    domain::{
        base::{ids::RecordId, time::Timestamp},
        deciding::{
            contacts::Addressee,
            personal::intake_without,
            policy::Policy,
            scene::Scene,
            stamp::role,
            steps::{Decidable, open as opening, ready},
        },
        history::{
            event::{Event, Stamp},
            intake::Intake,
            record::Record,
            steps::{Action, open::Open},
        },
    },
    error::{Error, Result},
    store::{self, find::RecordRef, git::apart::ApartAuthor, view::View},
    words::message::Message,
};

/// What a record is opened with.
#[derive(Clone, Debug)]
pub struct Opening {
    pub intake: Intake,
    /// The criterion that makes it a major event.
    pub major: Option<String>,
}

/// A record that is being opened, with the steps that were made on it so far; nothing of it is written
/// yet.
pub struct NewRecord<'a> {
    opened: RecordedStep,
    joint: JointSteps<'a>,
}

impl NewRecord<'_> {
    /// Makes a further step on it. What was noted belongs to the opening.
    ///
    /// # Errors
    /// What stands against the step.
    pub fn step<S: Decidable>(
        &mut self,
        propose: impl Fn(&StepContext<'_>) -> Result<Proposal<S::Request>>,
    ) -> Result<()> {
        let target = RecordRef::Full(self.joint.record().id.clone());
        let request = StepRequest::new(&target).without_note();
        self.joint.step::<S>(request, propose).map_err(Error::of_nothing_written)
    }
}

impl OpenDesk<'_> {
    /// Opens a record: what was told, with what policy decides about it.
    ///
    /// # Errors
    /// What stands against it, or what keeps it from being written.
    pub fn open(
        &self,
        propose: impl Fn(&StepContext<'_>) -> Result<Proposal<Opening>>,
    ) -> Result<RecordedStep> {
        let (opened, _) = self.open_with(propose, |_| Ok(()))?;
        Ok(opened)
    }

    /// Opens a record and makes further steps on it: each is a commit, and the branch moves once, so
    /// that all of them are made or none.
    ///
    /// # Errors
    /// What stands against one of them, or what keeps them from being written.
    pub fn open_with(
        &self,
        propose: impl Fn(&StepContext<'_>) -> Result<Proposal<Opening>>,
        then: impl Fn(&mut NewRecord<'_>) -> Result<()>,
    ) -> Result<(RecordedStep, Vec<RecordedStep>)> {
        let (_, (opened, later)) = self.asking_of_personal(|| {
            self.commit(|view| {
                let mut new = self.opened(view, &propose)?;
                then(&mut new)?;
                let (update, later) = new.joint.decided();
                Ok((update, (new.opened, later)))
            })
        })?;
        self.remember(&opened.record.id);
        Ok((self.told(opened), later.into_iter().map(|step| self.told(step)).collect()))
    }

    fn opened<'a>(
        &'a self,
        view: &'a View<'a>,
        propose: impl Fn(&StepContext<'_>) -> Result<Proposal<Opening>>,
    ) -> Result<NewRecord<'a>> {
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
        let Proposal { request, contacts, mut remarks, .. } = propose(&context)?;
        let step = (Action::Open, request.intake.kind);
        let role = role(&actor.person, None, None, step, &policy)
            .map_err(|why| Error::from(why).with_names(&policy.people))?;
        let stamp = Stamp { role, ..stamp.clone() };
        let mut contacts = new_or_better(contacts, &mut remarks);
        for contact in &contacts {
            remarks.extend(self.maybe_one(view, contact, view.contact(&contact.id)?.as_ref())?);
        }
        let (intake, values) = intake_without(&request.intake, &self.instead());
        if values > 0 {
            remarks.push(Message::PersonalTakenOut { values });
        }
        // the customer's name may have been masked in the record; the new contact gets the same text
        for contact in &mut contacts {
            if contact.customer == request.intake.customer && view.contact(&contact.id)?.is_none() {
                contact.customer.clone_from(&intake.customer);
            }
        }
        let record = Record::opened(id, intake, &stamp);
        let lookup = WithContacts { store: &self.store, view, contacts: &contacts };
        let now = self.no_earlier(view, stamp.recorded_at)?;
        let scene =
            Scene { record: &record, stamp: &stamp, now, lookup: &lookup, ..context.scene() };
        let wanted = opening::Request { major: request.major };
        let decided = self.decide_personal::<Open>(wanted, &scene, &mut remarks)?;
        let (stamp, act) = context.refuse(decided)?;
        let event = Event { stamp, act };
        let record = record.with(event.clone());
        let mut files = contact_files(&contacts)?;
        files.push(store::record_file(&record)?);
        let mut change = self.change(&actor, &record, &event, None, files)?;
        change.apart =
            self.store.with_persons(&contacts, ApartAuthor::of(&change), &event.stamp.id)?;
        let known = (record.clone(), contacts, vec![change]);
        let joint = JointSteps::on(self, view, policy.clone(), known);
        let (before, complaint, addressee) = (None, None, Addressee::Contact);
        let opened = RecordedStep { record, event, before, complaint, remarks, addressee, policy };
        Ok(NewRecord { opened, joint })
    }

    /// Refuses to open a record, whatever will be told; `also` knows what else stands against it.
    ///
    /// # Errors
    /// What stands against it.
    pub fn ready_to_open(&self, also: impl Fn(&StepContext<'_>) -> Result<()>) -> Result<()> {
        let view = self.view()?;
        let policy = view.policy()?;
        let (actor, record, stamp) = self.blank(&view, &policy)?;
        self.store.writing_branch(&self.desk, self.app.options.branch.as_deref())?;
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
        let stamp = self.opening_stamp(policy, &actor, view);
        let stamp = stamp.map_err(|error| error.with_names(&policy.people))?;
        let seed_context = self.seed_context(view, Action::Open, &actor.person.id)?;
        let id = self.free_id(view, policy, stamp.recorded_at, &seed_context)?;
        Ok((actor, Record::opened(id, Intake::blank(stamp.at), &stamp), stamp))
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
}
