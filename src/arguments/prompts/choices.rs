//! One of several choices.

use super::Prompts;
use crate::{
    app::{
        choices::{Choices, of_term},
        contacts::{ContactQuery, NamedPerson},
        desk::OpenDesk,
        persons::{persons_meant, persons_of},
    },
    arguments::terms::yes_or_no,
    domain::{
        base::{
            ids::PersonId,
            terms::{Satisfaction, Term},
        },
        deciding::contacts::{Addressee, may_be_new},
        history::{contact::Contact, refusal::Refusal},
    },
    error::{
        Error, Result,
        usage::{Usage, ValueFault},
    },
    store::find::{Purpose, RecordRef},
    ui::prompt::{Blank, Prompt, menu::Choice},
    words::{label::Label, typed::TypedWord},
};

impl Prompts<'_> {
    /// A word of a closed vocabulary; `fallback` stands in until [`Self::done`] refuses.
    pub fn term<T: Term>(
        &mut self,
        given: Option<T>,
        flag: &'static str,
        label: Label,
        fallback: T,
    ) -> Result<T> {
        if let Some(given) = given {
            return Ok(given);
        }
        let choices = T::ALL.iter().map(|term| of_term(*term, self.words)).collect();
        let code = self.choice(None, flag, label, || Ok(choices))?;
        Ok(T::from_code(&code).unwrap_or(fallback))
    }

    /// A word of a closed vocabulary where somebody is asked for all there is; `None` where the usual one
    /// was left standing.
    pub fn usual_term<T: Term>(
        &self,
        flag: &'static str,
        label: Label,
        usual: T,
    ) -> Result<Option<T>> {
        if !self.asks_optional() {
            return Ok(None);
        }
        let choices = T::ALL.iter().map(|term| of_term(*term, self.words)).collect();
        let question = self.question(flag, label, Blank::Asks);
        let code = self.app.ui.choose(&question, choices, Some(usual.code()))?;
        let told = T::from_code(&code).filter(|told| *told != usual);
        if let Some(told) = told {
            self.app.ui.typed(flag, told.code());
        }
        Ok(told)
    }

    /// How content a customer is; `fallback` stands in until [`Self::done`] refuses.
    pub fn satisfaction(
        &mut self,
        given: Option<Satisfaction>,
        fallback: Satisfaction,
        (flag, label): (&'static str, Label),
    ) -> Result<Satisfaction> {
        if let Some(given) = given {
            return Ok(given);
        }
        let choice = |term: &Satisfaction| {
            let grade = term.grade().to_string();
            of_term(*term, self.words).with_sign(&grade)
        };
        let choices = Satisfaction::ALL.iter().map(choice).collect();
        let code = self.choice(None, flag, label, || Ok(choices))?;
        Ok(Satisfaction::from_code(&code).unwrap_or(fallback))
    }

    /// One of several choices; gives its code.
    pub fn choice(
        &mut self,
        given: Option<&String>,
        flag: &'static str,
        label: Label,
        choices: impl FnOnce() -> Result<Choices>,
    ) -> Result<String> {
        match given {
            Some(given) => Ok(given.clone()),
            None if self.app.ui.can_ask() => {
                self.chosen(&self.question(flag, label, Blank::Asks), choices()?, None)
            }
            None => {
                self.miss_one_of(flag, label, &choices()?);
                Ok(String::new())
            }
        }
    }

    /// One of several choices, or none of them.
    pub fn some_choice(
        &self,
        given: Option<&String>,
        flag: &'static str,
        label: Label,
        mut choices: Choices,
    ) -> Result<Option<String>> {
        if given.is_some() || choices.is_empty() || !self.asks_optional() {
            return Ok(given.cloned());
        }
        let none = self.words.typed(TypedWord::None)[0];
        choices.insert(0, Choice::new("", none));
        let question = self.question(flag, label, Blank::Asks);
        let code = self.chosen(&question, choices, Some(""))?;
        Ok(Some(code).filter(|code| !code.is_empty()))
    }

    /// Which of the contacts who may be meant it is; `None` for somebody new. The only one is the usual
    /// answer.
    pub fn caller(&self, contacts: &[Contact]) -> Result<Option<Contact>> {
        let usual = contacts.first().filter(|_| contacts.len() == 1);
        self.contact("--caller", contacts, usual)
    }

    /// Somebody whom the desk knows: picked from all where nobody was named.
    ///
    /// # Errors
    /// [`Error::NamesNotHere`] where this clone knows of nobody who they are; a menu that was left.
    pub fn known_contact(&mut self, desk: &OpenDesk<'_>, given: Option<&String>) -> Result<String> {
        self.contact_as(desk, given, ("CONTACT", Label::Contact))
    }

    /// As [`Self::known_contact`], for what `flag` says, under a label of its own.
    ///
    /// # Errors
    /// As it.
    pub fn contact_as(
        &mut self,
        desk: &OpenDesk<'_>,
        given: Option<&String>,
        (flag, label): (&'static str, Label),
    ) -> Result<String> {
        self.needed(given, flag, label, |asked| {
            let view = desk.view()?;
            if view.knows_nobody()? {
                return Err(Error::NamesNotHere);
            }
            let (mut known, _) = view.contacts()?;
            known.retain(|it| it.merged_into.is_none() && it.person.is_some());
            known.sort_by(|a, b| (&a.customer, a.name()).cmp(&(&b.customer, b.name())));
            let question = asked.question(flag, label, Blank::Asks);
            asked.chosen(&question, known.iter().map(of_contact).collect(), None)
        })
    }

    /// Whether something is meant that cannot be taken back.
    ///
    /// # Errors
    /// [`Error::GivenUp`] where it is not.
    pub fn confirm(&self, label: Label) -> Result<()> {
        let question = Prompt { flag: "", ..self.question("", label, Blank::Asks) };
        match self.app.ui.choose(&question, self.both(), Some("no"))?.as_str() {
            "yes" => Ok(()),
            _ => Err(Error::GivenUp),
        }
    }

    fn contact(
        &self,
        flag: &'static str,
        contacts: &[Contact],
        usual: Option<&Contact>,
    ) -> Result<Option<Contact>> {
        let mut choices: Choices = contacts.iter().map(of_contact).collect();
        choices.push(Choice::new("", self.words.label(Label::NewContact)));
        let question = self.question(flag, Label::Caller, Blank::Asks);
        let id = self.app.ui.choose(&question, choices, usual.map(|it| it.id.as_str()))?;
        Ok(contacts.iter().find(|contact| contact.id.as_str() == id).cloned())
    }

    /// Whom of the record's customer a step names. On a terminal somebody whom it does not name for
    /// certain is picked from those who may be meant, else from all of that customer; somebody new on a
    /// record whose contact was erased is asked about, who may be the same.
    ///
    /// # Errors
    /// What cannot be read; a menu that was left, or [`Error::GivenUp`] where it is the same.
    pub fn person(
        &self,
        desk: &OpenDesk<'_>,
        record: &RecordRef,
        flag: &'static str,
        given: &String,
    ) -> Result<NamedPerson> {
        let as_typed = NamedPerson::from(given);
        if !self.app.ui.can_ask() || self.app.options.namesake.is_some() {
            return Ok(as_typed);
        }
        let view = desk.view()?;
        desk.remark_on_no_names(&view)?;
        let record = desk.record(&view, record, Purpose::Look)?;
        let customer = &record.status.customer;
        let named = ContactQuery {
            name: given.clone(),
            customer: Some(customer.clone()),
            ..ContactQuery::default()
        };
        let found = persons_meant(&desk.store, &view, &record, &named)?;
        let is_new = found.is_empty();
        let may_be = match found.len() {
            1 => return Ok(as_typed),
            0 if may_be_new(given) != Ok(true) => return Ok(as_typed),
            0 => persons_of(&desk.store, &view, customer, "")?,
            _ => found,
        };
        let picked = if may_be.is_empty() { None } else { self.contact(flag, &may_be, None)? };
        if let Some(contact) = picked {
            let name = contact.id.to_string();
            self.app.ui.forget(flag);
            self.app.ui.typed(flag, &name);
            return Ok(NamedPerson::from(&name));
        }
        let addressee = Addressee::of(&record.status, &view).map_err(Error::from)?;
        if addressee == Addressee::Other {
            let label = Label::SomebodyElse;
            self.confirm(label).inspect_err(|_| self.app.ui.forget(flag))?;
        }
        if is_new {
            return Ok(as_typed);
        }
        let namesake = self.asked_line("--namesake", Label::Distinction, Blank::Asks)?;
        Ok(NamedPerson { namesake: Some(namesake), ..as_typed })
    }

    /// Whom a step informs: where nobody is named it is the record's contact, and somebody is asked for who
    /// is another one where that contact was erased.
    ///
    /// # Errors
    /// As [`Self::person`].
    pub fn informed(
        &self,
        desk: &OpenDesk<'_>,
        record: &RecordRef,
        given: Option<&String>,
    ) -> Result<Option<NamedPerson>> {
        let flag = "--informed";
        if given.is_none() && self.app.ui.can_ask() {
            let view = desk.view()?;
            let known = desk.record(&view, record, Purpose::Look)?;
            let addressee = Addressee::of(&known.status, &view).map_err(Error::from)?;
            if addressee == Addressee::Other {
                let told = self.asked_line(flag, Label::Informed, Blank::Asks)?;
                return self.person(desk, record, flag, &told).map(Some);
            }
        }
        self.some_person(desk, record, flag, given)
    }

    /// Who is new in the team, by the id to be; `None` where nobody can be asked.
    ///
    /// # Errors
    /// A question that was left.
    pub fn new_person(
        &mut self,
        desk: &OpenDesk<'_>,
        given: Option<&PersonId>,
    ) -> Result<Option<PersonId>> {
        let (flag, label) = ("ID", Label::Id);
        if given.is_some() || !self.app.ui.can_ask() {
            if given.is_none() {
                self.miss(flag, label);
            }
            return Ok(given.cloned());
        }
        let known = desk.view()?.policy()?.people;
        let question = self.question(flag, label, Blank::Asks);
        let asked = self.asked(&question, |typed| {
            let id = typed.trim().parse::<PersonId>().map_err(|bad| {
                let why = ValueFault::Id { like: bad.like };
                self.words.error(&Error::Usage(Usage::value(flag, &bad.given, why)))
            })?;
            match known.get(&id) {
                None => Ok(id),
                Some(_) => Err(self.words.error(&Refusal::Taken { given: id.to_string() }.into())),
            }
        })?;
        Ok(Some(asked))
    }

    /// As [`Self::person`], where somebody was named.
    ///
    /// # Errors
    /// As [`Self::person`].
    pub fn some_person(
        &self,
        desk: &OpenDesk<'_>,
        record: &RecordRef,
        flag: &'static str,
        given: Option<&String>,
    ) -> Result<Option<NamedPerson>> {
        given.map(|given| self.person(desk, record, flag, given)).transpose()
    }

    /// Which of the customers who may be meant it is; `None` for a new one.
    pub fn customer(&self, flag: &'static str, customers: &[String]) -> Result<Option<String>> {
        let mut choices: Choices = customers.iter().map(|one| Choice::new(one, one)).collect();
        choices.push(Choice::new("", self.words.label(Label::NewCustomer)));
        let usual = customers.first().filter(|_| customers.len() == 1).map(String::as_str);
        let question = self.question(flag, Label::Customer, Blank::Asks);
        let chosen = self.app.ui.choose(&question, choices, usual)?;
        if chosen.is_empty() {
            return Ok(None);
        }
        self.app.ui.forget(flag);
        self.app.ui.typed(flag, &chosen);
        Ok(Some(chosen))
    }

    /// Yes or no, or neither.
    pub fn yes_or_no(
        &self,
        given: Option<bool>,
        flag: &'static str,
        label: Label,
    ) -> Result<Option<bool>> {
        if given.is_some() || !self.asks_optional() {
            return Ok(given);
        }
        let said = self.some_choice(None, flag, label, self.both())?;
        Ok(said.and_then(|said| yes_or_no(&said).ok()))
    }

    /// Yes or no; `false` stands in until [`Self::done`] refuses.
    pub fn decision(
        &mut self,
        given: Option<bool>,
        flag: &'static str,
        label: Label,
    ) -> Result<bool> {
        if let Some(given) = given {
            return Ok(given);
        }
        let both = self.both();
        let said = self.choice(None, flag, label, || Ok(both))?;
        Ok(yes_or_no(&said).unwrap_or_default())
    }

    fn both(&self) -> Choices {
        let choice = |(code, label, word)| {
            let names = self.words.typed(word).iter().map(|name| (*name).to_owned());
            Choice::new(code, self.words.label(label)).found_by(names)
        };
        [("yes", Label::Yes, TypedWord::Yes), ("no", Label::No, TypedWord::No)].map(choice).into()
    }

    /// The code of what is chosen, noted as the value of its flag.
    pub(super) fn chosen(
        &self,
        question: &Prompt<'_>,
        choices: Choices,
        usual: Option<&str>,
    ) -> Result<String> {
        let code = self.app.ui.choose(question, choices, usual)?;
        self.app.ui.typed(question.flag, &code);
        Ok(code)
    }
}

/// A contact, with what tells it from others of the same name.
fn of_contact(contact: &Contact) -> Choice {
    let shown = contact.clone().masked();
    let id = shown.id.as_str();
    let beside = [Some(shown.customer.as_str()), shown.phone(), shown.namesake(), Some(id)];
    let beside = beside.into_iter().flatten().map(str::to_owned).collect();
    let (code, told) = (contact.id.to_string(), shown.name().to_owned());
    // who knows more than is shown finds them by it
    let known = contact.person.iter();
    let also = known.flat_map(|known| {
        let numbers = known.phones.iter().map(|phone| phone.number.clone());
        let addresses = known.emails.iter().map(|email| email.address.clone());
        std::iter::once(known.name.clone()).chain(numbers).chain(addresses)
    });
    Choice { code, label: shown.name().to_owned(), beside, also: also.collect(), told }
}
