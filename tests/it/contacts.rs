//! Contacts that are added and corrected: found by every number and address they ever had, merged between
//! clones, written by who may.

use serde_json::{Value, json};

use crate::{
    desk::{Desk, FAULT, Ran},
    terminal::{DOWN, ENTER, ESCAPE, Typist, UP},
};

fn run(desk: &Desk, time: &str, line: &str) -> String {
    desk.at(time).by("chen").run(line).succeeds().out()
}

/// Adds somebody; gives the id.
fn add(desk: &Desk, time: &str, line: &str) -> String {
    run(desk, time, &format!("contact add {line} --quiet")).trim().to_owned()
}

fn contact(desk: &Desk, name: &str) -> Value {
    let shown = desk.at("20:00").run(&format!("contact show '{name}' --reveal --json")).succeeds();
    shown.json()["contacts"][0].clone()
}

fn numbers(contact: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let all = contact["phones"].as_array().cloned().unwrap_or_default();
    all.iter().map(|phone| (text(&phone["number"]), text(&phone["kind"]))).collect()
}

fn open(caller: &str) -> String {
    format!(
        "open request x --channel hotline --reported r --need n --category supply \
         --expected-by none --caller '{caller}'"
    )
}

#[test]
fn somebody_who_was_added_is_found_by_every_spelling_of_name_number_and_address() {
    let desk = Desk::new();
    let id = add(
        &desk,
        "09:00",
        "'Ms Wang' --customer ACME --phone '010-62345678 转 8012' --phone '+86 138 1234 1234' \
         --email Wang@ACME.example --salutation 'Dr Wang'",
    );
    for caller in [
        "ms wang",
        "010-62345678 ext. 8012",
        "0086 (10) 6234-5678 x8012",
        "０１０６２３４５６７８分机８０１２",
        "13812341234",
        "0086-138.1234.1234",
        "wang@acme.example",
        "ＷＡＮＧ＠ＡＣＭＥ．example",
        &id.to_lowercase(),
    ] {
        assert_eq!(contact(&desk, caller)["id"], *id, "{caller}");
        let opened = desk.at("09:10").by("chen").run(&open(caller)).id();
        assert_eq!(desk.record(&opened)["intake"]["contact"], *id, "{caller}");
        let phone = desk.at("09:11").run(&format!("phone {opened}")).succeeds();
        assert_eq!(phone.out().trim(), "010-62345678 转 8012", "{caller}");
    }
    let last = desk.at("09:12").run("list --quiet --limit 1").succeeds().out();
    for text in ["Ms Wang", "(010) 6234 5678 x8012", "+8613812341234", "WANG@acme.example"] {
        let found = desk.at("09:12").run(&format!("search '{text}' --quiet")).succeeds();
        assert!(found.out().contains(last.trim()), "{text}: {found}");
    }
    let kinds = numbers(&contact(&desk, "Ms Wang")).into_iter().map(|(_, kind)| kind);
    assert_eq!(kinds.collect::<Vec<_>>(), ["work", "mobile"]);
    desk.is_honest();
}

#[test]
fn a_number_that_another_took_the_place_of_still_finds_the_person_and_is_not_called() {
    let desk = Desk::new();
    let opened = desk.fault();
    let line = "contact change 'Ms Wang' --set phone=13900001111 --reason 'has a new telephone'";
    let told = desk.at("09:10").by("chen").run(line).succeeds();
    let told = told.says("updated contact C-").says("Ms W**");
    assert!(told.out().contains("\n  139****1111 · 138****1234 (former)\n"), "{told}");
    assert!(!told.out().contains("13900001111"), "masked: {told}");
    let known = contact(&desk, "138 1234 1234");
    let due = [("13900001111", "mobile"), ("13812341234", "former")];
    assert_eq!(numbers(&known), due.map(|(at, kind)| (at.to_owned(), kind.to_owned())));
    let phone = desk.at("09:11").run(&format!("phone {opened}")).succeeds();
    assert_eq!(phone.out().trim(), "13900001111");
    desk.at("09:11").run("contact list").says("139****1111");
    desk.at("09:11").run("contact show 'Ms Wang'").says("138****1234 (former)");
    desk.at("09:11").run("--lang zh-CN contact show 'Ms Wang'").says("曾用");
    let again = desk.at("09:12").by("chen").run(&open("0086 13812341234")).id();
    assert_eq!(desk.record(&again)["intake"]["contact"], known["id"]);
    // nobody can be called where every number is a former one
    run(&desk, "09:13", "contact change 'Ms Wang' --set phone=");
    desk.at("09:14").run(&format!("phone {opened}")).refuses("no phone");
    // and one that is told again is called again
    run(&desk, "09:15", "contact change 'Ms Wang' --phone '+86 13812341234'");
    let phone = desk.at("09:16").run(&format!("phone {opened}")).succeeds();
    assert_eq!(phone.out().trim(), "13812341234");
    let body = desk.git(["log", "--format=%B", "--grep=^contact"]);
    assert!(body.contains(": phones\n\nreason: has a new telephone\n"), "{body}");
    assert!(!body.contains("1390000") && !body.contains("Wang"), "no name and no number: {body}");
    desk.is_honest();
}

