mod breach;
mod running;

use proptest::prelude::*;

use super::{
    explain::{ClockStanding, explain},
    reading::{ClockKind, Reading, readings},
};
use crate::domain::{
    base::{
        calendar::{
            Calendar,
            rules::{CalendarRules, Week, YearRules},
        },
        document::Document,
        ids::RecordId,
        limit::Limits,
        terms::{Callback, Channel, Code, Kind, Role},
        time::Timestamp,
        zone::Zone,
    },
    deciding::clock::{afresh, after_pause, due, resolve_due},
    history::{
        event::{Event, RULES, Stamp},
        intake::{DueAt, Intake},
        record::Record,
        status::{Clock, DueTimes, Status, parts::CurrentPause},
        steps::{
            Act, accept, ack, close, confirm, extend, hold, open, resolve, respond, resume, route,
        },
    },
};

fn at(clock: &str) -> Timestamp {
    let text = if clock.contains('T') { clock.to_owned() } else { format!("2026-11-23T{clock}") };
    format!("{text}:00+08:00").parse().unwrap()
}

fn calendar() -> Calendar {
    let day = vec!["09:00-12:00".parse().unwrap(), "13:30-18:00".parse().unwrap()];
    let week = Week {
        monday: day.clone(),
        tuesday: day.clone(),
        wednesday: day.clone(),
        thursday: day.clone(),
        friday: day,
        ..Week::default()
    };
    let document = Document {
        version: 1,
        effective_on: "2026-01-01".parse().unwrap(),
        reviewed_by: String::new(),
        approved_by: String::new(),
    };
    let years = [(2026, YearRules::plain())].into();
    Calendar::new(CalendarRules { document, week, years }, Zone::named("Asia/Shanghai").unwrap())
        .unwrap()
}

/// A fault of Monday 09:00: acknowledged within 30 minutes, answered within 1 hour, solved within
/// 24 hours.
fn fault() -> Record {
    fault_within(["30m", "1h", "24h"])
}

/// A fault of Monday 09:00 with limits of its own.
fn fault_within(limits: [&str; 3]) -> Record {
    let [ack, respond, resolve] = limits.map(|limit| Some(limit.parse().unwrap()));
    let limits = Limits { ack, respond, resolve };
    let received_at = at("09:00");
    let intake = Intake { kind: Kind::Fault, ..Intake::blank(received_at) };
    let opening = open::Open {
        limits,
        due_after: due(limits, received_at, &calendar()),
        ..open::Open::default()
    };
    let stamp = stamp(1, received_at);
    let id: RecordId = "R-261123-7K3QX".parse().unwrap();
    Record::opened(id, intake, &stamp).with(Event { stamp: stamp.clone(), act: opening.into() })
}

fn stamp(n: u32, when: Timestamp) -> Stamp {
    Stamp {
        id: format!("01K4QB3V9T8Z6N5M2R1W0XY{n:03}").parse().unwrap(),
        n,
        at: when,
        recorded_at: when,
        by: "zhang".parse().unwrap(),
        role: Role::TeamLead,
        told_by: None,
        told_via: None,
        rules: RULES,
        late_because: None,
        note: None,
        personal: None,
        opened: None,
    }
}

fn then(record: &Record, clock: &str, act: impl Into<Act>) -> Record {
    let stamp = stamp(record.next_number().unwrap(), at(clock));
    let next = record.with(Event { stamp, act: act.into() });
    assert!(next.status.set_aside.is_empty(), "the step at {clock} is not legal");
    next
}

fn acknowledged(record: &Record, clock: &str) -> Record {
    let ack = ack::Ack {
        told: "C-4TZ9M".parse().unwrap(),
        method: Channel::new("phone"),
        reply_by: Some(at("2026-11-24T18:00")),
        answered: false,
        read_back: None,
    };
    then(record, clock, ack)
}

fn at_work(record: &Record, clock: &str, respond_by: &str) -> Record {
    let route = route::Route {
        to: "zhang".parse().unwrap(),
        unit: "desk".parse().unwrap(),
        line: crate::domain::base::line::SupportLine::First,
        reason: "needs a look".to_owned(),
        method: None,
        due_before: None,
        due_after: None,
    };
    let routed = then(record, clock, route);
    then(&routed, clock, accept::Accept { respond_by: at(respond_by), reason: None })
}

fn resolved(record: &Record, clock: &str) -> Record {
    then(record, clock, resolve_at(at(clock)))
}

fn resolve_at(when: Timestamp) -> resolve::Resolve {
    resolve::Resolve {
        result: "replaced".to_owned(),
        cause: "worn".to_owned(),
        cause_category: None,
        code: Code::new("fixed"),
        done_at: when,
        steps: None,
        unmet: None,
        referral: None,
        told: None,
        method: None,
        corrective: None,
        preventive: None,
    }
}

fn paused(record: &Record, clock: &str, resume_by: &str) -> Record {
    let hold = hold::Hold {
        reason: crate::domain::base::terms::PauseReason::new("waiting_customer"),
        resume_by: at(resume_by),
        evidence: "asked by mail".to_owned(),
        stops_clock: true,
        due_before: None,
        due_after: None,
    };
    then(record, clock, hold)
}

