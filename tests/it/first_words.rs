//! What docket says first, wherever somebody starts it: two lines that say what to do next, with commands
//! that work there.

use std::fs;

use serde_json::json;
use unicode_width::UnicodeWidthStr as _;

use crate::{
    desk::{Desk, Run},
    hints,
    terminal::{Typist, plain},
};

const CALL: [&str; 2] =
    ["docket call TITLE -c CUSTOMER -n NAME", "docket call 标题 -c 客户 -n 姓名"];
const COLLEAGUE: [&str; 2] = [
    "docket people add ID --name NAME --email EMAIL --role agent",
    "docket people add 编号 --name 姓名 --email 邮箱 --role agent",
];
const NEWCOMER: [&str; 2] = [
    "docket people add ID --name NAME --email bob@example.com --role agent",
    "docket people add 编号 --name 姓名 --email bob@example.com --role agent",
];

/// Where somebody is, and the commands of the answer, in both languages, with who types them.
struct Situation {
    name: &'static str,
    place: fn() -> Desk,
    who: &'static str,
    commands: &'static [(&'static str, [&'static str; 2])],
}

/// A command that is the same in both languages.
const fn both(who: &'static str, line: &'static str) -> (&'static str, [&'static str; 2]) {
    (who, [line, line])
}

const SITUATIONS: &[Situation] = &[
    Situation {
        name: "outside of a repository",
        place: Desk::nowhere,
        who: "zhang",
        commands: &[both("zhang", "docket demo"), both("zhang", "docket init")],
    },
    Situation {
        name: "in a repository without a commit",
        place: || after(Desk::nowhere(), &["git init -q"]),
        who: "zhang",
        commands: &[both("zhang", "docket init")],
    },
    Situation {
        name: "in a repository without a desk",
        place: || after(Desk::nowhere(), &["git init -q", "git commit -q --allow-empty -m x"]),
        who: "zhang",
        commands: &[both("zhang", "docket init")],
    },
    Situation {
        name: "alone at an empty desk",
        place: Desk::of_zhang,
        who: "zhang",
        commands: &[("zhang", CALL), ("zhang", COLLEAGUE)],
    },
    Situation {
        name: "with colleagues at an empty desk",
        place: Desk::new,
        who: "chen",
        commands: &[
            ("chen", CALL),
            both("chen", "docket help"),
            both("chen", "docket help procedure"),
        ],
    },
    Situation {
        name: "as an engineer at an empty desk",
        place: Desk::new,
        who: "li",
        commands: &[both("li", "docket help"), both("li", "docket help procedure")],
    },
    Situation {
        name: "where the desk is on another branch",
        place: || {
            let orphan = [
                "git checkout -q --orphan site",
                "git rm -rqf .",
                "git commit -q --allow-empty -m x",
            ];
            after(clone(), &orphan)
        },
        who: "chen",
        commands: &[both("chen", "git switch main")],
    },
    Situation {
        name: "on a branch of one's own",
        place: || after(clone(), &["git switch -q -c mine"]),
        who: "chen",
        commands: &[both("chen", "git switch main")],
    },
    Situation {
        name: "where HEAD is detached",
        place: || after(clone(), &["git checkout -q --detach"]),
        who: "chen",
        commands: &[both("chen", "git switch main")],
    },
    Situation {
        name: "in a bare repository",
        place: || {
            let hub = Desk::new();
            let bare = Desk::nowhere();
            bare.git(["clone", "-q", "--bare", hub.path("").to_str().unwrap(), ".git"]);
            bare
        },
        who: "chen",
        commands: &[("chen", CALL)],
    },
    Situation {
        name: "in a fresh clone",
        place: clone,
        who: "chen",
        commands: &[both("chen", "docket sync"), both("chen", "git pull"), ("chen", CALL)],
    },
    Situation {
        name: "outside of the roster",
        place: Desk::new,
        who: "bob",
        commands: &[("zhang", NEWCOMER)],
    },
    Situation {
        name: "without an identity",
        place: || {
            let desk = Desk::new();
            fs::write(desk.home().join(".gitconfig"), "[user]\n\tuseConfigOnly = true\n").unwrap();
            desk
        },
        who: "",
        commands: &[
            ("", ["git config --global user.name NAME", "git config --global user.name 姓名"]),
            ("", ["git config --global user.email EMAIL", "git config --global user.email 邮箱"]),
        ],
    },
];

