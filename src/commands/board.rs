//! `docket`: today's board.

use std::{collections::HashMap, rc::Rc};

use chrono::Datelike;
use serde::{Serialize, Serializer};

use crate::{
    answers::{
        agenda::{Agenda, AgendaItem},
        first_words::FirstWords,
        names::PolicyNames,
        rows::{self, RecordRow},
    },
    app::{App, sync::Unsynced},
    commands::Command,
    domain::{
        analysis::{
            clock::explain::ClockStanding,
            duties::{Duty, Task, tasks, worst},
            next_step::{NextStep, next_step, waits_for},
        },
        base::{calendar::Calendar, ids::PersonId, print::minute, terms::State, time::Timestamp},
        history::steps::Action,
    },
    error::Result,
    store::{
        selection::{Condition, Selection},
        summary::Summary,
    },
    ui::{
        answer::Answer,
        cell::Cell,
        table::TableHead,
        terminal::{Style, Terminal},
    },
    words::{Words, clock::sign, label::Label, message::Message},
};

/// What waits for me, what is late, what comes today
#[derive(Debug)]
pub struct Board;

#[derive(Debug)]
struct Today {
    desk: String,
    person: Option<String>,
    /// The roster's id of whoever looks.
    me: Option<PersonId>,
    now: Timestamp,
    missing_year: Option<i32>,
    is_new: bool,
    first_words: Option<FirstWords>,
    /// Unfinished records with what they ask for, the most urgent first.
    records: Vec<(Rc<Summary>, Vec<Task>)>,
    /// Records in which two clones did what does not go together.
    clashes: Vec<Rc<Summary>>,
    names: PolicyNames,
    /// What the remote has not got; `None` without one.
    unsynced: Option<Unsynced>,
}

impl Command for Board {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let view = desk.view()?;
        let policy = desk.policy_to_look(&view)?;
        let me = desk.actor(&policy).ok().map(|actor| actor.person);
        let now = desk.now();
        let (found, _) = desk.summaries(&view, &Selection::of(Condition::OnBoard))?;
        let is_new = found.is_empty() && desk.has_no_record(&view)?;
        let mut found: Vec<Rc<Summary>> = found.into_iter().map(Rc::new).collect();
        found.sort_by_key(|record| (record.status().priority, record.status().received_at));
        let clashes = found.iter().filter(|record| is_clashing(record)).cloned().collect();
        found.retain(|record| record.status().state.is_unfinished());
        let asked = |record: Rc<Summary>| {
            let tasks = tasks(record.status(), now, &policy);
            (record, tasks)
        };
        Ok(Box::new(Today {
            desk: policy.desk.name.clone(),
            me: me.as_ref().map(|person| person.id.clone()),
            person: me.map(|person| person.name),
            now,
            missing_year: missing_year(now, &policy.calendar),
            is_new,
            first_words: FirstWords::of(&desk, &policy, is_new),
            records: found.into_iter().map(asked).collect(),
            clashes,
            names: PolicyNames::from(&policy),
            unsynced: desk.unsynced()?,
        }))
    }
}

/// Whether a person has to settle what two clones did, or sees that they gave one id twice.
fn is_clashing(record: &Summary) -> bool {
    let is_renamed = record.is_renamed() && record.status().state.is_unfinished();
    is_renamed || is_to_be_settled(record)
}

fn is_to_be_settled(record: &Summary) -> bool {
    let status = record.status();
    !status.set_aside.is_empty() || !status.disputed.is_empty()
}

/// This year, or next year in December, while its calendar is not loaded.
fn missing_year(now: Timestamp, calendar: &Calendar) -> Option<i32> {
    let today = now.date();
    let years = [Some(today.year()), (today.month() == 12).then_some(today.year() + 1)];
    years.into_iter().flatten().find(|year| !calendar.is_loaded(*year))
}

/// So many records of one part are shown to people; programs get all.
const MOST: usize = 25;

