//! Clones that go on without each other and meet again: nothing is lost, and what does not go
//! together is shown to a person.

use std::path::PathBuf;

use serde_json::Value;

use crate::desk::{Desk, REQUEST, Ran};

/// A desk, another clone of it, and the bare repository between them.
struct Two {
    one: Desk,
    other: Desk,
}

impl Two {
    fn new() -> Self {
        let one = Desk::new();
        let door = door(&one);
        Self { other: Desk::clone_of(&door), one }
    }

    /// With a fault that both know, opened by chen at 09:00.
    fn with_fault() -> (Self, String) {
        let one = Desk::new();
        let id = one.fault();
        let door = door(&one);
        (Self { other: Desk::clone_of(&door), one }, id)
    }

    /// Both meet until they hold the same.
    fn meet(&self, time: &str) {
        for desk in [&self.one, &self.other, &self.one] {
            desk.at(time).by("zhang").run("sync").succeeds();
        }
        assert_eq!(self.one.head(), self.other.head());
        for desk in [&self.one, &self.other] {
            assert_eq!(desk.status(), "");
            desk.is_honest();
        }
    }
}

fn door(desk: &Desk) -> PathBuf {
    desk.git(["init", "-q", "--bare", "../door.git"]);
    desk.git(["remote", "add", "origin", "../door.git"]);
    desk.at("08:30").by("zhang").run("sync").says("to origin");
    desk.path("../door.git").canonicalize().unwrap()
}

fn actions(record: &Value) -> Vec<&str> {
    let events = record["history"].as_array().unwrap().iter();
    events.map(|event| event["action"].as_str().unwrap()).collect()
}

#[test]
fn without_a_remote_sync_says_how_to_add_one() {
    let desk = Desk::new();
    let ran = desk.at("09:00").by("chen").run("sync");
    assert_eq!(ran.status(), Some(3), "{ran}");
    assert!(ran.err().contains("git remote add origin URL"), "{ran}");
    let zh = desk.at("09:00").by("chen").run("sync --lang zh-CN").err();
    assert!(zh.contains("没有可同步的远程仓库"), "{zh}");
    let ran = desk.at("09:00").by("chen").run("sync --remote nowhere");
    assert_eq!(ran.status(), Some(3), "{ran}");
}

#[test]
fn a_log_leaves_out_every_commit_at_which_a_shallow_clone_ends() {
    let (two, id) = Two::with_fault();
    two.one.at("09:05").by("chen").run(&format!("ack {id} --reply-by 10:30")).succeeds();
    two.meet("09:06");
    let note = |desk: &Desk, time: &str, note: &str| {
        let line = format!("update {id} --note '{note}'");
        desk.at(time).by("chen").run(&line).succeeds();
        desk.head().trim().to_owned()
    };
    let one = note(&two.one, "09:10", "one");
    let other = note(&two.other, "09:11", "other");
    two.meet("09:20");
    note(&two.one, "09:30", "both");
    let log = || two.one.at("09:40").by("chen").run(&format!("log {id} --lang en")).succeeds();
    let whole = log().out();
    assert!(whole.contains(&one[..7]) && whole.contains(&other[..7]), "{whole}");
    two.one.write(".git/shallow", format!("{one}\n{other}\n"));
    let cut = log();
    assert!(!cut.out().contains(&one[..7]) && !cut.out().contains(&other[..7]), "{cut}");
    let remarks = cut.err().lines().filter(|line| line.contains("shallow: what ")).count();
    assert_eq!(remarks, 1, "{cut}");
    assert!(cut.err().contains(&one[..7]) && cut.err().contains(&other[..7]), "{cut}");
}

