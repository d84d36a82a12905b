//! `update`: whatever happens between the steps (R12, R38, R43–R47).
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::UNFINISHED;
use crate::domain::{
    base::{
        ids::{ContactId, PersonId},
        limit::Limits,
        terms::{Grade, Level, Mood, Phase, Progress, State, Support},
    },
    history::{
        agreement::AgreementTerms,
        complaint,
        event::Stamp,
        facts::{Audience, Facts},
        refusal::{NeedReason, Refusal},
        roles,
        status::{
            DueTimes, Status,
            parts::{ComplaintDetails, Notification, Verification},
        },
        steps::{Next, Step},
    },
};

/// What is new.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Update {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub progress: Option<Progress>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phase: Option<Phase>,
    /// What the desk itself tried first (R12).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_line: Option<String>,
    /// Whom of the customer we spoke with (R46).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<ContactId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mood: Option<Mood>,
    /// How the matter is worked on from now on (R62).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub support: Option<Support>,
    /// Whom of the unit the desk asked for progress (R43).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follow_up: Option<PersonId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub answers: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub impact: Option<Grade>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub urgency: Option<Grade>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<u8>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub major: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What the intake found out about the facts of a complaint (R81).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verified: Option<String>,
    /// Why they could not be verified; the complaint is kept all the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unverified: Option<String>,
    /// Who manages the relation to the customers and was told (R83).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notified: Option<PersonId>,
    /// The note is for the team only (R99).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub internal: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreement: Option<AgreementTerms>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limits: Option<Limits>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_before: Option<DueTimes>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_after: Option<DueTimes>,
}

impl Update {
    /// True when it changes a fact that the level hangs on.
    pub fn regrades(&self) -> bool {
        self.impact.is_some()
            || self.urgency.is_some()
            || self.level.is_some()
            || self.major.is_some()
    }

    /// Facts that the level hangs on; a level that is no longer major drops the criterion.
    pub fn put_facts(&self, status: &mut Status) {
        status.impact = self.impact.or(status.impact);
        status.urgency = self.urgency.or(status.urgency);
        if self.category.is_some() {
            status.category.clone_from(&self.category);
        }
        if self.major.is_some() {
            status.major.clone_from(&self.major);
        } else if self.level.is_some_and(|level| level != Level::Major) {
            status.major = None;
        }
    }
}

impl Update {
    /// Only a complaint is verified and notified, by the desk and to somebody else than the person
    /// complained of.
    fn intake_checks(&self, status: &Status, stamp: &Stamp) -> Result<(), Refusal> {
        for (there, flag) in [
            (self.verified.is_some(), "--verified"),
            (self.unverified.is_some(), "--unverified"),
            (self.notified.is_some(), "--notified"),
        ] {
            if there && status.complaint.is_none() {
                return Err(Refusal::OnlyComplaint { flag });
            }
            if there && !roles::is_desk(stamp.role) {
                let (person, may) = (stamp.actor().clone(), roles::DESK.to_vec());
                return Err(Refusal::Role { person, may });
            }
        }
        match &self.notified {
            Some(person) => complaint::not_to_subject(status, person),
            None => Ok(()),
        }
    }

    fn note_intake(&self, complaint: &mut ComplaintDetails, stamp: &Stamp) {
        let (at, by) = (stamp.at, stamp.actor());
        for (text, verified) in [(&self.unverified, false), (&self.verified, true)] {
            if let Some(text) = text {
                let (by, text) = (by.clone(), text.clone());
                complaint.verification = Some(Verification { at, by, verified, text });
            }
        }
        if let Some(person) = &self.notified {
            complaint.notified = Some(Notification { at, by: by.clone(), person: person.clone() });
        }
    }
}

/// Whether a mode of support is more than was judged to do (R62); what nobody judged is tried by telephone.
pub fn goes_further(support: Option<Support>, status: &Status) -> bool {
    support.is_some_and(|mode| mode > status.support.unwrap_or(Support::Phone))
}

impl Step for Update {
    const FROM: &'static [State] = UNFINISHED;
    const TO: Next = Next::Same;

    fn legal(&self, status: &Status, stamp: &Stamp) -> Result<(), Refusal> {
        if self.regrades() && !roles::is_desk(stamp.role) {
            let (person, may) = (stamp.actor().clone(), roles::DESK.to_vec());
            return Err(Refusal::Role { person, may });
        }
        if self.follow_up.is_some() {
            if !roles::is_desk(stamp.role) {
                return Err(Refusal::Role {
                    person: stamp.actor().clone(),
                    may: roles::DESK.to_vec(),
                });
            }
            if stamp.note.is_none() && self.progress.is_none() {
                return Err(Refusal::Needs { flag: "--note", why: NeedReason::FollowUp });
            }
        }
        self.intake_checks(status, stamp)?;
        if self.category.is_some() && status.category.is_some() && self.reason.is_none() {
            return Err(Refusal::Needs { flag: "--reason", why: NeedReason::Reason });
        }
        if goes_further(self.support, status) && self.reason.is_none() {
            return Err(Refusal::Needs { flag: "--reason", why: NeedReason::Support });
        }
        Ok(())
    }

    fn apply(&self, status: &mut Status, stamp: &Stamp) {
        status.progress = self.progress.or(status.progress);
        status.phase = self.phase.or(status.phase);
        status.mood = self.mood.or(status.mood);
        status.support = self.support.or(status.support);
        if self.contact.is_some() {
            status.heard_from_us(stamp.at);
        }
        if self.follow_up.is_some() {
            status.times.followed_up_at = status.times.followed_up_at.max(Some(stamp.at));
            status.counts.follow_ups += 1;
        }
        self.put_facts(status);
        if let Some(complaint) = &mut status.complaint {
            self.note_intake(complaint, stamp);
        }
        status.answers.extend(self.answers.clone());
        status.priority = self.priority.or(status.priority);
        status.level = self.level.or(status.level);
        if let Some(limits) = self.limits {
            status.limits = limits;
            status.agreement.clone_from(&self.agreement);
        }
        if let (Some(before), Some(after)) = (self.due_before, self.due_after) {
            status.move_due(before, after);
        }
    }

    fn note_audience(&self) -> Audience {
        if self.internal { Audience::Team } else { Audience::Everyone }
    }

    fn facts(&self) -> Facts<'_> {
        Facts::new()
            .some_term("progress", self.progress)
            .some_term("support", self.support)
            .some_term("level", self.level)
            .some_number("priority", self.priority.map(u32::from))
            .some_term("impact", self.impact)
            .some_term("urgency", self.urgency)
            .some_criterion("major", self.major.as_deref())
            .some_category("category", self.category.as_deref())
            .some_contact("contact", self.contact.as_ref())
            .some_person("follow_up", self.follow_up.as_ref())
            .some_person("notified", self.notified.as_ref())
            .some_agreement("agreement", self.agreement.as_ref())
            .limits(self.limits.unwrap_or_default())
            .moved(self.due_before, self.due_after)
            .some_text("first_line", self.first_line.as_deref())
            .some_text("reason", self.reason.as_deref())
            .some_text("verified", self.verified.as_deref())
            .some_text("unverified", self.unverified.as_deref())
            .answers(&self.answers)
            .of(Audience::Team)
            .some_flag("internal", self.internal.then_some(true))
            .some_term("phase", self.phase)
            .some_term("mood", self.mood)
    }
}
