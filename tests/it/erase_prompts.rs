//! An erasure, as somebody at a keyboard meets it: whom, why, what goes, and what it leaves behind in
//! another clone.

use std::{fs, os::unix::fs::PermissionsExt as _};

use serde_json::{Value, json};

use crate::{
    complaint::ABOUT_LI,
    desk::{Desk, FAULT, tail},
    erasure::{ERASE, clone, desk, door, id_of},
    hints::advised,
    terminal::{DOWN, ENTER, ESCAPE, Typist, UP},
};

fn at_terminal(desk: &Desk, who: &str, line: &str) -> Typist {
    Typist::at(desk.at("14:30").by(who).command(line), 80)
}

#[test]
fn whom_to_erase_and_why_is_asked_and_what_goes_is_shown_before_it_goes() {
    let desk = desk();
    let id = id_of(&desk, "Ms Wang");
    let tip = desk.head();
    // a name is found though the list masks it
    let mut typist = at_terminal(&desk, "zhang", "contact erase");
    typist.sees("contact:").sees("Ms W**").types("ms wang").sees("> ").types(ENTER);
    typist.sees("reason:").types("asked for it").types(ENTER).sees("erase for good (no):");
    let shown = typist.text();
    assert!(!shown.contains("Ms Wang"), "no menu tells a whole name: {shown}");
    for part in [&format!("{id} · Ms W** · ACME"), "138****1234", "1 record keeps the id"] {
        assert!(shown.contains(part), "no {part} in {shown}");
    }
    // a blank answer takes nothing away
    let (status, screen) = typist.types(ENTER).end();
    assert!(status == 2 && screen.contains("nothing was changed"), "{screen}");
    assert!(screen.contains(&format!("docket contact erase {id} --reason")), "{screen}");
    assert_eq!(desk.head(), tip);

    let mut typist = at_terminal(&desk, "zhang", &format!("{ERASE} --lang zh-CN"));
    typist.sees("确认删除（否）：").types(UP).sees("> 是").types(ENTER);
    let (status, screen) = typist.end();
    assert!(status == 0 && screen.contains("已删除"), "{screen}");
    desk.is_honest();
}

#[test]
fn what_stands_against_an_erasure_is_told_before_anything_is_asked() {
    let desk = desk();
    let id = id_of(&desk, "Ms Wang");
    let (_, screen) = at_terminal(&desk, "chen", "contact erase").end();
    assert!(screen.contains("team lead") && !screen.contains("contact:"), "{screen}");
    let (_, screen) = at_terminal(&desk, "zhang", "contact erase wang").end();
    let line = format!("docket contact erase {id} --reason TEXT");
    assert!(screen.contains(&line) && !screen.contains("reason:"), "{screen}");
    let open = desk.at("14:25").by("chen").run(&FAULT.replace("'Ms Wang'", &id)).id();
    let (_, screen) = at_terminal(&desk, "zhang", "contact erase 'Ms Wang'").end();
    assert!(screen.contains(&open) && !screen.contains("reason:"), "{screen}");
    desk.at("14:26").by("zhang").run(&format!("cancel {open} --mistake twice")).succeeds();
    let naming = "contact erase 'Ms Wang' --reason 'Ms Wang asked'";
    let (_, screen) = at_terminal(&desk, "zhang", naming).end();
    assert!(
        screen.contains("the reason contains personal data") && !screen.contains("for good"),
        "{screen}"
    );
}

#[test]
fn a_reason_that_names_who_is_erased_is_asked_for_again() {
    let desk = desk();
    let mut typist = at_terminal(&desk, "zhang", "contact erase 'Ms Wang'");
    typist.sees("reason:").types("Ms Wang asked\r").sees("contains personal data");
    typist.sees("reason:").types("asked for it\r").sees("erase for good (no):").types(UP);
    let (status, screen) = typist.sees("> yes").types(ENTER).end();
    assert!(status == 0 && screen.contains("erased"), "{screen}");
}

