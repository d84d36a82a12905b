//! `docket respond`: the first substantive reply to the customer.

use clap::Args;

use crate::{
    answers::step::on_each,
    app::{App, contacts::ContactMatch, context::Proposal, step::StepRequest},
    arguments::{positionals, prompts::Prompts},
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
    #[arg(value_name = "[RECORD]... [TEXT]", add = ForStep(Action::Respond))]
    words: Vec<String>,
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
    fn run(mut self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "respond");
        let mut note = desk.note_or_reply(self.reply.as_deref())?;
        let words = std::mem::take(&mut self.words);
        let records = positionals::with_texts(&desk, "respond", words, [&mut note])?;
        let records = prompts.records(&desk, Action::Respond, &records, |it| self.request(it))?;
        let note = prompts.text(note.as_ref(), "--note", Label::Note)?;
        prompts.done()?;

        on_each(&records, |record| {
            let asked = Prompts::new(app, "respond");
            let informed = asked.informed(&desk, record, self.informed.as_ref())?;
            let request = self.request(record).noted(&note);
            desk.step::<steps::respond::Respond>(request, |context| {
                let informed = context.some_customer_person(informed.as_ref())?;
                let request = Request {
                    told: informed.as_ref().map(ContactMatch::id),
                    method: self.method.as_deref().map(|given| context.channel(given)),
                };
                Ok(Proposal::from(request).with_contacts(informed))
            })
        })
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
