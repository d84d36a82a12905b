//! Clocks, the calendar and what a day has to deal with.

use std::{
    collections::BTreeSet,
    io::{ErrorKind, Read as _, Write as _},
    path::Path,
    process::Stdio,
    sync::mpsc,
    thread,
    time::Duration,
};

use chrono::{Datelike as _, NaiveDate};
use serde_json::Value;

use crate::desk::Desk;

/// The clock of this name in `docket sla explain --json`.
fn clock(desk: &Desk, time: &str, id: &str, name: &str) -> Value {
    let explained = desk.at(time).by("chen").run(&format!("sla explain {id} --json")).json();
    let clocks = explained["clocks"].as_array().unwrap().clone();
    clocks.into_iter().find(|clock| clock["clock"] == name).unwrap()
}

fn minutes(clock: &Value) -> i64 {
    let stretches = clock["stretches"].as_array().unwrap();
    let counted = stretches.iter().filter(|stretch| stretch["counts"] == true);
    counted.map(|stretch| stretch["minutes"].as_i64().unwrap()).sum()
}

#[test]
fn explained_stretches_add_up_and_a_late_clock_shows_when_it_was_breached() {
    let desk = Desk::new();
    let id = desk.fault();
    let ack = clock(&desk, "2026-11-23 15:31", &id, "ack");
    assert_eq!(minutes(&ack), ack["used_minutes"].as_i64().unwrap());
    assert_eq!(ack["whole_minutes"], 240);
    assert_eq!(ack["left_minutes"].as_i64().unwrap(), 240 - ack["used_minutes"].as_i64().unwrap());
    assert_eq!(ack["standing"], "late");
    assert_eq!(ack["breached_at"], ack["due"]);
}

#[test]
fn a_pause_is_left_out_of_what_is_counted_and_moves_the_due_time() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    let before = clock(&desk, "10:00", &id, "resolve");
    let pend = "hold ID --reason waiting_customer --resume-by 13:00 --evidence 'asked by mail'";
    desk.at("11:00").by("li").run(&pend.replace("ID", &id)).succeeds();
    assert_eq!(clock(&desk, "11:30", &id, "resolve")["standing"], "paused");
    desk.at("12:00").by("li").run(&format!("resume {id}")).succeeds();
    let after = clock(&desk, "12:30", &id, "resolve");
    assert_eq!(
        after["used_minutes"].as_i64().unwrap(),
        before["used_minutes"].as_i64().unwrap() + 90
    );
    assert_ne!(after["due"], before["due"]);
    assert_eq!(after["standing"], "running");
}

#[test]
fn a_breach_stays_when_the_customer_agrees_to_more_time_afterwards() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    let extend = "extend ID --plan 'new part' --until 2026-11-26T12:00:00+08:00 \
        --consent 'Ms Wang' --method phone";
    desk.at("2026-11-25 10:00").by("li").run(&extend.replace("ID", &id)).succeeds();
    let clock = clock(&desk, "2026-11-25 11:00", &id, "resolve");
    assert_eq!(clock["standing"], "running");
    assert_eq!(clock["earlier"].as_array().unwrap().len(), 1);
    assert_eq!(clock["breached_at"], clock["earlier"][0]["due"]);
}

#[test]
fn due_within_is_status_one_only_when_something_is_due() {
    let desk = Desk::new();
    desk.at("09:00").by("chen").run("due --within 2h").says("");
    let id = desk.fault();
    let ran = desk.at("09:05").by("chen").run("due --within 8h --json");
    assert_eq!(ran.status(), Some(1));
    let due: Value = serde_json::from_str(&ran.out()).unwrap();
    assert_eq!(due["due"][0]["id"], id.as_str());
    assert_eq!(due["due"][0]["what"], "ack");
}

#[test]
fn the_desk_asks_the_unit_once_each_working_day_after_routing() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    let asks = |time: &str| {
        let due = desk.at(time).by("chen").run("due --json").json();
        let duties = due["due"].as_array().unwrap().clone();
        duties.iter().any(|duty| duty["what"] == "follow_up" && duty["id"] == id.as_str())
    };
    assert!(!asks("17:00"), "not on the day of routing");
    assert!(asks("2026-11-24 09:00"));
    let line = format!("update {id} --follow-up li --note 'part is on its way'");
    desk.at("2026-11-24 10:00").by("chen").run(&line).succeeds();
    assert!(!asks("2026-11-24 11:00"));
    assert!(!asks("2026-11-28 11:00"), "not on a Saturday");
}

