//! `docket sla`: explains or recomputes due times.

use clap::{Args, Subcommand};
use serde::{Serialize, Serializer};

use crate::{
    answers::agenda::TaskAnswer,
    app::{App, step::StepRequest},
    arguments::prompts::Prompts,
    commands::Command,
    complete::ForStep,
    domain::{
        analysis::{
            clock::{
                explain::{
                    ClockExplanation, ClockStanding, ClockStretch, PromiseStanding, explain,
                    promises,
                },
                reading::{ClockKind, DuePeriod},
            },
            duties::{self, Duty, Task},
        },
        base::{
            characters::clean_line,
            ids::{PersonId, RecordId},
            limit::Limit,
            print::second,
            time::Timestamp,
        },
        deciding::policy::people::People,
        history::{
            intake::DueAt,
            record::Record,
            status::Clock,
            steps::{Action, recompute::Recompute},
        },
    },
    error::Result,
    store::find::{Purpose, RecordRef},
    ui::{
        answer::Answer,
        terminal::{Style, Terminal},
    },
    words::{Words, label::Label},
};

#[derive(Args, Debug)]
pub struct Sla {
    #[command(subcommand)]
    what: SlaSubcommand,
}

#[derive(Debug, Subcommand)]
enum SlaSubcommand {
    Explain {
        record: Option<RecordRef>,
    },
    Recompute {
        #[arg(add = ForStep(Action::Recompute))]
        record: Option<RecordRef>,
    },
}

#[derive(Debug)]
struct Explanation {
    record: Record,
    clocks: Vec<ClockExplanation>,
    promises: Vec<PromiseStanding>,
    /// What the day asks for besides clocks and promises.
    rest: Vec<Task>,
    people: People,
}

impl Command for Sla {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let record = match self.what {
            SlaSubcommand::Explain { record } => {
                let mut prompts = Prompts::new(app, "sla explain");
                let record = prompts.any_record(&desk, record.as_ref())?;
                prompts.done()?;
                record
            }
            SlaSubcommand::Recompute { record } => {
                let mut prompts = Prompts::new(app, "sla recompute");
                let record = prompts.record(&desk, Action::Recompute, record.as_ref())?;
                prompts.done()?;
                let done = desk.step::<Recompute>(StepRequest::new(&record), |_| Ok(().into()))?;
                return Ok(Box::new(done));
            }
        };
        let view = desk.view()?;
        let policy = view.policy()?;
        let record = desk.record(&view, &record, Purpose::Show)?;
        let clocks = explain(&record, desk.now(), policy.levels.at_risk, &policy.calendar);
        let promises = promises(&record.status, desk.now());
        let mut rest = duties::tasks(&record.status, desk.now(), &policy);
        rest.retain(|task| !matches!(task.duty, Duty::Clock(_) | Duty::Promise { .. }));
        Ok(Box::new(Explanation { record, clocks, promises, rest, people: policy.people }))
    }
}

/// What is left of a limit, or by how much it ran over.
fn left(terminal: &Terminal, minutes: i64) -> String {
    let label = if minutes < 0 { Label::OverBy } else { Label::Left };
    terminal.field(terminal.words.label(label), &terminal.words.length(minutes.abs()))
}

/// A line above what it is about.
fn headed(terminal: &Terminal, line: &str, style: Style) -> String {
    format!("\n{}", terminal.indented_in(line, 0, Some(style)))
}

fn due_text(due: DueAt, words: Words) -> String {
    match due {
        DueAt::At(at) => second(at),
        DueAt::Unknown => words.label(Label::Unknown).to_owned(),
    }
}

impl Explanation {
    fn clock(terminal: &Terminal, clock: &ClockExplanation) -> String {
        let words = terminal.words;
        let reading = &clock.reading;
        let name = words.clock(reading.clock);
        let stands = words.standing(clock.standing);
        let style = if clock.standing == ClockStanding::Late { Style::Alarm } else { Style::Bold };
        let mut text = headed(terminal, &format!("{name} · {stands}"), style);
        if let Some(limit) = clock.limit {
            text += &terminal.field(words.label(Label::Limit), &words.limit(limit));
        }
        text += &terminal.field(words.label(Label::Start), &second(reading.start));
        for ClockStretch { from, to, minutes, counts } in &clock.stretches {
            let label = if *counts { Label::Counted } else { Label::Paused };
            let line = format!("{} – {}  {}", second(*from), second(*to), words.length(*minutes));
            text += &terminal.field(words.label(label), &line);
        }
        let moved_to = reading.earlier.iter().skip(1).map(|next| next.due).chain([reading.due]);
        for (earlier, after) in reading.earlier.iter().zip(moved_to) {
            let line = words.moved_due(
                &due_text(earlier.due, words),
                &second(earlier.until),
                &due_text(after, words),
            );
            text += &terminal.field(words.label(Label::EarlierDue), &line);
        }
        text += &terminal.field(words.label(Label::Due), &due_text(reading.due, words));
        if let Some(at) = reading.stopped_at {
            let label = match reading.clock {
                ClockKind::Limit(Clock::Resolve) | ClockKind::Expected => Label::DoneAt,
                ClockKind::Limit(Clock::Ack | Clock::Respond | Clock::Commitment) => {
                    Label::StoppedAt
                }
            };
            text += &terminal.field(words.label(label), &second(at));
        }
        text += &terminal.field(words.label(Label::Used), &words.length(clock.used));
        text += &left(terminal, clock.left());
        if let Some(at) = reading.breached_at {
            text += &terminal.field(words.label(Label::LateSince), &second(at));
        }
        if let Some((at, used)) = reading.entered_late_at.zip(clock.used_until_entry) {
            text +=
                &terminal.field(words.label(Label::Warning), words.label(Label::KeptByLateEntry));
            text += &terminal.field(words.label(Label::EnteredAt), &second(at));
            text += &terminal.field(words.label(Label::UsedUntilEntry), &words.length(used));
            text +=
                &terminal.field(words.label(Label::LeftAtEntry), &words.length(clock.whole - used));
        }
        text
    }
}

