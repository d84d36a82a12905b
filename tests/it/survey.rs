//! The survey: drawing the sample, asking, recording what comes back, and what does not.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use sha1::{Digest, Sha1};

use crate::desk::Desk;

const DECEMBER: &str = "2026-12-01 09:00";

/// A desk with closed requests of these customers, each with a contact of its own.
fn closed(customers: &[&str]) -> (Desk, Vec<String>) {
    let desk = Desk::new();
    let ids = customers.iter().enumerate().map(|(nth, customer)| close(&desk, customer, nth));
    let ids = ids.collect();
    (desk, ids)
}

pub(crate) fn close(desk: &Desk, customer: &str, nth: usize) -> String {
    let open = format!(
        "open request 'Matter {nth}' --channel email --customer '{customer}' --name 'Guest {nth}' \
         --email g{nth}@{nth}.example --reported x --need y --category account"
    );
    let id = desk.at("09:00").by("chen").run(&open).id();
    for (time, who, words) in [
        ("09:10", "chen", "ack ID --reply-by +1h".to_owned()),
        ("09:20", "chen", "resolve ID --result r --cause c --code fulfilled".to_owned()),
        ("09:30", "zhang", format!("confirm ID --with 'Guest {nth}' --satisfaction 4")),
        ("09:40", "chen", "close ID".to_owned()),
    ] {
        desk.at(time).by(who).run(&words.replace("ID", &id)).succeeds();
    }
    id
}

/// The published rule, written down once more: whom it draws of records with their customers.
fn drawn_by_hand(records: &[(String, &str)], month: &str, percent: u64, cap: usize) -> Vec<String> {
    let mut customers: BTreeMap<&str, Vec<(u64, &String)>> = BTreeMap::new();
    for (id, customer) in records {
        let hash = Sha1::digest(format!("{id} {month}").as_bytes());
        let hex: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        let number = u64::from_str_radix(&hex[..8], 16).unwrap();
        customers.entry(customer).or_default().push((number, id));
    }
    let mut drawn = Vec::new();
    for (_, mut own) in customers {
        own.sort();
        let below = own.iter().filter(|(number, _)| number * 100 < percent * 4_294_967_296).count();
        drawn.extend(own.iter().take(below.max(1).min(cap)).map(|(_, id)| (*id).clone()));
    }
    drawn.sort();
    drawn
}

fn set_policy(desk: &Desk, from: &str, to: &str) {
    let policy = desk.read("policy/survey.yaml");
    assert!(policy.contains(from), "{from}");
    desk.commit("policy/survey.yaml", policy.replace(from, to));
}

#[test]
fn the_sample_is_the_one_that_the_published_rule_gives() {
    let customers = ["A", "A", "A", "A", "A", "A", "A", "B", "B", "B", "C", "C", "D"];
    let (desk, ids) = closed(&customers);
    for (percent, cap) in [(20, 3), (70, 3), (100, 2)] {
        let policy = desk.read("policy/survey.yaml");
        let kept = policy
            .lines()
            .filter(|line| !line.starts_with("sample:") && !line.starts_with("cap_per_customer:"));
        let mut changed: String = kept.map(|line| format!("{line}\n")).collect();
        changed += &format!("sample: {percent}\ncap_per_customer: {cap}\n");
        desk.commit("policy/survey.yaml", changed);

        let due = desk.at(DECEMBER).run("survey due --json").json();
        let of_due = |due: &Value| -> Vec<String> {
            let items = due["to_send"].as_array().unwrap();
            items.iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
        };
        let records: Vec<_> = ids.iter().cloned().zip(customers).collect();
        let wanted = drawn_by_hand(&records, "2026-11", percent, cap);
        assert_eq!(of_due(&due), wanted, "{percent} %, at most {cap}");
    }
}

#[test]
fn the_cap_is_for_a_customer_and_not_for_a_spelling() {
    let names = ["ACME", "acme", "Ａcme", "Anvils Inc", "ANVILS  inc", "Bolt"];
    let (desk, ids) = closed(&names);
    for rule in ["survey.sample 100", "survey.cap_per_customer 2"] {
        let set = format!("policy set {rule} --reason 'asked for'");
        desk.at("11:00").by("zhang").run(&set).succeeds();
    }
    let add = "customer add acme --name ACME --alias 'Anvils Inc'";
    desk.at("12:00").by("chen").run(add).succeeds();
    let one = ["ACME", "ACME", "ACME", "ACME", "ACME", "Bolt"];
    let records: Vec<(String, &str)> = ids.into_iter().zip(one).collect();
    let wanted = drawn_by_hand(&records, "2026-11", 100, 2);
    assert_eq!(wanted.len(), 3);
    let due = desk.at(DECEMBER).run("survey due --json").json().to_string();
    for (id, _) in &records {
        assert_eq!(due.contains(id.as_str()), wanted.contains(id), "{id}: {due}");
    }
    desk.at(DECEMBER).by("zhang").run("survey send --all --month 2026-11 -o ../out").succeeds();
    desk.is_honest();
}

