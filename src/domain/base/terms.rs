//! The words of the procedure: closed vocabularies, each with one spelling in files and on the
//! command line, and the open ones that policy may extend.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A word out of a closed vocabulary.
pub trait Term: Copy + Eq + fmt::Debug + Sized + 'static {
    /// Name of the vocabulary, as the catalogue of labels knows it.
    const VOCABULARY: &'static str;
    /// Every word, in the order people expect.
    const ALL: &'static [Self];

    /// The spelling in files and on the command line.
    fn code(self) -> &'static str;

    /// The word spelled `code`.
    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|term| term.code() == code)
    }
}

macro_rules! terms {
    ($($(#[$doc:meta])* $name:ident $vocabulary:literal { $($(#[$variant_doc:meta])* $variant:ident = $code:literal,)+ })+) => {$(
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
        )]
        pub enum $name { $($(#[$variant_doc])* #[serde(rename = $code)] $variant,)+ }

        impl Term for $name {
            const VOCABULARY: &'static str = $vocabulary;
            const ALL: &'static [Self] = &[$(Self::$variant,)+];

            fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.code())
            }
        }
    )+};
}

pub(in crate::domain) use terms;

terms! {
    /// What a customer came with (R20).
    Kind "kind" {
        Request = "request",
        Fault = "fault",
        Change = "change",
        Enquiry = "enquiry",
        Complaint = "complaint",
        /// An opinion that was soothed and wants no reply: recorded, never worked on (R6).
        Remark = "remark",
    }
    /// Where a record stands in the procedure.
    State "state" {
        Open = "open",
        Acknowledged = "acknowledged",
        Routed = "routed",
        InProgress = "in_progress",
        Pending = "pending",
        Resolved = "resolved",
        Confirmed = "confirmed",
        Closed = "closed",
        Cancelled = "cancelled",
        Merged = "merged",
    }
    /// What somebody of the team may do (R97).
    Role "role" {
        Agent = "agent",
        Engineer = "engineer",
        RelationshipManager = "relationship_manager",
        TeamLead = "team_lead",
        Leader = "leader",
        Auditor = "auditor",
        /// May decide whether a complaint is valid, in the team lead's stead (R94).
        ComplaintDecider = "complaint_decider",
        /// A machine that may sync and report.
        Service = "service",
    }
    /// How much of the customer's work is touched; also how urgent it is.
    Grade "grade" {
        High = "high",
        Medium = "medium",
        Low = "low",
    }
    /// Service level, which decides the limits (R22).
    Level "level" {
        Major = "major",
        Urgent = "urgent",
        General = "general",
    }
    /// How the resolution clock of a reopened record goes on.
    ReopenedClock "reopened_clock" {
        /// It stood still from the solution to the reopening.
        Stopped = "stopped",
        /// The whole limit runs anew from the reopening.
        NewLimit = "new_limit",
    }
    /// How far the work has come, apart from the state (R44); it never pauses a clock.
    Progress "progress" {
        Contacted = "contacted",
        PlanProposed = "plan_proposed",
        PlanPendingApproval = "plan_pending_approval",
        Implementing = "implementing",
        WaitingCustomer = "waiting_customer",
        WaitingSupplier = "waiting_supplier",
        Verifying = "verifying",
    }
    /// Phase of the handling process that a work note belongs to (R38).
    Phase "phase" {
        Analysis = "analysis",
        Plan = "plan",
        Implement = "implement",
        Evaluate = "evaluate",
    }
    /// How a matter is worked on: by telephone as long as that may do, else at more of the customer's
    /// expense (R62). In rising order, by which steps compare them.
    Support "support" {
        Phone = "phone",
        Remote = "remote",
        Onsite = "onsite",
    }
    /// Where a visit to the customer stands (R70). In the order in which it goes on, by which steps compare
    /// them.
    VisitState "visit" {
        Planned = "planned",
        Departed = "departed",
        Arrived = "arrived",
        Done = "done",
        /// By a person of the customer's, or refused with the reason.
        Signed = "signed",
        /// The signed form is at the desk.
        HandedIn = "handed_in",
        Archived = "archived",
        /// Nobody came.
        Missed = "missed",
        Cancelled = "cancelled",
    }
    /// What is done about a visit.
    VisitStep "visit_step" {
        Plan = "plan",
        Move = "move",
        Depart = "depart",
        Arrive = "arrive",
        Done = "done",
        Sign = "sign",
        HandIn = "hand_in",
        Archive = "archive",
        Miss = "miss",
        Cancel = "cancel",
    }
    /// Where a remote session stands. In the order in which it goes on.
    RemoteState "remote" {
        Running = "running",
        Ended = "ended",
        /// The customer did not want it.
        Refused = "refused",
    }
    /// What is done about a remote session.
    RemoteStep "remote_step" {
        Start = "start",
        Refused = "refused",
        End = "end",
    }
    /// What the customer lets somebody do on their computer (R63).
    RemoteScope "remote_scope" {
        View = "view",
        Control = "control",
        Files = "files",
        Terminal = "terminal",
    }
    /// What became of the client that was installed for a remote session (R66).
    RemoteClient "client_left" {
        Removed = "removed",
        Kept = "kept",
    }
    /// How the customer takes it (R47).
    Mood "mood" {
        Calm = "calm",
        Uneasy = "uneasy",
        Angry = "angry",
        Extreme = "extreme",
    }
    /// What set a complaint off (R75–R79).
    Trigger "trigger" {
        Direct = "direct",
        ToLead = "to_lead",
        ToHigher = "to_higher",
        Callback = "callback",
        Survey = "survey",
        Misconduct = "misconduct",
    }
    /// What the finding says of a complaint (R87).
    Validity "validity" {
        Valid = "valid",
        Partly = "partly",
        Invalid = "invalid",
    }
    /// How a complaint was made (R74).
    Form "form" {
        Written = "written",
        Oral = "oral",
    }
    /// The seven prohibitions of the service code.
    Prohibition "prohibition" {
        P1 = "P1",
        P2 = "P2",
        P3 = "P3",
        P4 = "P4",
        P5 = "P5",
        P6 = "P6",
        P7 = "P7",
    }
    /// By whom or what a fault came to light (R59).
    FaultSource "fault_source" {
        Monitoring = "monitoring",
        Customer = "customer",
        Staff = "staff",
        Supplier = "supplier",
    }
    /// How one record is tied to another.
    LinkKind "link" {
        Related = "related",
        Child = "child",
        DependsOn = "depends_on",
    }
    /// Why a record is closed without the customer's confirmation (R53).
    Exception "exception" {
        Unreachable = "unreachable",
        Withdrawn = "withdrawn",
        Other = "other",
    }
    /// How the callback ended.
    Callback "callback" {
        /// The customer says that it was handled.
        Handled = "handled",
        /// The customer says that it was not, or is dissatisfied: back to work.
        NotHandled = "not_handled",
        /// Nobody answered.
        NoAnswer = "no_answer",
        /// A complaint that needs no callback, with the reason (R89).
        NotNeeded = "not_needed",
    }
    /// The customer's grade, best first (Q11).
    Satisfaction "satisfaction" {
        VerySatisfied = "very_satisfied",
        Satisfied = "satisfied",
        BasicallySatisfied = "basically_satisfied",
        Dissatisfied = "dissatisfied",
        VeryDissatisfied = "very_dissatisfied",
    }
    /// Whether a run under a fixed clock may write here.
    FixedClock "fixed_clock" {
        Forbidden = "forbidden",
        Allowed = "allowed",
    }
    /// Whether commits must be signed.
    Signatures "signatures" {
        Optional = "optional",
        Required = "required",
    }
    /// How it is kept that somebody looked at whole names and numbers.
    RevealTrail "reveal" {
        /// A line in a log of the clone.
        Noted = "noted",
        /// A commit that everybody gets.
        Recorded = "recorded",
    }
    /// Where the survey of a record stands.
    SurveyStanding "survey" {
        /// An answer is waited for.
        Sent = "sent",
        Answered = "answered",
        /// No answer came in time.
        Expired = "expired",
    }
    /// The forms and reports that the desk prints.
    ReportName "report" {
        Register = "register",
        Request = "request",
        ComplaintForm = "complaint-form",
        ComplaintRegister = "complaint-register",
        VisitForm = "visit-form",
        Remote = "remote",
        Daily = "daily",
        Handover = "handover",
        Survey = "survey",
        Faults = "faults",
        Service = "service",
        Card = "card",
        Kpi = "kpi",
    }
    /// What records are sorted by; equal ones stand with the newest first.
    SortKey "sort" {
        /// The newest first.
        Received = "received",
        /// The next due first, then those without a due time, the oldest first.
        Due = "due",
        /// The last changed first.
        Updated = "updated",
        /// The most urgent first.
        Priority = "priority",
        Customer = "customer",
    }
    /// What nobody said at intake, so that the desk's usual was taken.
    Presumed "presumed" {
        Kind = "kind",
        Channel = "channel",
        Reported = "reported",
        Need = "need",
        Location = "location",
        Symptom = "symptom",
    }
    /// What an attached file is, as its content shows.
    FileType "file_type" {
        Jpg = "jpg",
        Png = "png",
        Webp = "webp",
        Pdf = "pdf",
        Txt = "txt",
        Log = "log",
        Csv = "csv",
        Eml = "eml",
        /// Kept as it is, never unpacked.
        Zip = "zip",
    }
    /// What an attached file shows.
    AttachmentKind "attachment" {
        Photo = "photo",
        Scan = "scan",
        Mail = "mail",
        Log = "log",
    }
    /// How an attached file stands to what its record says.
    FileStanding "file_standing" {
        Intact = "intact",
        Missing = "missing",
        Differs = "differs",
        Dropped = "dropped",
    }
    /// Whether a customer is another organisation, or users of one's own (R116).
    Party "party" {
        External = "external",
        Internal = "internal",
    }
    /// Where a number or an address of a customer's person leads to.
    ReachKind "reach" {
        Work = "work",
        Mobile = "mobile",
        Home = "home",
        Other = "other",
        /// Nowhere any more: it only finds the person.
        Former = "former",
    }
    /// What may be said anew of a customer's person.
    ContactKey "contact_key" {
        Phone = "phone",
        Email = "email",
        Name = "name",
        Salutation = "salutation",
        Namesake = "namesake",
        Customer = "customer",
    }
    /// A field that `amend` may correct; the original stays in `intake`.
    Field "field" {
        Title = "title",
        Need = "need",
        Customer = "customer",
        Contact = "contact",
        Site = "site",
        Category = "category",
        Product = "product",
        Channel = "channel",
        /// Which one the channel `other` was.
        ChannelText = "channel_text",
        ExpectedBy = "expected_by",
        ReceivedAt = "received_at",
        Kind = "kind",
        Impact = "impact",
        Urgency = "urgency",
        /// Whom or what a complaint is against.
        Against = "against",
    }
}

