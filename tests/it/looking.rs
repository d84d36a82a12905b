//! Looking: lists, one record, contacts, tables, two languages, reports.

use std::collections::BTreeSet;

use serde_json::Value;
use unicode_width::UnicodeWidthStr as _;

use crate::{
    desk::{Desk, FAULT, REQUEST},
    sample::{NOW, SAMPLE},
};

const ZH_FAULT: &str = "open --kind 故障 --title 三楼打印机无法打印 --channel 热线 --customer 宏远商贸 \
    --name 王敏 --phone 13912345678 --reported 一直卡纸 --need 尽快恢复 --category 电脑与打印机 \
    --expected-by 17:00";

/// Ids of a list, in its order.
fn ids(desk: &Desk, words: &str) -> Vec<String> {
    let out = desk.at("12:00").by("chen").run(&format!("list --quiet {words}")).succeeds().out();
    out.lines().map(str::to_owned).collect()
}

#[test]
fn a_list_is_filtered_by_every_flag() {
    let desk = Desk::new();
    let routed = desk.fault_in("routed");
    let request = desk.request();
    let closed = desk.fault_in("closed");
    let zh = desk.at("11:00").by("zhang").run(&format!("{ZH_FAULT} --stops-work yes")).id();
    let sorted = |mut ids: Vec<String>| {
        ids.sort_unstable();
        ids
    };
    for (words, expected) in [
        ("", vec![&routed, &request, &zh]),
        ("--all", vec![&routed, &request, &closed, &zh]),
        ("--state closed", vec![&closed]),
        ("--state unfinished", vec![&routed, &request, &zh]),
        ("--state open --state routed", vec![&routed, &request, &zh]),
        ("--state 已转派", vec![&routed]),
        ("--kind request", vec![&request]),
        ("--kind 故障", vec![&routed, &zh]),
        ("--level urgent", vec![&zh]),
        ("--unit network", vec![&routed]),
        ("--assignee li --all", vec![&routed, &closed]),
        ("--assignee me", vec![]),
        ("--owner zhang", vec![&zh]),
        ("--owner me", vec![&routed, &request]),
        ("--mine", vec![&routed, &request]),
        ("--customer ACME", vec![&routed]),
        ("--customer 宏远", vec![&zh]),
        ("--channel email", vec![&request]),
        ("--channel 热线", vec![&routed, &zh]),
        ("--category account", vec![&request]),
        ("--category 账号与权限", vec![&request]),
        ("--from 10:00", vec![&zh]),
        ("--to 10:00", vec![&routed, &request]),
        ("--from 2026-11-23 --to 2026-11-23", vec![&routed, &request, &zh]),
        ("--from 2026-11-24", vec![]),
        ("--overdue", vec![&routed, &zh]),
    ] {
        let expected: Vec<_> = expected.into_iter().cloned().collect();
        assert_eq!(sorted(ids(&desk, words)), sorted(expected), "list {words}");
    }
}

#[test]
fn a_list_is_sorted_and_cut() {
    let desk = Desk::new();
    let first = desk.fault();
    let second = desk.at("10:00").by("chen").run(REQUEST).id();
    let line = format!("{FAULT} --stops-work yes").replace("ACME", "Zeta");
    let third = desk.at("11:00").by("chen").run(&line).id();
    desk.at("11:30").by("chen").run(&format!("update {first} --note x")).succeeds();
    for (sort, expected) in [
        ("received", [&third, &second, &first]),
        ("updated", [&first, &third, &second]),
        ("priority", [&third, &second, &first]),
        ("customer", [&first, &second, &third]),
    ] {
        let expected = expected.map(String::clone);
        assert_eq!(ids(&desk, &format!("--sort {sort}")), expected, "by {sort}");
    }
    assert_eq!(ids(&desk, "--sort due")[0], third);
    assert_eq!(ids(&desk, "--limit 1"), [third]);
    desk.at("12:00").run("list --limit 1").succeeds().and("1 of 3 shown");
}

