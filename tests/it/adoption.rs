//! Rules adopted for a day to come: drafted, adopted by another, and in force from that day on, alike in
//! every clone and for the audit.

use serde_json::Value;

use crate::{
    agreements::AGREEMENTS,
    desk::{Desk, FAULT, REQUEST},
};

const LEVELS: &str = "policy/levels.yaml";
const DRAFT: &str = "policy/next/levels.yaml";
const ADOPTED: &str = "policy/adopted/2026-12-01/levels.yaml";
const RESPOND: &str = "policy show levels.limits.general.respond";

/// Drafts a file of rules with another text for the first of December.
fn draft(desk: &Desk, file: &str, old: &str, new: &str) {
    let path = format!("policy/{file}.yaml");
    let text = desk.git(["show", &format!("HEAD:{path}")]);
    assert!(text.contains(old), "{text}");
    desk.write(&format!("../{file}.yaml"), text.replace(old, new));
    let line = format!(
        "policy edit {file} --next --on 2026-12-01 --from ../{file}.yaml --reason 'new contract'"
    );
    desk.at("09:00").by("zhang").run(&line).says("before that day: docket policy adopt");
}

/// A desk that replies to general records within 6 hours from December on.
fn adopted() -> Desk {
    let desk = Desk::new();
    draft(&desk, "levels", "respond: 1wd", "respond: 6wh");
    desk.at("09:01").by("zhang").run("policy adopt levels").says("in force from 2026-12-01");
    desk
}

/// The codes of the errors that an audit finds.
fn errors(desk: &Desk) -> Vec<String> {
    let told = desk.at("2027-12-31 20:00").run("audit --json").out();
    let told: Value = serde_json::from_str(&told).unwrap();
    let findings = told["findings"].as_array().unwrap().iter();
    let errors = findings.filter(|one| one["severity"] == "error");
    errors.map(|one| one["code"].as_str().unwrap().to_owned()).collect()
}

/// What somebody does with plain git at 09:05.
pub(crate) fn by_hand(desk: &Desk, who: &str, words: &[&str]) {
    let when = "2026-11-23T09:05:00+08:00";
    let mut git = desk.at("09:05").by(who).shell("git");
    git.args(words).env("GIT_COMMITTER_DATE", when).env("GIT_AUTHOR_DATE", when);
    let done = git.output().unwrap();
    assert!(done.status.success(), "{done:?}");
}

fn amended(desk: &Desk, path: &str, old: &str, new: &str) {
    let text = desk.read(path);
    assert!(text.contains(old), "{text}");
    desk.write(path, text.replace(old, new));
    desk.git(["commit", "-q", "--amend", "--no-edit", path]);
}

/// The limit within which a record is replied to.
fn promised(desk: &Desk, id: &str) -> String {
    desk.record(id)["status"]["due"]["respond"].to_string()
}

#[test]
fn a_draft_decides_nothing_and_what_was_adopted_holds_from_its_day_on() {
    let desk = Desk::new();
    draft(&desk, "levels", "respond: 1wd", "respond: 6wh");
    let message = desk.git(["log", "-1", "--format=%B"]);
    assert!(
        message.starts_with("policy next/levels.yaml: for 2026-12-01\n\nreason: new contract\n\n"),
        "{message}"
    );
    let show = |time: &str| desk.at(time).by("chen").run(RESPOND).out();
    assert_eq!(show("2026-12-24 09:00"), "1wd\n");
    desk.at("09:00").run("policy show").says(DRAFT).says("draft");
    desk.at("09:00").run("policy check").says("clean");
    desk.at("09:01").by("zhang").run("policy adopt policy/next/levels.yaml").succeeds();
    assert_eq!(show("2026-11-30 23:59"), "1wd\n");
    assert_eq!(show("2026-12-01 00:00"), "6wh\n");
    desk.at("09:02").run("policy show").says(ADOPTED).says("in force from 2026-12-01");
    desk.at("2026-12-01 09:00").run("policy show --json").says(ADOPTED);
    let on = |day: &str| desk.at("09:02").run(&format!("{RESPOND} --as-of {day}")).out();
    assert_eq!([on("2026-11-30"), on("2026-12-01")], ["1wd\n", "6wh\n"]);
    let text = desk.at("09:02").run(&format!("policy show {ADOPTED}")).out();
    assert!(text.contains("version: 2\n") && text.contains("approved_by: zhang\n"), "{text}");
    desk.is_honest();
    assert_eq!(desk.status(), "");
}

#[test]
fn the_day_begins_at_midnight_of_the_desk_and_not_of_whoever_asks() {
    let desk = adopted();
    let asked = |now: &str| {
        let ran = desk.at("09:00").env("DOCKET_NOW", now).env("TZ", "America/New_York");
        ran.run(RESPOND).out()
    };
    // 00:00 in Shanghai
    assert_eq!(asked("2026-11-30T15:59:59Z"), "1wd\n");
    assert_eq!(asked("2026-11-30T16:00:00Z"), "6wh\n");
    assert_eq!(asked("2026-11-30T11:00:00-05:00"), "6wh\n");
}

#[test]
fn a_promise_stays_as_it_was_made_and_the_audit_decides_it_by_the_rules_of_its_day() {
    let desk = adopted();
    let before = desk.at("2026-11-30 14:00").by("chen").run(REQUEST).id();
    let due = promised(&desk, &before);
    assert!(due.contains("2026-12-01"), "{due}");
    let after = desk.at("2026-12-01 09:30").by("chen").run(REQUEST).id();
    assert!(promised(&desk, &after).contains("2026-12-01T17:00"), "{}", promised(&desk, &after));
    assert_eq!(promised(&desk, &before), due);
    assert_eq!(errors(&desk), [""; 0]);
}

fn desk_path(id: &str) -> String {
    format!("records/2026/12/{id}.yaml")
}

#[test]
fn a_limit_of_the_rules_before_their_day_is_found_where_it_was_forged() {
    let desk = adopted();
    let id = desk.at("2026-12-01 09:30").by("chen").run(REQUEST).id();
    let path = desk_path(&id);
    amended(&desk, &path, "T17:00:00+08:00", "T17:30:00+08:00");
    assert!(errors(&desk).contains(&"H19".to_owned()), "{:?}", errors(&desk));
}

