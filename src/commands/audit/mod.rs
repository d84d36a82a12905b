//! `docket audit`: whether the history is what permitted commands would have made.

mod sample;

use std::path::{Path, PathBuf};

use clap::Args;

use crate::{
    answers::findings::{AuditedHead, FindingFacts, Findings},
    app::{App, clock::TimeSource},
    arguments::findings::{FailOn, FindingFormat},
    audit::{self, Present, Range, people},
    commands::Command,
    domain::{
        analysis::finding::{Finding, FindingCode, Severity},
        base::{
            moment::{Moment, Use},
            time::Timestamp,
            zone::Zone,
        },
        deciding::policy::desk::DeskSettings,
    },
    error::{Error, IoPlace, Result},
    store::{
        Store,
        error::Error as StoreError,
        files,
        git::{Head, ids::CommitId},
        known_format,
    },
    ui::answer::Answer,
    words::{Words, label::Label, message::Message},
};

/// A file with the name of a commit is no longer than this.
const NAME_BYTES: u64 = 200;

#[derive(Args, Debug)]
pub struct Audit {
    #[arg(value_name = "REVISIONS")]
    range: Option<String>,
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    since: Option<Moment>,
    #[arg(long, value_name = "SEVERITY", default_value = "warning")]
    fail_on: FailOn,
    #[arg(long, default_value = "text")]
    format: FindingFormat,
    #[arg(long, value_name = "FILE")]
    record_head: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    expect_head: Option<PathBuf>,
    #[command(flatten)]
    sample: sample::SampleArgs,
}

impl Command for Audit {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        if let Some(sample) = self.sample.answer(app)? {
            return Ok(sample);
        }
        let place = AuditedDesk::open(app)?;
        place.store.verify_objects();
        let tips = self.tips(&place)?;
        let progress = app.ui.progress(place.words.label(Label::Audit));
        let on_progress = |done, all| progress.show(done, all);
        let wall = TimeSource::Wall.now(place.zone);
        let present = Present { now: place.now, wall, words: place.words };
        let mut commits = 0;
        let mut findings = Vec::new();
        for AuditedRange { range, branch } in &tips {
            let audit = audit::run(&place.store, range, present, &on_progress)?;
            commits += audit.commits;
            // which branch is told where there is more than one
            let branch = Some(branch.clone()).filter(|_| tips.len() > 1);
            let named = |found| Finding { branch: branch.clone(), ..found };
            findings.extend(audit.findings.into_iter().map(named));
            findings.extend(people::nameless(&place.store, range.tip).map(named));
        }
        drop(progress);
        let head = tips[0].range.tip;
        if let Some(file) = &self.expect_head {
            findings.extend(rewritten(app, &place, file, head)?);
        }
        let is_sound = findings.iter().all(|found| found.code.severity() < Severity::Error);
        if let Some(file) = self.record_head.as_ref().filter(|_| is_sound) {
            let path = app.environment.directory.join(file);
            files::put(&path, format!("{head}\n").as_bytes())
                .map_err(|source| Error::Io { what: IoPlace::file(file), source })?;
        }
        let seen = audited(&tips, commits);
        let heads =
            tips.iter().map(|tip| AuditedHead { branch: tip.branch.clone(), head: tip.range.tip });
        Ok(Box::new(Findings {
            by: "audit",
            findings,
            seen,
            facts: FindingFacts::Audit {
                head,
                heads: heads.collect(),
                commits,
                recorded: self.record_head.is_some() && is_sound,
            },
            form: self.format,
            fail_on: self.fail_on,
            words: place.words,
        }))
    }
}

/// How much was looked at.
fn audited(tips: &[AuditedRange], commits: usize) -> Message {
    let branch = |tip: &AuditedRange| (tips.len() > 1).then(|| tip.branch.clone());
    let head = |tip: &AuditedRange| (tip.range.tip.short(), branch(tip));
    Message::AuditedCommits { commits, heads: tips.iter().map(head).collect() }
}

/// A part of the history, with what it is called.
struct AuditedRange {
    range: Range,
    branch: String,
}

/// The desk whose history is looked at.
struct AuditedDesk {
    store: Store,
    desk: DeskSettings,
    zone: Zone,
    now: Timestamp,
    words: Words,
}

impl AuditedDesk {
    /// The desk of the directory, or as it was when it could last be read.
    fn open(app: &App<'_>) -> Result<Self> {
        let (store, desk) = match app.desk() {
            Ok(opened) => (opened.store, opened.desk),
            Err(why @ Error::Store(StoreError::Newer { .. })) => return Err(why),
            Err(Error::Store(why)) if why.is_missing() => return Err(why.into()),
            Err(why) => {
                let earlier = || {
                    let store = app.store().ok()?;
                    let desk = store.last_desk(store.head_commit().ok()??)?;
                    Some((store, desk))
                };
                earlier().ok_or(why)?
            }
        };
        let zone = Zone::named(&desk.timezone).unwrap_or(Zone::UTC);
        app.speak_as(&desk);
        known_format(&desk)?;
        Ok(Self { store, zone, now: app.clock.now(zone), words: app.ui.words(), desk })
    }

