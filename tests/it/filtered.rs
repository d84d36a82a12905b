//! Reports for one customer and for one unit: under every name, about nothing else, and said in the
//! heading (R56, R110).

use serde_json::Value;

use crate::{
    complaint::ABOUT_LI,
    desk::{Desk, FAULT, REQUEST, way_to},
};

/// Reports of many records.
const OF_MANY: [&str; 8] =
    ["register", "complaint-register", "daily", "handover", "survey", "faults", "service", "kpi"];

const DECEMBER: &str = "2026-12-01 09:00";

/// Takes a record of these words along the way to a state.
fn record(desk: &Desk, open: &str, state: &str, who: &str) -> String {
    let id = desk.at("09:00").by("chen").run(open).id();
    for (time, person, words) in way_to(state) {
        let line = words.replace("ID", &id).replace("Ms Wang", who);
        desk.at(time).by(person).run(&line).succeeds();
    }
    id
}

/// ACME under two names and Globex, each with a fault that the network group solved; a request that
/// the desk still has; complaints of both.
fn desk() -> Desk {
    let desk = Desk::new();
    let add = "customer add acme --name 'ACME Ltd' --alias ACME --alias 'ACME 中国'";
    desk.at("08:30").by("chen").run(add).succeeds();
    record(&desk, FAULT, "closed", "Ms Wang");
    let other = |words: &str, customer: &str, who: &str| {
        let words = words.replace("--customer ACME", &format!("--customer '{customer}'"));
        words.replace("Ms Wang", who).replace(" --phone 13812341234", "")
    };
    let globex = other(FAULT, "Globex", "Mr Ray").replace("floor 3", "their roof");
    record(&desk, &globex, "closed", "Mr Ray");
    record(&desk, &other(FAULT, "ＡＣＭＥ　中国", "Mr Ho"), "in_progress", "Mr Ho");
    record(&desk, REQUEST, "open", "Mr Ray");
    record(&desk, ABOUT_LI, "open", "Ms Wang");
    record(&desk, &other(ABOUT_LI, "Globex", "Mr Ray"), "open", "Mr Ray");
    desk
}

fn told(desk: &Desk, line: &str) -> Value {
    desk.at("12:00").by("chen").run(&format!("report {line} --json")).succeeds().json()
}

/// The numerator and the denominator of a figure.
fn figure<'v>(report: &'v Value, list: &str, name: &str) -> [&'v Value; 2] {
    let found = report[list].as_array().unwrap().iter().find(|figure| figure["name"] == name);
    let found = found.unwrap_or_else(|| panic!("no {name}"));
    [&found["numerator"], &found["denominator"]]
}

#[test]
fn every_report_of_many_records_is_about_a_customer_alone_under_any_of_its_names() {
    let desk = desk();
    for report in OF_MANY {
        let ask = |words: &str| {
            let line = format!("report {report} {words}");
            desk.at("12:00").by("chen").run(&line).succeeds().out()
        };
        assert!(!ask("--lang en").contains("Only customer"), "{report}");
        for name in ["acme", "'ACME ltd'", "'acme　中国'"] {
            let paper = ask(&format!("--customer {name} --lang en"));
            let line = paper.lines().nth(2);
            assert_eq!(line, Some("Only customer ACME Ltd"), "{report} {name}: {paper}");
            assert!(!paper.contains("Globex"), "{report} {name}: {paper}");
        }
        let paper = ask("--customer acme --unit network --lang zh-CN");
        assert!(paper.contains("\n\n仅限客户：ACME Ltd；责任单位："), "{report}: {paper}");
        let page = ask("--customer globex --format html --lang en");
        assert!(page.contains("<p>Only customer Globex</p>"), "{report}: {page}");
        assert!(!page.contains("ACME"), "{report}: {page}");
        assert!(!ask("--customer globex --format csv").contains("ACME"), "{report}");
    }
}

#[test]
fn every_report_of_many_records_is_about_a_unit_alone() {
    let desk = desk();
    for report in OF_MANY {
        let line = format!("report {report} --unit network --lang en");
        let paper = desk.at("12:00").by("chen").run(&line).succeeds().out();
        let heading = paper.lines().nth(2).unwrap_or_default();
        assert!(heading.starts_with("Only unit "), "{report}: {paper}");
        assert!(!paper.contains("Account for a new colleague"), "{report}: {paper}");
        assert!(!paper.contains("Nobody came"), "{report}: {paper}");
        assert_eq!(told(&desk, &format!("{report} --unit network"))["filter"]["unit"], "network");
    }
}