#[test]
fn a_year_without_calendar_gives_unknown_due_times_until_it_is_loaded_and_recomputed() {
    let desk = Desk::new();
    let open = "open request 'New laptop' --channel email --customer ACME --name 'Ms Wang' \
        --reported r --need n";
    let ran = desk.at("2026-12-31 17:00").by("chen").run(open);
    let said = ran.out();
    assert!(said.contains("sla recompute"), "{said}");
    let id = ran.id();
    assert_eq!(desk.record(&id)["status"]["due"]["resolve"], "unknown");
    desk.at("2026-12-31 17:01").by("chen").run("").says("2027");
    let audit = desk.at("2026-12-31 17:01").by("chen").run("audit --lang en");
    assert!(audit.out().contains("warning H33"), "{audit}");

    let file = desk.home().join("2027.json");
    let json = r#"{"year": 2027, "papers": ["https://example.org/paper"], "days": [
        {"name": "元旦", "date": "2027-01-01", "isOffDay": true}]}"#;
    std::fs::write(&file, json).unwrap();
    let import = format!("calendar import {}", file.display());
    desk.at("2026-12-31 17:02").by("chen").run(&import).refuses("team lead");
    desk.at("2026-12-31 17:02").by("zhang").run(&import).says("2027");
    desk.at("2026-12-31 17:03").by("zhang").run(&import).says("nothing changed");
    desk.at("2026-12-31 17:04").by("chen").run(&format!("sla recompute {id}")).succeeds();
    let due = desk.record(&id)["status"]["due"].clone();
    assert_eq!(due["respond"], "2027-01-04T17:00:00+08:00");
    let again = format!("sla recompute {id}");
    desk.at("2026-12-31 17:05").by("chen").run(&again).refuses("undisputed");
}

#[test]
fn a_make_up_working_day_is_shown_as_worked_and_a_holiday_as_off() {
    let desk = Desk::new();
    let month = desk.at("09:00").by("chen").run("calendar show --month 2026-10 --json").json();
    let windows = |day: usize| month["days"][day - 1]["windows"].as_array().unwrap().len();
    assert_eq!((windows(1), windows(10), windows(11), windows(12)), (0, 2, 0, 2));
}

#[test]
fn the_next_tier_is_due_when_enough_of_the_limit_is_used_and_not_before() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    let reply = format!("respond {id} --note 'I am on my way'");
    desk.at("10:00").by("li").run(&reply).succeeds();
    let tiers = |time: &str| {
        let due = desk.at(time).by("chen").run("due --json").json();
        let duties = due["due"].as_array().unwrap().clone();
        duties.iter().filter(|duty| duty["what"] == "escalate").count()
    };
    assert_eq!(tiers("12:00"), 0);
    assert_eq!(tiers("2026-11-24 04:00"), 1);
    let line = format!("escalate {id} --to zhang --reason 'nearly over' --method phone");
    desk.at("2026-11-24 04:10").by("chen").run(&line).says("zhang");
    assert_eq!(tiers("2026-11-24 04:20"), 0);
    assert_eq!(tiers("2026-11-24 10:00"), 1);
}

#[test]
fn the_follow_up_list_is_listed_in_a_pipe_and_the_sheets_of_the_day_name_what_is_due() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    let next_day = "2026-11-24 09:30";
    desk.at(next_day).by("chen").run("followup -q").says(&id);
    let daily = desk.at(next_day).by("chen").run("report daily --lang zh-CN").succeeds().out();
    assert!(daily.starts_with("# 每日跟踪记录表\n"), "{daily}");
    assert!(daily.contains(&id) && daily.contains("了解进展"), "{daily}");

    let line = format!("handover {id} --to zhang --reason 'end of shift'");
    desk.at(next_day).by("chen").run(&line).succeeds();
    let sheet = desk.at(next_day).by("chen").run("report handover --lang zh-CN").succeeds().out();
    assert!(sheet.starts_with("# 交接班记录表\n"), "{sheet}");
    assert!(sheet.contains("zhang") && sheet.contains("end of shift"), "{sheet}");
}

