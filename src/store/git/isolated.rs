//! A bare repository of nothing but git's defaults, which reads the objects of another one: what
//! settings, attributes and hooks of that one name is not run.

use std::{
    fs, io,
    path::Path,
    process::{Command, Stdio},
};

use tempfile::TempDir;

use super::{
    Repository,
    error::{Error, FileTask},
    variables::FOREIGN_GIT,
};

/// Variables that would bring settings of whoever calls, besides [`FOREIGN_GIT`].
const SETTINGS: [&str; 6] = [
    "GIT_DIR",
    "GIT_CONFIG",
    "GIT_CONFIG_COUNT",
    "GIT_CONFIG_PARAMETERS",
    "GIT_CONFIG_SYSTEM",
    "GIT_ATTR_SOURCE",
];

/// The repository, which goes when it is dropped.
pub(super) struct Isolated {
    repository: Repository,
    folder: TempDir,
}

impl Isolated {
    /// One that reads the objects of `other`.
    pub(super) fn beside(other: &Repository) -> Result<Self, Error> {
        let folder =
            tempfile::tempdir().map_err(Error::io(FileTask::Create, Path::new("a folder")))?;
        let created = Self::create(other, folder.path());
        created.map_err(Error::io(FileTask::Write, folder.path()))?;
        Ok(Self { repository: Repository::at(folder.path())?, folder })
    }

    fn create(other: &Repository, folder: &Path) -> io::Result<()> {
        for name in ["objects/info", "objects/pack", "refs/heads"] {
            fs::create_dir_all(folder.join(name))?;
        }
        fs::write(folder.join("HEAD"), "ref: refs/heads/none\n")?;
        fs::write(folder.join("config"), "[core]\n\trepositoryformatversion = 0\n\tbare = true\n")?;
        let mut places = vec![fs::canonicalize(other.common_dir().join("objects"))?];
        places.extend(other.also());
        let lines = places.iter().map(|place| format!("{}\n", place.display()));
        fs::write(folder.join("objects/info/alternates"), lines.collect::<String>())?;
        match fs::read(other.common_dir().join("shallow")) {
            Ok(ends) => fs::write(folder.join("shallow"), ends),
            Err(why) if why.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(why) => Err(why),
        }
    }

    pub(super) fn repository(&self) -> &Repository {
        &self.repository
    }

    /// Git, to be run here.
    pub(super) fn git(&self) -> Command {
        let mut git = Command::new("git");
        for name in FOREIGN_GIT.iter().chain(&SETTINGS) {
            git.env_remove(name);
        }
        let folder = self.folder.path();
        git.env("GIT_DIR", folder).env("HOME", folder).env("XDG_CONFIG_HOME", folder);
        git.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
        git.env("GIT_ATTR_NOSYSTEM", "1").env("GIT_NO_LAZY_FETCH", "1").env("LC_ALL", "C");
        git.current_dir(folder);
        git
    }

    /// What `git merge-tree` prints of a merge; `None` where this git cannot say.
    pub(super) fn merge_tree(&self, ours: &str, theirs: &str) -> Result<Option<String>, Error> {
        let mut git = self.git();
        git.args(["-c", "merge.renames=false", "merge-tree", "--write-tree", "--name-only"]);
        git.args(["--no-messages", "-z", ours, theirs]);
        let done = git.stdin(Stdio::null()).stderr(Stdio::null()).output();
        let done = done.map_err(Error::io(FileTask::Run, Path::new("git")))?;
        // 1 is a merge with conflicts
        let succeeded = matches!(done.status.code(), Some(0 | 1));
        Ok(succeeded.then(|| String::from_utf8_lossy(&done.stdout).into_owned()))
    }
}
