//! A customer's person named in a step, by a part of the name too.

use crate::desk::Desk;

/// A desk with a fault of Ms Wang at ACME, to be acknowledged; two persons there are called Robert.
fn desk() -> (Desk, String) {
    let desk = Desk::new();
    let id = desk.fault();
    for name in ["Robert Bell", "Robert Chu", "李四"] {
        desk.at("09:20").by("chen").run(&format!("call x -c ACME -n '{name}'")).succeeds();
    }
    desk.at("09:21").by("chen").run("call x -c Globex -n 'Grace Kelly'").succeeds();
    (desk, id)
}

fn contacts(desk: &Desk) -> usize {
    desk.at("09:30").run("contact list --json").json()["contacts"].as_array().unwrap().len()
}

#[test]
fn a_part_of_the_name_of_one_of_the_customers_persons_means_them_in_every_step() {
    let (desk, id) = desk();
    let known = contacts(&desk);
    let contact = desk.record(&id)["status"]["contact"].clone();
    let run = |time: &str, who: &str, line: &str| {
        desk.at(time).by(who).run(&line.replace("ID", &id)).succeeds()
    };
    let said = run("09:30", "chen", "ack ID +30m --informed wang");
    assert!(said.out().contains("known: Ms W**"), "{said}");
    let told = desk.record(&id)["history"][1]["told"].clone();
    assert_eq!(told, contact);
    run("09:31", "chen", "promise ID 16:00 --to 李 --what 'a call'");
    run("09:32", "chen", "route ID li x");
    run("09:33", "li", "accept ID +1h");
    run("09:34", "li", "respond ID 'on my way' --informed bell");
    let solved = "resolve ID 'cable replaced' --cause wear --code fixed --informed";
    let several = desk.at("09:40").by("li").run(&format!("{} robert", solved.replace("ID", &id)));
    let several = several.refuses("“robert” may be several contacts: C-");
    assert!(several.err().contains("R** B** (ACME)"), "{several}");
    run("09:40", "li", &format!("{solved} chu"));
    run("09:50", "chen", "confirm ID --with wan --satisfaction 4");
    assert_eq!(contacts(&desk), known, "nobody is new");
    desk.is_honest();
}

#[test]
fn who_is_like_nobody_of_the_customer_is_new_and_said_to_be() {
    let (desk, id) = desk();
    let known = contacts(&desk);
    for (time, name) in [("09:30", "Grace"), ("09:31", "Noboda")] {
        let line = format!("promise {id} 16:00 --to {name} --what 'a call'");
        let said = desk.at(time).by("chen").run(&line).succeeds();
        assert!(said.out().contains("new contact C-"), "{said}");
    }
    let to_nobody = format!("promise {id} 16:00 --to nobody --what 'a call'");
    desk.at("09:31").by("chen").run(&to_nobody).refuses("nobody's name");
    let apart = format!("promise {id} 17:00 --to Robert --what 'a call' --namesake 'floor 2'");
    desk.at("09:32").by("chen").run(&apart).succeeds();
    assert_eq!(contacts(&desk), known + 3);
    // a whole name of that customer is enough
    let again = format!("promise {id} 18:00 --to robert --what 'a call'");
    desk.at("09:33").by("chen").run(&again).succeeds();
    assert_eq!(contacts(&desk), known + 3);
    desk.is_honest();
}

#[test]
fn a_whole_name_that_begins_others_means_none_of_them_unless_its_customer_is_named() {
    let (desk, _) = desk();
    for (name, customer) in [("王", "ACME"), ("王丽", "Globex"), ("王丽", "Initech")] {
        let line = format!("call x -c {customer} -n {name}");
        desk.at("09:30").by("chen").run(&line).succeeds();
    }
    let several =
        desk.at("09:31").by("chen").run("call x -n 王").refuses("may be several contacts");
    for customer in ["(ACME)", "(Globex)", "(Initech)"] {
        assert!(several.err().contains(customer), "{several}");
    }
    desk.at("09:31").by("chen").run("call x -n 王 -c acme").succeeds();
    desk.at("09:31").by("chen").run("call x -n 王 -c globex").succeeds();
    // no caller is meant, and only one is called so
    desk.at("09:32").run("contact show 王").says("ACME");
    desk.at("09:32").run("contact show 王丽").refuses("may be several contacts");
    desk.is_honest();
}

#[test]
fn a_contact_is_shown_by_a_part_of_the_name_and_who_is_not_found_is_told_how() {
    let (desk, _) = desk();
    desk.at("09:30").run("contact show grace").says("Globex");
    let said = desk.at("09:30").run("contact show gracie").refuses("no contact");
    assert!(said.err().contains("C-") && said.err().contains("(G** K**)"), "{said}");
    for line in ["contact show 8888", "call x --caller 8888"] {
        let said = desk.at("09:30").by("chen").run(line).refuses("no contact “8888”");
        assert!(said.err().contains("its beginning or the phone"), "{said}");
    }
}

#[test]
fn a_known_contact_brings_their_customer_along() {
    let (desk, id) = desk();
    let contact = desk.record(&id)["status"]["contact"].as_str().unwrap().to_owned();
    let open = "open enquiry x --channel phone --reported r --need n --quiet -n";
    for name in [contact.as_str(), "wang"] {
        let opened = desk.at("09:30").by("chen").run(&format!("{open} {name}")).succeeds();
        let record = desk.record(&opened.id());
        assert_eq!(record["intake"]["customer"], "ACME");
        assert_eq!(record["intake"]["contact"], contact.as_str());
    }
    let other = format!("{open} {contact} -c Globex");
    desk.at("09:31").by("chen").run(&other).refuses("ACME");
    desk.at("09:31").by("chen").run(&format!("call x -n {contact} -c Globex")).refuses("ACME");
    desk.is_honest();
}

