//! `docket relay`: a message is passed on to the colleague it is for.

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
pub struct Relay {
    #[arg(add = ForStep(Action::Relay))]
    record: Option<RecordRef>,
    #[arg(long)]
    method: Option<String>,
}

impl Command for Relay {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "relay");
        let record = prompts.record(&desk, Action::Relay, self.record.as_ref())?;
        prompts.done()?;

        let done = desk.step::<steps::relay::Relay>(StepRequest::new(&record), |context| {
            let method = self.method.as_deref().map(|given| context.channel(given));
            Ok(steps::relay::Relay { method }.into())
        })?;

        Ok(Box::new(done))
    }
}
