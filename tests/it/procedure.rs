//! The steps of the procedure: what each does to repository and record, and what it refuses.

use docket::testing::{
    domain::{
        base::terms::Code,
        deciding::{scene::Scene, steps::decide_again},
        history::{
            event::{RULES, Stamp},
            steps::{Act, Resolve, Undo},
        },
    },
    store::{GitVariables, Store},
};

use crate::{
    desk::{Desk, FAULT, MACHINE, REQUEST, tail},
    terminal::Typist,
};

/// Makes the steps of a story and looks at the commit of each.
fn tell(desk: &Desk, id: &str, story: &[(&str, &str, &str, &str, &str)]) {
    for (time, who, words, action, states) in story {
        let before = desk.commits();
        let line = words.replace("ID", id);
        desk.at(time).by(who).run(&line).says(id);

        assert_eq!(desk.commits(), before + 1, "{words}: one step, one commit");
        assert_eq!(desk.status(), "", "{words}: clean afterwards");
        let people = desk.git(["log", "-1", "--format=%ae %ce"]);
        assert_eq!(people.trim(), format!("{who}@example.com {MACHINE}"), "{words}");
        let subject = desk.git(["log", "-1", "--format=%s"]);
        assert!(subject.starts_with(&format!("{action} {id}")), "{subject}");
        let record = desk.record(id);
        let event = record["history"].as_array().unwrap().last().unwrap();
        for (key, value) in [
            ("Docket-Action", *action),
            ("Docket-Record", id),
            ("Docket-Event", event["id"].as_str().unwrap()),
            ("Docket-By", who),
            ("Docket-At", &format!("2026-11-23T{time}:00+08:00")),
            ("Docket-State", states),
            ("Docket-Rules", "2"),
            ("Docket-Clock", "fixed"),
        ] {
            assert_eq!(desk.trailer(key), value, "{words}: {key}");
        }
        assert_eq!(event["by"], *who);
        assert_eq!(event["n"], record["history"].as_array().unwrap().len());
    }
}

/// The actions that `git log -- FILE` tells of a record, oldest first.
fn told_by_git(desk: &Desk, id: &str) -> Vec<String> {
    let path = desk.record_path(id);
    let format = "--format=%(trailers:key=Docket-Action,valueonly,separator=)";
    let log = desk.git(["log", "--reverse", format, "--", &path]);
    log.lines().map(str::to_owned).collect()
}

#[test]
fn a_fault_goes_from_open_to_survey_with_one_commit_for_each_step() {
    let desk = Desk::new();
    let id = desk.fault();
    assert_eq!(desk.trailer("Docket-State"), "none->open");
    assert_eq!(desk.trailer("Docket-By"), "chen");
    tell(
        &desk,
        &id,
        &[
            (
                "09:05",
                "chen",
                "update ID --first-line 'asked to restart it'",
                "update",
                "open->open",
            ),
            ("09:10", "chen", "ack ID --reply-by 10:12", "ack", "open->acknowledged"),
            (
                "09:20",
                "chen",
                "route ID --to li --reason 'needs hands'",
                "route",
                "acknowledged->routed",
            ),
            ("09:30", "li", "accept ID --respond-by 10:00", "accept", "routed->in_progress"),
            (
                "09:40",
                "li",
                "respond ID --note 'on the way'",
                "respond",
                "in_progress->in_progress",
            ),
            (
                "10:00",
                "li",
                "update ID --progress implementing",
                "update",
                "in_progress->in_progress",
            ),
            (
                "10:30",
                "li",
                "resolve ID --result replaced --cause 'power supply' --code fixed --done-at 10:25",
                "resolve",
                "in_progress->resolved",
            ),
            (
                "11:00",
                "chen",
                "confirm ID --with 'Ms Wang' --satisfaction 4",
                "confirm",
                "resolved->confirmed",
            ),
            ("11:05", "chen", "close ID", "close", "confirmed->closed"),
            (
                "15:00",
                "chen",
                "survey record ID --satisfaction 5 --by 'Ms Wang'",
                "survey",
                "closed->closed",
            ),
        ],
    );

    let story = [
        "open", "update", "ack", "route", "accept", "respond", "update", "resolve", "confirm",
        "close", "survey",
    ];
    assert_eq!(told_by_git(&desk, &id), story);
    let status = &desk.record(&id)["status"];
    assert_eq!(status["state"], "closed");
    assert_eq!(status["assignee"], "li");
    assert_eq!(status["desk_owner"], "chen", "who opened it follows it to its end");
    assert_eq!(status["confirmation"]["satisfaction"], "satisfied");
    assert_eq!(status["survey"]["satisfaction"], "very_satisfied");
    assert_eq!(status["resolution"]["done_at"], "2026-11-23T10:25:00+08:00");
}

#[test]
fn a_request_goes_from_open_to_survey_with_one_commit_for_each_step() {
    let desk = Desk::new();
    let id = desk.request();
    tell(
        &desk,
        &id,
        &[
            ("09:10", "chen", "ack ID --reply-by 11:00", "ack", "open->acknowledged"),
            ("09:20", "chen", "route ID --to wu --reason account", "route", "acknowledged->routed"),
            ("09:30", "wu", "accept ID --respond-by 10:30", "accept", "routed->in_progress"),
            (
                "10:00",
                "wu",
                "resolve ID --result 'account is there' --cause 'new colleague' --code fulfilled",
                "resolve",
                "in_progress->resolved",
            ),
            (
                "10:10",
                "zhang",
                "confirm ID --with 'Mr Ray' --satisfaction 5 --method email",
                "confirm",
                "resolved->confirmed",
            ),
            ("10:20", "chen", "close ID", "close", "confirmed->closed"),
            (
                "10:30",
                "zhang",
                "survey record ID --satisfaction 3 --by 'Mr Ray'",
                "survey",
                "closed->closed",
            ),
        ],
    );
    let story = ["open", "ack", "route", "accept", "resolve", "confirm", "close", "survey"];
    assert_eq!(told_by_git(&desk, &id), story);
}

#[test]
fn the_desk_solves_it_at_first_contact_and_another_person_calls_back() {
    let desk = Desk::new();
    let id = desk.request();
    desk.at("09:05").by("chen").run(&format!("ack {id} --reply-by +1h")).succeeds();
    let resolve = format!("resolve {id} --result 'reset it' --cause forgotten --code fulfilled");
    desk.at("09:10").by("chen").run(&resolve).succeeds();

    let confirm = format!("confirm {id} --with 'Mr Ray' --satisfaction 5");
    desk.at("09:15").by("chen").run(&confirm).refuses("cannot confirm their own work");
    desk.at("09:15").by("zhang").run(&confirm).succeeds();
    desk.at("09:20").by("chen").run(&format!("close {id}")).succeeds();
}

