//! `close`, `reopen`, `cancel`: how a record ends, and how it comes back (R53–R55).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::domain::{
    completeness,
    event::Stamp,
    ids::ContactId,
    refusal::{Gap, Need, Refusal},
    status::{
        Status,
        parts::{Archive, Dissatisfied},
    },
    steps::{Scene, Step},
    terms::{Channel, Exception, Kind, Role, State},
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

/// The matter was not settled after all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reopen {
    pub reason: String,
}

/// The record was opened in error.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cancel {
    pub mistake: String,
}

impl Close {
    /// Asks the completeness rules (R54), or the rule of the exception.
    ///
    /// # Errors
    /// [`Refusal::Incomplete`] with all that is missing, or what stands against the exception.
    pub fn decide(self, scene: &Scene<'_>) -> Result<Self, Refusal> {
        if let Some(method) = &self.method {
            scene.method(method)?;
        }
        let status = &scene.record.status;
        match self.exception {
            None if status.state == State::Confirmed => {
                let gaps = completeness::gaps(scene.record, scene.policy);
                if !gaps.is_empty() {
                    return Err(Refusal::Incomplete(gaps));
                }
            }
            Some(Exception::Unreachable) => tried_enough(status, scene)?,
            None | Some(Exception::Withdrawn | Exception::Other) => {}
        }
        Ok(Self { checked: completeness::RULES, ..self })
    }
}

/// Refuses to call a customer unreachable who was not tried as often as policy says.
fn tried_enough(status: &Status, scene: &Scene<'_>) -> Result<(), Refusal> {
    let wanted = scene.policy.levels.unreachable;
    let days: BTreeSet<_> = status.unanswered.iter().map(|at| at.date()).collect();
    // what is noted twice in a minute was one call
    let calls: BTreeSet<_> =
        status.unanswered.iter().map(|at| at.local().format("%F %R").to_string()).collect();
    let attempts = u32::try_from(calls.len()).unwrap_or(u32::MAX);
    let days = u32::try_from(days.len()).unwrap_or(u32::MAX);
    if attempts >= wanted.attempts && days >= wanted.days {
        return Ok(());
    }
    Err(Refusal::TooFewAttempts {
        attempts,
        days,
        attempts_wanted: wanted.attempts,
        days_wanted: wanted.days,
    })
}

impl Close {
    /// A complaint of a dissatisfied customer is closed by who manages the relation to them, with
    /// the reason and a further way (R91); any other one plainly.
    fn content_or_not(&self, status: &Status, stamp: &Stamp) -> Result<(), Refusal> {
        let told = self.dissatisfied.is_some() || self.recourse.is_some();
        let Some(complaint) = &status.complaint else {
            let flag = "--dissatisfied";
            return if told { Err(Refusal::OnlyComplaint { flag }) } else { Ok(()) };
        };
        if !complaint.is_unhappy() {
            return if told { Err(Refusal::NotDissatisfied) } else { Ok(()) };
        }
        for (there, flag) in [
            (self.dissatisfied.is_some(), "--dissatisfied"),
            (self.recourse.is_some(), "--recourse"),
        ] {
            if !there {
                return Err(Refusal::Needs { flag, why: Need::Recourse });
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
            return Err(Refusal::Needs { flag: "--reason", why: Need::Exception });
        }
        // also a complaint that is taken back was valid or not (R87)
        if status.complaint.as_ref().is_some_and(|complaint| complaint.decision.is_none()) {
            return Err(Refusal::ComesFirst(vec![Gap::Decision]));
        }
        match exception {
            Exception::Withdrawn if self.with.is_none() => {
                Err(Refusal::Needs { flag: "--with", why: Need::Withdrawn })
            }
            Exception::Withdrawn if self.method.is_none() => {
                Err(Refusal::Needs { flag: "--method", why: Need::Withdrawn })
            }
            Exception::Unreachable | Exception::Other if status.state != State::Resolved => {
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
            complaint.dissatisfied = Some(Dissatisfied { reason, recourse });
        }
        status.archive.clone_from(&self.archive);
        status.handed_to = None;
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

impl Reopen {
    /// Holds the time against the window that policy leaves.
    ///
    /// # Errors
    /// [`Refusal::WindowPassed`] when the record was closed too long ago.
    pub fn decide(self, scene: &Scene<'_>) -> Result<Self, Refusal> {
        let Some(closed_at) = scene.record.status.times.closed_at else {
            return Ok(self);
        };
        let until = scene.policy.levels.reopen_window.due(closed_at, &scene.policy.calendar)?;
        if scene.stamp.at > until {
            return Err(Refusal::WindowPassed { closed_at, until });
        }
        Ok(self)
    }
}

impl Step for Reopen {
    fn legal(&self, status: &Status, stamp: &Stamp) -> Result<(), Refusal> {
        if status.kind == Kind::Remark {
            return Err(Refusal::OnlyRemark);
        }
        match status.times.closed_at {
            Some(closed_at) if stamp.at < closed_at => {
                Err(Refusal::DoneAfter { done_at: closed_at, at: stamp.at })
            }
            Some(_) | None => Ok(()),
        }
    }

    fn apply(&self, status: &mut Status, stamp: &Stamp) {
        status.send_back(stamp.at);
        status.counts.reopens += 1;
        status.exception = None;
        status.archive = None;
    }
}

impl Step for Cancel {
    fn legal(&self, status: &Status, _: &Stamp) -> Result<(), Refusal> {
        match &status.complaint {
            Some(complaint) if complaint.decision.is_none() => {
                Err(Refusal::ComesFirst(vec![Gap::Decision]))
            }
            Some(_) | None => Ok(()),
        }
    }

    fn apply(&self, status: &mut Status, stamp: &Stamp) {
        status.end_pause(stamp.at);
        status.state = State::Cancelled;
        status.handed_to = None;
    }
}
