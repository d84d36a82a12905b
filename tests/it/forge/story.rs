//! An honest desk on which every action was done at least once, in every form that it has.

use std::fs;

use super::rows::{AROUND, COMPLAINTS, DECEMBER, FAULTS, OTHERS, Row};
use crate::{
    desk::{Desk, Ran},
    visit_import::{file, filled},
};

/// Who works there besides the usual team: id, name, role, unit.
const TEAM: &[(&str, &str, &str, &str)] = &[
    ("sun", "Sun Na", "agent", "desk"),
    ("mei", "Mei Lan", "relationship_manager", "desk"),
    ("gao", "Gao Feng", "complaint_decider", "desk"),
    ("lin", "Lin Tao", "leader", "desk"),
    ("old", "Old Hand", "agent", "desk"),
];

const PRODUCTS: &str = "products:\n- id: points\n  name: Access points\n- id: mail\n  name: Mail\n";

const CALENDAR: &str = r#"{"year": 2027, "papers": ["https://example.org/paper"], "days": [
    {"name": "元旦", "date": "2027-01-01", "isOffDay": true}]}"#;

/// Ids of records by the names that the story gives them.
type Names = Vec<(&'static str, String)>;

/// A desk with all of it in one branch.
pub(crate) fn told() -> Desk {
    let desk = Desk::new();
    for (id, name, role, unit) in TEAM {
        let line = format!(
            "people add {id} --name '{name}' --email {id}@example.com --role {role} --unit {unit}"
        );
        by(&desk, "2026-11-23 08:10", "zhang", &line).succeeds();
    }
    by(&desk, "2026-11-23 08:11", "zhang", "people retire old --reason 'moved away'").succeeds();
    products(&desk);
    fs::write(desk.home().join("router.log"), "link down\n").unwrap();
    fs::write(desk.home().join("form.pdf"), "%PDF-1.7\n").unwrap();
    let mut names = Names::new();
    tell(&desk, AROUND, &mut names);
    merge_contacts(&desk);
    for rows in [FAULTS, OTHERS, COMPLAINTS] {
        tell(&desk, rows, &mut names);
    }
    import(&desk);
    settle(&desk);
    fs::write(desk.home().join("2027.json"), CALENDAR).unwrap();
    tell(&desk, DECEMBER, &mut names);
    import_in_parts(&desk);
    hide(&desk);
    sign_on_a_screen(&desk);
    desk
}

/// A visit of which the form was filled in offline, with a drawn signature.
fn sign_on_a_screen(desk: &Desk) {
    let open = "open fault 'Dark stairs' --product mail --channel hotline --customer ACME \
                --name 'Ms Wang' --reported 'it is dark' --need 'light' --category network \
                --expected-by none";
    let id = by(desk, "2026-12-31 17:41", "chen", open).id();
    let plan =
        "--window 17:45..17:50 --engineer li --address 'Harbour Street 9' --reason 'no light'";
    for line in [format!("ack {id} --reply-by +1h"), format!("visit plan {id} {plan}")] {
        by(desk, "2026-12-31 17:42", "chen", &line).succeeds();
    }
    let mut form = filled(desk, &id);
    for (key, time) in [("departed_at", "17:44"), ("arrived_at", "17:45"), ("left_at", "17:50")] {
        form[key] = format!("2026-12-31T{time}").into();
    }
    fs::write(desk.home().join("form.json"), file(&form)).unwrap();
    by(desk, "2026-12-31 17:51", "li", "visit import ../home/form.json").succeeds();
}

/// A number that is kept for a reason, and hidden later.
fn hide(desk: &Desk) {
    let open = "open fault 'Loud fan' --channel hotline --customer ACME --name 'Ms Wang' \
                --reported 'it hums' --need 'quiet' --category network --expected-by none";
    let id = by(desk, "2026-12-31 17:40", "chen", open).id();
    let keep = "'call 13912345678' --contains-personal 'she asked for it'";
    by(desk, "2026-12-31 17:41", "chen", &format!("note {id} {keep}")).succeeds();
    let redact = "--event 2 --field note --reason 'she was called'";
    by(desk, "2026-12-31 17:50", "zhang", &format!("redact {id} {redact}")).succeeds();
}

/// Runs a line by somebody who is author and committer in one.
pub(crate) fn by<'d>(desk: &'d Desk, time: &str, who: &str, line: &str) -> Ran<'d> {
    let run = desk.at(time).by(who).env("GIT_COMMITTER_NAME", who);
    run.env("GIT_COMMITTER_EMAIL", &format!("{who}@example.com")).run(line)
}

fn tell(desk: &Desk, rows: &'static [Row], names: &mut Names) {
    for (time, who, words) in rows {
        let (name, words) = match words.split_once(" = ") {
            Some((name, words)) => (Some(name), words),
            None => (None, *words),
        };
        let line = names
            .iter()
            .fold(words.to_owned(), |line, (name, id)| line.replace(&format!("@{name}"), id));
        let ran = by(desk, time, who, &line).succeeds();
        if let Some(name) = name {
            names.push((name, ran.id()));
        }
    }
}

fn products(desk: &Desk) {
    let catalog = desk.read("policy/catalog.yaml");
    assert!(catalog.contains("\nproducts: []\n"), "{catalog}");
    desk.write("policy/catalog.yaml", catalog.replace("products: []\n", PRODUCTS));
    let mut git = desk.at("2026-11-23 08:15").by("zhang").shell("git");
    let done = git.args(["commit", "-q", "-a", "-m", "products"]).output().unwrap();
    assert!(done.status.success(), "{done:?}");
}

