//! What can be wrong with a clone, in English.

use crate::words::{catalogue::DamageText, damage::DamageKind};

pub(super) fn damage(kind: DamageKind) -> DamageText {
    match kind {
        DamageKind::Merge => DamageText {
            what: "an unfinished merge",
            repair: "combines the events of both sides and finishes the merge",
            by_hand: "git merge --abort cancels it; docket sync merges again",
        },
        DamageKind::Operation => DamageText {
            what: "git has an operation in progress",
            repair: "",
            by_hand: "finish or abort it with git first",
        },
        DamageKind::Edit => DamageText {
            what: "changed by hand",
            repair: "",
            by_hand: "docket doctor --repair --edits keep --reason TEXT records it as your correction (amend), docket doctor --repair --edits drop discards it",
        },
        DamageKind::ContactEdit => DamageText {
            what: "changed by hand",
            repair: "",
            by_hand: "the edit of a contact cannot be kept: docket open takes new numbers and addresses (--phone, --email); docket doctor --repair --edits drop discards it",
        },
        DamageKind::Policy => DamageText {
            what: "rules that cannot be read",
            repair: "",
            by_hand: "if a newer docket wrote it, update this one; if not, a team lead corrects and commits it: git log -p -- FILE shows where it came from",
        },
        DamageKind::Broken => DamageText {
            what: "broken",
            repair: "restores its last readable version, in a commit",
            by_hand: "it was never readable: git log -p -- FILE shows where it came from",
        },
        DamageKind::Archive => DamageText {
            what: "not the report kept at closing",
            repair: "restores the kept one, in a commit",
            by_hand: "git no longer has it; another clone may",
        },
        DamageKind::Lock => DamageText {
            what: "a lock file of git",
            repair: "",
            by_hand: "if no git command is running, remove this file",
        },
        DamageKind::Stray => DamageText {
            what: "left by an interrupted write",
            repair: "removes it",
            by_hand: "remove it",
        },
        DamageKind::Files => DamageText {
            what: "attached files that the record does not have",
            repair: "removes them from this clone",
            by_hand: "",
        },
        DamageKind::Reference => DamageText {
            what: "a reference that names no commit",
            repair: "points it to a commit of the files it leads to, or deletes it if there are none; docket sync then fetches the remote's",
            by_hand: "",
        },
        DamageKind::StrayPeople => DamageText {
            what: "in refs/docket/people, and not a contact of this desk",
            repair: "removes it, and docket sync then removes it from the remote",
            by_hand: "",
        },
        DamageKind::UnknownPeople => DamageText {
            what: "names not in this clone",
            repair: "",
            by_hand: "docket sync brings them where the remote or another clone has them; without them contacts are shown by their ids",
        },
        DamageKind::Unsendable => DamageText {
            what: "not sent yet, and others would refuse it",
            repair: "takes it and what was made on it back, and keeps all that on a branch; what others have can only be reverted",
            by_hand: "",
        },
    }
}
