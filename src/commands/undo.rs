//! `docket undo`: takes back one's own last step.

use clap::Args;

use crate::{
    app::{App, step::StepRequest},
    commands::Command,
    complete::ForStep,
    domain::history::steps::{self, Action},
    error::Result,
    store::find::RecordRef,
    ui::answer::Answer,
};

#[derive(Args, Debug)]
pub struct Undo {
    #[arg(default_value = "last", add = ForStep(Action::Undo))]
    record: RecordRef,
}

impl Command for Undo {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;

        let done =
            desk.step::<steps::undo::Undo>(StepRequest::new(&self.record), |_| Ok(().into()))?;

        Ok(Box::new(done))
    }
}