#[test]
fn what_an_erasure_leaves_of_a_name_or_in_another_branch_is_told_with_the_command() {
    let desk = desk();
    desk.at("14:20").by("chen").run("customer add wang --name 'Wang Min'").succeeds();
    desk.at("14:21").by("chen").run("contact add 'Wang Min' --customer 'Wang Min'").succeeds();
    let erase = |line: &str| desk.at("14:22").by("zhang").run(line).succeeds().out();
    let tip = desk.head();
    let own = id_of(&desk, "Wang Min");
    let line = "contact erase 'Wang Min' --reason 'asked for it'";
    let json = desk.copy().at("14:22").by("zhang").run(&format!("{line} --json")).json();
    assert_eq!(json["named_so"], json!([{"contact": own, "customer": "wang"}]));
    assert_eq!((&json["other_branch"], desk.head()), (&Value::Null, tip));
    let told = erase(line);
    let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("docket customer change wang --name NAME --remove OLD"), "{told}");
    desk.git(["branch", "trial"]);
    desk.git(["switch", "-q", "trial"]);
    let line = format!("{ERASE} --branch trial");
    let json = desk.copy().at("14:22").by("zhang").run(&format!("{line} --json")).json();
    assert_eq!((&json["other_branch"], &json["named_so"]), (&json!("trial"), &json!([])));
    let told = erase(&line);
    let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("--branch main --reason TEXT"), "{told}");
    assert!(!told.contains("takes it from the remote"), "{told}");
}

#[test]
fn where_nobody_is_asked_an_erasure_needs_all_and_no_confirmation() {
    let desk = desk();
    let run = |line: &str| desk.at("14:30").by("zhang").run(line);
    run("contact erase").usage("needs contact (CONTACT), reason (--reason)");
    run("contact erase --lang zh-CN").usage("还缺：联系人、理由（--reason）");
    run("contact erase 'Ms Wang'").usage("needs reason (--reason)");
    let mut typist = at_terminal(&desk, "zhang", &format!("{ERASE} --no-input"));
    let (status, screen) = typist.end();
    assert!(status == 0 && !screen.contains("for good"), "{screen}");
}

#[test]
fn a_clone_without_names_says_how_to_get_them_wherever_somebody_is_meant() {
    let desk = desk();
    let id = id_of(&desk, "Ms Wang");
    let plain = Desk::plain_clone_of(&door(&desk));
    let record =
        desk.at("14:30").run("list --all --quiet").out().lines().last().unwrap().to_owned();
    let run = |line: &str| plain.at("14:30").by("zhang").run(line);
    for line in [
        "contact show 'Ms Wang'",
        "contact erase 'Ms Wang' --reason 'asked for it'",
        "contact merge 'Ms Wang' --into 'Li Na'",
        &format!("phone {record}"),
    ] {
        let ran = run(line).refuses("not in this clone");
        assert!(ran.err().contains("docket sync"), "{ran}");
        let zh = run(&format!("{line} --lang zh-CN")).refuses("本克隆没有联系人的个人信息");
        assert!(zh.err().contains("docket sync"), "{zh}");
    }
    for line in ["contact list", &format!("contact show {id}")] {
        assert!(run(line).succeeds().err().contains("docket sync"), "{line}");
        assert!(!run(&format!("{line} --ids")).succeeds().err().contains("docket sync"), "{line}");
    }
    let (_, screen) = at_terminal(&plain, "zhang", "contact erase").end();
    assert!(screen.contains("docket sync") && !screen.contains("contact:"), "{screen}");
}

#[test]
fn a_sync_names_the_unfinished_records_whose_contact_was_erased() {
    let desk = desk();
    let (late, other) = (clone(&desk), clone(&desk));
    let id = id_of(&desk, "Ms Wang");
    let open = late.at("14:31").by("chen").run(&FAULT.replace("'Ms Wang'", &id)).id();
    desk.at("14:32").by("zhang").run(ERASE).succeeds();
    assert!(!desk.at("14:33").by("zhang").run("sync").succeeds().out().contains("unfinished"));
    // once where the record is, and once where the erasure was
    let line = format!(
        "{open} is unfinished, and its contact was erased; next: docket ack {} --reply-by TIME \
         --informed NAME",
        tail(&open)
    );
    for clone in [&late, &desk] {
        let met = clone.at("14:34").by("chen").run("sync").succeeds().out();
        assert_eq!(met.matches(&line).count(), 1, "{met}");
        assert!(!met.contains("--mistake"), "{met}");
        let again = clone.at("14:35").by("zhang").run("sync").succeeds().out();
        assert!(!again.contains("unfinished"), "{again}");
    }
    // whom both reach at once
    let json = other.at("14:36").by("zhang").run("sync --json").json();
    let lost = &json["people"]["records_without_contact"];
    assert_eq!(*lost, serde_json::json!([open]), "{json}");
    // what goes on with the record is no news of its contact
    let note = format!("note {} 'called back'", tail(&open));
    late.at("14:37").by("chen").run(&note).succeeds();
    late.at("14:38").by("chen").run("sync").succeeds();
    let met = desk.at("14:39").by("zhang").run("sync").succeeds().out();
    assert!(met.contains("received") && !met.contains("unfinished"), "{met}");
    let show = format!("show {}", tail(&open));
    late.at("14:40").by("chen").run(&show).succeeds();
}

