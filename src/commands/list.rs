//! `docket list`: records, newest first.

use std::{cell::OnceCell, cmp::Reverse, rc::Rc};

use clap::Args;
use serde_json::{Value, json};

use crate::{
    app::{
        App,
        desk::{AsOf, OpenDesk},
        draft,
    },
    commands::{Command, terms::term},
    domain::{
        day::next_due,
        ids::{PersonId, UnitId},
        moment::{Moment, Use},
        policy::Policy,
        record::Record,
        terms::{Channel, Kind, Level, State, Term},
        time::Timestamp,
    },
    error::{Error, Result, usage::Usage},
    store::{cache::Selection, glance::Glance},
    ui::{
        answer::{Answer, Shape},
        paper::Paper,
    },
    words::{label::Label, read_term, said::Said},
};

/// Names that `--sort` takes.
const SORTS: [&str; 5] = ["received", "due", "updated", "priority", "customer"];

/// Which records are meant.
#[derive(Args, Debug)]
pub struct Filters {
    /// State, or `unfinished`; may be said several times
    #[arg(long, value_parser = Scope::read)]
    state: Vec<Scope>,
    #[arg(long, value_parser = term::<Kind>)]
    kind: Option<Kind>,
    #[arg(long, value_parser = term::<Level>)]
    level: Option<Level>,
    #[arg(long)]
    unit: Option<UnitId>,
    /// Responsible person, or `me`
    #[arg(long, value_name = "PERSON")]
    assignee: Option<String>,
    /// Who follows it, or `me`
    #[arg(long, value_name = "PERSON")]
    owner: Option<String>,
    /// Customer, or part of the name
    #[arg(long)]
    customer: Option<String>,
    #[arg(long)]
    channel: Option<String>,
    #[arg(long)]
    category: Option<String>,
    /// Received at or after
    #[arg(long, value_name = "T", allow_hyphen_values = true)]
    from: Option<Moment>,
    /// Received at or before
    #[arg(long, value_name = "T", allow_hyphen_values = true)]
    to: Option<Moment>,
    /// Past a due time
    #[arg(long)]
    overdue: bool,
    /// I follow it or am responsible for it
    #[arg(long)]
    mine: bool,
    /// Finished ones too
    #[arg(long)]
    all: bool,
}

/// List records, newest first; unfinished ones unless asked
#[derive(Args, Debug)]
pub struct List {
    #[command(flatten)]
    filters: Filters,
    /// received, due, updated, priority or customer
    #[arg(long, value_name = "F", default_value = "received")]
    sort: String,
    /// At most so many; 0 for all
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: usize,
    /// As it was known at a time, or stood in a revision
    #[arg(long, value_name = "T|REV", allow_hyphen_values = true)]
    as_of: Option<AsOf>,
    /// As comma-separated values
    #[arg(long, conflicts_with = "jsonl")]
    pub csv: bool,
    /// As JSON, one record a line
    #[arg(long)]
    pub jsonl: bool,
}

/// Which states are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scope {
    One(State),
    Unfinished,
}

impl Scope {
    fn read(typed: &str) -> std::result::Result<Self, String> {
        if matches!(typed, "unfinished" | "未完成") {
            return Ok(Self::Unfinished);
        }
        read_term(typed).map(Self::One).ok_or_else(|| {
            let known: Vec<_> = State::ALL.iter().map(|state| state.code()).collect();
            format!("one of: unfinished {}", known.join(" "))
        })
    }
}

/// Records as a table, as JSON or as CSV.
#[derive(Debug)]
pub struct Listed {
    records: Vec<Glance>,
    /// How many matched before the limit.
    total: usize,
    now: Timestamp,
}

/// What records are held against.
pub(super) struct Wanted {
    assignee: Option<PersonId>,
    owner: Option<PersonId>,
    mine: Option<PersonId>,
    channel: Option<Channel>,
    category: Option<String>,
    from: Option<Timestamp>,
    to: Option<Timestamp>,
    pub(super) now: Timestamp,
}

impl List {
    /// The shape that was asked for by a flag of the list itself.
    #[must_use]
    pub fn shape(&self) -> Option<Shape> {
        match (self.csv, self.jsonl) {
            (true, _) => Some(Shape::Csv),
            (false, true) => Some(Shape::JsonLines),
            (false, false) => None,
        }
    }
}

