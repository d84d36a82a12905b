//! Messages to the user other than refusals and errors.

use chrono::NaiveDate;

use crate::domain::{
    analysis::{finding::phrase::Phrase, next_step::NextTurn, source::Untold},
    base::{
        ids::{AgreementId, CalendarId, ContactId, CustomerId, PersonId, RecordId},
        month::Month,
        personal::PersonalKind,
        terms::{Channel, ContactKey, Kind, Party, Prohibition, State, VisitState},
        time::Timestamp,
    },
    deciding::contacts::Addressee,
    history::{customer::CustomerField, refusal::MissingPart, status::remote::SessionGaps},
};
use crate::{
    store::way_back::WayBack,
    words::{Words, label::Label},
};

/// A message to the user, with its values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// The writer lock is held by another process.
    WaitingForLock,
    /// The writer lock is held by a process whose commit is being signed.
    WaitingForSigner {
        name: String,
        process: u32,
    },
    /// Personal data stands in a field, and somebody says what becomes of it.
    PersonalFound {
        fields: Vec<String>,
        kinds: Vec<PersonalKind>,
    },
    /// A text in which personal data stands.
    PersonalListed(Box<PersonalLine>),
    /// So many records were read, and so many texts found.
    PersonalScanned {
        records: usize,
        texts: usize,
    },
    /// Texts that are about to be hidden.
    RedactionAsked {
        texts: Vec<String>,
    },
    /// A text is hidden from now on, and where it still stands.
    TextHidden {
        archive: Option<String>,
    },
    /// So many values were taken out of texts.
    PersonalTakenOut {
        values: usize,
    },
    /// Git's own lock exists.
    WaitingForGit {
        path: String,
    },
    /// The branch keeps moving while docket decides.
    WaitingForBranch,
    /// The commit was made before something went wrong.
    CommittedBefore {
        commit: String,
    },
    /// A question that needs an answer got none.
    AnswerNeeded,
    /// A menu of which something has to be chosen.
    ChoiceNeeded,
    /// No choice of a menu fits what was typed.
    NothingFits,
    /// More choices fit than are seen.
    MoreFit {
        more: usize,
    },
    /// A customer's person whom the desk knows, with what is told of them.
    /// Whose number it may be, but for the code of a town.
    PossibleContact {
        contact: ContactId,
        parts: Vec<String>,
    },
    KnownCaller {
        parts: Vec<String>,
    },
    /// A phone that nobody known has.
    UnknownPhone,
    /// The command line with what was typed at prompts.
    AnotherTry {
        line: String,
    },
    /// An interrupted step was completed; files changed since were left as they are.
    Recovered {
        commit: String,
        left: Vec<String>,
    },
    /// An interrupted step was not recorded.
    Interrupted,
    /// What these commits and those before them changed is not known.
    LogCutOff {
        commits: Vec<String>,
    },
    /// Comments of a file that could not be kept in it.
    CommentsLost {
        path: &'static str,
        comments: Vec<String>,
    },
    /// The journal of an interrupted step could not be read and was moved aside.
    JournalSetAside {
        path: String,
    },
    /// A desk was created.
    DeskCreated {
        dir: String,
        person: String,
    },
    /// The directory is already a desk.
    DeskExists {
        dir: String,
    },
    /// What a new desk took for its zone, language and holidays, from a flag or the machine.
    DeskPlace {
        timezone: String,
        from: Option<&'static str>,
        language: &'static str,
        /// As two letters, where it is known.
        country: Option<String>,
        holidays: Vec<i32>,
        /// The present one.
        year: i32,
    },
    /// How what the machine said of a new desk's place is corrected.
    PlaceOtherwise {
        /// Whether it has holidays of that country.
        has_holidays: bool,
    },
    /// The machine names no time zone.
    NoZoneKnown,
    /// The customer whom the beginning of a name was taken for.
    KnownCustomer {
        customer: String,
    },
    /// Where a new desk lies, for whoever is elsewhere.
    GoThere {
        dir: String,
    },
    /// How the first call is logged.
    FirstCall,
    /// The first record of a desk is opened by somebody else.
    OthersOpen,
    /// Where the commands and steps are listed.
    StepsInHelp,
    /// Nothing can be recorded from here.
    LookOnly {
        why: String,
    },
    /// With one person in the roster, nobody can confirm what they resolve.
    AloneInRoster,
    /// The next step, and who does it.
    Next {
        turn: NextTurn,
        addressee: Addressee,
        tail: String,
        /// What a record that is to be closed lacks.
        gaps: Vec<MissingPart>,
    },
    /// What can be done with a record that is over.
    NextAfterEnd {
        state: State,
        tail: String,
        remark: bool,
        addressee: Addressee,
    },
    /// A callback or survey answer opened a complaint (R77, R78).
    ComplaintOpened {
        complaint: RecordId,
    },
    /// The additional rules for complaints.
    ComplaintRules,
    /// A desk that is made inside another repository.
    InsideAnother {
        dir: String,
    },
    /// A card that does not say how the desk is reached.
    NothingToReach,
    /// What nobody said of a new record, with what was taken for it.
    Assumed {
        kind: Option<Kind>,
        channel: Option<Channel>,
        need: Option<String>,
        time: bool,
        location: Option<String>,
        symptom: bool,
    },
    /// A new record without a category, which it needs before it is closed.
    NoCategory {
        tail: String,
        categories: Vec<String>,
    },
    /// Open records that may be duplicates: the likeliest, with their titles, and how many more.
    LikelyDuplicate {
        records: Vec<(String, String)>,
        more: usize,
    },
    /// A customer whom no contact had, and those who may have been meant.
    NewCustomer {
        customer: String,
        near: Vec<String>,
    },
    /// The customer that was to be listed is, and nothing was written.
    CustomerListedAlready {
        customer: CustomerId,
    },
    /// A customer was listed that is called nearly as these.
    CustomerNear {
        customer: CustomerId,
        near: Vec<String>,
    },
    /// Fields of a customer of which clones said different things, and that somebody says anew.
    CustomerToSettle {
        customer: CustomerId,
        fields: Vec<CustomerField>,
    },
    /// The first customers of imported records whom nobody listed, and how many more there are.
    CustomersUnlisted {
        first: Vec<String>,
        more: usize,
    },
    /// No customer is listed.
    NoCustomerListed,
    /// Two contacts that are to be one, each in its parts.
    MergeAsked {
        from: Vec<String>,
        into: Vec<String>,
    },
    /// No customer is called so; these are near.
    NoCustomer {
        given: String,
        near: Vec<String>,
    },
    NewContact {
        contact: ContactId,
        name: String,
    },
    /// What was known of a contact is something else from now on.
    ContactChanged {
        contact: ContactId,
        label: Label,
        before: String,
        now: String,
    },
    /// A due time is unknown because a calendar is missing.
    DueUnknown {
        tail: String,
        /// It was computed again, and the calendar was still missing.
        was_tried: bool,
        /// The hours of an agreement, by which it counts.
        hours: Option<CalendarId>,
    },
    /// The merge driver was installed in this clone.
    MergeDriverInstalled,
    /// Both sides of a sync are identical.
    SyncedAlready {
        remote: String,
    },
    /// What a sync received.
    SyncReceived {
        commits: usize,
        records: usize,
    },
    /// What a sync sent.
    SyncSent {
        commits: usize,
        records: usize,
        remote: String,
    },
    /// Records that both sides had changed.
    SyncJoined {
        records: usize,
    },
    /// Files of a remote's people that are not what docket writes.
    PersonsLeftOut {
        remote: String,
        files: usize,
    },
    /// Records of somebody who is erased, to which files are attached.
    FilesOfPerson {
        records: Vec<RecordId>,
    },
    /// People whom the remote had lost.
    PersonsRestored {
        people: usize,
        remote: String,
    },
    /// People who were erased in another clone and are gone from this one.
    PersonsErased {
        people: usize,
    },
    /// What was known of a person was taken away here.
    PersonErased {
        contact: ContactId,
    },
    /// The same in another branch than the desk's, which may know the person still.
    PersonErasedInBranch {
        contact: ContactId,
        branch: String,
        desk: String,
    },
    /// The customer of somebody who was erased is called as they are; listed so, where it is.
    CustomerNamedSo {
        contact: ContactId,
        listed: Option<CustomerId>,
    },
    /// What is about to be erased: all that is known of a person, a line for each contact, and how many
    /// records keep the ids.
    ErasureAsked {
        known: Vec<Vec<String>>,
        records: usize,
    },
    /// Somebody new on a record whose contact was erased may be the same person.
    MaybeKnownAgain {
        contact: ContactId,
    },
    /// An unfinished record lost its contact, who was erased in another clone.
    ContactLost {
        record: RecordId,
        /// What it waits for, as it is told to somebody.
        next: Option<NextTurn>,
    },
    /// A customer is listed.
    CustomerAdded {
        customer: CustomerId,
    },
    CustomerChanged {
        customer: CustomerId,
    },
    /// A customer's person is known from now on.
    ContactAdded {
        contact: ContactId,
        /// Masked.
        name: String,
        customer: String,
    },
    ContactUpdated {
        contact: ContactId,
        /// Masked.
        name: String,
    },
    /// Somebody else of the customer has a number or an address that is said of a contact.
    SharedReach {
        contact: ContactId,
        /// The other one, whose name is masked.
        other: ContactId,
        name: String,
    },
    /// Somebody else of the customer has the name of somebody new, with another title or put otherwise.
    LikeNamed {
        contact: ContactId,
        /// The other one, whose name is masked.
        other: ContactId,
        name: String,
    },
    /// Those of other customers who have a number or an address that is said of a contact, and how many more.
    SharedElsewhere {
        contact: ContactId,
        others: Vec<String>,
        more: usize,
    },
    /// A contact belongs to another customer from now on.
    ContactMoved {
        contact: ContactId,
        before: String,
        now: String,
    },
    /// Somebody of the customer whose person a contact is now may be the same.
    AlikeThere {
        contact: ContactId,
        /// The other one, whose name is masked.
        other: ContactId,
        name: String,
    },
    /// Of several versions of an entry the newest was changed, for nobody said which.
    VersionTaken {
        entry: String,
    },
    /// The country of the desk became another one, which changes no holidays.
    CountryChanged {
        year: i32,
        /// Whether the calendar has those of this year.
        has_holidays: bool,
    },
    RulesChanged {
        path: &'static str,
        version: Option<u32>,
    },
    RulesDrafted {
        path: &'static str,
        day: NaiveDate,
    },
    RulesAdopted {
        path: &'static str,
        version: u32,
        day: NaiveDate,
    },
    /// A draft was dropped.
    DraftDropped {
        path: &'static str,
    },
    /// An adoption was taken back; whether its draft is there again.
    AdoptionWithdrawn {
        path: &'static str,
        day: NaiveDate,
        is_draft_again: bool,
    },
    /// Who wrote a draft adopted it, for nobody else may.
    AdoptedAlone,
    /// What holds at once until a file takes its place that was adopted for a day to come.
    ReplacedOn {
        path: &'static str,
        day: NaiveDate,
    },
    /// A customer's file that cannot be read, and may tell an agreement.
    AgreementUnread {
        path: String,
    },
    /// A customer has an agreement that is not among the rules any more.
    AgreementGone {
        customer: CustomerId,
        agreement: AgreementId,
    },
    /// Rules that another clone adopted, for a day to come.
    AdoptionCame {
        of: &'static str,
        path: String,
        day: NaiveDate,
    },
    /// A draft of this file that nobody adopted yet, for the day that it says.
    DraftWaits {
        of: &'static str,
        path: String,
        day: Option<NaiveDate>,
    },
    /// A draft of this file that one clone dropped and another one wrote on.
    DraftStays {
        of: &'static str,
        path: String,
    },
    /// An adopted file takes back what was changed since it was drafted.
    AdoptedOvertaken {
        of: &'static str,
        path: String,
        day: NaiveDate,
    },
    /// A file of rules cannot be read, with the way back where that is known.
    UnsoundRules {
        path: String,
        back: Option<WayBack>,
    },
    /// Values of a file of rules that are hardly what was meant.
    RulesDoubtful {
        path: &'static str,
        values: usize,
    },
    RulesUnchanged {
        path: &'static str,
    },
    /// What was written of the rules and not committed.
    DraftKept {
        /// The file whose edit can go on with it.
        file: Option<String>,
        draft: String,
    },
    CustomersMerged {
        from: String,
        into: CustomerId,
    },
    /// So many records under a name count for another customer from now on.
    RecordsFollow {
        name: String,
        records: usize,
        customer: CustomerId,
    },
    /// So many records keep a name that no customer has any more.
    RecordsLeft {
        name: String,
        records: usize,
    },
    /// A record whose customer was corrected keeps a contact of another one.
    ContactStays {
        tail: String,
        contact: ContactId,
        other: String,
    },
    /// It keeps a site of the other one.
    SiteStays {
        tail: String,
        site: String,
    },
    /// It keeps a location that was taken for the other one's.
    LocationStays {
        tail: String,
        location: String,
    },
    /// What becomes of a customer that is to be merged into another one.
    CustomerMergeAsked {
        from: CustomerId,
        into: CustomerId,
        records: usize,
        names: Vec<String>,
        sites: Vec<String>,
        products: Vec<String>,
    },
    /// Customers of whom two clones say different things.
    CustomerDisputed {
        customer: CustomerId,
    },
    /// Of a customer, what clones said that does not go together.
    CustomersApart {
        customer: CustomerId,
        clash: Phrase,
    },
    /// Somebody erased whom another clone had merged into a contact that is known.
    PersonStillKnown {
        erased: ContactId,
        known: ContactId,
    },
    /// Somebody who was erased along with whom another clone had merged them into.
    GoneAlong {
        merged: ContactId,
        erased: ContactId,
    },
    /// A records' remote that holds people although they are exchanged with another one.
    PersonsWithRecords {
        remote: String,
    },
    /// Texts in which an erased person is named; the commands that hide them follow.
    NamedInTexts {
        texts: usize,
    },
    /// Names and numbers that a sync received.
    PersonsReceived {
        people: usize,
    },
    /// This clone does not know who the contacts are, so that somebody known may come again as somebody new.
    NamesNotHere,
    /// Names of some contacts that are shown are not in this clone, others are.
    SomeNamesNotHere {
        people: usize,
    },
    /// Somebody with the name or number of a person who is erased stays known; before the erasure, into
    /// whom they can be merged.
    AlikeStays {
        other: ContactId,
        into: Option<ContactId>,
    },
    /// Where an erasure does not reach.
    BeyondReach,
    /// Names are those of today, whatever time is looked back to.
    PeopleOfToday,
    /// How git is to let go of what no reference holds any more.
    CollectGarbage,
    /// A remote that takes the records and not who the people are; what git said.
    PersonsRefused {
        remote: String,
        why: String,
    },
    /// A reference that a remote holds and shows to nobody.
    HiddenReference {
        reference: String,
    },
    /// A remote that cannot take who the people are beside one of its references.
    PersonsObstructed {
        remote: String,
        reference: String,
    },
    /// The remote of the people is not one of this clone.
    NoPeopleRemote {
        remote: String,
    },
    /// A record with conflicting steps from two clones.
    SyncClash {
        record: RecordId,
    },
    /// A record whose id another clone had given to a different record.
    SyncRenamed {
        from: RecordId,
        to: RecordId,
    },
    /// Two contacts that clones merged into each other.
    MergedBothWays {
        contact: ContactId,
        other: String,
    },
    /// A contact that two clones merged into different ones.
    MergedApart {
        contact: ContactId,
    },
    /// A contact of whom two clones said different things, and of what.
    ContactDisputed {
        contact: ContactId,
        of: Vec<ContactKey>,
    },
    /// Steps that no other clone has yet.
    Unsynced {
        count: usize,
        since: Option<String>,
        remote: String,
    },
    /// No damage was found in this clone.
    Healthy,
    /// It was repaired.
    Mended,
    /// An edit was discarded; a copy is kept here.
    EditDropped {
        copy: String,
    },
    TakenBack {
        branch: String,
    },
    /// It could not be repaired.
    NotMended {
        why: String,
    },
    /// The history of a file holds more than the file, or something else.
    HistoryHasMore,
    /// The status of a record does not match its history.
    OutOfStep,
    /// Files with staged changes during a merge.
    OtherStagedChanges {
        paths: Vec<String>,
    },
    /// How to repair what was found.
    RepairNext,
    /// A part of the board that was shortened.
    MoreOnBoard {
        shown: usize,
        total: usize,
    },
    /// What was taken out of a picture.
    FileStripped,
    /// No visit is to be made, or its form to be archived.
    NoVisits,
    /// How a visit goes on.
    VisitNext {
        tail: String,
        number: usize,
        state: VisitState,
    },
    /// How a remote session goes on.
    SessionNext {
        tail: String,
        number: usize,
        also: SessionGaps,
    },
    /// The customer did not want a remote session, so that somebody may have to come.
    SessionRefused {
        tail: String,
    },
    /// A prohibition was broken on a visit, which is a reason for a complaint.
    BrokenOnVisit {
        tail: String,
        prohibition: Prohibition,
        engineer: PersonId,
    },
    /// An attachment with the same content.
    SameFile {
        number: usize,
    },
    /// What becomes of a file that was dropped, and what that does not reach.
    FileDropped,
    /// A file that was dropped has the same content as these attachments, which keep it.
    ContentKept {
        others: Vec<(RecordId, usize)>,
    },
    /// A file was there already, with the same content.
    SavedBefore,
    /// A file was saved in the desk, where git would add it to the history.
    SavedInsideDesk,
    /// A file that was dropped is still there, for this reason.
    FileStays {
        why: String,
    },
    /// A record without attachments.
    NoAttachments,
    /// How attachments stand to what their record says.
    AttachmentsVerified {
        intact: usize,
        dropped: usize,
        bad: usize,
    },
    /// Attachments that were sent.
    SyncFilesSent {
        records: usize,
        remote: String,
    },
    /// Attachments that neither this clone nor a remote has.
    FilesLost {
        records: usize,
        remote: String,
    },
    /// Attachments that a remote does not take.
    SyncFilesRefused {
        records: usize,
        remote: String,
        why: String,
    },
    /// Progress words never pause a clock.
    ProgressNeverPauses,
    /// Nothing matches.
    NothingFound,
    NoRecordOfContact,
    NoContactFound,
    NoCustomerFound,
    /// Nothing was handed over to this person.
    NothingToTakeOver,
    /// This person owns no record to hand over.
    NothingToHandOver,
    /// No follow-up is due today.
    NothingToFollowUp,
    /// No survey is to be sent or awaited.
    NoSurveyPending,
    /// Nothing is due.
    NothingDue,
    /// Not all were shown.
    MoreRecords {
        shown: usize,
        total: usize,
    },
    /// As [`Self::MoreRecords`], on the page of a customer.
    MoreOfCustomer {
        shown: usize,
        total: usize,
        customer: CustomerId,
    },
    /// Lines that a screen has no room for.
    MoreLines {
        count: usize,
    },
    /// How one leaves what is drawn again and again.
    LeaveWatch,
    /// A file that cannot be read was skipped.
    LeftOut {
        path: String,
        why: String,
    },
    /// How many commits were audited, up to these heads, of these branches where there are several.
    AuditedCommits {
        commits: usize,
        heads: Vec<(String, Option<String>)>,
    },
    /// How many commits a hook looked at.
    HookCommits {
        hook: &'static str,
        commits: usize,
    },
    /// How many files that were staged a hook looked at: of rules, and of what docket alone writes.
    HookStaged {
        hook: &'static str,
        rules: usize,
        others: usize,
    },
    /// How many records and contacts were checked.
    Checked {
        records: usize,
        contacts: usize,
    },
    /// What `policy check` looked at.
    PolicyChecked {
        files: usize,
    },
    /// The result of an audit or a check.
    Verdict {
        of: String,
        errors: usize,
        warnings: usize,
        notes: usize,
    },
    /// What an assessor's sample is, and how it was drawn.
    AssessorSample {
        month: Month,
        records: usize,
        seed: String,
        revision: String,
    },
    /// Rows of another system's file were skipped for one cause, and their records with them.
    RowLeft {
        rows: RowNames,
        why: String,
    },
    /// Rows came too late for their records, which stay as they are.
    RowLate {
        rows: RowNames,
        why: String,
    },
    /// Rows were imported with a change.
    RowNoted {
        rows: RowNames,
        why: String,
    },
    /// The result of importing another system's file.
    RowsRead(ImportCounts),
    /// Why the rest of it was not imported.
    ImportStopped {
        why: String,
    },
    /// What a log does not tell, so that figures are not measured.
    Untold {
        untold: Untold,
    },
    /// Years of a log that the calendar lacks.
    YearsMissing {
        years: Vec<i32>,
    },
    /// A map of docket's, with where its columns are documented.
    MapListed {
        name: &'static str,
        system: &'static str,
        documented: Option<&'static str>,
        tried: bool,
    },
    /// The board's headline.
    BoardOf {
        desk: String,
        person: Option<String>,
        now: String,
    },
    /// The board when there is nothing to do.
    BoardEmpty,
    /// The board of a desk without records.
    NoRecordYet,
    /// A list of a desk without records.
    NothingRecorded,
    /// Nothing is unfinished at all.
    AllFinished,
    /// How many are unfinished.
    Unfinished {
        count: usize,
    },
    /// What a demo was made of, and how to go on.
    DemoMade {
        dir: String,
        /// The person the user acts as there.
        person: String,
        records: usize,
        commits: usize,
    },
    /// Its clock stands still.
    DemoClock {
        now: String,
    },
    /// Three commands to try there, as they are typed.
    ToTry {
        commands: Vec<String>,
        /// Somebody else whom the user may act as, and the command that does it.
        other: String,
        switch: String,
    },
    /// A person was added, changed or retired.
    RosterChanged {
        person: String,
        change: RosterEdit,
    },
    /// A hook of git that was written.
    HookWritten {
        path: String,
    },
    /// A hook that was there before.
    HookExists {
        path: String,
    },
    /// A hook that docket did not write, and the line to add to it.
    HookKept {
        path: String,
        line: String,
    },
    /// Two contacts became one.
    ContactsMerged {
        from: ContactId,
        into: ContactId,
    },
    /// Years of the calendar that were loaded; none where all were there.
    YearsLoaded {
        years: Vec<i32>,
    },
    /// Why the years of working hours of agreements were loaded.
    HolidaysOf {
        hours: String,
        years: Vec<i32>,
    },
    /// A year that was said to have no holidays has some in the calendar.
    HolidaysKept {
        year: i32,
        path: &'static str,
    },
    /// A holiday file changed nothing, although it has other days than the calendar.
    NoYearLoaded,
    /// What stands above events of a calendar that were not taken.
    EventsLeft,
    /// Days of a holiday file that were not taken.
    DaysLeft {
        days: Vec<NaiveDate>,
    },
    /// What findings are, above all of them.
    FindingsAre,
    /// What the calendar names as the source of a year without holidays.
    NoHolidays,
    /// The calendar of this year, or in December of the next one, is missing.
    CalendarMissing {
        year: i32,
    },
    /// Prompts for the progress a unit reports on a record.
    AskUnit {
        record: String,
        title: String,
        responsible: String,
    },
    /// A further answer to a survey.
    LaterAnswer,
    /// An answer to a questionnaire that a later one has replaced.
    EarlierQuestionnaire,
    /// An answer that came too late.
    LateAnswer {
        until: Timestamp,
    },
    /// An answer of a customer who was not asked.
    UnaskedAnswer,
    /// Prefix of the result of a line.
    Line {
        line: u64,
    },
    /// Prefix of the result of a file.
    OfFile {
        file: String,
    },
    /// Nothing had to be done for this record.
    AlreadyThere {
        record: String,
    },
    /// A record that was drawn has been reopened.
    ReopenedSince {
        record: String,
        state: State,
    },
    /// The counts of a batch.
    Batch {
        done: usize,
        already: usize,
        refused: usize,
    },
    /// What the sample of a month was drawn from, party by party.
    SampleDrawn {
        month: Month,
        parts: Vec<DrawnPart>,
    },
    /// How to go on with surveys.
    SurveyNext {
        months: Vec<Month>,
        over: bool,
    },
    /// The customer was refused the extension.
    ConsentRefused,
}

