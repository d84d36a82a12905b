//! `docket check`: what it says of a desk as it stands, honest or spoilt with plain git.

use serde_json::Value;

use crate::desk::{Desk, REQUEST};

/// Everything that was found but notes, as code and record or path.
fn found(desk: &Desk, time: &str) -> Vec<(String, String)> {
    let ran = desk.at(time).run("check --json");
    let told: Value = serde_json::from_str(&ran.out()).unwrap_or_else(|_| panic!("{ran}"));
    let grave = told["findings"].as_array().unwrap().iter();
    // promises run out in these stories, which spoils no file
    let grave = grave.filter(|finding| finding["severity"] != "note" && finding["code"] != "A12");
    let grave = grave.map(|finding| {
        let text = |key: &str| finding[key].as_str().unwrap_or_default().to_owned();
        let place = if text("record").is_empty() { text("path") } else { text("record") };
        (text("code"), place)
    });
    grave.collect()
}

#[test]
fn every_state_of_the_procedure_and_a_fresh_demo_are_clean() {
    let desk = Desk::new();
    for state in [
        "open",
        "acknowledged",
        "routed",
        "in_progress",
        "pending",
        "resolved",
        "confirmed",
        "closed",
        "cancelled",
        "merged",
    ] {
        desk.fault_in(state);
    }
    desk.at("10:00").run("check --fail-on warning").succeeds();

    let demo = Desk::nowhere();
    demo.at("09:00").run("demo shown --fixed").succeeds();
    let ran = demo.at("09:00").run("-C shown check --json");
    let told: Value = serde_json::from_str(&ran.out()).unwrap();
    let grave = told["findings"].as_array().unwrap().iter();
    let mut grave = grave.filter(|finding| finding["severity"] != "note");
    let overdue = ["A12", "A40"];
    let is_known = |finding: &Value| overdue.contains(&finding["code"].as_str().unwrap());
    assert!(grave.all(is_known), "overdue at most: {ran}");
}

/// What somebody did to the files: a name, the code that must be found, and how.
type Deed = (&'static str, &'static str, fn(&Desk, &Story));

struct Story {
    closed: String,
    /// In progress.
    open: String,
    /// Sent back by a callback, with the complaint that it opened, which is in progress too.
    sent_back: String,
    complaint: String,
}

fn story(desk: &Desk) -> Story {
    let closed = desk.fault_in("closed");
    let open = desk.fault_in("in_progress");
    let sent_back = desk.fault_in("resolved");
    let confirm = format!("confirm {sent_back} --with 'Ms Wang' --not-handled 'down again' --json");
    let said = desk.at("10:05").by("chen").run(&confirm).json();
    let complaint = said["complaint"].as_str().unwrap().to_owned();
    for (time, who, words) in [
        ("10:10", "chen", "ack ID --reply-by +4h"),
        ("10:15", "chen", "update ID --verified 'it is down'"),
        ("10:20", "chen", "update ID --notified zhang"),
        ("10:25", "zhang", "route ID --to wu --reason x"),
        ("10:30", "wu", "accept ID --respond-by +1h"),
    ] {
        desk.at(time).by(who).run(&words.replace("ID", &complaint)).succeeds();
    }
    Story { closed, open, sent_back, complaint }
}

fn edit(desk: &Desk, path: &str, from: &str, to: &str) {
    let text = desk.read(path);
    assert!(text.contains(from), "{path} has no {from}");
    desk.commit(path, text.replacen(from, to, 1));
}

/// Takes a block of the status away: its head and what is indented below it.
fn cut(desk: &Desk, path: &str, head: &str) {
    let text = desk.read(path);
    let indent = head.len() - head.trim_start().len();
    let deeper = |line: &str| line.len() - line.trim_start().len() > indent;
    let (before, after) = text.split_once(head).unwrap_or_else(|| panic!("{path} has no {head}"));
    let rest = after.split_once('\n').unwrap().1;
    let left: usize =
        rest.split_inclusive('\n').take_while(|line| deeper(line)).map(str::len).sum();
    desk.commit(path, format!("{before}{}", &rest[left..]));
}

