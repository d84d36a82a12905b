//! Another system's past comes in whole, and everything goes out again.

use std::{
    fs::{self, File},
    io::{BufRead as _, BufReader},
    path::Path,
    process::Stdio,
};

use serde_json::Value;

use crate::desk::Desk;

pub(crate) const MAP: &str = r#"
system: Old Desk
time_format: "%Y-%m-%d %H:%M"
empty: ["?"]
record:
  number: "{no}"
  received_at: "{opened}"
  kind: {column: type, values: {I: fault, S: request}}
  channel: phone
  customer: "{site}"
  name: "{caller}"
  title: "{text}"
  reported: "{text}"
entry:
  at: "{changed}"
  state:
    column: state
    values: {new: open, work: in_progress, wait: pending, done: resolved, over: closed}
  unit: "{group}"
  person: "{who}"
  replied_in: [in_progress]
  done_at: "{solved}"
  code: fixed
  result: "{text}"
units: {Net: network}
people: {Mr Li: li}
"#;

pub(crate) const HEAD: &str = "no,type,opened,changed,state,site,caller,text,group,who,solved\n";

pub(crate) const LOG: &str = "\
A1,I,2025-03-03 09:00,2025-03-03 09:05,new,Pier 3,Mr Sun,No link,?,?,?
A1,I,2025-03-03 09:00,2025-03-03 10:00,work,Pier 3,Mr Sun,No link,Net,Mr Li,?
A2,S,2025-03-03 11:00,2025-03-03 11:00,new,Pier 4,Ms Qian,New phone,Phones,Ms X,?
A1,I,2025-03-03 09:00,2025-03-03 12:00,done,Pier 3,Mr Sun,No link,Net,Mr Li,2025-03-03 11:40
A1,I,2025-03-03 09:00,2025-03-04 09:00,work,Pier 3,Mr Sun,No link,Net,Mr Li,?
A1,I,2025-03-03 09:00,2025-03-04 10:00,done,Pier 3,Mr Sun,No link,Net,Mr Li,2025-03-04 10:30
A1,I,2025-03-03 09:00,2025-03-09 09:00,over,Pier 3,Mr Sun,No link,Net,Mr Li,2025-03-04 10:30
";

pub(crate) fn with(desk: &Desk, rows: &str) {
    fs::write(desk.home().join("map.yaml"), MAP).unwrap();
    fs::write(desk.home().join("log.csv"), format!("{HEAD}{rows}")).unwrap();
}

pub(crate) fn line(desk: &Desk) -> String {
    let home = desk.home().display().to_string();
    format!("import {home}/log.csv --map {home}/map.yaml")
}

/// What an import says that leaves something out.
fn left_out(desk: &Desk) -> String {
    let ran = desk.at("11:00").by("zhang").run(&line(desk));
    assert_eq!(ran.status(), Some(1));
    ran.out()
}

pub(crate) fn records(desk: &Desk) -> Vec<Value> {
    let all = desk.at("12:00").run("list --all --limit 0 --json").json();
    all["records"].as_array().unwrap().clone()
}

#[test]
fn a_log_becomes_records_with_their_true_history() {
    let desk = Desk::new();
    with(&desk, LOG);
    desk.at("11:00").by("zhang").run(&line(&desk)).says("7 rows of 2 records: 2 imported");

    let records = records(&desk);
    let of = |number: &str| {
        records.iter().find(|one| one["intake"]["source"]["number"] == number).unwrap()
    };
    let first = &of("A1")["status"];
    assert_eq!(first["state"], "closed");
    assert_eq!(first["times"]["responded_at"], "2025-03-03T10:00:00+08:00");
    assert_eq!(first["times"]["resolved_at"], "2025-03-04T10:30:00+08:00", "as told in the end");
    assert_eq!(first["times"]["closed_at"], "2025-03-09T09:00:00+08:00");
    assert_eq!(first["counts"]["reworks"], 1);
    assert_eq!((&first["unit"], &first["assignee"]), (&"network".into(), &"li".into()));
    assert_eq!(of("A1")["history"].as_array().unwrap().len(), 8, "solved between two rows");
    let second = of("A2");
    assert_eq!(second["status"]["state"], "open");
    assert_eq!(second["history"][1]["source_unit"], "Phones");
    assert_eq!(second["history"][1]["source_person"], "Ms X", "in the words of the source");

    let dates = desk.git(["log", "-2", "--format=%aI %s"]);
    assert!(dates.contains("2025-03-09T09:00:00+08:00 import R-250303-"), "{dates}");
    assert!(!desk.git(["log", "--format=%B"]).contains("Qian"));
    assert_eq!(desk.status(), "");
    desk.is_honest();
}