#[test]
fn the_sample_is_frozen_with_one_commit_each_and_sending_again_changes_nothing() {
    let (desk, _) = closed(&["A", "A", "B", "C"]);
    let commits = desk.commits();
    desk.at("2026-11-30 23:59")
        .by("chen")
        .run("survey send --all --month 2026-11 -o out")
        .refuses("2026-11 is not over");
    desk.at("2026-11-30 23:59")
        .by("chen")
        .run("survey send --all --month 2026-12 -o out")
        .refuses("2026-12 is not over");
    let answer =
        desk.at(DECEMBER).by("chen").run("survey send --all --month 2026-11 -o ../out --json");
    let answer = answer.json();
    let sent = usize::try_from(answer["done"].as_u64().unwrap()).unwrap();
    assert!((3..=4).contains(&sent), "{answer}");
    assert_eq!(desk.commits(), commits + sent);
    assert_eq!(desk.status(), "");
    let id = answer["items"][0]["record"].as_str().unwrap();
    let survey = &desk.record(id)["status"]["survey"];
    assert_eq!(survey["standing"], "sent");
    assert_eq!(survey["period"], "2026-11");
    assert_eq!(survey["until"], "2026-12-15T09:00:00+08:00");

    let page = desk.read(&format!("../out/{id}.html"));
    let head = desk.head();
    set_policy(&desk, "sample: 20", "sample: 100");
    let again = desk.at("2026-12-03 09:00").by("zhang");
    again.run("survey send --all --month last -o ../out").says("nothing changed").says("20%");
    assert_eq!(desk.git(["rev-parse", "HEAD^"]).trim(), head);
    assert_eq!(desk.read(&format!("../out/{id}.html")), page);
    desk.at("2026-12-03 09:00").run("survey due").says("awaited");
}

#[test]
fn who_joins_the_team_after_the_sample_was_drawn_takes_no_record_out_of_it() {
    let (desk, ids) = closed(&["A", "B"]);
    desk.at(DECEMBER).by("chen").run("survey send --all -o ../out").says("2 done");
    let join = "people add guest --name 'Guest 0' --email g@guest.example --role engineer \
        --unit desk";
    desk.at("2026-12-05 09:00").by("zhang").run(join).succeeds();
    let again = desk.at("2026-12-06 09:00").by("chen").run("survey send --all -o ../out").out();
    assert!(again.contains(&ids[0]) && again.contains("2 already done"), "{again}");
    let report = desk.at("2027-01-03 09:00").run("report survey --month 2026-11 --json").json();
    assert_eq!(report["samples"][0]["candidates"], 2, "{report}");
}

#[test]
fn a_file_of_an_old_mac_or_of_another_encoding_is_told_apart() {
    let (desk, ids) = closed(&["A", "B"]);
    let head = "record,satisfaction,by";
    let text = format!("{head}\r{},4,Guest 0\r{},9,Guest 1\r", ids[0], ids[1]);
    let ran = desk.at(DECEMBER).by("chen").input(text).run("survey import - --json");
    let items = serde_json::from_str::<Value>(&ran.out()).unwrap()["items"].clone();
    assert_eq!((&items[0]["line"], &items[1]["line"]), (&2.into(), &3.into()), "{items}");
    desk.write("../gbk.csv", b"record,satisfaction,by\n\xcd\xf5");
    let ran = desk.at(DECEMBER).by("chen").run("survey import ../gbk.csv");
    assert!(ran.err().contains("save it as UTF-8"), "{ran}");
}

#[test]
fn an_import_that_is_stopped_keeps_and_tells_the_answers_before() {
    let (desk, ids) = closed(&["A", "B"]);
    let mut file = format!("record,satisfaction,by\n{},4,Guest 0\n", ids[0]).into_bytes();
    file.extend_from_slice(b"\xcd\xf5,4,Guest 1\n");
    desk.write("../bad.csv", &file);
    let import = |options: &str| {
        desk.at(DECEMBER).by("chen").run(&format!("survey import ../bad.csv{options}"))
    };
    let ran = import("");
    assert_eq!(ran.status(), Some(3), "{ran}");
    for told in ["line 2: ", "1 done, 0 already done, 0 refused", "stopped: ", "bad.csv"] {
        assert!(ran.out().contains(told), "{told}: {ran}");
    }
    assert_eq!(desk.record(&ids[0])["status"]["survey"]["satisfaction"], "satisfied");
    let json: Value = serde_json::from_str(&import(" --json").out()).unwrap();
    assert_eq!((&json["already_there"], &json["stopped"]), (&1.into(), &"environment".into()));
}

