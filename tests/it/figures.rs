//! One rule for each figure, wherever it is printed; past periods stay as they were judged.

use serde_json::Value;

use crate::desk::Desk;

const DECEMBER: &str = "2026-12-02 12:00";

/// Numerator and denominator of a figure in a report for programs.
fn figure(report: &Value, name: &str) -> (u64, u64) {
    let lists = ["figures", "times", "quality", "targets"];
    let mut all = lists.iter().flat_map(|list| report[list].as_array().into_iter().flatten());
    let found = all.find(|figure| figure["name"] == name).unwrap_or_else(|| panic!("no {name}"));
    (found["numerator"].as_u64().unwrap(), found["denominator"].as_u64().unwrap())
}

fn report(desk: &Desk, at: &str, words: &str) -> Value {
    desk.at(at).run(&format!("report {words} --json --lang en")).json()
}

/// Changes a file of rules at a time, as a team lead does with plain git.
fn change(desk: &Desk, path: &str, at: &str, from: &str, to: &str) {
    let text = desk.read(path);
    assert!(text.contains(from), "{path}: {from}");
    desk.write(path, text.replacen(from, to, 1));
    let mut git = desk.at(at).by("zhang").shell("git");
    git.args(["commit", "-q", "-a", "-m", "other rules"]);
    assert!(git.status().unwrap().success());
}