#[test]
fn another_lead_adopts_a_draft_where_there_is_one() {
    let desk = Desk::new();
    desk.at("08:10").by("zhang").run("people change li --role team_lead").succeeds();
    draft(&desk, "levels", "respond: 1wd", "respond: 6wh");
    let adopt = "policy adopt levels";
    desk.at("09:01").by("zhang").run(adopt).refuses("is your own").and("let one of them do it: li");
    let zh = desk.at("09:01").by("zhang").run("policy adopt levels --lang zh").refuses("起草");
    assert!(zh.err().contains("li：docket policy adopt"), "{zh}");
    desk.at("09:01").by("chen").run(adopt).refuses("team lead");
    desk.at("09:02").by("li").run(adopt).says("from 2026-12-01 as version 2");
    let message = desk.git(["log", "-1", "--format=%B"]);
    let expected = "policy levels.yaml: version 2 from 2026-12-01\n\ndraft by zhang\n\nDocket-";
    assert!(message.starts_with(expected), "{message}");
    let audit = desk.at("09:03").run("audit").out();
    assert!(!audit.contains("H49"), "{audit}");
    desk.is_honest();
}

#[test]
fn whoever_takes_an_adoption_back_is_not_the_author_of_its_draft() {
    let desk = Desk::new();
    desk.at("08:10").by("zhang").run("people change li --role team_lead").succeeds();
    draft(&desk, "levels", "respond: 1wd", "respond: 6wh");
    desk.at("09:01").by("li").run("policy adopt levels").succeeds();
    by_hand(&desk, "li", &["revert", "--no-edit", "HEAD"]);
    desk.at("09:02").by("zhang").run("policy adopt levels").refuses("is your own");
    desk.at("09:03").by("li").run("policy adopt levels").succeeds();
    assert_eq!(errors(&desk), [""; 0]);
}

#[test]
fn the_only_lead_adopts_an_own_draft_and_the_audit_notes_it() {
    let desk = adopted();
    let message = desk.git(["log", "-1", "--format=%B"]);
    assert!(message.contains("\n\ndraft by zhang, who alone may adopt it\n\n"), "{message}");
    desk.at("09:03").run("audit").finds("note H49");
    desk.is_honest();
}

#[test]
fn what_cannot_be_drafted_or_adopted_is_refused_and_nothing_is_committed() {
    let desk = Desk::new();
    let before = desk.head();
    let lead = |line: &str| desk.at("09:00").by("zhang").run(line);
    lead("policy adopt levels").refuses("no draft of policy/levels.yaml");
    lead("policy adopt people").usage("docket people change");
    lead("policy adopt docket.yaml").usage("docket policy edit docket.yaml");
    lead("policy adopt levls").usage("levels");
    lead("policy edit docket --next --on 2026-12-01 --reason x").usage("no day of its own");
    lead("policy edit levels --on 2026-12-01 --reason x").usage("--next");
    lead("policy edit policy/next/levels.yaml --reason x").usage("levels.yaml");
    desk.write("../levels.yaml", desk.read(LEVELS).replace("respond: 1wd", "respond: 1x"));
    let edit = "policy edit levels --next --from ../levels.yaml --reason x";
    lead(edit).refuses("--on");
    lead(&format!("{edit} --on 2026-12-01")).refuses("1x");
    lead(&format!("{edit} --on 2026-11-23")).refuses("no day to come");
    let chen = format!("{edit} --on 2026-12-01");
    desk.at("09:00").by("chen").run(&chen).refuses("team lead");
    assert_eq!(desk.head(), before);
    draft(&desk, "levels", "respond: 1wd", "respond: 6wh");
    let drafted = desk.head();
    desk.at("2026-12-01 00:00").by("zhang").run("policy adopt levels").refuses("before its day");
    assert_eq!(desk.head(), drafted);
}

#[test]
fn what_is_changed_at_once_takes_the_place_of_what_was_adopted_before_and_waits_for_what_comes() {
    let desk = adopted();
    let set = |time: &str, value: u8| {
        let line = format!("policy set levels.at_risk {value} --reason x");
        desk.at(time).by("zhang").run(&line).says("in force as version")
    };
    let told = set("2026-11-24 09:00", 80);
    assert!(told.err().contains("from 2026-12-01 on"), "{told}");
    let show =
        |time: &str, key: &str| desk.at(time).run(&format!("policy show levels.{key}")).out();
    assert_eq!(show("2026-11-30 23:59", "at_risk"), "80\n");
    assert_eq!(show("2026-12-01 00:00", "at_risk"), "75\n");
    let told = set("2026-12-01 09:00", 85);
    assert!(!told.err().contains("from 2026-12-01 on"), "{told}");
    assert_eq!(show("2026-12-01 09:00", "at_risk"), "85\n");
    assert_eq!(show("2026-12-01 09:00", "limits.general.respond"), "6wh\n");
    assert!(!desk.path(ADOPTED).exists());
    assert_eq!(desk.status(), "");
    let text = desk.read(LEVELS);
    assert!(text.contains("version: 4\n  effective_on: 2026-12-01\n"), "{text}");
    desk.is_honest();
}

#[test]
fn holidays_are_loaded_into_the_calendar_that_holds() {
    let desk = Desk::new();
    draft(&desk, "calendar", "monday: [", "monday: [\"08:00-08:30\", ");
    desk.at("09:01").by("zhang").run("policy adopt calendar").succeeds();
    desk.at("2026-12-01 08:00").by("zhang").run("calendar import --no-holidays 2027").succeeds();
    let text = desk.read("policy/calendar.yaml");
    assert!(text.contains("08:00-08:30") && text.contains("2027:"), "{text}");
    assert!(!desk.path("policy/adopted").exists());
    desk.is_honest();
}

