//! How `settle` is decided: which event is meant, and whether it still fits.

use crate::domain::{
    base::{
        ids::{EventId, RecordId},
        terms::{Role, State},
    },
    deciding::{scene::Scene, steps::Decidable},
    history::{
        lifecycle,
        refusal::Refusal,
        roles::DESK,
        steps::{Act, merge::Merge, settle::Settle},
    },
};

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// The id of the event that holds, or the end of it.
    pub keep: String,
    pub reason: String,
}

impl Decidable for Settle {
    type Request = Request;

    const MAY: &'static [Role] = DESK;

    fn decide(request: Request, scene: &Scene<'_>) -> Result<Self, Refusal> {
        let Request { keep, reason } = request;
        let (record, status) = (scene.record, &scene.record.status);
        let over = !status.state.is_unfinished() && !status.disputed.is_empty();
        let keep = keep.trim().to_uppercase();
        let is_meant = |id: &EventId| !keep.is_empty() && id.as_str().ends_with(&keep);
        let crossing = crossing(scene)?;
        if status.state == State::Merged
            && let Some(Crossing { aside, stands, .. }) = &crossing
            && is_meant(aside)
        {
            return Ok(Self { keep: aside.clone(), settled: vec![stands.clone()], reason });
        }
        if status.set_aside.is_empty() && !over {
            return Err(Refusal::NothingToSettle);
        }
        let crossing = crossing.filter(|_| status.state != State::Merged);
        let elsewhere = crossing.as_ref().map(|crossing| &crossing.stands);
        let own = record.history.iter().map(|event| &event.stamp.id);
        let meant: Vec<_> = own.chain(elsewhere).filter(|id| is_meant(id)).collect();
        let [id] = meant[..] else {
            let known = status.set_aside.iter().chain(elsewhere).map(ToString::to_string).collect();
            return Err(Refusal::NoSuchEvent { given: keep, known });
        };
        if let Some(Crossing { aside, other, .. }) = &crossing
            && aside == id
        {
            return Err(Refusal::MergedIntoThis { other: other.clone(), keep: aside.clone() });
        }
        if let Some(event) = record.event(id).filter(|_| status.set_aside.contains(id)) {
            lifecycle::legal(event, status)
                .map_err(|_| Refusal::NoLongerLegal { event: id.clone() })?;
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
/// `None` where they were not.
fn crossing(scene: &Scene<'_>) -> Result<Option<Crossing>, Refusal> {
    /// Further than anybody merges one into the next.
    const FURTHEST: usize = 16;
    let own = scene.record;
    let mut holds = own.clone();
    for _ in 0..FURTHEST {
        let Some(into) = &holds.status.merged_into else { break };
        holds = scene.referred(into)?;
    }
    let waits = |id: &&EventId| holds.crossed.contains(*id);
    let aside =
        holds.status.set_aside.iter().filter(waits).find_map(|id| match &holds.event(id)?.act {
            Act::Merge(merge) => Some((id.clone(), merge.into.clone())),
            _ => None,
        });
    let Some((aside, into)) = aside else { return Ok(None) };
    let other = scene.referred(&into)?;
    if own.id != holds.id && own.id != other.id {
        return Ok(None);
    }
    let stands = other.merge().cloned();
    Ok(stands.map(|stands| Crossing { aside, other: other.id, stands }))
}
