//! A call logged in one breath, texts without flags, several records at once, a person's own settings.

use serde_json::{Value, json};

use crate::desk::Desk;

/// A desk that knows Ms Wang of ACME.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.fault();
    desk
}

/// What a call that says nothing but its title, customer and caller leaves to be assumed.
const PRESUMED: [&str; 6] = ["reported", "kind", "need", "channel", "location", "symptom"];

#[test]
fn a_known_callers_fault_is_logged_acknowledged_and_routed_in_sixty_characters() {
    let desk = desk();
    let lines = [
        "call 'printer on 3 jams' -c acme -n wang",
        "ack last +30m",
        "route last li 'needs hands'",
    ];
    let typed: usize =
        lines.iter().map(|line| line.split('\'').step_by(2).map(str::len).sum::<usize>()).sum();
    assert!(typed <= 60, "{typed}");
    let told = desk.at("09:30").by("chen").run(lines[0]).succeeds();
    assert!(told.err().contains("known: Ms W**"), "the caller is echoed: {told}");
    for (time, line) in ["09:31", "09:32"].into_iter().zip(&lines[1..]) {
        desk.at(time).by("chen").run(*line).succeeds();
    }
    let record = desk.at("09:33").by("chen").run("show last --json").json();
    assert_eq!(record["status"]["state"], "routed", "{record}");
    assert_eq!(record["status"]["assignee"], "li");
    let intake = &record["intake"];
    assert_eq!(intake["customer"], "ACME");
    assert_eq!(intake["reported"], "printer on 3 jams");
    assert_eq!(intake["need"], "works again");
    assert_eq!(intake["expected_by"], "none");
    assert_eq!(intake["presumed"], json!(PRESUMED));
    let shown = desk.at("09:33").by("chen").run("show last").out();
    for (field, value) in [
        ("kind", "fault"),
        ("channel", "phone"),
        ("reported", "printer on 3 jams"),
        ("need", "works again"),
        ("location", "ACME"),
        ("symptom", "printer on 3 jams"),
    ] {
        let line = format!("  {field:<26}{value} (assumed by default)");
        assert!(shown.lines().any(|shown| shown == line), "no {line} in {shown}");
    }
    desk.is_honest();
}

#[test]
fn part_of_a_name_that_several_have_is_refused_with_them_and_one_that_nobody_has_is_new() {
    let desk = desk();
    let other = "call 'mail is slow' -c Globex -n 'Mr Wanger'";
    desk.at("09:30").by("chen").run(other).succeeds();
    let known = desk.at("09:31").run("contact list --json").json();
    let refused = desk
        .at("09:31")
        .by("chen")
        .run("call 'x' -n wang")
        .refuses("“wang” may be several contacts");
    for customer in ["ACME", "Globex"] {
        let known = known["contacts"].as_array().unwrap();
        let of = known.iter().find(|contact| contact["customer"] == customer).unwrap();
        let named = refused.err().replace('\n', " ");
        let id = of["id"].as_str().unwrap();
        let named = named.split(id).nth(1).unwrap_or_else(|| panic!("no {id}: {refused}"));
        assert!(named.split(',').next().unwrap().contains(&format!("({customer})")), "{refused}");
    }
    let refused = refused.and("--namesake TEXT");
    assert!(!refused.err().contains("Ms Wang"), "a name is not shown: {refused}");
    desk.at("09:31").by("chen").run("call 'x' -n wanger").succeeds();
    desk.at("09:32").by("chen").run("call 'x' -c acme -n wang").succeeds();
    desk.at("09:33").by("chen").run("call 'x' -n Zhou").usage("--customer");
    desk.at("09:33").by("chen").run("call 'x' -c Initech -n Zhou").succeeds();
    desk.is_honest();
}

