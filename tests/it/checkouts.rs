//! Checkouts as pipelines, partial and sparse clones and odd hosts have them: what a verb says there is
//! what the desk says, or the reason why it cannot.

use std::path::Path;

use crate::desk::{Desk, REQUEST};

/// What only looks, and what each of them must have found.
const LOOKS: [(&str, &str); 9] = [
    ("list --all", "Switch on floor 3"),
    ("", "Switch on floor 3"),
    ("search switch", "Switch on floor 3"),
    ("due", "R-261123"),
    ("export", "Switch on floor 3"),
    ("people list", "陈静"),
    ("contact list", "ACME"),
    ("report register --month 2026-11", "R-261123"),
    ("list --as-of '2026-11-23 12:00'", "Switch on floor 3"),
];

/// A host: its desk, and where it lies as others address it.
struct Host {
    desk: Desk,
    hub: String,
}

impl Host {
    fn new() -> Self {
        let desk = Desk::new();
        desk.fault_in("in_progress");
        desk.at("11:00").by("chen").run(REQUEST).succeeds();
        let host = Self { hub: format!("file://{}", desk.home().join("hub").display()), desk };
        host.git(&["clone", "-q", "--bare", host.desk.path("").to_str().unwrap(), &host.dir()]);
        for setting in ["uploadpack.allowFilter", "uploadpack.allowAnySHA1InWant"] {
            host.in_hub(&["config", setting, "true"]);
        }
        host
    }

    fn dir(&self) -> String {
        self.desk.home().join("hub").display().to_string()
    }

    fn git(&self, words: &[&str]) {
        self.desk.git(words.iter().copied());
    }

    fn in_hub(&self, words: &[&str]) {
        self.git(&[&["-C", &self.dir()], words].concat());
    }
}

/// An empty folder in which these commands of git are run, `HUB` and `SHA` in them filled in.
fn checkout(host: &Host, commands: &[&str]) -> Desk {
    let runner = Desk::nowhere();
    let sha = host.desk.head();
    for command in commands {
        let command = command.replace("HUB", &host.hub).replace("SHA", &sha);
        runner.git(shlex::split(&command).unwrap().iter().map(String::as_str));
    }
    // names lie beside the branch, and are fetched by whoever needs them
    let desk = host.desk.path("");
    runner.git(["fetch", "-q", desk.to_str().unwrap(), "refs/docket/people:refs/docket/people"]);
    runner
}

/// Each look here finds what it finds at the desk itself.
#[track_caller]
fn sees_all(host: &Host, runner: &Desk, name: &str) {
    for (look, found) in LOOKS {
        let there = host.desk.at("12:00").by("chen").run(look).says(found).out();
        let here = runner.at("12:00").by("chen").run(look).succeeds().out();
        assert_eq!(here, there, "{name}: {look}");
    }
}

#[test]
fn a_pipeline_sees_the_desk_however_it_was_checked_out() {
    let host = Host::new();
    host.in_hub(&["update-ref", "refs/pull/7/merge", "main"]);
    let begin = "init -q -b work";
    let origin = "remote add origin HUB";
    for (name, commands) in [
        // GitLab: a detached checkout of a commit, with the branches under origin/ alone
        (
            "of all branches",
            &[
                begin,
                origin,
                "fetch -q origin '+refs/heads/*:refs/remotes/origin/*'",
                "checkout -q -f SHA",
            ][..],
        ),
        (
            "shallow",
            &[
                begin,
                origin,
                "fetch -q --depth 2 origin +refs/heads/main:refs/remotes/origin/main",
                "checkout -q --detach refs/remotes/origin/main",
            ],
        ),
        // GitHub and Gitea: the merge of a pull request, nothing else
        (
            "of a pull request",
            &[
                begin,
                origin,
                "fetch -q --no-tags --depth=1 origin +refs/pull/7/merge:refs/remotes/pull/7/merge",
                "checkout -q --force refs/remotes/pull/7/merge",
            ],
        ),
        (
            "of a commit by its name",
            &[begin, origin, "fetch -q --depth 1 origin SHA", "checkout -q FETCH_HEAD"],
        ),
        ("without blobs of the past", &["clone -q --filter=blob:none HUB ."]),
        (
            "on a branch of its own",
            &["clone -q HUB .", "switch -q -c feature", "branch -q -D main"],
        ),
        ("in part", &["clone -q HUB .", "sparse-checkout set policy"]),
        ("bare", &["clone -q --bare HUB .git", "config core.bare true"]),
    ] {
        let runner = checkout(&host, commands);
        sees_all(&host, &runner, name);
        let check = runner.at("12:00").run("check --fail-on error");
        assert_eq!(check.status(), Some(0), "{name}: {check}");
    }
}

