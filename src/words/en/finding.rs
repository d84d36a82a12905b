//! Findings of check and audit, in English.

use crate::domain::analysis::finding::{Fault, Severity};

pub(in crate::words) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

pub(in crate::words) fn fault(fault: Fault) -> &'static str {
    match fault {
        Fault::Malformed => "a file that cannot be read, or lies where its id does not belong",
        Fault::OutOfStep => "the status is not what the history gives",
        Fault::Untimely => "times that cannot be, or in the wrong order",
        Fault::AckLate => "not acknowledged in time (R22)",
        Fault::ResponseLate => "not replied to in time (R22)",
        Fault::ResolveLate => "not solved in time (R23)",
        Fault::ExpectedMissed => "not done by the time that the customer expects (R26)",
        Fault::NotAccepted => "handed out, and nobody has accepted it (R34)",
        Fault::CommittedLate => "a commitment beyond the limit without a reason (R36)",
        Fault::NotFollowedUp => "the unit was not asked how far it is (R43)",
        Fault::CustomerNotTold => "the customer has not heard from us (R46)",
        Fault::PromiseBroken => "a promise that is neither kept nor explained (R18)",
        Fault::MajorUntold => "a major event that nobody higher was told of (R41)",
        Fault::NoResult => "solved without result, cause and code (R50)",
        Fault::NotCalledBack => {
            "closed without a callback by somebody else than who solved it (R51)"
        }
        Fault::NotContent => "closed although the customer is not content (R51)",
        Fault::ComplaintUnopened => "a customer who is not content, and no complaint (R77, R78)",
        Fault::ComplaintIrregular => "a complaint that is off its road (R83–R93)",
        Fault::Incomplete => "closed with fields missing (R54)",
        Fault::ArchiveDiffers => "the archived report is not the one that the closing kept (R55)",
        Fault::RemarkRepeated => "a remark with which the customer came again (R7)",
        Fault::PersonalData => "personal data outside of contacts/",
        Fault::PolicyStale => "rules that do not hold today",
        Fault::Unnamable => {
            "a name or an address in the roster that git writes otherwise into commits"
        }
        Fault::StaffMissing => "work that nobody here holds, or a role that nobody has",
        Fault::Dangling => "a reference that leads nowhere, or in a circle",
        Fault::Underrated => "of low priority although the customer cannot work (R33)",
        Fault::Unbalanced => "what came and went does not add up",
        Fault::Clash => "what two clones did without knowing of each other",
        Fault::HandEdit => "changed by hand and not committed",
        Fault::Foreign => "a file that is none of docket's",
        Fault::Stranger => "by somebody who was not in the roster",
        Fault::Inactive => "by somebody who was not in the team on that day",
        Fault::RoleMissing => "done without the role for it",
        Fault::HandMade => "changed by hand, not by a command",
        Fault::Smuggled => "changes a file that such a commit does not touch",
        Fault::Deleted => "takes away what is never taken away",
        Fault::Unreadable => "cannot be read",
        Fault::IntakeChanged => "what was told at the beginning was changed",
        Fault::EventChanged => "an earlier event was changed",
        Fault::EventRemoved => "an earlier event is gone",
        Fault::EventMisplaced => "does not add the one event of its step at its place",
        Fault::Illegal => "the step was not possible where the record stood",
        Fault::StatusForged => "the status is not what the events give",
        Fault::Respelled => "the file is not written as docket writes it",
        Fault::MessageForged => "the message does not tell what the commit does",
        Fault::TimeForged => "a time that cannot be",
        Fault::AuthorForged => "the event is not by the author of the commit",
        Fault::ArchiveForged => "not the report that the closing kept",
        Fault::DecidedOtherwise => "decided otherwise than policy decides",
        Fault::PolicyChanged => "policy changed by somebody who may not",
        Fault::ClockFixed => "made under a fixed clock, which this desk does not allow",
        Fault::MergeForged => "the merge is not what its parents give",
        Fault::Planted => "a record that appears with a past of its own, or under another's id",
        Fault::Rewritten => "the history no longer holds the commit that was noted",
        Fault::Unsigned => "not signed by its author",
        Fault::Ungrounded => "the desk did not begin with docket init",
        Fault::NotAsShown => "the commit holds more than git shows of it, or is read in two ways",
        Fault::CheckedOutOtherwise => "git does not give the desk's files back as written",
        Fault::CommittedByOther => "author and committer are two",
        Fault::KeptByLateEntry => "a late entry keeps a limit that had run out when it was entered",
        Fault::Rebased => "made anew after it had been made, as a rebase does",
        Fault::DueUnknown => "due times are unknown: the calendar of a year was not loaded",
        Fault::NamedOtherwise => "the author of a merge is named otherwise than in the roster",
        Fault::ClockBackwards => "an earlier event was entered later by its clock",
        Fault::LateEntry => "entered after it happened, with its reason",
        Fault::ClockFixedAllowed => "made under a fixed clock, which this desk allows",
        Fault::CutOff => "what came before is not in this shallow clone",
        Fault::EditionUnknown => {
            "a kept report of a later edition of the templates, which cannot be made again here"
        }
    }
}