#[test]
fn promises_are_explained_as_kept_late_or_told_of_in_time() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    for what in ["'a call'", "'the new part'", "'a visit'"] {
        let promise = format!("promise {id} +1h --to 'Ms Wang' --what {what}");
        desk.at("10:00").by("chen").run(&promise).succeeds();
    }
    desk.at("10:30").by("chen").run(&format!("fulfil {id} 2 --informed 'Ms Wang'")).succeeds();
    let explained = format!("explain {id} 3 'the part is out of stock'");
    desk.at("10:45").by("chen").run(&explained).succeeds();

    let told = desk.at("11:20").by("chen").run(&format!("sla explain {id} --json")).json();
    let of = |number: usize, field: &str| told["promises"][number - 1][field].clone();
    assert_eq!((of(2, "standing"), of(2, "left_minutes")), ("kept".into(), 30.into()));
    assert_eq!(of(3, "explained_at"), "2026-11-23T10:45:00+08:00");
    assert_eq!((of(4, "standing"), of(4, "left_minutes")), ("late".into(), (-20).into()));

    let text = desk.at("11:20").by("chen").run(&format!("sla explain {id}")).succeeds().out();
    let (_, last) = text.split_once("a visit").unwrap();
    assert!(last.starts_with(" · late"), "{last}");
}

#[test]
fn the_years_that_come_with_docket_are_those_that_were_published() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/holiday-cn");
    if !folder.is_dir() {
        return;
    }
    let desk = Desk::new();
    for year in [2024, 2025, 2026] {
        let file: Value =
            serde_json::from_slice(&std::fs::read(folder.join(format!("{year}.json"))).unwrap())
                .unwrap();
        let told = |off: bool| -> BTreeSet<String> {
            let days = file["days"].as_array().unwrap().iter();
            days.filter(|day| day["isOffDay"] == off)
                .map(|day| day["date"].as_str().unwrap().to_owned())
                .collect()
        };
        for month in 1..=12 {
            let line = format!("calendar show --month {year}-{month:02} --json");
            let shown = desk.at("09:00").by("chen").run(&line).json();
            for day in shown["days"].as_array().unwrap() {
                let date = day["date"].as_str().unwrap();
                let weekend = date.parse::<NaiveDate>().unwrap().weekday().number_from_monday() > 5;
                let worked = !day["windows"].as_array().unwrap().is_empty();
                let expected = told(false).contains(date) || !weekend && !told(true).contains(date);
                assert_eq!(worked, expected, "{date}");
            }
        }
    }
}

#[test]
fn a_late_entry_that_keeps_a_limit_shows_both_figures() {
    let desk = Desk::new();
    let id = desk.fault();
    let ack = format!(
        "ack {id} --method phone --informed 'Ms Wang' --reply-by 2026-11-24T12:00:00+08:00 --at 09:05 \
         --late-because 'the network was down'"
    );
    desk.at("17:30").by("chen").run(&ack).succeeds();
    let told = clock(&desk, "17:40", &id, "ack");
    assert_eq!(told["standing"], "kept");
    assert_eq!(told["used_minutes"], 5);
    assert_eq!(told["kept_by_late_entry"], true);
    assert_eq!(told["entered_at"], "2026-11-23T17:30:00+08:00");
    assert_eq!(told["used_minutes_until_entry"], 180 + 240);
    let text = desk.at("17:40").by("chen").run(&format!("sla explain {id}")).succeeds().out();
    assert!(text.contains("used until entered") && text.contains("7 h 00 min"), "{text}");
}

#[test]
fn the_stretches_of_every_clock_add_up_in_every_state() {
    let desk = Desk::new();
    for state in ["open", "acknowledged", "routed", "in_progress", "pending", "resolved", "closed"]
    {
        let id = desk.fault_in(state);
        for time in ["10:07", "2026-11-24 03:00", "2026-11-30 12:00"] {
            let line = format!("sla explain {id} --json");
            let told = desk.at(time).by("chen").run(&line).json();
            for clock in told["clocks"].as_array().unwrap() {
                let number = |field: &str| clock[field].as_i64().unwrap();
                assert_eq!(minutes(clock), number("used_minutes"), "{state} {time}: {clock}");
                let left = number("whole_minutes") - number("used_minutes");
                assert_eq!(left, number("left_minutes"), "{state} {time}: {clock}");
                let late = clock["standing"] == "late";
                assert!(!late || left <= 0, "{state} {time}: {clock}");
            }
        }
    }
}