#[test]
fn key_figures_and_the_survey_report_count_the_same_answers() {
    let desk = Desk::new();
    let survey = desk.read("policy/survey.yaml");
    let all: String = survey
        .lines()
        .map(|line| if line.starts_with("sample:") { "sample: 100" } else { line })
        .map(|line| if line.starts_with("cap_per") { "cap_per_customer: 2" } else { line })
        .map(|line| format!("{line}\n"))
        .collect();
    desk.commit("policy/survey.yaml", all);
    let mut ids: Vec<String> = Vec::new();
    for nth in 0..4 {
        let open = format!(
            "open request 'Matter {nth}' --channel email --customer ACME --name 'Guest {nth}' \
             --email g{nth}@acme.example --reported x --need y --category account"
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
        ids.push(id);
    }
    desk.at("2026-12-01 09:00")
        .by("chen")
        .run("survey send --all --month 2026-11 -o ../out")
        .succeeds();
    for (nth, id) in ids.iter().enumerate() {
        let words = format!("survey record {id} --satisfaction 5 --by 'Guest {nth}'");
        desk.at("2026-12-02 10:00").by("chen").run(&words).succeeds();
        // a second answer of the same second
        let words = format!("survey record {id} --satisfaction 4 --by 'Guest {nth}'");
        desk.at("2026-12-02 10:00").by("chen").run(&words).succeeds();
    }
    let (kpi, told) = (
        report(&desk, DECEMBER, "kpi --month 2026-11"),
        report(&desk, DECEMBER, "survey --month 2026-11"),
    );
    let n = told["sampled"]["n"].as_u64().unwrap();
    assert_eq!((n, told["outside"]["n"].as_u64().unwrap()), (2, 0), "two of four are drawn");
    assert_eq!(figure(&kpi, "survey_satisfaction"), (n, n));
    assert_eq!(figure(&kpi, "survey_csat"), (n, n));
    let sent = told["total"]["sent"].as_u64().unwrap();
    assert_eq!(
        figure(&kpi, "survey_response"),
        (told["total"]["answered"].as_u64().unwrap(), sent)
    );
    let service = report(&desk, DECEMBER, "service --month 2026-11");
    assert_eq!(figure(&service, "survey_response"), figure(&kpi, "survey_response"));
    assert_eq!(figure(&report(&desk, DECEMBER, "kpi"), "survey_csat"), (0, 0));
}

#[test]
fn received_is_one_number_on_every_page_and_what_was_void_at_once_is_told() {
    let desk = Desk::new();
    desk.request();
    let id = desk.fault();
    desk.at("09:30").by("chen").run(&format!("cancel {id} --mistake 'a test call'")).succeeds();
    let kpi = report(&desk, "12:00", "kpi");
    assert_eq!(figure(&kpi, "received"), (1, 1));
    assert_eq!((&kpi["balance"]["received"], &kpi["balance"]["void"]), (&1.into(), &1.into()));
    assert_eq!(kpi["balance"]["adds_up"], true);
    let service = report(&desk, "12:00", "service");
    let trend = service["trend"].as_array().unwrap();
    assert_eq!((&trend[5]["received"], &service["balance"]["received"]), (&1.into(), &1.into()));
    desk.at("12:00").run("report service --lang en").says("counted nowhere: 1.");
}

#[test]
fn earlier_periods_of_whole_months_are_whole_months_and_equal_to_their_own_report() {
    let desk = Desk::new();
    desk.fault_in("closed");
    desk.at("2026-12-01 09:00").by("chen").run(&open_at("Late in the year")).succeeds();
    let year = report(&desk, "2027-04-02 12:00", "service --from 2027-01-01 --to 2027-03-31");
    let trend = year["trend"].as_array().unwrap();
    let labels: Vec<_> = trend.iter().map(|row| row["label"].as_str().unwrap()).collect();
    assert_eq!(labels[3..], ["2026-07 – 2026-09", "2026-10 – 2026-12", "2027-01 – 2027-03"]);
    let before = report(&desk, "2027-04-02 12:00", "service --from 2026-10-01 --to 2026-12-31");
    assert_eq!(before["trend"][5], trend[4]);
    assert_eq!(trend[4]["received"], 2);
    let week = report(&desk, "2026-12-02 12:00", "service --from 2026-11-23 --to 2026-11-29");
    assert_eq!(week["trend"][4]["label"], "2026-11-16 – 2026-11-22");
}

fn open_at(title: &str) -> String {
    format!(
        "open request '{title}' --channel email --customer ACME --name 'Mr Ray' \
         --email ray@acme.example --reported x --need y --category account"
    )
}

#[test]
fn a_past_month_is_judged_by_the_rules_of_then_and_says_by_which() {
    let desk = Desk::new();
    desk.fault_in("closed");
    let met = "| first-contact resolution (`fcr`) | 0.0% | 0 | 1 | ≥ 60% | ✗ missed |";
    let november = || desk.at("2026-12-20 12:00").run("report kpi --month 2026-11 --lang en");
    november().says(met).says("Judged by targets version 1 (");
    let before = november().out();

    change(&desk, "policy/kpi.yaml", "2026-12-10 09:00", "at_least: 60", "at_least: 0");
    change(&desk, "policy/kpi.yaml", "2026-12-10 09:01", "version: 1", "version: 2");
    change(&desk, "policy/calendar.yaml", "2026-12-10 09:02", "\"09:00-12:00\"", "\"10:00-12:00\"");
    let rules = |text: &str| {
        let kept = text.lines().filter(|line| !line.starts_with("Data "));
        kept.collect::<Vec<_>>().join("\n")
    };
    assert_eq!(rules(&november().out()), rules(&before), "a past month does not change");
    let december = desk.at("2026-12-20 12:00").run("report kpi --month 2026-12 --lang en");
    december.says("Judged by targets version 2 (").says("| ≥ 0% |");
    let service = desk.at("2026-12-20 12:00").run("report service --month 2026-12 --lang en");
    service.says("2026-11 was judged by targets version 1 (");
}

#[test]
fn a_period_before_the_desk_is_judged_by_the_rules_of_today_and_says_so() {
    let desk = Desk::new();
    let ran = desk.at("12:00").run("report kpi --month 2026-09 --lang en");
    ran.says("which came into force after the period");
    desk.at("12:00").run("report kpi --month 2026-09 --lang zh-CN").says("均在本期间之后生效");
}

#[test]
fn what_was_entered_when_a_period_was_over_is_told_with_it() {
    let desk = Desk::new();
    let id = desk.fault();
    let ack = format!(
        "ack {id} --reply-by +1h --at '2026-11-23 09:10' --late-because 'the line was down'"
    );
    desk.at("2026-12-01 09:00").by("chen").run(&ack).succeeds();
    let kpi = report(&desk, DECEMBER, "kpi --month 2026-11");
    assert_eq!(figure(&kpi, "ack_ontime"), (1, 1), "it counts where it happened");
    let entered = kpi["entered_after"].as_array().unwrap();
    assert_eq!(entered.len(), 1);
    assert_eq!(
        (&entered[0]["id"], &entered[0]["entered"]),
        (&id.into(), &"2026-12-01T09:00:00+08:00".into())
    );
    desk.at(DECEMBER).run("report service --month 2026-11 --lang en").says("Entered after the end");
    let december = report(&desk, DECEMBER, "kpi --month 2026-12");
    assert_eq!(december["entered_after"].as_array().unwrap().len(), 0);
}

#[test]
fn a_long_list_of_lateness_is_bounded_on_paper_and_whole_for_programs() {
    let desk = Desk::new();
    for nth in 0..12 {
        desk.at("09:00").by("chen").run(&open_at(&format!("Matter {nth}"))).succeeds();
    }
    let kpi = report(&desk, "2026-11-30 12:00", "kpi");
    let missed = kpi["missed"].as_array().unwrap().len();
    assert!(missed > 20, "{missed}");
    assert_eq!(kpi["lateness"]["worst"].as_array().unwrap().len(), 20);
    assert_eq!(kpi["lateness"]["more"], missed - 20);
    let counts = kpi["lateness"]["limits"].as_array().unwrap().iter();
    let counted: u64 = counts.map(|limit| limit["count"].as_u64().unwrap()).sum();
    assert_eq!(counted, missed as u64);
    for name in ["kpi", "service"] {
        let ran = desk.at("2026-11-30 12:00").run(&format!("report {name} --lang en"));
        let ran = ran.says(&format!("Not listed: {} that", missed - 20));
        let out = ran.out();
        let (_, late) = out.split_once("| Figure | Late |").unwrap();
        assert_eq!(late.matches("| R-261123-").count(), 20, "{name}");
    }
}

#[test]
fn a_major_incident_opened_by_mistake_leaves_the_service_report() {
    let desk = Desk::new();
    let id = desk.fault();
    let criteria = desk.read("policy/levels.yaml");
    let (_, after) = criteria.split_once("major_criteria:").unwrap();
    let (_, named) = after.split_once("id: ").unwrap();
    let criterion = named.lines().next().unwrap().trim();
    let update = format!("update {id} --major {criterion} --reason 'all sites'");
    desk.at("09:10").by("zhang").run(&update).succeeds();
    let listed = report(&desk, "12:00", "service")["major"].as_array().unwrap().len();
    assert_eq!(listed, 1);
    desk.at("12:10").by("zhang").run(&format!("cancel {id} --mistake 'a drill'")).succeeds();
    assert_eq!(report(&desk, "12:20", "service")["major"].as_array().unwrap().len(), 0);
}

#[test]
fn the_service_report_has_mean_median_and_ninth_decile_as_the_key_figures() {
    let desk = Desk::new();
    desk.fault_in("closed");
    let (service, kpi) = (report(&desk, "12:00", "service"), report(&desk, "12:00", "kpi"));
    assert_eq!(service["times"], kpi["times"]);
    assert!(service["times"][3]["elapsed"]["p90"].is_number(), "{}", service["times"][3]);
    desk.at("12:00").run("report service --lang en").says("| Time taken | Cases | Mean | Median |");
}

#[test]
fn the_fault_table_has_the_faults_that_the_figures_count_as_solved() {
    let desk = Desk::new();
    desk.fault_in("closed");
    let resolved = desk.fault_in("resolved");
    desk.at("2026-12-01 10:00")
        .by("chen")
        .run(&format!("confirm {resolved} --with 'Ms Wang' --not-handled 'dark again'"))
        .succeeds();
    let kpi = report(&desk, DECEMBER, "kpi --month 2026-11 --by kind");
    let solved = kpi["split"].as_array().unwrap().iter();
    let mut solved = solved.filter(|row| row["name"] == "mttr" && row["group"] == "fault");
    let counted = solved.next().unwrap()["denominator"].as_u64().unwrap();
    let faults = report(&desk, DECEMBER, "faults --month 2026-11");
    assert_eq!((counted, faults["rows"].as_array().unwrap().len()), (2, 2));
}

#[test]
fn the_register_has_the_latest_note() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    for (at, words) in [("10:10", "--note 'part ordered'"), ("10:20", "--note 'part is here'")] {
        desk.at(at).by("li").run(&format!("update {id} {words}")).succeeds();
    }
    let secret = format!("update {id} --internal --note 'the customer is difficult'");
    desk.at("10:30").by("li").run(&secret).succeeds();
    let ran = desk.at("12:00").run("report register --lang en");
    let ran = ran.says("| Latest note |").says("| part is here |");
    assert!(!ran.out().contains("difficult"), "{ran}");
    desk.at("12:00")
        .run("report register --format csv")
        .says(",latest_note\n")
        .says("part is here");
}

