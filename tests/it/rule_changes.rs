//! Rules changed by command: one value or a whole file, by a lead, with a reason, or not at all.

use crate::desk::Desk;

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
        message.starts_with("policy levels.yaml: version 2\n\nagreed with customers\n\nDocket-")
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
    lead("set levels.limits.urgent.respond.soon 1h").usage("nothing stands below");
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
fn a_change_of_rules_that_no_command_makes_is_found() {
    for (old, new, found) in [
        ("version: 2", "version: 7", LEVELS),
        ("approved_by: zhang", "approved_by: li", LEVELS),
        ("effective_on: 2026-11-23", "effective_on: 2026-11-01", LEVELS),
    ] {
        let desk = Desk::new();
        let set = "policy set levels.limits.urgent.respond 30m --reason 'agreed'";
        desk.at("09:00").by("zhang").run(set).succeeds();
        desk.is_honest();
        amended(&desk, old, new);
        desk.at("09:05").run("audit").finds(found);
    }
    let desk = Desk::new();
    let set = "policy set levels.at_risk 80 --reason 'agreed'";
    desk.at("09:00").by("zhang").run(set).succeeds();
    let message = desk.git(["log", "-1", "--format=%B"]);
    for forged in [message.replace("agreed", "call 13812341234"), message.replace("agreed\n\n", "")]
    {
        desk.git(["commit", "-q", "--amend", "-m", &forged]);
        desk.at("09:05").run("audit").finds("H15");
    }
}
