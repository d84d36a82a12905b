//! Where in free texts personal data stands, and the names of those whom the desk knows.

use docket::testing::store::{FileChange, layout};

use crate::desk::{Desk, FAULT, tail};

#[test]
fn texts_with_personal_data_are_listed_without_it_and_redacted_ones_no_more() {
    let desk = Desk::new();
    let id = desk.fault();
    desk.at("09:02").run("privacy scan").says("1 record read; personal data in 0 texts");
    let keep = format!("note {id} 'call 13912345678 or a@b.cn' --contains-personal 'he asked'");
    desk.at("09:05").by("chen").run(&keep).succeeds();
    desk.at("09:06")
        .by("chen")
        .run(&format!("note {id} 'ms wang called; Ms Wangler too'"))
        .succeeds();
    desk.at("09:07").by("chen").run(&format!("note {id} 'the wangs'")).succeeds();
    let ran = desk.at("09:10").run("privacy scan");
    assert_eq!(ran.status(), Some(1), "{ran}");
    let told = ran.out();
    let contact = desk.record(&id)["intake"]["contact"].as_str().unwrap().to_owned();
    for line in [
        format!("{id} event 2 note: phone number, e-mail address, kept with a reason"),
        format!("docket redact {} --event 2 --field note --reason TEXT", tail(&id)),
        format!("{id} event 3 note: name, number or address of {contact}"),
        "1 record read; personal data in 2 texts".to_owned(),
    ] {
        assert!(told.contains(&line), "no {line} in {told}");
    }
    assert!(!told.contains("13912345678"), "{told}");
    let revealed = desk.at("09:11").by("zhang").run("privacy scan --reveal");
    assert!(revealed.out().contains("13912345678"), "{revealed}");
    let before = desk.head();
    for n in [2, 3] {
        let redact = format!("redact {id} --event {n} --field note --reason 'not needed'");
        desk.at("09:20").by("zhang").run(&redact).succeeds();
    }
    desk.at("09:30").run("privacy scan").says("personal data in 0 texts");
    desk.at("09:30").run(&format!("privacy scan {before}")).says("personal data in 0 texts");
    desk.at("09:30").run("privacy scan --lang zh-CN").says("已检查 1 条记录");
}

#[test]
fn a_reason_keeps_values_and_not_names_and_fields_are_called_as_elsewhere() {
    let desk = Desk::new();
    let id = desk.fault();
    let keep = "--contains-personal 'he asked'";
    let amend = format!("amend {id} --set title='Ms Wang rang' --reason 'call 13912345678' {keep}");
    desk.at("09:05").by("chen").run(&amend).succeeds();
    let both = format!("note {id} 'Ms Wang, 13912345678' {keep}");
    desk.at("09:06").by("chen").run(&both).succeeds();
    let contact = desk.record(&id)["intake"]["contact"].as_str().unwrap().to_owned();
    let scan = desk.at("09:10").run("privacy scan").out();
    let name = format!("name, number or address of {contact}");
    for line in [
        // nobody was asked about a name
        format!("{id} event 2 new value: {name}\n"),
        format!("{id} event 2 reason: phone number, kept with a reason\n"),
        format!("{id} event 3 note: phone number, kept with a reason; {name}\n"),
    ] {
        assert!(scan.contains(&line), "no {line} in {scan}");
    }
    let chinese = desk.at("09:10").run("privacy scan --lang zh-CN").out();
    for line in ["事件 2 新内容：", "事件 2 理由：", "（已说明保留理由）；", "事件 3 说明："]
    {
        assert!(chinese.contains(line), "no {line} in {chinese}");
    }
    let json = desk.at("09:10").run("privacy scan --json").out();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let kept = |nth: usize| json["texts"][nth]["kept"].as_bool();
    assert_eq!([kept(0), kept(1), kept(2)], [Some(true), Some(false), Some(true)], "{json}");
}

