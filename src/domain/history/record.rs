//! A record: what was told, where it stands, what happened.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::domain::{
    base::{
        ids::{EventId, RecordId},
        terms::{Exception, LinkKind, State},
    },
    history::{
        event::{Event, FORMAT, Stamp},
        intake::{Intake, Reference, Source},
        lifecycle,
        status::{Status, parts::RecordLink},
        steps::{
            Act, Action,
            import::{goes_on_here, is_of_source},
            undo::{self, UndoneStep},
        },
    },
};

/// A request, fault, change, enquiry, complaint or remark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    pub format: u32,
    pub id: RecordId,
    /// The id under which it was opened, where another clone had given that to another matter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub formerly: Option<RecordId>,
    /// Records that were opened under this one's id in another clone, by what they are called now.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub namesakes: BTreeSet<RecordId>,
    /// Merges of this record into one that another clone had merged into it: they are set aside, so
    /// that one of the two holds.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub crossed: BTreeSet<EventId>,
    pub intake: Intake,
    pub status: Status,
    /// In the order (n, id), whatever the clocks said.
    pub history: Vec<Event>,
}

/// So many merges of one record are taken back; nobody who settles in earnest comes near it.
const MOST_DROPPED: usize = 16;

/// What was taken back, so that it has no effect.
struct Without<'e> {
    /// Merges and steps of items, by settlements.
    settled: BTreeSet<&'e EventId>,
    /// Steps, by whoever made them.
    steps: BTreeSet<&'e EventId>,
}

/// What going through the events of a record comes to.
struct Walk<'e> {
    status: Status,
    /// The merge that last had its effect.
    merge: Option<&'e EventId>,
    /// What the first settlement that takes steps back takes back.
    taken_back: Vec<&'e EventId>,
}

impl Record {
    /// A record of which only is known what was told, and who takes it in when.
    pub fn opened(id: RecordId, intake: Intake, by: &Stamp) -> Self {
        Self {
            format: FORMAT,
            id,
            formerly: None,
            namesakes: BTreeSet::new(),
            crossed: BTreeSet::new(),
            status: Status::before(&intake, &by.by, by.at),
            intake,
            history: Vec::new(),
        }
    }

    /// The status that history gives: the single definition of where a record stands.
    ///
    /// An event that is not legal at its place stays in the history, has no effect and is listed
    /// under `set_aside`; one that was taken back, under `withdrawn`. What two clones said alike of a visit
    /// has its effect once.
    pub fn replay(&self) -> Status {
        self.walk(|_, _| {})
    }

    /// As [`Self::replay`], showing each event that had an effect with the status after it.
    pub fn walk<'e>(&'e self, mut seen: impl FnMut(&'e Event, &Status)) -> Status {
        self.walked(&mut seen).status
    }

