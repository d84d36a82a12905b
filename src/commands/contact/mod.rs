//! `docket contact`: customers' people.

mod erase;
mod write;

use clap::{Args, Subcommand};
use serde::Serialize;

use crate::{
    answers::{
        contact::{all_told, disputed},
        names::PolicyNames,
        records::RecordList,
    },
    app::{App, desk::OpenDesk, persons, reveal::known_ids},
    arguments::prompts::Prompts,
    commands::Command,
    domain::{
        base::{characters::clean_line, ids::ContactId, terms::ReachKind},
        history::{
            contact::{Contact, ContactField},
            reach::ReachList,
            reveal::RevealCommand,
        },
    },
    error::Result,
    store::selection::{Condition, Selection},
    ui::{answer::Answer, cell::Cell, table::TableHead, terminal::Terminal},
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
        #[arg(short, long)]
        customer: Option<String>,
        #[arg(long)]
        reveal: bool,
    },
    Show {
        #[arg(value_name = "CONTACT")]
        name: Option<String>,
        #[arg(long)]
        reveal: bool,
    },
    Add(write::ContactAdd),
    Change(write::ContactChangeArgs),
    Erase {
        #[arg(value_name = "CONTACT")]
        name: Option<String>,
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
    },
    Merge {
        #[arg(value_name = "CONTACT")]
        from: Option<String>,
        #[arg(long, value_name = "CONTACT")]
        into: Option<String>,
    },
}

/// Contacts, masked unless revealed.
#[derive(Debug, Serialize)]
struct ContactList {
    #[serde(serialize_with = "all_told")]
    contacts: Vec<Contact>,
    records: Option<RecordList>,
    /// Nothing that was revealed is cut.
    #[serde(skip)]
    is_whole: bool,
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
            ContactSubcommand::List { customer, reveal } => {
                let view = desk.view()?;
                let (mut contacts, left_out) = view.contacts()?;
                desk.name_left_out(&left_out);
                contacts.retain(|contact| contact.merged_into.is_none());
                if let Some(given) = customer {
                    let wanted = desk.filtered_customer(&view, &given)?;
                    contacts.retain(|contact| wanted.is_called(&contact.customer));
                }
                if reveal {
                    desk.note_reveal_of(&view, RevealCommand::ContactList, known_ids(&contacts))?;
                }
                desk.remark_on_nameless(&view, &contacts)?;
                let contacts = contacts.into_iter().map(|contact| shown(contact, reveal)).collect();
                Ok(Box::new(ContactList { contacts, records: None, is_whole: reveal }))
            }
            ContactSubcommand::Show { name, reveal } => {
                let name = named(&desk, "contact show", name.as_ref())?;
                let view = desk.view()?;
                let contact = desk.contact_seen(&view, &name, "contact show")?;
                let own =
                    persons::same_persons(&desk.store, &view, std::slice::from_ref(&contact))?;
                // who was merged into somebody is still known, until they are erased
                let mut contacts = vec![contact.clone()];
                for id in own.iter().filter(|id| **id != contact.id) {
                    contacts.extend(view.contact(id)?);
                }
                if reveal {
                    desk.note_reveal_of(&view, RevealCommand::ContactShow, known_ids(&contacts))?;
                }
                let wanted = Selection::of(Condition::Contact(own));
                let (mut records, _) = desk.summaries(&view, &wanted)?;
                records.sort_by_key(|record| std::cmp::Reverse(record.status().received_at));
                let names = PolicyNames::read_in(&view);
                let records = Some(RecordList::new(records, desk.now(), names));
                desk.remark_on_nameless(&view, &contacts)?;
                let contacts = contacts.into_iter().map(|contact| shown(contact, reveal)).collect();
                Ok(Box::new(ContactList { contacts, records, is_whole: reveal }))
            }
            ContactSubcommand::Add(add) => Ok(Box::new(add.write(&desk)?)),
            ContactSubcommand::Change(change) => Ok(Box::new(change.write(&desk)?)),
            ContactSubcommand::Erase { name, reason } => {
                Ok(Box::new(erase::erase(&desk, name.as_ref(), reason.as_ref())?))
            }
            ContactSubcommand::Merge { from, into } => {
                let (from, into) = to_merge(&desk, from.as_ref(), into.as_ref())?;
                let (from, into) = desk.merge_contacts(&from, &into)?;
                Ok(Box::new(ContactMerge { from, into }))
            }
        }
    }
}

/// A contact as it was named, or as somebody picks it.
fn named(desk: &OpenDesk<'_>, command: &'static str, given: Option<&String>) -> Result<String> {
    let mut prompts = Prompts::new(desk.app, command);
    let name = prompts.known_contact(desk, given)?;
    prompts.done()?;
    Ok(name)
}