/// A clone, and a record of it whose contact was erased in another clone.
fn without_contact() -> (Desk, String) {
    let desk = desk();
    let late = clone(&desk);
    let id = id_of(&desk, "Ms Wang");
    let open = late.at("14:31").by("chen").run(&FAULT.replace("'Ms Wang'", &id)).id();
    desk.at("14:32").by("zhang").run(ERASE).succeeds();
    desk.at("14:33").by("zhang").run("sync").succeeds();
    late.at("14:34").by("chen").run("sync").says("its contact was erased");
    (late, open)
}

#[test]
fn a_record_whose_contact_was_erased_goes_on_by_the_commands_that_are_told() {
    let (desk, open) = without_contact();
    let id = tail(&open);
    let refused = |time: &str, who: &str, line: &str, hint: &str| {
        let err = desk.at(time).by(who).run(line).refuses("").err();
        assert!(err.contains(hint), "no {hint} in {err}");
        let advice = advised(&err, who, line);
        assert!(!advice.is_empty(), "{err}");
        for advice in advice {
            assert_eq!(advice.fails(&desk, time), None, "{err}");
        }
    };
    let done = |time: &str, who: &str, line: &str| {
        desk.at(time).by(who).run(&line.replace("ID", &id)).succeeds().out()
    };
    let ack = format!("docket ack {id} --reply-by TIME --informed NAME");
    refused("14:40", "chen", &format!("ack {id} +30m"), &ack);
    refused("14:40", "chen", &format!("route {id} li 'his field'"), &ack);
    done("14:41", "chen", "ack ID +30m --informed 'Bob Fu'");
    done("14:42", "chen", "route ID li 'his field'");
    let told = done("14:43", "li", "accept ID +1h");
    assert!(told.contains(&format!("docket respond {id} --note TEXT --informed NAME")), "{told}");
    refused("14:44", "li", &format!("respond {id} 'on it'"), "--informed NAME");
    done("14:45", "li", "respond ID 'on it' --informed 'Bob Fu'");
    let told = done("14:46", "li", "resolve ID 'replaced' --cause wear --code fixed");
    let (confirm, close) = (
        format!("docket confirm {id} --with NAME --satisfaction GRADE"),
        format!("a team lead does it: docket close {id} --exception other --reason TEXT"),
    );
    assert!(told.contains(&confirm) && told.contains(&close), "{told}");
    for line in ["cancel ID --mistake 'opened twice'", "close ID"] {
        refused("14:47", "chen", &line.replace("ID", &id), &confirm);
        refused("14:47", "chen", &line.replace("ID", &id), &close);
    }
    let told = done("14:48", "zhang", "close ID --exception other --reason 'nobody to ask'");
    assert!(!told.contains("survey") && told.contains("docket show"), "{told}");
    desk.at("14:49").by("chen").run(&format!("survey send {id}")).refuses("has been erased");
    desk.at("14:49").by("chen").run(&format!("close {id}")).refuses("closed");
    desk.is_honest();
}

#[test]
fn a_record_of_somebody_erased_says_so_wherever_its_contact_is_looked_for() {
    let (desk, open) = without_contact();
    for (lang, erased) in [("en", "erased"), ("zh-CN", "已删除")] {
        let ran = |line: &str| desk.at("14:40").by("chen").run(&format!("{line} --lang {lang}"));
        ran(&format!("phone {open}")).refuses(erased);
        ran(&format!("show {open}")).says(erased);
    }
}

