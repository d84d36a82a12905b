//! Names and numbers lie beside the history: they come along where clones meet, and are gone for good
//! once somebody is erased.

use std::{fs, os::unix::fs::PermissionsExt as _, path::Path, process::Command};

use docket::testing::store::{FileChange, layout};
use serde_json::Value;

#[cfg(feature = "crash-points")]
use crate::crash::points::POINTS;
use crate::desk::{Desk, FAULT, REQUEST, way_to};

/// Who is erased in these tests; an index keeps names in small letters.
const HIDDEN: [&str; 4] = ["Ms Wang", "ms wang", "13812341234", "wang@acme.example"];
pub(crate) const ERASE: &str = "contact erase 'Ms Wang' --reason 'asked for it in writing'";

/// A desk with two persons, of whom the first has a closed fault, and a bare repository that it has
/// synced with.
pub(crate) fn desk() -> Desk {
    let desk = Desk::new();
    desk.at("09:00").by("chen").run(&format!("{FAULT} --email wang@acme.example")).succeeds();
    let id = desk.at("09:00").run("list --quiet").out().trim().to_owned();
    for (time, person, step) in way_to("closed") {
        desk.at(time).by(person).run(&step.replace("ID", &id)).succeeds();
    }
    desk.at("14:00").by("chen").run(REQUEST).succeeds();
    desk.git(["init", "-q", "--bare", "../door.git"]);
    desk.git(["remote", "add", "origin", "../door.git"]);
    desk.at("14:05").by("zhang").run("sync").says("to origin");
    desk
}

pub(crate) fn door(desk: &Desk) -> std::path::PathBuf {
    desk.path("../door.git").canonicalize().unwrap()
}

/// A clone that has met the others.
pub(crate) fn clone(desk: &Desk) -> Desk {
    clone_at(desk, "14:06")
}

fn clone_at(desk: &Desk, time: &str) -> Desk {
    let clone = Desk::clone_of(&door(desk));
    clone.at(time).by("chen").run("sync").succeeds();
    clone
}

fn contact(desk: &Desk, name: &str) -> Value {
    let found = desk.at("20:00").by("chen").run(&format!("contact show {name} --reveal --json"));
    found.json()["contacts"][0].clone()
}

/// The id of the person with a name in this clone.
pub(crate) fn id_of(desk: &Desk, name: &str) -> String {
    contact(desk, &format!("'{name}'"))["id"].as_str().unwrap().to_owned()
}

/// Everything that lies in a repository, each of git's objects unpacked.
fn all_of(git: &Path) -> Vec<u8> {
    let mut all = Vec::new();
    let mut open = vec![git.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match fs::symlink_metadata(&path).unwrap() {
                found if found.is_dir() => open.push(path),
                found if found.is_file() => all.extend(fs::read(&path).unwrap()),
                _ => {}
            }
        }
    }
    let words = ["cat-file", "--batch", "--batch-all-objects", "--unordered"];
    let output = Command::new("git").arg("-C").arg(git).args(words).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    all.extend(output.stdout);
    all
}

/// Names of what is still said of the person in a repository after git has collected garbage.
fn left_in(git: &Path) -> Vec<&'static str> {
    let gc = Command::new("git").arg("-C").arg(git).args(["gc", "-q", "--prune=now"]).output();
    assert!(gc.unwrap().status.success());
    let all = all_of(git);
    let stands = |text: &&&str| all.windows(text.len()).any(|part| part == text.as_bytes());
    HIDDEN.iter().filter(stands).copied().collect()
}

#[test]
fn no_commit_names_anybody_and_a_plain_clone_shows_ids_until_it_syncs() {
    let desk = desk();
    let history =
        desk.git(["log", "-p", "--all", "--not", layout::PERSONS, layout::AGREED_PERSONS]);
    for hidden in HIDDEN {
        assert!(!history.contains(hidden), "{hidden}");
    }
    let plain = Desk::plain_clone_of(&door(&desk));
    let id = id_of(&desk, "Ms Wang");
    let listed = plain.at("15:00").by("chen").run("contact list --reveal").succeeds().out();
    assert!(listed.contains(&id) && !listed.contains("Wang"), "{listed}");
    plain.at("15:00").by("chen").run("report register --reveal").says(&id);
    for line in ["contact show 'Ms Wang'", "phone"] {
        let record = desk.at("15:00").run("list --all --quiet").out();
        let record = record.lines().next().unwrap();
        let line = if line == "phone" { format!("phone {record}") } else { line.to_owned() };
        let ran = plain.at("15:00").by("chen").run(&line).refuses("not in this clone");
        assert!(ran.err().contains("docket sync"), "{ran}");
    }
    plain.at("15:01").by("chen").run("check").says("A52");
    plain.at("15:01").by("chen").run("audit --fail-on error").says("H47");
    plain.at("15:02").run("doctor").succeeds();
    plain.at("15:03").by("chen").run("sync").succeeds();
    plain.at("15:04").by("chen").run("contact list --reveal").says("Ms Wang");
    plain.git(["update-ref", "-d", layout::PERSONS]);
    plain.at("15:05").run("doctor").finds("names not in this clone");
    plain.at("15:06").by("chen").run("sync").succeeds();
    plain.at("15:07").by("chen").run("contact list --reveal").says("Ms Wang");
    plain.is_honest();
}

