//! What the program remarks, apart from refusals.

use chrono::NaiveDate;

use crate::domain::{
    base::{
        ids::{ContactId, RecordId},
        month::Month,
        terms::State,
        time::Timestamp,
    },
    history::complaint::ComplaintStep,
};

/// A remark of the program, with what it speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// The writer lock is held by another process.
    WaitingForLock,
    /// The writer lock is held by a process of somebody whose commit is being signed.
    WaitingForSigner { name: String, process: u32 },
    /// Git's own lock is there.
    WaitingForGit { path: String },
    /// The branch moves faster than docket decides.
    WaitingForBranch,
    /// What was committed before something went wrong.
    CommittedBefore { commit: String },
    /// What a crash had left was finished; files that somebody changed since are as they left them.
    Recovered { commit: String, left: Vec<String> },
    /// An interrupted step had not been recorded.
    CutOff,
    /// The note of an interrupted step could not be read and was put out of the way.
    JournalSetAside { path: String },
    /// A desk was made.
    DeskMade { dir: String, person: String },
    /// The directory is a desk already.
    DeskThere { dir: String },
    /// Alone in the roster, nobody can confirm what this person resolves.
    AloneInRoster,
    /// What comes after a step.
    Next { state: State, tail: String, remark: bool },
    /// What comes after a step of a complaint, where its road is its own.
    NextOfComplaint { step: ComplaintStep, tail: String },
    /// A callback or survey answer opened a complaint (R77, R78).
    ComplaintOpened { complaint: RecordId },
    /// What the procedure asks of complaints besides.
    ComplaintRules,
    /// Open records that may be the same matter.
    LikelyDuplicate { records: Vec<String> },
    /// A new contact was made.
    NewContact { contact: ContactId, name: String },
    /// A due time is unknown for want of a calendar.
    DueUnknown { tail: String },
    /// Git merges this clone's records as docket does from now on.
    GitTaught,
    /// Both sides of a sync hold the same.
    SyncedAlready { remote: String },
    /// What came by a sync.
    SyncCame { commits: usize, records: usize },
    /// What went by a sync.
    SyncWent { commits: usize, records: usize, remote: String },
    /// Records that both sides had continued.
    SyncJoined { records: usize },
    /// A record in which two clones did what does not go together.
    SyncClash { record: RecordId },
    /// A record whose id another clone had given to another matter.
    SyncRenamed { from: RecordId, to: RecordId },
    /// A contact of which two clones changed the same field.
    ContactDisputed { contact: ContactId },
    /// Steps that no other clone has.
    Unsynced { count: usize, since: Option<String>, remote: String },
    /// Nothing is wrong with this clone.
    Healthy,
    /// It is put right.
    Mended,
    /// An edit was given up; a copy lies here.
    EditDropped { copy: String },
    /// It could not be put right.
    NotMended { why: String },
    /// The history of a file holds more than the file, or something else.
    HistoryHasMore,
    /// The status of a record is not what its history gives.
    OutOfStep,
    /// Files that somebody staged in the midst of a merge.
    StagedBesides { paths: Vec<String> },
    /// How to mend what was found.
    RepairNext,
    /// A part of the board that is longer than people read.
    MoreOnBoard { shown: usize, total: usize },
    /// Progress words never pause a clock.
    ProgressNeverPauses,
    /// Nothing matches.
    NothingFound,
    /// Nobody handed anything to me.
    NothingToTakeOver,
    /// I follow no record that could be handed over.
    NothingToHandOver,
    /// No unit has to be asked today.
    NothingToFollowUp,
    /// No survey is to be sent or waited for.
    NoSurveyPending,
    /// Nothing has to be done.
    NothingDue,
    /// Not all were shown.
    MoreRecords { shown: usize, total: usize },
    /// A file that cannot be read was left out.
    LeftOut { path: String, why: String },
    /// How many commits were audited, up to these heads, of these branches where there are several.
    AuditedCommits { commits: usize, heads: Vec<(String, Option<String>)> },
    /// How many commits a hook looked at.
    HookCommits { hook: &'static str, commits: usize },
    /// How many records and contacts were checked.
    Checked { records: usize, contacts: usize },
    /// What an audit or a check comes to.
    Verdict { of: String, clean: bool, errors: usize, warnings: usize, notes: usize },
    /// What an assessor's sample is, and how it was drawn.
    AssessorSample { month: Month, records: usize, seed: String, revision: String },
    /// A row of another system's file, and with it its record, was left out.
    RowLeft { line: u64, number: String, why: String },
    /// A row was taken otherwise than it stands there.
    RowNoted { line: u64, number: String, why: String },
    /// What became of the rows of another system's file.
    RowsRead { rows: usize, records: usize, taken: usize, already: usize, left: usize, dry: bool },
    /// The board's headline.
    BoardOf { desk: String, person: Option<String>, now: String },
    /// The board when there is nothing to do.
    BoardEmpty,
    /// How many are unfinished.
    Unfinished { count: usize },
    /// What a demo was made of, and how to go on.
    DemoMade {
        dir: String,
        /// As whom the user acts there.
        person: String,
        /// The time on the board, as `DOCKET_NOW` takes it.
        now: String,
        /// The tail of a record worth showing.
        tail: String,
        records: usize,
        commits: usize,
    },
    /// A person was added, changed or retired.
    RosterChanged { person: String, change: RosterEdit },
    /// A hook of git that was written.
    HookWritten { path: String },
    /// A hook that was there before.
    HookThere { path: String },
    /// Somebody's own hook, and the line it lacks.
    HookKept { path: String, line: String },
    /// Two contacts became one.
    ContactsMerged { from: ContactId, into: ContactId },
    /// Years of the calendar that were loaded; none where all were there.
    YearsLoaded { years: Vec<i32> },
    /// Days of other years that a file of holidays holds besides.
    StrayDays { days: Vec<NaiveDate> },
    /// The board warns that next year has no calendar.
    NextYearMissing { year: i32 },
    /// Asks the desk what a unit says of a record.
    AskUnit { record: String, title: String, responsible: String },
    /// An answer to a survey that has one already.
    LaterAnswer,
    /// It answers a questionnaire after which another was sent.
    EarlierPaper,
    /// An answer after the time was over.
    LateAnswer { until: Timestamp },
    /// An answer of a customer who was not asked.
    UnaskedAnswer,
    /// What comes before what became of a line.
    Line { line: u64 },
    /// Nothing had to be done for this record.
    AlreadyThere { record: String },
    /// A drawn record is being worked on again.
    ReopenedSince { record: String, state: State },
    /// How many became what.
    Batch { done: usize, already: usize, refused: usize },
    /// What the sample of a month was drawn from.
    SampleDrawn {
        month: Month,
        closed: usize,
        candidates: usize,
        drawn: usize,
        sample: u8,
        cap: u32,
    },
    /// How to go on with surveys.
    SurveyNext { months: Vec<Month>, over: bool },
    /// The customer was refused the extension.
    ConsentRefused,
}

/// What became of a person's entry in the roster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RosterEdit {
    Added,
    Updated,
    Retired,
}
