//! Customers outside and users of the own house: each asked by its own numbers and questions, and
//! spoken of in its own words (R57, R116).

use serde_json::Value;

use crate::{desk::Desk, survey::close};

const DECEMBER: &str = "2026-12-01 09:00";
const SEND: &str = "survey send --all --month 2026-11 -o ../out";
/// What users of the house are asked otherwise.
const INTERNAL: &str = "\
internal:
  sample: 100
  cap_per_customer: 5
  questions:
  - key: reach
    en: Was the desk easy to reach?
    zh: 联系服务台是否方便？
";

/// A desk with closed requests of these customers, of which House is internal.
fn closed(customers: &[&str]) -> (Desk, Vec<String>) {
    let desk = Desk::new();
    let add = "customer add house --name House --party internal";
    desk.at("08:30").by("zhang").run(add).succeeds();
    let ids = customers.iter().enumerate().map(|(nth, customer)| close(&desk, customer, nth));
    let ids = ids.collect();
    (desk, ids)
}

fn with_rules(desk: &Desk, more: &str) {
    let rules = desk.read("policy/survey.yaml").replace("sample: 20", "sample: 100");
    let rules = rules.replace("cap_per_customer: 3", "cap_per_customer: 2");
    commit_rules(desk, &format!("{rules}{more}"));
}

/// Commits other rules of the survey under their version, as the lead does by hand.
fn commit_rules(desk: &Desk, rules: &str) {
    desk.write("policy/survey.yaml", rules);
    let mut git = desk.at("10:30").by("zhang").shell("git");
    git.args(["commit", "-q", "-a", "-m", "rules of the survey"]);
    git.env("GIT_AUTHOR_NAME", "Zhang Wei").env("GIT_AUTHOR_EMAIL", "zhang@example.com");
    let done = git.output().unwrap();
    assert!(done.status.success(), "{done:?}");
}

/// What was sent last about a record.
fn sent(desk: &Desk, id: &str) -> Value {
    let record = desk.record(id);
    let history = record["history"].as_array().unwrap();
    history.iter().rfind(|event| event["action"] == "survey_send").unwrap().clone()
}

/// The last commit is found to be decided otherwise than the rules decide, and nothing else of it.
#[track_caller]
fn is_found(desk: &Desk, expected: &str) {
    let ran = desk.at("2026-12-20 09:00").run("audit HEAD~1..HEAD --json");
    let told: Value = serde_json::from_str(&ran.out()).unwrap_or_else(|_| panic!("{ran}"));
    let findings = told["findings"].as_array().unwrap().iter();
    // every commit of these desks has these
    let grave = findings.filter(|it| it["severity"] != "note" && it["code"] != "H30");
    let grave: Vec<&Value> = grave.collect();
    assert!(grave.iter().all(|finding| finding["code"] == "H19"), "{grave:?}");
    let told = |finding: &&&Value| finding.to_string().contains(expected);
    assert!(grave.iter().any(|finding| told(&finding)), "{expected}: {grave:?}");
}

/// Lets docket do something after `change`, and puts the step on top of the desk as it was before.
fn transplanted(desk: &Desk, change: &[&str], line: &str) {
    let tip = desk.head();
    for change in change {
        desk.at("2026-12-01 08:00").by("zhang").run(*change).succeeds();
    }
    desk.at(DECEMBER).by("chen").run(line).succeeds();
    let made = desk.head();
    let of = |format: &str| desk.git(["log", "-1", format, &made]);
    let (message, date) = (of("--format=%B"), of("--format=%aI"));
    desk.git(["reset", "-q", "--hard", &tip]);
    desk.git(["checkout", "-q", &made, "--", "records"]);
    let mut git = desk.at(DECEMBER).shell("git");
    git.args(["commit", "-q", "--cleanup=verbatim", "-m", message.trim()]);
    git.env("GIT_AUTHOR_DATE", date.trim()).env("GIT_COMMITTER_DATE", date.trim());
    git.env("GIT_AUTHOR_NAME", "陈静").env("GIT_AUTHOR_EMAIL", "chen@example.com");
    let done = git.output().unwrap();
    assert!(done.status.success(), "{done:?}");
}

