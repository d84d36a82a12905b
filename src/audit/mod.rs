//! What a commit of the desk must look like: said once, for who writes and who looks back.

mod archive;
pub mod class;
mod event;
pub mod judge;
pub mod merge;
pub mod message;
mod step;

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, OnceLock, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use chrono_tz::Tz;

use crate::{
    audit::judge::Case,
    domain::{
        finding::{Fault, Finding},
        policy::Policy,
        terms::{FixedClock, Signatures},
        time::Timestamp,
    },
    store::{
        Store,
        error::Result,
        git::{ids::CommitId, log::CommitInfo, walk::History},
        signature,
    },
};

/// Which part of the history is looked at.
#[derive(Clone, Debug)]
pub struct Range {
    pub tip: CommitId,
    /// What leads to it is left out.
    pub since: Option<CommitId>,
}

/// What an audit saw and found.
#[derive(Clone, Debug)]
pub struct Audit {
    pub head: CommitId,
    /// How many commits were looked at.
    pub commits: usize,
    pub findings: Vec<Finding>,
}

/// Rules by the names of the files that hold them; `None` for rules that cannot be read.
type Rules = Mutex<HashMap<Vec<String>, Option<Arc<Policy>>>>;

/// Replays the history: each commit must be what a permitted command by that person at that time
/// would have made. `heard` is told how many of how many commits are done.
///
/// # Errors
/// Damage in the history.
pub fn run(
    store: &Store,
    range: &Range,
    now: Timestamp,
    heard: &(dyn Fn(usize, usize) + Sync),
) -> Result<Audit> {
    let History { commits, cut_at } = store.history(range.tip, range.since)?;
    let done = AtomicUsize::new(0);
    let all = commits.len();
    let inquiry = Inquiry {
        now,
        rules: Rules::default(),
        genesis: store.genesis(range.tip)?,
        fixed_clock: OnceLock::new(),
        is_cut: !cut_at.is_empty(),
    };
    let found = store.in_parallel(&commits, |store, commit| {
        let found = if cut_at.contains(commit) {
            vec![Finding::of(Fault::CutOff)]
        } else {
            inquiry.one(store, *commit)?
        };
        heard(1 + done.fetch_add(1, Ordering::Relaxed), all);
        Ok(found)
    })?;
    let grafted = store.is_grafted().then(|| Finding {
        commit: Some(range.tip.to_string()),
        ..Finding::of(Fault::Rewritten).path(".git/info/grafts").found("a grafted history")
    });
    let named = commits.iter().zip(found).flat_map(|(commit, found)| {
        let commit = commit.to_string();
        found.into_iter().map(move |finding| Finding { commit: Some(commit.clone()), ..finding })
    });
    Ok(Audit { head: range.tip, commits: all, findings: named.chain(grafted).collect() })
}

/// What one audit knows besides the commit that it looks at.
struct Inquiry {
    /// When it is made.
    now: Timestamp,
    rules: Rules,
    /// The commit with which the desk's branch begins; `None` beyond the end of a shallow clone.
    genesis: Option<CommitId>,
    /// What the desk said of fixed clocks when it began.
    fixed_clock: OnceLock<FixedClock>,
    /// Whether a shallow clone holds only a part.
    is_cut: bool,
}

/// So many commits back rules are looked for that can be read.
const RULES_BACK: usize = 200;

impl Inquiry {
    /// Judges one commit.
    fn one(&self, store: &Store, commit: CommitId) -> Result<Vec<Finding>> {
        let mut info = store.commit(commit)?;
        let parent = match info.parents.as_slice() {
            [] => None,
            [parent] => Some(*parent),
            [first, ..] => {
                let zone = self.zone(store, *first)?;
                in_zone(&mut info, zone);
                return merge::judge(store, &info, self.is_cut);
            }
        };
        in_zone(&mut info, self.zone(store, parent.unwrap_or(commit))?);
        let changed = store.changes(parent, commit)?;
        let after = store.view_of(commit)?;
        let before = match parent {
            Some(parent) => store.view_of(parent)?,
            None => store.view_of_nothing(),
        };
        let policy = match parent {
            Some(parent) => self.rules(store, parent)?,
            None => None,
        };
        let since = parent.map(|parent| store.commit(parent)).transpose()?;
        let case = Case {
            store,
            commit: &info,
            before: &before,
            after: &after,
            changed: &changed,
            policy: policy.as_deref(),
            fixed_clock: self.fixed_clock(store),
            now: self.now,
            since: since.map(|parent| parent.time),
        };
        let mut found = judge::judge(&case);
        if parent.is_none() && self.genesis.is_some_and(|genesis| genesis != commit) {
            found.push(Finding::of(Fault::Ungrounded).found("a second beginning"));
        }
        if let Some(policy) = policy.as_deref().filter(|_| case.watched().next().is_some()) {
            found.extend(unsigned(store, &info, policy)?);
        }
        Ok(found)
    }

    /// The rules of a commit, or of the nearest one before it whose rules can be read.
    fn rules(&self, store: &Store, commit: CommitId) -> Result<Option<Arc<Policy>>> {
        let mut here = Some(commit);
        for _ in 0..RULES_BACK {
            let Some(commit) = here else { break };
            let view = store.view_of(commit)?;
            let names = view.policy_names()?;
            let known = {
                let mut rules = self.rules.lock().unwrap_or_else(PoisonError::into_inner);
                rules
                    .entry(names)
                    .or_insert_with(|| view.policy_afresh().ok().map(Arc::new))
                    .clone()
            };
            if known.is_some() {
                return Ok(known);
            }
            here = store.commit(commit)?.parents.first().copied();
        }
        Ok(None)
    }

    /// The zone in which a commit on top of this one tells its times; the first one by its own.
    fn zone(&self, store: &Store, parent: CommitId) -> Result<Tz> {
        let zone = self.rules(store, parent)?.and_then(|rules| rules.desk.timezone.parse().ok());
        Ok(zone.unwrap_or(Tz::UTC))
    }

    fn fixed_clock(&self, store: &Store) -> FixedClock {
        *self.fixed_clock.get_or_init(|| {
            let desk = self.genesis.and_then(|genesis| store.view_of(genesis).ok()?.desk().ok()?);
            desk.map_or(FixedClock::Allowed, |desk| desk.fixed_clock)
        })
    }
}

fn in_zone(info: &mut CommitInfo, zone: Tz) {
    info.time = info.time.in_zone(zone);
    info.authored_at = info.authored_at.in_zone(zone);
}

/// A commit that its author did not sign with a key of the roster, where the desk requires that, or
/// one that bears another signature than those that the roster knows.
pub(in crate::audit) fn unsigned(
    store: &Store,
    info: &CommitInfo,
    policy: &Policy,
) -> Result<Option<Finding>> {
    let Some(author) = policy.people.by_email(&info.author_email) else {
        return Ok(None);
    };
    let required = policy.desk.signatures == Signatures::Required;
    if !required && author.keys.is_empty() {
        return Ok(None);
    }
    let finding = Finding::of(Fault::Unsigned).expected(&format!("a signature of {}", author.id));
    Ok(match store.signed(info.id)? {
        None => required.then(|| finding.found("none")),
        Some(signed) => {
            let why = signature::verify(&signed, &author.keys).err();
            why.map(|why| finding.found(&why))
        }
    })
}
