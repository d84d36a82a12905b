//! `close`: the record is complete and its report is kept (R53–R55).
use serde::{Deserialize, Serialize};

use super::UNFINISHED;
use crate::domain::{
    base::{
        ids::ContactId,
        terms::{Channel, Exception, Role, State},
    },
    history::{
        event::Stamp,
        facts::Facts,
        refusal::{MissingPart, NeedReason, Refusal},
        status::{
            Status,
            parts::{Archive, Dissatisfaction},
        },
        steps::{Next, Step},
    },
};

/// The record is complete and its report is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Close {
    /// Version of the completeness rules that were asked.
    pub checked: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exception: Option<Exception>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Who withdrew it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with: Option<ContactId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<Channel>,
    /// Why the customer is not content with how a complaint ended (R91).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dissatisfied: Option<String>,
    /// What else such a customer was told they can turn to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recourse: Option<String>,
    /// Filled in when the report has been rendered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub archive: Option<Archive>,
}

impl Close {
    /// A complaint of a dissatisfied customer is closed by who manages the relation to them, with
    /// the reason and a further way (R91); any other one plainly.
    fn content_or_not(&self, status: &Status, stamp: &Stamp) -> Result<(), Refusal> {
        let has_outcome = self.dissatisfied.is_some() || self.recourse.is_some();
        let Some(complaint) = &status.complaint else {
            let flag = "--dissatisfied";
            return if has_outcome { Err(Refusal::OnlyComplaint { flag }) } else { Ok(()) };
        };
        if !complaint.is_unhappy() {
            return if has_outcome { Err(Refusal::NotDissatisfied) } else { Ok(()) };
        }
        for (there, flag) in [
            (self.dissatisfied.is_some(), "--dissatisfied"),
            (self.recourse.is_some(), "--recourse"),
        ] {
            if !there {
                return Err(Refusal::Needs { flag, why: NeedReason::Recourse });
            }
        }
        if stamp.role != Role::RelationshipManager {
            let may = vec![Role::RelationshipManager];
            return Err(Refusal::Role { person: stamp.actor().clone(), may });
        }
        Ok(())
    }
}

impl Step for Close {
    const FROM: &'static [State] = UNFINISHED;
    const TO: Next = Next::To(&[State::Closed]);

    fn legal(&self, status: &Status, stamp: &Stamp) -> Result<(), Refusal> {
        let Some(exception) = self.exception else {
            if status.state != State::Confirmed {
                return Err(Refusal::State(status.state));
            }
            self.content_or_not(status, stamp)?;
            return not_before_callback(status, stamp);
        };
        if self.dissatisfied.is_some() || self.recourse.is_some() {
            return Err(Refusal::NotDissatisfied);
        }
        if self.reason.is_none() {
            return Err(Refusal::Needs { flag: "--reason", why: NeedReason::Exception });
        }
        // also a complaint that is taken back was valid or not (R87); nobody can say so of one that
        // cannot be acknowledged, since there is nobody to tell
        let is_undecided = status.complaint.as_ref().is_some_and(|it| it.decision.is_none());
        let is_stuck = exception == Exception::Other && status.state == State::Open;
        if is_undecided && !is_stuck {
            return Err(Refusal::ComesFirst(vec![MissingPart::Decision]));
        }
        match exception {
            Exception::Withdrawn if self.with.is_none() => {
                Err(Refusal::Needs { flag: "--with", why: NeedReason::Withdrawn })
            }
            Exception::Withdrawn if self.method.is_none() => {
                Err(Refusal::Needs { flag: "--method", why: NeedReason::Withdrawn })
            }
            Exception::Unreachable if status.state != State::Resolved => {
                Err(Refusal::State(status.state))
            }
            Exception::Other if stamp.role != Role::TeamLead => {
                Err(Refusal::Role { person: stamp.actor().clone(), may: vec![Role::TeamLead] })
            }
            Exception::Withdrawn | Exception::Unreachable | Exception::Other => Ok(()),
        }
    }

    fn apply(&self, status: &mut Status, stamp: &Stamp) {
        status.end_pause(stamp.at);
        status.state = State::Closed;
        status.times.first_closed_at.get_or_insert(stamp.at);
        status.times.closed_at = Some(stamp.at);
        status.exception = self.exception;
        if let (Some(complaint), Some(reason), Some(recourse)) =
            (&mut status.complaint, &self.dissatisfied, &self.recourse)
        {
            let (reason, recourse) = (reason.clone(), recourse.clone());
            complaint.dissatisfied = Some(Dissatisfaction { reason, recourse });
        }
        status.archive.clone_from(&self.archive);
        status.handed_to = None;
    }

    fn facts(&self) -> Facts<'_> {
        Facts::new()
            .some_term("exception", self.exception)
            .some_contact("with", self.with.as_ref())
            .some_method("method", self.method.as_ref())
            .version("checked", self.checked)
            .archive(self.archive.as_ref())
            .some_text("reason", self.reason.as_deref())
            .some_text("dissatisfied", self.dissatisfied.as_deref())
            .some_text("recourse", self.recourse.as_deref())
    }
}

/// Done, then called back, then closed: in that order (R52).
fn not_before_callback(status: &Status, stamp: &Stamp) -> Result<(), Refusal> {
    match &status.confirmation {
        Some(callback) if stamp.at < callback.at => {
            Err(Refusal::DoneAfter { done_at: callback.at, at: stamp.at })
        }
        Some(_) | None => Ok(()),
    }
}
