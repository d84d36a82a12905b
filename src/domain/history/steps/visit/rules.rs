//! What each step of a visit has to keep to, judged by the record alone.

use std::collections::BTreeSet;

use super::{
    Conduct, TimeWindow, Visit, VisitArrival, VisitMove, VisitNotice, VisitPlan, VisitSigning,
    stands,
};
use crate::domain::{
    base::{
        terms::{VisitState, VisitStep},
        time::Timestamp,
    },
    history::{
        event::Stamp,
        items::only_own,
        refusal::{NeedReason, Refusal},
        roles,
        status::{Status, visit::VisitEntry},
        steps::{at_work, by_oneself, responsible_or_desk},
    },
};

impl TimeWindow {
    /// Refuses a window that begins before it is promised, or ends before it begins.
    fn is_ahead(self, at: Timestamp) -> Result<(), Refusal> {
        if self.from >= self.until {
            return Err(Refusal::WindowReversed { from: self.from, until: self.until });
        }
        if self.from < at {
            return Err(Refusal::NotInFuture { flag: "--window", given: self.from });
        }
        Ok(())
    }
}

/// Lets the desk act, and the engineer of the visit.
fn engineer_or_desk(entry: &VisitEntry, stamp: &Stamp) -> Result<(), Refusal> {
    if roles::is_desk(stamp.role) { Ok(()) } else { only_own(entry, stamp) }
}

/// Refuses to tell a step for a time before one that it follows.
fn in_order(
    step: VisitStep,
    at: Timestamp,
    earlier: Option<(VisitState, Timestamp)>,
) -> Result<(), Refusal> {
    match earlier {
        Some((state, since)) if at < since => Err(Refusal::VisitOrder { step, at, state, since }),
        Some(_) | None => Ok(()),
    }
}

/// Refuses to move or cancel a visit once its window is over, for whatever time that is told: it was missed.
fn before_end(entry: &VisitEntry, stamp: &Stamp) -> Result<(), Refusal> {
    if stamp.at.max(stamp.recorded_at) < entry.window.until {
        return Ok(());
    }
    Err(Refusal::WindowPast { until: entry.window.until })
}

/// Refuses to say that the customer was told at a time to come, or before they came.
fn was_told(told: Option<&VisitNotice>, status: &Status, stamp: &Stamp) -> Result<(), Refusal> {
    let Some(told) = told else { return Ok(()) };
    if told.at > stamp.at {
        return Err(Refusal::Future(told.at));
    }
    if told.at < status.received_at {
        let received_at = status.received_at;
        return Err(Refusal::BeforeReceived { at: told.at, received_at });
    }
    Ok(())
}

impl Visit {
    /// What holds of a step on a visit that was planned.
    pub(super) fn fits(
        &self,
        entry: &VisitEntry,
        status: &Status,
        stamp: &Stamp,
    ) -> Result<(), Refusal> {
        let step = self.step();
        stands(status, entry, step)?;
        let at = stamp.at;
        let departed = entry.departed_at.map(|at| (VisitState::Departed, at));
        let arrived = entry.arrived_at.map(|at| (VisitState::Arrived, at));
        let left = entry.work.as_ref().map(|work| (VisitState::Done, work.left_at));
        let signed = entry.signature.as_ref().map(|it| (VisitState::Signed, it.at));
        let handed_in = entry.handed_in_at.map(|at| (VisitState::HandedIn, at));
        match self {
            Self::Plan(_) => Ok(()),
            Self::Move(moved) => {
                by_oneself(stamp)?;
                engineer_or_desk(entry, stamp)?;
                before_end(entry, stamp)?;
                moved.fits(entry, at)
            }
            Self::Depart(_) => only_own(entry, stamp),
            Self::Arrive(arrival) => {
                only_own(entry, stamp)?;
                in_order(step, at, departed)?;
                arrival.fits(entry, status, stamp)
            }
            Self::Done(done) => {
                only_own(entry, stamp)?;
                in_order(step, at, arrived)?;
                in_order(step, done.left_at, arrived)?;
                if done.left_at > at {
                    return Err(Refusal::Future(done.left_at));
                }
                each_once(&done.conduct)
            }
            Self::Sign(signing) => {
                engineer_or_desk(entry, stamp)?;
                in_order(step, at, left)?;
                signing.is_whole()?;
                signing.is_drawn_for(entry, status)
            }
            Self::HandIn(_) => {
                engineer_or_desk(entry, stamp)?;
                in_order(step, at, signed)
            }
            Self::Archive(_) => {
                not_own_form(entry, stamp)?;
                in_order(step, at, handed_in)
            }
            Self::Miss(miss) => {
                engineer_or_desk(entry, stamp)?;
                in_order(step, at, departed)?;
                was_told(miss.told.as_ref(), status, stamp)
            }
            Self::Cancel(_) => {
                by_oneself(stamp)?;
                engineer_or_desk(entry, stamp)?;
                before_end(entry, stamp)
            }
        }
    }
}

