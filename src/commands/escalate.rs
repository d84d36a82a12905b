//! `docket escalate`: informs someone one tier higher.

use clap::Args;

use crate::{
    app::{App, step::StepRequest},
    arguments::prompts::Prompts,
    commands::Command,
    domain::{deciding::steps::escalate::Request, history::steps},
    error::Result,
    store::find::RecordRef,
    ui::answer::Answer,
    words::label::Label,
};

#[derive(Args, Debug)]
pub struct Escalate {
    record: RecordRef,
    #[arg(long, value_name = "PERSON")]
    to: Option<String>,
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    #[arg(long)]
    method: Option<String>,
    #[arg(long, value_name = "NUMBER")]
    tier: Option<u32>,
}

impl Command for Escalate {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "escalate");
        let to = prompts.text(self.to.as_ref(), "--to", Label::EscalateTo)?;
        let reason = prompts.text(self.reason.as_ref(), "--reason", Label::Reason)?;
        let method = prompts.text(self.method.as_ref(), "--method", Label::Method)?;
        prompts.done()?;

        let done =
            desk.step::<steps::escalate::Escalate>(StepRequest::new(&self.record), |context| {
                let request = Request {
                    tier: self.tier,
                    to: context.person(&to)?,
                    reason: context.text("--reason", &reason)?,
                    method: context.channel(&method),
                };
                Ok(request.into())
            })?;

        Ok(Box::new(done))
    }
}