#[test]
fn the_check_tells_what_would_not_hold_on_its_day_and_what_nobody_adopted() {
    let desk = Desk::new();
    draft(&desk, "levels", "respond: 1wd", "respond: 6wh");
    desk.at("2026-12-01 08:00").run("check").finds(&format!("A59  {DRAFT}"));
    desk.at("2026-11-30 08:00").run("policy check").says("clean");
    let text = desk.read(DRAFT);
    desk.write(DRAFT, text.replace("at_risk:", "at_rsk:"));
    let told = desk.at("09:02").run("policy check").finds(&format!("{DRAFT}:"));
    assert!(told.out().contains("at_risk"), "{told}");
    desk.write(DRAFT, text.replace("effective_on: 2026-12-01", "effective_on: soon"));
    desk.at("09:02").run("policy check").finds(&format!("{DRAFT}:"));
    desk.write(DRAFT, text.replace("at_risk: 75", "at_risk: 75\n# nothing else"));
    desk.at("09:02").run("policy check").says("clean");
    desk.write("../levels.yaml", text.replace("at_risk:", "at_rsk:"));
    desk.at("09:02").run("policy check ../levels.yaml").finds("at_risk");
    desk.git(["checkout", "-q", "--", "."]);
    desk.commit("policy/adopted/soon/levels.yaml", &text);
    desk.commit("policy/next/people.yaml", "people: []\n");
    let told = desk.at("09:03").run("check").finds("A36  policy/adopted/soon/levels.yaml");
    assert!(told.out().contains("A36  policy/next/people.yaml"), "{told}");
    desk.at("09:03").by("chen").run(REQUEST).succeeds();
}

#[test]
fn a_file_that_another_one_replaced_is_told_to_whoever_edits_it_by_hand() {
    let desk = adopted();
    desk.write(LEVELS, desk.read(LEVELS).replace("at_risk: 75", "at_risk: 80"));
    let told = desk.at("2026-12-02 09:00").run("policy check").finds("A60");
    assert!(told.out().contains(ADOPTED), "{told}");
    desk.at("2026-11-30 09:00").run("policy check").says("clean");
}

#[test]
fn rules_that_would_break_on_a_day_to_come_are_refused_today() {
    let desk = Desk::new();
    draft(&desk, "catalog", "unit: systems", "unit: network");
    desk.at("09:01").by("zhang").run("policy adopt catalog").succeeds();
    let units = desk.read("policy/units.yaml");
    let catalog = desk.read("policy/catalog.yaml");
    assert!(catalog.contains("unit: systems"), "{catalog}");
    desk.write("../units.yaml", units.replace("id: network", "id: lan"));
    let edit = "policy edit units --from ../units.yaml --reason x";
    desk.at("09:02").by("zhang").run(edit).refuses("network");
}

#[test]
fn what_would_break_the_rules_on_a_day_to_come_is_found_where_no_command_made_it() {
    let desk = Desk::new();
    draft(&desk, "catalog", "unit: systems", "unit: supplier");
    desk.at("09:01").by("zhang").run("policy adopt catalog").succeeds();
    let units = desk.read("policy/units.yaml");
    let (kept, _) = units.split_once("- id: supplier").unwrap();
    desk.write("../units.yaml", kept);
    let edit = "policy edit units --from ../units.yaml --reason x";
    desk.at("09:02").by("zhang").run(edit).refuses("supplier");
    assert_eq!(errors(&desk), [""; 0]);
    desk.write("policy/units.yaml", kept);
    by_hand(&desk, "zhang", &["commit", "-qam", "no suppliers"]);
    assert_eq!(errors(&desk), ["H07"]);
}

#[test]
fn a_draft_that_the_rules_went_past_is_looked_at_again_before_it_is_adopted() {
    let desk = Desk::new();
    draft(&desk, "levels", "respond: 1wd", "respond: 6wh");
    let set = "policy set levels.at_risk 80 --reason 'too late before'";
    desk.at("09:01").by("zhang").run(set).succeeds();
    let refused = desk.at("09:02").by("zhang").run("policy adopt levels");
    refused.refuses("would take that back").and("docket policy edit policy/levels.yaml --next");
    let text = desk.read(DRAFT);
    desk.write("../levels.yaml", text.replace("at_risk: 75", "at_risk: 80"));
    let again = "policy edit levels --next --from ../levels.yaml --reason 'goes with both'";
    desk.at("09:03").by("zhang").run(again).succeeds();
    desk.at("09:04").by("zhang").run("policy adopt levels").succeeds();
    let at_risk = desk.at("2026-12-01 09:00").run("policy show levels.at_risk");
    assert_eq!(at_risk.out(), "80\n");
    desk.is_honest();
}

#[test]
fn a_draft_begins_with_the_rules_that_will_hold_on_its_day() {
    let desk = adopted();
    let edit = "policy edit levels --next --on 2027-01-01 --reason 'earlier warning'";
    // what holds today goes on from an edition that will be past
    desk.write("../levels.yaml", desk.read(LEVELS).replace("at_risk: 75", "at_risk: 70"));
    let from = format!("{edit} --from ../levels.yaml");
    let refused = desk.at("09:02").by("zhang").run(&from).refuses("version 2 on 2027-01-01");
    assert!(refused.err().contains("docket policy show policy/levels.yaml --as-of 2027-01-01"));
    let zh = desk.at("09:02").by("zhang").run(&format!("{from} --lang zh"));
    zh.refuses("版本 2").and("--as-of 2027-01-01");
    let lead = desk.at("09:02").by("zhang").env("VISUAL", "sed -i 's/at_risk: 75/at_risk: 70/'");
    lead.run(edit).succeeds();
    desk.at("09:03").by("zhang").run("policy adopt levels").says("from 2027-01-01 as version 3");
    let show =
        |key: &str| desk.at("2027-01-01 09:00").run(&format!("policy show levels.{key}")).out();
    assert_eq!([show("limits.general.respond"), show("at_risk")], ["6wh\n", "70\n"]);
    desk.is_honest();
}

#[test]
fn a_draft_that_is_taken_up_again_has_what_was_changed_since() {
    let desk = Desk::new();
    draft(&desk, "levels", "respond: 1wd", "respond: 6wh");
    let set = "policy set levels.at_risk 80 --reason 'too late before'";
    desk.at("09:01").by("zhang").run(set).succeeds();
    desk.at("09:02").by("zhang").run("policy adopt levels").refuses("would take that back");
    let again = desk.at("09:03").by("zhang").env("VISUAL", "true");
    again.run("policy edit levels --next --reason 'goes with both'").says("2026-12-01");
    let text = desk.read(DRAFT);
    assert!(text.contains("at_risk: 80") && text.contains("respond: 6wh"), "{text}");
    let unchanged = desk.at("09:04").by("zhang").env("VISUAL", "true");
    unchanged.run("policy edit levels --next --reason x").says("nothing changed");
    desk.at("09:05").by("zhang").run("policy adopt levels").succeeds();
    desk.is_honest();
}

