//! `visit`: somebody of the team goes to the customer's (R68–R70, P2–P6). One step of the procedure, of
//! which the event says what of a visit it is.
use serde::{Deserialize, Serialize};

use super::{AT_WORK, EVERY, responsible_or_desk};
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
        refusal::{NeedReason, Refusal},
        roles,
        status::{
            Status,
            parts::{VisitEntry, VisitSignature, VisitWork},
        },
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
    pub left_at: Timestamp,
    /// Prohibitions that were broken; empty for none.
    pub conduct: Vec<Conduct>,
    /// Who of the customer allowed the use of their devices; absent where none were used.
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
/// [`Refusal::NoVisit`] with the numbers of those that it could be.
pub fn numbered(
    status: &Status,
    number: Option<usize>,
    step: VisitStep,
) -> Result<&VisitEntry, Refusal> {
    let fits = |entry: &VisitEntry| from(step).contains(&entry.state);
    let fitting: Vec<_> = status.numbered_visits().filter(|(_, entry)| fits(entry)).collect();
    let found = match (number, &fitting[..], &status.visits[..]) {
        (Some(number), ..) => number.checked_sub(1).and_then(|place| status.visits.get(place)),
        (None, [(_, entry)], _) => Some(*entry),
        (None, [], [entry]) => Some(entry),
        (None, ..) => None,
    };
    let among = if fitting.is_empty() {
        status.numbered_visits().map(|(number, _)| number).collect()
    } else {
        fitting.iter().map(|(number, _)| *number).collect()
    };
    found.ok_or(Refusal::NoVisit { number, among })
}

/// The number of a visit of the record, counted from 1.
pub fn number_of(status: &Status, event: &EventId) -> Option<usize> {
    status.numbered_visits().find(|(_, entry)| entry.event == *event).map(|(number, _)| number)
}

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

/// Refuses whoever is not the engineer of the visit; the desk enters for them what they tell.
fn only_engineer(entry: &VisitEntry, stamp: &Stamp) -> Result<(), Refusal> {
    if entry.engineer == *stamp.actor() {
        return Ok(());
    }
    Err(Refusal::VisitOfOther { person: stamp.actor().clone(), engineer: entry.engineer.clone() })
}

/// Refuses to enter for somebody else what the customer was promised, or what the desk does.
fn by_oneself(stamp: &Stamp) -> Result<(), Refusal> {
    if stamp.told_by.is_some() { Err(Refusal::NotOnBehalf) } else { Ok(()) }
}

