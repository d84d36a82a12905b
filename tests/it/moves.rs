//! Contacts that belong to another customer from some day on.

use serde_json::Value;

use crate::desk::{Desk, FAULT};

fn desk() -> Desk {
    let desk = Desk::new();
    run(&desk, "08:50", "customer add acme --name 'ACME Ltd' --alias ACME");
    run(&desk, "08:51", "customer add globex --name 'Globex Inc'");
    desk
}

/// Two clones of one desk, both with Ms Wang of ACME Ltd.
fn clones() -> [Desk; 2] {
    let one = desk();
    add(&one, "08:52", "'Ms Wang' --customer acme --phone 13812341234");
    one.git(["init", "-q", "--bare", "../door.git"]);
    one.git(["remote", "add", "origin", "../door.git"]);
    sync(&one, "08:53");
    let two = Desk::clone_of(&one.path("../door.git").canonicalize().unwrap());
    sync(&two, "08:54");
    [one, two]
}

fn run(desk: &Desk, time: &str, line: &str) -> String {
    desk.at(time).by("chen").run(line).succeeds().out()
}

fn add(desk: &Desk, time: &str, line: &str) -> String {
    run(desk, time, &format!("contact add {line} --quiet")).trim().to_owned()
}

fn sync(desk: &Desk, time: &str) -> String {
    desk.at(time).by("zhang").run("sync").succeeds().out()
}

fn contact(desk: &Desk, name: &str) -> Value {
    let shown = desk.at("20:00").run(&format!("contact show '{name}' --json")).succeeds();
    shown.json()["contacts"][0].clone()
}

/// What `docket check` says of what two clones did.
fn clashes(desk: &Desk) -> String {
    let told = desk.at("20:00").run("check").out();
    told.lines().skip_while(|line| !line.contains(" A34 ")).take(3).collect()
}

#[test]
fn a_contact_moves_to_another_customer_and_its_records_stay_where_they_are() {
    let desk = desk();
    let opened = desk.at("09:00").by("chen").run(FAULT).id();
    let id = contact(&desk, "Ms Wang")["id"].as_str().unwrap().to_owned();
    let before = desk.read(&desk.record_path(&opened));
    let line = "contact change 'Ms Wang' --customer GLOBEX --reason 'works there now'";
    let moved = desk.at("09:10").by("chen").run(line).succeeds();
    moved.and(&format!("{id} belongs to Globex Inc now, not to ACME Ltd"));
    assert_eq!(contact(&desk, &id)["customer"], "Globex Inc");
    let said = desk.git(["log", "-1", "--format=%B", "--name-only"]);
    assert!(said.starts_with(&format!("contact change {id}: customer\n")), "{said}");
    assert!(said.contains("reason: works there now") && !said.contains("Globex"), "{said}");
    assert_eq!(said.matches(".yaml").count(), 1, "{said}");

    for (customer, people) in [("acme", 0), ("globex", 1)] {
        let listed = desk.at("09:11").run(&format!("contact list -c {customer} --json")).json();
        assert_eq!(listed["contacts"].as_array().unwrap().len(), people, "{customer}: {listed}");
        let page = desk.at("09:11").run(&format!("customer show {customer} --json")).json();
        assert_eq!(page["contacts"].as_array().unwrap().len(), people, "{customer}: {page}");
        assert_eq!(page["records"]["total"], 1 - people, "{customer}: {page}");
    }
    assert_eq!(desk.read(&desk.record_path(&opened)), before);
    run(&desk, "09:12", &format!("update {opened} --contact wang --note 'told where it stands'"));
    let again = FAULT.replace("ACME", "globex");
    let again = desk.at("09:13").by("chen").run(&again).id();
    assert_eq!(desk.record(&again)["intake"]["contact"], *id, "the same person");
    let other = FAULT.replace("'Ms Wang'", &id);
    desk.at("09:14").by("chen").run(&other).refuses("belongs to Globex Inc");
    desk.is_honest();
}

