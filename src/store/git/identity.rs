//! Who acts: the author and the committer that git itself would name.

use std::process::Stdio;

use super::{
    Identity, Repository,
    error::{Error, FileTask},
    settings::last_words,
};
use crate::domain::base::{characters::clean_line, text};

/// In which of its two roles a commit names somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommitRole {
    Author,
    Committer,
}

impl CommitRole {
    /// The variables that name somebody, the section of settings that does, and what git calls it.
    fn sources(self) -> ([&'static str; 2], &'static str, &'static str) {
        match self {
            Self::Author => (["GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL"], "author", "GIT_AUTHOR_IDENT"),
            Self::Committer => {
                (["GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"], "committer", "GIT_COMMITTER_IDENT")
            }
        }
    }
}

impl Repository {
    /// The name and the address that `git var` gives. Where both are set, and are written as a commit
    /// bears them, they are taken from there; else git is asked, for it drops signs, knows other
    /// sources, or refuses.
    ///
    /// # Errors
    /// [`Error::NoIdentity`] with what git says, or settings that git cannot read.
    pub fn identity(&self, role: CommitRole) -> Result<Identity, Error> {
        let known = &self.identities[role as usize];
        if let Some(known) = known.get() {
            return Ok(known.clone());
        }
        let found = match self.plain_identity(role)? {
            Some(found) => found,
            None => self.told_identity(role)?,
        };
        Ok(known.get_or_init(|| found).clone())
    }

    fn plain_identity(&self, role: CommitRole) -> Result<Option<Identity>, Error> {
        let ([name, email], section, _) = role.sources();
        let plain = |text: &str| text::author_line(text).is_ok() && !text.contains('\u{fffd}');
        let find = |variable: &str, key: &str| -> Result<Option<String>, Error> {
            if let Some(set) = self.variables.get(variable) {
                return Ok(set.to_str().map(str::to_owned));
            }
            match self.config(&format!("{section}.{key}"))? {
                None => self.config(&format!("user.{key}")),
                set => Ok(set),
            }
        };
        let (name, email) = (find(name, "name")?, find(email, "email")?);
        let whole = name.filter(|name| plain(name)).zip(email.filter(|email| plain(email)));
        Ok(whole.map(|(name, email)| Identity { name, email }))
    }

    fn told_identity(&self, role: CommitRole) -> Result<Identity, Error> {
        let mut git = self.git_command();
        git.args(["var", role.sources().2]).stdin(Stdio::null());
        let output = git.output().map_err(Error::io(FileTask::Run, "git"))?;
        let unknown = |output: String| Error::NoIdentity { output };
        if !output.status.success() {
            return Err(unknown(last_words(&output.stderr)));
        }
        let line = String::from_utf8(output.stdout).map_err(|line| Error::IdentityNotUtf8 {
            person: clean_line(&String::from_utf8_lossy(line.as_bytes())).trim_end().to_owned(),
        })?;
        let read = || {
            let (person, _date) = line.rsplit_once("> ")?;
            let (name, email) = person.split_once('<')?;
            let name = name.strip_suffix(' ').unwrap_or(name);
            (!email.is_empty()).then(|| Identity { name: name.to_owned(), email: email.to_owned() })
        };
        read().ok_or_else(|| unknown(line.trim_end().to_owned()))
    }
}
