//! `docket ack`: tells the customer that the matter is accepted.

use clap::Args;

use crate::{
    answers::step::on_each,
    app::{App, contacts::ContactMatch, context::Proposal, step::StepRequest},
    arguments::{positionals, prompts::Prompts},
    commands::Command,
    complete::ForStep,
    domain::{
        base::moment::Moment,
        deciding::steps::ack::Request,
        history::{
            intake::ReadBack,
            steps::{self, Action},
        },
    },
    error::Result,
    ui::answer::Answer,
    words::label::Label,
};

#[derive(Args, Debug)]
pub struct Ack {
    #[arg(value_name = "[RECORD]... [TIME]", add = ForStep(Action::Ack))]
    words: Vec<String>,
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    reply_by: Option<Moment>,
    #[arg(long, conflicts_with = "reply_by")]
    answered: bool,
    #[arg(long, value_name = "NAME", aliases = ["told", "with"])]
    informed: Option<String>,
    #[arg(long)]
    method: Option<String>,
    #[arg(long, value_name = "done|REASON")]
    read_back: Option<String>,
}

impl Command for Ack {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "ack");
        let mut reply_by = self.reply_by;
        let time = Some(&mut reply_by).filter(|_| !self.answered);
        let records = positionals::with_time(&desk, self.words, "--reply-by", time)?;
        let records = prompts.records(&desk, Action::Ack, &records, StepRequest::new)?;
        let reply_by = if self.answered {
            None
        } else {
            Some(prompts.due(&desk, reply_by, "--reply-by", Label::ReplyBy)?)
        };
        prompts.done()?;

        on_each(&records, |record| {
            let asked = Prompts::new(app, "ack");
            let informed = asked.informed(&desk, record, self.informed.as_ref())?;
            desk.step::<steps::ack::Ack>(StepRequest::new(record), |context| {
                let informed = context.some_customer_person(informed.as_ref())?;
                let read_back = context.some_text("--read-back", self.read_back.as_ref())?;
                let request = Request {
                    told: informed.as_ref().map(ContactMatch::id),
                    method: self.method.as_deref().map(|given| context.channel(given)),
                    reply_by: reply_by.map(|at| context.until("--reply-by", at)).transpose()?,
                    answered: self.answered,
                    read_back: read_back.map(|text| ReadBack::new(&text)),
                };
                Ok(Proposal::from(request).with_contacts(informed))
            })
        })
    }
}
