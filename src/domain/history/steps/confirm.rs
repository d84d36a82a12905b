//! `confirm`: the callback (R51, R52, R58).
use serde::{Deserialize, Serialize};

use crate::domain::{
    base::{
        ids::{ContactId, PersonId},
        terms::{Callback, Channel, Kind, Satisfaction, State},
    },
    history::{
        event::Stamp,
        facts::Facts,
        refusal::{NeedReason, Refusal},
        status::{
            Status,
            parts::{CallbackDetails, Confirmation},
        },
        steps::{Next, Step},
    },
};

/// How the callback went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Confirm {
    pub outcome: Callback,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with: Option<ContactId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub satisfaction: Option<Satisfaction>,
    pub method: Channel,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}

impl Confirm {
    /// True when the customer's answer sends the matter back to work (R51, R77).
    pub fn sends_back(&self, kind: Kind) -> bool {
        let discontent = self.satisfaction.is_some_and(|given| !given.is_content());
        kind != Kind::Complaint && (discontent || self.outcome == Callback::NotHandled)
    }
}

/// True when this person resolved it, who does not confirm their own work (R51).
pub fn is_own_work(status: &Status, person: &PersonId) -> bool {
    status.resolution.as_ref().and_then(|done| done.by.as_ref()) == Some(person)
}

impl Step for Confirm {
    const FROM: &'static [State] = &[State::Resolved];
    const TO: Next =
        Next::To(&[State::Confirmed, State::InProgress, State::Acknowledged, State::Resolved]);

    fn ready(status: &Status, stamp: &Stamp) -> Result<(), Refusal> {
        if is_own_work(status, &stamp.by) || is_own_work(status, stamp.actor()) {
            return Err(Refusal::OwnWork(stamp.by.clone()));
        }
        if let Some(done) = &status.resolution
            && stamp.at < done.done_at
        {
            return Err(Refusal::DoneAfter { done_at: done.done_at, at: stamp.at });
        }
        Ok(())
    }

    fn legal(&self, status: &Status, _: &Stamp) -> Result<(), Refusal> {
        match self.outcome {
            Callback::NotNeeded if status.complaint.is_none() => {
                return Err(Refusal::OnlyComplaint { flag: "--not-needed" });
            }
            Callback::NotNeeded if self.comment.is_none() => {
                return Err(Refusal::Needs { flag: "--not-needed", why: NeedReason::NotNeeded });
            }
            Callback::NoAnswer | Callback::NotNeeded => return Ok(()),
            Callback::Handled | Callback::NotHandled => {}
        }
        if self.with.is_none() {
            return Err(Refusal::Needs { flag: "--with", why: NeedReason::Contact });
        }
        if self.outcome == Callback::Handled && self.satisfaction.is_none() {
            return Err(Refusal::Needs { flag: "--satisfaction", why: NeedReason::Grade });
        }
        let low = self.satisfaction.is_some_and(|given| !given.is_content());
        if (low || self.outcome == Callback::NotHandled) && self.comment.is_none() {
            return Err(Refusal::Needs { flag: "--comment", why: NeedReason::LowGrade });
        }
        Ok(())
    }

    fn apply(&self, status: &mut Status, stamp: &Stamp) {
        if self.outcome == Callback::NoAnswer {
            status.unanswered.push(stamp.at);
            return;
        }
        if self.outcome != Callback::NotNeeded {
            status.heard_from_us(stamp.at);
        }
        if self.sends_back(status.kind) {
            status.send_back(stamp.at);
            status.counts.reworks += 1;
            return;
        }
        status.state = State::Confirmed;
        status.times.confirmed_at = Some(stamp.at);
        if let Some(complaint) = &mut status.complaint {
            complaint.callback = Some(CallbackDetails {
                at: stamp.at,
                by: stamp.actor().clone(),
                outcome: self.outcome,
                satisfaction: self.satisfaction,
                text: self.comment.clone(),
            });
        }
        if let (Some(with), Some(satisfaction)) = (&self.with, self.satisfaction) {
            status.confirmation = Some(Confirmation {
                by: stamp.actor().clone(),
                at: stamp.at,
                with: with.clone(),
                satisfaction,
                comment: self.comment.clone(),
            });
        }
    }

    fn facts(&self) -> Facts<'_> {
        Facts::new()
            .term("outcome", self.outcome)
            .some_term("satisfaction", self.satisfaction)
            .some_contact("with", self.with.as_ref())
            .method("method", &self.method)
            .some_text("comment", self.comment.as_deref())
    }
}
