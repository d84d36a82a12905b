//! Every command that a sentence of the catalogues names is one.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use super::*;
use crate::cli::command;

/// What docket itself does, in sentences of the catalogues.
const SPEAKS: &[&str] = &[
    "alone", "and", "asks", "can", "cannot", "did", "does", "has", "itself", "knows", "manual",
    "now", "only", "opens", "process", "shows", "speaks", "that", "tried", "would", "writes",
    "wrote",
];

/// The texts between quotes in a file of the catalogue, without comments.
fn texts(source: &str) -> Vec<String> {
    let lines = source.lines().filter(|line| !line.trim_start().starts_with("//"));
    let source = lines.map(|line| format!("{line}\n")).collect::<String>();
    let mut texts = Vec::new();
    let mut text: Option<String> = None;
    let mut rest = source.chars().peekable();
    while let Some(c) = rest.next() {
        match (&mut text, c) {
            (None, '\'') if rest.peek() == Some(&'"') => {
                rest.next();
            }
            (None, '"') => text = Some(String::new()),
            (None, _) => {}
            (Some(_), '"') => texts.extend(text.take()),
            (Some(text), '\\') => match rest.next() {
                // the line goes on
                Some('\n') => while rest.next_if(char::is_ascii_whitespace).is_some() {},
                Some('n') => text.push('\n'),
                escaped => text.extend(escaped),
            },
            (Some(text), c) => text.push(c),
        }
    }
    texts
}

/// The words behind each `docket` that a text names as a command.
fn commands_in(text: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for (at, name) in text.match_indices("docket ") {
        let before = text[..at].chars().next_back();
        let is_name = before.is_none_or(|c| !c.is_ascii_alphanumeric() && !"/.-_".contains(c));
        let command = &text[at + name.len()..];
        let end = command.find(|c| ",;:)|…，；：。、）？\"\n".contains(c));
        let command = &command[..end.unwrap_or(command.len())];
        let command = [" or ", " 或 ", " 与 ", " then ", " and "]
            .iter()
            .fold(command, |command, word| command.split(word).next().unwrap_or_default());
        let words: Vec<String> = command.split_whitespace().map(str::to_owned).collect();
        let is_verb = |word: &String| {
            word.is_ascii() && !word.contains('{') && !SPEAKS.contains(&word.as_str())
        };
        if is_name && words.first().is_some_and(is_verb) {
            found.push(words);
        }
    }
    found
}

/// Whether the words are a command line, whatever stands for its values; words of the sentence
/// behind a command are not its own, but its options are.
fn is_command(words: &[String]) -> Result<(), String> {
    let mut words = words.to_vec();
    while !words.is_empty() {
        let line = ["docket"].into_iter().chain(words.iter().map(String::as_str));
        let Err(fault) = command().try_get_matches_from(line) else { return Ok(()) };
        let is_wrong = matches!(
            fault.kind(),
            ErrorKind::UnknownArgument
                | ErrorKind::InvalidSubcommand
                | ErrorKind::ArgumentConflict
                | ErrorKind::TooManyValues
        );
        if !is_wrong {
            return Ok(());
        }
        if words.pop().is_some_and(|word| word.starts_with('-')) {
            return Err(fault.to_string());
        }
    }
    Err("no command".to_owned())
}

/// The files of a folder and of those in it.
fn files_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files_in(&path) } else { vec![path] }).collect()
}

#[test]
fn every_command_that_a_sentence_names_is_one() {
    let (mut tried, mut wrong) = (BTreeSet::new(), Vec::new());
    for lang in ["en", "zh"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/words").join(lang);
        for file in files_in(&folder) {
            let source = fs::read_to_string(&file).unwrap();
            for words in texts(&source).iter().flat_map(|text| commands_in(text)) {
                if let Err(why) = is_command(&words) {
                    wrong.push(format!("{}: docket {}: {why}", file.display(), words.join(" ")));
                }
                tried.insert(words);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(tried.len() > 150, "{}", tried.len());
}

/// What a page has between backticks, and the lines of its blocks without their comments.
fn code_in(page: &str) -> Vec<String> {
    let mut code = Vec::new();
    for (nth, part) in page.split("```").enumerate() {
        if nth % 2 == 0 {
            code.extend(part.split('`').skip(1).step_by(2).map(|code| code.replace('\n', " ")));
        } else if part.starts_with("sh\n") {
            let lines = part.lines().filter_map(|line| line.split("  #").next());
            code.extend(lines.map(str::to_owned));
        }
    }
    code
}

#[test]
fn every_command_that_a_page_names_is_one() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut tried, mut wrong) = (BTreeSet::new(), Vec::new());
    let pages = files_in(&root.join("docs")).into_iter().chain([root.join("README.md")]);
    for page in pages.filter(|page| page.extension().is_some_and(|end| end == "md")) {
        let text = fs::read_to_string(&page).unwrap();
        for words in code_in(&text).iter().flat_map(|code| commands_in(code)) {
            if let Err(why) = is_command(&words) {
                wrong.push(format!("{}: docket {}: {why}", page.display(), words.join(" ")));
            }
            tried.insert(words);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(tried.len() > 100, "{}", tried.len());
}

#[test]
fn a_command_that_does_not_exist_is_noticed_in_a_sentence() {
    for (text, is_right) in [
        ("docket people list shows who has which role", true),
        ("用 docket people list 查看各人的角色", true),
        ("docket list --bogus shows it", false),
        ("docket pepole list", false),
        ("docket route {id} --too PERSON --reason TEXT", false),
        ("docket escalate {id} --tier {} --to PERSON --reason TEXT --method phone", true),
    ] {
        let commands = commands_in(text);
        let outcomes = commands.iter().map(|words| is_command(words).is_ok());
        assert_eq!(outcomes.collect::<Vec<_>>(), [is_right], "{text}");
    }
}