#[test]
fn who_is_erased_is_gone_from_every_clone_and_the_remote_and_all_else_stays_to_the_byte() {
    let desk = desk();
    let (other, late) = (clone(&desk), clone(&desk));
    let id = id_of(&desk, "Ms Wang");
    let looks = ["list --all", "report kpi --month 2026-11", "audit", "export --csv"];
    let look = |desk: &Desk| {
        let tip = desk.head()[..10].to_owned();
        looks.map(|line| desk.at("16:00").by("chen").run(line).out().replace(&tip, "TIP"))
    };
    let before = look(&desk);
    let records = desk.git(["ls-tree", "-r", "HEAD", "records", "archive"]);
    late.at("14:30").by("chen").run(&FAULT.replace("13812341234", "021-58881234")).succeeds();

    desk.at("14:40").by("chen").run(ERASE).refuses("team lead");
    desk.at("14:41").by("zhang").run("contact erase Wang --reason x").refuses("Wang");
    let ran = desk.at("14:42").by("zhang").run(ERASE).succeeds();
    assert!(ran.out().contains("git gc --prune=now") && ran.out().contains("backups"), "{ran}");
    assert_eq!(left_in(&desk.path(".git")), Vec::<&str>::new());
    let after = look(&desk);
    assert_eq!((&after[..2], &after[3]), (&before[..2], &before[3]));
    desk.at("14:43").by("zhang").run("sync").succeeds();
    other.at("14:44").by("chen").run("sync").says("took away");
    // a clone that did not know brings nobody back, though it said more of them
    let met = late.at("14:45").by("zhang").run("sync").succeeds();
    assert!(met.out().contains("took away"), "{met}");
    desk.at("14:46").by("zhang").run("sync").succeeds();
    for clone in [&desk, &other, &late] {
        assert_eq!(left_in(&clone.path(".git")), Vec::<&str>::new());
        let shown = clone.at("16:00").by("chen").run(&format!("contact show {id} --json")).json();
        assert_eq!(shown["contacts"][0]["name"], Value::Null);
        assert_eq!(shown["contacts"][0]["erased"]["reason"], "asked for it in writing");
        clone.is_honest();
    }
    assert_eq!(left_in(&door(&desk)), Vec::<&str>::new());
    let now = desk.git(["ls-tree", "-r", "HEAD", "records", "archive"]);
    assert!(records.lines().all(|line| now.contains(line)), "{records} is {now} now");
    desk.at("16:01").by("chen").run("check").finds("A53");
    desk.at("16:02").by("chen").run(FAULT).says("new contact");
}

#[test]
fn who_was_merged_into_somebody_erased_elsewhere_is_gone_too() {
    for erases_first in [true, false] {
        let desk = desk();
        let same = FAULT.replace("Ms Wang", "Mrs Weng").replace("13812341234", "13912341234");
        let record = desk.at("14:10").by("chen").run(&same).id();
        desk.at("14:11").by("zhang").run(&format!("cancel {record} --mistake twice")).succeeds();
        desk.at("14:12").by("zhang").run("sync").succeeds();
        let other = clone(&desk);
        let from = id_of(&desk, "Mrs Weng");
        let into = id_of(&desk, "Ms Wang");
        let merge = format!("contact merge {from} --into {into}");
        desk.at("14:20").by("zhang").run(ERASE).succeeds();
        other.at("14:21").by("chen").run(&merge).succeeds();
        let turns = if erases_first { [&desk, &other, &desk] } else { [&other, &desk, &other] };
        for (turn, clone) in turns.into_iter().enumerate() {
            let told = clone.at(&format!("14:3{turn}")).by("zhang").run("sync").succeeds();
            // in each clone as soon as it has both
            let along = format!("{from} was erased along with {into}");
            assert_eq!(told.out().contains(&along), turn > 0, "{told}");
        }
        for clone in [&desk, &other] {
            let held = clone.git(["ls-tree", "-r", "--name-only", layout::PERSONS]);
            assert!(!held.contains(&from) && !held.contains(&into), "{erases_first}: {held}");
            assert_eq!(left_in(&clone.path(".git")), Vec::<&str>::new());
            clone.at("15:00").run("doctor").succeeds();
            let ran = clone.at("15:00").by("chen").run("check");
            assert!(!ran.out().contains("A52"), "{ran}");
            clone.is_honest();
        }
    }
}

