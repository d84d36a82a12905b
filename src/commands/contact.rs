//! `docket contact`: customers' people.

use clap::{Args, Subcommand};
use serde::Serialize;

use crate::{
    answers::{
        contact::{all_told, disputed},
        names::PolicyNames,
        records::RecordList,
    },
    app::{App, desk::OpenDesk, persons, step::contact_files},
    audit::message,
    commands::{Command, privacy},
    domain::{
        base::{
            ids::ContactId,
            text::{LINE, tidy_line},
        },
        deciding,
        history::{
            contact::{Contact, ContactField, Erasure},
            refusal::Refusal,
            steps::Action,
        },
    },
    error::{Error, MissingField, Result},
    store::{
        git::apart::ApartAuthor,
        persons::without_persons,
        selection::{Condition, Selection},
        view::View,
    },
    ui::{answer::Answer, terminal::Terminal},
    words::{Words, label::Label, message::Message},
};

#[derive(Args, Debug)]
pub struct ContactCommand {
    #[command(subcommand)]
    what: ContactSubcommand,
}

#[derive(Debug, Subcommand)]
enum ContactSubcommand {
    List {
        #[arg(long)]
        reveal: bool,
    },
    Show {
        #[arg(value_name = "CONTACT")]
        name: String,
        #[arg(long)]
        reveal: bool,
    },
    Erase {
        #[arg(value_name = "CONTACT")]
        name: String,
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
    },
    Merge {
        #[arg(value_name = "CONTACT")]
        from: String,
        #[arg(long, value_name = "CONTACT")]
        into: String,
    },
}

/// So many texts in which somebody is named are told.
const MOST_NAMED: usize = 10;

/// Contacts, masked unless revealed.
#[derive(Debug, Serialize)]
struct ContactList {
    #[serde(serialize_with = "all_told")]
    contacts: Vec<Contact>,
    records: Option<RecordList>,
}

/// Whose person was erased, with the contacts that led to the same.
#[derive(Debug, Serialize)]
struct ContactErasure {
    contact: ContactId,
    erased: Vec<ContactId>,
    /// The commands that hide the texts in which the person is named.
    named: Vec<String>,
}

#[derive(Debug, Serialize)]
struct ContactMerge {
    from: ContactId,
    into: ContactId,
}

impl Command for ContactCommand {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        match self.what {
            ContactSubcommand::List { reveal } => {
                let view = desk.view()?;
                let (mut contacts, left_out) = view.contacts()?;
                desk.name_left_out(&left_out);
                contacts.retain(|contact| contact.merged_into.is_none());
                if reveal {
                    let ids = contacts.iter().map(|contact| contact.id.to_string());
                    desk.note_reveal(&view, "contact list", ids)?;
                }
                let contacts = contacts.into_iter().map(|contact| shown(contact, reveal)).collect();
                Ok(Box::new(ContactList { contacts, records: None }))
            }
            ContactSubcommand::Show { name, reveal } => {
                let view = desk.view()?;
                let contact = find(&desk, &view, &name, "contact show")?;
                if reveal {
                    desk.note_reveal(&view, "contact show", [contact.id.to_string()])?;
                }
                let own =
                    persons::same_persons(&desk.store, &view, std::slice::from_ref(&contact))?;
                let wanted = Selection::of(Condition::Contact(own));
                let (mut records, _) = desk.summaries(&view, &wanted)?;
                records.sort_by_key(|record| std::cmp::Reverse(record.status().received_at));
                let names = PolicyNames::read_in(&view);
                let records = Some(RecordList::new(records, desk.now(), names));
                Ok(Box::new(ContactList { contacts: vec![shown(contact, reveal)], records }))
            }
            ContactSubcommand::Erase { name, reason } => {
                Ok(Box::new(erase(&desk, &name, reason.as_deref())?))
            }
            ContactSubcommand::Merge { from, into } => Ok(Box::new(merge(&desk, &from, &into)?)),
        }
    }
}

