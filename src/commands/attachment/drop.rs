//! `docket attachment drop`: takes a file out, and keeps its hash.

use clap::Args;

use crate::{
    app::App,
    arguments::prompts::Prompts,
    commands::Command,
    complete::ForStep,
    domain::{
        deciding::steps::drop::is_kept,
        history::steps::{Action, attach::numbered, drop::DropFile},
    },
    error::Result,
    store::find::{Purpose, RecordRef},
    ui::answer::Answer,
    words::label::Label,
};

#[derive(Args, Debug)]
pub struct DropCommand {
    #[arg(add = ForStep(Action::Drop))]
    record: Option<RecordRef>,
    #[arg(value_name = "ATTACHMENT")]
    number: Option<usize>,
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

impl Command for DropCommand {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "attachment drop");
        let record = prompts.record(&desk, Action::Drop, self.record.as_ref())?;
        let number = prompts.attachment(&desk, &record, self.number)?;
        if app.ui.can_ask() {
            // nobody gives a reason for what cannot be dropped
            let found = desk.record(&desk.view()?, &record, Purpose::Look)?;
            let entry = numbered(&found.status, number)?;
            is_kept(entry)?;
        }
        let reason = prompts.text(self.reason.as_ref(), "--reason", Label::Reason)?;
        prompts.done()?;

        let done = desk.drop_file(&record, |context| {
            let entry = context.refuse(numbered(&context.record.status, number))?;
            let attachment = entry.event.clone();
            Ok(DropFile { attachment, reason: context.nameless_reason(&reason)? })
        })?;

        Ok(Box::new(done))
    }
}
