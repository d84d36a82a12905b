//! Complaints (R74–R94): the road that is allowed leaves its evidence, the forbidden ones are refused
//! with the rule, and a customer who is not content opens a complaint that nobody can forget.

use serde_json::Value;

use crate::desk::{Desk, tail};

/// A complaint about li, by chen at 09:00.
pub(crate) const ABOUT_LI: &str = "open complaint 'Nobody came at eleven' --channel hotline --customer ACME \
    --name 'Ms Wang' --phone 13812341234 --reported 'he promised eleven and came at one' \
    --need 'a word of explanation' --category service --trigger direct --form oral --against li \
    --remedy 'an excuse in writing' --complainant-role 'business manager'";

/// Everything between opening and resolving, of a general complaint.
const ROAD: [(&str, &str, &str); 6] = [
    ("09:10", "chen", "ack ID --reply-by +4h"),
    ("09:20", "chen", "update ID --verified 'the gate log says 13:02'"),
    ("09:25", "chen", "update ID --notified zhang"),
    ("09:30", "zhang", "route ID --to wu --reason 'of another unit'"),
    ("09:40", "wu", "accept ID --respond-by +1h"),
    ("10:00", "zhang", "decide ID --finding 'he was two hours late' --validity valid"),
];

const RESOLVE: &str = "resolve ID --result 'told her why, and that it will not happen again' \
    --cause 'two visits in one hour' --code substantiated --informed 'Ms Wang' --method phone \
    --corrective 'an excuse in writing' --preventive 'visits are an hour apart'";

fn walk(desk: &Desk, id: &str, steps: &[(&str, &str, &str)]) {
    for (time, who, words) in steps {
        desk.at(time).by(who).run(&words.replace("ID", id)).succeeds();
    }
}

fn complaint(desk: &Desk) -> String {
    desk.at("09:00").by("chen").run(ABOUT_LI).id()
}

/// A complaint that is decided and in progress with wu.
fn decided(desk: &Desk) -> String {
    let id = complaint(desk);
    walk(desk, &id, &ROAD);
    id
}

/// A complaint that was fed back to the customer.
fn resolved(desk: &Desk) -> String {
    let id = decided(desk);
    walk(desk, &id, &[("11:00", "wu", RESOLVE)]);
    id
}

/// The records of the desk, by kind.
fn of_kind(desk: &Desk, kind: &str) -> Vec<Value> {
    let list = format!("list --all --kind {kind} --json --limit 0");
    let listed = desk.at("20:00").run(&list).json();
    listed["records"].as_array().unwrap().clone()
}

/// Everybody who is wanted besides the usual team.
fn with_managers() -> Desk {
    let desk = Desk::new();
    for (id, role) in
        [("mei", "relationship_manager"), ("gao", "complaint_decider"), ("lin", "leader")]
    {
        let add = format!(
            "people add {id} --name {id}-name --email {id}@example.com --role {role} --unit desk"
        );
        desk.at("08:10").by("zhang").run(&add).succeeds();
    }
    desk
}

#[test]
fn a_complaint_goes_its_whole_road_and_leaves_its_evidence() {
    let desk = with_managers();
    let id = complaint(&desk);
    let told = &desk.record(&id)["intake"]["complaint"];
    for (key, value) in [
        ("trigger", "direct"),
        ("form", "oral"),
        ("against", "li"),
        ("remedy", "an excuse in writing"),
        ("complainant_role", "business manager"),
    ] {
        assert_eq!(told[key], value, "{key}");
    }
    walk(&desk, &id, &ROAD[..2]);
    desk.at("09:25").by("chen").run(&format!("update {id} --notified mei")).succeeds();
    assert!(desk.git(["log", "-1", "--format=%s"]).contains("notified mei"));
    desk.at("09:30").by("mei").run(&format!("route {id} --to wu --reason 'other unit'")).succeeds();
    assert_eq!(desk.record(&id)["history"][4]["role"], "relationship_manager");
    walk(&desk, &id, &ROAD[4..5]);
    let decide = format!("decide {id} --finding 'two hours late' --validity valid");
    desk.at("10:00").by("gao").run(&decide).says("valid");
    assert_eq!(desk.trailer("Docket-Action"), "decide");
    assert_eq!(desk.record(&id)["history"][6]["role"], "complaint_decider");
    walk(
        &desk,
        &id,
        &[
            ("11:00", "wu", RESOLVE),
            ("12:00", "chen", "confirm ID --with 'Ms Wang' --satisfaction 4"),
            ("12:05", "chen", "close ID"),
        ],
    );

    desk.at("12:06").by("zhang").run("customer add acme --name ACME").succeeds();
    let page = desk.at("12:07").run("customer show acme --json").json();
    assert_eq!(page["overview"]["grades"].as_array().unwrap().len(), 1, "one callback, one grade");
    assert_eq!(page["overview"]["quarters"][0]["grades"], 1, "{page}");

    let status = &desk.record(&id)["status"];
    assert_eq!(status["state"], "closed");
    let so_far = &status["complaint"];
    assert_eq!(so_far["verification"]["text"], "the gate log says 13:02");
    assert_eq!(so_far["verification"]["verified"], true);
    assert_eq!(so_far["notified"]["person"], "mei");
    assert_eq!(so_far["decision"]["validity"], "valid");
    assert_eq!(so_far["decision"]["by"], "gao");
    assert_eq!(so_far["callback"]["satisfaction"], "satisfied");
    let done = &status["resolution"];
    assert_eq!(done["method"], "phone");
    assert_eq!(done["corrective"], "an excuse in writing");
    assert_eq!(done["preventive"], "visits are an hour apart");
    assert!(done["told"].as_str().unwrap().starts_with("C-"));
    let shown = desk.at("20:00").run(&format!("show {id}")).out();
    for text in ["against", "李雷", "the gate log says 13:02", "two hours late", "mei-name"] {
        assert!(shown.contains(text), "no {text} in {shown}");
    }
}

