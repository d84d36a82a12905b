//! Findings of check and audit, in English.

use crate::domain::analysis::finding::{FindingCode, Severity};

pub(super) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

#[expect(clippy::too_many_lines, reason = "one sentence for each finding")]
pub(super) fn finding(code: FindingCode) -> &'static str {
    match code {
        FindingCode::Malformed => "a file that cannot be read, or is in the wrong place",
        FindingCode::OutOfStep => "the status does not match the history",
        FindingCode::Untimely => "impossible times, or times in the wrong order",
        FindingCode::AckLate => "not acknowledged in time",
        FindingCode::Unacknowledged => "not acknowledged yet, past its time",
        FindingCode::ResponseLate => "not replied to in time",
        FindingCode::CommitmentMissed => {
            "not replied to by the time the responsible person committed to"
        }
        FindingCode::ResolveLate => "not resolved in time",
        FindingCode::ExpectedMissed => "not done by the time the customer expected",
        FindingCode::NotAccepted => "routed, but not accepted by anyone",
        FindingCode::CommittedLate => "a commitment beyond the limit, without a reason",
        FindingCode::NotFollowedUp => "the unit was not asked for progress",
        FindingCode::CustomerNotTold => "the customer was not kept informed",
        FindingCode::PromiseBroken => "a promise neither kept nor explained",
        FindingCode::MajorUntold => "a major incident that was not escalated",
        FindingCode::NoResult => "resolved without result, cause and code",
        FindingCode::NotCalledBack => {
            "closed without a callback by someone other than the person who resolved it"
        }
        FindingCode::NotContent => "closed although the customer was not satisfied",
        FindingCode::ComplaintUnopened => "a dissatisfied customer, but no complaint",
        FindingCode::ComplaintIrregular => "a complaint that did not follow the procedure",
        FindingCode::Incomplete => "closed with fields missing",
        FindingCode::ArchiveDiffers => "the archived report is not the one kept at closing",
        FindingCode::RemoteIrregular => "a remote session that did not follow the rules",
        FindingCode::VisitIrregular => "a visit that did not follow the rules",
        FindingCode::RemarkRepeated => "the customer made the same remark again",
        FindingCode::PersonalData => "personal data in a title",
        FindingCode::NoAgreement => "a customer whose agreement has ended or does not exist",
        FindingCode::AfterAgreement => "limits by an agreement that had ended",
        FindingCode::NoAgreedHours => "the working hours of its agreement are not in the policy",
        FindingCode::NamedAsTeam => "a contact with the name or address of a team member",
        FindingCode::NamesUnknown => "people whose names are not in this clone",
        FindingCode::ErasedKnown => "erased, and still known as another contact",
        FindingCode::DraftOverdue => "a draft of the policy that nobody adopted before its day",
        FindingCode::RulesShadowed => "a policy file that is not in force, because another one is",
        FindingCode::RulesOvertaken => {
            "an adopted policy file that takes back what was changed since it was drafted"
        }
        FindingCode::AgreementChanged => {
            "an agreement that would promise something else without a new version"
        }
        FindingCode::PromisedOtherwise => {
            "promised by a version of an agreement that promises something else now"
        }
        FindingCode::PromiseChanged => {
            "an agreement made to promise something else without a new version"
        }
        FindingCode::AdoptedAlone => "a draft adopted by who wrote it, as nobody else may",
        FindingCode::ErasedWaits => "unfinished, and its contact has been erased",
        FindingCode::PeopleForged => "names or numbers changed in a way no command does",
        FindingCode::NamesUnjudged => {
            "people whose names are not in this clone, so not told apart from the team"
        }
        FindingCode::PolicyStale => "rules not in force, expired or due for review",
        FindingCode::NotYetInForce => "rules of a later day, by which no step can be made yet",
        FindingCode::NotAnswered => "acknowledged as answered on the spot, but not resolved then",
        FindingCode::NobodyLeads => "a roster without a team lead, which nobody could change again",
        FindingCode::OtherBranch => {
            "another branch than the desk's, on which nothing would be found"
        }
        FindingCode::SlipMended => "a slip in the rules, corrected later",
        FindingCode::PointlessDay => "a day of the calendar that has no effect or loses a minute",
        FindingCode::DoubtfulRule => "a value in the policy that is hardly what was meant",
        FindingCode::NextYearMissing => "next year's calendar is not loaded yet",
        FindingCode::Unnamable => {
            "a name or address in the roster that git would write differently"
        }
        FindingCode::StaffMissing => "work assigned to nobody, or a role nobody has",
        FindingCode::Dangling => "a reference to nothing, or in a circle",
        FindingCode::Underrated => "low priority although the customer cannot work",
        FindingCode::Unbalanced => "the backlog does not add up",
        FindingCode::Clash => "conflicting steps made in two clones",
        FindingCode::HandEdit => "changed by hand and not committed",
        FindingCode::UnknownRule | FindingCode::UnknownRuleCommitted => {
            "a key or word in the policy that this docket does not know, perhaps from a newer one"
        }
        FindingCode::BrokenPolicy => "a policy file that cannot be read",
        FindingCode::Foreign => "a file docket did not write",
        FindingCode::Stranger => "by someone who was not in the roster",
        FindingCode::Inactive => "by someone who was not active on that day",
        FindingCode::RoleMissing => "done without the required role",
        FindingCode::HandMade => "changed by hand, not by a command",
        FindingCode::Smuggled => "changes a file that this kind of commit does not touch",
        FindingCode::Deleted => "deletes something that must be kept",
        FindingCode::Unreadable => "cannot be read",
        FindingCode::IntakeChanged => "the original entry was changed",
        FindingCode::EventChanged => "an earlier event was changed",
        FindingCode::EventRemoved => "an earlier event is gone",
        FindingCode::EventMisplaced => "does not append the one event of its step",
        FindingCode::Illegal => "the step was not possible in the state of the record",
        FindingCode::StatusForged => "the status does not match the events",
        FindingCode::Respelled => "the file is not written as docket writes it",
        FindingCode::MessageForged => "the message does not match what the commit does",
        FindingCode::TimeForged => "an impossible time",
        FindingCode::AuthorForged => "the event is not by the author of the commit",
        FindingCode::ArchiveForged => "not the report kept at closing",
        FindingCode::DecidedOtherwise => "decided differently from the policy",
        FindingCode::PolicyChanged => "policy changed by someone not allowed to",
        FindingCode::ClockFixed => "made under a fixed clock, which this desk does not allow",
        FindingCode::MergeForged => "the merge does not follow from its parents",
        FindingCode::Planted => "a new record that already has history, or has another record's id",
        FindingCode::Rewritten => "the history no longer contains the recorded commit",
        FindingCode::Unsigned => "not signed by its author",
        FindingCode::Ungrounded => "the desk did not begin with docket init",
        FindingCode::NotAsShown => {
            "the commit contains more than git shows, or can be read in two ways"
        }
        FindingCode::CheckedOutOtherwise => "git does not check out the desk's files as written",
        FindingCode::CommittedByOther => "author and committer differ",
        FindingCode::KeptByLateEntry => {
            "in time only by a late entry, made after the limit had passed"
        }
        FindingCode::Rebased => "rewritten after it was made (rebased?)",
        FindingCode::DueUnknown | FindingCode::NoDueTime => {
            "unknown due times: the calendar of a year is not loaded"
        }
        FindingCode::NamedOtherwise => "the author of a merge has another name in the roster",
        FindingCode::ClockBackwards => "the clock went back: an earlier event was entered later",
        FindingCode::LateEntry => "entered late, with a reason",
        FindingCode::ClockFixedAllowed => "made under a fixed clock, which this desk allows",
        FindingCode::CutOff => "earlier history is not in this shallow clone",
        FindingCode::FileMissing => "an attached file that is not in this clone",
        FindingCode::FilesForged => "attached files other than those that the record has",
        FindingCode::EditionUnknown => {
            "a kept report of a newer edition, which this docket cannot reproduce"
        }
    }
}

