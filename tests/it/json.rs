//! `docs/json.md` says what programs get: every key of every answer is on the page with its type,
//! and the page names none that no answer has.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::LazyLock,
};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{
    agreements,
    desk::{Desk, FAULT, REQUEST},
    frozen, import, named,
    pages::tabulates,
    sessions,
    visit_import::{file, filled},
    visits::visit_in,
};

/// What an event has besides the keys of its step.
const EVENT: &str = "event";

/// An answer, with the heading under which it is explained.
type Answered = (&'static str, Value);

#[test]
fn every_key_of_an_answer_is_explained_and_every_explained_key_is_of_an_answer() {
    let page = Page::read();
    let mut check = Check { page: &page, seen: BTreeSet::new(), faults: BTreeSet::new() };
    let answers = [steps(), looks(), surveys(), forms(), errors(), clones(), upkeep(), agreed()];
    for (heading, answer) in answers.into_iter().flatten() {
        assert_eq!(answer["format"], 1, "{heading}: {answer}");
        check.object(heading, &answer);
    }
    for record in frozen::records() {
        check.object("record", &json!(record));
    }
    assert!(check.faults.is_empty(), "{:#?}", check.faults);
    let known = page
        .shapes
        .iter()
        .flat_map(|(shape, keys)| keys.types.keys().map(move |key| (shape.clone(), key.clone())));
    let unseen: Vec<_> = known.filter(|key| !check.seen.contains(key)).collect();
    assert!(unseen.is_empty(), "explained, but in no answer: {unseen:#?}");
}

#[test]
fn the_keys_of_every_step_are_on_the_page() {
    let steps = named::fields().into_iter().filter(|(of, _)| of != "intake");
    let rows = steps.map(|(step, keys)| {
        let keys: Vec<_> = keys.iter().map(|key| format!("`{key}`")).collect();
        format!("| `{step}` | {} |", keys.join(", "))
    });
    tabulates("docs/json.md", "steps", "| step | keys |", rows);
}

#[test]
fn tables_have_the_columns_of_the_page() {
    let page = fs::read_to_string(root().join("docs/json.md")).unwrap();
    let desk = sample();
    let mut seen = 0;
    for (command, line) in [
        ("list", "list --csv"),
        ("export", "export --csv"),
        ("report kpi --explain", "report kpi --explain received --format csv"),
    ] {
        let marker = format!("<!-- csv: {command} -->\n\n```text\n");
        let (_, rest) = page.split_once(&marker).unwrap_or_else(|| panic!("no {marker}"));
        let printed = ask(&desk, line).succeeds().out();
        assert_eq!(rest.lines().next(), printed.lines().next(), "{command}");
        seen += 1;
    }
    assert_eq!(page.matches("<!-- csv: ").count(), seen);
}

#[test]
fn every_verb_is_on_the_page() {
    let page = fs::read_to_string(root().join("docs/json.md")).unwrap();
    let desk = Desk::nowhere();
    let pages = desk.at("09:00").run("man ../man --json").json();
    let mut seen = 0;
    for file in pages["written"].as_array().unwrap() {
        let name = Path::new(file.as_str().unwrap()).file_stem().unwrap().to_str().unwrap();
        let Some(verb) = name.strip_prefix("docket-") else { continue };
        if ["merge-driver", "render-template"].contains(&verb) {
            continue;
        }
        let verb = verb.split('-').next().unwrap();
        let named = ["`", " ", "\n"].iter().any(|end| page.contains(&format!("`{verb}{end}")));
        assert!(named, "{verb} is not on the page");
        seen += 1;
    }
    assert!(seen > 40, "only {seen} verbs");
}

/// The page, by its headings.
struct Page {
    shapes: BTreeMap<String, Keys>,
    /// The keys of each step.
    steps: BTreeMap<String, BTreeSet<String>>,
}

/// What is said of one shape.
#[derive(Default)]
struct Keys {
    types: BTreeMap<String, String>,
    /// Another shape, all keys of which it has as well.
    besides: Option<String>,
}

impl Page {
    fn read() -> Self {
        let page = fs::read_to_string(root().join("docs/json.md")).unwrap();
        let mut shapes: BTreeMap<String, Keys> = BTreeMap::new();
        let mut steps = BTreeMap::new();
        let mut heading = String::new();
        for line in page.lines() {
            if let Some(next) = line.strip_prefix("### ") {
                heading = next.replace('`', "").to_lowercase();
            } else if let Some((keys, kind)) = row(line) {
                let names: BTreeSet<_> =
                    keys.split('`').skip(1).step_by(2).map(str::to_owned).collect();
                let shape = shapes.entry(heading.clone()).or_default();
                match names.first() {
                    Some(step) if kind.contains('`') || kind.is_empty() => {
                        let own = kind.split('`').skip(1).step_by(2).map(str::to_owned);
                        steps.insert(step.clone(), own.collect());
                    }
                    Some(key) => {
                        let new = shape.types.insert(key.clone(), kind.to_owned());
                        assert!(new.is_none(), "{heading}: {key} twice");
                    }
                    None => shape.besides = linked(kind),
                }
            }
        }
        Self { shapes, steps }
    }

    /// The shape that explains a key, with the key's type.
    fn of(&self, shape: &str, key: &str) -> Option<(String, &str)> {
        let keys = self.shapes.get(shape)?;
        if let Some(kind) = keys.types.get(key) {
            return Some((shape.to_owned(), kind));
        }
        self.of(keys.besides.as_deref()?, key)
    }
}

/// Key and type of a line of a table.
fn row(line: &str) -> Option<(&str, &str)> {
    let cells: Vec<_> = line.strip_prefix('|')?.split('|').map(str::trim).collect();
    let (key, kind) = (*cells.first()?, *cells.get(1)?);
    let is_key = key.starts_with('`') || key.is_empty() && kind.starts_with('[');
    is_key.then_some((key, kind))
}

/// The heading that a type links to.
fn linked(kind: &str) -> Option<String> {
    let (_, rest) = kind.split_once("](#")?;
    Some(rest.split(')').next()?.replace('-', " "))
}

/// Answers held against the page.
struct Check<'p> {
    page: &'p Page,
    seen: BTreeSet<(String, String)>,
    faults: BTreeSet<String>,
}

