//! How `visit` is decided: where the engineer goes and whom they ask for as the record has it, when the
//! form is due as the rules have it.

use crate::domain::{
    base::{
        ids::{ContactId, EventId, PersonId},
        terms::{Role, Satisfaction, Support, VisitState, VisitStep},
    },
    deciding::{
        clock::known,
        items::{ItemDue, ItemDuty, ItemStep, Items},
        scene::Scene,
        steps::{Decidable, recipient},
    },
    history::{
        intake::DueAt,
        refusal::{NeedReason, Refusal},
        roles::TEAM,
        status::{Occupation, Status, visit::VisitEntry},
        steps::{
            Action, at_work,
            update::goes_further,
            visit::{TimeWindow, Visit, VisitMark, VisitPlan, VisitSigning},
        },
    },
};

/// What is asked for.
#[derive(Clone, Debug)]
pub enum Request {
    Plan(PlanRequest),
    Sign(SignRequest),
    /// What the rules decide nothing of.
    Other(Visit),
}

/// A visit that is to be planned; what is absent is as the record has it.
#[derive(Clone, Debug)]
pub struct PlanRequest {
    pub window: TimeWindow,
    pub engineer: PersonId,
    pub with: Option<ContactId>,
    pub address: Option<String>,
    pub need: Option<String>,
    pub reason: Option<String>,
}

/// A form that was signed, or not.
#[derive(Clone, Debug)]
pub struct SignRequest {
    /// The event that planned the visit.
    pub visit: EventId,
    pub signed_by: Option<ContactId>,
    pub opinion: Option<Satisfaction>,
    pub comment: Option<String>,
    pub drawing: Option<String>,
    pub refused: Option<String>,
}

/// Nothing is resolved before the customer signed, nor ended before the form is archived (R70).
impl Items for Visit {
    fn duties(status: &Status) -> Vec<ItemDuty> {
        status.numbered_visits().filter_map(|(number, entry)| duty(number, entry)).collect()
    }

    fn wait(action: Action, status: &Status) -> Result<(), Refusal> {
        let waits = match action {
            Action::Resolve => VisitEntry::is_unsigned,
            Action::Close | Action::Cancel | Action::Merge => VisitEntry::is_unarchived,
            _ => return Ok(()),
        };
        match status.numbered_visits().find(|(_, entry)| waits(entry)) {
            Some((number, entry)) => Err(Refusal::VisitOpen { number, state: entry.state }),
            None => Ok(()),
        }
    }
}

/// The engineer comes within the window, and the form comes back in time; the customer signs when the work
/// is done.
fn duty(number: usize, visit: &VisitEntry) -> Option<ItemDuty> {
    let by = |due: Option<DueAt>| due.map_or(ItemDue::Untold, ItemDue::By);
    let signature = visit.signature.as_ref();
    let (next, due) = match visit.state {
        VisitState::Planned | VisitState::Departed => {
            (VisitStep::Arrive, ItemDue::By(DueAt::At(visit.window.until)))
        }
        VisitState::Arrived => (VisitStep::Done, ItemDue::Untold),
        VisitState::Done => (VisitStep::Sign, ItemDue::Untold),
        VisitState::Signed => (VisitStep::HandIn, by(signature.map(|it| it.hand_in_due))),
        VisitState::HandedIn => (VisitStep::Archive, by(signature.map(|it| it.archive_due))),
        VisitState::Archived | VisitState::Missed | VisitState::Cancelled => return None,
    };
    let (next, person) = (ItemStep::Visit(next), visit.engineer.clone());
    Some(ItemDuty { number, next, person, due })
}

impl Decidable for Visit {
    type Request = Request;

    const MAY: &'static [Role] = TEAM;
    const CAN_BE_TOLD: bool = true;

    fn decide(request: Request, scene: &Scene<'_>) -> Result<Self, Refusal> {
        match request {
            Request::Plan(plan) => plan.decided(scene).map(Self::Plan),
            Request::Sign(sign) => Ok(Self::Sign(sign.decided(scene))),
            Request::Other(visit) => {
                match &visit {
                    Self::Move(moved) => {
                        moved.engineer.iter().try_for_each(|person| can_go(person, scene))?;
                    }
                    Self::Depart(mark) if is_planned(mark, scene) => {
                        after_planning(mark, scene)?;
                        is_free(scene)?;
                    }
                    Self::Depart(_)
                    | Self::Plan(_)
                    | Self::Arrive(_)
                    | Self::Done(_)
                    | Self::Sign(_)
                    | Self::HandIn(_)
                    | Self::Archive(_)
                    | Self::Miss(_)
                    | Self::Cancel(_) => {}
                }
                Ok(visit)
            }
        }
    }

