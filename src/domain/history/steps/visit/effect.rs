//! What each step of a visit changes of it.

use super::{Visit, VisitPlan};
use crate::domain::{
    base::terms::VisitState,
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
            }
            Self::Done(done) => {
                entry.state = VisitState::Done;
                entry.work = Some(VisitWork {
                    done_at: at,
                    left_at: done.left_at,
                    work: done.work.clone(),
                    result: done.result.clone(),
                    parts: done.parts.clone(),
                    conduct: done.conduct.clone(),
                    devices_allowed_by: done.devices_allowed_by.clone(),
                });
            }
            Self::Sign(signing) => {
                entry.state = VisitState::Signed;
                entry.signature = Some(VisitSignature {
                    at,
                    by: signing.signed_by.clone(),
                    opinion: signing.opinion,
                    comment: signing.comment.clone(),
                    refused: signing.refused.clone(),
                    hand_in_due: signing.hand_in_due,
                    archive_due: signing.archive_due,
                });
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
            }
            Self::Cancel(_) => entry.state = VisitState::Cancelled,
        }
    }
}
