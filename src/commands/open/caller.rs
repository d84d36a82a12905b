//! Who is calling: somebody whom the desk knows, who is filled in and told, or somebody new.

use crate::{
    app::{
        contacts::{is_possible, taken_for},
        desk::OpenDesk,
        persons::{
            MOST_NEAR, contacts_meant, customers_named, named_with_customer, names_like, only_one,
            persons_like,
        },
    },
    arguments::prompts::{Prompts, customers::CustomerReading},
    commands::open::Open,
    domain::{
        base::{ids::ContactId, phone::PhoneNumber, terms::Kind},
        history::{contact::Contact, refusal::Refusal},
    },
    error::{Error, Result},
    words::{label::Label, message::Message},
};

/// Who it is, and where.
pub(super) struct Caller {
    pub(super) customer: String,
    /// Those who may have been meant, where the desk knows no such customer.
    pub(super) near: Option<Vec<String>>,
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
            self.tell(desk, known);
        }
        let names = desk.view()?.customer_names()?;
        let given = self.customer.as_ref();
        let of_known = known.as_ref().filter(|it| given.is_none_or(|given| it.seems_of(given)));
        let of_known = of_known.map(|known| &known.customer);
        let customer = prompts.line(of_known.or(given), "--customer", Label::Customer)?;
        // whoever is of another customer than the one that was named is refused
        let is_other =
            known.as_ref().is_some_and(|known| !names.are_one(&known.customer, &customer));
        let (customer, near) = if of_known.is_some() || is_other {
            (customer, None)
        } else {
            let reading = match (&self.usual, &self.customer) {
                (Some(_), Some(_)) => CustomerReading::Begun,
                (Some(_), None) | (None, _) => CustomerReading::Whole,
            };
            prompts.known_customer(desk, customer, reading)?
        };
        let own = known.as_ref();
        let name = own.map(|known| known.id.to_string()).or(name);
        let known_phone = || own?.phone().map(str::to_owned);
        let phone = self.phone.clone().or(phone).or_else(known_phone);
        let phone = prompts.some_line(phone.as_ref(), "--phone", Label::Phone)?;
        let site = prompts.site(desk, self.site.as_ref(), &customer)?;
        Ok(Caller { customer, near, name, namesake, phone, site })
    }

    /// Whom the desk takes the caller for.
    fn who(&self, desk: &OpenDesk<'_>, prompts: &mut Prompts<'_>) -> Result<CallerMatch> {
        match (&self.caller, &self.name, &self.phone) {
            (Some(caller), ..) => Ok(CallerMatch::known(self.known_caller(desk, caller)?)),
            (None, Some(name), _) => self.hinted_caller(desk, prompts, name),
            (None, None, Some(phone)) => self.phoning_caller(desk, prompts, phone),
            (None, None, None) => self.unnamed_caller(desk, prompts),
        }
    }

    /// Somebody who is asked for where somebody can be.
    fn unnamed_caller(
        &self,
        desk: &OpenDesk<'_>,
        prompts: &mut Prompts<'_>,
    ) -> Result<CallerMatch> {
        if desk.app.ui.can_ask() {
            self.asked_caller(desk, prompts)
        } else {
            Ok(CallerMatch::new(None))
        }
    }

    /// Whose number it is, where the desk knows just one such person, or the one that is picked on a
    /// terminal; a possible match is nobody but on a terminal.
    fn phoning_caller(
        &self,
        desk: &OpenDesk<'_>,
        prompts: &mut Prompts<'_>,
        phone: &str,
    ) -> Result<CallerMatch> {
        let found = if desk.app.options.namesake.is_some() || PhoneNumber::read(phone).is_none() {
            Vec::new()
        } else {
            self.found(desk, phone)?
        };
        let (possible, sure): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|contact| is_possible(contact, phone));
        if desk.app.ui.can_ask() && (sure.len() > 1 || !possible.is_empty()) {
            let several = [sure, possible].concat();
            return match prompts.caller(&several)? {
                Some(contact) => {
                    desk.app.ui.typed("--caller", contact.id.as_str());
                    Ok(CallerMatch::known(contact))
                }
                None => self.unnamed_caller(desk, prompts),
            };
        }
        let only = only_one(phone, sure).map_err(|error| match error {
            Error::Namesakes { given, contacts } => Error::SharedPhone { given, contacts },
            other => other,
        });
        if let Some(known) = only? {
            return Ok(CallerMatch::known(known));
        }
        for contact in &possible {
            desk.app.ui.remark(&desk.words.message(&taken_for(contact, phone)));
        }
        self.unnamed_caller(desk, prompts)
    }

    /// Who is meant by a name or a part of one, where the desk knows just one such person, or the one
    /// that is picked on a terminal; else somebody new.
    fn hinted_caller(
        &self,
        desk: &OpenDesk<'_>,
        prompts: &mut Prompts<'_>,
        name: &str,
    ) -> Result<CallerMatch> {
        // what tells namesakes apart is heeded when the contact is looked for
        let is_told_apart = desk.app.options.namesake.is_some();
        let found = if is_told_apart { Vec::new() } else { self.found(desk, name)? };
        if found.len() > 1 && desk.app.ui.can_ask() {
            return picked(desk, prompts, &found, name);
        }
        if found.is_empty() && !is_told_apart {
            let like = self.like_named(desk, name)?;
            if !like.is_empty() {
                return picked(desk, prompts, &like, name);
            }
        }
        let phone = self.phone.as_ref().filter(|_| found.is_empty() && desk.app.ui.can_ask());
        if let Some(phone) = phone.filter(|phone| PhoneNumber::read(phone).is_some()) {
            // the number may be somebody's who is known by another name
            let theirs = self.found(desk, phone)?;
            if !theirs.is_empty() {
                return picked(desk, prompts, &theirs, name);
            }
        }
        let known = only_one(name, found)?;
        Ok(known.map_or_else(|| CallerMatch::new(Some(name.to_owned())), CallerMatch::known))
    }

    /// Says whom the desk takes the caller for, where that was not said for certain.
    fn tell(&self, desk: &OpenDesk<'_>, contact: &Contact) {
        let given = self.caller.as_ref().or(self.name.as_ref());
        let is_certain = given.is_some_and(|given| is_named(contact, given));
        if self.usual.is_some() || !is_certain {
            let given = given.map(String::as_str).unwrap_or_default();
            desk.app.ui.remark(&desk.words.message(&taken_for(contact, given)));
        }
    }

    /// The contact whom `--caller` names.
    fn known_caller(&self, desk: &OpenDesk<'_>, caller: &str) -> Result<Contact> {
        if let Some(contact) = only_one(caller, self.found(desk, caller)?)? {
            return Ok(contact);
        }
        // whoever is called so at another customer
        let view = desk.view()?;
        let elsewhere = contacts_meant(&desk.store, &view, caller, None)?;
        let nearest: Vec<String> =
            elsewhere.iter().take(MOST_NEAR).map(named_with_customer).collect();
        if !nearest.is_empty() {
            return Err(Error::NoContact { given: caller.to_owned(), nearest });
        }
        let (contacts, _) = view.contacts()?;
        Err(Error::NoContact { given: caller.to_owned(), nearest: names_like(caller, &contacts) })
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
        let is_one = matches!(&found[..], [only] if is_named(only, &given));
        if !is_one && PhoneNumber::dialled(&given).is_ok() {
            ui.forget("--name");
            if found.is_empty() {
                ui.say(&desk.words.message(&Message::UnknownPhone));
            } else if let Some(contact) = prompts.caller(&found)? {
                ui.typed("--caller", contact.id.as_str());
                return Ok(CallerMatch::known(contact));
            }
            ui.typed("--phone", given.trim());
            phone = Some(given);
            given = prompts.line(None, "--name", Label::Contact)?;
            found = self.found(desk, &given)?;
        }
        if found.is_empty() {
            found = self.like_named(desk, &given)?;
        }
        let found_one = match &found[..] {
            [] => CallerMatch::new(Some(given)),
            [only] if is_named(only, &given) => {
                ui.forget("--name");
                ui.typed("--caller", only.id.as_str());
                CallerMatch::known(only.clone())
            }
            several => picked(desk, prompts, several, &given)?,
        };
        Ok(CallerMatch { phone, ..found_one })
    }

    /// On a terminal those of the customer who are called so but for a title or how it is put.
    fn like_named(&self, desk: &OpenDesk<'_>, name: &str) -> Result<Vec<Contact>> {
        let customer = self.customer.as_ref().filter(|_| desk.app.ui.can_ask());
        let Some(customer) = customer else { return Ok(Vec::new()) };
        let view = desk.view()?;
        let [customer] = &customers_named(&desk.store, &view, customer)?[..] else {
            return Ok(Vec::new());
        };
        persons_like(&desk.store, &view, customer, name)
    }

    /// The contacts who may be meant.
    ///
    /// # Errors
    /// The id of somebody who was erased.
    fn found(&self, desk: &OpenDesk<'_>, given: &str) -> Result<Vec<Contact>> {
        let view = desk.view()?;
        let found = contacts_meant(&desk.store, &view, given, self.customer.as_deref())?;
        for contact in &found {
            if view.is_erased(contact)? {
                let contact = contact.id.clone();
                return Err(Refusal::ContactErased { contact }.into());
            }
        }
        Ok(found)
    }
}

