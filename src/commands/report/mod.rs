//! `docket report`: prints reports.

mod kpi;
mod make;
mod of_record;
mod programs;

use std::path::PathBuf;

use clap::{
    Args,
    builder::{PossibleValuesParser, TypedValueParser},
};
use serde::Serialize;
use serde_json::{Value, json};

use crate::{
    app::{
        App,
        desk::{AsOf, OpenDesk},
        output::{Readers, is_stdout},
    },
    arguments::terms::term,
    commands::Command,
    domain::{
        analysis::kpi::{Kpi, Split},
        base::{
            moment::Moment,
            nearest::nearest,
            terms::{ReportName, Term},
        },
        history::reveal::RevealCommand,
    },
    error::{Error, Result, usage::Usage},
    report::{self, fields::fields, format::Format},
    store::find::{Purpose, RecordRef},
    ui::{
        answer::{Answer, AnswerFormat, Json},
        spreadsheet,
        terminal::{Medium, Terminal},
    },
    words::read_term,
};

use make::Making;
use programs::for_programs;

#[derive(Args, Debug)]
pub struct Report {
    #[arg(value_name = "REPORT", required_unless_present = "list")]
    name: Option<String>,
    record: Option<RecordRef>,
    #[arg(value_name = "NUMBER")]
    number: Option<usize>,
    #[arg(long, value_name = "MONTH|last", conflicts_with_all = ["from", "to"])]
    month: Option<String>,
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    from: Option<Moment>,
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    to: Option<Moment>,
    #[arg(long, value_name = "TIME|REVISION", allow_hyphen_values = true)]
    as_of: Option<AsOf>,
    #[arg(long, value_name = "FIELD", value_parser = term::<Split>())]
    by: Option<Split>,
    #[arg(long)]
    customer: Option<String>,
    #[arg(long)]
    unit: Option<String>,
    #[arg(long, value_name = "KPI", conflicts_with = "list")]
    explain: Option<String>,
    #[arg(long, conflicts_with = "format")]
    offline: bool,
    #[arg(long, value_name = "FORMAT", value_parser = formats())]
    format: Option<Format>,
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[arg(long)]
    reveal: bool,
    #[arg(long)]
    list: bool,
    #[arg(long)]
    fields: bool,
}

/// A report ready to be read, with the same for programs.
#[derive(Debug, Serialize)]
struct ReportAnswer {
    #[serde(skip)]
    text: String,
    #[serde(flatten)]
    values: Value,
}

/// Names with what they mean, under what they are names of.
#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case")]
enum Glossary {
    Reports(Vec<GlossaryEntry>),
    Fields(Vec<GlossaryEntry>),
}

#[derive(Debug, Serialize)]
struct GlossaryEntry {
    name: String,
    meaning: String,
}

fn formats() -> impl TypedValueParser<Value = Format> {
    let names = Format::ALL.iter().map(|(name, _)| *name);
    PossibleValuesParser::new(names).map(|typed| {
        let format = Format::ALL.iter().find(|(name, _)| *name == typed);
        format.map_or(Format::Markdown, |(_, format)| *format)
    })
}

impl Command for Report {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        if self.list {
            let words = app.desk().map_or_else(|_| app.ui.words(), |desk| desk.words);
            let entries = ReportName::ALL
                .iter()
                .map(|name| GlossaryEntry { name: name.to_string(), meaning: words.report(*name) });
            return Ok(Box::new(Glossary::Reports(entries.collect())));
        }
        let name = read_name(self.name.as_deref().unwrap_or_default())?;
        if name != ReportName::Kpi && (self.by.is_some() || self.explain.is_some()) {
            let other = if self.by.is_some() { "--by" } else { "--explain" };
            return Err(Error::Usage(Usage::NotBoth { one: name.code(), other }));
        }
        let is_numbered = matches!(name, ReportName::VisitForm | ReportName::Remote);
        if !is_numbered && self.number.is_some() {
            return Err(Error::Usage(Usage::NotBoth { one: name.code(), other: "NUMBER" }));
        }
        if name != ReportName::VisitForm && self.offline {
            return Err(Error::Usage(Usage::NotBoth { one: name.code(), other: "--offline" }));
        }
        if let Some(other) = self.filter_beyond(name) {
            return Err(Error::Usage(Usage::NotBoth { one: name.code(), other }));
        }
        let desk = app.desk()?;
        if self.fields {
            let entries = fields(name, desk.words).into_iter();
            let entries =
                entries.map(|(name, meaning)| GlossaryEntry { name, meaning: meaning.to_owned() });
            return Ok(Box::new(Glossary::Fields(entries.collect())));
        }
        let view = desk.view_with_people(self.as_of.as_ref())?;
        if self.explain.is_some() && self.format == Some(Format::Html) {
            let one = "--explain";
            return Err(Error::Usage(Usage::NotBoth { one, other: "--format html" }));
        }
        let explain = self.explain.as_deref().map(kpi::named).transpose()?;
        let making = Making::new(name, &self, &desk, &view)?;
        if self.reveal {
            let record = self.record.as_ref().map(|wanted| desk.id(&view, wanted, Purpose::Show));
            let record = record.transpose()?.map(|id| id.to_string());
            desk.note_reveal(&view, RevealCommand::Report(name), record)?;
        }
        let printed = match explain {
            Some(kpi) => self.explanation(kpi, &making)?,
            None => self.answer(name, &making)?,
        };
        let Some(place) = self.output.as_deref().filter(|place| !is_stdout(place)) else {
            return Ok(Box::new(printed));
        };
        let readers = Readers::of_revealed(self.reveal);
        Ok(Box::new(desk.write_output(place, printed.text.as_bytes(), readers)?))
    }
}

