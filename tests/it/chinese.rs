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
        let asks = [".text(", ".time(", ".term(", ".choice(", ".miss("];
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
    let id = desk.fault_in("in_progress");
    for (line, asked) in [
        ("promise ID", ["承诺时间（时间）", "承诺对象（--to）", "承诺内容（--what）"].as_slice()),
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
        let line = format!("{} --no-input --lang zh-CN", line.replace("ID", &id));
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
                let is_comment = line.trim_start().starts_with(['/', '#']) && end != "md";
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

fn gather(dir: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            gather(&path, paths);
        } else {
            paths.push(path);
        }
    }
}
