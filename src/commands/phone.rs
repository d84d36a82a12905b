//! `docket phone`: just the number to call.

use clap::Args;
use serde::Serialize;

use crate::{
    app::App,
    arguments::prompts::Prompts,
    commands::{Command, contact::not_known},
    domain::{base::characters::clean_line, history::reveal::RevealCommand},
    error::{Error, Result},
    store::find::{Purpose, RecordRef},
    ui::{answer::Answer, terminal::Terminal},
};

#[derive(Args, Debug)]
pub struct Phone {
    record: Option<RecordRef>,
}

#[derive(Debug, Serialize)]
struct NumberToCall {
    phone: String,
}

impl Command for Phone {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "phone");
        let record = prompts.any_record(&desk, self.record.as_ref())?;
        prompts.done()?;
        let view = desk.view()?;
        let record = desk.record(&view, &record, Purpose::Show)?;
        let contact = match &record.status.contact {
            Some(id) => view.followed(id)?,
            None => None,
        };
        let known =
            contact.and_then(|contact| Some((contact.id.clone(), contact.phone()?.to_owned())));
        let (contact, phone) = known
            .ok_or_else(|| not_known(&view, Error::NoPhone { record: record.id.to_string() }))?;
        desk.note_reveal(
            &view,
            RevealCommand::Phone,
            [record.id.to_string(), contact.to_string()],
        )?;
        Ok(Box::new(NumberToCall { phone }))
    }
}

impl Answer for NumberToCall {
    fn human(&self, _: &Terminal) -> String {
        format!("{}\n", clean_line(&self.phone))
    }

    fn brief(&self) -> Option<String> {
        Some(format!("{}\n", clean_line(&self.phone)))
    }
}
