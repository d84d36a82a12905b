//! Visits to the customer: what is promised, done, signed and archived, and what no step of it lets
//! through (R68–R70, P2–P6).

use serde_json::Value;

use crate::{
    desk::{Desk, Ran, tail},
    terminal::{ENTER, Typist},
};

const PLAN: &str = "visit plan ID --window 14:00..16:00 --engineer li --address 'Harbour Street 5' \
                    --reason 'the switch has no power'";
const DONE: &str = "visit done ID --work 'changed the power supply' --result 'the switch works' \
                    --conduct clean --devices none";
const SIGN: &str = "visit sign ID --by 'Ms Wang' --opinion 5";

/// The steps of a visit that keeps its promise: when, by whom, the command, the state it leads to.
const WAY: &[(&str, &str, &str, &str)] = &[
    ("10:00", "chen", PLAN, "planned"),
    ("13:30", "li", "visit depart ID", "departed"),
    ("14:20", "li", "visit arrive ID", "arrived"),
    ("15:10", "li", DONE, "done"),
    ("15:12", "li", SIGN, "signed"),
    ("16:40", "li", "visit hand-in ID", "handed_in"),
    ("17:00", "chen", "visit archive ID", "archived"),
];

/// A fault that li works on, with a visit in a state.
pub(crate) fn visit_in(state: &str) -> (Desk, String) {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    for (time, who, line, reached) in WAY {
        step(&desk, &id, (time, who, line)).succeeds();
        if *reached == state {
            break;
        }
    }
    assert_eq!(visit(&desk, &id, 0)["state"], state);
    (desk, id)
}

pub(crate) fn step<'d>(desk: &'d Desk, id: &str, (time, who, line): (&str, &str, &str)) -> Ran<'d> {
    desk.at(time).by(who).run(&line.replace("ID", id))
}

pub(crate) fn visit(desk: &Desk, id: &str, place: usize) -> Value {
    desk.record(id)["status"]["visits"][place].clone()
}

#[test]
fn a_visit_goes_from_the_promise_to_the_archive_one_commit_a_step() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    for (time, who, line, state) in WAY {
        let before = desk.commits();
        step(&desk, &id, (time, who, line)).succeeds();
        assert_eq!(desk.commits(), before + 1, "{line}");
        assert_eq!(desk.trailer("Docket-Action"), "visit", "{line}");
        assert_eq!(visit(&desk, &id, 0)["state"], *state);
    }
    let told = visit(&desk, &id, 0);
    assert_eq!(told["window"]["from"], "2026-11-23T14:00:00+08:00");
    assert_eq!(told["window"]["until"], "2026-11-23T16:00:00+08:00");
    assert_eq!(told["arrived_at"], "2026-11-23T14:20:00+08:00");
    assert_eq!(told["work"]["left_at"], "2026-11-23T15:10:00+08:00");
    assert_eq!(told["signature"]["opinion"], "very_satisfied");
    assert_eq!(told["need"], desk.record(&id)["status"]["need"]);
    assert_eq!(desk.record(&id)["status"]["support"], "onsite");
    desk.is_honest();
}

#[test]
fn no_step_of_a_visit_is_skipped_and_none_is_taken_twice() {
    for (before, later) in WAY.iter().zip(&WAY[1..]).map(|(step, next)| (step.3, next.3)) {
        let (desk, id) = visit_in(before);
        for (_, _, line, reached) in &WAY[1..] {
            if *reached == later {
                continue;
            }
            let who = if *reached == "archived" { "chen" } else { "li" };
            step(&desk, &id, ("18:00", who, line)).refuses("is possible only of one that is");
        }
    }
}

#[test]
fn no_step_of_a_visit_is_told_for_a_time_before_the_one_that_it_follows() {
    for (state, line, who) in [
        ("departed", "visit arrive ID --at 13:29", "li"),
        ("departed", "visit miss ID --reason 'flat tyre' --at 13:29", "li"),
        (
            "arrived",
            "visit done ID --work w --result r --conduct clean --devices none --at 14:19",
            "li",
        ),
        ("done", "visit sign ID --by 'Ms Wang' --opinion 5 --at 15:09", "li"),
        ("signed", "visit hand-in ID --at 15:11", "li"),
        ("handed_in", "visit archive ID --at 16:39", "chen"),
    ] {
        let (desk, id) = visit_in(state);
        let line = format!("{line} --late-because 'was on the road'");
        step(&desk, &id, ("17:10", who, &line)).refuses("lies before");
    }
}

#[test]
fn nothing_is_resolved_before_the_customer_signed_nor_closed_before_the_form_is_archived() {
    let (desk, id) = visit_in("done");
    let resolve = "resolve ID --result 'switch works' --cause 'power supply' --code fixed";
    step(&desk, &id, ("15:11", "li", resolve))
        .refuses("the form of visit 1 is not signed")
        .and("docket visit sign");
    step(&desk, &id, ("15:11", "zhang", "cancel ID --mistake 'not ours'"))
        .refuses("the form of visit 1 is not signed");
    step(&desk, &id, ("15:12", "li", SIGN)).succeeds();
    let other = desk.fault();
    for end in ["cancel ID --mistake 'not ours'", "merge ID --into OTHER --reason same"] {
        let end = end.replace("OTHER", &other);
        step(&desk, &id, ("15:13", "zhang", &end)).refuses("the form of visit 1 is not archived");
    }
    step(&desk, &id, ("15:20", "li", resolve)).succeeds();
    step(&desk, &id, ("16:00", "chen", "confirm ID --with 'Ms Wang' --satisfaction 5")).succeeds();
    let close = ("16:30", "zhang", "close ID");
    step(&desk, &id, close).refuses("the form of visit 1 is not archived").and("visit hand-in");
    step(&desk, &id, ("16:31", "li", "visit hand-in ID")).succeeds();
    step(&desk, &id, close).refuses("the form of visit 1 is not archived").and("visit archive");
    step(&desk, &id, ("16:32", "chen", "visit archive ID")).succeeds();
    step(&desk, &id, close).succeeds();
    desk.is_honest();
}

