//! `docket export`: exports everything.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use crate::{
    answers::contact::{all_told, told},
    app::{
        App,
        output::{Readers, is_stdout},
        reveal::known_ids,
    },
    commands::Command,
    domain::{
        base::ids::{PersonId, UnitId},
        history::{contact::Contact, record::Record, reveal::RevealCommand},
    },
    error::Result,
    ui::{
        answer::{Answer, AnswerFormat, Json},
        spreadsheet::csv,
        terminal::Terminal,
    },
};

#[derive(Args, Debug)]
pub struct Export {
    #[arg(long, conflicts_with = "jsonl")]
    csv: bool,
    #[arg(long)]
    jsonl: bool,
    #[arg(long)]
    reveal: bool,
    #[arg(short, long, value_name = "FILE", allow_hyphen_values = true)]
    output: Option<PathBuf>,
}

#[derive(Debug, Serialize)]
struct ExportedDesk {
    records: Vec<Record>,
    #[serde(serialize_with = "all_told")]
    contacts: Vec<Contact>,
    #[serde(skip)]
    csv: bool,
}

/// A contact on a line of its own.
#[derive(Serialize)]
struct ExportedContact<'c> {
    #[serde(serialize_with = "told")]
    contact: &'c Contact,
}

const HEAD: [&str; 17] = [
    "record",
    "system",
    "number",
    "kind",
    "customer",
    "title",
    "received_at",
    "n",
    "at",
    "recorded_at",
    "action",
    "by",
    "state",
    "level",
    "unit",
    "assignee",
    "note",
];

impl Command for Export {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let view = desk.view()?;
        let mut records = desk.records(&view)?;
        records.sort_by(|a, b| a.id.cmp(&b.id));
        let (mut contacts, left_out) = view.contacts()?;
        for fault in left_out {
            app.ui.warn(&desk.words.store_error(&fault.why));
        }
        contacts.sort_by(|a, b| a.id.cmp(&b.id));
        if self.reveal {
            desk.note_reveal_of(&view, RevealCommand::Export, known_ids(&contacts))?;
        } else {
            contacts = contacts.into_iter().map(Contact::masked).collect();
        }
        let exported = ExportedDesk { records, contacts, csv: self.csv };
        let Some(place) = self.output.filter(|place| !is_stdout(place)) else {
            return Ok(Box::new(exported));
        };
        let text = match app.ui.shape {
            AnswerFormat::Json => format!("{:#}\n", exported.json()),
            AnswerFormat::Human | AnswerFormat::JsonLines | AnswerFormat::Csv => {
                exported.human(&app.ui.terminal())
            }
        };
        let readers = Readers::of_revealed(self.reveal);
        Ok(Box::new(desk.write_output(&place, text.as_bytes(), readers)?))
    }
}

impl Answer for ExportedDesk {
    fn human(&self, terminal: &Terminal) -> String {
        if self.csv { self.csv(terminal) } else { self.json_lines() }
    }

    fn json_lines(&self) -> String {
        let records = self.records.iter().map(Json::json);
        let contacts = self.contacts.iter().map(|contact| ExportedContact { contact }.json());
        records.chain(contacts).map(|line| format!("{line}\n")).collect()
    }

    fn csv(&self, _: &Terminal) -> String {
        let mut rows = vec![HEAD.map(str::to_owned).to_vec()];
        for record in &self.records {
            let intake = &record.intake;
            let (system, number) = match &intake.source {
                Some(source) => (source.system.clone(), source.number.clone()),
                None => Default::default(),
            };
            record.walk(|event, status| {
                let stamp = &event.stamp;
                let named = |id: Option<&str>| id.unwrap_or_default().to_owned();
                rows.push(vec![
                    record.id.to_string(),
                    system.clone(),
                    number.clone(),
                    status.kind.to_string(),
                    intake.customer.clone(),
                    intake.title.clone(),
                    intake.received_at.to_string(),
                    stamp.n.to_string(),
                    stamp.at.to_string(),
                    stamp.recorded_at.to_string(),
                    event.act.action().to_string(),
                    stamp.actor().to_string(),
                    status.state.to_string(),
                    status.level.map(|level| level.to_string()).unwrap_or_default(),
                    named(status.unit.as_ref().map(UnitId::as_str)),
                    named(status.assignee.as_ref().map(PersonId::as_str)),
                    stamp.note.clone().unwrap_or_default(),
                ]);
            });
        }
        csv(&rows)
    }
}