#[test]
fn who_was_erased_while_another_clone_merged_them_into_somebody_is_told_of() {
    let desk = desk();
    let same = FAULT.replace("Ms Wang", "Mrs Weng").replace("13812341234", "13912341234");
    let record = desk.at("14:10").by("chen").run(&same).id();
    desk.at("14:11").by("zhang").run(&format!("cancel {record} --mistake twice")).succeeds();
    desk.at("14:12").by("zhang").run("sync").succeeds();
    let other = clone(&desk);
    let fault = desk.at("14:13").run("list --state closed -q").out().trim().to_owned();
    let due = desk.at("2026-12-02 10:00").run("survey due -q").succeeds().out();
    assert!(due.contains(&fault), "{due}");
    let (from, into) = (id_of(&desk, "Ms Wang"), id_of(&desk, "Mrs Weng"));
    desk.at("14:20").by("zhang").run(ERASE).succeeds();
    other.at("14:21").by("chen").run(&format!("contact merge {from} --into {into}")).succeeds();
    desk.at("14:30").by("zhang").run("sync").succeeds();
    let command = format!("docket contact erase {into} --reason");
    let told = other.at("14:31").by("zhang").run("sync --json").succeeds().json();
    assert_eq!(told["people"]["still_known"][0], *into);
    desk.at("14:32").by("zhang").run("sync").says(&command);
    for clone in [&desk, &other] {
        clone.at("14:32").run(&format!("phone {fault}")).refuses("has been erased").and(&from);
        clone.at("14:32").run(&format!("phone {fault}")).refuses("docket show");
        let shown = clone.at("14:32").run(&format!("show {fault} --reveal")).succeeds().out();
        assert!(shown.contains(&format!("{from}  erased")), "{shown}");
        assert!(!shown.contains("Mrs Weng") && !shown.contains("13912341234"), "{shown}");
        let month = clone.at("2026-12-02 10:00").run("survey due -q").succeeds().out();
        assert!(!month.contains(&fault), "{month}");
    }
    assert!(!desk.at("14:33").by("zhang").run("sync").out().contains(&command), "told once");
    // and nobody is changed in their place
    for line in ["change ID --set name=Zora", "change ID --phone 13700001111"] {
        let line = format!("contact {}", line.replace("ID", &from));
        other.at("14:33").by("zhang").run(&line).refuses(&from).and("erased");
    }
    // and by every check, in every clone, until it is done
    for clone in [&desk, &other] {
        let found = clone.at("14:33").run("check").finds("A58").out();
        assert!(found.contains(&from) && found.contains(&into), "{found}");
    }
    desk.at("14:34").by("zhang").run(&format!("contact erase {into} --reason same")).succeeds();
    assert!(!desk.at("14:35").run("check").out().contains("A58"));
    assert_eq!(desk.git(["ls-tree", "-r", layout::PERSONS]).lines().count(), 1);
    desk.is_honest();
}

/// Takes an erasure back with plain git in a clone that has not heard of it, and sends that past docket.
fn takes_back(other: &Desk, way: &str) {
    let git = |words: &[&str]| {
        let ran = other.at("14:31").by("chen").shell("git").args(words).output().unwrap();
        assert!(ran.status.success(), "{ran:?}");
    };
    other.git(["fetch", "-q", "origin"]);
    if way == "revert" {
        git(&["merge", "-q", "--no-edit", "origin/main"]);
        git(&["revert", "--no-edit", "origin/main"]);
    } else {
        git(&["merge", "-q", "-s", "ours", "-m", "ours", "origin/main"]);
    }
    other.git(["push", "-q", "origin", "HEAD:main"]);
    other.git(["push", "-q", "-f", "origin", layout::PERSONS]);
}

#[test]
fn an_erasure_that_plain_git_took_back_is_made_again_before_anything_is_said_of_the_person() {
    for (way, comes_by) in
        [("merge", "sync"), ("merge", "pull"), ("merge", "doctor"), ("revert", "pull")]
    {
        let desk = desk();
        let other = clone(&desk);
        let wang = id_of(&desk, "Ms Wang");
        desk.at("14:20").by("zhang").run(ERASE).succeeds();
        desk.at("14:21").by("zhang").run("sync").succeeds();
        other.at("14:30").by("chen").run(&FAULT.replace("Ms Wang", "Ms Hu")).succeeds();
        takes_back(&other, way);
        let is_erased =
            |clone: &Desk| clone.read(&layout::contact(&wang.parse().unwrap())).contains("erased:");
        assert!(!is_erased(&other), "{way}");
        match comes_by {
            "sync" => {}
            "pull" => drop(desk.git(["pull", "-q", "origin", "main"])),
            _ => {
                let found = other.at("14:32").by("chen").run("doctor");
                assert!(found.out().contains(&wang), "{found}");
                other.at("14:33").by("chen").run("doctor --repair").succeeds();
            }
        }
        assert!(comes_by != "pull" || !is_erased(&desk), "{way}");
        for (time, clone) in [("14:40", &desk), ("14:41", &other), ("14:42", &desk)] {
            clone.at(time).by("zhang").run("sync").succeeds();
        }
        for clone in [&desk, &other, &clone_at(&desk, "14:43")] {
            assert!(is_erased(clone), "{way} {comes_by}");
            let held = clone.git(["ls-tree", "-r", "--name-only", layout::PERSONS]);
            assert!(!held.contains(&wang), "{way} {comes_by}: {held}");
        }
        let commits = desk.git(["rev-list", "--count", "HEAD"]);
        desk.at("14:44").by("zhang").run("sync").succeeds();
        assert_eq!(desk.git(["rev-list", "--count", "HEAD"]), commits, "once is enough");
    }
}

