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
            ids::{CalendarId, PersonId, RecordId},
            limit::Limit,
            print::second,
            time::Timestamp,
            zone::Zone,
        },
        deciding::policy::Policy,
        history::{
            agreement::AgreementTerms,
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
    policy: Policy,
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
        let calendar = policy.calendar_of(&record.status);
        let clocks = explain(&record, desk.now(), policy.levels.at_risk, calendar);
        let promises = promises(&record.status, desk.now());
        let mut rest = duties::tasks(&record.status, desk.now(), &policy);
        rest.retain(|task| !matches!(task.duty, Duty::Clock(_) | Duty::Promise { .. }));
        Ok(Box::new(Explanation { record, clocks, promises, rest, policy }))
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
    fn clock(&self, terminal: &Terminal, clock: &ClockExplanation) -> String {
        let words = terminal.words;
        let reading = &clock.reading;
        let name = words.clock(reading.clock);
        let stands = words.standing(clock.standing);
        let style = if clock.standing == ClockStanding::Late { Style::Alarm } else { Style::Bold };
        let mut text = headed(terminal, &format!("{name} · {stands}"), style);
        if let Some(limit) = clock.limit {
            let limit = match self.agrees(reading.clock, limit) {
                None => words.limit(limit),
                Some(true) => {
                    words.remarked(&words.limit(limit), words.label(Label::LimitOfAgreement))
                }
                Some(false) => words.remarked(&words.limit(limit), words.label(Label::LimitOfDesk)),
            };
            text += &terminal.field(words.label(Label::Limit), &limit);
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
    /// By which working hours, and in which time zone, the clocks count.
    fn hours(&self, terminal: &Terminal) -> String {
        let (words, (id, zone)) = (terminal.words, self.counted_by());
        let whose = id.map_or(words.label(Label::HoursOfDesk), CalendarId::as_str);
        let line = words.remarked(whose, &zone.to_string());
        terminal.field(words.label(Label::WorkingHours), &line)
    }

    /// The calendar of the agreement, where the clocks count by one that is still known, and the zone.
    fn counted_by(&self) -> (Option<&CalendarId>, Zone) {
        let status = &self.record.status;
        let agreed = status.agreement.as_ref().and_then(|terms| terms.calendar.as_ref());
        let known = self.policy.agreements.calendars();
        let agreed = agreed.filter(|id| known.contains_key(*id));
        (agreed, self.policy.calendar_of(status).clock_zone())
    }

    /// Which agreement decided the limits, and in which cell of kind and level.
    fn agreement(&self, terminal: &Terminal) -> Option<String> {
        let words = terminal.words;
        let status = &self.record.status;
        let agreement = words.agreement(status.agreement.as_ref()?, &self.policy);
        let cell = [Some(words.term(status.kind)), status.level.map(|level| words.term(level))];
        let cell = words.listed(&cell.into_iter().flatten().collect::<Vec<_>>());
        Some(terminal.field(words.label(Label::Agreement), &words.remarked(&agreement, &cell)))
    }

    /// Whether a limit is the agreement's, and not the desk's own; `None` where there is no agreement, or
    /// the clock runs by no limit. A clock may run by the limit of the resolution, which ends first.
    fn agrees(&self, clock: ClockKind, limit: Limit) -> Option<bool> {
        let status = &self.record.status;
        let terms = status.agreement.as_ref()?;
        let own = match clock {
            ClockKind::Limit(Clock::Ack) => (Clock::Ack, status.limits.ack),
            ClockKind::Limit(Clock::Respond) => (Clock::Respond, status.limits.respond),
            ClockKind::Limit(Clock::Resolve) => (Clock::Resolve, status.limits.resolve),
            ClockKind::Limit(Clock::Commitment) | ClockKind::Expected => return None,
        };
        let by = if own.1 == Some(limit) { own.0 } else { Clock::Resolve };
        Some(terms.clocks.contains(&by))
    }

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
        let duty = words.duty(&task.duty, |id| self.policy.people.name_of(id));
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
        let clocks = self.clocks.iter().map(|clock| self.clock(terminal, clock));
        let promises = self.promises.iter().map(|told| Self::promise(terminal, told));
        let rest = self.rest.iter().map(|task| self.task(terminal, task));
        let agreement = self.agreement(terminal).unwrap_or_default();
        let hours = if self.clocks.is_empty() { String::new() } else { self.hours(terminal) };
        head + &agreement + &hours + &clocks.chain(promises).chain(rest).collect::<String>()
    }
}

impl Serialize for Explanation {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct ExplanationKeys<'e> {
            id: &'e RecordId,
            agreement: Option<&'e AgreementTerms>,
            calendar: Option<&'e CalendarId>,
            timezone: String,
            clocks: Vec<ClockKeys<'e>>,
            promises: Vec<PromiseKeys>,
            other: Vec<TaskAnswer<'e>>,
        }
        let (calendar, zone) = self.counted_by();
        let keys = ExplanationKeys {
            id: &self.record.id,
            agreement: self.record.status.agreement.as_ref(),
            calendar,
            timezone: zone.to_string(),
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
