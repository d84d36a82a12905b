//! What an event says, field by field: the one source of what is shown, printed, searched and
//! committed, so that nothing recorded is missing in one of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{
    base::{
        ids::{ContactId, EventId, PersonId, UnitId},
        limit::{Limit, Limits},
        line::SupportLine,
        month::Month,
        terms::{Channel, Code, Field, PauseReason, Presumed, Term},
        time::Timestamp,
    },
    history::{
        agreement::AgreementTerms,
        event::Event,
        intake::{DueAt, Expected, Intake, Occurred, ReadBack, Reference},
        record::Record,
        status::{Clock, DueTimes, parts::Archive},
        steps::{
            Act,
            amend::Correction,
            import::ImportedResolution,
            survey_send::{SampleDraw, SurveyQuestion},
        },
    },
};

/// Who may read a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Everyone who gets the report.
    Everyone,
    /// The team alone (R99).
    Team,
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// Free text of several lines.
    Text(&'a str),
    /// Free text of one line.
    Line(&'a str),
    /// A word of a closed vocabulary.
    Term {
        vocabulary: &'static str,
        code: &'static str,
    },
    /// A channel by which something came in.
    Channel(&'a Channel),
    /// A channel by which somebody was told something.
    Method(&'a Channel),
    Code(&'a Code),
    PauseReason(&'a PauseReason),
    Category(&'a str),
    CauseCategory(&'a str),
    Product(&'a str),
    Criterion(&'a str),
    Person(&'a PersonId),
    Unit(&'a UnitId),
    LineOfSupport(SupportLine),
    /// A customer's person who told us something, masked for everybody.
    Contact(&'a ContactId),
    /// A customer's person whom we told something, masked likewise.
    Recipient(&'a ContactId),
    Record(&'a Reference),
    Event(&'a EventId),
    Time(Timestamp),
    /// A time that the record holds already.
    Known(Timestamp),
    /// A time that the customer named, or that there is none.
    Expected(Expected),
    Occurred(Occurred),
    Month(Month),
    Number(u32),
    /// Of rules, questions or templates.
    Version(u32),
    /// Whom or what a complaint is against.
    Against(&'a str),
    Flag(bool),
    Limit(Limit),
    /// What decided the limits, where it was an agreement.
    Agreement(&'a AgreementTerms),
    /// A clock before and after the step; the one before is absent where it began.
    Due {
        before: Option<DueAt>,
        after: Option<DueAt>,
    },
    /// The customer's answer to a question of the category or the survey.
    Answer {
        question: &'a str,
        answer: &'a str,
    },
    Question(&'a SurveyQuestion),
    Correction(&'a Correction),
    /// A path or a hash.
    Name(&'a str),
    /// What another system gave as a name or a number of its own: no words of anybody's.
    Imported(&'a str),
}

/// A field with its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fact<'a> {
    /// The field as files spell it.
    pub name: &'static str,
    pub value: Value<'a>,
    pub audience: Audience,
}

/// What somebody wrote in their own words, in which anything may stand.
pub fn free_text<'a>(fact: &Fact<'a>) -> Option<&'a str> {
    match fact.value {
        Value::Text(text) | Value::Line(text) | Value::Against(text) => Some(text),
        Value::Answer { answer, .. } => Some(answer),
        Value::Correction(set) => set.field.is_free().then_some(set.new.as_str()),
        Value::Term { .. }
        | Value::Channel(_)
        | Value::Method(_)
        | Value::Code(_)
        | Value::PauseReason(_)
        | Value::Category(_)
        | Value::CauseCategory(_)
        | Value::Product(_)
        | Value::Criterion(_)
        | Value::Person(_)
        | Value::Unit(_)
        | Value::LineOfSupport(_)
        | Value::Contact(_)
        | Value::Recipient(_)
        | Value::Record(_)
        | Value::Event(_)
        | Value::Time(_)
        | Value::Known(_)
        | Value::Expected(_)
        | Value::Occurred(_)
        | Value::Month(_)
        | Value::Number(_)
        | Value::Version(_)
        | Value::Flag(_)
        | Value::Limit(_)
        | Value::Agreement(_)
        | Value::Due { .. }
        | Value::Question(_)
        | Value::Name(_)
        | Value::Imported(_) => None,
    }
}

/// Facts in the order in which they are read.
#[derive(Clone, Debug)]
pub struct Facts<'a> {
    facts: Vec<Fact<'a>>,
    audience: Audience,
}

impl Field {
    /// True for a field that holds somebody's own words.
    pub fn is_free(self) -> bool {
        match self {
            Self::Title
            | Self::Need
            | Self::Customer
            | Self::Site
            | Self::ChannelText
            | Self::Against => true,
            Self::Contact
            | Self::Category
            | Self::Product
            | Self::Channel
            | Self::ExpectedBy
            | Self::ReceivedAt
            | Self::Kind
            | Self::Impact
            | Self::Urgency => false,
        }
    }
}

/// A method for each sort of value; where some have it and others not, one for that too.
macro_rules! facts_of {
    ($($name:ident $value:ident($type:ty) $($some:ident)?;)+) => { impl<'a> Facts<'a> {$(
        pub(in crate::domain) fn $name(self, name: &'static str, value: $type) -> Self {
            self.push(name, Value::$value(value))
        }

        $(pub(in crate::domain) fn $some(self, name: &'static str, value: Option<$type>) -> Self {
            match value {
                Some(value) => self.$name(name, value),
                None => self,
            }
        })?
    )+}};
}

facts_of! {
    text Text(&'a str) some_text;
    line Line(&'a str) some_line;
    channel Channel(&'a Channel);
    method Method(&'a Channel) some_method;
    code Code(&'a Code) some_code;
    pause_reason PauseReason(&'a PauseReason) some_pause_reason;
    category Category(&'a str) some_category;
    cause_category CauseCategory(&'a str) some_cause_category;
    product Product(&'a str) some_product;
    criterion Criterion(&'a str) some_criterion;
    person Person(&'a PersonId) some_person;
    unit Unit(&'a UnitId) some_unit;
    line_of_support LineOfSupport(SupportLine) some_line_of_support;
    contact Contact(&'a ContactId) some_contact;
    recipient Recipient(&'a ContactId) some_recipient;
    record Record(&'a Reference) some_record;
    event Event(&'a EventId) some_event;
    time Time(Timestamp) some_time;
    known Known(Timestamp) some_known;
    expected Expected(Expected) some_expected;
    occurred Occurred(Occurred);
    month Month(Month);
    number Number(u32) some_number;
    version Version(u32) some_version;
    against Against(&'a str);
    flag Flag(bool) some_flag;
    limit Limit(Limit) some_limit;
    agreement Agreement(&'a AgreementTerms) some_agreement;
    imported Imported(&'a str) some_imported;
}

impl<'a> Facts<'a> {
    pub(in crate::domain) fn new() -> Self {
        Self { facts: Vec::new(), audience: Audience::Everyone }
    }

    /// Who may read what comes from here on.
    pub(in crate::domain) fn of(self, audience: Audience) -> Self {
        Self { audience, ..self }
    }

    pub(in crate::domain) fn term<T: Term>(self, name: &'static str, term: T) -> Self {
        self.push(name, Value::Term { vocabulary: T::VOCABULARY, code: term.code() })
    }

    pub(in crate::domain) fn some_term<T: Term>(self, name: &'static str, term: Option<T>) -> Self {
        match term {
            Some(term) => self.term(name, term),
            None => self,
        }
    }

    /// A path or a hash.
    pub(in crate::domain) fn name(self, name: &'static str, value: &'a str) -> Self {
        self.push(name, Value::Name(value))
    }

    pub(in crate::domain) fn some_name(self, name: &'static str, value: Option<&'a str>) -> Self {
        match value {
            Some(value) => self.name(name, value),
            None => self,
        }
    }

    /// Whether it was read back to the customer, or why not.
    pub(in crate::domain) fn read_back(self, read_back: Option<&'a ReadBack>) -> Self {
        match read_back {
            Some(ReadBack::Done) => self.flag("read_back", true),
            Some(ReadBack::NotNeeded(reason)) => self.text("read_back", reason),
            None => self,
        }
    }

    pub(in crate::domain) fn limits(self, limits: Limits) -> Self {
        self.some_limit("ack_limit", limits.ack)
            .some_limit("respond_limit", limits.respond)
            .some_limit("resolve_limit", limits.resolve)
    }

    /// The clocks that a step set or moved.
    pub(in crate::domain) fn due(self, before: DueTimes, after: DueTimes) -> Self {
        [
            ("ack_due", before.ack, after.ack),
            ("respond_due", before.respond, after.respond),
            ("commitment_due", before.commitment, after.commitment),
            ("resolve_due", before.resolve, after.resolve),
        ]
        .into_iter()
        .filter(|(_, before, after)| before.is_some() || after.is_some())
        .fold(self, |facts, (name, before, after)| facts.push(name, Value::Due { before, after }))
    }

    /// By when something is due, as the step settled it.
    pub(in crate::domain) fn due_at(self, name: &'static str, due: DueAt) -> Self {
        self.push(name, Value::Due { before: None, after: Some(due) })
    }

    pub(in crate::domain) fn moved(
        self,
        before: Option<DueTimes>,
        after: Option<DueTimes>,
    ) -> Self {
        self.due(before.unwrap_or_default(), after.unwrap_or_default())
    }

    pub(in crate::domain) fn answers(self, answers: &'a BTreeMap<String, String>) -> Self {
        answers.iter().fold(self, |facts, (question, answer)| {
            facts.push("answers", Value::Answer { question, answer })
        })
    }

    pub(in crate::domain) fn questions(self, asked: &'a [SurveyQuestion]) -> Self {
        asked.iter().fold(self, |facts, asked| facts.push("asked", Value::Question(asked)))
    }

    pub(in crate::domain) fn corrections(self, set: &'a [Correction]) -> Self {
        set.iter().fold(self, |facts, set| facts.push("set", Value::Correction(set)))
    }

    pub(in crate::domain) fn events(self, name: &'static str, events: &'a [EventId]) -> Self {
        events.iter().fold(self, |facts, event| facts.event(name, event))
    }

    pub(in crate::domain) fn archive(self, archive: Option<&'a Archive>) -> Self {
        match archive {
            Some(archive) => self
                .name("archive", &archive.path)
                .name("blob", &archive.blob)
                .some_version("edition", archive.edition),
            None => self,
        }
    }

    pub(in crate::domain) fn drawn(self, drawn: Option<&SampleDraw>) -> Self {
        match drawn {
            Some(drawn) => self
                .month("period", drawn.period)
                .number("sample", u32::from(drawn.sample))
                .number("cap_per_customer", drawn.cap_per_customer),
            None => self,
        }
    }

    pub(in crate::domain) fn clocks(self, clocks: &[Clock]) -> Self {
        let name = |facts: Self, clock: &Clock| {
            facts.push("source_clocks", Value::Term { vocabulary: "clock", code: clock.code() })
        };
        clocks.iter().fold(self, name)
    }

    pub(in crate::domain) fn presumed(self, presumed: &[Presumed]) -> Self {
        let facts = presumed.iter();
        facts.fold(self, |facts, what| facts.term("presumed", *what))
    }

    pub(in crate::domain) fn outcome(self, outcome: Option<&'a ImportedResolution>) -> Self {
        match outcome {
            Some(outcome) => self
                .time("done_at", outcome.done_at)
                .some_person("solved_by", outcome.solved_by.as_ref())
                .some_imported("source_solver", outcome.source_solver.as_deref())
                .some_code("code", outcome.code.as_ref())
                .some_text("result", Some(outcome.result.as_str()).filter(|it| !it.is_empty()))
                .some_text("cause", Some(outcome.cause.as_str()).filter(|it| !it.is_empty())),
            None => self,
        }
    }

    fn push(mut self, name: &'static str, value: Value<'a>) -> Self {
        self.facts.push(Fact { name, value, audience: self.audience });
        self
    }
}

impl<'a> IntoIterator for Facts<'a> {
    type Item = Fact<'a>;
    type IntoIter = std::vec::IntoIter<Fact<'a>>;

    fn into_iter(self) -> Self::IntoIter {
        self.facts.into_iter()
    }
}

impl Event {
    /// Everything that the event says: what the step recorded, and how it was entered.
    pub fn facts(&self) -> Facts<'_> {
        let stamp = &self.stamp;
        let entered_by = stamp.told_by.as_ref().map(|_| &stamp.by);
        // of what another system did, when it was imported says nothing more
        let is_late = stamp.recorded_at != stamp.at && !matches!(self.act, Act::Import(_));
        self.act
            .facts()
            .of(Audience::Everyone)
            .some_person("entered_by", entered_by)
            .some_time("recorded_at", is_late.then_some(stamp.recorded_at))
            .some_method("told_via", stamp.told_via.as_ref())
            .some_record("opened", stamp.opened.as_ref())
            .some_text("late_because", stamp.late_because.as_deref())
            .some_text("personal", stamp.personal.as_deref())
            .of(self.act.note_audience())
            .some_text("note", stamp.note.as_deref())
    }
}

impl Record {
    /// The customers' persons whom it names anywhere.
    pub fn contacts(&self) -> BTreeSet<ContactId> {
        let events = self.history.iter().flat_map(Event::facts);
        let facts = self.intake.facts().into_iter().chain(events);
        let named = facts.filter_map(|fact| match fact.value {
            Value::Contact(contact) | Value::Recipient(contact) => Some(contact.clone()),
            Value::Correction(set) if set.field == Field::Contact => set.new.parse().ok(),
            _ => None,
        });
        named.chain(self.status.contact.clone()).collect()
    }
}

impl Intake {
    /// Everything that was told.
    pub fn facts(&self) -> Facts<'_> {
        // of what was imported it is the number that the other system gave
        let reference = self.reference.as_deref();
        let facts = Facts::new()
            .term("kind", self.kind)
            .channel("channel", &self.channel)
            .some_line("channel_text", self.channel_text.as_deref())
            .time("received_at", self.received_at)
            .some_time("first_contact_at", self.first_contact_at)
            .some_contact("contact", self.contact.as_ref())
            .some_line("site", self.site.as_deref())
            .some_category("category", self.category.as_deref())
            .some_product("product", self.product.as_deref())
            .some_term("told_impact", self.impact)
            .some_term("told_urgency", self.urgency)
            .some_term("told_level", self.level)
            .some_flag("stops_work", self.stops_work)
            .some_expected("expected_by", self.expected_by)
            .some_record("from", self.from.as_ref())
            .some_record("follows", self.follows.as_ref())
            .some_record("cause", self.cause.as_ref())
            .some_person("wanted", self.wanted.as_ref())
            .line("customer", &self.customer)
            .line("title", &self.title)
            .text("reported", &self.reported)
            .some_text("need", self.need.as_deref())
            .some_line("reference", reference.filter(|_| self.source.is_none()))
            .some_imported("reference", reference.filter(|_| self.source.is_some()))
            .some_text("expedite", self.expedite.as_deref())
            .read_back(self.read_back.as_ref())
            .answers(&self.answers)
            .presumed(&self.presumed);
        self.more(facts)
    }

    /// What only some kinds have.
    fn more<'a>(&'a self, mut facts: Facts<'a>) -> Facts<'a> {
        if let Some(fault) = &self.fault {
            facts = facts
                .occurred("occurred_at", fault.occurred_at)
                .some_time("detected_at", fault.detected_at)
                .some_term("source", fault.source)
                .text("location", &fault.location)
                .text("symptom", &fault.symptom);
        }
        if let Some(complaint) = &self.complaint {
            facts = facts
                .term("trigger", complaint.trigger)
                .term("form", complaint.form)
                .some_term("prohibition", complaint.prohibition)
                .some_record("about", complaint.about.as_ref())
                .against("against", &complaint.against)
                .text("remedy", &complaint.remedy)
                .some_line("complainant_role", complaint.complainant_role.as_deref());
        }
        if let Some(source) = &self.source {
            let told = self.source_due.unwrap_or_default();
            facts = facts
                .imported("system", &source.system)
                .imported("number", &source.number)
                .clocks(&self.source_clocks)
                .due(DueTimes::default(), told);
        }
        if let Some(remark) = &self.remark {
            facts = facts
                .text("soothed", &remark.soothed)
                .of(Audience::Team)
                .some_term("mood", remark.mood);
        }
        facts
    }
}
