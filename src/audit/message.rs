//! What a commit says: no personal data, and nothing that a text of strangers could forge.

use std::fmt::Write;

use chrono::NaiveDate;

use crate::domain::{
    base::{
        characters::without_controls,
        document::Document,
        ids::{ContactId, PersonId},
        print::without_date,
        terms::State,
        time::Timestamp,
    },
    deciding::{contact_change, customers, roster::RosterChange, rule_change::Approval},
    history::{
        contact::ERASES,
        customer::Customer,
        event::Event,
        facts::{Audience, Fact, Value},
        intake::{DueAt, Expected, Occurred},
        record::Record,
        reveal::Reveal,
        steps::Action,
    },
};

/// The subject with which a desk begins.
pub const BEGINNING: &str = "init: a desk with its policy";
/// The subject with which years come into the calendar.
pub const CALENDAR: &str = "calendar import";
/// What stands before the name of the branch that a sync merges.
pub const SYNC: &str = "sync: merge ";
/// The action of a commit that keeps a look at whole names and numbers.
pub const REVEAL: &str = "reveal";
/// The action of a commit that changes the rules.
pub const POLICY: &str = "policy";
/// The action of a commit that lists, changes or merges a customer.
pub const CUSTOMER: &str = "customer";
/// What stands before the id in the subject of a commit that adds, or changes, a contact.
const ADDS: &str = "contact add ";
const CHANGES: &str = "contact change ";
/// What stands before the reason in the body of a commit.
const REASON: &str = "reason: ";
/// The most characters that a subject has.
const SUBJECT: usize = 72;

/// Subject, body and trailers of a step. All values are ids, codes, times and numbers, in the
/// spelling of files; of texts only is said that they are there. `fixed` tells that the clock was.
pub fn of_step(record: &Record, event: &Event, before: Option<State>, fixed: bool) -> String {
    let stamp = &event.stamp;
    let action = event.act.action();
    let opens = action == Action::Open;
    let intake = opens.then(|| record.intake.facts()).into_iter().flatten();
    let facts: Vec<Fact<'_>> = intake.chain(event.facts()).collect();

    let mut text = subject(&format!("{action} {}", record.id), &facts, stamp.at);
    text += &match &stamp.told_by {
        None => format!("\n\n{action} by {} as {}\n", stamp.by, stamp.role),
        Some(person) => {
            format!("\n\n{action} by {person}, entered by {} as {}\n", stamp.by, stamp.role)
        }
    };
    text += &detail_lines(&facts);
    text += "\n";
    let mut trailer = |key: &str, value: &str| {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "Docket-{key}: {}", without_controls(value));
    };
    trailer("Action", &action.to_string());
    trailer("Record", record.id.as_str());
    trailer("Event", stamp.id.as_str());
    trailer("By", stamp.by.as_str());
    if let Some(person) = &stamp.told_by {
        trailer("Told-By", person.as_str());
    }
    trailer("At", &stamp.at.to_string());
    let from = before.map_or_else(|| "none".to_owned(), |state| state.to_string());
    trailer("State", &format!("{from}->{}", record.status.state));
    trailer("Rules", &stamp.rules.to_string());
    if stamp.late_because.is_some() && stamp.at != stamp.recorded_at {
        trailer("Late", &stamp.recorded_at.minutes_since(stamp.at).to_string());
    }
    if let Some(complaint) = &stamp.opened {
        trailer("Opened", complaint.record.as_str());
        trailer("Opened-Event", complaint.event.as_str());
    }
    if fixed {
        trailer("Clock", "fixed");
    }
    text
}

