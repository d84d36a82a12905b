//! Files of records between clones: they follow the records, come when they are asked for, and go
//! everywhere when they are dropped.

use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use super::{attach_log, file, held, is_anywhere};
use crate::desk::{Desk, REQUEST};

/// A bare repository that all clones of a desk meet at.
const DOOR: &str = "../door.git";

/// A desk and the bare repository that it meets others at.
fn with_door() -> Desk {
    let desk = Desk::new();
    desk.git(["init", "-q", "--bare", DOOR]);
    desk.git(["remote", "add", "origin", DOOR]);
    desk.at("08:30").by("zhang").run("sync").says("to origin");
    desk
}

fn clone_of(desk: &Desk) -> Desk {
    let door = desk.path(DOOR).canonicalize().unwrap();
    let clone = Desk::nowhere();
    // by the way of the network: else git copies every object there is
    clone.git(["clone", "-q", "--no-local", door.to_str().unwrap(), "."]);
    clone
}

fn sync(desk: &Desk, time: &str) -> String {
    desk.at(time).by("zhang").run("sync").succeeds().out()
}

/// Removes from a repository what nothing refers to.
fn collect(desk: &Desk, repository: &str) {
    desk.git(["-C", repository, "gc", "-q", "--prune=now"]);
}

fn verified(desk: &Desk, id: &str, words: &str) {
    desk.at("12:00").by("li").run(&format!("attachment verify {id}")).says(words);
}

#[test]
fn another_clone_gets_a_file_when_it_asks_for_it_and_not_before() {
    let one = with_door();
    let id = one.fault();
    attach_log(&one, "09:05", &id, "the log of chen\n");
    let told = sync(&one, "09:06");
    assert!(told.contains("sent attachments of 1 record to origin"), "{told}");
    assert!(sync(&one, "09:07").contains("already"), "sent twice");

    let other = clone_of(&one);
    assert_eq!(held(&other, &id), [""; 0]);
    sync(&other, "09:08");
    assert_eq!(held(&other, &id), [""; 0]);
    assert!(!is_anywhere(&other, ".", "the log of chen"));
    other.at("09:09").run(&format!("attachment list {id}")).says("no ");
    other.at("09:09").run(&format!("attachment get {id} -o -")).says("the log of chen\n");
    assert_eq!(held(&other, &id), held(&one, &id));
    let gone = one.path("../elsewhere.git");
    fs::rename(one.path(DOOR), &gone).unwrap();
    other.at("09:10").run(&format!("attachment get {id} -o -")).says("the log of chen\n");
    fs::rename(gone, one.path(DOOR)).unwrap();
    assert!(sync(&other, "09:11").contains("already"), "what came is sent back");
}

#[test]
fn a_file_that_was_not_sent_yet_is_told_to_be_in_another_clone() {
    let one = with_door();
    let id = one.fault();
    attach_log(&one, "09:05", &id, "not sent\n");
    one.git(["push", "-q", "origin", "main"]);
    let other = clone_of(&one);
    let get = other.at("09:06").run(&format!("attachment get {id}"));
    get.refuses("is not in this clone, and origin does not have it").and("docket sync");
    // nobody has lost what nobody has asked for
    let check = other.at("09:06").run("check --lang en").succeeds().out();
    assert!(!check.contains("A50"), "{check}");
    let verify = other.at("09:06").run(&format!("attachment verify {id}"));
    assert_eq!(verify.status(), Some(1), "{verify}");
    sync(&one, "09:07");
    verified(&other, &id, "1 intact");
}

