//! `docket list`: records, newest first.

use std::rc::Rc;

use clap::Args;
use serde_json::{Value, json};

use crate::{
    app::{App, desk::AsOf},
    commands::{
        Command,
        filters::{Filters, Scope},
        terms::term,
    },
    domain::{
        analysis::day::next_due,
        base::{print::without_year, terms::SortKey, time::Timestamp},
        history::record::Record,
    },
    error::Result,
    store::summary::Summary,
    ui::{
        answer::{Answer, AnswerFormat},
        terminal::Terminal,
    },
    words::{label::Label, message::Message},
};

/// List records, newest first; unfinished ones unless asked
#[derive(Args, Debug)]
pub struct List {
    #[command(flatten)]
    filters: Filters,
    /// received, due, updated, priority or customer
    #[arg(long, value_name = "F", default_value = "received", value_parser = term::<SortKey>)]
    sort: SortKey,
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

/// Records as a table, as JSON or as CSV.
#[derive(Debug)]
pub struct RecordList {
    records: Vec<Summary>,
    /// How many matched before the limit.
    total: usize,
    now: Timestamp,
}

impl List {
    /// The shape that was asked for by a flag of the list itself.
    pub fn shape(&self) -> Option<AnswerFormat> {
        match (self.csv, self.jsonl) {
            (true, _) => Some(AnswerFormat::Csv),
            (false, true) => Some(AnswerFormat::JsonLines),
            (false, false) => None,
        }
    }
}

impl Command for List {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let view = desk.view_of(self.as_of.as_ref())?;
        let wanted = self.filters.wanted(&desk)?;
        let mut selection = self.filters.selection(&wanted, Scope::Unfinished);
        selection.order = Some(self.sort);
        selection.limit = (self.limit > 0).then_some(self.limit);
        let (records, total) = desk.summaries(&view, &selection)?;
        Ok(Box::new(RecordList { records, total, now: wanted.now }))
    }
}

impl RecordList {
    /// All of the records.
    pub fn new(records: Vec<Rc<Record>>, now: Timestamp) -> Self {
        let records: Vec<Summary> = records.into_iter().map(Summary::Whole).collect();
        Self { total: records.len(), records, now }
    }

    /// Only the first so many, as if there were no more.
    pub fn first(&self, many: usize) -> Self {
        let records: Vec<_> = self.records.iter().take(many).cloned().collect();
        Self { total: records.len(), records, now: self.now }
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    fn cell(&self, record: &Summary, column: Label, terminal: &Terminal) -> String {
        let (status, words) = (record.status(), terminal.words);
        match column {
            Label::Id => record.id().to_string(),
            Label::State => words.term(status.state).to_owned(),
            Label::Kind => words.term(status.kind).to_owned(),
            Label::Level => terminal.level(status.level),
            Label::Received => without_year(status.received_at, self.now),
            Label::Due => next_due(status).map_or_else(String::new, |due| {
                let late = if due < self.now { "!" } else { "" };
                format!("{}{late}", without_year(due, self.now))
            }),
            Label::Handler => status.assignee.as_ref().unwrap_or(&status.desk_owner).to_string(),
            Label::Customer => status.customer.clone(),
            _ => status.title.clone(),
        }
    }
}

/// Columns of a wide page.
const COLUMNS: [Label; 9] = [
    Label::Id,
    Label::State,
    Label::Kind,
    Label::Level,
    Label::Received,
    Label::Due,
    Label::Handler,
    Label::Customer,
    Label::Title,
];

impl Answer for RecordList {
    fn human(&self, terminal: &Terminal) -> String {
        let words = terminal.words;
        if self.records.is_empty() {
            return format!("{}\n", words.message(&Message::NothingFound));
        }
        let row = |record: &Summary| {
            COLUMNS.iter().map(|column| self.cell(record, *column, terminal)).collect()
        };
        let rows: Vec<_> = self.records.iter().map(row).collect();
        let mut text = terminal.table(&COLUMNS, &rows);
        if self.records.len() < self.total {
            let said = Message::MoreRecords { shown: self.records.len(), total: self.total };
            text += &format!("{}\n", words.message(&said));
        }
        text
    }

    fn json(&self) -> Value {
        let mut list = json!({ "format": 1, "total": self.total });
        list["records"] = Value::Array(self.records.iter().map(Summary::json).collect());
        list
    }

    fn json_lines(&self) -> String {
        let line = |record: &Summary| {
            let mut value = record.json();
            value["format"] = 1.into();
            format!("{value}\n")
        };
        self.records.iter().map(line).collect()
    }

    fn csv(&self, _: &Terminal) -> String {
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
        crate::ui::spreadsheet::csv(&rows)
    }

    fn brief(&self) -> Option<String> {
        Some(self.records.iter().map(|record| format!("{}\n", record.id())).collect())
    }
}
