//! What was not said is asked for in the order of a telephone call: who it is, where, what happened,
//! whether it stops work, what they want, until when.

use crate::{
    app::{
        App,
        choices::Choices,
        contacts::{ContactQuery, called, customers_called, hinted, known, like},
        context::{category as category_of, channel as channel_of},
        desk::OpenDesk,
        input,
    },
    arguments::{prompts::Prompts, terms::MaybeTime},
    commands::open::{Open, complaint::ComplaintFacts},
    domain::{
        base::{
            ids::ContactId,
            permitted::PermittedValue,
            phone::PhoneNumber,
            terms::{Kind, Presumed},
            text::folded,
        },
        deciding::policy::Policy,
        history::{
            contact::Contact,
            intake::Intake,
            refusal::{Refusal, Vocabulary},
        },
    },
    error::{Error, Result},
    words::{Words, label::Label, message::Message},
};

/// What was told, with everything that was asked for filled in.
pub(super) struct OpenDetails {
    pub(super) kind: Kind,
    pub(super) title: String,
    pub(super) channel: String,
    pub(super) channel_text: Option<String>,
    pub(super) customer: String,
    pub(super) name: Option<String>,
    /// What tells the caller from others of the same name.
    pub(super) namesake: Option<String>,
    pub(super) phone: Option<String>,
    pub(super) site: Option<String>,
    pub(super) reported: String,
    pub(super) need: Option<String>,
    pub(super) category: Option<String>,
    pub(super) answers: Vec<(String, String)>,
    pub(super) stops_work: Option<bool>,
    pub(super) expected_by: Option<MaybeTime>,
    pub(super) explanation: Option<String>,
    pub(super) complaint: Option<ComplaintFacts>,
    /// What of this nobody said.
    pub(super) presumed: Vec<Presumed>,
}

/// Who it is, and where.
struct Caller {
    customer: String,
    name: Option<String>,
    namesake: Option<String>,
    phone: Option<String>,
    site: Option<String>,
}

/// What it is about.
struct ToldMatter {
    kind: Kind,
    title: String,
    reported: String,
    category: Option<String>,
    answers: Vec<(String, String)>,
    presumed: Vec<Presumed>,
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
    /// All that was told, in the order of a call.
    pub(super) fn details(
        &self,
        app: &App<'_>,
        desk: &OpenDesk<'_>,
        verb: &'static str,
    ) -> Result<OpenDetails> {
        let mut prompts = Prompts::new(app, verb);
        if self.usual.is_some() && self.title.is_some() {
            prompts = prompts.needed_only();
        }
        if app.ui.can_ask() {
            desk.ready_to_open(|context| {
                self.references(context, &mut Intake::blank(context.stamp.at))
            })?;
        }
        let policy = desk.view()?.policy()?;
        let caller = self.caller(desk, &mut prompts)?;
        let matter = self.matter(app, desk, &policy, &mut prompts)?;
        let kind = matter.kind;
        let (formal, remark) = (kind != Kind::Remark, kind == Kind::Remark);
        let name = match caller.name {
            None if formal && !app.ui.can_ask() => {
                Some(prompts.line(None, "--name", Label::Contact)?)
            }
            name => name,
        };
        let complaint = match kind {
            Kind::Complaint => Some(self.complaint.ask(&mut prompts)?),
            Kind::Request | Kind::Fault | Kind::Change | Kind::Enquiry | Kind::Remark => None,
        };
        let stops_work = match kind {
            Kind::Request | Kind::Fault | Kind::Change => {
                prompts.yes_or_no(self.stops_work, "--stops-work", Label::StopsWork)?
            }
            Kind::Enquiry | Kind::Complaint | Kind::Remark => self.stops_work,
        };
        let mut presumed = matter.presumed;
        let usual_need = self.usual_need(&policy, kind, matter.category.as_deref(), desk.paper);
        let need = match &self.need {
            None if usual_need.is_some() => {
                presumed.push(Presumed::Need);
                usual_need
            }
            None if formal => Some(prompts.text(None, "--need", Label::Need)?),
            need => need.clone(),
        };
        let expected_by = match self.expected_by {
            None if self
                .usual
                .as_ref()
                .is_some_and(|usual| usual.is_settled || !app.ui.can_ask()) =>
            {
                Some(MaybeTime(None))
            }
            None if kind == Kind::Fault || formal && app.ui.can_ask() => {
                Some(prompts.time_or_none("--expected-by", Label::Expected)?)
            }
            told => told,
        };
        if remark {
            prompts.decision(self.remark.wants_reply, "--wants-reply", Label::WantsReply)?;
        }
        let explanation = match &self.remark.explanation {
            None if remark => Some(prompts.text(None, "--explanation", Label::Soothed)?),
            explanation => explanation.clone(),
        };
        let ways = desk.channels()?;
        let usual = self.usual.as_ref().filter(|_| self.channel.is_none());
        presumed.extend(usual.map(|_| Presumed::Channel));
        let way = self.channel.as_ref().or(usual.map(|usual| &usual.channel));
        let channel = prompts.choice(way, "--channel", Label::Channel, ways)?;
        let channel_text = match &self.channel_text {
            None if channel_of(&policy, &channel).is_other() => {
                Some(prompts.line(None, "--channel-text", Label::ChannelText)?)
            }
            told => told.clone(),
        };
        prompts.done()?;
        let Caller { customer, namesake, phone, site, .. } = caller;
        let ToldMatter { title, reported, category, answers, .. } = matter;
        Ok(OpenDetails {
            kind,
            title,
            channel,
            channel_text,
            customer,
            name,
            namesake,
            phone,
            site,
            reported,
            need,
            category,
            answers,
            stops_work,
            expected_by,
            explanation,
            complaint,
            presumed,
        })
    }

