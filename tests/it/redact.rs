//! A text that should not have been written is hidden from whoever looks, and the history keeps it.

use std::fs;

use crate::{
    desk::{Desk, way_to},
    terminal::{ENTER, Typist, UP},
};

const SECRET: &str = "unmistakable";

/// A fault whose second event holds the secret.
fn noted(desk: &Desk) -> String {
    let id = desk.fault();
    desk.at("09:05").by("chen").run(&format!("note {id} 'the {SECRET} word'")).succeeds();
    id
}

/// Every answer that shows the texts of a record.
fn answers(id: &str) -> Vec<String> {
    [
        "show ID",
        "show ID --json",
        "show ID --as-of 09:06",
        "show ID --as-of 09:06 --json",
        "list",
        "list --json",
        "list --csv",
        "list --as-of 09:06",
        "search nobody --json",
        "search switch",
        "log ID",
        "log ID --json",
        "export --json",
        "export --jsonl",
        "export --csv",
        "report request ID",
        "report request ID --format json",
        "report request ID --as-of 09:06",
        "report register",
        "report register --as-of 09:06 --format json",
        "report daily",
        "report handover",
        "due --json",
        "sla explain ID",
        "check --json",
        "",
    ]
    .iter()
    .map(|line| line.replace("ID", id))
    .collect()
}

#[test]
fn a_redacted_text_is_in_no_answer_and_the_history_keeps_it() {
    let desk = Desk::new();
    let id = noted(&desk);
    let found = desk.at("09:10").run(&format!("search {SECRET}")).succeeds();
    assert!(found.out().contains(&id), "{found}");
    let redact = format!("redact {id} --event 2 --field note --reason 'a name'");
    let done = desk.at("09:20").by("zhang").run(&redact).says("redacted R-");
    assert!(done.out().contains("only a new history without it removes it"), "{done}");
    let mut marks = 0;
    for line in answers(&id) {
        let ran = desk.at("09:30").by("chen").run(&line);
        let told = ran.out() + &ran.err();
        assert!(!told.contains(SECRET), "{line}: {told}");
        marks += told.matches("[redacted]").count();
    }
    assert!(marks > 8, "{marks} marks");
    assert_eq!(desk.at("09:30").run(&format!("search {SECRET}")).succeeds().out(), "");
    desk.at("09:30").run(&format!("show {id} --as-of 09:06")).says("[redacted]");
    let cache = fs::read(desk.path(".git/docket/cache")).unwrap();
    let is_there = cache.windows(SECRET.len()).any(|bytes| bytes == SECRET.as_bytes());
    assert!(!is_there, "the cache still holds it");
    assert!(desk.read(&desk.record_path(&id)).contains(SECRET), "the file keeps it");
    let message = desk.git(["log", "-1", "--format=%B"]);
    assert!(message.contains("field note") && !message.contains(SECRET), "{message}");
    desk.is_honest();
    desk.at("10:00").by("chen").run(&format!("ack {id} --reply-by +1h")).succeeds();
    desk.is_honest();
}

#[test]
fn what_was_told_is_hidden_wherever_it_stands() {
    let desk = Desk::new();
    let id = desk
        .at("09:00")
        .by("chen")
        .run(&format!("call 'The {SECRET} printer jams' -c ACME -n 'Ms Wang' -p 13812341234 --category network"))
        .id();
    let amend = format!("amend {id} --set title='A printer jams' --reason 'clearer'");
    desk.at("09:05").by("chen").run(&amend).succeeds();
    let redact = format!("redact {id} --event 1 --field title --reason 'a name'");
    desk.at("09:10").by("zhang").run(&redact).succeeds();
    for line in answers(&id) {
        let ran = desk.at("09:30").by("chen").run(&line);
        assert!(!(ran.out() + &ran.err()).contains(SECRET), "{ran}");
    }
    let seen = desk.record(&id);
    assert_eq!(seen["intake"]["title"], "[redacted]");
    assert_eq!(seen["intake"]["reported"], "[redacted]", "the same text is hidden with it");
    assert_eq!(seen["status"]["title"], "A printer jams");
    assert_eq!(seen["history"][1]["set"][0]["old"], "[redacted]");
    assert_eq!(seen["status"].get("set_aside"), None);
    desk.at("09:31").run("list --lang zh-CN").succeeds();
    desk.at("09:31").run(&format!("show {id} --lang zh-CN")).says("[已遮蔽]");
    desk.is_honest();
    desk.at("09:40").by("chen").run("check --json").succeeds();
}

