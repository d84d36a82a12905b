//! References beside the branch that other tools made something else of than a commit of files.

use std::{fs, os::unix::fs::symlink};

use serde_json::Value;

use crate::{
    attachments::{attach_log, held},
    desk::{Desk, REQUEST},
};

const PEOPLE: &str = "refs/docket/people";

/// A desk with a file, and a bare repository that has all of it.
fn begun() -> (Desk, String) {
    let desk = Desk::new();
    let id = desk.fault();
    attach_log(&desk, "09:05", &id, "the log of chen\n");
    desk.git(["init", "-q", "--bare", "../door.git"]);
    desk.git(["remote", "add", "origin", "../door.git"]);
    desk.at("09:06").by("zhang").run("sync").says("to origin");
    (desk, id)
}

#[test]
fn what_lies_beside_the_people_at_the_remote_is_not_kept_here() {
    let (desk, _) = begun();
    desk.git(["tag", "-a", "-m", "a tag", "one", PEOPLE]);
    desk.git(["push", "-q", "origin", "refs/tags/one:refs/docket/people-of-old"]);
    desk.at("09:10").by("zhang").run("sync").succeeds();
    assert_eq!(desk.git(["for-each-ref", "refs/docket/fetched"]), "");
    desk.git(["push", "-q", "-f", "origin", "refs/tags/one:refs/docket/people"]);
    desk.at("09:11").by("zhang").run("sync").succeeds();
    let there = desk.git(["ls-remote", "origin", PEOPLE]);
    assert!(there.starts_with(desk.git(["rev-parse", PEOPLE]).trim()), "{there}");
    desk.at("09:12").by("zhang").run("doctor").says("no damage found");
}

/// What may become of a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mishap {
    Tag,
    TagOfATag,
    Tree,
    Name,
    Link,
    Blob,
    Gone,
    Garbage,
    Empty,
}

/// All of them, and whether the files can still be told from the reference.
const MISHAPS: [(Mishap, bool); 9] = [
    (Mishap::Tag, true),
    (Mishap::TagOfATag, true),
    (Mishap::Tree, true),
    (Mishap::Name, true),
    (Mishap::Link, true),
    (Mishap::Blob, false),
    (Mishap::Gone, false),
    (Mishap::Garbage, false),
    (Mishap::Empty, false),
];

fn befall(desk: &Desk, mishap: Mishap, reference: &str) {
    let file = desk.path(".git").join(reference);
    let set = |to: &str| drop(desk.git(["update-ref", reference, to]));
    let tagged = |name: &str, what: &str| {
        desk.git(["tag", "-a", "-m", "a tag", name, what]);
        desk.git(["rev-parse", &format!("refs/tags/{name}")]).trim().to_owned()
    };
    match mishap {
        Mishap::Tag => set(&tagged("one", reference)),
        Mishap::TagOfATag => {
            tagged("one", reference);
            set(&tagged("two", "one"));
        }
        Mishap::Tree => set(&format!("{reference}^{{tree}}")),
        Mishap::Name => {
            desk.git(["update-ref", "refs/elsewhere", reference]);
            desk.git(["symbolic-ref", reference, "refs/elsewhere"]);
        }
        Mishap::Link => {
            fs::rename(&file, desk.path(".git/elsewhere")).unwrap();
            symlink(desk.path(".git/elsewhere"), &file).unwrap();
        }
        Mishap::Blob => set("HEAD:docket.yaml"),
        Mishap::Gone => fs::write(file, format!("{}\n", "ab".repeat(20))).unwrap(),
        Mishap::Garbage => fs::write(file, b"ref \xff\0 of nobody\n").unwrap(),
        Mishap::Empty => fs::write(file, b"").unwrap(),
    }
}

const CALL: &str = "call 'Printer is black' -c ACME -n 'Ms Wang' -p 13812341234 --category network";

/// What each command says to a reference of people that names no commit, and to one of files: `true`
/// where it refuses by it. The others have no need of it.
fn commands(id: &str) -> [(String, bool, bool); 12] {
    let of = |command: &str| format!("{command} {id}");
    [
        (CALL.to_owned(), true, false),
        (REQUEST.to_owned(), true, false),
        ("sync".to_owned(), true, true),
        ("list".to_owned(), false, false),
        (of("show"), false, false),
        ("contact list".to_owned(), true, false),
        (format!("attachment get {id} -o -"), false, true),
        (of("attachment verify"), false, true),
        ("check".to_owned(), false, true),
        ("audit".to_owned(), false, false),
        ("privacy scan".to_owned(), true, false),
        (of("report request"), false, false),
    ]
}