#[test]
fn who_may_not_make_an_erasure_again_brings_nobody_back() {
    let desk = desk();
    let (other, auditor) = (clone(&desk), clone(&desk));
    let wang = id_of(&desk, "Ms Wang");
    desk.at("14:20").by("zhang").run(ERASE).succeeds();
    desk.at("14:21").by("zhang").run("sync").succeeds();
    takes_back(&other, "merge");
    desk.git(["-C", "../door.git", "update-ref", "-d", layout::PERSONS]);
    for minute in 0..2 {
        let ran = auditor.at(&format!("14:3{minute}")).by("stranger").run("sync");
        assert_eq!(ran.status(), Some(3), "{ran}");
        assert!(!desk.git(["-C", "../door.git", "for-each-ref"]).contains(layout::PERSONS));
    }
    desk.at("14:40").by("zhang").run("sync").succeeds();
    auditor.at("14:41").by("zhang").run("sync").succeeds();
    let held = auditor.git(["ls-tree", "-r", "--name-only", layout::PERSONS]);
    assert!(!held.contains(&wang), "{held}");
}

#[test]
fn what_somebody_wrote_by_hand_into_a_contact_erases_nobody_in_the_end() {
    let desk = desk();
    let wang = id_of(&desk, "Ms Wang");
    let path = layout::contact(&wang.parse().unwrap());
    let erased = "erased:\n  at: 2026-11-23T14:00:00+08:00\n  reason: by hand\n";
    let branch = desk.git(["branch", "--show-current"]);
    desk.git(["checkout", "-q", "-b", "side"]);
    desk.commit(&path, desk.read(&path) + erased);
    desk.git(["checkout", "-q", branch.trim()]);
    desk.at("14:30").by("chen").run(REQUEST).succeeds();
    desk.git(["merge", "-q", "-s", "ours", "-m", "thrown away", "side"]);
    desk.at("14:40").by("zhang").run("sync").succeeds();
    assert!(!desk.read(&path).contains("erased:"));
    assert!(desk.git(["ls-tree", "-r", "--name-only", layout::PERSONS]).contains(&wang));
}

#[test]
fn a_customer_who_is_called_like_an_erasure_hides_none() {
    let desk = Desk::new();
    let odd = FAULT.replace("--customer ACME", "--customer 'Files erased: Ltd'");
    let id = desk.at("09:00").by("chen").run(&odd).id();
    desk.at("09:01").by("zhang").run(&format!("cancel {id} --mistake twice")).succeeds();
    desk.git(["init", "-q", "--bare", "../door.git"]);
    desk.git(["remote", "add", "origin", "../door.git"]);
    desk.at("14:05").by("zhang").run("sync").succeeds();
    let other = clone(&desk);
    let wang = id_of(&desk, "Ms Wang");
    desk.at("14:20").by("zhang").run(ERASE).succeeds();
    desk.at("14:21").by("zhang").run("sync").succeeds();
    other.at("14:30").by("chen").run(REQUEST).succeeds();
    takes_back(&other, "merge");
    other.at("14:40").by("zhang").run("sync").succeeds();
    let held = other.git(["ls-tree", "-r", "--name-only", layout::PERSONS]);
    assert!(!held.contains(&wang), "{held}");
}

#[test]
fn who_has_an_unfinished_record_is_not_erased_and_nobody_names_who_is() {
    let desk = desk();
    let id = id_of(&desk, "Ms Wang");
    let open = desk.at("14:30").by("chen").run(&FAULT.replace("'Ms Wang'", &id)).id();
    desk.at("14:31").by("zhang").run(ERASE).refuses("has unfinished records").and(&open);
    desk.at("14:32").by("zhang").run(&format!("cancel {open} --mistake 'called twice'")).succeeds();
    desk.at("14:33").by("zhang").run("contact erase 'Ms Wang'").usage("--reason");
    let number = "contact erase 13812341234 --reason 'asked for it'";
    desk.at("14:33").by("zhang").run(number).refuses("whole name");
    for reason in ["call 13812341234", "Ms Wang asked", "asked by Wang"] {
        let line = format!("contact erase {id} --reason '{reason}'");
        desk.at("14:33").by("zhang").run(&line).refuses("the reason contains personal data");
    }
    desk.write("../wang.log", "seen on the screen\n");
    desk.at("14:34").by("chen").run(&format!("attach {open} ../wang.log")).succeeds();
    let erased = desk.at("14:34").by("zhang").run(ERASE).succeeds();
    let files = format!("files attached to records of this person stay: {open}");
    assert!(erased.out().contains(&files), "{erased}");
    desk.at("14:35")
        .by("zhang")
        .run(&format!("contact erase {id} --reason again"))
        .refuses("erased");
    desk.at("14:36").by("chen").run(&FAULT.replace("'Ms Wang'", &id)).refuses("erased");
    desk.is_honest();
}

