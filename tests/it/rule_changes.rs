//! Rules changed by command: one value or a whole file, by a lead, with a reason, or not at all.

use serde_json::Value;

use crate::{
    adoption::by_hand,
    agreements::{AGREEMENTS, with_later},
    desk::{Desk, REQUEST},
};

const LEVELS: &str = "policy/levels.yaml";

fn levels(desk: &Desk) -> String {
    desk.git(["show", "HEAD:policy/levels.yaml"])
}

/// Amends the last commit, so that the audit sees a forgery.
fn amended(desk: &Desk, old: &str, new: &str) {
    let text = levels(desk);
    assert!(text.contains(old), "{text}");
    desk.write(LEVELS, text.replace(old, new));
    desk.git(["commit", "-q", "--amend", "--no-edit", LEVELS]);
}

#[test]
fn one_value_changes_in_its_line_and_the_commit_says_by_whom_and_why() {
    let desk = Desk::new();
    let before = levels(&desk);
    let set = "policy set levels.limits.urgent.respond 30m --reason 'agreed with customers'";
    desk.at("09:00").by("zhang").run(set).says("version 2");
    let head = "version: 1\n  effective_on: 2026-11-23\n";
    let raised = "version: 2\n  effective_on: 2026-11-23\n  approved_by: zhang\n";
    let urgent = "urgent:\n    ack: 30m\n    respond: ";
    let expected = before.replace(head, raised);
    let expected = expected.replace(&format!("{urgent}1h"), &format!("{urgent}30m"));
    assert_eq!(levels(&desk), expected);
    let message = desk.git(["log", "-1", "--format=%B"]);
    assert!(
        message.starts_with(
            "policy levels.yaml: version 2\n\nreason: agreed with customers\n\nDocket-"
        )
    );
    let shown = desk.at("09:01").run("policy show levels.limits.urgent.respond").succeeds();
    assert_eq!(shown.out(), "30m\n");
    desk.at("09:01").by("zhang").run(set).says("nothing changed");
    desk.is_honest();
}

#[test]
fn what_would_not_hold_is_refused_with_line_and_nearest_value_and_nothing_is_committed() {
    let desk = Desk::new();
    let before = desk.head();
    let lead = |line: &str| desk.at("09:00").by("zhang").run(&format!("policy {line} --reason x"));
    lead("set levels.limits.urgnt.respond 30m").refuses("did you mean `urgent`");
    lead("set levels.limits.urgent.respond 2x").refuses("“2x” is not a limit like 30m");
    lead("set catalog.categories.netwrk.level urgent").usage("network");
    lead("set levels.limits.urgent.respond.soon 1h").usage("below a single value");
    lead("set levls.limits.urgent.respond 1h").usage("levels");
    lead("set docket.branch other").usage("branch");
    lead("set people.people.li.roles [team_lead]").usage("docket people change");
    lead("edit people").usage("docket people change");
    lead("edit levels --from nowhere.yaml").fails("nowhere.yaml");
    desk.write("../levels.yaml", levels(&desk).replace("reopen_window", "reopen_windw"));
    lead("edit levels --from ../levels.yaml").refuses("reopen_window");
    assert_eq!(desk.head(), before);
    let reason = "policy set levels.at_risk 80 --reason";
    desk.at("09:00")
        .by("zhang")
        .run(&format!("{reason} 'as 13812341234 said'"))
        .refuses("personal data");
    desk.at("09:00").by("zhang").run("policy set levels.at_risk 80").usage("--reason");
    desk.at("09:00").by("chen").run(&format!("{reason} x")).refuses("team lead");
    assert_eq!(desk.head(), before);
    assert_eq!(desk.status(), "");
}

