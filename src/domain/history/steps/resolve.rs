//! `resolve`: the responsible person, or the desk at first contact, says how it was solved (R50).
use serde::{Deserialize, Serialize};

use crate::domain::{
    base::{
        ids::ContactId,
        terms::{Channel, Code, State, Validity},
        time::Timestamp,
    },
    history::{
        event::Stamp,
        facts::Facts,
        refusal::{MissingPart, NeedReason, Refusal},
        status::{
            Status,
            parts::{ComplaintDetails, Decision, Resolution},
        },
        steps::{Next, Step, only_desk, only_responsible},
    },
};

/// Result, cause and the actual completion (R49, R52).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resolve {
    pub result: String,
    pub cause: String,
    /// What sort of cause it was, by the desk's catalogue (R61).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause_category: Option<String>,
    pub code: Code,
    /// When the work was actually done.
    pub done_at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub steps: Option<String>,
    /// What of the need could not be met.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unmet: Option<String>,
    /// Where the customer can turn instead (R17).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub referral: Option<String>,
    /// Who was told the result of a complaint (R88).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told: Option<ContactId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<Channel>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrective: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preventive: Option<String>,
}

impl Resolve {
    /// A complaint is handed out, decided, and its result fed back (R84, R87, R88).
    fn answers(&self, complaint: &ComplaintDetails, state: State) -> Result<(), Refusal> {
        let decision = decided(complaint, state)?;
        let stands = match (self.code.code(), decision.validity) {
            ("substantiated", Validity::Valid | Validity::Partly)
            | ("unsubstantiated", Validity::Partly | Validity::Invalid) => true,
            (_, Validity::Valid | Validity::Partly | Validity::Invalid) => false,
        };
        if !stands {
            let (code, validity) = (self.code.to_string(), decision.validity);
            return Err(Refusal::AgainstFinding { code, validity });
        }
        for (there, flag, why) in [
            (self.told.is_some(), "--informed", NeedReason::Feedback),
            (self.method.is_some(), "--method", NeedReason::Feedback),
            (self.corrective.is_some(), "--corrective", NeedReason::Action),
            (self.preventive.is_some(), "--preventive", NeedReason::Action),
        ] {
            if !there {
                return Err(Refusal::Needs { flag, why });
            }
        }
        Ok(())
    }
}

/// What was decided of a complaint, which is handed out before (R84, R87).
fn decided(complaint: &ComplaintDetails, state: State) -> Result<&Decision, Refusal> {
    complaint.decision.as_ref().filter(|_| state == State::InProgress).ok_or_else(|| {
        let routed = (state != State::InProgress).then_some(MissingPart::Routed);
        let decided = complaint.decision.is_none().then_some(MissingPart::Decision);
        Refusal::ComesFirst(routed.into_iter().chain(decided).collect())
    })
}

impl Step for Resolve {
    const FROM: &'static [State] = &[State::Acknowledged, State::InProgress];
    const TO: Next = Next::To(&[State::Resolved]);

    fn ready(status: &Status, stamp: &Stamp) -> Result<(), Refusal> {
        if status.state == State::Acknowledged {
            only_desk(stamp)?;
        } else {
            only_responsible(status, stamp)?;
        }
        match &status.complaint {
            Some(complaint) => decided(complaint, status.state).map(drop),
            None => Ok(()),
        }
    }

    fn legal(&self, status: &Status, stamp: &Stamp) -> Result<(), Refusal> {
        if let Some(complaint) = &status.complaint {
            self.answers(complaint, status.state)?;
        }
        if self.done_at > stamp.at {
            return Err(Refusal::DoneAfter { done_at: self.done_at, at: stamp.at });
        }
        if let Some(at) = status.times.sent_back_at.filter(|at| self.done_at < *at) {
            return Err(Refusal::DoneAfter { done_at: at, at: self.done_at });
        }
        if self.done_at < status.received_at {
            let (at, received_at) = (self.done_at, status.received_at);
            return Err(Refusal::BeforeReceived { at, received_at });
        }
        if self.code.code() == "out_of_scope" && self.referral.is_none() {
            return Err(Refusal::Needs { flag: "--referral", why: NeedReason::OutOfScope });
        }
        Ok(())
    }

    fn apply(&self, status: &mut Status, stamp: &Stamp) {
        status.state = State::Resolved;
        status.times.resolved_at = Some(stamp.at);
        status.replied(self.done_at);
        if self.told.is_some() {
            status.heard_from_us(stamp.at);
        }
        status.unanswered.clear();
        status.resolution = Some(Resolution {
            by: Some(stamp.actor().clone()),
            source_by: None,
            entered_by: stamp.told_by.as_ref().map(|_| stamp.by.clone()),
            done_at: self.done_at,
            code: Some(self.code.clone()),
            result: self.result.clone(),
            cause: self.cause.clone(),
            cause_category: self.cause_category.clone(),
            told: self.told.clone(),
            method: self.method.clone(),
            corrective: self.corrective.clone(),
            preventive: self.preventive.clone(),
        });
    }

    fn done_at(&self) -> Option<Timestamp> {
        Some(self.done_at)
    }

    fn facts(&self) -> Facts<'_> {
        Facts::new()
            .code("code", &self.code)
            .time("done_at", self.done_at)
            .some_recipient("told", self.told.as_ref())
            .some_method("method", self.method.as_ref())
            .text("result", &self.result)
            .text("cause", &self.cause)
            .some_cause_category("cause_category", self.cause_category.as_deref())
            .some_text("steps", self.steps.as_deref())
            .some_text("unmet", self.unmet.as_deref())
            .some_text("referral", self.referral.as_deref())
            .some_text("corrective", self.corrective.as_deref())
            .some_text("preventive", self.preventive.as_deref())
    }
}
