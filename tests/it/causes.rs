//! Why faults happen, counted: what sort of cause each had (R61).

use crate::{
    desk::Desk,
    terminal::{ENTER, Typist},
};

const SOLVED: &str = "--result 'replaced' --cause 'broken power supply' --code fixed";

#[test]
fn the_cause_of_a_fault_is_filed_under_one_of_the_desks_categories() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    let resolve = format!("resolve {id} {SOLVED} --cause-category");
    desk.at("10:00").by("li").run(&*format!("{resolve} powr")).refuses("did you mean power?");
    desk.at("10:00").by("li").run(&*format!("{resolve} 电源或环境")).succeeds();
    assert_eq!(desk.record(&id)["status"]["resolution"]["cause_category"], "power");
    desk.at("10:01").run(&*format!("show {id}")).says("power supply or premises");
    desk.at("10:01").run(&*format!("report request {id} --lang zh-CN")).says("电源或环境");
    desk.at("10:02")
        .run("report kpi --by cause --month 2026-11 --format csv")
        .says("resolve_ontime,resolved in time,power,");
    desk.is_honest();
}

#[test]
fn a_desk_without_categories_of_causes_asks_for_none_and_takes_none() {
    let desk = Desk::new();
    let text = desk.read("policy/catalog.yaml");
    let (before, after) = text.split_once("causes:\n").unwrap();
    let after = after.split_once("\n\n").unwrap().1;
    desk.commit("policy/catalog.yaml", format!("{before}\n{after}"));
    let id = desk.fault_in("in_progress");
    let resolve = format!("resolve {id} {SOLVED}");
    let told = format!("{resolve} --cause-category power");
    desk.at("10:00").by("li").run(&*told).refuses("power");
    let command =
        desk.at("10:00").by("li").command(&*format!("resolve {id} --cause x --code fixed"));
    let mut typist = Typist::at(command, 120);
    typist.sees("result:").types("replaced").types(ENTER);
    let (status, screen) = typist.end();
    assert!(status == 0 && !screen.contains("category of causes"), "{screen}");
}

#[test]
fn whoever_solves_a_fault_at_a_terminal_is_asked_for_the_sort_of_cause() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    let command =
        desk.at("10:00").by("li").command(&*format!("resolve {id} 'new fuse' --code fixed"));
    let mut typist = Typist::at(command, 120);
    typist.sees("cause:").types("blown").types(ENTER);
    typist.sees("category of causes (none):").types("power").types(ENTER);
    let (status, screen) = typist.end();
    assert_eq!(status, 0, "{screen}");
    assert_eq!(desk.record(&id)["status"]["resolution"]["cause_category"], "power");
}
