//! `visit`: somebody of the team goes to the customer's (R68–R70, P2–P6). One step of the procedure, of
//! which the event says what of a visit it is.
mod effect;
mod rules;
mod told;

use serde::{Deserialize, Serialize};

use super::EVERY;
use crate::domain::{
    base::{
        ids::{ContactId, EventId, PersonId},
        terms::{Prohibition, Satisfaction, State, Support, VisitState, VisitStep},
        time::Timestamp,
    },
    history::{
        event::Stamp,
        facts::Facts,
        intake::DueAt,
        items::{made_by, meant},
        refusal::Refusal,
        status::{Status, visit::VisitEntry},
        steps::{Next, Step},
    },
};

/// When the engineer comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimeWindow {
    pub from: Timestamp,
    pub until: Timestamp,
}

/// A prohibition that was broken at the customer's, and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conduct {
    pub prohibition: Prohibition,
    pub text: String,
}

/// What is done about a visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum Visit {
    Plan(VisitPlan),
    Move(VisitMove),
    Depart(VisitMark),
    Arrive(VisitArrival),
    Done(VisitDone),
    Sign(VisitSigning),
    HandIn(VisitMark),
    Archive(VisitMark),
    Miss(VisitMiss),
    Cancel(VisitCancel),
}

/// The customer was promised that somebody comes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VisitPlan {
    pub window: TimeWindow,
    pub engineer: PersonId,
    /// Whom the engineer asks for.
    pub with: ContactId,
    pub address: String,
    pub need: String,
    /// Why the telephone is not enough (R62).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// The customer agreed to another time, or hears that somebody else comes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VisitMove {
    /// The event that planned it.
    pub visit: EventId,
    pub before: TimeWindow,
    pub window: TimeWindow,
    /// Absent where the same engineer comes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub engineer: Option<PersonId>,
    pub agreed_with: ContactId,
    pub reason: String,
}

/// A step that says no more than that it was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VisitMark {
    /// The event that planned it.
    pub visit: EventId,
}

/// Whom of the customer we told that the engineer comes late, or not at all, and when (P4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VisitNotice {
    pub to: ContactId,
    pub at: Timestamp,
}

/// The engineer is at the customer's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VisitArrival {
    /// The event that planned it.
    pub visit: EventId,
    /// Why it is late.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told: Option<VisitNotice>,
}

/// The work at the customer's is done, and whoever did it answers for their conduct (P3, P5, P6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VisitDone {
    /// The event that planned it.
    pub visit: EventId,
    pub work: String,
    pub result: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parts: Option<String>,
    /// What is still to be done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left_open: Option<String>,
    pub left_at: Timestamp,
    /// Prohibitions that were broken; empty for none.
    pub conduct: Vec<Conduct>,
    /// Who of the customer allowed the use of their devices; absent where none were used, or nobody allowed
    /// it, which breaks P6.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub devices_allowed_by: Option<ContactId>,
}

/// Somebody of the customer signed the form, or nobody wanted to (P2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VisitSigning {
    /// The event that planned it.
    pub visit: EventId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed_by: Option<ContactId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opinion: Option<Satisfaction>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// The hash of the picture, where it was signed on a screen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drawing: Option<String>,
    /// Why nobody signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
    /// By when the form is at the desk, and archived.
    pub hand_in_due: DueAt,
    pub archive_due: DueAt,
}

/// Nobody came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VisitMiss {
    /// The event that planned it.
    pub visit: EventId,
    pub reason: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told: Option<VisitNotice>,
}

/// Nobody needs to come, as the customer knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VisitCancel {
    /// The event that planned it.
    pub visit: EventId,
    pub agreed_with: ContactId,
    pub reason: String,
}

impl Visit {
    /// Which step of a visit it is.
    pub fn step(&self) -> VisitStep {
        match self {
            Self::Plan(_) => VisitStep::Plan,
            Self::Move(_) => VisitStep::Move,
            Self::Depart(_) => VisitStep::Depart,
            Self::Arrive(_) => VisitStep::Arrive,
            Self::Done(_) => VisitStep::Done,
            Self::Sign(_) => VisitStep::Sign,
            Self::HandIn(_) => VisitStep::HandIn,
            Self::Archive(_) => VisitStep::Archive,
            Self::Miss(_) => VisitStep::Miss,
            Self::Cancel(_) => VisitStep::Cancel,
        }
    }

    /// True where nobody of the customer wanted to sign.
    pub fn is_signature_refused(&self) -> bool {
        matches!(self, Self::Sign(signing) if signing.signed_by.is_none())
    }

    /// True for what brings a visit, or its form, to an end.
    fn ends(&self) -> bool {
        match self {
            Self::HandIn(_) | Self::Archive(_) | Self::Miss(_) | Self::Cancel(_) => true,
            Self::Plan(_)
            | Self::Move(_)
            | Self::Depart(_)
            | Self::Arrive(_)
            | Self::Done(_)
            | Self::Sign(_) => false,
        }
    }