#[test]
fn what_two_clones_recompute_alike_is_no_conflict() {
    let one = Desk::nowhere();
    one.at("08:00").by("zhang").run("init --timezone UTC").succeeds();
    let call = "call 'No network' -c ACME -n 'Ms Wang'";
    let id = one.at("08:10").by("zhang").run(call).id();
    one.at("08:11").by("zhang").run("calendar import --no-holidays 2026").succeeds();
    let two = Two { other: Desk::clone_of(&door(&one)), one };
    for (desk, time) in [(&two.one, "09:00"), (&two.other, "09:01")] {
        desk.at(time).by("zhang").run(&format!("sla recompute {id}")).succeeds();
        let again = desk.at("09:02").by("zhang").run(&format!("sla recompute {id}"));
        again.refuses("nothing to recompute");
    }
    two.meet("09:05");
    let record = two.one.record(&id);
    assert_eq!(actions(&record), ["open", "recompute", "recompute"]);
    assert_eq!(record["status"]["set_aside"], Value::Null, "{record}");
}

#[test]
fn a_week_offline_on_two_clones_loses_nothing_and_shows_the_clash() {
    let (two, id) = Two::with_fault();
    let steps = |desk: &Desk, to: &str, minute: u32| {
        for (n, (who, line)) in [
            ("chen", format!("ack {id} --reply-by 10:30")),
            ("chen", format!("route {id} --to {to} --reason 'a switch, it seems'")),
            ("chen", format!("update {id} --note 'seen by {to}'")),
        ]
        .iter()
        .enumerate()
        {
            let time = format!("09:{:02}", 10 + minute + u32::try_from(n).unwrap() * 2);
            desk.at(&time).by(who).run(line).succeeds();
        }
    };
    steps(&two.one, "li", 0);
    steps(&two.other, "wu", 1);

    two.one.at("2026-11-30 08:00").by("zhang").run("sync").says("3 commits in 1 record");
    let met = two.other.at("2026-11-30 08:01").by("zhang").run("sync").succeeds();
    for part in ["received 3 commits", "changed on both sides", "docket settle"] {
        assert!(met.out().contains(part), "no {part} in {met}");
    }
    let came = two.one.at("2026-11-30 08:02").by("zhang").run("sync").succeeds();
    assert!(came.out().contains("received 4 commits in 1 record"), "{came}");

    assert_eq!(two.one.head(), two.other.head());
    let record = two.one.record(&id);
    assert_eq!(actions(&record), ["open", "ack", "ack", "route", "route", "update", "update"]);
    let aside = record["status"]["set_aside"].as_array().unwrap();
    assert_eq!(aside.len(), 2, "told twice, and given to two people: {record}");
    let aside = aside[0].as_str().unwrap();

    two.one.at("2026-11-30 08:03").by("chen").run("").says("conflicts (1)");
    two.one.at("2026-11-30 08:03").by("chen").run("--lang zh-CN").says("待解决的冲突（1）");
    let shown = two.one.at("2026-11-30 08:03").by("chen").run(&format!("show {id}")).out();
    assert!(shown.contains(aside), "{shown}");
    let check = two.one.at("2026-11-30 08:03").run(&format!("check {id} --json")).out();
    assert!(check.contains("A34"), "{check}");
    two.one.is_honest();

    two.one.at("2026-11-30 08:04").by("chen").run(&format!("settle {id}")).usage("--keep");
    let nothing = format!("settle {id} --keep 00000 --reason 'both called'");
    two.one.at("2026-11-30 08:04").by("chen").run(&nothing).refuses(aside);
    let first = record["history"][1]["id"].as_str().unwrap();
    let settle = format!("settle {id} --keep {first} --reason 'he was told first'");
    two.one.at("2026-11-30 08:05").by("chen").run(&settle).says("settled");
    two.one.at("2026-11-30 08:06").by("chen").run(&settle).refuses("there is no conflict");
    assert!(two.one.record(&id)["status"]["set_aside"].is_null());
    two.meet("2026-11-30 08:10");
    let check = two.other.at("2026-11-30 08:11").run(&format!("check {id} --json")).out();
    assert!(!check.contains("A34"), "{check}");
}