#[test]
fn of_an_own_branch_and_the_fetched_desk_the_desk_is_looked_at() {
    let host = Host::new();
    let runner =
        checkout(&host, &["clone -q HUB .", "switch -q -c old HEAD~1", "branch -q -D main"]);
    sees_all(&host, &runner, "an older branch");
}

#[test]
fn what_lies_beyond_a_shallow_clone_is_unknown_and_not_said_to_be_nothing() {
    let host = Host::new();
    let runner = checkout(&host, &["clone -q --depth 1 HUB ."]);
    let ids = host.desk.at("12:00").run("list --all -q").succeeds().out();
    let id = ids.lines().next().unwrap();
    for look in ["list --as-of 2026-11-22".to_owned(), format!("show {id} --as-of 2026-11-22")] {
        runner.at("12:00").by("chen").run(&look).fails("shallow").and("git fetch --unshallow");
    }
    let log = runner.at("12:00").by("chen").run(&format!("log {id}"));
    assert!(log.out().lines().count() <= 1 && log.err().contains("git fetch --unshallow"), "{log}");
    runner.git(["fetch", "-q", "--unshallow"]);
    let whole = host.desk.at("12:00").run(&format!("log {id}")).succeeds().out();
    assert_eq!(runner.at("12:00").run(&format!("log {id}")).succeeds().out(), whole);
}

#[test]
fn files_that_a_sparse_checkout_leaves_out_are_not_called_edited() {
    let host = Host::new();
    let runner = checkout(&host, &["clone -q HUB .", "sparse-checkout set policy"]);
    runner.at("12:00").run("doctor").says("no damage");
    let check = runner.at("12:00").run("check --json");
    assert!(!check.out().contains("A35"), "{check}");
    // one that is there and was removed is
    std::fs::remove_file(runner.path("policy/units.yaml")).unwrap();
    let check = runner.at("12:00").run("check");
    assert!(check.out().contains("policy/units.yaml"), "{check}");
}

#[test]
fn where_git_left_out_what_is_needed_the_answer_is_a_failure_and_not_a_shorter_list() {
    let host = Host::new();
    for commands in [
        &["clone -q --filter=blob:none --sparse HUB .", "sparse-checkout set policy"][..],
        &["clone -q --filter=blob:none --no-checkout HUB ."],
        &["clone -q --filter=tree:0 --no-checkout HUB ."],
    ] {
        let runner = checkout(&host, commands);
        for look in
            ["list", "", "search switch", "check", "doctor", "doctor --repair", "export", "due"]
        {
            runner.at("12:00").by("chen").run(look).fails("not in this clone").and("--refetch");
        }
        // and the cache remembers nothing of it
        runner.git(["-c", "fetch.parallel=1", "fetch", "-q", "--refetch", "--no-filter", "origin"]);
        runner.git(["config", "--unset-all", "remote.origin.partialclonefilter"]);
        runner.at("12:00").run("list --all").says("Switch on floor 3");
    }
}

#[test]
fn a_clone_without_blobs_takes_in_what_others_did_and_goes_on() {
    let host = Host::new();
    host.desk.git(["remote", "add", "origin", &host.hub]);
    let runner = checkout(&host, &["clone -q --filter=blob:none HUB ."]);
    runner.git(["config", "user.name", "chen"]);
    runner.git(["config", "user.email", "chen@example.com"]);
    for (minute, own) in [(10, false), (20, true), (30, true)] {
        host.desk.at(&format!("12:{minute}")).by("chen").run(REQUEST).succeeds();
        host.desk.at(&format!("12:{minute}")).by("chen").run("sync").succeeds();
        if own {
            runner.at(&format!("12:{}", minute + 1)).by("chen").run(REQUEST).succeeds();
        }
        let sync = runner.at(&format!("12:{}", minute + 5)).by("chen").run("sync").succeeds();
        assert!(!sync.err().contains("cannot read"), "{sync}");
        assert_eq!(runner.git(["status", "--porcelain"]), "");
        host.desk.at(&format!("12:{}", minute + 6)).by("chen").run("sync").succeeds();
    }
    assert_eq!(runner.head(), host.desk.head());
    runner.at("13:00").run("doctor").says("no damage");
}

