//! A file of rules as text and as what it says: one value of it is changed where it stands, and every
//! other line stays as people wrote it.

use serde_json::Value;

use super::{
    error::{Error, PolicyFault, Result},
    flow_edit,
    git::FileChange,
    policy_edit::{comment, ended_as},
    yaml::{self, YamlError},
};
use crate::domain::{
    base::{
        document::Document,
        rule_place::{RulePlace, RuleStep},
    },
    history::merge::rules::{DOCUMENT, entry_key as entry_key_of, entry_name},
};

/// A file of rules.
#[derive(Clone, Debug)]
pub struct RuleText {
    path: &'static str,
    text: String,
    tree: Value,
}

/// A key that leads to no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoSuchRule {
    /// The part of the key that is not there.
    pub part: String,
    /// What could stand in its place; empty below a single value.
    pub known: Vec<String>,
}

impl RuleText {
    /// # Errors
    /// What is no YAML.
    pub fn read(path: &'static str, bytes: &[u8]) -> Result<Self> {
        let tree = match yaml::from_slice(bytes) {
            Err(YamlError::Empty) => Value::Null,
            tree => tree.map_err(|source| Error::broken(path, source))?,
        };
        Ok(Self { path, text: String::from_utf8_lossy(bytes).into_owned(), tree })
    }

    pub fn path(&self) -> &'static str {
        self.path
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// All that the file says.
    pub(super) fn tree(&self) -> &Value {
        &self.tree
    }

    /// What the file says of itself; `None` of the desk's own file, which says nothing.
    pub fn document(&self) -> Option<Document> {
        serde_json::from_value(self.tree.get(DOCUMENT)?.clone()).ok()
    }

    /// The value there; `None` where the file does not say it.
    pub fn value(&self, place: &RulePlace) -> Option<&Value> {
        place.steps().iter().try_fold(&self.tree, step_into)
    }

    /// The place of a key such as `limits.urgent.respond`. Entries of lists go by their id, or by their
    /// number from 0 on; of several versions of one id that is the newest, unless it says which: `gold@1`. The
    /// last parts may be new.
    pub fn place(&self, key: &str) -> std::result::Result<RulePlace, NoSuchRule> {
        let mut place = RulePlace::default();
        let mut here = Some(&self.tree);
        for part in key.split('.') {
            let no_such = |known: Vec<String>| NoSuchRule { part: part.to_owned(), known };
            place = match here {
                Some(Value::Array(items)) => {
                    let by_number = || part.parse().ok().filter(|nth| *nth < items.len());
                    let names = || (0..items.len()).map(|nth| called(items, nth)).collect();
                    let found = named_entry(items, part).or_else(by_number);
                    place.nth(found.ok_or_else(|| no_such(names()))?)
                }
                Some(Value::Object(_) | Value::Null) | None if !part.is_empty() => place.key(part),
                Some(Value::Object(keys)) => return Err(no_such(keys.keys().cloned().collect())),
                Some(_) | None => return Err(no_such(Vec::new())),
            };
            here = here.zip(place.steps().last()).and_then(|(here, step)| step_into(here, step));
        }
        Ok(place)
    }

    /// The version that [`Self::place`] takes for a key that names an entry of which there are several, and does
    /// not say which: `gold@2`.
    pub fn version_taken(&self, key: &str) -> Option<String> {
        let place = self.place(key).ok()?;
        let mut here = &self.tree;
        for (step, part) in place.steps().iter().zip(key.split('.')) {
            if let (Value::Array(items), RuleStep::Nth(nth)) = (here, step) {
                let several =
                    items.iter().filter_map(entry_key_of).filter(|(name, _)| *name == part);
                if several.count() > 1 {
                    let (name, version) = entry_key_of(items.get(*nth)?)?;
                    return Some(format!("{name}@{version}"));
                }
            }
            here = step_into(here, step)?;
        }
        None
    }

    /// The same with another value, spelled as YAML spells it; a word is one, without quotes.
    ///
    /// # Errors
    /// [`PolicyFault::NotReadBack`] where the file is spelled so that it cannot be put into its place.
    pub fn with(&self, place: &RulePlace, given: &str) -> Result<Self> {
        let read = yaml::from_slice::<Value>(given.as_bytes()).ok();
        let is_word = self.value(place).is_some_and(Value::is_string);
        // who says a remark sign in a word means it
        let is_whole = comment(given).is_none();
        let value = match read {
            Some(value) if value.is_string() && is_whole || !is_word => value,
            _ => Value::String(given.to_owned()),
        };
        let in_braces = || self.in_braces(place, &value, given);
        self.with_value(place, &value, given).or_else(|why| in_braces().ok_or(why))
    }

