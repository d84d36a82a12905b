//! What an unfinished record waits for next, and whose that is: told alike by the board, the answer of a
//! step and the hint of a refusal.

use crate::domain::{
    base::{
        ids::PersonId,
        terms::{Code, Kind, Role, State, Term, Validity},
    },
    deciding::{policy::Policy, steps::can_be_told},
    history::{
        complaint::{self, ComplaintStep},
        roles::{DESK, MANAGERS},
        status::Status,
        steps::{Action, confirm::is_own_work},
    },
};

/// What an unfinished record waits for, whatever its clocks say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextStep {
    Acknowledge,
    Route,
    Accept,
    Respond,
    Resolve,
    Resume,
    CallBack,
    Close,
    TakeOver,
    OfComplaint(ComplaintStep),
}

/// Who does the next step, as it is told to somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NextActor {
    /// Whoever is told it.
    Viewer,
    /// The responsible person; `is_entered` by whoever is told it, where the desk can do that.
    Person {
        id: PersonId,
        name: String,
        is_entered: bool,
    },
    /// Somebody else than who solved it.
    Colleague,
    Desk,
    Role(Role),
}

/// The next step, with who does it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextTurn {
    pub step: NextStep,
    pub actor: NextActor,
}

impl NextTurn {
    /// The next step of a record as it is told to `viewer`; `None` for one that is over.
    pub fn of(status: &Status, viewer: &PersonId, policy: &Policy) -> Option<Self> {
        let step = next_step(status)?;
        Some(Self { step, actor: step.actor(status, viewer, policy) })
    }
}

/// The next step of a record; `None` for one that is over.
pub fn next_step(status: &Status) -> Option<NextStep> {
    if let Some(step) = complaint::next_step(status) {
        return Some(NextStep::OfComplaint(step));
    }
    match status.state {
        State::Open => Some(NextStep::Acknowledge),
        State::Acknowledged => Some(NextStep::Route),
        State::Routed => Some(NextStep::Accept),
        State::InProgress if status.times.responded_at.is_none() => Some(NextStep::Respond),
        State::InProgress => Some(NextStep::Resolve),
        State::Pending => Some(NextStep::Resume),
        State::Resolved => Some(NextStep::CallBack),
        State::Confirmed => Some(NextStep::Close),
        State::Closed | State::Cancelled | State::Merged => None,
    }
}

/// The step for which a record waits for this person. Where whoever it would wait for may not do it,
/// such as call back for their own work, it waits for everybody who may.
pub fn waits_for(status: &Status, person: &PersonId, policy: &Policy) -> Option<NextStep> {
    if status.handed_to.as_ref() == Some(person) {
        return Some(NextStep::TakeOver);
    }
    let step = next_step(status)?;
    let is_theirs = match step.owner(status) {
        Some(owner) if step.may(status, owner, policy) => owner == person,
        Some(_) => step.may(status, person, policy),
        // nobody follows what stands as another system has it
        None => step == NextStep::CallBack && step.may(status, person, policy),
    };
    is_theirs.then_some(step)
}

