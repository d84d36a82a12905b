//! What somebody at a keyboard is asked where they named nobody and nothing, and lists that fit the page.

use crate::{
    agreements::AGREEMENTS,
    desk::{Desk, FAULT},
    terminal::{ENTER, ESCAPE, Typist, UP},
};

fn at_terminal(desk: &Desk, who: &str, line: &str) -> Typist {
    Typist::at(desk.at("14:30").by(who).command(line), 80)
}

/// A desk with two listed customers and somebody at each.
fn desk() -> Desk {
    let desk = Desk::new();
    for line in [
        "customer add acme --name ACME --alias 'Anvils Inc'",
        "customer add bolt --name 'Bolt and Nut Trading Company of the Northern Harbour District'",
        "contact add 'Ms Wang' -c 'anvils inc' --phone '+49 30 901820 ext 12' --email wang.xiaoming@anvils.example",
        "contact add 'Mr Bo' -c bolt --phone 13812341234",
    ] {
        desk.at("09:00").by("zhang").run(line).succeeds();
    }
    desk
}

fn contact(desk: &Desk, name: &str) -> String {
    let people = desk.people();
    let found = people.iter().find(|it| it["name"] == name).unwrap();
    found["id"].as_str().unwrap().to_owned()
}

#[test]
fn a_customer_or_a_contact_that_nobody_named_is_picked_from_a_list() {
    let desk = desk();
    let mut typist = at_terminal(&desk, "chen", "customer show");
    typist.sees("customer:").types("anvil").sees("> ").types(ENTER);
    let (status, screen) = typist.end();
    assert!(status == 0 && screen.contains("Anvils Inc"), "{screen}");
    let mut typist = at_terminal(&desk, "chen", "contact show");
    typist.sees("contact:").types("mr bo").sees("> ").types(ENTER);
    let (status, screen) = typist.end();
    assert!(status == 0 && screen.contains("Bolt"), "{screen}");
    for (line, missing) in [
        ("customer show", "CUSTOMER"),
        ("contact show", "CONTACT"),
        ("contact merge", "--into"),
        ("customer merge", "--into"),
        ("policy edit", "FILE"),
    ] {
        desk.at("14:31").by("zhang").run(line).usage(missing);
    }
}

#[test]
fn two_contacts_are_shown_before_they_are_merged() {
    let desk = desk();
    let again = "contact add 'Ms Wang Xiaoming' -c acme --phone 13900001111";
    desk.at("09:05").by("zhang").run(again).succeeds();
    let (wang, other) = (contact(&desk, "Ms Wang"), contact(&desk, "Ms Wang Xiaoming"));
    let tip = desk.head();
    let line = format!("contact merge {other} --into {wang}");
    let (status, screen) = at_terminal(&desk, "chen", &line).sees("merge them").types(ENTER).end();
    assert!(status == 2 && screen.contains(&other) && screen.contains(&wang), "{screen}");
    assert_eq!(desk.head(), tip);
    // who goes and who stays is told apart where both are asked for
    let mut typist = at_terminal(&desk, "chen", "contact merge");
    typist.sees("contact to merge away:").types("xiaoming").sees("> ").types(ENTER);
    typist.sees("contact to keep:").types(ESCAPE).end();
    let mut typist = at_terminal(&desk, "chen", &line);
    typist.sees("merge them").types(UP).sees("> yes").types(ENTER);
    let (status, screen) = typist.end();
    assert!(status == 0, "{screen}");
    assert_ne!(desk.head(), tip);
    desk.is_honest();
}

