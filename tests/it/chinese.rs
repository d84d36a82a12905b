//! Chinese on the screen: it asks for what is meant, in the signs that Chinese is written with.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use crate::desk::Desk;

#[test]
fn a_label_asks_for_one_field_alone() {
    let mut flags = BTreeMap::<String, BTreeSet<String>>::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/commands");
    let mut paths = Vec::new();
    gather(&root, &mut paths);
    for path in paths {
        let code = fs::read_to_string(&path).unwrap();
        let asks = [".text(", ".line(", ".time(", ".term(", ".choice(", ".miss("];
        for call in asks.iter().flat_map(|asks| code.split(asks).skip(1)) {
            let call = call.split(';').next().unwrap_or_default();
            let flag = call.split('"').nth(1).filter(|flag| flag.starts_with("--") || *flag == "T");
            let label = call.split("Label::").nth(1);
            let label = label.and_then(|rest| rest.split(|c: char| !c.is_alphanumeric()).next());
            if let (Some(flag), Some(label)) = (flag, label) {
                flags.entry(label.to_owned()).or_default().insert(flag.to_owned());
            }
        }
    }
    assert!(flags.len() > 35, "only {flags:?}");
    let shared: Vec<_> = flags.iter().filter(|(_, flags)| flags.len() > 1).collect();
    assert!(shared.is_empty(), "labels of several flags: {shared:?}");
}

#[test]
fn each_field_that_is_missing_is_asked_for_by_its_own_name() {
    let desk = Desk::new();
    for (line, asked) in [
        ("promise ID", ["承诺时间、", "承诺对象（--to）", "承诺内容（--what）"].as_slice()),
        ("settle ID", &["要保留的事件（--keep）"]),
        ("route ID", &["受理责任人（--to）"]),
        ("escalate ID", &["通报对象（--to）"]),
        ("handover ID", &["接手人（--to）"]),
        ("pend ID", &["挂起原因（--reason）"]),
        (
            "extend ID",
            &["技术解决方案（--plan）", "同意的客户（--consent）", "征得同意的方式（--method）"],
        ),
        ("confirm ID", &["回访对象（--with）"]),
        ("survey record ID", &["答复人（--by）"]),
        ("cancel ID", &["误登原因（--mistake）"]),
        ("remark 音乐太吵", &["remark 还缺", "客户是否要求答复（--wants-reply）"]),
    ] {
        // what stands against the step of a record would be said first
        let line = format!("{} --no-input --lang zh-CN", line.replace(" ID", ""));
        let mut ran = desk.at("10:30").by("zhang").run(&line).usage("还缺");
        for asked in asked {
            ran = ran.and(asked);
        }
    }
}

/// What is typed or written so, beside Chinese characters.
const SYNTAX: &[&str] = &["service:文本", "openpgp:指纹", "`!名称`", "“键: 值”"];

