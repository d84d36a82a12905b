//! The files of another system as they come: several at once, newest first, made again later, with
//! lines that are no rows.

use std::fs;

use serde_json::Value;

use crate::{
    desk::{Desk, Ran},
    import::{HEAD, LOG, MAP, line, records},
};

/// What the desk has of each number: its state, its times, and every entry.
fn standing(desk: &Desk) -> Vec<Value> {
    let mut all: Vec<Value> = records(desk)
        .into_iter()
        .map(|one| {
            let entries = one["history"].as_array().unwrap().iter();
            let entries: Vec<String> = entries
                .map(|event| {
                    format!("{} {} {}", event["at"], event["state"], event["source_person"])
                })
                .collect();
            let status = &one["status"];
            let number = &one["intake"]["source"]["number"];
            serde_json::json!([number, status["state"], status["times"], status["counts"], entries])
        })
        .collect();
    all.sort_by_key(|one| one[0].to_string());
    all
}

/// Imports files of these rows, in one command.
fn import<'d>(desk: &'d Desk, map: &str, head: &str, files: &[&str]) -> Ran<'d> {
    fs::write(desk.home().join("map.yaml"), map).unwrap();
    let mut line = "import".to_owned();
    for (nth, rows) in files.iter().enumerate() {
        fs::write(desk.home().join(format!("{nth}.csv")), format!("{head}{rows}")).unwrap();
        line += &format!(" ../home/{nth}.csv");
    }
    desk.at("11:00").by("zhang").run(&(line + " --map ../home/map.yaml"))
}

fn imported(map: &str, head: &str, files: &[&str]) -> Vec<Value> {
    let desk = Desk::new();
    import(&desk, map, head, files).succeeds();
    desk.is_honest();
    standing(&desk)
}

/// Rows of a minute in which the matter was solved, sent back and begun again.
const ONE_MINUTE: &str = "\
A1,I,2025-03-03 09:00,2025-03-03 09:10,work,P,Q,T,?,Ms A,?
A1,I,2025-03-03 09:00,2025-03-03 09:20,done,P,Q,T,?,Ms A,?
A1,I,2025-03-03 09:00,2025-03-03 09:20,work,P,Q,T,?,Ms B,?
A1,I,2025-03-03 09:00,2025-03-03 09:20,wait,P,Q,T,?,Ms B,?
";

fn backwards(rows: &str) -> String {
    rows.lines().rev().map(|row| format!("{row}\n")).collect()
}

#[test]
fn several_files_are_the_log_in_one_in_whatever_order_they_are_named() {
    let whole = imported(MAP, HEAD, &[LOG]);
    let rows: Vec<&str> = LOG.lines().collect();
    let parts: Vec<String> = rows.chunks(3).map(|part| part.join("\n") + "\n").collect();
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
        let files: Vec<&str> = order.iter().map(|nth| parts[*nth].as_str()).collect();
        assert_eq!(imported(MAP, HEAD, &files), whole, "{order:?}");
    }
    // each file has its own columns and separator
    let desk = Desk::new();
    let turned: String = rows[3..]
        .iter()
        .map(|row| row.split(',').rev().collect::<Vec<_>>().join(";") + "\n")
        .collect();
    let head = HEAD.trim_end().split(',').rev().collect::<Vec<_>>().join(";");
    fs::write(desk.home().join("map.yaml"), MAP).unwrap();
    fs::write(desk.home().join("a.csv"), format!("{HEAD}{}\n", rows[..3].join("\n"))).unwrap();
    fs::write(desk.home().join("b.csv"), format!("\u{feff}{head}\r\n{turned}")).unwrap();
    let line = "import ../home/b.csv ../home/a.csv --map ../home/map.yaml";
    desk.at("11:00").by("zhang").run(line).succeeds().says("7 rows of 2 records: 2 imported");
    assert_eq!(standing(&desk), whole);
}

#[test]
fn with_several_files_a_row_is_named_with_its_file() {
    let desk = Desk::new();
    let ran = import(&desk, MAP, HEAD, &[LOG, "A3,I,soon,soon,new,P,Q,T,?,?,?\n"]);
    assert_eq!(ran.status(), Some(1));
    assert!(ran.out().contains("../home/1.csv line 2, A3: skipped"), "{ran}");
    let ran = import(&desk, MAP, "no,type\n", &["A3,I\n", "A4,I\n"]);
    assert_eq!(ran.status(), Some(2));
    assert!(ran.err().contains("../home/0.csv: the file has no column"), "{ran}");
}