impl NextStep {
    /// The values among which its command asks for one, where they are the same at every desk.
    pub fn values(self) -> Vec<&'static str> {
        match self {
            Self::OfComplaint(ComplaintStep::Decide) => {
                Validity::ALL.iter().map(|validity| validity.code()).collect()
            }
            Self::OfComplaint(ComplaintStep::Resolve) => {
                let codes = Code::KNOWN.into_iter();
                codes.filter(|code| Kind::Complaint.ends_with(code)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Whether somebody of the customer is named in its command, or told by it.
    pub fn speaks_to_customer(self) -> bool {
        match self {
            Self::Acknowledge
            | Self::Respond
            | Self::CallBack
            | Self::OfComplaint(ComplaintStep::Resolve) => true,
            Self::Route
            | Self::Accept
            | Self::Resolve
            | Self::Resume
            | Self::Close
            | Self::TakeOver
            | Self::OfComplaint(
                ComplaintStep::Verify
                | ComplaintStep::Notify
                | ComplaintStep::Route
                | ComplaintStep::Decide
                | ComplaintStep::CloseDissatisfied,
            ) => false,
        }
    }

    /// Which step of the procedure it is.
    pub fn action(self) -> Action {
        match self {
            Self::Acknowledge => Action::Ack,
            Self::Route | Self::OfComplaint(ComplaintStep::Route) => Action::Route,
            Self::Accept => Action::Accept,
            Self::Respond => Action::Respond,
            Self::Resolve | Self::OfComplaint(ComplaintStep::Resolve) => Action::Resolve,
            Self::Resume => Action::Resume,
            Self::CallBack => Action::Confirm,
            Self::Close | Self::OfComplaint(ComplaintStep::CloseDissatisfied) => Action::Close,
            Self::TakeOver => Action::Takeover,
            Self::OfComplaint(ComplaintStep::Verify | ComplaintStep::Notify) => Action::Update,
            Self::OfComplaint(ComplaintStep::Decide) => Action::Decide,
        }
    }

    /// Who may do it by their role.
    fn roles<'p>(self, status: &Status, policy: &'p Policy) -> &'p [Role] {
        match self {
            Self::OfComplaint(ComplaintStep::CloseDissatisfied) => MANAGERS,
            _ => policy.roles.may_on(status.kind, self.action()),
        }
    }

    /// Whose it is, if they may: who is responsible, who was notified, or who follows the matter.
    fn owner(self, status: &Status) -> Option<&PersonId> {
        match self {
            Self::Accept
            | Self::Respond
            | Self::Resolve
            | Self::Resume
            | Self::OfComplaint(ComplaintStep::Decide | ComplaintStep::Resolve) => {
                status.assignee.as_ref()
            }
            Self::OfComplaint(ComplaintStep::Route | ComplaintStep::CloseDissatisfied) => {
                let notified = status.complaint.as_ref().and_then(|it| it.notified.as_ref());
                notified.map(|notified| &notified.person).or_else(|| status.follower())
            }
            Self::Acknowledge
            | Self::Route
            | Self::CallBack
            | Self::Close
            | Self::OfComplaint(ComplaintStep::Verify | ComplaintStep::Notify) => status.follower(),
            Self::TakeOver => status.handed_to.as_ref(),
        }
    }

    /// Whether only the responsible person does it.
    fn is_of_responsible(self) -> bool {
        match self {
            Self::Accept
            | Self::Respond
            | Self::Resolve
            | Self::OfComplaint(ComplaintStep::Resolve) => true,
            Self::Acknowledge
            | Self::Route
            | Self::Resume
            | Self::CallBack
            | Self::Close
            | Self::TakeOver
            | Self::OfComplaint(
                ComplaintStep::Verify
                | ComplaintStep::Notify
                | ComplaintStep::Route
                | ComplaintStep::Decide
                | ComplaintStep::CloseDissatisfied,
            ) => false,
        }
    }

    fn may(self, status: &Status, person: &PersonId, policy: &Policy) -> bool {
        let known = policy.people.get(person);
        known.is_some_and(|known| known.role_among(self.roles(status, policy)).is_some())
            && complaint::not_to_subject(status, person).is_ok()
            && !(self == Self::CallBack && is_own_work(status, person))
    }

    /// Who does it, as it is told to `viewer`.
    fn actor(self, status: &Status, viewer: &PersonId, policy: &Policy) -> NextActor {
        let is_viewers = status.assignee.as_ref() == Some(viewer);
        let is_desk = policy.people.get(viewer).is_some_and(|it| it.role_among(DESK).is_some());
        match (self, &status.assignee) {
            (step, Some(_)) if step.is_of_responsible() && is_viewers => NextActor::Viewer,
            (step, Some(responsible)) if step.is_of_responsible() => NextActor::Person {
                id: responsible.clone(),
                name: policy.people.name_of(responsible).to_owned(),
                is_entered: is_desk && can_be_told(step.action()),
            },
            // the desk resumes any record, an engineer only their own
            (step, _) if step.is_of_responsible() || step == Self::Resume => {
                if is_desk || is_viewers { NextActor::Viewer } else { NextActor::Desk }
            }
            (Self::CallBack, _) if is_own_work(status, viewer) => NextActor::Colleague,
            (step, _) if step.may(status, viewer, policy) => NextActor::Viewer,
            (step, _) => match step.roles(status, policy) {
                [first, others @ ..] if *first != Role::Agent && !others.contains(&Role::Agent) => {
                    NextActor::Role(*first)
                }
                _ => NextActor::Desk,
            },
        }
    }
}