#[test]
fn every_answer_says_who_does_what_next() {
    let desk = Desk::new();
    let id = complaint(&desk);
    let tail = tail(&id);
    for (time, who, words, next) in [
        ("09:10", "chen", "ack ID --reply-by +4h", "--verified TEXT, or --unverified REASON"),
        ("09:20", "chen", "update ID --unverified 'no log'", "--notified PERSON"),
        ("09:25", "chen", "update ID --notified zhang", "relationship manager: docket route"),
        ("09:30", "zhang", "route ID --to wu --reason x", "docket accept"),
        ("09:40", "wu", "accept ID --respond-by +1h", "team lead: docket decide"),
        ("09:50", "zhang", "decide ID --finding x --validity invalid", "--corrective TEXT"),
    ] {
        let ran = desk.at(time).by(who).run(&words.replace("ID", &id)).says(next);
        assert!(ran.out().contains(&tail));
    }
}

#[test]
fn the_person_complained_of_neither_owns_nor_acts() {
    let desk = Desk::new();
    desk.at("08:30").by("zhang").run("people change li --role engineer --role agent").succeeds();
    let against = "against 李雷 (li), who may neither own nor handle it";
    desk.at("09:00").by("li").run(ABOUT_LI).refuses(against).and("colleague");
    let id = complaint(&desk);
    for words in [
        "ack ID --reply-by +1h",
        "update ID --verified 'it was not so'",
        "update ID --note x",
        "handover ID --to chen --reason x",
        "takeover ID",
        "cancel ID --mistake x",
        "close ID --exception withdrawn --reason x --with 'Ms Wang' --method phone",
        "escalate ID --to zhang --reason x --method phone",
        "amend ID --set title=x --reason x",
    ] {
        desk.at("09:05").by("li").run(&words.replace("ID", &id)).refuses("");
    }
    let handover = format!("handover {id} --to li --reason x");
    desk.at("09:05").by("chen").run(&handover).refuses(against);
    let told = format!("escalate {id} --to li --reason x --method phone");
    desk.at("09:05").by("chen").run(&told).refuses(against);
    walk(&desk, &id, &ROAD[..3]);
    let route = format!("route {id} --to li --reason x");
    desk.at("09:30").by("zhang").run(&route).refuses(against);
    walk(&desk, &id, &ROAD[3..4]);
    let accept = format!("accept {id} --respond-by +1h --on-behalf-of li --method phone");
    desk.at("09:35").by("chen").run(&accept).refuses(against);
    walk(&desk, &id, &ROAD[4..]);
    walk(&desk, &id, &[("11:00", "wu", RESOLVE)]);
    for words in ["confirm ID --with 'Ms Wang' --satisfaction 5", "confirm ID --not-needed x"] {
        desk.at("12:00").by("li").run(&words.replace("ID", &id)).refuses(against);
    }
    walk(&desk, &id, &[("12:00", "chen", "confirm ID --with 'Ms Wang' --satisfaction 5")]);
    desk.at("12:10").by("li").run(&format!("close {id}")).refuses(against);
}

#[test]
fn a_person_is_known_by_name_and_a_unit_or_service_may_be_complained_of() {
    let desk = Desk::new();
    for (against, kept) in [
        ("李雷", "li"),
        ("network", "network"),
        ("service:mail", "service:mail"),
        ("服务：邮件", "service:邮件"),
    ] {
        let open = ABOUT_LI.replace("--against li", &format!("--against {against}"));
        let id = desk.at("09:00").by("chen").run(&open).id();
        assert_eq!(desk.record(&id)["intake"]["complaint"]["against"], kept);
    }
    let open = ABOUT_LI.replace("--against li", "--against lii");
    desk.at("09:00").by("chen").run(&open).refuses("no person or unit “lii”; did you mean li");
}

