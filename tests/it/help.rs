//! Help, usage errors and the manual, in the language that was asked for.

use std::fs;

use serde_json::Value;

use crate::desk::Desk;

/// Programs whose words follow them as they are typed.
const PROGRAMS: [&str; 2] = ["docket", "git"];
/// How lines begin that are typed as they stand.
const TYPED: [&str; 4] = ["docket ", "git ", "cat ", "source "];
/// What only English says around help and errors.
const FRAME: [&str; 8] =
    ["Usage", "Arguments", "Options", "Commands", "error:", "hint:", "tip:", "default:"];

/// The words of every command behind `docket`, out of the manual's pages; none for docket itself.
fn commands(desk: &Desk) -> Vec<String> {
    let dir = desk.home().join("man");
    let pages = desk.at("09:00").run(["man", dir.to_str().unwrap(), "--json"]).json();
    let pages = pages["written"].as_array().unwrap().iter();
    let names = pages.map(|page| page.as_str().unwrap().rsplit('/').next().unwrap());
    let names = names.map(|name| name.trim_end_matches(".1").replace('-', " "));
    let names = names.map(|name| name.trim_start_matches("docket").trim().to_owned());
    // the one command whose own name has a hyphen
    let names: Vec<_> = names.map(|name| name.replace("hand in", "hand-in")).collect();
    assert!(names.len() > 60, "{names:?}");
    names
}

/// What of a Chinese text is English: two words in a row that nobody types so.
fn english(text: &str) -> Vec<String> {
    let mut found: Vec<String> =
        FRAME.iter().filter(|word| text.contains(**word)).map(|word| (*word).to_owned()).collect();
    let is_typed = |line: &&str| TYPED.iter().any(|program| line.trim().starts_with(program));
    for line in text.lines().filter(|line| !is_typed(line)) {
        // what was typed is told of in quotes
        let told: String = line.split('“').map(|part| part.rsplit('”').next().unwrap()).collect();
        for run in told.split(|c: char| !c.is_ascii()) {
            let mut typed = false;
            let mut before = None;
            for token in run.split_whitespace() {
                let bare = token.trim_matches(|c: char| c.is_ascii_punctuation());
                let is_flag = token.starts_with('-');
                let is_word = !is_flag
                    && bare.len() > 1
                    && bare.bytes().all(|byte| byte.is_ascii_lowercase());
                typed = PROGRAMS.contains(&bare) || typed && (is_word || is_flag);
                if let (true, false, Some(before)) = (is_word, typed, before) {
                    found.push(format!("{before} {token}"));
                }
                before = (is_word && !typed).then_some(token);
            }
        }
    }
    found
}

#[test]
fn english_is_told_from_what_is_typed() {
    for (text, is_english) in [
        ("for more information, try this", true),
        ("  docket list --mine --sort due", false),
        ("提示：see the help", true),
        ("错误：unexpected argument “x”", true),
        ("Usage: docket", true),
        ("docket report --list 列出全部", false),
        ("没有命令“a few words”", false),
        ("颜色：auto 自动、always 总是", false),
        ("[可选：服务请求 request、故障 fault]", false),
    ] {
        assert_eq!(!english(text).is_empty(), is_english, "{text}: {:?}", english(text));
    }
}

#[test]
fn help_in_chinese_is_chinese_for_every_command() {
    let desk = Desk::nowhere();
    for command in commands(&desk) {
        for flag in ["-h", "--help"] {
            let line = format!("{command} {flag} --lang zh-CN");
            let text = desk.at("09:00").run(&line).succeeds().out();
            let text = text.replace("docket\n", "docket ");
            assert_eq!(english(&text), [""; 0], "{line}: {text}");
            assert!(text.contains("用法：docket"), "{line}: {text}");
        }
    }
}

#[test]
fn the_manual_in_chinese_is_chinese() {
    let desk = Desk::nowhere();
    let dir = desk.home().join("zh");
    desk.at("09:00").run(["man", "--lang", "zh-CN", dir.to_str().unwrap()]).succeeds();
    let mut pages = 0;
    for page in fs::read_dir(&dir).unwrap() {
        let text = fs::read_to_string(page.unwrap().path()).unwrap();
        let read = text.replace("\\-", "-").replace("\\fB", "").replace("\\fR", "");
        let shown: String = read
            .lines()
            .filter(|line| !line.starts_with('.') || line.starts_with(".SH"))
            .map(|line| format!("{}\n", line.trim_start_matches(".SH")))
            .collect();
        assert_eq!(english(&shown), [""; 0], "{shown}");
        assert!(shown.contains("概要") && text.contains("\"docket 手册\""), "{text}");
        pages += 1;
    }
    assert!(pages > 60, "{pages}");
}

