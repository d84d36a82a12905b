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

/// Pass a message on to the colleague whom the caller wanted
#[derive(Args, Debug)]
#[command(after_help = "Example: docket relay 7k3qx --method phone --note \"calls back at three\"")]
pub struct Relay {
    /// Record opened with --for, by its id or a tail of it
    record: RecordRef,
    /// How the colleague was told
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
