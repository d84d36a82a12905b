//! Who the people are, with several remotes, with one that went back, and with pushes that no command
//! makes.

use std::{fs, os::unix::fs::PermissionsExt, process::Output};

use docket::testing::store::{FileChange, layout};

use crate::{
    desk::{Desk, FAULT, REQUEST},
    erasure::{ERASE, clone, desk, door, id_of},
};

/// A second number of the person, told in a call.
const OTHER: &str = "021-58880001";

fn tells_another_number(desk: &Desk, time: &str) {
    desk.at(time).by("chen").run(&FAULT.replace("13812341234", OTHER)).succeeds();
}

fn sync(desk: &Desk, time: &str, remote: &str) {
    desk.at(time).by("zhang").run(&format!("sync --remote {remote}")).succeeds();
}

fn knows(desk: &Desk, number: &str) -> bool {
    desk.at("20:00").by("chen").run("contact list --reveal --json").out().contains(number)
}

fn push(desk: &Desk, what: &str) -> String {
    let mut git = desk.at("16:00").shell("git");
    git.env("DOCKET", env!("CARGO_BIN_EXE_docket")).args(["push", "-f", "origin"]);
    let Output { stdout, stderr, .. } =
        git.arg(format!("{what}:{}", layout::PERSONS)).output().unwrap();
    String::from_utf8([stdout, stderr].concat()).unwrap()
}

#[test]
fn what_another_remote_has_not_got_yet_is_taken_away_by_nobody() {
    let desk = desk();
    desk.git(["init", "-q", "--bare", "../backup.git"]);
    desk.git(["remote", "add", "backup", "../backup.git"]);
    sync(&desk, "15:00", "backup");
    tells_another_number(&desk, "15:01");
    sync(&desk, "15:02", "backup");
    sync(&desk, "15:03", "origin");
    assert!(knows(&desk, "58880001"));
    sync(&desk, "15:04", "backup");
    assert!(knows(&desk, "58880001"));
    assert!(knows(&clone(&desk), "58880001"), "origin got it");
}

#[test]
fn all_that_is_known_of_somebody_is_shown_with_who_was_merged_into_them() {
    let desk = desk();
    tells_another_number(&desk, "15:01");
    desk.at("15:02").by("chen").run(&FAULT.replace("Ms Wang", "Wang Min")).succeeds();
    let (old, new) = (id_of(&desk, "Wang Min"), id_of(&desk, "Ms Wang"));
    desk.at("15:03").by("chen").run(&format!("contact merge {old} --into {new}")).succeeds();
    let show = format!("contact show {new} --reveal");
    let told = desk.at("15:04").by("chen").run(&*show).succeeds().out();
    for known in ["13812341234", OTHER, "wang@acme.example", "Wang Min", &old] {
        assert!(told.contains(known), "no {known} in {told}");
    }
}

#[test]
fn a_remote_that_went_back_takes_no_number_away() {
    let desk = desk();
    let old = desk.git(["rev-parse", layout::PERSONS]).trim().to_owned();
    tells_another_number(&desk, "15:01");
    let id = desk.at("15:01").run("list --quiet --limit 1").out().trim().to_owned();
    desk.write("../gateway.log", "the log of the gateway\n");
    desk.at("15:02").by("chen").run(&format!("attach {id} ../gateway.log")).succeeds();
    sync(&desk, "15:02", "origin");
    let files = format!("refs/docket/files/{id}");
    desk.git(["-C", "../door.git", "update-ref", layout::PERSONS, &old]);
    desk.git(["-C", "../door.git", "update-ref", "-d", &files]);
    sync(&desk, "15:03", "origin");
    assert!(knows(&desk, "58880001"));
    assert!(knows(&clone(&desk), "58880001"), "and has it again");
    assert!(desk.git(["-C", "../door.git", "for-each-ref"]).contains(&files), "and the file");
}

