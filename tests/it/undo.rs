//! Taking back one's own last step: it stays in the history and counts no more.

use serde_json::Value;

use crate::desk::Desk;

/// The record as it was before the step that was taken back, but for what tells of taking back.
fn is_as_before(before: &Value, after: &Value) {
    let plain = |record: &Value| {
        let mut status = record["status"].clone();
        status.as_object_mut().unwrap().remove("withdrawn");
        status["times"].as_object_mut().unwrap().remove("last_at");
        status
    };
    assert_eq!(plain(before), plain(after));
}

#[test]
fn a_step_that_was_taken_back_leaves_the_record_as_it_was_and_stays_in_the_history() {
    for (state, step) in [
        ("open", "ack ID --reply-by 12:00"),
        ("acknowledged", "route ID --to li --reason 'needs hands'"),
        ("acknowledged", "update ID --level urgent --reason 'whole floor'"),
        ("acknowledged", "promise ID 14:00 --to 'Ms Wang' --what 'a call'"),
        ("acknowledged", "handover ID --to zhang --reason 'end of shift'"),
        ("acknowledged", "resolve ID --result done --cause wear --code fixed"),
        ("acknowledged", "cancel ID --mistake 'entered twice'"),
        ("acknowledged", "amend ID --set title=other --reason typing"),
    ] {
        let desk = Desk::new();
        let id = desk.fault_in(state);
        let before = desk.record(&id);
        desk.at("09:20").by("chen").run(&step.replace("ID", &id)).succeeds();
        assert_ne!(desk.record(&id)["status"], before["status"], "{step}");
        desk.at("09:30").by("chen").run(&format!("undo {id}")).succeeds();
        let after = desk.record(&id);
        is_as_before(&before, &after);
        let history = after["history"].as_array().unwrap();
        assert_eq!(history.len(), before["history"].as_array().unwrap().len() + 2, "{step}");
        let undone = &history[history.len() - 2]["id"];
        assert_eq!(after["status"]["withdrawn"], serde_json::json!([undone]), "{step}");
        assert_eq!(history[history.len() - 1]["event"], *undone, "{step}");
        desk.at("09:40").run(&format!("show {id}")).says("(undone)");
        desk.is_honest();
    }
}

#[test]
fn a_promise_that_was_taken_back_is_neither_kept_nor_late_nor_counted() {
    let desk = Desk::new();
    let id = desk.fault();
    let figures = || {
        let report = desk.at("11:00").run("report kpi --format csv").succeeds().out();
        let line = report.lines().find(|line| line.starts_with("promise_kept,"));
        line.unwrap_or_else(|| panic!("no promise_kept in {report}")).to_owned()
    };
    let due = || desk.at("11:00").run("due --json").json().to_string().matches("promise").count();
    desk.at("09:20").by("chen").run(&format!("ack {id} --reply-by 09:45")).succeeds();
    let late = "promise_kept,promises kept,,0.0%,0,1,0,,,,,,,≥ 95%,✗ missed";
    assert_eq!((&*figures(), due()), (late, 1));
    desk.at("09:21").by("chen").run("undo").succeeds();
    let none = "promise_kept,promises kept,,n/a,0,0,,,,,,,,≥ 95%,–";
    assert_eq!((&*figures(), due()), (none, 0));
}

#[test]
fn only_the_newest_step_is_taken_back_by_its_author_and_in_time() {
    let desk = Desk::new();
    let id = desk.fault();
    let undo = format!("undo {id}");
    desk.at("09:10").by("chen").run(&undo).refuses("cancel").and("--mistake");
    desk.at("09:20").by("chen").run(&format!("ack {id} --reply-by 12:00")).succeeds();
    desk.at("09:21").by("zhang").run(&undo).refuses("chen");
    desk.at("09:36").by("chen").run(&undo).refuses("09:35");
    let before = desk.record(&id);
    desk.at("09:40").by("chen").run(&format!("route {id} --to li --reason r")).succeeds();
    desk.at("09:41").by("chen").run(&format!("update {id} --note first")).succeeds();
    desk.at("09:42").by("chen").run(&undo).succeeds();
    desk.at("09:43").by("chen").run(&undo).succeeds();
    is_as_before(&before, &desk.record(&id));
    // the step before these was entered too long ago
    desk.at("09:44").by("chen").run(&undo).refuses("09:35");
    desk.is_honest();
}

#[test]
fn what_the_customer_had_a_part_in_or_what_made_another_record_is_not_taken_back() {
    let desk = Desk::new();
    let id = desk.fault_in("resolved");
    let confirm =
        format!("confirm {id} --with 'Ms Wang' --satisfaction 1 --comment 'still broken'");
    let done = desk.at("11:00").by("chen").run(&confirm);
    done.succeeds();
    desk.at("11:01").by("chen").run(&format!("undo {id}")).refuses("confirm cannot be undone");
    let other = desk.fault_in("confirmed");
    desk.at("12:00").by("chen").run(&format!("close {other}")).succeeds();
    desk.at("12:01").by("chen").run(&format!("undo {other}")).refuses("reopen");
}

