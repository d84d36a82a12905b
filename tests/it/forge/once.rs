//! What is on a desk once, made a second time: an event's id, a record of another system.

use serde_json::json;

use super::{
    forger::Forger,
    imports::{codes, imported, last},
    story::by,
};
use crate::desk::REQUEST;

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