/// The parts of the board, in their order; a record stands in the first one that it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Part {
    Clashes,
    Late,
    AtRisk,
    WaitsForMe,
    Untaken,
    DueToday,
}

impl Part {
    const ALL: [Self; 6] =
        [Self::Clashes, Self::Late, Self::AtRisk, Self::WaitsForMe, Self::Untaken, Self::DueToday];

    fn label(self) -> Label {
        match self {
            Self::Clashes => Label::Clashes,
            Self::Late => Label::Late,
            Self::AtRisk => Label::AtRisk,
            Self::WaitsForMe => Label::WaitsForMe,
            Self::Untaken => Label::Untaken,
            Self::DueToday => Label::DueSoon,
        }
    }

    fn heading(self, size: usize, terminal: &Terminal) -> String {
        let title = terminal.words.remarked(terminal.words.label(self.label()), &size.to_string());
        let (sign, style) = match self {
            Self::Late => (sign(ClockStanding::Late), Style::Alarm),
            Self::AtRisk => (sign(ClockStanding::AtRisk), Style::Risk),
            Self::Clashes | Self::WaitsForMe | Self::Untaken | Self::DueToday => ("", Style::Bold),
        };
        format!("{}\n", terminal.styled(format!("{sign} {title}").trim_start(), style))
    }
}

/// A row of the board before it is worded.
struct BoardRow<'b> {
    record: &'b Summary,
    what: BoardTask<'b>,
    /// How many other tasks of the record press today.
    others: usize,
}

/// What a row says is to be done, by the time of that.
#[derive(Clone, Copy, Debug)]
enum BoardTask<'b> {
    Settle,
    Duty(&'b Task),
    Next(NextStep, Option<&'b Task>),
}

impl<'b> BoardTask<'b> {
    fn task(self) -> Option<&'b Task> {
        match self {
            Self::Settle => None,
            Self::Duty(task) => Some(task),
            Self::Next(_, task) => task,
        }
    }
}

impl Today {
    fn is_due_today(&self, task: &Task) -> bool {
        // midnight ends the day
        task.due.is_some_and(|due| due.plus_seconds(-1).date() == self.now.date())
    }

    fn presses(&self, task: &Task) -> bool {
        matches!(task.standing, ClockStanding::Late | ClockStanding::AtRisk)
            || self.is_due_today(task)
    }

    /// The step for which a record waits for whoever looks.
    fn waits_for_me(&self, record: &Summary) -> Option<NextStep> {
        let (me, policy) = self.me.as_ref().zip(self.names.policy())?;
        waits_for(record.status(), me, policy)
    }