/// Lines that make no command, out of what the help of each command says it takes.
fn wrong_lines(desk: &Desk) -> Vec<String> {
    let mut lines: Vec<String> = ["lst", "pepole list", "-x", "--nonsense", "--lang", "-C"]
        .into_iter()
        .chain(["list --csv --jsonl", "confirm x --with a --no-answer", "close x --reason y"])
        .chain(["audit --sample 3", "survey send --all", "takeover x --all", "link a --to b"])
        .map(str::to_owned)
        .collect();
    for command in commands(desk) {
        lines.push(format!("{command} --bogus"));
        lines.push(format!("{command} --repot 3"));
        lines.push(format!("{command} x x x x x x"));
        let help = desk.at("09:00").run(&format!("{command} -h")).out();
        let usage = help.lines().find(|line| line.starts_with("Usage")).unwrap();
        if usage.contains('<') {
            lines.push(command.clone());
        }
        let options = help.lines().filter_map(|line| line.trim().split("--").nth(1));
        let with_value = options.filter(|line| line.contains(" <") && !line.contains(','));
        for flag in with_value.map(|line| line.split(' ').next().unwrap()) {
            lines.push(format!("{command} --{flag}"));
            lines.push(format!("{command} x --{flag} 下午茶 --{flag} 下午茶"));
            if !["init", "demo"].contains(&command.as_str()) {
                lines.push(format!("{command} x --{flag} 下午茶"));
            }
        }
    }
    lines
}

#[test]
fn wrong_words_are_refused_in_chinese_throughout() {
    let desk = Desk::nowhere();
    let mut refused = 0;
    for line in wrong_lines(&desk) {
        let ran = desk.at("09:00").run(&format!("{line} --lang zh-CN"));
        // what could be read fails for want of a desk
        if ran.status() != Some(2) {
            continue;
        }
        refused += 1;
        let said = match serde_json::from_str::<Value>(&ran.err()) {
            Ok(told) => format!("错误：{}\n提示：{}", told["error"], told["hint"]),
            Err(_) => ran.err(),
        };
        assert_eq!(english(&said), [""; 0], "{ran}");
        assert!(said.starts_with("错误：") && said.contains("提示："), "{ran}");
        assert_eq!(ran.out(), "", "{ran}");
    }
    assert!(refused > 400, "{refused}");
}

#[test]
fn wrong_words_are_answered_with_what_would_be_right() {
    let desk = Desk::nowhere();
    for (line, told, hint) in [
        ("lst", "no command “lst”", "did you mean list? See docket --help"),
        ("show x --note y", "docket show takes no --note", "see docket show --help"),
        ("people lst", "no command “lst”", "did you mean list? See docket people --help"),
        (
            "people",
            "docket people needs a command",
            "one of: list, add, change, retire, rejoin; see",
        ),
        ("list --limt 3", "no option --limt", "did you mean --limit? See docket list --help"),
        ("--lang en customer add", "missing argument: <ID>", "see docket customer add --help"),
        ("log a b", "unexpected argument “b”", "see docket log --help"),
        ("list --kind", "--kind <KIND> needs a value", "see docket list --help"),
        ("list --kind x", "“x” is not a valid value for --kind", "one of: request, fault"),
        ("list --csv --csv", "--csv can be given only once", "see docket list --help"),
        ("escalate x --tier y", "--tier: “y” is not a whole number", "see docket escalate --help"),
        ("amend x --set y", "--set takes FIELD=VALUE, not “y”", "see docket amend --help"),
        ("due --within y", "--within: “y” is not a duration: write 90m", "see docket due --help"),
        ("people add Z", "<ID>: “Z” is not an id like zhang", "small letters and digits"),
        ("--lang zh-CN lst", "没有命令“lst”", "是否指 list？详见 docket --help"),
        ("--lang zh-CN list --bogus", "没有选项 --bogus", "详见 docket list --help"),
        ("--lang zh-CN customer add", "缺少参数：<编号>", "详见 docket customer add --help"),
        (
            "--lang zh-CN list --kind x",
            "--kind 的值无效：“x”",
            "可用：服务请求 request、故障 fault",
        ),
        (
            "--lang zh-CN ack x --reply-by 下周",
            "不是时间：“下周”（例：17:00、下午 5 点半、+2h",
            "docket help times 列出时间的各种写法；详见 docket ack --help",
        ),
    ] {
        let line = if line.contains("csv") { format!("{line} --json") } else { line.to_owned() };
        desk.at("09:00").run(&line).usage(told).and(hint);
    }
    let told = desk.at("09:00").run("customer add --json --lang zh-CN").err();
    let told: Value = serde_json::from_str(&told).unwrap();
    assert_eq!(told["missing"][0]["flag"], "ID", "{told}");
    assert_eq!(told["missing"][0]["field"], "编号", "{told}");
}