#[test]
fn a_promise_kept_late_and_a_due_time_missed_bear_the_sign_of_it() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    let promise = format!("promise {id} 10:30 --to 'Ms Wang' --what 'a call'");
    desk.at("10:05").by("chen").run(&promise).succeeds();
    let number = desk.record(&id)["status"]["promises"].as_array().unwrap().len();
    desk.at("11:00").by("chen").run(&format!("fulfil {id} {number}")).succeeds();
    let shown = desk.at("12:00").run(&format!("show {id} --lang en"));
    shown.says("a call 2026-11-23 10:30  ✗ 2026-11-23 11:00 late by 30 min");
    desk.at("12:00")
        .run(&format!("report request {id} --lang en"))
        .says("| 2026-11-23 11:00 | — | ✗ late by 30 min |");
}

#[test]
fn a_sample_names_the_due_time_that_was_missed_and_not_the_one_agreed_afterwards() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    let late = "2026-11-24 15:00";
    let agreed =
        "extend ID --plan 'new part' --until '2026-11-25 09:00' --consent 'Ms Wang' --method phone";
    for (at, who, words) in [
        (late, "li", agreed),
        ("2026-11-24 16:00", "li", "resolve ID --result r --cause c --code fixed"),
        ("2026-11-24 16:10", "zhang", "confirm ID --with 'Ms Wang' --satisfaction 4"),
        ("2026-11-24 16:20", "zhang", "fulfil ID 1"),
        ("2026-11-24 16:30", "zhang", "close ID"),
    ] {
        let ran = desk.at(at).by(who).run(&words.replace("ID", &id));
        assert!(ran.status() == Some(0) || words.starts_with("fulfil"), "{ran}");
    }
    let sample = desk.at(DECEMBER).run("audit --sample 5 --seed x --month 2026-11 --json").json();
    let looks = sample["drawn"][0]["looks"].as_array().unwrap();
    let look = |name: &str| looks.iter().find(|look| look["look"] == name).unwrap();
    assert_eq!(look("solved in time")["fact"], "≤ 2026-11-24 09:00: 2026-11-24 16:00");
    assert_eq!(look("solved in time")["holds"], false);
    let found = desk.at(DECEMBER).run("check --json").json();
    let found = found["findings"].as_array().unwrap();
    let solved = found.iter().find(|finding| finding["code"] == "A06").unwrap();
    assert_eq!(solved["expected"], "2026-11-24T09:00:00+08:00");
}

