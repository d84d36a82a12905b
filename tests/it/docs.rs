//! The documentation says what the program does. `RENEW=1 cargo test --test it docs` writes its
//! tables and tours anew.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use docket::testing::{
    audit::message::of_step,
    domain::{
        base::terms::{RemoteStep, Term as _, VisitStep},
        history::steps::{Action, visit::from},
    },
    words::{Lang, Words, en},
};
use serde_json::Value;

use crate::{
    desk::Desk,
    frozen, named,
    pages::{holds, pages, root, says, tabulates},
};

#[test]
fn the_page_on_auditing_names_every_finding() {
    let told = Desk::nowhere().at("09:00").run("help findings --json").json();
    let rows = list(&told, "findings").map(|row| {
        let [code, severity, message] = texts(row, ["code", "severity", "message"]);
        format!("| {code} | {severity} | {message} |")
    });
    tabulates("docs/auditing.md", "findings", "| code | severity | finding |", rows);
}

#[test]
fn the_page_on_times_lists_every_form_in_both_languages() {
    let mut table = String::new();
    for (lang, head) in
        [("en", "| write | it means |\n|---|---|\n"), ("zh-CN", "\n| 写法 | 含义 |\n|---|---|\n")]
    {
        table += head;
        let told =
            Desk::nowhere().at("09:00").run(&format!("help times --json --lang {lang}")).json();
        for row in told["times"].as_array().unwrap() {
            let forms = row["forms"].as_array().unwrap().iter();
            let forms: Vec<_> = forms.map(|form| format!("`{}`", form.as_str().unwrap())).collect();
            table += &format!("| {} | {} |\n", forms.join(" "), row["meaning"].as_str().unwrap());
        }
    }
    says("docs/times.md", ["<!-- times -->\n\n", "\n<!-- end of times -->\n"], &table);
}

#[test]
fn the_readme_and_the_page_on_setting_up_name_the_rust_that_is_needed() {
    let read = |path: &str| fs::read_to_string(root().join(path)).unwrap();
    let manifest = read("Cargo.toml");
    let (_, rest) = manifest.split_once("rust-version = \"").unwrap();
    let (version, _) = rest.split_once('"').unwrap();
    for (page, before) in [("README.md", "# "), ("docs/setup.md", "| ")] {
        assert!(read(page).contains(&format!("{before}Rust {version} ")), "{page}: {version}");
    }
}

#[test]
fn the_page_on_reports_has_every_report_and_every_figure() {
    let desk = Desk::new();
    let [english, chinese] = ["en", "zh-CN"]
        .map(|lang| desk.at("09:00").run(&format!("report --list --lang {lang} --json")).json());
    let rows = list(&english, "reports").zip(list(&chinese, "reports")).map(|(row, zh)| {
        let [name, meaning] = texts(row, ["name", "meaning"]);
        let [same, zh] = texts(zh, ["name", "meaning"]);
        assert_eq!(name, same);
        format!("| `{name}` | {meaning} | {} |", zh.split('：').next().unwrap())
    });
    tabulates("docs/reports.md", "reports", "| report | what it is | 报表 |", rows);

    let [english, chinese] = ["en", "zh-CN"]
        .map(|lang| desk.at("09:00").run(&format!("report kpi --lang {lang} --json")).json());
    let parts = ["figures", "times", "not_measured"].into_iter();
    let figures = parts.flat_map(|part| list(&english, part).zip(list(&chinese, part)));
    let rows = figures.map(|(row, zh)| {
        let [name, label, formula, value] = texts(row, ["name", "label", "formula", "value"]);
        let [same, zh] = texts(zh, ["name", "label"]);
        assert_eq!(name, same);
        let unmeasured = if value == "not measured" { " (not measured)" } else { "" };
        format!("| `{name}` | {label} | {zh} | {formula}{unmeasured} |")
    });
    let head = "| code | figure | 指标 | what it counts |";
    tabulates("docs/reports.md", "figures", head, rows);
}