#[test]
fn what_is_said_of_a_contact_is_added_replaced_and_taken_away() {
    let desk = Desk::new();
    add(&desk, "09:00", "'Ms Wang' --customer ACME --phone 13812341234");
    run(
        &desk,
        "09:01",
        "contact change 'Ms Wang' --phone home:021-58881234 --phone 'other:021 5888 1235' \
         --email wang@acme.example --name 'Ms Wang Min' --salutation 'Dr Wang'",
    );
    let known = contact(&desk, "Ms Wang Min");
    let due = [("021-58881234", "home"), ("021 5888 1235", "other"), ("13812341234", "mobile")];
    assert_eq!(numbers(&known), due.map(|(at, kind)| (at.to_owned(), kind.to_owned())));
    assert_eq!(known["salutation"], "Dr Wang");
    run(
        &desk,
        "09:02",
        "contact change wang@acme.example --remove phone=02158881234 --remove 13812341234 \
         --set salutation= --set 邮箱=min@acme.example",
    );
    let known = contact(&desk, "wang@ACME.example");
    assert_eq!(numbers(&known), [("021 5888 1235".to_owned(), "other".to_owned())]);
    assert_eq!(known["salutation"], Value::Null);
    assert_eq!(known["emails"][0]["address"], "min@acme.example");
    assert_eq!(known["emails"][1]["kind"], "former");
    desk.is_honest();
}

#[test]
fn what_cannot_be_said_of_a_contact_is_refused() {
    let desk = Desk::new();
    let id = add(&desk, "09:00", "'Ms Wang' --customer ACME --phone 13812341234");
    let run = |line: &str| desk.at("09:01").by("chen").run(line);
    run("contact add 'ms  WANG' --customer acme").refuses(&format!("{id} of the same customer"));
    run("contact add 13900001111 --customer ACME").refuses("13900001111");
    run("contact add 'wang@acme.example' --customer ACME").refuses("wang@acme.example");
    run("contact add '陈静' --customer ACME").refuses("chen");
    run("contact add 'Mr Ho' --customer ACME --phone 'ask at reception'").refuses("reception");
    run("contact add 'Mr Ho' --customer ACME --email nowhere").refuses("nowhere");
    run("contact add 'Mr Ho'").usage("--customer");
    run("contact change 'Ms Wang'").usage("--phone");
    run("contact change 'Ms Wang' --phone '+86 13812341234'").refuses("is so already");
    run("contact change 'Ms Wang' --remove phone=5888123").refuses("no number or address");
    run("contact change 'Ms Wang' --set phone=12+34").refuses("12+34");
    run("contact change 'Ms Wang' --phone '+86 138 1234 567'").refuses("not a phone number");
    run("contact change 'Ms Wang' --name 陈静").refuses("chen");
    run("contact change 'Ms Wang' --phone 5888123 --reason 'Ms Wang said 13900001111'")
        .refuses("personal data");
    run("contact change 'Ms Wang' --phone 5888123 --reason 'wang has moved'")
        .refuses("personal data");
    run("contact change Nobody --phone 5888123").refuses("Nobody");
    for who in ["li", "wu"] {
        let may_not = desk.at("09:02").by(who).run("contact add 'Mr Ho' --customer ACME");
        may_not.refuses("agent");
        let may_not = desk.at("09:02").by(who).run("contact change 'Ms Wang' --phone 5888123");
        may_not.refuses("agent");
    }
    desk.at("09:03").by("zhang").run(&format!("contact erase {id} --reason 'has left'")).succeeds();
    run(&format!("contact change {id} --phone 5888123")).refuses("erased");
    desk.is_honest();
}

