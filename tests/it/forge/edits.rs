//! Every change of one value in a tree of values: another one, none, or one more.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::values::{Kind, Place, other, others};

/// A change of one value.
#[derive(Clone, Debug)]
pub(super) struct Edit {
    /// The field as people name it.
    pub(super) field: String,
    pub(super) kind: Kind,
    pub(super) label: String,
    /// Where it is, as a JSON pointer.
    pointer: String,
    change: Change,
}

#[derive(Clone, Debug)]
enum Change {
    Set(Value),
    Remove(String),
    Insert(String, Value),
}

/// Members that were seen in objects at a path, with a value of each.
pub(super) type Seen = BTreeMap<String, Map<String, Value>>;

impl Edit {
    /// Makes the change in the tree that it was found in.
    pub(super) fn make(&self, root: &mut Value) {
        let there = root.pointer_mut(&self.pointer).unwrap();
        match &self.change {
            Change::Set(value) => there.clone_from(value),
            Change::Remove(key) => {
                there.as_object_mut().unwrap().remove(key);
            }
            Change::Insert(key, value) => {
                there.as_object_mut().unwrap().insert(key.clone(), value.clone());
            }
        }
    }
}

/// Notes the members of all objects in a tree.
pub(super) fn see(value: &Value, path: &str, seen: &mut Seen) {
    match value {
        Value::Object(members) => {
            let known = seen.entry(path.to_owned()).or_default();
            for (key, value) in members {
                known.entry(key).or_insert(value.clone());
            }
            for (key, value) in members {
                see(value, &joined(path, key), seen);
            }
        }
        Value::Array(items) => {
            for item in items {
                see(item, &format!("{path}[]"), seen);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The changes of a tree that hangs at `pointer`, of members of its root that are wanted only.
pub(super) fn edits(
    value: &Value,
    path: &str,
    pointer: &str,
    place: &Place<'_>,
    seen: &Seen,
    wanted: &dyn Fn(&str) -> bool,
) -> Vec<Edit> {
    let mut walk = Walk { place, seen, made: Vec::new() };
    walk.object(value.as_object().unwrap(), path, pointer, wanted);
    walk.made
}

struct Walk<'a> {
    place: &'a Place<'a>,
    seen: &'a Seen,
    made: Vec<Edit>,
}

impl Walk<'_> {
    fn object(
        &mut self,
        members: &Map<String, Value>,
        path: &str,
        pointer: &str,
        wanted: &dyn Fn(&str) -> bool,
    ) {
        for (key, value) in members.iter().filter(|(key, _)| wanted(key)) {
            let field = joined(path, key);
            self.note(&field, Kind::Removed, "removed", pointer, Change::Remove(key.clone()));
            self.value(value, &field, &format!("{pointer}/{key}"));
        }
        let more = self.seen.get(path).into_iter().flatten();
        for (key, value) in more.filter(|(key, _)| wanted(key) && !members.contains_key(*key)) {
            let change = Change::Insert(key.clone(), value.clone());
            self.note(&joined(path, key), Kind::Added, "as elsewhere", pointer, change);
            if let Value::String(_) = value {
                let blank = Change::Insert(key.clone(), json!(""));
                self.note(&joined(path, key), Kind::Added, "empty", pointer, blank);
            }
        }
        let change = Change::Insert("nonsense".to_owned(), json!("x"));
        self.note(&joined(path, "nonsense"), Kind::Added, "unknown", pointer, change);
    }

    fn value(&mut self, value: &Value, field: &str, pointer: &str) {
        for other in others(field, value, self.place) {
            let change = Change::Set(other.value);
            self.note(field, other.kind, &other.label, pointer, change);
        }
        match value {
            Value::Object(members) => self.object(members, field, pointer, &|_| true),
            Value::Array(items) => {
                for (nth, item) in items.iter().enumerate().take(2) {
                    self.value(item, &format!("{field}[]"), &format!("{pointer}/{nth}"));
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    fn note(&mut self, field: &str, kind: Kind, label: &str, pointer: &str, change: Change) {
        let other = other(kind, label, Value::Null);
        self.made.push(Edit {
            field: field.to_owned(),
            kind: other.kind,
            label: other.label,
            pointer: pointer.to_owned(),
            change,
        });
    }
}

fn joined(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}
