//! What the values of templates mean, in English.

use crate::words::fields::FieldGroup;

/// Each value of a group with its meaning.
pub(super) fn fields(group: FieldGroup) -> &'static [(&'static str, &'static str)] {
    match group {
        FieldGroup::Head => HEAD,
        FieldGroup::Data => DATA,
        FieldGroup::More => MORE,
        FieldGroup::Period => PERIOD,
        FieldGroup::Record => RECORD,
        FieldGroup::Day => DAY,
        FieldGroup::Fault => FAULT,
        FieldGroup::Card => CARD,
        FieldGroup::Complaint => COMPLAINT,
        FieldGroup::Survey => SURVEY,
        FieldGroup::Sample => SAMPLE,
        FieldGroup::Standing => STANDING,
        FieldGroup::Grades => GRADES,
        FieldGroup::Question => QUESTION,
        FieldGroup::Reply => REPLY,
        FieldGroup::Kpi => KPI,
        FieldGroup::Figure => FIGURE,
        FieldGroup::Balance => BALANCE,
        FieldGroup::Miss => MISS,
        FieldGroup::Service => SERVICE,
        FieldGroup::Chart => CHART,
        FieldGroup::Major => MAJOR,
    }
}

const HEAD: &[(&str, &str)] = &[
    ("template", "version of the built-in templates"),
    ("organisation", "name of the organisation"),
    ("desk", "name of the desk"),
];

const DATA: &[(&str, &str)] =
    &[("revision", "commit that the data is of, short; empty when kept by a closing")];

const MORE: &[(&str, &str)] = &[
    ("more[].name", "field, as files spell it"),
    ("more[].label", "what the field is called"),
    ("more[].value", "its value"),
];

const PERIOD: &[(&str, &str)] = &[
    ("period.from", "first day"),
    ("period.to", "last day"),
    ("period.incomplete", "true while the period lasts"),
    ("period.revision", "commit that the data is of"),
    ("period.revision_short", "the same, short"),
];

const RECORD: &[(&str, &str)] = &[
    ("id", "id"),
    ("kind", "kind"),
    ("state", "state"),
    ("title", "title"),
    ("customer", "customer"),
    ("contact.id", "contact's id"),
    ("contact.name", "contact's name, masked"),
    ("contact.phone", "phone, masked"),
    ("contact.email", "e-mail, masked"),
    ("contact.site", "site"),
    ("channel", "channel"),
    ("received_at", "when it was received"),
    ("reported", "the customer's own words"),
    ("need", "what the customer wants"),
    ("category", "category"),
    ("product", "product"),
    ("level", "level"),
    ("priority", "priority, 1 to 5"),
    ("impact", "impact"),
    ("urgency", "urgency"),
    ("major", "criterion of a major event"),
    ("expected_by", "when the customer expects it"),
    ("reference", "the customer's own number"),
    ("owner", "who follows it"),
    ("unit", "unit"),
    ("responsible", "responsible person"),
    ("progress", "progress"),
    ("occurred_at", "when the fault occurred"),
    ("location", "where the fault is"),
    ("symptom", "symptom"),
    ("soothed", "explanation given to a remark"),
    ("acknowledged_at", "when it was acknowledged"),
    ("accepted_at", "when it was accepted"),
    ("responded_at", "when the first reply was given"),
    ("done_at", "when the work was done"),
    ("closed_at", "when it was closed"),
    ("due.ack", "acknowledge by"),
    ("due.respond", "respond by"),
    ("due.commitment", "committed to respond by"),
    ("due.resolve", "resolve by"),
    ("result", "result"),
    ("cause", "cause"),
    ("code", "resolution code"),
    ("resolver", "who solved it"),
    ("confirmed_at", "when the customer confirmed"),
    ("confirmed_by", "who called back"),
    ("confirmed_with", "who confirmed, masked"),
    ("satisfaction", "grade given at the callback"),
    ("comment", "what the customer said"),
    ("exception", "why it was closed without confirmation"),
    ("survey", "grade given in the survey"),
    ("answers[].question", "question of the category"),
    ("answers[].answer", "its answer"),
    ("promises[].number", "number of the promise"),
    ("promises[].what", "what was promised"),
    ("promises[].due", "by when"),
    ("promises[].kept_at", "when it was kept"),
    ("promises[].explained_at", "when it was explained"),
    ("told[].name", "field of the intake, as files spell it"),
    ("told[].label", "what the field is called"),
    ("told[].value", "its value"),
    ("outcome[].name", "field of the solving or ending step, as files spell it"),
    ("outcome[].label", "what the field is called"),
    ("outcome[].value", "its value"),
    ("history[].n", "number of the step"),
    ("history[].at", "when"),
    ("history[].by", "who"),
    ("history[].action", "which step"),
    ("history[].details", "everything that it recorded, in one line"),
    ("history[].facts[].name", "field that it recorded, as files spell it"),
    ("history[].facts[].label", "what the field is called"),
    ("history[].facts[].value", "its value"),
    ("history[].note", "its note"),
    ("updated_at", "when the latest step was"),
];

