//! `docket attach`: files for a record.

use std::path::PathBuf;

use clap::Args;

use crate::{
    answers::step::StepSeries,
    app::App,
    arguments::{prompts::Prompts, terms::term},
    commands::Command,
    complete::ForStep,
    domain::{base::terms::AttachmentKind, history::steps::Action},
    error::Result,
    store::find::RecordRef,
    ui::answer::Answer,
};

#[derive(Args, Debug)]
pub struct Attach {
    #[arg(add = ForStep(Action::Attach))]
    record: RecordRef,
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    #[arg(long, value_name = "KIND", value_parser = term::<AttachmentKind>())]
    kind: Option<AttachmentKind>,
}

impl Command for Attach {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "attach");
        let record = prompts.record(&desk, Action::Attach, Some(&self.record))?;
        prompts.done()?;
        let vetted = desk.vetted(&self.files, &record)?;

        match &vetted[..] {
            [file] => Ok(Box::new(desk.attach(&record, file, self.kind)?)),
            several => {
                let steps = several.iter().map(|file| desk.attach(&record, file, self.kind));
                Ok(Box::new(StepSeries::until_refused(steps, None)))
            }
        }
    }
}
