//! A report as programs get it: records as `show --json` gives them, times with their offset, and
//! nothing where nothing is known.

use serde_json::{Map, Value};

use super::make::Making;
use crate::{
    answers::record::RecordWithContact,
    domain::base::{
        ids::RecordId,
        moment::{Moment, Use},
    },
};

/// Values beside a record that say in the reader's words what the record says itself.
const SAID_BY_RECORD: [&str; 7] = [
    "complaint",
    "criterion",
    "escalated",
    "followed_up_at",
    "handed_to",
    "handover_reason",
    "note",
];
/// The field that only the values of a record in the reader's words have.
const READERS: &str = "latest_note";

/// The values of a report for programs.
pub(super) fn for_programs(value: Value, making: &Making<'_, '_>) -> Value {
    match value {
        Value::Object(fields) if fields.contains_key(READERS) => record(fields, making),
        Value::Object(fields) => {
            let is_about_record = fields.get("record").is_some_and(|it| it.get(READERS).is_some());
            // what was told and has no place of its own in the report stands in the record as well
            let is_said =
                |name: &str| is_about_record && (SAID_BY_RECORD.contains(&name) || name == "more");
            let fields = fields.into_iter().filter(|(name, it)| !is_said(name) && it != "");
            Value::Object(fields.map(|(name, it)| (name, for_programs(it, making))).collect())
        }
        Value::Array(items) => {
            Value::Array(items.into_iter().map(|item| for_programs(item, making)).collect())
        }
        Value::String(text) => Value::String(with_offset(&text, making).unwrap_or(text)),
        Value::Null | Value::Bool(_) | Value::Number(_) => value,
    }
}

/// The record itself in the place of its values in the reader's words.
fn record(values: Map<String, Value>, making: &Making<'_, '_>) -> Value {
    let id = values.get("id").and_then(Value::as_str).and_then(|id| id.parse::<RecordId>().ok());
    let record = id.and_then(|id| making.view.record(&id).ok().flatten());
    let json = record.and_then(|record| {
        let contacts = making.view.contacts_of(&record).unwrap_or_default();
        let json = RecordWithContact::new(&record, &contacts, making.privacy());
        let mut json = serde_json::to_value(json).ok()?;
        // the answer says it once
        json.as_object_mut()?.remove("format");
        Some(json)
    });
    json.unwrap_or(Value::Object(values))
}

/// A minute of the desk's clock as an instant; `None` for any other text.
fn with_offset(text: &str, making: &Making<'_, '_>) -> Option<String> {
    let is_minute = text.len() == "2026-11-23 09:00".len()
        && text.char_indices().all(|(place, c)| match place {
            4 | 7 => c == '-',
            10 => c == ' ',
            13 => c == ':',
            _ => c.is_ascii_digit(),
        });
    let moment = is_minute.then(|| Moment::parse(text).ok()).flatten()?;
    let (now, zone) = (making.desk.now(), making.desk.zone);
    moment.resolve(now, Use::Instant, zone, None).ok().map(|at| at.to_string())
}