#[test]
fn the_customer_signs_and_nobody_of_the_team_does() {
    let (desk, id) = visit_in("done");
    for staff in ["李雷", "li", "陈静"] {
        let line = format!("visit sign ID --by {staff} --opinion 5");
        step(&desk, &id, ("15:12", "li", &line))
            .refuses("a team member cannot answer for the customer");
    }
    step(&desk, &id, ("15:12", "li", "visit sign ID --opinion 5")).usage("--by");
    step(&desk, &id, ("15:12", "li", "visit sign ID --by 'Ms Wang'")).usage("--opinion");
    let both = "visit sign ID --by 'Ms Wang' --opinion 5 --refused 'she left'";
    step(&desk, &id, ("15:12", "li", both)).usage("--refused");
    let refused = "visit sign ID --refused 'nobody was left in the shop'";
    step(&desk, &id, ("15:12", "li", refused)).succeeds();
    let signature = &visit(&desk, &id, 0)["signature"];
    assert_eq!(signature["refused"], "nobody was left in the shop");
    assert!(signature["by"].is_null() && signature["opinion"].is_null(), "{signature}");
}

#[test]
fn whoever_is_not_content_with_a_visit_says_why_and_a_complaint_is_opened() {
    let (desk, id) = visit_in("done");
    let sign = "visit sign ID --by 'Ms Wang' --opinion 2";
    step(&desk, &id, ("15:12", "li", sign)).refuses("--comment");
    let sign = format!("{sign} --comment 'it took three hours'");
    step(&desk, &id, ("15:12", "li", &sign)).says("complaint");
    let listed = desk.at("15:13").run("list --kind complaint --json").json();
    let complaint = &listed["records"][0];
    assert_eq!(complaint["intake"]["complaint"]["trigger"], "callback");
    assert_eq!(complaint["intake"]["complaint"]["about"]["record"], *id);
    // whoever made the visit stays off it, whoever entered the word (R93)
    assert_eq!(complaint["intake"]["complaint"]["against"], "li");
    assert_eq!(complaint["intake"]["channel"], "onsite");
    assert_eq!(complaint["status"]["desk_owner"], desk.record(&id)["status"]["desk_owner"]);
    desk.is_honest();
}

#[test]
fn a_word_for_none_is_nobodys_name_and_nobody_allowed_anything() {
    for none in ["none", "no", "'not used'", "无", "否", "没有", "未使用"] {
        let (desk, id) = visit_in("arrived");
        let people = desk.people().len();
        let done = DONE.replace("--devices none", &format!("--devices {none}"));
        step(&desk, &id, ("15:10", "li", &done)).succeeds();
        let work = visit(&desk, &id, 0)["work"].clone();
        assert!(work["devices_allowed_by"].is_null(), "{none}: {work}");
        assert_eq!(desk.people().len(), people, "{none}");
    }
}

#[test]
fn an_engineer_sees_their_own_visits_and_forms_among_their_duties_and_first_on_the_board() {
    let (desk, id) = visit_in("signed");
    let mine = |who: &str| {
        let due = desk.at("15:20").by(who).run("due --mine --json").json();
        let visits = due["due"].as_array().unwrap().iter().filter(|it| it["what"] == "visit");
        visits.count()
    };
    assert_eq!((mine("li"), mine("chen"), mine("zhang")), (1, 0, 0));
    desk.at("15:20").by("li").run("").says("visit 1: hand the form in");
    step(&desk, &id, ("16:40", "li", "visit hand-in ID")).succeeds();
    assert_eq!(mine("li"), 1, "the matter is with them, and the desk archives the form");
}

#[test]
fn at_a_terminal_what_stands_against_a_step_of_a_visit_is_told_before_anything_is_asked() {
    let (desk, id) = visit_in("planned");
    for line in ["visit done ID", "visit sign ID", "visit arrive ID", "remote end ID"] {
        let line = line.replace("ID", &id);
        let mut typist = Typist::at(desk.at("13:00").by("li").command(&line), 80);
        let (status, screen) = typist.end();
        assert_eq!(status, 1, "{line}: {screen}");
        assert!(!screen.contains("work done:") && !screen.contains("steps taken:"), "{screen}");
    }
    let other = desk.fault_in("in_progress");
    let mut typist = Typist::at(desk.at("13:30").by("li").command("visit depart"), 80);
    typist.sees(&tail(&id));
    assert!(!typist.text().contains(&tail(&other)), "{}", typist.text());
    typist.types(ENTER);
    assert_eq!(typist.end().0, 0);
    assert_eq!(visit(&desk, &id, 0)["state"], "departed");
}