#[test]
fn what_was_set_aside_has_its_effect_when_a_person_keeps_it_and_it_fits_now() {
    let (two, id) = Two::with_fault();
    let cancel = format!("cancel {id} --mistake 'opened twice'");
    two.one.at("09:10").by("chen").run(&cancel).succeeds();
    for (time, line) in [("09:11", "ack ID --reply-by 10:30"), ("09:12", "update ID --note 'no'")] {
        two.other.at(time).by("chen").run(&line.replace("ID", &id)).succeeds();
    }
    two.meet("09:20");
    let record = two.one.record(&id);
    let aside = record["status"]["set_aside"].as_array().unwrap().clone();
    assert!(!aside.is_empty(), "{record}");
    let keep = aside[0].as_str().unwrap();
    let settle = format!("settle {id} --keep {keep} --reason 'it is no mistake'");
    let ran = two.one.at("09:30").by("chen").run(&settle);
    let cancelled = record["status"]["state"] == "cancelled";
    assert_eq!(ran.status(), Some(i32::from(cancelled)), "{ran}");
    two.meet("09:40");
}

#[test]
fn plain_git_pull_merges_by_events_in_a_clone_that_docket_has_been_used_in() {
    let (two, id) = Two::with_fault();
    let taught = two.other.at("09:05").run("list").succeeds();
    assert!(taught.err().contains("git pull merges records too"), "{taught}");
    let again = two.other.at("09:05").run("list").succeeds();
    assert_eq!(again.err(), "");
    two.one.at("09:10").by("chen").run(&format!("ack {id} --reply-by 10:30")).succeeds();
    two.one.at("09:11").by("chen").run("sync").succeeds();
    two.other.at("09:12").by("chen").run(&format!("update {id} --note 'called again'")).succeeds();

    let mut pull = two.other.at("09:13").by("chen").shell("git");
    let pulled = pull.args(["pull", "-q", "--no-edit"]).output().unwrap();
    assert!(pulled.status.success(), "{pulled:?}");

    assert_eq!(actions(&two.other.record(&id)), ["open", "ack", "update"]);
    assert_eq!(two.other.status(), "");
    two.other.is_honest();
    two.meet("09:20");
}

#[test]
fn a_clone_that_was_never_taught_gets_a_conflict_that_is_settled() {
    let (two, id) = Two::with_fault();
    two.one.at("09:10").by("chen").run(&format!("ack {id} --reply-by 10:30")).succeeds();
    two.one.at("09:11").by("chen").run("sync").succeeds();
    two.other.at("09:12").by("chen").run(&format!("update {id} --note 'called again'")).succeeds();
    std::fs::write(two.other.path(".git/info/attributes"), "").unwrap();
    let mut pull = two.other.at("09:13").by("chen").shell("git");
    let pulled = pull.args(["pull", "-q", "--no-edit"]).output().unwrap();
    assert!(!pulled.status.success(), "{pulled:?}");

    let refused = two.other.at("09:14").by("chen").run("sync");
    assert_eq!(refused.status(), Some(3), "{refused}");
    assert!(refused.err().contains("docket doctor"), "{refused}");
    let seen = two.other.at("09:15").by("chen").run("doctor");
    assert_eq!(seen.status(), Some(1), "{seen}");
    assert!(seen.out().contains(&id) && seen.out().contains("--repair"), "{seen}");
    two.other.at("09:16").by("chen").run("doctor --repair").succeeds();

    assert_eq!(actions(&two.other.record(&id)), ["open", "ack", "update"]);
    two.other.at("09:17").by("chen").run("doctor").succeeds();
    two.meet("09:20");
}

#[test]
fn one_id_for_two_matters_is_told_apart_alike_on_every_clone() {
    let two = Two::new();
    let open = |desk: &Desk, time: &str, title: &str| {
        desk.at(time).by("chen").run(&REQUEST.replace("Account", title)).id()
    };
    // one seed, one tip, one person: the same id
    let id = open(&two.one, "09:00", "First");
    assert_eq!(open(&two.other, "09:01", "Second"), id);
    two.other.at("09:02").by("chen").run(&format!("ack {id} --reply-by 12:00")).succeeds();

    two.one.at("09:05").by("zhang").run("sync").succeeds();
    let met = two.other.at("09:06").by("zhang").run("sync").succeeds();
    assert!(met.out().contains("two records had the id"), "{met}");
    two.meet("09:07");

    let named = two.one.at("09:10").by("chen").run(&format!("show {id}"));
    assert_eq!(named.status(), Some(1), "{named}");
    let told = named.err();
    let both: Vec<&str> =
        told.split([' ', ',', '\n']).filter(|word| word.starts_with("R-") && *word != id).collect();
    assert_eq!(both.len(), 2, "{told}");
    for (name, title, steps) in [(both[0], "First", 1), (both[1], "Second", 2)] {
        let shown = two.one.at("09:11").run(&format!("show {name} --json")).json();
        assert!(shown["status"]["title"].as_str().unwrap().contains(title), "{name}: {shown}");
        assert_eq!(shown["history"].as_array().unwrap().len(), steps, "{name}");
    }
    let ack = format!("ack {} --reply-by 12:00", both[0]);
    two.one.at("09:12").by("chen").run(&ack).succeeds();
    two.one.at("09:13").by("chen").run(&format!("ack {id} --reply-by 12:00")).refuses(both[1]);
    two.meet("09:20");
}

