//! Records of another system that no import could have made.

use std::fs;

use super::{forger::Forger, story::by};
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
    let found = forger.library.audit(parent, commit).unwrap();
    found.iter().map(|one| one.what[..3].to_owned()).collect()
}

#[test]
fn an_event_has_no_id_of_an_entry_that_was_imported_before_the_range() {
    let desk = imported();
    by(&desk, "11:00", "chen", REQUEST).succeeds();
    let forger = Forger::at(&desk.path(""));
    let steps = forger.steps();
    let [.., import, _, open] = &steps[..] else { panic!("{}", steps.len()) };
    let mut draft = open.draft();
    let id = &import.after["history"][2]["id"];
    draft.record["history"][0]["id"] = id.clone();
    draft.event = id.as_str().unwrap().to_owned();
    let made = forger.commit(open, &draft).unwrap();
    assert_eq!(codes(&forger, &open.parent, &made), ["H11"]);
}
