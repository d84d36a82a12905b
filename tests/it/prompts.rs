//! Questions at a terminal: what is on the screen is what is saved, nothing typed is lost, and what
//! stands against a step is said before anything is asked.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    process::{Child, Command, Output, Stdio},
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    thread,
};

use serde_json::Value;
use unicode_width::UnicodeWidthStr as _;

use crate::{
    desk::{Desk, tail},
    terminal::{
        BACK, DELETE, DOWN, END, ENTER, ESCAPE, HOME, LEFT, PATIENCE, Typist, UP, ctrl, pasted,
        plain,
    },
};

fn at_terminal(desk: &Desk, who: &str, line: &str, columns: u16) -> Typist {
    Typist::at(desk.at("10:30").by(who).command(line), columns)
}

/// The last event of a record.
fn last(desk: &Desk, id: &str) -> Value {
    desk.record(id)["history"].as_array().unwrap().last().unwrap().clone()
}

/// What is typed, and what is saved; the prompt before it takes ten columns.
fn edits() -> Vec<(&'static str, String, String)> {
    let wide = "三楼打印机卡纸所有人都不能打印合同请尽快处理";
    let edge = format!("x{}", "纸".repeat(34));
    let long = wide.repeat(5);
    let text = |keys: &[&str]| keys.concat();
    vec![
        ("insert", text(&["打印机", LEFT, LEFT, "新"]), "打新印机".to_owned()),
        ("backspace", text(&["打印机卡纸", BACK, BACK, "坏了"]), "打印机坏了".to_owned()),
        ("delete", text(&["打印机", HOME, DELETE]), "印机".to_owned()),
        ("home and end", text(&["打印机", HOME, "新", END, "旧"]), "新打印机旧".to_owned()),
        ("^A ^E", text(&["打印机", &ctrl('a'), "新", &ctrl('e'), "旧"]), "新打印机旧".to_owned()),
        ("^W", text(&["三楼 打印机 卡纸", &ctrl('w'), "好"]), "三楼 打印机 好".to_owned()),
        ("^U", text(&["打印机", &ctrl('u'), "新"]), "新".to_owned()),
        (
            "^K ^Y",
            text(&["打印机", &ctrl('a'), &ctrl('k'), "新", &ctrl('y')]),
            "新打印机".to_owned(),
        ),
        ("a combining mark", text(&["ae\u{301}x", BACK, BACK, "印"]), "a印".to_owned()),
        (
            "paste",
            text(&["打", &pasted("印机\u{ff0c}卡纸"), "了"]),
            "打印机\u{ff0c}卡纸了".to_owned(),
        ),
        ("paste at the edge", text(&[&edge, &pasted("合同"), BACK]), format!("{edge}合")),
        ("past the edge", text(&[&edge, "合同", HOME, "新"]), format!("新{edge}合同")),
        ("longer than a line", text(&[&long, HOME, "在", END, BACK]), {
            let mut kept = format!("在{long}");
            kept.pop();
            kept
        }),
    ]
}

#[test]
fn what_is_on_the_screen_is_what_is_saved() {
    let desk = Desk::new();
    for (what, keys, saved) in edits() {
        let id = desk.fault();
        let mut typist = at_terminal(&desk, "chen", &format!("cancel {id} --lang zh-CN"), 80);
        let shown = format!("误登原因：{saved}");
        typist.sees("误登原因：").types(&keys).settles_on(&shown);
        let (status, _) = typist.types(ENTER).end();
        assert_eq!((status, last(&desk, &id)["mistake"].as_str()), (0, Some(&*saved)), "{what}");
    }
}

#[test]
fn a_call_is_asked_for_in_its_order_and_a_known_caller_is_filled_in() {
    let desk = Desk::new();
    desk.fault();
    let mut typist = at_terminal(&desk, "chen", "open", 80);
    for (asked, keys) in [
        ("contact:", "1381 234 1234"),
        ("site (none):", "三楼"),
        ("title:", "打印机卡纸"),
        ("reported (打印机卡纸):", ""),
        ("category (none):", "hard"),
        ("(none):", "A-1"),
        ("work has stopped (none):", "y"),
        ("need:", "尽快修好"),
        ("expected by (none):", "+2h"),
        ("channel:", "热线"),
    ] {
        typist.sees(asked).types(format!("{keys}{ENTER}"));
    }
    let (status, screen) = typist.end();
    assert_eq!(status, 0, "{screen}");
    assert!(screen.contains("known: ") && screen.contains("ACME"), "{screen}");
    let ids = desk.at("20:00").run("list --json").json();
    let record = ids.as_array().or(ids["records"].as_array()).unwrap().iter();
    let record = record.map(Value::to_string).find(|it| it.contains("打印机卡纸"));
    let record = record.unwrap_or_else(|| panic!("{ids}"));
    for saved in ["\"fault\"", "\"hotline\"", "尽快修好", "三楼", "\"hardware\"", "A-1"] {
        assert!(record.contains(saved), "no {saved} in {record}");
    }
    desk.is_honest();
}