const DEEDS: &[Deed] = &[
    ("a conflict left in a record", "A01", |desk, story| {
        let path = desk.record_path(&story.open);
        let text = desk.read(&path);
        let marked = format!("<<<<<<< ours\n{text}=======\n{text}>>>>>>> theirs\n");
        desk.commit(&path, marked);
    }),
    ("a record cut in the middle", "A01", |desk, story| {
        let path = desk.record_path(&story.open);
        let text = desk.read(&path);
        desk.commit(&path, &text[..text.len() / 2]);
    }),
    ("a record under another name", "A01", |desk, story| {
        let path = desk.record_path(&story.open);
        desk.git(["mv", &path, "records/2026/11/R-261123-ZZZZZ.yaml"]);
        desk.git(["commit", "-q", "-m", "renamed"]);
    }),
    ("a field that is none", "A01", |desk, story| {
        let path = desk.record_path(&story.open);
        edit(desk, &path, "  channel: hotline", "  canal: hotline");
    }),
    ("a key of a newer docket, or a slip, in a policy file", "A38", |desk, _| {
        edit(desk, "policy/levels.yaml", "respond:", "respnd:");
    }),
    ("a policy file cut short", "A39", |desk, _| {
        edit(desk, "policy/levels.yaml", "limits:", "limits: [");
    }),
    ("a contact cut short", "A01", |desk, _| {
        let path = desk.git(["ls-files", "contacts"]).lines().next().unwrap().to_owned();
        edit(desk, &path, "customer:", "client:");
    }),
    ("a state set by hand", "A02", |desk, story| {
        let path = desk.record_path(&story.open);
        edit(desk, &path, "  state: in_progress", "  state: resolved");
    }),
    ("an event entered before it happened", "A03", |desk, story| {
        let path = desk.record_path(&story.open);
        edit(desk, &path, "  at: 2026-11-23T09:10:00", "  at: 2026-11-23T19:10:00");
    }),
    ("an event of next year", "A03", |desk, story| {
        let path = desk.record_path(&story.open);
        edit(desk, &path, "recorded_at: 2026-11-23T09:10:00", "recorded_at: 2027-11-23T09:10:00");
    }),
    ("a commitment beyond the limit", "A09", |desk, story| {
        let path = desk.record_path(&story.open);
        edit(desk, &path, "respond_by: 2026-11-23T10:30", "respond_by: 2026-11-29T10:30");
    }),
    ("closed with the result gone", "A14", |desk, story| {
        cut(desk, &desk.record_path(&story.closed), "  resolution:");
    }),
    ("closed with the callback gone", "A15", |desk, story| {
        cut(desk, &desk.record_path(&story.closed), "  confirmation:");
    }),
    ("the callback by whoever solved it", "A15", |desk, story| {
        let path = desk.record_path(&story.closed);
        edit(desk, &path, "  confirmation:\n    by: chen", "  confirmation:\n    by: li");
    }),
    ("closed though the customer was not content", "A16", |desk, story| {
        let path = desk.record_path(&story.closed);
        let text = desk.read(&path);
        let (before, after) = text.split_once("  confirmation:").unwrap();
        let after =
            after.replacen("    satisfaction: satisfied", "    satisfaction: dissatisfied", 1);
        desk.commit(&path, format!("{before}  confirmation:{after}"));
    }),
    ("the complaint of an answer forgotten", "A17", |desk, story| {
        cut(desk, &desk.record_path(&story.sent_back), "  opened:");
    }),
    ("a complaint handed out before anybody was told", "A18", |desk, story| {
        cut(desk, &desk.record_path(&story.complaint), "    notified:");
    }),
    ("a complaint with the person complained of", "A18", |desk, story| {
        let path = desk.record_path(&story.complaint);
        edit(desk, &path, "  assignee: wu", "  assignee: li");
    }),
    ("a closed record without its contact", "A19", |desk, story| {
        let path = desk.record_path(&story.closed);
        let text = desk.read(&path);
        let (before, after) = text.split_once("\nstatus:\n").unwrap();
        let line = after.lines().find(|line| line.starts_with("  contact: ")).unwrap();
        let after = after.replacen(&format!("{line}\n"), "", 1);
        desk.commit(&path, format!("{before}\nstatus:\n{after}"));
    }),
    ("another report in the archive", "A20", |desk, _| {
        let path = desk.git(["ls-files", "archive"]).lines().next().unwrap().to_owned();
        desk.commit(&path, "all was well\n");
    }),
    ("no report in the archive", "A20", |desk, _| {
        let path = desk.git(["ls-files", "archive"]).lines().next().unwrap().to_owned();
        desk.git(["rm", "-q", &path]);
        desk.git(["commit", "-q", "-m", "tidied"]);
    }),
    ("a phone number in a title", "A26", |desk, _| {
        let open = REQUEST.replace("Account for", "Ring 13812341234 about")
            + " --contains-personal 'for the test'";
        desk.at("11:00").by("chen").run(&open).succeeds();
    }),
    ("an address in a title", "A26", |desk, _| {
        let open = REQUEST.replace("Account for", "Account ray@globex.example for")
            + " --contains-personal test";
        desk.at("11:00").by("chen").run(&open).succeeds();
    }),
    ("a number with blanks in a title", "A26", |desk, _| {
        let open = REQUEST.replace("Account for", "Ring 138 1234 1234 about")
            + " --contains-personal test";
        desk.at("11:00").by("chen").run(&open).succeeds();
    }),
    ("an identity card in a title", "A26", |desk, _| {
        let open = REQUEST.replace("Account for", "Account 11010519491231002X for")
            + " --contains-personal test";
        desk.at("11:00").by("chen").run(&open).succeeds();
    }),
    ("rules that do not hold yet", "A44", |desk, _| {
        edit(desk, "policy/levels.yaml", "effective_on: ", "effective_on: 2031-01-01 # ");
    }),
    ("a branch that is not the desk's", "A45", |desk, _| {
        let text = desk.read("docket.yaml");
        desk.write("docket.yaml", text.replacen("branch: main", "branch: other", 1));
    }),
    ("nobody manages the relation to the customers", "A28", |desk, _| {
        edit(desk, "policy/people.yaml", "  - relationship_manager\n", "");
    }),
    ("whoever follows it has left", "A28", |desk, _| {
        let text = desk.read("policy/people.yaml");
        let (before, after) = text.split_once("- id: chen").unwrap();
        let after = after.replacen(
            "  active_from: '2026-11-23'\n",
            "  active_from: '2020-01-01'\n  active_to: '2026-01-01'\n",
            1,
        );
        desk.commit("policy/people.yaml", format!("{before}- id: chen{after}"));
    }),
    ("a tie to nothing", "A31", |desk, story| {
        let path = desk.record_path(&story.complaint);
        let text = desk.read(&path);
        let away = text.replace(&story.sent_back, "R-261123-ZZZZZ");
        desk.commit(&path, away);
    }),
    ("a contact that is gone", "A31", |desk, _| {
        let path = desk.git(["ls-files", "contacts"]).lines().next().unwrap().to_owned();
        desk.git(["rm", "-q", &path]);
        desk.git(["commit", "-q", "-m", "tidied"]);
    }),
    ("a step that has no effect where it stands", "A34", |desk, story| {
        let path = desk.record_path(&story.open);
        let text = desk.read(&path);
        let id = text.rsplit("- id: ").next().unwrap().get(..26).unwrap();
        edit(desk, &path, "\nhistory:\n", &format!("\n  set_aside:\n  - {id}\nhistory:\n"));
    }),
    ("a second complaint about one answer", "A34", |desk, story| {
        let path = desk.record_path(&story.complaint);
        let text = desk.read(&path).replace(&story.complaint, "R-261123-ZZZZZ");
        desk.commit("records/2026/11/R-261123-ZZZZZ.yaml", text);
    }),
    ("an edit that was not committed", "A35", |desk, story| {
        let path = desk.record_path(&story.open);
        desk.write(&path, desk.read(&path) + "# note to self\n");
    }),
    ("a new file that was not committed", "A35", |desk, _| {
        desk.write("records/2026/11/notes.txt", "call back\n");
    }),
    ("somebody's notes among the records", "A36", |desk, _| {
        desk.commit("records/2026/11/notes.txt", "call back\n");
    }),
];

