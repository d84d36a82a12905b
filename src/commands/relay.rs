//! `docket relay`: a message is passed on to the colleague it is for.

use clap::Args;

use crate::{
    app::{App, step::StepRequest},
    commands::Command,
    domain::history::steps,
    error::Result,
    store::find::RecordRef,
    ui::answer::Answer,
};

#[derive(Args, Debug)]
pub struct Relay {
    record: RecordRef,
    #[arg(long)]
    method: Option<String>,
}

impl Command for Relay {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;

        let done = desk.step::<steps::relay::Relay>(StepRequest::new(&self.record), |context| {
            let method = self.method.as_deref().map(|given| context.channel(given));
            Ok(steps::relay::Relay { method }.into())
        })?;

        Ok(Box::new(done))
    }
}
