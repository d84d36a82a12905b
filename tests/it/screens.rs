//! What people see on a screen: nothing that matters is cut, whatever its width, and in both languages.

use std::collections::BTreeMap;

use unicode_width::UnicodeWidthStr as _;

use crate::{
    desk::{Desk, tail},
    sample::{NOW, SAMPLE, command, printed},
    terminal::{ESCAPE, Typist, ctrl, plain},
};

const BOARD: &str = "";

/// What a command shows on a screen of so many columns.
fn screen(line: &str, columns: u16) -> String {
    let (status, text) = printed(line, columns);
    assert_eq!(status, 0, "{line}: {text}");
    text
}

#[test]
fn no_line_of_a_screen_is_wider_than_it() {
    let id = SAMPLE.at(NOW).run("list --quiet --overdue --limit 1").succeeds().out();
    let id = id.trim();
    for columns in [40, 49, 50, 60, 80, 120] {
        for lang in ["en", "zh-CN"] {
            for line in [
                BOARD.to_owned(),
                "list --all --limit 0".to_owned(),
                format!("show {id}"),
                "due".to_owned(),
                "search 打印机".to_owned(),
                "search menu".to_owned(),
                format!("log {id}"),
                "contact list".to_owned(),
                "people list".to_owned(),
            ] {
                let text = plain(&screen(&format!("{line} --lang {lang} --color never"), columns));
                assert!(!text.is_empty(), "{line}");
                for shown in text.lines() {
                    let width = shown.width();
                    assert!(width <= columns.into(), "{line} in {columns} ({width}): {shown}");
                }
            }
        }
    }
}

#[test]
fn the_tail_the_time_the_sign_and_what_to_do_are_never_cut() {
    let board = SAMPLE.at(NOW).run("--json").json();
    let late = board["late"].as_array().unwrap();
    let ids: Vec<&str> = late.iter().map(|task| task["id"].as_str().unwrap()).collect();
    for columns in [40, 50, 60, 80, 119] {
        let text = plain(&screen(BOARD, columns));
        for id in &ids {
            let row = text.lines().position(|line| line.contains(&tail(id))).unwrap();
            let row: String = text.lines().skip(row).take(2).collect();
            assert!(row.contains('✗') && row.contains(" late"), "{columns}: {row}");
            let duties = ["acknowledge", "resolve", "update the customer"];
            assert!(duties.iter().any(|duty| row.contains(duty)), "{columns}: {row}");
        }
        assert!(!text.contains("R-2611"), "{columns}: {text}");
    }
    for (columns, whole) in [(119, false), (120, true), (200, true)] {
        for line in [BOARD, "list", "due", "search 打印机"] {
            let text = plain(&screen(line, columns));
            assert_eq!(text.contains("R-2611"), whole, "{line} in {columns}: {text}");
        }
    }
}

#[test]
fn a_record_stands_in_one_part_of_the_board_and_once_in_it() {
    let text = plain(&screen(BOARD, 80));
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let headings: Vec<_> = text.lines().filter(|line| line.ends_with(')')).collect();
    for row in text.lines().filter(|line| line.get(5..7) == Some("  ")) {
        *seen.entry(&row[..5]).or_default() += 1;
    }
    assert!(seen.len() > 8 && seen.values().all(|times| *times == 1), "{seen:?} in {text}");
    let order = ["✗ late", "! at risk", "waiting for me", "to acknowledge or accept", "due today"];
    let places = headings.iter().map(|heading| {
        order.iter().position(|part| heading.starts_with(part)).unwrap_or_else(|| panic!("{text}"))
    });
    let places: Vec<_> = places.collect();
    assert!(places.len() > 2 && places.is_sorted(), "{headings:?}");
    let counted: usize = headings
        .iter()
        .map(|line| line.rsplit(['(', ')']).nth(1).unwrap().parse::<usize>().unwrap())
        .sum();
    assert_eq!(counted, seen.len(), "{text}");
}

