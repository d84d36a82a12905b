//! What the shell and the manual reader get.

use std::{fs, process::Command};

use crate::desk::{Desk, Run, tail};

/// What the shell is offered for the last of these words.
fn offered(desk: &Desk, words: &[&str]) -> Vec<String> {
    asked(desk.at("09:30"), words)
}

/// What somebody of the team is offered.
fn offered_to(desk: &Desk, who: &str, words: &[&str]) -> Vec<String> {
    asked(desk.at("09:30").by(who), words)
}

fn asked(run: Run<'_>, words: &[&str]) -> Vec<String> {
    let mut command = run.shell(env!("CARGO_BIN_EXE_docket"));
    command.env("DOCKET_COMPLETE", "bash").env("_CLAP_COMPLETE_INDEX", (words.len()).to_string());
    command.env("_CLAP_COMPLETE_COMP_TYPE", "9").env("_CLAP_IFS", "\n");
    command.args(["--", "docket"]).args(words);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let offered = String::from_utf8(output.stdout).unwrap();
    offered.lines().map(str::to_owned).collect()
}

#[test]
fn tab_offers_verbs_values_and_what_the_desk_holds() {
    let desk = Desk::new();
    let id = desk.fault();
    let tail = tail(&id);
    assert!(offered(&desk, &["es"]).contains(&"escalate".to_owned()));
    assert!(offered(&desk, &["show", ""]).contains(&id), "records");
    assert_eq!(offered(&desk, &["ack", &tail[..2]]), [tail.as_str()], "by its tail");
    assert_eq!(offered(&desk, &["route", &id, "--to", "l"]), ["li"], "people");
    assert_eq!(offered(&desk, &["route", &id, "l"]), ["li"], "people behind records");
    assert!(offered(&desk, &["ack", "R-99"]).is_empty());
}

#[test]
fn tab_offers_the_records_to_which_the_step_applies() {
    let desk = Desk::new();
    let (routed, open) = (desk.fault_in("routed"), desk.request());
    for (who, verb, ids) in [
        ("chen", "ack", vec![&open]),
        ("li", "accept", vec![&routed]),
        ("wu", "accept", vec![]),
        ("chen", "confirm", vec![]),
        ("li", "ack", vec![]),
    ] {
        let told = offered_to(&desk, who, &[verb, "R-"]);
        assert_eq!(told, ids.into_iter().cloned().collect::<Vec<_>>(), "{who} {verb}");
    }
    assert_eq!(offered_to(&desk, "li", &["show", "R-"]).len(), 2, "all are looked at");
}

#[test]
fn tab_offers_values_for_every_flag_that_has_them() {
    let desk = Desk::new();
    let id = desk.fault();
    for (words, value, none) in [
        (&["list", "--channel", ""][..], "hotline", "nonsense"),
        (&["list", "--category", "n"], "network", "hardware"),
        (&["list", "--unit", "n"], "network", "systems"),
        (&["list", "--customer", ""], "ACME", "Globex"),
        (&["list", "--state", ""], "unfinished", "resolve"),
        (&["list", "--owner", "c"], "chen", "li"),
        (&["resolve", "x", "--code", ""], "fixed", "hotline"),
        (&["hold", "x", "--reason", ""], "waiting_customer", "fixed"),
        (&["ack", "x", "--method", ""], "phone", "monitoring"),
        (&["update", "x", "--major", ""], "outage", "network"),
        (&["confirm", "x", "--satisfaction", ""], "satisfied", "done"),
        (&["amend", "x", "--set", "ti"], "title=", "need="),
        (&["open", "--stops-work", ""], "yes", "none"),
        (&["open", "--expected-by", ""], "none", "unknown"),
        (&["report", ""], "kpi", "list"),
        (&["list", "--lang", ""], "zh-CN", "fr"),
        (&["help", "i"], "identity", "languages"),
        (&["help", ""], "resolve", "merge-driver"),
        (&["people", "change", "w"], "wu", "li"),
        (&["route", &id, "--to", "李"], "李雷", "li"),
        (&["list", "--"], "--json", "--note"),
        (&["ack", "--"], "--note", "--repair"),
    ] {
        let offered = offered(&desk, words);
        assert!(offered.iter().any(|one| one == value), "{words:?}: {offered:?}");
        assert!(offered.iter().all(|one| one != none), "{words:?}: {offered:?}");
    }
}

#[test]
fn tab_outside_of_a_desk_offers_no_ids_and_does_not_complain() {
    let desk = Desk::nowhere();
    let none = offered(&desk, &["show", "R-"]);
    assert!(none.is_empty(), "{none:?}");
}

#[test]
fn each_shell_gets_its_script_and_an_unknown_one_is_told() {
    let desk = Desk::nowhere();
    for shell in ["bash", "zsh", "fish"] {
        let script = desk.at("09:00").run(&format!("completions {shell}")).succeeds().out();
        assert!(script.contains("DOCKET_COMPLETE"), "{shell}: {script}");
    }
    desk.at("09:00").run("completions tcl").usage("bash");
    let script = desk.at("09:00").run("completions bash").succeeds().out();
    let read = Command::new("bash").args(["-n", "-c", &script]).output();
    assert!(read.is_ok_and(|read| read.status.success()), "bash reads it");
}

#[test]
fn the_manual_has_a_page_for_the_program_and_each_verb() {
    let desk = Desk::nowhere();
    let taken = desk.home().join(".gitconfig/man1");
    desk.at("09:00")
        .run(["man", taken.to_str().unwrap()])
        .fails(".gitconfig/man1: Not a directory");
    let dir = desk.home().join("man/man1");
    desk.at("09:00").run(["man", dir.to_str().unwrap()]).succeeds();
    let page = fs::read_to_string(dir.join("docket-ack.1")).unwrap();
    assert!(page.contains("docket") && page.contains("reply\\-by"), "{page}");
    assert!(dir.join("docket.1").exists());
    assert!(fs::read_dir(&dir).unwrap().count() > 40);
}

#[test]
fn a_customers_name_stays_one_word_in_the_line_and_runs_nothing() {
    let desk = Desk::new();
    let hostile =
        ["ZZ$(touch PWN)", "ZZ`touch PWN`", "ZZ Co & Co; touch PWN", "ZZ \"x\" \\ *", "ZZ#张"];
    for (nth, customer) in hostile.iter().chain(&["ZZ's; touch PWN"]).enumerate() {
        let name = format!("Person {nth}");
        let call = ["call", "x", "--customer", customer, "--name", &name];
        desk.at("09:30").by("chen").run(call).succeeds();
    }
    let offered = offered(&desk, &["list", "--customer", "zz"]);
    let read = |word: &String| {
        let line = format!("printf %s {word}");
        let mut bash = desk.at("09:30").shell("bash");
        let output = bash.args(["-c", &line]).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let mut read: Vec<String> = offered.iter().map(read).collect();
    read.sort_unstable();
    let mut expected = hostile.map(str::to_owned);
    expected.sort_unstable();
    assert_eq!(read, expected, "{offered:?}");
    assert!(!desk.path("PWN").exists());
    let elsewhere = Desk::nowhere();
    let directory = desk.path("").display().to_string();
    let told = self::offered(&elsewhere, &["-C", &directory, "list", "--customer", "zz c"]);
    assert_eq!(told, ["ZZ\\ Co\\ \\&\\ Co\\;\\ touch\\ PWN"]);
}