#[test]
fn two_clones_that_each_learn_a_number_keep_both() {
    let desk = desk();
    let other = clone(&desk);
    let name = "'Ms Wang'";
    let told = |desk: &Desk, time: &str, number: &str| {
        let line = FAULT.replace("13812341234", number);
        desk.at(time).by("chen").run(&line).succeeds();
    };
    told(&desk, "14:30", "021-58880001");
    told(&other, "14:31", "021-58880002");
    for clone in [&desk, &other, &desk] {
        clone.at("14:40").by("zhang").run("sync").succeeds();
    }
    let phones = |desk: &Desk| contact(desk, name)["phones"].clone();
    assert_eq!(phones(&desk), phones(&other));
    let numbers: Vec<Value> = phones(&desk).as_array().unwrap().clone();
    assert_eq!(numbers.len(), 3, "{numbers:?}");
    let commit = |desk: &Desk| desk.git(["rev-parse", layout::PERSONS]);
    assert_eq!(commit(&desk), commit(&other));
    assert_eq!(desk.git(["rev-list", "--count", layout::PERSONS]).trim(), "1");
}

#[test]
fn a_lost_reference_comes_back_from_whoever_has_it() {
    let desk = desk();
    let other = clone(&desk);
    desk.git(["-C", "../door.git", "update-ref", "-d", layout::PERSONS]);
    other.git(["update-ref", "-d", layout::PERSONS]);
    other.at("15:00").by("chen").run("sync").succeeds();
    other.at("15:01").run("doctor").finds("names not in this clone");
    desk.at("15:02").by("zhang").run("sync").says("had lost the names of 2 persons");
    other.at("15:03").by("chen").run("sync").succeeds();
    other.at("15:04").by("chen").run("contact list --reveal").says("Ms Wang");
}

#[test]
fn a_remote_that_takes_no_such_reference_gets_the_records_and_another_one_the_people() {
    let desk = desk();
    let hook =
        "#!/bin/sh\n[ \"${1#refs/heads/}\" != \"$1\" ] || { echo 'heads only' >&2; exit 1; }\n";
    let program = door(&desk).join("hooks/update");
    fs::write(&program, hook).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    desk.at("15:00").by("chen").run(&FAULT.replace("Ms Wang", "Ms Hu")).succeeds();
    let ran = desk.at("15:01").by("chen").run("sync");
    assert_eq!(ran.status(), Some(3), "{ran}");
    assert!(ran.err().contains("does not take who the people are"), "{ran}");
    let there = desk.git(["-C", "../door.git", "rev-parse", "main"]);
    assert_eq!(there.trim(), desk.head());
    desk.git(["init", "-q", "--bare", "../people.git"]);
    desk.git(["remote", "add", "people", "../people.git"]);
    desk.commit("docket.yaml", desk.read("docket.yaml") + "people:\n  remote: people\n");
    desk.git(["commit", "-q", "--amend", "--no-edit", "--author", "Zhang Wei <zhang@example.com>"]);
    desk.at("15:02").by("zhang").run("sync").succeeds();
    assert!(desk.git(["-C", "../people.git", "for-each-ref"]).contains(layout::PERSONS));
    let auditor = Desk::plain_clone_of(&door(&desk));
    auditor.at("15:03").by("chen").run("sync").says("no remote people");
    assert_eq!(left_in(&auditor.path(".git")), Vec::<&str>::new(), "nobody's name came along");
    let told = desk.at("15:03").by("zhang").run("sync").succeeds();
    let delete = "git push origin :refs/docket/people";
    assert!(told.out().contains(delete), "origin holds them from before: {told}");
    desk.git(["-C", "../door.git", "update-ref", "-d", layout::PERSONS]);
    assert!(!desk.at("15:03").by("zhang").run("sync").succeeds().out().contains(delete));
    assert!(!auditor.at("15:04").by("chen").run("contact list --reveal").out().contains("Wang"));
}

