//! Customers: one of them under all its names, merged by fields between clones, changed by who may.

use serde_json::Value;

use crate::{
    desk::{Desk, FAULT, REQUEST},
    terminal::{DOWN, ENTER, Typist},
};

fn add(desk: &Desk, time: &str, line: &str) {
    desk.at(time).by("chen").run(&format!("customer add {line}")).succeeds();
}

fn customer(desk: &Desk, name: &str) -> Value {
    let found = desk.at("20:00").run(&format!("customer show '{name}' --json")).succeeds();
    found.json()["customer"].clone()
}

fn sync(desk: &Desk, time: &str) -> String {
    desk.at(time).by("zhang").run("sync").succeeds().out()
}

/// Two clones that have met by a bare repository.
fn clones() -> [Desk; 2] {
    let one = Desk::new();
    one.git(["init", "-q", "--bare", "../door.git"]);
    one.git(["remote", "add", "origin", "../door.git"]);
    add(&one, "09:00", "acme --name 'ACME Ltd' --alias 'ACME Co'");
    sync(&one, "09:01");
    let two = Desk::clone_of(&one.path("../door.git").canonicalize().unwrap());
    sync(&two, "09:02");
    [one, two]
}

#[test]
fn one_customer_is_found_under_all_its_names_and_the_records_keep_what_they_say() {
    let desk = Desk::new();
    let mut ids = Vec::new();
    for (name, who) in [("ACME Ltd", "Ms Wang"), ("acme  ltd", "Mr Ho"), ("ACME 中国", "Ms Li")] {
        let open = FAULT
            .replace("ACME", &format!("'{name}'"))
            .replace("Ms Wang", who)
            .replace("--phone 13812341234", "");
        ids.push(desk.at("09:00").by("chen").run(&open).id());
    }
    let listed = desk.at("09:05").run("customer list --unlisted --json").json();
    assert_eq!(listed["unlisted"].as_array().unwrap().len(), 2, "{listed}");
    add(&desk, "09:10", "acme --from 'ACME Ltd' --alias 'ACME 中国'");
    let listed = desk.at("09:11").run("customer list --unlisted --json").json();
    assert_eq!(listed["unlisted"].as_array().unwrap().len(), 0, "{listed}");
    let person = "contact add 'Ms Fu' --customer 'Harbour Hotel'";
    desk.at("09:11").by("chen").run(person).succeeds();
    let listed = desk.at("09:11").run("customer list --unlisted --json").json();
    assert_eq!(listed["unlisted"], serde_json::json!(["Harbour Hotel"]), "only a contact bears it");
    for name in ["acme", "ACME ltd", "ＡＣＭＥ　Ltd", "acme中国"] {
        let shown = desk.at("09:12").run(&format!("customer show '{name}' --json")).succeeds();
        assert_eq!(shown.json()["records"]["total"], 3, "{name}");
        let list = desk.at("09:12").run(&format!("list --customer '{name}' --quiet")).succeeds();
        assert_eq!(list.out().lines().count(), 3, "{name}: {list}");
    }
    assert_eq!(desk.record(&ids[2])["status"]["customer"], "ACME 中国");
    desk.is_honest();
}

#[test]
fn an_agent_adds_names_and_a_lead_decides_what_a_customer_is() {
    let desk = Desk::new();
    add(&desk, "09:00", "acme --name 'ACME Ltd'");
    let agent = |line: &str| desk.at("09:01").by("chen").run(line);
    agent("customer change acme --alias Acme --alias 'ACME China' --site Shanghai").succeeds();
    agent("customer change acme --party internal").refuses("team lead");
    agent("customer change acme --manager zhang").refuses("team lead");
    agent("customer change acme --name 'ACME Group'").refuses("team lead");
    agent("customer add shop --name Shop --party internal").refuses("team lead");
    add(&desk, "09:02", "acme-cn --name 'ACME (China)'");
    agent("customer merge acme-cn --into acme").refuses("team lead");
    let lead = |line: &str| desk.at("09:03").by("zhang").run(line);
    lead("customer change acme --party internal --manager zhang --name 'ACME Group'").succeeds();
    let acme = customer(&desk, "acme ltd");
    assert_eq!(acme["name"], "ACME Group");
    assert_eq!(acme["party"], "internal");
    assert!(acme["aliases"].as_array().unwrap().contains(&"ACME Ltd".into()), "{acme}");
    lead("customer merge acme-cn --into acme").succeeds();
    lead("customer show 'ACME (China)'").says("ACME Group");
    lead("customer change acme-cn --alias x").refuses("merged into acme");
    desk.is_honest();
}

#[test]
fn nothing_personal_is_said_of_a_customer_for_the_history_keeps_it() {
    let desk = Desk::new();
    add(&desk, "09:00", "acme --name 'ACME Ltd'");
    let run = |line: &str| desk.at("09:01").by("zhang").run(line);
    run("customer add beta --name 'Beta 13812345678'").refuses("“Beta …” contains personal data");
    run("customer change acme --alias wong@harbour.example").refuses("contains personal data");
    run("customer change acme --site 'password: hunter2x'").refuses("contains personal data");
    run("contact add 'Ms Fu' --customer 'Beta 13812345678'").refuses("contains personal data");
    desk.is_honest();
}

