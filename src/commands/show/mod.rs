//! `docket show`: records with clocks and history.

mod deadlines;
mod page;

use std::{collections::BTreeMap, rc::Rc};

use clap::Args;
use serde::{Serialize, Serializer};

use crate::{
    answers::record::RecordWithContact,
    app::{App, desk::AsOf, reveal::known_ids},
    arguments::prompts::Prompts,
    commands::Command,
    domain::{
        base::time::Timestamp,
        deciding::policy::Policy,
        history::{contact::Contact, record::Record, reveal::RevealCommand},
    },
    error::Result,
    report::values::{Notes, Privacy, Sources},
    store::find::{Purpose, RecordRef},
    ui::{answer::Answer, terminal::Terminal},
};

#[derive(Args, Debug)]
pub struct Show {
    #[arg(value_name = "RECORD")]
    records: Vec<RecordRef>,
    #[arg(long, value_name = "TIME|REVISION", allow_hyphen_values = true)]
    as_of: Option<AsOf>,
    #[arg(long)]
    reveal: bool,
}

/// A record with what it is read with.
#[derive(Debug)]
struct RecordDetails {
    record: Record,
    policy: Rc<Policy>,
    /// The customer's persons whom the record names.
    contacts: Vec<Contact>,
    privacy: Privacy,
    /// The time at which it is looked at.
    now: Timestamp,
}

impl Command for Show {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "show");
        let first = prompts.any_record(&desk, self.records.first())?;
        prompts.done()?;
        let view = desk.view_with_people(self.as_of.as_ref())?;
        let policy = Rc::new(desk.policy_to_look(&view)?);
        let privacy = if self.reveal { Privacy::Revealed } else { Privacy::Masked };
        let details = |wanted: &RecordRef| {
            let record = desk.record(&view, wanted, Purpose::Show)?;
            let contacts = view.contacts_of(&record).unwrap_or_else(|why| {
                desk.app.ui.warn(&desk.words.store_error(&why));
                Vec::new()
            });
            let (policy, now) = (policy.clone(), desk.now());
            Ok(RecordDetails { record, policy, contacts, privacy, now })
        };
        let first = details(&first)?;
        let others = self.records.iter().skip(1).map(details);
        let mut records = std::iter::once(Ok(first)).chain(others).collect::<Result<Vec<_>>>()?;
        let contacts = records.iter().flat_map(|shown| &shown.contacts);
        let contacts: BTreeMap<_, _> = contacts.map(|contact| (&contact.id, contact)).collect();
        // a damaged reference of people keeps nobody from a record; doctor tells of it
        if view.knows_nobody().is_ok() {
            desk.remark_on_nameless(&view, contacts.into_values())?;
        }
        if self.reveal {
            let ids = records.iter().flat_map(|shown| {
                let mut known = known_ids(&shown.contacts).peekable();
                let record = known.peek().map(|_| shown.record.id.to_string());
                record.into_iter().chain(known)
            });
            desk.note_reveal_of(&view, RevealCommand::Show, ids)?;
        }
        if records.len() < 2
            && let Some(first) = records.pop()
        {
            return Ok(Box::new(first));
        }
        Ok(Box::new(SeveralDetails { records }))
    }
}

/// Several records, one below the other.
#[derive(Debug, Serialize)]
struct SeveralDetails {
    records: Vec<RecordDetails>,
}

impl Answer for SeveralDetails {
    fn human(&self, terminal: &Terminal) -> String {
        let pages = self.records.iter().map(|details| details.human(terminal));
        pages.collect::<Vec<_>>().join("\n")
    }

    fn brief(&self) -> Option<String> {
        self.records.iter().map(Answer::brief).collect()
    }
}

impl RecordDetails {
    fn sources(&self, terminal: &Terminal) -> Sources<'_> {
        Sources {
            policy: &self.policy,
            words: terminal.words,
            contacts: &self.contacts,
            privacy: self.privacy,
            notes: Notes::All,
        }
    }
}

impl Answer for RecordDetails {
    fn human(&self, terminal: &Terminal) -> String {
        page::text(self, terminal)
    }

    fn brief(&self) -> Option<String> {
        Some(format!("{}\n", self.record.id))
    }
}

impl Serialize for RecordDetails {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        RecordWithContact::new(&self.record, &self.contacts, self.privacy).serialize(serializer)
    }
}
