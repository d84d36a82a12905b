//! Items of a record: what is done for it elsewhere, each family with inner steps of its own. Here is what
//! all families have in common: what they leave to be done, and what waits for them.

use serde::Serialize;

use crate::domain::{
    base::{
        ids::PersonId,
        terms::{RemoteStep, VisitStep},
        time::Timestamp,
    },
    history::{
        intake::DueAt,
        refusal::Refusal,
        status::Status,
        steps::{Action, remote::Remote, visit::Visit},
    },
};

/// A family of items, on the step that makes and changes them.
pub trait Items {
    /// What the items of a record leave to be done.
    fn duties(status: &Status) -> Vec<ItemDuty>;

    /// Refuses a step that has to wait for an item.
    ///
    /// # Errors
    /// The [`Refusal`] of the rule that stands against the step.
    fn wait(action: Action, status: &Status) -> Result<(), Refusal>;
}

/// Something that an item leaves to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemDuty {
    /// Of the item in its family, counted from 1.
    pub number: usize,
    pub next: ItemStep,
    /// Whose item it is.
    pub person: PersonId,
    pub due: ItemDue,
}

/// The step that comes next of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum ItemStep {
    Visit(VisitStep),
    Remote(RemoteStep),
}

/// By when the next step of an item is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemDue {
    Untold,
    By(DueAt),
    /// On the day of this time.
    OnDay(Timestamp),
}

impl ItemStep {
    /// The family of the item.
    pub fn family(self) -> Action {
        match self {
            Self::Visit(_) => Action::Visit,
            Self::Remote(_) => Action::Remote,
        }
    }

    /// True where nothing is to be done before it is due.
    pub fn lies_ahead(self) -> bool {
        match self {
            Self::Visit(step) => step == VisitStep::Arrive,
            Self::Remote(_) => false,
        }
    }

    /// True where the desk does it, whosever item it is.
    fn is_of_desk(self) -> bool {
        match self {
            Self::Visit(step) => step == VisitStep::Archive,
            Self::Remote(_) => false,
        }
    }
}

impl ItemDuty {
    /// Whose own it is; `None` where whoever follows the record does it.
    pub fn engineer(&self) -> Option<&PersonId> {
        Some(&self.person).filter(|_| !self.next.is_of_desk())
    }
}

macro_rules! families {
    ($($family:ident),+) => {
        /// What the items of a record leave to be done.
        pub fn duties(status: &Status) -> Vec<ItemDuty> {
            let mut duties = Vec::new();
            $(duties.extend(<$family as Items>::duties(status));)+
            duties
        }

        /// Refuses a step that has to wait for an item.
        ///
        /// # Errors
        /// The [`Refusal`] of the first rule that stands against the step.
        pub fn wait(action: Action, status: &Status) -> Result<(), Refusal> {
            $(<$family as Items>::wait(action, status)?;)+
            Ok(())
        }
    };
}

families!(Visit, Remote);
