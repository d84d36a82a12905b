//! `docket show`: one record with clocks and history.

use clap::Args;
use serde::{Serialize, Serializer};
use serde_json::json;

use crate::{
    answers::record::RecordWithContact,
    app::{App, desk::AsOf},
    arguments::prompts::Prompts,
    commands::Command,
    domain::{
        analysis::clock::reading::{ClockKind, Reading, readings},
        base::{characters::clean_line, print::minute, time::Timestamp},
        deciding::policy::Policy,
        history::{contact::Contact, intake::DueAt, record::Record, status::Clock},
    },
    error::Result,
    report::{
        facts::more,
        shapes::{ComplaintValues, RecordValues},
        values::{Notes, Privacy, Sources},
    },
    store::find::{Purpose, RecordRef},
    ui::{
        answer::Answer,
        terminal::{Style, Terminal},
    },
    words::label::Label,
};

#[derive(Args, Debug)]
pub struct Show {
    record: Option<RecordRef>,
    #[arg(long, value_name = "TIME|REVISION", allow_hyphen_values = true)]
    as_of: Option<AsOf>,
    #[arg(long)]
    reveal: bool,
}

/// The fields of the intake that have a place of their own.
const DISPLAYED: &[&str] = &[
    "kind",
    "customer",
    "contact",
    "channel",
    "received_at",
    "category",
    "product",
    "reference",
    "title",
    "reported",
    "need",
    "occurred_at",
    "location",
    "symptom",
    "soothed",
    "expected_by",
    "trigger",
    "form",
    "complainant_role",
    "against",
    "prohibition",
    "remedy",
    // below, with what became of them
    "answers",
    "wanted",
    "about",
    "from",
    "follows",
    "cause",
];

/// A record with what it is read with.
#[derive(Debug)]
struct RecordDetails {
    record: Record,
    policy: Policy,
    /// The customer's persons whom the record names.
    contacts: Vec<Contact>,
    privacy: Privacy,
    /// The time at which it is looked at.
    now: Timestamp,
}

impl Command for Show {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "show");
        let record = prompts.any_record(&desk, self.record.as_ref())?;
        prompts.done()?;
        let view = desk.view_of(self.as_of.as_ref())?;
        let record = desk.record(&view, &record, Purpose::Show)?;
        let policy = desk.policy_to_look(&view)?;
        let contacts = view.contacts_of(&record).unwrap_or_else(|why| {
            desk.app.ui.warn(&desk.words.store_error(&why));
            Vec::new()
        });
        let privacy = if self.reveal { Privacy::Revealed } else { Privacy::Masked };
        Ok(Box::new(RecordDetails { record, policy, contacts, privacy, now: desk.now() }))
    }
}

