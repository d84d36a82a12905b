//! Reports as people get them: every one in every shape, in both languages, whatever the text.

use std::{fs, path::Path, process::Command};

use serde_json::Value;

use crate::desk::Desk;

/// Reports that need no record.
const OF_THE_DESK: [&str; 10] = [
    "register",
    "faults",
    "daily",
    "handover",
    "kpi",
    "service",
    "survey",
    "card",
    "complaint-register",
    "request",
];

fn line(report: &str, id: &str) -> String {
    if report == "request" { format!("report request {id}") } else { format!("report {report}") }
}

#[test]
fn the_fault_table_tells_symptom_cause_steps_and_result_of_what_was_solved() {
    let desk = Desk::new();
    let solved = desk.fault_in("closed");
    let open = desk.fault();
    let table = desk.at("12:00").by("chen").run("report faults --lang zh-CN").succeeds().out();
    assert!(table.starts_with("# 客户软硬件故障处理表\n"), "{table}");
    let row = table.lines().find(|line| line.contains(&solved)).unwrap();
    assert!(row.contains("switch replaced"), "{row}");
    assert!(!table.contains(&open), "{table}");
    desk.at("12:00").by("chen").run("report faults --format csv").says("symptom,cause,steps");
    let before = desk.at("12:00").by("chen").run("report faults --month 2026-10").succeeds().out();
    assert!(!before.contains(&solved), "{before}");
}

#[test]
fn the_card_tells_how_to_reach_the_desk_its_hours_and_what_it_promises() {
    let desk = Desk::new();
    desk.at("09:00")
        .run("report card --lang zh-CN")
        .says("电话：____")
        .says("13:30–18:00")
        .says("1 个工作日");
    let settings = desk.read("docket.yaml");
    desk.commit(
        "docket.yaml",
        settings + "reach:\n  phone: \"010 5550 0100\"\n  email: help@example.com\n",
    );
    let card = desk.at("09:00").run("report card --lang en").says("010 5550 0100").out();
    assert!(card.contains("1 working day") && card.contains("closed"), "{card}");
}

#[test]
fn the_service_report_holds_targets_trend_misses_and_improvements() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    let extend = format!(
        "extend {id} --plan 'new part' --until 2026-11-26T12:00:00+08:00 --consent 'Ms Wang' --method phone"
    );
    desk.at("2026-11-25 10:00").by("li").run(&extend).succeeds();
    let at = "2026-11-25 11:00";
    let text = desk.at(at).run("report service --lang en").succeeds().out();
    assert!(
        text.contains("xychart-beta") && text.contains("| 2026-06 | 0 | 0 | 0 | n/a"),
        "{text}"
    );
    let late = text.lines().find(|l| l.contains(&id) && l.contains("new part"));
    assert!(late.is_some(), "{text}");
    let told = desk.at(at).run("report service --format json").json();
    let trend: Vec<&Value> = told["trend"].as_array().unwrap().iter().collect();
    assert_eq!(trend.len(), 6);
    assert_eq!((&trend[5]["label"], &trend[5]["received"]), (&"2026-11".into(), &1.into()));
    let missed = told["targets"].as_array().unwrap().iter().filter(|f| f["missed"] == true).count();
    let open = told["improvements"].as_array().unwrap().len();
    assert_eq!(missed, open, "each missed target asks for a measure");
    let week = "report service --from 2026-11-23 --to 2026-11-29 --format json";
    let told = desk.at(at).run(week).json();
    assert_eq!(told["trend"][4]["label"], "2026-11-16 – 2026-11-22", "the week before");
}

#[test]
fn every_report_is_one_page_that_loads_and_runs_nothing() {
    let desk = Desk::new();
    let id = desk.fault_in("closed");
    for report in OF_THE_DESK {
        for lang in ["en", "zh-CN"] {
            let line = format!("{} --format html --lang {lang}", line(report, &id));
            let page = desk.at("12:00").by("chen").run(&line).succeeds().out();
            assert!(page.starts_with("<!DOCTYPE html>\n") && page.ends_with("</html>\n"), "{line}");
            assert!(page.contains("default-src 'none'") && page.contains("<h1>"), "{line}");
            let closed = page.contains("<script") || page.contains("src=") || page.contains("{{");
            assert!(!closed, "{line}: {page}");
        }
    }
    desk.at("12:00").run("report kpi --explain fcr --format html").usage("--format html");
}

#[test]
fn text_of_strangers_stays_text_in_every_report_and_shape() {
    let desk = Desk::new();
    let nasty = "</td><script>alert(1)</script> | =HYPERLINK(1) ```\n# x {{ 1 }} \u{1b}[31m";
    let nasty = nasty.replace(['\n', '\u{1b}'], " ");
    let mut words = vec!["open", "request", "x", "--channel", "email", "--name", "Ms Wang"];
    for flag in ["--customer", "--reported", "--need"] {
        words.extend([flag, nasty.as_str()]);
    }
    let id = desk.at("09:00").by("chen").run(words).id();
    for report in OF_THE_DESK {
        for format in ["md", "html", "csv", "json"] {
            let line = format!("{} --format {format}", line(report, &id));
            let out = desk.at("2026-11-25 12:00").by("chen").run(&line).succeeds().out();
            assert!(!out.contains('\u{1b}'), "{line}");
            match format {
                "json" => drop(serde_json::from_str::<Value>(&out).unwrap()),
                "csv" => assert!(!out.contains(",=") && !out.contains("\n="), "{line}: {out}"),
                _ => {
                    assert!(!out.contains("<script"), "{line}: {out}");
                    assert!(!out.contains("</td><script"), "{line}: {out}");
                }
            }
            assert!(!out.contains("Ms Wang"), "{line} shows a name: {out}");
        }
    }
}

#[test]
fn a_browser_shows_the_numbers_of_every_page_and_logs_no_error() {
    let chromium = Path::new("/usr/bin/chromium");
    if !chromium.exists() {
        return;
    }
    let desk = Desk::new();
    let id = desk.fault_in("closed");
    for (report, shown) in [
        ("register", id.as_str()),
        ("faults", "switch replaced"),
        ("service", "</svg>"),
        ("kpi", "100.0%"),
        ("card", "13:30–18:00"),
        ("request", "switch replaced"),
    ] {
        let file = desk.home().join(format!("{report}.html"));
        let line =
            format!("{} --format html --lang zh-CN -o {}", line(report, &id), file.display());
        desk.at("12:00").by("chen").run(&line).succeeds();
        assert!(fs::metadata(&file).unwrap().len() > 500);
        let profile = desk.home().join("browser");
        let ran = Command::new(chromium)
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"])
            .args(["--disable-background-networking", "--disable-component-update"])
            .args(["--disable-sync", "--enable-logging=stderr", "--v=0", "--dump-dom"])
            .arg(format!("--user-data-dir={}", profile.display()))
            .arg(format!("file://{}", file.display()))
            .env("HOME", desk.home())
            .output()
            .unwrap();
        let (dom, said) =
            (String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
        assert!(dom.contains(shown), "{report}: {dom}\n{said}");
        assert!(!said.contains("CONSOLE"), "{report}: {said}");
    }
}