impl Explanation {
    fn promise(terminal: &Terminal, told: &PromiseStanding) -> String {
        let words = terminal.words;
        let PromiseStanding { number, promise, whole, used, standing } = told;
        let what = Duty::Promise { number: *number, what: promise.what.clone() };
        let duty = words.duty(&what, PersonId::as_str);
        let name = clean_line(&duty);
        let style = if *standing == ClockStanding::Late { Style::Alarm } else { Style::Bold };
        let stands = words.standing(*standing);
        let mut text = headed(terminal, &format!("{name} · {stands}"), style);
        let mut line = |label, value: &str| text += &terminal.field(words.label(label), value);
        line(Label::Start, &second(promise.made_at));
        line(Label::Due, &second(promise.due));
        if let Some(at) = promise.kept_at {
            line(Label::StoppedAt, &second(at));
        } else if let Some(at) = promise.explained_at {
            line(Label::ToldWhy, &second(at));
        }
        line(Label::Used, &words.length(*used));
        text + &left(terminal, whole - used)
    }

    fn task(&self, terminal: &Terminal, task: &Task) -> String {
        let words = terminal.words;
        let duty = words.duty(&task.duty, |id| self.people.name_of(id));
        let name = format!("{duty} · {}", words.standing(task.standing));
        let style = if task.standing == ClockStanding::Late { Style::Alarm } else { Style::Bold };
        let due = task.due.map(|at| terminal.field(words.label(Label::Due), &second(at)));
        headed(terminal, &name, style) + &due.unwrap_or_default()
    }
}

impl Answer for Explanation {
    fn human(&self, terminal: &Terminal) -> String {
        let id = self.record.id.as_str();
        let title = clean_line(&self.record.status.title);
        let head = terminal.indented(&format!("{id}  {title}"), 0);
        let head = head.replacen(id, &terminal.styled(id, Style::Bold), 1);
        let clocks = self.clocks.iter().map(|clock| Self::clock(terminal, clock));
        let promises = self.promises.iter().map(|told| Self::promise(terminal, told));
        let rest = self.rest.iter().map(|task| self.task(terminal, task));
        head + &clocks.chain(promises).chain(rest).collect::<String>()
    }
}

impl Serialize for Explanation {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct ExplanationKeys<'e> {
            id: &'e RecordId,
            clocks: Vec<ClockKeys<'e>>,
            promises: Vec<PromiseKeys>,
            other: Vec<TaskAnswer<'e>>,
        }
        let keys = ExplanationKeys {
            id: &self.record.id,
            clocks: self.clocks.iter().map(ClockKeys::from).collect(),
            promises: self.promises.iter().map(PromiseKeys::from).collect(),
            other: self.rest.iter().map(TaskAnswer::from).collect(),
        };
        keys.serialize(serializer)
    }
}

/// A clock for programs; lengths are in minutes.
#[derive(Serialize)]
struct ClockKeys<'e> {
    clock: &'static str,
    standing: ClockStanding,
    start: Timestamp,
    limit: Option<Limit>,
    due: DueAt,
    stopped_at: Option<Timestamp>,
    breached_at: Option<Timestamp>,
    kept_by_late_entry: bool,
    entered_at: Option<Timestamp>,
    used_minutes_until_entry: Option<i64>,
    earlier: &'e [DuePeriod],
    stretches: &'e [ClockStretch],
    whole_minutes: i64,
    used_minutes: i64,
    left_minutes: i64,
}

impl<'e> From<&'e ClockExplanation> for ClockKeys<'e> {
    fn from(clock: &'e ClockExplanation) -> Self {
        let reading = &clock.reading;
        Self {
            clock: reading.clock.code(),
            standing: clock.standing,
            start: reading.start,
            limit: clock.limit,
            due: reading.due,
            stopped_at: reading.stopped_at,
            breached_at: reading.breached_at,
            kept_by_late_entry: reading.entered_late_at.is_some(),
            entered_at: reading.entered_late_at,
            used_minutes_until_entry: clock.used_until_entry,
            earlier: &reading.earlier,
            stretches: &clock.stretches,
            whole_minutes: clock.whole,
            used_minutes: clock.used,
            left_minutes: clock.left(),
        }
    }
}

/// A promise for programs.
#[derive(Serialize)]
struct PromiseKeys {
    number: usize,
    start: Timestamp,
    due: Timestamp,
    kept_at: Option<Timestamp>,
    explained_at: Option<Timestamp>,
    standing: ClockStanding,
    whole_minutes: i64,
    used_minutes: i64,
    left_minutes: i64,
}

impl From<&PromiseStanding> for PromiseKeys {
    fn from(told: &PromiseStanding) -> Self {
        let promise = &told.promise;
        Self {
            number: told.number,
            start: promise.made_at,
            due: promise.due,
            kept_at: promise.kept_at,
            explained_at: promise.explained_at,
            standing: told.standing,
            whole_minutes: told.whole,
            used_minutes: told.used,
            left_minutes: told.whole - told.used,
        }
    }
}
