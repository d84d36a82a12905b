//! Several steps on one record that are made together: each is a commit, and the branch moves once, so that
//! all of them are made or none.

use crate::{
    app::{
        context::{Proposal, StepContext},
        desk::OpenDesk,
        step::{RecordedStep, StepRequest},
    },
    domain::{
        deciding::{policy::Policy, steps::Decidable},
        history::{contact::Contact, record::Record},
    },
    error::Result,
    store::{
        find::RecordRef,
        git::{BranchUpdate, Change},
        view::View,
    },
};

/// Steps on a record of which nothing is written yet.
pub struct JointSteps<'a> {
    desk: &'a OpenDesk<'a>,
    view: &'a View<'a>,
    policy: Policy,
    record: Record,
    contacts: Vec<Contact>,
    changes: Vec<Change>,
    done: Vec<RecordedStep>,
}

impl<'a> JointSteps<'a> {
    /// Steps on a record as it stands with what these changes and contacts bring.
    pub(super) fn on(
        desk: &'a OpenDesk<'a>,
        view: &'a View<'a>,
        policy: Policy,
        (record, contacts, changes): (Record, Vec<Contact>, Vec<Change>),
    ) -> Self {
        Self { desk, view, policy, record, contacts, changes, done: Vec::new() }
    }

    /// The record as it stands after the last of them.
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// The desk as it stood before them.
    pub fn view(&self) -> &'a View<'a> {
        self.view
    }

    /// The customers' persons that they bring.
    pub fn contacts(&self) -> &[Contact] {
        &self.contacts
    }

    /// Makes a further step, one that keeps no report.
    ///
    /// # Errors
    /// What stands against the step.
    pub fn step<S: Decidable>(
        &mut self,
        request: StepRequest<'_>,
        propose: impl Fn(&StepContext<'_>) -> Result<Proposal<S::Request>>,
    ) -> Result<()> {
        let (desk, view, policy) = (self.desk, self.view, &self.policy);
        let known = (self.record.clone(), &self.contacts[..]);
        let step = desk.decided_on::<S>(request, known, view, policy, propose);
        let step = step.map_err(|error| error.with_names(&policy.people))?;
        let (complaint, event) = desk.spawn(view, policy, &step)?;
        let brought = step.contacts.clone();
        let made = (event, complaint, None);
        let (change, done) = desk.made(view, policy.clone(), step, made, &self.contacts)?;
        self.changes.push(change);
        self.contacts.extend(brought);
        self.record = done.record.clone();
        self.done.push(done);
        Ok(())
    }

    /// What is to be written, and the steps.
    pub(super) fn decided(self) -> (Option<BranchUpdate>, Vec<RecordedStep>) {
        (BranchUpdate::of(self.changes), self.done)
    }
}

impl OpenDesk<'_> {
    /// Makes steps on a record together; none where `make` makes none.
    ///
    /// # Errors
    /// What stands against one of them, or what keeps them from being written.
    pub fn jointly(
        &self,
        record: &RecordRef,
        make: impl Fn(&mut JointSteps<'_>) -> Result<()>,
    ) -> Result<Vec<RecordedStep>> {
        let (_, done) = self.asking_of_personal(|| {
            self.commit(|view| {
                let (policy, record) =
                    (view.policy()?, self.record_of(view, StepRequest::new(record))?);
                let mut joint =
                    JointSteps::on(self, view, policy, (record, Vec::new(), Vec::new()));
                make(&mut joint)?;
                Ok(joint.decided())
            })
        })?;
        if let Some(last) = done.last() {
            self.remember(&last.record.id);
        }
        Ok(done.into_iter().map(|step| self.told(step)).collect())
    }
}