#[test]
fn what_is_not_seen_is_left_out_of_what_is_said_of_a_customer() {
    let desk = Desk::new();
    desk.at("09:00").by("chen").run(&FAULT.replace("ACME", "Har\u{200b}bour")).succeeds();
    let line =
        "acme --name 'AC\u{202e}ME Ltd' --alias 'AC\u{200b}ME China' --site 'Shang\u{feff}hai'";
    add(&desk, "09:01", line);
    add(&desk, "09:02", "harbour --from Harbour");
    let acme = customer(&desk, "acme");
    let told = [&acme["name"], &acme["aliases"][0], &acme["sites"][0]];
    assert_eq!(told, ["ACME Ltd", "ACME China", "Shanghai"]);
    assert_eq!(customer(&desk, "harbour")["name"], "Harbour");
    desk.is_honest();
}

#[test]
fn a_new_customer_that_is_called_nearly_as_a_known_one_is_said_to_be_and_asked_about() {
    let desk = Desk::new();
    add(&desk, "09:00", "acme --name 'ACME Trading'");
    desk.at("09:01").by("chen").run(&FAULT.replace("ACME", "'Harbour Hotel'")).succeeds();
    for (id, name, near) in [
        ("acme2", "ACME Tradin", "ACME Trading"),
        ("acme3", "АСМЕ Тrаding", "ACME Trading"),
        ("hotel", "Ｈａｒｂｏｒ　Ｈｏｔｅｌ", "Harbour Hotel"),
    ] {
        let line = ["customer", "add", id, "--name", name];
        let told = desk.at("09:02").by("chen").run(line).succeeds();
        assert!(told.err().contains(&format!("did you mean {near}")), "{told}");
    }
    let told = desk.at("09:03").by("chen").run("customer add globex --name Globex").succeeds();
    assert!(!told.err().contains("new customer"), "nobody is like it: {told}");
    // whose name records have is listed by it, and who is listed is not listed again
    let desk = Desk::new();
    add(&desk, "09:00", "acme --name 'ACME Trading'");
    desk.at("09:01").by("chen").run(&FAULT.replace("ACME", "'Harbour Hotel'")).succeeds();
    let at_terminal = |line: &str| {
        let mut typist = Typist::at(desk.at("09:04").by("chen").command(line), 80);
        typist.sees("customer (");
        typist
    };
    let (status, screen) =
        at_terminal("customer add hotel --name 'Harbor Hotel'").types(ENTER).end();
    assert!(status == 0 && screen.contains("customer hotel is listed"), "{screen}");
    assert!(!screen.contains("did you mean"), "what was picked is not new: {screen}");
    assert_eq!(customer(&desk, "hotel")["name"], "Harbour Hotel");
    let tip = desk.head();
    let (status, screen) =
        at_terminal("customer add acme2 --name 'ACME Tradin'").types(ENTER).end();
    assert!(status == 0 && screen.contains("customer acme is listed already"), "{screen}");
    assert!(screen.contains("docket customer change acme --alias NAME"), "{screen}");
    assert_eq!(desk.head(), tip, "nothing is written");
    let (status, screen) = at_terminal("customer add acme2 --name 'ACME Tradin'")
        .types(DOWN)
        .sees("> a new")
        .types(ENTER)
        .end();
    assert!(status == 0 && screen.contains("customer acme2 is listed"), "{screen}");
    desk.is_honest();
}

#[test]
fn customers_that_three_clones_merged_in_a_circle_are_settled_by_the_command_that_is_named() {
    let [one, two] = clones();
    let lead = |desk: &Desk, time: &str, line: &str| {
        desk.at(time).by("zhang").run(&format!("customer {line}")).succeeds();
    };
    for id in ["alpha", "beta", "gamma"] {
        lead(&one, "10:00", &format!("add {id} --name 'The {id}'"));
    }
    sync(&one, "10:01");
    let three = Desk::clone_of(&one.path("../door.git").canonicalize().unwrap());
    sync(&two, "10:02");
    lead(&one, "10:03", "merge alpha --into beta");
    lead(&two, "10:03", "merge beta --into gamma");
    lead(&three, "10:03", "merge gamma --into alpha");
    sync(&one, "10:04");
    sync(&two, "10:04");
    let whole = "alpha, beta and gamma were merged into each other, and alpha holds: docket customer \
                 merge beta --into alpha";
    assert!(sync(&three, "10:04").contains(whole));
    sync(&one, "10:04");
    let check = one.at("10:05").run("check");
    assert!(check.out().contains(whole), "{check}");
    let other = one.at("10:05").by("zhang").run("customer merge alpha --into beta");
    other.refuses("customer beta was merged into alpha");
    lead(&one, "10:06", "merge beta --into alpha");
    assert!(!one.at("10:07").run("check").out().contains("each other"));
    for name in ["The alpha", "beta", "The gamma"] {
        let shown = one.at("10:08").by("chen").run(&FAULT.replace("ACME", &format!("'{name}'")));
        shown.succeeds();
    }
    let shown = one.at("10:09").run("customer show alpha --json").json();
    assert_eq!(shown["records"]["total"], 3, "{shown}");
    one.is_honest();
}

