//! Personal data in free text: found at every write, kept only with a reason, and passwords never.

use std::{collections::BTreeSet, fs, path::Path};

use crate::{
    desk::{Desk, REQUEST},
    import::{line, with},
    terminal::{BACK, ENTER, Typist},
};

const PHONE: &str = "13912345678";

/// A state, who acts, a command with `TEXT` where something is said, and the field that it becomes.
const TEXTS: &[(&str, &str, &str, &str)] = &[
    (
        "",
        "chen",
        "open request TEXT -c ACME --name Wang --phone 13812341234 --need x --reported y --channel hotline --category account",
        "title",
    ),
    (
        "",
        "chen",
        "open request Title -c ACME --name Wang --phone 13812341234 --need TEXT --reported y --channel hotline --category account",
        "need",
    ),
    (
        "",
        "chen",
        "open request Title -c ACME --name Wang --phone 13812341234 --need x --reported TEXT --channel hotline --category account",
        "reported",
    ),
    (
        "",
        "chen",
        "open request Title -c ACME --name Wang --phone 13812341234 --need x --reported y --channel hotline --category account --note TEXT",
        "note",
    ),
    (
        "",
        "chen",
        "open fault Title -c ACME --name Wang --phone 13812341234 --need x --reported y --channel hotline --category network --expected-by none --location TEXT",
        "location",
    ),
    (
        "",
        "chen",
        "remark 'Music too loud' -c ACME --name Wang --phone 13812341234 --reported y --soothed TEXT --wants-reply no --channel hotline",
        "soothed",
    ),
    (
        "",
        "zhang",
        "open complaint 'Too slow' -c ACME --name Wang --phone 13812341234 --against wu --form oral --need x --remedy TEXT --reported y --channel hotline --trigger direct",
        "remedy",
    ),
    (
        "",
        "chen",
        "open request Title -c TEXT --name Wang --phone 13812341234 --need x --reported y --channel hotline --category account",
        "customer",
    ),
    (
        "",
        "chen",
        "open request Title -c ACME --name Wang --phone 13812341234 --need x --reported y --channel hotline --category account --site TEXT",
        "site",
    ),
    (
        "",
        "chen",
        "open request Title -c ACME --name Wang --phone 13812341234 --need x --reported y --channel hotline --category account --ref TEXT",
        "reference",
    ),
    (
        "",
        "chen",
        "open request Title -c ACME --name Wang --phone 13812341234 --need x --reported y --channel other --category account --channel-text TEXT",
        "channel_text",
    ),
    (
        "",
        "chen",
        "open request Title -c ACME --name Wang --phone 13812341234 --need x --reported y --channel hotline --category account --expedite TEXT",
        "expedite",
    ),
    (
        "",
        "chen",
        "open request Title -c ACME --name Wang --phone 13812341234 --need x --reported y --channel hotline --category account --read-back TEXT",
        "read_back",
    ),
    (
        "",
        "chen",
        "open fault Title -c ACME --name Wang --phone 13812341234 --need x --reported y --channel hotline --category network --expected-by none --symptom TEXT",
        "symptom",
    ),
    (
        "",
        "zhang",
        "open complaint 'Too slow' -c ACME --name Wang --phone 13812341234 --against wu --form oral --need x --remedy z --reported y --channel hotline --trigger direct --complainant-role TEXT",
        "complainant_role",
    ),
    ("open", "chen", "ack ID --reply-by +1h --note TEXT", "note"),
    ("acknowledged", "chen", "route ID --to li --reason TEXT", "reason"),
    ("acknowledged", "chen", "respond ID --note TEXT", "note"),
    ("routed", "li", "accept ID --respond-by +3d --reason TEXT", "reason"),
    ("routed", "li", "return ID --reason TEXT", "reason"),
    ("in_progress", "li", "note ID TEXT", "note"),
    ("in_progress", "li", "note ID TEXT --internal", "note"),
    ("in_progress", "chen", "update ID --first-line TEXT", "first_line"),
    ("in_progress", "chen", "update ID --answer scope=TEXT", "answers"),
    ("in_progress", "chen", "promise ID +2h --to 'Ms Wang' --what TEXT", "what"),
    (
        "in_progress",
        "li",
        "hold ID --reason waiting_customer --resume-by +2h --evidence TEXT",
        "evidence",
    ),
    (
        "in_progress",
        "li",
        "extend ID --until +9d --plan TEXT --consent 'Ms Wang' --method phone",
        "plan",
    ),
    ("in_progress", "chen", "escalate ID --to zhang --reason TEXT --method phone", "reason"),
    ("in_progress", "chen", "handover ID --to zhang --reason TEXT", "reason"),
    ("in_progress", "li", "resolve ID --result TEXT --cause y --code fixed", "result"),
    ("in_progress", "li", "resolve ID --result x --cause TEXT --code fixed", "cause"),
    ("resolved", "chen", "confirm ID --with 'Ms Wang' --satisfaction 4 --comment TEXT", "comment"),
    ("resolved", "chen", "confirm ID --with 'Ms Wang' --satisfaction 1 --comment TEXT", "comment"),
    ("confirmed", "chen", "close ID --note TEXT", "note"),
    ("closed", "chen", "reopen ID --reason TEXT", "reason"),
    (
        "closed",
        "chen",
        "survey record ID --satisfaction 3 --by 'Ms Wang' --comment TEXT",
        "comment",
    ),
    ("open", "chen", "cancel ID --mistake TEXT", "mistake"),
    ("open", "chen", "amend ID --set title=TEXT --reason clearer", "set"),
    ("open", "chen", "amend ID --set customer=TEXT --reason clearer", "set"),
    ("open", "chen", "amend ID --set site=TEXT --reason clearer", "set"),
    ("open", "chen", "amend ID --set title=x --reason TEXT", "reason"),
    ("open", "chen", "amend ID --event 1 --note TEXT --reason clearer", "note"),
    ("open", "chen", "ack ID --reply-by +1h --at 09:10 --late-because TEXT", "late_because"),
];

