//! Logs as other systems write them: in several files, in several spellings, with rows that nobody
//! can read one way only.

use std::{fs, path::Path};

use serde_json::Value;

use crate::{
    desk::{Desk, Ran},
    import::{HEAD, LOG, MAP, line, records, with},
};

/// A figure of a month: how many of how many.
fn figure(desk: &Desk, month: &str, name: &str) -> (u64, u64) {
    let line = format!("report kpi --month {month} --format json");
    let kpi = desk.at("12:00").run(&line).json();
    let all = kpi["figures"].as_array().unwrap().iter().chain(kpi["times"].as_array().unwrap());
    let found = all.clone().find(|figure| figure["name"] == name).unwrap();
    (found["numerator"].as_u64().unwrap(), found["denominator"].as_u64().unwrap())
}

fn import<'d>(desk: &'d Desk, rows: &str) -> Ran<'d> {
    with(desk, rows);
    desk.at("11:00").by("zhang").run(&line(desk))
}

/// As [`import`], with parts of the map written otherwise.
fn import_by<'d>(desk: &'d Desk, log: &str, changes: &[(&str, &str)]) -> Ran<'d> {
    let map = changes.iter().fold(MAP.to_owned(), |map, (from, to)| {
        assert!(map.contains(from), "{from}");
        map.replace(from, to)
    });
    fs::write(desk.home().join("map.yaml"), map).unwrap();
    fs::write(desk.home().join("log.csv"), log).unwrap();
    desk.at("11:00").by("zhang").run(&line(desk))
}

fn statuses(desk: &Desk) -> Vec<Value> {
    let mut all: Vec<Value> = records(desk)
        .into_iter()
        .map(|mut one| {
            let number = one["intake"]["source"]["number"].take();
            let entries: Vec<String> = one["history"]
                .as_array()
                .unwrap()
                .iter()
                .map(|event| format!("{} {} {}", event["n"], event["at"], event["state"]))
                .collect();
            let times = one["status"]["times"].take();
            serde_json::json!([number, one["status"]["state"], times, entries])
        })
        .collect();
    all.sort_by_key(|one| one[0].to_string());
    all
}

/// A log cut anywhere leaves the desk as the whole log does, and the audit finds each part honest.
#[test]
fn a_log_in_two_files_is_the_log_in_one() {
    let whole = Desk::new();
    import(&whole, LOG).succeeds();
    let lines: Vec<&str> = LOG.lines().collect();
    for cut in 1..lines.len() {
        let parts = Desk::new();
        import(&parts, &(lines[..cut].join("\n") + "\n")).succeeds();
        import(&parts, &(lines[cut..].join("\n") + "\n")).succeeds();
        assert_eq!(statuses(&parts), statuses(&whole), "cut after {cut}");
        parts.is_honest();
    }
}

/// A later file that tells the earlier rows again adds only what is new, and says how much of each.
#[test]
fn a_later_file_that_begins_anew_adds_what_is_new() {
    let desk = Desk::new();
    let lines: Vec<&str> = LOG.lines().collect();
    import(&desk, &(lines[..4].join("\n") + "\n")).succeeds();
    import(&desk, LOG).succeeds().says("1 continued, 1 already here, 0 skipped; 4 rows repeated");
    assert_eq!(desk.trailer("Docket-State"), "resolved->closed");
    let read = import(&desk, LOG).succeeds();
    read.says("7 rows of 2 records: 0 imported, 2 already here, 0 skipped; 7 rows repeated");
    desk.is_honest();
}

/// Rows that come after newer ones are named and change nothing; the state is that of the newest.
#[test]
fn older_rows_that_come_later_are_reported_and_leave_the_record_alone() {
    let desk = Desk::new();
    let lines: Vec<&str> = LOG.lines().collect();
    import(&desk, &(lines[5..].join("\n") + "\n")).succeeds();
    let head = desk.head();
    let ran = import(&desk, &(lines[..2].join("\n") + "\n"));
    assert_eq!(ran.status(), Some(1));
    let told = "2 rows: not added, older than the newest entry already imported (2025-03-09 09:00)";
    assert!(ran.out().contains(told), "{}", ran.out());
    assert_eq!(desk.head(), head);
    assert_eq!(records(&desk)[0]["status"]["state"], "closed");
}