#[test]
fn overdue_is_what_a_list_marks_as_late_and_due_sorts_by_the_time_it_shows() {
    let out = |line: &str| SAMPLE.at(NOW).run(line).succeeds().out();
    let first = |text: &str| -> BTreeSet<String> {
        text.lines().filter_map(|line| line.split([' ', ',']).next()).map(str::to_owned).collect()
    };
    let listed = out("list --limit 0");
    let late: Vec<&str> = listed.lines().filter(|line| line.contains('✗')).collect();
    assert!(!late.is_empty());
    assert_eq!(first(&out("list --overdue --limit 0 --quiet")), first(&late.join("\n")));

    // by a column that a spreadsheet has as well
    let csv = out("list --all --sort due --limit 0 --csv");
    let dues: Vec<&str> = csv.lines().skip(1).map(|row| row.split(',').nth(6).unwrap()).collect();
    let known = dues.iter().take_while(|due| !due.is_empty()).count();
    assert!(
        known > 2 && dues[..known].is_sorted() && dues[known..].iter().all(|due| due.is_empty())
    );
    let some = out(&format!("list --all --sort due --limit {} --quiet", known + 3));
    let all = out("list --all --sort due --limit 0 --quiet");
    assert!(all.starts_with(&some) && some.lines().count() == known + 3, "{some}");
    assert!(all.starts_with(&out("list --sort due --limit 3 --quiet")));
}

#[test]
fn a_list_speaks_to_programs() {
    let desk = Desk::new();
    let formula = FAULT.replace("'Switch on floor 3 is down'", "'=HYPERLINK(1)'");
    let (one, two) = (desk.at("09:00").by("chen").run(&formula).id(), desk.request());

    let listed = desk.at("10:00").run("list --json").json();
    assert_eq!((&listed["format"], &listed["total"]), (&1.into(), &2.into()));
    for record in listed["records"].as_array().unwrap() {
        for part in ["id", "intake", "status", "history"] {
            assert!(!record[part].is_null(), "{part}");
        }
    }
    let lines = desk.at("10:00").run("list --jsonl").succeeds().out();
    let parsed: Vec<Value> = lines.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(parsed.len(), 2);
    assert!(parsed.iter().all(|record| record["format"] == 1));

    let csv = desk.at("10:00").run("list --csv").succeeds().out();
    assert!(csv.starts_with("id,state,kind,"), "{csv}");
    let row = csv.lines().find(|line| line.starts_with(&one)).unwrap();
    assert!(row.split(',').any(|cell| cell == "'=HYPERLINK(1)"), "{row}");
    assert!(csv.lines().any(|line| line.starts_with(&two)));
    for out in [listed.to_string(), lines, csv] {
        for personal in ["Ms Wang", "13812341234", "ray@globex.example"] {
            assert!(!out.contains(personal), "{personal} in {out}");
        }
    }
    desk.at("10:00").run("list --csv --jsonl").usage("cannot be used with");
    let both = desk.at("10:00").run("list --csv --json").json();
    assert_eq!(both, listed, "--json is the same everywhere, whatever else is asked");
}

#[test]
fn an_empty_list_says_so_and_is_valid_everywhere() {
    let desk = Desk::new();
    desk.at("10:00").run("list").succeeds().and("nothing found");
    assert_eq!(desk.at("10:00").run("list --json").json()["total"], 0);
    assert_eq!(desk.at("10:00").run("list --jsonl").succeeds().out(), "");
    assert_eq!(desk.at("10:00").run("list --csv").succeeds().out().lines().count(), 1);
}