#[test]
fn what_somebody_is_called_later_makes_no_finding_of_an_honest_reason() {
    let desk = Desk::new();
    add(&desk, "09:00", "'Ms Wang' --customer ACME --phone 010-62345678");
    run(&desk, "09:01", "contact change 'Ms Wang' --phone 5888123 --reason 'told by Robert'");
    run(&desk, "09:02", "contact change 'Ms Wang' --set name=Robert");
    desk.is_honest();
}

#[test]
fn a_number_of_two_people_names_both_wherever_one_is_meant() {
    let desk = Desk::new();
    let one = add(&desk, "09:00", "'Ms Wang' --customer ACME --phone 010-62345678");
    let added = desk
        .at("09:01")
        .by("chen")
        .run("contact add 'Mr Ho' --customer ACME --phone '(010) 6234 5678'");
    added.succeeds().and(&format!("{one} (Ms W**) has a number or address of C-"));
    let other = contact(&desk, "Mr Ho")["id"].as_str().unwrap().to_owned();
    for line in [
        open("+86 10 62345678"),
        "contact show 010-62345678".to_owned(),
        "contact change 010-62345678 --email a@acme.example".to_owned(),
    ] {
        let refused = desk.at("09:02").by("chen").run(&line).refuses("Ms W**").err();
        assert!([&one, &other].iter().all(|id| refused.contains(*id)), "{line}: {refused}");
    }
    // another of the same name is told apart
    let twin = "contact add 'Mr Ho' --customer ACME --namesake 'floor 4' --quiet";
    let third = run(&desk, "09:03", twin);
    assert_ne!(third.trim(), other);
    // somebody of another customer may be called the same
    add(&desk, "09:04", "'Mr Ho' --customer Globex");
    desk.is_honest();
}

#[test]
fn a_contact_is_of_the_listed_customer_and_new_customers_are_told() {
    let desk = Desk::new();
    desk.at("09:00").by("chen").run("customer add acme --name 'ACME Ltd' --alias Acme").succeeds();
    add(&desk, "09:01", "'Ms Wang' --customer 'ＡＣＭＥ'");
    assert_eq!(contact(&desk, "Ms Wang")["customer"], "ACME Ltd");
    let added = desk.at("09:02").by("chen").run("contact add 'Mr Ho' --customer 'ACME Ldt'");
    added.succeeds().and("new customer ACME Ldt").and("ACME Ltd");
    desk.is_honest();
}

#[test]
fn two_clones_add_and_correct_people_and_both_know_all_of_it() {
    let one = Desk::new();
    one.git(["init", "-q", "--bare", "../door.git"]);
    one.git(["remote", "add", "origin", "../door.git"]);
    add(&one, "09:00", "'Ms Wang' --customer ACME --phone 13812341234");
    one.at("09:01").by("zhang").run("sync").succeeds();
    let two = Desk::clone_of(&one.path("../door.git").canonicalize().unwrap());
    two.at("09:02").by("zhang").run("sync").succeeds();
    add(&one, "09:03", "'Mr Ho' --customer ACME --phone 13900001111");
    // ids are drawn by who acts
    let new = "contact add 'Ms Li' --customer ACME --phone 13900002222";
    two.at("09:04").by("zhang").run(new).succeeds();
    run(&one, "09:05", "contact change 'Ms Wang' --set phone=13700001111 --reason 'a new one'");
    run(&two, "09:06", "contact change 'Ms Wang' --email wang@acme.example --phone 010-62345678");
    for (time, clone) in [("09:10", &one), ("09:11", &two), ("09:12", &one)] {
        clone.at(time).by("zhang").run("sync").succeeds();
    }
    for clone in [&one, &two] {
        let known = contact(clone, "13812341234");
        let mut all = numbers(&known);
        all.sort();
        let due = [("010-62345678", "work"), ("13700001111", "mobile"), ("13812341234", "former")];
        assert_eq!(all, due.map(|(at, kind)| (at.to_owned(), kind.to_owned())));
        assert_eq!(known["emails"][0]["address"], "wang@acme.example");
        for (name, number) in [("Mr Ho", "13900001111"), ("Ms Li", "+86 139 0000 2222")] {
            assert_eq!(contact(clone, name)["id"], contact(clone, number)["id"]);
        }
        clone.is_honest();
    }
    // what was former goes with an erasure as the rest does
    let id = contact(&one, "Ms Wang")["id"].as_str().unwrap().to_owned();
    one.at("09:20").by("zhang").run(&format!("contact erase {id} --reason 'asked'")).succeeds();
    one.at("09:21").by("zhang").run("sync").succeeds();
    two.at("09:22").by("zhang").run("sync").succeeds();
    for clone in [&one, &two] {
        clone.at("09:23").run("contact show 13812341234").refuses("13812341234");
    }
}