    /// What whoever looks has to do about their own visits and sessions today.
    fn my_work_there<'t>(&self, tasks: &'t [Task]) -> Option<&'t Task> {
        let me = self.me.as_ref()?;
        let own = tasks.iter().filter(|task| task.duty.engineer() == Some(me));
        own.filter(|task| match task.duty {
            Duty::Item(ref item) if item.next.lies_ahead() => self.presses(task),
            _ => true,
        })
        .min_by_key(|task| task.standing != ClockStanding::Late)
    }

    /// Where a record stands; nowhere while nothing about it is to be done today.
    fn part(&self, record: &Summary, tasks: &[Task], worst: Option<&Task>) -> Option<Part> {
        if is_to_be_settled(record) {
            return Some(Part::Clashes);
        }
        let own = self.my_work_there(tasks);
        match own.or(worst).map(|task| task.standing) {
            Some(ClockStanding::Late) => return Some(Part::Late),
            Some(ClockStanding::AtRisk) => return Some(Part::AtRisk),
            Some(_) | None => {}
        }
        if own.is_some() || self.waits_for_me(record).is_some() {
            return Some(Part::WaitsForMe);
        }
        if is_untaken(record) {
            return Some(Part::Untaken);
        }
        worst.filter(|task| self.is_due_today(task)).map(|_| Part::DueToday)
    }

    /// A record in its part, with what is to be done and the time of that.
    fn placed<'b>(&self, record: &'b Summary, tasks: &'b [Task]) -> Option<(Part, BoardRow<'b>)> {
        let worst = worst(tasks);
        let part = self.part(record, tasks, worst)?;
        let own = self.my_work_there(tasks);
        let what = match (part, own) {
            (Part::Clashes, _) => BoardTask::Settle,
            (_, Some(own)) => BoardTask::Duty(own),
            (Part::Late | Part::AtRisk | Part::DueToday, None) => BoardTask::Duty(worst?),
            (Part::WaitsForMe | Part::Untaken, None) => {
                let mine = self.waits_for_me(record);
                let step = mine.or_else(|| next_step(record.status()))?;
                BoardTask::Next(step, worst)
            }
        };
        let others = tasks.iter().filter(|task| Some(*task) != what.task() && self.presses(task));
        Some((part, BoardRow { record, what, others: others.count() }))
    }

    /// Every record in its part, the most urgent first.
    fn parts(&self) -> HashMap<Part, Vec<BoardRow<'_>>> {
        let mut parts: HashMap<Part, Vec<BoardRow<'_>>> = HashMap::new();
        let over = self.clashes.iter().filter(|record| !record.status().state.is_unfinished());
        let over = over.map(|record| (record, &[][..]));
        let unfinished = self.records.iter().map(|(record, tasks)| (record, &tasks[..]));
        for (record, tasks) in unfinished.chain(over) {
            if let Some((part, row)) = self.placed(record, tasks) {
                parts.entry(part).or_default().push(row);
            }
        }
        for (part, rows) in &mut parts {
            rows.sort_by_key(|row| {
                let due = row.what.task().and_then(|task| task.due);
                let priority = match part {
                    Part::Late | Part::WaitsForMe | Part::Untaken => row.record.status().priority,
                    Part::Clashes | Part::AtRisk | Part::DueToday => None,
                };
                (priority, due.is_none(), due, row.record.id().clone())
            });
        }
        parts
    }

    fn row(&self, part: Part, row: &BoardRow<'_>, terminal: &Terminal) -> RecordRow {
        let words = terminal.words;
        let what = match row.what {
            BoardTask::Settle => Cell::from(words.term(Action::Settle)),
            BoardTask::Duty(task) => rows::todo(&task.duty, &self.names, terminal),
            BoardTask::Next(step, _) => Cell::from(words.next_step(step)),
        };
        let others = if row.others > 0 { format!(" +{}", row.others) } else { String::new() };
        let task = row.what.task();
        let due = task.map(|task| rows::due(task.due, task.standing, self.now, terminal));
        let shown = RecordRow {
            due: due.unwrap_or_default(),
            task: what.then(&others, Some(Style::Dim)),
            ..RecordRow::of(row.record, &self.names, terminal)
        };
        match part {
            // it is mine
            Part::WaitsForMe => RecordRow { person: Cell::default(), ..shown },
            Part::Clashes | Part::Late | Part::AtRisk | Part::Untaken | Part::DueToday => shown,
        }
    }

    /// The parts with their rows, the columns of all of them below one another.
    fn body(&self, terminal: &Terminal) -> String {
        let parts = self.parts();
        let present = Part::ALL.into_iter().filter_map(|part| Some((part, parts.get(&part)?)));
        let present: Vec<_> = present.collect();
        let all = present.iter().flat_map(|(part, rows)| {
            rows.iter().take(MOST).map(|row| self.row(*part, row, terminal))
        });
        let table = rows::shown(all.collect(), Label::Duty, TableHead::Hidden, terminal);
        let mut lines = table.split_inclusive('\n');
        let each = if rows::is_narrow(terminal) { 2 } else { 1 };
        let mut text = String::new();
        for (part, rows) in &present {
            text += &format!("\n{}", part.heading(rows.len(), terminal));
            text.extend(lines.by_ref().take(rows.len().min(MOST) * each));
            if rows.len() > MOST {
                let message = Message::MoreOnBoard { shown: MOST, total: rows.len() };
                text += &terminal.indented(&terminal.words.message(&message), 0);
            }
        }
        if present.is_empty() {
            let empty = match (self.is_new, self.records.is_empty()) {
                (true, _) => Message::NoRecordYet,
                (false, true) => Message::AllFinished,
                (false, false) => Message::BoardEmpty,
            };
            text += &format!("\n{}", terminal.indented(&terminal.words.message(&empty), 0));
        }
        text
    }
}

