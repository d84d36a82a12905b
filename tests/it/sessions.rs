//! Remote sessions: nobody works on a customer's computer without consent and somebody who watches, and
//! none ends without what was done (R62–R66).

use serde_json::Value;

use crate::{
    desk::{Desk, tail},
    terminal::{ENTER, Typist},
    visits::{cloned, meet, step},
};

/// What a session needs from the customer.
pub(crate) const CONSENT: &str = "--consent 'Ms Wang' --method phone --scope view,control \
                                  --tool RustDesk --supervised-by 'Ms Wang' --reason 'hard to tell'";
/// What its end tells.
pub(crate) const OUTCOME: &str = "--steps 'cleared the queue' --result 'it prints' \
                                  --other-software no --data no";

const RESOLVE: &str = "resolve ID --result 'it prints' --cause 'full queue' --code fixed";

fn start(more: &str) -> String {
    format!("remote start ID {CONSENT} {more}")
}

fn end(more: &str) -> String {
    format!("remote end ID {OUTCOME} {more}")
}

fn session(desk: &Desk, id: &str, place: usize) -> Value {
    desk.record(id)["status"]["sessions"][place].clone()
}

/// A fault that li works on, with a session of theirs.
fn connected(more: &str) -> (Desk, String) {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    step(&desk, &id, ("10:00", "li", &start(more))).succeeds();
    (desk, id)
}

#[test]
fn a_session_goes_from_the_consent_to_the_result_one_commit_a_step() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    let before = desk.commits();
    step(&desk, &id, ("10:00", "li", &start("--consent-at 09:58")))
        .says("RustDesk")
        .says("docket remote end");
    let told = session(&desk, &id, 0);
    assert_eq!(told["state"], "running");
    assert_eq!(told["engineer"], "li");
    assert_eq!(told["consent"]["at"], "2026-11-23T09:58:00+08:00");
    assert_eq!(told["consent"]["scope"], serde_json::json!(["view", "control"]));
    assert_eq!(told["consent"]["by"], told["consent"]["supervised_by"]);
    assert_eq!(desk.record(&id)["status"]["support"], "remote");
    step(&desk, &id, ("10:20", "li", &end(""))).succeeds();
    assert_eq!(desk.commits(), before + 2);
    assert_eq!(desk.trailer("Docket-Action"), "remote");
    let told = session(&desk, &id, 0);
    assert_eq!(told["state"], "ended");
    assert_eq!(told["work"]["ended_at"], "2026-11-23T10:20:00+08:00");
    assert_eq!(told["work"]["steps"], "cleared the queue");
    assert!(told["work"]["data"].is_null() && told["work"]["other_software"].is_null(), "{told}");
    desk.at("10:21").run(&format!("show {id}")).says("1. 2026-11-23 10:00 – 2026-11-23 10:20");
    desk.is_honest();
}

#[test]
fn nobody_begins_without_the_customers_consent_and_somebody_who_watches() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    for flag in ["--consent", "--method", "--scope", "--tool", "--supervised-by"] {
        let mut words = shlex::split(&start("")).unwrap();
        let place = words.iter().position(|word| word == flag).unwrap();
        words.drain(place..place + 2);
        let line = shlex::try_join(words.iter().map(String::as_str)).unwrap();
        step(&desk, &id, ("10:00", "li", &line)).usage(flag);
    }
    for staff in ["李雷", "li", "陈静"] {
        for flag in ["--consent", "--supervised-by"] {
            let line = start("").replace(&format!("{flag} 'Ms Wang'"), &format!("{flag} {staff}"));
            step(&desk, &id, ("10:00", "li", &line))
                .refuses("a team member cannot answer for the customer");
        }
    }
    let line = start("").replace("view,control", "view,everything");
    step(&desk, &id, ("10:00", "li", &line)).usage("view, control, files, terminal");
    step(&desk, &id, ("10:00", "li", &start("").replace("view,control", ","))).usage("--scope");
    step(&desk, &id, ("10:00", "li", &start("--consent-at 10:01"))).refuses("in the future");
    step(&desk, &id, ("10:00", "li", &start("--consent-at 08:00")))
        .refuses("earlier than the record was received");
    // the telephone comes first (R62)
    let line = start("").replace("--reason 'hard to tell'", "");
    step(&desk, &id, ("10:00", "li", &line)).refuses("--reason");
    step(&desk, &id, ("09:59", "li", "update ID --support remote --reason 'hard to tell'"))
        .succeeds();
    step(&desk, &id, ("10:00", "li", &line)).succeeds();
    desk.is_honest();
}

