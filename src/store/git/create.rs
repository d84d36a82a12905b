//! Making repositories, whole or not at all.
//!
//! Git's own way writes `config` and `HEAD` one after the other, each under a lock file, and what is
//! killed meanwhile leaves a lock that nobody takes away. So the repository is made beside its place,
//! settings and all, and put there when it is complete.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use git2::RepositoryInitOptions;

use super::{
    Repository,
    error::{Error, FileTask, GitTask},
    journal::draw_nonce,
    variables::GitVariables,
};
use crate::domain::base::characters::clean_line;

/// What the folder is called in which a repository is made.
const DRAFT: &str = ".docket-init-";

impl Repository {
    /// Makes a new repository in `dir`, its `HEAD` on `branch`; `prepare` sets what it is to have
    /// from the beginning.
    ///
    /// # Errors
    /// [`Error::AlreadyARepository`], [`Error::HalfMade`], [`Error::BadBranch`], what `prepare` says,
    /// or what kept the files from being made.
    pub fn create(
        dir: &Path,
        branch: &str,
        variables: &GitVariables,
        prepare: impl FnOnce(&Self) -> Result<(), Error>,
    ) -> Result<Self, Error> {
        if !git2::Branch::name_is_valid(branch).unwrap_or(false) {
            return Err(Error::BadBranch { branch: clean_line(branch).into_owned() });
        }
        let place = dir.join(".git");
        refuse_existing(dir, &place)?;
        fs::create_dir_all(dir).map_err(Error::io(FileTask::Create, dir))?;
        remove_drafts(dir);

        let draft = RepositoryDraft::in_folder(dir)?;
        let mut options = RepositoryInitOptions::new();
        options.no_reinit(true).initial_head(branch);
        let repository = git2::Repository::init_opts(&draft.path, &options)
            .map_err(Error::git(GitTask::MakeRepository(dir.display().to_string())))?;
        prepare(&Self::wrap(repository, variables.clone()))?;

        fs::rename(draft.path.join(".git"), &place).map_err(Error::io(FileTask::Create, &place))?;
        // what is committed in it must not go with it
        let flushed = File::open(dir).and_then(|folder| folder.sync_all());
        flushed.map_err(Error::io(FileTask::Flush, dir))?;
        let made = git2::Repository::open(&place);
        let made = made.map_err(Error::git(GitTask::OpenRepository(dir.display().to_string())))?;
        Ok(Self::wrap(made, variables.clone()))
    }

    /// Removes a repository that was made a moment ago and in which there is no commit.
    pub fn discard(self) -> Result<(), Error> {
        fs::remove_dir_all(&self.gitdir).map_err(Error::io(FileTask::Remove, &self.gitdir))
    }
}

/// The folder in which a repository is made; it goes when this does.
struct RepositoryDraft {
    path: PathBuf,
    /// Held, so that another docket does not take it for what a killed one left.
    _lock: File,
}

impl RepositoryDraft {
    fn in_folder(dir: &Path) -> Result<Self, Error> {
        let path = dir.join(format!("{DRAFT}{}", draw_nonce()?));
        let created = fs::create_dir(&path).and_then(|()| locked(&path));
        match created.map_err(Error::io(FileTask::Create, &path))? {
            Some(lock) => Ok(Self { path, _lock: lock }),
            None => Err(Error::AlreadyARepository { dir: dir.to_owned() }),
        }
    }
}

impl Drop for RepositoryDraft {
    fn drop(&mut self) {
        // what stays is taken away by the next one
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// The folder, if nobody else holds it.
fn locked(folder: &Path) -> io::Result<Option<File>> {
    let folder = File::open(folder)?;
    Ok(folder.try_lock().is_ok().then_some(folder))
}

/// Takes away what was begun by dockets that were killed.
fn remove_drafts(dir: &Path) {
    let entries = fs::read_dir(dir).into_iter().flatten().filter_map(Result::ok);
    for entry in entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(DRAFT)) {
        if let Ok(Some(_lock)) = locked(&entry.path()) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

fn refuse_existing(dir: &Path, place: &Path) -> Result<(), Error> {
    if git2::Repository::open(dir).is_ok() {
        return Err(Error::AlreadyARepository { dir: dir.to_owned() });
    }
    let is_empty = || fs::read_dir(place).is_ok_and(|mut entries| entries.next().is_none());
    if fs::symlink_metadata(place).is_ok() && !is_empty() {
        return Err(Error::HalfMade { path: place.to_owned() });
    }
    Ok(())
}