#[test]
fn a_closing_that_does_not_tell_when_it_was_done_leaves_that_as_it_was() {
    let desk = Desk::new();
    let untold = LOG.replace(",2025-03-04 10:30\n", ",?\n");
    with(&desk, &untold);
    desk.at("11:00").by("zhang").run(&line(&desk)).succeeds();
    let times = &records(&desk)[1]["status"]["times"];
    assert_eq!(times["resolved_at"], "2025-03-04T10:00:00+08:00", "solved anew after the rework");
    let kpi = desk.at("12:00").run("report kpi --month 2025-03 --format json").json();
    let figures = kpi["figures"].as_array().unwrap().iter().chain(kpi["times"].as_array().unwrap());
    let found = |name: &str| figures.clone().find(|figure| figure["name"] == name).unwrap();
    let of = |name: &str| (found(name)["numerator"].clone(), found(name)["denominator"].clone());
    assert_eq!(of("received"), (2.into(), 2.into()));
    assert_eq!(of("resolve_ontime"), (0.into(), 2.into()), "25 hours, and never");
    assert_eq!(found("mttr")["elapsed"]["mean"], 25 * 60);
    assert_eq!(of("callback_rework"), (0.into(), 0.into()), "no callback is in the log");
    for untold in ["completeness", "callback_rate", "confirmed_closure"] {
        assert_eq!(found(untold)["denominator"], 0, "{untold} is not told by the log");
    }
}

#[test]
fn the_same_file_twice_changes_nothing() {
    let desk = Desk::new();
    with(&desk, LOG);
    desk.at("11:00").by("zhang").run(&line(&desk)).succeeds();
    let head = desk.head();
    desk.at("11:05").by("zhang").run(&line(&desk)).says("0 imported, 2 already here");
    assert_eq!(desk.head(), head);
}

#[test]
fn who_imports_the_same_at_the_same_time_brings_each_record_once() {
    let desk = Desk::new();
    with(&desk, LOG);
    let lock = File::create(desk.path(".git/docket/lock")).unwrap();
    lock.lock().unwrap();
    // both have read the desk, and nothing on it, when they wait
    let waiting = || {
        let mut import = desk.at("11:00").by("zhang").command(&*line(&desk));
        let mut import = import.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let mut said = BufReader::new(import.stderr.take().unwrap());
        let mut line = String::new();
        said.read_line(&mut line).unwrap();
        while !line.contains("waiting for another docket") {
            assert!(line.contains("the map"), "{line}");
            line.clear();
            said.read_line(&mut line).unwrap();
        }
        (import, said)
    };
    let both = [waiting(), waiting()];
    lock.unlock().unwrap();
    for (mut import, _said) in both {
        assert!(import.wait().unwrap().success());
    }
    assert_eq!(records(&desk).len(), 2);
    desk.is_honest();
}