#[test]
fn rows_and_figures_count_what_is_of_the_customer_and_the_unit() {
    let desk = desk();
    for (filter, records, complaints, daily, faults, received, resolved) in [
        ("", 6, 2, 4, 2, 6, 2),
        ("--customer acme", 3, 1, 2, 1, 3, 1),
        ("--customer Globex", 3, 1, 2, 1, 3, 1),
        ("--unit network", 3, 0, 1, 2, 3, 2),
        ("--unit network --customer acme", 2, 0, 1, 1, 2, 1),
        ("--unit systems", 1, 0, 1, 0, 1, 0),
        ("--unit systems --customer acme", 0, 0, 0, 0, 0, 0),
    ] {
        let rows = |report: &str, list: &str| {
            let told = told(&desk, &format!("{report} {filter}"));
            told[list].as_array().unwrap().len()
        };
        assert_eq!(rows("register", "records"), records, "{filter}");
        assert_eq!(rows("complaint-register", "rows"), complaints, "{filter}");
        assert_eq!(rows("daily", "rows"), daily, "{filter}");
        assert_eq!(rows("handover", "rows"), daily, "{filter}");
        assert_eq!(rows("faults", "rows"), faults, "{filter}");
        let kpi = told(&desk, &format!("kpi {filter}"));
        assert_eq!(figure(&kpi, "figures", "received")[1], received, "{filter}");
        assert_eq!(figure(&kpi, "figures", "resolve_ontime")[1], resolved, "{filter}");
        assert_eq!(kpi["balance"]["adds_up"], true, "{filter}");
        let service = told(&desk, &format!("service {filter}"));
        assert_eq!(service["trend"][5]["received"], received, "{filter}");
        let explained = told(&desk, &format!("kpi --explain received {filter}"));
        assert_eq!(explained["cases"].as_array().unwrap().len(), received, "{filter}");
    }
}

#[test]
fn a_filter_by_unit_gives_the_figures_that_a_split_by_unit_gives() {
    let desk = desk();
    let split = told(&desk, "kpi --by unit");
    let only = told(&desk, "kpi --unit network");
    let mut seen = 0;
    for group in split["split"].as_array().unwrap() {
        if group["group"] == "network" && group["value"] != "not measured" {
            let list = if group["elapsed"].is_object() { "times" } else { "figures" };
            let name = group["name"].as_str().unwrap();
            let alone = figure(&only, list, name);
            assert_eq!(alone, [&group["numerator"], &group["denominator"]], "{name}");
            seen += 1;
        }
    }
    assert!(seen > 10, "{seen}");
}

#[test]
fn a_fault_repeats_an_earlier_one_whichever_unit_had_that() {
    let desk = Desk::new();
    let first = record(&desk, FAULT, "acknowledged", "Ms Wang");
    let route = format!("route {first} --to wu --reason 'a matter of the servers'");
    desk.at("09:20").by("chen").run(&route).succeeds();
    desk.at("09:30").by("chen").run(FAULT).succeeds();
    let kpi = told(&desk, "kpi --unit network");
    assert_eq!(figure(&kpi, "figures", "repeat_fault"), [&Value::from(1), &Value::from(1)]);
}

#[test]
fn a_past_period_of_a_unit_stays_although_its_records_go_elsewhere() {
    let desk = Desk::new();
    desk.knows_next_year();
    let id = record(&desk, FAULT, "in_progress", "Ms Wang");
    let november = |unit: &str| {
        let line = format!("report kpi --month 2026-11 --unit {unit} --json");
        let kpi = desk.at(DECEMBER).by("chen").run(&line).succeeds().json();
        figure(&kpi, "figures", "received")[1].clone()
    };
    assert_eq!([november("network"), november("systems")], [1, 0]);
    let route = format!("route {id} --to wu --reason 'a matter of the servers'");
    desk.at("2026-12-01 08:30").by("chen").run(&route).succeeds();
    assert_eq!(desk.record(&id)["status"]["unit"], "systems");
    assert_eq!([november("network"), november("systems")], [1, 0]);
}