/// Verb, its words, and the states that allow it.
const STEPS: &[(&str, &str, &[&str])] = &[
    ("ack", "--reply-by +1h", &["open"]),
    ("route", "--to wu --reason r", &["acknowledged", "routed", "in_progress", "pending"]),
    ("accept", "--respond-by +1h", &["routed"]),
    ("return", "--reason r", &["routed"]),
    ("respond", "--note n", &["acknowledged", "in_progress", "pending"]),
    ("update", "--note n", UNFINISHED),
    ("promise", "+1h --to 'Ms Wang' --what w", UNFINISHED),
    ("fulfil", "", UNFINISHED),
    ("explain", "t", UNFINISHED),
    ("hold", "--reason waiting_customer --resume-by +1h --evidence e", &["in_progress", "pending"]),
    ("resume", "", &["pending"]),
    (
        "extend",
        "--plan p --until +9d --consent 'Ms Wang' --method phone",
        &["acknowledged", "routed", "in_progress", "pending"],
    ),
    ("escalate", "--to zhang --reason r --method phone", UNFINISHED),
    ("handover", "--to zhang --reason r", UNFINISHED),
    ("takeover", "", UNFINISHED),
    ("resolve", "--result r --cause c --code fixed", &["acknowledged", "in_progress"]),
    ("confirm", "--with 'Ms Wang' --satisfaction 4", &["resolved"]),
    ("confirm", "--no-answer", &["resolved"]),
    ("close", "", &["confirmed"]),
    ("close", "--exception other --reason r", &["resolved"]),
    ("close", "--exception withdrawn --reason r --with 'Ms Wang' --method phone", UNFINISHED),
    ("survey record", "--satisfaction 4 --by 'Ms Wang'", &["closed"]),
    ("reopen", "--reason r", &["closed"]),
    ("cancel", "--mistake m", &["open", "acknowledged", "routed", "in_progress", "pending"]),
];

const UNFINISHED: &[&str] =
    &["open", "acknowledged", "routed", "in_progress", "pending", "resolved", "confirmed"];

fn no_step_is_skipped_from(states: &[&str]) {
    let desk = Desk::new();
    for state in states {
        let id = desk.fault_in(state);
        for (verb, words, allowed) in STEPS {
            if !allowed.contains(state) {
                let line = format!("{verb} {id} {words}");
                desk.at("10:05").by("zhang").run(&line).refuses(&id).and("it is ");
            }
        }
    }
}

#[test]
fn no_step_is_skipped_before_the_work_begins() {
    no_step_is_skipped_from(&["open", "acknowledged", "routed"]);
}

#[test]
fn no_step_is_skipped_during_the_work() {
    no_step_is_skipped_from(&["in_progress", "pending", "resolved", "confirmed"]);
}

#[test]
fn no_step_is_made_after_the_end() {
    no_step_is_skipped_from(&["closed", "cancelled", "merged"]);
}

#[test]
fn a_finished_record_is_not_merged_into_another() {
    let desk = Desk::new();
    let other = desk.fault();
    for state in ["confirmed", "closed", "cancelled"] {
        let id = desk.fault_in(state);
        let line = format!("merge {id} --into {other} --reason same");
        desk.at("10:05").by("chen").run(&line).refuses("cannot be merged");
    }
}

#[test]
fn a_record_is_acknowledged_once() {
    let desk = Desk::new();
    let id = desk.fault_in("acknowledged");
    desk.at("09:16")
        .by("zhang")
        .run(&format!("ack {id} --reply-by +1h"))
        .refuses("already acknowledged, by 陈静 (chen) at 09:10");
}

#[test]
fn the_reply_time_is_never_assumed_and_lies_ahead() {
    let desk = Desk::new();
    let id = desk.fault();
    desk.at("09:10").by("chen").run(&format!("ack {id}")).usage("--reply-by");
    desk.at("09:10").by("chen").run(&format!("ack {id} --reply-by 09:05")).refuses("--reply-by");
    desk.at("09:10")
        .by("chen")
        .run(&format!("ack {id} --reply-by 10:00 --method monitoring"))
        .refuses("monitoring");
}

#[test]
fn open_names_all_that_is_missing_at_once() {
    let desk = Desk::new();
    let ran = desk.at("09:00").by("chen").run("open fault 'It is down'");
    let ran = ran.usage("--channel");
    for flag in ["--customer", "--name", "--reported", "--need", "--expected-by"] {
        assert!(ran.err().contains(flag), "no {flag} in {ran}");
    }
}

#[test]
fn the_customers_words_stay_apart_from_the_desks() {
    let desk = Desk::new();
    let id = desk.fault();
    let record = desk.record(&id);
    assert_eq!(record["intake"]["reported"], "nobody can log in");
    assert_eq!(record["intake"]["need"], "everybody works again");
    assert_eq!(record["intake"]["title"], "Switch on floor 3 is down");
    assert_eq!(record["intake"]["fault"]["symptom"], "nobody can log in");
}

#[test]
fn limits_follow_level_and_kind() {
    let desk = Desk::new();
    let plain = desk.request();
    let due = &desk.record(&plain)["status"]["due"];
    assert_eq!(due["respond"], "2026-11-23T18:00:00+08:00", "one working day");

    let id = desk.fault();
    let due = &desk.record(&id)["status"]["due"];
    assert_eq!(due["resolve"], "2026-11-24T09:00:00+08:00", "24 hours for a fault");

    let line = format!("{FAULT} --stops-work yes");
    let urgent = desk.at("09:00").by("chen").run(&line).id();
    let status = &desk.record(&urgent)["status"];
    assert_eq!(status["level"], "urgent");
    assert_eq!(status["priority"], 1);
    assert_eq!(status["due"]["respond"], "2026-11-23T10:00:00+08:00", "1 hour");

    let line = "open enquiry 'How to print' --channel phone --customer ACME --name 'Ms Lu' \
        --reported how --need advice --category advice";
    let enquiry = desk.at("09:00").by("chen").run(line).id();
    assert_eq!(desk.record(&enquiry)["status"]["impact"], "low");
}

#[test]
fn only_who_it_is_routed_to_accepts_or_returns_it() {
    let desk = Desk::new();
    let id = desk.fault_in("routed");
    for who in ["wu", "chen", "zhang"] {
        let line = format!("accept {id} --respond-by +1h");
        desk.at("09:30").by(who).run(&line).refuses("李雷 (li) is responsible");
        let line = format!("return {id} --reason no");
        desk.at("09:30").by(who).run(&line).refuses("李雷 (li) is responsible");
    }
    desk.at("09:30")
        .by("li")
        .run(&format!("return {id} --reason 'not a network matter'"))
        .succeeds();
    let status = &desk.record(&id)["status"];
    assert_eq!(status["state"], "acknowledged");
    assert_eq!(status["counts"]["returns"], 1);
    assert!(status["assignee"].is_null());

    let line = format!("route {id} --to wu --reason again");
    desk.at("09:40").by("chen").run(&line).succeeds();
    assert_eq!(desk.record(&id)["status"]["counts"]["routes"], 2);
}

#[test]
fn a_late_promise_of_the_responsible_person_needs_its_reason() {
    let desk = Desk::new();
    let id = desk.fault_in("routed");
    let line = format!("accept {id} --respond-by '2026-11-26 09:00'");
    desk.at("09:30").by("li").run(&line).refuses("needs a reason");
    let line = format!("{line} --reason 'part is abroad'");
    desk.at("09:30").by("li").run(&line).succeeds();
}