#[test]
fn a_call_that_was_settled_at_once_is_three_steps_or_none() {
    let desk = desk();
    let before = desk.commits();
    let call = "call enquiry 'how to print on both sides' -n wang --solved 'showed her' --quiet";
    desk.at("09:30").by("chen").run(call).usage("--cause");
    let reserved = format!("{call} --cause 'new driver' --code nonsense");
    desk.at("09:30").by("chen").run(&reserved).refuses("nonsense");
    assert_eq!(desk.commits(), before, "nothing of what was refused is written");
    let id = desk.at("09:30").by("chen").run(&format!("{call} --cause 'new driver'")).id();
    assert_eq!(desk.commits(), before + 3);
    assert_eq!(desk.git(["reflog", "show", "-1", "--format=%gs"]).lines().count(), 1);
    let record = desk.record(&id);
    assert_eq!(record["status"]["state"], "resolved", "{record}");
    assert_eq!(record["status"]["resolution"]["code"], "advised");
    assert_eq!(record["status"]["promises"], Value::Null, "no promise is made");
    assert_eq!(record["history"][1]["answered"], true);
    desk.is_honest();
    let check = desk.at("12:00").run("check");
    assert!(!check.out().contains("A48"), "{check}");
}

#[test]
fn a_refused_solution_names_no_record_that_is_not_there() {
    let desk = desk();
    let call = "call x -c ACME -n wang --solved y --cause z";
    for (who, line, said) in [
        (
            "chen",
            "--kind complaint --trigger direct --form oral --against service:x --remedy z",
            "--solved",
        ),
        ("chen", "--kind remark --explanation e --wants-reply no", "--solved"),
        ("chen", "--code nope", "no resolution code"),
    ] {
        let ran = desk.at("09:30").by(who).run(&format!("{call} --need n {line}"));
        assert!(ran.status() != Some(0) && ran.err().contains(said), "{ran}");
        assert!(!ran.err().contains("R-2"), "{ran}");
    }
    assert_eq!(desk.at("09:30").run("list --json").json()["total"], 1);
}

#[test]
fn a_customer_is_spelled_as_the_desk_knows_them() {
    let desk = desk();
    let customer = |line: &str| {
        let id = desk.at("09:30").by("chen").run(&format!("{line} --quiet")).succeeds().id();
        desk.record(&id)["intake"]["customer"].as_str().unwrap().to_owned()
    };
    assert_eq!(customer("call a -c 'Harbour Co Ltd' -n 'Mr Ho'"), "Harbour Co Ltd");
    assert_eq!(customer("call b -c HARBOUR -n 'Bob New'"), "Harbour Co Ltd");
    let open = "open enquiry c --channel phone --reported r --need n -c";
    assert_eq!(customer(&format!("{open} 'harbour co ltd' -n Eve")), "Harbour Co Ltd");
    assert_eq!(
        customer(&format!("{open} harbour -n Ada")),
        "harbour",
        "open takes it as it is told"
    );
    assert_eq!(customer("call d -c 'Harbour View' -n 'Mr Li'"), "Harbour View");
    desk.at("09:31").by("chen").run("call e -c harb -n 'Mr Qi'").refuses("Harbour Co Ltd");
    let echoed = desk.at("09:31").by("chen").run("call e -c 'harbour v' -n 'Mr Qi'").succeeds();
    assert!(echoed.err().contains("known: Harbour View"), "{echoed}");
    desk.is_honest();
}

#[test]
fn who_was_answered_on_the_spot_and_not_in_fact_is_found() {
    let desk = desk();
    let id = desk.fault();
    desk.at("09:20")
        .by("chen")
        .run(&format!("ack {id} --answered --reply-by 12:00"))
        .usage("--answered");
    desk.at("09:20").by("chen").run(&format!("ack {id} --answered")).succeeds();
    assert!(!desk.at("09:30").run("check").out().contains("A48"));
    assert!(desk.at("09:40").run("check").out().contains("A48"));
    desk.is_honest();
}