#[test]
fn a_file_that_begins_with_the_newest_is_read_from_its_end() {
    let rows = format!("{LOG}{}", ONE_MINUTE.replace("A1,", "A3,"));
    let whole = imported(MAP, HEAD, &[&rows]);
    assert_eq!(whole[2][1], "pending");
    assert_eq!(whole[2][3]["reworks"], 1);
    assert_eq!(imported(MAP, HEAD, &[&backwards(&rows)]), whole);
}

/// Cut between rows of one minute, a log is still the log in one: the rows before and after tell
/// which came first. What only the order of the files would tell is not decided by it.
#[test]
fn a_cut_within_a_minute_changes_nothing() {
    let whole = imported(MAP, HEAD, &[ONE_MINUTE]);
    let rows: Vec<&str> = ONE_MINUTE.lines().collect();
    for cut in 1..rows.len() {
        let desk = Desk::new();
        for part in [&rows[..cut], &rows[cut..]] {
            import(&desk, MAP, HEAD, &[&(part.join("\n") + "\n")]).succeeds();
        }
        assert_eq!(standing(&desk), whole, "cut after {cut}");
        desk.is_honest();
        let states = [&rows[cut..], &rows[..cut]].map(|part| part.join("\n") + "\n");
        let desk = Desk::new();
        for part in &states {
            import(&desk, MAP, HEAD, &[part]);
        }
        assert_eq!(standing(&desk)[0][1], whole[0][1], "the other way round, cut after {cut}");
    }
    let of_one_minute = [rows[1], rows[2]].map(|row| format!("{row}\n"));
    let states = [[0, 1], [1, 0]].map(|order| {
        let desk = Desk::new();
        for nth in order {
            import(&desk, MAP, HEAD, &[&of_one_minute[nth]]);
        }
        standing(&desk)[0][1].clone()
    });
    assert_eq!(states[0], states[1]);
}

const EXPORT: &str = r#"
system: Old Desk
time_format: ["%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M %z"]
record: {number: "{no}", received_at: "{made}", kind: request, channel: web, customer: ACME, title: t, reported: t}
entry:
  times: {in_progress: "{begun}", resolved: "{solved}", closed: "{ended}"}
  replied_at: "{replied}"
  person: "{who}"
  code: {column: how, values: {Fixed: fixed, No: rejected}, otherwise: ""}
  result: "{what}"
  satisfaction: "{stars}"
"#;
const EXPORT_HEAD: &str = "no,made,begun,replied,solved,ended,who,how,what,stars\n";

#[test]
fn what_a_later_export_fills_in_is_added_and_what_it_changes_is_named() {
    let desk = Desk::new();
    let row = |rest: &str| format!("7,2025-03-03 09:00,2025-03-03 10:00,,{rest}\n");
    let full = row("2025-03-04 10:00,2025-03-05 10:00,Ms X,Fixed,a cable,4");
    let export = |row: &str| import(&desk, EXPORT, EXPORT_HEAD, &[row]);
    export(&row(",,Ms X,,,")).succeeds().says("1 imported");
    export(&row("2025-03-04 10:00,,Ms X,,,")).succeeds().says("1 continued");
    export(&row("2025-03-04 10:00,2025-03-05 10:00,Ms X,,,")).succeeds().says("1 continued");
    export(&full).succeeds().says("1 continued");
    let status = records(&desk)[0]["status"].clone();
    assert_eq!(status["resolution"]["result"], "a cable");
    assert_eq!(status["source_satisfaction"], "satisfied");
    assert_eq!(status["resolution"]["done_at"], "2025-03-04T10:00:00+08:00");
    desk.is_honest();

    let head = desk.head();
    export(&full).succeeds().says("1 already here, 0 skipped; 1 row repeated");
    // an earlier export says less, and nothing else
    export(&row("2025-03-04 10:00,,Ms X,,,")).succeeds().says("1 already here");
    for (from, to) in [("a cable", "a plug"), ("Ms X", "Ms Y"), ("Fixed", "No"), (",4", ",2")] {
        let ran = export(&full.replace(from, to));
        assert_eq!(ran.status(), Some(1), "{to}: {ran}");
        assert!(ran.out().contains("line 2, 7: imported already, with other people"), "{ran}");
    }
    assert_eq!(desk.head(), head);
    assert_eq!(records(&desk)[0]["status"], status);

    // a single export of the same gives the same figures
    let whole = Desk::new();
    import(&whole, EXPORT, EXPORT_HEAD, &[&full]).succeeds();
    let figures = |desk: &Desk| {
        let line = "report kpi --month 2025-03 --format csv";
        desk.at("12:00").run(line).succeeds().out()
    };
    assert_eq!(figures(&desk), figures(&whole));
}