/// What went on here is nobody's log any more: its rows are named, the record stays as it is.
#[test]
fn a_record_that_went_on_here_is_left_alone() {
    let desk = Desk::new();
    let lines: Vec<&str> = LOG.lines().collect();
    import(&desk, &(lines[2].to_owned() + "\n")).succeeds();
    let id = records(&desk)[0]["id"].as_str().unwrap().to_owned();
    desk.at("11:05").by("chen").run(&format!("ack {id} --reply-by 17:00")).succeeds();
    let head = desk.head();
    let later = "A2,S,2025-03-03 11:00,2025-03-04 11:00,over,Pier 4,Ms Qian,New phone,?,?,?\n";
    let ran = import(&desk, later);
    assert_eq!(ran.status(), Some(1));
    let told = "line 2, A2: not added, the record was changed here after it was imported";
    assert!(ran.out().contains(told), "{}", ran.out());
    assert_eq!(desk.head(), head);
}

/// A closing with other words for the result is the same solution, by whoever solved it.
#[test]
fn a_solution_is_counted_once_and_stays_its_solvers() {
    let desk = Desk::new();
    let head = HEAD.trim_end().to_owned() + ",note\n";
    let rows = "\
A1,I,2025-03-28 09:00,2025-03-28 10:00,work,Pier 3,Mr Sun,No link,Net,Mr Li,?,first
A1,I,2025-03-28 09:00,2025-03-31 10:00,done,Pier 3,Mr Sun,No link,Net,Mr Li,?,cable
A1,I,2025-03-28 09:00,2025-04-02 10:00,over,Pier 3,Mr Sun,No link,Net,Ms Y,?,told
";
    let ran = import_by(&desk, &(head + rows), &[("result: \"{text}\"", "result: \"{note}\"")]);
    ran.succeeds();
    let status = &records(&desk)[0]["status"];
    assert_eq!(status["resolution"]["result"], "told", "the last words for it");
    assert_eq!(status["resolution"]["done_at"], "2025-03-31T10:00:00+08:00");
    assert_eq!((&status["resolution"]["by"], &status["assignee"]), (&"li".into(), &"li".into()));
    assert_eq!(figure(&desk, "2025-03", "mttr").1, 1);
    assert_eq!(figure(&desk, "2025-04", "mttr").1, 0, "closing it solves nothing again");
    desk.is_honest();
}

/// Nobody's work is booked on whoever imports it: the words of the source stand in its place.
#[test]
fn people_who_are_not_here_keep_their_names() {
    let desk = Desk::new();
    import_by(&desk, &format!("{HEAD}{LOG}"), &[("people: {Mr Li: li}", "people: {}")]).succeeds();
    let first = &records(&desk)[1]["status"];
    assert_eq!(first["source_assignee"], "Mr Li");
    assert_eq!(first["resolution"]["by"], Value::Null);
    let split = desk.at("12:00").run("report kpi --month 2025-03 --by person --format csv");
    let split = split.succeeds().out();
    assert!(split.contains("Mr Li (Old Desk)"), "{split}");
    let mttr: Vec<&str> = split.lines().filter(|line| line.contains("mttr,")).collect();
    assert!(!mttr.iter().any(|line| line.contains("zhang")), "{mttr:?}");
}

/// What the log does not tell is not measured, and is said before anything is written.
#[test]
fn what_a_log_does_not_tell_is_not_measured() {
    let desk = Desk::new();
    let without = [("  code: fixed\n", ""), ("  replied_in: [in_progress]\n", "")];
    let ran = import_by(&desk, &format!("{HEAD}{LOG}"), &without).succeeds();
    for told in ["the map has no code", "neither replied_in nor replied_at"] {
        assert!(ran.err().contains(told), "{told}: {}", ran.err());
    }
    for name in [
        "resolution_rate",
        "response_ontime",
        "ack_ontime",
        "fcr",
        "flr",
        "dispatch_accuracy",
        "reopen_rate",
        "complaint_rate",
        "escalation_rate",
        "functional_escalation",
        "extension_rate",
        "repeat_fault",
        "response_time",
        "mtta",
        "callback_rate",
    ] {
        assert_eq!(figure(&desk, "2025-03", name).1, 0, "{name}");
    }
    assert_eq!(figure(&desk, "2025-03", "resolve_ontime"), (0, 2), "solved without a code too");
    assert_eq!(figure(&desk, "2025-03", "rework_rate"), (1, 2), "sent back once, closed once");
    let kpi = desk.at("12:00").run("report kpi --month 2025-03").succeeds().out();
    assert!(!kpi.contains("entered late"), "nothing of another system is a late entry: {kpi}");
}