impl FileType {
    /// What a file of this type shows, where nobody says.
    pub fn usual_kind(self) -> AttachmentKind {
        match self {
            Self::Jpg | Self::Png | Self::Webp => AttachmentKind::Photo,
            Self::Pdf => AttachmentKind::Scan,
            Self::Eml => AttachmentKind::Mail,
            Self::Txt | Self::Log | Self::Csv | Self::Zip => AttachmentKind::Log,
        }
    }
}

impl Party {
    /// What a customer is of whom nothing else is known.
    pub const USUAL: Self = Self::External;

    pub(in crate::domain) fn usual() -> Self {
        Self::USUAL
    }

    /// Whether it is what a customer is of whom nothing else is known.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
    pub(in crate::domain) fn is_usual(&self) -> bool {
        *self == Self::USUAL
    }
}

impl State {
    /// True for the seven states in which work is still to be done.
    pub fn is_unfinished(self) -> bool {
        match self {
            Self::Open
            | Self::Acknowledged
            | Self::Routed
            | Self::InProgress
            | Self::Pending
            | Self::Resolved
            | Self::Confirmed => true,
            Self::Closed | Self::Cancelled | Self::Merged => false,
        }
    }

    /// True while the matter is with the unit that it was routed to, so that the desk asks it daily
    /// (R43).
    pub fn is_with_unit(self) -> bool {
        match self {
            Self::Routed | Self::InProgress | Self::Pending => true,
            Self::Open
            | Self::Acknowledged
            | Self::Resolved
            | Self::Confirmed
            | Self::Closed
            | Self::Cancelled
            | Self::Merged => false,
        }
    }
}