#[test]
fn what_no_command_writes_to_the_people_is_refused_at_the_door_and_found_by_doctor() {
    let desk = desk();
    desk.at("15:00").run("-C ../door.git hook install").says("pre-receive");
    let id = id_of(&desk, "Ms Wang");
    let own = layout::person(&id.parse().unwrap());
    let honest = desk.git(["rev-parse", layout::PERSONS]).trim().to_owned();
    let text = desk.git(["show", &format!("{honest}:{own}")]);
    let push = |desk: &Desk| {
        let mut git = desk.at("15:10").shell("git");
        git.env("DOCKET", env!("CARGO_BIN_EXE_docket")).args(["push", "-f", "origin"]);
        git.arg(format!("{0}:{0}", layout::PERSONS)).output().unwrap()
    };
    let file = |path: &str, text: &str| FileChange {
        path: path.to_owned(),
        content: Some(text.as_bytes().to_vec()),
    };
    let named = |name: &str| text.replace("name: Ms Wang", &format!("name: {name}"));
    let disputed = format!("{text}disputed:\n  name:\n  - \"Wang\\u200b\"\n  - Ms Wang\n");
    for (name, smuggled) in [
        ("another file", file("readme.txt", "Ms Wang 13812341234\n")),
        ("a key that is none", file(&own, &format!("{text}diary: ill on Monday\n"))),
        ("somebody unknown", file("Z/Z/C-ZZZZZ.yaml", &text.replace(&id, "C-ZZZZZ"))),
        ("a large file", file(&own, &format!("{text}salutation: {}\n", "x".repeat(20_000)))),
        ("a key with a long name", file(&own, &named(&"W".repeat(101)))),
        ("a key with a name that turns", file(&own, &named("Wang\u{202e}gnaF"))),
        ("a key with words in dispute", file(&own, &disputed)),
        ("a key of another format", file(&own, &text.replace("format: 1", "format: 2"))),
        (
            "a key with words for a change",
            file(&own, &format!("{text}changes:\n- ill on Monday\n")),
        ),
        ("a key with nothing in dispute", file(&own, &format!("{text}disputed:\n  name: []\n"))),
        ("a key that is no phone", file(&own, &text.replace("13812341234", "a bad temper"))),
        ("a key that is no address", file(&own, &text.replace("wang@acme.example", "Main St 12"))),
        ("a key with a number for a name", file(&own, &named("\"13900000001\""))),
        ("a key with an address for a name", file(&own, &named("li@acme.example"))),
        ("a key of a colleague", file(&own, &named("Wu Gang"))),
        ("a path that leads out", file(&own.replace(".yaml", ".yml"), &text)),
    ] {
        desk.keep_apart(vec![smuggled]);
        let said = push(&desk);
        let said = [said.stdout, said.stderr].concat();
        let said = String::from_utf8_lossy(&said).into_owned();
        assert!(said.contains("H35"), "{name}: {said}");
        if !name.starts_with("a key") && name != "a large file" {
            desk.at("15:11").run("doctor").finds("not a contact of this desk");
            desk.at("15:12").by("zhang").run("doctor --repair").succeeds();
        }
        desk.git(["update-ref", layout::PERSONS, &honest]);
    }
    for (line, is, becomes) in [
        ("author", "author docket <", "author any words <"),
        ("committer", "committer docket <", "committer any words <"),
        ("both", "docket <", "docket <any words> <"),
        ("zone", "+0800\n", "+0800 any words\n"),
    ] {
        let commit = desk.git(["cat-file", "commit", &honest]);
        let said = commit.replace(is, becomes);
        assert_ne!(said, commit, "{line}");
        desk.write("../commit", &said);
        let path = desk.path("../commit");
        let words = ["hash-object", "--literally", "-t", "commit", "-w", path.to_str().unwrap()];
        let smuggled = desk.git(words);
        desk.git(["update-ref", layout::PERSONS, smuggled.trim()]);
        let said = String::from_utf8(push(&desk).stderr).unwrap();
        assert!(said.contains("H35"), "{line}: {said}");
        // where no hook refuses it, nobody takes the commit over as it is
        desk.git([
            "-C",
            "../door.git",
            "fetch",
            "-q",
            "../desk",
            "+refs/docket/people:refs/docket/people",
        ]);
        let other = Desk::plain_clone_of(&door(&desk));
        other.at("15:13").by("chen").run("sync").succeeds();
        let taken = other.git(["cat-file", "commit", layout::PERSONS]);
        assert!(!taken.contains("any words"), "{taken}");
        desk.git(["-C", "../door.git", "update-ref", layout::PERSONS, &honest]);
        desk.git(["update-ref", layout::PERSONS, &honest]);
    }
    let child =
        desk.git(["commit-tree", &format!("{honest}^{{tree}}"), "-p", &honest, "-m", "more"]);
    desk.git(["update-ref", layout::PERSONS, child.trim()]);
    let said = String::from_utf8(push(&desk).stderr).unwrap();
    assert!(said.contains("H35") && said.contains("parent"), "{said}");
    let words = ["commit-tree", &format!("{honest}^{{tree}}"), "-m", "by a stranger"];
    let mut git = desk.at("15:13").shell("git");
    git.env("GIT_AUTHOR_EMAIL", "mallory@example.com").args(words);
    let stranger = String::from_utf8(git.output().unwrap().stdout).unwrap();
    desk.git(["update-ref", layout::PERSONS, stranger.trim()]);
    let said = String::from_utf8(push(&desk).stderr).unwrap();
    assert!(said.contains("H01") && said.contains("mallory"), "{said}");
    desk.git(["update-ref", layout::PERSONS, &honest]);
    desk.at("15:20").by("zhang").run(ERASE).succeeds();
    desk.at("15:21").by("zhang").env("DOCKET", env!("CARGO_BIN_EXE_docket")).run("sync").succeeds();
    desk.git(["update-ref", layout::PERSONS, &honest]);
    let said = String::from_utf8(push(&desk).stderr).unwrap();
    assert!(said.contains("erased"), "{said}");
}