#[test]
fn a_part_of_a_callers_name_is_answered_with_those_whom_the_desk_knows() {
    let desk = Desk::new();
    desk.fault();
    let call = |answers: &[(&str, &str)]| {
        let mut typist = at_terminal(&desk, "chen", "call", 80);
        let rest = ["title:", "reported (", "category (", "kind (", "stopped (", "expected by ("];
        let rest = rest.map(|asked| (asked, if asked == "title:" { "屏幕不亮\r" } else { ENTER }));
        for (asked, keys) in answers.iter().chain(&rest) {
            typist.sees(asked).types(keys);
        }
        let (status, screen) = typist.end();
        assert_eq!(status, 0, "{screen}");
        let contacts = desk.at("20:00").run("contact list --json").json();
        (screen, contacts["contacts"].as_array().unwrap().len())
    };
    let site = ("site (none):", ENTER);
    let new = [("customer:", "ACME\r"), ("phone (none):", ENTER), site];
    // the only one who may be meant is marked
    let (screen, contacts) = call(&[("contact:", "wang\r"), ("a new contact", ENTER), site]);
    assert!(screen.contains("known: ") && contacts == 1, "{screen}");
    let somebody_new = [[("contact:", "wang\r"), ("a new contact", DOWN), ("> a new", ENTER)], new];
    let (screen, contacts) = call(&somebody_new.concat());
    assert!(screen.contains("new contact C-") && contacts == 2, "{screen}");
    let (_, contacts) = call(&[("contact:", "ms wang\r"), site]);
    assert_eq!(contacts, 2);
    // two of one name, and a third
    let second = "call x -c ACME -n 'Ms Wang' --namesake 'floor 2'";
    desk.at("10:00").by("chen").run(second).succeeds();
    let third = [("contact:", "Ms Wang\r"), ("floor 2", UP), ("> a new", ENTER)];
    let apart = [("what tells them apart:", "floor 3\r")];
    let (screen, contacts) = call(&[&third[..], &apart, &new].concat());
    assert!(screen.contains("new contact C-") && contacts == 4, "{screen}");
    desk.is_honest();
}

#[test]
fn what_narrows_a_menu_stays_on_one_line() {
    let desk = Desk::new();
    let id = desk.fault();
    let mut typist = at_terminal(&desk, "chen", "ack", 40);
    let tail = tail(&id);
    typist.sees(&tail).types("打印机".repeat(30)).sees("nothing matches");
    let text = typist.text();
    assert_eq!(text.lines().count(), 2, "{text}");
    typist.types(ctrl('u')).sees(&format!("> {tail}")).types(ENTER).sees("reply by:").types(ESCAPE);
    let (status, screen) = typist.end();
    assert!(status == 2 && !screen.contains("打印机"), "{screen}");
}

#[test]
fn the_step_that_is_taken_back_is_of_the_record_that_one_picks() {
    let desk = Desk::new();
    let (first, second) = (desk.request(), desk.request());
    for (time, id) in [("10:20", &second), ("10:21", &first)] {
        desk.at(time).by("chen").run(&format!("ack {id} +2h")).succeeds();
    }
    let mut typist = at_terminal(&desk, "chen", "undo", 80);
    // the newest step is marked
    typist.sees(&format!("> {}", tail(&first))).types(DOWN);
    let (status, screen) = typist.sees(&format!("> {}", tail(&second))).types(ENTER).end();
    assert_eq!(status, 0, "{screen}");
    assert_eq!(desk.record(&first)["status"]["state"], "acknowledged");
    assert_eq!(desk.record(&second)["status"]["state"], "open");
}

