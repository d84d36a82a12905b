//! `docket log`: the commits of one record.

use clap::Args;
use serde::{Serialize, Serializer};

use crate::{
    answers::rows,
    app::App,
    arguments::prompts::Prompts,
    audit::class::trailer,
    commands::Command,
    domain::{
        base::{
            ids::EventId,
            print::{minute, without_year},
            time::Timestamp,
        },
        deciding::policy::Policy,
        history::record::Record,
    },
    error::Result,
    report::values::{Notes, Privacy, Sources},
    store::{
        find::{Purpose, RecordRef},
        git::{ids::CommitId, log::CommitInfo},
        layout,
    },
    ui::{
        answer::Answer,
        cell::Cell,
        table::TableHead,
        terminal::{Medium, Terminal},
    },
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
    /// What the record tells of its events, and the rules to read that with.
    #[serde(skip)]
    record: Option<(Record, Policy)>,
    #[serde(skip)]
    now: Timestamp,
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
        let record = match view.record(&id).unwrap_or_default() {
            Some(record) => Some((record, desk.policy_to_look(&view)?)),
            None => None,
        };
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
        Ok(Box::new(Commits { commits, record, now: desk.now() }))
    }
}

impl Commits {
    /// A commit as its cells: which, when, by whom, which step, and what it says: on a screen as the
    /// record tells it, in its reader's words.
    fn cells(&self, commit: &CommitInfo, terminal: &Terminal) -> [Cell; 5] {
        let is_screen = terminal.medium == Medium::Screen;
        let when =
            if is_screen { without_year(commit.time, self.now) } else { minute(commit.time) };
        let step = self.step(commit, terminal.words);
        let (step, details) = step.unwrap_or_default();
        [
            Cell::from(commit.id.short()),
            Cell::from(when),
            Cell::from(commit.author_name.as_str()),
            Cell::from(step),
            Cell::from(
                if is_screen && !step.is_empty() { &details } else { &commit.subject }.as_str(),
            ),
        ]
    }

    /// What the event of a commit is called, and what it recorded; nothing for commits of none that is
    /// there.
    fn step(&self, commit: &CommitInfo, words: Words) -> Option<(&'static str, String)> {
        let (record, policy) = self.record.as_ref()?;
        let id: EventId = trailer(&commit.body, "Docket-Event")?;
        let event = record.event(&id)?;
        let step = words.step(&event.act, record.status.kind);
        let (privacy, notes) = (Privacy::Masked, Notes::All);
        let sources = Sources { policy, words, contacts: &[], privacy, notes };
        Some((step, sources.details(record, event)))
    }
}

impl Answer for Commits {
    fn human(&self, terminal: &Terminal) -> String {
        let rows = self.commits.iter().map(|commit| self.cells(commit, terminal));
        if rows::is_narrow(terminal) {
            let lines = rows.map(|[commit, when, who, step, subject]| {
                let below = Cell::from("  ").and(who);
                terminal.line(vec![commit, when, step]) + &terminal.line(vec![below, subject])
            });
            return lines.collect();
        }
        let head = [Label::Commit, Label::When, Label::Who, Label::Step, Label::Subject];
        terminal.grid(&head, rows.map(|row| row.to_vec()).collect(), TableHead::Shown)
    }

    fn brief(&self) -> Option<String> {
        Some(self.commits.iter().map(|commit| format!("{}\n", commit.id)).collect())
    }
}