#[test]
fn no_number_is_lost_where_a_remote_went_back_and_a_clone_that_had_not_synced_wrote_first() {
    let desk = desk();
    let (other, late) = (clone(&desk), clone(&desk));
    let old = desk.git(["rev-parse", layout::PERSONS]).trim().to_owned();
    tells_another_number(&desk, "15:01");
    sync(&desk, "15:02", "origin");
    sync(&other, "15:03", "origin");
    desk.git(["-C", "../door.git", "update-ref", layout::PERSONS, &old]);
    let id = id_of(&late, "Ms Wang");
    let told = format!("contact change {id} --phone 5888002 --reason 'told at the desk'");
    late.at("15:04").by("chen").run(&told).succeeds();
    for (desk, time) in
        [(&late, "15:05"), (&desk, "15:06"), (&other, "15:07"), (&late, "15:08"), (&desk, "15:09")]
    {
        sync(desk, time, "origin");
    }
    for (name, desk) in [("first", &desk), ("other", &other), ("late", &late)] {
        for number in ["58880001", "5888002", "13812341234"] {
            assert!(knows(desk, number), "{name} lacks {number}");
        }
    }
    let removed = format!("contact change {id} --remove 5888002 --reason 'a wrong number'");
    other.at("15:10").by("chen").run(&removed).succeeds();
    for (desk, time) in [(&other, "15:11"), (&late, "15:12"), (&desk, "15:13")] {
        sync(desk, time, "origin");
        assert!(!knows(desk, "5888002"), "it comes back at {time}");
    }
}

#[test]
fn a_number_that_a_remote_which_went_back_brings_back_is_told() {
    let desk = desk();
    tells_another_number(&desk, "15:01");
    sync(&desk, "15:02", "origin");
    let late = clone(&desk);
    let old = desk.git(["rev-parse", layout::PERSONS]).trim().to_owned();
    let id = id_of(&desk, "Ms Wang");
    let remove = format!("contact change {id} --remove 02158880001 --reason 'a wrong number'");
    desk.at("15:03").by("chen").run(&remove).succeeds();
    sync(&desk, "15:04", "origin");
    desk.git(["-C", "../door.git", "update-ref", layout::PERSONS, &old]);
    let told = format!("contact change {id} --email min@acme.example --reason 'told at the desk'");
    late.at("15:05").by("chen").run(&told).succeeds();
    sync(&late, "15:06", "origin");
    let said = desk.at("15:07").by("zhang").run("sync").succeeds();
    assert!(knows(&desk, "58880001"), "nobody can say that late did not add it");
    let due = format!("docket contact change {id} --set phone=… --set email=… decides");
    assert!(said.out().contains(&due), "{said}");
}

#[test]
fn whom_only_another_branch_knows_stays_here_and_goes_along_once_the_desks_branch_knows_them() {
    let desk = desk();
    desk.at("15:00").run("-C ../door.git hook install").succeeds();
    desk.git(["switch", "-qc", "trial"]);
    let add = "contact add 'Ms Chu' --customer ACME --phone 021-58880003 --branch trial";
    desk.at("15:01").by("chen").run(add).succeeds();
    desk.git(["switch", "-q", "main"]);
    for time in ["15:02", "15:03"] {
        let run = desk.at(time).by("zhang");
        run.env("DOCKET", env!("CARGO_BIN_EXE_docket")).run("sync").succeeds();
        desk.at(time).run("doctor").succeeds();
    }
    assert!(!knows(&clone(&desk), "58880003"), "nobody else knows them yet");
    tells_another_number(&desk, "15:04");
    let run = desk.at("15:05").by("zhang");
    run.env("DOCKET", env!("CARGO_BIN_EXE_docket")).run("sync").succeeds();
    assert!(knows(&clone(&desk), OTHER));
    desk.git(["-c", "user.email=chen@example.com", "merge", "-q", "trial"]);
    assert!(knows(&desk, "58880003"));
    let run = desk.at("15:06").by("zhang");
    run.env("DOCKET", env!("CARGO_BIN_EXE_docket")).run("sync").succeeds();
    assert!(knows(&clone(&desk), "58880003"));
}

#[test]
fn another_branch_is_exchanged_without_people_whom_it_knows_alone_or_does_not_know_to_be_erased() {
    let desk = desk();
    let other = clone(&desk);
    let there = |desk: &Desk| desk.git(["-C", "../door.git", "ls-tree", "-r", layout::PERSONS]);
    let all = there(&desk).lines().count();
    other.git(["switch", "-qc", "trial"]);
    let add = "contact add 'Ms Chu' --customer ACME --phone 021-58880003 --branch trial";
    other.at("15:01").by("chen").run(add).succeeds();
    desk.at("15:02").by("zhang").run(ERASE).succeeds();
    sync(&desk, "15:03", "origin");
    let left = there(&desk);
    assert_eq!(left.lines().count(), all - 1);
    // its own main has not heard of the erasure yet
    let synced = other.at("15:04").by("zhang").run("sync --branch trial").succeeds();
    assert!(!synced.err().contains("names") && !synced.out().contains("names"), "{synced}");
    assert_eq!(there(&desk), left);
    other.git(["switch", "-q", "main"]);
    sync(&other, "15:05", "origin");
    assert_eq!(there(&desk), left);
    let here = other.git(["ls-tree", "-r", layout::PERSONS]).lines().count();
    assert_eq!(here, all, "whom trial knows stays here");
}

