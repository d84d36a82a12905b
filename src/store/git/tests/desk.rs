//! A repository to write to, with git beside it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    time::Duration,
};

use tempfile::TempDir;

use super::super::{
    Change, FileChange, Identity, Notice, Repository, WaitLimits, error::Error, ids::CommitId,
    snapshot::Snapshot, variables::GitVariables,
};

pub(super) const RECORD: &str = "records/2026/11/R-261122-7K3QX.yaml";

/// A clone with one record, one plain file and one executable, all committed.
pub(super) struct TestDesk {
    folder: TempDir,
}

impl TestDesk {
    pub(super) fn new() -> Self {
        let desk = Self::unborn();
        desk.put(RECORD, "n: 0\n");
        desk.put("other.txt", "other\n");
        desk.put("run.sh", "#!/bin/sh\n");
        desk.git(&["add", "."]);
        desk.git(&["update-index", "--chmod=+x", "run.sh"]);
        desk.git(&["commit", "-q", "-m", "begin"]);
        desk.git(&["checkout", "-q", "-f", "."]);
        desk
    }

    pub(super) fn unborn() -> Self {
        let desk = Self { folder: TempDir::new().unwrap() };
        Repository::create(&desk.root(), "main", &GitVariables::default(), |_| Ok(())).unwrap();
        desk
    }

    pub(super) fn root(&self) -> PathBuf {
        self.folder.path().join("desk")
    }

    /// A path beside the clone.
    pub(super) fn beside(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(super) fn at(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    pub(super) fn home(&self, name: &str) -> PathBuf {
        self.root().join(".git/docket").join(name)
    }

    pub(super) fn put(&self, path: &str, text: &str) {
        let path = self.at(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(super) fn text(&self, path: &str) -> String {
        fs::read_to_string(self.at(path)).unwrap()
    }

    /// What git prints; it must succeed.
    pub(super) fn git(&self, words: &[&str]) -> String {
        git_in(&self.root(), words)
    }

    /// Opens the clone as one docket process would, in a hurry.
    pub(super) fn open(&self) -> Repository {
        opened(&self.root())
    }

    pub(super) fn status(&self) -> String {
        self.git(&["status", "--porcelain"])
    }

    /// Asserts that nobody can see that docket was here, except by the commit.
    pub(super) fn is_tidy(&self) {
        assert_eq!(self.git(&["--no-optional-locks", "diff-files"]), "");
        assert_eq!(self.git(&["--no-optional-locks", "diff-index", "--cached", "HEAD"]), "");
        assert_eq!(self.status(), "");
        self.leaves_nothing();
    }

    pub(super) fn leaves_nothing(&self) {
        assert_eq!(self.git(&["fsck", "--strict", "--no-dangling"]), "");
        assert!(!self.at(".git/index.lock").exists());
        for name in ["journal", "journal.tmp", "index", "index.lock"] {
            assert!(!self.home(name).exists(), "{name} stays");
        }
    }
}

/// A desk with more records and folders, whose index knows every tree.
pub(super) fn wide_desk() -> TestDesk {
    let desk = TestDesk::new();
    for path in [
        "records/2026/11/R-261123-2B3CD.yaml",
        "records/2026/10/a.yaml",
        "contacts/C-1.yaml",
        "a-b",
    ] {
        desk.put(path, "n: 0\n");
    }
    desk.git(&["add", "."]);
    desk.git(&["commit", "-q", "-m", "more"]);
    desk.git(&["write-tree"]);
    desk
}

pub(super) fn opened(root: &Path) -> Repository {
    let mut repository = Repository::discover(root, &GitVariables::default()).unwrap();
    repository.limits.wait = Duration::from_mins(1);
    repository
}

pub(super) fn impatient() -> WaitLimits {
    WaitLimits {
        wait: Duration::from_millis(250),
        signing: Duration::from_millis(400),
        remark: Duration::from_millis(5),
        tries: 3,
    }
}

pub(super) fn git_in(root: &Path, words: &[&str]) -> String {
    let output = try_git(root, words);
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "git {words:?}: {stderr}");
    String::from_utf8(output.stdout).unwrap()
}

pub(super) fn try_git(root: &Path, words: &[&str]) -> Output {
    let mut git = Command::new("git");
    git.arg("-C").arg(root).args(["-c", "user.name=Zhang Wei", "-c", "user.email=z@desk.example"]);
    git.args(words).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        git.env_remove(name);
    }
    git.output().unwrap()
}

pub(super) fn change(files: &[(&str, Option<&str>)], message: &str) -> Change {
    let content = |text: &str| text.as_bytes().to_vec();
    Change {
        apart: Vec::new(),
        files: files
            .iter()
            .map(|(path, text)| FileChange { path: (*path).to_owned(), content: text.map(content) })
            .collect(),
        message: message.to_owned(),
        author: Identity { name: "Zhang Wei".to_owned(), email: "z@desk.example".to_owned() },
        committer: Identity { name: "TestDesk PC".to_owned(), email: "pc@desk.example".to_owned() },
        at: "2026-11-22T09:12:00+08:00".parse().unwrap(),
        done_at: None,
        sign: false,
    }
}

/// Writes these files on `main`.
pub(super) fn write(
    repository: &Repository,
    files: &[(&str, Option<&str>)],
) -> Result<CommitId, Error> {
    let deciding = |_: &Snapshot<'_>| Ok((Some(change(files, "step")), ()));
    let (commit, ()) = repository.write("main", &no_notice, deciding)?;
    Ok(commit.unwrap())
}

/// Counts the record up by one.
pub(super) fn count_up(repository: &Repository) -> Result<CommitId, Error> {
    let deciding = |tip: &Snapshot<'_>| {
        let n = count(&tip.read(RECORD)?.unwrap()) + 1;
        Ok::<_, Error>((Some(change(&[(RECORD, Some(&format!("n: {n}\n")))], "count")), ()))
    };
    let (commit, ()) = repository.write("main", &no_notice, deciding)?;
    Ok(commit.unwrap())
}

pub(super) fn count(bytes: &[u8]) -> u32 {
    let text = std::str::from_utf8(bytes).unwrap();
    text.trim_start_matches("n: ").trim_end().parse().unwrap()
}

#[track_caller]
pub(super) fn no_notice(notice: Notice) {
    if let Notice::Unfinished(error) = notice {
        panic!("unfinished: {error:?}");
    }
}