#[test]
fn a_clone_that_lacks_some_names_says_of_how_many() {
    let desk = desk();
    let plain = Desk::plain_clone_of(&door(&desk));
    let run = |line: &str| plain.at("14:30").by("chen").run(line);
    run(&FAULT.replace("'Ms Wang'", "'Bob Fu'").replace("13812341234", "13912341234")).succeeds();
    let (known, other) = (id_of(&plain, "Bob Fu"), id_of(&desk, "Ms Wang"));
    let said = "the names of 2 persons are not in this clone; docket sync brings them";
    assert!(run("contact list").succeeds().err().contains(said));
    assert!(run("contact show 'Ms Wang'").refuses("no contact").err().contains(said));
    assert!(run(&format!("contact show {other}")).err().contains("the names of 1 person"));
    for line in [format!("contact show {known}"), "contact list --ids".to_owned()] {
        assert!(!run(&line).succeeds().err().contains("docket sync"), "{line}");
    }
    let record =
        desk.at("14:30").run("list --all --quiet").out().lines().last().unwrap().to_owned();
    let lacking = run(&format!("phone {record}")).refuses(&format!("of {other} are not in"));
    assert!(lacking.err().contains("docket sync"), "{lacking}");
}

#[test]
fn the_commands_that_hide_a_text_are_told_in_the_language_of_who_reads_them() {
    let desk = desk();
    let called = "call 'Ms Wang and Ms Wang again' -c Globex -n Zoe";
    desk.at("14:20").by("chen").run(called).succeeds();
    for (lang, reason) in [("en", "TEXT"), ("zh-CN", "理由")] {
        let scan = desk.at("14:21").by("zhang").run(&format!("privacy scan --lang {lang}"));
        scan.finds(&format!("--field title --reason {reason}\n"));
    }
    let erased = desk.at("14:22").by("zhang").run(&format!("{ERASE} --lang zh-CN"));
    erased.says("--field title --reason 理由\n");
}

#[test]
fn a_menu_of_persons_is_left_without_a_trace() {
    let desk = desk();
    let tip = desk.head();
    let (status, _) =
        at_terminal(&desk, "zhang", "contact erase").sees("contact:").types(ESCAPE).end();
    assert_eq!((status, desk.head()), (2, tip));
}

#[test]
fn somebody_new_on_a_record_whose_contact_was_erased_may_be_the_same_and_is_asked_about() {
    let (desk, open) = without_contact();
    let (id, tip) = (tail(&open), desk.head());
    let line = format!("ack {id} +30m --informed 'Peter Chan'");
    let asked = "somebody else than the person who was erased (no):";
    let mut typist = at_terminal(&desk, "chen", &line);
    let (status, screen) = typist.sees(asked).types(ENTER).end();
    assert_eq!((status, desk.head()), (2, tip), "{screen}");
    assert!(!screen.contains("contact:") && !screen.contains("C-"), "nobody is offered: {screen}");
    let mut typist = at_terminal(&desk, "chen", &format!("{line} --lang zh-CN"));
    typist.sees("不是已删除的那位联系人（否）：").types(UP).sees("> 是").types(ENTER);
    assert_eq!(typist.end().0, 0);
    // where nobody is asked it is said, and the command takes them away again
    desk.at("14:41").by("chen").run(&format!("route {id} li 'his field'")).succeeds();
    desk.at("14:42").by("li").run(&format!("accept {id} +1h")).succeeds();
    let told = desk.at("14:43").by("li").run(&format!("respond {id} 'on it' --informed 'Bob Fu'"));
    let new = id_of(&desk, "Bob Fu");
    let erase = format!("docket contact erase {new} --reason TEXT");
    told.says(&format!("if {new} is the person who was erased, they are known again: {erase}"));
    // whom the desk knows needs no question
    let known = format!("promise {id} +2h --to 'Bob Fu' --what 'a spare part'");
    let told = desk.at("14:44").by("li").run(&known).succeeds();
    assert!(!told.out().contains("known again"), "{told}");
    desk.at("14:45").by("zhang").run(&erase.replace("docket ", "")).succeeds();
    desk.is_honest();
}