#[test]
fn every_text_of_every_step_is_looked_at_and_kept_only_with_a_reason() {
    for (state, who, line, field) in TEXTS {
        let desk = Desk::new();
        let id = if state.is_empty() { String::new() } else { desk.fault_in(state) };
        let said = |text: &str| line.replace("ID", &id).replace("TEXT", &format!("'{text}'"));
        let phone = said(&format!("call {PHONE} please"));
        let ran = desk.at("10:30").by(who).run(&phone).refuses(&format!("{field}: contains"));
        let ran = ran.and("phone number").and("--contains-personal");
        assert!(!ran.err().contains(PHONE), "the value is repeated: {ran}");
        desk.at("10:30")
            .by(who)
            .run(&format!("{} --contains-personal 'asked for it'", said("password: Winter2026")))
            .refuses("contains a password");
        let kept = format!("{phone} --contains-personal 'the caller wants to be called'");
        desk.at("10:31").by(who).run(&kept).succeeds();
        let log = desk.git(["log", "-1", "--format=%B"]);
        assert!(log.contains("personal") && !log.contains(PHONE), "{log}");
        desk.is_honest();
    }
}

#[test]
fn what_is_taken_out_of_a_customers_name_is_nowhere() {
    let desk = Desk::new();
    let line = format!(
        "remark 'Music too loud' -c 'ACME {PHONE}' --name Wang --phone 13812341234 --reported y \
         --soothed z --wants-reply no --channel hotline --site 'gate 2, T{PHONE}' --ref {PHONE}"
    );
    let mut typist = Typist::at(desk.at("10:30").by("chen").command(&line), 80);
    let (status, screen) = typist.sees("stop, record nothing").types(format!("take{ENTER}")).end();
    assert_eq!(status, 0, "{screen}");
    assert!(!desk.git(["log", "-p", "--all"]).contains(PHONE));
    let listed = desk.git(["ls-files", "contacts"]);
    let contact = desk.read(listed.trim());
    assert!(contact.contains("customer: ACME [phone]"), "{contact}");
    desk.is_honest();
}