#[test]
fn whose_records_follow_a_name_that_passes_from_one_customer_to_another_is_said() {
    let desk = Desk::new();
    for _ in 0..2 {
        desk.at("09:00").by("chen").run(&FAULT.replace("ACME", "'Harbour Hotel'")).succeeds();
    }
    add(&desk, "09:01", "one --name 'The one'");
    add(&desk, "09:01", "two --name 'The two'");
    let run = |line: &str| desk.at("09:02").by("chen").run(&format!("customer change {line}"));
    let said = run("one --alias 'harbour hotel'").succeeds();
    assert!(said.err().contains("2 records under “harbour hotel” count for one now"), "{said}");
    let said = run("one --remove 'Harbour Hotel' --lang zh-CN").succeeds();
    assert!(said.err().contains("2 条记录仍用名称“harbour hotel”"), "{said}");
    let told = run("two --alias 'Harbour Hotel' --json").succeeds().json();
    let names = serde_json::json!([{ "name": "Harbour Hotel", "records": 2, "customer": "two" }]);
    assert_eq!(told["names"], names);
    let said = run("two --remove 'Harbour Hotel'").succeeds();
    let left = "2 records keep the name “Harbour Hotel”, which no customer has any more: docket customer \
                change CUSTOMER --alias \"Harbour Hotel\"";
    assert!(said.err().contains(left), "{said}");
    // of a name that no record has nothing is said, nor of what names nobody
    let said = run("two --alias 'The second' --site 'Harbour Hotel'").succeeds();
    assert!(!said.err().contains("record"), "{said}");
    desk.is_honest();
}

#[test]
fn who_adopts_a_name_that_no_record_holds_is_led_to_those_that_are_held() {
    let desk = Desk::new();
    desk.at("09:01").by("chen").run(&FAULT.replace("ACME", "'Harbour Hotel'")).succeeds();
    for (lang, list) in [("en", "docket customer list --unlisted"), ("zh-CN", "--unlisted 列出")]
    {
        let line = format!("customer add hotel --from Ritz --lang {lang}");
        let told = desk.at("09:02").by("chen").run(&line).refuses("Ritz");
        assert!(told.err().contains(list), "{told}");
    }
    desk.at("09:03").run("customer list --unlisted").says("Harbour Hotel");
}

#[test]
fn a_name_is_of_one_customer_and_what_changes_nothing_is_refused() {
    let desk = Desk::new();
    add(&desk, "09:00", "acme --name 'ACME Ltd' --alias 'ACME Co'");
    let run = |line: &str| desk.at("09:01").by("zhang").run(line);
    run("customer add acme --name Other").refuses("is a name of customer acme");
    run("customer add other --name 'acme LTD'").refuses("is a name of customer acme");
    run("customer add other --name Other --alias 'ＡＣＭＥ co'")
        .refuses("is a name of customer acme");
    run("customer change acme --alias 'acme ltd'").refuses("is so already");
    run("customer change acme --remove Shanghai").refuses("has no alias, site or product");
    run("customer change acme --manager nobody").refuses("nobody");
    run("customer merge acme --into acme").refuses("into another one only");
    run("customer merge acme --into nobody").refuses("nobody");
    run("customer show acmee").refuses("acme");
    run("customer add 'A B' --name x").usage("acme");
    run("customer change acme --remove 'acme co'").succeeds();
    assert_eq!(customer(&desk, "acme")["aliases"], Value::Null);
    desk.is_honest();
}

#[test]
fn two_clones_change_one_customer_and_both_changes_stay() {
    let [one, two] = clones();
    one.at("10:00")
        .by("zhang")
        .run("customer change acme --alias 'ACME A' --party internal")
        .succeeds();
    two.at("10:01")
        .by("zhang")
        .run("customer change acme --alias 'ACME B' --manager li")
        .succeeds();
    for (time, clone) in [("10:02", &one), ("10:03", &two), ("10:04", &one)] {
        sync(clone, time);
    }
    for clone in [&one, &two] {
        let acme = customer(clone, "acme");
        assert_eq!(acme["party"], "internal");
        assert_eq!(acme["manager"], "li");
        assert_eq!(acme["aliases"].as_array().unwrap().len(), 3, "{acme}");
        assert_eq!(acme["disputed"], Value::Null);
        clone.is_honest();
    }
}