#[test]
fn a_limit_of_an_agreement_changes_inside_its_braces_and_a_fault_has_the_line_of_the_file() {
    let desk = Desk::new();
    let lead = |line: &str| desk.at("09:00").by("zhang").run(&format!("policy {line} --reason x"));
    let agreed = "document:\n  version: 1\n  effective_on: 2026-01-01\nagreements:\n- id: gold\n  name: Gold\n  \
                  version: 1\n  valid_from: 2026-12-01\n  limits:\n    fault:\n      \
                  general: {ack: 30m, respond: 2h} # signed\n";
    desk.write("../agreed.yaml", agreed);
    lead("edit agreements --from ../agreed.yaml").succeeds();
    let limits = "agreements.agreements.gold.limits.fault.general";
    lead(&format!("set {limits}.ack 20m")).succeeds();
    lead(&format!("set {limits}.resolve 8h")).succeeds();
    let text = desk.read("policy/agreements.yaml");
    assert!(text.contains("general: {ack: 20m, respond: 2h, resolve: 8h} # signed\n"), "{text}");
    let nth = text.lines().position(|line| line.contains("20m")).unwrap() + 1;
    lead(&format!("set {limits}.ack 20x")).refuses(&format!("line {nth}, "));
    // what is new has no line yet
    let told = lead(&format!("set {limits}.sooner 20m")).refuses("`sooner`").err();
    assert!(!told.contains("line"), "{told}");
    let chinese = format!("set {limits}.sooner 20m --lang zh-CN");
    lead(&chinese).refuses("limits.fault.general：未知的键或值 `sooner`");
    let right = "did you mean agreements.agreements.gold.limits.fault.general.ack?";
    lead("set agreements.gold.limits.fault.general.ack 20m").usage(right);
    desk.at("09:00").run("policy show agreements.gold.limits.fault.general.ack").usage(right);
    // the head that docket writes moves no line of what was given
    let levels = levels(&desk).replace("customer_contact: 2wd", "customer_contact: 2x");
    let nth = levels.lines().position(|line| line.contains("2x")).unwrap() + 1;
    desk.write("../levels.yaml", levels);
    lead("edit levels --from ../levels.yaml").refuses(&format!("line {nth}, "));
    desk.is_honest();
}

#[test]
fn a_file_is_edited_in_an_editor_and_what_is_refused_is_kept_to_go_on_with() {
    let desk = Desk::new();
    let edit = |editor: &str, line: &str| {
        desk.at("09:00")
            .by("zhang")
            .env("VISUAL", editor)
            .run(&format!("policy edit levels {line}"))
    };
    edit("true", "--reason x").says("nothing changed");
    edit("sed -i s/15m/20m/", "").usage("--reason");
    let broken = edit("sed -i s/15m/15x/", "--reason 'ack later'").refuses("15x");
    let told = broken.err();
    let (_, rest) = told.split_once("--from ").unwrap();
    let (draft, _) = rest.split_once(" --reason").unwrap();
    desk.write(draft, desk.read(draft).replace("15x", "20m"));
    let again = format!("policy edit levels --from {draft} --reason 'ack later'");
    desk.at("09:01").by("zhang").run(&again).says("version 2");
    assert!(levels(&desk).contains("ack: 20m"));
    let stale = "is_changed_by_somebody_else";
    desk.write(draft, desk.read(draft).replace("20m", "25m") + "# " + stale);
    desk.at("09:02").by("zhang").run(&again).refuses("was changed by somebody else");
    assert!(!levels(&desk).contains(stale));
    desk.is_honest();
}

#[test]
fn agreements_are_begun_from_lines_that_hold_once_their_mark_is_deleted() {
    for locale in ["en", "zh-CN"] {
        let desk = Desk::new();
        let lead =
            |editor: &str, line: &str| desk.at("09:00").by("zhang").env("VISUAL", editor).run(line);
        lead("true", &format!("policy set docket.locale {locale} --reason x")).succeeds();
        let before = desk.head();
        for line in [
            "policy show agreements",
            "policy check agreements",
            "policy set agreements.agreements.gold.version 2 --reason x",
        ] {
            lead("true", line).refuses("docket policy edit agreements");
        }
        lead("true", "customer add acme --name ACME --agreement gold")
            .refuses("docket policy edit agreements");
        lead("true", "policy edit agreements --reason x").says("policy/agreements.yaml");
        assert_eq!(desk.head(), before);
        let edit = "policy edit agreements --reason 'signed today'";
        lead("sed -i 's/^#\\([^ ]\\|  \\)/\\1/'", edit).says("policy/agreements.yaml");
        assert!(desk.read("policy/agreements.yaml").contains("\n  version: 1\n"));
        lead("true", "customer add acme --name ACME --agreement gold").succeeds();
        let limit = "policy show agreements.agreements.gold.limits.fault.urgent.ack";
        assert_eq!(lead("true", limit).out(), "15m\n");
        let calendar = "policy show agreements.calendars.early.week.monday";
        assert_eq!(lead("true", calendar).out(), "- '08:00-16:00'\n");
        desk.is_honest();
    }
}

