//! `docket policy`: the desk's rules (R115).

mod check;
mod edit;
mod set;
mod show;

use clap::{Args, Subcommand};
use serde::Serialize;

use crate::{
    answers::rules::doubtful,
    app::{App, desk::OpenDesk, rule_files::ChangedRules},
    commands::Command,
    domain::base::document::Document,
    error::Result,
    store::git::ids::CommitId,
    ui::{answer::Answer, terminal::Terminal},
    words::{Words, message::Message},
};

#[derive(Args, Debug)]
pub struct PolicyCommand {
    #[command(subcommand)]
    what: PolicySubcommand,
}

#[derive(Debug, Subcommand)]
enum PolicySubcommand {
    Show(show::ShowPolicy),
    Check(check::CheckPolicy),
    Edit(edit::EditPolicy),
    Set(set::SetPolicy),
}

/// A file of rules as a command left it.
#[derive(Debug, Serialize)]
struct WrittenRules {
    path: &'static str,
    /// Whether anything became otherwise.
    changed: bool,
    document: Option<Document>,
    commit: Option<String>,
    /// How many of its values are hardly what was meant.
    #[serde(rename = "warnings")]
    doubts: usize,
}

impl Command for PolicyCommand {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        match self.what {
            PolicySubcommand::Show(show) => show.run(app),
            PolicySubcommand::Check(check) => check.run(app),
            PolicySubcommand::Edit(edit) => edit.run(app),
            PolicySubcommand::Set(set) => set.run(app),
        }
    }
}

impl WrittenRules {
    fn of(desk: &OpenDesk<'_>, path: &'static str, changed: Option<ChangedRules>) -> Result<Self> {
        let is_changed = changed.is_some();
        let (document, commit) = changed.map(|it| (it.document, it.commit)).unzip();
        let view = desk.view()?;
        let doubts = doubtful(&view, &view.policy()?, desk.now().date()).into_iter();
        let doubts = doubts.filter(|doubt| is_changed && doubt.path.as_deref() == Some(path));
        Ok(Self {
            path,
            changed: is_changed,
            document: document.flatten(),
            commit: commit.map(CommitId::short),
            doubts: doubts.count(),
        })
    }
}

impl Answer for WrittenRules {
    fn human(&self, terminal: &Terminal) -> String {
        let path = self.path;
        let version = self.document.as_ref().map(|document| document.version);
        let message = if self.changed {
            Message::RulesChanged { path, version }
        } else {
            Message::RulesUnchanged { path }
        };
        format!("{}\n", terminal.words.message(&message))
    }

    fn remark(&self, words: Words) -> Option<String> {
        let message = Message::RulesDoubtful { path: self.path, values: self.doubts };
        (self.doubts > 0).then(|| words.message(&message))
    }

    fn brief(&self) -> Option<String> {
        Some(format!("{}\n", self.path))
    }
}