#[test]
fn board_list_due_and_show_agree_on_what_presses() {
    let (board, list, due) = (screen(BOARD, 80), screen("list", 80), screen("due", 80));
    let (board, list, due) = (plain(&board), plain(&list), plain(&due));
    let told = |row: &str| row.split("  ").nth(1).unwrap_or_default().to_owned();
    let pressing: Vec<_> = board.lines().filter(|line| line.contains("✗ ")).skip(1).collect();
    assert!(pressing.len() > 3, "{board}");
    for row in pressing {
        let (id, todo) = (&row[..5], row[5..].trim_start());
        let todo = todo.split("  ").find(|part| !part.contains('✗') && !part.is_empty()).unwrap();
        let todo = todo.trim().split(" +").next().unwrap();
        let of = |text: &str| text.lines().find(|line| line.starts_with(id)).unwrap().to_owned();
        assert_eq!(told(&of(&list)), told(row), "{row}: {list}");
        // the first of its rows is the earliest
        assert!(told(&of(&due)) == told(row) && of(&due).contains(todo), "{row}: {due}");
        let shown = plain(&screen(&format!("show {id}"), 80));
        let first = shown.lines().find(|line| line.contains('✗')).unwrap();
        assert!(first.contains(todo), "{row}: {first}");
    }
}

#[test]
fn times_are_as_one_says_them_on_a_screen_and_exact_elsewhere() {
    for (lang, said) in [
        ("en", ["1 h late", "in 30 min", "tomorrow 10:30", "Mon 09:30"]),
        ("zh-CN", ["超时 1 小时", "30 分钟后", "明天 10:30", "周一 09:30"]),
    ] {
        let text = plain(&screen(&format!("due --lang {lang}"), 80));
        for said in said {
            assert!(text.contains(said), "no {said} in {text}");
        }
    }
    for line in [BOARD, "list", "due"] {
        let out = SAMPLE.at(NOW).run(line).says("11-20 16:15").says("✗ late").out();
        assert!(!out.contains("h late") && !out.contains("in 30 min"), "{out}");
        assert!(out.contains("R-261120-") && out.contains("! at risk"), "{out}");
    }
}

#[test]
fn what_is_late_and_what_is_urgent_stand_out_without_colour_too() {
    for line in [BOARD, "list", "due"] {
        let text = screen(line, 80);
        assert!(text.contains("\u{1b}[1;31m✗ "), "{line}: {text}");
        assert!(text.contains("\u{1b}[33m! "), "{line}: {text}");
        assert!(text.contains("\u{1b}[1murgent\u{1b}[0m"), "{line}: {text}");
        for (name, value) in [("NO_COLOR", "1"), ("TERM", "dumb")] {
            let mut command = command(&SAMPLE, line);
            command.env(name, value);
            let (_, bare) = Typist::before(command, 80, 50).printout();
            assert_eq!(bare, plain(&text), "{line} under {name}");
        }
    }
}

#[test]
fn show_says_what_is_late_by_how_much_and_everything_that_was_recorded() {
    let board = SAMPLE.at(NOW).run("--json").json();
    let id = board["late"][0]["id"].as_str().unwrap();
    for (lang, late) in [("en", "✗ late by 1 h 15 min"), ("zh-CN", "✗ 超时 1 小时 15 分钟")]
    {
        let out = SAMPLE.at(NOW).run(&format!("show {id} --lang {lang}")).says(late).out();
        assert_eq!(out.matches(late).count(), 2, "above, and beside the due time: {out}");
    }
    let record = SAMPLE.record(id);
    let reported = record["intake"]["reported"].as_str().unwrap();
    SAMPLE.at(NOW).run(&format!("show {id}")).says(reported).says("limit to resolve: 24 hours");
}

