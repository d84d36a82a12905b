//! `docket settle`: a person decides what holds of what two clones did.

use clap::Args;

use crate::{
    app::{App, step::StepRequest},
    arguments::prompts::Prompts,
    commands::Command,
    domain::{deciding::steps::settle::Request, history::steps},
    error::Result,
    store::find::RecordRef,
    ui::answer::Answer,
    words::label::Label,
};

/// Decide what holds of what two clones did without knowing of each other
///
/// Every event stays. The one to keep is named by its id or the end of it, as `docket show` gives
/// it; one that was set aside has its effect now, if it still fits.
#[derive(Args, Debug)]
#[command(
    after_help = "Example: docket settle 7k3qx --keep 9D2KQ --reason \"the customer agreed to the later time\""
)]
pub struct Settle {
    /// Record, by its id or a tail of it
    record: RecordRef,
    /// Event that holds
    #[arg(long, value_name = "EVENT")]
    keep: Option<String>,
    /// Why
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

impl Command for Settle {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut fill = Prompts::new(app, "settle");
        let keep = fill.text(self.keep.as_ref(), "--keep", Label::KeepEvent)?;
        let reason = fill.text(self.reason.as_ref(), "--reason", Label::Reason)?;
        fill.done()?;

        let done =
            desk.step::<steps::settle::Settle>(StepRequest::new(&self.record), |context| {
                let reason = context.text("--reason", &reason)?;
                Ok(Request { keep: keep.clone(), reason }.into())
            })?;

        Ok(Box::new(done))
    }
}
