//! A caller wants somebody who is not there: a note is taken and passed on (R16).

use crate::desk::Desk;

const CALL: &str = "open enquiry 'Ms Wang wants li' --for li --channel phone --customer ACME --name 'Ms Wang' \
                    --phone 13812341234 --reported 'is li there? please call back' --need 'a call back' \
                    --category account --expected-by none --read-back done";

#[test]
fn a_message_is_seen_until_it_is_relayed_and_only_once() {
    let desk = Desk::new();
    let id = desk.at("09:00").by("chen").run(CALL).id();
    desk.at("09:05").run("due").says("relay the message to 李雷");
    desk.at("09:05").run("due --lang zh-CN").says("向李雷转告留言");
    desk.at("09:05").run("report daily").says("relay the message");
    desk.at("09:05").by("chen").run("").says("acknowledge +2");
    let due = desk.at("09:05").run("due --json").json();
    let relay = due["due"].as_array().unwrap().iter().find(|item| item["what"] == "relay");
    assert_eq!(relay.unwrap()["detail"]["wanted"], "li");

    let ran =
        desk.at("09:10").by("chen").run(&format!("relay {id} --method phone --note 'at three'"));
    ran.says("relayed");
    assert_eq!(desk.trailer("Docket-Action"), "relay");
    let message = &desk.record(&id)["status"]["message"];
    assert_eq!(
        (&message["relayed"]["by"], &message["relayed"]["method"]),
        (&"chen".into(), &"phone".into())
    );
    desk.at("09:15").run(&format!("show {id}")).says("李雷  ✓ 2026-11-23 09:10");
    assert!(!desk.at("09:15").run("due").succeeds().out().contains("relay the message"));
    desk.at("09:20")
        .by("chen")
        .run(&format!("relay {id}"))
        .refuses("陈静 (chen) already passed the message on");
    desk.at("09:20").by("chen").run(&format!("relay {id} --lang zh-CN")).refuses("已于");
}

#[test]
fn the_wanted_person_may_say_so_and_another_engineer_may_not() {
    let desk = Desk::new();
    let id = desk.at("09:00").by("chen").run(CALL).id();
    desk.at("09:10").by("wu").run(&format!("relay {id}")).refuses("the message is for 李雷 (li)");
    desk.at("09:10").by("li").run(&format!("relay {id}")).succeeds();
    let other = desk.fault();
    desk.at("09:30")
        .by("chen")
        .run(&format!("relay {other}"))
        .refuses("no colleague was asked for");
}

#[test]
fn nothing_is_closed_before_its_message_is_relayed() {
    let desk = Desk::new();
    let id = desk.at("09:00").by("chen").run(CALL).id();
    for (time, by, step) in [
        ("09:01", "chen", "ack last --reply-by 09:30"),
        ("09:10", "chen", "resolve last --result told --cause asked --code advised"),
        ("09:20", "zhang", "confirm ID --with 'Ms Wang' --satisfaction 4"),
    ] {
        desk.at(time).by(by).run(&step.replace("ID", &id).replace("last", &id)).succeeds();
    }
    let close = format!("close {id}");
    desk.at("09:30").by("zhang").run(&close).refuses("message passed on").and("docket relay");
    desk.at("09:40").by("chen").run(&format!("relay {id}")).succeeds();
    desk.at("09:50").by("zhang").run(&close).succeeds();
}

#[test]
fn a_message_is_for_somebody_of_the_team_and_never_in_a_complaint_or_remark() {
    let desk = Desk::new();
    desk.at("09:00").by("chen").run(&CALL.replace("--for li", "--for lu")).refuses("lu");
    let remark = "remark 'too hot' --explanation 'yes it is' --wants-reply no --for li --channel phone \
                  --customer ACME --reported x";
    desk.at("09:00").by("chen").run(remark).usage("--for");
}