#[test]
fn the_page_on_importing_has_every_key_of_a_map() {
    let page = fs::read_to_string(root().join("docs/import.md")).unwrap();
    let (_, rest) = page.split_once("\n## Keys\n").unwrap();
    let (tables, _) = rest.split_once("\n## ").unwrap();
    let cells = tables.lines().filter_map(|line| line.strip_prefix("| ")?.split(" | ").next());
    let named = cells.flat_map(|cell| cell.split('`').skip(1).step_by(2));
    let named: BTreeSet<_> = named.chain(["record", "entry"]).map(str::to_owned).collect();

    let desk = Desk::new();
    let mut known = BTreeSet::new();
    for map in ["qqqqqqqq: 1", "record: {qqqqqqqq: 1}", "entry: {qqqqqqqq: 1}"] {
        desk.write("map.yaml", map);
        let told = desk.at("09:00").by("zhang").run("import - --map map.yaml --lang en").err();
        let (_, keys) = told.split_once("known here: ").unwrap_or_else(|| panic!("{told}"));
        known.extend(keys.lines().next().unwrap().split(", ").map(str::to_owned));
    }
    assert_eq!(named, known);
}

#[test]
fn the_page_on_the_format_has_every_action_with_its_keys() {
    let told = Desk::nowhere().at("09:00").run("help procedure --json --lang en").json();
    let mut keys: BTreeMap<_, _> = named::fields().into_iter().collect();
    let steps: Vec<_> = list(&told, "steps").filter(|step| step["complaint"] != true).collect();
    let rows = steps.into_iter().map(|step| {
        let [action] = texts(step, ["action"]);
        let named = keys.remove(action).unwrap_or_default().into_iter().map(|key| {
            let name = Words::new(Lang::En).fact(action, &key);
            if name == key { format!("`{key}`") } else { format!("`{key}` ({name})") }
        });
        let named = named.collect::<Vec<_>>().join(", ");
        format!("| `{action}` | {} | {} | {named} |", states(&step["from"]), states(&step["to"]))
    });
    let rows: Vec<_> = rows.collect();
    let left: Vec<_> = keys.into_keys().collect();
    assert_eq!(left, ["intake"], "actions that are not told");
    tabulates("docs/format.md", "actions", "| action | from | to | keys |", rows.into_iter());
}

#[test]
fn the_page_on_the_format_has_every_step_of_a_visit_with_its_keys() {
    let rows = named::of_inner::<VisitStep>(Action::Visit).into_iter().map(|(step, keys)| {
        let states = from(step).iter().map(|state| format!("`{}`", state.code()));
        let states = states.collect::<Vec<_>>().join(", ");
        let keys = keys.into_iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
        format!("| `{}` | {states} | {keys} |", step.code())
    });
    tabulates("docs/format.md", "visit steps", "| step | from | keys |", rows);
}

#[test]
fn the_page_on_the_format_has_every_step_of_a_remote_session_with_its_keys() {
    let rows = named::of_inner::<RemoteStep>(Action::Remote).into_iter().map(|(step, keys)| {
        let keys = keys.into_iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
        format!("| `{}` | {keys} |", step.code())
    });
    tabulates("docs/format.md", "session steps", "| step | keys |", rows);
}

/// States by their codes.
fn states(states: &Value) -> String {
    let codes: Vec<_> = states.as_array().into_iter().flatten().map(|it| it.as_str()).collect();
    let is_over = |code: &str| codes.contains(&Some(code));
    match codes.len() {
        10 => "any".to_owned(),
        7 if !is_over("closed") && !is_over("cancelled") && !is_over("merged") => {
            "any but closed, cancelled, merged".to_owned()
        }
        _ => codes.into_iter().flatten().collect::<Vec<_>>().join(", "),
    }
}

