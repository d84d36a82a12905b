//! `docs/policy.md` has every key that the rules of a desk take, and no other.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use serde_json::Value;

use crate::{desk::Desk, pages::root};

/// A key that no rule has, nor one near it.
const STRANGE: &str = "qqqqqqqq";

/// What stands on the page for one of several keys, each with one of them.
const ONE_OF: [(&str, &str); 5] = [
    ("LEVEL", "general"),
    ("KIND", "fault"),
    ("GRADE", "high"),
    ("YEAR", "2026"),
    ("NAME", "london"),
];

/// The keys of a file that the page has, each by the key that it stands under.
type Keys = BTreeMap<String, BTreeSet<String>>;

#[test]
fn the_page_on_rules_has_every_key_that_a_file_takes() {
    let desk = Desk::new();
    let page = fs::read_to_string(root().join("docs/policy.md")).unwrap();
    let mut seen = 0;
    for section in page.split("\n### ").skip(1) {
        let (file, table) = section.split_once('\n').unwrap();
        // a desk need not have each of them
        let written = fs::read_to_string(desk.path(file)).ok();
        for (above, keys) in keys(table) {
            desk.write(file, with_a_strange_key(&above));
            let told = desk.at("09:00").run("policy check --lang en --json").out();
            let told: Value = serde_json::from_str(&told).unwrap();
            let found = told["findings"][0]["found"].as_str().unwrap();
            let (_, known) = found.split_once("known here: ").unwrap_or_else(|| panic!("{found}"));
            let known: BTreeSet<_> = known.split(", ").map(str::to_owned).collect();
            assert_eq!(keys, known, "{file}: {above}");
            seen += keys.len();
        }
        match written {
            Some(written) => desk.write(file, written),
            None => fs::remove_file(desk.path(file)).unwrap(),
        }
    }
    assert!(seen > 120, "only {seen} keys");
}

#[test]
fn the_page_on_rules_has_the_values_that_a_desk_begins_with() {
    let desk = Desk::new();
    let page = fs::read_to_string(root().join("docs/policy.md")).unwrap();
    let mut seen = 0;
    for section in page.split("\n### ").skip(1) {
        let (file, table) = section.split_once('\n').unwrap();
        // tests have a clock of their own
        let written = fs::read_to_string(desk.path(file)).unwrap_or_default();
        let written = written.replace("clock: allowed", "clock: forbidden");
        for row in rows(table) {
            let told: Vec<_> = row[1].split('`').collect();
            if let (["", value, ""], [key]) = (&told[..], &names(row[0])[..])
                && !key.contains('.')
            {
                assert!(written.contains(&format!("\n{key}: {value}\n")), "{file}: {key}");
                seen += 1;
            }
        }
    }
    assert!(seen > 10, "only {seen} values");
}

fn rows(table: &str) -> impl Iterator<Item = Vec<&str>> {
    let rows = table.lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"));
    rows.map(|row| row.split(" | ").collect()).filter(|row: &Vec<&str>| row[0].starts_with('`'))
}

/// What stands between backticks.
fn names(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

fn keys(table: &str) -> Keys {
    let mut keys = Keys::new();
    for path in rows(table).flat_map(|row| names(row[0])) {
        let (above, key) = path.rsplit_once('.').unwrap_or(("", path));
        keys.entry(above.to_owned()).or_default().insert(key.to_owned());
    }
    keys
}

/// A file that has the strange key below this one: `categories[].questions[]`.
fn with_a_strange_key(above: &str) -> String {
    let parts = above.rsplit('.').filter(|part| !part.is_empty());
    parts.fold(format!("{{{STRANGE}: 1}}"), |inner, part| {
        let (key, inner) = match part.strip_suffix("[]") {
            Some(list) => (list, format!("[{inner}]")),
            None => (part, inner),
        };
        let one = ONE_OF.iter().find(|(one, _)| *one == key);
        format!("{{{}: {inner}}}", one.map_or(key, |(_, key)| key))
    })
}
