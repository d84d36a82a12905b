//! Agreements: what was promised a customer stays, what is promised next is by the agreement of the day, and
//! a forged one is found where it was committed.

use serde_json::{Value, json};

use crate::desk::{Desk, FAULT, Ran};

/// Two versions of one agreement and another one, in two zones.
pub(crate) const AGREEMENTS: &str = "\
document:
  version: 1
  effective_on: 2026-01-01
agreements:
- id: gold
  name: Gold support
  version: 1
  valid_from: 2026-01-01
  valid_to: 2026-11-24
  signed: C-2026-17
  limits:
    fault:
      general: {ack: 30m, respond: 2h}
      urgent: {respond: 10m}
- id: gold
  name: Gold support
  version: 2
  valid_from: 2026-11-25
  valid_to: 2026-12-31
  calendar: london
  limits:
    fault:
      general: {ack: 15m, respond: 4wh}
      urgent: {respond: 5m}
- id: staff
  name: Our own staff
  version: 1
  valid_from: 2026-01-01
  limits: {}
calendars:
  london:
    timezone: Europe/London
    week:
      monday: [\"09:00-17:00\"]
      tuesday: [\"09:00-17:00\"]
      wednesday: [\"09:00-17:00\"]
      thursday: [\"09:00-17:00\"]
      friday: [\"09:00-17:00\"]
      saturday: []
      sunday: []
    years:
      2026:
        source: [https://www.gov.uk/bank-holidays]
        days_off: {2026-12-25: Christmas Day}
";

const FILE: &str = "policy/agreements.yaml";

/// Commits the file with plain git, as zhang, who leads the desk, at a time.
fn agree(desk: &Desk, time: &str, text: &str) {
    desk.write(FILE, text);
    desk.git(["add", FILE]);
    let when = format!("2026-11-{time}:00+08:00");
    let mut command = desk.at("09:00").by("zhang").shell("git");
    command.args(["commit", "-q", "-m", "Agreements"]);
    command.env("GIT_COMMITTER_DATE", &when).env("GIT_AUTHOR_DATE", &when);
    let done = command.output().unwrap();
    assert!(done.status.success(), "{done:?}");
}

/// The file with another agreement, which has not begun.
pub(crate) fn with_later(id: &str) -> String {
    let later = format!("- id: {id}\n  name: Later\n  version: 1\n  valid_from: 2027-01-01\n");
    AGREEMENTS.replacen("calendars:\n", &format!("{later}  limits: {{}}\ncalendars:\n"), 1)
}

/// A desk that serves ACME by an agreement, and others without.
pub(crate) fn desk() -> Desk {
    let desk = Desk::new();
    agree(&desk, "23T08:10", AGREEMENTS);
    lead(&desk, "08:15", "customer add acme --name ACME --agreement gold").succeeds();
    desk
}

fn lead<'d>(desk: &'d Desk, time: &str, line: &str) -> Ran<'d> {
    desk.at(time).by("zhang").run(line)
}

fn opened(desk: &Desk, time: &str) -> String {
    desk.at(time).by("chen").run(&FAULT.replace("--expected-by 17:00", "--expected-by none")).id()
}

fn status(desk: &Desk, id: &str) -> Value {
    desk.record(id)["status"].clone()
}

fn explained(desk: &Desk, time: &str, id: &str) -> String {
    desk.at(time).by("chen").run(&format!("sla explain {id}")).succeeds().out()
}

/// Two clones of such a desk that have met by a bare repository.
fn clones() -> [Desk; 2] {
    let one = desk();
    one.git(["init", "-q", "--bare", "../door.git"]);
    one.git(["remote", "add", "origin", "../door.git"]);
    lead(&one, "09:01", "sync").succeeds();
    let two = Desk::clone_of(&one.path("../door.git").canonicalize().unwrap());
    lead(&two, "09:02", "sync").succeeds();
    [one, two]
}

#[test]
fn what_is_entered_late_has_the_contract_of_the_day_on_which_it_was_received() {
    let desk = desk();
    let line = FAULT.replace("--expected-by 17:00", "--expected-by none");
    let late =
        format!("{line} --received-at '2026-11-24 23:30' --late-because 'the line was down'");
    let id = desk.at("2026-11-25 00:10").by("chen").run(&late).id();
    let told = status(&desk, &id);
    assert_eq!(told["agreement"]["version"], 1, "{told}");
    assert_eq!(told["due"]["respond"], "2026-11-25T01:30:00+08:00");
    // what is graded anew is so by the contract of that day
    let update = format!("update {id} --level urgent --reason 'shops stand still'");
    desk.at("2026-11-25 00:20").by("chen").run(&update).succeeds();
    assert_eq!(status(&desk, &id)["agreement"]["version"], 2);
    desk.is_honest();
}

#[test]
fn a_contract_that_changes_in_mid_month_moves_no_promise_that_was_made() {
    let desk = desk();
    let early = opened(&desk, "09:00");
    let before = status(&desk, &early);
    assert_eq!(before["agreement"]["version"], 1, "{before}");
    assert_eq!(before["agreement"]["clocks"], serde_json::json!(["ack", "respond"]));
    // the desk's own limit, which the agreement does not tell
    assert_eq!(before["limits"]["resolve"], "24h");
    assert_eq!(before["due"]["respond"], "2026-11-23T11:00:00+08:00");

    let late = opened(&desk, "2026-11-25 16:00");
    let after = status(&desk, &late);
    assert_eq!(after["agreement"]["version"], 2, "{after}");
    assert_eq!(after["agreement"]["calendar"], "london");
    // four working hours in London, where it is eight hours earlier, told in the desk's zone
    assert_eq!(after["due"]["respond"], "2026-11-25T21:00:00+08:00");
    assert_eq!(status(&desk, &early), before);

    for (id, version, respond) in [(&early, 1, "2 hours"), (&late, 2, "4 working hours")] {
        let told = explained(&desk, "2026-11-25 16:30", id);
        assert!(
            told.contains(&format!("Gold support, version {version} (fault, general)")),
            "{told}"
        );
        assert!(told.contains(&format!("{respond} (by the agreement)")), "{told}");
        assert!(told.contains("24 hours (the desk's own)"), "{told}");
    }
    desk.is_honest();
}

#[test]
fn a_new_level_gets_the_limits_of_that_day_by_the_agreement_of_that_day() {
    let desk = desk();
    let id = opened(&desk, "09:00");
    let raise = |time: &str, line: &str| {
        desk.at(time)
            .by("chen")
            .run(&format!("update {id} {line} --reason 'more people'"))
            .succeeds();
        status(&desk, &id)
    };
    let urgent = raise("09:05", "--level urgent");
    assert_eq!(urgent["agreement"]["version"], 1, "{urgent}");
    assert_eq!(urgent["limits"]["respond"], "10m");
    let lowered = raise("2026-11-25 09:00", "--level general");
    assert_eq!(lowered["agreement"]["version"], 2, "{lowered}");
    assert_eq!(lowered["limits"]["respond"], "4wh");
    // what has nothing to do with a level moves nothing
    desk.at("2026-11-25 09:05").by("chen").run(&format!("update {id} --mood calm")).succeeds();
    assert_eq!(status(&desk, &id)["agreement"], lowered["agreement"]);
    desk.is_honest();
}

#[test]
fn a_pause_and_a_recomputing_count_by_the_hours_of_the_agreement() {
    let desk = desk();
    let text = AGREEMENTS.replace("ack: 15m, respond: 4wh", "ack: 15m, respond: 4wh, resolve: 8wh");
    agree(&desk, "24T08:00", &text);
    let id = opened(&desk, "2026-11-25 16:00");
    assert_eq!(status(&desk, &id)["due"]["resolve"], "2026-11-26T01:00:00+08:00");
    let run = |time: &str, by: &str, line: &str| {
        desk.at(&format!("2026-11-{time}")).by(by).run(&line.replace("ID", &id)).succeeds();
    };
    run("25 16:05", "chen", "ack ID --reply-by 20:00");
    run("25 16:06", "chen", "route ID --to li --reason network");
    run("25 16:07", "li", "accept ID --respond-by 20:00");
    run(
        "25 18:00",
        "li",
        "hold ID --reason waiting_customer --resume-by '11-25 23:00' --evidence mail",
    );
    run("25 20:00", "li", "resume ID");
    // two hours of London stood still, that are none of Shanghai
    assert_eq!(status(&desk, &id)["due"]["resolve"], "2026-11-26T19:00:00+08:00");
    desk.is_honest();
}

#[test]
fn an_agreement_that_has_ended_is_found_and_keeps_nobody_from_recording() {
    let desk = desk();
    agree(&desk, "23T08:20", &AGREEMENTS.replace("valid_to: 2026-12-31", "valid_to: 2026-12-10"));
    let fault = FAULT.replace("--expected-by 17:00", "--expected-by none");
    let ran = desk.at("2026-12-11 09:00").by("chen").run(&fault);
    let id = ran.says("Gold support, version 2 (expired)").id();
    let found = status(&desk, &id);
    assert_eq!(found["agreement"]["expired"], true, "{found}");
    assert_eq!(found["limits"]["ack"], "15m");
    let told = desk.at("2026-12-11 09:01").by("chen").run("check").finds("A55").out();
    for part in ["customers/acme.yaml", "A56", "whose version 2 ended on 2026-12-10"] {
        assert!(told.contains(part), "{told}");
    }
    lead(&desk, "2026-12-11 09:02", "customer change acme --agreement none").succeeds();
    let told = lead(&desk, "2026-12-11 09:03", "check").out();
    assert!(!told.contains("A55"), "{told}");
    desk.is_honest();
}

#[test]
fn a_year_that_the_hours_of_an_agreement_lack_is_asked_for_where_it_is_missing() {
    let desk = desk();
    // the resolution ends no other clock earlier
    let text = AGREEMENTS.replace("respond: 4wh}", "respond: 4wh, resolve: 9d}");
    agree(&desk, "23T08:05", &text);
    desk.knows_next_year();
    let fault = FAULT.replace("--expected-by 17:00", "--expected-by none");
    let ran = desk.at("2026-12-31 23:30").by("chen").run(&fault);
    let id = ran.says("calendars.london in policy/agreements.yaml").id();
    assert_eq!(status(&desk, &id)["due"]["respond"], "unknown");
    desk.at("2026-12-31 23:31").by("chen").run("check").finds("A41");
    let next = "      2027:\n        source: [https://www.gov.uk/bank-holidays]\n        days_off: {2027-01-01: New Year}\n";
    agree(&desk, "23T08:20", &format!("{text}{next}"));
    desk.at("2026-12-31 23:40").by("chen").run(&format!("sla recompute {id}")).succeeds();
    // the rest of the 31st in London, and the morning of the next working day
    assert_eq!(status(&desk, &id)["due"]["respond"], "2027-01-04T19:30:00+08:00");
    desk.is_honest();
}

#[test]
fn before_an_agreement_begins_and_without_one_the_desk_promises_as_it_promises_everybody() {
    let desk = desk();
    agree(&desk, "23T08:20", &with_later("later"));
    lead(&desk, "08:25", "customer change acme --agreement later").succeeds();
    let id = opened(&desk, "09:00");
    assert_eq!(status(&desk, &id)["agreement"], Value::Null);
    let other = desk
        .at("09:00")
        .by("chen")
        .run(
            &FAULT
                .replace("ACME", "Globex")
                .replace("Ms Wang", "Mr Ho")
                .replace("13812341234", "13812341235"),
        )
        .id();
    assert_eq!(status(&desk, &other)["agreement"], Value::Null);
    assert!(!explained(&desk, "09:01", &other).contains("agreement"));
    desk.is_honest();
}

#[test]
fn a_lead_decides_the_agreement_of_a_customer_and_an_agent_does_not() {
    let desk = desk();
    let agent = |line: &str| desk.at("09:00").by("chen").run(line);
    agent("customer change acme --agreement staff").refuses("team lead");
    agent("customer add shop --name Shop --agreement staff").refuses("team lead");
    lead(&desk, "09:01", "customer change acme --agreement gald").refuses("gold");
    lead(&desk, "09:02", "customer change acme --agreement 'Our own'").succeeds();
    lead(&desk, "09:03", "customer show acme").says("Our own staff, version 1");
    desk.is_honest();
}

#[test]
fn two_clones_that_change_an_agreement_and_a_site_merge_without_a_hand() {
    let [one, two] = clones();
    lead(&one, "10:00", "customer change acme --agreement staff").succeeds();
    two.at("10:01").by("chen").run("customer change acme --site Shanghai").succeeds();
    for (time, clone) in [("10:02", &one), ("10:03", &two), ("10:04", &one)] {
        lead(clone, time, "sync").succeeds();
    }
    for clone in [&one, &two] {
        let acme = lead(clone, "10:05", "customer show acme --json").json();
        assert_eq!(acme["customer"]["agreement"], "staff", "{acme}");
        assert_eq!(acme["customer"]["sites"][0], "Shanghai");
        clone.is_honest();
    }
    lead(&one, "10:06", "customer change acme --agreement gold").succeeds();
    lead(&two, "10:07", "customer change acme --agreement none").succeeds();
    for (time, clone) in [("10:08", &one), ("10:09", &two), ("10:10", &one)] {
        lead(clone, time, "sync").succeeds();
    }
    let acme = lead(&two, "10:11", "customer show acme --json").json();
    assert_eq!(
        acme["customer"]["disputed"]["agreement"],
        serde_json::json!(["", "gold"]),
        "{acme}"
    );
    lead(&two, "10:12", "customer change acme --agreement gold").succeeds();
    two.is_honest();
}

#[test]
fn what_was_promised_before_another_clone_corrected_the_version_is_found_until_it_is_settled() {
    let [one, two] = clones();
    let other = AGREEMENTS.replace("respond: 4wh", "respond: 5wh");
    one.write("../agreements.yaml", other.replace("  calendar: london\n", ""));
    let edit = "policy edit agreements --from ../agreements.yaml --reason agreed";
    lead(&one, "2026-11-24 10:00", edit).succeeds();
    // the other clone does not know of it on the day on which the version begins
    let ids = ["09", "10"].map(|hour| opened(&two, &format!("2026-11-25 {hour}:00")));
    two.is_honest();
    lead(&one, "2026-11-25 10:00", "sync").succeeds();
    lead(&two, "2026-11-25 10:01", "sync").succeeds();
    let known = opened(&two, "2026-11-25 10:02");
    lead(&two, "2026-11-25 10:03", "sync").succeeds();
    lead(&one, "2026-11-25 10:04", "sync").says("3 records");
    let found = |id: &str| {
        let told = lead(&one, "2026-11-25 10:10", "check").out();
        told.contains(&format!("A63  {id}"))
    };
    let told = lead(&one, "2026-11-25 10:10", "check").finds(&format!("warning A63  {}", ids[0]));
    for said in [
        "expected: by version 2 of agreement gold: respond 5wh, hours of the desk",
        "found: by version 2 of agreement gold: respond 4wh, calendar london",
    ] {
        assert!(told.out().contains(said), "{told}");
    }
    assert!(found(&ids[1]) && !found(&known), "{told}");
    let anew = format!("update {} --level general --reason 'agreed otherwise'", ids[0]);
    lead(&one, "2026-11-25 10:20", &anew).succeeds();
    assert_eq!(status(&one, &ids[0])["limits"]["respond"], "5wh");
    let told = format!("amend {} --event 1 --note 'told 4 hours' --reason agreed", ids[1]);
    lead(&one, "2026-11-25 10:21", &told).succeeds();
    assert!(!ids.iter().any(|id| found(id)));
    one.is_honest();
}

#[test]
fn another_customer_with_another_agreement_is_corrected_by_a_lead_and_moves_the_clocks() {
    let desk = desk();
    lead(&desk, "08:30", "customer add globex --name Globex --agreement staff").succeeds();
    let id = opened(&desk, "09:00");
    lead(&desk, "09:01", "customer change acme --name 'ACME China'").succeeds();
    let amend = |by: &str, name: &str| {
        desk.at("09:10")
            .by(by)
            .run(&format!("amend {id} --set customer='{name}' --reason 'misheard'"))
    };
    amend("chen", "ACME China").succeeds();
    assert_eq!(status(&desk, &id)["agreement"]["id"], "gold");
    amend("chen", "Globex").refuses("team lead");
    amend("zhang", "Globex").succeeds();
    let now = status(&desk, &id);
    assert_eq!(now["agreement"], serde_json::json!({"id": "staff", "version": 1}));
    assert_eq!(now["limits"]["ack"], "4wh");
    assert_eq!(now["level"], "general");
    desk.is_honest();
}

#[test]
fn a_forged_agreement_and_forged_limits_are_found_where_they_were_committed() {
    let honest = desk();
    let id = opened(&honest, "09:00");
    for (from, to) in [
        ("version: 1", "version: 2"),
        ("id: gold", "id: staff"),
        ("respond: 2h", "respond: 20h"),
        ("- ack\n", "- ack\n    - resolve\n"),
        ("    - respond\n", "    - respond\n    expired: true\n"),
    ] {
        let desk = honest.copy();
        let path = desk.record_path(&id);
        let text = desk.read(&path);
        assert!(text.contains(from), "{text}");
        desk.write(&path, text.replace(from, to));
        desk.git(["add", "-A"]);
        let date = desk.git(["log", "-1", "--format=%aI"]);
        let mut command = desk.at("10:30").shell("git");
        command.args(["commit", "-q", "--amend", "--no-edit"]);
        command.env("GIT_COMMITTER_DATE", date.trim());
        assert!(command.status().unwrap().success());
        let commit = desk.head();
        let told = desk.at("11:00").run("audit --json").out();
        let told: Value = serde_json::from_str(&told).unwrap();
        let findings = told["findings"].as_array().unwrap();
        let is_it = |finding: &&Value| finding["code"] == "H19" && finding["commit"] == *commit;
        assert!(findings.iter().any(|finding| is_it(&finding)), "{from}: {told}");
    }
}

#[test]
fn agreements_that_contradict_themselves_are_refused_with_their_line() {
    let desk = Desk::new();
    for (from, to, told) in [
        (
            "valid_to: 2026-11-24",
            "valid_to: 2026-11-30",
            "the latest end of version 1 is 2026-11-24",
        ),
        ("  valid_to: 2026-11-24\n", "", "version 1 is valid without end"),
        ("valid_to: 2026-11-24", "valid_to: 2025-11-24", "the earliest end is 2026-01-01"),
        ("version: 2\n", "version: 1\n", "has version 1 twice"),
        ("calendar: london", "calendar: londn", "did you mean london?"),
        ("name: Gold support", "name: \"Gold\\e[31m\"", "version 1: control character U+001B"),
        ("name: Gold support", &format!("name: {}", "G".repeat(101)), "at most 100"),
        ("name: Gold support", "name: ''", "the name of version 1"),
        ("Europe/London", "Europe/Londn", "Europe/London"),
        ("respond: 2h", "respnd: 2h", "did you mean `respond`?"),
        (
            "wednesday: [\"09:00-17:00\"]",
            "wednesday: [\"09:00-17:00\", \"10:00-12:00\"]",
            "wednesday",
        ),
    ] {
        let text = AGREEMENTS.replacen(from, to, 1);
        assert_ne!(text, AGREEMENTS, "{from}");
        desk.write(FILE, &text);
        let ran = desk.at("09:00").run("policy check");
        let line = ran.out().lines().next().unwrap_or_default().to_owned();
        assert!(line.contains(&format!("{FILE}:")), "{ran}");
        ran.finds(told);
    }
}

#[test]
fn what_a_version_promises_stays_once_it_has_begun() {
    let desk = desk();
    let run = |line: &str| lead(&desk, "09:00", &format!("{line} --reason x"));
    let edit = |from: &str, to: &str, how: &str| {
        let text = AGREEMENTS.replacen(from, to, 1);
        assert_ne!(text, AGREEMENTS, "{from}");
        desk.write("../agreements.yaml", text);
        run(&format!("policy edit agreements {how} --from ../agreements.yaml"))
    };
    let stays = "version 1 of agreement gold has been valid since 2026-01-01, and what it promises \
                 stays; a change is version 3";
    let tip = desk.head();
    for (from, to) in [
        ("ack: 30m, respond: 2h", "ack: 30m, respond: 3h"),
        ("urgent: {respond: 10m}", "urgent: {}"),
        ("valid_to: 2026-11-24\n", "valid_to: 2026-11-24\n  calendar: london\n"),
    ] {
        edit(from, to, "").refuses(stays).and("version 3, that begins when the one before ends");
        edit(from, to, "--lang zh-CN").refuses("协议 gold 的版本 1 自 2026-01-01 起有效");
    }
    run("policy set agreements.agreements.0.limits.fault.general.respond 3h").refuses(stays);
    edit("valid_from: 2026-01-01", "valid_from: 2026-01-02", "").refuses(stays);
    let gone = "version 1 of agreement gold has been valid since 2026-01-01, and stays in the file";
    edit("version: 1\n  valid", "version: 7\n  valid", "").refuses(gone);
    edit("id: gold", "id: golden", "").refuses(gone);
    // nor does it end on a day that is past
    let past =
        "version 1 of agreement gold cannot end on 2026-11-22 any more, for that day is past";
    edit("valid_to: 2026-11-24", "valid_to: 2026-11-22", "").refuses(past).and("2026-11-23 is");
    run("policy set agreements.agreements.0.valid_to 2026-11-22").refuses(past);
    // by the day on which a draft is to hold the second has begun as well
    let ahead = "--next --on 2026-12-01";
    edit("respond: 4wh", "respond: 5wh", ahead).refuses("version 2 of agreement gold");
    edit("monday: [\"09:00", "monday: [\"08:00", ahead).refuses("version 2 of agreement gold");
    assert_eq!(desk.head(), tip);

    // one that has not begun is corrected, and so is what promises nothing; one that holds ends today
    edit("respond: 4wh", "respond: 5wh", "").succeeds();
    desk.write("../agreements.yaml", desk.read(FILE).replace("C-2026-17", "C-2026-18"));
    run("policy edit agreements --from ../agreements.yaml").succeeds();
    run("policy set agreements.agreements.0.valid_to 2026-11-23").succeeds();
    desk.is_honest();
}

#[test]
fn an_explanation_says_by_which_calendar_and_in_which_zone_it_counted() {
    let desk = desk();
    let before = opened(&desk, "09:00");
    let after = opened(&desk, "2026-11-25 09:00");
    for (id, calendar, zone, told, zh) in [
        (&before, Value::Null, "Asia/Shanghai", "of the desk (Asia/Shanghai)", "服务台"),
        (&after, json!("london"), "Europe/London", "london (Europe/London)", "london"),
    ] {
        let run = |line: &str| desk.at("2026-11-25 10:00").by("chen").run(line).succeeds();
        let json = run(&format!("sla explain {id} --json")).json();
        assert_eq!((&json["calendar"], &json["timezone"]), (&calendar, &json!(zone)), "{json}");
        for (lang, said) in [("en", ["working hours", told]), ("zh-CN", ["工作时间", zh])] {
            let ran = run(&format!("sla explain {id} --lang {lang}"));
            assert!(said.iter().all(|said| ran.out().contains(said)), "{ran}");
            assert!(ran.out().contains(zone), "{ran}");
        }
    }
}

#[test]
fn each_version_of_an_agreement_is_reached_by_its_name_and_the_newest_without_a_number() {
    let desk = desk();
    let show = |key: &str| {
        let line = format!("policy show agreements.agreements.{key}.version");
        desk.at("09:00").run(&line).succeeds().out().trim().to_owned()
    };
    for (key, version) in
        [("gold", "2"), ("gold@1", "1"), ("gold@2", "2"), ("0", "1"), ("staff", "1")]
    {
        assert_eq!(show(key), version, "{key}");
    }
    let none = desk.at("09:00").run("policy show agreements.agreements.gold@3.version");
    none.usage("gold@3").and("gold@1");
    let set = "policy set agreements.agreements.gold.limits.fault.general.ack 20m --reason sooner";
    let told = lead(&desk, "09:01", set).succeeds();
    assert!(told.err().contains("the newest was changed: gold@2"), "{told}");
    let named = set.replace("gold", "gold@2").replace("20m", "25m");
    let told = lead(&desk, "09:01", &named).succeeds();
    assert!(!told.err().contains("newest"), "{told}");
    lead(&desk, "09:02", &set.replace("gold", "gold@1")).refuses("version 1 of agreement gold");
    assert!(desk.read(FILE).contains("general: {ack: 25m, respond: 4wh}"));
    desk.is_honest();
}

#[test]
fn a_promise_that_was_changed_by_hand_under_its_version_is_found_before_and_after() {
    for (path, day, drafted) in [
        (FILE, "2026-01-01", AGREEMENTS.replace("respond: 2h", "respond: 3h")),
        (
            "policy/next/agreements.yaml",
            "2026-12-01",
            AGREEMENTS.replace("respond: 4wh", "respond: 5wh"),
        ),
    ] {
        let desk = desk();
        let head = format!("effective_on: {day}");
        desk.write(path, drafted.replacen("effective_on: 2026-01-01", &head, 1));
        let told = desk.at("09:00").run("policy check").finds("A62");
        assert!(told.out().contains(&format!("error A62  {path}:")), "{told}");
        assert!(told.out().contains("what it promises stays"), "{told}");
    }
    let desk = desk();
    agree(&desk, "23T08:20", &AGREEMENTS.replace("respond: 4wh", "respond: 5wh"));
    desk.is_honest();
    let agreed = desk.head();
    for (from, to, said) in [
        ("respond: 2h", "respond: 3h", "version 1 of agreement gold has been valid since"),
        ("valid_to: 2026-11-24", "valid_to: 2026-11-22", "gold cannot end on 2026-11-22 any more"),
    ] {
        agree(&desk, "23T08:25", &AGREEMENTS.replace(from, to));
        let told = desk.at("09:00").run("audit").finds("error H50  ");
        assert!(told.out().contains(said), "{told}");
        desk.git(["reset", "-q", "--hard", &agreed]);
    }
}

#[test]
fn a_promise_that_was_changed_by_hand_and_committed_is_found_until_it_is_put_back() {
    let desk = desk();
    let told = |time: &str, line: &str| lead(&desk, time, line).out();
    // whoever corrects a version before it begins breaks no promise, nor does one that is put back
    agree(&desk, "23T08:20", &AGREEMENTS.replace("respond: 4wh", "respond: 5wh"));
    for line in ["policy check", "check"] {
        assert!(!told("2026-12-01 09:00", line).contains("A62"));
    }
    let other = AGREEMENTS.replace("respond: 2h", "respond: 3h");
    agree(&desk, "23T08:25", &other);
    let broken = desk.head();
    // whatever is committed afterwards
    agree(&desk, "23T08:30", &with_later("pearl").replace("respond: 2h", "respond: 3h"));
    for line in ["policy check", "check"] {
        let found = lead(&desk, "09:00", line).finds("error A62  ").out();
        for said in ["version 1 of agreement gold has been valid since", &broken[..7]] {
            assert!(found.contains(said), "{found}");
        }
    }
    // docket puts back what was promised, and nobody finds fault with that
    desk.write("../agreements.yaml", with_later("pearl").replace("respond: 2h", "respond: 4h"));
    let edit = "policy edit agreements --from ../agreements.yaml --reason 'as it was'";
    lead(&desk, "09:01", edit).refuses("version 1 of agreement gold");
    desk.write("../agreements.yaml", with_later("pearl"));
    lead(&desk, "09:02", edit).succeeds();
    for line in ["policy check", "check"] {
        assert!(!told("09:03", line).contains("A62"));
    }
    let audited = lead(&desk, "09:04", "audit").finds("error H50  ").out();
    assert_eq!(audited.matches("error H50").count(), 1, "{audited}");
    desk.write(FILE, &other);
    lead(&desk, "09:05", "policy check").finds("A62");
}

#[test]
fn a_promise_is_not_changed_in_two_commits_nor_in_one_that_is_dated_before_it_began() {
    let other = AGREEMENTS.replace("respond: 2h", "respond: 3h");
    // taken away and put back, broken and mended
    let renumbered = AGREEMENTS.replacen("version: 1\n  valid", "version: 7\n  valid", 1);
    for first in [renumbered, format!("{AGREEMENTS}:::\n")] {
        let desk = desk();
        agree(&desk, "23T08:20", &first);
        agree(&desk, "23T08:25", &other);
        desk.at("09:00").run("audit").finds("error H50  ");
    }
    let desk = desk();
    desk.write(FILE, &other);
    desk.git(["add", FILE]);
    let dated = ["commit", "-q", "-m", "limits", "--author", "Zhang Wei <zhang@example.com>"];
    let mut git = desk.at("08:20").shell("git");
    git.args(dated).env("GIT_AUTHOR_DATE", "2025-12-31T10:00:00+08:00");
    git.env("GIT_COMMITTER_DATE", "2025-12-31T10:00:00+08:00");
    assert!(git.status().unwrap().success());
    desk.at("09:00").run("audit").finds("error H50  ");
}

#[test]
fn a_customer_gets_a_card_with_its_own_promises_and_hours() {
    let desk = desk();
    let card = |time: &str, of: &str| {
        desk.at(time).by("chen").run(&format!("report card {of}")).succeeds().out()
    };
    let now = card("09:00", "--customer acme");
    assert!(
        now.contains("For ACME, by the agreement Gold support, version 1, valid until 2026-11-24."),
        "{now}"
    );
    assert!(now.contains("| fault (general) | 30 minutes | 2 hours | 24 hours |"), "{now}");
    let later = card("2026-11-25 09:00", "--customer ACME");
    assert!(later.contains("Times are in Europe/London"), "{later}");
    assert!(later.contains("| Mon | 09:00–17:00 |"), "{later}");
    assert!(!card("09:00", "").contains("Gold"));
    let chinese = card("09:00", "--customer acme --lang zh-CN");
    assert!(chinese.contains("：Gold support，版本 1，有效期至 2026-11-24。"), "{chinese}");
    let ended = card("2027-01-04 09:00", "--customer acme");
    assert!(ended.contains("version 2 (expired), valid until 2026-12-31."), "{ended}");
    lead(&desk, "09:01", "customer add globex --name Globex --agreement staff").succeeds();
    let open = card("09:02", "--customer globex");
    assert!(open.contains("by the agreement Our own staff, version 1."), "{open}");
    desk.at("09:03").run("report card --customer acmee").refuses("acme");
}

#[test]
fn holidays_are_loaded_into_hours_of_an_agreement_and_a_year_without_them_is_unknown() {
    let desk = desk();
    let agreed = |line: &str| desk.at("08:30").run(&format!("{line} --calendar london"));
    let day = |line: &str, day: &str| -> Value {
        let days = agreed(&format!("{line} --json")).json()["days"].clone();
        days.as_array().unwrap().iter().find(|it| it["date"] == day).unwrap().clone()
    };
    assert_eq!(day("calendar show --month 2027-01", "2027-01-01")["known"], false);
    let file = desk.home().join("uk.json");
    let days = r#"[{"name": "New Year", "date": "2027-01-01", "isOffDay": true},
        {"name": "Easter: Monday", "date": "2027-03-29", "isOffDay": true}]"#;
    std::fs::write(&file, format!(r#"{{"year": 2027, "papers": ["gov.uk"], "days": {days}}}"#))
        .unwrap();
    let import = format!("calendar import {} --calendar", file.display());
    desk.at("08:40").by("chen").run(&format!("{import} london")).refuses("chen");
    lead(&desk, "08:40", &format!("{import} lodnon")).refuses("london");
    lead(&desk, "08:40", &format!("{import} lon")).says("2027").says("Easter: Monday");
    let off = day("calendar show --month 2027-01", "2027-01-01");
    assert_eq!((&off["known"], &off["holiday"]), (&json!(true), &json!("New Year")));
    assert_eq!(day("calendar show --month 2026-12", "2026-12-25")["holiday"], "Christmas Day");
    let text = desk.read(FILE);
    assert!(
        text.contains("version: 2\n") && text.contains("2027-03-29: 'Easter: Monday'"),
        "{text}"
    );
    let subject = desk.git(["log", "-1", "--format=%B"]);
    assert!(subject.contains("policy agreements.yaml: version 2"), "{subject}");
    assert!(subject.contains("reason: holidays of london: 2027"), "{subject}");
    lead(&desk, "08:41", &format!("{import} london")).says("nothing changed");
    lead(&desk, "08:42", "calendar import --no-holidays 2028 --calendar london").says("2028");
    assert_eq!(day("calendar show --month 2028-01", "2028-01-03")["known"], true);
    let kept = lead(&desk, "08:43", "calendar import --no-holidays 2027 --calendar london");
    assert!(kept.status() == Some(1) && kept.out().contains(FILE), "{kept}");
    desk.is_honest();
}

#[test]
fn hours_past_midnight_are_refused_with_the_two_windows_to_write() {
    let desk = desk();
    let week = "policy set calendar.week.monday '[\"22:00-06:00\"]' --reason nights";
    lead(&desk, "08:40", week).refuses("22:00-24:00 on that day and 00:00-06:00 on the next");
    let chinese = format!("--lang zh {week}");
    lead(&desk, "08:40", &chinese).refuses("当日 22:00-24:00，次日 00:00-06:00");
    lead(&desk, "08:41", &week.replace("22:00-06:00", "22:00-24:00")).succeeds();
    // windows of one date
    let eve = "policy set calendar.years.2026.work.2026-12-24 '[\"09:00-12:00\"]' --reason eve";
    lead(&desk, "08:42", eve).succeeds();
    let shown = desk.at("08:43").run("calendar show --month 2026-12").succeeds().out();
    let line = shown.lines().find(|line| line.contains("2026-12-24")).unwrap();
    assert!(line.contains("09:00–12:00") && !line.contains("18:00"), "{line}");
    desk.is_honest();
}

#[test]
fn an_agreement_is_not_lost_unsaid_where_its_customer_is_merged_away() {
    let [one, two] = clones();
    lead(&one, "09:03", "customer add anvils --name Anvils").succeeds();
    for desk in [&one, &two] {
        lead(desk, "09:04", "sync").succeeds();
    }
    lead(&one, "09:05", "customer change anvils --agreement staff").succeeds();
    lead(&two, "09:05", "customer merge anvils --into acme").succeeds();
    lead(&two, "09:06", "sync").succeeds();
    lead(&one, "09:07", "sync")
        .says("anvils had agreement staff; acme, into which it is merged, keeps gold, unless")
        .says("docket customer change acme --agreement staff");
    // told once, whatever else of customers comes
    lead(&two, "09:08", "customer change acme --site 'Floor 3'").succeeds();
    lead(&two, "09:08", "sync").succeeds();
    let again = lead(&one, "09:08", "sync").succeeds();
    assert!(again.out().contains("received") && !again.out().contains("agreement"), "{again}");
    one.is_honest();
    // and by the merge itself, where that is known
    lead(&one, "09:09", "customer add bolts --name Bolts --agreement staff").succeeds();
    let merged = lead(&one, "09:10", "customer merge bolts --into acme --lang zh").succeeds();
    assert!(
        merged.err().contains("bolts 原使用协议 staff，合并后沿用 acme 的协议 gold"),
        "{merged}"
    );
    assert!(!merged.err().contains("anvils"), "{merged}");
    lead(&one, "09:11", "customer change acme --agreement none").succeeds();
    lead(&one, "09:12", "customer add cogs --name Cogs --agreement staff").succeeds();
    let merged = lead(&one, "09:13", "customer merge cogs --into acme").succeeds();
    assert!(merged.err().contains("cogs has agreement staff, but acme"), "{merged}");
}

#[test]
fn the_limits_of_the_desk_are_not_promised_unsaid_where_an_agreement_cannot_be_told() {
    let desk = desk();
    let line = FAULT.replace("--expected-by 17:00", "--expected-by none");
    let open = |time: &str, lang: &str| {
        desk.at(time).by("chen").run(&format!("{line} --lang {lang}")).succeeds()
    };
    let told = open("09:00", "en");
    assert!(!told.out().contains("customers/acme.yaml"), "{told}");
    let text = desk.read("customers/acme.yaml");
    desk.commit("customers/acme.yaml", text.replace("agreement: gold", "agreement: silver"));
    let told = open("09:02", "en");
    assert!(told.out().contains("customer acme has agreement silver, which is not"), "{told}");
    lead(&desk, "09:03", "customer change acme --agreement gold").succeeds();
    assert!(!open("09:04", "en").out().contains("customers/acme.yaml"));
    desk.commit("customers/acme.yaml", "format: 1\nid: acme\nnam: ACME\n");
    for (time, lang, told) in [
        ("09:05", "en", "customers/acme.yaml cannot be read"),
        ("09:06", "zh", "customers/acme.yaml 无法读取"),
    ] {
        let ran = open(time, lang);
        assert!(ran.out().contains(told), "{ran}");
        assert!(ran.out().contains("docket doctor --repair"), "{ran}");
    }
}