#[test]
fn what_two_clones_say_differently_of_a_customer_is_told_until_a_lead_says_it() {
    let [one, two] = clones();
    one.at("10:00").by("zhang").run("customer change acme --manager li").succeeds();
    two.at("10:01").by("zhang").run("customer change acme --manager zhang").succeeds();
    sync(&one, "10:02");
    assert!(sync(&two, "10:03").contains("customer acme"));
    two.at("10:04").run("customer show acme").says("manager: li | zhang");
    let zh = |line: &str| two.at("10:04").run(&format!("{line} --lang zh-CN"));
    zh("customer show acme").says("用户关系经理：li | zhang");
    zh("check").finds("“用户关系经理”有来自多个克隆的 2 个值");
    two.at("10:05").by("zhang").run("customer change acme --manager zhang").succeeds();
    sync(&two, "10:06");
    sync(&one, "10:07");
    let acme = customer(&one, "acme");
    assert_eq!((&acme["manager"], &acme["disputed"]), (&"zhang".into(), &Value::Null));
    one.is_honest();
}

#[test]
fn plain_git_merges_customers_by_their_fields_too() {
    let [one, two] = clones();
    one.at("10:00").by("chen").run("customer change acme --alias 'ACME A'").succeeds();
    sync(&one, "10:01");
    two.at("10:02").by("chen").run("customer change acme --alias 'ACME B'").succeeds();
    let pulled = two.at("10:03").by("chen").shell("git").args(["pull", "-q", "--no-edit"]).output();
    assert!(pulled.unwrap().status.success());
    assert_eq!(customer(&two, "acme")["aliases"].as_array().unwrap().len(), 3);
    two.is_honest();
}

#[test]
fn two_clones_that_merge_two_customers_into_each_other_leave_one_that_is_found() {
    let [one, two] = clones();
    add(&one, "10:00", "globex --name Globex");
    sync(&one, "10:01");
    sync(&two, "10:02");
    one.at("10:03").by("zhang").run("customer merge acme --into globex").succeeds();
    two.at("10:04").by("zhang").run("customer merge globex --into acme").succeeds();
    for (time, clone) in [("10:05", &one), ("10:06", &two), ("10:07", &one)] {
        sync(clone, time);
    }
    for clone in [&one, &two] {
        clone.at("10:08").run("customer show acme").succeeds();
        clone.at("10:08").run("customer show Globex").succeeds();
        assert_eq!(customer(clone, "ACME Ltd")["id"], customer(clone, "Globex")["id"]);
        clone.is_honest();
    }
}

#[test]
fn what_no_command_makes_of_a_customer_is_found() {
    let message = |subject: &str| {
        format!(
            "{subject}\n\ncustomer by chen\n\nDocket-Action: customer\nDocket-By: chen\n\
             Docket-At: 2026-11-23T10:00:00+08:00\n"
        )
    };
    let file = "format: 1\nid: acme\nname: ACME Ltd\nparty: external\n";
    for (subject, text, code) in [
        // a party that only a lead may say
        ("customer acme: added", file.replace("external", "internal"), "team lead"),
        // another subject than what was done
        ("customer acme: name", file.to_owned(), "customer acme: added"),
        // spelled as docket would not
        ("customer acme: added", file.replace("ACME Ltd", "'ACME Ltd'"), "H"),
        ("customer acme: added", file.replace("ACME Ltd", "ACME  Ltd"), "H"),
        ("customer acme: added", file.replace("ACME Ltd", "\"AC\u{200b}ME Ltd\""), "H"),
        ("customer acme: added", file.replace("ACME Ltd", "\"AC\u{202e}ME Ltd\""), "H"),
        ("customer acme: added", format!("{file}sites:\n- \"Shang\u{2066}hai\"\n"), "H"),
        ("customer acme: added", format!("{file}manager: nobody\n"), "H"),
        ("customer acme: added", format!("{file}merged_into: globex\n"), "H"),
        ("customer acme: added", format!("{file}disputed:\n  name: [a, b]\n"), "H"),
    ] {
        let desk = Desk::new();
        desk.write("customers/acme.yaml", &text);
        desk.git(["add", "customers"]);
        let mut git = desk.at("10:00").by("chen").shell("git");
        git.args(["commit", "-q", "-m", &message(subject)]).output().unwrap();
        let ran = desk.at("10:05").run("audit");
        assert_eq!(ran.status(), Some(1), "{text}: {ran}");
        assert!(ran.out().contains(code), "{text}: {ran}");
    }
}

#[test]
fn a_record_that_is_amended_has_the_customer_by_its_name_as_one_that_is_opened() {
    let desk = Desk::new();
    let id = desk.at("09:00").by("chen").run(&FAULT.replace("ACME", "Misheard")).id();
    add(&desk, "09:01", "acme --name 'ACME Ltd' --alias Anvils");
    for (time, given, kept, told) in [
        ("09:02", "acme", "ACME Ltd", "known: ACME Ltd"),
        ("09:03", "Globex", "Globex", "new customer Globex"),
        ("09:04", "anvils", "ACME Ltd", "known: ACME Ltd"),
    ] {
        let line = format!("amend {id} --set customer={given} --reason misheard");
        let amended = desk.at(time).by("zhang").run(&line).succeeds();
        assert!(amended.err().contains(told), "{amended}");
        assert_eq!(desk.record(&id)["status"]["customer"], kept, "{given}");
    }
    desk.is_honest();
}