#[test]
fn who_is_picked_stands_once_in_the_command_that_is_given_back() {
    let desk = Desk::new();
    let id = desk.fault_in("resolved");
    let known = id_of(&desk, "Ms Wang");
    let mut typist = at_terminal(&desk, "chen", &format!("confirm {id} --with Zed"));
    typist.sees("Ms W**").types(DOWN).sees("> Ms W**").types(ENTER);
    typist.sees("satisfaction").sees("satisfied").types(ESCAPE);
    let (_, screen) = typist.end();
    let line = format!("docket confirm {id} --with {known}");
    assert!(screen.contains("to run again") && screen.contains(&line), "{screen}");
    assert!(!screen.contains("Zed"), "{screen}");
}

#[test]
fn a_record_with_nobody_else_at_the_customer_is_closed_as_it_stands_by_a_team_lead() {
    let (desk, open) = without_contact();
    let id = tail(&open);
    let close = format!("close {id} --exception other --reason 'nobody else there'");
    for line in [format!("route {id} li 'his field'"), format!("ack {id} +30m")] {
        let err = desk.at("14:40").by("chen").run(&line).refuses("").err();
        let hint = format!("docket close {id} --exception other --reason TEXT");
        assert!(err.contains(&hint), "{err}");
    }
    desk.at("14:41").by("chen").run(&close).refuses("team lead");
    desk.at("14:42").by("zhang").run(&close).succeeds();
    // a record whose contact is known ends by its own road
    let known = desk.at("14:43").by("chen").run(&FAULT.replace("Ms Wang", "Bob Fu")).id();
    let other = format!("close {known} --exception other --reason 'nobody there'");
    desk.at("14:44").by("zhang").run(&other).refuses("open");
    desk.is_honest();
}

#[test]
fn a_reopened_record_or_a_complaint_of_somebody_erased_has_the_same_way_out() {
    let desk = desk();
    let late = clone(&desk);
    let (id, closed) = (id_of(&desk, "Ms Wang"), desk.at("14:10").run("list --all -q").out());
    let line = ABOUT_LI.replace("'Ms Wang'", &id);
    let complaint = late.at("14:31").by("chen").run(&line).id();
    desk.at("14:32").by("zhang").run(ERASE).succeeds();
    desk.at("14:33").by("zhang").run("sync").succeeds();
    late.at("14:34").by("chen").run("sync").says("its contact was erased");
    let fault = closed.lines().find(|it| desk.record(it)["status"]["kind"] == "fault").unwrap();
    late.at("14:35").by("chen").run(&format!("reopen {fault} --reason 'broken again'")).succeeds();
    for record in [&complaint, fault] {
        let close = format!("close {record} --exception other --reason 'company is gone'");
        late.at("14:36").by("chen").run(&close).refuses("team lead");
        late.at("14:37").by("zhang").run(&close).succeeds();
    }
    late.is_honest();
}

#[test]
fn a_sync_at_a_terminal_keeps_each_command_whole_on_its_line() {
    for (lang, text) in [("en", "TEXT"), ("zh-CN", "理由")] {
        let desk = desk();
        let late = clone(&desk);
        let id = id_of(&desk, "Ms Wang");
        let open = late.at("14:31").by("chen").run(&FAULT.replace("'Ms Wang'", &id)).id();
        desk.at("14:32").by("zhang").run(ERASE).succeeds();
        desk.at("14:33").by("zhang").run("sync").succeeds();
        let mut sync =
            Typist::at(late.at("14:34").by("chen").command(&format!("sync --lang {lang}")), 80);
        let printed = sync.printout().1;
        for command in [
            format!("docket close {} --exception other --reason {text}", tail(&open)),
            format!("docket ack {} --reply-by", tail(&open)),
        ] {
            assert!(printed.lines().any(|line| line.contains(&command)), "{command}: {printed}");
        }
    }
}

#[test]
fn the_texts_to_hide_are_shown_before_the_question_and_of_copies_only_one() {
    let desk = desk();
    let said = "Ms Wang called again for her colleague";
    let call = format!("call '{said}' -c Globex -n Zoe");
    let id = desk.at("14:20").by("chen").run(&call).id();
    let note = format!("note {id} 'Ms Wang sits upstairs'");
    desk.at("14:21").by("chen").run(&note).succeeds();
    let redact = |event: &str, field: &str| {
        format!("docket redact {} --event {event} --field {field} --reason TEXT", tail(&id))
    };
    let mut typist = at_terminal(&desk, "zhang", ERASE);
    let (_, screen) = typist.sees("erase for good (no):").types(ENTER).end();
    assert!(
        screen.contains("2 texts contain") && screen.contains(&redact("2", "note")),
        "{screen}"
    );
    assert!(screen.contains(&redact("1", "title")), "{screen}");
    assert_eq!(screen.matches("docket redact").count(), 2, "{screen}");
    let hide = redact("1", "title").replace("docket ", "").replace("TEXT", "name");
    desk.at("14:22").by("zhang").run(&hide).succeeds();
    // what is hidden already is not listed, nor are its copies
    let told = desk.at("14:23").by("zhang").run(ERASE).succeeds().out();
    assert!(told.contains("1 text contains") && told.contains("a team lead hides it:"), "{told}");
    assert_eq!(told.matches("docket redact").count(), 1, "{told}");
}

