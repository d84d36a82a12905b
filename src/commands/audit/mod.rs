//! `docket audit`: whether the history is what permitted commands would have made.

mod sample;

use std::{fs, path::PathBuf};

use clap::Args;
use serde_json::json;

use crate::{
    app::{App, desk::OpenDesk},
    audit::{self, Range},
    commands::{
        Command,
        finding::{FailOn, Findings, Form},
    },
    domain::{
        finding::{Fault, Finding, Severity},
        moment::{Moment, Use},
    },
    error::{Error, Result},
    store::{error::Error as StoreError, git::ids::CommitId, outside},
    ui::answer::Answer,
    words::{Lang, counted},
};

/// Prove the history: every commit is what a permitted command by that person would have made
#[derive(Args, Debug)]
#[command(after_help = "Examples: docket audit\n          \
    docket audit origin/main..HEAD --fail-on error\n          \
    docket audit --since 2026-11-01 --record-head audited.txt\n          \
    docket audit --expect-head audited.txt\n          \
    docket audit --sample 25 --seed 2026-Q4 --month 2026-11 > sample.md")]
pub struct Audit {
    /// Commits, as REV..REV or one revision; the whole branch of the desk if not said
    #[arg(value_name = "REV..REV")]
    range: Option<String>,
    /// Only what was committed after this time
    #[arg(long, value_name = "T", allow_hyphen_values = true)]
    since: Option<Moment>,
    /// The severity from which the exit status is 1
    #[arg(long, value_name = "SEVERITY", default_value = "warning")]
    fail_on: FailOn,
    /// In which form to tell the findings
    #[arg(long, default_value = "text")]
    format: Form,
    /// Write the audited head into this file, for `--expect-head` later, unless there is an error
    #[arg(long, value_name = "FILE")]
    record_head: Option<PathBuf>,
    /// Prove that the head in this file is still part of the history
    #[arg(long, value_name = "FILE")]
    expect_head: Option<PathBuf>,
    #[command(flatten)]
    sample: sample::Wanted,
}

impl Command for Audit {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        if let Some(sample) = self.sample.answer(&desk)? {
            return Ok(sample);
        }
        desk.store.distrust();
        let range = self.range(&desk)?;
        let progress = app.ui.progress("audit");
        let heard = |done, all| progress.show(done, all);
        let mut audit = audit::run(&desk.store, &range, desk.now(), &heard)?;
        drop(progress);
        if let Some(file) = &self.expect_head {
            audit.findings.extend(rewritten(&desk, file, range.tip)?);
        }
        let is_sound = audit.findings.iter().all(|found| found.fault.severity() < Severity::Error);
        if let Some(file) = self.record_head.as_ref().filter(|_| is_sound) {
            let path = app.environment.directory.join(file);
            outside::put(&path, format!("{}\n", audit.head).as_bytes())
                .map_err(|source| Error::Io { what: file.display().to_string(), source })?;
        }
        let lang = desk.words.lang;
        let seen = match lang {
            Lang::En => {
                format!("{} up to {}", counted(audit.commits, "commit"), audit.head.short())
            }
            Lang::Zh => format!("截至 {} 的 {} 个提交", audit.head.short(), audit.commits),
        };
        Ok(Box::new(Findings {
            by: "audit",
            findings: audit.findings,
            seen,
            facts: json!({
                "head": audit.head.to_string(),
                "commits": audit.commits,
                "recorded": self.record_head.is_some() && is_sound,
            }),
            form: self.format,
            fail_on: self.fail_on,
            lang,
        }))
    }
}

impl Audit {
    fn range(&self, desk: &OpenDesk<'_>) -> Result<Range> {
        let tip = desk.view()?.commit();
        let (from, to) = match self.range.as_deref() {
            None => (None, None),
            Some(range) => match range.split_once("..") {
                Some((_, to)) if to.starts_with('.') => {
                    return Err(StoreError::NoRevision { given: range.to_owned() }.into());
                }
                Some((from, to)) => (
                    Some(from).filter(|from| !from.is_empty()),
                    Some(to).filter(|to| !to.is_empty()),
                ),
                None => (None, Some(range)),
            },
        };
        let named = |given: &str| -> Result<CommitId> {
            let found = desk.store.resolve(given)?;
            Ok(found.ok_or_else(|| StoreError::NoRevision { given: given.to_owned() })?)
        };
        let tip = match to {
            Some(to) => named(to)?,
            None => {
                tip.ok_or_else(|| StoreError::NoRevision { given: desk.desk.branch.clone() })?
            }
        };
        let since = match (from, self.since) {
            (Some(from), _) => Some(named(from)?),
            (None, Some(moment)) => {
                let at = moment
                    .resolve(desk.now(), Use::Start, desk.zone, None)
                    .map_err(|fault| Error::Time { flag: "--since", fault })?;
                desk.store.before(tip, at)?
            }
            (None, None) => None,
        };
        Ok(Range { tip, since })
    }
}

/// Whether the commit that was noted still leads to the head.
fn rewritten(desk: &OpenDesk<'_>, file: &PathBuf, head: CommitId) -> Result<Option<Finding>> {
    let path = desk.app.environment.directory.join(file);
    let noted = fs::read_to_string(path)
        .map_err(|source| Error::Io { what: file.display().to_string(), source })?;
    let noted = noted.trim();
    let known = desk.store.resolve(noted)?.filter(|commit| commit.to_string() == noted);
    let leads = known.map(|known| desk.store.descends(head, known)).transpose()?;
    Ok((leads != Some(true))
        .then(|| Finding::of(Fault::Rewritten).expected(&noted).found(&head.to_string())))
}
