//! `docket list`: records, newest first.

use clap::Args;

use crate::{
    answers::{names::PolicyNames, records::RecordList},
    app::{App, desk::AsOf},
    arguments::{
        filters::{Filters, Scope},
        terms::term,
    },
    commands::Command,
    domain::base::terms::SortKey,
    error::Result,
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
        let (records, total) = desk.summaries(&view, &selection)?;
        Ok(Box::new(RecordList {
            records,
            total,
            now: wanted.now,
            names: PolicyNames::read_in(&view),
        }))
    }
}