#[test]
fn a_draft_for_a_later_day_takes_back_nothing_that_was_adopted_between() {
    let desk = Desk::new();
    draft(&desk, "survey", "sample: 20", "sample: 30");
    let by = desk.at("09:01").by("zhang").env("VISUAL", "sed -i 's/expires: 14d/expires: 10d/'");
    by.run("policy edit survey --next --reason x").succeeds();
    desk.at("09:02").by("zhang").run("policy adopt survey").succeeds();
    let drafts = desk
        .at("09:03")
        .by("zhang")
        .env("VISUAL", "sed -i 's/cap_per_customer: 3/cap_per_customer: 4/'");
    drafts.run("policy edit survey --next --on 2026-11-25 --reason x").succeeds();
    let moved = desk.at("09:04").by("zhang").env("VISUAL", "true");
    moved.run("policy edit survey --next --on 2026-12-10 --reason x").succeeds();
    let text = desk.read("policy/next/survey.yaml");
    for line in ["sample: 30", "expires: 10d", "cap_per_customer: 4", "effective_on: 2026-12-10"] {
        assert!(text.contains(line), "{line}: {text}");
    }
    desk.is_honest();
}

#[test]
fn an_adoption_is_taken_back_before_its_day_and_its_draft_is_there_again() {
    let desk = Desk::new();
    desk.at("08:10").by("zhang").run("people change li --role team_lead").succeeds();
    draft(&desk, "levels", "respond: 1wd", "respond: 6wh");
    let drafted = desk.read(DRAFT);
    desk.at("09:01").by("li").run("policy adopt levels").succeeds();
    let withdraw = "policy adopt levels --withdraw --reason 'the contract was not signed'";
    desk.at("09:02").by("chen").run(withdraw).refuses("team lead");
    let told = desk.at("09:02").by("li").run(withdraw).says("its draft is there again");
    assert!(told.out().contains("for 2026-12-01 is withdrawn"), "{told}");
    let message = desk.git(["log", "-1", "--format=%B"]);
    assert!(
        message.starts_with(
            "policy levels.yaml: adoption for 2026-12-01 withdrawn\n\nreason: the contract was not \
             signed\n\nDocket-Action: policy\nDocket-By: li\n"
        ),
        "{message}"
    );
    assert!(!desk.path(ADOPTED).exists());
    assert_eq!(desk.read(DRAFT), drafted);
    assert_eq!(desk.at("2026-12-01 09:00").run(RESPOND).out(), "1wd\n");
    // it is still its author's
    desk.at("09:03").by("zhang").run("policy adopt levels").refuses("is your own");
    desk.at("09:04").by("li").run("policy adopt levels").says("as version 2");
    desk.is_honest();
    let late = desk.at("2026-12-01 00:00").by("li").run(withdraw).refuses("is in force");
    assert!(late.err().contains("docket policy edit policy/levels.yaml"), "{late}");
    desk.is_honest();
}

#[test]
fn of_a_file_that_is_adopted_for_several_days_one_is_named_and_a_newer_draft_stays() {
    let desk = adopted();
    let edit = |value: u8, day: &str| {
        let editor = format!("sed -i 's/at_risk: .*/at_risk: {value}/'");
        let line = format!("policy edit levels --next --on {day} --reason x");
        desk.at("09:02").by("zhang").env("VISUAL", &editor).run(&line).succeeds();
    };
    edit(70, "2027-01-01");
    desk.at("09:03").by("zhang").run("policy adopt levels").succeeds();
    edit(65, "2027-02-01");
    let withdraw = |line: &str| {
        let line = format!("policy adopt {line} --withdraw --reason x");
        desk.at("09:04").by("zhang").run(&line)
    };
    let refused = withdraw("levels").refuses("2026-12-01, 2027-01-01");
    assert!(
        refused.err().contains("docket policy adopt policy/levels.yaml --withdraw --on 2026-12-01")
    );
    withdraw("levels --on 2027-03-01").refuses("2026-12-01, 2027-01-01");
    withdraw("survey").refuses("policy/survey.yaml is not adopted");
    withdraw("levels --on 2027-01-01").says("2027-01-01 is withdrawn\n");
    assert!(desk.read(DRAFT).contains("at_risk: 65"));
    withdraw(ADOPTED).says("2026-12-01 is withdrawn\n");
    withdraw("levels").refuses("not adopted");
    let nothing = desk.at("09:05").by("zhang").run("policy adopt --withdraw --reason x");
    nothing.refuses("no file of rules is adopted");
    desk.is_honest();
}

#[test]
fn what_other_rules_need_on_a_day_to_come_is_not_taken_back() {
    let desk = Desk::new();
    let field = "  - id: field\n    name: Field\n    line: 2\n  - id: supplier";
    draft(&desk, "units", "  - id: supplier", field);
    desk.at("09:01").by("zhang").run("policy adopt units").succeeds();
    draft(&desk, "catalog", "unit: systems", "unit: field");
    desk.at("09:02").by("zhang").run("policy adopt catalog").succeeds();
    let tip = desk.head();
    let withdraw = |file: &str| {
        let line = format!("policy adopt {file} --withdraw --reason x");
        desk.at("09:03").by("zhang").run(&line)
    };
    withdraw("units").refuses("field");
    assert_eq!(desk.head(), tip);
    withdraw("catalog").succeeds();
    withdraw("units").succeeds();
    desk.is_honest();
}