#[test]
fn a_form_says_why_it_was_late_what_is_left_open_that_nobody_signed_and_that_nobody_came() {
    let (desk, id) = visit_in("departed");
    let print = || desk.at("17:00").run(&format!("report visit-form {id}"));
    step(&desk, &id, ("16:20", "li", "visit arrive ID --reason 'closed bridge'")).succeeds();
    let done = format!("{DONE} --left-open 'the second fan'");
    step(&desk, &id, ("16:40", "li", &done)).succeeds();
    print()
        .says("P4 missing an appointment: closed bridge")
        .says("| Why it was late | closed bridge |")
        .says("| Left open | the second fan |");
    let refused = step(&desk, &id, ("16:41", "li", "visit sign ID --refused 'he waited'"));
    refused.says("visit form refused");
    desk.at("16:42").run(&format!("visit list {id}")).says("not signed");
    desk.at("16:42").run(&format!("show {id}")).says("not signed");
    desk.is_honest();
    let (desk, id) = visit_in("departed");
    step(&desk, &id, ("16:20", "li", "visit miss ID --reason 'flat tyre'")).succeeds();
    let form = desk.at("17:00").run(&format!("report visit-form {id}"));
    let form = form.says("| State | missed: flat tyre |");
    assert!(!form.out().contains('☐'), "{form}");
}

#[test]
fn late_or_missed_without_telling_before_the_window_is_a_missed_appointment() {
    let broken =
        "this breaks P4 missing an appointment; to open a complaint: docket open complaint";
    let told = "--told 'Ms Wang' --told-at";
    for (line, is_broken) in [
        ("visit arrive ID --reason 'closed bridge'".to_owned(), true),
        (format!("visit arrive ID --reason 'closed bridge' {told} 14:00"), true),
        (format!("visit arrive ID --reason 'closed bridge' {told} 13:59"), false),
        ("visit miss ID --reason 'flat tyre'".to_owned(), true),
        (format!("visit miss ID --reason 'flat tyre' {told} 15:00"), true),
        (format!("visit miss ID --reason 'flat tyre' {told} 13:40"), false),
    ] {
        let (desk, id) = visit_in("departed");
        let ran = step(&desk, &id, ("16:01", "li", &line)).succeeds();
        assert_eq!(ran.err().contains(broken) || ran.out().contains(broken), is_broken, "{ran}");
    }
    let (desk, id) = visit_in("departed");
    step(&desk, &id, ("16:01", "li", "visit arrive ID")).refuses("--reason");
    let future = format!("visit arrive ID --reason x {told} 16:05");
    step(&desk, &id, ("16:01", "li", &future)).refuses("16:05");
    step(&desk, &id, ("16:00", "li", "visit arrive ID")).succeeds();
}

#[test]
fn a_window_is_ahead_and_ends_after_it_begins_and_one_visit_is_planned_at_a_time() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    for (window, why) in [
        ("09:00..10:30", "--window"),
        ("16:00..14:00", "the window ends"),
        ("14:00..14:00", "the window ends"),
    ] {
        let line = PLAN.replace("14:00..16:00", window);
        step(&desk, &id, ("10:30", "chen", &line)).refuses(why);
    }
    for window in ["14:00", "14:00-16:00", "soon..later", ".."] {
        let line = PLAN.replace("14:00..16:00", window);
        step(&desk, &id, ("10:30", "chen", &line)).usage("--window");
    }
    for (wrong, why) in [
        (PLAN.replace("--engineer li", "--engineer nobody"), "nobody"),
        (PLAN.replace(" --address 'Harbour Street 5'", ""), "--address"),
        (PLAN.replace(" --reason 'the switch has no power'", ""), "--reason"),
        (format!("{PLAN} --with 陈静"), "a team member"),
    ] {
        step(&desk, &id, ("10:30", "chen", &wrong)).refuses(why);
    }
    step(&desk, &id, ("10:30", "wu", PLAN)).refuses("wu");
    step(&desk, &id, ("10:30", "chen", PLAN)).says("14:00");
    step(&desk, &id, ("10:31", "chen", PLAN)).refuses("visit 1 is still").and("docket visit move");
    step(&desk, &id, ("13:30", "li", "visit depart ID")).succeeds();
    step(&desk, &id, ("13:31", "chen", PLAN))
        .refuses("visit 1 is still")
        .and("docket visit arrive");
}

#[test]
fn a_visit_is_moved_or_cancelled_only_as_agreed_and_before_its_window_ends() {
    let (desk, id) = visit_in("planned");
    let agreed = "--agreed-with 'Ms Wang' --reason 'she is away'";
    let moved = format!("visit move ID --window 16:00..18:00 {agreed}");
    step(&desk, &id, ("13:00", "wu", &moved))
        .refuses("it is the visit of 李雷 (li)")
        .and("or the desk do it");
    let same = format!("visit move ID --window 14:00..16:00 {agreed}");
    step(&desk, &id, ("13:00", "chen", &same)).usage("nothing to record").and("docket visit move");
    step(&desk, &id, ("13:00", "chen", "visit move ID --window 16:00..18:00 --reason x"))
        .usage("--agreed-with");
    step(&desk, &id, ("13:00", "chen", &moved)).succeeds();
    step(&desk, &id, ("13:01", "chen", &format!("visit move ID --engineer wu {agreed}")))
        .succeeds();
    let told = visit(&desk, &id, 0);
    assert_eq!(
        (&told["engineer"], &told["window"]["until"]),
        (&"wu".into(), &"2026-11-23T18:00:00+08:00".into())
    );
    step(&desk, &id, ("15:30", "li", "visit depart ID")).refuses("it is the visit of Wu Gang");
    let late = format!("visit move ID --window 19:00..20:00 {agreed}");
    for line in [late.as_str(), &format!("visit cancel ID {agreed}")] {
        step(&desk, &id, ("18:00", "chen", line))
            .refuses("the window that the customer was promised ended")
            .and("docket visit miss");
    }
    step(&desk, &id, ("17:59", "chen", &format!("visit cancel ID {agreed}"))).succeeds();
    let resolve = "resolve ID --result 'switch works' --cause 'power supply' --code fixed";
    step(&desk, &id, ("18:10", "li", resolve)).succeeds();
    desk.is_honest();
}

