//! By when a record is to be dealt with, and how that stands.

use super::{RecordDetails, page::Field};
use crate::{
    domain::{
        analysis::{
            clock::{
                explain::{ClockExplanation, ClockStanding, explain, promises},
                reading::ClockKind,
            },
            duties::tasks,
        },
        base::{print::minute, time::Timestamp},
        history::{intake::DueAt, status::Clock},
    },
    report::shapes::RecordValues,
    ui::{
        cell::Cell,
        table::TableHead,
        terminal::{Style, Terminal},
    },
    words::{clock::sign, label::Label},
};

/// What is late, or nearly so, with what has to be done.
pub(super) fn pressing(details: &RecordDetails, terminal: &Terminal) -> String {
    let words = terminal.words;
    let mut tasks = tasks(&details.record.status, details.now, &details.policy);
    tasks.sort_by_key(|task| task.standing);
    let pressing = tasks.into_iter().filter_map(|task| {
        let text = match (task.standing, task.due) {
            (ClockStanding::Late, Some(due)) => words.late_by(due, details.now),
            (ClockStanding::Late | ClockStanding::AtRisk, _) => {
                words.standing(task.standing).to_owned()
            }
            (
                ClockStanding::Running
                | ClockStanding::Paused
                | ClockStanding::Unknown
                | ClockStanding::Kept
                | ClockStanding::Explained
                | ClockStanding::Breached,
                _,
            ) => return None,
        };
        let text = format!("{} {text}", sign(task.standing));
        let duty = words.todo(&task.duty, |id| details.policy.people.name_of(id));
        Some(vec![Cell::from("  ").then(&text, style(task.standing)), Cell::from(duty)])
    });
    let rows: Vec<_> = pressing.collect();
    if rows.is_empty() {
        return String::new();
    }
    terminal.grid(&[Label::Due, Label::Duty], rows, TableHead::Hidden)
}

/// Every clock and promise, with when it ran out or runs out.
pub(super) fn of(
    details: &RecordDetails,
    values: &RecordValues,
    terminal: &Terminal,
) -> Vec<Field> {
    let words = terminal.words;
    let RecordDetails { record, now, policy, .. } = details;
    let clocks = explain(record, *now, policy.levels.at_risk, &policy.calendar);
    let mut fields: Vec<Field> = clocks
        .iter()
        .map(|clock| Field {
            name: words.clock(clock.reading.clock).to_owned(),
            value: clock_text(clock, done(clock.reading.clock, values), *now, terminal),
            style: style(clock.standing),
        })
        .collect();
    if clocks.iter().all(|clock| clock.reading.clock != ClockKind::Expected) {
        let name = words.label(Label::Expected).to_owned();
        fields.push(Field { name, value: values.expected_by.clone(), style: None });
    }
    for (standing, promise) in promises(&record.status, *now).iter().zip(&values.promises) {
        let sign = sign(standing.standing);
        let end = match (promise.kept_at.as_str(), promise.explained_at.as_str()) {
            ("", "") if standing.standing == ClockStanding::Late => {
                words.late_by(standing.promise.due, *now)
            }
            ("", "") => String::new(),
            ("", at) => format!("{} {at}", words.label(Label::ExplainedNotKept)),
            (at, _) => late_at(at, standing.promise.due, standing.promise.kept_at, terminal),
        };
        let line = format!("{}. {} {}  {sign} {end}", promise.number, promise.what, promise.due);
        let name = words.label(Label::Promises).to_owned();
        let value = line.trim_end().to_owned();
        fields.push(Field { name, value, style: style(standing.standing) });
    }
    fields
}

/// When what a clock waits for was done; empty where it was not.
fn done(clock: ClockKind, values: &RecordValues) -> &str {
    match clock {
        ClockKind::Limit(Clock::Ack) => &values.acknowledged_at,
        ClockKind::Limit(Clock::Respond | Clock::Commitment) => &values.responded_at,
        ClockKind::Limit(Clock::Resolve) | ClockKind::Expected => &values.done_at,
    }
}

/// When it runs out, and what became of it.
fn clock_text(clock: &ClockExplanation, done: &str, now: Timestamp, terminal: &Terminal) -> String {
    let words = terminal.words;
    let reading = &clock.reading;
    let DueAt::At(due) = reading.due else {
        return format!("{}  {done}", words.label(Label::Unknown)).trim_end().to_owned();
    };
    let sign = sign(clock.standing);
    let text = match clock.standing {
        ClockStanding::Late => words.late_by(due, now),
        ClockStanding::AtRisk | ClockStanding::Paused => words.standing(clock.standing).to_owned(),
        ClockStanding::Breached => {
            late_at(done, reading.missed.unwrap_or(due), reading.stopped_at, terminal)
        }
        ClockStanding::Kept if done.is_empty() => return minute(due),
        ClockStanding::Kept => done.to_owned(),
        ClockStanding::Running | ClockStanding::Unknown | ClockStanding::Explained => String::new(),
    };
    format!("{}  {}", minute(due), format!("{sign} {text}").trim()).trim_end().to_owned()
}

/// When something was done, and by how much it was late.
fn late_at(done: &str, due: Timestamp, at: Option<Timestamp>, terminal: &Terminal) -> String {
    match at.filter(|at| *at > due) {
        Some(at) => format!("{done} {}", terminal.words.late_by(due, at)).trim_start().to_owned(),
        None => done.to_owned(),
    }
}

fn style(standing: ClockStanding) -> Option<Style> {
    match standing {
        ClockStanding::Late => Some(Style::Alarm),
        ClockStanding::AtRisk => Some(Style::Risk),
        ClockStanding::Running
        | ClockStanding::Paused
        | ClockStanding::Unknown
        | ClockStanding::Kept
        | ClockStanding::Explained
        | ClockStanding::Breached => None,
    }
}
