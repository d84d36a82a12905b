//! Signatures: commits signed with real keys of OpenSSH, and an audit that knows whose they are.

use std::process::Command;

use serde_json::Value;

use crate::desk::{Desk, REQUEST};

/// Makes a key, and gives the line of its public half.
fn key(desk: &Desk, name: &str) -> String {
    let path = desk.home().join(name);
    let made = Command::new("ssh-keygen")
        .args(["-q", "-t", "ed25519", "-N", "", "-C", name, "-f"])
        .arg(&path)
        .status()
        .unwrap();
    assert!(made.success());
    std::fs::read_to_string(path.with_extension("pub")).unwrap().trim().to_owned()
}

fn sign_with(desk: &Desk, name: &str) {
    desk.git(["config", "gpg.format", "ssh"]);
    let path = desk.home().join(name);
    desk.git(["config", "user.signingkey", path.to_str().unwrap()]);
}

/// A desk on which zhang has a key and every commit from now on must be signed.
fn strict() -> Desk {
    let desk = Desk::new();
    let own = key(&desk, "zhang");
    let change = ["people", "change", "zhang", "--key", &own];
    desk.at("08:20").by("zhang").run(change).succeeds();
    let rules = desk.read("docket.yaml").replace("signatures: optional", "signatures: required");
    assert!(rules.contains("signatures: required"), "{rules}");
    desk.write("docket.yaml", rules);
    desk.git([
        "commit",
        "-q",
        "--author=zhang <zhang@example.com>",
        "--date=2026-11-23T08:30:00+08:00",
        "-a",
        "-m",
        "signatures from now on",
    ]);
    sign_with(&desk, "zhang");
    desk
}

/// What the audit says of signatures: the commit, and what is there.
fn unsigned(desk: &Desk) -> Vec<(String, String)> {
    let ran = desk.at("12:00").run("audit --json");
    let told: Value = serde_json::from_str(&ran.out()).unwrap_or_else(|_| panic!("{ran}"));
    let findings = told["findings"].as_array().unwrap().iter();
    let of_signatures = findings.filter(|finding| finding["code"] == "H25").map(|finding| {
        let text = |key: &str| finding[key].as_str().unwrap().to_owned();
        (text("commit"), text("found"))
    });
    of_signatures.collect()
}

#[test]
fn a_desk_that_requires_signatures_signs_and_the_audit_finds_the_unsigned_and_the_foreign() {
    let desk = strict();
    let id = desk.at("09:00").by("zhang").run(REQUEST).id();
    desk.at("09:10").by("zhang").run(&format!("ack {id} --reply-by +1h")).succeeds();
    assert_eq!(unsigned(&desk), []);

    // by somebody whose key the roster does not hold
    desk.at("09:20").by("chen").run(&format!("update {id} --note 'on it'")).succeeds();
    let foreign = desk.head();
    let found = unsigned(&desk);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].0, foreign);
    assert!(found[0].1.contains("no key of theirs"), "{found:?}");

    // a key that comes later proves nothing of what was before
    let own = key(&desk, "chen");
    let change = ["people", "change", "chen", "--key", &own];
    desk.at("09:30").by("zhang").run(change).succeeds();
    assert_eq!(unsigned(&desk).len(), 1);
    sign_with(&desk, "chen");
    desk.at("09:40").by("chen").run(&format!("update {id} --note 'done'")).succeeds();
    assert_eq!(unsigned(&desk).len(), 1, "chen's own key, known by then");
    sign_with(&desk, "zhang");
    desk.at("09:50").by("chen").run(&format!("update {id} --note 'more'")).succeeds();
    assert_eq!(unsigned(&desk)[1].0, desk.head(), "another's key");

    desk.git(["commit", "-q", "--amend", "--no-edit", "--no-gpg-sign"]);
    let bare = unsigned(&desk).pop().unwrap();
    assert_eq!(bare, (desk.head(), "none".to_owned()));
}

#[test]
fn who_cannot_sign_writes_nothing_on_a_desk_that_requires_it() {
    let desk = strict();
    desk.git(["config", "user.signingkey", "/nowhere/key"]);
    let head = desk.head();
    desk.at("09:00").by("zhang").run(REQUEST).fails("sign");
    assert_eq!(desk.head(), head);
    assert_eq!(desk.status(), "");
}

#[test]
fn a_key_that_is_none_is_refused_before_it_stands_in_the_roster() {
    let desk = Desk::new();
    for key in [
        "nonsense",
        "openpgp:1234",
        "cert-authority ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA",
        "ssh-ed25519 none",
    ] {
        let change = ["people", "change", "chen", "--key", key];
        desk.at("09:00").by("zhang").run(change).usage("--key");
    }
    let spaced = "openpgp:1234 5678 9ABC DEF0 1234  5678 9ABC DEF0 1234 5678";
    let change = ["people", "change", "chen", "--key", spaced];
    desk.at("09:00").by("zhang").run(change).succeeds();
    let roster = desk.at("09:10").run("people list --json").json();
    assert_eq!(roster["people"][1]["keys"][0], "openpgp:123456789ABCDEF0123456789ABCDEF012345678");
}
