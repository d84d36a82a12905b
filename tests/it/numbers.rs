//! Phone numbers at the door: found in every spelling, refused where nobody can dial them, and whom a
//! number means that several have or that is kept without the code of its town.

use crate::{
    desk::Desk,
    terminal::{DOWN, ENTER, Typist, UP},
};

/// A desk that knows Mr Ho and Mr Lo, who share a number, Ms Wang and Mr Fu.
fn desk() -> Desk {
    let desk = Desk::new();
    for line in [
        "'Mr Ho' --customer ACME --phone '010-62345678 ext 12'",
        "'Mr Lo' --customer Globex --phone '010-62345678x12'",
        "'Ms Wang' --customer ACME --phone 13812341234",
        "'Mr Fu' --customer Globex --phone 58881234",
    ] {
        desk.at("09:00").by("chen").run(&format!("contact add {line}")).succeeds();
    }
    desk
}

fn id(desk: &Desk, name: &str) -> String {
    desk.at("09:01")
        .run(&format!("contact show '{name}' --quiet"))
        .succeeds()
        .out()
        .trim()
        .to_owned()
}

#[test]
fn a_number_is_found_with_any_signs_and_a_nought_too_many() {
    let desk = desk();
    for number in [
        "+86-0138 1234 1234",
        "0086 0138 1234 1234",
        "[138]12341234",
        "138·1234·1234",
        "0138-1234-1234",
    ] {
        desk.at("09:10").run(&format!("contact show '{number}'")).says("Ms W**");
    }
    for number in ["010-62345678;ext=12", "010-62345678,12", "+861062345678p12", "010 62345678-12"]
    {
        let found = desk.at("09:10").run(&format!("contact show '{number}'")).refuses("several");
        assert!(found.err().contains("Mr H**") && found.err().contains("Mr L**"), "{found}");
    }
}

#[test]
fn whoever_shares_a_number_is_asked_about_once_and_not_for_one_that_is_former() {
    let desk = desk();
    let add = "contact add 'Ms Fu' --customer ACME --phone 13812341234";
    let asked = "has a number or address of";
    let add = desk.at("09:10").by("chen").run(add).succeeds();
    assert!(add.err().contains(asked), "{add}");
    let run = |line: &str| desk.at("09:11").by("chen").run(line).succeeds().err();
    let named = run("contact change 'Ms Fu' --salutation Mrs");
    assert!(!named.contains(asked), "nothing that leads to her is new: {named}");
    let moved = run("contact change 'Ms Fu' --set phone=13900001111");
    assert!(!moved.contains(asked), "the shared one is former: {moved}");
    let new = run("contact add 'Mr Xu' --customer ACME --phone 13812341234");
    assert!(new.contains("Ms W**") && !new.contains("Ms F**"), "{new}");
}

#[test]
fn a_contact_without_a_record_is_shown_with_a_word_of_that_and_no_remains_of_a_number() {
    let desk = desk();
    let shown = desk.at("09:10").run("contact show 'Mr Ho' --lang en").succeeds();
    assert!(shown.err().contains("no record names this contact"), "{shown}");
    assert!(!shown.err().contains("nothing found"), "{shown}");
    assert!(shown.out().contains("010****5678 ext **"), "{shown}");
}

#[test]
fn a_number_that_nobody_can_dial_is_refused_with_what_is_permitted() {
    let desk = Desk::new();
    for number in ["12", "+86", "٠١٠-٦٢٣٤٥٦٧٨", "١٢"] {
        let line = format!("contact add 'Ms Li' --customer ACME --phone '{number}'");
        desk.at("09:00").by("chen").run(&line).refuses("3 to 20 digits 0 to 9");
    }
    let line = "contact add 'Ms Li' --customer ACME --phone 1381234567";
    desk.at("09:00").by("chen").run(line).refuses("has 11 digits");
    // a house's own exchange has short ones
    desk.at("09:00").by("chen").run("contact add 'Ms Li' -c ACME --phone 832").succeeds();
}

