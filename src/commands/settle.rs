//! `docket settle`: a person resolves conflicting steps made in two clones.

use clap::Args;

use crate::{
    app::{App, step::StepRequest},
    arguments::prompts::Prompts,
    commands::Command,
    complete::ForStep,
    domain::{
        deciding::steps::settle::Request,
        history::steps::{self, Action},
    },
    error::Result,
    store::find::RecordRef,
    ui::answer::Answer,
    words::label::Label,
};

#[derive(Args, Debug)]
pub struct Settle {
    #[arg(add = ForStep(Action::Settle))]
    record: Option<RecordRef>,
    #[arg(long, value_name = "EVENT")]
    keep: Option<String>,
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

impl Command for Settle {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "settle");
        let record = prompts.record(&desk, Action::Settle, self.record.as_ref())?;
        let keep = prompts.text(self.keep.as_ref(), "--keep", Label::KeepEvent)?;
        let reason = prompts.text(self.reason.as_ref(), "--reason", Label::Reason)?;
        prompts.done()?;

        let done = desk.step::<steps::settle::Settle>(StepRequest::new(&record), |context| {
            let reason = context.text("--reason", &reason)?;
            Ok(Request { keep: keep.clone(), reason }.into())
        })?;

        Ok(Box::new(done))
    }
}