#[test]
fn a_promise_that_was_explained_has_another_sign_than_one_that_was_kept() {
    let desk = Desk::new();
    let id = desk.fault();
    for (time, line) in [
        ("09:10", "ack ID --reply-by +1h"),
        ("09:11", "promise ID +2h --to 'Ms Wang' --what 'a spare switch'"),
        ("09:20", "respond ID --note 'on our way' --informed 'Ms Wang' --method phone"),
        ("09:30", "explain ID 2 'the spare switch is broken too'"),
    ] {
        desk.at(time).by("chen").run(&line.replace("ID", &id)).succeeds();
    }
    let show = desk.at("09:40").run(&format!("show {id}")).succeeds().out();
    assert!(show.contains("1. reply 2026-11-23 10:10  ✓ 2026-11-23 09:20"), "{show}");
    let explained = "2. a spare switch 2026-11-23 11:11  ✎ explained, not kept 2026-11-23 09:30";
    assert!(show.contains(explained), "{show}");
    let sla = desk.at("09:40").run(&format!("sla explain {id} --json")).json();
    assert_eq!(sla["promises"][0]["standing"], "kept");
    assert_eq!(sla["promises"][1]["standing"], "explained");
    let report = desk.at("09:40").run(&format!("report request {id}")).succeeds().out();
    assert!(report.contains("✎") && report.contains("✓"), "{report}");
}

#[test]
fn long_answers_are_read_in_the_pager_of_the_surroundings_alone() {
    let desk = SAMPLE.copy();
    desk.git(["config", "core.pager", "touch pwned; cat"]);
    let paged = |line: &str, pager: (&str, &str), lines: u16| {
        let mut command = command(&desk, line);
        command.env_remove("PAGER").env(pager.0, pager.1);
        Typist::before(command, 80, lines).printout()
    };
    for (line, pager, lines, is_paged) in [
        ("list", ("PAGER", "sed s/^/paged:/"), 10, true),
        ("list", ("DOCKET_PAGER", "sed s/^/paged:/"), 10, true),
        ("list", ("PAGER", "sed s/^/paged:/"), 50, false),
        ("list --json", ("PAGER", "sed s/^/paged:/"), 10, false),
        ("list --quiet", ("PAGER", "sed s/^/paged:/"), 10, false),
        ("list", ("PAGER", "LESS=FRX sed s/^/paged:/"), 10, true),
        ("list", ("PAGER", "'sed' s/^/paged:/"), 10, true),
        ("list", ("PAGER", "no-such-program"), 10, false),
        ("list", ("PAGER", "not a ) program"), 10, false),
        ("list", ("PAGER", "exit 7"), 10, false),
        ("list", ("PAGER", ""), 10, false),
    ] {
        let (status, text) = paged(line, pager, lines);
        assert_eq!(status, 0, "{line}: {text}");
        assert_eq!(text.contains("paged:"), is_paged, "{line}, {pager:?}, {lines}: {text}");
        assert!(text.lines().count() > 14, "{text}");
    }
    let (_, text) = paged("list", ("PAGER", "echo charset:$LESSCHARSET; cat"), 10);
    assert!(text.contains("charset:utf-8"), "{text}");
    let (status, text) = paged("list", ("PAGER", "head -n 1"), 10);
    assert_eq!((status, text.lines().count()), (0, 1), "left early: {text}");
    let (status, _) = paged("due --within 1h", ("PAGER", "head -n 1"), 10);
    assert_eq!(status, 1, "the status is the answer's");
    let mut command = command(&desk, "list");
    command.env("DOCKET_PAGER", "").env("PAGER", "sed s/^/paged:/");
    let (_, text) = Typist::before(command, 80, 10).printout();
    assert!(!text.contains("paged:"), "none is wanted: {text}");
    assert!(!desk.path("pwned").exists(), "the repository names no program");
}

