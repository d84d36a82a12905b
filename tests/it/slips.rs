//! Slips of every kind, each answered with what would be right: the values that there are, or a command
//! that works there for whoever typed it.

use std::collections::BTreeSet;

use crate::{
    desk::{DAY, Desk},
    hints::advised,
};

/// What is missing of a request behind its kind and title.
const REST: &str = "--channel phone --customer ACME --name 'Ms Wang' --reported r --need n";

#[test]
fn words_that_people_try_are_answered_with_the_verb() {
    let desk = Desk::nowhere();
    for (tried, verb) in [
        ("assign 7k3qx --to li", "docket route"),
        ("done 7k3qx", "docket resolve"),
        ("edit 7k3qx", "docket update"),
        ("status", "docket shows today's board"),
        ("new fault x", "docket open"),
        ("create", "docket open"),
        ("ls", "docket list"),
        ("view 7k3qx", "docket show"),
        ("start 7k3qx", "docket accept"),
        ("stop 7k3qx", "docket hold"),
        ("finish 7k3qx", "docket resolve"),
        ("delete 7k3qx", "docket cancel"),
        ("people remove li", "docket people retire"),
        ("登记", "docket open"),
        ("受理 7k3qx", "docket ack"),
        ("转派 7k3qx", "docket route"),
        ("接单 7k3qx", "docket accept"),
        ("首次回复 7k3qx", "docket respond"),
        ("处理完毕 7k3qx", "docket resolve"),
        ("回访确认 7k3qx", "docket confirm"),
        ("关闭 7k3qx", "docket close"),
        ("满意度调查", "docket survey"),
    ] {
        desk.at("09:00").run(&format!("{tried} --lang en")).usage("no command").and(verb);
        let ran = desk.at("09:00").run(&format!("{tried} --lang zh-CN")).usage("没有命令");
        assert!(ran.err().contains(verb.split(" shows").next().unwrap()), "{ran}");
    }
    desk.at("09:00")
        .run("contact nonsense --lang en")
        .usage("one of: list, show, add, change, erase, merge");
}

#[test]
fn a_refused_value_lists_those_that_there_are_in_the_language_of_the_person() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    for (who, words, english, chinese) in [
        (
            "chen",
            "list --state opn",
            "unfinished, open, acknowledged",
            "未完结 unfinished、已登记 open",
        ),
        ("chen", "list --kind 毛病", "request, fault, change", "服务请求 request、故障 fault"),
        ("chen", "list --category nope", "network, hardware", "网络 network"),
        ("chen", "list --unit nowhere", "network (", " network"),
        ("chen", "list --channel pigeon", "hotline, phone, email", "热线 hotline、电话 phone"),
        ("chen", "list --assignee nobody", "chen (陈静), li (李雷)", "陈静 chen、李雷 li"),
        ("chen", "list --sort dues", "received, due, updated", "接收时间 received"),
        ("chen", "open foo x", "request, fault, change", "服务请求 request"),
        ("chen", "open request x REST --category nope", "network, hardware", "网络 network"),
        ("chen", "open request x REST --for nobody", "wu (Wu Gang)", "Wu Gang wu"),
        ("chen", "update ID --mood sad", "calm, uneasy", "平静 calm"),
        ("chen", "update ID --progress half", "contacted, plan_proposed", "contacted、"),
        ("chen", "update ID --major nope --reason x", "fire, security", "火灾 fire"),
        (
            "chen",
            "update ID --contact 'Ms Wang' --note x --follow-up nobody",
            "li (李雷)",
            "李雷 li",
        ),
        ("chen", "escalate ID --to nobody --reason x --method phone", "zhang", "zhang"),
        (
            "chen",
            "escalate ID --to zhang --reason x --method monitoring",
            "hotline, phone",
            "电话 phone",
        ),
        ("chen", "route ID --to wu --unit nowhere --reason x", "systems (", " systems"),
        ("li", "resolve ID --result x --cause y --code nope", "fixed, workaround", "fixed、"),
        (
            "li",
            "hold ID --reason lunch --resume-by +1h --evidence x",
            "waiting_customer",
            "waiting_customer",
        ),
        ("zhang", "people change nobody --unit desk", "wu (Wu Gang)", "Wu Gang wu"),
        ("zhang", "people change li --unit xx", "network (", " network"),
        (
            "zhang",
            "people add bob --name B --email b@x --role boss",
            "agent, engineer",
            "服务台人员 agent",
        ),
        ("chen", "report foo", "docket report --list", "docket report --list"),
        ("chen", "report kpi --explain foo", "docket report kpi", "docket report kpi"),
        ("chen", "check --fail-on bad", "error, warning, note", "error、warning、note"),
        ("chen", "list --lang fr", "en, zh-CN", "en, zh-CN"),
        ("chen", "due --within soon", "90m, 2h", "90m、2h"),
        ("chen", "report kpi --month 13", "--month 2026-11", "--month 2026-11"),
        ("chen", "list --from 2026-11-20 --to 2026-11-01", "earlier time first", "较早的时间在前"),
        ("zhang", "people add Z --name x --email y@z --role agent", "small letters", "小写字母"),
    ] {
        let words = words.replace("ID", &id).replace("REST", REST);
        for (lang, listed) in [("en", english), ("zh-CN", chinese)] {
            let line = if words.contains("--lang") {
                words.clone()
            } else {
                format!("{words} --lang {lang}")
            };
            let ran = desk.at("10:30").by(who).run(&line);
            assert!(matches!(ran.status(), Some(1 | 2)), "{ran}");
            assert!(ran.err().contains(listed), "no “{listed}” in {ran}");
            let hinted = ran.err().contains("hint: ") || ran.err().contains("提示：");
            assert!(hinted, "{ran}");
        }
    }
}

