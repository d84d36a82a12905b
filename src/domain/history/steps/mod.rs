//! The steps of the procedure as they lie in a history: what each records, when it is legal by what
//! the record holds, and what it does. How policy decides them lies on the floor above, in a file of
//! the same name.

pub mod accept;
pub mod ack;
pub mod amend;
pub mod attach;
pub mod cancel;
pub mod close;
pub mod confirm;
pub mod decide;
pub mod drop;
pub mod escalate;
pub mod explain;
pub mod extend;
pub mod fulfil;
pub mod handover;
pub mod hold;
pub mod import;
pub mod link;
pub mod merge;
pub mod open;
pub mod promise;
pub mod recompute;
pub mod redact;
pub mod relay;
pub mod remote;
pub mod reopen;
pub mod resolve;
pub mod respond;
pub mod resume;
pub mod r#return;
pub mod route;
pub mod settle;
pub mod survey;
pub mod survey_expire;
pub mod survey_send;
pub mod takeover;
pub mod undo;
pub mod update;
pub mod visit;

use std::fmt;

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use crate::domain::{
    base::{
        ids::EventId,
        terms::{Kind, Role, State, Term, terms},
        time::Timestamp,
    },
    history::{
        event::Stamp,
        facts::{Audience, Facts},
        refusal::Refusal,
        roles,
        status::Status,
    },
};

/// Something that steps change, and that has states of its own.
pub trait Subject {
    type State: Copy + Eq + fmt::Debug + 'static;
}

impl Subject for Status {
    type State = State;
}

/// Where a step leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next<S: 'static = State> {
    /// The state does not change.
    Same,
    /// Where another system says that it led.
    AsTold,
    /// Where the record stood before the step that it takes back.
    Back,
    To(&'static [S]),
}

/// What a history needs of a step: this is all that replay, merging and auditing ask of it.
pub trait Step<S: Subject = Status>: Clone + Serialize + DeserializeOwned {
    /// The states in which it can be made; none for the step that begins the record.
    const FROM: &'static [S::State];
    const TO: Next<S::State>;

    /// Whom alone the procedure lets do it on a record of this kind, whatever a desk's own table of
    /// roles says.
    fn only(_: Kind) -> Option<&'static [Role]> {
        None
    }

    /// Judges by what the record holds whether the step can be made at all, whatever it will say.
    ///
    /// # Errors
    /// The [`Refusal`] of the rule that stands against the step.
    fn ready(_: &S, _: &Stamp) -> Result<(), Refusal> {
        Ok(())
    }

    /// Judges what the step says by what the record holds; asked by replay as well as when writing.
    ///
    /// # Errors
    /// The [`Refusal`] of the rule that stands against the step.
    fn legal(&self, _: &S, _: &Stamp) -> Result<(), Refusal> {
        Ok(())
    }

    /// The event that made the item which it changes, where it is a step of one.
    fn item(&self) -> Option<&EventId> {
        None
    }

    /// Whether the record has it in the same words already, so that another clone's like it changes nothing:
    /// one form may be imported into two clones.
    fn is_there(&self, _: &S, _: &Stamp) -> bool {
        false
    }

    /// Changes the status as the step says; only called for a legal one.
    fn apply(&self, status: &mut S, stamp: &Stamp);

    /// Every field with its value.
    fn facts(&self) -> Facts<'_>;

    /// Who may read the note that was entered with it.
    fn note_audience(&self) -> Audience {
        Audience::Everyone
    }

    /// When the work was done, by the steps that say so.
    fn done_at(&self) -> Option<Timestamp> {
        None
    }
}

/// A step of the table, by its name.
pub trait NamedStep: Into<Act> {
    const ACTION: Action;
}

/// Hands every step of the procedure, in the order of its spine and then of what surrounds it, to a
/// macro: name, file and type, word.
macro_rules! steps {
    ($use:ident) => {
        $use! {
            Open = open::Open, "open";
            Ack = ack::Ack, "ack";
            Route = route::Route, "route";
            Accept = accept::Accept, "accept";
            Return = r#return::Return, "return";
            Respond = respond::Respond, "respond";
            Update = update::Update, "update";
            Decide = decide::Decide, "decide";
            Promise = promise::Promise, "promise";
            Fulfil = fulfil::Fulfil, "kept";
            Relay = relay::Relay, "relay";
            Explain = explain::Explain, "explain";
            Hold = hold::Hold, "pend";
            Resume = resume::Resume, "resume";
            Extend = extend::Extend, "extend";
            Escalate = escalate::Escalate, "escalate";
            Handover = handover::Handover, "handover";
            Takeover = takeover::Takeover, "takeover";
            Resolve = resolve::Resolve, "resolve";
            Confirm = confirm::Confirm, "confirm";
            Close = close::Close, "close";
            Survey = survey::Survey, "survey";
            SurveySend = survey_send::SurveySend, "survey_send";
            SurveyExpire = survey_expire::SurveyExpire, "survey_expire";
            Reopen = reopen::Reopen, "reopen";
            Cancel = cancel::Cancel, "cancel";
            Merge = merge::Merge, "merge";
            Link = link::Link, "link";
            Amend = amend::Amend, "amend";
            Attach = attach::Attach, "attach";
            Drop = drop::DropFile, "drop";
            Visit = visit::Visit, "visit";
            Remote = remote::Remote, "remote";
            Redact = redact::Redact, "redact";
            Recompute = recompute::Recompute, "recompute";
            Settle = settle::Settle, "settle";
            Import = import::Import, "import";
            Undo = undo::Undo, "undo";
        }
    };
}

