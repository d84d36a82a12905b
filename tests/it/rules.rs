//! Rules before they are in force: read as they would be, and refused with line and nearest value.

use serde_json::Value;

use crate::desk::{Desk, FAULT};

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

/// A value that cannot be or is hardly meant: file, right, wrong, line text that is named, what is said
/// in English and in Chinese.
const SENSELESS: &[(&str, &str, &str, &str, &str)] = &[
    (
        "levels",
        "at_risk: 75",
        "at_risk: 175",
        "“175” is not a whole number from 1 to 100",
        "1 至 100 的整数",
    ),
    (
        "levels",
        "at_risk: 75",
        "at_risk: high",
        "“high” is not a whole number from 1 to 100",
        "1 至 100 的整数",
    ),
    (
        "levels",
        "at_risk: 75",
        "at_risk:",
        "nothing is given here, and it takes a whole number",
        "此处为空，应为 1 至 100 的整数",
    ),
    (
        "levels",
        "version: 1",
        "version: 0",
        "“0” is not a whole number from 1 on",
        "不小于 1 的整数",
    ),
    (
        "levels",
        "    high: 1",
        "    high: 9",
        "“9” is not a whole number from 1 to 5",
        "1 至 5 的整数",
    ),
    (
        "levels",
        "attempts: 3",
        "attempts: 0",
        "“0” is not a whole number from 1 on",
        "不小于 1 的整数",
    ),
    ("levels", "stops_clock: true", "stops_clock: yes", "did you mean `true`?", "是否指 `true`"),
    ("levels", "ack: 30m", "ack: -30m", "“-30m” is not a limit like 30m", "不是时限"),
    ("levels", "ack: 30m", "ack: 0m", "“0m” is not a limit like 30m", "不是时限"),
    (
        "levels",
        "ack: 30m",
        "ack: 30h",
        "at most 1h, as limits.urgent.respond",
        "不超过 limits.urgent.respond 的 1h",
    ),
    (
        "levels",
        "    resolve: 24h\n  urgent:\n    ack: 30m\n    respond: 1h\n    resolve: 24h\n  \
         general:\n    ack: 4wh\n    respond: 1wd\n    resolve: 5wd\n",
        "    resolve: 30h\n  urgent:\n    ack: 30m\n    respond: 1h\n    resolve: 1wd\n  \
         general:\n    ack: 4wh\n    respond: 4h\n    resolve: 24h\n",
        "at most 24h, as limits.general.resolve",
        "不超过 limits.general.resolve 的 24h",
    ),
    (
        "people",
        "  emails:\n  - zhang@example.com\n",
        "  emails: []\n",
        "people[0].emails: []",
        "至少一个",
    ),
    (
        "levels",
        "level_of_priority: [urgent, urgent, general",
        "level_of_priority: [urgent, general, urgent",
        "level_of_priority[2]: urgent",
        "level_of_priority[2]: urgent",
    ),
    (
        "levels",
        "  days: 2",
        "  days: 4",
        "at most 3, as unreachable.attempts",
        "不超过 unreachable.attempts 的 3",
    ),
    (
        "levels",
        "  - tier: 2",
        "  - tier: 1",
        "at least 1, as escalation[0].tier",
        "不低于 escalation[0].tier 的 1",
    ),
    (
        "levels",
        "code: waiting_supplier",
        "code: waiting_customer",
        "pause_reasons[1].code: waiting_customer",
        "只写一次",
    ),
    (
        "survey",
        "sample: 20",
        "sample: 175",
        "“175” is not a whole number from 0 to 100",
        "0 至 100 的整数",
    ),
    (
        "survey",
        "cap_per_customer: 3",
        "cap_per_customer: 0",
        "“0” is not a whole number from 1 on",
        "不小于 1 的整数",
    ),
    ("kpi", "at_least: 90", "at_least: 900", "not 900: 0 to 100 per cent", "不能是 900"),
    ("kpi", "at_least: 90", "at_least: -1", "not -1: 0 to 100 per cent", "不能是 -1"),
    (
        "kpi",
        "at_least: 90",
        "at_least: [90]",
        "it takes a number or a limit like 8h",
        "数字或时限，如 8h",
    ),
    ("units", "line: supplier", "line: 4", "“4” is not 1, 2, 3 or supplier", "1、2、3 或 supplier"),
    (
        "people",
        "  active_from:",
        "  active_to: 2026-01-01\n  active_from:",
        "people[0].active_to: 2026-01-01",
        "不早于",
    ),
    (
        "calendar",
        "thursday: [\"09:00-12:00\"",
        "thursday: [\"09:00-14:00\"",
        "thursday: 13:30-18:00 begins before 09:00-14:00 ends",
        "thursday",
    ),
    (
        "calendar",
        "2026-05-09: 劳动节",
        "2026-05-01: 劳动节",
        "2026-05-01 is both off and work",
        "2026-05-01",
    ),
    (
        "calendar",
        "2026-05-09: 劳动节",
        "2025-05-10: 劳动节",
        "2025-05-10 is listed under the year 2026",
        "2025-05-10",
    ),
    (
        "calendar",
        "2026-05-09: 劳动节",
        "2026-05-09: 9-12",
        "“9-12” is not a window like 09:00-12:00",
        "“9-12”不是时段",
    ),
    (
        "calendar",
        "2026-05-09: 劳动节",
        "2026-05-08: 劳动节",
        "2026-05-08 under work, with the hours it has anyway",
        "2026-05-08",
    ),
    (
        "calendar",
        "thursday: [\"09:00-12:00\", \"13:30-18:00\"]",
        "thursday: [\"00:00-23:59\"]",
        "thursday ends at 23:59",
        "23:59",
    ),
];

