//! Where a visit to the customer stands, and what was said of it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::domain::{
    base::{
        ids::{ContactId, EventId, PersonId, RecordId},
        terms::{Prohibition, Satisfaction, VisitState},
        time::Timestamp,
    },
    history::{
        intake::DueAt,
        items::Item,
        steps::{
            Action,
            visit::{Conduct, TimeWindow, used_devices},
        },
    },
};

/// A visit to the customer (R68–R70).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VisitEntry {
    /// The event that planned it.
    pub event: EventId,
    pub state: VisitState,
    pub engineer: PersonId,
    /// When the customer was promised that the engineer comes.
    pub window: TimeWindow,
    /// Whom of the customer the engineer asks for.
    pub with: ContactId,
    pub address: String,
    pub need: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub departed_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrived_at: Option<Timestamp>,
    /// When the customer was told that the engineer comes late, or not at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told_at: Option<Timestamp>,
    /// Why it came late, or nobody came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub work: Option<VisitWork>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<VisitSignature>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handed_in_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub archived_at: Option<Timestamp>,
}

/// What was done on a visit (R69), and how whoever did it behaved (P3, P5, P6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VisitWork {
    pub done_at: Timestamp,
    pub left_at: Timestamp,
    pub work: String,
    pub result: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parts: Option<String>,
    /// What is still to be done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left_open: Option<String>,
    /// Prohibitions that were broken; empty for none.
    pub conduct: Vec<Conduct>,
    /// Who of the customer allowed the use of their devices; absent where none were used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub devices_allowed_by: Option<ContactId>,
}

/// What the customer says of a visit on its form (R69, P2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VisitSignature {
    pub at: Timestamp,
    /// Absent where nobody signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<ContactId>,
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
    pub hand_in_due: DueAt,
    pub archive_due: DueAt,
}

impl VisitWork {
    /// True where devices of the customer were used, allowed or not (P6).
    pub fn used_devices(&self) -> bool {
        used_devices(self.devices_allowed_by.as_ref(), &self.conduct)
    }
}

impl Item for VisitEntry {
    const FAMILY: Action = Action::Visit;

    fn event(&self) -> &EventId {
        &self.event
    }

    fn person(&self) -> &PersonId {
        &self.engineer
    }
}

impl VisitEntry {
    /// What its form is called on paper: by the record and the event that planned it.
    pub fn form_number(&self, record: &RecordId) -> String {
        format!("{record}-{}", self.event.tail())
    }

    /// True until it is done, or will not be.
    pub fn is_ahead(&self) -> bool {
        self.state < VisitState::Done
    }

    /// True from the planning until the customer signed, or it will not be.
    pub fn is_unsigned(&self) -> bool {
        self.state < VisitState::Signed
    }

    /// True until its form is archived, or there will be none.
    pub fn is_unarchived(&self) -> bool {
        self.state < VisitState::Archived
    }

    /// True while the engineer is on the way or at the customer's.
    pub fn is_under_way(&self) -> bool {
        matches!(self.state, VisitState::Departed | VisitState::Arrived)
    }

    /// True for an instant after the end of the window.
    pub fn is_late(&self, at: Timestamp) -> bool {
        at > self.window.until
    }

    /// True when the engineer was there by the end of the window, false when not; `None` where it is not
    /// said yet, or was cancelled.
    pub fn is_kept(&self) -> Option<bool> {
        match self.state {
            VisitState::Missed => Some(false),
            VisitState::Cancelled => None,
            VisitState::Planned
            | VisitState::Departed
            | VisitState::Arrived
            | VisitState::Done
            | VisitState::Signed
            | VisitState::HandedIn
            | VisitState::Archived => self.arrived_at.map(|at| !self.is_late(at)),
        }
    }

    /// True when the engineer came late or not at all and the customer did not hear of it before the
    /// window began (P4).
    pub fn breaks_promise(&self) -> bool {
        self.is_kept() == Some(false) && self.told_at.is_none_or(|at| at >= self.window.from)
    }

    /// True when there will be no form, for nobody came.
    pub fn is_off(&self) -> bool {
        matches!(self.state, VisitState::Missed | VisitState::Cancelled)
    }

    /// True when the form is there, and nobody of the customer signed it.
    pub fn is_signature_refused(&self) -> bool {
        self.signature.as_ref().is_some_and(|signature| signature.by.is_none())
    }

    /// The prohibitions that were broken, in their order.
    pub fn prohibitions(&self) -> BTreeSet<Prohibition> {
        let conduct = self.work.iter().flat_map(|work| &work.conduct);
        let late = self.breaks_promise().then_some(Prohibition::P4);
        conduct.map(|broken| broken.prohibition).chain(late).collect()
    }
}