#[test]
fn an_engineer_is_at_one_customers_at_a_time() {
    let (desk, id) = visit_in("departed");
    let other = desk.at("13:31").by("chen").run(crate::desk::FAULT).id();
    desk.at("13:32").by("chen").run(&format!("ack {other} --reply-by +1h")).succeeds();
    let plan = PLAN.replace("14:00..16:00", "16:00..17:00");
    step(&desk, &other, ("13:33", "chen", &plan)).succeeds();
    step(&desk, &other, ("13:40", "li", "visit depart ID")).refuses(&id);
    step(&desk, &id, ("14:20", "li", "visit arrive ID")).succeeds();
    step(&desk, &other, ("15:00", "li", "visit depart ID")).refuses(&id);
    step(&desk, &id, ("15:10", "li", DONE)).succeeds();
    step(&desk, &other, ("15:11", "li", "visit depart ID")).succeeds();
}

#[test]
fn whoever_did_the_work_answers_for_conduct_and_devices() {
    let (desk, id) = visit_in("arrived");
    let both = format!("{DONE} --conduct 'P5:smoked'");
    step(&desk, &id, ("15:10", "li", &both)).usage("--conduct clean");
    for (left_out, flag) in [(" --conduct clean", "--conduct"), (" --devices none", "--devices")] {
        let line = DONE.replace(left_out, "");
        step(&desk, &id, ("15:10", "li", &line)).usage(flag);
    }
    for (conduct, named) in [("Q3:x", "Q3:x"), ("P3", "P3"), ("fine", "fine"), ("P3:", "P3:")] {
        let line = DONE.replace("clean", &format!("'{conduct}'"));
        step(&desk, &id, ("15:10", "li", &line)).usage(named);
    }
    let staff = DONE.replace("--devices none", "--devices 陈静");
    step(&desk, &id, ("15:10", "li", &staff))
        .refuses("a team member cannot answer for the customer");
    step(&desk, &id, ("15:10", "wu", DONE)).refuses("it is the visit of 李雷 (li)");
    let early = format!("{DONE} --left 14:10");
    step(&desk, &id, ("15:10", "li", &early)).refuses("14:10");
    let future = format!("{DONE} --left 15:11");
    step(&desk, &id, ("15:10", "li", &future)).refuses("15:11");

    let broken = DONE.replace("clean", "'P3:took a bottle of wine'").replace("none", "'Ms Wang'");
    let ran = step(&desk, &id, ("15:10", "li", &broken)).succeeds();
    let said = format!("{}{}", ran.out(), ran.err());
    let open = "docket open complaint TITLE --trigger misconduct --prohibition P3";
    assert!(said.contains("this breaks P3") && said.contains(open), "{said}");
    let work = &visit(&desk, &id, 0)["work"];
    assert_eq!(work["conduct"][0]["prohibition"], "P3");
    assert_eq!(work["devices_allowed_by"], desk.record(&id)["intake"]["contact"]);
}

#[test]
fn devices_that_nobody_allowed_to_use_were_used_all_the_same() {
    let (desk, id) = visit_in("arrived");
    let line = DONE.replace("clean", "'P6:made a call on their telephone'");
    step(&desk, &id, ("15:10", "li", &line)).succeeds();
    desk.at("15:11").run(&format!("show {id}")).says("customer's devices used: yes");
    let form = |lang: &str| desk.at("15:11").run(&format!("report visit-form {id} --lang {lang}"));
    form("en").says("used without permission");
    form("zh-CN").says("未经同意使用");
}

#[test]
fn chinese_words_answer_for_conduct_and_devices() {
    let (desk, id) = visit_in("arrived");
    let line = DONE.replace("clean", "遵守").replace("none", "无");
    step(&desk, &id, ("15:10", "li", &line)).succeeds();
    let work = &visit(&desk, &id, 0)["work"];
    assert_eq!(work["conduct"].as_array().unwrap().len(), 0);
    assert!(work["devices_allowed_by"].is_null());
}

#[test]
fn the_desk_archives_a_form_and_nobody_their_own() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    for (time, who, line, state) in &WAY[..6] {
        let line = line.replace("--engineer li", "--engineer zhang");
        let who = if *who == "li" { "zhang" } else { who };
        step(&desk, &id, (time, who, &line)).succeeds();
        assert_eq!(visit(&desk, &id, 0)["state"], *state);
    }
    step(&desk, &id, ("17:00", "li", "visit archive ID")).refuses("li");
    step(&desk, &id, ("17:00", "zhang", "visit archive ID"))
        .refuses("made the visit and cannot archive its form");
    step(&desk, &id, ("17:00", "chen", "visit archive ID")).succeeds();
    assert_eq!(visit(&desk, &id, 0)["archived_at"], "2026-11-23T17:00:00+08:00");
}

#[test]
fn the_desk_enters_what_an_engineer_tells_on_the_telephone() {
    let (desk, id) = visit_in("planned");
    step(&desk, &id, ("13:30", "chen", "visit depart ID"))
        .refuses("it is the visit of 李雷 (li)")
        .and("--on-behalf-of li --method phone");
    let told = "visit depart ID --on-behalf-of li --method phone";
    step(&desk, &id, ("13:30", "chen", told)).succeeds();
    let told = "visit arrive ID --on-behalf-of li --method phone";
    step(&desk, &id, ("14:20", "chen", told)).succeeds();
    desk.is_honest();
}

