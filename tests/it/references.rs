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

/// What may become of a reference, and whether its files can still be told from it.
const MISHAPS: [(&str, bool); 9] = [
    ("tag", true),
    ("tag of a tag", true),
    ("tree", true),
    ("name", true),
    ("link", true),
    ("blob", false),
    ("gone", false),
    ("garbage", false),
    ("empty", false),
];

fn befall(desk: &Desk, mishap: &str, reference: &str) {
    let file = desk.path(".git").join(reference);
    let set = |to: &str| drop(desk.git(["update-ref", reference, to]));
    let tagged = |name: &str, what: &str| {
        desk.git(["tag", "-a", "-m", "a tag", name, what]);
        desk.git(["rev-parse", &format!("refs/tags/{name}")]).trim().to_owned()
    };
    match mishap {
        "tag" => set(&tagged("one", reference)),
        "tag of a tag" => {
            tagged("one", reference);
            set(&tagged("two", "one"));
        }
        "tree" => set(&format!("{reference}^{{tree}}")),
        "name" => {
            desk.git(["update-ref", "refs/elsewhere", reference]);
            desk.git(["symbolic-ref", reference, "refs/elsewhere"]);
        }
        "link" => {
            fs::rename(&file, desk.path(".git/elsewhere")).unwrap();
            symlink(desk.path(".git/elsewhere"), &file).unwrap();
        }
        "blob" => set("HEAD:docket.yaml"),
        "gone" => fs::write(file, format!("{}\n", "ab".repeat(20))).unwrap(),
        "garbage" => fs::write(file, b"ref \xff\0 of nobody\n").unwrap(),
        _ => fs::write(file, b"").unwrap(),
    }
}

#[test]
fn whatever_becomes_of_a_reference_is_told_in_a_sentence_and_mended() {
    let call = "call 'Printer is black' -c ACME -n 'Ms Wang' -p 13812341234 --category network";
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
            let story = format!("{mishap} in the place of {reference}");

            let commands = [
                call.to_owned(),
                REQUEST.to_owned(),
                "sync".to_owned(),
                "list".to_owned(),
                format!("show {id}"),
                "contact list".to_owned(),
                format!("attachment get {id} -o -"),
                format!("attachment verify {id}"),
                "check".to_owned(),
                "audit".to_owned(),
                "privacy scan".to_owned(),
                format!("report request {id}"),
            ];
            for command in commands {
                let ran = desk.at("10:00").by("zhang").run(&command);
                let is_met = ran.err().contains(&format!("{reference} does not point to a commit"));
                assert!(matches!(ran.status(), Some(0..=3)), "{story}: {ran}");
                assert!(is_met || ran.status() != Some(3), "{story}: {ran}");
                assert!(!is_met || ran.err().contains("docket doctor --repair"), "{story}: {ran}");
                // a link is read as what it leads to, and only never written through
                let is_read = mishap == "link" && !of_people;
                let must_meet = command == "sync" && !is_read || of_people && command == call;
                assert!(is_met || !must_meet, "{story}: {ran}");
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
            desk.at("10:10").by("chen").run(call).succeeds();
            desk.is_honest();
        }
    }
}
