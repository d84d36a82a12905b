//! What was not said is asked for in the order of a telephone call: who it is, where, what happened,
//! whether it stops work, what they want, until when.

use crate::{
    app::{
        App,
        choices::Choices,
        contacts::{ContactQuery, called},
        context::{category as category_of, channel as channel_of},
        desk::OpenDesk,
        input,
    },
    arguments::{prompts::Prompts, terms::MaybeTime},
    commands::open::{Open, complaint::ComplaintFacts},
    domain::{
        base::{phone::PhoneNumber, terms::Kind},
        deciding::policy::Policy,
        history::{contact::Contact, intake::Intake},
    },
    error::{Error, Result},
    ui::prompt::menu::Choice,
    words::{label::Label, message::Message},
};

/// What was told, with everything that was asked for filled in.
pub(super) struct OpenDetails {
    pub(super) kind: Kind,
    pub(super) title: String,
    pub(super) channel: String,
    pub(super) channel_text: Option<String>,
    pub(super) customer: String,
    pub(super) name: Option<String>,
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
}

/// Who it is, and where.
struct Caller {
    customer: String,
    name: Option<String>,
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
}

/// Somebody whom the desk knows, or who is new.
enum Known {
    Contact(Box<Contact>),
    New { name: Option<String>, phone: Option<String> },
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
        let need = match &self.need {
            None if formal => Some(prompts.text(None, "--need", Label::Need)?),
            need => need.clone(),
        };
        let expected_by = match self.expected_by {
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
        let channel = prompts.choice(self.channel.as_ref(), "--channel", Label::Channel, ways)?;
        let channel_text = match &self.channel_text {
            None if channel_of(&policy, &channel).is_other() => {
                Some(prompts.line(None, "--channel-text", Label::ChannelText)?)
            }
            told => told.clone(),
        };
        prompts.done()?;
        let Caller { customer, phone, site, .. } = caller;
        let ToldMatter { title, reported, category, answers, .. } = matter;
        Ok(OpenDetails {
            kind,
            title,
            channel,
            channel_text,
            customer,
            name,
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
        })
    }

    /// Who it is, and where; a known person is filled in and told.
    fn caller(&self, desk: &OpenDesk<'_>, prompts: &mut Prompts<'_>) -> Result<Caller> {
        let who = match (self.known_caller(desk)?, &self.name) {
            (Some(contact), _) => Known::Contact(Box::new(contact)),
            (None, None) if desk.app.ui.can_ask() => self.asked_caller(desk, prompts)?,
            (None, name) => Known::New { name: name.clone(), phone: None },
        };
        let known = match &who {
            Known::Contact(contact) => Some(contact.as_ref()),
            Known::New { .. } => None,
        };
        let customer = self.customer.clone().or_else(|| known.map(|it| it.customer.clone()));
        let customer = prompts.line(customer.as_ref(), "--customer", Label::Customer)?;
        let (name, phone) = match &who {
            Known::Contact(contact) => (Some(contact.id.to_string()), contact.phone.clone()),
            Known::New { name, phone } => (name.clone(), phone.clone()),
        };
        let phone = self.phone.clone().or(phone);
        let site = self.site.clone().or_else(|| known.and_then(|it| it.site.clone()));
        let phone = prompts.some_line(phone.as_ref(), "--phone", Label::Phone)?;
        let site = prompts.some_line(site.as_ref(), "--site", Label::Site)?;
        Ok(Caller { customer, name, phone, site })
    }

    /// The contact whom `--caller` names.
    fn known_caller(&self, desk: &OpenDesk<'_>) -> Result<Option<Contact>> {
        let Some(caller) = &self.caller else {
            return Ok(None);
        };
        let view = desk.view()?;
        let named = self.query(caller);
        if let Some(contact) = crate::app::contacts::known(&desk.store, &view, &named)? {
            Ok(Some(contact))
        } else {
            let (contacts, _) = view.contacts()?;
            let nearest = crate::app::contacts::like(caller, &contacts);
            Err(Error::NoContact { given: caller.clone(), nearest })
        }
    }

    fn query(&self, name: &str) -> ContactQuery {
        let customer = self.customer.clone();
        ContactQuery { name: name.to_owned(), customer, ..ContactQuery::default() }
    }

    /// Who says that they are calling: by name or phone, one of several of the same name.
    fn asked_caller(&self, desk: &OpenDesk<'_>, prompts: &mut Prompts<'_>) -> Result<Known> {
        let is_remark = self.kind == Some(Kind::Remark);
        let given = if is_remark {
            prompts.some_line(None, "--name", Label::Contact)?
        } else {
            Some(prompts.line(None, "--name", Label::Contact)?)
        };
        let Some(given) = given else {
            return Ok(Known::New { name: None, phone: None });
        };
        let found = self.found(desk, &given)?;
        let ui = desk.app.ui;
        let chosen = match &found[..] {
            [] => None,
            [only] => Some(only.clone()),
            several => {
                let code =
                    prompts.some_choice(None, "--caller", Label::Caller, persons(several))?;
                several.iter().find(|it| Some(it.id.as_str()) == code.as_deref()).cloned()
            }
        };
        if let Some(contact) = chosen {
            ui.forget("--name");
            ui.forget("--caller");
            ui.typed("--caller", contact.id.as_str());
            let shown = contact.clone().masked();
            let parts = [Some(shown.name), Some(shown.customer), shown.phone, shown.site];
            let parts: Vec<String> = parts.into_iter().flatten().collect();
            ui.say(&desk.words.message(&Message::KnownCaller { parts }));
            return Ok(Known::Contact(Box::new(contact)));
        }
        if !PhoneNumber::is_one(&given) {
            return Ok(Known::New { name: Some(given), phone: None });
        }
        ui.forget("--name");
        ui.typed("--phone", given.trim());
        ui.say(&desk.words.message(&Message::UnknownPhone));
        let name = prompts.line(None, "--name", Label::Contact)?;
        Ok(Known::New { name: Some(name), phone: Some(given) })
    }

    /// The contacts who are called so, by an id, a name or a phone.
    fn found(&self, desk: &OpenDesk<'_>, given: &str) -> Result<Vec<Contact>> {
        let view = desk.view()?;
        match given.trim().to_uppercase().parse() {
            Ok(id) => Ok(view.followed(&id)?.into_iter().collect()),
            Err(_) => called(&desk.store, &view, &self.query(given.trim())),
        }
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
        let reported = prompts.text_or(reported.as_ref(), "--reported", Label::Reported, &title)?;
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
        Ok(ToldMatter { kind, title, reported, category: wanted, answers })
    }
}

/// The categories for records of a kind.
fn fitting(mut categories: Choices, policy: &Policy, kind: Option<Kind>) -> Choices {
    let own = |id: &str| policy.catalog.category(id).and_then(|category| category.kind);
    categories.retain(|it| kind.is_none() || own(&it.code).is_none_or(|own| Some(own) == kind));
    categories
}

/// Contacts of one name, as they are told apart.
fn persons(contacts: &[Contact]) -> Choices {
    let choice = |contact: &Contact| {
        let shown = contact.clone().masked();
        let beside =
            [Some(shown.customer), shown.phone, shown.namesake, Some(shown.id.to_string())];
        let told = contact.name.clone();
        let beside = beside.into_iter().flatten().collect();
        let (code, label) = (contact.id.to_string(), shown.name);
        Choice { code, label, beside, also: Vec::new(), told }
    };
    contacts.iter().map(choice).collect()
}