#[test]
fn exports_of_one_record_go_on_from_one_another_in_one_command_too() {
    let first = "7,2025-03-03 09:00,2025-03-03 10:00,,,,Ms X,,,\n";
    let then = "7,2025-03-03 09:00,2025-03-03 10:00,,2025-03-04 10:00,,Ms Y,,,\n";
    let parts = Desk::new();
    for part in [first, then] {
        import(&parts, EXPORT, EXPORT_HEAD, &[part]).succeeds();
    }
    for files in [&[first, then][..], &[then, first], &[&format!("{then}{first}")]] {
        assert_eq!(imported(EXPORT, EXPORT_HEAD, files), standing(&parts), "{files:?}");
    }
}

/// Solved, then solved again: it was sent back in between, whenever that was.
#[test]
fn what_is_solved_again_was_sent_back() {
    let desk = Desk::new();
    for solved in ["2025-03-04 10:00,2025-03-05 10:00", "2025-03-08 10:00,2025-03-09 10:00"] {
        let row = format!("7,2025-03-03 09:00,2025-03-03 10:00,,{solved},Ms X,,,\n");
        import(&desk, EXPORT, EXPORT_HEAD, &[&row]).succeeds();
    }
    let status = &records(&desk)[0]["status"];
    assert_eq!(status["state"], "closed");
    assert_eq!(status["resolution"]["done_at"], "2025-03-08T10:00:00+08:00");
    assert_eq!(status["counts"]["reopens"], 1);
    desk.is_honest();
}

/// A reply is told also of what is not solved yet, and stays the same one when it is.
#[test]
fn a_reply_needs_no_state_that_was_reached() {
    let desk = Desk::new();
    import(&desk, EXPORT, EXPORT_HEAD, &["7,2025-03-03 09:00,,2025-03-03 09:30,,,,,,\n"])
        .succeeds();
    let replied = || records(&desk)[0]["status"]["times"]["responded_at"].clone();
    assert_eq!(replied(), "2025-03-03T09:30:00+08:00");
    let solved = "7,2025-03-03 09:00,,2025-03-03 09:30,2025-03-04 10:00,,,,,\n";
    import(&desk, EXPORT, EXPORT_HEAD, &[solved]).succeeds().says("1 continued");
    assert_eq!(replied(), "2025-03-03T09:30:00+08:00");
    assert_eq!(imported(EXPORT, EXPORT_HEAD, &[solved]), standing(&desk));
    desk.is_honest();
}

/// In a log of changes a reply is placed between rows; where it cannot be, the row is named.
#[test]
fn a_reply_that_is_moved_or_still_to_come_is_named() {
    let map = MAP.replace("replied_in: [in_progress]", "replied_at: \"{solved}\"");
    let map = map.replace("  done_at: \"{solved}\"\n", "");
    let rows = "\
A1,I,2025-03-03 09:00,2025-03-03 09:10,work,P,Q,T,?,?,?
A1,I,2025-03-03 09:00,2025-03-03 09:20,work,P,Q,T,?,?,2025-03-03 09:05
A2,I,2025-03-03 09:00,2025-03-03 09:10,work,P,Q,T,?,?,2025-03-03 09:30
";
    let desk = Desk::new();
    let ran = import(&desk, &map, HEAD, &[rows]).succeeds();
    assert!(ran.out().contains("line 3, A1: replied_at is earlier"), "{ran}");
    assert!(ran.out().contains("line 4, A2: replied_at is later"), "{ran}");
    desk.is_honest();
}