impl Filters {
    pub(super) fn wanted(&self, desk: &OpenDesk<'_>) -> Result<Wanted> {
        let view = desk.view()?;
        let read = OnceCell::new();
        // most lists need none of the rules; the board and whatever works by them tell of a slip
        let policy = || -> Result<&Policy> {
            if let Some(policy) = read.get() {
                return Ok(policy);
            }
            let policy = desk.policy_to_look(&view)?;
            Ok(read.get_or_init(|| policy))
        };
        let now = desk.now();
        let me = || desk.actor(policy()?);
        let person = |given: &Option<String>| match given.as_deref() {
            Some("me" | "我") => Ok(Some(me()?.person.id)),
            Some(given) => {
                let bad = || Usage::NotAnId { given: given.to_owned(), like: "zhang" };
                given.parse().map(Some).map_err(|_| Error::Usage(bad()))
            }
            None => Ok(None),
        };
        let time = |flag, given: Option<Moment>, reading| {
            let resolve = |moment: Moment| {
                moment
                    .resolve(now, reading, desk.zone, Some(&policy()?.calendar))
                    .map_err(|fault| Error::Time { flag, fault })
            };
            given.map(resolve).transpose()
        };
        Ok(Wanted {
            assignee: person(&self.assignee)?,
            owner: person(&self.owner)?,
            mine: if self.mine { Some(me()?.person.id) } else { None },
            channel: match &self.channel {
                Some(given) => Some(draft::channel(policy()?, given)),
                None => None,
            },
            category: match &self.category {
                Some(given) => Some(draft::category(policy()?, given)),
                None => None,
            },
            from: time("--from", self.from, Use::Start)?,
            to: time("--to", self.to, Use::End)?,
            now,
        })
    }

    /// What is wanted, as the store is asked for it.
    pub(super) fn selection(&self, wanted: &Wanted, newest: Option<usize>) -> Selection {
        let states = self.state.iter().flat_map(|scope| match scope {
            Scope::One(state) => vec![*state],
            Scope::Unfinished => {
                State::ALL.iter().copied().filter(|state| state.is_unfinished()).collect()
            }
        });
        Selection {
            unfinished: self.state.is_empty() && !self.all,
            states: states.collect(),
            kind: self.kind,
            level: self.level,
            unit: self.unit.clone(),
            assignee: wanted.assignee.clone(),
            owner: wanted.owner.clone(),
            mine: wanted.mine.clone(),
            customer: self.customer.clone(),
            channel: wanted.channel.clone(),
            category: wanted.category.clone(),
            received_from: wanted.from,
            received_to: wanted.to,
            newest,
            ..Selection::default()
        }
    }
}

impl Command for List {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        if !SORTS.contains(&self.sort.as_str()) {
            let known = SORTS.iter().map(|sort| (*sort).to_owned()).collect();
            return Err(Error::Usage(Usage::NotSortable { given: self.sort, known }));
        }
        let view = desk.view_of(self.as_of.as_ref())?;
        let wanted = self.filters.wanted(&desk)?;
        let newest = self.sort == "received" && !self.filters.overdue && self.limit > 0;
        let selection = self.filters.selection(&wanted, newest.then_some(self.limit));
        let (mut records, mut total) = desk.glances(&view, &selection)?;
        if self.filters.overdue {
            records.retain(|record| next_due(record.status()).is_some_and(|due| due < wanted.now));
            total = records.len();
        }
        records.sort_by(|one, other| newest_first(one).cmp(&newest_first(other)));
        match self.sort.as_str() {
            "due" => records.sort_by_key(|record| {
                let status = record.status();
                next_due(status).map_or((1, status.received_at), |due| (0, due))
            }),
            "updated" => records.sort_by_key(|record| Reverse(record.status().times.last_at)),
            "priority" => records.sort_by_key(|record| record.status().priority.unwrap_or(u8::MAX)),
            "customer" => records.sort_by_key(|record| record.status().customer.clone()),
            _ => {}
        }
        if self.limit > 0 {
            records.truncate(self.limit);
        }
        Ok(Box::new(Listed { records, total, now: wanted.now }))
    }
}

fn newest_first(record: &Glance) -> impl Ord {
    Reverse((record.status().received_at, record.id()))
}

impl Listed {
    /// All of the records.
    #[must_use]
    pub fn new(records: Vec<Rc<Record>>, now: Timestamp) -> Self {
        let records: Vec<Glance> = records.into_iter().map(Glance::Whole).collect();
        Self { total: records.len(), records, now }
    }