#[test]
fn whoever_allows_and_watches_is_one_person_also_where_nobody_knew_them() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    let people = desk.people().len();
    step(&desk, &id, ("10:00", "li", &start("").replace("Ms Wang", "Mr Ho"))).succeeds();
    assert_eq!(desk.people().len(), people + 1);
    let consent = &session(&desk, &id, 0)["consent"];
    assert_eq!(consent["by"], consent["supervised_by"]);
    step(&desk, &id, ("10:01", "li", &end(""))).succeeds();
    let line = start("").replace("--consent 'Ms Wang'", "--consent 'Mr Wu'");
    step(&desk, &id, ("10:02", "li", &line)).succeeds();
    assert_eq!(desk.people().len(), people + 2);
    let consent = &session(&desk, &id, 1)["consent"];
    assert_ne!(consent["by"], consent["supervised_by"]);
}

#[test]
fn what_the_customer_does_not_want_is_recorded_and_is_no_session() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    step(&desk, &id, ("10:00", "li", "remote refused ID")).usage("--by");
    let refused = "remote refused ID --by 'Ms Wang' --reason 'the till holds card numbers'";
    step(&desk, &id, ("10:00", "li", refused)).says("docket visit plan");
    let told = session(&desk, &id, 0);
    assert_eq!((&told["state"], &told["engineer"]), (&"refused".into(), &"li".into()));
    assert_eq!(told["refusal"]["reason"], "the till holds card numbers");
    assert!(desk.record(&id)["status"]["support"].is_null());
    step(&desk, &id, ("10:01", "li", &end("")))
        .refuses("remote session 1 is not running (refused)");
    step(&desk, &id, ("10:02", "li", RESOLVE)).succeeds();
    desk.is_honest();
}

#[test]
fn nothing_is_solved_cancelled_or_merged_while_a_session_runs() {
    let (desk, id) = connected("");
    let other = desk.fault();
    for line in
        [RESOLVE, "cancel ID --mistake 'not ours'", "merge ID --into OTHER --reason 'the same'"]
    {
        let line = line.replace("OTHER", &other);
        let who = if line.starts_with("resolve") { "li" } else { "zhang" };
        step(&desk, &id, ("10:10", who, &line))
            .refuses("remote session 1 is still running")
            .and("docket remote end");
    }
    // of an engineer's session the desk hears how it is entered for them
    let hint = format!("docket remote end {} 1", tail(&id));
    step(&desk, &id, ("10:11", "zhang", "cancel ID --mistake 'not ours'"))
        .refuses("remote session 1 is still running")
        .and(&hint)
        .and("--on-behalf-of li");
    step(&desk, &id, ("10:20", "li", &end(""))).succeeds();
    step(&desk, &id, ("10:21", "li", RESOLVE)).succeeds();
    desk.is_honest();
}

#[test]
fn an_engineer_is_in_one_session_at_a_time() {
    let (desk, id) = connected("");
    step(&desk, &id, ("10:05", "li", &start(""))).refuses("remote session 1 is still running");
    let other = desk.fault_in("in_progress");
    step(&desk, &other, ("10:05", "li", &start("")))
        .refuses("is still in a remote session of")
        .and(&id);
    // a colleague may, and each ends their own
    step(&desk, &other, ("10:05", "chen", &start(""))).succeeds();
    step(&desk, &id, ("10:05", "chen", &start(""))).refuses("is still in a remote session of");
    step(&desk, &id, ("10:06", "li", &end(""))).succeeds();
    step(&desk, &other, ("10:07", "li", &start(""))).succeeds();
    step(&desk, &other, ("10:08", "li", &end(""))).succeeds();
    step(&desk, &other, ("10:08", "chen", &end(""))).succeeds();
    desk.is_honest();
}

