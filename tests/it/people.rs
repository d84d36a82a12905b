//! Who works here, who left and came back; and customers' people by every way to write a number.

use crate::{attachments::attach_log, desk::Desk};

fn open(name: &str, rest: &str) -> String {
    format!(
        "open request 'Matter' --channel email --customer ACME --name '{name}' --reported x \
         --need y --category account {rest}"
    )
}

#[test]
fn a_caller_is_found_by_every_way_to_write_the_number() {
    let desk = Desk::new();
    let opened = open("Anna Bach", "--phone '+49 7736 9219-0'");
    desk.at("09:00").by("chen").run(&opened).succeeds();
    let switchboard = open("王芳", "--phone '010-62345678转8012'");
    desk.at("09:01").by("chen").run(&switchboard).succeeds();
    for (name, ways) in [
        ("A** B**", &["0049 7736 92190", "+49 (0)7736 92190", "＋49 7736 92190"][..]),
        (
            "王**",
            &[
                "010-62345678 x8012",
                "+86 10 62345678 ext. 8012",
                "０１０－６２３４５６７８转８０１２",
                "01062345678",
            ],
        ),
    ] {
        for number in ways {
            let words = format!(
                "open request 'Again' --channel hotline --caller '{number}' --reported x --need y \
                 --category account --lang en"
            );
            let ran = desk.at("09:30").by("chen").run(&words).succeeds();
            assert!(!ran.out().contains("new contact"), "{number}: {ran}");
            let id = ran.id();
            desk.at("09:30").run(&format!("show {id} --lang en")).says(name);
        }
    }
    let other =
        "open request X --channel hotline --caller '010-62345678转8013' --reported x --need y";
    desk.at("09:40")
        .by("chen")
        .run(&format!("{other} --category account --lang en"))
        .refuses("no contact");
    desk.is_honest();
}

#[test]
fn two_people_on_one_line_are_told_apart_by_the_extension_or_refused() {
    let desk = Desk::new();
    for (name, phone) in [("Anna", "010-62345678转8012"), ("Bert", "010-62345678转8013")] {
        let opened = open(name, &format!("--phone '{phone}'"));
        desk.at("09:00").by("chen").run(&opened).succeeds();
    }
    let call = |number: &str| {
        let words = format!(
            "open request 'Again' --channel hotline --caller '{number}' --reported x --need y \
             --category account --lang en"
        );
        desk.at("09:30").by("chen").run(&words)
    };
    let ran = call("+86 10 62345678 分机 8013").succeeds();
    desk.at("09:31").run(&format!("show {} --reveal", ran.id())).says("Bert");
    assert_eq!(call("010-62345678").status(), Some(1), "both are meant");
}

#[test]
fn a_number_inside_a_name_is_refused_with_the_way_to_give_it() {
    let desk = Desk::new();
    for name in ["王芳 13800001111", "Wang 138 0000 2222", "王芳１３８００００１１１１"]
    {
        let ran = desk.at("09:00").by("chen").run(&format!("{} --lang en", open(name, "")));
        ran.refuses("holds a phone number").and("--phone");
    }
    desk.at("09:00").by("chen").run(&open("Room 12", "")).succeeds();
}

#[test]
fn what_cannot_be_dialled_or_written_to_is_no_number_and_no_address() {
    let desk = Desk::new();
    for (flag, given, why) in [
        ("--phone", "ask at reception", "is not a phone number"),
        ("--phone", "13812341234 / 13912341234", "is not a phone number"),
        ("--phone", "7", "is not a phone number"),
        ("--email", "anna at example.com", "is not an e-mail address"),
        ("--email", "a@example.com, b@example.com", "is not an e-mail address"),
    ] {
        let words = open("Anna", &format!("{flag} '{given}' --lang en"));
        desk.at("09:00").by("chen").run(&words).refuses(why).and(flag);
    }
    let words = open("Anna", "--phone '8321' --email 'anna@intranet'");
    desk.at("09:00").by("chen").run(&words).succeeds();
    desk.is_honest();
}

