//! A record on a page: what presses, then everything that was recorded, in groups.

use serde_json::json;

use super::{RecordDetails, deadlines};
use crate::{
    domain::{
        analysis::clock::reading::ClockKind,
        base::{
            print::minute,
            terms::{FileStanding, Presumed},
        },
    },
    report::{
        facts::more,
        shapes::{ComplaintValues, EventValues, RecordValues},
    },
    ui::{
        cell::Cell,
        terminal::{Medium, Style, Terminal},
    },
    words::label::Label,
};

/// The fields of the intake that have a place of their own.
const DISPLAYED: &[&str] = &[
    "kind",
    "customer",
    "contact",
    "site",
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
    "presumed",
    "wanted",
    "about",
    "from",
    "follows",
    "cause",
];

/// Columns before what a step recorded.
const STEP: usize = 7;

/// A name and its value, which may stand out.
pub(super) struct Field {
    pub(super) name: String,
    pub(super) value: String,
    pub(super) style: Option<Style>,
}

impl Field {
    fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self { name: name.into(), value: value.into(), style: None }
    }
}

/// Everything about a record.
pub(super) fn text(details: &RecordDetails, terminal: &Terminal) -> String {
    let sources = details.sources(terminal);
    let values = sources.record(&details.record);
    let complaint = sources.complaint(&details.record);
    let page = RecordPage { details, values, complaint, terminal };
    let words = terminal.words;
    let mut text = page.title();
    text += &deadlines::pressing(details, terminal);
    text += &page.fields(page.standing());
    for (label, fields) in [
        (Label::Customer, page.customer()),
        (Label::Matter, page.matter()),
        (Label::Deadlines, deadlines::of(details, &page.values, terminal)),
        (Label::Outcome, page.outcome()),
        (Label::Related, page.related()),
    ] {
        let fields = page.fields(fields);
        if !fields.is_empty() {
            text += &format!("{}\n{fields}", terminal.styled(words.label(label), Style::Bold));
        }
    }
    text += &format!("{}\n", terminal.styled(words.label(Label::History), Style::Bold));
    text + &page.values.history.iter().map(|event| page.step(event)).collect::<String>()
}

/// What a page is made of.
struct RecordPage<'p> {
    details: &'p RecordDetails,
    values: RecordValues,
    complaint: Option<ComplaintValues>,
    terminal: &'p Terminal,
}