/// The one of these that a person at the prompt says it is, or somebody new.
fn picked(
    desk: &OpenDesk<'_>,
    prompts: &mut Prompts<'_>,
    found: &[Contact],
    given: &str,
) -> Result<CallerMatch> {
    if let Some(contact) = prompts.caller(found)? {
        desk.app.ui.forget("--name");
        desk.app.ui.typed("--caller", contact.id.as_str());
        return Ok(CallerMatch::known(contact));
    }
    let mut new = CallerMatch::new(Some(given.to_owned()));
    if found.iter().any(|contact| is_named(contact, given)) {
        new.namesake = Some(prompts.line(None, "--namesake", Label::Distinction)?);
    }
    Ok(new)
}

/// Whether a contact is named for certain: by the id, the whole name or the phone.
fn is_named(contact: &Contact, given: &str) -> bool {
    given.trim().to_uppercase().parse::<ContactId>().is_ok() || contact.is_called(given)
}

impl Caller {
    /// That the customer is new, with those who may have been meant.
    pub(super) fn new_customer(&self) -> Option<Message> {
        let near = self.near.as_ref().filter(|_| self.name.is_some())?;
        let near = near.iter().take(MOST_NEAR).cloned().collect();
        Some(Message::NewCustomer { customer: self.customer.clone(), near })
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