#[test]
fn help_speaks_as_asked_else_as_the_person_does_else_as_the_desk() {
    let desk = Desk::nowhere();
    desk.at("08:00").by("zhang").run("init --lang zh-CN").succeeds();
    let usage = |line: &str, locale: &str| {
        let ran = desk.at("09:00").env("LANG", locale).run(line).succeeds();
        ran.out().contains("用法：docket ack")
    };
    assert!(usage("ack -h", "C.UTF-8"), "the desk's");
    assert!(!usage("ack -h", "en_GB.UTF-8"), "the person's");
    assert!(!usage("ack -h --lang en", "zh_CN.UTF-8"), "as asked behind the verb");
    assert!(usage("--lang=zh-CN ack --help", "en_GB.UTF-8"), "as asked before it");
    let out = desk.home();
    let ran = desk.at("09:00").in_dir(&out).run(["-C", "../desk", "lst"]);
    assert!(ran.err().starts_with("错误：没有命令"), "{ran}");
    let words = format!("help ack --lang zh-CN -C {}", out.display());
    desk.at("09:00").run(&words).says("用法：docket ack");
}

#[test]
fn a_general_flag_is_shown_where_it_is_heeded_and_refused_elsewhere() {
    let desk = Desk::new();
    let id = desk.fault();
    for (command, shown, hidden) in [
        ("ack", &["--at", "--note", "--branch", "--namesake", "--no-input", "--json"][..], &[][..]),
        ("route", &["--at", "--no-input"], &["--namesake"]),
        ("list", &["--json", "--lang", "-C"], &["--at", "--note", "--branch", "--no-input"]),
        ("show", &["--no-input"], &["--at", "--note", "--branch"]),
        ("sla explain", &["--no-input"], &["--at", "--note", "--branch"]),
        ("people add", &["--branch", "--no-input"], &["--at", "--note", "--namesake"]),
        ("survey due", &["--json"], &["--note"]),
        ("check", &["--json"], &["--branch", "--edit"]),
    ] {
        for length in ["-h", "--help"] {
            let help = desk.at("09:00").run(&format!("{command} {length} --lang en")).out();
            let general = help.split("General options:").nth(1).unwrap();
            for flag in shown {
                assert!(general.contains(flag), "{command} {length}: no {flag} in {general}");
            }
            for flag in hidden {
                assert!(!general.contains(flag), "{command} {length}: {flag} in {general}");
            }
        }
        for flag in hidden.iter().filter(|flag| **flag != "--no-input") {
            let value = if *flag == "--edit" { "" } else { "x" };
            let line = match command {
                "route" => format!("route {id} --to li --reason x {flag} {value}"),
                "people add" => {
                    "people add x --name x --email x --role agent ".to_owned() + flag + " now"
                }
                command => {
                    format!("{command} {flag} {}", if *flag == "--at" { "now" } else { value })
                }
            };
            let told = format!("docket {command} takes no {flag}");
            desk.at("09:30").by("chen").run(&format!("{line} --lang en")).usage(&told);
        }
    }
}

