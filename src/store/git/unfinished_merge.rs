//! A merge that git has begun and not ended, and what else an interrupted tool leaves behind.

use std::{
    fs,
    path::{Path, PathBuf},
};

use git2::Index;

use super::{
    Head, Notice, Repository,
    error::{Error, FileTask, GitTask},
    ids::{BlobId, CommitId, parse_oid},
    lock::{Patience, WriterLock},
};

impl Repository {
    /// The commit that a merge under way merges; `None` where there is no merge, or one of several.
    pub fn merging(&self) -> Result<Option<CommitId>, Error> {
        let path = self.gitdir.join("MERGE_HEAD");
        let text = match fs::read_to_string(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            read => read.map_err(Error::io(FileTask::Read, &path))?,
        };
        let heads: Vec<_> = text.lines().filter_map(|line| parse_oid(line.trim())).collect();
        Ok(match heads[..] {
            [head] => Some(CommitId(head)),
            _ => None,
        })
    }

    /// Paths that the index holds in several versions.
    pub fn unmerged(&self) -> Result<Vec<String>, Error> {
        let index = Index::open(&self.gitdir.join("index"));
        let index = index.map_err(Error::git(GitTask::ReadIndex))?;
        let conflicts = index.conflicts().map_err(Error::git(GitTask::ReadIndex))?;
        let mut paths: Vec<String> = conflicts
            .filter_map(Result::ok)
            .filter_map(|conflict| conflict.our.or(conflict.their).or(conflict.ancestor))
            .map(|entry| String::from_utf8_lossy(&entry.path).into_owned())
            .collect();
        paths.dedup();
        Ok(paths)
    }

    /// Stages these files as they lie in the working tree, and commits what git was about to, if
    /// nothing is in conflict any more. True where it is committed.
    pub fn conclude(
        &self,
        paths: &[String],
        identity: &[(&str, String)],
        sign: bool,
    ) -> Result<bool, Error> {
        let mut add = vec!["add", "--force", "--"];
        add.extend(paths.iter().map(String::as_str));
        if !paths.is_empty() {
            self.must(GitTask::StageFiles, &add)?;
        }
        if !self.unmerged()?.is_empty() {
            return Ok(false);
        }
        let mut words = vec!["commit", "--quiet", "--no-edit", "--cleanup=strip"];
        if sign {
            words.push("--gpg-sign");
        }
        let output = self.git_as(&words, identity, &|_| {})?;
        if output.succeeded {
            return Ok(true);
        }
        Err(Error::Refused { task: GitTask::CommitMerge, output: output.blamed() })
    }

    /// Lets git itself merge a commit into what is checked out, with docket as its driver: for
    /// repositories that hold what docket does not write, such as links and filtered files.
    ///
    /// # Errors
    /// What git says; a merge that it cannot end is given up.
    pub fn merge_by_git(
        &self,
        commit: CommitId,
        subject: &str,
        identity: &[(&str, String)],
        on_notice: &dyn Fn(Notice),
    ) -> Result<(), Error> {
        self.share()?;
        let lock = WriterLock::take(&self.home(), &mut Patience::new(self.limits, on_notice))?;
        if let Some(what) = self.operation_in_progress() {
            return Err(Error::InProgress { what });
        }
        let commit = commit.to_string();
        let words = ["merge", "--quiet", "--no-edit", "-m", subject, &commit];
        let merge = || self.git_as(&words, identity, &|_| {});
        let name = identity.iter().find(|(key, _)| *key == "GIT_AUTHOR_NAME");
        let signs = self.config_switch("commit.gpgsign")? == Some(true);
        let output = match name.filter(|_| signs) {
            Some((_, name)) => lock.while_signing(name, merge),
            None => merge(),
        }?;
        if output.succeeded {
            return Ok(());
        }
        if self.operation_in_progress().is_some() {
            self.must(GitTask::AbortMerge, &["merge", "--abort"])?;
        }
        Err(Error::Refused { task: GitTask::Merge, output: output.blamed() })
    }

