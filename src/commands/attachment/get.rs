//! `docket attachment get`: an attached file, back on the disk.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use crate::{
    app::{App, attachments::is_intact},
    arguments::prompts::Prompts,
    commands::Command,
    complete::ForStep,
    domain::{
        base::{
            characters::{clean, clean_line},
            terms::FileType,
        },
        history::{
            refusal::Refusal,
            steps::{Action, attach::numbered},
        },
    },
    error::{Error, IoPlace, RefusalDetails, Result, usage::Usage},
    store::{
        files,
        find::{Purpose, RecordRef},
    },
    ui::{
        answer::{Answer, AnswerFormat, Text},
        terminal::{Medium, Terminal},
    },
};

#[derive(Args, Debug)]
pub struct GetFile {
    #[arg(add = ForStep(Action::Drop))]
    record: Option<RecordRef>,
    #[arg(value_name = "NUMBER")]
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
        let view = desk.view()?;
        let record = desk.record(&view, &record, Purpose::Show)?;
        let refused = |why| {
            let details =
                RefusalDetails { record: Some(record.id.clone()), ..RefusalDetails::plain(why) };
            Error::Refused(Box::new(details))
        };
        let entry = numbered(&record.status, self.number).map_err(refused)?;
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
        let path = self.output.unwrap_or_else(|| PathBuf::from(&name));
        if path.as_os_str() != "-" {
            let path = app.environment.directory.join(path);
            files::put_private(&path, &bytes)
                .map_err(|source| Error::Io { what: IoPlace::file(&path), source })?;
            return Ok(Box::new(SavedFile { name, path: path.display().to_string(), sha256 }));
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

impl Answer for SavedFile {
    fn human(&self, _: &Terminal) -> String {
        format!("{}\n", clean_line(&self.path))
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
