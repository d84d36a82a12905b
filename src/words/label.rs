//! Names of columns, sections and fields.

use crate::domain::{
    analysis::finding::phrase::DisputedField,
    history::{contact::ContactField, customer::CustomerField, person::PersonField},
};

macro_rules! labels {
    ($($name:ident)+) => {
        /// The name of a column, a section or a field.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Label { $($name,)+ }

        impl Label {
            /// Every label.
            #[cfg(test)]
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];
        }
    };
}

labels! {
    TimeZone Language Country Severity FindingCode Place Problem Detail CheckPoint Observed Fits Assessor Commits
    Check RecordId Cache Importing SampleDesk Audit
    NoFigure NotMeasured ExplainedNotKept Callback
    Id State Kind Level Priority Title Customer Contact Phone Email Site Channel ChannelText Received
    Owner Responsible Handler Unit Due Category Product Reported Need Expected Progress Support Promises
    History Result Cause CauseCategory Code DoneAt Confirmation Satisfaction Archive Links Reference
    OccurredAt Location Symptom Soothed WantsReply Paused Survey
    AckDue RespondDue CommitmentDue ResolveDue ResolutionClock
    When Date Who Commit Subject Note Duty Standing Group Met
    RedactEvent RedactField HideText PersonalData PersonalReason TakeOut KeepWithReason Stop
    Step StateBefore StateAfter StateRestored Unchanged AnyState AllowedRoles
    WaitsForMe Late DueSoon Untaken AllUnfinished
    Answers CustomerName Aliases Party Manager Agreement LimitOfAgreement LimitOfDesk Sites OtherSite Products
    LastContact Mood OpenComplaints MeanGrades NewestGrades Remarks
    Name Erased Roles Emails Active TeamMember
    Method ReplyBy Reason HoldReason Mistake RespondBy ResumeBy Evidence
    RouteTo EscalateTo HandoverTo PromiseTo PromiseDue PromiseWhat
    VisitWindow Engineer VisitAddress VisitWork VisitConduct VisitDevices SignedBy Opinion AgreedWith VisitNumber Visits HandInBy FilledOffline
    Sessions SessionNumber RemoteConsent RemoteMethod RemoteScope RemoteTool RemoteInstall SupervisedBy RefusedBy RemoteSteps OtherSoftware TouchedData RemoteClient RemoteAllowed NotSigned
    Plan ExtendUntil ConsentBy ConsentMethod CallbackWith Informed AnsweredBy KeepEvent
    Comment Remedy Against Trigger Form LinkTo LinkAs Explanation StopsWork Caller NewContact NewCustomer Distinction
    MajorComplaint GeneralComplaint ComplaintDue PromisedReply ComplainantRole Prohibition Verification Verified Unverified Notified Finding Validity Pending
    Feedback Corrective Preventive Dissatisfied Recourse
    AtRisk Running Kept Breached Limit Start Counted EarlierDue StoppedAt Used Left OverBy LateSince
    KeptByLateEntry ToldWhy EnteredAt UsedUntilEntry LeftAtEntry
    Acknowledge Respond KeepCommitment Resolve MeetExpectation Reply
    ReplyAsPromised KeepPromise Escalate Matter Deadlines Outcome Related
    FollowUp TellCustomer Wanted DayOff Weekday WorkingHours HoursOfDesk
    ToAsk Awaited NoAnswer AnswerUntil
    Error Hint Warning Unknown NoneStated Yes No SetAside Withdrawn UndoneStep Clashes Namesake NewValue RuleVersion InForce EffectiveOn ReviewedBy ApprovedBy EditAgain Disputed Salutation
    Attachments Attachment FileToAttach SaveAs EraseForGood MergeThem ContactToMerge ContactToKeep CustomerToMerge CustomerToKeep MergedAway AtFirst RuleFile Rule RuleValue SomebodyElse Number FileName FileSize Hash AttachedBy InThisClone
    MergedInto MadeFormalFrom Follows CausedBy
}

impl Label {
    /// What a field of a customer is called.
    pub fn of_customer_field(field: CustomerField) -> Self {
        match field {
            CustomerField::Name => Self::CustomerName,
            CustomerField::Party => Self::Party,
            CustomerField::Manager => Self::Manager,
            CustomerField::Agreement => Self::Agreement,
            CustomerField::MergedInto => Self::MergedInto,
        }
    }

