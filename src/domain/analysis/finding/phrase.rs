//! What findings say in the reader's words.

use chrono::NaiveDate;

use crate::domain::{
    base::{
        ids::{AgreementId, CalendarId, ContactId, CustomerId, EventId, PersonId, RecordId},
        limit::Limit,
        personal::PersonalKind,
        rule_place::RulePlace,
        terms::{Level, Party, Prohibition, State, VisitStep},
        time::Timestamp,
    },
    history::{
        contact::ContactField,
        customer::{AgreementLeftBehind, CustomerField, SaidOfMerged},
        person::PersonField,
        refusal::MissingPart,
        status::Clock,
        steps::Action,
    },
};

/// A field of which clones said different things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DisputedField {
    Customer(CustomerField),
    Contact(ContactField),
    Person(PersonField),
}

/// Of what a version of an agreement promises, what is otherwise elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgreedLimits {
    pub agreement: AgreementId,
    pub version: u32,
    /// Clocks with their limit; without one the desk's counts.
    pub limits: Vec<(Clock, Option<Limit>)>,
    /// By which hours the clocks count, where they differ.
    pub hours: Option<CountedHours>,
}

/// Whose working hours a clock counts by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CountedHours {
    Desk,
    Agreed(CalendarId),
}

/// What has no value of its own in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phrase {
    None,
    Nobody,
    /// An agreement that the rules do not have.
    AgreementMissing(AgreementId),
    AgreementLeftBehind(AgreementLeftBehind),
    SaidOfMerged(SaidOfMerged),
    /// A version of an agreement, with its last day where the rules still have it.
    AgreementEnded {
        agreement: AgreementId,
        version: u32,
        on: Option<NaiveDate>,
    },
    /// Working hours of an agreement.
    AgreedHours(CalendarId),
    AgreedLimits(AgreedLimits),
    NotYet,
    Promise {
        number: usize,
        due: Timestamp,
    },
    NotAfter(Timestamp),
    InEvent {
        time: Timestamp,
        event: u32,
    },
    Done(Timestamp),
    Event(u32),
    /// A number after which another fits.
    SmallerNumber,
    EventsInOrder,
    /// An event without effect where it stands.
    NoEffect {
        event: u32,
        action: Option<Action>,
    },
    /// A merge into a record that another clone merged into this one.
    Crossed {
        record: RecordId,
        other: RecordId,
        event: EventId,
        /// The number of the event.
        number: u32,
    },
    /// A record that was to go on in this one, by a merge that was taken back since.
    GoesOnByItself {
        record: RecordId,
        other: RecordId,
    },
    /// A record that was taken over from another system in another clone as well.
    ImportedTwice {
        record: RecordId,
        other: RecordId,
        number: String,
        /// Whether one of them can be merged into the other.
        is_open: bool,
    },
    TwoDueTimes(Clock),
    UnknownDue(Clock),
    NoCriterion,
    Missing(MissingPart),
    Irregular(ComplaintIrregularity),
    /// What is wrong with a visit, by its number.
    Visit {
        number: usize,
        what: VisitIrregularity,
    },
    /// What is wrong with a remote session, by its number.
    Session {
        number: usize,
        what: SessionIrregularity,
    },
    /// A matter was worked on remotely, and nobody says who allowed it and what was done.
    NoSession,
    Priority(u8),
    /// A value of this kind stands in a title.
    InTitle(PersonalKind),
    InForceFrom(NaiveDate),
    Holidays(i32),
    WorkedAnyway(String),
    NoLaterDay(NaiveDate),
    AtMost {
        place: RulePlace,
        value: String,
    },
    AtLeast {
        place: RulePlace,
        value: String,
    },
    NoMoreUrgentThan(Level),
    Once,
    NoEarlierDay(NaiveDate),
    OneAtLeast,
    ShortOfMidnight(String),
    MergedInCircle,
    /// It waits for this record, which waits for it.
    WaitsInCircle(RecordId),
    /// `branch` of `docket.yaml`.
    Branch(String),
    /// It goes on in a record that was cancelled, or closed before, without a word of it.
    EndedUnseen {
        record: RecordId,
        state: State,
    },
    /// It was closed while this part of it was not solved.
    ClosedOver(RecordId),
    /// So many values of this field, from several clones.
    ValuesOf(DisputedField, usize),
    /// So many people.
    People(usize),
    /// A commit with a parent, where nothing earlier may be kept.
    HasParents,
    /// Somebody whom the branch has erased.
    ErasedPerson,
    PersonLost,
    /// What is said of a person does not come of what was known.
    PersonOvertaken,
    /// A customer's person with more numbers or addresses than a command keeps.
    TooManyReaches,
    /// A customer's person who is called or reached like somebody of the team.
    PersonOfTeam,
    /// A reference that docket does not send, or that holds no plain commit.
    NotOfDocket,
    /// What docket does not write of a person.
    NotAPerson,
    /// Somebody whom the branch does not know.
    UnknownPerson,
    /// The same is there in so many other files of one reference.
    AsInOthers {
        what: Box<Self>,
        files: usize,
    },
    /// Two contacts that clones merged into each other.
    MergedBothWays {
        contact: ContactId,
        other: String,
    },
    /// Customers that clones merged into each other: the one that holds, and the others, the one that it
    /// leads to first.
    CustomersInCircle {
        customer: CustomerId,
        others: Vec<CustomerId>,
    },
    /// A name of two customers, which stands for the first, and in whose file it stands for the other.
    NameOfTwo {
        name: String,
        customer: CustomerId,
        other: CustomerId,
        holder: CustomerId,
    },
    SecondComplaint(RecordId),
    AnswerSetAside(RecordId),
    // of the audit
    NothingThere,
    FounderAlone {
        person: PersonId,
        from: NaiveDate,
    },
    SampleRule {
        percent: u8,
        most: u32,
        /// As what the customer is drawn, where that is not plain.
        party: Option<Party>,
    },
    DrawnRecord,
    Edition,
    ReportThatCanBeMade,
    MergeableParents,
    TwoParents,
    Merge,
    ConflictMarks,
    Teammate,
    SecondEntry,
    LastMatchingLine(String),
    Grafts,
    SignatureOf(PersonId),
    NoTrailers,
    Trailers,
    SecondBeginning,
    ParentsRules,
    SecondInit,
    CommitterName,
    MoreLines,
    Events(usize),
    Complaint,
    DeletedBranch,
    /// A record of the branch that the name of a reference of files names.
    RecordOfFiles,
    /// One commit of files that are kept apart, as docket writes it.
    ApartCommit,
}

/// What is wrong with a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VisitIrregularity {
    /// What was broken on it.
    Broken(Prohibition),
    /// Nobody of the customer signed the form.
    Unsigned,
    /// Nobody says what became of it.
    Untold,
    /// The form is not at the desk yet.
    NotHandedIn,
    NotArchived,
    /// The form was handed in or archived, too late.
    Late(VisitStep),
}

/// What is wrong with a remote session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionIrregularity {
    /// It was begun on another day, and nobody says how it ended.
    NotEnded,
    /// Other software of the customer was affected.
    OtherSoftware,
}

/// What of a complaint did not go by the procedure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ComplaintIrregularity {
    /// Handed out before the relationship manager was notified (R83).
    NotifiedLate,
    /// Solved before it was decided (R87).
    DecidedLate,
    /// Handled by the person complained of (R93).
    OwnCase,
    /// Major, and not with a team lead (R85).
    NotWithLead,
    /// Closed as dissatisfied without the reason (R91).
    NoReason,
}