#[test]
fn a_file_that_a_desk_works_without_is_begun_as_a_new_desk_has_it() {
    for file in ["kpi", "roles"] {
        let desk = Desk::new();
        let path = format!("policy/{file}.yaml");
        desk.git(["rm", "-q", &path]);
        by_hand(&desk, "zhang", &["commit", "-q", "-m", "Without it"]);
        let lead =
            |editor: &str, line: &str| desk.at("09:06").by("zhang").env("VISUAL", editor).run(line);
        lead("true", &format!("policy show {file}")).refuses(&format!("docket policy edit {file}"));
        lead("true", &format!("policy edit {file} --reason x")).says("nothing changed");
        let on = format!("policy edit {file} --next --on 2026-12-01 --reason x");
        lead("true", &on).says("nothing changed");
        lead("sed -i '$a# ours'", &on).says("draft");
        assert!(desk.read(&format!("policy/next/{file}.yaml")).ends_with("# ours\n"));
        desk.is_honest();
    }
}

#[test]
fn what_was_begun_by_hand_is_kept_and_a_reason_names_nobody() {
    let desk = Desk::new();
    let lead = |line: &str| desk.at("09:00").by("zhang").run(line);
    lead("policy set levels.document.version 9 --reason x").usage("`document`");
    lead("policy show levels.limits.urgnt").usage("major, urgent");
    lead("policy show next/people").usage("is not called like a policy file");
    lead("policy show next/levels").refuses("there is no draft of policy/levels.yaml");
    lead("policy show policy/levels.limits.urgent.ack").succeeds();
    let roles = desk.read("policy/roles.yaml");
    let (before, rest) = roles.split_once("document:").unwrap();
    let (_, steps) = rest.split_once("\n\n").unwrap();
    desk.write("../roles.yaml", format!("{before}{steps}"));
    lead("policy edit roles --from ../roles.yaml --reason x").refuses("would lose its `document`");
    desk.write("../levels.yaml", b"# \xff\n");
    lead("policy edit levels --from ../levels.yaml --reason x").refuses("UTF-8");
    desk.at("09:00").by("chen").run(REQUEST).succeeds();
    lead("policy set levels.at_risk 80 --reason 'as Mr Ray said'").refuses("personal data");
    desk.write("../agreements.yaml", AGREEMENTS);
    lead("policy edit agreements --from ../agreements.yaml --reason 'first contract'")
        .says("agreements.yaml is in force as version 1");
    lead("policy show").says("policy/agreements.yaml");
    desk.is_honest();
}

#[test]
fn rules_that_cannot_be_read_are_told_by_every_command_with_the_way_back() {
    let desk = Desk::new();
    for (path, key) in [(LEVELS, "at_risk:"), ("policy/kpi.yaml", "targets:")] {
        let slip = desk.read(path).replace(key, "at_rsk:");
        assert_ne!(slip, desk.read(path), "{path}");
        desk.commit(path, slip);
        let broken = desk.git(["rev-parse", "--short=8", "HEAD"]).trim().to_owned();
        let back = format!("git revert --no-edit {broken}");
        for line in ["list", "customer list", "contact list", "policy show", "due", "people list"] {
            let told = desk.at("09:00").by("chen").run(line).err();
            assert_eq!(told.matches(&back).count(), 1, "{line}: {told}");
        }
        desk.git(["revert", "--no-edit", "HEAD"]);
        assert!(!desk.at("09:01").by("chen").run("list").err().contains("revert"), "{path}");
    }
}

/// Runs the way back that a command prints.
fn go_back(desk: &Desk, told: &str) -> String {
    let (_, way) = told.split_once("git re").unwrap_or_else(|| panic!("{told}"));
    let (way, _) = way.split_once(" takes it back").unwrap_or_else(|| panic!("{told}"));
    let way = format!("git re{way}");
    let output = desk.at("09:30").by("zhang").shell("sh").args(["-c", &way]).output().unwrap();
    assert!(output.status.success(), "{way}: {output:?}");
    way
}

