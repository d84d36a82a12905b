//! Git, YAML and paths: the only layer that knows where and how a desk is kept.

pub mod cache;
pub mod defaults;
pub mod error;
pub mod find;
pub mod git;
pub mod glance;
pub mod holidays;
pub mod layout;
pub mod mend;
pub mod merge;
pub mod outside;
mod parallel;
mod policy_cache;
pub mod signature;
pub mod view;
pub mod yaml;

use std::{
    cell::RefCell,
    fs,
    path::{Path, PathBuf},
};

use serde::Serialize;
use sha1::{Digest, Sha1};

use crate::{
    domain::{event::FORMAT, ids::RecordId, policy::desk::Desk, record::Record, time::Timestamp},
    store::{
        error::{Error, Result},
        git::{
            FileChange, Head, Notice, Repository,
            diff::{Changed, History},
            ids::{BlobId, CommitId},
            log::CommitInfo,
            recover::Recovered,
            remote::Pushed,
            signed::Signed,
        },
        view::View,
    },
};

/// A git repository with, perhaps, a desk in it.
#[derive(Debug)]
pub struct Store {
    repository: Repository,
    /// The folders of records and contacts with the cache of them that this run has open.
    cache: RefCell<Option<cache::Open>>,
}

/// Which commit is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum At {
    /// The newest one of the desk's branch.
    Tip,
    /// A revision as git names it.
    Revision(String),
    /// The newest one of the desk's branch that was there at this time.
    Known(Timestamp),
}

impl Store {
    fn of(repository: Repository) -> Self {
        Self { repository, cache: RefCell::new(None) }
    }

    /// Lets every object that is read be held against its name, as an auditor must.
    pub fn distrust(&self) {
        git::verify_objects(true);
    }

    /// The repository that `dir` lies in.
    ///
    /// # Errors
    /// No repository, or one that libgit2 cannot read.
    pub fn discover(dir: &Path) -> Result<Self> {
        Ok(Self::of(Repository::discover(dir)?))
    }

    /// The store with the objects of another folder beside its own.
    ///
    /// # Errors
    /// A folder that cannot be read.
    pub fn with_objects(self, folder: Option<PathBuf>) -> Result<Self> {
        Ok(Self::of(self.repository.with_objects(folder)?))
    }

    /// True where no working tree belongs to it.
    #[must_use]
    pub fn is_bare(&self) -> bool {
        self.repository.workdir().is_none()
    }

    /// The folder where git looks for hooks.
    #[must_use]
    pub fn hooks(&self) -> PathBuf {
        self.repository.hooks()
    }

    /// Files of the desk that the next commit would change; empty while git finishes a merge, whose
    /// changes are those of its parents.
    ///
    /// # Errors
    /// An index that cannot be read.
    pub fn staged(&self) -> Result<Vec<String>> {
        if self.repository.operation_in_progress().is_some() {
            return Ok(Vec::new());
        }
        self.staged_anyway()
    }

    /// As [`Self::staged`], also in the midst of a merge.
    ///
    /// # Errors
    /// An index that cannot be read.
    pub fn staged_anyway(&self) -> Result<Vec<String>> {
        Ok(self.repository.staged(&[layout::RECORDS, layout::CONTACTS, layout::ARCHIVE])?)
    }

    /// A new repository in `dir` whose first commit goes to `branch`.
    ///
    /// # Errors
    /// A directory that cannot be made or written.
    pub fn create(dir: &Path, branch: &str) -> Result<Self> {
        Ok(Self::of(Repository::init(dir, branch)?))
    }

    /// Top of the working tree, or of the bare repository.
    #[must_use]
    pub fn root(&self) -> PathBuf {
        self.repository.workdir().unwrap_or(self.repository.common_dir()).to_path_buf()
    }

    /// A setting of git.
    #[must_use]
    pub fn setting(&self, key: &str) -> Option<String> {
        self.repository.config(key)
    }

    /// A setting of git that is on or off; off where it is not set.
    #[must_use]
    pub fn switch(&self, key: &str) -> bool {
        self.repository.config_switch(key).unwrap_or(false)
    }

    /// Sets a setting of this repository.
    ///
    /// # Errors
    /// A configuration that cannot be written.
    pub fn set(&self, key: &str, value: &str) -> Result<()> {
        Ok(self.repository.set_config(key, value)?)
    }

    /// Lets git merge this clone's records by `program`; false where it does so already.
    ///
    /// # Errors
    /// Settings that cannot be written.
    pub fn teach(&self, program: &Path) -> Result<bool> {
        Ok(self.repository.teach(program)?)
    }

