//! Desks in six zones over both changes of their clocks: an instant is stored, shown, and its day
//! taken, as the desk's own clock shows it then.

use crate::desk::{Desk, Ran};

/// What happens at one clock: when it comes in, told in any offset, and when 24 hours are over.
struct Day {
    zone: &'static str,
    received: &'static str,
    /// As the desk's clock shows it.
    shown: &'static str,
    due: &'static str,
}

/// Each zone over both changes of 2026, where it has any.
const DAYS: [Day; 10] = [
    Day {
        zone: "Asia/Shanghai",
        received: "2026-10-24T02:00:00Z",
        shown: "2026-10-24T10:00:00+08:00",
        due: "2026-10-25T10:00:00+08:00",
    },
    Day {
        zone: "UTC",
        received: "2026-03-28T20:00:00+09:00",
        shown: "2026-03-28T11:00:00+00:00",
        due: "2026-03-29T11:00:00+00:00",
    },
    Day {
        zone: "Europe/Berlin",
        received: "2026-10-24T16:00:00+08:00",
        shown: "2026-10-24T10:00:00+02:00",
        due: "2026-10-25T09:00:00+01:00",
    },
    Day {
        zone: "Europe/Berlin",
        received: "2026-03-28T20:00:00+01:00",
        shown: "2026-03-28T20:00:00+01:00",
        due: "2026-03-29T21:00:00+02:00",
    },
    Day {
        zone: "Europe/London",
        received: "2026-03-28T20:00:00Z",
        shown: "2026-03-28T20:00:00+00:00",
        due: "2026-03-29T21:00:00+01:00",
    },
    Day {
        zone: "Europe/London",
        received: "2026-10-24T09:00:00Z",
        shown: "2026-10-24T10:00:00+01:00",
        due: "2026-10-25T09:00:00+00:00",
    },
    Day {
        zone: "America/New_York",
        received: "2026-03-08T01:00:00Z",
        shown: "2026-03-07T20:00:00-05:00",
        due: "2026-03-08T21:00:00-04:00",
    },
    Day {
        zone: "America/New_York",
        received: "2026-10-31T14:00:00Z",
        shown: "2026-10-31T10:00:00-04:00",
        due: "2026-11-01T09:00:00-05:00",
    },
    Day {
        zone: "Australia/Lord_Howe",
        received: "2026-04-03T23:00:00Z",
        shown: "2026-04-04T10:00:00+11:00",
        due: "2026-04-05T09:30:00+10:30",
    },
    Day {
        zone: "Australia/Lord_Howe",
        received: "2026-10-03T09:30:00Z",
        shown: "2026-10-03T20:00:00+10:30",
        due: "2026-10-04T20:30:00+11:00",
    },
];

const OPEN: &str = "open fault 'No light' --channel phone --customer Acme --name 'Ms A' \
    --phone 13800000001 --reported r --need n --stops-work yes --expected-by none";

impl Day {
    /// A desk in this zone, with a fault that came in.
    fn desk(&self) -> (Desk, String) {
        let desk = Desk::nowhere();
        let init = format!("init --timezone {} --lang en", self.zone);
        at(&desk, self.received, &init).succeeds();
        let id = at(&desk, self.received, OPEN).id();
        (desk, id)
    }
}

/// A run by zhang at an instant.
fn at<'d>(desk: &'d Desk, now: &str, line: &str) -> Ran<'d> {
    desk.at("08:00").by("zhang").env("DOCKET_NOW", now).run(line)
}

/// `2026-10-25 09:00` of a time with offset.
fn minute(time: &str) -> String {
    time[..16].replace('T', " ")
}

/// A time with offset, moved by minutes within its hour.
fn moved(time: &str, minutes: i32) -> String {
    let (hour, rest) = (&time[..14], &time[16..]);
    let minute: i32 = time[14..16].parse().unwrap();
    let whole = time[11..13].parse::<i32>().unwrap() * 60 + minute + minutes;
    format!("{}{:02}:{:02}{rest}", &hour[..11], whole / 60, whole % 60)
}

