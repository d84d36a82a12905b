//! The commands that an answer prints, each typed as it stands, by whom it names, on a copy of the desk.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::desk::Desk;

/// What stands for a value in a command, behind which verb, and a value.
const FILLINGS: &[(&str, &str, &str)] = &[
    ("people add", "ID", "bob"),
    ("people add", "编号", "bob"),
    ("people add", "NAME", "'Bob Fu'"),
    ("people add", "姓名", "'Bob Fu'"),
    ("", "CODE", "fixed"),
    ("", "CUSTOMER", "ACME"),
    ("", "EMAIL", "bob@example.com"),
    ("", "GRADE", "4"),
    ("", "ID", "chen"),
    ("", "NAME", "'Ms Wang'"),
    ("", "PERSON", "zhang"),
    ("", "TEXT", "'a text'"),
    ("", "TIME", "18:00"),
    ("", "TITLE", "'Printer jams'"),
    ("", "ZONE", "Asia/Tokyo"),
    ("", "人员", "zhang"),
    ("", "姓名", "'Ms Wang'"),
    ("", "客户", "ACME"),
    ("", "标题", "'Printer jams'"),
    ("", "时区", "Asia/Tokyo"),
    ("", "文本", "'a text'"),
    ("", "时间", "18:00"),
    ("", "理由", "'a text'"),
    ("", "等级", "4"),
    ("", "结论", "fixed"),
    ("", "编号", "chen"),
    ("", "邮箱", "bob@example.com"),
];

/// What a sentence says of a command, right behind it.
const SPEAKS: [&str; 6] = ["asks", "explains", "finds", "lists", "logs", "shows"];

/// Who works at the desk of the tests, by id and name; the first leads it.
const TEAM: [(&str, &str); 4] =
    [("zhang", "zhang"), ("chen", "陈静"), ("li", "李雷"), ("wu", "Wu Gang")];

/// What an answer advises, and to whom.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Advice {
    who: String,
    /// With values for what stands for one.
    command: String,
    /// The line that was refused to somebody else: whoever is named is not sent on to a third.
    is_same: bool,
}

impl Advice {
    /// Why it does not help at this desk, if it does not; the desk stays as it is.
    pub(crate) fn fails(&self, desk: &Desk, time: &str) -> Option<String> {
        let copy = desk.copy();
        let ran = copy.at(time).by(&self.who).run(&self.command);
        let is_good = match ran.status() {
            Some(0) => true,
            Some(1) if self.is_same => ran.err().lines().all(|line| others(line).is_empty()),
            _ => false,
        };
        (!is_good).then(|| format!("{} is told to type {ran}", self.who))
    }
}

/// What an answer advises to whoever typed this line.
pub(crate) fn advised(answer: &str, who: &str, line: &str) -> BTreeSet<Advice> {
    let hint = match serde_json::from_str::<Value>(answer) {
        Ok(json) => json["hint"].as_str().unwrap_or_default().to_owned(),
        Err(_) => answer.to_owned(),
    };
    let is_error = |line: &&str| line.starts_with("error") || line.starts_with("错误");
    let mut found = BTreeSet::new();
    for hint in hint.lines().filter(|line| !is_error(line)) {
        for (at, name) in hint.match_indices("docket ") {
            let before = hint[..at].chars().next_back();
            let is_name = before.is_none_or(|c| !c.is_ascii_alphanumeric());
            if let Some(command) = command(&hint[at + name.len()..]).filter(|_| is_name) {
                found.insert(Advice { who: doer(&hint[..at], who), command, is_same: false });
            }
        }
        for other in others(hint) {
            let (who, command) = (other.to_owned(), line.to_owned());
            found.insert(Advice { who, command, is_same: true });
        }
    }
    found
}

