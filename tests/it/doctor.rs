//! What a person or another tool broke is shown, then mended in commits that an audit understands.

use crate::desk::{Desk, REQUEST};

#[test]
fn a_sound_clone_has_nothing_to_mend() {
    let desk = Desk::new();
    desk.fault_in("closed");
    desk.at("11:00").run("doctor").says("no damage found");
    desk.at("11:00").run("doctor --lang zh-CN").says("未发现损坏");
    desk.at("11:00").by("chen").run("doctor --repair").succeeds();
    desk.at("11:00").by("chen").run("doctor --edits keep").usage("--repair");
    desk.at("11:00").by("chen").run("doctor --repair --edits keep").usage("--reason");
}

#[test]
fn conflict_markers_that_were_committed_become_the_events_of_both_sides() {
    let desk = Desk::new();
    let id = desk.fault_in("acknowledged");
    let path = desk.record_path(&id);
    let tip = desk.head();
    desk.git(["branch", "side"]);
    desk.at("10:00").by("chen").run(&format!("update {id} --note 'one side'")).succeeds();
    desk.git(["switch", "-q", "side"]);
    let note = format!("update {id} --note 'the other side' --branch side");
    desk.at("10:01").by("chen").run(&note).succeeds();
    desk.git(["switch", "-q", "main"]);
    std::fs::write(desk.path(".git/info/attributes"), "").unwrap();
    let mut merge = desk.at("10:02").by("chen").shell("git");
    assert!(!merge.args(["merge", "-q", "side"]).output().unwrap().status.success());
    assert!(desk.read(&path).contains("<<<<<<<"));
    desk.git(["add", &path]);
    desk.git(["commit", "-q", "-m", "merged it"]);
    assert_ne!(desk.head(), tip);

    let seen = desk.at("10:10").by("chen").run("doctor");
    assert_eq!(seen.status(), Some(1), "{seen}");
    assert!(seen.out().contains(&path) && seen.out().contains("last readable"), "{seen}");
    let refused = desk.at("10:10").by("chen").run(&format!("update {id} --note again"));
    assert!(refused.err().contains("docket doctor"), "{refused}");
    desk.at("10:11").by("chen").run("doctor --repair").says("repaired");

    let record = desk.record(&id);
    let notes: Vec<_> =
        record["history"].as_array().unwrap().iter().filter_map(|e| e["note"].as_str()).collect();
    assert!(notes.contains(&"one side") && notes.contains(&"the other side"), "{record}");
    assert_eq!(desk.status(), "");
    let audit = desk.at("20:00").run("audit --fail-on error --json").out();
    assert!(audit.contains("H22") && !audit.contains("H04"), "{audit}");
    desk.at("10:12").by("chen").run("doctor").succeeds();
    desk.at("10:13").by("chen").run(&format!("update {id} --note again")).succeeds();
}

#[test]
fn a_record_that_was_edited_and_committed_goes_back_to_what_it_was() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    let path = desk.record_path(&id);
    let sound = desk.read(&path);
    desk.commit(&path, sound.replace("state: in_progress", "state: closed"));
    desk.at("11:00").by("chen").run("doctor --repair").says("repaired");
    assert_eq!(desk.read(&path), sound);
    let audit = desk.at("20:00").run("audit --json").out();
    assert!(audit.contains("H01") || audit.contains("H04"), "{audit}");
    let repaired = format!("audit {}.. --fail-on error", desk.git(["rev-parse", "HEAD~1"]).trim());
    desk.at("20:00").run(&repaired).succeeds();
}

#[test]
fn a_repair_that_says_more_than_what_was_sound_is_found() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    let path = desk.record_path(&id);
    let sound = desk.read(&path);
    desk.commit(&path, "broken");
    desk.at("11:00").by("chen").run("doctor --repair").succeeds();
    desk.write(&path, sound.replace("ACME", "Initech"));
    desk.git(["add", "-A"]);
    desk.git(["commit", "-q", "--amend", "--no-edit"]);
    let range = format!("audit {}.. --json", desk.git(["rev-parse", "HEAD~1"]).trim());
    let audit = desk.at("20:00").run(&range).out();
    assert!(audit.contains("H04"), "{audit}");
}