#[test]
fn files_that_the_remote_lost_are_sent_again() {
    let one = with_door();
    let (id, other) = (one.fault(), one.fault());
    for id in [&id, &other] {
        attach_log(&one, "09:05", id, "the log of chen\n");
    }
    sync(&one, "09:06");
    let clone = clone_of(&one);
    let reference = format!("refs/docket/files/{id}");
    let lose = || one.git(["-C", DOOR, "update-ref", "-d", &reference]);
    let is_there = || one.git(["-C", DOOR, "for-each-ref"]).contains(&reference);
    // the clone that has it looks for it the first time on a day
    sync(&one, "09:07");
    lose();
    assert!(sync(&one, "09:08").contains("already"));
    let ran = clone.at("09:09").run(&format!("attachment get {id} -o -"));
    assert!(ran.err().contains("docket attachment verify ID, then docket sync"), "{ran}");
    verified(&one, &id, "1 intact");
    assert!(sync(&one, "09:10").contains("sent attachments of 1 record"));
    assert!(is_there());
    // what the remote has is not said to have been sent
    verified(&one, &id, "1 intact");
    assert!(!sync(&one, "09:11").contains("sent"));
    lose();
    let next_day = one.at("2026-11-24 09:00").by("zhang").run("sync").succeeds().out();
    assert!(next_day.contains("sent attachments of 1 record"), "{next_day}");
    assert!(is_there());
    // what is no commit is sent over as well
    one.write("../stray", "stray\n");
    let blob = one.git(["-C", DOOR, "hash-object", "-w", one.path("../stray").to_str().unwrap()]);
    one.git(["-C", DOOR, "update-ref", &reference, blob.trim()]);
    let next_day = one.at("2026-11-25 09:00").by("zhang").run("sync").succeeds().out();
    assert!(next_day.contains("sent attachments of 1 record"), "{next_day}");
    clone.at("2026-11-25 09:01").run(&format!("attachment get {id} -o -")).says("the log of chen");
}

#[test]
fn files_that_nobody_has_any_more_are_named() {
    let one = with_door();
    let id = one.fault();
    attach_log(&one, "09:05", &id, "the log of chen\n");
    sync(&one, "09:06");
    let reference = format!("refs/docket/files/{id}");
    let keep = one.git(["rev-parse", &reference]);
    one.git(["-C", DOOR, "update-ref", "-d", &reference]);
    one.git(["update-ref", "-d", &reference]);
    let named = |time: &str| {
        let told = format!("warning A50  {id} {reference}");
        one.at(time).run("check --lang en").out().contains(&told)
    };
    // nobody asked the remote yet
    assert!(!named("2026-11-24 08:59"));
    let sync_by = |time: &str| one.at(time).by("zhang").run("sync --lang en").succeeds();
    let told = sync_by("2026-11-24 09:00").err();
    assert!(told.contains("attachments of 1 record are neither here nor at origin"), "{told}");
    assert!(named("2026-11-24 09:01"));
    assert!(sync_by("2026-11-25 09:00").err().contains("neither here nor at origin"));
    // a clone that has them after all sends them
    one.git(["update-ref", &reference, keep.trim()]);
    assert!(!named("2026-11-25 09:01"));
    let told = sync_by("2026-11-25 09:02").out();
    assert!(told.contains("sent attachments of 1 record"), "{told}");
    assert!(!sync_by("2026-11-26 09:00").err().contains("neither here"));
    // whoever asks for one finds out as well
    one.git(["-C", DOOR, "update-ref", "-d", &reference]);
    one.git(["update-ref", "-d", &reference]);
    let verify = one.at("2026-11-26 09:01").run(&format!("attachment verify {id}"));
    assert_eq!(verify.status(), Some(1), "{verify}");
    assert!(named("2026-11-26 09:02"));
    // also in a clone that never had it, once it must have been sent
    let clone = clone_of(&one);
    let told = format!("warning A50  {id} {reference}");
    for (time, is_named) in [("2026-11-23 10:00", false), ("2026-11-26 09:03", true)] {
        clone.at(time).run(&format!("attachment verify {id}"));
        assert_eq!(clone.at(time).run("check --lang en").out().contains(&told), is_named, "{time}");
    }
}

#[test]
fn what_two_clones_attached_to_one_record_comes_together() {
    let one = with_door();
    let id = one.fault();
    sync(&one, "09:01");
    let other = clone_of(&one);
    attach_log(&one, "09:05", &id, "from one\n");
    attach_log(&other, "09:06", &id, "from the other\n");
    attach_log(&other, "09:07", &id, "from one\n");
    for desk in [&one, &other, &one] {
        sync(desk, "09:10");
    }
    for desk in [&one, &other] {
        let record = desk.record(&id);
        assert_eq!(record["status"]["attachments"].as_array().map(Vec::len), Some(2), "{record}");
        assert_eq!(record["status"]["set_aside"], serde_json::Value::Null);
        assert_eq!(held(desk, &id).len(), 2, "what both attached is kept once");
        verified(desk, &id, "2 intact, 0 dropped, 0 missing");
        desk.is_honest();
    }
    let fresh = clone_of(&one);
    verified(&fresh, &id, "2 intact");
    let hub = one.git(["-C", DOOR, "rev-parse", &format!("refs/docket/files/{id}")]);
    let own = fresh.git(["rev-parse", &format!("refs/docket/files/{id}")]);
    assert_eq!(hub, own, "the same files are another commit");
}

