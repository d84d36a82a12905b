//! `docket list`: records, newest first.

use std::cmp::Reverse;

use clap::Args;

use crate::{
    answers::{names::PolicyNames, records::RecordList},
    app::{
        App,
        desk::{AsOf, OpenDesk},
    },
    arguments::{
        filters::{Filters, Scope},
        terms::term,
    },
    commands::Command,
    domain::{
        analysis::{clock::explain::ClockStanding, duties::deadline},
        base::{terms::SortKey, time::Timestamp},
    },
    error::Result,
    store::{selection::Selection, summary::Summary, view::View},
    ui::answer::{Answer, AnswerFormat},
};

#[derive(Args, Debug)]
pub struct List {
    #[command(flatten)]
    filters: Filters,
    #[arg(long, value_name = "FIELD", default_value = "received",
        value_parser = term::<SortKey>())]
    sort: SortKey,
    #[arg(long, value_name = "NUMBER", default_value_t = 50)]
    limit: usize,
    #[arg(long, value_name = "TIME|REVISION", allow_hyphen_values = true)]
    as_of: Option<AsOf>,
    #[arg(long, conflicts_with = "jsonl")]
    pub csv: bool,
    #[arg(long)]
    pub jsonl: bool,
    #[arg(long)]
    pub watch: bool,
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
        let (now, names) = (wanted.now, PolicyNames::read_in(&view));
        let (records, total) = match selection.clone().late_or_not() {
            (unfinished, true) => late(&desk, &view, unfinished, (now, &names))?,
            (unfinished, false) if self.sort == SortKey::Due => {
                by_deadline(&desk, &view, (unfinished, selection), (now, &names))?
            }
            (_, false) => desk.summaries(&view, &selection)?,
        };
        if total == 0 {
            self.filters.tell_near(&desk, &wanted)?;
        }
        let is_new = total == 0 && self.as_of.is_none() && desk.has_no_record(&view)?;
        Ok(Box::new(RecordList { records, total, now, names, is_new }))
    }
}

type Looked<'r> = (Timestamp, &'r PolicyNames);

/// The unfinished records that are late by what the list shows, which the rules tell and not the store.
fn late(
    desk: &OpenDesk<'_>,
    view: &View<'_>,
    mut unfinished: Selection,
    (now, names): Looked<'_>,
) -> Result<(Vec<Summary>, usize)> {
    let (limit, order) = (unfinished.limit.take(), unfinished.order);
    let (mut records, _) = desk.summaries(view, &unfinished)?;
    records.retain(|record| {
        let (_, standing) = deadline(record.status(), now, names.policy());
        standing == ClockStanding::Late
    });
    if order == Some(SortKey::Due) {
        sort(&mut records, (now, names));
    }
    let total = records.len();
    records.truncate(limit.unwrap_or(total));
    Ok((records, total))
}

/// The records in the order of the time that the list shows; those without one come last.
fn by_deadline(
    desk: &OpenDesk<'_>,
    view: &View<'_>,
    (mut unfinished, mut wanted): (Selection, Selection),
    rules: Looked<'_>,
) -> Result<(Vec<Summary>, usize)> {
    let limit = unfinished.limit.take();
    let (mut records, mut total) = desk.summaries(view, &unfinished)?;
    if !wanted.is_unfinished() {
        // of what is over, which has no such time, no more is needed than is shown
        wanted.limit = limit.map(|limit| limit.saturating_add(total));
        let (all, count) = desk.summaries(view, &wanted)?;
        records.extend(all.into_iter().filter(|record| !record.status().state.is_unfinished()));
        total = count;
    }
    sort(&mut records, rules);
    records.truncate(limit.unwrap_or(total));
    Ok((records, total))
}

fn sort(records: &mut [Summary], (now, names): Looked<'_>) {
    records.sort_by_cached_key(|record| {
        let status = record.status();
        let (due, _) = deadline(status, now, names.policy());
        let newest_first = Reverse((status.received_at, record.id().clone()));
        (due.is_none(), due.unwrap_or(status.received_at), newest_first)
    });
}
