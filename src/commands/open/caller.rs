//! Who is calling: somebody whom the desk knows, who is filled in and told, or somebody new.

use crate::{
    app::{
        contacts::{
            ContactQuery, contact_named, contacts_named, contacts_starting_with, customers_named,
            names_like,
        },
        desk::OpenDesk,
    },
    arguments::prompts::Prompts,
    commands::open::Open,
    domain::{
        base::{
            ids::ContactId, permitted::PermittedValue, phone::PhoneNumber, terms::Kind,
            text::folded,
        },
        history::{
            contact::Contact,
            refusal::{Refusal, Vocabulary},
        },
    },
    error::{Error, Result},
    words::{label::Label, message::Message},
};

/// Who it is, and where.
pub(super) struct Caller {
    pub(super) customer: String,
    pub(super) name: Option<String>,
    pub(super) namesake: Option<String>,
    pub(super) phone: Option<String>,
    pub(super) site: Option<String>,
}

/// Somebody whom the desk knows, or who is new.
struct CallerMatch {
    known: Option<Contact>,
    /// What the desk is told of somebody new.
    name: Option<String>,
    namesake: Option<String>,
    /// The number that the desk does not know yet.
    phone: Option<String>,
}

impl Open {
    /// Who it is, and where; a known person is filled in and told.
    pub(super) fn caller(&self, desk: &OpenDesk<'_>, prompts: &mut Prompts<'_>) -> Result<Caller> {
        let CallerMatch { known, name, namesake, phone } = self.who(desk, prompts)?;
        if let Some(known) = &known {
            tell(desk, known);
        }
        let customer = match (&known, &self.customer) {
            (Some(known), given) if self.usual.is_some() || given.is_none() => {
                Some(known.customer.clone())
            }
            (_, given) => given.clone(),
        };
        let customer = prompts.line(customer.as_ref(), "--customer", Label::Customer)?;
        let customer =
            if known.is_some() { customer } else { self.known_customer(desk, prompts, customer)? };
        let own = known.as_ref();
        let name = own.map(|known| known.id.to_string()).or(name);
        let phone = self.phone.clone().or(phone).or_else(|| own?.phone.clone());
        let site = self.site.clone().or_else(|| own?.site.clone());
        let phone = prompts.some_line(phone.as_ref(), "--phone", Label::Phone)?;
        let site = prompts.some_line(site.as_ref(), "--site", Label::Site)?;
        Ok(Caller { customer, name, namesake, phone, site })
    }

    /// The customer as the desk spells them, so that one does not become two; in a call the beginning of
    /// a known one's name is enough.
    fn known_customer(
        &self,
        desk: &OpenDesk<'_>,
        prompts: &Prompts<'_>,
        given: String,
    ) -> Result<String> {
        let customers = customers_named(&desk.store, &desk.view()?, &given)?;
        match &customers[..] {
            [only] if folded(only) == folded(&given) => Ok(only.clone()),
            [only] if self.usual.is_some() && self.customer.is_some() => {
                let customer = only.clone();
                desk.app.ui.remark(&desk.words.message(&Message::KnownCustomer { customer }));
                Ok(only.clone())
            }
            [_, ..] if desk.app.ui.can_ask() => Ok(prompts.customer(&customers)?.unwrap_or(given)),
            [_, _, ..] if self.usual.is_some() => {
                let among = customers.iter().map(|one| PermittedValue::plain(one)).collect();
                Err(Refusal::Ambiguous { thing: Vocabulary::Customer, given, among }.into())
            }
            _ => Ok(given),
        }
    }

    /// Whom the desk takes the caller for.
    fn who(&self, desk: &OpenDesk<'_>, prompts: &mut Prompts<'_>) -> Result<CallerMatch> {
        match (&self.caller, &self.name) {
            (Some(caller), _) => Ok(CallerMatch::known(self.known_caller(desk, caller)?)),
            (None, Some(name)) if self.usual.is_some() => self.hinted_caller(desk, name),
            (None, None) if desk.app.ui.can_ask() => self.asked_caller(desk, prompts),
            (None, name) => Ok(CallerMatch::new(name.clone())),
        }
    }