    /// Only the first so many, as if there were no more.
    #[must_use]
    pub fn first(&self, many: usize) -> Self {
        let records: Vec<_> = self.records.iter().take(many).cloned().collect();
        Self { total: records.len(), records, now: self.now }
    }

    /// True when there is no record.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// How many records there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records.len()
    }

    fn cells(&self, columns: &[Label], paper: &Paper) -> (Vec<&'static str>, Vec<Vec<String>>) {
        let head = columns.iter().map(|column| paper.words.label(*column)).collect();
        let row = |record: &Glance| {
            columns.iter().map(|column| self.cell(record, *column, paper)).collect()
        };
        (head, self.records.iter().map(row).collect())
    }

    fn cell(&self, record: &Glance, column: Label, paper: &Paper) -> String {
        let (status, words) = (record.status(), paper.words);
        match column {
            Label::Id => record.id().to_string(),
            Label::State => words.term(status.state).to_owned(),
            Label::Kind => words.term(status.kind).to_owned(),
            Label::Level => paper.level(status.level),
            Label::Received => paper.short(status.received_at, self.now),
            Label::Due => next_due(status).map_or_else(String::new, |due| {
                let late = if due < self.now { "!" } else { "" };
                format!("{}{late}", paper.short(due, self.now))
            }),
            Label::Responsible => {
                status.assignee.as_ref().unwrap_or(&status.desk_owner).to_string()
            }
            Label::Customer => status.customer.clone(),
            _ => status.title.clone(),
        }
    }
}

/// Columns of a wide page; a narrow one goes without the first of those that can be missed.
const COLUMNS: [Label; 9] = [
    Label::Id,
    Label::State,
    Label::Kind,
    Label::Level,
    Label::Received,
    Label::Due,
    Label::Responsible,
    Label::Customer,
    Label::Title,
];

impl Answer for Listed {
    fn human(&self, paper: &Paper) -> String {
        let words = paper.words;
        if self.records.is_empty() {
            return format!("{}\n", words.said(&Said::NothingFound));
        }
        let mut columns = COLUMNS.to_vec();
        let (mut head, mut rows) = self.cells(&columns, paper);
        for unneeded in [Label::Received, Label::Level, Label::Kind, Label::Responsible] {
            if paper.fits(&head, &rows) {
                break;
            }
            columns.retain(|column| *column != unneeded);
            (head, rows) = self.cells(&columns, paper);
        }
        let mut text = paper.table(&head, &rows);
        if self.records.len() < self.total {
            let said = Said::MoreRecords { shown: self.records.len(), total: self.total };
            text += &format!("{}\n", words.said(&said));
        }
        text
    }

    fn json(&self) -> Value {
        let mut list = json!({ "format": 1, "total": self.total });
        list["records"] = Value::Array(self.records.iter().map(Glance::json).collect());
        list
    }

    fn json_lines(&self) -> String {
        let line = |record: &Glance| {
            let mut value = record.json();
            value["format"] = 1.into();
            format!("{value}\n")
        };
        self.records.iter().map(line).collect()
    }

    fn csv(&self, _: &Paper) -> String {
        let mut rows = vec![
            [
                "id",
                "state",
                "kind",
                "level",
                "priority",
                "received_at",
                "due",
                "owner",
                "responsible",
                "unit",
                "customer",
                "contact",
                "channel",
                "category",
                "title",
            ]
            .map(str::to_owned)
            .to_vec(),
        ];
        let code = |text: Option<String>| text.unwrap_or_default();
        for record in &self.records {
            let status = record.status();
            rows.push(vec![
                record.id().to_string(),
                status.state.to_string(),
                status.kind.to_string(),
                code(status.level.map(|level| level.to_string())),
                code(status.priority.map(|priority| priority.to_string())),
                status.received_at.to_string(),
                code(next_due(status).map(|due| due.to_string())),
                status.desk_owner.to_string(),
                code(status.assignee.as_ref().map(ToString::to_string)),
                code(status.unit.as_ref().map(ToString::to_string)),
                status.customer.clone(),
                code(status.contact.as_ref().map(ToString::to_string)),
                status.channel.to_string(),
                code(status.category.clone()),
                status.title.clone(),
            ]);
        }
        crate::ui::sheet::csv(&rows)
    }

    fn brief(&self) -> Option<String> {
        Some(self.records.iter().map(|record| format!("{}\n", record.id())).collect())
    }
}