#[test]
fn personal_data_is_masked_unless_revealed() {
    let desk = Desk::new();
    let id = desk.fault();
    for line in [
        format!("show {id}"),
        format!("show {id} --json"),
        "contact list".to_owned(),
        "contact list --json".to_owned(),
        "contact show 13812341234".to_owned(),
        format!("report request {id}"),
    ] {
        let ran = desk.at("10:00").run(&line).succeeds();
        assert!(ran.out().replace('\\', "").contains("138****1234"), "{ran}");
        assert!(!ran.out().contains("13812341234") && !ran.out().contains("Wang"), "{ran}");
        let line = format!("{line} --reveal");
        desk.at("10:00").run(&line).says("13812341234").says("Ms Wang");
    }
    desk.at("10:00").run(&format!("phone {id}")).says("13812341234");
    let request = desk.request();
    desk.at("10:00").run(&format!("phone {request}")).refuses("no phone number");
}

#[test]
fn a_contact_is_found_by_id_name_and_phone_and_merged() {
    let desk = Desk::new();
    let id = desk.fault();
    let line = FAULT.replace("'Ms Wang' --phone 13812341234", "'Wang Min' --phone 020-555666");
    let twin = desk.at("09:30").by("chen").run(&line).id();
    let contact = |id: &str| desk.record(id)["intake"]["contact"].as_str().unwrap().to_owned();
    let (old, new) = (contact(&twin), contact(&id));
    assert_ne!(old, new);
    for name in ["Ms Wang", "Ms W", "138 1234 1234", &new, &new.to_lowercase()] {
        desk.at("10:00").run(["contact", "show", name]).says(&new).says(&id);
    }
    desk.at("10:00").run("contact show 'Ms Wong'").refuses("no contact").and(&new);

    let before = desk.commits();
    let line = format!("contact merge {old} --into {new}");
    desk.at("10:00").by("li").run(&line).refuses("not allowed");
    desk.at("10:00").by("chen").run(&line).succeeds();
    assert_eq!((desk.commits(), desk.status().as_str()), (before + 1, ""));
    desk.at("10:10").run(["contact", "show", &old]).says(&new);
    let listed = desk.at("10:10").run("contact list").succeeds().out();
    assert!(!listed.contains(&old), "{listed}");
    let line = format!("contact merge {new} --into {new}");
    desk.at("10:00").by("chen").run(&line).refuses("same");
}

#[test]
fn a_known_person_is_one_contact_and_fills_the_customers_side() {
    let desk = Desk::new();
    let first = desk.fault();
    let line = "open request 'Second matter' --channel phone --caller 138-1234-1234 \
        --reported more --need help --category account";
    let second = desk.at("09:30").by("chen").run(line).id();
    let record = desk.record(&second);
    assert_eq!(record["intake"]["customer"], "ACME");
    assert_eq!(record["intake"]["contact"], desk.record(&first)["intake"]["contact"]);
    let line = line.replace("138-1234-1234", "Nobody");
    desk.at("09:40").by("chen").run(&line).refuses("no contact “Nobody”");
    desk.at("09:45").by("chen").run(FAULT).says("possible duplicate").says(&first);
}

#[test]
fn one_record_is_shown_with_clocks_and_history_and_as_of_a_revision() {
    let desk = Desk::new();
    let id = desk.fault();
    let opened = desk.head();
    desk.at("09:10").by("chen").run(&format!("ack {id} --reply-by +1h")).succeeds();
    desk.at("10:00")
        .run(&format!("show {id}"))
        .says("acknowledged")
        .says("nobody can log in")
        .says("everybody works again")
        .says("2026-11-24 09:00");
    desk.at("10:00").run(&format!("show {id} --as-of {opened}")).says("open");
    let then = desk.at("10:00").run(&format!("show {id} --as-of {opened} --json")).json();
    assert_eq!(then["status"]["state"], "open");
    let log = desk.at("10:00").run(&format!("log {id}")).says("ack ").out();
    assert!(log.contains(&desk.head()[..7]), "{log}");
    let log = desk.at("10:00").run(&format!("log {id} --json")).json();
    assert_eq!(log["commits"].as_array().unwrap().len(), 2);
}