/// A clone of an empty desk that lies beside it.
fn clone() -> Desk {
    let (desk, clone) = (Desk::new(), Desk::nowhere());
    let hub = clone.home().join("hub");
    let hub = hub.to_str().unwrap();
    desk.git(["clone", "-q", "--bare", ".", hub]);
    clone.git(["clone", "-q", hub, "."]);
    clone
}

fn after(desk: Desk, commands: &[&str]) -> Desk {
    for command in commands {
        desk.git(command.split(' ').skip(1));
    }
    desk
}

/// The words of a line of `docket`, or of another program, with values for what stands for one.
fn filled(line: &str) -> String {
    let words: Vec<&str> = line.split(' ').collect();
    match words.split_first() {
        Some((&"docket", rest)) => format!("docket {}", hints::filled(rest)),
        _ => hints::filled(&words),
    }
}

/// What somebody starts there, who may be nobody.
fn by<'d>(desk: &'d Desk, time: &str, who: &str) -> Run<'d> {
    let run = desk.at(time);
    if who.is_empty() { run } else { run.by(who) }
}

/// Types a command as it is printed, as somebody in a place.
#[track_caller]
fn works(desk: &Desk, who: &str, line: &str) {
    let run = by(desk, "09:10", who);
    let words = shlex::split(line).unwrap();
    let mut command = match words[0].as_str() {
        "docket" => run.command(words[1..].iter().map(String::as_str).collect::<Vec<_>>()),
        program => {
            let mut command = run.shell(program);
            command.args(&words[1..]);
            command
        }
    };
    let output = command.output().unwrap();
    assert!(output.status.success(), "{line}: {output:?}");
}

#[test]
fn what_docket_says_first_names_commands_that_work_there() {
    for Situation { name, place, who, commands } in SITUATIONS {
        for (nth, lang) in ["en", "zh-CN"].into_iter().enumerate() {
            let desk = place();
            let ran = by(&desk, "09:00", who).run(&format!("--lang {lang}"));
            let said = ran.out() + &ran.err();
            for (doer, lines) in *commands {
                let line = lines[nth];
                assert!(said.contains(line), "{name}, {lang}: no {line} in {said}");
                let is_tried = nth > 0 && line == lines[0];
                if !is_tried {
                    works(&place(), doer, &filled(line));
                }
            }
        }
    }
}

#[test]
fn what_docket_says_first_is_two_lines_and_fits_the_terminal() {
    for Situation { name, place, who, .. } in SITUATIONS {
        for lang in ["en", "zh-CN"] {
            let desk = place();
            let ran = by(&desk, "09:00", who).run(&format!("--lang {lang}"));
            let hints = ran.err().lines().filter(|line| !line.contains("git pull")).count();
            let hints = hints - ran.err().lines().filter(|line| is_error(line)).count();
            assert!((1..=2).contains(&hints), "{name}, {lang}: {ran}");
            let command = by(&desk, "09:00", who).command(["--lang", lang, "--color", "never"]);
            let (_, text) = Typist::before(command, 80, 50).printout();
            for line in plain(&text).lines() {
                // the path of a test's own folder stays whole
                let is_wide = line.trim_end().width() > 80 && !line.contains("/tmp");
                assert!(!is_wide, "{name}, {lang}: {line}");
            }
        }
    }
}

fn is_error(line: &str) -> bool {
    line.starts_with("error") || line.starts_with("错误")
}

#[test]
fn somebody_who_cannot_record_anything_yet_can_after_what_they_were_told() {
    let desk = Desk::new();
    desk.at("09:00").by("bob").run("").and("bob@example.com is not in the roster");
    works(&desk, "zhang", &filled(NEWCOMER[0]));
    let ran = desk.at("09:00").by("bob").run("");
    assert!(!ran.err().contains("roster"), "{ran}");
    works(&desk, "bob", &filled(CALL[0]));
    let ran = desk.at("09:20").by("bob").run("");
    assert_eq!(ran.err(), "", "nothing more is said once the desk is at work");
}

#[test]
fn a_branch_whose_name_a_shell_takes_apart_is_not_printed_into_a_command() {
    for name in ["a;touch${IFS}pwned;", "it's", "a&b|c"] {
        let (desk, hub) = (Desk::new(), Desk::nowhere());
        hub.git(["init", "-q", "-b", "other"]);
        hub.git(["commit", "-q", "--allow-empty", "-m", "x"]);
        hub.git(["fetch", "-q", desk.path("").to_str().unwrap(), "main"]);
        hub.git(["update-ref", &format!("refs/heads/{name}"), "FETCH_HEAD"]);
        for (lang, told) in [("en", "git switch BRANCH"), ("zh-CN", "git switch 分支")] {
            let ran = hub.at("09:00").by("chen").run(&format!("--lang {lang}"));
            assert!(ran.err().contains(told), "{name}: {ran}");
            assert!(!ran.err().contains(&format!("git switch {name}")), "{name}: {ran}");
        }
    }
}