#[test]
fn a_number_that_another_system_gave_is_a_number_and_one_that_is_typed_may_be_a_phone() {
    let desk = Desk::new();
    with(
        &desk,
        &format!("{PHONE},I,2025-03-03 09:00,2025-03-03 09:05,new,Pier 3,Mr Sun,Slow,?,?,?\n"),
    );
    let ran = desk.at("11:00").by("zhang").run(&line(&desk));
    assert!(ran.out().contains("1 made") || ran.out().contains("1 record"), "{ran}");
    desk.at("11:01").run(&format!("list --all --ref {PHONE}")).says("Slow");
    desk.at("11:02").run("privacy scan").says("personal data in 0 texts");

    let open = format!("{REQUEST} --ref ask@acme.example");
    desk.at("11:03")
        .by("chen")
        .run(&open)
        .refuses("reference: contains personal data (e-mail address)");
    let id = desk.at("11:04").by("chen").run(&format!("{REQUEST} --ref INC-{PHONE}")).id();
    let keep = format!("{open} --contains-personal 'that is its number'");
    let id2 = desk.at("11:05").by("chen").run(&keep).id();
    let scan = desk.at("11:06").run("privacy scan").out();
    assert!(
        !scan.contains(&id)
            && scan.contains(&format!("{id2} event 1 customer's reference: e-mail")),
        "{scan}"
    );
    let redact = format!("redact {id2} --event 1 --field reference --reason 'not needed'");
    desk.at("11:07").by("zhang").run(&redact).succeeds();
    let shown = desk.at("11:08").run(&format!("show {id2}")).succeeds().out();
    assert!(!shown.contains("ask@acme.example") && shown.contains("[redacted]"), "{shown}");
    desk.is_honest();
}

#[test]
fn nobody_leaves_the_team_with_a_number_in_the_roster() {
    let desk = Desk::new();
    let retire = format!("people retire wu --reason 'moved, call {PHONE}'");
    desk.at("09:00").by("zhang").run(&retire).refuses("the reason contains personal data");
    assert!(!desk.read("policy/people.yaml").contains(PHONE));
}

#[test]
fn no_password_comes_into_the_rules_and_no_number_into_a_name_of_the_roster() {
    let desk = Desk::new();
    let by = |line: &str| desk.at("09:30").by("zhang").run(line);
    let set = "policy set docket.name 'Desk, password: Winter2026' --reason 'a new name'";
    let said = by(set).refuses("VALUE: contains a password, which is never kept");
    assert!(said.err().contains("write it without the password"), "{said}");
    for line in [
        "people add bo --name 'Bo 13812341234' --email bo@example.com --role agent",
        "people change chen --name 'Chen 13812341234'",
    ] {
        let said = by(line).refuses("--name: contains personal data");
        assert!(said.err().contains("write it without"), "{said}");
    }
    by("policy set docket.name 'Desk 400-810-1234' --reason 'a new name'").succeeds();
    desk.is_honest();
}

#[test]
fn a_reason_is_recorded_only_where_it_keeps_something() {
    let desk = Desk::new();
    let id = desk.fault();
    let said = format!("note {id} --contains-personal 'so that he can be called'");
    desk.at("09:05").by("chen").run(&format!("{said} 'all is well'")).succeeds();
    desk.at("09:06").by("chen").run(&format!("{said} 'call {PHONE}'")).succeeds();
    let record = desk.record(&id);
    assert_eq!(record["history"][1].get("personal"), None);
    assert_eq!(record["history"][2]["personal"], "so that he can be called");
    desk.at("09:07").run(&format!("show {id}")).says("so that he can be called");
    desk.is_honest();
}

#[test]
fn a_reason_is_no_hiding_place() {
    let desk = Desk::new();
    let id = desk.fault();
    let said = format!("note {id} 'call {PHONE}' --contains-personal");
    for reason in [PHONE, "#13912345678", "he said call 139 12345 678", "mail a@b.cn", "pwd=x"] {
        desk.at("09:05")
            .by("chen")
            .run(&format!("{said} '{reason}'"))
            .refuses("the reason contains personal data, and it stays in the history")
            .and("say why without names, numbers and addresses");
    }
    let digits = desk.at("09:05").by("chen").run(&format!("{said} 4711"));
    digits.refuses("says nothing in words: “4711”");
    desk.at("09:06").by("chen").run(&format!("{said} 'he asked to be called on 2 May'")).succeeds();
    assert_eq!(desk.record(&id)["history"].as_array().unwrap().len(), 2);
    desk.is_honest();
}