#[test]
fn a_customer_is_said_with_what_else_is_said_and_by_the_name_that_holds() {
    let desk = desk();
    let id = add(&desk, "09:00", "'Ms Wang' --customer acme --phone 13812341234");
    run(&desk, "09:01", "customer add initech --name Initech");
    let merge = "customer merge globex --into initech";
    desk.at("09:02").by("zhang").run(merge).succeeds();
    run(&desk, "09:03", &format!("contact change {id} --set customer=globex --set phone=5888123"));
    let known = contact(&desk, &id);
    assert_eq!(known["customer"], "Initech", "globex was merged away");
    assert_eq!(known["phones"].as_array().unwrap().len(), 2, "{known}");
    let said = desk.git(["log", "-1", "--format=%s"]);
    assert_eq!(said.trim(), format!("contact change {id}: customer, phones"));
    let new = "contact change 'Ms Wang' --customer 'ACME Ldt' --lang zh-CN";
    let told = desk.at("09:04").by("chen").run(new).succeeds();
    told.and("现属于客户“ACME Ldt”").and("新客户“ACME Ldt”").and("ACME Ltd");
    desk.is_honest();
}

#[test]
fn who_is_there_already_and_may_be_the_same_is_told_and_can_be_merged() {
    let desk = desk();
    let id = add(&desk, "09:00", "'Ms Wang' --customer acme --phone 13812341234");
    let same = add(&desk, "09:01", "'ms wang' --customer globex");
    let twin = add(&desk, "09:01", "'Ms Wang' --customer globex --namesake 'floor 4'");
    let third = add(&desk, "09:01", "'Mr Ho' --customer globex --phone '+86 138 1234 1234'");
    let merge = format!("contact merge {id} --into {same}");
    desk.at("09:02").by("chen").run(&merge).refuses("belongs to ACME Ltd").and("--customer");
    let told = desk.at("09:03").by("chen").run(&format!("contact change {id} -c globex"));
    let told = told.succeeds().err();
    for (other, is_told) in [(&same, true), (&twin, false), (&third, true)] {
        let command = format!("docket contact merge {id} --into {other}");
        assert_eq!(told.contains(&command), is_told, "{other}: {told}");
    }
    run(&desk, "09:04", &merge);
    // who was merged away is not the one who moves
    run(&desk, "09:05", &format!("contact change {id} --customer acme"));
    let shown = desk.at("09:06").run(&format!("contact show {same} --json")).json();
    let customers = shown["contacts"].as_array().unwrap().iter().map(|it| it["customer"].clone());
    assert_eq!(customers.collect::<Vec<_>>(), ["ACME Ltd", "Globex Inc"]);
    desk.is_honest();
}

#[test]
fn a_customer_that_cannot_be_said_of_a_contact_is_refused() {
    let desk = desk();
    let id = add(&desk, "09:00", "'Ms Wang' --customer acme");
    let run = |line: &str| desk.at("09:01").by("chen").run(&format!("contact change {id} {line}"));
    run("--customer ACME").refuses("is so already");
    run("--customer ''").usage("--customer");
    run("--set customer=").usage("--customer");
    run("--customer 'Globex 13900001111'").refuses("personal data");
    run("--customer Globex --reason 'wang works there'").refuses("personal data");
    for who in ["li", "wu"] {
        let may_not = desk.at("09:02").by(who).run(&format!("contact change {id} -c globex"));
        may_not.refuses("agent");
    }
    desk.at("09:03").by("zhang").run(&format!("contact erase {id} --reason 'has left'")).succeeds();
    run("--customer globex").refuses("erased");
    assert_eq!(contact(&desk, &id)["customer"], "ACME Ltd");
    desk.is_honest();
}

#[test]
fn a_clone_without_names_moves_a_contact_that_it_knows_by_id_alone() {
    let [one, _] = clones();
    let id = contact(&one, "Ms Wang")["id"].as_str().unwrap().to_owned();
    let plain = Desk::plain_clone_of(&one.path("../door.git").canonicalize().unwrap());
    let both = format!("contact change {id} --customer globex --phone 5888123");
    plain.at("09:01").by("chen").run(&both).refuses("not in this clone");
    run(&plain, "09:02", &format!("contact change {id} --customer globex"));
    sync(&plain, "09:03");
    sync(&one, "09:04");
    let known = contact(&one, "Ms Wang");
    assert_eq!((&known["customer"], &known["id"]), (&"Globex Inc".into(), &(*id).into()));
    one.is_honest();
}