#[test]
fn a_reopened_record_goes_on_by_the_clock_that_policy_says() {
    for (setting, due, said) in [
        ("stopped", "2026-11-27 08:10", "stood still while closed"),
        ("new_limit", "2026-11-27 09:00", "a new limit"),
    ] {
        let desk = Desk::new();
        let levels = desk.read("policy/levels.yaml");
        let levels = levels.replace("reopened: stopped", &format!("reopened: {setting}"));
        desk.write("policy/levels.yaml", levels);
        if !desk.status().is_empty() {
            desk.git(["add", "policy/levels.yaml"]);
            let zhang = "zhang <zhang@example.com>";
            let told = ["commit", "-q", "-m", "reopened clock", "--author", zhang];
            desk.git(told);
        }
        // solved at 09:50 with 23 hours and 10 minutes left
        let id = desk.fault_in("closed");
        let reopen = format!("reopen {id} --reason 'down again'");
        desk.at("2026-11-26 09:00").by("chen").run(&reopen).says(due).says(said);
        let clock = clock(&desk, "2026-11-26 10:00", &id, "resolve");
        assert_eq!(clock["standing"], "running", "{clock}");
        assert_eq!(clock["breached_at"], Value::Null, "{clock}");
        assert_eq!(minutes(&clock), if setting == "stopped" { 50 + 60 } else { 60 });
        // a new level is reckoned from there as well
        let raise = format!("update {id} --level urgent --reason 'they wait'");
        desk.at("2026-11-26 10:05").by("chen").run(&raise).says(due);
        desk.is_honest();
    }
}

#[test]
fn next_years_calendar_is_a_line_of_check_and_on_the_board_in_december() {
    let desk = Desk::new();
    desk.fault();
    for (time, noted, shown) in [
        ("2026-11-24 09:00", true, false),
        ("2026-11-30 23:59", true, false),
        ("2026-12-01 00:00", true, true),
    ] {
        let check = desk.at(time).by("chen").run("check --lang en").out();
        assert_eq!(check.matches("note A42").count(), usize::from(noted), "{time}: {check}");
        let board = desk.at(time).by("chen").run("").succeeds().out();
        assert_eq!(board.contains("2027"), shown, "{time}: {board}");
    }
}

#[test]
fn what_is_due_at_midnight_is_due_today() {
    let desk = Desk::new();
    let id = desk.fault();
    let promise = format!("promise {id} '2026-11-24 00:00' --to 'Ms Wang' --what 'a call'");
    desk.at("10:00").by("chen").run(&promise).succeeds();
    let today = |time: &str| {
        let board = desk.at(time).by("chen").run("--json").json();
        let due = board["due_today"].as_array().unwrap().clone();
        due.iter().any(|task| task["what"] == "promise")
    };
    assert!(today("10:05"));
    assert!(!today("2026-11-22 10:05"), "it is the 23rd that ends then");
}

#[test]
fn due_times_that_nobody_can_tell_are_shown_and_not_dropped() {
    let desk = Desk::new();
    let open = "open request 'New laptop' --channel email --customer ACME --name 'Ms Wang' \
        --reported r --need n";
    let id = desk.at("2026-12-31 17:00").by("chen").run(open).id();
    let check = desk.at("2026-12-31 17:05").by("chen").run("check --lang en");
    assert_eq!(check.status(), Some(1), "{check}");
    assert_eq!(check.out().matches("warning A41").count(), 3, "each clock: {check}");
    let report = "report kpi --month 2026-12 --format json";
    let figures = desk.at("2026-12-31 17:05").by("chen").run(report).json();
    assert_eq!(figures["balance"]["unknown_due"], 1, "{figures}");
    let page = desk.at("2026-12-31 17:05").by("chen").run("report kpi --month 2026-12").out();
    assert!(page.contains("unknown due times, because a calendar is not loaded: 1"), "{page}");
    let board = desk.at("2026-12-31 17:05").by("chen").run("").out();
    assert!(board.contains("unknown") && board.contains(&id), "{board}");
}

/// A desk whose machine says where it is.
fn made_in(zone: &str, words: &str) -> (Desk, String) {
    let desk = Desk::nowhere();
    let said = desk.at("08:00").by("zhang").env("TZ", zone).run(words).succeeds().out();
    (desk, said)
}