/// Two clones of a desk with a fault in this state, and its id.
fn two_desks(state: &str) -> (Desk, Desk, String) {
    let one = Desk::new();
    let id = one.fault_in(state);
    one.git(["init", "-q", "--bare", "../door.git"]);
    one.git(["remote", "add", "origin", "../door.git"]);
    one.at("09:19").by("chen").run("sync").succeeds();
    let other = Desk::clone_of(&one.path("../door.git").canonicalize().unwrap());
    (one, other, id)
}

/// Both clones as they stand once each knows of the other, whichever of them is the first.
fn meet(time: &str, [one, other]: [&Desk; 2], id: &str) -> Value {
    for desk in [one, other, one] {
        desk.at(time).by("chen").run("sync").succeeds();
    }
    assert_eq!(one.head(), other.head());
    one.is_honest();
    one.record(id)
}

/// The events of one kind.
fn events_of<'r>(record: &'r Value, action: &str) -> Vec<&'r Value> {
    let history = record["history"].as_array().unwrap();
    history.iter().filter(|event| event["action"] == action).map(|event| &event["id"]).collect()
}

fn settling(id: &str, keep: &Value) -> String {
    format!("settle {id} --keep {} --reason r", keep.as_str().unwrap())
}

#[test]
fn what_another_clone_does_without_knowing_of_a_step_leaves_its_undo_as_it_is() {
    for (step, theirs) in [
        ("cancel ID --mistake 'entered twice'", &["note ID 'still down'"][..]),
        ("cancel ID --mistake 'entered twice'", &["note ID 'still down'", "note ID again"]),
        ("merge ID --into OTHER --reason 'the same'", &["note ID 'still down'"]),
        (
            "resolve ID --result done --cause wear --code fixed",
            &["promise ID 14:00 --to 'Ms Wang' --what 'a call'"],
        ),
        ("route ID --to li --reason 'needs hands'", &["route ID --to wu --reason 'a server'"]),
    ] {
        for ours_first in [true, false] {
            let (one, other, id) = two_desks("acknowledged");
            let second = one.fault();
            let before = one.record(&id)["status"]["state"].clone();
            let step = step.replace("ID", &id).replace("OTHER", &second);
            one.at("09:20").by("chen").run(&step).succeeds();
            one.at("09:21").by("chen").run(&format!("undo {id}")).succeeds();
            for told in theirs {
                other.at("09:22").by("zhang").run(&told.replace("ID", &id)).succeeds();
            }
            let both = if ours_first { [&one, &other] } else { [&other, &one] };
            let record = meet("09:25", both, &id);
            assert_eq!(record["status"]["set_aside"], Value::Null, "{step}: {record}");
            let has_routed = theirs[0].starts_with("route");
            let state = if has_routed { Value::from("routed") } else { before };
            assert_eq!(record["status"]["state"], state, "{step}");
        }
    }
}

#[test]
fn a_step_that_another_clone_made_on_top_of_the_one_taken_back_stands_until_a_person_settles_it() {
    for keeps_undo in [true, false] {
        let (one, other, id) = two_desks("open");
        one.at("09:20").by("chen").run(&format!("ack {id} --reply-by 12:00")).succeeds();
        one.at("09:21").by("chen").run("sync").succeeds();
        other.at("09:21").by("zhang").run("sync").succeeds();
        other.at("09:22").by("zhang").run(&format!("route {id} --to li --reason r")).succeeds();
        one.at("09:23").by("chen").run(&format!("undo {id}")).succeeds();
        let record = meet("09:25", [&one, &other], &id);
        assert_eq!(record["status"]["state"], "routed", "{record}");
        let (undo, route) = (events_of(&record, "undo")[0], events_of(&record, "route")[0]);
        assert_eq!(record["status"]["set_aside"], serde_json::json!([undo]));
        let kept = if keeps_undo { undo } else { route };
        one.at("09:30").by("zhang").run(&settling(&id, kept)).succeeds();
        let record = meet("09:35", [&one, &other], &id);
        let state = if keeps_undo { "open" } else { "routed" };
        assert_eq!(record["status"]["state"], state, "{record}");
        assert_eq!(record["status"]["set_aside"], Value::Null);
        assert!(!one.at("09:36").run("check").out().contains("A34"));
        // the next steps go on from there
        one.at("09:40").by("chen").run(&format!("note {id} 'and so on'")).succeeds();
        assert_eq!(one.record(&id)["status"]["state"], state);
        one.is_honest();
    }
}