    /// The same with another value there on a line of its own, as somebody spelled it or as docket does.
    ///
    /// # Errors
    /// As [`Self::with`].
    pub(super) fn with_value(&self, place: &RulePlace, value: &Value, given: &str) -> Result<Self> {
        let mut wanted = self.tree.clone();
        put(&mut wanted, place.steps(), value);
        let quoted = yaml::to_text(value).map_err(|source| Error::broken(self.path, source))?;
        let spelled = [given.trim(), quoted.trim_end()].into_iter().filter(|it| !it.contains('\n'));
        let texts = spelled.filter_map(|spelled| match self.value(place) {
            Some(_) => self.replaced(place, spelled),
            None => self.added(place, spelled),
        });
        let text = texts.into_iter().find(|text| reads_as(text, &wanted));
        let text = text.ok_or_else(|| {
            let line = self.line_of(&place.first(self.known(place)));
            Error::policy(self.path, line, PolicyFault::NotReadBack)
        })?;
        Ok(Self { path: self.path, text, tree: wanted })
    }

    /// The same with another value among those that share its line; `None` where there are none.
    fn in_braces(&self, place: &RulePlace, value: &Value, given: &str) -> Option<Self> {
        let mut wanted = self.tree.clone();
        put(&mut wanted, place.steps(), value);
        let known = self.known(place);
        let line = self.line_of(&place.first(known))?;
        let spelled = [given.trim().to_owned(), value.to_string()].into_iter();
        let texts = spelled.filter(|it| !it.contains('\n')).flat_map(|spelled| {
            match entry(&place.steps()[known..], spelled.clone()) {
                Some(entry) => flow_edit::added(&self.text, line, &entry),
                None => flow_edit::replaced(&self.text, line, &spelled),
            }
        });
        let text = texts.into_iter().find(|text| reads_as(text, &wanted))?;
        Some(Self { path: self.path, text, tree: wanted })
    }

    /// How many steps of the way to a place lead to something that the file has.
    fn known(&self, place: &RulePlace) -> usize {
        let mut here = Some(&self.tree);
        let steps = place.steps().iter().take_while(|step| {
            here = here.and_then(|value| step_into(value, step)).filter(|value| !value.is_null());
            here.is_some()
        });
        steps.count()
    }

    fn line_of(&self, place: &RulePlace) -> Option<usize> {
        yaml::place::lines_of(&self.text, std::slice::from_ref(place)).pop().flatten()
    }

    /// Whole keys that lead to what `key` begins with, where it leaves out what that stands in:
    /// `limits.urgent.respond` of `urgent.respond`.
    pub fn meant(&self, key: &str) -> Vec<String> {
        let part = key.split('.').next().unwrap_or(key);
        let has = |value: &Value| match value {
            Value::Object(keys) => keys.contains_key(part),
            Value::Array(items) => named_entry(items, part).is_some(),
            _ => false,
        };
        let outer = self.tree.as_object().into_iter().flatten();
        let outer = outer.filter(|(outer, value)| *outer != DOCUMENT && has(value));
        outer.map(|(outer, _)| format!("{outer}.{key}")).collect()
    }

    /// What the file has at its top.
    pub fn top(&self) -> Vec<String> {
        self.tree.as_object().into_iter().flat_map(|keys| keys.keys().cloned()).collect()
    }

    /// The same with this value at a place, each part of it that is another one where it stands; `None`
    /// where one has no line of its own, or is gone.
    pub fn with_values(&self, place: &RulePlace, wanted: &Value) -> Option<Self> {
        match (self.value(place), wanted) {
            (Some(held), wanted) if held == wanted => Some(self.clone()),
            (held, Value::Object(keys))
                if !keys.is_empty() && held.is_none_or(Value::is_object) =>
            {
                let held = held.and_then(Value::as_object);
                if held.is_some_and(|held| held.keys().any(|key| !keys.contains_key(key))) {
                    return None;
                }
                keys.iter().try_fold(self.clone(), |file, (key, value)| {
                    file.with_values(&place.clone().key(key), value)
                })
            }
            (_, wanted) => {
                let plain = wanted.as_str().map_or_else(|| wanted.to_string(), str::to_owned);
                self.with_value(place, wanted, &plain).ok()
            }
        }
    }