#[test]
fn a_form_is_due_by_the_rules_of_the_day_on_which_it_was_signed() {
    let (desk, id) = visit_in("done");
    let set = "policy set levels.visits.hand_in 1wd --reason 'forms got lost'";
    desk.at("15:11").by("zhang").run(set).succeeds();
    step(&desk, &id, ("15:12", "li", SIGN)).says("hand in by");
    let set = "policy set levels.visits.hand_in 3wd --reason 'too short'";
    desk.at("15:13").by("zhang").run(set).succeeds();
    let signature = &visit(&desk, &id, 0)["signature"];
    assert_eq!(signature["hand_in_due"], "2026-11-24T15:12:00+08:00");
    assert_eq!(signature["archive_due"], "2026-11-30T15:12:00+08:00");
    desk.is_honest();
}

#[test]
fn a_list_tells_the_visits_of_a_record_or_those_that_are_not_archived() {
    let (desk, id) = visit_in("signed");
    let form = format!("{id}-");
    let listed = desk.at("16:00").run("visit list --json").json();
    assert_eq!(listed["visits"][0]["record"], *id);
    assert!(listed["visits"][0]["form"].as_str().unwrap().starts_with(&form), "{listed}");
    desk.at("16:00").run("visit list").says("14:00–16:00").says("signed");
    desk.at("16:00").run("visit list --lang zh-CN").says("已签字");
    assert_eq!(desk.at("16:00").run("visit list -q").out(), format!("{id} 1\n"));
    assert_eq!(desk.at("16:00").run("visit list --engineer wu -q").out(), "");
    step(&desk, &id, ("16:40", "li", "visit hand-in ID")).succeeds();
    step(&desk, &id, ("17:00", "chen", "visit archive ID")).succeeds();
    assert_eq!(desk.at("17:10").run("visit list -q").out(), "");
    assert_eq!(desk.at("17:10").run(&format!("visit list {id} -q")).out(), format!("{id} 1\n"));
}

#[test]
fn a_calendar_has_the_visits_that_are_still_to_be_made_and_knows_one_again_that_was_moved() {
    let (desk, id) = visit_in("planned");
    let event = visit(&desk, &id, 0)["event"].as_str().unwrap().to_owned();
    let calendar = |time: &str, more: &str| {
        desk.at(time).by("li").run(&format!("visit list --format ics {more}")).succeeds().out()
    };
    let told = format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//docket//visits//EN\r\nBEGIN:VEVENT\r\n\
         UID:{event}\r\nDTSTAMP:20261123T020000Z\r\nDTSTART:20261123T060000Z\r\n\
         DTEND:20261123T080000Z\r\nSUMMARY:ACME · {id} · 李雷\r\nLOCATION:Harbour Street 5\r\n\
         END:VEVENT\r\nEND:VCALENDAR\r\n"
    );
    assert_eq!(calendar("13:00", ""), told);
    assert_eq!(calendar("13:00", "--engineer li -q"), told);
    assert_eq!(calendar("13:00", "--engineer wu").matches("BEGIN:").count(), 1);
    let agreed = "--agreed-with 'Ms Wang' --reason 'she is away'";
    let moved = format!("visit move ID --window 16:00..18:00 {agreed}");
    step(&desk, &id, ("13:00", "chen", &moved)).succeeds();
    let later = calendar("13:01", "");
    assert!(later.contains(&format!("UID:{event}\r\n")), "{later}");
    assert!(later.contains("DTSTAMP:20261123T050000Z\r\nDTSTART:20261123T080000Z"), "{later}");
    step(&desk, &id, ("13:02", "chen", &format!("visit cancel ID {agreed}"))).succeeds();
    assert!(!calendar("13:03", &id).contains("VEVENT"), "a visit that nobody makes");
    desk.at("13:03").run("visit list --format csv").usage("ics");
}

#[test]
fn the_scan_of_a_signed_form_is_attached_and_nothing_is_signed_where_the_file_is_refused() {
    let (desk, id) = visit_in("done");
    let sign = format!("{SIGN} --file ../missing.pdf");
    let ran = step(&desk, &id, ("15:12", "li", &sign));
    assert_ne!(ran.status(), Some(0));
    assert_eq!(visit(&desk, &id, 0)["state"], "done");
    desk.write("../form.pdf", "%PDF-1.4\nform\n%%EOF\n");
    let sign = format!("{SIGN} --file ../form.pdf");
    step(&desk, &id, ("15:12", "li", &sign)).succeeds();
    let record = desk.record(&id);
    assert_eq!(record["status"]["attachments"][0]["kind"], "scan");
    desk.is_honest();
}