#[test]
fn a_number_that_comes_before_another_is_told_with_the_one_that_stays() {
    let desk = Desk::new();
    let open = |phone: &str| {
        let words = open("Anna", &format!("--phone '{phone}' --lang en"));
        desk.at("09:00").by("chen").run(&words).succeeds()
    };
    let id = open("13812341234").id();
    // written in another way it is the same number
    assert!(!open("+86 138 1234 1234").out().contains("is now"));
    desk.at("09:05").run(&format!("phone {id}")).says("13812341234");
    let ran = open("13912345678");
    assert!(ran.out().contains("is now 139****5678; 138****1234 stays known"), "{ran}");
    desk.at("09:10").run(&format!("phone {id}")).says("13912345678");
    desk.is_honest();
}

#[test]
fn all_that_is_known_of_a_contact_is_shown_and_none_is_merged_into_itself() {
    let desk = Desk::new();
    let words = open("Anna", "--phone 13812341234 --salutation 'Dr Anna'");
    desk.at("09:00").by("chen").run(&words).succeeds();
    let show = |line: &str| desk.at("09:05").by("chen").run(line).succeeds().out();
    assert!(show("contact show Anna --reveal").contains("Dr Anna"));
    assert!(!show("contact show Anna").contains("Dr Anna"));
    let itself = "contact merge Anna --into Anna";
    for (lang, same) in [("en", "are the same contact"), ("zh-CN", "两者是同一个联系人")] {
        let ran = desk.at("09:06").by("chen").run(&format!("{itself} --lang {lang}"));
        assert!(ran.refuses(same).err().contains("docket contact list"));
    }
    let other = words.replace("ACME", "'Harbour Hotel'").replace("Anna", "Bert");
    desk.at("09:07").by("chen").run(&other.replace("13812341234", "13912341234")).succeeds();
    let two = desk.at("09:08").by("chen").run("contact merge Anna --into Bert");
    two.refuses("the first contact belongs to ACME, the other one to Harbour Hotel");
}

#[test]
fn a_list_that_is_asked_for_its_ids_prints_one_a_line() {
    let desk = Desk::new();
    let id = desk.fault();
    let lines = |line: &str| {
        let out = desk.at("09:30").by("chen").run(line).out();
        out.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let contact = desk.record(&id)["intake"]["contact"].as_str().unwrap().to_owned();
    assert_eq!(lines("contact list -q"), [contact]);
    for text in ["called 13912345678", "called 13912345679"] {
        let note = format!("note {id} '{text}' --contains-personal 'asked to'");
        desk.at("09:10").by("chen").run(&note).succeeds();
    }
    assert_eq!(lines("privacy scan -q"), std::slice::from_ref(&id));
    attach_log(&desk, "09:11", &id, "link is down");
    attach_log(&desk, "09:12", &id, "link is up");
    assert_eq!(lines(&format!("attachment list {id} -q")), ["1", "2"]);
    desk.at("09:13")
        .by("chen")
        .run(&format!("attachment drop {id} 1 --reason 'sent twice'"))
        .succeeds();
    assert_eq!(lines(&format!("attachment list {id} -q")), ["2"]);
}

#[test]
fn the_whole_name_of_a_contact_finds_all_their_records_and_a_part_only_where_names_are_revealed() {
    let desk = Desk::new();
    let first = desk.at("09:00").by("chen").run(&open("Anna Bach", "")).id();
    let second = desk.at("09:01").by("chen").run(&open("A. Bach", "--phone 13812341234")).id();
    let namesake = open("Anna Bach", "").replace("ACME", "'Harbour Hotel'");
    let third = desk.at("09:02").by("chen").run(&namesake).id();
    let contact = |id: &str| desk.record(id)["status"]["contact"].as_str().unwrap().to_owned();
    let merge = format!("contact merge {} --into {}", contact(&first), contact(&second));
    desk.at("09:03").by("chen").run(&merge).succeeds();
    let found = |words: &str| {
        let ran = desk.at("09:10").run(words).succeeds();
        [&first, &second, &third].map(|id| ran.out().contains(id.as_str()))
    };
    assert_eq!(found("search 'anna bach'"), [true, true, true]);
    assert_eq!(found("search '+86 138 1234 1234'"), [true, true, false]);
    assert_eq!(found("search Bach"), [false, false, false]);
    assert_eq!(found("search Bach --reveal"), [true, true, true]);
    let shown = desk.at("09:10").run("search 'anna bach' --json").succeeds();
    assert!(!shown.out().contains("Anna"), "{shown}");
}

#[test]
fn somebodys_id_may_be_their_address_and_nobody_elses() {
    let desk = Desk::new();
    let add = |id: &str, email: &str| {
        let words = format!("people add {id} --name X --email {email} --role agent --lang en");
        desk.at("09:00").by("zhang").run(&words)
    };
    add("xu", "xu").succeeds();
    add("yu", "XU").refuses("already in the roster");
    add("ma", "ma@example.com --email ma@example.com").refuses("already in the roster");
    add("li@example.com", "ma@example.com").usage("is not an id");
    desk.is_honest();
}

#[test]
fn nothing_is_handed_over_by_a_retirement_that_is_refused() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    desk.at("10:00").by("zhang").run("people retire li --reason 'has left' --to wu").succeeds();
    let later = desk.fault_in("acknowledged");
    let before = desk.head();
    for (who, words, why) in [
        ("zhang", "people retire li --reason again --to wu", "already"),
        ("zhang", "people retire wu --reason x --to wu", "wu"),
        ("zhang", "people retire wu --reason x --to nobody", "nobody"),
        ("chen", "people retire wu --reason x --to li", "chen"),
        ("zhang", "people retire chen --reason x --to wu", "wu"),
    ] {
        let ran = desk.at("11:00").by(who).run(&format!("{words} --lang en"));
        assert_eq!(ran.status(), Some(1), "{words}: {ran}");
        assert!(ran.err().contains(why), "{words}: {ran}");
        assert_eq!(desk.head(), before, "{words}");
    }
    assert_eq!(desk.record(&id)["status"]["assignee"], "wu");
    assert_eq!(desk.record(&later)["status"]["desk_owner"], "chen");
    desk.is_honest();
}