#[test]
fn what_two_clones_say_of_a_contact_goes_together_field_by_field() {
    let [one, two] = clones();
    run(&one, "09:00", "contact change 'Ms Wang' --customer globex");
    run(&two, "09:01", "contact change 'Ms Wang' --set phone=13900001111");
    for (clone, time) in [(&one, "09:02"), (&two, "09:03"), (&one, "09:04")] {
        assert!(!sync(clone, time).contains("two clones"), "{time}");
    }
    for clone in [&one, &two] {
        let known = contact(clone, "13900001111");
        assert_eq!(known["customer"], "Globex Inc");
        assert_eq!(known["disputed"], Value::Null);
        clone.is_honest();
    }
}

#[test]
fn two_clones_that_move_a_contact_to_two_customers_are_told_until_somebody_says_which() {
    let [one, two] = clones();
    let id = contact(&one, "Ms Wang")["id"].as_str().unwrap().to_owned();
    run(&one, "09:00", "contact change 'Ms Wang' --customer globex");
    run(&two, "09:01", "contact change 'Ms Wang' --customer Initech");
    sync(&one, "09:02");
    let told = sync(&two, "09:03");
    let command = format!("docket contact change {id} --set customer=… decides");
    assert!(told.contains("different things of the customer") && told.contains(&command), "{told}");
    let page = two.at("09:04").run(&format!("contact show {id}")).succeeds();
    page.says(&format!("{id}: Globex Inc | Initech"));
    let clash = clashes(&two);
    assert!(clash.contains("customer"), "{clash}");
    two.at("09:05").run("check --lang zh-CN").finds("“客户”有来自多个克隆的 2 个值");
    sync(&one, "09:06");
    // the one that stands can be said to hold, as well as the other
    run(&one, "09:07", &format!("contact change {id} --customer 'Globex Inc'"));
    sync(&one, "09:08");
    assert!(!sync(&two, "09:09").contains("two clones"));
    for clone in [&one, &two] {
        let known = contact(clone, &id);
        assert_eq!((&known["customer"], &known["disputed"]), (&"Globex Inc".into(), &Value::Null));
        assert_eq!(clashes(clone), "");
        clone.is_honest();
    }
}

#[test]
fn nothing_is_left_to_decide_of_a_contact_that_another_clone_erased_or_merged_away() {
    for other in ["erase KNOWN --reason 'asked for it'", "merge KNOWN --into 'Mr Ho'"] {
        let [one, two] = clones();
        let id = contact(&one, "Ms Wang")["id"].as_str().unwrap().to_owned();
        run(&one, "09:00", "contact change 'Ms Wang' --customer globex");
        add(&two, "09:01", "'Mr Ho' --customer Initech");
        run(&two, "09:02", &format!("contact change {id} --customer Initech"));
        let other = other.replace("KNOWN", &id);
        two.at("09:03").by("zhang").run(&format!("contact {other}")).succeeds();
        for (clone, time) in [(&one, "09:04"), (&two, "09:05"), (&one, "09:06")] {
            assert!(!sync(clone, time).contains("different things"), "{other}: {time}");
        }
        for clone in [&one, &two] {
            assert_eq!(clashes(clone), "", "{other}");
            clone.is_honest();
        }
    }
}

#[test]
fn contacts_that_clones_merged_into_each_other_are_settled_although_one_moved_one_of_them() {
    let [one, two] = clones();
    let wang = contact(&one, "Ms Wang")["id"].as_str().unwrap().to_owned();
    let ho = add(&one, "09:00", "'Mr Ho' --customer acme");
    for (clone, time) in [(&one, "09:01"), (&two, "09:02")] {
        sync(clone, time);
    }
    run(&one, "09:03", &format!("contact merge {wang} --into {ho}"));
    run(&one, "09:04", &format!("contact change {ho} --customer globex"));
    run(&two, "09:05", &format!("contact merge {ho} --into {wang}"));
    sync(&one, "09:06");
    let told = sync(&two, "09:07");
    assert!(told.contains("merged into each other"), "{told}");
    run(&two, "09:08", &format!("contact merge {wang} --into {ho}"));
    assert_eq!(contact(&two, &wang)["customer"], "Globex Inc");
    two.is_honest();
}