impl Check<'_> {
    /// A value that has the keys of a shape.
    fn object(&mut self, shape: &str, value: &Value) {
        let Some(keys) = value.as_object() else {
            self.faults.insert(format!("{shape}: no object but {value}"));
            return;
        };
        for (key, value) in keys {
            self.key(shape, key, value, keys.get("action").and_then(Value::as_str));
        }
    }

    fn key(&mut self, shape: &str, key: &str, value: &Value, step: Option<&str>) {
        let Some((of, kind)) = self.page.of(shape, key) else {
            let is_of_answer = key == "format" && *value == 1;
            let is_of_report = shape == "report name";
            let is_of_step = shape == EVENT
                && step
                    .and_then(|step| self.page.steps.get(step))
                    .is_some_and(|own| own.contains(key));
            if !is_of_answer && !is_of_report && !is_of_step {
                self.faults.insert(format!("{shape}: {key} is not explained"));
            }
            return;
        };
        self.seen.insert((of.clone(), key.to_owned()));
        let kind = kind.to_owned();
        if !kind.split(" or ").any(|kind| fits(kind, value)) {
            self.faults.insert(format!("{shape}: {key} is no {kind}: {value}"));
            return;
        }
        let link = linked(&kind);
        match (value, link) {
            (Value::Array(items), link) => {
                for item in items.iter().filter(|item| item.is_object()) {
                    match &link {
                        Some(link) => self.object(link, item),
                        None => self.inner(shape, &format!("{key}[]"), item),
                    }
                }
            }
            (Value::Object(_), Some(link)) => self.object(&link, value),
            (Value::Object(_), None) if kind != "map" => self.inner(shape, key, value),
            _ => {}
        }
    }

    fn inner(&mut self, shape: &str, path: &str, value: &Value) {
        for (key, value) in value.as_object().unwrap() {
            self.key(shape, &format!("{path}.{key}"), value, None);
        }
    }
}

