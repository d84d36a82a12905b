//! Findings of check and audit, in English.

use crate::domain::analysis::finding::{FindingCode, Severity};

pub(super) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

pub(super) fn finding(code: FindingCode) -> &'static str {
    match code {
        FindingCode::Malformed => {
            "a file that cannot be read, or lies where its id does not belong"
        }
        FindingCode::OutOfStep => "the status is not what the history gives",
        FindingCode::Untimely => "times that cannot be, or in the wrong order",
        FindingCode::AckLate => "not acknowledged in time",
        FindingCode::ResponseLate => "not replied to in time",
        FindingCode::CommitmentMissed => {
            "not replied to by the time that the responsible person named"
        }
        FindingCode::ResolveLate => "not solved in time",
        FindingCode::ExpectedMissed => "not done by the time that the customer expects",
        FindingCode::NotAccepted => "handed out, and nobody has accepted it",
        FindingCode::CommittedLate => "a commitment beyond the limit without a reason",
        FindingCode::NotFollowedUp => "the unit was not asked how far it is",
        FindingCode::CustomerNotTold => "the customer has not heard from us",
        FindingCode::PromiseBroken => "a promise that is neither kept nor explained",
        FindingCode::MajorUntold => "a major event that nobody higher was told of",
        FindingCode::NoResult => "solved without result, cause and code",
        FindingCode::NotCalledBack => {
            "closed without a callback by somebody else than who solved it"
        }
        FindingCode::NotContent => "closed although the customer is not content",
        FindingCode::ComplaintUnopened => "a customer who is not content, and no complaint",
        FindingCode::ComplaintIrregular => "a complaint that is off its road",
        FindingCode::Incomplete => "closed with fields missing",
        FindingCode::ArchiveDiffers => "the archived report is not the one that the closing kept",
        FindingCode::RemarkRepeated => "a remark with which the customer came again",
        FindingCode::PersonalData => "personal data outside of contacts/",
        FindingCode::PolicyStale => "rules that do not hold today",
        FindingCode::Unnamable => {
            "a name or an address in the roster that git writes otherwise into commits"
        }
        FindingCode::StaffMissing => "work that nobody here holds, or a role that nobody has",
        FindingCode::Dangling => "a reference that leads nowhere, or in a circle",
        FindingCode::Underrated => "of low priority although the customer cannot work",
        FindingCode::Unbalanced => "what came and went does not add up",
        FindingCode::Clash => "what two clones did without knowing of each other",
        FindingCode::HandEdit => "changed by hand and not committed",
        FindingCode::Foreign => "a file that is none of docket's",
        FindingCode::Stranger => "by somebody who was not in the roster",
        FindingCode::Inactive => "by somebody who was not in the team on that day",
        FindingCode::RoleMissing => "done without the role for it",
        FindingCode::HandMade => "changed by hand, not by a command",
        FindingCode::Smuggled => "changes a file that such a commit does not touch",
        FindingCode::Deleted => "takes away what is never taken away",
        FindingCode::Unreadable => "cannot be read",
        FindingCode::IntakeChanged => "what was told at the beginning was changed",
        FindingCode::EventChanged => "an earlier event was changed",
        FindingCode::EventRemoved => "an earlier event is gone",
        FindingCode::EventMisplaced => "does not add the one event of its step at its place",
        FindingCode::Illegal => "the step was not possible where the record stood",
        FindingCode::StatusForged => "the status is not what the events give",
        FindingCode::Respelled => "the file is not written as docket writes it",
        FindingCode::MessageForged => "the message does not tell what the commit does",
        FindingCode::TimeForged => "a time that cannot be",
        FindingCode::AuthorForged => "the event is not by the author of the commit",
        FindingCode::ArchiveForged => "not the report that the closing kept",
        FindingCode::DecidedOtherwise => "decided otherwise than policy decides",
        FindingCode::PolicyChanged => "policy changed by somebody who may not",
        FindingCode::ClockFixed => "made under a fixed clock, which this desk does not allow",
        FindingCode::MergeForged => "the merge is not what its parents give",
        FindingCode::Planted => {
            "a record that appears with a past of its own, or under another's id"
        }
        FindingCode::Rewritten => "the history no longer holds the commit that was noted",
        FindingCode::Unsigned => "not signed by its author",
        FindingCode::Ungrounded => "the desk did not begin with docket init",
        FindingCode::NotAsShown => {
            "the commit holds more than git shows of it, or is read in two ways"
        }
        FindingCode::CheckedOutOtherwise => "git does not give the desk's files back as written",
        FindingCode::CommittedByOther => "author and committer are two",
        FindingCode::KeptByLateEntry => {
            "a late entry keeps a limit that had run out when it was entered"
        }
        FindingCode::Rebased => "made anew after it had been made, as a rebase does",
        FindingCode::DueUnknown => "due times are unknown: the calendar of a year was not loaded",
        FindingCode::NamedOtherwise => {
            "the author of a merge is named otherwise than in the roster"
        }
        FindingCode::ClockBackwards => "an earlier event was entered later by its clock",
        FindingCode::LateEntry => "entered after it happened, with its reason",
        FindingCode::ClockFixedAllowed => "made under a fixed clock, which this desk allows",
        FindingCode::CutOff => "what came before is not in this shallow clone",
        FindingCode::EditionUnknown => {
            "a kept report of a later edition of the templates, which cannot be made again here"
        }
    }
}