#[test]
fn commits_that_no_command_makes_of_a_contact_are_found() {
    let id = "C-4TZ9M";
    let file = format!("format: 1\nid: {id}\ncustomer: ACME\n");
    let message = |subject: &str, by: &str| {
        format!(
            "{subject}\n\nDocket-Action: contact\nDocket-By: {by}\n\
             Docket-At: 2026-11-23T10:00:00+08:00\nDocket-Clock: fixed\n"
        )
    };
    let known = |desk: &Desk| contact(desk, "Ms Wang")["id"].as_str().unwrap().to_owned();
    for (subject, text, by) in [
        // by somebody who may not
        ("contact add C-4TZ9M", Some(file.clone()), "li"),
        ("contact change KNOWN: phones", None, "li"),
        // nobody, or somebody else, than the subject says
        ("contact add C-4TZ9M", None, "chen"),
        ("contact add C-4TZ9N", Some(file.clone()), "chen"),
        ("contact change C-4TZ9M: phones", None, "chen"),
        // what is never said so
        ("contact change KNOWN: everything", None, "chen"),
        ("contact change KNOWN: phones, name", None, "chen"),
        ("contact change KNOWN: phones\n\nreason: call 13900001111", None, "chen"),
        ("contact change KNOWN: phones\n\nreason:  two  blanks", None, "chen"),
        // more than is said
        ("contact change KNOWN: phones", Some(file.clone()), "chen"),
        ("contact add C-4TZ9M", Some(file.clone() + "merged_into: C-4TZ9N\n"), "chen"),
        ("contact add C-4TZ9M", Some(file.replace("ACME", "'ACME'")), "chen"),
    ] {
        let desk = Desk::new();
        add(&desk, "09:00", "'Ms Wang' --customer ACME");
        let subject = subject.replace("KNOWN", &known(&desk));
        if let Some(text) = &text {
            desk.write("contacts/4/T/C-4TZ9M.yaml", text);
            desk.git(["add", "contacts"]);
        }
        let name = if by == "chen" { "陈静" } else { "李雷" };
        let mut git = desk.at("10:00").by(by).shell("git");
        git.env("GIT_AUTHOR_NAME", name).env("GIT_COMMITTER_NAME", name);
        git.args(["commit", "-q", "--allow-empty", "-m", &message(&subject, by)]).output().unwrap();
        let ran = desk.at("10:05").run("audit --fail-on error");
        assert_eq!(ran.status(), Some(1), "{subject}: {ran}");
    }
}

/// What an audit says once chen did this with plain git.
fn forged<'d>(desk: &'d Desk, words: &[&str]) -> Ran<'d> {
    let mut git = desk.at("10:00").by("chen").shell("git");
    git.env("GIT_AUTHOR_NAME", "陈静").env("GIT_COMMITTER_NAME", "陈静").args(words);
    let done = git.output().unwrap();
    assert!(done.status.success(), "{done:?}");
    desk.at("10:05").run("audit --fail-on error")
}