#[test]
fn whatever_becomes_of_a_reference_is_told_in_a_sentence_and_mended() {
    let knows = |desk: &Desk, people: &[Value]| {
        let known = desk.people();
        !people.is_empty() && people.iter().all(|person| known.contains(person))
    };
    for (mishap, is_kept) in MISHAPS {
        for of_people in [true, false] {
            let (desk, id) = begun();
            let files = format!("refs/docket/files/{id}");
            let reference = if of_people { PEOPLE } else { &files };
            let (before, kept) = (desk.people(), held(&desk, &id));
            let remote = |desk: &Desk| desk.git(["ls-remote", "origin", reference]);
            let there = remote(&desk);
            befall(&desk, mishap, reference);
            let story = format!("{mishap:?} in the place of {reference}");

            for (command, by_people, by_files) in commands(&id) {
                let ran = desk.at("10:00").by("zhang").run(&command);
                let is_met = ran.err().contains(&format!("{reference} does not point to a commit"));
                let is_told = is_met && ran.err().contains("docket doctor --repair");
                // what a link leads to is read as it is, and sent unchanged
                let is_sent = mishap == Mishap::Link && command == "sync";
                let is_expected = if of_people { by_people } else { by_files && !is_sent };
                assert_eq!(is_told, is_expected, "{story}: {ran}");
                let may_end = if is_expected { 3..=3 } else { 0..=1 };
                assert!(ran.status().is_some_and(|it| may_end.contains(&it)), "{story}: {ran}");
            }
            assert_eq!(remote(&desk), there, "{story} was sent");

            let found = desk.at("10:05").by("zhang").run("doctor");
            assert!(found.out().contains("a reference that names no commit"), "{story}: {found}");
            desk.at("10:06").by("zhang").run("doctor --repair");
            if is_kept {
                assert!(knows(&desk, &before), "{story}");
                assert_eq!(held(&desk, &id), kept, "{story}");
            }
            desk.at("10:07").by("zhang").run("sync").succeeds();
            desk.at("10:08").run(&format!("attachment get {id} -o -")).says("the log of chen\n");
            assert!(knows(&desk, &before), "{story}");
            desk.at("10:09").by("zhang").run("doctor").says("no damage found");
            let told = desk.git(["cat-file", "-t", reference]);
            assert_eq!(told.trim(), "commit", "{story}");
            let parents = desk.git(["rev-list", "--count", reference]);
            assert_eq!(parents.trim(), "1", "{story}");
            desk.at("10:10").by("chen").run(CALL).succeeds();
            desk.is_honest();
        }
    }
}

#[test]
fn other_damage_is_found_and_mended_beside_a_reference_that_cannot_be() {
    let (desk, id) = begun();
    let files = format!("refs/docket/files/{id}");
    befall(&desk, Mishap::Tree, &files);
    befall(&desk, Mishap::Blob, PEOPLE);
    let lock = desk.path(".git").join(format!("{files}.lock"));
    fs::write(&lock, b"").unwrap();
    let record = desk.record_path(&id);
    desk.write(&record, "by hand");
    let found = desk.at("10:00").by("zhang").run("doctor");
    for what in [&files, PEOPLE, &record] {
        assert!(found.out().contains(what), "{what}: {found}");
    }
    let repaired = desk.at("10:01").by("zhang").run("doctor --repair --edits drop");
    let named = repaired.out().matches("a reference that names no commit").count();
    assert_eq!(named, 2, "{repaired}");
    assert_eq!(desk.status(), "");
    assert_eq!(desk.git(["cat-file", "-t", &files]).trim(), "tree");
    assert_eq!(desk.git(["for-each-ref", PEOPLE]), "");

    fs::remove_file(lock).unwrap();
    desk.at("10:02").by("zhang").run("doctor --repair").finds("repaired");
    desk.at("10:03").by("zhang").run("sync").succeeds();
    desk.at("10:04").by("zhang").run("doctor").says("no damage found");
}