#[test]
fn people_and_units_are_called_by_id_by_name_or_by_the_beginning_of_either() {
    let desk = Desk::new();
    let id = desk.fault_in("acknowledged");
    let add =
        "people add lin --name '林 Lin' --email lin@example.com --role engineer --unit systems";
    desk.at("08:30").by("zhang").run(add).succeeds();
    for (time, given, person) in [
        ("09:30", "李雷", "li"),
        ("09:31", "wu", "wu"),
        ("09:32", "李", "li"),
        ("09:33", "Wu G", "wu"),
        ("09:34", "LI", "li"),
        ("09:35", "gang", "wu"),
        ("09:36", "lin@example.com", "lin"),
        ("09:37", "me", "chen"),
    ] {
        let route = format!("route {id} --to '{given}' --unit Netw --reason x");
        desk.at(time).by("chen").run(&route).succeeds();
        let status = &desk.record(&id)["status"];
        assert_eq!(status["assignee"], person, "{given}");
        assert_eq!(status["unit"], "network", "{given}");
    }
    desk.at("09:40").run("list --assignee 陈静 --unit network").says(&id);
    let wen = "people add wen --name 'Wen Gao' --email wen@example.com --role engineer --unit desk";
    desk.at("09:41").by("zhang").run(wen).succeeds();
    for (lang, told) in
        [("en", "“w” may be wu (Wu Gang) or wen (Wen Gao)"), ("zh-CN", "Wu Gang wu、Wen Gao wen")]
    {
        let route = format!("route {id} --to w --reason x --lang {lang}");
        desk.at("09:42").by("chen").run(&route).refuses(told);
    }
    desk.at("09:43").by("zhang").run("people retire 'Wen Gao' --reason left").succeeds();
    desk.at("09:44").by("chen").run(&format!("route {id} --to w --reason x")).succeeds();
    desk.is_honest();
}

