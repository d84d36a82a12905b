//! `docket visit list`: the visits of a record, or those that are still to be made or archived.

use clap::{
    Args,
    builder::{PossibleValuesParser, TypedValueParser},
};
use serde::Serialize;

use crate::{
    app::{App, context::person_id},
    commands::Command,
    complete::ForStep,
    domain::{
        base::{
            ids::RecordId,
            print::{hour_and_minute, minute},
            time::Timestamp,
        },
        deciding::policy::people::People,
        history::{
            record::Record,
            status::visit::VisitEntry,
            steps::{Action, visit::TimeWindow},
        },
    },
    error::Result,
    store::{
        find::{Purpose, RecordRef},
        selection::{Condition, Selection},
    },
    ui::{
        answer::Answer,
        cell::Cell,
        icalendar::{CalendarEntry, calendar},
        terminal::Terminal,
    },
    words::{Words, label::Label, message::Message},
};

#[derive(Args, Debug)]
pub struct ListVisits {
    #[arg(add = ForStep(Action::Visit))]
    record: Option<RecordRef>,
    #[arg(long, value_name = "PERSON")]
    engineer: Option<String>,
    #[arg(long, value_name = "FORMAT", value_parser = formats())]
    format: Option<VisitListFormat>,
}

/// In which form visits are listed besides a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum VisitListFormat {
    /// A calendar file of those that are still to be made.
    Calendar,
}

fn formats() -> impl TypedValueParser<Value = VisitListFormat> {
    PossibleValuesParser::new(["ics"]).map(|_| VisitListFormat::Calendar)
}

/// Visits, the earliest window first.
#[derive(Debug, Serialize)]
struct VisitList {
    visits: Vec<ListedVisit>,
    #[serde(skip)]
    people: People,
    #[serde(skip)]
    format: Option<VisitListFormat>,
}

#[derive(Debug, Serialize)]
struct ListedVisit {
    record: RecordId,
    number: usize,
    form: String,
    customer: String,
    /// When something last happened to the record.
    #[serde(skip)]
    changed_at: Timestamp,
    #[serde(flatten)]
    entry: VisitEntry,
}

impl Command for ListVisits {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let view = desk.view()?;
        let policy = desk.policy_to_look(&view)?;
        let engineer = match self.engineer.as_deref() {
            Some(given) => Some(person_id(&policy, given, &desk.actor(&policy)?)?),
            None => None,
        };
        let mut visits: Vec<_> = if let Some(record) = &self.record {
            visits(&desk.record(&view, record, Purpose::Show)?).collect()
        } else {
            let (records, _) = desk.chosen(&view, &Selection::of(Condition::Unfinished))?;
            let all = records.iter().flat_map(visits);
            all.filter(|listed| listed.entry.is_unarchived()).collect()
        };
        visits.retain(|listed| engineer.as_ref().is_none_or(|id| listed.entry.engineer == *id));
        if self.format == Some(VisitListFormat::Calendar) {
            visits.retain(|listed| listed.entry.is_ahead());
        }
        visits.sort_by_key(|listed| (listed.entry.window.from, listed.record.clone()));
        Ok(Box::new(VisitList { visits, people: policy.people, format: self.format }))
    }
}

fn visits(record: &Record) -> impl Iterator<Item = ListedVisit> {
    record.status.numbered_visits().map(|(number, entry)| ListedVisit {
        record: record.id.clone(),
        number,
        form: entry.form_number(&record.id),
        customer: record.status.customer.clone(),
        changed_at: record.status.times.last_at,
        entry: entry.clone(),
    })
}

/// `2026-11-27 14:00–16:00`; with both days where they differ.
fn span(window: TimeWindow) -> String {
    let (from, until) = (minute(window.from), window.until);
    if window.from.date() == until.date() {
        format!("{from}–{}", hour_and_minute(&until.local()))
    } else {
        format!("{from} – {}", minute(until))
    }
}

impl VisitList {
    /// The visits as a calendar has them, with no more of people than the table shows.
    fn calendar(&self) -> String {
        let event = |listed: &ListedVisit| {
            let (record, entry) = (&listed.record, &listed.entry);
            let engineer = self.people.name_of(&entry.engineer);
            CalendarEntry {
                uid: entry.event.to_string(),
                changed_at: listed.changed_at,
                from: entry.window.from,
                until: entry.window.until,
                summary: format!("{} · {record} · {engineer}", listed.customer),
                location: entry.address.clone(),
            }
        };
        calendar(&self.visits.iter().map(event).collect::<Vec<_>>())
    }
}

impl Answer for VisitList {
    fn human(&self, terminal: &Terminal) -> String {
        if self.format == Some(VisitListFormat::Calendar) {
            return self.calendar();
        }
        let words = terminal.words;
        let row = |listed: &ListedVisit| {
            let cells = [
                listed.record.as_str(),
                &listed.number.to_string(),
                &span(listed.entry.window),
                words.visit_state(&listed.entry),
                self.people.name_of(&listed.entry.engineer),
                &listed.customer,
                &listed.entry.address,
            ];
            cells.map(Cell::from).to_vec()
        };
        if self.visits.is_empty() {
            return String::new();
        }
        let rows: Vec<_> = self.visits.iter().map(row).collect();
        terminal.sheet(
            &[
                Label::Id,
                Label::Number,
                Label::VisitWindow,
                Label::State,
                Label::Engineer,
                Label::Customer,
                Label::VisitAddress,
            ],
            &rows,
            &[Label::VisitAddress, Label::Customer, Label::Number],
        )
    }

    fn brief(&self) -> Option<String> {
        if self.format == Some(VisitListFormat::Calendar) {
            return Some(self.calendar());
        }
        let lines = self.visits.iter();
        Some(lines.map(|listed| format!("{} {}\n", listed.record, listed.number)).collect())
    }

    fn remark(&self, words: Words) -> Option<String> {
        self.visits.is_empty().then(|| words.message(&Message::NoVisits))
    }
}