/// What another clone attached is nowhere but at the remote when this one, which has not heard of the step,
/// asks for an older file and then sends one of its own.
#[test]
fn a_file_of_a_step_that_a_clone_has_not_got_stays_at_the_remote() {
    let one = with_door();
    let id = one.fault();
    attach_log(&one, "09:05", &id, "the first log\n");
    sync(&one, "09:06");
    let other = clone_of(&one);
    sync(&other, "09:07");
    attach_log(&one, "09:08", &id, "the second log\n");
    sync(&one, "09:09");

    other.at("09:10").run(&format!("attachment get {id} 1 -o -")).says("the first log\n");
    attach_log(&other, "09:11", &id, "the third log\n");
    sync(&other, "09:12");
    let new = clone_of(&one);
    sync(&new, "09:13");
    verified(&new, &id, "3 intact");
}

#[test]
fn files_that_come_to_the_remote_while_a_clone_sends_its_own_stay_there() {
    let one = with_door();
    let id = one.fault();
    sync(&one, "09:01");
    let other = clone_of(&one);
    sync(&other, "09:02");
    attach_log(&other, "09:03", &id, "the log of the other\n");
    attach_log(&one, "09:04", &id, "the log of the one\n");
    // as soon as the branch is there, and the files are not, the other clone sends both
    let hook = format!(
        "#!/bin/sh\nmkdir once || exit 0\nunset $(git rev-parse --local-env-vars)\ncd {} && {} sync\n",
        other.path("").display(),
        env!("CARGO_BIN_EXE_docket"),
    );
    let place = one.path(DOOR).join("hooks/post-receive");
    fs::write(&place, hook).unwrap();
    fs::set_permissions(&place, fs::Permissions::from_mode(0o755)).unwrap();
    sync(&one, "09:05");
    assert!(one.path(DOOR).join("once").exists(), "nobody came between");
    let new = clone_of(&one);
    sync(&new, "09:06");
    verified(&new, &id, "2 intact");
    assert_eq!(one.head(), new.head());
}

#[test]
fn files_that_came_and_could_not_be_kept_are_not_taken_from_the_remote() {
    let one = with_door();
    let id = one.fault();
    sync(&one, "09:01");
    let other = clone_of(&one);
    sync(&other, "09:02");
    attach_log(&other, "09:03", &id, "the log of the other\n");
    attach_log(&one, "09:04", &id, "the log of the one\n");
    sync(&one, "09:05");
    // somebody holds the reference just when the other's files have come
    let lock = format!(".git/refs/docket/files/{id}.lock");
    other.write(&format!("{lock}/x"), "");
    assert_eq!(other.at("09:06").by("zhang").run("sync").status(), Some(3));
    fs::remove_dir_all(other.path(&lock)).unwrap();
    sync(&other, "09:07");
    let new = clone_of(&one);
    sync(&new, "09:08");
    verified(&new, &id, "2 intact");
}

#[test]
fn a_fetch_of_files_that_was_cut_off_is_made_again() {
    let one = with_door();
    let id = one.fault();
    attach_log(&one, "09:05", &id, "the log of chen\n");
    sync(&one, "09:06");
    let other = clone_of(&one);
    sync(&other, "09:07");
    // git writes the commit and its tree first
    let reference = format!("refs/docket/files/{id}");
    for what in [reference.clone(), format!("{reference}^{{tree}}")] {
        let name = one.git(["rev-parse", &what]);
        let (folder, rest) = name.trim().split_at(2);
        fs::create_dir_all(other.path(".git/objects").join(folder)).unwrap();
        let object = Path::new("objects").join(folder).join(rest);
        fs::copy(one.path(DOOR).join(&object), other.path(".git").join(&object)).unwrap();
    }
    other.at("09:09").run(&format!("attachment get {id} -o -")).says("the log of chen\n");
}