#[test]
fn offsets_are_read_in_every_spelling_and_leap_seconds_are_not_guessed() {
    let map = EXPORT.replace("%H:%M %z", "%H:%M:%S%z");
    for offset in ["+0200", "+02:00", "+02"] {
        let row = format!("7,2025-03-03 09:00:00{offset},,,,,,,,\n");
        let desk = Desk::new();
        import(&desk, &map, EXPORT_HEAD, &[&row]).succeeds();
        let received = &records(&desk)[0]["intake"]["received_at"];
        assert_eq!(*received, "2025-03-03T15:00:00+08:00", "{offset}");
    }
    let desk = Desk::new();
    let rows = "7,2025-03-03 09:00:00Z,,,,,,,,\n8,2016-12-31 23:59:60Z,,,,,,,,\n";
    let ran = import(&desk, &map, EXPORT_HEAD, &[rows]);
    assert_eq!(records(&desk)[0]["intake"]["received_at"], "2025-03-03T17:00:00+08:00");
    assert!(ran.out().contains("line 3, 8: skipped, received_at: “2016-12-31 23:59:60Z”"), "{ran}");
}

#[test]
fn a_title_of_two_lines_is_one_line_and_what_was_reported_keeps_both() {
    let desk = Desk::new();
    let rows = "A1,I,2025-03-03 09:00,2025-03-03 09:05,new,Pier 3,Mr Sun,\"No\nlink\",?,?,?\n";
    import(&desk, MAP, HEAD, &[rows]).succeeds();
    let intake = &records(&desk)[0]["intake"];
    assert_eq!((&intake["title"], &intake["reported"]), (&"No link".into(), &"No\nlink".into()));
}

#[test]
fn a_number_that_every_row_has_is_none() {
    let desk = Desk::new();
    let map = MAP.replace("\"{no}\"", "A1");
    let ran = import(&desk, &map, HEAD, &[LOG]);
    assert_eq!(ran.status(), Some(2));
    assert!(ran.err().contains("number must read a column"), "{ran}");
    let many: String = (0..2_001)
        .map(|nth| format!("A1,I,2025-03-03 09:00,2025-03-03 09:00,new,P,Q,T {nth},?,?,?\n"))
        .collect();
    let ran = import(&desk, MAP, HEAD, &[&many]);
    assert!(ran.out().contains("line 2002, A1: skipped, more than 2000 rows have this"), "{ran}");
}

#[test]
fn a_line_without_end_is_named_or_ends_the_reading() {
    let desk = Desk::new();
    let long = "x".repeat(17 * 1024 * 1024);
    let ran = import(&desk, MAP, HEAD, &[&format!("A9,{long}\n{LOG}")]);
    assert_eq!(ran.status(), Some(1));
    assert!(ran.out().contains("line 2: skipped, the row is longer than 16 MiB"), "{ran}");
    assert!(ran.out().contains("2 imported, 0 already here, 1 skipped"), "{ran}");
    let endless = vec![b'x'; 65 * 1024 * 1024];
    let input = desk.at("11:00").by("zhang").input(endless);
    let ran = input.run("import - --map ../home/map.yaml");
    assert_eq!(ran.status(), Some(3));
    assert!(ran.err().contains("standard input"), "{ran}");
}

/// What keeps a record from being written ends the import, and what was written is said.
#[test]
fn an_import_that_is_stopped_says_what_it_wrote() {
    let other = Desk::new();
    line_of(&other);
    let second = records(&other)
        .iter()
        .find(|one| one["intake"]["source"]["number"] == "A2")
        .map(|one| one["id"].as_str().unwrap().to_owned())
        .unwrap();
    let desk = Desk::new();
    let path = format!("records/2025/03/{second}.yaml");
    desk.write(&path, "somebody's own\n");
    let ran = line_of(&desk);
    assert_ne!(ran.status(), Some(0), "{ran}");
    assert!(ran.out().contains("1 imported, 0 already here"), "{ran}");
    assert!(ran.out().contains("stopped: ") && ran.out().contains(&path), "{ran}");
    fs::remove_file(desk.path(&path)).unwrap();
    line_of(&desk).succeeds().says("1 imported, 1 already here");
}

fn line_of(desk: &Desk) -> Ran<'_> {
    crate::import::with(desk, LOG);
    desk.at("11:00").by("zhang").run(&line(desk))
}

