//! Everything that ends a command, with its exit status. What is said of it stands in the words.

mod refused;
pub mod template;
pub mod usage;

use std::{collections::BTreeMap, io, path::Path};

use serde::Serialize;

use crate::{
    domain::{
        analysis::next_step::NextTurn,
        base::{
            ids::{ContactId, PersonId, RecordId},
            media::FileFault,
            moment::MomentError,
            permitted::PermittedValue,
            terms::{Kind, Role},
            time::{NotATimestamp, Timestamp},
        },
        deciding::{
            contacts::Addressee,
            policy::{
                Policy,
                people::{People, Person},
            },
        },
        history::{refusal::Refusal, status::Status, steps::Action, visit_file::VisitFileFault},
    },
    error::{template::TemplateError, usage::Usage},
    store::{self, git},
};

/// What ended a command.
#[derive(Debug)]
pub enum Error {
    /// The procedure does not allow it.
    Refused(Box<RefusalDetails>),
    Store(store::error::Error),
    /// Rules that would not hold, with what stands against them.
    WouldNotHold {
        /// The file that was to change, which another one may need as it was.
        path: String,
        why: store::error::Error,
    },
    Template(TemplateError),
    /// Fields that the command cannot do without.
    Missing {
        command: &'static str,
        fields: Vec<MissingField>,
    },
    /// A time that cannot be read.
    Time {
        flag: &'static str,
        fault: MomentError,
    },
    /// Words on the command line that do not fit together.
    Usage(Usage),
    /// git's author is not in the roster.
    Stranger {
        email: String,
    },
    /// Several contacts have this name.
    Namesakes {
        given: String,
        /// Each with its masked name and its customer.
        contacts: Vec<(ContactId, String, String)>,
    },
    /// The same, for a command that makes no new contact.
    SeveralContacts {
        command: &'static str,
        given: String,
        contacts: Vec<(ContactId, String, String)>,
    },
    /// Several contacts have the number from which somebody calls.
    SharedPhone {
        given: String,
        contacts: Vec<(ContactId, String, String)>,
    },
    /// A part of a contact's name, where only the whole name or the id will do.
    NotWholeName {
        given: String,
        /// With the masked name and the customer.
        contact: (ContactId, String, String),
    },
    NoContact {
        given: String,
        nearest: Vec<String>,
    },
    NoPhone {
        record: String,
    },
    /// Who the customers' people are is not in this clone.
    NamesNotHere,
    /// This clone knows of others who they are, and not of this contact.
    PersonNotHere {
        contact: ContactId,
    },
    /// A variable of the environment that holds no time.
    BadVariable {
        name: &'static str,
        fault: NotATimestamp,
    },
    /// A clock set to a year that ids cannot name.
    ClockOutOfRange {
        name: &'static str,
        year: i32,
    },
    /// A system without random numbers.
    NoChance,
    /// A prompt that was left.
    GivenUp,
    /// An editor that did not start, or ended with a fault.
    Editor {
        editor: String,
        end: EditorEnd,
    },
    /// A command that applies to no record for whoever asks.
    NoneOpen {
        command: &'static str,
    },
    Io {
        what: IoPlace,
        source: io::Error,
    },
    /// A text with more bytes than are read.
    TooLarge {
        what: IoPlace,
        most: u64,
    },
    NotUtf8 {
        what: IoPlace,
    },
    /// A file that is not kept as an attachment.
    NotKept {
        file: String,
        fault: FileFault,
    },
    /// A file that is not what the offline page of a visit writes, or not whole.
    VisitFile(VisitFileFault),
    /// An attachment whose file is not what was attached.
    OtherContent {
        name: String,
    },
    /// An attachment whose file is neither here nor where this clone could get it.
    NoContent {
        name: String,
        remote: Option<String>,
    },
    /// A file that would be saved in the desk, though nobody said so; with the command that saves it
    /// elsewhere.
    InsideDesk {
        name: String,
        command: String,
    },
    /// The folder in which a file is to be saved is not there.
    NoFolder {
        folder: String,
        /// What makes it.
        command: String,
    },
    /// Another file in the place where one was to be saved; with the command that takes another place.
    PlaceTaken {
        path: String,
        command: String,
    },
    /// A file that should hold the name of a commit.
    NoHead {
        what: IoPlace,
    },
    /// It is done, but the answer could not be written: the ids in it, or else the commit.
    NotPrinted {
        what: String,
        source: io::Error,
    },
}

/// Where something is read from or written to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IoPlace {
    File(String),
    StandardInput,
    StandardOutput,
    Editor(String),
}

