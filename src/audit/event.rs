//! Whether the event that a step added is what it may be, beside the record as it was.

use super::judge::role;
use crate::{
    domain::{
        clock::reading::readings,
        event::{Event, RULES, Stamp},
        finding::{Fault, Finding},
        ids::PersonId,
        lifecycle,
        policy::{Policy, people::Person},
        record::Record,
        steps::{Act, Scene, again, open},
        terms::Action,
    },
    store::layout,
    words::{Lang, Refused, Words},
};

/// The record of a step before and after it.
pub(super) struct Pair {
    pub(super) old: Option<Record>,
    pub(super) new: Record,
}

/// The one event that was added to what stood before; `None` where that cannot be said.
pub(super) fn added(pair: &Pair, action: Action, findings: &mut Vec<Finding>) -> Option<Event> {
    let new = &pair.new;
    let about = |fault| Finding::of(fault).record(&new.id).path(layout::record(&new.id));
    let earlier = pair.old.as_ref().map_or(&[][..], |old| &old.history);
    if let Some(old) = &pair.old {
        if old.intake != new.intake || old.format != new.format {
            findings.push(about(Fault::IntakeChanged));
        }
        for event in earlier {
            match new.event(&event.stamp.id) {
                None => findings.push(about(Fault::EventRemoved).expected(&event.stamp.id)),
                Some(now) if now != event => {
                    findings.push(about(Fault::EventChanged).found(&event.stamp.id));
                }
                Some(_) => {}
            }
        }
    }
    let fresh: Vec<_> = new
        .history
        .iter()
        .filter(|event| earlier.iter().all(|known| known.stamp.id != event.stamp.id))
        .collect();
    let in_order = new.history.is_sorted_by(|a, b| a.order() < b.order());
    let next = pair.old.as_ref().map_or(1, Record::next_number);
    match fresh.as_slice() {
        [event] if in_order && event.stamp.n == next && event.act.action() == action => {
            Some((*event).clone())
        }
        _ if pair.old.is_none() && fresh.len() > 1 => {
            findings.push(about(Fault::Planted).found(&format!("{} events", fresh.len())));
            None
        }
        others => {
            let told = |event: &&Event| format!("{} {}", event.stamp.n, event.act.action());
            let ids: Vec<_> = others.iter().map(told).collect();
            let found = if ids.is_empty() { "none".to_owned() } else { ids.join(", ") };
            findings.push(
                about(Fault::EventMisplaced).expected(&format!("{next} {action}")).found(&found),
            );
            None
        }
    }
}

/// Whether the step was possible where the record stood, and left what it says.
pub(super) fn stands(pair: &Pair, event: &Event, findings: &mut Vec<Finding>) {
    let new = &pair.new;
    if event.stamp.rules > RULES {
        findings
            .push(Finding::of(Fault::Unreadable).found(&format!("rules {}", event.stamp.rules)));
        return;
    }
    if new.replay() != new.status {
        findings.push(Finding::of(Fault::StatusForged).path(layout::record(&new.id)));
    }
    if let Some(old) = &pair.old {
        let action = event.act.action();
        let possible = lifecycle::allows(action, old.status.state)
            .and_then(|()| lifecycle::legal(event, &old.status));
        if let Err(why) = possible {
            let why = Words::new(Lang::En).refused(&Refused::of(old, action, why));
            findings.push(Finding::of(Fault::Illegal).found(&why));
        }
    } else if event.act.action() != Action::Open || !new.status.set_aside.is_empty() {
        findings.push(Finding::of(Fault::Planted));
    }
}

/// Who acts needs the role for it; where the desk enters it for them, the desk needs its own.
pub(super) fn by_role(
    pair: &Pair,
    event: &Event,
    policy: &Policy,
    author: &Person,
    findings: &mut Vec<Finding>,
) {
    let stamp = &event.stamp;
    let kind = pair.old.as_ref().map_or(pair.new.intake.kind, |old| old.status.kind);
    let may = policy.roles.may_on(kind, event.act.action());
    let entering = if stamp.told_by.is_some() { policy.roles.may(Action::Ack) } else { may };
    if !entering.contains(&stamp.role) {
        let words = Words::new(Lang::En);
        findings.push(Finding::of(Fault::RoleMissing).found(&words.term(stamp.role)));
    }
    role(&[stamp.role], author, findings);
    let Some(told_by) = &stamp.told_by else { return };
    match policy.people.get(told_by) {
        Some(person) if !person.is_active(stamp.recorded_at.date()) => {
            findings.push(Finding::of(Fault::Inactive).found(&told_by));
        }
        Some(person) => role(may, person, findings),
        None => findings.push(Finding::of(Fault::Stranger).found(&told_by)),
    }
}