    /// Who is meant by a part of a name, where the desk knows just one such person; else somebody new.
    fn hinted_caller(&self, desk: &OpenDesk<'_>, name: &str) -> Result<CallerMatch> {
        // what tells namesakes apart is heeded when the contact is looked for
        let is_told_apart = desk.app.options.namesake.is_some();
        let found = if is_told_apart { Vec::new() } else { self.found(desk, name)? };
        match &found[..] {
            [] => Ok(CallerMatch::new(Some(name.to_owned()))),
            [only] => Ok(CallerMatch::known(only.clone())),
            several => {
                let contacts = several.iter().map(|it| (it.id.clone(), it.customer.clone()));
                Err(Error::Namesakes { given: name.to_owned(), contacts: contacts.collect() })
            }
        }
    }

    /// The contact whom `--caller` names.
    fn known_caller(&self, desk: &OpenDesk<'_>, caller: &str) -> Result<Contact> {
        let view = desk.view()?;
        if let Some(contact) = contact_named(&desk.store, &view, &self.query(caller))? {
            return Ok(contact);
        }
        let (contacts, _) = view.contacts()?;
        let nearest = names_like(caller, &contacts);
        Err(Error::NoContact { given: caller.to_owned(), nearest })
    }

    fn query(&self, name: &str) -> ContactQuery {
        let customer = self.customer.clone();
        ContactQuery { name: name.to_owned(), customer, ..ContactQuery::default() }
    }

    /// Who says that they are calling: by id, name, part of a name, or phone; where the desk knows
    /// somebody who may be meant, the person at the prompt says whether they are.
    fn asked_caller(&self, desk: &OpenDesk<'_>, prompts: &mut Prompts<'_>) -> Result<CallerMatch> {
        let is_remark = self.kind == Some(Kind::Remark);
        let given = if is_remark {
            prompts.some_line(None, "--name", Label::Contact)?
        } else {
            Some(prompts.line(None, "--name", Label::Contact)?)
        };
        let Some(mut given) = given else {
            return Ok(CallerMatch::new(None));
        };
        let ui = desk.app.ui;
        let mut found = self.found(desk, &given)?;
        let mut phone = None;
        if found.is_empty() && PhoneNumber::is_one(&given) {
            ui.forget("--name");
            ui.typed("--phone", given.trim());
            ui.say(&desk.words.message(&Message::UnknownPhone));
            phone = Some(given);
            given = prompts.line(None, "--name", Label::Contact)?;
            found = self.found(desk, &given)?;
        }
        let is_id = given.trim().to_uppercase().parse::<ContactId>().is_ok();
        let is_named = |contact: &Contact| is_id || contact.is_called(&given);
        let known = match &found[..] {
            [] => None,
            [only] if is_named(only) => Some(only.clone()),
            several => prompts.caller(several)?,
        };
        if let Some(contact) = known {
            ui.forget("--name");
            ui.typed("--caller", contact.id.as_str());
            return Ok(CallerMatch { phone, ..CallerMatch::known(contact) });
        }
        let namesake = if found.iter().any(is_named) {
            Some(prompts.line(None, "--namesake", Label::Distinction)?)
        } else {
            None
        };
        Ok(CallerMatch { namesake, phone, ..CallerMatch::new(Some(given)) })
    }

    /// The contacts who are called so, by an id, a name or a phone; else those whose name begins so.
    fn found(&self, desk: &OpenDesk<'_>, given: &str) -> Result<Vec<Contact>> {
        let (view, given) = (desk.view()?, given.trim());
        let found: Vec<Contact> = match given.to_uppercase().parse() {
            Ok(id) => view.followed(&id)?.into_iter().collect(),
            Err(_) => contacts_named(&desk.store, &view, &self.query(given))?,
        };
        if found.is_empty() {
            return contacts_starting_with(&desk.store, &view, given, self.customer.as_deref());
        }
        Ok(found)
    }
}

impl CallerMatch {
    fn known(contact: Contact) -> Self {
        Self { known: Some(contact), name: None, namesake: None, phone: None }
    }

    fn new(name: Option<String>) -> Self {
        Self { known: None, name, namesake: None, phone: None }
    }
}

/// Says whom the desk takes the caller for.
fn tell(desk: &OpenDesk<'_>, contact: &Contact) {
    let shown = contact.clone().masked();
    let parts = [Some(shown.name), Some(shown.customer), shown.phone, shown.site];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    desk.app.ui.remark(&desk.words.message(&Message::KnownCaller { parts }));
}
