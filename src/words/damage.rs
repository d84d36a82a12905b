//! What can be wrong with a clone, and what is done about it.

use crate::words::Words;

/// Something in a clone that is not as docket left it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DamageKind {
    Merge,
    Operation,
    Edit,
    /// An edit of a contact, of which no step says what it says.
    ContactEdit,
    Policy,
    Broken,
    Archive,
    Lock,
    Stray,
    Files,
    /// A reference beside the branch that names no commit.
    Reference,
    /// People whom the branch does not know or has erased, or files that are none.
    StrayPeople,
    /// People whose names are not here.
    UnknownPeople,
    Unsendable,
}

impl DamageKind {
    /// The name for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Merge => "merge",
            Self::Operation => "operation",
            Self::Edit | Self::ContactEdit => "edit",
            Self::Policy => "policy",
            Self::Broken => "broken",
            Self::Archive => "archive",
            Self::Lock => "lock",
            Self::Stray => "stray",
            Self::Files => "files",
            Self::Reference => "reference",
            Self::StrayPeople => "stray_people",
            Self::UnknownPeople => "unknown_people",
            Self::Unsendable => "unsendable",
        }
    }
}

impl Words {
    /// What is damaged.
    pub fn damage(self, kind: DamageKind) -> &'static str {
        (self.catalogue.damage)(kind).what
    }

    /// What `--repair` does about it; empty where it does nothing.
    pub fn repair(self, kind: DamageKind) -> &'static str {
        (self.catalogue.damage)(kind).repair
    }

    /// What a person does about it.
    pub fn by_hand(self, kind: DamageKind) -> &'static str {
        (self.catalogue.damage)(kind).by_hand
    }
}