#[test]
fn a_limit_of_24_hours_ends_by_the_clock_of_the_day_on_which_it_ends() {
    for day in &DAYS {
        let (desk, id) = day.desk();
        let (shown, due) = (minute(day.shown), minute(day.due));

        let record = at(&desk, day.received, &format!("show {id} --json")).json();
        assert_eq!(record["intake"]["received_at"], day.shown, "{}", day.zone);
        assert_eq!(record["status"]["due"]["resolve"], day.due, "{}", day.zone);
        assert!(id[2..].starts_with(&day.shown[2..10].replace('-', "")), "{id} of {}", day.shown);
        let commit = desk.git(["log", "-1", "--format=%s%n%b%n%ad", "--date=iso-strict"]);
        for told in [&day.shown[11..16], &format!("resolve_due {}", day.due), day.shown] {
            assert!(commit.contains(told), "{told} in {commit}");
        }

        let explained = at(&desk, &moved(day.due, -1), &format!("sla explain {id}"));
        let explained = explained.says(&due).out();
        let (_, resolve) = explained.split_once("resolve by · at risk").unwrap();
        assert!(resolve.contains("24 h 00 min") || resolve.contains("23 h 59 min"), "{resolve}");
        assert!(resolve.contains(&format!("start                     {shown}")), "{resolve}");
        let late = |minutes| {
            let due = at(&desk, &moved(day.due, minutes), "due --json").json();
            let tasks = due["due"].as_array().unwrap().clone();
            let resolve = tasks.into_iter().find(|task| task["what"] == "resolve").unwrap();
            (resolve["due"].clone(), resolve["standing"].clone())
        };
        assert_eq!(late(0), (day.due.into(), "at_risk".into()), "{}", day.zone);
        assert_eq!(late(1), (day.due.into(), "late".into()), "{}", day.zone);
        at(&desk, &moved(day.due, 1), "audit --fail-on error").succeeds();
    }
}

#[test]
fn every_time_of_a_step_is_kept_and_shown_by_the_desks_clock_whatever_offset_it_was_told_in() {
    for day in &DAYS {
        let (desk, id) = day.desk();
        let utc = |at: &str| {
            let unix = chrono::DateTime::parse_from_rfc3339(at).unwrap().to_utc();
            unix.format("%Y-%m-%dT%H:%M:%SZ").to_string()
        };
        let ack = format!("ack {id} --reply-by {}", utc(day.due));
        at(&desk, day.received, &ack).says(&minute(day.due));
        let hold = format!(
            "promise {id} {} --to 'Ms A' --what 'a call' --at {}",
            utc(day.due),
            utc(day.received)
        );
        at(&desk, day.received, &hold).succeeds();
        let record = at(&desk, day.received, &format!("show {id} --json")).json();
        let history = record["history"].as_array().unwrap();
        assert_eq!(history[1]["reply_by"], day.due, "{}", day.zone);
        assert_eq!(history[2]["due"], day.due, "{}", day.zone);
        assert_eq!(history[2]["at"], day.shown, "{}", day.zone);
        let shown = at(&desk, day.received, &format!("show {id}")).out();
        assert!(shown.contains(&minute(day.due)), "{shown}");
        let (from, to) = (&day.shown[..10], &day.shown[..10]);
        let list = format!("list --from {from} --to {to} -q");
        at(&desk, day.received, &list).says(&id);
    }
}

/// A record as an earlier docket wrote it: 24 hours later by the offset of the beginning.
#[test]
fn a_record_that_tells_times_in_another_offset_is_shown_by_the_desks_clock_everywhere() {
    let day = &DAYS[2];
    let (desk, id) = day.desk();
    let path = format!("records/2026/10/{id}.yaml");
    let old = desk.read(&path).replace(day.due, "2026-10-25T10:00:00+02:00");
    let old = old.replace("need: 'n'", "need: '2026-10-25T10:00:00+02:00'");
    desk.commit(
        &path,
        old.replace("\n  at: 2026-10-24T10:00:00+02:00", "\n  at: 2026-10-24T08:00:00+00:00"),
    );
    let now = "2026-10-25T09:01:00+01:00";
    let run = |line: &str| at(&desk, now, line).out();
    for (line, shown) in [
        (format!("show {id}"), "2026-10-25 09:00"),
        (format!("sla explain {id}"), "2026-10-25 09:00"),
        ("due".to_owned(), "10-25 09:00"),
        (String::new(), "10-24 10:30"),
        (format!("report request {id}"), "2026-10-25 09:00"),
        ("list --json".to_owned(), day.due),
        (format!("show {id} --json"), day.due),
        ("export --jsonl".to_owned(), day.due),
    ] {
        let out = run(&line);
        assert!(out.contains(shown), "{line}: no {shown} in {out}");
        assert!(!out.contains("08:00:00+00:00"), "{line}: {out}");
    }
    let told = run(&format!("show {id} --json"));
    assert!(told.contains(r#""need": "2026-10-25T10:00:00+02:00""#), "what was said stays: {told}");

    // what is there already is not written anew
    let ack = format!("ack {id} --reply-by +1h");
    at(&desk, now, &ack).succeeds();
    let kept = desk.read(&path);
    assert!(kept.contains("\n  at: 2026-10-24T08:00:00+00:00"), "{kept}");
}
