//! How `redact` is decided: which event is meant, and that a text stands there that is not hidden yet.

use crate::domain::{
    base::{ids::EventId, terms::Role},
    deciding::{scene::Scene, steps::Decidable},
    history::{
        event::Event, record::Record, redaction::redactable, refusal::Refusal, roles::LEAD,
        steps::redact::Redact,
    },
};

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// The number of the event, or the end of its id.
    pub event: String,
    pub field: String,
    pub reason: String,
}

impl Decidable for Redact {
    type Request = Request;

    const MAY: &'static [Role] = LEAD;

    fn decide(request: Request, scene: &Scene<'_>) -> Result<Self, Refusal> {
        let Request { event, field, reason } = request;
        let record = scene.record;
        let meant = meant(record, &event)?;
        let known = redactable(record, meant);
        if !known.contains_key(field.as_str()) {
            let known = known.into_keys().map(str::to_owned).collect();
            return Err(Refusal::NoTextThere { event, given: field, known });
        }
        let id = &meant.stamp.id;
        if record.is_redacted(id, &field) {
            return Err(Refusal::RedactedBefore { event, field });
        }
        Ok(Self { event: id.clone(), field, reason })
    }

    fn request(&self) -> Self::Request {
        Request {
            event: self.event.to_string(),
            field: self.field.clone(),
            reason: self.reason.clone(),
        }
    }
}

/// What names an event of a record for [`meant`]: its number or, where two clones gave that twice, its id.
pub fn naming(record: &Record, n: u32, id: &EventId) -> String {
    let same = record.history.iter().filter(|event| event.stamp.n == n).count();
    if same == 1 { n.to_string() } else { id.to_string() }
}

/// The event of this number, where only one has it, or whose id ends so.
///
/// # Errors
/// [`Refusal::NoEventCalled`].
pub fn meant<'r>(record: &'r Record, given: &str) -> Result<&'r Event, Refusal> {
    let number = given.trim().parse::<u32>().ok();
    let numbered: Vec<_> =
        record.history.iter().filter(|event| Some(event.stamp.n) == number).collect();
    if let [event] = numbered[..] {
        return Ok(event);
    }
    let tail = given.trim().to_uppercase();
    let is_meant = |event: &&Event| !tail.is_empty() && event.stamp.id.as_str().ends_with(&tail);
    let called: Vec<_> = record.history.iter().filter(is_meant).collect();
    match (&called[..], &numbered[..]) {
        ([event], []) => Ok(event),
        (_, []) => {
            let numbers = record.history.iter().map(|event| event.stamp.n.to_string());
            Err(Refusal::NoEventCalled { given: given.to_owned(), known: numbers.collect() })
        }
        (_, several) => {
            let ids = several.iter().map(|event| event.stamp.id.to_string());
            Err(Refusal::NoEventCalled { given: given.to_owned(), known: ids.collect() })
        }
    }
}
