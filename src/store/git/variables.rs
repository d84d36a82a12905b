//! The variables by which git finds a repository, its settings, and who acts.

use std::{
    collections::BTreeMap,
    ffi::{OsStr, OsString},
    path::{Path, PathBuf},
    process::Command,
};

use super::Repository;

/// Variables that say which repository is meant.
const PLACES: [&str; 3] = ["GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR"];

/// Variables that bring settings where no file can be read for them.
const LISTS: [&str; 2] = ["GIT_CONFIG_COUNT", "GIT_CONFIG_PARAMETERS"];

/// Variables by which a surrounding git command would send ours elsewhere.
pub(super) const FOREIGN_GIT: [&str; 7] = [
    "GIT_INDEX_FILE",
    "GIT_WORK_TREE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_NAMESPACE",
    "GIT_PREFIX",
];

/// The variables of one run, as they stood when it began.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GitVariables {
    values: BTreeMap<&'static str, OsString>,
    /// The program that `git` stands for.
    program: Option<PathBuf>,
}

impl GitVariables {
    const NAMES: [&'static str; 15] = [
        "GIT_DIR",
        "GIT_WORK_TREE",
        "GIT_COMMON_DIR",
        "GIT_CONFIG_COUNT",
        "GIT_CONFIG_PARAMETERS",
        "GIT_CONFIG_GLOBAL",
        "GIT_CONFIG_SYSTEM",
        "GIT_CONFIG_NOSYSTEM",
        "HOME",
        "XDG_CONFIG_HOME",
        "GIT_AUTHOR_NAME",
        "GIT_AUTHOR_EMAIL",
        "GIT_COMMITTER_NAME",
        "GIT_COMMITTER_EMAIL",
        "EMAIL",
    ];

    /// Takes them from `variable`; `program` is what `git` stands for.
    pub fn of(variable: impl Fn(&str) -> Option<OsString>, program: Option<PathBuf>) -> Self {
        let values = Self::NAMES.into_iter().filter_map(|name| Some((name, variable(name)?)));
        Self { values: values.collect(), program }
    }

    /// The person's home directory.
    pub fn home(&self) -> Option<&Path> {
        self.get("HOME").filter(|home| !home.is_empty()).map(Path::new)
    }

    pub(super) fn get(&self, name: &str) -> Option<&OsStr> {
        self.values.get(name).map(OsString::as_os_str)
    }

    /// Whether one of them says which repository is meant.
    pub(super) fn name_a_place(&self) -> bool {
        PLACES.iter().any(|name| self.values.contains_key(name))
    }

    /// The same without those that say which repository is meant.
    pub fn without_place(mut self) -> Self {
        self.values.retain(|name, _| !PLACES.contains(name));
        self
    }

    /// Whether one of them holds settings itself.
    pub(super) fn hold_settings(&self) -> bool {
        LISTS.iter().any(|name| self.values.contains_key(name))
    }

    /// The program that `git` stands for.
    pub(super) fn program(&self) -> Option<&Path> {
        self.program.as_deref()
    }

    /// Gives a program these variables; where none are known it keeps those that there are.
    pub(super) fn set(&self, program: &mut Command) {
        if self.values.is_empty() {
            return;
        }
        for name in Self::NAMES {
            match self.get(name) {
                Some(value) => program.env(name, value),
                None => program.env_remove(name),
            };
        }
    }
}

impl Repository {
    /// The git program in this working tree, with the variables of this run.
    pub(super) fn git_command(&self) -> Command {
        let mut git = Command::new("git");
        self.variables.set(&mut git);
        for name in FOREIGN_GIT {
            git.env_remove(name);
        }
        let top = self.workdir();
        git.current_dir(top.unwrap_or(&self.gitdir));
        // else it finds the repository as the user's own git does, links on the way and all
        let is_elsewhere = top.is_some_and(|top| !top.join(".git").exists());
        if self.variables.name_a_place() || is_elsewhere {
            git.env("GIT_DIR", &self.gitdir);
            if let Some(top) = top {
                git.env("GIT_WORK_TREE", top);
            }
        }
        git
    }
}