/// The report that is meant, by its name or by the title of its form.
fn read_name(given: &str) -> Result<ReportName> {
    read_term(given).ok_or_else(|| {
        let near = nearest(given, ReportName::ALL.iter().map(|name| name.code()));
        Error::Usage(Usage::NoReport { given: given.to_owned(), near })
    })
}

impl Report {
    /// A filter that was given to a report which is not about many records.
    fn filter_beyond(&self, name: ReportName) -> Option<&'static str> {
        let customer = self.customer.as_ref().map(|_| "--customer");
        let unit = self.unit.as_ref().map(|_| "--unit");
        match name {
            ReportName::Request
            | ReportName::ComplaintForm
            | ReportName::VisitForm
            | ReportName::Remote => customer.or(unit),
            // a card is for a customer, whichever unit works for it
            ReportName::Card => unit,
            ReportName::Register
            | ReportName::ComplaintRegister
            | ReportName::Daily
            | ReportName::Handover
            | ReportName::Survey
            | ReportName::Faults
            | ReportName::Service
            | ReportName::Kpi => None,
        }
    }

    fn format(&self, desk: &OpenDesk<'_>) -> Format {
        let wished =
            if desk.app.ui.shape == AnswerFormat::Json { Format::Json } else { Format::Markdown };
        self.format.unwrap_or(wished)
    }

    fn answer(&self, name: ReportName, making: &Making<'_, '_>) -> Result<ReportAnswer> {
        if self.offline {
            let text = making.offline_form()?;
            let values = json!({ "report": name, "page": text });
            return Ok(ReportAnswer { text, values });
        }
        let content = making.make(name)?;
        let words = making.desk.paper;
        let template = || making.view.text(&report::override_path(name.code(), words.lang()));
        // for programs every record is looked up again, which nobody else needs
        let for_program = making.desk.app.ui.shape == AnswerFormat::Json
            || self.format(making.desk) == Format::Json;
        let values = if for_program { for_programs(content.json(), making) } else { Value::Null };
        let text = match self.format(making.desk) {
            Format::Markdown => content.markdown(words, template()?.as_deref())?,
            Format::Html => content.page(words, template()?.as_deref())?,
            Format::Json => format!("{values:#}\n"),
            Format::Csv => spreadsheet::csv(&content.rows),
        };
        Ok(ReportAnswer { text, values })
    }

    fn explanation(&self, kpi: Kpi, making: &Making<'_, '_>) -> Result<ReportAnswer> {
        let (from, to) = making.period()?;
        let period = making.period_of(from, to);
        let query = making.query(from, to, &period);
        let explained = kpi::explained(making.desk, making.view, kpi, &query)?;
        let (words, ui) = (making.desk.paper, making.desk.app.ui);
        let terminal = Terminal { words, styled: false, ..ui.terminal() };
        let text = match self.format(making.desk) {
            Format::Markdown | Format::Html => explained.human(&terminal),
            Format::Json => format!("{:#}\n", explained.json()),
            Format::Csv => explained.csv(&terminal),
        };
        Ok(ReportAnswer { text, values: explained.json() })
    }
}

impl Answer for ReportAnswer {
    fn human(&self, _: &Terminal) -> String {
        self.text.clone()
    }

    fn brief(&self) -> Option<String> {
        Some(self.text.clone())
    }
}

impl Answer for Glossary {
    fn human(&self, terminal: &Terminal) -> String {
        let (Self::Reports(entries) | Self::Fields(entries)) = self;
        if terminal.medium == Medium::Screen {
            let entry = |entry: &GlossaryEntry| (entry.name.clone(), entry.meaning.clone());
            return terminal.entries(&entries.iter().map(entry).collect::<Vec<_>>());
        }
        let longest = entries.iter().map(|entry| entry.name.len()).max().unwrap_or(0);
        let line = |GlossaryEntry { name, meaning }: &GlossaryEntry| {
            format!("{name:longest$}  {meaning}\n")
        };
        entries.iter().map(line).collect()
    }
}
