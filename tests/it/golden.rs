//! What commands print of given records, word for word. A case is a folder of `tests/golden` with
//! three files: `records` (files of a desk, each under a line with its name), `arguments` (a time,
//! then a command on each line) and `expected`. `RENEW=1 cargo test --test it golden` writes what is
//! expected anew, to be read before it is committed.

use std::{
    fs,
    path::{Path, PathBuf},
};

use docket::testing::store::{FileChange, layout};

use crate::{desk::Desk, pages::renewing};

/// Begins a file among the records.
const FILE: &str = "# file: ";

#[test]
fn every_case_prints_what_is_expected() {
    let mut cases: Vec<PathBuf> =
        fs::read_dir(cases()).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    assert!(!cases.is_empty());
    for case in cases {
        let printed = printed(&case);
        let expected = case.join("expected");
        if renewing() {
            fs::write(expected, printed).unwrap();
            continue;
        }
        let expected = fs::read_to_string(expected).unwrap();
        for (nth, (is, was)) in printed.lines().zip(expected.lines()).enumerate() {
            assert_eq!(is, was, "{}, line {}", case.display(), nth + 1);
        }
        assert_eq!(printed.len(), expected.len(), "{}", case.display());
    }
}

/// The commands of a case, each with what it prints; the revision, which hangs on every file of the
/// desk, has a name in its place.
fn printed(case: &Path) -> String {
    let desk = Desk::of_zhang();
    let records = fs::read_to_string(case.join("records")).unwrap();
    let mut apart = Vec::new();
    for file in records.split(FILE).skip(1) {
        let (name, content) = file.split_once('\n').unwrap();
        match name.strip_prefix(layout::PERSONS) {
            Some(path) => {
                let content = Some(content.as_bytes().to_vec());
                apart.push(FileChange { path: path[1..].to_owned(), content });
            }
            None => desk.write(name, content),
        }
    }
    desk.keep_apart(apart);
    desk.git(["add", "."]);
    let mut git = desk.at("2026-11-20 08:00").shell("git");
    git.args(["commit", "-q", "-m", "the records of the case"]);
    assert!(git.status().unwrap().success());
    let head = desk.head();
    let arguments = fs::read_to_string(case.join("arguments")).unwrap();
    let (time, commands) = arguments.split_once('\n').unwrap();
    let mut printed = String::new();
    for command in commands.lines() {
        let out = desk.at(time).by("zhang").run(command).out();
        printed += &format!("$ docket {command}\n{out}");
    }
    printed.replace(&head, "REVISION").replace(&head[..10], "REVISION")
}

fn cases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}
