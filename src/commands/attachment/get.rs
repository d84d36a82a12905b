//! `docket attachment get`: an attached file, back on the disk.

use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use crate::{
    app::{
        App,
        attachments::is_intact,
        desk::OpenDesk,
        output::{SavedFile, is_stdout},
    },
    arguments::prompts::Prompts,
    commands::Command,
    complete::ForStep,
    domain::{
        base::{
            characters::{clean, clean_line},
            terms::FileType,
        },
        history::{
            record::Record,
            refusal::Refusal,
            status::parts::AttachmentEntry,
            steps::{Action, attach::numbered},
        },
    },
    error::{Error, RefusalDetails, Result, usage::Usage},
    store::find::{Purpose, RecordRef},
    ui::{
        answer::{Answer, AnswerFormat, Text},
        terminal::{Medium, Terminal},
        typed::typed_path,
    },
    words::{Words, message::Message},
};

#[derive(Args, Debug)]
pub struct GetFile {
    #[arg(add = ForStep(Action::Drop))]
    record: Option<RecordRef>,
    #[arg(value_name = "ATTACHMENT")]
    number: Option<usize>,
    #[arg(short, long, value_name = "FILE", allow_hyphen_values = true)]
    output: Option<PathBuf>,
}

/// A file that was saved.
#[derive(Debug, Serialize)]
struct SavedAttachment {
    name: String,
    path: String,
    sha256: String,
    /// What is to be told of the place.
    #[serde(skip)]
    remark: Option<Message>,
}

/// A file for whoever reads from here.
#[derive(Debug, Serialize)]
struct PipedFile {
    name: String,
    sha256: String,
    #[serde(skip)]
    bytes: Vec<u8>,
}

impl Command for GetFile {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "attachment get");
        let record = prompts.any_record(&desk, self.record.as_ref())?;
        let number = prompts.attachment(&desk, &record, self.number)?;
        prompts.done()?;
        let view = desk.view()?;
        let record = desk.record(&view, &record, Purpose::Show)?;
        let refused = |why| {
            let details =
                RefusalDetails { record: Some(record.id.clone()), ..RefusalDetails::plain(why) };
            Error::Refused(Box::new(details))
        };
        let entry = numbered(&record.status, number).map_err(refused)?;
        if let Some(at) = entry.dropped_at {
            return Err(refused(Refusal::DroppedBefore { at }));
        }
        let (name, sha256) = (entry.name.clone(), entry.sha256.clone());
        let Some(bytes) = desk.content(&record, entry)? else {
            let remote = desk.store.git().remote_of(&desk.desk.branch, None)?;
            return Err(Error::NoContent { name, remote });
        };
        if !is_intact(&bytes, entry) {
            return Err(Error::OtherContent { name });
        }
        let place = match self.output {
            Some(place) => place,
            None => usual_place(&desk, &prompts, (&record, entry))?,
        };
        if !is_stdout(&place) {
            let (path, remark) = match desk.save_output(&place, &name, &bytes)? {
                SavedFile::Lies(path, remark) => (path.display().to_string(), remark),
                SavedFile::Taken(path, free) => {
                    let (path, command) =
                        (path.display().to_string(), command(&record, entry, &free));
                    return Err(Error::PlaceTaken { path, command });
                }
            };
            return Ok(Box::new(SavedAttachment { name, path, sha256, remark }));
        }
        let is_read = app.ui.medium == Medium::Screen && app.ui.shape == AnswerFormat::Human;
        match entry.file_type {
            FileType::Txt | FileType::Log | FileType::Csv | FileType::Eml if is_read => {
                Ok(Box::new(Text { text: clean(&String::from_utf8_lossy(&bytes)) }))
            }
            _ if is_read => Err(Error::Usage(Usage::NotForTerminal { name })),
            _ => Ok(Box::new(PipedFile { name, sha256, bytes })),
        }
    }
}

/// Where a file goes for which no place was given: here, unless that is in the desk, into whose history
/// git would take it.
fn usual_place(
    desk: &OpenDesk<'_>,
    prompts: &Prompts<'_>,
    (record, entry): (&Record, &AttachmentEntry),
) -> Result<PathBuf> {
    let Some(around) = desk.way_around() else {
        return Ok(PathBuf::from(&entry.name));
    };
    let place = around.join(&entry.name);
    if desk.app.ui.can_ask() {
        return prompts.place(&place);
    }
    let command = command(record, entry, &place);
    Err(Error::InsideDesk { name: entry.name.clone(), command })
}

/// The command that saves an attachment in another place.
fn command(record: &Record, entry: &AttachmentEntry, place: &Path) -> String {
    let before = record.status.attachments.iter().take_while(|it| it.event != entry.event);
    let (tail, number) = (record.id.tail().to_lowercase(), before.count() + 1);
    let place = typed_path(place).unwrap_or_else(|| "-".to_owned());
    format!("docket attachment get {tail} {number} -o {place}")
}

impl Answer for SavedAttachment {
    fn human(&self, _: &Terminal) -> String {
        format!("{}\n", clean_line(&self.path))
    }

    fn remark(&self, words: Words) -> Option<String> {
        self.remark.as_ref().map(|remark| words.message(remark))
    }

    fn brief(&self) -> Option<String> {
        Some(format!("{}\n", clean_line(&self.path)))
    }
}

impl Answer for PipedFile {
    fn human(&self, _: &Terminal) -> String {
        String::new()
    }

    fn raw(&self) -> Option<&[u8]> {
        Some(&self.bytes)
    }
}