/// What ended there ends once in the balance, whatever it is called afterwards.
#[test]
fn what_was_cancelled_and_then_closed_is_subtracted_once() {
    let desk = Desk::new();
    let rows = "\
A1,I,2025-03-03 09:00,2025-03-03 10:00,gone,P,Q,T,?,?,?
A1,I,2025-03-03 09:00,2025-03-04 10:00,over,P,Q,T,?,?,?
";
    let states = [("over: closed", "over: closed, gone: cancelled")];
    import_by(&desk, &format!("{HEAD}{rows}"), &states).succeeds();
    let kpi = desk.at("12:00").run("report kpi --month 2025-03 --format json").json();
    let balance = &kpi["balance"];
    assert_eq!((&balance["closing"], &balance["cancelled"]), (&0.into(), &1.into()), "{balance}");
    assert_eq!(balance["closed"], 0, "{balance}");
}

/// The offset in a cell counts; a clock that showed a time twice or never is reported by row.
#[test]
fn offsets_are_honoured_and_no_hour_is_guessed() {
    for (format, zone, given, at) in [
        ("%Y-%m-%d %H:%M %z", "Mars", "2025-03-03 09:00 -0500", "2025-03-03T22:00:00+08:00"),
        ("%Y-%m-%d %H:%M", "Europe/Berlin", "2025-03-03 09:00", "2025-03-03T16:00:00+08:00"),
        ("%d/%m/%Y %I:%M %p", "UTC", "03/03/2025 01:00 PM", "2025-03-03T21:00:00+08:00"),
    ] {
        let desk = Desk::new();
        let rows = format!("{HEAD}A1,I,{given},{given},new,P,Q,T,?,?,?\n");
        let zone = if zone == "Mars" { String::new() } else { format!("timezone: {zone}\n") };
        let format = format!("\"{format}\"\n{zone}");
        import_by(&desk, &rows, &[("\"%Y-%m-%d %H:%M\"\n", &format)]).succeeds();
        assert_eq!(records(&desk)[0]["intake"]["received_at"], at, "{given}");
    }
    let berlin = "\"%Y-%m-%d %H:%M\"\ntimezone: Europe/Berlin\n";
    for (given, told) in [
        ("2025-10-26 02:30", "can mean 2025-10-26T02:30:00+02:00 or 2025-10-26T02:30:00+01:00"),
        ("2025-03-30 02:30", "never was on the clock"),
    ] {
        let desk = Desk::new();
        let rows = format!("{HEAD}A1,I,{given},{given},new,P,Q,T,?,?,?\n");
        let ran = import_by(&desk, &rows, &[("\"%Y-%m-%d %H:%M\"\n", berlin)]);
        assert_eq!(ran.status(), Some(1));
        assert!(ran.out().contains("line 2, A1") && ran.out().contains(told), "{}", ran.out());
    }
    let desk = Desk::new();
    let rows = format!("{HEAD}A1,I,2025-10-26 02:30,2025-10-26 02:30,new,P,Q,T,?,?,?\n");
    let second = format!("{berlin}doubled_hour: second\n");
    import_by(&desk, &rows, &[("\"%Y-%m-%d %H:%M\"\n", &second)]).succeeds();
    assert_eq!(records(&desk)[0]["intake"]["received_at"], "2025-10-26T09:30:00+08:00");
}

/// A date that two formats read in two ways is refused with both readings; one that one reads is not.
#[test]
fn several_formats_agree_or_the_row_is_reported() {
    let formats = ("\"%Y-%m-%d %H:%M\"\n", "[\"%d/%m/%Y %H:%M\", \"%m/%d/%Y %H:%M\"]\n");
    let desk = Desk::new();
    let rows = "A1,I,31/03/2025 09:00,04/31/2025 09:00,new,P,Q,T,?,?,?\n\
                A2,I,31/03/2025 09:00,31/03/2025 10:00,new,P,Q,T,?,?,?\n\
                A3,I,31/03/2025 09:00,03/04/2025 09:00,new,P,Q,T,?,?,?\n";
    let ran = import_by(&desk, &format!("{HEAD}{rows}"), &[formats]);
    let out = ran.out();
    assert!(out.contains("line 2, A1: skipped, at: “04/31/2025 09:00” is not a time"), "{out}");
    assert!(
        out.contains("line 4, A3: skipped, at: “03/04/2025 09:00” can mean 2025-03-04"),
        "{out}"
    );
    assert_eq!(records(&desk).len(), 1);
}