/// What to do about it.
pub(super) fn advice(code: FindingCode) -> &'static str {
    match code {
        FindingCode::Malformed | FindingCode::ArchiveDiffers => {
            "git log -p -- PATH shows who changed it; docket doctor --repair brings it back"
        }
        FindingCode::OutOfStep => "docket audit names the commit; docket doctor ID --repair",
        FindingCode::Untimely => "docket show ID; a team lead corrects it with docket amend",
        FindingCode::AckLate
        | FindingCode::ResponseLate
        | FindingCode::CommitmentMissed
        | FindingCode::ResolveLate
        | FindingCode::ExpectedMissed => "docket sla explain ID",
        FindingCode::NotAccepted => "docket accept ID --respond-by T, or docket route ID again",
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
        FindingCode::RemarkRepeated => "docket link ID --to OTHER --as related",
        FindingCode::PersonalData => {
            "docket amend ID --set title=TEXT --reason TEXT; what is in the history stays there"
        }
        FindingCode::PolicyStale => {
            "docket calendar import FILE; effective_on and version at the head of the file"
        }
        FindingCode::Unnamable => "docket people change ID --name NAME --email ADDRESS",
        FindingCode::StaffMissing => "docket takeover ID, docket route ID, or docket people change",
        FindingCode::Dangling => "docket show ID; git log -- PATH",
        FindingCode::Underrated => "docket update ID --urgency high --reason TEXT",
        FindingCode::Unbalanced => "docket report kpi --month last",
        FindingCode::Clash => {
            "docket show ID, then docket settle ID --keep EVENT or docket sla recompute ID"
        }
        FindingCode::HandEdit => "git diff -- PATH shows it; git restore PATH drops it",
        FindingCode::Foreign => "git rm PATH, or move it elsewhere",
        FindingCode::Stranger | FindingCode::Inactive => {
            "docket people list shows who was in the roster"
        }
        FindingCode::RoleMissing => "docket help procedure shows who may",
        FindingCode::CommittedByOther => "git log --format=fuller shows both; ask the committer",
        FindingCode::KeptByLateEntry | FindingCode::LateEntry => "docket show ID gives the reason",
        FindingCode::Rebased => "merge instead: git config pull.rebase false",
        FindingCode::DueUnknown => "docket calendar import FILE, then docket sla recompute ID",
        FindingCode::ClockBackwards => "set the clocks of the team by NTP",
        FindingCode::CutOff => "git fetch --unshallow",
        FindingCode::EditionUnknown => "audit with the version of docket that closed the record",
        FindingCode::Rewritten => "compare with another clone: git log --graph --all",
        FindingCode::Unsigned => "git verify-commit COMMIT tells why",
        FindingCode::PolicyChanged | FindingCode::Ungrounded => {
            "git show COMMIT; ask the team lead"
        }
        FindingCode::ClockFixed => "fixed_clock in docket.yaml allows it for tests alone",
        FindingCode::ClockFixedAllowed => "such a desk proves nothing about times",
        FindingCode::NotAsShown => "git cat-file -p COMMIT shows it all; ask the author",
        FindingCode::CheckedOutOtherwise => {
            "git show COMMIT shows it; a team lead takes it away: git rm PATH, or another line in it"
        }
        FindingCode::NamedOtherwise => "git config user.name NAME, as docket people list has it",
        FindingCode::Unreadable => {
            "git show COMMIT shows it; docket doctor --repair mends records and contacts, and a team \
             lead's commit mends policy"
        }
        FindingCode::Deleted => {
            "git show COMMIT shows it; docket doctor --repair brings records back"
        }
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
            "git show COMMIT shows it; docket doctor ID --repair brings a record back; only where it \
             is the newest commit and not pushed: git reset --keep COMMIT~1"
        }
    }
}