#[test]
fn what_a_record_keeps_of_a_customer_who_was_not_meant_is_said_with_the_command_that_mends_it() {
    let desk = Desk::new();
    add(&desk, "09:00", "acme --name 'ACME Ltd'");
    add(&desk, "09:00", "globex --name Globex");
    let call = "call 'no network' -c acme -n 'Ms Wong' --site Shanghai";
    let id = desk.at("09:01").by("chen").run(call).succeeds().id();
    let amend = |line: &str| {
        let line = format!("amend {id} --set customer=globex {line} --reason mistyped");
        desk.at("09:02").by("chen").run(&line).succeeds()
    };
    let said = amend("");
    let flat = said.out().split_whitespace().collect::<Vec<_>>().join(" ");
    let tail = id.rsplit('-').next().unwrap();
    for told in [
        format!("of ACME Ltd: docket amend {tail} --set contact=NAME --reason TEXT"),
        format!("the site is still Shanghai: docket amend {tail} --set site=TEXT --reason TEXT"),
        format!("stays Shanghai; docket amend {tail} --event 1 --reason TEXT"),
    ] {
        assert!(flat.contains(&told), "{told}: {said}");
    }
    let page = desk.at("09:03").run(&format!("show {id}")).succeeds();
    assert!(page.out().contains("customer (at first)       ACME Ltd"), "{page}");
    // of what was said as well nothing stays
    let back = format!("amend {id} --set customer=acme --reason back");
    let said = desk.at("09:04").by("chen").run(&back).succeeds();
    assert!(!said.out().contains("contact is still"), "{said}");
    let said = amend("--set contact='Mr Ho' --set site=Berlin");
    assert!(!said.out().contains("still"), "{said}");
    desk.is_honest();
}

#[test]
fn a_broken_customer_file_stops_nothing_and_doctor_brings_it_back() {
    let desk = Desk::new();
    add(&desk, "09:00", "acme --name 'ACME Ltd' --alias 'ACME Co'");
    desk.commit("customers/acme.yaml", "format: 1\nid: acme\nname: [\n");
    desk.at("09:05").by("chen").run(REQUEST).succeeds();
    desk.at("09:06").run("customer list").succeeds();
    let found = desk.at("09:07").run("doctor");
    assert!(found.out().contains("broken  customers/acme.yaml"), "{found}");
    desk.at("09:08").by("zhang").run("doctor --repair").succeeds();
    assert_eq!(customer(&desk, "acme")["name"], "ACME Ltd");
}

#[test]
fn an_opening_knows_a_customer_by_any_name_and_takes_its_persons_for_the_same() {
    let desk = Desk::new();
    let first = desk.fault();
    desk.at("09:05")
        .by("chen")
        .run("customer add acme --name ACME --alias 'Anvils Inc'")
        .succeeds();
    let called = FAULT.replace("--customer ACME", "--customer 'anvils  INC'");
    let second = desk.at("09:10").by("chen").run(&called).id();
    let (one, other) = (desk.record(&first), desk.record(&second));
    assert_eq!(one["intake"]["contact"], other["intake"]["contact"], "one person");
    assert_eq!(other["status"]["customer"], "ACME");
    let merge = format!("merge {second} --into {first} --reason 'the same'");
    desk.at("09:11").by("chen").run(&merge).succeeds();
    let near = FAULT.replace("--customer ACME", "--customer 'Anvil Inc'");
    let told = desk.at("09:12").by("chen").run(&near.replace("Ms Wang", "Mr New")).succeeds();
    let hint = "did you mean ACME? docket customer change CUSTOMER --alias NAME";
    assert!(told.out().contains(hint), "{told}");
    let listed = desk.at("09:13").run("customer list --unlisted").succeeds();
    assert_eq!(listed.out().trim().lines().last(), Some("Anvil Inc"), "{listed}");
    desk.is_honest();
}

#[test]
fn records_of_names_that_became_one_customer_go_together_and_the_audit_agrees() {
    let desk = Desk::new();
    let one = desk.fault();
    let other = FAULT.replace("--customer ACME", "--customer 'Anvils Inc'");
    let other = desk.at("09:10").by("chen").run(&other.replace("Ms Wang", "Mr Ho")).id();
    let merge = format!("merge {other} --into {one} --reason 'the same'");
    desk.at("09:11").by("chen").run(&merge).refuses("ACME");
    desk.at("09:12").by("chen").run("customer add acme --from ACME --from 'Anvils Inc'").succeeds();
    desk.at("09:13").by("chen").run(&merge).succeeds();
    let persons = ["Ms Wang", "Mr Ho"].map(|name| {
        let shown = desk.at("09:14").run(&format!("contact show '{name}' --json")).json();
        shown["contacts"][0]["id"].as_str().unwrap().to_owned()
    });
    let merge = format!("contact merge {} --into {}", persons[1], persons[0]);
    desk.at("09:15").by("chen").run(&merge).succeeds();
    desk.is_honest();
}

