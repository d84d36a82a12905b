//! Visits as templates see them, and 上门服务单: the form of one visit, to be signed on paper and filled in
//! afterwards (R68, R69).

use serde::Serialize;

use crate::{
    domain::{
        base::{
            ids::{ContactId, EventId},
            print::{minute, minute_if_any},
            terms::{Prohibition, ReportName},
        },
        history::{
            event::Event,
            intake::DueAt,
            record::Record,
            status::visit::{VisitEntry, VisitSignature, VisitWork},
            steps::{Act, visit::Visit},
        },
    },
    error::template::TemplateError,
    report::{
        ReportContent,
        request::{RequestInput, SheetHead, sheet},
        shapes::{BrokenValues, RecordValues, VisitValues},
        values::{Notes, Privacy, Sources},
    },
    words::Words,
};

#[derive(Serialize)]
struct VisitForm<'a> {
    #[serde(flatten)]
    head: SheetHead<'a>,
    record: RecordValues,
    visit: VisitValues,
}

/// The form of the visit with this number, counted from 1; `None` where there is no such visit.
pub fn content(
    case: &RequestInput<'_>,
    number: usize,
    words: Words,
    privacy: Privacy,
) -> Result<Option<ReportContent>, TemplateError> {
    let RequestInput { policy, contacts, .. } = *case;
    let sources = Sources { policy, words, contacts, privacy, notes: Notes::Shared };
    let record = sheet(case, &sources);
    let Some(visit) = record.visits.iter().find(|visit| visit.number == number).cloned() else {
        return Ok(None);
    };
    let rows = rows(&visit);
    let values = VisitForm { head: SheetHead::of(case, words), record, visit };
    ReportContent::new(ReportName::VisitForm, &values, rows).map(Some)
}

/// The values that are one text, each in a row behind its name.
pub(super) fn rows(form: &impl Serialize) -> Vec<Vec<String>> {
    let values = serde_json::json!(form);
    let told = values.as_object().into_iter().flatten();
    let told =
        told.filter_map(|(name, value)| Some(vec![name.clone(), value.as_str()?.to_owned()]));
    [vec!["field".to_owned(), "value".to_owned()]].into_iter().chain(told).collect()
}

impl Sources<'_> {
    pub(super) fn visits(&self, record: &Record) -> Vec<VisitValues> {
        let numbered = record.status.numbered_visits();
        numbered.map(|(number, entry)| self.visit(record, number, entry)).collect()
    }

    pub(super) fn visit(&self, record: &Record, number: usize, entry: &VisitEntry) -> VisitValues {
        let archived = |event: &&Event| is_archiving(event, &entry.event);
        let archived = record.effective_events().rev().find(archived);
        let archived_by = archived.map(|event| event.stamp.by.as_str());
        let values = VisitValues {
            number,
            form: entry.form_number(&record.id),
            state: self.words.visit_state(entry).to_owned(),
            from: minute(entry.window.from),
            until: minute(entry.window.until),
            engineer: self.person(Some(entry.engineer.as_str())),
            with: self.contact_called(&entry.with),
            address: entry.address.clone(),
            need: entry.need.clone(),
            departed_at: minute_if_any(entry.departed_at),
            arrived_at: minute_if_any(entry.arrived_at),
            told_at: minute_if_any(entry.told_at),
            reason: entry.reason.clone().unwrap_or_default(),
            off: entry.is_off(),
            handed_in_at: minute_if_any(entry.handed_in_at),
            archived_at: minute_if_any(entry.archived_at),
            archived_by: self.person(archived_by),
            ..VisitValues::default()
        };
        let values = match &entry.work {
            Some(work) => self.worked(entry, work, values),
            None => values,
        };
        match &entry.signature {
            Some(signature) => self.signed(signature, values),
            None => values,
        }
    }

    fn worked(&self, entry: &VisitEntry, done: &VisitWork, values: VisitValues) -> VisitValues {
        let broken = |prohibition: Prohibition, text: &str| BrokenValues {
            prohibition: self.words.term(prohibition).to_owned(),
            text: text.to_owned(),
        };
        let late = entry.breaks_promise().then(|| broken(Prohibition::P4, &values.reason));
        let told = done.conduct.iter().map(|told| broken(told.prohibition, &told.text));
        let broken = told.chain(late);
        VisitValues {
            done_at: minute(done.done_at),
            left_at: minute(done.left_at),
            work: done.work.clone(),
            parts: done.parts.clone().unwrap_or_default(),
            left_open: done.left_open.clone().unwrap_or_default(),
            result: done.result.clone(),
            broken: broken.collect(),
            devices_used: done.used_devices(),
            devices_allowed_by: self.some_name(done.devices_allowed_by.as_ref()),
            ..values
        }
    }

    fn signed(&self, signature: &VisitSignature, values: VisitValues) -> VisitValues {
        let due = |due: DueAt| self.due(Some(due));
        let opinion = signature.opinion.map(|opinion| self.words.term(opinion).to_owned());
        VisitValues {
            opinion: opinion.unwrap_or_default(),
            comment: signature.comment.clone().unwrap_or_default(),
            signed_by: self.some_name(signature.by.as_ref()),
            signed_at: minute(signature.at),
            refused: signature.refused.clone().unwrap_or_default(),
            hand_in_due: due(signature.hand_in_due),
            archive_due: due(signature.archive_due),
            ..values
        }
    }

    fn some_name(&self, contact: Option<&ContactId>) -> String {
        contact.map(|id| self.name_of(id.as_str())).unwrap_or_default()
    }
}

fn is_archiving(event: &Event, visit: &EventId) -> bool {
    matches!(&event.act, Act::Visit(step)
        if matches!(&**step, Visit::Archive(mark) if mark.visit == *visit))
}