/// How an editor ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditorEnd {
    /// It could not be started.
    NotStarted,
    Status(i32),
    Killed,
}

/// A step or command that was refused, with what is needed to say so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusalDetails {
    pub record: Option<RecordId>,
    pub action: Option<Action>,
    pub why: Refusal,
    /// What sort of record it is.
    pub kind: Option<Kind>,
    /// The latest event of the record: what, by whom, when.
    pub last: Option<(Action, PersonId, Timestamp)>,
    /// What the people are called whom it may name.
    pub names: BTreeMap<PersonId, String>,
    /// Who is in the team, with their roles.
    pub team: Vec<(PersonId, Vec<Role>)>,
    /// The units of the desk.
    pub units: Vec<PermittedValue>,
    /// Who is told it, with their roles.
    pub viewer: Option<(PersonId, Vec<Role>)>,
    /// The next step of the record, as it is told to them.
    pub turn: Option<NextTurn>,
    /// With whom of the customer the record goes on.
    pub addressee: Addressee,
    /// Whether it was closed so long ago that a new record follows it.
    pub is_past_reopening: bool,
}

/// Something that was not given, with the flag or command that gives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MissingField {
    pub field: String,
    /// The flag of this command that gives it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flag: Option<String>,
    /// The other command that gives it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub command: Option<String>,
    /// The codes of the values that there are, where they are few.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
}

impl MissingField {
    /// What a flag of the same command gives.
    pub fn of_flag(field: String, flag: impl Into<String>) -> Self {
        Self { field, flag: Some(flag.into()), command: None, values: Vec::new() }
    }

    /// What another command gives.
    pub fn of_command(field: String, command: String) -> Self {
        Self { field, flag: None, command: Some(command), values: Vec::new() }
    }
}

/// The outcome of a command.
pub type Result<T> = std::result::Result<T, Error>;

/// A refusal that is about no record.
impl From<Refusal> for Error {
    fn from(why: Refusal) -> Self {
        Self::Refused(Box::new(RefusalDetails::plain(why)))
    }
}

impl Error {
    /// The same, where it is a refusal with the names of a roster.
    pub fn with_names(self, people: &People) -> Self {
        match self {
            Self::Refused(refused) => Self::Refused(Box::new(refused.with_names(people))),
            other => other,
        }
    }

    /// The same, where it is a refusal, of a record that is not written and has no id for anybody.
    pub fn of_nothing_written(self) -> Self {
        match self {
            Self::Refused(refused) => {
                Self::Refused(Box::new(RefusalDetails { record: None, ..*refused }))
            }
            other => other,
        }
    }

    /// The same, where it is a refusal of a step on a record, as it is told to somebody.
    pub fn told_to(self, person: &Person, about: (&Status, Addressee), policy: &Policy) -> Self {
        match self {
            Self::Refused(refused) => {
                Self::Refused(Box::new(refused.told_to(person, about, policy)))
            }
            other => other,
        }
    }

    /// True where its sentence names the file that it is about.
    pub fn names_file(&self) -> bool {
        matches!(self, Self::Io { .. } | Self::TooLarge { .. } | Self::NotKept { .. })
    }

    /// 1 refused or not found, 2 usage, 3 repository or environment.
    pub fn status(&self) -> u8 {
        match self {
            Self::Refused(refused) if is_usage(&refused.why) => 2,
            Self::Refused(_)
            | Self::Namesakes { .. }
            | Self::SeveralContacts { .. }
            | Self::SharedPhone { .. }
            | Self::NotWholeName { .. }
            | Self::NoContact { .. }
            | Self::NoPhone { .. }
            | Self::NamesNotHere
            | Self::PersonNotHere { .. }
            | Self::NotKept { .. }
            | Self::VisitFile(_)
            | Self::NoContent { .. }
            | Self::OtherContent { .. }
            | Self::InsideDesk { .. }
            | Self::NoFolder { .. }
            | Self::PlaceTaken { .. }
            | Self::WouldNotHold { .. }
            | Self::NoneOpen { .. } => 1,
            Self::Store(error) => status_of(error),
            Self::Missing { .. }
            | Self::Time { .. }
            | Self::Usage(_)
            | Self::GivenUp
            | Self::Editor { .. } => 2,
            Self::Template(_)
            | Self::Stranger { .. }
            | Self::BadVariable { .. }
            | Self::ClockOutOfRange { .. }
            | Self::NoChance
            | Self::Io { .. }
            | Self::TooLarge { .. }
            | Self::NotUtf8 { .. }
            | Self::NoHead { .. }
            | Self::NotPrinted { .. } => 3,
        }
    }