#[test]
fn a_contact_is_of_its_customer_to_the_letter_and_another_spelling_by_hand_is_found() {
    let message = |subject: &str| {
        format!(
            "{subject}\n\nDocket-Action: contact\nDocket-By: chen\n\
             Docket-At: 2026-11-23T10:00:00+08:00\nDocket-Clock: fixed\n"
        )
    };
    for (told, kept) in [
        ("acme", "ACME Ltd"),
        ("ACME 中国", "ACME Ltd"),
        ("acme ltd", "ACME Ltd"),
        ("AC\u{202e}ME\u{200b} Ltd", "ACME Ltd"),
        ("Glo\u{202e}bex", "Globex"),
    ] {
        let desk = Desk::new();
        run(&desk, "09:00", "customer add acme --name 'ACME Ltd' --alias 'ACME 中国'");
        // whoever is added, moved or brought by a record
        let added = add(&desk, "09:01", &format!("'Ms Wang' --customer '{told}'"));
        let moved = add(&desk, "09:02", "'Ms Fu' --customer Initech");
        run(&desk, "09:03", &format!("contact change {moved} --customer '{told}'"));
        run(&desk, "09:04", &format!("call x -c '{told}' -n 'Anna Schmidt'"));
        for name in [added.as_str(), &moved, "Anna Schmidt"] {
            assert_eq!(contact(&desk, name)["customer"], kept, "{told:?}");
        }
        desk.is_honest();

        // by hand: a contact as the step, the addition and the move bring it
        let said = format!("customer: {kept}\n");
        let file = desk.git(["ls-files", "contacts"]);
        let of = |id: &str| file.lines().find(|path| path.contains(id)).unwrap().to_owned();
        let brought = contact(&desk, "Anna Schmidt")["id"].as_str().unwrap().to_owned();
        let honest = desk.git(["rev-parse", "HEAD"]).trim().to_owned();
        let path = of(&brought);
        desk.write(&path, desk.read(&path).replace(&said, &format!("customer: \"{told}\"\n")));
        let ran = forged(&desk, &["commit", "-qa", "--amend", "--no-edit"]);
        assert!(
            ran.status() == Some(1) && ran.out().contains("customer is not"),
            "{told:?}: {ran}"
        );
        desk.git(["reset", "-q", "--hard", &honest]);

        let text = format!("format: 1\nid: C-4TZ9M\ncustomer: {told}\n");
        desk.write("contacts/4/T/C-4TZ9M.yaml", &text);
        desk.git(["add", "contacts"]);
        let ran = forged(&desk, &["commit", "-qm", &message("contact add C-4TZ9M")]);
        assert!(
            ran.status() == Some(1) && ran.out().contains("customer is not"),
            "{told:?}: {ran}"
        );
        desk.git(["reset", "-q", "--hard", &honest]);

        let path = of(&added);
        desk.write(&path, desk.read(&path).replace(&said, &format!("customer: {told}\n")));
        let message = message(&format!("contact change {added}: customer"));
        let ran = forged(&desk, &["commit", "-qam", &message]);
        assert_eq!(ran.status(), Some(1), "{told:?}: {ran}");
    }
}

#[test]
fn whose_number_it_is_is_said_where_another_customer_or_another_name_is_told() {
    let desk = Desk::new();
    let wang = add(&desk, "09:00", "'Ms Wang' -c ACME --phone 13812341234 --email w@acme.example");
    add(&desk, "09:00", "'Mr Bo' -c Globex");
    for told in ["13812341234", "w@acme.example", "Ms Wang", "wang"] {
        let line = format!("{} --customer Globex", open(told));
        let said = desk.at("09:01").by("chen").run(&line).refuses("no contact");
        assert!(said.err().contains(&format!("{wang} (Ms W**, ACME)")), "{told}: {said}");
    }
    // somebody new with a number that is another one's of the same customer
    let call = "call 'no network' -c ACME -n 'Mr Ho' -p 13812341234";
    let said = desk.at("09:02").by("chen").run(call).succeeds();
    let flat = said.out().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains(&format!("{wang} (Ms W**) has a number or address of")), "{said}");
    let mut typist =
        Typist::at(desk.at("09:03").by("chen").command(&call.replace("Ho", "Xu")), 100);
    typist.sees("Ms W**").types(&wang).sees("> ").types(ENTER);
    typist.sees("known: Ms W** · ACME").types(ESCAPE).end();
    desk.is_honest();
}