#[test]
fn a_lead_at_a_terminal_picks_the_text_and_sees_what_goes_before_it_goes() {
    let desk = Desk::new();
    let id = noted(&desk);
    let tip = desk.head();
    let line = format!("redact {id} --reason 'a name'");
    let begun = || {
        let mut typist = Typist::at(desk.at("09:30").by("zhang").command(&line), 80);
        typist
            .sees("text to hide:")
            .sees("11-23 09:05")
            .sees("2 note")
            .types("note")
            .sees("> ")
            .types(ENTER);
        typist.sees("hide it (no):");
        typist
    };
    let mut typist = begun();
    assert!(typist.text().contains(&format!("the {SECRET} word")), "{}", typist.text());
    let (status, screen) = typist.types(ENTER).end();
    assert_eq!((status, desk.head()), (2, tip), "a blank answer hides nothing: {screen}");
    assert!(screen.contains("--event 2 --field note"), "{screen}");

    let (status, screen) = begun().types(UP).sees("> yes").types(ENTER).end();
    assert!(status == 0 && screen.contains("redacted R-"), "{screen}");
    assert_eq!(desk.record(&id)["history"][2]["field"], "note");
    desk.is_honest();
}

#[test]
fn what_was_taken_from_a_text_is_hidden_with_it_and_what_was_told_beside_it_is_not() {
    let call = "call Jam -c Wang -n 'Ms Li' -p 13812341234 --category network";
    for (told, field, hidden) in [
        ("", "customer", &["location"][..]),
        ("--site Hall", "site", &["location"]),
        ("--site Hall", "customer", &[]),
        ("--location Wang", "customer", &[]),
        ("", "title", &["reported", "symptom"]),
        ("--reported Smoke", "title", &[]),
        ("--reported Smoke", "reported", &["symptom"]),
        ("--symptom Jam", "title", &["reported"]),
        ("--reported Jam --symptom Jam", "title", &[]),
    ] {
        let desk = Desk::new();
        let id = desk.at("09:00").by("chen").run(&format!("{call} {told}")).id();
        let redact = format!("redact {id} --event 1 --field {field} --reason 'a name'");
        desk.at("09:10").by("zhang").run(&redact).succeeds();
        let shown = desk.at("09:30").by("chen").run(&format!("show {id} --json")).json();
        let intake = &shown["intake"];
        let texts = [
            ("customer", &intake["customer"]),
            ("site", &intake["site"]),
            ("title", &intake["title"]),
            ("reported", &intake["reported"]),
            ("location", &intake["fault"]["location"]),
            ("symptom", &intake["fault"]["symptom"]),
        ];
        for (name, text) in texts {
            let is_hidden = name == field || hidden.contains(&name);
            assert_eq!(text == "[redacted]", is_hidden, "{told}, {field}: {name} is {text}");
        }
    }
}

#[test]
fn what_cannot_be_redacted_is_refused_with_what_can_be() {
    let desk = Desk::new();
    let id = noted(&desk);
    let redact = |who: &str, event: &str, field: &str| {
        let line = format!("redact {id} --event {event} --field {field} --reason why");
        desk.at("09:30").by(who).run(&line)
    };
    redact("chen", "2", "note").refuses("required role: team lead");
    for event in ["0", "3", "4294967296", "99999999999999999999", "ZZZZZ"] {
        redact("zhang", event, "note").refuses("names no single event; there are 1, 2");
    }
    redact("zhang", "2", "title").refuses("event 2 has no text “title”; its texts: note");
    redact("zhang", "1", "kind")
        .refuses("its texts: customer, location, need, reported, symptom, title");
    redact("zhang", "2", "note").succeeds();
    redact("zhang", "2", "note").refuses("note of event 2 is redacted already");
    let own = desk.record(&id)["history"][1]["id"].as_str().unwrap().to_owned();
    redact("zhang", &own, "note").refuses("is redacted already");
    desk.at("09:31").by("zhang").run(&format!("undo {id}")).refuses("undo");
    desk.is_honest();
}

#[test]
fn a_closed_record_is_redacted_and_a_later_report_does_not_tell_it() {
    let desk = Desk::new();
    let id = noted(&desk);
    for (time, who, line) in way_to("closed") {
        desk.at(time).by(who).run(&line.replace("ID", &id)).succeeds();
    }
    let kept = desk.git(["ls-files", "archive"]);
    assert!(desk.read(kept.trim()).contains(SECRET));
    let redact = format!("redact {id} --event 2 --field note --reason 'a name'");
    desk.at("10:30").by("zhang").run(&redact).says(kept.trim());
    desk.at("10:40").by("chen").run(&format!("reopen {id} --reason 'again'")).succeeds();
    for (time, who, line) in [
        ("10:50", "li", "resolve ID --result 'replaced' --cause wear --code fixed"),
        ("10:55", "chen", "confirm ID --with 'Ms Wang' --satisfaction 4"),
        ("11:00", "chen", "close ID"),
    ] {
        desk.at(time).by(who).run(&line.replace("ID", &id)).succeeds();
    }
    let later = desk.git(["ls-files", "archive"]);
    let later = later.lines().find(|path| *path != kept.trim()).unwrap();
    let report = desk.read(later);
    assert!(!report.contains(SECRET) && report.contains("redacted"), "{report}");
    desk.is_honest();
}