impl RecordDetails {
    fn fields(
        values: &RecordValues,
        complaint: Option<ComplaintValues>,
        readings: &[Reading],
        terminal: &Terminal,
    ) -> String {
        let contact = &values.contact;
        let contact_line =
            [&contact.id, &contact.name, &contact.phone, &contact.email, &contact.site]
                .into_iter()
                .filter(|part| !part.is_empty())
                .cloned()
                .collect::<Vec<_>>()
                .join("  ");
        let due = &values.due;
        let clock = |clock: Clock, due: &str, done: &str| {
            let of = |reading: &Reading| reading.clock == ClockKind::Limit(clock);
            let missed = |reading: &Reading| of(reading) && reading.missed.is_some();
            let unknown = |reading: &Reading| of(reading) && reading.due == DueAt::Unknown;
            if done.is_empty() {
                due.to_owned()
            } else if readings.iter().any(missed) {
                format!("{due}  {}", terminal.late(done))
            } else if readings.iter().any(unknown) {
                format!("{due}  {done}")
            } else {
                format!("{due}  ✓ {done}")
            }
        };
        // the first response is told by its own limit where nobody committed to another
        let commitment = Some(&due.commitment).filter(|due| !due.is_empty());
        let commitment = commitment
            .map(|due| clock(Clock::Commitment, due, &values.responded_at))
            .unwrap_or_default();
        let level = match values.priority.as_str() {
            "" => values.level.clone(),
            priority => {
                format!("{} · {} {priority}", values.level, terminal.words.label(Label::Priority))
            }
        };
        let fields = [
            (Label::State, values.state.clone()),
            (Label::Kind, values.kind.clone()),
            (Label::Level, level),
            (Label::Customer, values.customer.clone()),
            (Label::Contact, contact_line),
            (Label::Channel, values.channel.clone()),
            (Label::Received, values.received_at.clone()),
            (Label::Category, values.category.clone()),
            (Label::Product, values.product.clone()),
            (Label::Reference, values.reference.clone()),
            (Label::Owner, values.owner.clone()),
            (Label::Unit, values.unit.clone()),
            (Label::Responsible, values.responsible.clone()),
            (Label::Progress, values.progress.clone()),
            (Label::Reported, values.reported.clone()),
            (Label::Need, values.need.clone()),
            (Label::OccurredAt, values.occurred_at.clone()),
            (Label::Location, values.location.clone()),
            (Label::Symptom, values.symptom.clone()),
            (Label::Soothed, values.soothed.clone()),
            (Label::Expected, values.expected_by.clone()),
            (Label::AckDue, clock(Clock::Ack, &due.ack, &values.acknowledged_at)),
            (Label::RespondDue, clock(Clock::Respond, &due.respond, &values.responded_at)),
            (Label::CommitmentDue, commitment),
            (Label::ResolveDue, clock(Clock::Resolve, &due.resolve, &values.done_at)),
            (Label::Result, values.result.clone()),
            (Label::Cause, values.cause.clone()),
            (Label::Code, values.code.clone()),
            (Label::Confirmation, values.confirmed_at.clone()),
            (Label::Satisfaction, values.satisfaction.clone()),
            (Label::Comment, values.comment.clone()),
            (Label::Survey, values.survey.clone()),
        ];
        let mut shown = json!(complaint);
        shown["record"] = json!(values);
        // of a record, `cause` is why it happened; what brought it about stands below
        shown["cause"] = json!(complaint.as_ref().map(|told| &told.about));
        let rest = more(values, DISPLAYED, &shown).into_iter().map(|fact| (fact.label, fact.value));
        let rows = fields.into_iter().chain(complained(complaint));
        let rows = rows.map(|(label, value)| (terminal.words.label(label).to_owned(), value));
        let outcome = values.outcome.iter().map(|fact| (fact.label.clone(), fact.value.clone()));
        let rows = rows.chain(outcome);
        let all = rows.chain(rest).filter(|(_, value)| !value.is_empty());
        all.map(|(label, value)| terminal.field(&label, &value)).collect()
    }

    /// Ties, promises, kept report, and what waits for a person to settle.
    fn rest(&self, values: &RecordValues, terminal: &Terminal) -> String {
        let (status, words) = (&self.record.status, terminal.words);
        let mut text = String::new();
        if let Some(message) = &self.record.status.message {
            let told = message.relayed.as_ref();
            let told = told.map(|told| format!("  ✓ {}", minute(told.at))).unwrap_or_default();
            let wanted = self.policy.people.name_of(&message.wanted);
            text += &terminal.field(words.label(Label::Wanted), &format!("{wanted}{told}"));
        }
        for promise in &values.promises {
            let end = match (promise.kept_at.as_str(), promise.explained_at.as_str()) {
                ("", "") => String::new(),
                ("", explained_at) => {
                    format!("  ✗ {} {explained_at}", words.label(Label::ExplainedNotKept))
                }
                (kept_at, _) if promise.late => format!("  {}", terminal.late(kept_at)),
                (kept_at, _) => format!("  ✓ {kept_at}"),
            };
            let line = format!("{}. {} {}{end}", promise.number, promise.what, promise.due);
            text += &terminal.field(words.label(Label::Promises), &line);
        }
        for answer in &values.answers {
            text += &terminal.field(&answer.question, &answer.answer);
        }
        for link in &status.links {
            let line = format!("{} {}", words.term(link.kind), link.to.record);
            text += &terminal.field(words.label(Label::Links), &line);
        }
        let intake = &self.record.intake;
        for (label, tie) in [
            (Label::MergedInto, &status.merged_into),
            (Label::MadeFormalFrom, &intake.from),
            (Label::Follows, &intake.follows),
            (Label::CausedBy, &intake.cause),
        ] {
            if let Some(tie) = tie {
                text += &terminal.field(words.label(label), tie.record.as_str());
            }
        }
        for clock in &status.disputed {
            let name = words.clock(ClockKind::Limit(*clock));
            text += &terminal.field(words.label(Label::Disputed), name);
        }
        if let Some(archive) = &status.archive {
            text += &terminal.field(words.label(Label::Archive), &archive.path);
        }
        for id in &status.set_aside {
            let told = match self.record.event(id) {
                Some(event) => {
                    let what = words.did(&event.act, status.kind);
                    let what = words.listed(&[what, event.stamp.actor().as_str()]);
                    format!("{id}  {what} {}", minute(event.stamp.at))
                }
                None => id.to_string(),
            };
            text += &terminal.field(words.label(Label::SetAside), &told);
        }
        for other in self.record.formerly.iter().chain(&self.record.namesakes) {
            text += &terminal.field(words.label(Label::Namesake), other.as_str());
        }
        text
    }
}