#[test]
fn times_that_make_no_sense_are_refused() {
    let desk = Desk::new();
    let open = |told: &str| {
        let line = format!("open fault x {REST} --category network --site x {told} --lang en");
        desk.at("10:00").by("chen").run(&line)
    };
    open("--expected-by 09:30")
        .refuses("--expected-by: 2026-11-23 09:30 is before")
        .and("--received-at");
    open("--expected-by none --received-at 09:50 --occurred-at 09:55")
        .refuses("is after the record");
    open("--expected-by 09:55 --received-at 09:50").succeeds();
    let id = open("--expected-by 5pm").id();
    assert_eq!(desk.record(&id)["intake"]["expected_by"], "2026-11-23T17:00:00+08:00");
    let run = |who: &str, words: &str| {
        desk.at("10:05").by(who).run(&format!("{} --lang en", words.replace("ID", &id)))
    };
    run("zhang", "amend ID --set expected_by=2026-11-20 --reason x").refuses("is before");
    run("chen", "ack ID --reply-by yesterday").refuses("must be in the future").and("+1h");
    run("chen", "ack ID -1h").usage("a time to come is written +1h");
    let promise = "promise ID 08:00 --to 'Ms Wang' --what x";
    run("chen", promise).refuses("TIME must be in the future").and("such as +1h or \"tomorrow");
    let zh = format!("{} --lang zh-CN", promise.replace("ID", &id));
    desk.at("10:05").by("chen").run(&zh).refuses("须晚于操作时间").and("如 +1h 或 \"明天 10:00\"");
    run("chen", "ack ID --reply-by 12/1").usage("write 12-01 or 01-12");
    run("chen", "ack ID --reply-by +1h --at 2h").usage("write -2h or +2h").and("docket help times");
    run("chen", "ack ID --reply-by 'in 90 min'").succeeds();
    run("chen", "route ID --to li --reason x").succeeds();
    run("li", "accept ID --respond-by 上午11点半").succeeds();
    run("li", "hold ID --reason waiting_customer --resume-by 'monday 11:00' --evidence x")
        .usage("write 2026-11-23 11:00 or 2026-11-30 11:00");
}

#[test]
fn a_hint_names_the_people_the_units_and_the_options_that_there_are() {
    let desk = Desk::new();
    let add = "people add boss --name 'Big Boss' --email boss@example.com --role engineer";
    desk.at("08:30").by("zhang").run(add).succeeds();
    let id = desk.fault_in("acknowledged");
    for (who, words, english, chinese) in [
        (
            "chen",
            "route ID --to boss --reason x",
            "--unit UNIT; one of: desk (",
            "--unit 单位；可用：",
        ),
        ("chen", "escalate ID --to chen --reason x --method phone", "people list", "people list"),
        ("chen", "escalate ID --to li --reason x --method phone", "zhang", "zhang"),
        ("li", "close ID", "zhang, chen (陈静)", "zhang、陈静 chen"),
        ("chen", "ack -e x", "its options: --reply-by, --answered", "可用的选项：--reply-by、"),
        ("chen", "call -x", "its options: -c --customer, -n --name", "-c --customer、"),
        ("chen", "close -W", "did you mean --with", "是否指 --with"),
        ("chen", "resume --bogus", "see docket resume --help", "详见 docket resume --help"),
        ("chen", "handover --bogus", "its options: --", "可用的选项：--"),
        ("chen", "frobnicate", "docket call logs a call", "docket call 登记来电"),
        (
            "zhang",
            "people add",
            "id (ID), name (--name), e-mails (--email), roles (--role)",
            "角色（--role）",
        ),
        ("zhang", "people add --name x", "id (ID), e-mails (--email)", "编号、邮箱（--email）"),
        ("zhang", "calendar import nofile.json", "current directory", "当前目录"),
    ] {
        for (lang, told) in [("en", english), ("zh-CN", chinese)] {
            let line = format!("{} --lang {lang}", words.replace("ID", &id));
            let ran = desk.at("10:30").by(who).run(&line);
            assert!(matches!(ran.status(), Some(1..=3)), "{ran}");
            assert!(ran.err().contains(told), "no “{told}” in {ran}");
        }
    }
}

