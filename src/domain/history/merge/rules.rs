//! What two clones made of one file of rules, as one.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

/// The key under which a file of rules says what it is.
pub const DOCUMENT: &str = "document";
/// By these an entry of a list is called.
const ENTRY_NAMES: [&str; 4] = ["id", "code", "key", "reason"];
/// What stands between two people who approved, or read through, a part each.
const BOTH: &str = "; ";

/// What a list of plain values is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlainLists {
    /// One value: what both sides changed is two.
    Values,
    /// As many values as it has: what either side added stays, what either took away goes.
    Sets,
}

/// Two values for one rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct TwoValues;

type Merged = Result<Option<Value>, TwoValues>;

/// How an entry of a list of rules is called; `None` for one that has no name.
pub fn entry_name(entry: &Value) -> Option<&str> {
    ENTRY_NAMES.iter().find_map(|name| entry.get(name)?.as_str())
}

/// By what an entry of a list is known again: one that has versions is another one in each.
pub fn entry_key(entry: &Value) -> Option<(&str, u64)> {
    let version = entry.get("version").and_then(Value::as_u64).unwrap_or_default();
    Some((entry_name(entry)?, version))
}

/// Rules value by value, and entries of lists by their names: what one side changed is taken. New entries
/// of `theirs` come behind those of `ours`; the head counts the changes of both. `None` where both made
/// something else of one value.
pub fn rules(base: &Value, ours: &Value, theirs: &Value, lists: PlainLists) -> Option<Value> {
    let (Value::Object(one), Value::Object(other)) = (ours, theirs) else {
        return joined(Some(base), Some(ours), Some(theirs), lists).ok()?;
    };
    let mut merged = Map::new();
    for key in one.keys().chain(other.keys()).collect::<BTreeSet<_>>() {
        let sides = [base.get(key), one.get(key), other.get(key)];
        let value = match sides {
            [base, Some(Value::Object(one)), Some(Value::Object(other))] if key == DOCUMENT => {
                Some(Value::Object(heads(base.and_then(Value::as_object), one, other)))
            }
            [base, one, other] => joined(base, one, other, lists).ok()?,
        };
        merged.extend(value.map(|value| (key.clone(), value)));
    }
    Some(Value::Object(merged))
}

/// The head of rules of which both sides changed something: as many versions on as both made, in force from
/// the later day, by whoever put either part in force.
fn heads(
    base: Option<&Map<String, Value>>,
    one: &Map<String, Value>,
    other: &Map<String, Value>,
) -> Map<String, Value> {
    let mut merged = Map::new();
    for key in one.keys().chain(other.keys()).collect::<BTreeSet<_>>() {
        let told = [base.and_then(|base| base.get(key)), one.get(key), other.get(key)];
        let value = match told {
            [Some(base), Some(value), same] | [Some(base), same, Some(value)]
                if same == Some(base) && key != "version" =>
            {
                Some(value.clone())
            }
            [base, Some(one), Some(other)] => Some(both_heads(key, base, one, other)),
            [None, one, other] => one.or(other).cloned(),
            // one side took it away
            [Some(_), _, _] => None,
        };
        merged.extend(value.map(|value| (key.clone(), value)));
    }
    merged
}

/// What both sides say under one key of the head.
fn both_heads(key: &str, base: Option<&Value>, one: &Value, other: &Value) -> Value {
    if let (Some(one), Some(other)) = (one.as_i64(), other.as_i64()) {
        let base = base.and_then(Value::as_i64).unwrap_or_default();
        return one.saturating_add(other).saturating_sub(base).max(one).max(other).into();
    }
    let text = |value: &Value| value.as_str().map(str::to_owned).unwrap_or_default();
    let (one, other) = (text(one), text(other));
    if key == "effective_on" {
        // days are spelled so that they sort
        return one.max(other).into();
    }
    let names: BTreeSet<&str> = one.split(BOTH).chain(other.split(BOTH)).collect();
    let names: Vec<&str> = names.into_iter().filter(|name| !name.is_empty()).collect();
    names.join(BOTH).into()
}

fn joined(
    base: Option<&Value>,
    ours: Option<&Value>,
    theirs: Option<&Value>,
    lists: PlainLists,
) -> Merged {
    if ours == theirs || theirs == base {
        return Ok(ours.cloned());
    }
    if ours == base {
        return Ok(theirs.cloned());
    }
    match (ours, theirs) {
        (Some(Value::Object(one)), Some(Value::Object(other))) => {
            let mut merged = Map::new();
            for key in one.keys().chain(other.keys()).collect::<BTreeSet<_>>() {
                let base = base.and_then(|base| base.get(key));
                let value = joined(base, one.get(key), other.get(key), lists)?;
                merged.extend(value.map(|value| (key.clone(), value)));
            }
            Ok(Some(Value::Object(merged)))
        }
        (Some(Value::Array(one)), Some(Value::Array(other))) => {
            let base = base.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
            let all = || base.iter().chain(one).chain(other);
            if all().all(|entry| entry_key(entry).is_some()) {
                return entries(base, one, other, lists).map(|all| Some(Value::Array(all)));
            }
            if lists == PlainLists::Sets && all().all(Value::is_string) {
                return Ok(Some(Value::Array(sets(base, one, other))));
            }
            Err(TwoValues)
        }
        _ => Err(TwoValues),
    }
}