/// The contacts that are to be one; on a terminal both are shown, and whether that is meant is asked.
fn to_merge(
    desk: &OpenDesk<'_>,
    from: Option<&String>,
    into: Option<&String>,
) -> Result<(String, String)> {
    let mut prompts = Prompts::new(desk.app, "contact merge");
    let from = prompts.contact_as(desk, from, ("CONTACT", Label::ContactToMerge))?;
    let into = prompts.contact_as(desk, into, ("--into", Label::ContactToKeep))?;
    prompts.done()?;
    if desk.app.ui.can_ask() {
        let view = desk.view()?;
        let parts = |given: &str| -> Result<Vec<String>> {
            let shown = desk.contact_meant(&view, given, "contact merge")?.masked();
            let parts = [shown.name(), &shown.customer, shown.phone().unwrap_or_default()];
            let parts = [shown.id.as_str()].into_iter().chain(parts).chain(shown.email());
            Ok(parts
                .filter(|part| !part.is_empty())
                .map(|part| clean_line(part).into_owned())
                .collect())
        };
        let asked = Message::MergeAsked { from: parts(&from)?, into: parts(&into)? };
        desk.app.ui.say(&desk.words.message(&asked));
        prompts.confirm(Label::MergeThem)?;
    }
    Ok((from, into))
}

/// The contact as it may be shown.
pub fn shown(contact: Contact, reveal: bool) -> Contact {
    if reveal { contact } else { contact.masked() }
}

/// The numbers, or the addresses, of a contact, those that lead there first.
fn reaches(contact: &Contact, list: ReachList, words: Words) -> Vec<String> {
    let mut reaches = contact.person.as_ref().map_or_else(Vec::new, |it| it.reaches(list));
    reaches.sort_by_key(|reach| reach.kind == ReachKind::Former);
    let told = reaches.into_iter().map(|reach| match reach.kind {
        ReachKind::Former => words.remarked(&reach.at, words.term(reach.kind)),
        ReachKind::Work | ReachKind::Mobile | ReachKind::Home | ReachKind::Other => reach.at,
    });
    told.collect()
}

/// The numbers and addresses of a contact side by side; at least one pair.
fn reached(contact: &Contact, words: Words) -> Vec<[String; 2]> {
    let phones = reaches(contact, ReachList::Phones, words);
    let emails = reaches(contact, ReachList::Emails, words);
    let nth = |list: &[String], nth: usize| list.get(nth).cloned().unwrap_or_default();
    let pairs = 0..phones.len().max(emails.len()).max(1);
    pairs.map(|place| [nth(&phones, place), nth(&emails, place)]).collect()
}

impl ContactList {
    /// How a person is spoken to, on the page that tells everything.
    fn spoken_to(&self, contact: &Contact, terminal: &Terminal) -> String {
        let known = contact.person.as_ref().filter(|_| self.records.is_some());
        let told = known.map(|known| {
            let salutation = known.salutation.iter().map(|it| (Label::Salutation, it));
            salutation.chain(known.namesake.iter().map(|it| (Label::Distinction, it)))
        });
        let told = told.into_iter().flatten();
        told.map(|(label, value)| terminal.field(terminal.words.label(label), value)).collect()
    }
}

impl Answer for ContactList {
    fn human(&self, terminal: &Terminal) -> String {
        let words = terminal.words;
        if self.contacts.is_empty() {
            return String::new();
        }
        let head = [Label::Id, Label::Name, Label::Customer, Label::Phone, Label::Email];
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        for contact in &self.contacts {
            let erased = words.label(Label::Erased);
            let known = contact.person.as_ref().map(|person| person.name.as_str());
            let name = known.or(contact.erased.as_ref().map(|_| erased)).unwrap_or_default();
            let mut who = [contact.id.as_str(), name, &contact.customer];
            // one page tells everything, a list the first of each
            let reaches = match &self.records {
                Some(_) => reached(contact, words),
                None => vec![
                    [contact.phone(), contact.email()].map(|at| at.unwrap_or_default().to_owned()),
                ],
            };
            for reach in reaches {
                let who = std::mem::take(&mut who).map(str::to_owned);
                rows.push(who.into_iter().chain(reach).map(Cell::from).collect());
            }
        }
        let mut page = if self.is_whole {
            terminal.sheet(&head, &rows, &[])
        } else {
            terminal.grid(&head, rows, TableHead::Shown)
        };
        for contact in &self.contacts {
            page += &self.spoken_to(contact, terminal);
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
        if let Some(records) = self.records.as_ref().filter(|all| !all.records.is_empty()) {
            page += "\n";
            page += &records.human(terminal);
        }
        page
    }

    fn brief(&self) -> Option<String> {
        Some(self.contacts.iter().map(|contact| format!("{}\n", contact.id)).collect())
    }

    fn remark(&self, words: Words) -> Option<String> {
        if self.contacts.is_empty() {
            return Some(words.message(&Message::NoContactFound));
        }
        match &self.records {
            Some(records) if records.records.is_empty() => {
                Some(words.message(&Message::NoRecordOfContact))
            }
            Some(records) => records.remark(words),
            None => None,
        }
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
