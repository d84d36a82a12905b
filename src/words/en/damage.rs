//! What can be wrong with a clone, in English.

use crate::words::{catalogue::DamageText, damage::DamageKind};

pub(super) fn damage(kind: DamageKind) -> DamageText {
    match kind {
        DamageKind::Merge => DamageText {
            what: "a merge that is not ended",
            repair: "puts records together by the events of both sides, and ends the merge",
            by_hand: "git merge --abort gives it up; docket sync merges anew",
        },
        DamageKind::Operation => DamageText {
            what: "git is in the midst of something",
            repair: "",
            by_hand: "finish it or give it up with git first",
        },
        DamageKind::Edit => DamageText {
            what: "changed by hand",
            repair: "",
            by_hand: "--repair --edits keep --reason TEXT makes it an amend of yours, --repair --edits drop gives it up",
        },
        DamageKind::Policy => DamageText {
            what: "rules that cannot be read",
            repair: "",
            by_hand: "if a newer docket wrote it, update this one; else a team lead corrects and commits it: git log -p -- FILE shows where it came from",
        },
        DamageKind::Broken => DamageText {
            what: "broken",
            repair: "brings back what it was when it was last sound, in a commit",
            by_hand: "it never was sound: git log -p -- FILE shows how it came about",
        },
        DamageKind::Archive => DamageText {
            what: "not the report that the closing kept",
            repair: "brings back the one that was kept, in a commit",
            by_hand: "git no longer has it: another clone may",
        },
        DamageKind::Lock => DamageText {
            what: "a lock of git's",
            repair: "",
            by_hand: "if no git command runs, remove this file",
        },
        DamageKind::Stray => DamageText {
            what: "left by an interrupted write",
            repair: "removes it",
            by_hand: "remove it",
        },
    }
}