/// The contact that is meant by a command.
fn find(
    desk: &OpenDesk<'_>,
    view: &View<'_>,
    name: &str,
    command: &'static str,
) -> Result<Contact> {
    let found = persons::contacts_meant(&desk.store, view, name, None)?;
    let known = persons::only_one(name, found).map_err(|error| match error {
        Error::Namesakes { given, contacts } => Error::SeveralContacts { command, given, contacts },
        other => other,
    });
    known?.ok_or_else(|| {
        let contacts = view.contacts().map(|(contacts, _)| contacts).unwrap_or_default();
        let nearest = persons::names_like(name, &contacts);
        not_known(view, Error::NoContact { given: name.to_owned(), nearest })
    })
}

/// Why something of a person was not found: a clone without names knows it of nobody.
pub fn not_known(view: &View<'_>, otherwise: Error) -> Error {
    match view.knows_nobody() {
        Ok(true) => Error::NamesNotHere,
        Ok(false) => otherwise,
        Err(why) => why.into(),
    }
}

/// Takes away what is known of a person, in the branch and beside it (PIPL 47).
fn erase(desk: &OpenDesk<'_>, name: &str, reason: Option<&str>) -> Result<ContactErasure> {
    let Some(reason) = reason else {
        let reason = desk.words.label(Label::Reason).to_owned();
        let field = MissingField::of_flag(reason, "--reason");
        return Err(Error::Missing { command: "contact erase", fields: vec![field] });
    };
    let reason = tidy_line(reason, LINE)
        .map_err(|fault| Error::from(Refusal::Text { flag: "--reason", fault }))?;
    let branch = desk.store.writing_branch(&desk.desk, desk.app.options.branch.as_deref())?;
    let (_, erased) = desk.store.write(&branch, &|notice| desk.notice(&notice), |view| {
        let policy = view.policy()?;
        let (actor, _) = desk.actor_as(&policy, deciding::contacts::MAY_ERASE)?;
        let named = find(desk, view, name, "contact erase")?;
        if !is_certain(&named, name) {
            let nearest = persons::names_like(name, std::slice::from_ref(&named));
            return Err(Error::NoContact { given: name.to_owned(), nearest });
        }
        let (all, _) = view.contacts()?;
        let own = deciding::contacts::same_person(&named.id, all, |id| view.followed(id))?;
        let ids: Vec<ContactId> = own.iter().map(|contact| contact.id.clone()).collect();
        let wanted = Selection::of(Condition::Contact(ids.clone()));
        let (records, _) = desk.chosen(view, &wanted)?;
        let unfinished = records.into_iter().filter(|it| it.status.state.is_unfinished());
        let unfinished: Vec<_> = unfinished.map(|record| record.id).collect();
        let texts = privacy::naming(desk, view, &own)?;
        let erasure = Erasure { at: desk.now(), reason: reason.clone() };
        let changed = deciding::contacts::erased(&own, &erasure, &unfinished)?;
        // one that another was merged into may be erased already, since another clone erased it
        let id = changed.first().map_or(&named.id, |contact| &contact.id);
        let subject = message::subject_of_erasure(id);
        let mut change = desk.plain_change(&actor, "contact", &subject, Vec::new())?;
        change.at = erasure.at;
        change.files = contact_files(&changed)?;
        change.apart = without_persons(&ids, &ApartAuthor::of(&change));
        let erasure = ContactErasure { contact: named.id, erased: ids, named: texts };
        Ok::<_, Error>((Some(change), erasure))
    })?;
    Ok(erased)
}

/// Whether somebody is named so that nobody else can be meant: by the id or the whole name.
fn is_certain(contact: &Contact, name: &str) -> bool {
    name.to_uppercase().parse::<ContactId>().is_ok() || contact.is_called(name)
}