#[test]
fn the_desk_enters_what_a_person_without_a_shell_told_it() {
    let desk = Desk::new();
    let id = desk.fault_in("routed");
    let line = format!("accept {id} --respond-by +1h --on-behalf-of li --method phone");
    desk.at("09:30").by("wu").run(&line).refuses("Wu Gang (wu) is not allowed");
    desk.at("09:30").by("chen").run(&line).succeeds();
    assert_eq!(desk.trailer("Docket-By"), "chen");
    assert_eq!(desk.trailer("Docket-Told-By"), "li");
    let author = desk.git(["log", "-1", "--format=%ae"]);
    assert_eq!(author.trim(), "chen@example.com", "the recorder is the author");

    let resolve =
        format!("resolve {id} --result r --cause c --code fixed --on-behalf-of li --method phone");
    desk.at("09:50").by("chen").run(&resolve).succeeds();
    let record = desk.record(&id);
    assert_eq!(record["status"]["resolution"]["by"], "li", "the deed is li's");
    let event = record["history"].as_array().unwrap().last().unwrap();
    assert_eq!((&event["by"], &event["told_by"]), (&"chen".into(), &"li".into()));
    let line = format!("accept {id} --respond-by +1h --on-behalf-of nobody --method phone");
    desk.at("09:55").by("chen").run(&line).refuses(&id);
}

#[test]
fn the_first_reply_is_given_once_and_by_the_responsible_person() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    let line = format!("respond {id} --note 'on the way'");
    desk.at("09:40").by("chen").run(&line).refuses("李雷 (li) is responsible");
    desk.at("09:40").by("li").run(&line).succeeds();
    assert_eq!(desk.record(&id)["status"]["times"]["responded_at"], "2026-11-23T09:40:00+08:00");
    desk.at("09:45").by("li").run(&line).refuses("first reply");

    let id = desk.fault_in("acknowledged");
    let line = format!("respond {id} --note 'we look at it'");
    desk.at("09:40").by("chen").run(&line).succeeds();
    let id = desk.fault_in("in_progress");
    desk.at("09:40").by("li").run(&format!("respond {id}")).usage("--note");
}

#[test]
fn a_new_route_takes_the_work_from_the_one_who_had_it() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    let line = format!("route {id} --to wu --reason 'it is the server'");
    desk.at("09:45").by("chen").run(&line).succeeds();
    let status = &desk.record(&id)["status"];
    assert_eq!((&status["state"], &status["assignee"]), (&"routed".into(), &"wu".into()));
    assert_eq!((&status["unit"], &status["counts"]["routes"]), (&"systems".into(), &2.into()));
    let line = format!("resolve {id} --result r --cause c --code fixed");
    desk.at("09:50").by("li").run(&line).refuses("it is routed");
    let line = format!("accept {id} --respond-by +1h");
    desk.at("09:50").by("li").run(&line).refuses("Wu Gang (wu) is responsible");
    desk.at("09:50").by("wu").run(&line).succeeds();
}

#[test]
fn nobody_unknown_or_retired_gets_the_work() {
    let desk = Desk::new();
    let id = desk.fault_in("acknowledged");
    let line = format!("route {id} --to lii --reason r");
    desk.at("09:30").by("chen").run(&line).refuses("no person “lii”").and("li");
    let line = "people retire wu --reason 'moved away'";
    desk.at("09:30").by("zhang").run(line).succeeds();
    let line = format!("route {id} --to wu --reason r");
    desk.at("2026-11-24 09:30")
        .by("chen")
        .run(&line)
        .refuses("Wu Gang (wu) was not in the team then");
}

#[test]
fn a_pause_that_stops_the_clock_moves_the_due_time_by_its_length() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    let pend = format!("hold {id} --reason waiting_customer --resume-by 12:00 --evidence 'asked'");
    desk.at("10:00").by("li").run(&pend).succeeds();
    assert_eq!(desk.record(&id)["status"]["state"], "pending");
    desk.at("11:00").by("li").run(&format!("resume {id}")).succeeds();
    let status = &desk.record(&id)["status"];
    assert_eq!(status["state"], "in_progress");
    assert_eq!(status["due"]["resolve"], "2026-11-24T10:00:00+08:00", "one hour later");

    desk.at("11:30").by("li").run(&pend).succeeds();
    desk.at("17:00").by("li").run(&format!("resume {id}")).succeeds();
    assert_eq!(
        desk.record(&id)["status"]["due"]["resolve"],
        "2026-11-24T10:30:00+08:00",
        "a pause counts at most to its resume-by"
    );
}

#[test]
fn a_pause_that_stops_no_clock_leaves_the_due_time() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    let pend = format!("hold {id} --reason waiting_supplier --resume-by +2h --evidence ordered");
    desk.at("10:00").by("li").run(&pend).succeeds();
    desk.at("11:00").by("li").run(&format!("resume {id}")).succeeds();
    assert_eq!(desk.record(&id)["status"]["due"]["resolve"], "2026-11-24T09:00:00+08:00");
    let pend = format!("hold {id} --reason lunch --resume-by +2h --evidence hungry");
    desk.at("12:00").by("li").run(&pend).refuses("no reason for a pause “lunch”");
}

#[test]
fn progress_never_pauses_a_clock_and_says_so() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    let line = format!("update {id} --progress waiting_customer");
    desk.at("10:00").by("li").run(&line).says("never pauses a clock");
    let status = &desk.record(&id)["status"];
    assert_eq!(status["state"], "in_progress");
    assert_eq!(status["due"]["resolve"], "2026-11-24T09:00:00+08:00");
}

#[test]
fn going_beyond_the_telephone_has_its_reason() {
    let desk = Desk::new();
    let id = desk.fault();
    let update = |time: &str, flags: &str| {
        desk.at(time).by("chen").run(&format!("update {id} --lang en {flags}"))
    };
    let refused = |time: &str, flags: &str| {
        let ran = update(time, flags).refuses("going further");
        assert!(ran.err().contains("--reason"), "{ran}");
    };
    // nobody said anything: by telephone
    refused("09:05", "--support remote");
    refused("09:05", "--support onsite");
    update("09:06", "--support phone").succeeds();
    refused("09:07", "--support remote");
    update("09:08", "--support remote --reason 'the screen has to be seen'").says("remote session");
    refused("09:09", "--support onsite");
    update("09:10", "--support remote --note 'as before'").succeeds();
    update("09:11", "--support onsite --reason 'the cable is broken'").succeeds();
    assert_eq!(desk.record(&id)["status"]["support"], "onsite");
    desk.at("09:12").run(&format!("show {id} --lang en")).says("on site");
    desk.at("09:12").run(&format!("show {id} --lang zh")).says("支持方式");
    // less than before needs none, and everyday words are taken
    for (typed, mode) in
        [("上门", "onsite"), ("现场", "onsite"), ("远程", "remote"), ("电话", "phone")]
    {
        update("09:13", &format!("--support {typed}")).succeeds();
        assert_eq!(desk.record(&id)["status"]["support"], mode, "{typed}");
    }
    // somebody at a terminal is asked for it
    let line = format!("update {id} --lang en --support remote");
    let mut typist = Typist::at(desk.at("09:14").by("chen").command(&line), 80);
    typist.sees("reason");
    let (status, screen) = typist.types("to see the screen\r").end();
    assert_eq!(status, 0, "{screen}");
    assert_eq!(desk.record(&id)["status"]["support"], "remote");
    desk.is_honest();
}