#[test]
fn what_was_removed_stays_away_after_a_sync_that_took_in_and_could_not_send() {
    let desk = desk();
    let other = clone(&desk);
    let id = id_of(&desk, "Ms Wang");
    let change = |desk: &Desk, time: &str, line: &str| {
        desk.at(time).by("chen").run(&format!("contact change {id} {line}")).succeeds();
    };
    change(&desk, "15:01", "--phone 5888002");
    sync(&desk, "15:02", "origin");
    change(&other, "15:03", "--phone 5888003");
    let refuse = desk.path("../door.git/hooks/pre-receive");
    fs::write(&refuse, "#!/bin/sh\nexit 1\n").unwrap();
    fs::set_permissions(&refuse, fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(other.at("15:04").by("zhang").run("sync").status(), Some(3));
    fs::remove_file(&refuse).unwrap();
    assert!(knows(&other, "5888002"), "taken in");
    change(&other, "15:05", "--remove 5888002 --reason 'a wrong number'");
    change(&desk, "15:06", "--set salutation='Dr Wang'");
    sync(&desk, "15:07", "origin");
    for (desk, time) in [(&other, "15:08"), (&desk, "15:09")] {
        sync(desk, time, "origin");
        assert!(!knows(desk, "5888002") && knows(desk, "5888003"), "{time}");
    }
}

#[test]
fn what_one_clone_removed_stays_away_where_another_one_erased_somebody_else() {
    let desk = desk();
    desk.at("14:55")
        .by("chen")
        .run("contact add 'Mr Ho' --customer ACME --phone 5888002")
        .succeeds();
    let ho = id_of(&desk, "Mr Ho");
    sync(&desk, "14:56", "origin");
    let other = clone(&desk);
    let change = |desk: &Desk, time: &str, line: &str| {
        desk.at(time).by("chen").run(&format!("contact change {ho} {line}")).succeeds();
    };
    change(&other, "15:01", "--phone 5888003");
    change(&other, "15:02", "--remove 5888002 --reason 'a wrong number'");
    sync(&other, "15:03", "origin");
    change(&desk, "15:04", "--set name='Mr Hoo'");
    desk.at("15:05").by("zhang").run(ERASE).succeeds();
    let synced = desk.at("15:06").by("zhang").run("sync").succeeds();
    assert!(!synced.out().contains("different things"), "{synced}");
    sync(&other, "15:07", "origin");
    for desk in [&desk, &other] {
        assert!(!knows(desk, "5888002") && knows(desk, "Mr Hoo"), "the correction of both holds");
    }
}

#[test]
fn a_file_that_a_remote_has_and_docket_does_not_write_takes_nobody_away() {
    let desk = desk();
    let other = clone(&desk);
    let id = id_of(&desk, "Ms Wang");
    let own = layout::person(&id.parse().unwrap());
    let text = desk.git(["show", &format!("{}:{own}", layout::PERSONS)]);
    for broken in [text.replace("name:", "nam:"), text.replace("format: 1", "format: 0")] {
        let file = FileChange { path: own.clone(), content: Some(broken.into_bytes()) };
        let honest = desk.git(["rev-parse", layout::PERSONS]).trim().to_owned();
        desk.keep_apart(vec![file]);
        push(&desk, layout::PERSONS);
        desk.git(["update-ref", layout::PERSONS, &honest]);
        for (clone, time) in [(&desk, "15:01"), (&other, "15:02")] {
            sync(clone, time, "origin");
            assert!(knows(clone, "13812341234"), "{time}");
        }
        assert!(knows(&clone(&desk), "13812341234"));
    }
}

#[test]
fn what_a_later_docket_wrote_of_a_person_is_overwritten_by_nobody() {
    let desk = desk();
    let id = id_of(&desk, "Ms Wang");
    let own = layout::person(&id.parse().unwrap());
    let text = desk.git(["show", &format!("{}:{own}", layout::PERSONS)]);
    let honest = desk.git(["rev-parse", layout::PERSONS]).trim().to_owned();
    for later in [
        text.replace("format: 1", "format: 2"),
        format!("{text}mood: fine\n").replace("t: 1", "t: 2"),
    ] {
        let file = FileChange { path: own.clone(), content: Some(later.clone().into_bytes()) };
        desk.keep_apart(vec![file]);
        push(&desk, layout::PERSONS);
        desk.at("15:00").run("doctor").succeeds();
        let change = format!("contact change {id} --phone 5888002");
        desk.at("15:00").by("chen").run(&change).fails("update docket");
        desk.git(["update-ref", layout::PERSONS, &honest]);
        desk.at("15:01").by("chen").run(&change).succeeds();
        let ran = desk.at("15:02").by("zhang").run("sync").fails("format 2");
        assert!(ran.err().contains("update docket"), "{ran}");
        let there = ["-C", "../door.git", "show", &format!("{}:{own}", layout::PERSONS)];
        assert_eq!(desk.git(there), later);
        desk.git(["update-ref", layout::PERSONS, &honest]);
    }
}

#[test]
fn whom_no_branch_knows_goes_from_every_clone_and_the_remote_once_one_repairs() {
    let desk = desk();
    let id = id_of(&desk, "Ms Wang");
    let own = layout::person(&id.parse().unwrap());
    let text = desk.git(["show", &format!("{}:{own}", layout::PERSONS)]);
    let stray = "Z/Z/C-ZZZZZ.yaml";
    let content = Some(text.replace(&id, "C-ZZZZZ").into_bytes());
    desk.keep_apart(vec![FileChange { path: stray.to_owned(), content }]);
    push(&desk, layout::PERSONS);
    let other = clone(&desk);
    desk.at("15:00").run("doctor").finds("docket sync then removes it from the remote");
    desk.at("15:01").by("zhang").run("doctor --repair").succeeds();
    for (clone, time) in [(&desk, "15:02"), (&other, "15:03"), (&desk, "15:04")] {
        sync(clone, time, "origin");
        clone.at(time).run("doctor").succeeds();
        assert!(knows(clone, "13812341234"), "{time}");
    }
    let there = ["-C", "../door.git", "ls-tree", "-r", "--name-only", layout::PERSONS];
    assert!(!desk.git(there).contains(stray));
}

#[test]
fn nobody_has_more_numbers_than_a_file_holds() {
    let desk = desk();
    let id = id_of(&desk, "Ms Wang");
    let many = (0..20).map(|nth| format!(" --phone 58881{nth:03}")).collect::<String>();
    let told = desk.at("15:01").by("chen").run(&format!("contact change {id}{many}"));
    told.refuses("more than 20 numbers").and(&format!("docket contact change {id} --remove"));
    let fewer = many.replace(" --phone 58881019", "");
    desk.at("15:01").by("chen").run(&format!("contact change {id}{fewer}")).succeeds();
    // nor does a call bring one more
    let call = "call 'no network' --customer ACME --name 'Ms Wang' --phone";
    desk.at("15:02").by("chen").run(&format!("{call} '5888 1018'")).succeeds();
    desk.at("15:03").by("chen").run(&format!("{call} 58881019")).refuses("more than 20 numbers");
}

#[test]
fn a_number_that_two_clones_spell_differently_is_one_once_they_meet() {
    let desk = desk();
    let id = id_of(&desk, "Ms Wang");
    sync(&desk, "14:56", "origin");
    let other = clone(&desk);
    for (desk, number) in [(&desk, "139 0000 0001"), (&other, "+86-13900000001")] {
        let line = format!("contact change {id} --phone '{number}'");
        desk.at("15:01").by("chen").run(&line).succeeds();
    }
    for (clone, time) in [(&desk, "15:02"), (&other, "15:03"), (&desk, "15:04")] {
        sync(clone, time, "origin");
    }
    for desk in [&desk, &other] {
        assert!(knows(desk, "+86-13900000001") && !knows(desk, "139 0000 0001"));
    }
}

#[test]
fn two_clones_that_each_gave_another_number_in_place_of_the_old_one_are_told_how_to_drop_one() {
    let desk = desk();
    let id = id_of(&desk, "Ms Wang");
    sync(&desk, "14:56", "origin");
    let other = clone(&desk);
    for (desk, number) in [(&desk, "13900000001"), (&other, "13900000002")] {
        let line = format!("contact change {id} --set phone={number}");
        desk.at("15:01").by("chen").run(&line).succeeds();
    }
    sync(&desk, "15:02", "origin");
    let told = other.at("15:03").by("zhang").run("sync").succeeds();
    told.says("different things of the phone").says(&format!("change {id} --set phone=… decides"));
    assert!(knows(&other, "13900000001") && knows(&other, "13900000002"), "both are kept");
    let line = format!("contact change {id} --set phone=13900000001");
    other.at("15:04").by("chen").run(&line).succeeds();
    sync(&other, "15:05", "origin");
    let told = desk.at("15:06").by("zhang").run("sync").succeeds();
    assert!(!told.out().contains("different things"), "{told}");
    let phones = desk.at("15:07").run(&format!("contact show {id} --reveal --json")).json();
    let phones = phones["contacts"][0]["phones"].clone();
    let leading = phones.as_array().unwrap().iter().filter(|phone| phone["kind"] != "former");
    assert_eq!(leading.count(), 1, "{phones}");
}

#[test]
fn of_whom_is_erased_no_clash_is_left_that_nobody_can_settle() {
    let desk = desk();
    desk.at("14:50").by("chen").run(&FAULT.replace("Ms Wang", "Wang Min")).succeeds();
    let (one, two) = (id_of(&desk, "Ms Wang"), id_of(&desk, "Wang Min"));
    for record in desk.at("14:51").run("list --quiet").out().lines() {
        desk.at("14:51").by("zhang").run(&format!("cancel {record} --mistake twice")).succeeds();
    }
    sync(&desk, "14:52", "origin");
    let other = clone(&desk);
    desk.at("15:01").by("chen").run(&format!("contact merge {one} --into {two}")).succeeds();
    other.at("15:01").by("chen").run(&format!("contact merge {two} --into {one}")).succeeds();
    for (desk, time) in [(&desk, "15:02"), (&other, "15:03"), (&desk, "15:04")] {
        sync(desk, time, "origin");
    }
    let erase = format!("contact erase {one} --reason 'asked for it'");
    desk.at("15:05").by("zhang").run(&erase).succeeds();
    let checked = desk.at("15:06").run("check");
    assert!(!checked.out().contains("merged into"), "{checked}");
    let listed = desk.at("15:06").run("contact list").out();
    assert!(!listed.contains("contact merge"), "{listed}");
}

#[test]
fn a_push_of_people_that_has_not_seen_what_is_known_is_refused() {
    let desk = desk();
    let behind = desk.git(["rev-parse", layout::PERSONS]).trim().to_owned();
    tells_another_number(&desk, "15:01");
    sync(&desk, "15:02", "origin");
    desk.at("15:03").run("-C ../door.git hook install").succeeds();
    let said = push(&desk, &behind);
    assert!(said.contains("written without what is known of the person here"), "{said}");
}

#[test]
fn what_two_clones_say_differently_of_a_number_is_told_with_the_command_that_decides() {
    let desk = desk();
    let other = clone(&desk);
    let id = id_of(&desk, "Ms Wang");
    let run = |desk: &Desk, time: &str, line: &str| {
        desk.at(time).by("chen").run(&format!("contact change {id} {line}")).succeeds();
    };
    run(&desk, "15:01", "--phone home:13812341234");
    run(&other, "15:01", "--remove 13812341234 --reason 'never theirs'");
    sync(&desk, "15:02", "origin");
    let told = other.at("15:03").by("zhang").run("sync").succeeds();
    let due = format!("docket contact change {id} --set phone=… decides");
    assert!(told.out().contains(&due), "{told}");
    assert!(knows(&other, "13812341234"), "what was said anew stays");
    run(&desk, "15:04", "--set name='Wang Min' --email min@acme.example");
    run(&other, "15:05", "--set name='Wang Ming' --remove wang@acme.example --reason gone");
    sync(&other, "15:06", "origin");
    let told = desk.at("15:07").by("zhang").run("sync --lang zh-CN").succeeds();
    assert!(told.out().contains(&format!("docket contact change {id} --set name=…")), "{told}");
    assert!(!told.out().contains("--set email=…"), "one added and the other removed: {told}");
    desk.at("15:08").run("check").finds("2 values of name");
    run(&desk, "15:09", "--set name='Wang Min'");
    assert!(!desk.at("15:10").run("check").out().contains("values of name"));
}

#[test]
fn what_stands_in_the_way_of_people_at_a_remote_is_named_with_the_line_that_removes_it() {
    let desk = Desk::new();
    desk.fault();
    desk.git(["init", "-q", "--bare", "../door.git"]);
    desk.git(["remote", "add", "origin", "../door.git"]);
    let below = format!("{}/x", layout::PERSONS);
    desk.git(["push", "-q", "origin", &format!("HEAD:{below}")]);
    let ran = desk.at("15:00").by("zhang").run("sync");
    assert_eq!(ran.status(), Some(3), "{ran}");
    let line = format!("git push origin :{below}");
    assert!(ran.out().contains("sent") && ran.err().contains(&line), "{ran}");
    let told = desk.at("15:01").by("zhang").run("sync --json").out();
    assert!(told.contains(r#""refused": true"#), "{told}");
    let chinese = desk.at("15:01").by("zhang").run("sync --lang zh-CN");
    assert!(chinese.err().contains(&line), "{chinese}");

    desk.git(line.split(' ').skip(1));
    desk.at("15:02").by("zhang").run("sync").succeeds();
    let there = desk.git(["-C", "../door.git", "for-each-ref", "--format=%(refname)"]);
    assert!(there.lines().any(|name| name == layout::PERSONS), "{there}");
}

#[test]
fn a_reference_of_the_remote_called_as_the_folder_of_dockets_own_is_named() {
    let desk = Desk::new();
    desk.fault();
    desk.git(["init", "-q", "--bare", "../door.git"]);
    desk.git(["remote", "add", "origin", "../door.git"]);
    desk.git(["push", "-q", "origin", "main"]);
    desk.git(["-C", "../door.git", "update-ref", "refs/docket", "main"]);
    let ran = desk.at("15:00").by("zhang").run("sync");
    assert_eq!(ran.status(), Some(3), "{ran}");
    assert!(ran.err().contains("git push origin :refs/docket, then docket sync"), "{ran}");
    desk.git(["push", "-q", "origin", ":refs/docket"]);
    desk.at("15:01").by("zhang").run("sync").succeeds();
}

#[test]
fn a_remote_that_hides_who_the_people_are_is_told_of_at_once() {
    let desk = desk();
    let late = Desk::clone_of(&door(&desk));
    desk.git(["-C", "../door.git", "config", "uploadpack.hideRefs", "refs/docket"]);
    late.at("15:00").by("chen").run("contact add 'Bob Low' -c Acme --phone 2166667778").succeeds();
    let id = late.at("15:00").run("list --quiet --limit 1").out().trim().to_owned();
    late.write("../gateway.log", "the log of the gateway\n");
    late.at("15:01").by("chen").run(&format!("attach {id} ../gateway.log")).succeeds();
    let ran = late.at("15:02").by("chen").run("sync");
    assert_eq!(ran.status(), Some(3), "{ran}");
    let told =
        "refs/docket/people is there, but hidden from who fetches (uploadpack.hideRefs there)";
    assert!(ran.err().contains(told), "{ran}");
    assert!(!ran.err().contains("kept pushing"), "{ran}");
    desk.git(["-C", "../door.git", "config", "--unset", "uploadpack.hideRefs"]);
    late.at("15:03").by("chen").run("sync").succeeds();
    desk.at("15:04").by("zhang").run("sync").succeeds();
    desk.at("15:05").run("contact list --reveal").says("Bob Low");
    desk.at("15:06").by("chen").run(&format!("attachment get {id} 1 -o -")).says("the gateway");
}

#[test]
fn locks_of_killed_git_commands_are_removed_where_only_docket_writes_and_named_elsewhere() {
    let desk = desk();
    desk.write(".git/refs/docket/fetched/people.lock", "");
    desk.at("15:00").by("zhang").run("sync").succeeds();
    desk.write(".git/refs/heads/main.lock", "");
    let stopped = desk.at("15:01").by("chen").run(REQUEST);
    assert_eq!(stopped.status(), Some(3), "{stopped}");
    assert!(stopped.err().contains("refs/heads/main.lock"), "{stopped}");
    assert!(stopped.err().contains("one was killed: rm "), "{stopped}");
    desk.at("15:02").run("doctor").finds("refs/heads/main.lock");
    fs::remove_file(desk.path(".git/refs/heads/main.lock")).unwrap();
    desk.at("15:03").by("chen").run(REQUEST).succeeds();
}

#[test]
fn what_lies_below_the_files_of_a_record_is_named_with_the_line_that_removes_it() {
    let desk = desk();
    let id = desk.at("15:00").run("list --quiet --limit 1").out().trim().to_owned();
    let below = format!("refs/docket/files/{id}/x");
    desk.git(["update-ref", &below, "main"]);
    desk.write("../gateway.log", "the log of the gateway\n");
    let attach = format!("attach {id} ../gateway.log");
    let stopped = desk.at("15:01").by("chen").run(&attach);
    assert_eq!(stopped.status(), Some(3), "{stopped}");
    let line = format!("git update-ref -d {below}");
    assert!(stopped.err().contains(&line), "{stopped}");
    desk.git(line.split(' ').skip(1));
    desk.at("15:02").by("chen").run(&attach).succeeds();
}

#[test]
fn settings_of_a_clone_lead_no_fetch_over_its_people() {
    let desk = desk();
    desk.git(["config", "--add", "remote.origin.fetch", "+refs/docket/*:refs/docket/*"]);
    tells_another_number(&desk, "15:01");
    sync(&desk, "15:02", "origin");
    assert!(knows(&desk, "58880001"));
    assert!(knows(&clone(&desk), "58880001"));
}

#[test]
fn an_erasure_lets_go_of_what_a_killed_fetch_left() {
    let desk = desk();
    let old = desk.git(["rev-parse", layout::PERSONS]).trim().to_owned();
    desk.git(["update-ref", "refs/docket/fetched/people", &old]);
    desk.at("15:20").by("zhang").run(ERASE).succeeds();
    desk.git(["gc", "-q", "--prune=now"]);
    let kept = desk.git(["cat-file", "--batch-all-objects", "--batch-check"]);
    assert!(!kept.contains(&old), "the people as they were");
}

#[test]
fn the_door_keeps_people_whatever_branch_is_checked_out_there() {
    let desk = desk();
    desk.at("15:00").run("-C ../door.git hook install").says("pre-receive");
    desk.git(["-C", "../door.git", "symbolic-ref", "HEAD", "refs/heads/elsewhere"]);
    let old = desk.git(["rev-parse", layout::PERSONS]).trim().to_owned();
    desk.at("15:20").by("zhang").run(ERASE).succeeds();
    desk.at("15:21").by("zhang").env("DOCKET", env!("CARGO_BIN_EXE_docket")).run("sync").succeeds();
    let said = push(&desk, &old);
    assert!(said.contains("H35") && said.contains("erased"), "{said}");
}

#[test]
fn what_is_wrong_with_many_files_is_said_once_and_counted() {
    let desk = desk();
    desk.at("15:00").run("-C ../door.git hook install").says("pre-receive");
    let honest = desk.git(["rev-parse", layout::PERSONS]).trim().to_owned();
    let file = |nth: usize, text: &str| FileChange {
        path: layout::person(&format!("C-ZZZ{nth}Z").parse().unwrap()),
        content: Some(text.as_bytes().to_vec()),
    };
    for (files, said_of_others) in
        [(1, None), (2, Some("the same in 1 other file")), (9, Some("the same in 8 other files"))]
    {
        desk.keep_apart((0..files).map(|nth| file(nth, "by hand")).collect());
        let commit = desk.git(["rev-parse", layout::PERSONS]).trim().to_owned();
        let said = push(&desk, &commit);
        assert_eq!(said.matches("not what docket writes of a person").count(), 1, "{said}");
        let counts = said_of_others.map_or(0, |others| said.matches(others).count());
        assert_eq!(counts, usize::from(files > 1), "{said}");
        desk.git(["update-ref", layout::PERSONS, &honest]);
    }
}

#[test]
fn nobody_is_wiped_out_hidden_twice_or_changed_by_who_has_left() {
    let desk = desk();
    desk.at("15:00").run("-C ../door.git hook install").says("pre-receive");
    let id = id_of(&desk, "Ms Wang");
    let own = layout::person(&id.parse().unwrap());
    let honest = desk.git(["rev-parse", layout::PERSONS]).trim().to_owned();
    let message = desk.git(["log", "-1", "--format=%B", &honest]).trim().to_owned();
    let commit = |tree: &str, who: &str, date: &str| {
        let mut git = desk.at("15:10").shell("git");
        git.env("GIT_AUTHOR_EMAIL", format!("{who}@example.com")).env("GIT_AUTHOR_DATE", date);
        git.env("GIT_COMMITTER_DATE", date).args(["commit-tree", tree, "-m", &message]);
        String::from_utf8(git.output().unwrap().stdout).unwrap().trim().to_owned()
    };
    let today = "2026-11-23T15:10:00+08:00";

    let empty = desk.git(["mktree", "--missing"]);
    let said = push(&desk, &commit(empty.trim(), "zhang", today));
    assert!(said.contains("H35") && said.contains("is gone"), "{said}");

    // the second entry of a name is found by nobody
    let (first, _) = own.split_once('/').unwrap();
    let folder = desk.git(["rev-parse", &format!("{honest}:{first}")]);
    let listed = desk.git(["ls-tree", &honest]);
    let twice = format!("{listed}040000 tree {}\t{first}\n", folder.trim());
    let mut git = desk.at("15:11").shell("git");
    git.args(["hash-object", "-t", "tree", "--literally", "-w", "--stdin"]);
    git.stdin(std::process::Stdio::from(fs::File::open(raw_tree(&desk, &twice)).unwrap()));
    let tree = String::from_utf8(git.output().unwrap().stdout).unwrap();
    let said = push(&desk, &commit(tree.trim(), "zhang", today));
    assert!(said.contains("H35") || said.contains("duplicate"), "{said}");

    desk.at("15:30").by("zhang").run("people retire li --reason left").succeeds();
    desk.at("15:31").by("zhang").env("DOCKET", env!("CARGO_BIN_EXE_docket")).run("sync").succeeds();
    let retired = commit(&format!("{honest}^{{tree}}"), "li", "2026-11-20T10:00:00+08:00");
    let mut git = desk.at("2026-11-25 10:00").shell("git");
    git.env("DOCKET", env!("CARGO_BIN_EXE_docket")).args(["push", "-f", "origin"]);
    let said = git.arg(format!("{retired}:{}", layout::PERSONS)).output().unwrap().stderr;
    let said = String::from_utf8(said).unwrap();
    assert!(said.contains("H02"), "{said}");
    assert!(door(&desk).exists());
}

#[test]
fn a_push_brings_no_more_numbers_of_a_person_than_clones_that_met_have() {
    let desk = desk();
    desk.at("15:00").run("-C ../door.git hook install").says("pre-receive");
    let id = id_of(&desk, "Ms Wang");
    let own = layout::person(&id.parse().unwrap());
    let honest = desk.git(["rev-parse", layout::PERSONS]).trim().to_owned();
    let text = desk.git(["show", &format!("{honest}:{own}")]);
    for (numbers, is_taken) in [(300, false), (40, false), (39, true)] {
        let more = (0..numbers).map(|nth| format!("- kind: work\n  number: '58881{nth:03}'\n"));
        let many = text.replacen("phones:\n", &format!("phones:\n{}", more.collect::<String>()), 1);
        assert_ne!(many, text);
        let change = FileChange { path: own.clone(), content: Some(many.into_bytes()) };
        desk.keep_apart(vec![change]);
        let commit = desk.git(["rev-parse", layout::PERSONS]).trim().to_owned();
        let said = push(&desk, &commit);
        let told = "more numbers or addresses of a person than a command keeps";
        assert_eq!(!said.contains("H35"), is_taken, "{numbers}: {said}");
        assert_eq!(!said.contains(told), is_taken, "{numbers}: {said}");
        desk.git(["update-ref", layout::PERSONS, &honest]);
    }
}

#[test]
fn people_of_a_time_to_come_or_of_none_are_not_let_in() {
    let desk = desk();
    desk.at("15:00").run("-C ../door.git hook install").says("pre-receive");
    let honest = desk.git(["cat-file", "commit", layout::PERSONS]);
    let time =
        honest.lines().find_map(|line| Some(line.strip_prefix("author ")?.split_once("> ")?.1));
    let time = time.unwrap().to_owned();
    for forged in [
        "4102444800 +0800",
        "99999999999999 +0800",
        "9223372036854775807 +0800",
        "99999999999999999999 +0800",
        "01795000000 +0800",
        "1795000000 +9900",
        "1795000000 +0099",
    ] {
        let text = honest.replace(&time, forged);
        assert_ne!(text, honest);
        desk.write("../commit", &text);
        let mut git = desk.at("15:10").shell("git");
        git.args(["hash-object", "-t", "commit", "--literally", "-w", "../commit"]);
        let commit = String::from_utf8(git.output().unwrap().stdout).unwrap();
        let said = push(&desk, commit.trim());
        assert!(said.contains("pre-receive hook declined"), "{forged}: {said}");
    }
}

/// A file with the bytes of a tree that `git ls-tree` would list so.
fn raw_tree(desk: &Desk, listed: &str) -> std::path::PathBuf {
    let mut raw = Vec::new();
    for line in listed.lines() {
        let (head, name) = line.split_once('\t').unwrap();
        let mut head = head.split(' ');
        let mode = head.next().unwrap().trim_start_matches('0');
        raw.extend_from_slice(format!("{mode} {name}\0").as_bytes());
        let id = head.nth(1).unwrap();
        let byte = |at: usize| u8::from_str_radix(&id[at..at + 2], 16).unwrap();
        raw.extend((0..40).step_by(2).map(byte));
    }
    let path = desk.path("../raw-tree");
    fs::write(&path, raw).unwrap();
    path
}
