//! What people type, as they type it: texts that begin with a dash, the usual words, flags that a
//! verb does not heed; and what is said of what nobody said.

use std::{fs, os::unix::fs::PermissionsExt};

use docket::testing::store::layout;

use crate::desk::Desk;

const REST: &str = "--channel hotline --customer ACME --name 'Ms Wang' --site 'Floor 3' --need y \
    --category network --expected-by none --answer scope=all --stops-work no";

#[test]
fn a_text_may_begin_with_a_dash_wherever_it_stands() {
    let desk = Desk::new();
    for (words, title, reported) in [
        (
            "open fault '- no power' --reported '- dark since nine'",
            "- no power",
            "- dark since nine",
        ),
        ("open fault --title '-- no power' --reported '—'", "-- no power", "—"),
        ("open fault '-5 °C in the rack' --reported '-断电'", "-5 °C in the rack", "-断电"),
        ("open --kind fault '- a = b' --reported 'x'", "- a = b", "x"),
    ] {
        let id = desk.at("09:00").by("chen").run(&format!("{words} {REST}")).id();
        let record = desk.record(&id);
        assert_eq!(record["intake"]["title"], title, "{words}");
        assert_eq!(record["intake"]["reported"], reported, "{words}");
    }
    let id = desk.fault_in("in_progress");
    desk.at("10:00").by("li").run(&format!("update {id} --note '- part ordered'")).succeeds();
    desk.at("10:01").by("chen").run(&format!("explain {id} 1 '- still waiting'")).succeeds();
    desk.at("10:02").run("search '- part'").says(&id);
    // what is no text stays a slip
    let slip = format!("open fault X --reported x --customr ACME {REST}");
    desk.at("10:03").by("chen").run(&slip).usage("--customr");
    let slip = format!("update {id} --note -x --lang en");
    desk.at("10:03").by("chen").run(&slip).usage("no option -x").and("--OPTION=-TEXT");
    desk.at("10:03").by("chen").run(&slip.replace(" -x", "=-x")).succeeds();
    let slip = format!("open fault X --reported --need {REST}");
    assert_eq!(desk.at("10:04").by("chen").run(&slip).status(), Some(2));
}

#[test]
fn the_usual_words_of_service_desks_are_kinds() {
    let desk = Desk::new();
    for (typed, kind) in [
        ("incident", "fault"),
        ("事件", "fault"),
        ("报修", "fault"),
        ("变更", "change"),
        ("change_request", "change"),
        ("请求", "request"),
        ("服务请求", "request"),
        ("service-request", "request"),
        ("申请", "request"),
        ("inquiry", "enquiry"),
        ("question", "enquiry"),
        ("咨询", "enquiry"),
    ] {
        let id =
            desk.at("09:00").by("chen").run(&format!("open {typed} X --reported x {REST}")).id();
        assert_eq!(desk.record(&id)["status"]["kind"], kind, "{typed}");
    }
}

#[test]
fn what_is_due_is_asked_for_in_working_time_too() {
    let desk = Desk::new();
    let id = desk.fault();
    for (at, within, status) in
        [("09:30", "1m", 0), ("09:30", "1wh", 0), ("12:00", "４ｗｈ", 1), ("09:30", "1wx", 2)]
    {
        let ran = desk.at(at).run(&format!("due --within {within}"));
        assert_eq!(ran.status(), Some(status), "{within}: {ran}");
    }
    let ran = desk.at("09:30").run("due --within 1wd");
    assert_eq!(ran.status(), Some(1), "{ran}");
    assert!(ran.out().contains(&id), "{ran}");
}

#[test]
fn a_flag_that_a_verb_does_not_heed_is_refused() {
    let desk = Desk::new();
    let id = desk.fault();
    for words in [
        "list --note x",
        "show ID --at 09:00",
        "due --late-because x",
        "search x --namesake y",
        "report kpi --note x",
        "check --at 09:00",
        "list --branch main",
        "people list --note x",
        "--note x",
        "audit --edit",
        "check --branch main",
        "survey due --note x",
        "sla explain ID --at 09:00",
        "route ID --namesake x --to li --reason x",
    ] {
        let line = format!("{} --lang en", words.replace("ID", &id));
        desk.at("09:30").run(&line).usage("takes no --");
    }
    let remark = "remark X --kind fault --channel hotline --customer ACME --reported x \
        --explanation y --wants-reply no";
    desk.at("09:30").by("chen").run(remark).usage("--kind");
    desk.at("09:30").by("chen").run(&format!("ack {id} --reply-by 11:00 --note ok")).succeeds();
}