/// What to do about it.
pub(in crate::words) fn advice(fault: Fault) -> &'static str {
    match fault {
        Fault::Malformed | Fault::ArchiveDiffers => {
            "git log -p -- PATH shows who changed it; docket doctor --repair brings it back"
        }
        Fault::OutOfStep => "docket audit names the commit; docket doctor ID --repair",
        Fault::Untimely => "docket show ID; a team lead corrects it with docket amend",
        Fault::AckLate | Fault::ResponseLate | Fault::ResolveLate | Fault::ExpectedMissed => {
            "docket sla explain ID"
        }
        Fault::NotAccepted => "docket accept ID --respond-by T, or docket route ID again",
        Fault::CommittedLate => "docket amend ID --event N --note TEXT --reason TEXT",
        Fault::NotFollowedUp => "docket followup",
        Fault::CustomerNotTold => "docket update ID --contact NAME --note TEXT",
        Fault::PromiseBroken => "docket kept ID N, or docket explain ID N TEXT",
        Fault::MajorUntold => "docket escalate ID --to PERSON",
        Fault::NoResult => "docket reopen ID --reason TEXT, then docket resolve ID",
        Fault::NotCalledBack => "docket reopen ID --reason TEXT, then docket confirm ID",
        Fault::NotContent => "docket reopen ID --reason TEXT",
        Fault::ComplaintUnopened => "docket open complaint TITLE --about ID",
        Fault::ComplaintIrregular => "docket report complaint-form ID",
        Fault::Incomplete => "docket amend ID --set FIELD=VALUE --reason TEXT",
        Fault::RemarkRepeated => "docket link ID --to OTHER --as related",
        Fault::PersonalData => {
            "docket amend ID --set title=TEXT --reason TEXT; what is in the history stays there"
        }
        Fault::PolicyStale => {
            "docket calendar import FILE; effective_on and version at the head of the file"
        }
        Fault::Unnamable => "docket people change ID --name NAME --email ADDRESS",
        Fault::StaffMissing => "docket takeover ID, docket route ID, or docket people change",
        Fault::Dangling => "docket show ID; git log -- PATH",
        Fault::Underrated => "docket update ID --urgency high --reason TEXT",
        Fault::Unbalanced => "docket report kpi --month last",
        Fault::Clash => {
            "docket show ID, then docket settle ID --keep EVENT or docket sla recompute ID"
        }
        Fault::HandEdit => "git diff -- PATH shows it; git restore PATH drops it",
        Fault::Foreign => "git rm PATH, or move it elsewhere",
        Fault::Stranger | Fault::Inactive => "docket people list shows who was in the roster",
        Fault::RoleMissing => "docket help procedure shows who may",
        Fault::CommittedByOther => "git log --format=fuller shows both; ask the committer",
        Fault::KeptByLateEntry | Fault::LateEntry => "docket show ID gives the reason",
        Fault::Rebased => "merge instead: git config pull.rebase false",
        Fault::DueUnknown => "docket calendar import FILE, then docket sla recompute ID",
        Fault::ClockBackwards => "set the clocks of the team by NTP",
        Fault::CutOff => "git fetch --unshallow",
        Fault::EditionUnknown => "audit with the version of docket that closed the record",
        Fault::Rewritten => "compare with another clone: git log --graph --all",
        Fault::Unsigned => "git verify-commit COMMIT tells why",
        Fault::PolicyChanged | Fault::Ungrounded => "git show COMMIT; ask the team lead",
        Fault::ClockFixed => "fixed_clock in docket.yaml allows it for tests alone",
        Fault::ClockFixedAllowed => "such a desk proves nothing about times",
        Fault::NotAsShown => "git cat-file -p COMMIT shows it all; ask the author",
        Fault::CheckedOutOtherwise => {
            "git show COMMIT shows it; a team lead takes it away: git rm PATH, or another line in it"
        }
        Fault::NamedOtherwise => "git config user.name NAME, as docket people list has it",
        Fault::Unreadable => {
            "git show COMMIT shows it; docket doctor --repair mends records and contacts, and a team \
             lead's commit mends policy"
        }
        Fault::Deleted => "git show COMMIT shows it; docket doctor --repair brings records back",
        Fault::HandMade
        | Fault::Smuggled
        | Fault::IntakeChanged
        | Fault::EventChanged
        | Fault::EventRemoved
        | Fault::EventMisplaced
        | Fault::Illegal
        | Fault::StatusForged
        | Fault::Respelled
        | Fault::MessageForged
        | Fault::TimeForged
        | Fault::AuthorForged
        | Fault::ArchiveForged
        | Fault::DecidedOtherwise
        | Fault::MergeForged
        | Fault::Planted => {
            "git show COMMIT shows it; docket doctor ID --repair brings a record back; only where it \
             is the newest commit and not pushed: git reset --keep COMMIT~1"
        }
    }
}