    /// What customers usually want of such a call, in the desk's words.
    fn usual_need(
        &self,
        policy: &Policy,
        kind: Kind,
        category: Option<&str>,
        words: Words,
    ) -> Option<String> {
        self.usual.as_ref()?;
        let of_category = category.and_then(|id| policy.catalog.category(id)?.need.clone());
        of_category.or_else(|| words.usual_need(kind).map(str::to_owned))
    }

    /// Who it is, and where; a known person is filled in and told.
    fn caller(&self, desk: &OpenDesk<'_>, prompts: &mut Prompts<'_>) -> Result<Caller> {
        let CallerMatch { known, name, namesake, phone } = self.who(desk, prompts)?;
        if let Some(known) = &known {
            desk.tell_caller(known);
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
        let customers = customers_called(&desk.store, &desk.view()?, &given)?;
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
        if let Some(contact) = known(&desk.store, &view, &self.query(caller))? {
            return Ok(contact);
        }
        let (contacts, _) = view.contacts()?;
        let nearest = like(caller, &contacts);
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
            Err(_) => called(&desk.store, &view, &self.query(given))?,
        };
        if found.is_empty() {
            return hinted(&desk.store, &view, given, self.customer.as_deref());
        }
        Ok(found)
    }

    /// What it is about: a category says of what kind it is, and what else to ask.
    fn matter(
        &self,
        app: &App<'_>,
        desk: &OpenDesk<'_>,
        policy: &Policy,
        prompts: &mut Prompts<'_>,
    ) -> Result<ToldMatter> {
        let title = prompts.line(self.title.as_ref(), "--title", Label::Title)?;
        let reported = match (&self.reported, app.options.edit) {
            (None, true) => {
                let written = input::written(&app.environment, "")?;
                app.ui.typed("--reported", written.trim());
                Some(written)
            }
            (told, _) => told.clone(),
        };
        let mut presumed = Vec::new();
        let is_told = self.usual.is_none() || reported.is_some() || self.title.is_none();
        let reported = if is_told {
            prompts.text_or(reported.as_ref(), "--reported", Label::Reported, &title)?
        } else {
            presumed.push(Presumed::Reported);
            title.clone()
        };
        let wanted = self.category.as_deref().map(|given| category_of(policy, given));
        let wanted = match self.kind {
            Some(Kind::Remark) => wanted,
            kind => {
                let choices = fitting(desk.categories()?, policy, kind);
                prompts.some_choice(wanted.as_ref(), "--category", Label::Category, choices)?
            }
        };
        let category = wanted.as_deref().and_then(|id| policy.catalog.category(id));
        let kind = self.kind.or_else(|| category?.kind);
        let usual = self.usual.as_ref().filter(|_| kind.is_none()).map(|usual| usual.kind);
        presumed.extend(usual.map(|_| Presumed::Kind));
        let kind = kind.or(usual);
        let kind = prompts.term(kind, "--kind", Label::Kind, Kind::Request)?;
        let mut answers = self.answer.clone();
        for question in category.map_or(&[][..], |category| &category.questions) {
            if answers.iter().any(|(key, _)| *key == question.key) {
                continue;
            }
            let what = desk.words.of_policy(&question.en, &question.zh);
            let answer = prompts.answer("--answer", &question.key, what, question.required)?;
            answers.extend(answer.map(|answer| (question.key.clone(), answer)));
        }
        Ok(ToldMatter { kind, title, reported, category: wanted, answers, presumed })
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

impl OpenDesk<'_> {
    /// Says whom the desk takes the caller for.
    fn tell_caller(&self, contact: &Contact) {
        let shown = contact.clone().masked();
        let parts = [Some(shown.name), Some(shown.customer), shown.phone, shown.site];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        self.app.ui.remark(&self.words.message(&Message::KnownCaller { parts }));
    }
}

/// The categories for records of a kind.
fn fitting(mut categories: Choices, policy: &Policy, kind: Option<Kind>) -> Choices {
    let own = |id: &str| policy.catalog.category(id).and_then(|category| category.kind);
    categories.retain(|it| kind.is_none() || own(&it.code).is_none_or(|own| Some(own) == kind));
    categories
}