    /// Moves the branch that is checked out back from `tip` to `to`, leaving edits as they are; gives the
    /// branch that keeps what is taken back.
    ///
    /// # Errors
    /// Something that git has begun, edits of the files concerned, or [`Error::Contended`] where the
    /// branch has gone on since.
    pub fn take_back(
        &self,
        tip: CommitId,
        to: CommitId,
        on_notice: &dyn Fn(Notice),
    ) -> Result<String, Error> {
        self.share()?;
        let _lock = WriterLock::take(&self.home(), &mut Patience::new(self.limits, on_notice))?;
        if let Some(what) = self.operation_in_progress() {
            return Err(Error::InProgress { what });
        }
        match self.head_branch()? {
            Head::Branch { tip: Some(now), .. } if now == tip => {}
            Head::Branch { name: branch, .. } => return Err(Error::Contended { branch }),
            Head::Detached { commit } => {
                return Err(Error::Contended { branch: commit.to_string() });
            }
        }
        let aside = format!("taken-back/{}", tip.short());
        self.must(GitTask::TakeBack, &["branch", "--force", &aside, "HEAD"])?;
        self.must(GitTask::TakeBack, &["reset", "--quiet", "--keep", &to.to_string()])?;
        Ok(aside)
    }

    /// Gives files of the working tree and the index back as HEAD has them.
    pub fn restore(&self, paths: &[String]) -> Result<(), Error> {
        let mut words = vec!["restore", "--source=HEAD", "--staged", "--worktree", "--"];
        words.extend(paths.iter().map(String::as_str));
        self.must(GitTask::RestoreFiles, &words)
    }

    /// Removes a file that HEAD does not have from the working tree and the index.
    pub fn forget(&self, path: &str) -> Result<(), Error> {
        self.must(
            GitTask::RemoveFile,
            &["rm", "--quiet", "--force", "--ignore-unmatch", "--", path],
        )?;
        match self.file_at(path).map(fs::remove_file) {
            Some(Err(why)) if why.kind() != std::io::ErrorKind::NotFound => {
                Err(Error::Io { task: FileTask::Remove, path: path.into(), source: why })
            }
            _ => Ok(()),
        }
    }

    /// The content of the blob of this name; `None` where git has none.
    ///
    /// # Errors
    /// [`Error::TooLarge`].
    pub fn blob_named(&self, name: &str) -> Result<Option<Vec<u8>>, Error> {
        let Some(id) = parse_oid(name) else { return Ok(None) };
        if !self.odb()?.exists(id) {
            return Ok(None);
        }
        self.read_blob(BlobId(id)).map(Some)
    }

    /// What a file of HEAD's working tree is called in messages and lies at.
    pub fn file_at(&self, path: &str) -> Option<PathBuf> {
        Some(self.workdir()?.join(path))
    }

    /// A lock that a git command holds, or left behind: of the index or of a branch.
    pub fn foreign_lock(&self, branch: &str) -> Option<PathBuf> {
        let of_branch = self.common.join(format!("refs/heads/{branch}.lock"));
        let locks = [self.gitdir.join("index.lock"), of_branch];
        locks.into_iter().find(|lock| fs::symlink_metadata(lock).is_ok())
    }

    /// Files that an interrupted write left among the desk's own.
    pub fn temporaries(&self, folders: &[&str]) -> Vec<PathBuf> {
        let Some(root) = self.workdir() else { return Vec::new() };
        let mut found = Vec::new();
        let mut open: Vec<PathBuf> = folders.iter().map(|folder| root.join(folder)).collect();
        while let Some(folder) = open.pop() {
            for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
                match entry.file_type() {
                    Ok(kind) if kind.is_dir() => open.push(entry.path()),
                    Ok(kind) if kind.is_file() && is_temporary(&entry.path()) => {
                        found.push(entry.path());
                    }
                    _ => {}
                }
            }
        }
        found
    }

    fn must(&self, task: GitTask, words: &[&str]) -> Result<(), Error> {
        let output = self.git(words, &|_| {})?;
        if output.succeeded {
            Ok(())
        } else {
            Err(Error::Refused { task, output: output.blamed() })
        }
    }
}

fn is_temporary(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    name.starts_with(".docket-") && path.extension().is_some_and(|end| end == "tmp")
}