#[test]
fn a_complaint_to_somebody_higher_or_of_misconduct_is_major() {
    let desk = Desk::new();
    for (trigger, level) in [
        ("direct", "general"),
        ("to_lead", "general"),
        ("to_higher", "major"),
        ("misconduct --prohibition P4", "major"),
    ] {
        let open = ABOUT_LI.replace("--trigger direct", &format!("--trigger {trigger}"));
        let id = desk.at("09:00").by("chen").run(&open).id();
        assert_eq!(desk.record(&id)["status"]["level"], level, "{trigger}");
    }
    let open = ABOUT_LI.replace("direct", "misconduct");
    desk.at("09:00")
        .by("chen")
        .run(&open)
        .refuses("the prohibition that was broken")
        .and("--prohibition");
    for trigger in ["callback", "survey"] {
        let open = ABOUT_LI.replace("direct", trigger);
        desk.at("09:00").by("chen").run(&open).refuses("docket opens automatically");
    }
}

#[test]
fn a_complaint_is_verified_and_notified_before_it_is_handed_out() {
    let desk = Desk::new();
    let id = complaint(&desk);
    walk(&desk, &id, &ROAD[..1]);
    let route = format!("route {id} --to wu --reason x");
    let ran = desk
        .at("09:20")
        .by("zhang")
        .run(&route)
        .refuses("verify it first")
        .and("notify the relationship manager first");
    assert!(ran.err().contains("--verified TEXT") && ran.err().contains("--notified PERSON"));
    walk(&desk, &id, &[("09:20", "chen", "update ID --unverified 'no log is kept'")]);
    assert_eq!(desk.record(&id)["status"]["complaint"]["verification"]["verified"], false);
    desk.at("09:21").by("zhang").run(&route).refuses("notify the relationship manager first");
    let notified = |who: &str| format!("update {id} --notified {who}");
    desk.at("09:22").by("chen").run(&notified("chen")).refuses("陈静 (chen) is not one");
    desk.at("09:22")
        .by("wu")
        .run(&notified("zhang"))
        .refuses("Wu Gang (wu) is not allowed to do this");
    desk.at("09:23").by("chen").run(&notified("zhang")).succeeds();
    desk.at("09:24").by("chen").run(&route).refuses("relationship manager");
    desk.at("09:25").by("zhang").run(&route).succeeds();

    let fault = desk.fault();
    for flag in ["--verified x", "--unverified x", "--notified zhang"] {
        let update = format!("update {fault} {flag}");
        desk.at("09:30").by("chen").run(&update).refuses("is for complaints only");
    }
}

#[test]
fn a_major_complaint_goes_to_a_team_lead_only() {
    let desk = Desk::new();
    let open = ABOUT_LI.replace("--trigger direct", "--trigger to_higher");
    let id = desk.at("09:00").by("chen").run(&open).id();
    walk(&desk, &id, &ROAD[..3]);
    let route = |to: &str| format!("route {id} --to {to} --reason x");
    desk.at("09:30")
        .by("zhang")
        .run(&route("wu"))
        .refuses("major complaints go to a team lead")
        .and("team lead");
    desk.at("09:31").by("zhang").run(&route("zhang")).succeeds();
    assert_eq!(desk.record(&id)["status"]["assignee"], "zhang");

    let later = complaint(&desk);
    walk(&desk, &later, &ROAD[..4]);
    let raise = format!("update {later} --level major --major misconduct --reason 'he lied'");
    desk.at("09:35").by("chen").run(&raise).succeeds();
    desk.at("09:40")
        .by("wu")
        .run(&format!("accept {later} --respond-by +10m"))
        .refuses("major complaints go to a team lead");
}

#[test]
fn a_major_complaint_about_the_only_team_lead_goes_to_somebody_above_them() {
    let desk = with_managers();
    let open = ABOUT_LI
        .replace("--trigger direct", "--trigger to_higher")
        .replace("--against li", "--against zhang");
    let id = desk.at("09:00").by("chen").run(&open).id();
    for (time, who, words) in [
        ("09:10", "chen", "ack ID --reply-by +4h"),
        ("09:20", "chen", "update ID --verified 'the gate log says 13:02'"),
        ("09:25", "chen", "update ID --notified mei"),
    ] {
        desk.at(time).by(who).run(&words.replace("ID", &id)).succeeds();
    }
    let route = |to: &str| format!("route {id} --to {to} --reason x");
    desk.at("09:30").by("mei").run(&route("zhang")).refuses("who may neither own nor handle it");
    desk.at("09:30").by("mei").run(&route("wu")).refuses("major complaints go to a team lead");
    desk.at("09:30").by("mei").run(&route("lin")).succeeds();
    walk(
        &desk,
        &id,
        &[
            ("09:40", "lin", "accept ID --respond-by +10m"),
            ("10:00", "gao", "decide ID --finding x --validity valid"),
            ("11:00", "lin", RESOLVE),
        ],
    );
    desk.is_honest();

    let about_li = complaint(&desk);
    walk(&desk, &about_li, &ROAD[..3]);
    let route = format!("route {about_li} --to lin --reason x");
    desk.at("11:30").by("zhang").run(&route).refuses("not allowed to do this");
}