#[test]
fn notes_are_not_clean_and_the_status_follows_them_where_it_is_asked_to() {
    let desk = Desk::new();
    desk.knows_next_year();
    desk.at("09:00").run("check --lang en").says(": clean; 0 errors, 0 warnings, 0 notes");
    let id = desk.fault();
    desk.at("15:00").by("chen").run(&format!("ack {id} --reply-by 16:00")).succeeds();
    let ran = desk.at("15:10").run("check --lang en");
    ran.says(": notes only; 0 errors, 0 warnings, 1 note");
    assert_eq!(desk.at("15:10").run("check --json").json()["clean"], false);
    let ran = desk.at("15:10").run("check --fail-on note --lang zh-CN");
    assert_eq!(ran.status(), Some(1), "{ran}");
    assert!(ran.out().contains("仅有提示"), "{ran}");
    // an overdue promise, and what nobody acknowledged, are more than notes
    let waiting = desk.request();
    let found = desk.at("2026-11-24 20:00").run("check --json");
    assert_eq!(found.status(), Some(1), "{found}");
    let text = found.out();
    let found: Value = serde_json::from_str(&text).unwrap();
    let found = found["findings"].as_array().unwrap();
    let weight = |code: &str, of: &str| {
        let it = found.iter().find(|it| it["code"] == code && it["record"] == of);
        it.unwrap_or_else(|| panic!("no {code}: {text}"))["severity"].clone()
    };
    assert_eq!((weight("A12", &id), weight("A40", &waiting)), ("warning".into(), "warning".into()));
}

#[test]
fn a_callback_that_was_not_needed_is_none() {
    let desk = Desk::new();
    let complaint = "open complaint X --channel hotline --customer ACME --name 'Ms Wang' --reported x \
        --need y --category service --trigger direct --form oral --against service:x --remedy z";
    let id = desk.at("09:00").by("chen").run(complaint).id();
    for (time, who, words) in [
        ("09:05", "chen", "ack ID --reply-by +1h"),
        ("09:10", "chen", "update ID --verified yes --notified zhang"),
        ("09:15", "zhang", "route ID --to wu --reason r"),
        ("09:20", "wu", "accept ID --respond-by +30m"),
        ("09:30", "wu", "respond ID --note looking"),
        ("10:00", "zhang", "decide ID --finding f --validity valid"),
        (
            "10:10",
            "wu",
            "resolve ID --result r --cause c --code substantiated --informed 'Ms Wang' --method phone \
             --corrective a --preventive b",
        ),
        ("10:20", "chen", "confirm ID --not-needed 'told in person'"),
    ] {
        desk.at(time).by(who).run(&words.replace("ID", &id)).succeeds();
    }
    let kpi = report(&desk, DECEMBER, "kpi --month 2026-11");
    assert_eq!(figure(&kpi, "callback_reached"), (0, 0));
    assert_eq!(figure(&kpi, "callback_rework"), (0, 0));
}