#[test]
fn a_past_period_knows_a_customer_by_all_its_names_although_its_records_went_on() {
    let desk = Desk::new();
    let add = "customer add acme --name 'ACME Ltd' --alias ACME --alias 'ACME 中国'";
    desk.at("08:30").by("chen").run(add).succeeds();
    desk.fault();
    let again = FAULT.replace("--customer ACME", "--customer 'ACME 中国'");
    let id = desk.at("09:30").by("chen").run(&again).id();
    let ack = format!("ack {id} --reply-by +1h");
    desk.at("2026-12-01 08:30").by("chen").run(&ack).succeeds();
    let line = "report kpi --month 2026-11 --by customer --json";
    let kpi = desk.at(DECEMBER).by("chen").run(line).succeeds().json();
    assert_eq!(figure(&kpi, "figures", "repeat_fault"), [&Value::from(1), &Value::from(2)]);
    let split = kpi["split"].as_array().unwrap();
    let received: Vec<_> = split.iter().filter(|row| row["name"] == "received").collect();
    assert_eq!(received.len(), 1, "{received:?}");
    assert_eq!(received[0]["group"], "ACME Ltd");
}

#[test]
fn a_sample_is_drawn_among_all_and_told_as_far_as_it_is_the_customers() {
    let desk = desk();
    let sample = |filter: &str| {
        let line = format!("report survey --month 2026-11 {filter} --json");
        let survey = desk.at(DECEMBER).by("chen").run(&line).succeeds().json();
        let sample = &survey["samples"][0];
        ["closed", "candidates", "drawn", "unsent"].map(|key| sample[key].as_u64().unwrap())
    };
    assert_eq!(sample(""), [2, 2, 2, 2]);
    assert_eq!(sample("--customer acme"), [1, 1, 1, 1]);
    assert_eq!(sample("--unit systems"), [0, 0, 0, 0]);
    desk.at(DECEMBER).by("chen").run("survey send --all --month 2026-11 -o ../out").succeeds();
    let line = "report survey --month 2026-11 --customer 'ACME 中国' --json";
    let survey = desk.at(DECEMBER).by("chen").run(line).succeeds().json();
    assert_eq!(survey["total"]["sent"], 1);
    assert_eq!(survey["filter"]["customer"], "ACME Ltd");
}

#[test]
fn a_template_of_the_desk_cannot_hide_whose_records_a_paper_is_about() {
    let desk = desk();
    for (template, printed) in [
        (
            "# Ours {{ filter.customer }}\n{{ records | length }}\n",
            "# Ours ACME Ltd\n\nOnly customer ACME Ltd\n\n3\n",
        ),
        ("{{ records | length }}\n", "Only customer ACME Ltd\n\n3\n"),
    ] {
        desk.commit("templates/en/register.md", template);
        let ran = desk.at("12:00").by("chen").run("report register --customer acme --lang en");
        assert_eq!(ran.succeeds().out(), printed);
    }
}

#[test]
fn a_name_that_is_no_customers_or_several_ones_is_refused_with_those_that_are_near() {
    let desk = desk();
    let ask = |line: &str| desk.at("12:00").by("chen").run(&format!("report {line} --lang en"));
    for report in OF_MANY {
        ask(&format!("{report} --customer 'ACNE Ltd'")).refuses("ACME Ltd");
        ask(&format!("{report} --unit netwrk")).refuses("network");
    }
    ask("register --customer Glob").says("Only customer Globex\n");
    let open = REQUEST.replace("--customer Globex", "--customer 'Globe Trotters'");
    desk.at("12:01").by("chen").run(&open.replace("Mr Ray", "Mr Sun")).succeeds();
    ask("register --customer Glob").refuses("Globe Trotters or Globex");
}

#[test]
fn a_paper_about_one_record_takes_no_filter_and_a_card_no_unit() {
    let desk = desk();
    let id = desk.at("12:00").run("list --kind complaint --customer acme -q").out();
    for (line, flag) in [
        ("request ID --customer acme", "--customer"),
        ("request ID --unit network", "--unit"),
        ("complaint-form ID --customer acme", "--customer"),
        ("card --unit network", "--unit"),
    ] {
        let line = format!("report {line}").replace("ID", id.trim());
        desk.at("12:00").by("chen").run(&line).usage(flag);
    }
}