#[test]
fn whoever_did_the_work_stays_off_the_complaint_about_it_and_a_lead_corrects_whom_it_is_against() {
    let desk = Desk::new();
    let fault = desk.fault_in("resolved");
    let confirm = format!("confirm {fault} --with 'Ms Wang' --not-handled 'down again' --json");
    let said = desk.at("11:00").by("chen").run(&confirm).json();
    let id = said["complaint"].as_str().unwrap().to_owned();
    let verified = format!("update {id} --verified 'it is down'");
    desk.at("11:10").by("chen").run(&format!("ack {id} --reply-by +1h")).succeeds();
    desk.at("11:15").by("li").run(&verified).refuses("who may neither own nor handle it");
    desk.at("11:15").by("chen").run(&verified).succeeds();
    desk.at("11:20").by("chen").run(&format!("update {id} --notified zhang")).succeeds();
    let route = |to: &str| format!("route {id} --to {to} --reason x");
    desk.at("11:25").by("zhang").run(&route("li")).refuses("against 李雷 (li)");

    let amend = |to: &str| format!("amend {id} --set against={to} --reason 'it was wu'");
    desk.at("11:30").by("chen").run(&amend("wu")).refuses("team lead");
    desk.at("11:30").by("zhang").run(&amend("nobody")).refuses("nobody");
    desk.at("11:30").by("zhang").run(&amend("wu")).succeeds();
    desk.at("11:31").by("zhang").run(&route("wu")).refuses("against Wu Gang (wu)");
    desk.at("11:31").by("zhang").run(&route("li")).succeeds();
    assert_eq!(desk.record(&id)["intake"]["complaint"]["against"], "li", "as it was told");
    desk.at("12:00").run(&format!("report complaint-form {id}")).says("| Against | Wu");
    desk.at("12:00")
        .by("zhang")
        .run(&format!("amend {fault} --set against=wu --reason x"))
        .refuses("against");
    desk.is_honest();
}

#[test]
fn the_code_of_a_complaint_says_what_was_decided() {
    let desk = Desk::new();
    let id = decided(&desk);
    for code in ["unsubstantiated", "fixed"] {
        let resolve =
            RESOLVE.replace("ID", &id).replace("--code substantiated", &format!("--code {code}"));
        desk.at("11:00").by("wu").run(&resolve).refuses("valid").and("substantiated");
    }
}

#[test]
fn an_engineer_does_not_decide_and_nothing_is_resolved_undecided() {
    let desk = with_managers();
    let id = complaint(&desk);
    let decide = format!("decide {id} --finding x --validity partly");
    desk.at("09:05").by("zhang").run(&decide).refuses("it is open");
    walk(&desk, &id, &ROAD[..1]);
    desk.at("09:15").by("zhang").run(&decide).refuses("verify it first");
    walk(&desk, &id, &ROAD[1..5]);
    for who in ["wu", "chen", "mei"] {
        let ran = desk.at("09:50").by(who).run(&decide).refuses("not allowed to do this");
        assert!(ran.err().contains("team lead, leader or complaint decider"), "{ran}");
    }
    let resolve = RESOLVE.replace("ID", &id);
    desk.at("09:50")
        .by("wu")
        .run(&resolve)
        .refuses("its validity must be decided first")
        .and("docket decide");
    desk.at("09:50").by("zhang").run(&format!("decide {id}")).usage("--finding");
    desk.at("09:55").by("lin").run(&decide).succeeds();
    walk(&desk, &id, &[("10:00", "wu", RESOLVE)]);

    let fault = desk.fault_in("in_progress");
    let decide = format!("decide {fault} --finding x --validity valid");
    desk.at("10:00").by("zhang").run(&decide).refuses("complaints only");
}

#[test]
fn the_desk_does_not_resolve_a_complaint_that_nobody_was_given() {
    let desk = Desk::new();
    let id = complaint(&desk);
    walk(&desk, &id, &ROAD[..3]);
    walk(&desk, &id, &ROAD[5..]);
    desk.at("10:10")
        .by("chen")
        .run(&RESOLVE.replace("ID", &id))
        .refuses("the relationship manager must assign it first");
}

