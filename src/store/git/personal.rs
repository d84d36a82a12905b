//! What a person set for docket in git's settings of their own: the section `docket` of the person's
//! and the machine's files and of variables. A repository's own settings are left out, for a stranger
//! may have written them.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use git2::{Config, ConfigLevel};

use super::variables::{FOREIGN_GIT, GitVariables};

/// The section whose settings are docket's.
const SECTION: &str = "docket.";
/// Where settings of a person come from, as git calls it.
const OWN_SCOPES: [&str; 3] = ["system", "global", "command"];

/// The settings below `docket.`, each by the rest of its key: `lang`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonalSettings {
    values: BTreeMap<String, String>,
}

impl PersonalSettings {
    /// The settings of whoever runs this, as git in `directory` would read them; none where it cannot.
    pub fn read(directory: &Path, variables: &GitVariables) -> Self {
        let plain = of_files(variables);
        Self { values: plain.or_else(|| told(directory, variables)).unwrap_or_default() }
    }

    /// What a key is set to: `lang`, `alias.x`.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.values.get(key).map(String::as_str)
    }
}

/// The rest of a key of docket's, in small letters as far as git does not tell them apart.
fn own_key(key: &str) -> Option<String> {
    let head = key.get(..SECTION.len())?;
    head.eq_ignore_ascii_case(SECTION).then(|| key[SECTION.len()..].to_owned())
}

/// What the files say; `None` where only git can tell which files these are.
fn of_files(variables: &GitVariables) -> Option<BTreeMap<String, String>> {
    let mut config = Config::new().ok()?;
    for (file, level) in files(variables)? {
        config.add_file(&file, level, false).ok()?;
    }
    let snapshot = config.snapshot().ok()?;
    let mut entries = snapshot.entries(None).ok()?;
    let mut values = BTreeMap::new();
    while let Some(entry) = entries.next() {
        let entry = entry.ok()?;
        let name = entry.name().ok()?;
        if name.to_ascii_lowercase().starts_with("include") {
            return None;
        }
        if let (Some(key), true) = (own_key(name), entry.has_value()) {
            values.insert(key, String::from_utf8_lossy(entry.value_bytes()).into_owned());
        }
    }
    Some(values)
}

/// The person's files, the weakest first.
fn files(variables: &GitVariables) -> Option<Vec<(PathBuf, ConfigLevel)>> {
    let home = variables.home()?;
    if variables.hold_settings() {
        return None;
    }
    let mut files = Vec::new();
    match (variables.get("GIT_CONFIG_NOSYSTEM"), variables.get("GIT_CONFIG_SYSTEM")) {
        (Some(without), _) if without == "1" || without == "true" => {}
        (None, Some(file)) => files.push((file.into(), ConfigLevel::System)),
        (None, None) => {
            files.extend(Config::find_system().ok().map(|file| (file, ConfigLevel::System)));
        }
        (Some(_), _) => return None,
    }
    if let Some(file) = variables.get("GIT_CONFIG_GLOBAL") {
        files.push((file.into(), ConfigLevel::Global));
    } else {
        let set = variables.get("XDG_CONFIG_HOME").filter(|set| !set.is_empty());
        let folder = set.map_or_else(|| home.join(".config"), PathBuf::from);
        files.push((folder.join("git/config"), ConfigLevel::XDG));
        files.push((home.join(".gitconfig"), ConfigLevel::Global));
    }
    files.iter().all(|(file, _)| file.is_absolute()).then_some(files)
}

/// What git lists, with the scope of each.
fn told(directory: &Path, variables: &GitVariables) -> Option<BTreeMap<String, String>> {
    let mut git = Command::new("git");
    variables.set(&mut git);
    for name in FOREIGN_GIT {
        git.env_remove(name);
    }
    git.current_dir(directory).args(["config", "--list", "--show-scope", "-z"]);
    let output = git.stdin(Stdio::null()).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let parts: Vec<&str> = text.split('\0').collect();
    let own = parts.chunks_exact(2).filter(|entry| OWN_SCOPES.contains(&entry[0]));
    let values = own.filter_map(|entry| {
        let (key, value) = entry[1].split_once('\n')?;
        Some((own_key(key)?, value.to_owned()))
    });
    Some(values.collect())
}