/// Lets the desk act, and the engineer of the visit.
fn engineer_or_desk(entry: &VisitEntry, stamp: &Stamp) -> Result<(), Refusal> {
    if roles::is_desk(stamp.role) { Ok(()) } else { only_engineer(entry, stamp) }
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

/// Refuses to move or cancel what the customer has waited for in vain.
fn before_end(entry: &VisitEntry, stamp: &Stamp) -> Result<(), Refusal> {
    if stamp.at < entry.window.until {
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
    fn fits(&self, entry: &VisitEntry, status: &Status, stamp: &Stamp) -> Result<(), Refusal> {
        let step = self.step();
        if !from(step).contains(&entry.state) {
            let number = number_of(status, &entry.event).unwrap_or_default();
            return Err(Refusal::VisitState { number, state: entry.state, step });
        }
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
            Self::Depart(_) => only_engineer(entry, stamp),
            Self::Arrive(arrival) => {
                only_engineer(entry, stamp)?;
                in_order(step, at, departed)?;
                arrival.fits(entry, status, stamp)
            }
            Self::Done(done) => {
                only_engineer(entry, stamp)?;
                in_order(step, at, arrived)?;
                in_order(step, done.left_at, arrived)?;
                if done.left_at > at { Err(Refusal::Future(done.left_at)) } else { Ok(()) }
            }
            Self::Sign(signing) => {
                engineer_or_desk(entry, stamp)?;
                in_order(step, at, left)?;
                signing.is_whole()
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
    fn fits(&self, status: &Status, stamp: &Stamp) -> Result<(), Refusal> {
        if !AT_WORK.contains(&status.state) {
            return Err(Refusal::State(status.state));
        }
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
        let is_late = stamp.at > entry.window.until;
        if is_late && self.reason.is_none() {
            return Err(Refusal::Needs { flag: "--reason", why: NeedReason::LateVisit });
        }
        Ok(())
    }
}

impl VisitSigning {
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

    /// True when the customer is not content with the visit, as at a callback.
    pub fn is_unhappy(&self) -> bool {
        self.opinion.is_some_and(|opinion| !opinion.is_content())
    }
}

impl Step for Visit {
    // of a record that was cancelled or merged, too, a signed form comes in and is archived
    const FROM: &'static [State] = EVERY;
    const TO: Next = Next::Same;

    fn legal(&self, status: &Status, stamp: &Stamp) -> Result<(), Refusal> {
        let Some(planned) = self.planned_by() else {
            return match self {
                Self::Plan(plan) => plan.fits(status, stamp),
                _ => Ok(()),
            };
        };
        let is_paper = matches!(self, Self::HandIn(_) | Self::Archive(_));
        if !is_paper && !status.state.is_unfinished() {
            return Err(Refusal::State(status.state));
        }
        let found = status.visits.iter().find(|entry| entry.event == *planned);
        let among = status.numbered_visits().map(|(number, _)| number).collect();
        let entry = found.ok_or(Refusal::NoVisit { number: None, among })?;
        self.fits(entry, status, stamp)
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

    fn facts(&self) -> Facts<'_> {
        let facts = Facts::new().term("step", self.step());
        let facts = facts.some_event("visit", self.planned_by());
        match self {
            Self::Plan(plan) => facts
                .time("window_from", plan.window.from)
                .time("window_until", plan.window.until)
                .person("engineer", &plan.engineer)
                .recipient("with", &plan.with)
                .text("address", &plan.address)
                .text("need", &plan.need)
                .some_text("reason", plan.reason.as_deref()),
            Self::Move(moved) => facts
                .time("window_from", moved.window.from)
                .time("window_until", moved.window.until)
                .some_person("engineer", moved.engineer.as_ref())
                .time("before_from", moved.before.from)
                .time("before_until", moved.before.until)
                .contact("agreed_with", &moved.agreed_with)
                .text("reason", &moved.reason),
            Self::Depart(_) | Self::HandIn(_) | Self::Archive(_) => facts,
            Self::Arrive(arrival) => {
                notice(facts, arrival.told.as_ref()).some_text("reason", arrival.reason.as_deref())
            }
            Self::Done(done) => {
                let facts = facts
                    .time("left_at", done.left_at)
                    .text("work", &done.work)
                    .text("result", &done.result)
                    .some_text("parts", done.parts.as_deref())
                    .flag("clean", done.conduct.is_empty());
                done.conduct
                    .iter()
                    .fold(facts, |facts, broken| {
                        facts.term("prohibition", broken.prohibition).text("conduct", &broken.text)
                    })
                    .flag("devices_used", done.devices_allowed_by.is_some())
                    .some_contact("devices_allowed_by", done.devices_allowed_by.as_ref())
            }
            Self::Sign(signing) => facts
                .some_contact("signed_by", signing.signed_by.as_ref())
                .some_term("opinion", signing.opinion)
                .some_text("comment", signing.comment.as_deref())
                .some_text("refused", signing.refused.as_deref())
                .due_at("hand_in_due", signing.hand_in_due)
                .due_at("archive_due", signing.archive_due),
            Self::Miss(miss) => notice(facts, miss.told.as_ref()).text("reason", &miss.reason),
            Self::Cancel(cancel) => {
                facts.contact("agreed_with", &cancel.agreed_with).text("reason", &cancel.reason)
            }
        }
    }
}

fn notice<'a>(facts: Facts<'a>, told: Option<&'a VisitNotice>) -> Facts<'a> {
    match told {
        Some(told) => facts.recipient("told", &told.to).time("told_at", told.at),
        None => facts,
    }
}

impl VisitPlan {
    fn entry(&self, stamp: &Stamp) -> VisitEntry {
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
    fn change(&self, entry: &mut VisitEntry, stamp: &Stamp) {
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