    /// Finishes what an interrupted docket left behind.
    ///
    /// # Errors
    /// A repository that cannot be written.
    pub fn recover(&self) -> Result<Option<Recovered>> {
        Ok(self.repository.recover()?)
    }

    /// Where HEAD is.
    ///
    /// # Errors
    /// A damaged repository.
    pub fn head(&self) -> Result<Head> {
        Ok(self.repository.head_branch()?)
    }

    /// Files of the desk that were changed by hand and are not committed.
    ///
    /// # Errors
    /// A working tree that cannot be read.
    pub fn edits(&self) -> Result<Vec<String>> {
        let places =
            [layout::DESK, layout::POLICY, layout::RECORDS, layout::CONTACTS, layout::ARCHIVE];
        Ok(self.repository.edits(&places)?)
    }

    /// The desk that HEAD's commit holds.
    ///
    /// # Errors
    /// [`Error::NotADesk`] without `docket.yaml`; an unreadable one.
    pub fn desk(&self) -> Result<Desk> {
        let (branch, tip) = match self.head()? {
            Head::Branch { name, tip } => (name, tip),
            Head::Detached { commit } => ("HEAD".to_owned(), Some(commit)),
        };
        let desk = match tip {
            Some(commit) => View::of(self.repository.snapshot(commit)?).desk()?,
            None => None,
        };
        desk.ok_or_else(|| Error::NotADesk { dir: self.root().display().to_string(), branch })
    }

