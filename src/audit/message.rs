//! What a commit says: no personal data, and nothing that a text of strangers could forge.

use std::fmt::Write;

use crate::{
    domain::{
        event::Event,
        history::steps::Act,
        record::Record,
        terms::{Kind, State},
        time::Timestamp,
    },
    words::{Lang, Words},
};

/// Subject, body and trailers of a step. All values are ids, codes, times and numbers. `fixed`
/// tells that the clock was.
#[must_use]
pub fn of_step(record: &Record, event: &Event, before: Option<State>, fixed: bool) -> String {
    let stamp = &event.stamp;
    let action = event.act.action();
    let words = Words::new(Lang::En);
    let mut text = format!("{action} {}", record.id);
    let what = what(record, event);
    if !what.is_empty() {
        text += &format!(": {what}");
    }
    text += &format!(
        "

{} by {}",
        words.done(action),
        stamp.actor()
    );
    let role = words.term(stamp.role);
    match &stamp.told_via {
        Some(via) => text += &format!(", who told {} ({role}) by {via}", stamp.by),
        None => text += &format!(" as {role}"),
    }
    text += "\n\n";
    let mut trailer = |key: &str, value: &str| {
        let value: String = value.chars().filter(|c| !c.is_control()).collect();
        // Writing to a string cannot fail.
        let _ = writeln!(text, "Docket-{key}: {value}");
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

/// Subject, body and trailers of a record that was imported whole.
#[must_use]
pub fn of_import(record: &Record, last: &Event, fixed: bool) -> String {
    let entries = record.history.len() - 1;
    let mut text = format!("import {}: {entries} entries", record.id);
    let (state, stamp) = (record.status.state, &last.stamp);
    text += &format!("\n\nentered by {} from another system\n\n", stamp.by);
    for (key, value) in [
        ("Action", "import".to_owned()),
        ("Record", record.id.to_string()),
        ("Event", stamp.id.to_string()),
        ("By", stamp.by.to_string()),
        ("At", stamp.at.to_string()),
        ("State", format!("none->{state}")),
        ("Rules", stamp.rules.to_string()),
    ] {
        text += &format!("Docket-{key}: {value}\n");
    }
    if fixed {
        text += "Docket-Clock: fixed\n";
    }
    text
}

/// What the step was about, in codes and times.
fn what(record: &Record, event: &Event) -> String {
    let at = event.stamp.at;
    match &event.act {
        Act::Open(_) => opened(record),
        Act::Ack(ack) => format!("told by {}, reply by {}", ack.method, time(ack.reply_by, at)),
        Act::Route(route) => format!("to {} of {}", route.to, route.unit),
        Act::Accept(accept) => format!("reply by {}", time(accept.respond_by, at)),
        Act::Settle(settle) => format!("event {} holds", settle.keep),
        Act::Recompute(_) | Act::Return(_) | Act::Resume(_) | Act::Reopen(_) | Act::Cancel(_) => {
            String::new()
        }
        Act::Respond(respond) => format!("told by {}", respond.method),
        Act::Update(update) => updated(update, event.stamp.note.is_some()),
        Act::Decide(decide) => decide.validity.to_string(),
        Act::Promise(promise) => format!("by {}", time(promise.due, at)),
        Act::Relay(relay) => {
            relay.method.as_ref().map_or_else(String::new, |method| format!("by {method}"))
        }
        Act::Kept(kept) => format!("promise of event {}", kept.promise),
        Act::Explain(explain) => format!("promise of event {}", explain.promise),
        Act::Pend(pend) => format!("{}, until {}", pend.reason, time(pend.resume_by, at)),
        Act::Extend(extend) if extend.consent.given => format!("until {}", time(extend.until, at)),
        Act::Extend(_) => "refused by the customer".to_owned(),
        Act::Escalate(escalate) => format!("tier {} to {}", escalate.tier, escalate.to),
        Act::Handover(handover) => format!("to {}", handover.to),
        Act::Takeover(takeover) => format!("from {}", takeover.from),
        Act::Resolve(resolve) => format!("{}, done {}", resolve.code, time(resolve.done_at, at)),
        Act::Confirm(confirm) => match confirm.satisfaction {
            Some(satisfaction) => format!("{satisfaction}, by {}", confirm.method),
            None => format!("{}, by {}", confirm.outcome, confirm.method),
        },
        Act::Close(close) => match close.exception {
            Some(exception) => format!("exception {exception}"),
            None if close.dissatisfied.is_some() => "dissatisfied".to_owned(),
            None => String::new(),
        },
        Act::Survey(survey) => match survey.late_since {
            None => survey.satisfaction.to_string(),
            Some(until) => format!("{}, waited for until {}", survey.satisfaction, time(until, at)),
        },
        Act::SurveySend(send) => {
            let sample = send.drawn.as_ref().map(|drawn| format!("sample {}", drawn.period));
            let why = sample.unwrap_or_else(|| "by hand".to_owned());
            format!("{why}, until {}", time(send.until, at))
        }
        Act::SurveyExpire(expire) => format!("waited for until {}", time(expire.until, at)),
        Act::Import(import) => import.state.to_string(),
        Act::Merge(merge) => format!("into {}", merge.into.record),
        Act::Link(link) => format!("{} of {}", link.kind, link.to.record),
        Act::Amend(amend) => {
            let fields: Vec<_> = amend.set.iter().map(|c| c.field.to_string()).collect();
            match &amend.event {
                Some(event) => format!("event {event}"),
                None => fields.join(", "),
            }
        }
    }
}

fn opened(record: &Record) -> String {
    let intake = &record.intake;
    let level = record.status.level.map(|level| format!(", {level}")).unwrap_or_default();
    match intake.kind {
        Kind::Remark => format!("remark, by {}", intake.channel),
        kind => format!("{kind}{level}, by {}", intake.channel),
    }
}

fn updated(update: &crate::domain::history::steps::update::Update, noted: bool) -> String {
    let progress = update.progress.map(|progress| progress.to_string());
    let level = update.level.map(|level| format!("level {level}"));
    let notified = update.notified.as_ref().map(|person| format!("notified {person}"));
    let told: [(bool, &str); 9] = [
        (update.verified.is_some(), "verified"),
        (update.unverified.is_some(), "not verified"),
        (update.first_line.is_some(), "first line"),
        (update.follow_up.is_some(), "follow-up"),
        (update.contact.is_some(), "customer contact"),
        (update.category.is_some(), "category"),
        (!update.answers.is_empty(), "answers"),
        (update.mood.is_some(), "mood"),
        (noted, "note"),
    ];
    let told = told.iter().filter(|(there, _)| *there).map(|(_, name)| (*name).to_owned());
    progress.into_iter().chain(level).chain(notified).chain(told).collect::<Vec<_>>().join(", ")
}

/// `10:12`, with the date where it is another day than the step's.
fn time(due: Timestamp, at: Timestamp) -> String {
    let form = if due.date() == at.date() { "%H:%M" } else { "%Y-%m-%d %H:%M" };
    due.local().format(form).to_string()
}

/// Subject, body and trailers of a change to roster or contacts.
#[must_use]
pub fn of_desk(subject: &str, action: &str, by: &str, at: Timestamp, fixed: bool) -> String {
    let trailer = if fixed { "Docket-Clock: fixed\n" } else { "" };
    format!("{subject}\n\nDocket-Action: {action}\nDocket-By: {by}\nDocket-At: {at}\n{trailer}")
}
