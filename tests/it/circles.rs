//! Two clones that merge two records, or two contacts, into each other: one of them holds.

use serde_json::Value;

use docket::testing::store::layout;

use crate::desk::{Desk, FAULT, MACHINE};

/// Two clones of a desk with two faults of one customer, whose two persons are called differently, and
/// the ids of both faults and contacts.
fn clones() -> (Desk, Desk, [String; 2], [String; 2]) {
    let one = Desk::new();
    let first = one.fault();
    let second = FAULT.replace("Ms Wang", "Mr Xu").replace("13812341234", "13900001111");
    let second = one.at("09:05").by("chen").run(&second).id();
    one.git(["init", "-q", "--bare", "../door.git"]);
    one.git(["remote", "add", "origin", "../door.git"]);
    one.at("09:06").by("zhang").run("sync").succeeds();
    let other = Desk::clone_of(&one.path("../door.git").canonicalize().unwrap());
    let contact = |id: &str| one.record(id)["status"]["contact"].as_str().unwrap().to_owned();
    let contacts = [contact(&first), contact(&second)];
    (one, other, [first, second], contacts)
}

fn merge_into_each_other(one: &Desk, other: &Desk, verb: &str, ids: &[String; 2]) {
    let words = |from: &str, into: &str| match verb {
        "merge" => format!("merge {from} --into {into} --reason 'the same matter'"),
        _ => format!("contact merge {from} --into {into}"),
    };
    one.at("09:10").by("chen").run(&words(&ids[0], &ids[1])).succeeds();
    other.at("09:20").by("zhang").run(&words(&ids[1], &ids[0])).succeeds();
}

fn listed(desk: &Desk, words: &str) -> Vec<String> {
    let told: Value = desk.at("12:00").run(words).json();
    let rows = told["records"].as_array().or(told["contacts"].as_array()).unwrap();
    let mut ids: Vec<_> = rows.iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect();
    ids.sort();
    ids
}

fn meet(one: &Desk, other: &Desk, time: &str) {
    for desk in [one, other, one] {
        desk.at(time).by("zhang").run("sync").succeeds();
    }
    assert_eq!(one.head(), other.head());
    one.is_honest();
}

#[test]
fn of_two_records_merged_into_each_other_one_holds_until_a_person_settles_it() {
    let (one, other, ids, _) = clones();
    merge_into_each_other(&one, &other, "merge", &ids);
    meet(&one, &other, "10:00");
    for desk in [&one, &other] {
        assert_eq!(listed(desk, "list --json"), [ids[1].clone()], "the later merge is set aside");
        let record = desk.record(&ids[1]);
        assert_eq!(record["status"]["set_aside"].as_array().unwrap().len(), 1, "{record}");
        desk.at("12:00").run("").says(&ids[1]);
        let check = desk.at("12:00").run("check");
        assert!(check.out().contains("A34") && !check.out().contains("A31"), "{check}");
        desk.at("12:00").run("doctor").says("no damage");
    }
    // what was set aside fits no more, for the other one is merged into this
    let record = one.record(&ids[1]);
    let aside = record["status"]["set_aside"][0].as_str().unwrap();
    let settle = |keep: &str| format!("settle {} --keep {keep} --reason 'they agreed'", ids[1]);
    one.at("12:00").by("chen").run(&settle(aside)).refuses("merged");
    let opening = record["history"][0]["id"].as_str().unwrap();
    one.at("12:05").by("chen").run(&settle(opening)).succeeds();
    one.at("12:10").by("chen").run(&format!("ack {} --reply-by +1h", ids[1])).succeeds();
    meet(&one, &other, "13:00");
    assert_eq!(other.record(&ids[1])["status"]["set_aside"], Value::Null);
}

#[test]
fn of_two_records_merged_into_each_other_a_person_may_choose_either() {
    for turned in [false, true] {
        let (one, other, ids, _) = clones();
        let [goes, holds] = &ids;
        merge_into_each_other(&one, &other, "merge", &ids);
        meet(&one, &other, "10:00");
        let settle = |id: &str, keep: &str| format!("settle {id} --keep {keep} --reason 'agreed'");
        let aside = one.record(holds)["status"]["set_aside"][0].as_str().unwrap().to_owned();
        let stands = one.record(goes)["history"][1]["id"].as_str().unwrap().to_owned();
        let unknown = one.at("12:00").by("chen").run(&settle(holds, "nothing"));
        unknown.refuses(&aside).and(&stands);
        if turned {
            let first = format!("docket settle {goes} --keep {aside}");
            one.at("12:00").by("chen").run(&settle(holds, &aside)).refuses(&first);
            one.at("12:00").by("chen").run(&settle(goes, &aside)).succeeds();
            assert_eq!(one.record(goes)["status"]["state"], "open");
            assert_eq!(one.record(goes)["status"]["merged_into"], Value::Null);
            one.at("12:05").by("chen").run(&settle(holds, &aside)).succeeds();
        } else {
            one.at("12:00").by("chen").run(&settle(holds, &stands)).succeeds();
        }
        meet(&one, &other, "13:00");
        let left = if turned { goes } else { holds };
        for desk in [&one, &other] {
            assert_eq!(listed(desk, "list --json"), std::slice::from_ref(left));
            let check = desk.at("13:00").run("check");
            assert!(!check.out().contains("A34") && !check.out().contains("A31"), "{check}");
            desk.at("13:00").run("doctor").says("no damage");
        }
        one.at("13:10").by("chen").run(&format!("ack {left} --reply-by +1h")).succeeds();
        one.at("13:20").by("chen").run(&settle(goes, &aside)).refuses("no conflict");
        one.is_honest();
    }
}