    /// The desk as it stands in a commit.
    ///
    /// # Errors
    /// An unknown revision.
    pub fn view(&self, at: &At, branch: &str) -> Result<View<'_>> {
        let commit = match at {
            At::Tip => self.repository.tip(branch)?,
            At::Revision(given) => {
                let found = self.repository.resolve(given)?;
                Some(found.ok_or_else(|| Error::NoRevision { given: given.clone() })?)
            }
            At::Known(at) => {
                let tip = self.repository.tip(branch)?;
                let known = tip.map(|tip| self.repository.known_at(tip, *at)).transpose()?;
                Some(known.flatten().ok_or_else(|| Error::NotYet { at: at.to_string() })?)
            }
        };
        let snapshot = match commit {
            Some(commit) => self.repository.snapshot(commit)?,
            None => self.repository.empty_snapshot(),
        };
        Ok(View::of(snapshot))
    }

    /// The desk as it stands in this commit.
    ///
    /// # Errors
    /// A damaged repository.
    pub fn view_of(&self, commit: CommitId) -> Result<View<'_>> {
        Ok(View::of(self.repository.snapshot(commit)?))
    }

    /// The desk before there is any commit.
    #[must_use]
    pub fn view_of_nothing(&self) -> View<'_> {
        View::of(self.repository.empty_snapshot())
    }

    /// The commits that lead to `tip`, without those that lead to `since`.
    ///
    /// # Errors
    /// A damaged repository.
    pub fn history(&self, tip: CommitId, since: Option<CommitId>) -> Result<History> {
        Ok(self.repository.history(tip, since)?)
    }

    /// The files that differ between two commits; `None` stands for no files.
    ///
    /// # Errors
    /// A damaged repository.
    pub fn changes(&self, old: Option<CommitId>, new: CommitId) -> Result<Vec<Changed>> {
        Ok(self.repository.changes(old, new)?)
    }

    /// The remote that the branch is exchanged with; `None` where there is none.
    ///
    /// # Errors
    /// A given one that is not there.
    pub fn remote_of(&self, branch: &str, given: Option<&str>) -> Result<Option<String>> {
        Ok(self.repository.remote_of(branch, given)?)
    }

    /// The branch as the remote had it when this clone last heard of it.
    ///
    /// # Errors
    /// A damaged repository.
    pub fn tracked(&self, remote: &str, branch: &str) -> Result<Option<CommitId>> {
        Ok(self.repository.tracked(remote, branch)?)
    }

    /// Gets what the remote's branch has; `None` where it has no such branch yet.
    ///
    /// # Errors
    /// What git said.
    pub fn fetch(
        &self,
        remote: &str,
        branch: &str,
        heard: &dyn Fn(&str),
    ) -> Result<Option<CommitId>> {
        Ok(self.repository.fetch(remote, branch, heard)?)
    }

    /// Sends the branch to the remote, never over what is there.
    ///
    /// # Errors
    /// What git or the remote's hooks said.
    pub fn push(&self, remote: &str, branch: &str, heard: &dyn Fn(&str)) -> Result<Pushed> {
        Ok(self.repository.push(remote, branch, heard)?)
    }

    /// The newest commit of a branch.
    ///
    /// # Errors
    /// A damaged repository.
    pub fn tip(&self, branch: &str) -> Result<Option<CommitId>> {
        Ok(self.repository.tip(branch)?)
    }

    /// How many commits lead to `tip` and not to `since`, and the oldest of them; they are counted
    /// up to a thousand.
    ///
    /// # Errors
    /// A damaged repository.
    pub fn ahead(
        &self,
        tip: CommitId,
        since: Option<CommitId>,
    ) -> Result<(usize, Option<CommitId>)> {
        Ok(self.repository.ahead(tip, since)?)
    }

    /// The newest commits that lead to `tip`, at most so many.
    ///
    /// # Errors
    /// A damaged repository.
    pub fn newest(&self, tip: CommitId, most: usize) -> Result<Vec<CommitId>> {
        Ok(self.repository.newest(tip, most)?)
    }

    /// The newest commit that leads to both.
    ///
    /// # Errors
    /// A damaged repository.
    pub fn merge_base(&self, one: CommitId, other: CommitId) -> Result<Option<CommitId>> {
        Ok(self.repository.merge_base(one, other)?)
    }

    /// Whether `old` leads to `new`.
    ///
    /// # Errors
    /// A damaged repository.
    pub fn descends(&self, new: CommitId, old: CommitId) -> Result<bool> {
        Ok(self.repository.descends(new, old)?)
    }

    /// The newest commit before `tip` that was there at this time.
    ///
    /// # Errors
    /// A damaged repository.
    pub fn known_at(&self, tip: CommitId, at: Timestamp) -> Result<Option<CommitId>> {
        Ok(self.repository.known_at(tip, at)?)
    }

    /// The newest commit that leads to `tip` and of which nothing before is dated `at` or later.
    ///
    /// # Errors
    /// A damaged repository.
    pub fn before(&self, tip: CommitId, at: Timestamp) -> Result<Option<CommitId>> {
        Ok(self.repository.before(tip, at)?)
    }

    /// The commit with which the branch of `tip` begins; `None` beyond the end of a shallow clone.
    ///
    /// # Errors
    /// A damaged repository.
    pub fn genesis(&self, tip: CommitId) -> Result<Option<CommitId>> {
        Ok(self.repository.genesis(tip)?)
    }

    /// Whether commits have other parents here than they say.
    #[must_use]
    pub fn is_grafted(&self) -> bool {
        let grafts = self.repository.common_dir().join("info/grafts");
        fs::metadata(grafts).is_ok_and(|file| file.len() > 0)
    }

    /// The desk as HEAD's commit holds it.
    ///
    /// # Errors
    /// A damaged repository.
    pub fn view_of_head(&self) -> Result<View<'_>> {
        let tip = match self.head()? {
            Head::Branch { tip, .. } => tip,
            Head::Detached { commit } => Some(commit),
        };
        tip.map_or_else(|| Ok(self.view_of_nothing()), |tip| self.view_of(tip))
    }

    /// The commit that a merge under way merges.
    ///
    /// # Errors
    /// A file of git's that cannot be read.
    pub fn merging(&self) -> Result<Option<CommitId>> {
        Ok(self.repository.merging()?)
    }

    /// Paths that a merge under way left in conflict.
    ///
    /// # Errors
    /// An index that cannot be read.
    pub fn unmerged(&self) -> Result<Vec<String>> {
        Ok(self.repository.unmerged()?)
    }

    /// What git is in the midst of.
    #[must_use]
    pub fn operation_in_progress(&self) -> Option<&'static str> {
        self.repository.operation_in_progress()
    }

    /// Stages these files, and commits the merge under way if nothing is in conflict any more.
    ///
    /// # Errors
    /// What git says.
    pub fn conclude(
        &self,
        paths: &[String],
        identity: &[(&str, String)],
        sign: bool,
    ) -> Result<bool> {
        Ok(self.repository.conclude(paths, identity, sign)?)
    }

    /// Lets git merge a commit into what is checked out, with docket as its driver.
    ///
    /// # Errors
    /// What git says.
    pub fn merge_by_git(
        &self,
        commit: CommitId,
        subject: &str,
        identity: &[(&str, String)],
        tell: &dyn Fn(Notice),
    ) -> Result<()> {
        Ok(self.repository.merge_by_git(commit, subject, identity, tell)?)
    }

    /// The lock that a git command holds, or left behind.
    #[must_use]
    pub fn foreign_lock(&self) -> Option<PathBuf> {
        self.repository.foreign_lock()
    }

    /// Files that an interrupted write left among the desk's own.
    #[must_use]
    pub fn temporaries(&self) -> Vec<PathBuf> {
        self.repository.temporaries(&[layout::RECORDS, layout::CONTACTS, layout::ARCHIVE])
    }

    /// The content of a blob, by its name; `None` where git has none.
    ///
    /// # Errors
    /// One that is too large.
    pub fn blob(&self, name: &str) -> Result<Option<Vec<u8>>> {
        Ok(self.repository.blob_named(name)?)
    }

    /// What lies in the working tree at a path; `None` where there is no plain file.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn edited(&self, path: &str) -> Result<Option<Vec<u8>>> {
        let Some(place) = self.repository.file_at(path) else { return Ok(None) };
        if !fs::symlink_metadata(&place).is_ok_and(|found| found.is_file()) {
            return Ok(None);
        }
        outside::read(&place).map(Some).map_err(|source| file_error(&place, source))
    }

    /// Puts a file into the working tree, whole or not at all.
    ///
    /// # Errors
    /// A folder that cannot be written.
    pub fn put_file(&self, path: &str, bytes: &[u8]) -> Result<()> {
        let Some(place) = self.repository.file_at(path) else { return Ok(()) };
        let folder = place.parent().unwrap_or(&place);
        fs::create_dir_all(folder)
            .and_then(|()| outside::put(&place, bytes))
            .map_err(|source| file_error(&place, source))
    }

    /// Gives files of the working tree and the index back as HEAD has them.
    ///
    /// # Errors
    /// What git says.
    pub fn restore(&self, paths: &[String]) -> Result<()> {
        Ok(self.repository.restore(paths)?)
    }

    /// Removes a file that HEAD does not have from the working tree and the index.
    ///
    /// # Errors
    /// What git says.
    pub fn forget(&self, path: &str) -> Result<()> {
        Ok(self.repository.forget(path)?)
    }

    /// Keeps a copy of what is about to be given up; gives where.
    ///
    /// # Errors
    /// A folder that cannot be written.
    pub fn put_by(&self, path: &str, bytes: &[u8]) -> Result<PathBuf> {
        Ok(self.repository.put_by(path, bytes)?)
    }

    /// The commit of a revision as git names it; `None` where there is none.
    ///
    /// # Errors
    /// A damaged repository.
    pub fn resolve(&self, revision: &str) -> Result<Option<CommitId>> {
        Ok(self.repository.resolve(revision)?)
    }

    /// Does the same with each of `items`, on all cores; what comes of it is in their order.
    ///
    /// # Errors
    /// The first thing that failed.
    pub fn in_parallel<T: Sync, R: Send>(
        &self,
        items: &[T],
        deed: impl Fn(&Self, &T) -> Result<R> + Sync,
    ) -> Result<Vec<R>> {
        let gitdir = self.repository.gitdir().to_owned();
        let also = self.repository.also();
        let each = |store: &Self, items: &[T]| {
            items.iter().map(|item| deed(store, item)).collect::<Result<Vec<R>>>()
        };
        let done = parallel::chunks(
            items,
            |items| each(self, items),
            |items| {
                let own = Repository::at(&gitdir)?.with_objects(also.clone())?;
                each(&Self::of(own), items)
            },
        );
        done.into_iter().try_fold(Vec::with_capacity(items.len()), |mut all, chunk| {
            all.extend(chunk?);
            Ok(all)
        })
    }

    /// What one commit tells of itself.
    ///
    /// # Errors
    /// A damaged repository.
    pub fn commit(&self, id: CommitId) -> Result<CommitInfo> {
        Ok(self.repository.commit_info(id)?)
    }

    /// The signature of a commit; `None` for one without.
    ///
    /// # Errors
    /// A damaged repository.
    pub fn signed(&self, id: CommitId) -> Result<Option<Signed>> {
        Ok(self.repository.signed(id)?)
    }

    /// The commits that changed a file, newest first.
    ///
    /// # Errors
    /// A damaged repository.
    pub fn log(&self, from: CommitId, path: &str) -> Result<Vec<CommitInfo>> {
        Ok(self.repository.log(from, path)?)
    }

    /// Refuses to write where HEAD is on another branch than the desk's, unless `given` names it.
    ///
    /// # Errors
    /// [`Error::OtherBranch`] or [`Error::Detached`].
    pub fn writing_branch(&self, desk: &Desk, given: Option<&str>) -> Result<String> {
        if desk.format > FORMAT {
            let path = layout::DESK.to_owned();
            return Err(Error::Newer { path, format: desk.format, ours: FORMAT });
        }
        let wanted = given.unwrap_or(&desk.branch);
        match self.head()? {
            Head::Branch { name, .. } if name == wanted => Ok(name),
            Head::Branch { name, .. } => {
                Err(Error::OtherBranch { here: name, desk: wanted.to_owned() })
            }
            Head::Detached { commit } => Err(Error::Detached { commit: commit.to_string() }),
        }
    }

    /// The one road for writing: lock, decide on the tip, commit, move the branch, write the files.
    ///
    /// # Errors
    /// What `decide` says, and everything that git can refuse.
    pub fn write<T, D: Into<git::Deed>, E: From<Error>>(
        &self,
        branch: &str,
        tell: &dyn Fn(Notice),
        mut decide: impl FnMut(&View<'_>) -> std::result::Result<(Option<D>, T), E>,
    ) -> std::result::Result<(Option<CommitId>, T), E> {
        self.repository
            .write(branch, tell, |snapshot| decide(&View::of(*snapshot)).map_err(Halted::Decided))
            .map_err(|halted| match halted {
                Halted::Decided(error) => error,
                Halted::Git(error) => E::from(Error::Git(error)),
            })
    }

    /// The record that `person` touched last in this clone.
    #[must_use]
    pub fn last(&self, person: &str) -> Option<RecordId> {
        let text = fs::read_to_string(self.last_path()).ok()?;
        let line = text.lines().find_map(|line| line.strip_prefix(person)?.strip_prefix(' '))?;
        line.parse().ok()
    }

    /// Remembers the record that `person` touched last; a convenience, so a failure is no matter.
    pub fn remember(&self, person: &str, id: &RecordId) {
        if self.last(person).as_ref() == Some(id) {
            return;
        }
        let path = self.last_path();
        let before = fs::read_to_string(&path).unwrap_or_default();
        let others = before
            .lines()
            .filter(|line| line.strip_prefix(person).is_none_or(|rest| !rest.starts_with(' ')));
        let mut text: String = others.map(|line| format!("{line}\n")).collect();
        text += &format!("{person} {id}\n");
        let folder = self.repository.common_dir().join("docket");
        if let Ok(mut file) = tempfile::NamedTempFile::new_in(&folder)
            && std::io::Write::write_all(&mut file, text.as_bytes()).is_ok()
        {
            drop(file.persist(path));
        }
    }

    fn last_path(&self) -> PathBuf {
        self.repository.common_dir().join("docket/last")
    }
}

