//! Key figures through the program, and counted again by plain different code.

use std::{collections::BTreeSet, fs, path::Path, process::Command};

use serde_json::Value;
use tempfile::TempDir;

use crate::desk::Desk;

const NOVEMBER: &str = "--month 2026-11 --lang en";

/// The figures of a report by name: numerator, denominator, text.
fn figure(report: &Value, name: &str) -> (u64, u64, String) {
    let figures = ["figures", "times", "not_measured"];
    let mut all = figures.iter().flat_map(|list| report[list].as_array().unwrap());
    let found = all.find(|figure| figure["name"] == name).unwrap_or_else(|| panic!("no {name}"));
    let number = |key: &str| found[key].as_u64().unwrap();
    let value = found["value"].as_str().unwrap().to_owned();
    (number("numerator"), number("denominator"), value)
}

#[test]
fn the_figures_of_a_month_in_both_languages() {
    let desk = Desk::new();
    let closed = desk.fault_in("closed");
    let open = desk.request();
    let ran = desk.at("12:00").run(&format!("report kpi {NOVEMBER}"));
    let ran = ran.says("# Key figures\n").says("(incomplete, as of 2026-11-23 12:00)");
    let ran = ran.says("| logged volume (`received`) | 2 | 2 | 2 |");
    let ran =
        ran.says("| responded on time (`response_ontime`) | 100.0% | 1 | 1 | ≥ 90% | ✓ met |");
    let ran = ran.says("| first-contact resolution (`fcr`) | 0.0% | 0 | 1 | ≥ 60% | ✗ missed |");
    let ran = ran.says("| complaints upheld (`complaint_upheld`) | n/a | 0 | 0 |");
    ran.says("The numbers add up.").says("Not measured: logging rate").says("Prepared by");
    let ran = desk.at("12:00").run("report kpi --lang zh-CN").says("# 服务台工作考核指标\n");
    let ran = ran.says("（未结束，截至 2026-11-23 12:00）").says("| 受理量（`received`） | 2 |");
    ran.says("✗ 未达标").says("未计量：录单率").says("编制人：").says("数量勾稽一致。");

    let explained = desk.at("12:00").run("report kpi --explain received --json").json();
    let mut ids = [closed, open];
    ids.sort();
    assert_eq!(explained["denominator"], serde_json::json!(ids));
    desk.at("12:00").run("report kpi --explain 响应及时率 --lang en").says("100.0% = 1 ÷ 1");
}

#[test]
fn a_late_record_is_named_with_its_due_time() {
    let desk = Desk::new();
    let id = desk.fault();
    let ran = desk.at("20:00").run(&format!("report kpi {NOVEMBER}"));
    let ran = ran.says("| acknowledged on time (`ack_ontime`) | 0.0% | 0 | 1 |");
    ran.says(&format!("| {id} | ✗ acknowledge by | ACME |"));
    let ran = desk.at("20:00").run("report kpi --explain ack_ontime --lang en");
    ran.says("0.0% = 0 ÷ 1").says(&id).says("✗");
}

#[test]
fn figures_are_split_by_what_is_asked() {
    let desk = Desk::new();
    desk.fault_in("closed");
    desk.request();
    for (by, group, label) in [
        ("kind", "request", "request"),
        ("level", "general", "general"),
        ("customer", "Globex", "Globex"),
        ("channel", "email", "email"),
        ("person", "chen", "陈静"),
    ] {
        let report =
            desk.at("12:00").run(&format!("report kpi --by {by} --json {NOVEMBER}")).json();
        let split = report["split"].as_array().unwrap();
        let found = split.iter().find(|row| row["name"] == "received" && row["group"] == group);
        let found = found.unwrap_or_else(|| panic!("no {group} by {by}"));
        assert_eq!(found["group_label"], label);
        assert_ne!(found["denominator"], 0);
        let sum = |name: &str| -> u64 {
            let rows = split.iter().filter(|row| row["name"] == name);
            rows.map(|row| row["denominator"].as_u64().unwrap()).sum()
        };
        for name in ["received", "resolve_ontime", "mttr", "backlog"] {
            assert_eq!(sum(name), figure(&report, name).1, "{name} by {by}");
        }
    }
    desk.at("12:00").run("report kpi --by 责任人 --lang zh-CN").says("## 按责任人");
    desk.at("12:00").run("report kpi --by moon").usage("one of: kind, level, unit");
    desk.at("12:00").run("report register --by kind").usage("--by");
}