#[test]
fn a_person_at_a_terminal_takes_it_out_keeps_it_or_stops() {
    let desk = Desk::new();
    let id = desk.fault();
    let begun = |text: &str| {
        let line = format!("note {id} '{text}'");
        let mut typist = Typist::at(desk.at("10:30").by("chen").command(&line), 80);
        typist.sees("stop, record nothing");
        typist
    };
    let mut typist = begun(&format!("call {PHONE} or a@b.cn"));
    typist.sees("contains personal data: phone number, e-mail").types(format!("take{ENTER}"));
    let (status, screen) = typist.end();
    assert_eq!(status, 0, "{screen}");
    assert_eq!(desk.record(&id)["history"][1]["note"], "call [phone] or [email]");

    // whoever keeps something is told all of what that is, in every text
    let call = format!(
        "call 'call {PHONE}' --reported 'mail a@b.cn' -c ACME -n 'Ms Wang' --expected-by 17:00"
    );
    let mut typist = Typist::at(desk.at("10:30").by("chen").command(&call), 80);
    typist.sees("phone number, e-mail").sees("keep it").types(format!("stop{ENTER}"));
    let (status, screen) = typist.end();
    assert_eq!(status, 2, "{screen}");

    let mut typist = begun(&format!("call {PHONE}"));
    typist
        .types(format!("keep{ENTER}"))
        .sees("reason for keeping")
        .types(format!("he asked{ENTER}"));
    let (status, screen) = typist.end();
    assert_eq!(status, 0, "{screen}");
    let event = desk.record(&id)["history"][2].clone();
    assert_eq!(
        (&event["note"], &event["personal"]),
        (&"call 13912345678".into(), &"he asked".into())
    );

    for text in [&format!("call {PHONE}"), "password: Winter2026"] {
        let mut typist = begun(text);
        if text.contains("password") {
            typist.types(format!("keep{ENTER}")).sees("nothing matches");
            typist.types(BACK.repeat(4));
        }
        let (status, screen) = typist.types(format!("stop{ENTER}")).end();
        assert_ne!(status, 0, "{screen}");
    }
    assert_eq!(desk.record(&id)["history"].as_array().unwrap().len(), 3);
    desk.is_honest();
}

#[test]
fn a_desk_in_chinese_takes_out_in_chinese() {
    let desk = Desk::nowhere();
    desk.at("08:00").by("zhang").run("init --lang zh-CN").succeeds();
    let open = "open request 标题 -c 城北店 --name 王芳 --phone 13812341234 --need 开通 \
                --channel 热线 --category account --no-input --reported";
    let refused = desk.at("09:00").by("zhang").run(&format!("{open} '身份证11010519491231002X'"));
    refused.refuses("身份证号").and("--contains-personal 理由");
    let id = desk.at("09:00").by("zhang").run(&format!("{open} 无法登录")).id();
    let line = format!("note {id} '电话{PHONE}，密码是Abc123'");
    let mut typist = Typist::at(desk.at("09:10").by("zhang").command(&line), 80);
    typist
        .sees("停止")
        .types(format!("删去{ENTER}"))
        .sees("含有个人信息：密码")
        .types(format!("删去{ENTER}"));
    let (status, screen) = typist.end();
    assert_eq!(status, 0, "{screen}");
    assert_eq!(desk.record(&id)["history"][1]["note"], "电话[电话]，密码是[密码]");
    desk.is_honest();
}

#[test]
fn the_menu_shows_the_mark_that_is_written_whoever_reads_it() {
    let desk = Desk::new();
    let id = desk.fault();
    let line = format!("note {id} 'password: Winter2026' --lang zh-CN");
    let mut typist = Typist::at(desk.at("09:10").by("chen").command(&line), 80);
    let (_, screen) = typist.sees("[password]").types(format!("删去{ENTER}")).end();
    assert!(!screen.contains("[密码]"), "{screen}");
    assert_eq!(desk.record(&id)["history"][1]["note"], "password: [password]");
}

