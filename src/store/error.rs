//! What can go wrong with a repository, apart from what the procedure refuses.

use chrono::NaiveDate;

use crate::{
    domain::{
        analysis::kpi::Kpi,
        base::{
            calendar::CalendarError,
            ids::{ContactId, PersonId, RecordId},
            time::Timestamp,
        },
        deciding::policy::{DanglingReference, agreements::AgreementFault, roles::RoleFault},
        history::{merge::Clash, steps::Action},
    },
    store::{git, layout::OptionalRules, rule_merge::RulesClash, yaml::YamlError},
};

/// A failure of repository, files or look-up.
#[derive(Debug)]
pub enum Error {
    Git(git::error::Error),
    /// A repository without `docket.yaml` on its branch.
    NotADesk {
        dir: String,
        branch: String,
        /// Branches that have one, of this repository or else of a remote: as git calls them, and by
        /// their own names.
        others: Vec<(String, String)>,
        is_bare: bool,
    },
    /// Files of another project at places where a desk would take them for its own.
    Taken {
        paths: Vec<String>,
    },
    /// A file of the desk that cannot be read.
    Broken {
        path: String,
        source: Box<YamlError>,
    },
    /// A policy file that refers to something that is not there, or says what cannot be.
    Policy {
        path: String,
        line: Option<usize>,
        /// The key that leads to it through an entry of a list, as `docket policy set` takes it.
        key: Option<String>,
        fault: Box<PolicyFault>,
    },
    /// A policy file that is not there.
    NoPolicy {
        path: String,
    },
    /// A policy file that is not there, and without which the desk works.
    NotBegun {
        rules: OptionalRules,
    },
    /// Data written by a later docket.
    Newer {
        path: String,
        format: u32,
        ours: u32,
    },
    /// A record file that says it is another record.
    Misplaced {
        path: String,
        id: String,
    },
    /// A record whose status is not what its history gives.
    OutOfStep {
        path: String,
    },
    /// A desk of before 0.1.0 whose history says who people are.
    NamesInHistory {
        path: String,
    },
    /// What no command says of a person.
    NotAPerson {
        path: String,
    },
    /// A record that would grow beyond what is read back.
    Grown {
        path: String,
        size: usize,
    },
    /// No record has this id or tail.
    NoRecord {
        given: String,
        nearest: Vec<String>,
    },
    /// Several records have this tail, or this number elsewhere.
    Ambiguous {
        given: String,
        records: Vec<String>,
        numbered: Vec<String>,
    },
    /// An id that two clones gave to two matters, with what each is called now.
    Namesakes {
        given: String,
        records: Vec<String>,
    },
    /// A tail too short to write by.
    ShortTail {
        given: String,
    },
    /// A revision that git does not know.
    NoRevision {
        given: String,
    },
    /// A time before the desk's first commit.
    NotYet {
        at: Timestamp,
    },
    /// A time before the first commit that a shallow clone holds.
    CutOff {
        at: Timestamp,
    },
    /// HEAD is on another branch than the desk's.
    OtherBranch {
        here: String,
        desk: String,
    },
    /// HEAD is on no branch.
    Detached {
        commit: String,
        /// The branch of the desk, where there is one.
        desk: Option<String>,
    },
    /// A fixed clock at a desk that allows none.
    FixedClock,
    /// Somebody whose signature nobody could verify, at a desk that requires it; with a team lead
    /// whose own can be.
    Keyless {
        person: PersonId,
        lead: Option<PersonId>,
    },
    /// A file that git asked docket to merge by mistake.
    NotOurs {
        path: String,
    },
    /// Two histories that never were one.
    Unrelated,
    /// A clone that knows no other.
    NoRemote,
    /// Others pushed first, again and again.
    Outrun {
        remote: String,
        output: String,
    },
    /// A file at the remote keeps everybody from pushing, most often left by a push that was cut off.
    Locked {
        remote: String,
        output: String,
    },
    /// Files besides records of which both sides made something that does not go together.
    Conflict {
        paths: Vec<String>,
        with: String,
        why: RulesClash,
    },
    /// A merge of rules that both sides changed, by somebody who does not lead the team by both.
    NotMergedByLead {
        /// The merge, and the other side of it.
        merge: String,
        with: String,
        email: String,
        paths: Vec<String>,
    },
    /// Files of rules that hold on each side of a merge and not together.
    RulesApart {
        paths: Vec<String>,
        with: String,
    },
    /// A record of which two clones hold what no rule can make one.
    Unmergeable {
        id: RecordId,
        clash: Clash,
    },
    /// Two clones gave one id to two persons.
    TwoPersons {
        id: ContactId,
    },
    /// A file of our own in git's directory.
    File {
        path: String,
        source: std::io::Error,
    },
}