#[test]
fn a_row_that_cannot_be_read_leaves_out_its_record_and_no_other() {
    for (row, why) in [
        ("A2,S,yesterday,2025-03-03 11:00,new,P,Q,T,?,?,?\n", "received_at: “yesterday”"),
        ("A2,S,2025-03-03 11:00,2027-03-03 11:00,new,P,Q,T,?,?,?\n", "is in the future"),
        ("A2,S,2025-03-03 11:00,2025-03-03 11:00,lost,P,Q,T,?,?,?\n", "has no meaning for “lost”"),
        ("A2,S,2025-03-03 11:00,2025-03-03 11:00,new,?,Q,T,?,?,?\n", "customer is empty"),
        ("A2,S,2025-03-03 11:00\n", "the row has 3 cells, the first line has 11"),
        ("?,S,2025-03-03 11:00,2025-03-03 11:00,new,P,Q,T,?,?,?\n", "number is empty"),
    ] {
        let desk = Desk::new();
        with(&desk, &format!("{}{row}", LOG.lines().next().unwrap().to_owned() + "\n"));
        let out = left_out(&desk);
        assert!(out.contains("line 3") && out.contains(why), "{out}");
        assert_eq!(records(&desk).len(), 1, "{why}");
    }
}

#[test]
fn a_time_that_lies_after_its_entry_is_noted_and_the_entry_counts() {
    let desk = Desk::new();
    with(&desk, LOG);
    let dry = line(&desk) + " --dry-run";
    desk.at("11:00").by("zhang").run(&dry).says("line 7, A1: done_at is later than the row");
    desk.at("11:00")
        .by("zhang")
        .run(&(dry.clone() + " --lang zh-CN"))
        .says("处理完毕自时间不早于它的第一行起计");
    let before = desk.head();
    let read = desk.at("11:00").by("zhang").run(&(dry + " --json")).json();
    assert_eq!(read["items"][0]["outcome"], "ready");
    assert_eq!(read["items"][0]["lines"], serde_json::json!([2, 3, 5, 6, 7, 8]));
    assert_eq!(desk.head(), before, "a dry run writes nothing");
}

#[test]
fn a_map_that_does_not_fit_is_a_usage_error() {
    let desk = Desk::new();
    for (from, to, why) in [
        ("{text}", "{texts}", "no column “texts”; did you mean text?"),
        ("Net: network", "Net: networks", "no unit, person, product or category “networks”"),
        ("empty:", "timezone: Mars\nempty:", "“Mars” is not a time zone"),
        ("  at: \"{changed}\"\n", "", "at with state, or times"),
    ] {
        with(&desk, LOG);
        fs::write(desk.home().join("map.yaml"), MAP.replacen(from, to, 1)).unwrap();
        desk.at("11:00").by("zhang").run(&line(&desk)).usage(why);
    }
    fs::write(desk.home().join("map.yaml"), MAP.replacen("number:", "numbr:", 1)).unwrap();
    desk.at("11:00").by("zhang").run(&line(&desk)).usage("map.yaml: line 6").and("--show-map");
}

#[test]
fn only_a_team_lead_imports_and_nobody_imports_into_a_record_of_this_desk() {
    let desk = Desk::new();
    with(&desk, LOG);
    desk.at("11:00").by("chen").run(&line(&desk)).refuses("chen");
    with(&desk, &LOG.replace("Mr Sun", "chen@example.com"));
    let out = left_out(&desk);
    assert!(out.contains("line 2, A1: skipped") && out.contains("chen, a team member"), "{out}");
}

#[test]
fn everything_goes_out_masked_unless_asked() {
    let desk = Desk::new();
    with(&desk, LOG);
    desk.at("11:00").by("zhang").run(&line(&desk)).succeeds();
    let lines = desk.at("12:00").run("export --jsonl").succeeds().out();
    assert_eq!(lines.lines().count(), 4, "two records and two contacts");
    assert!(!lines.contains("Ms Qian"));
    desk.at("12:00").run("export --reveal").says("Ms Qian");
    let csv = desk.at("12:00").run("export --csv").succeeds().out();
    assert!(csv.starts_with("record,system,number,"), "{csv}");
    assert_eq!(csv.lines().count(), 1 + 8 + 2, "a row for each entry and opening");
    assert!(csv.contains("Old Desk,A1") && csv.contains(",closed,"), "{csv}");
}

