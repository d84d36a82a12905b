//! Findings of check and audit, in English.

use crate::domain::finding::{Fault, Severity};

pub(in crate::words) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

pub(in crate::words) fn fault(fault: Fault) -> &'static str {
    match fault {
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
        Fault::CommittedByOther => "author and committer are two",
        Fault::KeptByLateEntry => "a late entry keeps a limit that had run out when it was entered",
        Fault::Rebased => "made anew after it had been made, as a rebase does",
        Fault::DueUnknown => "due times are unknown: the calendar of a year was not loaded",
        Fault::ClockBackwards => "an earlier event was entered later by its clock",
        Fault::LateEntry => "entered after it happened, with its reason",
        Fault::ClockFixedAllowed => "made under a fixed clock, which this desk allows",
        Fault::CutOff => "what came before is not in this shallow clone",
    }
}

/// What to do about it.
pub(in crate::words) fn advice(fault: Fault) -> &'static str {
    match fault {
        Fault::Stranger | Fault::Inactive => "docket people list shows who was in the roster",
        Fault::RoleMissing => "docket help procedure shows who may",
        Fault::CommittedByOther => "git log --format=fuller shows both; ask the committer",
        Fault::KeptByLateEntry | Fault::LateEntry => "docket show ID --history gives the reason",
        Fault::Rebased => "merge instead: git config pull.rebase false",
        Fault::DueUnknown => "docket calendar import FILE, then docket sla recompute ID",
        Fault::ClockBackwards => "set the clocks of the team by NTP",
        Fault::CutOff => "git fetch --unshallow",
        Fault::Rewritten => "compare with another clone: git log --graph --all",
        Fault::Unsigned => "git verify-commit COMMIT tells why",
        Fault::PolicyChanged | Fault::Ungrounded => "git show COMMIT; ask the team lead",
        Fault::ClockFixed => "fixed_clock in docket.yaml allows it for tests alone",
        Fault::ClockFixedAllowed => "such a desk proves nothing about times",
        Fault::HandMade
        | Fault::Smuggled
        | Fault::Deleted
        | Fault::Unreadable
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
        | Fault::Planted => "git show COMMIT shows it; git revert COMMIT and do it by docket",
    }
}
