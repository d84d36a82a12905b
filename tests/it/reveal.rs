//! Each look at whole names and numbers is noted in the clone, and never what was seen.

use std::{
    fs,
    os::unix::fs::{PermissionsExt as _, symlink},
};

use serde_json::Value;

use crate::desk::Desk;

fn notes(desk: &Desk) -> Vec<Value> {
    let log = fs::read_to_string(desk.path(".git/docket/reveal.log")).unwrap_or_default();
    assert!(!log.contains("13812341234") && !log.contains("Wang"), "{log}");
    log.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn every_look_is_noted_with_who_when_and_what() {
    let desk = Desk::new();
    let id = desk.fault();
    let contact = desk.record(&id)["intake"]["contact"].as_str().unwrap().to_owned();
    assert_eq!(notes(&desk), Vec::<Value>::new(), "what is masked is not noted");
    for (nth, (line, command)) in [
        (format!("show {id} --reveal"), "show"),
        (format!("phone {id}"), "phone"),
        ("contact list --reveal".to_owned(), "contact list"),
        (format!("contact show {contact} --reveal"), "contact show"),
        ("search wang --reveal".to_owned(), "search"),
        ("export --reveal".to_owned(), "export"),
        ("export --reveal -o ../desk.jsonl".to_owned(), "export"),
        (format!("report request {id} --reveal -o ../r.md"), "report request"),
        (format!("report request {id} --reveal -o ../r.md"), "report request"),
    ]
    .into_iter()
    .enumerate()
    {
        desk.at("09:30").by("chen").run(&line).succeeds();
        let notes = notes(&desk);
        assert_eq!(notes.len(), nth + 1, "{line}: {notes:?}");
        let note = &notes[nth];
        assert_eq!((&note["who"], &note["command"]), (&"chen".into(), &command.into()));
        assert_eq!(note["at"], "2026-11-23T09:30:00+08:00");
        let ids = note["ids"].to_string();
        assert!(ids.contains(&id) || ids.contains(&contact), "{line}: {note}");
    }
    let mode = |path: &str| fs::metadata(desk.path(path)).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(".git/docket/reveal.log"), 0o600);
    assert_eq!(mode("../r.md"), 0o600, "a file with whole names is its owner's alone");
    let exported = |line: &str| desk.at("09:31").by("chen").run(line).succeeds().out();
    let whole = fs::read_to_string(desk.path("../desk.jsonl")).unwrap();
    assert_eq!((mode("../desk.jsonl"), &whole), (0o600, &exported("export --reveal")));
    assert_eq!(
        exported("export --csv -o ../log.csv"),
        format!("{}\n", desk.path("../log.csv").display())
    );
    let csv = fs::read_to_string(desk.path("../log.csv")).unwrap();
    assert_eq!((mode("../log.csv") & 0o044, csv), (0o044, exported("export --csv -o -")));
    fs::set_permissions(desk.path("../r.md"), fs::Permissions::from_mode(0o644)).unwrap();
    let again = format!("report request {id} --reveal -o ../r.md");
    desk.at("09:31").by("chen").run(&again).succeeds();
    assert_eq!(mode("../r.md"), 0o600, "also where there was a file");
}

#[test]
fn a_look_that_shows_nobody_is_not_noted_and_each_record_is_noted_once() {
    let desk = Desk::new();
    let id = desk.fault();
    let contact = desk.record(&id)["intake"]["contact"].as_str().unwrap().to_owned();
    let look = |line: &str| {
        desk.at("09:30").by("chen").run(line);
        notes(&desk)
    };
    for line in [
        format!("contact show {contact} --reveal --ids"),
        "contact list --reveal --ids".to_owned(),
        format!("show {id} --reveal --ids"),
        "export --reveal --ids".to_owned(),
        "search nowhere --reveal".to_owned(),
        "privacy scan --reveal".to_owned(),
    ] {
        assert_eq!(look(&line), Vec::<Value>::new(), "{line}");
    }
    for text in ["called 13912345678", "called 13912345679"] {
        let note = format!("note {id} '{text}' --contains-personal 'asked to'");
        desk.at("09:10").by("chen").run(&note).succeeds();
    }
    let scanned = look("privacy scan --reveal");
    assert_eq!(scanned[0]["ids"], serde_json::json!([id]), "{scanned:?}");
}