/// Nothing happens before the customer came, nor after it was entered.
pub(super) fn times(pair: &Pair, stamp: &Stamp, findings: &mut Vec<Finding>) {
    let received_at = pair.old.as_ref().map_or(stamp.at, |old| old.status.received_at);
    if stamp.at > stamp.recorded_at {
        findings.push(Finding::of(Fault::TimeForged).expected(&stamp.recorded_at).found(&stamp.at));
    }
    if stamp.at < received_at {
        // nobody chose a time that is when it was entered: two clocks differ
        let chosen = stamp.at != stamp.recorded_at;
        let fault = if chosen { Fault::TimeForged } else { Fault::ClockBackwards };
        findings.push(Finding::of(fault).expected(&received_at).found(&stamp.at));
    }
    let last = pair.old.as_ref().and_then(|old| old.history.last());
    if let Some(last) = last.filter(|last| last.stamp.recorded_at > stamp.recorded_at) {
        findings.push(
            Finding::of(Fault::ClockBackwards)
                .expected(&last.stamp.recorded_at)
                .found(&stamp.recorded_at),
        );
    }
}

/// Late entries are told, and more so where they keep a limit.
pub(super) fn late(pair: &Pair, stamp: &Stamp, policy: &Policy, findings: &mut Vec<Finding>) {
    let allowed = policy.levels.late_entry.due(stamp.at, &policy.calendar);
    let in_time = allowed.is_ok_and(|until| until >= stamp.recorded_at);
    if stamp.at == stamp.recorded_at || in_time && stamp.late_because.is_none() {
        return;
    }
    if stamp.late_because.is_none() && !in_time {
        findings.push(Finding::of(Fault::TimeForged).expected("a reason for the late entry"));
    }
    findings.push(Finding::of(Fault::LateEntry).expected(&stamp.at).found(&stamp.recorded_at));
    let kept = |record: &Record| {
        let readings = readings(record, stamp.recorded_at, &policy.calendar);
        readings.iter().filter(|reading| reading.entered_late_at.is_some()).count()
    };
    if kept(&pair.new) > pair.old.as_ref().map_or(0, kept) {
        findings.push(
            Finding::of(Fault::KeptByLateEntry).expected(&stamp.at).found(&stamp.recorded_at),
        );
    }
}

/// Whether policy lets the step be what it says, and decides what it says was decided.
pub(super) fn decided_again(
    old: &Record,
    event: &Event,
    policy: &Policy,
    findings: &mut Vec<Finding>,
) {
    let scene = Scene { record: old, policy, stamp: &event.stamp };
    match again::decided(&event.act, &scene) {
        Ok(act) if act == event.act => {}
        Ok(_) => findings.push(Finding::of(Fault::DecidedOtherwise).record(&old.id)),
        Err(why) => {
            let action = event.act.action();
            let why = Words::new(Lang::En).refused(&Refused::of(old, action, why));
            findings.push(Finding::of(Fault::DecidedOtherwise).record(&old.id).found(&why));
        }
    }
}

/// An event is named by the time it was entered, a record by the day.
pub(super) fn named(pair: &Pair, event: &Event, policy: &Policy, findings: &mut Vec<Finding>) {
    let stamp = &event.stamp;
    if stamp.id.unix() != Some(stamp.recorded_at.unix()) {
        findings.push(Finding::of(Fault::TimeForged).expected(&stamp.recorded_at).found(&stamp.id));
    }
    if pair.old.is_none() {
        let (id, day) = (&pair.new.id, stamp.recorded_at.date());
        let prefix = id.as_str().split('-').next().unwrap_or_default();
        if id.day() != Some(day) || prefix != policy.desk.prefix {
            let expected = format!("{}-{}", policy.desk.prefix, day.format("%y%m%d"));
            findings.push(Finding::of(Fault::Planted).expected(&expected).found(id));
        }
    }
}

/// Whether level, unit, limits and due times are those of the rules.
pub(super) fn decided(
    record: &Record,
    event: &Event,
    owner: Option<PersonId>,
    policy: &Policy,
    findings: &mut Vec<Finding>,
) {
    let Act::Open(opened) = &event.act else { return };
    let due = open::decide(&record.intake, opened.major.clone(), &event.stamp, policy);
    match due.map(|due| open::Open { owner, ..due }) {
        Ok(due) if due == **opened => {}
        Ok(_) => findings.push(Finding::of(Fault::DecidedOtherwise).record(&record.id)),
        Err(why) => {
            let why = Words::new(Lang::En).refused(&Refused::plain(why));
            findings.push(Finding::of(Fault::DecidedOtherwise).record(&record.id).found(&why));
        }
    }
}