#[test]
fn the_board_shows_what_waits_and_what_is_late() {
    let desk = Desk::new();
    desk.at("09:00").by("chen").run("").says("nothing to do");
    let id = desk.fault_in("in_progress");
    let other = desk.request();
    let mine = desk.at("12:00").by("li").run("--json").json();
    let has = |part: &Value, id: &str| part.as_array().unwrap().iter().any(|r| r["id"] == *id);
    assert!(has(&mine["waits_for_me"], &id) && !has(&mine["waits_for_me"], &other));
    assert!(has(&mine["late"], &id), "promised to reply by 10:30");
    let desks = desk.at("12:00").by("chen").run("--json").json();
    assert!(has(&desks["waits_for_me"], &other) && has(&desks["untaken"], &other));
    desk.at("12:00").by("li").run("").says(&id);
}

#[test]
fn what_is_solved_waits_for_those_who_can_confirm_it() {
    let desk = Desk::new();
    let id = desk.request();
    desk.at("09:10").by("chen").run(&format!("ack {id} --reply-by +1h")).succeeds();
    let line = format!("resolve {id} --result 'reset it' --cause 'forgotten' --code fulfilled");
    desk.at("09:20").by("chen").run(&line).succeeds();
    let waits = |who: &str| {
        let board = desk.at("09:30").by(who).run("--json").json();
        !board["waits_for_me"].as_array().unwrap().is_empty()
    };
    assert!(!waits("chen"), "it is chen's own work");
    assert!(waits("zhang") && !waits("li"), "zhang can confirm it, li is not of the desk");
    desk.at("09:30").by("zhang").run("").says("call back");
    let due = desk.at("09:30").run("due --json").json();
    let duties =
        || due["due"].as_array().unwrap().iter().map(|task| task["what"].as_str().unwrap());
    assert!(duties().any(|what| what == "call_back") && !duties().any(|what| what == "contact"));

    let line = format!("confirm {id} --with 'Ms Wang' --satisfaction 4");
    desk.at("09:40").by("zhang").run(&line).succeeds();
    let board = desk.at("09:45").by("chen").run("").says("close").out();
    assert!(!board.contains("update the customer"), "{board}");
    let due = desk.at("09:45").run("due --json").json();
    assert!(due["due"].as_array().unwrap().iter().all(|task| task["what"] != "contact"), "{due}");
}

#[test]
fn values_are_understood_in_chinese_and_full_width() {
    let desk = Desk::new();
    let id = desk.at("09:00").by("chen").run(ZH_FAULT).id();
    let intake = &desk.record(&id)["intake"];
    assert_eq!((&intake["kind"], &intake["channel"]), (&"fault".into(), &"hotline".into()));
    assert_eq!(intake["category"], "hardware");
    for (who, line) in [
        ("chen", "ack ID --reply-by ＋１h --method 电话"),
        ("chen", "route ID --to wu --reason 需现场处理"),
        ("wu", "accept ID --respond-by １１：３０"),
        ("wu", "update ID --progress 实施中 --phase 分析 --mood 平静"),
        ("wu", "resolve ID --result 已更换 --cause 老化 --code 已修复"),
        ("chen", "confirm ID --with 王敏 --satisfaction 满意 --method 电话"),
        ("chen", "close ID"),
        ("chen", "survey record ID --satisfaction ５ --by 王敏"),
    ] {
        let line = line.replace("ID", &id);
        let line = line.replace("--phase 分析", "--phase 需求分析");
        desk.at("10:00").by(who).run(&line).succeeds();
    }
    let status = &desk.record(&id)["status"];
    assert_eq!(status["confirmation"]["satisfaction"], "satisfied");
    assert_eq!(status["survey"]["satisfaction"], "very_satisfied");
    assert_eq!(status["resolution"]["code"], "fixed");
    let tail: String = id
        .chars()
        .map(|c| match c {
            '!'..='~' => char::from_u32(u32::from(c) + 0xfee0).unwrap(),
            other => other,
        })
        .collect();
    desk.at("10:10").run(["show", &tail]).says(&id);
}