    /// The same with another head; what stands beside its lines stays.
    ///
    /// # Errors
    /// As [`Self::with`].
    pub fn with_document(&self, document: &Document) -> Result<Self> {
        let head = |key: &str| RulePlace::of(DOCUMENT).key(key);
        let mut file = self.with(&head("version"), &document.version.to_string())?;
        file = file.with(&head("effective_on"), &document.effective_on.to_string())?;
        file.with(&head("approved_by"), &document.approved_by)
    }

    /// The place of a key that the file says.
    pub fn place_of(&self, key: &str) -> std::result::Result<RulePlace, NoSuchRule> {
        let place = self.place(key)?;
        let mut here = &self.tree;
        for (step, part) in place.steps().iter().zip(key.split('.')) {
            let Some(value) = step_into(here, step) else {
                let keys = here.as_object().into_iter().flat_map(|keys| keys.keys().cloned());
                return Err(NoSuchRule { part: part.to_owned(), known: keys.collect() });
            };
            here = value;
        }
        Ok(place)
    }

    /// The values that stand on a line of their own, by the keys that lead to them; not what the file says of
    /// itself.
    pub fn values(&self) -> Vec<(String, String)> {
        let mut values = Vec::new();
        for (key, value) in self.tree.as_object().into_iter().flatten() {
            if key != DOCUMENT {
                collect_values(key, value, &mut values);
            }
        }
        values
    }

    pub fn change(self) -> FileChange {
        FileChange { path: self.path.to_owned(), content: Some(self.text.into_bytes()) }
    }

    /// The text with another value on the line of this one; `None` where it has no line of its own.
    fn replaced(&self, place: &RulePlace, spelled: &str) -> Option<String> {
        let line = self.line_of(place)?;
        let mut lines: Vec<&str> = self.text.split_inclusive('\n').collect();
        let old = lines.get(line.checked_sub(1)?)?.trim_end_matches(['\n', '\r']);
        let ending = &lines[line - 1][old.len()..];
        let remark = comment(old).unwrap_or_default();
        let head = match place.steps().last()? {
            RuleStep::Key(key) => {
                let at = old.find(&format!("{key}:"))?;
                &old[..=at + key.len()]
            }
            RuleStep::Nth(_) => &old[..=old.find('-')?],
        };
        let gap = if remark.is_empty() { "" } else { " " };
        let new = format!("{head} {spelled}{gap}{remark}{ending}");
        lines[line - 1] = &new;
        Some(lines.concat())
    }

    /// The last line of a map of plain values; `None` where it holds others as well.
    fn last_line(&self, place: &RulePlace) -> Option<usize> {
        let keys = self.value(place)?.as_object()?;
        if keys.values().any(|value| value.is_object() || value.is_array()) {
            return None;
        }
        let places: Vec<_> = keys.keys().map(|key| place.clone().key(key)).collect();
        yaml::place::lines_of(&self.text, &places)
            .into_iter()
            .collect::<Option<Vec<_>>>()?
            .into_iter()
            .max()
    }

    /// The text with a key that it lacks, as the last in its map of plain values, the first in any other,
    /// or at the end of the file.
    fn added(&self, place: &RulePlace, spelled: &str) -> Option<String> {
        let (steps, known) = (place.steps(), self.known(place));
        let parent = place.first(known);
        let mut lines: Vec<String> = self.text.split_inclusive('\n').map(str::to_owned).collect();
        let (at, indent) = if known == 0 {
            (lines.len(), 0)
        } else {
            let line = self.line_of(&parent)?;
            let indent = lines.get(line - 1)?.find(|c: char| c != ' ')? + 2;
            (self.last_line(&parent).unwrap_or(line), indent)
        };
        if let Some(last) = lines.last_mut().filter(|last| !last.ends_with('\n')) {
            last.push('\n');
        }
        let mut added = String::new();
        for (depth, step) in steps[known..].iter().enumerate() {
            let RuleStep::Key(key) = step else { return None };
            let is_last = depth + 1 == steps.len() - known;
            let value = if is_last { format!(" {spelled}") } else { String::new() };
            added += &format!("{:width$}{key}:{value}\n", "", width = indent + 2 * depth);
        }
        lines.insert(at, added);
        Some(ended_as(&self.text, lines.concat()))
    }
}

/// A value as one line spells it; `None` of a map, and of a list of others than plain values.
pub fn spelled(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Array(items) if items.iter().any(|it| it.is_array() || it.is_object()) => None,
        Value::Object(_) => None,
        Value::Null => Some(String::new()),
        plain => Some(plain.to_string()),
    }
}

