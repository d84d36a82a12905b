//! `docket ack`: tells the customer that the matter is accepted.

use clap::Args;

use crate::{
    app::{App, step::Asked},
    commands::{Command, fill::Fill},
    domain::{
        intake::ReadBack,
        moment::Moment,
        refusal::{Need, Refusal},
        steps::ack,
        terms::Action,
    },
    error::Result,
    store::find::RecordRef,
    ui::answer::Answer,
    words::label::Label,
};

/// Record that the customer was told: accepted, and by when a reply comes
#[derive(Args, Debug)]
#[command(after_help = "Example: docket ack 7k3qx --reply-by +1h --method phone")]
pub struct Ack {
    /// Record, by its id or a tail of it
    record: RecordRef,
    /// By when the customer hears from us; a promise
    #[arg(long, value_name = "T", allow_hyphen_values = true)]
    reply_by: Option<Moment>,
    /// Who was told, if not the requester
    #[arg(long, value_name = "NAME", alias = "with")]
    told: Option<String>,
    /// How, if not by the channel it came in
    #[arg(long)]
    method: Option<String>,
    /// `done`, or why it was not read back to the customer
    #[arg(long, value_name = "done|REASON")]
    read_back: Option<String>,
}

impl Command for Ack {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut fill = Fill::new(app, "ack");
        let reply_by = fill.time(self.reply_by, "--reply-by", Label::ReplyBy)?;
        fill.done()?;

        let done = desk.step(&Asked::new(&self.record, Action::Ack), |draft| {
            let told = match (&self.told, &draft.record.status.contact) {
                (Some(name), _) => draft.customer_person(name)?,
                (None, Some(contact)) => contact.clone(),
                (None, None) => {
                    let why = Need::Contact;
                    return draft.refuse(Err(Refusal::Needs { flag: "--told", why }));
                }
            };
            let read_back = draft.some_text("--read-back", self.read_back.as_ref())?;
            let ack = ack::Ack {
                told,
                method: draft.method(self.method.as_ref()),
                reply_by: draft.until("--reply-by", reply_by)?,
                read_back: read_back.map(|text| ReadBack::new(&text)),
            };
            Ok(draft.refuse(ack.decide(&draft.scene()))?.into())
        })?;

        Ok(Box::new(done))
    }
}
