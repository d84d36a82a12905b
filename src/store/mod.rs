//! Git, YAML and paths: the only layer that knows where and how a desk is kept.

pub mod attachments;
pub mod cache;
mod commits;
mod containing;
pub mod defaults;
mod entry_edit;
mod erasures;
pub mod error;
pub mod files;
pub mod find;
mod flow_edit;
pub mod git;
mod holders;
pub mod holidays;
mod last;
pub mod layout;
pub mod maps;
pub mod merge;
mod occupied;
mod parallel;
mod parse;
mod parts;
pub mod persons;
mod policy;
mod policy_cache;
pub mod policy_edit;
pub mod pushed_persons;
mod read_cache;
mod recent;
pub mod restore;
pub mod rule_edit;
pub mod rule_merge;
pub mod selection;
mod sendings;
pub mod signature;
pub mod summary;
pub mod view;
pub mod way_back;
mod worktree;
pub mod yaml;
pub mod zone;

use std::{
    cell::{Cell, RefCell},
    path::{Path, PathBuf},
};

use serde::Serialize;
use sha1::{Digest, Sha1};

use crate::{
    domain::{
        base::{
            terms::{FixedClock, Role, Signatures},
            time::Timestamp,
        },
        deciding::policy::{desk::DeskSettings, people::Person},
        history::{event::FORMAT, record::Record},
    },
    store::{
        error::{Error, Result},
        git::{
            Change, FileChange, Head, Notice, Repository,
            apart::ApartAuthor,
            ids::{BlobId, CommitId},
            variables::GitVariables,
        },
        read_cache::ReadCache,
        view::View,
    },
};

/// A git repository with, perhaps, a desk in it.
#[derive(Debug)]
pub struct Store {
    repository: Repository,
    /// The folders of records and contacts with the cache of them that this run has open.
    cache: RefCell<Option<cache::OpenCache>>,
    memory: ReadCache,
}

/// Which commit is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Revision {
    /// The newest one of the desk's branch, or HEAD's where there is no such branch.
    Tip,
    /// A revision as git names it.
    Revision(String),
    /// The newest one of the desk's branch that was there at this time.
    Known(Timestamp),
}

impl Store {
    fn of(repository: Repository) -> Self {
        Self { repository, cache: RefCell::new(None), memory: ReadCache::default() }
    }

    /// The repository itself, for what asks nothing of a desk.
    pub fn git(&self) -> &Repository {
        &self.repository
    }

    /// Lets every object that is read be held against its name, as an auditor must.
    pub fn verify_objects(&self) {
        self.repository.verify_objects();
        self.memory.clear();
    }

    /// The repository that `dir` lies in.
    pub fn discover(dir: &Path, variables: &GitVariables) -> Result<Self> {
        Ok(Self::of(Repository::discover(dir, variables)?))
    }

    /// Lets the rules be those of this instant wherever no other one is asked for.
    pub fn tell_time(&self, now: Timestamp) {
        self.memory.now.set(Some(now));
    }

    /// The store with the objects of another folder beside its own.
    pub fn with_objects(self, folder: Option<PathBuf>) -> Result<Self> {
        let store = Self::of(self.repository.with_objects(folder)?);
        store.memory.now.set(self.memory.now.get());
        Ok(store)
    }

    /// True where no working tree belongs to it.
    pub fn is_bare(&self) -> bool {
        self.repository.workdir().is_none()
    }

    /// A new repository in `dir` whose first commit goes to `branch`, and in which git merges by
    /// `program`.
    pub fn create(
        dir: &Path,
        branch: &str,
        variables: &GitVariables,
        program: Option<&Path>,
    ) -> Result<Self> {
        let prepare = |repository: &Repository| match program {
            Some(program) => repository.install_merge_driver(program, &layout::RULES).map(drop),
            None => Ok(()),
        };
        Ok(Self::of(Repository::create(dir, branch, variables, prepare)?))
    }

