//! What each step of a visit changes of it.

use super::{Visit, VisitDone, VisitPlan, VisitSigning};
use crate::domain::{
    base::{terms::VisitState, time::Timestamp},
    history::{
        event::Stamp,
        status::visit::{VisitEntry, VisitSignature, VisitWork},
    },
};

impl VisitPlan {
    pub(super) fn entry(&self, stamp: &Stamp) -> VisitEntry {
        VisitEntry {
            event: stamp.id.clone(),
            state: VisitState::Planned,
            engineer: self.engineer.clone(),
            window: self.window,
            with: self.with.clone(),
            address: self.address.clone(),
            need: self.need.clone(),
            departed_at: None,
            arrived_at: None,
            told_at: None,
            reason: None,
            work: None,
            signature: None,
            handed_in_at: None,
            archived_at: None,
        }
    }
}

impl Visit {
    pub(super) fn change(&self, entry: &mut VisitEntry, stamp: &Stamp) {
        let at = stamp.at;
        match self {
            Self::Plan(_) => {}
            Self::Move(moved) => {
                entry.window = moved.window;
                if let Some(engineer) = &moved.engineer {
                    entry.engineer.clone_from(engineer);
                }
            }
            Self::Depart(_) => (entry.state, entry.departed_at) = (VisitState::Departed, Some(at)),
            Self::Arrive(arrival) => {
                (entry.state, entry.arrived_at) = (VisitState::Arrived, Some(at));
                entry.told_at = arrival.told.as_ref().map(|told| told.at);
                entry.reason.clone_from(&arrival.reason);
            }
            Self::Done(done) => {
                entry.state = VisitState::Done;
                entry.work = Some(done.told(at));
            }
            Self::Sign(signing) => {
                entry.state = VisitState::Signed;
                entry.signature = Some(signing.told(at));
            }
            Self::HandIn(_) => {
                (entry.state, entry.handed_in_at) = (VisitState::HandedIn, Some(at));
            }
            Self::Archive(_) => {
                (entry.state, entry.archived_at) = (VisitState::Archived, Some(at));
            }
            Self::Miss(miss) => {
                entry.state = VisitState::Missed;
                entry.told_at = miss.told.as_ref().map(|told| told.at);
                entry.reason = Some(miss.reason.clone());
            }
            Self::Cancel(cancel) => {
                entry.state = VisitState::Cancelled;
                entry.reason = Some(cancel.reason.clone());
            }
        }
    }
}

impl VisitDone {
    fn told(&self, at: Timestamp) -> VisitWork {
        VisitWork {
            done_at: at,
            left_at: self.left_at,
            work: self.work.clone(),
            result: self.result.clone(),
            parts: self.parts.clone(),
            left_open: self.left_open.clone(),
            conduct: self.conduct.clone(),
            devices_allowed_by: self.devices_allowed_by.clone(),
        }
    }
}

impl VisitSigning {
    fn told(&self, at: Timestamp) -> VisitSignature {
        VisitSignature {
            at,
            by: self.signed_by.clone(),
            opinion: self.opinion,
            comment: self.comment.clone(),
            drawing: self.drawing.clone(),
            refused: self.refused.clone(),
            hand_in_due: self.hand_in_due,
            archive_due: self.archive_due,
        }
    }
}

impl Visit {
    /// Whether the visit has the step already, for the same time and in the same words.
    pub(super) fn is_in(&self, entry: &VisitEntry, at: Timestamp) -> bool {
        match self {
            Self::Depart(_) => entry.departed_at == Some(at),
            Self::Arrive(arrival) => {
                let told_at = arrival.told.as_ref().map(|told| told.at);
                entry.arrived_at == Some(at)
                    && entry.told_at == told_at
                    && entry.reason == arrival.reason
            }
            Self::Done(done) => entry.work == Some(done.told(at)),
            Self::Sign(signing) => entry.signature == Some(signing.told(at)),
            Self::HandIn(_) => entry.handed_in_at == Some(at),
            Self::Archive(_) => entry.archived_at == Some(at),
            Self::Plan(_) | Self::Move(_) | Self::Miss(_) | Self::Cancel(_) => false,
        }
    }
}