    fn request(&self) -> Request {
        match self {
            Self::Plan(plan) => Request::Plan(PlanRequest {
                window: plan.window,
                engineer: plan.engineer.clone(),
                with: Some(plan.with.clone()),
                address: Some(plan.address.clone()),
                need: Some(plan.need.clone()),
                reason: plan.reason.clone(),
            }),
            Self::Sign(sign) => Request::Sign(SignRequest {
                visit: sign.visit.clone(),
                signed_by: sign.signed_by.clone(),
                opinion: sign.opinion,
                comment: sign.comment.clone(),
                drawing: sign.drawing.clone(),
                refused: sign.refused.clone(),
            }),
            Self::Move(_)
            | Self::Depart(_)
            | Self::Arrive(_)
            | Self::Done(_)
            | Self::HandIn(_)
            | Self::Archive(_)
            | Self::Miss(_)
            | Self::Cancel(_) => Request::Other(self.clone()),
        }
    }
}

/// Refuses to send whoever is not in the team, or has no part in the work.
fn can_go(engineer: &PersonId, scene: &Scene<'_>) -> Result<(), Refusal> {
    let person = scene.active(engineer)?;
    person
        .role_for(TEAM)
        .map(drop)
        .map_err(|_| Refusal::CannotTakeOver { person: engineer.clone(), may: TEAM.to_vec() })
}

/// True while nobody has left for the visit.
fn is_planned(mark: &VisitMark, scene: &Scene<'_>) -> bool {
    let visits = &scene.record.status.visits;
    visits.iter().any(|it| it.event == mark.visit && it.state == VisitState::Planned)
}

/// Refuses to leave for a visit before it was planned.
fn after_planning(mark: &VisitMark, scene: &Scene<'_>) -> Result<(), Refusal> {
    let planned = scene.record.event(&mark.visit).map(|event| event.stamp.at);
    match (planned, scene.stamp.at) {
        (Some(since), at) if at < since => {
            let (step, state) = (VisitStep::Depart, VisitState::Planned);
            Err(Refusal::VisitOrder { step, at, state, since })
        }
        (Some(_) | None, _) => Ok(()),
    }
}

/// Refuses to leave for a customer's while on the way to, or at, another's.
fn is_free(scene: &Scene<'_>) -> Result<(), Refusal> {
    let engineer = scene.stamp.actor();
    match scene.lookup.occupied(engineer, Occupation::Visit)? {
        Some(record) => Err(Refusal::EngineerAway { engineer: engineer.clone(), record }),
        None => Ok(()),
    }
}

impl PlanRequest {
    fn decided(self, scene: &Scene<'_>) -> Result<VisitPlan, Refusal> {
        let status = &scene.record.status;
        // where it stands comes first: nobody names an address for a matter that is closed
        at_work(status)?;
        if let Some((number, entry)) = status.numbered_visits().find(|(_, it)| it.is_ahead()) {
            return Err(Refusal::VisitAhead { number, state: entry.state });
        }
        if goes_further(Some(Support::Onsite), status) && self.reason.is_none() {
            return Err(Refusal::Needs { flag: "--reason", why: NeedReason::Support });
        }
        can_go(&self.engineer, scene)?;
        let address = self.address.or_else(|| status.site.clone());
        let address =
            address.ok_or(Refusal::Needs { flag: "--address", why: NeedReason::Address })?;
        Ok(VisitPlan {
            window: self.window,
            engineer: self.engineer,
            with: recipient(self.with, scene)?,
            address,
            need: self.need.or_else(|| status.need.clone()).unwrap_or_else(|| status.title.clone()),
            reason: self.reason,
        })
    }
}

impl SignRequest {
    fn decided(self, scene: &Scene<'_>) -> VisitSigning {
        let limits = scene.policy.levels.visits;
        let since = scene.stamp.at;
        VisitSigning {
            visit: self.visit,
            signed_by: self.signed_by,
            opinion: self.opinion,
            comment: self.comment,
            drawing: self.drawing,
            refused: self.refused,
            hand_in_due: known(limits.hand_in.due(since, &scene.policy.calendar)),
            archive_due: known(limits.archive.due(since, &scene.policy.calendar)),
        }
    }
}