    /// What a field is called of which clones said different things.
    pub fn of_disputed(field: DisputedField) -> Self {
        match field {
            DisputedField::Customer(field) => Self::of_customer_field(field),
            DisputedField::Contact(ContactField::Customer) => Self::Customer,
            DisputedField::Contact(ContactField::MergedInto) => Self::MergedInto,
            DisputedField::Person(PersonField::Name) => Self::Name,
            DisputedField::Person(PersonField::Salutation) => Self::Salutation,
            DisputedField::Person(PersonField::Namesake) => Self::Distinction,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{Lang, Words};

    /// Labels of what a step asks for, and the fact that it becomes: both bear one name.
    const SAME_NAME: &[(Label, &str, &str)] = &[
        (Label::RouteTo, "route", "to"),
        (Label::EscalateTo, "escalate", "to"),
        (Label::HandoverTo, "handover", "to"),
        (Label::PromiseTo, "promise", "to"),
        (Label::PromiseDue, "promise", "due"),
        (Label::PromiseWhat, "promise", "what"),
        (Label::Plan, "extend", "plan"),
        (Label::CallbackWith, "confirm", "with"),
        (Label::Informed, "ack", "told"),
        (Label::AnsweredBy, "survey", "answered_by"),
        (Label::ReplyBy, "ack", "reply_by"),
        (Label::RespondBy, "accept", "respond_by"),
        (Label::ResumeBy, "pend", "resume_by"),
        (Label::Evidence, "pend", "evidence"),
        (Label::Finding, "decide", "finding"),
        (Label::Validity, "decide", "validity"),
        (Label::Result, "resolve", "result"),
        (Label::Cause, "resolve", "cause"),
        (Label::CauseCategory, "resolve", "cause_category"),
        (Label::Code, "resolve", "code"),
        (Label::DoneAt, "resolve", "done_at"),
        (Label::Corrective, "resolve", "corrective"),
        (Label::Preventive, "resolve", "preventive"),
        (Label::Satisfaction, "confirm", "satisfaction"),
        (Label::Comment, "confirm", "comment"),
        (Label::Recourse, "close", "recourse"),
        (Label::Reason, "route", "reason"),
        (Label::Kind, "intake", "kind"),
        (Label::Title, "intake", "title"),
        (Label::Customer, "intake", "customer"),
        (Label::Contact, "intake", "contact"),
        (Label::Site, "intake", "site"),
        (Label::Channel, "intake", "channel"),
        (Label::ChannelText, "intake", "channel_text"),
        (Label::Category, "intake", "category"),
        (Label::Product, "intake", "product"),
        (Label::Reported, "intake", "reported"),
        (Label::Need, "intake", "need"),
        (Label::Expected, "intake", "expected_by"),
        (Label::Reference, "intake", "reference"),
        (Label::OccurredAt, "intake", "occurred_at"),
        (Label::Location, "intake", "location"),
        (Label::Symptom, "intake", "symptom"),
        (Label::Soothed, "intake", "soothed"),
        (Label::Trigger, "intake", "trigger"),
        (Label::Form, "intake", "form"),
        (Label::ComplainantRole, "intake", "complainant_role"),
        (Label::Against, "intake", "against"),
        (Label::Prohibition, "intake", "prohibition"),
        (Label::Remedy, "intake", "remedy"),
        (Label::CausedBy, "intake", "cause"),
        (Label::MadeFormalFrom, "intake", "from"),
        (Label::Follows, "intake", "follows"),
        (Label::Wanted, "intake", "wanted"),
    ];

    #[test]
    fn what_is_asked_for_is_called_as_what_is_recorded() {
        for lang in Lang::ALL {
            let words = Words::new(lang);
            let pair = |(label, step, field): &(Label, &str, &str)| {
                (words.label(*label).to_owned(), words.fact(step, field))
            };
            let other: Vec<_> =
                SAME_NAME.iter().map(pair).filter(|(one, two)| one != two).collect();
            assert!(other.is_empty(), "{lang}: {other:?}");
        }
    }
}