#[test]
fn a_watched_board_is_drawn_anew_when_something_changes_and_leaves_a_clean_screen() {
    for leaving in ["q", &ctrl('c'), ESCAPE] {
        let desk = Desk::new();
        let command = desk.at("10:00").by("chen").command("--watch");
        let mut watched = Typist::before(command, 80, 24);
        // the last line of the first drawing
        watched.sees("q or Ctrl-C to leave");
        let id = desk.fault();
        watched.sees(&tail(&id));
        let (status, text) = watched.types("x").types(leaving).printout();
        assert_eq!(status, 0, "{text}");
        assert!(text.starts_with("\u{1b}[?1049h\u{1b}[?25l"), "{text:?}");
        assert!(text.ends_with("\u{1b}[?25h\u{1b}[?1049l"), "{text:?}");
    }
}

#[test]
fn a_watched_list_has_room_for_its_screen_alone_and_needs_one() {
    let mut watched = Typist::before(command(&SAMPLE, "list --watch"), 80, 8);
    watched.sees("lines more");
    watched.types("q");
    let (status, text) = watched.printout();
    assert_eq!(status, 0, "{text}");
    assert_eq!(text.matches('\n').count(), 7, "{text:?}");
    for line in ["--watch", "list --watch", "list --watch --json"] {
        SAMPLE.at(NOW).run(line).usage("--watch");
    }
    SAMPLE.at(NOW).run("--watch due").usage("--watch");
}

#[test]
fn a_title_that_was_searched_for_is_shown_once() {
    let found = SAMPLE.at(NOW).run("search menu --quiet").succeeds().out();
    let id = tail(found.trim());
    for (columns, times) in [(120, 1), (80, 1), (40, 2)] {
        let text = plain(&screen("search menu", columns));
        let lines: Vec<_> = text.lines().filter(|line| !line.starts_with(&id)).collect();
        assert_eq!(text.matches("Opening").count(), 1, "{columns}: {text}");
        // where the title is cut before the word, the passage has it
        assert!(text.contains("menu") && lines.len() < times + 1, "{columns}: {text}");
    }
}

#[test]
fn a_board_says_what_is_open_only_where_something_is() {
    let desk = Desk::new();
    let board = |lang: &str| desk.at("09:00").by("chen").run(&format!("--lang {lang}")).out();
    let (en, zh) = (board("en"), board("zh-CN"));
    assert!(en.ends_with("09:00\n\nnothing to do: there is no record yet\n"), "{en}");
    assert!(zh.ends_with("09:00\n\n没有待办事项：还没有任何记录\n"), "{zh}");
}

#[test]
fn the_roster_is_cut_on_no_screen() {
    for columns in [40, 60, 80, 120] {
        let text = plain(&screen("people list", columns));
        assert!(!text.contains('…'), "{columns}: {text}");
        for told in ["张伟", "Anna Schmidt", "guo@supplier.example", "agent, team lead,"] {
            assert!(text.contains(told), "{columns}: no {told} in {text}");
        }
        assert_eq!(text.contains("Service desk"), columns == 120, "the unit gives way: {text}");
    }
}

#[test]
fn what_is_not_the_answer_itself_goes_to_standard_error() {
    let desk = Desk::new();
    for (line, said) in [
        ("list", "nothing found"),
        ("search nothing-like-it", "nothing found"),
        ("due", "nothing is due"),
        ("contact list", "nothing found"),
        ("followup", "no follow-up"),
    ] {
        let ran = desk.at("10:00").by("chen").run(line).succeeds().and(said);
        assert_eq!(ran.out(), "", "{line}");
        let ran = desk.at("10:00").by("chen").run(&format!("{line} --quiet")).succeeds();
        assert_eq!((ran.out(), ran.err()), (String::new(), String::new()), "{line} --quiet");
    }
    desk.fault();
    desk.request();
    let ran = desk.at("10:00").run("list --limit 1").succeeds().and("1 of 2 shown");
    assert!(!ran.out().contains("1 of 2"), "{ran}");
}