#[test]
fn a_later_time_takes_a_plan_and_the_customers_consent() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    let line = format!("extend {id} --until '2026-11-25 12:00'");
    desk.at("10:00").by("li").run(&line).usage("--plan").and("--consent");

    let line = format!(
        "extend {id} --plan 'new switch' --until '2026-11-25 12:00' --refused 'Ms Wang' --method phone"
    );
    desk.at("10:00").by("li").run(&line).says("the due time stays");
    let due = |desk: &Desk| desk.record(&id)["status"]["due"]["resolve"].clone();
    assert_eq!(due(&desk), "2026-11-24T09:00:00+08:00");

    let line = line.replace("--refused", "--consent");
    desk.at("10:30").by("li").run(&line).succeeds();
    assert_eq!(due(&desk), "2026-11-25T12:00:00+08:00");
    let line = line.replace("2026-11-25", "2026-11-23");
    desk.at("10:40")
        .by("li")
        .run(&line)
        .refuses("--until must be later than the present due time, 2026-11-25 12:00");
    let line = line.replace("'Ms Wang'", "李雷").replace("2026-11-23", "2026-11-27");
    desk.at("10:40").by("li").run(&line).refuses("cannot answer for the customer");
}

#[test]
fn a_promise_is_kept_or_explained_before_the_record_is_closed() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    let line = format!("promise {id} 17:00 --to 'Ms Wang' --what 'a call'");
    desk.at("10:00").by("li").run(&line).succeeds();
    let line = format!("promise {id} 09:00 --to 'Ms Wang' --what 'too late'");
    desk.at("10:00").by("li").run(&line).refuses("must be in the future");

    for (who, line) in [
        ("li", "resolve ID --result r --cause c --code fixed"),
        ("chen", "confirm ID --with 'Ms Wang' --satisfaction 4"),
    ] {
        desk.at("11:00").by(who).run(&line.replace("ID", &id)).succeeds();
    }
    let close = format!("close {id}");
    desk.at("11:10").by("chen").run(&close).refuses("promise 2").and("docket fulfil");
    let kept = format!("fulfil {id} 2 --informed 'Ms Wang' --method phone");
    desk.at("11:20").by("chen").run(&kept).succeeds();
    desk.at("11:21").by("chen").run(&kept).refuses("no promise is open");
    desk.at("11:30").by("chen").run(&close).succeeds();
}

#[test]
fn a_promise_that_cannot_be_kept_is_explained() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    desk.at("10:00").by("li").run(&format!("explain {id} 'the part comes tomorrow'")).succeeds();
    let promise = &desk.record(&id)["status"]["promises"][0];
    assert_eq!(promise["explained_at"], "2026-11-23T10:00:00+08:00");
    desk.at("10:01").by("li").run(&format!("fulfil {id} 1")).refuses("no promise is open");
    desk.at("10:01").by("li").run(&format!("explain {id} 7 'x'")).refuses("not open");
}

#[test]
fn the_words_of_earlier_versions_are_understood_and_files_keep_theirs() {
    let desk = Desk::new();
    let id = desk.fault_in("routed");
    let remark = "remark 'too loud' --channel hotline --customer ACME --reported 'it hurts' \
        --soothed 'will be turned down' --wants-reply no";
    for (who, line, action) in [
        ("chen", "accept ID --respond-by +1h --told-by li --method phone", "accept"),
        ("li", "pend ID --reason waiting_customer --resume-by +1h --evidence asked", "pend"),
        ("chen", "kept ID --told 'Ms Wang' --method phone", "kept"),
        ("chen", remark, "open"),
    ] {
        let ran = desk.at("09:40").by(who).run(&format!("{} --json", line.replace("ID", &id)));
        assert_eq!(ran.json()["event"]["action"], action, "{line}");
    }
}

#[test]
fn an_escalation_goes_up_and_the_same_tier_only_to_another_person() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    let escalate = |to: &str, tier: &str| {
        let line = format!("escalate {id} --to {to} --reason late --method phone {tier}");
        desk.at("10:00").by("chen").run(&line)
    };
    let two = "people change wu --role team_lead --role engineer";
    desk.at("10:00").by("zhang").run(two).succeeds();
    escalate("zhang", "").succeeds();
    escalate("zhang", "--tier 1").refuses("already escalated to zhang");
    escalate("wu", "--tier 1").succeeds();
    escalate("zhang", "").succeeds();
    escalate("wu", "--tier 1").refuses("below tier 2");
    let told = &desk.record(&id)["status"]["escalations"];
    let tiers: Vec<_> = told.as_array().unwrap().iter().map(|e| e["tier"].clone()).collect();
    assert_eq!(tiers, [1, 1, 2]);
}

#[test]
fn ownership_moves_when_it_is_taken_over() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    let owner = |desk: &Desk| desk.record(&id)["status"]["desk_owner"].clone();
    let line = format!("handover {id} --to li --reason 'end of shift'");
    desk.at("17:00").by("chen").run(&line).refuses("李雷 (li) cannot take it over");
    let line = format!("handover {id} --to zhang --reason 'end of shift'");
    desk.at("17:00").by("li").run(&line).refuses("not allowed");
    desk.at("17:00").by("chen").run(&line).succeeds();
    assert_eq!(owner(&desk), "chen");
    desk.at("17:10").by("zhang").run("takeover --all").succeeds();
    assert_eq!(owner(&desk), "zhang");
    let line = format!("takeover {id}");
    desk.at("17:20").by("chen").run(&line).refuses("was not handed over");
    desk.at("17:20").by("zhang").run(&line).refuses("already owns it");
    let line = format!("handover {id} --to chen --reason 'back again'");
    desk.at("17:30").by("zhang").run(&line).succeeds();
    desk.at("17:40").by("chen").run(&format!("takeover {id}")).succeeds();
    desk.at("17:50").by("zhang").run(&format!("takeover {id}")).succeeds();
    assert_eq!(owner(&desk), "zhang", "a team lead may act for the absent");
    for quiet in ["", " --quiet"] {
        let ran = desk.at("17:20").by("zhang").run(&format!("takeover {id} {id}{quiet}"));
        assert!(ran.err().contains("zhang already owns it"), "{ran}");
        assert!(!ran.out().contains("already owns it"), "{ran}");
    }
}

#[test]
fn handover_of_all_that_is_mine_makes_one_commit_for_each_record() {
    let desk = Desk::new();
    let (one, two) = (desk.fault(), desk.request());
    let before = desk.commits();
    desk.at("17:00").by("chen").run("handover --mine --to zhang --reason shift").succeeds();
    assert_eq!(desk.commits(), before + 2);
    for id in [one, two] {
        assert_eq!(desk.record(&id)["status"]["handed_to"], "zhang");
    }
}

#[test]
fn nobody_confirms_their_own_work_nor_for_the_customer() {
    let desk = Desk::new();
    let id = desk.fault_in("resolved");
    let with = |name: &str| format!("confirm {id} --with {name} --satisfaction 4");
    desk.at("09:55").by("li").run(&with("'Ms Wang'")).refuses("");
    let staff = ["chen", "陈静", "zhang", "'Wu Gang'", "li@example.com"];
    for staff in staff.iter().chain(&["'Wu Gаng'", "'\u{202e}gnaG uW'", "'Gang Wu (IT)'"]) {
        desk.at("09:55").by("chen").run(&with(staff)).refuses("cannot answer for the customer");
    }
    let line = format!("confirm {id} --satisfaction 4");
    desk.at("09:55").by("chen").run(&line).usage("--with");
    let line = format!("confirm {id} --with 'Ms Wang'");
    desk.at("09:55").by("chen").run(&line).usage("--satisfaction");
    let line = format!("{} --namesake 'of ACME'", with("'Wu Gang'"));
    desk.at("09:55").by("chen").run(&line).succeeds();
}