#[test]
fn every_spoilt_file_is_found_and_the_rest_is_checked_all_the_same() {
    let desk = Desk::new();
    let story = story(&desk);
    assert_eq!(found(&desk, "11:30"), []);
    let head = desk.head();
    let mut missed = Vec::new();
    for (what, code, deed) in DEEDS {
        desk.git(["reset", "-q", "--hard", &head]);
        desk.git(["clean", "-q", "-f", "-d"]);
        deed(&desk, &story);
        let found = found(&desk, "11:30");
        if !found.iter().any(|(found, _)| found == code) {
            missed.push(format!("{what}: wanted {code}, found {found:?}"));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn what_is_broken_is_told_with_file_line_and_advice_in_every_form() {
    let desk = Desk::new();
    let id = desk.fault_in("in_progress");
    let path = desk.record_path(&id);
    edit(&desk, &path, "  channel: hotline", "  canal: hotline");
    let other = desk
        .at("11:00")
        .by("chen")
        .run(&(REQUEST.replace("Account", "8613812341234") + " --contains-personal test"))
        .id();

    let ran = desk.at("11:30").run("check");
    assert_eq!(ran.status(), Some(1), "{ran}");
    let out = ran.out();
    for part in [&id, "canal", "git log -p -- ", "error A01", "warning A26", &other] {
        assert!(out.contains(part), "no {part} in {out}");
    }
    let zh = desk.at("11:30").run("check --lang zh-CN").out();
    assert!(zh.contains("错误 A01") && zh.contains("有问题"), "{zh}");

    let sarif: Value =
        serde_json::from_str(&desk.at("11:30").run("check --format sarif").out()).unwrap();
    let result = &sarif["runs"][0]["results"][0];
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(result["ruleId"], "A01");
    assert_eq!(place["artifactLocation"]["uri"], path);
    let line = 1 + desk.read(&path).lines().position(|line| line.contains("canal")).unwrap();
    assert_eq!(place["region"]["startLine"], line);
    let md = desk.at("11:30").run("check --format md").out();
    assert!(md.contains("| error | A01 |"), "{md}");

    let one = desk.at("11:30").run(&format!("check {other} --json"));
    let told: Value = serde_json::from_str(&one.out()).unwrap();
    assert_eq!((&told["errors"], &told["warnings"]), (&0.into(), &1.into()), "{told}");
    assert_eq!(one.status(), Some(1), "a warning is a finding");
    let mild = desk.at("11:30").run(&format!("check {other} --fail-on error"));
    assert_eq!(mild.status(), Some(0));
}

#[test]
fn what_was_late_is_a_note_with_both_times() {
    let desk = Desk::new();
    let id = desk.fault();
    desk.at("15:00").by("chen").run(&format!("ack {id} --reply-by 2026-11-26")).succeeds();
    let told = desk.at("2026-11-25 09:00").run("check --json").json();
    assert_eq!((&told["errors"], &told["warnings"]), (&0.into(), &0.into()), "{told}");
    let findings = told["findings"].as_array().unwrap();
    let codes: Vec<&str> = findings.iter().map(|it| it["code"].as_str().unwrap()).collect();
    for code in ["A04", "A05", "A06", "A07"] {
        assert!(codes.contains(&code), "{codes:?}");
    }
    let late = findings.iter().find(|finding| finding["code"] == "A04").unwrap();
    assert_eq!(late["record"], id);
    assert_eq!(late["expected"], "2026-11-23T14:30:00+08:00");
    assert_eq!(late["found"], "2026-11-23T15:00:00+08:00");
}

#[test]
fn a_missed_commitment_is_told_apart_from_a_late_response() {
    let desk = Desk::new();
    let id = desk.fault_in("routed");
    desk.at("09:10").by("li").run(&format!("accept {id} --respond-by 10:00")).succeeds();
    desk.at("11:00").by("li").run(&format!("respond {id} --note 'on my way'")).succeeds();
    let told = desk.at("11:00").run("check --json").json();
    let findings = told["findings"].as_array().unwrap();
    let codes: Vec<&str> = findings.iter().map(|it| it["code"].as_str().unwrap()).collect();
    assert!(codes.contains(&"A37") && !codes.contains(&"A05"), "{told}");
    desk.at("11:00").run("check --lang zh-CN").says("承诺的响应时限未兑现");
}

#[test]
fn a_bare_repository_is_checked_too() {
    let desk = Desk::new();
    desk.fault_in("closed");
    desk.git(["clone", "-q", "--bare", ".", "../bare.git"]);
    desk.at("11:00").run("-C ../bare.git check --fail-on warning").succeeds();
}

#[test]
fn a_clone_of_another_branch_alone_is_checked_as_it_is_there() {
    let desk = Desk::new();
    desk.knows_next_year();
    let id = desk.fault();
    desk.git(["branch", "proposal"]);
    let from = format!("file://{}", desk.path(".").display());
    let clone = Desk::nowhere();
    clone.git(["clone", "-q", "--single-branch", "-b", "proposal", &from, "."]);
    clone.git(["fetch", "-q", "origin", "refs/docket/people:refs/docket/people"]);
    for (words, told) in [("check", "1 record, 1 contact: clean"), ("list", &id)] {
        let ran = clone.at("09:10").run(words).succeeds();
        assert!(ran.out().contains(told), "{ran}");
    }
    clone.at("09:10").by("chen").run(&format!("update {id} --note x")).fails("proposal");
}

#[test]
fn a_year_without_its_holidays_is_told() {
    let desk = Desk::new();
    assert_eq!(
        found(&desk, "2029-01-05 09:00"),
        [("A27".to_owned(), "policy/calendar.yaml".to_owned())]
    );
}

#[test]
fn two_people_of_one_address_are_refused_and_named() {
    let desk = Desk::new();
    for line in [
        "people add ann --name Ann --email LI@example.com --role agent",
        "people change wu --email wu@example.com --email 'li@exa\u{200b}mple.com'",
    ] {
        let line = line.replace("\\u{200b}", "\u{200b}");
        desk.at("09:00").by("zhang").run(&line).refuses("@exa");
    }
    let roster = desk.read("policy/people.yaml").replace("wu@example.com", "Li@Example.com");
    desk.commit("policy/people.yaml", roster);
    let shared = "two people have the e-mail address “Li@Example.com”";
    let ran = desk.at("09:10").run("check");
    assert_eq!(ran.status(), Some(1), "{ran}");
    assert!(ran.out().contains("policy/people.yaml") && ran.out().contains(shared), "{ran}");
    desk.at("09:10").by("chen").run(crate::desk::FAULT).fails(shared);
}

#[test]
fn no_event_follows_one_of_the_greatest_number() {
    let desk = Desk::new();
    let id = desk.fault_in("acknowledged");
    let path = desk.record_path(&id);
    let text = desk.read(&path);
    desk.commit(&path, text.replace("  n: 2\n", "  n: 4294967295\n"));
    assert_ne!(desk.read(&path), text);
    let head = desk.head();
    let ran = desk.at("10:00").by("chen").run(&format!("route {id} --to li --reason x"));
    ran.refuses("the record is damaged");
    assert_eq!(desk.head(), head);
    assert!(found(&desk, "10:00").iter().any(|(code, _)| code == "A03"));
}