#[test]
fn a_menu_takes_nothing_before_something_is_chosen() {
    let desk = Desk::new();
    let id = desk.fault_in("resolved");
    let mut typist = at_terminal(&desk, "chen", &format!("confirm {id}"), 80);
    typist.sees("with:").types("王小姐").types(ENTER);
    typist.sees("a new contact").types(ENTER).sees("please choose").types(UP).sees("> a new");
    typist.types(ENTER).sees("5 very satisfied").types(ENTER).sees("please choose");
    typist.types("没有").sees("nothing matches").types(ctrl('u')).sees("1 very").types("?");
    typist.sees("Grade from 5").types(DOWN).sees("> 5 very").types("基本满意").sees("> 3");
    let (status, screen) = typist.types(ENTER).end();
    assert_eq!(
        (status, last(&desk, &id)["satisfaction"].as_str()),
        (0, Some("basically_satisfied")),
        "{screen}"
    );
}

#[test]
fn what_stands_against_a_step_is_said_before_anything_is_asked() {
    let desk = Desk::new();
    let id = desk.fault();
    for (who, line, said) in [
        ("li", "accept ID", "cannot be accepted"),
        ("chen", "resolve ID", "cannot be resolved"),
        ("li", "ack ID", "agent"),
        ("chen", "ack zzzzz", "no record ZZZZZ"),
        ("nobody", "open", "nobody@example.com"),
    ] {
        let (status, screen) = at_terminal(&desk, who, &line.replace("ID", &id), 80).end();
        assert!(status != 0 && screen.contains(said), "{who} {line}: {status} {screen}");
        assert!(!screen.contains("to run again"), "{screen}");
    }
}

#[test]
fn without_a_terminal_what_stands_against_a_step_comes_before_what_is_missing() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    for (line, said) in [
        ("resolve ID 'cable replaced'", "李雷 (li) is responsible"),
        ("confirm ID", "it is in progress"),
    ] {
        let ran = desk.at("10:30").by("chen").run(&line.replace("ID", &id));
        assert!(ran.status() == Some(1) && ran.err().contains(said), "{ran}");
    }
    let ran = desk.at("10:30").by("li").run(&format!("hold {id}")).usage("--resume-by");
    assert!(ran.err().contains("--reason: waiting_customer, "), "the values are named: {ran}");
    let missing = desk.at("10:30").by("li").run(&format!("resolve {id} x --cause y --json"));
    assert!(missing.err().contains("\"values\"") && missing.err().contains("fixed"), "{missing}");
}

#[test]
fn a_time_that_has_passed_is_asked_again_and_nothing_typed_before_is_lost() {
    let desk = Desk::new();
    let id = desk.request();
    let mut typist = at_terminal(&desk, "chen", &format!("ack {id}"), 80);
    typist.sees("reply by:").types("yesterday\r").sees("must be in the future");
    typist.types("soonish\r").sees("is not a time").types("+1h\r");
    let (status, screen) = typist.end();
    assert_eq!(status, 0, "{screen}");
    assert_eq!(desk.record(&id)["status"]["state"], "acknowledged");
}

#[test]
fn what_was_typed_is_given_back_as_a_command_line() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    let mut typist = at_terminal(&desk, "li", &format!("resolve {id} --done-at +1h"), 120);
    typist.sees("result:").types("it's 换了").types(ENTER);
    typist.sees("cause:").types("磨损").types(ENTER);
    typist.sees("category of causes (none):").types(ENTER);
    typist.sees("code:").types("fixed").types(ENTER);
    let (status, screen) = typist.end();
    let line = format!(
        "docket resolve {id} --done-at +1h --result \"it's 换了\" --cause '磨损' --code fixed"
    );
    assert!(status == 1 && screen.contains(&line), "{screen}");
    let words = line.strip_prefix("docket ").unwrap();
    desk.at("10:31").by("li").run(&*words.replace("+1h", "10:25")).succeeds();
}

#[test]
fn who_leaves_finds_a_clean_screen_and_what_was_typed() {
    let desk = Desk::new();
    let id = desk.fault();
    for leave in [ESCAPE.to_owned(), ctrl('c')] {
        let mut typist = at_terminal(&desk, "chen", &format!("cancel {id}"), 80);
        typist.sees("wrong:").types("测试").sees("测试").types(&leave);
        let (status, screen) = typist.end();
        assert!(status == 2 && screen.contains("cancelled; nothing was changed"), "{screen}");
        assert!(!screen.contains("error:"), "{screen}");
        assert!(screen.contains(&format!("docket cancel {id} --mistake '测试'")), "{screen}");
        let mut typist = at_terminal(&desk, "chen", "ack", 80);
        typist.sees(&tail(&id)).types(&leave);
        let (status, screen) = typist.end();
        assert!(status == 2 && !screen.contains("to run again"), "{screen}");
        assert!(!screen.contains("ACME"), "the menu is left behind: {screen}");
    }
    assert_eq!(desk.record(&id)["status"]["state"], "open");
}

