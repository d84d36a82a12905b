//! Why the procedure does not allow something.

use chrono::NaiveDate;

use crate::domain::{
    base::{
        calendar::MissingYear,
        ids::{ContactId, CustomerId, EventId, PersonId, RecordId},
        limit::Limit,
        month::Month,
        permitted::{PermittedValue, nearest_codes},
        personal::PersonalKind,
        phone::PhoneFault,
        terms::{
            Field, Kind, Prohibition, RemoteState, Role, State, Trigger, Validity, VisitState,
            VisitStep,
        },
        text::TextFault,
        time::Timestamp,
    },
    history::{status::remote::SessionGaps, steps::Action, visit_file::FormField},
};

/// A rule that stands against a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The state of the record does not allow the step.
    State(State),
    /// Nobody with the person's roles may do it.
    Role { person: PersonId, may: Vec<Role> },
    /// Only the responsible person may do it.
    NotResponsible { person: PersonId, responsible: Option<PersonId> },
    /// Nobody is higher than themselves (R48).
    EscalatedToSelf { person: PersonId },
    /// Somebody who stands in none of the tiers from this one on (R48).
    NoTier { person: PersonId, tier: u32, may: Vec<Role> },
    /// Only who follows the record, or a team lead, may do it.
    NotOwner { person: PersonId, owner: PersonId },
    /// Nobody confirms their own work (R51).
    OwnWork(PersonId),
    /// Nobody of the team stands in for a customer (P2).
    Staff { given: String, person: PersonId },
    /// The person is not in the team on that day.
    Inactive(PersonId),
    /// A file of the rules, without folder and ending, holds only from a later day on.
    RulesOfLaterDay { file: &'static str, from: NaiveDate },
    /// Policy knows no such value; with the nearest codes, and with all that it knows.
    Unknown { thing: Vocabulary, given: String, nearest: Vec<String>, known: Vec<PermittedValue> },
    /// Several are called so, or begin so.
    Ambiguous { thing: Vocabulary, given: String, among: Vec<PermittedValue> },
    /// A channel by which nobody can be told anything.
    UnreachableChannel { given: String, known: Vec<PermittedValue> },
    /// The step is told for a time to come.
    Future(Timestamp),
    /// The step is told so late that a reason is due.
    Late { at: Timestamp, allowed: Limit },
    /// The step is told for a time before the customer came.
    BeforeReceived { at: Timestamp, received_at: Timestamp },
    /// What is expected after the customer came lies before, or what happened before lies after.
    OtherSide { flag: &'static str, given: Timestamp, received_at: Timestamp },
    /// A fault came to light before it happened.
    DetectedBefore { detected_at: Timestamp, occurred_at: Timestamp },
    /// A time that must lie ahead of the step does not.
    NotInFuture { flag: &'static str, given: Timestamp },
    /// A later time is wanted than the one in force.
    NotLater { flag: &'static str, given: Timestamp, due: Timestamp },
    /// The work would go to somebody without the role for it.
    CannotTakeOver { person: PersonId, may: Vec<Role> },
    /// The work is told to be done after the step that follows it.
    DoneAfter { done_at: Timestamp, at: Timestamp },
    /// The responsible person promises later than the limit, without a reason (R36).
    BeyondLimit { given: Timestamp, due: Timestamp },
    /// The person complained of neither owns a complaint nor acts on it (R93).
    ComplainedOf(PersonId),
    /// What a complaint needs before the step.
    ComesFirst(Vec<MissingPart>),
    /// A major complaint goes to a team lead only (R85).
    MajorToLead(PersonId),
    /// The manager of the relation to the customers is told, nobody else (R83).
    NotTheManager(PersonId),
    /// Only a complaint has this.
    OnlyComplaint { flag: &'static str },
    /// A trigger that only a callback or a survey answer sets off (R77, R78).
    TriggerByItself(Trigger),
    /// There is no complaint about a complaint, nor about how one was handled (Q3).
    AboutComplaint,
    /// A complaint is merged only into another one.
    ComplaintElsewhere,
    /// Two complaints are against different people, units or services.
    OtherSubject { own: String, other: String },
    /// The customer is content, or was not asked: nothing to close as dissatisfied.
    NotDissatisfied,
    /// A resolution code that the finding does not bear out (R87).
    AgainstFinding { code: String, validity: Validity },
    /// A resolution code of complaints on a record of another kind, which knows these.
    CodeOfComplaints { code: String, kind: Kind, known: Vec<PermittedValue> },
    /// Somebody who was given it has not accepted it yet, and would be given it again.
    AlreadyRouted { to: PersonId, at: Timestamp },
    /// Something must be told along with the step.
    Needs { flag: &'static str, why: NeedReason },
    /// What must be in a record before it is closed (R54).
    Incomplete(Vec<MissingPart>),
    /// The same tier was already told to this person.
    SameTier { tier: u32, to: PersonId },
    /// An escalation goes up one tier at a time.
    SkippedTier { tier: u32, next: u32 },
    /// An escalation goes up, not down.
    LowerTier { tier: u32, reached: u32 },
    /// The customer has not been tried often enough to count as unreachable.
    TooFewAttempts { attempts: u32, days: u32, attempts_wanted: u32, days_wanted: u32 },
    /// The record can still be reopened, so nothing needs to follow it.
    WindowOpen { until: Timestamp },
    /// The record was closed too long ago to be reopened.
    WindowPassed { closed_at: Timestamp, until: Timestamp },
    /// Only the desk replies where nobody is responsible yet; only once.
    AlreadyReplied(Timestamp),
    /// The record has no promise with this number, or it is already kept.
    NoPromise { number: Option<usize>, open: Vec<usize> },
    /// A remark whose customer wants a reply is a formal matter (R7).
    WantsReply,
    /// A remark cannot be worked on.
    OnlyRemark,
    /// `--from` takes remarks only.
    NotARemark,
    /// A record cannot be tied to itself.
    Itself,
    /// A contact is merged into itself.
    SameContact { contact: ContactId },
    /// Contacts of two customers are merged.
    ContactsOfTwo { goes: String, into: String },
    /// Two records that would wait for each other, if by way of others.
    LinkedInCircle { record: String },
    /// It depends on a record that is not solved.
    WaitsFor { record: String, state: State },
    /// A record that is a part of it is not solved.
    OpenPart { record: String, state: State },
    /// The record of which it is a part was closed in the belief that it was solved.
    ClosedWhole { record: String },
    /// The matters of other records, which were merged into it, would end with it.
    TakesAlong { records: Vec<String> },
    /// What was told as a phone number can be none.
    NotAPhone { given: String, why: PhoneFault },
    /// What was told as an e-mail address can be none.
    NotAnAddress { given: String },
    /// Records of different customers are not one matter.
    OtherCustomer { own: String, other: String },
    /// The record it should be merged into has itself been merged or is finished.
    FinishedTarget(State),
    /// The tie exists already.
    AlreadyLinked,
    /// The new value is the old one.
    SameValue(Field),
    /// The value that should be corrected is another by now.
    StaleValue { field: Field, now: String },
    /// A value that the field cannot take.
    BadValue { field: Field, given: String },
    /// The last event has the greatest number that there is: the record is damaged.
    NoNumberLeft,
    /// There is no event with this number.
    NoEvent(u32),
    /// The record is offered to nobody, or to another person.
    NotOffered { to: Option<PersonId> },
    /// The person follows the record already.
    AlreadyOwner(PersonId),
    /// The customer was asked already, or answered unasked.
    AlreadyAsked { at: Option<Timestamp> },
    /// The record has no contact who could be asked.
    NobodyToAsk,
    /// Somebody has more numbers, or addresses, than are kept.
    TooManyReaches { contact: ContactId, most: usize },
    /// A name that is an id, a number or an address, or in which a phone number stands.
    NumberInName { given: String },
    /// No answer of the customer is waited for.
    NothingAwaited,
    /// An answer of the customer is still waited for.
    StillAwaited { until: Timestamp },
    /// A month's sample is drawn when the month is over.
    MonthNotOver { month: Month },
    /// The questions were changed without raising the version that answers belong to.
    QuestionsChanged { version: u32, record: String },
    /// An answer to another set of questions than was sent.
    OtherQuestions { given: u32, asked: u32 },
    /// An answer to a questionnaire that was never sent for the record.
    OtherSending { given: Timestamp },
    /// The very same answer is there.
    AnswerKnown,
    /// Every due time is known and undisputed.
    NothingToRecompute,
    /// The last step is of a kind that nobody takes back.
    NotUndone(Action),
    /// The last step was entered by somebody else.
    StepOfOther { action: Action, by: PersonId },
    /// The last step was entered too long ago to be taken back.
    UndoPassed { entered: Timestamp, until: Timestamp },
    /// The time that the last step promised has passed.
    PromisePassed { action: Action, due: Timestamp },
    /// What was set aside cannot have its effect where the record stands now.
    NoLongerLegal { event: EventId },
    /// Another clone merged the record into which a merge leads into this one.
    MergedIntoThis { other: RecordId, keep: EventId },
    /// Nothing was set aside.
    NothingToSettle,
    /// No event, or several, are called so; what was set aside is named.
    NoSuchEvent { given: String, known: Vec<String> },
    /// Nobody was wanted, so there is no message (R16).
    NoMessage,
    /// The message was passed on before.
    RelayedBefore { at: Timestamp, by: PersonId },
    /// The message is for somebody else, and this is nobody of the desk.
    NotWanted { wanted: PersonId },
    /// The record did not come from another system.
    NotImported,
    /// The entries before it in another system's log say it already.
    AlreadyImported { field: &'static str },
    /// The record has no attachment with this number, or several and none was named.
    NoAttachment { number: Option<usize>, there: usize },
    /// Only a team lead, or whoever attached it, drops a file.
    AttachedByOther { person: PersonId, by: PersonId },
    /// The file was dropped before.
    DroppedBefore { at: Timestamp },
    /// A file with more bytes than the rules allow.
    FileTooLarge { size: u64, most: u64 },
    /// A file that, with those which the record has, is more than the rules allow.
    RecordFull { size: u64, held: u64, most: u64 },
    /// The record has no visit, session or the like with this number, or several that could be meant and
    /// none was named.
    NoItem { family: Action, number: Option<usize>, among: Vec<usize> },
    /// Whoever's item it is alone can say it.
    ItemOfOther { family: Action, person: PersonId, engineer: PersonId },
    /// The visit does not stand where the step leads on.
    VisitState { number: usize, state: VisitState, step: VisitStep },
    /// A step of a visit that is told for a time before one that it follows.
    VisitOrder { step: VisitStep, at: Timestamp, state: VisitState, since: Timestamp },
    /// Whoever made the visit does not archive its form (R70).
    OwnForm(PersonId),
    /// A window that ends before it begins.
    WindowReversed { from: Timestamp, until: Timestamp },
    /// The window that the customer was promised has passed.
    WindowPast { until: Timestamp },
    /// The visit was moved since.
    VisitMoved { from: Timestamp, until: Timestamp },
    /// The record has another answer than the form of the visit.
    FormDiffers { field: FormField, recorded: String, told: String },
    /// Another drawn signature came with the form of the visit before.
    OtherSignature,
    /// The drawn signature is that of another visit of the record.
    SignatureOfVisit { number: usize },
    /// A word in the place of a name that is nobody's.
    NamesNobody { given: String },
    /// A prohibition that is named more than once.
    BrokenTwice(Prohibition),
    /// A visit of the record is ahead already.
    VisitAhead { number: usize, state: VisitState },
    /// The record waits for what is still to be done about a visit.
    VisitOpen { number: usize, state: VisitState },
    /// The engineer is on the way to, or at, another customer's.
    EngineerAway { engineer: PersonId, record: RecordId },
    /// The session was ended, or never began.
    SessionOver { number: usize, state: RemoteState },
    /// An end that is told for a time before the beginning.
    SessionOrder { at: Timestamp, since: Timestamp },
    /// Whoever wants to begin a session works in another one of the record.
    SessionRunning { number: usize, also: SessionGaps },
    /// The record waits for the end of a session.
    SessionOpen { number: usize, engineer: PersonId, also: SessionGaps },
    /// The record has a category, and another one needs its reason.
    CategoryKnown { known: String, given: String },
    /// The engineer works on another customer's computer.
    EngineerConnected { engineer: PersonId, record: RecordId },
    /// Nothing was said that could be recorded.
    Nothing,
    /// A contact belongs to another customer than the record.
    ContactOfOther { contact: ContactId, own: String, other: String },
    /// Another contact took the place of this one.
    ContactMerged { contact: ContactId, into: ContactId },
    /// Another customer took the place of this one.
    CustomerMerged { customer: CustomerId, into: CustomerId },
    /// Another customer is known by this name.
    NameOfCustomer { given: String, customer: CustomerId },
    /// A customer can be merged into another one only.
    CustomerItself,
    /// Nothing is said of a customer that is not known.
    CustomerUnchanged { customer: CustomerId },
    /// A customer has no such name, site or product.
    NotOfCustomer { customer: CustomerId, given: String },
    /// Somebody new of a customer is called as this contact of theirs is.
    ContactKnown { contact: ContactId },
    /// Nothing is said of a contact that is not known.
    ContactUnchanged { contact: ContactId },
    /// A contact has no such number or address.
    NotOfContact { contact: ContactId, given: String },
    /// What was known of this person was taken away.
    ContactErased { contact: ContactId },
    /// A reason that stays in the history says more of a person than may stay.
    PersonInReason,
    /// A name, site or product of a customer holds personal data, and the history keeps it.
    PersonInCustomer { given: String },
    /// The file of rules would not say any more which edition of itself it is.
    HeadLost { path: &'static str },
    /// The file of rules became otherwise since it was taken out to be edited.
    RulesMoved {
        path: &'static str,
        /// For when a draft of it was edited.
        day: Option<NaiveDate>,
    },
    /// The text for a draft goes on from an edition before the one that will hold on its day.
    DraftBehind { path: &'static str, day: NaiveDate, held: u32, given: u32 },
    /// The text for a draft goes on from an edition before the draft that is there.
    DraftThere { path: &'static str, held: u32, given: u32 },
    /// A day on which rules are to hold, and which is not one to come.
    DayPast { path: &'static str, day: NaiveDate },
    /// A file of rules that was changed since its draft was written.
    DraftOvertaken { path: &'static str },
    /// A file of rules of which there is no draft; without one there is none of any.
    NoDraft { path: Option<&'static str> },
    /// A file of rules of which there is no draft any more, for it was adopted for these days to come.
    DraftAdopted { path: &'static str, days: Vec<NaiveDate> },
    /// A file of rules that was not adopted for a day to come; without one none was.
    NothingAdopted { path: Option<&'static str> },
    /// A file of rules that was adopted for a day which has come.
    AdoptedInForce { path: &'static str, day: NaiveDate },
    /// A file of rules that was adopted for these days to come, of which none or more than one is meant.
    AdoptedForDays { path: &'static str, days: Vec<NaiveDate> },
    /// Who wrote a draft may not adopt it while somebody else may.
    OwnDraft { path: &'static str, other: PersonId },
    /// A reason of numbers and signs alone.
    ReasonWithoutWords { given: String },
    /// Records of a person who is to be erased still go on.
    PersonWaits { contact: ContactId, records: Vec<RecordId> },
    /// A file that the decision needs cannot be read.
    Unreadable { path: String },
    /// Something that goes only with something else.
    OnlyWith { flag: &'static str, with: &'static str },
    /// Two things that exclude each other.
    NotWith { flag: &'static str, other: &'static str },
    /// A step that nobody records for somebody else.
    NotOnBehalf,
    /// Something in an imported record that no log of another system tells.
    BeyondSource,
    /// A step of another system on a record that went on here.
    ChangedHere,
    /// Two clones took it over, and both records stand for its number.
    NumberTwice { number: String, records: Vec<RecordId> },
    /// A text that no command would have kept as it stands.
    Misspelled { field: &'static str },
    /// Text that cannot be kept as it was given.
    Text { flag: &'static str, fault: TextFault },
    /// Personal data stands in a text, and nobody said why it is to be kept.
    PersonalData { fields: Vec<&'static str>, kinds: Vec<PersonalKind> },
    /// No event has this number or ends so, or several have; what there is.
    NoEventCalled { given: String, known: Vec<String> },
    /// No text that can be hidden stands in this field of the event; in which ones there are some.
    NoTextThere { event: String, given: String, known: Vec<String> },
    /// The text is hidden already.
    RedactedBefore { event: String, field: String },
    /// A working time that reaches into a year without calendar.
    Calendar(MissingYear),
    /// The team lead alone may do it, for it moves clocks.
    LeadOnly(Field),
    /// Customers wait for their visit, or they work on a customer's computer.
    Awaited { person: PersonId, records: Vec<String> },
    /// The person still holds records.
    Holds { person: PersonId, records: Vec<String> },
    /// The roster has this id, name or address already.
    Taken { given: String },
    /// The person has left the roster already.
    Retired(PersonId),
    /// The roster has the person just so.
    PersonUnchanged(PersonId),
    /// The last team lead cannot leave.
    LastLead(PersonId),
}

/// What policy was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vocabulary {
    Person,
    Unit,
    Category,
    Product,
    Against,
    Channel,
    Code,
    CauseCategory,
    PauseReason,
    MajorCriterion,
    Question,
    Contact,
    Customer,
    /// What records and contacts call a customer.
    CustomerName,
    Agreement,
    /// Working hours of agreements.
    Hours,
    Record,
    Event,
}

/// Why something must be told along with a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NeedReason {
    /// A low grade needs the customer's words.
    LowGrade,
    /// Out of scope needs a way forward (R17).
    OutOfScope,
    /// A change of level, category or major needs its reason.
    Reason,
    /// To go beyond the telephone, or beyond a remote session, needs its reason (R62).
    Support,
    /// Where the engineer goes (R69).
    Address,
    /// A customer who waited in vain is owed the reason (P4).
    LateVisit,
    /// Somebody of the customer signs the form, or it is said why nobody did (P2).
    Signature,
    /// The customer says what somebody may do on their computer (R63).
    Consent,
    /// Whoever lets a client be installed hears what became of it (R66).
    Client,
    /// A client that stays needs its reason.
    KeptClient,
    /// What was done in a session is filed under what it was (R65).
    SessionCategory,
    /// What was solved remotely says by which steps (R65).
    RemoteSteps,
    /// A follow-up needs what was heard.
    FollowUp,
    /// Withdrawing needs the customer's word.
    Withdrawn,
    /// The responsible person has no unit, so one must be named.
    Unit,
    /// A contact must be named, for the record has none.
    Contact,
    /// This exception needs its reason.
    Exception,
    /// A remark on an event says what is right.
    Right,
    /// A callback that was answered has a grade.
    Grade,
    /// A major event must cite its criterion (R40).
    Criterion,
    /// Misconduct names the prohibition that was broken (R79).
    Prohibition,
    /// The result of a complaint is fed back to the customer (R88).
    Feedback,
    /// A complaint is answered by what is put right and by what prevents it.
    Action,
    /// A dissatisfied customer's reason is kept, and what else they can turn to (R91).
    Recourse,
    /// A complaint that is not called back says why (R89).
    NotNeeded,
    /// What a record of this kind cannot do without (R3–R6).
    OfKind(Kind),
    /// The channel `other` says which one it was (R2).
    OtherChannel,
    /// A reply is kept in its words.
    Reply,
    /// Who hears that the matter is accepted hears when a reply comes (R21).
    ReplyTime,
    /// Who comes into the roster is known to git, and has something to do (R97).
    InRoster,
}

/// Something that a complete record has (R54).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MissingPart {
    /// A message that was not passed on (R16).
    Message,
    Contact,
    Need,
    Category,
    Product,
    Answer(String),
    /// A promise neither kept nor explained.
    Promise(usize),
    Resolution,
    /// Whether the complaint's facts were checked at intake (R81).
    Verified,
    /// The manager of the relation to the customers was told (R83).
    Notified,
    /// It was handed to somebody (R84).
    Routed,
    /// Finding and validity (R87).
    Decision,
    /// The customer was told the result (R88).
    Feedback,
    /// The callback lies before the work was done.
    Order,
}

impl Refusal {
    /// A word that is none of the known ones, with the nearest of them.
    pub fn unknown(thing: Vocabulary, given: &str, known: Vec<PermittedValue>) -> Self {
        let nearest = nearest_codes(given, &known);
        Self::Unknown { thing, given: given.to_owned(), nearest, known }
    }
}

impl From<MissingYear> for Refusal {
    fn from(missing: MissingYear) -> Self {
        Self::Calendar(missing)
    }
}