#[test]
fn the_printed_way_back_works_at_once_however_often_a_file_was_broken() {
    let desk = Desk::new();
    let good = desk.read(LEVELS);
    for (first, second) in [("at_rsk:", "at_rssk:"), ("at_risk: x", "at_risk: [")] {
        let slip = |text: &str| good.replace("at_risk:", text);
        for text in [first, second] {
            desk.commit(LEVELS, slip(text));
        }
        let way = go_back(&desk, &desk.at("09:00").by("chen").run("list").err());
        assert!(way.contains("git restore --source="), "{way}");
        assert_eq!(desk.read(LEVELS), good);
        let told = desk.at("09:31").by("chen").run("list").succeeds().err();
        assert!(!told.contains(LEVELS), "{told}");
    }
    // what was changed beside it in the same commit stays
    desk.write(LEVELS, good.replace("at_risk:", "at_rsk:"));
    desk.write("notes.txt", "x");
    desk.git(["add", "-A"]);
    desk.git(["commit", "-q", "-m", "by hand"]);
    go_back(&desk, &desk.at("09:00").by("chen").run("list").err());
    assert_eq!((desk.read(LEVELS), desk.read("notes.txt")), (good, "x".to_owned()));
}

#[test]
fn a_desk_whose_own_file_cannot_be_read_says_the_way_back() {
    let break_as = |desk: &Desk, how: &str, good: &str| {
        let path = desk.path("docket.yaml");
        let _ = std::fs::remove_file(&path);
        let _ = std::fs::remove_dir_all(&path);
        match how {
            "gone" => {}
            "link" => std::os::unix::fs::symlink("README.md", &path).unwrap(),
            "folder" => desk.write("docket.yaml/x", "x"),
            "empty" => desk.write("docket.yaml", ""),
            "binary" => desk.write("docket.yaml", [0, 159, 146, 150]),
            "other" => desk.write("docket.yaml", "prefix: ["),
            "key" => desk.write("docket.yaml", format!("{good}\ntimzone: UTC\n")),
            _ => desk.write("docket.yaml", "timezone: ["),
        }
        desk.git(["add", "-A"]);
        desk.git(["commit", "-q", "-m", how]);
    };
    let desk = Desk::new();
    desk.at("08:30").by("chen").run(REQUEST).succeeds();
    let good = desk.read("docket.yaml");
    for how in ["yaml", "key", "gone", "link", "folder", "empty", "binary"] {
        for ways in [&[how][..], &["other", how], &[how, "other"]] {
            for way in ways {
                break_as(&desk, way, &good);
            }
            let told = desk.at("09:00").by("chen").run("list");
            assert_eq!(told.status(), Some(3), "{ways:?}: {told}");
            for other in ["docket init", "docket demo"] {
                assert!(!told.err().contains(other), "{ways:?}: {told}");
            }
            go_back(&desk, &told.err());
            assert_eq!(desk.read("docket.yaml"), good, "{ways:?}");
            assert_eq!(desk.at("09:31").by("chen").run("list").succeeds().err(), "", "{ways:?}");
        }
    }
}

#[test]
fn a_change_of_rules_that_no_command_makes_is_found() {
    let changed = || {
        let desk = Desk::new();
        let set = "policy set levels.at_risk 80 --reason 'agreed'";
        desk.at("09:00").by("zhang").run(set).succeeds();
        desk.is_honest();
        desk
    };
    let found = |desk: &Desk| -> Vec<String> {
        let told: Value =
            serde_json::from_str(&desk.at("09:05").run("audit --json").out()).unwrap();
        let findings = told["findings"].as_array().unwrap().iter();
        let errors = findings.filter(|one| one["severity"] == "error");
        errors.map(|one| one["code"].as_str().unwrap().to_owned()).collect()
    };
    let smuggled = ["H05"];
    for (old, new) in [
        ("approved_by: zhang", "approved_by: li"),
        ("effective_on: 2026-11-23", "effective_on: 2026-11-01"),
    ] {
        let desk = changed();
        amended(&desk, old, new);
        assert_eq!(found(&desk), smuggled, "{new}");
    }
    let desk = changed();
    amended(&desk, "version: 2", "version: 7");
    assert_eq!(found(&desk), ["H05", "H15"], "another version than the next");
    let desk = changed();
    desk.write("policy/units.yaml", desk.read("policy/units.yaml") + "\n");
    desk.git(["commit", "-q", "--amend", "--no-edit", "policy/units.yaml"]);
    assert_eq!(found(&desk)[0], smuggled[0], "a second file");
    let desk = changed();
    let message = desk.git(["log", "-1", "--format=%B"]);
    for forged in ["", "reason: ", "reason: one\nreason: two"] {
        let told = message.replace("reason: agreed", forged);
        desk.git(["commit", "-q", "--amend", "--cleanup=verbatim", "-m", &told]);
        assert!(!found(&desk).is_empty(), "{forged}");
    }
}

