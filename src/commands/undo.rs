//! `docket undo`: takes back one's own last step.

use clap::Args;

use crate::{
    app::{App, step::StepRequest},
    arguments::prompts::Prompts,
    commands::Command,
    complete::ForStep,
    domain::history::steps::{self, Action},
    error::Result,
    store::find::RecordRef,
    ui::answer::Answer,
};

#[derive(Args, Debug)]
pub struct Undo {
    #[arg(add = ForStep(Action::Undo))]
    record: Option<RecordRef>,
}

impl Command for Undo {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "undo");
        let record = match self.record {
            // nobody is there to pick one
            None if !app.ui.can_ask() => RecordRef::Last,
            given => prompts.record(&desk, Action::Undo, given.as_ref())?,
        };
        prompts.done()?;

        let done = desk.step::<steps::undo::Undo>(StepRequest::new(&record), |_| Ok(().into()))?;

        Ok(Box::new(done))
    }
}