#[test]
fn each_party_is_drawn_and_asked_by_its_own_rule_and_told_apart_in_the_report() {
    let customers = ["House", "A", "House", "A", "House", "house", "A", "House", "House", "House"];
    let (desk, ids) = closed(&customers);
    with_rules(&desk, INTERNAL);
    let ran = desk.at(DECEMBER).by("chen").run(SEND).succeeds();
    let told = "sample of November 2026: \
                external: 2 of 3 (3 closed), 100% by hash, 1 to 2 per customer; \
                internal: 5 of 7 (7 closed), 100% by hash, 1 to 5 per customer";
    assert!(ran.out().contains(told), "{ran}");
    let asked = |id: &&String| desk.record(id)["status"]["survey"]["standing"] == "sent";
    let asked: Vec<&String> = ids.iter().filter(asked).collect();
    assert_eq!(asked.len(), 7);
    let of_house = |id: &str| desk.record(id)["status"]["customer"] != "A";
    for id in &asked {
        let event = sent(&desk, id);
        let (cap, party, key) = if of_house(id) {
            (5, Value::from("internal"), "reach")
        } else {
            (2, Value::Null, "speed")
        };
        assert_eq!(event["drawn"]["cap_per_customer"], cap, "{event}");
        assert_eq!((&event["party"], &event["asked"][0]["key"]), (&party, &key.into()));
        let sheet = desk.read(&format!("../out/{id}.md"));
        assert_eq!(sheet.contains("easy to reach?"), of_house(id), "{sheet}");
        assert_eq!(sheet.contains("fast enough?"), !of_house(id), "{sheet}");
    }
    desk.is_honest();

    let guest = |id: &str| ids.iter().position(|other| other == id).unwrap();
    let answer = |id: &str, words: &str| {
        let line = format!("survey record {id} --by 'Guest {}' {words}", guest(id));
        desk.at("2026-12-02 09:00").by("chen").run(&line)
    };
    let inside = asked.iter().find(|id| of_house(id)).unwrap();
    let outside = asked.iter().find(|id| !of_house(id)).unwrap();
    answer(inside, "--satisfaction 4 --answer speed=yes").refuses("speed");
    answer(inside, "--satisfaction 4 --answer reach=yes").succeeds();
    answer(outside, "--satisfaction 2 --comment slow --answer speed=no").succeeds();
    let report = |lang: &str| {
        let line = format!("report survey --month 2026-11 --lang {lang}");
        desk.at("2026-12-03 09:00").run(&line).succeeds().out()
    };
    for (lang, lines) in [
        (
            "en",
            [
                "| 2026-11 external | 100 % | 2 | 3 | 0 | 3 | 2 | 0 | 2 | 1 | 0 | 1 |",
                "| 2026-11 internal | 100 % | 5 | 7 | 0 | 7 | 5 | 0 | 5 | 1 | 0 | 4 |",
                "| external | 1/2 (50.0%) | 1 ⚠ fewer than 10 | 0/1 (0.0%) |",
                "| internal | 1/5 (20.0%) | 1 ⚠ fewer than 10 | 1/1 (100.0%) |",
                "### Was the desk easy to reach? (version 1, internal, n = 1)",
                "### Were we fast enough? (version 1, external, n = 1)",
            ],
        ),
        (
            "zh-CN",
            [
                "| 2026-11 外部客户 | 100% | 2 |",
                "| 2026-11 内部用户 | 100% | 5 |",
                "| 外部客户 | 1/2（50.0%） |",
                "| 内部用户 | 1/5（20.0%） |",
                "### 联系服务台是否方便？（第 1 版，内部用户，n = 1）",
                "### 响应是否及时？（第 1 版，外部客户，n = 1）",
            ],
        ),
    ] {
        let report = report(lang);
        for line in lines {
            assert!(report.contains(line), "{line} in {report}");
        }
    }
    desk.is_honest();
}

#[test]
fn a_customer_that_changes_its_party_changes_no_sample_that_was_drawn() {
    let (desk, ids) = closed(&["House", "House", "House", "A", "A", "A", "A"]);
    with_rules(&desk, &INTERNAL.replace("cap_per_customer: 5", "cap_per_customer: 1"));
    let before = desk.head();
    let late = close(&desk, "House", 7);
    desk.git(["branch", "offline"]);
    desk.git(["reset", "-q", "--hard", &before]);
    desk.at(DECEMBER).by("chen").run(SEND).says("3 done");
    for line in [
        "customer change house --party external",
        "customer add a --from A --party internal",
        "policy set survey.internal.cap_per_customer 4 --reason 'more of them'",
    ] {
        desk.at("2026-12-02 09:00").by("zhang").run(line).succeeds();
    }
    desk.at("2026-12-02 09:10").run("survey due --json").json()["to_send"]
        .as_array()
        .map(|due| assert!(due.is_empty(), "{due:?}"))
        .unwrap();
    desk.at("2026-12-02 09:10").by("chen").run(SEND).says("nothing changed");
    // what a clone brings of a customer that was asked is drawn as what that was
    let mut git = desk.at("2026-12-02 09:20").by("chen").shell("git");
    let date = "2026-12-02T09:20:00+08:00";
    git.env("GIT_AUTHOR_DATE", date).env("GIT_COMMITTER_DATE", date);
    let merged = git.args(["merge", "-q", "--no-edit", "offline"]).output().unwrap();
    assert!(merged.status.success(), "{merged:?}");
    let ran = desk.at("2026-12-02 10:00").by("chen").run(SEND);
    let of_house = [&ids[0], &ids[1], &ids[2], &late];
    let asked = of_house.iter().filter(|id| desk.record(id)["status"]["survey"].is_object());
    for id in asked {
        let event = sent(&desk, id);
        assert_eq!(
            (&event["party"], &event["drawn"]["cap_per_customer"]),
            (&"internal".into(), &1.into()),
            "{ran}"
        );
    }
    desk.is_honest();
    let report = desk.at("2026-12-03 09:00").run("report survey --month 2026-11 --json").json();
    let caps = |nth: usize| (&report["samples"][nth]["party"], &report["samples"][nth]["cap"]);
    assert_eq!(caps(0), (&"external".into(), &2.into()));
    assert_eq!(caps(1), (&"internal".into(), &1.into()));
}