/// What only a complaint has, as fields.
fn complained(values: Option<ComplaintValues>) -> impl Iterator<Item = (Label, String)> {
    let fields = values.map(|it| {
        let with = |what: String, at: &str, by: &str| match what.as_str() {
            "" => String::new(),
            _ => format!("{what}  ✓ {at} {by}").trim_end().to_owned(),
        };
        let validity = with(it.validity, &it.decided_at, &it.decided_by);
        let validity = if it.finding.is_empty() {
            validity.trim_end_matches(['✓', ' ']).to_owned()
        } else {
            validity
        };
        [
            (Label::Trigger, it.trigger),
            (Label::Form, it.form),
            (Label::ComplainantRole, it.complainant_role),
            (Label::Against, it.against),
            (Label::Prohibition, it.prohibition),
            (Label::Remedy, it.remedy),
            (Label::Verification, with(it.verification, &it.verified_at, &it.verified_by)),
            (Label::Notified, with(it.notified, &it.notified_at, "")),
            (Label::Validity, validity),
            (Label::Finding, it.finding),
            (Label::Corrective, it.corrective),
            (Label::Preventive, it.preventive),
            (Label::Feedback, with(it.told, &it.told_at, &it.told_by)),
            (Label::Confirmation, with(it.callback, &it.called_at, &it.called_by)),
            (Label::Comment, it.callback_text),
            (Label::Dissatisfied, it.dissatisfaction),
            (Label::Recourse, it.recourse),
        ]
    });
    fields.into_iter().flatten()
}

impl Answer for RecordDetails {
    fn human(&self, terminal: &Terminal) -> String {
        let sources = Sources {
            policy: &self.policy,
            words: terminal.words,
            contacts: &self.contacts,
            privacy: self.privacy,
            notes: Notes::All,
        };
        let values = sources.record(&self.record);
        let id = terminal.styled(&values.id, Style::Bold);
        let mut text = format!("{id}  {}\n", clean_line(&values.title));
        let mut complaint = sources.complaint(&self.record);
        if let Some(told) = complaint.as_mut().filter(|_| !values.satisfaction.is_empty()) {
            // The confirmation is shown already.
            told.callback.clear();
            told.callback_text.clear();
        }
        let readings = readings(&self.record, self.now, &self.policy.calendar);
        text += &Self::fields(&values, complaint, &readings, terminal);
        text += &self.rest(&values, terminal);
        text += &format!("{}\n", terminal.styled(terminal.words.label(Label::History), Style::Dim));
        for event in &values.history {
            let parts = [&event.details, &event.note].into_iter().filter(|part| !part.is_empty());
            let parts = parts.cloned().collect::<Vec<_>>().join(" · ");
            let line = format!("{} {}  {}", event.action, event.by, parts);
            text += &terminal.field(&format!("{:>3}  {}", event.n, event.at), line.trim_end());
        }
        text
    }

    fn brief(&self) -> Option<String> {
        Some(format!("{}\n", self.record.id))
    }
}

impl Serialize for RecordDetails {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        RecordWithContact::new(&self.record, &self.contacts, self.privacy).serialize(serializer)
    }
}