#[test]
fn a_clone_that_only_receives_an_erasure_is_told_the_texts_to_hide_too() {
    let desk = desk();
    let id = desk.at("14:20").by("chen").run("call 'Ms Wang again' -c Globex -n Zoe").id();
    let note = format!("note {id} 'Ms Wang sits upstairs'");
    desk.at("14:21").by("chen").run(&note).succeeds();
    desk.at("14:22").by("chen").run("sync").succeeds();
    let (late, other) = (clone(&desk), clone(&desk));
    // a text that only this clone knows is listed here alone
    let own = late.at("14:23").by("chen").run("call 'Ms Wang is late' -c Globex -n Zoe").id();
    let redact = |id: &str, event: &str, field: &str| {
        format!("docket redact {} --event {event} --field {field} --reason TEXT", tail(id))
    };
    let all = [redact(&id, "1", "title"), redact(&id, "2", "note"), redact(&own, "1", "title")];
    desk.at("14:30").by("zhang").run(ERASE).says(&all[0]);
    desk.at("14:31").by("zhang").run("sync").succeeds();
    let told = late.at("14:32").by("chen").run("sync").succeeds().out();
    assert!(told.contains("3 texts contain the name"), "{told}");
    assert!(all.iter().all(|line| told.contains(line)), "{told}");
    assert!(!told.contains("Ms Wang"), "{told}");
    assert!(!late.at("14:33").by("chen").run("sync").out().contains("redact"), "told once");
    // what was hidden meanwhile is left out
    let hide = all[1].replace("docket ", "").replace("TEXT", "'not needed'");
    late.at("14:34").by("zhang").run(&hide).succeeds();
    late.at("14:35").by("zhang").run("sync").succeeds();
    let told = other.at("14:36").by("zhang").run("sync --json").json();
    let mut named = [all[0].as_str(), all[2].as_str()];
    named.sort_unstable();
    assert_eq!(told["people"]["to_hide"], serde_json::json!(named), "{told}");
}

#[test]
fn the_texts_to_hide_are_told_although_the_remote_refuses_what_else_was_to_be_sent() {
    let desk = desk();
    let late = clone(&desk);
    let own = late.at("14:23").by("chen").run("call 'Ms Wang is late' -c Globex -n Zoe").id();
    desk.at("14:30").by("zhang").run(ERASE).succeeds();
    desk.at("14:31").by("zhang").run("sync").succeeds();
    let hook = desk.path("../door.git/hooks/pre-receive");
    fs::create_dir_all(hook.parent().unwrap()).unwrap();
    fs::write(&hook, "#!/bin/sh\nexit 1\n").unwrap();
    fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).unwrap();
    let told = late.at("14:32").by("chen").run("sync");
    assert_eq!(told.status(), Some(3), "{told}");
    let hide = format!("docket redact {} --event 1 --field title", tail(&own));
    assert!(told.err().contains(&hide), "{told}");
}