#[test]
fn a_desk_without_targets_has_none_and_a_slip_in_them_is_named() {
    let desk = Desk::new();
    desk.fault();
    let targets = desk.read("policy/kpi.yaml");
    desk.git(["rm", "-q", "policy/kpi.yaml"]);
    desk.git(["commit", "-q", "-m", "without targets"]);
    let ran = desk.at("12:00").run(&format!("report kpi {NOVEMBER}")).succeeds();
    assert!(!ran.out().contains("✓ met") && !ran.out().contains("✗ missed"), "{ran}");

    let slips = [
        (targets.replace("kpi: fcr", "kpi: fcx"), "fcx"),
        (targets.replace("at_least: 60", "at_lest: 60"), "at_lest"),
        (targets.replace("at_most: 0.5", "at_most: [1]"), "policy/kpi.yaml"),
        (
            targets.replace("at_most: 0.5", "at_most: 8h"),
            "complaint_rate takes at_least or at_most",
        ),
        (targets.replace("kpi: fcr", "kpi: log_rate"), "log_rate takes"),
    ];
    for (text, culprit) in slips {
        desk.commit("policy/kpi.yaml", text);
        desk.at("12:00").run("report kpi").fails(culprit).and("policy/kpi.yaml");
    }
    let own = "document:\n  version: 2\n  effective_on: 2026-11-01\ntargets:\n\
        - kpi: backlog\n  at_most: 0\n- kpi: mtta\n  at_most: 10m\n";
    desk.commit("policy/kpi.yaml", own);
    let ran = desk.at("12:00").run(&format!("report kpi {NOVEMBER}"));
    ran.says("| backlog (`backlog`) | 1 | 1 | 1 | ≤ 0 | ✗ missed |").says("| ≤ 10 minutes | – |");
}

#[test]
fn a_report_leaves_in_every_shape_and_its_fields_are_all_explained() {
    let desk = Desk::new();
    let id = desk.fault_in("closed");
    desk.at("10:00")
        .by("chen")
        .run(
            "open request '=1+1' --channel email --customer '@Globex' \
        --name 'Mr Ray' --email ray@globex.example --reported x --need y --category account",
        )
        .succeeds();
    desk.at("11:00")
        .by("chen")
        .run(&format!("survey record {id} --satisfaction 1 --by 'Ms Wang' --comment 'never again'"))
        .succeeds();
    let complaints = desk.at("11:30").run("list --kind complaint --json").json();
    let complaint = complaints["records"][0]["id"].as_str().unwrap().to_owned();
    let visited = desk.fault_in("in_progress");
    let plan = "--window 14:00..16:00 --engineer li --address here --reason 'no power'";
    desk.at("11:30").by("chen").run(&format!("visit plan {visited} {plan}")).succeeds();
    desk.at("11:31")
        .by("li")
        .run(&format!("remote start {visited} {}", crate::sessions::CONSENT))
        .succeeds();
    let end = format!("remote end {visited} {}", crate::sessions::OUTCOME);
    desk.at("11:32").by("li").run(&end).succeeds();
    let all = desk.at("11:30").run("report --list --json").json();
    for name in all["reports"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()) {
        let of = match name {
            "request" => format!("{name} {id}"),
            "complaint-form" => format!("{name} {complaint}"),
            "visit-form" | "remote" => format!("{name} {visited}"),
            _ => name.to_owned(),
        };
        let json = desk.at("12:00").run(&format!("report {of} --format json")).json();
        assert_eq!((&json["format"], &json["report"]), (&1.into(), &name.into()));
        assert_eq!(json, desk.at("12:00").run(&format!("report {of} --json")).json());
        assert!(!json.to_string().contains("13812341234"), "{name} shows a phone number");
        let csv = desk.at("12:00").run(&format!("report {of} --format csv")).succeeds().out();
        assert!(csv.lines().count() > 1, "{csv}");
        assert!(!csv.contains(",=1") && !csv.contains(",@"), "{csv}");

        let known =
            desk.at("12:00").run(&format!("report {name} --fields --json --lang en")).json();
        let known: Vec<_> = known["fields"]
            .as_array()
            .unwrap()
            .iter()
            .map(|f| f["name"].as_str().unwrap())
            .collect();
        let mut used = Vec::new();
        paths(&json, "", &mut used);
        for path in used.iter().filter(|path| !["format", "report"].contains(&path.as_str())) {
            assert!(known.contains(&path.as_str()), "{name} does not explain {path}");
        }
    }
    desk.at("12:00").run("report kpi --fields --lang zh-CN").says("分母");
    desk.at("12:00").run("report --list --lang zh-CN").says("考核指标").says("客户服务请求报告");
    desk.at("12:00").run("report --list --lang en").says("key figures: ");
}

