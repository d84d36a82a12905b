//! What is hidden of a record from whoever looks at it: the one place that decides.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use serde::{Serialize, de::DeserializeOwned};

use crate::domain::{
    base::{
        ids::EventId,
        terms::{Presumed, Term as _},
    },
    history::{
        event::Event,
        facts::{Fact, free_text},
        record::Record,
        rewriting::rewritten,
        steps::{Act, redact::Redact},
    },
};

/// What stands in the place of a hidden text where no language is spoken.
pub const REDACTED: &str = "[redacted]";

/// Keys under which a text and its corrections lie.
const OF_CORRECTIONS: [&str; 2] = ["old", "new"];

/// The texts of an event that can be hidden, by the fields that they stand in; of the event that opened
/// the record also those that were told.
pub fn redactable<'r>(
    record: &'r Record,
    event: &'r Event,
) -> BTreeMap<&'static str, Vec<&'r str>> {
    let opens = matches!(event.act, Act::Open(_));
    let intake = opens.then(|| record.intake.facts()).into_iter().flatten();
    let mut texts: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for fact in intake.chain(event.facts()) {
        if let Some(text) = hideable(&fact) {
            texts.entry(fact.name).or_default().push(text);
        }
    }
    texts
}

/// A text that no rule reads: whom or what a complaint is against is more than words.
fn hideable<'r>(fact: &Fact<'r>) -> Option<&'r str> {
    free_text(fact).filter(|text| fact.name != "against" && !text.is_empty())
}

/// A text that can be hidden and is not yet, as somebody picks it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownText<'r> {
    pub event: &'r Event,
    pub field: &'static str,
    pub texts: Vec<&'r str>,
}

impl Record {
    /// The texts of all events that can be hidden and are not yet.
    pub fn shown_texts(&self) -> Vec<ShownText<'_>> {
        let all = self.history.iter().flat_map(|event| {
            let texts = redactable(self, event).into_iter();
            texts.map(move |(field, texts)| ShownText { event, field, texts })
        });
        all.filter(|shown| !self.is_redacted(&shown.event.stamp.id, shown.field)).collect()
    }

    /// Whether what stands in a field of an event was redacted.
    pub fn is_redacted(&self, event: &EventId, field: &str) -> bool {
        self.redactions().any(|it| it.event == *event && it.field == field)
    }

    /// Whether a field of its intake repeats another, since nobody told it.
    pub fn repeats(&self, field: &str) -> bool {
        self.intake.presumed.iter().any(|what| what.code() == field)
    }

    /// The redactions in its history.
    pub fn redactions(&self) -> impl Iterator<Item = &Redact> {
        self.history.iter().filter_map(|event| match &event.act {
            Act::Redact(redact) => Some(&**redact),
            _ => None,
        })
    }

    /// The record as whoever looks may see it, with `mark` in place of what was redacted in it or, where it
    /// is looked at as it once was, `later`. The same text elsewhere in the record is hidden with
    /// it. Where nothing was redacted it is not copied.
    pub fn as_seen(&self, later: &[Redact], mark: &str) -> Cow<'_, Self> {
        let mut hidden = HiddenTexts { texts: BTreeMap::new(), mark };
        for Redact { event, field, .. } in self.redactions().chain(later) {
            let Some(event) = self.event(event) else { continue };
            let texts = redactable(self, event).remove(field.as_str()).unwrap_or_default();
            for text in texts {
                let fields = hidden.texts.entry(text.to_owned()).or_default();
                fields.insert(field.clone());
                let repeats = taken_from(field, &self.intake.presumed).into_iter();
                fields.extend(repeats.map(str::to_owned));
            }
        }
        if hidden.texts.is_empty() {
            return Cow::Borrowed(self);
        }
        let mut seen = self.clone();
        seen.intake = hidden.out_of(&self.intake);
        seen.history = self.history.iter().map(|event| hidden.out_of(event)).collect();
        // a status that the history does not give stays one
        seen.status =
            if self.replay() == self.status { seen.replay() } else { hidden.out_of(&self.status) };
        Cow::Owned(seen)
    }
}

/// The fields that nobody told and that repeat this one, or one that does.
fn taken_from<'f>(field: &'f str, presumed: &[Presumed]) -> Vec<&'f str> {
    let (mut fields, mut place) = (vec![field], 0);
    while let Some(from) = fields.get(place).copied() {
        for what in presumed.iter().filter(|what| what.taken_from().contains(&from)) {
            if !fields.contains(&what.code()) {
                fields.push(what.code());
            }
        }
        place += 1;
    }
    fields.split_off(1)
}

/// Texts that are hidden, each with the fields in which it was named.
struct HiddenTexts<'m> {
    texts: BTreeMap<String, BTreeSet<String>>,
    mark: &'m str,
}

impl HiddenTexts<'_> {
    fn out_of<T: Serialize + DeserializeOwned + Clone>(&self, told: &T) -> T {
        rewritten(told, |text, path| {
            if self.is_hidden(text, path) {
                self.mark.clone_into(text);
            }
        })
    }

    /// Whether a value at this path is hidden. A word that might as well be a code is so only in the
    /// field that was named: elsewhere it means something.
    fn is_hidden(&self, text: &str, path: &[String]) -> bool {
        let Some(fields) = self.texts.get(text) else { return false };
        let is_code = text.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-:+.".contains(&b));
        let is_named =
            |key: &String| fields.contains(key) || OF_CORRECTIONS.contains(&key.as_str());
        !is_code || path.iter().any(is_named)
    }
}