#[test]
fn a_dropped_file_is_gone_from_hub_and_clones_once_they_have_heard_of_it() {
    let one = with_door();
    let id = one.fault();
    attach_log(&one, "09:05", &id, "the secret of chen\n");
    attach_log(&one, "09:06", &id, "to be kept\n");
    sync(&one, "09:07");
    let other = clone_of(&one);
    let third = clone_of(&one);
    verified(&other, &id, "2 intact");
    verified(&third, &id, "2 intact");
    // the third works on meanwhile, and attaches something on top of what is being dropped
    attach_log(&third, "09:08", &id, "from the third\n");

    // dropped by a lead in a clone that never had the file
    let lead = clone_of(&one);
    let drop = format!("attachment drop {id} 1 --reason 'a secret'");
    lead.at("09:10").by("zhang").run(&drop).succeeds();
    for desk in [&lead, &third, &other, &one, &third] {
        sync(desk, "09:20");
    }
    let words = "the secret of chen";
    for desk in [&one, &other, &third, &lead] {
        assert_eq!(held(desk, &id).iter().filter(|name| name.is_empty()).count(), 0);
        desk.at("09:30").run(&format!("attachment get {id} 1")).refuses("was dropped at");
        collect(desk, ".");
        assert!(!is_anywhere(desk, ".", words));
        let files = files_below(&desk.path(".git"));
        let plain = |path: &Path| fs::read(path).unwrap_or_default();
        let found = |bytes: &[u8]| bytes.windows(words.len()).any(|it| it == words.as_bytes());
        assert!(!files.iter().any(|path| found(&plain(path))), "a file of git has it");
    }
    collect(&one, DOOR);
    assert!(!is_anywhere(&one, DOOR, words));
    let fresh = clone_of(&one);
    verified(&fresh, &id, "2 intact, 1 dropped, 0 missing");
    fresh.is_honest();
}

fn files_below(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_dir() {
            files.extend(files_below(&entry.path()));
        } else {
            files.push(entry.path());
        }
    }
    files
}

#[test]
fn a_drop_that_plain_git_merged_is_followed_by_the_next_sync() {
    let one = with_door();
    let id = one.fault();
    attach_log(&one, "09:05", &id, "to go\n");
    sync(&one, "09:06");
    let other = clone_of(&one);
    verified(&other, &id, "1 intact");
    sync(&other, "09:07");
    let drop = format!("attachment drop {id} --reason 'wrong file'");
    one.at("09:10").by("chen").run(&drop).succeeds();
    sync(&one, "09:11");
    other.git(["pull", "-q", "--ff-only"]);
    assert_eq!(held(&other, &id).len(), 1);
    sync(&other, "09:12");
    assert_eq!(held(&other, &id), [""; 0]);
}

#[test]
fn a_remote_that_takes_no_such_references_gets_the_records_and_is_told_of() {
    let one = with_door();
    let hook = one.path("../door.git/hooks/update");
    let text =
        "#!/bin/sh\ncase $1 in refs/docket/*) echo 'no such references here' >&2; exit 1;; esac\n";
    fs::write(&hook, text).unwrap();
    fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).unwrap();
    let id = one.fault();
    attach_log(&one, "09:05", &id, "kept here\n");
    let ran = one.at("09:06").by("zhang").run("sync");
    assert_eq!(ran.status(), Some(3), "{ran}");
    assert!(ran.out().contains("to origin"), "{ran}");
    for words in ["did not take the attachments of 1 record", "no such references here"] {
        assert!(ran.err().contains(words), "{ran}");
    }
    assert_eq!(one.git(["-C", DOOR, "rev-parse", "main"]).trim(), one.head());
    verified(&one, &id, "1 intact");
    let zh = one.at("09:07").by("zhang").run("sync --lang zh-CN");
    assert!(zh.err().contains("未接受 1 条记录的附件"), "{zh}");
    let json = one.at("09:07").by("zhang").run("sync --json");
    assert!(json.out().contains(&format!("\"{id}\"")), "{json}");
    fs::remove_file(hook).unwrap();
    assert!(sync(&one, "09:08").contains("sent attachments of 1 record"));
    verified(&clone_of(&one), &id, "1 intact");
}

#[test]
fn two_records_that_had_one_id_keep_each_their_own_files() {
    let one = with_door();
    let other = clone_of(&one);
    let open = |desk: &Desk, time: &str, title: &str| {
        desk.at(time).by("chen").run(&REQUEST.replace("Account", title)).id()
    };
    // one seed draws the same id on both
    let id = open(&one, "09:00", "First");
    assert_eq!(open(&other, "09:01", "Second"), id);
    attach_log(&one, "09:05", &id, "of the first\n");
    attach_log(&other, "09:06", &id, "of the second\n");
    for desk in [&one, &other, &one, &other] {
        sync(desk, "09:10");
    }
    let fresh = clone_of(&one);
    for desk in [&one, &other, &fresh] {
        let told = desk.at("09:15").run(&format!("show {id} --lang en")).err();
        let names = told.split([' ', ',', '\n']).filter(|it| it.starts_with("R-") && *it != id);
        let names: Vec<&str> = names.collect();
        assert_eq!(names.len(), 2, "{told}");
        for (name, text) in names.iter().zip(["of the first\n", "of the second\n"]) {
            verified(desk, name, "1 intact, 0 dropped, 0 missing");
            let get = desk.at("09:16").run(&format!("attachment get {name} -o -")).says("");
            assert_eq!(get.out(), text);
        }
        desk.is_honest();
    }
}

