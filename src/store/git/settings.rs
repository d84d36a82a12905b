//! Git's settings, as git itself reads them.
//!
//! Libgit2 reads them otherwise: it knows neither settings in variables nor includes by the address of a
//! remote, and looks for the machine's file in one place alone. So the files are read here only where
//! nothing is set that both could read differently, and git is asked in every other case.

use std::{
    collections::HashMap, ffi::OsStr, fs, os::unix::fs::MetadataExt, path::PathBuf, process::Stdio,
};

use git2::{Config, ConfigLevel};

use super::{
    Repository,
    error::{Error, FileTask, GitTask},
};

/// The file that notes where a git looks for the machine's settings, which hangs on how it was built.
const MACHINE: &str = "machine";

/// All settings of one repository.
pub(super) enum Settings {
    /// Read from files in which nothing is unusual.
    Plain(Config),
    /// The last value of each key, told by git.
    Told(HashMap<String, Setting>),
}

/// What a key is set to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Setting {
    /// Nothing but the key, which stands for “on”.
    Bare,
    Text(String),
}

impl Settings {
    pub(super) fn of(repository: &Repository) -> Result<Self, Error> {
        match plain(repository) {
            Some(config) => Ok(Self::Plain(config)),
            None => told(repository).map(Self::Told),
        }
    }

    fn value(&self, key: &str) -> Option<Setting> {
        match self {
            Self::Plain(config) => {
                let entry = config.get_entry(key).ok()?;
                let text = || String::from_utf8_lossy(entry.value_bytes()).into_owned();
                Some(if entry.has_value() { Setting::Text(text()) } else { Setting::Bare })
            }
            Self::Told(values) => values.get(&normal(key)).cloned(),
        }
    }
}

/// A key as git lists it: section and name in small letters, what is between them as it is.
fn normal(key: &str) -> String {
    let (section, name) = (key.find('.').unwrap_or(0), key.rfind('.').unwrap_or(0));
    let between = &key[section..name];
    key[..section].to_ascii_lowercase() + between + &key[name..].to_ascii_lowercase()
}

/// The settings of the files, unless something in them or around them asks for git.
fn plain(repository: &Repository) -> Option<Config> {
    let mut config = Config::new().ok()?;
    for (file, level) in files(repository)? {
        config.add_file(&file, level, false).ok()?;
    }
    let snapshot = config.snapshot().ok()?;
    let mut entries = snapshot.entries(None).ok()?;
    let mut is_plain = true;
    while let Some(entry) = entries.next() {
        let name = entry.ok()?.name().ok()?.to_ascii_lowercase();
        is_plain &= !name.starts_with("include");
    }
    drop(entries);
    is_plain.then_some(snapshot)
}

/// The files that git reads, the weakest first; `None` where that is not plain to see.
fn files(repository: &Repository) -> Option<Vec<(PathBuf, ConfigLevel)>> {
    let variables = &repository.variables;
    let home = variables.home()?;
    if variables.hold_settings() || repository.gitdir.join("config.worktree").exists() {
        return None;
    }
    let mut files = Vec::new();
    match (variables.get("GIT_CONFIG_NOSYSTEM"), variables.get("GIT_CONFIG_SYSTEM")) {
        (Some(without), _) if without == "1" || without == "true" => {}
        (None, Some(file)) => files.push((file.into(), ConfigLevel::System)),
        (None, None) => files.push((of_machine(repository)?, ConfigLevel::System)),
        (Some(_), _) => return None,
    }
    if let Some(file) = variables.get("GIT_CONFIG_GLOBAL") {
        files.push((file.into(), ConfigLevel::Global));
    } else {
        let set = variables.get("XDG_CONFIG_HOME").filter(|set: &&OsStr| !set.is_empty());
        let folder = set.map_or_else(|| home.join(".config"), PathBuf::from);
        files.push((folder.join("git/config"), ConfigLevel::XDG));
        files.push((home.join(".gitconfig"), ConfigLevel::Global));
    }
    files.push((repository.common.join("config"), ConfigLevel::Local));
    // where from others are seen depends on where git is
    files.iter().all(|(file, _)| file.is_absolute()).then_some(files)
}