#[test]
fn who_left_gets_no_more_work_that_day_and_may_come_back() {
    let desk = Desk::new();
    let id = desk.fault_in("acknowledged");
    desk.at("10:00").by("zhang").run("people retire li --reason 'has left'").succeeds();
    let route = format!("route {id} --to li --reason x --lang en");
    desk.at("10:05").by("chen").run(&route).refuses("li");
    desk.at("10:10").by("li").run("people list").succeeds();
    desk.at("10:20").by("chen").run("people rejoin li --lang en").refuses("chen");
    desk.at("2026-11-24 09:00").by("zhang").run("people rejoin li --lang en").says("li is back");
    desk.at("2026-11-24 09:01").by("zhang").run("people rejoin li --lang en").refuses("li");
    desk.at("2026-11-24 09:05").by("chen").run(&route).succeeds();
    desk.at("2026-11-24 09:10")
        .by("li")
        .run(&format!("accept {id} --respond-by +1h --reason x"))
        .succeeds();
    desk.is_honest();
}

#[test]
fn a_matter_is_escalated_to_somebody_higher() {
    let desk = Desk::new();
    desk.at("08:30")
        .by("zhang")
        .run("people add guo --name Guo --email guo@example.com --role leader")
        .succeeds();
    let id = desk.fault_in("in_progress");
    let escalate = |who: &str, to: &str| {
        let words = format!("escalate {id} --to {to} --reason late --method phone --lang en");
        desk.at("10:00").by(who).run(&words)
    };
    escalate("zhang", "zhang").refuses("cannot escalate to themselves");
    escalate("chen", "wu").refuses("Wu Gang (wu) cannot be informed at tier 1").and("team lead");
    escalate("wu", "zhang").refuses("李雷 (li) is responsible for it");
    escalate("li", "zhang").succeeds();
    escalate("chen", "guo").succeeds();
    desk.is_honest();
}

#[test]
fn what_is_said_of_the_work_is_for_the_responsible_person_and_the_desk() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    for words in [
        "update ID --progress implementing",
        "promise ID 12:00 --to 'Ms Wang' --what 'a call'",
        "amend ID --set title=Other --reason typo",
    ] {
        let words = format!("{} --lang en", words.replace("ID", &id));
        let refused = desk.at("10:00").by("wu").run(&words);
        let refused = refused
            .refuses("李雷 (li) is responsible for it, not Wu Gang (wu)")
            .and("let 李雷 (li) do it");
        assert!(!refused.err().contains("--on-behalf-of"), "{refused}");
        desk.at("10:00").by("li").run(&words).succeeds();
    }
    desk.at("10:05").by("wu").run(&format!("update {id} --note 'seen in the lift'")).succeeds();
    desk.is_honest();
}