/// Semicolons, tabs, a byte order mark, cells of several lines and lone carriage returns are read
/// as they are meant, without being told.
#[test]
fn separators_and_line_ends_are_found_out() {
    for (separator, ending, mark) in [(";", "\r\n", "\u{feff}"), ("\t", "\n", ""), ("|", "\r", "")]
    {
        let desk = Desk::new();
        let text = format!("{HEAD}{LOG}").replace("No link", "\"No\nlink\"");
        let text = text.replace(',', separator).replace('\n', ending);
        let title = ("title: \"{text}\"", "title: \"{site}\"");
        import_by(&desk, &(mark.to_owned() + &text), &[title]).succeeds().says("2 imported");
        let reported = &records(&desk)[1]["intake"]["reported"];
        assert_eq!(reported, "No\nlink", "{separator:?}");
    }
}

/// Who asks, how urgent it is, until when it was due, what it was about, why it waited, how content
/// the customer was and what was noted: all of it can be taken over.
#[test]
fn every_part_of_a_ticket_can_be_mapped() {
    let desk = Desk::new();
    let map = r#"
system: Old Desk
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
  category: "{about}"
  level: urgent
  resolve_due: "{due}"
entry:
  at: "{at}"
  state: "{state}"
  reason: {column: why, values: {user: waiting_customer, us: ""}, otherwise: ""}
  replied_at: "{replied}"
  person: "{who}"
  solved_by: "{solver}"
  satisfaction: "{stars}"
  note: "{note}"
categories: {Nets: network}
"#;
    let log = "\
no,opened,caller,phone,mail,what,about,due,at,state,why,replied,who,solver,stars,note
A1,2025-03-03 09:00,Mr Sun,13800000001,sun@example.org,No link,Nets,2025-03-04 09:00,2025-03-03 10:00,in_progress,,,li,,,looked
A1,2025-03-03 09:00,Mr Sun,13800000001,sun@example.org,No link,Nets,2025-03-04 09:00,2025-03-03 11:00,pending,user,2025-03-03 10:30,li,,,
A1,2025-03-03 09:00,Mr Sun,13800000001,sun@example.org,No link,Nets,2025-03-04 09:00,2025-03-05 11:00,in_progress,,2025-03-03 10:30,li,,,
A1,2025-03-03 09:00,Mr Sun,13800000001,sun@example.org,No link,Nets,2025-03-04 09:00,2025-03-05 12:00,resolved,,2025-03-03 10:30,li,Ms Wu,5,
";
    fs::write(desk.home().join("map.yaml"), map).unwrap();
    fs::write(desk.home().join("log.csv"), log).unwrap();
    desk.at("11:00").by("zhang").run(&line(&desk)).succeeds();
    let one = &records(&desk)[0];
    let status = &one["status"];
    assert_eq!((&status["level"], &status["category"]), (&"urgent".into(), &"network".into()));
    assert_eq!(status["due"]["resolve"], "2025-03-04T09:00:00+08:00", "the source's own due time");
    assert_eq!(status["times"]["responded_at"], "2025-03-03T10:30:00+08:00");
    assert_eq!(status["pauses"][0]["reason"], "waiting_customer");
    assert_eq!(status["pauses"][0]["until"], "2025-03-05T11:00:00+08:00");
    assert_eq!(status["resolution"]["source_by"], "Ms Wu");
    assert_eq!(status["source_satisfaction"], "very_satisfied");
    assert_eq!(one["history"][1]["work_note"], "looked");
    assert_eq!(figure(&desk, "2025-03", "satisfaction"), (1, 1));
    let people = desk.at("12:00").run("contact show 'Mr Sun' --reveal").succeeds().out();
    assert!(people.contains("13800000001") && people.contains("sun@example.org"), "{people}");
    desk.is_honest();
}

