//! A breach stays a breach, whatever comes after it.

use super::*;
use crate::domain::{
    base::terms::{Field, Level},
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
        5 => cancel::Cancel { mistake: "opened twice".to_owned() }.into(),
        6 => close::Close {
            exception: Some(crate::domain::base::terms::Exception::Withdrawn),
            reason: Some("bought elsewhere".to_owned()),
            with: Some("C-4TZ9M".parse().unwrap()),
            method: Some(Channel::new("phone")),
            ..close::Close::default()
        }
        .into(),
        7 => reopen::Reopen { reason: "again".to_owned() }.into(),
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