#[test]
fn what_a_crash_left_beside_a_record_is_not_sent() {
    let one = with_door();
    let id = one.fault();
    attach_log(&one, "09:05", &id, "attached\n");
    let stray = file(&one, "stray", "never attached\n");
    let blob = one.git(["hash-object", "-w", stray.to_str().unwrap()]);
    let reference = format!("refs/docket/files/{id}");
    let tree = one.git(["ls-tree", &reference]);
    let mut make = one.at("09:06").shell("sh");
    let script = format!(
        "printf '%s\\n100644 blob %s\\tstray.log\\n' '{}' {} | git mktree",
        tree.trim(),
        blob.trim()
    );
    let tree = String::from_utf8(make.args(["-c", &script]).output().unwrap().stdout).unwrap();
    let commit = one.git(["commit-tree", "-m", "x", tree.trim()]);
    one.git(["update-ref", &reference, commit.trim()]);
    assert_eq!(held(&one, &id).len(), 2);
    sync(&one, "09:07");
    assert_eq!(held(&one, &id).len(), 1);
    verified(&clone_of(&one), &id, "1 intact");
    assert!(!is_anywhere(&one, DOOR, "never attached"));
}

#[test]
fn files_of_another_branch_stay_here_and_take_none_of_the_desks_away() {
    let one = with_door();
    let id = one.fault();
    sync(&one, "09:01");
    let other = clone_of(&one);
    sync(&other, "09:02");
    // one clone attaches on a branch of its own, the other on the desk's
    one.git(["switch", "-qc", "trial"]);
    let told = file(&one, "trial.txt", "told on trial\n");
    let attach = format!("attach {id} {} --branch trial", told.display());
    one.at("09:03").by("chen").run(&attach).succeeds();
    one.at("09:04").by("zhang").run("sync --branch trial").succeeds();
    attach_log(&other, "09:05", &id, "the log of chen\n");
    sync(&other, "09:06");
    one.at("09:07").by("zhang").run("sync --branch trial").succeeds();
    one.git(["switch", "-q", "main"]);
    sync(&one, "09:08");
    attach_log(&one, "09:09", &id, "another log\n");
    sync(&one, "09:10");
    assert!(sync(&one, "09:11").contains("already"), "what stays here is not sent again");
    assert!(is_anywhere(&one, ".", "told on trial"));
    verified(&one, &id, "2 intact");
    assert_eq!(held(&clone_of(&one), &id), [""; 0]);
    sync(&other, "09:12");
    verified(&other, &id, "2 intact");
    assert!(!is_anywhere(&other, ".", "told on trial"));

    one.git(["-c", "user.email=chen@example.com", "merge", "-q", "trial"]);
    sync(&one, "12:01");
    sync(&other, "12:02");
    for clone in [&one, &other] {
        verified(clone, &id, "3 intact");
    }
}

#[test]
fn a_record_of_another_branch_alone_takes_files_there() {
    let one = with_door();
    one.git(["switch", "-qc", "trial"]);
    let id = one.at("09:00").by("chen").run(&format!("{REQUEST} --branch trial")).id();
    let told = file(&one, "trial.txt", "told on trial\n");
    let attach = format!("attach {id} {} --branch trial", told.display());
    one.at("09:03").by("chen").run(&attach).succeeds();
}

#[test]
fn a_branch_that_cannot_be_read_may_keep_files_and_none_is_taken_away() {
    let one = with_door();
    let id = one.fault();
    one.git(["switch", "-qc", "trial"]);
    let told = file(&one, "trial.txt", "told on trial\n");
    let attach = format!("attach {id} {} --branch trial", told.display());
    one.at("09:03").by("chen").run(&attach).succeeds();
    let path = one.record_path(&id);
    one.write(&path, one.read(&path) + "broken: [x\n");
    one.git(["commit", "-qam", "by hand"]);
    one.git(["switch", "-q", "main"]);
    attach_log(&one, "09:04", &id, "the log of chen\n");
    sync(&one, "09:05");
    assert!(is_anywhere(&one, ".", "told on trial"));
    assert_eq!(held(&one, &id).len(), 2);
}
