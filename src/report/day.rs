//! 每日跟踪 and 交接班记录: what the desk hands round during the day and at the change of shift
//! (R43, R99).

use serde::Serialize;

use crate::{
    domain::{
        analysis::{
            clock::explain::ClockStanding,
            duties::{Task, tasks},
        },
        base::{
            ids::PersonId,
            print::{minute, minute_if_any},
            terms::ReportName,
            time::Timestamp,
        },
        history::{record::Record, steps::Act},
    },
    error::template::TemplateError,
    report::{EDITION, ReportContent, shapes::RecordValues, values::Sources},
    words::Words,
};

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayForm {
    /// 每日跟踪: every unfinished record with its progress and what is due.
    Daily,
    /// 交接班记录: every unfinished record by who follows it, with what was offered to whom.
    Handover,
}

#[derive(Serialize)]
struct DayContext<'a> {
    template: u32,
    organisation: &'a str,
    desk: &'a str,
    at: String,
    revision: &'a str,
    rows: Vec<DayRow>,
}

/// A record with what it asks for.
#[derive(Serialize)]
struct DayRow {
    record: RecordValues,
    followed_up_at: String,
    /// To whom the ownership is offered, and why.
    handed_to: String,
    handover_reason: String,
    /// The latest note that anybody made.
    note: String,
    late: bool,
    tasks: Vec<TaskValues>,
}

#[derive(Serialize)]
struct TaskValues {
    what: String,
    due: String,
    standing: String,
}

/// The sheet of unfinished records at `now`.
pub fn content(
    form: DayForm,
    records: &[Record],
    now: Timestamp,
    revision: &str,
    sources: &Sources<'_>,
) -> Result<ReportContent, TemplateError> {
    let mut rows: Vec<(&Record, Vec<Task>)> = records
        .iter()
        .filter(|record| record.status.state.is_unfinished())
        .map(|record| (record, tasks(&record.status, now, sources.policy)))
        .collect();
    rows.sort_by_key(|(record, tasks)| {
        let owner = match form {
            DayForm::Daily => None,
            DayForm::Handover => Some(record.status.desk_owner.clone()),
        };
        let due = tasks.iter().find_map(|task| task.due);
        (owner, due.is_none(), due, record.id.clone())
    });
    let values = DayContext {
        template: EDITION,
        organisation: &sources.policy.desk.organisation,
        desk: &sources.policy.desk.name,
        at: minute(now),
        revision,
        rows: rows.iter().map(|(record, tasks)| row(record, tasks, sources)).collect(),
    };
    let name = match form {
        DayForm::Daily => ReportName::Daily,
        DayForm::Handover => ReportName::Handover,
    };
    let table = values.rows.iter().map(|row| cells(row, sources.words));
    let table = [HEAD.map(str::to_owned).to_vec()].into_iter().chain(table).collect();
    ReportContent::new(name, &values, table)
}

const HEAD: [&str; 12] = [
    "id",
    "customer",
    "title",
    "state",
    "owner",
    "responsible",
    "unit",
    "progress",
    "followed_up_at",
    "handed_to",
    "tasks",
    "note",
];

fn cells(row: &DayRow, words: Words) -> Vec<String> {
    let task = |task: &TaskValues| {
        words.remarked(format!("{} {}", task.what, task.due).trim_end(), &task.standing)
    };
    let tasks: Vec<_> = row.tasks.iter().map(task).collect();
    [
        &row.record.id,
        &row.record.customer,
        &row.record.title,
        &row.record.state,
        &row.record.owner,
        &row.record.responsible,
        &row.record.unit,
        &row.record.progress,
        &row.followed_up_at,
        &row.handed_to,
        &words.joined(&tasks),
        &row.note,
    ]
    .map(Clone::clone)
    .to_vec()
}

fn row(record: &Record, tasks: &[Task], sources: &Sources<'_>) -> DayRow {
    let status = &record.status;
    let words = sources.words;
    let offered = record.effective_events().rev().find_map(|event| match &event.act {
        Act::Handover(handover) => Some(handover.reason.clone()),
        _ => None,
    });
    let note = record.effective_events().rev().find_map(|event| event.stamp.note.clone());
    DayRow {
        record: sources.record(record),
        followed_up_at: minute_if_any(status.times.followed_up_at),
        handed_to: sources.person(status.handed_to.as_ref().map(PersonId::as_str)),
        handover_reason: offered.filter(|_| status.handed_to.is_some()).unwrap_or_default(),
        note: note.unwrap_or_default(),
        late: tasks.iter().any(|task| task.standing == ClockStanding::Late),
        tasks: tasks
            .iter()
            .map(|task| TaskValues {
                what: words.duty(&task.duty, |id| sources.policy.people.name_of(id)),
                due: minute_if_any(task.due),
                standing: words.standing(task.standing).to_owned(),
            })
            .collect(),
    }
}
