//! `docket attachment get`: an attached file, back on the disk.

use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use crate::{
    app::{App, attachments::is_intact, desk::OpenDesk},
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
    error::{Error, IoPlace, RefusalDetails, Result, usage::Usage},
    store::{
        files::{self, Placement},
        find::{Purpose, RecordRef},
    },
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
struct SavedFile {
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
        prompts.done()?;
        let number = prompts.attachment(&desk, &record, self.number)?;
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
        if place.as_os_str() != "-" {
            let (path, remark) = saved(&desk, (&record, entry), &place, &bytes)?;
            return Ok(Box::new(SavedFile { name, path, sha256, remark }));
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
    let Some(around) = around_desk(desk, &desk.app.environment.directory) else {
        return Ok(PathBuf::from(&entry.name));
    };
    let place = around.join(&entry.name);
    if desk.app.ui.can_ask() {
        return prompts.place(&place);
    }
    let command = command(record, entry, &place);
    Err(Error::InsideDesk { name: entry.name.clone(), command })
}

/// The way from a folder of the desk to the one that the desk lies in; `None` from elsewhere.
fn around_desk(desk: &OpenDesk<'_>, folder: &Path) -> Option<PathBuf> {
    let (root, folder) = (desk.store.root().canonicalize().ok()?, folder.canonicalize().ok()?);
    let below = folder.strip_prefix(root).ok()?.components().count();
    Some((0..=below).map(|_| "..").collect())
}

/// Saves a file in the place of no other; gives its path, and what is to be told of it.
fn saved(
    desk: &OpenDesk<'_>,
    (record, entry): (&Record, &AttachmentEntry),
    place: &Path,
    bytes: &[u8],
) -> Result<(String, Option<Message>)> {
    let here = &desk.app.environment.directory;
    let place = if here.join(place).is_dir() { place.join(&entry.name) } else { place.to_owned() };
    let path = here.join(&place);
    let put = files::put_new_private(&path, bytes);
    let remark = match put.map_err(|source| Error::Io { what: IoPlace::file(&path), source })? {
        Placement::Taken => {
            let (path, free) = (path.display().to_string(), free_beside(&place, here));
            return Err(Error::PlaceTaken { path, command: command(record, entry, &free) });
        }
        Placement::Same => Some(Message::SavedBefore),
        Placement::Written => {
            let folder = path.parent().and_then(|folder| around_desk(desk, folder));
            folder.map(|_| Message::SavedInsideDesk)
        }
    };
    let path = path.canonicalize().unwrap_or(path);
    Ok((path.display().to_string(), remark))
}

/// The first name with a number behind it that no file has.
fn free_beside(place: &Path, here: &Path) -> PathBuf {
    let stem = place.file_stem().unwrap_or_default().to_string_lossy();
    let ending = place.extension().map(|ending| format!(".{}", ending.to_string_lossy()));
    let named = |number: u32| {
        place.with_file_name(format!("{stem}-{number}{}", ending.as_deref().unwrap_or_default()))
    };
    let mut numbered = (2..=u32::MAX).map(named);
    numbered.find(|name| !here.join(name).exists()).unwrap_or_else(|| place.to_owned())
}

/// The command that saves an attachment in another place.
fn command(record: &Record, entry: &AttachmentEntry, place: &Path) -> String {
    let before = record.status.attachments.iter().take_while(|it| it.event != entry.event);
    let (tail, number) = (record.id.tail().to_lowercase(), before.count() + 1);
    let place = typed_path(place).unwrap_or_else(|| "-".to_owned());
    format!("docket attachment get {tail} {number} -o {place}")
}

impl Answer for SavedFile {
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
