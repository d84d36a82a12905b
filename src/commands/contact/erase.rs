//! `docket contact erase`: takes away what is known of a person, in the branch and beside it (PIPL 47).

use serde::Serialize;

use super::find;
use crate::{
    app::{desk::OpenDesk, step::contact_files},
    arguments::prompts::Prompts,
    audit::message,
    commands::privacy,
    domain::{
        base::{
            ids::{ContactId, RecordId},
            text::{LINE, tidy_line},
        },
        deciding::contacts::{MAY_ERASE, erasable, erased, same_person},
        history::{
            contact::{Contact, Erasure},
            refusal::Refusal,
        },
    },
    error::{Error, Result},
    store::{
        git::apart::ApartAuthor,
        persons::without_persons,
        selection::{Condition, Selection},
        view::View,
    },
    ui::{answer::Answer, terminal::Terminal},
    words::{label::Label, message::Message},
};

/// So many texts in which somebody is named are told.
const MOST_NAMED: usize = 10;

/// Whose person was erased, with the contacts that led to the same.
#[derive(Debug, Serialize)]
pub(super) struct ContactErasure {
    contact: ContactId,
    erased: Vec<ContactId>,
    /// The commands that hide the texts in which the person is named.
    named: Vec<String>,
}

/// A person who is to be erased.
struct KnownPerson {
    /// The one who was named.
    contact: Contact,
    /// All that lead to the same.
    contacts: Vec<Contact>,
    /// How many records name one of them.
    records: usize,
    unfinished: Vec<RecordId>,
}

/// Erases a person. On a terminal it is asked whom and why, and whether that is meant.
pub(super) fn erase(
    desk: &OpenDesk<'_>,
    name: Option<&String>,
    reason: Option<&String>,
) -> Result<ContactErasure> {
    let can_ask = desk.app.ui.can_ask();
    if can_ask {
        desk.actor_as(&desk.view()?.policy()?, MAY_ERASE)?;
    }
    let mut prompts = Prompts::new(desk.app, "contact erase");
    let name = prompts.known_contact(desk, name)?;
    if can_ask {
        let person = known(desk, &desk.view()?, &name)?;
        erasable(&person.contacts, &person.unfinished)?;
    }
    let reason = prompts.line(reason, "--reason", Label::Reason)?;
    prompts.done()?;
    let reason = tidy_line(&reason, LINE)
        .map_err(|fault| Error::from(Refusal::Text { flag: "--reason", fault }))?;
    if can_ask {
        let person = known(desk, &desk.view()?, &name)?;
        let erasure = Erasure { at: desk.now(), reason: reason.clone() };
        erased(&person.contacts, &erasure, &person.unfinished)?;
        desk.app.ui.say(&desk.words.message(&erasure_preview(person)));
        prompts.confirm(Label::EraseForGood)?;
    }
    write(desk, &name, &reason)
}

/// The person who is called so for certain, and what names them.
fn known(desk: &OpenDesk<'_>, view: &View<'_>, name: &str) -> Result<KnownPerson> {
    let contact = find(desk, view, name, "contact erase")?;
    if !is_certain(&contact, name) {
        let (given, shown) = (name.to_owned(), contact.masked());
        let contact = (shown.id.clone(), shown.name().to_owned(), shown.customer);
        return Err(Error::NotWholeName { given, contact });
    }
    let (all, _) = view.contacts()?;
    let own = same_person(&contact.id, all, |id| view.followed(id))?;
    let ids = own.iter().map(|contact| contact.id.clone()).collect();
    let (records, _) = desk.chosen(view, &Selection::of(Condition::Contact(ids)))?;
    let count = records.len();
    let unfinished = records.into_iter().filter(|it| it.status.state.is_unfinished());
    let unfinished = unfinished.map(|record| record.id).collect();
    Ok(KnownPerson { contact, contacts: own, records: count, unfinished })
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

fn write(desk: &OpenDesk<'_>, name: &str, reason: &str) -> Result<ContactErasure> {
    let branch = desk.store.writing_branch(&desk.desk, desk.app.options.branch.as_deref())?;
    let (_, erased) = desk.store.write(&branch, &|notice| desk.notice(&notice), |view| {
        let policy = view.policy()?;
        let (actor, _) = desk.actor_as(&policy, MAY_ERASE)?;
        let KnownPerson { contact, contacts, unfinished, .. } = known(desk, view, name)?;
        let ids: Vec<ContactId> = contacts.iter().map(|contact| contact.id.clone()).collect();
        let texts = privacy::redact_commands(desk, view, &contacts)?;
        let erasure = Erasure { at: desk.now(), reason: reason.to_owned() };
        let changed = erased(&contacts, &erasure, &unfinished)?;
        // one that another was merged into may be erased already, since another clone erased it
        let id = changed.first().map_or(&contact.id, |contact| &contact.id);
        let subject = message::subject_of_erasure(id);
        let mut change = desk.plain_change(&actor, "contact", &subject, Vec::new())?;
        change.at = erasure.at;
        change.files = contact_files(&changed)?;
        change.apart = without_persons(&ids, &ApartAuthor::of(&change));
        let erasure = ContactErasure { contact: contact.id, erased: ids, named: texts };
        Ok::<_, Error>((Some(change), erasure))
    })?;
    Ok(erased)
}

/// Whether somebody is named so that nobody else can be meant: by the id or the whole name.
fn is_certain(contact: &Contact, name: &str) -> bool {
    name.to_uppercase().parse::<ContactId>().is_ok() || contact.is_called(name)
}

impl Answer for ContactErasure {
    fn human(&self, terminal: &Terminal) -> String {
        let contact = self.contact.clone();
        let told =
            [Message::PersonErased { contact }, Message::CollectGarbage, Message::BeyondReach];
        let told = told.iter().map(|it| terminal.indented(&terminal.words.message(it), 0));
        let mut page: String = told.collect();
        if !self.named.is_empty() {
            let texts = Message::NamedInTexts { texts: self.named.len() };
            page += &terminal.indented(&terminal.words.message(&texts), 0);
            let commands = self.named.iter().take(MOST_NAMED);
            let commands = commands.map(|command| privacy::localised(command, terminal.words));
            page += &commands.map(|command| terminal.indented(&command, 2)).collect::<String>();
        }
        page
    }

    fn brief(&self) -> Option<String> {
        Some(format!("{}\n", self.contact))
    }
}