/// Waiting that policy lets count stops the clock of the desk's own limits.
#[test]
fn waiting_for_a_reason_stops_the_clock() {
    let rows = "\
A1,I,2026-11-02 09:00,2026-11-02 09:10,work,P,Q,T,?,?,?
A1,I,2026-11-02 09:00,2026-11-02 09:20,wait,P,Q,T,?,?,?
A1,I,2026-11-02 09:00,2026-11-12 09:20,work,P,Q,T,?,?,?
A1,I,2026-11-02 09:00,2026-11-12 09:40,done,P,Q,T,?,?,?
";
    let reason = ("  unit: \"{group}\"\n", "  reason: waiting_customer\n");
    for (changes, kept) in [(&[reason][..], 1), (&[], 0)] {
        let desk = Desk::new();
        import_by(&desk, &format!("{HEAD}{rows}"), changes).succeeds();
        assert_eq!(figure(&desk, "2026-11", "resolve_ontime"), (kept, 1));
        assert_eq!(figure(&desk, "2026-11", "mttr_net").1, kept, "told only with the reason");
        desk.is_honest();
    }
}

/// One row a record, from an export that is made again later: what was reached since is added.
#[test]
fn one_row_a_record_goes_on_with_the_next_export() {
    let desk = Desk::new();
    let map = r#"
system: Old Desk
time_format: "%Y-%m-%d %H:%M"
record: {number: "{no}", received_at: "{made}", kind: request, channel: web, customer: ACME, title: t, reported: t}
entry:
  times: {in_progress: "{begun}", resolved: "{solved}", closed: "{ended}"}
  person: "{who}"
"#;
    let head = "no,made,begun,solved,ended,who\n";
    let export = |row: &str| {
        fs::write(desk.home().join("map.yaml"), map).unwrap();
        fs::write(desk.home().join("log.csv"), format!("{head}{row}\n")).unwrap();
        desk.at("11:00").by("zhang").run(&line(&desk))
    };
    export("7,2025-03-03 09:00,2025-03-03 10:00,,,Ms X").succeeds().says("1 imported");
    export("7,2025-03-03 09:00,2025-03-03 10:00,2025-03-04 10:00,2025-03-05 10:00,Ms Y")
        .succeeds()
        .says("0 imported, 1 continued");
    let again = "7,2025-03-03 09:00,2025-03-03 10:00,2025-03-04 10:00,2025-03-05 10:00,";
    let same = export(&format!("{again}Ms Y")).succeeds();
    assert!(!same.out().contains("line 2"), "{same}");
    // who it was is kept, and that the file says otherwise is said
    let other = export(&format!("{again}Ms Z"));
    assert_eq!(other.status(), Some(1));
    assert!(other.out().contains("imported already, with other people"), "{other}");
    let status = &records(&desk)[0]["status"];
    assert_eq!(status["state"], "closed");
    assert_eq!(status["resolution"]["source_by"], "Ms Y");
    desk.is_honest();
}

/// A dry run decides as the import does, and says so in the same words and with the same status.
#[test]
fn a_dry_run_decides_exactly_as_the_import() {
    let desk = Desk::new();
    for (who, rows) in [
        ("chen", LOG.to_owned()),
        ("zhang", LOG.replace("Mr Sun", "chen@example.com")),
        ("zhang", LOG.replace("2025-03-03 12:00", "soon")),
    ] {
        with(&desk, &rows);
        let head = desk.head();
        let dry = desk.at("11:00").by(who).run(&(line(&desk) + " --dry-run"));
        assert_eq!(desk.head(), head);
        let real = desk.at("11:00").by(who).run(&line(&desk));
        assert_eq!(dry.status(), real.status(), "{who}");
        let alike = dry.out().replace("can be imported", "imported");
        assert_eq!(alike, real.out());
    }
}

/// Many rows with one cause are one line with their number and the first of them.
#[test]
fn equal_causes_are_told_once() {
    let desk = Desk::new();
    let row = |n: usize| format!("B{n},I,2025-03-03 09:00,?,new,P,Q,T,?,?,?\n");
    let rows: String = (0..40).map(row).collect();
    let out = import(&desk, &rows).out();
    let told = "40 records: skipped, at is empty: line 2, B0; line 3, B1; line 4, B2; and 37 more";
    assert!(out.contains(told), "{out}");
    assert_eq!(out.lines().count(), 2, "{out}");
}

