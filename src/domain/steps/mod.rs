//! The steps of the procedure: what each records, when it is legal, what it does.
//!
//! A step has up to three parts. `legal` judges by the record alone and is asked by replay as well
//! as when writing; `apply` changes the status; `decide` — where there is one — asks policy and
//! fills in what policy decides, and is asked only when writing.

pub mod accept;
pub mod ack;
pub mod again;
pub mod amend;
pub mod close;
pub mod confirm;
pub mod decide;
pub mod escalate;
pub mod extend;
mod grading;
pub mod handover;
pub mod import;
pub mod open;
pub mod pend;
pub mod promise;
pub mod recompute;
pub mod relay;
pub mod resolve;
pub mod respond;
pub mod route;
pub mod sending;
pub mod settle;
pub mod survey;
pub mod tie;
pub mod update;

use serde::Serialize;
use serde_json::{Map, Value};

use crate::domain::{
    event::Stamp,
    ids::PersonId,
    nearest::nearest,
    policy::{Policy, people::Person},
    record::Record,
    refusal::{Refusal, Thing},
    roles,
    status::Status,
    terms::{Action, Channel, Role},
    time::Timestamp,
};

/// What a step does to a record.
pub trait Step {
    /// Judges by what the record holds.
    ///
    /// # Errors
    /// The [`Refusal`] of the rule that stands against the step.
    fn legal(&self, status: &Status, stamp: &Stamp) -> Result<(), Refusal> {
        let _ = (status, stamp);
        Ok(())
    }

    /// Changes the status as the step says; only called for a legal one.
    fn apply(&self, status: &mut Status, stamp: &Stamp);
}

/// All that a decision may look at.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    pub record: &'a Record,
    pub policy: &'a Policy,
    pub stamp: &'a Stamp,
}