#[test]
fn a_low_grade_needs_the_customers_words_and_goes_back_to_work() {
    let desk = Desk::new();
    let id = desk.fault_in("resolved");
    let line = format!("confirm {id} --with 'Ms Wang' --satisfaction 2");
    desk.at("09:55").by("chen").run(&line).refuses("--comment");
    let line = format!("{line} --comment 'still slow'");
    desk.at("09:55").by("chen").run(&line).succeeds();
    let status = &desk.record(&id)["status"];
    assert_eq!((&status["state"], &status["assignee"]), (&"in_progress".into(), &"li".into()));
    assert_eq!(status["counts"]["reworks"], 1);
    assert!(status["resolution"].is_null());

    let id = desk.fault_in("resolved");
    let line = format!("confirm {id} --with 'Ms Wang' --not-handled 'it is down again'");
    desk.at("09:55").by("chen").run(&line).succeeds();
    assert_eq!(desk.record(&id)["status"]["state"], "in_progress");
}

#[test]
fn a_customer_is_unreachable_only_after_calls_on_several_days() {
    let desk = Desk::new();
    let id = desk.fault_in("resolved");
    let close = format!("close {id} --exception unreachable --reason 'no answer'");
    desk.at("09:55").by("chen").run(&close).refuses("3 times on 2 days");
    let call = format!("confirm {id} --no-answer --method phone");
    for time in ["10:00", "15:00", "2026-11-24 10:00"] {
        desk.at(time).by("chen").run(&call).succeeds();
    }
    desk.at("2026-11-24 10:05").by("chen").run(&close).succeeds();
    assert_eq!(desk.record(&id)["status"]["exception"], "unreachable");
}

#[test]
fn a_customer_withdraws_in_any_unfinished_state_and_only_in_person() {
    let desk = Desk::new();
    for state in ["open", "in_progress", "resolved"] {
        let id = desk.fault_in(state);
        let close = format!("close {id} --exception withdrawn --reason 'found it'");
        desk.at("10:00").by("chen").run(&close).refuses("--with");
        let staff = format!("{close} --with 陈静 --method phone");
        desk.at("10:00").by("chen").run(&staff).refuses("cannot answer for the customer");
        let line = format!("{close} --with 'Ms Wang' --method phone");
        desk.at("10:00").by("chen").run(&line).succeeds();
    }
}

#[test]
fn another_exception_is_the_team_leads() {
    let desk = Desk::new();
    let id = desk.fault_in("resolved");
    let close = format!("close {id} --exception other");
    desk.at("10:00").by("zhang").run(&close).refuses("--reason");
    let close = format!("{close} --reason 'company dissolved'");
    desk.at("10:00").by("chen").run(&close).refuses("team lead");
    desk.at("10:00").by("zhang").run(&close).succeeds();
}

#[test]
fn an_incomplete_record_is_not_closed_and_every_gap_names_its_command() {
    let desk = Desk::new();
    let line = REQUEST.replace(" --category account", "");
    let id = desk.at("09:00").by("chen").run(&line).id();
    for (who, line) in [
        ("chen", "ack ID --reply-by +1h"),
        ("chen", "promise ID +2h --to 'Mr Ray' --what 'a letter'"),
        ("chen", "resolve ID --result r --cause c --code fulfilled"),
        ("zhang", "confirm ID --with 'Mr Ray' --satisfaction 4"),
    ] {
        let told = desk.at("09:10").by(who).run(&line.replace("ID", &id)).succeeds();
        // who calls back is told what stands before the closing
        let category = format!("docket update {} --category CATEGORY; ", tail(&id));
        assert_eq!(told.out().contains(&category), line.starts_with("confirm"), "{told}");
    }
    desk.at("09:20")
        .by("chen")
        .run(&format!("close {id}"))
        .refuses("category")
        .and("promise 2")
        .and("docket update")
        .and("docket fulfil");
    desk.at("09:30").by("chen").run(&format!("update {id} --category account")).succeeds();
    desk.at("09:30").by("chen").run(&format!("fulfil {id} 2")).succeeds();
    desk.at("09:30").by("chen").run(&format!("close {id}")).succeeds();
}

#[test]
fn closing_keeps_the_report_and_its_hash() {
    let desk = Desk::new();
    let id = desk.fault_in("closed");
    let archive = desk.record(&id)["status"]["archive"].clone();
    let path = archive["path"].as_str().unwrap();
    let blob = desk.git(["hash-object", path]);
    assert_eq!(blob.trim(), archive["blob"]);
    let report = desk.read(path);
    assert!(report.contains(&id) && report.contains("switch replaced"), "{report}");
    for personal in ["Wang", "13812341234"] {
        assert!(!report.contains(personal), "{personal} in {report}");
    }
    let files = desk.git(["show", "--name-only", "--format=", "HEAD"]);
    let mut files: Vec<_> = files.lines().collect();
    files.sort_unstable();
    assert_eq!(files, [path, &desk.record_path(&id)]);
}

#[test]
fn done_callback_and_closing_come_in_this_order() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    let resolve = format!("resolve {id} --result r --cause c --code fixed");
    let line = format!("{resolve} --done-at '10:20'");
    desk.at("10:10").by("li").run(&line).refuses("");
    let line = format!("{resolve} --done-at '08:20'");
    desk.at("10:10").by("li").run(&line).refuses("earlier than the record was received");
    let line = format!("{resolve} --done-at '10:05'");
    desk.at("10:10").by("li").run(&line).succeeds();

    let confirm = format!("confirm {id} --with 'Ms Wang' --satisfaction 4");
    desk.at("10:15").by("chen").run(&format!("{confirm} --at 10:04")).refuses("in this order");
    desk.at("10:15").by("chen").run(&confirm).succeeds();
    let close = format!("close {id}");
    desk.at("10:20").by("chen").run(&format!("{close} --at 10:14")).refuses("in this order");
    desk.at("10:20").by("chen").run(&close).succeeds();
}

#[test]
fn out_of_scope_needs_a_way_forward() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    let line = format!("resolve {id} --result r --cause c --code out_of_scope");
    desk.at("10:00").by("li").run(&line).refuses("--referral");
    let line = format!("{line} --referral 'the landlord'");
    desk.at("10:00").by("li").run(&line).succeeds();
    let id = desk.fault_in("in_progress");
    let line = format!("resolve {id} --result r --cause c --code fixt");
    desk.at("10:00").by("li").run(&line).refuses("no resolution code “fixt”").and("fixed");
}

#[test]
fn a_closed_record_comes_back_within_its_window_only() {
    let desk = Desk::new();
    let id = desk.fault_in("closed");
    let reopen = format!("reopen {id} --reason 'down again'");
    desk.at("2026-12-01 10:00")
        .by("chen")
        .run(&reopen)
        .refuses("could be reopened until")
        .and("docket open --follows");
    desk.at("2026-11-25 10:00").by("chen").run(&reopen).succeeds();
    let status = &desk.record(&id)["status"];
    assert_eq!((&status["state"], &status["assignee"]), (&"in_progress".into(), &"li".into()));
    assert_eq!(status["counts"]["reopens"], 1);
}

#[test]
fn a_new_record_follows_a_closed_one() {
    let desk = Desk::new();
    let closed = desk.fault_in("closed");
    let line = format!("open --follows {closed} --expected-by 17:00");
    let id = desk.at("2026-12-10 09:00").by("chen").run(&line).id();
    let record = desk.record(&id);
    assert_eq!(record["intake"]["follows"]["record"], *closed);
    assert_eq!(record["intake"]["kind"], "fault");
    let open = desk.fault();
    let line = format!("open --follows {open} --expected-by 17:00");
    desk.at("2026-12-10 09:00").by("chen").run(&line).refuses("it is open");
}

