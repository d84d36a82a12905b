//! Bad input: a clear error or a faithful round trip, and nothing half-written.

use std::{
    fs,
    io::{Read as _, Write as _},
    os::unix::fs::symlink,
    process::{Command, Stdio},
};

use serde_json::Value;

use crate::desk::{Desk, FAULT, REQUEST, tail};

/// Opens a request with this title and these words of the customer.
fn opened(desk: &Desk, title: &str, reported: &str) -> String {
    let (title, reported) = (format!("--title={title}"), format!("--reported={reported}"));
    let line = [
        "open",
        "request",
        &title,
        &reported,
        "--channel",
        "email",
        "--customer",
        "Globex",
        "--name",
        "Mr Ray",
        "--need",
        "help",
        "--category",
        "account",
        "--quiet",
    ];
    desk.at("09:00").by("chen").run(line).id()
}

#[test]
fn an_unknown_id_names_the_nearest() {
    let desk = Desk::new();
    let id = desk.fault();
    let tail = id.rsplit('-').next().unwrap();
    let typo = format!("{}{}", &tail[..4], if tail.ends_with('0') { '1' } else { '0' });
    let ran = desk.at("09:10").run(&format!("show {typo}"));
    ran.refuses("no record").and("did you mean").and(&id);
    let full = format!("R-261123-{typo}");
    desk.at("09:10").by("chen").run(&format!("ack {full} --reply-by +1h")).refuses(&full).and(&id);
}

#[test]
fn an_ambiguous_tail_shows_all_that_have_it() {
    let desk = Desk::new();
    let ids: Vec<_> = (0..33).map(|nth| opened(&desk, &format!("no {nth}"), "x")).collect();
    let last = |id: &str| id.chars().last().unwrap();
    let twin = |id: &&String| ids.iter().filter(|other| last(other) == last(id)).count() > 1;
    let one = ids.iter().find(twin).expect("33 ids end in 32 characters");
    let ran = desk.at("10:00").run(&format!("show {}", last(one))).refuses("several records");
    for id in ids.iter().filter(|id| last(id) == last(one)) {
        assert!(ran.err().contains(id.as_str()), "no {id} in {ran}");
    }
}

#[test]
fn words_that_may_mean_two_records_are_refused_wherever_one_is_named() {
    let desk = Desk::new();
    let id = desk.fault();
    let tail = id.rsplit('-').next().unwrap();
    let line = FAULT.replace("--channel", &format!("--ref {} --channel", tail.to_lowercase()));
    let other = desk.at("09:05").by("chen").run(&line).id();
    let ambiguous = |time: &str| {
        for line in [
            "show TAIL",
            "log TAIL",
            "check TAIL",
            "ack TAIL --reply-by +1h",
            "open --from TAIL --kind request --name 'Ms Wang' --need x --category account",
        ] {
            let ran = desk.at(time).by("chen").run(&line.replace("TAIL", tail));
            ran.refuses("is the tail of").and(&id).and(&other);
        }
    };
    ambiguous("09:10");
    // also where a cache lags behind, and where there is none
    desk.at("09:10").run("list").succeeds();
    opened(&desk, "another", "x");
    ambiguous("09:20");
    fs::remove_file(desk.path(".git/docket/cache")).unwrap();
    ambiguous("09:30");
    for line in ["show nowhere-1", "log nowhere-1", "check nowhere-1"] {
        desk.at("09:30").run(line).refuses("no record");
    }
}

#[test]
fn a_record_is_changed_by_four_characters_at_least_in_any_case() {
    let desk = Desk::new();
    let id = desk.fault();
    let tail = tail(&id);
    desk.at("09:10").run(&format!("show {}", &tail[4..])).says(&id);
    let ack = |tail: &str| {
        let line = format!("ack {tail} --reply-by +1h");
        desk.at("09:10").by("chen").run(&line)
    };
    ack(&tail[3..]).refuses("too short").and("four characters");
    ack(&tail[1..]).says(&id);
}