#[test]
fn what_was_not_told_of_a_fault_is_said() {
    let desk = Desk::new();
    let silent = format!("open fault X --reported 'no light' {REST} --lang en");
    let ran = desk.at("09:00").by("chen").run(&silent);
    ran.says("occurred at: unknown").says("location: Floor 3").says("symptom: as reported");
    let told = format!(
        "open fault X --reported 'no light' {REST} --occurred-at 08:50 --location lift --symptom dark"
    );
    let ran = desk.at("09:10").by("chen").run(&told).succeeds();
    assert!(!ran.out().contains("not told"), "{ran}");
    let zh = format!("{silent} --lang zh-CN").replace(" --lang en", "");
    desk.at("09:20").by("chen").run(&zh).says("发生时间：未知");
}

#[test]
fn a_matter_of_yesterday_needs_the_reason_that_every_late_step_needs() {
    let desk = Desk::new();
    let late =
        format!("open fault X --reported x {REST} --received-at '2026-11-20 10:00' --lang en");
    desk.at("09:00").by("chen").run(&late).refuses("--late-because");
    let why = format!("{late} --late-because 'the mail lay in the wrong box'");
    desk.at("09:00").by("chen").run(&why).succeeds();
    let soon = format!("open fault X --reported x {REST} --received-at 08:50");
    desk.at("09:00").by("chen").run(&soon).succeeds();
    desk.is_honest();
}

#[test]
fn the_three_likeliest_duplicates_are_named_with_their_titles() {
    let desk = Desk::new();
    let open = |time: &str, title: &str| {
        let line = format!("open fault '{title}' --reported x {REST} --lang en");
        desk.at(time).by("chen").run(&line).succeeds()
    };
    for (nth, title) in
        ["No light", "No net", "No sound", "No phone", "No light"].iter().enumerate()
    {
        open(&format!("09:0{nth}"), title);
    }
    let out = open("09:10", "No net").out();
    let hint = out.lines().find(|line| line.contains("possible duplicate")).unwrap();
    assert_eq!(hint.matches("R-261123-").count(), 3, "{hint}");
    let first = hint.find("“No net”").unwrap();
    assert!(first < hint.find("“No light”").unwrap(), "the same title first: {hint}");
    assert!(hint.contains("and 2 more"), "{hint}");
}

#[test]
fn an_error_for_programs_tells_a_flag_from_a_command() {
    let desk = Desk::new();
    let id = desk.fault_in("acknowledged");
    let ran = desk.at("10:00").by("chen").run(&format!("ack {id} --json"));
    let error: serde_json::Value = serde_json::from_str(&ran.err()).unwrap();
    for missing in error["missing"].as_array().into_iter().flatten() {
        assert!(missing["flag"].as_str().unwrap().starts_with("--"), "{error}");
    }
    let line = "open complaint X --channel hotline --customer ACME --name 'Ms Wang' --reported x \
        --need y --trigger direct --form oral --against service:x --remedy z";
    let complaint = desk.at("10:00").by("chen").run(line).id();
    desk.at("10:01").by("chen").run(&format!("ack {complaint} --reply-by +1h")).succeeds();
    let route = format!("route {complaint} --to li --reason x --json");
    let ran = desk.at("10:02").by("zhang").run(&route);
    let error: serde_json::Value = serde_json::from_str(&ran.err()).unwrap();
    let missing = error["missing"].as_array().unwrap();
    assert!(!missing.is_empty(), "{error}");
    for part in missing {
        assert!(part.get("flag").is_none(), "{error}");
        assert!(part["command"].as_str().unwrap().starts_with("docket "), "{error}");
    }
}

#[test]
fn files_with_names_and_numbers_are_for_their_owner_alone() {
    let desk = Desk::new();
    let id = desk.fault_in("closed");
    let mode = |path: &str| fs::metadata(desk.path(path)).unwrap().permissions().mode() & 0o777;
    desk.at("12:00").run("report register --reveal -o ../register.md").succeeds();
    assert_eq!(mode("../register.md"), 0o600);
    desk.at("12:00").run("report register -o ../masked.md").succeeds();
    assert_ne!(mode("../masked.md") & 0o044, 0);
    desk.at("12:10").by("chen").run(&format!("survey send {id} -o ../out")).succeeds();
    for ending in ["md", "html"] {
        assert_eq!(mode(&format!("../out/{id}.{ending}")), 0o600, "{ending}");
    }
}

#[test]
fn a_desk_inside_another_repository_and_a_card_without_numbers_say_so() {
    let desk = Desk::new();
    let ran = desk.at("09:00").by("zhang").run("init inner --lang en").succeeds();
    assert!(ran.err().contains("inside that of"), "{ran}");
    let ran = desk.at("09:00").run("report card --lang en").succeeds();
    assert!(ran.err().contains("fill in reach:"), "{ran}");
    desk.at("09:00").run("report card --lang zh-CN").succeeds();
}

