//! Values that a person may choose freely: an honest command could have made each of them.

use super::Forgery;

/// What the audit must say of a forgery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// No command could have made it.
    Found,
    /// Somebody may choose it, so it must not be found.
    Free,
    /// Whether somebody may choose it hangs on more than this field.
    Open,
}

/// Actions, fields and the beginnings of labels; `*` stands for every one, and an action that ends
/// in several ways may be named with its end: `close/other`.
type Row = (&'static str, &'static str, &'static str);

const CHOICES: &[Row] = &[
    // A program of earlier rules may have opened it; none builds on what bears later ones.
    ("open", "stamp.rules", "one less"),
    // Every step: what a person adds to it, and what chance or the machine gives.
    (STEPS, "stamp.note", "another text|as elsewhere"),
    ("ack|open|relay|undo", "stamp.note", "removed"),
    (STEPS, "stamp.personal", "as elsewhere"),
    // How large a file was, the branch does not hold.
    ("attach", "size", "one more|one less|255"),
    (STEPS, "stamp.late_because", "another text|as elsewhere|removed"),
    (STEPS_BUT_CLOSE, "stamp.id", "another tail"),
    ("import", "stamp.id", "another tail"),
    (STEPS_BUT_OPEN, "stamp.at", "a minute earlier"),
    (STEPS_BUT_REOPEN, "stamp and commit", "a minute later"),
    ("accept|return|respond|resolve", "stamp.told_via", "another word"),
    ("decide", "stamp.by and author", "lin"),
    ("*", "commit.committer", "another name|capitals"),
    ("*", "commit.author", "capitals"),
    // A real clock may show the same time as a fixed one.
    ("*", DOCKET_CLOCK, "removed"),
    // What the customer told.
    ("open|import", "intake.title|intake.reported|intake.need", "another text"),
    ("open", "intake.reference|intake.read_back|intake.expedite", "another text"),
    ("open", "intake.reference|intake.read_back", "removed|as elsewhere"),
    ("open", "intake.channel", CHANNELS),
    ("open|import", "intake.channel", "a deaf channel"),
    ("import", "intake.channel", "another word"),
    ("open|import", "intake.product", "another product|removed|as elsewhere"),
    ("import", "intake.need", "removed|as elsewhere"),
    ("open", "intake.expected_by", "a minute|another word"),
    ("open", "intake.answers.scope", "another text|removed"),
    ("open", "intake.answers", "removed"),
    // Somebody may have said what the desk would have assumed.
    ("open", "intake.presumed", "removed|nothing|one less"),
    ("open", "intake.fault.location|intake.fault.symptom", "another text"),
    ("open", "intake.fault.occurred_at", "a minute"),
    ("open", "intake.fault.detected_at", "a minute|removed"),
    ("open", "intake.fault.source", "another word|a deaf channel|removed|as elsewhere"),
    ("open", "intake.remark.soothed", "another text"),
    ("open", "intake.remark.mood", "another word|removed"),
    ("open", "intake.complaint.remedy|intake.complaint.complainant_role", "another text"),
    ("open", "intake.complaint.complainant_role", "removed|as elsewhere"),
    ("open", "intake.complaint.form|intake.complaint.prohibition", "another word"),
    ("open", "intake.complaint.about|intake.follows", "removed"),
    ("open", "intake.complaint.against", OTHER_SUBJECT),
    ("open", "intake.wanted", "another person|removed|as elsewhere"),
    ("import", "intake.source.system", "another text"),
    // The customer's person.
    ("open", "intake.site", "another text|removed|as elsewhere"),
    // The steps, by what they say.
    (STEPS, TEXTS, "another text"),
    ("import", "source_state|source_unit|source_person|work_note", "another text"),
    ("import", "outcome.result|outcome.cause|outcome.source_solver", "another text"),
    ("resolve", "steps|unmet|corrective|preventive", "as elsewhere"),
    ("resolve", "steps|unmet", "removed"),
    ("resolve", "cause_category", "another cause|removed|as elsewhere"),
    ("ack", "read_back", "removed|as elsewhere"),
    ("extend", "consent.evidence", "removed|as elsewhere"),
    ("update|accept", "reason", "as elsewhere"),
    ("confirm/handled|survey", "comment", "as elsewhere"),
    (STEPS, "told|to|with|contact|consent.with|answered_by", "another person of the customer"),
    (STEPS, "method|consent.method", "another word"),
    ("route|relay", "method", "removed|as elsewhere"),
    ("close/unreachable|close/other", "method|with", "as elsewhere"),
    ("ack|accept|promise|pend", "reply_by|respond_by|due|resume_by", "a minute"),
    ("resolve", "done_at", "a minute earlier"),
    ("handover", "to", "another person: zhang|another person: mei"),
    ("escalate", "to", "another person: zhang"),
    ("route", "to", "another person"),
    ("route", "unit", "another unit: network|another unit: systems"),
    ("update", "progress|phase|mood", "another word|as elsewhere"),
    // Going further needs its reason, which this step has.
    ("update", "support", "another word|removed"),
    ("update", "first_line|contact", "removed|as elsewhere"),
    ("update", "follow_up|notified", "another person: zhang"),
    ("update", "internal", "flipped|removed|as elsewhere"),
    ("update", "answers|answers.device", "another text|removed"),
    ("update|open", "major", "another criterion"),
    ("decide", "validity", "another word"),
    ("link", "as", "another word"),
    ("survey|confirm", "satisfaction", CONTENT),
    ("survey", "answers|answers.speed", "another text|removed"),
    ("amend", "event", "another event"),
    ("amend", "set[].new", "another text"),
    // What is agreed on a visit, and what whoever made it says.
    ("visit/plan|visit/move", "window.until", "a minute later|in 2031"),
    ("visit/plan|visit/move", "window.from", "a minute later"),
    ("visit/plan|visit/move", "engineer", "another person"),
    ("visit/move", "engineer", "removed"),
    ("visit/plan", "address|need", "another text"),
    ("visit/arrive|visit/miss", "told.at", "a minute earlier"),
    ("visit/done", "work|parts|left_open|conduct[].text", "another text"),
    ("visit/done", "parts|left_open|devices_allowed_by", "removed"),
    ("visit/done", "conduct[].prohibition", "another word"),
    ("visit/done", "conduct", "one less|nothing"),
    ("visit/sign", "opinion", CONTENT),
    ("visit/sign", "comment|drawing", "removed"),
    ("visit/sign", "refused", "another text"),
    (
        "visit",
        "with|told.to|agreed_with|signed_by|devices_allowed_by",
        "another person of the customer",
    ),
    // What the customer allowed in a remote session, and what whoever worked in it says.
    ("remote/start", "consent_at", "a minute earlier|a minute later"),
    ("remote/start", "install", "flipped"),
    (
        "remote/start",
        "method",
        "another word: hotline|another word: email|another word: online_chat|\
         another word: remote_client|another word: in_person|another word: other",
    ),
    // another mode had its reason before
    ("remote/start", "reason", "removed|another text"),
    ("remote/start", "tool", "another text"),
    ("remote/start", "scope|scope[]", "one less|another word"),
    ("remote/refused", "reason", "another text|removed"),
    ("remote/end", "steps|result|other_software|data.what|kept_because", "another text"),
    ("remote/end", "other_software|data", "removed"),
    ("remote/end", "category", "another category"),
    (
        "remote",
        "consent_by|supervised_by|refused_by|data.allowed_by",
        "another person of the customer",
    ),
    // What the other system's log says.
    ("import", "outcome.code", "another word"),
    ("import", "assignee", "another person|removed|as elsewhere"),
    ("import", "unit", "another unit: systems"),
    ("import", "outcome.done_at", "a minute earlier"),
];

/// Whether somebody may choose it hangs on more than the one field, or is still to be decided.
const OPEN: &[Row] = &[
    ("*", "stamp.by and author", "sun|nina"),
    // On the day on which somebody leaves.
    ("open", "stamp.by and author", "old"),
    ("survey_send", "stamp.at|stamp and commit", "a minute"),
    // A window, what happens in it, and what was told before follow each other closely.
    ("visit", "window.from|window.until|left_at|told.at", "a minute"),
    ("visit", "stamp.at|stamp and commit", "a minute"),
    ("visit", "stamp.id", "another tail"),
    ("visit/arrive|visit/miss", "told", "removed|as elsewhere"),
    ("visit/sign", "opinion", "another word: dissatisfied|another word: very_diss"),
    ("visit", "reason|parts|left_open|comment|engineer|devices_allowed_by", "removed|as elsewhere"),
    ("remote", "stamp.at|stamp and commit", "a minute"),
    ("remote", "stamp.id", "another tail"),
    ("update", "stamp.note", "removed"),
    ("*", "commit.header", "its own encoding"),
    ("open", "intake.contact", "another person of the customer|as elsewhere"),
    ("open|import", "intake.category", "another category|as elsewhere|removed"),
    ("open|import", "intake.impact|intake.urgency|intake.stops_work", "*"),
    ("open", "intake.expedite", "removed|as elsewhere"),
    ("open", "intake.need", "as elsewhere"),
    ("open", "intake.expected_by", "removed|as elsewhere|long ago|in 2031"),
    ("open", "intake.fault.occurred_at|intake.fault.detected_at", "long ago|as elsewhere"),
    ("open|import", "intake.kind", KINDS),
    ("open", "intake.received_at", "a minute earlier|long ago"),
    ("open", "intake.complaint.about|intake.complaint.prohibition", "as elsewhere"),
    ("open", "intake.complaint.trigger", "another word: to_"),
    ("open", "intake.complaint.against", "somebody who left"),
    ("import", "intake.reference", "another text|removed"),
    ("import", "intake.source.number", "another text"),
    ("import", "assignee", "somebody who left"),
    // An outcome goes with some states alone, and a reply comes once.
    ("import", "state", "another word"),
    ("import", "replied", "as elsewhere"),
    // What else a log of another system may say, or not say.
    ("import", "outcome|source_unit", "removed"),
    ("import", "source_person|source_unit|work_note|satisfaction", "removed|as elsewhere"),
    ("import", "outcome.cause|outcome.result", "removed|empty"),
    ("import", "outcome.code|outcome.source_solver", "removed|as elsewhere"),
    ("import", "outcome.solved_by", "removed|as elsewhere|another person|somebody who left"),
    ("import", "reason", "another word|removed|as elsewhere"),
    ("import", "satisfaction", "another word"),
    ("import", "intake.level|intake.source_due", "*"),
    ("import", "outcome.done_at", "a minute later|long ago"),
    ("confirm|survey", "comment", "removed"),
    ("confirm|survey", "satisfaction", "another word: dissatisfied|another word: very_diss"),
    ("kept|resolve", "told|method", "removed|as elsewhere"),
    ("resolve", "referral|corrective|preventive", "removed"),
    ("resolve", "referral", "as elsewhere"),
    ("resolve", "done_at", "a minute later"),
    ("resolve", "code", OTHER_CODES),
    ("open", "intake.presumed", "as elsewhere"),
    ("ack|accept|promise|pend|extend", "reply_by|respond_by|due|resume_by|until", "in 2031"),
    ("extend", "until", "a minute"),
    ("pend", "reason", "another word"),
    ("escalate|update", "to|follow_up|notified", OTHERS),
    ("handover", "to", "another person: chen|another person: sun"),
    ("update", "category|follow_up|impact|major|urgency", "removed|as elsewhere"),
    ("update", "progress|phase|mood|reason", "removed"),
    // A major event comes first, whatever it touches.
    ("update", "impact|urgency", "another word"),
    ("amend", "set", "one less"),
    // Within the limit no reason is needed; what was drawn may be sent by hand as well.
    ("accept", "reason", "removed"),
    ("survey_send", "drawn", "removed"),
    ("confirm/no_answer", "comment", "as elsewhere"),
    // Nobody answered, and a word on it, instead of a reason why no callback was needed.
    ("confirm/not_needed", "outcome", "another word: no_answer"),
    ("settle", "keep", "another event"),
];

/// Every action that somebody does; the log of another system has no steps.
const STEPS: &str = "open|close|ack|route|accept|return|respond|update|decide|promise|kept|relay|\
    explain|pend|resume|extend|escalate|handover|takeover|resolve|confirm|survey|survey_send|\
    survey_expire|reopen|cancel|merge|link|amend|recompute|settle|undo|attach|drop|redact|visit|remote";
/// The report that a closing keeps, and a file that is attached, are named by their events.
const STEPS_BUT_CLOSE: &str = "open|ack|route|accept|return|respond|update|decide|promise|kept|\
    relay|explain|pend|resume|extend|escalate|handover|takeover|resolve|confirm|survey|\
    survey_send|survey_expire|reopen|cancel|merge|link|amend|recompute|settle|undo|drop|redact";
/// The resolution clock goes on from the very second of a reopening.
const STEPS_BUT_REOPEN: &str = "open|close|ack|route|accept|return|respond|update|decide|promise|kept|relay|\
    explain|pend|resume|extend|escalate|handover|takeover|resolve|confirm|survey|survey_send|\
    survey_expire|cancel|merge|link|amend|recompute|settle|undo|attach|drop|redact|visit|remote";
/// Nothing is opened before the customer came, and of a reopening the second counts.
const STEPS_BUT_OPEN: &str = "close|ack|route|accept|return|respond|update|decide|promise|kept|\
    relay|explain|pend|resume|extend|escalate|handover|takeover|resolve|confirm|survey|\
    survey_expire|cancel|merge|link|amend|recompute|settle|undo|attach|drop|redact|visit|remote";
const DOCKET_CLOCK: &str = "commit.Docket-Clock";
const TEXTS: &str = "reason|result|cause|steps|unmet|referral|corrective|preventive|evidence|plan|\
    what|text|comment|finding|first_line|verified|unverified|dissatisfied|recourse|mistake|\
    read_back|consent.evidence";
/// Of the channel `other` a text says which one it was.
const CHANNELS: &str = "another word: hotline|another word: phone|another word: email|\
    another word: fax|another word: online_chat|another word: im|another word: remote_client|\
    another word: web|another word: in_person|another word: onsite|another word: callback|\
    another word: letter";
/// Nobody opens a complaint about themselves.
const OTHER_SUBJECT: &str = "another person: zhang|another person: sun|another person: mei|\
    another person: wu|a unit|another unit";
const CONTENT: &str =
    "another word: very_satisfied|another word: satisfied|another word: basically_satisfied";
const OTHER_CODES: &str = "another word: fixed|another word: fulfilled|another word: no_fault|\
    another word: rejected|another word: unsubstantiated";
const OTHERS: &str =
    "another person: chen|another person: sun|another person: mei|another person: wu";
const KINDS: &str = "another word: request|another word: change|another word: enquiry";

pub(super) fn verdict(forgery: &Forgery) -> Verdict {
    let among = |rows: &[Row]| {
        rows.iter().any(|(actions, fields, labels)| {
            let end = format!("{}/{}", forgery.action, forgery.end);
            (one_of(actions, &forgery.action) || one_of(actions, &end))
                && one_of(fields, &forgery.field)
                && labels.split('|').any(|label| label == "*" || forgery.label.starts_with(label))
        })
    };
    match (among(OPEN), among(CHOICES)) {
        (true, _) => Verdict::Open,
        // the complaint that it opens would have to be made again
        (false, true) if forgery.opens_another => Verdict::Open,
        (false, true) => Verdict::Free,
        (false, false) => Verdict::Found,
    }
}

fn one_of(row: &str, word: &str) -> bool {
    // the lines of a commit are numbered
    let line = word.strip_prefix("commit.").and_then(|rest| rest.split_once('.'));
    let line = line.map(|(_, name)| format!("commit.{name}"));
    row.split('|').any(|own| own == "*" || own == word || Some(own) == line.as_deref())
}
