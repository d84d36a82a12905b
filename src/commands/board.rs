//! `docket`: today's board.

use std::rc::Rc;

use chrono::Datelike;
use serde::{Serialize, Serializer};

use crate::{
    answers::{agenda::Agenda, records::RecordList},
    app::{App, sync::Unsynced},
    commands::Command,
    domain::{
        analysis::{clock::explain::ClockStanding, duties},
        base::{calendar::Calendar, print::minute, terms::State, time::Timestamp},
        history::record::Record,
    },
    error::Result,
    store::selection::{Condition, Selection},
    ui::{
        answer::Answer,
        terminal::{Style, Terminal},
    },
    words::{label::Label, message::Message},
};

/// What waits for me, what is late, what comes today
#[derive(Debug)]
pub struct Board;

#[derive(Debug, Serialize)]
struct Today {
    desk: String,
    #[serde(skip)]
    person: Option<String>,
    now: Timestamp,
    unfinished: usize,
    /// This year, or next year in December, while its calendar is not loaded.
    missing_year: Option<i32>,
    /// Records whose next step is mine.
    #[serde(rename = "waits_for_me", serialize_with = "records")]
    waits: RecordList,
    /// Records that nobody has acknowledged or accepted.
    #[serde(serialize_with = "records")]
    untaken: RecordList,
    #[serde(serialize_with = "due")]
    late: Agenda,
    #[serde(serialize_with = "due")]
    at_risk: Agenda,
    #[serde(rename = "due_today", serialize_with = "due")]
    later: Agenda,
    /// Records in which two clones did what does not go together.
    #[serde(serialize_with = "records")]
    clashes: RecordList,
    /// What the remote has not got; `None` without one.
    unsynced: Option<Unsynced>,
}

/// A part of the board for programs: the list alone.
fn records<S: Serializer>(
    list: &RecordList,
    serializer: S,
) -> std::result::Result<S::Ok, S::Error> {
    list.records.serialize(serializer)
}

/// The same of what has to be done.
fn due<S: Serializer>(agenda: &Agenda, serializer: S) -> std::result::Result<S::Ok, S::Error> {
    agenda.items.serialize(serializer)
}

impl Command for Board {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let view = desk.view()?;
        let policy = desk.policy_to_look(&view)?;
        let me = desk.actor(&policy).ok().map(|actor| actor.person);
        let now = desk.now();
        let wanted = Selection::of(Condition::OnBoard);
        let (mut records, _) = desk.chosen(&view, &wanted)?;
        let clashing = |record: &&Record| {
            let status = &record.status;
            let renamed = record.formerly.is_some() || !record.namesakes.is_empty();
            !status.set_aside.is_empty()
                || !status.disputed.is_empty()
                || renamed && status.state.is_unfinished()
        };
        records.sort_by_key(|record| (record.status.priority, record.status.received_at));
        let mut records: Vec<Rc<Record>> = records.into_iter().map(Rc::new).collect();
        let clashes = records.iter().filter(|record| clashing(&record.as_ref())).cloned().collect();
        records.retain(|record| record.status.state.is_unfinished());
        let agenda = Agenda::over(&records, now, &policy);
        let pick = |wanted: &dyn Fn(&Record) -> bool| {
            RecordList::new(
                records.iter().filter(|record| wanted(record)).cloned().collect(),
                now,
                agenda.names.clone(),
            )
        };
        let id = me.as_ref().map(|person| person.id.clone());
        let taken = |state: State| !matches!(state, State::Open | State::Routed);
        Ok(Box::new(Today {
            desk: policy.desk.name.clone(),
            person: me.map(|person| person.name),
            now,
            unfinished: records.len(),
            missing_year: missing_year(now, &policy.calendar),
            waits: pick(&|record| {
                id.as_ref().is_some_and(|id| duties::waits_for(&record.status, id))
            }),
            untaken: pick(&|record| !taken(record.status.state)),
            late: agenda.pick(|_, task| task.standing == ClockStanding::Late),
            at_risk: agenda.pick(|_, task| task.standing == ClockStanding::AtRisk),
            clashes: RecordList::new(clashes, now, agenda.names.clone()),
            unsynced: desk.unsynced()?,
            later: agenda.pick(|_, task| {
                // midnight ends the day
                let today = task.due.is_some_and(|due| due.plus_seconds(-1).date() == now.date());
                today && !matches!(task.standing, ClockStanding::Late | ClockStanding::AtRisk)
            }),
        }))
    }
}

fn missing_year(now: Timestamp, calendar: &Calendar) -> Option<i32> {
    let today = now.date();
    let years = [Some(today.year()), (today.month() == 12).then_some(today.year() + 1)];
    years.into_iter().flatten().find(|year| !calendar.is_loaded(*year))
}

/// So many lines of one part are shown to people; programs get all.
const MOST: usize = 25;

/// A part of the board: its label, how much there is, and the first so much.
type Part<'t> = (Label, usize, Box<dyn Fn(usize) -> Box<dyn Answer> + 't>);

impl Today {
    /// Each part in the order of the board.
    fn parts(&self) -> [Part<'_>; 6] {
        [
            Self::listed(Label::Clashes, &self.clashes),
            Self::tasks(Label::Late, &self.late),
            Self::tasks(Label::AtRisk, &self.at_risk),
            Self::listed(Label::WaitsForMe, &self.waits),
            Self::listed(Label::Untaken, &self.untaken),
            Self::tasks(Label::DueSoon, &self.later),
        ]
    }

    fn listed(label: Label, listed: &RecordList) -> Part<'_> {
        (label, listed.len(), Box::new(|most| Box::new(listed.first(most))))
    }

    fn tasks(label: Label, agenda: &Agenda) -> Part<'_> {
        (label, agenda.items.len(), Box::new(|most| Box::new(agenda.first(most))))
    }
}

impl Answer for Today {
    fn human(&self, terminal: &Terminal) -> String {
        let words = terminal.words;
        let headline = Message::BoardOf {
            desk: self.desk.clone(),
            person: self.person.clone(),
            now: minute(self.now),
        };
        let mut text = format!("{}\n", terminal.styled(&words.message(&headline), Style::Bold));
        if let Some(year) = self.missing_year {
            let warning = words.message(&Message::NextYearMissing { year });
            text += &format!("{}\n", terminal.styled(&warning, Style::Alarm));
        }
        for (label, size, part) in self.parts().into_iter().filter(|(_, size, _)| *size > 0) {
            let style = if label == Label::Late { Style::Alarm } else { Style::Bold };
            let title = words.remarked(words.label(label), &size.to_string());
            text += &format!("\n{}\n", terminal.styled(&title, style));
            text += &part(MOST).human(terminal);
            if size > MOST {
                let message = Message::MoreOnBoard { shown: MOST, total: size };
                text += &format!("{}\n", words.message(&message));
            }
        }
        if self.parts().iter().all(|(_, size, _)| *size == 0) {
            text += &format!("{}\n", words.message(&Message::BoardEmpty));
        }
        text += &format!("\n{}\n", words.message(&Message::Unfinished { count: self.unfinished }));
        if let Some(Unsynced { remote, commits, since }) =
            self.unsynced.as_ref().filter(|unsynced| unsynced.commits > 0)
        {
            let since = since.map(minute);
            let (count, remote) = (*commits, remote.clone());
            text += &format!("{}\n", words.message(&Message::Unsynced { count, since, remote }));
        }
        text
    }
}
