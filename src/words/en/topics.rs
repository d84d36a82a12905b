//! The topics of help that are told in sentences, in English.

use crate::words::help::TopicText;

pub(super) const LANGUAGES: TopicText = TopicText {
    intro: "docket speaks English (en) and Chinese (zh-CN). It takes the first of these that is set:",
    entries: &[
        ("--lang zh-CN", "for this command"),
        ("DOCKET_LANG=zh-CN", "for a shell that exports it"),
        ("git config --global docket.lang zh-CN", "for you, at every desk"),
        ("LC_ALL, LC_MESSAGES, LANG", "for the machine, where they name one of the two"),
        ("locale: zh-CN", "for the desk: a line of docket.yaml"),
    ],
    notes: &[
        "Reports, and what customers get, are in the desk's language, unless --lang says otherwise.",
        "What you type is read in both languages, whatever the screen shows: --kind fault and --kind 故障 are the same. Files and JSON hold codes, which are never translated.",
    ],
};

pub(super) const IDENTITY: TopicText = TopicText {
    intro: "docket has no accounts and no passwords. You are whom git names as the author of a commit, found by the e-mail address in the desk's roster (policy/people.yaml).",
    entries: &[
        ("git config user.email EMAIL", "who you are in this repository; with --global, in all"),
        ("GIT_AUTHOR_EMAIL=EMAIL", "who you are for one command, on a shared machine"),
        ("docket people list", "who is in the roster, with which roles"),
        (
            "docket people add ID --name NAME --email EMAIL --role ROLE",
            "add a colleague (team leads only)",
        ),
        ("docket people add --help", "the roles that there are"),
        ("docket help procedure", "which role may take which step"),
    ],
    notes: &[
        "Looking needs no identity; taking a step does. Who is not in the roster can look, and nothing else.",
        "A step of a colleague who has no shell is entered by the desk, with --on-behalf-of PERSON --method phone: both names are recorded.",
        "Without signatures a name is a claim: whoever can push can use any. With signatures: required in docket.yaml every commit is signed with a key from the roster; docket people change ID --key KEY enters one.",
        "DOCKET_NOW sets the clock, for tests and demonstrations: a desk that was made without it refuses it. What happened earlier is entered with --at TIME --late-because REASON.",
    ],
};
