//! Clones that meet: what came, what went, and what both had done.

use std::{thread, time::Duration};

use serde::Serialize;

use crate::{
    app::{
        Actor,
        clock::Ids,
        desk::OpenDesk,
        sync_files::{FileSteps, FileTraffic, RemoteSteps},
        sync_persons::SyncedPersons,
    },
    audit::{class::Area, message},
    domain::{
        analysis::finding::phrase::Phrase,
        base::{ids::CustomerId, time::Timestamp},
        deciding::policy::Policy,
    },
    error::{Error, Result},
    store::{
        error::Error as StoreError,
        git::{
            BranchUpdate, apart_remote::ApartPush, error::Error as GitError, ids::CommitId,
            remote::PushResult,
        },
        layout,
        merge::DeskMerge,
        rule_merge::{RulesClash, rules_apart},
        view::{View, rules::WaitingRules},
    },
};

/// So often a push may come too late.
pub(super) const TRIES: u32 = 12;
/// The longest pause between two tries, in milliseconds.
const LONGEST: u64 = 2_000;

/// What came of meeting another clone.
#[derive(Clone, Debug, Default)]
pub struct Synced {
    pub remote: String,
    pub branch: String,
    /// Commits that came, and the records that they changed.
    pub came: Traffic,
    /// Commits that went, and the records that they changed.
    pub went: Traffic,
    /// What both sides had done, if they had.
    pub merge: DeskMerge,
    /// The customers of whom clones said what does not go together, until somebody settles it.
    pub customers: Vec<(CustomerId, Phrase)>,
    pub files: FileTraffic,
    pub persons: SyncedPersons,
    /// Rules that others adopted for a day to come.
    pub adopted: Vec<WaitingRules>,
    /// The files whose drafts one clone dropped and another one wrote on, so that they are there still, with
    /// where those lie.
    pub kept_drafts: Vec<(&'static str, String)>,
    /// Adopted rules that take back what was changed since they were drafted, and did not do so before.
    pub overtaken: Vec<WaitingRules>,
}

/// How the branch moves on, with where it stood and what both sides had done.
type SyncPlan = (Option<BranchUpdate>, (Option<CommitId>, DeskMerge));

/// Commits in one direction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Traffic {
    pub commits: usize,
    pub records: usize,
}

