//! Whether the event that a step added is what it may be, beside the record as it was.

use crate::{
    domain::{
        analysis::{
            clock::reading::readings,
            finding::{Detail, Finding, FindingCode, phrase::Phrase},
        },
        base::{ids::RecordId, print::six_digits, time::Timestamp},
        deciding::{
            policy::Policy,
            scene::Scene,
            stamp::in_time,
            steps::{Ground, decide_again, objections},
        },
        history::{
            event::{Event, Stamp},
            record::Record,
            refusal::Refusal,
            steps::{Act, Action},
        },
    },
    error::RefusalDetails,
    store::layout,
    words::Words,
};

/// The record of a step before and after it.
pub(super) struct Pair {
    pub(super) old: Option<Record>,
    pub(super) new: Record,
    /// The texts of their files.
    pub(super) texts: (Option<String>, String),
}

impl Pair {
    /// The record as the step found it; of a new one, what was told.
    pub(super) fn opened(&self, stamp: &Stamp) -> Record {
        match &self.old {
            Some(old) => old.clone(),
            None => Record::opened(self.new.id.clone(), self.new.intake.clone(), stamp),
        }
    }
}

/// Names what a commit changed or took away of what stood in the record before.
pub(super) fn kept(pair: &Pair, findings: &mut Vec<Finding>) {
    let new = &pair.new;
    let about = |fault| Finding::of(fault).record(&new.id).path(layout::record(&new.id));
    if let Some(old) = &pair.old {
        let (before, after) = (pair.texts.0.as_deref().unwrap_or_default(), &pair.texts.1);
        let past = history_of(before);
        if told_in(before) != told_in(after) {
            findings.push(about(FindingCode::IntakeChanged));
        } else if old.history.len() < new.history.len() && !history_of(after).starts_with(past) {
            // what is the same to a program may be written in two ways
            findings.push(about(FindingCode::EventChanged));
        }
        for event in &old.history {
            match new.event(&event.stamp.id) {
                None => findings.push(about(FindingCode::EventRemoved).expected(&event.stamp.id)),
                Some(now) if now != event => {
                    findings.push(about(FindingCode::EventChanged).found(&event.stamp.id));
                }
                Some(_) => {}
            }
        }
    }
}

/// The one event that was added to what stood before; `None` where that cannot be said.
pub(super) fn added(pair: &Pair, action: Action, findings: &mut Vec<Finding>) -> Option<Event> {
    let new = &pair.new;
    let about = |fault| Finding::of(fault).record(&new.id).path(layout::record(&new.id));
    kept(pair, findings);
    let earlier = pair.old.as_ref().map_or(&[][..], |old| &old.history);
    let fresh: Vec<_> = new
        .history
        .iter()
        .filter(|event| earlier.iter().all(|known| known.stamp.id != event.stamp.id))
        .collect();
    let in_order = new.history.is_sorted_by(|a, b| a.order() < b.order());
    let next = pair.old.as_ref().map_or(Some(1), Record::next_number);
    match fresh.as_slice() {
        [event] if in_order && Some(event.stamp.n) == next && event.act.action() == action => {
            Some((*event).clone())
        }
        _ if pair.old.is_none() && fresh.len() > 1 => {
            findings.push(about(FindingCode::Planted).found(Phrase::Events(fresh.len())));
            None
        }
        others => {
            let name = |event: &&Event| format!("{} {}", event.stamp.n, event.act.action());
            let ids: Vec<_> = others.iter().map(name).collect();
            let found = match &ids[..] {
                [] => Phrase::None.into(),
                ids => Detail::Value(ids.join(", ")),
            };
            findings.push(
                about(FindingCode::EventMisplaced)
                    .expected(&format!("{} {action}", next.unwrap_or(u32::MAX)))
                    .found(found),
            );
            None
        }
    }
}

/// What stands before the status in a record's file: who it is and what was told.
fn told_in(text: &str) -> &str {
    text.split_once("\nstatus:\n").map_or(text, |(head, _)| head)
}

/// What a record's file holds of its history.
fn history_of(text: &str) -> &str {
    text.split_once("\nhistory:\n").map_or("", |(_, history)| history)
}

/// Whether the status is what the history gives.
pub(super) fn stands(pair: &Pair, event: &Event, findings: &mut Vec<Finding>) {
    let new = &pair.new;
    if new.replay() != new.status {
        findings.push(Finding::of(FindingCode::StatusForged).path(layout::record(&new.id)));
    }
    if pair.old.is_none()
        && (event.act.action() != Action::Open || !new.status.set_aside.is_empty())
    {
        findings.push(Finding::of(FindingCode::Planted));
    }
}

