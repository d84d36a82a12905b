//! Two hundred wrong inputs of ten kinds, half of them in Chinese: each is answered with the values that
//! there are, or with a command that can be typed as it stands.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::desk::{Desk, FAULT, way_to};

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

/// What stands for a value in a hint, and a value.
const PLACEHOLDERS: [(&str, &str); 24] = [
    ("TIME", "18:00"),
    ("PERSON", "li"),
    ("TEXT", "t"),
    ("CODE", "fixed"),
    ("NAME", "t"),
    ("GRADE", "4"),
    ("ID", "newid"),
    ("EMAIL", "new@example.com"),
    ("VALIDITY", "valid"),
    ("METHOD", "phone"),
    ("NUMBER", "1"),
    ("KIND", "fault"),
    ("时间", "18:00"),
    ("人员", "li"),
    ("文本", "t"),
    ("理由", "t"),
    ("结论", "fixed"),
    ("姓名", "t"),
    ("等级", "4"),
    ("编号", "newid"),
    ("邮箱", "new@example.com"),
    ("方式", "phone"),
    ("类型", "fault"),
    ("…", ""),
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

/// The commands that a text names, with values for what stands for one; each may have words of the
/// sentence around it behind it.
fn commands(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in text.match_indices("docket ") {
        let is_word =
            text[..at].chars().next_back().is_none_or(|c| !c.is_ascii_alphanumeric() && c != '/');
        let command = &text[at + "docket ".len()..];
        let end =
            command.find([',', ';', '，', '；', '。', '、', '：', ':', ')', '）', '？', '\n', '"']);
        let mut command = &command[..end.unwrap_or(command.len())];
        for word in [" or ", " 或 ", " then "] {
            command = command.split(word).next().unwrap();
        }
        // “docket shows …” speaks of the program itself
        let speaks = |word: &str| ["shows", "asks"].contains(&word) || !word.is_ascii();
        if !is_word || command.split_whitespace().next().is_none_or(speaks) {
            continue;
        }
        let words = command.split_whitespace().map(|word| {
            let stands = PLACEHOLDERS.iter().find(|(placeholder, _)| *placeholder == word);
            stands.map_or(word, |(_, value)| value)
        });
        found.insert(words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "));
    }
    found
}

/// Whether a command is one, whatever the desk says to it; words of a sentence behind it are not its
/// own, but an option is.
fn is_command(desk: &Desk, who: &str, command: &str) -> bool {
    let mut words: Vec<&str> = command.split(' ').collect();
    let head = desk.head();
    while !words.is_empty() {
        let ran = desk.at("10:31").by(who).run([&words[..], &["--json"]].concat());
        if ran.status() == Some(0) {
            desk.git(["reset", "-q", "--hard", &head]);
        }
        let code = || serde_json::from_str::<Value>(&ran.err()).unwrap_or_default()["code"].clone();
        if ran.status() != Some(2) || code() == "missing" {
            return true;
        }
        match words.pop() {
            Some(word) if word.starts_with('-') => return false,
            _ => {}
        }
    }
    false
}

/// Types what the table has of a kind, and judges the answers.
fn judge(kind: &str) {
    let (desk, ids) = desk();
    let mut judged = BTreeMap::new();
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
            assert!(answer.contains(told), "{kind}: {typed}: no “{told}” in {ran}");
            assert!(!answer.contains("panicked"), "{ran}");
            let hints = answer
                .lines()
                .filter(|line| !line.starts_with("error") && !line.starts_with("错误"));
            for command in commands(&hints.collect::<Vec<_>>().join("\n")) {
                let good = judged
                    .entry((who, command.clone()))
                    .or_insert_with(|| is_command(&desk, who, &command));
                assert!(*good, "{kind}: {typed}: “docket {command}” is no command: {ran}");
            }
        }
    }
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