#[test]
fn an_end_tells_steps_result_category_other_software_and_data() {
    let (desk, id) = connected("");
    for flag in ["--steps", "--result", "--other-software", "--data"] {
        let mut words = shlex::split(&end("")).unwrap();
        let place = words.iter().position(|word| word == flag).unwrap();
        words.drain(place..place + 2);
        let line = shlex::try_join(words.iter().map(String::as_str)).unwrap();
        step(&desk, &id, ("10:10", "li", &line)).usage(flag);
    }
    let data = |told: &str| end("").replace("--data no", &format!("--data {told}"));
    step(&desk, &id, ("10:10", "li", &data("mailbox"))).usage("who allowed it");
    step(&desk, &id, ("10:10", "li", &data("'mailbox:李雷'")))
        .refuses("a team member cannot answer for the customer");
    step(&desk, &id, ("09:59", "li", &end(""))).refuses("lies before the beginning");
    step(&desk, &id, ("10:10", "wu", &end(""))).refuses("it is the remote session of");
    step(&desk, &id, ("10:10", "li", &end("--category cars"))).refuses("cars");
    let told =
        data("'the mailbox: Ms Wang'").replace("software no", "software 'Outlook restarted'");
    let known = "its category is network; another one, hardware, needs its reason";
    step(&desk, &id, ("10:20", "li", &format!("{told} --category hardware")))
        .refuses(known)
        .and("docket update");
    step(&desk, &id, ("10:20", "li", &format!("{told} --category network"))).succeeds();
    let work = session(&desk, &id, 0)["work"].clone();
    assert_eq!(work["data"]["what"], "the mailbox");
    assert_eq!(work["other_software"], "Outlook restarted");
    assert_eq!(desk.record(&id)["status"]["category"], "network");
    step(&desk, &id, ("10:21", "li", &end(""))).refuses("remote session 1 is not running (ended)");
    // a word for nothing is no data that somebody allowed
    step(&desk, &id, ("10:21", "li", &data("'no:Ms Wang'"))).usage("who allowed it");
    for (nth, none) in (2..).zip(["none", "无", "没有", "不影响"]) {
        step(&desk, &id, ("10:22", "li", &start(""))).succeeds();
        let told = end("").replace("software no", &format!("software {none}"));
        step(&desk, &id, ("10:23", "li", &told)).succeeds();
        let work = session(&desk, &id, nth - 1)["work"].clone();
        assert!(work["other_software"].is_null(), "{none}: {work}");
    }
    desk.at("10:30").run(&format!("check {id}")).finds("A23").finds("other software was affected");
    desk.is_honest();
}

#[test]
fn a_session_is_not_ended_before_the_matter_has_a_category() {
    let desk = Desk::new();
    let open = "open fault 'no print' --channel hotline --customer ACME --name 'Ms Wang' \
                --reported 'no print' --need 'it prints' --expected-by none --lang en";
    let ran = desk.at("09:01").by("chen").run(open);
    let id = ran.succeeds().out().split_whitespace().nth(1).unwrap().to_owned();
    desk.at("09:02").by("chen").run(&format!("ack {id} --reply-by +1h")).succeeds();
    step(&desk, &id, ("10:00", "chen", &start(""))).succeeds();
    step(&desk, &id, ("10:10", "chen", &end(""))).usage("--category");
    step(&desk, &id, ("10:10", "chen", &end("--category hardware"))).succeeds();
    desk.is_honest();
}

#[test]
fn a_client_is_installed_only_as_allowed_and_its_end_is_told() {
    let (desk, id) = connected("");
    step(&desk, &id, ("10:10", "li", &end("--client removed"))).refuses("--install yes");
    let (desk, id) = connected("--install yes");
    step(&desk, &id, ("10:10", "li", &end(""))).usage("--client");
    step(&desk, &id, ("10:10", "li", &end("--client kept"))).usage("kept with the reason");
    step(&desk, &id, ("10:10", "li", &end("--client 'kept:for tomorrow'"))).succeeds();
    let work = session(&desk, &id, 0)["work"].clone();
    assert_eq!((&work["client"], &work["kept_because"]), (&"kept".into(), &"for tomorrow".into()));
    step(&desk, &id, ("10:11", "li", &start("--install 是"))).succeeds();
    step(&desk, &id, ("10:12", "li", &end("--client 已卸载"))).succeeds();
    assert_eq!(session(&desk, &id, 1)["work"]["client"], "removed");
    desk.is_honest();
}