#[test]
fn a_draft_that_is_in_the_way_is_shown_and_dropped_by_the_commands_that_are_told() {
    let desk = Desk::new();
    draft(&desk, "levels", "respond: 1wd", "respond: 6wh");
    let lead = |line: &str| desk.at("09:02").by("zhang").run(line);
    let listed = lead("policy show").out();
    let row = listed.lines().find(|line| line.starts_with(DRAFT)).unwrap();
    assert_eq!(
        row.split_whitespace().skip(1).collect::<Vec<_>>(),
        ["2", "draft", "for", "2026-12-01"]
    );
    // a text that goes on from what is in force knows nothing of the draft
    let again = "policy edit levels --next --on 2026-12-08 --from ../levels.yaml --reason x";
    let told = lead(again).refuses("a draft of policy/levels.yaml is there already").err();
    let (show, _) = told.split_once(" shows the draft").unwrap();
    let (_, show) = show.rsplit_once("docket ").unwrap();
    assert!(lead(show).succeeds().out().contains("respond: 6wh"));
    let drop = "policy edit policy/levels.yaml --drop --reason";
    assert!(told.contains(&format!("docket {drop} TEXT")), "{told}");
    desk.at("09:02").by("chen").run(&format!("{drop} x")).refuses("team lead");
    lead("policy edit levels --drop").usage("--reason");
    lead(&format!("{drop} 'no longer wanted'")).says("is dropped");
    let message = desk.git(["log", "-1", "--format=%B"]);
    let told = "policy next/levels.yaml: dropped\n\nreason: no longer wanted\n";
    assert!(message.starts_with(told), "{message}");
    lead(&format!("{drop} x")).refuses("there is no draft");
    lead(again).says("before that day");
    desk.is_honest();
    lead("policy adopt levels").succeeds();
    assert!(lead("policy show").out().contains("in force from 2026-12-08"));
    // what was a draft is taken back as the adoption that it is
    let told = lead(&format!("{drop} x")).refuses("it was adopted for 2026-12-08").err();
    let back = "policy adopt policy/levels.yaml --withdraw --reason";
    assert!(told.contains(&format!("docket {back} TEXT")), "{told}");
    lead(&format!("{back} x")).succeeds();
    let told = lead("policy adopt levels --reason x").usage("why an adoption is withdrawn").err();
    assert!(told.contains("docket policy adopt levels\n"), "{told}");
    lead("policy adopt --reason x").usage("docket policy adopt FILE");
    lead("policy adopt levels").succeeds();
    let again = "policy edit levels --next --on 2026-12-15 --from ../levels.yaml --reason x";
    desk.write("../levels.yaml", desk.read("policy/adopted/2026-12-08/levels.yaml") + "# more\n");
    lead(again).succeeds();
    lead("policy adopt levels").succeeds();
    let several = "policy adopt policy/levels.yaml --withdraw --on 2026-12-08 --reason TEXT";
    assert!(lead(&format!("{drop} x")).refuses("2026-12-15").err().contains(several));
}

#[test]
fn a_file_is_shown_with_what_waits_to_replace_it_and_one_value_of_that() {
    let desk = Desk::new();
    let show = |what: &str| desk.at("09:05").run(&format!("policy show {what}"));
    assert_eq!(show("levels").succeeds().err(), "");
    draft(&desk, "levels", "respond: 1wd", "respond: 6wh");
    let waits = format!(
        "a draft of policy/levels.yaml for 2026-12-01 is not adopted yet: docket policy show {DRAFT}\n"
    );
    assert_eq!(show("levels").succeeds().err(), waits);
    assert_eq!(show("levels --as-of 2026-11-30").succeeds().err(), "");
    assert_eq!(show("survey").succeeds().err(), "");
    for of in ["next/levels", "policy/next/levels"] {
        assert_eq!(show(&format!("{of}.limits.general.respond")).out(), "6wh\n", "{of}");
        assert_eq!(show(of).out(), desk.read(DRAFT));
    }
    show("next/levels.limits.generl").usage("general, major, urgent");
    assert_eq!(show("next/levels.at_risk --json").json()["path"], DRAFT);
    desk.at("09:06").by("zhang").run("policy adopt levels").succeeds();
    let waits =
        format!("policy/levels.yaml was adopted for 2026-12-01: docket policy show {ADOPTED}\n");
    assert_eq!(show("levels").succeeds().err(), waits);
    assert_eq!(show("adopted/2026-12-01/levels.limits.general.respond").out(), "6wh\n");
    assert_eq!(show(DRAFT).refuses("there is no draft").out(), "");
    // of a file that is not there yet as well
    desk.write("../agreements.yaml", AGREEMENTS);
    let edit = "policy edit agreements --next --on 2026-12-15 --from ../agreements.yaml --reason x";
    desk.at("09:07").by("zhang").run(edit).succeeds();
    show("agreements").refuses("docket policy show policy/next/agreements.yaml");
}

#[test]
fn a_fault_in_a_draft_is_told_with_the_line_that_its_author_sees() {
    let desk = Desk::new();
    let text = desk.read(LEVELS).replace("ack: 4wh", "ack: 4x");
    let text: Vec<&str> = text.lines().filter(|line| !line.contains("approved_by")).collect();
    let line = text.iter().position(|line| line.contains("4x")).unwrap() + 1;
    desk.write("../levels.yaml", text.join("\n") + "\n");
    let edit = "policy edit levels --next --on 2026-12-01 --from ../levels.yaml --reason x";
    let refused = |shown: &str| {
        let told =
            desk.at("09:01").by("zhang").run(edit).refuses(&format!("{DRAFT}: line {line},"));
        let (_, show) =
            told.err().rsplit_once("docket ").map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
        assert_eq!(show.trim(), format!("policy show {shown}"));
        desk.at("09:01").run(show.trim()).succeeds();
    };
    refused(LEVELS);
    desk.write("../draft.yaml", text.join("\n").replace("ack: 4x", "ack: 3wh") + "\n");
    desk.at("09:02").by("zhang").run(&edit.replace("../levels", "../draft")).succeeds();
    let head = desk.read(DRAFT);
    assert!(head.contains("approved_by: ''"), "{head}");
    let text = head.replace("ack: 3wh", "ack: 4x");
    desk.write("../levels.yaml", &text);
    let line = text.lines().position(|line| line.contains("4x")).unwrap() + 1;
    let told = desk.at("09:03").by("zhang").run(edit).refuses(&format!("{DRAFT}: line {line},"));
    assert!(told.err().contains(&format!("docket policy show {DRAFT}")), "{told}");
}

