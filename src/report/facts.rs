//! What events say, in the reader's words.

use serde_json::Value as Json;

use crate::{
    domain::{
        event::Event,
        history::{
            facts::{Audience, Fact, Value},
            steps::amend::Correction,
        },
        intake::{DueAt, Expected, Intake, Occurred},
        terms::{Channel, Code, PauseReason},
    },
    report::{
        shapes::{FactValues, RecordValues},
        values::{Notes, Sources, time},
    },
    words::label::Label,
};

impl Sources<'_> {
    /// What a step recorded besides its note, as far as the reader may see it.
    pub(super) fn recorded(&self, event: &Event) -> Vec<FactValues> {
        let facts = event.facts().into_iter().filter(|fact| fact.name != "note");
        self.shown(&event.act.action().to_string(), facts)
    }

    /// What was told when the record was opened.
    pub(super) fn told_at_intake(&self, intake: &Intake) -> Vec<FactValues> {
        self.shown("intake", intake.facts())
    }

    /// The note of a step, as far as the reader may see it.
    pub(super) fn note(&self, event: &Event) -> String {
        let note = event.stamp.note.clone().filter(|_| self.sees(event.act.note_audience()));
        note.unwrap_or_default()
    }

    fn sees(&self, audience: Audience) -> bool {
        self.notes == Notes::All || audience == Audience::Everyone
    }

    fn shown<'f>(&self, of: &str, facts: impl IntoIterator<Item = Fact<'f>>) -> Vec<FactValues> {
        let seen = facts.into_iter().filter(|fact| self.sees(fact.audience));
        let values = seen.map(|fact| FactValues {
            name: fact.name.to_owned(),
            label: self.label_of(of, &fact),
            value: self.value_of(fact.value),
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

    /// The value in words; contacts are masked unless revealed.
    fn value_of(&self, value: Value<'_>) -> String {
        let (words, policy) = (self.words, self.policy);
        match value {
            Value::Text(text) | Value::Line(text) | Value::Name(text) => text.to_owned(),
            Value::Answer { answer, .. } => answer.to_owned(),
            Value::Term { vocabulary, code } => words.open_term(vocabulary, code),
            Value::Channel(channel) | Value::Method(channel) => {
                words.open_term(Channel::VOCABULARY, channel.code())
            }
            Value::Code(code) => words.open_term(Code::VOCABULARY, code.code()),
            Value::PauseReason(reason) => words.open_term(PauseReason::VOCABULARY, reason.code()),
            Value::Category(id) => policy
                .catalog
                .category(id)
                .map_or(id, |category| self.either(&category.en, &category.zh))
                .to_owned(),
            Value::Product(id) => {
                policy.catalog.product(id).map_or(id, |product| &product.name).to_owned()
            }
            Value::Criterion(id) => policy
                .levels
                .major_criterion(id)
                .map_or(id, |criterion| self.either(&criterion.en, &criterion.zh))
                .to_owned(),
            Value::Person(person) => self.person(Some(person.as_str())),
            Value::Unit(unit) => {
                policy.units.get(unit).map_or(unit.as_str(), |known| &known.name).to_owned()
            }
            Value::LineOfSupport(line) => line.to_string(),
            Value::Contact(contact) | Value::Recipient(contact) => self.name_of(contact.as_str()),
            Value::Record(reference) => reference.record.to_string(),
            Value::Event(event) => event.to_string(),
            Value::Time(at)
            | Value::Known(at)
            | Value::Expected(Expected::At(at))
            | Value::Occurred(Occurred::At(at)) => time(at),
            Value::Expected(Expected::Unstated) => words.label(Label::NoneStated).to_owned(),
            Value::Occurred(Occurred::Unknown) => words.label(Label::Unknown).to_owned(),
            Value::Month(month) => month.to_string(),
            Value::Number(number) | Value::Version(number) => number.to_string(),
            Value::Against(subject) => self.subject(subject),
            Value::Flag(true) => words.label(Label::Yes).to_owned(),
            Value::Flag(false) => words.label(Label::No).to_owned(),
            Value::Limit(limit) => words.limit(limit),
            Value::Due { before, after } => self.moved(before, after),
            Value::Question(asked) => self.either(&asked.en, &asked.zh).to_owned(),
            Value::Correction(Correction { old, new, .. }) => format!("{old} → {new}"),
        }
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
pub(super) fn more(record: &RecordValues, displayed: &[&str], values: &Json) -> Vec<FactValues> {
    let is_shown = |fact: &&FactValues| {
        let there = values[&fact.name].as_str().or_else(|| values["record"][&fact.name].as_str());
        displayed.contains(&fact.name.as_str()) && there.is_none_or(|there| there == fact.value)
    };
    record.told.iter().filter(|fact| !is_shown(fact)).cloned().collect()
}