#[test]
fn the_desk_ends_a_session_for_whoever_tells_it_and_begins_none_for_others() {
    let (desk, id) = connected("");
    step(&desk, &id, ("10:10", "chen", &end("--on-behalf-of li --method phone"))).succeeds();
    assert_eq!(session(&desk, &id, 0)["state"], "ended");
    let other = "remote start ID --on-behalf-of li";
    step(&desk, &id, ("10:11", "chen", other)).usage("--on-behalf-of");
    desk.is_honest();
}

#[test]
fn what_came_in_over_the_remote_client_is_not_solved_without_a_word_of_what_was_done() {
    let desk = Desk::new();
    let open = "open fault 'no print' --channel remote_client --customer ACME --name 'Ms Wang' \
                --reported 'no print' --need 'it prints' --category hardware --expected-by none";
    let new = || {
        let ran = desk.at("09:01").by("chen").run(open);
        let id = ran.succeeds().out().split_whitespace().nth(1).unwrap().to_owned();
        desk.at("09:02").by("chen").run(&format!("ack {id} --reply-by +1h")).succeeds();
        id
    };
    let id = new();
    step(&desk, &id, ("10:00", "chen", RESOLVE)).refuses("--steps");
    step(&desk, &id, ("10:00", "chen", &format!("{RESOLVE} --steps 'cleared it'"))).succeeds();
    let id = new();
    step(&desk, &id, ("10:00", "chen", &start(""))).succeeds();
    step(&desk, &id, ("10:01", "chen", &end(""))).succeeds();
    step(&desk, &id, ("10:02", "chen", RESOLVE)).succeeds();
    let id = new();
    step(&desk, &id, ("10:00", "chen", "update ID --first-line 'had her clear it'")).succeeds();
    step(&desk, &id, ("10:02", "chen", RESOLVE)).succeeds();
    desk.is_honest();
}

#[test]
fn an_open_session_waits_for_its_end_and_is_found_the_next_day() {
    let (desk, id) = connected("");
    desk.at("10:30").by("li").run("due").says("remote session 1");
    desk.at("10:05").by("li").run("").says("remote session 1");
    let due = desk.at("10:30").run("due --json").json();
    let mut tasks = due["due"].as_array().unwrap().iter();
    let mine = tasks.find(|task| task["what"] == "remote").unwrap();
    assert_eq!(mine["detail"], serde_json::json!({"number": 1, "engineer": "li", "step": "end"}));
    let check = |time: &str| desk.at(time).run(&format!("check {id}"));
    assert!(!check("18:00").out().contains("A23"));
    check("2026-11-24 09:00").finds("A23").finds("nobody says how it ended");
}

#[test]
fn what_was_worked_on_remotely_without_any_session_is_found() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    step(&desk, &id, ("10:00", "li", "update ID --support remote --reason 'hard to tell'"))
        .succeeds();
    let check = |time: &str| desk.at(time).run(&format!("check {id}"));
    assert!(!check("10:01").out().contains("A23"));
    step(&desk, &id, ("10:02", "li", RESOLVE)).succeeds();
    check("10:03").finds("A23").finds("no session says who allowed it");
    // what the customer did not want is no session either
    let id = desk.fault_in("in_progress");
    step(&desk, &id, ("10:04", "li", "update ID --support remote --reason 'hard to tell'"))
        .succeeds();
    step(&desk, &id, ("10:05", "li", "remote refused ID --by 'Ms Wang'")).succeeds();
    step(&desk, &id, ("10:06", "li", RESOLVE)).succeeds();
    let check = desk.at("10:07").run(&format!("check {id}"));
    check.finds("A23").finds("no session says who allowed it");
}

#[test]
fn steps_of_sessions_and_visits_stand_in_the_table_of_faults() {
    let (desk, id) = connected("");
    step(&desk, &id, ("10:20", "li", &end(""))).succeeds();
    step(&desk, &id, ("10:30", "li", &format!("{RESOLVE} --steps 'told her how'"))).succeeds();
    let table = desk.at("2026-12-01 09:00").run("report faults --month 2026-11 --json").json();
    assert_eq!(table["rows"][0]["steps"], "cleared the queue\ntold her how");
}

