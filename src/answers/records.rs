//! Records as a table.

use serde::Serialize;

use crate::{
    answers::{
        names::PolicyNames,
        rows::{self, RecordRow},
    },
    domain::{
        analysis::{clock::explain::ClockStanding, duties::deadline},
        base::{print::without_year, terms::Channel, time::Timestamp},
        history::status::Status,
    },
    store::summary::Summary,
    ui::{
        answer::{Answer, Json},
        cell::Cell,
        spreadsheet,
        table::TableHead,
        terminal::{Medium, Terminal},
    },
    words::{Words, label::Label, message::Message},
};

/// Records as a table, as JSON or as CSV.
#[derive(Debug, Serialize)]
pub struct RecordList {
    pub records: Vec<Summary>,
    /// How many matched before the limit.
    pub total: usize,
    #[serde(skip)]
    pub now: Timestamp,
    #[serde(skip)]
    pub names: PolicyNames,
    /// Of a desk without any record.
    #[serde(skip)]
    pub is_new: bool,
}

impl RecordList {
    /// All of the records.
    pub fn new(records: Vec<Summary>, now: Timestamp, names: PolicyNames) -> Self {
        Self { total: records.len(), records, now, names, is_new: false }
    }

    fn deadline(&self, status: &Status) -> (Option<Timestamp>, ClockStanding) {
        deadline(status, self.now, self.names.policy())
    }

    /// What a screen shows: less, and as one says it.
    fn screen(&self, terminal: &Terminal) -> String {
        let words = terminal.words;
        let deadlines: Vec<_> =
            self.records.iter().map(|record| self.deadline(record.status())).collect();
        let row = |(record, (due, standing)): (&Summary, &(Option<Timestamp>, ClockStanding))| {
            let status = record.status();
            RecordRow {
                due: rows::due(*due, *standing, self.now, terminal),
                task: Cell::from(words.term(status.state)),
                kind: Cell::from(if terminal.width < rows::WIDE {
                    ""
                } else {
                    words.term(status.kind)
                }),
                received: Cell::from(if terminal.width < rows::WIDE {
                    String::new()
                } else {
                    words.nearness(status.received_at, self.now)
                }),
                ..RecordRow::of(record, &self.names, terminal)
            }
        };
        let rows = self.records.iter().zip(&deadlines).map(row).collect();
        rows::shown(rows, Label::State, TableHead::Shown, terminal)
            + &rows::legend(deadlines.iter().map(|(_, standing)| *standing), terminal)
    }

    /// Everything exact, for files and programs that read text.
    fn table(&self, terminal: &Terminal) -> String {
        let cells = |record: &Summary| {
            Column::SHOWN.iter().map(|column| column.text(record, terminal, self)).collect()
        };
        let rows = self.records.iter().map(cells).collect();
        terminal.grid(&Column::SHOWN.map(Column::label), rows, TableHead::Shown)
    }
}

/// What a list shows of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Id,
    State,
    Kind,
    Level,
    Priority,
    Received,
    Due,
    Owner,
    Responsible,
    /// The responsible person, else who follows it.
    Handler,
    Unit,
    Customer,
    Contact,
    Channel,
    Category,
    Title,
}

impl Column {
    /// Those of a file that people read.
    const SHOWN: [Self; 9] = [
        Self::Id,
        Self::State,
        Self::Kind,
        Self::Level,
        Self::Received,
        Self::Due,
        Self::Handler,
        Self::Customer,
        Self::Title,
    ];

    /// Those of a file for a spreadsheet; new ones come at the end.
    const EXPORTED: [Self; 15] = [
        Self::Id,
        Self::State,
        Self::Kind,
        Self::Level,
        Self::Priority,
        Self::Received,
        Self::Due,
        Self::Owner,
        Self::Responsible,
        Self::Unit,
        Self::Customer,
        Self::Contact,
        Self::Channel,
        Self::Category,
        Self::Title,
    ];

    fn label(self) -> Label {
        match self {
            Self::Id => Label::Id,
            Self::State => Label::State,
            Self::Kind => Label::Kind,
            Self::Level => Label::Level,
            Self::Priority => Label::Priority,
            Self::Received => Label::Received,
            Self::Due => Label::Due,
            Self::Owner => Label::Owner,
            Self::Responsible => Label::Responsible,
            Self::Handler => Label::Handler,
            Self::Unit => Label::Unit,
            Self::Customer => Label::Customer,
            Self::Contact => Label::Contact,
            Self::Channel => Label::Channel,
            Self::Category => Label::Category,
            Self::Title => Label::Title,
        }
    }

