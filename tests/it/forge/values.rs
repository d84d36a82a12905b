//! Other values for a field, found by what stands there, so that nobody keeps a list of fields.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::library;

/// What sort of other value it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Valid,
    Invalid,
    Blank,
    Huge,
    Removed,
    Added,
}

/// Another value, with a word for it.
#[derive(Clone, Debug)]
pub(super) struct Other {
    pub(super) kind: Kind,
    pub(super) label: String,
    pub(super) value: Value,
}

/// Who and what there is on the desk, for values that name them.
#[derive(Clone, Debug, Default)]
pub(super) struct World {
    /// Contacts by name, with their customer.
    pub(super) contacts: BTreeMap<String, (String, String)>,
    /// Records with their customer and the event that opened them.
    pub(super) records: Vec<(String, String, String)>,
}

/// The record that a value stands in.
pub(super) struct Place<'a> {
    pub(super) world: &'a World,
    pub(super) record: &'a Value,
}

/// The people of the story's roster.
pub(super) const PEOPLE: &[&str] =
    &["zhang", "chen", "li", "wu", "sun", "mei", "gao", "lin", "nina", "old"];

/// Words that the desk's policy knows, by what they name.
const POLICY: &[(&str, &[&str])] = &[
    ("unit", &["desk", "network", "systems", "application", "supplier"]),
    (
        "category",
        &["network", "hardware", "software", "account", "supply", "change", "advice", "service"],
    ),
    ("product", &["points", "mail"]),
    (
        "cause",
        &["hardware", "software", "configuration", "power", "operation", "supplier", "unknown"],
    ),
    ("criterion", &["fire", "security", "outage", "data_loss", "misconduct"]),
];

/// Fields of one line.
const LINES: &[&str] = &["title", "customer", "reference", "name", "site"];

/// Of a vocabulary with more words only every other one is tried.
const MANY: usize = 8;

/// More characters than any text may have.
const LONG: usize = 30_000;
/// More characters than any line may have.
const LONG_LINE: usize = 5_000;

/// The other values for what stands at a path.
pub(super) fn others(path: &str, value: &Value, place: &Place<'_>) -> Vec<Other> {
    let mut others = match value {
        Value::Bool(yes) => vec![other(Kind::Valid, "flipped", json!(!yes))],
        Value::Number(number) => numbers(number.as_u64().unwrap_or_default()),
        Value::String(text) => texts(path, text, place),
        Value::Array(items) => lists(items),
        Value::Object(_) | Value::Null => Vec::new(),
    };
    others.retain(|other| other.value != *value);
    others
}

pub(super) fn other(kind: Kind, label: &str, value: Value) -> Other {
    Other { kind, label: label.to_owned(), value }
}

fn numbers(number: u64) -> Vec<Other> {
    let mut others = vec![
        other(Kind::Valid, "one more", json!(number + 1)),
        other(Kind::Invalid, "none", json!(0)),
        other(Kind::Huge, "255", json!(255)),
        other(Kind::Huge, "huge", json!(u32::MAX)),
    ];
    if number > 1 {
        others.push(other(Kind::Valid, "one less", json!(number - 1)));
    }
    others
}

fn lists(items: &[Value]) -> Vec<Other> {
    let mut others = vec![other(Kind::Blank, "nothing", json!([]))];
    if let Some(first) = items.first() {
        let twice: Vec<_> = items.iter().chain([first]).collect();
        others.push(other(Kind::Invalid, "one twice", json!(twice)));
        others.push(other(Kind::Valid, "one less", json!(&items[1..])));
    }
    others
}

fn texts(path: &str, text: &str, place: &Place<'_>) -> Vec<Other> {
    let blank = other(Kind::Blank, "empty", json!(""));
    let field = path.rsplit('.').next().unwrap_or(path).trim_end_matches("[]");
    let mut others = if let Some(others) = times(text) {
        others
    } else if is_id(text, "C-", 5) {
        contacts(text, place)
    } else if is_id(text, "R-", 12) {
        records(text, place)
    } else if text.len() == 26 && text.starts_with("01") {
        events(text, place)
    } else if text.len() == 40 && text.chars().all(|c| c.is_ascii_hexdigit()) {
        vec![
            other(Kind::Valid, "another hash", json!("a".repeat(40))),
            other(Kind::Invalid, "no hash", json!("z".repeat(40))),
        ]
    } else if PEOPLE.contains(&text) {
        people(text, field)
    } else {
        words(text)
    };
    if others.is_empty() {
        others = free(field);
    }
    others.push(blank);
    others
}

fn times(text: &str) -> Option<Vec<Other>> {
    let at = chrono::DateTime::parse_from_rfc3339(text).ok()?;
    let moved = |minutes: i64| json!((at + chrono::TimeDelta::minutes(minutes)).to_rfc3339());
    Some(vec![
        other(Kind::Valid, "a minute later", moved(1)),
        other(Kind::Valid, "a minute earlier", moved(-1)),
        other(Kind::Invalid, "long ago", json!("2020-01-01T09:00:00+08:00")),
        other(Kind::Invalid, "in 2031", json!("2031-01-01T09:00:00+08:00")),
        other(Kind::Invalid, "in another zone", json!(at.to_utc().to_rfc3339())),
    ])
}

