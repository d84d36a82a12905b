//! Records as a table.

use std::rc::Rc;

use serde::Serialize;

use crate::{
    answers::names::PolicyNames,
    domain::{
        analysis::duties::{has_unknown_due, next_due},
        base::{print::without_year, terms::Channel, time::Timestamp},
        history::record::Record,
    },
    store::summary::Summary,
    ui::{
        answer::{Answer, Json},
        spreadsheet,
        terminal::Terminal,
    },
    words::{label::Label, message::Message},
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
}

impl RecordList {
    /// All of the records.
    pub fn new(records: Vec<Rc<Record>>, now: Timestamp, names: PolicyNames) -> Self {
        let records: Vec<Summary> = records.into_iter().map(Summary::Whole).collect();
        Self { total: records.len(), records, now, names }
    }

    /// Only the first so many, as if there were no more.
    pub fn first(&self, many: usize) -> Self {
        let records: Vec<_> = self.records.iter().take(many).cloned().collect();
        Self { total: records.len(), records, now: self.now, names: self.names.clone() }
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    fn rows(
        &self,
        columns: &[Column],
        cell: impl Fn(Column, &Summary) -> String,
    ) -> Vec<Vec<String>> {
        let row = |record| columns.iter().map(|column| cell(*column, record)).collect();
        self.records.iter().map(row).collect()
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
    /// Those of a terminal; which give way to a narrow one is listed in [`crate::ui::terminal`].
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
    fn value(self, record: &Summary) -> String {
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
            Self::Due => match next_due(status) {
                Some(due) => due.to_string(),
                None if has_unknown_due(status) => "unknown".to_owned(),
                None => String::new(),
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
    fn text(self, record: &Summary, terminal: &Terminal, list: &RecordList) -> String {
        let (status, words, now) = (record.status(), terminal.words, list.now);
        let person = |id| list.names.person(id);
        match self {
            Self::State => words.term(status.state).to_owned(),
            Self::Kind => words.term(status.kind).to_owned(),
            Self::Level => terminal.level(status.level),
            Self::Received => without_year(status.received_at, now),
            Self::Due => match next_due(status).map(|due| (due, without_year(due, now))) {
                Some((due, due_text)) if due < now => terminal.late(&due_text),
                Some((_, due_text)) => due_text,
                None if has_unknown_due(status) => words.label(Label::Unknown).to_owned(),
                None => String::new(),
            },
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
                self.value(record)
            }
        }
    }
}

impl Answer for RecordList {
    fn human(&self, terminal: &Terminal) -> String {
        let words = terminal.words;
        if self.records.is_empty() {
            return format!("{}\n", words.message(&Message::NothingFound));
        }
        let rows = self.rows(&Column::SHOWN, |column, record| column.text(record, terminal, self));
        let mut text = terminal.table(&Column::SHOWN.map(Column::label), &rows);
        if self.records.len() < self.total {
            let message = Message::MoreRecords { shown: self.records.len(), total: self.total };
            text += &format!("{}\n", words.message(&message));
        }
        text
    }

    fn json_lines(&self) -> String {
        self.records.iter().map(|record| format!("{}\n", record.json())).collect()
    }

    fn csv(&self, _: &Terminal) -> String {
        let head = Column::EXPORTED.map(|column| column.code().to_owned()).to_vec();
        let rows = self.rows(&Column::EXPORTED, Column::value);
        spreadsheet::csv(&[vec![head], rows].concat())
    }

    fn brief(&self) -> Option<String> {
        Some(self.records.iter().map(|record| format!("{}\n", record.id())).collect())
    }
}