fn merge_contacts(desk: &Desk) {
    let listed = by(desk, "2026-11-24 08:40", "chen", "contact list --reveal --json").json();
    let called = |name: &str| {
        let contacts = listed["contacts"].as_array().unwrap();
        let contact = contacts.iter().find(|contact| contact["name"] == name).unwrap();
        contact["id"].as_str().unwrap().to_owned()
    };
    let line = format!("contact merge {} --into {}", called("Mr Hoo"), called("Mr Ho"));
    by(desk, "2026-11-24 08:41", "chen", &line).succeeds();
}

fn import(desk: &Desk) {
    fs::write(desk.home().join("map.yaml"), crate::import::MAP).unwrap();
    let rows = format!("{}{}", crate::import::HEAD, crate::import::LOG);
    fs::write(desk.home().join("log.csv"), rows).unwrap();
    by(desk, "2026-11-25 11:00", "zhang", "import ../home/log.csv --map ../home/map.yaml")
        .succeeds();
}

/// A log that tells all that a log can tell, in two files.
fn import_in_parts(desk: &Desk) {
    fs::write(desk.home().join("map.yaml"), PARTS_MAP).unwrap();
    for (time, rows) in [("17:30", PARTS[0]), ("17:31", PARTS[1])] {
        fs::write(desk.home().join("log.csv"), format!("{PARTS_HEAD}{rows}")).unwrap();
        let time = format!("2026-12-31 {time}");
        by(desk, &time, "zhang", "import ../home/log.csv --map ../home/map.yaml").succeeds();
    }
}

const PARTS_MAP: &str = r#"
system: Third Desk
time_format: "%Y-%m-%d %H:%M"
record:
  number: "{no}"
  received_at: "{opened}"
  kind: fault
  channel: phone
  customer: Pier 3
  name: "{caller}"
  phone: "{phone}"
  email: "{mail}"
  title: "{what}"
  reported: "{what}"
  level: urgent
  respond_due: "{due}"
entry:
  at: "{at}"
  state:
    column: state
    values: {ack: acknowledged, work: in_progress, wait: pending, done: resolved, over: closed}
  reason: {column: state, values: {wait: waiting_customer}, otherwise: ""}
  replied_in: [in_progress]
  person: "{who}"
  solved_by: "{solver}"
  code: fixed
  result: "{note}"
  cause: "{note}"
  satisfaction: "{stars}"
  note: "{note}"
people: {Mr Li: li}
"#;

const PARTS_HEAD: &str = "no,opened,caller,phone,mail,what,due,at,state,who,solver,stars,note\n";

const PARTS: [&str; 2] = [
    "\
C1,2026-12-01 09:00,Mr Tan,13800000009,tan@example.org,Slow,2026-12-01 12:00,2026-12-01 09:30,ack,Ms X,,,heard
C1,2026-12-01 09:00,Mr Tan,13800000009,tan@example.org,Slow,2026-12-01 12:00,2026-12-01 10:00,work,Ms X,,,looked
C1,2026-12-01 09:00,Mr Tan,13800000009,tan@example.org,Slow,2026-12-01 12:00,2026-12-01 11:00,wait,Ms X,,,asked
",
    "\
C1,2026-12-01 09:00,Mr Tan,13800000009,tan@example.org,Slow,2026-12-01 12:00,2026-12-02 10:00,work,Mr Li,,,goes on
C1,2026-12-01 09:00,Mr Tan,13800000009,tan@example.org,Slow,2026-12-01 12:00,2026-12-02 11:00,done,Mr Li,Ms Wu,,swapped
C1,2026-12-01 09:00,Mr Tan,13800000009,tan@example.org,Slow,2026-12-01 12:00,2026-12-03 11:00,over,Ms Y,Ms Wu,5,gone
C1,2026-12-01 09:00,Mr Tan,13800000009,tan@example.org,Slow,2026-12-01 12:00,2026-12-04 11:00,work,Ms Y,Mr Li,,again
C1,2026-12-01 09:00,Mr Tan,13800000009,tan@example.org,Slow,2026-12-01 12:00,2026-12-04 12:00,done,Ms Y,Mr Li,,truly
",
];

/// Two clones give the same work to two people; the one that was set aside is kept.
fn settle(desk: &Desk) {
    desk.git(["init", "-q", "--bare", "../door.git"]);
    desk.git(["remote", "add", "origin", "../door.git"]);
    let line = "open fault 'Torn' --channel hotline --customer ACME --name 'Ms Wang' \
                --reported 'a noise' --need 'quiet' --category network --expected-by none";
    let id = by(desk, "2026-11-25 11:10", "chen", line).id();
    by(desk, "2026-11-25 11:11", "chen", &format!("ack {id} --reply-by 12:00")).succeeds();
    by(desk, "2026-11-25 11:12", "zhang", "sync").succeeds();
    let other = Desk::clone_of(&desk.path("../door.git").canonicalize().unwrap());
    for (desk, to, time) in [(desk, "li", "11:13"), (&other, "wu", "11:14")] {
        let route = format!("route {id} --to {to} --reason 'his field'");
        by(desk, &format!("2026-11-25 {time}"), "chen", &route).succeeds();
    }
    for desk in [&other, desk] {
        by(desk, "2026-11-25 11:15", "zhang", "sync").succeeds();
    }
    let record = desk.record(&id);
    let aside = record["status"]["set_aside"][0].as_str().unwrap();
    let line = format!("settle {id} --keep {aside} --reason 'he is here'");
    by(desk, "2026-11-25 11:16", "chen", &line).succeeds();
}
