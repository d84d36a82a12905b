//! Templates of a desk: bounded, whatever they are written to do, and otherwise as good as built in.

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use crate::{complaint::ABOUT_LI, desk::Desk};

/// Templates that would never end, or take all memory, and what is said of each.
const HOSTILE: [(&str, &str); 5] = [
    (
        "{% for i in range(end=100000) %}{% for j in range(end=100000) %}\
         {% endfor %}{% endfor %}",
        "seconds of computing",
    ),
    (
        "{% set_global s = 'xxxxxxxxxxxxxxxx' %}{% for i in range(end=90) %}\
         {% set_global s = s ~ s %}{% endfor %}",
        "MiB of memory",
    ),
    (
        "{% for i in range(end=100000) %}{% for j in range(end=10000) %}\
         xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\
         {% endfor %}{% endfor %}",
        "writes more than 8 MiB",
    ),
    ("{% for i in range(end=9000000000000000000) %}{% endfor %}", "templates/en/"),
    ("{{ DEEP }}", "templates/en/"),
];

fn deep(template: &str) -> String {
    template.replace("DEEP", &format!("{}1{}", "(".repeat(200_000), ")".repeat(200_000)))
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a hang is to be told from an end")]
fn a_hostile_template_ends_soon_names_itself_and_leaves_the_record_as_it_was() {
    let desk = Desk::new();
    let id = desk.fault_in("confirmed");
    for (template, bound) in HOSTILE {
        desk.commit("templates/en/request.md", deep(template));
        let begun = Instant::now();
        desk.at("10:00").by("chen").run(&format!("close {id}")).fails(bound).and("request.md");
        assert!(begun.elapsed() < Duration::from_mins(2), "{:?}", begun.elapsed());
        assert_eq!(desk.record(&id)["status"]["state"], "confirmed");
    }
    fs::remove_file(desk.path("templates/en/request.md")).unwrap();
    desk.git(["commit", "-q", "-a", "-m", "the built-in one again"]);
    desk.at("10:20").by("chen").run(&format!("close {id}")).succeeds();
}

#[test]
fn every_report_and_the_questionnaire_are_held_to_the_bounds() {
    let desk = Desk::new();
    let id = desk.fault_in("closed");
    desk.at("11:00").by("chen").run(ABOUT_LI).succeeds();
    plan_visit(&desk);
    for path in built_in() {
        let file = path.file_name().unwrap().to_str().unwrap();
        desk.write(&format!("templates/en/{file}"), HOSTILE[1].0);
    }
    desk.git(["add", "templates"]);
    desk.git(["commit", "-q", "-m", "hostile"]);
    for line in reports(&desk, &id) {
        desk.at("12:00").run(&line).fails("MiB of memory").and("templates/en/");
    }
    let ran = desk.at("12:00").by("chen").run(&format!("survey send {id}"));
    assert!(ran.err().contains("templates/en/questionnaire.md: needs more than"), "{ran}");
    assert!(ran.err().contains(&format!("commit {} was already made", desk.head())), "{ran}");
}

#[test]
fn an_override_that_is_the_built_in_template_gives_the_same_bytes() {
    let desk = Desk::new();
    let id = desk.fault_in("closed");
    desk.at("11:00").by("chen").run(ABOUT_LI).succeeds();
    plan_visit(&desk);
    let printed = || {
        let head = desk.head();
        let shown = |line: String| {
            let mut text = desk.at("12:00").run(&line).succeeds().out();
            for digits in (7..=40).rev() {
                text = text.replace(&head[..digits], "REVISION");
            }
            (line, text)
        };
        reports(&desk, &id).into_iter().map(shown).collect::<Vec<_>>()
    };
    let before = printed();
    for path in built_in() {
        let file = path.file_name().unwrap().to_str().unwrap();
        desk.write(&format!("templates/en/{file}"), fs::read(&path).unwrap());
    }
    desk.git(["add", "templates"]);
    desk.git(["commit", "-q", "-m", "our own"]);
    assert!(before.len() > 20, "{}", before.len());
    for (before, after) in before.into_iter().zip(printed()) {
        assert_eq!(before, after);
    }
}

/// A fault with a visit that is planned.
fn plan_visit(desk: &Desk) {
    let id = desk.fault_in("in_progress");
    let plan = "--window 14:00..16:00 --engineer li --address here --reason 'no power'";
    desk.at("11:30").by("chen").run(&format!("visit plan {id} {plan}")).succeeds();
}

/// The built-in templates in English.
fn built_in() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/en");
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
}

/// Every report that has a template, as Markdown and as a page.
fn reports(desk: &Desk, record: &str) -> Vec<String> {
    let complaint = desk.at("12:00").run("list --kind complaint -q").out();
    let visit = desk.at("12:00").run("visit list -q").out();
    let mut lines = Vec::new();
    for path in built_in() {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let words = match name.as_str() {
            "questionnaire" => continue,
            "request" | "remote" => record.to_owned(),
            "complaint-form" => complaint.trim().to_owned(),
            "visit-form" => visit.trim().to_owned(),
            "card" | "daily" | "handover" => String::new(),
            _ => "--month 2026-11".to_owned(),
        };
        if path.extension().is_some_and(|ending| ending == "html") {
            lines.push(format!("report {name} {words} --offline"));
            continue;
        }
        for format in ["md", "html"] {
            lines.push(format!("report {name} {words} --format {format}"));
        }
    }
    lines
}