#[test]
fn a_host_whose_head_is_another_branch_is_told_where_the_desk_is() {
    let host = Host::new();
    host.in_hub(&["symbolic-ref", "HEAD", "refs/heads/master"]);
    let runner = checkout(&host, &["clone -q HUB ."]);
    for verb in ["list", "", "search switch", "check", "audit", "doctor", "sync", REQUEST] {
        let ran = runner.at("12:00").by("chen").run(verb);
        ran.fails("branch master has no docket.yaml")
            .and("the desk is on origin/main: git switch main");
    }
    runner.at("12:00").by("chen").run("init").fails("not a desk").and("origin/main");
    runner.git(["switch", "-q", "main"]);
    sees_all(&host, &runner, "switched");
    let hub = runner.at("12:00").in_dir(Path::new(&host.dir())).run("list");
    hub.fails("git symbolic-ref HEAD refs/heads/main");
    // beside another project
    let other = checkout(&host, &["init -q -b site", "remote add origin HUB", "fetch -q origin"]);
    other.commit("index.html", "hello\n");
    other.git(["checkout", "-q", "--detach"]);
    other.at("12:00").run("list").fails("git switch main");
}

#[test]
fn a_desk_of_a_later_format_is_looked_at_and_neither_judged_nor_written() {
    let host = Host::new();
    let desk = &host.desk;
    desk.git(["remote", "add", "origin", &host.hub]);
    let later =
        desk.read("docket.yaml").replace("format: 1", "format: 2") + "duty: {weekly: true}\n";
    desk.commit("docket.yaml", later);
    let id = desk.at("12:00").by("chen").run("list --all --quiet").succeeds().out();
    let id = id.lines().next().unwrap();
    for (look, found) in LOOKS.into_iter().chain([("show last", "Account")]) {
        let ran = desk.at("12:00").by("chen").run(look).says(found);
        ran.and("docket.yaml has format 2");
    }
    for verb in [
        "check",
        "audit",
        "doctor",
        "doctor --repair",
        "sync",
        REQUEST,
        &format!("ack {id} --reply-by +1h"),
    ] {
        desk.at("12:00")
            .by("chen")
            .run(verb)
            .fails("docket.yaml has format 2")
            .and("update docket");
    }
}

#[test]
fn what_the_host_would_refuse_is_taken_back_kept_aside_and_the_rest_goes() {
    let host = Host::new();
    let clone = checkout(&host, &["clone -q HUB ."]);
    std::fs::write(
        clone.home().join(".gitconfig"),
        "[user]\nname = chen\nemail = chen@example.com\n",
    )
    .unwrap();
    clone.at("12:00").by("chen").run("doctor").says("no damage");
    let kept = clone.at("12:01").by("chen").run(REQUEST).id();
    // a hand in a record, committed by plain git, and a step on top of it
    let id = clone.at("12:02").run("list --all --quiet").out().lines().last().unwrap().to_owned();
    let path = clone.record_path(&id);
    let forged = clone.read(&path).replace("nobody can log in", "all is well");
    clone.commit(&path, forged);
    let bad = clone.head();
    clone.at("12:03").by("chen").run(&format!("update {kept} --note 'on it'")).succeeds();
    let tip = clone.head();
    clone.write("notes.txt", "mine\n");

    let seen = clone.at("12:05").by("chen").run("doctor");
    assert_eq!(seen.status(), Some(1), "{seen}");
    assert!(seen.out().contains(&bad[..8]) && seen.out().contains("+ 1"), "{seen}");
    let mended = clone.at("12:06").by("chen").run("doctor --repair").says("taken-back/");
    assert!(mended.out().contains(&tip[..8]), "{mended}");
    assert_eq!(clone.git(["rev-parse", "HEAD"]), clone.git(["rev-parse", &format!("{bad}~")]));
    let aside = clone.git(["for-each-ref", "--format=%(objectname)", "refs/heads/taken-back/"]);
    assert_eq!(aside.trim(), tip);
    assert_eq!(clone.read("notes.txt"), "mine\n");
    std::fs::remove_file(clone.path("notes.txt")).unwrap();
    assert_eq!(clone.status(), "");
    clone.at("12:07").by("chen").run("doctor").says("no damage");
    clone.at("12:08").by("chen").run("sync").succeeds();
    assert_eq!(clone.git(["rev-parse", "HEAD"]), clone.git(["rev-parse", "origin/main"]));
    clone.at("12:09").run("list").says(&kept);
}

#[test]
fn a_file_that_a_hand_broke_before_it_was_sent_is_repaired_and_taken_back_in_one_run() {
    let host = Host::new();
    let clone = checkout(&host, &["clone -q HUB ."]);
    let id = clone.at("12:00").run("list --all --quiet").out().lines().last().unwrap().to_owned();
    let path = clone.record_path(&id);
    let (before, text) = (clone.head(), clone.read(&path));
    clone.commit(&path, format!("{text}nonsense: [\n"));
    let mended = clone.at("12:01").by("chen").run("doctor --repair").succeeds();
    assert!(mended.out().contains("taken-back/"), "{mended}");
    assert_eq!(clone.head(), before);
    assert_eq!(clone.read(&path), text);
    clone.at("12:02").by("chen").run("doctor").says("no damage");
}