const DAY: &[(&str, &str)] = &[
    ("at", "when the sheet was drawn"),
    ("revision", "commit that the data is of, short"),
    ("rows[].followed_up_at", "when the desk last asked the unit"),
    ("rows[].handed_to", "to whom it is offered"),
    ("rows[].handover_reason", "why"),
    ("rows[].note", "the latest note"),
    ("rows[].late", "true when something is late"),
    ("rows[].tasks[].what", "what has to be done"),
    ("rows[].tasks[].due", "by when"),
    ("rows[].tasks[].standing", "how it stands"),
];

const FAULT: &[(&str, &str)] = &[
    ("steps", "what was tried and done"),
    ("alike", "how many faults of its category the table has"),
];

const CARD: &[(&str, &str)] = &[
    ("revision", "commit that the data is of, short"),
    ("timezone", "time zone of the clock times"),
    ("reach[].channel", "way to the desk"),
    ("reach[].address", "its number or address"),
    ("hours[].weekday", "day of the week"),
    ("hours[].windows[]", "working hours; none on a day off"),
    ("pledges[].of", "level, or kind with limits of its own"),
    ("pledges[].ack", "acknowledged within"),
    ("pledges[].respond", "answered within"),
    ("pledges[].resolve", "solved within"),
];

const COMPLAINT: &[(&str, &str)] = &[
    ("received_by", "who took it in"),
    ("form", "written or oral"),
    ("trigger", "what set it off"),
    ("complainant_role", "what the complainant is"),
    ("about", "record that it is about"),
    ("against", "against whom or what"),
    ("remedy", "what is asked for"),
    ("prohibition", "prohibition that was broken"),
    ("criterion", "criterion of a major one"),
    ("verification", "how it was verified, or why not"),
    ("verified_at", "when it was verified"),
    ("verified_by", "who verified it"),
    ("notified", "relationship manager who was notified"),
    ("notified_at", "when"),
    ("assigned_at", "when it was handed out"),
    ("validity", "whether it was found valid"),
    ("finding", "what was found"),
    ("decided_by", "who decided"),
    ("decided_at", "when"),
    ("corrective", "corrective action"),
    ("preventive", "preventive action"),
    ("told", "who was told the result, masked"),
    ("told_by", "who told them"),
    ("told_at", "when"),
    ("called_at", "when they were called back"),
    ("called_by", "who called"),
    ("callback", "how it went"),
    ("callback_text", "what was said"),
    ("satisfied", "whether they are satisfied"),
    ("dissatisfaction", "why they are not"),
    ("reason", "the same, or why else it ended or could not be verified"),
    ("recourse", "where they can turn"),
    ("closed_at", "when it ended, whichever way"),
    ("outcome", "how it ended, or where it stands"),
    ("closed_by", "who closed it"),
    ("days", "days from receiving to closing"),
    ("unanswered", "callbacks without answer"),
];

const SURVEY: &[(&str, &str)] = &[("small_below", "fewer answers than this say little")];

const SAMPLE: &[(&str, &str)] = &[
    ("month", "month"),
    ("sample", "rate in per cent"),
    ("cap", "the most for one customer"),
    ("over", "true when the month is over"),
    ("closed", "records closed in it"),
    ("no_contact", "of them without a contact"),
    ("staff", "of them by people of the team"),
    ("candidates", "of them that may be drawn"),
    ("drawn", "drawn"),
    ("unsent", "drawn and not sent"),
];

const STANDING: &[(&str, &str)] = &[
    ("sent", "sent"),
    ("answered", "answered in time"),
    ("expired", "not answered in time"),
    ("awaited", "still waited for"),
    ("response", "response rate"),
];

const GRADES: &[(&str, &str)] = &[
    ("n", "how many answers"),
    ("small", "true when that says little"),
    ("csat", "share of 4 and 5"),
    ("content", "share of 3 and better"),
    ("mean", "mean grade"),
    ("grades[].grade", "grade, 5 to 1"),
    ("grades[].word", "what it is called"),
    ("grades[].count", "how many"),
    ("grades[].share", "which share"),
];

const QUESTION: &[(&str, &str)] = &[
    ("version", "version of the question set"),
    ("question", "question"),
    ("n", "how many answered it"),
    ("answers[].answer", "answer"),
    ("answers[].count", "how many"),
];