/// The desk archives a form, and nobody their own (R70).
fn not_own_form(entry: &VisitEntry, stamp: &Stamp) -> Result<(), Refusal> {
    by_oneself(stamp)?;
    if !roles::is_desk(stamp.role) {
        return Err(Refusal::Role { person: stamp.by.clone(), may: roles::DESK.to_vec() });
    }
    if entry.engineer == stamp.by {
        return Err(Refusal::OwnForm(stamp.by.clone()));
    }
    Ok(())
}

impl VisitPlan {
    pub(super) fn fits(&self, status: &Status, stamp: &Stamp) -> Result<(), Refusal> {
        at_work(status)?;
        by_oneself(stamp)?;
        responsible_or_desk(status, stamp)?;
        self.window.is_ahead(stamp.at)
    }
}

impl VisitMove {
    fn fits(&self, entry: &VisitEntry, at: Timestamp) -> Result<(), Refusal> {
        if self.before != entry.window {
            return Err(Refusal::VisitMoved { from: entry.window.from, until: entry.window.until });
        }
        let same_engineer = self.engineer.as_ref().is_none_or(|person| *person == entry.engineer);
        if self.window == entry.window && same_engineer {
            return Err(Refusal::Nothing);
        }
        self.window.is_ahead(at)
    }
}

impl VisitArrival {
    fn fits(&self, entry: &VisitEntry, status: &Status, stamp: &Stamp) -> Result<(), Refusal> {
        was_told(self.told.as_ref(), status, stamp)?;
        if entry.is_late(stamp.at) && self.reason.is_none() {
            return Err(Refusal::Needs { flag: "--reason", why: NeedReason::LateVisit });
        }
        Ok(())
    }
}

/// Refuses to name a prohibition more than once.
fn each_once(conduct: &[Conduct]) -> Result<(), Refusal> {
    let mut named = BTreeSet::new();
    match conduct.iter().find(|broken| !named.insert(broken.prohibition)) {
        Some(twice) => Err(Refusal::BrokenTwice(twice.prohibition)),
        None => Ok(()),
    }
}

impl VisitSigning {
    /// The picture of a drawn signature is kept with the record, and drawn for this visit.
    fn is_drawn_for(&self, entry: &VisitEntry, status: &Status) -> Result<(), Refusal> {
        let Some(drawn) = &self.drawing else { return Ok(()) };
        if self.signed_by.is_none() {
            return Err(Refusal::NotWith { flag: "drawing", other: "--refused" });
        }
        if status.attachments.iter().all(|kept| kept.sha256 != *drawn) {
            return Err(Refusal::Misspelled { field: "drawing" });
        }
        let has_it = |other: &VisitEntry| {
            let signature = other.signature.as_ref();
            other.event != entry.event && signature.is_some_and(|it| it.drawing == self.drawing)
        };
        match status.numbered_visits().find(|(_, other)| has_it(other)) {
            Some((number, _)) => Err(Refusal::SignatureOfVisit { number }),
            None => Ok(()),
        }
    }

    /// Either somebody signed and said what they think of it, or it is said why nobody did.
    fn is_whole(&self) -> Result<(), Refusal> {
        match (&self.signed_by, self.opinion, &self.refused) {
            (None, None, Some(_)) if self.comment.is_some() => {
                Err(Refusal::NotWith { flag: "--comment", other: "--refused" })
            }
            (None, None, Some(_)) => Ok(()),
            (Some(_), Some(opinion), None) => {
                if !opinion.is_content() && self.comment.is_none() {
                    return Err(Refusal::Needs { flag: "--comment", why: NeedReason::LowGrade });
                }
                Ok(())
            }
            (_, _, Some(_)) => Err(Refusal::NotWith { flag: "--by", other: "--refused" }),
            (None, _, None) => Err(Refusal::Needs { flag: "--by", why: NeedReason::Signature }),
            (Some(_), None, None) => {
                Err(Refusal::Needs { flag: "--opinion", why: NeedReason::Grade })
            }
        }
    }
}
