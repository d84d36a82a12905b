//! No line of an answer, an error or a hint is wider than the terminal, and what is to be copied stays
//! whole where a line has room for it.

use unicode_width::UnicodeWidthStr as _;

use crate::{
    desk::tail,
    sample::{NOW, SAMPLE, printed},
    terminal::plain,
};

/// What a command writes on a terminal of so many columns, its errors included.
fn shown(line: &str, columns: u16) -> String {
    let (_, text) = printed(line, columns);
    // a progress bar is drawn over again
    let lines = text.lines().map(|line| line.rsplit('\r').next().unwrap_or_default());
    lines.map(|line| format!("{}\n", plain(line))).collect()
}

#[track_caller]
fn fits(line: &str, columns: u16) -> String {
    let text = shown(&format!("{line} --color never"), columns);
    assert!(!text.trim().is_empty(), "{line} in {columns}");
    for row in text.lines() {
        let width = row.width();
        assert!(width <= columns.into(), "docket {line} in {columns}: {width} of {row}");
    }
    text
}

/// The records of the sample desk in a state.
fn record_in(state: &str) -> String {
    let ids = SAMPLE.at(NOW).run(&format!("list --state {state} --quiet --limit 1")).succeeds();
    ids.out().trim().to_owned()
}

#[test]
fn no_line_of_an_answer_is_wider_than_the_terminal() {
    let id = record_in("pending");
    for columns in [40, 60, 80] {
        for lang in ["en", "zh-CN"] {
            for line in [
                "help procedure",
                "help findings",
                "help times",
                "help languages",
                "help identity",
                "report --list",
                "report kpi --fields",
                "report kpi --explain fcr",
                "check",
                "audit",
                "policy check",
                "import --list-maps",
                "calendar show 2026-10",
                "survey due",
                "doctor",
                &format!("sla explain {id}"),
                &format!("phone {id}"),
            ] {
                fits(&format!("{line} --lang {lang}"), columns);
            }
        }
    }
}

#[test]
fn the_steps_are_told_whole_with_their_states_and_roles() {
    let role = [("en", "relationship manager"), ("zh-CN", "用户关系经理")];
    for (lang, role) in role {
        for columns in [40, 60, 80] {
            let text = fits(&format!("help procedure --lang {lang}"), columns);
            let route = text.split("docket ").find(|step| step.starts_with("route")).unwrap();
            let route: String = route.split_whitespace().collect();
            assert!(route.contains(&role.replace(' ', "")) && route.contains('→'), "{route}");
            assert!(!text.contains('…'), "{columns}: {text}");
        }
    }
}

#[test]
fn no_line_of_help_is_wider_than_the_terminal() {
    let help = SAMPLE.at(NOW).run("--help --lang en").out();
    let verbs = help.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let verbs: Vec<_> = verbs
        .filter_map(|line| line.split_whitespace().next())
        .filter(|verb| !verb.starts_with('-') && !["docket", "help", "git"].contains(verb))
        .collect();
    assert!(verbs.len() > 50, "{verbs:?}");
    for (lang, columns) in [("en", 40), ("zh-CN", 60), ("en", 80)] {
        for verb in &verbs {
            fits(&format!("{verb} --help --lang {lang}"), columns);
        }
    }
}

#[test]
fn errors_and_hints_are_wrapped_and_their_commands_stay_whole_where_they_fit() {
    let open = record_in("open");
    for columns in [40, 60, 80] {
        for lang in ["en", "zh-CN"] {
            for line in [
                format!("resolve {open} --result r --cause c --code fixed"),
                format!("route {open} --to nobody --reason x"),
                "ack".to_owned(),
                "lst".to_owned(),
                "assign".to_owned(),
                "status".to_owned(),
                "open foo x".to_owned(),
                "list --state opn".to_owned(),
                "due --within soon".to_owned(),
                "ack x --reply-by someday".to_owned(),
                "sync".to_owned(),
                "people add".to_owned(),
                "search nothingatall".to_owned(),
            ] {
                fits(&format!("{line} --no-input --lang {lang}"), columns);
            }
        }
        let refused = fits(&format!("resolve {open} --result r --lang en"), columns);
        let command = format!("docket ack {} --reply-by TIME", tail(&open));
        assert!(refused.contains(&command), "{columns}: {refused}");
    }
    // where nobody looks on, a message is one line
    let ran = SAMPLE.at(NOW).by("zhang").run(&format!("route {open} --to nobody --reason x"));
    assert_eq!(ran.err().lines().count(), 2, "{ran}");
}

#[test]
fn a_record_names_the_time_of_each_duty_that_is_late() {
    let found = SAMPLE.at(NOW).run("search 'Invoice layout' --quiet").succeeds().out();
    let show = SAMPLE.at(NOW).run(&format!("show {} --lang en", found.trim())).succeeds().out();
    let duties: Vec<_> = show.lines().filter(|it| it.contains("update the customer")).collect();
    let [head, deadline] = duties[..] else { panic!("{show}") };
    let told = |line: &str| line.contains("✗ late by 1 d 8 h");
    assert!(told(head) && told(deadline) && deadline.contains("2026-11-19 09:30"), "{show}");
}