#[test]
fn the_result_is_fed_back_with_what_is_put_right_and_what_prevents_it() {
    let desk = Desk::new();
    let id = decided(&desk);
    for (left_out, flag) in [
        ("--informed 'Ms Wang' ", "--informed"),
        ("--method phone", "--method"),
        ("--corrective 'an excuse in writing'", "--corrective"),
        ("--preventive 'visits are an hour apart'", "--preventive"),
    ] {
        let line = RESOLVE.replace("ID", &id).replace(left_out, "");
        desk.at("11:00").by("wu").run(&line).refuses(flag);
    }
    let staff = RESOLVE.replace("ID", &id).replace("Ms Wang", "陈静");
    desk.at("11:00").by("wu").run(&staff).refuses("陈静 (chen), a team member");
    let code = RESOLVE.replace("ID", &id).replace("--code substantiated", "--code unsubstantiated");
    desk.at("11:00").by("wu").run(&code).refuses("decided as valid");
    walk(&desk, &id, &[("11:00", "wu", RESOLVE)]);
}

#[test]
fn a_complaint_needs_no_callback_where_the_reason_is_told() {
    let desk = Desk::new();
    let id = resolved(&desk);
    let own = format!("confirm {id} --not-needed 'she wrote that all is well'");
    desk.at("12:00").by("wu").run(&own).refuses("");
    desk.at("12:00").by("chen").run(&own).succeeds();
    let status = &desk.record(&id)["status"];
    assert_eq!(status["state"], "confirmed");
    assert_eq!(status["confirmation"], Value::Null, "nobody answers for the customer");
    assert_eq!(status["complaint"]["callback"]["text"], "she wrote that all is well");
    let dissatisfied = format!("close {id} --dissatisfied x --recourse y");
    desk.at("12:05").by("zhang").run(&dissatisfied).refuses("not dissatisfied at the callback");
    desk.at("12:05").by("chen").run(&format!("close {id}")).succeeds();

    let fault = desk.fault_in("resolved");
    desk.at("12:00")
        .by("chen")
        .run(&format!("confirm {fault} --not-needed x"))
        .refuses("complaints only");
}

#[test]
fn a_dissatisfied_complaint_closes_with_reason_and_recourse_by_the_relationship_manager() {
    for answer in ["--satisfaction 2 --comment 'I still wait'", "--not-handled 'I still wait'"] {
        let desk = Desk::new();
        let id = resolved(&desk);
        let bare = format!("confirm {id} --with 'Ms Wang' --satisfaction 1");
        desk.at("12:00").by("chen").run(&bare).refuses("--comment");
        desk.at("12:00")
            .by("chen")
            .run(&format!("confirm {id} --with 'Ms Wang' {answer}"))
            .succeeds();
        assert_eq!(desk.record(&id)["status"]["state"], "confirmed");
        assert_eq!(of_kind(&desk, "complaint").len(), 1, "a complaint opens none");
        desk.at("12:05")
            .by("chen")
            .run(&format!("close {id}"))
            .refuses("further recourse must be recorded")
            .and("--dissatisfied");
        let half = format!("close {id} --dissatisfied 'wants a refund'");
        desk.at("12:05")
            .by("zhang")
            .run(&half)
            .refuses("further recourse must be recorded")
            .and("--recourse");
        let close = format!("{half} --recourse 'told of the arbitration board'");
        desk.at("12:05").by("chen").run(&close).refuses("relationship manager");
        desk.at("12:05").by("zhang").run(&close).succeeds();
        let record = desk.record(&id);
        assert_eq!(record["status"]["complaint"]["dissatisfied"]["reason"], "wants a refund");
        let event = record["history"].as_array().unwrap().last().unwrap();
        assert_eq!(event["role"], "relationship_manager");
    }
}

#[test]
fn a_complaint_is_not_cancelled_while_its_validity_is_pending() {
    let desk = Desk::new();
    let id = complaint(&desk);
    walk(&desk, &id, &ROAD[..2]);
    let cancel = format!("cancel {id} --mistake 'she meant another company'");
    desk.at("09:30")
        .by("chen")
        .run(&cancel)
        .refuses("its validity must be decided first")
        .and("docket decide");
    let decide = format!("decide {id} --finding 'another company' --validity invalid");
    desk.at("09:35").by("zhang").run(&decide).succeeds();
    desk.at("09:40").by("chen").run(&cancel).succeeds();

    let other = complaint(&desk);
    let fault = desk.fault();
    let merge = format!("merge {other} --into {fault} --reason x");
    desk.at("09:45").by("chen").run(&merge).refuses("only be merged into another complaint");
}

