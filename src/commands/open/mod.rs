//! `docket open` and `docket remark`: the customer's matter gets its record.

mod complaint;
mod duplicates;

mod told;

use clap::Args;

use crate::{
    app::{App, contacts::ContactQuery, desk::OpenDesk, input},
    arguments::{
        prompts::Prompts,
        terms::{MaybeTime, key_value, term, time_or_none, time_or_unknown, yes_or_no},
    },
    commands::{
        Command,
        open::{complaint::ComplaintArgs, duplicates::likely_duplicates},
    },
    domain::base::{
        moment::Moment,
        terms::{Form, Grade, Kind, Mood, Term, Trigger},
    },
    error::{Error, Result, usage::Usage},
    store::find::{Purpose, RecordRef},
    ui::answer::Answer,
    words::{label::Label, read_term},
};

/// Open a record for what a customer came with
#[derive(Args, Clone, Debug, Default)]
#[command(after_help = "Example: docket open fault \"Printer on floor 3 jams\" --channel hotline \
--customer ACME --name \"Ms Wang\" --phone 13812341234 --reported \"it eats every page\" \
--need \"contracts have to be printed today\" --category hardware --expected-by 17:00")]
pub struct Open {
    /// Kind and title: `open fault "Printer jams"`
    #[arg(value_name = "KIND TITLE", num_args = 0..=2)]
    words: Vec<String>,
    /// request, fault, change, enquiry, complaint, remark
    #[arg(long, value_parser = term::<Kind>)]
    kind: Option<Kind>,
    /// What it is about, in the desk's words
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// How it came in
    #[arg(long)]
    channel: Option<String>,
    /// The customer: an organisation or a department
    #[arg(long)]
    customer: Option<String>,
    /// The customer's person: a contact id, a known name or phone, or a new name
    #[arg(long, alias = "with")]
    name: Option<String>,
    #[arg(long)]
    phone: Option<String>,
    #[arg(long)]
    email: Option<String>,
    #[arg(long)]
    site: Option<String>,
    #[arg(long)]
    salutation: Option<String>,
    /// Fills the customer's side from what is known of this phone or name
    #[arg(long, value_name = "PHONE|NAME")]
    caller: Option<String>,
    /// The customer's own words
    #[arg(long, value_name = "TEXT")]
    reported: Option<String>,
    /// What the customer wants
    #[arg(long, value_name = "TEXT")]
    need: Option<String>,
    /// Category of policy/catalog.yaml; implies kind, unit and level
    #[arg(long)]
    category: Option<String>,
    /// Product in use
    #[arg(long)]
    product: Option<String>,
    #[arg(long, value_parser = term::<Grade>)]
    impact: Option<Grade>,
    #[arg(long, value_parser = term::<Grade>)]
    urgency: Option<Grade>,
    /// Whether the customer cannot work as usual
    #[arg(long, value_name = "yes|no", value_parser = yes_or_no)]
    stops_work: Option<bool>,
    /// When the customer expects a solution
    #[arg(long, value_name = "T|none", allow_hyphen_values = true, value_parser = time_or_none)]
    expected_by: Option<MaybeTime>,
    /// When the customer came, if not now
    #[arg(long, value_name = "T", allow_hyphen_values = true)]
    received_at: Option<Moment>,
    /// Answer to a question of the category
    #[arg(long, value_name = "KEY=TEXT", value_parser = key_value)]
    answer: Vec<(String, String)>,
    /// The customer's own number
    #[arg(long = "ref", value_name = "NUMBER")]
    reference: Option<String>,
    /// Why it takes the fast path
    #[arg(long, value_name = "REASON")]
    expedite: Option<String>,
    /// `done`, or why it was not read back to the customer
    #[arg(long, value_name = "done|REASON")]
    read_back: Option<String>,
    /// When the fault happened
    #[arg(long, value_name = "T|unknown", value_parser = time_or_unknown, allow_hyphen_values = true)]
    occurred_at: Option<MaybeTime>,
    /// Where; the site if not said
    #[arg(long, value_name = "TEXT")]
    location: Option<String>,
    /// What shows; what was reported if not said
    #[arg(long, value_name = "TEXT")]
    symptom: Option<String>,
    /// Make this remark formal
    #[arg(long, value_name = "REMARK")]
    from: Option<RecordRef>,
    /// The colleague whom the caller wanted and who is not there: takes a message for them,
    /// which docket relay passes on
    #[arg(long = "for", value_name = "PERSON")]
    wanted: Option<String>,
    /// Take up this closed record again
    #[arg(long, value_name = "ID")]
    follows: Option<RecordRef>,
    #[command(flatten)]
    remark: RemarkArgs,
    #[command(flatten)]
    complaint: ComplaintArgs,
}