fn merge(desk: &OpenDesk<'_>, from: &str, into: &str) -> Result<ContactMerge> {
    let branch = desk.store.writing_branch(&desk.desk, desk.app.options.branch.as_deref())?;
    let (_, merged) = desk.store.write(&branch, &|notice| desk.notice(&notice), |view| {
        let policy = view.policy()?;
        let (actor, _) = desk.actor_as(&policy, policy.roles.may(Action::Open))?;
        let (from, into) = both(desk, view, from, into)?;
        let changed = deciding::contacts::merged(&from, &into, view)?;
        let subject = message::subject_of_contacts(&from.id, &into.id);
        let files = contact_files(&changed)?;
        let change = desk.plain_change(&actor, "contact", &subject, files)?;
        Ok::<_, Error>((Some(change), ContactMerge { from: from.id, into: into.id }))
    })?;
    Ok(merged)
}

/// The two contacts that are meant, each followed to the one that took its place; as they are called
/// where both lead to the same, for clones may have merged them into each other.
fn both(
    desk: &OpenDesk<'_>,
    view: &View<'_>,
    from: &str,
    into: &str,
) -> Result<(Contact, Contact)> {
    let find = |given: &str| find(desk, view, given, "contact merge");
    let ends = (find(from)?, find(into)?);
    let named = |given: &str| -> Result<Option<Contact>> {
        let id = given.to_uppercase().parse::<ContactId>().ok();
        Ok(id.map(|id| view.contact(&id)).transpose()?.flatten())
    };
    let is_circle = ends.0.merged_into.is_some() || ends.1.merged_into.is_some();
    if (ends.0.id == ends.1.id || is_circle)
        && let (Some(from), Some(into)) = (named(from)?, named(into)?)
    {
        return Ok((from, into));
    }
    Ok(ends)
}

/// The contact as it may be shown.
pub fn shown(contact: Contact, reveal: bool) -> Contact {
    if reveal { contact } else { contact.masked() }
}

impl Answer for ContactList {
    fn human(&self, terminal: &Terminal) -> String {
        let words = terminal.words;
        if self.contacts.is_empty() {
            return String::new();
        }
        let head = [Label::Id, Label::Name, Label::Customer, Label::Phone, Label::Email];
        let rows: Vec<_> = self
            .contacts
            .iter()
            .map(|contact| {
                let erased = words.label(Label::Erased);
                let known = contact.personal.as_ref().map(|person| person.name.as_str());
                let name = known.or(contact.erased.as_ref().map(|_| erased)).unwrap_or_default();
                let parts = [
                    contact.id.as_str(),
                    name,
                    &contact.customer,
                    contact.phone().unwrap_or_default(),
                    contact.email().unwrap_or_default(),
                ];
                parts.map(str::to_owned).to_vec()
            })
            .collect();
        let mut page = terminal.table(&head, &rows);
        for contact in &self.contacts {
            for (field, values) in disputed(contact) {
                let line = if field == ContactField::MergedInto.name() {
                    let others = values.iter().filter(|value| !value.is_empty());
                    let told = others.map(|other| {
                        let (contact, other) = (contact.id.clone(), other.clone());
                        words.message(&Message::MergedBothWays { contact, other })
                    });
                    told.collect::<Vec<_>>().join("; ")
                } else {
                    let told = |value: &String| {
                        if value.is_empty() { "—".to_owned() } else { value.clone() }
                    };
                    let values: Vec<String> = values.iter().map(told).collect();
                    format!("{}: {}", contact.id, values.join(" | "))
                };
                page += &terminal.field(words.label(Label::Disputed), &line);
            }
        }
        if let Some(records) = &self.records {
            page += "\n";
            page += &records.human(terminal);
        }
        page
    }

    fn remark(&self, words: Words) -> Option<String> {
        if self.contacts.is_empty() {
            return Some(words.message(&Message::NothingFound));
        }
        self.records.as_ref().and_then(|records| records.remark(words))
    }
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
            page += &commands.map(|command| terminal.indented(command, 2)).collect::<String>();
        }
        page
    }

    fn brief(&self) -> Option<String> {
        Some(format!("{}\n", self.contact))
    }
}

impl Answer for ContactMerge {
    fn human(&self, terminal: &Terminal) -> String {
        let (from, into) = (self.from.clone(), self.into.clone());
        format!("{}\n", terminal.words.message(&Message::ContactsMerged { from, into }))
    }

    fn brief(&self) -> Option<String> {
        Some(format!("{}\n", self.into))
    }
}