/// What to do about it.
#[expect(clippy::too_many_lines, reason = "one line for each finding")]
pub(super) fn advice(code: FindingCode) -> &'static str {
    match code {
        FindingCode::Malformed | FindingCode::ArchiveDiffers => {
            "git log -p -- PATH shows who changed it; docket doctor --repair restores it"
        }
        FindingCode::OutOfStep => "docket audit names the commit; docket doctor ID --repair",
        FindingCode::Untimely => "docket show ID; a team lead corrects it with docket amend",
        FindingCode::Unacknowledged => "docket ack ID --reply-by TIME",
        FindingCode::AckLate
        | FindingCode::ResponseLate
        | FindingCode::CommitmentMissed
        | FindingCode::ResolveLate
        | FindingCode::AfterAgreement
        | FindingCode::ExpectedMissed => "docket sla explain ID",
        FindingCode::NotAccepted => "docket accept ID --respond-by TIME, or docket route ID again",
        FindingCode::CommittedLate => "docket amend ID --event N --note TEXT --reason TEXT",
        FindingCode::NotFollowedUp => "docket followup",
        FindingCode::CustomerNotTold => "docket update ID --contact NAME --note TEXT",
        FindingCode::PromiseBroken => "docket fulfil ID N, or docket explain ID N TEXT",
        FindingCode::MajorUntold => "docket escalate ID --to PERSON",
        FindingCode::NoResult => "docket reopen ID --reason TEXT, then docket resolve ID",
        FindingCode::NotCalledBack => "docket reopen ID --reason TEXT, then docket confirm ID",
        FindingCode::NotContent => "docket reopen ID --reason TEXT",
        FindingCode::ComplaintUnopened => "docket open complaint TITLE --about ID",
        FindingCode::ComplaintIrregular => "docket report complaint-form ID",
        FindingCode::Incomplete => "docket amend ID --set FIELD=VALUE --reason TEXT",
        FindingCode::RemoteIrregular => "docket show ID; docket remote end ID ends a session",
        FindingCode::VisitIrregular => "docket visit list ID",
        FindingCode::RemarkRepeated => "docket link ID --to OTHER --as related",
        FindingCode::PersonalData => {
            "docket amend ID --set title=TEXT --reason TEXT; what is in the history stays there"
        }
        FindingCode::NoAgreement => {
            "a new version in policy/agreements.yaml, or docket customer change ID --agreement none"
        }
        FindingCode::NoAgreedHours => "git log -p -- PATH shows who took them away",
        FindingCode::NamedAsTeam => {
            "docket contact show CONTACT; nobody of the team may answer for a customer"
        }
        FindingCode::NamesUnknown | FindingCode::NamesUnjudged => {
            "docket sync brings them where the remote has them; an auditor does not need them"
        }
        FindingCode::ErasedKnown => "docket contact erase CONTACT --reason TEXT",
        FindingCode::AgreementChanged | FindingCode::PromiseChanged => {
            "leave the version as it was, and write what is promised now as the next one: docket policy edit agreements"
        }
        FindingCode::PromisedOtherwise => {
            "docket update ID --level LEVEL --reason TEXT promises it by the version as it is now; what was \
             told the customer: docket amend ID --event N --note TEXT --reason TEXT"
        }
        FindingCode::RulesOvertaken => {
            "docket policy edit FILE --next --on DAY takes it up again, docket policy adopt FILE replaces it; docket policy adopt FILE --withdraw --reason TEXT takes it back"
        }
        FindingCode::DraftOverdue => {
            "docket policy edit FILE --next --on DAY gives it a later day; docket policy edit FILE --drop drops it"
        }
        FindingCode::RulesShadowed => {
            "docket policy show lists what is in force; docket policy edit FILE changes that"
        }
        FindingCode::AdoptedAlone => "have a second person read it, or make another team lead",
        FindingCode::ErasedWaits => {
            "docket show ID; go on with somebody else of the customer; where there is nobody else a team lead closes it: docket close ID --exception other --reason TEXT"
        }
        FindingCode::PeopleForged => "docket doctor --repair, then docket sync",
        FindingCode::PolicyStale => {
            "docket calendar import FILE; effective_on and version at the head of the file"
        }
        FindingCode::Unnamable => "docket people change ID --name NAME --email ADDRESS",
        FindingCode::StaffMissing => "docket takeover ID, docket route ID, or docket people change",
        FindingCode::Dangling => "docket show ID; git log -- PATH; docket doctor --repair",
        FindingCode::Underrated => "docket update ID --urgency high --reason TEXT",
        FindingCode::Unbalanced => "docket report kpi --month last",
        FindingCode::Clash => {
            "docket show ID, then docket settle ID --keep EVENT or docket sla recompute ID"
        }
        FindingCode::HandEdit => {
            "git diff HEAD -- PATH shows it; git restore --staged --worktree PATH discards it"
        }
        FindingCode::UnknownRule => {
            "if a newer docket wrote it, update this one; if not, correct it: git log -p -- PATH"
        }
        FindingCode::UnknownRuleCommitted => {
            "if a newer docket wrote it, audit with that one; if not, git show COMMIT shows it, and a \
             team lead corrects it"
        }
        FindingCode::BrokenPolicy => {
            "git log -p -- PATH shows who changed it; a team lead corrects and commits it"
        }
        FindingCode::Foreign => "git rm PATH, or move it elsewhere",
        FindingCode::Stranger | FindingCode::Inactive => {
            "docket people list shows who was in the roster"
        }
        FindingCode::RoleMissing => "docket help procedure shows who is allowed",
        FindingCode::CommittedByOther => "git log --format=fuller shows both; ask the committer",
        FindingCode::KeptByLateEntry | FindingCode::LateEntry => "docket show ID gives the reason",
        FindingCode::Rebased => "merge instead: git config pull.rebase false",
        FindingCode::DueUnknown | FindingCode::NoDueTime => {
            "docket calendar import FILE, then docket sla recompute ID"
        }
        FindingCode::NotYetInForce => "commit the file on that day, or correct effective_on",
        FindingCode::NotAnswered => {
            "docket show ID; how the customer got the answer: docket amend ID --event N --note TEXT \
             --reason TEXT"
        }
        FindingCode::NobodyLeads => "give somebody who is active the role team_lead",
        FindingCode::OtherBranch => "correct branch in docket.yaml",
        FindingCode::DoubtfulRule => {
            "git log -p -- PATH shows who meant it; docket policy set corrects it"
        }
        FindingCode::SlipMended => "nothing: git show COMMIT shows the slip",
        FindingCode::PointlessDay => {
            "correct policy/calendar.yaml; docket calendar show --month MONTH shows the effect"
        }
        FindingCode::NextYearMissing => {
            "docket calendar import FILE once the holidays of that year are published, or --no-holidays YEAR"
        }
        FindingCode::ClockBackwards => "synchronise the team's clocks by NTP",
        FindingCode::CutOff => "git fetch --unshallow",
        FindingCode::FileMissing => {
            "docket attachment verify ID gets it where the remote has it; a clone that still has it sends \
             it again by the same, then docket sync"
        }
        FindingCode::FilesForged => "push the branch first; docket sync sends what is right",
        FindingCode::EditionUnknown => "audit with the version of docket that closed the record",
        FindingCode::Rewritten => "compare with another clone: git log --graph --all",
        FindingCode::Unsigned => "git verify-commit COMMIT says why",
        FindingCode::PolicyChanged | FindingCode::Ungrounded => {
            "git show COMMIT; ask the team lead"
        }
        FindingCode::ClockFixed => "fixed_clock in docket.yaml allows it, for tests only",
        FindingCode::ClockFixedAllowed => "such a desk proves nothing about times",
        FindingCode::NotAsShown => "git cat-file -p COMMIT shows it all; ask the author",
        FindingCode::CheckedOutOtherwise => {
            "git show COMMIT shows it; a team lead removes it: git rm PATH, or corrects the line"
        }
        FindingCode::NamedOtherwise => "git config user.name NAME, as docket people list has it",
        FindingCode::Unreadable => {
            "git show COMMIT shows it; docket doctor --repair repairs records and contacts, a commit \
             by a team lead the policy"
        }
        FindingCode::Deleted => "git show COMMIT shows it; docket doctor --repair restores records",
        FindingCode::HandMade
        | FindingCode::Smuggled
        | FindingCode::IntakeChanged
        | FindingCode::EventChanged
        | FindingCode::EventRemoved
        | FindingCode::EventMisplaced
        | FindingCode::Illegal
        | FindingCode::StatusForged
        | FindingCode::Respelled
        | FindingCode::MessageForged
        | FindingCode::TimeForged
        | FindingCode::AuthorForged
        | FindingCode::ArchiveForged
        | FindingCode::DecidedOtherwise
        | FindingCode::MergeForged
        | FindingCode::Planted => {
            "git show COMMIT shows it; docket doctor ID --repair restores a record; only if it is the \
             newest commit and not pushed: git reset --keep COMMIT~1"
        }
    }
}