#[test]
fn a_dropped_draft_that_no_command_makes_is_found() {
    let dropped = |who: &str| {
        let desk = Desk::new();
        draft(&desk, "levels", "respond: 1wd", "respond: 6wh");
        let parent = desk.head();
        desk.at("09:05").by("zhang").run("policy edit levels --drop --reason x").succeeds();
        let message = desk.git(["log", "-1", "--format=%B"]);
        desk.git(["reset", "-q", "--soft", &parent]);
        let message = message.replace("By: zhang", &format!("By: {who}"));
        by_hand(&desk, who, &["commit", "-q", "-m", &message]);
        desk
    };
    assert!(errors(&dropped("zhang")).is_empty());
    assert!(errors(&dropped("chen")).contains(&"H20".to_owned()));
    let desk = dropped("zhang");
    amended(&desk, "policy/survey.yaml", "sample: 20", "sample: 30");
    assert!(errors(&desk).contains(&"H05".to_owned()), "{:?}", errors(&desk));
}

#[test]
fn adopted_rules_that_hold_and_are_deleted_with_plain_git_are_found() {
    let desk = adopted();
    let later = "2026-12-02T09:00:00+08:00";
    desk.git(["rm", "-rq", "policy/adopted"]);
    let mut git = desk.at("2026-12-02 09:00").by("zhang").shell("git");
    git.args(["commit", "-q", "-m", "tidy"]);
    assert!(
        git.env("GIT_COMMITTER_DATE", later)
            .env("GIT_AUTHOR_DATE", later)
            .status()
            .unwrap()
            .success()
    );
    let told = desk.at("2026-12-02 09:01").run("audit --lang en").out();
    assert!(told.contains("H04") && told.contains(ADOPTED), "{told}");
}

#[test]
fn a_withdrawal_that_no_command_makes_is_found() {
    let withdrawn = || {
        let desk = adopted();
        let line = "policy adopt levels --withdraw --reason x";
        desk.at("09:02").by("zhang").run(line).succeeds();
        desk
    };
    let desk = withdrawn();
    amended(&desk, DRAFT, "respond: 6wh", "respond: 7wh");
    assert_eq!(errors(&desk), ["H05"]);
    let desk = withdrawn();
    desk.git(["rm", "-qf", DRAFT]);
    desk.git(["commit", "-q", "--amend", "--no-edit"]);
    assert_eq!(errors(&desk), ["H05"]);
    let desk = withdrawn();
    amended(&desk, "policy/survey.yaml", "sample: 20", "sample: 30");
    assert!(errors(&desk).contains(&"H05".to_owned()), "{:?}", errors(&desk));
    // by somebody who may not, in the words of the command
    let desk = adopted();
    let parent = desk.head();
    let line = "policy adopt levels --withdraw --reason x";
    desk.at("09:05").by("zhang").run(line).succeeds();
    let message = desk.git(["log", "-1", "--format=%B"]).replace("By: zhang", "By: chen");
    desk.git(["reset", "-q", "--soft", &parent]);
    by_hand(&desk, "chen", &["commit", "-q", "-m", &message]);
    assert!(errors(&desk).contains(&"H20".to_owned()), "{:?}", errors(&desk));
    // after its day
    let desk = adopted();
    desk.git(["rm", "-q", ADOPTED]);
    let message =
        message.replace("By: chen", "By: zhang").replace("2026-11-23T09:05", "2026-12-01T09:05");
    let when = "2026-12-01T09:05:00+08:00";
    let mut git = desk.at("09:05").by("zhang").shell("git");
    git.args(["commit", "-q", "-m", &message]);
    git.env("GIT_COMMITTER_DATE", when).env("GIT_AUTHOR_DATE", when);
    assert!(git.status().unwrap().success());
    assert!(errors(&desk).contains(&"H19".to_owned()), "{:?}", errors(&desk));
}

#[test]
fn an_overdue_draft_counts_against_no_new_one() {
    let desk = Desk::new();
    let units = desk.read("policy/units.yaml");
    desk.write("../units.yaml", units.split_once("- id: supplier").unwrap().0);
    let drop = "policy edit units --next --on 2026-11-25 --from ../units.yaml --reason x";
    desk.at("09:00").by("zhang").run(drop).succeeds();
    let catalog = desk.read("policy/catalog.yaml");
    desk.write("../catalog.yaml", catalog.replace("unit: systems", "unit: supplier"));
    let late = "policy edit catalog --next --on 2026-12-01 --from ../catalog.yaml --reason x";
    desk.at("09:01").by("zhang").run(late).refuses("supplier");
    desk.at("2026-11-26 09:00").by("zhang").run(late).succeeds();
}

#[test]
fn whoever_wrote_a_draft_is_its_author_by_the_addresses_of_then() {
    let desk = Desk::new();
    desk.at("08:10").by("zhang").run("people change li --role team_lead").succeeds();
    let two = "people change zhang --email zhang@example.com --email zhang@home.example";
    desk.at("08:11").by("zhang").run(two).succeeds();
    draft(&desk, "levels", "respond: 1wd", "respond: 6wh");
    let other = "people change zhang --email zhang@home.example";
    desk.at("09:01").by("li").run(other).succeeds();
    let zhang = desk.at("09:02").by("zhang").env("GIT_AUTHOR_EMAIL", "zhang@home.example");
    zhang.run("policy adopt levels").refuses("is your own");
}

#[test]
fn an_adoption_that_no_command_makes_is_found() {
    let desk = adopted();
    assert_eq!(errors(&desk), [""; 0]);
    for (old, new, codes) in [
        ("approved_by: zhang", "approved_by: li", &["H05"][..]),
        ("respond: 6wh", "respond: 7wh", &["H05"]),
        ("version: 2", "version: 9", &["H05"]),
    ] {
        let desk = desk.copy();
        amended(&desk, ADOPTED, old, new);
        assert_eq!(errors(&desk), codes, "{new}");
    }
    let two = Desk::new();
    two.at("08:10").by("zhang").run("people change li --role team_lead").succeeds();
    draft(&two, "levels", "respond: 1wd", "respond: 6wh");
    two.at("09:01").by("li").run("policy adopt levels").succeeds();
    let message = two.git(["log", "-1", "--format=%B"]).replace("By: li", "By: zhang");
    amended(&two, ADOPTED, "approved_by: 李雷", "approved_by: zhang");
    let author = "--author=zhang <zhang@example.com>";
    two.git([
        "commit",
        "-q",
        "--amend",
        "--date=2026-11-23T09:01:00+08:00",
        author,
        "-m",
        &message,
    ]);
    assert!(errors(&two).contains(&"H19".to_owned()), "{:?}", errors(&two));
}