#[test]
fn a_record_waits_for_the_matter_that_was_meant_and_not_for_a_namesake() {
    let two = Two::new();
    let run: for<'d> fn(&'d Desk, &str, &str) -> Ran<'d> =
        |desk, time, line| desk.at(time).by("chen").run(&format!("{line} --lang en"));
    let open = |desk: &Desk, time: &str, title: &str| {
        run(desk, time, &REQUEST.replace("Account", title)).id()
    };
    let id = open(&two.one, "09:00", "First");
    assert_eq!(open(&two.other, "09:01", "Second"), id);
    // each clone ties a record of its own to its own matter of this id
    let pairs = [(&two.one, "First"), (&two.other, "Second")].map(|(desk, title)| {
        let [waits, part] =
            ["waits", "part"].map(|what| open(desk, "09:02", &format!("{what} {title}")));
        run(desk, "09:03", &format!("link {waits} --to {id} --as depends_on")).succeeds();
        run(desk, "09:03", &format!("link {part} --to {id} --as child")).succeeds();
        (waits, part)
    });
    two.meet("09:10");
    let desk = &two.one;
    let named = run(desk, "09:15", &format!("show {id}")).err();
    let both: Vec<&str> = named
        .split([' ', ',', '\n'])
        .filter(|word| word.starts_with("R-") && *word != id)
        .collect();
    let real = |name: &str| {
        let shown = run(desk, "09:16", &format!("show {name} --json")).json();
        shown["id"].as_str().unwrap().to_owned()
    };
    let solve = "--result r --cause c --code fulfilled";
    let title = |id: &str| desk.record(id)["status"]["title"].as_str().unwrap().to_owned();
    for (name, (waits, part)) in both.iter().zip(&pairs) {
        assert_eq!(title(waits).split(' ').nth(1), title(name).split(' ').next());
        let all: Vec<&str> = [*name, waits.as_str(), part.as_str()].into();
        for id in all {
            run(desk, "09:20", &format!("ack {id} --reply-by +2h")).succeeds();
        }
    }
    // the first ends, which frees its own record and no other's
    run(desk, "09:30", &format!("resolve {} {solve}", both[0])).refuses(&pairs[0].1);
    run(desk, "09:31", &format!("resolve {} {solve}", pairs[0].1)).succeeds();
    run(desk, "09:32", &format!("resolve {} {solve}", pairs[1].0)).refuses(&real(both[1]));
    run(desk, "09:33", &format!("resolve {} {solve}", both[0])).succeeds();
    run(desk, "09:34", &format!("resolve {} {solve}", pairs[0].0)).succeeds();
    run(desk, "09:35", &format!("resolve {} {solve}", pairs[1].0)).refuses(&real(both[1]));
    run(desk, "09:36", &format!("resolve {} {solve}", both[1])).refuses(&pairs[1].1);
    run(desk, "09:37", &format!("resolve {} {solve}", pairs[1].1)).succeeds();
    run(desk, "09:38", &format!("resolve {} {solve}", both[1])).succeeds();
    run(desk, "09:39", &format!("resolve {} {solve}", pairs[1].0)).succeeds();
    desk.is_honest();
}