    /// Top of the working tree, or of the bare repository.
    pub fn root(&self) -> PathBuf {
        self.repository.workdir().unwrap_or(self.repository.common_dir()).to_path_buf()
    }

    /// Takes back [`Self::create`].
    pub fn discard(self) -> Result<()> {
        Ok(self.repository.discard()?)
    }

    /// A setting of git that is on or off; off where it is not set.
    pub fn switch(&self, key: &str) -> Result<bool> {
        Ok(self.repository.config_switch(key)?.unwrap_or(false))
    }

    /// The desk that HEAD's commit holds.
    ///
    /// # Errors
    /// [`Error::NotADesk`] without `docket.yaml`, or [`Error::NoPolicy`] where everything else of a desk is
    /// there; an unreadable one.
    pub fn desk(&self) -> Result<DeskSettings> {
        let (branch, tip) = match self.repository.head_branch()? {
            Head::Branch { name, tip } => (name, tip),
            Head::Detached { commit } => ("HEAD".to_owned(), Some(commit)),
        };
        let desk = match tip {
            Some(commit) => View::of(self.repository.snapshot(commit)?, &self.memory).desk()?,
            None => None,
        };
        match desk {
            Some(desk) => Ok(desk),
            None if self.has_lost_desk(tip)? => {
                Err(Error::NoPolicy { path: layout::DESK.to_owned() })
            }
            None => Err(Error::NotADesk {
                dir: self.root().display().to_string(),
                branch,
                others: self.repository.branches_with(layout::DESK)?,
                is_bare: self.is_bare(),
            }),
        }
    }

    /// Whether a desk lies in a commit whose own file was there once and is gone.
    fn has_lost_desk(&self, commit: Option<CommitId>) -> Result<bool> {
        let Some(commit) = commit else { return Ok(false) };
        let files = self.repository.snapshot(commit)?;
        let folders = [layout::POLICY, layout::RECORDS].map(|folder| files.folder(folder));
        let is_there = folders.into_iter().any(|folder| folder.is_ok_and(|it| it.is_some()));
        Ok(is_there && self.last_desk(commit).is_some())
    }