#[test]
fn figures_are_of_customers_and_not_of_spellings() {
    let desk = Desk::new();
    for (time, name) in [("09:00", "ACME"), ("09:10", "Anvils Inc")] {
        let open = FAULT.replace("--customer ACME", &format!("--customer '{name}'"));
        let open = open.replace("Ms Wang", &format!("Guest of {name}"));
        desk.at(time).by("chen").run(&open).succeeds();
    }
    let figures = |time: &str| {
        let ran = desk.at(time).run("report kpi --month 2026-11 --by customer --json").json();
        ran.to_string()
    };
    assert!(figures("12:00").contains("Anvils Inc"));
    desk.at("12:01").by("chen").run("customer add acme --from ACME --from 'Anvils Inc'").succeeds();
    let one = figures("12:02");
    assert!(one.contains("ACME") && !one.contains("Anvils Inc"), "{one}");
}

#[test]
fn a_customer_that_nobody_listed_is_one_however_it_is_spelled() {
    let desk = Desk::new();
    let mut ids = Vec::new();
    for (time, name) in [("09:00", "ACME"), ("09:10", "acme"), ("09:20", "ＡＣＭＥ")] {
        let open = FAULT.replace("--customer ACME", &format!("--customer '{name}'"));
        let open = open.replace("Ms Wang", &format!("Guest of {name}"));
        let ran = desk.at(time).by("chen").run(&open).succeeds();
        // somebody else of one customer tells the same
        let hint = ids.last().is_none_or(|id: &String| ran.out().contains(id.as_str()));
        assert!(hint && ran.out().contains("possible duplicate") != ids.is_empty(), "{ran}");
        ids.push(ran.id());
    }
    let listed = desk.at("12:00").run("list --all --customer aCmE --json").json().to_string();
    let part = desk.at("12:00").run("list --all --customer CM --json").json().to_string();
    for id in &ids {
        assert!(listed.contains(id.as_str()) && part.contains(id.as_str()), "{id}: {listed}");
    }
    let by = desk.at("12:00").run("report kpi --month 2026-11 --by customer --json").json();
    let rows = |list: &str| by[list].as_array().unwrap().clone();
    assert!(rows("split").iter().all(|row| row["group"] == "ACME"), "{:?}", rows("split"));
    let repeats = rows("figures").into_iter().find(|row| row["name"] == "repeat_fault").unwrap();
    assert_eq!(repeats["numerator"], 2);
}

#[test]
fn a_page_tells_how_a_customer_stands_before_somebody_calls_back() {
    let desk = Desk::new();
    add(&desk, "08:30", "acme --name ACME --alias 'Anvils Inc' --site 'Floor 3'");
    let closed = desk.fault_in("closed");
    let run = |time: &str, line: &str| desk.at(time).by("chen").run(line).succeeds();
    run(
        "11:00",
        "remark 'lift is slow' --soothed 'said why' --customer 'anvils inc' --name 'Ms Wang' \
         --channel hotline --reported r --wants-reply no --mood uneasy",
    );
    let complaint = "open complaint 'nobody calls back' --channel hotline --customer ACME \
                     --name 'Ms Wang' --reported x --need n --trigger direct --form oral \
                     --against li --remedy 'an apology' --category supply --expected-by none";
    let complaint = run("11:10", complaint).id();
    let cancelled =
        run("11:20", &REQUEST.replace("Mr Ray", "Mr Ho").replace("Globex", "ACME")).id();
    run("11:21", &format!("cancel {cancelled} --mistake 'a joke'"));
    let page = desk.at("12:00").run("customer show 'ANVILS inc' --json").succeeds().json();
    let told = &page["overview"];
    assert_eq!(told["open"], 1, "{told}");
    assert_eq!(told["complaints"][0], *complaint);
    assert_eq!(told["mood"]["mood"], "uneasy");
    assert_eq!(told["remarks"][0]["title"], "lift is slow");
    assert_eq!(told["grades"][0]["record"], *closed);
    assert_eq!(told["quarters"][0]["quarter"], "2026-Q4");
    assert_eq!(told["quarters"][0]["grades"], 1);
    assert_eq!(told["last_contact_at"], "2026-11-23T11:10:00+08:00");
    assert!(page["contacts"][0]["name"].as_str().unwrap().contains("**"), "masked: {page}");
    let shown = desk.at("12:00").run("customer show acme").succeeds();
    for text in ["last contact", "uneasy", "2026-Q4", "lift is slow", "Ms W**"] {
        assert!(shown.out().contains(text), "{text}: {shown}");
    }
    desk.at("12:00").run("--lang zh-CN customer show acme").says("客户情绪").says("平均满意程度");
}