#[test]
fn a_clone_that_went_on_with_a_renamed_record_finds_it_again() {
    let two = Two::new();
    let third = Desk::clone_of(&two.one.path("../door.git"));
    let open = |desk: &Desk, time: &str, title: &str| {
        desk.at(time).by("chen").run(&REQUEST.replace("Account", title)).id()
    };
    let id = open(&two.one, "09:00", "First");
    open(&two.other, "09:01", "Second");
    // the third has the second one, under its first name, and goes on with it
    third.git(["pull", "-q", two.other.path("").to_str().unwrap(), "main"]);
    third.at("09:03").by("chen").run(&format!("ack {id} --reply-by 12:00")).succeeds();
    two.meet("09:05");
    third.at("09:10").by("zhang").run("sync").succeeds();
    two.meet("09:15");
    let records = two.one.git(["ls-files", "records"]);
    assert_eq!(records.lines().count(), 2, "{records}");
    assert_eq!(third.head(), two.one.head());
    let steps: usize =
        records.lines().map(|path| two.one.read(path).matches("\n  action: ").count()).sum();
    assert_eq!(steps, 3, "{records}");
}

#[test]
fn closed_never_opens_again_by_merging() {
    // who comes first by the order of the events must make no difference
    for (content, not) in [("10:30", "10:40"), ("10:40", "10:30")] {
        let one = Desk::new();
        let id = one.fault_in("resolved");
        let door = door(&one);
        let two = Two { other: Desk::clone_of(&door), one };
        let good = format!("confirm {id} --with 'Ms Wang' --satisfaction 4");
        two.one.at(content).by("chen").run(&good).succeeds();
        two.one.at("10:45").by("chen").run(&format!("close {id}")).succeeds();
        let bad = format!("confirm {id} --with 'Ms Wang' --not-handled 'still dark'");
        two.other.at(not).by("chen").run(&bad).succeeds();
        two.other.at("10:46").by("li").run(&format!("update {id} --note 'on it'")).succeeds();
        two.meet("10:50");
        let record = two.one.record(&id);
        assert_eq!(record["status"]["state"], "closed", "{record}");
        assert!(!record["status"]["set_aside"].as_array().unwrap().is_empty(), "{record}");
    }
}

#[test]
fn a_person_merges_field_by_field_and_what_both_changed_is_shown() {
    let (two, id) = Two::with_fault();
    two.meet("09:20");
    let name = two.one.record(&id)["status"]["contact"].as_str().unwrap().to_owned();
    let line = |more: &str| {
        "open request 'A desk lamp' --channel hotline --reported 'a lamp' --need 'a lamp'"
            .to_owned()
            + &format!(" --name {name} --customer ACME {more}")
            + " --category supply --expected-by 2026-11-27"
    };
    let known = |desk: &Desk| {
        let show = format!("contact show {name} --reveal --json");
        desk.at("10:00").by("chen").run(&show).json()["contacts"][0].clone()
    };
    two.one.at("09:30").by("chen").run(&line("--phone 13899990000")).succeeds();
    two.other.at("09:31").by("chen").run(&line("--salutation 'Ms W.'")).succeeds();
    two.meet("09:40");
    let both = known(&two.one);
    assert_eq!(
        (&both["phones"][0]["number"], &both["salutation"]),
        (&"13899990000".into(), &"Ms W.".into())
    );
    assert_eq!((&known(&two.other), &both["disputed"]), (&both, &Value::Null));

    two.one.at("09:50").by("chen").run(&line("--salutation 'Mrs Wang'")).succeeds();
    two.other.at("09:51").by("chen").run(&line("--salutation 'Dr Wang'")).succeeds();
    two.one.at("09:52").by("zhang").run("sync").succeeds();
    let met = two.other.at("09:53").by("zhang").run("sync").succeeds();
    assert!(met.out().contains(&format!("docket contact show {name}")), "{met}");
    two.meet("09:54");
    let disputed = known(&two.one)["disputed"]["salutation"].clone();
    assert_eq!(disputed, serde_json::json!(["Dr Wang", "Mrs Wang"]));
    two.one.at("09:55").by("chen").run(&line("--salutation 'Dr Wang'")).succeeds();
    two.meet("09:56");
    assert_eq!(known(&two.other)["disputed"], Value::Null);
}