#[test]
fn whose_number_it_is_is_said_where_it_is_told_of_somebody_at_another_customer() {
    let desk = Desk::new();
    let wang = add(&desk, "09:00", "'Ms Wang' -c ACME --phone 13812341234");
    let ho = add(&desk, "09:00", "'Mr Ho' -c Globex");
    let said = |told: &str, of: &str| {
        let ran = desk.at("09:01").by("chen").run(told).succeeds();
        let flat = ran.out() + &ran.err();
        let flat = flat.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            flat.contains(&format!("{of} is known of others as well: "))
                && flat.contains(&format!("{wang} (Ms W**, ACME)")),
            "{told}: {ran}"
        );
    };
    // of somebody new, and of somebody known who had no number
    said("call 'no network' -c Globex -n 'Mr Xu' -p '+86 138-1234-1234'", "");
    let opened = FAULT.replace("ACME", "Globex").replace("Ms Wang", "Mr Ho");
    said(&opened, &ho);
    said("contact add 'Mr Fu' -c Initech --phone 13812341234", "");
    // told once, it is said no more
    let again = desk.at("09:05").by("chen").run(&opened).succeeds();
    assert!(!again.out().contains("is known of others"), "{again}");
    desk.is_honest();
}

#[test]
fn a_name_is_kept_with_its_letters_composed_and_without_those_that_have_no_ink() {
    let desk = Desk::new();
    let id = add(&desk, "09:00", "'Ju\u{308}rgen\u{2800} Mu\u{308}ller' -c 'Cafe\u{301}'");
    let kept = contact(&desk, &id);
    assert_eq!((&kept["name"], &kept["customer"]), (&json!("Jürgen Müller"), &json!("Café")));
    for name in ["Jürgen Müller", "Ju\u{308}rgen Mu\u{308}ller", "Jürgen\u{2800} Müller"] {
        assert_eq!(contact(&desk, name)["id"], *id, "{name}");
    }
    let blank = desk.at("09:01").by("chen").run("contact add '\u{2800}\u{2800}' -c ACME");
    blank.usage("no visible characters");
    desk.is_honest();
}

#[test]
fn who_is_called_so_to_the_letter_is_meant_though_a_longer_name_begins_so() {
    let desk = Desk::new();
    let one = add(&desk, "09:00", "钱一 -c ACME");
    add(&desk, "09:00", "钱一一 -c ACME");
    let run = |line: &str| desk.at("09:05").by("chen").run(line).succeeds();
    assert_eq!(contact(&desk, "钱一")["id"], *one);
    run("contact change 钱一 --phone 13812341234");
    let opened = run(&open("钱一")).id();
    assert_eq!(desk.record(&opened)["status"]["contact"], *one);
    // a caller may be somebody else of another customer, and whoever names a contact means the whole name
    add(&desk, "09:06", "钱一二 -c Globex");
    desk.at("09:07").by("chen").run(&open("钱一")).refuses("may be several contacts");
    run("contact merge 钱一 --into 钱一一").says(&one);
    desk.is_honest();
}

#[test]
fn somebody_new_whose_name_is_a_known_one_with_a_title_is_named_beside_the_known_one() {
    let desk = Desk::new();
    let wang = add(&desk, "09:00", "王芳 -c ACME");
    add(&desk, "09:00", "王芳 -c Globex");
    let run = |line: &str| desk.at("09:05").by("chen").run(line).succeeds();
    let names = |ran: Ran<'_>, of: &str| {
        let flat: String = (ran.out() + &ran.err()).split_whitespace().collect();
        let merge = format!("--into{wang}");
        assert!(flat.contains(&format!("{wang}({of})")) && flat.contains(&merge), "{ran}");
        assert_eq!(flat.matches("--into").count(), 1, "{ran}");
    };
    names(run("call 网络不通 -c ACME -n 王芳经理"), "王**");
    let opened = run("call 打印机不打印 -c ACME -n 赵敏").id();
    let ack = format!("ack {opened} --reply-by 10:00 --informed 王芳女士");
    let ran = run(&ack);
    assert!(ran.out().contains(&format!("--into {wang}")), "{ran}");
    run("contact add 王芳老师 -c ACME").and(&wang);
    let other = run("call 网络不通 -c ACME -n 王小芳女士");
    assert!(!other.out().contains("--into"), "{other}");
    let call = "call '没有网络' -c Globex -n 王芳女士";
    let mut typist = Typist::at(desk.at("09:06").by("chen").command(call), 100);
    typist.sees("王**").types(ENTER);
    typist.sees("known: 王** · Globex").types(ESCAPE).end();
    desk.is_honest();
}