#[test]
fn an_undo_is_not_kept_once_the_work_has_gone_on_from_the_step() {
    let (one, other, id) = two_desks("open");
    one.at("09:20").by("chen").run(&format!("ack {id} --reply-by 12:00")).succeeds();
    one.at("09:21").by("chen").run("sync").succeeds();
    other.at("09:21").by("zhang").run("sync").succeeds();
    other.at("09:22").by("zhang").run(&format!("route {id} --to li --reason r")).succeeds();
    one.at("09:23").by("chen").run(&format!("undo {id}")).succeeds();
    let record = meet("09:25", [&one, &other], &id);
    one.at("09:26").by("li").run(&format!("accept {id} --respond-by 11:00")).succeeds();
    let undo = events_of(&record, "undo")[0];
    one.at("09:30").by("zhang").run(&settling(&id, undo)).refuses("no longer fits");
}

#[test]
fn two_clones_that_take_back_the_same_step_agree() {
    let (one, other, id) = two_desks("open");
    one.at("09:20").by("chen").run(&format!("ack {id} --reply-by 12:00")).succeeds();
    one.at("09:21").by("chen").run("sync").succeeds();
    other.at("09:21").by("chen").run("sync").succeeds();
    for (desk, time) in [(&one, "09:22"), (&other, "09:23")] {
        desk.at(time).by("chen").run(&format!("undo {id}")).succeeds();
    }
    let record = meet("09:25", [&one, &other], &id);
    assert_eq!(events_of(&record, "undo").len(), 2);
    assert_eq!(record["status"]["set_aside"], Value::Null);
    assert_eq!(record["status"]["state"], "open");
    assert!(!one.at("09:30").run("check").out().contains("A34"));
}

#[test]
fn a_reopening_that_was_taken_back_after_the_month_takes_no_record_out_of_its_sample() {
    let desk = Desk::new();
    let id = desk.fault_in("confirmed");
    desk.at("2026-11-30 23:41").by("chen").run(&format!("close {id}")).succeeds();
    desk.at("2026-11-30 23:52").by("chen").run(&format!("reopen {id} --reason r")).succeeds();
    let sampled =
        || desk.at("2026-12-01 09:00").run("survey due --json").json()["to_send"].to_string();
    assert!(!sampled().contains(&id), "{}", sampled());
    desk.at("2026-12-01 00:03").by("chen").run(&format!("undo {id}")).succeeds();
    assert!(sampled().contains(&id), "{}", sampled());
}

#[test]
fn a_step_whose_promised_time_has_passed_is_not_taken_back() {
    for (state, who, step, instead) in [
        ("open", "chen", "ack ID --reply-by +5m", "docket explain"),
        ("routed", "li", "accept ID --respond-by +5m", "docket respond"),
        ("routed", "chen", "promise ID +5m --to 'Ms Wang' --what 'a call'", "docket explain"),
    ] {
        let desk = Desk::new();
        let id = desk.fault_in(state);
        let undo = format!("undo {id}");
        let step = step.replace("ID", &id);
        desk.at("09:31").by(who).run(&step).succeeds();
        desk.at("09:37").by(who).run(&undo).refuses("promised 2026-11-23 09:36").and(instead);
        desk.at("09:37").by(who).run(&format!("--lang zh-CN {undo}")).refuses("09:36");
        desk.at("09:36").by(who).run(&undo).succeeds();
        desk.is_honest();
    }
}

#[test]
fn the_hint_of_a_second_undo_does_not_end_the_record() {
    let desk = Desk::new();
    let (one, other) = (desk.fault(), desk.request());
    desk.at("09:10").by("chen").run(&format!("note {one} {other} 'called again'")).succeeds();
    desk.at("09:11").by("chen").run("undo").succeeds();
    let again = desk.at("09:12").by("chen").run("undo");
    let again = again.refuses("open cannot be undone").and("docket show");
    assert!(!again.err().contains("cancel"), "{again}");
    desk.at("09:12").by("chen").run(&format!("undo {one}")).succeeds();
}

#[test]
fn a_reopening_in_which_other_matters_go_on_is_not_taken_back() {
    let desk = Desk::new();
    let (id, other) = (desk.fault_in("closed"), desk.fault());
    desk.at("10:05").by("zhang").run(&format!("reopen {id} --reason r")).succeeds();
    let merge = format!("merge {other} --into {id} --reason 'the same'");
    desk.at("10:06").by("zhang").run(&merge).succeeds();
    let undo = format!("undo {id}");
    desk.at("10:07").by("zhang").run(&undo).refuses("end unseen").and(&other);
    desk.at("10:08").by("zhang").run(&format!("undo {other}")).succeeds();
    desk.at("10:09").by("zhang").run(&undo).succeeds();
    assert_eq!(desk.record(&id)["status"]["state"], "closed");
    desk.is_honest();
}