#[test]
fn a_cancelled_record_stays() {
    let desk = Desk::new();
    let id = desk.fault_in("cancelled");
    assert!(desk.path(&desk.record_path(&id)).exists());
    desk.at("10:00").run(&format!("show {id}")).says("cancelled");
    let routed = desk.fault_in("routed");
    let line = format!("cancel {routed}");
    desk.at("10:00").by("chen").run(&line).usage("--mistake");
}

#[test]
fn a_record_is_merged_into_an_unfinished_one_of_the_same_customer() {
    let desk = Desk::new();
    let (id, twin, stranger) = (desk.fault(), desk.fault(), desk.request());
    let merge = |into: &str| {
        let line = format!("merge {id} --into {into} --reason 'same matter'");
        desk.at("09:10").by("chen").run(&line)
    };
    merge(&id).refuses("the same record");
    merge(&stranger).refuses("belongs to ACME");
    merge("R-261123-00000").refuses("no record");
    merge(&twin).succeeds();
    let status = &desk.record(&id)["status"];
    assert_eq!(
        (&status["state"], &status["merged_into"]["record"]),
        (&"merged".into(), &twin.into())
    );
}

#[test]
fn records_are_linked_once() {
    let desk = Desk::new();
    let (id, other) = (desk.fault(), desk.request());
    let link = |to: &str, kind: &str| {
        desk.at("09:10").by("li").run(&format!("link {id} --to {to} --as {kind}"))
    };
    link(&other, "related").succeeds();
    link(&other, "related").refuses("already");
    link(&other, "child").succeeds();
    link(&id, "related").refuses("the same record");
    link(&other, "cousin").usage("related");
    assert_eq!(desk.record(&id)["status"]["links"][0]["to"]["record"], *other);
}

#[test]
fn a_corrected_fact_keeps_its_old_value() {
    let desk = Desk::new();
    let id = desk.fault();
    let line = format!("amend {id} --set 'title=Switch on floor 4' --reason 'wrong floor'");
    desk.at("09:10").by("chen").run(&line).succeeds();
    let record = desk.record(&id);
    assert_eq!(record["intake"]["title"], "Switch on floor 3 is down", "the original stays");
    assert_eq!(record["status"]["title"], "Switch on floor 4");
    let set = &record["history"][1]["set"][0];
    assert_eq!(set["old"], "Switch on floor 3 is down");
    assert_eq!(set["new"], "Switch on floor 4");
    desk.at("09:11").by("chen").run(&line).refuses("already has this value");
    desk.at("09:11").by("chen").run(&format!("amend {id} --set title=x")).usage("--reason");
    let line = format!("amend {id} --set colour=red --reason r");
    desk.at("09:11").by("chen").run(&line).usage("title");
    let line = format!("amend {id} --set category=netwrok --reason r");
    desk.at("09:11").by("chen").run(&line).refuses("network");
}

#[test]
fn facts_that_clocks_hang_on_are_corrected_by_a_team_lead() {
    let desk = Desk::new();
    let id = desk.fault();
    for set in ["kind=request", "impact=high", "urgency=high", "'received_at=2026-11-23 08:30'"] {
        let line = format!("amend {id} --set {set} --reason r");
        desk.at("09:10").by("chen").run(&line).refuses("only a team lead");
    }
    let line = format!("amend {id} --set 'received_at=2026-11-23 08:30' --reason r");
    desk.at("09:10").by("zhang").run(&line).succeeds();
    let status = &desk.record(&id)["status"];
    assert_eq!(status["received_at"], "2026-11-23T08:30:00+08:00");
    assert_eq!(status["due"]["resolve"], "2026-11-24T08:30:00+08:00");
}

#[test]
fn the_first_answer_to_the_survey_counts() {
    let desk = Desk::new();
    let id = desk.fault_in("closed");
    let survey = |words: &str| {
        let line = format!("survey record {id} --by 'Ms Wang' {words}");
        desk.at("15:00").by("chen").run(&line)
    };
    survey("--satisfaction 1").refuses("--comment");
    survey("--satisfaction 9").usage("satisf");
    survey("--satisfaction 4").succeeds();
    survey("--satisfaction 1 --comment 'changed my mind'").succeeds();
    let record = desk.record(&id);
    assert_eq!(record["status"]["survey"]["satisfaction"], "satisfied");
    let answers = record["history"].as_array().unwrap();
    assert_eq!(answers.iter().filter(|e| e["action"] == "survey").count(), 2);
    let staff = format!("survey record {id} --by chen --satisfaction 5");
    desk.at("15:00").by("chen").run(&staff).refuses("cannot answer for the customer");
}

const REMARK: &str = "remark 'Hold music is loud' --channel hotline --customer ACME \
    --reported 'it hurts' --explanation 'will be turned down'";

#[test]
fn a_remark_is_recorded_and_closed_at_once() {
    let desk = Desk::new();
    let before = desk.commits();
    let line = format!("{REMARK} --wants-reply no");
    let id = desk.at("09:00").by("chen").run(&line).id();
    assert_eq!(desk.commits(), before + 1);
    assert_eq!(desk.trailer("Docket-State"), "none->closed");
    assert_eq!(desk.record(&id)["status"]["state"], "closed");
    assert_eq!(desk.status(), "");

    let line = format!("reopen {id} --reason r");
    desk.at("09:10").by("chen").run(&line).refuses("it is a remark");
    let line = format!("survey record {id} --satisfaction 4 --by 'Ms Wang'");
    desk.at("09:10").by("chen").run(&line).refuses("it is a remark");
}

#[test]
fn a_remark_whose_customer_wants_a_reply_is_a_formal_matter() {
    let desk = Desk::new();
    let line = format!("{REMARK} --wants-reply yes");
    desk.at("09:00").by("chen").run(&line).refuses("formal");
    desk.at("09:00").by("chen").run(REMARK).usage("--wants-reply");
    let line = REMARK.replace("--explanation 'will be turned down'", "--wants-reply no");
    desk.at("09:00").by("chen").run(&line).usage("--explanation");
}

#[test]
fn a_remark_becomes_formal_with_the_time_of_the_first_contact() {
    let desk = Desk::new();
    let line = format!("{REMARK} --wants-reply no");
    let remark = desk.at("09:00").by("chen").run(&line).id();
    let line = format!(
        "open --from {remark} --kind request --name 'Ms Wang' --need 'other music' --category service"
    );
    let id = desk.at("14:00").by("chen").run(&line).id();
    let record = desk.record(&id);
    assert_eq!(record["intake"]["from"]["record"], *remark);
    assert_eq!(record["intake"]["first_contact_at"], "2026-11-23T09:00:00+08:00");
    assert_eq!(record["intake"]["received_at"], "2026-11-23T14:00:00+08:00");
    assert_eq!(record["intake"]["reported"], "it hurts");

    let fault = desk.fault();
    let line = line.replace(&remark, &fault);
    desk.at("14:00").by("chen").run(&line).refuses("not a remark");
}

