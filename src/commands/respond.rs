//! `docket respond`: the first substantive reply to the customer.

use clap::Args;

use crate::{
    app::{App, step::Asked},
    commands::{Command, fill::Fill},
    domain::{
        refusal::{Need, Refusal},
        steps::respond,
        terms::Action,
    },
    error::Result,
    store::find::RecordRef,
    ui::answer::Answer,
    words::label::Label,
};

/// Record the first substantive reply to the customer; stops the response clock
#[derive(Args, Debug)]
#[command(after_help = "Example: docket respond 7k3qx --note \"the switch is being replaced\"")]
pub struct Respond {
    /// Record, by its id or a tail of it
    record: RecordRef,
    /// Who was told, if not the requester
    #[arg(long, value_name = "NAME", alias = "with")]
    told: Option<String>,
    /// How, if not by the channel it came in
    #[arg(long)]
    method: Option<String>,
    /// Whose reply it was, where the desk enters it: an id of the roster
    #[arg(long, value_name = "PERSON")]
    told_by: Option<String>,
}

impl Command for Respond {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut fill = Fill::new(app, "respond");
        if app.wishes.note.is_none() {
            fill.miss("--note", Label::Note);
        }
        fill.done()?;

        let asked = Asked {
            told_by: self.told_by.as_deref(),
            told_via: self.method.as_deref(),
            ..Asked::new(&self.record, Action::Respond)
        };
        let done = desk.step(&asked, |draft| {
            let told = match (&self.told, &draft.record.status.contact) {
                (Some(name), _) => draft.customer_person(name)?,
                (None, Some(contact)) => contact.clone(),
                (None, None) => {
                    let why = Need::Contact;
                    return draft.refuse(Err(Refusal::Needs { flag: "--told", why }));
                }
            };
            let respond = respond::Respond { told, method: draft.method(self.method.as_ref()) };
            Ok(draft.refuse(respond.decide(&draft.scene()))?.into())
        })?;

        Ok(Box::new(done))
    }
}