#[test]
fn a_row_that_is_too_long_is_refused_as_such_and_the_next_one_taken() {
    let (desk, ids) = closed(&["A", "B"]);
    let long = "x".repeat(17 << 20);
    let file = format!("record,satisfaction,by\n{},4,{long}\n{},4,Guest 1\n", ids[0], ids[1]);
    desk.write("../long.csv", file.as_bytes());
    let ran = desk.at(DECEMBER).by("chen").run("survey import ../long.csv");
    assert_eq!(ran.status(), Some(1));
    let out = ran.out();
    assert!(out.contains("line 2: error: the row is longer than 16 MiB"), "{out}");
    assert!(out.contains("1 done, 0 already done, 1 refused"), "{out}");
}

#[test]
fn an_open_quote_costs_its_own_line_alone_however_many_come_after_it() {
    let (desk, ids) = closed(&["A", "B"]);
    let lines = "\n".repeat(200_000);
    let file = format!("record,satisfaction,by\n\"{}{lines}{},4,Guest 1\n", ids[0], ids[1]);
    let ran = desk.at(DECEMBER).by("chen").input(file).run("survey import -");
    assert!(ran.out().contains("1 done, 0 already done, 1 refused"), "{ran}");
}

#[test]
fn what_is_entered_after_the_month_cannot_change_its_sample() {
    let (desk, ids) = closed(&["A", "B"]);
    let late = desk.fault_in("confirmed");
    desk.at("2026-12-01 08:00")
        .by("chen")
        .run(&format!("close {late} --at '2026-11-30 18:00' --late-because 'forgot'"))
        .succeeds();
    let sent = desk.at(DECEMBER).by("chen").run("survey send --all -o ../out --json").json();
    let sent: BTreeSet<_> =
        sent["items"].as_array().unwrap().iter().map(|i| i["record"].as_str().unwrap()).collect();
    assert_eq!(sent, ids.iter().map(String::as_str).collect());
}

#[test]
fn records_that_an_offline_clone_brings_after_the_sending_are_sent_to_honestly() {
    let (desk, _) = closed(&["A", "B"]);
    let before = desk.head();
    close(&desk, "C", 7);
    desk.git(["branch", "offline"]);
    desk.git(["reset", "-q", "--hard", &before]);
    let send = "survey send --all --month 2026-11 -o ../out";
    desk.at(DECEMBER).by("chen").run(send).says("2 done");
    let mut git = desk.at(DECEMBER).by("chen").shell("git");
    let date = "2026-12-02T09:00:00+08:00";
    git.env("GIT_AUTHOR_DATE", date).env("GIT_COMMITTER_DATE", date);
    let merged = git.args(["merge", "-q", "--no-edit", "offline"]).output().unwrap();
    assert!(merged.status.success(), "{merged:?}");
    desk.at("2026-12-02 10:00").by("chen").run(send).says("1 done");
    desk.is_honest();
}

#[test]
fn who_was_drawn_and_is_erased_before_the_questionnaire_goes_out_is_not_asked() {
    let (desk, _) = closed(&["A", "B"]);
    let before = desk.head();
    let lost = close(&desk, "C", 7);
    desk.git(["branch", "offline"]);
    desk.git(["reset", "-q", "--hard", &before]);
    let send = "survey send --all --month 2026-11 -o ../out";
    desk.at(DECEMBER).by("chen").run(send).says("2 done");
    let mut git = desk.at(DECEMBER).by("chen").shell("git");
    let date = "2026-12-02T09:00:00+08:00";
    git.env("GIT_AUTHOR_DATE", date).env("GIT_COMMITTER_DATE", date);
    let merged = git.args(["merge", "-q", "--no-edit", "offline"]).output().unwrap();
    assert!(merged.status.success(), "{merged:?}");
    let due = desk.at("2026-12-02 10:00").run("survey due").out();
    assert!(due.contains(&lost), "{due}");

    let erase = "contact erase 'Guest 7' --reason 'asked for it'";
    desk.at("2026-12-02 10:01").by("zhang").run(erase).succeeds();
    let due = desk.at("2026-12-02 10:02").run("survey due").out();
    assert!(!due.contains(&lost), "{due}");
    desk.at("2026-12-02 10:03").by("chen").run(send).says("nothing changed");
    desk.is_honest();
}

#[test]
fn remarks_cancelled_and_merged_are_not_drawn_but_exceptions_are() {
    let desk = Desk::new();
    for state in ["cancelled", "merged"] {
        desk.fault_in(state);
    }
    desk.at("09:00")
        .by("chen")
        .run("remark 'Nice' --channel hotline --customer R --explanation ok --wants-reply no --reported x")
        .succeeds();
    let withdrawn = desk.request();
    desk.at("09:05")
        .by("chen")
        .run(&format!(
            "close {withdrawn} --exception withdrawn --reason 'not wanted' --with 'Mr Ray' --method phone"
        ))
        .succeeds();
    let due = desk.at(DECEMBER).run("survey due --json").json();
    let ids: Vec<_> = due["to_send"].as_array().unwrap().iter().map(|i| &i["id"]).collect();
    assert_eq!(ids, [&serde_json::json!(withdrawn)]);
}

