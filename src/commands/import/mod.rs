//! `docket import`: imports the history of another system.

mod answer;
mod maps;

use std::{collections::BTreeMap, path::PathBuf};

use clap::Args;

use self::{
    answer::{ImportItem, ImportSummary},
    maps::MapAnswer,
};
use crate::{
    answers::stop::StopCause,
    app::{
        App,
        desk::OpenDesk,
        import::SourceRows,
        import_context::ImportContext,
        logs::{LogIndex, Logs, called},
    },
    commands::Command,
    domain::{
        analysis::source::{SourceReader, map::ColumnMap},
        deciding::policy::Policy,
    },
    error::{Error, Result, usage::Usage},
    store::view::View,
    ui::answer::Answer,
    words::{Lang, Words, label::Label, message::Message},
};

#[derive(Args, Debug)]
pub struct Import {
    #[arg(value_name = "FILE", required_unless_present_any = ["list_maps", "show_map"])]
    files: Vec<PathBuf>,
    #[arg(long, value_name = "MAP", required_unless_present_any = ["list_maps", "show_map"])]
    map: Option<String>,
    #[arg(long)]
    dry_run: bool,
    #[arg(long, conflicts_with_all = ["files", "map", "dry_run", "show_map"])]
    list_maps: bool,
    #[arg(long, value_name = "MAP", conflicts_with_all = ["files", "map", "dry_run"])]
    show_map: Option<String>,
}

/// Files with the map by which they are read.
struct OpenLog<'a> {
    log: Logs,
    reader: &'a SourceReader<'a>,
    index: LogIndex,
}

impl Command for Import {
    fn run(mut self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        // what the rows leave open is not to hang on the order in which somebody names them
        self.files.sort();
        self.files.dedup();
        if self.list_maps {
            return Ok(Box::new(MapAnswer::all()));
        }
        if let Some(name) = &self.show_map {
            // a desk's own words, if there is one to speak of
            let words = app.desk().map_or(app.ui.words(), |desk| of_desk(&desk));
            return Ok(Box::new(MapAnswer::one(name, words)?));
        }
        let Some(map) = &self.map else {
            return Err(Error::GivenUp);
        };
        let desk = app.desk()?;
        let view = desk.view()?;
        let policy = view.policy()?;
        desk.may_import(&policy)?;
        let map: ColumnMap = maps::read(app, map, of_desk(&desk))?;
        let unfit = |file, fault| Error::Usage(Usage::Map { file, fault });
        let instead = |kind| Some(desk.mark(kind));
        let (names, (listed, _)) = (view.customer_names()?, view.customers()?);
        let spelled = |told: &str| Some(listed.get(names.listed(told)?)?.name.clone());
        let mut reader =
            SourceReader::new(&map, &policy, desk.now()).map_err(|fault| unfit(None, fault))?;
        reader = reader.without_personal(&instead).with_customers(&spelled);
        let mut log = Logs::open(&app.environment, &self.files, &map)?;
        for (file, head) in self.files.iter().zip(log.heads()) {
            let file = Some(called(file)).filter(|_| self.files.len() > 1);
            reader.add_file(head).map_err(|fault| unfit(file, fault))?;
        }
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
        let files = self.files.iter().map(|file| called(file)).collect();
        let mut summary = ImportSummary::new(open.index.rows, files, self.dry_run);
        let progress = desk.app.ui.progress(desk.words.label(Label::Importing));
        let all = open.index.numbers.len();
        let (mut last, names) = (None, view.customer_names()?);
        let mut unlisted = BTreeMap::new();
        for (nth, (number, places)) in open.index.numbers.iter().enumerate() {
            let taken = open.log.rows(places).and_then(|rows| {
                let source = SourceRows { reader: open.reader, number, rows: &rows };
                let report = if self.dry_run {
                    desk.would_import(view, &known, source)
                } else {
                    desk.import(&mut known, source)?
                };
                Ok((rows, report))
            });
            let (rows, report) = match taken {
                Ok(taken) => taken,
                // what was written is there, and is said
                Err(why) if last.is_some() => {
                    summary.stopped = Some(StopCause(why));
                    break;
                }
                Err(why) => return Err(why),
            };
            last = report.outcome.written().cloned().or(last);
            if let Some(customer) = &report.customer
                && names.listed(customer).is_none()
            {
                unlisted.entry(names.key(customer)).or_insert_with(|| customer.clone());
            }
            let lines = rows.iter().map(|row| row.line).collect();
            summary.items.push(ImportItem::of(number.clone(), lines, report, self.dry_run));
            progress.show(nth + 1, all);
        }
        summary.unlisted = unlisted.into_values().collect();
        for (line, fault) in open.index.nameless {
            summary.items.push(ImportItem::nameless(line, fault));
        }
        if let Some(id) = last.filter(|_| !self.dry_run) {
            desk.remember(&id);
        }
        Ok(summary)
    }
}

/// The desk's own words, which its records are written in.
fn of_desk(desk: &OpenDesk<'_>) -> Words {
    Words::new(Lang::from_tag(&desk.desk.locale).unwrap_or_default())
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
        let at_once = if open.reader.has_whole_records() { 1 } else { rows.len().max(1) };
        for rows in rows.chunks(at_once) {
            let Ok(record) = open.reader.record(number, rows, None) else { continue };
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