/// Whether a value is of one of the page's types.
fn fits(kind: &str, value: &Value) -> bool {
    if let Some(of) = kind.strip_prefix("list of ") {
        let of = if of == "objects" { "object" } else { of };
        return value.as_array().is_some_and(|items| items.iter().all(|item| fits(of, item)));
    }
    let text = value.as_str();
    let like = |pattern: &str| {
        let digits = |(given, wanted): (char, char)| match wanted {
            '0' => given.is_ascii_digit(),
            '+' => ['+', '-'].contains(&given),
            wanted => given == wanted,
        };
        text.is_some_and(|text| {
            text.len() == pattern.len() && text.chars().zip(pattern.chars()).all(digits)
        })
    };
    match kind {
        "text" => text.is_some(),
        "id" | "limit" => text.is_some_and(|text| !text.contains(' ') && !text.is_empty()),
        "code" => text.is_some_and(|text| {
            !text.contains(' ') && text.to_lowercase() == text || text.starts_with('P')
        }),
        "time" => like("0000-00-00T00:00:00+00:00"),
        "date" => like("0000-00-00"),
        "month" => like("0000-00"),
        "number" => value.is_i64(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        "map" | "object" => value.is_object(),
        link if link.starts_with('[') => value.is_object(),
        other => panic!("{other} is no type"),
    }
}

/// Steps as they are answered.
fn steps() -> Vec<Answered> {
    let desk = Desk::new();
    let opened = desk.at("09:00").by("chen").run(&format!("{FAULT} --json")).json();
    let id = opened["id"].as_str().unwrap().to_owned();
    let other = desk.at("09:01").by("chen").run(&format!("{REQUEST} --for li")).id();
    let mut answers = vec![("a step", opened)];
    let step = |time: &str, who: &str, line: &str| {
        let line = line.replace("ID", &id).replace("OTHER", &other);
        let ran = desk.at(time).by(who).run(&format!("{line} --json"));
        let out = ran.out();
        serde_json::from_str::<Value>(&out).unwrap_or_else(|why| panic!("{ran}: {why}"))
    };
    for (time, who, line) in [
        ("09:10", "chen", "ack ID --reply-by +1h"),
        ("09:20", "chen", "route ID --to li --reason 'beyond the desk'"),
        ("09:30", "li", "accept ID --respond-by +1h"),
        (
            "09:50",
            "li",
            "resolve ID --result 'switch replaced' --cause 'power supply' --code fixed",
        ),
        ("09:55", "chen", "confirm ID --with 'Ms Wang' --satisfaction 1 --comment 'still dark'"),
    ] {
        answers.push(("a step", step(time, who, line)));
    }
    answers.push(("several steps", step("10:00", "chen", "handover --mine --to zhang --reason r")));
    // the first is taken over, the second was never offered
    answers.push(("several steps", step("10:05", "zhang", "takeover ID OTHER")));
    answers.push(("several steps", step("10:06", "zhang", "takeover OTHER ID")));
    answers.push(("due, followup", step("10:07", "zhang", "due")));
    fs::write(desk.home().join("a.log"), "down\n").unwrap();
    fs::write(desk.home().join("b.log"), "up\n").unwrap();
    answers
        .push(("several steps", step("10:10", "zhang", "attach ID ../home/a.log ../home/b.log")));
    let drop = "attachment drop ID 1 --reason 'of another'";
    let remote_start = format!("remote start OTHER {} --install yes", sessions::CONSENT);
    let touched = "--client kept:later --other-software 'a restart' --data 'the log:Ms Wang'";
    let remote_end = format!("remote end OTHER --steps s --result r {touched}");
    answers.push(("a step", step("10:11", "zhang", drop)));
    for (heading, line) in [
        ("attachment list", "attachment list ID"),
        ("attachment get", "attachment get ID 2 -o ../saved.log"),
        ("attachment verify", "attachment verify ID"),
        ("a step", "ack OTHER --reply-by +1h"),
        (
            "a step",
            "visit plan OTHER --window 14:00..16:00 --engineer li --address here --reason r",
        ),
        ("visit list", "visit list"),
        ("a step", "remote refused OTHER --by 'Mr Ho' --reason 'not now'"),
        ("a step", &remote_start),
        ("a step", &remote_end),
        ("due, followup", "due"),
    ] {
        answers.push((heading, step("10:12", "zhang", line)));
    }
    let complaint = answers.iter().find(|(_, answer)| answer["complaint"].is_string());
    assert!(complaint.is_some());
    answers
}

/// What looking at the sample desk answers.
/// What a scan finds in a text that is kept for a reason.
fn scanned() -> Value {
    let desk = Desk::new();
    let id = desk.fault();
    let keep = format!("note {id} 'call 13912345678' --contains-personal 'he asked'");
    desk.at("09:05").by("chen").run(&keep).succeeds();
    let out = desk.at("09:10").by("chen").run("privacy scan --reveal --json").out();
    serde_json::from_str(&out).unwrap_or_else(|why| panic!("{why} in {out}"))
}

fn looks() -> Vec<Answered> {
    let desk = sample();
    let get = |line: &str| -> Value {
        let out = ask(&desk, &format!("{line} --json")).out();
        serde_json::from_str(&out).unwrap_or_else(|why| panic!("{line}: {why} in {out}"))
    };
    let mut answers = vec![
        ("demo", DEMO.1.clone()),
        ("the board", get("")),
        ("list", get("list --all --limit 0")),
        ("search", get("search VPN")),
        ("due, followup", get("due")),
        ("due, followup", get("followup")),
        ("calendar show", get("calendar show")),
        ("contact list, contact show", get("contact list")),
        ("report --list", get("report --list")),
        ("check, policy check", get("check")),
        ("audit", get("audit --record-head ../head")),
        ("audit --sample", get("audit --sample 5 --seed word --month 2026-11")),
        ("people list", get("people list")),
        ("privacy scan", scanned()),
        ("customer list", get("customer list")),
        ("customer list --unlisted", get("customer list --unlisted")),
        ("export", get("export")),
        ("doctor", get("doctor")),
        ("help procedure", get("help procedure")),
        ("help findings", get("help findings")),
        ("help times", get("help times")),
        ("help languages, help identity", get("help languages")),
        ("completions", get("completions bash")),
        ("man", get("man ../man")),
        ("hook install", get("hook install")),
    ];
    for record in get("list --all --limit 0")["records"].as_array().unwrap() {
        let id = record["id"].as_str().unwrap();
        let status = &record["status"];
        if status["counts"]["extensions"].is_number() || status["escalations"].is_array() {
            answers.push(("sla explain", get(&format!("sla explain {id}"))));
        }
    }
    let closed = get("list --state closed --kind fault --limit 1");
    let record = &closed["records"][0];
    let id = record["id"].as_str().unwrap();
    let contact = record["intake"]["contact"].as_str().unwrap();
    for (heading, line) in [
        ("show", format!("show {id}")),
        ("several records", format!("show {id} {id}")),
        ("log", format!("log {id}")),
        ("phone", format!("phone {id}")),
        ("contact list, contact show", format!("contact show {contact}")),
        ("report name", format!("report request {id}")),
    ] {
        answers.push((heading, get(&line)));
    }
    answers.push(("report name --fields", get("report kpi --fields")));
    for kpi in ["ack_ontime", "mttr", "resolve_ontime"] {
        let line = format!("report kpi --explain {kpi} --by unit");
        answers.push(("report kpi --explain kpi", get(&line)));
    }
    let unlisted = get("customer list --unlisted")["unlisted"].clone();
    for (nth, name) in unlisted.as_array().unwrap().iter().enumerate() {
        let name = name.as_str().unwrap();
        ask(&desk, &format!("customer add c{nth} --from '{name}'"));
        answers.push(("customer show", get(&format!("customer show c{nth}"))));
    }
    answers
}

/// The survey: asked by the month and by hand, answered and not; what is reopened has a new limit.
fn surveys() -> Vec<Answered> {
    let desk = Desk::new();
    let levels = desk.read("policy/levels.yaml");
    desk.commit("policy/levels.yaml", levels.replace("reopened: stopped", "reopened: new_limit"));
    let (closed, second) = (desk.fault_in("closed"), desk.fault_in("closed"));
    let open = desk.request();
    let reopened = desk.at("09:01").by("chen").run(&REQUEST.replace("Globex", "Initech")).id();
    for (time, who, line) in [
        ("2026-11-27 10:00", "chen", "ack ID --reply-by +1h"),
        ("2026-11-27 10:10", "chen", "resolve ID --result r --cause c --code fulfilled"),
        ("2026-11-27 10:20", "zhang", "confirm ID --with 'Mr Ray' --satisfaction 4"),
        ("2026-11-27 10:30", "zhang", "close ID"),
        ("2026-12-01 08:00", "zhang", "reopen ID --reason 'it is gone again'"),
    ] {
        desk.at(time).by(who).run(&line.replace("ID", &reopened)).succeeds();
    }
    let get = |time: &str, line: &str| -> Value {
        let out = desk.at(time).by("chen").run(&format!("{line} --json")).out();
        serde_json::from_str(&out).unwrap_or_else(|why| panic!("{line}: {why} in {out}"))
    };
    let mut answers = vec![
        ("show", get("2026-12-01 08:01", &format!("show {reopened}"))),
        ("survey due", get("2026-12-01 09:00", "survey due")),
        ("survey send id", get("2026-12-01 09:01", &format!("survey send {closed}"))),
        ("survey send id", get("2026-12-01 09:02", &format!("survey send {second} -o ../out"))),
        ("survey due", get("2026-12-01 09:03", "survey due")),
    ];
    let batch = "survey send --all, survey import, survey expire";
    let month = "survey send --all --month 2026-11 -o ../out";
    answers.push((batch, get("2026-12-01 09:04", month)));
    let sent =
        answers.iter().find_map(|(_, answer)| answer["status"]["survey"]["sent_at"].as_str());
    let sent = sent.unwrap().to_owned();
    let rows = format!(
        "record,questions,sent,satisfaction,by,comment\n{closed},1,{sent},2,Ms Wang,slow\n\
         {open},1,{sent},4,Mr Ray,\n"
    );
    fs::write(desk.home().join("answers.csv"), &rows).unwrap();
    answers.push((batch, get("2026-12-02 09:00", "survey import ../home/answers.csv")));
    let cut = [rows.as_bytes(), b"\xff\n"].concat();
    fs::write(desk.home().join("answers.csv"), cut).unwrap();
    answers.push((batch, get("2026-12-02 09:01", "survey import ../home/answers.csv")));
    answers.push((batch, get("2027-02-02 09:00", "survey expire")));
    answers
}

/// Forms that were filled in offline.
fn forms() -> Vec<Answered> {
    let (desk, id) = visit_in("planned");
    let page = desk.at("13:00").run(&format!("report visit-form {id} --offline --json")).json();
    desk.write("../V.json", file(&filled(&desk, &id)));
    let import = |files: &str| -> Value {
        let line = format!("visit import {files} --json");
        serde_json::from_str(&desk.at("17:00").by("li").run(&line).out()).unwrap()
    };
    vec![
        ("report visit-form --offline", page),
        ("visit import", import("../V.json")),
        ("visit import", import("../V.json docket.yaml")),
    ]
}

/// What fails, on standard error.
fn errors() -> Vec<Answered> {
    let desk = Desk::new();
    let complaint = "open complaint X --channel hotline --customer ACME --name 'Ms Wang' --reported x \
        --need y --trigger direct --form oral --against service:x --remedy z";
    let id = desk.at("09:00").by("chen").run(complaint).id();
    desk.at("09:10").by("chen").run(&format!("ack {id} --reply-by +1h")).succeeds();
    let lines = [
        "open",
        "open fault x",
        "show NOTHING",
        "list --sort odd",
        "close ID",
        "audit nothing",
        // what other commands have to supply first
        "resolve ID --result r --cause c --code substantiated",
    ];
    lines
        .iter()
        .map(|line| {
            let ran = desk.at("09:30").by("chen").run(&format!("{line} --json").replace("ID", &id));
            assert_ne!(ran.status(), Some(0), "{ran}");
            assert_eq!(ran.out(), "", "{ran}");
            let error: Value = serde_json::from_str(&ran.err()).unwrap();
            assert_eq!(error["status"].as_i64(), ran.status().map(i64::from), "{ran}");
            ("error", error)
        })
        .collect()
}

/// A record by an agreement that had ended, and its customer.
fn agreed() -> Vec<Answered> {
    let desk = agreements::desk();
    let get =
        |time: &str, line: &str| desk.at(time).by("chen").run(&format!("{line} --json")).json();
    let open = FAULT.replace("--expected-by 17:00", "--expected-by none");
    let opened = get("2027-01-01 09:00", &open);
    let id = opened["id"].as_str().unwrap().to_owned();
    let show = get("2027-01-01 09:01", &format!("show {id}"));
    let explained = get("2027-01-01 09:01", &format!("sla explain {id}"));
    let customer = get("2027-01-01 09:01", "customer show acme");
    let only = "--customer acme --unit network";
    let register = get("2027-01-01 09:01", &format!("report register {only}"));
    let received = get("2027-01-01 09:01", &format!("report kpi --explain received {only}"));
    vec![
        ("a step", opened),
        ("show", show),
        ("sla explain", explained),
        ("customer show", customer),
        ("report name", register),
        ("report kpi --explain kpi", received),
    ]
}

/// Customers that are listed, called otherwise and merged.
fn customers(desk: &Desk) -> Vec<Answered> {
    let get = |line: &str| {
        let ran = desk.at("10:12").by("zhang").run(&format!("{line} --json")).succeeds();
        ran.json()
    };
    desk.at("10:12").by("chen").run("call x -c Initech -n 'Ms Odd'").succeeds();
    get("customer add old --name Old");
    let written = "customer add, customer change, customer merge";
    let add = "customer add acme --from ACME --alias Anvils --manager zhang --site A --product B";
    [
        (written, add),
        (written, "customer change old --alias Initech"),
        (written, "customer merge old --into acme"),
        ("customer list", "customer list"),
        ("customer show", "customer show acme"),
    ]
    .map(|(what, line)| (what, get(line)))
    .to_vec()
}

/// Two clones that went on without each other.
fn clones() -> Vec<Answered> {
    let one = Desk::new();
    let id = one.fault();
    let pair = [one.fault(), one.fault()];
    one.git(["init", "-q", "--bare", "../door.git"]);
    one.git(["remote", "add", "origin", "../door.git"]);
    one.at("09:05").by("zhang").run("sync").succeeds();
    let other = Desk::clone_of(&one.path("../door.git").canonicalize().unwrap());
    let contact = one.record(&id)["intake"]["contact"].as_str().unwrap().to_owned();
    for (desk, minute, to, phone, level) in [
        (&one, 0, "li", "13811110000", "--level urgent"),
        (&other, 1, "wu", "13822220000", "--major outage"),
    ] {
        let request = REQUEST.replace("Account", &format!("Account for {to}"));
        desk.at(&format!("09:1{minute}")).by("chen").run(&request).succeeds();
        let again = format!(
            "open request 'A lamp' --channel hotline --reported 'a lamp' --need 'a lamp' --name \
             {contact} --customer ACME --phone {phone} --category supply --expected-by none"
        );
        desk.at(&format!("09:2{minute}")).by("chen").run(&again).succeeds();
        desk.at(&format!("09:3{minute}"))
            .by("chen")
            .run(&format!("ack {id} --reply-by 10:30"))
            .succeeds();
        desk.at(&format!("09:4{minute}"))
            .by("chen")
            .run(&format!("route {id} --to {to} --reason 'a switch'"))
            .succeeds();
        desk.at(&format!("09:4{}", minute + 5))
            .by("chen")
            .run(&format!("update {id} {level} --reason 'they all wait'"))
            .succeeds();
        let (from, into) = (&pair[minute], &pair[1 - minute]);
        desk.at(&format!("09:4{}", minute + 7))
            .by("chen")
            .run(&format!("merge {from} --into {into} --reason 'the same'"))
            .succeeds();
    }
    let get = |desk: &Desk, time: &str, line: &str| {
        let out = desk.at(time).by("zhang").run(&format!("{line} --json")).out();
        serde_json::from_str::<Value>(&out).unwrap_or_else(|why| panic!("{line}: {why} in {out}"))
    };
    let mut answers = vec![("the board", get(&one, "09:50", ""))];
    answers.push(("sync", get(&one, "10:00", "sync")));
    answers.push(("sync", get(&other, "10:01", "sync")));
    answers.push(("list", get(&other, "10:02", "list --all")));
    answers.push(("contact list, contact show", get(&other, "10:03", "contact list")));
    let from = "open request 'Another lamp' --channel hotline --reported r --need n \
                --namesake 'floor 4' --name 'Mr Twice' --customer ACME --category supply --expected-by none \
                --phone 13833330000";
    other.at("10:10").by("chen").run(from).succeeds();
    let called = "call 'The same lamp' -n 'Mr Twice' -c ACME --namesake 'floor 4'";
    other.at("10:10").by("chen").run(called).succeeds();
    // by a channel that has no name of its own, and cancelled with what was merged into it
    let odd = "open request 'A chair' --channel other --channel-text 'a note on the door' --reported r \
               --need n --customer ACME --name 'Mr Twice' --namesake 'floor 4' --category supply";
    let odd = [odd; 2].map(|odd| other.at("10:10").by("chen").run(odd).id());
    let merge = format!("merge {} --into {} --reason 'the same'", odd[0], odd[1]);
    other.at("10:10").by("chen").run(&merge).succeeds();
    let cancel = format!("cancel {} --mistake 'a joke' --with-merged", odd[1]);
    other.at("10:10").by("chen").run(&cancel).succeeds();
    let contacts = get(&other, "10:11", "contact list --reveal");
    let twice = contacts["contacts"].as_array().unwrap().iter();
    let twice = twice.into_iter().find(|one| one["name"] == "Mr Twice").unwrap()["id"].clone();
    let merge = format!("contact merge {} --into {contact}", twice.as_str().unwrap());
    answers.push(("contact merge", get(&other, "10:12", &merge)));
    let written = "contact add, contact change";
    let add = "contact add 'Ms New' --customer ACME --phone 13700001111 --email new@acme.example";
    answers.push((written, get(&other, "10:12", add)));
    let change = "contact change 'Ms New' --set phone=13700002222 --salutation 'Dr New'";
    answers.push((written, get(&other, "10:12", change)));
    answers.extend(customers(&other));
    answers.push(("export", get(&other, "10:13", "export")));
    // two clones call somebody otherwise, and somebody is erased
    one.at("10:14").by("zhang").run("sync").succeeds();
    for (clone, called) in [(&one, "Mr R."), (&other, "Mr Ray")] {
        let known = REQUEST.to_owned() + &format!(" --salutation '{called}'");
        clone.at("10:15").by("chen").run(&known).succeeds();
    }
    other.at("10:15").by("zhang").run("customer change acme --manager li").succeeds();
    one.at("10:15").by("zhang").run("customer add acme --from ACME --manager wu").succeeds();
    for clone in [&one, &other] {
        clone.at("10:16").by("zhang").run("sync").succeeds();
    }
    answers.push(("contact list, contact show", get(&other, "10:17", "contact list")));
    answers.push(("customer show", get(&other, "10:17", "customer show acme")));
    let gone = "remark 'a draught' --soothed 'closed it' --customer ACME --name 'Mr Gone' \
                --channel hotline --reported r --wants-reply no";
    other.at("10:18").by("chen").run(gone).succeeds();
    let erase = "contact erase 'Mr Gone' --reason 'asked for it'";
    answers.push(("contact erase", get(&other, "10:19", erase)));
    get(&other, "10:19", "contact add 'Mr Sole' --customer 'Mr Sole'");
    let erase = "contact erase 'Mr Sole' --reason 'asked for it'";
    answers.push(("contact erase", get(&other, "10:19", erase)));
    answers.push(("contact list, contact show", get(&other, "10:20", "contact list")));
    answers
}

/// Making desks, changing the roster, taking in and mending.
fn upkeep() -> Vec<Answered> {
    let desk = Desk::nowhere();
    let mut answers = vec![("init", desk.at("08:00").by("zhang").run("init --json").json())];
    let get = |time: &str, who: &str, line: &str| -> Value {
        let ran = desk.at(time).by(who).run(&format!("{line} --json"));
        let out = ran.out();
        serde_json::from_str(&out).unwrap_or_else(|why| panic!("{line}: {why} in {out}"))
    };
    let people = "people add, people change, people retire";
    for line in [
        "people add li --name 李雷 --email li@example.com --role engineer --unit network",
        "people change li --key openpgp:0123456789ABCDEF0123456789ABCDEF01234567",
        "people retire li --reason 'moved away'",
    ] {
        answers.push((people, get("08:05", "zhang", line)));
    }
    answers.push(("people list", get("08:06", "zhang", "people list")));

    let holidays = r#"{"year": 2027, "papers": ["x"], "days": [
        {"name": "New Year", "date": "2027-01-01", "isOffDay": true},
        {"name": "New Year", "date": "2026-12-31", "isOffDay": true}]}"#;
    fs::write(desk.home().join("2027.json"), holidays).unwrap();
    let line = "calendar import ../home/2027.json";
    answers.push(("calendar import", get("08:10", "zhang", line)));
    let event = |day: &str| format!("BEGIN:VEVENT\nSUMMARY:x\nDTSTART:{day}\nEND:VEVENT\n");
    let events = ["20280101", "20280501", "2028"].map(event).concat();
    let events = format!("BEGIN:VCALENDAR\n{events}END:VCALENDAR\n");
    fs::write(desk.home().join("2028.ics"), events).unwrap();
    let line = "calendar import ../home/2028.ics";
    answers.push(("calendar import", get("08:11", "zhang", line)));

    let levels =
        desk.read("policy/levels.yaml").replace("  version: 1", "  reviewed_by: Li\n  version: 1");
    fs::write(desk.home().join("levels.yaml"), levels).unwrap();
    let kpi =
        desk.read("policy/kpi.yaml").replace("  version: 1", "  reviewed_by: Li\n  version: 1");
    fs::write(desk.home().join("kpi.yaml"), kpi).unwrap();
    let edit = "policy edit levels --from ../home/levels.yaml --reason read";
    answers.push(("policy edit, policy set, policy adopt", get("08:12", "zhang", edit)));
    let set = "policy set docket.name Desk --reason shorter";
    answers.push(("policy edit, policy set, policy adopt", get("08:13", "zhang", set)));
    answers.push(("policy edit, policy set, policy adopt", get("08:14", "zhang", set)));
    let draft = "policy edit kpi --next --on 2026-12-01 --from ../home/kpi.yaml --reason read";
    answers.push(("policy edit, policy set, policy adopt", get("08:14", "zhang", draft)));
    answers.push(("policy show", get("08:15", "zhang", "policy show")));
    let adopt = "policy adopt kpi";
    answers.push(("policy edit, policy set, policy adopt", get("08:15", "zhang", adopt)));
    answers.push(("policy show", get("08:15", "zhang", "policy show")));
    let withdraw = "policy adopt kpi --withdraw --reason later";
    answers.push(("policy adopt --withdraw", get("08:15", "zhang", withdraw)));
    get("08:15", "zhang", adopt);
    get("08:15", "zhang", &draft.replace("2026-12-01", "2026-11-30"));
    answers.push(("policy adopt --withdraw", get("08:15", "zhang", withdraw)));
    answers.push(("policy show", get("08:15", "zhang", "policy show levels")));
    for key in ["levels.at_risk", "docket.name"] {
        answers.push(("policy show", get("08:15", "zhang", &format!("policy show {key}"))));
    }

    let unread = "B1,X,2025-03-03 09:00,?,new,Pier 3,?,No,?,?,?\n";
    let unmapped = "B2,I,2025-03-03 09:00,2025-03-03 10:00,done,Pier 3,?,No,?,Ms Z,?\n";
    let rows = format!("{}{}{unread}{unmapped}", import::HEAD, import::LOG);
    fs::write(desk.home().join("map.yaml"), import::MAP).unwrap();
    fs::write(desk.home().join("log.csv"), rows).unwrap();
    let line = "import ../home/log.csv --map ../home/map.yaml";
    answers.push(("import", get("11:00", "zhang", &format!("{line} --dry-run"))));
    answers.push(("import", get("11:01", "zhang", line)));
    let older = unmapped.replace("2025-03-03 10:00,done", "2025-03-03 09:30,new");
    fs::write(desk.home().join("log.csv"), format!("{}{older}", import::HEAD)).unwrap();
    answers.push(("import", get("11:02", "zhang", line)));
    answers.push(("list", get("11:02", "zhang", "list --all")));

    let path = desk.git(["ls-files", "records"]).lines().next().unwrap().to_owned();
    let text = desk.read(&path);
    desk.write(&path, text.replace("Pier", "Quay"));
    answers.push(("doctor", get("11:10", "zhang", "doctor")));
    answers.push(("check, policy check", get("11:11", "zhang", "check")));
    answers.push(("doctor", get("11:12", "zhang", "doctor --repair --edits drop")));
    for line in ["ack --help", "--version"] {
        answers.push(("--help, --version", get("11:13", "zhang", line)));
    }
    answers
}

/// The sample desk of `docket demo`, and what was answered when it was made.
static DEMO: LazyLock<(TempDir, Value)> = LazyLock::new(|| {
    let dir = TempDir::new().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_docket"));
    command
        .current_dir(dir.path())
        .env("HOME", dir.path())
        .args(["demo", "desk", "--fixed", "--json"]);
    for unset in ["DOCKET_NOW", "DOCKET_SEED"] {
        command.env_remove(unset);
    }
    let made = command.output().unwrap();
    assert!(made.status.success(), "{made:?}");
    let answer = serde_json::from_slice(&made.stdout).unwrap();
    (dir, answer)
});

/// A clone of the sample desk.
fn sample() -> Desk {
    Desk::clone_of(&DEMO.0.path().join("desk"))
}

/// Asks the sample desk as its team lead, on its last day.
fn ask<'d>(desk: &'d Desk, line: &str) -> crate::desk::Ran<'d> {
    desk.at("2026-11-20 16:30")
        .env("GIT_AUTHOR_NAME", "张伟")
        .env("GIT_AUTHOR_EMAIL", "zhang@desk.example")
        .run(line)
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