#[test]
fn a_record_that_was_reopened_since_is_asked_about_once_it_is_closed_again() {
    let (desk, ids) = closed(&["A"]);
    let id = &ids[0];
    let reopen = format!("reopen {id} --reason 'it is back'");
    desk.at("2026-11-23 15:00").by("chen").run(&reopen).succeeds();
    desk.at("2026-11-23 15:01")
        .by("chen")
        .run(&format!("resolve {id} --result r --cause c --code fulfilled"))
        .succeeds();
    desk.at("2026-11-23 15:02")
        .by("zhang")
        .run(&format!("confirm {id} --with 'Guest 0' --satisfaction 4"))
        .succeeds();
    desk.at("2026-11-30 18:00").by("chen").run(&format!("close {id}")).succeeds();
    desk.at("2026-12-01 08:30").by("chen").run(&reopen).succeeds();
    desk.at(DECEMBER)
        .by("chen")
        .run("survey send --all -o ../out")
        .says("was drawn, but it is")
        .says("nothing changed");
}

#[test]
fn a_questionnaire_is_sent_by_hand_once_for_a_closing_and_stays_outside_the_sample() {
    let (desk, ids) = closed(&["A"]);
    let id = &ids[0];
    let send = format!("survey send {id}");
    desk.at("11:00").by("chen").run(&send).says("# Customer satisfaction survey").says("Matter 0");
    desk.at("11:01").by("chen").run(&send).refuses("already asked or has answered");
    let survey = desk.record(id)["status"]["survey"].clone();
    assert_eq!(survey["period"], Value::Null);
    let told = format!("survey record {id} --satisfaction 5 --by 'Guest 0'");
    desk.at("12:00").by("chen").run(&told).succeeds();
    desk.at("12:01").by("li").run(&told).refuses("李雷 (li) is not allowed to do this");
    // Asking early keeps nobody out of the sample: the answer counts for it.
    desk.at(DECEMBER).by("chen").run("survey send --all -o ../out").says("1 done");
    let survey = desk.record(id)["status"]["survey"].clone();
    assert_eq!(survey["period"], "2026-11");
    assert_eq!(survey["standing"], "answered");
    assert_eq!(survey["satisfaction"], "very_satisfied");

    let open = desk.fault();
    desk.at("12:05").by("chen").run(&format!("survey send {open}")).refuses("it is open");
}

