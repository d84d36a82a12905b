//! What a commit of the desk must look like: said once, for who writes and who looks back.

pub mod class;
pub mod judge;
pub mod merge;
pub mod message;
mod step;

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use chrono_tz::Tz;

use crate::{
    audit::judge::Case,
    domain::{
        finding::{Fault, Finding},
        policy::Policy,
        terms::Signatures,
    },
    store::{
        Store,
        error::Result,
        git::{diff::History, ids::CommitId, log::CommitInfo},
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
    zone: Tz,
    heard: &(dyn Fn(usize, usize) + Sync),
) -> Result<Audit> {
    let History { commits, cut_at } = store.history(range.tip, range.since)?;
    let done = AtomicUsize::new(0);
    let all = commits.len();
    let rules = Rules::default();
    let found = store.in_parallel(&commits, |store, commit| {
        let found = if cut_at.contains(commit) {
            vec![Finding::of(Fault::CutOff)]
        } else {
            one(store, *commit, zone, &rules)?
        };
        heard(1 + done.fetch_add(1, Ordering::Relaxed), all);
        Ok(found)
    })?;
    let named = commits.iter().zip(found).flat_map(|(commit, found)| {
        let commit = commit.to_string();
        found.into_iter().map(move |finding| Finding { commit: Some(commit.clone()), ..finding })
    });
    Ok(Audit { head: range.tip, commits: all, findings: named.collect() })
}

/// Judges one commit.
fn one(store: &Store, commit: CommitId, zone: Tz, rules: &Rules) -> Result<Vec<Finding>> {
    let mut info = store.commit(commit)?;
    info.time = info.time.in_zone(zone);
    info.authored_at = info.authored_at.in_zone(zone);
    let parent = match info.parents.as_slice() {
        [] => None,
        [parent] => Some(*parent),
        [first, ..] => {
            let mut found = merge::judge(store, &info)?;
            let rules = store.view_of(*first)?.policy_afresh();
            if let Ok(policy) = rules {
                found.extend(unsigned(store, &info, &policy)?);
            }
            return Ok(found);
        }
    };
    let changed = store.changes(parent, commit)?;
    let after = store.view_of(commit)?;
    let before = match parent {
        Some(parent) => store.view_of(parent)?,
        None => store.view_of_nothing(),
    };
    let policy = match parent {
        Some(_) => {
            let names = before.policy_names()?;
            let mut rules = rules.lock().unwrap_or_else(PoisonError::into_inner);
            rules.entry(names).or_insert_with(|| before.policy_afresh().ok().map(Arc::new)).clone()
        }
        None => None,
    };
    let case = Case {
        commit: &info,
        before: &before,
        after: &after,
        changed: &changed,
        policy: policy.as_deref(),
    };
    let mut found = judge::judge(&case);
    if let Some(policy) = policy.as_deref().filter(|_| case.watched().next().is_some()) {
        found.extend(unsigned(store, &info, policy)?);
    }
    Ok(found)
}

/// A commit that its author did not sign with a key of the roster, where the desk requires that, or
/// one that bears another signature than those that the roster knows.
fn unsigned(store: &Store, info: &CommitInfo, policy: &Policy) -> Result<Option<Finding>> {
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