#[test]
fn what_nobody_watches_over_is_taken_out_and_counted() {
    let desk = Desk::new();
    let log = format!(
        "A1,I,2025-03-03 09:00,2025-03-03 09:05,new,Pier 3,Mr Sun,Call {PHONE} or a@b.cn,?,?,?\n\
         A1,I,2025-03-03 09:00,2025-03-03 10:00,done,Pier 3,Mr Sun,pwd=x {PHONE},Net,Mr Li,2025-03-03 09:40\n"
    );
    with(&desk, &log);
    let ran = desk.at("11:00").by("zhang").run(&line(&desk));
    assert!(ran.out().contains("personal data taken out of texts: 6 values"), "{ran}");
    let all = desk.at("11:05").run("export --json").succeeds().out();
    assert!(!all.contains(PHONE) && all.contains("Call [phone] or [email]"), "{all}");
    assert!(all.contains("pwd=[password] [phone]"), "{all}");
    let again = desk.at("11:10").by("zhang").run(&line(&desk));
    assert!(again.out().contains("1 already here"), "{again}");
    desk.is_honest();
}

#[test]
fn a_survey_file_is_taken_in_without_its_numbers() {
    let desk = Desk::new();
    let id = desk.fault_in("closed");
    let file = desk.home().join("answers.csv");
    fs::write(&file, format!("record,satisfaction,by,comment\n{id},4,Ms Wang,call {PHONE}\n"))
        .unwrap();
    let import = format!("survey import {}", file.display());
    desk.at("10:30").by("chen").run(&import).says("personal data taken out of the text: 1 value");
    let last = desk.record(&id)["history"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(last["comment"], "call [phone]");
    let again = desk.at("10:40").by("chen").run(&import);
    assert!(again.out().contains("1 already done"), "{again}");
    desk.is_honest();
}

#[test]
fn an_event_that_hides_its_reason_is_found_by_the_audit() {
    let desk = Desk::new();
    let id = desk.fault();
    let path = desk.record_path(&id);
    let keep = format!("note {id} 'call {PHONE}' --contains-personal 'he asked'");
    desk.at("09:10").by("chen").run(&keep).succeeds();
    desk.is_honest();
    let forged = |from: &str, to: &str, message: &str| {
        let copy = desk.copy();
        let text = copy.read(&path);
        assert!(text.contains(from), "{text}");
        copy.write(&path, text.replace(from, to));
        copy.git(["add", "-A"]);
        let told = copy.git(["log", "-1", "--format=%B"]).replace("personal, ", message);
        let mut git = copy.at("09:10").by("chen").shell("git");
        git.args(["commit", "-q", "--amend", "--cleanup=verbatim", "-m", told.trim_end()]);
        git.args(["--date", "2026-11-23T09:10:00+08:00"]);
        assert!(git.output().unwrap().status.success());
        copy.at("20:00").run("audit").out()
    };
    let found = forged("  personal: he asked\n", "", "");
    assert!(found.contains("note: contains personal data"), "{found}");
    assert!(!found.contains(PHONE), "the audit repeats the value: {found}");
    let found = forged(&format!("call {PHONE}"), "pwd=Winter2026", "personal, ");
    assert!(found.contains("note: contains a password"), "{found}");
}

#[test]
fn the_logs_of_two_desks_and_a_megabyte_of_text_are_not_stopped() {
    let desk = Desk::new();
    let id = desk.fault();
    let long = "0123456789@password ".repeat(1_000_000 / 20);
    desk.at("09:30")
        .by("chen")
        .input(long)
        .run(["update", &id, "--note", "-"])
        .usage("at most 20000 are allowed");

    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let mut cells = BTreeSet::new();
    for name in ["helpdesk_log.csv", "incident_event_log.csv"] {
        let Ok(file) = fs::read_to_string(data.join(name)) else { return };
        cells.extend(file.lines().flat_map(|line| line.split(',')).map(str::to_owned));
    }
    assert!(cells.len() > 10_000, "{}", cells.len());
    let cells: Vec<String> = cells.into_iter().collect();
    for (nth, some) in cells.chunks(900).enumerate() {
        let text: String = some.join("\n").chars().take(19_990).collect();
        let time = format!("{:02}:{:02}", 10 + nth / 60, nth % 60);
        desk.at(&time).by("chen").input(text).run(["update", &id, "--note", "-"]).succeeds();
    }
    desk.at("20:00").by("chen").run(REQUEST).succeeds();
}