#[test]
fn a_page_tells_the_newest_ten_of_a_customer_who_was_silent_for_years() {
    let desk = Desk::new();
    add(&desk, "08:30", "acme --name ACME");
    let request = REQUEST.replace("Globex", "Acme");
    let mut ids = Vec::new();
    for minute in 0..12 {
        let opened = desk.at(&format!("11:{minute:02}")).by("chen").run(&request);
        ids.push(opened.succeeds().id());
    }
    for id in &ids {
        let cancel = format!("cancel {id} --mistake 'a joke'");
        desk.at("11:30").by("chen").run(&cancel).succeeds();
    }
    let page = desk.at("2031-01-02 09:00").run("customer show acme --json").succeeds().json();
    assert_eq!(page["records"]["total"], 12, "{page}");
    let shown = page["records"]["records"].as_array().unwrap().iter();
    let shown: Vec<_> = shown.map(|record| record["id"].as_str().unwrap().to_owned()).collect();
    let newest: Vec<_> = ids.into_iter().rev().take(10).collect();
    assert_eq!(shown, newest);
    let rest = desk.at("2031-01-02 09:00").run("customer show acme").succeeds();
    assert!(rest.err().contains("docket list --all --customer acme"), "{rest}");
}

#[test]
fn a_name_that_two_clones_gave_to_two_customers_is_told_until_they_are_one() {
    let [one, two] = clones();
    let add = |desk: &Desk, line: &str| {
        desk.at("10:00").by("zhang").run(&format!("customer add {line}")).succeeds();
    };
    add(&one, "na --name Nordwind");
    add(&two, "nb --name NORDWIND");
    sync(&one, "10:01");
    let told = sync(&two, "10:02");
    assert!(told.contains("a name of na and of nb, and stands for na"), "{told}");
    // whoever only takes it in hears of it as well
    assert!(sync(&one, "10:03").contains("docket customer merge nb --into na"));
    for clone in [&one, &two] {
        let check = clone.at("10:04").run("check").out();
        assert!(check.contains("A34") && check.contains("customers/nb.yaml"), "{check}");
    }
    one.at("10:05").by("zhang").run("customer merge nb --into na").succeeds();
    sync(&one, "10:06");
    assert!(!sync(&two, "10:07").contains("a name of"));
    for clone in [&one, &two] {
        assert!(!clone.at("10:08").run("check").out().contains("customers/"));
        clone.is_honest();
    }
}

#[test]
fn a_name_that_is_two_customers_is_given_up_by_one_with_a_new_name_for_it() {
    let [one, two] = clones();
    let add = |desk: &Desk, line: &str| {
        desk.at("10:00").by("zhang").run(&format!("customer add {line}")).succeeds();
    };
    add(&one, "na --name 'Nord Wind'");
    add(&two, "nb --name 'nord wind'");
    sync(&one, "10:01");
    assert!(sync(&two, "10:02").contains("docket customer change nb --remove"));
    let change = "customer change nb --remove 'nord wind' --name 'Nord Wind B'";
    two.at("10:03").by("zhang").run(change).succeeds();
    let check = two.at("10:04").run("check").out();
    assert!(!check.contains("customers/"), "{check}");
    two.is_honest();
}

#[test]
fn a_name_of_two_customers_is_given_up_by_the_merged_one_in_whose_file_it_is() {
    for (told, shown, change) in [
        ("--name 'Nord B' --alias 'nord wind'", "--remove \"nord wind\"", ""),
        ("--name nordwind", "--remove nordwind, with --name NEW", " --name 'Nord B'"),
    ] {
        let [one, two] = clones();
        let lead = |desk: &Desk, time: &str, line: &str| {
            desk.at(time).by("zhang").run(&format!("customer {line}")).succeeds();
        };
        lead(&one, "10:00", "add na --name 'Nord Wind' --alias Nordwind");
        lead(&two, "10:00", &format!("add nb {told}"));
        lead(&two, "10:01", "merge nb --into acme");
        sync(&one, "10:02");
        let heard = sync(&two, "10:03");
        assert!(heard.contains("docket customer merge acme --into na"), "{heard}");
        assert!(heard.contains(&format!("docket customer change nb {shown}")), "{heard}");
        let check = two.at("10:04").run("check").out();
        assert!(check.contains("customers/nb.yaml"), "{check}");
        two.at("10:05").by("zhang").run("customer change nb --alias x").refuses("merged into acme");
        let remove = shown.split(',').next().unwrap();
        lead(&two, "10:05", &format!("change nb {remove}{change}"));
        let check = two.at("10:06").run("check").out();
        assert!(!check.contains("customers/"), "{check}");
        assert_eq!(customer(&two, "nordwind")["id"], "na");
        assert_eq!(customer(&two, "Nord B")["id"], "acme");
        two.is_honest();
    }
}

#[test]
fn what_clones_dispute_of_a_customer_is_settled_after_it_was_merged_too() {
    let [one, two] = clones();
    add(&one, "10:00", "globex --name Globex");
    sync(&one, "10:00");
    sync(&two, "10:00");
    one.at("10:01").by("zhang").run("customer change acme --manager li").succeeds();
    two.at("10:01").by("zhang").run("customer change acme --manager zhang").succeeds();
    two.at("10:02").by("zhang").run("customer merge acme --into globex").succeeds();
    sync(&one, "10:03");
    sync(&two, "10:04");
    assert!(two.at("10:05").run("check").out().contains("2 values of manager"));
    two.at("10:06").by("zhang").run("customer change acme --party internal").refuses("merged into");
    two.at("10:06").by("zhang").run("customer change acme --manager li").succeeds();
    assert!(!two.at("10:07").run("check").out().contains("customers/"));
    two.is_honest();
}

