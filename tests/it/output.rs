//! Files that commands write: standard output where `-` is named, and a word of warning where git would
//! take names into the history.

use std::fs;

use crate::desk::{Desk, way_to};

const DECEMBER: &str = "2026-12-01 09:00";

#[test]
fn a_file_of_whole_names_in_the_desk_is_said_to_lie_there() {
    let desk = Desk::new();
    let id = desk.fault();
    for (time, person, step) in way_to("closed") {
        desk.at(time).by(person).run(&step.replace("ID", &id)).succeeds();
    }
    let run = |line: &str| desk.at(DECEMBER).by("chen").run(line);
    let remarks = [
        ("export --reveal -o all.jsonl", "would add it to the history"),
        ("report register --reveal -o all.md", "would add it to the history"),
        ("export --reveal -o ../all.jsonl", ""),
        ("report register -o masked.md", ""),
        ("export -o masked.jsonl", ""),
        ("export --reveal -o /dev/null", ""),
        ("export --reveal -o all.jsonl --lang zh-CN", "git add 会将其加入历史"),
    ];
    for (line, remark) in remarks {
        let ran = run(line).succeeds();
        assert!(ran.err().contains(remark) && ran.err().is_empty() == remark.is_empty(), "{ran}");
    }
    let sent = run("survey send --all --month 2026-11 -o out").succeeds();
    assert_eq!(sent.out().matches("would add it to the history").count(), 1, "{sent}");
    fs::remove_dir_all(desk.path("out")).unwrap();
}

#[test]
fn a_dash_is_standard_output_for_every_command_that_writes_text() {
    let desk = Desk::new();
    desk.fault();
    for command in ["report register", "report register --reveal", "export", "export --csv"] {
        let run = |line: &str| desk.at("10:00").by("chen").run(line).succeeds().out();
        assert_eq!(run(&format!("{command} -o -")), run(command));
        assert!(!desk.path("-").exists(), "{command}");
    }
}
