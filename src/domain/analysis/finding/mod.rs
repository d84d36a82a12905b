//! What a check or an audit finds.

pub mod phrase;

use std::fmt::Display;

use serde::Serialize;

use crate::domain::{
    analysis::finding::phrase::Phrase,
    base::{ids::RecordId, time::Timestamp},
};

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
    pub code: FindingCode,
    pub record: Option<RecordId>,
    pub path: Option<String>,
    pub line: Option<usize>,
    /// The commit that did it.
    pub commit: Option<String>,
    /// The branch that the commit is on, where several were looked at.
    pub branch: Option<String>,
    /// What should be there.
    pub expected: Option<Detail>,
    /// What is there.
    pub found: Option<Detail>,
}

/// What a finding says that there is, or should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Detail {
    /// A value as it stands in a file or a commit, or what somebody was told.
    Value(String),
    Time(Timestamp),
    /// What is to be said in the reader's words.
    Phrase(Phrase),
}

impl<T: Display + ?Sized> From<&T> for Detail {
    fn from(value: &T) -> Self {
        Self::Value(value.to_string())
    }
}

impl From<Timestamp> for Detail {
    fn from(at: Timestamp) -> Self {
        Self::Time(at)
    }
}

impl From<Phrase> for Detail {
    fn from(phrase: Phrase) -> Self {
        Self::Phrase(phrase)
    }
}

impl Finding {
    /// A finding whose place is still to be said.
    pub fn of(fault: FindingCode) -> Self {
        Self {
            code: fault,
            record: None,
            path: None,
            line: None,
            commit: None,
            branch: None,
            expected: None,
            found: None,
        }
    }

    /// In this record.
    pub fn record(self, id: &RecordId) -> Self {
        Self { record: Some(id.clone()), ..self }
    }

    /// In this file.
    pub fn path(self, path: impl Into<String>) -> Self {
        Self { path: Some(path.into()), ..self }
    }

    /// What should be there.
    pub fn expected(self, expected: impl Into<Detail>) -> Self {
        Self { expected: Some(expected.into()), ..self }
    }

    /// What is there.
    pub fn found(self, found: impl Into<Detail>) -> Self {
        Self { found: Some(found.into()), ..self }
    }
}

/// The findings with those of several files of one reference as one: the first, which counts the others of
/// which the same is said. `path` is what all their paths begin with.
pub fn counted(findings: Vec<Finding>, path: &str) -> Vec<Finding> {
    let mut kept: Vec<(Finding, usize)> = Vec::new();
    for finding in findings {
        let is_of_file = finding.path.as_ref().is_some_and(|of| of.starts_with(path));
        let is_same = |(other, _): &&mut (Finding, usize)| {
            is_of_file
                && Finding { path: None, ..other.clone() }
                    == Finding { path: None, ..finding.clone() }
        };
        match kept.iter_mut().find(is_same) {
            Some((_, others)) => *others += 1,
            None => kept.push((finding, 0)),
        }
    }
    let told = kept.into_iter().map(|(finding, files)| match finding.found.clone() {
        Some(Detail::Phrase(what)) if files > 0 => {
            finding.found(Phrase::AsInOthers { what: Box::new(what), files })
        }
        Some(_) | None => finding,
    });
    told.collect()
}

macro_rules! faults {
    ($($(#[$meta:meta])* $name:ident = $code:literal, $severity:ident;)+) => {
        /// What can be wrong, with its stable code.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum FindingCode { $($(#[$meta])* $name,)+ }

        impl FindingCode {
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The code, which never changes its meaning.
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }

            /// How much it weighs.
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)+ }
            }
        }
    };
}