#[test]
fn a_record_left_out_is_picked_from_those_that_the_step_applies_to() {
    let desk = Desk::new();
    let (taken, open) = (desk.fault_in("in_progress"), desk.request());
    let mut typist = at_terminal(&desk, "chen", "ack", 80);
    typist.sees(&tail(&open));
    assert!(!typist.text().contains(&tail(&taken)), "{}", typist.text());
    // the only one is marked
    typist.sees("> ").types(ENTER).sees("by:").types("+30m").types(ENTER);
    let (status, screen) = typist.end();
    assert_eq!(
        (status, &desk.record(&open)["status"]["state"]),
        (0, &"acknowledged".into()),
        "{screen}"
    );
    let (status, screen) = at_terminal(&desk, "wu", "accept", 80).end();
    assert!(
        status == 1 && screen.contains("you can accept no record now: it has to be routed"),
        "{screen}"
    );
    for line in ["ack", "ack --no-input --lang zh-CN"] {
        let ran = desk.at("10:40").by("chen").run(line).usage("--reply-by");
        let named = ["record ID", "记录编号"].iter().any(|name| ran.err().contains(name));
        assert!(named, "{ran}");
    }
}

#[test]
fn who_sets_it_so_is_asked_nothing() {
    let desk = Desk::new();
    let mut command =
        desk.at("10:00").by("chen").command(["call", "No network", "-c", "ACME", "-n", "Wang"]);
    command.env("DOCKET_NO_INPUT", "1");
    let (status, text) = Typist::before(command, 80, 24).printout();
    assert!(status == 0 && plain(&text).contains("opened R-"), "{text}");
}

#[test]
fn what_was_answered_before_can_be_had_again() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    let mut typist = at_terminal(&desk, "li", &format!("resolve {id}"), 80);
    typist.sees("result:").types("更换交换机").types(ENTER).sees("cause:").types(UP);
    typist.settles_on("cause: 更换交换机").types(BACK).types(BACK).types(BACK).types("风扇");
    typist.settles_on("cause: 更换风扇").types(ENTER);
    typist
        .sees("category of causes (none):")
        .types(ENTER)
        .sees("code:")
        .types("fixed")
        .types(ENTER);
    let (status, screen) = typist.end();
    assert_eq!((status, last(&desk, &id)["cause"].as_str()), (0, Some("更换风扇")), "{screen}");
}

#[test]
fn a_terminal_that_only_prints_is_asked_line_by_line() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    let command = desk.at("10:30").by("li").command(&*format!("resolve {id}"));
    let mut typist = Typist::at_printer(command);
    typist.sees("result:").types("换了\n").sees("cause:").types("旧\n");
    typist.sees("category of causes (none):").types("power\n");
    typist.sees("workaround").types("?\n").sees("code:").types("fixed\n");
    let (status, screen) = typist.end();
    assert_eq!((status, last(&desk, &id)["code"].as_str()), (0, Some("fixed")), "{screen}");
}

/// A terminal of somebody else's, with a server of its own.
struct Tmux {
    server: String,
}

/// A command that runs in it, and a client that is told whenever its screen changes.
struct Session<'t> {
    tmux: &'t Tmux,
    client: Child,
    told: Receiver<String>,
}

impl Tmux {
    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new("tmux");
        command.args(["-L", &self.server, "-f", "/dev/null"]).args(words);
        command
    }

    fn run(&self, words: &[&str]) -> std::io::Result<Output> {
        self.command(words).output()
    }

    /// Runs a command in 80 columns.
    fn start(&self, command: &Command) -> Session<'_> {
        let told = command.get_envs().filter_map(|(name, value)| Some((name, value?)));
        let told = told.map(|(name, value)| format!("{}={}", name.display(), value.display()));
        let mut line = vec!["TERM=screen".to_owned()];
        line.extend(told);
        line.push(command.get_program().display().to_string());
        line.extend(command.get_args().map(|word| word.display().to_string()));
        let place = command.get_current_dir().unwrap().display().to_string();
        let size = ["-u", "new-session", "-d", "-s", "t", "-x", "80", "-y", "24", "-c", &place];
        let line = ["env", "-i"].into_iter().chain(line.iter().map(String::as_str));
        let words: Vec<&str> = size.into_iter().chain(line).collect();
        assert!(self.run(&words).unwrap().status.success());

        let mut client = self.command(&["-C", "attach", "-t", "t"]);
        let mut client = client.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (sender, told) = channel();
        let lines = BufReader::new(client.stdout.take().unwrap()).lines();
        thread::spawn(move || lines.map_while(Result::ok).try_for_each(|line| sender.send(line)));
        Session { tmux: self, client, told }
    }
}