#[test]
fn two_customers_are_picked_and_what_follows_is_said_before_they_are_merged() {
    let desk = desk();
    let line = "customer add anvil --name 'Anvil Ltd' --alias Anvilla --site Berlin --product crm";
    desk.at("09:05").by("zhang").run(line).succeeds();
    desk.at("09:06").by("chen").run(&FAULT.replace("ACME", "anvilla")).succeeds();
    let tip = desk.head();
    let asked = |typist: &mut Typist| {
        typist.sees("customer to merge away:").types("anvilla").sees("> ").types(ENTER);
        typist.sees("customer to keep:").types("acme").sees("> ").types(ENTER);
        typist.sees("merge them");
    };
    let mut typist = at_terminal(&desk, "zhang", "customer merge");
    asked(&mut typist);
    let (status, screen) = typist.types(ENTER).end();
    let flat = screen.split_whitespace().collect::<Vec<_>>().join(" ");
    let told = "of anvil count for acme from then on: 1 record; names Anvil Ltd, Anvilla; sites Berlin; \
                products crm; this cannot be taken back";
    assert!(status == 2 && flat.contains(told), "{screen}");
    assert_eq!(desk.head(), tip);
    let mut typist = at_terminal(&desk, "zhang", "customer merge");
    asked(&mut typist);
    let (status, screen) = typist.types(UP).sees("> yes").types(ENTER).end();
    assert!(status == 0 && screen.contains("anvil is merged into acme"), "{screen}");
    // the page of the one that stays tells what the other one was
    let page = desk.at("15:00").run("customer show acme").succeeds();
    assert!(page.out().contains("anvil  Anvil Ltd, Anvilla · Berlin · crm"), "{page}");
    let told = desk.at("15:00").run("customer show acme --json").succeeds().json();
    assert_eq!(told["merged"][0]["id"], "anvil");
    desk.is_honest();
}

#[test]
fn a_file_of_rules_is_picked_before_it_is_edited() {
    let desk = Desk::new();
    let (_, screen) = at_terminal(&desk, "chen", "policy edit").end();
    assert!(screen.contains("team lead") && !screen.contains("file of rules"), "{screen}");
    let mut command = desk.at("14:30").by("zhang").command("policy edit --reason 'sooner'");
    command.env("VISUAL", "sed -i 's/respond: 1h/respond: 30m/'");
    let mut typist = Typist::at(command, 80);
    typist.sees("file of rules:").types("levels").sees("> ").types(ENTER);
    let (status, screen) = typist.end();
    assert!(status == 0 && screen.contains("version 2"), "{screen}");
    desk.is_honest();
}

#[test]
fn what_is_nearly_right_of_rules_and_customers_is_answered_with_what_works() {
    let desk = desk();
    let run = |line: &str| desk.at("14:30").by("zhang").run(line);
    let none =
        run("policy adopt levls").usage("“levls” is not called like a policy file: levels.yaml\n");
    assert!(!none.err().contains("units.yaml"), "{none}");
    run("policy edit levels --next --reason x").refuses("no draft").and("--next --on DAY");
    let hint = "docket customer add ID --name \"Harbour Hotel\"";
    run("customer show 'Harbour Hotel'").refuses("no customer “Harbour Hotel”").and(hint);
}

#[test]
fn a_draft_is_picked_before_it_is_adopted_and_its_adoption_before_it_is_withdrawn() {
    let desk = Desk::new();
    let none = desk.at("14:30").by("zhang").run("policy adopt").refuses("no draft of the rules");
    assert!(none.err().contains("docket policy edit FILE --next --on DAY"), "{none}");
    desk.write(
        "../levels.yaml",
        desk.read("policy/levels.yaml").replace("respond: 1h", "respond: 30m"),
    );
    let edit = "policy edit levels --next --on 2026-12-01 --from ../levels.yaml --reason sooner";
    desk.at("14:30").by("zhang").run(edit).succeeds();
    desk.at("14:31").by("zhang").run("policy adopt").usage("policy/levels.yaml");
    let (_, screen) = at_terminal(&desk, "chen", "policy adopt").end();
    assert!(screen.contains("team lead") && !screen.contains("file of rules"), "{screen}");
    let mut typist = at_terminal(&desk, "zhang", "policy adopt");
    typist.sees("file of rules (policy/levels.yaml):").sees("2026-12-01").types(ENTER);
    let (status, screen) = typist.end();
    assert!(status == 0 && screen.contains("from 2026-12-01"), "{screen}");
    let mut typist = at_terminal(&desk, "zhang", "policy adopt --withdraw");
    typist.sees("file of rules (policy/levels.yaml):").types(ENTER);
    typist.sees("reason:").types("not signed").types(ENTER);
    let (status, screen) = typist.end();
    assert!(status == 0 && screen.contains("is withdrawn"), "{screen}");
    desk.is_honest();
}

