//! Two clones that change the roster, the rules and the customers at once, and meet.

use serde_json::Value;

use crate::{
    agreements::AGREEMENTS,
    desk::{Desk, Ran},
};

/// A desk that zhang and li lead, and another clone of it.
fn two() -> [Desk; 2] {
    let one = Desk::new();
    lead(&one, "08:10", "people change li --role team_lead").succeeds();
    one.git(["init", "-q", "--bare", "../door.git"]);
    one.git(["remote", "add", "origin", "../door.git"]);
    lead(&one, "08:30", "sync").succeeds();
    let other = Desk::clone_of(&one.path("../door.git").canonicalize().unwrap());
    [one, other]
}

fn lead<'d>(desk: &'d Desk, time: &str, line: &str) -> Ran<'d> {
    desk.at(time).by("zhang").run(line)
}

fn person(id: &str) -> String {
    format!("people add {id} --name {id} --email {id}@example.com --role agent")
}

/// Both meet, whoever merges, until they hold the same.
fn meet([one, other]: &[Desk; 2], time: &str) {
    for desk in [one, other, one] {
        desk.at(time).by("chen").run("sync").succeeds();
    }
    assert_eq!(one.head(), other.head());
    assert_eq!([one, other].map(Desk::status), ["", ""]);
}

fn ids(desk: &Desk) -> Vec<String> {
    let listed = desk.at("12:00").run("people list --json").json();
    let people = listed["people"].as_array().unwrap().iter();
    let mut ids: Vec<_> = people.map(|one| one["id"].as_str().unwrap().to_owned()).collect();
    ids.sort();
    ids
}