#[test]
fn chinese_is_written_with_the_signs_of_chinese() {
    let mut faults = Vec::new();
    for (place, text) in chinese_texts() {
        let text = SYNTAX.iter().fold(text, |text, syntax| text.replace(syntax, ""));
        let signs: Vec<char> = text.chars().collect();
        for (nth, pair) in signs.windows(2).enumerate() {
            let [one, two] = [pair[0], pair[1]];
            let half = |c: char| ",:;?!()".contains(c);
            let after = signs.get(nth + 2).copied().unwrap_or_default();
            let is_wrong = half(one) && han(two)
                || han(one) && half(two)
                || han(one) && two == '…' && after != '…'
                || han(one) && two.is_ascii_alphanumeric()
                || one.is_ascii_alphanumeric() && han(two);
            if is_wrong {
                let around: String = signs[nth.saturating_sub(8)..].iter().take(20).collect();
                faults.push(format!("{place}: {around}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Every Chinese text that comes with docket: sentences, labels, templates, rules and the sample.
fn chinese_texts() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut texts = Vec::new();
    for folder in ["src/words/zh", "templates/zh-CN", "src/store/defaults", "src/commands/demo"] {
        let mut paths = Vec::new();
        gather(&root.join(folder), &mut paths);
        for path in paths {
            let end = path.extension().unwrap_or_default().to_str().unwrap().to_owned();
            for (nth, line) in fs::read_to_string(&path).unwrap().lines().enumerate() {
                let line = line.trim_start();
                let is_comment = line.starts_with(['/', '#']) && end != "md";
                let is_comment = is_comment && !line.starts_with("#zh-CN");
                let line = match end.as_str() {
                    _ if is_comment => continue,
                    "rs" => line.split('"').skip(1).step_by(2).collect::<Vec<_>>().join("  "),
                    _ => line.to_owned(),
                };
                texts.push((format!("{}:{}", path.display(), nth + 1), line));
            }
        }
    }
    assert!(texts.iter().filter(|(_, text)| text.chars().any(han)).count() > 1_000);
    texts
}

fn han(c: char) -> bool {
    matches!(u32::from(c), 0x3400..=0x9fff)
}

/// Whether a file is a picture, as the demo attaches.
pub(crate) fn is_picture(path: &Path) -> bool {
    path.extension().is_some_and(|end| end == "jpg" || end == "png")
}

fn gather(dir: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            gather(&path, paths);
        } else if !is_picture(&path) {
            paths.push(path);
        }
    }
}

#[test]
fn another_word_for_a_value_is_understood() {
    let desk = Desk::new();
    let id = desk.at("09:00").by("chen").run(
        "open 事件 打印机卡纸 --channel 微信 --customer 宏远 --name 王敏 --phone 13800000000 \
         --reported 卡纸 --need 打印 --category hardware --expected-by 无 --occurred-at 不详",
    );
    let intake = &desk.record(&id.id())["intake"];
    assert_eq!((&intake["kind"], &intake["channel"]), (&"fault".into(), &"im".into()));
    let at = || desk.at("09:10").by("chen");
    at().run("list --channel 企业微信 --lang zh-CN").says("打印机卡纸");
    at().run("list --channel 邮箱 --lang zh-CN").succeeds().and("没有找到记录");
    let new = Desk::new();
    for (line, said) in
        [("contact list", "没有找到联系人"), ("customer list --unlisted", "没有找到客户")]
    {
        new.at("09:10").run(&format!("{line} --lang zh-CN")).succeeds().and(said);
    }
    at().run("list --channel 飞鸽 --lang zh-CN").refuses("没有渠道“飞鸽”");
    at().run("report 考核指标 --lang zh-CN").says("# 服务台工作考核指标");
    at().run("report 客户服务记录跟踪表 --lang zh-CN").says("# 客户服务请求记录跟踪表");
    at().run("help 流程 --lang zh-CN").says("可操作角色");
}

#[test]
fn a_report_of_one_record_asks_for_its_number() {
    let desk = Desk::new();
    for form in ["request", "complaint-form"] {
        let asked = format!("report {form} 还缺：记录编号\n");
        desk.at("09:10").run(&format!("report {form} --lang zh-CN")).usage(&asked);
    }
}

#[test]
fn nothing_stands_in_empty_brackets_or_before_them() {
    let desk = Desk::new();
    let fault = desk.fault_in("acknowledged");
    let at = || desk.at("2026-11-27 10:00").by("zhang");
    for line in ["calendar show --month 2026-10", "report daily", "report handover", "due"] {
        let said = at().run(&format!("{line} --lang zh-CN")).succeeds().out();
        assert!(!said.contains("（）") && !said.contains(" （") && !said.contains(" ；"), "{said}");
    }
    at().run("report service --lang zh-CN").says("# 2026 年 11 月服务报告\n");
    at().run(&format!("route {fault} --to li --reason 需到现场 --lang zh-CN"))
        .says("（Network group）");
}

#[test]
fn a_refusal_calls_people_by_their_names() {
    let desk = Desk::new();
    let id = desk.fault_in("routed");
    let at = |who| desk.at("10:30").by(who);
    at("chen").run(&format!("accept {id} --respond-by +1h --lang zh-CN")).refuses("（chen）");
    at("zhang").run(&format!("resume {id} --lang zh-CN")).refuses("（chen）于 ");
    at("li")
        .run("people retire li --reason 离职 --to zhang --lang zh-CN")
        .refuses("（li）无权操作");
}

#[test]
fn the_rules_of_a_chinese_desk_are_explained_in_chinese() {
    let desk = Desk::nowhere();
    desk.at("09:00").run("init 服务台 --name 运维服务台 --lang zh-CN").succeeds();
    let mut files = vec![desk.path("服务台/docket.yaml")];
    gather(&desk.path("服务台/policy"), &mut files);
    assert!(files.len() > 8);
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let head = text.lines().next().unwrap();
        assert!(head.starts_with("# ") && head.chars().any(han), "{}: {head}", file.display());
        assert!(!text.contains("#zh-CN") && !text.contains("#en"), "{}", file.display());
    }
}

#[test]
fn faults_and_choices_are_named_in_chinese() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    desk.at("10:00").by("zhang").run(&format!("fulfil {id}")).succeeds();
    desk.write("days.json", "{\"year\": }");
    for (line, said) in [
        ("promise ID 2020-01-01 --to 王敏 --what 回电", "时间 2020-01-01 23:59 须晚于操作时间"),
        ("fulfil ID 9", "不能记录承诺兑现：没有待兑现的承诺"),
        ("remark 太吵 --wants-reply 也许", "可用：是 yes、否 no"),
        ("list --state 也许", "可用：未完结 unfinished、已登记 open"),
        ("calendar import days.json", "也不是 iCalendar：第 1 行第 10 列：此处不是 JSON 的值"),
        ("audit --expect-head docket.yaml", "docket.yaml：不含 --record-head 写入的提交名称"),
    ] {
        let line = format!("{} --lang zh-CN", line.replace("ID", &id));
        let ran = desk.at("10:30").by("zhang").run(&line);
        assert!(ran.err().contains(said), "{line}: {}", ran.err());
    }
}

#[test]
fn a_record_is_shown_without_repetition() {
    let desk = Desk::new();
    let id = desk.fault_in("resolved");
    let line =
        format!("confirm {id} --with '王敏' --satisfaction 1 --comment 又坏了 --method phone");
    desk.at("14:00").by("chen").run(&line).succeeds();
    let complaint = desk.at("14:05").run("list --kind complaint --json").json();
    let complaint = complaint["records"][0]["id"].as_str().unwrap().to_owned();
    let shown = desk.at("14:05").run(&format!("show {complaint} --lang zh-CN")).succeeds().out();
    assert_eq!(shown.matches("由回访或调查引发").count(), 1, "{shown}");
    assert!(!shown.contains("责任人承诺时限"), "{shown}");
}

#[test]
fn a_log_names_the_steps() {
    let desk = Desk::new();
    let id = desk.fault_in("routed");
    let log = desk.at("10:00").run(&format!("log {id} --lang zh-CN")).succeeds().out();
    for step in ["登记", "受理", "转派"] {
        assert!(log.contains(&format!("  {step}")), "{step}: {log}");
    }
}

#[test]
fn names_times_and_lengths_stand_in_a_chinese_sentence_as_they_should() {
    let desk = Desk::new();
    let id = desk.fault_in("acknowledged");
    desk.at("09:20").by("chen").run(&format!("route {id} --to wu --reason x")).succeeds();
    let told = |who: &str, words: &str, told: &str| {
        let line = format!("{} --lang zh-CN", words.replace("ID", &id));
        desk.at("10:30").by(who).run(&line).refuses(told);
    };
    told("li", "accept ID --respond-by +1h", "受理责任人是 Wu Gang（wu），不是李雷（li）");
    told("wu", "close ID", "：Wu Gang（wu）无权操作，须由");
    told("wu", "accept ID --respond-by +1h --at 09:30", "已超过 15 分钟，补录须说明原因");
    desk.at("10:31").by("wu").run(&format!("accept {id} --respond-by +1h")).succeeds();
    told("wu", "accept ID --respond-by +1h", "，由 Wu Gang（wu）于 10:31 操作");
}

#[test]
fn what_is_wrong_with_a_command_is_said_in_the_language_of_the_desk_though_it_was_not_opened() {
    let desk = Desk::nowhere();
    desk.at("08:00").by("zhang").run("init --lang zh-CN").succeeds();
    for line in [
        "report daly",
        "report daily --by unit",
        "report daily 1a2b3 2",
        "report request --customer ACME",
        "report kpi --offline",
        "list --at 09:00",
    ] {
        let said = desk.at("09:00").by("zhang").run(line).usage("");
        assert!(said.err().chars().any(han), "{line}: {said}");
        let said = desk.at("09:00").by("zhang").run(&format!("{line} --lang en")).usage("");
        assert!(!said.err().chars().any(han), "{line}: {said}");
    }
}