/// `ack R-…: method phone, reply_by 10:12`: as many facts as fit.
fn subject(what: &str, facts: &[Fact<'_>], at: Timestamp) -> String {
    let mut subject = what.to_owned();
    let short = facts.iter().filter(|fact| fact.audience == Audience::Everyone);
    for (nth, told) in short.filter_map(|fact| in_short(fact, at)).enumerate() {
        let joint = if nth == 0 { ": " } else { ", " };
        if subject.chars().count() + joint.len() + told.chars().count() > SUBJECT {
            break;
        }
        subject += joint;
        subject += &told;
    }
    subject
}

/// A fact for the subject; `None` for what takes more room than it is worth there.
fn in_short(fact: &Fact<'_>, at: Timestamp) -> Option<String> {
    let value = match fact.value {
        Value::Contact(_)
        | Value::Recipient(_)
        | Value::Due { .. }
        | Value::Limit(_)
        | Value::Agreement(_)
        | Value::Version(_)
        | Value::Name(_) => return None,
        Value::Correction(set) => set.field.to_string(),
        Value::Time(due) | Value::Known(due) | Value::Expected(Expected::At(due)) => {
            without_date(due, at)
        }
        value => coded(value)?,
    };
    Some(format!("{} {}", fact.name, without_controls(&value)))
}

/// A line for each fact, and at the end which texts are there.
fn detail_lines(facts: &[Fact<'_>]) -> String {
    let mut lines = String::new();
    let mut texts: Vec<&str> = Vec::new();
    for fact in facts {
        match coded(fact.value).filter(|_| fact.audience == Audience::Everyone) {
            Some(value) => {
                // Writing to a string cannot fail.
                let _ = writeln!(lines, "{} {}", fact.name, without_controls(&value));
            }
            None if texts.contains(&fact.name) => {}
            None => texts.push(fact.name),
        }
    }
    if !texts.is_empty() {
        let _ = writeln!(lines, "texts: {}", texts.join(", "));
    }
    lines
}

/// A value in the spelling of files; `None` for what somebody wrote in their own words.
fn coded(value: Value<'_>) -> Option<String> {
    let due = |due: Option<DueAt>| match due {
        None => "none".to_owned(),
        Some(DueAt::Unknown) => "unknown".to_owned(),
        Some(DueAt::At(at)) => at.to_string(),
    };
    Some(match value {
        Value::Text(_)
        | Value::Line(_)
        | Value::Imported(_)
        | Value::Against(_)
        | Value::Answer { .. }
        | Value::Question(_) => return None,
        Value::Correction(set) if set.field.is_free() => set.field.to_string(),
        Value::Correction(set) if set.old.is_empty() => format!("{} {}", set.field, set.new),
        Value::Correction(set) => format!("{} {} -> {}", set.field, set.old, set.new),
        Value::Term { code, .. } => code.to_owned(),
        Value::Channel(channel) | Value::Method(channel) => channel.to_string(),
        Value::Code(code) => code.to_string(),
        Value::PauseReason(reason) => reason.to_string(),
        Value::Category(id)
        | Value::CauseCategory(id)
        | Value::Product(id)
        | Value::Criterion(id)
        | Value::Name(id) => id.to_owned(),
        Value::Person(person) => person.to_string(),
        Value::Unit(unit) => unit.to_string(),
        Value::LineOfSupport(line) => line.to_string(),
        Value::Contact(contact) | Value::Recipient(contact) => contact.to_string(),
        Value::Record(reference) => reference.record.to_string(),
        Value::Event(event) => event.to_string(),
        Value::Time(at)
        | Value::Known(at)
        | Value::Expected(Expected::At(at))
        | Value::Occurred(Occurred::At(at)) => at.to_string(),
        Value::Expected(Expected::Unstated) => "none".to_owned(),
        Value::Occurred(Occurred::Unknown) => "unknown".to_owned(),
        Value::Month(month) => month.to_string(),
        Value::Number(number) | Value::Version(number) => number.to_string(),
        Value::Flag(flag) => if flag { "yes" } else { "no" }.to_owned(),
        Value::Limit(limit) => limit.to_string(),
        Value::Agreement(terms) => {
            let mark = if terms.expired { " expired" } else { "" };
            format!("{} {}{mark}", terms.id, terms.version)
        }
        Value::Due { before: None, after } => due(after),
        Value::Due { before, after } => format!("{} -> {}", due(before), due(after)),
    })
}

/// Subject, body and trailers of a record that was imported whole.
///
/// `before` is the record as it was, where a later file goes on with it.
pub fn of_import(record: &Record, before: Option<&Record>, last: &Event, fixed: bool) -> String {
    let entries = record.history.len() - before.map_or(1, |before| before.history.len());
    let from = before.map_or_else(|| "none".to_owned(), |it| it.status.state.to_string());
    let mut text = format!("import {}: {entries} entries", record.id);
    let (state, stamp) = (record.status.state, &last.stamp);
    text += &format!("\n\nentered by {} from another system\n\n", stamp.by);
    for (key, value) in [
        ("Action", "import".to_owned()),
        ("Record", record.id.to_string()),
        ("Event", stamp.id.to_string()),
        ("By", stamp.by.to_string()),
        ("At", stamp.at.to_string()),
        ("State", format!("{from}->{state}")),
        ("Rules", stamp.rules.to_string()),
    ] {
        text += &format!("Docket-{key}: {value}\n");
    }
    if fixed {
        text += "Docket-Clock: fixed\n";
    }
    text
}

/// The subject with which a broken file becomes what it was.
pub fn subject_of_repair(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    format!("repair {}", name.trim_end_matches(".yaml"))
}

/// The subject with which somebody's entry in the roster changes.
pub fn subject_of_roster(request: &RosterChange) -> String {
    format!("people {} {}", request.verb(), request.person())
}

/// The subject with which two entries of one person become one.
pub fn subject_of_contacts(from: &ContactId, into: &ContactId) -> String {
    format!("contact merge {from} into {into}")
}

/// The two entries of one person that a subject names; `None` where it is worded otherwise.
pub fn contacts_of_subject(subject: &str) -> Option<(ContactId, ContactId)> {
    let (from, into) = subject.strip_prefix("contact merge ")?.split_once(" into ")?;
    let named = (from.parse().ok()?, into.parse().ok()?);
    (subject_of_contacts(&named.0, &named.1) == subject).then_some(named)
}

/// The subject with which a customer's person is known from then on.
pub fn subject_of_new_contact(contact: &ContactId) -> String {
    format!("{ADDS}{contact}")
}

/// The contact that a subject says is new; `None` where it is worded otherwise.
pub fn new_contact_of_subject(subject: &str) -> Option<ContactId> {
    subject.strip_prefix(ADDS)?.parse().ok()
}

/// Subject and body of a commit by which something is said anew of who a contact is: of what, never what.
pub fn of_contact_change(contact: &ContactId, fields: &[&str], reason: Option<&str>) -> String {
    let reason = reason.map(|reason| format!("\n\n{REASON}{reason}")).unwrap_or_default();
    format!("{CHANGES}{contact}: {}{reason}", fields.join(", "))
}

/// The contact of whom a message says that something is said anew, of what, and why; `None` where it is
/// worded otherwise.
pub fn contact_change_of_message(
    message: &str,
) -> Option<(ContactId, Vec<&'static str>, Option<&str>)> {
    let mut parts = message.split("\n\n");
    let (id, fields) = parts.next()?.strip_prefix(CHANGES)?.split_once(": ")?;
    let reason = parts.next().and_then(|body| body.strip_prefix(REASON));
    Some((id.parse().ok()?, contact_change::read_fields(fields)?, reason))
}

/// The subject with which what is known of a person is taken away.
pub fn subject_of_erasure(contact: &ContactId) -> String {
    format!("{ERASES}{contact}")
}

/// The contact that a subject says is erased; `None` where it is worded otherwise.
pub fn erased_of_subject(subject: &str) -> Option<ContactId> {
    subject.strip_prefix(ERASES)?.parse().ok()
}

/// The subject with which a customer becomes otherwise: `customer acme: name, aliases`.
pub fn subject_of_customer(before: Option<&Customer>, after: &Customer) -> String {
    let said = match (before, &after.merged_into) {
        (None, _) => "added".to_owned(),
        (Some(before), Some(into)) if before.merged_into != after.merged_into => {
            format!("merged into {into}")
        }
        (Some(before), _) => customers::changed(Some(before), after).join(", "),
    };
    format!("{CUSTOMER} {}: {said}", after.id)
}

/// Subject and body with which a file of rules becomes otherwise for a reason of one line:
/// `policy levels.yaml: version 3`.
pub fn of_rule_change(path: &str, version: Option<u32>, reason: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let version = version.map(|version| format!(": version {version}")).unwrap_or_default();
    format!("{POLICY} {name}{version}\n\n{REASON}{reason}")
}

/// Subject and body with which somebody writes a draft of a file of rules:
/// `policy next/levels.yaml: for 2026-12-01`.
pub fn of_rule_draft(path: &str, day: NaiveDate, reason: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    format!("{POLICY} next/{name}: for {day}\n\n{REASON}{reason}")
}

/// Subject and body with which a draft of a file of rules is dropped: `policy next/levels.yaml: dropped`.
pub fn of_dropped_draft(path: &str, reason: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    format!("{POLICY} next/{name}: dropped\n\n{REASON}{reason}")
}

/// Subject and body with which a draft is adopted: `policy levels.yaml: version 4 from 2026-12-01`.
pub fn of_adoption(
    path: &str,
    head: &Document,
    author: Option<&PersonId>,
    approval: Approval,
) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let Document { version, effective_on, .. } = head;
    let author = author.map_or("nobody of the team", PersonId::as_str);
    let alone = match approval {
        Approval::ByAnother => "",
        Approval::ByItsAuthor => ", who alone may adopt it",
    };
    format!("{POLICY} {name}: version {version} from {effective_on}\n\ndraft by {author}{alone}")
}

/// Subject and body with which an adoption is taken back:
/// `policy levels.yaml: adoption for 2026-12-01 withdrawn`.
pub fn of_withdrawal(path: &str, day: NaiveDate, reason: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    format!("{POLICY} {name}: adoption for {day} withdrawn\n\n{REASON}{reason}")
}

/// The reason why rules were changed; empty where the message tells none.
pub fn reason_of_rules(message: &str) -> &str {
    let body = message.split("\n\n").nth(1).unwrap_or_default();
    body.strip_prefix(REASON).unwrap_or_default()
}

/// Subject and body of a commit that keeps a look at whole names and numbers.
pub fn of_reveal(reveal: &Reveal) -> String {
    let mut subject = format!("{REVEAL} {}", reveal.command.typed());
    for id in &reveal.ids {
        if subject.chars().count() + 1 + id.chars().count() > SUBJECT {
            break;
        }
        subject += " ";
        subject += id;
    }
    format!("{subject}\n\n{}", reveal.lines())
}

/// The look that a commit keeps; `None` where its body tells none.
pub fn reveal_of_message(message: &str) -> Option<Reveal> {
    Reveal::read(message.split("\n\n").nth(1)?)
}

/// Subject, body and trailers of a change to roster or contacts.
pub fn of_desk(subject: &str, action: &str, by: &str, at: Timestamp, fixed: bool) -> String {
    let trailer = if fixed { "Docket-Clock: fixed\n" } else { "" };
    format!("{subject}\n\nDocket-Action: {action}\nDocket-By: {by}\nDocket-At: {at}\n{trailer}")
}
