//! What events say, in the reader's words.

use serde_json::Value as Json;

use crate::{
    domain::{
        base::{
            ids::EventId,
            print::minute,
            terms::{Channel, Code, Field, Grade, Kind, PauseReason, Term},
        },
        history::{
            event::Event,
            facts::{Audience, Fact, Value},
            intake::{DueAt, Expected, Occurred},
            record::Record,
            steps::amend::Correction,
        },
    },
    report::{
        shapes::{FactValues, RecordValues},
        values::{Notes, Sources},
    },
    words::label::Label,
};

impl Sources<'_> {
    /// What a step recorded besides its note, as far as the reader may see it.
    pub(super) fn recorded(&self, record: &Record, event: &Event) -> Vec<FactValues> {
        let facts = event.facts().into_iter().filter(|fact| fact.name != "note");
        self.shown(record, &event.act.action().to_string(), facts)
    }

    /// What was told when the record was opened.
    pub(super) fn told_at_intake(&self, record: &Record) -> Vec<FactValues> {
        self.shown(record, "intake", record.intake.facts())
    }

    /// The note of a step, as far as the reader may see it.
    pub(super) fn note(&self, event: &Event) -> String {
        let note = event.stamp.note.clone().filter(|_| self.sees(event.act.note_audience()));
        note.unwrap_or_default()
    }

    /// False for a step whose every word is for others than the reader.
    pub(super) fn sees_any(&self, event: &Event) -> bool {
        let note = event.stamp.note.as_ref().map(|_| event.act.note_audience());
        let mut own =
            event.act.facts().into_iter().map(|fact| fact.audience).chain(note).peekable();
        own.peek().is_none() || own.any(|audience| self.sees(audience))
    }

    fn sees(&self, audience: Audience) -> bool {
        self.notes == Notes::All || audience == Audience::Everyone
    }

    fn shown<'f>(
        &self,
        record: &Record,
        of: &str,
        facts: impl IntoIterator<Item = Fact<'f>>,
    ) -> Vec<FactValues> {
        let seen = facts.into_iter().filter(|fact| self.sees(fact.audience));
        // paths, hashes and versions are for who looks into the desk
        let inner = |fact: &Fact<'_>| matches!(fact.value, Value::Name(_) | Value::Version(_));
        let seen = seen.filter(|fact| self.notes == Notes::All || !inner(fact));
        let values = seen.map(|fact| FactValues {
            name: fact.name.to_owned(),
            label: self.label_of(of, &fact),
            value: match fact.value {
                Value::Event(id) if fact.name == "attachment" => self.attachment(record, id),
                value => self.value_of(record, value),
            },
        });
        values.collect()
    }

    fn label_of(&self, of: &str, fact: &Fact<'_>) -> String {
        match fact.value {
            Value::Answer { question, .. } => self.question(question),
            Value::Correction(Correction { field, .. }) => self.words.term(*field).to_owned(),
            _ => self.words.fact(of, fact.name),
        }
    }

    /// The number of an attachment, by which commands name it, with what its file is called.
    fn attachment(&self, record: &Record, attached: &EventId) -> String {
        let mut numbered = (1_usize..).zip(&record.status.attachments);
        let found = numbered.find(|(_, entry)| entry.event == *attached);
        found.map_or_else(
            || attached.to_string(),
            |(number, entry)| self.words.remarked(&number.to_string(), &entry.name),
        )
    }

    /// The value in words; contacts are masked unless revealed.
    fn value_of(&self, record: &Record, value: Value<'_>) -> String {
        let (words, policy) = (self.words, self.policy);
        match value {
            Value::Text(text) | Value::Line(text) | Value::Name(text) | Value::Imported(text) => {
                text.to_owned()
            }
            Value::Answer { answer, .. } => answer.to_owned(),
            Value::Term { vocabulary, code } => words.open_term(vocabulary, code),
            Value::Channel(channel) | Value::Method(channel) => {
                words.open_term(Channel::VOCABULARY, channel.code())
            }
            Value::Code(code) => words.open_term(Code::VOCABULARY, code.code()),
            Value::PauseReason(reason) => words.open_term(PauseReason::VOCABULARY, reason.code()),
            Value::Category(id) => self.category_name(id),
            Value::CauseCategory(code) => self.cause_name(code),
            Value::Product(id) => self.product_name(id),
            Value::Criterion(id) => policy
                .levels
                .major_criterion(id)
                .map_or(id, |criterion| self.words.of_policy(&criterion.en, &criterion.zh))
                .to_owned(),
            Value::Person(person) => self.person(Some(person.as_str())),
            Value::Unit(unit) => {
                policy.units.get(unit).map_or(unit.as_str(), |known| &known.name).to_owned()
            }
            Value::LineOfSupport(line) => line.to_string(),
            Value::Contact(contact) | Value::Recipient(contact) => self.name_of(contact.as_str()),
            Value::Record(reference) => reference.record.to_string(),
            Value::Event(id) => match record.event(id) {
                Some(event) => {
                    let did = words.did(&event.act, record.status.kind);
                    words.remarked(&event.stamp.n.to_string(), did)
                }
                None => id.to_string(),
            },
            Value::Time(at)
            | Value::Known(at)
            | Value::Expected(Expected::At(at))
            | Value::Occurred(Occurred::At(at)) => minute(at),
            Value::Expected(Expected::Unstated) => words.label(Label::NoneStated).to_owned(),
            Value::Occurred(Occurred::Unknown) => words.label(Label::Unknown).to_owned(),
            Value::Month(month) => month.to_string(),
            Value::Number(number) | Value::Version(number) => number.to_string(),
            Value::Against(subject) => self.subject(subject),
            Value::Flag(true) => words.label(Label::Yes).to_owned(),
            Value::Flag(false) => words.label(Label::No).to_owned(),
            Value::Limit(limit) => words.limit(limit),
            Value::Agreement(terms) => words.agreement(terms, policy),
            Value::Due { before, after } => self.moved(before, after),
            Value::Question(asked) => self.words.of_policy(&asked.en, &asked.zh).to_owned(),
            Value::Correction(Correction { field, old, new }) => {
                format!("{} → {}", self.corrected(*field, old), self.corrected(*field, new))
            }
        }
    }

    /// The value of a field that was corrected, in words.
    fn corrected(&self, field: Field, value: &str) -> String {
        let words = self.words;
        let time = || value.parse().map_or_else(|_| value.to_owned(), minute);
        match field {
            _ if value.is_empty() => words.label(Label::NoneStated).to_owned(),
            Field::Kind => words.open_term(Kind::VOCABULARY, value),
            Field::Impact | Field::Urgency => words.open_term(Grade::VOCABULARY, value),
            Field::Channel => words.open_term(Channel::VOCABULARY, value),
            Field::Category => self.category_name(value),
            Field::Product => self.product_name(value),
            Field::Against => self.subject(value),
            Field::Contact => self.name_of(value),
            Field::ExpectedBy if value == "none" => words.label(Label::NoneStated).to_owned(),
            Field::ExpectedBy | Field::ReceivedAt => time(),
            Field::Title | Field::Need | Field::Customer | Field::Site | Field::ChannelText => {
                value.to_owned()
            }
        }
    }

    pub(super) fn category_name(&self, id: &str) -> String {
        let found = self.policy.catalog.category(id);
        found.map_or(id, |category| self.words.of_policy(&category.en, &category.zh)).to_owned()
    }

    pub(super) fn cause_name(&self, code: &str) -> String {
        let found = self.policy.catalog.cause(code);
        found.map_or(code, |cause| self.words.of_policy(&cause.en, &cause.zh)).to_owned()
    }

    pub(super) fn product_name(&self, id: &str) -> String {
        self.policy.catalog.product(id).map_or(id, |product| &product.name).to_owned()
    }

    fn moved(&self, before: Option<DueAt>, after: Option<DueAt>) -> String {
        match before {
            None => self.due(after),
            Some(_) => format!("{} → {}", self.due(before), self.due(after)),
        }
    }
}

/// What was told and stands nowhere in a report that displays the named fields: those that it does
/// not name, and those that were corrected since.
pub fn more(record: &RecordValues, displayed: &[&str], values: &Json) -> Vec<FactValues> {
    let is_there = |fact: &FactValues| match fact.name.as_str() {
        "answers" => record
            .answers
            .iter()
            .any(|known| known.question == fact.label && known.answer == fact.value),
        name => values[name]
            .as_str()
            .or_else(|| values["record"][name].as_str())
            .is_none_or(|there| there == fact.value),
    };
    let is_shown = |fact: &&FactValues| displayed.contains(&fact.name.as_str()) && is_there(fact);
    record.told.iter().filter(|fact| !is_shown(fact)).cloned().collect()
}