impl Session<'_> {
    /// What stands on the screen, lines that go on beyond its edge as one.
    fn screen(&self) -> String {
        let captured = self.tmux.run(&["capture-pane", "-p", "-J", "-t", "t"]).unwrap();
        String::from_utf8(captured.stdout).unwrap()
    }

    fn types(&self, keys: &[&str]) {
        self.tmux.run(&[&["send-keys", "-t", "t"], keys].concat()).unwrap();
    }

    /// Waits until the screen shows a text.
    fn sees(&self, text: &str) {
        while !self.screen().replace('\n', "").contains(text) {
            let told = self.told.recv_timeout(PATIENCE);
            assert!(told.is_ok(), "{told:?}: no “{text}” on the screen:\n{}", self.screen());
        }
    }

    /// Waits until the command ends, and the terminal with it.
    fn ends(mut self) {
        let why = loop {
            if let Err(why) = self.told.recv_timeout(PATIENCE) {
                break why;
            }
        };
        assert_eq!(why, RecvTimeoutError::Disconnected, "{}", self.screen());
        self.client.wait().unwrap();
    }
}

impl Drop for Tmux {
    fn drop(&mut self) {
        let _ = self.run(&["kill-server"]);
    }
}

#[test]
fn another_terminal_shows_what_is_saved_too() {
    let tmux = Tmux { server: format!("docket-{}", std::process::id()) };
    if tmux.run(&["-V"]).is_err() {
        // past what keeps the output of a test that passes: .ci/run has tmux, a machine may lack it
        let told =
            "\nnot tried: tmux is not installed, so prompts were tried on one terminal only\n";
        std::io::stderr().write_all(told.as_bytes()).unwrap();
        return;
    }
    let desk = Desk::new();
    for (what, keys, saved) in edits() {
        let id = desk.fault();
        let line = format!("cancel {id} --lang zh-CN");
        let session = tmux.start(&desk.at("10:30").by("chen").command(&line));
        session.sees("误登原因：");
        session.types(&["-l", &keys]);
        session.sees(&format!("误登原因：{saved}"));
        session.types(&["Enter"]);
        session.ends();
        assert_eq!(last(&desk, &id)["mistake"].as_str(), Some(&*saved), "{what}");
    }
}

#[test]
fn a_record_that_a_step_names_is_picked_from_those_that_it_takes() {
    let desk = Desk::new();
    let id = desk.fault();
    let same = desk.fault();
    let call = "call other -c Globex -n Eve --quiet";
    let other = desk.at("10:00").by("chen").run(call).id();
    for (line, refused) in [("merge", vec![&id, &other]), ("link", vec![&id])] {
        let mut typist = at_terminal(&desk, "chen", &format!("{line} {id}"), 80);
        for other in refused {
            typist.sees(&tail(&same)).types(tail(other)).sees("nothing matches").types(ctrl('u'));
        }
        typist.sees(&tail(&same)).types(ESCAPE).end();
    }
    desk.at("10:00").by("chen").run(&format!("merge {same} --into {id} --reason x")).succeeds();
    let (_, screen) = at_terminal(&desk, "chen", &format!("merge {id}"), 80).end();
    assert!(screen.contains("there is no record that you can do this to now"), "{screen}");
}

#[test]
fn what_is_said_between_questions_keeps_to_the_terminal() {
    let desk = Desk::new();
    let known =
        "call 'No network' -c 'Northwind Trading and Shipping' -n 'Ms Wang' --phone 13812341234";
    desk.at("09:00").by("chen").run(known).succeeds();
    let mut typist = at_terminal(&desk, "chen", "call", 40);
    typist.types(format!("wang{ENTER}")).sees("which").types(ENTER);
    typist.sees("site").types(ctrl('c'));
    let (_, printed) = typist.printout();
    let said = plain(&printed);
    let known: Vec<_> = said.lines().skip_while(|line| !line.starts_with("known")).collect();
    assert!(known[0].width() <= 40 && known[1].starts_with("Shipping"), "{said}");
}