#[derive(Args, Clone, Debug, Default)]
struct RemarkArgs {
    /// Remark: the explanation that settled it
    #[arg(long, value_name = "TEXT", alias = "soothed")]
    explanation: Option<String>,
    /// Remark: whether the customer wants a reply; yes makes it formal
    #[arg(long, value_name = "yes|no", value_parser = yes_or_no)]
    wants_reply: Option<bool>,
    /// How the customer takes it
    #[arg(long, value_parser = term::<Mood>)]
    mood: Option<Mood>,
}

/// Record an opinion that was soothed and wants no reply
#[derive(Args, Clone, Debug)]
#[command(after_help = "Example: docket remark \"Hold music is too loud\" --channel hotline \
--customer ACME --reported \"the music hurts\" --explanation \"will be turned down\" --wants-reply no")]
pub struct RemarkCommand {
    #[command(flatten)]
    open: Open,
}

impl Command for RemarkCommand {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let mut open = self.open;
        open.kind = Some(Kind::Remark);
        open.entered(app, "remark")
    }
}

/// What was told, with everything that was asked for filled in.
struct OpenDetails {
    kind: Kind,
    title: String,
    channel: String,
    customer: String,
    name: Option<String>,
    phone: Option<String>,
    site: Option<String>,
    reported: String,
    need: Option<String>,
    expected_by: Option<MaybeTime>,
    explanation: Option<String>,
    complaint: Option<(Trigger, Form, String, String)>,
}

impl Command for Open {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        self.entered(app, "open")
    }
}

impl Open {
    /// Opens it; `verb` is the one that was typed.
    fn entered(mut self, app: &App<'_>, verb: &'static str) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        self.place_words()?;
        self.inherit(&desk)?;
        self.imply_kind(&desk)?;
        let filled = self.fill(app, &desk, verb)?;

        let mut done = desk.open(|context| self.told(context, &filled))?;
        done.remarks.extend(likely_duplicates(&desk, &done.record)?);