#[test]
fn rules_merge_by_lines_and_one_line_changed_twice_is_a_clear_conflict() {
    let two = Two::new();
    let people = |desk: &Desk, time: &str, line: &str| {
        desk.at(time).by("zhang").run(line).succeeds();
    };
    people(&two.one, "09:00", "people change chen --unit network");
    let text = two.other.read("policy/levels.yaml").replacen("resolve: 24h", "resolve: 12h", 1);
    two.other.write("policy/levels.yaml", text);
    two.other.git(["add", "-A"]);
    let commit = |desk: &Desk, time: &str| {
        let mut git = desk.at(time).by("zhang").shell("git");
        git.args(["commit", "-q", "-a", "-m", "limits"]);
        assert!(git.output().unwrap().status.success());
    };
    commit(&two.other, "09:01");
    two.meet("09:05");

    for (desk, limit) in [(&two.one, "6h"), (&two.other, "7h")] {
        let text = desk.read("policy/levels.yaml").replacen(
            "resolve: 12h",
            &format!("resolve: {limit}"),
            1,
        );
        desk.write("policy/levels.yaml", text);
        commit(desk, "09:10");
    }
    two.one.at("09:11").by("zhang").run("sync").succeeds();
    let refused = two.other.at("09:12").by("zhang").run("sync");
    assert_eq!(refused.status(), Some(1), "{refused}");
    for part in ["policy/levels.yaml", "git merge origin/main"] {
        assert!(refused.err().contains(part), "{refused}");
    }
    assert_eq!(two.other.status(), "");

    let mut merge = two.other.at("09:13").by("zhang").shell("git");
    assert!(!merge.args(["merge", "-q", "origin/main"]).output().unwrap().status.success());
    let ours = two.other.git(["show", "HEAD:policy/levels.yaml"]);
    two.other.write("policy/levels.yaml", ours);
    two.other.git(["add", "-A"]);
    commit(&two.other, "09:14");
    two.meet("09:15");
}

#[test]
fn the_board_says_what_no_other_clone_has_and_since_when() {
    let two = Two::new();
    two.one.at("09:00").by("chen").run(REQUEST).succeeds();
    two.one.at("09:30").by("chen").run(&REQUEST.replace("Account", "Another")).succeeds();
    let board = two.one.at("10:00").by("chen").run("").succeeds();
    assert!(board.out().contains("not yet on origin: 2 steps since 2026-11-23 09:00"), "{board}");
    let told = two.one.at("10:00").by("chen").run("--json").json();
    assert_eq!(told["unsynced"]["commits"], 2, "{told}");
    two.one.at("10:01").by("chen").run("sync").succeeds();
    let board = two.one.at("10:02").by("chen").run("").succeeds();
    assert!(!board.out().contains("not yet at"), "{board}");
    two.one.at("10:03").by("chen").run("sync").says("up to date");
}

#[test]
fn what_a_remote_refuses_is_told_and_stays_here() {
    let two = Two::new();
    let hook = two.one.path("../door.git/hooks/pre-receive");
    std::fs::write(&hook, "#!/bin/sh\necho 'not on a Sunday' >&2\nexit 1\n").unwrap();
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(&hook, mode).unwrap();
    let id = two.one.at("09:00").by("chen").run(REQUEST).id();
    let refused = two.one.at("09:01").by("chen").run("sync");
    assert_eq!(refused.status(), Some(3), "{refused}");
    assert!(refused.err().contains("not on a Sunday"), "{refused}");
    assert_eq!(actions(&two.one.record(&id)), ["open"]);
    std::fs::remove_file(&hook).unwrap();
    two.one.at("09:02").by("chen").run("sync").says("to origin");
}

