//! `docket import`: imports the history of another system.

mod answer;
mod maps;

use std::path::PathBuf;

use clap::Args;

use self::{
    answer::{ImportItem, ImportSummary},
    maps::MapAnswer,
};
use crate::{
    app::{
        App,
        desk::OpenDesk,
        import::SourceRows,
        import_context::ImportContext,
        log_file::{LogFile, LogIndex},
    },
    commands::Command,
    domain::{
        analysis::source::{SourceReader, map::ColumnMap},
        deciding::policy::Policy,
    },
    error::{Error, Result, usage::Usage},
    store::view::View,
    ui::answer::Answer,
    words::{label::Label, message::Message},
};

#[derive(Args, Debug)]
pub struct Import {
    #[arg(required_unless_present_any = ["list_maps", "show_map"])]
    file: Option<PathBuf>,
    #[arg(long, value_name = "MAP", required_unless_present_any = ["list_maps", "show_map"])]
    map: Option<String>,
    #[arg(long)]
    dry_run: bool,
    #[arg(long, conflicts_with_all = ["file", "map", "dry_run", "show_map"])]
    list_maps: bool,
    #[arg(long, value_name = "MAP", conflicts_with_all = ["file", "map", "dry_run"])]
    show_map: Option<String>,
}

/// A file with the map by which it is read.
struct OpenLog<'a> {
    log: LogFile,
    reader: &'a SourceReader<'a>,
    index: LogIndex,
}

impl Command for Import {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        if self.list_maps {
            return Ok(Box::new(MapAnswer::all()));
        }
        if let Some(name) = &self.show_map {
            return Ok(Box::new(MapAnswer::one(name)?));
        }
        let (Some(file), Some(map)) = (&self.file, &self.map) else {
            return Err(Error::GivenUp);
        };
        let desk = app.desk()?;
        let view = desk.view()?;
        let policy = view.policy()?;
        desk.may_import(&policy)?;
        let map: ColumnMap = maps::read(app, map)?;
        let mut log = LogFile::open(&app.environment, file, &map)?;
        let reader = SourceReader::new(&map, &log.head, &policy, desk.now())
            .map_err(|fault| Error::Usage(Usage::Map { fault }))?;
        let index = log.index(&reader)?;
        let mut open = OpenLog { log, reader: &reader, index };
        said_beforehand(&desk, &mut open, &policy)?;
        let summary = self.take(&desk, &view, open)?;
        Ok(Box::new(summary))
    }
}

impl Import {
    fn take(
        &self,
        desk: &OpenDesk<'_>,
        view: &View<'_>,
        mut open: OpenLog<'_>,
    ) -> Result<ImportSummary> {
        let mut known = ImportContext::of(view)?;
        let mut summary = ImportSummary::new(open.index.rows, self.dry_run);
        let progress = desk.app.ui.progress(desk.words.label(Label::Importing));
        let all = open.index.numbers.len();
        let mut last = None;
        for (nth, (number, places)) in open.index.numbers.iter().enumerate() {
            let rows = open.log.rows(places)?;
            let source = SourceRows { reader: open.reader, number, rows: &rows };
            let report = if self.dry_run {
                desk.would_import(view, &known, source)
            } else {
                desk.import(&mut known, source)?
            };
            last = report.outcome.written().cloned().or(last);
            let lines = rows.iter().map(|row| row.line).collect();
            summary.items.push(ImportItem::of(number.clone(), lines, report, self.dry_run));
            progress.show(nth + 1, all);
        }
        for (line, fault) in open.index.nameless {
            summary.items.push(ImportItem::nameless(line, fault));
        }
        if let Some(id) = last.filter(|_| !self.dry_run) {
            desk.remember(&id);
        }
        Ok(summary)
    }
}

/// Says what the log does not tell, and which years it needs that the calendar lacks, before
/// anything is written.
fn said_beforehand(desk: &OpenDesk<'_>, open: &mut OpenLog<'_>, policy: &Policy) -> Result<()> {
    for untold in open.reader.untold() {
        desk.app.ui.remark(&desk.words.message(&Message::Untold { untold }));
    }
    let mut years = std::collections::BTreeSet::new();
    for (number, places) in &open.index.numbers {
        let rows = open.log.rows(places)?;
        if let Ok(record) = open.reader.record(number, &rows, None) {
            years.extend(record.opening.map(|opening| opening.intake.received_at.date()).map(year));
            years.extend(record.entries.iter().map(|(at, _)| year(at.date())));
        }
    }
    years.retain(|year| !policy.calendar.is_loaded(*year));
    if !years.is_empty() {
        let years = years.into_iter().collect();
        desk.app.ui.warn(&desk.words.message(&Message::YearsMissing { years }));
    }
    Ok(())
}

fn year(date: chrono::NaiveDate) -> i32 {
    use chrono::Datelike as _;

    date.year()
}