    fn walked<'e>(&'e self, seen: &mut dyn FnMut(&'e Event, &Status)) -> Walk<'e> {
        let mut events: Vec<&Event> = self.history.iter().collect();
        events.sort_by_key(|event| event.order());
        let mut without = self.without_undone(&events);
        if events.iter().any(|event| self.may_take_back(event)) {
            for _ in 0..MOST_DROPPED {
                let taken_back = self.walk_without(&without, &events, &mut |_, _| {}).taken_back;
                if taken_back.is_empty() {
                    break;
                }
                without.settled.extend(taken_back);
            }
        }
        self.walk_without(&without, &events, seen)
    }

    /// The steps that have no effect any more. A step that was made on top of one of them by somebody who did
    /// not know that it was taken back, and that cannot be without it, stands, and the undo does not,
    /// unless a person settles it otherwise.
    fn without_undone<'e>(&'e self, events: &[&'e Event]) -> Without<'e> {
        let undone = undo::undone(events);
        let steps: BTreeSet<&EventId> = undone.iter().map(|it| &it.step.stamp.id).collect();
        let mut without = Without { settled: BTreeSet::new(), steps: steps.clone() };
        let is_doubtful = |it: &(usize, &UndoneStep<'_>)| !it.1.on_top.is_empty();
        let doubtful = undone.iter().enumerate().rev().filter(is_doubtful);
        // what was made on top of several is asked of the last undo, which is that of the first step
        for (place, UndoneStep { step, undo, on_top }) in doubtful.take(MOST_DROPPED) {
            let mut before = Without { settled: BTreeSet::new(), steps: without.steps.clone() };
            for within in undone[..=place].iter().filter(|it| it.step.order() >= step.order()) {
                before.steps.remove(&within.step.stamp.id);
            }
            let with = self.with_effect(&before, events);
            let is_kept = events.iter().any(|event| {
                let id = &event.stamp.id;
                let keeps = matches!(&event.act, Act::Settle(it) if it.keep == undo.stamp.id);
                keeps && with.contains(id) && !steps.contains(id)
            });
            let left = self.with_effect(&without, events);
            let is_needed = on_top.iter().any(|id| with.contains(id) && !left.contains(id));
            if is_needed && !is_kept {
                without.steps.remove(&step.stamp.id);
            }
        }
        without
    }

    /// The events that have an effect where something was taken back.
    fn with_effect<'e>(
        &'e self,
        without: &Without<'e>,
        events: &[&'e Event],
    ) -> BTreeSet<&'e EventId> {
        let mut with_effect = BTreeSet::new();
        self.walk_without(without, events, &mut |event, _| {
            with_effect.insert(&event.stamp.id);
        });
        with_effect
    }

    /// Whether an event settles what a settlement can take back.
    fn may_take_back(&self, event: &Event) -> bool {
        let can_go = |act: &Act| matches!(act, Act::Merge(_)) || act.item().is_some();
        let can_go = |id| self.event(id).is_some_and(|event| can_go(&event.act));
        matches!(&event.act, Act::Settle(settle) if settle.settled.iter().any(can_go))
    }

    /// The events in their order, as though what was taken back had never had an effect.
    fn walk_without<'e>(
        &'e self,
        without: &Without<'e>,
        events: &[&'e Event],
        seen: &mut dyn FnMut(&'e Event, &Status),
    ) -> Walk<'e> {
        let Some(first) = events.first() else {
            return Walk { status: self.status.clone(), merge: None, taken_back: Vec::new() };
        };
        let status = Status::before(&self.intake, &first.stamp.by, first.stamp.at);
        let mut walk = Walk { status, merge: None, taken_back: Vec::new() };
        let status = &mut walk.status;
        let mut routed = None;
        let mut went_on_here = false;
        for (place, event) in events.iter().enumerate() {
            if without.steps.contains(&event.stamp.id) {
                status.withdrawn.push(event.stamp.id.clone());
                continue;
            }
            if let Act::Undo(undo) = &event.act {
                // two clones may take back the same
                if without.steps.contains(&undo.event) {
                    status.times.last_at = status.times.last_at.max(event.stamp.at);
                } else {
                    status.set_aside.push(event.stamp.id.clone());
                }
                continue;
            }
            let is_settled = without.settled.contains(&event.stamp.id);
            if !is_settled && lifecycle::is_there(event, place, status) {
                status.times.last_at = status.times.last_at.max(event.stamp.at);
                continue;
            }
            let opens = event.act.action() == Action::Open;
            // two clones gave the work to two people: the second was told without knowing of the first
            let torn = match (&event.act, &routed) {
                (Act::Route(route), Some((n, to))) => *n == event.stamp.n && *to != route.to,
                _ => false,
            };
            let stands = !is_settled
                && !self.crossed.contains(&event.stamp.id)
                && (lifecycle::legal(event, status).is_ok()
                    || lifecycle::stays_closed(event, place, status)
                    || lifecycle::says_again(event, place, status));
            let is_of_source = is_of_source(&event.act);
            // what somebody did here no log undoes: another clone went on with the log without knowing of it
            let is_overtaken = is_of_source && went_on_here;
            if opens != (place == 0) || !stands || torn || is_overtaken {
                status.set_aside.push(event.stamp.id.clone());
                continue;
            }
            went_on_here |= goes_on_here(&event.act);
            if let Act::Route(route) = &event.act {
                routed = Some((event.stamp.n, route.to.clone()));
            }
            let mut revived = None;
            if let Act::Settle(settle) = &event.act {
                if walk.taken_back.is_empty() {
                    let mut taken = settle.takes_back(self, status, walk.merge);
                    taken.retain(|id| !without.settled.contains(id));
                    walk.taken_back = taken;
                }
                revived = settle.revives(self, status);
                // a merge that clones crossed may be kept by a settlement, one that was taken back not
                revived = revived.filter(|event| !without.settled.contains(&event.stamp.id));
            }
            for event in std::iter::once(*event).chain(revived) {
                event.act.apply(status, &event.stamp);
                status.links.extend(event.stamp.opened.clone().map(RecordLink::related));
                if matches!(event.act, Act::Merge(_)) {
                    walk.merge = Some(&event.stamp.id);
                }
            }
            status.times.last_at = status.times.last_at.max(event.stamp.at);
            seen(event, status);
        }
        walk
    }

    /// The record with one more event, replayed.
    pub fn with(&self, event: Event) -> Self {
        let mut next = self.clone();
        next.history.push(event);
        next.history.sort_by(|a, b| a.order().cmp(&b.order()));
        next.status = next.replay();
        next
    }

    /// The number in another system that it stands for; `None` as well once the matter goes on in another
    /// record.
    pub fn stands_for(&self) -> Option<&Source> {
        self.intake.source.as_ref().filter(|_| self.status.merged_into.is_none())
    }

    /// The number of the next event; `None` where none is left, which only damage does.
    pub fn next_number(&self) -> Option<u32> {
        self.history.iter().map(|event| event.stamp.n).max().unwrap_or(0).checked_add(1)
    }

    /// The name by which other records refer to this one.
    pub fn reference(&self) -> Option<Reference> {
        let event = self.history.first()?.stamp.id.clone();
        Some(Reference { record: self.id.clone(), event })
    }

    /// Whether a reference means this record: by its id, or the one it was opened under, and by an event
    /// of its own.
    pub fn is_meant_by(&self, reference: &Reference) -> bool {
        let is_called =
            self.id == reference.record || self.formerly == Some(reference.record.clone());
        is_called && self.event(&reference.event).is_some()
    }

    /// The merge by which the matter goes on in another record.
    pub fn merge(&self) -> Option<&EventId> {
        self.status.merged_into.as_ref()?;
        self.walked(&mut |_, _| {}).merge
    }

    /// The closing by which it is over, where it stands closed.
    pub fn closing(&self) -> Option<&EventId> {
        let is_closing = |event: &&Event| event.act.action() == Action::Close;
        let last = self.effective_events().rev().find(is_closing);
        last.filter(|_| self.status.state == State::Closed).map(|event| &event.stamp.id)
    }

    /// The closing that took every part of it for solved: any but that of a customer who withdrew it,
    /// and who may still want the rest.
    pub fn closing_of_all(&self) -> Option<&EventId> {
        self.closing().filter(|_| self.status.exception != Some(Exception::Withdrawn))
    }

    /// The records that this one is a part of: those it is a child of, and the one in which it goes on.
    pub fn wholes(&self) -> impl Iterator<Item = &Reference> {
        let links = self.status.links.iter().filter(|link| link.kind == LinkKind::Child);
        links.map(|link| &link.to).chain(&self.status.merged_into)
    }

    /// The links of one kind with the events that made them.
    pub fn links(&self, kind: LinkKind) -> impl Iterator<Item = (&EventId, &Reference)> {
        self.history
            .iter()
            .filter_map(move |event| match &event.act {
                Act::Link(link) if link.kind == kind => Some((&event.stamp.id, &link.to)),
                _ => None,
            })
            .filter(|(event, _)| self.has_effect(event))
    }

    /// Whether an event was neither set aside nor taken back.
    pub fn has_effect(&self, event: &EventId) -> bool {
        let Status { set_aside, withdrawn, .. } = &self.status;
        !set_aside.contains(event) && !withdrawn.contains(event)
    }

    /// The events that were neither set aside nor taken back.
    pub fn effective_events(&self) -> impl DoubleEndedIterator<Item = &Event> {
        self.history.iter().filter(|event| self.has_effect(&event.stamp.id))
    }

    /// Whether somebody remarked on an event later, and the remark stands.
    pub fn is_remarked_on(&self, id: &EventId) -> bool {
        self.effective_events().any(|event| match &event.act {
            Act::Amend(amend) => amend.event.as_ref() == Some(id),
            _ => false,
        })
    }

    /// The event with this id.
    pub fn event(&self, id: &EventId) -> Option<&Event> {
        self.history.iter().find(|event| event.stamp.id == *id)
    }
}