#[test]
fn a_value_that_cannot_be_is_named_with_its_line_and_what_can_be() {
    for (file, right, wrong, english, chinese) in SENSELESS {
        let path = format!("policy/{file}.yaml");
        let desk = slipped((&path, right, wrong, ""));
        let honest = desk.git(["show", &format!("HEAD:{path}")]);
        let before = honest.split(right).next().unwrap().matches('\n').count();
        let line = before + 1;
        let ran = desk.at("09:00").run("policy check --lang en");
        assert!(ran.status() == Some(1) && ran.out().contains(english), "{wrong}: {ran}");
        assert!(ran.out().contains(&format!("{path}:{line}")), "{wrong} on {line}: {ran}");
        for rust in ["expected", "invalid", "u32", "u8", "struct", "variant"] {
            assert!(!ran.out().replace("expected: ", "").contains(rust), "{wrong}: {ran}");
        }
        let ran = desk.at("09:00").run("policy check --lang zh-CN");
        assert!(ran.status() == Some(1) && ran.out().contains(chinese), "{wrong}: {ran}");
    }
}

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
    commit_as(desk, "zhang", time, message);
}

fn commit_as(desk: &Desk, who: &str, time: &str, message: &str) {
    let mut git = desk.at(time).by(who).shell("git");
    let author = format!("{who} <{who}@example.com>");
    git.args(["commit", "-qam", message, "--author", &author]);
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
fn a_file_of_rules_that_is_too_large_is_one_finding_and_the_rest_is_checked_all_the_same() {
    for size in [1024 * 1024 + 1, 9 * 1024 * 1024] {
        let desk = slipped(SLIPS[1]);
        desk.write("policy/kpi.yaml", "#".repeat(size));
        let told = || {
            let ran = desk.at("09:00").run("check --json");
            let told: Value = serde_json::from_str(&ran.out()).unwrap_or_else(|_| panic!("{ran}"));
            let told =
                told["findings"].as_array().unwrap().iter().filter(|it| it["severity"] == "error");
            told.map(ToString::to_string).collect::<Vec<_>>()
        };
        for is_committed in [false, true] {
            if is_committed {
                commit(&desk, "09:01", "large");
            }
            let told = told();
            assert_eq!(told.len(), 2, "{told:?}");
            assert!(told.iter().any(|it| it.contains(SLIPS[1].0)), "{told:?}");
            let large = told.iter().find(|it| it.contains("policy/kpi.yaml")).unwrap();
            assert!(large.contains("more than 1048576 bytes"), "{told:?}");
        }
    }
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
fn no_step_is_made_by_rules_of_a_later_day() {
    let desk = slipped(SLIPS[4]);
    let id = desk.fault();
    commit(&desk, "09:05", "from December on");
    for line in [FAULT, &format!("ack {id} --reply-by 10:00")] {
        let ran = desk.at("09:10").by("chen").run(&format!("{line} --lang en"));
        ran.refuses("policy/levels.yaml holds only from 2026-12-01 on (effective_on)");
        let ran = desk.at("09:10").by("chen").run(&format!("{line} --lang zh-CN"));
        ran.refuses("policy/levels.yaml 自 2026-12-01 起生效（effective_on）");
    }
    desk.at("09:10").run(&format!("show {id}")).succeeds();

    // on that day they are the rules
    desk.at("2026-12-01 09:00").by("chen").run(FAULT).succeeds();
    let ran = desk.at("2026-12-01 09:10").run("audit --lang en --fail-on error").succeeds();
    assert!(ran.out().contains("note H46"), "{ran}");
}

#[test]
fn a_step_that_was_made_by_rules_of_a_later_day_is_found_by_the_audit() {
    let desk = Desk::new();
    let levels = desk.read("policy/levels.yaml");
    desk.fault();
    // the step is honest; the rules before it are not
    let step = desk.git(["rev-parse", "HEAD"]);
    desk.git(["reset", "-q", "--hard", "HEAD~1"]);
    desk.write(
        "policy/levels.yaml",
        levels.replace("effective_on: 2026-11-23", "effective_on: 2026-12-01"),
    );
    commit(&desk, "08:50", "from December on");
    let mut git = desk.at("09:00").by("zhang").shell("git");
    git.args(["cherry-pick", step.trim()]);
    assert!(git.output().unwrap().status.success());
    desk.write("policy/levels.yaml", &levels);
    commit(&desk, "09:10", "at once");
    let ran = desk.at("10:00").run("audit --lang en --fail-on error");
    assert!(ran.status() == Some(1) && ran.out().contains("holds only from 2026-12-01"), "{ran}");
}

#[test]
fn another_branch_that_was_named_and_taken_back_is_history() {
    let desk = Desk::new();
    let honest = desk.read("docket.yaml");
    desk.write("docket.yaml", honest.replace("branch: main", "branch: other"));
    commit(&desk, "09:00", "elsewhere");
    let audit = || desk.at("10:00").run("audit main --lang en --fail-on error");
    assert!(audit().out().contains("error H20"), "{}", audit());
    desk.write("docket.yaml", &honest);
    commit(&desk, "09:10", "back");
    let ran = audit().succeeds();
    assert_eq!(ran.out().matches("note H46").count(), 2, "{ran}");
    // not so by somebody who is no lead
    desk.write("docket.yaml", honest.replace("branch: main", "branch: other"));
    commit_as(&desk, "chen", "09:20", "elsewhere");
    desk.write("docket.yaml", &honest);
    commit(&desk, "09:30", "back");
    assert!(audit().out().contains("error H20"), "{}", audit());
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
    let ran = desk.at("09:00").run("policy check --lang en");
    assert!(ran.status() == Some(1) && ran.out().contains("error A47"), "{ran}");
    desk.at("09:00").run("hook install").succeeds();
    let mut git = desk.at("09:00").by("zhang").shell("git");
    git.env("DOCKET", env!("CARGO_BIN_EXE_docket")).args(["commit", "-qam", "no lead"]);
    assert!(!git.output().unwrap().status.success());
    std::fs::remove_file(desk.path(".git/hooks/pre-commit")).unwrap();
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

#[test]
fn a_file_among_the_rules_that_nothing_reads_is_named() {
    let desk = Desk::new();
    desk.write("policy/level.yml", desk.read("policy/levels.yaml"));
    desk.write("policy/more/x.yaml", "a: 1\n");
    desk.git(["add", "-A"]);
    commit(&desk, "09:00", "misnamed");
    for look in ["policy check", "check"] {
        let ran = desk.at("09:10").run(look);
        assert!(ran.out().contains("A36  policy/level.yml"), "{ran}");
        assert!(ran.out().contains("policy/levels.yaml"), "{ran}");
        assert!(ran.out().contains("A36  policy/more"), "{ran}");
    }
}