#[test]
fn of_two_contacts_merged_into_each_other_one_holds_until_a_person_says_which() {
    for turned in [false, true] {
        let (one, other, _, contacts) = clones();
        merge_into_each_other(&one, &other, "contact", &contacts);
        meet(&one, &other, "10:00");
        let (goes, holds) = (contacts.iter().min().unwrap(), contacts.iter().max().unwrap());
        for desk in [&one, &other] {
            assert_eq!(listed(desk, "contact list --json"), std::slice::from_ref(holds));
            let check = desk.at("12:00").run("check");
            assert!(!check.out().contains("A31"), "{check}");
            assert!(
                check.out().contains(&format!("A34  {}", layout::contact(&holds.parse().unwrap()))),
                "{check}"
            );
            assert!(!desk.at("12:00").run("doctor --repair").out().contains("circle"));
            desk.at("12:00").run(&format!("contact show {goes}")).says("docket contact merge");
        }
        let (from, into) = if turned { (holds, goes) } else { (goes, holds) };
        one.at("12:10").by("chen").run(&format!("contact merge {from} --into {into}")).succeeds();
        meet(&one, &other, "13:00");
        for desk in [&one, &other] {
            assert_eq!(listed(desk, "contact list --json"), std::slice::from_ref(into));
            let check = desk.at("13:00").run("check");
            assert!(!check.out().contains("A34") && !check.out().contains("A31"), "{check}");
        }
        // said once, it stays: merging again is as it is for any two that are one
        one.at("13:10")
            .by("chen")
            .run(&format!("contact merge {from} --into {into}"))
            .refuses("was merged");
    }
}

#[test]
fn contacts_settled_in_opposite_ways_wait_for_a_person_again() {
    for turned in [false, true] {
        let (one, other, _, contacts) = clones();
        merge_into_each_other(&one, &other, "contact", &contacts);
        meet(&one, &other, "10:00");
        let (goes, holds) = (contacts.iter().min().unwrap(), contacts.iter().max().unwrap());
        let merge = |desk: &Desk, at: &str, from: &str, into: &str| {
            desk.at(at).by("chen").run(&format!("contact merge {from} --into {into}")).succeeds();
        };
        merge(&one, "11:00", goes, holds);
        merge(&other, "11:10", holds, goes);
        meet(&one, &other, "12:00");
        assert!(one.at("12:00").run("check").out().contains("A34"));
        let (from, into) = if turned { (goes, holds) } else { (holds, goes) };
        merge(&one, "12:10", from, into);
        assert!(!one.at("12:20").run("check").out().contains("A34"), "{from} into {into}");
        assert_eq!(listed(&one, "contact list --json"), std::slice::from_ref(into));
        one.is_honest();
    }
}

#[test]
fn contacts_that_plain_git_left_in_a_circle_are_settled_by_merging_them_again() {
    for turned in [false, true] {
        let (one, other, _, contacts) = clones();
        merge_into_each_other(&one, &other, "contact", &contacts);
        one.at("09:30").by("zhang").run("sync").succeeds();
        pull(&other);
        let (from, into) = if turned { (1, 0) } else { (0, 1) };
        let line = format!("contact merge {} --into {}", contacts[from], contacts[into]);
        other.at("10:00").by("chen").run(&line).succeeds();
        assert_eq!(listed(&other, "contact list --json"), [contacts[into].clone()]);
        other.is_honest();
    }
}

/// What plain git makes of both.
fn pull(desk: &Desk) {
    let mut pull = desk.at("09:40").by("zhang").shell("git");
    pull.env("GIT_COMMITTER_EMAIL", MACHINE).env("GIT_COMMITTER_NAME", "Front Desk");
    let output = pull.args(["pull", "-q", "--no-edit"]).output().unwrap();
    assert!(output.status.success(), "{output:?}");
}

