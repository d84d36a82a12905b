//! `docket contact erase`: takes away what is known of a person, in the branch and beside it (PIPL 47).

use serde::Serialize;

use crate::{
    app::{
        desk::OpenDesk,
        erasure::{ErasedPerson, KnownPerson},
    },
    arguments::prompts::Prompts,
    commands::privacy::{lines_to_hide, redact_command},
    domain::{
        base::{
            ids::{ContactId, CustomerId, RecordId},
            text::{LINE, tidy_line},
        },
        history::{contact::Contact, refusal::Refusal},
    },
    error::{Error, Result},
    ui::{answer::Answer, terminal::Terminal},
    words::{label::Label, message::Message},
};

/// Whose person was erased, with the contacts that led to the same.
#[derive(Debug, Serialize)]
pub(super) struct ContactErasure {
    contact: ContactId,
    erased: Vec<ContactId>,
    /// The commands that hide the texts in which the person is named.
    named: Vec<String>,
    /// The records of the person to which files are attached.
    with_files: Vec<RecordId>,
    /// Those of the same customer with the same name or number, who stay known.
    alike: Vec<ContactId>,
    /// The contacts whose customer is called as the person was.
    named_so: Vec<NamesakeCustomer>,
    /// The branch in which it was done, where that is not the desk's: the remote's copy stays.
    other_branch: Option<String>,
    /// What is to be said of what was done, and of what it leaves.
    #[serde(skip)]
    done: Message,
    #[serde(skip)]
    left: Vec<Message>,
}

/// A contact whose customer is called as the person was, with the customer where it is listed.
#[derive(Debug, Serialize)]
struct NamesakeCustomer {
    contact: ContactId,
    customer: Option<CustomerId>,
}

/// Erases a person. On a terminal it is asked whom and why, and whether that is meant.
pub(super) fn erase(
    desk: &OpenDesk<'_>,
    name: Option<&String>,
    reason: Option<&String>,
) -> Result<ContactErasure> {
    let can_ask = desk.app.ui.can_ask();
    if can_ask {
        desk.may_erase()?;
    }
    let mut prompts = Prompts::new(desk.app, "contact erase");
    let name = prompts.known_contact(desk, name)?;
    if can_ask {
        desk.may_be_erased(&name)?;
    }
    let reason = prompts.fitting_line(reason, "--reason", Label::Reason, |reason| {
        desk.tried_erasure(&name, reason).map(drop)
    })?;
    prompts.done()?;
    let reason = tidy_line(&reason, LINE)
        .map_err(|fault| Error::from(Refusal::Text { flag: "--reason", fault }))?;
    if can_ask {
        let (person, texts) = desk.tried_erasure(&name, &reason)?;
        let texts: Vec<String> = texts.iter().map(redact_command).collect();
        for (indent, line) in lines_to_hide(&texts, desk.words) {
            desk.app.ui.say(&format!("{:indent$}{line}", ""));
        }
        if !person.with_files.is_empty() {
            let files = Message::FilesOfPerson { records: person.with_files.clone() };
            desk.app.ui.say(&desk.words.message(&files));
        }
        for other in &person.alike {
            let (other, into) = (other.id.clone(), Some(person.contact.id.clone()));
            desk.app.ui.say(&desk.words.message(&Message::AlikeStays { other, into }));
        }
        desk.app.ui.say(&desk.words.message(&erasure_preview(person)));
        prompts.confirm(Label::EraseForGood)?;
    }

    let erased = desk.erase_person(&name, &reason)?;
    Ok(ContactErasure::of(erased, &desk.desk.branch))
}

/// What is about to go.
fn erasure_preview(person: KnownPerson) -> Message {
    let line = |contact: Contact| {
        let shown = contact.masked();
        let mut parts = vec![shown.id.to_string()];
        if let Some(known) = &shown.person {
            parts.push(known.name.clone());
            parts.extend(known.phones.iter().map(|phone| phone.number.clone()));
            parts.extend(known.emails.iter().map(|email| email.address.clone()));
        }
        parts.insert(2.min(parts.len()), shown.customer);
        parts
    };
    let known = person.contacts.into_iter().filter(|contact| contact.erased.is_none()).map(line);
    Message::ErasureAsked { known: known.collect(), records: person.records }
}

impl ContactErasure {
    fn of(erased: ErasedPerson, desk: &str) -> Self {
        let ErasedPerson { contact, contacts, texts, with_files, alike, other_branch, named_so } =
            erased;
        let done = match &other_branch {
            Some(branch) => Message::PersonErasedInBranch {
                contact: contact.clone(),
                branch: branch.clone(),
                desk: desk.to_owned(),
            },
            None => Message::PersonErased { contact: contact.clone() },
        };
        let named_so: Vec<NamesakeCustomer> = named_so
            .into_iter()
            .map(|(contact, customer)| NamesakeCustomer { contact, customer })
            .collect();
        let left = named_so.iter().map(|named| {
            let (contact, listed) = (named.contact.clone(), named.customer.clone());
            Message::CustomerNamedSo { contact, listed }
        });
        let left = left.collect();
        Self {
            contact,
            erased: contacts,
            named: texts.iter().map(redact_command).collect(),
            with_files,
            alike: alike.into_iter().map(|contact| contact.id).collect(),
            named_so,
            other_branch,
            done,
            left,
        }
    }
}

impl Answer for ContactErasure {
    fn human(&self, terminal: &Terminal) -> String {
        let told = [&self.done, &Message::CollectGarbage, &Message::BeyondReach].into_iter();
        let told = told.map(|it| terminal.indented(&terminal.words.message(it), 0));
        let mut page: String = told.collect();
        for (indent, line) in lines_to_hide(&self.named, terminal.words) {
            page += &terminal.indented(&line, indent);
        }
        if !self.with_files.is_empty() {
            let files = Message::FilesOfPerson { records: self.with_files.clone() };
            page += &terminal.message(&terminal.words.message(&files), None);
        }
        for left in &self.left {
            page += &terminal.message(&terminal.words.message(left), None);
        }
        for other in self.alike.iter().cloned() {
            let stays = Message::AlikeStays { other, into: None };
            page += &terminal.message(&terminal.words.message(&stays), None);
        }
        page
    }

    fn brief(&self) -> Option<String> {
        Some(format!("{}\n", self.contact))
    }
}
