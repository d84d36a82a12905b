//! Rules before they are in force: read as they would be, and refused with line and nearest value.

use crate::desk::Desk;

/// A slip in a policy file, and what is said of it.
const SLIPS: &[(&str, &str, &str, &str)] = &[
    ("policy/calendar.yaml", "monday: [\"09:00-12:00\"", "monday: [\"22:00-06:00\"", "22:00-06:00"),
    ("policy/levels.yaml", "reopen_window:", "reopen_windw:", "reopen_window"),
    ("policy/units.yaml", "line: supplier", "line: suplier", "supplier"),
    ("policy/catalog.yaml", "unit: network", "unit: netwrok", "network"),
    (
        "policy/levels.yaml",
        "  effective_on: 2026-11-23",
        "  effective_on: 2026-12-01",
        "2026-12-01",
    ),
];

/// The desk with one slip in its working tree.
fn slipped((path, right, wrong, _): (&str, &str, &str, &str)) -> Desk {
    let desk = Desk::new();
    let text = desk.read(path);
    assert!(text.contains(right), "{right} in {text}");
    desk.write(path, text.replacen(right, wrong, 1));
    desk
}

/// What zhang changed, committed with plain git at a time of the first day.
fn commit(desk: &Desk, time: &str, message: &str) {
    let mut git = desk.at(time).by("zhang").shell("git");
    git.args(["commit", "-qam", message, "--author", "zhang <zhang@example.com>"]);
    assert!(git.output().unwrap().status.success(), "{message}");
}

#[test]
fn a_slip_is_found_in_the_working_tree_before_it_is_committed() {
    for slip in SLIPS {
        let desk = slipped(*slip);
        for line in ["policy check", "check"] {
            let ran = desk.at("09:00").by("zhang").run(&format!("{line} --lang en"));
            assert_eq!(ran.status(), Some(1), "{ran}");
            assert!(ran.out().contains(slip.3) && ran.out().contains(slip.0), "{ran}");
        }
        // what is committed holds until then
        desk.fault();
    }
    Desk::new().at("09:00").run("policy check --lang en").says("policy files: clean");
}

#[test]
fn a_slip_on_another_branch_is_found_where_that_branch_is_checked_out() {
    let desk = slipped(SLIPS[1]);
    desk.git(["checkout", "-q", "-b", "proposal"]);
    desk.git(["commit", "-qam", "slip"]);
    for words in [["checkout", "-q", "proposal"], ["checkout", "-q", "--detach"]] {
        desk.git(words);
        for line in ["policy check", "check"] {
            let ran = desk.at("09:00").by("zhang").run(&format!("{line} --lang en"));
            assert!(ran.status() == Some(1) && ran.out().contains(SLIPS[1].3), "{ran}");
        }
    }
    desk.git(["checkout", "-q", "main"]);
    desk.at("09:00").run("policy check --lang en").says("policy files: clean");
}

#[test]
fn the_hook_refuses_to_commit_a_slip() {
    for slip in SLIPS {
        let desk = slipped(*slip);
        desk.at("09:00").run("hook install").succeeds();
        let commit = |words: &[&str]| {
            let mut git = desk.at("09:00").by("zhang").shell("git");
            git.env("DOCKET", env!("CARGO_BIN_EXE_docket")).env("DOCKET_LANG", "en");
            git.args(words).output().unwrap()
        };
        for words in [&["commit", "-qam", "slip"][..], &["commit", "-qm", "slip", slip.0]] {
            let ran = commit(words);
            let said = String::from_utf8_lossy(&ran.stdout).into_owned()
                + &String::from_utf8_lossy(&ran.stderr);
            assert!(!ran.status.success() && said.contains(slip.3), "{words:?}: {said}");
        }
        // another file may be committed, for what is staged counts
        desk.write("notes.txt", "x");
        assert!(commit(&["add", "notes.txt"]).status.success());
        let ran = commit(&["commit", "-qm", "notes"]);
        assert!(ran.status.success(), "{ran:?}");
    }
}

#[test]
fn the_hook_reads_the_bytes_that_are_staged() {
    let desk = Desk::new();
    let text = [desk.read("policy/levels.yaml").as_bytes(), b"# \xff\n"].concat();
    std::fs::write(desk.path("policy/levels.yaml"), text).unwrap();
    desk.at("09:00").run("hook install").succeeds();
    let mut git = desk.at("09:00").by("zhang").shell("git");
    git.env("DOCKET", env!("CARGO_BIN_EXE_docket")).args(["commit", "-qam", "slip"]);
    assert!(!git.output().unwrap().status.success(), "text that is not UTF-8");
}