#[test]
fn a_record_is_found_by_the_number_that_it_has_elsewhere() {
    let desk = Desk::new();
    import(&desk, MAP, HEAD, &[LOG]).succeeds();
    let id = |number: &str| {
        let all = records(&desk);
        let one = all.iter().find(|one| one["intake"]["source"]["number"] == number).unwrap();
        one["id"].as_str().unwrap().to_owned()
    };
    for number in ["A1", "a1", "Ａ1"] {
        let shown = desk.at("12:00").run(&format!("show {number}")).succeeds().out();
        assert!(shown.contains(&id("A1")), "{shown}");
    }
    let listed = desk.at("12:00").run("list --ref A1 --json").json();
    assert_eq!(listed["records"].as_array().unwrap().len(), 1);
    assert_eq!(listed["records"][0]["id"], id("A1").as_str());
    let hits = desk.at("12:00").run("search A1 --json").json();
    assert_eq!(hits["hits"][0]["id"], id("A1").as_str(), "{hits}");

    // the same number in two systems, and as the end of an id
    import(&desk, &MAP.replace("Old Desk", "Older Desk"), HEAD, &[LOG]).succeeds();
    let ran = desk.at("12:00").run("show A1");
    assert_eq!(ran.status(), Some(1));
    assert!(ran.err().contains("A1 is the number of several records in other systems"), "{ran}");
    let tail = id("A2")[id("A2").len() - 5..].to_owned();
    import(&desk, MAP, HEAD, &[&LOG.lines().next().unwrap().replace("A1", &tail)]).succeeds();
    let ran = desk.at("12:00").run(&format!("show {tail}"));
    assert_eq!(ran.status(), Some(1));
    let told = format!("{tail} is the tail of {}, and the number in another system of", id("A2"));
    assert!(ran.err().contains(&told), "{told}: {ran}");
}

/// Whoever imports has nothing in hand because of it.
#[test]
fn nothing_waits_for_whoever_imported_it() {
    let desk = Desk::new();
    import(&desk, MAP, HEAD, &[LOG]).succeeds();
    let board = desk.at("12:00").by("zhang").run("--json").json();
    assert_eq!(board["waits_for_me"].as_array().unwrap().len(), 0, "{board}");
    let mine = desk.at("12:00").by("zhang").run("list --mine --all --json").json();
    assert_eq!(mine["records"].as_array().unwrap().len(), 0, "{mine}");
    let list = desk.at("12:00").by("zhang").run("list --all").succeeds().out();
    assert!(list.contains("Ms X") && !list.contains("zhang"), "{list}");
    // from the first step here on it is followed by who does it
    let id = records(&desk)[0]["id"].as_str().unwrap().to_owned();
    desk.at("12:05").by("chen").run(&format!("ack {id} --reply-by 17:00")).succeeds();
    let mine = desk.at("12:06").by("zhang").run("list --mine --all --json").json();
    assert_eq!(mine["records"].as_array().unwrap().len(), 1, "{mine}");
}

#[test]
fn what_was_answered_here_of_an_imported_record_is_held_to_it() {
    let desk = Desk::new();
    import(&desk, MAP, HEAD, &[LOG]).succeeds();
    let id = records(&desk)[0]["id"].as_str().unwrap().to_owned();
    desk.at("12:05").by("chen").run(&format!("ack {id} --answered")).succeeds();
    assert!(!desk.at("12:20").run("check").out().contains("A48"));
    assert!(desk.at("12:21").run("check").out().contains("A48"));
}

#[test]
fn the_maps_of_docket_speak_the_language_of_the_desk() {
    let desk = Desk::new();
    let listed = desk.at("11:00").run("import --list-maps --lang zh").succeeds().out();
    assert!(listed.contains("servicenow：ServiceNow，事件流水"), "{listed}");
    assert!(!listed.contains("export of tickets"), "{listed}");
    let text = desk.read("docket.yaml");
    desk.commit("docket.yaml", text.replace("locale: en", "locale: zh-CN"));
    let map = desk.at("11:00").run("import --show-map zendesk").succeeds().out();
    assert!(map.contains("otherwise: 未说明}") && !map.contains("not told"), "{map}");
    assert!(map.contains("otherwise: 组织不详}") && !map.contains("unknown"), "{map}");
}