#[test]
fn moves_of_a_contact_that_no_command_makes_are_found() {
    let says = "contact change KNOWN: customer";
    let both = "contact change KNOWN: customer, phones";
    for (subject, edits, by, is_honest) in [
        (says, vec![("ACME Ltd", "Globex Inc")], "chen", true),
        (both, vec![("ACME Ltd", "Globex Inc")], "chen", true),
        // by somebody who may not
        (says, vec![("ACME Ltd", "Globex Inc")], "li", false),
        // not said, or said and not done
        ("contact change KNOWN: phones", vec![("ACME Ltd", "Globex Inc")], "chen", false),
        (says, vec![], "chen", false),
        (both, vec![], "chen", false),
        // what is never written so, or is more than is said
        (says, vec![("ACME Ltd", "' Globex'")], "chen", false),
        (says, vec![("ACME Ltd", "'Globex Inc'")], "chen", false),
        (says, vec![("ACME Ltd", "Globex Inc\nmerged_into: C-4TZ9N")], "chen", false),
        (
            says,
            vec![("ACME Ltd", "Globex Inc\ndisputed:\n  customer:\n  - A\n  - Globex Inc")],
            "chen",
            false,
        ),
        // of somebody else
        ("contact change OTHER: customer", vec![("ACME Ltd", "Globex Inc")], "chen", false),
        ("contact change C-4TZ9N: customer", vec![("ACME Ltd", "Globex Inc")], "chen", false),
        // of whom a command would not say it
        ("contact change GONE: customer", vec![("GONE", "Globex Inc")], "chen", false),
        ("contact change MERGED: customer", vec![("MERGED", "Globex Inc")], "chen", false),
    ] {
        let desk = desk();
        let known = add(&desk, "09:00", "'Ms Wang' --customer acme");
        let other = add(&desk, "09:01", "'Mr Ho' --customer acme");
        let gone = add(&desk, "09:02", "'Mr Fu' --customer acme");
        let merged = add(&desk, "09:03", "'Ms Li' --customer acme");
        let erase = format!("contact erase {gone} --reason 'asked for it'");
        desk.at("09:04").by("zhang").run(&erase).succeeds();
        run(&desk, "09:05", &format!("contact merge {merged} --into {other}"));
        let ids = [("KNOWN", &known), ("OTHER", &other), ("GONE", &gone), ("MERGED", &merged)];
        let named = |text: &str| {
            ids.iter().fold(text.to_owned(), |text, (word, id)| text.replace(word, id))
        };
        for (old, new) in edits {
            let id = ids.iter().find(|(word, _)| *word == old).map_or(&known, |(_, id)| id);
            let old = if id == &known { old } else { "ACME Ltd" };
            let (bytes, path) = (id.as_bytes(), |a, b| format!("contacts/{a}/{b}/{id}.yaml"));
            let path = path(char::from(bytes[2]), char::from(bytes[3]));
            let text = desk.read(&path);
            assert!(text.contains(old), "{text}");
            desk.write(&path, text.replace(old, new));
        }
        desk.git(["add", "contacts"]);
        let message = format!(
            "{}\n\nDocket-Action: contact\nDocket-By: {by}\n\
             Docket-At: 2026-11-23T10:00:00+08:00\nDocket-Clock: fixed\n",
            named(subject)
        );
        let mut git = desk.at("10:00").by(by).shell("git");
        let name = if by == "chen" { "陈静" } else { "李雷" };
        git.env("GIT_AUTHOR_NAME", name).env("GIT_COMMITTER_NAME", name);
        git.args(["commit", "-q", "--allow-empty", "-m", &message]).output().unwrap();
        let ran = desk.at("10:05").run("audit --fail-on error");
        assert_eq!(ran.status() == Some(0), is_honest, "{message}: {ran}");
    }
}