#[test]
fn who_of_the_team_is_near_is_named_and_else_everybody_is_listed() {
    let (desk, id) = desk();
    desk.at("09:30").by("chen").run(&format!("ack {id} +30m")).succeeds();
    let route = |who: &str, lang: &str| {
        let line = format!("route {id} {who} x --lang {lang}");
        desk.at("09:31").by("chen").run(&line).refuses(who)
    };
    for (who, lang) in [("安娜", "zh-CN"), ("张三", "zh-CN"), ("李明", "en")] {
        let said = route(who, lang);
        let is_guess = said.err().contains("did you mean") || said.err().contains("是否指");
        assert!(!is_guess && said.err().contains("Wu Gang"), "{said}");
    }
    assert!(route("chenn", "en").err().contains("did you mean chen (陈静)?"));
    assert!(route("chenn", "zh-CN").err().contains("是否指 陈静 chen？"));
}

#[test]
fn a_new_customer_is_said_to_be_one_with_those_that_are_near() {
    let (desk, _) = desk();
    let call = |line: &str| desk.at("09:30").by("chen").run(line).succeeds().out();
    let said = call("call 三楼打印机卡纸 -c 海港 -n 陈");
    assert!(said.contains("new customer 海港\n") && said.contains("new contact C-"), "{said}");
    let said = call("call x -c Globxe -n Eve --lang zh-CN");
    assert!(said.contains("新客户“Globxe”，是否指“Globex”？"), "{said}");
    assert!(!call("call x -c ACME -n Eve").contains("new customer"));
}

#[test]
fn records_are_listed_by_a_customer_whatever_the_case_and_by_the_beginning_of_a_word() {
    let (desk, _) = desk();
    desk.at("09:30").by("chen").run("call x -c 'Harbour Hotel' -n Zoe").succeeds();
    for customer in ["harbour", "ＨＡＲＢＯＵＲ", "hotel", "arbour H"] {
        desk.at("09:31").run(["list", "--customer", customer]).says("Harbour Hotel");
    }
    let said = desk.at("09:31").run(["list", "--customer", "Habour Hotel"]).succeeds();
    assert!(said.err().contains("did you mean Harbour Hotel?"), "{said}");
    let said = desk.at("09:31").run(["list", "--customer", "habour", "--lang", "zh-CN"]).succeeds();
    assert!(said.err().contains("是否指“Harbour Hotel”？"), "{said}");
    // what is like nobody, or shows nothing, is nobody
    for customer in ["Ritz", " ", "\u{200b}"] {
        let said = desk.at("09:31").run(["list", "--customer", customer]).succeeds();
        assert!(said.err().contains("docket customer list --unlisted") && said.out().is_empty());
    }
    let said = desk.at("09:31").run(["list", "--customer", "Наrbour Ноtel"]).succeeds();
    assert!(said.err().contains("did you mean Harbour Hotel?"), "{said}");
}

#[test]
fn a_name_is_kept_without_what_is_not_seen_and_is_no_text() {
    let desk = Desk::new();
    let names = || -> Vec<String> {
        let told = desk.people();
        told.iter().map(|person| person["name"].as_str().unwrap().to_owned()).collect()
    };
    for name in ["Wang\u{202e} Fang", "Wang\u{200b} Fang", "Wang Fang\u{feff}"] {
        desk.at("09:20").by("chen").run(["call", "x", "-c", "ACME", "-n", name]).succeeds();
        assert_eq!(names(), ["Wang Fang"], "{name:?}");
    }
    for (name, why) in [
        ("W".repeat(300), "at most 100 are allowed"),
        ("Wang\u{7}Fang".to_owned(), "control character U+0007"),
        ("Li\u{2028}Na".to_owned(), "must be one line"),
        ("\u{202e}".to_owned(), "no visible characters"),
    ] {
        desk.at("09:21").by("chen").run(["call", "x", "-c", "ACME", "-n", &name]).usage(why);
    }
    assert_eq!(names(), ["Wang Fang"]);
    desk.is_honest();
}

#[test]
fn a_listed_customer_that_is_named_is_meant_and_no_other_whose_name_holds_it() {
    let desk = Desk::new();
    let run = |line: &str| desk.at("09:00").by("chen").run(line).succeeds();
    run("customer add north --name 'Northstar Logistics' --alias Northstar");
    run("contact add 'Tom Baker' --customer 'Northstar Logistics Hamburg' --phone 13700001111");
    for (nth, name) in ["Northstar Logistics", "northstar", "north"].into_iter().enumerate() {
        let call = format!("call 'x {nth}' -c '{name}' -n 'Tom Baker'");
        let id = run(&call).id();
        assert_eq!(desk.record(&id)["status"]["customer"], "Northstar Logistics", "{name}");
    }
    // a namesake elsewhere makes nobody unclear
    let called = run("call y -c Northstar -n 'Tom Baker'").id();
    let first = run("call z -c 'Northstar Logistics' -n 'Tom Baker'").id();
    let contact = |id: &str| desk.record(id)["intake"]["contact"].clone();
    assert_eq!(contact(&called), contact(&first));
}