#[test]
fn a_questionnaire_with_the_questions_or_numbers_of_the_other_party_is_found() {
    let (desk, ids) = closed(&["House"]);
    with_rules(&desk, INTERNAL);
    let outside = ["customer change house --party external"];
    let by_hand = format!("survey send {}", ids[0]);
    let tip = desk.head();
    for (line, expected) in
        [(&*by_hand, "H19"), (SEND, "100%, at most 5 per customer, as an internal customer")]
    {
        desk.git(["reset", "-q", "--hard", &tip]);
        transplanted(&desk, &outside, line);
        is_found(&desk, expected);
    }
    desk.git(["reset", "-q", "--hard", &tip]);
    let cap = ["policy set survey.internal.cap_per_customer 50 --reason more"];
    transplanted(&desk, &cap, SEND);
    is_found(&desk, "at most 5 per customer");
    // the other way round
    desk.git(["reset", "-q", "--hard", &tip]);
    desk.at("2026-12-01 07:00").by("zhang").run(outside[0]).succeeds();
    transplanted(&desk, &["customer change house --party internal"], SEND);
    is_found(&desk, "as an external customer");
}

#[test]
fn a_desk_that_says_nothing_of_internal_users_asks_them_as_everybody() {
    let (desk, ids) = closed(&["House", "House", "House", "A"]);
    with_rules(&desk, "");
    let told = "sample of November 2026: 3 of 4 (4 closed), 100% by hash, 1 to 2 per customer";
    desk.at(DECEMBER).by("chen").run(SEND).says(told).says("3 done");
    for id in &ids {
        let text = desk.read(&desk.record_path(id));
        assert!(!text.contains("party"), "{text}");
    }
    let report = desk.at("2026-12-03 09:00").run("report survey --month 2026-11").out();
    assert!(!report.contains("internal") && !report.contains("external"), "{report}");
    desk.is_honest();
}

#[test]
fn the_questions_of_one_party_may_change_under_their_version_no_more_than_those_of_the_other() {
    let (desk, ids) = closed(&["House", "House", "A", "A"]);
    with_rules(&desk, INTERNAL);
    let send = |id: &str| desk.at("11:00").by("chen").run(&format!("survey send {id}"));
    send(&ids[0]).says("Was the desk easy to reach?");
    send(&ids[2]).says("Were we fast enough?");
    let rules = desk.read("policy/survey.yaml").replace("easy to reach", "there for you");
    commit_rules(&desk, &rules);
    send(&ids[1]).refuses("the questions in policy/survey.yaml differ");
    send(&ids[3]).says("Were we fast enough?");
    // whom nobody asked is held to the questions of their party, too
    let told = |key: &str| {
        let line =
            format!("survey record {} --satisfaction 4 --by 'Guest 1' --answer {key}=yes", ids[1]);
        desk.at("11:10").by("chen").run(&line)
    };
    told("speed").refuses("reach");
    told("reach").succeeds();
    desk.is_honest();
}

#[test]
fn a_broken_section_for_internal_users_is_named_with_its_line() {
    let desk = Desk::new();
    let rules = desk.read("policy/survey.yaml");
    let line = rules.lines().count() + 2;
    for (section, said) in [
        (
            "internal:\n  sample: 101\n",
            "internal.sample: “101” is not a whole number from 0 to 100",
        ),
        ("internal:\n  cap_per_customer: 0\n", "“0” is not a whole number from 1 on"),
        ("internal:\n  cap: 4\n", "cap_per_customer"),
        ("internal:\n  questions: none\n", "questions"),
    ] {
        desk.write("policy/survey.yaml", format!("{rules}{section}"));
        let found = desk.at("09:00").run("policy check").out();
        assert!(found.contains(&format!("policy/survey.yaml:{line} ")), "{section}{found}");
        assert!(found.contains(said), "{section}{found}");
    }
    desk.write("policy/survey.yaml", &rules);
    let set = |rule: &str| {
        let line = format!("policy set survey.internal.{rule} --reason 'colleagues are many'");
        desk.at("09:10").by("zhang").run(&line)
    };
    set("sample 101").refuses("whole number from 0 to 100");
    set("sample 10").succeeds();
    set("cap_per_customer 40").succeeds();
    let rules = desk.read("policy/survey.yaml");
    assert!(rules.ends_with("\ninternal:\n  sample: 10\n  cap_per_customer: 40\n"), "{rules}");
    let twice = "[{key: a, en: A, zh: 甲}, {key: a, en: B, zh: 乙}]";
    desk.write("policy/survey.yaml", format!("{rules}  questions: {twice}\n"));
    desk.at("09:20").run("policy check").finds("internal.questions");
    desk.write("policy/survey.yaml", rules);
    desk.is_honest();
}