#[test]
fn a_fresh_desk_is_where_its_machine_is_and_says_so() {
    let (shanghai, said) = made_in("Asia/Shanghai", "init");
    assert!(
        said.contains("time zone Asia/Shanghai (from TZ), language en, country CN: holidays of"),
        "{said}"
    );
    assert!(shanghai.read("policy/calendar.yaml").contains("2026-10-01"));

    let (berlin, said) = made_in(":Europe/Berlin", "init");
    assert!(said.contains("time zone Europe/Berlin (from TZ), language en, country"), "{said}");
    assert!(said.contains(": no holidays yet"), "{said}");
    assert!(berlin.read("docket.yaml").contains("timezone: Europe/Berlin\n"));
    assert!(!berlin.read("policy/calendar.yaml").contains("国庆节"));

    let (_, said) = made_in("UTC", "init --timezone Europe/London --lang zh-CN");
    assert!(said.contains("时区 Europe/London（取自 --timezone），语言 zh-CN"), "{said}");

    let nowhere = Desk::nowhere();
    nowhere.at("08:00").by("zhang").env("TZ", "CET-1CEST").run("init").usage("“TZ=CET-1CEST”");
    for (told, said) in [
        ("--timezone Europe/Berlim", "did you mean Europe/Berlin?"),
        ("--country China", "“China” is not a country: two capital letters"),
    ] {
        nowhere.at("08:00").by("zhang").run(&format!("init {told} --lang en")).usage(said);
    }
    let (abroad, said) = made_in("Asia/Shanghai", "init --country DE");
    assert!(said.contains("country DE: no holidays yet"), "{said}");
    assert!(!abroad.read("policy/calendar.yaml").contains("国庆节"));
}

#[test]
fn a_fresh_desk_says_which_holidays_its_calendar_has_and_lacks() {
    let (desk, said) = made_in("Asia/Shanghai", "init");
    assert!(said.contains("holidays of 2024, 2025, 2026\n"), "{said}");
    assert!(said.contains("docket policy edit calendar"), "{said}");
    assert!(desk.read("policy/calendar.yaml").contains("\n  2026:\n"));
    // when no calendar of the year is published with docket
    for (line, told) in [
        ("init --lang en", "holidays of 2024, 2025, 2026, not yet of 2031"),
        ("init --lang zh-CN", "节假日 2024、2025、2026 年，尚无 2031 年的节假日"),
    ] {
        let desk = Desk::nowhere();
        let made = desk.at("2031-01-02 08:00").by("zhang").env("TZ", "Asia/Shanghai");
        let said = made.run(line).succeeds().out();
        assert!(said.contains(told), "{said}");
        assert!(said.contains("docket calendar import --no-holidays 2031"), "{said}");
        desk.at("2031-01-02 08:01")
            .by("zhang")
            .run("check --lang en")
            .finds("the holidays of 2031");
    }
    let (_, said) = made_in("Europe/Berlin", "init --country DE");
    assert!(!said.contains("docket policy edit calendar"), "{said}");
}