#[test]
fn last_is_everybodys_own_last_record_in_this_clone() {
    let desk = Desk::new();
    desk.at("09:00").run("show last").refuses("no record");
    let chens = opened(&desk, "a", "x");
    let zhangs = desk.at("09:10").by("zhang").run(FAULT).id();
    desk.at("09:20").by("zhang").run("show last").says(&zhangs);
    desk.at("09:20").by("chen").run("update last --note x --quiet").says(&chens);
    let again = opened(&desk, "b", "x");
    desk.at("09:30").by("chen").run("show last").says(&again);
    desk.at("09:30").by("zhang").run("update last --note x --quiet").says(&zhangs);

    // what is left of it where somebody's disk was full
    let kept = desk.path(".git/docket/last");
    fs::write(&kept, "chen@desk.example R-26").unwrap();
    desk.at("09:40").by("chen").run("show last").refuses("no record");
    desk.at("09:40").by("chen").run(&format!("update {again} --note y")).says(&again);
    desk.at("09:40").by("chen").run("show last").says(&again);

    // it is no way to write elsewhere
    let own = desk.path("own.txt");
    fs::write(&own, "mine\n").unwrap();
    fs::remove_file(&kept).unwrap();
    symlink(&own, &kept).unwrap();
    desk.at("09:50").by("chen").run(&format!("update {chens} --note z")).says(&chens);
    assert_eq!(fs::read_to_string(&own).unwrap(), "mine\n");
}

#[test]
fn an_id_never_leaves_the_folder_of_records() {
    let desk = Desk::new();
    for bad in ["../../docket", "R-261123-7K3QX/../x", "/etc/passwd", "..", "", "%2e%2e", "*"] {
        desk.at("09:00").run(["show", bad]).refuses("no record");
        desk.at("09:00").by("chen").run(["update", bad, "--note", "x"]).refuses("no record");
    }
}

#[test]
fn outside_of_a_desk_the_way_in_is_named() {
    let desk = Desk::nowhere();
    for line in ["", "list", "show 7k3qx", "report register"] {
        desk.at("09:00").by("zhang").run(line).fails("not in a git repository").and("docket init");
    }
    desk.git(["init", "-q"]);
    desk.commit("README.md", "no desk\n");
    desk.at("09:00").by("zhang").run("list").fails("not a desk").and("docket init");
    desk.at("09:00").by("zhang").run(FAULT).fails("not a desk");
}

#[test]
fn without_an_identity_nothing_is_written_and_all_is_read() {
    let desk = Desk::new();
    let id = desk.fault();
    fs::write(desk.home().join(".gitconfig"), "[user]\n\tuseConfigOnly = true\n").unwrap();
    desk.at("09:10")
        .run(FAULT)
        .fails("git does not know who you are")
        .and("git config --global user.email");
    desk.at("09:10").run("list --mine").fails("git does not know");
    desk.at("09:10").run("list").says(&id);
    desk.at("09:10").run("").says("Switch on floor 3");
    let empty = Desk::nowhere();
    fs::write(empty.home().join(".gitconfig"), "").unwrap();
    empty.at("09:00").run("init").fails("git does not know who you are");
    empty.at("09:00").run("init new").fails("git does not know who you are");
    assert!(!empty.path(".git").exists() && !empty.path("new").exists(), "nothing half-made");
    let wrong = empty.at("09:00").by("zhang").run("init new --timezone Mars/Base");
    wrong.usage("Mars/Base");
    assert!(!empty.path("new").exists(), "nothing half-made");
}

#[test]
fn a_stranger_writes_nothing_and_learns_how_to_join() {
    let desk = Desk::new();
    desk.at("09:00")
        .by("eve")
        .run(FAULT)
        .fails("eve@example.com is not in the roster")
        .and("docket people add");
}

#[test]
fn an_unknown_category_names_the_nearest() {
    let desk = Desk::new();
    let line = FAULT.replace("--category network", "--category netwrok");
    desk.at("09:00").by("chen").run(&line).refuses("no category “netwrok”").and("network");
    let line = FAULT.replace("--channel hotline", "--channel hotlin");
    desk.at("09:00").by("chen").run(&line).refuses("no channel “hotlin”").and("hotline");
    let line = format!("{FAULT} --answer scoop=all");
    desk.at("09:00").by("chen").run(&line).refuses("scope");
}