/// Sheets about a record of House and about one of A, in a language.
fn sheets(desk: &Desk, lang: &str, [inside, outside]: [&str; 2], command: &str) -> [String; 2] {
    let run = |of: &str| {
        let line = format!("{} --lang {lang}", command.replace("OF", of));
        desk.at("2026-12-03 09:00").by("chen").run(&line).succeeds().out()
    };
    [run(inside), run(outside)]
}

#[test]
fn sheets_speak_of_users_and_their_department_inside_and_of_customers_outside() {
    let (desk, ids) = closed(&["House", "A"]);
    desk.at("11:00").by("zhang").run("customer add a --name A").succeeds();
    let complain = |nth: usize, customer: &str| {
        let line = format!(
            "open complaint 'Too late' --channel email --customer {customer} --name 'Guest {nth}' \
             --reported 'x' --remedy 'y' --need 'z' --form written --trigger direct --against service:desk"
        );
        desk.at("11:10").by("chen").run(&line).id()
    };
    let complaints = [complain(0, "House"), complain(1, "A")];
    let requests = [ids[0].as_str(), ids[1].as_str()];
    let complaints = [complaints[0].as_str(), complaints[1].as_str()];
    for (lang, of, command, inside, outside) in [
        ("en", requests, "report request OF", "| Department | House |", "| Customer | A |"),
        ("en", requests, "report request OF", "In the user's words", "In the customer's words"),
        ("zh-CN", requests, "report request OF", "| 所在部门 | House |", "| 客户 | A |"),
        ("zh-CN", requests, "report request OF", "## 用户原话", "## 客户原话"),
        (
            "en",
            complaints,
            "report complaint-form OF",
            "| Department | House |",
            "| Organisation | A |",
        ),
        (
            "zh-CN",
            complaints,
            "report complaint-form OF",
            "| 所在部门 | House |",
            "| 投诉人单位 | A |",
        ),
        ("en", ["house", "a"], "report card --customer OF", "For our colleagues in House", "For A"),
        ("zh-CN", ["house", "a"], "report card --customer OF", "所在部门：House", "服务对象：A"),
    ] {
        let [of_house, of_other] = sheets(&desk, lang, of, command);
        assert!(of_house.contains(inside) && !of_house.contains(outside), "{inside}: {of_house}");
        assert!(of_other.contains(outside) && !of_other.contains(inside), "{outside}: {of_other}");
    }
    for (lang, inside, outside) in [
        (
            "en",
            ["User satisfaction survey", "your colleagues at the desk"],
            "Customer satisfaction survey",
        ),
        ("zh-CN", ["用户满意度调查表", "服务台同事"], "客户满意度调查表"),
    ] {
        let out = format!("../out-{lang}");
        let line = format!("survey send --all --month 2026-11 -o {out} --lang {lang}");
        desk.at(DECEMBER).by("chen").run(&line).succeeds();
        for form in ["md", "html"] {
            let read = |id: &str| desk.read(&format!("{out}/{id}.{form}"));
            let (of_house, of_other) = (read(&ids[0]), read(&ids[1]));
            assert!(inside.iter().all(|it| of_house.contains(it)), "{of_house}");
            assert!(!of_house.contains(outside) && of_other.contains(outside), "{of_other}");
        }
    }
    // the reports that were kept at closing are worded so, and audited by the same words
    let kept = |id: &str| {
        let path = desk.git(["ls-files", &format!("archive/*{id}*")]);
        desk.read(path.trim())
    };
    assert!(kept(&ids[0]).contains("| Department | House |"));
    assert!(kept(&ids[1]).contains("| Customer | A |"));
    desk.at("2026-12-04 09:00")
        .by("zhang")
        .run("customer change house --party external")
        .succeeds();
    desk.is_honest();
    desk.write("templates/en/request.md", "{{ party }} of {{ record.customer }}\n");
    desk.git(["add", "templates"]);
    desk.git(["commit", "-q", "-m", "a template"]);
    let own = format!("report request {}", ids[0]);
    desk.at("2026-12-05 09:00").run(&own).says("external of House");
}