#[test]
fn answers_and_refusals_speak_chinese() {
    let desk = Desk::new();
    let id = desk.at("09:00").by("chen").run(ZH_FAULT).id();
    desk.at("09:10").run("list --lang zh-CN").says("编号").says("已登记").says("故障");
    desk.at("09:10").run(&format!("show {id} --lang zh-CN")).says("客户原话").says("客户需求");
    desk.at("09:10")
        .by("chen")
        .run(&format!("close {id} --lang zh-CN"))
        .refuses("错误")
        .and("提示");
    let line = format!("ack {id} --reply-by +1h --lang zh-CN");
    desk.at("09:10").by("chen").run(&line).says("已受理");
    desk.at("09:10").by("chen").run(&format!("route {id} --lang zh-CN")).usage("还缺");
    desk.at("09:10").run("list --lang fr").usage("zh-CN");

    let zh = Desk::nowhere();
    zh.at("08:00").by("zhang").run("init --lang zh-CN").succeeds();
    zh.at("08:10").by("zhang").run("").says("服务台");
    zh.at("08:10").by("zhang").run("list").succeeds().and("没有");
}

#[test]
fn a_table_fits_eighty_columns_with_chinese_aligned() {
    let desk = Desk::new();
    desk.fault();
    desk.at("09:00").by("chen").run(ZH_FAULT).succeeds();
    let long = ZH_FAULT.replace("三楼打印机无法打印", &"很长的标题".repeat(20));
    desk.at("09:00").by("chen").run(&long).succeeds();
    for lang in ["en", "zh-CN"] {
        let line = format!("list --lang {lang}");
        let ran = desk.at("10:00").env("COLUMNS", "80").run(&line).succeeds();
        let out = ran.out();
        assert!(out.lines().all(|line| line.width() <= 80), "{ran}");
    }
    let out = desk.at("10:00").run("list").succeeds().out();
    let column = |line: &str, text: &str| line.find(text).map(|at| line[..at].width());
    let rows: Vec<_> = out.lines().filter(|line| line.contains("R-26")).collect();
    let customers = [("Switch on", "ACME"), ("三楼打印机", "宏远商贸"), ("很长的", "宏远商贸")];
    let at: Vec<_> = customers
        .iter()
        .map(|(title, customer)| {
            let row = rows.iter().find(|row| row.contains(title)).unwrap();
            column(row, customer).unwrap()
        })
        .collect();
    assert!(at.iter().all(|column| *column == at[0]), "{at:?} in {out}");
    let titles: Vec<_> = customers
        .iter()
        .map(|(title, _)| rows.iter().find_map(|row| column(row, title)).unwrap())
        .collect();
    assert!(titles.iter().all(|column| *column == titles[0]), "{titles:?} in {out}");
}

#[test]
fn colour_is_for_terminals_and_obeys() {
    let desk = Desk::new();
    let id = desk.fault();
    let show = format!("show {id}");
    let coloured = |words: &str| desk.at("10:00").run(words).succeeds().out().contains('\u{1b}');
    assert!(!coloured(&show), "none in a pipe");
    assert!(coloured(&format!("{show} --color always")));
    assert!(!coloured(&format!("{show} --color never")));
    assert!(!coloured(&format!("{show} --json --color always")));
    let ran = desk.at("10:00").env("NO_COLOR", "1").run(&show).succeeds();
    assert!(!ran.out().contains('\u{1b}'), "{ran}");
}

#[test]
fn quiet_prints_the_id_alone() {
    let desk = Desk::new();
    let ran = desk.at("09:00").by("chen").run(&format!("{FAULT} --quiet")).succeeds();
    let id = ran.out().trim().to_owned();
    assert_eq!(ran.out(), format!("{id}\n"));
    assert_eq!(ran.err(), "");
    let line = format!("ack {id} --reply-by +1h -q");
    assert_eq!(desk.at("09:10").by("chen").run(&line).succeeds().out(), format!("{id}\n"));
}