#[test]
fn texts_stand_without_flags_behind_one_record_or_several() {
    let desk = desk();
    let ids = [desk.fault(), desk.fault()];
    let run = |time: &str, who: &str, line: &str| {
        let line = line.replace("ONE", &ids[0]).replace("TWO", &ids[1]);
        desk.at(time).by(who).run(&line).succeeds()
    };
    run("09:30", "chen", "ack ONE TWO +30m");
    run("09:31", "chen", "note ONE TWO 'the same cable'");
    run("09:32", "chen", "route ONE TWO li 'needs hands'");
    run("09:33", "li", "accept ONE +1h");
    run("09:40", "li", "respond ONE 'on my way'");
    run("10:00", "li", "resolve ONE 'cable replaced' --cause wear --code fixed");
    let record = desk.record(&ids[0]);
    assert_eq!(record["status"]["resolution"]["result"], "cable replaced");
    assert_eq!(record["history"][2]["note"], "the same cable");
    assert_eq!(desk.record(&ids[1])["status"]["state"], "routed");
    desk.at("10:01").by("chen").run("note 'no record'").usage("RECORD");
    // a text that was forgotten is not the id of the last record
    let two = &ids[1];
    for line in [format!("note {} {two}", ids[0]), format!("route {} li last", ids[0])] {
        desk.at("10:01").by("chen").run(&line).usage("is a record, not the text");
    }
    let told = run("10:01", "chen", "show ONE TWO").out();
    assert!(told.find(&ids[0]) < told.find(&ids[1]), "{told}");
    desk.is_honest();
}

#[test]
fn of_several_records_all_are_ready_for_a_step_or_none_is_changed() {
    let desk = desk();
    let (one, two) = (desk.fault(), desk.fault());
    let at = |time: &str, line: &str| {
        desk.at(time).by("chen").run(&line.replace("ONE", &one).replace("TWO", &two))
    };
    at("09:30", "ack TWO +30m").succeeds();
    at("09:31", "ack ONE TWO +30m").refuses("already acknowledged");
    assert_eq!(desk.record(&one)["status"]["state"], "open");
    at("09:32", "ack ONE ONE +30m").succeeds();
    assert_eq!(desk.record(&one)["history"].as_array().unwrap().len(), 2);
    let said = at("09:33", "note ONE called him back").usage("no record is called “called”");
    assert!(said.err().contains("in quotes"), "{said}");
    assert_eq!(desk.record(&one)["history"].as_array().unwrap().len(), 2);
}

#[test]
fn a_word_that_reads_as_a_time_and_as_an_id_is_what_the_desk_has_of_that_name() {
    let desk = desk();
    let call = "call 'no light' -n wang --ref 5pm --quiet";
    let numbered = desk.at("09:00").by("chen").run(call).id();
    let other = desk.fault();
    desk.at("09:30").by("chen").run(&format!("ack {other} 5pm 17:40")).succeeds();
    for id in [&numbered, &other] {
        assert_eq!(desk.record(id)["history"][1]["reply_by"], "2026-11-23T17:40:00+08:00");
    }
    let third = desk.fault();
    desk.at("09:40").by("chen").run(&format!("ack {third} 6pm")).succeeds();
    assert_eq!(desk.record(&third)["history"][1]["reply_by"], "2026-11-23T18:00:00+08:00");
}

#[test]
fn a_canned_reply_is_a_file_of_the_desk_and_one_that_it_has_not_is_answered_with_those_there_are() {
    let desk = desk();
    let id = desk.fault_in("in_progress");
    let reply = |name: &str| format!("respond {id} --reply {name}");
    desk.at("09:50").by("li").run(&reply("parts")).usage("templates/replies");
    desk.write("templates/replies/parts.md", "The part arrives at noon.\n");
    desk.at("09:50").by("li").run(&reply("parts")).usage("no canned reply");
    desk.commit("templates/replies/parts.md", "The part arrives at noon.\n");
    desk.at("09:50").by("li").run(&reply("../../docket")).usage("parts");
    desk.at("09:50").by("li").run(&format!("{} --note x", reply("parts"))).usage("--reply");
    desk.at("09:50").by("li").run(&reply("parts")).succeeds();
    let record = desk.record(&id);
    let history = record["history"].as_array().unwrap();
    assert_eq!(history.last().unwrap()["note"], "The part arrives at noon.");
}

