//! `docket log`: the commits of one record.

use clap::Args;
use serde_json::{Value, json};

use crate::{
    app::App,
    commands::Command,
    domain::base::print::minute,
    error::Result,
    store::{
        find::{Purpose, RecordRef},
        git::log::CommitInfo,
        layout,
    },
    ui::{answer::Answer, terminal::Terminal},
    words::label::Label,
};

#[derive(Args, Debug)]
pub struct Log {
    record: RecordRef,
}

#[derive(Debug)]
struct Commits(Vec<CommitInfo>);

impl Command for Log {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let view = desk.view()?;
        let id = desk.id(&view, &self.record, Purpose::Look)?;
        let commits = match view.commit() {
            Some(tip) => desk.store.git().log(tip, &layout::record(&id))?,
            None => Vec::new(),
        };
        Ok(Box::new(Commits(commits)))
    }
}

impl Answer for Commits {
    fn human(&self, terminal: &Terminal) -> String {
        let head = [Label::Commit, Label::When, Label::Who, Label::Subject];
        let rows: Vec<_> = self
            .0
            .iter()
            .map(|commit| {
                vec![
                    commit.id.short(),
                    minute(commit.time),
                    commit.author_name.clone(),
                    commit.subject.clone(),
                ]
            })
            .collect();
        terminal.table(&head, &rows)
    }

    fn json(&self) -> Value {
        let commit = |commit: &CommitInfo| {
            json!({
                "commit": commit.id,
                "at": commit.time,
                "author": commit.author_name,
                "subject": commit.subject,
                "body": commit.body,
            })
        };
        json!({ "format": 1, "commits": self.0.iter().map(commit).collect::<Vec<_>>() })
    }

    fn brief(&self) -> Option<String> {
        Some(self.0.iter().map(|commit| format!("{}\n", commit.id)).collect())
    }
}
