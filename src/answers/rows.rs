//! Records as rows: one line each, or two where a screen is narrow.

use crate::{
    answers::names::PolicyNames,
    domain::{
        analysis::{clock::explain::ClockStanding, duties::Duty},
        base::{print::without_year, time::Timestamp},
        history::status::parts::PromiseTopic,
    },
    store::summary::Summary,
    ui::{
        cell::Cell,
        table::TableHead,
        terminal::{Medium, Style, Terminal},
    },
    words::{clock::sign, label::Label},
};

/// From so many columns on, ids are whole.
pub const WIDE: u16 = 120;
/// Below so many columns a record takes two lines.
const NARROW: u16 = 50;
/// What is to be done takes no more columns, where a customer's words are part of it.
const TASK: usize = 32;

/// What a row shows of a record.
#[derive(Clone, Debug, Default)]
pub struct RecordRow {
    pub id: Cell,
    pub due: Cell,
    /// What is to be done, or how it stands.
    pub task: Cell,
    pub kind: Cell,
    pub received: Cell,
    pub person: Cell,
    pub customer: Cell,
    pub title: Cell,
}

impl RecordRow {
    /// A record with nothing to be done about it.
    pub fn of(record: &Summary, names: &PolicyNames, terminal: &Terminal) -> Self {
        let status = record.status();
        let is_whole = terminal.medium == Medium::Pipe || terminal.width >= WIDE;
        let id = if is_whole { record.id().to_string() } else { record.short_id() };
        Self {
            id: Cell::styled(&id, Style::Bold),
            person: Cell::from(names.handler(status)),
            customer: Cell::from(status.customer.as_str()),
            title: terminal.titled(&status.title, status.level),
            ..Self::default()
        }
    }

    /// On a narrow screen: what must not be missed above, then what it is about.
    fn two_lines(self, terminal: &Terminal) -> String {
        let below = Cell::from("  ").and(self.task);
        terminal.line(vec![self.id, self.due, self.customer])
            + &terminal.line(vec![below, self.title])
    }

    fn cells(self) -> [(Label, Cell); 7] {
        [
            (Label::Id, self.id),
            (Label::Due, self.due),
            (Label::Received, self.received),
            (Label::Kind, self.kind),
            (Label::Handler, self.person),
            (Label::Customer, self.customer),
            (Label::Title, self.title),
        ]
    }
}

/// True where each row takes two lines.
pub fn is_narrow(terminal: &Terminal) -> bool {
    terminal.medium == Medium::Screen && terminal.width < NARROW
}

/// Rows of records below one another; `task` is the name of the column of that.
pub fn shown(rows: Vec<RecordRow>, task: Label, head: TableHead, terminal: &Terminal) -> String {
    if is_narrow(terminal) {
        return rows.into_iter().map(|row| row.two_lines(terminal)).collect();
    }
    let mut columns: Vec<Label> = Vec::new();
    let mut cells = Vec::new();
    for mut row in rows {
        let what = std::mem::take(&mut row.task);
        let mut named = row.cells().to_vec();
        named.insert(2, (task, what));
        columns = named.iter().map(|(label, _)| *label).collect();
        cells.push(named.into_iter().map(|(_, cell)| cell).collect::<Vec<_>>());
    }
    // what no row has, nobody misses
    let empty = |at: usize| cells.iter().all(|row| row[at].is_empty());
    let shown: Vec<usize> = (0..columns.len()).filter(|at| !empty(*at)).collect();
    let columns: Vec<Label> = shown.iter().map(|at| columns[*at]).collect();
    let cells = cells.iter().map(|row| shown.iter().map(|at| row[*at].clone()).collect());
    terminal.grid(&columns, cells.collect(), head)
}

/// When something is due, with the sign of what is late or nearly so: as it lies to now on a screen, exact
/// elsewhere.
pub fn due(
    due: Option<Timestamp>,
    standing: ClockStanding,
    now: Timestamp,
    terminal: &Terminal,
) -> Cell {
    let words = terminal.words;
    let is_screen = terminal.medium == Medium::Screen;
    let time = match due {
        None if standing == ClockStanding::Unknown => words.label(Label::Unknown).to_owned(),
        None if is_screen && standing == ClockStanding::Late => words.label(Label::Late).to_owned(),
        None => String::new(),
        Some(due) if !is_screen => without_year(due, now),
        Some(due) if standing == ClockStanding::Late => words.late(due, now),
        Some(due) => words.nearness(due, now),
    };
    let style = match standing {
        ClockStanding::Late => Style::Alarm,
        ClockStanding::AtRisk => Style::Risk,
        ClockStanding::Running
        | ClockStanding::Paused
        | ClockStanding::Unknown
        | ClockStanding::Kept
        | ClockStanding::Explained
        | ClockStanding::Breached => return Cell::from(time),
    };
    let text = if is_screen {
        format!("{} {time}", sign(standing))
    } else {
        format!("{time} {} {}", sign(standing), words.standing(standing))
    };
    Cell::styled(text.trim_start(), style)
}

/// What is to be done, in a word or two.
pub fn todo(duty: &Duty, names: &PolicyNames, terminal: &Terminal) -> Cell {
    let text = Cell::from(terminal.words.todo(duty, |id| names.person(id)));
    let is_bounded = match duty {
        Duty::Promise { what: PromiseTopic::Other(_), .. } | Duty::Relay { .. } => {
            terminal.medium == Medium::Screen
        }
        Duty::Promise { what: PromiseTopic::Reply, .. }
        | Duty::Clock(_)
        | Duty::FollowUp
        | Duty::Contact
        | Duty::CallBack
        | Duty::Item(_)
        | Duty::Escalate { .. } => false,
    };
    if is_bounded { text.cut(TASK) } else { text }
}

/// What the signs of what is late and nearly late mean, where a row bears the latter.
pub fn legend(standings: impl IntoIterator<Item = ClockStanding>, terminal: &Terminal) -> String {
    let mut standings = standings.into_iter();
    let is_used = standings.any(|standing| standing == ClockStanding::AtRisk);
    if !is_used || terminal.medium == Medium::Pipe {
        return String::new();
    }
    let signs = [ClockStanding::Late, ClockStanding::AtRisk];
    let signs = signs.map(|it| format!("{} {}", sign(it), terminal.words.standing(it)));
    format!("{}\n", terminal.styled(&signs.join(" · "), Style::Dim))
}
