//! Records of another system that no import could have made.

use std::fs;

use serde_json::{Value, json};

use super::{
    forger::{Forger, Step},
    story::by,
};
use crate::desk::{Desk, REQUEST};

/// A desk that imported at eleven.
fn imported() -> Desk {
    let desk = Desk::new();
    fs::write(desk.home().join("map.yaml"), crate::import::MAP).unwrap();
    let rows = format!("{}{}", crate::import::HEAD, crate::import::LOG);
    fs::write(desk.home().join("log.csv"), rows).unwrap();
    by(&desk, "11:00", "zhang", "import ../home/log.csv --map ../home/map.yaml").succeeds();
    desk
}

/// The codes of what is found at a commit on top of another one.
fn codes(forger: &Forger, parent: &str, commit: &str) -> Vec<String> {
    let mut found = forger.library.audit(parent, commit).unwrap();
    found.retain(|one| one.commit == commit);
    found.iter().map(|one| one.what[..3].to_owned()).collect()
}

/// The last step but `nth`.
fn last(steps: &[Step], nth: usize) -> &Step {
    &steps[steps.len() - 1 - nth]
}

#[test]
fn an_event_has_no_id_of_an_entry_that_was_imported_before_the_range() {
    let desk = imported();
    by(&desk, "11:00", "chen", REQUEST).succeeds();
    let forger = Forger::at(&desk.path(""));
    let steps = forger.steps();
    let (open, import) = (last(&steps, 0), last(&steps, 2));
    let mut draft = open.draft();
    let id = &import.after["history"][2]["id"];
    draft.record["history"][0]["id"] = id.clone();
    draft.event = id.as_str().unwrap().to_owned();
    let made = forger.commit(open, &draft).unwrap();
    assert_eq!(codes(&forger, &open.parent, &made), ["H11"]);
}

/// What is done to the record of A1, in whose history come: open, new, work with the reply, done,
/// work, done, over.
type Deed = (&'static str, fn(&mut Value));

const DEEDS: &[Deed] = &[
    ("entries out of the order of time", |record| {
        record["history"][2]["at"] = json!("2025-03-04T09:30:00+08:00");
    }),
    ("an outcome of work that goes on", |record| {
        record["history"][4]["outcome"] = record["history"][3]["outcome"].clone();
    }),
    ("an outcome that is told twice", |record| {
        record["history"][6]["outcome"] = record["history"][5]["outcome"].clone();
    }),
    ("a second reply", |record| record["history"][5]["replied"] = json!(true)),
    ("a reply where there was one before", |record| {
        record["history"][2].as_object_mut().unwrap().remove("replied");
        record["history"][4]["replied"] = json!(true);
    }),
];

#[test]
fn an_import_holds_what_an_importer_makes() {
    let desk = imported();
    let forger = Forger::at(&desk.path(""));
    let steps = forger.steps();
    let step = last(&steps, 1);
    assert_eq!(step.after["history"].as_array().unwrap().len(), 7);
    for (what, deed) in DEEDS {
        let mut draft = step.draft();
        deed(&mut draft.record);
        let made = forger.commit(step, &draft).unwrap();
        assert_eq!(codes(&forger, &step.parent, &made), ["H11"], "{what}");
    }
}

#[test]
fn a_record_of_another_system_comes_in_once() {
    let desk = imported();
    by(&desk, "11:05", "chen", REQUEST).succeeds();
    let tip = desk.head();
    let forger = Forger::at(&desk.path(""));
    let mut step = forger.steps().remove(forger.steps().len() - 2);
    assert_eq!(step.after["intake"]["source"]["number"], "A2");
    let before = step.parent;
    (step.parent, step.commit) = (tip.clone(), tip.clone());
    let mut draft = step.draft();
    draft.record["id"] = json!("R-250303-ZZZZZ");
    for event in draft.record["history"].as_array_mut().unwrap() {
        event["id"] = json!(format!("{}ZZZZZ", &event["id"].as_str().unwrap()[..21]));
    }
    draft.event = format!("{}ZZZZZ", &draft.event[..21]);
    let made = forger.commit(&step, &draft).unwrap();
    for since in [&tip, &before] {
        assert_eq!(codes(&forger, since, &made), ["H23"], "since {since}");
    }
}