fn file_error(path: &Path, source: std::io::Error) -> Error {
    Error::File { path: path.display().to_string(), source }
}

/// How a write was halted: by who decides, or by git.
enum Halted<E> {
    Decided(E),
    Git(git::error::Error),
}

impl<E> From<git::error::Error> for Halted<E> {
    fn from(error: git::error::Error) -> Self {
        Self::Git(error)
    }
}

/// The file of a record in its one spelling.
///
/// # Errors
/// A record too large to be read back.
pub fn record_file(record: &Record) -> Result<FileChange> {
    file(layout::record(&record.id), record)
}

/// A file with `value` in its one spelling.
///
/// # Errors
/// A value too large to be read back.
pub fn file<T: Serialize>(path: String, value: &T) -> Result<FileChange> {
    let text =
        yaml::to_text(value).map_err(|source| Error::Broken { path: path.clone(), source })?;
    if text.len() > yaml::MAX_BYTES {
        return Err(Error::Grown { path, size: text.len() });
    }
    Ok(FileChange { path, content: Some(text.into_bytes()) })
}

/// Twenty bytes that hang on every bit of `bytes`: git's name for them.
#[must_use]
pub fn hash(bytes: &[u8]) -> [u8; 20] {
    BlobId::of(bytes).map(BlobId::bytes).unwrap_or_default()
}

/// The SHA-1 of a text, as `sha1sum` prints it.
#[must_use]
pub fn sha1(text: &str) -> [u8; 20] {
    Sha1::digest(text.as_bytes()).into()
}

/// A setting of git outside of any repository.
#[must_use]
pub fn setting_of_user(key: &str) -> Option<String> {
    git::config_of_user(key)
}

/// The name that git gives to a file's content, as `git hash-object` prints it.
#[must_use]
pub fn blob_name(bytes: &[u8]) -> String {
    BlobId::of(bytes).map(|id| id.to_string()).unwrap_or_default()
}