/// The name of each value, `list[].value` for those of a list. A record stands there as its file has
/// it; what templates see of one is judged where it is made.
fn paths(value: &Value, name: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(map) if map.contains_key("history") => {}
        Value::Object(map) => {
            for (key, inner) in map {
                let dot = if name.is_empty() { "" } else { "." };
                paths(inner, &format!("{name}{dot}{key}"), found);
            }
        }
        Value::Array(list) => {
            for inner in list {
                paths(inner, &format!("{name}[]"), found);
            }
        }
        Value::Null => {}
        _ => found.push(name.to_owned()),
    }
}

#[test]
fn every_figure_is_counted_somewhere_and_has_a_test_of_its_formula() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/domain/analysis/kpi");
    let sources = |folder: &Path| -> String {
        let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let files = files.filter(|path| path.is_file() && !path.ends_with("kpi/mod.rs"));
        files.map(|path| fs::read_to_string(path).unwrap()).collect()
    };
    let (counting, testing) = (sources(&folder), sources(&folder.join("tests")));
    let names = |text: &str| -> BTreeSet<String> {
        let names = text.split("Kpi::").skip(1);
        names.map(|rest| rest.chars().take_while(|c| c.is_alphanumeric()).collect()).collect()
    };
    let (counted, tested) = (names(&counting), names(&testing));
    let desk = Desk::new();
    let report = desk.at("12:00").run(&format!("report kpi {NOVEMBER} --json")).json();
    let figures = ["figures", "times"].iter().flat_map(|list| report[list].as_array().unwrap());
    let mut seen = 0;
    for code in figures.map(|figure| figure["name"].as_str().unwrap()) {
        let parts = code.split('_').map(|part| part[..1].to_uppercase() + &part[1..]);
        let name: String = parts.collect();
        assert!(counted.contains(&name), "nothing counts {code}");
        assert!(tested.contains(&name), "no test of the formula of {code}");
        seen += 1;
    }
    assert!(seen > 40, "only {seen} figures");
}

#[test]
fn a_period_is_told_as_it_was_asked_for() {
    let desk = Desk::new();
    desk.fault();
    let counted = |period: &str, told: &str, received: &str| {
        let ran = desk.at("12:00").run(&format!("report kpi {period} --lang en")).says(told);
        ran.says(&format!("| logged volume (`received`) | {received} |"));
    };
    counted("--from 09:00 --to 09:30", "Period 2026-11-23 09:00 to 2026-11-23 09:30\n", "1");
    counted("--from 09:01 --to 09:30", "Period 2026-11-23 09:01 to", "0");
    counted("--from 08:30 --to '2026-11-23 08:59'", "to 2026-11-23 08:59\n", "0");
    counted("--from 2026-11-23 --to 2026-11-23", "Period 2026-11-23 to 2026-11-23 (inc", "1");
    counted("--month last", "Period 2026-10-01 to 2026-10-31\n", "0");
    counted("--from 2026-11-23T01:00:00Z --to 2026-11-23T02:00:00Z", "2026-11-23 09:00 to", "1");
    desk.at("12:00").run("report kpi --from 10:00 --to 09:00 --lang en").usage("--from is later");
}

#[test]
fn a_name_that_is_none_is_answered_with_the_nearest() {
    let desk = Desk::new();
    desk.at("12:00").run("report kpo --lang en").usage("no report “kpo”").and("did you mean kpi?");
    let ran = desk.at("12:00").run("report kpi --explain response_on --lang en");
    ran.usage("no key figure “response_on”").and("response_ontime");
    desk.at("12:00").run("report kpi --explain zzzzzzzz --lang zh-CN").usage("没有指标");
    desk.at("12:00").run("report kpi --format xml").usage("one of: md, html, json, csv");
}

#[test]
fn a_report_file_is_written_whole_or_not_at_all() {
    let desk = Desk::new();
    desk.at("12:00").run("report kpi -o ../kpi.md").says("kpi.md");
    let written = fs::read_to_string(desk.path("../kpi.md")).unwrap();
    assert!(written.starts_with("# "), "{written}");
    desk.at("12:00").run("report kpi --format csv -o ../kpi.md").succeeds();
    assert!(fs::read_to_string(desk.path("../kpi.md")).unwrap().starts_with("name,label"));
    let left: Vec<_> = fs::read_dir(desk.path("..")).unwrap().flatten().collect();
    assert_eq!(left.len(), 3, "{left:?}");
    desk.at("12:00").run("report kpi -o /nowhere/kpi.md").fails("/nowhere/kpi.md");
}

