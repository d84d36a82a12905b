//! `docket phone`: just the number to call.

use clap::Args;
use serde::Serialize;

use crate::{
    app::App,
    arguments::prompts::Prompts,
    commands::Command,
    domain::{
        base::{characters::clean_line, ids::ContactId},
        history::{
            contact::{Contact, ReachedContact},
            record::Record,
            refusal::Refusal,
            reveal::RevealCommand,
        },
    },
    error::{Error, RefusalDetails, Result},
    store::{
        find::{Purpose, RecordRef},
        view::View,
    },
    ui::{answer::Answer, terminal::Terminal},
    words::{Words, label::Label},
};

#[derive(Args, Debug)]
pub struct Phone {
    record: Option<RecordRef>,
}

#[derive(Debug, Serialize)]
struct NumberToCall {
    phone: String,
    /// By which agreement the record is served.
    agreement: Option<String>,
}

impl Command for Phone {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "phone");
        let record = prompts.any_record(&desk, self.record.as_ref())?;
        prompts.done()?;
        let view = desk.view()?;
        let record = desk.record(&view, &record, Purpose::Show)?;
        let (contact, phone) = number_of(&view, &record)?;
        let ids = [record.id.to_string(), contact.to_string()];
        desk.note_reveal(&view, RevealCommand::Phone, ids)?;
        let terms = record.status.agreement.as_ref();
        let policy = terms.map(|_| view.policy()).transpose()?;
        let agreement =
            terms.zip(policy).map(|(terms, policy)| desk.words.agreement(terms, &policy));
        Ok(Box::new(NumberToCall { phone, agreement }))
    }
}

/// The number of the contact whom a record names, or of who took their place.
fn number_of(view: &View<'_>, record: &Record) -> Result<(ContactId, String)> {
    let no_phone = || Error::NoPhone { record: record.id.to_string() };
    let id = record.status.contact.as_ref().ok_or_else(no_phone)?;
    let Contact { id: contact, person, .. } = match view.reached(id)? {
        ReachedContact::Known(contact) => contact,
        ReachedContact::Erased(Contact { id: contact, .. }) => {
            let why = RefusalDetails::plain(Refusal::ContactErased { contact });
            let record = Some(record.id.clone());
            return Err(Error::Refused(Box::new(RefusalDetails { record, ..why })));
        }
        ReachedContact::Nobody => return Err(no_phone()),
    };
    let Some(person) = person else {
        let knows_nobody = view.knows_nobody()?;
        return Err(if knows_nobody {
            Error::NamesNotHere
        } else {
            Error::PersonNotHere { contact }
        });
    };
    let phone = person.phone().ok_or_else(no_phone)?.to_owned();
    Ok((contact, phone))
}

impl Answer for NumberToCall {
    fn human(&self, _: &Terminal) -> String {
        format!("{}\n", clean_line(&self.phone))
    }

    fn brief(&self) -> Option<String> {
        Some(format!("{}\n", clean_line(&self.phone)))
    }

    fn remark(&self, words: Words) -> Option<String> {
        let label = words.label(Label::Agreement);
        self.agreement.as_ref().map(|agreement| format!("{label}: {agreement}"))
    }
}