#[test]
fn an_opening_takes_somebody_who_was_added_for_the_same() {
    let desk = Desk::new();
    add(&desk, "09:00", "'Ms Wang' --customer ACME");
    let opened = FAULT.replace("--phone 13812341234", "");
    desk.at("09:05").by("chen").run(&opened).succeeds();
    let known = contact(&desk, "Ms Wang")["id"].clone();
    let listed = desk.at("09:06").run("contact list --json").json();
    assert_eq!(listed["contacts"].as_array().unwrap().len(), 1, "the same person: {listed}");
    assert_eq!(listed["contacts"][0]["id"], known);
    desk.is_honest();
}

#[test]
fn a_record_is_given_another_contact_and_another_site_and_keeps_what_it_was_opened_with() {
    let desk = Desk::new();
    let opened = desk.fault();
    let first = desk.record(&opened)["intake"]["contact"].clone();
    let known = add(&desk, "09:05", "'Mr Ho' --customer ACME --phone 010-62345678");
    add(&desk, "09:06", "'Mr Fu' --customer Globex");
    let amend = |line: &str| {
        let line = format!("amend {opened} {line} --reason 'it was somebody else'");
        desk.at("09:10").by("chen").run(&line)
    };
    amend("--set contact='Mr Fu'").succeeds();
    let third = desk.record(&opened)["status"]["contact"].clone();
    assert_ne!(third, contact(&desk, &known)["id"], "a new person of ACME");
    amend("--set contact='+86 (10) 62345678' --set site='Floor 4'").succeeds();
    let record = desk.record(&opened);
    assert_eq!(record["status"]["contact"], *known);
    assert_eq!(record["status"]["site"], "Floor 4");
    assert_eq!(record["intake"]["contact"], first);
    let phone = desk.at("09:11").run(&format!("phone {opened}")).succeeds();
    assert_eq!(phone.out().trim(), "010-62345678");
    let other = desk.at("09:12").run("contact list --json").json();
    let of_globex = other["contacts"].as_array().unwrap().iter();
    let of_globex = of_globex.filter(|one| one["customer"] == "Globex");
    let of_globex: Vec<_> = of_globex.map(|one| one["id"].as_str().unwrap()).collect();
    amend(&format!("--set contact={}", of_globex[0])).refuses("belongs to Globex");
    amend("--set contact=zhang").refuses("zhang");
    amend("--set contact='Mr Ho'").refuses("already");
    desk.is_honest();
}

#[test]
fn a_contact_that_is_named_where_a_record_is_meant_leads_to_the_command_that_shows_it() {
    let desk = Desk::new();
    let id = add(&desk, "09:00", "'Ms Wang' --customer ACME");
    for lang in ["en", "zh-CN"] {
        let ran = desk.at("09:01").run(&format!("phone {id} --lang {lang}"));
        ran.refuses(&id).and(&format!("docket contact show {id}"));
    }
}

#[test]
fn a_number_without_a_country_is_one_of_the_desks_country() {
    let desk = Desk::new();
    let german = desk.read("docket.yaml").replace("country: CN", "country: DE");
    desk.commit("docket.yaml", &german);
    let own = add(&desk, "09:00", "'Ms Fuchs' --customer ACME --phone '07736/92190'");
    add(&desk, "09:01", "'Mr Huber' --customer ACME --phone '+43 7736 92190'");
    for number in ["+49 7736 92190", "0049 (0)7736 92190", "07736 92190", "497736-92190"] {
        assert_eq!(contact(&desk, number)["id"], *own, "{number}");
    }
    assert_eq!(contact(&desk, "0043 7736 92190")["name"], "Mr Huber");
    desk.write("docket.yaml", german.replace("country: DE", "country: XX"));
    desk.at("09:05").run("policy check").finds("“XX” is not a country");
}