/// What `docket init` says to somebody who waits for each of these texts in turn, and types the line
/// beside it, and the desk; `None` where no terminal can be had.
fn asked(words: &str, answers: &[(&str, Option<&str>)]) -> Option<(Desk, String)> {
    let desk = Desk::nowhere();
    let mut terminal = desk.at("08:00").by("zhang").shell("script");
    let line = format!("{} init {words}", env!("CARGO_BIN_EXE_docket"));
    terminal.env("TERM", "xterm").env("LANG", "C.UTF-8").env_remove("COLUMNS");
    terminal.args(["-qec", &line, "/dev/null"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut running = match terminal.spawn() {
        Err(why) if why.kind() == ErrorKind::NotFound => return None,
        running => running.unwrap(),
    };
    let (mut keys, mut shown) = (running.stdin.take().unwrap(), running.stdout.take().unwrap());
    let (tell, told) = mpsc::channel();
    let reader = thread::spawn(move || {
        let mut bytes = [0; 4096];
        while let Ok(length @ 1..) = shown.read(&mut bytes) {
            tell.send(bytes[..length].to_vec()).unwrap();
        }
    });
    let mut said = Vec::new();
    let mut read = 0;
    for (question, answer) in answers {
        let place =
            |said: &[u8]| said.windows(question.len()).position(|it| it == question.as_bytes());
        while place(&said[read..]).is_none() {
            let more = told.recv_timeout(Duration::from_mins(2));
            said.extend(more.unwrap_or_else(|why| {
                panic!("{question}: {why} after {}", String::from_utf8_lossy(&said))
            }));
        }
        read += place(&said[read..]).unwrap() + question.len();
        if let Some(answer) = answer {
            keys.write_all(format!("{answer}\r").as_bytes()).unwrap();
        }
    }
    said.extend(told.iter().flatten());
    reader.join().unwrap();
    let said = String::from_utf8_lossy(&said).into_owned();
    assert!(running.wait().unwrap().success(), "{said}");
    Some((desk, said))
}

#[test]
#[expect(clippy::print_stderr, reason = "whoever runs the tests is told what was not tried")]
fn on_a_terminal_zone_language_and_country_are_asked_for() {
    let (language, zone) = ("language, en or zh-CN (en)", "时区（");
    let Some((desk, _)) = asked(
        "",
        &[
            (language, Some("xx")),
            ("“xx” is not a known language", None),
            (language, Some("zh")),
            (zone, Some("Europe/Berlim")),
            ("Europe/Berlin？", None),
            (zone, Some("Europe/Berlin")),
            ("节假日所属国家", Some("de")),
            ("国家 DE：", None),
        ],
    ) else {
        eprintln!("not tried: the program script, which gives docket a terminal, is not installed");
        return;
    };
    let settings = desk.read("docket.yaml");
    assert!(settings.contains("timezone: Europe/Berlin\n") && settings.contains("locale: zh-CN\n"));
    assert!(!desk.read("policy/calendar.yaml").contains("国庆节"));
    // what was told is not asked for, and an empty answer takes what the machine says
    let country = "country of the holidays";
    let (desk, said) = asked("--lang en --timezone UTC", &[(country, Some("cn"))]).unwrap();
    assert!(!said.contains("language, en") && said.contains("country CN: holidays of"), "{said}");
    assert!(desk.read("policy/calendar.yaml").contains("国庆节"));
    let answers = [(language, Some("")), ("time zone (", Some("")), (country, Some(""))];
    let (_, said) = asked("", &answers).unwrap();
    assert!(said.contains("time zone Asia/Shanghai, language en, country CN"), "{said}");
}

const BANK_HOLIDAYS: &str = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261225\r\n\
    SUMMARY:Christmas Day\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260504\r\n\
    SUMMARY:Early May bank holiday\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\n\
    DTSTART;VALUE=DATE:20270101\r\nSUMMARY:New Year\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

#[test]
fn a_desk_that_moves_to_another_country_is_told_what_its_holidays_are() {
    let desk = Desk::nowhere();
    let run = |time: &str, line: &str| desk.at(time).by("zhang").run(line).succeeds();
    run("08:00", "init --country DE --timezone Europe/Berlin --lang en");
    let set = "policy set docket.country CN --reason 'we moved'";
    let told = run("08:01", set);
    assert!(told.err().contains("docket calendar import --no-holidays 2026"), "{told}");
    run("08:02", "calendar import --no-holidays 2026");
    let told = run("08:03", &set.replace("CN", "AT"));
    assert!(told.err().contains("the holidays of 2026 stay as they are"), "{told}");
    let told = run("08:04", "policy set docket.name Desk --reason 'a name'");
    assert!(!told.err().contains("holidays"), "{told}");
    desk.is_honest();
}

#[test]
fn holidays_that_are_imported_fill_unknown_years_and_are_listed() {
    let (desk, _) = made_in("Europe/London", "init");
    let open = "open request 'New laptop' --channel email --customer ACME --name 'Ms Wang' \
        --reported r --need n";
    let id = desk.at("09:00").by("zhang").run(open).id();
    assert_eq!(desk.record(&id)["status"]["due"]["respond"], "unknown");
    // years that an earlier docket wrote without a day
    let calendar = desk.read("policy/calendar.yaml");
    let blank =
        "years:\n  2025:\n    source: []\n    off: {}\n  2026:\n    source: []\n    off: {}\n";
    desk.write("policy/calendar.yaml", calendar.replace("years: {}\n", blank));
    desk.git(["commit", "-qam", "blank years", "--author", "zhang <zhang@example.com>"]);

    std::fs::write(desk.home().join("uk.ics"), BANK_HOLIDAYS).unwrap();
    let import = "calendar import ../home/uk.ics";
    let said = desk.at("09:05").by("zhang").run(import).succeeds().out();
    for told in ["2026-12-25  Christmas Day", "2026-05-04  Early May", "2027-01-01"] {
        assert!(said.contains(told), "{told} in {said}");
    }
    assert!(desk.read("policy/calendar.yaml").contains("  2025:\n"), "what is there stays");
    desk.at("09:06").by("zhang").run(&format!("sla recompute {id}")).succeeds();
    assert_ne!(desk.record(&id)["status"]["due"]["respond"], "unknown");
    desk.is_honest();

    // the day that the calendar has not got is of a year that the file does not tell whole
    let again = desk.at("09:07").by("zhang").run(import);
    assert_eq!(again.status(), Some(1), "{again}");
    assert!(again.out().contains("2027-01-01"), "{again}");
}

#[test]
fn what_docket_writes_into_rules_of_another_shape_is_read_back() {
    for (path, line, shape) in [
        (
            "policy/people.yaml",
            "people add eve --name Eve --email eve@example.com --role agent",
            r#"{"people": [{"id": "zhang", "name": "zhang", "emails": ["zhang@example.com"],
                "roles": ["agent", "team_lead", "relationship_manager"], "unit": "desk",
                "active_from": "2026-11-23"}], "document": {"version": 1,
                "effective_on": "2026-11-23"}}"#,
        ),
        (
            "policy/people.yaml",
            "people add eve --name Eve --email eve@example.com --role agent",
            "\"people\":   # who\n    - {id: zhang, name: zhang, emails: [zhang@example.com],\n       \
             roles: [agent, team_lead, relationship_manager], active_from: 2026-11-23}\n\
             # behind\ndocument: {version: 1, effective_on: 2026-11-23}\n",
        ),
        (
            "policy/calendar.yaml",
            "calendar import ../home/uk.ics",
            "years: {2025: {source: [x], days_off: {}}}\nweek: {monday: ['09:00-17:00'], tuesday: [],\n  \
             wednesday: [], thursday: [], friday: [], saturday: [], sunday: []}\n\
             document: {version: 1, effective_on: 2026-11-23}\n",
        ),
    ] {
        let (desk, _) = made_in("Europe/London", "init");
        std::fs::write(desk.home().join("uk.ics"), BANK_HOLIDAYS).unwrap();
        desk.write(path, shape);
        desk.git(["commit", "-qam", "another shape", "--author", "zhang <zhang@example.com>"]);
        desk.at("09:05").by("zhang").run(line).succeeds();
        desk.at("09:06").by("zhang").run("policy check --lang en").says("policy files: clean");
        let text = desk.read(path);
        assert!(!shape.contains("# behind") || text.contains("# behind"), "{text}");
        desk.is_honest();
    }
}