#[test]
fn a_file_put_among_the_adopted_ones_by_hand_is_found_and_one_taken_away_is_not() {
    let desk = Desk::new();
    let text = desk.read(LEVELS).replace("2026-11-23", "2026-12-01");
    desk.write(ADOPTED, &text);
    desk.git(["add", "."]);
    by_hand(&desk, "zhang", &["commit", "-q", "-m", "by hand"]);
    assert_eq!(errors(&desk), ["H04"]);
    // the roster has no rules of a day
    let desk = Desk::new();
    desk.write("policy/adopted/2026-12-01/people.yaml", desk.read("policy/people.yaml"));
    desk.git(["add", "."]);
    by_hand(&desk, "zhang", &["commit", "-q", "-m", "by hand"]);
    assert_eq!(errors(&desk), ["H04"]);
    let desk = adopted();
    by_hand(&desk, "zhang", &["revert", "--no-edit", "HEAD"]);
    assert!(desk.path(DRAFT).exists() && !desk.path(ADOPTED).exists());
    assert_eq!(errors(&desk), [""; 0]);
    let message =
        "policy levels.yaml: version 2 from 2026-12-01\n\ndraft by zhang\n\nDocket-Action: policy";
    desk.git(["mv", DRAFT, LEVELS, "-f"]);
    by_hand(&desk, "zhang", &["commit", "-q", "-m", message]);
    assert!(!errors(&desk).is_empty());
}

#[test]
fn an_agreement_that_is_adopted_for_the_middle_of_a_month_moves_no_promise_that_was_made() {
    let desk = Desk::new();
    desk.write("../agreements.yaml", AGREEMENTS);
    let edit = "policy edit agreements --next --on 2026-12-15 --from ../agreements.yaml --reason x";
    desk.at("09:00").by("zhang").run(edit).succeeds();
    desk.at("09:01").by("zhang").run("policy adopt agreements").says("from 2026-12-15");
    let opened = |time: &str| {
        desk.at(time)
            .by("chen")
            .run(&FAULT.replace("--expected-by 17:00", "--expected-by none"))
            .id()
    };
    let before = opened("2026-12-14 09:30");
    let due = promised(&desk, &before);
    desk.at("2026-12-14 10:00").run("policy show agreements").refuses("agreements.yaml");
    let agreed = "customer add acme --name ACME --agreement gold";
    let early = desk.at("2026-12-14 10:00").by("zhang").run(agreed);
    assert!(early.status() != Some(0) && early.err().contains("gold"), "{early}");
    desk.at("2026-12-15 08:00").by("zhang").run(agreed).succeeds();
    let after = opened("2026-12-15 09:30");
    assert_eq!(desk.record(&after)["status"]["agreement"]["version"], 2);
    assert_eq!(promised(&desk, &before), due);
    assert_eq!(desk.record(&before)["status"]["agreement"], Value::Null);
    desk.is_honest();
}

#[test]
fn the_hook_stops_a_file_that_somebody_puts_among_the_adopted_ones() {
    let desk = Desk::new();
    desk.write(ADOPTED, desk.read(LEVELS).replace("2026-11-23", "2026-12-01"));
    desk.git(["add", "."]);
    desk.at("09:00").by("zhang").run("hook run pre-commit").finds(&format!("H04  {ADOPTED}"));
}

#[test]
fn a_shallow_clone_says_that_it_cannot_tell_who_wrote_a_draft() {
    let desk = Desk::new();
    draft(&desk, "levels", "respond: 1wd", "respond: 6wh");
    let shallow = Desk::nowhere();
    let url = format!("file://{}", desk.path("").display());
    shallow.git(["clone", "-q", "--depth", "1", &url, "."]);
    let ran = shallow.at("09:05").by("zhang").run("policy adopt levels");
    assert_eq!(ran.status(), Some(3), "{ran}");
    assert!(ran.err().contains("unshallow"), "{ran}");
    desk.at("09:05").by("zhang").run("policy adopt levels").succeeds();
    let cut = Desk::nowhere();
    cut.git(["clone", "-q", "--depth", "2", &url, "."]);
    assert_eq!(errors(&cut), [""; 0]);
}

#[test]
fn a_draft_by_somebody_who_may_not_change_rules_is_found() {
    let desk = Desk::new();
    let text = desk.read(LEVELS).replace("2026-11-23", "2026-12-01");
    desk.write(DRAFT, &text);
    desk.git(["add", "."]);
    by_hand(&desk, "chen", &["commit", "-q", "-m", "by hand"]);
    assert_eq!(errors(&desk), ["H20"]);
    let desk = Desk::new();
    desk.write(DRAFT, &text);
    desk.git(["add", "."]);
    by_hand(&desk, "zhang", &["commit", "-q", "-m", "by hand"]);
    assert_eq!(errors(&desk), [""; 0]);
    desk.at("09:30").by("zhang").run("policy adopt levels").says("from 2026-12-01");
    assert_eq!(errors(&desk), [""; 0]);
}

#[test]
fn a_step_that_is_dated_before_the_day_does_not_bring_back_the_rules_before_it() {
    let desk = adopted();
    desk.at("2026-12-01 09:00")
        .by("zhang")
        .run("policy set survey.sample 30 --reason x")
        .succeeds();
    let id = desk.at("2026-11-30 09:30").by("chen").run(REQUEST).id();
    let due = promised(&desk, &id);
    assert!(due.contains("2026-11-30T17:00"), "{due}");
    assert_eq!(errors(&desk), [""; 0]);
}

/// Two clones of a desk whose leads are zhang and li, with drafts of two files.
fn two() -> [Desk; 2] {
    let one = Desk::new();
    one.at("08:10").by("zhang").run("people change li --role team_lead").succeeds();
    draft(&one, "levels", "respond: 1wd", "respond: 6wh");
    draft(&one, "survey", "sample: 20", "sample: 30");
    one.git(["init", "-q", "--bare", "../door.git"]);
    one.git(["remote", "add", "origin", "../door.git"]);
    one.at("09:00").by("zhang").run("sync").succeeds();
    let other = Desk::clone_of(&one.path("../door.git").canonicalize().unwrap());
    [one, other]
}

