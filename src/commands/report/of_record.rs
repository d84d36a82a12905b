//! Reports of one record: its sheet, its forms, and the page that is filled in without network.

use super::make::Making;
use crate::{
    arguments::prompts::Prompts,
    domain::{
        base::terms::{ReportName, Term},
        history::{
            contact::Contact,
            record::Record,
            refusal::Refusal,
            steps::{Action, visit::is_to_be_told},
        },
    },
    error::{Error, RefusalDetails, Result},
    report::{
        ReportContent, complaint, offline_form,
        request::{self, RequestInput},
        sessions, visits,
    },
    store::find::Purpose,
    words::{Words, label::Label},
};

impl Making<'_, '_> {
    pub(super) fn request(&self) -> Result<ReportContent> {
        let (record, contacts) = self.record("report request")?;
        let revision = &self.revision();
        let input = self.input(&record, &contacts, revision);
        Ok(request::content(&input, self.words_about(&record)?, self.privacy())?)
    }

    pub(super) fn complaint_form(&self) -> Result<ReportContent> {
        let (record, contacts) = self.record("report complaint-form")?;
        let revision = &self.revision();
        let input = self.input(&record, &contacts, revision);
        complaint::content(&input, self.words_about(&record)?, self.privacy())?.ok_or_else(|| {
            refused(&record, Refusal::OnlyComplaint { flag: ReportName::ComplaintForm.code() })
        })
    }

    pub(super) fn visit_form(&self) -> Result<ReportContent> {
        let (record, contacts) = self.record("report visit-form")?;
        let revision = &self.revision();
        let input = self.input(&record, &contacts, revision);
        let there = record.status.visits.len();
        let (number, words) = (self.args.number.unwrap_or(there), self.words_about(&record)?);
        let content = visits::content(&input, number, words, self.privacy())?;
        content.ok_or_else(|| self.no_visit(&record))
    }

    /// That the record has no such visit.
    fn no_visit(&self, record: &Record) -> Error {
        let among = (1..=record.status.visits.len()).collect();
        let (family, number) = (Action::Visit, self.args.number);
        refused(record, Refusal::NoItem { family, number, among })
    }

    /// The record of a session; one to be filled in by hand where there is none yet.
    pub(super) fn session(&self) -> Result<ReportContent> {
        let (record, contacts) = self.record("report remote")?;
        let revision = &self.revision();
        let input = self.input(&record, &contacts, revision);
        let (number, words) = (self.args.number, self.words_about(&record)?);
        sessions::content(&input, number, words, self.privacy())?.ok_or_else(|| {
            let among = (1..=record.status.sessions.len()).collect();
            refused(&record, Refusal::NoItem { family: Action::Remote, number, among })
        })
    }

    /// The page on which a visit is filled in without network.
    pub(super) fn offline_form(&self) -> Result<String> {
        let (record, contacts) = self.record("report visit-form")?;
        let revision = &self.revision();
        let input = self.input(&record, &contacts, revision);
        let number = self.args.number.unwrap_or(record.status.visits.len());
        let entry = record.status.numbered_visits().find(|(own, _)| *own == number);
        let (_, entry) = entry.ok_or_else(|| self.no_visit(&record))?;
        is_to_be_told(entry, number).map_err(|why| refused(&record, why))?;
        let words = self.words_about(&record)?;
        let own = self.view.text(&offline_form::override_of_page(words.lang()))?;
        let shown = (words, self.privacy());
        Ok(offline_form::page(&input, (number, entry), shown, own.as_deref())?)
    }

    /// The record that a report of one is about, with the contacts it names.
    fn record(&self, command: &'static str) -> Result<(Record, Vec<Contact>)> {
        let wanted = if let Some(wanted) = &self.args.record {
            wanted.clone()
        } else {
            let mut fill = Prompts::new(self.desk.app, command);
            let typed = fill.text(None, "RECORD", Label::RecordId)?;
            fill.done()?;
            let Ok(wanted) = typed.parse();
            wanted
        };
        let record = self.desk.record(self.view, &wanted, Purpose::Show)?;
        let contacts = self.view.contacts_of(&record)?;
        Ok((record, contacts))
    }

    /// The words for the customer of a record.
    fn words_about(&self, record: &Record) -> Result<Words> {
        let names = self.view.customer_names()?;
        Ok(self.desk.paper.about(names.party(&record.status.customer)))
    }

    fn input<'r>(
        &'r self,
        record: &'r Record,
        contacts: &'r [Contact],
        revision: &'r str,
    ) -> RequestInput<'r> {
        RequestInput { record, policy: &self.policy, contacts, now: self.desk.now(), revision }
    }
}

fn refused(record: &Record, why: Refusal) -> Error {
    let record = Some(record.id.clone());
    Error::Refused(Box::new(RefusalDetails { record, ..RefusalDetails::plain(why) }))
}