#[test]
fn a_major_incident_opened_by_mistake_is_not_asked_for_an_escalation() {
    let desk = Desk::new();
    let id = desk.fault();
    let update = format!("update {id} --major outage --reason 'all sites'");
    desk.at("09:10").by("zhang").run(&update).succeeds();
    let untold = || desk.at("09:20").run("check --json").out().contains("\"A13\"");
    assert!(untold());
    desk.at("09:15").by("zhang").run(&format!("cancel {id} --mistake 'a drill'")).succeeds();
    assert!(!untold());
}

const RESOLVE: &str = "--result r --cause c --code fixed --lang en";

/// Three requests, acknowledged.
fn three(desk: &Desk) -> [String; 3] {
    ["a", "b", "c"].map(|title| {
        let words = format!("open request {title} --reported x {REST} --lang en");
        let id = desk.at("09:00").by("chen").run(&words.replace("--expected-by none", "")).id();
        desk.at("09:05").by("chen").run(&format!("ack {id} --reply-by +1h")).succeeds();
        id
    })
}

#[test]
fn what_depends_on_another_record_is_not_solved_before_it_and_no_circle_is_made() {
    let desk = Desk::new();
    let [first, then, part] = three(&desk);
    let run = |time: &str, words: String| desk.at(time).by("chen").run(&words);
    run("10:00", format!("link {then} --to {first} --as depends_on")).succeeds();
    // who depends and who is a part wait in the same circle
    for (from, to, kind) in [(&first, &then, "depends_on"), (&then, &first, "child")] {
        let words = format!("link {from} --to {to} --as {kind} --lang en");
        run("10:01", words).refuses("would wait for each other");
    }
    run("10:02", format!("link {part} --to {then} --as child")).succeeds();
    let back = format!("link {then} --to {part} --as child --lang en");
    run("10:03", back).refuses("would wait for each other");
    run("10:05", format!("resolve {then} {RESOLVE}")).refuses(&format!("depends on {first}"));
    run("10:10", format!("resolve {first} {RESOLVE}")).succeeds();
    run("10:15", format!("resolve {then} {RESOLVE}")).refuses(&format!("{part} is a part of it"));
    run("10:20", format!("resolve {part} {RESOLVE}")).succeeds();
    run("10:25", format!("resolve {then} {RESOLVE}")).succeeds();
    desk.is_honest();
}

#[test]
fn a_record_waits_for_where_its_parts_and_dependencies_go_on_until_the_end() {
    let desk = Desk::new();
    let [whole, part, other] = three(&desk);
    let run = |time: &str, words: String| desk.at(time).by("chen").run(&words);
    run("10:00", format!("resolve {whole} {RESOLVE}")).succeeds();
    // a part that comes later is waited for by callback and closing
    run("10:01", format!("link {part} --to {whole} --as child")).succeeds();
    run("10:02", format!("merge {part} --into {other} --reason same")).succeeds();
    let confirm = format!("confirm {whole} --with 'Ms Wang' --satisfaction 4 --lang en");
    let by = |time: &str, words: &str| desk.at(time).by("zhang").run(words);
    by("10:03", &confirm).refuses(&format!("{other} is a part of it"));
    run("10:04", format!("resolve {other} {RESOLVE}")).succeeds();
    by("10:05", &confirm).succeeds();
    run("10:06", format!("close {whole}")).succeeds();
    desk.is_honest();
}

#[test]
fn what_a_merged_record_depended_on_is_waited_for_where_it_goes_on() {
    let desk = Desk::new();
    let [needed, waiting, whole] = three(&desk);
    let run = |time: &str, words: String| desk.at(time).by("chen").run(&words);
    run("10:00", format!("link {waiting} --to {needed} --as depends_on")).succeeds();
    run("10:01", format!("merge {waiting} --into {whole} --reason same")).succeeds();
    let resolve = format!("resolve {whole} {RESOLVE}");
    run("10:02", resolve.clone()).refuses(&format!("depends on {needed}"));
    let back = format!("link {needed} --to {whole} --as depends_on --lang en");
    run("10:03", back).refuses("would wait for each other");
    run("10:04", format!("resolve {needed} {RESOLVE}")).succeeds();
    run("10:05", resolve).succeeds();
    desk.is_honest();
}

#[test]
fn no_other_matter_ends_unseen_with_a_record_that_was_a_mistake() {
    let desk = Desk::new();
    let [first, second, third] = three(&desk);
    let run = |time: &str, words: String| desk.at(time).by("chen").run(&words);
    run("10:00", format!("merge {first} --into {second} --reason same")).succeeds();
    run("10:01", format!("merge {second} --into {third} --reason same")).succeeds();
    let cancel = format!("cancel {third} --mistake 'wrong customer' --lang en");
    run("10:02", cancel.clone()).refuses(&first).and("--with-merged");
    run("10:03", format!("{cancel} --with-merged")).succeeds();
    let record = desk.record(&third);
    let merged = &record["history"].as_array().unwrap().last().unwrap()["merged"];
    assert_eq!(merged.as_array().unwrap().len(), 2, "{merged}");
    desk.at("10:05").run(&format!("show {third} --lang en")).says(&first);
    assert!(!desk.at("10:06").run("check").out().contains("A31"));
    desk.is_honest();
}