#[test]
fn a_dissatisfied_callback_opens_a_complaint_in_the_same_commit() {
    for answer in ["--satisfaction 2 --comment 'down again'", "--not-handled 'down again'"] {
        let desk = Desk::new();
        let id = desk.fault_in("resolved");
        let commits = desk.commits();
        let confirm = format!("confirm {id} --with 'Ms Wang' {answer} --json");
        let said = desk.at("11:00").by("chen").run(&confirm).json();
        assert_eq!(desk.commits(), commits + 1, "one commit for both");
        assert_eq!(desk.status(), "");

        let new = said["complaint"].as_str().unwrap();
        assert_eq!(desk.trailer("Docket-Opened"), new);
        let fault = desk.record(&id);
        assert_eq!(fault["status"]["state"], "in_progress");
        assert_eq!(fault["status"]["links"][0]["to"]["record"], new);
        let complaint = desk.record(new);
        assert_eq!(complaint["status"]["links"][0]["to"]["record"], *id);
        let intake = &complaint["intake"];
        let event = fault["history"].as_array().unwrap().last().unwrap();
        assert_eq!(intake["cause"]["record"], *id);
        assert_eq!(intake["cause"]["event"], event["id"]);
        assert_eq!(intake["complaint"]["trigger"], "callback");
        assert_eq!(intake["complaint"]["about"]["record"], *id);
        assert_eq!(intake["complaint"]["against"], "li", "who resolved it");
        assert_eq!(intake["reported"], "down again");
        for key in ["customer", "contact", "channel"] {
            assert_eq!(intake[key], fault["intake"][key], "{key}");
        }
        assert_eq!(complaint["status"]["desk_owner"], "chen");
        assert_eq!(complaint["status"]["state"], "open");
        let shown = desk.at("20:00").run(&format!("show {new}")).out();
        assert!(shown.contains(&id), "{shown}");
        desk.is_honest();
    }
}

#[test]
fn a_content_customer_and_one_who_does_not_answer_open_nothing() {
    let desk = Desk::new();
    let id = desk.fault_in("resolved");
    desk.at("11:00").by("chen").run(&format!("confirm {id} --no-answer")).succeeds();
    let confirm = format!("confirm {id} --with 'Ms Wang' --satisfaction 3 --json");
    let said = desk.at("11:30").by("chen").run(&confirm).json();
    assert_eq!(said["complaint"], Value::Null);
    assert_eq!(of_kind(&desk, "complaint").len(), 0);
}

#[test]
fn the_worst_answer_to_a_survey_opens_one_complaint_once() {
    let desk = Desk::new();
    let id = desk.fault_in("closed");
    let answer = |grade: u8| {
        format!("survey record {id} --satisfaction {grade} --by 'Ms Wang' --comment 'far too slow'")
    };
    desk.at("15:00").by("chen").run(&answer(2)).succeeds();
    assert_eq!(of_kind(&desk, "complaint").len(), 0, "a survey opens one at the lowest grade only");
    desk.at("15:05").by("chen").run(&answer(1)).says("was opened automatically");
    desk.at("15:10").by("chen").run(&answer(1)).succeeds();
    let opened = of_kind(&desk, "complaint");
    assert_eq!(opened.len(), 1);
    let new = desk.record(opened[0]["id"].as_str().unwrap());
    assert_eq!(new["intake"]["complaint"]["trigger"], "survey");
    assert_eq!(new["intake"]["complaint"]["form"], "written");
    assert_eq!(new["intake"]["reported"], "far too slow");
    assert_eq!(desk.record(&id)["status"]["links"].as_array().unwrap().len(), 1);
}

#[test]
fn what_was_done_anew_and_is_as_bad_opens_a_complaint_of_its_own() {
    let desk = Desk::new();
    let id = desk.fault_in("closed");
    let answer =
        format!("survey record {id} --satisfaction 1 --by 'Ms Wang' --comment 'far too slow'");
    desk.at("15:00").by("chen").run(&answer).says("was opened automatically");
    walk(
        &desk,
        &id,
        &[
            ("15:10", "chen", "reopen ID --reason 'down again'"),
            ("15:15", "chen", "route ID --to li --reason x"),
            ("15:20", "li", "accept ID --respond-by +10m"),
            ("15:25", "li", "resolve ID --result r --cause c --code fixed"),
            ("15:30", "chen", "confirm ID --with 'Ms Wang' --satisfaction 4"),
            ("15:35", "chen", "close ID"),
            ("15:40", "chen", "survey send ID"),
        ],
    );
    desk.at("15:50").by("chen").run(&answer).says("was opened automatically");
    desk.at("15:55").by("chen").run(&answer).succeeds();
    assert_eq!(of_kind(&desk, "complaint").len(), 2);
    desk.is_honest();
}

#[test]
fn there_is_no_complaint_about_a_complaint() {
    let desk = Desk::new();
    let id = resolved(&desk);
    let open = format!("{ABOUT_LI} --about {id}");
    desk.at("12:00").by("chen").run(&open).refuses("complaint about a complaint is not possible");
    walk(
        &desk,
        &id,
        &[
            ("12:00", "chen", "confirm ID --with 'Ms Wang' --satisfaction 4"),
            ("12:10", "chen", "close ID"),
            ("13:00", "chen", "survey record ID --satisfaction 1 --by 'Ms Wang' --comment 'no'"),
        ],
    );
    assert_eq!(of_kind(&desk, "complaint").len(), 1);
}