/// A long record takes longer than a second of the wall clock, and is entered in one all the same.
#[test]
fn one_record_is_entered_in_one_moment() {
    let desk = Desk::nowhere();
    let wall = |words: &str| desk.at("08:00").by("zhang").env("DOCKET_NOW", "").run(words);
    wall("init").succeeds();
    let day = |row: usize| {
        format!("2025-03-{:02} {:02}:{:02}", 3 + row / 720, row / 60 % 12 + 9, row % 60)
    };
    let state = |row: usize| if row.is_multiple_of(2) { "work" } else { "wait" };
    let row = |row| {
        let (at, state) = (day(row), state(row));
        format!("A1,I,2025-03-03 09:00,{at},{state},Pier 3,Mr Sun,No link,?,Mr Li,?\n")
    };
    let rows: String = (0..2_000).map(row).collect();
    let map = MAP.replace("units: {Net: network}\npeople: {Mr Li: li}\n", "");
    fs::write(desk.home().join("map.yaml"), map).unwrap();
    fs::write(desk.home().join("log.csv"), format!("{HEAD}{rows}")).unwrap();
    wall(&line(&desk)).says("1 imported");
    let shown = wall("list --all --json").json();
    let history = shown["records"][0]["history"].as_array().unwrap();
    let mut entered: Vec<&str> =
        history.iter().map(|event| event["recorded_at"].as_str().unwrap()).collect();
    entered.dedup();
    assert_eq!((history.len(), entered.len()), (2_001, 1), "{entered:?}");
    wall("audit --fail-on error").succeeds();
}