#[test]
fn a_bare_clone_is_scanned_and_chinese_names_are_found_anywhere() {
    let desk = Desk::new();
    let open = "open request 标题 -c 城北店 --name 王小芳 --phone 13812341234 --need 开通 \
                --channel hotline --category account --reported '请联系王小芳女士'";
    let id = desk.at("09:00").by("chen").run(open).id();
    desk.git(["clone", "-q", "--bare", ".", "../bare.git"]);
    desk.git([
        "-C",
        "../bare.git",
        "fetch",
        "-q",
        "origin",
        "refs/docket/people:refs/docket/people",
    ]);
    let ran = desk.at("09:10").in_dir(desk.path("../bare.git")).run("privacy scan --json");
    assert_eq!(ran.status(), Some(1), "{ran}");
    let told: serde_json::Value = serde_json::from_str(&ran.out()).unwrap();
    assert_eq!(told["texts"][0]["record"], id.as_str());
    assert_eq!(told["texts"][0]["field"], "reported");
    assert_eq!(told["texts"].as_array().unwrap().len(), 1, "{told}");
}

#[test]
fn the_number_and_the_address_of_somebody_known_are_found_and_told_when_they_are_erased() {
    let desk = Desk::new();
    let open = FAULT.replace("13812341234", "+33123456789");
    let id = desk.at("09:00").by("chen").run(&format!("{open} --email wang@acme.example")).id();
    let contact = desk.record(&id)["intake"]["contact"].as_str().unwrap().to_owned();
    let texts = [
        "line 12, call 1 23 45 67 89",
        "she said 01.23.45.67.89",
        "WANG@acme.example wrote",
        "nothing of 1234567890 here",
        "invoice 33123456780",
    ];
    for (nth, text) in texts.iter().enumerate() {
        let note = format!("note {id} '{text}' --contains-personal 'she asked'");
        desk.at(&format!("09:1{nth}")).by("chen").run(&note).succeeds();
    }
    let ran = desk.at("09:20").run("privacy scan --json");
    let told: serde_json::Value = serde_json::from_str(&ran.out()).unwrap();
    let told = told["texts"].as_array().unwrap().iter();
    let found =
        told.filter(|text| text["contacts"].as_array().unwrap().contains(&contact.clone().into()));
    let found: Vec<u64> = found.map(|text| text["n"].as_u64().unwrap()).collect();
    assert_eq!(found, [2, 3, 4]);
    desk.at("09:30").by("zhang").run(&format!("cancel {id} --mistake twice")).succeeds();
    let erase = format!("contact erase {contact} --reason 'asked for it'");
    let ran = desk.at("09:31").by("zhang").run(&erase).succeeds();
    assert!(ran.out().contains("3 texts contain the name"), "{ran}");
    assert!(ran.out().contains("--event 4 --field note"), "{ran}");
}

#[test]
fn who_is_not_looked_for_is_said() {
    let desk = Desk::new();
    let id = desk.fault();
    desk.at("09:05").by("chen").run(&format!("note {id} 'Ms Wang called'")).succeeds();
    let scan = || desk.at("09:10").run("privacy scan");
    assert_eq!(scan().err(), "");
    scan().finds("name, number or address of");

    let contact = desk.record(&id)["intake"]["contact"].as_str().unwrap().to_owned();
    let own = layout::person(&contact.parse().unwrap());
    desk.keep_apart(vec![FileChange { path: own.clone(), content: Some(b"by hand".to_vec()) }]);
    let ran = scan();
    assert!(ran.err().contains(&contact) && !ran.err().contains("not in this clone"), "{ran}");
    ran.succeeds();

    let other = FAULT.replace("Ms Wang", "Mr Hu").replace("13812341234", "13912341234");
    desk.at("09:06").by("chen").run(&other).succeeds();
    desk.keep_apart(vec![FileChange { path: own, content: None }]);
    let ran = scan();
    assert!(ran.err().contains("1 person") && ran.err().contains("not in this clone"), "{ran}");
    ran.succeeds();

    desk.git(["update-ref", "-d", "refs/docket/people"]);
    let ran = scan();
    assert!(ran.err().contains("names are not in this clone"), "{ran}");
    ran.succeeds();
}
