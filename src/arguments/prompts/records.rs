//! The records of a step: named, or picked.

use super::Prompts;
use crate::{
    app::{App, desk::OpenDesk, step::StepRequest},
    domain::{
        base::{
            ids::{PersonId, RecordId},
            terms::Role,
        },
        history::{refusal::Refusal, status::Status, steps::Action},
    },
    error::{Error, Result, usage::Usage},
    store::{error::Error as StoreError, find::RecordRef, summary::Summary},
    ui::prompt::{Blank, Prompt, menu::Choice},
    words::label::Label,
};

impl Prompts<'_> {
    /// The record of a step: picked from those that the step applies to, where none was named. Before
    /// anything else is asked, what stands against the step is told.
    ///
    /// # Errors
    /// What stands against it; [`Error::NoneOpen`] where it applies to no record.
    pub fn record(
        &mut self,
        desk: &OpenDesk<'_>,
        action: Action,
        given: Option<&RecordRef>,
    ) -> Result<RecordRef> {
        self.record_as(desk, action, given, StepRequest::new)
    }

    /// The records of a step: picked where none was named. Of several, each is known to be ready for
    /// the step before any of them is changed, and one that is named twice is meant once.
    ///
    /// # Errors
    /// As [`Self::record`]; a word that is none of the desk's records may be one of an unquoted text.
    pub fn records<'r>(
        &mut self,
        desk: &OpenDesk<'_>,
        action: Action,
        given: &'r [RecordRef],
        request: impl Fn(&'r RecordRef) -> StepRequest<'r>,
    ) -> Result<Vec<RecordRef>> {
        if given.len() < 2 {
            return Ok(vec![self.record_as(desk, action, given.first(), request)?]);
        }
        let mut ready: Vec<(RecordId, RecordRef)> = Vec::new();
        for record in given {
            let found = desk.ready(action, request(record));
            let id = found.map_err(|error| unquoted(error, self.command))?.id;
            if ready.iter().all(|(known, _)| *known != id) {
                ready.push((id, record.clone()));
            }
        }
        Ok(ready.into_iter().map(|(_, record)| record).collect())
    }

    /// As [`Self::record`], of a step that is asked for as `request` says.
    ///
    /// # Errors
    /// As [`Self::record`].
    pub fn record_as<'r>(
        &mut self,
        desk: &OpenDesk<'_>,
        action: Action,
        given: Option<&'r RecordRef>,
        request: impl Fn(&'r RecordRef) -> StepRequest<'r>,
    ) -> Result<RecordRef> {
        self.record_where(desk, action, given, request, |_, _| Ok(()))
    }

    /// As [`Self::record_as`], of a record that a further rule lets whoever makes the step change.
    ///
    /// # Errors
    /// As [`Self::record`].
    pub fn record_where<'r>(
        &mut self,
        desk: &OpenDesk<'_>,
        action: Action,
        given: Option<&'r RecordRef>,
        request: impl Fn(&'r RecordRef) -> StepRequest<'r>,
        fits: impl Fn(&Status, &PersonId) -> std::result::Result<(), Refusal>,
    ) -> Result<RecordRef> {
        let can_ask = self.app.ui.can_ask();
        match given {
            Some(record) if can_ask => {
                desk.ready_where(action, request(record), fits)?;
                Ok(record.clone())
            }
            Some(record) => {
                self.step = Some(PendingStep::of(action, request(record)));
                Ok(record.clone())
            }
            None if can_ask => {
                // one's own last step is what one takes back
                let is_first_meant = action == Action::Undo;
                let records = desk.open_where(action, fits)?;
                self.picked(&self.question_of_record(), &records, is_first_meant)
            }
            None => Ok(self.no_record()),
        }
    }

    /// Another record that a step names: picked where none was, from those that it takes.
    ///
    /// # Errors
    /// [`Error::NoneOpen`] where there is none.
    pub fn other(
        &mut self,
        desk: &OpenDesk<'_>,
        given: Option<&RecordRef>,
        flag: &'static str,
        label: Label,
        takes: impl Fn(RecordRef) -> Result<()>,
    ) -> Result<RecordRef> {
        match given {
            Some(record) => Ok(record.clone()),
            None if self.app.ui.can_ask() => {
                let question = self.question(flag, label, Blank::Asks);
                let mut records = desk.latest_of_all()?;
                records.retain(|other| takes(RecordRef::Full(other.id().clone())).is_ok());
                if records.is_empty() {
                    return Err(Error::NoneOpen { command: flag });
                }
                self.picked(&question, &records, false)
            }
            None => {
                self.miss(flag, label);
                Ok(RecordRef::Last)
            }
        }
    }

    /// A record to be looked at: picked from those that are unfinished or were finished last, where none
    /// was named.
    ///
    /// # Errors
    /// [`Error::NoneOpen`] where there is none.
    pub fn any_record(
        &mut self,
        desk: &OpenDesk<'_>,
        given: Option<&RecordRef>,
    ) -> Result<RecordRef> {
        match given {
            Some(record) => Ok(record.clone()),
            None if self.app.ui.can_ask() => {
                self.picked(&self.question_of_record(), &desk.latest_of_all()?, false)
            }
            None => Ok(self.no_record()),
        }
    }

    fn question_of_record(&self) -> Prompt<'static> {
        self.question("RECORD", Label::RecordId, Blank::Asks)
    }

    fn no_record(&mut self) -> RecordRef {
        self.miss("RECORD", Label::RecordId);
        RecordRef::Last
    }

    /// One of these records; the first is marked where it is the only one, or the likeliest.
    fn picked(
        &self,
        question: &Prompt<'_>,
        records: &[Summary],
        is_first_meant: bool,
    ) -> Result<RecordRef> {
        let first = records.first().ok_or(Error::NoneOpen { command: self.command })?;
        let usual = Some(first.id().as_str()).filter(|_| is_first_meant || records.len() == 1);
        let id = self.chosen(question, records.iter().map(of_record).collect(), usual)?;
        let is_meant = |record: &&Summary| record.id().as_str() == id;
        let picked = records.iter().find(is_meant).map(|record| record.id().clone());
        picked.map(RecordRef::Full).ok_or(Error::GivenUp)
    }
}