#[test]
fn a_lock_that_a_cut_off_push_left_at_the_remote_is_told_as_what_it_is() {
    let two = Two::new();
    two.one.at("09:00").by("chen").run(REQUEST).succeeds();
    let lock = two.one.path("../door.git/refs/heads/main.lock");
    std::fs::write(&lock, "").unwrap();
    let refused = two.one.at("09:01").by("chen").run("sync");
    assert_eq!(refused.status(), Some(3), "{refused}");
    refused.and("keeps everybody from pushing").and("main.lock").and("removes it while nobody");
    std::fs::remove_file(&lock).unwrap();
    two.one.at("09:02").by("chen").run("sync").says("to origin");
}

#[test]
fn a_merge_leaves_files_that_somebody_is_editing_alone() {
    let (two, id) = Two::with_fault();
    two.one.at("09:10").by("chen").run(&format!("ack {id} --reply-by 10:30")).succeeds();
    two.one.at("09:11").by("chen").run("sync").succeeds();
    two.other.write("notes.txt", "mine");
    two.other.git(["add", "notes.txt"]);
    let path = two.other.record_path(&id);
    let own = two.other.read(&path) + "# thinking\n";
    two.other.write(&path, &own);
    let refused = two.other.at("09:12").by("chen").run("sync");
    assert_eq!(refused.status(), Some(1), "{refused}");
    assert!(refused.err().contains("by hand"), "{refused}");
    assert_eq!(two.other.read(&path), own);
    two.other.git(["checkout", "-q", "--", &path]);
    two.other.at("09:13").by("chen").run("sync").succeeds();
    assert_eq!(two.other.status(), "A  notes.txt\n");
}

#[test]
fn work_given_to_two_people_is_a_clash_that_a_person_settles() {
    let (two, id) = Two::with_fault();
    two.one.at("09:05").by("chen").run(&format!("ack {id} --reply-by 12:00")).succeeds();
    two.meet("09:06");
    for (desk, to, time) in [(&two.one, "li", "09:10"), (&two.other, "wu", "09:11")] {
        let route = format!("route {id} --to {to} --reason 'his field'");
        desk.at(time).by("chen").run(&route).succeeds();
    }
    two.meet("09:20");
    let record = two.one.record(&id);
    let aside = record["status"]["set_aside"].as_array().unwrap();
    assert_eq!(aside.len(), 1, "{record}");
    let kept = record["status"]["assignee"].as_str().unwrap().to_owned();
    let settle = format!("settle {id} --keep {} --reason 'he is here'", aside[0].as_str().unwrap());
    two.one.at("09:30").by("chen").run(&settle).succeeds();
    assert_ne!(two.one.record(&id)["status"]["assignee"], kept.as_str());
    two.meet("09:31");
}

#[test]
fn what_was_taken_back_after_meeting_in_between_stays_taken_back() {
    let two = Two::new();
    let commit = |desk: &Desk, time: &str, path: &str, text: &str| {
        desk.write(path, text);
        desk.git(["add", "-A"]);
        git_at(desk, time, &["commit", "-q", "-m", "notes"]);
    };
    commit(&two.one, "09:00", "a.txt", "a\n");
    commit(&two.other, "09:00", "b.txt", "b\n");
    let tips = (two.one.head(), two.other.head());
    two.one.git(["fetch", "-q", two.other.path("").to_str().unwrap(), "main"]);
    two.other.git(["fetch", "-q", two.one.path("").to_str().unwrap(), "main"]);
    git_at(&two.one, "09:01", &["merge", "-q", "--no-edit", &tips.1]);
    git_at(&two.other, "09:02", &["merge", "-q", "--no-edit", &tips.0]);
    for (desk, path) in [(&two.one, "a.txt"), (&two.other, "b.txt")] {
        desk.git(["rm", "-q", path]);
        git_at(desk, "09:03", &["commit", "-q", "-m", "taken back"]);
    }
    two.meet("09:10");
    for path in ["a.txt", "b.txt"] {
        assert!(!two.one.path(path).exists(), "{path} is back");
    }
}

fn git_at(desk: &Desk, time: &str, words: &[&str]) {
    let mut git = desk.at(time).by("zhang").shell("git");
    let done = git.args(words).output().unwrap();
    assert!(done.status.success(), "{words:?}: {done:?}");
}