    /// The newest commit of the desk's branch, here or as it was last fetched; `None` where the
    /// branch is not to be had.
    fn desk_tip(&self) -> Option<CommitId> {
        let branch = &self.desk.branch;
        let here = self.store.git().tip(branch).ok().flatten();
        here.or_else(|| self.store.git().fetched(branch).ok().flatten())
    }
}

impl Audit {
    /// What is looked at: the range that was named, or the desk's branch and what else HEAD has,
    /// for what HEAD says of the desk's branch was perhaps not meant to be found.
    fn tips(&self, place: &AuditedDesk) -> Result<Vec<AuditedRange>> {
        let Some(range) = self.range.as_deref() else {
            let branch = place.desk.branch.clone();
            let mut tips = Vec::new();
            if let Some(tip) = place.desk_tip() {
                tips.push(AuditedRange {
                    range: Range { tip, since: self.since(place, tip)? },
                    branch,
                });
            }
            let (head, name) = match place.store.git().head_branch()? {
                Head::Branch { name, tip } => (tip, name),
                Head::Detached { commit } => (Some(commit), "HEAD".to_owned()),
            };
            if let Some(head) = head {
                let desk_tip = tips.first().map(|desk_tip| desk_tip.range.tip);
                let is_known = match desk_tip {
                    // where a commit between them cannot be read, both are looked at
                    Some(desk_tip) => place.store.git().descends(desk_tip, head).unwrap_or(false),
                    None => false,
                };
                if !is_known {
                    // where both parted, the rest is looked at already
                    let since = match desk_tip {
                        Some(desk_tip) => Some(desk_tip),
                        None => self.since(place, head)?,
                    };
                    tips.push(AuditedRange { range: Range { tip: head, since }, branch: name });
                }
            }
            if tips.is_empty() {
                return Err(StoreError::NoRevision { given: place.desk.branch.clone() }.into());
            }
            return Ok(tips);
        };
        let (from, to) = match range.split_once("..") {
            Some((_, to)) if to.starts_with('.') => {
                return Err(StoreError::NoRevision { given: range.to_owned() }.into());
            }
            Some((from, to)) => {
                (Some(from).filter(|from| !from.is_empty()), Some(to).filter(|to| !to.is_empty()))
            }
            None => (None, Some(range)),
        };
        let named = |given: &str| -> Result<CommitId> {
            let found = place.store.git().resolve(given)?;
            Ok(found.ok_or_else(|| StoreError::NoRevision { given: given.to_owned() })?)
        };
        let branch = place.desk.branch.clone();
        let tip = match to {
            Some(to) => named(to)?,
            None => {
                place.desk_tip().ok_or_else(|| StoreError::NoRevision { given: branch.clone() })?
            }
        };
        let since = match from {
            Some(from) => Some(named(from)?),
            None => self.since(place, tip)?,
        };
        Ok(vec![AuditedRange {
            range: Range { tip, since },
            branch: to.map_or(branch, str::to_owned),
        }])
    }

    /// The last commit before the time from which on commits are looked at.
    fn since(&self, place: &AuditedDesk, tip: CommitId) -> Result<Option<CommitId>> {
        let Some(moment) = self.since else { return Ok(None) };
        let at = moment
            .resolve(place.now, Use::Start, place.zone, None)
            .map_err(|fault| Error::Time { flag: "--since", fault })?;
        Ok(place.store.git().before(tip, at)?)
    }
}

/// Whether the commit that was noted still leads to the head.
fn rewritten(
    app: &App<'_>,
    place: &AuditedDesk,
    file: &Path,
    head: CommitId,
) -> Result<Option<Finding>> {
    let failed = |source| Error::Io { what: IoPlace::file(file), source };
    let path = app.environment.directory.join(file);
    let noted = files::read_start(&path, NAME_BYTES).map_err(failed)?;
    let noted = String::from_utf8_lossy(&noted);
    let Ok(noted) = noted.trim().parse::<CommitId>() else {
        return Err(Error::NoHead { what: IoPlace::file(file) });
    };
    let commit = place.store.git().resolve(&noted.to_string())?.filter(|commit| *commit == noted);
    let leads = commit.map(|commit| place.store.git().descends(head, commit)).transpose()?;
    Ok((leads != Some(true))
        .then(|| Finding::of(FindingCode::Rewritten).expected(&noted).found(&head.to_string())))
}