#[test]
fn text_that_cannot_be_kept_is_refused_with_its_place() {
    let desk = Desk::new();
    let long = "x".repeat(100_000);
    for (title, said) in [
        ("", "--title"),
        ("   ", "--title"),
        ("\u{200b}", "--title"),
        ("a\u{1b}[31mb", "U+001B at line 1, column 2"),
        ("bell\u{7}", "U+0007"),
        ("two\nlines", "one line"),
        (long.as_str(), "at most 300"),
    ] {
        let ran = desk.at("09:00").by("chen").run([
            "open",
            "request",
            "--title",
            title,
            "--reported",
            "r",
            "--channel",
            "email",
            "--customer",
            "Globex",
            "--name",
            "Mr Ray",
            "--need",
            "n",
        ]);
        ran.usage(said);
    }
}

#[test]
fn a_description_of_a_megabyte_is_refused_and_one_of_twenty_thousand_characters_is_kept() {
    let desk = Desk::new();
    let id = desk.fault();
    let line = format!("update {id} --note -");
    let megabyte = "all work and no play\n".repeat(50_000);
    desk.at("09:10").by("chen").input(megabyte).run(&line).usage("at most 20000");
    let long = "很长的说明。\n".repeat(2_800);
    desk.at("09:10").by("chen").input(long.clone()).run(&line).succeeds();
    assert_eq!(desk.record(&id)["history"][1]["note"], long.trim_end());
    desk.at("09:10").by("chen").input([0xff, 0xfe, b'x']).run(&line).fails("");
}

/// Texts that readers of YAML, of terminals or of tables get wrong.
const NASTY: &[&str] = &[
    "no",
    "yes",
    "on",
    "null",
    "~",
    "1e3",
    "12:30:45",
    "007",
    "0x1f",
    "0b1",
    "1_000",
    "+1",
    ".5",
    ".inf",
    "?",
    "---",
    "...",
    "--- x",
    ":",
    ": x",
    "a: b",
    "a #b",
    "# heading",
    "#",
    "- item",
    "[a]",
    "{a}",
    "&a",
    "*a",
    "!a",
    "|",
    ">",
    "%a",
    "@a",
    "`a`",
    "'",
    "\"",
    "\\n",
    "=",
    "<<",
    "2026-11-23",
    "2026-11-23T09:00:00+08:00",
    "🖨️ 打印机坏了",
    "מדפסת",
    "a\u{202e}b\u{202c}c",
    "\u{feff}bom",
    "trailing:",
    ",",
    "a, b",
    "U\u{308}ber",
    "<script>",
    "=1+1",
];