/// What docket says of the sample desk: the figures, and every record as a line of JSON.
fn sample() -> (Value, Vec<Value>) {
    let dir = TempDir::new().unwrap();
    let docket = |words: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_docket"));
        command.current_dir(dir.path()).args(words.split(' ')).env("HOME", dir.path());
        command.env_remove("DOCKET_SEED").env("DOCKET_NOW", "2026-11-21T00:00:00+08:00");
        let output = command.output().unwrap();
        assert!(output.status.success(), "{words}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    docket("demo desk --fixed");
    let report = docket("-C desk report kpi --month 2026-11 --format json --lang en");
    let lines = docket("-C desk list --all --limit 0 --jsonl");
    let records = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    (serde_json::from_str(&report).unwrap(), records)
}

/// Times of the sample desk have one offset, so that their texts sort as they do.
fn time<'a>(record: &'a Value, path: &str) -> Option<&'a str> {
    record.pointer(path).and_then(Value::as_str)
}

#[test]
fn plain_other_code_comes_to_the_same_figures() {
    let (report, all) = sample();
    let now = "2026-11-21T00:00:00+08:00";
    let state = |record: &Value| record["status"]["state"].as_str().unwrap().to_owned();
    let formal: Vec<&Value> = all.iter().filter(|r| r["status"]["kind"] != "remark").collect();
    let live: Vec<&Value> = formal
        .iter()
        .filter(|r| !["cancelled", "merged"].contains(&state(r).as_str()))
        .copied()
        .collect();
    let check = |name: &str, met: usize, of: usize| {
        let (numerator, denominator, _) = figure(&report, name);
        assert_eq!((numerator, denominator), (met as u64, of as u64), "{name}");
    };
    check("received", live.len(), live.len());
    let complaints = live.iter().filter(|r| r["status"]["kind"] == "complaint").count();
    check("complaint_rate", complaints, live.len());

    // Nobody of the sample is late by a due time that was moved, but for the extended one.
    let ontime = |done: &str, due: &str| {
        let (mut met, mut of) = (0, 0);
        for record in &live {
            let (done, due) = (time(record, done), time(record, due));
            let Some(due) = due else { continue };
            // What a customer withdrew before it was due is neither kept nor late.
            let waits = state(record) != "closed";
            of += usize::from(done.is_some() || (waits && due < now));
            met += usize::from(done.is_some_and(|done| done <= due));
        }
        (met, of)
    };
    let (met, of) = ontime("/status/times/acknowledged_at", "/status/due/ack");
    check("ack_ontime", met, of);
    let (met, of) = ontime("/status/times/responded_at", "/status/due/respond");
    check("response_ontime", met, of);

    let solved: Vec<_> = live.iter().filter(|r| r["status"]["resolution"].is_object()).collect();
    let routes =
        |r: &Value| r.pointer("/status/counts/routes").and_then(Value::as_u64).unwrap_or(0);
    let unrouted = solved.iter().filter(|r| routes(r) == 0).count();
    check("flr", unrouted, solved.len());
    check("mttr", solved.len(), solved.len());

    let closed: Vec<_> =
        live.iter().filter(|r| r["status"]["times"]["first_closed_at"].is_string()).collect();
    let called =
        closed.iter().filter(|r| r["status"]["confirmation"].is_object() || state(r) != "closed");
    check("callback_rate", called.count(), closed.len());
    let reopened = closed.iter().filter(|r| r.pointer("/status/counts/reopens").is_some()).count();
    check("reopen_rate", reopened, closed.len());

    let grade = |event: &Value| match event["satisfaction"].as_str()? {
        "very_satisfied" => Some(5),
        "satisfied" => Some(4),
        "basically_satisfied" => Some(3),
        "dissatisfied" => Some(2),
        _ => Some(1),
    };
    let events = live.iter().flat_map(|r| r["history"].as_array().unwrap());
    let grades: Vec<i32> =
        events.filter(|event| event["action"] == "confirm").filter_map(grade).collect();
    let at_least = |least| grades.iter().filter(|grade| **grade >= least).count();
    check("satisfaction", at_least(3), grades.len());
    check("csat", at_least(4), grades.len());

    let waiting = |r: &&&Value| !["closed", "cancelled", "merged"].contains(&state(r).as_str());
    let backlog = live.iter().filter(waiting).count();
    check("backlog", backlog, backlog);
    assert_eq!(report["balance"]["closing"], backlog);
    assert_eq!(report["balance"]["received"], live.len());
    assert_eq!(report["balance"]["void"], formal.len() - live.len());
    assert_eq!(report["balance"]["adds_up"], true);
}
