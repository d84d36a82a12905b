//! `docket attach`: files for a record.

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
};

use clap::Args;

use crate::{
    answers::step::StepSeries,
    app::{App, desk::OpenDesk},
    arguments::{prompts::Prompts, terms::term},
    commands::Command,
    complete::ForStep,
    domain::{
        base::terms::{AttachmentKind, FileType},
        history::steps::Action,
    },
    error::Result,
    store::find::RecordRef,
    ui::answer::Answer,
};

#[derive(Args, Debug)]
pub struct Attach {
    #[arg(add = ForStep(Action::Attach))]
    record: Option<OsString>,
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    #[arg(long, value_name = "KIND", value_parser = term::<AttachmentKind>())]
    kind: Option<AttachmentKind>,
}

impl Command for Attach {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "attach");
        let (record, files) = record_and_files(&desk, self.record, self.files);
        let record = prompts.record(&desk, Action::Attach, record.as_ref())?;
        let files = prompts.files(files, |file| desk.vetted(&[file], &record).map(drop))?;
        prompts.done()?;
        let vetted = desk.vetted(&files, &record)?;

        match &vetted[..] {
            [file] => Ok(Box::new(desk.attach(&record, file, self.kind)?)),
            several => {
                let steps = several.iter().map(|file| desk.attach(&record, file, self.kind));
                Ok(Box::new(StepSeries::until_refused(steps, None)))
            }
        }
    }
}

/// The record and the files that are meant: the first word is a file where it is called like one, or
/// like one that is there, and like no record.
fn record_and_files(
    desk: &OpenDesk<'_>,
    first: Option<OsString>,
    mut files: Vec<PathBuf>,
) -> (Option<RecordRef>, Vec<PathBuf>) {
    let Some(first) = first else { return (None, files) };
    let Ok(record) = first.to_string_lossy().parse();
    let path = Path::new(&first);
    let is_there = desk.app.environment.directory.join(path).is_file();
    let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_lowercase);
    let is_called_so = ending.is_some_and(|ending| FileType::of_ending(&ending).is_some());
    if (is_there || is_called_so) && !desk.has_record(&record) {
        files.insert(0, first.into());
        return (None, files);
    }
    (Some(record), files)
}