impl Error {
    /// That a file of rules is not there.
    pub fn no_rules(path: String) -> Self {
        OptionalRules::at(&path).map_or(Self::NoPolicy { path }, |rules| Self::NotBegun { rules })
    }

    /// What kept this clone from pushing again and again.
    pub(crate) fn outrun(remote: &str, output: String) -> Self {
        let remote = remote.to_owned();
        if output.contains(".lock': File exists") {
            Self::Locked { remote, output }
        } else {
            Self::Outrun { remote, output }
        }
    }

    /// A file of the desk that cannot be read, or not be written.
    pub(crate) fn broken(path: impl Into<String>, source: YamlError) -> Self {
        Self::Broken { path: path.into(), source: Box::new(source) }
    }

    /// A policy file with a fault, at the line where it was found.
    pub(in crate::store) fn policy(
        path: impl Into<String>,
        line: Option<usize>,
        fault: PolicyFault,
    ) -> Self {
        Self::Policy { path: path.into(), line, key: None, fault: Box::new(fault) }
    }

    /// Whether a file has a key or word that this program does not know, as one of a newer program
    /// may.
    pub fn is_unknown_key(&self) -> bool {
        matches!(self, Self::Broken { source, .. } if matches!(**source, YamlError::UnknownKey { .. }))
    }

    /// The file in which something does not hold.
    pub fn file(&self) -> Option<&str> {
        match self {
            Self::Broken { path, .. } | Self::Policy { path, .. } => Some(path),
            _ => None,
        }
    }

    /// Whether a command cannot put a value where it belongs, as the file is written.
    pub fn is_not_read_back(&self) -> bool {
        matches!(self, Self::Policy { fault, .. } if **fault == PolicyFault::NotReadBack)
    }

    /// The version that an agreement has to get because it promises something else.
    pub fn next_version(&self) -> Option<u32> {
        match self {
            Self::Policy { fault, .. } => match **fault {
                PolicyFault::Agreement(AgreementFault::Changed { next, .. }) => Some(next),
                _ => None,
            },
            _ => None,
        }
    }

    /// The same without the line, and the column, where it was found.
    #[must_use]
    pub fn without_line(self) -> Self {
        match self {
            Self::Broken { path, source } => {
                Self::Broken { path, source: Box::new(source.without_line()) }
            }
            Self::Policy { path, key, fault, .. } => Self::Policy { path, line: None, key, fault },
            other => other,
        }
    }

    /// The same fault of a file that lies there.
    #[must_use]
    pub fn lying_at(self, path: &str) -> Self {
        match self {
            Self::Broken { source, .. } => Self::Broken { path: path.to_owned(), source },
            Self::Policy { line, key, fault, .. } => {
                Self::Policy { path: path.to_owned(), line, key, fault }
            }
            other => other,
        }
    }

    /// Whether an object is not in this clone, which may be in another.
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Git(git::error::Error::Missing { .. }))
    }
}

/// What is wrong with a policy file or a file of holidays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PolicyFault {
    NotAZone {
        given: String,
    },
    NotACountry {
        given: String,
    },
    NotAPrefix {
        given: String,
    },
    NotALocale {
        given: String,
    },
    Calendar(CalendarError),
    Agreement(AgreementFault),
    Dangling(DanglingReference),
    Role {
        action: Action,
        fault: RoleFault,
    },
    /// A target that its figure cannot be held against.
    Target {
        kpi: Kpi,
        given: Option<String>,
    },
    Holidays(HolidayFault),
    /// What docket would write there would not be read as it was meant.
    NotReadBack,
}

/// What is wrong with a file of holidays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HolidayFault {
    NotUtf8,
    /// Neither holiday-cn JSON, for which reason, nor iCalendar.
    Unknown {
        why: String,
    },
    NotAYear {
        given: i32,
    },
    BothOffAndWork {
        day: NaiveDate,
    },
    NoDayOff {
        year: i32,
    },
    /// A property that says how an event repeats.
    Repeats {
        property: String,
    },
    /// An event by which nobody is busy, beside others by which people are.
    Transparent,
    /// An event that by its description is no public holiday.
    Observance,
    /// The file ends before the calendar does.
    CutShort,
    NoStart,
    /// An event of which no day is in these years, which are those that are read.
    NoDay {
        from: i32,
        to: i32,
    },
    /// More days than the holidays of all years that are read.
    TooManyDays {
        most: u64,
    },
    /// An event that lasts as no holiday does.
    EventLength {
        days: i64,
    },
    NotADate {
        given: String,
    },
}

impl From<git::error::Error> for Error {
    fn from(error: git::error::Error) -> Self {
        Self::Git(error)
    }
}

/// The outcome of reading or writing the store.
pub type Result<T> = std::result::Result<T, Error>;
