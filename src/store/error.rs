//! What can go wrong with a repository, apart from what the procedure refuses.

use crate::{
    domain::{
        base::ids::{ContactId, PersonId, RecordId},
        history::merge::Clash,
    },
    store::{git, yaml::YamlError},
};

/// A failure of repository, files or look-up.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Git(#[from] git::error::Error),
    /// A repository without `docket.yaml` on its branch.
    #[error("{dir} is a git repository but no desk: it has no docket.yaml on branch {branch}")]
    NotADesk { dir: String, branch: String },
    /// Files of another project at places where a desk would take them for its own.
    #[error("a desk would take over what is there already: {}", .paths.join(", "))]
    Taken { paths: Vec<String> },
    /// A file of the desk that cannot be read.
    #[error("{path}: {source}")]
    Broken { path: String, source: YamlError },
    /// A policy file that refers to something that is not there, or says what cannot be.
    #[error("{path}{}: {message}", at_line(*.line))]
    Policy { path: String, line: Option<usize>, message: String },
    /// A policy file that is not there.
    #[error("{path} is missing")]
    NoPolicy { path: String },
    /// Data written by a later docket.
    #[error("{path} has format {format}, and this docket writes format {ours}")]
    Newer { path: String, format: u32, ours: u32 },
    /// A record file that says it is another record.
    #[error("{path} holds record {id}")]
    Misplaced { path: String, id: String },
    /// A record whose status is not what its history gives.
    #[error("{path}: the status is not what the history gives, so somebody changed the file")]
    OutOfStep { path: String },
    /// A record that would grow beyond what is read back.
    #[error("{path} would be {size} bytes, more than is read back")]
    Grown { path: String, size: usize },
    /// No record has this id or tail.
    #[error("{}", no_record(.given))]
    NoRecord { given: String, nearest: Vec<String> },
    /// Several records have this tail.
    #[error("{given} is the tail of several records: {}", .records.join(", "))]
    Ambiguous { given: String, records: Vec<String> },
    /// An id that two clones gave to two matters, with what each is called now.
    #[error("{given} was given to {} matters: {}", .records.len(), .records.join(", "))]
    Namesakes { given: String, records: Vec<String> },
    /// A tail too short to write by.
    #[error("{given} is too short to change a record by")]
    ShortTail { given: String },
    /// A revision that git does not know.
    #[error("no revision {given}")]
    NoRevision { given: String },
    /// A time before the desk's first commit.
    #[error("at {at} there was no desk here yet")]
    NotYet { at: String },
    /// HEAD is on another branch than the desk's.
    #[error("this is branch {here}, and the desk writes on {desk}")]
    OtherBranch { here: String, desk: String },
    /// HEAD is on no branch.
    #[error("HEAD is detached at {commit}, and the desk writes on a branch")]
    Detached { commit: String },
    /// A fixed clock at a desk that allows none.
    #[error("DOCKET_NOW is set, and this desk takes no step under a fixed clock")]
    FixedClock,
    /// Somebody whose signature nobody could verify, at a desk that requires it; with a team lead
    /// whose own can be.
    #[error("{person} has no key in policy/people.yaml, and this desk has every commit signed")]
    Keyless { person: PersonId, lead: Option<PersonId> },
    /// A file that git asked docket to merge by mistake.
    #[error("{path} is neither a record nor a contact")]
    NotOurs { path: String },
    /// Two histories that never were one.
    #[error("the two histories have no commit in common, so they are two desks")]
    Unrelated,
    /// A clone that knows no other.
    #[error("this clone has no remote to sync with")]
    NoRemote,
    /// Others pushed first, again and again.
    #[error("others kept pushing to {remote} first: {said}")]
    Outrun { remote: String, said: String },
    /// Files besides records that both sides changed in the same lines.
    #[error("both sides changed the same lines of {}", .paths.join(", "))]
    Conflict { paths: Vec<String>, with: String },
    /// A record of which two clones hold what no rule can make one.
    #[error("{id} cannot be merged: {}", cannot_merge(.clash))]
    Unmergeable { id: RecordId, clash: Clash },
    /// Two clones gave one id to two persons.
    #[error("two clones gave {id} to two persons")]
    TwoPersons { id: ContactId },
    /// A file of our own in git's directory.
    #[error("{path}: {source}")]
    File { path: String, source: std::io::Error },
}

impl Error {
    /// Whether an object is not in this clone, which may be in another.
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Git(git::error::Error::Missing { .. }))
    }
}

fn cannot_merge(clash: &Clash) -> String {
    match clash {
        Clash::SameId => "two clones gave its id to two matters".to_owned(),
        Clash::SameEvent(event) => {
            format!("event {event} has two contents, so somebody changed it by hand")
        }
        Clash::Intake => "what was told at the beginning was changed by hand".to_owned(),
    }
}

fn no_record(given: &str) -> String {
    match given {
        "last" => "you have changed no record here yet".to_owned(),
        given => format!("no record {given}"),
    }
}

fn at_line(line: Option<usize>) -> String {
    line.map(|line| format!(", line {line}")).unwrap_or_default()
}

/// The outcome of reading or writing the store.
pub type Result<T> = std::result::Result<T, Error>;