#[test]
fn two_files_that_do_not_go_together_are_both_named_with_the_entry_and_what_mends_it() {
    let desk = Desk::new();
    let tip = desk.head();
    let lead = |line: &str, lang: &str| {
        let line = format!("{line} --lang {lang}");
        desk.at("09:00").by("zhang").run(&line)
    };
    let set = "policy set catalog.categories.network.unit netwrk --reason x";
    let mends = "docket policy set catalog.categories.network.unit network --reason";
    let fault = "categories.network.unit: no unit “netwrk” in policy/units.yaml";
    lead(set, "en").refuses(fault).and("policy/catalog.yaml, line ").and(mends);
    let fault = "categories.network.unit：policy/units.yaml 中没有责任单位“netwrk”";
    lead(set, "zh").refuses(fault).and(mends);
    // the file that was changed is fine alone, and another one needs what it had
    desk.write("../units.yaml", desk.read("policy/units.yaml").replace("id: network", "id: lan"));
    let edit = "policy edit units --from ../units.yaml --reason x";
    let told = lead(edit, "en").refuses("policy/units.yaml");
    assert!(told.err().contains("no unit “network” in policy/units.yaml"), "{told}");
    told.and("keep “network” as well, then: docket people change li --unit VALUE");
    lead(edit, "zh").refuses("policy/units.yaml").and("请先同时保留“network”");
    assert_eq!(desk.head(), tip);
    // an entry of a list is called by its id where a key in it is wrong as well
    let set = "policy set catalog.categories.network.lvl urgent --reason x";
    lead(set, "en").refuses("categories.network: unknown key or word `lvl`");
    let set = "policy set catalog.categories.network.kind fualt --reason x";
    lead(set, "zh").refuses("categories.network.kind：");
}

#[test]
fn an_agreement_is_not_taken_from_a_customer_unsaid() {
    let desk = Desk::new();
    desk.write("../agreements.yaml", with_later("later"));
    let edit = "policy edit agreements --from ../agreements.yaml --reason x";
    let added = desk.at("09:00").by("zhang").run(edit).succeeds();
    added.says("policy/agreements.yaml");
    let agreed = "customer add acme --name ACME --agreement later";
    desk.at("09:01").by("zhang").run(agreed).succeeds();
    let text = desk.read("policy/agreements.yaml");
    desk.write("../agreements.yaml", format!("{text}# looked through\n"));
    let kept = desk.at("09:01").by("zhang").run(edit).succeeds();
    assert!(!kept.err().contains("customers/"), "{kept}");
    let text = desk.read("policy/agreements.yaml");
    let wrong = text.replacen("calendar: london", "calendar: londn", 1);
    desk.write("../agreements.yaml", wrong);
    let refused = desk.at("09:02").by("zhang").run(edit).refuses("agreements.gold.calendar: ");
    refused.and("no calendar “londn” for version 2");
    desk.write("../agreements.yaml", text.replace("id: later", "id: silver"));
    let told = desk.at("09:03").by("zhang").run(edit).succeeds();
    let [customer, command] =
        ["customer acme has agreement later", "docket customer change acme --agreement none"];
    assert!(told.err().contains(customer) && told.err().contains(command), "{told}");
    desk.at("09:04").by("zhang").run("customer change acme --agreement silver").succeeds();
    let draft = "policy edit agreements --next --on 2026-12-01 --from ../gold.yaml --reason x";
    desk.write("../gold.yaml", desk.read("policy/agreements.yaml").replace("silver", "later"));
    let told = desk.at("09:05").by("zhang").run(&format!("{draft} --lang zh")).succeeds();
    assert!(told.err().contains("客户 acme 使用协议 silver"), "{told}");
    desk.is_honest();
}
