//! How `settle` is decided: which event is meant, and whether it still fits.

use std::collections::BTreeSet;

use crate::domain::{
    base::{
        ids::{EventId, RecordId},
        terms::{Role, State},
    },
    deciding::{scene::Scene, steps::Decidable},
    history::{
        contact::MOST_MERGES,
        event::Event,
        lifecycle,
        refusal::Refusal,
        roles::DESK,
        status::Status,
        steps::{Act, Action, merge::Merge, settle::Settle},
    },
};

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// The event that holds: its id, the end of that, or its number where only one has it.
    pub keep: String,
    pub reason: String,
}

impl Decidable for Settle {
    type Request = Request;

    const MAY: &'static [Role] = DESK;

    fn allowed(scene: &Scene<'_>) -> Result<(), Refusal> {
        let status = &scene.record.status;
        let takes_back = || status.state == State::Merged && crossing(scene).is_some();
        if status.set_aside.is_empty() && !is_over(status) && !takes_back() {
            return Err(Refusal::NothingToSettle);
        }
        Ok(())
    }

    fn decide(request: Request, scene: &Scene<'_>) -> Result<Self, Refusal> {
        let Request { keep, reason } = request;
        let (record, status) = (scene.record, &scene.record.status);
        let crossing = crossing(scene);
        let is_merged = status.state == State::Merged;
        let keep = keep.trim().to_uppercase();
        let elsewhere = crossing.as_ref().map(|it| if is_merged { &it.aside } else { &it.stands });
        let own = record.history.iter().map(|event| &event.stamp.id);
        let is_meant = |id: &&EventId| !keep.is_empty() && id.as_str().ends_with(&keep);
        let number = keep.parse::<u32>().ok();
        let numbered = record.history.iter().filter(|event| Some(event.stamp.n) == number);
        let mut meant: Vec<_> = numbered.map(|event| &event.stamp.id).collect();
        if meant.len() != 1 {
            meant = own.chain(elsewhere).filter(is_meant).collect();
        }
        let no_event = || {
            let known = status.set_aside.iter().chain(elsewhere).map(ToString::to_string).collect();
            Refusal::NoSuchEvent { given: keep.clone(), known }
        };
        let [id] = meant[..] else { return Err(no_event()) };
        match &crossing {
            Some(Crossing { aside, stands, .. }) if is_merged && aside == id => {
                return Ok(Self { keep: id.clone(), settled: vec![stands.clone()], reason });
            }
            Some(Crossing { aside, other, .. }) if aside == id => {
                return Err(Refusal::MergedIntoThis { other: other.clone(), keep: aside.clone() });
            }
            _ if status.set_aside.is_empty() && !is_over(status) => return Err(no_event()),
            _ => {}
        }
        if let Some(event) = record.event(id).filter(|_| status.set_aside.contains(id)) {
            if event.act.action() == Action::Undo {
                return Self { keep: id.clone(), settled: status.set_aside.clone(), reason }
                    .keeping_undo(event.stamp.n, scene);
            }
            if lifecycle::legal(event, status).is_err() {
                return instead_of_rivals(event, &reason, scene);
            }
            // the other record may have been finished in between
            if let Act::Merge(merge) = &event.act {
                Merge::decide(Merge::clone(merge), scene)?;
            }
        }
        Ok(Self { keep: id.clone(), settled: status.set_aside.clone(), reason })
    }

    fn request(&self) -> Self::Request {
        Request { keep: self.keep.to_string(), reason: self.reason.clone() }
    }
}

/// The settlement by which a step of an item holds after all, and with it what was made on top of it: the
/// latest steps of the item that stand against it, as few of them as need be, have no effect any more.
fn instead_of_rivals(kept: &Event, reason: &str, scene: &Scene<'_>) -> Result<Settle, Refusal> {
    let record = scene.record;
    let is_rival = |event: &&Event| event.act.item() == kept.act.item();
    let rivals = record.effective_events().filter(is_rival).map(|event| event.stamp.id.clone());
    let mut rivals: Vec<_> = rivals.collect();
    let keep = kept.stamp.id.clone();
    let mut settled = Vec::new();
    while let Some(rival) = rivals.pop().filter(|_| kept.act.item().is_some()) {
        settled.insert(0, rival);
        let act =
            Settle { keep: keep.clone(), settled: settled.clone(), reason: reason.to_owned() };
        let event = Event { stamp: scene.stamp.clone(), act: act.clone().into() };
        let mut with_effect = BTreeSet::new();
        record.with(event).walk(|event, _| {
            with_effect.insert(event.stamp.id.clone());
        });
        if with_effect.contains(&keep) {
            let waiting = record.status.set_aside.iter();
            let waiting = waiting.filter(|id| !with_effect.contains(*id)).cloned();
            return Ok(Settle { settled: settled.into_iter().chain(waiting).collect(), ..act });
        }
    }
    Err(Refusal::NoLongerLegal { event: keep })
}

impl Settle {
    /// The settlement by which an undo holds after all: what cannot be without the step that it takes back
    /// has had its say, unless it was made since.
    fn keeping_undo(mut self, number: u32, scene: &Scene<'_>) -> Result<Self, Refusal> {
        let event = Event { stamp: scene.stamp.clone(), act: self.clone().into() };
        let settled = scene.record.with(event);
        let is_earlier = |id: &EventId| {
            *id != self.keep && settled.event(id).is_some_and(|event| event.stamp.n <= number)
        };
        if !settled.status.set_aside.iter().all(is_earlier) {
            return Err(Refusal::NoLongerLegal { event: self.keep });
        }
        self.settled.extend(settled.status.set_aside);
        Ok(self)
    }
}

/// True where what two clones said differently about a finished record is still undecided.
fn is_over(status: &Status) -> bool {
    !status.state.is_unfinished() && !status.disputed.is_empty()
}

/// Two records that clones merged into each other: one merge was set aside, so that the record it lies
/// in holds.
struct Crossing {
    /// The merge that was set aside.
    aside: EventId,
    /// The record into which that one would have led.
    other: RecordId,
    /// The other record's own merge.
    stands: EventId,
}

/// How the record of a scene and another one were merged into each other, whichever of the two it is;
/// `None` where they were not, or where the other cannot be read.
fn crossing(scene: &Scene<'_>) -> Option<Crossing> {
    let own = scene.record;
    let mut holds = own.clone();
    for _ in 0..MOST_MERGES {
        let Some(into) = &holds.status.merged_into else { break };
        holds = scene.referred(into).ok()?;
    }
    let merge = |id: &EventId| match &holds.event(id)?.act {
        Act::Merge(merge) if holds.crossed.contains(id) => Some((id.clone(), merge.into.clone())),
        _ => None,
    };
    let (aside, into) = holds.status.set_aside.iter().find_map(merge)?;
    let other = scene.referred(&into).ok()?;
    let stands = other.merge()?.clone();
    let is_one = own.id == holds.id || own.id == other.id;
    is_one.then_some(Crossing { aside, stands, other: other.id })
}