#[test]
fn the_forms_have_the_names_of_the_documents() {
    let desk = Desk::new();
    let id = desk.fault_in("closed");
    for (line, heading) in [
        ("report register --lang zh-CN".to_owned(), "# 客户服务请求记录跟踪表\n"),
        (format!("report request {id} --lang zh-CN"), "# 客户服务请求报告\n"),
    ] {
        let out = desk.at("12:00").run(&line).says(&id).says("编制").out();
        assert!(out.starts_with(heading), "{out}");
    }
    let ran = desk.at("12:00").run("report register --month 2026-11 --lang en").says(&id);
    assert!(ran.out().starts_with("# "), "{ran}");
    let rows = ran.out().lines().filter(|line| line.starts_with("| R-")).count();
    assert_eq!(rows, 1, "{ran}");
    desk.at("12:00").run(&format!("report request {id} --lang en")).says("switch replaced");
    let out = desk.at("12:00").run("report register --month 2026-10").succeeds().out();
    assert!(!out.contains(&id), "{out}");
    desk.at("12:00").run("report register --month 11").usage("2026-11");
    desk.at("12:00").run("report request").usage("ID");
    desk.at("12:00").run("report --list").says("register").says("request");
}

#[test]
fn a_report_goes_to_a_file() {
    let desk = Desk::new();
    let id = desk.fault();
    desk.at("12:00").run("report register -o ../register.md").says("register.md");
    assert!(desk.read("../register.md").contains(&id));
    assert_eq!(desk.status(), "");
    desk.at("12:00")
        .run("report register -o /nowhere/x.md")
        .fails("/nowhere/x.md: No such file or directory (os error 2)\n");
}

#[test]
fn a_desk_has_its_own_template_and_a_broken_one_names_file_and_line() {
    let desk = Desk::new();
    let id = desk.fault();
    desk.commit("templates/en/request.md", "Our form for {{ record.id }}\n");
    let out = desk.at("12:00").run(&format!("report request {id}")).succeeds().out();
    assert_eq!(out, format!("Our form for {id}\n"));
    desk.commit("templates/en/request.md", "fine\n\n{% if record.id %}\nnever ended\n");
    desk.at("12:00")
        .run(&format!("report request {id}"))
        .fails("templates/en/request.md")
        .and("request.md:5:");
    for (slip, meant) in [("{{ record.titel }}", "title"), ("{{ organization }}", "organisation")] {
        desk.commit("templates/en/request.md", format!("fine\n{slip}\n"));
        let ran = desk.at("12:00").run(&format!("report request {id}"));
        ran.fails(":2:").and(&format!("did you mean {meant}")).and("--fields");
    }
    desk.commit("templates/en/request.md", "fine\n{{ record.colour }}\n");
    desk.at("12:00")
        .run(&format!("report request {id}"))
        .fails("templates/en/request.md")
        .and("request.md:2:")
        .and("colour");
    desk.at("12:00").run(&format!("report request {id} --lang zh-CN")).says(&id);
}

#[test]
fn text_of_strangers_stays_in_its_cell_of_the_report() {
    let desk = Desk::new();
    let line = FAULT.replace("'Switch on floor 3 is down'", "'a|b <script> [x](y) # z'");
    let id = desk.at("09:00").by("chen").run(&line).id();
    for line in ["report register".to_owned(), format!("report request {id}")] {
        let out = desk.at("10:00").run(&line).succeeds().out();
        assert!(!out.contains("<script>") && !out.contains("a|b"), "{out}");
        assert!(out.contains("a\\|b"), "{out}");
    }
}

#[test]
fn the_procedure_explains_itself() {
    let desk = Desk::nowhere();
    desk.at("09:00").run("help procedure").says("docket ack").says("docket survey");
    desk.at("09:00").run("help procedure --mermaid").says("open --> acknowledged: ack");
    desk.at("09:00").run("help procedure --lang zh-CN").says("已登记");
    desk.at("09:00").run("open --help").says("Example");
}