    /// The desk as it stands in a commit.
    pub fn view(&self, at: &Revision, branch: &str) -> Result<View<'_>> {
        let commit = match at {
            Revision::Tip => self.newest(branch)?,
            Revision::Revision(given) => {
                let found = self.repository.resolve(given)?;
                Some(found.ok_or_else(|| Error::NoRevision { given: given.clone() })?)
            }
            Revision::Known(at) => {
                let tip = self.newest(branch)?;
                let known = tip.map(|tip| self.repository.known_at(tip, *at)).transpose()?;
                let unknown = if self.repository.is_shallow() {
                    Error::CutOff { at: *at }
                } else {
                    Error::NotYet { at: *at }
                };
                Some(known.flatten().ok_or(unknown)?)
            }
        };
        let snapshot = match commit {
            Some(commit) => self.repository.snapshot(commit)?,
            None => self.repository.empty_snapshot(),
        };
        Ok(View::of(snapshot, &self.memory))
    }

    /// The newest commit of the desk's branch as far as this clone knows it: its own, what was fetched
    /// of it where HEAD is on another branch, or HEAD's, as pipelines check it out.
    fn newest(&self, branch: &str) -> Result<Option<CommitId>> {
        if let Some(tip) = self.repository.tip(branch)? {
            return Ok(Some(tip));
        }
        let fetched = match self.repository.head_branch()? {
            Head::Branch { .. } => self.repository.fetched(branch)?,
            Head::Detached { .. } => None,
        };
        fetched.map_or_else(|| self.head_commit(), |tip| Ok(Some(tip)))
    }

    /// The desk as it stands in this commit.
    pub fn view_of(&self, commit: CommitId) -> Result<View<'_>> {
        Ok(View::one_of_many(self.repository.snapshot(commit)?, &self.memory))
    }

    /// The desk before there is any commit.
    pub fn view_of_nothing(&self) -> View<'_> {
        View::of(self.repository.empty_snapshot(), &self.memory)
    }

    /// The desk as HEAD's commit holds it.
    pub fn view_of_head(&self) -> Result<View<'_>> {
        self.head_commit()?.map_or_else(|| Ok(self.view_of_nothing()), |tip| self.view_of(tip))
    }

    /// Does the same with each of `items`, on all cores; what comes of it is in their order.
    pub fn in_parallel<T: Sync, R: Send>(
        &self,
        items: &[T],
        work: impl Fn(&Self, &T) -> Result<R> + Sync,
    ) -> Result<Vec<R>> {
        let gitdir = self.repository.gitdir().to_owned();
        let also = self.repository.also();
        let each = |store: &Self, items: &[T]| {
            items.iter().map(|item| work(store, item)).collect::<Result<Vec<R>>>()
        };
        let (persons, now) = (self.memory.pushed_persons.get(), self.memory.now.get());
        let open = || {
            let store = Repository::at(&gitdir)?.with_objects(also.clone()).map(Self::of);
            store.inspect(|store| {
                store.memory.pushed_persons.set(persons);
                store.memory.now.set(now);
            })
        };
        let done = parallel::chunks_with(
            items,
            |items| each(self, items),
            || open().ok(),
            |own, items| match own {
                Some(own) => each(own, items),
                // says why it cannot be opened
                None => each(&open()?, items),
            },
        );
        done.into_iter().try_fold(Vec::with_capacity(items.len()), |mut all, chunk| {
            all.extend(chunk?);
            Ok(all)
        })
    }

    /// Refuses to write where HEAD is on another branch than the desk's, unless `given` names it.
    ///
    /// # Errors
    /// [`Error::OtherBranch`] or [`Error::Detached`].
    pub fn writing_branch(&self, desk: &DeskSettings, given: Option<&str>) -> Result<String> {
        known_format(desk)?;
        let wanted = given.unwrap_or(&desk.branch);
        match self.repository.head_branch()? {
            Head::Branch { name, .. } if name == wanted => Ok(name),
            Head::Branch { name, .. } => {
                Err(Error::OtherBranch { here: name, desk: wanted.to_owned() })
            }
            Head::Detached { commit } => {
                let desk = Some(wanted.to_owned());
                Err(Error::Detached { commit: commit.to_string(), desk })
            }
        }
    }

    /// The one road for writing: lock, decide on the tip, commit, move the branch, write the files.
    ///
    /// # Errors
    /// What `decide` says, and everything that git can refuse.
    pub fn write<T, D: Into<git::BranchUpdate>, E: From<Error>>(
        &self,
        branch: &str,
        on_notice: &dyn Fn(Notice),
        mut decide: impl FnMut(&View<'_>) -> std::result::Result<(Option<D>, T), E>,
    ) -> std::result::Result<(Option<CommitId>, T), E> {
        let unsettled = Cell::new(false);
        let written = self
            .repository
            .write(branch, on_notice, |snapshot| {
                let mut decide_on = |view: &View<'_>| {
                    let (update, decided) = decide(view).map_err(WriteError::Decided)?;
                    Ok::<_, WriteError<E>>((update.map(Into::<git::BranchUpdate>::into), decided))
                };
                let mut view = View::of(*snapshot, &self.memory);
                let (mut update, mut decided) = decide_on(&view)?;
                // what is dated after midnight is not decided by the rules of the day before
                let at = update.as_ref().and_then(|update| Some(update.changes().last()?.at));
                if let Some(at) = at
                    && !view.has_rules_of(at).map_err(|why| WriteError::Decided(E::from(why)))?
                {
                    view = View::of(*snapshot, &self.memory).at(at);
                    (update, decided) = decide_on(&view)?;
                }
                // a merge by plain git may have brought that somebody is erased
                if let Some(change) = update.as_mut().and_then(git::BranchUpdate::last_mut) {
                    let look = self.look_for_erased(&view);
                    let look = look.map_err(|why| WriteError::Decided(E::from(why)))?;
                    let by = ApartAuthor::of(change);
                    change.apart.extend(persons::without_persons(&look.erased, &by));
                    unsettled.set(!look.is_settled() || !change.apart.is_empty());
                }
                for change in update.iter().flat_map(git::BranchUpdate::changes) {
                    let fit = self.fit(&view, change);
                    fit.map_err(|why| WriteError::Decided(E::from(why)))?;
                }
                Ok((update, decided))
            })
            .map_err(|halted| match halted {
                WriteError::Decided(error) => error,
                WriteError::Git(error) => E::from(Error::Git(error)),
            })?;
        if let Some(commit) = written.0.filter(|_| unsettled.get()) {
            // what is done is done: where this cannot be, the next write does it
            let _ = self.view_of(commit).and_then(|view| self.settle_persons(&view));
        }
        Ok(written)
    }

    /// Refuses a commit that the audit would find, whatever it changes.
    fn fit(&self, view: &View<'_>, change: &Change) -> Result<()> {
        let is_fixed = change.message.lines().any(|line| line == "Docket-Clock: fixed");
        if is_fixed && self.clock_now(view)? == FixedClock::Forbidden {
            return Err(Error::FixedClock);
        }
        if change.sign
            && let Ok(policy) = view.policy()
            && policy.desk.signatures == Signatures::Required
            && let Some(author) = policy.people.by_email(&change.author.email)
            && author.keys.is_empty()
        {
            let may = |person: &&Person| {
                let is_lead = person.roles.contains(&Role::TeamLead);
                is_lead && person.active_to.is_none() && !person.keys.is_empty()
            };
            let lead = policy.people.people.iter().find(may).map(|lead| lead.id.clone());
            return Err(Error::Keyless { person: author.id.clone(), lead });
        }
        Ok(())
    }
}