#[test]
fn a_report_that_was_changed_in_the_archive_comes_back() {
    let desk = Desk::new();
    desk.fault_in("closed");
    let path = desk.git(["ls-files", "archive"]).trim().to_owned();
    let kept = desk.read(&path);
    desk.commit(&path, "all was well\n");
    let seen = desk.at("11:00").by("chen").run("doctor");
    assert!(seen.out().contains(&path), "{seen}");
    desk.at("11:01").by("chen").run("doctor --repair").says("repaired");
    assert_eq!(desk.read(&path), kept);
    let repaired = format!("audit {}.. --fail-on error", desk.git(["rev-parse", "HEAD~1"]).trim());
    desk.at("20:00").run(&repaired).succeeds();
}

#[test]
fn an_edit_by_hand_is_kept_as_an_amend_of_who_keeps_it_or_dropped_with_a_copy() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    let path = desk.record_path(&id);
    let sound = desk.read(&path);
    desk.write(&path, sound.replace("Switch on floor 3 is down", "Switch on floor 4 is down"));
    let seen = desk.at("11:00").by("chen").run("doctor");
    assert_eq!(seen.status(), Some(1), "{seen}");
    assert!(seen.out().contains("--edits keep"), "{seen}");
    let left = desk.at("11:01").by("chen").run("doctor --repair");
    assert_eq!(left.status(), Some(1), "{left}");
    let keep = "doctor --repair --edits keep --reason 'wrong floor'";
    desk.at("11:02").by("chen").run(keep).says("repaired");
    let record = desk.record(&id);
    assert_eq!(record["status"]["title"], "Switch on floor 4 is down");
    assert_eq!(desk.trailer("Docket-Action"), "amend");
    assert_eq!(desk.status(), "");
    desk.is_honest();

    let amended = desk.read(&path);
    desk.write(&path, amended.replace("on my way", "nowhere") + "# a thought\n");
    let kept = desk.at("11:03").by("chen").run(keep);
    assert_eq!(kept.status(), Some(1), "what no amend can say stays: {kept}");
    assert!(desk.read(&path).contains("# a thought"));
    desk.at("11:04").by("chen").run("doctor --repair --edits drop").says("a copy is kept as");
    assert_eq!(desk.read(&path), amended);
    let copies: Vec<_> = std::fs::read_dir(desk.path(".git/docket"))
        .unwrap()
        .flatten()
        .filter(|entry| entry.file_name().to_string_lossy().starts_with("dropped-"))
        .collect();
    assert_eq!(copies.len(), 1);
    assert!(std::fs::read_to_string(copies[0].path()).unwrap().contains("# a thought"));

    let planted = "records/2026/11/R-261123-AAAAA.yaml";
    desk.write(planted, "format: 1\n");
    desk.git(["add", planted]);
    desk.at("11:05").by("chen").run("doctor --repair --edits drop").says("dropped");
    assert_eq!(desk.status(), "");
}

#[test]
fn locks_and_leftovers_are_named() {
    let desk = Desk::new();
    desk.at("09:00").by("chen").run(REQUEST).succeeds();
    desk.write(".git/index.lock", "");
    desk.write("records/2026/11/.docket-0123456789abcdef-0.tmp", "half");
    let seen = desk.at("11:00").by("chen").run("doctor");
    assert_eq!(seen.status(), Some(1), "{seen}");
    for part in ["index.lock", ".docket-0123456789abcdef-0.tmp"] {
        assert!(seen.out().contains(part), "{seen}");
    }
    let mended = desk.at("11:00").by("chen").run("doctor --repair --json");
    assert_eq!(mended.status(), Some(1), "the lock is a person's to judge: {mended}");
    std::fs::remove_file(desk.path(".git/index.lock")).unwrap();
    desk.at("11:01").by("chen").run("doctor").succeeds();
}

#[test]
fn a_name_with_a_star_in_it_is_that_name() {
    let desk = Desk::new();
    let id = desk.fault();
    let path = desk.record_path(&id);
    let text = desk.read(&path);
    desk.write(&path, text.replace("Switch", "Router"));
    desk.write("records/2026/11/R-*.yaml", "star\n");
    desk.at("11:00").by("chen").run("doctor --repair --edits drop").succeeds();
    assert_eq!(desk.read(&path), text);
    assert_eq!(desk.status(), "");
    let copies = std::fs::read_dir(desk.path(".git/docket")).unwrap().flatten();
    let copies = copies.filter(|file| file.file_name().to_string_lossy().starts_with("dropped-"));
    assert_eq!(copies.count(), 2);
}

