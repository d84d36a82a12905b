//! Two hundred wrong inputs of ten kinds, half of them in Chinese: each is answered with the values that
//! there are, or with a command that can be typed as it stands.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    desk::{Desk, FAULT, way_to},
    hints::advised,
};

/// What is typed, by whom, and what comes of it.
const TABLE: &str = include_str!("wrong_inputs.txt");

/// What the records of the table are called, and in which state they are.
const RECORDS: [(&str, &str); 9] = [
    ("OPEN", "open"),
    ("ACK", "acknowledged"),
    ("ROUTED", "routed"),
    ("OTHERS", "routed"),
    ("WORK", "in_progress"),
    ("HELD", "pending"),
    ("SOLVED", "resolved"),
    ("CONFIRMED", "confirmed"),
    ("CLOSED", "closed"),
];

/// One row of the table.
struct Slip<'t> {
    who: &'t str,
    typed: &'t str,
    status: i32,
    told: &'t str,
}

/// The rows of a kind in a language.
fn rows(kind: &str, lang: &str) -> Vec<Slip<'static>> {
    let head = format!("[{kind} {lang}]");
    let lines = TABLE.lines().skip_while(|line| *line != head).skip(1);
    let row = |line: &'static str| match line.split(" | ").collect::<Vec<_>>()[..] {
        [who, typed, status, told] => Slip { who, typed, status: status.parse().unwrap(), told },
        _ => panic!("no row: {line}"),
    };
    lines.take_while(|line| !line.is_empty()).map(row).collect()
}

/// A desk with records in every state that the table speaks of.
fn desk() -> (Desk, BTreeMap<&'static str, String>) {
    let desk = Desk::new();
    let mut ids = BTreeMap::new();
    for (name, state) in RECORDS {
        let id = desk.at("09:00").by("chen").run(FAULT).id();
        for (time, who, words) in way_to(state) {
            let line = words.replace("ID", &id);
            let line = if name == "OTHERS" { line.replace("--to li", "--to wu") } else { line };
            desk.at(time).by(who).run(&line).succeeds();
        }
        ids.insert(name, id);
    }
    (desk, ids)
}

/// Types what the table has of a kind, and judges the answers.
fn judge(kind: &str) {
    let (desk, ids) = desk();
    let (mut tried, mut faults) = (BTreeSet::new(), Vec::new());
    for lang in ["en", "zh-CN"] {
        let rows = rows(kind, lang);
        assert_eq!(rows.len(), 10, "{kind} {lang}");
        for Slip { who, typed, status, told } in rows {
            let words = typed.split(' ').map(|word| ids.get(word).map_or(word, String::as_str));
            let line = words.collect::<Vec<_>>().join(" ");
            let run = desk.at("10:30").by(who).env("DOCKET_LANG", lang);
            let ran = run.run(&line);
            assert_eq!(ran.status(), Some(status), "{kind}: {typed}: {ran}");
            assert_eq!(ran.out(), "", "{kind}: {typed}: {ran}");
            let answer = ran.err();
            for told in told.split(" … ") {
                assert!(answer.contains(told), "{kind}: {typed}: no “{told}” in {ran}");
            }
            assert!(!answer.contains("panicked"), "{ran}");
            for advice in advised(&answer, who, &line) {
                if tried.insert(advice.clone()) {
                    let why = advice.fails(&desk, "10:31");
                    faults.extend(why.map(|why| format!("{lang}: {typed}: {answer}{why}")));
                }
            }
        }
    }
    assert!(!tried.is_empty(), "{kind}: no command is named");
    assert!(faults.is_empty(), "{kind}: {}", faults.join("\n"));
}

macro_rules! kinds {
    ($($name:ident: $kind:literal,)+) => {
        $(#[test]
        fn $name() {
            judge($kind);
        })+

        #[test]
        fn there_are_two_hundred_of_them_in_ten_kinds() {
            let kinds = [$($kind),+];
            let rows = TABLE.lines().filter(|line| line.contains(" | ") && !line.starts_with('#'));
            assert_eq!((kinds.len(), rows.count()), (10, 200));
        }
    };
}

kinds! {
    wrong_verbs_are_answered: "verbs",
    wrong_flags_are_answered: "flags",
    wrong_ids_are_answered: "ids",
    wrong_people_are_answered: "people",
    wrong_times_are_answered: "times",
    wrong_values_are_answered: "values",
    wrong_states_are_answered: "states",
    wrong_roles_are_answered: "roles",
    missing_fields_are_answered: "missing",
    wrong_languages_are_answered: "languages",
}