fn errors(desk: &Desk) -> Vec<String> {
    let told: Value = serde_json::from_str(&desk.at("20:00").run("audit --json").out()).unwrap();
    let findings = told["findings"].as_array().unwrap().iter();
    let errors = findings.filter(|one| one["severity"] == "error");
    errors.map(|one| one["code"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn two_clones_that_add_customers_people_and_rules_at_once_sync_without_a_hand() {
    let clones = two();
    let [one, other] = &clones;
    one.write("../home/agreements.yaml", AGREEMENTS);
    lead(one, "08:40", "policy edit agreements --from ../home/agreements.yaml --reason begun")
        .succeeds();
    meet(&clones, "08:45");
    for (desk, by, lines) in [
        (
            one,
            "zhang",
            [
                "customer add acme --name ACME",
                &person("ann"),
                "people change chen --email chen@work.example",
                "policy set levels.limits.urgent.respond 30m --reason sooner",
                "policy set units.units.desk.name Front --reason named",
                "policy set agreements.agreements.0.signed C-1 --reason signed",
            ],
        ),
        (
            other,
            "li",
            [
                "customer add bolt --name Bolt",
                &person("bob"),
                "people change chen --email chen@example.com --email chen@home.example",
                "policy set levels.limits.urgent.resolve 20h --reason sooner",
                "policy set units.units.network.name Wires --reason named",
                "policy set agreements.agreements.2.signed C-2 --reason signed",
            ],
        ),
    ] {
        for line in lines {
            desk.at("09:00").by(by).run(line).succeeds();
        }
    }
    meet(&clones, "09:30");
    for desk in &clones {
        desk.is_honest();
        assert_eq!(ids(desk), ["ann", "bob", "chen", "li", "wu", "zhang"]);
        let shown =
            |what: &str| desk.at("12:00").run(&format!("policy show {what}")).succeeds().out();
        for (rule, value) in [
            ("levels.limits.urgent.respond", "30m\n"),
            ("levels.limits.urgent.resolve", "20h\n"),
            ("units.units.desk.name", "Front\n"),
            ("units.units.network.name", "Wires\n"),
            ("levels.document.version", "3\n"),
            ("levels.document.approved_by", "zhang; 李雷\n"),
            ("agreements.agreements.0.signed", "C-1\n"),
            ("agreements.agreements.2.signed", "C-2\n"),
        ] {
            assert_eq!(shown(rule), value, "{rule}");
        }
        let told = desk.at("12:00").run("customer list").succeeds().out();
        assert!(told.contains("ACME") && told.contains("Bolt"), "{told}");
        let chen = desk.read("policy/people.yaml");
        assert!(chen.contains("chen@work.example") && chen.contains("chen@home.example"), "{chen}");
    }
    // the next change counts on from there
    lead(one, "10:00", "policy set levels.at_risk 70 --reason later").says("version 4");
    one.is_honest();
}

#[test]
fn plain_git_merges_people_and_rules_as_docket_does() {
    let clones = two();
    let [one, other] = &clones;
    lead(one, "09:00", &person("ann")).succeeds();
    lead(one, "09:01", "policy set levels.limits.urgent.respond 30m --reason sooner").succeeds();
    lead(one, "09:02", "sync").succeeds();
    lead(other, "09:00", &person("bob")).succeeds();
    let set = "policy set levels.limits.general.resolve 3wd --reason later";
    other.at("09:01").by("li").run(set).succeeds();
    let mut git = other.at("09:05").by("chen").shell("git");
    let output = git.args(["pull", "-q", "--no-edit", "origin", "main"]).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert_eq!(ids(other), ["ann", "bob", "chen", "li", "wu", "zhang"]);
    other.is_honest();
    meet(&clones, "09:10");
    one.is_honest();
}

#[test]
fn people_who_do_not_go_together_are_left_to_a_person() {
    for (of_one, of_other, why) in [
        (
            person("ann"),
            person("ann").replace("--name ann", "--name Anna"),
            "both sides changed the same lines",
        ),
        (
            person("ann"),
            person("anna").replace("anna@example.com", "ann@example.com"),
            "give ann@example.com to two people",
        ),
        (
            "people change li --role engineer".to_owned(),
            "people change zhang --role agent".to_owned(),
            "leave no team lead",
        ),
    ] {
        let [one, other] = two();
        lead(&one, "09:00", &of_one).succeeds();
        lead(&one, "09:01", "sync").succeeds();
        other.at("09:00").by("li").run(&of_other).succeeds();
        let before = other.head();
        let refused = other.at("09:02").by("li").run("sync");
        assert_eq!(refused.status(), Some(1), "{refused}");
        for part in ["policy/people.yaml", "a team lead does it: git merge origin/main", why] {
            assert!(refused.err().contains(part), "{part}: {refused}");
        }
        assert_eq!((other.head(), other.status()), (before, String::new()));
    }
}

#[test]
fn a_merge_that_slips_somebody_into_the_roster_is_found() {
    let merged = || {
        let [one, other] = two();
        lead(&one, "09:00", &person("ann")).succeeds();
        lead(&one, "09:01", "sync").succeeds();
        lead(&other, "09:00", &person("bob")).succeeds();
        lead(&other, "09:02", "sync").succeeds();
        assert_eq!(errors(&other), [""; 0]);
        other
    };
    for (old, new) in [
        ("- id: bob", "- id: eve"),
        (
            "  - bob@example.com\n  roles:\n  - agent",
            "  - bob@example.com\n  roles:\n  - team_lead",
        ),
        ("version: 1", "version: 2"),
    ] {
        let desk = merged();
        let text = desk.read("policy/people.yaml");
        assert!(text.contains(old), "{text}");
        desk.write("policy/people.yaml", text.replace(old, new));
        desk.git(["commit", "-q", "-a", "--amend", "--no-edit"]);
        assert!(errors(&desk).contains(&"H22".to_owned()), "{new}: {:?}", errors(&desk));
    }
}

#[test]
fn rules_that_hold_on_each_side_and_not_together_are_not_made_one() {
    let clones = two();
    let [one, other] = &clones;
    lead(one, "08:35", "people change wu --unit network").succeeds();
    let edited = |desk: &Desk, time: &str, file: &str, from: &str, to: &str| {
        let text = desk.read(&format!("policy/{file}.yaml"));
        assert!(text.contains(from), "{text}");
        desk.write("../home/edited.yaml", text.replace(from, to));
        let line = format!("policy edit {file} --from ../home/edited.yaml --reason moved");
        lead(desk, time, &line).succeeds();
    };
    edited(one, "08:36", "catalog", "unit: systems", "unit: network");
    meet(&clones, "08:40");
    edited(one, "09:00", "units", "id: systems", "id: servers");
    edited(other, "09:01", "catalog", "unit: network", "unit: systems");
    lead(one, "09:02", "sync").succeeds();
    let before = other.head();
    let refused = lead(other, "09:03", "sync");
    assert_eq!(refused.status(), Some(1), "{refused}");
    let told = refused.err();
    assert!(told.contains("do not hold together: policy/catalog.yaml"), "{told}");
    assert!(told.contains("docket policy edit policy/catalog.yaml"), "{told}");
    assert_eq!(other.head(), before, "nothing is merged");
    lead(other, "09:04", "list").succeeds();
    edited(other, "09:05", "catalog", "unit: systems", "unit: network");
    meet(&clones, "09:10");
    assert_eq!(errors(one), Vec::<String>::new());
}

/// Git merges what came from the remote, which is a conflict in one file; `resolve` says what becomes of it.
fn merge_by_hand(
    desk: &Desk,
    time: &str,
    (by, file): (&str, &str),
    resolve: impl Fn(String) -> String,
) {
    desk.git(["fetch", "-q"]);
    let git = |args: &[&str]| {
        let output = desk.at(time).by(by).shell("git").args(args).output().unwrap();
        output.status.success()
    };
    assert!(!git(&["merge", "-q", "origin/main"]), "a conflict is expected");
    desk.git(["checkout", "-q", "--ours", "--", file]);
    desk.write(file, resolve(desk.read(file)));
    assert!(git(&["commit", "-q", "-a", "-m", "Merge"]));
}

const ROSTER: &str = "policy/people.yaml";
const LEVELS: &str = "policy/levels.yaml";

#[test]
fn who_was_retired_on_one_side_does_not_merge_the_rules_of_both() {
    // the day before as well: who dates a merge back gains nothing by it
    for time in ["09:30", "2026-11-22 09:30"] {
        for (file, one_does, other_does) in [
            (ROSTER, "people change chen --name Chena", "people change chen --name Chenb"),
            (
                LEVELS,
                "policy set levels.limits.urgent.respond 30m --reason sooner",
                "policy set levels.limits.urgent.respond 20m --reason sooner",
            ),
        ] {
            let [one, other] = two();
            lead(&one, "09:00", one_does).succeeds();
            lead(&one, "09:01", "people retire li --reason gone").succeeds();
            lead(&one, "09:02", "sync").succeeds();
            other.at("09:00").by("li").run(other_does).succeeds();
            let third = |text: String| text.replace("respond: 20m", "respond: 10m");
            merge_by_hand(&other, time, ("li", file), third);
            let refused = other.at("09:40").by("li").run("sync");
            assert_eq!(refused.status(), Some(1), "{refused}");
            for part in ["li@example.com is not a team lead by both", "git reset --keep", file] {
                assert!(refused.err().contains(part), "{part}: {refused}");
            }
            assert!(
                errors(&other).contains(&"H20".to_owned()),
                "{file} {time}: {:?}",
                errors(&other)
            );
        }
    }
}

#[test]
fn who_leads_by_both_sides_merges_the_rules_of_both() {
    let [one, other] = two();
    lead(&one, "09:00", "people change chen --name Chena").succeeds();
    lead(&one, "09:01", "people retire li --reason gone").succeeds();
    lead(&one, "09:02", "sync").succeeds();
    other.at("09:00").by("li").run("people change chen --name Chenb").succeeds();
    let there = one.read(ROSTER);
    merge_by_hand(&other, "09:30", ("zhang", ROSTER), |_| there.clone());
    assert_eq!(errors(&other), [""; 0]);
    lead(&other, "09:40", "sync").succeeds();
}

#[test]
fn what_one_clone_adopted_and_another_knew_nothing_of_is_told_before_its_day() {
    let clones = two();
    let [one, other] = &clones;
    let draft = |desk: &Desk, time: &str| {
        let text = desk.read(LEVELS).replace("respond: 1wd", "respond: 6wh");
        desk.write("../home/levels.yaml", text);
        let line =
            "policy edit levels --next --on 2026-12-01 --from ../home/levels.yaml --reason x";
        lead(desk, time, line).succeeds();
        desk.at(time).by("li").run("policy adopt levels").succeeds();
    };
    draft(one, "09:00");
    lead(one, "09:02", "sync").succeeds();
    one.at("09:03").run("policy check").says("clean");
    lead(other, "09:00", "policy set levels.limits.urgent.respond 2h --reason agreed").succeeds();
    let told = "from 2026-12-01 on, policy/adopted/2026-12-01/levels.yaml takes back";
    let said = lead(other, "09:05", "sync").says(told).out();
    assert!(said.contains("policy edit policy/levels.yaml --next --on 2026-12-01"), "{said}");
    lead(one, "09:06", "sync").says(told);
    for desk in &clones {
        assert!(!lead(desk, "09:07", "sync").succeeds().out().contains("takes back"), "only once");
        for line in ["policy check", "check"] {
            desk.at("09:08").run(line).finds("A61  policy/adopted/2026-12-01/levels.yaml");
        }
    }
    draft(one, "09:10");
    one.at("09:11").run("policy check").says("clean");
    let holds = |what: &str| {
        one.at("2026-12-01 09:00").run(&format!("policy show levels.limits.{what}.respond")).out()
    };
    assert_eq!(["urgent", "general"].map(holds), ["2h\n", "6wh\n"]);
    one.is_honest();
}
