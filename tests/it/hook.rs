//! The door: real pushes to a real bare repository, and commits in a clone, with the hooks that
//! `docket hook install` writes.

use std::process::Output;

use crate::desk::{Desk, REQUEST};

/// Runs git in the desk as a user whose hooks find docket.
fn git(desk: &Desk, words: &[&str]) -> Output {
    let mut command = desk.at("12:00").shell("git");
    command.env("DOCKET", env!("CARGO_BIN_EXE_docket")).args(words);
    command.output().unwrap()
}

#[track_caller]
fn passes(desk: &Desk, words: &[&str]) {
    let output = git(desk, words);
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// Everything that git said, as it refused.
#[track_caller]
fn refused(desk: &Desk, words: &[&str]) -> String {
    let output = git(desk, words);
    assert!(!output.status.success(), "{words:?} was taken");
    let both = [output.stdout, output.stderr].concat();
    String::from_utf8(both).unwrap()
}

/// A desk with a bare repository at its door, to which the desk has been pushed.
fn with_door() -> Desk {
    let desk = Desk::new();
    desk.fault_in("closed");
    desk.git(["init", "-q", "--bare", "../door.git"]);
    desk.git(["remote", "add", "origin", "../door.git"]);
    desk.at("10:10").run("-C ../door.git hook install").says("pre-receive");
    passes(&desk, &["push", "-q", "origin", "main"]);
    desk
}

fn door(desk: &Desk) -> String {
    desk.git(["ls-remote", "origin", "refs/heads/main"]).split('\t').next().unwrap().to_owned()
}

#[test]
fn a_push_of_what_the_audit_would_not_pass_is_refused_and_says_why() {
    let desk = with_door();
    desk.at("10:20").by("chen").run(REQUEST).succeeds();
    passes(&desk, &["push", "-q", "origin", "main"]);
    let honest = desk.head();
    assert_eq!(door(&desk), honest);

    let paths = desk.git(["ls-files", "records"]);
    let path = paths.lines().find(|path| desk.read(path).contains("switch replaced")).unwrap();
    desk.commit(path, desk.read(path).replace("switch replaced", "nothing to do"));
    let said = refused(&desk, &["push", "-q", "origin", "main"]);
    for part in ["remote:", "error H01", &desk.head()[..8], "1 commit:"] {
        assert!(said.contains(part), "no {part} in {said}");
    }
    assert_eq!(door(&desk), honest);

    // another branch is somebody's own business
    passes(&desk, &["push", "-q", "origin", "main:refs/heads/draft"]);
    desk.git(["reset", "-q", "--hard", &honest]);
    desk.at("10:30").by("chen").run(REQUEST).succeeds();
    passes(&desk, &["push", "-q", "origin", "main"]);
}

#[test]
fn nothing_at_the_door_is_pushed_over_or_deleted() {
    let desk = with_door();
    desk.at("10:20").by("chen").run(REQUEST).succeeds();
    passes(&desk, &["push", "-q", "origin", "main"]);
    let honest = desk.head();
    desk.git(["reset", "-q", "--hard", "HEAD~1"]);
    let said = refused(&desk, &["push", "-q", "--force", "origin", "main"]);
    assert!(said.contains("error H24"), "{said}");
    let said = refused(&desk, &["push", "-q", "origin", ":main"]);
    assert!(said.contains("deleted") || said.contains("H24"), "{said}");
    assert_eq!(door(&desk), honest);
}

#[test]
fn the_first_push_is_audited_from_the_beginning() {
    let desk = Desk::new();
    let id = desk.fault();
    let path = desk.record_path(&id);
    desk.commit(&path, desk.read(&path).replace("nobody can log in", "all is well"));
    desk.git(["init", "-q", "--bare", "../door.git"]);
    desk.git(["remote", "add", "origin", "../door.git"]);
    desk.at("10:10").run("-C ../door.git hook install").succeeds();
    let said = refused(&desk, &["push", "-q", "origin", "main"]);
    assert!(said.contains("error H01"), "{said}");
}

#[test]
fn a_clone_keeps_hand_edits_out_of_its_commits_and_bad_commits_out_of_its_pushes() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    desk.git(["init", "-q", "--bare", "../door.git"]);
    desk.git(["remote", "add", "origin", "../door.git"]);
    let installed = desk.at("10:10").run("hook install").succeeds().out();
    assert!(installed.contains("pre-push") && installed.contains("pre-commit"), "{installed}");
    desk.at("10:10").run("hook install").says("already");
    passes(&desk, &["push", "-q", "origin", "main"]);

    let path = desk.record_path(&id);
    desk.write(&path, desk.read(&path).replace("everybody works", "nobody works"));
    desk.git(["add", &path]);
    let said = refused(&desk, &["commit", "-q", "-m", "by hand"]);
    assert!(said.contains("error H04") && said.contains(&id), "{said}");
    desk.write("notes.txt", "ring back");
    desk.git(["reset", "-q", "--hard"]);
    desk.write("notes.txt", "ring back");
    desk.git(["add", "notes.txt"]);
    passes(&desk, &["commit", "-q", "-m", "notes of our own"]);
    desk.at("10:20").by("li").run(&format!("update {id} --note 'on my way'")).succeeds();

    desk.write(&path, desk.read(&path).replace("everybody works", "nobody works"));
    desk.git(["add", &path]);
    passes(&desk, &["commit", "-q", "--no-verify", "-m", "by hand"]);
    let said = refused(&desk, &["push", "-q", "origin", "main"]);
    assert!(said.contains("error H01"), "{said}");
}

#[test]
fn a_hook_of_ones_own_stays_and_hears_which_line_it_lacks() {
    let desk = Desk::new();
    let own = "#!/bin/sh\nexit 0\n";
    desk.write(".git/hooks/pre-push", own);
    let ran = desk.at("10:00").run("hook install");
    assert_eq!(ran.status(), Some(1), "{ran}");
    assert!(ran.out().contains("hook run pre-push"), "{ran}");
    assert_eq!(desk.read(".git/hooks/pre-push"), own);
    assert!(desk.path(".git/hooks/pre-commit").exists());
}

#[test]
fn rules_that_git_merged_cleanly_pass_the_door_whoever_merged_them() {
    let desk = with_door();
    let commit = |message: &str, time: &str| {
        let mut git = desk.at(time).by("zhang").shell("git");
        let done = git.args(["commit", "-q", "-a", "-m", message]).output().unwrap();
        assert!(done.status.success(), "{done:?}");
    };
    desk.git(["branch", "side"]);
    let levels = desk.read("policy/levels.yaml");
    desk.write("policy/levels.yaml", levels.replacen("resolve: 24h", "resolve: 12h", 1));
    commit("shorter", "11:00");
    desk.git(["switch", "-q", "side"]);
    desk.write("policy/levels.yaml", levels + "# read through in November\n");
    commit("read", "11:01");
    desk.git(["switch", "-q", "main"]);
    let mut merge = desk.at("11:02").by("chen").shell("git");
    let merged = merge.args(["merge", "-q", "--no-edit", "side"]).output().unwrap();
    assert!(merged.status.success(), "{merged:?}");
    desk.is_honest();
    passes(&desk, &["push", "-q", "origin", "main"]);
    assert_eq!(door(&desk), desk.head());
}
