//! What the console blocks of README.md and of the pages of `docs/` show is what happens.

use std::{fs, path::Path, process::Command};

use tempfile::TempDir;

use crate::{
    desk::tail,
    pages::{holds, pages, renewing, says},
    sample::{SAMPLE, command_at},
    terminal::{ENTER, Typist},
};

/// What stands for the home directory on a page.
const HOME: &str = "/home/zhang";
/// Between the outputs of two commands.
const APART: &str = "\u{1e}\n";

const BEGIN: &str = "<!-- call -->\n";
const END: &str = "<!-- end of call -->\n";

/// The beginning of each question, with what is answered.
type Answers = &'static [(&'static str, &'static str)];

/// Who types what in the call of the README, and what they answer to which question.
const CALL: [(&str, &str, Answers); 7] = [
    (
        "zhang",
        "call",
        &[
            ("contact: ", "grace"),
            ("which of them", ""),
            ("site", "Floor 3"),
            ("title: ", "Scanner does not wake up"),
            ("reported", "It shows a black screen since lunch, and I have a contract to send."),
            ("category", "hard"),
            ("device", "ScanPro, asset 0415"),
            ("work has stopped", ""),
            ("expected by", "5pm"),
        ],
    ),
    ("zhang", "ack last +10m", &[]),
    ("zhang", "route last wu 'needs hands'", &[]),
    ("wu", "accept ID +15m", &[]),
    ("wu", "resolve last 'power supply replaced' --cause 'broken power supply' --code fixed", &[]),
    ("zhang", "confirm last --with grace --satisfaction 5", &[]),
    ("zhang", "close last", &[]),
];

/// A part of a page.
#[derive(Debug, PartialEq, Eq)]
enum Part {
    Prose(String),
    /// A command of a console block with what it prints.
    Said {
        command: String,
        output: String,
    },
}

#[test]
fn every_tour_of_the_readme_and_docs_prints_what_the_page_says() {
    let mut seen = 0;
    for page in pages() {
        if fs::read_to_string(&page).unwrap().contains("```console\n") {
            holds(&page, |text| played(&page, text));
            seen += 1;
        }
    }
    assert!(seen > 0, "no page has a tour");
}

#[test]
fn the_call_in_the_readme_is_what_people_type_and_see() {
    let desk = SAMPLE.copy();
    let (mut told, mut id) = (String::new(), String::new());
    for (minute, (person, line, answers)) in CALL.into_iter().enumerate() {
        let now = format!("2026-11-20 16:{}", 31 + 2 * minute);
        let line = line.replace("ID", &id);
        let mut command = command_at(&desk, &now, &line);
        command.env("GIT_AUTHOR_EMAIL", format!("{person}@desk.example"));
        let mut typist = Typist::before(command, 80, 40);
        for (question, answer) in answers {
            typist.sees(question).types(answer).types(ENTER);
        }
        let (status, screen) = typist.end();
        assert_eq!(status, 0, "{line}: {screen}");
        if let Some((_, opened)) = screen.split_once("opened R-") {
            id = opened[7..12].to_lowercase();
        }
        told += &format!("{person}$ docket {}\n{}\n", line.replace('\'', "\""), screen.trim_end());
    }
    says("README.md", [BEGIN, END], &format!("```text\n{told}```\n"));
}

/// A page with what its commands print now; where ids have changed, in the commands as well.
fn played(page: &Path, text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..if renewing() { 5 } else { 1 } {
        let before = parts(&text);
        let (told, left) = run(&before);
        assert!(left.is_empty(), "{}: {left} is left set", page.display());
        let mut next: String = told.iter().map(Part::text).collect();
        for (old, new) in ids(&before).into_iter().zip(ids(&told)) {
            next = next.replace(&old, &new);
            next = next.replace(&tail(&old), &tail(&new));
        }
        if next == text {
            break;
        }
        text = next;
    }
    text
}

/// The ids of records and events in outputs, each once, in the order in which they are made.
fn ids(parts: &[Part]) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    for part in parts {
        let Part::Said { output, .. } = part else {
            continue;
        };
        for word in output.split(|sign: char| !sign.is_ascii_alphanumeric() && sign != '-') {
            let is_id =
                [(14, "R-"), (26, "01")].contains(&(word.len(), &word[..word.len().min(2)]));
            if is_id && !ids.iter().any(|id| id == word) {
                ids.push(word.to_owned());
            }
        }
    }
    ids
}

impl Part {
    fn text(&self) -> String {
        match self {
            Self::Prose(text) => text.clone(),
            Self::Said { command, output } => format!("$ {command}\n{output}"),
        }
    }
}

/// Cuts a text into prose and the commands of its console blocks.
fn parts(text: &str) -> Vec<Part> {
    let mut parts = vec![Part::Prose(String::new())];
    let mut inside = false;
    let mut goes_on = false;
    for line in text.split_inclusive('\n') {
        if line.starts_with("```") {
            inside = line == "```console\n";
            if let Some(Part::Prose(prose)) = parts.last_mut() {
                *prose += line;
            } else {
                parts.push(Part::Prose(line.to_owned()));
            }
            continue;
        }
        let command = line.strip_prefix("$ ").filter(|_| inside && !goes_on);
        let body = command.unwrap_or(line).trim_end_matches('\n');
        match (command, parts.last_mut()) {
            (Some(_), _) | (None, None) => {
                parts.push(Part::Said { command: body.to_owned(), output: String::new() });
            }
            (None, Some(Part::Said { command, .. })) if goes_on => {
                *command += &format!("\n{body}");
            }
            (None, Some(Part::Said { output, .. })) => *output += line,
            (None, Some(Part::Prose(prose))) => *prose += line,
        }
        goes_on = inside && (command.is_some() || goes_on) && body.ends_with('\\');
    }
    parts
}

/// The same parts with what the commands really print, all in one shell, and the variables that
/// they leave in it.
fn run(parts: &[Part]) -> (Vec<Part>, String) {
    let home = TempDir::new().expect("a directory");
    let path = home.path().canonicalize().expect("a path");
    let program = Path::new(env!("CARGO_BIN_EXE_docket"));
    let bin = program.parent().expect("a folder");
    let mut script = format!("exec 2>&1\nexport PATH=\"{}:$PATH\"\ncd\n", bin.display());
    script += "found=$(compgen -e)\n";
    for part in parts {
        if let Part::Said { command, .. } = part {
            script += &format!("printf '\\036\\n'\n{command}\n");
        }
    }
    script += "printf '\\036\\n'\ncompgen -e | grep -vxF \"$found\"\n";
    let output = Command::new("bash")
        .args(["-c", &script])
        .env("HOME", &path)
        .env("LC_ALL", "C.UTF-8")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("TERM", "dumb")
        .env_remove("XDG_CONFIG_HOME")
        .output()
        .expect("bash runs");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let text = text.replace(&path.display().to_string(), HOME);
    let mut outputs = text.split(APART).skip(1);
    let told = parts.iter().map(|part| match part {
        Part::Prose(prose) => Part::Prose(prose.clone()),
        Part::Said { command, .. } => Part::Said {
            command: command.clone(),
            output: outputs.next().unwrap_or_default().to_owned(),
        },
    });
    (told.collect(), outputs.next().unwrap_or_default().to_owned())
}
