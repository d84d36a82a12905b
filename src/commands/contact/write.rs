//! `docket contact add` and `change`: what the desk knows of a customer's person.

use clap::Args;
use serde::Serialize;

use super::{reaches, shown};
use crate::{
    answers::contact::told,
    app::{
        contact_changes::{ContactUpdate, ToldContact},
        desk::OpenDesk,
        persons::MOST_NEAR,
    },
    arguments::{
        prompts::{Prompts, customers::CustomerReading},
        terms::{key_value, named},
    },
    domain::{
        base::{
            characters::half_width,
            terms::{ContactKey, ReachKind},
        },
        deciding::{
            contact_change::{ContactChange, ToldReach},
            contacts::leads,
            customers,
        },
        history::{contact::Contact, person::PersonField, reach::ReachList},
    },
    error::{Error, Result, usage::Usage},
    ui::{answer::Answer, terminal::Terminal},
    words::{label::Label, message::Message, read_term},
};

#[derive(Args, Debug)]
pub(super) struct ContactAdd {
    #[arg(value_name = "NAME")]
    name: Option<String>,
    #[arg(short, long)]
    customer: Option<String>,
    #[arg(long)]
    salutation: Option<String>,
    #[arg(long)]
    phone: Vec<String>,
    #[arg(long)]
    email: Vec<String>,
}

#[derive(Args, Debug)]
pub(super) struct ContactChangeArgs {
    #[arg(value_name = "CONTACT")]
    contact: Option<String>,
    #[arg(long, value_name = "KEY=VALUE", value_parser = key_value)]
    set: Vec<(String, String)>,
    #[arg(short, long)]
    customer: Option<String>,
    #[arg(long)]
    name: Option<String>,
    #[arg(long)]
    salutation: Option<String>,
    #[arg(long)]
    phone: Vec<String>,
    #[arg(long)]
    email: Vec<String>,
    #[arg(long, value_name = "TEXT")]
    remove: Vec<String>,
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

/// A contact as it was written, masked.
#[derive(Debug, Serialize)]
pub(super) struct WrittenContact {
    #[serde(serialize_with = "told")]
    contact: Contact,
    #[serde(skip)]
    message: Message,
    /// Whether people are to see what leads to the contact now.
    #[serde(skip)]
    with_reaches: bool,
}

impl WrittenContact {
    /// A written contact, once all was said that is to be said of it.
    fn of(
        desk: &OpenDesk<'_>,
        update: ContactUpdate,
        message: impl Fn(&Contact) -> Message,
    ) -> Self {
        for remark in &update.remarks {
            desk.app.ui.remark(&desk.words.message(remark));
        }
        let contact = shown(update.contact, false);
        let message = message(&contact);
        Self { contact, message, with_reaches: false }
    }

    fn changed(desk: &OpenDesk<'_>, update: ContactUpdate) -> Self {
        let written = Self::of(desk, update, |contact| Message::ContactUpdated {
            contact: contact.id.clone(),
            name: contact.name().to_owned(),
        });
        Self { with_reaches: true, ..written }
    }
}

impl ContactAdd {
    pub(super) fn write(self, desk: &OpenDesk<'_>) -> Result<WrittenContact> {
        if desk.app.ui.can_ask() {
            desk.may_add_contacts()?;
        }
        let mut prompts = Prompts::new(desk.app, "contact add");
        let given = (self.name.as_ref(), self.customer.as_ref());
        let name =
            prompts.fitting_line(given.0, "NAME", Label::Name, |name| desk.may_be_called(name))?;
        let customer =
            prompts.fitting_line(given.1, "--customer", Label::Customer, |customer| {
                Ok(customers::is_no_person(customer)?)
            })?;
        let added = added(&prompts, &self.phone, &self.email)?;
        prompts.done()?;
        let (customer, near) = prompts.known_customer(desk, customer, CustomerReading::Whole)?;
        customers::is_no_person(&customer)?;
        let salutation = self.salutation.map(|salutation| (PersonField::Salutation, salutation));
        let fields = salutation.into_iter().collect();
        let change = ContactChange { fields, added, ..ContactChange::default() };
        let mut new = ToldContact { name, customer, told: change };
        let mut namesake = desk.app.options.namesake.clone();
        let alike = if desk.app.ui.can_ask() && namesake.is_none() {
            desk.maybe_known(&new)?
        } else {
            Vec::new()
        };
        if !alike.is_empty() {
            if let Some(known) = prompts.caller(&alike)? {
                let update = desk.change_contact(known.id.as_str(), &new.told, None)?;
                return Ok(WrittenContact::changed(desk, update));
            }
            if alike.iter().any(|known| known.is_called(&new.name)) {
                namesake = Some(prompts.fitting_line(
                    None,
                    "--namesake",
                    Label::Distinction,
                    |namesake| desk.may_be_added(&new.apart_by(namesake)),
                )?);
            }
        }
        if let Some(namesake) = &namesake {
            new = new.apart_by(namesake);
        }
        let update = desk.add_contact(&new)?;
        new_customer(desk, &update.contact, near);
        Ok(WrittenContact::of(desk, update, |contact| Message::ContactAdded {
            contact: contact.id.clone(),
            name: contact.name().to_owned(),
            customer: contact.customer.clone(),
        }))
    }
}

impl ContactChangeArgs {
    pub(super) fn write(&self, desk: &OpenDesk<'_>) -> Result<WrittenContact> {
        let mut prompts = Prompts::new(desk.app, "contact change");
        let mut change = self.change()?;
        let contact = prompts.known_contact(desk, self.contact.as_ref())?;
        if (change.is_empty() || change.customer.is_some()) && desk.app.ui.can_ask() {
            // whoever is not known is not asked about
            desk.contact_meant(&desk.view()?, &contact, "contact change")?;
        }
        if change.is_empty() {
            change.added = added(&prompts, &[], &[])?;
        }
        if change.is_empty() {
            prompts.miss("--phone", Label::Phone);
        }
        prompts.done()?;
        let mut near = None;
        if let Some(given) = change.customer.take() {
            customers::is_no_person(&given)?;
            let (meant, unknown) = prompts.known_customer(desk, given, CustomerReading::Whole)?;
            (change.customer, near) = (Some(meant), unknown);
        }
        let update = desk.change_contact(&contact, &change, self.reason.as_deref())?;
        new_customer(desk, &update.contact, near);
        Ok(WrittenContact::changed(desk, update))
    }