/// The entries of a list by their names, none of which any side may have twice.
fn entries(
    base: &[Value],
    one: &[Value],
    other: &[Value],
    lists: PlainLists,
) -> Result<Vec<Value>, TwoValues> {
    for side in [base, one, other] {
        let names: BTreeSet<_> = side.iter().map(entry_key).collect();
        if names.len() != side.len() {
            return Err(TwoValues);
        }
    }
    let known = |of: &[Value], key| of.iter().find(|entry| entry_key(entry) == key).cloned();
    let mut merged = Vec::new();
    let new = other.iter().filter(|entry| known(one, entry_key(entry)).is_none());
    for entry in one.iter().chain(new) {
        let [base, one, other] = [base, one, other].map(|of| known(of, entry_key(entry)));
        merged.extend(joined(base.as_ref(), one.as_ref(), other.as_ref(), lists)?);
    }
    Ok(merged)
}

fn sets(base: &[Value], one: &[Value], other: &[Value]) -> Vec<Value> {
    let is_gone = |it: &&Value| base.contains(it) && !(one.contains(it) && other.contains(it));
    let new = other.iter().filter(|it| !one.contains(it));
    one.iter().chain(new).filter(|it| !is_gone(it)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn merged(base: &Value, one: &Value, other: &Value) -> Option<Value> {
        rules(base, one, other, PlainLists::Sets)
    }

    #[test]
    fn what_one_side_changed_is_taken_and_what_both_changed_is_two_values() {
        let base = json!({"a": 1, "b": {"c": 2, "d": 3}});
        for (one, other, together) in [
            (
                json!({"a": 2, "b": {"c": 2, "d": 3}}),
                json!({"a": 1, "b": {"c": 2, "d": 4}}),
                Some(json!({"a": 2, "b": {"c": 2, "d": 4}})),
            ),
            (
                json!({"a": 1, "b": {"c": 2}}),
                json!({"a": 1, "b": {"c": 5, "d": 3}, "e": []}),
                Some(json!({"a": 1, "b": {"c": 5}, "e": []})),
            ),
            (json!({"a": 2, "b": {}}), json!({"a": 3, "b": {"c": 2, "d": 3}}), None),
            (json!({"a": 1}), json!({"a": 1, "b": {"c": 9, "d": 3}}), None),
        ] {
            assert_eq!(merged(&base, &one, &other), together, "{one} {other}");
            assert_eq!(merged(&base, &other, &one), together, "{other} {one}");
        }
    }

    #[test]
    fn entries_go_by_their_names_and_lists_of_plain_values_as_told() {
        let base = json!({"people": [{"id": "ann", "roles": ["agent", "lead"]}]});
        let one = json!({"people": [{"id": "ann", "roles": ["agent"]}, {"id": "li", "name": "Li", "roles": []}]});
        let other = json!({"people": [
            {"id": "ann", "roles": ["agent", "lead", "auditor"]}, {"id": "wu", "roles": []}]});
        let ids = |of: &Value| -> Vec<String> {
            let entries = of["people"].as_array().unwrap().iter();
            entries.map(|it| it["id"].as_str().unwrap().to_owned()).collect()
        };
        let together = merged(&base, &one, &other).unwrap();
        assert_eq!(ids(&together), ["ann", "li", "wu"]);
        assert_eq!(together["people"][0]["roles"], json!(["agent", "auditor"]));
        assert_eq!(ids(&merged(&base, &other, &one).unwrap()), ["ann", "wu", "li"]);
        assert_eq!(rules(&base, &one, &other, PlainLists::Values), None);
        // the same id for two people
        let another = json!({"people": [base["people"][0], {"id": "li", "name": "Lei"}]});
        assert_eq!(merged(&base, &one, &another), None);
        // two versions of one agreement
        let version = |of: u32| json!({"id": "gold", "version": of});
        let versions = |all: &[u32]| json!({"agreements": all.iter().map(|of| version(*of)).collect::<Vec<_>>()});
        let both =
            rules(&versions(&[1]), &versions(&[1, 2]), &versions(&[1, 3]), PlainLists::Values);
        assert_eq!(both, Some(versions(&[1, 2, 3])));
        // somebody whom one side removed, and nobody changed
        let gone = json!({"people": [{"id": "wu", "roles": []}]});
        assert_eq!(ids(&merged(&base, &base, &gone).unwrap()), ["wu"]);
    }

    #[test]
    fn the_head_counts_the_changes_of_both_sides() {
        let head = |version: u32, day: &str, by: &str| json!({"document": {"version": version, "effective_on": day, "approved_by": by}});
        let base = head(4, "2026-01-01", "Ann");
        let (one, other) = (head(5, "2026-11-02", "Li"), head(6, "2026-11-01", "Wu"));
        assert_eq!(merged(&base, &one, &other), Some(head(7, "2026-11-02", "Li; Wu")));
        assert_eq!(merged(&base, &one, &one), Some(head(6, "2026-11-02", "Li")));
        assert_eq!(merged(&base, &one, &base), Some(one.clone()));
        assert_eq!(merged(&json!({}), &one, &other), Some(head(11, "2026-11-02", "Li; Wu")));
    }
}