        Ok(Box::new(done))
    }

    /// `open KIND TITLE`, `open TITLE --kind KIND`.
    fn place_words(&mut self) -> Result<()> {
        let mut words = std::mem::take(&mut self.words).into_iter();
        match (words.next(), words.next()) {
            (Some(kind), Some(title)) => {
                if self.kind.is_some() || self.title.is_some() {
                    return Err(Error::Usage(Usage::NotBoth {
                        one: "KIND TITLE",
                        other: "--kind, --title",
                    }));
                }
                let known = || Kind::ALL.iter().map(|kind| kind.code().to_owned()).collect();
                let read = read_term(&kind).ok_or_else(|| {
                    Error::Usage(Usage::NotATerm {
                        flag: "KIND",
                        given: kind.clone(),
                        known: known(),
                    })
                })?;
                self.kind = Some(read);
                self.title = Some(title);
            }
            (Some(word), None) => match read_term(&word) {
                Some(kind) if self.kind.is_none() => self.kind = Some(kind),
                Some(_) | None if self.title.is_none() => self.title = Some(word),
                Some(_) | None => {
                    return Err(Error::Usage(Usage::NotBoth { one: "TITLE", other: "--title" }));
                }
            },
            (None, _) => {}
        }
        Ok(())
    }

    /// Takes over what the remark or the closed record says, where nothing else was said.
    fn inherit(&mut self, desk: &OpenDesk<'_>) -> Result<()> {
        let Some(wanted) = self.from.as_ref().or(self.follows.as_ref()) else {
            return Ok(());
        };
        let view = desk.view()?;
        let record = desk.record(&view, wanted, Purpose::Look)?;
        let status = &record.status;
        self.title.get_or_insert_with(|| status.title.clone());
        self.channel.get_or_insert_with(|| status.channel.to_string());
        self.customer.get_or_insert_with(|| status.customer.clone());
        self.reported.get_or_insert_with(|| record.intake.reported.clone());
        if self.name.is_none() {
            self.name = status.contact.as_ref().map(ToString::to_string);
        }
        if self.follows.is_some() {
            self.kind.get_or_insert(status.kind);
            self.need = self.need.take().or_else(|| status.need.clone());
            self.category = self.category.take().or_else(|| status.category.clone());
            self.product = self.product.take().or_else(|| status.product.clone());
        }
        Ok(())
    }

    /// A category implies its kind.
    fn imply_kind(&mut self, desk: &OpenDesk<'_>) -> Result<()> {
        if let (None, Some(category)) = (self.kind, &self.category) {
            let policy = desk.view()?.policy()?;
            let id = crate::app::context::category(&policy, category);
            self.kind = policy.catalog.category(&id).and_then(|category| category.kind);
        }
        Ok(())
    }

    fn fill(&self, app: &App<'_>, desk: &OpenDesk<'_>, verb: &'static str) -> Result<OpenDetails> {
        let mut fill = Prompts::new(app, verb);
        let kind = fill.term(self.kind, "--kind", Label::Kind, Kind::Request)?;
        let known = self.known_caller(desk)?;
        let known = known.as_ref();
        let formal = kind != Kind::Remark;
        let title = fill.text(self.title.as_ref(), "--title", Label::Title)?;
        let channel =
            fill.choice(self.channel.as_ref(), "--channel", Label::Channel, &desk.channels()?)?;
        let customer = self.customer.clone().or_else(|| known.map(|c| c.customer.clone()));
        let customer = fill.text(customer.as_ref(), "--customer", Label::Customer)?;
        let name = self.name.clone().or_else(|| known.map(|c| c.id.to_string()));
        let name = match name {
            None if formal => Some(fill.text(None, "--name", Label::Contact)?),
            name => name,
        };
        let reported = match (&self.reported, app.wishes.edit) {
            (None, true) => Some(input::written(&app.environment, "")?),
            (told, _) => told.clone(),
        };
        let reported = fill.text(reported.as_ref(), "--reported", Label::Reported)?;
        let need = match &self.need {
            None if formal => Some(fill.text(None, "--need", Label::Need)?),
            need => need.clone(),
        };
        let expected_by = match self.expected_by {
            None if kind == Kind::Fault => {
                Some(MaybeTime(Some(fill.time(None, "--expected-by", Label::Expected)?)))
            }
            told => told,
        };
        if kind == Kind::Remark && self.remark.wants_reply.is_none() {
            fill.miss("--wants-reply", Label::WantsReply);
        }
        let explanation = match &self.remark.explanation {
            None if kind == Kind::Remark => {
                Some(fill.text(None, "--explanation", Label::Soothed)?)
            }
            explanation => explanation.clone(),
        };
        let complaint = match kind {
            Kind::Complaint => Some(self.complaint.fill(&mut fill)?),
            Kind::Request | Kind::Fault | Kind::Change | Kind::Enquiry | Kind::Remark => None,
        };
        fill.done()?;
        Ok(OpenDetails {
            kind,
            title,
            channel,
            customer,
            name,
            phone: self.phone.clone().or_else(|| known.and_then(|c| c.phone.clone())),
            site: self.site.clone().or_else(|| known.and_then(|c| c.site.clone())),
            reported,
            need,
            expected_by,
            explanation,
            complaint,
        })
    }

    /// The contact whom `--caller` names.
    fn known_caller(
        &self,
        desk: &OpenDesk<'_>,
    ) -> Result<Option<crate::domain::history::contact::Contact>> {
        let Some(caller) = &self.caller else {
            return Ok(None);
        };
        let view = desk.view()?;
        let named = ContactQuery {
            name: caller.clone(),
            customer: self.customer.clone(),
            ..ContactQuery::default()
        };
        if let Some(contact) = crate::app::contacts::known(&desk.store, &view, &named)? {
            Ok(Some(contact))
        } else {
            let (contacts, _) = view.contacts()?;
            let nearest = crate::app::contacts::like(caller, &contacts);
            Err(Error::NoContact { given: caller.clone(), nearest })
        }
    }
}