#[test]
fn the_record_of_a_session_is_printed_blank_running_ended_and_refused() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    let print = |more: &str| desk.at("11:00").run(&format!("report remote {id} {more}"));
    print("").says("☐ view  ☐ control").says("Watched by");
    step(&desk, &id, ("10:00", "li", &start(""))).succeeds();
    print("").says("RustDesk").says("☐ removed");
    step(&desk, &id, ("10:20", "li", &end(""))).succeeds();
    for (lang, label) in [("en", "Steps taken"), ("zh-CN", "是否影响其他软件")] {
        let ended = print(&format!("--lang {lang}")).says(label).says("cleared the queue");
        assert!(!ended.out().contains('☐'), "{ended}");
    }
    step(&desk, &id, ("10:30", "li", "remote refused ID --by 'Mr Ho'")).succeeds();
    print("").says("Refused by");
    print("1").says("cleared the queue");
    print("3").refuses("it has no remote session 3; there are: 1, 2");
    print("--format csv").says("refused_by");
    desk.at("11:00").run(&format!("report request {id}")).says("## Remote sessions");
    desk.at("11:00").run(&format!("report register {id} 1")).usage("NUMBER");
}

#[test]
fn clones_that_end_one_session_meet_and_the_later_end_is_set_aside() {
    let (one, id) = connected("");
    let other = cloned(&one);
    step(&one, &id, ("10:20", "li", &end(""))).succeeds();
    let later = end("").replace("it prints", "prints slowly");
    step(&other, &id, ("10:25", "li", &later)).succeeds();
    meet([&one, &other]);
    let record = one.record(&id);
    assert_eq!(record["status"]["set_aside"].as_array().unwrap().len(), 1, "{record}");
    assert_eq!(record["status"]["sessions"][0]["work"]["result"], "it prints");
    assert_eq!(record["status"], other.record(&id)["status"]);
    let later = record["status"]["set_aside"][0].as_str().unwrap();
    let settle = format!("settle ID --keep {later} --reason 'the printer says so'");
    step(&one, &id, ("19:10", "zhang", &settle)).succeeds();
    assert_eq!(one.record(&id)["status"]["sessions"][0]["work"]["result"], "prints slowly");
    meet([&other, &one]);
}

#[test]
fn a_session_on_a_record_that_another_clone_cancelled_can_still_be_ended() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    let other = cloned(&desk);
    step(&desk, &id, ("10:10", "li", &start(""))).succeeds();
    step(&other, &id, ("10:11", "zhang", "cancel ID --mistake 'not ours'")).succeeds();
    meet([&desk, &other]);
    assert_eq!(desk.record(&id)["status"]["state"], "cancelled");
    step(&desk, &id, ("19:10", "li", &start(""))).refuses("cancelled");
    step(&desk, &id, ("19:10", "li", &end(""))).succeeds();
    assert_eq!(session(&desk, &id, 0)["state"], "ended");
    desk.is_honest();
}

#[test]
fn at_a_terminal_enter_takes_whoever_allowed_it_for_who_watches() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    let line = format!("remote start {id} --method phone --install no");
    let mut typist = Typist::at(desk.at("10:00").by("li").command(&line), 80);
    for (asked, keys) in [
        ("allowed by:", "Ms Wang"),
        ("allowed (view, control, files, terminal):", "view, control"),
        ("tool:", "RustDesk"),
        ("watched by (Ms Wang):", ""),
        ("reason:", "hard to tell"),
    ] {
        typist.sees(asked).types(format!("{keys}{ENTER}"));
    }
    let (status, screen) = typist.end();
    assert_eq!(status, 0, "{screen}");
    let consent = &session(&desk, &id, 0)["consent"];
    assert_eq!(consent["by"], consent["supervised_by"]);

    let line = format!("remote end {id}");
    let mut typist = Typist::at(desk.at("10:20").by("li").command(&line), 80);
    for (asked, keys) in [
        ("steps taken:", "cleared the queue"),
        ("result:", "it prints"),
        ("other software affected (no, or how):", "no"),
        ("of who allowed it):", "the log"),
        ("takes no, or what was touched", "the log:Ms Wang"),
    ] {
        typist.sees(asked).types(format!("{keys}{ENTER}"));
    }
    let (status, screen) = typist.end();
    assert_eq!(status, 0, "{screen}");
    assert_eq!(session(&desk, &id, 0)["work"]["data"]["what"], "the log");
}