/// What was done to a person's entry in the roster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RosterEdit {
    Added,
    Updated,
    Retired,
    Rejoined,
}

/// Rows of a file that have something in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowNames {
    /// How many there are.
    pub count: usize,
    /// The first of them.
    pub first: Vec<RowName>,
}

/// A row of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowName {
    /// Which file, where there are several.
    pub file: Option<String>,
    pub line: u64,
    /// The number in it.
    pub number: String,
}

/// A text in which personal data stands, and what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonalLine {
    pub record: RecordId,
    /// The number of the event.
    pub n: u32,
    /// What it did.
    pub step: &'static str,
    pub field: &'static str,
    pub values: Vec<(PersonalKind, usize)>,
    pub contacts: Vec<ContactId>,
    /// A reason for keeping the values is recorded.
    pub kept: bool,
    /// The values, where they are revealed.
    pub told: Vec<String>,
}

/// What became of the rows of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ImportCounts {
    pub rows: usize,
    pub records: usize,
    pub taken: usize,
    /// Records that were here and got more entries.
    pub continued: usize,
    pub already: usize,
    pub left: usize,
    /// Rows that came too late.
    pub late: usize,
    /// Rows that say otherwise than what is here.
    pub otherwise: usize,
    /// Rows that say what is known already.
    pub repeated: usize,
    /// Values of personal data that were taken out of texts.
    pub taken_out: usize,
    pub dry: bool,
}

/// So many attachments with the same content are named.
const MOST_NAMED: usize = 5;

/// Of attachments with the same content those that are named, the command that drops each, on a line of
/// its own, and how many more there are.
pub(super) fn named_attachments(
    same: &[(RecordId, usize)],
    words: Words,
) -> (&[(RecordId, usize)], String, usize) {
    let named = &same[..same.len().min(MOST_NAMED)];
    let command = |(record, number): &(RecordId, usize)| {
        let (tail, reason) = (record.tail().to_lowercase(), words.reason());
        format!("\ndocket attachment drop {tail} {number} --reason {reason}")
    };
    (named, named.iter().map(command).collect(), same.len() - named.len())
}

/// What was drawn among the customers of a party.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DrawnPart {
    pub party: Party,
    pub closed: usize,
    pub candidates: usize,
    pub drawn: usize,
    /// Per cent.
    pub sample: u8,
    pub cap: u32,
}
