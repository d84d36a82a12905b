//! What a commit of the desk must look like, shared by the commands that write and the audit.

mod archive;
mod attributes;
pub mod beginning;
mod calendar;
mod checkout;
pub mod class;
mod contact;
mod customer;
mod event;
pub mod files;
mod import;
pub mod judge;
pub mod merge;
pub mod message;
pub mod people;
mod repair;
mod reveal;
mod roster;
mod rules;
mod rules_ahead;
mod samples;
mod step;
mod uniqueness;

use std::{
    collections::{HashMap, HashSet},
    sync::{
        Arc, Mutex, OnceLock, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use crate::{
    audit::{
        judge::{Beginning, CommitCase},
        samples::Samples,
        uniqueness::Additions,
    },
    domain::{
        analysis::finding::{Finding, FindingCode, phrase::Phrase},
        base::{
            terms::{FixedClock, Signatures},
            time::Timestamp,
            zone::Zone,
        },
        deciding::policy::Policy,
    },
    store::{
        Store,
        error::Result,
        git::{ids::CommitId, log::CommitInfo, walk::History},
        signature,
    },
    words::Words,
};

/// Which part of the history is looked at.
#[derive(Clone, Debug)]
pub struct Range {
    pub tip: CommitId,
    /// What leads to it is left out.
    pub since: Option<CommitId>,
}

/// When an audit is made, and for whom.
#[derive(Clone, Copy, Debug)]
pub struct Present {
    pub now: Timestamp,
    /// What the wall clock says, where another one is fixed: plain git knows no other.
    pub wall: Timestamp,
    /// In what words the rules are told that stand against a commit.
    pub words: Words,
}

/// What an audit saw and found.
#[derive(Clone, Debug)]
pub struct AuditResult {
    /// How many commits were looked at.
    pub commits: usize,
    pub findings: Vec<Finding>,
}

/// Rules by the names of the files that hold them; `None` for rules that cannot be read.
type Rules = Mutex<HashMap<Vec<String>, Option<Arc<Policy>>>>;

/// Replays the history: each commit must be what a permitted command by that person at that time
/// would have made. `on_progress` is told how many of how many commits are done. What cannot be read is a
/// finding at its commit, and the others are judged.
///
/// # Errors
/// A clone that lacks objects which another one holds.
pub fn run(
    store: &Store,
    range: &Range,
    present: Present,
    on_progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<AuditResult> {
    let History { commits, cut_at } = store.git().history(range.tip, range.since)?;
    let cut_at: HashSet<CommitId> = cut_at.into_iter().collect();
    let is_partial = store.git().is_partial();
    if is_partial {
        let held: Vec<_> = commits.iter().filter(|commit| !cut_at.contains(commit)).collect();
        store.in_parallel(&held, |store, commit| store.complete(**commit))?;
    }
    let done = AtomicUsize::new(0);
    let all = commits.len();
    let context = AuditContext {
        present,
        commits: &commits,
        cut_at: &cut_at,
        rules: Rules::default(),
        genesis: store.genesis(range.tip).unwrap_or_default(),
        fixed_clock: OnceLock::new(),
        beside: OnceLock::new(),
        samples: Samples::default(),
        additions: Mutex::default(),
    };
    let found = store.in_parallel(&commits, |store, commit| {
        let found = if cut_at.contains(commit) {
            Ok(vec![Finding::of(FindingCode::CutOff)])
        } else {
            context.one(store, *commit)
        };
        on_progress(1 + done.fetch_add(1, Ordering::Relaxed), all);
        match found {
            Err(why) if is_partial && why.is_missing() => Err(why),
            Err(why) => {
                let reason = present.words.store_error(&why);
                Ok(vec![Finding::of(FindingCode::Unreadable).found(&reason)])
            }
            found => found,
        }
    })?;
    let grafted = store.is_grafted().then(|| Finding {
        commit: Some(range.tip.to_string()),
        ..Finding::of(FindingCode::Rewritten).path(".git/info/grafts").found(Phrase::Grafts)
    });
    let named = commits.iter().zip(found).flat_map(|(commit, found)| {
        let commit = commit.to_string();
        found.into_iter().map(move |finding| Finding { commit: Some(commit.clone()), ..finding })
    });
    let mut additions = context.additions.into_inner().unwrap_or_else(PoisonError::into_inner);
    let additions: Vec<_> =
        commits.iter().filter_map(|commit| Some((*commit, additions.remove(commit)?))).collect();
    let repeated = uniqueness::repeated(store, range, &additions)?;
    let edges: Vec<_> = range.since.into_iter().chain(cut_at.iter().copied()).collect();
    let twice = uniqueness::taken_twice(store, &edges, &additions)?;
    let findings = named.chain(grafted).chain(repeated).chain(twice);
    let tip = store.view_of(range.tip).map(|tip| tip.at(present.now));
    let are_mended = tip.as_ref().is_ok_and(|tip| rules::are_in_order(tip, present.now.date()));
    let began = context.genesis.map(|genesis| store.view_of(genesis)).transpose();
    let is_at_home = match (&tip, &began) {
        (Ok(tip), Ok(Some(began))) => rules::name_one_branch(tip, began),
        _ => false,
    };
    let judged = |finding| {
        if are_mended { rules::mended(finding, context.genesis, is_at_home) } else { finding }
    };
    let findings = findings.map(judged);
    Ok(AuditResult { commits: all, findings: findings.collect() })
}

/// What one audit knows besides the commit that it looks at.
struct AuditContext<'a> {
    present: Present,
    /// What it looks at, parents before children.
    commits: &'a [CommitId],
    /// Where a shallow clone ends.
    cut_at: &'a HashSet<CommitId>,
    rules: Rules,
    /// The commit with which the desk begins; `None` beyond the end of a shallow clone.
    genesis: Option<CommitId>,
    /// What the desk said of fixed clocks when it began.
    fixed_clock: OnceLock<FixedClock>,
    samples: Samples,
    /// What the commits made that is there once.
    additions: Mutex<HashMap<CommitId, Additions>>,
    /// Of each commit, whether it does not come from the desk's beginning; only known once it is
    /// asked for.
    beside: OnceLock<HashMap<CommitId, bool>>,
}

/// So many commits back rules are looked for that can be read.
const RULES_BACK: usize = 200;

impl AuditContext<'_> {
    /// Judges one commit.
    fn one(&self, store: &Store, commit: CommitId) -> Result<Vec<Finding>> {
        let mut info = store.git().commit_info(commit)?;
        let held = info.parents.iter().map(|parent| store.holds_desk(*parent));
        let held: Vec<bool> = held.collect();
        let holds = store.holds_desk(commit);
        if !holds && !held.contains(&true) && self.is_beside(store, commit) {
            return Ok(Vec::new());
        }
        let parent = match info.parents.as_slice() {
            [] => None,
            [parent] => Some(*parent),
            [first, ..] => {
                let desk = held.iter().position(|held| *held).unwrap_or_default();
                let parent = info.parents.get(desk).copied().unwrap_or(*first);
                let zone = self.zone(store, parent, info.authored_at)?;
                let as_written = [info.authored_at, info.time];
                in_zone(&mut info, zone);
                return self.merge(store, &info, (as_written, zone), &held);
            }
        };
        let as_written = [info.authored_at, info.time];
        // the first commit of a desk tells its times by its own zone
        let ruled = parent.filter(|_| held.contains(&true) || !holds).unwrap_or(commit);
        // by the rules of the instant at which a command decided
        let at = judge::decided_at(&info);
        in_zone(&mut info, self.zone(store, ruled, at)?);
        let changed = store.changes(parent, commit)?;
        let after = store.view_of(commit)?.at(at);
        let before = match parent {
            Some(parent) => store.view_of(parent)?,
            None => store.view_of_nothing(),
        };
        let before = before.at(at);
        let policy = match parent {
            Some(parent) => self.rules(store, parent, at)?,
            None => None,
        };
        let since = parent.map(|parent| store.git().commit_info(parent)).transpose()?;
        let begins = holds && !held.contains(&true) && policy.is_none();
        let case = CommitCase {
            store,
            commit: &info,
            as_written,
            before: &before,
            after: &after,
            changed: &changed,
            policy: policy.as_deref(),
            beginning: match self.genesis {
                _ if !begins => Beginning::Earlier,
                Some(genesis) if genesis != commit => Beginning::Second,
                Some(_) | None => Beginning::Here,
            },
            fixed_clock: self.fixed_clock(store),
            cut_at: self.cut_at,
            now: self.present.now,
            words: self.present.words,
            since: since.map(|parent| parent.time),
            samples: &self.samples,
        };
        let mut found = judge::judge(&case);
        let additions = Additions::by(&info.message, &after);
        self.additions.lock().unwrap_or_else(PoisonError::into_inner).insert(commit, additions);
        if let Some(policy) = policy.as_deref().filter(|_| case.watched().next().is_some()) {
            found.extend(unsigned(store, &info, policy, self.present.words)?);
        }
        Ok(found)
    }

    /// Judges a merge, of whose parents it is known which hold a desk.
    fn merge(
        &self,
        store: &Store,
        info: &CommitInfo,
        (as_written, zone): ([Timestamp; 2], Zone),
        held: &[bool],
    ) -> Result<Vec<Finding>> {
        let [ours, theirs] = info.parents.as_slice() else {
            let desk = held.iter().position(|held| *held).unwrap_or_default();
            let policy = self.rules(store, info.parents[desk], info.authored_at)?;
            return merge::judge_several(store, info, policy.as_deref(), self.present.words);
        };
        let desk = match held {
            [true, false] if self.is_beside(store, *theirs) => Some(*ours),
            [false, true] if self.is_beside(store, *ours) => Some(*theirs),
            _ => None,
        };
        let mut policies = Vec::new();
        for side in [*ours, *theirs] {
            if desk.is_none_or(|desk| desk == side) {
                policies.extend(self.rules(store, side, info.authored_at)?);
            }
        }
        let time = |side: CommitId| store.git().commit_info(side).map(|info| info.time);
        let parents = [time(*ours)?, time(*theirs)?];
        let setting = merge::MergeContext {
            desk,
            policies,
            as_written,
            now: self.present.now.max(self.present.wall),
            words: self.present.words,
            since: parents[0].max(parents[1]).in_zone(zone),
            on: merge::merged_on(info.authored_at, parents, zone),
            fixed_clock: self.fixed_clock(store),
            is_cut: !self.cut_at.is_empty(),
        };
        merge::judge(store, info, [*ours, *theirs], &setting)
    }

    /// Whether a commit is another project's: it does not come from the desk's beginning.
    fn is_beside(&self, store: &Store, commit: CommitId) -> bool {
        let beside = self.beside.get_or_init(|| {
            let mut known: HashMap<CommitId, bool> = HashMap::new();
            for commit in self.commits {
                let parents = store.git().commit_info(*commit).map(|info| info.parents);
                let is_beside = match parents {
                    _ if self.genesis == Some(*commit) => false,
                    Err(_) => false,
                    Ok(_) if self.cut_at.contains(commit) => !store.holds_desk(*commit),
                    Ok(parents) if parents.is_empty() => !store.holds_desk(*commit),
                    Ok(parents) => parents.iter().all(|parent| {
                        let known = known.get(parent).copied();
                        known.unwrap_or_else(|| self.was_beside(store, *parent))
                    }),
                };
                known.insert(*commit, is_beside);
            }
            known
        });
        let known = beside.get(&commit).copied();
        known.unwrap_or_else(|| self.was_beside(store, commit))
    }

    /// As [`Self::is_beside`], of a commit before those that are looked at.
    fn was_beside(&self, store: &Store, commit: CommitId) -> bool {
        match self.genesis {
            Some(genesis) => store.git().descends(commit, genesis).is_ok_and(|descends| !descends),
            None => !store.holds_desk(commit),
        }
    }

    /// The rules of an instant as a commit has them, or the nearest one before it whose rules can be read.
    fn rules(&self, store: &Store, commit: CommitId, at: Timestamp) -> Result<Option<Arc<Policy>>> {
        let mut here = Some(commit);
        for _ in 0..RULES_BACK {
            let Some(commit) = here else { break };
            let view = store.view_of(commit)?.at(at);
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
            here = store.git().commit_info(commit)?.parents.first().copied();
        }
        Ok(None)
    }

    /// The zone in which a commit on top of this one tells its times; the first one by its own.
    fn zone(&self, store: &Store, parent: CommitId, at: Timestamp) -> Result<Zone> {
        let zone =
            self.rules(store, parent, at)?.and_then(|rules| Zone::named(&rules.desk.timezone));
        Ok(zone.unwrap_or(Zone::UTC))
    }

    fn fixed_clock(&self, store: &Store) -> FixedClock {
        *self.fixed_clock.get_or_init(|| store.clock_of(self.genesis))
    }
}

fn in_zone(info: &mut CommitInfo, zone: Zone) {
    info.time = info.time.in_zone(zone);
    info.authored_at = info.authored_at.in_zone(zone);
}

/// A commit that its author did not sign with a key of the roster, where the desk requires that, or
/// one that bears another signature than those that the roster knows.
pub(in crate::audit) fn unsigned(
    store: &Store,
    info: &CommitInfo,
    policy: &Policy,
    words: Words,
) -> Result<Option<Finding>> {
    let Some(author) = policy.people.by_email(&info.author_email) else {
        return Ok(None);
    };
    let required = policy.desk.signatures == Signatures::Required;
    // the page of a host commits for who merges there, and signs with its own key
    let by_another =
        !author.emails.iter().any(|own| own.eq_ignore_ascii_case(&info.committer_email));
    let is_hosted = info.parents.len() > 1 && by_another;
    if !required && (author.keys.is_empty() || is_hosted) {
        return Ok(None);
    }
    let finding =
        Finding::of(FindingCode::Unsigned).expected(Phrase::SignatureOf(author.id.clone()));
    Ok(match store.git().signed(info.id)? {
        None => required.then(|| finding.found(Phrase::None)),
        Some(signed) => {
            let why = signature::verify(&signed, &author.keys).err();
            why.map(|why| finding.found(&words.signature_fault(&why)))
        }
    })
}