#[test]
fn what_cannot_be_noted_is_not_shown() {
    let desk = Desk::new();
    let id = desk.fault();
    let elsewhere = desk.path("../elsewhere");
    fs::write(&elsewhere, "").unwrap();
    symlink(&elsewhere, desk.path(".git/docket/reveal.log")).unwrap();
    for line in [format!("show {id} --reveal"), format!("phone {id}")] {
        let ran = desk.at("09:30").by("chen").run(&line).fails("reveal.log");
        assert!(!ran.err().contains("13812341234"), "{ran}");
    }
    assert_eq!(fs::read_to_string(&elsewhere).unwrap(), "");
}

#[test]
fn looks_at_the_same_time_are_all_noted_and_a_bare_clone_notes_its_own() {
    let desk = Desk::new();
    let id = desk.fault();
    let looks = (0..12).map(|_| {
        let mut command = desk.at("09:30").by("chen").command(&format!("phone {id}"));
        command.stdout(std::process::Stdio::null()).spawn().unwrap()
    });
    for mut look in looks.collect::<Vec<_>>() {
        assert!(look.wait().unwrap().success());
    }
    assert_eq!(notes(&desk).len(), 12);
    desk.git(["clone", "-q", "--bare", ".", "../bare.git"]);
    let bare = desk.path("../bare.git");
    let people = "refs/docket/people:refs/docket/people";
    desk.git(["push", "-q", "../bare.git", people]);
    desk.at("09:31").by("chen").in_dir(&bare).run(&format!("phone {id}")).succeeds();
    assert!(fs::read_to_string(bare.join("docket/reveal.log")).unwrap().contains(&id));
}

#[test]
fn where_looks_are_recorded_each_is_a_commit_that_the_audit_proves() {
    let desk = Desk::new();
    let id = desk.fault();
    let contact = desk.record(&id)["intake"]["contact"].as_str().unwrap().to_owned();
    let rules = desk.read("docket.yaml").replace("reveal: noted", "reveal: recorded");
    desk.write("docket.yaml", rules);
    let mut git = desk.at("09:20").by("zhang").shell("git");
    assert!(git.args(["commit", "-qam", "keep looks as commits"]).status().unwrap().success());
    for (line, subject) in [
        (format!("show {id} --reveal"), format!("reveal show {id} {contact}")),
        (format!("phone {id}"), format!("reveal phone {id} {contact}")),
        ("contact list --reveal".to_owned(), format!("reveal contact list {contact}")),
        (format!("contact show {contact} --reveal"), format!("reveal contact show {contact}")),
        ("search wang --reveal".to_owned(), format!("reveal search {id}")),
        ("export --reveal".to_owned(), format!("reveal export {contact}")),
        (format!("report request {id} --reveal"), format!("reveal report request {id}")),
    ] {
        desk.at("09:30").by("chen").run(&line).succeeds();
        assert_eq!(desk.git(["log", "-1", "--format=%s"]).trim(), subject, "{line}");
        assert_eq!(desk.git(["log", "-1", "--format=%ae"]).trim(), "chen@example.com");
        assert_eq!(desk.git(["diff", "--stat", "HEAD~", "HEAD"]), "", "it changes nothing");
    }
    let note = format!("note {id} 'call 13912345678' --contains-personal 'asked to'");
    desk.at("09:31").by("chen").run(&note).succeeds();
    desk.at("09:32").by("chen").run("privacy scan --reveal").finds("13912345678");
    let last = desk.git(["log", "-1", "--format=%s"]);
    assert_eq!(last.trim(), format!("reveal privacy scan {id}"));
    assert_eq!(notes(&desk), Vec::<Value>::new());
    let messages = desk.git(["log", "--format=%B"]);
    assert!(!messages.contains("13812341234") && !messages.contains("Wang"), "{messages}");
    desk.is_honest();

    let ran = desk.at("09:41").by("stranger").run(&format!("phone {id}"));
    assert!(!ran.out().contains("13812341234") && ran.status() == Some(3), "{ran}");
}
