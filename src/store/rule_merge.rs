//! One file of rules of which both sides of a merge made something else: the rules value by value, and of
//! the text as much as goes together.

use serde_json::{Map, Value};

use crate::{
    domain::{
        base::rule_place::RulePlace,
        deciding::policy::people::People,
        history::merge::rules::{self, DOCUMENT, PlainLists, entry_key},
    },
    store::{
        entry_edit,
        error::{Error, Result},
        git::{FileChange, merge::lines_merged},
        layout,
        merge::DeskMerge,
        policy_edit::{ended_as, with_section},
        rule_edit::RuleText,
        view::View,
        yaml,
    },
};

/// Why two sides of a file of rules are not made one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RulesClash {
    /// Both made something else of one value, or of the same lines.
    Values,
    /// Together they would give this address to two people.
    SharedEmail(String),
    /// Together they would leave nobody who may change the roster.
    NoLead,
}

/// The file at `path` out of its bytes as it was and as it is on each side, or why a person is to make it.
/// Which side is which makes no difference.
///
/// # Errors
/// A side that cannot be read.
pub(super) fn of_rules(
    path: &'static str,
    sides: [&[u8]; 3],
) -> Result<std::result::Result<Vec<u8>, RulesClash>> {
    let [base, ours, theirs] = sides;
    let (one, other) = if theirs < ours { (theirs, ours) } else { (ours, theirs) };
    let base = RuleText::read(path, base)?;
    let (one, other) = (RuleText::read(path, one)?, RuleText::read(path, other)?);
    let lists = if path == layout::PEOPLE { PlainLists::Sets } else { PlainLists::Values };
    let wanted = rules::rules(base.tree(), one.tree(), other.tree(), lists);
    let Some(wanted) = wanted else { return Ok(Err(RulesClash::Values)) };
    if path == layout::PEOPLE
        && let Err(clash) = makes_a_roster(&wanted, [one.tree(), other.tree()])
    {
        return Ok(Err(clash));
    }
    let by_lines = [&base, &one, &other].map(|side| with_head(side, &wanted));
    let by_lines = match by_lines.each_ref().map(Option::as_ref) {
        [Some(base), Some(one), Some(other)] => {
            lines_merged([base, one, other].map(|side| side.text().as_bytes()))
        }
        _ => None,
    };
    let sorted = in_order(&wanted);
    let reads = |text: &Vec<u8>| {
        yaml::from_slice::<Value>(text).is_ok_and(|read| in_order(&read) == sorted)
    };
    if let Some(by_lines) = by_lines.filter(reads) {
        return Ok(Ok(by_lines));
    }
    let by_values = by_values(&one, &other, &wanted)?.into_bytes();
    Ok(Some(by_values).filter(reads).ok_or(RulesClash::Values))
}