/// Where this git looks for the machine's settings: as it said itself, once for each clone and program.
fn of_machine(repository: &Repository) -> Option<PathBuf> {
    let program = repository.variables.program()?;
    let found = fs::metadata(program).ok()?;
    let (size, changed) = (found.len(), (found.ctime(), found.ctime_nsec()));
    let key = format!("{} {size} {changed:?}\n", program.display());
    let noted = String::from_utf8(repository.recall(MACHINE).unwrap_or_default()).ok()?;
    if let Some(path) = noted.strip_prefix(&key) {
        return Some(path.trim_end().into());
    }
    let mut git = repository.git_command();
    let said = git.args(["var", "GIT_CONFIG_SYSTEM"]).stdin(Stdio::null()).output().ok()?;
    let text = String::from_utf8(said.stdout).ok()?;
    let path =
        text.strip_suffix('\n').filter(|path| said.status.success() && !path.contains('\n'))?;
    repository.remember(MACHINE, format!("{key}{path}\n").as_bytes());
    Some(path.into())
}

/// What git lists.
fn told(repository: &Repository) -> Result<HashMap<String, Setting>, Error> {
    let mut git = repository.git_command();
    // it would be asked for another file than other commands read
    git.env_remove("GIT_CONFIG").args(["config", "--list", "-z"]).stdin(Stdio::null());
    let output = git.output().map_err(Error::io(FileTask::Run, "git"))?;
    if !output.status.success() {
        let output = last_words(&output.stderr);
        return Err(Error::Refused { task: GitTask::ReadSettings, output });
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let entries = text.split('\0').filter(|entry| !entry.is_empty());
    Ok(entries
        .map(|entry| match entry.split_once('\n') {
            Some((key, value)) => (key.to_owned(), Setting::Text(value.to_owned())),
            None => (entry.to_owned(), Setting::Bare),
        })
        .collect())
}

/// What git says when it gives up.
pub(super) fn last_words(stderr: &[u8]) -> String {
    let text = String::from_utf8_lossy(stderr);
    let mut lines = text.lines().rev().filter(|line| !line.trim().is_empty());
    let fatal = lines.clone().find_map(|line| line.strip_prefix("fatal: "));
    fatal.or_else(|| lines.next()).unwrap_or_default().to_owned()
}

/// On or off as git spells it; `None` for what is neither.
fn switch(value: &str) -> Option<bool> {
    match value.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" => Some(true),
        "" | "false" | "no" | "off" => Some(false),
        number => number.trim_end_matches(['k', 'm', 'g']).parse::<i64>().ok().map(|n| n != 0),
    }
}

impl Repository {
    /// The value of a git setting, from all its levels; empty for one that is named without a value.
    ///
    /// # Errors
    /// [`Error::Refused`] where git cannot read its settings.
    pub fn config(&self, key: &str) -> Result<Option<String>, Error> {
        Ok(self.setting(key)?.map(|value| match value {
            Setting::Bare => String::new(),
            Setting::Text(text) => text,
        }))
    }

    /// A git setting that is on or off, in any of git's spellings.
    ///
    /// # Errors
    /// As [`Self::config`], and [`Error::BadSetting`] for what is neither.
    pub fn config_switch(&self, key: &str) -> Result<Option<bool>, Error> {
        match self.setting(key)? {
            None => Ok(None),
            Some(Setting::Bare) => Ok(Some(true)),
            Some(Setting::Text(value)) => match switch(&value) {
                None => Err(Error::BadSetting { key: key.to_owned(), value }),
                read => Ok(read),
            },
        }
    }

    fn setting(&self, key: &str) -> Result<Option<Setting>, Error> {
        let mut settings = self.settings.borrow_mut();
        let settings = match settings.take() {
            Some(kept) => settings.insert(kept),
            None => settings.insert(Settings::of(self)?),
        };
        Ok(settings.value(key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn switches_and_keys_are_read_as_git_spells_them() {
        for (value, read) in [
            ("Yes", Some(true)),
            ("2k", Some(true)),
            ("-1", Some(true)),
            ("", Some(false)),
            ("OFF", Some(false)),
            ("0", Some(false)),
            ("maybe", None),
        ] {
            assert_eq!(switch(value), read, "{value}");
        }
        assert_eq!(normal("core.hooksPath"), "core.hookspath");
        assert_eq!(normal("branch.My.Own.Remote"), "branch.My.Own.remote");
    }

    #[test]
    fn of_all_that_git_says_the_reason_is_told() {
        let said = b"Author identity unknown\n\n*** Please tell me who you are.\n\nfatal: no email was given\n";
        assert_eq!(last_words(said), "no email was given");
        assert_eq!(last_words(b"error: odd\n\n"), "error: odd");
    }
}
