//! Every field of every step is one of the facts that it tells, and every fact has a name.

use std::collections::{BTreeMap, BTreeSet};

use docket::testing::{
    domain::{
        base::terms::{RemoteStep, Term, VisitStep},
        history::{
            facts::{Facts, Value},
            intake::Intake,
            record::Record,
            steps::{Act, Action},
        },
    },
    words::{Lang, Words, en, zh},
};
use serde_json::{Value as Json, json};

use crate::frozen;

/// Who and when: an event is told as an entry of them, beside its facts; when it was entered is a
/// fact only where that was later.
const OF_AN_ENTRY: &[&str] = &["id", "n", "at", "recorded_at", "by", "role", "rules", "action"];

/// A clock that a step could move by what its fields can hold, and that none does.
const NEVER_MOVED: &str = "commitment_due";

/// What is told part by part, for its parts mean something by themselves.
const IN_PARTS: &[&str] =
    &["fault", "remark", "complaint", "source", "consent", "drawn", "outcome", "archive"];

#[test]
fn every_field_of_an_intake_and_of_an_event_is_among_its_facts() {
    let mut seen = BTreeMap::<String, BTreeSet<String>>::new();
    let mut missing = BTreeSet::new();
    for_each(|of, json, facts| {
        let told: BTreeSet<&str> = facts.into_iter().map(|fact| fact.name).collect();
        for (field, value) in json.as_object().unwrap() {
            seen.entry(of.to_owned()).or_default().insert(field.clone());
            let names = names(of, field, value).into_iter();
            let untold = names.filter(|name| !told.contains(name.as_str()));
            missing.extend(untold.map(|name| format!("{of} {name}")));
        }
    });
    assert!(missing.is_empty(), "no facts: {missing:?}");

    // a field that no frozen record has would be judged by nobody
    for (of, fields) in fields() {
        let unseen: Vec<_> = fields.iter().filter(|field| !seen[&of].contains(*field)).collect();
        assert!(unseen.is_empty(), "no frozen record has a field of {of}: {unseen:?}");
    }
}

#[test]
fn every_fact_has_a_name_in_both_languages_and_no_name_is_of_nothing() {
    for (lang, terms) in [(Lang::En, en::TERMS), (Lang::Zh, zh::TERMS)] {
        let listed: BTreeMap<&str, &str> = terms
            .iter()
            .filter(|(of, ..)| *of == "fact")
            .map(|(_, code, name)| (*code, *name))
            .collect();
        let mut used = BTreeSet::new();
        for_each(|of, _, facts| {
            for fact in facts {
                if has_a_name_of_its_own(fact.value) {
                    continue;
                }
                let own = format!("{of}.{}", fact.name);
                let code =
                    if listed.contains_key(own.as_str()) { own } else { fact.name.to_owned() };
                let name = listed.get(code.as_str());
                let name = name.unwrap_or_else(|| panic!("{lang}: no name for {of} {}", fact.name));
                assert_eq!(Words::new(lang).fact(of, fact.name), *name);
                assert_eq!(lang == Lang::Zh, name.chars().any(|c| u32::from(c) > 0x2e80), "{name}");
                used.insert(code);
            }
        });
        let unused: Vec<_> =
            listed.keys().filter(|code| !used.contains(**code) && **code != NEVER_MOVED).collect();
        assert!(unused.is_empty(), "{lang}: names of what no step has: {unused:?}");
    }
}

/// Shows every intake and every event of the frozen records with its facts, and what it is called.
fn for_each(mut see: impl FnMut(&str, Json, Facts<'_>)) {
    for record in frozen::records() {
        let Record { intake, history, .. } = record;
        see("intake", json!(intake), intake.facts());
        for event in history {
            see(event.act.action().code(), json!(event), event.facts());
        }
    }
}

/// The names of the facts that tell a field.
fn names(of: &str, field: &str, value: &Json) -> Vec<String> {
    let parts = || value.as_object().unwrap().keys();
    match field {
        _ if of != "intake" && OF_AN_ENTRY.contains(&field) => Vec::new(),
        // whose deed it is stands in the entry; what is left to tell is who entered it
        "told_by" => vec!["entered_by".to_owned()],
        // as told; what the desk makes of them is the opening's own
        "impact" | "urgency" | "level" if of == "intake" => vec![format!("told_{field}")],
        "due_before" | "due_after" | "source_due" => {
            parts().map(|clock| format!("{clock}_due")).collect()
        }
        "window" | "before" if of == "visit" => {
            parts().map(|end| format!("{field}_{end}")).collect()
        }
        "told" if of == "visit" => vec!["told".to_owned(), "told_at".to_owned()],
        "data" if of == "remote" => vec!["data".to_owned(), "data_allowed_by".to_owned()],
        "conduct" if value == &json!([]) => vec!["clean".to_owned()],
        "conduct" => vec!["prohibition".to_owned(), "conduct".to_owned()],
        "limits" => parts().map(|clock| format!("{clock}_limit")).collect(),
        _ if IN_PARTS.contains(&field) && value.is_object() => parts()
            .map(|part| match part.as_str() {
                "path" => field.to_owned(),
                "given" => "consent".to_owned(),
                part => part.to_owned(),
            })
            .collect(),
        _ => vec![field.to_owned()],
    }
}

/// The fields that intake and steps can have, by what they say of one that they do not know.
pub(crate) fn fields() -> Vec<(String, Vec<String>)> {
    let intake = serde_json::from_value::<Intake>(unknown(None)).unwrap_err();
    let mut fields = vec![("intake".to_owned(), known_to(&intake))];
    let has_steps = |action: &Action| matches!(action, Action::Visit | Action::Remote);
    for action in Action::ALL.iter().filter(|action| !has_steps(action)) {
        fields.push((action.code().to_owned(), of_step(*action, None)));
    }
    fields.push((Action::Visit.code().to_owned(), of_all(of_inner::<VisitStep>(Action::Visit))));
    fields.push((Action::Remote.code().to_owned(), of_all(of_inner::<RemoteStep>(Action::Remote))));
    fields
}

/// A field of each inner step once, and which step it is.
fn of_all<T>(steps: Vec<(T, Vec<String>)>) -> Vec<String> {
    let mut all = vec!["step".to_owned()];
    for field in steps.into_iter().flat_map(|(_, fields)| fields) {
        if !all.contains(&field) {
            all.push(field);
        }
    }
    all
}

/// The fields that each inner step of an action can have, besides which step it is.
pub(crate) fn of_inner<T: Term>(action: Action) -> Vec<(T, Vec<String>)> {
    let steps = T::ALL.iter();
    steps.map(|step| (*step, of_step(action, Some(step.code())))).collect()
}

fn of_step(action: Action, inner: Option<&str>) -> Vec<String> {
    let Json::Object(fields) = unknown(inner) else { unreachable!() };
    known_to(&Act::from_fields::<serde_json::Error>(action.code(), fields).unwrap_err())
}

/// A field that nobody knows, after what says which step of an action it is.
fn unknown(inner: Option<&str>) -> Json {
    match inner {
        Some(step) => json!({ "step": step, "?": null }),
        None => json!({ "?": null }),
    }
}

fn known_to(why: &serde_json::Error) -> Vec<String> {
    let why = why.to_string();
    assert!(why.starts_with("unknown field `?`, "), "{why}");
    why.split('`').skip(1).step_by(2).skip(1).map(str::to_owned).collect()
}

/// Answers bear their question, corrections the name of what they correct.
fn has_a_name_of_its_own(value: Value<'_>) -> bool {
    matches!(value, Value::Answer { .. } | Value::Correction(_))
}