fn resumed(record: &Record, clock: &str) -> Record {
    let before = record.status.due;
    let pause = CurrentPause { until: Some(at(clock)), ..record.status.pause().unwrap().clone() };
    let limit = record.status.limits.resolve.unwrap();
    let resolve = before.resolve.map(|due| after_pause(due, limit, &pause, &calendar()));
    then(
        record,
        clock,
        resume::Resume { due_before: before, due_after: DueTimes { resolve, ..before } },
    )
}

fn extended(record: &Record, clock: &str, until: &str) -> Record {
    let before = record.status.due;
    let extend = extend::Extend {
        plan: "new part".to_owned(),
        until: at(until),
        consent: extend::Consent {
            given: true,
            with: "C-4TZ9M".parse().unwrap(),
            method: Channel::new("phone"),
            evidence: None,
        },
        due_before: before,
        due_after: DueTimes { resolve: Some(DueAt::At(at(until))), ..before },
    };
    then(record, clock, extend)
}

fn read(record: &Record, clock: Clock, now: &str) -> Reading {
    let readings = readings(record, at(now), &calendar());
    readings.into_iter().find(|reading| reading.clock == ClockKind::Limit(clock)).unwrap()
}

fn stands(record: &Record, clock: Clock, now: &str) -> ClockStanding {
    let explained = explain(record, at(now), 75, &calendar());
    let found = explained.into_iter().find(|e| e.reading.clock == ClockKind::Limit(clock));
    found.unwrap().standing
}

#[test]
fn a_clock_is_late_only_after_its_due_time() {
    let record = fault();
    for (now, standing) in [
        ("09:10", ClockStanding::Running),
        ("09:23", ClockStanding::AtRisk),
        ("09:30", ClockStanding::AtRisk),
        ("09:31", ClockStanding::Late),
    ] {
        assert_eq!(stands(&record, Clock::Ack, now), standing, "at {now}");
    }
}

#[test]
fn what_was_done_in_time_is_kept_and_what_was_done_late_is_breached() {
    let in_time = acknowledged(&fault(), "09:30");
    assert_eq!(read(&in_time, Clock::Ack, "20:00").breached_at, None);
    let late = acknowledged(&fault(), "09:31");
    assert_eq!(read(&late, Clock::Ack, "20:00").breached_at, Some(at("09:30")));
}

#[test]
fn an_extension_before_the_due_time_keeps_it_and_one_after_it_leaves_the_breach() {
    let record = at_work(&acknowledged(&fault(), "09:05"), "09:10", "09:50");
    let before = resolved(&extended(&record, "17:00", "2026-11-25T09:00"), "2026-11-24T20:00");
    assert_eq!(read(&before, Clock::Resolve, "2026-11-26T09:00").breached_at, None);

    let after = extended(&record, "2026-11-24T10:00", "2026-11-25T09:00");
    let reading = read(&resolved(&after, "2026-11-24T20:00"), Clock::Resolve, "2026-11-26T09:00");
    assert_eq!(reading.breached_at, Some(at("2026-11-24T09:00")));
    assert_eq!(reading.earlier.len(), 1);
}

#[test]
fn a_pause_moves_the_due_time_and_counts_at_most_to_the_time_it_was_to_end_by() {
    let record = at_work(&acknowledged(&fault(), "09:05"), "09:10", "09:50");
    let pending = paused(&record, "10:00", "12:00");
    assert_eq!(stands(&pending, Clock::Resolve, "11:00"), ClockStanding::Paused);
    let on_time = resumed(&pending, "11:00");
    assert_eq!(on_time.status.due.resolve, Some(DueAt::At(at("2026-11-24T10:00"))));
    let overlong = resumed(&pending, "2026-11-24T16:00");
    assert_eq!(overlong.status.due.resolve, Some(DueAt::At(at("2026-11-24T11:00"))));
    let reading = read(&overlong, Clock::Resolve, "2026-11-24T16:00");
    assert_eq!(reading.breached_at, Some(at("2026-11-24T11:00")));
}

#[test]
fn a_breach_survives_closing_and_a_callback_that_sends_the_work_back_starts_the_clock_again() {
    let record = at_work(&acknowledged(&fault(), "09:05"), "09:10", "09:50");
    let done = resolved(&record, "12:00");
    let confirm = confirm::Confirm {
        outcome: Callback::NotHandled,
        with: Some("C-4TZ9M".parse().unwrap()),
        satisfaction: None,
        method: Channel::new("phone"),
        comment: Some("still broken".to_owned()),
    };
    let mut stamp = stamp(done.next_number().unwrap(), at("13:00"));
    stamp.by = "chen".parse().unwrap();
    let back = done.with(Event { stamp, act: confirm.into() });
    assert_eq!(back.status.counts.reworks, 1);
    assert_eq!(read(&back, Clock::Resolve, "14:00").stopped_at, None);
    let late = resolved(&back, "2026-11-24T10:00");
    assert_eq!(
        read(&late, Clock::Resolve, "2026-11-24T12:00").breached_at,
        Some(at("2026-11-24T09:00"))
    );
}

