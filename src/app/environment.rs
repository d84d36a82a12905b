//! What comes from outside: variables, the working directory, the terminal.

use std::{
    env,
    io::{IsTerminal, stderr, stdin, stdout},
    path::PathBuf,
    sync::OnceLock,
};

use crate::{
    error::usage::Usage,
    store::git::{personal::PersonalSettings, variables::GitVariables},
    words::Lang,
};

/// Everything that docket reads from its surroundings, read once.
#[derive(Clone, Debug, Default)]
pub struct Environment {
    pub directory: PathBuf,
    /// This program's own file.
    pub program: Option<PathBuf>,
    /// What git goes by: where it looks, and whom it names.
    pub git: GitVariables,
    /// Where git keeps the objects of a push while its hooks look at them.
    pub objects: Option<PathBuf>,
    /// The index that git commits from, while its hooks look at it.
    pub index: Option<String>,
    /// `DOCKET_NOW`: a fixed clock.
    pub now: Option<String>,
    /// `DOCKET_SEED`: fixed ids.
    pub seed: Option<String>,
    /// `DOCKET_LANG`: the person's language.
    pub lang: Option<String>,
    /// What the person set for docket in git's settings of their own, once it was asked for.
    pub personal: OnceLock<PersonalSettings>,
    /// The locale's language tag.
    pub locale: Option<String>,
    /// The machine's time zone, where `TZ` says it.
    pub timezone: Option<String>,
    pub editor: Option<String>,
    /// What shows long answers; empty for nothing.
    pub pager: Option<String>,
    /// `DOCKET_COMPLETE`: the shell that asks what may stand in a line.
    pub shell: Option<String>,
    pub no_color: bool,
    pub dumb: bool,
    /// Columns, where `COLUMNS` says so.
    pub columns: Option<u16>,
    /// A person can be asked, and did not set `DOCKET_NO_INPUT`.
    pub interactive: bool,
    pub stdout_is_terminal: bool,
    pub stderr_is_terminal: bool,
}

impl Environment {
    /// Reads the process's surroundings.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads them")]
    pub fn read() -> Self {
        let variable = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
        let folders = env::var_os("PATH").unwrap_or_default();
        let mut programs = env::split_paths(&folders).map(|folder| folder.join("git"));
        let git = programs.find(|program| program.is_file());
        Self {
            directory: env::current_dir().unwrap_or_else(|_| PathBuf::from(".")),
            program: env::current_exe().ok(),
            git: GitVariables::of(|name| env::var_os(name), git),
            objects: env::var_os("GIT_QUARANTINE_PATH").map(PathBuf::from),
            index: variable("GIT_INDEX_FILE"),
            now: variable("DOCKET_NOW"),
            seed: variable("DOCKET_SEED"),
            lang: variable("DOCKET_LANG"),
            personal: OnceLock::new(),
            locale: ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(variable),
            timezone: variable("TZ"),
            editor: ["VISUAL", "EDITOR"].into_iter().find_map(variable),
            // one that is set to nothing means none
            pager: ["DOCKET_PAGER", "PAGER"].into_iter().find_map(|name| env::var(name).ok()),
            shell: variable("DOCKET_COMPLETE"),
            no_color: variable("NO_COLOR").is_some(),
            dumb: variable("TERM").is_some_and(|term| term == "dumb"),
            columns: variable("COLUMNS").and_then(|columns| columns.parse().ok()),
            interactive: stdin().is_terminal()
                && stderr().is_terminal()
                && variable("DOCKET_NO_INPUT").is_none(),
            stdout_is_terminal: stdout().is_terminal(),
            stderr_is_terminal: stderr().is_terminal(),
        }
    }

    /// What the person set for docket in git's settings of their own; a repository's are none of it.
    pub fn personal(&self) -> &PersonalSettings {
        self.personal.get_or_init(|| PersonalSettings::read(&self.directory, &self.git))
    }

    /// The language that the person wants: `DOCKET_LANG`, else git's setting `docket.lang`, else that of
    /// a locale other than C or POSIX; `None` where nothing says.
    ///
    /// # Errors
    /// [`Usage::NotALanguage`] for a variable or a setting that names none.
    pub fn spoken(&self) -> Result<Option<Lang>, Usage> {
        let told = |place: &'static str, given: &str| {
            let unknown = || Usage::NotALanguage { place, given: given.to_owned() };
            Lang::from_tag(given).map(Some).ok_or_else(unknown)
        };
        if let Some(lang) = &self.lang {
            return told("DOCKET_LANG", lang);
        }
        if let Some(lang) = self.personal().get("lang") {
            return told("git config docket.lang", lang);
        }
        Ok(self.locale.as_deref().and_then(Lang::from_tag))
    }
}