#[test]
fn the_published_log_of_servicenow_is_imported_whole() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let log = top.join("../shared/data/incident_event_log.csv");
    let Ok(text) = fs::read_to_string(log) else { return };
    // a tenth of it is quick, all of it is read
    let desk = Desk::new();
    let few: Vec<&str> = text.lines().take(600).collect();
    fs::write(desk.home().join("log.csv"), few.join("\n")).unwrap();
    fs::write(desk.home().join("whole.csv"), &text).unwrap();
    let run = |file: &str, more: &str| {
        let file = desk.home().join(file);
        let line = format!("import {} --map servicenow {more}", file.display());
        desk.at("11:00").by("zhang").run(&line).succeeds().out()
    };
    let whole = run("whole.csv", "--dry-run");
    assert!(whole.contains("5998 rows of 890 records: 890 can be imported"), "{whole}");
    let part = run("log.csv", "");
    let records = records(&desk);
    assert!(part.contains(&format!("{} imported", records.len())), "{part}");

    // counted again, straight from the file
    let closed = |row: &&&str| row.split(',').nth(1) == Some("Closed");
    let mut numbers: Vec<&str> =
        few.iter().filter(closed).filter_map(|row| row.split(',').next()).collect();
    numbers.dedup();
    let ended = records.iter().filter(|one| one["status"]["state"] == "closed").count();
    assert_eq!(ended, numbers.len());
}

#[test]
fn a_time_that_no_commit_can_bear_is_refused_with_its_row() {
    let desk = Desk::new();
    let commits = desk.commits();
    with(&desk, "A1,I,1969-12-31 09:00,1969-12-31 09:05,new,Pier 3,Mr Sun,No link,?,?,?\n");
    let told = left_out(&desk);
    assert!(told.contains("1969-12-31 09:05 is before 1970") && told.contains('2'), "{told}");
    assert_eq!(desk.commits(), commits);
    desk.is_honest();
}

#[test]
fn a_listed_customer_is_called_so_in_what_is_imported_and_others_are_named_once() {
    let desk = Desk::new();
    let add = "customer add pier --name 'Harbour Piers' --alias 'Pier 3'";
    desk.at("08:00").by("zhang").run(add).succeeds();
    let contact = "contact add 'Mr Sun' --customer pier --phone 13812341234";
    desk.at("08:01").by("zhang").run(contact).succeeds();
    let again =
        LOG.lines().last().unwrap().replace("A1,I", "A3,I").replace("Pier 3", "ＰＩＥＲ  3");
    let other = LOG.replace("Pier 3,", "PIER 4,").replace("A1,I", "A5,I");
    with(&desk, &format!("{LOG}{again}\n{other}"));
    let ran = desk.at("11:00").by("zhang").run(&format!("{} --json", line(&desk)));
    assert_eq!(ran.json()["unlisted"], serde_json::json!(["Pier 4"]));
    let records = records(&desk);
    let customers: Vec<&str> =
        records.iter().map(|record| record["status"]["customer"].as_str().unwrap()).collect();
    let of = |name: &str| customers.iter().filter(|customer| **customer == name).count();
    assert_eq!((of("Harbour Piers"), of("Pier 4"), of("PIER 4")), (2, 1, 1), "{customers:?}");
    // the person whom the desk knows there is the one in the log
    let names: Vec<Value> = desk.people();
    let sun = |customer: &str| {
        let is_he = |it: &&Value| it["name"] == "Mr Sun" && it["customer"] == customer;
        names.iter().filter(is_he).count()
    };
    assert_eq!((sun("Harbour Piers"), sun("PIER 4")), (1, 1), "{names:?}");
    // once more, and after another alias: nothing is another matter
    let told = desk.at("11:05").by("zhang").run(&line(&desk)).succeeds();
    assert!(!told.out().contains("not listed"), "{told}");
    let list = "customer add four --from 'Pier 4'";
    desk.at("11:06").by("chen").run(list).succeeds();
    desk.at("11:07").by("zhang").run(&line(&desk)).succeeds();
    desk.is_honest();
}
