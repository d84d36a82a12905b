//! What is on a desk once, made a second time: an event's id, a record of another system, somebody of
//! a customer.

use serde_json::json;

use super::{
    forger::Forger,
    imports::{codes, imported, last},
    library::Library,
    story::by,
};
use crate::desk::{Desk, REQUEST};

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

#[test]
fn nobody_new_is_called_by_a_number_or_an_id() {
    let desk = Desk::new();
    by(&desk, "09:00", "chen", REQUEST).succeeds();
    let forger = Forger::at(&desk.path(""));
    let steps = forger.steps();
    let open = last(&steps, 0);
    for (name, found) in [
        ("13900001111", &["H05"][..]),
        ("c-abcde", &["H05"]),
        ("Ms 13900001111", &["H05"]),
        ("Room 12", &[]),
    ] {
        let mut contact = open.contacts[0].clone();
        contact["name"] = json!(name);
        let mut draft = open.draft();
        draft.beside.push(Library::write_contact(&contact).unwrap());
        let made = forger.commit(open, &draft).unwrap();
        assert_eq!(codes(&forger, &open.parent, &made), found, "{name}");
    }
}

#[test]
fn whom_the_desk_knows_does_not_come_as_somebody_new() {
    let desk = Desk::new();
    by(&desk, "09:00", "chen", REQUEST).succeeds();
    by(&desk, "09:10", "chen", REQUEST).succeeds();
    let forger = Forger::at(&desk.path(""));
    let steps = forger.steps();
    let (first, open) = (last(&steps, 1), last(&steps, 0));
    for (customer, namesake, found) in
        [("Globex", None, &["H19"][..]), ("Initech", None, &[]), ("Globex", Some("the tall"), &[])]
    {
        let mut contact = first.contacts[0].clone();
        contact["id"] = json!("C-ZZZZZ");
        contact["customer"] = json!(customer);
        if let Some(namesake) = namesake {
            contact["namesake"] = json!(namesake);
        }
        let mut draft = open.draft();
        draft.record["intake"]["contact"] = json!("C-ZZZZZ");
        draft.record["intake"]["customer"] = json!(customer);
        draft.beside.push(Library::write_contact(&contact).unwrap());
        let made = forger.commit(open, &draft).unwrap();
        for since in [&open.parent, &first.parent] {
            assert_eq!(codes(&forger, since, &made), found, "{customer} since {since}");
        }
    }
}