fn contacts(text: &str, place: &Place<'_>) -> Vec<Other> {
    let own = place.record["status"]["customer"].as_str().unwrap_or_default();
    let mut others = vec![other(Kind::Invalid, "nobody", json!("C-ZZZZZ"))];
    for (name, (id, customer)) in &place.world.contacts {
        if id == text {
            continue;
        }
        let (kind, label) = match name.as_str() {
            "Nina Kraft" => (Kind::Invalid, "a colleague"),
            "Mr Hoo" => (Kind::Invalid, "somebody merged"),
            _ if customer == own => (Kind::Valid, "another person of the customer"),
            _ => (Kind::Invalid, "a person of another customer"),
        };
        others.push(other(kind, label, json!(id)));
    }
    others
}

fn records(text: &str, place: &Place<'_>) -> Vec<Other> {
    let own = &place.record["id"];
    let customer = place.record["status"]["customer"].as_str().unwrap_or_default();
    let mut others = vec![
        other(Kind::Invalid, "no record", json!("R-261124-ZZZZZ")),
        other(Kind::Invalid, "itself", own.clone()),
    ];
    for same in [true, false] {
        let found =
            place.world.records.iter().find(|(id, of, _)| {
                (of == customer) == same && id != text && own.as_str() != Some(id)
            });
        let (kind, label) = if same {
            (Kind::Valid, "another record of the customer")
        } else {
            (Kind::Invalid, "a record of another customer")
        };
        others.extend(found.map(|(id, _, _)| other(kind, label, json!(id))));
    }
    others
}

fn events(text: &str, place: &Place<'_>) -> Vec<Other> {
    let own = place.record["history"].as_array().into_iter().flatten();
    let own = own.map(|event| &event["id"]).find(|id| id.as_str() != Some(text));
    let of_another =
        place.world.records.iter().find(|(id, _, _)| place.record["id"].as_str() != Some(id));
    let mut others = vec![
        other(Kind::Invalid, "another tail", json!(format!("{}ZZZZZ", &text[..21]))),
        other(Kind::Invalid, "no id", json!("event")),
    ];
    others.extend(own.map(|id| other(Kind::Valid, "another event", id.clone())));
    let foreign = of_another
        .map(|(_, _, event)| other(Kind::Invalid, "an event of another record", json!(event)));
    others.extend(foreign);
    others
}

fn people(text: &str, field: &str) -> Vec<Other> {
    let mut others = vec![
        other(Kind::Invalid, "a stranger", json!("ghost")),
        other(Kind::Invalid, "somebody who left", json!("old")),
    ];
    for person in ["zhang", "chen", "sun", "mei", "wu"] {
        if person != text {
            let label = format!("another person: {person}");
            others.push(other(Kind::Valid, &label, json!(person)));
        }
    }
    if field == "against" {
        others.push(other(Kind::Valid, "a unit", json!("systems")));
    }
    others
}

/// Other words of the vocabularies that have this one; nothing for a free text.
fn words(text: &str) -> Vec<Other> {
    let known = library::vocabularies(text).into_iter().map(|words| ("word", words));
    let policy = POLICY.iter().filter(|(_, words)| words.contains(&text));
    let policy = policy.map(|(what, words)| (*what, words.to_vec()));
    let vocabularies: Vec<(&str, Vec<&str>)> = known.chain(policy).collect();
    if vocabularies.is_empty() {
        return Vec::new();
    }
    let mut others = vec![other(Kind::Invalid, "no word", json!("nonsense"))];
    for (what, words) in vocabularies {
        let every = if words.len() > MANY { 2 } else { 1 };
        for word in words.into_iter().step_by(every).filter(|word| *word != text) {
            let (kind, label) = if library::is_deaf(word) {
                (Kind::Invalid, format!("a deaf channel: {word}"))
            } else {
                (Kind::Valid, format!("another {what}: {word}"))
            };
            others.push(other(kind, &label, json!(word)));
        }
    }
    others
}

fn free(field: &str) -> Vec<Other> {
    let long = if LINES.contains(&field) { LONG_LINE } else { LONG };
    vec![
        other(Kind::Valid, "another text", json!("something else")),
        other(Kind::Invalid, "a control character", json!("bell\u{7}s")),
        other(Kind::Invalid, "an untidy text", json!("  blanks at the end  ")),
        other(Kind::Blank, "blanks", json!("   ")),
        other(Kind::Huge, "long", json!("long ".repeat(long / 5) + "text")),
    ]
}

fn is_id(text: &str, prefix: &str, tail: usize) -> bool {
    text.strip_prefix(prefix).is_some_and(|rest| {
        rest.len() == tail && rest.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    })
}