/// The command that a text begins with, behind the name of the program; none where it only names it.
fn command(text: &str) -> Option<String> {
    let ends = |(at, c): &(usize, char)| {
        let behind = &text[at + c.len_utf8()..];
        ",;；，。、)）？|：".contains(*c)
            || ".:".contains(*c) && (behind.is_empty() || behind.starts_with(' '))
    };
    let end = text.char_indices().find(ends).map_or(text.len(), |(at, _)| at);
    let said: Vec<&str> = text[..end].split_whitespace().collect();
    let is_word = |word: &&&str| {
        let is_filled = FILLINGS.iter().any(|(_, placeholder, _)| placeholder == *word);
        !SPEAKS.contains(*word) && *word != &"or" && (word.is_ascii() || is_filled)
    };
    let words: Vec<&str> = said.iter().take_while(is_word).copied().collect();
    let is_described = words.len() < said.len() || text[end..].starts_with([':', '：']);
    match words[..] {
        [] => None,
        // what a sentence says of a verb is not the whole command
        [verb] if is_described && !verb.starts_with('-') => Some(format!("{verb} --help")),
        _ => Some(filled(&words)),
    }
}

/// A command with values for what stands for one.
pub(crate) fn filled(words: &[&str]) -> String {
    let line = words.join(" ");
    let value = |word: &str| {
        let of = |(verb, placeholder, _): &&(&str, &str, &str)| {
            *placeholder == word && line.starts_with(verb)
        };
        FILLINGS.iter().find(of).map_or(word, |(.., value)| value).to_owned()
    };
    words.iter().map(|word| value(word)).collect::<Vec<_>>().join(" ")
}

/// Who is to type a command, by the words before it, else who asked.
fn doer(before: &str, who: &str) -> String {
    let of_desk = if who == "chen" { "zhang" } else { "chen" };
    let named = [
        ("the desk ".to_owned(), of_desk),
        ("of the desk ".to_owned(), of_desk),
        ("服务台".to_owned(), of_desk),
        ("a team lead ".to_owned(), "zhang"),
        ("服务团队负责人".to_owned(), "zhang"),
    ];
    let by_name = TEAM.iter().flat_map(|(id, name)| {
        let said = [format!("{name} does it"), format!("由{name}操作"), format!("（{id}）操作")];
        said.map(|said| (said, *id))
    });
    let all = named.into_iter().chain(by_name);
    let last = all.filter_map(|(words, id)| Some((before.rfind(&words)?, id))).max();
    last.map_or(who, |(_, id)| id).to_owned()
}

/// Those who are to type the same line instead.
fn others(hint: &str) -> Vec<&'static str> {
    let between = [
        ("let one of them do it: ", None),
        ("请由以下人员之一操作：", None),
        ("let ", Some(" do it, or the desk")),
        ("请由", Some("操作，或由服务台")),
    ];
    let text = between.iter().find_map(|(from, to)| {
        let text = hint.split_once(from)?.1;
        to.map_or(Some(text), |to| Some(text.split_once(to)?.0))
    });
    let text = text.unwrap_or_default();
    let words: Vec<&str> = text.split(|c: char| !c.is_ascii_alphanumeric()).collect();
    TEAM.iter().map(|(id, _)| *id).filter(|id| words.contains(id)).collect()
}

#[test]
fn the_commands_of_a_hint_are_read_out_of_its_sentence_with_who_types_them() {
    for (hint, who, command) in [
        ("docket ack 7k3qx --reply-by TIME", "wu", "ack 7k3qx --reply-by 18:00"),
        ("the desk does it: docket close 7k3qx", "chen", "close 7k3qx"),
        ("由李雷操作：docket resume 7k3qx", "li", "resume 7k3qx"),
        ("用 docket people list 查看各人的角色", "wu", "people list"),
        ("docket resolve: Record the result", "wu", "resolve --help"),
        ("did you mean list? See docket --help", "wu", "--help"),
        ("docket list --all shows all records", "wu", "list --all"),
        ("请由以下人员之一操作：zhang", "zhang", "typed"),
        ("let li do it, or the desk routes it: somehow", "li", "typed"),
    ] {
        let advised = advised(hint, "wu", "typed");
        let found: Vec<_> = advised.iter().map(|it| (&*it.who, &*it.command)).collect();
        assert_eq!(found, [(who, command)], "{hint}");
    }
    assert!(advised("error: docket list failed\nhint: none", "wu", "typed").is_empty());
}