/// Whether nobody has acknowledged or accepted it yet.
fn is_untaken(record: &Summary) -> bool {
    matches!(record.status().state, State::Open | State::Routed)
}

impl Answer for Today {
    fn human(&self, terminal: &Terminal) -> String {
        let words = terminal.words;
        let headline = |desk: &str| {
            let (person, now) = (self.person.clone(), minute(self.now));
            words.message(&Message::BoardOf { desk: desk.to_owned(), person, now })
        };
        // the desk's name gives way to the time
        let rest = Cell::from(headline("")).width();
        let desk = Cell::from(self.desk.as_str());
        let desk = desk.cut(usize::from(terminal.width).saturating_sub(rest)).text();
        let headline = Cell::styled(&headline(&desk), Style::Bold);
        let mut text = terminal.line(vec![headline]);
        // a newcomer has other things to do first
        if let Some(year) = self.missing_year.filter(|_| !self.is_new) {
            let warning = words.message(&Message::CalendarMissing { year });
            text += &terminal.indented_in(&warning, 0, Some(Style::Risk));
        }
        text += &self.body(terminal);
        let count = self.records.len();
        if count > 0 {
            let unfinished = words.message(&Message::Unfinished { count });
            text += &format!("\n{}", terminal.indented(&unfinished, 0));
        }
        if let Some(Unsynced { remote, commits, since }) =
            self.unsynced.as_ref().filter(|unsynced| unsynced.commits > 0)
        {
            let since = since.map(minute);
            let (count, remote) = (*commits, remote.clone());
            let unsynced = words.message(&Message::Unsynced { count, since, remote });
            text += &terminal.indented(&unsynced, 0);
        }
        text
    }

    fn remark(&self, words: Words) -> Option<String> {
        self.first_words.as_ref().map(|first| first.text(words))
    }
}

/// The board for programs: everything in each part that it belongs to, whole.
impl Serialize for Today {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct TodayKeys<'t> {
            desk: &'t str,
            now: Timestamp,
            unfinished: usize,
            missing_year: Option<i32>,
            waits_for_me: Vec<&'t Summary>,
            untaken: Vec<&'t Summary>,
            late: Vec<AgendaItem>,
            at_risk: Vec<AgendaItem>,
            due_today: Vec<AgendaItem>,
            clashes: Vec<&'t Summary>,
            unsynced: Option<&'t Unsynced>,
        }
        let agenda = Agenda::over(self.records.clone(), self.now, self.names.clone());
        let stands = |standing| agenda.pick(|task| task.standing == standing).items;
        let is_urgent =
            |task: &Task| matches!(task.standing, ClockStanding::Late | ClockStanding::AtRisk);
        let records = || self.records.iter().map(|(record, _)| record.as_ref());
        let keys = TodayKeys {
            desk: &self.desk,
            now: self.now,
            unfinished: self.records.len(),
            missing_year: self.missing_year,
            waits_for_me: records().filter(|record| self.waits_for_me(record).is_some()).collect(),
            untaken: records().filter(|record| is_untaken(record)).collect(),
            late: stands(ClockStanding::Late),
            at_risk: stands(ClockStanding::AtRisk),
            due_today: agenda.pick(|task| self.is_due_today(task) && !is_urgent(task)).items,
            clashes: self.clashes.iter().map(Rc::as_ref).collect(),
            unsynced: self.unsynced.as_ref(),
        };
        keys.serialize(serializer)
    }
}