#[test]
fn the_person_complained_of_is_looked_for_at_each_step_that_names_somebody() {
    let desk = Desk::new();
    let open = ABOUT_LI.replace("--against li", "--against zhang");
    let id = desk.at("09:00").by("chen").run(&open).id();
    let notified = format!("update {id} --notified zhang");
    desk.at("09:10").by("chen").run(&notified).refuses("against zhang");
}

#[test]
fn a_complaint_can_be_closed_as_unreachable_after_enough_calls_and_is_never_confirmed() {
    let desk = Desk::new();
    let id = resolved(&desk);
    let close = format!("close {id} --exception unreachable --reason 'nobody answers'");
    for time in ["2026-11-23 12:00", "2026-11-24 10:00", "2026-11-24 10:00"] {
        desk.at(time).by("chen").run(&format!("confirm {id} --no-answer")).succeeds();
    }
    desk.at("2026-11-24 10:05").by("chen").run(&close).refuses("2 times on 2 days");
    desk.at("2026-11-24 15:00").by("chen").run(&format!("confirm {id} --no-answer")).succeeds();
    desk.at("2026-11-24 15:05").by("chen").run(&close).succeeds();
    let status = &desk.record(&id)["status"];
    assert_eq!(status["state"], "closed");
    assert_eq!(status["confirmation"], Value::Null);
    assert_eq!(status["times"]["confirmed_at"], Value::Null);
}

#[test]
fn the_form_has_its_fields_in_both_languages_and_hides_persons() {
    let desk = Desk::new();
    let id = resolved(&desk);
    let form = desk.at("20:00").run(&format!("report complaint-form {id}")).out();
    for text in [
        "Complaint handling form",
        &id,
        "business manager",
        "李雷",
        "he promised eleven",
        "an excuse in writing",
        "the gate log says 13:02",
        "2026-11-23 09:25",
        "two hours late",
        "valid",
        "visits are an hour apart",
        r"138\*\*\*\*1234",
    ] {
        assert!(form.contains(text), "no {text} in {form}");
    }
    assert!(!form.contains("13812341234") && !form.contains("Ms Wang"), "{form}");
    let zh =
        desk.at("20:00").run(&format!("report complaint-form {id} --lang zh-CN --reveal")).out();
    for text in ["用户投诉处理表", "被投诉对象", "13812341234", "有效", "纠正措施"]
    {
        assert!(zh.contains(text), "no {text} in {zh}");
    }
    let fault = desk.fault();
    desk.at("20:00").run(&format!("report complaint-form {fault}")).refuses("complaints only");
}

#[test]
fn the_register_has_every_complaint_of_the_period_and_nothing_else() {
    let desk = Desk::new();
    let first = resolved(&desk);
    walk(
        &desk,
        &first,
        &[
            ("12:00", "chen", "confirm ID --with 'Ms Wang' --satisfaction 2 --comment 'no'"),
            ("12:10", "zhang", "close ID --dissatisfied 'wants a refund' --recourse 'the board'"),
        ],
    );
    let invalid = complaint(&desk);
    walk(&desk, &invalid, &ROAD[..2]);
    walk(&desk, &invalid, &[("10:00", "zhang", "decide ID --finding x --validity invalid")]);
    let fault = desk.fault();
    let register = desk.at("20:00").run("report complaint-register").out();
    assert!(register.contains(&first) && register.contains(&invalid), "{register}");
    assert!(!register.contains(&fault));
    assert!(register.contains("| no | wants a refund |"), "{register}");
    assert!(register.contains("| invalid |"), "{register}");
    let zh = desk.at("20:00").run("report complaint-register --month 2026-11 --lang zh-CN").out();
    assert!(zh.contains("监督投诉记录表") && zh.contains("共 2 件"), "{zh}");
    let before = desk.at("20:00").run("report complaint-register --month last").out();
    assert!(!before.contains(&first), "{before}");
}