impl OpenDesk<'_> {
    /// The remote that this desk is exchanged with.
    ///
    /// # Errors
    /// [`StoreError::NoRemote`].
    pub fn remote(&self, given: Option<&str>) -> Result<String> {
        let remote = self.store.git().remote_of(&self.desk.branch, given)?;
        Ok(remote.ok_or(StoreError::NoRemote)?)
    }

    /// Fetches, merges and pushes until both sides hold the same. The network is never waited for
    /// under the writer lock.
    ///
    /// # Errors
    /// Git's or the remote's refusal; files that both sides changed in the same lines.
    pub fn sync(&self, remote: &str, synced: &mut Synced) -> Result<()> {
        let outcome = self.sync_all(remote, synced);
        if outcome.is_err() {
            // of such a reference git says only that the remote failed
            self.refuse_unsound_references()?;
        }
        outcome
    }

    fn sync_all(&self, remote: &str, synced: &mut Synced) -> Result<()> {
        let mut before = None;
        for _ in 0..TRIES {
            self.sync_branch(remote, synced)?;
            // files go with the desk's branch, as people do: it says which a record has
            let is_desks = synced.branch == self.desk.branch;
            let Some(tip) = self.store.git().tip(&synced.branch)?.filter(|_| is_desks) else {
                return Ok(());
            };
            // files of steps that came to the remote meanwhile are known once the branch is asked again
            let is_level = before.replace(tip) == Some(tip);
            let steps = if is_level { RemoteSteps::AllHere } else { RemoteSteps::MaybeMore };
            match self.sync_files(remote, (tip, steps), &mut synced.files)? {
                FileSteps::Here => return Ok(()),
                FileSteps::Missing => {}
            }
        }
        Err(StoreError::outrun(remote, String::new()).into())
    }

    fn sync_branch(&self, remote: &str, synced: &mut Synced) -> Result<()> {
        let branch = self.store.writing_branch(&self.desk, self.app.options.branch.as_deref())?;
        remote.clone_into(&mut synced.remote);
        synced.branch.clone_from(&branch);
        let progress = self.app.ui.progress(remote);
        let on_progress = |line: &str| progress.message(line);
        let mut refusal = String::new();
        // people go with the desk's branch, which says who is known and who is erased
        let is_desks = branch == self.desk.branch;
        let people = if is_desks { self.persons_remote(remote)? } else { None };
        let together = people.as_deref() == Some(remote);
        let named = self.desk.people.remote.clone();
        synced.persons.unreachable = named.filter(|_| is_desks && people.is_none());
        synced.persons.remote.clone_from(&people);
        if people.is_some() && !together {
            // only asked for: what is there must not come here
            let there = self.store.git().list_apart(remote, layout::PERSONS, &on_progress)?;
            synced.persons.is_left_on_records_remote =
                there.iter().any(|(name, _)| name == layout::PERSONS);
        }
        for turn in 0..TRIES {
            let apart: &[&str] = if together { &[layout::PERSONS] } else { &[] };
            let theirs = self.store.git().fetch(remote, &branch, apart, &on_progress)?;
            let known = match &people {
                Some(_) if together => self.store.git().take_fetched(layout::PERSONS)?,
                Some(people) => {
                    self.store.git().fetch_apart(people, layout::PERSONS, &on_progress)?
                }
                None => None,
            };
            if let Some(theirs) = theirs {
                self.take_in(&branch, theirs, remote, synced)?;
            }
            let Some(tip) = self.store.git().tip(&branch)? else {
                return Ok(());
            };
            let tip = self.mend_erasures(tip)?;
            let tip = if theirs == Some(tip) {
                tip
            } else {
                self.may_be_sent(tip)?;
                self.mend_merges(theirs, tip, synced)?
            };
            let persons = match &people {
                Some(people) => self.take_in_persons(people, known, synced)?,
                None => None,
            };
            match self.send(remote, people.as_deref(), (theirs, tip), persons, synced)? {
                PushResult::Done => {
                    if theirs != Some(tip) {
                        let went = self.traffic(theirs, tip)?;
                        synced.went.commits += went.commits;
                        synced.went.records += went.records;
                    }
                    return Ok(());
                }
                PushResult::TooLate(why) => refusal = why,
            }
            thread::sleep(Self::pause(turn)?);
        }
        Err(StoreError::outrun(remote, refusal).into())
    }

    /// Sends what the remotes have not got: the branch, and who the people are.
    fn send(
        &self,
        remote: &str,
        people: Option<&str>,
        (theirs, tip): (Option<CommitId>, CommitId),
        persons: Option<ApartPush>,
        synced: &mut Synced,
    ) -> Result<PushResult> {
        let progress = self.app.ui.progress(remote);
        let on_progress = |line: &str| progress.message(line);
        let git = self.store.git();
        let mut done = PushResult::Done;
        let mut beside = persons;
        // a remote of their own gets them first: who a record names is to be found
        if let Some(people) = people.filter(|people| *people != remote || theirs == Some(tip))
            && let Some(push) = beside.take()
        {
            for sent in git.push_apart(people, std::slice::from_ref(&push), &on_progress)? {
                done = self.sent_persons(people, (&push, sent), synced)?;
            }
        }
        if theirs != Some(tip) {
            let apart: Vec<ApartPush> = beside.into_iter().collect();
            let (pushed, sent) = match git.push(remote, &synced.branch, &apart, &on_progress) {
                // a hook that refuses one refuses all that came with it
                Err(GitError::Remote { .. }) if !apart.is_empty() => {
                    let (pushed, _) = git.push(remote, &synced.branch, &[], &on_progress)?;
                    (pushed, git.push_apart(remote, &apart, &on_progress)?)
                }
                pushed => pushed?,
            };
            if let PushResult::TooLate(why) = pushed {
                return Ok(PushResult::TooLate(why));
            }
            for (push, sent) in apart.iter().zip(sent) {
                if let PushResult::TooLate(why) = self.sent_persons(remote, (push, sent), synced)? {
                    done = PushResult::TooLate(why);
                }
            }
        }
        Ok(done)
    }

    /// Takes what another clone did into this one's branch.
    fn take_in(
        &self,
        branch: &str,
        theirs: CommitId,
        remote: &str,
        synced: &mut Synced,
    ) -> Result<()> {
        let taken =
            self.store.write(branch, &|notice| self.notice(&notice), |view| -> Result<SyncPlan> {
                let Some(ours) = view.commit() else {
                    return Ok((Some(BranchUpdate::Forward(theirs)), (None, DeskMerge::default())));
                };
                let before = Some(ours);
                if self.store.git().descends(ours, theirs)? {
                    return Ok((None, (before, DeskMerge::default())));
                }
                if self.store.git().descends(theirs, ours)? {
                    return Ok((
                        Some(BranchUpdate::Forward(theirs)),
                        (before, DeskMerge::default()),
                    ));
                }
                let merge = self.store.merge(ours, theirs)?;
                if !merge.conflicts.is_empty() {
                    let (paths, with) = (merge.conflicts, format!("{remote}/{branch}"));
                    let why = merge.clashes.into_iter().next().filter(|_| paths.len() == 1);
                    let why = why.unwrap_or(RulesClash::Values);
                    return Err(StoreError::Conflict { paths, with, why }.into());
                }
                let there = self.store.view_of(theirs)?.at(self.now());
                let paths = rules_apart([view, &there], &merge)?;
                if !paths.is_empty() {
                    let with = format!("{remote}/{branch}");
                    return Err(StoreError::RulesApart { paths, with }.into());
                }
                let update = self.merged(view, theirs, &format!("{remote}/{branch}"), &merge)?;
                Ok((Some(update), (before, merge)))
            });
        let (landed, (before, merge)) = match taken {
            Err(Error::Store(StoreError::Git(why))) if is_beyond_us(&why) => {
                let before = self.store.git().tip(branch)?;
                let subject = format!("{}{remote}/{branch}", message::SYNC);
                self.take_by_git(theirs, &subject)?;
                (Some(theirs), (before, DeskMerge::default()))
            }
            taken => taken?,
        };
        if landed.is_some() {
            let came = self.traffic(before, theirs)?;
            synced.came.commits += came.commits;
            synced.came.records += came.records;
            synced.merge.absorb(merge);
            if let (Some(before), Some(tip)) = (before, self.store.git().tip(branch)?) {
                self.tell_arrivals((before, theirs, tip), synced)?;
            }
        }
        Ok(())
    }

    /// Variables by which git names who acts, and when where the clock is fixed.
    pub fn identity(&self) -> Result<Vec<(&'static str, String)>> {
        let policy = self.view()?.policy()?;
        let Actor { person, email } = self.actor(&policy)?;
        let mut identity = vec![("GIT_AUTHOR_NAME", person.name), ("GIT_AUTHOR_EMAIL", email)];
        if self.app.clock.is_fixed() {
            let now = self.now().to_string();
            identity.extend([("GIT_AUTHOR_DATE", now.clone()), ("GIT_COMMITTER_DATE", now)]);
        }
        Ok(identity)
    }

    /// Rules that cannot be read would stop every clone, so they stay here.
    fn may_be_sent(&self, tip: CommitId) -> Result<()> {
        self.store.view_of(tip)?.policy_afresh()?;
        Ok(())
    }

    /// The commit that makes two histories one.
    fn merged(
        &self,
        view: &View<'_>,
        other: CommitId,
        called: &str,
        merge: &DeskMerge,
    ) -> Result<BranchUpdate> {
        let policy: Policy = view.policy()?;
        let actor = self.actor(&policy)?;
        let subject = format!("{}{called}", message::SYNC);
        let change = self.plain_change(&actor, "sync", &subject, merge.files.clone())?;
        Ok(BranchUpdate::Merge { other, taken: merge.taken.clone(), change })
    }

    fn traffic(&self, from: Option<CommitId>, to: CommitId) -> Result<Traffic> {
        let commits = self.store.git().history(to, from)?.commits.len();
        let base = match from {
            Some(from) => self.store.git().merge_base(from, to)?,
            None => None,
        };
        let changes = self.store.changes(base, to)?;
        let records = changes.iter().filter(|change| Area::of(&change.path) == Some(Area::Records));
        Ok(Traffic { commits, records: records.count() })
    }

    /// Longer each time, and never as long as the others'.
    pub(super) fn pause(turn: u32) -> Result<Duration> {
        let longest = (100_u64 << turn.min(6)).min(LONGEST);
        let chance = u64::from(Ids::chance()?);
        Ok(Duration::from_millis(longest / 2 + longest * chance / 512))
    }

    /// Steps that the remote has not got: how many, and the oldest; `None` without a remote.
    pub fn unsynced(&self) -> Result<Option<Unsynced>> {
        let branch = &self.desk.branch;
        // nobody works in a bare repository, and what was fetched is its own branches
        if self.store.is_bare() {
            return Ok(None);
        }
        let Some(remote) = self.store.git().remote_of(branch, None)? else {
            return Ok(None);
        };
        let Some(tip) = self.store.git().tip(branch)? else {
            return Ok(None);
        };
        let theirs = self.store.git().tracked(&remote, branch)?;
        if theirs == Some(tip) {
            return Ok(Some(Unsynced { remote, commits: 0, since: None }));
        }
        let (commits, oldest) = self.store.git().ahead(tip, theirs)?;
        let since = oldest.map(|commit| self.store.git().commit_info(commit)).transpose()?;
        let since = since.map(|commit| commit.time.in_zone(self.zone));
        Ok(Some(Unsynced { remote, commits, since }))
    }
}

/// Whether the repository holds what only git itself can put into a working tree.
fn is_beyond_us(why: &GitError) -> bool {
    let of_desk = |path: &str| Area::of(path).is_some();
    match why {
        GitError::NotAFile { path } | GitError::HandEdited { path, .. } => !of_desk(path),
        _ => false,
    }
}

/// Work that no other clone can have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unsynced {
    pub remote: String,
    pub commits: usize,
    pub since: Option<Timestamp>,
}

impl DeskMerge {
    /// Adds what a later merge of the same sync held.
    fn absorb(&mut self, later: Self) {
        self.joined.extend(later.joined);
        self.clashing.extend(later.clashing);
        self.renamed.extend(later.renamed);
        self.disputed.extend(later.disputed);
        self.mutual.extend(later.mutual);
        for ids in [&mut self.joined, &mut self.clashing] {
            ids.sort();
            ids.dedup();
        }
    }
}