#[test]
fn a_roster_without_a_team_lead_is_found_before_it_is_committed() {
    let desk = Desk::new();
    let people = desk.read("policy/people.yaml");
    let rest: Vec<_> = people.lines().filter(|line| line.trim() != "- team_lead").collect();
    assert_ne!(rest.len(), people.lines().count());
    desk.write("policy/people.yaml", rest.join("\n") + "\n");
    let ran = desk.at("09:00").run("policy check --lang en");
    assert!(ran.status() == Some(1) && ran.out().contains("A28"), "{ran}");
}

#[test]
fn targets_that_nobody_can_read_are_found_by_the_audit_and_mended_are_history() {
    let desk = Desk::new();
    let honest = desk.read("policy/kpi.yaml");
    desk.write("policy/kpi.yaml", format!("{honest}x:\n\ty: 1\n"));
    commit(&desk, "09:00", "slip");
    let ran = desk.at("10:00").run("audit --lang en");
    assert!(ran.status() == Some(1) && ran.out().contains("H07"), "{ran}");
    desk.write("policy/kpi.yaml", &honest);
    commit(&desk, "09:10", "mended");
    let ran = desk.at("10:00").run("audit --lang en");
    assert!(!ran.out().contains("H07") && ran.out().contains("H46"), "{ran}");
}

#[test]
fn rules_of_a_later_day_are_found_by_the_audit_until_they_are_corrected() {
    let desk = slipped(SLIPS[4]);
    commit(&desk, "09:00", "from December on");
    let audit = || desk.at("10:00").run("audit --lang en");
    assert!(audit().out().contains("error A44"), "{}", audit());
    desk.git(["checkout", "-q", "HEAD~1", "--", "policy/levels.yaml"]);
    commit(&desk, "09:10", "at once");
    assert!(!audit().out().contains("A44") && audit().out().contains("note H46"), "{}", audit());
}

#[test]
fn a_desk_that_would_stand_still_is_found_before_and_after_it_is_committed() {
    for (right, wrong, said) in
        [("branch: main", "branch: other", "branch: other"), ("format: 1", "format: 9", "format 9")]
    {
        let desk = slipped(("docket.yaml", right, wrong, said));
        let ran = desk.at("09:00").run("policy check --lang en");
        assert!(ran.status() == Some(1) && ran.out().contains(said), "{ran}");
        desk.at("09:00").run("hook install").succeeds();
        let mut git = desk.at("09:00").by("zhang").shell("git");
        git.env("DOCKET", env!("CARGO_BIN_EXE_docket")).args(["commit", "-qam", "slip"]);
        assert!(!git.output().unwrap().status.success(), "{wrong}");
    }
    let desk = Desk::new();
    let people = desk.read("policy/people.yaml");
    desk.write("policy/people.yaml", people.replace("  - team_lead\n", ""));
    commit(&desk, "09:00", "no lead");
    let ran = desk.at("10:00").run("audit --lang en");
    assert!(ran.status() == Some(1) && ran.out().contains("last team lead"), "{ran}");
}

#[test]
fn a_draft_is_checked_in_the_place_of_the_file_of_its_name() {
    let desk = Desk::new();
    let levels = desk.read("policy/levels.yaml");
    std::fs::write(desk.home().join("levels.yaml"), levels.replace("4wh", "4 hours")).unwrap();
    let ran = desk.at("09:00").run("policy check ../home/levels.yaml --lang en");
    assert_eq!(ran.status(), Some(1), "{ran}");
    assert!(ran.out().contains("“4 hours” is not a limit"), "{ran}");
    desk.at("09:00").run("policy check levels.yaml --lang en").says("clean");
    desk.at("09:00").run("policy check ../home/nothing.yaml --lang en").usage("levels.yaml");
}

#[test]
fn a_slip_that_was_committed_and_mended_is_history() {
    let desk = slipped(SLIPS[0]);
    commit(&desk, "09:00", "night shift");
    let audit = |fail: &str| {
        let line = format!("audit --lang en --fail-on {fail}");
        desk.at("10:00").by("zhang").run(&line)
    };
    let broken = audit("error");
    assert_eq!(broken.status(), Some(1), "{broken}");

    desk.git(["checkout", "-q", "HEAD~1", "--", "policy/calendar.yaml"]);
    commit(&desk, "09:10", "take it back");
    let mended = audit("error").succeeds();
    assert!(mended.out().contains("note H46"), "{mended}");
    desk.fault();
}