/// Whether the same step, asked for where it was made, would have been allowed and been the same:
/// by the very rules that commands are held to.
pub(super) fn decided(event: &Event, scene: &Scene<'_>, words: Words, findings: &mut Vec<Finding>) {
    let action = event.act.action();
    let reason = |why| {
        let refused = if scene.record.history.is_empty() {
            RefusalDetails::plain(why)
        } else {
            RefusalDetails::of(scene.record, action, why)
        };
        words.refused(&refused.with_names(&scene.policy.people))
    };
    for (ground, why) in objections(&event.act, scene) {
        let fault = match ground {
            Ground::Person => match &why {
                Refusal::Inactive(_) => FindingCode::Inactive,
                Refusal::Unknown { .. } => FindingCode::Stranger,
                _ => FindingCode::RoleMissing,
            },
            Ground::Time => FindingCode::TimeForged,
            Ground::Place => FindingCode::Illegal,
            Ground::Decision => FindingCode::DecidedOtherwise,
        };
        findings.push(Finding::of(fault).found(&reason(why)));
    }
    match decide_again(&event.act, scene) {
        Ok(act) if same(&act, &event.act) => {}
        Ok(_) => findings.push(Finding::of(FindingCode::DecidedOtherwise)),
        Err(why) => findings.push(Finding::of(FindingCode::DecidedOtherwise).found(&reason(why))),
    }
}

/// Whether two acts are the same to the letter: times that are equal may be written in two ways.
pub(super) fn same(one: &Act, other: &Act) -> bool {
    one == other && serde_json::to_string(one).ok() == serde_json::to_string(other).ok()
}

/// Whether an entry comes after the one before it; clocks of two machines may differ.
pub(super) fn in_order(pair: &Pair, stamp: &Stamp, findings: &mut Vec<Finding>) {
    let last = pair.old.as_ref().and_then(|old| old.history.last());
    if let Some(last) = last.filter(|last| last.stamp.recorded_at > stamp.recorded_at) {
        findings.push(
            Finding::of(FindingCode::ClockBackwards)
                .expected(last.stamp.recorded_at)
                .found(stamp.recorded_at),
        );
    }
}

/// Late entries are told, and more so where they keep a limit.
pub(super) fn late(pair: &Pair, stamp: &Stamp, policy: &Policy, findings: &mut Vec<Finding>) {
    let soon = in_time(stamp.at, stamp.recorded_at, policy);
    if stamp.at == stamp.recorded_at || soon && stamp.late_because.is_none() {
        return;
    }
    findings.push(Finding::of(FindingCode::LateEntry).expected(stamp.at).found(stamp.recorded_at));
    let late_entries = |record: &Record| {
        let readings = readings(record, stamp.recorded_at, policy.calendar_of(&record.status));
        readings.iter().filter(|reading| reading.entered_late_at.is_some()).count()
    };
    if late_entries(&pair.new) > pair.old.as_ref().map_or(0, late_entries) {
        findings.push(
            Finding::of(FindingCode::KeptByLateEntry).expected(stamp.at).found(stamp.recorded_at),
        );
    }
}

/// An event is named by the time it was entered, a record by the day.
pub(super) fn named(pair: &Pair, event: &Event, policy: &Policy, findings: &mut Vec<Finding>) {
    let stamp = &event.stamp;
    if stamp.id.unix() != Some(stamp.recorded_at.unix()) {
        findings.push(
            Finding::of(FindingCode::TimeForged).expected(stamp.recorded_at).found(&stamp.id),
        );
    }
    if pair.old.is_none() {
        findings.extend(named_by_day(&pair.new.id, stamp.recorded_at, policy));
    }
}

/// A new record whose id does not bear the desk's prefix and the day of `opened`.
pub(super) fn named_by_day(id: &RecordId, opened: Timestamp, policy: &Policy) -> Option<Finding> {
    let (prefix, day) = (&policy.desk.prefix, opened.date());
    let own = id.as_str().split('-').next().unwrap_or_default();
    let expected = format!("{prefix}-{}", six_digits(day));
    let fits = id.day() == Some(day) && own == prefix;
    (!fits).then(|| Finding::of(FindingCode::Planted).record(id).expected(&expected).found(id))
}