    /// A stable name for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Refused(refused) if is_usage(&refused.why) => "usage",
            Self::Refused(_)
            | Self::WouldNotHold { .. }
            | Self::NotKept { .. }
            | Self::VisitFile(_)
            | Self::InsideDesk { .. }
            | Self::NoFolder { .. }
            | Self::PlaceTaken { .. } => "refused",
            Self::Store(store::error::Error::Git(git::error::Error::HandEdited { .. })) => {
                "hand_edited"
            }
            Self::Store(
                store::error::Error::Ambiguous { .. } | store::error::Error::Namesakes { .. },
            )
            | Self::Namesakes { .. }
            | Self::SeveralContacts { .. }
            | Self::SharedPhone { .. }
            | Self::NotWholeName { .. } => "ambiguous",
            Self::Store(
                store::error::Error::Conflict { .. }
                | store::error::Error::RulesApart { .. }
                | store::error::Error::NotMergedByLead { .. }
                | store::error::Error::Unmergeable { .. },
            ) => "conflict",
            Self::Store(
                store::error::Error::Keyless { .. }
                | store::error::Error::Git(
                    git::error::Error::NoIdentity { .. }
                    | git::error::Error::IdentityNotUtf8 { .. },
                ),
            )
            | Self::Stranger { .. } => "identity",
            Self::Store(error) => match status_of(error) {
                1 => "not_found",
                2 => "usage",
                _ => "repository",
            },
            Self::Template(_) => "template",
            Self::Missing { .. } => "missing",
            Self::Time { .. } | Self::Usage(_) => "usage",
            Self::NoContact { .. }
            | Self::NoPhone { .. }
            | Self::NamesNotHere
            | Self::PersonNotHere { .. }
            | Self::NoContent { .. }
            | Self::NoneOpen { .. } => "not_found",
            Self::OtherContent { .. } => "different",
            Self::BadVariable { .. }
            | Self::ClockOutOfRange { .. }
            | Self::NoChance
            | Self::Io { .. }
            | Self::TooLarge { .. }
            | Self::NotUtf8 { .. }
            | Self::NoHead { .. } => "environment",
            Self::GivenUp | Self::Editor { .. } => "given_up",
            Self::NotPrinted { .. } => "not_printed",
        }
    }
}

/// As [`Error::status`], of an error of the store.
fn status_of(error: &store::error::Error) -> u8 {
    use store::error::Error as Store;
    match error {
        Store::NoRecord { .. }
        | Store::Ambiguous { .. }
        | Store::ShortTail { .. }
        | Store::Namesakes { .. }
        | Store::Conflict { .. }
        | Store::RulesApart { .. }
        | Store::NotMergedByLead { .. }
        | Store::Unmergeable { .. }
        | Store::TwoPersons { .. }
        | Store::NotBegun { .. }
        | Store::Git(git::error::Error::HandEdited { .. }) => 1,
        Store::Git(_)
        | Store::NotADesk { .. }
        | Store::Taken { .. }
        | Store::Broken { .. }
        | Store::Policy { .. }
        | Store::NoPolicy { .. }
        | Store::Newer { .. }
        | Store::Misplaced { .. }
        | Store::NamesInHistory { .. }
        | Store::NotAPerson { .. }
        | Store::OutOfStep { .. }
        | Store::Grown { .. }
        | Store::NoRevision { .. }
        | Store::NotYet { .. }
        | Store::CutOff { .. }
        | Store::OtherBranch { .. }
        | Store::Detached { .. }
        | Store::FixedClock
        | Store::Keyless { .. }
        | Store::Unrelated
        | Store::NoRemote
        | Store::NotOurs { .. }
        | Store::Outrun { .. }
        | Store::Locked { .. }
        | Store::File { .. } => 3,
    }
}

impl IoPlace {
    /// A file by its path.
    pub fn file(path: &Path) -> Self {
        Self::File(path.display().to_string())
    }
}

/// True for what neither state nor policy nor look-up refuses: it was not said right.
fn is_usage(why: &Refusal) -> bool {
    matches!(why, Refusal::Text { .. } | Refusal::Nothing)
}

impl From<store::error::Error> for Error {
    fn from(error: store::error::Error) -> Self {
        Self::Store(error)
    }
}

impl From<git::error::Error> for Error {
    fn from(error: git::error::Error) -> Self {
        Self::Store(error.into())
    }
}

impl From<TemplateError> for Error {
    fn from(error: TemplateError) -> Self {
        Self::Template(error)
    }
}