impl Trigger {
    /// True for what makes a complaint major from the start (R76, R79).
    pub fn is_major(self) -> bool {
        match self {
            Self::ToHigher | Self::Misconduct => true,
            Self::Direct | Self::ToLead | Self::Callback | Self::Survey => false,
        }
    }
}

impl Satisfaction {
    /// The grade as a number, 5 for very satisfied to 1 for very dissatisfied.
    pub fn grade(self) -> u8 {
        match self {
            Self::VerySatisfied => 5,
            Self::Satisfied => 4,
            Self::BasicallySatisfied => 3,
            Self::Dissatisfied => 2,
            Self::VeryDissatisfied => 1,
        }
    }

    /// The grade spelled as a number from 1 to 5.
    pub fn from_grade(digit: &str) -> Option<Self> {
        Self::of_grade(digit.parse().ok()?)
    }

    /// The grade from 1 to 5.
    pub fn of_grade(grade: u8) -> Option<Self> {
        Self::ALL.iter().copied().find(|s| s.grade() == grade)
    }

    /// True at “basically satisfied” and better, the bar for closing (R51).
    pub fn is_content(self) -> bool {
        self.grade() >= 3
    }
}

macro_rules! open_terms {
    ($($(#[$doc:meta])* $name:ident $vocabulary:literal)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Name of the vocabulary, as the catalogue of labels knows it.
            pub const VOCABULARY: &'static str = $vocabulary;

            /// The word spelled `code`, known or not: policy is asked when it is used.
            pub fn new(code: impl Into<String>) -> Self {
                Self(code.into())
            }

            /// The spelling in files and on the command line.
            pub fn code(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }
    )+};
}

open_terms! {
    /// The way a contact came in or a customer was reached (R2).
    Channel "channel"
    /// How the matter ended.
    Code "code"
    /// Why the resolution clock may stand still (Q8): each desk's policy says which there are.
    PauseReason "pause"
}

impl Channel {
    /// The ways that every desk knows; policy may add more.
    pub const KNOWN: [&str; 15] = [
        "hotline",
        "phone",
        "email",
        "fax",
        "online_chat",
        "im",
        "remote_client",
        "web",
        "in_person",
        "onsite",
        "monitoring",
        "callback",
        "survey",
        "letter",
        "other",
    ];

    /// True for what is none of the known channels; a text says which one it was.
    pub fn is_other(&self) -> bool {
        self.code() == "other"
    }

    /// True where a person can be told something this way.
    pub fn reaches_people(&self) -> bool {
        !matches!(self.code(), "monitoring" | "survey")
    }
}

impl Code {
    /// The outcomes that every desk knows; policy may add more.
    pub const KNOWN: [&str; 9] = [
        "fixed",
        "workaround",
        "fulfilled",
        "advised",
        "no_fault_found",
        "out_of_scope",
        "rejected",
        "substantiated",
        "unsubstantiated",
    ];
}

impl Kind {
    /// True where a matter of this kind can end so: of a complaint it is said whether it was justified, and
    /// of nothing else.
    pub fn ends_with(self, code: &str) -> bool {
        (self == Self::Complaint) == matches!(code, "substantiated" | "unsubstantiated")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelled_alike<T: Term>() {
        for term in T::ALL {
            assert_eq!(T::from_code(term.code()), Some(*term));
        }
    }

    #[test]
    fn a_word_is_read_as_it_is_written() {
        spelled_alike::<Kind>();
        spelled_alike::<State>();
        spelled_alike::<Satisfaction>();
    }

    #[test]
    fn seven_states_are_unfinished() {
        assert_eq!(State::ALL.iter().filter(|s| s.is_unfinished()).count(), 7);
    }

    #[test]
    fn basically_satisfied_is_the_bar_for_closing() {
        for (grade, content) in [("5", true), ("3", true), ("2", false), ("1", false)] {
            let given = Satisfaction::from_grade(grade).unwrap();
            assert_eq!(given.is_content(), content, "grade {grade}");
        }
        assert_eq!(Satisfaction::from_grade("6"), None);
    }
}