#[test]
fn a_rule_is_picked_with_its_value_and_set_to_another() {
    let desk = Desk::new();
    let missing = desk.at("14:30").by("zhang").run("policy set").usage("RULE");
    missing.and("VALUE").and("--reason");
    desk.at("14:30").by("zhang").run("policy set levels.at_risk").usage("VALUE");
    let (_, screen) = at_terminal(&desk, "chen", "policy set").end();
    assert!(screen.contains("team lead") && !screen.contains("rule:"), "{screen}");
    let mut typist = at_terminal(&desk, "zhang", "policy set");
    typist.sees("rule:").types("urgent.respond").sees("1h").types(ENTER);
    typist.sees("value (1h):").types("30m").types(ENTER);
    typist.sees("reason:").types("sooner").types(ENTER);
    let (status, screen) = typist.end();
    assert!(status == 0 && screen.contains("in force as version 2"), "{screen}");
    let show = desk.at("14:31").run("policy show levels.limits.urgent.respond");
    assert_eq!(show.out(), "30m\n");
    desk.is_honest();
}

#[test]
fn a_colleague_is_asked_for_by_the_fields_that_the_roster_needs() {
    let desk = Desk::new();
    desk.at("14:30").by("zhang").run("people add").usage("ID");
    let (_, screen) = at_terminal(&desk, "chen", "people add").end();
    assert!(screen.contains("team lead") && !screen.contains("name:"), "{screen}");
    let mut typist = at_terminal(&desk, "zhang", "people add");
    typist.sees("id:").types("Bob Fu").types(ENTER).sees("is not an id like zhang");
    typist.sees("id:").types("li").types(ENTER).sees("li");
    typist.sees("id:").types("bob").types(ENTER);
    typist.sees("name:").types("Bob Fu").types(ENTER);
    typist.sees("e-mails:").types("bob@example.com").types(ENTER);
    typist.sees("roles:").types("engineer").sees("> ").types(ENTER);
    typist.sees("unit (none):").types("network").sees("> ").types(ENTER);
    let (status, screen) = typist.end();
    assert!(status == 0 && screen.contains("bob"), "{screen}");
    assert!(desk.read("policy/people.yaml").contains("unit: network"));
    desk.is_honest();
}

#[test]
fn whoever_changes_the_roster_picks_whom_from_a_menu_where_nobody_was_named() {
    let desk = Desk::new();
    desk.at("14:30").by("zhang").run("people retire").usage("team member (PERSON)");
    let zh = desk.at("14:30").by("zhang").run("people rejoin --lang zh-CN");
    zh.usage("还缺：人员");
    desk.at("14:30").by("zhang").run("people change").usage("--role");
    let (_, screen) = at_terminal(&desk, "zhang", "people change").end();
    assert!(screen.contains("--role") && !screen.contains("team member:"), "{screen}");
    let (_, screen) = at_terminal(&desk, "chen", "people change --unit network").end();
    assert!(screen.contains("team lead") && !screen.contains("team member:"), "{screen}");
    let mut typist = at_terminal(&desk, "zhang", "people change --unit systems");
    typist.sees("team member:").types("李").sees("> 李雷").types(ENTER);
    let (status, screen) = typist.end();
    assert!(status == 0, "{screen}");
    let mut typist = at_terminal(&desk, "zhang", "people retire --reason 'has left'");
    typist.sees("team member:").types("wu@example").sees("> Wu Gang").types(ENTER);
    let (status, screen) = typist.end();
    assert!(status == 0 && screen.contains("wu"), "{screen}");
    // who has left is offered to nobody but who takes them back
    let mut typist = at_terminal(&desk, "zhang", "people retire --reason 'has left'");
    typist.sees("team member:").sees("陈静").types(ESCAPE);
    let (_, screen) = typist.end();
    assert!(!screen.contains("Wu Gang"), "{screen}");
    let mut typist = at_terminal(&desk, "zhang", "people rejoin");
    typist.sees("team member:").types("wu").sees("> Wu Gang").types(ENTER);
    let (status, screen) = typist.end();
    assert!(status == 0 && screen.contains("wu is back"), "{screen}");
    let roster = desk.read("policy/people.yaml");
    assert!(!roster.contains("retired_because"), "{roster}");
    desk.is_honest();
}