#[test]
fn a_new_desk_says_what_to_do_next_in_its_place() {
    for (nth, lang) in ["en", "zh-CN"].into_iter().enumerate() {
        let desk = Desk::nowhere();
        let init = format!("init new --timezone UTC --lang {lang}");
        let said = desk.at("09:00").by("zhang").run(&init).succeeds().out();
        assert!(said.contains("cd new\n"), "{said}");
        let calendar = "docket calendar import --no-holidays 2026";
        assert!(!said.contains("docket.timezone"), "nobody is told of what they said: {said}");
        for command in [CALL[nth], COLLEAGUE[nth], calendar] {
            assert!(said.contains(command), "{command}: {said}");
            let words = shlex::split(&filled(command)).unwrap();
            let words: Vec<_> = words[1..].iter().map(String::as_str).collect();
            desk.at("09:10").by("zhang").in_dir(desk.path("new")).run(words).succeeds();
        }
        let here = Desk::nowhere().at("09:00").by("zhang").run("init").succeeds().out();
        assert!(!here.contains("cd "), "{here}");
    }
}

#[test]
fn what_the_machine_said_of_the_desks_place_is_printed_with_what_corrects_it() {
    for (lang, set) in [
        ("en", "docket policy set docket.timezone ZONE --reason TEXT"),
        ("zh", "docket policy set docket.timezone 时区 --reason 文本"),
    ] {
        let desk = Desk::nowhere();
        let init = format!("init --no-input --lang {lang}");
        let said = desk.at("09:00").by("zhang").run(&init).succeeds().out();
        assert!(said.contains("Asia/Shanghai") && said.contains(set), "{said}");
        let place = desk.at("09:00").by("zhang").run("init new --json").json();
        assert_eq!(
            (&place["timezone"], &place["timezone_from"]),
            (&json!("Asia/Shanghai"), &json!("TZ"))
        );
        assert_eq!((&place["country"], &place["holidays"][0]), (&json!("CN"), &json!(2024)));
        let words = shlex::split(&filled(set)).unwrap();
        let words: Vec<_> = words[1..].iter().map(String::as_str).collect();
        desk.at("09:01").by("zhang").run(words).succeeds();
        assert!(desk.read("docket.yaml").contains("timezone: Asia/Tokyo"));
        desk.is_honest();
    }
}

#[test]
fn a_calendar_that_is_missing_is_named_once_there_is_a_record_and_can_be_said_to_be_empty() {
    let desk = Desk::nowhere();
    desk.at("09:00").by("zhang").run("init --timezone UTC").succeeds();
    let board = desk.at("09:00").by("zhang").run("").succeeds();
    assert!(!board.out().contains("calendar"), "{board}");
    let id = desk.at("09:01").by("zhang").run(&filled(CALL[0])["docket ".len()..]).id();
    let board = desk.at("09:02").by("zhang").run("").succeeds();
    assert!(board.out().contains("docket calendar import --no-holidays 2026"), "{board}");
    desk.at("09:03").by("zhang").run("calendar import --no-holidays 2026").says("2026");
    desk.at("09:04").by("zhang").run(&format!("sla recompute {id}")).succeeds();
    let board = desk.at("09:05").by("zhang").run("").succeeds();
    assert!(!board.out().contains("calendar") && !board.out().contains("unknown"), "{board}");
    desk.at("09:06").by("zhang").run("calendar import --no-holidays 2026").says("nothing changed");
    let china = Desk::new();
    let kept = china.at("09:06").by("zhang").run("calendar import --no-holidays 2026");
    assert!(kept.status() == Some(1) && kept.out().contains("days off in 2026"), "{kept}");
    desk.is_honest();
}

#[test]
fn nothing_is_asked_for_a_call_that_could_not_be_recorded() {
    let detached = after(clone(), &["git checkout -q --detach"]);
    for (desk, who, told) in
        [(&detached, "chen", "git switch main"), (&Desk::new(), "bob", "is not in the roster")]
    {
        let command = desk.at("09:00").by(who).command("call");
        let (status, text) = Typist::before(command, 80, 50).printout();
        assert!(status == 3 && plain(&text).contains(told), "{status}: {text}");
    }
}