#[test]
fn a_late_entry_needs_its_reason_and_the_future_is_refused() {
    let desk = Desk::new();
    let id = desk.fault();
    let ack = format!("ack {id} --reply-by 12:00");
    desk.at("10:00").by("chen").run(&format!("{ack} --at 10:01")).refuses("in the future");
    desk.at("10:00")
        .by("chen")
        .run(&format!("{ack} --at 08:00"))
        .refuses("earlier than the record was received");
    let late = format!("{ack} --at 09:30");
    desk.at("10:00").by("chen").run(&late).refuses("--late-because");
    let late = format!("{late} --late-because 'power cut'");
    desk.at("10:00").by("chen").run(&late).succeeds();
    assert_eq!(desk.trailer("Docket-Late"), "30");
    assert_eq!(desk.trailer("Docket-At"), "2026-11-23T09:30:00+08:00");
    let event = &desk.record(&id)["history"][1];
    assert_eq!(event["recorded_at"], "2026-11-23T10:00:00+08:00");
    assert_eq!(event["late_because"], "power cut");

    let route = format!("route {id} --to li --reason r --at 09:46");
    desk.at("10:00").by("chen").run(&route).succeeds();
    assert_eq!(desk.trailer("Docket-Late"), "", "within the policy's quarter of an hour");

    let line = format!("{FAULT} --received-at 11:00");
    desk.at("10:00").by("chen").run(&line).refuses("in the future");
}

#[test]
fn a_new_level_needs_its_reason_and_moves_the_clocks() {
    let desk = Desk::new();
    let id = desk.fault_in("acknowledged");
    let line = format!("update {id} --level urgent");
    desk.at("09:20").by("chen").run(&line).refuses("--reason");
    let line = format!("{line} --reason 'whole floor'");
    desk.at("09:20").by("chen").run(&line).succeeds();
    assert_eq!(desk.record(&id)["status"]["due"]["respond"], "2026-11-23T10:00:00+08:00");
    let line = format!("update {id} --level major --reason r");
    desk.at("09:20").by("chen").run(&line).refuses("--major");
    let line = format!("update {id} --follow-up li");
    desk.at("09:20").by("chen").run(&line).refuses("--note");
    desk.at("09:20").by("chen").run(&format!("update {id}")).usage("nothing to record");
}

#[test]
fn what_only_the_desk_does_an_engineer_may_not() {
    let desk = Desk::new();
    let id = desk.fault();
    for line in
        [format!("ack {id} --reply-by +1h"), format!("cancel {id} --mistake m"), REQUEST.to_owned()]
    {
        desk.at("09:10").by("li").run(&line).refuses("李雷 (li) is not allowed to do this");
    }
    let line = "people add sun --name Sun --email sun@example.com --role agent";
    desk.at("09:10").by("chen").run(line).refuses("陈静 (chen) is not allowed to do this");
}

#[test]
fn an_engineer_who_is_also_an_agent_is_not_held_to_the_lesser_role() {
    let desk = Desk::new();
    let line = "people change wu --role engineer --role agent";
    desk.at("08:30").by("zhang").run(line).succeeds();
    let id = desk.fault_in("in_progress");
    let line = format!("update {id} --follow-up li --note 'asked for progress'");
    desk.at("10:00").by("wu").run(&line).succeeds();
    assert_eq!(desk.record(&id)["status"]["counts"]["follow_ups"], 1);
}

#[test]
fn who_retires_hands_over_what_they_hold() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    let line = "people retire li --reason 'moved away'";
    desk.at("11:00").by("zhang").run(line).refuses(&id).and("--to");
    let line = format!("{line} --to wu");
    desk.at("11:00").by("zhang").run(&line).succeeds();
    assert_eq!(desk.record(&id)["status"]["assignee"], "wu");
    assert_eq!(desk.status(), "");
    desk.at("11:10").by("zhang").run("people rejoin li").succeeds();
    let plan = "--window 14:00..16:00 --engineer li --address here --reason 'no power'";
    desk.at("11:20").by("chen").run(&format!("visit plan {id} {plan}")).succeeds();
    for line in [&line, "people retire li --reason 'moved away'"] {
        desk.at("11:30").by("zhang").run(line).refuses("has a visit to make").and("visit move");
    }
    let moved = "--engineer wu --agreed-with 'Ms Wang' --reason 'li leaves'";
    desk.at("11:40").by("chen").run(&format!("visit move {id} {moved}")).succeeds();
    desk.at("11:50").by("zhang").run(&line).succeeds();
    let line = "people retire zhang --reason tired";
    desk.at("12:00").by("zhang").run(line).refuses("last team lead");
}

#[test]
fn a_change_of_somebody_that_changes_nothing_is_refused() {
    let desk = Desk::new();
    let commits = desk.commits();
    for same in ["--role engineer", "--email li@example.com", ""] {
        let line = format!("people change li {same}");
        desk.at("11:00").by("zhang").run(&line).refuses("nothing to change");
    }
    let zh = desk.at("11:00").by("zhang").run("people change li --role engineer --lang zh-CN");
    zh.refuses("没有可更改的内容");
    assert_eq!(desk.commits(), commits);
    desk.is_honest();
}

#[test]
fn a_desk_gives_its_steps_to_other_roles_and_the_audit_goes_by_its_table() {
    let desk = Desk::new();
    let id = desk.fault();
    let ack = format!("ack {id} --reply-by +1h");
    desk.at("09:10").by("li").run(&ack).refuses("not allowed to do this").and("team lead, agent");

    let table = desk.read("policy/roles.yaml");
    let own = table.replacen(
        "  ack: [team_lead, agent, relationship_manager]",
        "  ack: [team_lead, engineer]",
        1,
    );
    assert_ne!(table, own);
    desk.write("policy/roles.yaml", own);
    desk.git([
        "commit",
        "-q",
        "-a",
        "--author=zhang <zhang@example.com>",
        "--date=2026-11-23T09:15:00+08:00",
        "-m",
        "engineers acknowledge",
    ]);
    desk.at("09:20")
        .by("chen")
        .run(&ack)
        .refuses("not allowed to do this")
        .and("team lead or engineer");
    desk.at("09:25").by("li").run(&ack).succeeds();
    assert_eq!(desk.record(&id)["history"][1]["role"], "engineer");
    let table = desk.at("09:30").run("help procedure").out();
    let row = table.lines().find(|line| line.starts_with("docket ack")).unwrap();
    assert!(row.contains("engineer") && !row.contains("agent"), "{row}");

    let told = desk.at("10:00").run("audit --json --fail-on error").json();
    assert_eq!(told["errors"], 0, "{told}");
}

#[test]
fn a_table_of_roles_that_the_procedure_forbids_is_a_fault_of_policy() {
    let desk = Desk::new();
    for (from, to, why) in [
        ("  decide: [team_lead, leader, complaint_decider]", "  decide: [engineer]", "decide"),
        ("  ack: [team_lead, agent, relationship_manager]", "  ack: []", "nobody"),
        ("  ack: [team_lead, agent, relationship_manager]", "  ack: [boss]", "boss"),
        ("  route: [relationship_manager]", "  route: [agent]", "relationship_manager"),
    ] {
        let table = desk.read("policy/roles.yaml");
        assert!(table.contains(from), "{from}");
        desk.commit("policy/roles.yaml", table.replacen(from, to, 1));
        desk.at("09:00").by("chen").run(REQUEST).fails("policy/roles.yaml").and(why);
        desk.git(["reset", "-q", "--hard", "HEAD~1"]);
    }
}