    fn change(&self) -> Result<ContactChange> {
        let mut change = ContactChange::default();
        change.customer.clone_from(&self.customer);
        for (key, value) in &self.set {
            let read = named::<ContactKey>(key).map_err(|why| Usage::value("--set", key, why));
            match read.map_err(Error::Usage)? {
                ContactKey::Name => change.fields.push((PersonField::Name, value.clone())),
                ContactKey::Salutation => {
                    change.fields.push((PersonField::Salutation, value.clone()));
                }
                ContactKey::Namesake => change.fields.push((PersonField::Namesake, value.clone())),
                ContactKey::Customer => change.customer = Some(value.clone()),
                ContactKey::Phone => replace(&mut change, ReachList::Phones, value),
                ContactKey::Email => replace(&mut change, ReachList::Emails, value),
            }
        }
        let named = [(PersonField::Name, &self.name), (PersonField::Salutation, &self.salutation)];
        let named = named.into_iter().filter_map(|(field, value)| Some((field, value.clone()?)));
        change.fields.extend(named);
        let phones = self.phone.iter().map(|phone| (ReachList::Phones, reach(phone)));
        let emails = self.email.iter().map(|email| (ReachList::Emails, reach(email)));
        change.added.extend(phones.chain(emails));
        change.removed.extend(self.remove.iter().map(|text| removed(text)));
        Ok(change)
    }
}

/// Says that a contact belongs to a customer whom nobody knew, with those who may have been meant.
fn new_customer(desk: &OpenDesk<'_>, contact: &Contact, near: Option<Vec<String>>) {
    if let Some(near) = near {
        let near = near.into_iter().take(MOST_NEAR).collect();
        let message = Message::NewCustomer { customer: contact.customer.clone(), near };
        desk.app.ui.remark(&desk.words.message(&message));
    }
}

/// Numbers and addresses that were given, or else what a person answers.
fn added(
    prompts: &Prompts<'_>,
    phones: &[String],
    emails: &[String],
) -> Result<Vec<(ReachList, ToldReach)>> {
    let mut added = Vec::new();
    let lists = [
        (ReachList::Phones, phones, "--phone", Label::Phone),
        (ReachList::Emails, emails, "--email", Label::Email),
    ];
    for (list, given, flag, label) in lists {
        let asked = match given {
            [] => {
                prompts.some_fitting_line(flag, label, |told| Ok(leads(list, &reach(told).at)?))?
            }
            _ => None,
        };
        added.extend(given.iter().chain(&asked).map(|told| (list, reach(told))));
    }
    Ok(added)
}

/// Lets a number or an address take the place of those that lead to the person; an empty one is none.
fn replace(change: &mut ContactChange, list: ReachList, told: &str) {
    let told = Some(told).filter(|told| !told.is_empty()).map(reach);
    match change.replaced.iter_mut().find(|(known, _)| *known == list) {
        Some((_, all)) => all.extend(told),
        None => change.replaced.push((list, told.into_iter().collect())),
    }
}

/// A number or an address, behind what says where it leads to: `home:021-58881234`.
fn reach(told: &str) -> ToldReach {
    let split = told.split_once(|sign| half_width(sign) == ':');
    let kind = split.and_then(|(kind, at)| Some((read_term::<ReachKind>(kind)?, at)));
    match kind {
        Some((kind, at)) => ToldReach { at: at.trim().to_owned(), kind: Some(kind) },
        None => ToldReach { at: told.to_owned(), kind: None },
    }
}

/// What is taken away, behind what says which it is: `phone=13812341234`.
fn removed(text: &str) -> (Option<ReachList>, String) {
    let split = text.split_once(|sign| half_width(sign) == '=');
    let list = split.and_then(|(key, at)| match read_term::<ContactKey>(key)? {
        ContactKey::Phone => Some((ReachList::Phones, at)),
        ContactKey::Email => Some((ReachList::Emails, at)),
        ContactKey::Name | ContactKey::Salutation | ContactKey::Namesake | ContactKey::Customer => {
            None
        }
    });
    match list {
        Some((list, at)) => (Some(list), at.trim().to_owned()),
        None => (None, text.to_owned()),
    }
}

impl Answer for WrittenContact {
    fn human(&self, terminal: &Terminal) -> String {
        let page = terminal.message(&terminal.words.message(&self.message), None);
        let of = |list: &ReachList| reaches(&self.contact, *list, terminal.words);
        let told: Vec<String> = ReachList::ALL.iter().flat_map(of).collect();
        if !self.with_reaches || told.is_empty() {
            return page;
        }
        page + &terminal.indented(&told.join(" · "), 2)
    }

    fn brief(&self) -> Option<String> {
        Some(format!("{}\n", self.contact.id))
    }
}