/// Both meet without anybody's hand, hold the same, and the audit finds no error.
fn meet([one, other]: [&Desk; 2], time: &str) {
    for desk in [one, other, one] {
        desk.at(time).by("zhang").run("sync").succeeds();
    }
    assert_eq!(one.head(), other.head());
    for desk in [one, other] {
        assert_eq!(desk.status(), "");
        desk.is_honest();
    }
}

#[test]
fn clones_that_adopt_two_files_or_one_at_once_meet_without_a_hand_and_hold_the_same_rules() {
    for (ours, theirs) in [("levels", "survey"), ("levels", "levels")] {
        let [one, other] = two();
        one.at("09:10").by("li").run(&format!("policy adopt {ours}")).succeeds();
        let zhang = format!("policy edit {theirs} --next --from ../{theirs}.yaml --reason x");
        let text = other.read(&format!("policy/next/{theirs}.yaml"));
        other.write(&format!("../{theirs}.yaml"), text + "# read through\n");
        other.at("09:09").by("li").run(&zhang).succeeds();
        if ours != theirs {
            other.at("09:11").by("zhang").run(&format!("policy adopt {theirs}")).succeeds();
        }
        meet([&one, &other], "09:20");
        for desk in [&one, &other] {
            assert_eq!(desk.at("2026-11-30 23:59").run(RESPOND).out(), "1wd\n");
            assert_eq!(desk.at("2026-12-01 00:00").run(RESPOND).out(), "6wh\n");
            let sample = desk.at("2026-12-01 00:00").run("policy show survey.sample").out();
            assert_eq!(sample, if theirs == "survey" { "30\n" } else { "20\n" });
        }
        // what was adopted meanwhile and written on is a draft again
        assert_eq!(one.path(DRAFT).exists(), ours == theirs);
    }
}

#[test]
fn an_adoption_that_one_clone_takes_back_is_taken_back_in_the_other() {
    let [one, other] = two();
    one.at("09:10").by("li").run("policy adopt levels").succeeds();
    meet([&one, &other], "09:15");
    one.at("09:20").by("li").run("policy adopt levels --withdraw --reason x").succeeds();
    other.at("09:20").by("chen").run(REQUEST).succeeds();
    meet([&one, &other], "09:30");
    for desk in [&one, &other] {
        assert!(desk.path(DRAFT).exists() && !desk.path(ADOPTED).exists());
        assert_eq!(desk.at("2026-12-01 09:00").run(RESPOND).out(), "1wd\n");
    }
}

#[test]
fn who_dropped_a_draft_that_another_clone_adopted_hears_of_it() {
    let [one, other] = two();
    one.at("09:10").by("zhang").run("policy edit levels --drop --reason x").succeeds();
    other.at("09:10").by("li").run("policy adopt levels").succeeds();
    other.at("09:11").by("li").run("sync").succeeds();
    let told = one.at("09:12").by("zhang").run("sync --lang en").succeeds();
    let line =
        format!("policy/levels.yaml was adopted for 2026-12-01: docket policy show {ADOPTED}");
    assert!(told.out().contains(&line), "{told}");
    meet([&one, &other], "09:20");
}

#[test]
fn a_draft_that_one_clone_dropped_and_another_changed_stays_and_both_hear_of_it() {
    let line = "the draft of policy/levels.yaml was dropped in one clone and changed in another, so it \
                is still there: docket policy show policy/next/levels.yaml";
    let drop = "policy edit levels --drop --reason x";
    let sync = |desk: &Desk, time: &str| desk.at(time).by("zhang").run("sync").succeeds().out();
    for is_dropped_first in [true, false] {
        let [one, other] = two();
        one.at("09:10").by("zhang").run(drop).succeeds();
        other.write("../levels.yaml", other.read(DRAFT).replace("respond: 6wh", "respond: 5wh"));
        let edit = "policy edit levels --next --from ../levels.yaml --reason x";
        other.at("09:10").by("li").run(edit).succeeds();
        let [first, second] = if is_dropped_first { [&one, &other] } else { [&other, &one] };
        let told = sync(first, "09:11");
        assert!(!told.contains("draft"), "{told}");
        for desk in [second, first] {
            let told = sync(desk, "09:12");
            assert!(told.contains(line), "{told}");
        }
        assert!(!sync(second, "09:13").contains("draft"));
        one.at("09:14").by("zhang").run(drop).succeeds();
        meet([&one, &other], "09:15");
        assert!(!one.path(DRAFT).exists());
        // another draft than the one that was dropped is none that stays
        draft(&one, "levels", "respond: 1wd", "respond: 4wh");
        other.at("09:15").by("chen").run(REQUEST).succeeds();
        sync(&one, "09:16");
        let told = sync(&other, "09:17");
        assert!(!told.contains("still there"), "{told}");
        meet([&one, &other], "09:20");
    }
    // nor one that was adopted meanwhile: that is told as such
    let [one, other] = two();
    one.at("09:10").by("li").run("policy adopt levels").succeeds();
    other.write("../levels.yaml", other.read(DRAFT).replace("respond: 6wh", "respond: 5wh"));
    other
        .at("09:10")
        .by("li")
        .run("policy edit levels --next --from ../levels.yaml --reason x")
        .succeeds();
    sync(&one, "09:11");
    let told = sync(&other, "09:12");
    assert!(told.contains("was adopted") && !told.contains("still there"), "{told}");
}

#[test]
fn one_draft_that_two_leads_adopt_at_once_is_adopted_once() {
    let [one, other] = two();
    one.at("08:15").by("zhang").run("people change chen --role team_lead").succeeds();
    meet([&one, &other], "09:05");
    one.at("09:10").by("li").run("policy adopt levels").succeeds();
    other.at("09:10").by("chen").run("policy adopt levels").succeeds();
    meet([&one, &other], "09:20");
    let text = one.read(ADOPTED);
    assert_eq!(text.matches("approved_by").count(), 1, "{text}");
    assert!(!one.path(DRAFT).exists());
}