#[test]
fn somebody_else_is_asked_for_where_a_step_would_inform_who_was_erased() {
    let (desk, open) = without_contact();
    let id = tail(&open);
    let mut typist = at_terminal(&desk, "chen", &format!("ack {id} +30m"));
    typist.sees("informed:").types("Peter Chan").types(ENTER);
    typist.sees("somebody else than the person who was erased (no):").types(UP).types(ENTER);
    assert_eq!(typist.end().0, 0);
    let peter = id_of(&desk, "Peter Chan");
    assert_eq!(desk.record(&open)["history"][1]["told"], *peter);
    desk.at("14:41").by("chen").run(&format!("route {id} li 'his field'")).succeeds();
    desk.at("14:42").by("li").run(&format!("accept {id} +1h")).succeeds();
    let mut typist = at_terminal(&desk, "li", &format!("respond {id} 'on it' --lang zh-CN"));
    typist.sees("告知对象：").types(&*peter).types(ENTER);
    assert_eq!(typist.end().0, 0);
    // nobody is asked where the contact is known
    let known = desk.at("14:43").by("chen").run(&FAULT.replace("Ms Wang", "Bob Fu")).id();
    let mut typist = at_terminal(&desk, "chen", &format!("ack {} +30m", tail(&known)));
    let (status, screen) = typist.end();
    assert!(status == 0 && !screen.contains("informed:"), "{screen}");
}

#[test]
fn a_clone_without_names_says_so_before_the_first_question() {
    let desk = desk();
    let plain = Desk::plain_clone_of(&door(&desk));
    let mut typist = at_terminal(&plain, "chen", "open fault");
    let (_, screen) = typist.sees("contact").types(ESCAPE).end();
    let (said, asked) = (screen.find("names are not in this clone"), screen.find("contact"));
    assert!(said.is_some() && said < asked, "{screen}");
    // and not again with the answer
    let call = "call 'Printer down' -c Globex -n Zoe";
    let mut typist = at_terminal(&plain, "chen", call);
    let (status, screen) = typist.sees("expected by").types(ENTER).end();
    assert_eq!((status, screen.matches("names are not").count()), (0, 1), "{screen}");
}

#[test]
fn a_reason_that_stays_names_nobody_of_the_record() {
    let desk = Desk::new();
    let id = desk.fault();
    desk.write("../photo.log", "a line\n");
    desk.at("09:05").by("chen").run(&format!("attach {id} ../photo.log")).succeeds();
    desk.at("09:06").by("chen").run(&format!("note {id} 'Ms Wang sits upstairs'")).succeeds();
    let redact = format!("redact {id} --event 3 --field note --reason");
    let drop = format!("attachment drop {id} 1 --reason");
    for line in [&redact, &drop] {
        for reason in ["asked for by Ms Wang", "wang asked", "call 13912345678"] {
            desk.at("09:07")
                .by("zhang")
                .run(&format!("{line} '{reason}'"))
                .refuses("the reason contains personal data")
                .and("without names");
        }
    }
    desk.at("09:08").by("zhang").run(&format!("{redact} 'asked for it'")).succeeds();
    desk.at("09:09").by("zhang").run(&format!("{drop} 'asked for it'")).succeeds();
    desk.is_honest();
}

#[test]
fn whoever_may_be_the_same_person_is_named_before_and_after_an_erasure() {
    let desk = desk();
    let id = id_of(&desk, "Ms Wang");
    let line = FAULT.replace("Ms Wang", "Wang Hua");
    desk.at("14:20").by("chen").run(&line).succeeds();
    let other = id_of(&desk, "Wang Hua");
    let (merge, erase) = (
        format!("docket contact merge {other} --into {id}"),
        format!("docket contact erase {other} --reason TEXT"),
    );
    let mut typist = Typist::at(desk.at("14:30").by("zhang").command(ERASE), 200);
    let (_, screen) = typist.sees("erase for good (no):").types(ENTER).end();
    assert!(screen.contains(&merge) && screen.contains(&erase), "{screen}");
    let told = desk.at("14:31").by("zhang").run(ERASE).succeeds().out();
    assert!(told.contains(&erase) && !told.contains("merge"), "{told}");
}

#[test]
fn a_call_by_somebody_erased_is_refused_at_the_first_answer() {
    let desk = desk();
    let id = id_of(&desk, "Ms Wang");
    desk.at("14:30").by("zhang").run(ERASE).succeeds();
    let mut typist = at_terminal(&desk, "chen", "call");
    let (status, screen) = typist.sees("contact").types(format!("{id}{ENTER}")).end();
    assert_eq!(status, 1, "{screen}");
    assert!(
        screen.contains("has been erased") && screen.contains("docket contact list"),
        "{screen}"
    );
    assert!(!screen.contains("customer:") && !screen.contains("to run again"), "{screen}");
    let line = format!("call 'Printer down' --caller {id}");
    desk.at("14:31").by("chen").run(&line).refuses("has been erased");
}