#[test]
fn what_two_clones_settle_in_opposite_ways_is_not_left_without_a_word() {
    for [one_at, other_at] in [["11:00", "11:10"], ["11:10", "11:00"]] {
        let (one, other, ids, _) = clones();
        let [goes, holds] = &ids;
        merge_into_each_other(&one, &other, "merge", &ids);
        meet(&one, &other, "10:00");
        let aside = one.record(holds)["status"]["set_aside"][0].as_str().unwrap().to_owned();
        let stands = one.record(goes)["history"][1]["id"].as_str().unwrap().to_owned();
        let check = one.at("10:00").run("check");
        for command in [
            format!("docket settle {holds} --keep 1"),
            format!("docket settle {goes} --keep {aside}"),
            format!("docket settle {holds} --keep 2"),
        ] {
            assert!(check.out().contains(&command), "no {command} in {check}");
        }
        let settle = |desk: &Desk, at: &str, id: &str, keep: &str| {
            let line = format!("settle {id} --keep {keep} --reason agreed");
            desk.at(at).by("chen").run(&line).succeeds();
        };
        settle(&one, one_at, holds, &stands);
        settle(&other, other_at, goes, &aside);
        settle(&other, other_at, holds, "2");
        meet(&one, &other, "12:00");
        let check = one.at("12:00").run("check");
        assert!(check.out().contains("A34") && check.out().contains("docket merge"), "{check}");
        let merge = format!("merge {goes} --into {holds} --reason r");
        one.at("12:10").by("chen").run(&merge).succeeds();
        assert!(!one.at("12:20").run("check").out().contains("A34"));
        one.is_honest();
    }
}

#[test]
fn what_plain_git_merged_in_a_circle_doctor_and_sync_mend_and_the_audit_takes_both() {
    for (verb, mends) in [
        ("merge", "doctor --repair"),
        ("contact", "doctor --repair"),
        ("merge", "sync"),
        ("contact", "sync"),
    ] {
        let (one, other, ids, contacts) = clones();
        let which = if verb == "merge" { &ids } else { &contacts };
        merge_into_each_other(&one, &other, verb, which);
        one.at("09:30").by("zhang").run("sync").succeeds();
        pull(&other);
        let check = other.at("12:00").run("check");
        assert!(check.out().contains("A31"), "{verb}: {check}");
        other.is_honest();
        let doctor = other.at("12:00").by("zhang").run("doctor");
        assert!(doctor.out().contains("merged in a circle"), "{verb}: {doctor}");
        let ran = other.at("12:05").by("zhang").run(mends).succeeds();
        assert_eq!(ran.out().contains("docket contact merge"), verb != "merge" && mends == "sync");
        let check = other.at("12:10").run("check");
        assert!(!check.out().contains("A31"), "{verb}: {check}");
        meet(&other, &one, "13:00");
        let look = if verb == "merge" { "list --json" } else { "contact list --json" };
        assert_eq!(listed(&one, look).len(), 1, "{verb}");
    }
}

#[test]
fn of_two_records_that_clones_let_wait_for_each_other_the_one_linked_first_waits() {
    for kind in ["depends_on", "child"] {
        let (one, other, ids, _) = clones();
        for id in &ids {
            one.at("09:08").by("chen").run(&format!("ack {id} --reply-by +1h")).succeeds();
        }
        meet(&one, &other, "09:09");
        let link =
            |from: usize, to: usize| format!("link {} --to {} --as {kind}", ids[from], ids[to]);
        one.at("09:10").by("chen").run(&link(0, 1)).succeeds();
        other.at("09:20").by("zhang").run(&link(1, 0)).succeeds();
        meet(&one, &other, "10:00");
        let resolve = |desk: &Desk, time: &str, id: &str| {
            let words = format!("resolve {id} --result r --cause c --code fixed --lang en");
            desk.at(time).by("chen").run(&words).status()
        };
        let (waits, free) = if kind == "child" { (&ids[1], &ids[0]) } else { (&ids[0], &ids[1]) };
        for desk in [&one, &other] {
            assert_eq!(resolve(desk, "10:05", waits), Some(1), "{kind}");
            let check = desk.at("10:06").run("check --lang en");
            assert_eq!(check.out().matches("this link does not count").count(), 1, "{check}");
            let at = format!("A31  {free}");
            assert!(check.out().contains(&at), "{kind}: {check}");
        }
        assert_eq!(resolve(&other, "10:10", free), Some(0), "{kind}");
        meet(&one, &other, "10:20");
        assert_eq!(resolve(&one, "10:30", waits), Some(0), "{kind}");
        one.is_honest();
    }
}

#[test]
fn what_one_clone_merged_into_what_another_cancelled_is_found() {
    let (one, other, ids, _) = clones();
    one.at("09:10")
        .by("chen")
        .run(&format!("merge {} --into {} --reason x", ids[0], ids[1]))
        .succeeds();
    other.at("09:20").by("chen").run(&format!("cancel {} --mistake x", ids[1])).succeeds();
    meet(&one, &other, "10:00");
    let check = one.at("12:00").run("check --lang en");
    assert!(check.out().contains("cancelled without a word of it"), "{check}");
    // a word on something else says nothing of it
    let other = format!("amend {} --event 1 --note 'the other line' --reason x", ids[0]);
    one.at("12:05").by("chen").run(&other).succeeds();
    let check = one.at("12:06").run("check --lang en");
    assert!(check.out().contains("cancelled without a word of it"), "{check}");
    let told = format!("amend {} --event 2 --note 'asked again by phone' --reason x", ids[0]);
    one.at("12:10").by("chen").run(&told).succeeds();
    let check = one.at("12:15").run("check --lang en");
    assert!(!check.out().contains("A31"), "{check}");
}
