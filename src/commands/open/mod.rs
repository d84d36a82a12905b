//! `docket open` and `docket remark`: the customer's matter gets its record.

mod asking;
pub mod call;
mod caller;
mod complaint;
mod duplicates;
mod intake;
mod matter;

use clap::Args;

use crate::{
    app::{App, desk::OpenDesk, step::RecordedStep},
    arguments::terms::{
        MaybeTime, key_value, named, term, time_or_none, time_or_unknown, yes_or_no,
    },
    commands::{
        Command,
        open::{asking::OpenDetails, complaint::ComplaintArgs, duplicates::likely_duplicates},
    },
    domain::{
        base::{
            moment::Moment,
            terms::{FaultSource, Grade, Kind, Mood, Presumed},
        },
        deciding::policy::Policy,
        history::{intake::Occurred, record::Record},
    },
    error::{Error, Result, usage::Usage},
    store::find::{Purpose, RecordRef},
    ui::answer::Answer,
    words::{message::Message, read_term},
};

#[derive(Args, Clone, Debug, Default)]
pub struct Open {
    #[arg(value_name = "[KIND] [TITLE]", num_args = 0..=2)]
    words: Vec<String>,
    #[arg(long, value_parser = term::<Kind>())]
    kind: Option<Kind>,
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    #[arg(long)]
    channel: Option<String>,
    #[arg(long, value_name = "TEXT")]
    channel_text: Option<String>,
    #[arg(short, long)]
    customer: Option<String>,
    #[arg(short, long, alias = "with")]
    name: Option<String>,
    #[arg(short, long)]
    phone: Option<String>,
    #[arg(long)]
    email: Option<String>,
    #[arg(long)]
    site: Option<String>,
    #[arg(long)]
    salutation: Option<String>,
    #[arg(long, value_name = "PHONE|NAME")]
    caller: Option<String>,
    #[arg(long, value_name = "TEXT")]
    reported: Option<String>,
    #[arg(long, value_name = "TEXT")]
    need: Option<String>,
    #[arg(long)]
    category: Option<String>,
    #[arg(long)]
    product: Option<String>,
    #[arg(long, value_parser = term::<Grade>())]
    impact: Option<Grade>,
    #[arg(long, value_parser = term::<Grade>())]
    urgency: Option<Grade>,
    #[arg(long, value_name = "yes|no", value_parser = yes_or_no)]
    stops_work: Option<bool>,
    #[arg(long, value_name = "TIME|none", allow_hyphen_values = true, value_parser = time_or_none)]
    expected_by: Option<MaybeTime>,
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    received_at: Option<Moment>,
    #[arg(long, value_name = "KEY=TEXT", value_parser = key_value)]
    answer: Vec<(String, String)>,
    #[arg(long = "ref", value_name = "REFERENCE")]
    reference: Option<String>,
    #[arg(long, value_name = "REASON")]
    expedite: Option<String>,
    #[arg(long, value_name = "done|REASON")]
    read_back: Option<String>,
    #[arg(long, value_name = "TIME|unknown", value_parser = time_or_unknown, allow_hyphen_values = true)]
    occurred_at: Option<MaybeTime>,
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    detected_at: Option<Moment>,
    #[arg(long, value_parser = term::<FaultSource>())]
    source: Option<FaultSource>,
    #[arg(long, value_name = "TEXT")]
    location: Option<String>,
    #[arg(long, value_name = "TEXT")]
    symptom: Option<String>,
    #[arg(long, value_name = "RECORD")]
    from: Option<RecordRef>,
    #[arg(long = "for", value_name = "PERSON")]
    wanted: Option<String>,
    #[arg(long, value_name = "RECORD")]
    follows: Option<RecordRef>,
    #[command(flatten)]
    remark: RemarkArgs,
    #[command(flatten)]
    complaint: ComplaintArgs,
    /// What is taken where nobody says; of a call alone.
    #[arg(skip)]
    usual: Option<UsualCall>,
    /// Said in one breath, so that only what is needed is asked for.
    #[arg(skip)]
    is_brief: bool,
}

/// What a call usually is, and how it comes in.
#[derive(Clone, Debug)]
struct UsualCall {
    kind: Kind,
    channel: String,
    /// Settled in the call itself, so that nothing more is expected.
    is_settled: bool,
}

#[derive(Args, Clone, Debug, Default)]
struct RemarkArgs {
    #[arg(long, value_name = "TEXT", alias = "soothed")]
    explanation: Option<String>,
    #[arg(long, value_name = "yes|no", value_parser = yes_or_no)]
    wants_reply: Option<bool>,
    #[arg(long, value_parser = term::<Mood>())]
    mood: Option<Mood>,
}