/// A step whose fields are not all there yet.
#[derive(Debug)]
pub(super) struct PendingStep {
    action: Action,
    record: RecordRef,
    told_by: Option<String>,
    told_via: Option<String>,
    role: Option<Role>,
}

impl PendingStep {
    fn of(action: Action, request: StepRequest<'_>) -> Self {
        let StepRequest { record, told_by, told_via, role, .. } = request;
        let (told_by, told_via) = (told_by.map(str::to_owned), told_via.map(str::to_owned));
        Self { action, record: record.clone(), told_by, told_via, role }
    }

    /// Refuses a step that cannot be made whatever its fields say.
    ///
    /// # Errors
    /// What stands against it.
    pub(super) fn check(&self, app: &App<'_>) -> Result<()> {
        let (told_by, told_via) = (self.told_by.as_deref(), self.told_via.as_deref());
        let request = StepRequest::new(&self.record).meant_as(self.role);
        app.desk()?.ready(self.action, StepRequest { told_by, told_via, ..request }).map(drop)
    }
}

/// A record as it is picked: by its tail, title and customer.
fn of_record(record: &Summary) -> Choice {
    let (id, status) = (record.id(), record.status());
    let tail = id.tail().to_lowercase();
    let told = format!("{tail} {} · {}", status.title, status.customer);
    let beside = vec![status.title.clone(), status.customer.clone()];
    Choice { code: id.to_string(), label: tail, beside, also: Vec::new(), told }
}

/// A word that is like no record, among records, was meant as a part of a text.
fn unquoted(error: Error, verb: &'static str) -> Error {
    match error {
        Error::Store(StoreError::NoRecord { given, nearest }) if nearest.is_empty() => {
            Error::Usage(Usage::NotQuoted { verb, given: given.to_lowercase() })
        }
        error => error,
    }
}