/// The plain values at and below a key, each with the key that leads to it.
fn collect_values(key: &str, value: &Value, values: &mut Vec<(String, String)>) {
    if let Some(spelled) = spelled(value) {
        return values.push((key.to_owned(), spelled));
    }
    for (inner, value) in value.as_object().into_iter().flatten() {
        collect_values(&format!("{key}.{inner}"), value, values);
    }
    for (nth, entry) in value.as_array().into_iter().flatten().enumerate() {
        let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
        collect_values(&format!("{key}.{}", called(items, nth)), entry, values);
    }
}

/// The key that leads to a place through an entry of a list that has a name; `None` of any other place.
pub(super) fn entry_key(tree: &Value, place: &RulePlace) -> Option<String> {
    let (mut here, mut has_name) = (Some(tree), false);
    let mut parts = Vec::new();
    for step in place.steps() {
        parts.push(match step {
            RuleStep::Key(key) => key.clone(),
            RuleStep::Nth(nth) => {
                let items = here.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
                has_name |= items.get(*nth).and_then(entry_name).is_some();
                called(items, *nth)
            }
        });
        here = here.and_then(|here| step_into(here, step));
    }
    has_name.then(|| parts.join("."))
}

/// A value with the keys that lead to it, as braces have them; `None` without a key.
fn entry(steps: &[RuleStep], spelled: String) -> Option<String> {
    let (RuleStep::Key(key), inner) = steps.split_first()? else { return None };
    let spelled = match entry(inner, spelled.clone()) {
        Some(entry) => format!("{{{entry}}}"),
        None => spelled,
    };
    Some(format!("{key}: {spelled}"))
}

/// What an item of a list goes by in a key: its name, with the version where a newer one has the same, or its
/// number where neither leads to it.
fn called(items: &[Value], nth: usize) -> String {
    let known = items.get(nth).and_then(entry_key_of);
    let names = known.map(|(name, version)| [name.to_owned(), format!("{name}@{version}")]);
    let own = names.into_iter().flatten().find(|name| named_entry(items, name) == Some(nth));
    own.unwrap_or_else(|| nth.to_string())
}

/// The item of a list that is called so: the first of its name, the newest where they have versions, or the
/// one of the version that is said.
fn named_entry(items: &[Value], part: &str) -> Option<usize> {
    let keys = || items.iter().enumerate().filter_map(|(nth, it)| Some((nth, entry_key_of(it)?)));
    let named = keys().filter(|(_, (name, _))| *name == part);
    let newest = named.rev().max_by_key(|(_, (_, version))| *version);
    let of_version = || {
        let (name, version) = part.rsplit_once('@')?;
        let wanted = (name, version.parse().ok()?);
        keys().find(|(_, key)| *key == wanted)
    };
    newest.or_else(of_version).map(|(nth, _)| nth)
}

fn step_into<'v>(value: &'v Value, step: &RuleStep) -> Option<&'v Value> {
    match step {
        RuleStep::Key(key) => value.get(key),
        RuleStep::Nth(nth) => value.get(nth),
    }
}

/// Puts a value at its place, with the maps that lead there.
fn put(tree: &mut Value, steps: &[RuleStep], value: &Value) {
    let Some((step, rest)) = steps.split_first() else {
        *tree = value.clone();
        return;
    };
    match step {
        RuleStep::Key(key) => {
            if !tree.is_object() {
                *tree = Value::Object(serde_json::Map::new());
            }
            put(&mut tree[key], rest, value);
        }
        RuleStep::Nth(nth) => {
            if let Some(item) = tree.get_mut(nth) {
                put(item, rest, value);
            }
        }
    }
}