#[test]
fn half_days_are_worked_and_days_that_mean_nothing_are_found() {
    let desk = Desk::new();
    let calendar = desk.read("policy/calendar.yaml");
    let (before, after) = calendar.rsplit_once("    work:\n").unwrap();
    let days = "      2026-11-24: [\"09:00-10:00\"]\n      2026-11-25: make-up day\n      \
                2026-11-28: 00:00-23:59\n";
    desk.write("policy/calendar.yaml", format!("{before}    work:\n{days}{after}"));
    let check = desk.at("09:00").by("zhang").run("policy check --lang en");
    assert_eq!(check.status(), Some(1), "{check}");
    assert_eq!(check.out().matches("warning A43").count(), 2, "{check}");
    for told in ["2026-11-25 under work", "2026-11-28 ends at 23:59"] {
        assert!(check.out().contains(told), "{check}");
    }
    desk.git(["commit", "-qam", "days", "--author", "zhang <zhang@example.com>"]);
    let month = desk.at("09:00").by("chen").run("calendar show --month 2026-11").out();
    assert!(month.contains("09:00–10:00"), "{month}");
    // four working hours from Monday 17:00: one on Monday, one on the half day, two on Wednesday
    let open = "open request 'New laptop' --channel email --customer ACME --name 'Ms Wang' \
        --reported r --need n";
    let id = desk.at("17:00").by("chen").run(open).id();
    assert_eq!(desk.record(&id)["status"]["due"]["ack"], "2026-11-25T11:00:00+08:00");
}
