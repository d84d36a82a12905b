//! A breach stays a breach, whatever comes after it.

use super::*;
use crate::domain::{
    base::terms::{Field, Level, ReopenedClock},
    history::steps::{amend, cancel, reopen, update},
};

/// A callback at which the customer says that it does not work.
fn handed_back() -> confirm::Confirm {
    confirm::Confirm {
        outcome: Callback::NotHandled,
        with: Some("C-4TZ9M".parse().unwrap()),
        satisfaction: None,
        method: Channel::new("phone"),
        comment: Some("still broken".to_owned()),
    }
}

/// A reopening after which the clock goes on as if it had stood still.
fn reopening(record: &Record, when: Timestamp) -> Option<Act> {
    let before = record.status.due;
    let (rest, limit) = (record.status.at_rest_until(when), record.status.limits.resolve?);
    let resolve = before.resolve.map(|due| after_pause(due, limit, &rest, &calendar()));
    let reopen = reopen::Reopen {
        reason: "again".to_owned(),
        clock: Some(ReopenedClock::Stopped),
        due_before: Some(before),
        due_after: Some(DueTimes { resolve, ..before }),
    };
    Some(reopen.into())
}

/// A step of a random story, as far as it is legal there.
fn random_step(record: &Record, kind: u8, when: Timestamp, amount: i64) -> Option<Record> {
    let before = record.status.due;
    let to =
        |minutes: i64| DueTimes { resolve: Some(DueAt::At(when.plus_minutes(minutes))), ..before };
    let act: Act = match kind {
        0 => extend::Extend {
            plan: "more time".to_owned(),
            until: when.plus_minutes(amount + 1),
            consent: extend::Consent {
                given: true,
                with: "C-4TZ9M".parse().unwrap(),
                method: Channel::new("phone"),
                evidence: None,
            },
            due_before: before,
            due_after: to(amount + 1),
        }
        .into(),
        1 => {
            let limits = Limits {
                ack: Some("2h".parse().unwrap()),
                respond: Some("4wd".parse().unwrap()),
                resolve: Some(format!("{}h", amount / 60 + 1).parse().unwrap()),
            };
            let regraded = Status { limits, ..record.status.clone() };
            update::Update {
                level: Some(Level::General),
                reason: Some("not so bad".to_owned()),
                limits: Some(limits),
                due_before: Some(before),
                due_after: Some(afresh(&regraded, &calendar())),
                ..update::Update::default()
            }
            .into()
        }
        2 => {
            let old = record.status.received_at;
            let new = old.plus_minutes(-amount);
            let after = Status { received_at: new, ..record.status.clone() };
            amend::Amend {
                agreement: None,
                set: vec![amend::Correction {
                    field: Field::ReceivedAt,
                    old: old.to_string(),
                    new: new.to_string(),
                }],
                event: None,
                reason: "slip".to_owned(),
                priority: None,
                level: None,
                limits: Some(record.status.limits),
                due_before: Some(before),
                due_after: Some(afresh(&after, &calendar())),
            }
            .into()
        }
        3 => hold::Hold {
            reason: crate::domain::base::terms::PauseReason::new("waiting_customer"),
            resume_by: when.plus_minutes(amount + 1),
            evidence: "asked by mail".to_owned(),
            stops_clock: true,
            due_before: None,
            due_after: None,
        }
        .into(),
        4 => {
            let pause = CurrentPause { until: Some(when), ..record.status.pause()?.clone() };
            let limit = record.status.limits.resolve?;
            let resolve = before.resolve.map(|due| after_pause(due, limit, &pause, &calendar()));
            resume::Resume { due_before: before, due_after: DueTimes { resolve, ..before } }.into()
        }
        5 => cancel::Cancel { mistake: "opened twice".to_owned(), merged: Vec::new() }.into(),
        6 => close::Close {
            exception: Some(crate::domain::base::terms::Exception::Withdrawn),
            reason: Some("bought elsewhere".to_owned()),
            with: Some("C-4TZ9M".parse().unwrap()),
            method: Some(Channel::new("phone")),
            ..close::Close::default()
        }
        .into(),
        7 => reopening(record, when)?,
        8 => respond::Respond { told: "C-4TZ9M".parse().unwrap(), method: Channel::new("phone") }
            .into(),
        9 => resolve_at(when).into(),
        _ => handed_back().into(),
    };
    let mut stamp = stamp(record.next_number().unwrap(), when);
    if kind > 9 {
        stamp.by = "chen".parse().unwrap();
    }
    let next = record.with(Event { stamp, act });
    next.status.set_aside.is_empty().then_some(next)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_breach_is_never_undone_by_what_comes_after_it(
        story in prop::collection::vec((0_u8..11, 1_i64..900, 0_i64..4000), 1..9),
    ) {
        let mut record = at_work(&acknowledged(&fault(), "09:05"), "09:10", "09:50");
        let mut now = at("09:10");
        let mut breached = Vec::new();
        for (kind, minutes, amount) in story {
            now = now.plus_minutes(minutes);
            let seen = readings(&record, now, &calendar());
            breached.extend(seen.iter().filter(|r| r.breached_at.is_some()).map(|r| r.clock));
            if let Some(next) = random_step(&record, kind, now, amount) {
                record = next;
            }
            let after = readings(&record, now, &calendar());
            for clock in &breached {
                let still = after.iter().find(|reading| reading.clock == *clock).unwrap();
                prop_assert!(still.breached_at.is_some(), "{clock:?} after {kind} at {now}");
            }
        }
    }
}