#[test]
fn a_terminal_asks_whether_somebody_new_is_one_whom_the_desk_knows_and_tells_namesakes_apart() {
    let desk = Desk::new();
    add(&desk, "09:00", "'Ms Wang' --customer ACME --phone 13812341234");
    let added = |answers: &[(&str, &str)]| {
        let mut typist = Typist::at(desk.at("09:10").by("chen").command("contact add"), 80);
        for (asked, keys) in answers {
            typist.sees(asked).types(keys);
        }
        let (status, screen) = typist.end();
        assert_eq!(status, 0, "{screen}");
        screen
    };
    let who = [("name:", "Ms Wang\r"), ("customer:", "ACME\r"), ("phone (none):", "5888123\r")];
    let told = [&who[..], &[("mail (none):", ENTER), ("a new contact", ENTER)]].concat();
    assert!(added(&told).contains("updated contact C-"));
    assert_eq!(contact(&desk, "Ms Wang")["phones"].as_array().unwrap().len(), 2);
    let other = [("mail (none):", ENTER), ("a new contact", DOWN), ("> a new", ENTER)];
    let other = [&who[..], &other, &[("tells them apart:", "floor 4\r")]].concat();
    assert!(added(&other).contains("added contact C-"));
    desk.is_honest();
}

#[test]
fn a_terminal_asks_again_where_an_answer_cannot_be_kept_of_somebody_new() {
    let desk = Desk::new();
    add(&desk, "09:00", "'Ms Wang' --customer ACME --namesake 'floor 4'");
    let mut typist = Typist::at(desk.at("09:10").by("chen").command("contact add"), 80);
    for (asked, wrong, told, right) in [
        ("name:", "13900001111", "13900001111", "Ms Wang"),
        ("customer:", "ACME 13900001111", "personal data", "ACME"),
        ("phone (none):", "ask at reception", "reception", "home:021-58881234"),
        ("mail (none):", "nowhere", "nowhere", "wang@acme.example"),
    ] {
        typist.sees(asked).types(format!("{wrong}\r")).sees(told).sees(asked);
        typist.types(format!("{right}\r"));
    }
    typist.sees("a new contact").types(DOWN).sees("> a new").types(ENTER);
    typist.sees("tells them apart:").types("floor 4\r").sees("of the same customer");
    let (status, screen) = typist.types("floor 5\r").end();
    assert!(status == 0 && screen.contains("added contact C-"), "{screen}");
    assert_eq!(numbers(&contact(&desk, "wang@acme.example"))[0].1, "home");
    let (_, screen) = Typist::at(desk.at("09:11").by("li").command("contact add"), 80).end();
    assert!(!screen.contains("name:"), "who may not is not asked: {screen}");
    desk.is_honest();
}

#[test]
fn a_terminal_suggests_the_sites_that_are_listed_of_the_customer() {
    let desk = Desk::new();
    let listed = "customer add acme --name ACME --site 'Floor 3' --site 'Floor 4'";
    desk.at("09:00").by("chen").run(listed).succeeds();
    add(&desk, "09:01", "'Ms Wang' --customer ACME --phone 13812341234");
    for (keys, site) in [
        (&[("another site", UP), ("> Floor 4", ENTER)][..], Some("Floor 4")),
        (&[("another site", ENTER)], None),
        (&[("another site", DOWN), ("> another", ENTER), ("site (none):", "roof\r")], Some("roof")),
    ] {
        let mut typist = Typist::at(desk.at("09:10").by("chen").command("call"), 80);
        typist.sees("contact:").types("13812341234\r");
        let rest = ["title:", "reported (", "category (", "kind (", "stopped (", "expected by ("];
        let rest = rest.map(|asked| (asked, if asked == "title:" { "lamp\r" } else { ENTER }));
        for (asked, keys) in keys.iter().chain(&rest) {
            typist.sees(asked).types(keys);
        }
        let (status, screen) = typist.end();
        assert_eq!(status, 0, "{screen}");
        let last = desk.at("09:11").run("list --limit 1 --json").json();
        assert_eq!(last["records"][0]["intake"]["site"].as_str(), site, "{screen}");
        let id = last["records"][0]["id"].as_str().unwrap().to_owned();
        desk.at("09:12").by("chen").run(&format!("cancel {id} --mistake 'a test'")).succeeds();
    }
    desk.is_honest();
}