/// The files of rules by which nobody could work once two sides are one, although each side's hold; of a
/// merge of the second into the first.
///
/// # Errors
/// What cannot be read.
pub fn rules_apart([ours, theirs]: [&View<'_>; 2], merge: &DeskMerge) -> Result<Vec<String>> {
    let is_rule = |path: &str| path == layout::DESK || path.starts_with(layout::POLICY);
    let mut files: Vec<FileChange> =
        merge.files.iter().filter(|file| is_rule(&file.path)).cloned().collect();
    for path in merge.taken.iter().filter(|path| is_rule(path)) {
        files.push(FileChange { path: path.clone(), content: theirs.bytes(path)? });
    }
    if files.is_empty() {
        return Ok(Vec::new());
    }
    let faults = ours.changed(&files).faults_of_merge([ours, theirs])?.into_iter();
    Ok(faults.map(|(path, _)| path).collect())
}

/// Whether people of two sides are a roster together: each address is one person's, and somebody who stays
/// may change it where that was so.
fn makes_a_roster(wanted: &Value, sides: [&Value; 2]) -> std::result::Result<(), RulesClash> {
    let read = |rules: &Value| serde_json::from_value::<People>(rules.clone()).ok();
    let merged = read(wanted).ok_or(RulesClash::Values)?;
    if let Some((_, email)) = merged.shared_email() {
        return Err(RulesClash::SharedEmail(email.to_owned()));
    }
    let was_led = sides.into_iter().any(|side| read(side).is_some_and(|side| side.is_led()));
    if merged.is_led() || !was_led { Ok(()) } else { Err(RulesClash::NoLead) }
}

/// The same rules with the entries of lists by their names.
fn in_order(rules: &Value) -> Value {
    match rules {
        Value::Array(items) => {
            let mut items: Vec<Value> = items.iter().map(in_order).collect();
            if items.iter().all(|item| entry_key(item).is_some()) {
                items.sort_by(|a, b| entry_key(a).cmp(&entry_key(b)));
            }
            Value::Array(items)
        }
        Value::Object(keys) => {
            keys.iter().map(|(key, value)| (key.clone(), in_order(value))).collect()
        }
        plain => plain.clone(),
    }
}

/// The file with the head that both sides have together: it keeps no lines apart then. `None` where it
/// cannot be put into its place.
fn with_head(file: &RuleText, wanted: &Value) -> Option<RuleText> {
    match wanted.get(DOCUMENT) {
        Some(head) if file.tree().get(DOCUMENT).is_some() => {
            file.with_values(&RulePlace::of(DOCUMENT), head)
        }
        _ => Some(file.clone()),
    }
}

/// The text of one side with what the other one changed.
fn by_values(one: &RuleText, other: &RuleText, wanted: &Value) -> Result<String> {
    let keys = |of: &Value| of.as_object().cloned().unwrap_or_default();
    let mut file = one.clone();
    for (key, value) in keys(wanted) {
        if one.value(&RulePlace::of(&key)) != Some(&value) {
            file = with_key(&file, other, &key, value)?;
        }
    }
    for (key, _) in keys(one.tree()).into_iter().filter(|(key, _)| wanted.get(key).is_none()) {
        file = section_of(&file, &key, "")?;
    }
    Ok(file.text().to_owned())
}

/// The file with this value of a key: in the lines of both sides as far as it goes, else spelled anew.
fn with_key(file: &RuleText, other: &RuleText, key: &str, wanted: Value) -> Result<RuleText> {
    let broken = |source| Error::broken(other.path(), source);
    let place = RulePlace::of(key);
    let edited = match (&wanted, file.value(&place), other.value(&place)) {
        (Value::Array(all), Some(Value::Array(before)), Some(Value::Array(theirs))) => {
            let texts = [file.text(), other.text()];
            let text = entry_edit::with_entries_of(texts, key, before, theirs, all);
            let edited = text.map_err(broken)?;
            edited.map(|text| RuleText::read(file.path(), text.as_bytes())).transpose()?
        }
        _ => file.with_values(&place, &wanted),
    };
    if let Some(edited) = edited.filter(|edited| edited.value(&place) == Some(&wanted)) {
        return Ok(edited);
    }
    let section = Map::from_iter([(key.to_owned(), wanted)]);
    section_of(file, key, &yaml::to_text(&section).map_err(broken)?)
}

/// The file with another section of one key, spelled anew.
fn section_of(file: &RuleText, key: &str, section: &str) -> Result<RuleText> {
    let text = ended_as(file.text(), with_section(file.text(), key, section));
    RuleText::read(file.path(), text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PEOPLE: &str = "\
# who
document:
  version: 1
  effective_on: 2026-01-01
people:
- id: ann # the founder
  name: Ann
  emails:
  - ann@example.com
  roles: [agent, team_lead]
  active_from: 2026-01-01
";

    const LEVELS: &str = "\
document:
  version: 3 # of the year
  effective_on: 2026-01-01
  approved_by: Ann
limits:
  urgent: {respond: 1h, resolve: 24h}
  general:
    respond: 1wd # by phone
    resolve: 5wd
    ack: 30m
";

    fn person(id: &str) -> String {
        format!(
            "- id: {id} # {id}\n  name: {id}\n  emails: [{id}@example.com]\n  roles:\n  - agent\n  \
             active_from: 2026-11-01\n"
        )
    }

    fn merged(path: &'static str, base: &str, one: &str, other: &str) -> Option<String> {
        let join = |sides: [&str; 3]| of_rules(path, sides.map(str::as_bytes)).unwrap();
        let text = join([base, one, other]);
        assert_eq!(text, join([base, other, one]), "whoever merges");
        text.map(|text| String::from_utf8(text).unwrap()).ok()
    }

    #[test]
    fn two_people_who_were_added_are_both_there_with_their_comments() {
        let (li, wu) = (person("li"), person("wu"));
        let [one, other] = [&li, &wu].map(|who| format!("{PEOPLE}{who}"));
        assert_eq!(
            merged(layout::PEOPLE, PEOPLE, &one, &other).unwrap(),
            format!("{PEOPLE}{li}{wu}")
        );
        // the same person on both is one
        assert_eq!(
            merged(layout::PEOPLE, PEOPLE, &format!("{one}{wu}"), &other).unwrap(),
            format!("{PEOPLE}{li}{wu}")
        );
        // what one side changed of somebody goes together with somebody new
        let auditor = PEOPLE.replace("team_lead]", "team_lead, auditor]");
        assert_eq!(
            merged(layout::PEOPLE, PEOPLE, &auditor, &other).unwrap(),
            format!("{auditor}{wu}")
        );
    }

    #[test]
    fn people_who_are_no_roster_together_are_left_to_a_person() {
        let with = |who: &str| format!("{PEOPLE}{who}");
        let li = person("li");
        let other_li = li.replace("name: li", "name: Li");
        assert_eq!(merged(layout::PEOPLE, PEOPLE, &with(&li), &with(&other_li)), None);
        let clash = |base: &str, one: &str, other: &str| {
            of_rules(layout::PEOPLE, [base, one, other].map(str::as_bytes)).unwrap().unwrap_err()
        };
        let same_address = li.replace("id: li", "id: lei");
        let shared = RulesClash::SharedEmail("li@example.com".to_owned());
        assert_eq!(clash(PEOPLE, &with(&li), &with(&same_address)), shared);
        // each lead took the other one's right away
        let two = with(&person("li").replace("  - agent\n", "  - team_lead\n"));
        let without_ann = two.replace("agent, team_lead", "agent");
        let without_li = two.replace("  - team_lead\n", "  - agent\n");
        assert_eq!(clash(&two, &without_ann, &without_li), RulesClash::NoLead);
        assert!(merged(layout::PEOPLE, &two, &without_ann, &with(&li)).is_none());
    }

    #[test]
    fn two_rules_of_one_file_go_together_and_the_head_counts_both() {
        let head = |version: u32, day: &str, by: &str| {
            let text = LEVELS.replace("version: 3", &format!("version: {version}"));
            text.replace("2026-01-01", day).replace("by: Ann", &format!("by: {by}"))
        };
        let (one, other) = (head(4, "2026-11-02", "Li"), head(4, "2026-11-03", "Wu"));
        let both = head(5, "2026-11-03", "Li; Wu");
        for (of_one, of_other) in [
            (("respond: 1wd", "respond: 2wd"), ("resolve: 5wd", "resolve: 6wd")),
            (("respond: 1wd", "respond: 2wd"), ("ack: 30m", "ack: 20m")),
            (("ack: 30m\n", "ack: 30m\nat_risk: 80\n"), ("ack: 30m\n", "ack: 30m\nrepeat: 90d\n")),
        ] {
            let change = |text: &str, (from, to): (&str, &str)| text.replace(from, to);
            let sides = (change(&one, of_one), change(&other, of_other));
            let text = merged("policy/levels.yaml", LEVELS, &sides.0, &sides.1).unwrap();
            for (_, part) in [of_one, of_other] {
                assert!(text.contains(part.trim_start_matches("ack: 30m\n")), "{text}");
            }
            let head = both.split("limits").next().unwrap();
            assert!(text.starts_with(head), "{text}");
            assert!(text.contains("# of the year") && text.contains("# by phone"), "{text}");
        }
        let twice = [one.replace("ack: 30m", "ack: 20m"), other.replace("ack: 30m", "ack: 10m")];
        assert_eq!(merged("policy/levels.yaml", LEVELS, &twice[0], &twice[1]), None);
        assert_eq!(merged("policy/levels.yaml", LEVELS, &one, &other), Some(both));
    }
}
