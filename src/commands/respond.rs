//! `docket respond`: the first substantive reply to the customer.

use clap::Args;

use crate::{
    app::{App, contacts::ContactMatch, context::Proposal, step::StepRequest},
    arguments::prompts::Prompts,
    commands::Command,
    domain::{deciding::steps::respond::Request, history::steps},
    error::Result,
    store::find::RecordRef,
    ui::answer::Answer,
    words::label::Label,
};

#[derive(Args, Debug)]
pub struct Respond {
    record: RecordRef,
    #[arg(long, value_name = "NAME", aliases = ["told", "with"])]
    informed: Option<String>,
    #[arg(long)]
    method: Option<String>,
    #[arg(long, value_name = "PERSON", alias = "told-by")]
    on_behalf_of: Option<String>,
}

impl Command for Respond {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "respond");
        if app.options.note.is_none() {
            prompts.miss("--note", Label::Note);
        }
        prompts.done()?;

        let step = StepRequest {
            told_by: self.on_behalf_of.as_deref(),
            told_via: self.method.as_deref(),
            ..StepRequest::new(&self.record)
        };
        let done = desk.step::<steps::respond::Respond>(step, |context| {
            let informed = context.some_customer_person(self.informed.as_ref())?;
            let request = Request {
                told: informed.as_ref().map(ContactMatch::id),
                method: self.method.as_deref().map(|given| context.channel(given)),
            };
            Ok(Proposal::from(request).with_contacts(informed))
        })?;

        Ok(Box::new(done))
    }
}