fn reads_as(text: &str, wanted: &Value) -> bool {
    yaml::from_slice::<Value>(text.as_bytes()).is_ok_and(|read| read == *wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\
# limits
document:
  version: 1 # first
  effective_on: 2026-01-01

limits:
  urgent: # soon
    respond: 1h # promised
    resolve: 24h
level_of_priority: [urgent, general]
units:
- id: desk
  name: Desk
- id: network
  name: 网络
";

    fn file() -> RuleText {
        RuleText::read("policy/levels.yaml", TEXT.as_bytes()).unwrap()
    }

    fn set(key: &str, value: &str) -> String {
        let file = file();
        let place = file.place(key).unwrap();
        file.with(&place, value).unwrap().text
    }

    #[test]
    fn a_value_changes_where_it_stands_and_nothing_else_does() {
        for (key, value, old, new) in [
            ("limits.urgent.respond", "30m", "respond: 1h # promised", "respond: 30m # promised"),
            ("units.network.name", "Network: core", "name: 网络", "name: 'Network: core'"),
            ("units.0.name", "12", "name: Desk", "name: '12'"),
            ("level_of_priority", "[urgent]", "[urgent, general]", "[urgent]"),
            ("limits.urgent.ack", "5m", "resolve: 24h\n", "resolve: 24h\n    ack: 5m\n"),
            ("limits.major.ack", "5m", "limits:\n", "limits:\n  major:\n    ack: 5m\n"),
        ] {
            assert_eq!(set(key, value), TEXT.replace(old, new), "{key}");
        }
        assert_eq!(set("at_risk", "80"), format!("{TEXT}at_risk: 80\n"));
    }

    #[test]
    fn a_value_that_shares_its_line_changes_alone() {
        const TEXT: &str = "\
calendars: {} # none of their own
agreements:
- id: gold
  limits: # as signed
    fault: {urgent: {ack: 20m, respond: 1h}, general: {  ack: '{1h}' }} # {ack: 20m}
    request: {general: {ack: 1wd, respond: 2wd} }
    note: {text: \"a, }b\", 名: [a, b ]}
";
        let file = RuleText::read("policy/agreements.yaml", TEXT.as_bytes()).unwrap();
        for (key, value, old, new) in [
            ("limits.fault.urgent.ack", "15m", "{ack: 20m, respond", "{ack: 15m, respond"),
            ("limits.fault.urgent.respond", "20m", "respond: 1h}", "respond: 20m}"),
            ("limits.fault.general.ack", "2h", "'{1h}'", "2h"),
            ("limits.fault.urgent.resolve", "8h", "respond: 1h}", "respond: 1h, resolve: 8h}"),
            ("limits.fault.major.ack", "5m", "'{1h}' }}", "'{1h}' }, major: {ack: 5m}}"),
            ("limits.request.general", "{ack: 2wd}", "{ack: 1wd, respond: 2wd}", "{ack: 2wd}"),
            ("limits.note.text", "x, y", "\"a, }b\"", "\"x, y\""),
            ("limits.note.text", "x # y", "\"a, }b\"", "\"x # y\""),
            ("limits.note.名.1", "c", "[a, b ]", "[a, c ]"),
            ("limits.note.名", "[]", "[a, b ]", "[]"),
        ] {
            let place = file.place(&format!("agreements.gold.{key}")).unwrap();
            let set = file.with(&place, value).unwrap();
            assert_eq!(set.text, TEXT.replacen(old, new, 1), "{key}");
        }
        let early = file.place("calendars.early.week").unwrap();
        let set = file.with(&early, "daily").unwrap();
        assert_eq!(set.text, TEXT.replacen("{}", "{early: {week: daily}}", 1));
    }

    #[test]
    fn a_value_that_nothing_sets_apart_is_not_changed() {
        let text = "# one\nlimits: {urgent:\n  1h}\n";
        let file = RuleText::read("policy/levels.yaml", text.as_bytes()).unwrap();
        let refused = file.with(&file.place("limits.urgent").unwrap(), "2h").unwrap_err();
        assert!(refused.is_not_read_back());
        assert!(matches!(refused, Error::Policy { line: Some(2), .. }), "{refused:?}");
    }

    #[test]
    fn a_key_without_what_its_first_part_stands_in_is_completed() {
        assert_eq!(file().meant("urgent.respond"), ["limits.urgent.respond"]);
        assert_eq!(file().meant("network.name"), ["units.network.name"]);
        assert!(file().meant("soon.respond").is_empty());
    }

    #[test]
    fn a_key_that_leads_nowhere_is_told_with_what_is_there() {
        let fault = file().place("units.netwrk.name").unwrap_err();
        let known = ["desk", "network"].map(str::to_owned).to_vec();
        assert_eq!(fault, NoSuchRule { part: "netwrk".to_owned(), known });
        assert_eq!(file().place("limits.urgent.respond.soon").unwrap_err().part, "soon");
        assert_eq!(file().place("limits..respond").unwrap_err().known, ["urgent"]);
    }

    #[test]
    fn the_head_is_another_one_and_every_other_line_stays() {
        let document = file().document().unwrap();
        let raised = Document { version: 2, approved_by: "张伟".to_owned(), ..document };
        let text = file().with_document(&raised).unwrap().text;
        let day = "  effective_on: 2026-01-01\n";
        let expected = TEXT.replace("version: 1 # first", "version: 2 # first");
        assert_eq!(text, expected.replace(day, &format!("{day}  approved_by: 张伟\n")));
    }
}