#[test]
fn a_colleague_in_any_dress_is_nobody_of_a_customer_and_an_honest_name_passes() {
    let desk = Desk::new();
    let open = |name: &str| {
        let line = REQUEST.replace("'Mr Ray'", &format!("'{name}'"));
        let line = line.replace("ray@globex.example", "somebody@globex.example");
        desk.at("09:00").by("chen").run(&line)
    };
    for name in [
        "Wu\u{202e} Gang",
        "Gang Wu",
        "Mr. Gang Wu",
        "ＧＡＮＧ　ＷＵ",
        "李雷先生",
        "高级工程师李雷",
        "Frau 陈静",
        "Gаng Wu",
        "WU GАNG",
        "\u{202e}gnaG uW",
        "Wu Gang, IT",
        "李雷（网络组）",
    ] {
        open(name).refuses("cannot answer for the customer");
    }
    for name in ["Mr Wu", "李女士", "陈静怡", "Wu Gang Li", "Ms Li"] {
        open(name).succeeds();
    }
}

#[test]
fn the_customers_report_has_no_row_for_what_is_the_teams_own() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    desk.at("10:00")
        .by("li")
        .run(&format!("update {id} --internal --note 'he shouted'"))
        .succeeds();
    desk.at("10:10").by("li").run(&format!("update {id} --note 'on my way'")).succeeds();
    let report = desk.at("20:00").run(&format!("report request {id}")).out();
    let rows = report.lines().filter(|line| line.contains("| updated |"));
    assert_eq!(rows.count(), 1, "{report}");
    desk.at("20:00").run(&format!("show {id}")).says("he shouted").says("on my way");
}

#[test]
fn whoever_a_step_names_is_called_by_name_wherever_it_is_read() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    let line = format!(
        "extend {id} --until '2026-11-25 12:00' --plan 'new switch' --consent 'Mr Zhao' --method phone"
    );
    desk.at("10:00").by("li").run(&line).succeeds();
    for line in ["show", "report request"] {
        desk.at("20:00").run(&format!("{line} {id}")).says("customer asked: Mr Z");
        desk.at("20:00").run(&format!("{line} {id} --reveal")).says("customer asked: Mr Zhao");
    }
}

#[test]
fn what_was_left_unmet_and_why_it_ended_stand_with_the_result() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    let line = format!(
        "resolve {id} --result 'mail works' --cause 'disk full' --code fixed \
         --steps 'cleared the disk' --unmet 'old mail is lost' --referral 'a data rescuer'"
    );
    desk.at("11:00").by("li").run(&line).succeeds();
    let report = desk.at("20:00").run(&format!("report request {id}")).out();
    let (_, result) = report.split_once("## Result").unwrap();
    let (result, _) = result.split_once("## History").unwrap();
    for text in ["cleared the disk", "old mail is lost", "a data rescuer"] {
        assert!(result.contains(text), "{result}");
    }
}

#[test]
fn a_limit_of_a_kind_holds_in_its_level_and_a_major_event_comes_first() {
    let desk = Desk::new();
    let levels = desk.read("policy/levels.yaml");
    let tighter = "  urgent:\n    ack: 30m\n    respond: 1h\n    resolve: 4h\n";
    let urgent = "  urgent:\n    ack: 30m\n    respond: 1h\n    resolve: 24h\n";
    desk.write("policy/levels.yaml", levels.replace(urgent, tighter));
    desk.git(["commit", "-qam", "tighter", "--author", "zhang <zhang@example.com>"]);
    for (words, resolve, priority) in [
        ("--stops-work yes", "2026-11-23T13:00:00+08:00", 1),
        ("--stops-work no", "2026-11-24T09:00:00+08:00", 3),
        ("--stops-work no --major outage", "2026-11-24T09:00:00+08:00", 1),
    ] {
        let id = desk.at("09:00").by("chen").run(&format!("{FAULT} {words}")).id();
        let status = desk.record(&id)["status"].clone();
        assert_eq!(status["due"]["resolve"], resolve, "{words}");
        assert_eq!(status["priority"], priority, "{words}");
    }
    let id = desk.fault();
    let raise = format!("update {id} --level major --major outage --reason 'all are down'");
    desk.at("09:05").by("zhang").run(&raise).succeeds();
    assert_eq!(desk.record(&id)["status"]["priority"], 1);
    desk.is_honest();
}

#[test]
fn nobody_is_given_again_what_they_were_given_and_have_not_accepted() {
    let desk = Desk::new();
    let id = desk.fault_in("routed");
    let route = |more: &str, lang: &str| {
        let line = format!("route {id} --reason 'once more' --to {more} --lang {lang}");
        desk.at("10:10").by("chen").run(&line)
    };
    route("li", "en").refuses("it is already routed to 李雷 (li)").and("docket accept");
    route("li", "zh-CN").refuses("转派给李雷").and("尚未接单");
    assert_eq!(desk.record(&id)["status"]["counts"]["routes"], 1);
    route("li --unit systems", "en").succeeds();
    route("wu", "en").succeeds();
    desk.at("10:20").by("wu").run(&format!("accept {id} --respond-by +1h")).succeeds();
    // who has accepted it may be asked to accept anew
    route("wu", "en").succeeds();
    desk.is_honest();
}

#[test]
fn a_fault_does_not_end_as_a_complaint_does() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    let resolve = |more: &str| {
        let line = format!("resolve {id} --result x --cause y {more}");
        desk.at("10:30").by("li").run(&line)
    };
    let ran = resolve("--code substantiated").refuses("is for complaints only; the kind is fault");
    let hint = ran.and("one of: fixed").and("no_fault_found").err();
    assert!(!hint.contains("unsubstantiated"), "{hint}");
    resolve("--code unsubstantiated --lang zh-CN").refuses("只用于投诉，该记录的类型是故障");
    resolve("--code fixed").succeeds();
}

/// What the audit asks of an event hangs on the rules that the event bears.
#[test]
fn events_of_earlier_rules_are_judged_by_those() {
    let desk = Desk::new();
    let (routed, working) = (desk.fault_in("routed"), desk.fault_in("in_progress"));
    let promised = desk.request();
    desk.at("09:30").by("chen").run(&format!("ack {promised} +5m")).succeeds();
    let store = Store::discover(&desk.path(""), &GitVariables::default()).unwrap();
    let view = store.view_of(desk.head().parse().unwrap()).unwrap();
    let policy = view.policy().unwrap();
    let record = |id: &str| view.record(&id.parse().unwrap()).unwrap().unwrap();
    let (routed, working, promised) = (record(&routed), record(&working), record(&promised));
    let acknowledged = &promised.history.last().unwrap().stamp;
    let undo: Act = Undo { event: acknowledged.id.clone() }.into();
    let late = acknowledged.at.plus_minutes(10);
    let again = routed.history.last().unwrap().act.clone();
    let at = working.history.last().unwrap().stamp.at;
    let resolve: Act = Resolve {
        result: "x".to_owned(),
        cause: "y".to_owned(),
        cause_category: None,
        code: Code::new("substantiated"),
        done_at: at,
        steps: None,
        unmet: None,
        referral: None,
        told: None,
        method: None,
        corrective: None,
        preventive: None,
    }
    .into();
    for (rules, is_permitted) in [(1, true), (2, false), (RULES, false)] {
        let cases = [(&routed, &again, at), (&working, &resolve, at), (&promised, &undo, late)];
        for (record, act, now) in cases {
            let stamp = Stamp { rules, ..record.history.last().unwrap().stamp.clone() };
            let scene = Scene { record, policy: &policy, stamp: &stamp, now, lookup: &view };
            assert_eq!(decide_again(act, &scene).is_ok(), is_permitted, "{rules}: {act:?}");
        }
    }
}