/// Opens records that hold every nasty text in a title, a number, a need and a block.
fn nasty_records(desk: &Desk) -> Vec<(String, [&'static str; 4], String)> {
    let told = NASTY.chunks(4).map(|four| {
        let four: [&str; 4] = four.try_into().expect("the texts are a multiple of four");
        let block = format!("{}\n\n  {}\n{}\n{}", four[0], four[1], four[2], four[3]);
        let [title, customer, number, need] = four;
        let line = [
            format!("--title={title}"),
            format!("--customer={customer}"),
            format!("--ref={number}"),
            format!("--need={need}"),
            format!("--reported={}\r\n", block.replace('\n', " \t\r\n")),
        ];
        let plain = ["open", "request", "--channel", "email", "--name", "Mr Ray", "--quiet"];
        let line: Vec<_> = plain.into_iter().chain(line.iter().map(String::as_str)).collect();
        let id = desk.at("09:00").by("chen").run(line).id();
        (id, four, block)
    });
    told.collect()
}

#[test]
fn nasty_text_is_read_as_it_was_told_by_docket_and_by_readers_of_yaml_1_1() {
    let desk = Desk::new();
    let told = nasty_records(&desk);
    let as_told = |record: &Value, (id, texts, block): &(String, [&str; 4], String)| {
        let intake = &record["intake"];
        for (field, text) in ["title", "customer", "reference", "need"].iter().zip(texts) {
            // what nobody sees tells no two customers apart
            let is_seen = |c: &char| *field != "customer" || *c != '\u{feff}';
            let text: String = text.chars().filter(is_seen).collect();
            // nor whether a letter and its mark are one character
            let is_name = *field == "customer";
            let text = if is_name { text.replace("U\u{308}", "Ü") } else { text };
            assert_eq!(intake[*field], text, "{field} of {id}");
        }
        assert_eq!(intake["reported"], *block, "{id}");
        assert_eq!(record["status"]["title"], texts[0], "{id}");
    };
    for one in &told {
        as_told(&desk.record(&one.0), one);
    }
    for line in ["list --limit 0", "list --csv", "report register"] {
        desk.at("09:10").run(line).succeeds();
    }
    assert_eq!(desk.status(), "");

    let paths: Vec<_> = told.iter().map(|(id, ..)| desk.path(&desk.record_path(id))).collect();
    let script = "import sys, json, yaml\n\
        print(json.dumps([yaml.safe_load(open(f, encoding='utf-8')) for f in sys.argv[1:]], default=str))";
    let output = Command::new("python3").args(["-c", script]).args(paths).output();
    let read = output.ok().filter(|output| output.status.success());
    let Some(read) = read else {
        let has_yaml =
            Command::new("python3").args(["-c", "import yaml"]).stderr(Stdio::null()).status();
        assert!(!has_yaml.is_ok_and(|status| status.success()), "PyYAML reads no record");
        let skipped = b"skipped: python3 has no yaml here\n";
        std::io::stderr().write_all(skipped).unwrap();
        return;
    };
    let read: Vec<Value> = serde_json::from_slice(&read.stdout).unwrap();
    for (record, one) in read.iter().zip(&told) {
        as_told(record, one);
    }
}

#[test]
fn tabs_and_carriage_returns_become_blanks_and_lines() {
    let desk = Desk::new();
    let id = opened(&desk, "tab\there", "one\r\n\ttwo\rthree  \r\n");
    let intake = &desk.record(&id)["intake"];
    assert_eq!(intake["title"], "tab    here");
    assert_eq!(intake["reported"], "one\n    two\nthree");
}

#[test]
fn a_dash_reads_standard_input_once_for_one_text() {
    let desk = Desk::new();
    let line = REQUEST.replace("'she starts tomorrow'", "-");
    let id = desk.at("09:00").by("chen").input("from a\nfile\n").run(&line).id();
    assert_eq!(desk.record(&id)["intake"]["reported"], "from a\nfile");
    desk.at("09:00").by("chen").run(&line).usage("--reported");
}

#[test]
fn long_text_stays_a_readable_block() {
    let desk = Desk::new();
    let id = opened(&desk, "Printer", "first line\nsecond: line\n\n- third");
    let file = desk.read(&desk.record_path(&id));
    for line in ["    first line\n", "    second: line\n", "    - third\n"] {
        assert!(file.contains(line), "no {line:?} in {file}");
    }
}

#[test]
fn damaged_records_stop_nobody_and_are_named_with_file_and_line() {
    let desk = Desk::new();
    let good = desk.fault();
    let text = desk.read(&desk.record_path(&good));
    let bomb = format!(
        "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n\
         d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n{text}"
    );
    let damaged: &[(&str, Vec<u8>, bool)] = &[
        ("00001", text[..text.len() / 2].into(), true),
        ("00002", format!("<<<<<<< HEAD\n{text}=======\n{text}>>>>>>> x\n").into(), true),
        ("00003", text.replace("n: 1", "n: [many]").into(), true),
        ("00004", text.replace("  kind: fault\n", "  kind: fault\n  kind: fault\n").into(), true),
        ("00005", bomb.into(), true),
        ("00006", format!("x: {}", "[".repeat(100_000)).into(), true),
        ("00007", [text.as_bytes(), b"\xff\xfe\n"].concat(), true),
        ("00008", Vec::new(), false),
        ("00009", text.clone().into(), false),
        ("0000A", text.replace("format: 1", "format: 1\nsurprise: x").into(), true),
        ("0000B", b"\0\0\0\0".to_vec(), true),
    ];
    for (tail, content, _) in damaged {
        desk.write(&format!("records/2026/11/R-261123-{tail}.yaml"), content);
    }
    symlink("/etc/passwd", desk.path("records/2026/11/R-261123-0000C.yaml")).unwrap();
    desk.git(["add", "-A"]);
    desk.git(["commit", "-q", "-m", "damage"]);

    let ran = desk.at("10:00").run("list").says(&good);
    let said = ran.err();
    for (tail, _, lined) in damaged {
        let about: Vec<_> = said.lines().filter(|line| line.contains(tail)).collect();
        assert!(!about.is_empty(), "{tail} is not named in {ran}");
        assert!(!lined || about[0].contains("line"), "no line for {tail} in {ran}");
        let show = desk.at("10:00").run(&format!("show R-261123-{tail}"));
        show.fails(tail);
        let line = format!("update R-261123-{tail} --note x");
        desk.at("10:00").by("chen").run(&line).fails(tail);
    }
    assert!(said.contains("R-261123-0000C"), "{ran}");
    assert!(!said.contains("root:"), "a link is not followed: {ran}");
    desk.at("10:00").run("").says(&good);
    desk.at("10:00").run("report register").says(&good);
    let line = format!("ack {good} --reply-by +1h");
    desk.at("10:00").by("chen").run(&line).succeeds();
    assert_eq!(desk.status(), "");
    desk.at("10:00").by("chen").run(REQUEST).succeeds();
}

#[test]
fn a_broken_policy_names_file_and_line() {
    let desk = Desk::new();
    let levels = desk.read("policy/levels.yaml");
    desk.commit("policy/levels.yaml", levels.replace("late_entry:", "late_entri:"));
    desk.at("09:00")
        .by("chen")
        .run(FAULT)
        .fails("policy/levels.yaml")
        .and("line")
        .and("late_entry");
}

#[test]
fn a_closed_pipe_is_no_error() {
    let desk = Desk::new();
    for nth in 0..5 {
        opened(&desk, &format!("no {nth}"), "x");
    }
    let mut command = desk.at("10:00").command("list --jsonl");
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert!(child.wait().unwrap().success(), "{said}");
    assert_eq!(said, "");
}

#[test]
fn every_error_has_the_exit_status_of_its_kind() {
    let desk = Desk::new();
    let id = desk.fault();
    for (words, status) in [
        (format!("close {id}"), 1),
        ("show 00000".to_owned(), 1),
        ("contact show Nobody".to_owned(), 1),
        (format!("ack {id}"), 2),
        (format!("ack {id} --reply-by soon"), 2),
        ("nonsense".to_owned(), 2),
        ("list --state lost".to_owned(), 2),
        ("list --sort colour".to_owned(), 2),
        ("report nothing".to_owned(), 2),
        (format!("show {id} --as-of nowhere"), 3),
        ("-C /nowhere list".to_owned(), 3),
        ("--help".to_owned(), 0),
        ("--version".to_owned(), 0),
        ("list".to_owned(), 0),
    ] {
        let ran = desk.at("09:10").by("chen").run(&words);
        assert_eq!(ran.status(), Some(status), "{ran}");
        assert_eq!(ran.err().is_empty(), status == 0, "{ran}");
    }
    desk.at("09:10").env("DOCKET_NOW", "soon").run("list").fails("DOCKET_NOW");
}

#[test]
fn errors_in_json_say_what_programs_need() {
    let desk = Desk::new();
    let id = desk.fault();
    for (words, status, code) in [
        (format!("close {id} --json"), 1, "refused"),
        ("show 00000 --json".to_owned(), 1, "not_found"),
        (format!("ack {id} --json"), 2, "missing"),
        (format!("ack {id} --reply-by 25:00 --json"), 2, "usage"),
        ("list --kind nonsense --json".to_owned(), 2, "usage"),
        ("list --jsonl --state nonsense --json".to_owned(), 2, "usage"),
        ("-C /nowhere --json list".to_owned(), 3, "repository"),
    ] {
        let ran = desk.at("09:10").by("chen").run(&words);
        assert_eq!((ran.status(), ran.out().as_str()), (Some(status), ""), "{ran}");
        let error: Value = serde_json::from_str(&ran.err()).unwrap_or_else(|_| panic!("{ran}"));
        assert_eq!(error["status"], status, "{ran}");
        assert_eq!(error["code"], code, "{ran}");
        assert!(error["error"].is_string(), "{ran}");
        assert!(error.get("hint").is_some(), "{ran}");
    }
    let ran = desk.at("09:10").by("chen").run("open fault --json").usage("--title");
    let error: Value = serde_json::from_str(&ran.err()).unwrap();
    let missing = error["missing"].as_array().unwrap();
    let flags: Vec<_> = missing.iter().map(|m| m["flag"].as_str().unwrap()).collect();
    for flag in ["--title", "--channel", "--customer", "--name", "--reported", "--need"] {
        assert!(flags.contains(&flag), "{flag} in {flags:?}");
    }
}

#[test]
fn nothing_of_a_stranger_reaches_the_terminal_unescaped() {
    let desk = Desk::new();
    let id = opened(&desk, "a\u{202e}b\u{200b}c", "x\u{2066}y");
    for line in ["list".to_owned(), format!("show {id}"), String::new()] {
        let out = desk.at("10:00").run(&line).succeeds().out();
        let harmful = |c: char| matches!(c, '\u{202e}' | '\u{200b}' | '\u{2066}' | '\u{1b}');
        assert!(!out.contains(harmful), "{out:?}");
    }
}

#[test]
fn a_slip_in_policy_is_named_with_file_line_and_the_nearest_key_and_hides_no_record() {
    let desk = Desk::new();
    let id = desk.fault();
    let levels = desk.read("policy/levels.yaml").replace("\nlate_entry:", "\nlate_entyr:");
    desk.commit("policy/levels.yaml", levels);
    let line = format!("update {id} --note x");
    desk.at("09:10").by("chen").run(&line).fails("policy/levels.yaml: line ").and("`late_entry`");
    desk.at("09:10").by("chen").run("list").says(&id);
    desk.at("09:10").by("chen").run(&format!("show {id}")).says(&id);
    desk.at("09:10").by("chen").run("").says(&id);
}

#[test]
fn what_is_committed_but_cannot_be_printed_says_both_with_the_id() {
    let desk = Desk::new();
    for (lang, said) in [("en", "committed, but R-"), ("zh-CN", "已提交，但无法输出 R-")] {
        let before = desk.commits();
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let mut command = desk.at("09:00").by("chen").command(REQUEST);
        let ended = command.args(["-q", "--lang", lang]).stdout(full).output().unwrap();
        let told = String::from_utf8(ended.stderr).unwrap();
        assert_eq!(ended.status.code(), Some(3), "{told}");
        assert!(told.contains(said), "{told}");
        assert_eq!(desk.commits(), before + 1);
        assert!(told.contains(&desk.trailer("Docket-Record")), "{told}");
    }
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let ended = desk.at("09:00").command("list").stdout(full).output().unwrap();
    let told = String::from_utf8(ended.stderr).unwrap();
    assert!(told.contains("standard output") && !told.contains("committed"), "{told}");
}

#[test]
fn a_key_or_figure_that_a_newer_docket_may_have_written_is_named_as_that() {
    for (path, more, unknown) in [
        ("policy/levels.yaml", "weather_clock: 4h\n", "weather_clock"),
        (
            "policy/kpi.yaml",
            "  - kpi: happiness_of_the_moon\n    at_least: 1\n",
            "happiness_of_the_moon",
        ),
    ] {
        let desk = Desk::new();
        let rules = desk.read(path);
        desk.commit(path, format!("{}\n{more}", rules.trim_end()));
        for words in ["report kpi --month 2026-11", "--lang zh-CN report kpi --month 2026-11"] {
            let ran = desk.at("09:30").by("zhang").run(words);
            let newer = if words.contains("zh") { "请更新 docket" } else { "a newer docket" };
            ran.fails(path).and(&format!("`{unknown}`")).and(newer);
        }
    }
}