#[test]
fn the_form_of_a_visit_is_blank_to_sign_and_tells_afterwards_what_was_done_in_both_languages() {
    let form = |desk: &Desk, id: &str, more: &str| {
        desk.at("17:30").run(&format!("report visit-form {id} {more}")).succeeds().out()
    };
    let (desk, id) = visit_in("planned");
    let number = desk.at("17:30").run("visit list --json").json();
    let number = number["visits"][0]["form"].as_str().unwrap().to_owned();
    for (lang, told) in [
        (
            "en",
            [
                "Work done | <br>",
                "☐ kept",
                "☐ not used",
                "signature, date | <br>",
                "no reliable electronic",
            ],
        ),
        (
            "zh-CN",
            [
                "服务内容 | <br>",
                "☐ 遵守",
                "☐ 未使用",
                "客户签字、日期 | <br>",
                "不是可靠的电子签名",
            ],
        ),
    ] {
        let blank = form(&desk, &id, &format!("--lang {lang}"));
        for told in
            told.into_iter().chain([number.as_str(), "Harbour Street 5", "2026-11-23 16:00"])
        {
            assert!(blank.contains(told), "no {told} in {blank}");
        }
        assert!(!blank.contains("Ms Wang"), "masked: {blank}");
    }
    assert!(form(&desk, &id, "--reveal").contains("Ms Wang"));
    desk.at("17:30").run(&format!("report visit-form {id} 2")).refuses("it has no visit 2");
    desk.at("17:30").run(&format!("report request {id} 2")).usage("request");

    let (desk, id) = visit_in("archived");
    for (lang, told) in [
        (
            "en",
            [
                "Work done | changed the power supply",
                "| kept |",
                "| not used |",
                "very satisfied",
                "2026-11-23 14:20",
            ],
        ),
        (
            "zh-CN",
            [
                "服务内容 | changed the power supply",
                "| 遵守 |",
                "| 未使用 |",
                "非常满意",
                "2026-11-23 15:10",
            ],
        ),
    ] {
        let filled = form(&desk, &id, &format!("1 --lang {lang}"));
        for told in told {
            assert!(filled.contains(told), "no {told} in {filled}");
        }
        assert!(!filled.contains("<br>"), "{filled}");
    }
    let page = form(&desk, &id, "--format html");
    assert!(page.contains("size: A4;") && page.contains("changed the power supply"), "{page}");
    let whole = desk.at("17:30").run(&format!("report request {id}")).succeeds().out();
    assert!(whole.contains("## Visits") && whole.contains(&number[..10]), "{whole}");
    desk.at("17:30")
        .run(&format!("show {id}"))
        .says("2026-11-23 14:00 – 2026-11-23 16:00  archived");
    let other = desk.fault();
    desk.at("17:30")
        .run(&format!("report visit-form {other}"))
        .refuses("it has no visit")
        .and("docket visit plan");
}

#[test]
fn the_day_tells_what_comes_next_of_a_visit_and_who_is_awaited() {
    for (state, told, due) in [
        ("planned", "visit 1 by 李雷", "2026-11-23T16:00:00+08:00"),
        ("arrived", "visit 1: say what was done", ""),
        ("done", "visit 1: have it signed", ""),
        ("signed", "visit 1: hand the form in", "2026-11-25T15:12:00+08:00"),
        ("handed_in", "visit 1: archive the form", "2026-11-30T15:12:00+08:00"),
    ] {
        let (desk, _) = visit_in(state);
        desk.at("17:10").run("due").says(told);
        let due_now = desk.at("17:10").run("due --json").json();
        let tasks = due_now["due"].as_array().unwrap().clone();
        let visit = tasks.iter().find(|task| task["what"] == "visit").unwrap();
        assert_eq!(visit["due"].as_str().unwrap_or_default(), due, "{visit}");
        assert_eq!(
            (&visit["detail"]["number"], &visit["detail"]["engineer"]),
            (&1.into(), &"li".into())
        );
        assert_eq!(visit["standing"] == "late", state == "planned", "{visit}");
    }
    let (desk, id) = visit_in("planned");
    step(
        &desk,
        &id,
        ("12:59", "li", "respond ID --told 'Ms Wang' --method phone --note 'I come at two'"),
    )
    .succeeds();
    let board = desk.at("13:00").by("li").run("").out();
    assert!(board.contains("visit 1 by 李雷"), "{board}");
    desk.at("13:00").by("li").run("--lang zh-CN").says("李雷上门服务 1");
    let (desk, _) = visit_in("archived");
    assert!(!desk.at("17:10").run("due").succeeds().out().contains("visit 1"));
}