faults! {
    // Everything as it stands, by `docket check`.
    /// A file that cannot be read, or does not lie where its id says.
    Malformed = "A01", Error;
    /// A status that the history does not give.
    OutOfStep = "A02", Error;
    /// Times that cannot be, or in the wrong order.
    Untimely = "A03", Error;
    /// Not acknowledged in time (R22).
    AckLate = "A04", Note;
    /// Not replied to in time (R23, R24).
    ResponseLate = "A05", Note;
    /// Not solved in time (R25).
    ResolveLate = "A06", Note;
    /// Not done by the time the customer expects (R26).
    ExpectedMissed = "A07", Note;
    /// Handed out and not accepted in time (R34).
    NotAccepted = "A08", Note;
    /// A commitment beyond the limit without a reason (R36).
    CommittedLate = "A09", Warning;
    /// The unit was not asked today (R43).
    NotFollowedUp = "A10", Note;
    /// The customer has not heard from us (R46).
    CustomerNotTold = "A11", Note;
    /// A promise that is neither kept nor explained (R18).
    PromiseBroken = "A12", Warning;
    /// A major event that nobody higher was told of (R41).
    MajorUntold = "A13", Warning;
    /// Solved without result, cause and code (R50).
    NoResult = "A14", Error;
    /// Closed without a callback by somebody else than who solved it (R51).
    NotCalledBack = "A15", Error;
    /// Closed although the customer is not content (R51).
    NotContent = "A16", Error;
    /// A customer who is not content, and no complaint (R77, R78).
    ComplaintUnopened = "A17", Error;
    /// A complaint off its road (R83–R93).
    ComplaintIrregular = "A18", Warning;
    /// Closed with fields missing (R54).
    Incomplete = "A19", Warning;
    /// An archived report that is not the one that the closing kept (R55).
    ArchiveDiffers = "A20", Error;
    /// A remote session against the rules: not ended, or with other software affected, or none where the
    /// matter was worked on remotely (R63–R66).
    RemoteIrregular = "A23", Warning;
    /// A visit against the rules: not signed, or too late, or with a prohibition broken (R70, P2–P6).
    VisitIrregular = "A24", Warning;
    /// A remark with which the customer came again (R7).
    RemarkRepeated = "A25", Note;
    /// Personal data in a title.
    PersonalData = "A26", Warning;
    /// Rules that do not hold today, or a calendar without this year.
    PolicyStale = "A27", Warning;
    /// Work of somebody who is not here, or a role that nobody has.
    StaffMissing = "A28", Warning;
    /// A name or an address in the roster that git writes otherwise into commits.
    Unnamable = "A29", Warning;
    /// A reference that leads nowhere, or in a circle.
    Dangling = "A31", Error;
    /// Of low priority although the customer cannot work (R33).
    Underrated = "A32", Warning;
    /// What came and went does not add up.
    Unbalanced = "A33", Error;
    /// What two clones did without knowing of each other.
    Clash = "A34", Warning;
    /// A file that was changed by hand and is not committed.
    HandEdit = "A35", Warning;
    /// A file that is none of docket's where its files lie.
    Foreign = "A36", Warning;
    /// Not replied to by the time that the responsible person named (R36).
    CommitmentMissed = "A37", Note;
    /// A key or word in the rules that this program does not know.
    UnknownRule = "A38", Error;
    /// A file of rules that cannot be read.
    BrokenPolicy = "A39", Error;
    /// Past its time and still not acknowledged (R22).
    Unacknowledged = "A40", Warning;
    /// A due time that nobody can tell for want of a calendar.
    NoDueTime = "A41", Warning;
    /// The calendar of next year is not loaded yet.
    NextYearMissing = "A42", Note;
    /// A day of the calendar that says nothing, or loses a minute.
    PointlessDay = "A43", Warning;
    /// Rules of a day to come, by which no step can be made yet.
    NotYetInForce = "A44", Error;
    /// A desk that would be looked for on another branch.
    OtherBranch = "A45", Error;
    /// A value of the rules that is hardly what was meant.
    DoubtfulRule = "A46", Warning;
    /// A roster in which nobody may change it any more.
    NobodyLeads = "A47", Error;
    /// Acknowledged as answered on the spot, and not solved then (R21).
    NotAnswered = "A48", Warning;
    /// An attached file that is to be in this clone and is not.
    FileMissing = "A50", Warning;
    /// People whose names this clone does not hold.
    NamesUnknown = "A52", Note;
    /// An unfinished record whose contact was erased in another clone.
    ErasedWaits = "A53", Warning;
    /// Somebody of a customer who is called as somebody of the team is (P2).
    NamedAsTeam = "A54", Note;
    /// A customer with an agreement that has ended, or that the rules do not have (R100).
    NoAgreement = "A55", Warning;
    /// Limits by an agreement that had ended.
    AfterAgreement = "A56", Note;
    /// An unfinished record whose agreement has hours that the rules no longer have.
    NoAgreedHours = "A57", Warning;
    /// Somebody who was erased, and is known by another contact still.
    ErasedKnown = "A58", Warning;
    /// A draft of the rules whose day has come, and that nobody adopted (R115).
    DraftOverdue = "A59", Warning;
    /// A file of rules that does not hold, for another one of its name does (R115).
    RulesShadowed = "A60", Warning;
    /// An adopted file that would take back what was changed since it was drafted (R115).
    RulesOvertaken = "A61", Warning;
    /// A version of an agreement that had begun, and is to promise something else (R100).
    AgreementChanged = "A62", Error;
    /// Limits by a version of an agreement that promises something else now (R100).
    PromisedOtherwise = "A63", Warning;
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
    /// A commit that holds more than git shows of it, or that is read in two ways.
    NotAsShown = "H27", Error;
    /// Git does not give the desk's files back as they were written.
    CheckedOutOtherwise = "H28", Error;
    /// Rules with a key or word that this program does not know.
    UnknownRuleCommitted = "H29", Error;
    /// A reference of attached files that holds others than its record has.
    FilesForged = "H48", Error;
    /// Author and committer are two.
    CommittedByOther = "H30", Warning;
    /// A late entry keeps a limit that had run out when it was entered.
    KeptByLateEntry = "H31", Warning;
    /// A commit that was made anew after it had been made.
    Rebased = "H32", Warning;
    /// A step whose due times are unknown for want of a calendar.
    DueUnknown = "H33", Warning;
    /// A merge whose author is named otherwise than in the roster.
    NamedOtherwise = "H34", Warning;
    /// Who the people are, changed otherwise than docket does.
    PeopleForged = "H35", Error;
    /// A clock that ran backwards between two people.
    ClockBackwards = "H40", Note;
    /// A step that was entered after it happened, with its reason.
    LateEntry = "H41", Note;
    /// A fixed clock on a desk that allows it.
    ClockFixedAllowed = "H42", Note;
    /// A clone that does not hold the whole history.
    CutOff = "H43", Note;
    /// A kept report of a later edition of templates and words than this program has.
    EditionUnknown = "H45", Warning;
    /// People whose names this clone does not hold, so that nobody could be told from the team.
    NamesUnjudged = "H47", Note;
    /// A draft of the rules that its author adopted, for nobody else might (R115).
    AdoptedAlone = "H49", Note;
    /// A version of an agreement that had begun, and was made to promise something else (R100).
    PromiseChanged = "H50", Error;
    /// Rules that could not be read, or were of a later day, and were mended since.
    SlipMended = "H46", Note;
}