    /// The name for programs.
    fn code(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::State => "state",
            Self::Kind => "kind",
            Self::Level => "level",
            Self::Priority => "priority",
            Self::Received => "received_at",
            Self::Due => "due",
            Self::Owner => "owner",
            Self::Responsible => "responsible",
            Self::Handler => "handler",
            Self::Unit => "unit",
            Self::Customer => "customer",
            Self::Contact => "contact",
            Self::Channel => "channel",
            Self::Category => "category",
            Self::Title => "title",
        }
    }

    /// The value for programs, in codes.
    fn value(self, record: &Summary, list: &RecordList) -> String {
        let status = record.status();
        match self {
            Self::Id => record.id().to_string(),
            Self::State => status.state.to_string(),
            Self::Kind => status.kind.to_string(),
            Self::Level => status.level.map(|level| level.to_string()).unwrap_or_default(),
            Self::Priority => {
                status.priority.map(|priority| priority.to_string()).unwrap_or_default()
            }
            Self::Received => status.received_at.to_string(),
            Self::Due => match list.deadline(status) {
                (Some(due), _) => due.to_string(),
                (None, ClockStanding::Unknown) => "unknown".to_owned(),
                (None, _) => String::new(),
            },
            Self::Owner => status.follower().map(ToString::to_string).unwrap_or_default(),
            Self::Responsible => {
                status.assignee.as_ref().map(ToString::to_string).unwrap_or_default()
            }
            Self::Handler => {
                let person = status.assignee.as_ref().map(ToString::to_string);
                let person = person.or_else(|| status.source_assignee.clone());
                person.or_else(|| status.follower().map(ToString::to_string)).unwrap_or_default()
            }
            Self::Unit => status.unit.as_ref().map(ToString::to_string).unwrap_or_default(),
            Self::Customer => status.customer.clone(),
            Self::Contact => status.contact.as_ref().map(ToString::to_string).unwrap_or_default(),
            Self::Channel => status.channel.to_string(),
            Self::Category => status.category.clone().unwrap_or_default(),
            Self::Title => status.title.clone(),
        }
    }

    /// The text for people, where it is another than the value.
    fn text(self, record: &Summary, terminal: &Terminal, list: &RecordList) -> Cell {
        let (status, words, now) = (record.status(), terminal.words, list.now);
        let person = |id| list.names.person(id);
        Cell::from(match self {
            Self::State => words.term(status.state).to_owned(),
            Self::Kind => words.term(status.kind).to_owned(),
            Self::Level => terminal.level(status.level),
            Self::Received => without_year(status.received_at, now),
            Self::Due => {
                let (due, standing) = list.deadline(status);
                return rows::due(due, standing, now, terminal);
            }
            Self::Owner => status.follower().map_or("", person).to_owned(),
            Self::Responsible => {
                let there = status.source_assignee.as_deref().unwrap_or_default();
                status.assignee.as_ref().map_or(there, person).to_owned()
            }
            Self::Handler => list.names.handler(status).to_owned(),
            Self::Unit => status.unit.as_ref().map_or("", |unit| list.names.unit(unit)).to_owned(),
            Self::Category => {
                let category = status.category.as_deref();
                category.map_or("", |id| list.names.category(id, words)).to_owned()
            }
            Self::Channel => words.open_term(Channel::VOCABULARY, status.channel.code()),
            Self::Id | Self::Priority | Self::Customer | Self::Contact | Self::Title => {
                self.value(record, list)
            }
        })
    }
}

impl Answer for RecordList {
    fn human(&self, terminal: &Terminal) -> String {
        match terminal.medium {
            _ if self.records.is_empty() => String::new(),
            Medium::Screen => self.screen(terminal),
            Medium::Pipe => self.table(terminal),
        }
    }

    fn remark(&self, words: Words) -> Option<String> {
        let (shown, total) = (self.records.len(), self.total);
        match shown {
            0 if self.is_new => Some(words.message(&Message::NothingRecorded)),
            0 => Some(words.message(&Message::NothingFound)),
            _ if shown < total => Some(words.message(&Message::MoreRecords { shown, total })),
            _ => None,
        }
    }

    fn json_lines(&self) -> String {
        self.records.iter().map(|record| format!("{}\n", record.json())).collect()
    }

    fn csv(&self, _: &Terminal) -> String {
        let head = Column::EXPORTED.map(|column| column.code().to_owned()).to_vec();
        let row = |record| Column::EXPORTED.map(|column| column.value(record, self)).to_vec();
        let rows = self.records.iter().map(row).collect();
        spreadsheet::csv(&[vec![head], rows].concat())
    }

    fn brief(&self) -> Option<String> {
        Some(self.records.iter().map(|record| format!("{}\n", record.id())).collect())
    }
}