#[test]
fn a_check_finds_what_was_wrong_with_a_visit_and_nothing_with_one_that_was_kept() {
    let found = |desk: &Desk, time: &str| {
        let told = desk.at(time).run("check --json").out();
        let told: Value = serde_json::from_str(&told).unwrap();
        let all = told["findings"].as_array().unwrap().clone();
        let mine = all.iter().filter(|it| it["code"] == "A24");
        mine.map(|it| it["found"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let (desk, _) = visit_in("archived");
    assert_eq!(found(&desk, "2026-12-24 09:00"), [""; 0]);
    let (desk, _) = visit_in("planned");
    assert_eq!(found(&desk, "16:00"), [""; 0]);
    assert_eq!(
        found(&desk, "16:01"),
        ["visit 1: its time is over, and nobody says what became of it"]
    );
    let (desk, id) = visit_in("departed");
    step(&desk, &id, ("16:10", "li", "visit arrive ID --reason 'closed bridge'")).succeeds();
    let broken = DONE.replace("clean", "'P5:ate lunch'");
    step(&desk, &id, ("16:20", "li", &broken)).succeeds();
    step(&desk, &id, ("16:21", "li", "visit sign ID --refused 'nobody was left'")).succeeds();
    let told = found(&desk, "2026-11-26 09:00");
    let has = |what: &str| told.iter().any(|it| it.starts_with(&format!("visit 1: {what}")));
    assert!(
        has("broken: P4") && has("broken: P5") && has("nobody of the customer signed"),
        "{told:?}"
    );
    assert!(has("the form is not handed in, past its time"), "{told:?}");
    step(&desk, &id, ("2026-11-26 09:10", "li", "visit hand-in ID")).succeeds();
    let told = found(&desk, "2026-12-02 09:00");
    assert!(told.iter().any(|it| it == "visit 1: late: handing in"), "{told:?}");
    assert!(
        told.iter().any(|it| it == "visit 1: the form is not archived, past its time"),
        "{told:?}"
    );
    desk.at("2026-12-02 09:00").run("check --lang zh-CN").finds("上门服务不合规");
}

/// Two clones of one desk with a visit in a state, and the record.
pub(crate) fn two_with(state: &str) -> ([Desk; 2], String) {
    let (one, id) = visit_in(state);
    let other = cloned(&one);
    ([one, other], id)
}

/// Another clone of a desk, with a hub between the two.
pub(crate) fn cloned(desk: &Desk) -> Desk {
    desk.git(["init", "-q", "--bare", "../hub.git"]);
    desk.git(["remote", "add", "origin", "../hub.git"]);
    desk.at("13:31").by("zhang").run("sync").succeeds();
    Desk::clone_of(&desk.path("../hub.git").canonicalize().unwrap())
}

pub(crate) fn meet([one, other]: [&Desk; 2]) {
    for desk in [one, other, one] {
        desk.at("19:00").by("zhang").run("sync").succeeds();
    }
    assert_eq!(one.head(), other.head());
    for desk in [one, other] {
        desk.is_honest();
    }
}

#[test]
fn clones_that_go_on_with_one_visit_meet_and_what_does_not_go_together_is_set_aside() {
    let ([one, other], id) = two_with("planned");
    let agreed = "--agreed-with 'Ms Wang' --reason 'she is away'";
    let moved = format!("visit move ID --window 16:00..18:00 {agreed}");
    step(&one, &id, ("13:40", "chen", &moved)).succeeds();
    let moved = format!("visit move ID --window 17:00..19:00 {agreed}");
    step(&other, &id, ("13:41", "chen", &moved)).succeeds();
    step(&other, &id, ("13:50", "chen", "note ID 'the back door'")).succeeds();
    meet([&one, &other]);
    let record = one.record(&id);
    assert_eq!(record["status"]["set_aside"].as_array().unwrap().len(), 1, "{record}");
    assert_eq!(record["status"]["visits"].as_array().unwrap().len(), 1);
    assert_eq!(record["status"], other.record(&id)["status"]);
}

/// The event of the first step of a visit that was set aside.
fn first_aside(record: &Value) -> String {
    record["status"]["set_aside"][0].as_str().unwrap().to_owned()
}

#[test]
fn what_was_set_aside_of_a_visit_holds_with_all_on_top_of_it_when_somebody_settles_it() {
    let ([one, other], id) = two_with("planned");
    let cancel = "visit cancel ID --agreed-with 'Ms Wang' --reason 'she called'";
    step(&other, &id, ("13:20", "chen", cancel)).succeeds();
    for (time, who, line, state) in WAY.iter().skip(1).take(4) {
        step(&one, &id, (time, who, line)).succeeds();
        assert_eq!(visit(&one, &id, 0)["state"], *state);
    }
    meet([&one, &other]);
    let record = one.record(&id);
    assert_eq!(record["status"]["visits"][0]["state"], "cancelled", "{record}");
    assert_eq!(record["status"]["set_aside"].as_array().unwrap().len(), 4);

    let keep = first_aside(&record);
    let settle = format!("settle ID --keep {keep} --reason 'li was there'");
    step(&other, &id, ("19:10", "zhang", &settle)).succeeds();
    let settled = other.record(&id);
    assert!(settled["status"]["set_aside"].is_null(), "{settled}");
    let entry = visit(&other, &id, 0);
    assert_eq!(entry["state"], "signed");
    assert_eq!(entry["reason"], Value::Null, "what was cancelled has no effect");
    assert_eq!(entry["departed_at"], "2026-11-23T13:30:00+08:00");
    assert_eq!(entry["signature"]["opinion"], "very_satisfied");
    step(&other, &id, ("19:11", "li", "visit hand-in ID")).succeeds();
    other.is_honest();
    meet([&one, &other]);
    assert_eq!(visit(&one, &id, 0)["state"], "handed_in");

    // what has no effect any more does not come back by itself
    step(&one, &id, ("19:20", "chen", cancel)).refuses("visit 1 is handed in");
    step(&one, &id, ("19:21", "zhang", &settle)).refuses("nothing to settle");
}

#[test]
fn a_settlement_gives_up_no_more_of_a_visit_than_stands_against_what_is_kept() {
    let ([one, other], id) = two_with("departed");
    step(&one, &id, ("14:20", "li", "visit arrive ID")).succeeds();
    step(&one, &id, ("14:40", "li", DONE)).succeeds();
    step(&other, &id, ("14:20", "li", "visit arrive ID")).succeeds();
    step(&other, &id, ("14:45", "li", &DONE.replace("the power supply", "a fuse"))).succeeds();
    meet([&one, &other]);
    let record = one.record(&id);
    assert_eq!(visit(&one, &id, 0)["work"]["work"], "changed the power supply");
    let settle = format!("settle ID --keep {} --reason x", first_aside(&record));
    step(&one, &id, ("19:10", "zhang", &settle)).succeeds();
    let entry = visit(&one, &id, 0);
    assert_eq!(entry["work"]["work"], "changed a fuse");
    assert_eq!(entry["state"], "done");
    let history = one.record(&id)["history"].clone();
    let last = history.as_array().unwrap().last().unwrap();
    assert_eq!(last["settled"].as_array().unwrap().len(), 1, "{last}");
    one.is_honest();
}

#[test]
fn what_two_clones_say_alike_of_one_visit_is_said_once_and_nothing_of_it_waits_for_anybody() {
    let ([one, other], id) = two_with("planned");
    for (desk, time) in [(&one, "15:20"), (&other, "15:31")] {
        for line in [
            "visit depart ID --at 13:30".to_owned(),
            "visit arrive ID --at 14:20".to_owned(),
            format!("{DONE} --at 15:10"),
            format!("{SIGN} --at 15:12"),
            "visit hand-in ID --at 15:15".to_owned(),
        ] {
            let line = format!("{line} --late-because 'was on the road'");
            step(desk, &id, (time, "li", &line)).succeeds();
        }
    }
    step(&other, &id, ("15:40", "chen", "visit archive ID")).succeeds();
    meet([&one, &other]);
    let record = one.record(&id);
    assert!(record["status"]["set_aside"].is_null(), "{record}");
    assert_eq!(record["status"]["visits"][0]["state"], "archived");
    assert_eq!(record["status"]["visits"][0]["departed_at"], "2026-11-23T13:30:00+08:00");
    assert_eq!(record["status"], other.record(&id)["status"]);

    // the same step for another time is not the same
    let ([one, other], id) = two_with("planned");
    step(&one, &id, ("13:40", "li", "visit depart ID --at 13:30")).succeeds();
    step(&other, &id, ("13:41", "li", "visit depart ID --at 13:31")).succeeds();
    meet([&one, &other]);
    assert_eq!(one.record(&id)["status"]["set_aside"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_visit_that_two_clones_planned_is_there_twice_and_either_goes_on() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    let other = cloned(&desk);
    step(&desk, &id, ("10:10", "chen", PLAN)).succeeds();
    let later =
        PLAN.replace("14:00..16:00", "15:00..17:00").replace("--engineer li", "--engineer wu");
    step(&other, &id, ("10:11", "chen", &later)).succeeds();
    meet([&desk, &other]);
    let visits = desk.record(&id)["status"]["visits"].clone();
    assert_eq!(visits.as_array().unwrap().len(), 2, "{visits}");
    let cancel = "visit cancel ID --agreed-with 'Ms Wang' --reason 'planned twice'";
    step(&desk, &id, ("13:00", "chen", cancel)).refuses("give the number of one: 1, 2");
    let cancel = cancel.replace("ID", "ID 2");
    step(&desk, &id, ("13:00", "chen", &cancel)).succeeds();
    step(&desk, &id, ("13:30", "li", "visit depart ID")).succeeds();
    desk.is_honest();
}

#[test]
fn a_visit_of_a_record_that_another_clone_ended_meanwhile_can_still_be_ended() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    let other = cloned(&desk);
    step(&desk, &id, ("10:10", "chen", PLAN)).succeeds();
    step(&other, &id, ("10:11", "zhang", "cancel ID --mistake 'not ours'")).succeeds();
    meet([&desk, &other]);
    let record = desk.record(&id);
    assert_eq!(record["status"]["state"], "cancelled", "{record}");
    assert_eq!(record["status"]["visits"][0]["state"], "planned");
    step(&desk, &id, ("13:30", "li", "visit depart ID")).refuses("cancelled");
    let cancel = "visit cancel ID --agreed-with 'Ms Wang' --reason 'not ours'";
    step(&desk, &id, ("13:31", "chen", cancel)).succeeds();
    assert_eq!(visit(&desk, &id, 0)["state"], "cancelled");
    desk.is_honest();
}

#[test]
fn at_a_terminal_a_late_arrival_is_asked_for_its_reason() {
    let (desk, id) = visit_in("departed");
    let arrive = |time: &str| desk.at(time).by("li").command(&format!("visit arrive {id}"));
    let mut typist = Typist::at(arrive("16:20"), 80);
    typist.sees("reason:").types(format!("closed bridge{ENTER}"));
    let (status, screen) = typist.end();
    assert_eq!(status, 0, "{screen}");
    assert_eq!(visit(&desk, &id, 0)["state"], "arrived");
    let mut typist = Typist::at(desk.at("16:40").by("li").command(&format!("visit done {id}")), 80);
    for (asked, keys) in [
        ("work done:", "changed it"),
        ("result:", "works"),
        ("service code kept", "P3:took a cake; P5:ate it"),
        ("customer's devices used", "none"),
    ] {
        typist.sees(asked).types(format!("{keys}{ENTER}"));
    }
    let (status, screen) = typist.end();
    assert_eq!(status, 0, "{screen}");
    let conduct = visit(&desk, &id, 0)["work"]["conduct"].clone();
    assert_eq!(conduct.as_array().unwrap().len(), 2, "{conduct}");
}

#[test]
fn a_visit_whose_window_is_over_is_neither_moved_nor_cancelled_for_an_earlier_time() {
    let (desk, id) = visit_in("planned");
    let late = "--at 13:50 --late-because 'forgot to enter it'";
    let agreed = "--agreed-with 'Ms Wang' --reason 'she is away'";
    let told = "docket visit miss 1hw50 --reason TEXT; if they were told before: --told NAME";
    for line in [
        format!("visit cancel ID {agreed} {late}"),
        format!("visit move ID --window 18:00..19:00 {agreed} {late}"),
    ] {
        let ran = step(&desk, &id, ("16:00", "chen", &line)).refuses("16:00");
        assert!(ran.err().contains(&told.replace("1hw50", &tail(&id))), "{ran}");
    }
    step(
        &desk,
        &id,
        ("16:00", "chen", "visit miss ID --reason 'she is away' --told 'Ms Wang' --told-at 13:50"),
    )
    .succeeds();
    desk.is_honest();
}

#[test]
fn a_form_is_handed_in_with_its_scan_in_one_move_of_the_branch() {
    let (desk, id) = visit_in("signed");
    desk.write("../form.txt", "the form, typed off\n");
    let moves = |desk: &Desk| desk.git(["reflog", "show", "main"]).lines().count();
    let before = (desk.commits(), moves(&desk));
    step(&desk, &id, ("16:40", "li", "visit hand-in ID --file ../form.txt"))
        .says("handed in")
        .says("file attached");
    assert_eq!((desk.commits(), moves(&desk)), (before.0 + 2, before.1 + 1));
    assert_eq!(visit(&desk, &id, 0)["state"], "handed_in");
}