#[test]
fn withdrawing_a_late_matter_does_not_undo_its_breach() {
    let close = close::Close {
        exception: Some(crate::domain::base::terms::Exception::Withdrawn),
        reason: Some("bought elsewhere".to_owned()),
        with: Some("C-4TZ9M".parse().unwrap()),
        method: Some(Channel::new("phone")),
        ..close::Close::default()
    };
    let closed = then(&fault(), "10:30", close);
    let reading = read(&closed, Clock::Respond, "2026-11-25T09:00");
    assert_eq!(reading.breached_at, Some(at("10:00")));
    assert_eq!(stands(&closed, Clock::Respond, "2026-11-25T09:00"), ClockStanding::Breached);
}

#[test]
fn a_reply_told_late_shows_that_only_the_late_entry_kept_the_limit() {
    let record = at_work(&acknowledged(&fault(), "09:05"), "09:10", "09:50");
    let mut stamp = stamp(record.next_number().unwrap(), at("09:40"));
    stamp.recorded_at = at("11:00");
    stamp.late_because = Some("was on the road".to_owned());
    let respond =
        respond::Respond { told: "C-4TZ9M".parse().unwrap(), method: Channel::new("phone") };
    let record = record.with(Event { stamp, act: respond.into() });
    let reading = read(&record, Clock::Respond, "12:00");
    assert_eq!(reading.breached_at, None);
    assert_eq!(reading.entered_late_at, Some(at("11:00")));
    let explained = explain(&record, at("12:00"), 75, &calendar());
    let respond = explained.iter().find(|e| e.reading.clock == ClockKind::Limit(Clock::Respond));
    let respond = respond.unwrap();
    assert_eq!((respond.used, respond.used_until_entry), (40, Some(120)));
}

/// A time of the fortnight after Monday 09:00, by its minute.
fn later(minute: i64) -> Timestamp {
    // steps are told to the second
    at("09:00").plus_seconds(minute * 61)
}

fn pause(since: i64, until: i64, resume_by: i64) -> CurrentPause {
    CurrentPause {
        reason: crate::domain::base::terms::PauseReason::new("waiting_customer"),
        since: later(since),
        resume_by: Some(later(resume_by)),
        until: Some(later(until)),
        stops_clock: true,
    }
}

fn resolved_by(limit: &str, pauses: &[CurrentPause]) -> Timestamp {
    let status = Status { pauses: pauses.to_vec(), ..fault().status };
    resolve_due(limit.parse().unwrap(), &status, &calendar()).time().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_longer_limit_is_never_due_earlier(hours in 1_u32..120, more in 0_u32..60, working: bool) {
        let unit = if working { "wh" } else { "h" };
        let short = resolved_by(&format!("{hours}{unit}"), &[]);
        let long = resolved_by(&format!("{}{unit}", hours + more), &[]);
        prop_assert!(short <= long);
    }

    #[test]
    fn pausing_never_shortens(since in 0_i64..9000, length in 0_i64..3000, working: bool) {
        let limit = if working { "5wd" } else { "24h" };
        let pause = pause(since, since + length, since + 2000);
        prop_assert!(resolved_by(limit, &[pause]) >= resolved_by(limit, &[]));
    }

    #[test]
    fn a_pause_split_in_two_moves_the_due_time_as_far(
        since in 0_i64..9000,
        first in 0_i64..2000,
        second in 0_i64..2000,
        working: bool,
    ) {
        let limit = if working { "3wd" } else { "48h" };
        let (middle, end) = (since + first, since + first + second);
        let whole = resolved_by(limit, &[pause(since, end, end)]);
        let split = resolved_by(limit, &[pause(since, middle, end), pause(middle, end, end)]);
        prop_assert_eq!(whole, split);
    }

    #[test]
    fn a_pause_counts_no_further_than_the_time_it_was_to_end_by(
        since in 0_i64..5000,
        length in 1_i64..3000,
        beyond in 0_i64..3000,
    ) {
        let on_time = resolved_by("24h", &[pause(since, since + length, since + length)]);
        let late = resolved_by("24h", &[pause(since, since + length + beyond, since + length)]);
        prop_assert_eq!(on_time, late);
    }

    #[test]
    fn replaying_twice_is_replaying_once(steps in 0_usize..5) {
        let mut record = fault();
        let moves: [fn(&Record) -> Record; 5] = [
            |r| acknowledged(r, "09:05"),
            |r| at_work(r, "09:10", "09:50"),
            |r| paused(r, "10:00", "12:00"),
            |r| resumed(r, "11:00"),
            |r| resolved(r, "15:00"),
        ];
        for step in &moves[..steps] {
            record = step(&record);
        }
        let once = record.replay();
        let again = Record { status: once.clone(), ..record.clone() };
        prop_assert_eq!(&once, &again.replay());
        prop_assert_eq!(once, record.status);
    }
}
