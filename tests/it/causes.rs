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
        .says("resolve_ontime,resolved on time,power,");
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

/// A fault that came in at a time, and was solved an hour later.
fn solved_fault(desk: &Desk, day: &str, customer: &str, cause: &str) -> String {
    let at = |time: &str| format!("2026-{day} {time}");
    let open = format!(
        "open fault 'No light' --channel phone --customer '{customer}' --name 'Ms Wang' \
         --phone 13812341234 --reported dark --need light --category hardware --product points \
         --expected-by none --occurred-at unknown --location 'hall' --symptom dark"
    );
    let id = desk.at(&at("09:00")).by("chen").run(&*open).id();
    desk.at(&at("09:02")).by("chen").run(&*format!("ack {id} --reply-by +1h")).succeeds();
    let resolve = format!("resolve {id} {SOLVED} --cause-category {cause}");
    desk.at(&at("10:00")).by("chen").run(&*resolve).succeeds();
    id
}

#[test]
fn the_table_of_faults_tells_what_they_have_in_common_under_one_name_of_a_customer() {
    let desk = Desk::new();
    let catalog = desk.read("policy/catalog.yaml");
    let products = "products:\n- {id: points, name: Points of sale}\n";
    desk.commit("policy/catalog.yaml", catalog.replace("products: []\n", products));
    desk.at("2026-11-23 08:50")
        .by("chen")
        .run("customer add harbour --name 'Harbour Hotel' --alias Harbour")
        .succeeds();
    solved_fault(&desk, "11-23", "Harbour Hotel", "power");
    solved_fault(&desk, "12-02", "Harbour", "power");
    solved_fault(&desk, "12-03", "Globex", "software");
    let again = solved_fault(&desk, "12-14", "Harbour Hotel", "power");
    let report = "report faults --month 2026-12 --json";
    let analysis = desk.at("2026-12-21 09:00").run(report).json()["analysis"].clone();
    let ranked = |of: &str| {
        let rows = analysis[of].as_array().unwrap().iter();
        let row = |row: &serde_json::Value| {
            (row["name"].as_str().unwrap().to_owned(), row["faults"].as_u64().unwrap())
        };
        rows.map(row).collect::<Vec<_>>()
    };
    let named = |name: &str, faults| (name.to_owned(), faults);
    assert_eq!(
        ranked("causes"),
        [named("power supply or premises", 2), named("software defect", 1)]
    );
    assert_eq!(ranked("customers"), [named("Harbour Hotel", 2), named("Globex", 1)]);
    assert_eq!(ranked("products"), [named("Points of sale", 3)]);
    assert_eq!((&analysis["received"], &analysis["repeated"]), (&3.into(), &2.into()));
    assert_eq!(analysis["repeats"][0]["faults"], 2);
    assert!(analysis["repeats"][0]["records"].as_str().unwrap().contains(&again));
    let months = analysis["trend"].as_array().unwrap();
    assert_eq!(months.len(), 6);
    assert_eq!(
        (&months[4]["month"], &months[4]["received"], &months[5]["solved"]),
        (&"2026-11".into(), &1.into(), &3.into())
    );
    desk.at("2026-12-21 09:00")
        .run("report faults --month 2026-12")
        .says("| power supply or premises | 2 |")
        .says("Repeated within 30 days: 2 of 3 faults received");
}

#[test]
fn a_fault_says_by_what_it_came_to_light_and_when() {
    let desk = Desk::new();
    let open = |kind: &str, more: &str| {
        format!(
            "open {kind} 'No light' --channel monitoring --customer ACME --name 'Ms Wang' \
             --phone 13812341234 --reported dark --need light --expected-by none {more}"
        )
    };
    let fault = |more: &str| open("fault", &format!("--occurred-at 08:30 {more}"));
    let run = |line: String| desk.at("09:00").by("chen").run(&*line);
    run(fault("--detected-at 09:30 --received-at 08:58")).refuses("after the record was received");
    run(fault("--detected-at 08:20")).refuses("before the fault occurred");
    run(open("request", "--source monitoring")).refuses("--kind fault");
    let id = run(fault("--detected-at 08:40 --source 监控系统")).id();
    let told = desk.record(&id)["intake"]["fault"].clone();
    assert_eq!(told["detected_at"], "2026-11-23T08:40:00+08:00");
    assert_eq!(told["source"], "monitoring");
    desk.at("09:01").run(&*format!("show {id}")).says("detected at").says("source of the fault");
    desk.at("09:01")
        .run(&*format!("report request {id}"))
        .says("| Detected at | 2026-11-23 08:40 |");
    desk.at("09:02").by("chen").run(&*format!("ack {id} --reply-by +1h")).succeeds();
    desk.at("09:30").by("chen").run(&*format!("resolve {id} {SOLVED}")).succeeds();
    desk.at("09:31")
        .run("report faults --month 2026-11 --lang zh-CN")
        .says("（发现于 2026-11-23 08:40） | 监控系统 |");
    desk.is_honest();
}