#[test]
fn the_register_says_how_each_ended_and_keeps_room_for_the_supervisor() {
    let desk = Desk::new();
    let first = resolved(&desk);
    walk(
        &desk,
        &first,
        &[
            ("12:00", "chen", "confirm ID --with 'Ms Wang' --satisfaction 4"),
            ("12:10", "chen", "close ID"),
            ("12:20", "chen", "reopen ID --reason 'she called again'"),
        ],
    );
    let wrong = complaint(&desk);
    walk(
        &desk,
        &wrong,
        &[
            ROAD[0],
            ROAD[1],
            ("12:20", "zhang", "decide ID --finding x --validity invalid"),
            ("12:30", "zhang", "cancel ID --mistake 'meant the taxi'"),
        ],
    );
    let unsure = complaint(&desk);
    walk(
        &desk,
        &unsure,
        &[ROAD[0], ("12:40", "chen", "update ID --unverified 'no gate log of that day'")],
    );
    let csv = desk.at("20:00").run("report complaint-register --format csv").out();
    let rows: Vec<Vec<&str>> = csv.lines().map(|line| line.split(',').collect()).collect();
    let cell = |id: &str, column: &str| {
        let place = rows[0].iter().position(|name| *name == column).unwrap();
        rows.iter().find(|row| row[0] == id).unwrap()[place].to_owned()
    };
    assert_eq!(cell(&first, "closed_at"), "", "it was reopened");
    assert_eq!(cell(&first, "days"), "");
    assert_eq!(cell(&wrong, "closed_at"), "2026-11-23 12:30");
    assert_eq!(cell(&wrong, "outcome"), "cancelled");
    assert_eq!(cell(&wrong, "reason"), "meant the taxi");
    assert_eq!(cell(&unsure, "outcome"), "acknowledged");
    assert!(cell(&unsure, "reason").ends_with("no gate log of that day"));
    for room in ["improvement", "supervisor"] {
        assert_eq!(cell(&first, room), "");
    }
    assert_eq!(cell(&first, "name"), "Ms W**");
}

#[test]
fn a_category_that_policy_has_dropped_keeps_no_callback_from_being_recorded() {
    let desk = Desk::new();
    let id = desk.fault_in("resolved");
    let catalog = desk.read("policy/catalog.yaml").replace("- id: network", "- id: cabling");
    desk.commit("policy/catalog.yaml", catalog);
    let confirm = format!("confirm {id} --with 'Ms Wang' --not-handled 'down again' --json");
    let said = desk.at("11:00").by("chen").run(&confirm).json();
    let complaint = desk.record(said["complaint"].as_str().unwrap());
    assert_eq!(complaint["intake"]["category"], Value::Null);
    assert_eq!(complaint["intake"]["reported"], "down again");
}

#[test]
fn a_complaint_is_merged_only_into_one_against_the_same_so_nobody_gets_their_own() {
    let desk = Desk::new();
    let against_li = complaint(&desk);
    let against_chen = ABOUT_LI.replace("--against li", "--against chen");
    let other = desk.at("09:00").by("zhang").run(&against_chen).id();
    let merge = format!("merge {other} --into {against_li} --reason same");
    desk.at("09:30").by("zhang").run(&merge).refuses("against 陈静 (chen)");
    let again = complaint(&desk);
    let merge = format!("merge {again} --into {against_li} --reason same");
    desk.at("09:40").by("chen").run(&merge).succeeds();
}

#[test]
fn a_complaint_that_is_taken_back_is_decided_all_the_same() {
    let desk = Desk::new();
    let id = complaint(&desk);
    let close =
        format!("close {id} --exception withdrawn --reason r --with 'Ms Wang' --method phone");
    desk.at("09:30").by("chen").run(&close).refuses("docket decide");
}

#[test]
fn only_a_team_lead_takes_a_complaint_of_misconduct_from_its_level() {
    let desk = Desk::new();
    let open = ABOUT_LI.replace("--trigger direct", "--trigger misconduct --prohibition P4");
    let id = desk.at("09:00").by("chen").run(&open).id();
    let lower = format!("update {id} --level general --reason 'a trifle'");
    desk.at("09:07").by("chen").run(&lower).refuses("team lead");
    desk.at("09:08").by("zhang").run(&lower).succeeds();
}

#[test]
fn a_customers_contact_has_no_address_of_the_team() {
    let desk = Desk::new();
    let open = "open request 'New laptop' --channel email --customer ACME --name 'Guest A' \
        --email wu@example.com --reported r --need n";
    desk.at("09:00").by("chen").run(open).refuses("wu");
}

#[test]
fn a_satisfied_customer_has_no_reason_to_be_dissatisfied_in_the_form() {
    let desk = Desk::new();
    let id = complaint(&desk);
    walk(&desk, &id, &[ROAD[0], ("09:20", "chen", "update ID --unverified 'no gate log'")]);
    walk(&desk, &id, &ROAD[2..]);
    walk(
        &desk,
        &id,
        &[("11:00", "wu", RESOLVE), ("12:00", "chen", "confirm ID --not-needed agreed")],
    );
    walk(&desk, &id, &[("12:10", "chen", "close ID")]);
    let form = desk.at("20:00").run(&format!("report complaint-form {id}")).out();
    let row = form.lines().find(|line| line.starts_with("| Reason if not satisfied")).unwrap();
    assert_eq!(row, "| Reason if not satisfied | — |");
}