/// Two clones take over one log without knowing of each other: nothing goes on with either record
/// until somebody makes them one, and then a later file does.
#[test]
fn a_number_that_two_clones_imported_is_named_and_not_gone_on_with() {
    let rows: Vec<&str> = LOG.lines().filter(|row| row.starts_with("A1")).collect();
    for (last, way_out) in [(2, "docket merge"), (6, "docket link")] {
        let one = Desk::new();
        one.git(["init", "-q", "--bare", "../door.git"]);
        one.git(["remote", "add", "origin", "../door.git"]);
        one.at("10:00").by("zhang").run("sync").succeeds();
        let other = Desk::clone_of(&one.path("../door.git").canonicalize().unwrap());
        for (desk, seed) in [(&one, "one"), (&other, "other")] {
            crate::import::with(desk, &(rows[..last].join("\n") + "\n"));
            desk.at("11:00").by("zhang").env("DOCKET_SEED", seed).run(&line(desk)).succeeds();
        }
        for desk in [&one, &other, &one] {
            desk.at("11:30").by("zhang").run("sync").succeeds();
        }
        let ids: Vec<String> = records(&one)
            .iter()
            .filter(|one| one["intake"]["source"]["number"] == "A1")
            .map(|one| one["id"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(ids.len(), 2);

        crate::import::with(&one, &(rows.join("\n") + "\n"));
        let head = one.head();
        let ran = one.at("12:00").by("zhang").run(&line(&one));
        assert_eq!((ran.status(), one.head()), (Some(1), head), "{ran}");
        let told = "line 2, A1: skipped, A1 was imported as ";
        assert!(ran.out().contains(told) && ids.iter().all(|id| ran.out().contains(id)), "{ran}");
        let found = one.at("12:05").run("check").out();
        assert!(found.contains("A34") && found.contains(way_out), "{found}");
        assert!(found.contains("number A1 elsewhere"), "{found}");
        let zh = one.at("12:05").run("check --lang zh").out();
        assert!(zh.contains("原系统编号 A1"), "{zh}");

        let words = found.split_once("imported as").unwrap().1.split_once(": ").unwrap().1;
        let words = words.lines().next().unwrap().strip_prefix("docket ").unwrap().to_owned();
        let reason = if last == 2 { " --reason 'imported twice'" } else { "" };
        one.at("12:10").by("zhang").run(&(words + reason)).succeeds();
        let found = one.at("12:15").run("check").out();
        assert!(!found.contains("number A1 elsewhere"), "{found}");
        let ran = one.at("12:20").by("zhang").run(&line(&one));
        assert_eq!(ran.status(), Some(i32::from(last == 6)), "{ran}");
        one.is_honest();
    }
}

/// What somebody did here stands, whatever another clone took over without knowing of it.
#[test]
fn an_import_of_another_clone_undoes_nothing_that_was_done_here() {
    let rows: Vec<&str> = LOG.lines().filter(|row| row.starts_with("A1")).collect();
    for (deed, state) in [
        ("merge ID --into OTHER --reason same", "merged"),
        ("cancel ID --mistake 'opened twice'", "cancelled"),
        ("link ID --to OTHER --as related", "open"),
    ] {
        for (time, log_time) in [("11:10", "11:20"), ("11:20", "11:10")] {
            let one = Desk::new();
            one.git(["init", "-q", "--bare", "../door.git"]);
            one.git(["remote", "add", "origin", "../door.git"]);
            let first = format!("{}\n{}\n", rows[0], rows[0].replace("A1", "B1"));
            crate::import::with(&one, &first);
            one.at("11:00").by("zhang").run(&line(&one)).succeeds();
            one.at("11:05").by("zhang").run("sync").succeeds();
            let other = Desk::clone_of(&one.path("../door.git").canonicalize().unwrap());
            let all = records(&one);
            let numbered = |number: &str| {
                let mut all = all.iter();
                let found = all.find(|one| one["intake"]["source"]["number"] == number).unwrap();
                found["id"].as_str().unwrap().to_owned()
            };
            let (id, target) = (numbered("A1"), numbered("B1"));
            let words = deed.replace("ID", &id).replace("OTHER", &target);
            one.at(time).by("zhang").run(&words).succeeds();
            crate::import::with(&other, &(rows.join("\n") + "\n"));
            other.at(log_time).by("zhang").run(&line(&other)).succeeds();
            for desk in [&one, &other, &one] {
                desk.at("11:30").by("zhang").run("sync").succeeds();
            }
            let status = &one.record(&id)["status"];
            let aside = status["set_aside"].as_array().map_or(0, Vec::len);
            let is_merged = status["merged_into"].is_object();
            assert_eq!((is_merged, aside > 3), (state == "merged", true), "{words}: {status}");
            if time < log_time {
                assert_eq!(status["state"], state, "{words}");
            }
            let ended = ["merged", "cancelled"].contains(&state);
            assert!(!ended || status["state"] == state, "{words}: {status}");
            one.is_honest();
            other.is_honest();
        }
    }
}

/// Two files that both tell of one minute, and nothing says which of them was first.
#[test]
fn what_no_row_decides_does_not_hang_on_the_order_in_which_files_are_named() {
    let row = |at: &str, state: &str| {
        format!("A1,I,2025-03-03 09:00,2025-03-03 {at},{state},P,Q,T,?,Ms A,?\n")
    };
    for [one, other] in [["done", "work"], ["wait", "work"], ["work", "done"]] {
        let stands = |names: [&str; 2]| {
            let desk = Desk::new();
            let home = desk.home();
            fs::write(home.join("map.yaml"), MAP).unwrap();
            let rows = row("09:10", "work") + &row("09:20", one);
            fs::write(home.join("a.csv"), format!("{HEAD}{rows}")).unwrap();
            fs::write(home.join("b.csv"), format!("{HEAD}{}", row("09:20", other))).unwrap();
            let [first, second] = names.map(|name| format!("../home/{name}.csv"));
            let line = format!("import {first} {second} {first} --map ../home/map.yaml");
            desk.at("11:00").by("zhang").run(&line).succeeds();
            standing(&desk)
        };
        assert_eq!(stands(["a", "b"]), stands(["b", "a"]), "{one} {other}");
    }
}

/// A number that the other system gave again does not swallow the second matter.
#[test]
fn a_known_number_with_another_matter_is_named() {
    let row = "7,2025-03-03 09:00,2025-03-03 10:00,,,,Ms X,,,\n";
    let desk = Desk::new();
    import(&desk, EXPORT, EXPORT_HEAD, &[row]).succeeds();
    import(&desk, EXPORT, EXPORT_HEAD, &[row]).says("1 already here");
    let before = standing(&desk);
    let later = row.replacen("2025-03-03 09:00", "2025-03-02 09:00", 1);
    let ran = import(&desk, EXPORT, EXPORT_HEAD, &[&later]);
    assert_eq!(ran.status(), Some(1), "{ran}");
    assert!(ran.out().contains("line 2, 7:"), "{ran}");
    assert_eq!(standing(&desk), before);
}