#[test]
fn an_erasure_that_no_command_made_is_found() {
    let forge = |by: &str, time: &str| {
        let desk = desk();
        let open = desk.at("14:20").by("chen").run(FAULT).id();
        let id = id_of(&desk, "Ms Wang");
        let path = layout::contact(&id.parse().unwrap());
        let at = format!("2026-11-23T{time}:00+08:00");
        let erased = format!("erased:\n  at: {at}\n  reason: because\n");
        if by == "zhang" {
            desk.at("14:21").by("zhang").run(&format!("cancel {open} --mistake twice")).succeeds();
        }
        desk.write(&path, desk.read(&path) + &erased);
        (desk, id)
    };
    let message = |by: &str, id: &str| {
        format!(
            "contact erase {id}\n\nDocket-Action: contact\nDocket-By: {by}\n\
             Docket-At: 2026-11-23T15:00:00+08:00\nDocket-Clock: fixed\n"
        )
    };
    for (by, name, time, found) in [
        ("chen", "陈静 <chen@example.com>", "15:00", "H03"),
        ("chen", "陈静 <chen@example.com>", "15:00", "H19"),
        ("zhang", "Zhang Wei <zhang@example.com>", "14:00", "H16"),
    ] {
        let (desk, id) = forge(by, time);
        let at = "2026-11-23T15:00:00+08:00";
        let mut git = desk.at("15:00").shell("git");
        git.env("GIT_AUTHOR_DATE", at).env("GIT_COMMITTER_DATE", at);
        git.args(["commit", "-q", "-a", "-m", &message(by, &id), "--author", name]);
        assert!(git.status().unwrap().success());
        let ran = desk.at("20:00").run("audit");
        assert!(ran.out().contains(found), "{by} {time}: {ran}");
    }
    // nor does an edit take one back
    let desk = desk();
    desk.at("15:00").by("zhang").run(ERASE).succeeds();
    let paths = desk.git(["ls-files", "contacts"]);
    let path = paths.lines().find(|path| desk.read(path).contains("erased:")).unwrap();
    let text = desk.read(path);
    desk.write(path, text.split("erased:").next().unwrap());
    let mut git = desk.at("15:10").shell("git");
    let at = "2026-11-23T15:10:00+08:00";
    git.env("GIT_AUTHOR_DATE", at).env("GIT_COMMITTER_DATE", at);
    git.args(["commit", "-q", "-a", "-m", "back", "--author", "Zhang Wei <zhang@example.com>"]);
    assert!(git.status().unwrap().success());
    let ran = desk.at("20:00").run("audit");
    assert!(ran.out().contains("H04"), "{ran}");
}

#[test]
fn a_desk_that_keeps_names_in_its_history_is_refused_in_one_sentence() {
    let desk = desk();
    let id = id_of(&desk, "Ms Wang");
    for path in desk.git(["ls-files", "contacts"]).lines() {
        let old = format!("contacts/{}", path.rsplit('/').next().unwrap());
        desk.git(["mv", path, &old]);
        desk.write(&old, desk.read(&old).replace("customer:", "name: Ms Wang\ncustomer:"));
    }
    desk.git(["commit", "-q", "-a", "-m", "as it was before"]);
    for line in [format!("contact show {id}"), FAULT.to_owned(), "contact list".to_owned()] {
        let ran = desk.at("15:00").by("chen").run(&line);
        assert!(ran.err().contains("keeps people in its history"), "{line}: {ran}");
        assert!(ran.err().contains("docket init"), "{line}: {ran}");
    }
}

#[test]
fn what_is_shown_by_ids_is_the_same_before_and_after_an_erasure() {
    let desk = desk();
    let head = desk.head();
    let id = desk.at("15:00").run("list --all --quiet").out();
    let id = id.lines().last().unwrap();
    let looks = [
        format!("show {id} --ids --as-of {head}"),
        format!("report request {id} --ids --as-of {head}"),
        format!("report register --ids --month 2026-11 --as-of {head}"),
        format!("report kpi --ids --month 2026-11 --as-of {head}"),
    ];
    let seen = |desk: &Desk| {
        looks.each_ref().map(|line| desk.at("16:00").by("chen").run(line).succeeds().out())
    };
    let before = seen(&desk);
    assert!(before.iter().all(|text| !text.contains("W**")), "{before:?}");
    desk.at("15:01").by("chen").run(&format!("show {id} --as-of {head}")).and("known today");
    desk.at("15:02").by("zhang").run(ERASE).succeeds();
    assert_eq!(seen(&desk), before);
    desk.at("15:03").by("chen").run("note last x --ids").usage("--ids");
}

#[test]
fn where_a_call_was_from_is_a_fact_of_the_record() {
    let desk = Desk::new();
    let id = desk.at("09:00").by("chen").run(&format!("{FAULT} --site 'Pier 3'")).id();
    let status = |desk: &Desk| desk.record(&id)["status"].clone();
    assert_eq!(status(&desk)["site"], "Pier 3");
    let line = format!("amend {id} --set site='Pier 4' --reason 'misheard'");
    desk.at("09:10").by("chen").run(&line).succeeds();
    assert_eq!(status(&desk)["site"], "Pier 4");
    desk.at("09:11").by("chen").run(&format!("report request {id}")).says("Pier 4");
    desk.is_honest();
}

