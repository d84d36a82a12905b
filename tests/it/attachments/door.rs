//! Files of records at the door: a bare repository whose hook lets in what the records have, and
//! nothing else.

use std::{fs, process::Output};

use super::{attach_log, held};
use crate::desk::Desk;

const DOOR: &str = "../door.git";

fn with_door() -> Desk {
    let desk = Desk::new();
    desk.git(["init", "-q", "--bare", DOOR]);
    desk.git(["remote", "add", "origin", DOOR]);
    desk.at("08:20").run("-C ../door.git hook install").says("pre-receive");
    desk.at("08:30").by("zhang").run("sync").says("to origin");
    desk
}

fn sync(desk: &Desk, time: &str) {
    desk.at(time).by("zhang").run("sync").succeeds();
}

fn push(desk: &Desk, spec: &str) -> Output {
    let mut command = desk.at("12:00").shell("git");
    command.args(["push", "-q", "--force", "origin", spec]).output().unwrap()
}

#[track_caller]
fn refused(desk: &Desk, spec: &str) -> String {
    let before = desk.git(["-C", DOOR, "for-each-ref"]);
    let output = push(desk, spec);
    assert!(!output.status.success(), "{spec} was taken");
    assert_eq!(desk.git(["-C", DOOR, "for-each-ref"]), before);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("error H48"), "{said}");
    said
}

/// A commit of a tree, as a forger makes it; `like` docket's own where it names nobody.
fn commit(desk: &Desk, tree: &str, is_like: bool) -> String {
    let mut shell = desk.at("12:00").shell("sh");
    let text = if is_like {
        "author docket <docket> 0 +0000\ncommitter docket <docket> 0 +0000\n\n\
         The newest state of these files; earlier ones are not kept\n"
    } else {
        "author Ms Wang <wang@acme.example> 0 +0000\ncommitter docket <docket> 0 +0000\n\n13812341234\n"
    };
    let text = format!("tree {tree}\n{text}");
    fs::write(desk.home().join("commit"), text).unwrap();
    let path = desk.home().join("commit");
    let script = format!("git hash-object -t commit -w {}", path.display());
    let output = shell.args(["-c", &script]).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

fn tree(desk: &Desk, name: &str, content: &str) -> String {
    fs::write(desk.home().join("blob"), content).unwrap();
    let path = desk.home().join("blob");
    let blob = desk.git(["hash-object", "-w", path.to_str().unwrap()]);
    let mut make = desk.at("12:00").shell("sh");
    let line = format!("printf '100644 blob {}\\t{name}\\n' | git mktree", blob.trim());
    String::from_utf8(make.args(["-c", &line]).output().unwrap().stdout).unwrap().trim().to_owned()
}

#[test]
fn the_door_lets_in_the_files_that_a_record_has_and_takes_them_out_with_it() {
    let desk = with_door();
    let id = desk.fault();
    attach_log(&desk, "09:05", &id, "one\n");
    attach_log(&desk, "09:06", &id, "two\n");
    sync(&desk, "09:07");
    let drop = format!("attachment drop {id} 1 --reason 'wrong file'");
    desk.at("09:08").by("chen").run(&drop).succeeds();
    sync(&desk, "09:09");
    let there = desk.git(["-C", DOOR, "ls-tree", &format!("refs/docket/files/{id}")]);
    assert_eq!(there.lines().count(), 1, "{there}");
    // branch and files in one push, as a plain git user may send them
    attach_log(&desk, "09:10", &id, "three\n");
    let mut command = desk.at("12:00").shell("git");
    let spec = format!("+refs/docket/files/{id}");
    let both = command.args(["push", "-q", "origin", "main", &spec]).output().unwrap();
    assert!(both.status.success(), "{both:?}");
}

#[test]
fn nothing_is_smuggled_into_a_reference_of_files() {
    let desk = with_door();
    let id = desk.fault();
    attach_log(&desk, "09:05", &id, "one\n");
    attach_log(&desk, "09:06", &id, "two\n");
    let reference = format!("refs/docket/files/{id}");
    // not before the record that has them
    let early = refused(&desk, &format!("{reference}:{reference}"));
    assert!(early.contains(&id), "{early}");
    sync(&desk, "09:07");
    let names = held(&desk, &id);
    let own = desk.git(["rev-parse", &format!("{reference}^{{tree}}")]).trim().to_owned();
    let with_parent = desk.git(["commit-tree", "-m", "x", "-p", &reference, &own]);
    for forged in [
        with_parent.trim().to_owned(),
        commit(&desk, &own, false),
        commit(&desk, &tree(&desk, "people.txt", "Ms Wang 13812341234\n"), true),
        commit(&desk, &tree(&desk, &names[0], "another content\n"), true),
        // what the record still has is not taken away
        commit(&desk, &tree(&desk, &names[0], "one\n"), true),
    ] {
        refused(&desk, &format!("{forged}:{reference}"));
    }
    refused(&desk, &format!(":{reference}"));
    refused(&desk, "HEAD:refs/docket/files/R-261123-00000");
    refused(&desk, "HEAD:refs/docket/files/anything");
    let drop = format!("attachment drop {id} 1 --reason 'wrong file'");
    let before = desk.git(["rev-parse", &reference]);
    desk.at("09:08").by("chen").run(&drop).succeeds();
    sync(&desk, "09:09");
    // an old state brings nothing back that was dropped
    refused(&desk, &format!("{}:{reference}", before.trim()));
}
