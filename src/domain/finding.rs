//! What a check or an audit finds.

use std::fmt::Display;

use serde::Serialize;

use crate::domain::ids::RecordId;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing; nothing is wrong.
    Note,
    /// To be looked at by a person.
    Warning,
    /// Against the rules.
    Error,
}

/// One thing that was found, with where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub fault: Fault,
    pub record: Option<RecordId>,
    pub path: Option<String>,
    pub line: Option<usize>,
    /// The commit that did it.
    pub commit: Option<String>,
    /// What should be there.
    pub expected: Option<String>,
    /// What is there.
    pub found: Option<String>,
}

impl Finding {
    /// A finding whose place is still to be said.
    #[must_use]
    pub fn of(fault: Fault) -> Self {
        Self {
            fault,
            record: None,
            path: None,
            line: None,
            commit: None,
            expected: None,
            found: None,
        }
    }

    /// In this record.
    #[must_use]
    pub fn record(self, id: &RecordId) -> Self {
        Self { record: Some(id.clone()), ..self }
    }

    /// In this file.
    #[must_use]
    pub fn path(self, path: impl Into<String>) -> Self {
        Self { path: Some(path.into()), ..self }
    }

    /// What should be there.
    #[must_use]
    pub fn expected(self, expected: &(impl Display + ?Sized)) -> Self {
        Self { expected: Some(expected.to_string()), ..self }
    }

    /// What is there.
    #[must_use]
    pub fn found(self, found: &(impl Display + ?Sized)) -> Self {
        Self { found: Some(found.to_string()), ..self }
    }
}

macro_rules! faults {
    ($($(#[$meta:meta])* $name:ident = $code:literal, $severity:ident;)+) => {
        /// What can be wrong, with its stable code.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Fault { $($(#[$meta])* $name,)+ }

        impl Fault {
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The code, which never changes its meaning.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }

            /// How much it weighs.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)+ }
            }
        }
    };
}

faults! {
    // The history, by `docket audit`.
    /// A commit by somebody who was not in the roster.
    Stranger = "H01", Error;
    /// A commit by somebody who was not in the team on that day.
    Inactive = "H02", Error;
    /// A step without the role for it.
    RoleMissing = "H03", Error;
    /// A change to records, contacts or archive that no command made.
    HandMade = "H04", Error;
    /// A path that such a commit does not touch.
    Smuggled = "H05", Error;
    /// A record, contact or archived report that is gone.
    Deleted = "H06", Error;
    /// A file that cannot be read.
    Unreadable = "H07", Error;
    /// What was told at the beginning was changed.
    IntakeChanged = "H08", Error;
    /// An earlier event was changed.
    EventChanged = "H09", Error;
    /// An earlier event is gone.
    EventRemoved = "H10", Error;
    /// Not the one event that the step adds, at its place.
    EventMisplaced = "H11", Error;
    /// A step that was not possible where the record stood.
    Illegal = "H12", Error;
    /// A status that the events do not give.
    StatusForged = "H13", Error;
    /// A file that is not written as docket writes it.
    Respelled = "H14", Error;
    /// A commit message that does not tell what the commit does.
    MessageForged = "H15", Error;
    /// A time that cannot be.
    TimeForged = "H16", Error;
    /// An event that is not by the author of its commit.
    AuthorForged = "H17", Error;
    /// An archived report that is not the one that the closing kept.
    ArchiveForged = "H18", Error;
    /// Something that policy decided otherwise.
    DecidedOtherwise = "H19", Error;
    /// A change of policy by somebody who may not.
    PolicyChanged = "H20", Error;
    /// A fixed clock on a desk that does not allow it.
    ClockFixed = "H21", Error;
    /// A merge that is not what its parents give.
    MergeForged = "H22", Error;
    /// A record that appears with a past, or under another's id.
    Planted = "H23", Error;
    /// A history that no longer holds the commit that was noted.
    Rewritten = "H24", Error;
    /// A commit without the signature of its author.
    Unsigned = "H25", Error;
    /// A desk that began otherwise than by `docket init`.
    Ungrounded = "H26", Error;
    /// Author and committer are two.
    CommittedByOther = "H30", Warning;
    /// A late entry keeps a limit that had run out when it was entered.
    KeptByLateEntry = "H31", Warning;
    /// A commit that was made anew after it had been made.
    Rebased = "H32", Warning;
    /// A step whose due times are unknown for want of a calendar.
    DueUnknown = "H33", Warning;
    /// A clock that ran backwards between two people.
    ClockBackwards = "H40", Note;
    /// A step that was entered after it happened, with its reason.
    LateEntry = "H41", Note;
    /// A fixed clock on a desk that allows it.
    ClockFixedAllowed = "H42", Note;
    /// A clone that does not hold the whole history.
    CutOff = "H43", Note;
}
