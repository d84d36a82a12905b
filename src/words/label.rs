//! Names of columns, sections and fields.

macro_rules! labels {
    ($($name:ident)+) => {
        /// The name of a column, a section or a field.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Label { $($name,)+ }

        impl Label {
            /// Every label.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];
        }
    };
}

labels! {
    Id State Kind Level Priority Title Customer Contact Phone Email Site Salutation Channel Received
    Owner Responsible Unit Due Category Product Reported Need Expected Progress Mood Promises Clocks
    History Resolution Result Cause Code DoneAt Confirmation Satisfaction Archive Links Reference
    OccurredAt Location Symptom Soothed Read Answers Escalated Paused Survey
    AckDue RespondDue CommitmentDue ResolveDue
    When Who What Commit Subject Note
    WaitsForMe Late DueSoon OpenPromises Unacknowledged AllUnfinished
    Name Roles Emails Active
    Method ReplyBy Reason To RespondBy ResumeBy Evidence Plan Until Impact Urgency
    Comment Remedy Against Trigger Form
    About ComplainantRole Prohibition Verified Unverified Notified Finding Validity Pending Feedback
    Corrective Preventive Dissatisfied Recourse
    AtRisk Running Kept Breached Limit Start Counted EarlierDue Used Left KeptByLateEntry ToldWhy
    EnteredAt UsedUntilEntry LeftAtEntry
    FollowUp TellCustomer Relay Wanted Escalate DayOff Weekday WorkingHours
    ToAsk Awaited NoAnswer AnswerUntil
    Error Hint Warning Unknown NoneStated Yes No Nobody SetAside Clashes Namesake Disputed MergedInto MadeFormalFrom Follows Total
}
