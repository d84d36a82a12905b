//! Records of another system that no import could have made.

use std::fs;

use serde_json::{Value, json};

use super::{
    forger::{Forger, Step},
    library::Library,
    story::by,
};
use crate::desk::Desk;

/// A desk that imported at eleven.
pub(super) fn imported() -> Desk {
    let desk = Desk::new();
    fs::write(desk.home().join("map.yaml"), crate::import::MAP).unwrap();
    let rows = format!("{}{}", crate::import::HEAD, crate::import::LOG);
    fs::write(desk.home().join("log.csv"), rows).unwrap();
    by(&desk, "11:00", "zhang", "import ../home/log.csv --map ../home/map.yaml").succeeds();
    desk
}

/// The codes of what is found at a commit on top of another one.
pub(super) fn codes(forger: &Forger, parent: &str, commit: &str) -> Vec<String> {
    let mut found = forger.library.audit(parent, commit).unwrap();
    found.retain(|one| one.commit == commit);
    found.iter().map(|one| one.what[..3].to_owned()).collect()
}

/// The last step but `nth`.
pub(super) fn last(steps: &[Step], nth: usize) -> &Step {
    &steps[steps.len() - 1 - nth]
}

/// What is done to the record of A1, in whose history come: open, new, work with the reply, done,
/// work, done, done with the outcome, over.
type Deed = (&'static str, fn(&mut Value));

const DEEDS: &[Deed] = &[
    ("entries out of the order of time", |record| {
        record["history"][2]["at"] = json!("2025-03-04T09:30:00+08:00");
    }),
    ("an outcome of work that goes on", |record| {
        record["history"][4]["outcome"] = record["history"][3]["outcome"].clone();
    }),
    ("an outcome that is told twice", |record| {
        record["history"][7]["outcome"] = record["history"][6]["outcome"].clone();
    }),
    ("a second reply", |record| record["history"][5]["replied"] = json!(true)),
    ("a reply where there was one before", |record| {
        record["history"][2].as_object_mut().unwrap().remove("replied");
        record["history"][4]["replied"] = json!(true);
    }),
];

#[test]
fn an_import_names_record_and_contact_as_an_importer_does() {
    let desk = imported();
    let forger = Forger::at(&desk.path(""));
    let steps = forger.steps();
    let step = last(&steps, 1);
    let own = step.after["id"].as_str().unwrap();
    let changed = desk.git(["show", "--name-only", "--format=", &step.commit]);
    let path = changed.lines().find(|path| path.contains(own)).unwrap();
    for name in ["R-250304-ZZZZZ", "R-991231-ZZZZZ", "ZZ-250303-ZZZZZ"] {
        let mut draft = step.draft();
        draft.record["id"] = json!(name);
        draft.gone.push(path.to_owned());
        let made = forger.commit(step, &draft).unwrap();
        assert_eq!(codes(&forger, &step.parent, &made), ["H23"], "{name}");
    }
    let erased = json!({"at": "2026-11-23T09:00:00+08:00", "reason": "gone"});
    for (field, value) in [("merged_into", json!("C-ABCDE")), ("erased", erased)] {
        let mut contact = step.contacts[0].clone();
        contact[field] = value;
        let mut draft = step.draft();
        draft.beside.push(Library::write_contact(&contact).unwrap());
        let made = forger.commit(step, &draft).unwrap();
        assert!(codes(&forger, &step.parent, &made).contains(&"H05".to_owned()), "{field}");
    }
}

#[test]
fn an_import_holds_what_an_importer_makes() {
    let desk = imported();
    let forger = Forger::at(&desk.path(""));
    let steps = forger.steps();
    let step = last(&steps, 1);
    assert_eq!(step.after["history"].as_array().unwrap().len(), 8);
    for (what, deed) in DEEDS {
        let mut draft = step.draft();
        deed(&mut draft.record);
        let made = forger.commit(step, &draft).unwrap();
        // what comes before its time has no effect, so that the status is another one too
        let is_early = what.starts_with("entries out");
        let due = if is_early { &["H13", "H19", "H19"][..] } else { &["H19"] };
        assert_eq!(codes(&forger, &step.parent, &made), due, "{what}");
    }
}