#[test]
fn the_page_on_the_format_has_every_trailer() {
    let page = fs::read_to_string(root().join("docs/format.md")).unwrap();
    let (_, rest) = page.split_once("<!-- trailers -->").unwrap();
    let (table, _) = rest.split_once("<!-- end of trailers -->").unwrap();
    let listed: Vec<_> = table.split("`Docket-").skip(1).collect();
    let listed: BTreeSet<_> = listed.iter().map(|rest| rest.split('`').next().unwrap()).collect();
    let mut written = BTreeSet::new();
    for record in frozen::records() {
        for event in &record.history {
            let message = of_step(record, event, Some(record.status.state), true);
            let lines = message.lines().filter_map(|line| line.strip_prefix("Docket-"));
            written.extend(lines.map(|line| line.split(':').next().unwrap().to_owned()));
        }
    }
    assert_eq!(listed, written.iter().map(String::as_str).collect());
}

#[test]
fn every_diagram_is_the_programs_own() {
    let diagram = Desk::nowhere().at("09:00").run("help procedure --mermaid").succeeds().out();
    let [begin, end] = ["```mermaid\n", "```\n"];
    let pages = pages().into_iter();
    let shown = pages.filter(|page| fs::read_to_string(page).unwrap().contains(begin));
    let shown = shown.map(|page| says(page.to_str().unwrap(), [begin, end], &diagram)).count();
    assert!(shown > 0, "no page has a diagram");
}

#[test]
fn every_finding_speaks_both_languages_and_has_a_code_of_its_own() {
    let desk = Desk::nowhere();
    let mut codes = Vec::new();
    for lang in ["en", "zh-CN"] {
        let told = desk.at("09:00").run(&format!("help findings --json --lang {lang}")).json();
        for finding in told["findings"].as_array().unwrap() {
            for key in ["message", "advice"] {
                let text = finding[key].as_str().unwrap();
                assert!(!text.is_empty(), "{finding}");
                let chinese = !text.is_ascii();
                assert!(lang == "en" || key == "advice" || chinese, "{finding}");
            }
            if lang == "en" {
                codes.push(finding["code"].as_str().unwrap().to_owned());
            }
        }
    }
    let all = codes.len();
    codes.sort();
    codes.dedup();
    assert_eq!(codes.len(), all);
}

/// The English and Chinese columns of the glossary; `RENEW=1` writes them anew.
#[test]
fn the_glossary_has_the_words_of_the_catalogue() {
    let mut vocabulary = None;
    let mut explained = BTreeSet::new();
    let mut line = |line: &str| -> String {
        let marked = line.strip_prefix("<!-- ").and_then(|rest| rest.strip_suffix(" -->"));
        vocabulary = marked.map(str::to_owned).or(vocabulary.take());
        let row = line.strip_prefix("| `").and_then(|row| row.split_once("` | "));
        let (Some((code, rest)), Some(vocabulary)) = (row, vocabulary.as_deref()) else {
            return format!("{line}\n");
        };
        let word = |lang| Words::new(lang).open_term(vocabulary, code);
        let meaning = rest.split(" | ").nth(2).unwrap();
        explained.insert((vocabulary.to_owned(), code.to_owned()));
        format!("| `{code}` | {} | {} | {meaning}\n", word(Lang::En), word(Lang::Zh))
    };
    holds(&root().join("docs/glossary.md"), |page| page.lines().map(&mut line).collect());
    let vocabularies: BTreeSet<&str> = explained.iter().map(|(of, _)| of.as_str()).collect();
    assert!(vocabularies.len() > 12, "{vocabularies:?}");
    // `extend.refused` is another word for `extend`
    let known =
        en::TERMS.iter().filter(|(of, code, _)| vocabularies.contains(of) && !code.contains('.'));
    let known: BTreeSet<_> =
        known.map(|(of, code, _)| ((*of).to_owned(), (*code).to_owned())).collect();
    assert_eq!(explained, known);
}

fn list<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    value[key].as_array().unwrap().iter()
}

fn texts<'a, const N: usize>(value: &'a Value, keys: [&str; N]) -> [&'a str; N] {
    keys.map(|key| value[key].as_str().unwrap())
}
