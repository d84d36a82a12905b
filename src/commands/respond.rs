//! `docket respond`: the first substantive reply to the customer.

use clap::Args;

use crate::{
    app::{App, contacts::ContactMatch, context::Proposal, step::StepRequest},
    arguments::prompts::Prompts,
    commands::Command,
    complete::ForStep,
    domain::{
        deciding::steps::respond::Request,
        history::steps::{self, Action},
    },
    error::Result,
    store::find::RecordRef,
    ui::answer::Answer,
    words::label::Label,
};

#[derive(Args, Debug)]
pub struct Respond {
    #[arg(add = ForStep(Action::Respond))]
    record: Option<RecordRef>,
    #[arg(long, value_name = "NAME", aliases = ["told", "with"])]
    informed: Option<String>,
    #[arg(long)]
    method: Option<String>,
    #[arg(long, value_name = "REPLY")]
    reply: Option<String>,
    #[arg(long, value_name = "PERSON", alias = "told-by")]
    on_behalf_of: Option<String>,
}

impl Command for Respond {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "respond");
        let record = prompts.record_as(
            &desk,
            Action::Respond,
            self.record.as_ref(),
            self.request(&RecordRef::Last),
        )?;
        let note = desk.note_or_reply(self.reply.as_deref())?;
        let note = prompts.text(note.as_ref(), "--note", Label::Note)?;
        prompts.done()?;

        let step = self.request(&record).noted(&note);
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

impl Respond {
    /// The reply as the desk asks for it.
    fn request<'a>(&'a self, record: &'a RecordRef) -> StepRequest<'a> {
        StepRequest {
            told_by: self.on_behalf_of.as_deref(),
            told_via: self.method.as_deref(),
            ..StepRequest::new(record)
        }
    }
}