#[test]
fn an_offset_into_the_past_is_a_time_like_any_other() {
    let desk = Desk::new();
    let id = desk.fault();
    let line = format!("ack {id} --reply-by +1h --at -5m");
    desk.at("09:10").by("chen").run(&line).succeeds();
    assert_eq!(desk.trailer("Docket-At"), "2026-11-23T09:05:00+08:00");
    let reply = &desk.record(&id)["status"]["promises"][0]["due"];
    assert_eq!(reply, "2026-11-23T10:05:00+08:00", "counted from the step's own time");
}

#[test]
fn what_is_remembered_of_policy_is_never_the_truth() {
    let desk = Desk::new();
    let id = desk.fault();
    let explained = || desk.at("10:00").run(&format!("sla explain {id} --json")).succeeds().out();
    let before = explained();
    let kept = desk.read(".git/docket/policy");
    let digit = kept.replacen("\"minutes\":", "\"minutos\":", 1);
    let shorter = kept[..kept.len() / 2].to_owned();
    for damage in [String::new(), "\n".to_owned(), shorter, digit, kept.replace('1', "2")] {
        desk.write(".git/docket/policy", &damage);
        assert_eq!(explained(), before);
        assert_eq!(desk.read(".git/docket/policy"), kept, "renewed after {damage:.40}");
    }

    let levels = desk.read("policy/levels.yaml");
    let edited = levels.replacen("ack: 4wh", "ack: 1wh", 1);
    assert_ne!(edited, levels);
    desk.commit("policy/levels.yaml", &edited);
    let later = desk.at("10:05").by("chen").run(FAULT).id();
    let due = &desk.record(&later)["status"]["due"]["ack"];
    assert_eq!(due, "2026-11-23T11:05:00+08:00", "the commit's policy counts, not the kept one");
}

#[test]
fn what_was_known_at_a_time_is_the_same_whenever_it_is_asked_again() {
    let desk = Desk::new();
    let id = desk.fault();
    desk.at("09:20").by("chen").run(&format!("ack {id} --reply-by 10:00")).succeeds();
    let words = [
        format!("show {id} --as-of '2026-11-23 09:15'"),
        "list --all --as-of '2026-11-23 09:15'".to_owned(),
        "report register --as-of '2026-11-23 09:15'".to_owned(),
        "report kpi --as-of 2026-11-23T09:15:00+08:00".to_owned(),
        format!("report request {id} --as-of -15m"),
    ];
    let ask = |time: &str| {
        let answer = |words: &String| desk.at(time).run(words).succeeds().out();
        words[..4].iter().map(answer).collect::<Vec<_>>()
    };
    let then = ask("09:30");
    assert!(then[0].contains("open") && !then[0].contains("acknowledged chen"), "{}", then[0]);
    let ago = desk.at("09:30").run(&words[4]).succeeds().out();
    assert!(!ago.contains("reply by"), "{ago}");

    desk.at("2026-11-24 09:00").by("zhang").run(&format!("cancel {id} --mistake test")).succeeds();
    assert_eq!(ask("2026-12-02 09:00"), then);
    let revision = desk.git(["log", "--format=%h", "-1", "--grep=^open "]);
    let known =
        desk.at("2026-12-02 09:00").run("report register --as-of 2026-11-23T09:15:00+08:00");
    known.says(revision.trim());
    let first = desk.git(["rev-list", "--max-parents=0", "HEAD"]);
    let line = format!("list --all --as-of {}", first.trim());
    desk.at("2026-12-02 09:00").run(&line).succeeds().and("nothing found");

    desk.at("10:00").run("list --as-of '2026-11-20 09:00'").fails("there was no desk here yet");
    desk.at("10:00").run("list --as-of 2026-11-30").refuses("2026-11-30");
    desk.at("10:00").run("list --as-of nothing-like-it").fails("nothing-like-it");
    desk.at("10:00").run("list --as-of 2026-11-20 --lang zh-CN").fails("还没有服务台");
}