impl RecordPage<'_> {
    fn label(&self, label: Label) -> String {
        self.terminal.words.label(label).to_owned()
    }

    fn named(&self, fields: impl IntoIterator<Item = (Label, String)>) -> Vec<Field> {
        fields.into_iter().map(|(label, value)| Field::new(self.label(label), value)).collect()
    }

    fn fields(&self, fields: Vec<Field>) -> String {
        let some = fields.into_iter().filter(|field| !field.value.is_empty());
        let field = |field: Field| self.terminal.field_in(&field.name, &field.value, field.style);
        some.map(field).collect()
    }

    /// A value of the intake, marked where nobody said it.
    fn as_told(&self, what: Presumed, value: &str) -> String {
        let record = &self.details.record;
        let (intake, status) = (&record.intake, &record.status);
        let is_corrected = match what {
            Presumed::Kind => status.kind != intake.kind,
            Presumed::Channel => status.channel != intake.channel,
            Presumed::Need => status.need != intake.need,
            Presumed::Reported | Presumed::Location | Presumed::Symptom => false,
        };
        let words = self.terminal.words;
        if !intake.presumed.contains(&what) || is_corrected {
            return value.to_owned();
        }
        words.remarked(value, &words.fact("open", "presumed"))
    }

    fn title(&self) -> String {
        let (id, terminal) = (Cell::styled(&self.values.id, Style::Bold), self.terminal);
        let title = terminal.titled(&self.values.title, self.details.record.status.level);
        let line = id.clone().then("  ", None).and(title);
        if terminal.medium == Medium::Pipe || line.width() <= terminal.width.into() {
            return terminal.whole(&line);
        }
        terminal.whole(&id) + &terminal.indented(&self.values.title, 2)
    }

    /// Where it stands, and with whom.
    fn standing(&self) -> Vec<Field> {
        let values = &self.values;
        let level = match values.priority.as_str() {
            "" => values.level.clone(),
            priority => format!("{} · {} {priority}", values.level, self.label(Label::Priority)),
        };
        let wanted = self.details.record.status.message.as_ref().map(|message| {
            let relayed = message.relayed.as_ref();
            let relayed = relayed.map(|told| format!("  ✓ {}", minute(told.at)));
            let wanted = self.details.policy.people.name_of(&message.wanted);
            format!("{wanted}{}", relayed.unwrap_or_default())
        });
        let (words, policy) = (self.terminal.words, &self.details.policy);
        let terms = self.details.record.status.agreement.as_ref();
        let agreement = terms.map(|terms| words.agreement(terms, policy));
        let support = self.details.record.status.support.map(|mode| words.term(mode).to_owned());
        self.named([
            (Label::State, values.state.clone()),
            (Label::Kind, self.as_told(Presumed::Kind, &values.kind)),
            (Label::Level, level),
            (Label::Agreement, agreement.unwrap_or_default()),
            (Label::Owner, values.owner.clone()),
            (Label::Unit, values.unit.clone()),
            (Label::Responsible, values.responsible.clone()),
            (Label::Progress, values.progress.clone()),
            (Label::Support, support.unwrap_or_default()),
            (Label::Wanted, wanted.unwrap_or_default()),
        ])
    }

    fn customer(&self) -> Vec<Field> {
        let values = &self.values;
        let contact = &values.contact;
        let known = self.details.contacts.iter().find(|known| known.id.as_str() == contact.id);
        let is_erased = known.is_some_and(|known| known.erased.is_some());
        let erased = if is_erased { self.terminal.words.label(Label::Erased) } else { "" };
        let contact = [&contact.id, &contact.name, erased, &contact.phone, &contact.email];
        let contact: Vec<_> = contact.into_iter().filter(|part| !part.is_empty()).collect();
        self.named([
            (Label::Customer, values.customer.clone()),
            (Label::Contact, contact.join("  ")),
            (Label::Site, values.site.clone()),
            (Label::Channel, self.as_told(Presumed::Channel, &values.channel)),
            (Label::Received, values.received_at.clone()),
            (Label::Reference, values.reference.clone()),
        ])
    }

    /// What was told, and what only a complaint has.
    fn matter(&self) -> Vec<Field> {
        let values = &self.values;
        let mut fields = self.named([
            (Label::Category, values.category.clone()),
            (Label::Product, values.product.clone()),
            (Label::Reported, self.as_told(Presumed::Reported, &values.reported)),
            (Label::Need, self.as_told(Presumed::Need, &values.need)),
            (Label::OccurredAt, values.occurred_at.clone()),
            (Label::Location, self.as_told(Presumed::Location, &values.location)),
            (Label::Symptom, self.as_told(Presumed::Symptom, &values.symptom)),
            (Label::Soothed, values.soothed.clone()),
        ]);
        let mut complaint = self.complaint.clone();
        if let Some(told) = complaint.as_mut().filter(|_| !values.satisfaction.is_empty()) {
            // the confirmation is shown below
            told.callback.clear();
            told.callback_text.clear();
        }
        fields.extend(self.named(complained(complaint)));
        let answers = values.answers.iter();
        fields.extend(answers.map(|answer| Field::new(&answer.question, &answer.answer)));
        let mut shown = json!(self.complaint);
        shown["record"] = json!(values);
        // of a record, `cause` is why it happened; what brought it about stands below
        shown["cause"] = json!(self.complaint.as_ref().map(|told| &told.about));
        let rest = more(values, DISPLAYED, &shown).into_iter();
        // what stands above as well was corrected since
        let words = self.terminal.words;
        fields.extend(rest.map(|fact| {
            let is_corrected = DISPLAYED.contains(&fact.name.as_str());
            let at_first = is_corrected.then(|| words.label(Label::AtFirst));
            let label = at_first.map(|at_first| words.remarked(&fact.label, at_first));
            Field::new(label.unwrap_or(fact.label), fact.value)
        }));
        fields.extend(self.named([
            (Label::Sessions, self.sessions()),
            (Label::Visits, self.visits()),
            (Label::Attachments, self.attachments()),
        ]));
        fields
    }

    /// How it was solved, and what the customer says of it.
    fn outcome(&self) -> Vec<Field> {
        let values = &self.values;
        let mut fields = self.named([
            (Label::Result, values.result.clone()),
            (Label::Cause, values.cause.clone()),
            (Label::Code, values.code.clone()),
        ]);
        let outcome = values.outcome.iter();
        fields.extend(outcome.map(|fact| Field::new(&fact.label, &fact.value)));
        let archive = self.details.record.status.archive.as_ref();
        fields.extend(self.named([
            (Label::Confirmation, values.confirmed_at.clone()),
            (Label::Satisfaction, values.satisfaction.clone()),
            (Label::Comment, values.comment.clone()),
            (Label::Survey, values.survey.clone()),
            (Label::Archive, archive.map(|kept| kept.path.clone()).unwrap_or_default()),
        ]));
        fields
    }

    /// Who worked on the customer's computer, as who of them allowed it.
    fn sessions(&self) -> String {
        let lines = self.values.sessions.iter().map(|session| {
            let (number, state, engineer) = (session.number, &session.state, &session.engineer);
            let from = [&session.begun_at, &session.refused_at].map(String::as_str).concat();
            let until = match session.ended_at.as_str() {
                "" => String::new(),
                at => format!(" – {at}"),
            };
            let told = [&session.scope, &session.refused_by].map(String::as_str).concat();
            format!("{number}. {from}{until}  {state}  {engineer}  {told}")
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    /// Who comes when, and how far that is.
    fn visits(&self) -> String {
        let lines = self.values.visits.iter().map(|visit| {
            let (number, from, until) = (visit.number, &visit.from, &visit.until);
            let (engineer, address) = (&visit.engineer, &visit.address);
            format!("{number}. {from} – {until}  {}  {engineer}  {address}", visit.state)
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    /// The files, those that were dropped marked.
    fn attachments(&self) -> String {
        let words = self.terminal.words;
        let lines = self.values.attachments.iter().map(|file| {
            let dropped = match file.dropped_at.as_str() {
                "" => String::new(),
                at => format!("  {} {at}", words.term(FileStanding::Dropped)),
            };
            format!("{}. {}  {}  {}{dropped}", file.number, file.kind, file.name, file.size)
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    /// Other records, and what waits for a person to settle.
    fn related(&self) -> Vec<Field> {
        let (record, words) = (&self.details.record, self.terminal.words);
        let (status, intake) = (&record.status, &record.intake);
        let links = status
            .links
            .iter()
            .map(|link| (Label::Links, format!("{} {}", words.term(link.kind), link.to.record)));
        let others = [
            (Label::MergedInto, &status.merged_into),
            (Label::MadeFormalFrom, &intake.from),
            (Label::Follows, &intake.follows),
            (Label::CausedBy, &intake.cause),
        ];
        let others = others.into_iter().filter_map(|(label, other)| {
            other.as_ref().map(|other| (label, other.record.to_string()))
        });
        let disputed = status.disputed.iter();
        let disputed = disputed
            .map(|clock| (Label::Disputed, words.clock(ClockKind::Limit(*clock)).to_owned()));
        let set_aside = status.set_aside.iter().map(|id| {
            let told = record.event(id).map(|event| {
                let what = words.did(&event.act, status.kind);
                let what = words.listed(&[what, event.stamp.actor().as_str()]);
                format!("{id}  {what} {}", minute(event.stamp.at))
            });
            (Label::SetAside, told.unwrap_or_else(|| id.to_string()))
        });
        let namesakes = record.formerly.iter().chain(&record.namesakes);
        let namesakes = namesakes.map(|other| (Label::Namesake, other.to_string()));
        self.named(links.chain(others).chain(disputed).chain(set_aside).chain(namesakes))
    }

    /// A step: what, when, by whom; below it everything that it recorded.
    fn step(&self, event: &EventValues) -> String {
        let EventValues { n, at, by, action, details, note, .. } = event;
        let terminal = self.terminal;
        let whole = Cell::from("  ").then(&format!("{n:>3}  {at}  {action} {by}"), None);
        let mut text = if whole.width() <= terminal.width.into() {
            terminal.whole(&whole)
        } else {
            format!("  {n:>3}  {at}\n{}", terminal.indented(&format!("{action} {by}"), STEP))
        };
        for part in [details, note].into_iter().filter(|part| !part.is_empty()) {
            text += &terminal.indented(part, STEP);
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