#[test]
fn an_editor_that_does_not_do_is_called_by_its_name() {
    let desk = Desk::new();
    let tip = desk.head();
    let with = |editor: &str, lang: &str| {
        let line = format!("policy edit levels --reason sooner --lang {lang}");
        desk.at("14:30").by("zhang").env("VISUAL", editor).run(&line)
    };
    with("nosuch --wait", "en")
        .usage("the editor nosuch --wait cannot be started")
        .and("VISUAL=nano");
    with("false", "en").usage("the editor false ended with status 1");
    with("nosuch", "zh").usage("无法启动编辑器 nosuch").and("VISUAL=nano");
    with("false", "zh").usage("编辑器 false 以状态 1 退出");
    assert_eq!(desk.head(), tip);
}

#[test]
fn a_list_of_contacts_shows_the_customer_and_what_was_revealed_whole() {
    let desk = desk();
    let list =
        |line: &str| desk.at("10:00").by("chen").env("COLUMNS", "80").run(line).succeeds().out();
    let masked = list("contact list");
    let head = masked.lines().next().unwrap();
    assert!(head.contains("customer") && head.contains("phone"), "{masked}");
    assert!(masked.lines().all(|line| line.chars().count() <= 80), "{masked}");
    let whole = list("contact list --reveal");
    for told in
        ["+49 30 901820 ext 12", "wang.xiaoming@anvils.example", "Northern Harbour District"]
    {
        assert!(whole.contains(told), "{told}: {whole}");
    }
    let one = list("contact list -c acme --json");
    assert!(one.contains("Ms W**") && !one.contains("Mr B"), "{one}");
    desk.at("10:01").by("chen").run("contact list --customer nobody").refuses("nobody");
}

#[test]
fn what_names_no_customer_or_says_no_change_is_refused_with_what_helps() {
    let desk = Desk::new();
    let run = |line: &str| desk.at("10:00").by("zhang").run(line);
    assert!(run("customer list").succeeds().err().contains("docket customer list --unlisted"));
    desk.fault();
    run("customer add acm --from ACEM").refuses("ACME");
    run("customer add acme --from acme").succeeds();
    run("customer change acme").usage("--alias").and("--agreement");
    run("--lang zh customer change acme").usage("--manager");
    desk.is_honest();
}

#[test]
fn a_number_to_call_comes_with_the_agreement_and_no_reason_is_asked_for_what_cannot_be_dropped() {
    let desk = Desk::new();
    desk.write("../home/agreements.yaml", AGREEMENTS);
    let run = |line: &str| desk.at("10:00").by("zhang").run(line);
    run("policy edit agreements --from ../home/agreements.yaml --reason begun").succeeds();
    run("customer add acme --name ACME --agreement gold").succeeds();
    let id = desk.at("10:05").by("chen").run(FAULT).id();
    let ran = desk.at("10:06").by("chen").run(&format!("phone {id}")).succeeds();
    assert_eq!(ran.out().lines().count(), 1, "the number alone: {ran}");
    assert!(ran.err().contains("Gold support"), "{ran}");
    let told = desk.at("10:06").by("chen").run(&format!("phone {id} --json")).json();
    assert!(told["agreement"].as_str().unwrap().contains("Gold support"), "{told}");
    let (_, screen) = at_terminal(&desk, "zhang", &format!("attachment drop {id} 7")).end();
    assert!(screen.contains("attachment") && !screen.contains("reason:"), "{screen}");
}
