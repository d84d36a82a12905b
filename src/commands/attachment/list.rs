//! `docket attachment list`: what is attached to a record.

use clap::Args;
use serde::Serialize;

use crate::{
    app::App,
    arguments::prompts::Prompts,
    commands::Command,
    complete::ForStep,
    domain::{
        base::{
            ids::RecordId,
            print::{minute, without_year},
            terms::FileStanding,
            time::Timestamp,
        },
        deciding::policy::people::People,
        history::{status::parts::AttachmentEntry, steps::Action},
    },
    error::Result,
    store::find::{Purpose, RecordRef},
    ui::{
        answer::Answer,
        cell::Cell,
        terminal::{Medium, Terminal},
    },
    words::{Words, file_size, label::Label, message::Message},
};

#[derive(Args, Debug)]
pub struct ListFiles {
    #[arg(add = ForStep(Action::Drop))]
    record: Option<RecordRef>,
}

/// The attachments of a record, and whether this clone has the file of each.
#[derive(Debug, Serialize)]
struct AttachmentList {
    record: RecordId,
    attachments: Vec<ListedFile>,
    #[serde(skip)]
    people: People,
    #[serde(skip)]
    now: Timestamp,
}

#[derive(Debug, Serialize)]
struct ListedFile {
    number: usize,
    #[serde(flatten)]
    entry: AttachmentEntry,
    here: bool,
}

impl Command for ListFiles {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "attachment list");
        let record = prompts.any_record(&desk, self.record.as_ref())?;
        prompts.done()?;
        let view = desk.view()?;
        let record = desk.record(&view, &record, Purpose::Show)?;
        let listed = record.status.numbered_attachments().map(|(number, entry)| {
            let is_kept = entry.dropped_at.is_none();
            let here = is_kept && desk.store.attached(&record, entry)?.is_some();
            Ok(ListedFile { number, entry: entry.clone(), here })
        });
        Ok(Box::new(AttachmentList {
            attachments: listed.collect::<Result<_>>()?,
            people: desk.policy_to_look(&view)?.people,
            record: record.id.clone(),
            now: desk.now(),
        }))
    }
}

impl Answer for AttachmentList {
    fn human(&self, terminal: &Terminal) -> String {
        let words = terminal.words;
        let is_screen = terminal.medium == Medium::Screen;
        let row = |ListedFile { number, entry, here }: &ListedFile| {
            let here = match entry.dropped_at {
                // show tells when
                Some(_) if is_screen => words.term(FileStanding::Dropped).to_owned(),
                Some(at) => words.remarked(words.term(FileStanding::Dropped), &minute(at)),
                None => words.label(if *here { Label::Yes } else { Label::No }).to_owned(),
            };
            let when = if is_screen { without_year(entry.at, self.now) } else { minute(entry.at) };
            let cells = [
                &number.to_string(),
                words.term(entry.kind),
                &entry.name,
                &file_size(entry.size.into()),
                &here,
                self.people.name_of(&entry.by),
                &when,
                &entry.sha256,
            ];
            cells.map(Cell::from).to_vec()
        };
        if self.attachments.is_empty() {
            return String::new();
        }
        let rows: Vec<_> = self.attachments.iter().map(row).collect();
        terminal.sheet(
            &[
                Label::Number,
                Label::Kind,
                Label::FileName,
                Label::FileSize,
                Label::InThisClone,
                Label::AttachedBy,
                Label::When,
                Label::Hash,
            ],
            &rows,
            &[Label::Hash, Label::Kind, Label::AttachedBy],
        )
    }

    fn brief(&self) -> Option<String> {
        let kept = self.attachments.iter().filter(|listed| listed.entry.dropped_at.is_none());
        Some(kept.map(|listed| format!("{}\n", listed.number)).collect())
    }

    fn remark(&self, words: Words) -> Option<String> {
        let nothing = self.attachments.is_empty();
        nothing.then(|| words.message(&Message::NoAttachments))
    }
}