const REPLY: &[(&str, &str)] = &[
    ("record", "record"),
    ("customer", "customer"),
    ("at", "when"),
    ("grade", "grade"),
    ("word", "what the grade is called"),
    ("counts", "what it counts for: sample, outside, late, again"),
    ("by", "who answered, masked"),
    ("comment", "the customer's words"),
    ("complaints[]", "complaints that it opened"),
];

const KPI: &[(&str, &str)] = &[
    ("until", "when the figures were drawn, while the period lasts"),
    ("by", "by what the figures are split"),
];

const FIGURE: &[(&str, &str)] = &[
    ("name", "name for programs"),
    ("label", "what it is called"),
    ("formula", "what it counts"),
    ("group", "group, as files spell it; empty for all"),
    ("group_label", "what the group is called"),
    ("value", "the figure, ready to be read"),
    ("numerator", "how many count"),
    ("denominator", "out of how many"),
    ("percent", "the share as a number"),
    ("target", "its target"),
    ("standing", "whether it is reached"),
    ("missed", "true when the target is missed"),
    ("elapsed.mean", "mean of elapsed time in minutes"),
    ("elapsed.mean_text", "mean of elapsed time"),
    ("elapsed.median", "median of elapsed time in minutes"),
    ("elapsed.median_text", "median of elapsed time"),
    ("elapsed.p90", "what nine in ten do not exceed of elapsed time in minutes"),
    ("elapsed.p90_text", "what nine in ten do not exceed of elapsed time"),
    ("working.mean", "mean of working time in minutes"),
    ("working.mean_text", "mean of working time"),
    ("working.median", "median of working time in minutes"),
    ("working.median_text", "median of working time"),
    ("working.p90", "what nine in ten do not exceed of working time in minutes"),
    ("working.p90_text", "what nine in ten do not exceed of working time"),
];

const BALANCE: &[(&str, &str)] = &[
    ("opening", "unfinished at the beginning"),
    ("received", "received, cancelled and merged ones too"),
    ("corrected", "moved into or out of the period by correcting when it was received"),
    ("reopened", "reopened"),
    ("closed", "closed"),
    ("cancelled", "cancelled"),
    ("merged", "merged"),
    ("closing", "unfinished at the end"),
    ("adds_up", "true when the numbers add up"),
    ("age_to_1", "unfinished, at most 1 working day old"),
    ("age_to_3", "2 to 3 working days"),
    ("age_to_7", "4 to 7 working days"),
    ("age_to_30", "8 to 30 working days"),
    ("age_older", "more than 30 working days"),
    ("age_unknown", "no calendar to tell"),
    ("overdue_ack", "past the time to acknowledge"),
    ("overdue_respond", "past the time to respond"),
    ("overdue_commitment", "past the committed time"),
    ("overdue_resolve", "past the time to resolve"),
];

const MISS: &[(&str, &str)] = &[
    ("id", "id"),
    ("name", "name of the figure"),
    ("label", "what it is called"),
    ("customer", "customer"),
    ("responsible", "whose it is"),
    ("due", "by when"),
    ("done", "when it was done"),
    ("state", "state at the end of the period"),
    ("reason", "what the record tells of why"),
];

const SERVICE: &[(&str, &str)] = &[
    ("until", "when the figures were drawn, while the period lasts"),
    ("trend[].label", "period"),
    ("trend[].received", "received in it"),
    ("trend[].closed", "closed in it"),
    ("trend[].backlog", "unfinished at its end"),
    ("trend[].response", "answered in time"),
    ("trend[].resolve", "solved in time"),
    ("trend[].satisfaction", "satisfied at the callback"),
    ("trend[].complaints", "complaints"),
    ("charts.received", "received in each period, for chart(of=…)"),
    ("charts.response", "answered in time, for chart(of=…)"),
    ("charts.resolve", "solved in time, for chart(of=…)"),
    ("charts.satisfaction", "satisfied, for chart(of=…)"),
    ("charts.kinds", "received by kind, for chart(of=…)"),
    ("charts.units", "received by unit, for chart(of=…)"),
    ("improvements[].source", "record or figure that it comes from"),
    ("improvements[].measure", "what is done"),
];

const CHART: &[(&str, &str)] = &[
    ("kind", "line, bar or distribution"),
    ("title", "what it shows"),
    ("points[].label", "what a number is of"),
    ("points[].value", "the number; none where nothing was counted"),
];

const MAJOR: &[(&str, &str)] =
    &[("major[].criterion", "criterion of a major event"), ("major[].escalated", "who was told")];
