//! Where a remote session stands, and what was said of it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::domain::{
    base::{
        ids::{ContactId, EventId, PersonId, RecordId},
        terms::{Channel, RemoteClient, RemoteScope, RemoteState},
        time::Timestamp,
    },
    history::{
        items::Item,
        status::Status,
        steps::{Action, remote::TouchedData},
    },
};

/// A session in which somebody of the team works on the customer's computer, or that the customer did not
/// want (R63–R66).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RemoteEntry {
    /// The event that began it, or says that the customer did not want it.
    pub event: EventId,
    pub state: RemoteState,
    /// Who works on the customer's computer, or wanted to.
    pub engineer: PersonId,
    /// When it began, or was refused.
    pub at: Timestamp,
    /// Absent where the customer did not want it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<RemoteConsent>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<RemoteRefusal>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub work: Option<RemoteWork>,
}

/// Who of the customer allowed what, and who watches it (R63, R64).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RemoteConsent {
    pub by: ContactId,
    pub at: Timestamp,
    pub method: Channel,
    pub scope: BTreeSet<RemoteScope>,
    pub tool: String,
    /// Whether a client may be installed for it.
    pub install: bool,
    pub supervised_by: ContactId,
}

/// Who of the customer did not want it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RemoteRefusal {
    pub by: ContactId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What was done in a session (R65), and in what state it left the customer's computer (R66).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RemoteWork {
    pub ended_at: Timestamp,
    pub steps: String,
    pub result: String,
    /// How other software was affected; absent where it was not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other_software: Option<String>,
    /// Absent where no data of the customer was touched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<TouchedData>,
    /// Absent where none was installed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client: Option<RemoteClient>,
    /// Why the client stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept_because: Option<String>,
}

/// What the end of a session tells besides what every end does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SessionGaps {
    /// What became of the client that the customer let be installed.
    pub client: bool,
    /// What the matter is, where the record does not say.
    pub category: bool,
}

impl Item for RemoteEntry {
    const FAMILY: Action = Action::Remote;

    fn event(&self) -> &EventId {
        &self.event
    }

    fn person(&self) -> &PersonId {
        &self.engineer
    }
}

impl RemoteEntry {
    /// What the record of the session is called on paper: by the record and the event that began it.
    pub fn form_number(&self, record: &RecordId) -> String {
        format!("{record}-{}", self.event.tail())
    }

    /// True while somebody works on the customer's computer.
    pub fn is_running(&self) -> bool {
        self.state == RemoteState::Running
    }

    /// What its end has to tell, too, of a record that stands so.
    pub fn gaps(&self, status: &Status) -> SessionGaps {
        SessionGaps { client: self.may_install(), category: status.category.is_none() }
    }

    /// True where the customer let a client be installed.
    pub fn may_install(&self) -> bool {
        self.consent.as_ref().is_some_and(|consent| consent.install)
    }
}
