//! `docket redact`: hides a text that should not have been written.

use clap::Args;

use crate::{
    app::{App, context::Proposal, step::StepRequest},
    arguments::prompts::Prompts,
    commands::Command,
    complete::ForStep,
    domain::{
        deciding::steps::redact::Request,
        history::steps::{self, Action},
    },
    error::Result,
    store::find::RecordRef,
    ui::answer::Answer,
    words::{label::Label, message::Message},
};

#[derive(Args, Debug)]
pub struct Redact {
    #[arg(add = ForStep(Action::Redact))]
    record: Option<RecordRef>,
    #[arg(long, value_name = "EVENT")]
    event: Option<String>,
    #[arg(long, value_name = "FIELD")]
    field: Option<String>,
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

impl Command for Redact {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "redact");
        let record = prompts.record(&desk, Action::Redact, self.record.as_ref())?;
        let event = prompts.text(self.event.as_ref(), "--event", Label::RedactEvent)?;
        let field = prompts.text(self.field.as_ref(), "--field", Label::RedactField)?;
        let reason = prompts.text(self.reason.as_ref(), "--reason", Label::Reason)?;
        prompts.done()?;

        let done = desk.step::<steps::redact::Redact>(StepRequest::new(&record), |context| {
            let request = Request {
                event: event.clone(),
                field: field.clone(),
                reason: context.text("--reason", &reason)?,
            };
            let archive = context.record.status.archive.as_ref();
            let archive = archive.map(|archive| archive.path.clone());
            Ok(Proposal::from(request).with_remarks([Message::TextHidden { archive }]))
        })?;
        desk.refresh_cache()?;

        Ok(Box::new(done))
    }
}