#[test]
fn links_and_filtered_files_of_the_repository_are_left_to_git() {
    let (two, id) = Two::with_fault();
    two.one.write(".gitattributes", two.one.read(".gitattributes") + "*.win text eol=crlf\n");
    two.one.write("notes.win", "one\ntwo\n");
    std::os::unix::fs::symlink("notes.win", two.one.path("link")).unwrap();
    two.one.git(["add", "-A"]);
    git_at(&two.one, "09:01", &["commit", "-q", "-m", "files"]);
    two.one.at("09:02").by("chen").run(&format!("update {id} --note here")).succeeds();
    two.other.at("09:03").by("chen").run(&format!("update {id} --note there")).succeeds();
    two.meet("09:05");
    assert_eq!(two.other.path("link").read_link().unwrap().to_str(), Some("notes.win"));
    assert_eq!(two.other.read("notes.win"), "one\r\ntwo\r\n");
    assert_eq!(actions(&two.other.record(&id)), ["open", "update", "update"]);

    let text = two.one.read("notes.win").replace("two", "three");
    two.one.write("notes.win", text);
    two.one.git(["add", "-A"]);
    git_at(&two.one, "09:10", &["commit", "-q", "-m", "files"]);
    two.meet("09:11");
}

#[test]
fn rules_that_cannot_be_read_are_not_sent_to_others() {
    let two = Two::new();
    two.one.write("policy/levels.yaml", "levels: [\n");
    two.one.git(["add", "-A"]);
    git_at(&two.one, "09:00", &["commit", "-q", "-m", "oops"]);
    let refused = two.one.at("09:01").by("zhang").run("sync");
    assert_eq!(refused.status(), Some(3), "{refused}");
    assert!(refused.err().contains("policy/levels.yaml"), "{refused}");
    two.other.at("09:02").by("zhang").run("sync").says("up to date");
    let seen = two.one.at("09:03").by("zhang").run("doctor");
    assert!(seen.out().contains("policy/levels.yaml"), "{seen}");
}

#[test]
fn two_persons_with_one_id_are_never_made_one() {
    let two = Two::new();
    let open = |desk: &Desk, time: &str, customer: &str| {
        desk.at(time).by("chen").run(&REQUEST.replace("Globex", customer)).succeeds();
    };
    open(&two.one, "09:00", "Globex");
    open(&two.other, "09:01", "Initech");
    two.one.at("09:02").by("chen").run("sync").succeeds();
    let refused = two.other.at("09:03").by("chen").run("sync");
    assert_eq!(refused.status(), Some(1), "{refused}");
    assert!(refused.err().contains("to different people"), "{refused}");
    let mut merge = two.other.at("09:04").by("chen").shell("git");
    assert!(!merge.args(["merge", "-q", "origin/main"]).output().unwrap().status.success());
}

#[test]
fn a_clone_of_a_remote_that_was_empty_then_begins_with_what_is_there_now() {
    let one = Desk::new();
    one.git(["init", "-q", "--bare", "../door.git"]);
    let door = one.path("../door.git").canonicalize().unwrap();
    let other = Desk::clone_of(&door);
    let early = other.at("09:00").by("zhang").run("sync");
    assert_eq!(early.status(), Some(3), "{early}");
    one.git(["remote", "add", "origin", "../door.git"]);
    one.at("09:01").by("zhang").run("sync").succeeds();
    other.at("09:02").by("zhang").run("sync").says("up to date");
    assert_eq!(other.head(), one.head());
    assert_eq!(other.status(), "");
    other.at("09:03").by("chen").run(REQUEST).succeeds();
}

#[test]
fn who_was_retired_while_offline_brings_what_they_did_before_without_an_alarm() {
    let two = Two::new();
    two.other.at("09:10").by("chen").run(REQUEST).succeeds();
    let line = "people retire chen --reason left";
    two.one.at("10:00").by("zhang").run(line).succeeds();
    two.one.at("10:01").by("zhang").run("sync").succeeds();
    two.other.at("2026-11-24 09:00").by("chen").run("sync").succeeds();
    let parents = two.other.git(["log", "-1", "--format=%an %p"]);
    assert_eq!(parents.split_whitespace().count(), 3, "chen merged: {parents}");
    two.other.is_honest();
}