    /// The event that planned the visit; `None` of the one that plans it.
    pub fn planned_by(&self) -> Option<&EventId> {
        match self {
            Self::Plan(_) => None,
            Self::Move(step) => Some(&step.visit),
            Self::Depart(step) | Self::HandIn(step) | Self::Archive(step) => Some(&step.visit),
            Self::Arrive(step) => Some(&step.visit),
            Self::Done(step) => Some(&step.visit),
            Self::Sign(step) => Some(&step.visit),
            Self::Miss(step) => Some(&step.visit),
            Self::Cancel(step) => Some(&step.visit),
        }
    }
}

/// The states of a visit from which a step leads on.
pub fn from(step: VisitStep) -> &'static [VisitState] {
    match step {
        VisitStep::Plan => &[],
        VisitStep::Move | VisitStep::Depart => &[VisitState::Planned],
        VisitStep::Miss | VisitStep::Cancel => &[VisitState::Planned, VisitState::Departed],
        VisitStep::Arrive => &[VisitState::Departed],
        VisitStep::Done => &[VisitState::Arrived],
        VisitStep::Sign => &[VisitState::Done],
        VisitStep::HandIn => &[VisitState::Signed],
        VisitStep::Archive => &[VisitState::HandedIn],
    }
}

/// The visit that a step is about: that of the number, counted from 1; without one the only visit from
/// whose state the step leads on, or else the only one.
///
/// # Errors
/// [`Refusal::NoItem`] with the numbers of those that it could be.
pub fn numbered(
    status: &Status,
    number: Option<usize>,
    step: VisitStep,
) -> Result<&VisitEntry, Refusal> {
    meant(&status.visits, number, |entry| from(step).contains(&entry.state))
}

/// Refuses a step of a visit that does not stand where the step leads on.
///
/// # Errors
/// [`Refusal::NoItem`] and [`Refusal::VisitState`].
pub fn may_take(status: &Status, number: Option<usize>, step: VisitStep) -> Result<(), Refusal> {
    numbered(status, number, step).and_then(|entry| stands(status, entry, step))
}

fn stands(status: &Status, entry: &VisitEntry, step: VisitStep) -> Result<(), Refusal> {
    if from(step).contains(&entry.state) {
        return Ok(());
    }
    let number = number_of(status, &entry.event).unwrap_or_default();
    Err(Refusal::VisitState { number, state: entry.state, step })
}

/// Refuses to ask what becomes of a visit that is over.
///
/// # Errors
/// [`Refusal::VisitState`].
pub fn is_to_be_told(entry: &VisitEntry, number: usize) -> Result<(), Refusal> {
    if entry.is_ahead() {
        return Ok(());
    }
    Err(Refusal::VisitState { number, state: entry.state, step: VisitStep::Done })
}

/// The number of a visit of the record, counted from 1.
pub fn number_of(status: &Status, event: &EventId) -> Option<usize> {
    status.numbered_visits().find(|(_, entry)| entry.event == *event).map(|(number, _)| number)
}

/// True where devices of the customer were used, allowed or not (P6).
pub fn used_devices(allowed_by: Option<&ContactId>, conduct: &[Conduct]) -> bool {
    allowed_by.is_some() || conduct.iter().any(|broken| broken.prohibition == Prohibition::P6)
}

impl VisitSigning {
    /// True when the customer is not content with the visit, as at a callback.
    pub fn is_unhappy(&self) -> bool {
        self.opinion.is_some_and(|opinion| !opinion.is_content())
    }
}

impl Step for Visit {
    // what ends a visit is possible of a record that another clone ended meanwhile, too
    const FROM: &'static [State] = EVERY;
    const TO: Next = Next::Same;

    fn legal(&self, status: &Status, stamp: &Stamp) -> Result<(), Refusal> {
        let planned = match (self, self.planned_by()) {
            (Self::Plan(plan), _) => return plan.fits(status, stamp),
            (_, Some(planned)) => planned,
            (_, None) => return Ok(()),
        };
        if !self.ends() && !status.state.is_unfinished() {
            return Err(Refusal::State(status.state));
        }
        let (_, entry) = made_by(&status.visits, planned)?;
        self.fits(entry, status, stamp)
    }

    fn item(&self) -> Option<&EventId> {
        self.planned_by()
    }

    fn apply(&self, status: &mut Status, stamp: &Stamp) {
        match self {
            Self::Plan(plan) => {
                status.heard_from_us(stamp.at);
                status.support = status.support.max(Some(Support::Onsite));
                status.visits.push(plan.entry(stamp));
            }
            Self::Move(_) | Self::Cancel(_) | Self::Arrive(_) | Self::Sign(_) => {
                status.heard_from_us(stamp.at);
            }
            Self::Miss(VisitMiss { told: Some(told), .. }) => status.heard_from_us(told.at),
            Self::Depart(_)
            | Self::Done(_)
            | Self::HandIn(_)
            | Self::Archive(_)
            | Self::Miss(_) => {}
        }
        let planned = self.planned_by();
        for entry in status.visits.iter_mut().filter(|entry| Some(&entry.event) == planned) {
            self.change(entry, stamp);
        }
    }

    fn is_there(&self, status: &Status, stamp: &Stamp) -> bool {
        let planned = self.planned_by();
        let entry = status.visits.iter().find(|entry| Some(&entry.event) == planned);
        entry.is_some_and(|entry| self.is_in(entry, stamp.at))
    }

    fn facts(&self) -> Facts<'_> {
        self.told()
    }
}
