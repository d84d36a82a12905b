//! `docket escalate`: informs someone one tier higher.

use clap::Args;

use crate::{
    app::{App, step::StepRequest},
    arguments::prompts::Prompts,
    commands::Command,
    complete::ForStep,
    domain::{
        deciding::steps::escalate::Request,
        history::steps::{self, Action},
    },
    error::Result,
    store::find::RecordRef,
    ui::answer::Answer,
    words::label::Label,
};

#[derive(Args, Debug)]
pub struct Escalate {
    #[arg(add = ForStep(Action::Escalate))]
    record: Option<RecordRef>,
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
        let record = prompts.record(&desk, Action::Escalate, self.record.as_ref())?;
        let to = prompts.choice(self.to.as_ref(), "--to", Label::EscalateTo, || desk.people())?;
        let reason = prompts.text(self.reason.as_ref(), "--reason", Label::Reason)?;
        let ways = || desk.channels();
        let method = prompts.choice(self.method.as_ref(), "--method", Label::Method, ways)?;
        prompts.done()?;

        let done =
            desk.step::<steps::escalate::Escalate>(StepRequest::new(&record), |context| {
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