#[test]
fn a_complaint_that_opens_by_itself_does_not_tell_what_was_hidden() {
    let desk = Desk::new();
    let id = desk.fault_in("resolved");
    let amend = format!("amend {id} --set title='The {SECRET} printer' --reason clearer");
    desk.at("10:10").by("chen").run(&amend).succeeds();
    let redact = format!("redact {id} --event 6 --field set --reason 'a name'");
    desk.at("10:20").by("zhang").run(&redact).succeeds();
    let confirm = format!("confirm {id} --with 'Ms Wang' --satisfaction 1 --comment 'still dark'");
    desk.at("10:30").by("chen").run(&confirm).succeeds();
    let show = desk.git(["show", "--format="]);
    let added: Vec<_> = show.lines().filter(|line| line.starts_with('+')).collect();
    assert!(added.iter().all(|line| !line.contains(SECRET)), "{show}");
    desk.is_honest();
}

#[test]
fn two_clones_redact_the_same_text_and_another_one_and_both_hold() {
    let desk = Desk::new();
    let id = noted(&desk);
    desk.git(["init", "-q", "--bare", "../door.git"]);
    desk.git(["remote", "add", "origin", "../door.git"]);
    desk.at("09:10").by("zhang").run("sync").succeeds();
    let other = Desk::clone_of(&desk.path("../door.git").canonicalize().unwrap());
    let note = format!("redact {id} --event 2 --field note --reason 'a name'");
    let need = format!("redact {id} --event 1 --field need --reason 'a wish'");
    desk.at("09:20").by("zhang").run(&note).succeeds();
    other.at("09:21").by("zhang").run(&note).succeeds();
    other.at("09:22").by("zhang").run(&need).succeeds();
    other.at("09:23").by("chen").run(&format!("note {id} 'and more'")).succeeds();
    for clone in [&desk, &other, &desk] {
        clone.at("09:30").by("zhang").run("sync").succeeds();
    }
    for clone in [&desk, &other] {
        let seen = clone.record(&id);
        assert_eq!(seen["history"][1]["note"], "[redacted]");
        assert_eq!(seen["status"]["need"], "[redacted]");
        assert_eq!(seen["status"].get("set_aside"), None, "{seen}");
        clone.is_honest();
        assert_eq!(clone.at("09:40").run(&format!("search {SECRET}")).succeeds().out(), "");
    }
    assert_eq!(desk.head(), other.head());
}

#[test]
fn a_redaction_by_an_agent_is_found_and_hides_nothing_from_the_audit() {
    let desk = Desk::new();
    let id = noted(&desk);
    let redact = format!("redact {id} --event 2 --field note --reason 'a name'");
    desk.at("09:20").by("zhang").run(&redact).succeeds();
    let path = desk.record_path(&id);
    let text = desk.read(&path);
    let at = text.rfind("by: zhang").unwrap();
    let forged = format!(
        "{}by: chen\n  role: agent{}",
        &text[..at],
        &text[at + "by: zhang\n  role: team_lead".len()..]
    );
    desk.write(&path, forged);
    desk.git(["add", "-A"]);
    let told = desk.git(["log", "-1", "--format=%B"]);
    let told =
        told.replace("by zhang as team_lead", "by chen as agent").replace("By: zhang", "By: chen");
    let mut git = desk.at("09:20").by("chen").shell("git");
    git.args([
        "commit",
        "-q",
        "--amend",
        "--reset-author",
        "--cleanup=verbatim",
        "-m",
        told.trim_end(),
    ]);
    assert!(git.output().unwrap().status.success());
    let ran = desk.at("20:00").run("audit");
    assert_eq!(ran.status(), Some(1), "{ran}");
    assert!(ran.out().contains("H06") || ran.out().contains("required role"), "{ran}");
}

#[test]
fn an_imported_record_goes_on_after_a_redaction() {
    let desk = Desk::new();
    crate::import::with(&desk, crate::import::LOG.lines().next().unwrap());
    desk.at("11:00").by("zhang").run(&crate::import::line(&desk)).succeeds();
    let id = desk.at("11:01").run("list --all -q").succeeds().out().trim().to_owned();
    let redact = format!("redact {id} --event 1 --field title --reason 'a name'");
    desk.at("11:05").by("zhang").run(&redact).succeeds();
    crate::import::with(&desk, crate::import::LOG);
    let ran = desk.at("11:10").by("zhang").run(&crate::import::line(&desk));
    assert!(ran.out().contains("1 continued"), "{ran}");
    assert_eq!(desk.record(&id)["status"]["title"], "[redacted]");
    desk.is_honest();
}