#[test]
fn a_persons_own_settings_give_channel_kind_and_verbs_and_those_of_a_repository_do_not() {
    let desk = desk();
    desk.git(["config", "docket.channel", "fax"]);
    desk.git(["config", "docket.alias.mine", "list --mine"]);
    let call = "call 'x' -n wang --quiet";
    let id = desk.at("09:30").by("chen").run(call).id();
    assert_eq!(desk.record(&id)["intake"]["channel"], "phone");
    desk.at("09:30").by("chen").run("mine").usage("mine");
    for (key, value) in [
        ("docket.channel", "im"),
        ("docket.kind", "request"),
        ("docket.alias.mine", "list --mine"),
        ("docket.alias.list", "audit"),
        ("docket.alias.bad", "!touch x"),
    ] {
        desk.git(["config", "--global", key, value]);
    }
    let id = desk.at("09:31").by("chen").run(call).id();
    assert_eq!(desk.record(&id)["intake"]["channel"], "im");
    assert_eq!(desk.record(&id)["intake"]["kind"], "request");
    desk.at("09:32").by("chen").run("mine --json").says("\"records\"");
    desk.at("09:32").by("chen").run("list --json").says("\"records\"");
    desk.at("09:32").by("chen").run("bad").usage("docket.alias.bad");
    desk.git(["config", "--global", "docket.channel", "pigeon"]);
    desk.at("09:33").by("chen").run(call).usage("git config docket.channel").and("hotline, phone");
    desk.at("09:33").by("chen").run(&format!("{call} --channel phone")).succeeds();
    desk.git(["config", "--global", "docket.kind", "trouble"]);
    desk.at("09:34").by("chen").run(call).usage("git config docket.kind").and("request, fault");
}

#[test]
fn what_comes_next_names_whose_step_it_is_where_it_is_anothers() {
    let desk = desk();
    let id = desk.fault();
    for (time, who, line, en, zh) in [
        ("09:30", "chen", "ack ID +30m", "next: docket route", "下一步：docket route"),
        (
            "09:31",
            "chen",
            "route ID li 'needs hands'",
            "next, by 李雷: docket accept",
            "下一步由李雷操作：docket accept",
        ),
        ("09:32", "li", "accept ID +1h", "next: docket respond", "下一步：docket respond"),
        (
            "09:40",
            "chen",
            "respond ID 'on my way' --on-behalf-of li",
            "next, by 李雷: docket resolve",
            "下一步由李雷操作：docket resolve",
        ),
        (
            "09:50",
            "li",
            "resolve ID 'cable replaced' --cause wear --code fixed",
            "next, by a colleague: docket confirm",
            "下一步由服务台其他人员操作：docket confirm",
        ),
    ] {
        let line = line.replace("ID", &id);
        let said = desk.at(time).by(who).run(&format!("{line} --lang zh-CN")).succeeds().out();
        assert!(said.contains(zh), "{said}");
        desk.at(time).by(who).run(&format!("undo {id}")).succeeds();
        let said = desk.at(time).by(who).run(&format!("{line} --lang en")).succeeds().out();
        assert!(said.contains(en), "{said}");
    }
}

#[test]
fn the_board_the_answer_of_a_step_and_a_refusal_name_the_same_next_step() {
    let desk = desk();
    let id = desk.fault();
    for (time, who, line, command, todo) in [
        ("09:30", "chen", "ack ID +30m", "docket route", "route or resolve"),
        ("09:31", "chen", "route ID li 'needs hands'", "docket accept", "accept"),
        ("09:32", "li", "accept ID +1h", "docket respond", "respond"),
        ("09:40", "li", "respond ID 'on my way'", "docket resolve", "resolve"),
        (
            "09:50",
            "li",
            "resolve ID 'done' --cause wear --code fixed",
            "docket confirm",
            "call back",
        ),
    ] {
        let line = line.replace("ID", &id);
        desk.at(time).by(who).run(&line).says(command);
        for person in ["chen", "zhang"] {
            let mine = desk.at(time).by(person).run("--json").json()["waits_for_me"].clone();
            if mine.as_array().unwrap().iter().any(|record| record["id"] == id.as_str()) {
                desk.at(time).by(person).run("").says(todo);
            }
            desk.at(time).by(person).run(&format!("close {id}")).refuses(command);
        }
    }
}