/// Years of the log that the calendar lacks are named before anything is written.
#[test]
fn years_that_the_calendar_lacks_are_said_beforehand() {
    let desk = Desk::new();
    let rows = "A1,I,2013-03-03 09:00,2014-03-03 09:05,new,P,Q,T,?,?,?\n";
    with(&desk, rows);
    let ran = desk.at("11:00").by("zhang").run(&(line(&desk) + " --dry-run")).succeeds();
    assert!(ran.err().contains("no working days for 2013, 2014"), "{}", ran.err());
}

/// Every map of docket's names where its columns are documented, or that it is untried, and fits a
/// file with these columns.
#[test]
fn the_maps_of_docket_are_listed_and_read() {
    let desk = Desk::new();
    let listed = desk.at("11:00").run("import --list-maps --json").json();
    let maps = listed["maps"].as_array().unwrap().clone();
    let names: Vec<&str> = maps.iter().map(|map| map["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["servicenow", "jira", "zendesk", "glpi", "otrs", "osticket", "freshdesk"]);
    for map in &maps {
        let name = map["name"].as_str().unwrap();
        let is_vouched_for = map["documented"].is_string() || map["tried"] == false;
        assert!(is_vouched_for, "{name}");
        let text = desk.at("11:00").run(&format!("import --show-map {name}")).succeeds().out();
        let mut columns: Vec<&str> = text
            .lines()
            .filter(|line| !line.trim_start().starts_with('#'))
            .flat_map(|line| line.split("\"{").skip(1).chain(line.split(" {").skip(1)))
            .chain(text.split("column: ").skip(1).map(|rest| rest.split('\n').next().unwrap()))
            .map(|rest| rest.split('}').next().unwrap())
            .filter(|column| !column.contains([':', '\n']))
            .collect();
        columns.extend(text.split('{').skip(1).filter_map(|rest| {
            rest.split('}').next().filter(|column| !column.contains([':', '\n', ',']))
        }));
        columns.retain(|column| !column.is_empty());
        columns.sort_unstable();
        columns.dedup();
        fs::write(desk.home().join("log.csv"), columns.join(";") + "\n").unwrap();
        let line = format!("import ../home/log.csv --map {name} --dry-run");
        desk.at("11:00").by("zhang").run(&line).succeeds().says("0 rows of 0 records");
    }
    desk.at("11:00").by("zhang").run("import x.csv --map servicenou").usage("built-in map");
    desk.at("11:00").by("zhang").run("import x.csv --map no/map.yaml").fails("no/map.yaml");
    let help = desk.at("11:00").run("import --help").succeeds().out();
    for key in
        ["doubled_hour", "resolve_due", "replied_at", "solved_by", "satisfaction", "products"]
    {
        assert!(help.contains(key), "{key}");
    }
}

/// Both published logs, each cut in parts by time and by line, give the figures of the whole.
#[test]
fn a_published_log_in_parts_gives_the_figures_of_the_whole() {
    let log = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/incident_event_log.csv");
    let Ok(text) = fs::read_to_string(log) else { return };
    let lines: Vec<&str> = text.lines().take(400).collect();
    let taken = |parts: &[Vec<&str>]| {
        let desk = Desk::new();
        for part in parts {
            let text = [&lines[..1], part].concat().join("\n");
            fs::write(desk.home().join("log.csv"), text).unwrap();
            let line = "import ../home/log.csv --map servicenow";
            desk.at("11:00").by("zhang").env("DOCKET_SEED", "x").run(line).succeeds();
        }
        ["kpi", "service"].map(|report| {
            let line = format!("report {report} --from 2016-01-01 --to 2017-12-31 --lang en");
            let page = desk.at("12:00").run(&line).succeeds().out();
            page.lines().filter(|line| !line.starts_with("Data ")).collect::<Vec<_>>().join("\n")
        })
    };
    let rows = &lines[1..];
    let month = |row: &&str| row.split(',').nth(13).unwrap()[3..5] == *"02";
    let (first, second): (Vec<&str>, Vec<&str>) = rows.iter().partition(|row| month(row));
    let whole = taken(&[rows.to_vec()]);
    assert!(!first.is_empty() && !second.is_empty());
    assert_eq!(taken(&[first, second]), whole, "cut by time");
    assert_eq!(taken(&[rows[..137].to_vec(), rows[137..].to_vec()]), whole, "cut by line");
}

/// A time that no record can name, or whose offset no clock has, is reported and not guessed.
#[test]
fn a_time_beyond_every_calendar_or_offset_is_reported_by_row() {
    for (format, cell) in [
        ("%Y-%m-%d %H:%M", "+12345-03-03 09:00"),
        ("%Y-%m-%d %H:%M", "+262142-12-31 23:59"),
        ("%Y-%m-%d %H:%M %z", "2025-03-03 09:00 +9900"),
    ] {
        let desk = Desk::new();
        let log = format!("{HEAD}{LOG}").replace("2025-03-04 10:30", cell);
        let change = format!("time_format: [\"%Y-%m-%d %H:%M\", \"{format}\"]");
        let ran = import_by(&desk, &log, &[("time_format: \"%Y-%m-%d %H:%M\"", &change)]);
        assert_eq!(ran.status(), Some(1), "{cell}: {ran}");
        assert!(ran.out().contains(cell), "{cell}: {ran}");
        assert_eq!(records(&desk).len(), 1, "{cell}: the other record is imported");
    }
}

/// An empty meaning says nothing, for cells that are empty as for those that are not listed.
#[test]
fn an_empty_meaning_leaves_the_field_out_and_not_the_record() {
    let level = "  level: {column: group, values: {Net: urgent}, otherwise: \"\"}\nentry:\n";
    let text = "  need: {text: \"{solved}\", otherwise: \"\"}\nentry:\n";
    for field in [level, text] {
        let desk = Desk::new();
        import_by(&desk, &format!("{HEAD}{LOG}"), &[("entry:\n", field)]).succeeds();
        assert_eq!(records(&desk).len(), 2, "{field}");
    }
}

/// A record that cannot be read may be of any number, so nothing is imported beside it.
#[test]
fn nothing_is_imported_twice_beside_a_record_that_cannot_be_read() {
    let desk = Desk::new();
    import(&desk, LOG).succeeds();
    let id = records(&desk)[0]["id"].as_str().unwrap().to_owned();
    desk.write(&format!("records/2025/03/{id}.yaml"), "format: [\n");
    desk.git(["commit", "-qam", "broken"]);
    desk.at("11:00").by("zhang").run(&line(&desk)).fails(&id);
}

/// A row that says again what one of its minute said may be a repetition or not: it is named.
#[test]
fn a_row_that_returns_to_a_state_within_its_minute_is_named() {
    let desk = Desk::new();
    let row = |state: &str| {
        format!(
            "A1,I,2025-03-03 09:00,2025-03-03 10:00,{state},Pier 3,Mr Sun,No link,Net,Mr Li,?\n"
        )
    };
    let open = "A1,I,2025-03-03 09:00,2025-03-03 09:00,new,Pier 3,Mr Sun,No link,?,?,?\n";
    let rows = [open.to_owned(), row("work"), row("work"), row("wait"), row("work")].concat();
    let ran = import(&desk, &rows).succeeds();
    assert!(ran.out().contains("line 6") && ran.out().contains("2 rows repeated"), "{ran}");
}

/// A caller who is known by a number alone is the same caller in whatever way it is written.
#[test]
fn callers_without_a_name_are_found_by_their_numbers() {
    let desk = Desk::new();
    let log = format!("{HEAD}{LOG}")
        .replace("Mr Sun", "+49 7736 9219")
        .replace("Pier 4,Ms Qian", "Pier 3,07736/9219");
    import_by(&desk, &log, &[("  name: ", "  phone: ")]).succeeds();
    let contacts = desk.at("12:00").run("contact list --json").json();
    assert_eq!(contacts["contacts"].as_array().unwrap().len(), 1, "{contacts}");
}

/// A device may have no end, and is no log.
#[test]
fn a_device_is_not_read_as_a_log() {
    let desk = Desk::new();
    import_by(&desk, HEAD, &[]).succeeds();
    let home = desk.home().display().to_string();
    let line = format!("import /dev/zero --map {home}/map.yaml");
    desk.at("11:00").by("zhang").run(&line).fails("/dev/zero");
    let line = format!("import {home}/log.csv --map /dev/zero");
    desk.at("11:00").by("zhang").run(&line).fails("/dev/zero");
}