pub(in crate::domain) use steps;

macro_rules! define {
    ($($name:ident = $module:ident::$step:ident, $word:literal;)+) => {
        terms! {
            /// A step of the procedure: one event, one commit.
            Action "action" { $($name = $word,)+ }
        }

        /// A step with what it records.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
        #[serde(tag = "action")]
        pub enum Act { $(#[serde(rename = $word)] $name(Box<$module::$step>),)+ }

        /// The procedure: each step with the states that allow it and where it leads.
        pub const TABLE: &[Transition] = &[$(Transition {
            action: Action::$name,
            from: <$module::$step as Step>::FROM,
            to: <$module::$step as Step>::TO,
        },)+];

        impl Action {
            /// As [`Step::only`].
            pub fn only(self, kind: Kind) -> Option<&'static [Role]> {
                match self { $(Self::$name => <$module::$step as Step>::only(kind),)+ }
            }

            /// As [`Step::ready`].
            ///
            /// # Errors
            /// The [`Refusal`] of the rule that stands against the step.
            pub fn ready(self, status: &Status, stamp: &Stamp) -> Result<(), Refusal> {
                match self { $(Self::$name => <$module::$step as Step>::ready(status, stamp),)+ }
            }
        }

        impl Act {
            /// Which step it is.
            pub fn action(&self) -> Action {
                match self { $(Self::$name(_) => Action::$name,)+ }
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
                match Action::from_code(action) {
                    $(Some(Action::$name) => {
                        serde_json::from_value(fields).map(Self::$name).map_err(E::custom)
                    })+
                    None => Err(E::unknown_variant(action, &[$($word,)+])),
                }
            }

            /// As [`Step::legal`].
            ///
            /// # Errors
            /// The [`Refusal`] of the rule that stands against the step.
            pub fn legal(&self, status: &Status, stamp: &Stamp) -> Result<(), Refusal> {
                match self { $(Self::$name(step) => step.legal(status, stamp),)+ }
            }

            /// As [`Step::item`].
            pub fn item(&self) -> Option<&EventId> {
                match self { $(Self::$name(step) => step.item(),)+ }
            }

            /// As [`Step::is_there`].
            pub fn is_there(&self, status: &Status, stamp: &Stamp) -> bool {
                match self { $(Self::$name(step) => step.is_there(status, stamp),)+ }
            }

            /// As [`Step::apply`].
            pub fn apply(&self, status: &mut Status, stamp: &Stamp) {
                match self { $(Self::$name(step) => step.apply(status, stamp),)+ }
            }

            /// As [`Step::facts`].
            pub fn facts(&self) -> Facts<'_> {
                match self { $(Self::$name(step) => step.facts(),)+ }
            }

            /// As [`Step::note_audience`].
            pub fn note_audience(&self) -> Audience {
                match self { $(Self::$name(step) => step.note_audience(),)+ }
            }

            /// As [`Step::done_at`].
            pub fn done_at(&self) -> Option<Timestamp> {
                match self { $(Self::$name(step) => step.done_at(),)+ }
            }
        }

        $(impl NamedStep for $module::$step {
            const ACTION: Action = Action::$name;
        }

        impl From<$module::$step> for Act {
            fn from(step: $module::$step) -> Self {
                Self::$name(Box::new(step))
            }
        })+
    };
}

steps!(define);

/// One row of the procedure: a step, the states that allow it, and where it leads.
#[derive(Debug)]
pub struct Transition {
    pub action: Action,
    /// Empty for the step that makes the record.
    pub from: &'static [State],
    pub to: Next,
}

const UNFINISHED: &[State] = &[
    State::Open,
    State::Acknowledged,
    State::Routed,
    State::InProgress,
    State::Pending,
    State::Resolved,
    State::Confirmed,
];
/// The states in which somebody may be at work.
pub const AT_WORK: &[State] =
    &[State::Acknowledged, State::Routed, State::InProgress, State::Pending];

/// True for a matter on which somebody is still to work, or to begin.
pub fn is_unsolved(state: State) -> bool {
    state == State::Open || AT_WORK.contains(&state)
}

const EVERY: &[State] = State::ALL;

/// Refuses work on a matter that nobody took yet, or that is solved.
///
/// # Errors
/// [`Refusal::State`].
pub(in crate::domain) fn at_work(status: &Status) -> Result<(), Refusal> {
    if AT_WORK.contains(&status.state) { Ok(()) } else { Err(Refusal::State(status.state)) }
}

/// Refuses to enter for somebody else what only whoever enters it can do.
fn by_oneself(stamp: &Stamp) -> Result<(), Refusal> {
    if stamp.told_by.is_some() { Err(Refusal::NotOnBehalf) } else { Ok(()) }
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
pub(in crate::domain) fn responsible_or_desk(
    status: &Status,
    stamp: &Stamp,
) -> Result<(), Refusal> {
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