#[test]
fn a_number_without_the_code_of_its_town_finds_a_possible_match_which_changes_nobody() {
    let desk = desk();
    let told = "possible match, the same number but for the area code";
    let fu = id(&desk, "Mr Fu");
    for number in ["021-58881234", "+86 10 5888 1234"] {
        let shown = desk.at("09:10").run(&format!("contact show '{number}'"));
        shown.says("Mr F**").and(told);
        for line in [
            format!("contact change '{number}' --email fu@globex.example"),
            format!("contact erase '{number}' --reason 'asked for it'"),
        ] {
            let refused = desk.at("09:10").by("zhang").run(&line).refuses("no contact");
            assert!(refused.err().contains(&format!("did you mean {fu} (Mr F**)?")), "{refused}");
        }
        // whose number it may be is told, and who calls is still to be said
        let call = format!("call lamp -p '{number}' -c Globex");
        desk.at("09:11")
            .by("chen")
            .run(&call)
            .usage("contact (--name)")
            .and(&format!("{told}: {fu}"));
    }
    let call = desk.at("09:12").by("chen").run("call lamp -n 021-58881234").succeeds();
    assert!(call.err().contains(told), "{call}");
    assert_eq!(desk.record(&call.id())["intake"]["contact"], *fu);
}

#[test]
fn whoever_has_the_number_of_a_call_is_the_caller_and_two_who_share_it_are_both_named() {
    let desk = desk();
    let called = desk.at("09:10").by("chen").run("call lamp -p '138 1234 1234'").succeeds();
    assert!(called.err().contains("known: Ms W** · ACME"), "{called}");
    let record = desk.record(&called.id());
    assert_eq!(record["intake"]["customer"], "ACME");
    assert_eq!(record["intake"]["contact"], *id(&desk, "Ms Wang"));

    let shared = desk.at("09:11").by("chen").run("call lamp -p '010 62345678-12'");
    let refused = shared.refuses("may be several contacts").err();
    let (ho, lo) = (id(&desk, "Mr Ho"), id(&desk, "Mr Lo"));
    assert!(refused.contains(&ho) && refused.contains(&lo), "{refused}");
    assert!(refused.contains("--caller C-") && refused.contains("--name NAME"), "{refused}");
    // the customer tells them apart, and so does the id
    for (line, who) in [
        ("call lamp -p '010 62345678-12' -c globex".to_owned(), &lo),
        (format!("call lamp -p '010 62345678-12' --caller {ho}"), &ho),
    ] {
        let opened = desk.at("09:12").by("chen").run(&line).id();
        assert_eq!(desk.record(&opened)["intake"]["contact"], **who, "{line}");
    }
    desk.is_honest();
}

#[test]
fn a_terminal_says_that_nobody_is_meant_before_it_asks_what_is_new() {
    let desk = desk();
    let line = "contact change 'Ms Nobody'";
    let (status, screen) = Typist::at(desk.at("09:20").by("chen").command(line), 80).end();
    assert_eq!(status, 1, "{screen}");
    assert!(
        screen.contains("no contact “Ms Nobody”") && !screen.contains("phone (none)"),
        "{screen}"
    );
}

#[test]
fn a_terminal_asks_which_of_two_with_one_number_calls_or_who_else() {
    let desk = desk();
    let (ho, lo) = (id(&desk, "Mr Ho"), id(&desk, "Mr Lo"));
    let rest = ["reported (", "category (", "kind (", "stopped (", "expected by ("];
    for (line, keys, caller) in [
        ("call lamp -p '010 62345678-12'", &[("a new contact", DOWN), ("> Mr H**", ENTER)][..], 0),
        (
            "call lamp -p '010 62345678-12'",
            &[("a new contact", DOWN), ("> Mr H**", DOWN), ("> Mr L**", ENTER)],
            1,
        ),
        (
            "call",
            &[
                ("contact:", "010 62345678-12\r"),
                ("a new contact", UP),
                ("> a new", ENTER),
                ("contact:", "Ms Xu\r"),
                ("customer:", "Initech\r"),
                ("site (none):", ENTER),
            ],
            2,
        ),
    ] {
        let mut typist = Typist::at(desk.at("09:20").by("chen").command(line), 80);
        for (asked, keys) in keys {
            typist.sees(asked).types(keys);
        }
        if line == "call" {
            typist.sees("title:").types("lamp\r");
        }
        // a title on the line leaves little to ask
        let asked_for = if line == "call" { &rest[..] } else { &rest[4..] };
        for asked in asked_for {
            typist.sees(asked).types(ENTER);
        }
        let (status, screen) = typist.end();
        assert_eq!(status, 0, "{screen}");
        let record = desk.at("09:21").by("chen").run("show last --json").json();
        let contact = record["intake"]["contact"].as_str().unwrap().to_owned();
        let expected = [&ho, &lo].get(caller).map(|id| (*id).clone());
        assert_eq!(contact, expected.unwrap_or_else(|| id(&desk, "Ms Xu")), "{screen}");
    }
    let xu = desk.at("09:22").run("contact show 'Ms Xu' --reveal").says("010 62345678-12");
    xu.says("Initech");
    desk.is_honest();
}
