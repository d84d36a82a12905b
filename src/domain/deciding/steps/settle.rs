//! How `settle` is decided: which event is meant, and whether it still fits.

use crate::domain::{
    base::terms::Role,
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
        if status.set_aside.is_empty() && !over {
            return Err(Refusal::NothingToSettle);
        }
        let keep = keep.trim().to_uppercase();
        let meant: Vec<_> = record
            .history
            .iter()
            .filter(|event| !keep.is_empty() && event.stamp.id.as_str().ends_with(&keep))
            .collect();
        let [event] = meant[..] else {
            let known = status.set_aside.iter().map(ToString::to_string).collect();
            return Err(Refusal::NoSuchEvent { given: keep, known });
        };
        if status.set_aside.contains(&event.stamp.id) {
            lifecycle::legal(event, status)
                .map_err(|_| Refusal::NoLongerLegal { event: event.stamp.id.clone() })?;
            // the other record may have been merged into this one
            if let Act::Merge(merge) = &event.act {
                Merge::decide(Merge::clone(merge), scene)?;
            }
        }
        Ok(Self { keep: event.stamp.id.clone(), settled: status.set_aside.clone(), reason })
    }

    fn request(&self) -> Self::Request {
        Request { keep: self.keep.to_string(), reason: self.reason.clone() }
    }
}