#[test]
fn contacts_of_one_name_are_told_apart_by_a_command_that_can_be_typed() {
    let desk = Desk::new();
    desk.fault();
    let other = format!("open request x {REST} --category account --site y --lang en");
    let other = other.replace("ACME", "Globex");
    desk.at("09:05").by("chen").run(&other).succeeds();
    for (lang, told) in
        [("en", "the contact's id: docket contact show C-"), ("zh-CN", "docket contact show C-")]
    {
        let ran =
            desk.at("09:10").run(&format!("contact show 'Ms Wang' --lang {lang}")).refuses(told);
        assert!(!ran.err().contains("--namesake"), "{ran}");
        let hint = ran.err().split("docket contact show ").nth(1).unwrap().trim().to_owned();
        desk.at("09:11").run(&format!("contact show {hint}")).says("Ms W**");
    }
}

#[test]
fn a_missing_calendar_is_told_once_of_a_record_and_not_again_by_the_next_step() {
    let desk = Desk::new();
    let (told, still) = ("a due time is unknown", "still unknown");
    let open = format!("open request x {REST} --category account --site y --lang en");
    let ran = desk.at("2028-03-01 10:00").by("chen").run(&open).says(told);
    assert!(ran.out().lines().last().unwrap().starts_with(told), "{ran}");
    let id = ran.out().split_whitespace().nth(1).unwrap().to_owned();
    let ran = desk.at("2028-03-01 10:05").by("chen").run(&format!("ack {id} --reply-by +1h"));
    assert!(!ran.succeeds().out().contains("unknown"));
    let ran = desk.at("2028-03-01 10:06").by("chen").run(&format!("sla recompute {id}"));
    let ran = ran.says(still);
    assert!(!ran.out().contains("then run"), "{ran}");
}

/// States, and the day on which somebody tries a step.
const STATES: [(&str, &str); 11] = [
    ("open", DAY),
    ("acknowledged", DAY),
    ("routed", DAY),
    ("in_progress", DAY),
    ("pending", DAY),
    ("resolved", DAY),
    ("confirmed", DAY),
    ("closed", DAY),
    // it cannot be reopened any more
    ("closed", "2026-12-14"),
    ("cancelled", DAY),
    ("merged", DAY),
];

/// A step with everything that it needs.
const STEPS: [&str; 12] = [
    "ack ID --reply-by 18:00",
    "route ID --to li --reason r",
    "accept ID --respond-by 18:00",
    "return ID --reason r",
    "respond ID --note n",
    "hold ID --reason waiting_customer --resume-by 18:00 --evidence e",
    "resume ID",
    "resolve ID --result r --cause c --code fixed",
    "confirm ID --with 'Ms Wang' --satisfaction 4",
    "close ID",
    "reopen ID --reason r",
    "extend ID --plan p --until +3d --consent 'Ms Wang' --method phone",
];

#[test]
fn a_step_that_is_refused_names_one_that_is_allowed_and_who_may_take_it() {
    let (mut tried, mut faults) = (BTreeSet::new(), Vec::new());
    for (state, day) in STATES {
        let desk = Desk::new();
        let id = desk.fault_in(state);
        let head = desk.head();
        let (now, later) = (format!("{day} 10:30"), format!("{day} 10:40"));
        for (who, step) in ["chen", "li", "wu"].iter().flat_map(|who| STEPS.map(|it| (who, it))) {
            let line = step.replace("ID", &id);
            for lang in ["en", "zh-CN"] {
                let ran = desk.at(&now).by(who).env("DOCKET_LANG", lang).run(&line);
                if ran.status() == Some(0) {
                    desk.git(["reset", "-q", "--hard", &head]);
                    break;
                }
                let advice = advised(&ran.err(), who, &line);
                assert!(ran.status() == Some(1) && !advice.is_empty(), "nothing helps: {ran}");
                for advice in advice {
                    if tried.insert((state, day, advice.clone())) {
                        let why = advice.fails(&desk, &later);
                        faults.extend(why.map(|why| format!("{state} on {day}: {ran}{why}")));
                    }
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(tried.len() > 50, "{}", tried.len());
}