#[test]
fn the_language_is_asked_for_else_the_persons_else_the_desks_and_paper_speaks_the_desks() {
    let desk = Desk::new();
    let speaks = |line: &str, variables: &[(&str, &str)]| {
        let run = desk.at("09:00").by("chen");
        let run = variables.iter().fold(run, |run, (name, value)| run.env(name, value));
        let said = run.run(line).succeeds().out();
        if said.contains("尚未") || said.contains("没有") || said.contains("客户服务请求记录跟踪表")
        {
            "zh"
        } else {
            "en"
        }
    };
    let settings = |lang: &str| {
        let path = desk.home().join(format!("{lang}.gitconfig"));
        fs::write(&path, format!("[docket]\n\tlang = {lang}\n")).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (zh, en) = (settings("zh-CN"), settings("en"));
    let included = desk.home().join("included.gitconfig");
    fs::write(&included, format!("[include]\n\tpath = {zh}\n")).unwrap();
    let included = included.to_str().unwrap();
    // the desk is English
    for (variables, told) in [
        (&[][..], "en"),
        (&[("LANG", "zh_CN.UTF-8")], "zh"),
        (&[("LC_ALL", "C"), ("LANG", "zh_CN.UTF-8")], "en"),
        (&[("LC_MESSAGES", "zh_CN.UTF-8"), ("LANG", "en_GB.UTF-8")], "zh"),
        (&[("LANG", "POSIX")], "en"),
        (&[("LANG", "en_GB.UTF-8"), ("GIT_CONFIG_GLOBAL", &zh)], "zh"),
        (&[("LANG", "zh_CN.UTF-8"), ("GIT_CONFIG_GLOBAL", &en)], "en"),
        (&[("GIT_CONFIG_GLOBAL", included)], "zh"),
        (
            &[
                ("GIT_CONFIG_COUNT", "1"),
                ("GIT_CONFIG_KEY_0", "docket.lang"),
                ("GIT_CONFIG_VALUE_0", "zh-CN"),
            ],
            "zh",
        ),
        (&[("DOCKET_LANG", "zh-CN"), ("GIT_CONFIG_GLOBAL", &en)], "zh"),
        (&[("DOCKET_LANG", "en"), ("LANG", "zh_CN.UTF-8")], "en"),
    ] {
        assert_eq!(speaks("", variables), told, "{variables:?}");
        assert_eq!(speaks("report register", variables), "en", "{variables:?}");
        assert_eq!(speaks("report register --lang zh-CN", variables), "zh", "{variables:?}");
        assert_eq!(speaks("--lang zh-CN", variables), "zh", "{variables:?}");
        let ran = desk.at("09:00").by("chen");
        let ran = variables.iter().fold(ran, |run, (name, value)| run.env(name, value)).run("lst");
        assert_eq!(ran.err().starts_with("错误"), told == "zh", "{ran}");
    }
    // what a clone brings along is nobody's own
    desk.git(["config", "docket.lang", "zh-CN"]);
    assert_eq!(speaks("", &[]), "en");
    assert_eq!(speaks("", &[("GIT_CONFIG_GLOBAL", included), ("DOCKET_LANG", "en")]), "en");
    let ran = desk.at("09:00").by("chen").env("DOCKET_LANG", "fr").run("list");
    ran.usage("DOCKET_LANG: “fr” is not a known language: en or zh-CN");
}

#[test]
fn the_short_help_fits_a_screen_and_the_long_one_of_a_step_shows_how_to_type_it() {
    let desk = Desk::nowhere();
    // `docket help` is the long help of docket
    for command in commands(&desk).into_iter().filter(|command| command != "help") {
        for lang in ["en", "zh-CN"] {
            let line = format!("{command} -h --lang {lang}");
            let short = desk.at("09:00").env("COLUMNS", "80").run(&line).out();
            assert!(short.lines().count() <= 24, "{line}: {short}");
        }
    }
    let open = desk.at("09:00").env("COLUMNS", "80").run("open -h").out();
    assert!(open.contains("--customer <CUSTOMER>  ") && open.contains("--remedy, "), "{open}");
    for step in ["ack", "route", "accept", "respond", "hold", "escalate", "confirm", "close"] {
        let long = desk.at("09:00").run(&format!("{step} --help")).says("Examples").out();
        assert!(long.contains(&format!("  docket {step} 7k3qx")), "{long}");
    }
}

#[test]
fn the_short_help_begins_with_the_options_that_have_a_letter() {
    let desk = Desk::nowhere();
    for command in ["call", "open", "report", "ack"] {
        let short = desk.at("09:00").run(&format!("{command} -h --lang en")).succeeds().out();
        let options = short.split("Options:\n").nth(1).unwrap_or_default().lines();
        let options = options.take_while(|line| line.starts_with(' ')).map(str::trim);
        let terms: Vec<_> = options.filter(|line| line.starts_with('-')).collect();
        let has_letter = |term: &&&str| !term.starts_with("--");
        let lettered = terms.iter().filter(has_letter).count();
        assert_eq!(lettered > 0, command != "ack", "{short}");
        assert_eq!(terms.iter().take_while(has_letter).count(), lettered, "{short}");
    }
    let ack = desk.at("09:00").run("ack --help --lang en").succeeds().out();
    let ack = ack.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(ack.contains("a promise; see docket help times"), "{ack}");
}

#[test]
fn every_verb_has_an_example_and_every_flag_a_line_that_explains_it() {
    let desk = Desk::nowhere();
    for command in commands(&desk).iter().filter(|command| !command.is_empty()) {
        let words = format!("{command} --help --lang en");
        let help = desk.at("09:00").env("COLUMNS", "300").run(&words).succeeds().out();
        let (flags, examples) = help.split_once("\nExamples:\n").unwrap_or((&help, ""));
        let is_group = help.contains("\nCommands:\n");
        let shows = |line: &str| line.trim().starts_with("docket ");
        assert!(is_group || examples.lines().any(shows), "no example: {help}");
        for line in flags.lines().map(str::trim).filter(|line| line.starts_with("--")) {
            let explained = line.split_once("  ").map(|(_, meaning)| meaning.trim());
            assert!(explained.is_some_and(|it| it.len() > 3), "{command}: {line}");
        }
    }
}

/// The topics, as `docket help` names them below everything else.
fn topics(desk: &Desk, lang: &str) -> Vec<String> {
    let help = desk.at("09:00").run(&format!("help --lang {lang}")).succeeds().out();
    let line = help.trim_end().lines().last().unwrap();
    let (_, topics) = line.split_once([':', '：']).unwrap();
    let topics: Vec<_> = topics.split([',', '、']).map(|topic| topic.trim().to_owned()).collect();
    let short = desk.at("09:00").run(&format!("-h --lang {lang}")).succeeds().out();
    assert!(short.contains(line), "{short}");
    topics
}

#[test]
fn every_topic_that_help_names_is_told_in_both_languages() {
    let desk = Desk::nowhere();
    for (lang, others) in [("en", "zh-CN"), ("zh-CN", "en")] {
        let topics = topics(&desk, lang);
        assert_eq!(topics, ["procedure", "findings", "times", "languages", "identity"]);
        for topic in topics {
            let told =
                desk.at("09:00").run(&format!("help {topic} --lang {lang}")).succeeds().out();
            let other = desk.at("09:00").run(&format!("help {topic} --lang {others}")).out();
            assert!(told.lines().count() > 5 && told != other, "{told}");
            if ["languages", "identity"].contains(&&*topic) {
                let widest = told.lines().map(unicode_width::UnicodeWidthStr::width).max();
                let (rows, widest) = (told.lines().count(), widest.unwrap());
                assert!(widest <= 80 && rows <= 40, "{widest} columns, {rows} rows: {told}");
                assert!(lang == "en" || english(&told).is_empty(), "{:?}", english(&told));
            }
        }
    }
}

#[test]
fn a_topic_is_found_by_its_name_in_either_language_and_a_finding_by_its_code() {
    let desk = Desk::nowhere();
    for (typed, told) in [
        ("help 身份", "user.email"),
        ("help 语言", "DOCKET_LANG"),
        ("help Languages", "DOCKET_LANG"),
        ("help A31", "A31 error"),
        ("help h01", "H01 error"),
        ("help findings a31", "A31 error"),
        ("help Ａ３１", "A31 error"),
        ("help --lang en A31", "A31 error"),
        ("help --color never languages", "DOCKET_LANG"),
    ] {
        desk.at("09:00").run(typed).says(told);
    }
    let one = desk.at("09:00").run("help A31 --json").json();
    assert_eq!(one["findings"].as_array().unwrap().len(), 1, "{one}");
    for (typed, told) in [
        ("help identty", "did you mean help identity?"),
        ("help lst", "did you mean list?"),
        ("help assign", "docket route"),
        ("help 天气", "one of: docket help procedure, docket help findings, docket help times"),
        ("--lang zh-CN help 天气", "可用：docket help procedure、docket help findings"),
        ("help A99", "one of: A01, A02"),
    ] {
        desk.at("09:00").run(typed).usage(told);
    }
}