#[test]
fn a_part_of_what_was_closed_since_is_not_taken_up_again() {
    let desk = Desk::new();
    let (part, whole) = (desk.fault(), desk.fault());
    desk.at("09:01").by("chen").run(&format!("link {part} --to {whole} --as child")).succeeds();
    desk.at("09:50").by("chen").run(&format!("cancel {part} --mistake twice")).succeeds();
    is_closed_by("09:51", &desk, &whole);
    let undo = format!("undo {part}");
    let refused = desk.at("09:55").by("chen").run(&undo).refuses("which was closed since");
    refused.and("docket reopen");
    desk.at("09:56").by("chen").run(&format!("reopen {whole} --reason r")).succeeds();
    desk.at("09:57").by("chen").run(&undo).succeeds();
    desk.is_honest();
}

/// Takes an open fault to its closing within three minutes.
fn is_closed_by(time: &str, desk: &Desk, id: &str) {
    for (who, step) in [
        ("chen", "ack ID --answered"),
        ("chen", "resolve ID --result done --cause wear --code fixed"),
        ("zhang", "confirm ID --with 'Ms Wang' --satisfaction 4"),
        ("chen", "close ID"),
    ] {
        desk.at(time).by(who).run(&step.replace("ID", id)).succeeds();
    }
}

#[test]
fn what_another_clone_made_end_unseen_by_an_undo_is_found() {
    let (one, other, id) = two_desks("closed");
    let second = one.fault();
    one.at("10:01").by("chen").run("sync").succeeds();
    one.at("10:05").by("zhang").run(&format!("reopen {id} --reason r")).succeeds();
    one.at("10:06").by("zhang").run("sync").succeeds();
    other.at("10:07").by("zhang").run("sync").succeeds();
    one.at("10:08").by("zhang").run(&format!("undo {id}")).succeeds();
    let merge = format!("merge {second} --into {id} --reason 'the same'");
    other.at("10:09").by("chen").run(&merge).succeeds();
    meet("10:15", [&one, &other], &id);
    let check = one.at("10:20").run("check --lang en").out();
    assert!(check.contains("A31") && check.contains("closed without a word of it"), "{check}");
    one.at("10:21").by("chen").run(&format!("reopen {id} --reason r")).succeeds();
    assert!(!one.at("10:22").run("check").out().contains("A31"));
}

#[test]
fn a_part_that_another_clone_took_up_again_by_an_undo_is_found() {
    let (one, other, part) = two_desks("open");
    let whole = one.fault();
    one.at("09:20").by("chen").run(&format!("link {part} --to {whole} --as child")).succeeds();
    one.at("09:20").by("chen").run(&format!("cancel {part} --mistake twice")).succeeds();
    one.at("09:21").by("chen").run("sync").succeeds();
    other.at("09:21").by("chen").run("sync").succeeds();
    is_closed_by("09:22", &one, &whole);
    other.at("09:23").by("chen").run(&format!("undo {part}")).succeeds();
    meet("09:25", [&one, &other], &part);
    let check = one.at("09:30").run("check --lang en").out();
    assert!(check.contains("A31") && check.contains("closed while its part"), "{check}");
    let resolve = format!("resolve {part} --result done --cause wear --code fixed");
    one.at("09:31").by("chen").run(&format!("ack {part} --answered")).succeeds();
    one.at("09:32").by("chen").run(&resolve).succeeds();
    assert!(!one.at("09:33").run("check").out().contains("A31"));
}

#[test]
fn what_was_to_be_answered_on_the_spot_is_held_to_the_times_of_entry_until_somebody_says_how() {
    let has = |desk: &Desk, time: &str| desk.at(time).run("check").out().contains("A48");
    let desk = Desk::new();
    let id = desk.fault();
    desk.at("09:10").by("chen").run(&format!("ack {id} --answered")).succeeds();
    let resolve = format!("resolve {id} --result done --cause wear --code fixed");
    desk.at("09:15").by("chen").run(&resolve).succeeds();
    assert!(!has(&desk, "09:26"));
    desk.at("09:27").by("chen").run(&format!("undo {id}")).succeeds();
    assert!(has(&desk, "09:28"));
    let late = format!("{resolve} --at 09:20 --late-because forgot");
    desk.at("11:00").by("chen").run(&late).succeeds();
    assert!(has(&desk, "11:01"));
    let told = format!("amend {id} --event 2 --note 'told by phone at once' --reason forgot");
    desk.at("11:02").by("chen").run(&told).succeeds();
    assert!(!has(&desk, "11:03"));
    desk.is_honest();
}
