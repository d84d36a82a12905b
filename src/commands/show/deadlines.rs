//! By when a record is to be dealt with, and how that stands.

use super::{RecordDetails, page::Field};
use crate::{
    domain::{
        analysis::{
            clock::{
                explain::{ClockExplanation, ClockStanding, explain, promises},
                reading::ClockKind,
            },
            duties::{Duty, Task, tasks},
        },
        base::{
            print::{minute, minute_if_any},
            time::Timestamp,
        },
        history::{intake::DueAt, status::Status},
    },
    report::{shapes::RecordValues, standing},
    ui::{
        cell::Cell,
        table::TableHead,
        terminal::{Style, Terminal},
    },
    words::{Words, clock::sign, label::Label},
};

/// What is late, or nearly so, with what has to be done.
pub(super) fn pressing(details: &RecordDetails, terminal: &Terminal) -> String {
    let words = terminal.words;
    let mut tasks = tasks(&details.record.status, details.now, &details.policy);
    tasks.sort_by_key(|task| task.standing);
    let pressing = tasks.into_iter().filter_map(|task| {
        let text = pressure(&task, details.now, words)?;
        let duty = words.todo(&task.duty, |id| details.policy.people.name_of(id));
        Some(vec![Cell::from("  ").then(&text, style(task.standing)), Cell::from(duty)])
    });
    let rows: Vec<_> = pressing.collect();
    if rows.is_empty() {
        return String::new();
    }
    terminal.grid(&[Label::Due, Label::Duty], rows, TableHead::Hidden)
}

/// How a task presses, behind its sign; `None` where it does not.
fn pressure(task: &Task, now: Timestamp, words: Words) -> Option<String> {
    let text = match (task.standing, task.due) {
        (ClockStanding::Late, Some(due)) => words.late_by(due, now),
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
    Some(format!("{} {text}", sign(task.standing)))
}

/// Every clock, promise and other duty, with when it ran out or runs out.
pub(super) fn of(
    details: &RecordDetails,
    values: &RecordValues,
    terminal: &Terminal,
) -> Vec<Field> {
    let words = terminal.words;
    let RecordDetails { record, now, policy, .. } = details;
    let clocks = explain(record, *now, policy.levels.at_risk, policy.calendar_of(&record.status));
    let mut fields: Vec<Field> = clocks
        .iter()
        .map(|clock| Field {
            name: words.clock(clock.reading.clock).to_owned(),
            value: clock_text(clock, &record.status, *now, terminal),
            style: style(clock.standing),
        })
        .collect();
    if clocks.iter().all(|clock| clock.reading.clock != ClockKind::Expected) {
        let name = words.label(Label::Expected).to_owned();
        fields.push(Field { name, value: values.expected_by.clone(), style: None });
    }
    for (stands, promise) in promises(&record.status, *now).iter().zip(&values.promises) {
        let sign = sign(stands.standing);
        let end = match (promise.kept_at.as_str(), promise.explained_at.as_str()) {
            ("", "") if stands.standing == ClockStanding::Late => {
                words.late_by(stands.promise.due, *now)
            }
            ("", "") => String::new(),
            ("", at) => format!("{} {at}", words.label(Label::ExplainedNotKept)),
            (at, _) => late_at(at, stands.promise.due, stands.promise.kept_at, terminal),
        };
        let line = format!("{}. {} {}  {sign} {end}", promise.number, promise.what, promise.due);
        let name = words.label(Label::Promises).to_owned();
        let value = line.trim_end().to_owned();
        fields.push(Field { name, value, style: style(stands.standing) });
    }
    let tasks = tasks(&record.status, *now, policy);
    let others = tasks.iter().filter_map(|task| other_duty(task, details, words));
    fields.extend(others);
    fields
}

/// A duty that is neither a clock nor a promise, which have lines of their own.
fn other_duty(task: &Task, details: &RecordDetails, words: Words) -> Option<Field> {
    if matches!(task.duty, Duty::Clock(_) | Duty::Promise { .. }) {
        return None;
    }
    let name = words.todo(&task.duty, |id| details.policy.people.name_of(id));
    let due = task.due.map_or_else(|| words.label(Label::Unknown).to_owned(), minute);
    let pressure = pressure(task, details.now, words).unwrap_or_default();
    let value = format!("{due}  {pressure}").trim_end().to_owned();
    Some(Field { name, value, style: style(task.standing) })
}

/// When it runs out, and what became of it.
fn clock_text(
    clock: &ClockExplanation,
    status: &Status,
    now: Timestamp,
    terminal: &Terminal,
) -> String {
    let words = terminal.words;
    let done = minute_if_any(standing::done_at(clock.reading.clock, status));
    let reading = &clock.reading;
    let DueAt::At(due) = reading.due else {
        return format!("{}  {done}", words.label(Label::Unknown)).trim_end().to_owned();
    };
    let sign = sign(clock.standing);
    let text = match clock.standing {
        ClockStanding::Late => words.late_by(due, now),
        ClockStanding::AtRisk | ClockStanding::Paused => words.standing(clock.standing).to_owned(),
        ClockStanding::Breached => {
            let exceeded = standing::exceeded(clock).unwrap_or(due);
            late_at(&done, exceeded, reading.stopped_at, terminal)
        }
        ClockStanding::Kept if done.is_empty() => return minute(due),
        ClockStanding::Kept => done,
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