#[test]
fn no_answer_in_time_expires_and_is_kept_late_without_counting() {
    let (desk, ids) = closed(&["A"]);
    let id = &ids[0];
    desk.at(DECEMBER).by("chen").run("survey send --all -o ../out").says("1 done");
    desk.at("2026-12-15 09:00").by("chen").run("survey expire").says("nothing changed");
    desk.at("2026-12-15 09:01").by("chen").run("survey expire").says("1 done").says("expired");
    desk.at("2026-12-15 09:02").by("chen").run("survey expire").says("nothing changed");
    assert_eq!(desk.record(id)["status"]["survey"]["standing"], "expired");

    let told = format!("survey record {id} --satisfaction 4 --by 'Guest 0'");
    desk.at("2026-12-20 09:00").by("chen").run(&told).says("too late to count");
    let record = desk.record(id);
    assert_eq!(record["status"]["survey"]["standing"], "expired");
    let last = record["history"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(last["late_since"], "2026-12-15T09:00:00+08:00");

    // It came in time and lay about: when it was given decides.
    desk.at("2026-12-20 10:00")
        .by("chen")
        .run(&format!("{told} --at '2026-12-10 10:00' --late-because 'the letter lay about'"))
        .succeeds();
    assert_eq!(desk.record(id)["status"]["survey"]["standing"], "answered");
}

#[test]
fn questions_that_changed_without_a_new_version_are_noticed_and_old_ones_still_answered() {
    let (desk, ids) = closed(&["A", "B", "C"]);
    let send = |nth: usize| format!("survey send {}", ids[nth]);
    desk.at("11:00").by("chen").run(&send(0)).succeeds();
    set_policy(&desk, "key: speed", "key: pace");
    desk.at("11:01")
        .by("chen")
        .run(&send(1))
        .refuses("the questions in policy/survey.yaml differ")
        .and("need a higher version");
    desk.at(DECEMBER)
        .by("chen")
        .run("survey send --all -o ../out")
        .refuses("the questions in policy/survey.yaml differ");
    set_policy(&desk, "version: 1", "version: 2");
    desk.at("11:02").by("chen").run(&send(1)).succeeds();

    let told = |nth: usize, key: &str| {
        let id = &ids[nth];
        format!("survey record {id} --satisfaction 4 --by 'Guest {nth}' --answer {key}=yes")
    };
    desk.at("12:00")
        .by("chen")
        .run(&told(0, "pace"))
        .refuses("no question “pace”")
        .and("one of: speed");
    desk.at("12:00").by("chen").run(&told(0, "speed")).succeeds();
    desk.at("12:00").by("chen").run(&told(1, "pace")).succeeds();
    let answer = |nth: usize| {
        desk.record(&ids[nth])["history"].as_array().unwrap().last().unwrap()["questions"].clone()
    };
    assert_eq!((answer(0), answer(1)), (1.into(), 2.into()));
}

#[test]
fn every_line_of_a_file_is_reported_and_a_bad_one_loses_no_good_one() {
    let (desk, ids) = closed(&["A", "B", "C"]);
    let file = format!(
        "\u{feff}record,satisfaction,by,comment,answer.speed\r\n\
         {},4,Guest 0,\"quick, \"\"very\"\"\nand kind\",yes\r\n\
         {},1,Guest 1,,no\r\n\
         nonsense,5,Guest 2,,\r\n\
         {},满意,Guest 2,'=1+1,\r\n\
         {},5,chen,,\r\n\
         {},7,Guest 2,,\r\n\
         {},5,Guest 2,a,b,c\r\n\
         ,5,Guest 2,,\r\n\
         {},2,Guest 2,{},\r\n",
        ids[0],
        ids[1],
        ids[2],
        ids[2],
        ids[2],
        ids[2],
        ids[2],
        "x".repeat(30_000)
    );
    desk.write("../answers.csv", file.as_bytes());
    let commits = desk.commits();
    let ran = desk.at("11:00").by("chen").run("survey import ../answers.csv");
    assert_eq!(ran.status(), Some(1), "{ran}");
    let out = ran.out();
    for (line, text) in [
        (2, "survey answered"),
        (4, "--comment is missing"),
        (5, "no record"),
        (6, "survey answered"),
        (7, "“chen” is 陈静 (chen), a team member"),
        (8, "“7” is not a valid satisfaction"),
        (9, "6 cells, but the first line names 5 columns"),
        (10, "record is empty"),
        (11, "30000 characters; at most 20000"),
    ] {
        let found = out.lines().find(|found| found.starts_with(&format!("line {line}: ")));
        assert!(found.is_some_and(|found| found.contains(text)), "line {line}: {text} in {out}");
    }
    assert!(out.contains("2 done, 0 already done, 7 refused"), "{out}");
    assert_eq!(desk.commits(), commits + 2);
    let answer =
        |nth: usize| desk.record(&ids[nth])["history"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(answer(0)["comment"], "quick, \"very\"\nand kind");
    assert_eq!(answer(0)["answers"]["speed"], "yes");
    assert_eq!(answer(2)["comment"], "=1+1");

    let again = desk.at("11:05").by("chen").run("survey import ../answers.csv --json");
    assert_eq!(again.status(), Some(1));
    let json: Value = serde_json::from_str(&again.out()).unwrap();
    assert_eq!((&json["done"], &json["already_there"]), (&0.into(), &2.into()));
    assert_eq!(json["items"][1]["line"], 4);
    assert_eq!(json["items"][1]["error"]["code"], "refused");
    assert_eq!(desk.commits(), commits + 2);
}

#[test]
fn the_same_file_read_twice_changes_nothing_whatever_else_was_said() {
    let (desk, ids) = closed(&["A"]);
    let file = format!("record,satisfaction,by\n{},4,Guest 0\n", ids[0]);
    let import = |time: &str| {
        let run = desk.at(time).by("chen").input(file.clone());
        run.run("survey import --json -").succeeds()
    };
    assert_eq!(import("11:00").json()["done"], 1);
    let later = format!("survey record {} --satisfaction 3 --by 'Guest 0'", ids[0]);
    desk.at("11:10").by("chen").run(&later).says("the first answer counts");
    let head = desk.head();
    assert_eq!(import("11:20").json()["already_there"], 1);
    assert_eq!(desk.head(), head);
    let run = desk.at("11:30").by("chen").input(file);
    run.run("survey import -").says("nothing changed");
    assert_eq!(desk.record(&ids[0])["status"]["survey"]["satisfaction"], "satisfied");
}

#[test]
fn the_files_of_several_forms_are_read_behind_one_another() {
    let (desk, ids) = closed(&["A", "B"]);
    let one = format!(
        "\u{feff}\"record\",\"satisfaction\",\"by\"\r\n\"{}\",\"5\",\"Guest 0\"\r\n",
        ids[0]
    );
    let two = format!(
        "\u{feff}\"record\",\"by\",\"satisfaction\",\"answer.speed\"\r\n\"{}\",\"Guest 1\",\"4\",\"yes\"\r\n",
        ids[1]
    );
    let run = desk.at("11:00").by("chen").input(format!("{one}{two}{one}"));
    run.run("survey import -").says("2 done, 1 already done, 0 refused").says("line 4: ");
}

#[test]
fn two_who_send_the_same_sample_send_it_once() {
    let (desk, _) = closed(&["A", "B", "C", "D"]);
    let commits = desk.commits();
    let send = || desk.at(DECEMBER).by("chen").command("survey send --all -o ../out");
    let spawn = || send().stdout(std::process::Stdio::null()).spawn().unwrap();
    let mut runs = [spawn(), spawn(), spawn()];
    for run in &mut runs {
        assert!(run.wait().unwrap().success());
    }
    assert_eq!(desk.commits(), commits + 4);
}

#[test]
fn a_rate_that_is_none_is_named_with_its_line() {
    let (desk, ids) = closed(&["A"]);
    set_policy(&desk, "sample: 20", "sample: 101");
    desk.at("11:00").by("chen").run(&format!("survey send {}", ids[0])).fails("survey.yaml");
}

/// Answers come as a spreadsheet of whatever country writes them.
#[test]
fn answers_are_read_with_any_separator_and_mark() {
    for (separator, mark) in [(";", "\u{feff}"), ("\t", ""), ("|", "\u{feff}"), (",", "\u{feff}")] {
        let (desk, ids) = closed(&["A", "B"]);
        let rows = [
            ["record", "satisfaction", "by", "comment"],
            [&ids[0], "4", "Guest 0", "\"so; so, | so\""],
            [&ids[1], "9", "Guest 1", ""],
        ];
        let text = mark.to_owned() + &rows.map(|row| row.join(separator)).join("\r\n");
        let ran = desk.at(DECEMBER).by("chen").input(text).run("survey import -");
        assert!(ran.out().contains("1 done, 0 already done, 1 refused"), "{separator:?}: {ran}");
        let history = desk.record(&ids[0])["history"].clone();
        assert_eq!(history.as_array().unwrap().last().unwrap()["comment"], "so; so, | so");
    }
}

#[test]
fn a_head_that_is_none_is_a_usage_error_naming_the_column() {
    let (desk, _) = closed(&["A"]);
    for (file, named) in [
        ("record,satisfaction,by,mood\n", "“mood” is not a known column"),
        ("record,by\n", "column satisfaction is missing"),
        ("record,satisfaction,by,by\n", "column by occurs twice"),
        ("record;satisfaction;by;mood\n", "“mood” is not a known column"),
        ("", "column record is missing"),
        ("record,satisfaction,by,answer.\n", "“answer.” is not a known column"),
    ] {
        desk.at("11:00").by("chen").input(file).run("survey import -").usage(named);
    }
    desk.at("11:00").by("chen").input(b"\xff\xfe\0".to_vec()).run("survey import -").fails("UTF-8");
    desk.at("11:00").by("chen").run("survey import nowhere.csv").fails("nowhere.csv");
    desk.at("11:00").by("chen").run("survey import").usage("");
}

#[test]
fn an_answer_on_an_older_questionnaire_is_told_apart() {
    let (desk, ids) = closed(&["A"]);
    let id = &ids[0];
    let closed_again = |day: &str| {
        for (time, who, words) in [
            ("09:00", "chen", "reopen ID --reason again"),
            ("09:10", "chen", "resolve ID --result r --cause c --code fulfilled"),
            ("09:20", "zhang", "confirm ID --with 'Guest 0' --satisfaction 4"),
            ("09:30", "chen", "close ID"),
        ] {
            let words = words.replace("ID", id);
            desk.at(&format!("{day} {time}")).by(who).run(&words).succeeds();
        }
    };
    closed_again("2026-11-30");
    desk.at(DECEMBER).by("chen").run("survey send --all -o ../out").succeeds();
    let line = |sent: &str, version: u32| {
        format!("record,questions,sent,satisfaction,by\n{id},{version},{sent},4,Guest 0\n")
    };
    let import = |day: &str, text: String| {
        let run = desk.at(&format!("{day} 09:00")).by("chen").input(text);
        let ran = run.run("survey import -");
        (ran.status(), ran.out())
    };
    let (status, out) = import("2026-12-02", line("2026-11-01T09:00:00+08:00", 1));
    assert!(status == Some(1) && out.contains("none was sent then for this record"), "{out}");
    let (status, out) = import("2026-12-02", line("2026-12-01T09:00:00+08:00", 9));
    assert!(status == Some(1) && out.contains("version 9"), "{out}");
    let (status, out) = import("2026-12-02", line("2026-12-01T09:00:00+08:00", 1));
    assert_eq!(status, Some(0), "{out}");

    // Closed and drawn once more: the old paper is known, the same grade on the new one is new.
    closed_again("2026-12-03");
    desk.at("2027-01-01 09:00").by("chen").run("survey send --all -o ../out").says("1 done");
    assert_eq!(desk.record(id)["status"]["survey"]["standing"], "sent");
    let (_, out) = import("2027-01-02", line("2026-12-01T09:00:00+08:00", 1));
    assert!(out.contains("already done"), "{out}");
    let worst = line("2026-12-01T09:00:00+08:00", 1).replace(",4,", ",1,");
    let worst = worst.replace(",by\n", ",by,comment\n").replace("Guest 0", "Guest 0,slow");
    let (_, out) = import("2027-01-02", worst.clone());
    assert!(out.contains("1 done") && out.contains("earlier questionnaire"), "{out}");
    let (_, out) = import("2027-01-02", worst);
    assert!(out.contains("already done"), "{out}");
    let status = &desk.record(id)["status"];
    assert_eq!(status["survey"]["standing"], "sent", "it is of the closing before");
    let new = status["links"][0]["to"]["record"].as_str().expect("a complaint all the same");
    let complaint = desk.record(new);
    assert_eq!(complaint["intake"]["complaint"]["against"], "chen");
    assert_eq!(complaint["status"]["desk_owner"], "zhang", "chen did the work and has entered it");
    desk.is_honest();
    let (_, out) = import("2027-01-02", line("2027-01-01T09:00:00+08:00", 1));
    assert!(out.contains("1 done"), "{out}");
    for (month, sent) in [("2026-11", 1), ("2026-12", 1)] {
        let report = format!("report survey --month {month}");
        let share = format!("| {sent}/{sent} (100.0%) |");
        desk.at("2027-01-03 09:00").run(&report).says(&share).says("| Mean grade | 4.00 | n/a |");
    }
}

#[test]
fn the_form_escapes_what_strangers_wrote_and_holds_no_personal_data() {
    let desk = Desk::new();
    let nasty = "</title><script>alert(1)</script>\" onload=\"x";
    let open = [
        "open",
        "request",
        nasty,
        "--channel",
        "email",
        "--customer",
        "A",
        "--name",
        "Guest Secret",
        "--phone",
        "13812341234",
        "--email",
        "secret@a.example",
        "--reported",
        "x",
        "--need",
        "y",
        "--category",
        "account",
    ];
    let id = desk.at("09:00").by("chen").run(open).id();
    for (time, who, words) in [
        ("09:10", "chen", "ack ID --reply-by +1h"),
        ("09:20", "chen", "resolve ID --result r --cause c --code fulfilled"),
        ("09:30", "zhang", "confirm ID --with 'Guest Secret' --satisfaction 4"),
        ("09:40", "chen", "close ID"),
        ("09:50", "chen", "survey send ID -o ../out"),
    ] {
        desk.at(time).by(who).run(&words.replace("ID", &id)).succeeds();
    }
    let page = desk.read(&format!("../out/{id}.html"));
    assert_eq!(page.matches("<script").count(), 1, "{page}");
    assert!(!page.contains("alert(1)</script>") && !page.contains("\" onload"), "{page}");
    for secret in ["Secret", "13812341234", "secret@"] {
        assert!(!page.contains(secret), "{secret}");
        assert!(!desk.read(&format!("../out/{id}.md")).contains(secret), "{secret}");
    }
    for outside in ["http:", "https:", "src=", "@import", "url("] {
        assert!(!page.contains(outside), "{outside}");
    }
    let labels = page.matches("<label").count();
    assert!(labels >= 5 + 3 + 2, "{labels}");
}

#[test]
fn a_contact_that_was_merged_since_answered_all_the_same() {
    let (desk, ids) = closed(&["A"]);
    let file = format!("record,satisfaction,by\n{},4,Miss Guest\n", ids[0]);
    let import = |time: &str| desk.at(time).by("chen").input(file.clone()).run("survey import -");
    import("11:00").says("1 done");
    let list = desk.at("11:01").run("contact list --json").json().to_string();
    let by = desk.record(&ids[0])["status"]["survey"]["by"].as_str().unwrap().to_owned();
    let own = desk.record(&ids[0])["status"]["contact"].as_str().unwrap().to_owned();
    assert!(list.contains(&by));
    desk.at("11:02").by("chen").run(&format!("contact merge {by} --into {own}")).succeeds();
    import("11:03").says("nothing changed");
}

#[test]
fn the_form_makes_the_file_that_is_read() {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/form.js");
    for lang in ["en", "zh-CN"] {
        let (desk, ids) = closed(&["A"]);
        let id = &ids[0];
        let send = format!("survey send --all -o ../out --lang {lang}");
        desk.at(DECEMBER).by("chen").run(&send).succeeds();
        let page = desk.path(&format!("../out/{id}.html"));
        let fill = |grade: &str, comment: &str, name: &str| {
            let words = [script, page.to_str().unwrap(), grade, comment, name, "=ok \"a\", 好"];
            std::process::Command::new("node").args(words).output()
        };
        // Where there is no node, the form is not tried.
        let Ok(made) = fill("2", "-1, \"no\"\nreally", "Guest 0") else { return };
        assert!(made.status.success(), "{made:?}");
        let run = desk.at("2026-12-02 09:00").by("chen").input(made.stdout);
        run.run("survey import -").says("1 done");
        let answer = desk.record(id)["history"].as_array().unwrap().last().unwrap().clone();
        assert_eq!(answer["comment"], "-1, \"no\"\nreally");
        assert_eq!(answer["answers"]["speed"], "=ok \"a\", 好");
        assert_eq!(answer["satisfaction"], "dissatisfied");

        for (grade, comment, name) in [("", "", "x"), ("2", " ", "x"), ("5", "", " ")] {
            let fault = fill(grade, comment, name).unwrap().stdout;
            assert!(!String::from_utf8(fault).unwrap().contains("record"), "{grade}");
        }
    }
}

#[test]
fn surveys_speak_chinese() {
    let (desk, ids) = closed(&["A"]);
    let zh = |words: &str| format!("{words} --lang zh-CN");
    desk.at(DECEMBER).run(&zh("survey due")).says("待发出").says("下一步");
    desk.at(DECEMBER)
        .by("chen")
        .run(&zh("survey send --all -o ../out"))
        .says("已发出满意度调查")
        .says("样本");
    assert!(desk.read(&format!("../out/{}.html", ids[0])).contains("客户满意度调查表"));
    assert!(desk.read(&format!("../out/{}.md", ids[0])).contains("非常满意"));
    desk.at("2026-12-16 09:00").by("chen").run(&zh("survey expire")).says("调查逾期未答复");
    desk.at("2026-12-16 09:00")
        .by("chen")
        .input("record,by\n")
        .run(&zh("survey import -"))
        .usage("缺少 satisfaction 列");
    desk.at(DECEMBER)
        .by("chen")
        .run(&zh("survey send --all --month 2026-12 -o ../out"))
        .refuses("尚未结束");
}

#[test]
fn the_report_counts_first_answers_in_time_and_names_the_rest() {
    let (desk, ids) = closed(&["A", "B", "C", "D", "E"]);
    let outside = close(&desk, "A", 9);
    desk.at(DECEMBER).run("report survey --month 2026-11").says("| Mean grade | n/a | n/a |");
    let sent = desk.at(DECEMBER).by("chen").run("survey send --all -o ../out --json").json();
    let sent: Vec<_> =
        sent["items"].as_array().unwrap().iter().map(|i| i["record"].as_str().unwrap()).collect();
    let told = |time: &str, id: &str, nth: usize, words: &str| {
        let line = format!("survey record {id} --by 'Guest {nth}' {words}");
        desk.at(time).by("chen").run(&line).succeeds();
    };
    assert!(sent.contains(&ids[1].as_str()) && sent.contains(&ids[4].as_str()));
    told("2026-12-02 09:00", &ids[1], 1, "--satisfaction 5 --answer speed=yes");
    told("2026-12-02 09:00", &ids[2], 2, "--satisfaction 2 --comment 'slow | <b>'");
    told("2026-12-02 09:05", &ids[2], 2, "--satisfaction 5");
    told("2026-12-20 09:00", &ids[3], 3, "--satisfaction 5 --comment 'sorry, late'");
    let (unasked, nth) =
        if sent.contains(&outside.as_str()) { (&ids[0], 0) } else { (&outside, 9) };
    if !sent.contains(&unasked.as_str()) {
        told("2026-11-24 09:00", unasked, nth, "--satisfaction 3 --comment unasked");
    }

    let line = "report survey --month 2026-11";
    let report = desk.at("2026-12-21 09:00").run(line).succeeds().out();
    for text in [
        format!("2/{} (", sent.len()),
        "| CSAT, grades 4 and 5 | 1/2 (50.0%) |".to_owned(),
        "| Satisfied, grade 3 and better | 1/2 (50.0%) |".to_owned(),
        "| Mean grade | 3.50 |".to_owned(),
        "fewer than 10".to_owned(),
        "### Were we fast enough? (version 1, n = 1)".to_owned(),
        "slow \\| &lt;b&gt;".to_owned(),
        "late, not counted".to_owned(),
    ] {
        assert!(report.contains(&text), "{text} in {report}");
    }
    assert!(!report.contains("Guest"), "{report}");
    let zh = desk.at("2026-12-21 09:00").run(&format!("{line} --lang zh-CN")).succeeds().out();
    for text in ["# 客户满意度调查报告", "调查回收率", "逾期，不计", "响应是否及时"]
    {
        assert!(zh.contains(text), "{text} in {zh}");
    }
    desk.at("2026-12-21 09:00").run("report survey").says("(incomplete)").says("n/a");
    desk.at("2026-12-21 09:00").run("report --list").says("survey");
}

#[test]
fn a_low_grade_is_named_with_the_complaint_that_it_caused() {
    let (desk, ids) = closed(&["A"]);
    let id = &ids[0];
    desk.at(DECEMBER).by("chen").run("survey send --all -o ../out").succeeds();
    let told = format!("survey record {id} --by 'Guest 0' --satisfaction 2 --comment slow");
    desk.at("2026-12-02 09:00").by("chen").run(&told).succeeds();
    let report = desk.at("2026-12-03 09:00").run("report survey --month 2026-11").out();
    let low = report.split("## Low grades").nth(1).unwrap().split("## Comments").next().unwrap();
    assert!(low.contains(id.as_str()) && low.contains("slow"), "{low}");
}