#[test]
fn what_killed_commands_left_is_gone_after_an_erasure() {
    let desk = desk();
    desk.git(["repack", "-q", "-a", "-d"]);
    let packs = desk.path(".git/objects/pack");
    let pack = fs::read_dir(&packs).unwrap().map(|entry| entry.unwrap().path());
    let pack = pack.into_iter().find(|path| path.extension().is_some_and(|it| it == "pack"));
    let host = fs::read_to_string("/proc/sys/kernel/hostname").unwrap();
    let mark = format!("fetch-pack 4294967290 on {host}");
    fs::write(pack.unwrap().with_extension("keep"), mark).unwrap();
    let draft = desk.path(".git/docket/erased.0123456789abcdef.tmp");
    fs::write(&draft, "13812341234").unwrap();
    desk.at("15:00").by("zhang").run(ERASE).succeeds();
    assert_eq!(left_in(&desk.path(".git")), Vec::<&str>::new());
    assert!(!draft.exists());
}

#[test]
fn the_copies_that_a_repair_put_by_are_gone_after_an_erasure() {
    let desk = desk();
    let other = clone(&desk);
    for desk in [&desk, &other] {
        desk.write("records/2026/11/R-261123-AAAAA.yaml", "Ms Wang, 13812341234\n");
        desk.at("14:30").by("chen").run("doctor --repair --edits drop").says("a copy is kept as");
        assert!(!left_in(&desk.path(".git")).is_empty());
    }
    desk.at("15:00").by("zhang").run(ERASE).succeeds();
    desk.at("15:01").by("zhang").run("sync").succeeds();
    other.at("15:02").by("chen").run("sync").succeeds();
    for desk in [&desk, &other] {
        desk.git(["gc", "-q", "--prune=now"]);
        assert_eq!(left_in(&desk.path(".git")), Vec::<&str>::new());
    }
}

#[test]
fn a_contact_that_was_broken_by_hand_is_repaired_and_people_can_be_added_again() {
    for wrong in ["name: Ms Wang\n", "customer: [x\n"] {
        let desk = desk();
        let path = layout::contact(&id_of(&desk, "Ms Wang").parse().unwrap());
        let sound = desk.read(&path);
        desk.write(&path, sound.clone() + wrong);
        desk.git(["commit", "-qam", "by hand"]);
        let add = "contact add 'Bob Low' -c Acme --phone 02166667778";
        let stopped = desk.at("15:00").by("chen").run(add);
        assert_eq!(stopped.status(), Some(3), "{stopped}");
        assert!(stopped.err().contains("docket doctor"), "{stopped}");
        desk.at("15:01").by("chen").run("doctor --repair").says("repaired");
        assert_eq!(desk.read(&path), sound);
        desk.at("15:02").by("chen").run(add).succeeds();
        assert_eq!(contact(&desk, "'Ms Wang'")["name"], "Ms Wang");
    }
}

#[test]
fn a_reference_of_people_that_leads_to_another_one_stops_writing_until_it_is_repaired() {
    let desk = desk();
    desk.git(["update-ref", "refs/docket/other", layout::PERSONS]);
    desk.git(["update-ref", "-d", layout::PERSONS]);
    desk.git(["symbolic-ref", layout::PERSONS, "refs/docket/other"]);
    let add = "contact add 'Bob Low' -c Acme --phone 02166667778";
    let stopped = desk.at("15:00").by("chen").run(add);
    assert_eq!(stopped.status(), Some(3), "{stopped}");
    assert!(stopped.err().contains("docket doctor --repair"), "{stopped}");
    desk.at("15:01").by("chen").run("doctor --repair").says("repaired");
    desk.at("15:02").by("chen").run(add).succeeds();
    assert_eq!(contact(&desk, "'Ms Wang'")["name"], "Ms Wang");
}

/// An erasure that is cut off at any moment was made, or was not and can be made.
#[cfg(feature = "crash-points")]
#[test]
fn an_erasure_that_is_cut_off_anywhere_is_made_whole_or_not_at_all() {
    for point in POINTS {
        let desk = desk();
        let id = id_of(&desk, "Ms Wang");
        let dying = desk.at("15:00").by("zhang").env("DOCKET_CRASH_AT", point).command(ERASE);
        let mut dying = dying;
        assert_eq!(dying.output().unwrap().status.code(), None, "{point}");
        desk.at("15:01").by("chen").run(REQUEST).succeeds();
        let shown = desk.at("15:02").by("chen").run(&format!("contact show {id} --json")).json();
        if shown["contacts"][0]["erased"] == Value::Null {
            desk.at("15:03")
                .by("zhang")
                .run(&format!("contact erase {id} --reason again"))
                .succeeds();
        }
        assert_eq!(left_in(&desk.path(".git")), Vec::<&str>::new(), "{point}");
        desk.at("15:04").run("doctor").succeeds();
        desk.is_honest();
    }
}

#[test]
fn whoever_has_the_number_of_an_erased_person_under_another_name_of_the_customer_is_told() {
    let desk = desk();
    let same = "contact add 'Wang Min' --customer 'Acme China' --phone '138 1234 1234'";
    desk.at("15:00").by("chen").run(same).succeeds();
    let add = "customer add acme --from ACME --alias 'Acme China'";
    desk.at("15:01").by("chen").run(add).succeeds();
    desk.at("15:02").by("zhang").run(ERASE).says("same name or number and stays known");
}