#[derive(Args, Clone, Debug)]
pub struct RemarkCommand {
    #[command(flatten)]
    open: Open,
}

impl Command for RemarkCommand {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let mut open = self.open;
        if open.kind.is_some_and(|kind| kind != Kind::Remark) {
            return Err(Error::Usage(Usage::NotBoth { one: "remark", other: "--kind" }));
        }
        open.kind = Some(Kind::Remark);
        open.entered(app, "remark")
    }
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
        let filled = self.details(app, &desk, verb)?;

        let mut done = desk.open(|context| self.intake(context, &filled))?;
        remark(&desk, &mut done, &filled)?;

        Ok(Box::new(done))
    }

    /// `open KIND TITLE`, `open TITLE --kind KIND`.
    fn place_words(&mut self) -> Result<()> {
        let mut words = std::mem::take(&mut self.words).into_iter();
        match (words.next(), words.next()) {
            (Some(kind), Some(title)) => {
                if self.kind.is_some() || self.title.is_some() {
                    let other = if self.kind.is_some() { "--kind" } else { "--title" };
                    return Err(Error::Usage(Usage::NotBoth { one: "[KIND] [TITLE]", other }));
                }
                let read = named(&kind).map_err(|why| Usage::value("KIND", &kind, why));
                self.kind = Some(read.map_err(Error::Usage)?);
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
        if self.channel.is_none() {
            self.channel = Some(status.channel.to_string());
            self.channel_text = self.channel_text.take().or_else(|| status.channel_text.clone());
        }
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
}

/// Adds what the person who opened it should know.
fn remark(desk: &OpenDesk<'_>, opened: &mut RecordedStep, filled: &OpenDetails) -> Result<()> {
    let record = &opened.record;
    let assumed = assumed(record).into_iter().chain(no_category(record, &opened.policy));
    let unagreed = without_agreement(desk, record, &opened.policy)?;
    let rest: Vec<Message> =
        assumed.chain(unagreed).chain(likely_duplicates(desk, record)?).collect();
    opened.remarks.splice(0..0, filled.caller.new_customer());
    opened.remarks.extend(rest);
    Ok(())
}

/// Why the desk's limits were promised although the customer may have an agreement: it is not among the
/// rules, or a file that cannot be read may tell it.
fn without_agreement(
    desk: &OpenDesk<'_>,
    record: &Record,
    policy: &Policy,
) -> Result<Vec<Message>> {
    let status = &record.status;
    if status.kind == Kind::Remark || status.agreement.is_some() {
        return Ok(Vec::new());
    }
    let view = desk.view()?;
    if let Some(id) = view.customer_names()?.listed(&status.customer) {
        let customer = view.customer(id)?;
        let missing = customer.as_ref().and_then(|it| policy.agreements.missing_of(it)).cloned();
        let gone =
            missing.map(|agreement| Message::AgreementGone { customer: id.clone(), agreement });
        return Ok(gone.into_iter().collect());
    }
    if policy.agreements.all().is_empty() {
        return Ok(Vec::new());
    }
    let (_, unread) = view.customers()?;
    Ok(unread.into_iter().map(|file| Message::AgreementUnread { path: file.path }).collect())
}

/// What was taken for what nobody said; what was reported is then the title, which stands above.
fn assumed(record: &Record) -> Option<Message> {
    let intake = &record.intake;
    let taken = |what: Presumed| intake.presumed.contains(&what);
    let fault = intake.fault.as_ref();
    let kind = taken(Presumed::Kind).then_some(intake.kind);
    let channel = taken(Presumed::Channel).then(|| intake.channel.clone());
    let need = intake.need.clone().filter(|_| taken(Presumed::Need));
    let location = fault.map(|fault| fault.location.clone());
    let location = location.filter(|_| taken(Presumed::Location));
    let time = fault.is_some_and(|fault| matches!(fault.occurred_at, Occurred::Unknown));
    let symptom = taken(Presumed::Symptom);
    let any = time || symptom || kind.is_some() || channel.is_some();
    let any = any || need.is_some() || location.is_some();
    any.then_some(Message::Assumed { kind, channel, need, time, location, symptom })
}

/// That the category is missing, without which it cannot be closed as solved.
fn no_category(record: &Record, policy: &Policy) -> Option<Message> {
    let status = &record.status;
    let is_wanted = !matches!(status.kind, Kind::Remark | Kind::Complaint);
    if !is_wanted || status.category.is_some() {
        return None;
    }
    let categories: Vec<_> =
        policy.catalog.categories.iter().map(|category| category.id.clone()).collect();
    let tail = record.id.tail().to_owned();
    (!categories.is_empty()).then_some(Message::NoCategory { tail, categories })
}
