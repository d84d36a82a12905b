//! `docket log`: the commits of one record.

use clap::Args;
use serde::{Serialize, Serializer};

use crate::{
    app::App,
    arguments::prompts::Prompts,
    audit::class::trailer,
    commands::Command,
    domain::{
        base::{ids::EventId, print::minute, time::Timestamp},
        history::record::Record,
    },
    error::Result,
    store::{
        find::{Purpose, RecordRef},
        git::{ids::CommitId, log::CommitInfo},
        layout,
    },
    ui::{answer::Answer, terminal::Terminal},
    words::{Words, label::Label, message::Message},
};

#[derive(Args, Debug)]
pub struct Log {
    record: Option<RecordRef>,
}

#[derive(Debug, Serialize)]
struct Commits {
    #[serde(serialize_with = "commits")]
    commits: Vec<CommitInfo>,
    /// What the record tells of its events.
    #[serde(skip)]
    record: Option<Record>,
}

/// Commits as programs read them.
fn commits<S: Serializer>(
    commits: &[CommitInfo],
    serializer: S,
) -> std::result::Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct CommitKeys<'c> {
        commit: CommitId,
        at: Timestamp,
        author: &'c str,
        subject: &'c str,
        body: &'c str,
    }
    serializer.collect_seq(commits.iter().map(|commit| CommitKeys {
        commit: commit.id,
        at: commit.time,
        author: &commit.author_name,
        subject: &commit.subject,
        body: &commit.body,
    }))
}

impl Command for Log {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "log");
        let record = prompts.any_record(&desk, self.record.as_ref())?;
        prompts.done()?;
        let view = desk.view()?;
        let id = desk.id(&view, &record, Purpose::Look)?;
        let record = view.record(&id).unwrap_or_default();
        let git = desk.store.git();
        let commits = match view.commit() {
            Some(tip) => git.log(tip, &layout::record(&id))?,
            None => Vec::new(),
        };
        let ends = git.shallow_ends()?;
        let (cut, commits): (Vec<_>, _) =
            commits.into_iter().partition(|commit: &CommitInfo| ends.contains(&commit.id));
        if !cut.is_empty() {
            let commits = cut.iter().map(|commit| commit.id.short()).collect();
            app.ui.remark(&desk.words.message(&Message::LogCutOff { commits }));
        }
        Ok(Box::new(Commits { commits, record }))
    }
}

impl Commits {
    /// What the event of a commit is called; nothing for commits of none that is there.
    fn step(&self, commit: &CommitInfo, words: Words) -> &'static str {
        let Some(record) = &self.record else { return "" };
        let id: Option<EventId> = trailer(&commit.body, "Docket-Event");
        let event = record.history.iter().find(|event| Some(&event.stamp.id) == id.as_ref());
        event.map_or("", |event| words.step(&event.act, record.status.kind))
    }
}

impl Answer for Commits {
    fn human(&self, terminal: &Terminal) -> String {
        let head = [Label::Commit, Label::When, Label::Who, Label::Step, Label::Subject];
        let rows: Vec<_> = self
            .commits
            .iter()
            .map(|commit| {
                vec![
                    commit.id.short(),
                    minute(commit.time),
                    commit.author_name.clone(),
                    self.step(commit, terminal.words).to_owned(),
                    commit.subject.clone(),
                ]
            })
            .collect();
        terminal.table(&head, &rows)
    }

    fn brief(&self) -> Option<String> {
        Some(self.commits.iter().map(|commit| format!("{}\n", commit.id)).collect())
    }
}