macro_rules! acts {
    ($($variant:ident($payload:path) = $code:literal,)+) => {
        /// A step with what it records.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
        #[serde(tag = "action")]
        pub enum Act {
            $(#[serde(rename = $code)] $variant(Box<$payload>),)+
        }

        impl Act {
            /// Which step it is.
            #[must_use]
            pub fn action(&self) -> Action {
                match self { $(Self::$variant(_) => Action::$variant,)+ }
            }

            /// The step that `action` names, with what it records.
            ///
            /// # Errors
            /// An unknown action, or fields that are not the step's.
            pub fn from_fields<E: serde::de::Error>(
                action: &str,
                fields: Map<String, Value>,
            ) -> Result<Self, E> {
                let fields = Value::Object(fields);
                match action {
                    $($code => serde_json::from_value(fields).map(Self::$variant).map_err(E::custom),)+
                    other => Err(E::unknown_variant(other, &[$($code,)+])),
                }
            }

            /// What it does.
            #[must_use]
            pub fn step(&self) -> &dyn Step {
                match self { $(Self::$variant(step) => step.as_ref(),)+ }
            }
        }

        $(impl From<$payload> for Act {
            fn from(step: $payload) -> Self {
                Self::$variant(Box::new(step))
            }
        })+
    };
}

acts! {
    Open(open::Open) = "open",
    Ack(ack::Ack) = "ack",
    Route(route::Route) = "route",
    Accept(accept::Accept) = "accept",
    Return(accept::Return) = "return",
    Respond(respond::Respond) = "respond",
    Update(update::Update) = "update",
    Decide(decide::Decide) = "decide",
    Promise(promise::Promised) = "promise",
    Kept(promise::Kept) = "kept",
    Relay(relay::Relay) = "relay",
    Explain(promise::Explain) = "explain",
    Pend(pend::Pend) = "pend",
    Resume(pend::Resume) = "resume",
    Extend(extend::Extend) = "extend",
    Escalate(escalate::Escalate) = "escalate",
    Handover(handover::Handover) = "handover",
    Takeover(handover::Takeover) = "takeover",
    Resolve(resolve::Resolve) = "resolve",
    Confirm(confirm::Confirm) = "confirm",
    Close(close::Close) = "close",
    Survey(survey::Survey) = "survey",
    SurveySend(sending::Send) = "survey_send",
    SurveyExpire(sending::Expire) = "survey_expire",
    Reopen(close::Reopen) = "reopen",
    Cancel(close::Cancel) = "cancel",
    Merge(tie::Merge) = "merge",
    Link(tie::Link) = "link",
    Amend(amend::Amend) = "amend",
    Recompute(recompute::Recompute) = "recompute",
    Settle(settle::Settle) = "settle",
    Import(import::Import) = "import",
}

impl Act {
    /// When the work was done, by the steps that say so.
    #[must_use]
    pub fn done_at(&self) -> Option<Timestamp> {
        match self {
            Self::Resolve(resolve) => Some(resolve.done_at),
            Self::Import(import) => import.outcome.as_ref().map(|outcome| outcome.done_at),
            _ => None,
        }
    }
}

impl Scene<'_> {
    /// The person of the roster who is active on the day of the step.
    ///
    /// # Errors
    /// [`Refusal::Unknown`] with the nearest ids, or [`Refusal::Inactive`].
    pub fn active(&self, id: &PersonId) -> Result<&Person, Refusal> {
        let people = &self.policy.people;
        let person = people.get(id).ok_or_else(|| Refusal::Unknown {
            thing: Thing::Person,
            given: id.to_string(),
            nearest: nearest(id.as_str(), people.people.iter().map(|p| p.id.as_str())),
        })?;
        if person.is_active(self.stamp.at.date()) {
            Ok(person)
        } else {
            Err(Refusal::Inactive(id.clone()))
        }
    }

    /// Refuses a channel that policy does not know or by which nobody can be told anything.
    ///
    /// # Errors
    /// [`Refusal::Unknown`] with the nearest channels, or [`Refusal::DeafChannel`].
    pub fn method(&self, channel: &Channel) -> Result<(), Refusal> {
        known_channel(self.policy, channel)?;
        if channel.reaches_people() {
            Ok(())
        } else {
            Err(Refusal::DeafChannel(channel.to_string()))
        }
    }
}

/// Refuses a channel that policy does not know.
///
/// # Errors
/// [`Refusal::Unknown`] with the nearest channels.
pub fn known_channel(policy: &Policy, channel: &Channel) -> Result<(), Refusal> {
    if policy.catalog.channels().any(|known| known == channel.code()) {
        return Ok(());
    }
    Err(Refusal::Unknown {
        thing: Thing::Channel,
        given: channel.to_string(),
        nearest: nearest(channel.code(), policy.catalog.channels()),
    })
}

/// Refuses a step of anybody but the responsible person.
fn only_responsible(status: &Status, stamp: &Stamp) -> Result<(), Refusal> {
    if status.assignee.as_ref() == Some(stamp.actor()) {
        return Ok(());
    }
    Err(Refusal::NotResponsible {
        person: stamp.actor().clone(),
        responsible: status.assignee.clone(),
    })
}

/// Lets only the desk act where nobody is responsible yet.
fn only_desk(stamp: &Stamp) -> Result<(), Refusal> {
    if roles::is_desk(stamp.role) && stamp.told_by.is_none() {
        return Ok(());
    }
    Err(Refusal::NotResponsible { person: stamp.actor().clone(), responsible: None })
}

/// Lets the desk act on any record, an engineer only on those they are responsible for.
fn responsible_or_desk(status: &Status, stamp: &Stamp) -> Result<(), Refusal> {
    match stamp.role {
        Role::Engineer => only_responsible(status, stamp),
        Role::Agent
        | Role::RelationshipManager
        | Role::TeamLead
        | Role::Leader
        | Role::Auditor
        | Role::ComplaintDecider
        | Role::Service => Ok(()),
    }
}