#[test]
fn a_merge_that_kept_only_one_side_gets_back_the_events_of_the_other() {
    let desk = Desk::new();
    let id = desk.fault_in("acknowledged");
    desk.git(["branch", "side"]);
    desk.at("10:00").by("chen").run(&format!("update {id} --note 'one side'")).succeeds();
    desk.git(["switch", "-q", "side"]);
    let note = format!("update {id} --note 'the other side' --branch side");
    desk.at("10:01").by("chen").run(&note).succeeds();
    desk.git(["switch", "-q", "main"]);
    // a program that is gone leaves marks, not one side
    desk.git([
        "config",
        "merge.docket.driver",
        "/nonexistent %O %A %B || { git merge-file -q %A %O %B; exit 1; }",
    ]);
    let mut merge = desk.at("10:02").by("chen").shell("git");
    assert!(!merge.args(["merge", "-q", "side"]).output().unwrap().status.success());
    assert!(desk.read(&desk.record_path(&id)).contains("<<<<<<<"));
    desk.git(["merge", "--abort"]);
    let mut merge = desk.at("10:02").by("chen").shell("git");
    let merged = merge.args(["merge", "-q", "-s", "ours", "--no-edit", "side"]).output().unwrap();
    assert!(merged.status.success(), "{merged:?}");

    let seen = desk.at("10:10").by("chen").run("doctor");
    assert_eq!(seen.status(), Some(1), "{seen}");
    assert!(seen.out().contains(&id), "{seen}");
    desk.at("10:11").by("chen").run("doctor --repair").says("repaired");
    let record = desk.record(&id).to_string();
    assert!(record.contains("one side") && record.contains("the other side"), "{record}");
    desk.at("10:12").by("chen").run("doctor").succeeds();
}

#[test]
fn a_record_that_was_deleted_comes_back_and_a_changed_event_is_what_it_first_was() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    let note = format!("update {id} --note 'on my way'");
    desk.at("10:20").by("li").run(&note).succeeds();
    let path = desk.record_path(&id);
    let sound = desk.read(&path);
    desk.git(["rm", "-q", &path]);
    desk.git(["commit", "-q", "-m", "mistake"]);
    desk.at("10:30").by("chen").run("doctor --repair").says("repaired");
    assert_eq!(desk.read(&path), sound);

    desk.commit(&path, sound.replace("on my way", "arrived"));
    desk.at("10:31").by("chen").run("doctor").succeeds();
    let seen = desk.at("10:32").by("chen").run(&format!("doctor {id}"));
    assert_eq!(seen.status(), Some(1), "{seen}");
    desk.at("10:33").by("chen").run(&format!("doctor {id} --repair")).says("repaired");
    assert_eq!(desk.read(&path), sound);
    let repaired = format!("audit {}.. --fail-on error", desk.git(["rev-parse", "HEAD~1"]).trim());
    desk.at("20:00").run(&repaired).succeeds();
}

#[test]
fn nothing_is_taken_for_a_hand_edit_in_the_midst_of_a_rebase() {
    let desk = Desk::new();
    let id = desk.fault_in("acknowledged");
    desk.git(["branch", "side"]);
    desk.at("10:00").by("chen").run(&format!("update {id} --note one")).succeeds();
    desk.git(["switch", "-q", "side"]);
    desk.at("10:01").by("chen").run(&format!("update {id} --note two --branch side")).succeeds();
    std::fs::write(desk.path(".git/info/attributes"), "").unwrap();
    let mut rebase = desk.at("10:02").by("chen").shell("git");
    assert!(!rebase.args(["rebase", "-q", "main"]).output().unwrap().status.success());
    let before = desk.read(&desk.record_path(&id));
    let seen = desk.at("10:03").by("chen").run("doctor --repair --edits drop");
    assert_eq!(seen.status(), Some(1), "{seen}");
    assert_eq!(desk.read(&desk.record_path(&id)), before);
}