#[test]
fn the_channel_other_says_which_one_it_was() {
    let desk = Desk::new();
    let words = |channel: &str| {
        format!("open request 'New chair' --reported x {REST} --channel {channel} --lang en")
            .replace("--channel hotline ", "")
            .replace("--expected-by none", "")
    };
    let open = |channel: &str| desk.at("09:00").by("chen").run(&words(channel));
    open("other").usage("--channel-text");
    open("其他").usage("--channel-text");
    open("phone --channel-text 'the plant manager'").refuses("--channel other");
    let id = open("other --channel-text 'walked in via plant manager'").id();
    let record = desk.record(&id);
    assert_eq!(record["intake"]["channel_text"], "walked in via plant manager");
    assert_eq!(record["status"]["channel_text"], "walked in via plant manager");
    for look in [format!("show {id} --lang en"), format!("report request {id} --lang en")] {
        desk.at("09:05").run(&look).says("walked in via plant manager");
    }
    // once each: the channel, and which one it was
    let shown = desk.at("09:05").run(&format!("show {id} --lang en")).out();
    assert_eq!(shown.lines().filter(|line| line.trim().starts_with("channel ")).count(), 1);

    desk.at("09:05").run("search 'plant manager'").says(&id);
    let amend = |set: &str| {
        let words = format!("amend {id} {set} --reason typo --lang en");
        desk.at("09:10").by("chen").run(&words)
    };
    amend("--set channel_text=''").usage("no visible characters");
    amend("--set channel=phone").succeeds();
    assert_eq!(desk.record(&id)["status"]["channel_text"], serde_json::Value::Null);
    amend("--set channel=other").refuses("channel_text");
    amend("--set channel=other --set channel_text='by pneumatic post'").succeeds();
    assert_eq!(desk.record(&id)["status"]["channel_text"], "by pneumatic post");
    desk.is_honest();
}

#[test]
fn an_edit_of_a_contact_that_cannot_be_kept_is_told_the_way_that_works() {
    let desk = Desk::new();
    let id = desk.request();
    let contact = desk.record(&id)["status"]["contact"].as_str().unwrap().to_owned();
    let path = layout::contact(&contact.parse().unwrap());
    desk.write(&path, desk.read(&path).replace("customer: ", "customer: Not "));
    let ran = desk.at("10:00").by("zhang").run("doctor --repair --edits keep --reason x --lang en");
    assert_eq!(ran.status(), Some(1), "{ran}");
    assert!(ran.out().contains("the edit of a contact cannot be kept"), "{ran}");
    desk.at("10:05").by("zhang").run("doctor --repair --edits drop").succeeds();
    assert_eq!(desk.status(), "");
}

#[test]
fn a_report_for_programs_holds_the_record_as_show_prints_it() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    let show = |words: &str| desk.at("12:00").run(words).json();
    let mut shown = show(&format!("show {id} --json"));
    shown.as_object_mut().unwrap().remove("format");
    let request = show(&format!("report request {id} --format json --lang zh"));
    assert_eq!(request["record"], shown);
    assert_eq!(show("report register --format json --lang zh")["records"][0], shown);
    for report in ["daily", "handover"] {
        let told = show(&format!("report {report} --json --lang zh"));
        assert_eq!(told["rows"][0]["record"], shown, "{report}");
        assert_eq!(told["at"], "2026-11-23T12:00:00+08:00");
        assert!(!told.to_string().contains("\"\""), "{told}");
    }
    let revealed = show(&format!("report request {id} --format json --reveal"));
    assert_eq!(revealed["record"]["contact"]["phones"][0]["number"], "13812341234");
}

#[test]
fn who_cannot_work_is_not_rated_low_by_whatever_made_it_low() {
    let desk = Desk::new();
    for (impact, urgency, low) in [
        ("low", "medium", true),
        ("medium", "low", true),
        ("low", "low", true),
        ("low", "high", false),
        ("medium", "medium", false),
    ] {
        let words =
            format!("open fault X --reported x {REST} --impact {impact} --urgency {urgency}");
        let words = words.replace("--stops-work no", "--stops-work yes");
        let id = desk.at("09:00").by("chen").run(&words).id();
        let check = desk.at("09:01").run(&format!("check {id}"));
        assert_eq!(check.out().contains("A32"), low, "{impact}, {urgency}: {check}");
    }
}