/// Refuses a desk of a later format, which can be looked at and neither judged nor written.
///
/// # Errors
/// [`Error::Newer`].
pub fn known_format(desk: &DeskSettings) -> Result<()> {
    if desk.format > FORMAT {
        let path = layout::DESK.to_owned();
        return Err(Error::Newer { path, format: desk.format, ours: FORMAT });
    }
    Ok(())
}

/// How a write was halted: by who decides, or by git.
enum WriteError<E> {
    Decided(E),
    Git(git::error::Error),
}

impl<E> From<git::error::Error> for WriteError<E> {
    fn from(error: git::error::Error) -> Self {
        Self::Git(error)
    }
}

/// The file of a record in its one spelling.
pub fn record_file(record: &Record) -> Result<FileChange> {
    file(layout::record(&record.id), record)
}

/// A file with `value` in its one spelling.
pub fn file<T: Serialize>(path: String, value: &T) -> Result<FileChange> {
    let text = yaml::to_text(value).map_err(|source| Error::broken(&path, source))?;
    if text.len() > yaml::MAX_BYTES {
        return Err(Error::Grown { path, size: text.len() });
    }
    Ok(FileChange { path, content: Some(text.into_bytes()) })
}

/// Twenty bytes that hang on every bit of `bytes`: git's name for them.
pub fn hash(bytes: &[u8]) -> [u8; 20] {
    BlobId::of(bytes).map(BlobId::bytes).unwrap_or_default()
}

/// The SHA-1 of a text, as `sha1sum` prints it.
pub fn sha1(text: &str) -> [u8; 20] {
    Sha1::digest(text.as_bytes()).into()
}

/// The name that git gives to a file's content, as `git hash-object` prints it.
pub fn blob_name(bytes: &[u8]) -> String {
    BlobId::of(bytes).map(|id| id.to_string()).unwrap_or_default()
}