#[test]
fn customers_that_two_clones_merged_into_each_other_are_told_until_a_lead_says_which_holds() {
    let [one, two] = clones();
    one.at("10:00").by("zhang").run("customer add other --name Other").succeeds();
    sync(&one, "10:01");
    sync(&two, "10:02");
    one.at("10:03").by("zhang").run("customer merge acme --into other").succeeds();
    two.at("10:03").by("zhang").run("customer merge other --into acme").succeeds();
    sync(&one, "10:04");
    assert!(sync(&two, "10:05").contains("docket customer merge other --into acme"));
    assert!(two.at("10:06").run("check").out().contains("merged into each other"));
    let merge = two.at("10:07").by("zhang").run("customer merge other --into acme").succeeds();
    assert!(merge.out().contains("merged into acme, which cannot be taken back"), "{merge}");
    sync(&two, "10:08");
    sync(&one, "10:09");
    for clone in [&one, &two] {
        assert!(!clone.at("10:10").run("check").out().contains("customers/"));
        assert_eq!(customer(clone, "acme")["merged_into"], Value::Null);
        clone.is_honest();
    }
}

#[test]
fn a_customer_to_whom_two_clones_gave_two_names_is_found_by_both_and_told_once() {
    let [one, two] = clones();
    let add = |desk: &Desk, line: &str| {
        desk.at("10:00").by("zhang").run(&format!("customer add nord {line}")).succeeds();
    };
    add(&one, "--name Nordwind --manager li");
    add(&two, "--name Southgate --party internal --manager zhang");
    sync(&one, "10:01");
    let told = sync(&two, "10:02");
    assert_eq!(told.matches("different things of customer nord").count(), 1, "{told}");
    sync(&one, "10:03");
    for name in ["Nordwind", "Southgate"] {
        assert_eq!(customer(&one, name)["id"], "nord", "{name}");
        // which organisation called is not for docket to say
        let call = format!("call 'x {name}' -c {name} -n 'Ms Li'");
        let called = one.at("10:03").by("chen").run(&call).succeeds();
        assert!(called.err().contains("different things of customer nord"), "{called}");
        assert_eq!(one.record(&called.id())["status"]["customer"], *name);
    }
    let shown = one.at("10:03").run("customer show nord --lang en");
    let ways = "docket customer change nord with --name, --party, --manager; if these are two customers, \
                docket customer change nord --name NAME, docket customer change nord --remove OTHER";
    assert!(shown.err().contains(ways), "{shown}");
    one.at("10:04").by("zhang").run("customer change nord --name Southgate").succeeds();
    assert_eq!(customer(&one, "Nordwind")["name"], "Southgate");
    one.is_honest();
}

#[test]
fn what_one_clone_says_of_a_customer_that_another_merges_away_is_told_with_the_command() {
    for (said, carried) in [
        ("--manager li --party internal", "--party internal --manager li"),
        ("--name 'Globex Group'", "--alias \"Globex Group\""),
        ("--alias Glob --site 'Floor 3'", "--alias Glob --site \"Floor 3\""),
    ] {
        for merged_first in [false, true] {
            let [one, two] = clones();
            add(&one, "10:00", "globex --name Globex");
            sync(&one, "10:00");
            sync(&two, "10:00");
            let lead = |desk: &Desk, time: &str, line: &str| {
                desk.at(time).by("zhang").run(&format!("customer {line}")).succeeds();
            };
            lead(&one, "10:01", &format!("change globex {said}"));
            lead(&two, "10:01", "merge globex --into acme");
            let (first, last) = if merged_first { (&two, &one) } else { (&one, &two) };
            sync(first, "10:02");
            let command = format!("docket customer change acme {carried}");
            let told = sync(last, "10:03");
            assert_eq!(told.matches(&command).count(), 1, "{told}");
            if merged_first {
                let told = sync(first, "10:04");
                assert!(
                    told.contains(&command),
                    "{said}: who merged it hears of it as well: {told}"
                );
            }
            lead(last, "10:05", &format!("change acme {carried}"));
            sync(last, "10:06");
            let again = sync(first, "10:07");
            assert!(!again.contains("customer change"), "{again}");
            last.is_honest();
        }
    }
}

#[test]
fn what_clones_dispute_of_a_customer_is_found_by_check() {
    let [one, two] = clones();
    one.at("10:00").by("zhang").run("customer change acme --manager li").succeeds();
    two.at("10:01").by("zhang").run("customer change acme --manager zhang").succeeds();
    sync(&one, "10:02");
    sync(&two, "10:03");
    sync(&one, "10:04");
    for clone in [&one, &two] {
        let check = clone.at("10:05").run("check").out();
        assert!(check.contains("2 values of manager"), "{check}");
        assert!(check.contains("docket customer show acme"), "{check}");
    }
}