#[test]
fn a_matter_received_later_than_was_told_keeps_the_breach_of_its_first_due_time() {
    let late = acknowledged(&fault(), "09:45");
    let before = late.status.due;
    let after = Status { received_at: at("09:45"), ..late.status.clone() };
    let correction = amend::Correction {
        field: Field::ReceivedAt,
        old: late.status.received_at.to_string(),
        new: at("09:45").to_string(),
    };
    let amend = amend::Amend {
        agreement: None,
        set: vec![correction],
        event: None,
        reason: "slip".to_owned(),
        priority: None,
        level: None,
        limits: Some(late.status.limits),
        due_before: Some(before),
        due_after: Some(afresh(&after, &calendar())),
    };
    let amended = then(&late, "10:00", amend);
    assert_eq!(read(&amended, Clock::Ack, "11:00").breached_at, Some(at("09:30")));
}

/// The record as it is raised to a level whose resolution limit is so many hours.
fn raised(record: &Record, clock: &str, hours: u32) -> Record {
    let limits =
        Limits { resolve: Some(format!("{hours}h").parse().unwrap()), ..record.status.limits };
    let regraded = Status { limits, ..record.status.clone() };
    let update = update::Update {
        level: Some(Level::Urgent),
        reason: Some("worse than it seemed".to_owned()),
        limits: Some(limits),
        due_before: Some(record.status.due),
        due_after: Some(afresh(&regraded, &calendar())),
        ..update::Update::default()
    };
    then(record, clock, update)
}

#[test]
fn a_limit_that_had_run_out_when_it_was_set_is_missed_from_then_on_and_not_before() {
    let acknowledged = acknowledged(&fault(), "09:05");
    let reading = |record: &Record| read(record, Clock::Resolve, "2026-11-24T08:00");
    // received at 09:00: four hours were over at 13:00, twelve end at 21:00
    assert_eq!(reading(&raised(&acknowledged, "15:00", 4)).breached_at, Some(at("15:00")));
    assert_eq!(reading(&raised(&acknowledged, "15:00", 12)).breached_at, Some(at("21:00")));
    assert_eq!(reading(&acknowledged).breached_at, None);
}

/// A record that was solved and closed, as it is reopened with the clock going on so.
fn reopened(closed: &Record, clock: &str, goes_on: ReopenedClock) -> Record {
    let (status, limit) = (&closed.status, closed.status.limits.resolve.unwrap());
    let due = match goes_on {
        ReopenedClock::Stopped => {
            let rest = status.at_rest_until(at(clock));
            after_pause(status.due.resolve.unwrap(), limit, &rest, &calendar())
        }
        ReopenedClock::NewLimit => DueAt::At(limit.due(at(clock), &calendar()).unwrap()),
    };
    let (due_before, due_after) = status.due.moved(DueTimes { resolve: Some(due), ..status.due });
    let reopen = reopen::Reopen {
        reason: "again".to_owned(),
        clock: Some(goes_on),
        due_before: Some(due_before),
        due_after: Some(due_after),
    };
    then(closed, clock, reopen)
}

#[test]
fn the_resolution_clock_of_a_reopened_record_stood_still_or_begins_anew() {
    // solved at 11:00 of the first day, 22 of its 24 hours left, and closed at 12:00
    let solved = resolved(&at_work(&acknowledged(&fault(), "09:05"), "09:10", "09:50"), "11:00");
    let withdrawn = close::Close {
        exception: Some(crate::domain::base::terms::Exception::Withdrawn),
        reason: Some("done".to_owned()),
        with: Some("C-4TZ9M".parse().unwrap()),
        method: Some(Channel::new("phone")),
        ..close::Close::default()
    };
    let closed = then(&solved, "12:00", withdrawn);
    for (goes_on, due, used) in [
        (ReopenedClock::Stopped, "2026-11-27T08:00", 120 + 60),
        (ReopenedClock::NewLimit, "2026-11-27T10:00", 60),
    ] {
        let record = reopened(&closed, "2026-11-26T10:00", goes_on);
        let now = at("2026-11-26T11:00");
        let clocks = explain(&record, now, 75, &calendar());
        let limit = ClockKind::Limit(Clock::Resolve);
        let clock = clocks.iter().find(|clock| clock.reading.clock == limit).unwrap();
        assert_eq!(clock.reading.due, DueAt::At(at(due)), "{goes_on}");
        assert_eq!(clock.reading.breached_at, None, "{goes_on}");
        assert_eq!((clock.used, clock.whole), (used, 24 * 60), "{goes_on}");
        assert_eq!(clock.standing, ClockStanding::Running, "{goes_on}");
        // what policy decides anew later keeps to it
        assert_eq!(afresh(&record.status, &calendar()).resolve, Some(DueAt::At(at(due))));
    }
}

#[test]
fn nobody_is_answered_later_than_the_matter_is_to_be_solved() {
    let limits = Limits {
        ack: Some("4wh".parse().unwrap()),
        respond: Some("1wd".parse().unwrap()),
        resolve: Some("24h".parse().unwrap()),
    };
    for (received, ack, respond, resolve) in [
        // Saturday: nobody works before Monday
        ("2026-11-28T10:00", "2026-11-29T10:00", "2026-11-29T10:00", "2026-11-29T10:00"),
        ("2026-11-27T17:00", "2026-11-28T17:00", "2026-11-28T17:00", "2026-11-28T17:00"),
        ("2026-11-24T10:00", "2026-11-24T15:30", "2026-11-25T10:00", "2026-11-25T10:00"),
    ] {
        let due = due(limits, at(received), &calendar());
        let told = [ack, respond, resolve].map(|clock| Some(DueAt::At(at(clock))));
        assert_eq!([due.ack, due.respond, due.resolve], told, "{received}");
    }
}
